/** Lines with arrowheads, joints and curves. Answers to canvas.n and tkCanvLine.c. */
import type { CanvasItem } from '../../../protocol/display.ts';
import type { Value } from '../../../tcl/value.ts';
import { Item, rescale, shift, snap } from '../item.ts';
import { arrow, arrowShape, capStyle, ItemTable, joinStyle, option, smooth, whole } from '../item-options.ts';
import { curve, type Smooth } from '../smooth.ts';
import { NO_OFFSET, pointOffset } from '../stipple.ts';
import {
  type Area,
  type Cap,
  FAR,
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
import { dot } from './polygon.ts';
import {
  bitmapOption,
  blackOption,
  dashOffsetOption,
  dashOption,
  inkOption,
  noWidth,
  oneWide,
  stateOption,
  tagsOption,
} from './shape-options.ts';

const ROWS = {
  activedash: dashOption,
  activefill: inkOption,
  activestipple: bitmapOption,
  activewidth: noWidth,
  arrow: option<'none' | 'first' | 'last' | 'both'>(arrow, 'none', 'none'),
  arrowshape: option<readonly [number, number, number]>(arrowShape, '8 10 3', [8, 10, 3]),
  capstyle: option<Cap>(capStyle, 'butt', 'butt'),
  fill: blackOption,
  dash: dashOption,
  dashoffset: dashOffsetOption,
  disableddash: dashOption,
  disabledfill: inkOption,
  disabledstipple: bitmapOption,
  disabledwidth: noWidth,
  joinstyle: option<Join>(joinStyle, 'round', 'round'),
  offset: option(pointOffset, '0,0', NO_OFFSET),
  smooth: option<Smooth | null>(smooth, '0', null),
  splinesteps: option(whole, '12', 12),
  state: stateOption,
  stipple: bitmapOption,
  tags: tagsOption,
  width: oneWide,
};
const TABLE = new ItemTable(ROWS);

export class Line extends Item<typeof ROWS> {
  readonly kind = 'line';
  readonly table = TABLE;
  readonly o = TABLE.create();
  override readonly movablePoints = true;
  private points: number[] = [];
  /** The points with the ends drawn back into the arrowheads, whose outlines follow; the points themselves without arrows. */
  private body: number[] = [];
  private first: number[] | null = null;
  private last: number[] | null = null;

  override coords(): readonly number[] {
    return this.points;
  }
  override corner(): [number, number] {
    return [snap(this.points[0] ?? 0), snap(this.points[1] ?? 0)];
  }
  override checkCount(n: number): void {
    if (n % 2 !== 0) this.badCount('an even number', n);
    if (n < 4) this.badCount('at least 4', n);
  }
  override place(c: number[]): void {
    this.points = c;
    this.arrowheads();
  }

  private ink() {
    return this.pick(this.o.fill, this.o.activefill, this.o.disabledfill);
  }

  override configured(): void {
    const { o } = this;
    this.stateDependent = o.activewidth > o.width || Boolean(o.activedash ?? o.activefill ?? o.activestipple);
    o.splinesteps = Math.max(1, Math.min(100, o.splinesteps));
    this.arrowheads();
    this.measure();
  }

  /** Shapes the arrowheads, and draws the ends back so that a thick line does not stick out of them. */
  private arrowheads(): void {
    const { o, points } = this;
    this.first = this.last = null;
    this.body = points;
    if (o.arrow === 'none' || points.length < 4) return;
    const body = points.slice();
    this.body = body;
    if (o.arrow !== 'last') this.first = this.arrowhead(body, 0, 2);
    if (o.arrow !== 'first') this.last = this.arrowhead(body, body.length - 2, body.length - 4);
  }

  /** The outline of a head whose tip is at `body[tip]`, pointing away from `body[from]`; moves the end of the body. */
  private arrowhead(body: number[], tip: number, from: number): number[] {
    const half = this.widthNow(this.o) / 2;
    // A little more than asked for, since what X draws comes out smaller.
    const [a, b, c] = [this.o.arrowshape[0] + 0.001, this.o.arrowshape[1] + 0.001, this.o.arrowshape[2] + half + 0.001];
    const part = half / c;
    const backup = part * b + (a * (1 - part)) / 2;
    const x = body[tip]!;
    const y = body[tip + 1]!;
    const length = Math.hypot(x - body[from]!, y - body[from + 1]!);
    const cos = length === 0 ? 0 : (x - body[from]!) / length;
    const sin = length === 0 ? 0 : (y - body[from + 1]!) / length;
    const neckX = x - a * cos;
    const neckY = y - a * sin;
    const leftX = x - b * cos + c * sin;
    const leftY = y - b * sin - c * cos;
    const rightX = leftX - 2 * c * sin;
    const rightY = leftY + 2 * c * cos;
    const inward = (side: number, neck: number) => side * part + neck * (1 - part);
    body[tip] = x - backup * cos;
    body[tip + 1] = y - backup * sin;
    const [l, r] = [[leftX, leftY] as const, [rightX, rightY] as const];
    return [x, y, ...l, inward(leftX, neckX), inward(leftY, neckY), inward(rightX, neckX), inward(rightY, neckY), ...r, x, y];
  }

  override measure(): void {
    const { body, first, last, o } = this;
    if (body.length === 0 || this.hidden) return this.noBox();
    this.x1 = this.x2 = Math.trunc(body[0]!);
    this.y1 = this.y2 = Math.trunc(body[1]!);
    this.include(body, 2);
    const width = Math.max(1, o.width);
    for (const head of [first, last]) if (head) this.include(head, 0, 2);
    this.bloat(Math.trunc(width + 0.5));
    if (body.length === 2) return this.bloat(1);
    if (o.joinstyle === 'miter') {
      for (let i = 0; i + 5 < body.length; i += 2) {
        const m = miterPoints(body[i]!, body[i + 1]!, body[i + 2]!, body[i + 3]!, body[i + 4]!, body[i + 5]!, width);
        if (m) this.include(m);
      }
    }
    for (const head of [first, last]) if (head) this.include(head);
    // The server may round otherwise.
    this.bloat(1);
  }

  override translate(dx: number, dy: number): void {
    shift(this.points, dx, dy);
    if (this.body !== this.points) shift(this.body, dx, dy);
    for (const head of [this.first, this.last]) if (head) shift(head, dx, dy);
    this.measure();
  }
  override scale(x: number, y: number, sx: number, sy: number): void {
    rescale(this.points, x, y, sx, sy);
    this.arrowheads();
    this.measure();
  }

  private path(): readonly number[] {
    const { o, body } = this;
    if (!o.smooth || body.length <= 4) return body;
    this.canvas.app.interp.budget.charge(body.length * o.splinesteps);
    return curve(o.smooth, body, o.splinesteps);
  }

  override distance(x: number, y: number): number {
    const path = this.path();
    const width = Math.max(1, this.widthNow(this.o));
    if (path.length === 0 || this.o.state === 'hidden') return FAR;
    if (path.length === 2) return Math.max(0, Math.hypot(path[0]! - x, path[1]! - y) - width / 2);
    let best = thickDistance(path, width, this.o.capstyle, this.o.joinstyle, x, y);
    for (const head of [this.first, this.last]) if (head) best = Math.min(best, polygonDistance(head, x, y));
    return best;
  }

  override where(r: Area): Where {
    const width = this.widthNow(this.o);
    if (this.points.length === 0) return -1;
    const path = this.path();
    if (path.length === 2) {
      const radius = (width + 1) / 2;
      const [x, y] = [path[0]!, path[1]!];
      return ovalWhere([x - radius, y - radius, x + radius, y + radius], r);
    }
    const where = thickWhere(path, Math.max(1, width), this.o.capstyle, this.o.joinstyle, r);
    for (const head of [this.first, this.last]) if (where !== 0 && head && polygonWhere(head, r) !== where) return 0;
    return where;
  }

  override index(v: Value): number {
    return pointIndex(this, v, this.body, this.points.length, false);
  }
  override insert(at: number, v: Value): void {
    const added = coordsOf(this.canvas.app, v);
    if (!added) return;
    const i = Math.max(0, Math.min(this.points.length, at));
    this.points = [...this.points.slice(0, i), ...added, ...this.points.slice(i)];
    this.arrowheads();
    this.measure();
  }
  override deleteRange(first: number, last: number): void {
    const from = Math.max(0, first & -2);
    const to = Math.min(this.points.length - 2, last & -2);
    if (from > to) return;
    this.points = [...this.points.slice(0, from), ...this.points.slice(to + 2)];
    this.arrowheads();
    this.measure();
  }

  override describe(): CanvasItem | null {
    const { o } = this;
    const ink = this.ink();
    if (!ink || this.points.length === 0) return null;
    const stroke = this.stroke(o, ink, this.pick(o.stipple, o.activestipple, o.disabledstipple), o.offset, this.points);
    if (this.points.length === 2) return dot(this.id, this.points[0]!, this.points[1]!, stroke);
    const curved = o.smooth !== null && this.points.length > 4;
    const points = curved ? this.path() : this.body.map(snap);
    const arrows = [this.first, this.last].filter((h) => h !== null).map((h) => h.map(snap));
    // With an arrowhead X is not told of a cap.
    const cap = o.arrow === 'none' ? o.capstyle : 'butt';
    return { id: this.id, kind: 'line', points, stroke, cap, join: o.joinstyle, arrows };
  }
}
