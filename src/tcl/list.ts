/**
 * Lists: text to elements, and the list and dict readings of a value. The other way is list-format.ts.
 * Answers to tclListObj.c, tclDictObj.c (SetDictFromAny) and tclUtil.c (TclFindElement).
 */

import { readBackslash } from './backslash.ts';
import { listTooLong, TclError } from './errors.ts';
import { alone, keptUntilCensus } from './kept.ts';
import { madeBytes, R } from './regs.ts';
import {
  FIXED,
  type Key,
  keyOf,
  LIST_BYTES,
  ListChange,
  lend,
  replaceIn,
  SETTLED,
  share,
  str,
  TAKEN,
  TclDict,
  TclList,
  type Value,
} from './value.ts';

/** Shorter ones cost no more than what holds them. */
const LONG_LIST = 64;

/** A new list that owns `a`. Elements that live elsewhere too must have been `share`d. */
export function newList(a: Value[]): TclList {
  if (a.length > LONG_LIST) madeBytes(8 * a.length);
  return new TclList(a);
}

/**
 * Recent readings of text, since a string cannot remember its own as a Tcl_Obj does: without them `lindex $text $i` in a loop
 * would parse the text each time. Two generations, so that what is in use survives; of short texts, which are cheaper to parse, the last one in each place.
 */
class Readings<T> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();
  private size = 0;
  private shortTexts: string[] = [];
  private shortReadings: T[] = [];

  constructor() {
    this.clear();
  }

  clear(): void {
    this.young = new Map();
    this.old = new Map();
    this.size = 0;
    this.shortTexts = new Array(SHORT_PLACES).fill('');
    this.shortReadings = [];
  }

  get(s: string): T | undefined {
    if (s.length < MIN_REMEMBERED) {
      const at = placeOf(s);
      return this.shortTexts[at] === s ? this.shortReadings[at] : undefined;
    }
    const v = this.young.get(s);
    if (v !== undefined) return v;
    const o = this.old.get(s);
    if (o !== undefined) this.put(s, o);
    return o;
  }

  put(s: string, v: T): T {
    if (s.length > MAX_REMEMBERED) return v;
    if (s.length < MIN_REMEMBERED) {
      const at = placeOf(s);
      this.shortTexts[at] = s;
      this.shortReadings[at] = v;
      return v;
    }
    this.size += s.length;
    if (this.size > MAX_REMEMBERED || this.young.size > MAX_READINGS) {
      this.old = this.young;
      this.young = new Map();
      this.size = s.length;
    }
    this.young.set(s, v);
    return v;
  }
}

const MIN_REMEMBERED = 10;
const SHORT_PLACES = 64;

function placeOf(s: string): number {
  const n = s.length;
  return n === 0 ? 0 : (n + 5 * s.charCodeAt(0) + 3 * s.charCodeAt(n >> 1) + s.charCodeAt(n - 1)) & (SHORT_PLACES - 1);
}

/** Characters of text remembered in a generation, and how many texts. */
const MAX_REMEMBERED = 1_000_000;
const MAX_READINGS = 200;

/** Told how many characters are about to be read: work that a script can make long. budget.ts takes it from the fuel. */
export const reading = { pay: (_chars: number): void => {} };
const FREE_READING = 256;

const listReadings = keptUntilCensus(new Readings<TclList>());
const dictReadings = keptUntilCensus(new Readings<TclDict>());
/** The last list read as a dict, and that dict; forgotten when the list is about to change. */
let readList: TclList | null = null;
let readDict: TclDict | null = null;
/** The last dict read as a list, and that list. */
let listedDict: TclDict | null = null;
let dictList: TclList | null = null;

/** The list reading of a value. Throws Tcl's parse errors. The result may be the value itself: treat its elements as read-only. */
export function listOf(v: Value): TclList {
  if (v instanceof TclList) return v;
  if (typeof v === 'number' || typeof v === 'bigint') return new TclList([v]);
  if (v instanceof TclDict) {
    if (v === listedDict) return dictList!;
    const flat: Value[] = [];
    for (const [k, e] of v.m) flat.push(k, share(e));
    const list = new TclList(flat, v.s);
    // It will not change.
    if (!v.shared) return list;
    listedDict = v;
    dictList = share(list);
    return list;
  }
  const s = str(v);
  const known = listReadings.get(s);
  if (known !== undefined) return known;
  if (s.length > FREE_READING) reading.pay(s.length);
  return listReadings.put(s, share(new TclList(parseList(s), s)));
}

