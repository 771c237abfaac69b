/**
 * The pieces of Tcl syntax that scripts, expressions and `subst` share: variables, bracketed scripts, braces, quotes, white space
 * and comments. A scanner appends the parts it finds to `out` and returns the position after them; with `out` null it only finds
 * the end. What a command or an expression is made of is parser.ts's and expr-parser.ts's business.
 * Answers to Tcl.n and tclParse.c.
 */
import { readBackslash } from './backslash.ts';
import { TclError } from './errors.ts';

/** A piece of a word. Positions are offsets in the scanned text. */
export type WordPart =
  /** `lines`: how many it goes over, where escapes make that another number than its text has. */
  | { readonly kind: 'text'; readonly text: string; readonly lines?: number }
  | { readonly kind: 'var'; readonly name: string; readonly index: readonly WordPart[] | null }
  /** `text` is what stands between the brackets and begins at `at`. */
  | { readonly kind: 'script'; readonly text: string; readonly at: number };

/** Whether a part has backslashes that stand for something, or lines that go on. */
export function isEscaped(part: WordPart | undefined): boolean {
  return part?.kind === 'text' && part.lines !== undefined;
}

/** A syntax error at offset `at`. `incomplete`: more text might mend it (`info complete`). */
export class ParseError extends TclError {
  readonly at: number;
  readonly incomplete: boolean;
  constructor(message: string, at: number, incomplete = true) {
    super(message);
    this.at = at;
    this.incomplete = incomplete;
  }
}

/** What ends a word or starts a substitution, as bits of `charType`. */
export const SPACE = 1;
export const COMMAND_END = 2;
export const SUBST = 4;
export const QUOTE = 8;
export const CLOSE_PAREN = 16;
export const CLOSE_BRACKET = 32;

const TYPES = new Uint8Array(128);
for (const [chars, type] of [
  [' \t\v\f\r', SPACE],
  ['\n;', COMMAND_END],
  ['$[\\', SUBST],
  ['"', QUOTE],
  [')', CLOSE_PAREN],
  [']', CLOSE_BRACKET],
] as const) {
  for (const c of chars) TYPES[c.charCodeAt(0)] = type;
}

/** The syntactic class of a character code; 0 for ordinary ones. */
export function charType(code: number): number {
  return code < 128 ? TYPES[code]! : 0;
}

/** Deeper nesting of brackets and array indices than this is refused, since the scanners recurse. Scripts that people write stay below 20. */
const MAX_DEPTH = 500;

/** Letters, digits and underscore: what a variable's or function's name is made of. */
export function isBareword(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || c === 95;
}

/** Skips blanks and backslash-newlines, not newlines. */
export function skipSpace(text: string, at: number, end: number): number {
  let i = at;
  while (i < end) {
    const c = text.charCodeAt(i);
    if (charType(c) === SPACE) i++;
    else if (c === 92 && i + 1 < end && text.charCodeAt(i + 1) === 10) i += 2;
    else break;
  }
  return i;
}

/** Skips white space of every kind, newlines too. */
export function skipAllSpace(text: string, at: number, end: number): number {
  let i = skipSpace(text, at, end);
  while (i < end && text.charCodeAt(i) === 10) i = skipSpace(text, i + 1, end);
  return i;
}

/** Skips white space and comments before a command. */
export function skipComments(text: string, at: number, end: number): number {
  let i = skipAllSpace(text, at, end);
  while (i < end && text.charCodeAt(i) === 35) {
    while (i < end) {
      const c = text.charCodeAt(i);
      if (c === 92) {
        const after = skipSpace(text, i, end);
        i = after > i ? after : Math.min(end, i + readBackslash(text, i).size);
      } else {
        i++;
        if (c === 10) break;
      }
    }
    i = skipAllSpace(text, i, end);
  }
  return i;
}

/**
 * Text with substitutions, up to the first character whose type is in `stop` (or `end`): an unquoted word, the inside of quotes,
 * an array index. Returns where it stopped. A backslash-newline ends it when `stop` has SPACE.
 */
