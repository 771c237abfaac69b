/**
 * The string ensemble and `append`, and what they do as functions that compiled code may call itself. A character is a UTF-16 unit,
 * as in Tcl 8.6, but `reverse`, `trim` and `is` keep surrogate pairs together. Substitution, format and scan, binary strings and
 * regular expressions have files of their own. Answers to tclCmdMZ.c.
 */
import type { EnsembleRow, Frame, Interp, PlainHandler, PlainRow } from '../command.ts';
import { badIndex, lookup, TclError, wrongArgs } from '../errors.ts';
import { stringMatch } from '../glob.ts';
import { alone, keptUntilCensus } from '../kept.ts';
import { elements, isSpace, parseList } from '../list.ts';
import { indexOf, numberOf, scanNumber, smallIntOf } from '../number.ts';
import { LONG_MADE, madeBytes, madeText } from '../regs.ts';
import { indexIn, lastIndexIn } from '../search.ts';
import { asciiTable, lowerCase, outsideOf, titleCase, upperCase, WORD_CHAR } from '../unicode.ts';
import { utf8Length } from '../utf8.ts';
import { appended, EMPTY, share, str, TclText, type Value } from '../value.ts';
import { compareText } from './lsort.ts';

/** `string index`. */
export function stringIndex(v: Value, index: Value): string {
  const s = textOf(v);
  const i = indexOf(index, s.length - 1);
  return i < 0 ? '' : s.slice(i, i + 1);
}

/** What can be cut: text that grows need not be put together for that. */
function textOf(v: Value): string | TclText {
  return v instanceof TclText ? v : str(v);
}

/** `string range`. */
export function stringRange(v: Value, first: Value, last: Value): string {
  const s = textOf(v);
  const i = Math.max(indexOf(first, s.length - 1), 0);
  return made(s.slice(i, Math.max(i, indexOf(last, s.length - 1) + 1)));
}

/** Shorter texts cost no more than what holds them. */
const LONG_TEXT = 1000;

/** A part of a text, which may keep the whole of it. */
function made(part: string): string {
  if (part.length > LONG_TEXT) madeBytes(2 * part.length);
  return part;
}

/** `string replace`. */
export function stringReplace(s: string, first: Value, last: Value, by: string): string {
  const end = s.length - 1;
  const i = indexOf(first, end);
  const j = indexOf(last, end);
  if (j < 0 || i > end || j < i) return s;
  const text = s.slice(0, Math.max(i, 0)) + by + s.slice(j + 1);
  if (text.length >= LONG_MADE) madeText(text.length);
  return text;
}

/** -1, 0 or 1. `length` below 0 compares all. */
export function stringCompare(a: string, b: string, nocase = false, length = -1): number {
  let x = length < 0 ? a : a.slice(0, length);
  let y = length < 0 ? b : b.slice(0, length);
  if (nocase) {
    x = lowerCase(x);
    y = lowerCase(y);
  }
  return compareText(x, y);
}

export function stringFirst(needle: string, hay: string, start: Value = 0): number {
  const from = Math.max(indexOf(start, hay.length - 1), 0);
  return needle === '' ? -1 : indexIn(hay, needle, from);
}

export function stringLast(needle: string, hay: string, start: Value = 'end'): number {
  const last = indexOf(start, hay.length - 1);
  const from = Math.min(last, hay.length - 1) + 1 - needle.length;
  return needle === '' || from < 0 ? -1 : lastIndexIn(hay, needle, from);
}

const HIGH = /[\ud800-\udbff]/;

export function stringReverse(s: string): string {
  made(s);
  if (HIGH.test(s)) return Array.from(s).reverse().join('');
  const at = (i: number) => s.charCodeAt(i);
  let out = '';
  let i = s.length - 1;
  for (; i >= 7; i -= 8) {
    out += String.fromCharCode(at(i), at(i - 1), at(i - 2), at(i - 3), at(i - 4), at(i - 5), at(i - 6), at(i - 7));
  }
  for (; i >= 0; i--) out += s.charAt(i);
  return out;
}

/** White space of Unicode and NUL: tclUtil.c, tclDefaultTrimSet. */
function isBlank(c: string): boolean {
  return isSpace(c.charCodeAt(0)) || c === '\0' || (c > '\x7f' && !outsideOf('space')!.test(c));
}