/** The elements of a value read as a list; never change the array. */
export function elements(v: Value): readonly Value[] {
  return v instanceof TclList ? v.a : listOf(v).a;
}

/** A list safe to change in place: the value itself when nobody else holds it, else a copy. Its string is forgotten. */
export function ownList(v: Value): TclList {
  if (v instanceof TclList && !v.shared) {
    v.s = null;
    if (v === readList) readList = readDict = null;
    return v;
  }
  return new TclList(elementsOf(listOf(v)));
}

/** The elements of a part for another list: one that is held twice, and gives away many of them, shares them all once and for all. */
export function elementsOf(list: TclList, from = 0, to = list.length): Value[] {
  const part = list.a.slice(from, to);
  if (list.shared && 4 * part.length > list.length) settle(list);
  return (list.flags & SETTLED) !== 0 ? part : shareAll(part);
}

/**
 * The list with `items`, which must be shared, in the place of `count` elements. What it costs does not depend on the length, unless somebody
 * has the array itself: the new list takes that over, and the old one, if it is ever read again, gets a copy. (Baker's arrays: most
 * often the old list is garbage, which we cannot know for want of reference counts.) Now and then all is copied, so that what an old list
 * would have to undo stays short, and a list that nobody borrows again is changed in place.
 */
export function revised(list: TclList, at: number, count: number, items: readonly Value[]): TclList {
  const { a } = list;
  checkLength(a.length - count + items.length - 1);
  if (!isRevisable(list)) {
    const own = new TclList(elementsOf(list));
    replaceIn(own.a, at, count, items);
    return own;
  }
  settle(list);
  const next = new TclList(a);
  next.shared = true;
  next.flags = list.flags + TAKEN;
  next.change = new ListChange(next);
  const change = list.change ?? new ListChange(list);
  change.length = a.length;
  change.at = at;
  change.added = items.length;
  change.removed = replaceIn(a, at, count, items);
  change.next = next.change;
  change.owner = null;
  list.change = change;
  list.held = null;
  return next;
}

/**
 * A list of the elements of both, which are copied when it is read: of long lists, most often it is only counted or joined further. It is the first
 * one with a change undone, that took the second one away from its end.
 */
export function joined(list: TclList, end: TclList): TclList {
  const { length } = list;
  checkLength(length + end.length - 1);
  settle(end);
  if (length + end.length < MIN_JOINED) {
    settle(list);
    return new TclList(list.a.concat(end.a));
  }
  if (list.held !== null) settle(list);
  return unread(lend(list), length + end.length, length, 0, share(end).a);
}

/** A list of the elements from `from` on, which are copied when it is read: most often nobody does. */
export function restOf(list: TclList, from: number): TclList | string {
  const { length } = list;
  if (length <= from) return '';
  if (length < MIN_JOINED) return newList(elementsOf(list, from));
  if (list.held !== null) settle(list);
  return unread(lend(list), length - from, 0, from, []);
}

/** The same, where the list itself is most likely not read again. */
export function takenFrom(list: TclList, from: number): TclList | string {
  if (list.length <= from) return '';
  return isRevisable(list) ? revised(list, 0, from, []) : newList(elementsOf(list, from));
}

/** What comes of a list when a change is undone that put `added` elements in the place of `removed`. */
function unread(list: TclList, length: number, at: number, added: number, removed: readonly Value[]): TclList {
  const made = new TclList([]);
  const change = new ListChange(made);
  change.length = length;
  change.at = at;
  change.added = added;
  change.removed = removed;
  change.next = list.change ??= new ListChange(list);
  change.owner = null;
  made.held = null;
  made.change = change;
  R.grown += LIST_BYTES;
  return made;
}

const MIN_JOINED = 100;

/** What takes V8 more than 128 KB has pages of its own, which the system makes anew for each: that costs more than what is done with them. */
const PIECE = 8192;

