/**
 * `postscript`: a page description of what a canvas shows, made from what the display is told of each item. Leaves out the pixels of images
 * and bitmaps, and prints stipples solid. A file cannot be written: no tclet has one. Answers to canvas.n and tkCanvPs.c.
 */
import type { Anchor, CanvasItem, Color, Fill, FontSpec, Rect, Stroke, TextRun } from '../../protocol/display.ts';
import { channelNamed } from '../../tcl/channels.ts';
import type { Interp } from '../../tcl/command.ts';
import { doing } from '../../tcl/commands/puts.ts';
import { TclError } from '../../tcl/errors.ts';
import { elements } from '../../tcl/list.ts';
import { boolOf, smallIntOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import { hexOf } from '../colors.ts';
import { parseDistance } from '../converters.ts';
import { tkError } from '../errors.ts';
import type { Canvas } from './canvas.ts';
import type { Item } from './item.ts';
import { anchor, type ItemOptionType, ItemTable, option, pixels, text } from './item-options.ts';

const yes: ItemOptionType<boolean> = { parse: (_app, v) => boolOf(v), print: (b) => (b ? 1 : 0) };
const words = option(text, '', '');
const TABLE = new ItemTable({
  colormap: words,
  colormode: words,
  file: words,
  channel: words,
  fontmap: words,
  height: option(pixels, '', -1),
  pageanchor: option<Anchor>(anchor, '', 'center'),
  pageheight: words,
  pagewidth: words,
  pagex: words,
  pagey: words,
  prolog: option<boolean>(yes, '', true),
  rotate: option<boolean>(yes, '', false),
  width: option(pixels, '', -1),
  x: option(pixels, '', 0),
  y: option(pixels, '', 0),
});

/** A distance on paper, in points; plain numbers are points. */
function pointsOf(given: string): number {
  const d = parseDistance(/[cimp]\s*$/.test(given) ? given : `${given}p`);
  if (d === undefined) throw tkError(`bad distance "${given}"`, 'CANVAS', 'PS', 'POINTS');
  return d * 0.75;
}

/** Words of the program: `T` shows a text fitted to a width, `O` puts an oval or arc into the path. */
const PROLOG = `%%BeginProlog
50 dict begin
/T { /s exch def /w exch def moveto s length 0 gt { w s stringwidth pop sub s length div 0 s ashow } if } bind def
/O { /m matrix currentmatrix def 6 2 roll translate scale 0 0 1 5 -2 roll O1 m setmatrix } bind def
/O1 { 2 copy gt { arcn } { arc } ifelse } bind def
/F { findfont dup length dict begin { 1 index /FID ne { def } { pop pop } ifelse } forall
  /Encoding ISOLatin1Encoding def currentdict end /TkFont exch definefont exch scalefont setfont } bind def
%%EndProlog
`;

class Writer {
  private readonly out: string[] = [];
  private readonly interp: Interp;
  private readonly level: number;
  private readonly bottom: number;
  private readonly colors = new Map<Color, string>();

  constructor(interp: Interp, level: number, bottom: number, colorMap: string) {
    this.interp = interp;
    this.level = level;
    this.bottom = bottom;
    for (const [name, code] of (colorMap === '' ? null : interp.getArray(colorMap)) ?? []) this.mapColor(String(name), str(code));
  }

  private mapColor(name: string, code: string): void {
    try {
      this.colors.set(hexOf(name), code);
    } catch (e) {
      if (!(e instanceof TclError)) throw e;
    }
  }

  put(...parts: readonly (string | number)[]): void {
    const line = parts.map((p) => (typeof p === 'number' ? String(Number(p.toFixed(4))) : p)).join(' ');
    this.interp.budget.allocate(line.length * 2 + 16);
    this.out.push(line);
  }
  get text(): string {
    return `${this.out.join('\n')}\n`;
  }

  y(y: number): number {
    return this.bottom - y;
  }

  color(c: Color): void {
    const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(c.slice(i, i + 2), 16) / 255) as [number, number, number];
    const gray = 0.3 * r + 0.59 * g + 0.11 * b;
    const mapped = this.colors.get(c);
    if (mapped !== undefined) this.put(mapped);
    else if (this.level === 2) this.put(r, g, b, 'setrgbcolor');
    else this.put(this.level === 1 ? gray : gray < 0.5 ? 0 : 1, 'setgray');
  }

  path(p: readonly number[], close: boolean): void {
    this.put('newpath', p[0]!, this.y(p[1]!), 'moveto');
    for (let i = 2; i + 1 < p.length; i += 2) this.put(p[i]!, this.y(p[i + 1]!), 'lineto');
    if (close) this.put('closepath');
  }
  rect(r: Rect): void {
    this.path([r.x, r.y, r.x + r.w, r.y, r.x + r.w, r.y + r.h, r.x, r.y + r.h], true);
  }
  /** Adds part of an oval to the path. */
  oval(r: Rect, from: number, to: number): void {
    this.put(Math.max(r.w, 0.1) / 2, Math.max(r.h, 0.1) / 2, r.x + r.w / 2, this.y(r.y + r.h / 2), from, to, 'O');
  }

  /** Fills and strokes what the path is; `join` as the page names them. */
  ink(fill: Fill | null, s: Stroke, join: number, cap: number): void {
    if (fill?.color) {
      this.put('gsave');
      this.color(fill.color);
      this.put('eofill grestore');
    }
    if (!s.color) return;
    this.put(s.width, 'setlinewidth', join, 'setlinejoin', cap, 'setlinecap');
    if (s.dash) this.put('[', ...s.dash.pattern, ']', s.dash.offset, 'setdash');
    this.color(s.color);
    this.put('stroke');
  }
}

