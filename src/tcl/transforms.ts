/**
 * `chan push`: transformations whose work a command does. As those of reflected channels, its methods run to their end where a channel calls them.
 * Answers to transchan.n and tclIORTrans.c.
 */
import { channelNamed, type Driver, poolOf, type Seek, type Transform } from './channels.ts';
import { attempt, callStep, OK, type ScriptRow } from './command.ts';
import { latin1Text } from './encoding.ts';
import { byteArray } from './encodings.ts';
import { TclError } from './errors.ts';
import type { TclInterp } from './interp.ts';
import { elements, shareAll } from './list.ts';
import { smallIntOf } from './number.ts';
import { badCode, callHandler, inMethod, integer, namesOf } from './reflected.ts';
import { str, type Value } from './value.ts';

const METHODS = ['clear', 'drain', 'finalize', 'flush', 'initialize', 'limit?', 'read', 'write'] as const;
type Method = (typeof METHODS)[number];

const NOTHING = new Uint8Array(0);

/** The methods that a handler says it has, for a channel with these sides. */
function methodsOf(command: Value, mode: readonly Method[], answer: Value): ReadonlySet<Method> {
  const has = namesOf(command, METHODS, answer);
  const lacking = (what: string): TclError => new TclError(`chan handler "${str(command)}" ${what}`);
  if (!has.has('initialize') || !has.has('finalize')) throw lacking('does not support all required methods');
  if (!mode.some((side) => has.has(side))) throw lacking('makes the channel inaccessible');
  if (has.has('drain') && !has.has('read')) throw lacking('supports "drain" but not "read"');
  if (has.has('flush') && !has.has('write')) throw lacking('supports "flush" but not "write"');
  return has;
}

export const pushCmd: ScriptRow['script'] = function* (interp, args) {
  const channel = channelNamed(interp, str(args[1]!));
  const prefix = shareAll([...elements(args[2]!)]);
  const mode = (['read', 'write'] as const).filter((side) => (side === 'read' ? channel.readable : channel.writable));
  const name = `rt${poolOf(interp).scripted.rt++}`;
  const words = [...prefix, 'initialize', name, mode.join(' ')];
  const ended = yield* attempt(callStep(interp.globalFrame, words));
  if (ended.code !== OK) throw inMethod(ended.error ?? badCode(ended.code, words), 'initialize');
  const has = methodsOf(args[2]!, mode, ended.value);
  const { writable } = channel;
  channel.push((below) => transform(interp as TclInterp, prefix, name, has, below, writable));
  return args[1]!;
};

function transform(
  interp: TclInterp,
  prefix: readonly Value[],
  name: string,
  has: ReadonlySet<Method>,
  below: Driver,
  writable: boolean,
): Transform {
  /** What was made and is not read yet. */
  let made: Uint8Array = NOTHING;
  /** Below it has ended, which who has read all that is here is told once. */
  let ending = false;
  let drained = false;
  let open = true;
  const held = (): number => made.length;
  interp.holders.add(held);

  function call(method: Method, ...args: Value[]): Value {
    return interp.deleted ? '' : callHandler(interp, [...prefix, method, name, ...args], method);
  }

  function bytesFrom(method: Method, ...args: Value[]): Uint8Array {
    const bytes = byteArray(str(call(method, ...args)));
    interp.budget.allocate(bytes.length);
    return bytes;
  }

  function allowed(): number {
    const answer = call('limit?');
    return integer(answer, () => smallIntOf(answer), 'INTEGER');
  }

  function take(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const all = new Uint8Array(made.length + bytes.length);
    all.set(made);
    all.set(bytes, made.length);
    made = all;
  }

  function drain(): void {
    drained = true;
    if (has.has('drain')) take(bytesFrom('drain'));
  }

  function send(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    below.admit?.(bytes.length, 0);
    below.write?.(bytes);
  }

  function clear(): void {
    if (!has.has('clear')) return;
    try {
      call('clear');
    } catch (e) {
      if (!(e instanceof TclError) || 'owner' in e) throw e;
    }
    drained = ending = false;
    made = NOTHING;
  }

  function finish(): Uint8Array {
    if (!open) return NOTHING;
    open = false;
    try {
      if (!drained) drain();
      const rest = has.has('flush') ? bytesFrom('flush') : NOTHING;
      // What cannot be written, though it be nothing, is lost to Tcl, and the handler with it.
      if (has.has('flush') && !(writable && below.write)) return NOTHING;
      send(rest);
      call('finalize');
    } finally {
      interp.holders.delete(held);
    }
    return NOTHING;
  }

  const { read: _read, write: _write, admit: _admit, truncate: _truncate, ...passed } = below;
  return {
    ...passed,
    ...(below.read && { read }),
    ...(below.write && { write }),
    ...(below.seek && { seek }),
    ...(below.whenReadable && {
      whenReadable: (done: () => void) => (made.length > 0 || ending ? done() : below.whenReadable!(done)),
    }),
    finish,
    close(side) {
      try {
        if (side === 'both') finish();
      } finally {
        below.close?.(side);
      }
    },
  };

  function read(max: number): Uint8Array | null {
    if (!has.has('read')) throw new TclError('read not supported by Tcl driver');
    if (!ending) drained = false;
    while (made.length < max && !ending) {
      const limit = has.has('limit?') ? allowed() : -1;
      if (limit === 0) break;
      const want = max - made.length;
      const bytes = below.read!(limit > 0 ? Math.min(limit, want) : want);
      if (bytes === null) {
        ending = true;
        drain();
      } else if (bytes.length === 0) {
        if (made.length === 0) return NOTHING;
        break;
      } else {
        const more = bytesFrom('read', latin1Text(bytes));
        // Taken off meanwhile.
        if (!open) return NOTHING;
        take(more);
      }
      if (limit > 0) max = made.length;
    }
    const piece = made.subarray(0, max);
    made = made.subarray(piece.length);
    if (piece.length > 0) return piece;
    ending = false;
    return null;
  }

  function write(bytes: Uint8Array): void {
    if (!has.has('write')) throw new TclError('write not supported by Tcl driver');
    clear();
    send(bytesFrom('write', latin1Text(bytes)));
  }

  function seek(offset: number, origin: Seek): number {
    if (offset !== 0 || origin !== 'current') {
      clear();
      if (has.has('flush')) bytesFrom('flush');
    }
    return below.seek!(offset, origin);
  }
}