export function scanParts(text: string, at: number, end: number, stop: number, out: WordPart[] | null, depth = 0): number {
  let i = at;
  let plain = '';
  let escapedFrom = -1;
  const add = () => {
    if (plain !== '') {
      if (escapedFrom < 0) out?.push({ kind: 'text', text: plain });
      else out?.push({ kind: 'text', text: plain, lines: newlines(text.slice(escapedFrom, i)) });
    }
    plain = '';
    escapedFrom = -1;
  };
  for (;;) {
    const from = i;
    let c = 0;
    let type = 0;
    while (i < end && ((type = charType((c = text.charCodeAt(i)))) & (stop | SUBST)) === 0) i++;
    if (out !== null && i > from) plain += text.slice(from, i);
    if (i >= end || (type & stop) !== 0) break;
    if (c === 92) {
      if ((stop & SPACE) !== 0 && i + 1 < end && text.charCodeAt(i + 1) === 10) break;
      const { text: meant, size } = backslash(text, i, end);
      if (out !== null) {
        if (escapedFrom < 0) escapedFrom = i - plain.length;
        plain += meant;
      }
      i += size;
    } else if (c === 36 && !startsVariable(text, i, end)) {
      plain += '$';
      i++;
    } else {
      add();
      i = c === 36 ? scanVariable(text, i, end, out, depth) : scanScript(text, i, end, out, depth);
    }
  }
  add();
  return i;
}

/** The backslash sequence at `at`, which may not use text beyond `end`. */
function backslash(text: string, at: number, end: number): { text: string; size: number } {
  const found = readBackslash(text, at);
  return at + found.size <= end ? found : readBackslash(text.slice(at, end), 0);
}

/** True when the `$` at `at` begins a variable rather than standing for itself. */
function startsVariable(text: string, at: number, end: number): boolean {
  if (at + 1 >= end) return false;
  const c = text.charCodeAt(at + 1);
  return c === 123 || c === 40 || isBareword(c) || (c === 58 && at + 2 < end && text.charCodeAt(at + 2) === 58);
}

/** The variable whose `$` is at `at`: `$name`, `$name(index)`, `${name}`. A `$` that begins none is a text part. */
export function scanVariable(text: string, at: number, end: number, out: WordPart[] | null, depth = 0): number {
  if (!startsVariable(text, at, end)) {
    out?.push({ kind: 'text', text: '$' });
    return at + 1;
  }
  if (text.charCodeAt(at + 1) === 123) {
    const close = text.indexOf('}', at + 2);
    if (close < 0 || close >= end) throw new ParseError('missing close-brace for variable name', at + 1);
    out?.push(bracedVariable(text.slice(at + 2, close)));
    return close + 1;
  }
  const open = variableNameEnd(text, at + 1, end);
  const name = text.slice(at + 1, open);
  if (open >= end || text.charCodeAt(open) !== 40) {
    out?.push({ kind: 'var', name, index: null });
    return open;
  }
  const index: WordPart[] | null = out === null ? null : [];
  const close = scanParts(text, open + 1, end, CLOSE_PAREN, index, deeper(depth, at));
  if (close >= end) throw new ParseError('missing )', open);
  out?.push({ kind: 'var', name, index });
  return close + 1;
}

/** `${a(b)}` means the element `b` of `a`, without substitution. */
function bracedVariable(name: string): WordPart {
  const open = name.endsWith(')') ? name.indexOf('(') : -1;
  if (open < 0) return { kind: 'var', name, index: null };
  return { kind: 'var', name: name.slice(0, open), index: [{ kind: 'text', text: name.slice(open + 1, -1) }] };
}

function variableNameEnd(text: string, at: number, end: number): number {
  let i = at;
  while (i < end) {
    if (isBareword(text.charCodeAt(i))) i++;
    else if (text.charCodeAt(i) === 58 && i + 1 < end && text.charCodeAt(i + 1) === 58) {
      while (i < end && text.charCodeAt(i) === 58) i++;
    } else break;
  }
  return i;
}

/** The script whose `[` is at `at`. Returns the position after its `]`. */
export function scanScript(text: string, at: number, end: number, out: WordPart[] | null, depth = 0): number {
  const below = deeper(depth, at);
  let i = at + 1;
  do {
    i = skipCommand(text, i, end, below);
    if (i >= end) throw new ParseError('missing close-bracket', at);
  } while (text.charCodeAt(i++) !== 93);
  out?.push({ kind: 'script', text: text.slice(at + 1, i - 1), at: at + 1 });
  return i;
}

