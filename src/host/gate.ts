/**
 * The page's gate: each request of a tclet's worker is checked, decided by the policy, logged, and only then done. It trusts nothing the worker
 * says or has counted itself: quotas are counted again here, in bytes. One gate a run. What is done is in scratch-area.ts, persist-area.ts,
 * network.ts, frames.ts.
 */

import { BASE } from '../policy/base.ts';
import { constant, decide } from '../policy/decide.ts';
import type { Decision, Origin, PageFacts, Policy } from '../policy/model.ts';
import { askable, FEATURES } from '../policy/policies.ts';
import {
  decodeHostRequest,
  type FileRequest,
  type HostAnswer,
  type HostRequest,
  type LogClass,
  type LogEntry,
  logText,
  type PolicyRequest,
} from '../protocol/host.ts';
import { DENIED, type Desk, DONE, Failure, within } from './desk.ts';
import { Frames, type Place } from './frames.ts';
import { Network } from './network.ts';
import { type FolderStore, folderKey, PersistArea, usablePrefix } from './persist-area.ts';
import { type Pipe, Pipes } from './pipes.ts';
import type { Scratch } from './scratch.ts';
import { ScratchArea } from './scratch-area.ts';

/** What a tclet asks its policy for, as the page hears it. */
export interface PolicyQuestion {
  readonly policy: string;
  /** The tclet's source. */
  readonly url: string;
  readonly features: readonly string[];
}

export interface GateOptions {
  /** The tclet's name in the log. */
  readonly id: string;
  readonly origin: Origin;
  /** Names of the policies that may be asked for, and the policies with the page's rules. */
  readonly allowed: readonly string[];
  readonly policies: ReadonlyMap<string, Policy>;
  readonly facts: PageFacts;
  /** The tclet's scratch files, and the folders that stay; asked for at the first request that needs them. */
  readonly scratch: () => Promise<Scratch>;
  readonly folders: () => FolderStore;
  readonly place: Place;
  readonly fetch: typeof fetch;
  readonly WebSocket: typeof WebSocket;
  /** Asks the page. */
  mayTake(question: PolicyQuestion): Promise<boolean>;
  status(text: string): void;
  /** Calls what the page exposed; rejects for any other name. */
  call(name: string, args: readonly string[]): Promise<string>;
  readonly log: (entry: LogEntry) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Gate {
  /** Answers a request as it arrived; never rejects. */
  ask(request: unknown): Promise<HostAnswer>;
  /** Lets the tclet use what the page gives it; the number is for the worker. */
  lend(pipe: Pipe): number;
  takeBack(pipe: number): void;
  /** Removes what the tclet stored and ends what it has open; every later request is refused. */
  end(): Promise<void>;
}

/** Requests being worked on at once; a worker that sends more is not one of ours. */
const MAX_PENDING = 64;
/** Requests that are answered at once, and how many a second after that: a tclet that asks for ever must not keep the page busy. */
const BURST = 2000;
const RATE = 500;
/** Longest text of the status line, in UTF-16 units. */
const MAX_STATUS = 256;

export function createGate(options: GateOptions): Gate {
  return new RunGate(options);
}

class RunGate implements Gate, Desk {
  private readonly o: GateOptions;
  private policy: Policy = BASE;
  private prefix = '';
  private readonly scratch: ScratchArea;
  private persist: PersistArea | null = null;
  private readonly pipes = new Pipes(this);
  private readonly network: Network;
  private readonly frames: Frames;
  private pending = 0;
  private room = BURST;
  private pacedAt = 0;
  private ended = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: GateOptions) {
    this.o = options;
    this.scratch = new ScratchArea(this.desk(BASE), options.scratch);
    this.network = new Network({
      desk: this,
      pipes: this.pipes,
      origin: options.origin,
      fetch: options.fetch,
      WebSocket: options.WebSocket,
    });
    this.frames = new Frames(this, options.place);
  }

