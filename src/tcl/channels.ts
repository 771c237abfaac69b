/**
 * Channels: buffering, line ends, encodings, the end-of-file character, blocking, and who may use which by what name. What stands behind a
 * channel is a driver, handed in: a file of the virtual file system, a pipe, a console, a scratch file kept by the page. The commands
 * are in commands/io.ts. Answers to tclIO.c.
 *
 * Output: text -> line ends -> bytes -> (limit of the driver) -> buffer -> driver.
 * Input:  driver -> raw bytes, kept until used -> text -> end-of-file character -> line ends, when a reader takes it.
 */
import { attempt, type EventHandle, evalStep, type Interp, rootOf, type Step, waitStep } from './command.ts';
import type { Encoding } from './encoding.ts';
import { BINARY, encodingNamed, UTF8 } from './encodings.ts';
import { TclError } from './errors.ts';
import { Posix, posixError } from './posix.ts';
import type { Value } from './value.ts';

export type Seek = 'start' | 'current' | 'end';
export type Readiness = 'readable' | 'writable';
const KINDS: readonly Readiness[] = ['readable', 'writable'];

/** What a channel reads from and writes to. Absent methods mean that it cannot. Failures are thrown as Posix, or a TclError that is the whole message. */
export interface Driver {
  /** At most `max` bytes that are there now: none when one has to wait, null at the end. */
  read?(max: number): Uint8Array | null;
  /** Takes all of it. */
  write?(bytes: Uint8Array): void;
  /** Throws when bytes may not be put there: called before they are taken into the buffer. `ahead` bytes are buffered already. */
  admit?(bytes: number, ahead: number): void;
  /** Returns the new position in bytes. */
  seek?(offset: number, origin: Seek): number;
  truncate?(size: number): void;
  /** Waits until what was written is safe. */
  sync?(): Generator<Step, void, Value>;
  /** Called when this side, or the whole, is closed. */
  close?(side: 'read' | 'write' | 'both'): void;
  /** The numbers of the processes behind it. */
  readonly pids?: readonly number[];
  /** One side can be closed by itself. */
  readonly half?: boolean;
  /** A socket: of its own accord it ends lines as networks do. */
  readonly net?: boolean;
  /** After the end, what `close` has still to wait for (if the channel blocks), and an error to tell. */
  ended?(wait: boolean): Generator<Step, void, Value>;
  /** Calls back once, when bytes or the end have arrived. Without it a reader never has to wait. */
  whenReadable?(done: () => void): void;
  /** What `fconfigure` may ask and set besides the options of every channel. */
  readonly options?: readonly DriverOption[];
  /** Options that it alone knows. */
  readonly own?: {
    get?(name: string): Value;
    all?(): readonly Value[];
    set?(name: string, value: Value): void;
  };
  /** Told of `-blocking`. */
  block?(blocking: boolean): void;
  /** Told when the events waited for may have changed. A driver that has it says itself when it is ready, and nobody waits for it. */
  watch?(): void;
}

export interface DriverOption {
  readonly name: string;
  /** Complaints name it even where it can't be read. */
  readonly told?: boolean;
  get?(): Value;
  set?(value: Value): void;
}

/** A driver that stands on another and changes what passes. */
export interface Transform extends Driver {
  /** Writes what it holds back, and gives what it has read in vain. */
  finish(): Uint8Array;
}

/** A driver before which bytes lie that were read from it already. */
function withAhead(driver: Driver, ahead: Uint8Array): Driver {
  if (ahead.length === 0) return driver;
  let left = ahead;
  const { seek, whenReadable } = driver;
  return {
    ...driver,
    read(max) {
      if (left.length === 0) return driver.read!(max);
      const piece = left.subarray(0, max);
      left = left.subarray(piece.length);
      return piece;
    },
    ...(seek && {
      seek(offset: number, origin: Seek) {
        if (offset === 0 && origin === 'current') return driver.seek!(0, origin) - left.length;
        const behind = origin === 'current' ? left.length : 0;
        left = NOTHING;
        return driver.seek!(offset - behind, origin);
      },
    }),
    ...(whenReadable && { whenReadable: (done: () => void) => (left.length > 0 ? done() : driver.whenReadable!(done)) }),
  };
}

