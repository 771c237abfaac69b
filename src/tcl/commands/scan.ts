/** scan. Answers to tclScan.c. */

import type { Budget, Frame, Interp, PlainRow } from '../command.ts';
import { TclError } from '../errors.ts';
import { keptUntilCensus } from '../kept.ts';
import { isSpace, newList } from '../list.ts';
import { parseNumber, payBits } from '../number.ts';
import { outsideOf } from '../unicode.ts';
import { utf8Length } from '../utf8.ts';
import { big, Dbl, dbl, EMPTY, str, type Value } from '../value.ts';

function isSpaceChar(c: string): boolean {
  return c < '\x80' ? isSpace(c.charCodeAt(0)) : !outsideOf('space')!.test(c);
}

/** One item of a scan format: a conversion, literal text, or white space (the empty text). */
interface Item {
  text: string;
  /** Empty for text. */
  conversion: string;
  suppress: boolean;
  /** Where the value goes; -1 for the next free place. */
  place: number;
  /** Infinity for none. */
  width: number;
  size: string;
  set: CharSet | null;
}

interface CharSet {
  readonly exclude: boolean;
  /** Of those in a long set, 1 each. */
  readonly table: Uint8Array | null;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

function scanError(message: string, code: string): TclError {
  return new TclError(message, ['TCL', 'FORMAT', code]);
}

// --- the format -------------------------------------------------------------------------------------------------------------

const CONVERSION = /%(?:(\*)|([0-9]+)\$)?([0-9]+)?(ll|[lLh])?([\s\S]?)/y;

interface Format {
  readonly items: readonly Item[];
  readonly values: number;
}

/** Formats that were read, by how many variables there were. */
const MAX_VARIABLES = 10;
const formats = Array.from({ length: MAX_VARIABLES + 1 }, () => keptUntilCensus(new Map<string, Format>()));
const MAX_FORMATS = 50;
const MAX_FORMAT = 100;

/** About what V8 takes for an item of a format, and how many are paid for at once. */
const ITEM_BYTES = 120;
const ITEMS_PAID = 1000;
/** Longer sets have a table. */
const LONG_SET = 100;
const UNITS = 65_536;

function formatOf(format: string, variables: number, budget: Budget): Format {
  if (variables > MAX_VARIABLES || format.length > MAX_FORMAT) return readFormat(format, variables, budget);
  const known = formats[variables]!;
  let read = known.get(format);
  if (read === undefined) {
    read = readFormat(format, variables, budget);
    if (known.size >= MAX_FORMATS) known.clear();
    known.set(format, read);
  }
  return read;
}

/** The items of a format and how many values it gives; checks it against the number of variables (0: values are returned). */
function readFormat(format: string, variables: number, budget: Budget): Format {
  const items: Item[] = [];
  const assigned = new Map<number, number>();
  let next = 0;
  let positions = 0;
  let sequential = false;
  let positional = false;
  let paid = ITEMS_PAID;
  for (let i = 0; i < format.length; ) {
    if (items.length >= paid) {
      budget.charge(20 * ITEMS_PAID);
      budget.allocate(ITEM_BYTES * ITEMS_PAID);
      paid += ITEMS_PAID;
    }
    const c = format.charAt(i);
    if (c !== '%' || format.charAt(i + 1) === '%') {
      const from = i++;
      const space = isSpaceChar(c);
      if (c === '%') i++;
      else while (i < format.length && format.charAt(i) !== '%' && isSpaceChar(format.charAt(i)) === space) i++;
      items.push(textItem(space ? '' : c === '%' ? c : format.slice(from, i)));
      continue;
    }
    CONVERSION.lastIndex = i;
    const m = CONVERSION.exec(format)!;
    i = CONVERSION.lastIndex;
    const suppress = m[1] !== undefined;
    if (m[2] !== undefined) positional = true;
    else if (!suppress) sequential = true;
    if (sequential && positional) throw scanError('cannot mix "%" and "%n$" conversion specifiers', 'MIXEDSPECTYPES');
    if (m[2] !== undefined) {
      next = Number(m[2]) - 1;
      if (next < 0 || (variables > 0 && next >= variables)) throw misplaced(true);
      if (variables === 0) positions = Math.max(positions, next + 1);
    }
    if (!suppress && variables > 0 && next >= variables) throw misplaced(positional);
    const item: Item = {
      text: '',
      conversion: m[5]!,
      suppress,
      place: m[2] === undefined ? -1 : next,
      width: Number(m[3] ?? 0) || Infinity,
      size: m[4] ?? '',
      set: null,
    };
    checkConversion(item, m[3] !== undefined);
    if (item.conversion === '[') {
      const end = closeOfSet(format, i);
      if (end - i > LONG_SET) {
        budget.charge(end - i);
        budget.allocate(4 * UNITS);
      }
      item.set = readSet(format.slice(i, end));
      i = end + 1;
    }
    items.push(item);
    if (!suppress) {
      assigned.set(next, (assigned.get(next) ?? 0) + 1);
      next++;
    }
  }
  const values = variables > 0 ? variables : positions > 0 ? positions : next;
  const twice = (k: number): void => {
    if (assigned.get(k)! > 1) throw scanError('variable is assigned by multiple "%n$" conversion specifiers', 'POLYASSIGNED');
  };
  // Of positions without variables there may be few, far apart.
  if (positions > 0) for (const k of assigned.keys()) twice(k);
  else {
    for (let k = 0; k < values; k++) {
      if (!assigned.has(k)) throw scanError('variable is not assigned by any conversion specifiers', 'UNASSIGNED');
      twice(k);
    }
  }
  return { items, values };
}

function textItem(text: string): Item {
  return { text, conversion: '', suppress: true, place: -1, width: Infinity, size: '', set: null };
}

function misplaced(positional: boolean): TclError {
  return positional
    ? scanError('"%n$" argument index out of range', 'INDEXRANGE')
    : scanError('different numbers of variable names and field specifiers', 'FIELDVARMISMATCH');
}

function checkConversion(item: Item, hasWidth: boolean): void {
  const c = item.conversion;
  if (c === '' || !'cns[deEfgGioxXbu'.includes(c)) throw scanError(`bad scan conversion character "${c || '\0'}"`, 'BADTYPE');
  if (c === 'c' && hasWidth) throw scanError('field width may not be specified in %c conversion', 'BADWIDTH');
  if ('cns['.includes(c) && item.size !== '' && item.size !== 'h') {
    throw scanError(`field size modifier may not be specified in %${c} conversion`, 'BADSIZE');
  }
  if (c === 'u' && item.size === 'll') throw scanError('unsigned bignum scans are invalid', 'BADUNSIGNED');
}

/** The place of the `]` that ends a set whose text begins at `from`: one that comes first, also after `^`, is in the set. */
function closeOfSet(format: string, from: number): number {
  let first = from;
  if (format.charAt(first) === '^') first++;
  if (format.charAt(first) === ']') first++;
  const end = format.indexOf(']', first);
  if (end < 0) throw scanError('unmatched [ in format string', 'BRACKET');
  return end;
}

function readSet(text: string): CharSet {
  const exclude = text.startsWith('^');
  const ranges: [number, number][] = [];
  const s = exclude ? text.slice(1) : text;
  let from = 0;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    // A dash at either end is itself; after a range it begins another from where that one did.
    if (i > 0 && s[i] === '-' && i + 1 < s.length) {
      const to = s.charCodeAt(++i);
      ranges.push(from < to ? [from, to] : [to, from]);
    } else {
      ranges.push([c, c]);
      from = c;
    }
  }
  return { exclude, ranges: s.length > LONG_SET ? [] : ranges, table: s.length > LONG_SET ? tableOf(ranges) : null };
}

