/** Widgets worked as their users do, by mouse and by keyboard, and seen as assistive technology sees them. */
import AxeBuilder from '@axe-core/playwright';
import { expect, hasKeyboard, ready, type Tclet, test, watched } from './harness.ts';

const ALL = `
set out {}
proc did what {lappend ::out $what}
label .l -text "What to do"
button .b -text Press -command {did pressed}
checkbutton .c -text Spicy -variable spicy -command {did spicy=$spicy}
frame .r
radiobutton .r.a -text Tea -variable drink -value tea -command {did $drink}
radiobutton .r.b -text Coffee -variable drink -value coffee -command {did $drink}
pack .r.a .r.b -side left
scale .s -from 0 -to 100 -orient horizontal -label Heat -variable heat -length 200
message .m -width 180 -text "A message whose text is broken into lines."
entry .e -textvariable name
frame .f
listbox .f.l -height 5 -yscrollcommand {.f.v set} -exportselection 0
# However long a click lasts on a busy machine, it is one.
scrollbar .f.v -command {.f.l yview} -repeatdelay 60000
pack .f.v -side right -fill y
pack .f.l -side left
for {set i 1} {$i <= 30} {incr i} {.f.l insert end "Item $i"}
bind .f.l <<ListboxSelect>> {did list=[.f.l curselection]}
canvas .k -width 150 -height 90 -background white
.k create rectangle 20 20 60 60 -fill red -tags box
.k create text 100 40 -text Words
.k bind box <Button-1> {did box}
bind .k <B1-Motion> {.k coords box [expr {%x - 20}] [expr {%y - 20}] [expr {%x + 20}] [expr {%y + 20}]}
image create photo dot -data R0lGODlhCAAIAPAAAP8AAAAAACH5BAEAAAAALAAAAAAIAAgAAAIHhI+py+1dAAA7
label .i -image dot
grid .l .b -sticky w
grid .c .r -sticky w
grid .s .m -sticky w
grid .e .i -sticky w
grid .f .k -sticky nw
`;

async function open(tclet: (source: string) => Promise<Tclet>): Promise<Tclet> {
  const t = await tclet(ALL);
  await ready(t);
  expect(await t.events('tcl-error')).toEqual([]);
  await expect(t.at('.f.l')).toBeVisible();
  return t;
}
async function middle(t: Tclet, path: string): Promise<{ x: number; y: number; w: number; h: number }> {
  const b = await t.at(path).boundingBox();
  if (b === null) throw new Error(`${path} is not on the page`);
  return { x: b.x, y: b.y, w: b.width, h: b.height };
}
const did = (t: Tclet) => t.eval('set r $out; set out {}; set r');

test('by mouse', async ({ tclet }) => {
  const t = await open(tclet);
  const { mouse } = t.page;
  await t.at('.b').click();
  expect(await did(t)).toBe('pressed');

  // A press that ends elsewhere is none.
  const b = await middle(t, '.b');
  await mouse.move(b.x + 10, b.y + 10);
  await mouse.down();
  await expect.poll(() => t.eval('.b cget -relief')).toBe('sunken');
  await mouse.move(b.x + 10, b.y + 80, { steps: 4 });
  await mouse.up();
  await expect.poll(() => t.eval('.b cget -relief')).toBe('raised');
  expect(await did(t)).toBe('');

  await t.at('.c').click();
  await t.at('.r.b').click();
  await t.at('.r.a').click();
  expect(await did(t)).toBe('spicy=1 coffee tea');

  // The slider is 30 wide, between the ring and the bevel; 200 - 2 * 1 - 30 pixels are 100 steps.
  const s = await middle(t, '.s');
  const trough = (await t.eval('.s coords 0')).split(' ').map(Number);
  const at = { x: s.x + (trough[0] ?? 0), y: s.y + (trough[1] ?? 0) };
  await mouse.move(at.x, at.y);
  await mouse.down();
  await mouse.move(at.x + 42, at.y, { steps: 5 });
  await mouse.move(at.x + 84, at.y, { steps: 5 });
  await mouse.up();
  expect(await t.eval('.s get [lindex [.s coords 0] 0] 0; set heat')).toBe(await t.eval(`.s get [expr {[lindex [.s coords 0] 0] + 84}] 0`));
  const before = Number(await t.eval('set heat'));
  await mouse.click(at.x + 160, at.y);
  await expect.poll(() => t.eval('set heat')).toBe(String(before + 1));

  await t.at('.f.l').click({ position: { x: 20, y: 25 } });
  expect(await did(t)).toBe('list=1');
  const v = await middle(t, '.f.v');
  await mouse.click(v.x + v.w / 2, v.y + v.h - 6);
  await expect.poll(() => t.eval('.f.l index @0,0')).toBe('1');
  await mouse.move(v.x + v.w / 2, v.y + 20);
  await mouse.down();
  await mouse.move(v.x + v.w / 2, v.y + v.h, { steps: 6 });
  await mouse.up();
  await expect.poll(() => t.eval('.f.l index @0,0')).toBe('25');
  await mouse.wheel(0, -100);
  await expect.poll(() => t.eval('expr {[.f.l index @0,0] < 25}')).toBe('1');

  const k = await middle(t, '.k');
  await mouse.move(k.x + 40, k.y + 40);
  await mouse.down();
  await mouse.move(k.x + 100, k.y + 60, { steps: 5 });
  await mouse.up();
  await expect.poll(() => t.eval('.k coords box')).toBe(await t.eval('list 80.0 40.0 120.0 80.0'));
  expect(await did(t)).toBe('box');
  expect(await t.events('tcl-error')).toEqual([]);
});

