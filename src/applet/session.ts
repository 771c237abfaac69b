/**
 * One run of a tclet: its worker, its display, its gate. Everything that comes from the worker passes decode.ts first; a worker that
 * does not answer is ended from outside.
 */
import { DisplayServer } from '../display/server.ts';
import type { Navigation } from '../host/frames.ts';
import { createGate, type Gate, type PolicyQuestion } from '../host/gate.ts';
import { indexedDbFolders } from '../host/persist-area.ts';
import type { Pipe } from '../host/pipes.ts';
import { indexedDbStore, memoryStore, Scratch, sweepLeftovers, webLockMarks } from '../host/scratch.ts';
import { originOf } from '../policy/origin.ts';
import { policiesWith } from '../policy/page-rules.ts';
import { decodeToPage, refusedAsk } from '../protocol/decode.ts';
import type { LogEntry } from '../protocol/host.ts';
import type { StartConfig, ToPage, ToWorker } from '../protocol/messages.ts';
import { Heart } from './heart.ts';
import type { Spawned } from './spawn.ts';

export interface SessionHooks {
  onReady(): void;
  onLog(entry: LogEntry): void;
  onOutput(channel: 'stdout' | 'stderr', text: string): void;
  onError(error: { message: string; errorInfo: string; errorCode: string }): void;
  onExit(code: number, reason: string): void;
  /** The tclet has computed for long, or does not answer at all (`hung`). */
  onBusy(ms: number, hung: boolean): void;
  /** It answers again. */
  onCalm(): void;
  onRoot(w: number, h: number): void;
  onCrash(error: unknown): void;
  callAlias(name: string, args: readonly string[]): Promise<string>;
  /** Calls what the page exposed for `::browser::javascript`. */
  callExposed(name: string, args: readonly string[]): Promise<string>;
  mayTake(question: PolicyQuestion): Promise<boolean>;
  mayNavigate(navigation: Navigation): Promise<boolean>;
  onStatus(text: string): void;
}

/** What the page decided before the tclet began. */
export interface PageRulings {
  /** Names of the policies that may be asked for. */
  readonly allowed: readonly string[];
  /** Plain data; see policy/page-rules.ts. */
  readonly rules: unknown;
  readonly vouched: boolean;
}

/** What a page may lend: either side, or both. */
export interface LentStream {
  readonly readable?: ReadableStream<Uint8Array | string>;
  readonly writable?: WritableStream<Uint8Array>;
}

export class TclEvalError extends Error {
  readonly errorInfo: string;
  readonly errorCode: string;
  constructor(message: string, errorInfo: string, errorCode: string) {
    super(message);
    this.name = 'TclError';
    this.errorInfo = errorInfo;
    this.errorCode = errorCode;
  }
}

/** How long after the start of the page's first tclet the leftovers of dead ones are looked for: the start has better to do. */
const SWEEP_MS = 1000;

let swept = false;

/** Once a page, when it has time: a browser that keeps nothing has nothing to sweep. */
function sweepOnce(): void {
  if (swept) return;
  swept = true;
  setTimeout(() => void sweepLeftovers(indexedDB, navigator.locks).catch(() => {}), SWEEP_MS);
}

/** The scratch files of one run; in memory where the browser refuses to store. */
async function openScratch(): Promise<Scratch> {
  const name = crypto.randomUUID();
  try {
    return await Scratch.begin(indexedDbStore(), webLockMarks(navigator.locks), name);
  } catch {
    return Scratch.begin(memoryStore(), { hold: async () => () => {}, held: async () => new Set([name]) }, name);
  }
}

export class Session {
  private readonly worker: Worker;
  private readonly display: DisplayServer | null;
  private readonly gate: Gate;
  private readonly hooks: SessionHooks;
  readonly isolation: 'opaque' | 'origin';
  private readonly evals = new Map<number, { resolve: (v: string) => void; reject: (e: Error) => void }>();
  /** Pipes of the channels that the page lent, by name. */
  private readonly lent = new Map<string, number>();
  private nextId = 1;
  private ended = false;
  private readonly heart: Heart;

