/**
 * The display server: applies the worker's batches to elements, paints once a frame, and sends back what the user does. It knows
 * windows, not widgets' behaviour, and believes nothing of a batch beyond its type: an unknown window is skipped and reported.
 */
import type { DisplayBatch, EntryProps, InputEvent, ListboxProps, Patch, WidgetProps, WindowId } from '../protocol/display.ts';
import { CanvasPainter } from './canvas-painter.ts';
import { InputListener } from './input.ts';
import { css, cssFont, fitSpacing, type ImageSource } from './paint.ts';
import { activeRow, blocksOf, describe, paint, roleOf, runElement, takesTouch } from './views.ts';

/** One window on the page. */
interface Node {
  readonly id: WindowId;
  readonly parent: Node | null;
  readonly el: HTMLElement;
  readonly path: string;
  /** Background, bevels and pictures; the first child of the element. */
  readonly ink: HTMLCanvasElement;
  /** DOM text over the ink. */
  readonly texts: HTMLElement;
  readonly children: Set<Node>;
  props: WidgetProps | null;
  w: number;
  h: number;
  input: HTMLInputElement | null;
  /** The revision of the text that the native field shows. */
  revision: number;
  items: CanvasPainter | null;
  tabstop: boolean;
  dirty: boolean;
}

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
.tk-display { position: relative; overflow: hidden; width: 100%; height: 100%; outline: none; user-select: none; -webkit-user-select: none; contain: strict; }
.tk-display .w { position: absolute; overflow: hidden; outline: none; box-sizing: border-box; }
.tk-display .w[hidden] { display: none; }
.tk-display .ink { position: absolute; left: 0; top: 0; pointer-events: none; }
.tk-display .texts { position: absolute; inset: 0; overflow: hidden; pointer-events: none; }
.tk-display .run { position: absolute; white-space: pre; overflow: visible; }
.tk-display .row { position: absolute; overflow: hidden; }
.tk-display .w.touch { touch-action: none; }
.tk-display input.field::selection { background: transparent; color: var(--selected); }
.tk-display input.field { caret-color: transparent; position: absolute; margin: 0; padding: 0; border: 0; outline: none; background: transparent; border-radius: 0; appearance: none; }
@media (forced-colors: active) { .tk-display .w:focus-visible { outline: 2px solid Highlight; outline-offset: -2px; } }
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
  private readonly images = new Map<number, HTMLCanvasElement>();
  private readonly source: ImageSource = { get: (id) => this.images.get(id) };
  private readonly dirty = new Set<Node>();
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
  private disposed = false;

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

  dispose(): void {
    this.disposed = true;
    this.listener.dispose();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    if (this.blink !== null) clearTimeout(this.blink);
    this.box.remove();
    this.nodes.clear();
    this.images.clear();
  }

  /** Gives the keyboard to the tclet: to the window the worker focused last, else to the first that takes it. */
  focus(): void {
    const node = this.nodes.get(this.focused) ?? this.nodes.get(1);
    if (node !== undefined) this.focusNode(node);
  }

  // --- patches --------------------------------------------------------------------------------------------------------------

  apply(batch: DisplayBatch): void {
    if (this.disposed) return;
    for (const patch of batch.patches) {
      try {
        this.patch(patch);
      } catch (e) {
        this.problem(`patch ${String(patch?.op)} failed: ${e instanceof Error ? e.message : String(e)}`);
      }
    }
    this.owed = true;
    this.schedule();
  }

  private problem(text: string): void {
    this.options.onProblem?.(text);
  }

  private patch(p: Patch): void {
    switch (p.op) {
      case 'create':
        return this.create(p.id, p.parent, p.cls, p.path);
      case 'root':
        return this.options.onRoot?.(p.w, p.h);
      case 'title':
        return this.options.onTitle?.(p.title);
      case 'image':
        return this.setImage(p.image, p.w, p.h, p.pixels);
      case 'pixels':
        return this.setPixels(p.image, p.rect, p.pixels);
      case 'free':
        this.images.delete(p.image);
        return;
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
    const el = document.createElement('div');
    el.className = 'w';
    el.dataset.tkPath = path;
    el.dataset.tkClass = cls;
    el.hidden = true;
    const ink = document.createElement('canvas');
    ink.className = 'ink';
    ink.setAttribute('aria-hidden', 'true');
    const texts = document.createElement('div');
    texts.className = 'texts';
    el.append(ink, texts);
    (parent === null ? this.box : parent.el).append(el);
    const node: Node = {
      id,
      parent,
      el,
      path,
      ink,
      texts,
      children: new Set(),
      props: null,
      w: 0,
      h: 0,
      input: null,
      revision: -1,
      items: null,
      tabstop: false,
      dirty: false,
    };
    parent?.children.add(node);
    this.nodes.set(id, node);
    this.owners.set(el, node);
  }

  private readonly owners = new WeakMap<Element, Node>();

  private destroy(node: Node): void {
    for (const child of [...node.children]) this.destroy(child);
    node.parent?.children.delete(node);
    node.el.remove();
    this.nodes.delete(node.id);
    this.dirty.delete(node);
  }

  private place(node: Node, x: number, y: number, w: number, h: number, mapped: boolean): void {
    const s = node.el.style;
    s.left = `${x}px`;
    s.top = `${y}px`;
    s.width = `${w}px`;
    s.height = `${h}px`;
    node.el.hidden = !mapped;
    if (node.w !== w || node.h !== h) {
      node.w = w;
      node.h = h;
      node.items?.markAll();
      this.mark(node);
    }
  }

  private stack(node: Node, ids: readonly WindowId[]): void {
    let at: Element = node.texts;
    for (const id of ids) {
      const child = this.nodes.get(id);
      if (child === undefined || child.parent !== node) {
        this.problem(`window ${id} is no child of ${node.id}`);
        continue;
      }
      if (at.nextElementSibling !== child.el) at.after(child.el);
      at = child.el;
    }
  }

  private setProps(node: Node, props: WidgetProps): void {
    const old = node.props;
    node.props = props;
    if (props.kind === 'canvas' && (old === null || old.kind !== 'canvas' || changedCanvas(old, props))) node.items?.markAll();
    describe(node.el, props, node.path);
    node.el.classList.toggle('touch', takesTouch(props));
    if (props.kind === 'entry' || props.kind === 'spinbox') this.setEntry(node, props);
    else if (props.kind === 'listbox') this.setRows(node, props);
    else this.setTexts(node, props);
    this.setTabIndex(node);
    this.mark(node);
  }

  private setTexts(node: Node, props: WidgetProps): void {
    const runs = blocksOf(props).flatMap((b) => b.runs.map((r) => runElement(b, r)));
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

  private setRows(node: Node, props: ListboxProps): void {
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
      if (row.run.text !== '') el.append(runElement(block, { ...row.run, x: row.run.x - x, y: row.run.y - y }));
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

  private setEntry(node: Node, p: EntryProps): void {
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
    input.readOnly = p.state !== 'normal';
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
    if (node.revision !== p.revision) {
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
    const to = Math.max(0, props.textBox.x - props.textX);
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
    if (input === null) return;
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

  private setImage(id: number, w: number, h: number, pixels: Uint8ClampedArray<ArrayBuffer>): void {
    const c = document.createElement('canvas');
    c.width = w;
    c.height = h;
    this.images.set(id, c);
    if (w > 0 && h > 0 && pixels.length === w * h * 4) c.getContext('2d')?.putImageData(new ImageData(pixels, w, h), 0, 0);
    this.imageChanged(id);
  }

  private setPixels(id: number, r: { x: number; y: number; w: number; h: number }, pixels: Uint8ClampedArray<ArrayBuffer>): void {
    const c = this.images.get(id);
    if (c === undefined) return this.problem(`unknown image ${id}`);
    if (r.w > 0 && r.h > 0 && pixels.length === r.w * r.h * 4) c.getContext('2d')?.putImageData(new ImageData(pixels, r.w, r.h), r.x, r.y);
    this.imageChanged(id);
  }

  private imageChanged(id: number): void {
    for (const node of this.nodes.values()) {
      if (node.items?.imageChanged(id) || (node.props && showsImage(node.props, id))) this.mark(node);
    }
  }

  // --- painting -------------------------------------------------------------------------------------------------------------

  private mark(node: Node): void {
    this.dirty.add(node);
    this.schedule();
  }

  private schedule(): void {
    if (this.frame !== 0 || (this.dirty.size === 0 && !this.owed)) return;
    this.frame = requestAnimationFrame(() => this.flush());
    // A hidden page has no frames; its applet still ends up painted.
    this.timer = window.setTimeout(() => this.flush(), 250);
  }

  private flush(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = 0;
    const all = [...this.dirty];
    this.dirty.clear();
    for (const node of all) this.paintNode(node);
    this.watchBlink();
    if (!this.owed) return;
    this.owed = false;
    this.options.onDrawn?.();
  }

  private paintNode(node: Node): void {
    const { props, ink, w, h } = node;
    if (props === null || w <= 0 || h <= 0) return;
    const ratio = Math.min(Math.max(window.devicePixelRatio || 1, 1), 4);
    const pw = Math.round(w * ratio);
    const ph = Math.round(h * ratio);
    if (ink.width !== pw || ink.height !== ph) {
      ink.width = pw;
      ink.height = ph;
      ink.style.width = `${w}px`;
      ink.style.height = `${h}px`;
      node.items?.markAll();
    }
    const ctx = ink.getContext('2d');
    if (ctx === null) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (props.kind === 'canvas') {
      this.paintCanvas(node, ctx, props);
      return;
    }
    ctx.clearRect(0, 0, w, h);
    paint(ctx, props, w, h, this.source, this.blinkOn);
    if (props.kind === 'listbox') activeRow(ctx, props);
  }

  private paintCanvas(node: Node, ctx: CanvasRenderingContext2D, props: Extract<WidgetProps, { kind: 'canvas' }>): void {
    const { w, h } = node;
    const { originX, originY } = props;
    node.items ??= new CanvasPainter(this.source);
    ctx.save();
    ctx.translate(-originX, -originY);
    node.items.paint(
      ctx,
      { x: originX, y: originY, w, h },
      (r) => {
        ctx.clearRect(r.x, r.y, r.w, r.h);
        if (props.box.background !== null) {
          ctx.fillStyle = css(props.box.background);
          ctx.fillRect(r.x, r.y, r.w, r.h);
        }
      },
      this.blinkOn,
    );
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
    if (node.input !== null && node.props !== null) this.setCaret(node.input, node.props as EntryProps);
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

/** Is an image part of what a widget shows? */
function showsImage(p: WidgetProps, id: number): boolean {
  if ('image' in p) return p.image?.image === id;
  return p.kind === 'text' && p.pieces.some((piece) => piece.kind === 'image' && piece.part.image === id);
}
