/**
 * Text in lines: newlines, tabs, wrapping, justification, and the mapping between characters and points. What labels, buttons,
 * messages, entries and canvas texts are drawn from. Indices count UTF-16 units, as Tcl 8.6 does. Answers to TextLayout(3) and tkFont.c.
 */
import type { Color, Justify, Rect, TextBlock, TextRun } from '../protocol/display.ts';
import type { Font } from './fonts.ts';

/** A piece of one line: a run of characters, or a single tab or newline (`special`). */
interface Chunk {
  readonly start: number;
  count: number;
  x: number;
  /** Baseline. */
  readonly y: number;
  /** Width with trailing spaces, and as drawn. */
  total: number;
  readonly shown: number;
  /** Characters drawn: without the spaces a wrapped line ends in. */
  readonly drawn: number;
  readonly special: boolean;
}

/** What a piece costs to lay out and to draw, beyond its characters. */
const CHUNK_UNITS = 200;

export interface LayoutOptions {
  /** Longest line in pixels; 0 or less: lines break at newlines only. */
  readonly wrap?: number;
  readonly justify?: Justify;
  readonly ignoreTabs?: boolean;
  readonly ignoreNewlines?: boolean;
}

export class TextLayout {
  readonly font: Font;
  readonly text: string;
  readonly width: number;
  readonly height: number;
  private readonly chunks: Chunk[] = [];

  constructor(font: Font, text: string, options: LayoutOptions = {}) {
    this.font = font;
    this.text = text;
    const lines: number[] = [];
    this.breakLines(options, lines);
    this.width = lines.reduce((a, b) => Math.max(a, b), 0);
    this.height = Math.max(1, lines.length) * font.lineHeight;
    if (this.chunks.length === 0) this.add(0, 0, 0, 0, font.ascent, true);
    else this.justify(options.justify ?? 'left', lines);
  }

  private add(start: number, count: number, x: number, newX: number, y: number, special: boolean): Chunk {
    this.font.pay(CHUNK_UNITS + count);
    const chunk: Chunk = { start, count, x, y, total: newX - x, shown: newX - x, drawn: special ? 0 : count, special };
    this.chunks.push(chunk);
    return chunk;
  }

  private breakLines(o: LayoutOptions, lines: number[]): void {
    const { font, text } = this;
    const wrap = o.wrap || -1;
    const special = o.ignoreNewlines ? (o.ignoreTabs ? null : /\t/g) : o.ignoreTabs ? /[\n\r]/g : /[\t\n\r]/g;
    const isSpecial = (c: string) => (c === '\t' ? !o.ignoreTabs : (c === '\n' || c === '\r') && !o.ignoreNewlines);
    let y = font.ascent;
    let x = 0;
    let first = true;
    let stop = -1;
    const endLine = () => {
      lines.push(x);
      x = 0;
      y += font.lineHeight;
      first = true;
    };
    for (let at = 0; at < text.length; ) {
      if (stop < at) {
        stop = text.length;
        if (special) {
          special.lastIndex = at;
          stop = special.exec(text)?.index ?? text.length;
        }
      }
      let chunk: Chunk | null = null;
      if (at < stop) {
        const { count, width } = font.fit(text.slice(at, stop), wrap < 0 ? -1 : Math.max(0, wrap - x), { words: true, atLeastOne: first });
        first = false;
        if (count > 0) {
          chunk = this.add(at, count, x, x + width, y, false);
          at += count;
          x += width;
        }
      }
      if (at === stop && at < text.length) {
        if (text[at] !== '\t') {
          this.add(at++, 1, x, x, y, true);
          endLine();
          continue;
        }
        chunk = null;
        const next = x + font.tabWidth - ((x + font.tabWidth) % font.tabWidth);
        this.add(at++, 1, x, next, y, true);
        x = next;
        first = false;
        if (at < text.length && (wrap <= 0 || next <= wrap)) continue;
      }
      // The line is full or the text is out: spaces that follow belong to it, undrawn.
      const from = at;
      while (at < text.length && /[\t-\r ]/.test(text[at]!) && !isSpecial(text[at]!)) at++;
      if (chunk && at > from) {
        chunk.count += at - from;
        chunk.total = font.width(text.slice(from, at)) + x;
      }
      endLine();
    }
    const last = this.chunks[this.chunks.length - 1];
    if (last && !o.ignoreNewlines && text[last.start] === '\n') {
      this.add(text.length, 0, x, x, y, true);
      lines.push(0);
    }
  }

