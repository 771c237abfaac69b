/** The scratch files of one run: open places and quotas, counted in bytes; what is stored goes to scratch.ts. */
import type { FileRequest, HostAnswer } from '../protocol/host.ts';
import { type Desk, DONE } from './desk.ts';
import type { Scratch } from './scratch.ts';

interface StoredFile {
  bytes: Uint8Array;
  open: number;
}

export class ScratchArea {
  private readonly desk: Desk;
  private readonly begin: () => Promise<Scratch>;
  private readonly files = new Map<string, StoredFile>();
  private started: Promise<Scratch> | null = null;

  /** `begin` is asked for at the first request that stores. */
  constructor(desk: Desk, begin: () => Promise<Scratch>) {
    this.desk = desk;
    this.begin = begin;
  }

  act(request: FileRequest): Promise<HostAnswer> | HostAnswer {
    switch (request.op) {
      case 'scratch-open':
        return this.open(request.name, request.create);
      case 'scratch-write': {
        const { name, bytes } = request;
        const at = request.at ?? this.files.get(name)?.bytes.length ?? 0;
        return this.change(name, at + bytes.length, (all) => all.set(bytes, at), true);
      }
      case 'scratch-truncate':
        return this.change(request.name, request.size, () => {}, false);
      case 'scratch-close':
        return this.close(request.name);
      case 'scratch-delete':
        return this.remove(request.name);
      default:
        return { ok: true, value: [...this.files.keys()] };
    }
  }

  private open(name: string, create: boolean): HostAnswer {
    const { desk } = this;
    const open = [...this.files.values()].reduce((sum, file) => sum + file.open, 0);
    if (open >= desk.limit('openFilesLimit')) {
      return desk.refuse('WARNING', `scratch-open ${name}: ${open} are open`, 'permission denied: channel count limit');
    }
    let file = this.files.get(name);
    if (file === undefined) {
      if (!create) return desk.refuse('WARNING', `scratch-open ${name}: no such file`, `permission denied: could not open ${name}`);
      if (this.files.size >= desk.limit('storedFilesLimit')) {
        return desk.refuse('WARNING', `scratch-open ${name}: ${this.files.size} are stored`, 'permission denied: file count limit');
      }
      this.files.set(name, (file = { bytes: new Uint8Array(0), open: 0 }));
    }
    file.open++;
    desk.note('NOTICE', `scratch-open ${name}: ${file.bytes.length} bytes, ${open + 1} open`);
    return { ok: true, value: file.bytes.slice() };
  }

  /** Makes a file of an open name `end` bytes long, or (`grow`) at least so long, and stores it. */
  private async change(name: string, end: number, edit: (bytes: Uint8Array) => void, grow: boolean): Promise<HostAnswer> {
    const file = this.files.get(name);
    if (file === undefined || file.open === 0) return this.desk.refuse('SECURITY', `write to ${name}, which is not open`);
    const bytes = resized(file.bytes, end, grow, this.desk.limit('fileSizeLimit'));
    if (bytes === null) return this.desk.refuse('WARNING', `${name} would be ${end} bytes, more than ${this.desk.limit('fileSizeLimit')}`);
    edit(bytes);
    file.bytes = bytes;
    this.started ??= this.begin();
    await (await this.started).write(name, bytes);
    return DONE;
  }

  private close(name: string): HostAnswer {
    const file = this.files.get(name);
    if (file === undefined || file.open === 0) return this.desk.refuse('WARNING', `close of ${name}, which is not open`);
    file.open--;
    this.desk.note('NOTICE', `scratch-close ${name}: ${file.bytes.length} bytes`);
    return DONE;
  }

  private async remove(name: string): Promise<HostAnswer> {
    const file = this.files.get(name);
    if (file === undefined || file.open > 0)
      return this.desk.refuse('WARNING', `scratch-delete ${name}: ${file ? 'it is open' : 'no such file'}`);
    this.files.delete(name);
    if (this.started !== null) await (await this.started).remove(name);
    this.desk.note('NOTICE', `scratch-delete ${name}: ${file.bytes.length} bytes`);
    return DONE;
  }

  /** Removes all of them. */
  async end(): Promise<void> {
    if (this.started !== null) await (await this.started).end();
    this.desk.note('NOTICE', `scratch files removed: ${this.files.size}`);
    this.files.clear();
  }
}

/**
 * A copy `end` bytes long, or (`grow`) at least so long; null when that is over the limit: what is too long already may be rewritten, but
 * not grow.
 */
export function resized(bytes: Uint8Array, end: number, grow: boolean, limit: number): Uint8Array | null {
  const size = grow ? Math.max(end, bytes.length) : end;
  if (size > limit && size > bytes.length) return null;
  const copy = new Uint8Array(size);
  copy.set(bytes.subarray(0, size));
  return copy;
}
