/**
 * Channels for scripts: `puts gets read close eof fblocked flush seek tell fcopy fileevent chan fconfigure open`. What a channel does is in
 * channels.ts. `chan create` and `postevent` are in reflected.ts, `chan push` in transforms.ts; `socket` there is not.
 * Answers to tclIOCmd.c, chan.n and open.n.
 */
import {
  type Channel,
  channelError,
  channelNamed,
  channelsOf,
  dropChannel,
  encodingOption,
  makeBinary,
  newChannel,
  type Readiness,
  type Seek,
  type Translation,
} from '../channels.ts';
import {
  attempt,
  type CommandRow,
  callStep,
  evalStep,
  type Interp,
  type PlainRow,
  type ScriptRow,
  type Step,
  waitStep,
} from '../command.ts';
import { BINARY, byteArray, UTF8 } from '../encodings.ts';
import { alternatives, expected, lookup, TclError, wrongArgs } from '../errors.ts';
import { stringMatch } from '../glob.ts';
import { elements, newList } from '../list.ts';
import { intOf, parseBoolean } from '../number.ts';
import { makePipe } from '../pipes.ts';
import { orPosix, Posix, posixError } from '../posix.ts';
import { createCmd, posteventCmd } from '../reflected.ts';
import { addInfo } from '../run.ts';
import { pushCmd } from '../transforms.ts';
import { EMPTY, str, type Value } from '../value.ts';
import { fileDriver, pathOf, vfsOf } from '../vfs.ts';
import { worldOf } from '../world.ts';
import { channelWith, doing, PUTS_USAGE, putsCmd } from './puts.ts';

type ScriptFn = ScriptRow['script'];
type PlainFn = PlainRow['run'];

function* doingSteps<T>(what: string, channel: Channel, steps: Generator<Step, T, Value>): Generator<Step, T, Value> {
  try {
    return yield* steps;
  } catch (e) {
    throw channelError(what, channel, e);
  }
}

/** An integer for a file; Tcl_GetWideIntFromObj has a code of its own. */
export function wideArg(v: Value, least = -Infinity, what = 'integer'): number {
  let n = -Infinity;
  try {
    n = Number(intOf(v));
  } catch {
    // Worded below.
  }
  if (n === -Infinity || n < least) throw expected(what, str(v), 'NUMBER');
  return n;
}

// ---- gets read

export const getsCmd: ScriptFn = function* (interp, args, frame) {
  const channel = channelWith('readable', interp, args[1]!);
  const line = yield* doingSteps('reading', channel, channel.gets());
  if (channel.tells) channel.schedule();
  interp.budget.charge((line?.length ?? 0) / 16 + 10);
  if (args.length === 2) return line ?? EMPTY;
  interp.setVar(str(args[2]!), line ?? EMPTY, frame);
  return line === null ? -1 : line.length;
};

/** What follows the first `name`. */
const readUsage = (name: string): string => `channelId ?numChars?" or "${name} ?-nonewline? channelId`;

export const readCmd: ScriptFn = function* (interp, args) {
  const trim = str(args[1]!) === '-nonewline';
  if (trim && args.length === 2) throw wrongArgs(`read ${readUsage('read')}`);
  const channel = channelWith('readable', interp, args[trim ? 2 : 1]!);
  const rest = trim ? undefined : args[2];
  const newline = trim || (rest !== undefined && str(rest) === 'nonewline');
  const chars = newline || rest === undefined ? Infinity : wideArg(rest, 0, 'non-negative integer');
  const text = yield* doingSteps('reading', channel, channel.read(chars));
  // Its own handler closed it.
  if (channel.closed && channel.tells && text !== '') throw posixError(`error reading "${channel.name}"`, 'EINVAL');
  if (channel.tells) channel.schedule();
  interp.budget.charge(text.length / 16 + 10);
  return newline ? withoutNewline(text) : text;
};

export function withoutNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

// ---- close flush eof seek tell

