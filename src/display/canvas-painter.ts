/** A canvas's items on a 2D context: repaints what has changed and what lies over it. Answers to tkCanvas.c's display and its item types. */
import type { CanvasItem, Color, Fill, ImageId, Rect, Stipple, Stroke, TextBlock } from '../protocol/display.ts';
import { bevel, type Ctx, css, cssFont, filled, fillRect, type ImageSource, image, run, text, tinted } from './paint.ts';

type Box = readonly [number, number, number, number];

interface Shown {
  readonly item: CanvasItem;
  /** Where it was described, and how far it has moved since. */
  readonly home: Box;
  box: Box;
  dx: number;
  dy: number;
}

export class CanvasPainter {
  private readonly items = new Map<number, Shown>();
  private order: readonly number[] = [];
  /** Canvas coordinates that must be painted again; null: all. */
  private dirty: Box | null | 'none' = null;
  private readonly images: ImageSource;

  constructor(images: ImageSource) {
    this.images = images;
  }

  update(removed: readonly number[], items: readonly CanvasItem[], moved: Float64Array, order: readonly number[] | null): void {
    for (const id of removed) this.touch(id, null);
    for (const item of items) this.touch(item.id, item);
    for (let i = 0; i + 2 < moved.length; i += 3) this.move(moved[i]!, moved[i + 1]!, moved[i + 2]!);
    if (order !== null) {
      this.order = order;
      if (removed.length === 0 && items.length === 0) this.dirty = null;
    }
  }

  private touch(id: number, item: CanvasItem | null): void {
    const old = this.items.get(id);
    if (old !== undefined) this.mark(old.box);
    if (item === null) {
      this.items.delete(id);
      return;
    }
    const box = boxOf(item);
    this.items.set(id, { item, home: box, box, dx: 0, dy: 0 });
    this.mark(box);
  }

  private move(id: number, dx: number, dy: number): void {
    const s = this.items.get(id);
    if (s === undefined) return;
    this.mark(s.box);
    s.dx += dx;
    s.dy += dy;
    const { home } = s;
    s.box = [home[0] + s.dx, home[1] + s.dy, home[2] + s.dx, home[3] + s.dy];
    this.mark(s.box);
  }

  private mark(b: Box): void {
    if (this.dirty === null) return;
    if (this.dirty === 'none') this.dirty = b;
    else
      this.dirty = [
        Math.min(this.dirty[0], b[0]),
        Math.min(this.dirty[1], b[1]),
        Math.max(this.dirty[2], b[2]),
        Math.max(this.dirty[3], b[3]),
      ];
  }

  markAll(): void {
    this.dirty = null;
  }

  /** Items that show an image have to be painted again. */
  imageChanged(id: ImageId): void {
    for (const { item, box } of this.items.values()) if (shows(item, id)) this.mark(box);
  }

  get hasInsert(): boolean {
    for (const { item } of this.items.values()) if (item.kind === 'text' && item.insert !== null && item.insert.offMs > 0) return true;
    return false;
  }

  /** Paints what is dirty inside `view` (canvas coordinates), on `background`. The context maps canvas coordinates already. */
  paint(ctx: Ctx, view: Rect, background: (r: Rect) => void, blinkOn: boolean): void {
    if (this.dirty === 'none') return;
    const clip: Rect =
      this.dirty === null
        ? view
        : {
            x: Math.max(view.x, Math.floor(this.dirty[0])),
            y: Math.max(view.y, Math.floor(this.dirty[1])),
            w: Math.min(view.x + view.w, Math.ceil(this.dirty[2])) - Math.max(view.x, Math.floor(this.dirty[0])),
            h: Math.min(view.y + view.h, Math.ceil(this.dirty[3])) - Math.max(view.y, Math.floor(this.dirty[1])),
          };
    this.dirty = 'none';
    if (clip.w <= 0 || clip.h <= 0) return;
    ctx.save();
    ctx.beginPath();
    ctx.rect(clip.x, clip.y, clip.w, clip.h);
    ctx.clip();
    background(clip);
    const right = clip.x + clip.w;
    const bottom = clip.y + clip.h;
    for (const id of this.order) {
      const s = this.items.get(id);
      if (s === undefined) continue;
      const [x1, y1, x2, y2] = s.box;
      if (x2 < clip.x || x1 > right || y2 < clip.y || y1 > bottom) continue;
      const still = s.dx === 0 && s.dy === 0;
      if (!still) ctx.translate(s.dx, s.dy);
      paintItem(ctx, s.item, this.images, blinkOn);
      if (!still) ctx.translate(-s.dx, -s.dy);
    }
    ctx.restore();
  }
}

