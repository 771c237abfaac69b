/**
 * Regular expressions: `compileRe` and `execRe`. The whole match is found by automata; what the groups captured, by taking the match apart
 * along the tree, each part by its own preference for long or short. Only back references make that look again at what it tried before;
 * all of it is paid for, so that a limit stops it. Answers to re_syntax.n, regexec.c.
 */

import { clock, tellGrown } from './budget.ts';
import { keptUntilCensus } from './kept.ts';
import { Automaton, type ReRun } from './re-automaton.ts';
import { type CharSet, Colors, classSource } from './re-sets.ts';
import { type ParsedRe, parseRe, type ReFlags, type ReNode, reError, stripped, type TakenApart } from './re-syntax.ts';
import { indexIn } from './search.ts';

export type { ReFlags } from './re-syntax.ts';

/** First and last place of the whole and of each group, -1 for those that took no part. */
export type Match = readonly number[];
type Cat = Extract<TakenApart, { op: 'cat' }>;

/** A compiled expression. What its kind of match does not need is not made. */
export class Re {
  readonly parsed: ParsedRe;
  private readonly anchored: boolean;
  private colors: Colors | null = null;
  private bodies: ReadonlyMap<number, ReNode> | null = null;
  private readonly automata = new Map<ReNode, Automaton>();
  private searcher: Automaton | null = null;
  /** The platform's own way to find it; undefined until it is wanted. */
  private simple: RegExp | null | undefined;

  constructor(pattern: string, flags: ReFlags) {
    this.parsed = parseRe(pattern, flags);
    // Where there may be too many it is an error of the pattern.
    if (pattern.length > MAX_PLAIN) this.colors = colorsOf(this.parsed);
    this.anchored = beginsAtEdge(this.parsed.tree, this.parsed.lineanchor);
  }

  private automatonOf(run: ReRun, n: ReNode): Automaton {
    let a = this.automata.get(n);
    if (a === undefined) {
      this.automata.set(n, (a = this.make(n)));
      run.charge(a.size);
    }
    return a;
  }

  private make(n: ReNode, search = false): Automaton {
    tellGrown();
    return new Automaton(
      n,
      (this.colors ??= colorsOf(this.parsed)),
      this.parsed.lineanchor,
      (this.bodies ??= bodiesOf(this.parsed.tree)),
      search,
    );
  }

  /** `wanted`: the last group that is asked for; -1 when only whether there is a match. */
  exec(run: ReRun, wanted: number): Match | null {
    const { tree, literal, hasBackrefs, groups, sets } = this.parsed;
    if (literal !== null) return find(run, literal);
    const dissected = hasBackrefs || Math.min(wanted, groups) > 0;
    if (this.anchored) {
      if (wanted >= 0 || hasBackrefs) return this.matchAt(run, run.start, dissected);
      return this.automatonOf(run, tree).shortest(run, run.start, run.start, run.text.length) < 0 ? null : SOMEWHERE;
    }
    if (this.simple === undefined) this.simple = simpleRe(tree, sets);
    if (this.simple !== null) return this.simply(run, this.simple, wanted, dissected);
    this.searcher ??= this.make(tree, true);
    const found = this.searcher.searchFrom(run, run.start);
    if (found === null) return null;
    if (wanted < 0 && !hasBackrefs) return SOMEWHERE;
    // With back references the automata only say where a match may be.
    const last = hasBackrefs ? run.text.length : found.end;
    for (let from = found.earliest; from <= last; from++) {
      const m = this.matchAt(run, from, dissected);
      if (m !== null) return m;
    }
    return null;
  }

  private simply(run: ReRun, re: RegExp, wanted: number, dissected: boolean): Match | null {
    re.lastIndex = run.start;
    const m = wanted < 0 ? null : re.exec(run.text);
    const found = wanted < 0 ? re.test(run.text) : m !== null;
    run.charge(((found ? re.lastIndex : run.text.length) - run.start) / 4);
    if (!found) return null;
    if (m === null) return SOMEWHERE;
    return dissected ? this.matchAt(run, m.index, true) : [m.index, re.lastIndex];
  }