function tableOf(ranges: CharSet['ranges']): Uint8Array {
  const begun = new Int32Array(UNITS + 1);
  for (const [from, to] of ranges) {
    begun[from]!++;
    begun[to + 1]!--;
  }
  const table = new Uint8Array(UNITS);
  for (let c = 0, open = 0; c < UNITS; c++) {
    open += begun[c]!;
    if (open > 0) table[c] = 1;
  }
  return table;
}

function inSet(set: CharSet, c: number): boolean {
  if (set.table !== null) return (set.table[c] === 1) !== set.exclude;
  return set.ranges.some(([from, to]) => from <= c && c <= to) !== set.exclude;
}

// --- scanning ---------------------------------------------------------------------------------------------------------------

const HEX = '[0-9a-fA-F]+';
const SIGN = '[+-]?';
const NUMBERS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    d: '[0-9]+',
    u: '[0-9]+',
    i: `(?:0[xX]${HEX}|0[0-7]*|[1-9][0-9]*)`,
    o: '[0-7]+',
    x: `(?:0[xX])?${HEX}`,
    b: '(?:0[bB])?[01]+',
    f: '(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?)',
  }).map(([c, pattern]) => [c, new RegExp(`${SIGN}${pattern}`, 'y')]),
);

/** What could still become an integer, or a real, if more text came. */
const UNFINISHED = /^[+-]$/;
const UNFINISHED_REAL = /^[+-]?(?:\.|i|in|n|na)?$/i;

