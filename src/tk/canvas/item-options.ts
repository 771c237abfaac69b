/**
 * Options of canvas items: tables, `itemconfigure`, `itemcget`, and the types that items alone have. Items are many, so an item keeps
 * values only and prints their text when asked. Answers to tkOldConfig.c and the option parsers of tkCanvUtil.c and tkUtil.c.
 */

import type { Anchor, Color, Dash, Justify } from '../../protocol/display.ts';
import { expected, TclError } from '../../tcl/errors.ts';
import { keptUntilCensus } from '../../tcl/kept.ts';
import { elements, newList } from '../../tcl/list.ts';
import { doubleOf, parseBoolean, smallIntOf } from '../../tcl/number.ts';
import { dbl, str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { hexOf } from '../colors.ts';
import { parseDistance, round } from '../converters.ts';
import { addInfo, badDistance, tkError } from '../errors.ts';
import type { Font } from '../fonts.ts';
import type { Smooth } from './smooth.ts';
import type { Cap, Join } from './trig.ts';

export interface ItemOptionType<V> {
  parse(app: TkApp, v: Value): V;
  print(v: V): Value;
}
export interface ItemOption<V> {
  readonly type: ItemOptionType<V>;
  /** The default `itemconfigure` lists, which Tk does not always spell as the value it starts with. */
  readonly def: string;
  readonly initial: V;
}
// biome-ignore lint/suspicious/noExplicitAny: a variance-free pattern for inference only
export type ItemValues<R> = { [K in keyof R]: R[K] extends ItemOption<any> ? R[K]['initial'] : never };

export function option<V>(type: ItemOptionType<V>, def: string, initial: V): ItemOption<V> {
  return { type, def, initial };
}

export class ItemTable<R extends object> {
  readonly names: readonly string[];
  private readonly rows: ReadonlyMap<string, ItemOption<unknown>>;
  private readonly initial: ItemValues<R>;

  constructor(rows: R) {
    this.rows = new Map(Object.entries(rows));
    this.names = [...this.rows.keys()];
    this.initial = Object.fromEntries(Object.entries(rows).map(([k, row]) => [k, (row as ItemOption<unknown>).initial])) as ItemValues<R>;
  }

  create(): ItemValues<R> {
    return { ...this.initial };
  }

  private find(given: string): string {
    const name = given.slice(1);
    if (given.startsWith('-')) {
      if (this.rows.has(name)) return name;
      const hits = name === '' ? [] : this.names.filter((n) => n.startsWith(name));
      if (hits.length === 1) return hits[0]!;
      if (hits.length > 1) throw tkError(`ambiguous option "${given}"`, 'LOOKUP', 'OPTION', given);
    }
    throw tkError(`unknown option "${given}"`, 'LOOKUP', 'OPTION', given);
  }

  /** Sets options from words. Those before a bad one stay set, as in Tk. */
  set(app: TkApp, values: ItemValues<R>, words: readonly Value[]): void {
    for (let i = 0; i < words.length; i += 2) {
      const given = str(words[i]!);
      const name = this.find(given);
      const v = words[i + 1];
      if (v === undefined) throw tkError(`value for "${given}" missing`, 'VALUE_MISSING');
      try {
        (values as Record<string, unknown>)[name] = this.rows.get(name)!.type.parse(app, v);
      } catch (e) {
        throw e instanceof TclError ? addInfo(e, `(processing "-${name}" option)`) : e;
      }
    }
  }

  private print(values: ItemValues<R>, name: string): Value {
    return this.rows.get(name)!.type.print((values as Record<string, unknown>)[name]);
  }

  get(values: ItemValues<R>, given: string): Value {
    return this.print(values, this.find(given));
  }

  info(values: ItemValues<R>, given: string | null): Value {
    const tuple = (name: string) => newList([`-${name}`, '', '', this.rows.get(name)!.def, this.print(values, name)]);
    return given === null ? newList(this.names.map(tuple)) : tuple(this.find(given));
  }
}

// ---- types ----

const same = <V extends Value>(v: V): V => v;
const orEmpty = (v: string | null): string => v ?? '';

/** A colour with the name it was given by. */
export interface Ink {
  readonly name: string;
  readonly color: Color;
}
const inks = keptUntilCensus(new Map<string, Ink>());

/** Items share their colours: scripts use few, and there may be thousands of items. */
export const ink: ItemOptionType<Ink | null> = {
  parse(_app, v) {
    const name = str(v);
    if (name === '') return null;
    let found = inks.get(name);
    if (!found) {
      found = { name, color: hexOf(name) };
      if (inks.size > 1000) inks.clear();
      inks.set(name, found);
    }
    return found;
  },
  print: (v) => v?.name ?? '',
};
export const BLACK_INK: Ink = { name: '#000000', color: '#000000' };

/** A coordinate or other screen distance in fractional pixels. */
export function coordOf(v: Value, code = 'PIXELS'): number {
  if (typeof v === 'number') return v;
  const d = parseDistance(str(v));
  if (d === undefined) throw badDistance(str(v), code);
  return d;
}

export const text: ItemOptionType<string> = { parse: (_app, v) => str(v), print: same };
export const whole: ItemOptionType<number> = { parse: (_app, v) => smallIntOf(v), print: same };
export const real: ItemOptionType<number> = { parse: (_app, v) => doubleOf(v), print: dbl };
export const pixels: ItemOptionType<number> = { parse: (_app, v) => round(coordOf(v, 'FRACTIONAL_PIXELS')), print: same };
/** A line width: fractional pixels, not negative. */
export const thickness: ItemOptionType<number> = {
  parse(_app, v) {
    const d = coordOf(v, 'FRACTIONAL_PIXELS');
    if (d < 0) throw badDistance(str(v));
    return d;
  },
  print: dbl,
};

/** One of some words, abbreviated or not, with the message its parser in Tk has. */
function words<T extends string>(table: readonly T[], bad: (given: string) => TclError, empty?: T): ItemOptionType<T> {
  return {
    parse(_app, v) {
      const given = str(v);
      const hit = given === '' ? empty : (table.find((w) => w === given) ?? table.find((w) => w.startsWith(given)));
      if (hit === undefined) throw bad(given);
      return hit;
    },
    print: same,
  };
}
export const anchor = words<Anchor>(['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw', 'center'], (given) =>
  tkError(`bad anchor position "${given}": must be n, ne, e, se, s, sw, w, nw, or center`, 'VALUE', 'ANCHOR'),
);
export const justify = words<Justify>(['left', 'right', 'center'], (given) =>
  tkError(`bad justification "${given}": must be left, right, or center`, 'VALUE', 'JUSTIFY'),
);
export const capStyle = words<Cap>(['butt', 'projecting', 'round'], (given) =>
  tkError(`bad cap style "${given}": must be butt, projecting, or round`, 'VALUE', 'CAP'),
);
export const joinStyle = words<Join>(['bevel', 'miter', 'round'], (given) =>
  tkError(`bad join style "${given}": must be bevel, miter, or round`, 'VALUE', 'JOIN'),
);
export const arrow = words(
  ['none', 'first', 'last', 'both'] as const,
  (given) => tkError(`bad arrow spec "${given}": must be none, first, last, or both`, 'CANVAS', 'ARROW'),
  'none',
);
export const arcStyle = words(
  ['pieslice', 'chord', 'arc'] as const,
  (given) => tkError(`bad -style option "${given}": must be arc, chord, or pieslice`, 'CANVAS', 'ARC_STYLE'),
  'pieslice',
);

export type ItemState = 'normal' | 'disabled' | 'hidden';
/** null: as the canvas. */
export const state: ItemOptionType<ItemState | null> = {
  parse(_app, v) {
    const given = str(v);
    if (given === '') return null;
    const hit = (['normal', 'disabled', 'hidden'] as const).find((w) => w.startsWith(given));
    if (!hit) throw tkError(`bad state value "${given}": must be normal, hidden, or disabled`, 'VALUE', 'STATE');
    return hit;
  },
  print: orEmpty,
};

/** Never changed in place: `addtag` puts a new list in. */
export const tags: ItemOptionType<readonly string[]> = {
  parse: (app, v) => {
    const list = elements(v);
    app.interp.budget.allocate(list.length * 16);
    return list.map(str);
  },
  print: (v) => newList([...v]),
};

/** -smooth: `true` for the parabolic spline, `raw` for Bezier points, null for straight edges. */
export const smooth: ItemOptionType<Smooth | null> = {
  parse(_app, v) {
    const given = str(v);
    if (given === '') return null;
    const hits = (['raw', 'true'] as const).filter((m) => m.startsWith(given));
    if ('bezier'.startsWith(given)) hits.push('true');
    if (hits.length > 1) throw tkError(`ambiguous smooth method "${given}"`, 'LOOKUP', 'SMOOTH', given);
    const on = hits[0] ? true : parseBoolean(v);
    if (on === undefined) throw expected('boolean value', given, 'BOOLEAN');
    return on ? (hits[0] ?? 'true') : null;
  },
  print: (v) => v ?? '0',
};

/** A font with the name it was given by. */
export const font: ItemOptionType<{ readonly name: Value; readonly font: Font } | null> = {
  parse: (app, v) => ({ name: v, font: app.fonts.get(v) }),
  print: (v) => v?.name ?? '',
};

export const arrowShape: ItemOptionType<readonly [number, number, number]> = {
  parse(_app, v) {
    try {
      const [a, b, c, extra] = elements(v).map((e) => Math.fround(coordOf(e)));
      if (a !== undefined && b !== undefined && c !== undefined && extra === undefined) return [a, b, c];
    } catch (e) {
      if (!(e instanceof TclError)) throw e;
    }
    throw tkError(`bad arrow shape "${str(v)}": must be list with three numbers`, 'CANVAS', 'ARROW_SHAPE');
  },
  print: (v) => newList(v.map((n) => String(Number(n.toPrecision(5))))),
};

/** -dash as given: a list of lengths, or characters `.`, `-`, `_`, `,` and space. */
export interface DashSpec {
  readonly lengths: readonly number[] | null;
  readonly text: string;
}

/** Lengths that the character form gives for a line so wide; null when it is malformed. */
function dashPattern(chars: string, width: number): number[] | null {
  const w = Math.max(1, Math.floor(width + 0.5));
  const out: number[] = [];
  for (const c of chars) {
    const at = '.,-_'.indexOf(c);
    if (at >= 0) out.push((at + 1) * 2 * w, 4 * w);
    else if (c === ' ' && out.length > 0) out[out.length - 1]! += w + 1;
    else return null;
  }
  return out;
}

export const dash: ItemOptionType<DashSpec | null> = {
  parse(app, v) {
    const given = str(v);
    if (given === '') return null;
    app.interp.budget.charge(given.length);
    const bad = () => tkError(`bad dash list "${given}": must be a list of integers or a format like "-.."`, 'VALUE', 'DASH');
    if ('.,-_'.includes(given[0]!)) {
      if (!dashPattern(given, 1)) throw bad();
      return { lengths: null, text: given };
    }
    let parts: readonly Value[];
    try {
      parts = elements(v);
    } catch (e) {
      throw e instanceof TclError ? bad() : e;
    }
    const lengths = parts.map(dashLength);
    return lengths.length === 0 ? null : { lengths, text: lengths.join(' ') };
  },
  print: (v) => v?.text ?? '',
};

function dashLength(v: Value): number {
  let n = 0;
  try {
    n = smallIntOf(v);
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
  }
  if (n < 1 || n > 255) throw tkError(`expected integer in the range 1..255 but got "${str(v)}"`, 'VALUE', 'DASH');
  return n;
}

export function dashOf(spec: DashSpec | null, width: number, offset: number): Dash | null {
  return spec && { pattern: spec.lengths ?? dashPattern(spec.text, width)!, offset };
}
