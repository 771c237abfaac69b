/**
 * The canvas: its options, the display list, scrolling, and what it tells the display. Subcommands are in commands.ts, the current item and
 * item bindings in pick.ts. Answers to canvas.n and tkCanvas.c.
 */
import type { CanvasItem, DisplayBatch, Patch, WidgetProps } from '../../protocol/display.ts';
import { attempt, directStep, type Step } from '../../tcl/command.ts';
import { elements, newList } from '../../tcl/list.ts';
import { doubleOf } from '../../tcl/number.ts';
import { dbl, str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { border, color, cursor, int, oldBoolean, oldPixels, oldRelief, orNone, pixelsOf, string } from '../converters.ts';
import { BLACK, NORMAL_BG, SELECT_BG } from '../defaults.ts';
import { tkError } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import type { Font } from '../fonts.ts';
import { GEOMETRY, type OptionType, opt, optionTable, synonym } from '../options.ts';
import { boxOf, Widget } from '../widget.ts';
import type { TkWindow } from '../window.ts';
import type { Item } from './item.ts';
import { Picker } from './pick.ts';
import { offset } from './stipple.ts';
import { tagSearch } from './tags.ts';

const double: OptionType<number> = { parse: (_app, _win, v) => doubleOf(v), print: (n) => str(dbl(n)) };
const state: OptionType<'normal' | 'disabled' | 'hidden'> = {
  parse(_app, _win, v) {
    const given = str(v);
    const hit = (['normal', 'disabled'] as const).find((w) => w.startsWith(given));
    if (!hit) throw tkError(`bad state value "${given}": must be normal or disabled`, 'VALUE', 'STATE');
    return hit;
  },
  print: (s) => s,
};
const origin = {
  parse: (app: TkApp, _win: TkWindow, v: Value) => offset.parse(app, v),
  print: (v: ReturnType<typeof offset.parse>) => str(offset.print(v)),
};

const ring: OptionType<number> = { ...oldPixels, parse: (...given) => Math.max(0, oldPixels.parse(...given)) };

const ROWS = {
  background: opt(border, 'background', 'Background', NORMAL_BG),
  bd: { ...synonym('borderwidth'), db: 'borderWidth' },
  bg: { ...synonym('background'), db: 'background' },
  borderwidth: opt(oldPixels, 'borderWidth', 'BorderWidth', '0', GEOMETRY),
  closeenough: opt(double, 'closeEnough', 'CloseEnough', '1'),
  confine: opt(oldBoolean, 'confine', 'Confine', '1'),
  cursor: opt(orNone(cursor), 'cursor', 'Cursor', ''),
  height: opt(oldPixels, 'height', 'Height', '7c', GEOMETRY),
  highlightbackground: opt(color, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
  highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
  highlightthickness: opt(ring, 'highlightThickness', 'HighlightThickness', '1', GEOMETRY),
  insertbackground: opt(border, 'insertBackground', 'Foreground', BLACK),
  insertborderwidth: opt(oldPixels, 'insertBorderWidth', 'BorderWidth', '0'),
  insertofftime: opt(int, 'insertOffTime', 'OffTime', '300'),
  insertontime: opt(int, 'insertOnTime', 'OnTime', '600'),
  insertwidth: opt(oldPixels, 'insertWidth', 'InsertWidth', '2'),
  offset: opt(origin, 'offset', 'Offset', '0,0'),
  relief: opt(oldRelief, 'relief', 'Relief', 'flat'),
  scrollregion: opt(string, 'scrollRegion', 'ScrollRegion', ''),
  selectbackground: opt(border, 'selectBackground', 'Foreground', SELECT_BG),
  selectborderwidth: opt(oldPixels, 'selectBorderWidth', 'BorderWidth', '1'),
  selectforeground: opt(orNone(color), 'selectForeground', 'Background', BLACK),
  state: opt(state, 'state', 'State', 'normal'),
  takefocus: opt(string, 'takeFocus', 'TakeFocus', ''),
  width: opt(oldPixels, 'width', 'Width', '10c', GEOMETRY),
  xscrollcommand: opt(string, 'xScrollCommand', 'ScrollCommand', ''),
  xscrollincrement: opt(oldPixels, 'xScrollIncrement', 'ScrollIncrement', '0'),
  yscrollcommand: opt(string, 'yScrollCommand', 'ScrollCommand', ''),
  yscrollincrement: opt(oldPixels, 'yScrollIncrement', 'ScrollIncrement', '0'),
};
const TABLE = optionTable(ROWS, true);

/** Bytes an item is charged for, beyond its coordinates and texts. */
export const ITEM_BYTES = 1200;

export class Canvas extends Widget<typeof ROWS> {
  /** The display list, lowest first, and items by number. */
  first: Item | null = null;
  last: Item | null = null;
  readonly byId = new Map<number, Item>();
  private readonly byTag = new Map<string, Set<Item>>();
  /** Whether `z` of every item tells its place in the display list. */
  private ordered = true;
  nextId = 1;
  /** The item under the pointer, and the one that gets keys. */
  current: Item | null = null;
  focusItem: Item | null = null;
  gotFocus = false;
  /** The selection, in one text item at a time, and where `select to` extends it from. */
  readonly sel: { item: Item | null; first: number; last: number; anchorItem: Item | null; anchor: number } = {
    item: null,
    first: -1,
    last: -1,
    anchorItem: null,
    anchor: 0,
  };
  readonly picker = new Picker(this);
  /** Items that show windows: placed whenever the canvas is idle after a change. */
  readonly windowItems = new Set<{ settle(): void }>();
  /** Canvas coordinates of the window's top left corner. */
  originX = 0;
  originY = 0;
  readonly region = { x1: 0, y1: 0, x2: 0, y2: 0 };
  readonly scan = { x: 0, y: 0, originX: 0, originY: 0 };
  private oldState: 'normal' | 'disabled' | 'hidden' = 'normal';
  /** Items whose looks the display does not have yet, and those it must forget. */
  private readonly dirty = new Set<Item>();
  private readonly moved = new Set<Item>();
  private readonly removed: number[] = [];
  private reordered = false;
  private scrolled = true;
  private pending = false;

  constructor(app: TkApp, win: TkWindow) {
    super(app, win, TABLE);
  }

  get inset(): number {
    return this.o.borderwidth + this.o.highlightthickness;
  }

  // ---- options ----

  override configured(): void {
    const { o, app, win } = this;
    if (o.state !== this.oldState) {
      this.oldState = o.state;
      for (let i = this.first; i; i = i.next) if (i.o.state === null) this.changed(i);
    }
    app.requestSize(win, o.width + 2 * this.inset, o.height + 2 * this.inset);
    this.readRegion();
    this.setOrigin(this.originX, this.originY);
    this.scrolled = true;
    this.later();
    this.redrawItem(this.focusItem);
    this.redrawItem(this.sel.item);
    this.redraw();
  }

  private readRegion(): void {
    const { region: r } = this;
    r.x1 = r.y1 = r.x2 = r.y2 = 0;
    const text = this.o.scrollregion;
    if (text === '') return;
    const parts = elements(text);
    if (parts.length !== 4) throw tkError(`bad scrollRegion "${text}"`, 'CANVAS', 'SCROLL_REGION');
    [r.x1, r.y1, r.x2, r.y2] = parts.map(pixelsOf) as [number, number, number, number];
  }

  override held(): number {
    let bytes = super.held() + this.picker.held();
    for (let i = this.first; i; i = i.next) bytes += ITEM_BYTES + 8 * i.coords().length + ('text' in i.o ? 2 * String(i.o.text).length : 0);
    return bytes;
  }

  override usesFont(font: Font): boolean {
    for (let i = this.first; i; i = i.next) if ('font' in i.o && (i.o.font as { font: Font } | null)?.font === font) return true;
    return false;
  }

  /** A font changed. */
  override worldChanged(): void {
    for (let i = this.first; i; i = i.next) this.changed(i);
    this.redraw();
  }

  /** What an item depends on changed. */
  changed(item: Item): void {
    item.configured();
    this.redrawItem(item);
    this.picker.needed = true;
  }

  // ---- items ----

  /** The items a `tagOrId` means, lowest first. */
  find(v: Value): Item[] {
    if (typeof v === 'number') {
      const item = this.byId.get(v);
      return item ? [item] : [];
    }
    const search = tagSearch(str(v));
    if (search.kind === 'none') return [];
    if (search.kind === 'id') {
      const item = this.byId.get(search.id);
      return item ? [item] : [];
    }
    if (search.kind === 'tag') {
      const tagged = this.byTag.get(search.tag);
      if (!tagged || tagged.size * 8 < this.byId.size) return this.inOrder(tagged ?? []);
    }
    const { budget } = this.app.interp;
    budget.charge(this.byId.size);
    // Each tag of an expression is looked for among the item's.
    const work = search.kind === 'test' ? str(v).length / 16 : 0;
    const matches = (tags: readonly string[]) => {
      if (search.kind !== 'test') return search.kind === 'all' || tags.includes(search.tag);
      budget.charge(work * (1 + tags.length));
      return search.test(tags);
    };
    const out: Item[] = [];
    for (let i = this.first; i; i = i.next) if (matches(i.o.tags)) out.push(i);
    return out;
  }

  /** Items lowest first. */
  private inOrder(items: Iterable<Item>): Item[] {
    const out = [...items];
    if (out.length < 2) return out;
    if (!this.ordered) {
      let z = 0;
      for (let i = this.first; i; i = i.next) i.z = z++;
      this.app.interp.budget.charge(z);
      this.ordered = true;
    }
    this.app.interp.budget.charge(out.length * 4);
    return out.sort((a, b) => a.z - b.z);
  }

  /** Brings the index of tags up to an item's own. Called whenever they may have changed. */
  retag(item: Item): void {
    const tags = this.byId.has(item.id) ? item.o.tags : [];
    if (item.indexed === tags) return;
    for (const t of item.indexed) {
      const set = this.byTag.get(t);
      if (set?.delete(item) && set.size === 0) this.byTag.delete(t);
    }
    for (const t of tags) {
      const set = this.byTag.get(t);
      if (set) set.add(item);
      else this.byTag.set(t, new Set([item]));
    }
    item.indexed = tags;
  }
  setTags(item: Item, tags: readonly string[]): void {
    item.o.tags = tags;
    this.retag(item);
  }

  /** Puts an item on top. */
  add(item: Item): void {
    this.byId.set(item.id, item);
    this.retag(item);
    item.z = (this.last?.z ?? 0) + 1;
    this.link(item, this.last);
    this.redrawItem(item);
    this.picker.needed = true;
  }

  private link(item: Item, after: Item | null): void {
    item.prev = after;
    item.next = after ? after.next : this.first;
    if (item.next) item.next.prev = item;
    else this.last = item;
    if (after) after.next = item;
    else this.first = item;
    this.reordered = true;
  }
  private unlink(item: Item): void {
    if (item.prev) item.prev.next = item.next;
    else this.first = item.next;
    if (item.next) item.next.prev = item.prev;
    else this.last = item.prev;
    item.prev = item.next = null;
  }

  remove(item: Item): void {
    if (!this.byId.delete(item.id)) return;
    this.retag(item);
    item.deleted?.();
    this.picker.forget(item);
    this.unlink(item);
    this.dirty.delete(item);
    this.moved.delete(item);
    if (item.shown) this.removed.push(item.id);
    if (this.focusItem === item) this.focusItem = null;
    if (this.sel.item === item) this.sel.item = null;
    if (this.sel.anchorItem === item) this.sel.anchorItem = null;
    this.later();
  }

  /** Moves items, in their order, to just above another one (null: to the bottom). */
  restack(items: readonly Item[], above: Item | null): void {
    let after = above;
    for (const item of items.toReversed()) if (item === after) after = item.prev;
    for (const item of items) {
      // Most stay where they are when a program lowers all its data for each new point.
      if (item !== (after ? after.next : this.first)) {
        this.unlink(item);
        this.link(item, after);
        this.redrawItem(item);
        this.ordered = false;
        this.picker.needed = true;
      }
      after = item;
    }
  }

  redrawItem(item: Item | null): void {
    if (!item) return;
    this.dirty.add(item);
    this.later();
  }

  /** An item is where it was not, and looks the same. */
  movedItem(item: Item): void {
    if (!item.rigid) this.dirty.add(item);
    else if (!this.dirty.has(item)) this.moved.add(item);
    this.later();
  }

  // ---- scrolling ----

  /** Scrolls so that a point of the canvas is at the window's corner, as far as increments and -confine let it. */
  setOrigin(x: number, y: number): void {
    const { o, win, region, inset } = this;
    const confined = o.confine && o.scrollregion !== '';
    const newX = settle(x, o.xscrollincrement, inset, confined ? [region.x1, region.x2, win.width] : null);
    const newY = settle(y, o.yscrollincrement, inset, confined ? [region.y1, region.y2, win.height] : null);
    if (newX === this.originX && newY === this.originY) return;
    this.originX = newX;
    this.originY = newY;
    this.scrolled = true;
    this.later();
    this.redraw();
  }

  /** The share of the region that is in view. */
  fractions(axis: 'x' | 'y'): Value {
    const { win, inset, region: r } = this;
    const [at, size, low, high] = axis === 'x' ? [this.originX, win.width, r.x1, r.x2] : [this.originY, win.height, r.y1, r.y2];
    const range = high - low;
    if (range <= 0) return newList([dbl(0), dbl(1)]);
    const f1 = Math.max(0, (at + inset - low) / range);
    return newList([dbl(f1), dbl(Math.max(f1, Math.min(1, (at + size - inset - low) / range)))]);
  }

  override resized(): void {
    this.setOrigin(this.originX, this.originY);
    this.scrolled = true;
    this.later();
    this.redraw();
  }

  /** Canvas coordinates of the toplevel's corner. */
  toplevelCorner(): [number, number] {
    const { win } = this;
    return [this.originX - win.rootX + win.top.rootX, this.originY - win.rootY + win.top.rootY];
  }

  // ---- events ----

  override event(e: TkEvent): void {
    if (e.type === 'Map' || e.type === 'Unmap') this.later();
    if (e.type !== 'FocusIn' && e.type !== 'FocusOut') return;
    if (e.detail === 'NotifyInferior') return;
    this.gotFocus = e.type === 'FocusIn';
    this.redrawItem(this.focusItem);
    this.redraw();
  }

  override *scripts(e: TkEvent): Generator<Step, void, Value> {
    yield* this.picker.event(e);
  }

  override destroyed(): void {
    for (const item of this.byId.values()) item.deleted?.();
  }

  // ---- display ----

  /** When idle: find the current item anew, tell the scrollbars, and send what changed. */
  later(): void {
    if (this.pending) return;
    this.pending = true;
    const canvas = this;
    this.redraw();
    this.app.interp.events.whenIdle(function* () {
      canvas.pending = false;
      if (!canvas.win.dead) yield* canvas.idle();
    });
  }

  private *idle(): Generator<Step, void, Value> {
    if (this.win.mapped) yield* this.picker.repick();
    if (this.windowItems.size > 0) {
      for (const item of [...this.windowItems]) item.settle();
      yield* this.app.drain();
    }
    if (!this.scrolled || this.win.dead) return;
    this.scrolled = false;
    const { interp } = this.app;
    const calls = (['x', 'y'] as const).map((axis) => [this.o[`${axis}scrollcommand`], str(this.fractions(axis))] as const);
    for (const [command, fractions] of calls) {
      if (command === '') continue;
      const done = yield* attempt(directStep(interp.globalFrame, `${command} ${fractions}`));
      if (done.error) interp.backgroundError(done.error);
    }
  }

  override describe(): WidgetProps {
    return { kind: 'canvas', box: boxOf(this.win, this.o), aria: this.aria(), originX: this.originX, originY: this.originY };
  }

  override patches(room: number): DisplayBatch & { readonly cost: number } {
    const removed = this.removed.splice(0, 10 * room);
    const items: CanvasItem[] = [];
    let order = this.reordered || removed.length > 0;
    let cost = removed.length / 10;
    for (const item of this.dirty) {
      if (cost >= room) break;
      this.dirty.delete(item);
      this.moved.delete(item);
      const d = item.hidden ? null : item.describe();
      cost += 1 + (d && 'points' in d ? d.points.length / 200 : 0);
      if (d) {
        items.push(d);
        [item.shownX, item.shownY] = item.corner();
        item.rigid = !hasStipple(d);
      } else if (item.shown) removed.push(item.id);
      if (item.shown !== (d !== null)) order = true;
      item.shown = d !== null;
    }
    this.reordered = false;
    const moved = this.moves(Math.max(0, Math.ceil(10 * (room - cost))));
    cost += moved.length / 30;
    if (this.dirty.size + this.moved.size + this.removed.length > 0) this.redraw();
    if (items.length === 0 && removed.length === 0 && moved.length === 0 && !order) return { patches: [], transfer: [], cost };
    const gone = Float64Array.from(removed);
    const all = order ? new Float64Array(this.byId.size) : null;
    let n = 0;
    if (all) for (let i = this.first; i; i = i.next) if (i.shown) all[n++] = i.id;
    const patch: Patch = { op: 'canvas', id: this.win.id, removed: gone, items, moved, order: all?.slice(0, n) ?? null };
    const transfer = [gone.buffer, moved.buffer];
    if (patch.order) transfer.push(patch.order.buffer);
    return { patches: [patch], transfer, cost };
  }

  /** How far items have moved since the display heard of them; of so many at the most. */
  private moves(most: number): Float64Array<ArrayBuffer> {
    const out = new Float64Array(Math.min(most, this.moved.size) * 3);
    let n = 0;
    for (const item of this.moved) {
      if (n === out.length) break;
      this.moved.delete(item);
      const [x, y] = item.corner();
      if (!item.shown || (x === item.shownX && y === item.shownY)) continue;
      out[n++] = item.id;
      out[n++] = x - item.shownX;
      out[n++] = y - item.shownY;
      item.shownX = x;
      item.shownY = y;
    }
    return n === out.length ? out : out.slice(0, n);
  }
}

function hasStipple(d: CanvasItem): boolean {
  if (d.kind === 'image') return false;
  if (d.kind === 'text') return d.stipple !== null;
  return d.stroke.stipple !== null || ('fill' in d && d.fill.stipple !== null);
}

/** Where an origin comes to rest on one axis: on a whole increment, and inside a region (its ends and the window's size) if there is one. */
function settle(at: number, step: number, inset: number, region: readonly [number, number, number] | null): number {
  let x = at;
  if (step > 0) {
    const half = Math.trunc(step / 2);
    if (x >= 0) {
      x += half;
      x -= (x + inset) % step;
    } else {
      x = -x + half;
      x = -(x - ((x - inset) % step));
    }
  }
  if (!region) return x;
  const [low, high, size] = region;
  const before = x + inset - low;
  const after = high - (x + size - inset);
  const whole = (n: number) => (step > 0 ? n - (n % step) : n);
  if (before < 0 && after > 0) return x + whole(Math.min(-before, after));
  if (after < 0 && before > 0) return x - whole(Math.min(before, -after));
  return x;
}
