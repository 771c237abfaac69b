/**
 * Fonts: descriptions in all their forms, named fonts, metrics. How wide a character is comes from an
 * injected `Measurer`; Tk's rounding to whole pixels is done here, once per font and character. Answers to font.n, tkFont.c, tkUnixRFont.c.
 */

import type { FontSpec } from '../protocol/display.ts';
import { lookup } from '../tcl/errors.ts';
import { elements } from '../tcl/list.ts';
import { boolOf, smallIntOf } from '../tcl/number.ts';
import { R } from '../tcl/regs.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { SCALING } from './converters.ts';
import { tkError } from './errors.ts';
import type { OptionType } from './options.ts';
import type { TkWindow } from './window.ts';

/**
 * Where glyph widths come from: an OffscreenCanvas in the worker, a table elsewhere. Answers are not rounded: measure at a large size and
 * scale down where the source rounds.
 */
export interface Measurer {
  /** Families a script may list. */
  families(): readonly string[];
  /** The family that is used when `family` is asked for. */
  face(family: string): string;
  metrics(font: FontSpec): { readonly ascent: number; readonly descent: number; readonly fixed: boolean };
  /** Advance of one character (a code point). */
  advance(font: FontSpec, char: string): number;
}

export interface FontAttributes {
  family: string;
  /** Points when positive, pixels when negative, the default size when 0. */
  size: number;
  bold: boolean;
  italic: boolean;
  underline: boolean;
  overstrike: boolean;
}

export const NO_ATTRIBUTES: FontAttributes = { family: '', size: 0, bold: false, italic: false, underline: false, overstrike: false };

/** Texts of so many characters are paid for before they are measured. */
const LONG = 1000;

/** A font ready to measure. A named font keeps one Font whose contents change with `font configure`. */
export class Font {
  spec!: FontSpec;
  attributes!: FontAttributes;
  ascent = 0;
  descent = 0;
  fixed = false;
  /** Distance of tab stops. */
  tabWidth = 1;
  /** Top of the underline below the baseline, and its thickness. */
  underlinePos = 0;
  underlineHeight = 1;
  private readonly widths = new Map<string, number>();
  private readonly measurer: Measurer;

  /** Takes the work of laying out text from the budget of the interpreter. */
  readonly pay: (units: number) => void;

  constructor(measurer: Measurer, attributes: FontAttributes, pay: (units: number) => void) {
    this.measurer = measurer;
    this.pay = pay;
    this.load(attributes);
  }

  /** Makes it another font, in place. */
  load(a: FontAttributes): void {
    this.attributes = a;
    const sizePx = a.size < 0 ? -a.size : (a.size || 12) * SCALING;
    this.spec = {
      family: a.family === '' ? 'sans-serif' : a.family,
      sizePx,
      weight: a.bold ? 'bold' : 'normal',
      slant: a.italic ? 'italic' : 'roman',
      underline: a.underline,
      overstrike: a.overstrike,
    };
    const m = this.measurer.metrics(this.spec);
    // As FreeType does for Tk: up to the next whole pixel, but for noise.
    this.ascent = Math.ceil(m.ascent - 0.01);
    this.descent = Math.ceil(m.descent - 0.01);
    this.fixed = m.fixed;
    this.widths.clear();
    this.tabWidth = this.charWidth('0') * 8 || 1;
    this.underlinePos = Math.trunc(this.descent / 2);
    this.underlineHeight = Math.floor(sizePx / 10 + 0.5) || 1;
    if (this.underlinePos + this.underlineHeight > this.descent) {
      this.underlineHeight = this.descent - this.underlinePos;
      if (this.underlineHeight === 0) {
        this.underlinePos--;
        this.underlineHeight = 1;
      }
    }
  }

  get lineHeight(): number {
    return this.ascent + this.descent;
  }

  /** Bytes of the widths it knows. */
  held(): number {
    return WIDTH_BYTES * this.widths.size;
  }

  charWidth(char: string): number {
    let w = this.widths.get(char);
    if (w === undefined) {
      // Control characters have no glyph: the box for missing ones is shown.
      w = Math.round(char < ' ' || char === '\x7f' ? this.spec.sizePx * 0.6 : this.measurer.advance(this.spec, char));
      if (this.widths.size > 4096) this.widths.clear();
      this.widths.set(char, w);
      R.grown += WIDTH_BYTES;
    }
    return w;
  }

  /** Width of a text without line breaks, in whole pixels. */
  width(text: string): number {
    let w = 0;
    if (text.length > LONG) this.pay(10 * text.length);
    for (const c of text) w += this.charWidth(c);
    return w;
  }

