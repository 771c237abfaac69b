/** A canvas's items on a 2D context: repaints what has changed and what lies over it. Answers to tkCanvas.c's display and its item types. */
import type { CanvasItem, Color, Fill, ImageId, InsertCursor, Rect, Stipple, Stroke, TextBlock } from '../protocol/display.ts';
import { bevel, type Ctx, css, cssFont, filled, fillRect, type ImageSource, image, run, text, tinted } from './paint.ts';

type Box = readonly [number, number, number, number];

interface Shown {
  readonly item: CanvasItem;
  /** Where it was described, and how far it has moved since. */
  readonly home: Box;
  box: Box;
  dx: number;
  dy: number;
  /** A picture to copy in place of drawing it; undefined: not known yet. */
  sprite: HTMLCanvasElement | null | undefined;
}

export class CanvasPainter {
  private readonly items = new Map<number, Shown>();
  /** Items with a blinking insertion cursor. */
  private readonly blinking = new Set<number>();
  private order: readonly number[] = [];
  /** Device pixels to a CSS pixel. */
  private scale = 1;
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
    this.blinking.delete(id);
    if (item === null) {
      this.items.delete(id);
      return;
    }
    const box = boxOf(item);
    if (item.kind === 'text' && item.insert !== null && item.insert.onMs > 0 && item.insert.offMs > 0) this.blinking.add(id);
    this.items.set(id, { item, home: box, box, dx: 0, dy: 0, sprite: undefined });
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
    if (!b.every(Number.isFinite)) {
      this.dirty = null;
      return;
    }
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

  /** Items that show an image have to be painted again. Are there any? */
  imageChanged(id: ImageId): boolean {
    let any = false;
    for (const { item, box } of this.items.values()) {
      if (!shows(item, id)) continue;
      this.mark(box);
      any = true;
    }
    return any;
  }

  /** How long the insertion cursor is on and off; null when none blinks. */
  get blinkTimes(): InsertCursor | null {
    for (const id of this.blinking) {
      const item = this.items.get(id)?.item;
      if (item?.kind === 'text') return item.insert;
    }
    return null;
  }
  /** The insertion cursor has come or gone. */
  blink(): void {
    for (const id of this.blinking) this.mark(this.items.get(id)!.box);
  }