  async ask(data: unknown): Promise<HostAnswer> {
    const request = decodeHostRequest(data);
    if (request === null) return this.refuse('SECURITY', 'malformed request from the worker');
    if (this.ended) return this.refuse('WARNING', `${request.op} after the end`);
    if (this.pending >= MAX_PENDING) return this.refuse('SECURITY', `${request.op}: more than ${MAX_PENDING} requests at once`);
    this.pending++;
    try {
      await this.pace();
      // What lasts is still stored.
      if (this.ended && !request.op.startsWith('persist-')) return this.refuse('WARNING', `${request.op} after the end`);
      return await (isFileRequest(request) || request.op === 'policy' ? this.inTurn(request) : this.decided(request));
    } catch (e) {
      const failure = e instanceof Failure ? e : null;
      return this.refuse(
        'ERROR',
        `${request.op}${'name' in request ? ` ${request.name}` : ''}: ${failure?.truth ?? (e instanceof Error ? e.message : String(e))}`,
        failure?.message ?? (isFileRequest(request) ? 'file can not be stored' : DENIED),
      );
    } finally {
      this.pending--;
    }
  }

  private async pace(): Promise<void> {
    const now = this.o.now();
    this.room = Math.min(BURST, this.room + (Math.max(0, now - this.pacedAt) * RATE) / 1000) - 1;
    this.pacedAt = now;
    if (this.room < 0) await new Promise((resolve) => setTimeout(resolve, (-this.room * 1000) / RATE));
  }

  /** One at a time and in order, so that no answer depends on how storage interleaves. */
  private inTurn(request: HostRequest): Promise<HostAnswer> {
    const answer = this.last.then(() => this.decided(request));
    this.last = answer.catch(() => {});
    return answer;
  }

  private decided(request: HostRequest): Promise<HostAnswer> | HostAnswer {
    if (!isFileRequest(request)) return this.act(request);
    const [area, operation = ''] = request.op.split('-') as [string, string];
    if (area === 'persist') return this.granted('persist', FILE_COMMANDS[operation] ?? '') ?? this.persistArea().act(request);
    const decision = decide({ section: 'scratch', words: [operation] }, BASE, this.o.origin);
    if (!decision.allow) return this.refuse('SECURITY', `${request.op}: ${decision.rule}: ${decision.reason}`);
    return this.scratch.act(request);
  }

  private act(request: PolicyRequest): Promise<HostAnswer> | HostAnswer {
    switch (request.op) {
      case 'policy':
        return this.take(request.name, request.prefix);
      case 'fetch':
        return this.granted('url', `::browser::${request.body === null ? 'getURL' : 'getForm'}`) ?? this.network.get(request);
      case 'connect':
        return this.granted('network', 'socket') ?? this.network.connect(request);
      case 'pipe-head':
        return this.pipes.head(request.pipe);
      case 'pipe-read':
        return this.pipes.read(request.pipe);
      case 'pipe-write':
        return this.pipes.write(request.pipe, request.bytes);
      case 'pipe-close':
        return this.pipes.close(request.pipe);
      case 'navigate': {
        const refused = this.granted('url', `::browser::${request.body === null ? 'displayURL' : 'displayForm'}`);
        if (refused !== null) return refused;
        const allowed = this.network.allowedUrl(request.url);
        return 'url' in allowed ? this.frames.navigate(allowed.url, request, this.policy.name) : allowed;
      }
      case 'status': {
        const refused = this.granted('url', '::browser::status');
        if (refused === null) this.o.status(request.text.slice(0, MAX_STATUS));
        return refused ?? DONE;
      }
      case 'call':
        return this.granted('page', '::browser::javascript') ?? this.call(request.name, request.args, request.timeout);
      case 'stream-open':
        return this.granted('stream', '::browser::openStream') ?? this.frames.open(request);
      case 'stream-write':
        return this.granted('stream', '::browser::writeToStream') ?? this.frames.write(request);
      case 'stream-close':
        return this.granted('stream', '::browser::closeStream') ?? this.frames.close(request);
    }
  }

  // ---- Policies

