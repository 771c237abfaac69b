/**
 * Characters as Tcl 8.6 sees them: case one character at a time, and the classes of `string is`. Full case mapping, as JavaScript
 * has it, would change lengths (`ß`) and look at neighbours (final sigma). Answers to tclUtf.c.
 */

import { utf8Size } from './utf8.ts';

const ASCII = /^[\x00-\x7f]*$/;
const BEYOND = /[^\x00-\x7f]/g;

export function lowerCase(s: string): string {
  const low = s.toLowerCase();
  return low === s || ASCII.test(s) || isSimple(s, low) ? low : s.replace(BEYOND, lowerChar).replace(/[A-Z]+/g, (t) => t.toLowerCase());
}

export function upperCase(s: string): string {
  const up = s.toUpperCase();
  return up === s || ASCII.test(s) || isSimple(s, up) ? up : s.replace(BEYOND, upperChar).replace(/[a-z]+/g, (t) => t.toUpperCase());
}

/** The other case is that of each character by itself, as below. */
function isSimple(s: string, other: string): boolean {
  if (other.length !== s.length) return false;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c > 127 && (c === SIGMA || (c & 0xf800) === 0xd800 || utf8Size(other.charCodeAt(i)) > utf8Size(c))) return false;
  }
  return true;
}

/** Its other case depends on where in a word it is. */
const SIGMA = 0x3a3;

/** First character in title case, the rest in lower case. */
export function titleCase(s: string): string {
  return s === '' ? s : titleChar(s.charAt(0)) + lowerCase(s.slice(1));
}

function lowerChar(c: string): string {
  return c === '\u0130' ? 'i' : fitting(c, c.toLowerCase());
}

/** Tcl keeps a character whose other case would need more bytes in UTF-8. */
function fitting(c: string, other: string): string {
  return other.length === c.length && utf8Size(other.charCodeAt(0)) <= utf8Size(c.charCodeAt(0)) ? other : c;
}

function upperChar(c: string): string {
  const up = c.toUpperCase();
  if (up.length === c.length) return fitting(c, up);
  // Greek letters with iota below: their capital is a character of its own.
  const n = c.charCodeAt(0);
  if (n >= 0x1f80 && n <= 0x1faf) return String.fromCharCode(n | 8);
  if (n === 0x1fb3 || n === 0x1fc3 || n === 0x1ff3) return String.fromCharCode(n + 9);
  return c;
}

/** The letters DŽ LJ NJ DZ have a title form; Georgian letters have no other than themselves. */
function titleChar(c: string): string {
  const n = c.charCodeAt(0);
  if (n >= 0x1c4 && n <= 0x1cc) return n <= 0x1c6 ? '\u01c5' : n <= 0x1c9 ? '\u01c8' : '\u01cb';
  if (n >= 0x1f1 && n <= 0x1f3) return '\u01f2';
  if ((n >= 0x10d0 && n <= 0x10ff) || (n >= 0x1c90 && n <= 0x1cbf)) return c;
  return upperChar(c);
}

/** Classes of `string is`, as sets of regular expressions. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{Nd}',
  alpha: '\\p{L}',
  ascii: '\\x00-\\x7f',
  control: '\\p{Cc}\\p{Cf}\\p{Co}',
  digit: '\\p{Nd}',
  graph: '\\p{L}\\p{N}\\p{M}\\p{P}\\p{S}',
  lower: '\\p{Ll}',
  print: '\\p{L}\\p{N}\\p{M}\\p{P}\\p{S}\\p{Z}',
  punct: '\\p{P}',
  space: '\\p{Z}\\t-\\r\\x85\\u180e\\u200b\\u2060\\ufeff',
  upper: '\\p{Lu}',
  wordchar: '\\p{L}\\p{Nd}\\p{Pc}',
  xdigit: '0-9a-fA-F',
};
const outside = new Map<string, RegExp>();

/** What does not belong to a class of `string is`; undefined where that is more than a set of characters. Made when first asked for. */
export function outsideOf(name: string): RegExp | undefined {
  let found = outside.get(name);
  if (found === undefined && Object.hasOwn(CLASSES, name)) {
    found = new RegExp(`[^${CLASSES[name]}]`, 'u');
    outside.set(name, found);
  }
  return found;
}

const asciiTables = new Map<RegExp, readonly boolean[]>();

/** Which of the first 128 characters such an expression finds. */
export function asciiTable(outside: RegExp): readonly boolean[] {
  let table = asciiTables.get(outside);
  if (table === undefined) {
    table = Array.from({ length: 128 }, (_, c) => outside.test(String.fromCharCode(c)));
    asciiTables.set(outside, table);
  }
  return table;
}

export const WORD_CHAR = /[\p{L}\p{Nd}\p{Pc}]/u;
