/**
 * Plane geometry of canvas items: distances from a point, and whether a shape lies inside a rectangle (1), outside (-1) or across its
 * edge (0). Points are flat lists x, y, x, y... Leaves out curves (smooth.ts). Answers to tkTrig.c, whose rounding and tie rules it keeps,
 * since `find` and `bbox` show them.
 */
import type { CanvasItem } from '../../protocol/display.ts';

/** x1, y1, x2, y2 with x1 <= x2 and y1 <= y2. */
export type Area = readonly [number, number, number, number];
export type Where = -1 | 0 | 1;
export type Join = Extract<CanvasItem, { kind: 'line' }>['join'];
export type Cap = Extract<CanvasItem, { kind: 'line' }>['cap'];

/** Farther than any item: the distance of what cannot be hit. */
export const FAR = 1e36;

/** As C makes a number whole: what is too large, and what is none, becomes the smallest. `find closest` goes wrong by it as Tk's does. */
export function int(n: number): number {
  return Math.abs(n) < 2147483648 ? Math.trunc(n) : -2147483648;
}

/** An angle in degrees, from 0 to less than 360. */
export function turn(degrees: number): number {
  const d = degrees % 360 || 0;
  return d < 0 ? d + 360 : d;
}

function clamp(n: number, a: number, b: number): number {
  return a <= b ? Math.max(a, Math.min(b, n)) : Math.max(b, Math.min(a, n));
}

/** Distance from a point to the segment at `p[i]`. */
export function segmentDistance(p: readonly number[], i: number, x: number, y: number): number {
  const ax = p[i]!;
  const ay = p[i + 1]!;
  const bx = p[i + 2]!;
  const by = p[i + 3]!;
  if (ax === bx) return Math.hypot(x - ax, y - clamp(y, ay, by));
  if (ay === by) return Math.hypot(x - clamp(x, ax, bx), y - ay);
  const m1 = (by - ay) / (bx - ax);
  const b1 = ay - m1 * ax;
  const m2 = -1 / m1;
  const nearX = (y - m2 * x - b1) / (m1 - m2);
  const [lowX, lowY, highX, highY] = ax > bx ? [bx, by, ax, ay] : [ax, ay, bx, by];
  if (nearX > highX) return Math.hypot(x - highX, y - highY);
  if (nearX < lowX) return Math.hypot(x - lowX, y - lowY);
  return Math.hypot(x - nearX, y - (m1 * nearX + b1));
}

function contains(r: Area, x: number, y: number): boolean {
  return x >= r[0] && x <= r[2] && y >= r[1] && y <= r[3];
}

/** Where the segment at `p[i]` lies. */
export function segmentWhere(p: readonly number[], i: number, r: Area): Where {
  const ax = p[i]!;
  const ay = p[i + 1]!;
  const bx = p[i + 2]!;
  const by = p[i + 3]!;
  const inA = contains(r, ax, ay);
  if (inA !== contains(r, bx, by)) return 0;
  if (inA) return 1;
  if (ax === bx) return ay >= r[1] !== by >= r[1] && ax >= r[0] && ax <= r[2] ? 0 : -1;
  if (ay === by) return ax >= r[0] !== bx >= r[0] && ay >= r[1] && ay <= r[3] ? 0 : -1;
  const m = (by - ay) / (bx - ax);
  const lowX = Math.min(ax, bx);
  const highX = Math.max(ax, bx);
  for (const edge of [r[0], r[2]]) {
    const y = ay + (edge - ax) * m;
    if (edge >= lowX && edge <= highX && y >= r[1] && y <= r[3]) return 0;
  }
  const lowY = Math.min(ay, by);
  const highY = Math.max(ay, by);
  for (const edge of [r[1], r[3]]) {
    const x = ax + (edge - ay) / m;
    if (x >= r[0] && x <= r[2] && edge >= lowY && edge <= highY) return 0;
  }
  return -1;
}