  /** One policy for life. */
  private async take(name: string, prefix: string): Promise<HostAnswer> {
    const { allowed, origin, facts, policies } = this.o;
    if (this.policy !== BASE) {
      return this.refuse('SECURITY', `policy ${name}: already ${this.policy.name}`, `security policy "${this.policy.name}" already loaded`);
    }
    const decision = decide({ section: 'policies', words: [name] }, askable(allowed), origin, facts);
    const policy = policies.get(name);
    if (!decision.allow || policy === undefined) {
      return this.refuse('SECURITY', `trust.cfg said no to policy "${name}" (${decision.rule}: ${decision.reason})`);
    }
    const features = [...FEATURES.keys()].filter(
      (feature) => decide({ section: 'features', words: [feature] }, policy, origin, facts).allow,
    );
    if (features.length === 0) return this.refuse('WARNING', `policy ${name}: no features installed`, 'no features installed');
    if (!(await this.o.mayTake({ policy: name, url: origin.url, features }))) {
      return this.refuse('SECURITY', `the page said no to policy "${name}"`);
    }
    this.policy = policy;
    this.prefix = usablePrefix(origin, prefix);
    const aliases = features.flatMap((feature) => [...FEATURES.get(feature)!]).filter((alias) => this.decide('aliases', alias).allow);
    this.note('SECURITY', `policy "${name}" loaded: ${features.join(' ')}`);
    const constants = Object.entries(policy.constants).map(([constant, n]) => `constant ${constant} ${n}`);
    return {
      ok: true,
      value: [...features.map((f) => `feature ${f}`), ...aliases.map((a) => `alias ${a}`), ...constants, `prefix ${this.prefix}`],
    };
  }

  /** Null when the policy in force has a feature with a command; else the refusal. */
  private granted(feature: string, alias: string): HostAnswer | null {
    for (const decision of [this.decide('features', feature), this.decide('aliases', alias)]) {
      if (!decision.allow) return this.refuse('SECURITY', `${alias}: ${decision.rule}: ${decision.reason}`);
    }
    return null;
  }

  private persistArea(): PersistArea {
    this.persist ??= new PersistArea(this, this.o.folders(), folderKey(this.policy.name, this.o.origin, this.prefix));
    return this.persist;
  }

  private async call(name: string, args: readonly string[], timeout: number): Promise<HostAnswer> {
    this.note('NOTICE', `call ${name}`);
    return { ok: true, value: await within(timeout, this.o.call(name, args)).catch(mediated) };
  }

  // ---- What the parts have at hand

  private desk(policy: Policy): Desk {
    return {
      decide: (section, ...words) => decide({ section, words }, policy, this.o.origin, this.o.facts),
      limit: (name) => constant(policy, name),
      note: (kind, text) => this.note(kind, text),
      refuse: (kind, truth, heard) => this.refuse(kind, truth, heard),
    };
  }

  decide(section: string, ...words: string[]): Decision {
    return decide({ section, words }, this.policy, this.o.origin, this.o.facts);
  }

  limit(name: string): number {
    return constant(this.policy, name);
  }

  refuse(kind: LogClass, truth: string, heard = DENIED): HostAnswer {
    this.note(kind, `refused: ${truth}`);
    return { ok: false, message: heard };
  }

  note(kind: LogClass, text: string): void {
    const { id, log, now } = this.o;
    log({ kind, time: now(), id, text: logText(text) });
  }

  lend(pipe: Pipe): number {
    this.note('NOTICE', `lent: ${pipe.what}`);
    return this.pipes.add(pipe);
  }

  takeBack(pipe: number): void {
    this.pipes.close(pipe);
  }

  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.pipes.end();
    this.frames.end();
    await this.last;
    await this.scratch.end();
  }
}

/** The command whose grant an operation on lasting files needs. */
const FILE_COMMANDS: Readonly<Record<string, string>> = {
  open: 'open',
  write: 'puts',
  truncate: 'open',
  close: 'close',
  delete: 'file',
  list: 'glob',
};

function isFileRequest(request: HostRequest): request is FileRequest {
  return request.op.startsWith('scratch-') || request.op.startsWith('persist-');
}

/** What a function of the page throws is for the tclet to hear; it is the page's own words. */
function mediated(e: unknown): never {
  throw e instanceof Failure ? e : new Failure(e instanceof Error ? e.message : String(e));
}
