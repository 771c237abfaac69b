/** Arcs: pie slices, chords, plain arcs. Answers to canvas.n and tkCanvArc.c. */
import type { CanvasItem } from '../../../protocol/display.ts';
import { Item, rescale, shift, snap } from '../item.ts';
import { arcStyle, ItemTable, option, real } from '../item-options.ts';
import {
  type Area,
  buttPoints,
  ovalDistance,
  polygonDistance,
  polygonWhere,
  segmentDistance,
  segmentWhere,
  turn,
  type Where,
} from '../trig.ts';
import {
  activeLook,
  bitmapOption,
  blackOption,
  inkOption,
  offsetOption,
  SHAPE_HEAD,
  SHAPE_TAIL,
  stateOption,
  tagsOption,
} from './shape-options.ts';

const ROWS = {
  ...SHAPE_HEAD,
  extent: option(real, '90', 90),
  fill: inkOption,
  offset: offsetOption,
  outline: blackOption,
  outlineoffset: offsetOption,
  outlinestipple: bitmapOption,
  start: option(real, '0', 0),
  state: stateOption,
  stipple: bitmapOption,
  style: option<'pieslice' | 'chord' | 'arc'>(arcStyle, '', 'pieslice'),
  tags: tagsOption,
  width: SHAPE_TAIL.width,
};
const TABLE = new ItemTable(ROWS);
const RADIANS = Math.PI / 180;

export class Arc extends Item<typeof ROWS> {
  readonly kind = 'arc';
  readonly table = TABLE;
  readonly o = TABLE.create();
  private readonly box: [number, number, number, number] = [0, 0, 0, 0];
  private outlined = false;
  private filled = false;
  /** The ends of the curve: x, y of the first, x, y of the second. */
  private ends: readonly number[] = [0, 0, 0, 0];
  /** Closed polygons that the straight parts of a thick outline fill: two sides of a slice, or one chord. */
  private sides: readonly (readonly number[])[] = [];

  override coords(): readonly number[] {
    return this.box;
  }
  override corner(): [number, number] {
    return [snap(this.box[0]), snap(this.box[1])];
  }
  override checkCount(n: number, listed: boolean): void {
    if (n !== 4) this.badCount(listed ? '4' : '0 or 4', n);
  }
  override place(c: number[]): void {
    for (let i = 0; i < 4; i++) this.box[i] = c[i]!;
  }

  private outlineInk() {
    return this.pick(this.o.outline, this.o.activeoutline, this.o.disabledoutline);
  }
  private fillInk() {
    return this.o.style === 'arc' ? null : this.pick(this.o.fill, this.o.activefill, this.o.disabledfill);
  }
  private get center(): [number, number] {
    return [(this.box[0] + this.box[2]) / 2, (this.box[1] + this.box[3]) / 2];
  }

  override configured(): void {
    const { o } = this;
    this.stateDependent = activeLook(o);
    o.start = turn(o.start);
    // So that a whole turn is none at all, as in Tk.
    o.extent = o.extent % 360 || 0;
    this.outlined = o.state !== 'hidden' && this.outlineInk() !== null;
    this.filled = this.fillInk() !== null;
    this.measure();
  }

  override measure(): void {
    if (this.hidden) return this.noBox();
    const b = this.box;
    if (b[1] > b[3]) [b[1], b[3]] = [b[3], b[1]];
    if (b[0] > b[2]) [b[0], b[2]] = [b[2], b[0]];
    this.shape();
    const { ends } = this;
    const [cx, cy] = this.center;
    this.x1 = this.x2 = Math.trunc(ends[0]!);
    this.y1 = this.y2 = Math.trunc(ends[1]!);
    this.include(ends, 2);
    if (this.o.style === 'pieslice') this.include([cx, cy]);
    const quarters = [b[2], cy, cx, b[1], b[0], cy, cx, b[3]];
    for (let i = 0; i < 4; i++) if (this.spans(i * 90)) this.include(quarters, i * 2, i * 2 + 2);
    this.bloat(this.outlined ? Math.trunc((this.widthNow(this.o, 1) + 1) / 2 + 1) : 1);
  }

  /** Does the curve pass a quarter of the oval, given in degrees? */
  private spans(angle: number): boolean {
    const { start, extent } = this.o;
    const from = angle - start < 0 ? angle - start + 360 : angle - start;
    return from < extent || from - 360 > extent;
  }

