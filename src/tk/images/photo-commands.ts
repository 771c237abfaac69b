/** The subcommands of photo images. Answers to photo.n and tkImgPhoto.c (ImgPhotoCmd). */
import { lookup, TclError, wrongArgs } from '../../tcl/errors.ts';
import { elements, newList } from '../../tcl/list.ts';
import { boolOf, smallIntOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import { parseColor } from '../colors.ts';
import { tkError } from '../errors.ts';
import { newPixels, type Picture, valueOf } from './formats.ts';
import { bad, FORMATS, isNamed, noFile, PhotoImage, PLAIN } from './photo.ts';
import { luminance } from './photo-display.ts';
import { type Corners, type PhotoOptions, photoOptions } from './photo-options.ts';
import { subcommandOf } from './subcommand.ts';

const SUBCOMMANDS = ['blank', 'cget', 'configure', 'copy', 'data', 'get', 'put', 'read', 'redither', 'transparency', 'write'] as const;

export function runPhoto(p: PhotoImage, args: readonly Value[]): Value {
  const sub = subcommandOf(args, SUBCOMMANDS);
  const usage = (rest: string) => wrongArgs(`${str(args[0]!)} ${sub}${rest}`);
  const need = (words: number, rest: string) => {
    if (args.length !== words) throw usage(rest);
  };
  switch (sub) {
    case 'blank':
      need(2, '');
      p.pixels.fill(0);
      p.gray = true;
      p.changed({ x: 0, y: 0, w: p.width, h: p.height });
      return '';
    case 'cget':
      need(3, ' option');
      return cget(p, str(args[2]!));
    case 'configure':
      if (args.length <= 3) return p.info(args.length === 3 ? str(args[2]!) : null);
      p.configure(args.slice(2));
      return '';
    case 'copy':
      return copy(p, args, usage);
    case 'data':
      return data(p, args, usage);
    case 'get': {
      need(4, ' x y');
      const at = pixelAt(p, `${str(args[0]!)} get`, smallIntOf(args[2]!), smallIntOf(args[3]!));
      return newList([...p.pixels.subarray(at, at + 3)]);
    }
    case 'put':
      return put(p, args, usage);
    case 'read': {
      const o = photoOptions(args, ['-format', '-from', '-shrink', '-to']);
      if (o.name === null || !o.whole) throw usage(' fileName ?-option value ...?');
      throw noFile('get image from');
    }
    case 'redither':
      need(2, '');
      p.changed({ x: 0, y: 0, w: p.width, h: p.height });
      return '';
    case 'transparency':
      return transparency(p, args, usage);
    case 'write':
      throw noFile('write image to');
  }
}

/** The value of an option. An option that does not exist is no error: Tk answers with the words of one. */
function cget(p: PhotoImage, name: string): Value {
  try {
    return p.cget(name);
  } catch (e) {
    if (e instanceof TclError && !('owner' in e)) return e.message;
    throw e;
  }
}

/** Where the pixel that two words name is stored; `what` asks for it. */
function pixelAt(p: PhotoImage, what: string, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= p.width || y >= p.height) throw bad(`${what}: coordinates out of range`, 'COORDINATES');
  return (y * p.width + x) * 4;
}

function transparency(p: PhotoImage, args: readonly Value[], usage: (rest: string) => TclError): Value {
  if (args.length < 3) throw usage(' option ?arg ...?');
  const sub = lookup(str(args[2]!), ['get', 'set'], 'option');
  const set = sub === 'set';
  if (args.length !== (set ? 6 : 5)) throw usage(` ${sub} x y${set ? ' boolean' : ''}`);
  const [x, y] = [smallIntOf(args[3]!), smallIntOf(args[4]!)];
  const clear = set && boolOf(args[5]!);
  const alpha = pixelAt(p, `${str(args[0]!)} transparency ${sub}`, x, y) + 3;
  if (!set) return p.pixels[alpha] === 0 ? 1 : 0;
  p.pixels[alpha] = clear ? 0 : 255;
  p.changed({ x, y, w: 1, h: 1 });
  return '';
}