const JOINS = { miter: 0, round: 1, bevel: 2 } as const;
const CAPS = { butt: 0, round: 1, projecting: 2 } as const;

function writeItem(w: Writer, item: Item, d: CanvasItem, fontMap: string): void {
  switch (d.kind) {
    case 'line':
      w.path(d.points, false);
      w.ink(null, d.stroke, JOINS[d.join], CAPS[d.cap]);
      for (const a of d.arrows) {
        w.path(a, true);
        w.put('eofill');
      }
      return;
    case 'polygon':
      w.path(d.points, true);
      return w.ink(d.fill, d.stroke, JOINS[d.join], 1);
    case 'rectangle':
      w.rect(d.rect);
      return w.ink(d.fill, d.stroke, 0, 2);
    case 'oval':
      w.put('newpath');
      w.oval(d.rect, 0, 360);
      w.put('closepath');
      return w.ink(d.fill, d.stroke, 0, 2);
    case 'arc':
      w.put('newpath');
      if (d.style === 'pieslice') w.put(d.rect.x + d.rect.w / 2, w.y(d.rect.y + d.rect.h / 2), 'moveto');
      w.oval(d.rect, d.start, d.start + d.extent);
      if (d.style !== 'arc') w.put('closepath');
      return w.ink(d.style === 'arc' ? null : d.fill, d.stroke, 2, 0);
    case 'text':
      return writeText(w, item, d, fontMap);
    case 'image':
      return;
  }
}

function writeText(w: Writer, item: Item, d: Extract<CanvasItem, { kind: 'text' }>, fontMap: string): void {
  const [name, size] = fontOf(item, d.block.font, fontMap);
  w.put(size, `/${name}`, 'F');
  w.color(d.block.color);
  w.put(d.x, w.y(d.y), 'translate');
  if (d.angle !== 0) w.put(d.angle, 'rotate');
  for (const run of d.block.runs) w.put(run.x, -run.y, run.w, literal(run), 'T');
}

/** A text as a PostScript string, in Latin 1. */
function literal(run: TextRun): string {
  const body = run.text.replace(/[^ -~]|[()\\]/g, (c) => {
    const code = c.charCodeAt(0);
    return code > 255 ? '?' : `\\${code.toString(8).padStart(3, '0')}`;
  });
  return `(${body})`;
}

/** Name and size of a font: what -fontmap says, or the nearest of the fonts that every printer has. */
function fontOf(item: Item, f: FontSpec, fontMap: string): readonly [string, number] {
  const given = (item.o as { readonly font?: { readonly name: Value } }).font;
  const { interp } = item.canvas.app;
  const mapped = fontMap === '' || !given ? undefined : interp.getVar(`${fontMap}(${str(given.name)})`);
  if (mapped !== undefined) {
    const [name, size, extra] = elements(mapped);
    if (name === undefined || size === undefined || extra !== undefined) {
      throw tkError(`bad font map entry for "${str(given!.name)}": "${str(mapped)}"`, 'CANVAS', 'PS', 'FONTMAP');
    }
    return [str(name).replace(/[^\w-]/g, ''), smallIntOf(size)];
  }
  const bold = f.weight === 'bold' ? 'Bold' : '';
  const serif = /times|serif(?<!sans.serif)|roman/i.test(f.family);
  const slant = f.slant === 'italic' ? (serif ? 'Italic' : 'Oblique') : '';
  const style = bold + slant || (serif ? 'Roman' : '');
  const family = /mono|courier|fixed/i.test(f.family) ? 'Courier' : serif ? 'Times' : 'Helvetica';
  return [family + (style === '' ? '' : `-${style}`), f.sizePx];
}