/** Without `chars`, white space. */
export function stringTrim(s: string, chars: string | null = null, left = true, right = true): string {
  let i = 0;
  let j = s.length;
  if (left) while (i < j && holds(chars, s, i)) i += pairAt(s, i) ? 2 : 1;
  if (right) {
    while (j > i) {
      const at = j - 2 >= i && pairAt(s, j - 2) ? j - 2 : j - 1;
      if (!holds(chars, s, at)) break;
      j = at;
    }
  }
  return made(s.slice(i, j));
}

function pairAt(s: string, i: number): boolean {
  return s.codePointAt(i)! > 0xffff;
}

function holds(chars: string | null, s: string, i: number): boolean {
  const c = pairAt(s, i) ? s.slice(i, i + 2) : s.charAt(i);
  return chars === null ? isBlank(c) : chars.includes(c);
}

export function wordStart(s: string, index: Value): number {
  const at = Math.min(indexOf(index, s.length - 1), s.length - 1);
  let i = at;
  while (i >= 0 && WORD_CHAR.test(s.charAt(i))) i--;
  return i === at ? Math.max(at, 0) : i + 1;
}

export function wordEnd(s: string, index: Value): number {
  const at = Math.max(indexOf(index, s.length - 1), 0);
  if (at >= s.length) return s.length;
  let i = at;
  while (i < s.length && WORD_CHAR.test(s.charAt(i))) i++;
  return i === at ? at + 1 : i;
}

/** `string map`: at each place the first pair that fits. Pays for what it builds as it goes. */
export function stringMap(interp: Interp, pairs: readonly Value[], s: string, nocase: boolean): string {
  const text = nocase ? lowerCase(s) : s;
  const map = lastMap !== null && isMapOf(lastMap, pairs, nocase) ? lastMap : readMap(pairs, nocase);
  const { keys, values } = map;
  const single = keys.length === 1 && text === s;
  if (single || map.units !== null) {
    interp.budget.charge(text.length / 16);
    if (single) {
      return replaceEach(s, keys[0]!, values[0]!, (chars) => pay(interp, chars)).text;
    }
    return mapUnits(interp, s, text, map.units!);
  }
  const next = keys.length <= FEW_KEYS ? nearest(interp, text, keys) : byFirstUnit(interp, text, keys);
  const hit = { key: 0, at: 0 };
  const parts: string[] = [];
  let out = '';
  let copied = 0;
  // Looking is work, what is put in is memory too.
  let made = 0;
  while (next(copied, hit)) {
    const value = values[hit.key]!;
    made += hit.at - copied + value.length;
    if (made > PART) {
      pay(interp, made);
      made = 0;
      parts.push(alone(out));
      out = '';
    }
    out += s.slice(copied, hit.at) + value;
    copied = hit.at + keys[hit.key]!.length;
  }
  pay(interp, made);
  return copied === 0 ? s : parts.join('') + out + s.slice(copied);
}

/** The text with `value` wherever `key` is, and how often that was; `paid` is told of the length of what is made. */
export function replaceEach(s: string, key: string, value: string, paid: (chars: number) => void): { text: string; count: number } {
  let at = indexIn(s, key);
  if (at < 0) return { text: s, count: 0 };
  if (s.length > SHORT && s.length * key.length < LARGE) {
    const pieces = s.split(key);
    const count = pieces.length - 1;
    paid(s.length + count * value.length);
    return { text: pieces.join(value), count };
  }
  const parts: string[] = [];
  let text = '';
  let count = 0;
  let copied = 0;
  let made = 0;
  for (; at >= 0; at = indexIn(s, key, copied)) {
    text += s.slice(copied, at) + value;
    made += at - copied + value.length + 1;
    copied = at + key.length;
    count++;
    if (made < PART) continue;
    paid(made);
    made = 0;
    parts.push(alone(text));
    text = '';
  }
  paid(made + s.length - copied);
  return { text: parts.join('') + text + s.slice(copied), count };
}

/** Texts of which pieces are joined sooner than an array of them is made, and those with which both would take too much at once. */
const SHORT = 1000;
const LARGE = 4_000_000;
/** What is made is put together by parts: V8 keeps each step in which a text grows. */
const PART = 10_000;

interface CharMap {
  readonly pairs: readonly Value[];
  readonly nocase: boolean;
  /** None of them empty. */
  readonly keys: readonly string[];
  readonly values: readonly string[];
  /** Values by key, where each key is one unit. */
  readonly units: Units | null;
}

