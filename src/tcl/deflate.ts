/**
 * Compression to the format of RFC 1951, in the blocks, matches and codes that zlib 1.2.13 chooses with `memLevel` 9, so that sizes and bytes are those of
 * tclsh. A compressor takes data in pieces and gives what has become of it.
 *
 *   data -> strings seen before, found by a hash of three bytes -> literals and (length, distance) -> Huffman codes of a block -> bits
 */

/** What pays for work and memory: a budget, or part of one. */
export interface Payer {
  charge(units: number): void;
  allocate(bytes: number): void;
}

/** How far to go: all that is ready, to the end of a byte, also forgetting what was seen, or to the end of the stream. */
export type Flush = 'none' | 'sync' | 'full' | 'finish';

const RANKS: readonly string[] = ['', 'none', 'sync', 'full'];

export type Deflater = ReturnType<typeof makeDeflater>;

const WINDOW = 32768;
const MIN_MATCH = 3;
const MAX_MATCH = 258;
/** Bytes that must be there before a match is looked for. */
const LOOKAHEAD = MAX_MATCH + MIN_MATCH + 1;
const MAX_DISTANCE = WINDOW - LOOKAHEAD;
/** Three bytes are not worth a longer way. */
const TOO_FAR = 4096;
/** Literals and matches in a block. */
const BLOCK = 32767;
const HASH_SIZE = 1 << 16;
/** What a compressor takes. */
export const COMPRESSOR_BYTES = 8 * WINDOW + 4 * HASH_SIZE + 6 * BLOCK;

/** By level: a match so good that fewer are tried, one so long that the next place is not, one that ends the search, and how many are tried. */
const LEVELS: readonly (readonly [good: number, lazy: number, nice: number, chain: number])[] = [
  [0, 0, 0, 0],
  [4, 4, 8, 4],
  [4, 5, 16, 8],
  [4, 6, 32, 32],
  [4, 4, 16, 16],
  [8, 16, 32, 32],
  [8, 16, 128, 128],
  [8, 32, 128, 256],
  [32, 128, 258, 1024],
  [32, 258, 258, 4096],
];

const END = 256;
export const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
export const DISTANCE_EXTRA = Array.from({ length: 30 }, (_, i) => (i < 2 ? 0 : (i >> 1) - 1));
const CODE_EXTRA = [...Array<number>(16).fill(0), 2, 3, 7];
/** The order in which the lengths of the code for code lengths come. */
export const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
export const FIXED_LENGTHS = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
export const FIXED_DISTANCES: readonly number[] = Array<number>(30).fill(5);

/** The least of each code, counted from 0. */
function bases(extra: readonly number[]): number[] {
  let at = 0;
  return extra.map((bits) => {
    const base = at;
    at += 1 << bits;
    return base;
  });
}
/** Lengths less 3; the last code is for the longest alone. */
export const LENGTH_BASE = bases(LENGTH_EXTRA).map((base, i) => (i === 28 ? MAX_MATCH - MIN_MATCH : base));
/** Distances less 1. */
export const DISTANCE_BASE = bases(DISTANCE_EXTRA);

const LENGTH_CODES = Uint8Array.from({ length: 256 }, (_, n) => LENGTH_BASE.findLastIndex((base) => base <= n));
const distanceCode = (d: number): number => {
  if (d < 4) return d;
  const bits = 31 - Math.clz32(d);
  return 2 * bits + ((d >> (bits - 1)) & 1);
};

// ---- Codes

/** A set of symbols with how often they came and the code made of it. */
interface Tree {
  readonly count: Uint16Array;
  readonly length: Uint8Array;
  readonly code: Uint16Array;
  readonly extra: readonly number[];
  /** The first symbol with extra bits. */
  readonly base: number;
  readonly fixed: readonly number[] | null;
  readonly maxBits: number;
  /** The last symbol that is used. */
  last: number;
}

function makeTree(extra: readonly number[], base: number, fixed: readonly number[] | null, maxBits: number): Tree {
  const size = base + extra.length;
  return {
    count: new Uint16Array(2 * size + 1),
    length: new Uint8Array(2 * size + 1),
    code: new Uint16Array(size + 2),
    extra,
    base,
    fixed,
    maxBits,
    last: 0,
  };
}

function reversed(code: number, bits: number): number {
  let r = 0;
  for (let n = bits, c = code; n > 0; n--, c >>= 1) r = (r << 1) | (c & 1);
  return r;
}

