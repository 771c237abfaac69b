/**
 * The bitmaps every application has, drawn anew in the sizes of Tk's, and pictures of ones and zeros in two colours.
 * Answers to GetBitmap(3), tkBitmap.c.
 */

/** Rows of ones and zeros, each row in whole bytes, the leftmost pixel in the lowest bit. */
export interface Bits {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}
export type Rgb = readonly [number, number, number];

/** Width and rows: each a number whose lowest bit is the leftmost pixel. Four rows alone are repeated to a square of 16. */
const ROWS: Readonly<Record<string, readonly [number, string]>> = {
  error: [17, '7c0 1ff0 3c78 701c e03e c076 1c0e7 181c3 18383 18703 1ce07 dc06 f80e 701c 3c78 1ff0 7c0'],
  gray12: [16, '0 2222 0 8888'],
  gray25: [16, '8888 2222 8888 2222'],
  gray50: [16, '5555 aaaa 5555 aaaa'],
  gray75: [16, '7777 dddd 7777 dddd'],
  hourglass: [19, '7ffff 7ffff 10004 8008 c018 7ff0 3fe0 1fc0 1fc0 f80 700 880 1ac0 1040 2220 4210 c718 9fc8 13fe4 7ffff 7ffff'],
  info: [8, '3c 7e 7e 3c 0 0 7e 7e 7c 78 78 78 78 78 78 78 78 7c fe fe 0'],
  questhead: [
    20,
    '3fc0 f0f0 1801c 31f84 230c6 630c2 43002 41803 40c01 40601 40601 c0001 80601 c0603 40002 60006 2000c 20018 38010 c010 4010 7ff0',
  ],
  question: [17, 'fe0 3ff8 7c7c f01e f01e 1f01f 1f01f 1f00e 1f000 f000 f800 7c00 3e00 f00 780 380 380 380 380 0 0 7c0 fe0 fe0 fe0 7c0 0'],
  warning: [6, '1e 3f 3f 3f 3f 3f 3f 1e 1e 1e 1e c c 0 1e 3f 3f 3f 1e'],
};

/** A bitmap with a name of its own. */
export function builtinBitmap(name: string): Bits | null {
  if (!Object.hasOwn(ROWS, name)) return null;
  const [width, text] = ROWS[name]!;
  const given = text.split(' ').map((row) => Number.parseInt(row, 16));
  const height = given.length === 4 ? 16 : given.length;
  const pitch = (width + 7) >> 3;
  const bits = new Uint8Array(pitch * height);
  for (let i = 0; i < bits.length; i++) bits[i] = given[Math.trunc(i / pitch) % given.length]! >> (8 * (i % pitch));
  return { width, height, bits };
}

/** RGBA of ones in one colour and zeros in another (null: clear). Only what `mask` covers is there; without one, all of it. */
export function bitmapPixels(map: Bits, fg: Rgb, bg: Rgb | null, mask: Bits | null = null): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = map;
  const out = new Uint8ClampedArray(width * height * 4);
  const isOne = (m: Bits, x: number, y: number) => (m.bits[y * ((width + 7) >> 3) + (x >> 3)]! >> (x & 7)) & 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = isOne(map, x, y) ? fg : bg;
      if (!color || (mask && !isOne(mask, x, y))) continue;
      const at = (y * width + x) * 4;
      out.set(color, at);
      out[at + 3] = 255;
    }
  }
  return out;
}
