/**
 * Stipples: bitmaps through which items are painted, and where their pattern begins (-stipple, -offset and their kin). Answers to
 * tkCanvUtil.c (Tk_CanvasSetOffset) and tkUtil.c (TkOffsetParseProc).
 */
import type { Stipple } from '../../protocol/display.ts';
import { TclError } from '../../tcl/errors.ts';
import { smallIntOf } from '../../tcl/number.ts';
import { str } from '../../tcl/value.ts';
import { round } from '../converters.ts';
import { tkError } from '../errors.ts';
import type { Bitmap } from '../images/index.ts';
import { coordOf, type ItemOptionType } from './item-options.ts';

/** A bitmap with the name it was given by. */
export const bitmap: ItemOptionType<Bitmap | null> = {
  parse: (app, v) => (str(v) === '' ? null : app.images.bitmap(str(v))),
  print: (v) => v?.name ?? '',
};

/** Where a pattern begins: a point (of the toplevel when `relative`), a side of the item, or one of its points. */
export type Offset =
  | { readonly kind: 'point'; readonly x: number; readonly y: number; readonly relative: boolean }
  | { readonly kind: 'side'; readonly side: string }
  | { readonly kind: 'index'; readonly index: number };

export const NO_OFFSET: Offset = { kind: 'point', x: 0, y: 0, relative: false };
const CENTER: Offset = { kind: 'side', side: 'center' };
const END = Number.POSITIVE_INFINITY;

function parseOffset(given: string, relative: boolean, indexed: boolean): Offset {
  const bad = () => {
    const forms = `"x,y"${relative ? ', "#x,y"' : ''}${indexed ? ', <index>' : ''}`;
    return tkError(`bad offset "${given}": expected ${forms}, n, ne, e, se, s, sw, w, nw, or center`, 'VALUE', 'OFFSET');
  };
  if (given === '' || 'center'.startsWith(given)) return CENTER;
  if (/^([ns][ew]?|[ew])$/.test(given)) return { kind: 'side', side: given };
  if (given === 'end') return { kind: 'index', index: END };
  const local = given.startsWith('#');
  if (/^[nswc]/.test(given) || (local && !relative)) throw bad();
  const parts = (local ? given.slice(1) : given).split(',');
  if (parts.length > 1) {
    const [x, y] = [parts[0]!, parts.slice(1).join(',')].map((p) => round(coordOf(p, 'FRACTIONAL_PIXELS')));
    return { kind: 'point', x: x!, y: y!, relative: local };
  }
  if (!indexed) throw bad();
  try {
    return { kind: 'index', index: smallIntOf(parts[0]!) };
  } catch (e) {
    throw e instanceof TclError ? bad() : e;
  }
}

function printOffset(v: Offset): string {
  if (v.kind === 'side') return v.side;
  if (v.kind === 'index') return v.index === END ? 'end' : String(v.index & -2);
  return `${v.relative ? '#' : ''}${v.x},${v.y}`;
}

export const offset: ItemOptionType<Offset> = { parse: (_app, v) => parseOffset(str(v), true, false), print: printOffset };
/** Of lines and polygons, whose points it can name. */
export const pointOffset: ItemOptionType<Offset> = { parse: (_app, v) => parseOffset(str(v), true, true), print: printOffset };

/**
 * The pattern as the display wants it. `box`: the item's outermost coordinates; `points`: its points, where -offset may name one;
 * `top`: canvas coordinates of the toplevel's corner.
 */
export function stippleOf(
  map: Bitmap | null,
  at: Offset,
  box: readonly [number, number, number, number],
  points: readonly number[],
  top: () => readonly [number, number],
): Stipple | null {
  if (!map) return null;
  const image = map.id;
  if (at.kind === 'point') {
    const [x, y] = at.relative ? top() : [0, 0];
    return { image, x: x + at.x, y: y + at.y };
  }
  if (at.kind === 'index') {
    const i = Math.max(0, Math.min(points.length - 2, at.index & -2));
    const j = at.index === END ? points.length - 2 : i;
    return { image, x: round(points[j] ?? 0), y: round(points[j + 1] ?? 0) };
  }
  const { side } = at;
  const along = (low: number, high: number, atLow: boolean, atHigh: boolean, size: number) =>
    atLow ? round(low) : atHigh ? round(high) : Math.trunc((low + high) / 2) - Math.trunc(size / 2);
  const middle = side === 'center';
  return {
    image,
    x: along(box[0], box[2], side.includes('w'), !middle && side.includes('e'), map.width),
    y: along(box[1], box[3], side[0] === 'n', side[0] === 's', map.height),
  };
}
