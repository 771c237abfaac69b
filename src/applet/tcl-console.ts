/**
 * `<tcl-console for="ID">`: the log of an applet and what it printed, with filter and save, as the log window of the Tcl plugin was. It listens to the
 * element's events alone; importing this module registers it.
 */
import { css, html, LitElement } from 'lit';
import { LOG_CLASSES, type LogClass, logLine } from '../protocol/host.ts';
import type { TclApplet } from './index.ts';

/** Lines kept (the plugin's window had 500); those of the class SECURITY are kept beyond that, as many again. */
const LINES = 500;

type Kind = LogClass | 'OUTPUT';

interface Line {
  readonly kind: Kind;
  readonly text: string;
}

const KINDS: readonly Kind[] = [...LOG_CLASSES, 'OUTPUT'];

export class TclConsole extends LitElement {
  static override properties = {
    for: { type: String },
    lines: { state: true },
    shown: { state: true },
    sought: { state: true },
    suspended: { state: true },
  };
  static override styles = css`
    :host { display: block; font: 13px/1.4 system-ui, sans-serif; border: 1px solid #666; border-radius: 4px; color: #1a1a1a; background: #fff; }
    .bar { display: flex; flex-wrap: wrap; gap: 4px 10px; padding: 4px 8px; border-bottom: 1px solid #666; align-items: center; }
    .bar input[type='search'] { flex: 1 1 8em; min-width: 6em; font: inherit; }
    button { font: inherit; color: inherit; background: transparent; border: 1px solid #666; border-radius: 3px; padding: 1px 8px; cursor: pointer; }
    .lines { padding: 4px 8px; max-height: 16em; min-height: 4em; overflow: auto; font: 12px/1.4 ui-monospace, monospace; }
    .line { white-space: pre-wrap; overflow-wrap: anywhere; }
    .ERROR { color: #8a3b00; }
    .WARNING { color: #665200; }
    .SECURITY { color: #a40000; font-weight: 600; }
    .SLAVE { color: #1b5e20; }
    @media (prefers-color-scheme: dark) {
      :host { color: #eee; background: #1c1c1c; }
      .ERROR { color: #ffb27a; }
      .WARNING { color: #ffe082; }
      .SECURITY { color: #ff8a80; }
      .SLAVE { color: #a5d6a7; }
    }
  `;
  /** The id of the applet; without it, the one that stands before this element. */
  declare for: string | null;
  declare lines: readonly Line[];
  declare shown: ReadonlySet<Kind>;
  declare sought: string;
  declare suspended: boolean;
  #applet: TclApplet | null = null;
  #missed: readonly Line[] = [];

  constructor() {
    super();
    this.for = null;
    this.lines = [];
    this.shown = new Set(KINDS.filter((kind) => kind !== 'DEBUG'));
    this.sought = '';
    this.suspended = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void customElements.whenDefined('tcl-applet').then(() => this.#attach());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#detach();
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('for') && this.#applet !== null) this.#attach();
    if (changed.has('lines')) this.renderRoot.querySelector('.lines')?.scrollTo(0, Number.MAX_SAFE_INTEGER);
  }

  #attach(): void {
    this.#detach();
    if (!this.isConnected) return;
    const root = this.getRootNode() as Document | ShadowRoot;
    const found = this.for === null ? this.previousElementSibling : root.getElementById(this.for);
    if (found?.localName !== 'tcl-applet') return;
    this.#applet = found as TclApplet;
    this.lines = this.#applet.log.map((entry) => ({ kind: entry.kind, text: logLine(entry) }));
    this.#applet.addEventListener('tcl-log', this.#onLog);
    this.#applet.addEventListener('tcl-output', this.#onOutput);
  }

  #detach(): void {
    this.#applet?.removeEventListener('tcl-log', this.#onLog);
    this.#applet?.removeEventListener('tcl-output', this.#onOutput);
    this.#applet = null;
  }

  readonly #onLog = (e: Event): void => {
    const { entry } = (e as CustomEvent<{ entry: Parameters<typeof logLine>[0] }>).detail;
    this.#add({ kind: entry.kind, text: logLine(entry) });
  };

  readonly #onOutput = (e: Event): void => {
    const { text } = (e as CustomEvent<{ text: string }>).detail;
    this.#add({ kind: 'OUTPUT', text: text.replace(/\n$/, '') });
  };

  #add(line: Line): void {
    if (this.suspended) this.#missed = cut([...this.#missed, line]);
    else this.lines = cut([...this.lines, line]);
  }

  #suspend(): void {
    this.suspended = !this.suspended;
    if (this.suspended) return;
    this.lines = cut([...this.lines, ...this.#missed]);
    this.#missed = [];
  }

  #visible(): readonly Line[] {
    const sought = this.sought.toLowerCase();
    return this.lines.filter(({ kind, text }) => this.shown.has(kind) && text.toLowerCase().includes(sought));
  }

  /** What is visible, as a text file. */
  #save(): void {
    const text = this.#visible().map((line) => `${line.text}\n`);
    const url = URL.createObjectURL(new Blob(text, { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'tclet.log';
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  #toggle(kind: Kind, on: boolean): void {
    const shown = new Set(this.shown);
    if (on) shown.add(kind);
    else shown.delete(kind);
    this.shown = shown;
  }

  override render() {
    return html`
      <div class="bar" role="toolbar" aria-label="Log">
        <input
          type="search"
          aria-label="Show lines with"
          placeholder="Filter"
          .value=${this.sought}
          @input=${(e: Event) => {
            this.sought = (e.target as HTMLInputElement).value;
          }}
        />
        ${KINDS.map(
          (kind) => html`<label class=${kind}>
            <input
              type="checkbox"
              .checked=${this.shown.has(kind)}
              @change=${(e: Event) => this.#toggle(kind, (e.target as HTMLInputElement).checked)}
            />${kind.toLowerCase()}</label
          >`,
        )}
        <button type="button" aria-pressed=${this.suspended ? 'true' : 'false'} @click=${() => this.#suspend()}>Suspend</button>
        <button type="button" @click=${() => this.#save()}>Save</button>
        <button
          type="button"
          @click=${() => {
            this.lines = [];
          }}
        >
          Clear
        </button>
      </div>
      <div class="lines" tabindex="0" role="log" aria-label="Lines of the log">
        ${this.#visible().map((line) => html`<div class=${`line ${line.kind}`}>${line.text}</div>`)}
      </div>
    `;
  }
}

function cut(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= LINES) return lines;
  const older = lines.slice(0, lines.length - LINES).filter((line) => line.kind === 'SECURITY');
  return [...older.slice(-LINES), ...lines.slice(-LINES)];
}

if (!customElements.get('tcl-console')) customElements.define('tcl-console', TclConsole);
