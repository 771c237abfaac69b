/**
 * The display server: applies the worker's batches to elements, paints once a frame, and sends back what the user does. It knows
 * windows, not widgets' behaviour, and believes nothing of a batch beyond its type: an unknown window is skipped and reported.
 * However much there is to do, the page's thread is kept for a part of a frame only (pace.ts); what is left waits for the next, in order.
 */
import type { DisplayBatch, EntryProps, InputEvent, ListboxProps, Patch, Rect, WidgetProps, WindowId } from '../protocol/display.ts';
import { CanvasPainter } from './canvas-painter.ts';
import { discard } from './canvases.ts';
import { InputListener } from './input.ts';
import { pace } from './pace.ts';
import { type Ctx, css, cssFont, cutRun, fitSpacing, type ImageSource, isNewFont, type Picture, type Span } from './paint.ts';
import { activeRow, blocksOf, describe, fieldOf, isLong, paint, roleOf, runElement, shadowOf, takesTouch } from './views.ts';

/** One window on the page. */
interface Node {
  readonly id: WindowId;
  readonly parent: Node | null;
  readonly el: HTMLElement;
  readonly path: string;
  /** Bevels and rings where these and text are all there is to be seen (see shadowOf); null where it is painted. */
  shadow: string | null;
  /** Background, bevels and pictures, where there are any; the first child of the element. */
  ink: HTMLCanvasElement | null;
  /** The part of the window that `ink` covers: what is seen of a large one, the whole of any other. */
  part: Rect;
  /** DOM text over the ink. */
  readonly texts: HTMLElement;
  readonly children: Set<Node>;
  props: WidgetProps | null;
  x: number;
  y: number;
  w: number;
  h: number;
  input: HTMLInputElement | null;
  /** The revision of the text that the native field shows. */
  revision: number;
  items: CanvasPainter | null;
  tabstop: boolean;
}

/** Work that takes more than one step, and the window it is for, without which it is moot. */
interface Job {
  readonly node: Node | null;
  readonly steps: Generator<void, void>;
}

/** Windows with more pixels than this are painted where they are seen. */
const LARGE = 1 << 20;
/** Pixels of the screen that all windows may have painted on: 256 MB. Of windows beyond there is only the background. */
const MOST_INK = 1 << 26;
/** Pixels of a window's canvas that cost as much as a unit of other work (pace.ts): browsers copy all of a canvas that has changed. */
const UNIT_AREA = 5000;
/** Characters laid out for a unit. */
const UNIT_CHARS = 100;
/** What the first text in a font costs. */
const UNITS_OF_FONT = 30;
/** The main window's size, as far as a page follows it. */
const MOST_ROOT = 20_000;
/** Pixels of an image that are taken at once, and have a canvas to themselves: 1 MB. */
const IMAGE_STEP = 1 << 18;
const EVERYWHERE: Span = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

export interface DisplayOptions {
  /** Told of what a batch should not have held. */
  readonly onProblem?: (text: string) => void;
  /** The main window's size, for an element that follows it. */
  readonly onRoot?: (w: number, h: number) => void;
  /** All batches so far have been painted. */
  readonly onDrawn?: () => void;
  readonly onTitle?: (title: string) => void;
}

/** The sheet of every display, shared by all on a page. */
const CSS = `
.tk-display { position: relative; overflow: hidden; width: 100%; height: 100%; outline: none; user-select: none; -webkit-user-select: none; contain: strict; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.tk-display .w { position: absolute; overflow: hidden; overflow: clip; outline: none; box-sizing: border-box; contain: strict; }
.tk-display .w[hidden] { display: none; }
.tk-display .ink { position: absolute; left: 0; top: 0; pointer-events: none; }
.tk-display .texts { position: absolute; inset: 0; pointer-events: none; }
.tk-display .run { position: absolute; white-space: pre; overflow: visible; }
.tk-display .row { position: absolute; overflow: hidden; overflow: clip; }
.tk-display .w.touch { touch-action: none; }
.tk-display input.field::selection { background: transparent; color: var(--selected); }
.tk-display input.field { caret-color: transparent; position: absolute; margin: 0; padding: 0; border: 0; outline: none; background: transparent; border-radius: 0; appearance: none; }
@media (forced-colors: active) { .tk-display .w[role=button] { outline: 1px solid ButtonText; outline-offset: -1px; } .tk-display .w:focus-visible { outline: 2px solid Highlight; outline-offset: -2px; } }
`;
let sheet: CSSStyleSheet | null = null;

function styles(): CSSStyleSheet {
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}

