/**
 * Images of type `photo`: a rectangle of pixels in colour, its options, and how blocks of pixels get into it. Files are refused, as in a
 * safe interpreter: data comes as text or bytes. Its subcommands are in photo-commands.ts. Answers to photo.n and tkImgPhoto.c.
 */
import type { Rect } from '../../protocol/display.ts';
import type { Budget } from '../../tcl/command.ts';
import { elements, newList } from '../../tcl/list.ts';
import { str, type Value } from '../../tcl/value.ts';
import { ItemTable, type ItemValues, option, real, text, whole } from '../canvas/item-options.ts';
import { tkError } from '../errors.ts';
import { type Block, bytesOf, type Format } from './formats.ts';
import { GIF } from './gif.ts';
import type { ImageModel, ImageSource } from './index.ts';
import { shownPixels } from './photo-display.ts';
import { PNG } from './png.ts';
import { PPM } from './ppm.ts';

/** The formats data may have. */
export const FORMATS: readonly Format[] = [PPM, PNG, GIF];

const ROWS = {
  file: option(text, '', ''),
  gamma: option(real, '1', 1),
  height: option(whole, '0', 0),
  palette: option(text, '', ''),
  width: option(whole, '0', 0),
};
const TABLE = new ItemTable(ROWS);

export const bad = (message: string, code: string) => tkError(message, 'IMAGE', 'PHOTO', code);
export const noFile = (what: string) => tkError(`can't ${what} a file in a safe interpreter`, 'SAFE', 'PHOTO_FILE');

/** How a block is put into an image: over what is there or in its place, each pixel repeated, some left out. */
export interface Manner {
  readonly rule: 'overlay' | 'set';
  readonly zoom: readonly [number, number];
  readonly subsample: readonly [number, number];
}
export const PLAIN: Manner = { rule: 'set', zoom: [1, 1], subsample: [1, 1] };

export class PhotoImage implements ImageSource, Block {
  readonly type = 'photo';
  readonly model: ImageModel;
  readonly budget: Budget;
  readonly o: ItemValues<typeof ROWS> = TABLE.create();
  /** -data and -format as given; null: not given, or empty. */
  private readonly given: { data: Value | null; format: Value | null } = { data: null, format: null };
  private readonly dropCommand: () => void;
  width = 0;
  height = 0;
  pixels = new Uint8ClampedArray(0);
  /** Nothing but shades of gray was ever put into it. */
  gray = true;

  /** `run` is its command. */
  constructor(model: ImageModel, words: readonly Value[], run: (image: PhotoImage, args: readonly Value[]) => Value) {
    this.model = model;
    this.budget = model.app.interp.budget;
    this.dropCommand = model.command({ run: (_interp, args) => run(this, args) });
    try {
      this.configure(words);
    } catch (e) {
      this.destroyed();
      throw e;
    }
  }

  destroyed(): void {
    this.model.app.images.allot(-this.width * this.height);
    this.width = this.height = 0;
    this.pixels = new Uint8ClampedArray(0);
    this.dropCommand();
  }

  shown(part: Rect): Uint8ClampedArray<ArrayBuffer> {
    return shownPixels(this, part, this.o.gamma, this.o.palette);
  }

  // ---- options ----

  /** Sets options. As in Tk, those given stay set when their values turn out to be bad. */
  configure(words: readonly Value[]): void {
    const { o, given } = this;
    const rest: Value[] = [];
    const now = new Map<'data' | 'format', Value>();
    for (let i = 0; i < words.length; i++) {
      const name = special(str(words[i]!), 2);
      if (!name) rest.push(words[i]!);
      else {
        const v = words[++i];
        if (v === undefined) throw bad(`value for "-${name}" missing`, 'MISSING_VALUE');
        now.set(name, v);
      }
    }
    const oldFile = o.file;
    TABLE.set(this.model.app, o, rest);
    for (const [name, v] of now) given[name] = str(v) === '' ? null : v;
    this.setSize(this.width, this.height);
    if (o.file !== '' && (o.file !== oldFile || now.has('format'))) throw noFile('get image from');
    if (o.file === '' && given.data !== null && now.size > 0) {
      const { bytes, format, width, height } = this.recognize(given.data, given.format);
      this.setSize(width, height);
      this.decode(bytes, format, given.format, 0, 0, width, height);
    }
    if (o.gamma <= 0) o.gamma = 1;
    this.changed({ x: 0, y: 0, w: this.width, h: this.height });
  }

  /** What `configure` answers about one option, or about all. */
  info(name: string | null): Value {
    const tuple = (n: 'data' | 'format') => newList([`-${n}`, '', '', '', this.given[n] ?? '']);
    if (name === null) return newList([tuple('data'), tuple('format'), ...elements(TABLE.info(this.o, null))]);
    const n = special(name, 2);
    return n ? tuple(n) : TABLE.info(this.o, name);
  }

  cget(name: string): Value {
    const n = special(name, 0);
    return n ? (this.given[n] ?? '') : TABLE.get(this.o, name);
  }

  // ---- data ----

