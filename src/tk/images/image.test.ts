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