/** Puts an element, which must be shared, at the end of a list that nobody else holds. A long list grows by pieces until it is read. */
export function push(list: TclList, x: Value): void {
  const { held } = ownList(list);
  if (held !== null && held.length < PIECE) held.push(x);
  else pushLong(list, x);
}

function pushLong(list: TclList, x: Value): void {
  const { held, change, length } = list;
  checkLength(length);
  if (held !== null) {
    // One that has been read will be again, as will one that was made so long, by those who take from its other end.
    if ((list.flags & FIXED) !== 0 || length > PIECE) {
      held.push(x);
      return;
    }
    settle(list);
    const begin = new TclList(held);
    addPiece(list, change ?? new ListChange(begin), length, [x]).owner = begin;
  } else if (change!.owner === list && change!.removed.length < PIECE) {
    (change!.removed as Value[]).push(x);
    change!.length++;
  } else addPiece(list, change!, length, [x]);
}

/** Makes of a list that was as `before`, and so long, one that ends with `piece`, which is its own. */
function addPiece(list: TclList, before: ListChange, length: number, piece: Value[]): ListChange {
  const change = new ListChange(list);
  change.length = length + piece.length;
  change.at = length;
  change.removed = piece;
  change.next = before;
  list.change = change;
  list.held = null;
  return before;
}

/** The same as `revised` at the end of a long list that must stay as it is: nothing is copied until the new one is read. */
export function continued(list: TclList, items: readonly Value[]): TclList | null {
  if (list.held === null || list.held.length < PIECE || (list.flags & FIXED) === 0) return null;
  checkLength(list.length + items.length - 1);
  settle(list);
  const made = new TclList([]);
  addPiece(made, (list.change ??= new ListChange(list)), list.length, items.slice());
  R.grown += LIST_BYTES;
  return made;
}

/** Short lists are copied sooner. */
const MIN_REVISED = 32;

export function isRevisable(list: TclList): boolean {
  const n = list.a.length;
  return n >= MIN_REVISED && (list.flags & FIXED) === 0 && list.flags < n;
}

/** From now on two lists have the elements. */
export function settle(list: TclList): void {
  if ((list.flags & SETTLED) !== 0) return;
  const { a } = list;
  if (a.length > FREE_READING) reading.pay(a.length);
  shareAll(a);
  list.flags |= SETTLED;
}

/** Marks all elements as held elsewhere too. */
export function shareAll<T extends readonly Value[]>(a: T): T {
  for (let i = 0; i < a.length; i++) {
    const e = a[i]!;
    if (typeof e === 'object') share(e);
  }
  return a;
}

export function newDict(m: Map<Key, Value> = new Map()): TclDict {
  return new TclDict(m);
}

/** The dict reading of a value; later duplicates win but keep the first place. Throws `missing value to go with key`. */
export function dictOf(v: Value): TclDict {
  if (v instanceof TclDict) return v;
  if (v instanceof TclList) {
    if (v === readList) return readDict!;
    readDict = share(dictOfElements(v.a, v));
    readList = v;
    return readDict;
  }
  const s = str(v);
  const known = dictReadings.get(s);
  if (known !== undefined) return known;
  if (s.length > FREE_READING) reading.pay(s.length);
  return dictReadings.put(s, share(dictOfElements(parseList(s, 'dict'), s)));
}

function dictOfElements(a: readonly Value[], whole: Value): TclDict {
  if (a.length % 2 !== 0) throw new TclError('missing value to go with key', ['TCL', 'VALUE', 'DICTIONARY']);
  const m = new Map<Key, Value>();
  for (let i = 0; i < a.length; i += 2) m.set(keyOf(a[i]!), share(a[i + 1]!));
  // With duplicate keys the text is no longer that of the dict.
  return new TclDict(m, m.size * 2 === a.length ? str(whole) : null);
}

/** A dict safe to change in place, as `ownList`. */
export function ownDict(v: Value): TclDict {
  if (v instanceof TclDict && v.isOwned()) {
    v.s = null;
    return v;
  }
  const m = new Map(dictOf(v).m);
  for (const e of m.values()) share(e);
  return new TclDict(m);
}

