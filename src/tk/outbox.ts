/**
 * What the display has yet to hear. Changes are marked here as they happen and described once, when the application is idle or calls
 * `update`; a window changed a hundred times is described once. Leaves out how it is drawn.
 */
import type { CssCursor, DisplayBatch, Patch, WindowId } from '../protocol/display.ts';
import type { TkApp } from './app.ts';
import type { TkWindow } from './window.ts';

/** Where batches go: the port to the page, or a recorder. True when `Outbox.shown` will say that the display is ready for the next. */
export type BatchSink = (batch: DisplayBatch) => boolean;

export class Outbox {
  private readonly app: TkApp;
  private readonly sink: BatchSink;
  private readonly created = new Set<TkWindow>();
  private readonly placed = new Set<TkWindow>();
  private readonly drawn = new Set<TkWindow>();
  private readonly stacked = new Set<TkWindow>();
  private readonly destroyed: WindowId[] = [];
  private readonly early: Patch[] = [];
  private readonly late: Patch[] = [];
  private readonly transfer: ArrayBuffer[] = [];
  private readonly cursors = new Map<WindowId, CssCursor | null>();
  private readonly tabstops = new Map<WindowId, boolean>();
  private scheduled = false;
  /** The display has not yet drawn what it was sent: more would only wait in line there, so it waits here and is described once. */
  private busy = false;
  private held = false;

  constructor(app: TkApp, sink: BatchSink) {
    this.app = app;
    this.sink = sink;
  }

  create(win: TkWindow): void {
    this.created.add(win);
    this.redraw(win);
    this.place(win);
    if (win.parent) this.restack(win.parent);
  }
  destroy(win: TkWindow): void {
    for (const set of [this.placed, this.drawn, this.stacked]) set.delete(win);
    if (!this.created.delete(win)) this.destroyed.push(win.id);
    this.tabstops.delete(win.id);
    this.cursors.delete(win.id);
    this.schedule();
  }
  /** The widget will be asked to describe itself. */
  redraw(win: TkWindow): void {
    this.drawn.add(win);
    this.schedule();
  }
  place(win: TkWindow): void {
    this.placed.add(win);
    this.schedule();
  }
  /** The order of its children changed. */
  restack(win: TkWindow): void {
    this.stacked.add(win);
    this.schedule();
  }
  cursor(win: TkWindow, cursor: CssCursor | null): void {
    this.cursors.set(win.id, cursor);
    this.schedule();
  }
  /** A patch that stands by itself: `early` (images) before the windows, `late` (focus, title) after them. */
  say(patch: Patch, when: 'early' | 'late', transfer: readonly ArrayBuffer[] = []): void {
    (when === 'early' ? this.early : this.late).push(patch);
    this.transfer.push(...transfer);
    this.schedule();
  }

  /** There is something to say. */
  schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.app.whenIdle(() => this.flush());
  }

  /** Sends everything, as one batch. */
  private flush(): void {
    this.scheduled = false;
    if (this.busy) {
      this.held = true;
      return;
    }
    this.app.images.flush();
    const patches: Patch[] = this.early.splice(0);
    for (const id of this.destroyed.splice(0)) patches.push({ op: 'destroy', id });
    for (const w of this.created) patches.push({ op: 'create', id: w.id, parent: w.parent?.id ?? 0, cls: w.cls, path: w.path });
    for (const w of this.drawn) this.describe(w, patches);
    for (const w of this.placed) patches.push({ op: 'place', id: w.id, x: w.x, y: w.y, w: w.width, h: w.height, mapped: w.mapped });
    for (const w of this.stacked) patches.push({ op: 'stack', id: w.id, children: w.children.map((c) => c.id) });
    for (const [id, cursor] of this.cursors) patches.push({ op: 'cursor', id, cursor });
    patches.push(...this.late.splice(0));
    for (const set of [this.created, this.drawn, this.placed, this.stacked, this.cursors]) set.clear();
    if (patches.length > 0) this.busy = this.sink({ patches, transfer: this.transfer.splice(0) });
  }

  /** The display has drawn the last batch. */
  shown(): void {
    this.busy = false;
    if (!this.held) return;
    this.held = false;
    this.schedule();
  }

  private describe(w: TkWindow, patches: Patch[]): void {
    const widget = w.widget;
    if (!widget || w.dead) return;
    patches.push({ op: 'props', id: w.id, props: widget.describe() });
    const extra = widget.patches?.();
    if (extra) {
      patches.push(...extra.patches);
      this.transfer.push(...extra.transfer);
    }
    const on = this.app.isTabstop(w);
    if (this.tabstops.get(w.id) !== on) {
      this.tabstops.set(w.id, on);
      patches.push({ op: 'tabstop', id: w.id, on });
    }
  }
}
