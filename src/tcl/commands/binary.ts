/**
 * binary format and binary scan; `binary encode` and `decode` are in binary-codecs.ts. Bytes are text whose characters are below 256; of
 * others the low byte counts. Answers to tclBinary.c.
 */

import { hexDigit } from '../backslash.ts';
import type { EnsembleRow, Frame, Interp } from '../command.ts';
import { latin1Text } from '../encoding.ts';
import { byteArray } from '../encodings.ts';
import { TclError } from '../errors.ts';
import { keptUntilCensus } from '../kept.ts';
import { elements, newList } from '../list.ts';
import { doubleOf, numberOf, wideOf } from '../number.ts';
import { big, Dbl, dbl, str, type Value } from '../value.ts';
import { decodeCmd, encodeCmd, HEX } from './binary-codecs.ts';

/** A field: its letter, whether it is unsigned, and its count: -1 for none, Infinity for `*`. */
interface Field {
  /** There was space before it, which is what is told of one that is none. */
  readonly blank: boolean;
  readonly type: string;
  readonly unsigned: boolean;
  readonly count: number;
  /** Bytes of a number; 0 for what is none. */
  readonly size: number;
  readonly little: boolean;
  /** How much of a text makes a byte: digits or characters; 0 for what is none. */
  readonly perByte: number;
}

const NO_COUNT = -1;

const formats = keptUntilCensus(new Map<string, readonly Field[]>());
const MAX_FORMATS = 100;

function readFields(format: string): readonly Field[] {
  const known = formats.get(format);
  if (known !== undefined) return known;
  const fields: Field[] = [];
  // Letter by letter: programs make formats anew for each place that they look at (`@$at`).
  const at = (i: number) => format.charCodeAt(i);
  for (let i = 0; ; ) {
    const start = i;
    while (at(i) === 32) i++;
    if (i >= format.length) break;
    const blank = i > start;
    const type = format.charAt(i++);
    const unsigned = at(i) === 117;
    if (unsigned) i++;
    let count = NO_COUNT;
    if (at(i) === 42) {
      count = Infinity;
      i++;
    } else {
      for (let c = at(i); c >= 48 && c <= 57; c = at(++i)) count = Math.min(Math.max(count, 0) * 10 + c - 48, 2147483647);
    }
    fields.push({
      blank,
      type,
      unsigned,
      count,
      size: SIZES.get(type) ?? 0,
      little: !BIG_ENDIAN.includes(type),
      perByte: TEXTS.get(type) ?? 0,
    });
  }
  if (formats.size >= MAX_FORMATS) formats.clear();
  if (format.length < 100) formats.set(format, fields);
  return fields;
}

/** Bytes of the number types. */
const SIZES: ReadonlyMap<string, number> = new Map(
  Object.entries({ c: 1, s: 2, S: 2, t: 2, i: 4, I: 4, n: 4, w: 8, W: 8, m: 8, f: 4, r: 4, R: 4, d: 8, q: 8, Q: 8 }),
);
const BIG_ENDIAN = 'SIWRQ';
const REALS = 'frRdqQ';

/** Digits, or characters, to a byte of the types that are texts. */
const TEXTS: ReadonlyMap<string, number> = new Map(Object.entries({ a: 1, A: 1, b: 8, B: 8, h: 2, H: 2 }));

function tooFew(): TclError {
  return new TclError('not enough arguments for all format specifiers');
}

function badField({ blank, type }: Field): TclError {
  return new TclError(`bad field specifier "${blank ? ' ' : type}"`);
}

function missingCount(): TclError {
  return new TclError('missing count for "@" field specifier');
}

// --- binary format ----------------------------------------------------------------------------------------------------------

/** What is made so far, as text of bytes, and where in it the next field goes. */
class Output {
  text = '';
  at = 0;
  private readonly interp: Interp;

  constructor(interp: Interp) {
    this.interp = interp;
  }

  /** Pays for so many bytes before they are made; pieces put into the middle cost a copy of the rest. */
  pay(bytes: number): void {
    const { text, at } = this;
    const { budget } = this.interp;
    budget.charge(2 * bytes + (at < text.length ? text.length : 0) / 8 + 1);
    budget.allocate(3 * (bytes + Math.max(0, at - text.length)));
  }

  put(piece: string): void {
    const { at } = this;
    if (at > this.text.length) this.pad(at);
    const { text } = this;
    const end = at + piece.length;
    this.text = at === text.length ? text + piece : text.slice(0, at) + piece + text.slice(end);
    this.at = end;
  }

