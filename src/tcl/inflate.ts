/**
 * Decompression of RFC 1951, in pieces on both sides: `push` input as it comes, `pull` as much output as is wanted. What it does it does in steps (a block's
 * head, a symbol) that are undone when the input ends within one. Errors are told in zlib's words.
 */
import { DISTANCE_BASE, DISTANCE_EXTRA, FIXED_DISTANCES, FIXED_LENGTHS, LENGTH_BASE, LENGTH_EXTRA, ORDER, type Payer } from './deflate.ts';

/** Bad data. */
export class DataError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** The input was used up within a step. */
const SHORT = new DataError('');

const MAX_BITS = 15;
const QUICK_BITS = 9;
const WINDOW = 32768;

/** A canonical code: how many there are of each length, their symbols in order, and those of few bits by their bits, each times 16 with its length. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
  readonly quick: Uint16Array;
}

/** `partly`: a single code of one bit may stand alone. */
function codeOf(lengths: readonly number[], wrong: string, partly: boolean): Code {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const n of lengths) counts[n]!++;
  counts[0] = 0;
  const starts = new Uint16Array(MAX_BITS + 2);
  let room = 1;
  for (let n = 1; n <= MAX_BITS; n++) {
    starts[n + 1] = starts[n]! + counts[n]!;
    room = room * 2 - counts[n]!;
    if (room < 0) throw new DataError(wrong);
  }
  const used = starts[MAX_BITS + 1]!;
  if (room > 0 && used > 0 && !(partly && used === 1 && counts[1] === 1)) throw new DataError(wrong);
  if (used === 0 && !partly) throw new DataError(wrong);
  const symbols = new Uint16Array(lengths.length);
  for (let i = 0; i < lengths.length; i++) if (lengths[i]! > 0) symbols[starts[lengths[i]!]!++] = i;
  const quick = new Uint16Array(1 << QUICK_BITS);
  for (let n = 1, code = 0, at = 0; n <= QUICK_BITS; n++, code <<= 1) {
    for (let k = counts[n]!; k > 0; k--, code++, at++) {
      let bits = 0;
      for (let i = 0; i < n; i++) bits |= ((code >> i) & 1) << (n - 1 - i);
      for (; bits < quick.length; bits += 1 << n) quick[bits] = symbols[at]! * 16 + n;
    }
  }
  return { counts, symbols, quick };
}

let fixed: readonly [Code, Code] | null = null;

export type Inflater = ReturnType<typeof makeInflater>;

