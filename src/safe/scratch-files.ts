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
import { bytesDriver, type Contents } from '../tcl/vfs.ts';
import type { Audit } from './audit.ts';

export interface ScratchLimits {
  readonly openFiles: number;
  readonly storedFiles: number;
  /** Bytes of one file. */
  readonly fileSize: number;
}

export type Ask = (request: HostRequest, done: (answer: HostAnswer) => void) => void;

interface File extends Contents {
  readonly name: string;
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

export type ScratchFiles = ReturnType<typeof createScratchFiles>;

export function createScratchFiles(ask: Ask, audit: Audit, id: string, limits: ScratchLimits) {
  const files = new Map<string, File>();
  let open = 0;
  let nextName = 1;
  return {
    openCount: () => open,
    storedCount: () => files.size,
    names: (): readonly string[] => [...files.keys()],
    make,
    openFile,
    remove,
  };

  /** A new file with a name of its own, open for reading and writing. */
  function make(interp: Interp): Generator<Step, Channel, Value> {
    let name: string;
    do name = `tmp${nextName++}`;
    while (files.has(name));
    return openFile(interp, name, READ_WRITE);
  }

  function* openFile(interp: Interp, name: string, mode: OpenMode): Generator<Step, Channel, Value> {
    const there = files.get(name);
    const no = (truth: string, heard: string): TclError => refuse(`open ${name}: ${truth}`, `permission denied: ${heard}`);
    if (there === undefined ? !mode.create : mode.create && mode.exclusive) {
      throw no(there === undefined ? 'no such file' : 'it exists', `could not open ${name}`);
    }
    if (open >= limits.openFiles) throw no(`${open} are open`, 'channel count limit');
    if (there === undefined && files.size >= limits.storedFiles) throw no(`${files.size} are stored`, 'file count limit');
    try {
      checkRoom(interp);
    } catch (e) {
      throw e instanceof Posix ? no(e.name, 'channel count limit') : e;
    }
    const bytes = yield* request({ op: 'scratch-open', name, create: mode.create });
    const file = files.get(name) ?? { name, bytes, size: bytes.length, open: 0 };
    files.set(name, file);
    const driver = scratchDriver(file, mode);
    const channel = newChannel(interp, driver, modeLetters(mode));
    open++;
    file.open++;
    if (mode.binary) makeBinary(channel);
    if (mode.truncate && mode.write) driver.truncate(0);
    audit.log(id, `open scratch file ${name}: ${channel.name}`);
    return channel;
  }

  /** Removes a file; false when there is none of that name. One that is open stays. */
  function* remove(name: string): Generator<Step, boolean, Value> {
    const file = files.get(name);
    if (file === undefined) return false;
    if (file.open > 0) throw refuse(`file delete ${name}: it is open`);
    yield* request({ op: 'scratch-delete', name });
    files.delete(name);
    audit.log(id, `delete scratch file ${name}`);
    return true;
  }

  function* request(request: HostRequest): Generator<Step, Uint8Array, Value> {
    const box: { answer: HostAnswer | null } = { answer: null };
    yield waitStep('host', (resume) =>
      ask(request, (answer) => {
        box.answer = answer;
        resume('');
      }),
    );
    const { answer } = box;
    if (answer?.ok !== true) throw refuse(`${request.op} ${request.name}: the page refused`, answer?.message);
    return typeof answer.value === 'string' ? new Uint8Array(0) : answer.value;
  }

  function refuse(truth: string, heard?: string): TclError {
    return audit.refuse(id, truth, heard, null, 'WARNING');
  }

  function scratchDriver(file: File, mode: OpenMode) {
    const { name } = file;
    /** Changes the page has not yet confirmed, and its first refusal. */
    let unstored = 0;
    let failure: string | null = null;
    let waiting: (() => void) | null = null;

    /** Throws unless the file may be `end` bytes long: one that is too long already may be rewritten, but not grow. */
    const checkSize = (end: number): void => {
      if (end <= limits.fileSize || end <= file.size) return;
      throw refuse(`write to ${name}: ${end} bytes, more than ${limits.fileSize}`);
    };
    const tell = (at: number, bytes: Uint8Array | null): void => {
      unstored++;
      ask(bytes === null ? { op: 'scratch-truncate', name, size: at } : { op: 'scratch-write', name, at, bytes }, (answer) => {
        unstored--;
        if (!answer.ok) failure ??= answer.message;
        if (unstored > 0) return;
        waiting?.();
        waiting = null;
      });
    };
    const driver = bytesDriver(file, mode, checkSize, tell);
    return {
      ...driver,
      admit: (bytes, ahead) => checkSize((mode.append ? file.size : driver.seek(0, 'current')) + ahead + bytes),
      *sync() {
        if (unstored > 0) {
          yield waitStep('host', (resume) => {
            if (unstored === 0) resume('');
            else waiting = () => resume('');
          });
        }
        const failed = failure;
        failure = null;
        if (failed !== null) throw refuse(`write to ${name}: the page refused: ${failed}`, failed);
      },
      close(side) {
        if (side !== 'both') return;
        open--;
        file.open--;
        ask({ op: 'scratch-close', name }, () => {});
      },
    } satisfies Driver;
  }
}
