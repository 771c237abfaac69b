/**
 * Numbers and booleans: readings of a value, and their errors. Arithmetic is in arith.ts.
 * Answers to tclStrToD.c, tclGet.c, tclObj.c and TclGetIntForIndex of tclUtil.c.
 */

import { nanOf } from './double-format.ts';
import { expected, TclError } from './errors.ts';
import { isSpace } from './list.ts';
import { cut } from './utf8.ts';
import { big, Dbl, dbl, str, type Value, written } from './value.ts';

/** A number in canonical held form: int, bigint or double (fractional `number` or `Dbl`). */
export type Num = number | bigint | Dbl;

/** Integers beyond this many bits are refused: at this size an operation takes up to a second, and none can be interrupted. */
export const MAX_BITS = 1 << 23;

let guard: (bits: number) => void = () => {};

/**
 * Installs what is called before an integer of more than 1024 bits is made or worked on, with its size in bits. It may throw a
 * limit error. Work on a long integer takes in the order of 50 ns a bit.
 */
export function setArithGuard(fn: (bits: number) => void): void {
  guard = fn;
}

/** Pays for an integer of so many bits. Throws `integer value too large to represent` beyond what is ever made. */
export function payBits(bits: number): void {
  if (bits > MAX_BITS) throw tooLarge();
  if (bits > 1024) guard(bits);
}

// Text to number

/** What the last `scanNumber` found: the base of an integer, or one of these. */
const DOUBLE = 1;
const INFINITE = 3;
const NAN = 4;
let scanned = 10;

/**
 * The end of the longest number at `at` (no leading space), or -1 when there is none. As Tcl 8.6 reads them: `0x1f`, `0o17`, `0b1`,
 * `017` is octal, `08` is the number 0 followed by an 8 but `08.5` a double.
 */
export function scanNumber(s: string, at: number): number {
  let i = at;
  let c = s.charCodeAt(i);
  if (c === 43 || c === 45) c = s.charCodeAt(++i);
  if (c === 48) return scanZero(s, i);
  if (c > 48 && c <= 57) {
    const end = digitsEnd(s, i, 10);
    const more = fractionEnd(s, end);
    scanned = more > end ? DOUBLE : 10;
    return more;
  }
  if (c === 46) {
    if (digitsEnd(s, i + 1, 10) === i + 1) return -1;
    scanned = DOUBLE;
    return fractionEnd(s, i);
  }
  c |= 32;
  return c === 105 || c === 110 ? scanSpecial(s, i) : -1;
}

/** A number that begins with the `0` at `at`. */
function scanZero(s: string, at: number): number {
  const c = s.charCodeAt(at + 1) | 32;
  const base = c === 120 ? 16 : c === 111 ? 8 : c === 98 ? 2 : 0;
  if (base !== 0) {
    const end = digitsEnd(s, at + 2, base);
    scanned = end > at + 2 ? base : 10;
    return end > at + 2 ? end : at + 1;
  }
  const octal = digitsEnd(s, at, 8);
  const decimal = digitsEnd(s, octal, 10);
  const more = fractionEnd(s, decimal);
  scanned = more > decimal ? DOUBLE : octal > at + 1 ? 8 : 10;
  return more > decimal ? more : octal;
}

function digitsEnd(s: string, at: number, base: number): number {
  let i = at;
  while (digitOf(s.charCodeAt(i)) < base) i++;
  return i;
}

/** The digit a character stands for, 99 for none. */
function digitOf(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : 99;
}

/** The end of the point, fraction and exponent that may follow digits. */
function fractionEnd(s: string, at: number): number {
  const end = s.charCodeAt(at) === 46 ? digitsEnd(s, at + 1, 10) : at;
  if ((s.charCodeAt(end) | 32) !== 101) return end;
  const sign = s.charCodeAt(end + 1);
  const from = sign === 43 || sign === 45 ? end + 2 : end + 1;
  const exponent = digitsEnd(s, from, 10);
  return exponent > from ? exponent : end;
}