  /** Works out the ends and the sides. */
  private shape(): void {
    const { o, box: b } = this;
    const w = b[2] - b[0];
    const h = b[3] - b[1];
    const [cx, cy] = this.center;
    const width = this.widthNow(o);
    const end = (degrees: number) => {
      const sin = Math.sin(-degrees * RADIANS);
      const cos = Math.cos(-degrees * RADIANS);
      const x = cx + (cos * w) / 2;
      const y = cy + (sin * h) / 2;
      // The outermost corner: where a butt end of the curve and the side meet.
      const slope = w * sin === 0 && h * cos === 0 ? 0 : Math.atan2(w * sin, h * cos);
      return { x, y, cornerX: x + (Math.cos(slope) * width) / 2, cornerY: y + (Math.sin(slope) * width) / 2 };
    };
    const e1 = end(o.start);
    const e2 = end(o.start + o.extent);
    this.ends = [e1.x, e1.y, e2.x, e2.y];
    if (o.style === 'arc') this.sides = [];
    else if (o.style === 'chord') this.sides = [chord(e1, e2, width)];
    else this.sides = pie(e1, e2, cx, cy, width, o.extent);
  }

  override translate(dx: number, dy: number): void {
    shift(this.box, dx, dy);
    this.measure();
  }
  override scale(x: number, y: number, sx: number, sy: number): void {
    rescale(this.box, x, y, sx, sy);
    this.measure();
  }

  /** Is a point, seen from the centre, in the angle of the arc? */
  private inAngle(x: number, y: number): boolean {
    const { box: b, o } = this;
    const [cx, cy] = this.center;
    const part = (d: number, size: number) => (size === 0 ? 0 : d / size);
    const t1 = part(y - cy, b[3] - b[1]);
    const t2 = part(x - cx, b[2] - b[0]);
    let diff = ((t1 === 0 && t2 === 0 ? 0 : -Math.atan2(t1, t2) / RADIANS) - o.start) % 360;
    if (diff < 0) diff += 360;
    return diff <= o.extent || (o.extent < 0 && diff - 360 >= o.extent);
  }

  private sidesDistance(x: number, y: number, width: number): number {
    const [cx, cy] = this.center;
    const [ax, ay, bx, by] = this.ends as [number, number, number, number];
    if (width > 1) return Math.min(...this.sides.map((s) => polygonDistance(s, x, y)));
    if (this.o.style === 'chord') return segmentDistance(this.ends, 0, x, y);
    return Math.min(segmentDistance([cx, cy, ax, ay], 0, x, y), segmentDistance([cx, cy, bx, by], 0, x, y));
  }

  override distance(x: number, y: number): number {
    const { o, box, ends } = this;
    const inside = this.inAngle(x, y);
    if (o.style === 'arc') {
      if (inside) return ovalDistance(box, this.widthNow(o), false, x, y);
      return Math.min(Math.hypot(x - ends[0]!, y - ends[1]!), Math.hypot(x - ends[2]!, y - ends[3]!));
    }
    const filled = this.filled || !this.outlined;
    const width = this.outlined ? this.widthNow(o) : 0;
    const best = this.sidesDistance(x, y, width);
    const oval = () => Math.min(best, ovalDistance(box, width, filled, x, y));
    if (o.style === 'pieslice') return inside ? oval() : best;
    // The triangle between the chord and the centre belongs to large arcs only.
    const large = Math.abs(o.extent) > 180;
    const [cx, cy] = this.center;
    const toTriangle = polygonDistance([cx, cy, ends[0]!, ends[1]!, ends[2]!, ends[3]!, cx, cy], x, y);
    if (inside) return large || toTriangle > 0 ? oval() : best;
    return large && filled ? Math.min(best, toTriangle) : best;
  }

  override where(r: Area): Where {
    const { o, box } = this;
    const filled = this.filled || !this.outlined;
    const width = this.outlined ? this.widthNow(o) : 0;
    const [cx, cy] = this.center;
    const t: Area = [r[0] - cx, r[1] - cy, r[2] - cx, r[3] - cy];
    const rx = box[2] - cx + width / 2;
    const ry = box[3] - cy + width / 2;
    const inside = this.extremes(rx, ry).map(([x, y]) => x > t[0] && x < t[2] && y > t[1] && y < t[3]);
    if (inside.some((i) => i !== inside[0])) return 0;
    if (inside[0]) return 1;
    if (this.sidesTouch(r, width, cx, cy) || this.curveCrosses(t, rx, ry)) return 0;
    if (width > 1 && !filled && this.curveCrosses(t, rx - width, ry - width)) return 0;
    return this.distance(r[0], r[1]) === 0 ? 0 : -1;
  }