  /** Throws a TypeError when the page's rules are wrong. */
  constructor(
    place: ShadowRoot | HTMLElement,
    config: StartConfig,
    rulings: PageRulings,
    { worker, isolation }: Spawned,
    hooks: SessionHooks,
  ) {
    this.worker = worker;
    this.isolation = isolation;
    this.hooks = hooks;
    this.gate = createGate({
      id: 'tclet1',
      origin: originOf(config.originUrl),
      allowed: rulings.allowed,
      policies: policiesWith(rulings.rules),
      facts: { vouched: rulings.vouched },
      scratch: openScratch,
      folders: indexedDbFolders,
      place: {
        document,
        mayNavigate: (navigation) => hooks.mayNavigate(navigation),
        active: () => navigator.userActivation?.isActive ?? true,
      },
      fetch: (url, init) => fetch(url, init),
      WebSocket,
      mayTake: (question) => hooks.mayTake(question),
      status: (text) => hooks.onStatus(text),
      call: (name, args) => hooks.callExposed(name, args),
      log: (entry) => hooks.onLog(entry),
      now: Date.now,
    });
    this.display = config.tk
      ? new DisplayServer(place, (event) => this.post({ kind: 'input', event }), {
          onRoot: (w, h) => hooks.onRoot(w, h),
          onDrawn: () => this.post({ kind: 'drawn' }),
          onProblem: (text) => hooks.onLog({ kind: 'ERROR', time: Date.now(), id: 'display', text: text.slice(0, 256) }),
        })
      : null;
    worker.onmessage = (e: MessageEvent<unknown>) => this.receive(e.data);
    worker.onerror = (e) => {
      e.preventDefault();
      this.crash(new Error(e.message || 'the worker failed'));
    };
    worker.onmessageerror = () => this.crash(new Error('a message could not be read'));
    this.post({ kind: 'start', config });
    this.heart = new Heart(config.limits.timeMs, {
      ping: () => this.post({ kind: 'ping', id: this.nextId++ }),
      silent: (ms) => hooks.onBusy(ms, true),
      calm: () => hooks.onCalm(),
      dead: () => this.kill('time limit exceeded'),
    });
    sweepOnce();
  }

  private post(m: ToWorker): void {
    if (!this.ended) this.worker.postMessage(m);
  }

  private receive(data: unknown): void {
    if (this.ended) return;
    const m = decodeToPage(data);
    if (m === null) {
      this.hooks.onLog({ kind: 'SECURITY', time: Date.now(), id: 'wire', text: 'a message of no known shape was dropped' });
      const id = refusedAsk(data);
      if (id !== null) this.post({ kind: 'host-answer', id, answer: { ok: false, message: 'permission denied' } });
      return;
    }
    this.heart.heard();
    this.handle(m);
  }

  private handle(m: ToPage): void {
    const { hooks } = this;
    switch (m.kind) {
      case 'hello':
        return;
      case 'ready':
        return hooks.onReady();
      case 'display':
        return this.display?.apply(m.batch);
      case 'eval-answer': {
        const waiting = this.evals.get(m.id);
        this.evals.delete(m.id);
        if (m.ok) waiting?.resolve(m.value);
        else waiting?.reject(new TclEvalError(m.value, m.errorInfo, m.errorCode));
        return;
      }
      case 'alias-call':
        hooks.callAlias(m.name, m.args).then(
          (value) => this.post({ kind: 'alias-answer', id: m.id, ok: true, value }),
          (e: unknown) => this.post({ kind: 'alias-answer', id: m.id, ok: false, value: e instanceof Error ? e.message : String(e) }),
        );
        return;
      case 'ask':
        this.gate.ask(m.request).then(
          (answer) => this.post({ kind: 'host-answer', id: m.id, answer }),
          () => this.post({ kind: 'host-answer', id: m.id, answer: { ok: false, message: 'permission denied' } }),
        );
        return;
      case 'log':
        for (const entry of m.entries) hooks.onLog(entry);
        return;
      case 'output':
        return hooks.onOutput(m.channel, m.text);
      case 'error':
        return hooks.onError(m);
      case 'exit':
        return hooks.onExit(m.code, m.reason);
      case 'busy':
        return hooks.onBusy(m.ms, false);
      case 'loading':
        return this.heart.loading();
      case 'pong':
        return;
    }
  }

