/** What a tclet reads from and writes to but could not open itself: bodies of answers, sockets, streams the page lends. A number each. */
import type { HostAnswer } from '../protocol/host.ts';
import { type Desk, DONE, Failure } from './desk.ts';

export interface Pipe {
  /** For the log. */
  readonly what: string;
  /** What is known of it once it has begun. */
  head?(): Promise<readonly string[]>;
  /** What has come since, waiting for some; empty at the end. Fails with a Failure. */
  read?(): Promise<Uint8Array | string>;
  /** Settles when there is room for more. */
  write?(bytes: Uint8Array): Promise<void>;
  /** Called once, whoever ends it. */
  close(): void;
}

/** One answer holds at most so many bytes, or characters. */
const MAX_CHUNK = 1 << 18;

export class Pipes {
  private readonly desk: Desk;
  private readonly open = new Map<number, Pipe>();
  private readonly reading = new Set<number>();
  /** What was read and did not fit in one answer. */
  private readonly rest = new Map<number, Uint8Array | string>();
  private next = 1;
  private ended = false;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** What comes after the end, as a socket that was long in opening, is closed at once. */
  add(pipe: Pipe): number {
    if (this.ended) pipe.close();
    else this.open.set(this.next, pipe);
    return this.next++;
  }

  async read(id: number): Promise<HostAnswer> {
    const pipe = this.open.get(id);
    if (pipe?.read === undefined || this.reading.has(id)) return this.desk.refuse('SECURITY', `read of pipe ${id}`);
    this.reading.add(id);
    try {
      const all = this.rest.get(id) ?? (await pipe.read());
      this.rest.delete(id);
      if (all.length > MAX_CHUNK) this.rest.set(id, all.slice(MAX_CHUNK));
      return { ok: true, value: all.slice(0, MAX_CHUNK) };
    } catch (e) {
      return this.failed(pipe, e);
    } finally {
      this.reading.delete(id);
    }
  }

  async head(id: number): Promise<HostAnswer> {
    const pipe = this.open.get(id);
    if (pipe?.head === undefined) return this.desk.refuse('SECURITY', `head of pipe ${id}`);
    try {
      return { ok: true, value: await pipe.head() };
    } catch (e) {
      return this.failed(pipe, e);
    }
  }

  async write(id: number, bytes: Uint8Array): Promise<HostAnswer> {
    const pipe = this.open.get(id);
    if (pipe?.write === undefined) return this.desk.refuse('SECURITY', `write to pipe ${id}`);
    try {
      await pipe.write(bytes);
      return DONE;
    } catch (e) {
      return this.failed(pipe, e);
    }
  }

  private failed(pipe: Pipe, e: unknown): HostAnswer {
    const failure = e instanceof Failure ? e : new Failure('abnormal end of stream: NETWORK_ERROR', String(e));
    return this.desk.refuse('ERROR', `${pipe.what}: ${failure.truth}`, failure.message);
  }

  /** Closing twice does nothing. */
  close(id: number): HostAnswer {
    const pipe = this.open.get(id);
    this.open.delete(id);
    this.rest.delete(id);
    pipe?.close();
    return DONE;
  }

  end(): void {
    this.ended = true;
    for (const id of [...this.open.keys()]) this.close(id);
  }
}
