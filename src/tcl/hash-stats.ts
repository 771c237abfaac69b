/**
 * What `dict info` and `array statistics` say about a hash table: ours are Maps, so the table that Tcl would have built for these
 * keys is laid out here. Answers to tclHash.c (Tcl_HashStats, RebuildTable) and tclObj.c (TclHashObjKey).
 */
import { utf8Bytes } from './utf8.ts';

const COUNTERS = 10;

export function hashStats(keys: readonly string[]): string {
  let buckets = 4;
  while (keys.length >= buckets * 3) buckets *= 4;
  const sizes = new Map<number, number>();
  for (const key of keys) {
    const at = hash(key) & (buckets - 1);
    sizes.set(at, (sizes.get(at) ?? 0) + 1);
  }
  const counts = Array.from({ length: COUNTERS + 1 }, () => 0);
  counts[0] = buckets - sizes.size;
  let average = 0;
  for (const n of sizes.values()) {
    counts[Math.min(n, COUNTERS)]!++;
    average += ((n + 1) * (n / keys.length)) / 2;
  }
  const lines = counts.map((n, i) => `number of buckets with ${i}${i === COUNTERS ? ' or more' : ''} entries: ${n}`);
  return `${keys.length} entries in table, ${buckets} buckets\n${lines.join('\n')}\naverage search distance for entry: ${average.toFixed(1)}`;
}

/**
 * Keys in the order in which Tcl would walk a table into which they were put in the given order. Entries go to the head of their
 * bucket; when the table grows, buckets are emptied in order into the new ones. `keep`: of these alone; the others count for the growth.
 */
export function hashOrder<K extends string | number>(keys: Iterable<K>, keep: ((key: string) => boolean) | null = null): K[] {
  const all = [...keys];
  const hashes: number[] = [];
  // The entry after each one in its bucket, and the head of each bucket; -1 for none.
  const next: number[] = [];
  let heads = [-1, -1, -1, -1];
  const put = (i: number) => {
    const bucket = hashes[i]! & (heads.length - 1);
    next[i] = heads[bucket]!;
    heads[bucket] = i;
  };
  for (let i = 0; i < all.length; ) {
    const key = String(all[i]);
    next.push(-1);
    hashes.push(0);
    if (keep === null || keep(key)) {
      // As many bits as there may be buckets.
      hashes[i] = hash(key) & 0x3fffffff;
      put(i);
    }
    if (++i < heads.length * 3) continue;
    const old = heads;
    heads = new Array<number>(old.length * 4).fill(-1);
    for (const head of old) {
      for (let e = head; e >= 0; ) {
        const after = next[e]!;
        put(e);
        e = after;
      }
    }
  }
  const out: K[] = [];
  for (const head of heads) for (let e = head; e >= 0; e = next[e]!) out.push(all[e]!);
  return out;
}

/** What a table holds, in that order. */
export function inHashOrder<T>(table: ReadonlyMap<string, T>): T[] {
  return table.size < 2 ? [...table.values()] : hashOrder(table.keys()).map((key) => table.get(key)!);
}

function hash(key: string): number {
  let h = 0;
  for (let i = 0; i < key.length; i++) {
    const c = key.charCodeAt(i);
    if (c === 0 || c > 127) return hashBytes(key);
    h = (h * 9 + c) | 0;
  }
  return h;
}

function hashBytes(key: string): number {
  let h = 0;
  for (const byte of utf8Bytes(key)) h = (h * 9 + byte) | 0;
  return h;
}