/** The embedded window's area in its background. */
function writeWindow(w: Writer, item: Item): void {
  const { window } = item.o as { readonly window?: { readonly widget: { readonly options: { readonly values: object } } | null } | null };
  const bg = (window?.widget?.options.values as { readonly background?: { readonly background: Color } | null } | undefined)?.background;
  if (!bg) return;
  w.rect({ x: item.x1, y: item.y1, w: item.x2 - item.x1, h: item.y2 - item.y1 });
  w.color(bg.background);
  w.put('fill');
}

function colorLevel(mode: string): number {
  const level = mode === '' ? 2 : ['monochrome', 'gray', 'color'].findIndex((m) => m.startsWith(mode));
  if (level < 0) throw tkError(`bad color mode "${mode}": must be monochrome, gray, or color`, 'CANVAS', 'PS', 'COLORMODE');
  return level;
}

export function postscript(c: Canvas, args: readonly Value[]): Value {
  const o = TABLE.create();
  o.x = c.originX;
  o.y = c.originY;
  TABLE.set(c.app, o, args);
  const width = o.width < 0 ? c.win.width : o.width;
  const height = o.height < 0 ? c.win.height : o.height;
  const pageX = o.pagex === '' ? 72 * 4.25 : pointsOf(o.pagex);
  const pageY = o.pagey === '' ? 72 * 5.5 : pointsOf(o.pagey);
  const scale = o.pagewidth !== '' ? pointsOf(o.pagewidth) / width : o.pageheight !== '' ? pointsOf(o.pageheight) / height : 0.75;
  const level = colorLevel(o.colormode);
  if (o.file !== '') {
    if (o.channel !== '') throw tkError("can't specify both -file and -channel", 'CANVAS', 'PS', 'USAGE');
    throw tkError("can't specify -file in a safe interpreter", 'SAFE', 'PS_FILE');
  }
  const channel = o.channel === '' ? null : channelNamed(c.app.interp, o.channel);
  if (channel?.writable === false) throw tkError(`channel "${o.channel}" wasn't opened for writing`, 'CANVAS', 'PS', 'UNWRITABLE');
  const a = o.pageanchor;
  const dx = a.includes('w') ? 0 : a !== 'center' && a.includes('e') ? -width : Math.trunc(-width / 2);
  const dy = a[0] === 'n' ? -height : a[0] === 's' ? 0 : Math.trunc(-height / 2);
  const w = new Writer(c.app.interp, level, o.y + height, o.colormap);
  if (o.prolog) {
    const at = (n: number, scaled: number) => Math.trunc(n + scale * scaled);
    const box = o.rotate
      ? [at(pageX, -dy - height), at(pageY, dx), at(pageX + 1, -dy), at(pageY + 1, dx + width)]
      : [at(pageX, dx), at(pageY, dy), at(pageX + 1, dx + width), at(pageY + 1, dy + height)];
    w.put(`%!PS-Adobe-3.0 EPSF-3.0\n%%Creator: Tk Canvas Widget\n%%Title: Window ${c.win.path.replace(/[^ -~]/g, '?')}`);
    w.put('%%BoundingBox:', ...box);
    w.put(`%%Pages: 1\n%%DocumentData: Clean7Bit\n%%Orientation: ${o.rotate ? 'Landscape' : 'Portrait'}\n%%EndComments\n`);
    w.put(`${PROLOG}%%Page: 1 1\nsave`);
    w.put(pageX.toFixed(1), pageY.toFixed(1), 'translate');
    if (o.rotate) w.put('90 rotate');
    w.put(scale, scale, 'scale');
    w.put(dx - o.x, dy, 'translate');
    w.rect({ x: o.x, y: o.y, w: width, h: height });
    w.put('clip newpath');
  }
  for (let i = c.first; i; i = i.next) {
    if (i.hidden || i.x1 >= o.x + width || i.x2 < o.x || i.y1 >= o.y + height || i.y2 < o.y) continue;
    w.put('gsave');
    const d = i.describe();
    if (d) writeItem(w, i, d, o.fontmap);
    else if (i.kind === 'window') writeWindow(w, i);
    w.put('grestore');
  }
  if (o.prolog) w.put('restore showpage\n\n%%Trailer\nend\n%%EOF');
  if (!channel) return w.text;
  doing('writing', channel, () => channel.write(w.text, false));
  return '';
}
