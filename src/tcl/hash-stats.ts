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
 * bucket; when the table grows, buckets are emptied in order into the new ones.
 */
export function hashOrder<K extends string | number>(keys: Iterable<K>): K[] {
  let buckets: Hashed<K>[][] = [[], [], [], []];
  let count = 0;
  for (const key of keys) {
    const h = hash(String(key));
    buckets[h & (buckets.length - 1)]!.push({ key, h });
    if (++count < buckets.length * 3) continue;
    const old = buckets;
    buckets = Array.from({ length: old.length * 4 }, () => []);
    // A bucket's last entry is its head.
    for (const b of old) for (const e of b.reverse()) buckets[e.h & (buckets.length - 1)]!.push(e);
  }
  return buckets.flatMap((b) => b.reverse().map((e) => e.key));
}

interface Hashed<K> {
  readonly key: K;
  readonly h: number;
}

function hash(key: string): number {
  let h = 0;
  for (const byte of utf8Bytes(key)) h = (h * 9 + byte) | 0;
  return h;
}
