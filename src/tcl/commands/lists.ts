/**
 * The list commands, and what they do as functions that compiled code may call itself. Sorting and searching are in lsort.ts and
 * lsearch.ts; loops over lists are control commands. Answers to tclCmdIL.c and tclListObj.c.
 */
import type { CommandRow, Frame, Interp } from '../command.ts';
import { listTooLong, TclError } from '../errors.ts';
import {
  checkLength,
  continued,
  elements,
  elementsOf,
  GROWN_MAX,
  isRevisable,
  isSpace,
  joined,
  listOf,
  newList,
  ownList,
  push,
  restOf,
  revised,
  settle,
  shareAll,
} from '../list.ts';
import { indexOf, smallIntOf } from '../number.ts';
import { EMPTY, lend, replaceIn, SETTLED, share, str, TclDict, TclList, type Value } from '../value.ts';
import { lsearchRow } from './lsearch.ts';
import { lsortRow } from './lsort.ts';

/** Bytes that an element costs its list. */
const ELEMENT_BYTES = 8;

/** A new list of values that live elsewhere too. */
export function listFrom(values: readonly Value[], from = 0, to = values.length): TclList {
  return newList(shareAll(values.slice(from, to)));
}

/** `lindex list index`, where the index may be a list of indices. The element is shared: it is still in its list. */
export function lindexOf(list: Value, index: Value): Value {
  if (typeof index === 'number' && (index | 0) === index) return share(elements(list)[index] ?? EMPTY);
  return lindexPath(list, indexPath(index));
}

/** `lindex list i j ...`. Every index is read, also those beyond an element that is not there. */
export function lindexPath(list: Value, indices: readonly Value[]): Value {
  let at = list;
  for (let k = 0; k < indices.length; k++) {
    const a = elements(at);
    const found = a[indexOf(indices[k]!, a.length - 1)];
    if (found === undefined) {
      while (++k < indices.length) indexOf(indices[k]!, -1);
      return EMPTY;
    }
    at = found;
  }
  return share(at);
}

/** One index, or a list of them. Text that is neither is one index, which then fails as such. */
function indexPath(index: Value): readonly Value[] {
  if (index instanceof TclList) return index.a;
  const s = str(index);
  if (isIndex(s)) return [index];
  try {
    return elements(s);
  } catch (e) {
    if (e instanceof TclError) return [index];
    throw e;
  }
}

function isIndex(s: string): boolean {
  const c = s.charCodeAt(0);
  return s !== '' && !isSpace(c) && c !== 123 && c !== 34 && !/[\s\\]/.test(s);
}

/** So short a list is copied sooner than changed in place, as is the rest of one that loses most. */
const SHORT = 40;

/** `lrange list first last`. */
export function lrangeOf(list: Value, first: Value, last: Value): Value {
  const a = elements(list);
  const end = a.length - 1;
  const i = Math.max(indexOf(first, end), 0);
  const j = Math.min(indexOf(last, end), end);
  if (i > j) return EMPTY;
  const cut = end + i - j;
  if (!(list instanceof TclList) || a.length <= SHORT || cut > a.length / 2 || !isRevisable(list))
    return newList(elementsOf(listOf(list), i, j + 1));
  return revised(revised(list, j + 1, end - j, []), 0, i, []);
}

/** `linsert list index item ...`. */
export function linsertIn(list: Value, index: Value, items: readonly Value[]): Value {
  const { length } = elements(list);
  const at = Math.min(Math.max(indexOf(index, length), 0), length);
  return replaced(listOf(list), at, 0, items);
}

/** `lreplace list first last item ...`. */
export function lreplaceIn(list: Value, first: Value, last: Value, items: readonly Value[]): Value {
  const { length } = elements(list);
  const i = indexOf(first, length - 1);
  const j = indexOf(last, length - 1);
  const at = Math.min(Math.max(i, 0), length);
  return replaced(listOf(list), at, Math.max(at, Math.min(j, length - 1) + 1) - at, items);
}

function replaced(list: TclList, at: number, count: number, items: readonly Value[]): TclList {
  shareAll(items);
  const { length } = list;
  if (length > SHORT && (count <= MOVED || 2 * count < length) && isRevisable(list)) return revised(list, at, count, items);
  if (count <= MOVED && items.length <= count) {
    const all = elementsOf(list);
    replaceIn(all, at, count, items);
    return newList(all);
  }
  // One that grew in place would be copied again.
  const rest = elementsOf(list, at + count);
  return newList(at === 0 && items.length === 0 ? rest : elementsOf(list, 0, at).concat(items, rest));
}

