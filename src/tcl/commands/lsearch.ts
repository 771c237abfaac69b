/** lsearch. Answers to tclCmdIL.c (Tcl_LsearchObjCmd). */
import type { Interp, PlainRow } from '../command.ts';
import { lookup, TclError } from '../errors.ts';
import { matcherOf } from '../glob.ts';
import { checkLength, elements, newList, typedElement } from '../list.ts';
import { doubleOf, indexOf, wideOf } from '../number.ts';
import { compileRe, execRe } from '../regexp.ts';
import { lowerCase } from '../unicode.ts';
import { EMPTY, share, str, type Value } from '../value.ts';
import { compareDictionary, compareText, readIndexOption, selectElement } from './lsort.ts';

const SWITCHES = [
  '-all',
  '-ascii',
  '-bisect',
  '-decreasing',
  '-dictionary',
  '-exact',
  '-glob',
  '-increasing',
  '-index',
  '-inline',
  '-integer',
  '-nocase',
  '-not',
  '-real',
  '-regexp',
  '-sorted',
  '-start',
  '-subindices',
] as const;
type Switch = (typeof SWITCHES)[number];

interface SearchOptions {
  mode: '-exact' | '-glob' | '-regexp' | '-sorted';
  type: '-ascii' | '-dictionary' | '-integer' | '-real';
  decreasing: boolean;
  path: readonly Value[];
  start: Value | null;
  /** The switches that only say yes. */
  on: Set<Switch>;
}

function readSwitches(args: readonly Value[]): SearchOptions {
  const o: SearchOptions = { mode: '-glob', type: '-ascii', decreasing: false, path: [], start: null, on: new Set() };
  const end = args.length - 2;
  for (let i = 1; i < end; i++) {
    const name = lookup(str(args[i]!), SWITCHES, 'option');
    switch (name) {
      case '-ascii':
      case '-dictionary':
      case '-integer':
      case '-real':
        o.type = name;
        break;
      case '-exact':
      case '-glob':
      case '-regexp':
      case '-sorted':
        o.mode = name;
        break;
      case '-decreasing':
      case '-increasing':
        o.decreasing = name === '-decreasing';
        break;
      case '-start':
        if (++i >= end) throw new TclError('missing starting index', ['TCL', 'ARGUMENT', 'MISSING']);
        o.start = args[i]!;
        break;
      case '-index':
        if (++i >= end) throw new TclError('"-index" option must be followed by list index', ['TCL', 'ARGUMENT', 'MISSING']);
        o.path = readIndexOption(args[i]!);
        break;
      default:
        if (name === '-bisect') o.mode = '-sorted';
        o.on.add(name);
    }
  }
  if (o.on.has('-subindices') && o.path.length === 0) throw badMix('-subindices cannot be used without -index option');
  if (o.on.has('-bisect') && (o.on.has('-all') || o.on.has('-not'))) throw badMix('-bisect is not compatible with -all or -not');
  return o;
}

function badMix(message: string): TclError {
  return new TclError(message, ['TCL', 'OPERATION', 'LSEARCH', 'BAD_OPTION_MIX']);
}

function lsearchCmd(interp: Interp, args: readonly Value[]): Value {
  const o = readSwitches(args);
  const pattern = args[args.length - 1]!;
  // A bad expression is complained about before a bad list, a bad pattern of another kind after it.
  const fits = o.mode === '-exact' || o.mode === '-sorted' ? null : matcher(interp, str(pattern), o);
  const a = elements(args[args.length - 2]!);
  const from = o.start === null ? 0 : Math.max(indexOf(o.start, a.length - 1), 0);
  const all = o.on.has('-all');
  const inline = o.on.has('-inline');
  if (from > a.length - 1 && o.start !== null) return all || inline ? EMPTY : -1;
  const order = orderTo(pattern, o);
  const matches = fits ?? ((v: Value) => order(v) === 0);
  if (o.mode === '-sorted' && !all && !o.on.has('-not')) {
    return answer(a, bisect(a, from, order, o), o);
  }
  if (o.mode === '-exact' && o.type === '-ascii' && !o.on.has('-nocase') && !o.on.has('-not') && !all && o.path.length === 0) {
    const i = placeOf(str(pattern), a, from);
    interp.budget.charge((i < 0 ? a.length : i + 1) - from);
    return answer(a, i, o);
  }
  const found: Value[] = [];
  const { path } = o;
  const not = o.on.has('-not');
  const first = fits === null && o.type === '-integer' && !all && !not && path.length === 0 ? from + intsBefore(pattern, a, from) : from;
  interp.budget.charge(first - from);
  let due = first;
  for (let i = first; i < a.length; i++) {
    if (i === due) {
      interp.budget.charge(2 * STEP);
      checkLength(found.length);
      due += STEP;
    }
    const e = a[i]!;
    if (matches(path.length === 0 ? e : selectElement(e, path)) === not) continue;
    if (!all) return answer(a, i, o);
    found.push(answer(a, i, o));
  }
  return all ? newList(found) : answer(a, -1, o);
}

