/**
 * Channels: buffering, line ends, encodings, the end-of-file character, blocking, and who may use which by what name. What stands behind a
 * channel is a driver, handed in: a file of the virtual file system, a pipe, a console, a scratch file kept by the page. The commands
 * are in commands/io.ts. Answers to tclIO.c.
 *
 * Output: text -> line ends -> bytes -> (limit of the driver) -> buffer -> driver.
 * Input:  driver -> raw bytes, kept until used -> text -> end-of-file character -> line ends, when a reader takes it.
 */
import {
  attempt,
  BREAK,
  CONTINUE,
  type Completion,
  type EventHandle,
  evalStep,
  type Interp,
  OK,
  RETURN,
  type Step,
  waitStep,
} from './command.ts';
import { BINARY, type Encoding, encodingNamed, UTF8 } from './encodings.ts';
import { TclError } from './errors.ts';
import { Posix, posixError } from './posix.ts';
import type { Value } from './value.ts';

export type Seek = 'start' | 'current' | 'end';
export type Readiness = 'readable' | 'writable';

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
  /** Calls back once, when bytes or the end have arrived. Without it a reader never has to wait. */
  whenReadable?(done: () => void): void;
}

export type Translation = 'auto' | 'lf' | 'cr' | 'crlf';
export type Buffering = 'full' | 'line' | 'none';

const LINE_END = { lf: '\n', cr: '\r', crlf: '\r\n' } as const;
const NOTHING = new Uint8Array(0);
export const DEFAULT_BUFFER_SIZE = 4096;

interface Watcher {
  readonly interp: Interp;
  readonly run: () => Generator<Step, void, Value>;
  readonly script: Value;
}

export class Channel {
  readonly name: string;
  readonly driver: Driver;
  readable: boolean;
  writable: boolean;
  blocking = true;
  buffering: Buffering = 'full';
  bufferSize = DEFAULT_BUFFER_SIZE;
  encoding: Encoding = UTF8;
  inTranslation: Translation = 'auto';
  outTranslation: Exclude<Translation, 'auto'> = 'lf';
  /** The characters that end the input and close the output; empty for none. */
  inEof = '';
  outEof = '';
  /** The last read met the end, or had to stop for want of input. */
  eof = false;
  blocked = false;
  /** A background fcopy uses it. */
  copying = false;
  closed = false;
  /** How many interpreters have it. */
  uses = 0;

  private out: Uint8Array[] = [];
  private outBytes = 0;
  /** Bytes not yet used up: `text` is their reading from `0`, of which `at` units are taken. */
  private raw: Uint8Array = NOTHING;
  private text = '';
  private at = 0;
  /** Bytes of `raw` that `text` came from. */
  private decoded = 0;
  /** The driver has said that there is no more. */
  private driverEof = false;
  /** The end-of-file character stands at `at`. */
  private stuckAtEof = false;
  /** A carriage return ended the last line: a newline that follows belongs to it. */
  private sawCr = false;
  /** What is there was not enough for the last reader: no news until more comes. */
  private starved = false;
  private readonly watchers = new Map<Readiness, Watcher>();
  private pending: EventHandle | null = null;
  private armed = false;

  constructor(name: string, driver: Driver, mode: 'r' | 'w' | 'rw') {
    this.name = name;
    this.driver = driver;
    this.readable = mode !== 'w';
    this.writable = mode !== 'r';
  }

  // ---- Output

  /** Buffers text, with a newline when asked, and hands the buffer on as `buffering` says. */
  write(text: string, newline: boolean): void {
    this.checkBusy();
    const whole = newline ? `${text}\n` : text;
    const end = LINE_END[this.outTranslation];
    const bytes = this.encoding.encode(end === '\n' ? whole : whole.replaceAll('\n', end));
    if (bytes.length === 0) return;
    this.dropInput();
    this.driver.admit?.(bytes.length, this.outBytes);
    this.out.push(bytes);
    this.outBytes += bytes.length;
    if (this.buffering === 'none' || (this.buffering === 'line' && whole.includes('\n'))) this.drain();
    else if (this.outBytes >= this.bufferSize) this.drain(this.outBytes - (this.outBytes % this.bufferSize));
  }