  /** Points the arc reaches farthest with, relative to the centre. */
  private extremes(rx: number, ry: number): [number, number][] {
    const { o } = this;
    const at = (degrees: number): [number, number] => [rx * Math.cos(-degrees * RADIANS), ry * Math.sin(-degrees * RADIANS)];
    const out = [at(o.start), at(o.start + o.extent)];
    if (o.style === 'pieslice' && o.extent < 180) out.push([0, 0]);
    const quarters: [number, number][] = [
      [rx, 0],
      [0, -ry],
      [-rx, 0],
      [0, ry],
    ];
    return [...out, ...quarters.filter((_q, i) => this.spans(i * 90))];
  }

  private sidesTouch(r: Area, width: number, cx: number, cy: number): boolean {
    const { style } = this.o;
    if (style === 'arc') return false;
    if (width >= 1) return this.sides.some((s) => polygonWhere(s, r) !== -1);
    const [ax, ay, bx, by] = this.ends as [number, number, number, number];
    if (style === 'chord') return segmentWhere(this.ends, 0, r) !== -1;
    return segmentWhere([cx, cy, ax, ay], 0, r) !== -1 || segmentWhere([cx, cy, bx, by], 0, r) !== -1;
  }

  /** Does the curve, as part of an oval about the origin, cross an edge of an area? */
  private curveCrosses(t: Area, rx: number, ry: number): boolean {
    const horizontal = (y: number) => {
      const ty = y / ry;
      if (1 - ty * ty < 0) return false;
      const tx = Math.sqrt(1 - ty * ty);
      return [tx, -tx].some((s) => s * rx >= t[0] && s * rx <= t[2] && this.onCurve(s, ty));
    };
    const vertical = (x: number) => {
      const tx = x / rx;
      if (1 - tx * tx < 0) return false;
      const ty = Math.sqrt(1 - tx * tx);
      return [ty, -ty].some((s) => s * ry > t[1] && s * ry < t[3] && this.onCurve(tx, s));
    };
    return horizontal(t[1]) || horizontal(t[3]) || vertical(t[0]) || vertical(t[2]);
  }
  private onCurve(x: number, y: number): boolean {
    const { start, extent } = this.o;
    if (x === 0 && y === 0) return true;
    let diff = -Math.atan2(y, x) / RADIANS - start;
    while (diff > 360) diff -= 360;
    while (diff < 0) diff += 360;
    return extent >= 0 ? diff <= extent : diff - 360 >= extent;
  }

  protected override corners() {
    return this.box;
  }

  override describe(): CanvasItem | null {
    const { o, box } = this;
    if (!this.filled && !this.outlined) return null;
    const x = snap(box[0]);
    const y = snap(box[1]);
    const stipple = this.pick(o.outlinestipple, o.activeoutlinestipple, o.disabledoutlinestipple);
    return {
      id: this.id,
      kind: 'arc',
      rect: { x, y, w: Math.max(1, snap(box[2]) - x), h: Math.max(1, snap(box[3]) - y) },
      start: o.start,
      extent: o.extent,
      style: o.style,
      fill: this.fill(this.fillInk(), this.pick(o.stipple, o.activestipple, o.disabledstipple), o.offset, box),
      stroke: this.stroke(o, this.outlined ? this.outlineInk() : null, stipple, o.outlineoffset, box),
    };
  }
}

interface End {
  readonly x: number;
  readonly y: number;
  readonly cornerX: number;
  readonly cornerY: number;
}

/** A six-sided polygon: at either end the two sides of the chord and the corner between. */
function chord(a: End, b: End, width: number): number[] {
  const [leftX, leftY, rightX, rightY] = buttPoints(b.x, b.y, a.x, a.y, width, false);
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return [
    ...[a.cornerX, a.cornerY, rightX, rightY, rightX + dx, rightY + dy],
    ...[b.cornerX, b.cornerY, leftX + dx, leftY + dy, leftX, leftY, a.cornerX, a.cornerY],
  ];
}

/** The two arms from the centre, each with the corner of its end; the second fits onto the first. */
function pie(a: End, b: End, cx: number, cy: number, width: number, extent: number): number[][] {
  const [p0, p1, p2, p3] = buttPoints(a.x, a.y, cx, cy, width, false);
  const ax = a.x - cx;
  const ay = a.y - cy;
  const first = [p0, p1, p2, p3, p2 + ax, p3 + ay, a.cornerX, a.cornerY, p0 + ax, p1 + ay, p0, p1];
  const [q0, q1, q2, q3] = buttPoints(b.x, b.y, cx, cy, width, false);
  const bx = b.x - cx;
  const by = b.y - cy;
  const [jointX, jointY] = extent > 180 || (extent < 0 && extent > -180) ? [p0, p1] : [p2, p3];
  const second = [q0, q1, jointX, jointY, q2, q3, q2 + bx, q3 + by, b.cornerX, b.cornerY, q0 + bx, q1 + by, q0, q1];
  return [first, second];
}
