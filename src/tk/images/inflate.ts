/**
 * The compression of PNG: zlib streams (RFC 1950) of deflated data (RFC 1951), and the checksums that go with them. Reads all of it;
 * writes strings found by their first three bytes, in the fixed code.
 */
import type { Budget } from '../../tcl/command.ts';
import { TclError } from '../../tcl/errors.ts';
import { ByteWriter } from './formats.ts';

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = Array.from({ length: 30 }, (_, i) => (i < 2 ? i + 1 : ((2 | (i & 1)) << ((i >> 1) - 1)) + 1));
const distanceBits = (i: number) => (i < 2 ? 0 : (i >> 1) - 1);
/** The order in which the lengths of the code for code lengths come. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_BITS = 15;

/** Tk gives no words for what is wrong with compressed data. */
const dataError = () => new TclError('');

/** A canonical code: how many codes there are of each length, and their symbols in order. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const n of lengths) counts[n]!++;
  counts[0] = 0;
  const starts = new Uint16Array(MAX_BITS + 2);
  let room = 1;
  for (let n = 1; n <= MAX_BITS; n++) {
    starts[n + 1] = starts[n]! + counts[n]!;
    room = room * 2 - counts[n]!;
    if (room < 0) throw dataError();
  }
  const symbols = new Uint16Array(lengths.length);
  for (let i = 0; i < lengths.length; i++) if (lengths[i]! > 0) symbols[starts[lengths[i]!]!++] = i;
  return { counts, symbols };
}

const fixedLengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const fixedDistances: number[] = Array(30).fill(5);

/** The end of the input was reached before that of the stream. */
class Short extends Error {}

/**
 * Inflates a zlib stream to at most `most` bytes. `whole`: the stream ended where it should; `used`: how much of the input it took.
 */
export function inflate(data: Uint8Array, most: number, budget: Budget): { bytes: Uint8Array; whole: boolean; used: number } {
  budget.allocate(most);
  budget.charge(most);
  const out = new Uint8Array(most);
  const state = { out, length: 0, at: 2 };
  let whole = false;
  if (data.length >= 2 && (((data[0]! << 8) | data[1]!) % 31 !== 0 || (data[0]! & 15) !== 8 || data[0]! >> 4 > 7)) throw dataError();
  if (data[1]! & 32) throw dataError();
  try {
    if (data.length >= 2) whole = blocks(data, state);
  } catch (e) {
    if (!(e instanceof Short)) throw e;
  }
  const bytes = out.subarray(0, state.length);
  if (whole) {
    const sum = data.subarray(state.at, state.at + 4);
    if (sum.length < 4) whole = false;
    else if (((sum[0]! << 24) | (sum[1]! << 16) | (sum[2]! << 8) | sum[3]!) >>> 0 !== adler32(bytes)) throw dataError();
  }
  return { bytes, whole, used: Math.min(data.length, state.at + 4) };
}