  /** The format data is in, and the size of the image in it. Throws when there is none. */
  recognize(data: Value, name: Value | null): { bytes: Uint8Array; format: Format; width: number; height: number } {
    const bytes = bytesOf(data, this.budget);
    const formats = name === null ? FORMATS : FORMATS.filter((f) => isNamed(f, str(name)));
    for (const format of formats) {
      const size = format.match(bytes);
      if (size) return { bytes, format, width: size.width, height: size.height };
    }
    if (formats.length > 0) throw bad("couldn't recognize image data", 'UNRECOGNIZED_DATA');
    throw tkError(`image format "${str(name!)}" is not supported`, 'LOOKUP', 'PHOTO_FORMAT', str(name!));
  }

  /** Puts the image that data holds at a place, at most `w` by `h` pixels of it. */
  decode(bytes: Uint8Array, format: Format, name: Value | null, x: number, y: number, w: number, h: number): void {
    const block = format.read(bytes, name === null ? [] : elements(name), w, h, this.budget);
    if (!block) return;
    const { width, height } = block;
    this.putBlock(block, { x: 0, y: 0, w: width, h: height }, x + block.x, y + block.y, width, height, PLAIN);
  }

  // ---- storage ----

  /** Gives the image a size, unless -width and -height fix it; what fits stays. Throws when there are too many pixels. */
  setSize(wantedWidth: number, wantedHeight: number): void {
    const width = this.o.width > 0 ? this.o.width : wantedWidth;
    const height = this.o.height > 0 ? this.o.height : wantedHeight;
    const old = { width: this.width, height: this.height, pixels: this.pixels };
    // An image without pixels keeps the size it had.
    if ((width === old.width && height === old.height) || width * height === 0) return;
    this.model.app.images.allot(width * height - old.width * old.height);
    this.budget.charge((width * height) / 4);
    this.pixels = new Uint8ClampedArray(width * height * 4);
    this.width = width;
    this.height = height;
    const w = Math.min(width, old.width) * 4;
    for (let y = Math.min(height, old.height) - 1; y >= 0; y--) {
      this.pixels.set(old.pixels.subarray(y * old.width * 4, y * old.width * 4 + w), y * width * 4);
    }
  }

  changed(part: Rect): void {
    this.model.changed(part, this.width, this.height);
  }

  /** Puts `part` of a block at `x`, `y`, repeated to fill `w` by `h` pixels. The image grows. Tk_PhotoPutZoomedBlock. */
  putBlock(block: Block, part: Rect, x: number, y: number, w: number, h: number, how: Manner): void {
    const { o, budget } = this;
    const width = o.width !== 0 ? Math.min(w, o.width - x) : w;
    const height = o.height !== 0 ? Math.min(h, o.height - y) : h;
    if (part.w <= 0 || part.h <= 0 || width <= 0 || height <= 0) return;
    budget.charge(4 * width * height);
    const from = block === this ? this.copyOfPixels() : block.pixels;
    const source = new Uint32Array(from.buffer, 0, from.length >> 2);
    const pitch = block.width;
    this.setSize(Math.max(this.width, x + width), Math.max(this.height, y + height));
    const { pixels } = this;
    const target = new Uint32Array(pixels.buffer, 0, pixels.length >> 2);
    this.gray &&= block.gray && !(block instanceof PhotoImage);
    const columns = places(width, part.x, part.w, how.zoom[0], how.subsample[0]);
    const rows = places(height, part.y, part.h, how.zoom[1], how.subsample[1]);
    for (let j = 0; j < height; j++) {
      const line = rows[j]! * pitch;
      let to = (y + j) * this.width + x;
      for (let i = 0; i < width; i++, to++) {
        const at = line + columns[i]!;
        const alpha = from[at * 4 + 3]!;
        if (how.rule === 'set' || alpha === 255 || pixels[to * 4 + 3] === 0) target[to] = source[at]!;
        else if (alpha !== 0) blend(pixels, to * 4, from, at * 4);
      }
    }
    this.changed({ x, y, w: width, h: height });
  }

  private copyOfPixels(): Uint8ClampedArray<ArrayBuffer> {
    this.budget.allocate(this.pixels.length);
    return this.pixels.slice();
  }
}

/** -data or -format, when a word of at least `least` characters begins one of them. */
function special(word: string, least: number): 'data' | 'format' | null {
  if (word.length < least) return null;
  return '-data'.startsWith(word) ? 'data' : '-format'.startsWith(word) ? 'format' : null;
}

/** Does the text of -format begin with the name of a format? */
export function isNamed(format: Format, given: string): boolean {
  return given.toLowerCase().startsWith(format.name);
}

/**
 * Which pixels of a side of a source go to the `count` pixels of a target: from `start` on, `length` of them, every `step`th (backwards when
 * it is negative, the first alone when it is 0), each `zoom` times, and again from the start.
 */
function places(count: number, start: number, length: number, zoom: number, step: number): Int32Array {
  const period = step === 0 ? count : Math.ceil(length / Math.abs(step)) * zoom;
  const first = step < 0 ? start + length - 1 : start;
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) out[i] = first + Math.trunc((i % period) / zoom) * step;
  return out;
}

/** One pixel over another, both partly transparent (Porter and Duff's "source over"). */
function blend(to: Uint8ClampedArray, t: number, from: Uint8ClampedArray, f: number): void {
  const a = from[f + 3]!;
  const b = to[t + 3]!;
  const left = Math.trunc(((255 - a) * b) / 255);
  for (let k = 0; k < 3; k++) to[t + k] = Math.trunc((from[f + k]! * a) / 255) + Math.trunc((left * to[t + k]!) / 255);
  to[t + 3] = a + left;
}
