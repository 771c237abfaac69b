/**
 * The syntax of regular expressions: advanced, extended and basic, to one tree. The tree says of every part whether it prefers its longest
 * or its shortest match, and is cut where a match will have to be taken apart (captures, back references, mixed preferences).
 * Answers to re_syntax.n, regc_lex.c and regcomp.c.
 */
import { TclError } from './errors.ts';
import { type CharSet, charSet, classSet, collatingElement, complement, foldCase, keyOf } from './re-sets.ts';

export interface ReFlags {
  readonly nocase?: boolean;
  readonly expanded?: boolean;
  /** `.` and `[^x]` do not match a newline. */
  readonly linestop?: boolean;
  /** `^` and `$` match at lines. */
  readonly lineanchor?: boolean;
}

export type Constraint = '^' | '$' | 'A' | 'Z' | 'm' | 'M' | 'y' | 'Y';

export type ReNode =
  | { readonly op: 'empty' }
  | { readonly op: 'set'; readonly set: number }
  | { readonly op: 'constraint'; readonly which: Constraint }
  | { readonly op: 'look'; readonly ahead: boolean; readonly body: ReNode }
  /** Plain parts one after the other: nothing in them has to be told apart. */
  | { readonly op: 'seq'; readonly items: readonly ReNode[] }
  | { readonly op: 'any'; readonly branches: readonly ReNode[] }
  | { readonly op: 'repeat'; readonly body: ReNode; readonly min: number; readonly max: number }
  | TakenApart;

/** The parts that are taken apart. `short`: the part prefers its shortest match. */
export type TakenApart =
  | { readonly op: 'cat'; readonly left: TakenApart; readonly right: TakenApart; readonly short: boolean }
  | { readonly op: 'alt'; readonly branches: readonly TakenApart[]; readonly short: boolean }
  | { readonly op: 'iter'; readonly body: TakenApart; readonly min: number; readonly max: number; readonly short: boolean }
  | { readonly op: 'group'; readonly n: number; readonly body: TakenApart; readonly short: boolean }
  | { readonly op: 'backref'; readonly n: number; readonly min: number; readonly max: number; readonly short: boolean }
  /** A plain part among them. */
  | { readonly op: 'plain'; readonly body: ReNode; readonly short: boolean };

export interface ParsedRe {
  readonly tree: TakenApart;
  readonly sets: readonly CharSet[];
  readonly groups: number;
  readonly usesWords: boolean;
  readonly lineanchor: boolean;
  readonly hasBackrefs: boolean;
  /** What `-about` tells, but for what only the matches tell. */
  readonly notes: ReadonlySet<string>;
  /** Set when the whole is this text and nothing else. */
  readonly literal: string | null;
}

/** Preferences of a part, and what is in it; as in regguts.h. */
const LONGER = 1;
const SHORTER = 2;
const MIXED = 4;
const CAPTURES = 8;
const BACKREFS = 16;
const MESSY = MIXED | CAPTURES | BACKREFS;

interface Part {
  readonly node: ReNode;
  readonly flags: number;
}

const up = (f: number): number => (f & ~3) | ((f & 3) === 3 ? MIXED : 0);
const pref = (f: number): number => f & 3;
const combine = (a: number, b: number): number => up(a | b) | (pref(a) || pref(b));
const isShort = (f: number): boolean => pref(f) === SHORTER;

/** Largest count in braces. */
const MAX_COUNT = 255;
const MAX_DEPTH = 250;
/** Most characters and sets of an expression; Tcl's limit is on what they take. */
const MAX_ATOMS = 100_000;
const EMPTY: ReNode = { op: 'empty' };
const NEWLINE: CharSet = [10, 10];
const ANY: CharSet = [0, 0xffff];

