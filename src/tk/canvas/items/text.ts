/** Texts: anchored, turned, selected, edited. Answers to canvas.n and tkCanvText.c. */
import type { Anchor, CanvasItem, InsertCursor, Justify, Rect } from '../../../protocol/display.ts';
import { str, type Value } from '../../../tcl/value.ts';
import { tkError } from '../../errors.ts';
import type { Font } from '../../fonts.ts';
import { TextLayout } from '../../text-layout.ts';
import { bevelOf } from '../../widget.ts';
import type { Canvas } from '../canvas.ts';
import { Item, snap } from '../item.ts';
import { anchor, font, ItemTable, justify, option, pixels, real, text, whole } from '../item-options.ts';
import { stippleOf } from '../stipple.ts';
import { type Area, FAR, turn, type Where } from '../trig.ts';
import { atPoint, badItemIndex, intOrNull } from './points.ts';
import { bitmapOption, blackOption, inkOption, offsetOption, stateOption, tagsOption } from './shape-options.ts';
import { layoutDistance, layoutWhere } from './text-hit.ts';

const ROWS = {
  activefill: inkOption,
  activestipple: bitmapOption,
  anchor: option<Anchor>(anchor, 'center', 'center'),
  angle: option(real, '0.0', 0),
  disabledfill: inkOption,
  disabledstipple: bitmapOption,
  fill: blackOption,
  font: option<{ readonly name: Value; readonly font: Font } | null>(font, 'TkDefaultFont', null),
  justify: option<Justify>(justify, 'left', 'left'),
  offset: offsetOption,
  state: stateOption,
  stipple: bitmapOption,
  tags: tagsOption,
  text: option(text, '', ''),
  underline: option(whole, '-1', -1),
  width: option(pixels, '0', 0),
};
const TABLE = new ItemTable(ROWS);

export class Text extends Item<typeof ROWS> {
  readonly kind = 'text';
  readonly table = TABLE;
  readonly o = TABLE.create();
  private x = 0;
  private y = 0;
  private layout: TextLayout;
  /** Top left of the layout in canvas coordinates. */
  private originX = 0;
  private originY = 0;
  private sin = 0;
  private cos = 1;
  /** Where the insertion cursor stands. */
  private insertAt = 0;

  constructor(canvas: Canvas, id: number) {
    super(canvas, id);
    this.o.font = font.parse(canvas.app, 'TkDefaultFont');
    this.layout = new TextLayout(this.o.font!.font, '');
  }

  override coords(): readonly number[] {
    return [this.x, this.y];
  }
  override corner(): [number, number] {
    return [snap(this.originX), snap(this.originY)];
  }
  override checkCount(n: number, listed: boolean): void {
    if (n !== 2) this.badCount(listed ? '2' : '0 or 2', n);
  }
  override place(c: number[]): void {
    [this.x, this.y] = [c[0]!, c[1]!];
  }

  override configured(): void {
    const { o, canvas } = this;
    const { sel } = canvas;
    this.stateDependent = o.activefill !== null || o.activestipple !== null;
    const length = o.text.length;
    if (sel.item === this) {
      if (sel.first >= length) sel.item = null;
      else {
        sel.last = Math.min(sel.last, length - 1);
        if (sel.anchorItem === this) sel.anchor = Math.min(sel.anchor, length - 1);
      }
    }
    this.insertAt = Math.min(this.insertAt, length);
    o.angle = turn(o.angle);
    this.sin = Math.sin((o.angle * Math.PI) / 180);
    this.cos = Math.cos((o.angle * Math.PI) / 180);
    this.lay();
    this.measure();
  }

  private lay(): void {
    const { o } = this;
    this.canvas.app.interp.budget.charge(o.text.length * 4);
    this.layout = new TextLayout(o.font!.font, o.text, { wrap: o.width, justify: o.justify });
  }

  override measure(): void {
    const { o, sin, cos, canvas } = this;
    const gone = this.hidden || o.fill === null;
    const width = gone ? 0 : this.layout.width;
    const height = gone ? 0 : this.layout.height;
    const a = o.anchor;
    const left = a.includes('w') ? 0 : a !== 'center' && a.includes('e') ? -width : Math.trunc(-width / 2);
    const top = a[0] === 'n' ? 0 : a[0] === 's' ? -height : Math.trunc(-height / 2);
    this.originX = this.x + left * cos + top * sin;
    this.originY = this.y + top * cos - left * sin;
    // Room for an insertion cursor at either end, or the border of a selection.
    const fudge = Math.max(Math.trunc((canvas.o.insertwidth + 1) / 2), canvas.o.selectborderwidth);
    const xs: number[] = [];
    const ys: number[] = [];
    for (const dx of [left - fudge, left + width + fudge]) {
      for (const dy of [top, top + height]) {
        xs.push(this.x + dx * cos + dy * sin);
        ys.push(this.y + dy * cos - dx * sin);
      }
    }
    const round = (n: number) => Math.floor(n + 0.5);
    this.x1 = round(Math.min(...xs));
    this.y1 = round(Math.min(...ys));
    this.x2 = round(Math.max(...xs));
    this.y2 = round(Math.max(...ys));
  }

  override translate(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.measure();
  }
  override scale(x: number, y: number, sx: number, sy: number): void {
    this.x = x + sx * (this.x - x);
    this.y = y + sy * (this.y - y);
    this.measure();
  }

  override distance(x: number, y: number): number {
    const { o, sin, cos } = this;
    if (this.hidden || o.fill === null || o.text === '') return FAR;
    const px = x - this.originX;
    const py = y - this.originY;
    return layoutDistance(this.layout, Math.trunc(px * cos - py * sin), Math.trunc(py * cos + px * sin));
  }

