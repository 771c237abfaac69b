/**
 * The page's gate: each request of a tclet's worker is checked, decided by the policy, logged, and only then done. It trusts nothing the worker
 * says or has counted itself: quotas are counted again here, in bytes. One gate a run.
 */
import { constant, decide } from '../policy/decide.ts';
import type { Origin, Policy } from '../policy/model.ts';
import { BASE } from '../policy/policies.ts';
import { decodeHostRequest, type HostAnswer, type HostRequest, type LogClass, type LogEntry, logText } from '../protocol/host.ts';
import type { Scratch } from './scratch.ts';

export interface GateOptions {
  /** The tclet's name in the log. */
  readonly id: string;
  readonly origin: Origin;
  /** The tclet's scratch files; asked for at the first request that needs them. */
  readonly scratch: () => Promise<Scratch>;
  readonly log: (entry: LogEntry) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Gate {
  /** Answers a request as it arrived; never rejects. */
  ask(request: unknown): Promise<HostAnswer>;
  /** Removes what the tclet stored; every later request is refused. */
  end(): Promise<void>;
}

/** Requests being worked on at once; a worker that sends more is not one of ours. */
const MAX_PENDING = 64;

const DENIED = 'permission denied';
const DONE: HostAnswer = { ok: true, value: '' };

interface StoredFile {
  bytes: Uint8Array;
  open: number;
}

export function createGate(options: GateOptions): Gate {
  return new RunGate(options);
}

class RunGate implements Gate {
  private readonly options: GateOptions;
  private readonly policy: Policy = BASE;
  private readonly files = new Map<string, StoredFile>();
  private pending = 0;
  private ended = false;
  private started: Promise<Scratch> | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: GateOptions) {
    this.options = options;
  }

  async ask(data: unknown): Promise<HostAnswer> {
    const request = decodeHostRequest(data);
    if (request === null) return this.refuse('SECURITY', 'malformed request from the worker');
    if (this.ended) return this.refuse('WARNING', `${request.op} after the end`);
    if (this.pending >= MAX_PENDING) return this.refuse('SECURITY', `${request.op}: more than ${MAX_PENDING} requests at once`);
    this.pending++;
    // One at a time and in order, so that no answer depends on how storage interleaves.
    const answer = this.last.then(() => this.decided(request));
    this.last = answer;
    try {
      return await answer;
    } finally {
      this.pending--;
    }
  }

  private async decided(request: HostRequest): Promise<HostAnswer> {
    const operation = request.op.slice('scratch-'.length);
    const decision = decide({ section: 'scratch', words: [operation] }, this.policy, this.options.origin);
    if (!decision.allow) return this.refuse('SECURITY', `${request.op} ${request.name}: ${decision.rule}: ${decision.reason}`);
    try {
      return await this.act(request);
    } catch (e) {
      return this.refuse('ERROR', `${request.op} ${request.name}: ${e instanceof Error ? e.message : String(e)}`, 'file can not be stored');
    }
  }

  private act(request: HostRequest): Promise<HostAnswer> | HostAnswer {
    switch (request.op) {
      case 'scratch-open':
        return this.open(request.name, request.create);
      case 'scratch-write':
        return this.change(request.name, request.at + request.bytes.length, (bytes) => bytes.set(request.bytes, request.at), true);
      case 'scratch-truncate':
        return this.change(request.name, request.size, () => {}, false);
      case 'scratch-close':
        return this.close(request.name);
      case 'scratch-delete':
        return this.remove(request.name);
    }
  }

  private open(name: string, create: boolean): HostAnswer {
    const open = [...this.files.values()].reduce((sum, file) => sum + file.open, 0);
    if (open >= constant(this.policy, 'openFilesLimit')) {
      return this.refuse('WARNING', `scratch-open ${name}: ${open} are open`, 'permission denied: channel count limit');
    }
    let file = this.files.get(name);
    if (file === undefined) {
      if (!create) return this.refuse('WARNING', `scratch-open ${name}: no such file`, `permission denied: could not open ${name}`);
      if (this.files.size >= constant(this.policy, 'storedFilesLimit')) {
        return this.refuse('WARNING', `scratch-open ${name}: ${this.files.size} are stored`, 'permission denied: file count limit');
      }
      this.files.set(name, (file = { bytes: new Uint8Array(0), open: 0 }));
    }
    file.open++;
    this.note('NOTICE', `scratch-open ${name}: ${file.bytes.length} bytes, ${open + 1} open`);
    return { ok: true, value: file.bytes.slice() };
  }

  /** Makes a file of an open name `end` bytes long, or (`grow`) at least so long, and stores it. */
  private async change(name: string, end: number, edit: (bytes: Uint8Array) => void, grow: boolean): Promise<HostAnswer> {
    const file = this.files.get(name);
    if (file === undefined || file.open === 0) return this.refuse('SECURITY', `write to ${name}, which is not open`);
    const size = grow ? Math.max(end, file.bytes.length) : end;
    const limit = constant(this.policy, 'fileSizeLimit');
    if (size > limit && size > file.bytes.length) return this.refuse('WARNING', `${name} would be ${size} bytes, more than ${limit}`);
    const bytes = new Uint8Array(size);
    bytes.set(file.bytes.subarray(0, size));
    edit(bytes);
    file.bytes = bytes;
    this.started ??= this.options.scratch();
    await (await this.started).write(name, bytes);
    return DONE;
  }

  private close(name: string): HostAnswer {
    const file = this.files.get(name);
    if (file === undefined || file.open === 0) return this.refuse('WARNING', `close of ${name}, which is not open`);
    file.open--;
    this.note('NOTICE', `scratch-close ${name}: ${file.bytes.length} bytes`);
    return DONE;
  }

  private async remove(name: string): Promise<HostAnswer> {
    const file = this.files.get(name);
    if (file === undefined || file.open > 0)
      return this.refuse('WARNING', `scratch-delete ${name}: ${file ? 'it is open' : 'no such file'}`);
    this.files.delete(name);
    if (this.started !== null) await (await this.started).remove(name);
    this.note('NOTICE', `scratch-delete ${name}: ${file.bytes.length} bytes`);
    return DONE;
  }

  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    await this.last;
    if (this.started !== null) await (await this.started).end();
    this.note('NOTICE', `scratch files removed: ${this.files.size}`);
    this.files.clear();
  }

  private refuse(kind: LogClass, truth: string, heard = DENIED): HostAnswer {
    this.note(kind, `refused: ${truth}`);
    return { ok: false, message: heard };
  }

  private note(kind: LogClass, text: string): void {
    const { id, log, now } = this.options;
    log({ kind, time: now(), id, text: logText(text) });
  }
}