  /** Hands what is buffered to the driver, or that much of it. */
  drain(size = this.outBytes): void {
    if (size === 0) return;
    const bytes = this.out.length === 1 ? this.out[0]! : joined(this.out, this.outBytes);
    const rest = bytes.subarray(size);
    this.out = rest.length === 0 ? [] : [rest];
    this.outBytes = rest.length;
    this.driver.write?.(bytes.subarray(0, size));
  }

  *flush(): Generator<Step, void, Value> {
    this.checkBusy();
    this.drain();
    if (this.driver.sync !== undefined) yield* this.driver.sync();
  }

  // ---- Input

  /**
   * A line without its end, or null when there is none: at the end of the input (`eof` is set) or, not blocking, for want of input
   * (`blocked` is set). A last line without an end counts.
   */
  *gets(): Generator<Step, string | null, Value> {
    this.startRead();
    for (let want = this.bufferSize; ; want *= 2) {
      let end = this.findLineEnd();
      if (end?.sawCr && this.peekMore()) end = this.findLineEnd();
      if (end !== null) {
        const line = this.text.slice(this.at, end.at);
        this.at = end.at + end.size;
        this.sawCr = end.sawCr;
        return line;
      }
      if (this.atEnd()) {
        const rest = this.text.slice(this.at);
        this.eof = true;
        this.at = this.text.length;
        return rest === '' ? null : rest;
      }
      if (!(yield* this.fill(want))) return null;
    }
  }

  /** At most `chars` characters; fewer at the end or, not blocking, when no more are there. */
  *read(chars: number): Generator<Step, string, Value> {
    this.startRead();
    const parts: string[] = [];
    let want = this.bufferSize;
    for (;;) {
      const piece = this.takeText(chars);
      parts.push(piece);
      chars -= piece.length;
      if (chars <= 0) break;
      if (this.atEnd()) {
        this.eof = true;
        break;
      }
      if (!(yield* this.fill(want))) break;
      want = Math.min(want * 2, MAX_CHUNK);
    }
    // Looking for the other half of a line end may have met the end.
    if (this.driverEof && this.at === this.text.length) this.eof = true;
    return parts.join('');
  }

  /** Bytes taken from the driver and not yet read, and bytes written and not yet handed on. */
  get inputBuffered(): number {
    return this.raw.length - this.usedBytes();
  }
  get outputBuffered(): number {
    return this.outBytes;
  }

  private startRead(): void {
    this.checkBusy();
    // Reading after writing on one file must see what was written.
    if (this.writable) this.drain();
    this.blocked = this.starved = false;
    if (!this.stuckAtEof) {
      this.eof = false;
      this.driverEof = false;
    }
  }

  private atEnd(): boolean {
    return this.stuckAtEof || (this.driverEof && this.decoded === this.raw.length);
  }

  /** Gets more raw bytes, waiting when blocking; false when there are none yet. */
  private *fill(max: number): Generator<Step, boolean, Value> {
    for (;;) {
      const bytes = this.driverEof ? null : this.driver.read!(max);
      if (bytes === null || bytes.length > 0) {
        this.driverEof = bytes === null;
        this.addInput(bytes ?? NOTHING);
        return true;
      }
      if (!this.blocking) {
        this.blocked = this.starved = true;
        return false;
      }
      yield waitStep('host', (resume) => this.driver.whenReadable!(() => resume('')));
      if (this.closed) throw new Posix('EBADF');
    }
  }

  /** Reads on without waiting, to see whether a newline follows a return. */
  private peekMore(): boolean {
    const bytes = this.driverEof ? null : this.driver.read!(this.bufferSize);
    if (bytes === null || bytes.length === 0) return false;
    this.addInput(bytes);
    return true;
  }