  private matchAt(run: ReRun, from: number, dissected: boolean): Match | null {
    const { tree, groups } = this.parsed;
    const { short } = tree;
    const whole = this.automatonOf(run, tree);
    const { length } = run.text;
    const caps = dissected ? noCaptures(groups) : [-1, -1];
    let end = short ? whole.shortest(run, from, from, length) : whole.longest(run, from, length);
    while (end >= 0) {
      if (!dissected) break;
      caps.fill(-1);
      if (this.dissect(run, tree, from, end, caps)) break;
      if (short) end = end < length ? whole.shortest(run, from, end + 1, length) : -1;
      else end = end > from ? whole.longest(run, from, end - 1) : -1;
    }
    if (end < 0) return null;
    caps[0] = from;
    caps[1] = end;
    return caps;
  }

  // --- taking a match apart -----------------------------------------------------------------------------------------------------

  private matches(run: ReRun, n: ReNode, from: number, to: number): boolean {
    return this.automatonOf(run, n).longest(run, from, to) === to;
  }

  /** Says what the groups of a part captured, given that it matched from `from` to `to`; false when it cannot have. */
  private dissect(run: ReRun, n: TakenApart, from: number, to: number, caps: number[]): boolean {
    run.charge(4);
    switch (n.op) {
      case 'group':
        if (!this.dissect(run, n.body, from, to, caps)) return false;
        caps[2 * n.n] = from;
        caps[2 * n.n + 1] = to;
        return true;
      case 'cat':
        return this.divide(run, n, from, to, caps);
      case 'alt':
        for (const branch of n.branches) {
          if (this.matches(run, branch, from, to) && this.dissect(run, branch, from, to, caps)) return true;
        }
        return false;
      case 'iter':
        return this.iterate(run, n, from, to, caps);
      case 'backref':
        return this.sameAgain(run, n, from, to, caps);
      default:
        return this.parsed.hasBackrefs ? this.matches(run, n, from, to) : true;
    }
  }

  /** The left part as long (or short) as the right one allows. */
  private divide(run: ReRun, n: Cat, from: number, to: number, caps: number[]): boolean {
    const left = this.automatonOf(run, n.left);
    const { short } = n.left;
    const first = short ? left.shortest(run, from, from, to) : left.longest(run, from, to);
    if (first < 0) return false;
    if (this.bothFit(run, n, from, first, to, caps)) return true;
    // The others, many in one go: one by one each would be looked for from the beginning.
    for (let most = short ? FEW_ENDS : Infinity, i = 1; ; most *= 4) {
      const ends = left.endsFrom(run, from, to, most);
      for (; i < ends.length; i++) {
        if (this.bothFit(run, n, from, ends[short ? i : ends.length - 1 - i]!, to, caps)) return true;
      }
      if (ends.length < most) return false;
    }
  }

  private bothFit(run: ReRun, n: Cat, from: number, mid: number, to: number, caps: number[]): boolean {
    if (!this.matches(run, n.right, mid, to)) return false;
    if (this.dissect(run, n.left, from, mid, caps) && this.dissect(run, n.right, mid, to, caps)) return true;
    forget(n, caps);
    return false;
  }

