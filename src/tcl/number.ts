/**
 * Numbers and booleans: readings of a value, and their errors. Arithmetic is in arith.ts.
 * Answers to tclStrToD.c, tclGet.c, tclObj.c and tclIndexObj.c.
 */

import { expected, TclError } from './errors.ts';
import { big, Dbl, str, type Value } from './value.ts';

/** A number in canonical held form: int, bigint or double (fractional `number` or `Dbl`). */
export type Num = number | bigint | Dbl;

const SPACE = '[ \\t\\n\\v\\f\\r]*';
const DECIMAL = new RegExp(`^${SPACE}([+-]?)([0-9]+)${SPACE}$`);
const RADIX = new RegExp(`^${SPACE}([+-]?)0(?:[xX]([0-9a-fA-F]+)|[oO]([0-7]+)|[bB]([01]+)|[dD]([0-9]+))${SPACE}$`);
const DOUBLE = new RegExp(`^${SPACE}[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?${SPACE}$`);
const SPECIAL = new RegExp(`^${SPACE}([+-]?)(inf(?:inity)?|nan(?:\\([0-9a-f]*\\))?)${SPACE}$`, 'i');

/** The number a string denotes, or undefined. Leading `0` means octal, as in Tcl 8.6. */
export function parseNumber(s: string): Num | undefined {
  const m = DECIMAL.exec(s);
  if (m) {
    const digits = m[2]!;
    if (digits.length > 1 && digits[0] === '0') {
      if (!/^[0-7]+$/.test(digits)) return parseBadOctal(s);
      return integer(BigInt(`0o${digits}`), m[1]!);
    }
    if (digits.length <= 15) {
      const n = Number(digits);
      return m[1] === '-' && n !== 0 ? -n : n;
    }
    return integer(BigInt(digits), m[1]!);
  }
  const r = RADIX.exec(s);
  if (r) {
    const n =
      r[2] !== undefined
        ? BigInt(`0x${r[2]}`)
        : r[3] !== undefined
          ? BigInt(`0o${r[3]}`)
          : r[4] !== undefined
            ? BigInt(`0b${r[4]}`)
            : BigInt(r[5]!);
    return integer(n, r[1]!);
  }
  if (DOUBLE.test(s)) return toNum(Number(s.trim()));
  const x = SPECIAL.exec(s);
  if (x) {
    if (x[2]![0]!.toLowerCase() === 'n') return new Dbl(NaN);
    return new Dbl(x[1] === '-' ? -Infinity : Infinity);
  }
  return undefined;
}

/** `08`, `09`: not integers, but valid as the digits of a double only with a point or exponent. */
function parseBadOctal(_s: string): undefined {
  return undefined;
}

function integer(n: bigint, sign: string): number | bigint {
  return big(sign === '-' ? -n : n);
}

function toNum(n: number): Num {
  return n % 1 !== 0 && n - n === 0 ? n : new Dbl(n);
}

/** The number a value holds or denotes, or undefined when it is not one. */
export function numberOf(v: Value): Num | undefined {
  if (typeof v === 'number' || typeof v === 'bigint' || v instanceof Dbl) return v;
  return parseNumber(typeof v === 'string' ? v : str(v));
}

/** The integer, or throws `expected integer but got "x"`. Any size. */
export function intOf(v: Value): number | bigint {
  if (typeof v === 'number' && Number.isInteger(v)) return v;
  const n = numberOf(v);
  if (typeof n === 'bigint' || (typeof n === 'number' && Number.isInteger(n))) return n;
  throw expected('integer', str(v), 'INTEGER');
}

/** An integer of 32 bits or so, as Tcl_GetIntFromObj: throws `integer value too large to represent` beyond. */
export function smallIntOf(v: Value): number {
  const n = intOf(v);
  if (typeof n === 'number' && n >= -4294967295 && n <= 4294967295) return n;
  throw new TclError('integer value too large to represent', ['ARITH', 'IOVERFLOW', 'integer value too large to represent']);
}