/** So many are copied sooner than put together with what comes before and after them. */
const MOVED = 100;

/** So many are added one by one rather than as a list. */
const FEW = 10;

/** `lappend`: the list with the items at its end; `current` itself when nobody else holds it. */
export function lappendTo(current: Value | undefined, items: readonly Value[]): TclList {
  // Shared first: an item may be the list itself.
  shareAll(items);
  if (current instanceof TclList && current.shared) {
    const made = continued(current, items);
    if (made !== null) return made;
    const few = items.length === 1 || (items.length < FEW && current.held !== null && isRevisable(current));
    return few ? revised(current, current.a.length, 0, items) : joined(current, newList(items.slice()));
  }
  const list = current === undefined ? newList([]) : ownList(current);
  for (const e of items) push(list, e);
  return list;
}

/** `lset` along a path of indices. Nothing is changed when it throws. */
export function lsetIn(list: Value, indices: readonly Value[], value: Value): Value {
  share(value);
  if (indices.length === 0) return value;
  const path = lsetPath(list, indices);
  // Downwards first: what a list shares it shares before what is in it is changed.
  const lists: TclList[] = [];
  let at = list;
  for (const i of path) {
    const own = at instanceof TclList && isRevisable(at) ? at : ownList(at);
    if (own.shared) settle(own);
    lists.push(own);
    at = own.a[i] ?? EMPTY;
  }
  let x = value;
  for (let k = path.length - 1; k >= 0; k--) {
    let own = lists[k]!;
    const i = path[k]!;
    if (own.shared) own = revised(own, i, i < own.a.length ? 1 : 0, [x]);
    else ownList(own).a[i] = x;
    // What is in it may be its own.
    if (typeof x === 'object') own.flags &= ~SETTLED;
    x = own;
  }
  return x;
}

function lsetPath(list: Value, indices: readonly Value[]): number[] {
  let at = list;
  return indices.map((index) => {
    const a = elements(at);
    const i = indexOf(index, a.length - 1);
    if (i < 0 || i > a.length) throw new TclError('list index out of range', ['TCL', 'OPERATION', 'LSET', 'BADINDEX']);
    at = a[i] ?? EMPTY;
    return i;
  });
}

/** `concat`: as lists when all are lists (so that their elements keep their forms), else as text. */
export function concatOf(values: readonly Value[]): Value {
  return concatLists(values) ?? concatText(values);
}

function concatLists(values: readonly Value[]): Value | undefined {
  let whole: TclList | null = null;
  for (const v of values) {
    if (v instanceof TclList && v.s === null) {
      // A `#` that was not first is not quoted in its own list's text, but would be as text after it.
      if (v.length === 0) continue;
      if (whole !== null && str(v.a[0]!).startsWith('#')) return undefined;
      whole = whole === null ? lend(v) : joined(whole, v);
    } else if (v instanceof TclDict || str(v) !== '') {
      return undefined;
    }
  }
  return whole ?? EMPTY;
}

function concatText(values: readonly Value[]): string {
  let out = '';
  for (const v of values) {
    const s = str(v);
    let i = 0;
    let j = s.length;
    while (i < j && isSpace(s.charCodeAt(i))) i++;
    while (j > i && isSpace(s.charCodeAt(j - 1))) j--;
    // Trimming must not bare a backslash that quoted the space after it.
    if (j < s.length && j > i && s.charCodeAt(j - 1) === 92) j++;
    if (j > i) out += out === '' ? s.slice(i, j) : ` ${s.slice(i, j)}`;
  }
  return out;
}

/** `join list separator`. */
export function joinOf(list: Value, separator: string): string {
  return elements(list).map(str).join(separator);
}

/** That part of `s`, where it can be the same string as one before: words that come again are neither made nor hashed again. */
function known(seen: string[], s: string, from: number, to: number): string {
  const n = to - from;
  if (n === 0) return '';
  // Of longer ones V8 makes no copy.
  if (n > 12) return s.slice(from, to);
  const place = (31 * s.charCodeAt(from) + 7 * s.charCodeAt(to - 1) + n) & 255;
  const word = seen[place];
  if (word !== undefined && word.length === n && s.startsWith(word, from)) return word;
  return (seen[place] = s.slice(from, to));
}

