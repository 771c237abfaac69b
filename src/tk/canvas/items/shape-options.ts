/** Options that rectangles, ovals, polygons and arcs share, in the pieces in which their tables list them. Answers to tkRectOval.c. */

import type { Bitmap } from '../../images/index.ts';
import { BLACK_INK, type DashSpec, dash, type Ink, type ItemState, ink, option, pixels, state, tags, thickness } from '../item-options.ts';
import { bitmap, NO_OFFSET, offset } from '../stipple.ts';

export const inkOption = option<Ink | null>(ink, '', null);
export const blackOption = option<Ink | null>(ink, '#000000', BLACK_INK);
export const bitmapOption = option<Bitmap | null>(bitmap, '', null);
export const offsetOption = option(offset, '0,0', NO_OFFSET);
export const dashOption = option<DashSpec | null>(dash, '', null);
export const stateOption = option<ItemState | null>(state, '', null);
export const tagsOption = option<readonly string[]>(tags, '', []);
export const dashOffsetOption = option(pixels, '0', 0);
export const noWidth = option(thickness, '0.0', 0);
export const oneWide = option(thickness, '1.0', 1);

/** From -activedash to -disabledwidth. */
export const SHAPE_HEAD = {
  activedash: dashOption,
  activefill: inkOption,
  activeoutline: inkOption,
  activeoutlinestipple: bitmapOption,
  activestipple: bitmapOption,
  activewidth: noWidth,
  dash: dashOption,
  dashoffset: dashOffsetOption,
  disableddash: dashOption,
  disabledfill: inkOption,
  disabledoutline: inkOption,
  disabledoutlinestipple: bitmapOption,
  disabledstipple: bitmapOption,
  disabledwidth: noWidth,
};
export const SHAPE_TAIL = { stipple: bitmapOption, tags: tagsOption, width: oneWide };

/** Does it look different while the pointer is on it? */
export function activeLook(o: {
  readonly activedash: unknown;
  readonly activefill: unknown;
  readonly activeoutline?: unknown;
  readonly activeoutlinestipple?: unknown;
  readonly activestipple: unknown;
  readonly activewidth: number;
  readonly width: number;
}): boolean {
  return (
    o.activewidth > o.width || Boolean(o.activedash ?? o.activefill ?? o.activeoutline ?? o.activeoutlinestipple ?? o.activestipple ?? null)
  );
}
