/**
 * What can be told of an expression without a text (`regexp -about`): whether it matches the empty string, whether it matches anything at all. Answers to
 * regc_nfa.c, analyze, which looks at the automaton once its constraints are solved; those that look ahead at more than a character are not.
 */
import { type CharSet, charSet, classSet, complement, has } from './re-sets.ts';
import type { Constraint, ParsedRe, ReNode } from './re-syntax.ts';

/** What stands beside a place, as bits: nothing, a newline, a character of words, another. */
const EDGE = 1;
const NEWLINE = 2;
const WORD = 4;
const ALL = 15;
/** A place: what is before it, one bit; from bit 4 on what may follow; and whether anything was matched on the way there. */
const MOVED = 256;
const place = (before: number, after: number, moved: number): number => before | (after << 4) | moved;

type Places = ReadonlySet<number>;

/** How empty repetitions beyond these end, fewer do. */
const ENOUGH = 8;

const ORDER =
  'UBACKREF ULOOKAHEAD UBOUNDS UBRACES UBSALNUM UPBOTCH UBBS UNONPOSIX UUNSPEC UUNPORT ULOCALE UEMPTYMATCH UIMPOSSIBLE USHORTEST';

/** The names of `-about`. */
export function aboutRe({ tree, sets, lineanchor, notes }: ParsedRe): string[] {
  const seen = new Set([...notes, possibleMatches(tree, sets, lineanchor)]);
  return ORDER.split(' ')
    .filter((name) => seen.has(name))
    .map((name) => `REG_${name}`);
}

function possibleMatches(tree: ReNode, sets: readonly CharSet[], lineanchor: boolean): 'UEMPTYMATCH' | 'UIMPOSSIBLE' | '' {
  const bodies = new Map<number, ReNode>();
  const known = new Map<ReNode, Map<number, Places>>();
  const start = new Set([1, 2, 4, 8].map((before) => place(before, ALL, 0)));
  const ends = after(tree, start);
  if (ends.size === 0) return 'UIMPOSSIBLE';
  return [...ends].some((p) => p < MOVED) ? 'UEMPTYMATCH' : '';

  function after(n: ReNode, from: Places): Places {
    const out = new Set<number>();
    let ways = known.get(n);
    if (ways === undefined) known.set(n, (ways = new Map()));
    for (const p of from) {
      let to = ways.get(p);
      if (to === undefined) ways.set(p, (to = through(n, p)));
      for (const q of to) out.add(q);
    }
    return out;
  }

  function through(n: ReNode, p: number): Places {
    const from = new Set([p]);
    switch (n.op) {
      case 'empty':
        return from;
      case 'set':
        return step(sets[n.set]!, p);
      case 'constraint':
        return constrained(n.which, p);
      // Not looked into.
      case 'look':
        return new Set([p | MOVED]);
      case 'seq':
        return n.items.reduce((at: Places, item) => after(item, at), from);
      case 'cat':
        return after(n.right, after(n.left, from));
      case 'any':
      case 'alt':
        return new Set(n.branches.flatMap((b) => [...after(b, from)]));
      case 'repeat':
      case 'iter':
        return repeated(n.body, n.min, n.max, from);
      case 'group':
        bodies.set(n.n, n.body);
        return after(n.body, from);
      case 'plain':
        return after(n.body, from);
      // As the group matches, whatever it has matched.
      case 'backref':
        return repeated(bodies.get(n.n) ?? { op: 'empty' }, n.min, n.max, from);
    }
  }

  function repeated(body: ReNode, min: number, max: number, from: Places): Places {
    const out = new Set<number>(min === 0 ? from : []);
    let at = from;
    const least = Math.min(min, ENOUGH);
    for (let i = 1; i <= max && i <= least + 2 * ENOUGH; i++) {
      at = after(body, at);
      if (i >= least) for (const q of at) out.add(q);
    }
    return out;
  }

  function step(set: CharSet, p: number): Places {
    const out = new Set<number>();
    for (const [kind, is] of kindsOf(set).entries())
      if (is && ((p >> 4) & (NEWLINE << kind)) !== 0) out.add(place(NEWLINE << kind, ALL, MOVED));
    return out;
  }

  function constrained(which: Constraint, p: number): Places {
    const before = p & ALL;
    const afterWord = before === WORD;
    const lines = lineanchor ? EDGE | NEWLINE : EDGE;
    let follows = ALL;
    if (which === '^' || which === 'A') follows = (before & (which === 'A' ? EDGE : lines)) !== 0 ? ALL : 0;
    else if (which === '$' || which === 'Z') follows = which === 'Z' ? EDGE : lines;
    else if ((which === 'm' && afterWord) || (which === 'M' && !afterWord)) follows = 0;
    // A boundary is where the kinds differ.
    else follows = afterWord === (which === 'Y') ? WORD : ALL & ~WORD;
    follows &= (p >> 4) & ALL;
    return new Set(follows === 0 ? [] : [place(before, follows, p & MOVED)]);
  }
}

/** Whether a set has a newline, characters of words, others. */
function kindsOf(set: CharSet): readonly [boolean, boolean, boolean] {
  const word = classSet('word')!;
  const meets = (other: CharSet) => charSet([...complement(set), ...complement(other)]).join() !== '0,65535';
  return [has(set, 10), meets(word), meets(complement(charSet([...word, 10, 10])))];
}
