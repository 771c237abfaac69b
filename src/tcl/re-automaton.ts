/**
 * One automaton for one part of a regular expression: built from its tree, run over text as a deterministic one whose states are made when
 * they are first reached. Answers to regcomp.c (repeat, dupnfa) and rege_dfa.c (longest, shortest, miss).
 *
 * A state is what may be reached after a character, before constraints were looked at: those depend on the kind of the character on either
 * side, so following empty arcs waits until the next one is known.
 */

import { type Colors, classSource, EDGE, EDGE_NOT_BOL, KINDS, NEWLINE, WORD } from './re-sets.ts';
import { type Constraint, type ReNode, reError } from './re-syntax.ts';
import { R } from './regs.ts';

/** What an expression's automata share while it runs over one text. */
export interface ReRun {
  readonly text: string;
  readonly start: number;
  /** `^` does not match at the start. */
  readonly notBol: boolean;
  charge(units: number): void;
}

const CHAR = 0;
const SPLIT = 1;
const ASSERT = 2;
const LOOK = 3;
const FINAL = 4;

interface Node {
  readonly kind: number;
  /** Set, constraint, or look-ahead. */
  readonly arg: number;
  next: number;
  /** The other arc of a split. */
  other: number;
}

/** Most nodes of an automaton: repeat counts multiply. */
const MAX_NODES = 100_000;
/** States kept before all are forgotten and made anew. */
const MAX_STATES = 2000;
/** Or when they take so much: one state may stand for as many places as the expression has, and know as many colours. */
const MAX_BYTES = 8_000_000;
const STATE_BYTES = 500;
/** So many characters that changed nothing, so many times or in so much text, and the next that does is searched for; for so many states, by so many colours. */
const MANY_SAME = 16;
/** Not for each word of a text. */
const FEW_SAME = 6;
const MANY_RESTS = 8;
const MUCH_TEXT = 1000;
const MAX_LEAVERS = 20;
const MAX_COLORS = 50;

const CONSTRAINTS: readonly Constraint[] = ['^', '$', 'A', 'Z', 'm', 'M', 'y', 'Y'];

class State {
  readonly kernel: readonly number[];
  /** Kind of the character before it. */
  readonly before: number;
  readonly next: (State | null | undefined)[] = [];
  /** By kind of what follows: whether the expression may end here. */
  readonly accepts: (boolean | undefined)[] = new Array<boolean | undefined>(KINDS).fill(undefined);
  /** The same where it does not depend on what follows; undefined where it does, or was not looked at yet. */
  accept: boolean | undefined = undefined;
  /** The same where a character follows; null where it depends on which. */
  inside: boolean | null | undefined = undefined;
  /** Finds a character that leads out of the state, where many in a row have not; null where that is not to be had. */
  leave: RegExp | null | undefined = undefined;
  /** How often many in a row did not: what is made to find it costs as much as hundreds of steps. */
  rests = 0;
  /** Nothing but the arc that skips a character is under way. */
  readonly idle: boolean;
  constructor(kernel: readonly number[], before: number, idle: boolean) {
    this.kernel = kernel;
    this.before = before;
    this.idle = idle;
  }
}

interface Look {
  readonly ahead: boolean;
  readonly automaton: Automaton;
}

/**
 * `bodies`: what the groups that back references name may match, roughly. `search`: may begin anywhere. A class rather than closures: an expression that is made anew in a
 * loop costs mostly what there is to allocate.
 */
export class Automaton {
  readonly size: number;
  private readonly colors: Colors;
  private readonly lineanchor: boolean;
  private readonly bodies: ReadonlyMap<number, ReNode>;
  private readonly nodes: Node[] = [];
  private readonly looks: Look[] = [];
  private states = new Map<string, State>();
  private starts: (State | undefined)[] = [];
  /** About what the states take. */
  private bytes = 0;
  private readonly first: number;
  /** Marks of nodes visited by the present closure, and of those in the kernel being made. */
  private readonly seen: number[];
  private readonly taken: number[];
  private mark = 0;
  /** Of `close`, used again and again. */
  private readonly stack: number[] = [];
  private readonly reached: Node[] = [];
  /** Where constraints stand, what follows says whether the expression may end; look-ahead must be looked at anew each time. */
  private readonly constrained: boolean;
  private readonly looking: boolean;
  private leavers = 0;