export type Translation = 'auto' | 'lf' | 'cr' | 'crlf';
export type Sides = 'r' | 'w' | 'rw' | '';
export type Buffering = 'full' | 'line' | 'none';

const LINE_END = { lf: '\n', cr: '\r', crlf: '\r\n' } as const;
const NOTHING = new Uint8Array(0);
export const DEFAULT_BUFFER_SIZE = 4096;

interface Watcher {
  readonly kind: Readiness;
  readonly interp: Interp;
  readonly run: () => Generator<Step, void, Value>;
  /** May be another one by the time it runs. */
  script: Value;
}

/** `mode`: which sides it has; a server's has none. */
export function makeChannel(name: string, base: Driver, mode: Sides) {
  let driver = base;
  /** What each transformation stands on. */
  const below: { readonly driver: Driver; readonly transform: Transform }[] = [];
  let outParts: Uint8Array[] = [];
  let outBytes = 0;
  /** Bytes not yet used up: `input` is their reading from `0`, of which `taken` units are taken. */
  let raw: Uint8Array = NOTHING;
  let input = '';
  let taken = 0;
  /** Bytes of `raw` that `input` came from. */
  let decoded = 0;
  /** The driver has said that there is no more. */
  let driverEof = false;
  /** The end-of-file character stands at `taken`. */
  let stuckAtEof = false;
  /** A carriage return ended the last line: a newline that follows belongs to it. */
  let sawCr = false;
  /** The present reader got something from the driver. */
  let fed = false;
  /** Characters that the present reader has taken and not handed on: it may wait for more. */
  let gathered = 0;
  /** So did who looked for him whether there is something. */
  let peeked = false;
  /** What is there was not enough for the last reader: no news until more comes. */
  let starved = false;
  /** One an interpreter and kind, the newest first. */
  let watchers: readonly Watcher[] = [];
  let pending: EventHandle | null = null;
  /** Rounds of scripts that run, one within the other. */
  let running = 0;
  let armed = false;
  /** It says itself when it is ready. */
  const tells = base.watch !== undefined;

  const channel = {
    name,
    driver,
    tells,
    pids: base.pids ?? [],
    watched,
    readable: mode.includes('r'),
    writable: mode.includes('w'),
    blocking: true,
    buffering: 'full' as Buffering,
    bufferSize: DEFAULT_BUFFER_SIZE,
    encoding: UTF8,
    inTranslation: 'auto' as Translation,
    outTranslation: 'lf' as Exclude<Translation, 'auto'>,
    /** The characters that end the input and close the output; empty for none. */
    inEof: '',
    outEof: '',
    /** The last read met the end, or had to stop for want of input. */
    eof: false,
    blocked: false,
    /** By the side that a background fcopy uses, what stops that. */
    copying: new Map<Readiness, () => void>(),
    closed: false,
    /** How many interpreters have it. */
    uses: 0,
    /** Charges memory before it grows. */
    pay: (_bytes: number): void => {},
    /** Bytes it holds, for the census. */
    held: () => raw.length + 2 * (input.length + gathered) + outBytes,
    write,
    flush,
    gets,
    read,
    inputBuffered,
    inputReady,
    outputBuffered: () => outBytes,
    seek,
    tell,
    truncate,
    setEncoding,
    readAs,
    lookAgain,
    setInputEof,
    setBinary,
    push,
    pop,
    stopCopies,
    close,
    watcher,
    watch,
    unwatch,
    notify,
    schedule,
  };
  return channel;

  /** A script sees what is asked of the driver. */
  function isSeen(): boolean {
    return tells || below.length > 0;
  }

  // ---- Output

  /** Buffers text, with a newline when asked, and hands the buffer on as `buffering` says. */
  function write(text: string, newline: boolean): void {
    checkBusy('writable');
    if (newline && channel.buffering !== 'full' && isSeen()) {
      // A script sees that Tcl writes twice.
      write(text, false);
      text = '';
    }
    const whole = newline ? `${text}\n` : text;
    const end = LINE_END[channel.outTranslation];
    const bytes = channel.encoding.encode(end === '\n' ? whole : whole.replaceAll('\n', end));
    if (bytes.length === 0) return;
    dropInput();
    driver.admit?.(bytes.length, outBytes);
    outParts.push(bytes);
    outBytes += bytes.length;
    drain(outBytes - (outBytes % channel.bufferSize));
    // A line counts that ends in what is left.
    const ended = (): boolean => whole.includes('\n') && outParts.at(-1)?.includes(end.charCodeAt(end.length - 1)) === true;
    if (channel.buffering === 'none' || (channel.buffering === 'line' && ended())) drain();
  }

  /** Hands what is buffered to the driver, or that much of it. */
  function drain(size = outBytes): void {
    if (size === 0) return;
    const bytes = outParts.length === 1 ? outParts[0]! : joined(outParts, outBytes);
    const rest = bytes.subarray(size);
    outParts = rest.length === 0 ? [] : [rest];
    outBytes = rest.length;
    try {
      driver.write?.(bytes.subarray(0, size));
    } catch (e) {
      outParts = [];
      outBytes = 0;
      throw e;
    }
  }

  function* flush(): Generator<Step, void, Value> {
    checkBusy('writable');
    drain();
    if (driver.sync !== undefined) yield* driver.sync();
  }

  // ---- Input

  /**
   * A line without its end, or null when there is none: at the end of the input (`eof` is set) or, not blocking, for want of input
   * (`blocked` is set). A last line without an end counts.
   */
  function* gets(): Generator<Step, string | null, Value> {
    // While it is copied there is no line either, where there was none before (Tcl_GetsObjCmd).
    if (channel.copying.has('readable') && (channel.eof || channel.blocked)) return null;
    startRead();
    for (let want = channel.bufferSize; ; want *= 2) {
      let end = findLineEnd();
      if (end?.sawCr && peekMore()) end = findLineEnd();
      if (end !== null) {
        const line = input.slice(taken, end.at);
        taken = end.at + end.size;
        sawCr = end.sawCr;
        return line;
      }
      if (atEnd()) {
        const rest = input.slice(taken);
        channel.eof = true;
        taken = input.length;
        return rest === '' ? null : rest;
      }
      if (!(yield* fill(want))) return null;
    }
  }

  /** At most `chars` characters; fewer at the end or, not blocking, when no more are there. */
  function* read(chars: number): Generator<Step, string, Value> {
    startRead();
    gathered = 0;
    const parts: string[] = [];
    let want = channel.bufferSize;
    for (;;) {
      const piece = takeText(chars);
      parts.push(piece);
      gathered += piece.length;
      chars -= piece.length;
      if (chars <= 0) break;
      if (atEnd()) {
        channel.eof = true;
        break;
      }
      if (!(yield* fill(want))) break;
      want = Math.min(want * 2, MAX_CHUNK);
    }
    // Looking for the other half of a line end may have met the end.
    if (driverEof && taken === input.length) channel.eof = true;
    gathered = 0;
    return parts.join('');
  }

  /** Bytes taken from the driver and not yet read, and bytes written and not yet handed on. */
  function inputBuffered(): number {
    return raw.length - usedBytes();
  }

  /** There is something that the last reader could have had. */
  function inputReady(): boolean {
    // What stands at an end-of-file character is there, and stays.
    return stuckAtEof || (!starved && taken < input.length);
  }

  function startRead(): void {
    checkBusy('readable');
    // Reading after writing on one file must see what was written.
    if (channel.writable) drain();
    channel.blocked = starved = false;
    fed = peeked;
    peeked = false;
    if (!stuckAtEof) {
      channel.eof = false;
      driverEof = false;
    }
  }

  function atEnd(): boolean {
    return stuckAtEof || (driverEof && decoded === raw.length);
  }

  /** Gets more raw bytes, waiting when blocking; false when there are none yet. */
  function* fill(max: number): Generator<Step, boolean, Value> {
    for (;;) {
      // Where a script would see it, Tcl does not ask again after less than it asked for.
      const asked = driver;
      const size = below.length > 0 ? channel.bufferSize : max;
      const bytes = driverEof ? null : isSeen() && fed && !channel.blocking ? NOTHING : asked.read!(size);
      // A transformation has taken itself away as it was read through.
      if (driver !== asked && bytes?.length === 0) continue;
      // Not blocking, Tcl does not look further once it got something: the end is met by the next reader.
      const enough = bytes === null && fed && !channel.blocking;
      if (!enough && (bytes === null || bytes.length > 0)) {
        driverEof = bytes === null;
        fed = true;
        addInput(bytes ?? NOTHING);
        return true;
      }
      if (tells || !channel.blocking) {
        channel.blocked = starved = true;
        return false;
      }
      yield waitStep('host', (resume) => driver.whenReadable!(() => resume('')));
      if (channel.closed) throw new Posix('EBADF');
    }
  }

  /** Reads on without waiting, to see whether a newline follows a return. */
  function peekMore(): boolean {
    const bytes = driverEof ? null : driver.read!(channel.bufferSize);
    if (bytes === null || bytes.length === 0) return false;
    addInput(bytes);
    return true;
  }

  function addInput(bytes: Uint8Array): void {
    starved = false;
    forgetUsed();
    channel.pay(3 * bytes.length);
    raw = raw.length === 0 ? bytes : joined([raw, bytes], raw.length + bytes.length);
    const { text, used } = channel.encoding.decode(decoded === 0 ? raw : raw.subarray(decoded), driverEof);
    decoded += used;
    let fresh = text;
    if (channel.inEof !== '') {
      const stop = fresh.indexOf(channel.inEof);
      if (stop >= 0) {
        fresh = fresh.slice(0, stop);
        stuckAtEof = true;
      }
    }
    input += fresh;
  }

  /** Lets go of bytes and text that have been read. */
  function forgetUsed(): void {
    if (taken === 0) return;
    const used = usedBytes();
    channel.encoding.passed?.(raw.subarray(0, used));
    raw = raw.subarray(used);
    decoded -= used;
    input = input.slice(taken);
    taken = 0;
  }

  function usedBytes(): number {
    if (taken === 0) return 0;
    return taken === input.length && !stuckAtEof ? decoded : channel.encoding.bytesOf(raw, taken);
  }

  /** Where the next line ends, or null when that is not known yet. */
  function findLineEnd(): { at: number; size: number; sawCr: boolean } | null {
    const mode = channel.inTranslation;
    skipNewline();
    if (mode === 'crlf') {
      // The character after a return that ends no line is passed over, as Tcl does.
      let cr = input.indexOf('\r', taken);
      while (cr >= 0 && input.charCodeAt(cr + 1) !== 10) cr = input.indexOf('\r', cr + 2);
      return cr < 0 ? null : { at: cr, size: 2, sawCr: false };
    }
    if (mode !== 'auto') {
      const at = input.indexOf(LINE_END[mode], taken);
      return at < 0 ? null : { at, size: 1, sawCr: false };
    }
    const nl = input.indexOf('\n', taken);
    const cr = (nl < 0 ? input : input.slice(0, nl)).indexOf('\r', taken);
    if (cr < 0) return nl < 0 ? null : { at: nl, size: 1, sawCr: false };
    const both = input.charCodeAt(cr + 1) === 10;
    return { at: cr, size: both ? 2 : 1, sawCr: !both && cr + 1 === input.length };
  }

  /** Takes up to `chars` characters of what is there, line ends translated. */
  function takeText(chars: number): string {
    skipNewline();
    const mode = channel.inTranslation;
    if (mode === 'lf') return take(chars);
    if (mode === 'cr') return take(chars).replaceAll('\r', '\n');
    let got = '';
    while (got.length < chars && taken < input.length) {
      let piece = take(chars - got.length);
      if (piece.endsWith('\r')) {
        if (mode === 'auto') {
          sawCr = true;
        } else if (input.charCodeAt(taken) === 10) {
          taken++;
          piece += '\n';
        } else if (taken === input.length && !atEnd()) {
          // Half a line end, perhaps: left for the next time.
          taken--;
          return got + translated(piece.slice(0, -1), mode);
        }
      }
      got += translated(piece, mode);
      if (got.length < chars) skipNewline();
    }
    return got;
  }

  function take(chars: number): string {
    const piece = input.slice(taken, taken + chars);
    taken += piece.length;
    return piece;
  }

  function skipNewline(): void {
    if (!sawCr || taken >= input.length) return;
    sawCr = false;
    if (input.charCodeAt(taken) === 10) taken++;
  }

  /** Forgets what was read ahead: the driver goes back to where the reader is. */
  function dropInput(): void {
    if (driver.seek === undefined) return;
    const ahead = inputBuffered();
    try {
      if (ahead > 0) driver.seek(-ahead, 'current');
    } catch (e) {
      // It is written all the same.
      if (!(e instanceof Posix || (e instanceof TclError && !('owner' in e)))) throw e;
    }
    if (ahead > 0 || taken > 0) clearInput();
  }

  function clearInput(): void {
    channel.encoding.passed?.(null);
    raw = NOTHING;
    input = '';
    taken = decoded = 0;
    driverEof = stuckAtEof = sawCr = false;
  }

  // ---- Position

  function seek(offset: number, origin: Seek): void {
    checkBusy('readable', 'writable');
    if (driver.seek === undefined) throw new Posix(tells || driver.half ? 'EINVAL' : 'ESPIPE');
    drain();
    const ahead = inputBuffered();
    const { blocking } = channel;
    if (!blocking) driver.block?.(true);
    try {
      driver.seek(origin === 'current' ? offset - ahead : offset, origin);
    } finally {
      if (!blocking) driver.block?.(false);
    }
    clearInput();
    channel.eof = channel.blocked = false;
  }

  /** -1 when the driver has no position. */
  function tell(): number {
    if (driver.seek === undefined || channel.copying.size > 0) return -1;
    return driver.seek(0, 'current') - inputBuffered() + outBytes;
  }

  function truncate(size: number | null): void {
    if (driver.truncate === undefined) throw new Posix('EINVAL');
    drain();
    driver.truncate(size ?? tell());
    dropInput();
  }

  // ---- Options

  function setEncoding(encoding: Encoding): void {
    forgetUsed();
    channel.encoding = encoding === channel.encoding ? encoding : (encoding.fresh?.() ?? encoding);
    // What was read ahead is read again.
    const again = raw;
    const ended = driverEof;
    clearInput();
    driverEof = ended;
    if (again.length > 0) addInput(again);
  }

  /** Has another encoding until the function it gives is called. */
  function readAs(other: Encoding): () => void {
    const { encoding } = channel;
    if (encoding === other) return () => {};
    setEncoding(other);
    return () => setEncoding(encoding);
  }

  /** What was too little for the last reader may be enough for the next. */
  function lookAgain(): void {
    peeked = raw.length > 0;
    schedule();
  }

  function setInputEof(char: string): void {
    channel.inEof = char;
    channel.eof = channel.blocked = false;
    setEncoding(channel.encoding);
  }

  function setBinary(side: 'in' | 'out'): void {
    if (side === 'in') {
      channel.inTranslation = 'lf';
      setInputEof('');
    } else {
      channel.outTranslation = 'lf';
      channel.outEof = '';
    }
    setEncoding(BINARY);
  }

  // ---- Transformations

  function setDriver(next: Driver): void {
    driver = channel.driver = next;
  }

  /** Puts a transformation between buffers and driver. What was read ahead goes through it. */
  function push(make: (on: Driver) => Transform): void {
    checkBusy('readable', 'writable');
    drain();
    forgetUsed();
    const on = withAhead(driver, raw);
    clearInput();
    const transform = make(on);
    below.push({ driver: on, transform });
    setDriver(transform);
  }

  /** Takes the last transformation away, if there is one. What was read through it is lost. */
  function pop(): void {
    checkBusy('readable', 'writable');
    const last = below.pop();
    if (last === undefined) return;
    drain();
    clearInput();
    let ahead = NOTHING as Uint8Array;
    try {
      ahead = last.transform.finish();
    } finally {
      setDriver(withAhead(last.driver, ahead));
    }
  }

  // ---- End

  /** Writes out what is left, and lets the driver go whatever fails; waits for nothing. */
  function close(side: 'read' | 'write' | 'both' = 'both'): void {
    if (channel.closed) return;
    stopCopies();
    try {
      if (channel.writable && side !== 'read') {
        if (channel.outEof !== '') write(channel.outEof, false);
        drain();
      }
    } finally {
      if (side !== 'write') channel.readable = false;
      if (side !== 'read') channel.writable = false;
      if (!channel.readable && !channel.writable) {
        channel.closed = true;
      }
      unwatch((kind) => !channel[kind]);
      driver.close?.(channel.closed ? 'both' : side);
    }
  }

  function stopCopies(): void {
    for (const stop of channel.copying.values()) stop();
  }

  function checkBusy(...sides: readonly Readiness[]): void {
    if (sides.some((side) => channel.copying.has(side))) throw new Posix('EBUSY');
  }

  // ---- Events

  function watcher(kind: Readiness, interp: Interp): Watcher | undefined {
    return watchers.find((w) => w.kind === kind && w.interp === interp);
  }

  /** Runs `script` at the global level whenever the channel is ready, until it is replaced; an error in it goes to bgerror and ends it. */
  function watch(kind: Readiness, interp: Interp, script: Value): void {
    const old = watcher(kind, interp);
    if (old !== undefined) old.script = script;
    else {
      const made: Watcher = {
        kind,
        interp,
        script,
        *run() {
          const now = made.script;
          const ended = yield* attempt(evalStep(interp.globalFrame, now, interp));
          if (interp.backgroundEnd(ended, now)) unwatch((k, i) => k === kind && i === interp);
        },
      };
      watchers = [made, ...watchers];
    }
    schedule();
  }

  function unwatch(which: (kind: Readiness, interp: Interp) => boolean): void {
    for (const w of watchers) {
      if (!which(w.kind, w.interp)) continue;
      watchers = watchers.filter((other) => other !== w);
      base.watch?.();
    }
    if (watchers.length === 0) {
      pending?.cancel();
      pending = null;
    }
  }

  /** Whether someone waits for one of these. */
  function watched(...kinds: readonly Readiness[]): boolean {
    return watchers.some((w) => kinds.includes(w.kind));
  }

  /** Runs the scripts that wait for one of these, whatever those before them have done to the channel but take them away. */
  function* notify(kinds: readonly Readiness[]): Generator<Step, void, Value> {
    for (const w of watchers) if (kinds.includes(w.kind) && watchers.includes(w)) yield* w.run();
  }

  function ready(kind: Readiness): boolean {
    if (tells) return kind === 'readable' && inputReady();
    if (kind === 'writable') return channel.writable;
    if (!channel.readable) return false;
    if (driverEof || peeked || inputReady() || driver.whenReadable === undefined) return true;
    let bytes: Uint8Array | null;
    try {
      bytes = driver.read!(channel.bufferSize);
    } catch {
      // Who reads will hear of it.
      return true;
    }
    if (bytes === null) {
      driverEof = true;
      return true;
    }
    if (bytes.length > 0) addInput(bytes);
    peeked = bytes.length > 0;
    return peeked;
  }

  /** Queues one round of what is ready, or waits for input to arrive. */
  function schedule(): void {
    base.watch?.();
    if (pending !== null || watchers.length === 0) return;
    const isReady = () => KINDS.filter((kind) => watched(kind) && ready(kind));
    if (isReady().length > 0) {
      const { events } = watchers[0]!.interp;
      pending = events.queue('host', function* () {
        pending = null;
        // A script that waits for another event may wait for this channel.
        running++;
        events.lookers.add(schedule);
        try {
          yield* notify(isReady());
        } finally {
          if (--running === 0) events.lookers.delete(schedule);
        }
        schedule();
      });
    } else if (!armed && !tells) {
      armed = true;
      driver.whenReadable?.(() => {
        armed = false;
        schedule();
      });
    }
  }
}