export class DisplayServer {
  private readonly box: HTMLElement;
  private readonly nodes = new Map<WindowId, Node>();
  private readonly images = new Map<number, Picture>();
  private readonly source: ImageSource = { get: (id) => this.images.get(id) };
  private readonly dirty = new Set<Node>();
  /** Patches that wait for their turn, and the next of them. */
  private queue: Patch[] = [];
  private next = 0;
  private job: Job | null = null;
  /** The worker has more to say before there is anything to see. */
  private more = false;
  private readonly changedImages = new Set<number>();
  /** Windows of which only a part is painted: it changes with what is around them. */
  private readonly cut = new Set<Node>();
  /** Pixels of the screen that windows have. */
  private inked = 0;
  private readonly send: (event: InputEvent) => void;
  private readonly options: DisplayOptions;
  private readonly listener: InputListener;
  private frame = 0;
  /** A batch waits to be reported as painted. */
  private owed = false;
  private timer = 0;
  private blink: ReturnType<typeof setTimeout> | null = null;
  private blinkOn = true;
  private focused: WindowId = 0;
  /** When a button or finger last went down. */
  private pressedAt = Number.NEGATIVE_INFINITY;
  /** True while focus moves because the worker said so. */
  private moving = false;
  /** The tclet has ended: what is seen is a picture. */
  private frozen = false;

  constructor(root: ShadowRoot | HTMLElement, send: (event: InputEvent) => void, options: DisplayOptions = {}) {
    this.send = send;
    this.options = options;
    this.box = document.createElement('div');
    this.box.className = 'tk-display';
    const home = root instanceof ShadowRoot ? root : root.getRootNode();
    if (home instanceof ShadowRoot || home instanceof Document) {
      if (!home.adoptedStyleSheets.includes(styles())) home.adoptedStyleSheets = [...home.adoptedStyleSheets, styles()];
    }
    root.append(this.box);
    this.listener = new InputListener(this.box, (e) => this.forward(e), {
      acceptsKey: (e) => this.acceptsKey(e),
      onPress: (e) => this.pressed(e),
    });
    this.box.addEventListener('focusin', this.onFocusIn);
    this.box.addEventListener('focusout', this.onFocusOut);
    this.box.addEventListener('click', this.onClick);
    this.box.addEventListener('contextmenu', this.onContextMenu);
  }

  /** The element that holds the windows. */
  get element(): HTMLElement {
    return this.box;
  }

  /** The tclet has ended, and its picture stays: as it is seen now, or with all that was said of it (`finish`), for which there may be frames to come. */
  freeze(finish: boolean): void {
    this.frozen = true;
    this.more = false;
    if (!finish) this.halt();
    this.listener.dispose();
    if (this.blink !== null) clearTimeout(this.blink);
    this.schedule();
  }

  /** Whatever is still to be done is not wanted any more. */
  private halt(): void {
    this.queue = [];
    this.next = 0;
    this.job?.steps.return();
    this.job = null;
    this.dirty.clear();
    this.changedImages.clear();
    this.owed = false;
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = 0;
  }

  dispose(): void {
    this.freeze(false);
    this.box.remove();
    for (const node of this.nodes.values()) this.release(node);
    this.nodes.clear();
    for (const id of [...this.images.keys()]) this.freeImage(id);
  }

  /** Gives the keyboard to the tclet: to the window the worker focused last, else to the first that takes it. */
  focus(): void {
    const node = this.nodes.get(this.focused) ?? this.nodes.get(1);
    if (node !== undefined) this.focusNode(node);
  }

  // --- patches --------------------------------------------------------------------------------------------------------------

  apply(batch: DisplayBatch): void {
    if (this.frozen) return;
    this.queue = this.next === 0 ? this.queue.concat(batch.patches) : this.queue.slice(this.next).concat(batch.patches);
    this.next = 0;
    this.owed = true;
    this.more = batch.more === true;
    // What is little is done before the worker's next message is read.
    pace.during(() => this.nextPatch());
    this.schedule();
  }

  /** Goes on with the patches; false when there are none, or painting has begun. */
  private nextPatch(): boolean {
    if (this.job !== null) return this.job.node === null && this.goOn(this.job);
    if (this.next >= this.queue.length) return false;
    const patch = this.queue[this.next++]!;
    if (this.next >= this.queue.length) {
      this.queue = [];
      this.next = 0;
    }
    try {
      const steps = this.patch(patch);
      if (steps) this.job = { node: null, steps };
    } catch (e) {
      this.failed(patch, e);
    }
    return true;
  }

  private failed(patch: Patch, e: unknown): void {
    this.problem(`patch ${String(patch?.op)} failed: ${e instanceof Error ? e.message : String(e)}`);
  }

