/** Old pages: embed and object become applets, now and later, unless the page keeps them. */
import { expect, test } from './harness.ts';

type Applet = { eval(script: string): Promise<string>; ready: Promise<void> };

test('embed and object elements run as applets, their attributes in embed_args', async ({ page, address }) => {
  await page.goto(`${address}legacy.html`);
  await expect(page.locator('tcl-applet')).toHaveCount(4);
  const args = (id: string, ...names: string[]) =>
    page.evaluate(
      async ([which, wanted]) => {
        const a = document.getElementById(which) as unknown as Applet;
        await a.ready;
        return a.eval(
          `set r {}; foreach n {${wanted.join(' ')}} {lappend r [expr {[info exists embed_args($n)] ? $embed_args($n) : "-"}]}; set r`,
        );
      },
      [id, names] as const,
    );
  expect(await args('typed', 'color', 'count', 'width', 'src')).toBe('{sea green} 3 90 args.tcl');
  expect(await args('named', 'src', 'height')).toBe('args.tcl?x=1 40');
  expect(await args('outer', 'color', 'extra', 'src', 'width', 'classid')).toBe('{from param} nested args.tcl 90 -');
  expect(await args('data', 'src', 'width', 'data')).toBe('args.tcl 90 -');
  const placed = await page.locator('#named').evaluate((e) => {
    const { marginLeft, marginTop, cssFloat } = getComputedStyle(e);
    return [marginLeft, marginTop, cssFloat];
  });
  expect(placed).toEqual(['25px', '7px', 'right']);
});

test('those added later are upgraded too; an ancestor opts out; other plugins and navigator.plugins are left alone', async ({
  page,
  address,
}) => {
  await page.goto(`${address}legacy.html`);
  await expect(page.locator('tcl-applet')).toHaveCount(4);
  expect(await page.locator('#kept').evaluate((e) => e.localName)).toBe('embed');
  expect(await page.locator('#other').evaluate((e) => e.localName)).toBe('embed');
  await page.evaluate(() => {
    const div = document.createElement('div');
    const embed = document.createElement('embed');
    embed.id = 'late';
    embed.setAttribute('type', 'application/x-tcl');
    const types = (window as unknown as { trustedTypes: { createPolicy(n: string, r: object): { createScriptURL(u: string): string } } })
      .trustedTypes;
    embed.setAttribute('src', types.createPolicy('old-page', { createScriptURL: (u: string) => u }).createScriptURL('args.tcl'));
    div.append(embed);
    document.body.append(div);
    document.querySelector('[data-no-tcl-applet]')?.append(embed.cloneNode());
  });
  await expect(page.locator('tcl-applet#late')).toHaveCount(1);
  await expect(page.locator('embed#late')).toHaveCount(1);
  expect(
    await page.evaluate(
      () => [...navigator.plugins].some((p) => /tcl/i.test(p.name)) || navigator.mimeTypes.namedItem('application/x-tcl') !== null,
    ),
  ).toBe(false);
});
