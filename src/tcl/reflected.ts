/**
 * Reflected channels: `chan create` and `chan postevent`, channels whose driver is a command. Its methods run to their end where a driver is
 * called, as variable traces do: they cannot wait. Answers to refchan.n and tclIORChan.c.
 */
import { giveOptions } from './catching.ts';
import { type Channel, channelsOf, type Driver, newChannel, poolOf, type Seek } from './channels.ts';
import { attempt, callStep, type Interp, OK, type ScriptRow } from './command.ts';
import { latin1Text } from './encoding.ts';
import { byteArray } from './encodings.ts';
import { lookup, TclError } from './errors.ts';
import type { TclInterp } from './interp.ts';
import { elements, newList, shareAll } from './list.ts';
import { smallIntOf, wideOf } from './number.ts';
import { orPosix, Posix } from './posix.ts';
import { bound, R } from './regs.ts';
import { addInfo, callWordsIn, runBarrier } from './run.ts';
import { str, type Value } from './value.ts';

const METHODS = ['blocking', 'cget', 'cgetall', 'configure', 'finalize', 'initialize', 'read', 'seek', 'watch', 'write'] as const;
type Method = (typeof METHODS)[number];

const EVENTS = ['read', 'write'] as const;
type EventName = (typeof EVENTS)[number];

const NOTHING = new Uint8Array(0);

/** A channel, as the interpreter sees it that has the handler. */
interface Reflected {
  /** The events that the handler was told to look for. */
  interest: readonly EventName[];
  readonly channel: Channel;
  /** What waited for an event can go on. */
  happened(event: EventName): void;
  held(): number;
  /** The interpreter has gone. */
  lose(): void;
}

const REFLECTED = Symbol('reflected channels');

function reflectedOf(interp: Interp): Map<string, Reflected> {
  const found = interp.assoc.get(REFLECTED) as Map<string, Reflected> | undefined;
  if (found !== undefined) return found;
  const made = new Map<string, Reflected>();
  interp.assoc.set(REFLECTED, made);
  interp.holders.add(() => [...made.values()].reduce((sum, r) => sum + r.held(), 0));
  // Before its channels are closed, whose hook is there already: no handler is called then.
  channelsOf(interp);
  interp.onDelete(() => {
    for (const r of made.values()) r.lose();
  });
  return made;
}

/** Words of a list, at least one, in the order of the table. */
function eventsOf(kind: 'mode' | 'event', value: Value): readonly EventName[] {
  const words = elements(value);
  if (words.length === 0) throw new TclError(`bad ${kind} list: is empty`);
  const given = [...words].reverse().map((word) => lookup(str(word), EVENTS, kind));
  return EVENTS.filter((name) => given.includes(name));
}

export function badCode(code: number, words: readonly Value[]): TclError {
  const error = new TclError(`chan handler returned bad code: ${code}`);
  error.site = { text: str(newList([...words])), line: 1 };
  return error;
}

export function inMethod(error: TclError, method: string): TclError {
  if ('owner' in error) return error;
  addInfo(error, `\n    (chan handler subcommand "${method}")`);
  giveOptions(error);
  return error;
}

/** Calls a handler at once. */
export function callHandler(interp: TclInterp, words: readonly Value[], method: string): Value {
  try {
    const code = runBarrier(() => callWordsIn(interp, words, interp.globalFrame), interp.globalFrame);
    if (code === OK) return R.result;
    R.ret = null;
    throw badCode(code, words);
  } catch (e) {
    throw e instanceof TclError ? inMethod(e, method) : e;
  }
}

/** The names in the list that a handler has answered `initialize` with. */
export function namesOf<T extends string>(command: Value, table: readonly T[], answer: Value): ReadonlySet<T> {
  const handler = `chan handler "${str(command)}`;
  let words: readonly Value[];
  try {
    words = elements(answer);
  } catch {
    throw new TclError(`${handler} initialize" returned non-list: ${str(answer)}`);
  }
  const has = new Set<T>();
  for (const word of [...words].reverse()) {
    try {
      has.add(lookup(str(word), table, 'method', true));
    } catch (e) {
      const { message, errorCode } = e as TclError;
      throw new TclError(`${handler} initialize" returned ${message}`, errorCode);
    }
  }
  return has;
}

/** The methods that a handler has for a channel. */
function methodsOf(command: Value, mode: readonly EventName[], answer: Value): ReadonlySet<Method> {
  const has = namesOf(command, METHODS, answer);
  const lacking = (what: string): TclError => new TclError(`chan handler "${str(command)}" ${what}`);
  if (!has.has('initialize') || !has.has('finalize') || !has.has('watch')) throw lacking('does not support all required methods');
  for (const side of mode) if (!has.has(side)) throw lacking(`lacks a "${side}" method`);
  if (has.has('cget') !== has.has('cgetall')) {
    throw lacking(has.has('cget') ? 'supports "cget" but not "cgetall"' : 'supports "cgetall" but not "cget"');
  }
  return has;
}

