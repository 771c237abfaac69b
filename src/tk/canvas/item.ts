/**
 * A canvas item: what all types have, and what a type must answer. A type is one file in items/: its option table, a subclass of `Item`,
 * and an `ItemKind` in items/index.ts. Answers to tk.h (Tk_Item, Tk_ItemType) and Tk_CreateItemType(3).
 */
import type { CanvasItem, Fill, Stroke } from '../../protocol/display.ts';
import { elements, newList } from '../../tcl/list.ts';
import { dbl, type Value } from '../../tcl/value.ts';
import { tkError } from '../errors.ts';
import type { Bitmap } from '../images/index.ts';
import type { Canvas } from './canvas.ts';
import { coordOf, type DashSpec, dashOf, type Ink, type ItemState, type ItemTable, type ItemValues } from './item-options.ts';
import { type Offset, stippleOf } from './stipple.ts';
import type { Area, Where } from './trig.ts';

/** A row of the table of item types. */
export interface ItemKind {
  readonly name: string;
  readonly make: (canvas: Canvas, id: number) => Item;
  /** Words after the type that are coordinates whatever they look like (the first), and most coordinates there may be before options. */
  readonly least: number;
  readonly most: number;
}

/** Values every table has. */
interface Common {
  tags: readonly string[];
  readonly state: ItemState | null;
}

/** What decides how an outline is drawn; a line's is its body. */
export interface OutlineValues {
  readonly activedash: DashSpec | null;
  readonly activewidth: number;
  readonly dash: DashSpec | null;
  readonly dashoffset: number;
  readonly disableddash: DashSpec | null;
  readonly disabledwidth: number;
  readonly width: number;
}

export abstract class Item<R extends object = object> {
  abstract readonly kind: string;
  abstract readonly table: ItemTable<R>;
  readonly canvas: Canvas;
  readonly id: number;
  abstract readonly o: ItemValues<R> & Common;
  /** Neighbours in the display list; `next` lies above. */
  prev: Item | null = null;
  next: Item | null = null;
  /** Place in the display list, when the canvas says so; and the tags by which the canvas finds it. */
  z = 0;
  indexed: readonly string[] = [];
  /** Bounding box; empty when x1 >= x2. */
  x1 = -1;
  y1 = -1;
  x2 = -1;
  y2 = -1;
  /** It looks different while it is the current item. */
  stateDependent = false;
  /** The display has it, with its first point there. */
  shown = false;
  shownX = 0;
  shownY = 0;
  /** Moving it moves all its ink: it has no stipple, whose pattern stays. */
  rigid = false;

  constructor(canvas: Canvas, id: number) {
    this.canvas = canvas;
    this.id = id;
  }

  /** Its coordinates, as `coords` answers them. */
  abstract coords(): readonly number[];
  /** Where its first point is drawn, in whole pixels. */
  abstract corner(): [number, number];
  /** Takes coordinates, whose number `checkCount` has passed. */
  abstract place(coords: number[]): void;
  /** Throws unless it can have `n` coordinates. `listed`: they came as one list. */
  abstract checkCount(n: number, listed: boolean): void;
  /** Options or what they depend on changed: works out what is drawn, and measures. */
  abstract configured(): void;
  /** Computes the bounding box. */
  abstract measure(): void;
  abstract translate(dx: number, dy: number): void;
  abstract scale(x: number, y: number, sx: number, sy: number): void;
  /** Distance from a point, 0 inside. */
  abstract distance(x: number, y: number): number;
  abstract where(area: Area): Where;
  /** What the display paints; null for nothing. Never asked while hidden. */
  abstract describe(): CanvasItem | null;

  /** The index a word means, for types that have indices. */
  index?(v: Value): number;
  insert?(at: number, v: Value): void;
  deleteRange?(first: number, last: number): void;
  /** Puts the insertion cursor. Only text has one, and only text can be selected. */
  icursor?(at: number): void;
  /** It is leaving the canvas. */
  deleted?(): void;
  /** Points that `imove` moves. */
  readonly movablePoints: boolean = false;

