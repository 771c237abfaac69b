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
 *
 * So `Number.isInteger(v)` says "Tcl int" with no tag and no allocation.
 *
 * Ownership. There are no reference counts. A list or dict carries a sticky `shared` flag: false means that at most one
 * variable or container holds it and it may be changed in place. Whoever stores a value in a second place says `share(v)`;
 * whoever changes one in place checks the flag first and copies when it is set.
 * Answers to tclObj.c, Tcl_Obj.
 */
import { formatDouble } from './double-format.ts';
import { formatList } from './list-format.ts';

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

/** A list. `s` is its string when that is known (a list made by parsing keeps the text it came from). */
export class TclList extends Rep {
  a: Value[];
  s: string | null;
  shared: boolean;
  constructor(a: Value[], s: string | null = null) {
    super();
    this.a = a;
    this.s = s;
    this.shared = false;
  }
  toString(): string {
    return (this.s ??= formatList(this.a));
  }
}

/** Key of a dict entry or array element: a small canonical integer as a number, anything else as a string. Make one with `keyOf`. */
export type Key = string | number;

/** A dict, in insertion order. */
export class TclDict extends Rep {
  m: Map<Key, Value>;
  s: string | null;
  shared: boolean;
  constructor(m: Map<Key, Value>, s: string | null = null) {
    super();
    this.m = m;
    this.s = s;
    this.shared = false;
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
  return n % 1 !== 0 && n === n && n - n === 0 ? n : new Dbl(n);
}

/** An integer computed as a bigint, as a value. */
export function big(n: bigint): number | bigint {
  return n >= -9007199254740991n && n <= 9007199254740991n ? Number(n) : n;
}

/** Marks a value as held in more than one place, so that nobody changes it in place. Returns it. */
export function share<T extends Value>(v: T): T {
  if (typeof v === 'object' && (v instanceof TclList || v instanceof TclDict)) v.shared = true;
  return v;
}

/** The key of an array element or dict entry. `01`, `+1`, `-0` and long numbers stay strings, so distinct strings have distinct keys. */
export function keyOf(v: Value): Key {
  if (typeof v === 'number') return Number.isInteger(v) && v >= 0 && v <= 999999999 ? v : str(v);
  const s = typeof v === 'string' ? v : v.toString();
  const n = s.length;
  if (n === 0 || n > 9) return s;
  let k = s.charCodeAt(0) - 48;
  if (k < 0 || k > 9 || (k === 0 && n > 1)) return s;
  for (let i = 1; i < n; i++) {
    const d = s.charCodeAt(i) - 48;
    if (d < 0 || d > 9) return s;
    k = k * 10 + d;
  }
  return k;
}