  /** The parts of a repetition: each as long (or short) as the rest allows, none empty unless that many are needed. */
  private iterate(run: ReRun, n: Extract<TakenApart, { op: 'iter' }>, from: number, to: number, caps: number[]): boolean {
    if (n.min === 0 && from === to) return true;
    const min = Math.max(n.min, 1);
    const max = Math.max(Math.min(n.max, to - from), min);
    const { short } = n.body;
    const body = this.automatonOf(run, n.body);
    const ends = [from];
    let k = 1;
    // Where the k-th part may end at the longest, or at the shortest.
    let limit = short ? from : to;
    while (k > 0) {
      const before = ends[k - 1]!;
      run.charge(4);
      let end = -1;
      if (short) {
        if (limit <= to)
          end = k === max && limit < to ? (body.longest(run, before, to) === to ? to : -1) : body.shortest(run, before, limit, to);
      } else if (limit >= before) {
        end = body.longest(run, before, limit);
      }
      let back = end < 0;
      if (back) k--;
      else {
        ends[k] = end;
        ends.length = k + 1;
        if (end === before && (k >= min || min - k < to - end)) back = true;
        else if (end !== to) {
          if (k >= max) {
            back = true;
            if (!short) k--;
          } else {
            k++;
            limit = short ? end : to;
          }
        } else if (k >= min && this.partsFit(run, n, ends, caps)) return true;
        else back = true;
      }
      if (!back) continue;
      // Another end for the last part, or for one before it.
      for (; k > 0; k--) {
        const prev = ends[k - 1]!;
        const e = ends[k]!;
        if (short) {
          if (e < to) {
            limit = e + 1;
            break;
          }
        } else if (e > prev && (e - 1 > prev || (k < min && min - k >= to - prev))) {
          limit = e - 1;
          break;
        }
      }
    }
    return false;
  }

  private partsFit(run: ReRun, n: Extract<TakenApart, { op: 'iter' }>, ends: readonly number[], caps: number[]): boolean {
    for (let i = 1; i < ends.length; i++) {
      forget(n.body, caps);
      if (!this.dissect(run, n.body, ends[i - 1]!, ends[i]!, caps)) return false;
    }
    return true;
  }

  private sameAgain(run: ReRun, n: Extract<TakenApart, { op: 'backref' }>, from: number, to: number, caps: number[]): boolean {
    const start = caps[2 * n.n]!;
    if (start < 0) return false;
    const piece = run.text.slice(start, caps[2 * n.n + 1]!);
    if (piece === '') return from === to;
    if (from === to) return n.min === 0;
    const count = (to - from) / piece.length;
    if (!Number.isInteger(count) || count < n.min || count > n.max) return false;
    run.charge((to - from) / 8);
    for (let i = from; i < to; i += piece.length) if (!run.text.startsWith(piece, i)) return false;
    return true;
  }
}

/** So many of a short part are looked for at first. */
const FEW_ENDS = 16;
/** So long a pattern cannot have too many colours. */
const MAX_PLAIN = 1000;

function colorsOf({ sets, usesWords }: ParsedRe): Colors {
  return new Colors(sets, usesWords, () => reError('ECOLORS'));
}

/** What the groups may match, by number. */
function bodiesOf(tree: TakenApart): ReadonlyMap<number, ReNode> {
  const bodies = new Map<number, ReNode>();
  eachGroup(tree, (g) => bodies.set(g.n, stripped(g.body)));
  return bodies;
}

function find(run: ReRun, literal: string): Match | null {
  const at = indexIn(run.text, literal, run.start);
  run.charge(((at < 0 ? run.text.length : at) - run.start) / 16);
  return at < 0 ? null : [at, at + literal.length];
}

/** What a match is of which only that it is there is asked. */
const SOMEWHERE: Match = [0, 0];

function noCaptures(groups: number): number[] {
  const caps = [-1, -1];
  for (let i = 0; i < groups; i++) caps.push(-1, -1);
  return caps;
}

/** True for what matches nowhere but where the search begins. */
function beginsAtEdge(n: ReNode, lineanchor: boolean): boolean {
  switch (n.op) {
    case 'constraint':
      return n.which === 'A' || (n.which === '^' && !lineanchor);
    case 'seq':
      return n.items.length > 0 && beginsAtEdge(n.items[0]!, lineanchor);
    case 'cat':
      return beginsAtEdge(n.left, lineanchor);
    case 'any':
    case 'alt':
      return n.branches.every((branch) => beginsAtEdge(branch, lineanchor));
    case 'group':
    case 'plain':
      return beginsAtEdge(n.body, lineanchor);
  }
  return false;
}

