/** Images, as scripts and as widgets use them. What wish8.6 answered is beside the scripts: testdata/NAME.tcl and NAME.out. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeApp, outcome } from '../test-app.ts';

const folder = new URL('./testdata/', import.meta.url);
for (const file of readdirSync(folder).filter((f) => f.endsWith('.out'))) {
  const name = file.slice(0, -4);
  test(`as wish: ${name}`, () => {
    const script = readFileSync(new URL(`${name}.tcl`, folder), 'utf8');
    const expected = readFileSync(new URL(file, folder), 'utf8');
    expect(`${outcome(script)}\n`.split('\n')).toEqual(expected.split('\n'));
  });
}

test('an image says when its size changes and when it comes back', () => {
  const t = makeApp();
  t.run('image create bitmap b');
  let told = 0;
  const use = t.app.images.use('b', () => told++);
  t.run('b configure -data "#define a_width 9\n#define a_height 2\nstatic char a_bits[] = { 1,1,2,0 }"');
  expect([told, use.width, use.height, use.id > 0]).toEqual([1, 9, 2, true]);
  t.run('image delete b');
  expect([told, use.width, use.id, t.run('image names')]).toEqual([2, 9, 0, '']);
  t.run('image create bitmap b');
  expect([told > 2, use.width, t.run('image inuse b')]).toEqual([true, 0, '1']);
  use.release();
  expect(t.run('image inuse b')).toBe('0');
});

const GRADIENT = `image create photo g
set seed 5
for {set y 0} {$y < 6} {incr y} {for {set x 0} {$x < 20} {incr x} {
  set seed [expr {($seed*1103515245+12345)&0x7fffffff}]
  g put [format #%02x%02x%02x [expr {$x*13}] [expr {$y*50}] [expr {($seed>>12)&255}]] -to $x $y
}}`;
/** Options, and the pixels of a screen on which wish8.6 showed the gradient with them. */
const shown: [string, string][] = JSON.parse(readFileSync(new URL('shown.json', folder), 'utf8'));
test.each(shown)('as on the screen: %s', (options, expected) => {
  const t = makeApp();
  t.run(`${GRADIENT}\ng configure ${options}`);
  const pixels = t.app.images.get('g').source!.shown({ x: 0, y: 0, w: 20, h: 6 });
  const rgb = pixels.filter((_, i) => i % 4 !== 3);
  expect(Buffer.from(rgb).toString('hex')).toBe(expected);
});

test('the display hears of an image while someone shows it, and then of what changed', () => {
  const t = makeApp();
  t.run('image create photo p; p put red -to 0 0 20 10; update');
  expect(t.display.patches('image')).toEqual([]);
  t.run('canvas .c; .c create image 0 0 -image p; pack .c; update');
  const [whole] = t.display.patches('image');
  expect([whole?.w, whole?.h, [...whole!.pixels.subarray(0, 4)]]).toEqual([20, 10, [255, 0, 0, 255]]);
  t.run('p put blue -to 3 4; p transparency set 5 6 1; update');
  const [part, ...more] = t.display.patches('pixels');
  expect([part?.image, part?.rect, more]).toEqual([whole!.image, { x: 3, y: 4, w: 3, h: 3 }, []]);
  expect([part!.pixels.length, [...part!.pixels.subarray(0, 4)], part!.pixels.at(-1)]).toEqual([36, [0, 0, 255, 255], 0]);
  t.run('p put green -to 20 0; update');
  expect(t.display.patches('image').at(-1)).toMatchObject({ image: whole!.image, w: 21, h: 10 });
  t.run('.c delete all; p put white; update');
  expect([t.display.patches('free'), t.display.patches('pixels').length]).toEqual([[{ op: 'free', image: whole!.image }], 1]);
  for (const b of t.display.batches) for (const p of b.patches) if ('pixels' in p) expect(b.transfer).toContain(p.pixels.buffer);
});

