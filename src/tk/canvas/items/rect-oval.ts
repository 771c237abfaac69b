/** Rectangles and ovals. Answers to canvas.n and tkRectOval.c. */
import type { CanvasItem } from '../../../protocol/display.ts';
import type { Canvas } from '../canvas.ts';
import { Item, rescale, shift, snap } from '../item.ts';
import { ItemTable, option, pixels } from '../item-options.ts';
import { type Area, ovalDistance, ovalWhere, type Where } from '../trig.ts';
import { activeLook, bitmapOption, blackOption, inkOption, offsetOption, SHAPE_HEAD, SHAPE_TAIL, stateOption } from './shape-options.ts';

const ROWS = {
  ...SHAPE_HEAD,
  disabledwidth: option(pixels, '0.0', 0),
  fill: inkOption,
  offset: offsetOption,
  outline: blackOption,
  outlineoffset: offsetOption,
  outlinestipple: bitmapOption,
  state: stateOption,
  ...SHAPE_TAIL,
};
const TABLE = new ItemTable(ROWS);

export class RectOval extends Item<typeof ROWS> {
  readonly kind: 'rectangle' | 'oval';
  readonly table = TABLE;
  readonly o = TABLE.create();
  private readonly box: [number, number, number, number] = [0, 0, 0, 0];
  private outlined = false;
  private filled = false;

  constructor(canvas: Canvas, id: number, kind: 'rectangle' | 'oval') {
    super(canvas, id);
    this.kind = kind;
  }

  override coords(): readonly number[] {
    return this.box;
  }
  override corner(): [number, number] {
    return [snap(this.box[0]), snap(this.box[1])];
  }
  override checkCount(n: number): void {
    if (n !== 4) this.badCount('0 or 4', n);
  }
  override place(c: number[]): void {
    for (let i = 0; i < 4; i++) this.box[i] = c[i]!;
  }

  private outlineInk() {
    return this.pick(this.o.outline, this.o.activeoutline, this.o.disabledoutline);
  }
  private fillInk() {
    return this.pick(this.o.fill, this.o.activefill, this.o.disabledfill);
  }

  override configured(): void {
    this.stateDependent = activeLook(this.o);
    this.outlined = this.o.state !== 'hidden' && this.o.width !== 0 && this.outlineInk() !== null;
    this.filled = this.fillInk() !== null;
    this.measure();
  }

  override measure(): void {
    if (this.hidden) return this.noBox();
    const b = this.box;
    if (b[1] > b[3]) [b[1], b[3]] = [b[3], b[1]];
    if (b[0] > b[2]) [b[0], b[2]] = [b[2], b[0]];
    const bloat = this.outlined ? Math.trunc((Math.trunc(this.widthNow(this.o)) + 1) / 2) : 0;
    const round = (n: number) => Math.trunc(n >= 0 ? n + 0.5 : n - 0.5);
    // It is drawn one pixel wide and high at least.
    this.x1 = round(b[0]) - bloat;
    this.y1 = round(b[1]) - bloat;
    this.x2 = round(Math.max(b[2], b[0] + 1)) + bloat;
    this.y2 = round(Math.max(b[3], b[1] + 1)) + bloat;
  }

  override translate(dx: number, dy: number): void {
    shift(this.box, dx, dy);
    this.measure();
  }
  override scale(x: number, y: number, sx: number, sy: number): void {
    rescale(this.box, x, y, sx, sy);
    this.measure();
  }

  override distance(x: number, y: number): number {
    const width = this.widthNow(this.o);
    if (this.kind === 'oval') return ovalDistance(this.box, this.outlined ? width : 0, this.filled || !this.outlined, x, y);
    const inc = this.outlined ? width / 2 : 0;
    const [x1, y1, x2, y2] = [this.box[0] - inc, this.box[1] - inc, this.box[2] + inc, this.box[3] + inc];
    if (x >= x1 && x < x2 && y >= y1 && y < y2) {
      if (this.filled || !this.outlined) return 0;
      return Math.max(0, Math.min(x - x1, x2 - x, y - y1, y2 - y) - width);
    }
    return Math.hypot(Math.max(x1 - x, x - x2, 0), Math.max(y1 - y, y - y2, 0));
  }

  override where(r: Area): Where {
    const half = this.outlined ? this.widthNow(this.o) / 2 : 0;
    const b = this.box;
    const outer: Area = [b[0] - half, b[1] - half, b[2] + half, b[3] + half];
    const hollow = this.outlined && !this.filled;
    if (this.kind === 'oval') {
      const where = ovalWhere(outer, r);
      return where === 0 && hollow && this.insideHole(r, half) ? -1 : where;
    }
    if (r[2] <= outer[0] || r[0] >= outer[2] || r[3] <= outer[1] || r[1] >= outer[3]) return -1;
    if (hollow && r[0] >= b[0] + half && r[1] >= b[1] + half && r[2] <= b[2] - half && r[3] <= b[3] - half) return -1;
    return r[0] <= outer[0] && r[1] <= outer[1] && r[2] >= outer[2] && r[3] >= outer[3] ? 1 : 0;
  }

  /** Are all corners of an area inside the part of the oval that the outline leaves free? */
  private insideHole(r: Area, half: number): boolean {
    const b = this.box;
    const part = (n: number, low: number, high: number) => ((n - (low + high) / 2) / ((high - low) / 2 - half)) ** 2;
    const xs = [part(r[0], b[0], b[2]), part(r[2], b[0], b[2])];
    const ys = [part(r[1], b[1], b[3]), part(r[3], b[1], b[3])];
    return xs.every((x) => ys.every((y) => x + y < 1));
  }

  protected override corners() {
    return this.box;
  }

  override describe(): CanvasItem | null {
    const { o, box } = this;
    if (!this.filled && !this.outlined) return null;
    const [x, x2] = edges(box[0], box[2]);
    const [y, y2] = edges(box[1], box[3]);
    const stipple = this.pick(o.outlinestipple, o.activeoutlinestipple, o.disabledoutlinestipple);
    return {
      id: this.id,
      kind: this.kind,
      rect: { x, y, w: x2 - x, h: y2 - y },
      fill: this.fill(this.fillInk(), this.pick(o.stipple, o.activestipple, o.disabledstipple), o.offset, box),
      stroke: this.stroke(o, this.outlined ? this.outlineInk() : null, stipple, o.outlineoffset, box),
    };
  }
}

/** Whole pixels of two edges; where they fall into one pixel, one of the two is moved, by what is covered more. */
function edges(low: number, high: number): [number, number] {
  const a = snap(low);
  const b = snap(high);
  if (a !== b) return [a, b];
  const ia = Math.trunc(low);
  const ib = Math.trunc(high);
  const up = ia === ib ? ia > 0 : ia > 0 ? high - ib > ib - low : high - ia > ia - low;
  return up ? [a, b + 1] : [a - 1, b];
}