/** Distance to a closed polygon (its last point equals its first); 0 inside, by the odd number of edges above the point. */
export function polygonDistance(p: readonly number[], x: number, y: number): number {
  let best = FAR;
  let above = 0;
  for (let i = 0; i + 3 < p.length; i += 2) {
    const ax = p[i]!;
    const ay = p[i + 1]!;
    const bx = p[i + 2]!;
    const by = p[i + 3]!;
    best = Math.min(best, segmentDistance(p, i, x, y));
    if (ax !== bx && x >= Math.min(ax, bx) && x < Math.max(ax, bx)) {
      const m = (by - ay) / (bx - ax);
      if (m * x + (ay - m * ax) > y) above++;
    }
  }
  return above % 2 === 1 ? 0 : best;
}

export function polygonWhere(p: readonly number[], r: Area): Where {
  const first = segmentWhere(p, 0, r);
  if (first === 0) return 0;
  for (let i = 2; i + 3 < p.length; i += 2) if (segmentWhere(p, i, r) !== first) return 0;
  if (first === 1) return 1;
  return polygonDistance(p, r[0], r[1]) === 0 ? 0 : -1;
}

/** Distance to an oval in the box `o`, drawn `width` wide. Not exact for eccentric ones, as in Tk. */
export function ovalDistance(o: Area, width: number, filled: boolean, x: number, y: number): number {
  const dx = x - (o[0] + o[2]) / 2;
  const dy = y - (o[1] + o[3]) / 2;
  const fromCenter = Math.hypot(dx, dy);
  const scaled = Math.hypot(dx / ((o[2] + width - o[0]) / 2), dy / ((o[3] + width - o[1]) / 2));
  if (scaled > 1) return (fromCenter / scaled) * (scaled - 1);
  if (filled) return 0;
  const d = scaled > 1e-10 ? (fromCenter / scaled) * (1 - scaled) - width : (Math.min(o[2] - o[0], o[3] - o[1]) - width) / 2;
  return Math.max(0, d);
}

export function ovalWhere(o: Area, r: Area): Where {
  if (r[0] <= o[0] && r[2] >= o[2] && r[1] <= o[1] && r[3] >= o[3]) return 1;
  if (r[2] < o[0] || r[0] > o[2] || r[3] < o[1] || r[1] > o[3]) return -1;
  const cx = (o[0] + o[2]) / 2;
  const cy = (o[1] + o[3]) / 2;
  const rx = (o[2] - o[0]) / 2;
  const ry = (o[3] - o[1]) / 2;
  const sq = (n: number) => n * n;
  const nearY = sq(Math.max(0, r[1] - cy < 0 ? cy - r[3] : r[1] - cy) / ry);
  if (sq((r[0] - cx) / rx) + nearY <= 1 || sq((r[2] - cx) / rx) + nearY <= 1) return 0;
  const nearX = sq(Math.max(0, r[0] - cx < 0 ? cx - r[2] : r[0] - cx) / rx);
  return nearX + sq((r[1] - cy) / ry) < 1 || nearX + sq((r[3] - cy) / ry) < 1 ? 0 : -1;
}

const ELEVEN_DEGREES = (11 * 2 * Math.PI) / 360;

/**
 * The two corners of a mitred joint at `p[i+2]` between the points before and after it, left then right: x, y, x, y; null when the angle is
 * below eleven degrees and X bevels it. Points count as whole pixels, as they are drawn.
 */
export function miterPoints(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  width: number,
): [number, number, number, number] | null {
  const r = (n: number) => Math.floor(n + 0.5);
  const [p1x, p1y, p2x, p2y, p3x, p3y] = [r(ax), r(ay), r(bx), r(by), r(cx), r(cy)];
  const theta1 = Math.atan2(p1y - p2y, p2y === p1y ? (p2x < p1x ? 1 : -1) : p1x - p2x);
  const theta2 = Math.atan2(p3y - p2y, p3y === p2y ? (p3x > p2x ? 1 : -1) : p3x - p2x);
  let theta = theta1 - theta2;
  if (theta > Math.PI) theta -= 2 * Math.PI;
  else if (theta < -Math.PI) theta += 2 * Math.PI;
  if (Math.abs(theta) < ELEVEN_DEGREES) return null;
  const dist = Math.abs((0.5 * width) / Math.sin(0.5 * theta));
  let theta3 = (theta1 + theta2) / 2;
  if (Math.sin(theta3 - (theta1 + Math.PI)) < 0) theta3 += Math.PI;
  const dx = dist * Math.cos(theta3);
  const dy = dist * Math.sin(theta3);
  return [p2x + dx, p2y + dy, p2x - dx, p2y - dy];
}