  private goOn(job: Job): boolean {
    try {
      if (job.steps.next().done && this.job === job) this.job = null;
    } catch (e) {
      this.job = null;
      this.problem(`display failed: ${e instanceof Error ? e.message : String(e)}`);
    }
    return true;
  }

  /** The next step of what is to be done; false when all is. */
  private step(): boolean {
    if (this.nextPatch()) return true;
    if (this.job !== null) return this.goOn(this.job);
    if (this.more) return false;
    if (this.changedImages.size > 0) {
      this.showImages();
      return true;
    }
    for (const node of this.dirty) {
      this.dirty.delete(node);
      const steps = this.paintNode(node);
      if (steps) this.job = { node, steps };
      return true;
    }
    return false;
  }

  private problem(text: string): void {
    this.options.onProblem?.(text);
  }

  private patch(p: Patch): Generator<void, void> | undefined | void {
    switch (p.op) {
      case 'create':
        return this.create(p.id, p.parent, p.cls, p.path);
      case 'root':
        return this.options.onRoot?.(Math.min(p.w, MOST_ROOT), Math.min(p.h, MOST_ROOT));
      case 'title':
        return this.options.onTitle?.(p.title);
      case 'image':
        return this.setImage(p.image, p.w, p.h, p.pixels);
      case 'pixels':
        return this.setPixels(p.image, p.rect, p.pixels);
      case 'free':
        return this.freeImage(p.image);
      case 'focus':
        return this.setFocus(p.id, p.force);
    }
    const node = this.nodes.get(p.id);
    if (node === undefined) return this.problem(`patch ${p.op} for unknown window ${p.id}`);
    switch (p.op) {
      case 'props':
        return this.setProps(node, p.props);
      case 'place':
        return this.place(node, p.x, p.y, p.w, p.h, p.mapped);
      case 'stack':
        return this.stack(node, p.children);
      case 'destroy':
        return this.destroy(node);
      case 'tabstop':
        node.tabstop = p.on;
        return this.setTabIndex(node);
      case 'cursor':
        node.el.style.cursor = p.cursor ?? '';
        return;
      case 'canvas':
        node.items ??= new CanvasPainter(this.source);
        node.items.update(p.removed, p.items, p.moved, p.order);
        return this.mark(node);
      default:
        return this.problem(`unknown patch ${String((p as { op: unknown }).op)}`);
    }
  }

  private create(id: WindowId, parentId: WindowId, cls: string, path: string): void {
    if (this.nodes.has(id)) return this.problem(`window ${id} exists already`);
    const parent = this.nodes.get(parentId) ?? null;
    if (parent === null && parentId !== 0) return this.problem(`window ${id} has an unknown parent`);
    pace.spend(1);
    const el = document.createElement('div');
    el.className = 'w';
    el.dataset.tkPath = path;
    el.dataset.tkClass = cls;
    el.hidden = true;
    const texts = document.createElement('div');
    texts.className = 'texts';
    el.append(texts);
    (parent === null ? this.box : parent.el).append(el);
    const node: Node = {
      id,
      parent,
      el,
      path,
      shadow: null,
      ink: null,
      part: { x: 0, y: 0, w: 0, h: 0 },
      texts,
      children: new Set(),
      props: null,
      x: 0,
      y: 0,
      w: 0,
      h: 0,
      input: null,
      revision: -1,
      items: null,
      tabstop: false,
    };
    parent?.children.add(node);
    this.nodes.set(id, node);
    this.owners.set(el, node);
  }

  private readonly owners = new WeakMap<Element, Node>();

  private destroy(node: Node): void {
    // Not one by one: the elements inside go with it. The worker names each window; this is for what it forgot.
    for (const child of [...node.children]) this.destroy(child);
    pace.spend(1);
    node.parent?.children.delete(node);
    node.el.remove();
    this.nodes.delete(node.id);
    this.dirty.delete(node);
    this.cut.delete(node);
    this.abandon(node);
    this.release(node);
  }

  /** What of a window is not in the page. */
  private release(node: Node): void {
    node.items?.dispose();
    this.dropInk(node);
  }

  private dropInk(node: Node): void {
    if (node.ink === null) return;
    this.inked -= node.ink.width * node.ink.height;
    node.ink.remove();
    discard([node.ink]);
    node.ink = null;
  }

  /** What is being painted of a window is not wanted any more. */
  private abandon(node: Node): void {
    if (this.job === null || this.job.node !== node) return;
    this.job.steps.return();
    this.job = null;
  }