  constructor(tree: ReNode, colors: Colors, lineanchor: boolean, bodies: ReadonlyMap<number, ReNode>, search = false) {
    this.colors = colors;
    this.lineanchor = lineanchor;
    this.bodies = bodies;
    const { nodes } = this;
    let first = this.build(tree, this.add(FINAL, 0, -1));
    if (search) {
      const any = this.add(CHAR, -1, -1);
      first = this.add(SPLIT, 0, first, any);
      nodes[any]!.next = first;
    }
    this.first = first;
    this.size = nodes.length;
    this.seen = new Array<number>(nodes.length).fill(0);
    this.taken = new Array<number>(nodes.length).fill(0);
    this.constrained = nodes.some((n) => n.kind === ASSERT);
    this.looking = this.looks.length > 0;
  }

  private add(kind: number, arg: number, next: number, other = -1): number {
    if (this.nodes.length >= MAX_NODES) throw reError('ETOOBIG');
    this.nodes.push({ kind, arg, next, other });
    return this.nodes.length - 1;
  }

  /** Nodes for a tree that go on to `to`; built from the end. */
  private build(n: ReNode, to: number): number {
    switch (n.op) {
      case 'empty':
        return to;
      case 'set':
        return this.add(CHAR, n.set, to);
      case 'constraint':
        return this.add(ASSERT, CONSTRAINTS.indexOf(n.which), to);
      case 'look':
        this.looks.push({ ahead: n.ahead, automaton: new Automaton(n.body, this.colors, this.lineanchor, this.bodies) });
        return this.add(LOOK, this.looks.length - 1, to);
      case 'seq':
        for (let i = n.items.length - 1; i >= 0; i--) to = this.build(n.items[i]!, to);
        return to;
      case 'cat':
        return this.build(n.left, this.build(n.right, to));
      case 'any':
      case 'alt': {
        let at = this.build(n.branches[n.branches.length - 1]!, to);
        for (let i = n.branches.length - 2; i >= 0; i--) at = this.add(SPLIT, 0, this.build(n.branches[i]!, to), at);
        return at;
      }
      case 'repeat':
      case 'iter':
        return this.repeated(n.body, n.min, n.max, to);
      case 'group':
      case 'plain':
        return this.build(n.body, to);
      case 'backref':
        return this.repeated(this.bodies.get(n.n) ?? { op: 'empty' }, n.min, n.max, to);
    }
  }