test('by keyboard', async ({ tclet }) => {
  const t = await open(tclet);
  const { keyboard } = t.page;
  const focused = async (path: string) => {
    await expect.poll(() => t.eval('focus')).toBe(path);
    await hasKeyboard(t, path);
  };
  await t.at('.b').focus();
  await focused('.b');
  await keyboard.press('Space');
  await expect.poll(() => t.eval('set out')).toBe('pressed');

  // Tab goes through what takes the focus, in the order the windows were made, as Tk has it; Shift-Tab back.
  const order: string[] = [];
  // A scale has no binding for a key but through virtual events, so Tab passes it by, there too.
  for (let i = 0; i < 6; i++) {
    await keyboard.press('Tab');
    await expect.poll(() => t.eval('focus')).not.toBe(order.at(-1) ?? '.b');
    order.push(await t.eval('focus'));
    await hasKeyboard(t, order.at(-1)!);
  }
  expect(order).toEqual(['.c', '.r.a', '.r.b', '.e', '.f.l', '.f.v']);
  await keyboard.press('Shift+Tab');
  await focused('.f.l');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('Space');
  await expect.poll(() => t.eval('.f.l curselection')).toBe('2');
  await keyboard.press('Shift+Tab');
  await focused('.e');
  await keyboard.type('Ada');
  await expect.poll(() => t.eval('set name')).toBe('Ada');
  await t.at('.s').focus();
  await focused('.s');
  await keyboard.press('ArrowRight');
  await keyboard.press('Control+ArrowRight');
  await expect.poll(() => t.eval('set heat')).toBe('11');
  await keyboard.press('End');
  await expect.poll(() => t.eval('set heat')).toBe('100');
  await t.at('.r.b').focus();
  await focused('.r.b');
  await keyboard.press('Space');
  await expect.poll(() => t.eval('set drink')).toBe('coffee');
  expect(await t.events('tcl-error')).toEqual([]);
});

