/** Windows embedded in a canvas; the canvas is their geometry manager. Answers to canvas.n and tkCanvWind.c. */
import type { Anchor } from '../../../protocol/display.ts';
import { str } from '../../../tcl/value.ts';
import { tkError } from '../../errors.ts';
import type { GeometryManager, TkWindow } from '../../window.ts';
import { anchor, type ItemOptionType, ItemTable, option, pixels } from '../item-options.ts';
import { Anchored } from './anchored.ts';
import { stateOption, tagsOption } from './shape-options.ts';

const window: ItemOptionType<TkWindow | null> = {
  parse: (app, v) => (str(v) === '' ? null : app.windowAt(str(v))),
  print: (w) => w?.path ?? '',
};
const ROWS = {
  anchor: option<Anchor>(anchor, 'center', 'center'),
  height: option(pixels, '0', 0),
  state: stateOption,
  tags: tagsOption,
  width: option(pixels, '0', 0),
  window: option<TkWindow | null>(window, '', null),
};
const TABLE = new ItemTable(ROWS);

export class WindowItem extends Anchored<typeof ROWS> implements GeometryManager {
  readonly kind = 'window';
  readonly name = 'canvas';
  readonly table = TABLE;
  readonly o = TABLE.create();
  /** The window it manages. */
  private held: TkWindow | null = null;

  override configured(): void {
    const { o, canvas } = this;
    const { app } = canvas;
    if (o.window !== this.held) {
      this.release();
      if (o.window) {
        const w = o.window;
        this.check(w);
        this.held = w;
        app.manage(w, this);
      }
    }
    this.measure();
    canvas.windowItems.add(this);
  }

  /** The canvas must be the window's parent, or inside it. */
  private check(w: TkWindow): void {
    const { win } = this.canvas;
    let inside = !w.topLevel && w !== win;
    for (let a: TkWindow | null = win; inside && a !== w.parent; a = a!.parent) inside = a !== null && !a.topLevel;
    if (inside) return;
    this.o.window = null;
    throw tkError(`can't use ${w.path} in a window item of this canvas`, 'GEOMETRY', 'HIERARCHY');
  }

  /** Lets go of its window, which disappears. */
  private release(): void {
    const w = this.held;
    if (!w) return;
    this.held = null;
    const { app } = this.canvas;
    if (w.manager === this) app.manage(w, null);
    app.unmaintain(w);
    app.unmap(w);
  }
  override deleted(): void {
    this.release();
    this.canvas.windowItems.delete(this);
  }

  // ---- as its geometry manager ----

  requested(): void {
    this.measure();
    this.canvas.redrawItem(this);
    this.canvas.later();
  }
  /** The box stays until something else changes it, as in Tk. */
  lost(w: TkWindow): void {
    this.held = this.o.window = null;
    this.canvas.app.unmaintain(w);
    if (!w.dying) this.canvas.app.unmap(w);
  }

  // ---- place ----

  override measure(): void {
    const { o } = this;
    const w = this.held;
    if (!w || this.hidden) {
      this.putBox('nw', 1, 1);
      return;
    }
    this.putBox(o.anchor, o.width > 0 ? o.width : Math.max(1, w.reqWidth), o.height > 0 ? o.height : Math.max(1, w.reqHeight));
  }

  override scale(x: number, y: number, sx: number, sy: number): void {
    const { o } = this;
    if (o.width > 0) o.width = Math.trunc(sx * o.width);
    if (o.height > 0) o.height = Math.trunc(sy * o.height);
    super.scale(x, y, sx, sy);
  }

  override distance(x: number, y: number): number {
    const dx = x < this.x1 ? this.x1 - x : x >= this.x2 ? x + 1 - this.x2 : 0;
    const dy = y < this.y1 ? this.y1 - y : y >= this.y2 ? y + 1 - this.y2 : 0;
    return Math.hypot(dx, dy);
  }

  /** Puts its window where it belongs, or hides it where it is out of sight. Called when the canvas is idle. */
  settle(): void {
    const { canvas, held } = this;
    if (!held) return;
    const { app, win } = canvas;
    const x = this.x1 - canvas.originX;
    const y = this.y1 - canvas.originY;
    const w = this.x2 - this.x1;
    const h = this.y2 - this.y1;
    if (this.hidden || !win.mapped || x + w <= 0 || y + h <= 0 || x >= win.width || y >= win.height) {
      app.unmaintain(held);
      app.unmap(held);
      return;
    }
    app.maintain(held, win, x, y, w, h);
  }

  override describe(): null {
    return null;
  }
}