export const createCmd: ScriptRow['script'] = function* (interp, args) {
  const mode = eventsOf('mode', args[1]!);
  const command = args[2]!;
  const prefix = shareAll([...elements(command)]);
  const name = `rc${poolOf(interp).scripted.rc++}`;
  const words = [...prefix, 'initialize', name, mode.join(' ')];
  const ended = yield* attempt(callStep(interp.globalFrame, words));
  if (ended.code !== OK) throw inMethod(ended.error ?? badCode(ended.code, words), 'initialize');
  const has = methodsOf(command, mode, ended.value);
  const r = orPosix("couldn't create channel", () => reflect(interp as TclInterp, prefix, name, mode, has));
  reflectedOf(interp).set(name, r);
  return name;
};

function reflect(
  interp: TclInterp,
  prefix: readonly Value[],
  name: string,
  mode: readonly EventName[],
  has: ReadonlySet<Method>,
): Reflected {
  let lost = false;
  let closed = false;
  /** To be written, in pieces as they were buffered. */
  let waiting: Uint8Array[] = [];
  /** The handler could take no more: writing goes on at its events, also after the channel is closed, until one finds nothing to do. */
  let scheduled = false;
  /** What was wrong then is told to the next who writes. */
  let late: unknown = null;
  let readers: (() => void)[] = [];

  function call(method: Method, ...args: Value[]): Value {
    if (lost) throw new TclError('Owner lost');
    return callHandler(interp, [...prefix, method, name, ...args], method);
  }

  /** Null when the handler says EAGAIN; its message may be the negative number of another failure. */
  function transfer(method: 'read' | 'write', arg: Value): Value | null {
    try {
      return call(method, arg);
    } catch (e) {
      if (!(e instanceof TclError) || 'owner' in e || lost) throw e;
      const number = /^-0*([1-9][0-9]*)$/.exec(e.message)?.[1];
      if (e.message === 'EAGAIN' || number === String(EAGAIN)) return null;
      if (number === undefined) throw e;
      throw failureOf(Number(number));
    }
  }

  /** What is left after an error is lost. */
  function drain(): void {
    try {
      send();
    } catch (e) {
      waiting = [];
      scheduled = false;
      throw e;
    } finally {
      watch();
    }
  }

  function send(): void {
    while (waiting.length > 0 && !closed) {
      const piece = waiting[0]!;
      interp.budget.charge(piece.length / 16 + 10);
      const answer = transfer('write', latin1Text(piece));
      if (lost) throw new TclError('Owner lost');
      if (answer === null) {
        scheduled = true;
        return;
      }
      const written = integer(answer, () => smallIntOf(answer), 'INTEGER');
      if (written === 0) throw new TclError('write wrote nothing');
      if (written > piece.length) throw new TclError('write wrote more than requested');
      // A negative number is an error without a name to Tcl: what was to be written is forgotten.
      if (written < 0) waiting = [];
      else if (written === piece.length) waiting.shift();
      else waiting[0] = piece.subarray(written);
    }
  }

  function watch(): void {
    const { watched, inputReady } = channel;
    const wanted = {
      read: readers.length > 0 || (watched('readable') && !inputReady()),
      write: scheduled || watched('writable'),
    };
    const interest = mode.filter((event) => wanted[event]);
    if (closed || interest.join() === r.interest.join()) return;
    r.interest = interest;
    try {
      call('watch', interest.join(' '));
    } catch (e) {
      if (!(e instanceof TclError) || 'owner' in e) throw e;
    }
  }

  function finish(): void {
    closed = true;
    try {
      call('finalize');
    } finally {
      if (!lost) reflectedOf(interp).delete(name);
    }
  }

  /** Writes on what had to wait. */
  function writeOn(): void {
    scheduled = waiting.length > 0;
    try {
      drain();
    } catch (e) {
      if (e instanceof TclError && 'owner' in e) throw e;
      late = e;
    }
    if (channel.closed && !scheduled) finish();
  }

  const driver: Driver = {
    read(max) {
      const size = Math.min(max, channel.bufferSize);
      const answer = transfer('read', size);
      if (answer === null) return NOTHING;
      const bytes = byteArray(str(answer));
      if (bytes.length > size) throw new TclError('read delivered more than requested');
      return bytes.length === 0 ? null : bytes;
    },
    admit() {
      if (late === null) return;
      const error = late;
      late = null;
      throw error;
    },
    write(bytes) {
      interp.budget.allocate(bytes.length);
      for (let at = 0; at < bytes.length; at += channel.bufferSize) waiting.push(bytes.subarray(at, at + channel.bufferSize));
      if (!scheduled) drain();
    },
    ...(has.has('seek') && {
      seek(offset: number, origin: Seek) {
        const answer = call('seek', offset, origin);
        const at = integer(answer, () => Number(wideOf(answer)), 'NUMBER');
        if (at < 0) throw new TclError('Tried to seek before origin');
        return at;
      },
    }),
    ...(has.has('blocking') && { block: (blocking: boolean) => void call('blocking', Number(blocking)) }),
    own: {
      ...(has.has('configure') && { set: (option: string, value: Value) => void call('configure', option, value) }),
      ...(has.has('cget') && { get: (option: string) => call('cget', option), all: () => pairs(call('cgetall')) }),
    },
    watch,
    whenReadable(done) {
      readers.push(done);
      watch();
    },
    close() {
      if (!scheduled || lost) finish();
      // Tcl keeps no more than the number of such an error for it.
      if (late !== null) throw late instanceof Posix ? late : new Posix('EINVAL');
    },
  };
  const channel = newChannel(interp, driver, mode.length === 2 ? 'rw' : mode[0] === 'read' ? 'r' : 'w', name);
  const r: Reflected = {
    interest: [],
    channel,
    happened(event) {
      if (event === 'write') {
        if (scheduled) writeOn();
        return;
      }
      const all = readers;
      readers = [];
      for (const done of all) done();
    },
    held: () => waiting.reduce((sum, piece) => sum + piece.length, RECORD_BYTES),
    lose() {
      lost = true;
    },
  };
  return r;
}