  private addInput(bytes: Uint8Array): void {
    this.starved = false;
    this.forgetUsed();
    this.raw = this.raw.length === 0 ? bytes : joined([this.raw, bytes], this.raw.length + bytes.length);
    const { text, used } = this.encoding.decode(this.decoded === 0 ? this.raw : this.raw.subarray(this.decoded), this.driverEof);
    this.decoded += used;
    let fresh = text;
    if (this.inEof !== '') {
      const stop = fresh.indexOf(this.inEof);
      if (stop >= 0) {
        fresh = fresh.slice(0, stop);
        this.stuckAtEof = true;
      }
    }
    this.text += fresh;
  }

  /** Lets go of bytes and text that have been read. */
  private forgetUsed(): void {
    if (this.at === 0) return;
    const used = this.usedBytes();
    this.raw = this.raw.subarray(used);
    this.decoded -= used;
    this.text = this.text.slice(this.at);
    this.at = 0;
  }

  private usedBytes(): number {
    if (this.at === 0) return 0;
    return this.at === this.text.length && !this.stuckAtEof ? this.decoded : this.encoding.bytesOf(this.raw, this.at);
  }

  /** Where the next line ends, or null when that is not known yet. */
  private findLineEnd(): { at: number; size: number; sawCr: boolean } | null {
    const mode = this.inTranslation;
    this.skipNewline();
    if (mode === 'crlf') {
      // The character after a return that ends no line is passed over, as Tcl does.
      let cr = this.text.indexOf('\r', this.at);
      while (cr >= 0 && this.text.charCodeAt(cr + 1) !== 10) cr = this.text.indexOf('\r', cr + 2);
      return cr < 0 ? null : { at: cr, size: 2, sawCr: false };
    }
    if (mode !== 'auto') {
      const at = this.text.indexOf(LINE_END[mode], this.at);
      return at < 0 ? null : { at, size: 1, sawCr: false };
    }
    const nl = this.text.indexOf('\n', this.at);
    const cr = (nl < 0 ? this.text : this.text.slice(0, nl)).indexOf('\r', this.at);
    if (cr < 0) return nl < 0 ? null : { at: nl, size: 1, sawCr: false };
    const both = this.text.charCodeAt(cr + 1) === 10;
    return { at: cr, size: both ? 2 : 1, sawCr: !both && cr + 1 === this.text.length };
  }

  /** Takes up to `chars` characters of what is there, line ends translated. */
  private takeText(chars: number): string {
    this.skipNewline();
    const mode = this.inTranslation;
    if (mode === 'lf') return this.take(chars);
    if (mode === 'cr') return this.take(chars).replaceAll('\r', '\n');
    let out = '';
    while (out.length < chars && this.at < this.text.length) {
      let piece = this.take(chars - out.length);
      if (piece.endsWith('\r')) {
        if (mode === 'auto') {
          this.sawCr = true;
        } else if (this.text.charCodeAt(this.at) === 10) {
          this.at++;
          piece += '\n';
        } else if (this.at === this.text.length && !this.atEnd()) {
          // Half a line end, perhaps: left for the next time.
          this.at--;
          return out + translated(piece.slice(0, -1), mode);
        }
      }
      out += translated(piece, mode);
      if (out.length < chars) this.skipNewline();
    }
    return out;
  }

  private take(chars: number): string {
    const piece = this.text.slice(this.at, this.at + chars);
    this.at += piece.length;
    return piece;
  }

  private skipNewline(): void {
    if (!this.sawCr || this.at >= this.text.length) return;
    this.sawCr = false;
    if (this.text.charCodeAt(this.at) === 10) this.at++;
  }

  /** Forgets what was read ahead: the driver goes back to where the reader is. */
  private dropInput(): void {
    const ahead = this.inputBuffered;
    if (ahead > 0 && this.driver.seek !== undefined) this.driver.seek(-ahead, 'current');
    if (ahead > 0 || this.at > 0) this.clearInput();
  }