/** The last user of a channel waits until the driver has stored what was written. */
export const closeCmd: ScriptFn = function* (interp, args) {
  const channel = channelNamed(interp, str(args[1]!));
  if (args.length === 3) {
    const side = lookup(str(args[2]!), ['read', 'write'], 'direction');
    if (side === 'read' ? !channel.readable : !channel.writable) {
      throw new TclError(`Half-close of ${side}-side not possible, side not opened or already closed`);
    }
    if (channel.readable && channel.writable) {
      const isHalf = channel.driver.half && !channel.tells;
      if (side === 'write') {
        yield* doingSteps('flushing', channel, channel.flush());
        if (!isHalf && channel.outEof !== '') {
          channel.write(channel.outEof, false);
          yield* doingSteps('flushing', channel, channel.flush());
        }
      }
      // Tcl has no words for it.
      if (!isHalf) throw new TclError('');
      channel.close(side);
      return EMPTY;
    }
  }
  let failure: unknown = null;
  channel.unwatch((_kind, owner) => owner === interp);
  if (channel.uses === 1) channel.stopCopies();
  try {
    if (channel.uses === 1 && channel.writable) yield* channel.flush();
  } catch (e) {
    if (e instanceof TclError && 'owner' in e) throw e;
    failure = e;
  }
  try {
    if (!channel.closed) dropChannel(interp, channel);
  } catch (e) {
    // Told rather than what was wrong before it.
    failure = e;
  }
  if (failure instanceof Posix) throw new TclError(failure.words, ['POSIX', failure.name, failure.words]);
  if (failure !== null) throw failure;
  if (!channel.closed || channel.driver.ended === undefined) return EMPTY;
  try {
    yield* channel.driver.ended(channel.blocking);
  } catch (e) {
    if (e instanceof TclError) e.message = withoutNewline(e.message);
    throw e;
  }
  return EMPTY;
};

export const flushCmd: ScriptFn = function* (interp, args) {
  const channel = channelWith('writable', interp, args[1]!);
  yield* doingSteps('flushing', channel, channel.flush());
  return EMPTY;
};

export const eofCmd: PlainFn = (interp, args) => (channelNamed(interp, str(args[1]!)).eof ? 1 : 0);

export const fblockedCmd: PlainFn = (interp, args) => (channelWith('readable', interp, args[1]!).blocked ? 1 : 0);

export const seekCmd: PlainFn = (interp, args) => {
  const channel = channelNamed(interp, str(args[1]!));
  const offset = wideArg(args[2]!);
  const origin: Seek = args.length === 4 ? lookup(str(args[3]!), ['start', 'current', 'end'], 'origin') : 'start';
  orPosix(`error during seek on "${channel.name}"`, () => channel.seek(offset, origin));
  return EMPTY;
};

export const tellCmd: PlainFn = (interp, args) => channelNamed(interp, str(args[1]!)).tell();

export const truncateCmd: PlainFn = (interp, args) => {
  const channel = channelNamed(interp, str(args[1]!));
  const size = args.length === 3 ? wideArg(args[2]!) : null;
  if (size !== null && size < 0) throw new TclError('cannot truncate to negative length of file');
  if (size === null && channel.tell() < 0) throw posixError(`could not determine current location in "${channel.name}"`, 'EINVAL');
  orPosix(`error during truncate on "${channel.name}"`, () => {
    if (!channel.writable) throw new Posix('EINVAL');
    channel.truncate(size);
  });
  return EMPTY;
};

// ---- fconfigure

interface Option {
  readonly name: string;
  /** Fewest letters, the dash not counted, by which it is known. */
  readonly least: number;
  get(channel: Channel): Value;
  set(channel: Channel, value: Value): void;
}

const MAX_BUFFER_SIZE = 1 << 20;
const BUFFERINGS = ['full', 'line', 'none'] as const;
const TRANSLATIONS: readonly string[] = ['auto', 'binary', 'cr', 'lf', 'crlf', 'platform'];

/** One value for a channel of one side, a pair for one of two, a list of one for one of none. */
function bySide(channel: Channel, input: string, output: string, none: string): Value {
  if (channel.readable && channel.writable) return newList([input, output]);
  return channel.readable ? input : channel.writable ? output : newList([none]);
}