/** About what a channel is without its buffers. */
const RECORD_BYTES = 1000;

/** A number that a handler answered; who asked for it is told from where the error came, not the handler. */
export function integer(answer: Value, read: () => number, code: string): number {
  try {
    return read();
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
    const error = e.errorCode?.[0] === 'ARITH' ? e : new TclError(`expected integer but got "${str(answer)}"`, ['TCL', 'VALUE', code]);
    error.errorInfo = error.message;
    giveOptions(error);
    throw error;
  }
}

function pairs(answer: Value): readonly Value[] {
  const list = elements(answer);
  if (list.length % 2 === 0) return list;
  throw new TclError(`Expected list with even number of elements, got ${list.length} element${list.length === 1 ? '' : 's'} instead`);
}

const EAGAIN = 11;

/** What the numbers of failures are called, as Linux has them, and Tcl's words. */
const FAILURES: Readonly<Record<number, readonly [name: string, words: string]>> = {
  1: ['EPERM', 'not owner'],
  2: ['ENOENT', 'no such file or directory'],
  4: ['EINTR', 'interrupted system call'],
  5: ['EIO', 'I/O error'],
  6: ['ENXIO', 'no such device or address'],
  9: ['EBADF', 'bad file number'],
  12: ['ENOMEM', 'not enough memory'],
  13: ['EACCES', 'permission denied'],
  16: ['EBUSY', 'file busy'],
  17: ['EEXIST', 'file already exists'],
  19: ['ENODEV', 'no such device'],
  20: ['ENOTDIR', 'not a directory'],
  21: ['EISDIR', 'illegal operation on a directory'],
  22: ['EINVAL', 'invalid argument'],
  24: ['EMFILE', 'too many open files'],
  27: ['EFBIG', 'file too large'],
  28: ['ENOSPC', 'no space left on device'],
  29: ['ESPIPE', 'invalid seek'],
  30: ['EROFS', 'read-only file system'],
  32: ['EPIPE', 'broken pipe'],
  33: ['EDOM', 'math argument out of range'],
  34: ['ERANGE', 'math result unrepresentable'],
  71: ['EPROTO', 'protocol error'],
  84: ['EILSEQ', 'illegal byte sequence'],
  104: ['ECONNRESET', 'connection reset by peer'],
  107: ['ENOTCONN', 'socket is not connected'],
  110: ['ETIMEDOUT', 'connection timed out'],
  111: ['ECONNREFUSED', 'connection refused'],
};

function failureOf(number: number): Posix {
  const [name, words] = FAILURES[number] ?? ['unknown error', `Unknown error ${number}`];
  return new Posix(name, words);
}

export const posteventCmd: ScriptRow['script'] = function* (interp, args) {
  const name = str(args[1]!);
  const r = reflectedOf(interp).get(name);
  if (r === undefined) throw new TclError(`can not find reflected channel named "${name}"`, ['TCL', 'LOOKUP', 'CHANNEL', name]);
  const events = eventsOf('event', args[2]!);
  if (events.some((event) => !r.interest.includes(event))) {
    throw new TclError(`tried to post events channel "${name}" is not interested in`);
  }
  for (const event of events) r.happened(event);
  yield* bound(r.channel.notify(events.map((event) => (event === 'read' ? 'readable' : 'writable'))));
  r.channel.schedule();
  return '';
};