const SPECIAL = /(inf(?:inity)?)|nan(?:\([ \t-\r]*(?:[0-9a-f][ \t-\r]*){1,13}\))?/iy;

function scanSpecial(s: string, at: number): number {
  SPECIAL.lastIndex = at;
  const m = SPECIAL.exec(s);
  if (m === null) return -1;
  scanned = m[1] === undefined ? NAN : INFINITE;
  return at + m[0].length;
}

/** The number a string denotes, or undefined. */
export function parseNumber(s: string): Num | undefined {
  const n = s.length;
  if (n === 0) return undefined;
  // Most numbers are short and decimal.
  if (n <= 15) {
    const from = s.charCodeAt(0) === 45 ? 1 : 0;
    const first = s.charCodeAt(from);
    let value = 0;
    let i = from;
    for (; i < n; i++) {
      const d = s.charCodeAt(i) - 48;
      if (!(d >= 0 && d <= 9)) break;
      value = value * 10 + d;
    }
    if (i === n && (first > 48 || n === from + 1) && i > from) return from === 0 ? value : 0 - value;
    if (i > from && i < n - 1 && s.charCodeAt(i) === 46) {
      let scale = 1;
      for (i++; i < n; i++) {
        const d = s.charCodeAt(i) - 48;
        if (!(d >= 0 && d <= 9)) break;
        value = value * 10 + d;
        scale *= 10;
      }
      // Both are exact, so that the quotient is the nearest double there is.
      if (i === n) return dbl((from === 0 ? value : -value) / scale) as Num;
    }
  }
  let from = 0;
  while (from < n && isSpace(s.charCodeAt(from))) from++;
  const end = scanNumber(s, from);
  if (end < 0) return undefined;
  const kind = scanned;
  let i = end;
  while (i < n && isSpace(s.charCodeAt(i))) i++;
  return i === n ? convert(s.slice(from, end), kind) : undefined;
}

/** Where the number that a string begins with ends, white space on both sides included; 0 when it begins with none (`string is -failindex`). */
export function numberPrefix(s: string, integerOnly: boolean): number {
  let from = 0;
  while (isSpace(s.charCodeAt(from))) from++;
  let end = scanNumber(s, from);
  if (integerOnly && end >= 0 && (scanned === DOUBLE || scanned === INFINITE || scanned === NAN)) end = integerEnd(s, from);
  if (end < 0) return 0;
  while (isSpace(s.charCodeAt(end))) end++;
  return end;
}

/** The end of the integer that a double begins with, or -1. */
function integerEnd(s: string, at: number): number {
  const c = s.charCodeAt(at);
  const from = c === 43 || c === 45 ? at + 1 : at;
  const end = digitsEnd(s, from, s[from] === '0' ? 8 : 10);
  return end > from ? end : -1;
}

function convert(text: string, kind: number): Num {
  if (kind === DOUBLE) return dbl(Number(text)) as Num;
  if (kind === NAN) return new Dbl(nanOf(text));
  const first = text.charCodeAt(0);
  const negative = first === 45;
  if (kind === INFINITE) return new Dbl(negative ? -Infinity : Infinity);
  const digits = negative || first === 43 ? text.slice(1) : text;
  const n = integer(digits, kind);
  // Adding 0 turns -0 into 0.
  return negative ? (typeof n === 'bigint' ? big(-n) : -n + 0) : n;
}

const PREFIX: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

function integer(text: string, base: number): number | bigint {
  const digits = base === 10 || digitOf(text.charCodeAt(1)) < base ? text : text.slice(2);
  const n = Number.parseInt(digits, base);
  if (n <= Number.MAX_SAFE_INTEGER) return n;
  payBits(digits.length * Math.log2(base));
  return BigInt(PREFIX[base] + digits);
}

// Values as numbers