  private place(node: Node, x: number, y: number, w: number, h: number, mapped: boolean): void {
    // One that comes to be seen is laid out and painted whole.
    pace.spend(mapped && node.el.hidden ? 3 : 1);
    const s = node.el.style;
    s.left = `${x}px`;
    s.top = `${y}px`;
    s.width = `${w}px`;
    s.height = `${h}px`;
    node.el.hidden = !mapped;
    node.x = x;
    node.y = y;
    for (const part of this.cut) this.mark(part);
    if (node.w !== w || node.h !== h) {
      node.w = w;
      node.h = h;
      this.abandon(node);
      node.items?.markAll();
      this.dress(node);
    }
  }

  /** What looks right without being painted does so at once. */
  private dress(node: Node): void {
    const { props, w, h } = node;
    if (props === null || w <= 0 || h <= 0) return;
    const shadow = shadowOf(props, w, h);
    if (node.shadow !== shadow) node.el.style.boxShadow = shadow ?? '';
    node.shadow = shadow;
    if (shadow !== null) this.dropInk(node);
    if (shadow === null || isLong(props)) this.mark(node);
  }

  /** What is seen of a window, in its own coordinates: the windows around it cut it. */
  private seen(node: Node): Rect {
    let [left, top, right, bottom] = [0, 0, node.w, node.h];
    let [x, y] = [0, 0];
    for (let at = node; at.parent !== null; at = at.parent) {
      x += at.x;
      y += at.y;
      left = Math.max(left, -x);
      top = Math.max(top, -y);
      right = Math.min(right, at.parent.w - x);
      bottom = Math.min(bottom, at.parent.h - y);
    }
    return { x: left, y: top, w: Math.max(0, right - left), h: Math.max(0, bottom - top) };
  }

  private *stack(node: Node, ids: readonly WindowId[]): Generator<void, void> {
    let at: Element = node.texts;
    for (const id of ids) {
      const child = this.nodes.get(id);
      if (child === undefined || child.parent !== node) {
        this.problem(`window ${id} is no child of ${node.id}`);
        continue;
      }
      if (at.nextElementSibling !== child.el) {
        at.after(child.el);
        pace.spend(2);
        yield;
        // Others may have come and gone meanwhile.
        if (!node.el.contains(child.el)) continue;
      }
      at = child.el;
    }
  }

  private setProps(node: Node, props: WidgetProps): void {
    pace.spend(1);
    const old = node.props;
    node.props = props;
    if (props.kind === 'canvas' && (old === null || old.kind !== 'canvas' || changedCanvas(old, props))) node.items?.markAll();
    describe(node.el, props, node.path);
    node.el.classList.toggle('touch', takesTouch(props));
    node.el.style.backgroundColor = props.box.background === null ? '' : css(props.box.background);
    if (props.kind === 'entry' || props.kind === 'spinbox') this.setEntry(node, props);
    // A long one is cut to what is seen, which is known when all has its place.
    else if (!isLong(props)) this.setTexts(node, props, EVERYWHERE);
    this.setTabIndex(node);
    this.dress(node);
  }