/** Longest sequence and largest sets that are left to the platform. */
const MAX_SIMPLE = 20;

/**
 * The same in JavaScript for some sets one after the other, or one repeated: of these nothing has to be tried twice, so that they cannot take long, and longest
 * is what both prefer.
 */
function simpleRe(tree: TakenApart, sets: readonly CharSet[]): RegExp | null {
  const n = stripped(tree);
  const items = n.op === 'seq' ? n.items : n.op === 'repeat' && n.min === 1 && n.max === Infinity && !tree.short ? [n.body] : [n];
  let source = '';
  for (const item of items) {
    const set = item.op === 'set' ? sets[item.set]! : [];
    if (set.length === 0 || set.length > 2 * MAX_SIMPLE) return null;
    source += classSource(set);
  }
  return items.length > MAX_SIMPLE || items.length === 0 ? null : new RegExp(n.op === 'repeat' ? `${source}+` : source, 'g');
}

/** Groups of a part have captured nothing. */
function forget(n: TakenApart, caps: number[]): void {
  eachGroup(n, (g) => caps.fill(-1, 2 * g.n, 2 * g.n + 2));
}

function eachGroup(n: TakenApart, visit: (group: Extract<TakenApart, { op: 'group' }>) => void): void {
  switch (n.op) {
    case 'group':
      visit(n);
      eachGroup(n.body, visit);
      return;
    case 'cat':
      eachGroup(n.left, visit);
      eachGroup(n.right, visit);
      return;
    case 'alt':
      for (const b of n.branches) eachGroup(b, visit);
      return;
    case 'iter':
      eachGroup(n.body, visit);
  }
}

// --- the cache ------------------------------------------------------------------------------------------------------------------

/** So many are kept of each kind of flags, and so many characters of all: they take a hundred times as much, and nobody counts it. */
const MAX_COMPILED = 100;
const MAX_COMPILED_CHARS = 50_000;
/** What a character of a pattern costs, in units of work. */
const COMPILED = 10;
/** By flags, then by pattern. */
const compiled = Array.from({ length: 16 }, () => new Map<string, Re>());
let compiledChars = 0;
keptUntilCensus({ clear: forgetCompiled });

function forgetCompiled(): void {
  for (const kind of compiled) kind.clear();
  compiledChars = 0;
}

/** Throws `couldn't compile regular expression pattern: ...`. */
export function compileRe(pattern: string, flags: ReFlags): Re {
  const { nocase, expanded, linestop, lineanchor } = flags;
  const known = compiled[(nocase ? 1 : 0) + (expanded ? 2 : 0) + (linestop ? 4 : 0) + (lineanchor ? 8 : 0)]!;
  const found = known.get(pattern);
  if (found !== undefined) return found;
  clock.interp?.budget.charge(COMPILED * pattern.length);
  const re = new Re(pattern, flags);
  if (pattern.length > MAX_COMPILED_CHARS) return re;
  if (known.size >= MAX_COMPILED) {
    const oldest = known.keys().next().value!;
    known.delete(oldest);
    compiledChars -= oldest.length;
  }
  if (compiledChars + pattern.length > MAX_COMPILED_CHARS) forgetCompiled();
  compiledChars += pattern.length;
  known.set(pattern, re);
  return re;
}

/**
 * The leftmost match at `start` or after: first and last place of the whole and of each group, -1 for those that took no part; null for no
 * match. `wanted`: the last group that is asked for, -1 when only whether there is a match. What stands before `start` is not looked at; `notBol`: `^` does not match there.
 */
export function execRe(
  re: Re,
  text: string,
  start: number,
  notBol: boolean,
  charge: (units: number) => void,
  wanted = Infinity,
): Match | null {
  return start > text.length ? null : re.exec({ text, start, notBol, charge }, wanted);
}