/** Those below 256, and the others. */
interface Units {
  readonly low: readonly (string | null)[];
  readonly high: ReadonlyMap<number, string>;
}

/** A program asks for the same one again and again. */
let lastMap: CharMap | null = null;
keptUntilCensus({ clear: () => void (lastMap = null) });
const MAX_KEPT = 100;

function isMapOf(map: CharMap, pairs: readonly Value[], nocase: boolean): boolean {
  return map.nocase === nocase && map.pairs.length === pairs.length && map.pairs.every((v, i) => v === pairs[i]);
}

function readMap(pairs: readonly Value[], nocase: boolean): CharMap {
  const keys: string[] = [];
  const values: string[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const key = nocase ? lowerCase(str(pairs[i]!)) : str(pairs[i]!);
    if (key === '') continue;
    keys.push(key);
    values.push(str(pairs[i + 1]!));
  }
  const units = keys.every((key) => key.length === 1) ? unitsOf(keys, values) : null;
  const map = { pairs: pairs.slice(), nocase, keys, values, units };
  // What may be changed in place is not the same for ever.
  if (pairs.length <= MAX_KEPT && pairs.every((v) => typeof v !== 'object')) lastMap = map;
  return map;
}

function unitsOf(keys: readonly string[], values: readonly string[]): Units {
  const low: (string | null)[] = new Array<string | null>(256).fill(null);
  const high = new Map<number, string>();
  for (let k = keys.length - 1; k >= 0; k--) {
    const c = keys[k]!.charCodeAt(0);
    if (c < 256) low[c] = values[k]!;
    else high.set(c, values[k]!);
  }
  return { low, high };
}

function mapUnits(interp: Interp, s: string, text: string, { low, high }: Units): string {
  const parts: string[] = [];
  let out = '';
  let copied = 0;
  let made = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const value = c < 256 ? low[c]! : (high.get(c) ?? null);
    if (value === null) continue;
    out += copied === i ? value : s.slice(copied, i) + value;
    made += i - copied + value.length + 1;
    if (made > PART) {
      pay(interp, made);
      made = 0;
      parts.push(alone(out));
      out = '';
    }
    copied = i + 1;
  }
  pay(interp, made);
  return copied === 0 ? s : parts.join('') + out + s.slice(copied);
}

/** Finds the first place at `from` or after where a key stands, and the first key that does; false when there is none. */
type FindKey = (from: number, hit: { key: number; at: number }) => boolean;

/** So many keys are each looked for from where they were found last. */
const FEW_KEYS = 6;

function nearest(interp: Interp, text: string, keys: readonly string[]): FindKey {
  interp.budget.charge((text.length / 16) * keys.length);
  const places = keys.map((key) => indexIn(text, key));
  return (from, hit) => {
    let found = false;
    for (let k = 0; k < keys.length; k++) {
      let at = places[k]!;
      if (at < 0) continue;
      if (at < from) {
        places[k] = at = indexIn(text, keys[k]!, from);
        if (at < 0) continue;
      }
      if (found && at >= hit.at) continue;
      found = true;
      hit.key = k;
      hit.at = at;
    }
    return found;
  };
}

function byFirstUnit(interp: Interp, text: string, keys: readonly string[]): FindKey {
  const byFirst = new Map<number, number[]>();
  keys.forEach((key, k) => {
    const same = byFirst.get(key.charCodeAt(0));
    if (same === undefined) byFirst.set(key.charCodeAt(0), [k]);
    else same.push(k);
  });
  // Of a long key much may fit at each place.
  const costs = new Map([...byFirst].map(([c, same]) => [c, same.reduce((sum, k) => sum + 1 + keys[k]!.length / 64, 0)]));
  let work = 0;
  return (from, hit) => {
    for (let i = from; i < text.length; i++) {
      const c = text.charCodeAt(i);
      const candidates = byFirst.get(c);
      work += candidates === undefined ? 1 / 16 : costs.get(c)!;
      if (work > 1000) {
        interp.budget.charge(work);
        work = 0;
      }
      const k = candidates?.find((k) => text.startsWith(keys[k]!, i));
      if (k === undefined) continue;
      hit.key = k;
      hit.at = i;
      return true;
    }
    interp.budget.charge(work);
    return false;
  };
}

/** Pays for making a string of so many characters. */
function pay(interp: Interp, chars: number): void {
  interp.budget.charge(chars / 16);
  interp.budget.allocate(chars * 2);
}

