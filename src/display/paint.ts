/**
 * Painting in the classic look: bevels, text runs, images, arrows, indicators, on a 2D context in CSS pixels.
 * What is painted where was decided in the worker; colours are checked before use. Answers to tk3d.c, tkUnix3d.c, tkUnixButton.c.
 */
import type { Bevel, Box, Color, FontSpec, ImageId, ImagePart, Indicator, Rect, TextBlock, TextRun } from '../protocol/display.ts';

export type Ctx = CanvasRenderingContext2D;

/** An image in bands of so many rows: to make one canvas of a large one takes longer than a page may stand still. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  readonly bands: HTMLCanvasElement[];
  /** Copies in other colours. */
  readonly tints: Map<string, HTMLCanvasElement>;
}

const MOST_TINTS = 20;

/** Images by id. */
export interface ImageSource {
  get(id: ImageId): Picture | undefined;
}

const COLOR = /^#[0-9a-f]{6}$/;

/** The colour, or black when it is not one: nothing else ever reaches CSS. */
export function css(c: Color): string {
  return COLOR.test(c) ? c : '#000000';
}

const GENERIC: ReadonlySet<string> = new Set(['serif', 'sans-serif', 'monospace', 'cursive', 'fantasy', 'system-ui']);

/** What X's families are called on today's systems; the metric twins first. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ['helvetica', 'Helvetica, Arial, "Liberation Sans", sans-serif'],
  ['arial', 'Arial, "Liberation Sans", Helvetica, sans-serif'],
  ['times', 'Times, "Times New Roman", "Liberation Serif", serif'],
  ['courier', 'Courier, "Courier New", "Liberation Mono", monospace'],
  ['fixed', '"DejaVu Sans Mono", monospace'],
]);

/** A font as the CSS `font` shorthand. */
export function cssFont(f: FontSpec): string {
  const known = FAMILIES.get(f.family.toLowerCase());
  const family = known ?? (GENERIC.has(f.family) ? f.family : `"${f.family.replace(/[^\p{L}\p{N} _.-]/gu, '')}", sans-serif`);
  const size = Number.isFinite(f.sizePx) ? Math.min(Math.max(f.sizePx, 1), 1000) : 12;
  return `${f.slant === 'italic' ? 'italic ' : ''}${f.weight === 'bold' ? 'bold ' : ''}${size}px ${family}`;
}

export function fillRect(ctx: Ctx, r: Rect, color: Color | null): void {
  if (color === null || r.w <= 0 || r.h <= 0) return;
  ctx.fillStyle = css(color);
  ctx.fillRect(r.x, r.y, r.w, r.h);
}

/** The four mitred edges of a bevel: `a` is the top and left colour, `b` the bottom and right one. */
function edges(ctx: Ctx, { x, y, w, h }: Rect, width: number, a: string, b: string): void {
  const n = Math.min(width, Math.floor(Math.min(w, h) / 2));
  if (n <= 0) return;
  ctx.fillStyle = b;
  for (let i = 0; i < n; i++) {
    ctx.fillRect(x + i, y + h - 1 - i, w - 2 * i, 1);
    ctx.fillRect(x + w - 1 - i, y + i, 1, h - 2 * i);
  }
  ctx.fillStyle = a;
  for (let i = 0; i < n; i++) {
    ctx.fillRect(x + i, y + i, w - 2 * i - 1, 1);
    ctx.fillRect(x + i, y + i, 1, h - 2 * i - 1);
  }
}

/** A bevelled edge inside `r`. */
export function bevel(ctx: Ctx, r: Rect, b: Bevel): void {
  const light = css(b.light);
  const dark = css(b.dark);
  switch (b.relief) {
    case 'raised':
      return edges(ctx, r, b.width, light, dark);
    case 'sunken':
      return edges(ctx, r, b.width, dark, light);
    case 'solid':
      return edges(ctx, r, b.width, '#000000', '#000000');
    case 'flat':
      return edges(ctx, r, b.width, css(b.background), css(b.background));
    case 'groove':
    case 'ridge': {
      const outer = Math.floor(b.width / 2);
      const inner = { x: r.x + outer, y: r.y + outer, w: r.w - 2 * outer, h: r.h - 2 * outer };
      const [a, c] = b.relief === 'groove' ? [dark, light] : [light, dark];
      edges(ctx, r, outer, a, c);
      edges(ctx, inner, b.width - outer, c, a);
    }
  }
}

/** A filled box with its bevel. */
export function filled(ctx: Ctx, r: Rect, b: Bevel): void {
  fillRect(ctx, r, b.background);
  bevel(ctx, r, b);
}

/** Ring, background and bevel that most widgets have. */
export function box(ctx: Ctx, w: number, h: number, b: Box): void {
  fillRect(ctx, { x: 0, y: 0, w, h }, b.background);
  bevel(ctx, { x: b.inset, y: b.inset, w: w - 2 * b.inset, h: h - 2 * b.inset }, b.bevel);
  ring(ctx, { x: 0, y: 0, w, h }, b.highlight.width, b.highlight.color);
}