const RADIX_PREFIX: Readonly<Record<string, string>> = { o: '0o', x: '0x', b: '0b' };
const RADIX: Readonly<Record<string, number>> = { o: 8, x: 16, b: 2, d: 10, u: 10 };
/** An integer of more digits is, in any base, beyond those that are told apart, like this one. */
const MOST_DIGITS = 64;
const BEYOND = 1n << 65n;
/** Digits that fit a number in any base. */
const FEW_DIGITS = 12;

/** The values scanned, undefined where the text gave none, and whether the text ended before the first conversion. */
export function scanText(
  text: string,
  format: string,
  variables: number,
  budget: Budget,
): { values: (Value | undefined)[]; ended: boolean } {
  const { items, values: count } = formatOf(format, variables, budget);
  // A position may be any number.
  if (count > format.length) budget.allocate(16 * count);
  const values: (Value | undefined)[] = [];
  while (values.length < count) values.push(undefined);
  let at = 0;
  let next = 0;
  let conversions = 0;
  const over = (underflow: boolean) => ({ values, ended: underflow && conversions === 0 });
  for (const item of items) {
    if (item.conversion === '') {
      if (item.text === '') {
        while (isSpaceChar(text.charAt(at))) at++;
        continue;
      }
      for (const end = at + item.text.length; at < end; at++) {
        if (at >= text.length) return over(true);
        if (text.charCodeAt(at) !== item.text.charCodeAt(item.text.length - (end - at))) return over(false);
      }
      continue;
    }
    if (item.place >= 0) next = item.place;
    let value: Value;
    if (item.conversion === 'n') {
      value = utf8Length(text.slice(0, at));
    } else {
      if (at >= text.length) return over(true);
      if (item.conversion !== 'c' && item.conversion !== '[') {
        while (isSpaceChar(text.charAt(at))) at++;
        if (at >= text.length) return over(true);
      }
      const field = fieldAt(text, at, item);
      if (field === '') return over(isUnfinished(text, at, item));
      const read = readField(field, item);
      if (read === undefined) return over(false);
      value = read;
      at += field.length;
    }
    if (!item.suppress) values[next++] = value;
    conversions++;
  }
  return over(false);
}

/** The text that a conversion takes; empty when there is none that fits. */
function fieldAt(text: string, at: number, item: Item): string {
  const end = Math.min(at + item.width, text.length);
  let i = at;
  switch (item.conversion) {
    case 'c':
      return text.slice(at, at + (text.codePointAt(at)! > 0xffff ? 2 : 1));
    case 's':
      while (i < end && !isSpaceChar(text.charAt(i))) i++;
      return text.slice(at, i);
    case '[':
      while (i < end && inSet(item.set!, text.charCodeAt(i))) i++;
      return text.slice(at, i);
  }
  const pattern = numberPattern(item.conversion);
  pattern.lastIndex = at;
  return pattern.test(end < text.length ? text.slice(0, end) : text) ? text.slice(at, pattern.lastIndex) : '';
}