export function isSpace(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}

/** The longest list: V8 asks for half as much again where one grows, and ends where that is more than an array may have. */
export const GROWN_MAX = 80_000_000;

/** Throws before a list that has so many elements grows by one more than it may. */
export function checkLength(elements: number): void {
  if (elements >= GROWN_MAX) throw listTooLong(GROWN_MAX);
}

/**
 * Splits list text into elements. Canonical small integers become numbers, so that later arithmetic does not parse again.
 * `starts` is given the place of each element before it is read: the last one is where an error lies.
 */
export function parseList(s: string, kind: Kind = 'list', starts?: number[]): Value[] {
  const out: Value[] = [];
  const n = s.length;
  let i = 0;
  for (;;) {
    while (i < n && isSpace(s.charCodeAt(i))) i++;
    if (i >= n) return out;
    checkLength(out.length);
    starts?.push(i);
    const c = s.charCodeAt(i);
    if (c === 123) {
      const end = closeBrace(s, i, kind);
      out.push(typedElement(s.slice(i + 1, end)));
      i = end + 1;
      if (i < n && !isSpace(s.charCodeAt(i))) throw junk(s, i, 'braces', kind);
    } else if (c === 34) {
      let end = i + 1;
      let escaped = false;
      while (end < n && s.charCodeAt(end) !== 34) {
        if (s.charCodeAt(end) === 92) {
          escaped = true;
          end++;
        }
        end++;
      }
      if (end >= n) throw bad(kind, 'QUOTE', `unmatched open quote in ${kind}`);
      const raw = s.slice(i + 1, end);
      out.push(escaped ? unbackslash(raw) : typedElement(raw));
      i = end + 1;
      if (i < n && !isSpace(s.charCodeAt(i))) throw junk(s, i, 'quotes', kind);
    } else {
      let end = i;
      let escaped = false;
      while (end < n && !isSpace(s.charCodeAt(end))) {
        if (s.charCodeAt(end) === 92) {
          escaped = true;
          end += readBackslash(s, end).size;
        } else {
          end++;
        }
      }
      const raw = s.slice(i, end);
      out.push(escaped ? unbackslash(raw) : typedElement(raw));
      i = end;
    }
  }
}

type Kind = 'list' | 'dict';

function bad(kind: Kind, code: string, message: string): TclError {
  return new TclError(message, ['TCL', 'VALUE', kind === 'list' ? 'LIST' : 'DICTIONARY', code]);
}

function closeBrace(s: string, open: number, kind: Kind): number {
  let depth = 1;
  for (let i = open + 1; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 123) depth++;
    else if (c === 125 && --depth === 0) return i;
  }
  throw bad(kind, 'BRACE', `unmatched open brace in ${kind}`);
}

function junk(s: string, at: number, what: 'braces' | 'quotes', kind: Kind): TclError {
  let end = at;
  while (end < s.length && !isSpace(s.charCodeAt(end)) && end < at + 20) end++;
  return bad(kind, 'JUNK', `${kind} element in ${what} followed by "${s.slice(at, end)}" instead of space`);
}

function unbackslash(raw: string): string {
  const parts: string[] = [];
  let out = '';
  let i = 0;
  for (;;) {
    const b = raw.indexOf('\\', i);
    if (b < 0) return parts.join('') + out + raw.slice(i);
    const { text, size } = readBackslash(raw, b);
    out += raw.slice(i, b) + text;
    i = b + size;
    if (out.length < LONG_PART) continue;
    reading.pay(50 * out.length);
    // V8 keeps each step in which a text grows.
    parts.push(alone(out));
    out = '';
  }
}

const LONG_PART = 10_000;

/** A canonical small integer as a number, any other text as it is. */
export function typedElement(s: string): Value {
  const n = s.length;
  if (n === 0 || n > 15) return s;
  const c = s.charCodeAt(0);
  if (c > 57 || (c < 48 && c !== 45)) return s;
  const v = Number(s);
  // `1e+21` is what JavaScript writes, too, but no integer.
  return Number.isSafeInteger(v) && String(v) === s ? v : s;
}