/** A frame of one colour, `n` pixels wide, inside `r`. */
export function ring(ctx: Ctx, r: Rect, n: number, color: Color): void {
  if (n <= 0) return;
  edges(ctx, r, n, css(color), css(color));
}

// --- text -------------------------------------------------------------------------------------------------------------------

let measuring: Ctx | null = null;

/** The page's own advance of a text, for fitting it into the worker's. */
export function naturalWidth(font: string, text: string): number {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (measuring === null) return 0;
  measuring.font = font;
  return measuring.measureText(text).width;
}

const fonts = new Set<string>();
const MOST_FONTS = 1000;

/** True the first time a font is asked for: browsers then look for it and make its glyphs, which takes longer than any text in it. */
export function isNewFont(font: string): boolean {
  if (fonts.has(font)) return false;
  if (fonts.size >= MOST_FONTS) fonts.clear();
  fonts.add(font);
  return true;
}

/** Extra pixels per character that make a text as wide as the worker measured it. */
export function fitSpacing(font: string, text: string, width: number): number {
  const n = [...text].length;
  if (n === 0 || width <= 0) return 0;
  const extra = (width - naturalWidth(font, text)) / n;
  return Math.abs(extra) < 0.004 ? 0 : extra;
}

/** What is on show, in the coordinates of what is painted. */
export interface Span {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Characters that are measured and drawn at once, and how many stand by beyond what is on show, since they are not all of one width. */
const LONG_RUN = 1000;
const MARGIN = 100;
const MOST_CHARS = 5000;

/** Of a run that is very long, the part on show, as if all its characters were of one width: browsers lay out all of a text before they draw any of it. */
export function cutRun(r: TextRun, { left, right }: Span): TextRun {
  const n = r.text.length;
  if (n <= LONG_RUN) return r;
  const each = r.w / n;
  const at = (x: number): number => (each > 0 ? (x - r.x) / each : 0);
  const from = Math.max(0, Math.min(n, Math.floor(at(left)) - MARGIN));
  const to = Math.max(from, Math.min(n, Math.ceil(at(right)) + MARGIN, from + MOST_CHARS));
  return { x: r.x + from * each, y: r.y, w: (to - from) * each, text: r.text.slice(from, to) };
}

/** A run in the current font and fill colour, fitted to its width. */
export function run(ctx: Ctx, whole: TextRun, font: string, seen: Span): void {
  const r = cutRun(whole, seen);
  const extra = fitSpacing(font, r.text, r.w);
  if ('letterSpacing' in ctx) {
    ctx.letterSpacing = `${extra}px`;
    ctx.fillText(r.text, r.x, r.y);
    return;
  }
  // Safari has no letterSpacing on contexts: stretched a little instead.
  const natural = naturalWidth(font, r.text);
  const c = ctx as Ctx;
  c.save();
  c.translate(r.x, r.y);
  if (natural > 0) c.scale(r.w / natural, 1);
  c.fillText(r.text, 0, 0);
  c.restore();
}

/** Laid-out text with its decorations, as far as it is on show. */
export function text(ctx: Ctx, t: TextBlock, seen: Span): void {
  const font = cssFont(t.font);
  ctx.font = font;
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = css(t.color);
  ctx.globalAlpha = t.dim ? 0.5 : 1;
  for (const r of t.runs) {
    if (r.y + t.descent < seen.top || r.y - t.ascent > seen.bottom) continue;
    run(ctx, r, font, seen);
    const thick = Math.max(1, Math.round(t.font.sizePx / 14));
    if (t.font.underline) ctx.fillRect(r.x, r.y + 1, r.w, thick);
    if (t.font.overstrike) ctx.fillRect(r.x, r.y - Math.round(t.ascent * 0.3), r.w, thick);
  }
  if (t.underline !== null) ctx.fillRect(t.underline.x, t.underline.y, t.underline.w, t.underline.h);
  ctx.globalAlpha = 1;
}

// --- images -----------------------------------------------------------------------------------------------------------------

/** A bitmap's ones in a colour, its zeros in another or clear. */
export function tinted(source: Picture, foreground: Color, background: Color | null): HTMLCanvasElement {
  const key = `${foreground} ${background}`;
  const known = source.tints.get(key);
  if (known !== undefined) return known;
  const out = document.createElement('canvas');
  out.width = source.width;
  out.height = source.height;
  const ctx = out.getContext('2d');
  if (ctx === null) return out;
  for (const [i, band] of source.bands.entries()) ctx.drawImage(band, 0, i * source.rows);
  ctx.globalCompositeOperation = 'source-in';
  ctx.fillStyle = css(foreground);
  ctx.fillRect(0, 0, out.width, out.height);
  if (background !== null) {
    ctx.globalCompositeOperation = 'destination-over';
    ctx.fillStyle = css(background);
    ctx.fillRect(0, 0, out.width, out.height);
  }
  if (source.tints.size >= MOST_TINTS) source.tints.clear();
  source.tints.set(key, out);
  return out;
}

export function image(ctx: Ctx, part: ImagePart, images: ImageSource): void {
  const source = images.get(part.image);
  if (source === undefined || source.width === 0 || source.height === 0) return;
  const whole = part.bitmap && tinted(source, part.bitmap.foreground, part.bitmap.background);
  ctx.globalAlpha = part.dim ? 0.5 : 1;
  const w = Math.min(part.w, source.width);
  const h = Math.min(part.h, source.height);
  for (const [i, band] of (whole ? [whole] : source.bands).entries()) {
    const y = i * source.rows;
    const rows = Math.min(h - y, band.height);
    if (w > 0 && rows > 0) ctx.drawImage(band, 0, 0, w, rows, part.x, part.y + y, w, rows);
  }
  ctx.globalAlpha = 1;
}

// --- shapes -----------------------------------------------------------------------------------------------------------------

function polygon(ctx: Ctx, points: readonly (readonly [number, number])[], color: string): void {
  ctx.fillStyle = color;
  ctx.beginPath();
  points.forEach(([x, y], i) => {
    if (i === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
  ctx.fill();
}

/** A bevelled arrow of a scrollbar or spinbox, filling `r`. */
export function arrow(ctx: Ctx, r: Rect, direction: 'up' | 'down' | 'left' | 'right', face: Bevel): void {
  if (r.w <= 0 || r.h <= 0) return;
  const { x, y, w, h } = r;
  const corners: Readonly<Record<typeof direction, readonly (readonly [number, number])[]>> = {
    up: [
      [x, y + h],
      [x + w / 2, y],
      [x + w, y + h],
    ],
    down: [
      [x, y],
      [x + w, y],
      [x + w / 2, y + h],
    ],
    left: [
      [x, y + h / 2],
      [x + w, y],
      [x + w, y + h],
    ],
    right: [
      [x, y],
      [x + w, y + h / 2],
      [x, y + h],
    ],
  };
  const p = corners[direction];
  polygon(ctx, p, css(face.background));
  const sunken = face.relief === 'sunken';
  const light = css(sunken ? face.dark : face.light);
  const dark = css(sunken ? face.light : face.dark);
  ctx.lineWidth = Math.min(2, face.width);
  // The edges that face up and left are lit.
  const lit = { up: [true, false, false], down: [true, false, true], left: [true, false, false], right: [true, false, true] }[direction];
  ctx.save();
  ctx.beginPath();
  p.forEach(([px, py], i) => {
    if (i === 0) ctx.moveTo(px, py);
    else ctx.lineTo(px, py);
  });
  ctx.closePath();
  ctx.clip();
  ctx.lineWidth *= 2;
  for (let i = 0; i < 3; i++) {
    const [ax, ay] = p[i]!;
    const [bx, by] = p[(i + 1) % 3]!;
    ctx.strokeStyle = lit[i] ? light : dark;
    ctx.beginPath();
    ctx.moveTo(ax, ay);
    ctx.lineTo(bx, by);
    ctx.stroke();
  }
  ctx.restore();
}

/** The square, circle or bar of a checkbutton, radiobutton or menubutton, as Tk 8.6 draws them on X11. */
export function indicator(ctx: Ctx, i: Indicator): void {
  const { x, y } = i.rect;
  if (i.shape === 'menu') {
    const width = Math.max(1, Math.trunc((i.rect.h + 1) / 3));
    return filled(ctx, i.rect, { width, relief: 'raised', background: i.fill, light: i.light, dark: i.dark });
  }
  const colors = new Map([...'#omf'].map((c, n) => [c, [i.dark, i.light, i.on || i.tristate ? i.mark : i.fill, i.fill][n]!]));
  for (const [dy, row] of (i.shape === 'check' ? CHECK : RADIO).entries()) {
    for (const [dx, c] of [...row].entries()) fillRect(ctx, { x: x + 1 + dx, y: y + 1 + dy, w: 1, h: 1 }, colors.get(c) ?? null);
  }
}

/** Tk's indicators, a letter a pixel: dark and light edge, filling, mark. */
const CHECK = `
##########o
#fffffffffo
#fffffffmfo
#ffffffmmfo
#fmfffmmmfo
#fmmfmmmffo
#fmmmmmfffo
#ffmmmffffo
#fffmfffffo
#fffffffffo
ooooooooooo`
  .trim()
  .split('\n');
const RADIO = `
   ####   |
 ##ffff## |
 #ffffffo |
#fffmmfffo|
#ffmmmmffo|
#ffmmmmffo|
#fffmmfffo|
 #ffffffo |
 ooffffoo |
   oooo   |`
  .slice(1)
  .split('\n');
