/**
 * What it may cost to paint a canvas item, and what of it need not be painted: browsers take time for points and dashes that nobody sees. Pure, so that it
 * can be tested where there is no page.
 */
import type { CanvasItem, Dash, Rect } from '../protocol/display.ts';

/** Points of one path that is filled: of more, every second (third...) is left out. A pixel row of random ones takes some 10 ms. */
export const MOST_POINTS = 20_000;

/** Microseconds that painting an item may take where the processor does it, as measured in Chromium: wrong by a small factor at most, and rather too much. */
export function itemCost(item: CanvasItem, clip: Rect): number {
  const area = clip.w * clip.h;
  switch (item.kind) {
    case 'line':
      return 4 + strokeCost(item.stroke, item.points.length / 2, pathLength(item.points));
    case 'polygon': {
      const n = item.points.length / 2;
      // A filled path costs what its edges cross of pixel rows, and more than that when they are many.
      const crossed = item.fill.color === null ? 0 : heightOf(item.points, clip.h);
      return 10 + crossed * (n > 2000 ? 1.5 : 0.7) + stippled(item.fill) + strokeCost(item.stroke, n, pathLength(item.points));
    }
    case 'rectangle':
    case 'oval':
    case 'arc': {
      const { w, h } = item.rect;
      const filled = item.fill.color === null ? 0 : Math.min(area, Math.max(0, w * h)) / (item.fill.stipple === null ? 10_000 : 2000);
      return (item.kind === 'rectangle' ? 2 : 8) + filled + stippled(item.fill) + strokeCost(item.stroke, 4, 2 * (w + h));
    }
    case 'image':
      return 10 + Math.min(area, item.part.w * item.part.h) / 10_000 + (item.part.bitmap === null ? 0 : 500);
    case 'text': {
      let chars = 0;
      for (const r of item.block.runs) chars += 5 + Math.min(r.text.length, 2000);
      // Glyphs that are turned, or large, are drawn as paths.
      const each = (item.angle === 0 ? 3 : 30) + item.block.font.sizePx / 4;
      return 20 + chars * each + (item.stipple === null ? 0 : 500);
    }
  }
}

function stippled({ stipple }: { readonly stipple: unknown }): number {
  return stipple === null ? 0 : 500;
}

function strokeCost(
  s: { readonly color: unknown; readonly width: number; readonly dash: Dash | null; readonly stipple: unknown },
  points: number,
  length: number,
): number {
  if (s.color === null || s.width <= 0) return 0;
  const dashes = s.dash === null ? 0 : Math.min(2000, dashesOf(s.dash, length));
  // A broad line is an area with two edges; a thin one is drawn as it is.
  const each = s.width > 1 ? 2 + Math.min(300, length / Math.max(1, points)) / 10 : 1;
  return points * each + dashes * 10 + stippled(s);
}

/** How many dashes a line of that length has. */
export function dashesOf({ pattern }: Dash, length: number): number {
  let period = 0;
  for (const n of pattern) period += Number.isFinite(n) && n >= 0 ? n : 0;
  return period > 0 ? (length / period) * pattern.length : Number.POSITIVE_INFINITY;
}

/** The length of a line through points, or somewhat more. */
export function pathLength(points: readonly number[]): number {
  let sum = 0;
  for (let i = 2; i + 1 < points.length; i += 2) sum += Math.abs(points[i]! - points[i - 2]!) + Math.abs(points[i + 1]! - points[i - 1]!);
  return sum;
}

/** Pixel rows that edges cross, each counted up to `most`. */
function heightOf(points: readonly number[], most: number): number {
  let sum = 0;
  for (let i = 3; i < points.length; i += 2) sum += Math.min(most, 1 + Math.abs(points[i]! - points[i - 2]!));
  return sum;
}

/**
 * The points of a path without those that do not matter to what is drawn of it in the rows of `view`, `pad` more above and below: of a row of points that are
 * all above, or all below, the first and the last are enough.
 */
export function withinRows(points: readonly number[], view: Rect, pad: number): readonly number[] {
  const top = view.y - pad;
  const bottom = view.y + view.h + pad;
  const side = (i: number): number => (points[i + 1]! < top ? -1 : points[i + 1]! > bottom ? 1 : 0);
  const kept: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const here = side(i);
    const between = here !== 0 && i > 0 && i + 3 < points.length && side(i - 2) === here && side(i + 2) === here;
    if (!between) kept.push(points[i]!, points[i + 1]!);
  }
  return kept.length === points.length ? points : kept;
}

/** At most so many points, evenly chosen. */
export function thin(points: readonly number[], most: number): readonly number[] {
  const step = Math.ceil(points.length / 2 / most);
  if (step <= 1) return points;
  const kept: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2 * step) kept.push(points[i]!, points[i + 1]!);
  return kept;
}
