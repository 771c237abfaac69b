/**
 * Glob patterns over text, as `string match` has them: `*`, `?`, `[a-z]`, backslash. File names are matched elsewhere.
 * A failed match goes back to the last `*` alone, which is enough for such patterns, so the work is at most the product of the
 * two lengths. Answers to tclUtil.c (Tcl_StringCaseMatch).
 */
import { indexIn } from './search.ts';
import { lowerCase } from './unicode.ts';

const STAR = 42;
const QUESTION = 63;
const OPEN = 91;
const CLOSE = 93;
const BACKSLASH = 92;
const DASH = 45;

/** A pattern without special characters matches one text, which can be looked up. */
export function isPlainPattern(pattern: string): boolean {
  return !/[*?[\\]/.test(pattern);
}

/** True when the whole of `text` matches. */
export function stringMatch(pattern: string, text: string, nocase = false): boolean {
  const p = nocase ? lowerCase(pattern) : pattern;
  const s = nocase ? lowerCase(text) : text;
  let i = 0;
  let j = 0;
  // Where the last star was, and where in the text what follows it is tried next.
  let star = -1;
  let retry = 0;
  for (;;) {
    if (j < p.length && p.charCodeAt(j) === STAR) {
      while (p.charCodeAt(j) === STAR) j++;
      if (j === p.length) return true;
      star = j;
      retry = i;
    }
    if (j === star && i === retry) {
      // Plain text behind a star is looked for as such.
      const end = plainEnd(p, j);
      if (end === p.length) return s.length - i >= end - j && s.endsWith(p.slice(j));
      if (end > j) {
        retry = indexIn(s, p.slice(j, end), i);
        if (retry < 0) return false;
        i = retry + end - j;
        j = end;
        continue;
      }
      // Nothing but its end can match what has no star in it.
      const width = widthOf(p, j);
      if (width >= 0) {
        if (s.length - i < width) return false;
        i = s.length - width;
        star = -1;
      }
    }
    if (i === s.length) {
      if (j === p.length) return true;
      return false;
    }
    const next = j < p.length ? matchOne(p, j, s.charCodeAt(i)) : -1;
    if (next >= 0) {
      i++;
      j = next;
    } else {
      if (star < 0) return false;
      i = ++retry;
      j = star;
    }
  }
}

/** `stringMatch` of one pattern with many texts: most patterns are plain text with a star before it, behind it or both. */
export function matcherOf(pattern: string, nocase = false): (text: string) => boolean {
  const first = pattern.startsWith('*');
  const last = pattern.length > 1 && pattern.endsWith('*');
  const plain = pattern.slice(first ? 1 : 0, last ? -1 : pattern.length);
  if (nocase || (!first && !last) || !isPlainPattern(plain)) return (text) => stringMatch(pattern, text, nocase);
  if (first && last) return (text) => indexIn(text, plain) >= 0;
  return first ? (text) => text.endsWith(plain) : (text) => text.startsWith(plain);
}

/** How many characters match what is left of a pattern; -1 where there may be a star in it, or a set that is read in more than one way. */
function widthOf(p: string, j: number): number {
  if (p.indexOf('*', j) >= 0) return -1;
  let width = 0;
  for (let at = j; at < p.length; at++, width++) {
    const k = p.charCodeAt(at);
    if (k === BACKSLASH) at++;
    else if (k === OPEN) {
      at = p.indexOf(']', at);
      if (at < 0 || p.charCodeAt(at - 1) === DASH) return -1;
    }
  }
  return width;
}

/** Where the plain text that begins at `j` ends. */
function plainEnd(p: string, j: number): number {
  let end = j;
  for (; end < p.length; end++) {
    const k = p.charCodeAt(end);
    if (k === STAR || k === QUESTION || k === OPEN || k === BACKSLASH) break;
  }
  return end;
}

/** The place in the pattern after the item at `j` when that matches `c`, else -1. */
function matchOne(p: string, j: number, c: number): number {
  const k = p.charCodeAt(j);
  if (k === QUESTION) return j + 1;
  if (k === OPEN) return matchSet(p, j + 1, c);
  if (k !== BACKSLASH) return k === c ? j + 1 : -1;
  return j + 1 < p.length && p.charCodeAt(j + 1) === c ? j + 2 : -1;
}

/** A set has no escapes and no negation; it fails when it ends early, but its `]` may be missing once it has matched. */
function matchSet(p: string, j: number, c: number): number {
  let at = j;
  for (;;) {
    if (at >= p.length || p.charCodeAt(at) === CLOSE) return -1;
    const from = p.charCodeAt(at++);
    if (p.charCodeAt(at) === DASH) {
      if (++at >= p.length) return -1;
      const to = p.charCodeAt(at++);
      if (from <= to ? from <= c && c <= to : to <= c && c <= from) break;
    } else if (from === c) {
      break;
    }
  }
  const close = p.indexOf(']', at);
  return close < 0 ? p.length : close + 1;
}
