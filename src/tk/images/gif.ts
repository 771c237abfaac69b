/**
 * The GIF format: 87a and 89a, interlaced or not, transparency, a frame of an animation by its -index; written with up to 256 colours.
 * Answers to tkImgGIF.c.
 */
import type { Budget } from '../../tcl/command.ts';
import { lookup } from '../../tcl/errors.ts';
import { smallIntOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import { tkError } from '../errors.ts';
import { ByteWriter, decode64, type Format, newPixels, type Picture, type Placed, startsWith } from './formats.ts';

const isGif = (data: Uint8Array) => startsWith(data, 'GIF87a') || startsWith(data, 'GIF89a');
const bad = (message: string, code: string) => tkError(message, 'IMAGE', 'GIF', code);
const MAX_BITS = 12;

function frameIndex(options: readonly Value[]): number {
  let index = 0;
  for (let i = 1; i < options.length; i += 2) {
    lookup(str(options[i]!), ['-index'], 'option name');
    const v = options[i + 1];
    if (v === undefined) throw bad(`no value given for "${str(options[i]!)}" option`, 'OPT_VALUE');
    index = smallIntOf(v);
  }
  return index;
}

class Reader {
  readonly data: Uint8Array;
  /** Data in base64 may end in the middle of a block. */
  private readonly lenient: boolean;
  at = 10;
  readonly colors = new Uint8Array(256 * 3);
  transparent = -1;

  constructor(data: Uint8Array) {
    this.lenient = !isGif(data);
    this.data = this.lenient ? decode64(data) : data;
  }

  /** The next `n` bytes, or null when there are not so many. */
  bytes(n: number): Uint8Array | null {
    if (this.at + n > this.data.length) return null;
    this.at += n;
    return this.data.subarray(this.at - n, this.at);
  }

  /** A block of data: empty at the end of a row of blocks, null at the end of the data. */
  block(): Uint8Array | null {
    const size = this.bytes(1)?.[0];
    if (size === undefined) return null;
    const rest = this.data.length - this.at;
    return this.bytes(this.lenient ? Math.min(size, rest) : size);
  }

  skipBlocks(): boolean {
    for (;;) {
      const b = this.block();
      if (!b || b.length === 0) return b !== null;
    }
  }

  colorMap(flags: number): void {
    const map = this.bytes((2 << (flags & 7)) * 3);
    if (!map) throw bad('error reading color map', 'COLOR_MAP');
    this.colors.set(map);
  }

  extension(): void {
    const label = this.bytes(1)?.[0];
    if (label === undefined) throw bad('error reading extension function code in GIF image', 'BAD_EXT');
    if (label === 0x01) this.transparent = -1;
    if (label === 0xf9) {
      const b = this.block();
      if (!b) return;
      if (b[0]! & 1) this.transparent = b[3] ?? 0;
    }
    if (!this.skipBlocks()) throw bad('error reading extension in GIF image', 'BAD_EXT');
  }

  /** The header of the frame of an index; the frame's own colours have been read. */
  frame(index: number): Uint8Array {
    for (let left = index; ; ) {
      const mark = this.bytes(1)?.[0];
      if (mark === undefined) throw bad('premature end of image data for this index', 'PREMATURE_END');
      if (mark === 0x3b) throw bad('no image data for this index', 'NO_DATA');
      if (mark === 0x21) this.extension();
      if (mark !== 0x2c) continue;
      const head = this.bytes(9);
      if (!head) throw bad("couldn't read left/top/width/height in GIF image", 'DIMENSIONS');
      if (head[8]! & 0x80) this.colorMap(head[8]!);
      if (left-- === 0) return head;
      this.bytes(1);
      this.skipBlocks();
      this.transparent = -1;
    }
  }

  /** Decompresses the colour numbers of a frame; as many as there are. */
  indices(count: number, budget: Budget): Uint8Array {
    const bits = this.bytes(1)?.[0];
    if (bits === undefined) throw bad('error reading GIF image: unknown error', 'MALFORMED');
    if (bits > MAX_BITS) throw bad('malformed image', 'MALFORMED');
    budget.allocate(count);
    budget.charge(count);
    const out = new Uint8Array(count);
    return out.subarray(0, this.unpack(out, bits));
  }

  private unpack(out: Uint8Array, bits: number): number {
    const clear = 1 << bits;
    const prefix = new Uint16Array(1 << MAX_BITS);
    const append = new Uint8Array(1 << MAX_BITS);
    const lengths = new Uint16Array(1 << MAX_BITS);
    for (let i = 0; i < clear; i++) {
      append[i] = i;
      lengths[i] = 1;
    }
    let size = bits + 1;
    let next = clear + 2;
    let old = -1;
    let first = 0;
    let n = 0;
    let window = 0;
    let have = 0;
    let block: Uint8Array = new Uint8Array(0);
    let at = 0;
    while (n < out.length) {
      while (have < size) {
        if (at >= block.length) {
          const b = this.block();
          if (!b || b.length === 0) return n;
          block = b;
          at = 0;
        }
        window |= block[at++]! << have;
        have += 8;
      }
      const code = window & ((1 << size) - 1);
      window >>>= size;
      have -= size;
      if (code === clear) {
        size = bits + 1;
        next = clear + 2;
        old = -1;
        continue;
      }
      if (code > next || code === clear + 1) return n;
      if (old < 0) {
        out[n++] = first = append[code]!;
        old = code;
        continue;
      }
      // A code that is about to be made stands for the last string and its own first byte again.
      const fresh = code === next && next < 1 << MAX_BITS;
      let c = fresh ? old : code;
      const length = lengths[c]! + (fresh ? 1 : 0);
      let to = n + length;
      if (fresh && --to < out.length) out[to] = first;
      for (; c > clear; c = prefix[c]!) if (--to < out.length) out[to] = append[c]!;
      first = append[c]!;
      if (--to < out.length) out[to] = first;
      n += length;
      if (next < 1 << MAX_BITS) {
        prefix[next] = old;
        append[next] = first;
        lengths[next] = lengths[old]! + 1;
        next++;
        if (next >= 1 << size && next < 1 << MAX_BITS) size++;
      }
      old = code;
    }
    return out.length;
  }
}

/** The rows of an interlaced image in the order they come. */
function* interlaced(height: number): Generator<number, void> {
  for (const [start, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const) {
    for (let y = start; y < height; y += step) yield y;
  }
}

function read(data: Uint8Array, options: readonly Value[], wantedWidth: number, wantedHeight: number, budget: Budget): Placed | null {
  let index = frameIndex(options);
  // A frame that is not found is not found at the end of the data.
  if (index < 0) index = Number.POSITIVE_INFINITY;
  const r = new Reader(data);
  const size = sizeOf(r.data);
  if (size.width <= 0 || size.height <= 0) throw bad('GIF image file "inline data" has dimension(s) <= 0', 'BOGUS_SIZE');
  const head = r.bytes(3);
  if (!head) return null;
  if (head[0]! & 0x80) r.colorMap(head[0]!);
  let width = Math.min(wantedWidth, size.width);
  let height = Math.min(wantedHeight, size.height);
  if (width <= 0 || height <= 0) return null;
  const frame = r.frame(index);
  const word = (i: number) => frame[i]! | (frame[i + 1]! << 8);
  const [x, y, w, h] = [word(0), word(2), word(4), word(6)];
  width = Math.min(width - x, w);
  height = Math.min(height - y, h);
  if (width <= 0 || height <= 0) return null;
  const numbers = r.indices(w * h, budget);
  const pixels = newPixels(width, height, budget);
  const { colors, transparent } = r;
  // What is missing is black, or clear where anything is.
  if (transparent < 0) for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
  const rows = frame[8]! & 0x40 ? interlaced(h) : null;
  for (let i = 0; i * w < numbers.length; i++) {
    const row = rows ? (rows.next().value as number) : i;
    if (row >= height) continue;
    for (let col = 0; col < width && i * w + col < numbers.length; col++) {
      const c = numbers[i * w + col]!;
      if (c === transparent) continue;
      const to = (row * width + col) * 4;
      pixels.set(colors.subarray(c * 3, c * 3 + 3), to);
      pixels[to + 3] = 255;
    }
  }
  return { x, y, width, height, pixels, gray: false };
}

function sizeOf(data: Uint8Array): { width: number; height: number } {
  return { width: data[6]! | (data[7]! << 8), height: data[8]! | (data[9]! << 8) };
}

/** Compresses colour numbers into blocks. `bits`: of a number. */
function pack(numbers: Uint8Array, bits: number, out: ByteWriter): void {
  const clear = 1 << bits;
  let size = bits + 1;
  let next = clear + 2;
  let codes = new Map<number, number>();
  let window = 0;
  let have = 0;
  let block: number[] = [];
  const flush = () => {
    if (block.length > 0) out.put(block.length, ...block);
    block = [];
  };
  const byte = () => {
    block.push(window & 255);
    window >>>= 8;
    have -= 8;
    if (block.length >= 254) flush();
  };
  const emit = (code: number) => {
    window |= code << have;
    have += size;
    while (have >= 8) byte();
  };
  emit(clear);
  // Of no colours Tk makes a code of all ones.
  let string = numbers[0] ?? (1 << size) - 1;
  for (let i = 1; i < numbers.length; i++) {
    const c = numbers[i]!;
    const key = (string << 8) | c;
    const known = codes.get(key);
    if (known !== undefined) {
      string = known;
      continue;
    }
    emit(string);
    // The decoder is one string behind: its codes grow after the one that no longer fits has been made here.
    if (next > (size === MAX_BITS ? 1 << MAX_BITS : (1 << size) - 1)) size++;
    string = c;
    if (next < 1 << MAX_BITS) codes.set(key, next++);
    else {
      emit(clear);
      codes = new Map();
      size = bits + 1;
      next = clear + 2;
    }
  }
  emit(string);
  if (next > (1 << size) - 1 && size < MAX_BITS) size++;
  emit(clear + 1);
  while (have > 0) byte();
  flush();
  out.put(0);
}

function write(picture: Picture, budget: Budget): Uint8Array {
  const { width, height, pixels, flat } = picture;
  const colors = new Map<number, number>();
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  budget.allocate(words.length);
  budget.charge(words.length * 4);
  const numbers = new Uint8Array(words.length);
  // Where there may be transparency, number 0 is kept for it.
  const first = flat ? 0 : 1;
  for (let i = 0; i < words.length; i++) {
    if (!flat && pixels[i * 4 + 3] === 0) continue;
    const color = words[i]! & 0xffffff;
    let n = colors.get(color);
    if (n === undefined) {
      n = colors.size + first;
      if (n > 255) throw bad('too many colors', 'COLORFUL');
      colors.set(color, n);
    }
    numbers[i] = n;
  }
  const last = Math.max(2, colors.size + first - 1);
  const bits = 32 - Math.clz32(last);
  const out = new ByteWriter(budget);
  const short = (n: number) => out.put(n & 255, (n >> 8) & 255);
  out.text(flat ? 'GIF87a' : 'GIF89a');
  short(width);
  short(height);
  out.put(111 + bits * 17, 0, 0);
  if (!flat) out.put(0xd9, 0xd9, 0xd9);
  for (const color of colors.keys()) out.put(color & 255, (color >> 8) & 255, color >> 16);
  for (let i = colors.size + first; i < 1 << bits; i++) out.put(255, 255, 255);
  if (!flat) out.put(0x21, 0xf9, 4, 1, 0, 0, 0, 0);
  out.put(0x2c, 0, 0, 0, 0);
  short(width);
  short(height);
  out.put(0, bits);
  pack(numbers, bits, out);
  out.put(0x3b);
  return out.done();
}

export const GIF: Format = {
  name: 'gif',
  match(data) {
    const head = isGif(data) ? data : decode64(data, 10);
    return data.length >= 10 && head.length >= 10 && isGif(head) ? sizeOf(head) : null;
  },
  read,
  write,
};
