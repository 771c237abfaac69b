/**
 * Tag expressions: which items a `tagOrId` means. `&&`, `||`, `^`, `!`, parentheses and quoted tags. `&&` and `||` bind alike and decide the
 * rest of their level as soon as they can, from left to right. Answers to canvas.n, ITEM IDS AND TAGS, and tkCanvas.c (TagSearch...).
 */

import type { TclError } from '../../tcl/errors.ts';
import { keptUntilCensus } from '../../tcl/kept.ts';
import { tkError } from '../errors.ts';

export type TagTest = (tags: readonly string[]) => boolean;

/** A number means one item; anything else a test, `all` included. */
export type TagSearch =
  | { readonly kind: 'id'; readonly id: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'test'; readonly test: TagTest };

interface Term {
  /** What joins it to the terms before it. */
  readonly op: '' | '&&' | '||' | '^';
  readonly test: TagTest;
}

function bad(what: string, code: string): TclError {
  return tkError(`${what} in tag search expression`, 'CANVAS', 'SEARCH', code);
}

class Scanner {
  private readonly s: string;
  private at = 0;
  private depth = 0;

  constructor(s: string) {
    this.s = s;
  }

  /** Terms up to the closing parenthesis of this level, or to the end. */
  level(): TagTest {
    if (++this.depth > 500) throw bad("too many '('", 'COMPLEXITY');
    const terms: Term[] = [];
    let op: Term['op'] | null = '';
    while (this.at < this.s.length) {
      if (/[ \t\n\r]/.test(this.s[this.at]!)) {
        this.at++;
        continue;
      }
      if (op !== null) {
        terms.push({ op, test: this.term() });
        op = null;
        continue;
      }
      op = this.operator();
      if (op === null) break;
    }
    this.depth--;
    if (op !== null) throw bad('missing tag', 'NO_TAG');
    return (tags) => evaluate(terms, tags);
  }

  /** null: the closing parenthesis. */
  private operator(): Term['op'] | null {
    const c = this.s[this.at++]!;
    if (c === ')') return null;
    if (c === '^') return '^';
    if (c !== '&' && c !== '|') throw bad('invalid boolean operator', 'BAD_OP');
    if (this.s[this.at++] !== c) throw bad(`singleton '${c}'`, 'INCOMPLETE_OP');
    return c === '&' ? '&&' : '||';
  }

  private term(): TagTest {
    let negate = false;
    while (this.at < this.s.length) {
      const c = this.s[this.at++]!;
      if (/[ \t\n\r]/.test(c)) continue;
      if (c === '!') {
        if (negate) throw bad("too many '!'", 'COMPLEXITY');
        negate = true;
        continue;
      }
      if ('&|^)'.includes(c)) throw bad('unexpected operator', 'UNEXPECTED');
      const test = c === '(' ? this.level() : this.tag(c);
      return negate ? (tags) => !test(tags) : test;
    }
    throw bad('missing tag', 'NO_TAG');
  }

  private tag(first: string): TagTest {
    let tag = '';
    if (first === '"') tag = this.quoted();
    else {
      const from = this.at - 1;
      while (this.at < this.s.length && !'!&|^()"'.includes(this.s[this.at]!)) this.at++;
      tag = this.s.slice(from, this.at).replace(/[ \t\n\r]+$/, '');
    }
    return (tags) => tags.includes(tag);
  }

  private quoted(): string {
    let out = '';
    while (this.at < this.s.length) {
      let c = this.s[this.at++]!;
      if (c === '\\') c = this.s[this.at++] ?? '';
      if (c === '"') {
        if (out === '') throw bad('null quoted tag string', 'EMPTY');
        return out;
      }
      out += c;
    }
    throw bad('missing endquote', 'ENDQUOTE');
  }
}

function evaluate(terms: readonly Term[], tags: readonly string[]): boolean {
  let result = false;
  for (const { op, test } of terms) {
    if (op === '&&' && !result) return false;
    if (op === '||' && result) return true;
    result = op === '^' ? result !== test(tags) : test(tags);
  }
  return result;
}

/** Has it an operator outside quotes? Else it is a tag, whatever else it holds. */
function isExpression(s: string): boolean {
  return /&&|\|\||\^|!/.test(s.replace(/"(?:\\[\s\S]|[^"\\])*"?/g, ''));
}

const compiled = keptUntilCensus(new Map<string, TagSearch>());

/** Reads a `tagOrId`. Throws on a malformed expression. */
export function tagSearch(s: string): TagSearch {
  const known = compiled.get(s);
  if (known) return known;
  const search = read(s);
  if (compiled.size > 500) compiled.clear();
  if (s.length < 200) compiled.set(s, search);
  return search;
}

function read(s: string): TagSearch {
  if (s === '') return { kind: 'none' };
  if (/^\d/.test(s)) {
    const hex = /^0[xX][0-9a-fA-F]+$/.test(s);
    if (hex || /^\d+$/.test(s)) return { kind: 'id', id: !hex && /^0[0-7]+$/.test(s) ? Number.parseInt(s, 8) : Number(s) };
  }
  if (s === 'all') return { kind: 'all' };
  return isExpression(s) ? { kind: 'test', test: new Scanner(s).level() } : { kind: 'tag', tag: s };
}
