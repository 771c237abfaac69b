/**
 * The syntax of regular expressions: advanced, extended and basic, to one tree. The tree says of every part whether it prefers its longest
 * or its shortest match, and is cut where a match will have to be taken apart (captures, back references, mixed preferences).
 * Answers to re_syntax.n, regc_lex.c and regcomp.c.
 */
import { TclError } from './errors.ts';
import { type CharSet, charSet, classSet, collatingElement, complement, foldCase } from './re-sets.ts';

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
  /** What `-about` tells. */
  readonly info: readonly string[];
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
const EMPTY: ReNode = { op: 'empty' };
const NEWLINE: CharSet = [10, 10];
const ANY: CharSet = [0, 0xffff];

const TEXTS: Readonly<Record<string, string>> = {
  BADBR: 'invalid repetition count(s)',
  BADOPT: 'invalid embedded option',
  BADRPT: 'quantifier operand invalid',
  EBRACE: 'braces {} not balanced',
  EBRACK: 'brackets [] not balanced',
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
  return new TclError(`couldn't compile regular expression pattern: ${text}`, ['REGEXP', code, text]);
}

export function parseRe(pattern: string, flags: ReFlags): ParsedRe {
  return new Parser(pattern, flags).parse();
}

const DIGIT = /^[0-9]/;

class Parser {
  private readonly s: string;
  private i = 0;
  private flavor: 'are' | 'ere' | 'bre' = 'are';
  private nocase: boolean;
  private expanded: boolean;
  private linestop: boolean;
  private lineanchor: boolean;
  private quoted = false;
  private readonly sets: CharSet[] = [];
  private readonly setIds = new Map<string, number>();
  private groups = 0;
  /** Groups that are complete: a back reference may name only these. */
  private readonly closed = new Set<number>();
  private usesWords = false;
  private hasBackrefs = false;
  private depth = 0;
  /** Look-aheads around the place being read: groups in them capture nothing and have no number. */
  private looking = 0;
  private readonly info = new Set<string>();

  constructor(s: string, flags: ReFlags) {
    this.s = s;
    this.nocase = flags.nocase === true;
    this.expanded = flags.expanded === true;
    this.linestop = flags.linestop === true;
    this.lineanchor = flags.lineanchor === true;
  }

  parse(): ParsedRe {
    this.directors();
    const rest = this.s.slice(this.i);
    if (this.quoted) return this.finish(this.text(rest), rest);
    if (this.flavor === 'are' && !this.expanded && /^[^\\^$.[\](){}*+?|]*$/.test(rest)) return this.finish(this.text(rest), rest);
    const part = this.alternatives();
    if (this.i < this.s.length) throw reError('EPAREN');
    return this.finish(part, null);
  }

  private text(text: string): Part {
    return { node: seqOf(Array.from({ length: text.length }, (_, k) => this.char(text.charCodeAt(k)))), flags: 0 };
  }

  private finish(part: Part, literal: string | null): ParsedRe {
    if (matchesEmpty(part.node)) this.note('UEMPTYMATCH');
    if (isShort(part.flags)) this.note('USHORTEST');
    const { sets, groups, usesWords, hasBackrefs, lineanchor } = this;
    const info = INFO.filter((name) => this.info.has(name)).map((name) => `REG_${name}`);
    return { tree: apart(part), sets, groups, usesWords, lineanchor, hasBackrefs, info, literal: this.nocase ? null : literal };
  }

  private note(name: string): void {
    this.info.add(name);
  }

  // --- what stands before the expression ----------------------------------------------------------------------------------------

  private directors(): void {
    const { s } = this;
    if (s.startsWith('***')) {
      this.note('UNONPOSIX');
      if (s[3] !== '=' && s[3] !== ':') throw reError('BADRPT');
      this.i = 4;
      this.quoted = s[3] === '=';
      if (this.quoted) return;
    }
    if (s.startsWith('(?', this.i) && /[a-zA-Z]/.test(s[this.i + 2] ?? '')) this.embedded();
  }

  private embedded(): void {
    this.note('UNONPOSIX');
    this.i += 2;
    for (; /[a-zA-Z]/.test(this.s[this.i] ?? ''); this.i++) this.embeddedOption(this.s[this.i]!);
    if (this.s[this.i++] !== ')') throw reError('BADOPT');
  }

