/** The PPM and PGM formats, raw (P6, P5), of any depth. Answers to tkImgPPM.c. */
import type { Budget } from '../../tcl/command.ts';
import { tkError } from '../errors.ts';
import { ByteWriter, type Format, newPixels, type Picture, type Placed } from './formats.ts';

interface Header {
  readonly gray: boolean;
  readonly width: number;
  readonly height: number;
  readonly max: number;
  /** Where the pixels begin. */
  readonly start: number;
}

/** Four words set apart by white space, with comments from `#` to the end of the line before any of them. */
function readHeader(data: Uint8Array): Header | null {
  const words: string[] = [];
  let at = 0;
  const blank = () => data[at] === 32 || (data[at]! >= 9 && data[at]! <= 13);
  while (words.length < 4) {
    for (;;) {
      while (blank()) at++;
      if (data[at] !== 35) break;
      while (at < data.length && data[at] !== 10) at++;
    }
    let word = '';
    for (; at < data.length && !blank() && word.length < 300; at++) word += String.fromCharCode(data[at]!);
    if (at >= data.length && words.length < 3) return null;
    words.push(word);
  }
  const [magic, ...sizes] = words;
  const numbers = sizes.map((w) => Number.parseInt(w, 10));
  if ((magic !== 'P6' && magic !== 'P5') || numbers.some(Number.isNaN)) return null;
  const [width, height, max] = numbers as [number, number, number];
  return { gray: magic === 'P5', width, height, max, start: at + 1 };
}

export const PPM: Format = {
  name: 'ppm',
  match: readHeader,
  read(data, _options, wantedWidth, wantedHeight, budget): Placed | null {
    const head = readHeader(data)!;
    const { gray, max, start } = head;
    if (head.width <= 0 || head.height <= 0) throw tkError('PPM image data has dimension(s) <= 0', 'IMAGE', 'PPM', 'DIMENSIONS');
    if (max <= 0 || max > 0xffff) throw tkError(`PPM image data has bad maximum intensity value ${max}`, 'IMAGE', 'PPM', 'INTENSITY');
    const width = Math.min(wantedWidth, head.width);
    const height = Math.min(wantedHeight, head.height);
    if (width <= 0 || height <= 0) return null;
    const deep = max > 255 ? 2 : 1;
    const step = (gray ? 1 : 3) * deep;
    const pitch = step * head.width;
    if (pitch * height > data.length - start) throw tkError('truncated PPM data', 'IMAGE', 'PPM', 'TRUNCATED');
    const pixels = newPixels(width, height, budget);
    const value = (at: number) => {
      const v = deep === 2 ? data[at]! * 256 + data[at + 1]! : data[at]!;
      // Values above the maximum wrap round, as a C byte does.
      return max === 255 ? v : Math.floor((v * 255) / max) & 255;
    };
    let out = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0, at = start + y * pitch; x < width; x++, at += step, out += 4) {
        pixels[out] = value(at);
        pixels[out + 1] = gray ? pixels[out]! : value(at + deep);
        pixels[out + 2] = gray ? pixels[out]! : value(at + 2 * deep);
        pixels[out + 3] = 255;
      }
    }
    return { x: 0, y: 0, width, height, pixels, gray };
  },
  write(picture: Picture, budget: Budget): Uint8Array {
    const { width, height, pixels } = picture;
    const out = new ByteWriter(budget);
    out.text(`P6\n${width} ${height}\n255\n`);
    budget.allocate(width * height * 3);
    const body = new Uint8Array(width * height * 3);
    budget.charge(width * height);
    for (let i = 0, o = 0; i < pixels.length; i += 4, o += 3) {
      body[o] = pixels[i]!;
      body[o + 1] = pixels[i + 1]!;
      body[o + 2] = pixels[i + 2]!;
    }
    out.add(body);
    return out.done();
  },
};