export type Channel = ReturnType<typeof makeChannel>;

/** Largest piece asked of a driver at once. */
const MAX_CHUNK = 1 << 20;

function translated(text: string, mode: 'auto' | 'crlf'): string {
  return mode === 'crlf' ? text.replaceAll('\r\n', '\n') : text.replace(/\r\n?/g, '\n');
}

export function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// ---- Who has which channel

/** What the interpreters of a tree share. */
export interface ChannelPool {
  /** `encoding system`: what new channels begin with. */
  encoding: Encoding;
  /** Most channels open at once in the whole tree. */
  max: number;
  readonly channels: Set<Channel>;
  readonly numbers: Set<number>;
  /** How many channels had a script for a driver, and how many transformations there were, or were to be. */
  readonly scripted: { rc: number; rt: number };
  /** The standard channels of a program by their names there; null when closed: the next new channel takes the place. */
  readonly standard: Map<string, Channel | null>;
}

const CHANNELS = Symbol('channels');
const POOL = Symbol('channel pool');

export function poolOf(interp: Interp): ChannelPool {
  const { assoc, holders } = rootOf(interp);
  const pool = assoc.get(POOL) as ChannelPool | undefined;
  if (pool !== undefined) return pool;
  const channels = new Set<Channel>();
  const made: ChannelPool = {
    encoding: UTF8,
    max: Infinity,
    channels,
    numbers: new Set(),
    scripted: { rc: 0, rt: 0 },
    standard: new Map(),
  };
  assoc.set(POOL, made);
  holders.add(() => [...channels].reduce((sum, channel) => sum + channel.held(), 0));
  return made;
}

