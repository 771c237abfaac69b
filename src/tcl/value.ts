/**
 * Values: what a Tcl word can be. A value *is* its string; every other form is a cache of one reading of that string.
 *
 * | held as             | Tcl calls it | when                                                            |
 * |---------------------|--------------|-----------------------------------------------------------------|
 * | `string`            | pure string  | text, or a number not yet read, or not in canonical form (`0x10`) |
 * | `number`, integral  | int          | |n| <= 2^53-1, never -0                                          |
 * | `bigint`            | bignum       | any other integer; never one that fits a safe `number`           |
 * | `number`, fractional| double       | 0.5                                                              |
 * | `Dbl`               | double       | a double without a fraction: 3.0, 1e20, -0.0, Inf, NaN           |
 * | `TclList`, `TclDict`| list, dict   |                                                                  |
 * | `TclText`           | string       | long text in a variable that `append` lengthens                   |
 *
 * So `Number.isInteger(v)` says "Tcl int" with no tag and no allocation.
 *
 * Ownership. There are no reference counts. A list or dict carries a sticky `shared` flag: false means that at most one
 * variable or container holds it and it may be changed in place. Whoever stores a value in a second place says `share(v)`;
 * whoever changes one in place checks the flag first and copies when it is set. A list that was only lent (`lend`: another variable
 * or a parameter holds it) is not copied: the changed list takes its array over (`revised` in list.ts).
 * Answers to tclObj.c, Tcl_Obj.
 */

import { formatDouble } from './double-format.ts';
import { alone, LONG_NAME } from './kept.ts';
import { formatList, writing } from './list-format.ts';
import { madeText, R } from './regs.ts';

/** A cached typed form. Its string is made on demand. */
export abstract class Rep {
  abstract toString(): string;
}

export type Value = string | number | bigint | Rep;

/** A double whose value is integral, infinite or not a number. */
export class Dbl extends Rep {
  readonly n: number;
  constructor(n: number) {
    super();
    this.n = n;
  }
  toString(): string {
    return formatDouble(this.n);
  }
}

/** Doubles that were read from a script as it was compiled, and have not been asked for as numbers: Tcl still holds those as text. */
export const written = new WeakSet<Value & object>();

/** A list. `s` is its string when that is known (a list made by parsing keeps the text it came from). */
export class TclList extends Rep {
  /** The elements; null when a later state of the list has taken them over, and for a list that is two joined until they are read. */
  held: Value[] | null;
  s: string | null;
  shared: boolean;
  /** FIXED, SETTLED, and in the other bits how many changed lists have taken the array over, one from the other, since it was copied. */
  flags: number;
  /** What lies between this list and the present state of the array; null when no other list depends on that. */
  change: ListChange | null;
  constructor(a: Value[], s: string | null = null) {
    super();
    this.held = a;
    this.s = s;
    this.shared = false;
    this.flags = 0;
    this.change = null;
  }
  get a(): Value[] {
    return this.held ?? takeBack(this);
  }
  get length(): number {
    return this.held === null ? this.change!.length : this.held.length;
  }
  toString(): string {
    return (this.s ??= formatList(this.a));
  }
}

/**
 * Text that grows, in pieces of which each is at most half as long as the one before it. A JavaScript string that has grown by `+` is copied as a
 * whole when it is next looked at, which would be each time where appending and looking take turns.
 */
export class TclText extends Rep {
  length: number;
  shared = false;
  private readonly pieces: string[];
  /** The end of the last piece begins here. */
  private tailAt: number;
  private tail = '';
  /** Only read to look at a tail: till then it is a tree of all that was appended, which the garbage collector copies node by node. */
  looked = 0;
  constructor(s: string) {
    super();
    this.pieces = [s];
    this.length = this.tailAt = s.length;
  }
  append(more: string): void {
    this.length += more.length;
    this.tail += more;
    if (this.tail.length < TAIL) return;
    let last = this.tail;
    this.looked = last.charCodeAt(0);
    for (let before = this.pieces.at(-1); before !== undefined && before.length < 2 * last.length; before = this.pieces.at(-1)) {
      last = before + last;
      this.pieces.pop();
    }
    this.pieces.push(last);
    this.tailAt = this.length;
    this.tail = '';
  }
  /** Puts other copies of its pieces in their place. */
  settle(copy: (piece: string) => string): void {
    for (let i = 0; i < this.pieces.length; i++) this.pieces[i] = copy(this.pieces[i]!);
  }
  slice(from: number, to: number): string {
    if (from >= this.tailAt) return this.tail.slice(from - this.tailAt, to - this.tailAt);
    let out = to > this.tailAt ? this.tail.slice(0, to - this.tailAt) : '';
    let start = this.tailAt;
    for (let i = this.pieces.length - 1; i >= 0 && start > from; i--) {
      const piece = this.pieces[i]!;
      start -= piece.length;
      if (start < to) out = piece.slice(Math.max(from - start, 0), to - start) + out;
    }
    return out;
  }
  toString(): string {
    if (this.pieces.length > 1 || this.tail !== '') {
      madeText(this.length);
      this.pieces.splice(0, this.pieces.length, this.pieces.join('') + this.tail);
      this.tail = '';
      this.tailAt = this.length;
    }
    return this.pieces[0]!;
  }
}