  private justify(justify: Justify, lines: readonly number[]): void {
    let line = 0;
    let y = this.chunks[0]!.y;
    for (const c of this.chunks) {
      if (c.y !== y) {
        line++;
        y = c.y;
      }
      const extra = this.width - lines[line]!;
      if (justify === 'center') c.x += Math.trunc(extra / 2);
      else if (justify === 'right') c.x += extra;
    }
  }

  /** Index of the character at a point relative to the layout's top left: Tk_PointToChar. */
  indexAt(px: number, py: number): number {
    if (py < 0) return 0;
    let x = px;
    const { chunks, font } = this;
    for (let i = 0; i < chunks.length; i++) {
      const head = chunks[i]!;
      if (py >= head.y + font.descent) continue;
      if (x < head.x) return head.start;
      if (x >= this.width) x = Number.POSITIVE_INFINITY;
      let end = head.start;
      for (; i < chunks.length && chunks[i]!.y === head.y; i++) {
        const c = chunks[i]!;
        if (x < c.x + c.total) {
          if (c.special) return c.start;
          return c.start + font.fit(this.text.slice(c.start, c.start + c.count), x - c.x).count;
        }
        end = c.start + c.count;
      }
      return i < chunks.length ? end - 1 : end;
    }
    return this.text.length;
  }

  /** Box of a character (the one just past the last has no width), or null: Tk_CharBbox. */
  charBox(index: number): Rect | null {
    if (index < 0) return null;
    const { font } = this;
    let x = 0;
    let w = 0;
    let at = this.chunks.find((c) =>
      c.special ? c.start === index && (c.count > 0 || c.start === this.text.length) : index < c.start + c.count && index >= c.start,
    );
    if (at && !at.special) {
      x = at.x + font.width(this.text.slice(at.start, index));
      w = font.charWidth(String.fromCodePoint(this.text.codePointAt(index)!));
    } else if (at) {
      x = at.x;
      w = at.total;
    } else {
      at = this.chunks[this.chunks.length - 1]!;
      if (index !== at.start + at.count) return null;
      x = at.x + at.total;
    }
    x = Math.min(x, this.width);
    return { x, y: at.y - font.ascent, w: Math.min(w, this.width - x), h: font.lineHeight };
  }

  /** Boxes of what is drawn, tabs and the empty place after a last newline (`empty`) among them, newlines not. */
  boxes(): { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly empty: boolean }[] {
    const { font, text } = this;
    return this.chunks
      .filter((c) => text[c.start] !== '\n')
      .map((c) => ({ x: c.x, y: c.y - font.ascent, w: c.shown, h: font.lineHeight, empty: c.count === 0 }));
  }

  /** Runs to draw, relative to the layout's top left; `y` is the baseline. */
  runs(dx = 0, dy = 0, first = 0, last = Number.POSITIVE_INFINITY): TextRun[] {
    const out: TextRun[] = [];
    for (const c of this.chunks) {
      if (c.special) continue;
      const from = Math.max(c.start, first);
      const to = Math.min(c.start + c.drawn, last);
      if (from >= to) continue;
      const before = from === c.start ? 0 : this.font.width(this.text.slice(c.start, from));
      const text = this.text.slice(from, to);
      out.push({ x: c.x + dx + before, y: c.y + dy, w: this.font.width(text), text });
    }
    return out;
  }

  /** For the display: the layout with its top left at x, y. `underline`: index of the mnemonic, or -1. */
  block(x: number, y: number, color: Color, underline = -1, dim = false): TextBlock {
    const { font } = this;
    const box = this.charBox(underline);
    const line =
      box && box.w > 0 ? { x: x + box.x, y: y + box.y + font.ascent + font.underlinePos, w: box.w, h: font.underlineHeight } : null;
    return { font: font.spec, ascent: font.ascent, descent: font.descent, color, runs: this.runs(x, y), underline: line, dim };
  }
}
