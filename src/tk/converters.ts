/**
 * Text to typed values for widget options and command arguments: pixels, colours, borders, reliefs, anchors, cursors, bitmaps,
 * variables, tables of words. Each is an `OptionType`. Fonts and images have theirs in fonts.ts and images/. Answers to Tk_GetPixels(3),
 * GetRelief(3), GetAnchor(3), GetJustify(3), GetCursor(3) and tkGet.c, tkObj.c.
 */

import type { Anchor, Color, CssCursor, Justify, Relief } from '../protocol/display.ts';
import { badIndex, lookup, TclError } from '../tcl/errors.ts';
import { elements } from '../tcl/list.ts';
import { boolOf, doubleOf, parseNumber, smallIntOf } from '../tcl/number.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { type Border, borderOf, hexOf } from './colors.ts';
import { badDistance, tkError } from './errors.ts';
import type { OptionType } from './options.ts';
import type { TkWindow } from './window.ts';

/** Pixels per inch and per point of the one screen there is. */
export const DPI = 96;
export const SCALING = DPI / 72;

const UNITS: Readonly<Record<string, number>> = { '': 1, c: DPI / 2.54, i: DPI, m: DPI / 25.4, p: SCALING };

/**
 * A screen distance in fractional pixels, or undefined. `2.5`, `1c`, `3 m`. Where Tk keeps the value as an object (`loose`) it does not look at what
 * follows the unit: `1cm` will do.
 */
export function parseDistance(text: string, loose = true): number | undefined {
  const m = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(?:([cimp])(.*)|)$/s.exec(text);
  if (m && !loose && m[3]?.trim()) return undefined;
  if (m) return Number(m[1]) * UNITS[m[2] ?? '']!;
  const n = parseNumber(text);
  return n === undefined ? undefined : Number(typeof n === 'object' ? n.n : n);
}

/** Rounds as Tk does: half away from zero. */
export function round(x: number): number {
  return x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);
}

/** A number as the display can show it: Tk takes `Inf` for most doubles. */
export function finite(x: number): number {
  return Number.isNaN(x) ? 0 : Math.max(-Number.MAX_VALUE, Math.min(x, Number.MAX_VALUE));
}

/** Whole pixels: Tk_GetPixelsFromObj. */
export function pixelsOf(v: Value): number {
  const text = str(v);
  const d = parseDistance(text);
  if (d === undefined || !Number.isFinite(d)) throw badDistance(text);
  // What is too large for an int is the least of them, as x86 converts it.
  return Math.abs(d) > 2147483647 ? -2147483648 : round(d);
}

/** Fractional pixels: Tk_GetScreenMM and winfo fpixels. */
export function fpixelsOf(v: Value, code = 'FRACTIONAL_PIXELS'): number {
  const d = parseDistance(str(v), false);
  if (d === undefined) throw tkError(`bad screen distance "${str(v)}"`, 'VALUE', code);
  return d;
}

const RELIEFS = ['flat', 'groove', 'raised', 'ridge', 'solid', 'sunken'] as const satisfies readonly Relief[];
const ANCHORS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw', 'center'] as const satisfies readonly Anchor[];
const JUSTIFIES = ['left', 'right', 'center'] as const satisfies readonly Justify[];

export function anchorOf(v: Value): Anchor {
  return lookup(str(v), ANCHORS, 'anchor');
}
export function reliefOf(v: Value): Relief {
  return lookup(str(v), RELIEFS, 'relief');
}
export function justifyOf(v: Value): Justify {
  return lookup(str(v), JUSTIFIES, 'justification');
}

/** Where something of size `w`, `h` goes inside a room, by anchor. Truncates as C does. */
export function anchored(anchor: Anchor, roomW: number, roomH: number, w: number, h: number): { x: number; y: number } {
  const half = (n: number) => Math.trunc(n / 2);
  const x = anchor.includes('w') ? 0 : anchor === 'e' || anchor === 'ne' || anchor === 'se' ? roomW - w : half(roomW - w);
  const y = anchor[0] === 'n' ? 0 : anchor[0] === 's' ? roomH - h : half(roomH - h);
  return { x, y };
}

// ---- option types; those that `print` answer cget with the canonical spelling, the others as given ----

export const string: OptionType<string> = { parse: (_app, _win, v) => str(v), none: '' };
export const color: OptionType<Color> = { parse: (_app, _win, v) => hexOf(str(v)) };
export const border: OptionType<Border> = { parse: (_app, _win, v) => borderOf(str(v)) };
export const pixels: OptionType<number> = { parse: (_app, _win, v) => pixelsOf(v), print: String };
/** The width of a ring: none when it is negative. */
export const ring: OptionType<number> = { parse: (_app, _win, v) => Math.max(0, pixelsOf(v)), print: String };
export const int: OptionType<number> = { parse: (_app, _win, v) => smallIntOf(v), print: String };
export const double: OptionType<number> = { parse: (_app, _win, v) => doubleOf(v) };
export const boolean: OptionType<boolean> = { parse: (_app, _win, v) => boolOf(v), print: (b) => (b ? '1' : '0') };
export const relief: OptionType<Relief> = { parse: (_app, _win, v) => reliefOf(v), print: (r) => r };
/** As tkOldConfig.c reads them: of several words that one may mean, the first; nothing after a unit; no number but 0 and 1 for a boolean. */
export const oldPixels: OptionType<number> = {
  parse(_app, _win, v) {
    if (parseDistance(str(v), false) === undefined) throw badDistance(str(v));
    return pixelsOf(v);
  },
  print: String,
};
export const oldBoolean: OptionType<boolean> = {
  parse(_app, _win, v) {
    const text = str(v);
    if (/^([01]|t(r(ue?)?)?|f(a(l(se?)?)?)?|y(es?)?|no?|on|off?)$/i.test(text)) return boolOf(text);
    throw new TclError(`expected boolean value but got "${text}"`, ['TCL', 'VALUE', 'BOOLEAN']);
  },
  print: boolean.print!,
};
export const oldRelief: OptionType<Relief> = {
  parse(_app, _win, v) {
    const text = str(v);
    const found = text === '' ? undefined : RELIEFS.find((r) => r.startsWith(text));
    if (found === undefined) throw badIndex('relief', text, RELIEFS);
    return found;
  },
  print: (r) => r,
};
export const anchor: OptionType<Anchor> = { parse: (_app, _win, v) => anchorOf(v), print: (a) => a };
export const justify: OptionType<Justify> = { parse: (_app, _win, v) => justifyOf(v), print: (j) => j };

