/** Font metrics from an OffscreenCanvas, rounded to whole pixels as X's are. Implements the Measurer of tk/fonts.ts. */
import type { FontSpec } from '../protocol/display.ts';
import { keptUntilCensus } from '../tcl/kept.ts';
import type { Measurer } from '../tk/fonts.ts';

/** The families a script may list: fixed, so that the list tells nothing about the machine. */
const FAMILIES: readonly string[] = ['Courier', 'DejaVu Sans', 'DejaVu Sans Mono', 'Helvetica', 'Times', 'fixed'];

const CSS_FAMILIES: ReadonlyMap<string, string> = new Map([
  ['helvetica', 'Helvetica, Arial, "Liberation Sans", sans-serif'],
  ['arial', 'Arial, "Liberation Sans", Helvetica, sans-serif'],
  ['times', 'Times, "Times New Roman", "Liberation Serif", serif'],
  ['courier', 'Courier, "Courier New", "Liberation Mono", monospace'],
  ['fixed', '"DejaVu Sans Mono", monospace'],
]);
const GENERIC: ReadonlySet<string> = new Set(['serif', 'sans-serif', 'monospace']);

function cssFont(f: FontSpec): string {
  const family =
    CSS_FAMILIES.get(f.family.toLowerCase()) ??
    (GENERIC.has(f.family) ? f.family : `"${f.family.replace(/[^\p{L}\p{N} _.-]/gu, '')}", sans-serif`);
  return `${f.slant === 'italic' ? 'italic ' : ''}${f.weight === 'bold' ? 'bold ' : ''}${f.sizePx}px ${family}`;
}

/** Estimates for a platform without text on OffscreenCanvas: the page fits its runs to whatever is measured here. */
const ESTIMATE: Measurer = {
  families: () => FAMILIES,
  face: (family) => family,
  metrics: (f) => ({ ascent: Math.round(f.sizePx * 0.93), descent: Math.round(f.sizePx * 0.24), fixed: false }),
  advance: (f, char) => Math.round(f.sizePx * (char.codePointAt(0)! > 0x2e7f ? 1 : 0.6)),
};

/** Fonts whose widths are kept, and characters of each. */
const MAX_FONTS = 100;
const MAX_WIDTHS = 10_000;

/** A measurer over the platform's own text. */
export function canvasMeasurer(): Measurer {
  if (typeof OffscreenCanvas === 'undefined') return ESTIMATE;
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null || typeof context.measureText !== 'function') return ESTIMATE;
  const advances = keptUntilCensus(new Map<string, Map<string, number>>());
  let current = '';
  const use = (font: string): void => {
    if (font === current) return;
    context.font = font;
    current = font;
  };
  return {
    families: () => FAMILIES,
    face: (family) =>
      FAMILIES.find((f) => f.toLowerCase() === family.toLowerCase()) ?? (CSS_FAMILIES.has(family.toLowerCase()) ? family : 'DejaVu Sans'),
    metrics: (spec) => {
      use(cssFont(spec));
      const m = context.measureText('M');
      const wide = context.measureText('i').width;
      return {
        ascent: Math.round(m.fontBoundingBoxAscent),
        descent: Math.round(m.fontBoundingBoxDescent),
        fixed: Math.abs(m.width - wide) < 0.01,
      };
    },
    advance: (spec, char) => {
      const font = cssFont(spec);
      let known = advances.get(font);
      if (known === undefined) {
        if (advances.size >= MAX_FONTS) advances.clear();
        advances.set(font, (known = new Map()));
      }
      let w = known.get(char);
      if (w === undefined) {
        use(font);
        w = Math.round(context.measureText(char).width);
        if (known.size < MAX_WIDTHS) known.set(char, w);
      }
      return w;
    },
  };
}
