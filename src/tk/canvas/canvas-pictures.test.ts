/** Stipples, bitmaps and images on a canvas. */
import { expect, test } from 'vitest';
import { makeApp } from '../test-app.ts';

function pictured() {
  const t = makeApp();
  t.run('canvas .c; pack .c; update');
  const send = (script: string) => {
    t.run(`${script}; update`);
    return t.display.patches('canvas').at(-1)!;
  };
  return { t, send };
}
const BITMAP = (w: number, h: number) =>
  `"#define x_width ${w}\\n#define x_height ${h}\\nstatic char x_bits\\[\\] = { ${'0,'.repeat(Math.ceil(w / 8) * h)} }"`;

test('a stipple begins where -offset says', () => {
  const { t, send } = pictured();
  const id = t.app.images.bitmap('gray50').id;
  const stipple = (offset: string) => {
    const item = send(`.c create rectangle 20 30 60 71 -fill red -stipple gray50 -offset ${offset}`).items[0]!;
    return item.kind === 'rectangle' && item.fill.stipple;
  };
  expect(stipple('0,0')).toEqual({ image: id, x: 0, y: 0 });
  expect(stipple('3,-4')).toEqual({ image: id, x: 3, y: -4 });
  expect(stipple('nw')).toEqual({ image: id, x: 20, y: 30 });
  expect(stipple('se')).toEqual({ image: id, x: 60, y: 71 });
  // Half a bitmap of 16 by 4 or 16 up and left of the middle.
  const { width, height } = t.app.images.bitmap('gray50');
  expect(stipple('center')).toEqual({ image: id, x: 40 - width / 2, y: 50 - height / 2 });
});

test('a stippled item that moves is sent again, since its pattern stays', () => {
  const { send } = pictured();
  send('.c create line 0 0 9 9 -stipple gray50');
  const patch = send('.c move 1 1 1');
  expect([patch.items.length, patch.moved.length]).toEqual([1, 0]);
});

test('bitmaps: colours', () => {
  const { t, send } = pictured();
  const { id, width: w, height: h } = t.app.images.bitmap('error');
  const { items } = send('.c create bitmap 50 60 -bitmap error -foreground red -background {} -anchor nw');
  const bitmap = { foreground: '#ff0000', background: null };
  expect(items[0]).toEqual({ id: 1, kind: 'image', part: { image: id, x: 50, y: 60, w, h, bitmap, dim: false } });
});

test('images: resized, deleted, made anew, let go', () => {
  const { t, send } = pictured();
  send(`image create bitmap im -data ${BITMAP(8, 6)}; .c create image 50 50 -image im`);
  expect(t.run('.c bbox 1')).toBe('46 47 54 53');
  send(`im configure -data ${BITMAP(20, 6)}`);
  expect(t.run('.c bbox 1')).toBe('40 47 60 53');
  expect(send('image delete im').removed).toEqual(Float64Array.of(1));
  expect(send(`image create bitmap im -data ${BITMAP(8, 8)}`).items.length).toBe(1);
  expect(() => t.run('.c itemconfigure 1 -image nosuch')).toThrow('image "nosuch" doesn\'t exist');
  expect(t.run('image inuse im')).toBe('1');
  expect(t.run('.c delete 1; image inuse im')).toBe('0');
  expect(t.run('.c create image 1 1 -image im -activeimage im; image inuse im')).toBe('1');
  expect(t.run('destroy .c; image inuse im')).toBe('0');
});

test('an item that could not be made holds no image', () => {
  const { t } = pictured();
  t.run('image create bitmap im');
  expect(() => t.run('.c create image 1 1 -image im -activeimage nosuch')).toThrow();
  expect(t.run('image inuse im')).toBe('0');
});
