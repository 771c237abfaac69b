/**
 * Scratch files of a tclet: `maketmp` and `open` make channels over files that the page stores and removes when the tclet ends. The worker
 * holds a copy of each, so that reading, seeking and telling answer at once; every change is sent to the page as well, and `flush` and
 * `close` wait until it is stored. Quotas are counted here, in the driver, to answer early, and by the page again.
 * Answers to maketmp and puts of Safe-Tcl's safe.tcl and the persist feature of the Tcl plugin.
 */
import type { HostAnswer, HostRequest } from '../protocol/host.ts';
import { type Channel, checkRoom, type Driver, makeBinary, newChannel } from '../tcl/channels.ts';
import { type Interp, type Step, waitStep } from '../tcl/command.ts';
import { modeLetters, type OpenMode } from '../tcl/commands/io.ts';
import type { TclError } from '../tcl/errors.ts';
import { Posix } from '../tcl/posix.ts';
import type { Value } from '../tcl/value.ts';
import { seekTarget } from '../tcl/vfs.ts';
import type { Audit } from './audit.ts';

export interface ScratchLimits {
  readonly openFiles: number;
  readonly storedFiles: number;
  /** Bytes of one file. */
  readonly fileSize: number;
}

export type Ask = (request: HostRequest, done: (answer: HostAnswer) => void) => void;

interface File {
  readonly name: string;
  bytes: Uint8Array;
  size: number;
  /** Channels over it. */
  open: number;
}

const READ_WRITE: OpenMode = {
  read: true,
  write: true,
  append: false,
  atEnd: false,
  create: true,
  exclusive: true,
  truncate: false,
  binary: false,
};

export class ScratchFiles {
  private readonly ask: Ask;
  private readonly audit: Audit;
  private readonly id: string;
  private readonly limits: ScratchLimits;
  private readonly files = new Map<string, File>();
  private open = 0;
  private nextName = 1;

  constructor(ask: Ask, audit: Audit, id: string, limits: ScratchLimits) {
    this.ask = ask;
    this.audit = audit;
    this.id = id;
    this.limits = limits;
  }

  get openCount(): number {
    return this.open;
  }
  get storedCount(): number {
    return this.files.size;
  }

  /** A new file with a name of its own, open for reading and writing. */
  *make(interp: Interp): Generator<Step, Channel, Value> {
    let name: string;
    do name = `tmp${this.nextName++}`;
    while (this.files.has(name));
    return yield* this.openFile(interp, name, READ_WRITE);
  }

  *openFile(interp: Interp, name: string, mode: OpenMode): Generator<Step, Channel, Value> {
    const there = this.files.get(name);
    if (there === undefined ? !mode.create : mode.create && mode.exclusive) {
      throw this.refuse(`open ${name}: ${there === undefined ? 'no such file' : 'it exists'}`, `permission denied: could not open ${name}`);
    }
    if (this.open >= this.limits.openFiles) {
      throw this.refuse(`open ${name}: ${this.open} are open`, 'permission denied: channel count limit');
    }
    if (there === undefined && this.files.size >= this.limits.storedFiles) {
      throw this.refuse(`open ${name}: ${this.files.size} are stored`, 'permission denied: file count limit');
    }
    try {
      checkRoom(interp);
    } catch (e) {
      throw e instanceof Posix ? this.refuse(`open ${name}: ${e.name}`, 'permission denied: channel count limit') : e;
    }
    const bytes = yield* this.request({ op: 'scratch-open', name, create: mode.create });
    const file = this.files.get(name) ?? { name, bytes, size: bytes.length, open: 0 };
    this.files.set(name, file);
    const driver = new ScratchDriver(this, file, mode);
    const channel = newChannel(interp, driver, modeLetters(mode));
    this.open++;
    file.open++;
    if (mode.binary) makeBinary(channel);
    if (mode.truncate && mode.write) driver.truncate(0);
    this.audit.log(this.id, `open scratch file ${name}: ${channel.name}`);
    return channel;
  }

  closed(file: File): void {
    this.open--;
    file.open--;
    this.send({ op: 'scratch-close', name: file.name }, () => {});
  }

  names(): readonly string[] {
    return [...this.files.keys()];
  }