  private clearInput(): void {
    this.raw = NOTHING;
    this.text = '';
    this.at = this.decoded = 0;
    this.driverEof = this.stuckAtEof = this.sawCr = false;
  }

  // ---- Position

  seek(offset: number, origin: Seek): void {
    this.checkBusy();
    if (this.driver.seek === undefined) throw new Posix('ESPIPE');
    this.drain();
    const ahead = this.inputBuffered;
    this.driver.seek(origin === 'current' ? offset - ahead : offset, origin);
    this.clearInput();
    this.eof = this.blocked = false;
  }

  /** -1 when the driver has no position. */
  tell(): number {
    if (this.driver.seek === undefined || this.copying) return -1;
    return this.driver.seek(0, 'current') - this.inputBuffered + this.outBytes;
  }

  truncate(size: number | null): void {
    const driver = this.driver;
    if (driver.truncate === undefined) throw new Posix('EINVAL');
    this.drain();
    driver.truncate(size ?? this.tell());
    this.dropInput();
  }

  // ---- Options

  setEncoding(encoding: Encoding): void {
    this.forgetUsed();
    this.encoding = encoding;
    // What was read ahead is read again.
    const raw = this.raw;
    const ended = this.driverEof;
    this.clearInput();
    this.driverEof = ended;
    if (raw.length > 0) this.addInput(raw);
  }

  /** Until the function it gives is called, text is bytes. */
  asBytes(): () => void {
    const { encoding } = this;
    if (encoding === BINARY) return () => {};
    this.setEncoding(BINARY);
    return () => this.setEncoding(encoding);
  }

  setInputEof(char: string): void {
    this.inEof = char;
    this.eof = this.blocked = false;
    this.setEncoding(this.encoding);
  }

  setBinary(side: 'in' | 'out'): void {
    if (side === 'in') {
      this.inTranslation = 'lf';
      this.setInputEof('');
    } else {
      this.outTranslation = 'lf';
      this.outEof = '';
    }
    this.setEncoding(BINARY);
  }

  // ---- End

  /** Writes out what is left, and lets the driver go whatever fails; waits for nothing. */
  close(side: 'read' | 'write' | 'both' = 'both'): void {
    if (this.closed) return;
    try {
      if (this.writable && side !== 'read') {
        if (this.outEof !== '') this.write(this.outEof, false);
        this.drain();
      }
    } finally {
      if (side !== 'write') this.readable = false;
      if (side !== 'read') this.writable = false;
      if (!this.readable && !this.writable) {
        this.closed = true;
        this.unwatch(() => true);
      }
      this.driver.close?.(this.closed ? 'both' : side);
    }
  }

  checkBusy(): void {
    if (this.copying) throw new Posix('EBUSY');
  }

  // ---- Events

  watcher(kind: Readiness, interp: Interp): Watcher | undefined {
    const w = this.watchers.get(kind);
    return w?.interp === interp ? w : undefined;
  }

  /** Runs `script` at the global level whenever the channel is ready, until it is replaced; an error in it goes to bgerror and ends it. */
  watch(kind: Readiness, interp: Interp, script: Value): void {
    const channel = this;
    this.setWatcher(kind, {
      interp,
      script,
      *run() {
        const ended = yield* attempt(evalStep(interp.globalFrame, script, interp));
        const error = backgroundErrorOf(ended);
        if (error === null) return;
        channel.unwatch((k, i) => k === kind && i === interp);
        interp.backgroundError(error);
      },
    });
  }

  unwatch(which: (kind: Readiness, interp: Interp) => boolean): void {
    for (const [kind, w] of this.watchers) if (which(kind, w.interp)) this.watchers.delete(kind);
    if (this.watchers.size === 0) {
      this.pending?.cancel();
      this.pending = null;
    }
  }

  private setWatcher(kind: Readiness, watcher: Watcher): void {
    this.watchers.set(kind, watcher);
    this.schedule();
  }