function assignCodes(lengths: ArrayLike<number>, size: number, codes: Uint16Array): void {
  const counts = new Uint16Array(17);
  for (let i = 0; i < size; i++) counts[lengths[i]!]!++;
  counts[0] = 0;
  const next = new Uint16Array(17);
  for (let n = 1; n <= 16; n++) next[n] = (next[n - 1]! + counts[n - 1]!) << 1;
  for (let i = 0; i < size; i++) if (lengths[i]! > 0) codes[i] = reversed(next[lengths[i]!]!++, lengths[i]!);
}

const fixedCodes = new Uint16Array(288);
assignCodes(FIXED_LENGTHS, 288, fixedCodes);

/** Bits of what a block holds: with codes of its own, and with the fixed ones. */
interface Cost {
  own: number;
  fixed: number;
}

/** Huffman's codes, none longer than may be. Of equals the one with the flatter tree below goes first. */
function buildTree(tree: Tree, cost: Cost): void {
  const { count, length, extra, base, fixed, maxBits } = tree;
  const size = base + extra.length;
  const parent = new Int32Array(2 * size + 1);
  const depth = new Uint8Array(2 * size + 1);
  const heap: number[] = [0];
  tree.last = -1;
  for (let n = 0; n < size; n++) {
    if (count[n] !== 0) heap.push((tree.last = n));
    else length[n] = 0;
  }
  // At least two codes, also when they are not used.
  while (heap.length < 3) {
    const node = tree.last < 2 ? ++tree.last : 0;
    heap.push(node);
    count[node] = 1;
    cost.own--;
    if (fixed !== null) cost.fixed -= fixed[node]!;
  }
  const smaller = (n: number, m: number): boolean => count[n]! < count[m]! || (count[n] === count[m] && depth[n]! <= depth[m]!);
  const sink = (k: number): void => {
    const v = heap[k]!;
    for (let j = 2 * k; j < heap.length; j = 2 * k) {
      if (j + 1 < heap.length && smaller(heap[j + 1]!, heap[j]!)) j++;
      if (smaller(v, heap[j]!)) break;
      heap[k] = heap[j]!;
      k = j;
    }
    heap[k] = v;
  };
  for (let n = (heap.length - 1) >> 1; n >= 1; n--) sink(n);
  /** Nodes by how often they come, the rarest first. */
  const sorted: number[] = [];
  const takeOut = (): number => {
    const n = heap[1]!;
    heap[1] = heap[heap.length - 1]!;
    heap.pop();
    if (heap.length > 1) sink(1);
    return n;
  };
  for (let node = size; heap.length > 2; node++) {
    const n = takeOut();
    const m = heap[1]!;
    sorted.push(n, m);
    count[node] = count[n]! + count[m]!;
    depth[node] = Math.max(depth[n]!, depth[m]!) + 1;
    parent[n] = parent[m] = node;
    heap[1] = node;
    sink(1);
  }
  const root = heap[1]!;
  const counts = new Uint16Array(maxBits + 1);
  let overflow = 0;
  length[root] = 0;
  for (const n of sorted.toReversed()) {
    const bits = Math.min(length[parent[n]!]! + 1, maxBits);
    if (length[parent[n]!] === maxBits) overflow++;
    length[n] = bits;
    if (n > tree.last) continue;
    counts[bits]!++;
    const more = n >= base ? extra[n - base]! : 0;
    cost.own += count[n]! * (bits + more);
    if (fixed !== null) cost.fixed += count[n]! * (fixed[n]! + more);
  }
  if (overflow > 0) shorten(tree, sorted, counts, overflow, cost);
  assignCodes(length, tree.last + 1, tree.code);
}

/** Moves leaves up until none is too deep. */
function shorten(
  { count, length, last, maxBits }: Tree,
  sorted: readonly number[],
  counts: Uint16Array,
  overflow: number,
  cost: Cost,
): void {
  for (let over = overflow; over > 0; over -= 2) {
    let bits = maxBits - 1;
    while (counts[bits] === 0) bits--;
    counts[bits]!--;
    counts[bits + 1]! += 2;
    counts[maxBits]!--;
  }
  let at = 0;
  for (let bits = maxBits; bits > 0; bits--) {
    for (let n = counts[bits]!; n > 0; ) {
      const m = sorted[at++]!;
      if (m > last) continue;
      cost.own += (bits - length[m]!) * count[m]!;
      length[m] = bits;
      n--;
    }
  }
}

