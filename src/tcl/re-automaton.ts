/**
 * One automaton for one part of a regular expression: built from its tree, run over text as a deterministic one whose states are made when
 * they are first reached. Answers to regcomp.c (repeat, dupnfa) and rege_dfa.c (longest, shortest, miss).
 *
 * A state is what may be reached after a character, before constraints were looked at: those depend on the kind of the character on either
 * side, so following empty arcs waits until the next one is known.
 */
import { type Colors, classSource, EDGE, EDGE_NOT_BOL, KINDS, NEWLINE, WORD } from './re-sets.ts';
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
/** So many characters that changed nothing, and the next that does is searched for; for so many states, by so many colours. */
const MANY_SAME = 16;
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
  /** Finds a character that leads out of the state, where many in a row have not; null where that is not to be had. */
  leave: RegExp | null | undefined = undefined;
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

export type Automaton = ReturnType<typeof makeAutomaton>;

/** `bodies`: what the groups that back references name may match, roughly. `search`: may begin anywhere. */
export function makeAutomaton(
  tree: ReNode,
  colors: Colors,
  lineanchor: boolean,
  bodies: ReadonlyMap<number, ReNode>,
  search = false,
): { size: number; longest: typeof longest; shortest: typeof shortest; ends: typeof endsFrom; search: typeof searchFrom } {
  const nodes: Node[] = [];
  const looks: Look[] = [];
  let states = new Map<string, State>();
  let starts: (State | undefined)[] = [];
  let first = build(tree, add(FINAL, 0, -1));
  if (search) {
    const any = add(CHAR, -1, -1);
    first = add(SPLIT, 0, first, any);
    nodes[any]!.next = first;
  }
  /** Marks of nodes visited by the present closure. */
  const seen = new Uint32Array(nodes.length);
  let mark = 0;
  /** Where constraints stand, what follows says whether the expression may end; look-ahead must be looked at anew each time. */
  const constrained = nodes.some((n) => n.kind === ASSERT);
  const looking = looks.length > 0;
  let leavers = 0;
  const { ascii, kinds } = colors;
  return { size: nodes.length, longest, shortest, ends: endsFrom, search: searchFrom };

  function add(kind: number, arg: number, next: number, other = -1): number {
    if (nodes.length >= MAX_NODES) throw reError('ETOOBIG');
    nodes.push({ kind, arg, next, other });
    return nodes.length - 1;
  }

  /** Nodes for a tree that go on to `to`; built from the end. */
  function build(n: ReNode, to: number): number {
    switch (n.op) {
      case 'empty':
        return to;
      case 'set':
        return add(CHAR, n.set, to);
      case 'constraint':
        return add(ASSERT, CONSTRAINTS.indexOf(n.which), to);
      case 'look':
        looks.push({ ahead: n.ahead, automaton: makeAutomaton(n.body, colors, lineanchor, bodies) });
        return add(LOOK, looks.length - 1, to);
      case 'seq':
        for (let i = n.items.length - 1; i >= 0; i--) to = build(n.items[i]!, to);
        return to;
      case 'cat':
        return build(n.left, build(n.right, to));
      case 'any':
      case 'alt': {
        let at = build(n.branches[n.branches.length - 1]!, to);
        for (let i = n.branches.length - 2; i >= 0; i--) at = add(SPLIT, 0, build(n.branches[i]!, to), at);
        return at;
      }
      case 'repeat':
      case 'iter':
        return repeated(n.body, n.min, n.max, to);
      case 'group':
      case 'plain':
        return build(n.body, to);
      case 'backref':
        return repeated(bodies.get(n.n) ?? { op: 'empty' }, n.min, n.max, to);
    }
  }

  function repeated(body: ReNode, min: number, max: number, to: number): number {
    let at = to;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = add(SPLIT, 0, -1, to);
      nodes[loop]!.next = build(body, loop);
      at = loop;
    } else {
      for (let i = min; i < max; i++) at = add(SPLIT, 0, build(body, at), to);
    }
    for (let i = 0; i < min; i++) at = build(body, at);
    return at;
  }

  // --- states -------------------------------------------------------------------------------------------------------------------

  function stateOf(kernel: number[], before: number): State {
    kernel.sort((a, b) => a - b);
    const key = `${before}:${kernel.join()}`;
    let s = states.get(key);
    if (s === undefined) {
      if (states.size >= MAX_STATES) {
        states = new Map();
        starts = [];
      }
      s = new State(kernel, before, kernel.length === 1 && kernel[0] === first);
      states.set(key, s);
    }
    return s;
  }

  function startState(before: number): State {
    return (starts[before] ??= stateOf([first], before));
  }

  /** Calls `visit` for each node with a character, and for the end, that empty arcs lead to at a place. */
  function close(s: State, after: number, run: ReRun, at: number, visit: (n: Node, index: number) => void): void {
    const now = ++mark;
    const stack = [...s.kernel];
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
          if (holds(CONSTRAINTS[n.arg]!, s.before, after, lineanchor)) stack.push(n.next);
          break;
        case LOOK: {
          const { ahead, automaton } = looks[n.arg]!;
          if (automaton.shortest(run, at, at, run.text.length) >= 0 === ahead) stack.push(n.next);
          break;
        }
        default:
          visit(n, i);
      }
    }
    run.charge(work);
  }

  function step(s: State, color: number, run: ReRun, at: number): State | null {
    const kernel = new Set<number>();
    close(s, colors.kinds[color]!, run, at, (n) => {
      if (n.kind === CHAR && (n.arg < 0 || colors.in(n.arg, color))) kernel.add(n.next);
    });
    return kernel.size === 0 ? null : stateOf([...kernel], colors.kinds[color]!);
  }

  function accepting(s: State, kind: number, run: ReRun, at: number): boolean {
    let found = false;
    close(s, kind, run, at, (n) => {
      if (n.kind === FINAL) found = true;
    });
    return found;
  }

  /** The state after a character whose state is not known yet, or null. */
  function after(s: State, run: ReRun, i: number): State | null {
    const color = colors.of(run.text.charCodeAt(i));
    const made = step(s, color, run, i);
    if (looking) return made;
    // No holes: they cost each look at what is there.
    while (s.next.length <= color) s.next.push(undefined);
    s.next[color] = made;
    return made;
  }

  function ends(s: State, run: ReRun, at: number): boolean {
    if (looking) return accepting(s, kindAt(run, at), run, at);
    if (!constrained) return (s.accept = accepting(s, EDGE, run, at));
    const kind = kindAt(run, at);
    return s.accepts[kind] ?? (s.accepts[kind] = accepting(s, kind, run, at));
  }

  /** The place of the next character at `i` or after that leads out of a state: the platform's own search takes far less than a step for each. */
  function skip(s: State, run: ReRun, i: number): number {
    if (s.leave === undefined) s.leave = leaver(s, run);
    const { leave } = s;
    if (leave === null) return i;
    leave.lastIndex = i;
    const at = leave.test(run.text) ? leave.lastIndex - 1 : run.text.length;
    run.charge((at - i) / 16);
    return at;
  }

  function leaver(s: State, run: ReRun): RegExp | null {
    // What follows a place says there whether the expression may end; and such searches take much more memory than a state.
    if (constrained || looking || colors.count > MAX_COLORS || ++leavers > MAX_LEAVERS) return null;
    return new RegExp(classSource(colors.set((color) => (s.next[color] ?? step(s, color, run, 0)) !== s)), 'g');
  }

  function kindAt(run: ReRun, at: number): number {
    return at >= run.text.length ? EDGE : kinds[colors.of(run.text.charCodeAt(at))]!;
  }

  function begin(run: ReRun, at: number): State {
    if (at > run.start) return startState(kindAt(run, at - 1));
    return startState(run.notBol ? EDGE_NOT_BOL : EDGE);
  }

  // --- running ------------------------------------------------------------------------------------------------------------------

  /** End of the longest match that begins at `from` and ends at `to` or before; -1 for none. */
  function longest(run: ReRun, from: number, to: number): number {
    const { text } = run;
    let s: State | null = begin(run, from);
    let end = -1;
    // In part of a text the search would go too far.
    const most = to === text.length ? MANY_SAME : -1;
    let same = 0;
    let i = from;
    for (; s !== null; i++) {
      if (s.accept ?? ends(s, run, i)) end = i;
      if (i >= to) break;
      const c = text.charCodeAt(i);
      const next: State | null | undefined = s.next[c < 256 ? ascii[c]! : colors.of(c)];
      if (next === s) {
        // It ends here as well or as little as at the characters skipped.
        if (++same === most) i = skip(s, run, i + 1) - 1;
      } else {
        same = 0;
        s = next === undefined ? after(s, run, i) : next;
      }
    }
    run.charge((i - from + 1) / 8);
    return end;
  }

  /** All that a match which begins at `from` may end at, to `to`. */
  function endsFrom(run: ReRun, from: number, to: number): number[] {
    let s: State | null = begin(run, from);
    const all: number[] = [];
    let i = from;
    for (; s !== null; i++) {
      if (s.accept ?? ends(s, run, i)) all.push(i);
      if (i >= to) break;
      const next: State | null | undefined = s.next[colors.of(run.text.charCodeAt(i))];
      s = next === undefined ? after(s, run, i) : next;
    }
    run.charge((i - from + 1) / 4);
    return all;
  }

  /** End of the shortest match that begins at `from` and ends in `least` to `to`; -1 for none. */
  function shortest(run: ReRun, from: number, least: number, to: number): number {
    const { text } = run;
    let s: State | null = begin(run, from);
    // In part of a text the search would go too far.
    const most = to === text.length ? MANY_SAME : -1;
    let same = 0;
    let i = from;
    for (; s !== null; i++) {
      if (i >= least && (s.accept ?? ends(s, run, i))) {
        run.charge((i - from + 1) / 8);
        return i;
      }
      if (i >= to) break;
      const c = text.charCodeAt(i);
      const next: State | null | undefined = s.next[c < 256 ? ascii[c]! : colors.of(c)];
      if (next === s) {
        if (++same === most && i >= least) i = skip(s, run, i + 1) - 1;
      } else {
        same = 0;
        s = next === undefined ? after(s, run, i) : next;
      }
    }
    run.charge((i - from + 1) / 8);
    return -1;
  }

  /**
   * For an automaton that may begin anywhere: where the match that ends first ends, and a place before which no match begins.
   */
  function searchFrom(run: ReRun, from: number): { end: number; earliest: number } | null {
    const { text } = run;
    const { length } = text;
    let s: State | null = begin(run, from);
    let same = 0;
    let earliest = from;
    let i = from;
    for (; s !== null; i++) {
      if (s.idle) earliest = i;
      if (s.accept ?? ends(s, run, i)) {
        run.charge(((i - from) & 1023) / 8);
        return { end: i, earliest };
      }
      if (i >= length) break;
      const c = text.charCodeAt(i);
      const next: State | null | undefined = s.next[c < 256 ? ascii[c]! : colors.of(c)];
      if (next === s) {
        if (++same === MANY_SAME) i = skip(s, run, i + 1) - 1;
      } else {
        same = 0;
        s = next === undefined ? after(s, run, i) : next;
      }
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
