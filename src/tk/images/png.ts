/**
 * The PNG format: every colour type and depth, interlaced or not, transparency; written in eight bits a channel. Leaves out what Tk leaves
 * out: gamma and colour profiles. Answers to tkImgPNG.c.
 */
import { crc32 } from '../../tcl/checksums.ts';
import type { Budget } from '../../tcl/command.ts';
import { lookup, TclError, wrongArgs } from '../../tcl/errors.ts';
import { doubleOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import { makeCompressor, makeDecompressor, ZlibError } from '../../tcl/zlib.ts';
import { tkError } from '../errors.ts';
import { ByteWriter, decode64, type Format, newPixels, type Picture, type Placed, startsWith } from './formats.ts';

const bad = (message: string, code: string) => tkError(message, 'IMAGE', 'PNG', code);
const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Bytes of the signature and the chunk that follows it. */
const HEADER_SIZE = 33;
/** Colour types are sums of these; 3 is a palette. */
const COLOR = 2;
const ALPHA = 4;
const PALETTE = 3;
/** Depths and channels by colour type. */
const KINDS: ReadonlyMap<number, { readonly channels: number; readonly depths: readonly number[] }> = new Map([
  [0, { channels: 1, depths: [1, 2, 4, 8, 16] }],
  [COLOR, { channels: 3, depths: [8, 16] }],
  [PALETTE, { channels: 1, depths: [1, 2, 4, 8] }],
  [ALPHA, { channels: 2, depths: [8, 16] }],
  [COLOR | ALPHA, { channels: 4, depths: [8, 16] }],
]);
/** First column and row of each pass of interlacing, and the steps between them. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** At most `most` bytes of a stream. `whole`: it ended where it should; `used`: how much of the input it took. Tk gives no words for what is wrong in it. */
function inflate(data: Uint8Array, most: number, budget: Budget): { bytes: Uint8Array; whole: boolean; used: number } {
  const stream = makeDecompressor('zlib', budget);
  try {
    stream.push(data);
    const bytes = stream.pull(most);
    return { bytes, whole: stream.done(), used: data.length - stream.rest().length };
  } catch (e) {
    throw e instanceof ZlibError ? new TclError('') : e;
  }
}

interface Chunk {
  readonly type: string;
  readonly body: Uint8Array;
}

/** Chunks one after the other, their checksums checked. Those that are not needed are skipped. */
class Reader {
  private readonly data: Uint8Array;
  private at = 8;

  constructor(data: Uint8Array) {
    this.data = data;
  }

  bytes(n: number): Uint8Array {
    if (this.at + n > this.data.length) throw bad('unexpected end of image data', 'EARLY_END');
    this.at += n;
    return this.data.subarray(this.at - n, this.at);
  }

  private size(): number {
    const n = int32(this.bytes(4), 0);
    if (n > 0x7fffffff) throw bad('chunk size is out of supported range on this architecture', 'OUTSIZE');
    return n;
  }

  next(): Chunk {
    for (;;) {
      const n = this.size();
      const type = String.fromCharCode(...this.bytes(4));
      const wanted = ['IDAT', 'IEND', 'IHDR', 'PLTE', 'tRNS'].includes(type);
      if (!wanted) checkType(type);
      const start = this.at - 4;
      const body = this.bytes(n);
      const covered = this.data.subarray(start, this.at);
      if (int32(this.bytes(4), 0) !== crc32(covered)) throw bad('CRC check failed', 'CRC');
      if (wanted) return { type, body };
    }
  }
}

/** A chunk of an unknown type may be skipped when it says so. */
function checkType(type: string): void {
  if (!(type.charCodeAt(0) & 32)) {
    const name = /^[\0-\x7f]*$/.test(type) ? ` "${type}"` : '';
    throw bad(`encountered an unsupported critical chunk type${name}`, 'UNSUPPORTED_CRITICAL');
  }
  if (!/^[A-Za-z]{4}$/.test(type)) throw bad('invalid chunk type', 'INVALID_CHUNK');
}

function int32(b: Uint8Array, at: number): number {
  return ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly type: number;
  readonly channels: number;
  readonly interlaced: boolean;
}

function readHeader(r: Reader): Header {
  const { type: chunk, body } = r.next();
  if (chunk !== 'IHDR') throw bad('expected IHDR chunk type', 'NO_IHDR');
  if (body.length !== 13) throw bad('invalid IHDR chunk size', 'BAD_IHDR');
  const [width, height] = [int32(body, 0), int32(body, 4)];
  const [depth, type, compression, filter, interlace] = body.subarray(8) as unknown as [number, number, number, number, number];
  if (!width || !height || width > 0x7fffffff || height > 0x7fffffff) {
    throw bad('image dimensions are invalid or beyond architecture limits', 'DIMENSIONS');
  }
  const kind = KINDS.get(type);
  if (!kind) throw bad(`unknown color type field ${type}`, 'UNKNOWN_COLOR');
  if (!kind.depths.includes(depth)) throw bad('bit depth is not allowed for given color type', 'BAD_DEPTH');
  if (compression) throw bad(`unknown compression method ${compression}`, 'BAD_COMPRESS');
  if (filter) throw bad(`unknown filter method ${filter}`, 'BAD_FILTER');
  if (interlace > 1) throw bad(`unknown interlace method ${interlace}`, 'BAD_INTERLACE');
  return { width, height, depth, type, channels: kind.channels, interlaced: interlace === 1 };
}

/** At most `most` bytes of the image, or null when it is none. */
function binary(data: Uint8Array, most = Number.POSITIVE_INFINITY): Uint8Array | null {
  const bytes = startsWith(data, SIGNATURE) ? data : decode64(data, most);
  return startsWith(bytes, SIGNATURE) ? bytes : null;
}

/** -alpha of the format's words. */
function alphaOption(options: readonly Value[]): number {
  let alpha = 1;
  for (let i = 0; i < options.length; i++) {
    const word = str(options[i]!);
    if (word.toLowerCase() === 'png') continue;
    lookup(word, ['-alpha'], 'option');
    const v = options[++i];
    if (v === undefined) throw wrongArgs(`${word} value`);
    alpha = doubleOf(v);
    if (!(alpha >= 0 && alpha <= 1)) throw bad('-alpha value must be between 0.0 and 1.0', 'BAD_ALPHA');
  }
  return alpha;
}

/** Red, green, blue and alpha of the colours of a palette. */
function readPalette(head: Header, body: Uint8Array): Uint8Array {
  if (!(head.type & COLOR)) throw bad('PLTE chunk type forbidden for grayscale', 'PLTE_UNEXPECTED');
  const n = body.length / 3;
  if (n < 1 || n > 256 || !Number.isInteger(n)) throw bad('invalid palette chunk size', 'BAD_PLTE');
  const out = new Uint8Array(256 * 4).fill(255);
  for (let i = 0; i < 256; i++) out.set(i < n ? body.subarray(i * 3, i * 3 + 3) : [0, 0, 0], i * 4);
  return out;
}

/** The colour that is clear, as it stands in the data; or puts alpha into the palette. */
function readTransparency(head: Header, body: Uint8Array, palette: Uint8Array | null, colors: number): number[] | null {
  if (head.type & ALPHA) throw bad('tRNS chunk not allowed color types with a full alpha channel', 'INVALID_TRNS');
  if (body.length > 256) throw bad('invalid tRNS chunk size', 'BAD_TRNS');
  if (head.type === PALETTE) {
    if (body.length > colors) throw bad('size of tRNS chunk is too large for the palette', 'TRNS_SIZE');
    for (let i = 0; i < body.length; i++) palette![i * 4 + 3] = body[i]!;
    return null;
  }
  const need = head.channels * 2;
  if (body.length !== need) {
    throw bad(`invalid tRNS chunk size - must ${need} bytes for ${need === 2 ? 'grayscale' : 'RGB'}`, 'BAD_TRNS');
  }
  const out: number[] = [];
  for (let i = 0; i < need; i += 2) out.push(head.depth === 16 ? (body[i]! << 8) | body[i + 1]! : body[i + 1]!);
  return out;
}

const lineSize = (head: Header, pixels: number) => 1 + ((head.channels * pixels * head.depth + 7) >> 3);

/** The parts of an image: each pass of an interlaced one that has any pixels, or all of it. */
function passesOf(head: Header): { x: number; y: number; dx: number; dy: number; w: number; h: number }[] {
  const all = head.interlaced ? PASSES : ([[0, 0, 1, 1]] as const);
  return all
    .map(([x, y, dx, dy]) => ({ x, y, dx, dy, w: Math.ceil((head.width - x) / dx), h: Math.ceil((head.height - y) / dy) }))
    .filter((p) => p.w > 0 && p.h > 0);
}

/** Undoes the filter of a line, whose first byte says which. `above` is null in the first line of a pass. */
function unfilter(line: Uint8Array, above: Uint8Array | null, step: number): void {
  const filter = line[0]!;
  if (filter > 4) throw bad(`invalid filter type ${filter}`, 'BAD_FILTER');
  if (filter === 0) return;
  for (let i = 1; i < line.length; i++) {
    const a = i > step ? line[i - step]! : 0;
    const b = above ? above[i]! : 0;
    let add = a;
    if (filter === 2) add = b;
    else if (filter === 3) add = (a + b) >> 1;
    else if (filter === 4) {
      const c = above && i > step ? above[i - step]! : 0;
      const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      add = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
    line[i]! += add;
  }
}

function read(data: Uint8Array, options: readonly Value[], _width: number, _height: number, budget: Budget): Placed {
  const r = new Reader(binary(data)!);
  const head = readHeader(r);
  const opacity = alphaOption(options);
  let chunk = r.next();
  let palette: Uint8Array | null = null;
  let colors = 0;
  if (chunk.type === 'PLTE') {
    palette = readPalette(head, chunk.body);
    colors = chunk.body.length / 3;
    chunk = r.next();
  } else if (head.type === PALETTE) throw bad('PLTE chunk required for indexed color', 'NEED_PLTE');
  let clear: number[] | null = null;
  if (chunk.type === 'tRNS') {
    clear = readTransparency(head, chunk.body, palette, colors);
    chunk = r.next();
  }
  if (chunk.type !== 'IDAT') throw bad('at least one IDAT chunk is required', 'NEED_IDAT');
  const packed = new ByteWriter(budget);
  const parts: number[] = [];
  for (; chunk.type === 'IDAT'; chunk = r.next()) {
    parts.push(chunk.body.length);
    packed.add(chunk.body);
  }
  const passes = passesOf(head);
  const size = passes.reduce((sum, p) => sum + p.h * lineSize(head, p.w), 0);
  const { bytes, whole, used } = inflate(packed.done(), size, budget);
  if (!whole) throw bad('unfinalized data stream in PNG data', 'EXTRA_DATA');
  if (isLeftOver(parts, used)) throw bad('compressed data after stream finalize in PNG data', 'EXTRA_DATA');
  while (chunk.type !== 'IEND') chunk = r.next();
  if (chunk.body.length > 0) throw bad('IEND chunk contents must be empty', 'BAD_IEND');

  const { width, height } = head;
  const pixels = newPixels(width, height, budget);
  const step = Math.max(1, (head.channels * head.depth) >> 3);
  let at = 0;
  for (const p of passes) {
    const n = lineSize(head, p.w);
    for (let row = 0; row < p.h && at + n <= bytes.length; row++, at += n) {
      const line = bytes.subarray(at, at + n);
      unfilter(line, row > 0 ? bytes.subarray(at - n, at) : null, step);
      decodeLine(head, line, palette, clear, pixels, ((p.y + row * p.dy) * width + p.x) * 4, p.dx * 4, p.w);
    }
  }
  if (opacity !== 1) for (let i = 3; i < pixels.length; i += 4) pixels[i] = Math.trunc(pixels[i]! * opacity);
  return { x: 0, y: 0, width, height, pixels, gray: !(head.type & COLOR) };
}

/** Is there data after the end of the stream? What is in the same piece of 1024 bytes of a chunk goes unnoticed, as in Tk. */
function isLeftOver(parts: readonly number[], used: number): boolean {
  let start = 0;
  return parts.some((n) => {
    const pieces = Math.max(0, Math.ceil((used - start) / 1024));
    start += n;
    return n > pieces * 1024;
  });
}

function decodeLine(
  head: Header,
  line: Uint8Array,
  palette: Uint8Array | null,
  clear: readonly number[] | null,
  out: Uint8ClampedArray,
  start: number,
  step: number,
  count: number,
): void {
  const { depth, channels, type } = head;
  const most = (1 << depth) - 1;
  const sample = (i: number): number => {
    if (depth === 8) return line[1 + i]!;
    if (depth === 16) return (line[1 + i * 2]! << 8) | line[2 + i * 2]!;
    const bit = i * depth;
    return (line[1 + (bit >> 3)]! >> (8 - depth - (bit & 7))) & most;
  };
  const shown = (v: number) => (depth === 16 ? v >> 8 : depth === 8 ? v : v * (255 / most));
  const lastColor = type & COLOR ? 2 : 0;
  for (let x = 0, to = start; x < count; x++, to += step) {
    const first = x * channels;
    if (type === PALETTE) {
      const c = sample(first) * 4;
      out.set(palette!.subarray(c, c + 4), to);
      continue;
    }
    for (let k = 0; k < 3; k++) out[to + k] = shown(sample(first + Math.min(k, lastColor)));
    if (type & ALPHA) out[to + 3] = shown(sample(first + channels - 1));
    else out[to + 3] = clear?.every((v, k) => v === sample(first + k)) ? 0 : 255;
  }
}

function write(picture: Picture, budget: Budget): Uint8Array {
  const { width, height, pixels, gray, alpha } = picture;
  const out = new ByteWriter(budget);
  const int = (n: number) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];
  const chunk = (head: string, body: ArrayLike<number> = []) => {
    const covered = new Uint8Array(head.length + body.length);
    for (let i = 0; i < head.length; i++) covered[i] = head.charCodeAt(i);
    covered.set(body, head.length);
    out.add(int(covered.length - 4));
    out.add(covered);
    out.add(int(crc32(covered)));
  };
  const channels = (gray ? 1 : 3) + (alpha ? 1 : 0);
  budget.allocate((width * channels + 1) * height);
  const raw = new Uint8Array((width * channels + 1) * height);
  let to = 0;
  budget.charge(2 * width * height);
  for (let i = 0; i < pixels.length; i += 4) {
    // Each line begins with its filter: none.
    if ((i >> 2) % width === 0) raw[to++] = 0;
    raw[to++] = pixels[i]!;
    if (!gray) {
      raw[to++] = pixels[i + 1]!;
      raw[to++] = pixels[i + 2]!;
    }
    if (alpha) raw[to++] = pixels[i + 3]!;
  }
  out.text(SIGNATURE);
  chunk('IHDR', [...int(width), ...int(height), 8, (gray ? 0 : COLOR) | (alpha ? ALPHA : 0), 0, 0, 0]);
  chunk('sBIT', Array(channels).fill(8));
  chunk('tEXtSoftware\0Tk Toolkit v8.6.13');
  chunk('IDAT', makeCompressor('zlib', null, null, budget).put(raw, 'finish'));
  chunk('IEND');
  return out.done();
}

export const PNG: Format = {
  name: 'png',
  match(data) {
    const bytes = binary(data, HEADER_SIZE);
    if (!bytes) return null;
    try {
      return readHeader(new Reader(bytes));
    } catch {
      return null;
    }
  },
  read,
  write,
};