  override where(r: Area): Where {
    const x = Math.trunc(r[0] + 0.5 - this.originX);
    const y = Math.trunc(r[1] + 0.5 - this.originY);
    return layoutWhere(this.layout, x, y, Math.trunc(r[2] - r[0] + 0.5), Math.trunc(r[3] - r[1] + 0.5), this.o.angle);
  }

  // ---- editing ----

  override index(v: Value): number {
    const word = str(v);
    const { text: t } = this.o;
    const { sel } = this.canvas;
    if (word !== '' && 'end'.startsWith(word)) return t.length;
    if (word !== '' && 'insert'.startsWith(word)) return this.insertAt;
    const first = 'sel.first'.startsWith(word);
    if (word.length >= 5 && (first || 'sel.last'.startsWith(word))) {
      if (sel.item !== this) throw tkError("selection isn't in item", 'CANVAS', 'UNSELECTED');
      return first ? sel.first : sel.last;
    }
    if (word.startsWith('@')) {
      const at = atPoint(word);
      if (!at) throw badItemIndex(this, word);
      const round = (n: number) => Math.trunc(n < 0 ? n - 0.5 : n + 0.5);
      const x = round(at[0]) - Math.trunc(this.originX);
      const y = round(at[1]) - Math.trunc(this.originY);
      return this.layout.indexAt(Math.trunc(x * this.cos - y * this.sin), Math.trunc(y * this.cos + x * this.sin));
    }
    const n = intOrNull(v);
    if (n === null) throw badItemIndex(this, word);
    return Math.max(0, Math.min(t.length, n));
  }

  override icursor(at: number): void {
    this.insertAt = Math.max(0, Math.min(this.o.text.length, at));
  }

  override insert(index: number, v: Value): void {
    const added = str(v);
    const { o } = this;
    const { sel } = this.canvas;
    if (added === '') return;
    this.canvas.app.interp.budget.allocate((o.text.length + added.length) * 2);
    const at = Math.max(0, Math.min(o.text.length, index));
    o.text = o.text.slice(0, at) + added + o.text.slice(at);
    if (sel.item === this) {
      if (sel.first >= at) sel.first += added.length;
      if (sel.last >= at) sel.last += added.length;
      if (sel.anchorItem === this && sel.anchor >= at) sel.anchor += added.length;
    }
    if (this.insertAt >= at) this.insertAt += added.length;
    this.lay();
    this.measure();
  }

  override deleteRange(from: number, to: number): void {
    const { o } = this;
    const { sel } = this.canvas;
    const first = Math.max(0, from);
    const last = Math.min(o.text.length - 1, to);
    if (first > last) return;
    const n = last + 1 - first;
    o.text = o.text.slice(0, first) + o.text.slice(last + 1);
    if (sel.item === this) {
      if (sel.first > first) sel.first = Math.max(first, sel.first - n);
      if (sel.last >= first) sel.last = Math.max(first - 1, sel.last - n);
      if (sel.first > sel.last) sel.item = null;
      if (sel.anchorItem === this && sel.anchor > first) sel.anchor = Math.max(first, sel.anchor - n);
    }
    if (this.insertAt > first) this.insertAt = Math.max(first, this.insertAt - n);
    this.lay();
    this.measure();
  }

  // ---- display ----

  override describe(): CanvasItem | null {
    const { o, canvas } = this;
    const ink = this.pick(o.fill, o.activefill, o.disabledfill);
    if (!ink) return null;
    const map = this.pick(o.stipple, o.activestipple, o.disabledstipple);
    return {
      id: this.id,
      kind: 'text',
      x: snap(this.originX),
      y: snap(this.originY),
      angle: turn(o.angle),
      block: this.layout.block(0, 0, ink.color, o.underline),
      stipple: stippleOf(map, o.offset, this.corners(), [], () => canvas.toplevelCorner()),
      selection: this.selection(),
      insert: canvas.gotFocus && canvas.focusItem === this ? this.cursor() : null,
    };
  }

  private cursor(): InsertCursor | null {
    const box = this.layout.charBox(this.insertAt);
    if (!box) return null;
    const { o } = this.canvas;
    const rect = { x: box.x - Math.trunc(o.insertwidth / 2), y: box.y, w: o.insertwidth, h: box.h };
    const border = o.insertborderwidth > 0 ? bevelOf(o.insertbackground, o.insertborderwidth, 'raised') : null;
    return { rect, color: o.insertbackground.background, border, onMs: o.insertontime, offMs: o.insertofftime };
  }

  private selection(): Extract<CanvasItem, { kind: 'text' }>['selection'] {
    const { sel, o } = this.canvas;
    const last = Math.min(sel.last, this.o.text.length - 1);
    if (sel.item !== this || sel.first < 0 || sel.first > last) return null;
    const a = this.layout.charBox(sel.first);
    const z = this.layout.charBox(last);
    if (!a || !z) return null;
    const rects: Rect[] = [];
    let x = a.x;
    const edge = o.selectborderwidth;
    for (let y = a.y; y <= z.y; y += a.h) {
      const width = y === z.y ? z.x + z.w - x : this.layout.width - x;
      rects.push({ x: x - edge, y, w: width + 2 * edge, h: a.h });
      x = 0;
    }
    const ink = this.pick(this.o.fill, this.o.activefill, this.o.disabledfill)!;
    return {
      rects,
      bevel: bevelOf(o.selectbackground, edge, 'raised'),
      fg: o.selectforeground ?? ink.color,
      runs: this.layout.runs(0, 0, sel.first, last + 1),
    };
  }
}
