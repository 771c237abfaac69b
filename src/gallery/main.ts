/** The gallery: each tclet beside its source, which can be changed and run again, with what it printed and what was refused to it. */
import { css, html, LitElement, nothing } from 'lit';
import '../applet/index.ts';

interface Entry {
  readonly file: string;
  readonly title: string;
  readonly about: string;
  readonly width: number;
  readonly height: number;
}

const TCLETS: readonly Entry[] = [
  { file: 'clock', title: 'Clock', about: 'A canvas, the time and one timer.', width: 220, height: 240 },
  { file: 'calculator', title: 'Calculator', about: 'Buttons in a grid; keys work too.', width: 230, height: 250 },
  { file: 'paint', title: 'Paint', about: 'Bindings on a canvas: drag to draw.', width: 490, height: 330 },
  { file: 'fifteen', title: 'Fifteen', about: 'A game with place and arrow keys.', width: 240, height: 290 },
  { file: 'plot', title: 'Function plot', about: 'Any expression of x, evaluated safely.', width: 412, height: 316 },
  {
    file: 'form',
    title: 'Form with a scratch file',
    about: 'maketmp: notes kept in a file that ends with the tclet.',
    width: 380,
    height: 330,
  },
  {
    file: 'breakout',
    title: 'Break out',
    about: 'Tries to leave its cell. Everything is refused, and the log says so.',
    width: 420,
    height: 320,
  },
  { file: 'life', title: 'Life', about: 'Conway’s cells; click to set them.', width: 330, height: 370 },
  { file: 'mixer', title: 'Colour mixer', about: 'Scales, a listbox and a scrollbar.', width: 360, height: 260 },
];

class TcletCard extends LitElement {
  static override properties = { entry: { attribute: false }, source: { state: true }, running: { state: true }, lines: { state: true } };
  static override styles = css`
    :host { display: block; border: 1px solid var(--line); background: var(--card); border-radius: 6px; padding: 12px 14px; margin: 0 0 18px; }
    h2 { font-size: 18px; margin: 0; }
    p { margin: 2px 0 10px; }
    .row { display: flex; gap: 14px; flex-wrap: wrap; align-items: flex-start; }
    .stage { max-width: 100%; overflow-x: auto; }
    .side { flex: 1 1 320px; min-width: 0; display: flex; flex-direction: column; gap: 6px; }
    textarea { width: 100%; box-sizing: border-box; height: 220px; resize: vertical; font: 12px/1.45 'DejaVu Sans Mono', ui-monospace, monospace; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 4px; padding: 6px; white-space: pre; overflow: auto; }
    button { align-self: flex-start; font: inherit; padding: 4px 14px; border-radius: 4px; border: 1px solid var(--accent); background: var(--accent); color: var(--card); cursor: pointer; }
    ol { margin: 0; padding: 4px 8px; max-height: 110px; overflow: auto; list-style: none; font: 12px/1.4 ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; }
    li.error, li.log-security { font-weight: 600; }
  `;
  declare entry: Entry;
  declare source: string;
  declare running: string;
  declare lines: readonly { readonly kind: string; readonly text: string }[];

  constructor() {
    super();
    this.source = '';
    this.running = '';
    this.lines = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    const response = await fetch(`tclets/${this.entry.file}.tcl`);
    this.source = response.ok ? await response.text() : `# tclets/${this.entry.file}.tcl could not be read: ${response.status}`;
    this.running = this.source;
  }

  private add(kind: string, text: string): void {
    this.lines = [...this.lines.slice(-99), { kind, text }];
  }

  private rerun(): void {
    this.lines = [];
    const applet = this.renderRoot.querySelector('tcl-applet');
    if (this.running === this.source) applet?.restart();
    else this.running = this.source;
  }

  override render() {
    const { entry } = this;
    return html`
      <h2>${entry.title}</h2>
      <p>${entry.about}</p>
      <div class="row">
        ${
          this.running === ''
            ? nothing
            : html`<div class="stage"><tcl-applet
                width=${entry.width}
                height=${entry.height}
                script=${this.running}
                @tcl-output=${(e: CustomEvent<{ text: string }>) => this.add('output', e.detail.text.trimEnd())}
                @tcl-error=${(e: CustomEvent<{ errorInfo: string }>) => this.add('error', e.detail.errorInfo)}
                @tcl-log=${(e: CustomEvent<{ entry: { kind: string; text: string } }>) => this.add(`log-${e.detail.entry.kind.toLowerCase()}`, e.detail.entry.text)}
                >${entry.title}</tcl-applet></div>`
        }
        <div class="side">
          <textarea
            spellcheck="false"
            aria-label=${`Source of ${entry.title}`}
            .value=${this.source}
            @input=${(e: Event) => {
              this.source = (e.target as HTMLTextAreaElement).value;
            }}
          ></textarea>
          <button type="button" @click=${() => this.rerun()}>Run</button>
          ${
            this.lines.length === 0
              ? nothing
              : html`<ol aria-label=${`Output and log of ${entry.title}`} tabindex="0">${this.lines.map((l) => html`<li class=${l.kind}>${l.text}</li>`)}</ol>`
          }
        </div>
      </div>
    `;
  }
}

class TcletGallery extends LitElement {
  override render() {
    return TCLETS.map((entry) => html`<tclet-card .entry=${entry}></tclet-card>`);
  }
}

customElements.define('tclet-card', TcletCard);
customElements.define('tclet-gallery', TcletGallery);