/** The end of the command that starts at `at` in a bracketed script: its newline, `;` or `]`, or `end`. */
function skipCommand(text: string, at: number, end: number, depth: number): number {
  let i = skipSpace(text, skipComments(text, at, end), end);
  while (i < end && (charType(text.charCodeAt(i)) & (COMMAND_END | CLOSE_BRACKET)) === 0) {
    i = wordStart(text, i, end);
    const c = text.charCodeAt(i);
    const bare = c !== 34 && c !== 123;
    if (bare) i = scanParts(text, i, end, SPACE | COMMAND_END | CLOSE_BRACKET, null, depth);
    else i = c === 34 ? scanQuoted(text, i, end, null, depth) : scanBraces(text, i, end, null);
    const next = skipSpace(text, i, end);
    if (next === i && !bare) checkWordEnd(text, i, end, true);
    i = next;
  }
  return i;
}

/** The start of the word proper: after the `{*}` prefix, if the word at `at` has one. */
export function wordStart(text: string, at: number, end: number): number {
  if (!text.startsWith('{*}', at)) return at;
  const i = at + 3;
  if (i >= end || skipSpace(text, i, end) > i || charType(text.charCodeAt(i)) === COMMAND_END) return at;
  return i;
}

/** Throws when something follows a quoted or braced word whose end is `at`. */
export function checkWordEnd(text: string, at: number, end: number, nested: boolean): void {
  if (at >= end) return;
  if ((charType(text.charCodeAt(at)) & (SPACE | COMMAND_END | (nested ? CLOSE_BRACKET : 0))) !== 0) return;
  if (text.charCodeAt(at) === 92 && at + 1 < end && text.charCodeAt(at + 1) === 10) return;
  const what = text.charCodeAt(at - 1) === 34 ? 'quote' : 'brace';
  throw new ParseError(`extra characters after close-${what}`, at, false);
}

/** The word whose `{` is at `at`, as at most one text part; backslash-newlines in it become spaces. Returns the position after `}`. */
export function scanBraces(text: string, at: number, end: number, out: WordPart[] | null): number {
  let level = 1;
  let from = at + 1;
  let plain = '';
  let i = at + 1;
  for (; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 123) level++;
    else if (c === 125) {
      if (--level === 0) break;
    } else if (c === 92) {
      if (i + 1 >= end || text.charCodeAt(i + 1) !== 10) {
        i++;
        continue;
      }
      plain += `${text.slice(from, i)} `;
      i++;
      while (i + 1 < end && (text.charCodeAt(i + 1) === 32 || text.charCodeAt(i + 1) === 9)) i++;
      from = i + 1;
    }
  }
  if (i >= end) throw new ParseError(`missing close-brace${commentHint(text, at, end)}`, at);
  if (out === null) return i + 1;
  const whole = plain + text.slice(from, i);
  out.push(plain === '' ? { kind: 'text', text: whole } : { kind: 'text', text: whole, lines: newlines(text.slice(at, i)) });
  return i + 1;
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

/** Guesses, as Tcl does, whether a brace in a comment unbalanced the braces that opened at `at`. */
function commentHint(text: string, at: number, end: number): string {
  let brace = false;
  for (let i = end - 1; i > at; i--) {
    const c = text.charCodeAt(i);
    if (c === 123) brace = true;
    else if (c === 10) brace = false;
    else if (c === 35 && brace && (text.charCodeAt(i - 1) === 10 || charType(text.charCodeAt(i - 1)) === SPACE)) {
      return ': possible unbalanced brace in comment';
    }
  }
  return '';
}

/** The word whose `"` is at `at`. Returns the position after the closing one. */
export function scanQuoted(text: string, at: number, end: number, out: WordPart[] | null, depth = 0): number {
  const close = scanParts(text, at + 1, end, QUOTE, out, depth);
  if (close >= end) throw new ParseError('missing "', at);
  return close + 1;
}

function deeper(depth: number, at: number): number {
  if (depth >= MAX_DEPTH) throw new ParseError('too many nested evaluations (infinite loop?)', at, false);
  return depth + 1;
}