  private setTexts(node: Node, props: WidgetProps, seen: Span): void {
    if (props.kind === 'listbox') return this.setRows(node, props, seen);
    const runs = blocksOf(props).flatMap((b) =>
      b.runs.flatMap((r) => (r.y + b.descent < seen.top || r.y - b.ascent > seen.bottom ? [] : [runElement(b, cutRun(r, seen))])),
    );
    pace.spend(runs.reduce((sum, { textContent }) => sum + 1 / 4 + textContent.length / UNIT_CHARS, 0));
    for (const { font } of blocksOf(props)) if (isNewFont(cssFont(font))) pace.spend(UNITS_OF_FONT);
    if (props.kind !== 'labelframe' && 'text' in props && props.text?.underline) {
      const u = document.createElement('span');
      u.className = 'run';
      const { x, y, w, h } = props.text.underline;
      Object.assign(u.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px`, background: css(props.text.color) });
      runs.push(u);
    }
    if (props.kind === 'text') {
      const content = document.createElement('span');
      content.className = 'run';
      content.style.opacity = '0';
      content.textContent = props.content;
      runs.push(content);
    }
    node.texts.replaceChildren(...runs);
    // A label that is wider than the frame ends where its room does.
    const b = props.kind === 'labelframe' ? props.labelBox : null;
    node.texts.style.clipPath = b ? `inset(${b.y}px calc(100% - ${b.x + b.w}px) calc(100% - ${b.y + b.h}px) ${b.x}px)` : '';
    // A widget with a role is announced by its name; its text would be said twice.
    if (roleOf(props) !== null && props.kind !== 'text') node.texts.setAttribute('aria-hidden', 'true');
    else node.texts.removeAttribute('aria-hidden');
  }

  private setRows(node: Node, props: ListboxProps, seen: Span): void {
    pace.spend(props.rows.length / 4);
    const rows = props.rows.map((row) => {
      const el = document.createElement('div');
      el.className = 'row';
      el.id = `r${node.id}-${row.index}`;
      el.setAttribute('role', 'option');
      el.setAttribute('aria-selected', String(row.selected));
      el.setAttribute('aria-posinset', String(row.index + 1));
      el.setAttribute('aria-setsize', String(props.count));
      const { x, y, w, h } = row.rect;
      Object.assign(el.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
      const block = {
        font: props.font,
        ascent: props.ascent,
        descent: props.descent,
        color: row.fg,
        runs: [],
        underline: null,
        dim: props.dim,
      };
      if (row.run.text !== '') el.append(runElement(block, cutRun({ ...row.run, x: row.run.x - x, y: row.run.y - y }, seen)));
      else el.setAttribute('aria-label', 'blank');
      return el;
    });
    node.texts.replaceChildren(...rows);
    if (props.active !== null && props.rows.some((r) => r.index === props.active?.index)) {
      node.el.setAttribute('aria-activedescendant', `r${node.id}-${props.active.index}`);
    } else {
      node.el.removeAttribute('aria-activedescendant');
    }
  }

  // --- text fields ----------------------------------------------------------------------------------------------------------

  private setEntry(node: Node, props: EntryProps): void {
    const p = fieldOf(props);
    const cut = p !== props;
    const input = node.input ?? this.makeInput(node);
    const { style } = input;
    const font = cssFont(p.font);
    const { x, y, w, h } = p.textBox;
    Object.assign(style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px`, color: css(p.color), textAlign: p.justify });
    style.font = font;
    style.letterSpacing = `${fitSpacing(font, p.shown, p.textWidth)}px`;
    style.lineHeight = `${p.ascent + p.descent}px`;
    style.setProperty('--selected', css(p.selection?.fg ?? p.color));
    // Not `disabled`: some browsers tell nobody of a press on such a field, and the worker wants to know.
    input.spellcheck = !p.hidden;
    // Of a very long text the field has a part, which nobody can edit there; keys go to the worker as ever.
    input.readOnly = cut || p.state !== 'normal';
    input.setAttribute('aria-disabled', String(p.state === 'disabled'));
    input.setAttribute('aria-label', p.aria.name !== '' ? p.aria.name : node.path);
    node.el.removeAttribute('aria-label');
    if (p.spin !== null) {
      input.setAttribute('role', 'spinbutton');
      if (p.spin.value !== null) input.setAttribute('aria-valuenow', String(p.spin.value));
      input.setAttribute('aria-valuemin', String(p.spin.min));
      input.setAttribute('aria-valuemax', String(p.spin.max));
    }
    if (this.composing === node) return;
    // With the same revision the worker agrees with what was edited here, and there may have been more since.
    if (cut || node.revision !== p.revision) {
      node.revision = p.revision;
      if (input.value !== p.shown) input.value = p.shown;
      this.setCaret(input, p);
    }
    this.setScroll(node);
  }

  /** Scrolls the field to where the worker has its text; browsers scroll it by themselves, back to its start when it loses the focus. */
  private setScroll(node: Node): void {
    const { input, props } = node;
    if (input === null || props === null || !('textX' in props) || this.composing === node) return;
    const to = Math.max(0, props.textBox.x - fieldOf(props).textX);
    if (Math.abs(input.scrollLeft - to) > 1) input.scrollLeft = to;
  }

  /** Selection and insertion cursor as the worker has them. */
  private setCaret(input: HTMLInputElement, p: EntryProps): void {
    const { selection, insertIndex } = p;
    const from = selection?.first ?? insertIndex;
    const to = selection?.last ?? insertIndex;
    if (input.selectionStart !== from || input.selectionEnd !== to) {
      input.setSelectionRange(from, to, selection !== null && insertIndex <= from ? 'backward' : 'forward');
    }
  }

  /** The field in which an input method is composing: left alone until it is done. */
  private composing: Node | null = null;

  private makeInput(node: Node): HTMLInputElement {
    const input = document.createElement('input');
    input.className = 'field';
    input.type = 'text';
    input.autocomplete = 'off';
    input.autocapitalize = 'off';
    // What the visitor composes is the field's own until it is done, its cursor too.
    input.addEventListener('compositionstart', () => {
      this.composing = node;
      input.style.caretColor = 'auto';
    });
    input.addEventListener('compositionend', () => {
      this.composing = null;
      input.style.caretColor = '';
      this.edited(node);
    });
    input.addEventListener('scroll', () => this.setScroll(node));
    input.addEventListener('input', () => {
      if (this.composing !== node) this.edited(node);
    });
    node.el.insertBefore(input, node.texts);
    node.input = input;
    this.owners.set(input, node);
    this.setTabIndex(node);
    return input;
  }

