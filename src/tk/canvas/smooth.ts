/**
 * Curves: the points a smoothed line or polygon is drawn through. `true` is Tk's parabolic spline through the middles of the edges, `raw`
 * takes the points as Bezier segments. Answers to tkTrig.c (TkMakeBezierCurve, TkMakeRawCurve).
 */

export type Smooth = 'true' | 'raw';

/** Appends `steps` points of the cubic curve with four control points. */
function bezier(c: readonly number[], steps: number, out: number[]): void {
  for (let i = 1; i <= steps; i++) {
    const t = i / steps;
    const u = 1 - t;
    const u3 = u * u * u;
    const t3 = t * t * t;
    out.push(
      c[0]! * u3 + 3 * (c[2]! * t * u * u + c[4]! * t * t * u) + c[6]! * t3,
      c[1]! * u3 + 3 * (c[3]! * t * u * u + c[5]! * t * t * u) + c[7]! * t3,
    );
  }
}

/** A point part of the way: `a` of (x, y) at i and `b` of that at j. */
function mix(p: readonly number[], a: number, i: number, b: number, j: number): [number, number] {
  return [a * p[i]! + b * p[j]!, a * p[i + 1]! + b * p[j + 1]!];
}

function same(p: readonly number[], i: number, j: number): boolean {
  return p[i] === p[j] && p[i + 1] === p[j + 1];
}

function parabolic(p: readonly number[], steps: number): number[] {
  const n = p.length;
  const closed = same(p, 0, n - 2);
  const out: number[] = [];
  if (closed) {
    const c = [...mix(p, 0.5, n - 4, 0.5, 0), ...mix(p, 0.167, n - 4, 0.833, 0), ...mix(p, 0.833, 0, 0.167, 2), ...mix(p, 0.5, 0, 0.5, 2)];
    out.push(c[0]!, c[1]!);
    bezier(c, steps, out);
  } else out.push(p[0]!, p[1]!);
  for (let i = 0; i + 5 < n; i += 2) {
    const head =
      i === 0 && !closed
        ? [p[0]!, p[1]!, ...mix(p, 0.333, 0, 0.667, 2)]
        : [...mix(p, 0.5, i, 0.5, i + 2), ...mix(p, 0.167, i, 0.833, i + 2)];
    const tail =
      i + 6 === n && !closed
        ? [...mix(p, 0.667, i + 2, 0.333, i + 4), p[i + 4]!, p[i + 5]!]
        : [...mix(p, 0.833, i + 2, 0.167, i + 4), ...mix(p, 0.5, i + 2, 0.5, i + 4)];
    // A point given twice makes a corner, reached by a straight line.
    if (same(p, i, i + 2) || same(p, i + 2, i + 4)) out.push(tail[2]!, tail[3]!);
    else bezier([...head, ...tail], steps, out);
  }
  return out;
}

function raw(p: readonly number[], steps: number): number[] {
  const out = [p[0]!, p[1]!];
  // A last segment that lacks points takes them from the start.
  for (let i = 0; i + 2 < p.length; i += 6) {
    const c: number[] = [];
    for (let j = 0; j < 8; j++) c.push(p[(i + j) % p.length]!);
    if (same(c, 0, 2) && same(c, 4, 6)) out.push(c[6]!, c[7]!);
    else bezier(c, steps, out);
  }
  return out;
}

/** The points of the curve through `p`, which has three points at least. */
export function curve(kind: Smooth, p: readonly number[], steps: number): number[] {
  return kind === 'raw' ? raw(p, steps) : parabolic(p, steps);
}
