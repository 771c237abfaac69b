/**
 * binary format and binary scan; `binary encode` and `decode` are in binary-codecs.ts. Bytes are text whose characters are below 256; of
 * others the low byte counts. Answers to tclBinary.c.
 */
import type { EnsembleRow, Frame, Interp } from '../command.ts';
import { byteArray, latin1Text } from '../encodings.ts';
import { TclError } from '../errors.ts';
import { elements, newList } from '../list.ts';
import { doubleOf, numberOf, wideOf } from '../number.ts';
import { big, Dbl, dbl, str, type Value } from '../value.ts';
import { decodeCmd, encodeCmd } from './binary-codecs.ts';

/** A field: its letter, whether it is unsigned, and its count: -1 for none, Infinity for `*`. */
interface Field {
  readonly type: string;
  readonly unsigned: boolean;
  readonly count: number;
}

const NO_COUNT = -1;
const FIELD = / *([^ ])(u?)(\*|[0-9]+)?/g;

function readFields(format: string): Field[] {
  const fields: Field[] = [];
  for (const [, type, unsigned, count] of format.matchAll(FIELD)) {
    const n = count === undefined ? NO_COUNT : count === '*' ? Infinity : Math.min(Number(count), 2147483647);
    fields.push({ type: type!, unsigned: unsigned !== '', count: n });
  }
  return fields;
}

/** Bytes of the number types. */
const SIZES: ReadonlyMap<string, number> = new Map(
  Object.entries({ c: 1, s: 2, S: 2, t: 2, i: 4, I: 4, n: 4, w: 8, W: 8, m: 8, f: 4, r: 4, R: 4, d: 8, q: 8, Q: 8 }),
);
const BIG_ENDIAN = 'SIWRQ';

/** Digits to a byte of the types that are strings of digits. */
const DIGITS: ReadonlyMap<string, number> = new Map(Object.entries({ b: 8, B: 8, h: 2, H: 2 }));

function tooFew(): TclError {
  return new TclError('not enough arguments for all format specifiers');
}

function badField(type: string): TclError {
  return new TclError(`bad field specifier "${type}"`);
}

function missingCount(): TclError {
  return new TclError('missing count for "@" field specifier');
}

// --- binary format ----------------------------------------------------------------------------------------------------------

/** A field with the bytes it takes and the values it gets; `x`, `X` and `@` get none and move instead. */
interface Placed {
  readonly type: string;
  readonly at: number;
  readonly count: number;
  readonly value: Value;
  readonly numbers: readonly Value[];
}

/** Where each field goes, and the length of the whole. */
function layOut(fields: readonly Field[], args: readonly Value[]): { placed: Placed[]; length: number } {
  const placed: Placed[] = [];
  let at = 0;
  let length = 0;
  let next = 2;
  for (const { type, count } of fields) {
    const size = SIZES.get(type);
    const digits = DIGITS.get(type) ?? (type === 'a' || type === 'A' ? 1 : undefined);
    if (size !== undefined || digits !== undefined) {
      if (next >= args.length) throw tooFew();
      const value = args[next++]!;
      if (digits !== undefined) {
        const n = count === Infinity ? str(value).length : Math.abs(count);
        placed.push({ type, at, count: n, value, numbers: [] });
        at += Math.ceil(n / digits);
      } else {
        const numbers = count === NO_COUNT ? [value] : elements(value);
        const n = count === Infinity ? numbers.length : Math.abs(count);
        if (n > numbers.length) throw new TclError('number of elements in list does not match count');
        placed.push({ type, at, count: n, value, numbers });
        at += n * size!;
      }
    } else if (type === 'x') {
      if (count === Infinity) throw new TclError('cannot use "*" in format string with "x"');
      const n = Math.abs(count);
      placed.push({ type, at, count: n, value: '', numbers: [] });
      at += n;
    } else if (type === 'X') {
      length = Math.max(length, at);
      at -= Math.min(Math.abs(count), at);
    } else if (type === '@') {
      length = Math.max(length, at);
      if (count === NO_COUNT) throw missingCount();
      at = count === Infinity ? length : count;
    } else {
      throw badField(type);
    }
  }
  return { placed, length: Math.max(length, at) };
}