  /**
   * How much of `text` fits into `room` pixels (negative: all of it), and how wide that is. `words`: break after a word where there is
   * one; `partial`: count the character that crosses the edge; `atLeastOne`: never answer nothing. Tk_MeasureChars.
   */
  fit(
    text: string,
    room: number,
    how: { words?: boolean; partial?: boolean; atLeastOne?: boolean } = {},
  ): { count: number; width: number } {
    let x = 0;
    let at = 0;
    let wordEnd = 0;
    let wordX = 0;
    let inWord = false;
    if (room < 0 && text.length > LONG) this.pay(10 * text.length);
    for (const c of text) {
      if (/[\t-\r ]/.test(c)) {
        if (inWord) {
          wordEnd = at;
          wordX = x;
          inWord = false;
        }
      } else inWord = true;
      const next = x + this.charWidth(c);
      if (room >= 0 && next > room) {
        if (how.partial || (how.atLeastOne && at === 0)) return { count: at + c.length, width: next };
        if (how.words && !(how.atLeastOne && wordX === 0)) return { count: wordEnd, width: wordX };
        break;
      }
      x = next;
      at += c.length;
    }
    return { count: at, width: x };
  }
}

const STYLES: Readonly<Record<string, Partial<FontAttributes>>> = {
  normal: { bold: false },
  bold: { bold: true },
  roman: { italic: false },
  italic: { italic: true },
  underline: { underline: true },
  overstrike: { overstrike: true },
};
export const SWITCHES = ['-family', '-size', '-weight', '-slant', '-underline', '-overstrike'] as const;

/** The fonts every application starts with, as Tk has them on X11 with Xft. */
const DEFAULT_FONTS: readonly (readonly [name: string, family: string, size: number, bold?: boolean])[] = [
  ['TkDefaultFont', 'sans-serif', 10],
  ['TkTextFont', 'sans-serif', 10],
  ['TkHeadingFont', 'sans-serif', 10, true],
  ['TkCaptionFont', 'sans-serif', 12, true],
  ['TkTooltipFont', 'sans-serif', 9],
  ['TkFixedFont', 'monospace', 10],
  ['TkIconFont', 'sans-serif', 10],
  ['TkMenuFont', 'sans-serif', 10],
  ['TkSmallCaptionFont', 'sans-serif', 9],
];

export const noFont = (name: string) => tkError(`named font "${name}" doesn't exist`, 'LOOKUP', 'FONT', name);

/** About what V8 takes for each. */
const FONT_BYTES = 800;
const WIDTH_BYTES = 50;
const NAMED_BYTES = 200;

/** The named fonts of an application, and every font in use. */
export class Fonts {
  readonly measurer: Measurer;
  /** In order of creation; a name under deletion is not in it. */
  readonly named = new Map<string, FontAttributes>();
  private readonly cache = new Map<string, Font>();
  /** Names that were deleted while something showed the font. */
  private readonly dying = new Set<string>();
  /** Windows are to be told that a font has changed. */
  private changed = false;
  private readonly app: TkApp;

  constructor(app: TkApp, measurer: Measurer) {
    this.app = app;
    this.measurer = measurer;
    for (const [name, family, size, bold = false] of DEFAULT_FONTS) this.named.set(name, { ...NO_ATTRIBUTES, family, size, bold });
  }

  /** The font a description means. Throws Tk's errors. */
  get(v: Value): Font {
    const text = str(v);
    this.forget(text);
    let font = this.cache.get(text);
    if (!font) {
      const named = this.named.get(text);
      font = new Font(this.measurer, named ?? parseFont(text, v), (units) => this.app.interp.budget.charge(units));
      this.app.interp.budget.allocate(FONT_BYTES + 2 * text.length);
      if (this.cache.size > 1000) for (const k of this.cache.keys()) if (!this.named.has(k) && !this.dying.has(k)) this.cache.delete(k);
      this.cache.set(text, font);
    }
    return font;
  }

  /** Bytes, for the census. */
  held(): number {
    let bytes = 0;
    for (const name of this.named.keys()) bytes += NAMED_BYTES + 2 * name.length;
    for (const [name, font] of this.cache) bytes += FONT_BYTES + font.held() + 2 * name.length;
    return bytes;
  }

  /** Sets attributes of a named font, new or old; once all is still, whatever shows it is laid out again, and every window hears of it. */
  define(name: string, attributes: FontAttributes): void {
    this.app.interp.budget.allocate(NAMED_BYTES + 2 * name.length);
    this.named.set(name, attributes);
    this.forget(name);
    this.dying.delete(name);
    const font = this.cache.get(name);
    if (!font) return;
    font.load(attributes);
    if (this.changed || !this.isShown(font)) return;
    this.changed = true;
    const { app } = this;
    app.whenIdle(() => {
      this.changed = false;
      this.tell(app.main);
    });
  }

  private tell(win: TkWindow): void {
    win.widget?.worldChanged();
    for (const child of [...win.children]) this.tell(child);
    // X knows a window once it has been shown.
    if (win.mapped) this.app.post(this.app.makeEvent('Virtual', win, { name: 'TkWorldChanged', data: 'FontChanged' }));
  }