const OPTIONS: readonly Option[] = [
  {
    name: '-blocking',
    least: 2,
    get: (channel) => (channel.blocking ? 1 : 0),
    set: (channel, value) => {
      const blocking = parseBoolean(value);
      if (blocking === undefined) throw expected('boolean value', str(value), 'BOOLEAN');
      channel.driver.block?.(blocking);
      channel.blocking = blocking;
    },
  },
  {
    name: '-buffering',
    least: 7,
    get: (channel) => channel.buffering,
    set: (channel, value) => {
      const found = BUFFERINGS.find((b) => str(value) !== '' && b.startsWith(str(value)));
      if (found === undefined) throw badValue('-buffering', `must be one of ${alternatives(BUFFERINGS)}`);
      channel.buffering = found;
    },
  },
  {
    name: '-buffersize',
    least: 7,
    get: (channel) => channel.bufferSize,
    set: (channel, value) => {
      channel.bufferSize = Math.min(Math.max(Number(intOf(value)), 1), MAX_BUFFER_SIZE);
    },
  },
  {
    name: '-encoding',
    least: 2,
    get: (channel) => channel.encoding.name,
    set: (channel, value) => {
      channel.setEncoding(encodingOption(str(value)));
      channel.lookAgain();
    },
  },
  {
    name: '-eofchar',
    least: 2,
    get: (channel) => bySide(channel, channel.inEof, channel.outEof, ''),
    set: (channel, value) => {
      const chars = elements(value).map((c) => str(c).slice(0, 1));
      if (chars.some((c) => c > '\x7f' || c === '\0')) throw badValue('-eofchar', 'must be non-NUL ASCII character');
      if (chars.length > 2) throw badValue('-eofchar', 'should be a list of zero, one, or two elements');
      if (channel.writable) channel.outEof = chars.at(-1) ?? '';
      if (channel.readable) channel.setInputEof(chars[0] ?? '');
    },
  },
  {
    name: '-translation',
    least: 1,
    get: (channel) => bySide(channel, channel.inTranslation, channel.outTranslation, 'auto'),
    set: (channel, value) => {
      const modes = elements(value).map(str);
      if (modes.length < 1 || modes.length > 2) throw badValue('-translation', 'must be a one or two element list');
      if (channel.readable) setTranslation(channel, 'in', modes[0]!);
      if (channel.writable) setTranslation(channel, 'out', modes.at(-1)!);
    },
  },
];

function setTranslation(channel: Channel, side: 'in' | 'out', mode: string): void {
  if (mode === '') return;
  if (!TRANSLATIONS.includes(mode)) throw badValue('-translation', `must be one of ${alternatives(TRANSLATIONS)}`);
  if (mode === 'binary') return channel.setBinary(side);
  const plain = mode === 'platform' ? 'lf' : (mode as Translation);
  if (side === 'in') channel.inTranslation = plain;
  else channel.outTranslation = plain !== 'auto' ? plain : channel.driver.net ? 'crlf' : 'lf';
}

function badValue(option: string, why: string): TclError {
  return new TclError(`bad value for ${option}: ${why}`);
}

/** An option of every channel, by its first letters, or one of the driver's, by its name, that can be read or set. */
function optionNamed(channel: Channel, given: string, use: 'get' | 'set'): Option {
  const found = OPTIONS.find((o) => given.length > o.least && o.name.startsWith(given));
  if (found !== undefined) return found;
  const own = (channel.driver.options ?? []).filter((o) => o[use] !== undefined || o.told);
  const { name, get, set } = own.find((o) => o.name === given && o[use] !== undefined) ?? {};
  if (name !== undefined) return { name, least: 0, get: () => get?.() ?? EMPTY, set: (_channel, value) => set?.(value) };
  const known = channel.driver.own;
  if (known?.[use] !== undefined)
    return { name: given, least: 0, get: () => known.get!(given), set: (_, value) => known.set!(given, value) };
  throw new TclError(`bad option "${given}": should be one of ${alternatives([...OPTIONS, ...own].map((o) => o.name))}`);
}