/** A wide integer, as Tcl_GetWideIntFromObj. */
export function wideOf(v: Value): number | bigint {
  const n = intOf(v);
  if (typeof n === 'bigint' && (n > 18446744073709551615n || n < -18446744073709551615n)) {
    throw new TclError('integer value too large to represent', ['ARITH', 'IOVERFLOW', 'integer value too large to represent']);
  }
  return n;
}

/** The double, or throws `expected floating-point number but got "x"`. */
export function doubleOf(v: Value): number {
  if (typeof v === 'number') return v;
  const n = numberOf(v);
  if (n === undefined) throw expected('floating-point number', str(v), 'DOUBLE');
  const d = n instanceof Dbl ? n.n : Number(n);
  if (d !== d) throw new TclError('floating point value is Not a Number', ['TCL', 'VALUE', 'DOUBLE', 'NAN']);
  return d;
}

/** True when the number is a double rather than an integer. */
export function isDouble(n: Num): n is Dbl | number {
  return n instanceof Dbl || (typeof n === 'number' && !Number.isInteger(n));
}

const BOOLEANS: readonly (readonly [string, boolean, number])[] = [
  ['true', true, 1],
  ['false', false, 1],
  ['yes', true, 1],
  ['no', false, 1],
  ['on', true, 2],
  ['off', false, 2],
];

/** The boolean a value denotes, or undefined: 0, 1, any number, and unique prefixes of true false yes no on off in any case. */
export function parseBoolean(v: Value): boolean | undefined {
  if (typeof v === 'number') return v !== 0;
  const n = numberOf(v);
  if (n !== undefined) return n instanceof Dbl ? n.n !== 0 : n !== 0n && n !== 0;
  const s = str(v).toLowerCase();
  for (const [word, truth, least] of BOOLEANS) {
    if (s.length >= least && word.startsWith(s)) return truth;
  }
  return undefined;
}

/** The boolean, or throws `expected boolean value but got "x"`. */
export function boolOf(v: Value): boolean {
  const b = parseBoolean(v);
  if (b === undefined) throw expected('boolean value', str(v), 'BOOLEAN');
  return b;
}

const INDEX = /^(?:[ \t\n\v\f\r]*([+-]?[0-9a-zA-Z]+)|end)(?:([+-])([+-]?[0-9a-zA-Z]+))?[ \t\n\v\f\r]*$/;

/**
 * A list or string index: `3`, `end`, `end-1`, `1+2`. `end` is the index of the last element (length - 1).
 * The result may lie outside the list; it is clamped to +-2^31. Throws `bad index "x": must be integer?[+-]integer? or end?[+-]integer?`.
 */
export function indexOf(v: Value, end: number): number {
  if (typeof v === 'number' && Number.isInteger(v)) return clampIndex(v);
  const s = str(v);
  if (s === 'end') return end;
  const n = parseNumber(s);
  if (n !== undefined && !isDouble(n)) return clampIndex(Number(n));
  const m = INDEX.exec(s);
  if (m) {
    const base = m[1] === undefined ? end : parseNumber(m[1]);
    if (m[2] === undefined) {
      if (typeof base === 'number' && Number.isInteger(base)) return clampIndex(base);
    } else {
      const offset = parseNumber(m[3]!);
      if (base !== undefined && !isDouble(base) && offset !== undefined && !isDouble(offset)) {
        return clampIndex(m[2] === '-' ? Number(base) - Number(offset) : Number(base) + Number(offset));
      }
    }
  }
  throw new TclError(`bad index "${s}": must be integer?[+-]integer? or end?[+-]integer?`, ['TCL', 'VALUE', 'INDEX']);
}

function clampIndex(n: number): number {
  return n > 2147483647 ? 2147483647 : n < -2147483648 ? -2147483648 : n;
}