/** Allows the empty string, read as null. */
export function orNone<V>(type: OptionType<V>): OptionType<V | null> {
  const print = type.print;
  return {
    parse: (app, win, v) => (str(v) === '' ? null : type.parse(app, win, v)),
    ...(print ? { print: (v: V | null) => (v === null ? '' : print(v)) } : {}),
  };
}

/** Answers cget with the text as given, where the type would respell it (options with an objOffset in Tk). */
export function asGiven<V>(type: OptionType<V>): OptionType<V> {
  return { parse: type.parse };
}

/** One word of a table, abbreviations allowed; `kind` is the option's name without its dash, for the message. */
export function word<T extends string>(kind: string, ...table: readonly T[]): OptionType<T> {
  return { parse: (_app, _win, v) => lookup(str(v), table, kind), print: (w) => w };
}

/** A window of this application by its path, for options such as -labelwidget. */
export const window: OptionType<TkWindow> = { parse: (app: TkApp, _win, v) => app.windowAt(str(v)), print: (w) => w.path };

/** X cursors with a CSS counterpart; every other X cursor name is shown as the default arrow. */
const CSS: Readonly<Record<string, CssCursor>> = {
  arrow: 'default',
  left_ptr: 'default',
  top_left_arrow: 'default',
  xterm: 'text',
  ibeam: 'text',
  hand1: 'pointer',
  hand2: 'pointer',
  watch: 'wait',
  cross: 'crosshair',
  crosshair: 'crosshair',
  tcross: 'crosshair',
  cross_reverse: 'crosshair',
  diamond_cross: 'crosshair',
  plus: 'cell',
  fleur: 'move',
  question_arrow: 'help',
  circle: 'not-allowed',
  X_cursor: 'not-allowed',
  pirate: 'not-allowed',
  none: 'none',
  sb_h_double_arrow: 'ew-resize',
  sb_v_double_arrow: 'ns-resize',
  double_arrow: 'ns-resize',
  left_side: 'w-resize',
  right_side: 'e-resize',
  top_side: 'n-resize',
  bottom_side: 's-resize',
  top_left_corner: 'nw-resize',
  top_right_corner: 'ne-resize',
  bottom_left_corner: 'sw-resize',
  bottom_right_corner: 'se-resize',
  sizing: 'nwse-resize',
}; // prettier-ignore

const OTHER_CURSORS =
  ' based_arrow_down based_arrow_up boat bogosity bottom_side bottom_tee box_spiral center_ptr clock coffee_mug dot dotbox draft_large draft_small draped_box exchange gobbler gumby heart icon iron_cross leftbutton left_tee ll_angle lr_angle man middlebutton mouse pencil right_ptr right_tee rightbutton rtl_logo sailboat sb_down_arrow sb_left_arrow sb_right_arrow sb_up_arrow shuttle spider spraycan star target top_tee trek ul_angle umbrella ur_angle ';

export interface Cursor {
  /** As the script spelt it. */
  readonly name: string;
  readonly css: CssCursor;
}

/** A cursor name with up to two colours, as GetCursor(3); `@file` forms are refused as Safe Tk refuses them. */
export const cursor: OptionType<Cursor> = {
  parse(_app, _win, v) {
    const name = str(v);
    const words = elements(v).map(str);
    if (name.startsWith('@')) throw tkError("can't get cursor from a file in a safe interpreter", 'SAFE', 'CURSOR_FILE');
    const known = words.length >= 1 && words.length <= 3 && (Object.hasOwn(CSS, words[0]!) || OTHER_CURSORS.includes(` ${words[0]} `));
    if (!known) throw tkError(`bad cursor spec "${name}"`, 'VALUE', 'CURSOR');
    if (words[0] !== 'none') for (const c of words.slice(1)) hexOf(c);
    return { name, css: CSS[words[0]!] ?? 'default' };
  },
};

/** Padding `left ?right?`: TkParsePadAmount. Returns both sides. */
export function padOf(v: Value): readonly [number, number] {
  const part = (e: Value, which: string): number => {
    const d = parseDistance(str(e));
    const n = d === undefined ? -1 : round(d);
    if (n < 0) throw tkError(`bad ${which}pad value "${str(e)}": must be positive screen distance`, 'VALUE', 'PADDING', 'DIST');
    return n;
  };
  const parts = elements(v);
  if (parts.length !== 1 && parts.length !== 2) throw tkError('wrong number of parts to pad specification', 'VALUE', 'PADDING', 'PARTS');
  const left = part(parts[0]!, '');
  return [left, parts.length === 2 ? part(parts[1]!, '2nd ') : left];
}
