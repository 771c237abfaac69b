/** Indices and insertions of items made of points: lines and polygons. Answers to tkCanvLine.c (GetLineIndex) and tkCanvPoly.c. */
import { TclError } from '../../../tcl/errors.ts';
import { elements } from '../../../tcl/list.ts';
import { doubleOf, smallIntOf } from '../../../tcl/number.ts';
import { str, type Value } from '../../../tcl/value.ts';
import type { TkApp } from '../../app.ts';
import { tkError } from '../../errors.ts';
import type { Item } from '../item.ts';

const NUMBER = '\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)';
const AT = new RegExp(`^@${NUMBER},${NUMBER}$`);

/** The x and y of `@x,y`, or null. */
export function atPoint(text: string): [number, number] | null {
  const m = AT.exec(text);
  return m && [Number(m[1]), Number(m[2])];
}

export function badItemIndex(item: Item, text: string): TclError {
  return tkError(`bad index "${text}"`, 'CANVAS', 'ITEM_INDEX', item.kind.toUpperCase().slice(0, 4));
}

/** A whole number, or null. */
export function intOrNull(v: Value): number | null {
  try {
    return smallIntOf(v);
  } catch (e) {
    if (e instanceof TclError) return null;
    throw e;
  }
}

/**
 * An index: even, the place of an x among the coordinates. `length`: where `end` is. A ring is a polygon: numbers go round it.
 */
export function pointIndex(item: Item, v: Value, points: readonly number[], length: number, ring: boolean): number {
  const text = str(v);
  if (text !== '' && 'end'.startsWith(text)) return length;
  if (text.startsWith('@')) {
    const at = atPoint(text);
    if (!at) throw badItemIndex(item, text);
    let best = 0;
    let near = Number.POSITIVE_INFINITY;
    for (let i = 0; i < length; i += 2) {
      const d = Math.hypot(points[i]! - at[0], points[i + 1]! - at[1]);
      if (d < near) {
        near = d;
        best = i;
      }
    }
    return best;
  }
  const n = intOrNull(v);
  if (n === null) throw badItemIndex(item, text);
  const i = n & -2;
  if (!ring) return Math.max(0, Math.min(length, i));
  if (length === 0) return 0;
  return i > 0 ? ((i - 2) % length) + 2 : -(-i % length);
}

/** Coordinates to insert; null when they are none: then nothing happens. */
export function coordsOf(app: TkApp, v: Value): number[] | null {
  try {
    const list = elements(v);
    if (list.length === 0 || list.length % 2 !== 0) return null;
    app.interp.budget.allocate(list.length * 8);
    return list.map(doubleOf);
  } catch (e) {
    if (e instanceof TclError && !('owner' in e)) return null;
    throw e;
  }
}
