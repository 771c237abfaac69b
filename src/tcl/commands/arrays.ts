/** `array`. Arrays themselves are in variables.ts. Answers to array.n and tclVar.c (TclInitArrayCmd). */
import type { CommandRow, Frame, Interp, PlainHandler } from '../command.ts';
import { lookup, TclError, variableError } from '../errors.ts';
import { isPlainPattern, matcherOf } from '../glob.ts';
import { hashOrder, hashStats } from '../hash-stats.ts';
import { elements, newList } from '../list.ts';
import { compileRe, execRe } from '../regexp.ts';
import { R } from '../regs.ts';
import { type Key, keyOf, share, str, type Value } from '../value.ts';
import {
  arrayNamed,
  ELEMENT_BYTES,
  findVar,
  fireArray,
  isTraced,
  plainEntries,
  type Search,
  type Searches,
  splitName,
  TclArray,
  unsetVar,
  Var,
} from '../variables.ts';

/** An array after its `array` traces have fired; null when there is none. */
function arrayOf(frame: Frame, name: string): TclArray | null {
  fireArray(frame, name);
  return arrayNamed(frame, name);
}

function existingArray(frame: Frame, name: string): TclArray {
  const found = arrayOf(frame, name);
  if (found === null) throw new TclError(`"${name}" isn't an array`, ['TCL', 'LOOKUP', 'ARRAY', name]);
  return found;
}

function hasElement(array: TclArray, key: Key): boolean {
  const e = array.m.get(key);
  return e instanceof Var ? e.v !== undefined : e !== undefined;
}

/** Keys in Tcl's order, those that match when a pattern is given. */
function keysOf(interp: Interp, array: TclArray, pattern: string | null): readonly Key[] {
  if (pattern !== null && isPlainPattern(pattern)) {
    const key = keyOf(pattern);
    return hasElement(array, key) ? [key] : [];
  }
  interp.budget.charge(array.m.size * 4);
  return hashOrder(plainEntries(array).keys(), pattern === null ? null : matcherOf(pattern));
}

function getCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const array = arrayOf(frame, str(args[1]!));
  if (array === null) return '';
  const name = str(args[1]!);
  const out: Value[] = [];
  const quiet = array.plain && !isTraced(frame, name);
  for (const key of keysOf(interp, array, args.length > 2 ? str(args[2]!) : null)) {
    // Read traces of elements see each read.
    const v = quiet ? (array.m.get(key) as Value | undefined) : interp.getVar(`${name}(${key})`, frame);
    if (v !== undefined) out.push(key, share(v));
    // One of them has unset the whole.
    else if (arrayNamed(frame, name) === null)
      throw variableError('read', `${name}(${key})`, 'no such variable', ['TCL', 'READ', 'VARNAME']);
  }
  return newList(out);
}

const MODES = ['-exact', '-glob', '-regexp'] as const;

function namesCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const array = arrayOf(frame, str(args[1]!));
  const mode = args.length > 3 ? lookup(str(args[2]!), MODES, 'option') : '-glob';
  if (array === null) return '';
  const pattern = args.length > 2 ? str(args[args.length - 1]!) : null;
  if (pattern === null || mode === '-glob') return newList([...keysOf(interp, array, pattern)]);
  if (mode === '-exact') return newList(hasElement(array, keyOf(pattern)) ? [pattern] : []);
  const re = compileRe(pattern, {});
  const charge = (n: number) => interp.budget.charge(n);
  return newList(keysOf(interp, array, null).filter((k) => execRe(re, String(k), 0, false, charge, -1) !== null));
}

function setCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = str(args[1]!);
  fireArray(frame, name);
  const [base, key] = splitName(name);
  const whole = findVar(frame, base, true, 'set', name)?.v;
  if (key !== null) {
    const isScalar = whole !== undefined && !(whole instanceof TclArray);
    throw variableError('set', name, "variable isn't array", ['TCL', 'LOOKUP', 'VARNAME', isScalar ? base : name]);
  }
  return fillArray(interp, args.slice(1), frame);
}

/** The first half of an `array set` that is compiled: before its list is computed. */
export function startArray(_interp: Interp, [name]: readonly Value[], frame: Frame): Value {
  fireArray(frame, str(name!));
  makeArray(frame, str(name!));
  return '';
}

/** The second; the list is the last word. */
export function fillArray(interp: Interp, words: readonly Value[], frame: Frame): Value {
  const name = str(words[0]!);
  const items = elements(words.at(-1)!);
  if (items.length % 2 !== 0) throw new TclError('list must have an even number of elements', ['TCL', 'ARGUMENT', 'FORMAT']);
  interp.budget.charge(items.length * 2);
  interp.budget.allocate(items.length * 24);
  if (items.length === 0) makeArray(frame, name);
  for (let i = 0; i < items.length; i += 2) {
    const value = share(items[i + 1]!);
    if (!setPlain(frame, name, keyOf(items[i]!), value)) interp.setVar(`${name}(${str(items[i]!)})`, value, frame);
  }
  return '';
}