/** A box that surely holds all ink of an item. */
export function boxOf(item: CanvasItem): Box {
  switch (item.kind) {
    case 'line':
    case 'polygon': {
      const pad = item.stroke.width * (item.join === 'miter' ? 6 : 1) + 2;
      let box = grow(item.points, pad);
      if (item.kind === 'line') for (const a of item.arrows) box = union(box, grow(a, 2));
      return box;
    }
    case 'rectangle':
    case 'oval':
    case 'arc':
      return around(item.rect, item.stroke.width + 2);
    case 'image':
      return around(item.part, 1);
    case 'text': {
      let box: Box = [0, 0, 0, 0];
      for (const r of item.block.runs) {
        box = union(box, [r.x - 4, r.y - item.block.ascent - 4, r.x + r.w + 4, r.y + item.block.descent + 4]);
      }
      for (const r of item.selection?.rects ?? []) box = union(box, around(r, 2));
      if (item.insert !== null) box = union(box, around(item.insert.rect, 2));
      if (item.angle !== 0) {
        const far = Math.max(...box.map(Math.abs)) * 1.5;
        box = [-far, -far, far, far];
      }
      return [item.x + box[0], item.y + box[1], item.x + box[2], item.y + box[3]];
    }
  }
}

function grow(points: readonly number[], pad: number): Box {
  let x1 = Number.POSITIVE_INFINITY;
  let y1 = Number.POSITIVE_INFINITY;
  let x2 = Number.NEGATIVE_INFINITY;
  let y2 = Number.NEGATIVE_INFINITY;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (x < x1) x1 = x;
    if (x > x2) x2 = x;
    if (y < y1) y1 = y;
    if (y > y2) y2 = y;
  }
  return [x1 - pad, y1 - pad, x2 + pad, y2 + pad];
}

function union(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

function around(r: Rect, pad: number): Box {
  return [r.x - pad, r.y - pad, r.x + r.w + pad, r.y + r.h + pad];
}

function trace(ctx: Ctx, points: readonly number[], close: boolean): void {
  ctx.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (i === 0) ctx.moveTo(points[i]!, points[i + 1]!);
    else ctx.lineTo(points[i]!, points[i + 1]!);
  }
  if (close) ctx.closePath();
}

/** Is an image part of an item? */
function shows(item: CanvasItem, id: ImageId): boolean {
  if (item.kind === 'image') return item.part.image === id;
  if (item.kind === 'text') return item.stipple?.image === id;
  return item.stroke.stipple?.image === id || ('fill' in item && item.fill.stipple?.image === id);
}

/** A colour, or the pattern of a stipple in that colour. `dx`, `dy`: where the context's origin is on the canvas. */
function ink(ctx: Ctx, color: Color, stipple: Stipple | null, images: ImageSource, dx = 0, dy = 0): string | CanvasPattern {
  const source = stipple === null ? undefined : images.get(stipple.image);
  if (stipple === null || source === undefined || source.width === 0 || source.height === 0) return css(color);
  const pattern = ctx.createPattern(tinted(source, color, null), 'repeat');
  pattern?.setTransform(new DOMMatrix([1, 0, 0, 1, stipple.x - dx, stipple.y - dy]));
  return pattern ?? css(color);
}

function stroke(ctx: Ctx, s: Stroke, images: ImageSource): void {
  if (s.color === null || s.width <= 0) return;
  ctx.strokeStyle = ink(ctx, s.color, s.stipple, images);
  ctx.lineWidth = s.width;
  if (s.dash === null) {
    ctx.stroke();
    return;
  }
  ctx.setLineDash(s.dash.pattern.filter((n) => Number.isFinite(n) && n >= 0));
  ctx.lineDashOffset = s.dash.offset;
  ctx.stroke();
  ctx.setLineDash([]);
}

function fill(ctx: Ctx, f: Fill, images: ImageSource): void {
  if (f.color === null) return;
  ctx.fillStyle = ink(ctx, f.color, f.stipple, images);
  ctx.fill('evenodd');
}

/** X draws a one-pixel line through pixel centres; a canvas draws it on their edges. */
function crisp(width: number): number {
  return Math.round(width) % 2 === 1 ? 0.5 : 0;
}