  private embeddedOption(c: string): void {
    if (c === 'b' || c === 'e') this.flavor = c === 'b' ? 'bre' : 'ere';
    else if (c === 'c' || c === 'i') this.nocase = c === 'i';
    else if (c === 'q') this.quoted = true;
    else if (c === 't' || c === 'x') this.expanded = c === 'x';
    else if ('mnpsw'.includes(c)) {
      this.linestop = 'mnp'.includes(c);
      this.lineanchor = 'mnw'.includes(c);
    } else throw reError('BADOPT');
  }

  // --- branches -----------------------------------------------------------------------------------------------------------------

  /** True where a closing parenthesis or the end of the pattern ends an expression. */
  private atEnd(): boolean {
    this.skipBlank();
    return this.i >= this.s.length || this.s.startsWith(this.flavor === 'bre' ? '\\)' : ')', this.i);
  }

  private atBar(): boolean {
    return this.flavor !== 'bre' && this.s[this.i] === '|';
  }

  /** White space and comments of expanded syntax. */
  private skipBlank(): void {
    if (this.flavor !== 'are') return;
    for (;;) {
      if (this.expanded) {
        while (/^\s/.test(this.s[this.i] ?? '')) this.i++;
        if (this.s[this.i] === '#') {
          const end = this.s.indexOf('\n', this.i);
          this.i = end < 0 ? this.s.length : end;
          continue;
        }
      }
      if (!this.s.startsWith('(?#', this.i)) return;
      this.note('UNONPOSIX');
      const end = this.s.indexOf(')', this.i);
      this.i = end < 0 ? this.s.length : end + 1;
    }
  }

  private alternatives(): Part {
    if (++this.depth > MAX_DEPTH) throw reError('ETOOBIG');
    const parts = [this.branch()];
    while (!this.atEnd() && this.atBar()) {
      this.i++;
      parts.push(this.branch());
    }
    this.depth--;
    if (parts.length === 1) return parts[0]!;
    let flags = LONGER;
    for (const p of parts) flags |= up(flags | p.flags);
    if ((flags & MESSY) === 0) return { node: { op: 'any', branches: parts.map((p) => p.node) }, flags };
    return { node: { op: 'alt', branches: parts.map(apart), short: false }, flags };
  }

