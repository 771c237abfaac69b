/** The gallery as `npm start` serves it: every tclet runs, can be edited and run again, and the page is accessible. */
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, test } from '@playwright/test';
import { serve } from '../src/tools/serve.mjs';

const folder = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const NAMES = ['Clock', 'Calculator', 'Paint', 'Fifteen', 'Function plot', 'Form with a scratch file', 'Break out', 'Life', 'Colour mixer'];

let server: Awaited<ReturnType<typeof serve>>;
test.beforeAll(async () => {
  server = await serve(folder('dist'));
});
test.afterAll(() => server.close());

/** Scrolls to a card until its tclet has started: those above it grow while their sources come. */
async function show(card: Locator): Promise<void> {
  await expect(async () => {
    await card.scrollIntoViewIfNeeded();
    await expect(card.locator('tcl-applet .tk-display')).toBeVisible({ timeout: 1000 });
  }).toPass();
}

test('every tclet runs without an error; axe finds nothing serious', async ({ page }) => {
  test.slow();
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('console', (m) => {
    if (m.type() === 'error') errors.push(m.text());
  });
  await page.goto(server.address);
  for (const name of NAMES) {
    const card = page.locator('tclet-card').filter({ has: page.getByRole('heading', { name, exact: true }) });
    await show(card);
    await card.locator('tcl-applet').evaluate((a) => (a as unknown as { ready: Promise<void> }).ready);
    await expect(card.locator('li.error'), name).toHaveCount(0);
  }
  expect(errors).toEqual([]);
  const found = await new AxeBuilder({ page }).analyze();
  expect(
    found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes[0]?.target}`),
  ).toEqual([]);
});

test('on a narrow screen the page does not scroll sideways: a tclet too wide for it does', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(server.address);
  const card = page.locator('tclet-card').filter({ has: page.getByRole('heading', { name: 'Function plot' }) });
  await show(card);
  const stage = card.locator('.row > .stage').first();
  await expect.poll(() => stage.evaluate((e) => e.scrollWidth > e.clientWidth)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('a changed source runs when Run is pressed', async ({ page }) => {
  await page.goto(server.address);
  const card = page.locator('tclet-card').first();
  await card.locator('textarea').fill('pack [label .l -text Changed]; puts "from the new source"');
  await card.getByRole('button', { name: 'Run' }).click();
  await expect(card.locator('[data-tk-path=".l"]')).toBeVisible();
  await expect(card.locator('ol')).toContainText('from the new source');
  await card.locator('textarea').fill('error "broken on purpose"');
  await card.getByRole('button', { name: 'Run' }).click();
  await expect(card.locator('li.error')).toContainText('broken on purpose');
});

test('the tclet that tries to break out is refused everything, and the log says so', async ({ page }) => {
  await page.goto(server.address);
  const card = page.locator('tclet-card').filter({ has: page.getByRole('heading', { name: 'Break out' }) });
  await show(card);
  await expect(card.locator('li.log-security').first()).toBeVisible();
  const escaped = await card.locator('tcl-applet').evaluate(async (a) => {
    const applet = a as unknown as { ready: Promise<void>; eval(s: string): Promise<string> };
    await applet.ready;
    return applet.eval('set escaped');
  });
  expect(escaped).toBe('0');
});