export function makeInflater(budget: Payer) {
  /** Input from `at` on; bits of the byte before in `hold`. */
  let data = new Uint8Array(0);
  let at = 0;
  let hold = 0;
  let have = 0;
  /** Output made, of which what lies before `given` was handed on: kept as far as a distance reaches. */
  let out = new Uint8Array(0);
  let size = 0;
  let given = 0;
  let state: 'head' | 'stored' | 'coded' | 'done' = 'head';
  let last = false;
  let storedLeft = 0;
  let literals: Code;
  let ways: Code;
  /** A copy that goes on when there is room. */
  let copyLeft = 0;
  let copyFrom = 0;
  return { push, pull, setDictionary, rest, done: () => state === 'done', held: () => data.length + out.length };

  function push(bytes: Uint8Array): void {
    if (at === data.length) data = bytes.slice();
    else {
      const both = new Uint8Array(data.length - at + bytes.length);
      both.set(data.subarray(at));
      both.set(bytes, data.length - at);
      data = both;
    }
    budget.allocate(data.length);
    at = 0;
  }

  /** At most `most` bytes; fewer when the input is used up or the data ends. */
  function pull(most: number): Uint8Array {
    const wanted = given + most;
    budget.charge(10);
    while (state !== 'done' && step(wanted)) {
      // On.
    }
    const made = out.slice(given, size);
    budget.charge(made.length);
    given = size;
    if (size > 4 * WINDOW) {
      out.copyWithin(0, size - WINDOW, size);
      copyFrom -= size - WINDOW;
      given = size = WINDOW;
    }
    return made;
  }

  /** Input after the end of the data, which is handed over. */
  function rest(): Uint8Array {
    giveBack();
    const left = data.slice(at);
    data = new Uint8Array(0);
    at = hold = have = 0;
    return left;
  }

  /** Whole bytes read ahead into `hold` belong to what follows. They may have come before the present input. */
  function giveBack(): void {
    const n = have >> 3;
    if (at >= n) at -= n;
    else {
      const both = new Uint8Array(n + data.length - at);
      for (let i = 0; i < n; i++) both[i] = hold >> (8 * i + (have & 7));
      both.set(data.subarray(at), n);
      data = both;
      at = 0;
    }
    hold = have = 0;
  }

  function setDictionary(bytes: Uint8Array): void {
    const tail = bytes.subarray(Math.max(0, bytes.length - WINDOW));
    room(size + tail.length);
    out.set(tail, size);
    given = size += tail.length;
  }

  function room(n: number): void {
    if (n <= out.length) return;
    const longer = new Uint8Array(Math.max(n, 2 * out.length, 4096));
    budget.allocate(longer.length);
    longer.set(out.subarray(0, size));
    out = longer;
  }

  /** False when it needs more input, or there is enough output. An end that follows at once is seen all the same. */
  function step(wanted: number): boolean {
    if (copyLeft > 0) return copy(wanted);
    if (state === 'coded') return coded(wanted);
    if (state === 'stored') return stored(wanted);
    const [a, h, n] = [at, hold, have];
    try {
      head();
      return true;
    } catch (e) {
      if (e !== SHORT) throw e;
      [at, hold, have] = [a, h, n];
      return false;
    }
  }

  function bits(n: number): number {
    while (have < n) {
      if (at >= data.length) throw SHORT;
      hold |= data[at++]! << have;
      have += 8;
    }
    const v = hold & ((1 << n) - 1);
    hold >>>= n;
    have -= n;
    return v;
  }

  function symbol({ counts, symbols, quick }: Code, wrong: string): number {
    while (have < MAX_BITS && at < data.length) {
      hold |= data[at++]! << have;
      have += 8;
    }
    const known = quick[hold & ((1 << QUICK_BITS) - 1)]!;
    const n = known & 15;
    if (n > 0) {
      if (n > have) throw SHORT;
      hold >>>= n;
      have -= n;
      return known >> 4;
    }
    for (let k = 1, code = 0, first = 0, index = 0; k <= MAX_BITS; k++) {
      if (k > have) throw SHORT;
      code |= (hold >> (k - 1)) & 1;
      const count = counts[k]!;
      if (code - count < first) {
        hold >>>= k;
        have -= k;
        return symbols[index + code - first]!;
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new DataError(wrong);
  }

  function head(): void {
    if (last) {
      state = 'done';
      return;
    }
    const isLast = bits(1) === 1;
    const kind = bits(2);
    if (kind === 3) throw new DataError('invalid block type');
    if (kind === 0) {
      bits(have & 7);
      const n = bits(16);
      if ((bits(16) ^ n) !== 0xffff) throw new DataError('invalid stored block lengths');
      storedLeft = n;
      state = 'stored';
    } else {
      fixed ??= [codeOf(FIXED_LENGTHS, '', false), codeOf([...FIXED_DISTANCES, 5, 5], '', true)];
      [literals, ways] = kind === 1 ? fixed : codes();
      state = 'coded';
    }
    last = isLast;
    budget.charge(500);
  }

  function codes(): readonly [Code, Code] {
    const nLiterals = bits(5) + 257;
    const nWays = bits(5) + 1;
    const given = bits(4) + 4;
    if (nLiterals > 286 || nWays > 30) throw new DataError('too many length or distance symbols');
    const lengths: number[] = Array(19).fill(0);
    for (let i = 0; i < given; i++) lengths[ORDER[i]!] = bits(3);
    const code = codeOf(lengths, 'invalid code lengths set', false);
    const all: number[] = [];
    while (all.length < nLiterals + nWays) {
      const n = symbol(code, 'invalid code lengths set');
      if (n < 16) all.push(n);
      else {
        if (n === 16 && all.length === 0) throw new DataError('invalid bit length repeat');
        const value = n === 16 ? all[all.length - 1]! : 0;
        for (let k = n === 16 ? 3 + bits(2) : n === 17 ? 3 + bits(3) : 11 + bits(7); k > 0; k--) all.push(value);
      }
    }
    if (all.length > nLiterals + nWays) throw new DataError('invalid bit length repeat');
    if (all[256] === 0) throw new DataError('invalid code -- missing end-of-block');
    return [
      codeOf(all.slice(0, nLiterals), 'invalid literal/lengths set', true),
      codeOf(all.slice(nLiterals), 'invalid distances set', true),
    ];
  }

  function stored(wanted: number): boolean {
    giveBack();
    const n = Math.min(storedLeft, data.length - at, wanted - size);
    room(size + n);
    out.set(data.subarray(at, at + n), size);
    at += n;
    size += n;
    storedLeft -= n;
    if (storedLeft > 0) return false;
    state = 'head';
    return true;
  }

  /** Symbols until the block ends. */
  function coded(wanted: number): boolean {
    let [a, h, n] = [at, hold, have];
    const back = (): false => {
      [at, hold, have] = [a, h, n];
      return false;
    };
    try {
      for (;;) {
        a = at;
        h = hold;
        n = have;
        const v = symbol(literals, 'invalid literal/length code');
        if (v === 256) {
          state = 'head';
          return true;
        }
        if (size >= wanted) return back();
        if (v < 256) {
          if (size === out.length) room(size + 1);
          out[size++] = v;
          continue;
        }
        if (v > 285) throw new DataError('invalid literal/length code');
        const length = LENGTH_BASE[v - 257]! + 3 + bits(LENGTH_EXTRA[v - 257]!);
        const d = symbol(ways, 'invalid distance code');
        if (d > 29) throw new DataError('invalid distance code');
        const distance = DISTANCE_BASE[d]! + 1 + bits(DISTANCE_EXTRA[d]!);
        if (distance > size) throw new DataError('invalid distance too far back');
        copyLeft = length;
        copyFrom = size - distance;
        if (!copy(wanted)) return false;
      }
    } catch (e) {
      if (e !== SHORT) throw e;
      return back();
    }
  }

  /** False when there is enough before its end. */
  function copy(wanted: number): boolean {
    const n = Math.min(copyLeft, wanted - size);
    room(size + n);
    for (let i = 0; i < n; i++) out[size++] = out[copyFrom++]!;
    copyLeft -= n;
    return copyLeft === 0;
  }
}
