/** The panel of the log: what it shows, leaves out, keeps and saves. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './harness.ts';

test('the log and the output of an applet, filtered, suspended, saved, cleared', async ({ page, address }) => {
  await page.goto(`${address}console.html`);
  const log = page.locator('tcl-console [role=log]');
  await expect(log).toContainText('hello');
  await expect(log.locator('.SLAVE')).toHaveText(/^\[\w{3} \d\d \d\d:\d\d:\d\d\] tclet1 : spoken \tSLAVE$/);
  await expect(log.locator('.SECURITY')).toContainText(['trust.cfg said no to policy "inside"']);

  await page.getByRole('checkbox', { name: 'output' }).uncheck();
  await expect(log).not.toContainText('hello');
  await page.getByRole('searchbox').fill('POLICY');
  await expect(log).not.toContainText('spoken');
  await expect(log.locator('.line').first()).toContainText('policy');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save' }).click();
  const saved = readFileSync(await (await saving).path(), 'utf8');
  expect(saved).toBe(`${(await log.locator('.line').allTextContents()).join('\n')}\n`);

  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Suspend' }).click();
  const say = (text: string) =>
    page.evaluate((t) => (document.querySelector('tcl-applet') as unknown as { eval(s: string): Promise<string> }).eval(`log ${t}`), text);
  await say('later');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(log.locator('.line')).toHaveCount(0);
  await page.getByRole('button', { name: 'Suspend' }).click();
  await expect(log).toContainText('later');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')).toEqual([]);
});

test('security lines outlive a flood', async ({ page, address }) => {
  await page.goto(`${address}console.html`);
  const log = page.locator('tcl-console [role=log]');
  await expect(log.locator('.SECURITY')).not.toHaveCount(0);
  await page.evaluate(() => {
    const applet = document.querySelector('tcl-applet')!;
    for (let i = 0; i < 700; i++) {
      const entry = { kind: 'NOTICE', time: 0, id: 'tclet1', text: `line ${i}` };
      applet.dispatchEvent(new CustomEvent('tcl-log', { detail: { entry } }));
    }
  });
  await expect(log).toContainText('line 699');
  await expect(log).not.toContainText('line 100 ');
  await expect(log.locator('.SECURITY')).toContainText(['trust.cfg said no to policy "inside"']);
});