export function systemEncoding(interp: Interp): Encoding {
  return poolOf(interp).encoding;
}

export function setSystemEncoding(interp: Interp, encoding: Encoding): void {
  poolOf(interp).encoding = encoding;
}

/** The channels of an interpreter by name, in the order they came. */
export function channelsOf(interp: Interp): Map<string, Channel> {
  let table = interp.assoc.get(CHANNELS) as Map<string, Channel> | undefined;
  if (table === undefined) {
    const made = new Map<string, Channel>();
    interp.assoc.set(CHANNELS, (table = made));
    interp.onDelete(() => {
      for (const channel of [...made.values()]) {
        try {
          dropChannel(interp, channel);
        } catch {
          // What could not be written is lost with its interpreter, as in Tcl.
        }
      }
    });
  }
  return table;
}

/** The channel of that name, or throws `can not find channel named "x"`. */
export function channelNamed(interp: Interp, name: string): Channel {
  const channel = channelsOf(interp).get(name);
  if (channel === undefined) throw new TclError(`can not find channel named "${name}"`, ['TCL', 'LOOKUP', 'CHANNEL', name]);
  return channel;
}

/** Gives an interpreter a channel; it counts once however many have it. */
export function addChannel(interp: Interp, channel: Channel): void {
  channel.uses++;
  poolOf(interp).channels.add(channel);
  channel.pay = (bytes) => interp.budget.allocate(bytes);
  channelsOf(interp).set(channel.name, channel);
}

