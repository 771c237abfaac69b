/**
 * format, and real numbers as C's printf writes them: exact, ties to even. Answers to tclStringObj.c (Tcl_AppendFormatToObj).
 */

import type { Interp, PlainRow } from '../command.ts';
import { TclError } from '../errors.ts';
import { keptUntilCensus } from '../kept.ts';
import { bignumOf, doubleOf, smallIntOf } from '../number.ts';
import { big, str, type Value } from '../value.ts';

const SPEC = /%(?:(%)|(?:([0-9]+)\$)?([-#0 +]*)(\*|[0-9]+)?(\.)?(\*|[0-9]+)?(h|ll?)?([\s\S]?))/g;

/** A conversion about to be made. */
interface Spec {
  readonly conversion: string;
  readonly size: string;
  readonly flags: string;
  readonly width: number;
  /** -1 when there is none. */
  readonly precision: number;
}

/** A conversion as the format has it. */
interface Field extends Spec {
  /** Place of the value, from 0; -1 for the next one. */
  readonly place: number;
  /** They are values, too, `*`; how many of them are, and whether there was a dot before the second. */
  readonly starWidth: boolean;
  readonly starPrecision: boolean;
  readonly stars: number;
  readonly dot: boolean;
}

/** Formats read lately: text and conversions in turn. Forgotten all at once when there are many. */
const parsed = keptUntilCensus(new Map<string, readonly (string | Field)[]>());
const MAX_PARSED = 200;

function parseFormat(format: string): readonly (string | Field)[] {
  const known = parsed.get(format);
  if (known !== undefined) return known;
  const pieces: (string | Field)[] = [];
  let copied = 0;
  for (const m of format.matchAll(SPEC)) {
    if (m.index > copied) pieces.push(format.slice(copied, m.index));
    copied = m.index + m[0].length;
    const place = m[2] === undefined ? -1 : Number(m[2]) - 1;
    if (m[1] !== undefined) pieces.push('%');
    else {
      const starWidth = m[4] === '*';
      const starPrecision = m[6] === '*';
      pieces.push({
        conversion: m[8]!,
        size: m[7] ?? '',
        flags: m[3]!,
        // Place 0, written `%0$s`, is out of range.
        place: m[2] !== undefined && place < 0 ? Infinity : place,
        width: count(m[4]),
        precision: m[5] === undefined ? -1 : Math.max(count(m[6]), 0),
        starWidth,
        starPrecision,
        stars: Number(starWidth) + Number(starPrecision),
        dot: m[5] !== undefined,
      });
    }
  }
  if (copied < format.length) pieces.push(format.slice(copied));
  if (parsed.size >= MAX_PARSED) parsed.clear();
  if (format.length < 1000) parsed.set(format, pieces);
  return pieces;
}

/** A number given as digits. */
function count(digits = '0'): number {
  if (digits === '*') return 0;
  return digits.length < 10 ? Number(digits) : Number(BigInt.asIntN(32, BigInt(digits)));
}

const MAX_CHARS = 2147483647;
/** So many characters are paid for at once, at the end. */
const FEW_CHARS = 64;

function overflow(): TclError {
  return formatError('max size for a Tcl value exceeded', 'OVERFLOW');
}

/** `format formatString values[0] values[1] ...`. */
export function formatValues(interp: Interp, format: string, values: readonly Value[]): string {
  let out = '';
  let owed = 0;
  let next = 0;
  let sequential = false;
  let positional = false;
  for (const piece of parseFormat(format)) {
    if (typeof piece === 'string') {
      out += piece;
      continue;
    }
    if (piece.place < 0) sequential = true;
    else positional = true;
    if (sequential && positional) throw formatError('cannot mix "%" and "%n$" conversion specifiers', 'MIXEDSPECTYPES');
    if (positional) next = piece.place;
    if (next >= values.length) throw misplaced(positional);
    let spec: Spec = piece;
    if (piece.stars > 0) {
      spec = withStars(piece, values, next, positional);
      next += piece.stars;
    }
    const { width, precision } = spec;
    if (width < 0 || width > MAX_CHARS - out.length) throw overflow();
    if (width + precision >= FEW_CHARS) {
      // What is no number is told first.
      convert({ ...spec, width: 0, precision: -1 }, values[next]!);
      pay(interp, width + precision);
    }
    const text = convert(spec, values[next]!);
    out += text;
    owed += 16 + text.length;
    if (owed > FEW_CHARS) {
      pay(interp, owed);
      owed = 0;
    }
    if (sequential) next++;
  }
  if (owed > 0) pay(interp, owed);
  return out;
}

function misplaced(positional: boolean): TclError {
  return positional
    ? formatError('"%n$" argument index out of range', 'INDEXRANGE')
    : formatError('not enough arguments for all format specifiers', 'FIELDVARMISMATCH');
}

/** With what stands at `next` and after in the place of `*`. */
function withStars(field: Field, values: readonly Value[], next: number, positional: boolean): Spec {
  const star = (at: number): number => {
    if (at >= values.length - 1) throw misplaced(positional);
    // What an unsigned int holds is read as a signed one.
    return smallIntOf(values[at]!) | 0;
  };
  let { flags, width, precision } = field;
  if (field.starWidth) {
    width = star(next);
    if (width < 0) {
      width = Math.max(0, -width | 0);
      flags += '-';
    }
  }
  if (field.starPrecision) {
    const given = star(next + field.stars - 1);
    if (field.dot) precision = Math.max(given, 0);
  }
  return { conversion: field.conversion, size: field.size, flags, width, precision };
}

function pay(interp: Interp, chars: number): void {
  interp.budget.charge(chars / 8);
  interp.budget.allocate(chars * 2);
}

function formatError(message: string, code: string): TclError {
  return new TclError(message, ['TCL', 'FORMAT', code]);
}

function convert(spec: Spec, v: Value): string {
  switch (spec.conversion) {
    case '':
    case '\0':
      throw formatError('format string ended in middle of field specifier', 'INCOMPLETE');
    case 's':
      return padded(spec, spec.precision < 0 ? str(v) : str(v).slice(0, spec.precision));
    case 'c': {
      const code = smallIntOf(v);
      return padded(spec, code >= 0 && code <= 0xffff ? String.fromCharCode(code) : '\ufffd');
    }
    case 'u':
      if (spec.size === 'll') throw formatError('unsigned bignum format is invalid', 'BADUNSIGNED');
      return formatInteger(spec, v);
    case 'd':
    case 'i':
    case 'o':
    case 'x':
    case 'X':
    case 'b':
      return formatInteger(spec, v);
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return formatReal(doubleOf(v), spec.conversion, spec.precision, spec.flags, spec.width);
  }
  throw formatError(`bad field specifier "${spec.conversion}"`, 'BADTYPE');
}

function padded(spec: Spec, text: string, fill = spec.flags.includes('0') ? '0' : ' '): string {
  if (text.length >= spec.width) return text;
  return spec.flags.includes('-') ? text.padEnd(spec.width, fill) : text.padStart(spec.width, fill);
}

const BASES: Readonly<Record<string, number>> = { o: 8, x: 16, X: 16, b: 2 };
const PREFIXES: Readonly<Record<string, string>> = { o: '0', x: '0x', X: '0X', b: '0b' };

function formatInteger(spec: Spec, v: Value): string {
  const { flags, conversion } = spec;
  if (typeof v === 'number' && conversion === 'd' && flags === '' && spec.precision < 0 && spec.size === '' && Number.isInteger(v)) {
    return String(v).padStart(spec.width);
  }
  const bignum = spec.size === 'll';
  const signed = bignum || conversion === 'd' || conversion === 'i';
  const n = sized(bignumOf(v), spec.size);
  const alternate = flags.includes('#');
  let digits = integerDigits(n, conversion, signed, spec.size);
  // The zero of `%#o` is its prefix.
  if (alternate && conversion === 'o' && digits === '0') digits = '';
  const sign = !signed ? '' : n < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const head = sign + (alternate ? (PREFIXES[conversion] ?? '') : '');
  if (spec.precision >= 0) {
    return padded(spec, head + digits.padStart(spec.precision - (alternate && conversion === 'o' ? 1 : 0), '0'), ' ');
  }
  if (flags.includes('0')) digits = digits.padStart(spec.width - head.length, '0');
  return padded(spec, head + digits);
}

/** Cut to 16 bits for `h`, to 64 without `ll`. */
function sized(n: number | bigint, size: string): number | bigint {
  if (size === 'h') return typeof n === 'number' ? (n << 16) >> 16 : Number(BigInt.asIntN(16, n));
  return typeof n === 'number' || size === 'll' ? n : big(BigInt.asIntN(64, n));
}

function integerDigits(n: number | bigint, conversion: string, signed: boolean, size: string): string {
  let magnitude: number | bigint = n;
  if (n < 0) {
    if (signed) magnitude = -n;
    else magnitude = size === 'h' ? (n as number) & 0xffff : BigInt.asUintN(64, BigInt(n));
  }
  const digits = magnitude.toString(BASES[conversion] ?? 10);
  return conversion === 'X' ? digits.toUpperCase() : digits;
}

// --- reals ------------------------------------------------------------------------------------------------------------------

/** A double as printf's `%e`, `%f` or `%g` (capitals too). `precision` below 0 means 6; `flags` any of `-#0 +`. */
export function formatReal(x: number, conversion: string, precision: number, flags = '', width = 0): string {
  const sign = x < 0 || Object.is(x, -0) ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const finite = x - x === 0;
  const body = finite ? realBody(Math.abs(x), conversion.toLowerCase(), precision, flags.includes('#')) : x !== x ? 'nan' : 'inf';
  const text = conversion < 'a' ? body.toUpperCase() : body;
  if (flags.includes('-')) return (sign + text).padEnd(width);
  return flags.includes('0') && finite ? sign + text.padStart(width - sign.length, '0') : (sign + text).padStart(width);
}

function realBody(x: number, conversion: string, precision: number, alternate: boolean): string {
  const p = precision < 0 ? 6 : precision;
  if (conversion === 'f') return fixed(x, p, alternate);
  if (conversion === 'e') return exponential(x, p, alternate);
  return general(x, p === 0 ? 1 : p, alternate);
}

/** As `%e` or `%f`, whichever is shorter, without zeros at the end. */
function general(x: number, significant: number, alternate: boolean): string {
  const [all, exponent] = significand(x, Math.min(significant - 1, MAX_FRACTION));
  const digits = alternate ? all.padEnd(significant, '0') : all.replace(/0+$/, '');
  const isShort = exponent >= -4 && exponent < significant;
  const before = !isShort ? 1 : Math.max(exponent + 1, 0);
  const fraction = isShort && exponent < 0 ? '0'.repeat(-exponent - 1) + digits : digits.slice(before);
  const text = (digits.slice(0, before) || '0').padEnd(before, '0') + (fraction !== '' || alternate ? '.' : '') + fraction;
  return isShort ? text : text + power(exponent);
}

/** No double has more digits than these behind the point, or before it. */
const MAX_FRACTION = 1074;

function fixed(x: number, precision: number, point: boolean): string {
  const p = Math.min(precision, MAX_FRACTION);
  let text: string;
  // toFixed is exact, but breaks ties upwards; there can be one only when the last bit lies just behind the last digit.
  if (p <= 100 && x < 1e21 && (Number.isInteger(x) || !Number.isInteger(x * 2 ** (p + 1)))) {
    text = x.toFixed(p);
  } else {
    const digits = scaled(x, p)
      .toString()
      .padStart(p + 1, '0');
    text = p === 0 ? digits : `${digits.slice(0, -p)}.${digits.slice(-p)}`;
  }
  if (p === 0 && (point || precision > 0)) text += '.';
  return precision > p ? text + '0'.repeat(precision - p) : text;
}

function exponential(x: number, precision: number, point: boolean): string {
  const p = Math.min(precision, MAX_FRACTION);
  const [digits, exponent] = significand(x, p);
  const fraction = digits.slice(1) + '0'.repeat(precision - p);
  return `${digits[0]}${fraction !== '' || point ? '.' : ''}${fraction}${power(exponent)}`;
}

function power(exponent: number): string {
  const e = Math.abs(exponent);
  return `${exponent < 0 ? 'e-' : 'e+'}${e < 10 ? '0' : ''}${e}`;
}

/** The first `p + 1` digits of a double, rounded, and the power of ten of the first one. */
function significand(x: number, p: number): [digits: string, exponent: number] {
  if (x === 0) return ['0'.repeat(p + 1), 0];
  const rounded = x.toExponential(Math.min(p, 100));
  const e = rounded.indexOf('e');
  let exponent = Number(rounded.slice(e + 1));
  const scale = p - exponent;
  // As `fixed`; it may have been rounded up to the next power of ten.
  if (p <= 100 && scale >= 0 && scale < 300 && !Number.isInteger(x * 2 ** (scale + 2))) {
    return [p === 0 ? rounded.slice(0, e) : rounded.charAt(0) + rounded.slice(2, e), exponent];
  }
  let digits = scaled(x, scale).toString();
  // The digits, too.
  if (digits.length < p + 1) digits = scaled(x, p - --exponent).toString();
  if (digits.length > p + 1) {
    exponent++;
    digits = digits.slice(0, -1);
  }
  return [digits, exponent];
}

const BITS = new DataView(new ArrayBuffer(8));

/** x times ten to the power of `scale`, rounded to an integer, ties to even. */
function scaled(x: number, scale: number): bigint {
  BITS.setFloat64(0, x);
  const bits = BITS.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const mantissa = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n);
  const power = Math.max(biased, 1) - 1075;
  let above = mantissa;
  let below = 1n;
  if (power > 0) above <<= BigInt(power);
  else below <<= BigInt(-power);
  if (scale > 0) above *= 10n ** BigInt(scale);
  else below *= 10n ** BigInt(-scale);
  const quotient = above / below;
  const twice = (above % below) * 2n;
  return twice > below || (twice === below && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function formatCmd(interp: Interp, args: readonly Value[]): Value {
  const format = str(args[1]!);
  interp.budget.charge(format.length / 4);
  return formatValues(interp, format, args.slice(2));
}

export const formatRows: readonly PlainRow[] = [
  { name: 'format', run: formatCmd, min: 1, max: Infinity, usage: 'formatString ?arg ...?', safe: true, pure: true },
];
