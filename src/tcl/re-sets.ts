/**
 * Sets of characters for regular expressions, as sorted ranges of UTF-16 units; the named classes and collating elements; and colours, the
 * fewest kinds of character that an expression can tell apart. Answers to re_syntax.n, regc_locale.c and regc_color.c.
 */

import { looking } from './search.ts';

/** Pairs of first and last unit, ascending and apart. */
export type CharSet = readonly number[];

const MAX = 0xffff;

/** Any ranges as a set. */
export function charSet(ranges: readonly number[]): CharSet {
  looking.pay(20 * ranges.length);
  const pairs: [number, number][] = [];
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [from, to] of pairs) {
    const last = out.length - 1;
    if (last > 0 && from <= out[last]! + 1) out[last] = Math.max(out[last]!, to);
    else out.push(from, to);
  }
  return out;
}

export function complement(set: CharSet): CharSet {
  looking.pay(4 * set.length);
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i]! > next) out.push(next, set[i]! - 1);
    next = set[i + 1]! + 1;
  }
  if (next <= MAX) out.push(next, MAX);
  return out;
}

export function has(set: CharSet, c: number): boolean {
  let low = 0;
  let high = set.length / 2 - 1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    if (c < set[2 * mid]!) high = mid - 1;
    else if (c > set[2 * mid + 1]!) low = mid + 1;
    else return true;
  }
  return false;
}

/** The source of a JavaScript expression for one character of a set. */
export function classSource(set: CharSet): string {
  const hex = (c: number) => `\\u${c.toString(16).padStart(4, '0')}`;
  if (set.length === 2 && set[0] === set[1]) return hex(set[0]!);
  let source = '[';
  for (let i = 0; i < set.length; i += 2) source += `${hex(set[i]!)}-${hex(set[i + 1]!)}`;
  return `${source}]`;
}

/** The same text for the same sets. */
export function keyOf(set: CharSet): string {
  looking.pay(8 * set.length);
  return set.join();
}

/** A set with the other cases of its letters. */
export function foldCase(set: CharSet): CharSet {
  const more: number[] = [...set];
  for (let i = 0; i < set.length; i += 2) {
    // Ranges over most of the characters hold both cases of whatever they hold, but for their edges, which no script relies on.
    if (set[i + 1]! - set[i]! > 2000) continue;
    looking.pay(50 * (set[i + 1]! - set[i]! + 1));
    for (let c = set[i]!; c <= set[i + 1]!; c++) {
      const s = String.fromCharCode(c);
      for (const other of [s.toLowerCase(), s.toUpperCase()])
        if (other.length === 1 && other !== s) more.push(other.charCodeAt(0), other.charCodeAt(0));
    }
  }
  return charSet(more);
}

/** Made into expressions when they are asked for: reading Unicode's categories takes milliseconds. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['alnum', String.raw`[\p{L}\p{Nd}]`],
  ['alpha', String.raw`\p{L}`],
  ['blank', String.raw`[ \t]`],
  ['cntrl', String.raw`[\p{Cc}\p{Cf}\p{Co}]`],
  ['digit', String.raw`\p{Nd}`],
  ['graph', String.raw`[\p{L}\p{M}\p{N}\p{P}\p{S}]`],
  ['lower', String.raw`\p{Ll}`],
  ['print', String.raw`[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\x85\u180e\u200b\u2060\ufeff]`],
  ['punct', String.raw`\p{P}`],
  ['space', String.raw`[\p{White_Space}\u180e\u200b\u2060\ufeff]`],
  ['upper', String.raw`\p{Lu}`],
  ['xdigit', '[0-9a-fA-F]'],
  ['word', String.raw`[\p{L}\p{Nd}\p{Pc}]`],
]);
const known = new Map<string, CharSet>();

/** A named class; undefined for a name that is none. */
export function classSet(name: string): CharSet | undefined {
  const found = known.get(name);
  if (found !== undefined) return found;
  const source = CLASSES.get(name);
  if (source === undefined) return undefined;
  const test = new RegExp(source, 'u');
  const out: number[] = [];
  let open = -1;
  for (let c = 0; c <= MAX + 1; c++) {
    const inside = c <= MAX && test.test(String.fromCharCode(c));
    if (inside && open < 0) open = c;
    if (!inside && open >= 0) {
      out.push(open, c - 1);
      open = -1;
    }
  }
  known.set(name, out);
  return out;
}

/** Names of characters from a code on. */
const NAMES: readonly (readonly [from: number, names: string])[] = [
  [
    0,
    'NUL SOH STX ETX EOT ENQ ACK BEL,alert BS,backspace HT,tab LF,newline VT,vertical-tab FF,form-feed CR,carriage-return SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM ' +
      'SUB ESC IS4,FS IS3,GS IS2,RS IS1,US space exclamation-mark quotation-mark number-sign dollar-sign percent-sign ampersand apostrophe left-parenthesis right-parenthesis ' +
      'asterisk plus-sign comma hyphen,hyphen-minus period,full-stop slash,solidus zero one two three four five six seven eight nine colon semicolon less-than-sign equals-sign ' +
      'greater-than-sign question-mark commercial-at',
  ],
  [91, 'left-square-bracket backslash,reverse-solidus right-square-bracket circumflex,circumflex-accent underscore,low-line grave-accent'],
  [123, 'left-brace,left-curly-bracket vertical-line right-brace,right-curly-bracket tilde DEL'],
];
const ELEMENTS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap(([from, list]) => list.split(' ').flatMap((names, i) => names.split(',').map((n) => [n, from + i] as const))),
);