// --- string is --------------------------------------------------------------------------------------------------------------

const CLASSES = [
  'alnum',
  'alpha',
  'ascii',
  'control',
  'boolean',
  'digit',
  'double',
  'entier',
  'false',
  'graph',
  'integer',
  'list',
  'lower',
  'print',
  'punct',
  'space',
  'true',
  'upper',
  'wideinteger',
  'wordchar',
  'xdigit',
] as const;
type Class = (typeof CLASSES)[number];

/** Undefined when `v` is of the class, else the place where it ceases to be. The empty string is of every class here. */
export function failIndex(v: Value, what: Class): number | undefined {
  const s = str(v);
  if (what === 'list') return listFailure(s);
  if (s === '') return undefined;
  const chars = outsideOf(what);
  if (chars !== undefined) return charFailure(s, chars);
  switch (what) {
    case 'boolean':
    case 'true':
    case 'false':
      return isTruth(s, what) ? undefined : 0;
    case 'double':
      return numberOf(v) === undefined ? realPrefix(s) : undefined;
  }
  return integerFailure(v, what === 'integer' ? 4294967295n : what === 'wideinteger' ? 18446744073709551615n : null);
}

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;
const PAIRS = new RegExp(PAIR, 'g');

function charFailure(s: string, others: RegExp): number | undefined {
  const table = asciiTable(others);
  let i = 0;
  while (i < s.length && s.charCodeAt(i) < 128 && !table[s.charCodeAt(i)]) i++;
  if (i === s.length) return undefined;
  if (s.charCodeAt(i) < 128) return i;
  let at = s.search(others);
  // A pair counts as one character, whose class Tcl 8.6 looks up by the low 16 bits of its number.
  if (PAIR.test(at < 0 ? s : s.slice(0, at + 2)))
    at = s.replace(PAIRS, (pair) => String.fromCharCode(pair.codePointAt(0)! & 0xffff)).search(others);
  return at < 0 ? undefined : at;
}

/** How many characters read as a number, white space around it included. */
function realPrefix(s: string): number {
  let i = 0;
  while (isSpace(s.charCodeAt(i))) i++;
  i = scanNumber(s, i);
  if (i < 0) return 0;
  while (isSpace(s.charCodeAt(i))) i++;
  return i;
}

const INTEGER_PREFIX = /^[ \t-\r]*[+-]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[0-9]+)[ \t-\r]*/;

function integerFailure(v: Value, limit: bigint | null): number | undefined {
  const n = numberOf(v);
  if (typeof n !== 'bigint' && (typeof n !== 'number' || !Number.isInteger(n))) return INTEGER_PREFIX.exec(str(v))?.[0].length ?? 0;
  return limit === null || (n <= limit && n >= -limit) ? undefined : -1;
}

function listFailure(s: string): number | undefined {
  const starts: number[] = [];
  try {
    parseList(s, 'list', starts);
    return undefined;
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
    return Array.from(s.slice(0, starts[starts.length - 1])).length;
  }
}

/** Stricter than what `if` takes: 0, 1 and the words. */
function isTruth(s: string, what: 'boolean' | 'true' | 'false'): boolean {
  const low = s.toLowerCase();
  const yes = low === '1' || low === 'on' || 'true'.startsWith(low) || 'yes'.startsWith(low);
  const no = low === '0' || low === 'of' || low === 'off' || 'false'.startsWith(low) || 'no'.startsWith(low);
  return (yes && what !== 'false') || (no && what !== 'true');
}

/** `string is class ?-strict? $v` of constant words, where that is all there is: what tells it of a value; null elsewhere. */
export function classTest(words: readonly (string | null)[]): PlainHandler | null {
  const [name, option] = words;
  if (!name) return null;
  const [what, other] = CLASSES.includes(name as Class) ? [name as Class] : CLASSES.filter((c) => c.startsWith(name));
  const strict = option === '-strict';
  if (what === undefined || other !== undefined || words.length > 2 || strict !== (words.length === 2)) return null;
  const others = outsideOf(what);
  return (interp, [, v]) => {
    interp.budget.charge(typeof v === 'string' ? v.length / 4 : 1);
    const s = str(v!);
    if (s === '' && what !== 'list') return strict ? 0 : 1;
    return (others === undefined ? failIndex(v!, what) : charFailure(s, others)) === undefined ? 1 : 0;
  };
}

function stringIsCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const what = lookup(str(args[1]!), CLASSES, 'class');
  const last = args.length - 1;
  let strict = false;
  let failVar: string | null = null;
  for (let i = 2; i < last; i++) {
    if (lookup(str(args[i]!), ['-strict', '-failindex'], 'option') === '-strict') {
      strict = true;
    } else {
      if (++i >= last) throw wrongArgs(`string is ${str(args[1]!)} ?-strict? ?-failindex var? str`);
      failVar = str(args[i]!);
    }
  }
  const v = args[last]!;
  interp.budget.charge(typeof v === 'string' ? v.length / 4 : 1);
  const at = strict && str(v) === '' && what !== 'list' ? 0 : failIndex(v, what);
  if (at === undefined) return 1;
  if (failVar !== null) interp.setVar(failVar, at, frame);
  return 0;
}

// --- the other subcommands --------------------------------------------------------------------------------------------------

function appendCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = str(args[1]!);
  if (args.length === 2) return interp.readVar(name, frame);
  let v = interp.getVar(name, frame) ?? EMPTY;
  // Write traces see each value on its own.
  for (let i = 2; i < args.length; i++) {
    const more = str(args[i]!);
    pay(interp, more.length);
    v = interp.setVar(name, appended(v, more), frame);
  }
  return v;
}

/** The two words before the last two of `string compare` and `string equal`. */
function compareCmd(args: readonly Value[], name: string): number {
  const last = args.length - 2;
  let nocase = false;
  let length = -1;
  for (let i = 1; i < last; i++) {
    const option = str(args[i]!);
    if (option.length > 1 && '-nocase'.startsWith(option)) {
      nocase = true;
    } else if (option.length > 1 && '-length'.startsWith(option)) {
      if (++i >= last) throw wrongArgs(`string ${name} ?-nocase? ?-length int? string1 string2`);
      length = smallIntOf(args[i]!) | 0;
    } else {
      throw badIndex('option', option, ['-nocase', '-length']);
    }
  }
  return stringCompare(str(args[last]!), str(args[last + 1]!), nocase, length);
}

function stringCompareCmd(_interp: Interp, args: readonly Value[]): Value {
  return compareCmd(args, 'compare');
}

function stringEqualCmd(_interp: Interp, args: readonly Value[]): Value {
  if (args.length === 3) return str(args[1]!) === str(args[2]!) ? 1 : 0;
  return compareCmd(args, 'equal') === 0 ? 1 : 0;
}

/** True when the words begin with `-nocase`, the only option of `map` and `match`. */
function readNocase(args: readonly Value[]): boolean {
  if (args.length < 4) return false;
  const option = str(args[1]!);
  if (option.length < 2 || !'-nocase'.startsWith(option)) throw badIndex('option', option, ['-nocase']);
  return true;
}

function stringMatchCmd(interp: Interp, args: readonly Value[]): Value {
  const nocase = readNocase(args);
  const pattern = str(args[args.length - 2]!);
  const s = str(args[args.length - 1]!);
  // A pattern of one star per few characters is the worst case: each goes over the rest.
  interp.budget.charge((s.length / 16) * (pattern.includes('*') ? 1 + pattern.length / 4 : 1));
  return stringMatch(pattern, s, nocase) ? 1 : 0;
}

function stringMapCmd(interp: Interp, args: readonly Value[]): Value {
  const nocase = readNocase(args);
  const pairs = elements(args[args.length - 2]!);
  const source = args[args.length - 1]!;
  if (pairs.length === 0) return share(source);
  if (pairs.length % 2 !== 0) throw new TclError('char map list unbalanced', ['TCL', 'OPERATION', 'MAP', 'UNBALANCED']);
  interp.budget.charge(pairs.length * 2);
  return stringMap(interp, pairs, str(source), nocase);
}

function stringRepeatCmd(interp: Interp, args: readonly Value[]): Value {
  const count = smallIntOf(args[2]!) | 0;
  if (count === 1) return share(args[1]!);
  const s = str(args[1]!);
  if (count < 1 || s === '') return EMPTY;
  const max = 2147483647;
  if (s.length * count > max / 3 && utf8Length(s) > Math.floor(max / count)) {
    throw new TclError(`result exceeds max size for a Tcl value (${max} bytes)`, ['TCL', 'MEMORY']);
  }
  pay(interp, s.length * count);
  return s.repeat(count);
}

