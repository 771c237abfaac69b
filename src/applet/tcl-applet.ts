/**
 * The element: attributes in, events out, and the few things a visitor sees around a tclet (the bar of a long computation, the panel
 * of a failure, the controls). What it runs is session.ts's, loaded when the first applet nears the viewport.
 */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { LogEntry } from '../protocol/host.ts';
import { type AppletConfig, embedArgs, normalizeNewlines, readConfig } from './config.ts';
import { AppletError, words } from './panic.ts';
import type * as Runtime from './runtime.ts';
import { type Spawned, spawn, type WorkerCode } from './spawn.ts';

export type AppletState = 'idle' | 'loading' | 'running' | 'paused' | 'stopped' | 'failed';
export type AliasFunction = (...args: string[]) => string | Promise<string>;

/** Where the rest of the product is; index.ts and standalone.ts say. */
export const parts: { code: WorkerCode; load: () => Promise<typeof Runtime> } = {
  code: { urls: null, source: null },
  load: () => Promise.reject(new Error('invariant: the entry names the runtime')),
};

/** Lines of the log that are kept; security lines beyond them too (the plugin's window had 500). */
const LOG_LINES = 500;
const SECURITY_LINES = 500;

/** How far outside the viewport an applet starts to load, in px. */
const NEAR = 300;

const STYLES = css`
  :host { display: inline-block; position: relative; vertical-align: top; contain: content; }
  :host([hidden]) { display: none; }
  .stage { position: relative; width: 100%; height: 100%; overflow: hidden; background: #d9d9d9; }
  /* However small a tclet is, the page's own words and buttons must be within reach. */
  .stage.asking { min-width: 15em; min-height: 6em; }
  .panel, .bar { font: 13px/1.4 system-ui, sans-serif; color: #1a1a1a; background: #fff8e1; }
  .panel { position: absolute; inset: 0; overflow: auto; padding: 8px 10px; box-sizing: border-box; border: 2px solid #b71c1c; }
  .panel h2 { font-size: 14px; margin: 0 0 4px; }
  .panel p { margin: 0 0 6px; }
  .panel pre { margin: 0 0 6px; white-space: pre-wrap; font-size: 12px; }
  .bar { position: absolute; left: 0; right: 0; bottom: 0; display: flex; gap: 6px; align-items: center; flex-wrap: wrap; padding: 4px 8px; border-top: 1px solid #8d6e00; }
  .bar span { flex: 1; }
  /* Heard, not seen: a page that wants to show it listens for tcl-status. */
  .status { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .controls { display: flex; gap: 4px; padding: 2px 0; }
  button { font: inherit; color: inherit; background: #fff; border: 1px solid #666; border-radius: 3px; padding: 1px 8px; cursor: pointer; }
  button:focus-visible { outline: 2px solid #1a5fb4; outline-offset: 1px; }
  :host([theme='dark']) .panel, :host([theme='dark']) .bar { color: #f4f4f4; background: #332b00; }
  :host([theme='dark']) button { color: #f4f4f4; background: #222; }
  @media (prefers-color-scheme: dark) {
    :host([theme='auto']) .panel, :host([theme='auto']) .bar { color: #f4f4f4; background: #332b00; }
    :host([theme='auto']) button { color: #f4f4f4; background: #222; }
  }
`;

export class TclApplet extends LitElement {
  static override styles = STYLES;
  static override properties = {
    src: { type: String },
    script: { type: String },
    width: { type: String },
    height: { type: String },
    controls: { type: Boolean },
    state: { state: true },
  };

  declare src: string | null;
  declare script: string | null;
  declare width: string | null;
  declare height: string | null;
  declare controls: boolean;