const TEXTS: Readonly<Record<string, string>> = {
  BADBR: 'invalid repetition count(s)',
  BADOPT: 'invalid embedded option',
  BADRPT: 'quantifier operand invalid',
  EBRACE: 'braces {} not balanced',
  EBRACK: 'brackets [] not balanced',
  ECOLORS: 'too many colors',
  ECOLLATE: 'invalid collating element',
  ECTYPE: 'invalid character class',
  EESCAPE: 'invalid escape \\ sequence',
  EPAREN: 'parentheses () not balanced',
  ERANGE: 'invalid character range',
  ESUBREG: 'invalid backreference number',
  ETOOBIG: 'nfa has too many states',
};

export function reError(code: string): TclError {
  const text = TEXTS[code] ?? code;
  return new TclError(`couldn't compile regular expression pattern: ${text}`, ['REGEXP', `REG_${code}`, text]);
}

const ALNUM = /[\p{L}\p{Nd}]/u;
const DIGIT = /^[0-9]/;

export function parseRe(s: string, flags: ReFlags): ParsedRe {
  let i = 0;
  let flavor: 'are' | 'ere' | 'bre' = 'are';
  let { nocase = false, expanded = false, linestop = false, lineanchor = false } = flags;
  let quoted = false;
  const sets: CharSet[] = [];
  const setIds = new Map<string, number>();
  let groups = 0;
  /** Groups that are complete: a back reference may name only these. */
  const closed = new Set<number>();
  let usesWords = false;
  let hasBackrefs = false;
  let depth = 0;
  let atoms = 0;
  /** Look-aheads around the place being read: groups in them capture nothing and have no number. */
  let looking = 0;
  const notes = new Set<string>();

  return parse();

  function parse(): ParsedRe {
    directors();
    const rest = s.slice(i);
    if (quoted) return finish(text(rest), rest);
    if (flavor === 'are' && !expanded && /^[^\\^$.[\](){}*+?|]+$/.test(rest)) return finish(text(rest), rest);
    const part = alternatives();
    if (i < s.length) throw reError('EPAREN');
    return finish(part, null);
  }

  function text(text: string): Part {
    return { node: seqOf(Array.from({ length: text.length }, (_, k) => char(text.charCodeAt(k)))), flags: 0 };
  }

  function finish(part: Part, literal: string | null): ParsedRe {
    if (isShort(part.flags)) note('USHORTEST');
    if (nocase && literal?.toLowerCase() !== literal?.toUpperCase()) literal = null;
    return { tree: apart(part), sets, groups, usesWords, lineanchor, hasBackrefs, notes, literal };
  }

  function note(name: string): void {
    notes.add(name);
  }

  // --- what stands before the expression ----------------------------------------------------------------------------------------

  function directors(): void {
    if (s.startsWith('***')) {
      note('UNONPOSIX');
      if (s[3] !== '=' && s[3] !== ':') throw reError('BADRPT');
      i = 4;
      quoted = s[3] === '=';
      if (quoted) return;
    }
    if (s.startsWith('(?', i) && /[a-zA-Z]/.test(s[i + 2] ?? '')) embedded();
  }

  function embedded(): void {
    note('UNONPOSIX');
    i += 2;
    for (; /[a-zA-Z]/.test(s[i] ?? ''); i++) embeddedOption(s[i]!);
    if (s[i++] !== ')') throw reError('BADOPT');
  }

  function embeddedOption(c: string): void {
    if (c === 'b' || c === 'e') flavor = c === 'b' ? 'bre' : 'ere';
    else if (c === 'c' || c === 'i') nocase = c === 'i';
    else if (c === 'q') quoted = true;
    else if (c === 't' || c === 'x') expanded = c === 'x';
    else if ('mnpsw'.includes(c)) {
      linestop = 'mnp'.includes(c);
      lineanchor = 'mnw'.includes(c);
    } else throw reError('BADOPT');
  }

  // --- branches -----------------------------------------------------------------------------------------------------------------

  /** True where a closing parenthesis or the end of the pattern ends an expression. */
  function atEnd(): boolean {
    skipBlank();
    // One too many is a character of an extended expression.
    return i >= s.length || (s.startsWith(flavor === 'bre' ? '\\)' : ')', i) && (flavor !== 'ere' || depth > 1));
  }

  function atBar(): boolean {
    return flavor !== 'bre' && s[i] === '|';
  }

  /** White space and comments of expanded syntax. */
  function skipBlank(): void {
    for (;;) {
      skipExpanded();
      if (flavor !== 'are' || !s.startsWith('(?#', i)) return;
      note('UNONPOSIX');
      const end = s.indexOf(')', i);
      i = end < 0 ? s.length : end + 1;
    }
  }

  function skipExpanded(): void {
    if (!expanded) return;
    const [blank] = /^(?:\s|#[^\n]*)*/.exec(s.slice(i))!;
    if (blank !== '') note('UNONPOSIX');
    i += blank.length;
  }

  function alternatives(): Part {
    if (++depth > MAX_DEPTH) throw reError('ETOOBIG');
    const parts = [branch()];
    while (!atEnd() && atBar()) {
      i++;
      parts.push(branch());
    }
    depth--;
    if (parts.length === 1) return parts[0]!;
    let flags = LONGER;
    for (const p of parts) flags |= up(flags | p.flags);
    if ((flags & MESSY) === 0) return { node: { op: 'any', branches: parts.map((p) => p.node) }, flags };
    return { node: { op: 'alt', branches: parts.map(apart), short: false }, flags };
  }

  /** A branch: plain atoms are gathered up to one that has to be taken apart; what follows that is a branch again. */
  function branch(): Part {
    const pieces: Part[] = [];
    let plain: ReNode[] = [];
    let flags = 0;
    const gather = () => {
      if (plain.length > 0) pieces.push({ node: seqOf(plain), flags });
      plain = [];
      flags = 0;
    };
    if (atEnd() || atBar()) note('UUNSPEC');
    for (let before = ''; !atEnd() && !atBar(); ) {
      const at = i;
      const atom = quantified(before);
      before = atom.isConstraint && s[at] === '^' ? '^' : 'atom';
      const merged = flags | atom.prefer | atom.part.flags;
      if (!atom.isGroup && (up(merged) & MESSY) === 0) {
        plain.push(repeatOf(atom.part.node, atom.min, atom.max));
        flags = merged;
      } else {
        gather();
        pieces.push(messy(atom));
      }
    }
    gather();
    const last = pieces.pop() ?? { node: EMPTY, flags: 0 };
    return pieces.reduceRight((right, left) => cat(left, right), last);
  }

  // --- atoms --------------------------------------------------------------------------------------------------------------------

  /** `before`: what stands before it in its branch, as far as a basic expression asks. */
  function quantified(before: string): Atom {
    const anchor = flavor === 'bre' && s[i] === '^';
    const one = atom(before);
    skipBlank();
    // A star begins a basic expression as itself.
    if (anchor && one.isConstraint && s[i] === '*') return atomOf(one, ONCE);
    // Neither a constraint nor a quantifier can be quantified.
    if (one.isConstraint && atQuantifier()) throw reError('BADRPT');
    const q = quantifier();
    if (q === null) return atomOf(one, ONCE);
    skipBlank();
    if (atQuantifier()) throw reError('BADRPT');
    return atomOf(one, q);
  }

  function atQuantifier(): boolean {
    const c = s[i];
    if (c === '*' || (flavor !== 'bre' && (c === '+' || c === '?'))) return true;
    return flavor === 'bre' ? s.startsWith('\\{', i) : c === '{' && opensBounds();
  }

  /** A brace that is no character. */
  function opensBounds(): boolean {
    return (expanded ? /^\{(?:\s|#[^\n]*)*\d/ : /^\{\d/).test(s.slice(i));
  }

  function quantifier(): Quantifier | null {
    const c = s[i];
    if (c === '*' || (flavor !== 'bre' && (c === '+' || c === '?'))) {
      i++;
      return { min: c === '+' ? 1 : 0, max: c === '?' ? 1 : Infinity, prefer: isReluctant() ? SHORTER : LONGER };
    }
    return braces();
  }

  function isReluctant(): boolean {
    if (flavor !== 'are' || s[i] !== '?') return false;
    i++;
    note('UNONPOSIX');
    return true;
  }

  function braces(): Quantifier | null {
    const [open, close] = flavor === 'bre' ? ['\\{', '\\}'] : ['{', '}'];
    if (!s.startsWith(open!, i) || (flavor !== 'bre' && !opensBounds())) return null;
    note('UBOUNDS');
    i += open!.length;
    skipExpanded();
    if (!DIGIT.test(s[i] ?? '')) throw reError(i >= s.length ? 'EBRACE' : 'BADBR');
    const min = count();
    let max = min;
    const ranged = s[i] === ',';
    if (ranged) {
      i++;
      skipExpanded();
      max = DIGIT.test(s[i] ?? '') ? count() : Infinity;
      if (min > max) throw reError('BADBR');
    }
    if (!s.startsWith(close!, i)) throw reError(i >= s.length ? 'EBRACE' : 'BADBR');
    i += close!.length;
    // An exact count leaves the preference to its operand.
    const short = isReluctant();
    return { min, max, prefer: ranged ? (short ? SHORTER : LONGER) : 0 };
  }

  function count(): number {
    let n = 0;
    while (DIGIT.test(s[i] ?? '')) {
      n = n * 10 + Number(s[i++]);
      if (n > MAX_COUNT) throw reError('BADBR');
      skipExpanded();
    }
    return n;
  }

  function plain(node: ReNode): AtomStart {
    return { part: { node, flags: 0 }, isGroup: false, isConstraint: false };
  }

  function constraint(length: number, which: Constraint): AtomStart {
    i += length;
    if ('mMyY'.includes(which)) {
      usesWords = true;
      note('ULOCALE');
    }
    return { part: { node: { op: 'constraint', which }, flags: 0 }, isGroup: false, isConstraint: true };
  }

  function literal(length: number, c: number): AtomStart {
    i += length;
    return plain(char(c));
  }

  function dot(): AtomStart {
    i++;
    return plain(set(linestop ? complement(NEWLINE) : ANY));
  }

  function atom(before: string): AtomStart {
    const c = s[i]!;
    if (c === '.') return dot();
    if (c === '[') return bracket();
    if (flavor === 'bre') return basicAtom(c, before);
    switch (c) {
      case '(':
        return parenthesis();
      case '^':
      case '$':
        return constraint(1, c);
      case '*':
      case '+':
      case '?':
        throw reError('BADRPT');
      case ')':
        note('UPBOTCH');
        break;
      case '{':
        if (opensBounds()) throw reError('BADRPT');
        note('UBRACES');
        note('UUNSPEC');
        break;
      case '\\':
        if (flavor === 'are') return escape();
        if (i + 1 >= s.length) throw reError('EESCAPE');
        return escapedLiteral(s[i + 1]!);
    }
    return literal(1, c.charCodeAt(0));
  }

  /** Of the flavours without escapes. */
  function escapedLiteral(c: string): AtomStart {
    if (ALNUM.test(c)) {
      note('UBSALNUM');
      note('UUNSPEC');
    }
    return literal(2, c.charCodeAt(0));
  }

  function basicAtom(c: string, before: string): AtomStart {
    if (c === '^' && before === '') {
      if (depth > 1) note('UUNSPEC');
      return constraint(1, '^');
    }
    if (c === '$') {
      const at = i++;
      skipExpanded();
      const closes = s.startsWith('\\)', i);
      if (closes) note('UUNSPEC');
      if (closes || i >= s.length) return constraint(0, '$');
      i = at;
    }
    if (c === '*' && before === 'atom') throw reError('BADRPT');
    if (c !== '\\') return literal(1, c.charCodeAt(0));
    const next = s[i + 1];
    if (next === undefined) throw reError('EESCAPE');
    if (next === '(') {
      i++;
      return parenthesis();
    }
    if (next === '{') throw reError('BADRPT');
    if (next === '<' || next === '>') {
      note('UNONPOSIX');
      return constraint(2, next === '<' ? 'm' : 'M');
    }
    if (next >= '1' && next <= '9') return backref(2, Number(next));
    return escapedLiteral(next);
  }

  function parenthesis(): AtomStart {
    i++;
    if (flavor === 'are' && s[i] === '?') {
      note('UNONPOSIX');
      const kind = s[i + 1];
      i += 2;
      if (kind !== ':' && kind !== '=' && kind !== '!') throw reError('BADRPT');
      if (kind !== ':') looking++;
      const body = closed1(alternatives());
      if (kind === ':') return { part: body, isGroup: false, isConstraint: false };
      looking--;
      note('ULOOKAHEAD');
      const node: ReNode = { op: 'look', ahead: kind === '=', body: stripped(body.node) };
      return { part: { node, flags: 0 }, isGroup: false, isConstraint: true };
    }
    if (looking > 0) return { part: closed1(alternatives()), isGroup: false, isConstraint: false };
    const n = ++groups;
    const body = closed1(alternatives());
    closed.add(n);
    const node: ReNode = { op: 'group', n, body: apart(body), short: isShort(body.flags) };
    return { part: { node, flags: body.flags | CAPTURES }, isGroup: true, isConstraint: false };
  }

  /** What is in parentheses, once they are closed. */
  function closed1(part: Part): Part {
    const close = flavor === 'bre' ? '\\)' : ')';
    if (!s.startsWith(close, i)) throw reError('EPAREN');
    i += close.length;
    return part;
  }

  function backref(length: number, n: number): AtomStart {
    // A look ahead is an automaton of its own, which captures nothing.
    if (!closed.has(n) || looking > 0) throw reError('ESUBREG');
    i += length;
    note('UBACKREF');
    hasBackrefs = true;
    return { part: { node: { op: 'backref', n, min: 1, max: 1, short: false }, flags: BACKREFS }, isGroup: true, isConstraint: false };
  }

  // --- escapes of advanced expressions ------------------------------------------------------------------------------------------

  function escape(): AtomStart {
    const c = s[i + 1];
    if (c === undefined) throw reError('EESCAPE');
    if (!ALNUM.test(c)) return literal(2, c.charCodeAt(0));
    note('UNONPOSIX');
    if ('AZmMyY'.includes(c)) return constraint(2, c as Constraint);
    const cls = classEscape(c);
    if (cls !== null) {
      i += 2;
      return plain(set(cls));
    }
    const decimal = backrefAt(i + 1);
    return decimal === null ? literal(0, charEscape()) : backref(1 + decimal.length, Number(decimal));
  }

  /** Digits that name a group; null for those of a character. */
  function backrefAt(at: number): string | null {
    const [decimal] = /^[1-9][0-9]*/.exec(s.slice(at, at + 5)) ?? [''];
    return decimal.length === 1 || (decimal !== '' && Number(decimal) <= groups) ? decimal : null;
  }

  /** `\d \s \w` and their complements; null for others. */
  function classEscape(c: string): CharSet | null {
    const name = { d: 'digit', s: 'space', w: 'word' }[c.toLowerCase()];
    if (name === undefined) return null;
    note('ULOCALE');
    const set = classSet(name)!;
    return c === c.toLowerCase() ? set : negated(set);
  }

  function negated(set: CharSet): CharSet {
    return complement(linestop ? charSet([...set, ...NEWLINE]) : set);
  }

  /** The character of an escape; `i` is at the backslash and moves past it. */
  function charEscape(): number {
    const c = s[i + 1];
    if (c === undefined) throw reError('EESCAPE');
    if (DIGIT.test(c)) {
      const n = digits(1, 3, 8);
      if (n <= 0xff) return n;
      i--;
      return n >> 3;
    }
    const simple = 'abBefnrtv'.indexOf(c);
    if (simple >= 0) {
      if (c === 'e') note('UUNPORT');
      if (simple === 0 || c === 'e') note('ULOCALE');
      i += 2;
      return [7, 8, 92, 27, 12, 10, 13, 9, 11][simple]!;
    }
    switch (c) {
      case 'c':
        note('UUNPORT');
        i += 3;
        if (i > s.length) throw reError('EESCAPE');
        return s.charCodeAt(i - 1) & 31;
      case 'u':
        return digits(2, 4, 16);
      case 'U': {
        const n = digits(2, 8, 16);
        return n > 0xffff ? 0xfffd : n;
      }
      case 'x':
        return digits(2, 2, 16);
    }
    if (ALNUM.test(c)) throw reError('EESCAPE');
    i += 2;
    return c.charCodeAt(0);
  }

  /** Up to `most` digits, and at least one; none more that would lead beyond Unicode. */
  function digits(skip: number, most: number, base: number): number {
    // Not so the characters of Unicode.
    if (!/[uU]/.test(s[i + 1]!)) note('UUNPORT');
    i += skip;
    const from = i;
    let n = 0;
    for (; i < from + most && n <= 0x10fff; i++) {
      const d = Number.parseInt(s[i] ?? '', base);
      if (Number.isNaN(d)) break;
      n = n * base + d;
    }
    if (i === from) throw reError('EESCAPE');
    return n;
  }

  // --- brackets -----------------------------------------------------------------------------------------------------------------

  function bracket(): AtomStart {
    const edge = /^\[\[:([<>]):\]\]/.exec(s.slice(i, i + 7))?.[1];
    if (edge !== undefined) {
      note('UNONPOSIX');
      return constraint(7, edge === '<' ? 'm' : 'M');
    }
    i++;
    const others = s[i] === '^';
    if (others) i++;
    const ranges: number[] = [];
    for (let first = true; first || s[i] !== ']'; first = false) {
      if (i >= s.length) throw reError('EBRACK');
      // Elsewhere than at an edge it makes a range, and here of nothing or of what is one.
      if (!first && s[i] === '-' && i + 1 < s.length && s[i + 1] !== ']') throw reError('ERANGE');
      bracketItem(ranges);
    }
    i++;
    const given = nocase ? foldCase(charSet(ranges)) : charSet(ranges);
    return plain(set(others ? negated(given) : given, false));
  }

  function bracketItem(ranges: number[]): void {
    if (s.startsWith('[:', i)) {
      const find = (name: string) => classSet(nocase && (name === 'upper' || name === 'lower') ? 'alnum' : name);
      ranges.push(...named(':', find, 'ECTYPE'));
      return;
    }
    if (s.startsWith('[=', i)) {
      ranges.push(...named('=', element, 'ECOLLATE'));
      return;
    }
    if (s[i] === '\\') note('UBBS');
    if (flavor === 'are' && s[i] === '\\' && /[dswDSW]/.test(s[i + 1] ?? '')) {
      const c = s[i + 1]!;
      if (c !== c.toLowerCase()) throw reError('EESCAPE');
      note('UNONPOSIX');
      i += 2;
      ranges.push(...classEscape(c)!);
      return;
    }
    const from = bracketChar();
    let to = from;
    if (s[i] === '-' && s[i + 1] !== ']' && i + 1 < s.length) {
      i++;
      if (s[i] === '\\') note('UBBS');
      to = bracketChar();
      if (from > to) throw reError('ERANGE');
      if (from !== to) note('UUNPORT');
    }
    ranges.push(from, to);
  }

  function bracketChar(): number {
    if (s.startsWith('[.', i)) return named('.', element, 'ECOLLATE')[0]!;
    if (s.startsWith('[:', i) || s.startsWith('[=', i)) throw reError('ERANGE');
    if (s[i] === '\\' && flavor === 'are') {
      note('UNONPOSIX');
      if (/[dsw]/.test(s[i + 1] ?? '')) throw reError('ERANGE');
      if (/[AZmMyYDSW]/.test(s[i + 1] ?? '') || backrefAt(i + 1) !== null) throw reError('EESCAPE');
      return charEscape();
    }
    if (i >= s.length) throw reError('EBRACK');
    return s.charCodeAt(i++);
  }

  /** `[:name:]` and kin. */
  function named(mark: string, find: (name: string) => CharSet | undefined, code: string): CharSet {
    const end = s.indexOf(`${mark}]`, i + 2);
    if (end < 0) throw reError('EBRACK');
    const set = find(s.slice(i + 2, end));
    if (set === undefined) throw reError(code);
    if (mark !== '.' || end > i + 3) note('ULOCALE');
    i = end + 2;
    return set;
  }

  // --- sets ---------------------------------------------------------------------------------------------------------------------

  function char(c: number): ReNode {
    return set([c, c]);
  }

  function set(set: CharSet, fold = nocase): ReNode {
    if (++atoms > MAX_ATOMS) throw reError('ETOOBIG');
    const s = fold ? foldCase(set) : set;
    const key = keyOf(s);
    let id = setIds.get(key);
    if (id === undefined) {
      id = sets.length;
      sets.push(s);
      setIds.set(key, id);
    }
    return { op: 'set', set: id };
  }
}

interface Quantifier {
  readonly min: number;
  readonly max: number;
  readonly prefer: number;
}
interface AtomStart {
  readonly part: Part;
  /** A capturing group or a back reference: always taken apart. */
  readonly isGroup: boolean;
  readonly isConstraint: boolean;
}
type Atom = AtomStart & Quantifier;

const ONCE: Quantifier = { min: 1, max: 1, prefer: 0 };

/** Field by field: spread it takes a tenth of the time that an expression does. */
function atomOf({ part, isGroup, isConstraint }: AtomStart, { min, max, prefer }: Quantifier): Atom {
  return { part, isGroup, isConstraint, min, max, prefer };
}

function element(name: string): CharSet | undefined {
  const c = collatingElement(name);
  return c === undefined ? undefined : [c, c];
}

function seqOf(items: readonly ReNode[]): ReNode {
  if (items.length === 0) return EMPTY;
  return items.length === 1 ? items[0]! : { op: 'seq', items };
}

function repeatOf(body: ReNode, min: number, max: number): ReNode {
  if (max === 0) return EMPTY;
  return min === 1 && max === 1 ? body : { op: 'repeat', body, min, max };
}

/** A quantified atom that is taken apart. */
function messy({ part, isGroup, min, max, prefer }: Atom): Part {
  const flags = combine(prefer, part.flags);
  if (min === 1 && max === 1) return part;
  if (max === 0) return { node: EMPTY, flags: part.flags & CAPTURES };
  // Its count belongs to a back reference itself, but in parentheses, where it has one of its own.
  if (isGroup && part.node.op === 'backref') return { node: { ...part.node, min, max, short: isShort(flags) }, flags };
  // Of x{m,n} the last x alone captures.
  if (min > 0 && (part.flags & BACKREFS) === 0) {
    return cat({ node: repeatOf(stripped(part.node), min - 1, max - 1), flags: pref(flags) }, part, flags);
  }
  return { node: { op: 'iter', body: apart(part), min, max, short: isShort(flags) }, flags };
}

function cat(left: Part, right: Part, flags = combine(left.flags, right.flags)): Part {
  if (right.node.op === 'empty') return left;
  return { node: { op: 'cat', left: apart(left), right: apart(right), short: isShort(flags) }, flags };
}

/** A part as it stands in a tree that is taken apart. */
function apart({ node, flags }: Part): TakenApart {
  switch (node.op) {
    case 'cat':
    case 'alt':
    case 'iter':
    case 'group':
    case 'backref':
    case 'plain':
      return node;
  }
  return { op: 'plain', body: node, short: isShort(flags) };
}

/** The same without captures: a copy that only has to match. */
export function stripped(n: ReNode): ReNode {
  switch (n.op) {
    case 'seq':
      return { op: 'seq', items: n.items.map(stripped) };
    case 'any':
    case 'alt':
      return { op: 'any', branches: n.branches.map(stripped) };
    case 'repeat':
    case 'iter':
      return repeatOf(stripped(n.body), n.min, n.max);
    case 'cat':
      return { op: 'seq', items: [stripped(n.left), stripped(n.right)] };
    case 'group':
    case 'plain':
      return stripped(n.body);
  }
  return n;
}