/** `split string chars`; without characters, into characters. */
export function splitOf(s: string, chars: string): Value {
  if (s === '') return EMPTY;
  if (chars === '') return newList(characters(s));
  // What V8 splits by itself it does not stop.
  if (chars.length === 1 && s.length < GROWN_MAX) return newList(s.split(chars));
  const out: Value[] = [];
  const cuts = new Uint8Array(256);
  const seen = new Array<string>(256);
  for (let i = 0; i < chars.length; i++) if (chars.charCodeAt(i) < 256) cuts[chars.charCodeAt(i)] = 1;
  let from = 0;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c < 256 ? cuts[c] === 0 : !chars.includes(s.charAt(i))) continue;
    checkLength(out.length);
    out.push(known(seen, s, from, i));
    from = i + 1;
  }
  out.push(s.slice(from));
  return newList(out);
}

/** The characters as list elements, digits as the numbers they are. */
function characters(s: string): Value[] {
  const out: Value[] = [];
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    checkLength(out.length);
    if (c >= 48 && c <= 57) out.push(c - 48);
    else if ((c & 0xfc00) !== 0xd800) out.push(s.charAt(i));
    else {
      const pair = String.fromCodePoint(s.codePointAt(i)!);
      out.push(pair);
      i += pair.length - 1;
    }
  }
  return out;
}

// --- the commands -----------------------------------------------------------------------------------------------------------

function listCmd(_interp: Interp, args: readonly Value[]): Value {
  return args.length === 1 ? EMPTY : listFrom(args, 1);
}

function lindexCmd(_interp: Interp, args: readonly Value[]): Value {
  return args.length === 3 ? lindexOf(args[1]!, args[2]!) : lindexPath(args[1]!, args.slice(2));
}

function linsertCmd(interp: Interp, args: readonly Value[]): Value {
  pay(interp, copied(args[1]!) + args.length);
  return linsertIn(args[1]!, args[2]!, args.slice(3));
}

function llengthCmd(_interp: Interp, args: readonly Value[]): Value {
  return listOf(args[1]!).length;
}

function lrangeCmd(interp: Interp, args: readonly Value[]): Value {
  pay(interp, copied(args[1]!));
  return lrangeOf(args[1]!, args[2]!, args[3]!);
}

function lrepeatCmd(interp: Interp, args: readonly Value[]): Value {
  const count = smallIntOf(args[1]!) | 0;
  if (count < 0) throw new TclError(`bad count "${count}": must be integer >= 0`, ['TCL', 'OPERATION', 'LREPEAT', 'NEGARG']);
  const items = args.length - 2;
  const size = items * count;
  if (size > LIST_MAX) throw listTooLong(LIST_MAX);
  if (size === 0) return EMPTY;
  pay(interp, size);
  let { a } = listFrom(args, 2);
  if (size <= FEW_REPEATED) {
    while (a.length < size) a.push(a[a.length - items]!);
    return newList(a);
  }
  // By sixteens: long arrays take V8 as long to make as to fill.
  while (16 * a.length <= size) a = a.concat(...new Array<Value[]>(15).fill(a));
  const more = new Array<Value[]>(Math.floor(size / a.length) - 1).fill(a);
  return newList(a.concat(...more, a.slice(0, size % a.length)));
}

const FEW_REPEATED = 64;

/** LIST_MAX of tclInt.h on 64 bits. */
const LIST_MAX = 536870909;

function lreplaceCmd(interp: Interp, args: readonly Value[]): Value {
  pay(interp, copied(args[1]!) + args.length);
  return lreplaceIn(args[1]!, args[2]!, args[3]!, args.slice(4));
}

function lreverseCmd(interp: Interp, args: readonly Value[]): Value {
  const list = listOf(args[1]!);
  if (list.length === 0) return args[1]!;
  pay(interp, list.length);
  return newList(elementsOf(list).reverse());
}

function lassignCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const list = listOf(args[1]!);
  const count = args.length - 2;
  // A trace may change the list it is taken from.
  const a = shareAll(list.a.slice(0, count));
  const rest = restOf(list, count);
  for (let i = 0; i < count; i++) interp.setVar(str(args[i + 2]!), a[i] ?? EMPTY, frame);
  return rest;
}

function lsetCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = str(args[1]!);
  const list = interp.readVar(name, frame);
  const value = args[args.length - 1]!;
  if (list instanceof TclList && list.shared) pay(interp, copied(list));
  const path = args.length === 4 ? indexPath(args[2]!) : args.slice(2, -1);
  return interp.setVar(name, lsetIn(list, path, value), frame);
}

function lappendCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = str(args[1]!);
  const current = interp.getVar(name, frame);
  if (args.length === 2) {
    if (current === undefined) return interp.setVar(name, EMPTY, frame);
    listOf(current);
    return current;
  }
  pay(interp, current === undefined || (current instanceof TclList && !current.shared) ? args.length : args.length + copied(current));
  return interp.setVar(name, lappendTo(current, args.slice(2)), frame);
}

function concatCmd(interp: Interp, args: readonly Value[]): Value {
  for (const v of args) if (!(v instanceof TclList && v.s === null)) pay(interp, str(v).length / 8);
  return concatOf(args.slice(1));
}

function joinCmd(interp: Interp, args: readonly Value[]): Value {
  const a = elements(args[1]!);
  // Small integers JavaScript writes as Tcl does.
  const parts = a.every((v) => typeof v === 'number' && (v | 0) === v) ? a : a.map(str);
  const separator = args.length > 2 ? str(args[2]!) : ' ';
  let chars = separator.length * parts.length;
  for (const e of parts) chars += typeof e === 'string' ? e.length : 8;
  interp.budget.charge(parts.length + chars / 16);
  interp.budget.allocate(chars * 2);
  return parts.join(separator);
}

function splitCmd(interp: Interp, args: readonly Value[]): Value {
  const s = str(args[1]!);
  const chars = args.length > 2 ? str(args[2]!) : ' \n\t\r';
  interp.budget.charge(s.length * (1 + chars.length / 16));
  interp.budget.allocate(s.length * (chars === '' ? ELEMENT_BYTES : 2));
  return splitOf(s, chars);
}

/** Elements that are copied when the list is changed. */
function copied(list: Value): number {
  return list instanceof TclList && isRevisable(list) ? 0 : elements(list).length;
}

/** Pays for a copy of this many elements. */
function pay(interp: Interp, count: number): void {
  interp.budget.charge(count);
  interp.budget.allocate(count * ELEMENT_BYTES);
  checkLength(count - 1);
}

export const listRows: readonly CommandRow[] = [
  { name: 'concat', run: concatCmd, min: 0, max: Infinity, usage: '?arg ...?', safe: true, pure: true },
  { name: 'join', run: joinCmd, min: 1, max: 2, usage: 'list ?joinString?', safe: true, pure: true, list: 0 },
  { name: 'lappend', run: lappendCmd, min: 1, max: Infinity, usage: 'varName ?value ...?', safe: true },
  { name: 'lassign', run: lassignCmd, min: 1, max: Infinity, usage: 'list ?varName ...?', safe: true },
  { name: 'lindex', run: lindexCmd, min: 1, max: Infinity, usage: 'list ?index ...?', safe: true, pure: true },
  { name: 'linsert', run: linsertCmd, min: 2, max: Infinity, usage: 'list index ?element ...?', safe: true, pure: true, list: 0 },
  { name: 'list', run: listCmd, min: 0, max: Infinity, usage: '?arg ...?', safe: true, pure: true },
  { name: 'llength', run: llengthCmd, min: 1, max: 1, usage: 'list', safe: true, pure: true },
  { name: 'lrange', run: lrangeCmd, min: 3, max: 3, usage: 'list first last', safe: true, pure: true, list: 0 },
  { name: 'lrepeat', run: lrepeatCmd, min: 1, max: Infinity, usage: 'count ?value ...?', safe: true, pure: true },
  { name: 'lreplace', run: lreplaceCmd, min: 3, max: Infinity, usage: 'list first last ?element ...?', safe: true, pure: true, list: 0 },
  { name: 'lreverse', run: lreverseCmd, min: 1, max: 1, usage: 'list', safe: true, pure: true, list: 0 },
  lsearchRow,
  { name: 'lset', run: lsetCmd, min: 2, max: Infinity, usage: 'listVar ?index? ?index ...? value', safe: true },
  lsortRow,
  { name: 'split', run: splitCmd, min: 1, max: 2, usage: 'string ?splitChars?', safe: true, pure: true },
];
