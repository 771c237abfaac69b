/** A pipe: what one end is given, the other finds. It never fills; its contents are charged as memory. */
import { type Driver, joined } from './channels.ts';
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
      if (queue.length === 0) return open ? NOTHING : null;
      const parts: Uint8Array[] = [];
      let size = 0;
      while (queue.length > 0 && size < max) {
        const bytes = queue.shift()!;
        const part = bytes.subarray(0, max - size);
        if (part.length < bytes.length) queue.unshift(bytes.subarray(part.length));
        parts.push(part);
        size += part.length;
      }
      return parts.length === 1 ? parts[0]! : joined(parts, size);
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