/** The lengths of a code as symbols of another: `see` is told each with what follows it. */
function codeLengths({ length, last }: Tree, see: (symbol: number, more: number) => void): void {
  let before = -1;
  for (let n = 0; n <= last; ) {
    const bits = length[n]!;
    // The first of a run of lengths that are not zero may not be told by repetition.
    const most = bits === 0 ? 138 : bits === before ? 6 : 7;
    let run = 1;
    while (run < most && n + run <= last && length[n + run] === bits) run++;
    n += run;
    const least = bits !== 0 && bits !== before ? 4 : 3;
    if (run < least) for (let i = run; i > 0; i--) see(bits, 0);
    else if (bits !== 0) {
      if (bits !== before) {
        see(bits, 0);
        run--;
      }
      see(16, run - 3);
    } else see(run <= 10 ? 17 : 18, run - (run <= 10 ? 3 : 11));
    before = bits;
  }
}

// ---- The compressor

export function makeDeflater(level: number, budget: Payer) {
  const [good, lazy, nice, chain] = LEVELS[level]!;
  budget.allocate(COMPRESSOR_BYTES);
  /** Data from the window on, `size` bytes of it; what comes next is at `at`, the block begins at `blockStart`. */
  let data = new Uint8Array(0);
  let size = 0;
  let at = 0;
  let blockStart = 0;
  /** The last place of a hash, and of each place the one before. 0 is none. */
  const head = new Int32Array(HASH_SIZE);
  const previous = new Int32Array(WINDOW);
  /** Places before `at` that no hash leads to yet, for want of bytes. */
  let uninserted = 0;
  let matchLength = MIN_MATCH - 1;
  let matchAt = 0;
  /** The byte before `at` is not written: it may begin a longer match. */
  let waiting = false;
  const lengths = new Uint8Array(BLOCK + 1);
  const distances = new Uint16Array(BLOCK + 1);
  let symbols = 0;
  const literals = makeTree(LENGTH_EXTRA, END + 1, FIXED_LENGTHS, 15);
  const ways = makeTree(DISTANCE_EXTRA, 0, FIXED_DISTANCES, 15);
  const codes = makeTree(CODE_EXTRA, 0, null, 7);
  let out = new Uint8Array(256);
  let outSize = 0;
  let hold = 0;
  let have = 0;
  let lastFlush: Flush | '' = '';
  let work = 0;
  startBlock();
  return { put, setDictionary };

  function pay(units: number): void {
    work += units;
    if (work < 10_000) return;
    budget.charge(work);
    work = 0;
  }

  // -- Output

  function room(n: number): void {
    if (outSize + n <= out.length) return;
    const longer = Math.max(2 * out.length, outSize + n);
    budget.allocate(longer);
    const old = out;
    out = new Uint8Array(longer);
    out.set(old.subarray(0, outSize));
  }

  function bits(value: number, n: number): void {
    hold |= value << have;
    have += n;
    if (have < 16) return;
    out[outSize++] = hold & 255;
    out[outSize++] = (hold >> 8) & 255;
    have -= 16;
    hold >>>= 16;
  }

  function wholeByte(): void {
    for (; have > 0; have -= 8, hold >>>= 8) out[outSize++] = hold & 255;
    have = hold = 0;
  }

  function storedBlock(from: number, to: number, last: boolean): void {
    room(to - from + 16);
    bits(Number(last), 3);
    wholeByte();
    const n = to - from;
    out.set([n & 255, n >> 8, ~n & 255, (~n >> 8) & 255], outSize);
    out.set(data.subarray(from, to), outSize + 4);
    outSize += n + 4;
  }

  // -- Blocks

  function startBlock(): void {
    for (const tree of [literals, ways, codes]) tree.count.fill(0);
    literals.count[END] = 1;
    symbols = 0;
  }

  /** True when the block is full. */
  function literal(c: number): boolean {
    lengths[symbols] = c;
    distances[symbols++] = 0;
    literals.count[c]!++;
    return symbols === BLOCK;
  }

  function match(length: number, distance: number): boolean {
    lengths[symbols] = length - MIN_MATCH;
    distances[symbols++] = distance;
    literals.count[END + 1 + LENGTH_CODES[length - MIN_MATCH]!]!++;
    ways.count[distanceCode(distance - 1)]!++;
    return symbols === BLOCK;
  }

  /** Writes the block in the shortest of three ways. */
  function endBlock(last: boolean): void {
    const cost: Cost = { own: 0, fixed: 0 };
    buildTree(literals, cost);
    buildTree(ways, cost);
    const described: [symbol: number, more: number][] = [];
    for (const tree of [literals, ways]) {
      codeLengths(tree, (symbol, more) => {
        described.push([symbol, more]);
        codes.count[symbol]!++;
      });
    }
    buildTree(codes, cost);
    let told = 18;
    while (told > 2 && codes.length[ORDER[told]!] === 0) told--;
    cost.own += 3 * (told + 1) + 14;
    const ownBytes = (cost.own + 10) >> 3;
    const fixedBytes = (cost.fixed + 10) >> 3;
    const bytes = Math.min(ownBytes, fixedBytes);
    const stored = at - blockStart;
    pay(5000 + 2 * symbols);
    if (stored + 4 <= bytes) {
      storedBlock(blockStart, blockStart + stored, last);
    } else {
      room(bytes + 16);
      const isFixed = fixedBytes <= ownBytes;
      bits((isFixed ? 2 : 4) + Number(last), 3);
      if (isFixed) writeSymbols(FIXED_LENGTHS, fixedCodes, null, null);
      else {
        bits(literals.last - 256, 5);
        bits(ways.last, 5);
        bits(told - 3, 4);
        for (let i = 0; i <= told; i++) bits(codes.length[ORDER[i]!]!, 3);
        for (const [symbol, more] of described) {
          bits(codes.code[symbol]!, codes.length[symbol]!);
          if (symbol > 15) bits(more, CODE_EXTRA[symbol]!);
        }
        writeSymbols(literals.length, literals.code, ways.length, ways.code);
      }
    }
    if (last) wholeByte();
    startBlock();
    blockStart += stored;
  }

  /** Ways without codes of their own have five bits each. */
  function writeSymbols(length: ArrayLike<number>, code: Uint16Array, wayLength: Uint8Array | null, wayCode: Uint16Array | null): void {
    for (let i = 0; i < symbols; i++) {
      const n = lengths[i]!;
      const distance = distances[i]! - 1;
      if (distance < 0) {
        bits(code[n]!, length[n]!);
        continue;
      }
      const c = LENGTH_CODES[n]!;
      bits(code[END + 1 + c]!, length[END + 1 + c]!);
      if (LENGTH_EXTRA[c]! > 0) bits(n - LENGTH_BASE[c]!, LENGTH_EXTRA[c]!);
      const d = distanceCode(distance);
      if (wayCode === null) bits(reversed(d, 5), 5);
      else bits(wayCode[d]!, wayLength![d]!);
      if (DISTANCE_EXTRA[d]! > 0) bits(distance - DISTANCE_BASE[d]!, DISTANCE_EXTRA[d]!);
    }
    bits(code[END]!, length[END]!);
  }

  // -- Matches

  /** Notes the place `i`; the last place with the same hash. */
  function insert(i: number): number {
    const h = ((data[i]! << 12) ^ (data[i + 1]! << 6) ^ data[i + 2]!) & (HASH_SIZE - 1);
    const before = head[h]!;
    previous[i & (WINDOW - 1)] = before;
    head[h] = i;
    return before;
  }

  /** The longest match of what is at `at`, longer than `least`, among places from `place` back; its length. */
  function longestMatch(place: number, least: number): number {
    let tries = least >= good ? chain >> 2 : chain;
    const ahead = size - at;
    const enough = Math.min(nice, ahead);
    const limit = at > MAX_DISTANCE ? at - MAX_DISTANCE : 0;
    const end = Math.min(MAX_MATCH, ahead);
    let best = least;
    let from = place;
    do {
      work++;
      if (
        data[from + best] !== data[at + best] ||
        data[from + best - 1] !== data[at + best - 1] ||
        data[from] !== data[at] ||
        data[from + 1] !== data[at + 1]
      )
        continue;
      let n = 2;
      while (n < end && data[from + n] === data[at + n]) n++;
      work += n >> 3;
      if (n > best) {
        matchAt = from;
        best = n;
        if (n >= enough) break;
      }
    } while ((from = previous[from & (WINDOW - 1)]!) > limit && --tries !== 0);
    return Math.min(best, ahead);
  }

  /** Takes the first good match. */
  function quickly(flush: Flush): void {
    while (size - at >= (flush === 'none' ? LOOKAHEAD : 1)) {
      pay(4);
      const before = size - at >= MIN_MATCH ? insert(at) : 0;
      let length = 0;
      if (before !== 0 && at - before <= MAX_DISTANCE) length = longestMatch(before, MIN_MATCH - 1);
      let full: boolean;
      if (length >= MIN_MATCH) {
        full = match(length, at - matchAt);
        if (length <= lazy && size - at - length >= MIN_MATCH) for (let i = 1; i < length; i++) insert(at + i);
        at += length;
      } else full = literal(data[at++]!);
      if (full) endBlock(false);
    }
  }

  /** Takes a match when the next place has no better one. */
  function carefully(flush: Flush): void {
    while (size - at >= (flush === 'none' ? LOOKAHEAD : 1)) {
      pay(4);
      const before = size - at >= MIN_MATCH ? insert(at) : 0;
      const lastLength = matchLength;
      const lastAt = matchAt;
      matchLength = MIN_MATCH - 1;
      if (before !== 0 && lastLength < lazy && at - before <= MAX_DISTANCE) {
        matchLength = longestMatch(before, lastLength);
        if (matchLength === MIN_MATCH && at - matchAt > TOO_FAR) matchLength = MIN_MATCH - 1;
      }
      if (lastLength >= MIN_MATCH && matchLength <= lastLength) {
        const full = match(lastLength, at - 1 - lastAt);
        const end = at - 1 + lastLength;
        for (at++; at < end; at++) if (at <= size - MIN_MATCH) insert(at);
        waiting = false;
        matchLength = MIN_MATCH - 1;
        if (full) endBlock(false);
      } else {
        if (waiting && literal(data[at - 1]!)) endBlock(false);
        waiting = true;
        at++;
      }
    }
    if (flush === 'none') return;
    if (waiting) literal(data[at - 1]!);
    waiting = false;
  }

  function store(flush: Flush): void {
    for (; size - blockStart > 65535; blockStart += 65535) storedBlock(blockStart, blockStart + 65535, false);
    at = size;
    if (flush === 'none' || (blockStart === size && flush !== 'finish')) return;
    storedBlock(blockStart, size, flush === 'finish');
    blockStart = size;
  }

  // -- Input

  /** Adds to the data, and lets go of what is behind the window. */
  function take(bytes: Uint8Array): void {
    const drop = Math.floor(Math.max(0, Math.min(blockStart, at - WINDOW)) / WINDOW) * WINDOW;
    if (drop > 0) {
      for (const places of [head, previous]) for (let i = 0; i < places.length; i++) places[i] = Math.max(0, places[i]! - drop);
      data.copyWithin(0, drop, size);
      size -= drop;
      at -= drop;
      blockStart -= drop;
      matchAt -= drop;
    }
    if (size + bytes.length > data.length) {
      const longer = new Uint8Array(size + bytes.length + (size > 0 ? WINDOW : 0));
      budget.allocate(longer.length);
      longer.set(data.subarray(0, size));
      data = longer;
    }
    data.set(bytes, size);
    size += bytes.length;
    for (; uninserted > 0 && size - at + uninserted >= MIN_MATCH; uninserted--) insert(at - uninserted);
  }

  /** Compresses; what has come out. Finished, it can't be used any more. */
  function put(bytes: Uint8Array, flush: Flush): Uint8Array {
    take(bytes);
    budget.charge(bytes.length);
    // As far as before, and nothing between: there is nothing to say.
    const idle = bytes.length === 0 && RANKS.indexOf(flush) <= RANKS.indexOf(lastFlush) && flush !== 'finish';
    lastFlush = flush;
    if (!idle) {
      if (level === 0) store(flush);
      else (level < 4 ? quickly : carefully)(flush);
      if (flush !== 'none') {
        uninserted = Math.min(at, MIN_MATCH - 1);
        if (level > 0 && (flush === 'finish' || symbols > 0)) endBlock(flush === 'finish');
        if (flush === 'sync' || flush === 'full') storedBlock(at, at, false);
        if (flush === 'full') head.fill(0);
      }
    }
    budget.charge(work);
    work = 0;
    const made = out.slice(0, outSize);
    outSize = 0;
    return made;
  }

  /** Bytes that count as seen. False while there is data that does not. */
  function setDictionary(bytes: Uint8Array): boolean {
    if (at < size || waiting) return false;
    const from = at - uninserted;
    take(bytes.subarray(Math.max(0, bytes.length - WINDOW)));
    budget.charge(size);
    for (let i = Math.max(from, at - uninserted); i + MIN_MATCH <= size; i++) insert(i);
    at = blockStart = size;
    uninserted = Math.min(size, MIN_MATCH - 1);
    return true;
  }
}