const FCONFIGURE_USAGE = 'channelId ?-option value ...?';

export const fconfigureCmd: PlainFn = (interp, args) => {
  if (args.length > 3 && args.length % 2 !== 0) throw wrongArgs(`fconfigure ${FCONFIGURE_USAGE}`);
  const channel = channelNamed(interp, str(args[1]!));
  if (args.length === 2) {
    const own = (channel.driver.options ?? []).flatMap(({ name, get }) => (get === undefined ? [] : [name, get()]));
    const server = !channel.readable && !channel.writable;
    const common = OPTIONS.flatMap((o) => [o.name, server ? elements(o.get(channel))[0]! : o.get(channel)]);
    return newList([...common, ...own, ...(channel.driver.own?.all?.() ?? [])]);
  }
  if (args.length === 3) return optionNamed(channel, str(args[2]!), 'get').get(channel);
  for (let i = 2; i < args.length; i += 2) {
    if (channel.copying.size > 0) throw new TclError('unable to set channel options: background copy in progress');
    const option = optionNamed(channel, str(args[i]!), 'set');
    option.set(channel, args[i + 1]!);
  }
  return EMPTY;
};

/** Takes the last transformation away; where there is none, nothing happens, whatever chan.n says. What goes wrong is no error, but what it says is the result. */
const popCmd: PlainFn = (interp, args) => {
  const channel = channelNamed(interp, str(args[1]!));
  try {
    doing('flushing', channel, () => channel.pop());
  } catch (e) {
    if (!(e instanceof TclError) || 'owner' in e) throw e;
    return e.message;
  }
  return EMPTY;
};

/** `chan configure` is whatever `fconfigure` is, so that hiding that one hides both. */
const chanConfigureCmd: ScriptFn = function* (_interp, args, frame) {
  return yield callStep(frame, ['::fconfigure', ...args.slice(1)]);
};

// ---- fcopy

const COPY_CHUNK = 4096;

/** Copies at most `size` characters, in pieces: what was copied so far is told after each. */
function* copyPieces(interp: Interp, from: Channel, to: Channel, size: number): Generator<Step, number, Value> {
  let total = 0;
  const text = copiedText(from, to);
  const restore = copyEncoding(from, to);
  try {
    while (total < size) {
      const piece = yield* copyPiece(from, to, size - total, text);
      total += piece.length;
      interp.budget.charge(COPY_CHUNK / 8);
      if (from.eof) break;
      if (piece === '' && from.blocked) {
        // A handler that has nothing now is asked again and again, as Tcl does.
        yield from.tells ? evalStep(interp.globalFrame, EMPTY) : waitStep('host', (resume) => from.driver.whenReadable!(() => resume('')));
      }
      if (from.closed || to.closed) return total;
    }
  } finally {
    restore();
  }
  yield* written(to);
  return total;
}

function* written(to: Channel): Generator<Step, void, Value> {
  try {
    yield* to.flush();
  } catch (e) {
    throw copyError('writing', to, e);
  }
}

/** What a handler says is not heard. */
function copyError(what: string, channel: Channel, e: unknown): unknown {
  return channelError(what, channel, channel.tells && e instanceof TclError && !('owner' in e) ? new Posix('EINVAL') : e);
}

function* copyPiece(from: Channel, to: Channel, max: number, text: (piece: string) => string): Generator<Step, string, Value> {
  let doing = 'reading';
  let channel = from;
  try {
    const piece = yield* from.read(Math.min(COPY_CHUNK, max));
    doing = 'writing';
    channel = to;
    if (piece !== '') to.write(text(piece), false);
    return piece;
  } catch (e) {
    throw copyError(doing, channel, e);
  }
}

/** Between channels of one encoding bytes are copied as they are, else characters. Undone by the function it gives. */
function copyEncoding(from: Channel, to: Channel): () => void {
  const sides = from.encoding === to.encoding ? [from, to] : [];
  const undo = sides.map((side) => side.readAs(BINARY));
  // Tcl has characters inside as UTF-8.
  if (sides.length === 0 && to.encoding === BINARY) undo.push(to.readAs(UTF8));
  return () => {
    for (const fn of undo) fn();
  };
}