  private edited(node: Node): void {
    const { input } = node;
    if (input === null || input.readOnly) return;
    const start = input.selectionStart ?? 0;
    const end = input.selectionEnd ?? start;
    const backward = input.selectionDirection === 'backward';
    this.send({
      kind: 'edit',
      id: node.id,
      text: input.value,
      insert: backward ? start : end,
      selection: start === end ? null : [start, end],
      revision: node.revision,
    });
  }

  // --- images ---------------------------------------------------------------------------------------------------------------

  private setImage(id: number, w: number, h: number, pixels: Uint8ClampedArray<ArrayBuffer>): Generator<void, void> {
    const picture: Picture = { width: w, height: h, rows: Math.max(1, Math.floor(IMAGE_STEP / w)), bands: [], tints: new Map() };
    this.freeImage(id);
    this.images.set(id, picture);
    this.changedImages.add(id);
    return this.takePixels(picture, { x: 0, y: 0, w, h }, pixels);
  }

  private freeImage(id: number): void {
    const picture = this.images.get(id);
    if (picture === undefined) return;
    discard([...picture.bands, ...picture.tints.values()]);
    this.images.delete(id);
  }

  private setPixels(id: number, r: Rect, pixels: Uint8ClampedArray<ArrayBuffer>): Generator<void, void> | void {
    const picture = this.images.get(id);
    if (picture === undefined) return this.problem(`unknown image ${id}`);
    this.changedImages.add(id);
    return this.takePixels(picture, r, pixels);
  }

  /** A band at a time. */
  private *takePixels(
    { width, height, rows, bands, tints }: Picture,
    { x, y, w, h }: Rect,
    pixels: Uint8ClampedArray<ArrayBuffer>,
  ): Generator<void, void> {
    if (w <= 0 || h <= 0 || y < 0 || y + h > height || pixels.length !== w * h * 4) return;
    discard(tints.values());
    tints.clear();
    for (let at = 0; at < h; ) {
      const i = Math.floor((y + at) / rows);
      const n = Math.min(h - at, (i + 1) * rows - (y + at));
      while (bands.length <= i) {
        const band = document.createElement('canvas');
        Object.assign(band, { width, height: Math.min(rows, height - bands.length * rows) });
        bands.push(band);
      }
      pace.spend(2 + (w * n) / UNIT_AREA);
      const part = new ImageData(pixels.subarray(4 * w * at, 4 * w * (at + n)), w, n);
      bands[i]!.getContext('2d')?.putImageData(part, x, y + at - i * rows);
      at += n;
      yield;
    }
  }

  /** Those who show an image that has changed are to be painted anew. */
  private showImages(): void {
    for (const node of this.nodes.values()) {
      if (node.items?.imagesChanged(this.changedImages) || (node.props && showsImage(node.props, this.changedImages))) this.mark(node);
    }
    this.changedImages.clear();
  }

  // --- painting -------------------------------------------------------------------------------------------------------------

  private mark(node: Node): void {
    this.dirty.add(node);
    this.schedule();
  }

  private schedule(): void {
    if (this.frame !== 0 || (this.dirty.size === 0 && !this.owed && this.job === null)) return;
    this.frame = requestAnimationFrame(() => this.flush());
    // A hidden page has no frames; its applet still ends up painted.
    this.timer = window.setTimeout(() => this.flush(), 250);
  }

  private flush(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = 0;
    pace.inFrame();
    const finished = pace.during(() => this.step());
    if (!finished) return this.schedule();
    if (!this.frozen) this.watchBlink();
    if (!this.owed) return;
    this.owed = false;
    this.options.onDrawn?.();
  }

  private paintNode(node: Node): Generator<void, void> | undefined {
    const { props, w, h } = node;
    if (props === null || w <= 0 || h <= 0) return undefined;
    pace.spend(2);
    const large = node.shadow === null && w * h > LARGE;
    const long = isLong(props);
    const seen = large || long ? this.seen(node) : { x: 0, y: 0, w, h };
    if (large || long) this.cut.add(node);
    else this.cut.delete(node);
    if (long) this.setTexts(node, props, { left: seen.x, top: seen.y, right: seen.x + seen.w, bottom: seen.y + seen.h });
    if (node.shadow !== null) return undefined;
    const ctx = this.inkOf(node, large ? seen : { x: 0, y: 0, w, h });
    if (ctx === null) return undefined;
    if (props.kind === 'canvas') return this.paintCanvas(node, ctx, props);
    ctx.clearRect(0, 0, w, h);
    paint(ctx, props, w, h, this.source, this.blinkOn);
    if (props.kind === 'listbox') activeRow(ctx, props);
    return undefined;
  }

