/** A channel over a pipe of the page: a socket, or a stream that the page lent. What is written goes a request after the other; a flush waits until all has gone. */
import type { HostAnswer } from '../../protocol/host.ts';
import type { Driver } from '../../tcl/channels.ts';
import { waitStep } from '../../tcl/command.ts';
import { TclError } from '../../tcl/errors.ts';
import { utf8Bytes } from '../../tcl/utf8.ts';
import type { FeatureContext } from './feature.ts';

/** Bytes of one request. */
const MAX_WRITE = 1 << 18;
/** About what a part takes beside its bytes. */
const PART_BYTES = 100;

export function pipeDriver({ interp, ask }: FeatureContext, pipe: number, mode: 'r' | 'w' | 'rw'): Driver {
  let come: Uint8Array = new Uint8Array(0);
  let over = false;
  let asking = false;
  let failure: string | null = null;
  let unsent: Uint8Array[] = [];
  let unsentBytes = 0;
  let sending = false;
  let closing = false;
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
  const held = (): number => unsentBytes + PART_BYTES * unsent.length;
  /** One request at a time, so that a pipe whose other end does not read keeps the page from nothing else. */
  const sendMore = (): void => {
    if (sending) return;
    if (unsent.length === 0) {
      waiting?.();
      waiting = null;
      if (!closing) return;
      interp.holders.delete(held);
      ask({ op: 'pipe-close', pipe }, () => {});
      return;
    }
    sending = true;
    ask({ op: 'pipe-write', pipe, bytes: nextPiece() }, (answer) => {
      sending = false;
      if (!answer.ok) {
        failure ??= answer.message;
        unsent = [];
        unsentBytes = 0;
      }
      sendMore();
    });
  };
  const nextPiece = (): Uint8Array => {
    const piece = new Uint8Array(Math.min(unsentBytes, MAX_WRITE));
    let whole = 0;
    for (let at = 0; at < piece.length; ) {
      const part = unsent[whole]!;
      const fits = part.subarray(0, piece.length - at);
      piece.set(fits, at);
      at += fits.length;
      if (fits.length === part.length) whole++;
      else unsent[whole] = part.subarray(fits.length);
    }
    unsent.splice(0, whole);
    unsentBytes -= piece.length;
    return piece;
  };
  const writing: Pick<Driver, 'write' | 'sync'> = {
    write(bytes) {
      failed();
      if (bytes.length === 0) return;
      interp.budget.allocate(PART_BYTES + bytes.length);
      unsent.push(bytes.slice());
      unsentBytes += bytes.length;
      sendMore();
    },
    *sync() {
      if (sending || unsent.length > 0) yield waitStep('host', (resume) => (waiting = () => resume('')));
      failed();
    },
  };
  interp.holders.add(held);
  return {
    ...(mode === 'w' ? {} : reading),
    ...(mode === 'r' ? {} : writing),
    close(side) {
      if (side !== 'both') return;
      closing = true;
      sendMore();
    },
  };
}

function bytesOf(answer: HostAnswer): Uint8Array | null {
  if (!answer.ok) return null;
  if (typeof answer.value === 'string') return Uint8Array.from(utf8Bytes(answer.value));
  return answer.value instanceof Uint8Array ? answer.value : null;
}