  /** Removes a file; false when there is none of that name. One that is open stays. */
  *delete(name: string): Generator<Step, boolean, Value> {
    const file = this.files.get(name);
    if (file === undefined) return false;
    if (file.open > 0) throw this.refuse(`file delete ${name}: it is open`);
    yield* this.request({ op: 'scratch-delete', name });
    this.files.delete(name);
    this.audit.log(this.id, `delete scratch file ${name}`);
    return true;
  }

  /** Throws unless a file may be `end` bytes long: one that is too long already may be rewritten, but not grow. */
  checkSize(file: File, end: number): void {
    if (end <= this.limits.fileSize || end <= file.size) return;
    throw this.refuse(`write to ${file.name}: ${end} bytes, more than ${this.limits.fileSize}`, 'permission denied');
  }

  send(request: HostRequest, done: (answer: HostAnswer) => void): void {
    this.ask(request, done);
  }

  private *request(request: HostRequest): Generator<Step, Uint8Array, Value> {
    const box: { answer: HostAnswer | null } = { answer: null };
    yield waitStep('host', (resume) =>
      this.ask(request, (answer) => {
        box.answer = answer;
        resume('');
      }),
    );
    const { answer } = box;
    if (answer?.ok !== true) throw this.refuse(`${request.op} ${request.name}: the page refused`, answer?.message);
    return typeof answer.value === 'string' ? new Uint8Array(0) : answer.value;
  }

  refuse(truth: string, heard?: string): TclError {
    return this.audit.refuse(this.id, truth, heard, null, 'WARNING');
  }
}

class ScratchDriver implements Driver {
  private readonly owner: ScratchFiles;
  private readonly file: File;
  private readonly append: boolean;
  private at: number;
  /** Changes the page has not yet confirmed, and its first refusal. */
  private unstored = 0;
  private failure: string | null = null;
  private waiting: (() => void) | null = null;

  constructor(owner: ScratchFiles, file: File, mode: OpenMode) {
    this.owner = owner;
    this.file = file;
    this.append = mode.append;
    this.at = mode.atEnd ? file.size : 0;
  }

  read(max: number): Uint8Array | null {
    const { bytes, size } = this.file;
    if (this.at >= size) return null;
    const piece = bytes.slice(this.at, Math.min(size, this.at + max));
    this.at += piece.length;
    return piece;
  }

  admit(bytes: number, ahead: number): void {
    this.owner.checkSize(this.file, (this.append ? this.file.size : this.at) + ahead + bytes);
  }

  write(bytes: Uint8Array): void {
    const { file } = this;
    if (this.append) this.at = file.size;
    const end = this.at + bytes.length;
    this.owner.checkSize(file, end);
    this.resize(Math.max(end, file.size));
    file.bytes.set(bytes, this.at);
    this.tell({ op: 'scratch-write', name: file.name, at: this.at, bytes });
    this.at = end;
  }

  seek(offset: number, origin: 'start' | 'current' | 'end'): number {
    this.at = seekTarget(offset, origin, this.at, this.file.size);
    return this.at;
  }

  truncate(size: number): void {
    this.owner.checkSize(this.file, size);
    this.resize(size);
    this.tell({ op: 'scratch-truncate', name: this.file.name, size });
  }

  private resize(size: number): void {
    const { file } = this;
    if (size > file.bytes.length) {
      const room = new Uint8Array(Math.max(size, file.bytes.length * 2));
      room.set(file.bytes.subarray(0, file.size));
      file.bytes = room;
    } else if (size < file.size) {
      file.bytes.fill(0, size, file.size);
    }
    file.size = size;
  }

  private tell(request: HostRequest): void {
    this.unstored++;
    this.owner.send(request, (answer) => {
      this.unstored--;
      if (!answer.ok) this.failure ??= answer.message;
      if (this.unstored > 0) return;
      this.waiting?.();
      this.waiting = null;
    });
  }

  *sync(): Generator<Step, void, Value> {
    if (this.unstored > 0) {
      yield waitStep('host', (resume) => {
        if (this.unstored === 0) resume('');
        else this.waiting = () => resume('');
      });
    }
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw this.owner.refuse(`write to ${this.file.name}: the page refused: ${failure}`, failure);
  }

  close(side: 'read' | 'write' | 'both'): void {
    if (side === 'both') this.owner.closed(this.file);
  }
}