/** The two corners of a butt end at b of a line from a, left then right. `project`: half the width further out. */
export function buttPoints(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  width: number,
  project: boolean,
): [number, number, number, number] {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return [bx, by, bx, by];
  const dx = (-width * 0.5 * (by - ay)) / length;
  const dy = (width * 0.5 * (bx - ax)) / length;
  const px = project ? dy : 0;
  const py = project ? -dx : 0;
  return [bx + dx + px, by + dy + py, bx - dx + px, by - dy + py];
}

/**
 * The pieces a thick polyline is made of, for hit tests: `poly` gets closed four-cornered polygons (edges and bevelled joints), `disc` the
 * centres of round joints and caps. Either stops the walk by answering true.
 */
export function walkThick(
  p: readonly number[],
  width: number,
  cap: Cap,
  join: Join,
  poly: (q: readonly number[]) => boolean,
  disc: (x: number, y: number) => boolean,
): void {
  const last = p.length - 4;
  let bevelled = false;
  let q: number[] = [];
  for (let i = 0; i <= last; i += 2) {
    const ax = p[i]!;
    const ay = p[i + 1]!;
    const bx = p[i + 2]!;
    const by = p[i + 3]!;
    if ((i === 0 ? cap === 'round' : join === 'round') && disc(ax, ay)) return;
    let start: number[];
    if (i === 0) start = buttPoints(bx, by, ax, ay, width, cap === 'projecting');
    else if (join === 'miter' && !bevelled) start = [q[6]!, q[7]!, q[4]!, q[5]!];
    else {
      start = buttPoints(bx, by, ax, ay, width, false);
      if (join === 'bevel' || bevelled) {
        if (poly([start[0]!, start[1]!, start[2]!, start[3]!, q[4]!, q[5]!, q[6]!, q[7]!, start[0]!, start[1]!])) return;
        bevelled = false;
      }
    }
    let end: number[] | null = null;
    if (i === last) end = buttPoints(ax, ay, bx, by, width, cap === 'projecting');
    else if (join === 'miter') {
      end = miterPoints(ax, ay, bx, by, p[i + 4]!, p[i + 5]!, width);
      bevelled = end === null;
    }
    end ??= buttPoints(ax, ay, bx, by, width, false);
    q = [...start, ...end, start[0]!, start[1]!];
    if (poly(q)) return;
  }
  if (cap === 'round') disc(p[last + 2]!, p[last + 3]!);
}

/** Distance to a thick polyline of at least two points. */
export function thickDistance(p: readonly number[], width: number, cap: Cap, join: Join, x: number, y: number): number {
  let best = FAR;
  const take = (d: number) => {
    best = Math.min(best, Math.max(0, d));
    return best === 0;
  };
  walkThick(
    p,
    width,
    cap,
    join,
    (q) => take(polygonDistance(q, x, y)),
    (cx, cy) => take(Math.hypot(cx - x, cy - y) - width / 2),
  );
  return best;
}

/** Where a thick polyline lies. */
export function thickWhere(p: readonly number[], width: number, cap: Cap, join: Join, r: Area): Where {
  const first: Where = contains(r, p[0]!, p[1]!) ? 1 : -1;
  let where: Where = first;
  const take = (w: Where) => {
    if (w !== first) where = 0;
    return where === 0;
  };
  const radius = width / 2;
  walkThick(
    p,
    width,
    cap,
    join,
    (q) => take(polygonWhere(q, r)),
    (x, y) => take(ovalWhere([x - radius, y - radius, x + radius, y + radius], r)),
  );
  return where;
}
