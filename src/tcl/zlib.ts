/**
 * Compressed streams: raw (RFC 1951), with a head and a checksum (zlib, RFC 1950), or as gzip has them (RFC 1952). Failures have the words and codes of
 * the library's results. Answers to zlib.h and tclZlib.c.
 */
import { adler32, crc32 } from './checksums.ts';
import { type Flush, makeDeflater, type Payer } from './deflate.ts';
import { TclError } from './errors.ts';
import { DataError, makeInflater } from './inflate.ts';

export type Format = 'raw' | 'zlib' | 'gzip';

const DEFAULT_LEVEL = 6;
const UNIX = 3;
const NOTHING = new Uint8Array(0);

const RESULTS = new Map([
  ['STREAM', 'stream error'],
  ['DATA', 'data error'],
  ['BUF', 'buffer error'],
  ['NEED_DICT', 'need dictionary'],
]);

/** A failure by its code. `detail`: what exactly was wrong, which only channels tell. */
export class ZlibError extends TclError {
  readonly detail: string;
  constructor(code: string, detail = '', ...more: string[]) {
    super(RESULTS.get(code)!, ['TCL', 'ZLIB', code, ...more]);
    this.detail = detail;
  }
}

/** What the head of a gzip file may say. Texts are bytes of Latin-1. */
export interface GzipHead {
  readonly comment?: Uint8Array;
  readonly filename?: Uint8Array;
  /** It has a checksum of its own. */
  readonly crc: boolean;
  readonly os: number;
  readonly time: number;
  readonly text: boolean;
}

const TEXT = 1;
const HEAD_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;

const lowFirst = (n: number): number[] => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24];