  /** Moves, over zeros when beyond the end. */
  pad(at: number): void {
    if (at > this.text.length) this.text += zeros(at - this.text.length);
    this.at = at;
  }
}

let someZeros = '\0'.repeat(256);

function zeros(n: number): string {
  if (n > MAX_ZEROS) return '\0'.repeat(n);
  while (n > someZeros.length) someZeros += someZeros;
  return someZeros.slice(0, n);
}

const MAX_ZEROS = 65536;

function binaryFormatCmd(interp: Interp, args: readonly Value[]): Value {
  const fields = readFields(str(args[1]!));
  checkFormat(fields, args);
  const out = new Output(interp);
  let next = 2;
  for (const field of fields) {
    const { type, count, size } = field;
    if (size > 0) {
      const value = args[next++]!;
      if (count === NO_COUNT) {
        out.pay(size);
        out.put(numberBytes(field, value));
        continue;
      }
      const numbers = elements(value);
      const n = count === Infinity ? numbers.length : count;
      out.pay(n * size);
      out.put(numbersBytes(field, numbers, n));
    } else if (type === 'x') {
      out.pay(Math.abs(count));
      out.put(zeros(Math.abs(count)));
    } else if (type === 'X') {
      out.pad(out.at);
      out.at -= Math.min(Math.abs(count), out.at);
    } else if (type === '@') {
      const at = count === Infinity ? Math.max(out.at, out.text.length) : count;
      if (at > out.text.length) out.pay(at - out.text.length);
      out.pad(at);
    } else {
      const text = str(args[next++]!);
      const n = count === Infinity ? text.length : Math.abs(count);
      out.pay(n);
      out.put(type === 'a' || type === 'A' ? padded(text, n, type) : packed(text, n, type));
    }
  }
  return out.text;
}

/** What is wrong with the format or the number of its arguments is told before the arguments are looked at. */
function checkFormat(fields: readonly Field[], args: readonly Value[]): void {
  let next = 2;
  for (const field of fields) {
    const { type, count, size, perByte } = field;
    if (size > 0 || perByte > 0) {
      if (next >= args.length) throw tooFew();
      const value = args[next++]!;
      if (size > 0 && count !== NO_COUNT && count !== Infinity && count > elements(value).length) {
        throw new TclError('number of elements in list does not match count');
      }
    } else if (type === 'x') {
      if (count === Infinity) throw new TclError('cannot use "*" in format string with "x"');
    } else if (type === '@') {
      if (count === NO_COUNT) throw missingCount();
    } else if (type !== 'X') {
      throw badField(field);
    }
  }
}

function padded(text: string, n: number, type: string): string {
  const kept = lowBytes(text.slice(0, n));
  const rest = n - kept.length;
  return rest === 0 ? kept : kept + (type === 'a' ? zeros(rest) : ' '.repeat(rest));
}

/** Of characters above 255 the low byte counts. */
function lowBytes(text: string): string {
  return /[^\0-\xff]/.test(text) ? latin1Text(byteArray(text)) : text;
}

/** Strings of digits; capitals put the first digit highest. */
function packed(text: string, n: number, type: string): string {
  const bits = type === 'b' || type === 'B' ? 1 : 4;
  const used = text.slice(0, n);
  if ((bits === 1 ? /[^01]/ : /[^0-9a-fA-F]/).test(used)) {
    throw new TclError(`expected ${bits === 1 ? 'binary' : 'hexadecimal'} string but got "${text}" instead`);
  }
  const perByte = 8 / bits;
  const bytes = new Uint8Array(Math.ceil(n / perByte));
  for (let i = 0; i < used.length; i++) {
    const place = i % perByte;
    const shift = bits * (type < 'a' ? perByte - 1 - place : place);
    bytes[Math.floor(i / perByte)]! |= hexDigit(used.charCodeAt(i)) << shift;
  }
  return latin1Text(bytes);
}

const MAX_FLOAT = 3.4028234663852886e38;
/** Of what is not too large, and of one number: a buffer takes longer to make than to fill. */
const someBytes = new Uint8Array(1024);
const someView = new DataView(someBytes.buffer);

function numberBytes(field: Field, v: Value): string {
  const { size, little } = field;
  if (size === 1) return String.fromCharCode(low32(v) & 255);
  if (size === 2) {
    const n = low32(v);
    const low = n & 255;
    const high = (n >> 8) & 255;
    return little ? String.fromCharCode(low, high) : String.fromCharCode(high, low);
  }
  putNumber(someView, 0, field, v);
  return latin1Text(someBytes, size);
}

