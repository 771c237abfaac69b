/** A channel over a pipe of the page: a socket, or a stream that the page lent. What is written goes at once; a flush waits until there is room. */
import type { HostAnswer } from '../../protocol/host.ts';
import type { Driver } from '../../tcl/channels.ts';
import { waitStep } from '../../tcl/command.ts';
import { TclError } from '../../tcl/errors.ts';
import { utf8Bytes } from '../../tcl/utf8.ts';
import type { FeatureContext } from './feature.ts';

/** Bytes of one request. */
const MAX_WRITE = 1 << 18;

export function pipeDriver({ interp, ask }: FeatureContext, pipe: number, mode: 'r' | 'w' | 'rw'): Driver {
  let come: Uint8Array = new Uint8Array(0);
  let over = false;
  let asking = false;
  let failure: string | null = null;
  let unsent = 0;
  let waiting: (() => void) | null = null;
  const readers: (() => void)[] = [];

  const fetchMore = (): void => {
    if (asking || over) return;
    asking = true;
    ask({ op: 'pipe-read', pipe }, (answer) => {
      asking = false;
      const bytes = bytesOf(answer);
      if (bytes === null || bytes.length === 0) over = true;
      else come = bytes;
      if (!answer.ok) failure = answer.message;
      for (const wake of readers.splice(0)) wake();
    });
  };
  const failed = (): void => {
    const told = failure;
    failure = null;
    if (told !== null) throw new TclError(told);
  };
  const reading: Pick<Driver, 'read' | 'whenReadable'> = {
    read(max) {
      failed();
      if (come.length === 0) {
        fetchMore();
        return over ? null : come;
      }
      const piece = come.subarray(0, max);
      come = come.subarray(piece.length);
      return piece;
    },
    whenReadable(done) {
      if (come.length > 0 || over) return done();
      readers.push(done);
      fetchMore();
    },
  };
  const writing: Pick<Driver, 'write' | 'sync'> = {
    write(bytes) {
      failed();
      interp.budget.allocate(bytes.length);
      for (let at = 0; at < bytes.length; at += MAX_WRITE) {
        unsent++;
        ask({ op: 'pipe-write', pipe, bytes: bytes.slice(at, at + MAX_WRITE) }, (answer) => {
          unsent--;
          if (!answer.ok) failure ??= answer.message;
          if (unsent > 0) return;
          waiting?.();
          waiting = null;
        });
      }
    },
    *sync() {
      if (unsent > 0) yield waitStep('host', (resume) => (unsent === 0 ? resume('') : (waiting = () => resume(''))));
      failed();
    },
  };
  return {
    ...(mode === 'w' ? {} : reading),
    ...(mode === 'r' ? {} : writing),
    close(side) {
      if (side === 'both') ask({ op: 'pipe-close', pipe }, () => {});
    },
  };
}

function bytesOf(answer: HostAnswer): Uint8Array | null {
  if (!answer.ok) return null;
  if (typeof answer.value === 'string') return Uint8Array.from(utf8Bytes(answer.value));
  return answer.value instanceof Uint8Array ? answer.value : null;
}