  private repeated(body: ReNode, min: number, max: number, to: number): number {
    let at = to;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = this.add(SPLIT, 0, -1, to);
      this.nodes[loop]!.next = this.build(body, loop);
      at = loop;
    } else {
      for (let i = min; i < max; i++) at = this.add(SPLIT, 0, this.build(body, at), to);
    }
    for (let i = 0; i < min; i++) at = this.build(body, at);
    return at;
  }

  // --- states -------------------------------------------------------------------------------------------------------------------

  private stateOf(kernel: number[], before: number): State {
    if (kernel.length > 1) kernel.sort((a, b) => a - b);
    const key = `${before}:${kernel.join()}`;
    let s = this.states.get(key);
    if (s === undefined) {
      if (this.states.size >= MAX_STATES || this.bytes > MAX_BYTES) {
        this.states = new Map();
        this.starts = [];
        this.grow(-this.bytes);
      }
      this.grow(STATE_BYTES + 24 * kernel.length);
      s = new State(kernel, before, kernel.length === 1 && kernel[0] === this.first);
      this.states.set(key, s);
    }
    return s;
  }

  private grow(bytes: number): void {
    this.bytes += bytes;
    R.grown += bytes;
  }

  private startState(before: number): State {
    return (this.starts[before] ??= this.stateOf([this.first], before));
  }

  /** The nodes with a character, and the end, that empty arcs lead to at a place; until the next call. */
  private close(s: State, after: number, run: ReRun, at: number): readonly Node[] {
    const { nodes, seen } = this;
    const now = ++this.mark;
    const { stack, reached } = this;
    // Something is left where a limit ended the last call.
    stack.length = 0;
    reached.length = 0;
    for (const i of s.kernel) stack.push(i);
    let work = 0;
    while (stack.length > 0) {
      const i = stack.pop()!;
      if (i < 0 || seen[i] === now) continue;
      seen[i] = now;
      work++;
      const n = nodes[i]!;
      switch (n.kind) {
        case SPLIT:
          stack.push(n.next, n.other);
          break;
        case ASSERT:
          if (holds(CONSTRAINTS[n.arg]!, s.before, after, this.lineanchor)) stack.push(n.next);
          break;
        case LOOK: {
          const { ahead, automaton } = this.looks[n.arg]!;
          if (automaton.shortest(run, at, at, run.text.length) >= 0 === ahead) stack.push(n.next);
          break;
        }
        default:
          reached.push(n);
      }
    }
    run.charge(work);
    return reached;
  }

  private step(s: State, color: number, run: ReRun, at: number): State | null {
    const { colors, taken } = this;
    const kind = colors.kinds[color]!;
    const kernel: number[] = [];
    const reached = this.close(s, kind, run, at);
    const now = this.mark;
    for (const { kind: what, arg, next } of reached) {
      if (what !== CHAR || taken[next] === now || (arg >= 0 && !colors.in(arg, color))) continue;
      taken[next] = now;
      kernel.push(next);
    }
    return kernel.length === 0 ? null : this.stateOf(kernel, kind);
  }

  private accepting(s: State, kind: number, run: ReRun, at: number): boolean {
    return this.close(s, kind, run, at).some((n) => n.kind === FINAL);
  }

  /** The state after a character whose state is not known yet, or null. */
  private after(s: State, run: ReRun, i: number): State | null {
    const color = this.colors.of(run.text.charCodeAt(i));
    const made = this.step(s, color, run, i);
    if (this.looking) return made;
    // No holes: they cost each look at what is there.
    const more = color + 1 - s.next.length;
    if (more > 0) {
      run.charge(more / 8);
      this.grow(8 * more);
    }
    while (s.next.length <= color) s.next.push(undefined);
    s.next[color] = made;
    return made;
  }

  private ends(s: State, run: ReRun, at: number): boolean {
    if (this.looking) return this.accepting(s, this.kindAt(run, at), run, at);
    if (!this.constrained) return (s.accept = this.accepting(s, EDGE, run, at));
    const kind = this.kindAt(run, at);
    return s.accepts[kind] ?? (s.accepts[kind] = this.accepting(s, kind, run, at));
  }

  /** Whether the expression may end in a state where a character follows; null where it depends on which. */
  private inside(s: State, run: ReRun): boolean | null {
    if (s.accept !== undefined) return s.accept;
    if (this.looking) return null;
    if (s.inside !== undefined) return s.inside;
    for (let kind = 0; kind < KINDS; kind++) s.accepts[kind] ??= this.accepting(s, kind, run, 0);
    const [edge, , inside, ...others] = s.accepts;
    if (others.some((accepts) => accepts !== inside)) return (s.inside = null);
    if (edge === inside) s.accept = edge;
    return (s.inside = inside!);
  }

  /** The place of the next character at `i` or after, before `to`, that leads out of a state. */
  private stay(s: State, run: ReRun, i: number, to: number): number {
    const { text } = run;
    const { colors } = this;
    const { ascii } = colors;
    const { next } = s;
    const from = i;
    for (; i < to; i++) {
      if ((i & 1023) === 1023) run.charge(128);
      const c = text.charCodeAt(i);
      if (next[c < 256 ? ascii[c]! : colors.of(c)] !== s) break;
      // In part of a text the search would go too far.
      if (i - from === MANY_SAME && to === text.length && s.leave !== null) {
        const at = this.skip(s, run, i);
        if (at > i) return at;
      }
    }
    return i;
  }

  /** The same by the platform's own search, which takes far less than a step for each character; `i` when that is not to be had. */
  private skip(s: State, run: ReRun, i: number): number {
    if (s.leave === undefined) {
      if (++s.rests < MANY_RESTS && run.text.length - i < MUCH_TEXT) return i;
      s.leave = this.leaver(s, run);
    }
    const { leave } = s;
    if (leave === null) return i;
    leave.lastIndex = i;
    const at = leave.test(run.text) ? leave.lastIndex - 1 : run.text.length;
    run.charge((at - i) / 16);
    return at;
  }

  private leaver(s: State, run: ReRun): RegExp | null {
    // Such searches take much more memory than a state.
    if (++this.leavers > MAX_LEAVERS) return null;
    const set = this.colors.set((color) => (s.next[color] ?? this.step(s, color, run, 0)) !== s, MAX_COLORS);
    return set && new RegExp(classSource(set), 'g');
  }

  private kindAt(run: ReRun, at: number): number {
    return at >= run.text.length ? EDGE : this.colors.kinds[this.colors.of(run.text.charCodeAt(at))]!;
  }

  private begin(run: ReRun, at: number): State {
    if (at > run.start) return this.startState(this.kindAt(run, at - 1));
    return this.startState(run.notBol ? EDGE_NOT_BOL : EDGE);
  }

  // --- running ------------------------------------------------------------------------------------------------------------------

  /** End of the longest match that begins at `from` and ends at `to` or before; -1 for none. */
  longest(run: ReRun, from: number, to: number): number {
    const { text } = run;
    const { colors } = this;
    const { ascii } = colors;
    let s: State | null = this.begin(run, from);
    let same = 0;
    let end = -1;
    let i = from;
    for (; s !== null; i++) {
      if (s.accept ?? this.ends(s, run, i)) end = i;
      if (i >= to) break;
      const c = text.charCodeAt(i);
      const next: State | null | undefined = s.next[c < 256 ? ascii[c]! : colors.of(c)];
      if (next !== s) {
        same = 0;
        s = next === undefined ? this.after(s, run, i) : next;
        // It ends at each of the places passed as well or as little as at the last.
      } else if (++same > FEW_SAME) {
        const inside = this.inside(s, run);
        if (inside !== null) i = this.stay(s, run, i + 1, to) - 1;
        if (inside) end = i;
      }
    }
    run.charge((i - from + 1) / 8);
    return end;
  }

  /** The first `most` places that a match which begins at `from` may end at, to `to`. */
  endsFrom(run: ReRun, from: number, to: number, most: number): number[] {
    let s: State | null = this.begin(run, from);
    const all: number[] = [];
    let i = from;
    for (; s !== null; i++) {
      if ((s.accept ?? this.ends(s, run, i)) && all.push(i) >= most) break;
      if (i >= to) break;
      const next: State | null | undefined = s.next[this.colors.of(run.text.charCodeAt(i))];
      s = next === undefined ? this.after(s, run, i) : next;
    }
    run.charge((i - from + 1) / 4);
    return all;
  }

  /** End of the shortest match that begins at `from` and ends in `least` to `to`; -1 for none. */
  shortest(run: ReRun, from: number, least: number, to: number): number {
    const { text } = run;
    const { colors } = this;
    const { ascii } = colors;
    let s: State | null = this.begin(run, from);
    let same = 0;
    let i = from;
    for (; s !== null; i++) {
      if (i >= least && (s.accept ?? this.ends(s, run, i))) {
        run.charge((i - from + 1) / 8);
        return i;
      }
      if (i >= to) break;
      const c = text.charCodeAt(i);
      const next: State | null | undefined = s.next[c < 256 ? ascii[c]! : colors.of(c)];
      if (next !== s) {
        same = 0;
        s = next === undefined ? this.after(s, run, i) : next;
      } else if (++same > FEW_SAME && this.inside(s, run) === false) i = this.stay(s, run, i + 1, to) - 1;
    }
    run.charge((i - from + 1) / 8);
    return -1;
  }

  /**
   * For an automaton that may begin anywhere: where the match that ends first ends, and a place before which no match begins.
   */
  searchFrom(run: ReRun, from: number): { end: number; earliest: number } | null {
    const { text } = run;
    const { colors } = this;
    const { ascii } = colors;
    const { length } = text;
    let s: State | null = this.begin(run, from);
    let same = 0;
    let earliest = from;
    let i = from;
    for (; s !== null; i++) {
      if (s.idle) earliest = i;
      if (s.accept ?? this.ends(s, run, i)) {
        run.charge(((i - from) & 1023) / 8);
        return { end: i, earliest };
      }
      if (i >= length) break;
      const c = text.charCodeAt(i);
      const next: State | null | undefined = s.next[c < 256 ? ascii[c]! : colors.of(c)];
      if (next !== s) {
        same = 0;
        s = next === undefined ? this.after(s, run, i) : next;
      } else if (++same > FEW_SAME && this.inside(s, run) === false) i = this.stay(s, run, i + 1, length) - 1;
      if ((i & 1023) === 1023) run.charge(128);
    }
    run.charge(((i - from) & 1023) / 8);
    return null;
  }
}

function holds(which: Constraint, before: number, after: number, lineanchor: boolean): boolean {
  const begins = before !== WORD && after === WORD;
  const ends = before === WORD && after !== WORD;
  switch (which) {
    case '^':
      return before === EDGE || (lineanchor && before === NEWLINE);
    case '$':
      return after === EDGE || (lineanchor && after === NEWLINE);
    case 'A':
      return before === EDGE || before === EDGE_NOT_BOL;
    case 'Z':
      return after === EDGE;
    case 'm':
      return begins;
    case 'M':
      return ends;
    case 'y':
      return begins || ends;
    case 'Y':
      return !begins && !ends;
  }
  return false;
}