  #state: AppletState = 'idle';
  #ready!: Promise<void>;
  #settleReady!: { resolve: () => void; reject: (e: unknown) => void };
  /** Settled once scripts can be sent: its own may never come to an end. */
  #begun!: Promise<void>;
  #begin!: () => void;
  #session: Runtime.Session | null = null;
  /** The run whose last picture is shown. */
  #picture: Runtime.Session | null = null;
  /** Grows with every start, so that a late answer of an earlier one is dropped. */
  #run = 0;
  #busy: { ms: number; hung: boolean } | null = null;
  #failure: unknown = null;
  #last: { message: string; errorInfo: string } | null = null;
  #root: { w: number; h: number } | null = null;
  readonly #aliases = new Map<string, AliasFunction>();
  readonly #exposed = new Map<string, AliasFunction>();
  /** What was lent before the tclet ran. */
  readonly #lent = new Map<string, Runtime.LentStream>();
  readonly #trusted = new Set<string>();
  #status = '';
  /** What the page adds to the policies, as plain data: see the README. Read when a tclet starts. */
  policies: unknown = {};
  #log: LogEntry[] = [];
  #watcher: IntersectionObserver | null = null;
  #wanted = true;

  constructor() {
    super();
    this.src = null;
    this.script = null;
    this.width = null;
    this.height = null;
    this.controls = false;
    this.#newReady();
  }