function joined(parts: readonly ArrayLike<number>[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function gzipHead(level: number, head: GzipHead | null): Uint8Array {
  const { comment, filename, crc = false, os = UNIX, time = 0, text = false } = head ?? {};
  const flags = Number(text) * TEXT + Number(crc) * HEAD_CRC + (filename ? NAME : 0) + (comment ? COMMENT : 0);
  const strings = [filename, comment].flatMap((s) => (s === undefined ? [] : [s, [0]]));
  const bytes = joined([[0x1f, 0x8b, 8, flags], lowFirst(time), [level === 9 ? 2 : level < 2 ? 4 : 0, os & 255], ...strings]);
  return crc ? joined([bytes, lowFirst(crc32(bytes)).slice(0, 2)]) : bytes;
}

const big = (n: number): number[] => lowFirst(n).reverse();

export type Compressor = ReturnType<typeof makeCompressor>;

export function makeCompressor(format: Format, level: number | null, head: GzipHead | null, budget: Payer) {
  const grade = level ?? DEFAULT_LEVEL;
  const deflater = makeDeflater(grade, budget);
  let sum = format === 'gzip' ? 0 : 1;
  let size = 0;
  let begun = false;
  let ended = false;
  /** The checksum of the dictionary, if there is one. */
  let dictionary: number | null = null;

  function firstBytes(): Uint8Array {
    if (format === 'raw') return NOTHING;
    if (format === 'gzip') return gzipHead(grade, head);
    const bits = 0x7800 | ((grade < 2 ? 0 : grade < 6 ? 1 : grade === 6 ? 2 : 3) << 6) | (dictionary === null ? 0 : 0x20);
    const checked = bits + 31 - (bits % 31);
    return Uint8Array.from([checked >> 8, checked & 255, ...(dictionary === null ? [] : big(dictionary))]);
  }

  return {
    put(bytes: Uint8Array, flush: Flush): Uint8Array {
      if (ended) {
        if (bytes.length === 0 && flush === 'finish') return NOTHING;
        throw new ZlibError(flush === 'finish' ? 'BUF' : 'STREAM');
      }
      const parts: Uint8Array[] = begun ? [] : [firstBytes()];
      begun = true;
      budget.charge(bytes.length / 8);
      if (format === 'zlib') sum = adler32(bytes, sum);
      else if (format === 'gzip') sum = crc32(bytes, sum);
      size += bytes.length;
      parts.push(deflater.put(bytes, flush));
      ended = flush === 'finish';
      if (ended && format !== 'raw') parts.push(Uint8Array.from(format === 'zlib' ? big(sum) : [...lowFirst(sum), ...lowFirst(size)]));
      return joined(parts);
    },
    setDictionary(bytes: Uint8Array): void {
      if (ended || format === 'gzip' || (format === 'zlib' && begun) || !deflater.setDictionary(bytes)) throw new ZlibError('STREAM');
      if (format === 'zlib') dictionary = adler32(bytes);
    },
    checksum: () => (dictionary !== null && !begun ? dictionary : sum),
  };
}

export type Decompressor = ReturnType<typeof makeDecompressor>;

/** `first`: the checksum before anything was read, where there is none. */
export function makeDecompressor(format: Format, budget: Payer, first = 1) {
  const inflater = makeInflater(budget);
  /** Input of the head, then after the data. */
  let raw: Uint8Array = NOTHING;
  let state: 'head' | 'dictionary' | 'data' | 'tail' | 'done' = format === 'raw' ? 'data' : 'head';
  let sum = format === 'raw' ? first : format === 'gzip' ? 0 : 1;
  let size = 0;
  let head: GzipHead | null = null;
  let wanted = 0;
  return {
    push(bytes: Uint8Array): void {
      if (state === 'data') return inflater.push(bytes);
      budget.charge(raw.length + bytes.length);
      raw = joined([raw, bytes]);
      budget.allocate(raw.length);
    },
    pull,
    /** Throws unless it is the one that is asked for. */
    setDictionary(bytes: Uint8Array): void {
      if (state === 'dictionary') {
        if (adler32(bytes) !== wanted) throw new ZlibError('DATA');
        sum = 1;
        state = 'data';
        inflater.push(raw);
        raw = NOTHING;
      } else if (format !== 'raw') throw new ZlibError('STREAM');
      inflater.setDictionary(bytes);
    },
    done: () => state === 'done',
    checksum: () => sum,
    head: () => head,
    /** Input that was not used. */
    rest: () => (state === 'data' ? inflater.rest() : raw),
    held: () => inflater.held() + raw.length,
  };

  /** At most `most` bytes. Throws a ZlibError. */
  function pull(most: number): Uint8Array {
    try {
      if (state === 'head') readHead();
      if (state === 'dictionary') throw new ZlibError('NEED_DICT', '', String(wanted));
      if (state !== 'data') {
        if (state === 'tail') readTail();
        return NOTHING;
      }
      const made = inflater.pull(most);
      if (format === 'zlib') sum = adler32(made, sum);
      else if (format === 'gzip') sum = crc32(made, sum);
      size += made.length;
      if (inflater.done()) {
        raw = inflater.rest();
        state = 'tail';
        readTail();
      }
      return made;
    } catch (e) {
      if (e instanceof DataError) throw new ZlibError('DATA', e.message);
      throw e;
    }
  }

  function startData(used: number): void {
    state = 'data';
    inflater.push(raw.subarray(used));
    raw = NOTHING;
  }

  function readHead(): void {
    if (raw.length < 2) return;
    const [a = 0, b = 0] = raw;
    if (format === 'gzip') return readGzipHead();
    if ((a * 256 + b) % 31 !== 0) throw new DataError('incorrect header check');
    if ((a & 15) !== 8) throw new DataError('unknown compression method');
    if (a >> 4 > 7) throw new DataError('invalid window size');
    if ((b & 0x20) === 0) return startData(2);
    if (raw.length < 6) return;
    sum = wanted = new DataView(raw.buffer).getUint32(2);
    raw = raw.slice(6);
    state = 'dictionary';
  }

  /** Reads the whole head, or nothing. */
  function readGzipHead(): void {
    if (raw[0] !== 0x1f || raw[1] !== 0x8b) throw new DataError('incorrect header check');
    if (raw.length < 10) return;
    const flags = raw[3]!;
    if (raw[2] !== 8) throw new DataError('unknown compression method');
    if (flags & 0xe0) throw new DataError('unknown header flags set');
    let at = 10;
    if (flags & EXTRA) at += 2 + (raw[at] ?? 0) + (raw[at + 1] ?? 0) * 256;
    const text = (flag: number): Uint8Array | undefined => {
      if ((flags & flag) === 0 || at >= raw.length) return undefined;
      const end = raw.indexOf(0, at);
      const bytes = raw.slice(at, end);
      at = end < 0 ? raw.length + 1 : end + 1;
      return bytes;
    };
    const filename = text(NAME);
    const comment = text(COMMENT);
    const crc = (flags & HEAD_CRC) !== 0;
    const before = at;
    at += crc ? 2 : 0;
    if (at > raw.length || (flags & (NAME | COMMENT) && at === 10)) return;
    if (crc && (crc32(raw.subarray(0, before)) & 0xffff) !== raw[before]! + raw[before + 1]! * 256)
      throw new DataError('header crc mismatch');
    const time = new DataView(raw.buffer).getUint32(4, true);
    head = { ...(comment && { comment }), ...(filename && { filename }), crc, os: raw[9]!, time, text: (flags & TEXT) !== 0 };
    startData(at);
  }

  function readTail(): void {
    const length = format === 'raw' ? 0 : format === 'zlib' ? 4 : 8;
    if (raw.length < length) return;
    if (length > 0) {
      const view = new DataView(raw.buffer);
      if (view.getUint32(0, format === 'gzip') !== sum) throw new DataError('incorrect data check');
      if (format === 'gzip' && view.getUint32(4, true) !== size % 2 ** 32) throw new DataError('incorrect length check');
    }
    raw = raw.slice(length);
    state = 'done';
  }
}
