/**
 * One automaton for one part of a regular expression: built from its tree, run over text as a deterministic one whose states are made when
 * they are first reached. Answers to regcomp.c (repeat, dupnfa) and rege_dfa.c (longest, shortest, miss).
 *
 * A state is what may be reached after a character, before constraints were looked at: those depend on the kind of the character on either
 * side, so following empty arcs waits until the next one is known.
 */
import { type Colors, EDGE, EDGE_NOT_BOL, KINDS, NEWLINE, WORD } from './re-sets.ts';
import { type Constraint, type ReNode, reError } from './re-syntax.ts';

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

const CONSTRAINTS: readonly Constraint[] = ['^', '$', 'A', 'Z', 'm', 'M', 'y', 'Y'];

class State {
  readonly kernel: readonly number[];
  /** Kind of the character before it. */
  readonly before: number;
  readonly next: (State | null | undefined)[] = [];
  /** By kind of what follows: whether the expression may end here. */
  readonly accepts: (boolean | undefined)[] = new Array<boolean | undefined>(KINDS);
  constructor(kernel: readonly number[], before: number) {
    this.kernel = kernel;
    this.before = before;
  }
}

interface Look {
  readonly ahead: boolean;
  readonly automaton: Automaton;
}

export class Automaton {
  private readonly colors: Colors;
  private readonly lineanchor: boolean;
  private readonly nodes: Node[] = [];
  private readonly looks: Look[] = [];
  private readonly first: number;
  private states = new Map<string, State>();
  private starts: (State | undefined)[] = [];
  /** Marks of nodes visited by the present closure. */
  private seen: Uint32Array;
  private mark = 0;

  /** `bodies`: what the groups that back references name may match, roughly. `search`: may begin anywhere. */
  constructor(tree: ReNode, colors: Colors, lineanchor: boolean, bodies: ReadonlyMap<number, ReNode>, search = false) {
    this.colors = colors;
    this.lineanchor = lineanchor;
    const final = this.add(FINAL, 0, -1);
    const body = this.build(tree, final, bodies);
    if (search) {
      const any = this.add(CHAR, -1, -1);
      const split = this.add(SPLIT, 0, body, any);
      this.nodes[any]!.next = split;
      this.first = split;
    } else {
      this.first = body;
    }
    this.seen = new Uint32Array(this.nodes.length);
  }

  private add(kind: number, arg: number, next: number, other = -1): number {
    if (this.nodes.length >= MAX_NODES) throw reError('ETOOBIG');
    this.nodes.push({ kind, arg, next, other });
    return this.nodes.length - 1;
  }

  /** Nodes for a tree that go on to `to`; built from the end. */
  private build(n: ReNode, to: number, bodies: ReadonlyMap<number, ReNode>): number {
    switch (n.op) {
      case 'empty':
        return to;
      case 'set':
        return this.add(CHAR, n.set, to);
      case 'constraint':
        return this.add(ASSERT, CONSTRAINTS.indexOf(n.which), to);
      case 'look':
        this.looks.push({ ahead: n.ahead, automaton: new Automaton(n.body, this.colors, this.lineanchor, bodies) });
        return this.add(LOOK, this.looks.length - 1, to);
      case 'seq':
        for (let i = n.items.length - 1; i >= 0; i--) to = this.build(n.items[i]!, to, bodies);
        return to;
      case 'cat':
        return this.build(n.left, this.build(n.right, to, bodies), bodies);
      case 'any':
      case 'alt': {
        let at = this.build(n.branches[n.branches.length - 1]!, to, bodies);
        for (let i = n.branches.length - 2; i >= 0; i--) at = this.add(SPLIT, 0, this.build(n.branches[i]!, to, bodies), at);
        return at;
      }
      case 'repeat':
      case 'iter':
        return this.repeated(n.body, n.min, n.max, to, bodies);
      case 'group':
      case 'plain':
        return this.build(n.body, to, bodies);
      case 'backref':
        return this.repeated(bodies.get(n.n) ?? { op: 'empty' }, n.min, n.max, to, bodies);
    }
  }