/** Sets an element of an array that nobody watches; false where somebody may. */
function setPlain(frame: Frame, name: string, key: Key, value: Value): boolean {
  const v = findVar(frame, name, false);
  if (v === undefined || v.traces !== null || !(v.v instanceof TclArray)) return false;
  const { m } = v.v;
  const old = m.get(key);
  if (old instanceof Var) return false;
  if (old === undefined) R.grown += ELEMENT_BYTES;
  m.set(key, value);
  return true;
}

/** Makes the variable an array, if it is not one. */
function makeArray(frame: Frame, name: string): void {
  const v = findVar(frame, name, true)!;
  if (v.v === undefined && v.array === null) v.v = new TclArray();
  else if (!(v.v instanceof TclArray)) throw variableError('array set', name, "variable isn't array", ['TCL', 'WRITE', 'ARRAY']);
}

function unsetCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = str(args[1]!);
  const array = arrayOf(frame, name);
  if (array === null) return '';
  if (args.length === 2) {
    interp.unsetVar(name, frame);
    return '';
  }
  for (const key of keysOf(interp, array, str(args[2]!))) unsetVar(frame, name, key, true);
  return '';
}

function sizeCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const array = arrayOf(frame, str(args[1]!));
  if (array === null) return 0;
  if (!array.plain) interp.budget.charge(4 * array.m.size);
  return plainEntries(array).size;
}

// --- searches ---------------------------------------------------------------------------------------------------------------

const SEARCH_BYTES = 200;

function startSearch(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = str(args[1]!);
  const array = existingArray(frame, name);
  const { size } = array.m;
  interp.budget.charge(4 * size);
  interp.budget.allocate(SEARCH_BYTES + 8 * size);
  array.searches ??= { open: new Map(), newest: null };
  const { open, newest } = array.searches;
  const n = (newest?.n ?? 0) + 1;
  const search: Search = { n, keys: hashOrder(plainEntries(array).keys()), size, next: 0, older: newest, newer: null };
  if (newest !== null) newest.newer = search;
  array.searches.newest = search;
  open.set(n, search);
  return `s-${n}-${name}`;
}

function endSearch(searches: Searches, { n, older, newer }: Search): void {
  searches.open.delete(n);
  if (older !== null) older.newer = newer;
  if (newer !== null) newer.older = older;
  else searches.newest = older;
}

function searchNamed(frame: Frame, args: readonly Value[]): { search: Search; close: () => void } {
  const name = str(args[1]!);
  const { m: home, searches } = existingArray(frame, name);
  const id = str(args[2]!);
  const m = /^s-(\d+)-([\s\S]*)$/.exec(id);
  if (m === null) throw new TclError(`illegal search identifier "${id}"`, ['TCL', 'LOOKUP', 'ARRAYSEARCH', id]);
  if (m[2] !== name) {
    throw new TclError(`search identifier "${id}" isn't for variable "${name}"`, ['TCL', 'LOOKUP', 'ARRAYSEARCH', id]);
  }
  const search = searches?.open.get(Number(m[1]));
  if (search === undefined || search.size !== home.size)
    throw new TclError(`couldn't find search "${id}"`, ['TCL', 'LOOKUP', 'ARRAYSEARCH', id]);
  return { search, close: () => endSearch(searches!, search) };
}

function anyMore(_interp: Interp, args: readonly Value[], frame: Frame): Value {
  const { search } = searchNamed(frame, args);
  return search.next < search.keys.length ? 1 : 0;
}

function nextElement(_interp: Interp, args: readonly Value[], frame: Frame): Value {
  const { search } = searchNamed(frame, args);
  return search.keys[search.next++] ?? '';
}

function doneSearch(_interp: Interp, args: readonly Value[], frame: Frame): Value {
  searchNamed(frame, args).close();
  return '';
}

function sub(name: string, run: PlainHandler, min: number, max: number, usage: string) {
  return { name, run, min, max, usage, safe: true };
}

export const arrayRows: readonly CommandRow[] = [
  {
    name: 'array',
    safe: true,
    sub: [
      sub('anymore', anyMore, 2, 2, 'arrayName searchId'),
      sub('donesearch', doneSearch, 2, 2, 'arrayName searchId'),
      sub('exists', (_, args, frame) => (arrayOf(frame, str(args[1]!)) === null ? 0 : 1), 1, 1, 'arrayName'),
      sub('get', getCmd, 1, 2, 'arrayName ?pattern?'),
      sub('names', namesCmd, 1, 3, 'arrayName ?mode? ?pattern?'),
      sub('nextelement', nextElement, 2, 2, 'arrayName searchId'),
      sub('set', setCmd, 2, 2, 'arrayName list'),
      sub('size', sizeCmd, 1, 1, 'arrayName'),
      sub('startsearch', startSearch, 1, 1, 'arrayName'),
      sub(
        'statistics',
        (interp, args, frame) => {
          const array = existingArray(frame, str(args[1]!));
          interp.budget.charge(8 * array.m.size);
          return hashStats([...plainEntries(array).keys()].map(String));
        },
        1,
        1,
        'arrayName',
      ),
      sub('unset', unsetCmd, 1, 2, 'arrayName ?pattern?'),
    ],
  },
];