/** Decodes blocks; false when the output is full before the last of them ends. */
function blocks(data: Uint8Array, s: { out: Uint8Array; length: number; at: number }): boolean {
  const { out } = s;
  let hold = 0;
  let have = 0;
  const bits = (n: number): number => {
    while (have < n) {
      if (s.at >= data.length) throw new Short();
      hold |= data[s.at++]! << have;
      have += 8;
    }
    const v = hold & ((1 << n) - 1);
    hold >>>= n;
    have -= n;
    return v;
  };
  const symbol = ({ counts, symbols }: Code): number => {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let n = 1; n <= MAX_BITS; n++) {
      code |= bits(1);
      const count = counts[n]!;
      if (code - count < first) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw dataError();
  };
  const dynamic = (): [Code, Code] => {
    const literals = bits(5) + 257;
    const distances = bits(5) + 1;
    const given = bits(4) + 4;
    const lengths: number[] = Array(19).fill(0);
    for (let i = 0; i < given; i++) lengths[ORDER[i]!] = bits(3);
    const code = codeOf(lengths);
    const all: number[] = [];
    while (all.length < literals + distances) {
      const n = symbol(code);
      if (n < 16) all.push(n);
      else if (n === 16 && all.length === 0) throw dataError();
      else {
        const value = n === 16 ? all[all.length - 1]! : 0;
        for (let k = n === 16 ? 3 + bits(2) : n === 17 ? 3 + bits(3) : 11 + bits(7); k > 0; k--) all.push(value);
      }
    }
    if (literals > 286 || distances > 30 || all.length > literals + distances || all[256] === 0) throw dataError();
    return [codeOf(all.slice(0, literals)), codeOf(all.slice(literals))];
  };
  const stored = (): boolean => {
    hold = have = 0;
    const size = bits(16);
    if ((bits(16) ^ size) !== 0xffff) throw dataError();
    const n = Math.min(size, data.length - s.at, out.length - s.length);
    out.set(data.subarray(s.at, s.at + n), s.length);
    s.length += n;
    s.at += n;
    if (n < size && s.at >= data.length) throw new Short();
    return n === size;
  };
  const coded = (literals: Code, distances: Code): boolean => {
    for (;;) {
      const v = symbol(literals);
      if (v === 256) return true;
      if (s.length >= out.length) return false;
      if (v < 256) {
        out[s.length++] = v;
        continue;
      }
      if (v > 285) throw dataError();
      const length = LENGTHS[v - 257]! + bits(LENGTH_BITS[v - 257]!);
      const d = symbol(distances);
      if (d > 29) throw dataError();
      const distance = DISTANCES[d]! + bits(distanceBits(d));
      if (distance > s.length) throw dataError();
      for (let i = 0; i < length && s.length < out.length; i++, s.length++) out[s.length] = out[s.length - distance]!;
    }
  };
  for (let last = 0; !last; ) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 3) throw dataError();
    const more = kind === 0 ? stored() : kind === 1 ? coded(codeOf(fixedLengths), codeOf(fixedDistances)) : coded(...dynamic());
    if (!more) return false;
  }
  // The bytes read ahead into `hold` belong to what follows.
  s.at -= have >> 3;
  return true;
}

/** Compresses into a zlib stream. */
export function deflate(data: Uint8Array, budget: Budget): Uint8Array<ArrayBuffer> {
  budget.charge(data.length * 2);
  const out = new ByteWriter(budget);
  out.put(0x78, 0x9c);
  let hold = 0;
  let have = 0;
  const bits = (value: number, n: number) => {
    hold |= value << have;
    for (have += n; have >= 8; have -= 8) {
      out.put(hold & 255);
      hold >>>= 8;
    }
  };
  const reversed = (value: number, n: number) => {
    for (let i = n - 1; i >= 0; i--) bits((value >> i) & 1, 1);
  };
  const literal = (v: number) => {
    if (v < 144) reversed(48 + v, 8);
    else if (v < 256) reversed(256 + v, 9);
    else if (v < 280) reversed(v - 256, 7);
    else reversed(v - 88, 8);
  };
  /** The last place where three bytes began, by a number made of them. */
  const places = new Int32Array(1 << 15).fill(-1);
  bits(3, 3);
  for (let i = 0; i < data.length; ) {
    const key = ((data[i]! << 10) ^ ((data[i + 1] ?? 0) << 5) ^ (data[i + 2] ?? 0)) & 0x7fff;
    const from = places[key]!;
    places[key] = i;
    let n = 0;
    if (from >= 0 && i - from <= 32768) while (n < 258 && i + n < data.length && data[from + n] === data[i + n]) n++;
    if (n < 3) {
      literal(data[i++]!);
      continue;
    }
    let k = LENGTHS.length - 1;
    while (LENGTHS[k]! > n) k--;
    literal(257 + k);
    bits(n - LENGTHS[k]!, LENGTH_BITS[k]!);
    let d = DISTANCES.length - 1;
    while (DISTANCES[d]! > i - from) d--;
    reversed(d, 5);
    bits(i - from - DISTANCES[d]!, distanceBits(d));
    i += n;
  }
  literal(256);
  if (have > 0) bits(0, 8 - have);
  const sum = adler32(data);
  out.put(sum >>> 24, (sum >> 16) & 255, (sum >> 8) & 255, sum & 255);
  return out.done();
}

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < data.length; ) {
    // As many as can be added before the sums need reducing.
    for (const end = Math.min(data.length, i + 3800); i < end; i++) b += a += data[i]!;
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

let table: Uint32Array | null = null;

export function crc32(data: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let c = 0xffffffff;
  for (let i = 0; i < data.length; i++) c = table[(c ^ data[i]!) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}