  setCoords(words: readonly Value[]): void {
    const listed = words.length === 1;
    const list = listed ? elements(words[0]!) : words;
    this.checkCount(list.length, listed);
    this.canvas.app.interp.budget.allocate(list.length * 8);
    this.place(list.map((v) => coordOf(v)));
    this.measure();
  }

  coordsValue(): Value {
    return newList(this.coords().map(dbl));
  }

  configure(words: readonly Value[]): void {
    this.table.set(this.canvas.app, this.o, words);
    this.configured();
  }

  get state(): ItemState {
    return this.o.state ?? this.canvas.o.state;
  }
  get hidden(): boolean {
    return this.state === 'hidden';
  }

  protected badCount(wanted: string, n: number): never {
    throw tkError(`wrong # coordinates: expected ${wanted}, got ${n}`, 'CANVAS', 'COORDS', this.kind.toUpperCase());
  }

  /** The value for its present state, where that is given. */
  protected pick<V>(plain: V, active: V, disabled: V): V {
    const special = this.canvas.current === this ? active : this.state === 'disabled' ? disabled : null;
    return special ?? plain;
  }
  /** Line width in its present state, unrounded. */
  protected widthNow(o: OutlineValues, least = 0): number {
    const w = Math.max(o.width, least);
    if (this.canvas.current === this) return Math.max(w, o.activewidth);
    return this.state === 'disabled' && o.disabledwidth > 0 ? o.disabledwidth : w;
  }

  protected stroke(o: OutlineValues, ink: Ink | null, map: Bitmap | null, at: Offset, points: readonly number[]): Stroke {
    // What is infinitely wide is as wide as X can say.
    const width = Math.min(this.widthNow(o, 1), 32767);
    return {
      color: ink?.color ?? null,
      width: Math.floor(width + 0.5),
      dash: dashOf(this.pick(o.dash, o.activedash, o.disableddash), width, o.dashoffset),
      stipple: stippleOf(map, at, this.corners(), points, () => this.canvas.toplevelCorner()),
    };
  }
  protected fill(ink: Ink | null, map: Bitmap | null, at: Offset, points: readonly number[]): Fill {
    return { color: ink?.color ?? null, stipple: stippleOf(map, at, this.corners(), points, () => this.canvas.toplevelCorner()) };
  }
  /** Its outermost coordinates, for where a stipple begins. */
  protected corners(): readonly [number, number, number, number] {
    return [this.x1, this.y1, this.x2, this.y2];
  }

  /** No box: it is hidden, or has nothing to show. */
  protected noBox(): void {
    this.x1 = this.y1 = this.x2 = this.y2 = -1;
  }
  /** Widens the box to hold the points of `p`. */
  protected include(p: readonly number[], from = 0, to = p.length): void {
    for (let i = from; i + 1 < to; i += 2) {
      // Truncation, not rounding down: what is left of 0 counts as Tk counts it.
      const x = Math.trunc(p[i]! + 0.5);
      const y = Math.trunc(p[i + 1]! + 0.5);
      if (x < this.x1) this.x1 = x;
      if (x > this.x2) this.x2 = x;
      if (y < this.y1) this.y1 = y;
      if (y > this.y2) this.y2 = y;
    }
  }
  protected bloat(n: number): void {
    this.x1 -= n;
    this.y1 -= n;
    this.x2 += n;
    this.y2 += n;
  }
}

/** Coordinates as X draws them: whole pixels. */
export function snap(n: number): number {
  return Math.floor(n + 0.5);
}
export function shift(p: number[], dx: number, dy: number): void {
  for (let i = 0; i < p.length; i += 2) {
    p[i]! += dx;
    p[i + 1]! += dy;
  }
}
export function rescale(p: number[], x: number, y: number, sx: number, sy: number): void {
  for (let i = 0; i < p.length; i += 2) {
    p[i] = x + sx * (p[i]! - x);
    p[i + 1] = y + sy * (p[i + 1]! - y);
  }
}