/** Case of a part: `string toupper s ?first? ?last?`. */
function caseCmd(change: (s: string) => string): PlainRow['run'] {
  return (interp, args) => {
    const s = str(args[1]!);
    pay(interp, s.length);
    if (args.length === 2) return change(s);
    const end = s.length - 1;
    const first = Math.max(indexOf(args[2]!, end), 0);
    const last = args.length > 3 ? Math.min(indexOf(args[3]!, end), end) : Math.min(first, end);
    if (last < first) return s;
    return s.slice(0, first) + change(s.slice(first, last + 1)) + s.slice(last + 1);
  };
}

function trimCmd(left: boolean, right: boolean): PlainRow['run'] {
  return (interp, args) => {
    const s = str(args[1]!);
    interp.budget.charge(s.length / 4);
    return stringTrim(s, args.length > 2 ? str(args[2]!) : null, left, right);
  };
}

function stringCatCmd(interp: Interp, args: readonly Value[]): Value {
  if (args.length === 1) return EMPTY;
  if (args.length === 2) return share(args[1]!);
  let s = '';
  for (let i = 1; i < args.length; i++) s += str(args[i]!);
  pay(interp, s.length);
  return s;
}

const stringRow = (name: string, run: PlainRow['run'], min: number, max: number, usage: string): PlainRow => ({
  name,
  run,
  min,
  max,
  usage,
  safe: true,
  pure: true,
});

const FIND = 'needleString haystackString ?startIndex?';
const COMPARE = '?-nocase? ?-length int? string1 string2';
const CASE = 'string ?first? ?last?';

export const stringRows: readonly (EnsembleRow | PlainRow)[] = [
  { name: 'append', run: appendCmd, min: 1, max: Infinity, usage: 'varName ?value ...?', safe: true },
  {
    name: 'string',
    safe: true,
    sub: [
      stringRow('bytelength', (_, args) => utf8Length(str(args[1]!)), 1, 1, 'string'),
      stringRow('cat', stringCatCmd, 0, Infinity, '?arg ...?'),
      stringRow('compare', stringCompareCmd, 2, 5, COMPARE),
      stringRow('equal', stringEqualCmd, 2, 5, COMPARE),
      stringRow('first', (_, args) => stringFirst(str(args[1]!), str(args[2]!), args[3]), 2, 3, FIND),
      stringRow('index', (_, args) => stringIndex(args[1]!, args[2]!), 2, 2, 'string charIndex'),
      { name: 'is', run: stringIsCmd, min: 2, max: 5, usage: 'class ?-strict? ?-failindex var? str', safe: true },
      stringRow('last', (_, args) => stringLast(str(args[1]!), str(args[2]!), args[3]), 2, 3, FIND),
      stringRow('length', (_, args) => textOf(args[1]!).length, 1, 1, 'string'),
      { ...stringRow('map', stringMapCmd, 2, 3, '?-nocase? charMap string'), list: -2 },
      stringRow('match', stringMatchCmd, 2, 3, '?-nocase? pattern string'),
      stringRow('range', (_, args) => stringRange(args[1]!, args[2]!, args[3]!), 3, 3, 'string first last'),
      stringRow('repeat', stringRepeatCmd, 2, 2, 'string count'),
      stringRow(
        'replace',
        (_, args) => stringReplace(str(args[1]!), args[2]!, args[3]!, args.length > 4 ? str(args[4]!) : ''),
        3,
        4,
        'string first last ?string?',
      ),
      stringRow('reverse', (_, args) => stringReverse(str(args[1]!)), 1, 1, 'string'),
      stringRow('tolower', caseCmd(lowerCase), 1, 3, CASE),
      stringRow('totitle', caseCmd(titleCase), 1, 3, CASE),
      stringRow('toupper', caseCmd(upperCase), 1, 3, CASE),
      stringRow('trim', trimCmd(true, true), 1, 2, 'string ?chars?'),
      stringRow('trimleft', trimCmd(true, false), 1, 2, 'string ?chars?'),
      stringRow('trimright', trimCmd(false, true), 1, 2, 'string ?chars?'),
      stringRow('wordend', (_, args) => wordEnd(str(args[1]!), args[2]!), 2, 2, 'string index'),
      stringRow('wordstart', (_, args) => wordStart(str(args[1]!), args[2]!), 2, 2, 'string index'),
    ],
  },
];