/** The longest text that is copied each time it is looked at. */
export const TAIL = 1024;

/** Somebody has the array itself, or will want the list as it is: only a copy may be changed. */
export const FIXED = 1;
/** Each element is shared or no list or dict, so that two lists can have it. */
export const SETTLED = 2;
/** One more list has taken the array over. */
export const TAKEN = 4;

/** A step from one state of an array to the next: at a place so many elements were added for those removed; before that there were `length`. */
export class ListChange {
  length = 0;
  at = 0;
  added = 0;
  removed: readonly Value[] = [];
  /** Null for the present state, whose list is `owner`; of another state, `owner` is a list that ends with `removed`, which it may make longer. */
  next: ListChange | null = null;
  owner: TclList | null;
  constructor(owner: TclList) {
    this.owner = owner;
  }
}

/** Gives a list that was read after all elements of its own: a copy of those of today, with all changes since undone. */
function takeBack(list: TclList): Value[] {
  const changes: ListChange[] = [];
  let now = list.change!;
  for (; now.next !== null; now = now.next) changes.push(now);
  let a = now.owner!.held!;
  writing.pay(4 * Math.max(a.length, list.length));
  let c = changes.pop();
  if (c !== undefined && c.added === 0 && c.at === a.length) {
    // What was added at the end, piece by piece.
    let length = a.length;
    const pieces: (readonly Value[])[] = [];
    for (; c !== undefined && c.added === 0 && c.at === length && pieces.length < MAX_PIECES; c = changes.pop()) {
      pieces.push(c.removed);
      length += c.removed.length;
    }
    a = a.concat(...pieces);
  } else if (c !== undefined && c.removed.length === 0 && c.at === 0) {
    a = a.slice(c.added);
    c = changes.pop();
  } else a = a.slice();
  for (; c !== undefined; c = changes.pop()) replaceIn(a, c.at, c.added, c.removed);
  list.change = null;
  list.held = a;
  // It lives on: the next time a copy is made at once. What is in it was settled when another list took it over.
  list.flags |= FIXED | SETTLED;
  return a;
}

/** The text that `append` makes. `old` itself where nobody else holds it. */
export function appended(old: Value | undefined, more: string): Value {
  if (old instanceof TclText && !old.shared) {
    old.append(more);
    return old;
  }
  const s = old === undefined ? '' : str(old);
  if (s.length < TAIL) return s + more;
  const text = new TclText(s);
  text.append(more);
  return text;
}

/** So many arrays fit the JavaScript stack as arguments. */
const MAX_PIECES = 1000;

const FEW = 10;

/** Puts `items` in the place of `count` elements, and gives those. */
export function replaceIn(a: Value[], at: number, count: number, items: readonly Value[]): readonly Value[] {
  if (count === 1 && items.length === 1) {
    const old = a[at]!;
    a[at] = items[0]!;
    return [old];
  }
  if (count === 0 && at === a.length) {
    for (const e of items) a.push(e);
    return [];
  }
  if (at === 0 && items.length === 0 && count < FEW) {
    // V8 moves the beginning instead of all the others.
    const gone: Value[] = [];
    while (gone.length < count) gone.push(a.shift()!);
    return gone;
  }
  if (items.length <= 100) return a.splice(at, count, ...items);
  // So many arguments may not fit the JavaScript stack.
  const rest = a.splice(at);
  for (const e of items) a.push(e);
  for (let i = count; i < rest.length; i++) a.push(rest[i]!);
  return rest.slice(0, count);
}

/** Key of a dict entry or array element: a small canonical integer as a number, anything else as a string. Make one with `keyOf`. */
export type Key = string | number;

/** The first entries of a dict, as far as they were looked at, and what follows them in the map. */
interface Front {
  readonly keys: Key[];
  readonly rest: IterableIterator<[Key, Value]>;
}

/** So many are kept. */
const FRONT = 16;

