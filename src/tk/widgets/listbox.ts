/**
 * The listbox: lines of text of which some are selected, one is active, and some are in view. Its subcommands are in listbox-commands.ts,
 * its bindings in library/listbox.tcl. -setgrid is kept and means nothing: no window manager resizes the main window by hand.
 * Answers to listbox.n and tkListbox.c.
 */
import type { InputEvent, ListboxProps, WidgetProps } from '../../protocol/display.ts';
import { callStep, type Step, type VarTrace } from '../../tcl/command.ts';
import { TclError } from '../../tcl/errors.ts';
import { elements, newList } from '../../tcl/list.ts';
import { share, str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { boolean, border, color, cursor, int, justify, orNone, pixels, relief, string, word } from '../converters.ts';
import { BLACK, DISABLED_FG, NORMAL_BG, SELECT_BG, WHITE } from '../defaults.ts';
import { quietly } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import { font } from '../fonts.ts';
import { type Change, GEOMETRY, type Options, opt, optionTable, synonym, type ValuesOf } from '../options.ts';
import { fractions, tellScrollbar } from '../scroll.ts';
import { ownSelection } from '../selection.ts';
import { bevelOf, boxOf, Widget } from '../widget.ts';
import type { TkWindow } from '../window.ts';

const ROWS = {
  activestyle: opt(word('activestyle', 'dotbox', 'none', 'underline'), 'activeStyle', 'ActiveStyle', 'dotbox'),
  background: opt(border, 'background', 'Background', WHITE),
  bd: synonym('borderwidth'),
  bg: synonym('background'),
  borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '1', GEOMETRY),
  cursor: opt(orNone(cursor), 'cursor', 'Cursor', ''),
  disabledforeground: opt(orNone(color), 'disabledForeground', 'DisabledForeground', DISABLED_FG),
  exportselection: opt(boolean, 'exportSelection', 'ExportSelection', '1'),
  fg: synonym('foreground'),
  font: opt(font, 'font', 'Font', 'TkDefaultFont', GEOMETRY),
  foreground: opt(color, 'foreground', 'Foreground', BLACK),
  height: opt(int, 'height', 'Height', '10', GEOMETRY),
  highlightbackground: opt(color, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
  highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
  highlightthickness: opt(pixels, 'highlightThickness', 'HighlightThickness', '1', GEOMETRY),
  justify: opt(justify, 'justify', 'Justify', 'left'),
  relief: opt(relief, 'relief', 'Relief', 'sunken'),
  selectbackground: opt(border, 'selectBackground', 'Foreground', SELECT_BG),
  selectborderwidth: opt(pixels, 'selectBorderWidth', 'BorderWidth', '0', GEOMETRY),
  selectforeground: opt(orNone(color), 'selectForeground', 'Background', BLACK),
  selectmode: opt(string, 'selectMode', 'SelectMode', 'browse'),
  setgrid: opt(boolean, 'setGrid', 'SetGrid', '0', 0),
  state: opt(word('state', 'disabled', 'normal'), 'state', 'State', 'normal'),
  takefocus: opt(string, 'takeFocus', 'TakeFocus', null),
  width: opt(int, 'width', 'Width', '20', GEOMETRY),
  xscrollcommand: opt(string, 'xScrollCommand', 'ScrollCommand', ''),
  yscrollcommand: opt(string, 'yScrollCommand', 'ScrollCommand', ''),
  listvariable: opt(string, 'listVariable', 'Variable', ''),
};
const TABLE = optionTable(ROWS);

/** Colours of one element; nothing means those of the listbox. */
const ITEM_ROWS = {
  background: opt(orNone(border), 'background', 'Background', null),
  bg: synonym('background'),
  fg: synonym('foreground'),
  foreground: opt(orNone(color), 'foreground', 'Foreground', null),
  selectbackground: opt(orNone(border), 'selectBackground', 'Foreground', null),
  selectforeground: opt(orNone(color), 'selectForeground', 'Background', null),
};
export const ITEM_TABLE = optionTable(ITEM_ROWS);
const PLAIN: ValuesOf<typeof ITEM_ROWS> = { background: null, foreground: null, selectbackground: null, selectforeground: null };

/** Work that an element makes where many are selected, deleted or numbered anew. */
const ELEMENT_UNITS = 60;
/** Memory an element with colours of its own is charged. */
const ITEM_BYTES = 400;

export class ListboxWidget extends Widget<typeof ROWS> {
  /** The elements. `owned`: nobody else holds the array, so that it may change in place. */
  items: readonly Value[] = [];
  private owned = false;
  readonly selected = new Set<number>();
  readonly itemOptions = new Map<number, Options<typeof ITEM_ROWS>>();
  active = 0;
  anchor = 0;
  /** First line in view, how many are wholly in view, and is there one more in part? */
  top = 0;
  fullLines = 1;
  partialLine = 0;
  /** Pixels scrolled to the right. */
  offset = 0;
  lineHeight = 1;
  charWidth = 1;
  inset = 0;
  scan = { x: 0, y: 0, offset: 0, top: 0 };
  private widestKnown: number | null = 0;
  /** A trace changed the elements: the size they ask for is found when idle. */
  private resize = false;
  private trace: VarTrace | null = null;
  private focused = false;
  /** Which scroll commands have to hear of a new view when idle. */
  private scrolled = { x: true, y: true };
  private telling = false;

  constructor(app: TkApp, win: TkWindow) {
    super(app, win, TABLE);
  }

  // ---- options ----

  override configured(_change: Change): void {
    const { o, app, win } = this;
    this.trace?.remove();
    this.trace = null;
    if (o.highlightthickness < 0) {
      o.highlightthickness = 0;
      this.options.texts.set('highlightthickness', 0);
    }
    const n = o.borderwidth + o.highlightthickness;
    this.inset = n;
    const moved = n !== win.inset.left;
    app.setInset(win, { left: n, right: n, top: n, bottom: n });
    if (o.exportselection && this.selected.size > 0) ownSelection(this);
    if (o.listvariable !== '') this.adoptVariable(o.listvariable);
    this.worldChanged();
    if (moved) this.resized();
  }

  override worldChanged(): void {
    this.charWidth = this.o.font.charWidth('0') || 1;
    this.widestKnown = null;
    this.arrange();
    this.scrolled = { x: true, y: true };
    this.refresh();
  }

  override resized(): void {
    const room = this.win.height - 2 * this.inset;
    this.fullLines = Math.trunc(room / this.lineHeight);
    this.partialLine = this.fullLines * this.lineHeight < room ? 1 : 0;
    this.scrolled = { x: true, y: true };
    this.viewFrom(this.top);
    this.scrollX(this.offset);
    this.refresh();
  }

  override destroyed(): void {
    this.trace?.remove();
  }

  /** The options of an element, made when it has none yet. */
  itemOptionsOf(index: number): Options<typeof ITEM_ROWS> {
    let own = this.itemOptions.get(index);
    if (!own) {
      this.app.interp.budget.allocate(ITEM_BYTES);
      own = { values: { ...PLAIN }, texts: new Map(Object.keys(PLAIN).map((name) => [name, ''])) };
      this.itemOptions.set(index, own);
    }
    return own;
  }

  // ---- the elements and their variable ----

  /** Takes over the variable's list, or makes the variable from its own. */
  private adoptVariable(name: string): void {
    const { interp } = this.app;
    const value = interp.getVar(name) ?? interp.setVar(name, share(newList([...this.items])));
    this.take(value, (e) => {
      e.message += ': invalid -listvariable value';
    });
    this.trace = interp.traceVar(name, ['write', 'unset'], (_name1, _name2, op) => {
      if (this.win.dead) return;
      if (op === 'unset') quietly(() => interp.setVar(name, this.list()));
      else this.variableChanged(name);
    });
  }

  /** The elements are those of a list; `refuse` sees the error when it is none. */
  private take(value: Value, refuse: (e: TclError) => void): void {
    try {
      this.items = elements(share(value));
    } catch (e) {
      if (e instanceof TclError) refuse(e);
      throw e;
    }
    this.owned = false;
  }

  private list(): Value {
    this.owned = false;
    return share(newList(this.items as Value[]));
  }

  private variableChanged(name: string): void {
    const { interp } = this.app;
    const before = this.items.length;
    this.take(interp.getVar(name) ?? '', (e) => {
      quietly(() => interp.setVar(name, this.list()));
      e.message = 'invalid listvar value';
    });
    const n = this.items.length;
    for (const i of this.selected) if (i >= n) this.selected.delete(i);
    for (const i of this.itemOptions.keys()) if (i >= n) this.itemOptions.delete(i);
    if (n !== before) {
      this.scrolled.y = true;
      this.top = Math.max(0, Math.min(this.top, n - this.fullLines));
    }
    this.widestKnown = null;
    this.resize = true;
    this.refresh();
  }

  /** Puts `added` in the place of `count` elements at `at`. */
  private replace(at: number, count: number, added: readonly Value[]): void {
    const { budget } = this.app.interp;
    for (const v of added) share(v);
    if (this.owned && count === 0 && at === this.items.length) {
      for (const v of added) (this.items as Value[]).push(v);
    } else {
      budget.charge(this.items.length);
      this.items = [...this.items.slice(0, at), ...added, ...this.items.slice(at + count)];
    }
    this.owned = true;
    const name = this.o.listvariable;
    if (name !== '') quietly(() => this.app.interp.setVar(name, this.list()));
  }

  /** What belongs to elements from `at` on belongs to those `by` farther on now. */
  private renumber(at: number, by: number): void {
    if (by === 0) return;
    const moved = [...this.selected].filter((i) => i >= at);
    for (const i of moved) this.selected.delete(i);
    for (const i of moved) this.selected.add(i + by);
    const own = [...this.itemOptions].filter(([i]) => i >= at);
    for (const [i] of own) this.itemOptions.delete(i);
    for (const [i, options] of own) this.itemOptions.set(i + by, options);
    this.app.interp.budget.charge(ELEMENT_UNITS * (this.selected.size + this.itemOptions.size));
  }

  insertItems(index: number, added: readonly Value[]): void {
    const { budget } = this.app.interp;
    const at = Math.max(0, Math.min(index, this.items.length));
    const n = added.length;
    budget.allocate(16 * n);
    budget.charge(8 * n);
    const known = this.widestKnown;
    if (known !== null) {
      this.widestKnown = Math.max(known, this.widthOf(added));
      if (this.widestKnown > known) this.scrolled.x = true;
    }
    this.renumber(at, n);
    this.replace(at, 0, added);
    if (index <= this.anchor) this.anchor += n;
    if (index < this.top) this.top += n;
    if (index <= this.active) this.active = Math.max(0, Math.min(this.active + n, this.items.length - 1));
    this.scrolled.y = true;
    this.arrange();
    this.refresh();
  }

  /** Deletes the elements from `from` to `to`, both included. */
  deleteItems(from: number, to: number): void {
    const first = Math.max(0, from);
    const last = Math.min(to, this.items.length - 1);
    const n = last + 1 - first;
    if (n <= 0) return;
    if (this.widestKnown !== null && this.widthOf(this.items.slice(first, last + 1)) === this.widestKnown) {
      this.widestKnown = null;
      this.scrolled.x = true;
    }
    this.app.interp.budget.charge(ELEMENT_UNITS * n);
    for (let i = first; i <= last; i++) {
      this.selected.delete(i);
      this.itemOptions.delete(i);
    }
    this.renumber(last + 1, -n);
    this.replace(first, n, []);
    const size = this.items.length;
    if (first <= this.anchor) this.anchor = Math.max(first, this.anchor - n);
    if (first <= this.top) this.top = Math.max(first, this.top - n);
    this.top = Math.max(0, Math.min(this.top, size - this.fullLines));
    if (this.active > last) this.active -= n;
    else if (this.active >= first) this.active = size > 0 ? Math.min(first, size - 1) : first;
    this.scrolled.y = true;
    this.arrange();
    this.refresh();
  }

  // ---- selection ----

  /** Selects or deselects the elements from one to another; answers nothing when none is in range. */
  select(one: number, other: number, on: boolean): void {
    const first = Math.max(0, Math.min(one, other));
    const last = Math.min(Math.max(one, other), this.items.length - 1);
    if (first > last) return;
    const { selected } = this;
    const none = selected.size === 0;
    this.app.interp.budget.charge(ELEMENT_UNITS * (on ? last - first : selected.size));
    if (on) for (let i = first; i <= last; i++) selected.add(i);
    else for (const i of selected) if (i >= first && i <= last) selected.delete(i);
    if (none && on && this.o.exportselection) ownSelection(this);
    this.redraw();
  }

  /** Indices of what is selected, in order. */
  selection(): number[] {
    const n = this.items.length;
    this.app.interp.budget.charge(ELEMENT_UNITS * this.selected.size);
    return [...this.selected].filter((i) => i < n).sort((a, b) => a - b);
  }

  lostSelection(): void {
    if (!this.o.exportselection || this.items.length === 0 || this.win.dead) return;
    this.select(0, this.items.length - 1, false);
    this.app.post(this.app.makeEvent('Virtual', this.win, { name: 'ListboxSelect' }));
  }

  // ---- view ----

  private widthOf(list: readonly Value[]): number {
    const { font } = this.o;
    let widest = 0;
    let chars = 0;
    for (const v of list) {
      const text = str(v);
      chars += text.length + 4;
      widest = Math.max(widest, font.width(text));
    }
    this.app.interp.budget.charge(chars);
    return widest;
  }

  /** Width of the widest element. */
  get widest(): number {
    this.widestKnown ??= this.widthOf(this.items);
    return this.widestKnown;
  }

  /** Asks for the size that the options and the elements call for. */
  private arrange(): void {
    const { o, inset, charWidth } = this;
    this.lineHeight = o.font.lineHeight + 1 + 2 * o.selectborderwidth;
    const columns = o.width > 0 ? o.width : Math.max(1, Math.ceil(this.widest / charWidth));
    const lines = o.height > 0 ? o.height : Math.max(1, this.items.length);
    this.app.requestSize(this.win, columns * charWidth + 2 * (inset + o.selectborderwidth), lines * this.lineHeight + 2 * inset);
  }

  /** Room for text, between the edges. */
  get room(): number {
    return this.win.width - 2 * (this.inset + this.o.selectborderwidth);
  }

  /** As far as it scrolls to the right: whole characters. */
  private get maxOffset(): number {
    const most = Math.max(0, this.widest - this.room + this.charWidth - 1);
    return most - (most % this.charWidth);
  }

  /** Shows the lines from `index` on, as far as there are so many. */
  viewFrom(index: number): void {
    const top = Math.max(0, Math.min(index, this.items.length - this.fullLines));
    if (top === this.top) return;
    this.top = top;
    this.scrolled.y = true;
    this.refresh();
  }

  scrollX(pixels: number): void {
    const to = Math.max(0, Math.min(pixels + Math.trunc(this.charWidth / 2), this.maxOffset));
    const offset = to - (to % this.charWidth);
    if (offset === this.offset) return;
    this.offset = offset;
    this.scrolled.x = true;
    this.refresh();
  }

  /** Drags the view ten times as far as the pointer went. At an edge the mark follows, so that turning back shows at once. */
  dragTo(x: number, y: number): void {
    const { scan } = this;
    const far = (wanted: number, most: number, mark: 'top' | 'offset', at: 'x' | 'y', now: number) => {
      if (wanted >= 0 && wanted <= most) return wanted;
      scan[at] = now;
      scan[mark] = wanted > most ? most : 0;
      return scan[mark];
    };
    this.viewFrom(far(scan.top - Math.trunc((10 * (y - scan.y)) / this.lineHeight), this.items.length - this.fullLines, 'top', 'y', y));
    this.scrollX(far(scan.offset - 10 * (x - scan.x), this.maxOffset, 'offset', 'x', x));
  }

  /** The line at a height, from those in view. */
  nearest(y: number): number {
    const line = Math.min(Math.trunc((y - this.inset) / this.lineHeight), this.fullLines + this.partialLine - 1);
    return Math.min(Math.max(0, line) + this.top, this.items.length - 1);
  }

  /** Where the text of an element begins, and how wide it is. */
  textAt(index: number): { x: number; width: number } {
    const { o, win } = this;
    const width = o.font.width(str(this.items[index]!));
    const edge = this.inset + o.selectborderwidth;
    if (o.justify === 'left') return { x: edge - this.offset, width };
    if (o.justify === 'right') return { x: win.width - edge - width - this.offset + this.maxOffset, width };
    return { x: Math.trunc((win.width - width) / 2) - this.offset + Math.trunc(this.maxOffset / 2), width };
  }

  fractionsX(): Value {
    const { widest, offset, room } = this;
    return widest === 0 ? fractions(0, 1) : fractions(offset / widest, Math.min(1, (offset + room) / widest));
  }
  fractionsY(): Value {
    const n = this.items.length;
    return n === 0 ? fractions(0, 1) : fractions(this.top / n, Math.min(1, (this.top + this.fullLines) / n));
  }

  // ---- events and drawing ----

  override event(e: TkEvent): void {
    if (e.type === 'Expose') this.refresh();
    if ((e.type !== 'FocusIn' && e.type !== 'FocusOut') || e.detail === 'NotifyInferior') return;
    this.focused = e.type === 'FocusIn';
    this.redraw();
  }

  /** Draws again, after telling the scrollbars what changed in the view. */
  refresh(): void {
    this.redraw();
    if (this.telling || !this.win.mapped) return;
    this.telling = true;
    const listbox = this;
    this.app.interp.events.whenIdle(function* () {
      listbox.telling = false;
      if (!listbox.win.dead) yield* listbox.idle();
    });
  }

  private *idle(): Generator<Step, void, Value> {
    const { o, app, win } = this;
    if (this.resize) {
      this.resize = false;
      this.scrolled.x = true;
      this.arrange();
    }
    const { x, y } = this.scrolled;
    this.scrolled = { x: false, y: false };
    if (y && o.yscrollcommand !== '') {
      yield* tellScrollbar(app, o.yscrollcommand, this.fractionsY(), '(vertical scrolling command executed by listbox)');
      if (win.dead || !win.mapped) return;
    }
    if (x && o.xscrollcommand !== '') {
      yield* tellScrollbar(app, o.xscrollcommand, this.fractionsX(), '(horizontal scrolling command executed by listbox)');
    }
  }

  override held(): number {
    let bytes = super.held();
    for (const v of this.items) bytes += 16 + (typeof v === 'string' ? 2 * v.length : 0);
    return bytes;
  }

  override describe(): WidgetProps {
    const { o, win, items, active, top } = this;
    const { ascent, descent, spec } = o.font;
    const rows: ListboxProps['rows'][number][] = [];
    const end = Math.min(items.length, top + this.fullLines + this.partialLine);
    for (let i = top; i < end; i++) rows.push(this.row(i));
    return {
      kind: 'listbox',
      box: boxOf(win, o),
      aria: this.aria('', o.state === 'disabled'),
      font: spec,
      ascent,
      descent,
      rows,
      count: items.length,
      active: this.focused && active < items.length ? { index: active, style: o.activestyle } : null,
      multiple: o.selectmode === 'multiple' || o.selectmode === 'extended',
      state: o.state,
      dim: o.state === 'disabled' && o.disabledforeground === null,
    };
  }

  private row(index: number): ListboxProps['rows'][number] {
    const { o, inset } = this;
    const normal = o.state === 'normal';
    const own = (normal ? this.itemOptions.get(index)?.values : undefined) ?? PLAIN;
    const selected = this.selected.has(index);
    const shown = selected && normal;
    const face = shown ? (own.selectbackground ?? o.selectbackground) : (own.background ?? o.background);
    const fg = shown ? (own.selectforeground ?? o.selectforeground) : normal ? own.foreground : o.disabledforeground;
    const y = inset + (index - this.top) * this.lineHeight;
    const rect = {
      x: inset,
      y,
      w: Math.max(0, this.win.width - 2 * inset),
      h: Math.max(0, Math.min(this.lineHeight, this.win.height - inset - y)),
    };
    const { x, width } = this.textAt(index);
    const bd = o.selectborderwidth;
    return {
      index,
      rect,
      run: { x, y: y + bd + o.font.ascent, w: width, text: str(this.items[index]!) },
      fg: fg ?? o.foreground,
      bg: face.background,
      selected,
      bevel: shown && bd > 0 ? bevelOf(face, bd, 'raised') : null,
    };
  }

  /** An assistive tool chose an element, or moved the view. */
  override *input(e: Extract<InputEvent, { kind: 'edit' | 'action' }>): Generator<Step, void, Value> {
    if (e.kind !== 'action') return;
    const n = this.items.length;
    if (e.action === 'scroll') this.viewFrom(Math.trunc(n * e.value + 0.5));
    else if (e.action === 'select' && e.value < n) {
      const { interp } = this.app;
      yield callStep(interp.globalFrame, ['::tk::ListboxBeginSelect', this.win.path, Math.trunc(e.value)]);
    }
  }
}