test('roles, names and states; axe finds nothing serious', async ({ tclet }) => {
  const t = await open(tclet);
  const { page } = t;
  await expect(page.getByRole('button', { name: 'Press' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Spicy' })).toHaveAttribute('aria-checked', 'false');
  await page.getByRole('checkbox', { name: 'Spicy' }).click();
  await expect(page.getByRole('checkbox', { name: 'Spicy' })).toHaveAttribute('aria-checked', 'true');
  await page.getByRole('radio', { name: 'Tea' }).click();
  await expect(page.getByRole('radio', { name: 'Tea' })).toHaveAttribute('aria-checked', 'true');
  await expect(page.getByRole('radio', { name: 'Coffee' })).toHaveAttribute('aria-checked', 'false');
  await t.eval('.s set 40');
  await expect(page.getByRole('slider', { name: 'Heat' })).toHaveAttribute('aria-valuenow', '40');
  await expect(page.getByRole('scrollbar')).toHaveAttribute('aria-orientation', 'vertical');
  await expect(page.getByRole('textbox')).toBeVisible();
  await expect(page.getByRole('listbox')).toBeVisible();
  await expect(page.getByRole('option', { name: 'Item 1', exact: true })).toBeVisible();
  await expect(page.getByText('A message')).toBeVisible();
  const found = await new AxeBuilder({ page }).analyze();
  const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)).toEqual([]);
});

test('ten thousand items: the page keeps answering, and a click finds the right one', async ({ tclet }) => {
  const t = await tclet(`
    canvas .k -width 500 -height 500
    pack .k
    for {set y 0} {$y < 100} {incr y} {
      for {set x 0} {$x < 100} {incr x} {
        .k create oval [expr {5*$x}] [expr {5*$y}] [expr {5*$x+4}] [expr {5*$y+4}] -fill blue -outline {} -tags [list dot $x,$y]
      }
    }
    .k bind dot <Button-1> {set hit [lindex [.k gettags current] 1]}
  `);
  await ready(t);
  await expect(t.at('.k')).toBeVisible();
  // While all of them move, frame after frame.
  const { longest } = await watched(t.page, () =>
    t.eval('for {set i 0} {$i < 20} {incr i} {.k move dot [expr {$i % 2 ? 1 : -1}] 0; update}'),
  );
  expect(longest, 'the most the page worked between two beats of its heart, in ms').toBeLessThan(100);
  const k = await middle(t, '.k');
  await t.page.mouse.click(k.x + 5 * 37 + 4, k.y + 5 * 81 + 4);
  await expect.poll(() => t.eval('info exists hit')).toBe('1');
  expect(await t.eval('set hit')).toBe('37,81');
});

test('indicators are drawn to the pixel as Tk draws them on X11', async ({ tclet }) => {
  const t = await tclet(`
    option add *highlightThickness 0
    option add *padX 0
    set on 1
    set some x
    checkbutton .on -variable on
    checkbutton .some -variable some -tristatevalue x
    pack .on .some`);
  /** The eleven rows of a square, wherever it is, a letter a pixel. */
  const drawn = (path: string) =>
    t.at(path).evaluate((el) => {
      const canvas = el.querySelector('canvas');
      if (canvas === null) return [];
      const ctx = canvas.getContext('2d') as CanvasRenderingContext2D;
      const { width, height, data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
      const letters = new Map(Object.entries({ '130,130,130': '#', '255,255,255': 'o', '0,0,0': 'x', '163,163,163': '+' }));
      const at = (x: number, y: number) => letters.get(data.slice(4 * (y * width + x), 4 * (y * width + x) + 3).join()) ?? '.';
      const rows = Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => at(x, y)).join(''));
      const top = rows.findIndex((r) => r.includes('##########o'));
      const left = rows[top]?.indexOf('##########o') ?? 0;
      return rows.slice(top, top + 11).map((r) => r.slice(left, left + 11));
    });
  // As in a picture of wish8.6's window.
  const edges = (inside: string[]) => ['##########o', ...inside.map((r) => `#${r}o`), 'ooooooooooo'];
  const on = ['ooooooooo', 'oooooooxo', 'ooooooxxo', 'oxoooxxxo', 'oxxoxxxoo', 'oxxxxxooo', 'ooxxxoooo', 'oooxooooo', 'ooooooooo'];
  await expect.poll(() => drawn('.on')).toEqual(edges(on));
  await expect.poll(() => drawn('.some')).toEqual(edges(on.map((r) => r.replaceAll('o', '.').replaceAll('x', '+'))));
});

test('a labelframe is a group with its label for a name; a menubutton is a button', async ({ tclet }) => {
  const t = await tclet(`
    pack [labelframe .f -text Choices] [labelframe .g -labelwidget [label .w -text {By window}]] [menubutton .m -text File -indicatoron 1]
    pack [label .f.l -text inside] [label .g.l -text inside]`);
  await expect(t.page.getByRole('group', { name: 'Choices' })).toBeVisible();
  await expect(t.page.getByRole('group', { name: 'By window' })).toBeVisible();
  await expect(t.page.getByRole('button', { name: 'File' })).toBeVisible();
  const top = async (path: string) => (await t.at(path).boundingBox())?.y ?? Number.NaN;
  await expect.poll(async () => (await top('.w')) - (await top('.g'))).toBe(0);
  await t.at('.m').hover();
  await expect.poll(() => t.eval('.m cget -state')).toBe('active');
});