/** What is written for a piece: where the other side has characters, bytes are UTF-8. */
function copiedText(from: Channel, to: Channel): (piece: string) => string {
  if (from.encoding !== BINARY || to.encoding === BINARY) return (piece) => piece;
  let rest = '';
  return (piece) => {
    rest += piece;
    const { text, used } = UTF8.decode(byteArray(rest), from.eof);
    rest = rest.slice(used);
    return text;
  };
}

const FCOPY_USAGE = 'input output ?-size size? ?-command callback?';

export const fcopyCmd: ScriptFn = function* (interp, args) {
  if (args.length !== 3 && args.length !== 5 && args.length !== 7) throw wrongArgs(`${str(args[0]!)} ${FCOPY_USAGE}`);
  const from = channelWith('readable', interp, args[1]!);
  const to = channelWith('writable', interp, args[2]!);
  let size = Infinity;
  let command: Value | null = null;
  for (let i = 3; i < args.length; i += 2) {
    if (lookup(str(args[i]!), ['-size', '-command'], 'option') === '-size') {
      const n = wideArg(args[i + 1]!);
      if (n >= 0) size = n;
    } else {
      command = args[i + 1]!;
    }
  }
  const busy = from.copying.has('readable') ? from : to.copying.has('writable') ? to : null;
  if (busy !== null) throw new TclError(`channel "${busy.name}" is busy`);
  if (command !== null) {
    copyInBackground(interp, from, to, size, command);
    return EMPTY;
  }
  return yield* copyPieces(interp, from, to, size);
};

/** Copies from the event loop, a piece an event; the command is then called with the count and the error, if any. */
function copyInBackground(interp: Interp, from: Channel, to: Channel, size: number, command: Value): void {
  let total = 0;
  const text = copiedText(from, to);
  let stopped = false;
  const busy = (flag: boolean): void => {
    for (const [channel, side] of [
      [from, 'readable'],
      [to, 'writable'],
    ] as const) {
      if (flag) channel.copying.set(side, stop);
      else channel.copying.delete(side);
    }
  };
  const stop = (): void => {
    stopped = true;
    busy(false);
  };
  const finish = function* (error: string | null): Generator<Step, void, Value> {
    busy(false);
    let step: Step;
    try {
      step = callStep(interp.globalFrame, [...elements(command), total, ...(error === null ? [] : [error])], interp);
    } catch {
      // What is no list is a script, to which nothing can be added.
      step = evalStep(interp.globalFrame, command, interp);
    }
    interp.backgroundEnd(yield* attempt(step), command);
  };
  const next = (): void => void interp.events.queue('host', step);
  const step = function* (): Generator<Step, void, Value> {
    if (interp.deleted || stopped) return;
    busy(false);
    try {
      let piece = '';
      if (!from.closed && !to.closed && total < size) {
        const { blocking } = from;
        const restore = copyEncoding(from, to);
        from.blocking = false;
        try {
          piece = yield* copyPiece(from, to, size - total, text);
        } finally {
          from.blocking = blocking;
          restore();
        }
        total += piece.length;
      }
      if (from.closed || to.closed || from.eof || total >= size) {
        if (!to.closed) yield* written(to);
        yield* finish(null);
        return;
      }
      busy(true);
      if (piece === '') from.driver.whenReadable?.(next);
      else next();
    } catch (e) {
      if (!(e instanceof TclError) || 'owner' in e) throw e;
      yield* finish(e.message);
    }
  };
  busy(true);
  if (size === 0) interp.events.after(0, step);
  else next();
}

// ---- fileevent

export const fileeventCmd: PlainFn = (interp, args) => {
  const kind: Readiness = lookup(str(args[2]!), ['readable', 'writable'], 'event name');
  const channel = channelWith(kind, interp, args[1]!, `channel is not ${kind}`);
  if (args.length === 3) return channel.watcher(kind, interp)?.script ?? EMPTY;
  if (str(args[3]!) === '') channel.unwatch((k, owner) => k === kind && owner === interp);
  else channel.watch(kind, interp, args[3]!);
  return EMPTY;
};