function paintItem(ctx: Ctx, item: CanvasItem, images: ImageSource, blinkOn: boolean): void {
  switch (item.kind) {
    case 'line': {
      const d = crisp(item.stroke.width);
      ctx.save();
      ctx.translate(d, d);
      ctx.lineCap = item.cap === 'projecting' ? 'square' : item.cap;
      ctx.lineJoin = item.join;
      ctx.miterLimit = 11;
      trace(ctx, item.points, false);
      stroke(ctx, item.stroke, images);
      if (item.stroke.color !== null) {
        for (const a of item.arrows) {
          trace(ctx, a, true);
          fill(ctx, item.stroke, images);
        }
      }
      ctx.restore();
      return;
    }
    case 'polygon': {
      const d = item.stroke.color === null ? 0 : crisp(item.stroke.width);
      ctx.save();
      ctx.translate(d, d);
      ctx.lineJoin = item.join;
      ctx.miterLimit = 11;
      trace(ctx, item.points, true);
      fill(ctx, item.fill, images);
      stroke(ctx, item.stroke, images);
      ctx.restore();
      return;
    }
    case 'rectangle': {
      const d = item.stroke.color === null ? 0 : crisp(item.stroke.width);
      const { x, y, w, h } = item.rect;
      ctx.beginPath();
      ctx.rect(x, y, w, h);
      fill(ctx, item.fill, images);
      ctx.beginPath();
      ctx.rect(x + d, y + d, w, h);
      ctx.lineJoin = 'miter';
      stroke(ctx, item.stroke, images);
      return;
    }
    case 'oval': {
      const d = item.stroke.color === null ? 0 : crisp(item.stroke.width);
      const { x, y, w, h } = item.rect;
      ctx.beginPath();
      ctx.ellipse(x + w / 2 + d, y + h / 2 + d, Math.max(0, w / 2), Math.max(0, h / 2), 0, 0, 2 * Math.PI);
      fill(ctx, item.fill, images);
      stroke(ctx, item.stroke, images);
      return;
    }
    case 'arc':
      return paintArc(ctx, item, images);
    case 'image':
      return image(ctx, item.part, images);
    case 'text':
      return paintText(ctx, item, images, blinkOn);
  }
}

function paintArc(ctx: Ctx, item: Extract<CanvasItem, { kind: 'arc' }>, images: ImageSource): void {
  const { x, y, w, h } = item.rect;
  const d = item.stroke.color === null ? 0 : crisp(item.stroke.width);
  const cx = x + w / 2 + d;
  const cy = y + h / 2 + d;
  const from = (-item.start * Math.PI) / 180;
  const to = (-(item.start + item.extent) * Math.PI) / 180;
  ctx.beginPath();
  if (item.style === 'pieslice') ctx.moveTo(cx, cy);
  ctx.ellipse(cx, cy, Math.max(0, w / 2), Math.max(0, h / 2), 0, from, to, item.extent >= 0);
  if (item.style !== 'arc') ctx.closePath();
  if (item.style !== 'arc') fill(ctx, item.fill, images);
  ctx.lineJoin = 'bevel';
  ctx.lineCap = 'butt';
  stroke(ctx, item.stroke, images);
}

function paintText(ctx: Ctx, item: Extract<CanvasItem, { kind: 'text' }>, images: ImageSource, blinkOn: boolean): void {
  ctx.save();
  ctx.translate(item.x, item.y);
  if (item.angle !== 0) ctx.rotate((-item.angle * Math.PI) / 180);
  const { selection, insert } = item;
  for (const r of selection?.rects ?? []) filled(ctx, r, selection!.bevel);
  if (insert !== null && (blinkOn || insert.offMs === 0)) {
    fillRect(ctx, insert.rect, insert.color);
    if (insert.border !== null) bevel(ctx, insert.rect, insert.border);
  }
  text(ctx, item.block);
  if (item.stipple !== null) stippleText(ctx, item.block, item.stipple, images);
  if (selection !== null) {
    const font = cssFont(item.block.font);
    ctx.font = font;
    ctx.fillStyle = css(selection.fg);
    for (const r of selection.runs) run(ctx, r, font);
  }
  ctx.restore();
}

function stippleText(ctx: Ctx, block: TextBlock, stipple: Stipple, images: ImageSource): void {
  ctx.fillStyle = ink(ctx, block.color, stipple, images);
  for (const r of block.runs) run(ctx, r, cssFont(block.font));
}