function numbersBytes(field: Field, numbers: readonly Value[], n: number): string {
  const { size } = field;
  const length = n * size;
  const small = length <= someBytes.length;
  const bytes = small ? someBytes : new Uint8Array(length);
  const view = small ? someView : new DataView(bytes.buffer);
  for (let i = 0; i < n; i++) putNumber(view, i * size, field, numbers[i]!);
  return latin1Text(bytes, length);
}

function putNumber(view: DataView, at: number, { type, size, little }: Field, v: Value): void {
  switch (size) {
    case 1:
      return view.setInt8(at, low32(v));
    case 2:
      return view.setInt16(at, low32(v), little);
    case 4: {
      if (!REALS.includes(type)) return view.setInt32(at, low32(v), little);
      const n = realOf(v);
      return view.setFloat32(at, n > MAX_FLOAT ? MAX_FLOAT : n < -MAX_FLOAT ? -MAX_FLOAT : n, little);
    }
  }
  if (!REALS.includes(type)) return view.setBigInt64(at, BigInt(wideOf(v)), little);
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
  let at = 0;
  let next = 3;
  for (const field of readFields(str(args[2]!))) {
    const { type, count, size } = field;
    if (type === 'x' || type === 'X' || type === '@') {
      at = move(type, count, at, text.length);
      continue;
    }
    const perByte = size > 0 ? 1 : field.perByte;
    if (perByte === 0) throw badField(field);
    if (next >= args.length) throw tooFew();
    const room = (text.length - at) * perByte;
    const bytes = size > 0 ? size : 1;
    const n = count === Infinity ? Math.floor(room / bytes) : Math.abs(count);
    if (n * bytes > room) break;
    interp.budget.charge(type === 'a' || type === 'A' ? n / 4 : 8 * n);
    interp.budget.allocate(n * (size > 0 ? 8 : 2));
    interp.setVar(str(args[next++]!), take(text, at, field, n), frame);
    at += size > 0 ? n * size : Math.ceil(n / perByte);
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

function take(text: string, at: number, field: Field, n: number): Value {
  const { type } = field;
  switch (type) {
    case 'a':
      return lowBytes(text.slice(at, at + n));
    case 'A':
      return lowBytes(text.slice(at, at + n)).replace(/[\0 ]+$/, '');
    case 'b':
    case 'B':
      return digits(text, at, n, 1, type === 'B');
    case 'h':
    case 'H':
      return digits(text, at, n, 4, type === 'H');
  }
  if (field.count === NO_COUNT) return takeNumber(text, at, field);
  const out: Value[] = [];
  for (let i = 0; i < n; i++) out.push(takeNumber(text, at + i * field.size, field));
  return newList(out);
}

function digits(text: string, at: number, n: number, bits: number, highFirst: boolean): string {
  const perByte = 8 / bits;
  const mask = bits === 1 ? 1 : 15;
  const out = n <= someBytes.length ? someBytes : new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const place = i % perByte;
    const shift = bits * (highFirst ? perByte - 1 - place : place);
    out[i] = HEX[(text.charCodeAt(at + Math.floor(i / perByte)) >> shift) & mask]!;
  }
  return latin1Text(out, n);
}

function takeNumber(text: string, at: number, { type, size, unsigned, little }: Field): Value {
  if (size === 1) {
    const b = text.charCodeAt(at) & 255;
    return unsigned || b < 128 ? b : b - 256;
  }
  const step = little ? 1 : -1;
  const from = little ? at : at + size - 1;
  const low = (text.charCodeAt(from) & 255) | ((text.charCodeAt(from + step) & 255) << 8);
  if (size === 2) return unsigned ? low : (low << 16) >> 16;
  if (size === 4 && !REALS.includes(type)) {
    const n = low | ((text.charCodeAt(from + 2 * step) & 255) << 16) | ((text.charCodeAt(from + 3 * step) & 255) << 24);
    return unsigned ? n >>> 0 : n;
  }
  for (let i = 0; i < size; i++) someBytes[i] = text.charCodeAt(from + i * step);
  if (!REALS.includes(type)) return big(unsigned ? someView.getBigUint64(0, true) : someView.getBigInt64(0, true));
  return dbl(size === 4 ? someView.getFloat32(0, true) : someView.getFloat64(0, true));
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
