/** Polygons. They count as filled for hit tests whether they are or not. Answers to canvas.n and tkCanvPoly.c. */
import type { CanvasItem, Stroke } from '../../../protocol/display.ts';
import type { Value } from '../../../tcl/value.ts';
import { Item, rescale, shift, snap } from '../item.ts';
import { ItemTable, joinStyle, option, smooth, whole } from '../item-options.ts';
import { curve, type Smooth } from '../smooth.ts';
import { NO_OFFSET, pointOffset } from '../stipple.ts';
import {
  type Area,
  type Join,
  miterPoints,
  ovalWhere,
  polygonDistance,
  polygonWhere,
  thickDistance,
  thickWhere,
  type Where,
} from '../trig.ts';
import { coordsOf, pointIndex } from './points.ts';
import { activeLook, bitmapOption, blackOption, inkOption, SHAPE_HEAD, SHAPE_TAIL, stateOption } from './shape-options.ts';

const ROWS = {
  ...SHAPE_HEAD,
  fill: blackOption,
  joinstyle: option<Join>(joinStyle, 'round', 'round'),
  offset: option(pointOffset, '0,0', NO_OFFSET),
  outline: inkOption,
  outlineoffset: option(pointOffset, '0,0', NO_OFFSET),
  outlinestipple: bitmapOption,
  smooth: option<Smooth | null>(smooth, '0', null),
  splinesteps: option(whole, '12', 12),
  state: stateOption,
  ...SHAPE_TAIL,
};
const TABLE = new ItemTable(ROWS);

export class Polygon extends Item<typeof ROWS> {
  readonly kind = 'polygon';
  readonly table = TABLE;
  readonly o = TABLE.create();
  override readonly movablePoints = true;
  /** Its points, the last of them the first again, unless there is but one. */
  private ring: number[] = [];
  /** The last point was not given. */
  private autoClosed = false;
  private outlined = false;
  private filled = false;

  private get count(): number {
    return this.ring.length - (this.autoClosed ? 2 : 0);
  }
  override coords(): readonly number[] {
    return this.autoClosed ? this.ring.slice(0, -2) : this.ring;
  }
  override corner(): [number, number] {
    return [snap(this.ring[0] ?? 0), snap(this.ring[1] ?? 0)];
  }
  override checkCount(n: number): void {
    if (n % 2 !== 0) this.badCount('an even number', n);
  }
  override place(c: number[]): void {
    const n = c.length;
    this.autoClosed = n > 2 && (c[n - 2] !== c[0] || c[n - 1] !== c[1]);
    this.ring = this.autoClosed ? [...c, c[0]!, c[1]!] : c;
  }

  private outlineInk() {
    return this.pick(this.o.outline, this.o.activeoutline, this.o.disabledoutline);
  }
  private fillInk() {
    return this.pick(this.o.fill, this.o.activefill, this.o.disabledfill);
  }

  override configured(): void {
    const { o } = this;
    this.stateDependent = activeLook(o);
    o.splinesteps = Math.max(1, Math.min(100, o.splinesteps));
    this.outlined = this.outlineInk() !== null;
    this.filled = this.fillInk() !== null;
    this.measure();
  }

  override measure(): void {
    const { ring } = this;
    if (ring.length === 0 || this.hidden) return this.noBox();
    this.x1 = this.x2 = Math.trunc(ring[0]!);
    this.y1 = this.y2 = Math.trunc(ring[1]!);
    this.include(ring, 2, ring.length - 2);
    if (this.outlined) {
      const width = this.widthNow(this.o);
      this.bloat(Math.trunc((width + 1.5) / 2));
      if (this.o.joinstyle === 'miter') this.includeMiters(width);
    }
    // The server may round otherwise.
    this.bloat(1);
  }

  private includeMiters(width: number): void {
    const { ring } = this;
    const n = ring.length;
    const corner = (a: number, b: number, c: number) => {
      const m = miterPoints(ring[a]!, ring[a + 1]!, ring[b]!, ring[b + 1]!, ring[c]!, ring[c + 1]!, width);
      if (m) this.include(m);
    };
    if (n > 6) corner(n - 4, 0, 2);
    for (let i = 0; i + 5 < n; i += 2) corner(i, i + 2, i + 4);
  }