/** A dict, in insertion order. */
export class TclDict extends Rep {
  m: Map<Key, Value>;
  s: string | null;
  shared: boolean;
  /** How many loops go over it: what they run may change a copy only. */
  readers = 0;
  /** Entries taken out since the map was made: V8 goes over the place of each until it makes room. */
  holes = 0;
  private front: Front | null = null;
  constructor(m: Map<Key, Value>, s: string | null = null) {
    super();
    this.m = m;
    this.s = s;
    this.shared = false;
  }
  /** It may be changed in place. */
  isOwned(): boolean {
    return !this.shared && this.readers === 0;
  }
  /** Takes an entry out. */
  remove(key: Key): void {
    if (!this.m.delete(key)) return;
    this.holes++;
    const at = this.front?.keys.indexOf(key) ?? -1;
    if (at >= 0) this.front!.keys.splice(at, 1);
  }
  /** Its entries from the first on; who takes some of the first out each time does not wait for all that were before them. */
  inOrder(): Iterable<readonly [Key, Value]> {
    if (this.holes <= 100) return this.m;
    if (this.front === null) {
      if (this.holes * this.holes > 200 * this.m.size) {
        this.m = new Map(this.m);
        this.holes = 0;
      }
      this.front = { keys: [], rest: this.m.entries() };
    }
    return this.fromFront(this.front);
  }
  private *fromFront(front: Front): Generator<readonly [Key, Value], void> {
    const { keys, rest } = front;
    let i = 0;
    for (; this.front === front && i < FRONT; i++) {
      if (i === keys.length) {
        const next = rest.next();
        if (next.done === true) break;
        keys.push(next.value[0]);
      }
      yield [keys[i]!, this.m.get(keys[i]!)!];
    }
    if (this.front === front) {
      this.front = null;
      yield* rest;
      return;
    }
    // Another loop has gone on from there.
    for (const entry of this.m) if (i-- <= 0) yield entry;
  }
  toString(): string {
    if (this.s === null) {
      const flat: Value[] = [];
      for (const [k, v] of this.m) flat.push(k, v);
      this.s = formatList(flat);
    }
    return this.s;
  }
}

export const EMPTY = '';

/** The string of a value. */
export function str(v: Value): string {
  if (typeof v === 'string') return v;
  if (typeof v === 'number') return Number.isInteger(v) ? String(v) : formatDouble(v);
  return v.toString();
}

/** A double as a value: fractional ones stay numbers, integral ones are boxed. */
export function dbl(n: number): Value {
  return n !== Math.floor(n) && n - n === 0 ? n : new Dbl(n);
}

/** An integer computed as a bigint, as a value. */
export function big(n: bigint): number | bigint {
  return n >= -9007199254740991n && n <= 9007199254740991n ? Number(n) : n;
}

/** Bytes of a list, dict or growing text without what is in it. */
export const LIST_BYTES = 130;

/** Marks a value as held in more than one place, so that nobody changes it in place. Returns it. */
export function share<T extends Value>(v: T): T {
  if (typeof v === 'object') {
    if (v instanceof TclList) {
      // What is put into another value has not been charged for: a new list may be held a million times over.
      if (!v.shared) R.grown += LIST_BYTES;
      v.shared = true;
      v.flags |= FIXED;
    } else if (v instanceof TclDict || v instanceof TclText) {
      if (!v.shared) R.grown += LIST_BYTES;
      v.shared = true;
    }
  }
  return v;
}

/** As `share`, where the second place holds the list itself, and reads its array anew each time. */
export function lend<T extends Value>(v: T): T {
  if (typeof v === 'object' && (v instanceof TclList || v instanceof TclDict || v instanceof TclText)) {
    if (!v.shared) R.grown += LIST_BYTES;
    v.shared = true;
  }
  return v;
}

/** The key of an array element or dict entry. `01`, `+1`, `-0` and long numbers stay strings, so distinct strings have distinct keys. */
export function keyOf(v: Value): Key {
  if (typeof v === 'number') return Number.isInteger(v) && v >= 0 && v <= 999999999 ? v : str(v);
  const s = typeof v === 'string' ? v : v.toString();
  const n = s.length;
  if (n === 0 || n > 9) return n > LONG_NAME ? alone(s) : s;
  let k = s.charCodeAt(0) - 48;
  if (k < 0 || k > 9 || (k === 0 && n > 1)) return s;
  for (let i = 1; i < n; i++) {
    const d = s.charCodeAt(i) - 48;
    if (d < 0 || d > 9) return s;
    k = k * 10 + d;
  }
  return k;
}