test('a bitmap image is drawn in its colours, and a bad colour is a background error', () => {
  const t = makeApp();
  t.run('canvas .c; image create bitmap b -foreground red -data "#define a_width 3\n#define a_height 1\nchar { 5"');
  t.run('.c create image 0 0 -image b; pack .c; update');
  const clear = [0, 0, 0, 0];
  const red = [255, 0, 0, 255];
  expect([...t.display.patches('image').at(-1)!.pixels]).toEqual([...red, ...clear, ...red]);
  t.run('b configure -background #010203 -maskdata "#define a_width 3\n#define a_height 1\nchar { 3"; update');
  expect([...t.display.patches('pixels').at(-1)!.pixels]).toEqual([...red, 1, 2, 3, 255, ...clear]);
  expect(t.errors).toEqual([]);
  t.run('b configure -foreground nocolour; update');
  expect(t.errors).toEqual([
    { message: 'unknown color name "nocolour"', info: 'unknown color name "nocolour"\n    (while configuring image "b")' },
  ]);
});

test('images have so many pixels together and no more', () => {
  const t = makeApp({ maxPixels: 100 });
  const full = 'not enough free memory for image buffer';
  t.run('image create photo p -width 10 -height 10');
  expect(t.run('list [catch {image create photo q -width 1 -height 1} m o] $m [dict get $o -errorcode]')).toBe(`1 {${full}} {TK MALLOC}`);
  expect(t.run('list [catch {p configure -width 11} m] $m; image width p')).toBe('10');
  expect(t.run('p configure -width 9; image create photo q -width 10 -height 1; lsort [image names]')).toBe('p q');
  expect(t.run('list [catch {q put red -to 0 1} m] $m')).toBe('0 {}');
  expect(t.run('image delete q; image create photo q; list [catch {q put red -to 9 0} m] $m [catch {q put red -to 10 0} m] $m')).toBe(
    `0 {} 1 {${full}}`,
  );
  const xbm = (h: number) => `{#define a_width 8 #define a_height ${h} char { ${'1 '.repeat(h)}}}`;
  expect(() => t.run(`image create bitmap b -data ${xbm(1)}`)).toThrow(full);
  t.run(`image delete p; image create bitmap b -data ${xbm(11)}`);
  expect(() => t.run(`image create bitmap c -data ${xbm(1)}`)).toThrow(full);
  t.run(`image delete b; image create bitmap c -data ${xbm(1)}`);
});

test('files are refused in a safe interpreter', () => {
  const t = makeApp({ safe: true });
  const refusal = (script: string) => t.run(`list [catch {${script}} m o] $m [dict get $o -errorcode]`);
  expect(refusal('image create photo -file x.gif')).toBe("1 {can't get image from a file in a safe interpreter} {TK SAFE PHOTO_FILE}");
  t.run('image create photo p; image create bitmap b');
  expect(refusal('p read x.gif')).toBe("1 {can't get image from a file in a safe interpreter} {TK SAFE PHOTO_FILE}");
  expect(refusal('p write x.gif')).toBe("1 {can't write image to a file in a safe interpreter} {TK SAFE PHOTO_FILE}");
  expect(refusal('b configure -file x.xbm')).toBe("1 {can't get bitmap data from a file in a safe interpreter} {TK SAFE BITMAP_FILE}");
  expect(refusal('canvas .c; .c create bitmap 0 0 -bitmap @x.xbm')).toBe(
    "1 {can't specify bitmap with '@' in a safe interpreter} {TK SAFE BITMAP_FILE}",
  );
  expect(t.run('image names')).toBe('p b');
});

test('with the main window its images go', () => {
  const t = makeApp();
  t.run('image create photo p; image create bitmap b; destroy .');
  expect(t.run('info commands p')).toBe('');
  expect(() => t.run('image names')).toThrow('can\'t invoke "image" command: application has been destroyed');
});