/** True when a number was cut off by the end of the text or of the field. */
function isUnfinished(text: string, at: number, item: Item): boolean {
  if (item.conversion === '[') return false;
  const rest = text.slice(at, at + item.width);
  if (item.width !== Infinity && rest.length < item.width) return false;
  return ('eEfgG'.includes(item.conversion) ? UNFINISHED_REAL : UNFINISHED).test(rest);
}

function numberPattern(conversion: string): RegExp {
  const c = conversion === 'X' ? 'x' : 'eEgG'.includes(conversion) ? 'f' : conversion;
  return NUMBERS.get(c)!;
}

function readField(field: string, item: Item): Value | undefined {
  switch (item.conversion) {
    case 'c':
      return field.codePointAt(0)!;
    case 's':
    case '[':
      return field;
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return readReal(field);
  }
  return readInteger(field, item);
}

function readReal(field: string): Value {
  const n = Number(field);
  // Without a point or exponent it was read as an integer, which has no negative zero.
  if (n === 0 && /^-0+$/.test(field)) return dbl(0);
  if (n === n) return dbl(n);
  return new Dbl(field.startsWith('-') ? -Infinity : Infinity);
}

function readInteger(field: string, item: Item): Value {
  if (item.conversion === 'd' && field.length <= FEW_DIGITS) return Number.parseInt(field, 10) + 0;
  const negative = field.startsWith('-');
  const digits = field.replace(/^[+-]/, '');
  const prefix = RADIX_PREFIX[item.conversion.toLowerCase()];
  if (field.length <= FEW_DIGITS && item.conversion !== 'i' && !(negative && item.conversion === 'u')) {
    const few = Number.parseInt(
      prefix !== undefined && digits.slice(0, 2).toLowerCase() === prefix ? digits.slice(2) : digits,
      RADIX[item.conversion.toLowerCase()],
    );
    return negative ? 0 - few : few;
  }
  let n: bigint;
  if (item.size === 'll') payBits(digits.length * (prefix === undefined ? Math.log2(10) : 4));
  if (item.size !== 'll' && digits.replace(/^(?:0[xob])?0*/i, '').length > MOST_DIGITS) n = BEYOND;
  else if (item.conversion === 'i') n = BigInt(parseNumber(digits) as number | bigint);
  else if (prefix === undefined) n = BigInt(digits);
  else n = BigInt(prefix + (digits.slice(0, 2).toLowerCase() === prefix ? digits.slice(2) : digits));
  if (negative) n = -n;
  if (item.size === 'll') return big(n);
  const limit = 18446744073709551615n;
  let wide = BigInt.asIntN(64, n);
  if (n > limit) wide = 9223372036854775807n;
  else if (n < -limit) wide = -9223372036854775808n;
  return big(item.conversion === 'u' ? BigInt.asUintN(64, wide) : wide);
}

function scanCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const text = str(args[1]!);
  const format = str(args[2]!);
  const variables = args.length - 3;
  interp.budget.charge((text.length + format.length) / 2);
  const { values, ended } = scanText(text, format, variables, interp.budget);
  if (variables === 0) return ended ? EMPTY : newList(values.map((v) => v ?? EMPTY));
  let count = 0;
  let failure: unknown = null;
  values.forEach((v, i) => {
    if (v === undefined) return;
    count++;
    // All variables are set; the first failure is told.
    try {
      interp.setVar(str(args[i + 3]!), v, frame);
    } catch (e) {
      failure ??= e;
    }
  });
  if (failure !== null) throw failure;
  return ended ? -1 : count;
}

export const scanRows: readonly PlainRow[] = [
  { name: 'scan', run: scanCmd, min: 2, max: Infinity, usage: 'string format ?varName ...?', safe: true },
];