  #newReady(): void {
    this.#ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    // Nobody has to listen.
    this.#ready.catch(() => {});
    const begun = new Promise<void>((resolve) => {
      this.#begin = resolve;
    });
    this.#begun = Promise.race([begun, this.#ready]);
    this.#begun.catch(() => {});
  }

  /** Settled once the tclet's top-level script has run; rejects when it could not be started. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  get state(): AppletState {
    return this.#state;
  }

  /** What separates the tclet from the page; null while nothing runs. */
  get isolation(): 'opaque' | 'origin' | null {
    return this.#session?.isolation ?? null;
  }

  get log(): readonly LogEntry[] {
    return this.#log;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#wanted) return;
    if (this.hasAttribute('hidden') || typeof IntersectionObserver === 'undefined' || this.#isNear()) {
      this.start();
      return;
    }
    this.#watcher = new IntersectionObserver(
      (entries) => {
        if (!entries.some((e) => e.isIntersecting)) return;
        this.#watcher?.disconnect();
        this.#watcher = null;
        this.start();
      },
      { rootMargin: `${NEAR}px` },
    );
    this.#watcher.observe(this);
  }

  /** Where it stands already: an observer would only say so a frame later. */
  #isNear(): boolean {
    const { top, bottom } = this.getBoundingClientRect();
    return bottom > -NEAR && top < window.innerHeight + NEAR;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watcher?.disconnect();
    this.#watcher = null;
    const ran = this.#session !== null || this.#state === 'loading';
    this.#end('idle');
    this.#wanted = ran || this.#wanted;
  }

  override updated(changed: PropertyValues): void {
    this.#sizeStage();
    if ((changed.has('width') && changed.get('width') !== undefined) || (changed.has('height') && changed.get('height') !== undefined))
      this.#resized();
    const source =
      (changed.has('src') && changed.get('src') !== undefined) || (changed.has('script') && changed.get('script') !== undefined);
    if (source && this.isConnected && this.#state !== 'idle') this.restart();
  }

  /** Evaluates a script at global level, in call order. */
  eval(script: string): Promise<string> {
    return this.#session === null ? this.#begun.then(() => this.#evalNow(script)) : this.#session.eval(script);
  }

  #evalNow(script: string): Promise<string> {
    return this.#session === null ? Promise.reject(new Error('the tclet does not run')) : this.#session.eval(script);
  }

  /** Makes a Tcl command `name` that the page answers: strings in, a string or a promise of one out. */
  alias(name: string, fn: AliasFunction): void {
    if (typeof name !== 'string' || name === '' || typeof fn !== 'function') throw new TypeError('alias wants a name and a function');
    const known = this.#aliases.has(name);
    this.#aliases.set(name, fn);
    if (!known) this.#session?.alias(name);
  }

  /** What `::browser::javascript {name arg ...}` calls, where the policy `javascript` is in force: strings in, a string or a promise of one out. */
  expose(name: string, fn: AliasFunction): void {
    if (typeof name !== 'string' || name === '' || typeof fn !== 'function') throw new TypeError('expose wants a name and a function');
    this.#exposed.set(name, fn);
  }

  /** Gives the tclet an open channel of that name, which it could not have opened itself. */
  lend(name: string, stream: Runtime.LentStream): void {
    if (typeof name !== 'string' || name === '' || !(stream?.readable ?? stream?.writable))
      throw new TypeError('lend wants a name and a stream');
    if (this.#session === null) this.#lent.set(name, stream);
    else this.#session.lend(name, stream);
  }

  /** Takes back a channel that was lent, or a command that was given by `alias`. */
  takeBack(name: string): void {
    this.#lent.delete(name);
    this.#aliases.delete(name);
    this.#session?.takeBack(name);
  }

  /** Vouches for a text: `sha256-` and the base64 digest, as in `integrity`. Only such a tclet can have the policy `trusted`. */
  trust(digest: string): void {
    this.#trusted.add(digest);
  }

  override focus(): void {
    if (this.#session === null) super.focus();
    else this.#session.focus();
  }

  start(): void {
    if (this.#session !== null || this.#state === 'loading') return;
    this.#wanted = true;
    if (this.#state === 'stopped' || this.#state === 'failed') this.#newReady();
    this.#failure = null;
    this.#last = null;
    const run = ++this.#run;
    this.#setState('loading');
    this.#launch(run).catch((e: unknown) => {
      if (run === this.#run) this.#fail(e);
    });
  }

  /** Ends the tclet; its last picture stays. */
  stop(): void {
    this.#wanted = false;
    if (this.#state === 'loading' || this.#session !== null) this.#settleReady.reject(new Error('stopped'));
    this.#end('stopped', 'seen');
  }

  restart(): void {
    this.#end('idle');
    this.#newReady();
    this.start();
  }

  pause(): void {
    if (this.#state !== 'running') return;
    this.#session?.pause(true);
    this.#setState('paused');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#session?.pause(false);
    this.#setState('running');
  }

  // --- one run --------------------------------------------------------------------------------------------------------------

  async #launch(run: number): Promise<void> {
    const config = readConfig(this, this.#inlineScript());
    // The worker takes longest: it loads while everything else does.
    const spawning = spawn(parts.code, config.isolation === 'origin');
    const discard = () => void spawning.then(({ worker }) => worker.terminate()).catch(() => {});
    let ready: [typeof Runtime, Sources, Spawned, unknown];
    try {
      ready = await Promise.all([parts.load(), this.#scripts(config), spawning, this.updateComplete]);
    } catch (e) {
      discard();
      throw e;
    }
    if (run !== this.#run || !this.isConnected) return discard();
    const [runtime, { scripts, vouched }, spawned] = ready;
    const stage = this.renderRoot.querySelector<HTMLElement>('.stage');
    if (stage === null) throw new Error('invariant: the stage is rendered');
    this.#clearPicture();
    const session = new runtime.Session(
      stage,
      {
        scripts,
        embedArgs: embedArgs(this, config.hidden),
        originUrl: config.src === null ? location.href : new URL(config.src, this.baseURI).href,
        tk: config.tk,
        width: config.width,
        height: config.height,
        limits: config.limits,
        aliases: [...this.#aliases.keys()],
      },
      { allowed: config.policies, rules: this.policies, vouched },
      spawned,
      this.#hooks(run),
    );
    this.#session = session;
    for (const [name, stream] of this.#lent) session.lend(name, stream);
    this.#lent.clear();
    this.#begin();
    if (session.isolation !== 'opaque')
      this.#note('SECURITY', 'the worker shares the page’s origin: the page’s policy does not allow worker-src data:');
    this.#setState('running');
  }

  #clearPicture(): void {
    this.#picture?.clear();
    this.#picture = null;
  }

  #inlineScript(): string | null {
    for (const el of this.children) {
      if (el instanceof HTMLScriptElement && /^(application\/x-tcl|text\/tcl|text\/x-tcl)$/i.test(el.type)) return el.textContent;
    }
    return null;
  }

  async #scripts(config: AppletConfig): Promise<Sources> {
    const texts: string[] = [];
    if (config.script !== null) texts.push(config.script);
    if (config.src !== null) texts.push(await fetchSource(new URL(config.src, this.baseURI).href, config.integrity));
    if (texts.every((s) => s.trim() === '')) throw new AppletError('empty', 'contains no data');
    let vouched = this.#trusted.size > 0;
    for (const text of texts) vouched &&= this.#trusted.has(await digestOf(text));
    return { scripts: texts.map(normalizeNewlines), vouched };
  }

  /** Asks the page by an event that it may cancel, or answer later with `respondWith(promise)`. */
  async #ask(type: string, detail: object): Promise<boolean> {
    let answer: unknown = true;
    const respondWith = (promise: unknown): void => {
      answer = promise;
    };
    const event = new CustomEvent(type, { detail: { ...detail, respondWith }, bubbles: true, composed: true, cancelable: true });
    return this.dispatchEvent(event) && Boolean(await answer);
  }

  #hooks(run: number): Runtime.SessionHooks {
    const current = () => run === this.#run;
    return {
      onReady: () => {
        if (current()) this.#settleReady.resolve();
      },
      onLog: (entry) => {
        if (current()) this.#addLog(entry);
      },
      onOutput: (channel, text) => this.#emit('tcl-output', { channel, text }),
      onError: ({ message, errorInfo, errorCode }) => {
        if (!current()) return;
        this.#last = { message, errorInfo };
        this.#emit('tcl-error', { message, errorInfo, errorCode });
      },
      onExit: (code, reason) => {
        if (!current()) return;
        this.#settleReady.resolve();
        this.#wanted = false;
        if (reason !== '') this.#note('ERROR', reason);
        this.#end('stopped', 'said');
        if (reason !== '') {
          this.#failure = new Error(this.#last === null ? reason : `${reason}\n${this.#last.errorInfo}`);
          this.requestUpdate();
        }
        this.#emit('tcl-exit', { code, reason });
      },
      onBusy: (ms, hung) => {
        if (!current()) return;
        this.#busy = { ms, hung };
        this.requestUpdate();
      },
      onCalm: () => {
        this.#busy = null;
        this.requestUpdate();
      },
      onRoot: (w, h) => {
        this.#root = { w, h };
        this.requestUpdate();
      },
      onCrash: (e) => {
        if (current()) this.#fail(e);
      },
      mayTake: (question) => this.#ask('tcl-policy', question),
      mayNavigate: (navigation) => this.#ask('tcl-navigate', navigation),
      onStatus: (text) => {
        if (!current()) return;
        this.#status = text;
        this.requestUpdate();
        this.#emit('tcl-status', { text });
      },
      callExposed: async (name, args) => {
        const fn = this.#exposed.get(name);
        if (fn === undefined) throw new Error(`the page exposes no "${name}"`);
        return String(await fn(...args));
      },
      callAlias: async (name, args) => {
        const fn = this.#aliases.get(name);
        if (fn === undefined) throw new Error(`invalid command name "${name}"`);
        return String(await fn(...args));
      },
    };
  }

  #fail(e: unknown): void {
    this.#end('failed');
    this.#failure = e;
    const { detail } = words(e);
    this.#note('ERROR', detail);
    this.#settleReady.reject(e);
    this.requestUpdate();
  }

  #end(state: AppletState, keep?: 'seen' | 'said'): void {
    this.#run++;
    const session = this.#session;
    this.#session = null;
    this.#busy = null;
    this.#status = '';
    if (keep === undefined) this.#clearPicture();
    if (session !== null) void session.end(keep);
    if (session !== null && keep !== undefined) this.#picture = session;
    this.#setState(state);
  }

  #setState(state: AppletState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.requestUpdate();
    this.#emit('tcl-state', { state });
  }

  #resized(): void {
    const { width, height } = readConfig(this, null);
    if (width !== null && height !== null) this.#session?.resize(width, height);
  }

  #emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #note(kind: LogEntry['kind'], text: string): void {
    this.#addLog({ kind, time: Date.now(), id: 'applet', text: text.slice(0, 256) });
  }

  #addLog(entry: LogEntry): void {
    this.#log = [...this.#log, entry];
    if (this.#log.length > LOG_LINES) {
      const cut = this.#log.length - LOG_LINES;
      const kept = this.#log.slice(0, cut).filter((e) => e.kind === 'SECURITY');
      this.#log = [...kept.slice(-SECURITY_LINES), ...this.#log.slice(cut)];
    }
    this.#emit('tcl-log', { entry });
  }

  /** The box: what the page gives, else what the main window asks for. Set on the element model, since inline styles are not allowed. */
  #sizeStage(): void {
    const stage = this.renderRoot.querySelector<HTMLElement>('.stage');
    if (stage === null) return;
    const { width, height } = readConfig(this, null);
    const w = width ?? this.#root?.w ?? null;
    const h = height ?? this.#root?.h ?? null;
    stage.style.width = w === null ? '' : `${w}px`;
    stage.style.height = h === null ? '' : `${h}px`;
  }

  // --- what is seen -----------------------------------------------------------------------------------------------------------

  override render() {
    const running = this.#session !== null;
    return html`
      ${this.controls ? this.#renderControls() : nothing}
      <div class=${this.#failure === null && this.#busy === null ? 'stage' : 'stage asking'} part="stage">
        ${running || this.#state === 'stopped' ? nothing : html`<slot></slot>`}
      </div>
      <div class="status" role="status">${this.#status}</div>
      ${this.#failure === null ? nothing : this.#renderFailure()}
      ${this.#busy === null ? nothing : this.#renderBusy(this.#busy)}
    `;
  }

  #renderControls() {
    const on = this.#session !== null;
    const paused = this.#state === 'paused';
    return html`<div class="controls" role="toolbar" aria-label="Tclet controls">
      <button type="button" @click=${() => (on ? this.stop() : this.start())}>${on ? 'Stop' : 'Start'}</button>
      <button type="button" ?disabled=${!on} @click=${() => (paused ? this.resume() : this.pause())}>${paused ? 'Resume' : 'Pause'}</button>
      <button type="button" @click=${() => this.restart()}>Restart</button>
    </div>`;
  }

  #renderFailure() {
    const { title, advice, detail } = words(this.#failure);
    return html`<div class="panel" part="panel" role="alert">
      <h2>${this.#state === 'stopped' ? 'The program was stopped.' : title}</h2>
      <pre>${detail}</pre>
      <p>${this.#state === 'stopped' ? nothing : advice}</p>
      <button type="button" @click=${() => this.restart()}>Restart</button>
    </div>`;
  }

  #renderBusy({ ms }: { ms: number }) {
    return html`<div class="bar" part="bar" role="alert">
      <span>Still running after ${Math.round(ms / 1000)} s.</span>
      <button
        type="button"
        @click=${() => {
          this.#busy = null;
          this.#session?.moreTime();
          this.requestUpdate();
        }}
      >
        Wait
      </button>
      <button type="button" @click=${() => this.stop()}>Stop</button>
    </div>`;
  }
}

/** The texts of a tclet, and whether the page vouched for each. */
interface Sources {
  readonly scripts: string[];
  readonly vouched: boolean;
}

/** As an `integrity` attribute has it; empty where the page is not in a secure context. */
async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle?.digest('SHA-256', new TextEncoder().encode(text));
  return digest === undefined ? '' : `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

/** Fetches a tclet's source: no cookies ride along. */
async function fetchSource(url: string, integrity: string | null): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'omit', ...(integrity === null ? {} : { integrity }) });
  } catch (e) {
    if (integrity !== null && (await reachable(url))) throw new AppletError('integrity', url);
    throw new AppletError('load', `${url}: ${e instanceof Error ? e.message : String(e)}`);
  }
  if (!response.ok) throw new AppletError('load', `${url}: ${response.status} ${response.statusText}`);
  return response.text();
}

async function reachable(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { credentials: 'omit' })).ok;
  } catch {
    return false;
  }
}