  private ready(kind: Readiness): boolean {
    if (kind === 'writable') return this.writable;
    if (!this.readable) return false;
    if (this.driverEof || (!this.starved && this.at < this.text.length) || this.driver.whenReadable === undefined) return true;
    const bytes = this.driver.read!(this.bufferSize);
    if (bytes === null) {
      this.driverEof = true;
      return true;
    }
    if (bytes.length > 0) this.addInput(bytes);
    return bytes.length > 0;
  }

  /** Queues one round of what is ready, or waits for input to arrive. */
  private schedule(): void {
    if (this.pending !== null || this.watchers.size === 0) return;
    const first = [...this.watchers.values()][0]!;
    if ([...this.watchers.keys()].some((kind) => this.ready(kind))) {
      const channel = this;
      this.pending = first.interp.events.queue('host', function* () {
        channel.pending = null;
        for (const [kind, w] of [...channel.watchers]) {
          if (channel.watchers.get(kind) === w && channel.ready(kind)) yield* w.run();
        }
        channel.schedule();
      });
    } else if (!this.armed) {
      this.armed = true;
      this.driver.whenReadable?.(() => {
        this.armed = false;
        this.schedule();
      });
    }
  }
}

/** Largest piece asked of a driver at once. */
const MAX_CHUNK = 1 << 20;

const UNEXPECTED = ['TCL', 'RESULT', 'UNEXPECTED'];

/** What a script run from the event loop has to report: break and its like have nowhere to go there. */
export function backgroundErrorOf(ended: Completion): TclError | null {
  if (ended.error !== null || ended.code === OK || ended.code === RETURN) return ended.error;
  if (ended.code === BREAK || ended.code === CONTINUE) {
    return new TclError(`invoked "${ended.code === BREAK ? 'break' : 'continue'}" outside of a loop`, UNEXPECTED);
  }
  return new TclError(`command returned bad code: ${ended.code}`, UNEXPECTED);
}

function translated(text: string, mode: 'auto' | 'crlf'): string {
  return mode === 'crlf' ? text.replaceAll('\r\n', '\n') : text.replace(/\r\n?/g, '\n');
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
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
  open: number;
  readonly numbers: Set<number>;
}

const CHANNELS = Symbol('channels');
const POOL = Symbol('channel pool');

function rootOf(interp: Interp): Interp {
  let root = interp;
  while (root.parent !== null) root = root.parent;
  return root;
}

export function poolOf(interp: Interp): ChannelPool {
  const { assoc } = rootOf(interp);
  let pool = assoc.get(POOL) as ChannelPool | undefined;
  if (pool === undefined) assoc.set(POOL, (pool = { encoding: UTF8, max: Infinity, open: 0, numbers: new Set() }));
  return pool;
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
  if (channel.uses++ === 0) poolOf(interp).open++;
  channelsOf(interp).set(channel.name, channel);
}

/** Throws Posix EMFILE when the tree has as many channels as it may. */
export function checkRoom(interp: Interp, count = 1): void {
  const pool = poolOf(interp);
  if (pool.open + count > pool.max) throw new Posix('EMFILE');
}

/** Makes a channel called `file3` or so, the lowest number that is free. */
export function newChannel(interp: Interp, driver: Driver, mode: 'r' | 'w' | 'rw'): Channel {
  checkRoom(interp);
  const { numbers, encoding } = poolOf(interp);
  let n = 3;
  while (numbers.has(n)) n++;
  numbers.add(n);
  const channel = new Channel(`file${n}`, driver, mode);
  channel.encoding = encoding;
  addChannel(interp, channel);
  return channel;
}

/** Takes a channel from an interpreter; the last one closes it. */
export function dropChannel(interp: Interp, channel: Channel): void {
  channel.unwatch((_kind, owner) => owner === interp);
  channelsOf(interp).delete(channel.name);
  if (--channel.uses > 0) return;
  const pool = poolOf(interp);
  pool.open--;
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
  return e instanceof Posix ? posixError(`error ${doing} "${channel.name}"`, e.name) : e;
}