/** The character that `[.x.]` or `\xNAME` names; undefined for none. */
export function collatingElement(name: string): number | undefined {
  return name.length === 1 ? name.charCodeAt(0) : ELEMENTS.get(name);
}

/** Kinds of character around a place, for the constraints. */
export const EDGE = 0;
/** The beginning, where `^` must not match. */
export const EDGE_NOT_BOL = 1;
export const NEWLINE = 2;
export const WORD = 3;
export const OTHER = 4;
export const KINDS = 5;

/** Most colours of an expression, as in Tcl. */
const MAX_COLORS = 32764;
/** So many sets have a bit of a number each. */
const FEW_SETS = 26;
/** So many characters beyond the first 256 are looked up in every set. */
const FEW_FAR = 50;

/**
 * The colours of an expression: two characters have one colour when the same sets hold them. Each set is a number, and the sets that hold a character
 * are the exclusive or of theirs. Of few sets each character is looked up in all when it is first met; of many, one walk over the edges of all paints
 * all characters, since each set changes the number where its ranges begin and end. Throws when there are too many colours.
 */
export class Colors {
  /** Kind of each colour. The first is that of no character: it stands for one that was not met yet. */
  readonly kinds: number[] = [OTHER];
  /** A character of each colour. */
  private readonly samples: number[] = [-1];
  /** Of the first 256 characters. */
  readonly ascii: number[] = new Array<number>(256).fill(0);
  private readonly sets: readonly CharSet[];
  /** With the sets that kinds depend on. */
  private readonly all: readonly CharSet[];
  private readonly low: readonly number[];
  private readonly high: readonly number[];
  private readonly known = new Map<number, number>();
  private far = 0;
  /** Where colours change, and to which; once all are painted. */
  private starts: readonly number[] | null = null;
  private colors: readonly number[] = [];

  constructor(sets: readonly CharSet[], usesWords: boolean, tooMany: () => Error | object) {
    this.sets = sets;
    this.all = [...sets, [10, 10], ...(usesWords ? [classSet('word')!] : [])];
    const few = this.all.length <= FEW_SETS;
    // Of many sets two numbers at random: what agrees in both is one colour, but once in 2 ** 52 times.
    this.low = this.all.map((_, i) => (few ? 1 << i : randomBits()));
    this.high = few ? [] : this.all.map(randomBits);
    if (!few || this.all.reduce((n, set) => n + set.length, 0) > MAX_COLORS) {
      this.paint();
      if (this.kinds.length - 1 > MAX_COLORS) throw tooMany();
    }
  }

  of(c: number): number {
    return (c < 256 && this.ascii[c]) || this.look(c);
  }

  private look(c: number): number {
    if (this.starts === null && c >= 256 && ++this.far > FEW_FAR) this.paint();
    const color = this.starts === null ? this.asked(c) : this.colors[this.interval(c)]!;
    if (c < 256) this.ascii[c] = color;
    return color;
  }

  /** By asking each set. */
  private asked(c: number): number {
    let x = 0;
    for (let i = 0; i < this.all.length; i++) if (has(this.all[i]!, c)) x |= this.low[i]!;
    return this.colorOf(x, 0, c);
  }

  private colorOf(x: number, y: number, sample: number): number {
    const key = x * 0x4000000 + y;
    let color = this.known.get(key);
    if (color === undefined) {
      color = this.kinds.length;
      this.known.set(key, color);
      this.samples.push(sample);
      const { all, sets } = this;
      const word = all.length > sets.length + 1 && has(all[all.length - 1]!, sample);
      this.kinds.push(sample === 10 ? NEWLINE : word ? WORD : OTHER);
    }
    return color;
  }

  private paint(): void {
    const { all } = this;
    // Sorted as numbers: the edge, and whose it is.
    const edges = Float64Array.from(all.flatMap((set, n) => set.map((c, i) => (c + (i & 1)) * 0x20000 + n))).sort();
    const starts: number[] = [];
    const colors: number[] = [];
    let x = 0;
    let y = 0;
    let from = 0;
    const until = (edge: number) => {
      if (edge === from || from > MAX) return;
      starts.push(from);
      colors.push(this.colorOf(x, y, from));
      from = edge;
    };
    for (const e of edges) {
      const n = e % 0x20000;
      until((e - n) / 0x20000);
      x ^= this.low[n]!;
      y ^= this.high[n] ?? 0;
    }
    until(MAX + 1);
    this.starts = starts;
    this.colors = colors;
  }

  private interval(c: number): number {
    const starts = this.starts!;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (starts[mid]! <= c) low = mid;
      else high = mid - 1;
    }
    return low;
  }

  /** The characters of some colours; null when there are more than so many colours. */
  set(wanted: (color: number) => boolean, most: number): CharSet | null {
    if (this.starts === null) this.paint();
    if (this.kinds.length - 1 > most) return null;
    const starts = this.starts!;
    const out: number[] = [];
    starts.forEach((from, i) => {
      if (wanted(this.colors[i]!)) out.push(from, (starts[i + 1] ?? MAX + 1) - 1);
    });
    return charSet(out);
  }

  in(set: number, color: number): boolean {
    return has(this.sets[set]!, this.samples[color]!);
  }
}

function randomBits(): number {
  return Math.floor(Math.random() * 0x4000000);
}