/** The far corner of a rectangle, or what it is by default. */
function ends(c: Corners, x2: number, y2: number): readonly [number, number] {
  return c.x2 === null ? [x2, y2] : [c.x2, c.y2!];
}

function copy(p: PhotoImage, args: readonly Value[], usage: (rest: string) => TclError): Value {
  const o = photoOptions(args, ['-compositingrule', '-from', '-shrink', '-subsample', '-to', '-zoom']);
  if (o.name === null || !o.whole) {
    throw usage(' source-image ?-compositingrule rule? ?-from x1 y1 x2 y2? ?-to x1 y1 x2 y2? ?-zoom x y? ?-subsample x y?');
  }
  const name = str(o.name);
  const source = p.model.app.images.find(name)?.source;
  if (!(source instanceof PhotoImage)) throw tkError(`image "${name}" doesn't exist or is not a photo image`, 'LOOKUP', 'PHOTO', name);
  const [x2, y2] = ends(o.from, source.width, source.height);
  if (x2 > source.width || y2 > source.height) throw bad('coordinates for -from option extend outside source image', 'BAD_FROM');
  const part = { x: o.from.x, y: o.from.y, w: x2 - o.from.x, h: y2 - o.from.y };
  const side = (n: number, k: 0 | 1) => (o.subsample[k] === 0 ? 0 : Math.ceil(n / Math.abs(o.subsample[k])) * o.zoom[k]);
  const [toX, toY] = ends(o.to, o.to.x + side(part.w, 0), o.to.y + side(part.h, 1));
  p.putBlock(source, part, o.to.x, o.to.y, toX - o.to.x, toY - o.to.y, o);
  if (o.shrink) {
    p.setSize(toX, toY);
    p.changed({ x: 0, y: 0, w: p.width, h: p.height });
  }
  return '';
}

// ---- put ----

function put(p: PhotoImage, args: readonly Value[], usage: (rest: string) => TclError): Value {
  const o = photoOptions(args, ['-format', '-to']);
  if (o.name === null || !o.whole) throw usage(' data ?-option value ...?');
  const { x, y } = o.to;
  let found: ReturnType<PhotoImage['recognize']>;
  try {
    found = p.recognize(args[2]!, o.format);
  } catch (e) {
    if (o.format !== null || !(e instanceof TclError) || 'owner' in e) throw e;
    putColors(p, o.name, o.to);
    return '';
  }
  const [x2, y2] = ends(o.to, x + found.width, y + found.height);
  p.decode(found.bytes, found.format, o.format, x, y, Math.min(found.width, x2 - x), Math.min(found.height, y2 - y));
  return '';
}

/** Puts rows of colours. */
function putColors(p: PhotoImage, list: Value, to: Corners): void {
  const rows = elements(list);
  if (rows.length === 0) return;
  const width = elements(rows[0]!).length;
  // Tk gives no reason.
  if (width === 0) throw new TclError('');
  const pixels = newPixels(width, rows.length, p.budget);
  const known = new Map<string, readonly number[]>();
  rows.forEach((row, y) => {
    const colors = elements(row);
    if (colors.length !== width) throw bad('all elements of color list must have the same number of elements', 'NON_RECTANGULAR');
    colors.forEach((v, x) => {
      const name = str(v);
      let rgba = known.get(name);
      if (!rgba) known.set(name, (rgba = colorOf(name)));
      pixels.set(rgba, (y * width + x) * 4);
    });
  });
  const [x2, y2] = ends(to, to.x + width, to.y + rows.length);
  const block = { width, height: rows.length, pixels, gray: false };
  p.putBlock(block, { x: 0, y: 0, w: width, h: rows.length }, to.x, to.y, x2 - to.x, y2 - to.y, PLAIN);
}

