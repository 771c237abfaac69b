/**
 * Keys of array elements that are joined of parts, as in `a($x,name)`: V8 keeps a text that was joined as its parts until it is read, and to look for
 * it, it is copied and hashed each time. A key that comes again soon is the same text as before.
 */
import { keptUntilCensus } from './kept.ts';

const PLACES = 256;
/** Longer ones are not kept: nobody counts them. */
const MAX_KEY = 100;

class Joined {
  readonly x: string;
  readonly y: string;
  readonly z: string;
  readonly key: string;
  constructor(x: string, y: string, z: string) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.key = x + y + z;
  }
}

const NONE = new Joined('', '', '');
const last: Joined[] = new Array<Joined>(PLACES).fill(NONE);
keptUntilCensus({ clear: () => void last.fill(NONE) });

export function joinedKey(x: string | number, y: string | number, z: string | number): string {
  // Numbers mostly go on and on.
  if (typeof x === 'number' || typeof y === 'number' || typeof z === 'number') return `${x}${y}${z}`;
  const at = (mark(x) + 5 * mark(y) + 11 * mark(z)) & (PLACES - 1);
  const known = last[at]!;
  if (known.x === x && known.y === y && known.z === z) return known.key;
  if (x.length + y.length + z.length > MAX_KEY) return x + y + z;
  return (last[at] = new Joined(x, y, z)).key;
}

function mark(part: string): number {
  const n = part.length;
  return n === 0 ? 0 : 3 * n + 7 * part.charCodeAt(n - 1) + part.charCodeAt(n >> 1);
}
