/**
 * Files of a tclet: `maketmp` and `open` make channels over files that the page stores, and removes when the tclet ends (`scratch`) or keeps
 * (`persist`). The worker holds a copy of each that is open, so that reading, seeking and telling answer at once; every change is sent to the page
 * as well, and `flush` and `close` wait until it is stored. Quotas are counted here, in the driver, to answer early, and by the page again.
 * Answers to maketmp and puts of Safe-Tcl's safe.tcl and the persist feature of the Tcl plugin.
 */
import type { FileArea, FileRequest } from '../protocol/host.ts';
import { type Channel, checkRoom, type Driver, makeBinary, newChannel } from '../tcl/channels.ts';
import { type Interp, type Step, waitStep } from '../tcl/command.ts';
import { modeLetters, type OpenMode } from '../tcl/commands/io.ts';
import type { TclError } from '../tcl/errors.ts';
import { Posix } from '../tcl/posix.ts';
import type { Value } from '../tcl/value.ts';
import { bytesDriver, type Contents } from '../tcl/vfs.ts';
import type { Audit } from './audit.ts';
import { type Ask, askPage } from './page.ts';

export interface FileLimits {
  readonly openFiles: number;
  readonly storedFiles: number;
  /** Bytes of one file. */
  readonly fileSize: number;
}

interface File extends Contents {
  readonly name: string;
  /** Channels over it. */
  open: number;
  /** Changes made here. */
  changes: number;
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

export type StoredFiles = ReturnType<typeof createStoredFiles>;

export function createStoredFiles(area: FileArea, ask: Ask, audit: Audit, id: string, limits: FileLimits) {
  /** Scratch files: all there are; files that stay: those that were open here. Other tabs have them too. */
  const files = new Map<string, File>();
  let open = 0;
  let nextName = 1;
  return {
    openCount: () => open,
    storedCount: () => files.size,
    has: (name: string) => files.has(name),
    names,
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

  function* names(): Generator<Step, readonly string[], Value> {
    if (area === 'scratch') return [...files.keys()];
    const value = yield* request({ op: 'persist-list' });
    return Array.isArray(value) ? value : [];
  }

  function* openFile(interp: Interp, name: string, mode: OpenMode): Generator<Step, Channel, Value> {
    const no = (truth: string, heard: string): TclError => refuse(`open ${name}: ${truth}`, `permission denied: ${heard}`);
    const there = area === 'scratch' ? files.has(name) : mode.exclusive ? (yield* names()).includes(name) : mode.create;
    if (there ? mode.exclusive && mode.create : !mode.create && area === 'scratch') {
      throw no(there ? 'it exists' : 'no such file', `could not open ${name}`);
    }
    if (open >= limits.openFiles) throw no(`${open} are open`, 'channel count limit');
    if (area === 'scratch' && !there && files.size >= limits.storedFiles) throw no(`${files.size} are stored`, 'file count limit');
    try {
      checkRoom(interp);
    } catch (e) {
      throw e instanceof Posix ? no(e.name, 'channel count limit') : e;
    }
    const changes = files.get(name)?.changes;
    const value = yield* request({ op: `${area}-open`, name, create: mode.create });
    const file = files.get(name) ?? { name, bytes: new Uint8Array(0), size: 0, open: 0, changes: 0 };
    // What stays may have been changed by another tab; what was changed here before the page was asked is in its answer.
    if (area === 'persist' && value instanceof Uint8Array && (file.open === 0 || file.changes === changes)) {
      file.bytes = value;
      file.size = value.length;
    }
    files.set(name, file);
    const driver = fileDriver(file, mode);
    const channel = newChannel(interp, driver, modeLetters(mode));
    open++;
    file.open++;
    if (mode.binary) makeBinary(channel);
    if (mode.truncate && mode.write) driver.truncate(0);
    audit.log(id, `open ${area} file ${name}: ${channel.name}`);
    return channel;
  }

  /** Removes a file; false when there is none of that name. One that is open stays. */
  function* remove(name: string): Generator<Step, boolean, Value> {
    const file = files.get(name);
    if (file === undefined && area === 'scratch') return false;
    if (file !== undefined && file.open > 0) throw refuse(`file delete ${name}: it is open`);
    yield* request({ op: `${area}-delete`, name });
    files.delete(name);
    audit.log(id, `delete ${area} file ${name}`);
    return true;
  }

  function* request(request: FileRequest): Generator<Step, string | Uint8Array | readonly string[], Value> {
    return yield* askPage(ask, request, (heard) => refuse(`${request.op}: the page refused`, heard));
  }

  function refuse(truth: string, heard?: string): TclError {
    return audit.refuse(id, truth, heard, null, 'WARNING');
  }

  function fileDriver(file: File, mode: OpenMode) {
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
      file.changes++;
      const where = mode.append && area === 'persist' ? null : at;
      ask(bytes === null ? { op: `${area}-truncate`, name, size: at } : { op: `${area}-write`, name, at: where, bytes }, (answer) => {
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
        ask({ op: `${area}-close`, name }, () => {});
      },
    } satisfies Driver;
  }
}