  /** Forgets a name. Widgets that show the font keep it as it is, and the name goes with the last of them. */
  undefine(name: string): void {
    this.forget(name);
    if (this.dying.has(name)) return;
    if (!this.named.delete(name)) throw noFont(name);
    this.dying.add(name);
    this.forget(name);
  }

  /** A deleted font that nothing shows any more is gone. */
  private forget(name: string): void {
    if (!this.dying.has(name)) return;
    const font = this.cache.get(name);
    if (font && this.isShown(font)) return;
    this.dying.delete(name);
    this.cache.delete(name);
  }

  private isShown(font: Font): boolean {
    return [...this.app.windows.values()].some((win) => win.widget?.usesFont(font));
  }
}

/** `-font` of a widget. */
export const font: OptionType<Font> = { parse: (app, _win, v) => app.fonts.get(v) };

function parseFont(text: string, v: Value): FontAttributes {
  const a = { ...NO_ATTRIBUTES };
  if (text.startsWith('*') || /^-(\*|[^-]*\S-)/.test(text)) {
    const x = parseXlfd(text);
    if (x) return x;
    // `-family` of a name with a dash in it; else a family of such a name.
    try {
      return configureFont({ ...a }, elements(v));
    } catch {}
  } else if (text.startsWith('-')) return configureFont(a, elements(v));
  let words: readonly Value[] = [];
  try {
    words = elements(v);
  } catch {
    // Not a list: reported as an unknown font, below.
  }
  if (words.length === 0) throw tkError(`font "${text}" doesn't exist`, 'LOOKUP', 'FONT', text);
  a.family = str(words[0]!);
  if (words.length > 1) a.size = smallIntOf(words[1]!);
  for (const w of words.length === 3 ? elements(words[2]!) : words.slice(2)) {
    const style = Object.hasOwn(STYLES, str(w)) ? STYLES[str(w)] : undefined;
    if (!style) throw tkError(`unknown font style "${str(w)}"`, 'LOOKUP', 'FONT_STYLE', str(w));
    Object.assign(a, style);
  }
  return a;
}

/**
 * X logical font description: `-foundry-family-weight-slant-setwidth-addstyle-pixels-points-...`, or null. With all of its 14 fields Xft reads
 * it; of a part of them Tk takes points for pixels, 12 where no size is, and of `[N 0 0 N]` the first number. TkFontParseXLFD.
 */
function parseXlfd(text: string): FontAttributes | null {
  const f = text.toLowerCase().replace(/^-/, '').split('-');
  const given = (i: number) => f[i] !== undefined && !/^[*?]/.test(f[i]);
  const whole = text.startsWith('-') && f.length === 14 && [6, 7, 8, 9].every((i) => /^(?:\*|\d*)$/.test(f[i]!));
  // As `-adobe-times-medium-r-*-12-*` is often written, with one field too few.
  if (!whole && given(5) && Number.parseInt(f[5]!, 10)) f.splice(5, 0, '*');
  if (f.length < 2) return null;
  const heavy = ['bold', 'demi', 'demibold', ...(whole ? ['black', 'heavy', 'extrabold', 'ultrabold'] : [])];
  let size = -12;
  if (whole) size = -f[6]! || Number(f[7]) / 10 || 0;
  else
    for (const i of [7, 6]) {
      if (!given(i)) continue;
      const matrix = f[i]!.startsWith('[');
      const n = matrix ? Number.parseFloat(f[i]!.slice(1)) || 0 : Number(f[i] || Number.NaN);
      if (!matrix && !Number.isInteger(n)) return null;
      size = matrix || i === 6 ? -n : -n / 10;
    }
  return {
    ...NO_ATTRIBUTES,
    family: given(1) ? f[1]! : '',
    size,
    bold: heavy.includes(f[2]!),
    italic: f[3] === 'i' || f[3] === 'o',
  };
}

export function configureFont(a: FontAttributes, words: readonly Value[]): FontAttributes {
  for (let i = 0; i < words.length; i += 2) {
    const name = lookup(str(words[i]!), SWITCHES, 'option', true);
    const v = words[i + 1];
    if (v === undefined) throw tkError(`value for "${str(words[i]!)}" option missing`, 'FONT', 'NO_ATTRIBUTE');
    switch (name) {
      case '-family':
        a.family = str(v);
        break;
      case '-size':
        a.size = smallIntOf(v);
        break;
      case '-weight':
        a.bold = styleWord(name, ['normal', 'bold'], str(v));
        break;
      case '-slant':
        a.italic = styleWord(name, ['roman', 'italic'], str(v));
        break;
      case '-underline':
        a.underline = boolOf(v);
        break;
      case '-overstrike':
        a.overstrike = boolOf(v);
        break;
    }
  }
  return a;
}

/** TkFindStateNumObj: its own wording, no abbreviations. */
function styleWord(option: string, table: readonly [string, string], given: string): boolean {
  const at = table.indexOf(given);
  if (at < 0) throw tkError(`bad ${option} value "${given}": must be ${table[0]}, or ${table[1]}`, 'LOOKUP', option, given);
  return at === 1;
}
