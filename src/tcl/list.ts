/** Lists: text to elements and back, and the list and dict readings of a value. Answers to tclListObj.c and tclUtil.c, TclFindElement. */
import { readBackslash } from './backslash.ts';
import { TclError } from './errors.ts';
import { type Key, keyOf, share, str, TclDict, TclList, type Value } from './value.ts';

/** A new list that owns `a`. Elements that live elsewhere too must have been `share`d. */
export function newList(a: Value[]): TclList {
  return new TclList(a);
}

/** The list reading of a value. Throws Tcl's parse errors. The result may be the value itself: treat its elements as read-only. */
export function listOf(v: Value): TclList {
  if (v instanceof TclList) return v;
  if (typeof v === 'number' || typeof v === 'bigint') return new TclList([v]);
  if (v instanceof TclDict) {
    const flat: Value[] = [];
    for (const [k, e] of v.m) flat.push(k, share(e));
    return new TclList(flat, v.s);
  }
  const s = str(v);
  return new TclList(parseList(s), s);
}

/** The elements of a value read as a list; never change the array. */
export function elements(v: Value): readonly Value[] {
  return v instanceof TclList ? v.a : listOf(v).a;
}

/** A list safe to change in place: the value itself when nobody else holds it, else a copy. Its string is forgotten. */
export function ownList(v: Value): TclList {
  if (v instanceof TclList && !v.shared) {
    v.s = null;
    return v;
  }
  const a = elements(v).slice();
  if (v instanceof TclList) for (const e of a) share(e);
  return new TclList(a);
}

export function newDict(m: Map<Key, Value> = new Map()): TclDict {
  return new TclDict(m);
}

/** The dict reading of a value; later duplicates win but keep the first place. Throws `missing value to go with key`. */
export function dictOf(v: Value): TclDict {
  if (v instanceof TclDict) return v;
  const a = elements(v);
  if (a.length % 2 !== 0) throw new TclError('missing value to go with key', ['TCL', 'VALUE', 'DICTIONARY']);
  const m = new Map<Key, Value>();
  for (let i = 0; i < a.length; i += 2) m.set(keyOf(a[i]!), share(a[i + 1]!));
  // A list with duplicate keys keeps its own text until the dict is changed.
  return new TclDict(m, m.size * 2 === a.length ? str(v) : null);
}

/** A dict safe to change in place, as `ownList`. */
export function ownDict(v: Value): TclDict {
  if (v instanceof TclDict && !v.shared) {
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

/** Splits list text into elements. Canonical small integers become numbers, so that later arithmetic does not parse again. */
export function parseList(s: string): Value[] {
  const out: Value[] = [];
  const n = s.length;
  let i = 0;
  for (;;) {
    while (i < n && isSpace(s.charCodeAt(i))) i++;
    if (i >= n) return out;
    const c = s.charCodeAt(i);
    if (c === 123) {
      const end = closeBrace(s, i);
      out.push(typedElement(s.slice(i + 1, end)));
      i = end + 1;
      if (i < n && !isSpace(s.charCodeAt(i))) throw junk(s, i, 'braces');
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
      if (end >= n) throw new TclError('unmatched open quote in list', ['TCL', 'VALUE', 'LIST', 'QUOTE']);
      const raw = s.slice(i + 1, end);
      out.push(escaped ? unescape(raw) : typedElement(raw));
      i = end + 1;
      if (i < n && !isSpace(s.charCodeAt(i))) throw junk(s, i, 'quotes');
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
      out.push(escaped ? unescape(raw) : typedElement(raw));
      i = end;
    }
  }
}

function closeBrace(s: string, open: number): number {
  let depth = 1;
  for (let i = open + 1; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 123) depth++;
    else if (c === 125 && --depth === 0) return i;
  }
  throw new TclError('unmatched open brace in list', ['TCL', 'VALUE', 'LIST', 'BRACE']);
}

function junk(s: string, at: number, what: 'braces' | 'quotes'): TclError {
  let end = at;
  while (end < s.length && !isSpace(s.charCodeAt(end)) && end < at + 20) end++;
  return new TclError(`list element in ${what} followed by "${s.slice(at, end)}" instead of space`, ['TCL', 'VALUE', 'LIST', 'JUNK']);
}

function unescape(raw: string): string {
  let out = '';
  let i = 0;
  for (;;) {
    const b = raw.indexOf('\\', i);
    if (b < 0) return out + raw.slice(i);
    const { text, size } = readBackslash(raw, b);
    out += raw.slice(i, b) + text;
    i = b + size;
  }
}

/** A canonical small integer as a number, any other text as it is. */
export function typedElement(s: string): Value {
  const n = s.length;
  if (n === 0 || n > 15) return s;
  const c = s.charCodeAt(0);
  if (c > 57 || (c < 48 && c !== 45)) return s;
  const v = Number(s);
  return Number.isInteger(v) && String(v) === s ? v : s;
}
