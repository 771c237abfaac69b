/**
 * Images of type `bitmap`: two colours and a mask, read from text in X11's bitmap format. Answers to tkImgBmap.c.
 */
import type { Rect } from '../../protocol/display.ts';
import { TclError, wrongArgs } from '../../tcl/errors.ts';
import { str, type Value } from '../../tcl/value.ts';
import { ItemTable, type ItemValues, option, text } from '../canvas/item-options.ts';
import { hexOf } from '../colors.ts';
import { addInfo, tkError } from '../errors.ts';
import { type Bits, bitmapPixels, type Rgb } from './builtin.ts';
import type { ImageModel, ImageSource } from './index.ts';
import { subcommandOf } from './subcommand.ts';

const ROWS = {
  background: option(text, '', ''),
  data: option(text, '', ''),
  file: option(text, '', ''),
  foreground: option(text, '#000000', '#000000'),
  maskdata: option(text, '', ''),
  maskfile: option(text, '', ''),
};
const TABLE = new ItemTable(ROWS);

export class BitmapImage implements ImageSource {
  readonly type = 'bitmap';
  private readonly model: ImageModel;
  private readonly o: ItemValues<typeof ROWS> = TABLE.create();
  private readonly dropCommand: () => void;
  private data: Bits | null = null;
  private mask: Bits | null = null;
  /** Pixels paid for. */
  private held = 0;
  private width = 0;
  private height = 0;

  constructor(model: ImageModel, words: readonly Value[]) {
    this.model = model;
    this.dropCommand = model.command({ run: (_interp, args) => this.run(args) });
    try {
      this.configure(words);
    } catch (e) {
      this.destroyed();
      throw e;
    }
  }

  destroyed(): void {
    this.model.app.images.allot(-this.held);
    this.held = 0;
    this.dropCommand();
  }

  private run(args: readonly Value[]): Value {
    const sub = subcommandOf(args, ['cget', 'configure']);
    if (sub === 'cget') {
      if (args.length !== 3) throw wrongArgs(`${str(args[0]!)} cget option`);
      return TABLE.get(this.o, str(args[2]!));
    }
    if (args.length <= 3) return TABLE.info(this.o, args.length === 3 ? str(args[2]!) : null);
    this.configure(args.slice(2));
    return '';
  }

  /** Sets options. As in Tk, those given stay set when their values turn out to be bad. */
  private configure(words: readonly Value[]): void {
    const { o, model } = this;
    TABLE.set(model.app, o, words);
    this.data = this.mask = null;
    if (o.file !== '' || o.data !== '') {
      this.data = this.read(o.data);
      this.width = this.data.width;
      this.height = this.data.height;
    }
    if (o.maskfile !== '' || o.maskdata !== '') {
      if (!this.data) throw tkError("can't have mask without bitmap", 'IMAGE', 'BITMAP', 'NO_BITMAP');
      const mask = this.read(o.maskdata);
      if (mask.width !== this.width || mask.height !== this.height) {
        throw tkError('bitmap and mask have different sizes', 'IMAGE', 'BITMAP', 'MASK_SIZE');
      }
      this.mask = mask;
    }
    const pixels = this.width * this.height;
    model.app.images.allot(pixels - this.held);
    this.held = pixels;
    model.changed({ x: 0, y: 0, w: this.width, h: this.height }, this.width, this.height);
  }

  private read(data: string): Bits {
    if (data === '') throw tkError("can't get bitmap data from a file in a safe interpreter", 'SAFE', 'BITMAP_FILE');
    this.model.app.interp.budget.charge(data.length);
    return parseXbm(data);
  }

  shown(part: Rect): Uint8ClampedArray<ArrayBuffer> {
    const { o, data, mask } = this;
    const clear = new Uint8ClampedArray(part.w * part.h * 4);
    if (!data) return clear;
    let fg: Rgb;
    let bg: Rgb | null;
    try {
      bg = o.background === '' ? null : rgb(o.background);
      fg = rgb(o.foreground);
    } catch (e) {
      // A colour is looked up when it is needed: nothing is drawn, and the error goes where such errors go.
      if (!(e instanceof TclError)) throw e;
      this.model.app.interp.backgroundError(addInfo(e, `(while configuring image "${this.model.name}")`));
      return clear;
    }
    return bitmapPixels(data, fg, bg, bg && mask);
  }
}

function rgb(color: string): Rgb {
  const n = Number.parseInt(hexOf(color).slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** Words of the format are set apart by white space and commas, and no longer than this. */
const MAX_WORD = 100;

/** Text in X11's bitmap format. Throws `format error in bitmap data`. */
export function parseXbm(text: string): Bits {
  const words = /[^\s,]+/g;
  const bad = () => tkError('format error in bitmap data', 'IMAGE', 'BITMAP', 'FORMAT');
  const next = (): string => {
    const word = words.exec(text)?.[0];
    if (word === undefined || word.length > MAX_WORD) throw bad();
    return word;
  };
  const size = (): number => {
    const word = next();
    const n = integer(word);
    if (n === null || n.end !== word.length) throw bad();
    return n.value;
  };
  let width = 0;
  let height = 0;
  for (;;) {
    const word = next();
    if (word.endsWith('_width')) width = size();
    else if (word.endsWith('_height')) height = size();
    else if (word.endsWith('_x_hot') || word.endsWith('_y_hot')) size();
    else if (word === 'char') {
      while (next() !== '{');
      break;
    } else if (word === '{') {
      throw tkError("format error in bitmap data; looks like it's an obsolete X10 bitmap file", 'IMAGE', 'BITMAP', 'OBSOLETE');
    }
  }
  if (width <= 0 || height <= 0) throw bad();
  const count = Math.ceil(width / 8) * height;
  // Each byte takes a word of its own.
  if (count > text.length) throw bad();
  const bits = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const n = integer(next());
    if (n === null) throw bad();
    bits[i] = n.value;
  }
  return { width, height, bits };
}

/** The integer a word begins with, in C's notation, and where it ends: strtol. */
function integer(word: string): { value: number; end: number } | null {
  const m = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9]\d*))/.exec(word);
  if (!m) return null;
  const n = m[2] ? Number.parseInt(m[2], 16) : m[4] ? Number(m[4]) : Number.parseInt(`0${m[3] ?? ''}`, 8);
  const value = Math.min(n, 2 ** 31);
  return { value: m[1] === '-' ? -value : value, end: m[0].length };
}