/** The number a value holds or denotes, or undefined when it is not one. */
export function numberOf(v: Value): Num | undefined {
  if (typeof v === 'number' || typeof v === 'bigint' || v instanceof Dbl) return v;
  return parseNumber(typeof v === 'string' ? v : str(v));
}

/** True when the number is a double rather than an integer. */
export function isDouble(n: Num): n is Dbl | number {
  return n instanceof Dbl || (typeof n === 'number' && !Number.isInteger(n));
}

/** The JavaScript number nearest to a number. */
export function toDouble(n: Num): number {
  return typeof n === 'number' ? n : n instanceof Dbl ? n.n : Number(n);
}

/** `expected WHAT but got "x"` as the number parser words it: cut to 50 characters, with a hint for 08. */
function notANumber(what: string, v: Value): TclError {
  const s = str(v);
  const hint = what !== 'integer' && BAD_OCTAL.test(s) ? OCTAL_HINT : '';
  return new TclError(`expected ${what} but got "${cut(s, 50, '')}"${hint}`, ['TCL', 'VALUE', 'NUMBER']);
}

const BAD_OCTAL = /^[ \t-\r]*[+-]?0[0-7]*[89][0-9]*(?![0-9.e])/i;
const OCTAL_HINT = ' (looks like invalid octal number)';

/** True for text such as `08`, whose failure to be a number is worth a hint: TclCheckBadOctal. */
export function looksOctal(s: string): boolean {
  return /^[ \t-\r]*[+-]?0o?[0-9]*[ \t-\r]*$/i.test(s);
}

/** `integer value too large to represent`. */
export function tooLarge(): TclError {
  const message = 'integer value too large to represent';
  return new TclError(message, ['ARITH', 'IOVERFLOW', message]);
}

function nanError(): TclError {
  return new TclError('floating point value is Not a Number', ['TCL', 'VALUE', 'DOUBLE', 'NAN']);
}

/** The number, or throws `expected number but got "x"`; NaN is refused. */
export function numOf(v: Value): Num {
  const n = numberOf(v);
  if (n === undefined) throw notANumber('number', v);
  if (n instanceof Dbl && n.n !== n.n) throw nanError();
  return n;
}

/** The integer, or throws `expected integer but got "x"`. Any size. */
export function intOf(v: Value): number | bigint {
  if (typeof v === 'number' && Number.isInteger(v)) return v;
  const n = numberOf(v);
  if (n === undefined || isDouble(n)) throw expected('integer', str(v), 'INTEGER');
  return n as number | bigint;
}

/** A C int, as Tcl_GetIntFromObj: what fits unsigned wraps, beyond it `integer value too large to represent`. */
export function smallIntOf(v: Value): number {
  const read = numberOf(v);
  // NaN passes for an integer here, one that does not fit.
  const n = read instanceof Dbl && read.n !== read.n ? read : intOf(v);
  if (typeof n === 'number' && n >= -4294967295 && n <= 4294967295) return n | 0;
  throw tooLarge();
}

/** An integer of any size, as Tcl_GetBignumFromObj: its complaint is `wideOf`'s. */
export function bignumOf(v: Value): number | bigint {
  const n = numberOf(v);
  return typeof n === 'bigint' ? n : wideOf(v);
}

/** An integer that 64 bits hold, signed or not. */
export function isWide(n: Num): n is number | bigint {
  return typeof n === 'bigint' ? n <= 18446744073709551615n && n >= -18446744073709551615n : typeof n === 'number' && Number.isInteger(n);
}

/** A 64-bit integer, as Tcl_GetWideIntFromObj: what fits unsigned wraps. Its complaint has another errorCode than `intOf`'s. */
export function wideOf(v: Value): number | bigint {
  const n = numberOf(v);
  if (typeof n === 'bigint') {
    if (!isWide(n)) throw tooLarge();
    return big(BigInt.asIntN(64, n));
  }
  if (typeof n === 'number' && Number.isInteger(n)) return n;
  const isText = typeof v === 'string' || (v instanceof Dbl && written.has(v));
  throw n === undefined ? notANumber('integer', v) : expected('integer', str(v), isText ? 'NUMBER' : 'INTEGER');
}