  override translate(dx: number, dy: number): void {
    shift(this.ring, dx, dy);
    this.measure();
  }
  override scale(x: number, y: number, sx: number, sy: number): void {
    rescale(this.ring, x, y, sx, sy);
    this.measure();
  }

  private path(): readonly number[] {
    const { o, ring } = this;
    if (!o.smooth || ring.length <= 4) return ring;
    this.canvas.app.interp.budget.charge(ring.length * o.splinesteps);
    return curve(o.smooth, ring, o.splinesteps);
  }

  override distance(x: number, y: number): number {
    const path = this.path();
    const { joinstyle: join } = this.o;
    const width = this.widthNow(this.o);
    let best = polygonDistance(path, x, y);
    if (best === 0 || !this.outlined) return best;
    if (join === 'round') best = Math.max(0, best - width / 2);
    if (width <= 1 || path.length < 4) return best;
    return Math.min(best, thickDistance(path, width, join === 'round' ? 'round' : 'butt', join, x, y));
  }

  override where(r: Area): Where {
    const { ring } = this;
    const { joinstyle: join } = this.o;
    const width = this.widthNow(this.o);
    if (ring.length < 4) return -1;
    if (ring.length < 6) {
      const [x, y] = [ring[0]!, ring[1]!];
      return ovalWhere([x - width / 2, y - width / 2, x + width / 2, y + width / 2], r);
    }
    const path = this.path();
    const where = polygonWhere(path, r);
    if (where === 0 || !this.outlined) return where;
    return thickWhere(path, width, join === 'round' ? 'round' : 'butt', join, r) === where ? where : 0;
  }

  override index(v: Value): number {
    return pointIndex(this, v, this.ring, this.count, true);
  }

  override insert(at: number, v: Value): void {
    const added = coordsOf(this.canvas.app, v);
    if (!added) return;
    const old = this.coords();
    let i = at;
    if (old.length === 0) i = 0;
    else {
      if (i > old.length) i -= old.length * Math.ceil(i / old.length - 1);
      if (i < 0) i += old.length * Math.ceil(-i / old.length);
    }
    this.place([...old.slice(0, i), ...added, ...old.slice(i)]);
    this.measure();
  }

  override deleteRange(first: number, last: number): void {
    const length = this.count;
    if (length === 0) return;
    const around = (i: number) => (((i % length) + length) % length) & -2;
    const from = around(first);
    const to = around(last);
    const count = to + 2 - from + (to + 2 > from ? 0 : length);
    if (count >= length) this.ring = [];
    else {
      const { ring } = this;
      const kept = to >= from ? [...ring.slice(0, from), ...ring.slice(to + 2, length)] : ring.slice(to, to + length - count);
      this.ring = this.autoClosed ? [...kept, kept[0]!, kept[1]!] : kept;
    }
    if (this.ring.length === 0) this.autoClosed = false;
    this.measure();
  }

  override describe(): CanvasItem | null {
    const { o, ring, id } = this;
    if (ring.length === 0 || (!this.outlined && (!this.filled || ring.length < 6))) return null;
    const points = this.coords();
    const stipple = this.pick(o.outlinestipple, o.activeoutlinestipple, o.disabledoutlinestipple);
    const stroke = this.stroke(o, this.outlineInk(), stipple, o.outlineoffset, points);
    if (ring.length < 6) return dot(id, ring[0]!, ring[1]!, stroke);
    const fill = this.fill(this.fillInk(), this.pick(o.stipple, o.activestipple, o.disabledstipple), o.offset, points);
    const shape = o.smooth && ring.length >= 8 ? this.path() : ring.map(snap);
    return { id, kind: 'polygon', points: shape, fill, stroke, join: o.joinstyle };
  }
}

/** A line or polygon of one point: a disc as wide as its line. */
export function dot(id: number, x: number, y: number, stroke: Stroke): CanvasItem {
  const w = stroke.width;
  const rect = { x: snap(x) - Math.trunc(w / 2), y: snap(y) - Math.trunc(w / 2), w: w + 1, h: w + 1 };
  return { id, kind: 'oval', rect, fill: { color: stroke.color, stipple: stroke.stipple }, stroke: { ...stroke, color: null } };
}
