/** Stipples, bitmaps and images on a canvas, with a table of pictures of our own. */
import { expect, test } from 'vitest';
import { tkError } from '../errors.ts';
import { makeApp } from '../test-app.ts';

function appWithPictures() {
  const t = makeApp();
  const image = { id: 9, width: 8, height: 6, users: 0, changed: () => {} };
  const images = {
    bitmap: (name: string) => ({ name, id: 7, width: 16, height: 10 }),
    use(name: string, changed: () => void) {
      if (name !== 'im') throw tkError(`image "${name}" doesn't exist`, 'LOOKUP', 'IMAGE', name);
      image.users++;
      image.changed = changed;
      return {
        get id() {
          return image.id;
        },
        get width() {
          return image.width;
        },
        get height() {
          return image.height;
        },
        release: () => image.users--,
      };
    },
  };
  Object.assign(t.app, { images });
  t.run('canvas .c; pack .c; update');
  const last = () => t.display.patches('canvas').at(-1)!;
  const send = (script: string) => {
    t.run(`${script}; update`);
    return last();
  };
  return { t, image, send };
}

test('a stipple begins where -offset says', () => {
  const { send } = appWithPictures();
  const stipple = (offset: string) => {
    const item = send(`.c create rectangle 20 30 60 71 -fill red -stipple gray50 -offset ${offset}`).items[0]!;
    return item.kind === 'rectangle' && item.fill.stipple;
  };
  expect(stipple('0,0')).toEqual({ image: 7, x: 0, y: 0 });
  expect(stipple('3,-4')).toEqual({ image: 7, x: 3, y: -4 });
  expect(stipple('nw')).toEqual({ image: 7, x: 20, y: 30 });
  expect(stipple('se')).toEqual({ image: 7, x: 60, y: 71 });
  expect(stipple('center')).toEqual({ image: 7, x: 32, y: 45 });
});

test('a stippled item that moves is sent again, since its pattern stays', () => {
  const { send } = appWithPictures();
  send('.c create line 0 0 9 9 -stipple gray50');
  const patch = send('.c move 1 1 1');
  expect([patch.items.length, patch.moved.length]).toEqual([1, 0]);
});

test('bitmaps: size, anchor and colours', () => {
  const { t, send } = appWithPictures();
  const { items } = send('.c create bitmap 50 60 -bitmap error -foreground red -background {} -anchor se');
  expect(t.run('.c bbox 1')).toBe('34 50 50 60');
  expect(items[0]).toEqual({
    id: 1,
    kind: 'image',
    part: { image: 7, x: 34, y: 50, w: 16, h: 10, bitmap: { foreground: '#ff0000', background: null }, dim: false },
  });
});

test('images: resized, deleted, made anew, let go', () => {
  const { t, image, send } = appWithPictures();
  send('.c create image 50 50 -image im');
  expect(t.run('.c bbox 1')).toBe('46 47 54 53');
  image.width = 20;
  image.changed();
  expect(t.run('.c bbox 1')).toBe('40 47 60 53');
  image.id = 0;
  image.changed();
  expect(send('set x 1').removed).toEqual([1]);
  image.id = 10;
  image.changed();
  expect(send('set x 1').items.length).toBe(1);
  expect(() => t.run('.c itemconfigure 1 -image nosuch')).toThrow('image "nosuch" doesn\'t exist');
  expect(image.users).toBe(1);
  t.run('.c delete 1');
  expect(image.users).toBe(0);
  t.run('.c create image 1 1 -image im -activeimage im; destroy .c');
  expect(image.users).toBe(0);
});

test('an item that could not be made holds no image', () => {
  const { t, image } = appWithPictures();
  expect(() => t.run('.c create image 1 1 -image im -activeimage nosuch')).toThrow();
  expect(image.users).toBe(0);
});
