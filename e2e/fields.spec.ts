/** Entry, spinbox and listbox on the page: native fields with the worker as the authority, rows that can be chosen. */
import AxeBuilder from '@axe-core/playwright';
import { expect, hasKeyboard, ready, type Tclet, test } from './harness.ts';

const SOURCE = `
entry .e -width 20 -textvariable v
entry .p -width 20 -textvariable secret -show *
entry .n -width 20 -validate key -vcmd {string is integer %P}
entry .s -width 10
.s insert 0 "A long text in a short entry"
entry .d; .d insert 0 off; .d configure -state disabled
spinbox .b -from 0 -to 10 -width 8
listbox .l -height 4 -selectmode extended
.l insert end apple banana cherry date elder fig
pack .e .p .n .s .d .b .l -padx 5 -pady 3
bind .l <<ListboxSelect>> {set got [%W curselection]}
bind .d <Button-1> {incr pressed}
`;

/** Value, selection, and has it the focus? */
function field(t: Tclet, path: string): Promise<[string, number | null, number | null, boolean]> {
  return t
    .at(path)
    .locator('input')
    .evaluate((el) => {
      const i = el as HTMLInputElement;
      return [i.value, i.selectionStart, i.selectionEnd, (i.getRootNode() as ShadowRoot).activeElement === i];
    });
}
/** Clicks into a field and waits until it has the keyboard. */
async function into(t: Tclet, path: string): Promise<void> {
  await t.at(path).locator('input').click();
  await hasKeyboard(t, path);
}
async function open(tclet: (source: string) => Promise<Tclet>): Promise<Tclet> {
  const t = await tclet(SOURCE);
  await ready(t);
  await expect(t.at('.l')).toBeVisible();
  return t;
}

test('typing, selecting, cutting and pasting', async ({ tclet }) => {
  const t = await open(tclet);
  const { keyboard } = t.page;
  await into(t, '.e');
  // The second word has a letter that comes as text, in the midst of keys.
  await keyboard.type('hello wörld');
  await expect.poll(() => t.eval('set v')).toBe('hello wörld');
  await expect.poll(() => field(t, '.e')).toEqual(['hello wörld', 11, 11, true]);
  await keyboard.press('Shift+Home');
  await expect.poll(() => field(t, '.e')).toEqual(['hello wörld', 0, 11, true]);
  await keyboard.press('Control+c');
  await keyboard.press('End');
  await expect.poll(() => field(t, '.e')).toEqual(['hello wörld', 11, 11, true]);
  await keyboard.press('Control+v');
  await expect.poll(() => t.eval('set v')).toBe('hello wörldhello wörld');
  await keyboard.press('Control+/');
  await expect.poll(() => field(t, '.e')).toEqual(['hello wörldhello wörld', 0, 22, true]);
  await keyboard.press('Control+x');
  await expect.poll(() => t.eval('set v')).toBe('');
  await t.eval('set v {from the script}');
  await expect.poll(async () => (await field(t, '.e'))[0]).toBe('from the script');
});

test('an input method composes in the field', async ({ tclet }) => {
  const t = await open(tclet);
  await into(t, '.e');
  await t.page.keyboard.type('ab');
  await expect.poll(() => t.eval('set v')).toBe('ab');
  await expect.poll(async () => (await field(t, '.e'))[0]).toBe('ab');
  const cdp = await t.page.context().newCDPSession(t.page);
  await cdp.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  expect(await t.eval('.e icursor 0; set v')).toBe('ab');
  await cdp.send('Input.insertText', { text: '你' });
  await expect.poll(() => t.eval('set v')).toBe('你ab');
  await expect.poll(async () => (await field(t, '.e'))[0]).toBe('你ab');
});

test('hidden and validated text', async ({ tclet }) => {
  const t = await open(tclet);
  const { keyboard } = t.page;
  await into(t, '.p');
  await keyboard.type('secret');
  await keyboard.press('ArrowLeft');
  await keyboard.insertText('XY');
  await expect.poll(() => t.eval('set secret')).toBe('secreXYt');
  await expect.poll(() => field(t, '.p')).toEqual(['********', 7, 7, true]);
  await into(t, '.n');
  await keyboard.type('12a3');
  await keyboard.insertText('bad');
  await keyboard.insertText('45');
  await expect.poll(() => field(t, '.n')).toEqual(['12345', 5, 5, true]);
});