  /** A context for a part of a window, in the window's coordinates; null where there is nothing to paint, or no room for it. */
  private inkOf(node: Node, part: Rect): Ctx | null {
    const ratio = Math.min(Math.max(window.devicePixelRatio || 1, 1), 4);
    const pw = Math.round(part.w * ratio);
    const ph = Math.round(part.h * ratio);
    const before = node.ink === null ? 0 : node.ink.width * node.ink.height;
    const after = this.inked - before + pw * ph;
    if (pw * ph === 0 || after > MOST_INK) {
      if (after > MOST_INK) this.problem(`${node.path} is not painted: windows of more than ${MOST_INK} pixels`);
      this.dropInk(node);
      return null;
    }
    if (node.ink === null) {
      node.ink = document.createElement('canvas');
      node.ink.className = 'ink';
      node.ink.setAttribute('aria-hidden', 'true');
      node.el.prepend(node.ink);
      Object.assign(node.ink, { width: 0, height: 0 });
    }
    const { ink } = node;
    const { x, y } = node.part;
    node.part = part;
    if (ink.width !== pw || ink.height !== ph || x !== part.x || y !== part.y) {
      Object.assign(ink, { width: pw, height: ph });
      Object.assign(ink.style, { left: `${part.x}px`, top: `${part.y}px`, width: `${part.w}px`, height: `${part.h}px` });
      node.items?.markAll();
    }
    this.inked = after;
    pace.spend((pw * ph) / UNIT_AREA);
    const ctx = ink.getContext('2d');
    ctx?.setTransform(ratio, 0, 0, ratio, -part.x * ratio, -part.y * ratio);
    return ctx;
  }

  private *paintCanvas(node: Node, ctx: Ctx, props: Extract<WidgetProps, { kind: 'canvas' }>): Generator<void, void> {
    const { w, h, part } = node;
    const { originX, originY } = props;
    node.items ??= new CanvasPainter(this.source);
    const background = (on: Ctx, r: Rect): void => {
      on.clearRect(r.x, r.y, r.w, r.h);
      if (props.box.background === null) return;
      on.fillStyle = css(props.box.background);
      on.fillRect(r.x, r.y, r.w, r.h);
    };
    ctx.save();
    ctx.translate(-originX, -originY);
    yield* node.items.paint(ctx, { x: originX + part.x, y: originY + part.y, w: part.w, h: part.h }, background, this.blinkOn);
    ctx.restore();
    // Ring and bevel lie over the items at the edge.
    paint(ctx, { ...props, box: { ...props.box, background: null } }, w, h, this.source, this.blinkOn);
  }

  /** The blinking insertion cursor that a window shows, for its times. */
  private blinker(n: Node): { readonly onMs: number; readonly offMs: number } | null {
    if (n.items !== null) return n.items.blinkTimes;
    const insert = n.props !== null && 'insert' in n.props ? n.props.insert : null;
    return insert !== null && insert.onMs > 0 && insert.offMs > 0 ? insert : null;
  }

  /** Blinks while something on show has a blinking insertion cursor. */
  private watchBlink(): void {
    const blinking = [...this.nodes.values()].filter((n) => this.blinker(n) !== null);
    const times = blinking[0] && this.blinker(blinking[0]);
    if (!times) {
      if (this.blink !== null) clearTimeout(this.blink);
      this.blink = null;
      this.blinkOn = true;
      return;
    }
    this.blink ??= setTimeout(
      () => {
        this.blink = null;
        this.blinkOn = !this.blinkOn;
        for (const n of blinking) {
          n.items?.blink();
          this.mark(n);
        }
      },
      this.blinkOn ? times.onMs : times.offMs,
    );
  }

  // --- focus and input --------------------------------------------------------------------------------------------------------

  private target(node: Node): HTMLElement {
    return node.input ?? node.el;
  }

  private setTabIndex(node: Node): void {
    const el = this.target(node);
    if (node.tabstop) el.tabIndex = 0;
    else if (node.id === 1 || node.props !== null) el.tabIndex = -1;
    if (node.input !== null) node.el.removeAttribute('tabindex');
  }

  private setFocus(id: WindowId, force: boolean): void {
    this.focused = id;
    const node = this.nodes.get(id);
    if (node === undefined) return;
    if (force || this.hasFocus()) this.focusNode(node);
  }