// ---- chan names pending pipe

/** Names of an interpreter's channels that match, the newest first. */
export function channelNames(interp: Interp, pattern: Value | undefined): Value {
  const names = [...channelsOf(interp).keys()];
  return newList(pattern === undefined ? names : names.filter((name) => stringMatch(str(pattern), name)));
}

const pendingCmd: PlainFn = (interp, args) => {
  const mode = lookup(str(args[1]!), ['input', 'output'], 'mode');
  const channel = channelNamed(interp, str(args[2]!));
  if (mode === 'input') return channel.readable ? channel.inputBuffered() : -1;
  return channel.writable ? channel.outputBuffered() : -1;
};

const pipeCmd: PlainFn = (interp, args) => {
  // Tcl's own message ends in a space.
  if (args.length > 1) throw wrongArgs('chan pipe ');
  const { source, sink } = makePipe(interp);
  return orPosix("couldn't create pipe", () => newList([newChannel(interp, source, 'r').name, newChannel(interp, sink, 'w').name]));
};

// ---- open

const FLAGS = ['RDONLY', 'WRONLY', 'RDWR', 'APPEND', 'BINARY', 'CREAT', 'EXCL', 'NOCTTY', 'NONBLOCK', 'TRUNC'] as const;

export interface OpenMode {
  read: boolean;
  write: boolean;
  /** Every write goes to the end; the first place is the end. */
  append: boolean;
  atEnd: boolean;
  create: boolean;
  exclusive: boolean;
  truncate: boolean;
  binary: boolean;
}

/** An access mode of open.n: `r+b` or a list of flags. */
export function openMode(value: Value): OpenMode {
  const s = str(value);
  if (/^[a-z]/.test(s)) {
    if (!/^[rwa](b?\+?|\+b)$/.test(s)) throw new TclError(`illegal access mode "${s}"`);
    const plus = s.includes('+');
    const kind = s[0];
    return {
      read: kind === 'r' || plus,
      write: kind !== 'r' || plus,
      // With `a+` the script can seek and write anywhere.
      append: kind === 'a' && !plus,
      atEnd: kind === 'a',
      create: kind !== 'r',
      exclusive: false,
      truncate: kind === 'w',
      binary: s.includes('b'),
    };
  }
  const given = new Set<string>();
  for (const word of flagsOf(value)) {
    if (!FLAGS.some((f) => f === word)) throw new TclError(`invalid access mode "${word}": must be ${alternatives(FLAGS)}`);
    given.add(word);
  }
  const both = given.has('RDWR');
  if (!both && !given.has('RDONLY') && !given.has('WRONLY')) throw new TclError('access mode must include either RDONLY, WRONLY, or RDWR');
  const write = both || given.has('WRONLY');
  return {
    read: both || !write,
    write,
    append: given.has('APPEND'),
    atEnd: given.has('APPEND'),
    create: given.has('CREAT'),
    exclusive: given.has('EXCL'),
    truncate: given.has('TRUNC'),
    binary: given.has('BINARY'),
  };
}

function flagsOf(value: Value): readonly string[] {
  try {
    return elements(value).map(str);
  } catch (e) {
    if (e instanceof TclError) addInfo(e, `\n    while processing open access modes "${str(value)}"`);
    throw e;
  }
}

export function modeLetters(mode: OpenMode): 'r' | 'w' | 'rw' {
  return mode.read ? (mode.write ? 'rw' : 'r') : 'w';
}

export const openCmd: PlainFn = (interp, args) => {
  const name = str(args[1]!);
  const permissions = args.length > 3 ? Number(intOf(args[3]!)) : 0o666;
  const mode = openMode(args[2] ?? 'r');
  if (name.startsWith('|')) {
    const words = elements(name.slice(1));
    const world = worldOf(interp);
    if (world === undefined) throw noProgram(words);
    const driver = world.start(interp, words, { reads: mode.read, writes: mode.write, errors: true, strict: true });
    const channel = newChannel(interp, driver, modeLetters(mode));
    if (mode.binary) makeBinary(channel);
    return channel.name;
  }
  if (name.includes('\0')) throw new TclError(`couldn't open "${name}": filename is invalid on this platform`);
  const vfs = vfsOf(interp);
  return orPosix(`couldn't open "${name}"`, () => {
    const node = vfs.open(pathOf(interp, name), { ...mode, mode: permissions });
    const channel = newChannel(interp, fileDriver(vfs, node, { ...mode, interp }), modeLetters(mode));
    if (mode.binary) makeBinary(channel);
    return channel.name;
  });
};

