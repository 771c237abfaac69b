/**
 * What the display has yet to hear. Changes are marked here as they happen and described once, when the application is idle or calls
 * `update`; a window changed a hundred times is described once. Leaves out how it is drawn.
 */
import type { CssCursor, DisplayBatch, Patch, WindowId } from '../protocol/display.ts';
import type { TkApp } from './app.ts';
import type { TkWindow } from './window.ts';

/** Where batches go: the port to the page, or a recorder. True when `Outbox.shown` will say that the display is ready for the next. */
export type BatchSink = (batch: DisplayBatch) => boolean;

/** What a batch may hold, in units of an item of a canvas: reading one must not keep the page from its frame. */
const BATCH = 2000;
/** Batches of which the last is shown, complete or not. */
const SHOWN_EVERY = 200;

export class Outbox {
  private readonly app: TkApp;
  private readonly sink: BatchSink;
  private readonly created = new Set<TkWindow>();
  private readonly placed = new Set<TkWindow>();
  private readonly drawn = new Set<TkWindow>();
  private readonly stacked = new Set<TkWindow>();
  private readonly destroyed: WindowId[] = [];
  private readonly early: Patch[] = [];
  private readonly freed: Patch[] = [];
  /** The last of each kind. */
  private readonly late = new Map<string, Patch>();
  private readonly transfer: ArrayBuffer[] = [];
  private readonly cursors = new Map<WindowId, CssCursor | null>();
  private readonly tabstops = new Map<WindowId, boolean>();
  private scheduled = false;
  /** The display has not yet drawn what it was sent: more would only wait in line there, so it waits here and is described once. */
  private busy = false;
  private held = false;
  private sent = 0;

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
  /** A patch that stands by itself: of images before the windows, of the focus and the like after them. */
  say(patch: Patch, transfer: readonly ArrayBuffer[] = []): void {
    if (patch.op === 'free') this.freed.push(patch);
    else if ('image' in patch) this.early.push(patch);
    else this.late.set(patch.op, patch);
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
    let room = BATCH;
    /** Takes from what waits, as long as there is room. */
    const take = <T>(from: Iterable<T> & { delete(key: never): void }, say: (each: T) => number): void => {
      for (const each of from) {
        if (room <= 0) return;
        from.delete((Array.isArray(each) ? each[0] : each) as never);
        room -= say(each);
      }
    };
    const put = (patch: Patch, cost = 4): number => {
      patches.push(patch);
      return cost;
    };
    take(this.created, (w) => put({ op: 'create', id: w.id, parent: w.parent?.id ?? 0, cls: w.cls, path: w.path }));
    take(this.drawn, (w) => this.describe(w, patches, room));
    take(this.placed, (w) => put({ op: 'place', id: w.id, x: w.x, y: w.y, w: w.width, h: w.height, mapped: w.mapped }));
    take(this.stacked, (w) => put({ op: 'stack', id: w.id, children: w.children.map((c) => c.id) }, w.children.length));
    take(this.cursors, ([id, cursor]) => put({ op: 'cursor', id, cursor }));
    // A script that makes more all the time is shown what there is now and then.
    const more = room <= 0 && ++this.sent % SHOWN_EVERY !== 0;
    if (room > 0) {
      patches.push(...this.freed.splice(0), ...this.late.values());
      this.late.clear();
    } else this.held = true;
    if (patches.length === 0) return;
    this.busy = this.sink({ patches, more, transfer: this.transfer.splice(0) });
    if (this.held && !this.busy) this.shown();
  }

  /** The display has drawn the last batch, or wants more of it. */
  shown(): void {
    this.busy = false;
    if (!this.held) return;
    this.held = false;
    this.schedule();
  }

  /** Answers what it takes of the room in a batch. */
  private describe(w: TkWindow, patches: Patch[], room: number): number {
    const widget = w.widget;
    if (!widget || w.dead) return 0;
    patches.push({ op: 'props', id: w.id, props: widget.describe() });
    let cost = 8;
    const extra = widget.patches?.(room);
    if (extra) {
      patches.push(...extra.patches);
      this.transfer.push(...extra.transfer);
      cost += extra.cost;
    }
    const on = this.app.isTabstop(w);
    if (this.tabstops.get(w.id) !== on) {
      this.tabstops.set(w.id, on);
      patches.push({ op: 'tabstop', id: w.id, on });
    }
    return cost;
  }
}