  /** True when the page's focus is inside. */
  hasFocus(): boolean {
    const home = this.box.getRootNode() as ShadowRoot | Document;
    return home.activeElement !== null && this.box.contains(home.activeElement);
  }

  private focusNode(node: Node): void {
    const el = this.target(node);
    if (!el.hasAttribute('tabindex')) el.tabIndex = -1;
    this.moving = true;
    el.focus({ preventScroll: true });
    this.moving = false;
  }

  private nodeOf(e: Event): Node | null {
    for (let el = e.target instanceof Element ? e.target : null; el !== null && el !== this.box; el = el.parentElement) {
      const node = this.owners.get(el);
      if (node !== undefined) return node;
    }
    return null;
  }

  private readonly onFocusIn = (e: FocusEvent): void => {
    const node = this.nodeOf(e);
    if (node === null) return;
    this.focused = node.id;
    // Neither the worker nor a finger moved it here: it came by Tab, and browsers then select all of a field. The worker decides that.
    const tabbed = !this.moving && performance.now() - this.pressedAt > 1000;
    if (node.input !== null && node.props !== null) this.setCaret(node.input, fieldOf(node.props as EntryProps));
    this.send({ kind: 'focus', id: node.id, tabbed });
  };

  private readonly onFocusOut = (e: FocusEvent): void => {
    if (e.relatedTarget instanceof Element && this.box.contains(e.relatedTarget)) return;
    this.send({ kind: 'focus', id: 0, tabbed: false });
  };

  /** Keyboard-less, pointer-less activation: what a screen reader's "press" does. */
  private readonly onClick = (e: MouseEvent): void => {
    if (e.detail !== 0 || !(e instanceof PointerEvent ? e.pointerId < 0 || e.pointerType === '' : true)) return;
    const node = this.nodeOf(e);
    if (node === null) return;
    const row = e.target instanceof Element ? e.target.closest<HTMLElement>('.row')?.getAttribute('aria-posinset') : null;
    if (row) this.send({ kind: 'action', id: node.id, action: 'select', value: Number(row) - 1 });
    else this.send({ kind: 'action', id: node.id, action: 'invoke', value: 0 });
  };

  private readonly onContextMenu = (e: MouseEvent): void => {
    const kind = this.nodeOf(e)?.props?.kind;
    if (kind === 'canvas' || kind === 'button' || kind === 'listbox' || kind === 'checkbutton' || kind === 'radiobutton')
      e.preventDefault();
  };

  private pressed(e: PointerEvent): void {
    this.pressedAt = performance.now();
    const node = this.nodeOf(e);
    // The worker decides what a press does, focus and selection included; the browser would move both by itself.
    if (e.cancelable && !(e.pointerType === 'touch' && node?.input !== null)) e.preventDefault();
    if (!this.hasFocus()) this.focus();
  }

  private acceptsKey(e: KeyboardEvent): boolean {
    if (e.isComposing || this.composing !== null) return false;
    // Tab moves among elements as everywhere on the page: no widget may hold the keyboard captive.
    if (e.key === 'Tab' && this.nodeOf(e)?.props?.kind !== 'text') return false;
    const inField = e.target instanceof HTMLInputElement;
    if (inField && (e.key === 'Unidentified' || e.key === 'Process')) return false;
    const shortcut = (e.ctrlKey || e.metaKey) && !e.altKey;
    if (shortcut && inField && /^[cvxCVX]$/.test(e.key)) return false;
    // Browser shortcuts that no tclet should take away.
    if (e.metaKey || /^F(5|11|12)$/.test(e.key) || (shortcut && /^[rRtTwWnN+\-0]$/.test(e.key))) return !e.metaKey && e.type === 'keyup';
    if (e.type === 'keydown' && e.cancelable) e.preventDefault();
    return true;
  }

  private forward(e: InputEvent): void {
    this.send(e);
  }
}

function changedCanvas(a: Extract<WidgetProps, { kind: 'canvas' }>, b: Extract<WidgetProps, { kind: 'canvas' }>): boolean {
  return (
    a.originX !== b.originX ||
    a.originY !== b.originY ||
    a.box.background !== b.box.background ||
    JSON.stringify(a.box) !== JSON.stringify(b.box)
  );
}

/** Is one of the images part of what a widget shows? */
function showsImage(p: WidgetProps, ids: ReadonlySet<number>): boolean {
  if ('image' in p) return p.image !== null && ids.has(p.image.image);
  return p.kind === 'text' && p.pieces.some((piece) => piece.kind === 'image' && ids.has(piece.part.image));
}
