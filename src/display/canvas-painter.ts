/**
 * A canvas's items on a 2D context: repaints what has changed and what lies over it, in steps that each take a few milliseconds at most, however many
 * items there are and however large one is. Answers to tkCanvas.c's display and its item types.
 */
import type { CanvasItem, Color, Fill, ImageId, InsertCursor, Rect, Stipple, Stroke, TextBlock } from '../protocol/display.ts';
import { discard } from './canvases.ts';
import { dashesOf, itemCost, MOST_POINTS, pathLength, thin, withinRows } from './cost.ts';
import {
  bevel,
  type Ctx,
  css,
  cssFont,
  filled,
  fillRect,
  type ImageSource,
  image,
  isNewFont,
  run,
  type Span,
  text,
  tinted,
} from './paint.ts';

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
  /** What it may cost to draw what is to be drawn of it. */
  cost: number;
}

export class CanvasPainter {
  private readonly items = new Map<number, Shown>();
  /** Items with a blinking insertion cursor. */
  private readonly blinking = new Set<number>();
  private order: ArrayLike<number> = [];
  /** Where a picture is put together that takes more than one step: nobody is to see half of it. */
  private backing: HTMLCanvasElement | null = null;
  /** Device pixels to a CSS pixel. */
  private scale = 1;
  /** Canvas coordinates that must be painted again; null: all. */
  private dirty: Box | null | 'none' = null;
  private readonly images: ImageSource;

  constructor(images: ImageSource) {
    this.images = images;
  }

