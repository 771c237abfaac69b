import { expect, test } from 'vitest';
import { makeApp } from '../test-app.ts';

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