/** What making one costs, in units of work. */
const CHANNEL_WORK = 500;

/** Throws Posix EMFILE when the tree has as many channels as it may. */
export function checkRoom(interp: Interp, count = 1): void {
  const pool = poolOf(interp);
  if (pool.channels.size + count > pool.max) throw new Posix('EMFILE');
}

/** Makes a channel called `file3` or so, the lowest number that is free, or by a name that no other has; in the place of a standard channel that was closed, by its name. */
export function newChannel(interp: Interp, driver: Driver, mode: Sides, name?: string): Channel {
  checkRoom(interp);
  interp.budget.charge(CHANNEL_WORK);
  const { numbers, encoding, standard } = poolOf(interp);
  const place = [...standard.keys()].find((std) => standard.get(std) === null);
  let n = 3;
  while (numbers.has(n)) n++;
  if (name === undefined && place === undefined) numbers.add(n);
  const channel = makeChannel(place ?? name ?? `file${n}`, driver, mode);
  channel.encoding = encoding;
  addChannel(interp, channel);
  if (place !== undefined) standard.set(place, channel);
  return channel;
}

/** Takes a channel from an interpreter; the last one closes it. */
export function dropChannel(interp: Interp, channel: Channel): void {
  channel.unwatch((_kind, owner) => owner === interp);
  channelsOf(interp).delete(channel.name);
  if (--channel.uses > 0) return;
  const pool = poolOf(interp);
  pool.channels.delete(channel);
  if (pool.standard.get(channel.name) === channel) pool.standard.set(channel.name, null);
  const number = /^file([0-9]+)$/.exec(channel.name);
  if (number !== null) pool.numbers.delete(Number(number[1]));
  channel.close();
}

/** Options by which `open` and the hosts set up a channel at once. */
export function makeBinary(channel: Channel): void {
  if (channel.readable) channel.setBinary('in');
  if (channel.writable) channel.setBinary('out');
}

export function encodingOption(name: string): Encoding {
  return name === '' || name === 'binary' ? BINARY : encodingNamed(name);
}

/** `error DOING "NAME": words` for a failure of the driver. */
export function channelError(doing: string, channel: Channel, e: unknown): unknown {
  return e instanceof Posix ? posixError(`error ${doing} "${channel.name}"`, e.name, e.words) : e;
}