function binaryFormatCmd(interp: Interp, args: readonly Value[]): Value {
  const { placed, length } = layOut(readFields(str(args[1]!)), args);
  interp.budget.charge(length / 4 + placed.length);
  interp.budget.allocate(length * 3);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const p of placed) {
    switch (p.type) {
      case 'a':
      case 'A':
        putText(bytes, p);
        break;
      case 'b':
      case 'B':
        putDigits(bytes, p, 1, /[^01]/, 'binary');
        break;
      case 'h':
      case 'H':
        putDigits(bytes, p, 4, /[^0-9a-fA-F]/, 'hexadecimal');
        break;
      case 'x':
        bytes.fill(0, p.at, p.at + p.count);
        break;
      default:
        for (let i = 0; i < p.count; i++) putNumber(view, p.at + i * SIZES.get(p.type)!, p.type, p.numbers[i]!);
    }
  }
  return latin1Text(bytes);
}

function putText(bytes: Uint8Array, p: Placed): void {
  const text = byteArray(str(p.value).slice(0, p.count));
  bytes.set(text, p.at);
  bytes.fill(p.type === 'a' ? 0 : 32, p.at + text.length, p.at + p.count);
}

/** Strings of digits of `bits` each; capitals put the first digit highest. */
function putDigits(bytes: Uint8Array, p: Placed, bits: number, others: RegExp, kind: string): void {
  const text = str(p.value);
  const used = text.slice(0, p.count);
  if (others.test(used)) throw new TclError(`expected ${kind} string but got "${text}" instead`);
  const perByte = 8 / bits;
  bytes.fill(0, p.at, p.at + Math.ceil(p.count / perByte));
  for (let i = 0; i < used.length; i++) {
    const place = i % perByte;
    const shift = bits * (p.type < 'a' ? perByte - 1 - place : place);
    bytes[p.at + Math.floor(i / perByte)]! |= Number.parseInt(used.charAt(i), 16) << shift;
  }
}

const MAX_FLOAT = 3.4028234663852886e38;

function putNumber(view: DataView, at: number, type: string, v: Value): void {
  const little = !BIG_ENDIAN.includes(type);
  switch (type) {
    case 'c':
      return view.setInt8(at, low32(v));
    case 's':
    case 'S':
    case 't':
      return view.setInt16(at, low32(v), little);
    case 'i':
    case 'I':
    case 'n':
      return view.setInt32(at, low32(v), little);
    case 'w':
    case 'W':
    case 'm':
      return view.setBigInt64(at, BigInt(wideOf(v)), little);
    case 'f':
    case 'r':
    case 'R': {
      const n = realOf(v);
      return view.setFloat32(at, n > MAX_FLOAT ? MAX_FLOAT : n < -MAX_FLOAT ? -MAX_FLOAT : n, little);
    }
  }
  view.setFloat64(at, realOf(v), little);
}

function low32(v: Value): number {
  const n = wideOf(v);
  return typeof n === 'number' ? n : Number(BigInt.asIntN(32, n));
}

/** The double; NaN is one here. */
function realOf(v: Value): number {
  const n = numberOf(v);
  return n instanceof Dbl ? n.n : doubleOf(v);
}

// --- binary scan ------------------------------------------------------------------------------------------------------------

function binaryScanCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const text = str(args[1]!);
  interp.budget.charge(text.length / 8);
  interp.budget.allocate(text.length);
  const bytes = byteArray(text);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let next = 3;
  for (const field of readFields(str(args[2]!))) {
    const { type, count } = field;
    if (type === 'x' || type === 'X' || type === '@') {
      at = move(type, count, at, bytes.length);
      continue;
    }
    const size = SIZES.get(type);
    const perByte = size === undefined ? (DIGITS.get(type) ?? (type === 'a' || type === 'A' ? 1 : 0)) : 1;
    if (perByte === 0) throw badField(type);
    if (next >= args.length) throw tooFew();
    const room = (bytes.length - at) * perByte;
    const n = count === Infinity ? Math.floor(room / (size ?? 1)) : Math.abs(count);
    if (n * (size ?? 1) > room) break;
    interp.budget.charge(n / 4);
    interp.budget.allocate(n * (size === undefined ? 2 : 8));
    interp.setVar(str(args[next++]!), take(view, at, field, n), frame);
    at += size === undefined ? Math.ceil(n / perByte) : n * size;
  }
  return next - 3;
}

function move(type: string, count: number, at: number, length: number): number {
  if (type === '@') {
    if (count === NO_COUNT) throw missingCount();
    return Math.min(count, length);
  }
  const n = Math.abs(count);
  return type === 'x' ? Math.min(at + n, length) : Math.max(at - n, 0);
}

function take(view: DataView, at: number, field: Field, n: number): Value {
  const { type, unsigned } = field;
  switch (type) {
    case 'a':
      return latin1Text(new Uint8Array(view.buffer, at, n));
    case 'A':
      return latin1Text(new Uint8Array(view.buffer, at, n)).replace(/[\0 ]+$/, '');
    case 'b':
    case 'B':
      return digits(view, at, n, 1, type === 'B');
    case 'h':
    case 'H':
      return digits(view, at, n, 4, type === 'H');
  }
  if (field.count === NO_COUNT) return takeNumber(view, at, type, unsigned);
  const size = SIZES.get(type)!;
  return newList(Array.from({ length: n }, (_, i) => takeNumber(view, at + i * size, type, unsigned)));
}

function digits(view: DataView, at: number, n: number, bits: number, highFirst: boolean): string {
  const perByte = 8 / bits;
  let out = '';
  for (let i = 0; i < n; i++) {
    const place = i % perByte;
    const shift = bits * (highFirst ? perByte - 1 - place : place);
    out += ((view.getUint8(at + Math.floor(i / perByte)) >> shift) & (bits === 1 ? 1 : 15)).toString(16);
  }
  return out;
}

function takeNumber(view: DataView, at: number, type: string, unsigned: boolean): Value {
  const little = !BIG_ENDIAN.includes(type);
  switch (type) {
    case 'c':
      return unsigned ? view.getUint8(at) : view.getInt8(at);
    case 's':
    case 'S':
    case 't':
      return unsigned ? view.getUint16(at, little) : view.getInt16(at, little);
    case 'i':
    case 'I':
    case 'n':
      return unsigned ? view.getUint32(at, little) : view.getInt32(at, little);
    case 'w':
    case 'W':
    case 'm':
      return big(unsigned ? view.getBigUint64(at, little) : view.getBigInt64(at, little));
    case 'f':
    case 'r':
    case 'R':
      return dbl(view.getFloat32(at, little));
  }
  return dbl(view.getFloat64(at, little));
}

export const binaryRows: readonly EnsembleRow[] = [
  {
    name: 'binary',
    safe: true,
    sub: [
      { name: 'decode', run: decodeCmd, min: 1, max: Infinity, usage: 'subcommand ?arg ...?', safe: true, pure: true },
      { name: 'encode', run: encodeCmd, min: 1, max: Infinity, usage: 'subcommand ?arg ...?', safe: true, pure: true },
      { name: 'format', run: binaryFormatCmd, min: 1, max: Infinity, usage: 'formatString ?arg ...?', safe: true, pure: true },
      { name: 'scan', run: binaryScanCmd, min: 2, max: Infinity, usage: 'value formatString ?varName ...?', safe: true },
    ],
  },
];