  /** Sprites are made for one scale of the screen. */
  private rescale(scale: number): void {
    if (scale === this.scale) return;
    this.scale = scale;
    for (const s of this.items.values()) s.sprite = undefined;
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
    // Stipples and images keep their pixels, whatever the screen's are.
    ctx.imageSmoothingEnabled = false;
    background(clip);
    this.rescale(ctx.getTransform().a);
    const right = clip.x + clip.w;
    const bottom = clip.y + clip.h;
    for (const id of this.order) {
      const s = this.items.get(id);
      if (s === undefined) continue;
      const [x1, y1, x2, y2] = s.box;
      if (x2 < clip.x || x1 > right || y2 < clip.y || y1 > bottom) continue;
      const { item } = s;
      if (s.sprite === undefined) s.sprite = item.kind === 'oval' ? sprites.get(item, this.scale) : null;
      if (s.sprite !== null && item.kind === 'oval') {
        const { x, y, w, h } = item.rect;
        ctx.drawImage(s.sprite, x + s.dx - SPRITE_EDGE, y + s.dy - SPRITE_EDGE, spriteSize(w), spriteSize(h));
        continue;
      }
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

/** A path through points, `d` to the right and below. */
function trace(ctx: Ctx, points: readonly number[], close: boolean, d: number): void {
  ctx.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (i === 0) ctx.moveTo(points[i]! + d, points[i + 1]! + d);
    else ctx.lineTo(points[i]! + d, points[i + 1]! + d);
  }
  if (close) ctx.closePath();
}

/** Is an image part of an item? */
function shows(item: CanvasItem, id: ImageId): boolean {
  if (item.kind === 'image') return item.part.image === id;
  if (item.kind === 'text') return item.stipple?.image === id;
  return item.stroke.stipple?.image === id || ('fill' in item && item.fill.stipple?.image === id);
}

/** A colour, or the pattern of a stipple in that colour. */
function ink(ctx: Ctx, color: Color, stipple: Stipple | null, images: ImageSource): string | CanvasPattern {
  const source = stipple === null ? undefined : images.get(stipple.image);
  if (stipple === null || source === undefined || source.width === 0 || source.height === 0) return css(color);
  const pattern = ctx.createPattern(tinted(source, color, null), 'repeat');
  pattern?.setTransform(new DOMMatrix([1, 0, 0, 1, stipple.x, stipple.y]));
  return pattern ?? css(color);
}

function stroke(ctx: Ctx, s: Stroke, images: ImageSource, cap: CanvasLineCap): void {
  if (s.color === null || s.width <= 0) return;
  ctx.strokeStyle = ink(ctx, s.color, s.stipple, images);
  ctx.lineWidth = s.width;
  ctx.lineCap = cap;
  if (s.dash === null) {
    ctx.stroke();
    return;
  }
  ctx.setLineDash(s.dash.pattern.filter((n) => Number.isFinite(n) && n >= 0));
  ctx.lineDashOffset = s.dash.offset;
  ctx.stroke();
  ctx.setLineDash([]);
}

/** How the dashes of a closed outline end: on one pixel a cap could only blur them. */
function dashed(s: Stroke, cap: CanvasLineCap): CanvasLineCap {
  return s.dash !== null && s.width > 1 ? cap : 'butt';
}

function fill(ctx: Ctx, f: Fill, images: ImageSource): void {
  if (f.color === null) return;
  ctx.fillStyle = ink(ctx, f.color, f.stipple, images);
  ctx.fill('evenodd');
}

/** X bevels joints sharper than eleven degrees. */
const MITER_LIMIT = 10.43;

/** X draws a one-pixel line through pixel centres; a canvas draws it on their edges. */
function crisp(width: number): number {
  return Math.round(width) % 2 === 1 ? 0.5 : 0;
}

function paintItem(ctx: Ctx, item: CanvasItem, images: ImageSource, blinkOn: boolean): void {
  switch (item.kind) {
    case 'line': {
      ctx.lineJoin = item.join;
      ctx.miterLimit = MITER_LIMIT;
      trace(ctx, item.points, false, crisp(item.stroke.width));
      stroke(ctx, item.stroke, images, item.cap === 'projecting' ? 'square' : item.cap);
      for (const a of item.arrows) {
        trace(ctx, a, true, 0.5);
        fill(ctx, item.stroke, images);
      }
      return;
    }
    case 'polygon': {
      const d = item.stroke.color === null ? 0 : crisp(item.stroke.width);
      ctx.lineJoin = item.join;
      ctx.miterLimit = MITER_LIMIT;
      trace(ctx, item.points, true, d);
      fill(ctx, item.fill, images);
      stroke(ctx, item.stroke, images, dashed(item.stroke, 'round'));
      return;
    }
    case 'rectangle':
      return paintRectangle(ctx, item, images);
    case 'oval':
      return paintOval(ctx, item, images);
    case 'arc':
      return paintArc(ctx, item, images);
    case 'image':
      return image(ctx, item.part, images);
    case 'text':
      return paintText(ctx, item, images, blinkOn);
  }
}

type Of<K extends CanvasItem['kind']> = Extract<CanvasItem, { kind: K }>;

function paintRectangle(ctx: Ctx, item: Of<'rectangle' | 'oval'>, images: ImageSource): void {
  const { fill: f, stroke: s } = item;
  const d = s.color === null ? 0 : crisp(s.width);
  const { x, y, w, h } = item.rect;
  if (f.color !== null) {
    ctx.fillStyle = ink(ctx, f.color, f.stipple, images);
    ctx.fillRect(x, y, w, h);
  }
  if (s.color === null) return;
  ctx.lineJoin = 'miter';
  if (s.dash === null && s.stipple === null) {
    ctx.strokeStyle = css(s.color);
    ctx.lineWidth = s.width;
    ctx.strokeRect(x + d, y + d, w, h);
    return;
  }
  trace(ctx, [x, y, x + w, y, x + w, y + h, x, y + h], true, d);
  stroke(ctx, s, images, dashed(s, 'square'));
}

function paintOval(ctx: Ctx, item: Of<'rectangle' | 'oval'>, images: ImageSource): void {
  const d = item.stroke.color === null ? 0 : crisp(item.stroke.width);
  const { x, y, w, h } = item.rect;
  ctx.beginPath();
  ctx.ellipse(x + w / 2 + d, y + h / 2 + d, Math.max(0, w / 2), Math.max(0, h / 2), 0, 0, 2 * Math.PI);
  fill(ctx, item.fill, images);
  stroke(ctx, item.stroke, images, dashed(item.stroke, 'square'));
}

/** Room around an oval for its outline. */
const SPRITE_EDGE = 4;
const SPRITE_MOST = 48;
const spriteSize = (n: number) => n + 2 * SPRITE_EDGE;
const NO_IMAGES: ImageSource = { get: () => undefined };

/**
 * Small ovals, drawn once: a picture is copied much faster than a curve is filled, and balls, dots and stars come by the thousand, all
 * alike.
 */
class Sprites {
  private readonly drawn = new Map<string, HTMLCanvasElement>();

  /** The picture of an oval, or null where it is better drawn. */
  get(item: Of<'rectangle' | 'oval'>, scale: number): HTMLCanvasElement | null {
    const { rect, fill: f, stroke: s } = item;
    const plain = s.dash === null && s.stipple === null && f.stipple === null && s.width <= SPRITE_EDGE;
    if (!plain || rect.w > SPRITE_MOST || rect.h > SPRITE_MOST || !Number.isInteger(scale)) return null;
    const key = `${rect.w} ${rect.h} ${f.color} ${s.color} ${s.width} ${scale}`;
    let found = this.drawn.get(key);
    if (found === undefined) {
      found = this.draw(item, scale);
      if (this.drawn.size >= 500) this.drawn.clear();
      this.drawn.set(key, found);
    }
    return found;
  }

  private draw(item: Of<'rectangle' | 'oval'>, scale: number): HTMLCanvasElement {
    const { w, h } = item.rect;
    const picture = document.createElement('canvas');
    picture.width = spriteSize(w) * scale;
    picture.height = spriteSize(h) * scale;
    const ctx = picture.getContext('2d');
    if (ctx === null) return picture;
    ctx.scale(scale, scale);
    paintOval(ctx, { ...item, rect: { x: SPRITE_EDGE, y: SPRITE_EDGE, w, h } }, NO_IMAGES);
    return picture;
  }
}
const sprites = new Sprites();

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
  stroke(ctx, item.stroke, images, 'butt');
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
  ctx.save();
  if (selection !== null) outside(ctx, selection.rects);
  if (item.stipple === null) text(ctx, item.block);
  else stippleText(ctx, item.block, { ...item.stipple, x: item.stipple.x - item.x, y: item.stipple.y - item.y }, images);
  ctx.restore();
  if (selection !== null) {
    const font = cssFont(item.block.font);
    ctx.font = font;
    ctx.fillStyle = css(selection.fg);
    for (const r of selection.runs) run(ctx, r, font);
  }
  ctx.restore();
}

/** Leaves rectangles out of what is drawn next: selected text is not drawn twice, which would make its edges heavy. */
function outside(ctx: Ctx, rects: readonly Rect[]): void {
  ctx.beginPath();
  ctx.rect(-1e5, -1e5, 2e5, 2e5);
  for (const r of rects) ctx.rect(r.x, r.y, r.w, r.h);
  ctx.clip('evenodd');
}

function stippleText(ctx: Ctx, block: TextBlock, stipple: Stipple, images: ImageSource): void {
  ctx.fillStyle = ink(ctx, block.color, stipple, images);
  for (const r of block.runs) run(ctx, r, cssFont(block.font));
}