  /** A branch: plain atoms are gathered up to one that has to be taken apart; what follows that is a branch again. */
  private branch(): Part {
    const pieces: Part[] = [];
    let plain: ReNode[] = [];
    let flags = 0;
    const gather = () => {
      if (plain.length > 0) pieces.push({ node: seqOf(plain), flags });
      plain = [];
      flags = 0;
    };
    for (let first = true; !this.atEnd() && !this.atBar(); first = false) {
      const atom = this.quantified(first);
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

  private quantified(first: boolean): Atom {
    const atom = this.atom(first);
    this.skipBlank();
    const q = this.quantifier();
    if (q === null) return { ...atom, min: 1, max: 1, prefer: 0 };
    // Neither a constraint nor a quantifier can be quantified.
    if (atom.isConstraint) throw reError('BADRPT');
    this.skipBlank();
    if (this.quantifier() !== null) throw reError('BADRPT');
    return { ...atom, ...q };
  }

  private quantifier(): Quantifier | null {
    const c = this.s[this.i];
    if (c === '*' || (this.flavor !== 'bre' && (c === '+' || c === '?'))) {
      this.i++;
      return { min: c === '+' ? 1 : 0, max: c === '?' ? 1 : Infinity, prefer: this.isReluctant() ? SHORTER : LONGER };
    }
    return this.braces();
  }

  private isReluctant(): boolean {
    if (this.flavor !== 'are' || this.s[this.i] !== '?') return false;
    this.i++;
    this.note('UNONPOSIX');
    return true;
  }

  private braces(): Quantifier | null {
    const [open, close] = this.flavor === 'bre' ? ['\\{', '\\}'] : ['{', '}'];
    if (!this.s.startsWith(open!, this.i)) return null;
    const at = this.i + open!.length;
    if (!DIGIT.test(this.s[at] ?? '')) {
      if (this.flavor === 'are') return null;
      throw reError(at >= this.s.length ? 'EBRACE' : 'BADBR');
    }
    this.note('UBOUNDS');
    this.i = at;
    const min = this.count();
    let max = min;
    const ranged = this.s[this.i] === ',';
    if (ranged) {
      this.i++;
      max = DIGIT.test(this.s[this.i] ?? '') ? this.count() : Infinity;
      if (min > max) throw reError('BADBR');
    }
    if (!this.s.startsWith(close!, this.i)) throw reError(this.i >= this.s.length ? 'EBRACE' : 'BADBR');
    this.i += close!.length;
    // An exact count leaves the preference to its operand.
    const short = this.isReluctant();
    return { min, max, prefer: ranged ? (short ? SHORTER : LONGER) : 0 };
  }

  private count(): number {
    let n = 0;
    while (DIGIT.test(this.s[this.i] ?? '')) {
      n = n * 10 + Number(this.s[this.i++]);
      if (n > MAX_COUNT) throw reError('BADBR');
    }
    return n;
  }

  private plain(node: ReNode): AtomStart {
    return { part: { node, flags: 0 }, isGroup: false, isConstraint: false };
  }

  private constraint(length: number, which: Constraint): AtomStart {
    this.i += length;
    if ('mMyY'.includes(which)) this.usesWords = true;
    return { part: { node: { op: 'constraint', which }, flags: 0 }, isGroup: false, isConstraint: true };
  }

  private literal(length: number, c: number): AtomStart {
    this.i += length;
    return this.plain(this.char(c));
  }

  private dot(): AtomStart {
    this.i++;
    return this.plain(this.set(this.linestop ? complement(NEWLINE) : ANY));
  }

  private atom(first: boolean): AtomStart {
    const { s, i } = this;
    const c = s[i]!;
    if (c === '.') return this.dot();
    if (c === '[') return this.bracket();
    if (this.flavor === 'bre') return this.basicAtom(c, first);
    switch (c) {
      case '(':
        return this.parenthesis();
      case '^':
      case '$':
        return this.constraint(1, c);
      case '*':
      case '+':
      case '?':
        throw reError('BADRPT');
      case '{':
        if (this.flavor !== 'are' || DIGIT.test(s[i + 1] ?? '')) throw reError('BADRPT');
        this.note('UBRACES');
        this.note('UUNSPEC');
        break;
      case '\\':
        if (this.flavor === 'are') return this.escape();
        if (i + 1 >= s.length) throw reError('EESCAPE');
        return this.literal(2, s.charCodeAt(i + 1));
    }
    return this.literal(1, c.charCodeAt(0));
  }

  private basicAtom(c: string, first: boolean): AtomStart {
    const { s, i } = this;
    if (c === '^' && first) return this.constraint(1, '^');
    if (c === '$' && (i + 1 === s.length || s.startsWith('\\)', i + 1))) return this.constraint(1, '$');
    if (c === '*' && !first) throw reError('BADRPT');
    if (c !== '\\') return this.literal(1, c.charCodeAt(0));
    const next = s[i + 1];
    if (next === undefined) throw reError('EESCAPE');
    if (next === '(') {
      this.i++;
      return this.parenthesis();
    }
    if (next === '{') throw reError('BADRPT');
    if (next === '<' || next === '>') return this.constraint(2, next === '<' ? 'm' : 'M');
    if (next >= '1' && next <= '9') return this.backref(2, Number(next));
    return this.literal(2, next.charCodeAt(0));
  }

  private parenthesis(): AtomStart {
    this.i++;
    if (this.flavor === 'are' && this.s[this.i] === '?') {
      this.note('UNONPOSIX');
      const kind = this.s[this.i + 1];
      this.i += 2;
      if (kind !== ':' && kind !== '=' && kind !== '!') throw reError('BADRPT');
      if (kind !== ':') this.looking++;
      const body = this.closed1(this.alternatives());
      if (kind === ':') return { part: body, isGroup: false, isConstraint: false };
      this.looking--;
      this.note('ULOOKAHEAD');
      const node: ReNode = { op: 'look', ahead: kind === '=', body: stripped(body.node) };
      return { part: { node, flags: 0 }, isGroup: false, isConstraint: true };
    }
    if (this.looking > 0) return { part: this.closed1(this.alternatives()), isGroup: false, isConstraint: false };
    const n = ++this.groups;
    const body = this.closed1(this.alternatives());
    this.closed.add(n);
    const node: ReNode = { op: 'group', n, body: apart(body), short: isShort(body.flags) };
    return { part: { node, flags: body.flags | CAPTURES }, isGroup: true, isConstraint: false };
  }

  /** What is in parentheses, once they are closed. */
  private closed1(part: Part): Part {
    const close = this.flavor === 'bre' ? '\\)' : ')';
    if (!this.s.startsWith(close, this.i)) throw reError('EPAREN');
    this.i += close.length;
    return part;
  }

  private backref(length: number, n: number): AtomStart {
    if (!this.closed.has(n)) throw reError('ESUBREG');
    this.i += length;
    this.note('UBACKREF');
    this.hasBackrefs = true;
    return { part: { node: { op: 'backref', n, min: 1, max: 1, short: false }, flags: BACKREFS }, isGroup: true, isConstraint: false };
  }

  // --- escapes of advanced expressions ------------------------------------------------------------------------------------------

  private escape(): AtomStart {
    const { s, i } = this;
    const c = s[i + 1];
    if (c === undefined) throw reError('EESCAPE');
    if (!/[a-zA-Z0-9]/.test(c)) return this.literal(2, c.charCodeAt(0));
    this.note('UNONPOSIX');
    if ('AZmMyY'.includes(c)) return this.constraint(2, c as Constraint);
    const cls = this.classEscape(c);
    if (cls !== null) {
      this.i += 2;
      return this.plain(this.set(cls));
    }
    const decimal = /^[1-9][0-9]*/.exec(s.slice(i + 1, i + 6))?.[0];
    if (decimal !== undefined && (decimal.length === 1 || Number(decimal) <= this.groups)) {
      return this.backref(1 + decimal.length, Number(decimal));
    }
    return this.literal(0, this.charEscape());
  }

  /** `\d \s \w` and their complements; null for others. */
  private classEscape(c: string): CharSet | null {
    const name = { d: 'digit', s: 'space', w: 'word' }[c.toLowerCase()];
    if (name === undefined) return null;
    this.note('ULOCALE');
    const set = classSet(name)!;
    return c === c.toLowerCase() ? set : this.negated(set);
  }

  private negated(set: CharSet): CharSet {
    return complement(this.linestop ? charSet([...set, ...NEWLINE]) : set);
  }

  /** The character of an escape; `i` is at the backslash and moves past it. */
  private charEscape(): number {
    const { s } = this;
    const c = s[this.i + 1];
    if (c === undefined) throw reError('EESCAPE');
    if (DIGIT.test(c)) return this.digits(1, /^[0-7]{1,3}/, 8);
    const simple = 'abBefnrtv'.indexOf(c);
    if (simple >= 0) {
      if (c === 'e') this.note('UUNPORT');
      this.i += 2;
      return [7, 8, 92, 27, 12, 10, 13, 9, 11][simple]!;
    }
    switch (c) {
      case 'c':
        this.note('UUNPORT');
        this.i += 3;
        if (this.i > s.length) throw reError('EESCAPE');
        return s.charCodeAt(this.i - 1) & 31;
      case 'u':
        return this.digits(2, /^[0-9a-fA-F]{4}/, 16);
      case 'U': {
        const n = this.digits(2, /^[0-9a-fA-F]{8}/, 16);
        return n > 0xffff ? 0xfffd : n;
      }
      case 'x':
        return this.digits(2, /^[0-9a-fA-F]{1,255}/, 16) & 0xffff;
    }
    if (/[a-zA-Z0-9]/.test(c)) throw reError('EESCAPE');
    this.i += 2;
    return c.charCodeAt(0);
  }

  private digits(skip: number, pattern: RegExp, base: number): number {
    this.note('UUNPORT');
    const m = pattern.exec(this.s.slice(this.i + skip));
    if (m === null) throw reError('EESCAPE');
    this.i += skip + m[0].length;
    return Number.parseInt(m[0].slice(-8), base);
  }

  // --- brackets -----------------------------------------------------------------------------------------------------------------

  private bracket(): AtomStart {
    const { s } = this;
    if (s.startsWith('[[:<:]]', this.i)) return this.constraint(7, 'm');
    if (s.startsWith('[[:>:]]', this.i)) return this.constraint(7, 'M');
    this.i++;
    const negated = s[this.i] === '^';
    if (negated) this.i++;
    const ranges: number[] = [];
    for (let first = true; first || s[this.i] !== ']'; first = false) {
      if (this.i >= s.length) throw reError('EBRACK');
      this.bracketItem(ranges);
    }
    this.i++;
    const set = this.nocase ? foldCase(charSet(ranges)) : charSet(ranges);
    return this.plain(this.set(negated ? this.negated(set) : set, false));
  }

  private bracketItem(ranges: number[]): void {
    const { s } = this;
    if (s.startsWith('[:', this.i)) {
      const named = (name: string) => classSet(this.nocase && (name === 'upper' || name === 'lower') ? 'alpha' : name);
      ranges.push(...this.named(':', named, 'ECTYPE'));
      return;
    }
    if (s.startsWith('[=', this.i)) {
      ranges.push(...this.named('=', element, 'ECOLLATE'));
      return;
    }
    if (this.flavor === 'are' && s[this.i] === '\\' && /[dswDSW]/.test(s[this.i + 1] ?? '')) {
      const c = s[this.i + 1]!;
      if (c !== c.toLowerCase()) throw reError('EESCAPE');
      this.i += 2;
      ranges.push(...this.classEscape(c)!);
      return;
    }
    const from = this.bracketChar();
    let to = from;
    if (s[this.i] === '-' && s[this.i + 1] !== ']' && this.i + 1 < s.length) {
      this.i++;
      to = this.bracketChar();
      if (from > to) throw reError('ERANGE');
      if (from !== to) this.note('UUNPORT');
    }
    ranges.push(from, to);
  }

  private bracketChar(): number {
    const { s } = this;
    if (s.startsWith('[.', this.i)) return this.named('.', element, 'ECOLLATE')[0]!;
    if (s.startsWith('[:', this.i) || s.startsWith('[=', this.i)) throw reError('ERANGE');
    if (s[this.i] === '\\' && this.flavor === 'are') {
      this.note('UNONPOSIX');
      if (/[AZmMyYDSWdsw]/.test(s[this.i + 1] ?? '')) throw reError('EESCAPE');
      return this.charEscape();
    }
    if (this.i >= s.length) throw reError('EBRACK');
    return s.charCodeAt(this.i++);
  }

  /** `[:name:]` and kin. */
  private named(mark: string, find: (name: string) => CharSet | undefined, code: string): CharSet {
    const end = this.s.indexOf(`${mark}]`, this.i + 2);
    if (end < 0) throw reError('EBRACK');
    const set = find(this.s.slice(this.i + 2, end));
    if (set === undefined) throw reError(code);
    this.note('ULOCALE');
    this.i = end + 2;
    return set;
  }

  // --- sets ---------------------------------------------------------------------------------------------------------------------

  private char(c: number): ReNode {
    return this.set([c, c]);
  }

  private set(set: CharSet, fold = this.nocase): ReNode {
    const s = fold ? foldCase(set) : set;
    const key = s.join();
    let id = this.setIds.get(key);
    if (id === undefined) {
      id = this.sets.length;
      this.sets.push(s);
      this.setIds.set(key, id);
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

const INFO =
  'UBACKREF ULOOKAHEAD UBOUNDS UBRACES UBSALNUM UPBOTCH UBBS UNONPOSIX UUNSPEC UUNPORT ULOCALE UEMPTYMATCH UIMPOSSIBLE USHORTEST'.split(
    ' ',
  );

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
function messy({ part, min, max, prefer }: Atom): Part {
  const flags = combine(prefer, part.flags);
  if (min === 1 && max === 1) return part;
  if (max === 0) return { node: EMPTY, flags: part.flags & CAPTURES };
  if (part.node.op === 'backref') return { node: { ...part.node, min, max, short: isShort(flags) }, flags };
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

function matchesEmpty(n: ReNode): boolean {
  switch (n.op) {
    case 'set':
      return false;
    case 'seq':
      return n.items.every(matchesEmpty);
    case 'any':
    case 'alt':
      return n.branches.some(matchesEmpty);
    case 'repeat':
    case 'iter':
      return n.min === 0 || matchesEmpty(n.body);
    case 'cat':
      return matchesEmpty(n.left) && matchesEmpty(n.right);
    case 'group':
    case 'plain':
      return matchesEmpty(n.body);
    case 'backref':
      return n.min === 0;
  }
  return true;
}