function colorOf(name: string): readonly number[] {
  try {
    return [...parseColor(name).map((c) => c >> 8), 255];
  } catch {
    throw tkError(`can't parse color "${name}"`, 'VALUE', 'COLOR');
  }
}

// ---- data ----

function data(p: PhotoImage, args: readonly Value[], usage: (rest: string) => TclError): Value {
  const o = photoOptions(args, ['-background', '-format', '-from', '-grayscale']);
  if (o.name !== null || !o.whole) throw usage(' ?-option value ...?');
  const { x, y } = o.from;
  const [x2, y2] = ends(o.from, p.width, p.height);
  if (x > p.width || y > p.height || x2 > p.width || y2 > p.height)
    throw bad('coordinates for -from option extend outside image', 'BAD_FROM');
  const format = o.format === null ? null : FORMATS.find((f) => isNamed(f, str(o.format!)));
  if (format === undefined) {
    const name = str(o.format!);
    throw tkError(`image string format "${name}" is unknown`, 'LOOKUP', 'PHOTO_FORMAT', name);
  }
  const picture = pictureOf(p, x, y, x2 - x, y2 - y, o);
  return format ? valueOf(format.write(picture, p.budget), p.budget) : colorRows(picture, p);
}

const HEX = '0123456789abcdef';

function colorRows({ width, height, pixels }: Picture, p: PhotoImage): Value {
  const rows: string[] = [];
  if (width === 0) return newList(rows);
  // `#rrggbb` each, and a blank between two: ropes of pieces would take many times as much.
  const row = new Uint8Array(8 * width).fill(32);
  for (let y = 0, at = 0; y < height; y++) {
    p.budget.charge(10 * width);
    for (let x = 0, to = 0; x < width; x++, at += 4) {
      row[to++] = 35;
      for (let k = 0; k < 3; k++) {
        row[to++] = HEX.charCodeAt(pixels[at + k]! >> 4);
        row[to++] = HEX.charCodeAt(pixels[at + k]! & 15);
      }
      to++;
    }
    rows.push(valueOf(row.subarray(0, 8 * width - 1), p.budget));
  }
  return newList(rows);
}

/** Bytes of pixels between two looks at the clock. */
const GRAY_CHUNK = 1 << 20;

/** A part of the image as it is to be written: turned gray, or laid on a background, where that is asked for. ImgGetPhoto. */
function pictureOf(p: PhotoImage, x: number, y: number, width: number, height: number, o: PhotoOptions): Picture {
  const pixels = newPixels(width, height, p.budget);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * p.width + x) * 4;
    pixels.set(p.pixels.subarray(from, from + width * 4), row * width * 4);
  }
  let opaque = true;
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] !== 255) opaque = false;
  const back = o.background?.map((c) => c >> 8) ?? null;
  const isGray = p.gray && (!back || (back[0] === back[1] && back[1] === back[2]));
  const toGray = o.grayscale && !isGray;
  if (!toGray && (!back || opaque)) return { width, height, pixels, gray: isGray, alpha: !opaque, flat: false };

  const gray = isGray || o.grayscale;
  const behind = back && (gray ? Array<number>(3).fill(luminance(back, 0)) : back);
  for (let i = 0; i < pixels.length; i += 4) {
    if (i % GRAY_CHUNK === 0) p.budget.charge(10 * Math.min(GRAY_CHUNK, pixels.length - i));
    if (toGray) pixels[i] = pixels[i + 1] = pixels[i + 2] = luminance(pixels, i);
    if (!behind) continue;
    const clear = 255 - pixels[i + 3]!;
    for (let k = 0; k < 3; k++) pixels[i + k]! += Math.trunc((clear * (behind[k]! - pixels[i + k]!)) / 255);
  }
  const alpha = !back && !opaque;
  return { width, height, pixels, gray, alpha, flat: !alpha };
}
