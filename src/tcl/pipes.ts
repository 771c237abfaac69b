/** A pipe: what one end is given, the other finds. It never fills; its contents are charged as memory. */
import type { Driver } from './channels.ts';
import type { Interp } from './command.ts';
import { Posix } from './posix.ts';

const NOTHING = new Uint8Array(0);

/** Both ends as drivers. `interp` pays for what is in it. */
export function makePipe(interp: Interp) {
  const queue: Uint8Array[] = [];
  let open = true;
  let heard = true;
  let waiting: (() => void)[] = [];
  const tell = (): void => {
    const all = waiting;
    waiting = [];
    for (const fn of all) fn();
  };
  const held = (): number => queue.reduce((sum, bytes) => sum + bytes.length, 0);
  interp.holders.add(held);
  const source = {
    read(max: number) {
      const first = queue[0];
      if (first === undefined) return open ? NOTHING : null;
      if (first.length <= max) return queue.shift()!;
      queue[0] = first.subarray(max);
      return first.subarray(0, max);
    },
    whenReadable(done: () => void) {
      if (queue.length > 0 || !open) done();
      else waiting.push(done);
    },
    close() {
      heard = false;
      queue.length = 0;
      interp.holders.delete(held);
    },
  } satisfies Driver;
  const sink = {
    write(bytes: Uint8Array) {
      if (!heard) throw new Posix('EPIPE');
      interp.budget.allocate(bytes.length);
      queue.push(bytes);
      tell();
    },
    close() {
      open = false;
      tell();
    },
  } satisfies Driver;
  return { source, sink };
}