  /** Ends the worker first, and then tells of it: whoever listens may take a while. */
  private kill(reason: string): void {
    void this.end('seen');
    const { hooks } = this;
    hooks.onLog({ kind: 'SECURITY', time: Date.now(), id: 'tclet1', text: `stopped: ${reason}, and the worker did not answer` });
    hooks.onError({ message: reason, errorInfo: reason, errorCode: 'TCL LIMIT TIME' });
    hooks.onExit(1, reason);
  }

  private crash(e: unknown): void {
    if (this.ended) return;
    this.hooks.onCrash(e);
  }

  eval(script: string): Promise<string> {
    if (this.ended) return Promise.reject(new Error('the tclet does not run'));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.evals.set(id, { resolve, reject });
      this.post({ kind: 'eval', id, script });
    });
  }

  alias(name: string): void {
    this.post({ kind: 'alias', name });
  }

  /** Gives the tclet a channel over a stream; one of the same name that was lent before is taken back. */
  lend(name: string, stream: LentStream): void {
    const mode = `${stream.readable === undefined ? '' : 'r'}${stream.writable === undefined ? '' : 'w'}` as 'r' | 'w' | 'rw';
    this.takeBack(name);
    const pipe = this.gate.lend(lentPipe(name, stream));
    this.lent.set(name, pipe);
    this.post({ kind: 'lend', name, pipe, mode });
  }

  /** Takes a channel or an alias back; the tclet hears that it is gone. */
  takeBack(name: string): void {
    const pipe = this.lent.get(name);
    this.lent.delete(name);
    if (pipe !== undefined) this.gate.takeBack(pipe);
    this.post({ kind: 'take-back', name });
  }

  focus(): void {
    void this.eval('catch {focus -force .}').catch(() => {});
    this.display?.focus();
  }

  pause(on: boolean): void {
    this.post({ kind: 'pause', on });
  }

  moreTime(): void {
    this.heart.wait();
    this.post({ kind: 'more-time' });
  }

  resize(w: number, h: number): void {
    this.post({ kind: 'input', event: { kind: 'resize', w, h } });
  }

  /** Ends the run at once: the worker with everything in it, then what the page kept for it. `keep`: its picture stays, as it is `seen`, or with all the tclet has `said`. */
  end(keep?: 'seen' | 'said'): Promise<void> {
    if (this.ended) return Promise.resolve();
    this.ended = true;
    this.heart.stop();
    this.worker.terminate();
    if (keep === undefined) this.display?.dispose();
    else this.display?.freeze(keep === 'said');
    for (const { reject } of this.evals.values()) reject(new Error('the tclet has ended'));
    this.evals.clear();
    return this.gate.end();
  }

  /** Takes a kept picture away. */
  clear(): void {
    this.display?.dispose();
  }
}

function lentPipe(name: string, { readable, writable }: LentStream): Pipe {
  const reader = readable?.getReader();
  const writer = writable?.getWriter();
  const read = async (): Promise<Uint8Array | string> => {
    for (;;) {
      const { done, value } = await reader!.read();
      if (done) return new Uint8Array(0);
      // Only text and bytes cross, whatever the page's stream is made of.
      const chunk: unknown = value;
      const piece = chunk instanceof Uint8Array ? chunk : String(chunk);
      if (piece.length > 0) return piece;
    }
  };
  return {
    what: `channel ${name}`,
    ...(reader === undefined ? {} : { read }),
    ...(writer === undefined ? {} : { write: (bytes) => writer.write(bytes) }),
    close() {
      reader?.cancel().catch(() => {});
      writer?.close().catch(() => {});
    },
  };
}