  update(removed: ArrayLike<number>, items: readonly CanvasItem[], moved: ArrayLike<number>, order: ArrayLike<number> | null): void {
    for (let i = 0; i < removed.length; i++) this.touch(removed[i]!, null);
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
    this.items.set(id, { item, home: box, box, dx: 0, dy: 0, sprite: undefined, cost: 0 });
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
  imagesChanged(ids: ReadonlySet<ImageId>): boolean {
    let any = false;
    for (const { item, box } of this.items.values()) {
      if (!shows(item, ids)) continue;
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

  dispose(): void {
    if (this.backing !== null) discard([this.backing]);
    this.backing = null;
  }

  /** Sprites are made for one scale of the screen. */
  private rescale(scale: number): void {
    if (scale === this.scale) return;
    this.scale = scale;
    for (const s of this.items.values()) s.sprite = undefined;
  }

  /**
   * Paints what is dirty inside `view` (canvas coordinates), on `background`. The context maps canvas coordinates already. Yields after a few
   * milliseconds' work; what is seen changes at the end alone.
   */
  *paint(ctx: Ctx, view: Rect, background: (ctx: Ctx, r: Rect) => void, blinkOn: boolean): Generator<void, void> {
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
    this.rescale(ctx.getTransform().a);
    const { shown, cost } = this.within(clip);
    if (cost <= STEP_COST) {
      this.begin(ctx, clip, background);
      for (const s of shown) this.draw(ctx, s, clip, blinkOn);
      ctx.restore();
      return;
    }
    const aside = this.aside(ctx);
    this.begin(aside, clip, background);
    try {
      yield* this.drawAll(aside, shown, clip, blinkOn);
    } finally {
      aside.restore();
    }
    ctx.save();
    const { a, e, f } = ctx.getTransform();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const [x, y, w, h] = [clip.x * a + e, clip.y * a + f, clip.w * a, clip.h * a];
    ctx.clearRect(x, y, w, h);
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(aside.canvas, x, y, w, h, x, y, w, h);
    ctx.restore();
  }

  private *drawAll(ctx: Ctx, shown: readonly Shown[], clip: Rect, blinkOn: boolean): Generator<void, void> {
    let spent = 0;
    for (const s of shown) {
      const { cost } = s;
      spent += cost;
      if (cost <= 2 * STEP_COST) this.draw(ctx, s, clip, blinkOn);
      else yield* this.drawInRows(ctx, s, clip, Math.ceil(cost / STEP_COST), blinkOn);
      if (spent < STEP_COST) continue;
      spent = 0;
      settle(ctx);
      yield;
    }
  }

  /** A context like `ctx` that nobody sees. */
  private aside(ctx: Ctx): Ctx {
    const { width, height } = ctx.canvas;
    this.backing ??= document.createElement('canvas');
    if (this.backing.width !== width || this.backing.height !== height) Object.assign(this.backing, { width, height });
    const aside = this.backing.getContext('2d', { willReadFrequently: true });
    if (aside === null) return ctx;
    aside.setTransform(ctx.getTransform());
    return aside;
  }

  private begin(ctx: Ctx, clip: Rect, background: (ctx: Ctx, r: Rect) => void): void {
    ctx.save();
    ctx.beginPath();
    ctx.rect(clip.x, clip.y, clip.w, clip.h);
    ctx.clip();
    // Stipples and images keep their pixels, whatever the screen's are.
    ctx.imageSmoothingEnabled = false;
    background(ctx, clip);
  }

  /** The items inside, lowest first, and what they may cost together. */
  private within(clip: Rect): { shown: Shown[]; cost: number } {
    const right = clip.x + clip.w;
    const bottom = clip.y + clip.h;
    const shown: Shown[] = [];
    let cost = 0;
    for (let i = 0; i < this.order.length; i++) {
      const s = this.items.get(this.order[i]!);
      if (s === undefined) continue;
      const [x1, y1, x2, y2] = s.box;
      if (x2 < clip.x || x1 > right || y2 < clip.y || y1 > bottom) continue;
      shown.push(s);
      s.cost = s.sprite ? SPRITE_COST : itemCost(s.item, clip);
      if (s.sprite === undefined && s.item.kind === 'text' && isNewFont(cssFont(s.item.block.font))) s.cost += FONT_COST;
      cost += s.cost;
    }
    return { shown, cost };
  }

  private draw(ctx: Ctx, s: Shown, clip: Rect, blinkOn: boolean): void {
    const { item } = s;
    if (s.sprite === undefined) s.sprite = item.kind === 'oval' ? sprites.get(item, this.scale) : null;
    if (s.sprite !== null && item.kind === 'oval') {
      const { x, y, w, h } = item.rect;
      ctx.drawImage(s.sprite, x + s.dx - SPRITE_EDGE, y + s.dy - SPRITE_EDGE, spriteSize(w), spriteSize(h));
      return;
    }
    const still = s.dx === 0 && s.dy === 0;
    if (!still) ctx.translate(s.dx, s.dy);
    paintItem(ctx, s.item, { x: clip.x - s.dx, y: clip.y - s.dy, w: clip.w, h: clip.h }, this.images, blinkOn);
    if (!still) ctx.translate(-s.dx, -s.dy);
  }

  /** An item that alone costs too much, a few rows of pixels at a time: clipped at whole pixels, they join without a seam. */
  private *drawInRows(ctx: Ctx, s: Shown, clip: Rect, steps: number, blinkOn: boolean): Generator<void, void> {
    const top = Math.max(clip.y, Math.floor(s.box[1]));
    const bottom = Math.min(clip.y + clip.h, Math.ceil(s.box[3]));
    const rows = Math.max(1, Math.floor((bottom - top) / steps));
    for (let y = top; y < bottom; y += rows) {
      const strip = { x: clip.x, y, w: clip.w, h: Math.min(rows, bottom - y) };
      ctx.save();
      ctx.beginPath();
      ctx.rect(strip.x, strip.y, strip.w, strip.h);
      ctx.clip();
      this.draw(ctx, s, strip, blinkOn);
      ctx.restore();
      settle(ctx);
      yield;
    }
  }
}

/** What a step of painting may cost, in microseconds as itemCost guesses them. */
const STEP_COST = 3000;
const SPRITE_COST = 7;
const FONT_COST = 3000;

/** Browsers note what is drawn and do it later, all at once: reading one pixel makes them do it now, so that the clock tells what it took. */
function settle(ctx: Ctx): void {
  ctx.getImageData(0, 0, 1, 1);
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

/** Is one of the images part of an item? */
function shows(item: CanvasItem, ids: ReadonlySet<ImageId>): boolean {
  const has = (stipple: Stipple | null): boolean => stipple !== null && ids.has(stipple.image);
  if (item.kind === 'image') return ids.has(item.part.image);
  if (item.kind === 'text') return has(item.stipple);
  return has(item.stroke.stipple) || ('fill' in item && has(item.fill.stipple));
}

/** A colour, or the pattern of a stipple in that colour. */
function ink(ctx: Ctx, color: Color, stipple: Stipple | null, images: ImageSource): string | CanvasPattern {
  const source = stipple === null ? undefined : images.get(stipple.image);
  if (stipple === null || source === undefined || source.width === 0 || source.height === 0) return css(color);
  const pattern = ctx.createPattern(tinted(source, color, null), 'repeat');
  pattern?.setTransform(new DOMMatrix([1, 0, 0, 1, stipple.x, stipple.y]));
  return pattern ?? css(color);
}

/** Strokes the path, `length` long: too many dashes to be told apart are a line. */
function stroke(ctx: Ctx, s: Stroke, images: ImageSource, cap: CanvasLineCap, length: number): void {
  if (s.color === null || s.width <= 0) return;
  ctx.strokeStyle = ink(ctx, s.color, s.stipple, images);
  ctx.lineWidth = s.width;
  ctx.lineCap = cap;
  if (s.dash === null || dashesOf(s.dash, length) > MOST_DASHES) {
    ctx.stroke();
    return;
  }
  ctx.setLineDash(s.dash.pattern.filter((n) => Number.isFinite(n) && n >= 0));
  ctx.lineDashOffset = s.dash.offset;
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Dashes of one path: a browser works out all of them, on show or not. */
const MOST_DASHES = 2000;
/** Points of one path that is stroked: longer ones are stroked in pieces that share a joint. */
const MOST_STROKED = 2000;

/** Strokes the line through points, `d` to the right and below, as far as it is in view. */
function strokePoints(
  ctx: Ctx,
  points: readonly number[],
  close: boolean,
  d: number,
  s: Stroke,
  view: Rect,
  images: ImageSource,
  cap: CanvasLineCap,
): void {
  if (s.color === null || s.width <= 0) return;
  if (s.dash !== null) return strokeDashed(ctx, points, close, d, { ...s, dash: s.dash }, view, images, cap);
  if (points.length <= 2 * MOST_STROKED) {
    trace(ctx, points, close, d);
    stroke(ctx, s, images, cap, 0);
    return;
  }
  // Once round and on to the second point, for the joint at the first.
  const near = withinRows(close ? [...points, ...points.slice(0, 4)] : points, view, pad(s));
  for (let i = 0; i < near.length - 2; i += 2 * MOST_STROKED) {
    trace(ctx, near.slice(i, i + 2 * MOST_STROKED + 4), false, d);
    stroke(ctx, s, images, cap, 0);
  }
}

/** A dashed line: in one path while that is not too much, else each of its parts in view by itself, the dashes going on where they would. */
function strokeDashed(
  ctx: Ctx,
  points: readonly number[],
  close: boolean,
  d: number,
  s: Stroke & { readonly dash: NonNullable<Stroke['dash']> },
  view: Rect,
  images: ImageSource,
  cap: CanvasLineCap,
): void {
  const far = pad(s);
  const [left, top, right, bottom] = [view.x - far, view.y - far, view.x + view.w + far, view.y + view.h + far];
  const length = pathLength(points) * (close ? 2 : 1);
  if (dashesOf(s.dash, length) <= MOST_DASHES) {
    trace(ctx, points, close, d);
    stroke(ctx, s, images, cap, length);
    return;
  }
  let gone = 0;
  for (let i = close ? 0 : 2; i + 1 < points.length; i += 2) {
    const [x1, y1] = i === 0 ? [points.at(-2)!, points.at(-1)!] : [points[i - 2]!, points[i - 1]!];
    const [x2, y2] = [points[i]!, points[i + 1]!];
    const long = Math.hypot(x2 - x1, y2 - y1);
    const [from, to] = inView(x1, y1, x2, y2, left, top, right, bottom);
    if (from < to) {
      const at = (t: number): [number, number] => [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
      trace(ctx, [...at(from), ...at(to)], false, d);
      stroke(ctx, { ...s, dash: { ...s.dash, offset: s.dash.offset + gone + from * long } }, images, cap, (to - from) * long);
    }
    gone += long;
  }
}

/** The part of a straight line, 0 to 1, that is inside a box; the first number not below the second when none is. */
function inView(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): readonly [number, number] {
  let from = 0;
  let to = 1;
  for (const [at, by, low, high] of [
    [x1, x2 - x1, left, right],
    [y1, y2 - y1, top, bottom],
  ] as const) {
    if (by === 0) {
      if (at < low || at > high) return [1, 0];
      continue;
    }
    const [a, b] = [(low - at) / by, (high - at) / by];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return [from, to];
}

/** How far from its points the ink of a line may be. */
function pad(s: Stroke): number {
  return s.width * 6 + 2;
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

/** `view`: what is seen, in the item's own coordinates. */
function paintItem(ctx: Ctx, item: CanvasItem, view: Rect, images: ImageSource, blinkOn: boolean): void {
  switch (item.kind) {
    case 'line': {
      ctx.lineJoin = item.join;
      ctx.miterLimit = MITER_LIMIT;
      strokePoints(
        ctx,
        item.points,
        false,
        crisp(item.stroke.width),
        item.stroke,
        view,
        images,
        item.cap === 'projecting' ? 'square' : item.cap,
      );
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
      if (item.fill.color !== null) {
        trace(ctx, thin(withinRows(item.points, view, 2), MOST_POINTS), true, d);
        fill(ctx, item.fill, images);
      }
      strokePoints(ctx, item.points, true, d, item.stroke, view, images, dashed(item.stroke, 'round'));
      return;
    }
    case 'rectangle':
      return paintRectangle(ctx, item, view, images);
    case 'oval':
      return paintOval(ctx, item, images);
    case 'arc':
      return paintArc(ctx, item, images);
    case 'image':
      return image(ctx, item.part, images);
    case 'text':
      return paintText(ctx, item, view, images, blinkOn);
  }
}

type Of<K extends CanvasItem['kind']> = Extract<CanvasItem, { kind: K }>;

function paintRectangle(ctx: Ctx, item: Of<'rectangle' | 'oval'>, view: Rect, images: ImageSource): void {
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
  strokePoints(ctx, [x, y, x + w, y, x + w, y + h, x, y + h], true, d, s, view, images, dashed(s, 'square'));
}

function paintOval(ctx: Ctx, item: Of<'rectangle' | 'oval'>, images: ImageSource): void {
  const d = item.stroke.color === null ? 0 : crisp(item.stroke.width);
  const { x, y, w, h } = item.rect;
  ctx.beginPath();
  ctx.ellipse(x + w / 2 + d, y + h / 2 + d, Math.max(0, w / 2), Math.max(0, h / 2), 0, 0, 2 * Math.PI);
  fill(ctx, item.fill, images);
  stroke(ctx, item.stroke, images, dashed(item.stroke, 'square'), Math.PI * Math.max(w, h));
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
  stroke(ctx, item.stroke, images, 'butt', Math.PI * Math.max(w, h));
}

function paintText(ctx: Ctx, item: Extract<CanvasItem, { kind: 'text' }>, view: Rect, images: ImageSource, blinkOn: boolean): void {
  const seen = spanOf(item, view);
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
  if (item.stipple === null) text(ctx, item.block, seen);
  else stippleText(ctx, item.block, seen, { ...item.stipple, x: item.stipple.x - item.x, y: item.stipple.y - item.y }, images);
  ctx.restore();
  if (selection !== null) {
    const font = cssFont(item.block.font);
    ctx.font = font;
    ctx.fillStyle = css(selection.fg);
    for (const r of selection.runs) run(ctx, r, font, seen);
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

function stippleText(ctx: Ctx, block: TextBlock, seen: Span, stipple: Stipple, images: ImageSource): void {
  ctx.fillStyle = ink(ctx, block.color, stipple, images);
  for (const r of block.runs)
    if (r.y + block.descent >= seen.top && r.y - block.ascent <= seen.bottom) run(ctx, r, cssFont(block.font), seen);
}

/** What is seen of a text item, from the point it hangs on. */
function spanOf({ x, y, angle }: Of<'text'>, view: Rect): Span {
  if (angle === 0) return { left: view.x - x, top: view.y - y, right: view.x + view.w - x, bottom: view.y + view.h - y };
  // Turned, by any angle: within the circle that holds all of the view.
  const far = Math.hypot(
    Math.max(Math.abs(view.x - x), Math.abs(view.x + view.w - x)),
    Math.max(Math.abs(view.y - y), Math.abs(view.y + view.h - y)),
  );
  return { left: -far, top: -far, right: far, bottom: far };
}