/** There are no programs to run. */
export function noProgram(words: readonly Value[]): TclError {
  if (words.length === 0 || str(words[0]!).startsWith('|'))
    return new TclError('illegal use of | or |& in command', ['TCL', 'OPERATION', 'EXEC', 'PIPESYNTAX']);
  return posixError(`couldn't execute "${str(words[0]!)}"`, 'ENOENT');
}

type Fn = { run: PlainFn } | { script: ScriptFn };

/** What has a name of its own as well as one in `chan`; all of it is safe but `fconfigure` and `open`. */
const COMMON: readonly (readonly [command: string, sub: string, fn: Fn, min: number, max: number, usage: string])[] = [
  ['puts', 'puts', { run: putsCmd }, 1, 3, PUTS_USAGE],
  ['gets', 'gets', { script: getsCmd }, 1, 2, 'channelId ?varName?'],
  ['close', 'close', { script: closeCmd }, 1, 2, 'channelId ?direction?'],
  ['flush', 'flush', { script: flushCmd }, 1, 1, 'channelId'],
  ['eof', 'eof', { run: eofCmd }, 1, 1, 'channelId'],
  ['fblocked', 'blocked', { run: fblockedCmd }, 1, 1, 'channelId'],
  ['seek', 'seek', { run: seekCmd }, 2, 3, 'channelId offset ?origin?'],
  ['tell', 'tell', { run: tellCmd }, 1, 1, 'channelId'],
  ['fcopy', 'copy', { script: fcopyCmd }, 2, 6, FCOPY_USAGE],
  ['fileevent', 'event', { run: fileeventCmd }, 2, 3, 'channelId event ?script?'],
  ['read', 'read', { script: readCmd }, 1, 2, readUsage('read')],
];

export const ioRows: readonly CommandRow[] = [
  ...COMMON.map(([name, , fn, min, max, usage]) => ({ name, min, max, usage, safe: true, ...fn })),
  { name: 'fconfigure', min: 1, max: Infinity, usage: FCONFIGURE_USAGE, run: fconfigureCmd },
  { name: 'open', min: 1, max: 3, usage: 'fileName ?access? ?permissions?', run: openCmd },
  {
    name: 'chan',
    safe: true,
    sub: [
      ...COMMON.map(([, name, fn, min, max, usage]) => ({
        name,
        min,
        max,
        usage: name === 'read' ? readUsage('chan read') : usage,
        safe: true,
        ...fn,
      })),
      { name: 'configure', min: 1, max: Infinity, usage: FCONFIGURE_USAGE, safe: true, script: chanConfigureCmd },
      { name: 'create', min: 2, max: 2, usage: 'mode cmdprefix', safe: true, script: createCmd },
      { name: 'names', min: 0, max: 1, usage: '?pattern?', safe: true, run: (interp, args) => channelNames(interp, args[1]) },
      { name: 'pending', min: 2, max: 2, usage: 'mode channelId', safe: true, run: pendingCmd },
      { name: 'pipe', min: 0, max: Infinity, usage: '', safe: true, run: pipeCmd },
      { name: 'pop', min: 1, max: 1, usage: 'channel', safe: true, run: popCmd },
      { name: 'postevent', min: 2, max: 2, usage: 'channel eventspec', safe: true, script: posteventCmd },
      { name: 'push', min: 2, max: 2, usage: 'channel cmdprefix', safe: true, script: pushCmd },
      { name: 'truncate', min: 1, max: 2, usage: 'channelId ?length?', safe: true, run: truncateCmd },
    ],
  },
];