/** Elements that are paid for at a time. */
const STEP = 64;

/** The commonest search. Only text that begins as a number does is compared with numbers. */
function placeOf(s: string, a: readonly Value[], from: number): number {
  const n = typedElement(s);
  const numeric = n === s && /^-?\d/.test(s);
  for (let i = from; i < a.length; i++) {
    const e = a[i]!;
    if (typeof e === 'string' ? e === s : typeof e === 'number' ? e === n || (numeric && str(e) === s) : str(e) === s) return i;
  }
  return -1;
}

/** How many small ints before a place where another thing or the one that is looked for is. */
function intsBefore(pattern: Value, a: readonly Value[], from: number): number {
  const n = wideOf(pattern);
  let i = from;
  for (; i < a.length; i++) {
    const e = a[i]!;
    if (typeof e !== 'number' || (e | 0) !== e || e === n) break;
  }
  return i - from;
}

/** How the pattern compares with an element: negative when it comes first. Reads the pattern at once, which may fail. */
function orderTo(pattern: Value, o: SearchOptions): (v: Value) => number {
  if (o.mode === '-glob' || o.mode === '-regexp') return () => 0;
  const s = str(pattern);
  switch (o.type) {
    case '-integer': {
      const n = wideOf(pattern);
      return (v) => compareNumbers(n, typeof v === 'number' && (v | 0) === v ? v : wideOf(v));
    }
    case '-real': {
      const n = doubleOf(pattern);
      return (v) => compareNumbers(n, doubleOf(v));
    }
    case '-dictionary':
      return (v) => compareDictionary(s, str(v));
  }
  if (!o.on.has('-nocase')) return (v) => compareText(s, str(v));
  const low = lowerCase(s);
  return (v) => compareText(low, lowerCase(str(v)));
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function matcher(interp: Interp, pattern: string, o: SearchOptions): (v: Value) => boolean {
  const nocase = o.on.has('-nocase');
  if (o.mode === '-regexp') {
    const re = compileRe(pattern, { nocase });
    const charge = (n: number) => interp.budget.charge(n);
    return (v) => execRe(re, str(v), 0, false, charge, -1) !== null;
  }
  const matches = matcherOf(pattern, nocase);
  return (v) => {
    const s = str(v);
    interp.budget.charge((s.length + pattern.length) / 8);
    return matches(s);
  };
}

/** The first of equals in a sorted list, or with `-bisect` the last that is not beyond the pattern. */
function bisect(a: readonly Value[], from: number, order: (v: Value) => number, o: SearchOptions): number {
  const last = o.on.has('-bisect');
  let lower = from - 1;
  let upper = a.length;
  let found = -1;
  while (lower + 1 !== upper) {
    const i = (lower + upper) >> 1;
    const c = order(selectElement(a[i]!, o.path));
    if (c === 0) found = i;
    if (c === 0 ? last : c > 0 !== o.decreasing) lower = i;
    else upper = i;
  }
  return last && found < 0 ? lower : found;
}

/** What a match at `i` gives: place, place with the path inside it, element, or the part of the element that was looked at. */
function answer(a: readonly Value[], i: number, o: SearchOptions): Value {
  const sub = o.on.has('-subindices');
  if (!o.on.has('-inline')) {
    // `end` within a path is told as a place in the list itself.
    return sub ? newList([i, ...o.path.map((index) => indexOf(index, a.length))]) : i;
  }
  if (i < 0) return EMPTY;
  return share(sub && o.on.has('-all') ? selectElement(a[i]!, o.path) : a[i]!);
}

export const lsearchRow: PlainRow = {
  name: 'lsearch',
  run: lsearchCmd,
  min: 2,
  max: Infinity,
  usage: '?-option value ...? list pattern',
  safe: true,
  pure: true,
  list: -2,
};