/** The double, or throws `expected floating-point number but got "x"`. */
export function doubleOf(v: Value): number {
  if (typeof v === 'number') return v;
  const n = numberOf(v);
  if (n === undefined) throw notANumber('floating-point number', v);
  const d = toDouble(n);
  if (d !== d) throw nanError();
  return d;
}

// Booleans

const BOOLEANS: readonly (readonly [string, boolean, number])[] = [
  ['true', true, 1],
  ['false', false, 1],
  ['yes', true, 1],
  ['no', false, 1],
  ['on', true, 2],
  ['off', false, 2],
];

/** The boolean a value denotes, or undefined: any number but NaN, and unique prefixes of true false yes no on off in any case. */
export function parseBoolean(v: Value): boolean | undefined {
  if (typeof v === 'number') return v !== 0;
  const n = numberOf(v);
  if (n !== undefined) {
    const d = n instanceof Dbl ? n.n : n;
    return d === d ? d !== 0 : undefined;
  }
  const s = str(v);
  if (s.length > 5) return undefined;
  const lower = s.toLowerCase();
  for (const [word, truth, least] of BOOLEANS) {
    if (s.length >= least && word.startsWith(lower)) return truth;
  }
  return undefined;
}

/** The boolean, or throws `expected boolean value but got "x"`. */
export function boolOf(v: Value): boolean {
  const b = parseBoolean(v);
  if (b === undefined) throw numberOf(v) === undefined ? notANumber('boolean value', v) : nanError();
  return b;
}

// Indices

/**
 * A list or string index: `3`, `end`, `end-1`, `1+2`. `end` is the index of the last element (length - 1).
 * The result may lie outside the list. Throws `bad index "x": must be integer?[+-]integer? or end?[+-]integer?`.
 */
export function indexOf(v: Value, end: number): number {
  if (typeof v === 'number' && (v | 0) === v) return v;
  if (v === 'end') return end;
  const index = cInt(v) ?? (typeof v === 'string' ? computedIndex(v, end) : undefined);
  if (index === undefined) throw badIndexText(str(v));
  return index;
}

/** A C int, or undefined. */
function cInt(v: Value): number | undefined {
  const n = numberOf(v);
  return typeof n === 'number' && Number.isInteger(n) && n >= -4294967295 && n <= 4294967295 ? n | 0 : undefined;
}

/** `end-1`, `e`, `1+2`. */
function computedIndex(s: string, end: number): number | undefined {
  if (s !== '' && 'end'.startsWith(s.slice(0, 3))) return s.length <= 3 ? end : offset(end, s, 3);
  let from = 0;
  while (isSpace(s.charCodeAt(from))) from++;
  const stop = scanNumber(s, from);
  const base = stop < 0 || scanned === DOUBLE ? undefined : cInt(s.slice(from, stop));
  return base === undefined ? undefined : offset(base, s, stop);
}

/** `base` moved by the `+n` or `-n` that stands at `at`. */
function offset(base: number, s: string, at: number): number | undefined {
  const op = s[at];
  if ((op !== '+' && op !== '-') || isSpace(s.charCodeAt(at + 1))) return undefined;
  const by = cInt(s.slice(at + 1));
  return by === undefined ? undefined : (op === '+' ? base + by : base - by) | 0;
}

function badIndexText(s: string): TclError {
  const hint = looksOctal(s.startsWith('end-') ? s.slice(4) : s) ? OCTAL_HINT : '';
  return new TclError(`bad index "${s}": must be integer?[+-]integer? or end?[+-]integer?${hint}`, ['TCL', 'VALUE', 'INDEX']);
}