  private repeated(body: ReNode, min: number, max: number, to: number, bodies: ReadonlyMap<number, ReNode>): number {
    let at = to;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = this.add(SPLIT, 0, -1, to);
      this.nodes[loop]!.next = this.build(body, loop, bodies);
      at = loop;
    } else {
      for (let i = min; i < max; i++) at = this.add(SPLIT, 0, this.build(body, at, bodies), to);
    }
    for (let i = 0; i < min; i++) at = this.build(body, at, bodies);
    return at;
  }

  // --- states -------------------------------------------------------------------------------------------------------------------

  /** How many nodes it has. */
  get size(): number {
    return this.nodes.length;
  }

  private state(kernel: number[], before: number): State {
    kernel.sort((a, b) => a - b);
    const key = `${before}:${kernel.join()}`;
    let s = this.states.get(key);
    if (s === undefined) {
      if (this.states.size >= MAX_STATES) {
        this.states = new Map();
        this.starts = [];
      }
      s = new State(kernel, before);
      this.states.set(key, s);
    }
    return s;
  }

  private startState(before: number): State {
    return (this.starts[before] ??= this.state([this.first], before));
  }

  /** Calls `visit` for each node with a character, and for the end, that empty arcs lead to at a place. */
  private close(s: State, after: number, run: ReRun, at: number, visit: (n: Node, index: number) => void): void {
    const mark = ++this.mark;
    const { seen, nodes } = this;
    const stack = [...s.kernel];
    let work = 0;
    while (stack.length > 0) {
      const i = stack.pop()!;
      if (i < 0 || seen[i] === mark) continue;
      seen[i] = mark;
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
          visit(n, i);
      }
    }
    run.charge(work);
  }

  private step(s: State, color: number, run: ReRun, at: number): State | null {
    const kernel = new Set<number>();
    const { colors } = this;
    this.close(s, colors.kinds[color]!, run, at, (n) => {
      if (n.kind === CHAR && (n.arg < 0 || colors.in(n.arg, color))) kernel.add(n.next);
    });
    return kernel.size === 0 ? null : this.state([...kernel], colors.kinds[color]!);
  }

  private accepting(s: State, after: number, run: ReRun, at: number): boolean {
    let found = false;
    this.close(s, after, run, at, (n) => {
      if (n.kind === FINAL) found = true;
    });
    return found;
  }

  /** Look-ahead sees all of the text, so that nothing about a place can be remembered. */
  private get remembers(): boolean {
    return this.looks.length === 0;
  }

  private next(s: State, color: number, run: ReRun, at: number): State | null {
    if (!this.remembers) return this.step(s, color, run, at);
    const known = s.next[color];
    if (known !== undefined) return known;
    const made = this.step(s, color, run, at);
    s.next[color] = made;
    return made;
  }

  private ends(s: State, run: ReRun, at: number): boolean {
    const after = this.kindAt(run, at);
    if (!this.remembers) return this.accepting(s, after, run, at);
    return (s.accepts[after] ??= this.accepting(s, after, run, at));
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
    let s: State | null = this.begin(run, from);
    let end = -1;
    const { text } = run;
    let i = from;
    for (; s !== null; i++) {
      if (this.ends(s, run, i)) end = i;
      if (i >= to) break;
      s = this.next(s, this.colors.of(text.charCodeAt(i)), run, i);
    }
    run.charge((i - from + 1) / 4);
    return end;
  }

  /** End of the shortest match that begins at `from` and ends in `least` to `to`; -1 for none. */
  shortest(run: ReRun, from: number, least: number, to: number): number {
    let s: State | null = this.begin(run, from);
    const { text } = run;
    for (let i = from; s !== null; i++) {
      if (i >= least && this.ends(s, run, i)) {
        run.charge((i - from + 1) / 4);
        return i;
      }
      if (i >= to) break;
      s = this.next(s, this.colors.of(text.charCodeAt(i)), run, i);
      if ((i & 1023) === 1023) run.charge(256);
    }
    return -1;
  }

  /**
   * For an automaton that may begin anywhere: where the match that ends first ends, and a place before which no match begins.
   */
  search(run: ReRun, from: number): { end: number; earliest: number } | null {
    let s: State | null = this.begin(run, from);
    const { text } = run;
    let earliest = from;
    for (let i = from; s !== null; i++) {
      // Nothing but the arc that skips a character is under way.
      if (s.kernel.length === 1 && s.kernel[0] === this.first) earliest = i;
      if (this.ends(s, run, i)) {
        run.charge((i - from + 1) / 4);
        return { end: i, earliest };
      }
      if (i >= text.length) break;
      s = this.next(s, this.colors.of(text.charCodeAt(i)), run, i);
      if ((i & 1023) === 1023) run.charge(256);
    }
    run.charge((text.length - from) & 1023);
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