test('Tab selects the text of the field it comes to', async ({ tclet }) => {
  const t = await open(tclet);
  await t.eval('set secret abc; focus -force .e; update');
  // A Tab from outside would come to the first field.
  await hasKeyboard(t, '.e');
  await t.page.keyboard.press('Tab');
  await expect.poll(() => t.eval('focus')).toBe('.p');
  await expect.poll(() => t.eval('.p selection present')).toBe('1');
  await expect.poll(() => field(t, '.p')).toEqual(['***', 0, 3, true]);
  await t.page.keyboard.type('new');
  await expect.poll(() => t.eval('set secret')).toBe('new');
});

test('a field scrolls as the worker says, with the focus and without', async ({ tclet }) => {
  const t = await open(tclet);
  const input = t.at('.s').locator('input');
  await into(t, '.s');
  await t.page.keyboard.press('End');
  await expect.poll(() => t.eval('expr {[.s index @0] > 10}')).toBe('1');
  const scrolled = () => input.evaluate((i) => i.scrollLeft);
  await expect.poll(scrolled).toBeGreaterThan(40);
  await t.eval('focus .l; update');
  await expect.poll(() => field(t, '.s').then((f) => f[3])).toBe(false);
  await t.page.waitForTimeout(100);
  expect(await scrolled()).toBeGreaterThan(40);
});

test('a disabled field still hears the pointer', async ({ tclet }) => {
  const t = await open(tclet);
  await t.at('.d').click({ force: true });
  await expect.poll(() => t.eval('set pressed')).toBe('1');
});

test('the buttons of a spinbox step, once or while held', async ({ tclet }) => {
  const t = await open(tclet);
  const box = (await t.at('.b').boundingBox())!;
  const up = { x: box.width - 7, y: 6 };
  await t.at('.b').click({ position: up, force: true });
  await expect.poll(() => t.eval('.b get')).toBe('1');
  await t.page.mouse.move(box.x + up.x, box.y + up.y);
  await t.page.mouse.down();
  await expect.poll(() => t.eval('expr {[.b get] > 3}')).toBe('1');
  await t.page.mouse.up();
  await into(t, '.b');
  const before = Number(await t.eval('.b get'));
  await t.page.keyboard.press('ArrowDown');
  await expect.poll(() => t.eval('.b get')).toBe(String(before - 1));
  await expect(t.at('.b').locator('input')).toHaveAttribute('aria-valuenow', String(before - 1));
});

test('a listbox by mouse, keyboard, wheel and assistive tools', async ({ tclet }) => {
  const t = await open(tclet);
  await t.at('.l').click({ position: { x: 20, y: 30 } });
  await expect.poll(() => t.eval('set got')).toBe('1');
  expect(await t.eval('focus')).toBe('.l');
  await hasKeyboard(t, '.l');
  await t.page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => t.eval('set got')).toBe('1 2');
  await expect(t.at('.l').locator('[aria-selected="true"]')).toHaveText(['banana', 'cherry']);
  const active = await t.at('.l').getAttribute('aria-activedescendant');
  await expect(t.at('.l').locator(`[id="${active}"]`)).toHaveText('cherry');
  await t.page.mouse.wheel(0, 100);
  await expect.poll(() => t.eval('.l index @0,0')).toBe('2');
  await t.at('.l').locator('[aria-posinset="6"]').dispatchEvent('click');
  await expect.poll(() => t.eval('set got')).toBe('5');
});

test('axe finds nothing serious', async ({ tclet }) => {
  const t = await open(tclet);
  const { violations } = await new AxeBuilder({ page: t.page }).include('tcl-applet').analyze();
  expect(
    violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => [v.id, v.nodes.map((n) => n.html)]),
  ).toEqual([]);
});
