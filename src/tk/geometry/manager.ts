/**
 * What pack, grid and place share: which windows sit in which container, when to lay out again, and keeping a window in place whose
 * container is not its parent. Answers to tkGeometry.c.
 */
import { str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { tkError } from '../errors.ts';
import type { GeometryManager, TkWindow } from '../window.ts';

/** What happened to a window that may hold or be managed content. */
export type StructureChange = 'configure' | 'map' | 'unmap' | 'destroy';

/** A window managed inside a container. */
export interface Slot<B> {
  readonly win: TkWindow;
  /** Its container; null: known, but not managed now. */
  box: B | null;
}
/** A container. */
export interface Box<S> {
  readonly win: TkWindow;
  readonly content: S[];
  pending: boolean;
  propagate: boolean;
}

/** What an application asks of its managers, whatever their windows are to them. */
export interface LayoutManager extends GeometryManager {
  structure(win: TkWindow, change: StructureChange): void;
  /** The container a window is managed in by this one. */
  containerOf(win: TkWindow): TkWindow | null;
}

/** The manager of a kind that an application has: made when it is first asked for. */
export function managerOf<M extends LayoutManager>(app: TkApp, Kind: new (app: TkApp) => M): M {
  let manager = app.managers.get(Kind) as M | undefined;
  if (!manager) app.managers.set(Kind, (manager = new Kind(app)));
  return manager;
}

export abstract class Manager<S extends Slot<B>, B extends Box<S>> implements LayoutManager {
  abstract readonly name: string;
  protected readonly app: TkApp;
  readonly slots = new Map<TkWindow, S>();
  readonly boxes = new Map<TkWindow, B>();

  constructor(app: TkApp) {
    this.app = app;
  }

  protected abstract newBox(win: TkWindow): B;
  /** Places the content of a container, or asks for another size of it. */
  protected abstract arrange(box: B): void;

  boxOf(win: TkWindow): B {
    let box = this.boxes.get(win);
    if (!box) this.boxes.set(win, (box = this.newBox(win)));
    return box;
  }

  /** The slot of a window that is managed now. */
  managed(win: TkWindow): S | null {
    const slot = this.slots.get(win);
    return slot?.box ? slot : null;
  }

  containerOf(win: TkWindow): TkWindow | null {
    return this.managed(win)?.box?.win ?? null;
  }

  schedule(box: B): void {
    if (box.pending) return;
    box.pending = true;
    this.app.whenIdle(() => {
      if (!box.pending || box.win.dead) return;
      box.pending = false;
      if (box.content.length === 0) return;
      this.app.interp.budget.charge(box.content.length * 20);
      this.arrange(box);
    });
  }

  requested(win: TkWindow): void {
    const box = this.managed(win)?.box;
    if (box) this.schedule(box);
  }

  lost(win: TkWindow): void {
    this.unlink(win);
    this.app.unmaintain(win);
    this.app.unmap(win);
  }

  /** Takes a window out of its container, and unmaps it. */
  forget(win: TkWindow): void {
    this.app.manage(win, null);
    this.lost(win);
  }

  protected unlink(win: TkWindow): void {
    const slot = this.slots.get(win);
    const box = slot?.box;
    if (!slot || !box) return;
    box.content.splice(box.content.indexOf(slot), 1);
    slot.box = null;
    this.schedule(box);
    this.release(box);
  }

  /** Frees the container for another manager once it is empty or no longer propagates. */
  protected release(box: B): void {
    if (box.win.container === this && (box.content.length === 0 || !box.propagate)) box.win.container = null;
  }

  /** Makes the container this manager's own: pack and grid do not share one that propagates. */
  protected claim(box: B): void {
    if (!box.propagate) return;
    const other = box.win.container;
    if (other && other !== this) {
      throw tkError(
        `cannot use geometry manager ${this.name} inside ${box.win.path} which already has slaves managed by ${other.name}`,
        'GEOMETRY',
        'FIGHT',
      );
    }
    box.win.container = this;
  }

  protected checkLoop(win: TkWindow, container: TkWindow): void {
    for (let w: TkWindow | null = container; w; w = this.app.holder(w)) {
      if (w === win) throw tkError(`can't put ${win.path} inside ${container.path}, would cause management loop`, 'GEOMETRY', 'LOOP');
    }
  }

  setPropagate(box: B, on: boolean): void {
    if (on) {
      const old = box.propagate;
      box.propagate = true;
      try {
        if (box.content.length > 0) this.claim(box);
      } catch (e) {
        box.propagate = old;
        throw e;
      }
      return;
    }
    box.propagate = false;
    this.release(box);
  }

  /** A window changed: lay out what is in it, or let go of it. */
  structure(win: TkWindow, change: StructureChange): void {
    const box = this.boxes.get(win);
    if (change === 'destroy') {
      this.unlink(win);
      this.slots.delete(win);
      this.boxes.delete(win);
      for (const slot of box?.content.splice(0) ?? []) {
        slot.box = null;
        this.app.manage(slot.win, null);
        this.app.unmaintain(slot.win);
        this.app.unmap(slot.win);
      }
    } else if (box && box.content.length > 0) {
      if (change === 'unmap') for (const slot of box.content) this.app.unmap(slot.win);
      else this.schedule(box);
    }
  }

  /** Puts managed content where the layout wants it, or hides it when no room is left. */
  protected put(win: TkWindow, container: TkWindow, x: number, y: number, w: number, h: number): void {
    if (w > 0 && h > 0) {
      this.app.maintain(win, container, x, y, w, h);
      return;
    }
    this.app.unmaintain(win);
    this.app.unmap(win);
  }
}

/** The parent of `win` must be `container` or an ancestor of it, and no window may end up inside itself. */
export function checkAncestors(win: TkWindow, container: TkWindow, hierarchy: string): void {
  for (let w: TkWindow | null = container; w !== win.parent; w = w.parent) {
    if (!w || w.topLevel) throw tkError(hierarchy, 'GEOMETRY', 'HIERARCHY');
  }
}

/** The window a word names. */
export function windowOf(app: TkApp, v: Value): TkWindow {
  return app.windowAt(str(v));
}

/** `-padx` and kin as Tk prints them: one number, or two when the sides differ. */
export function padWord(sides: readonly [number, number]): string {
  return sides[0] === sides[1] ? String(sides[0]) : `${sides[0]} ${sides[1]}`;
}
