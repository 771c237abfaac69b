/** How far a point is from a text layout, and where it lies relative to a rectangle, turned or not. Answers to tkFont.c (Tk_DistanceToTextLayout, TkIntersectAngledTextLayout). */
import type { TextLayout } from '../../text-layout.ts';
import type { Where } from '../trig.ts';

/** Distance in whole pixels from a point relative to the layout's top left. */
export function layoutDistance(layout: TextLayout, x: number, y: number): number {
  let best = 0;
  for (const b of layout.boxes()) {
    const dx = x < b.x ? b.x - x : x >= b.x + b.w ? x - b.x - b.w + 1 : 0;
    const dy = y < b.y ? b.y - y : y >= b.y + b.h ? y - b.y - b.h + 1 : 0;
    if (dx === 0 && dy === 0) return 0;
    const d = Math.trunc(Math.hypot(dx, dy));
    if (d < best || best === 0) best = d;
  }
  return best;
}

type Quad = readonly (readonly [number, number])[];

/** Is a point inside a quadrilateral whose corners go clockwise? */
function inside(q: Quad, x: number, y: number): boolean {
  return q.every(([ax, ay], i) => {
    const [bx, by] = q[(i + 1) % 4]!;
    return (bx - ax) * (y - ay) >= (by - ay) * (x - ax);
  });
}

/** Do two segments cross? */
function cross(a: Quad[number], b: Quad[number], c: Quad[number], d: Quad[number]): boolean {
  const side = (p: Quad[number], q: Quad[number], r: Quad[number]) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]) > 0;
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/** Where the layout lies, seen from a rectangle of whole pixels relative to the layout's top left. */
export function layoutWhere(layout: TextLayout, x: number, y: number, w: number, h: number, angle: number): Where {
  return angle === 0 ? straight(layout, x, y, w, h) : turned(layout, x, y, w, h, angle);
}

function straight(layout: TextLayout, left: number, top: number, w: number, h: number): Where {
  const right = left + w;
  const bottom = top + h;
  let where: Where = 0;
  for (const b of layout.boxes()) {
    if (b.empty) continue;
    const [x2, y2] = [b.x + b.w, b.y + b.h];
    if (right < b.x || left >= x2 || bottom < b.y || top >= y2) {
      if (where === 1) return 0;
      where = -1;
    } else if (b.x < left || x2 >= right || b.y < top || y2 >= bottom || where === -1) return 0;
    else where = 1;
  }
  return where;
}

function turned(layout: TextLayout, x: number, y: number, w: number, h: number, angle: number): Where {
  const c = Math.cos((angle * Math.PI) / 180);
  const s = Math.sin((angle * Math.PI) / 180);
  const turn = (px: number, py: number): [number, number] => [px * c - py * s, py * c + px * s];
  const area: Quad = [turn(x, y), turn(x + w, y), turn(x + w, y + h), turn(x, y + h)];
  const quads: Quad[] = layout.boxes().map((b) => [
    [b.x, b.y],
    [b.x + b.w, b.y],
    [b.x + b.w, b.y + b.h],
    [b.x, b.y + b.h],
  ]);
  if (quads.every((q) => q.every(([px, py]) => inside(area, px, py)))) return 1;
  if (quads.some((q) => area.every(([px, py]) => inside(q, px, py)))) return 0;
  const touch = (q: Quad) => q.some((p, i) => area.some((r, j) => cross(r, area[(j + 1) % 4]!, p, q[(i + 1) % 4]!)));
  return quads.some(touch) ? 0 : -1;
}
