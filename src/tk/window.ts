/**
 * A window of the model: its place in the tree, size, map state and manager. What happens to windows (creation, destruction, events)
 * is in app.ts; what they show is their widget's. Answers to tkWindow.c and tkInt.h (TkWindow).
 */
import type { WindowId } from '../protocol/display.ts';
import type { Widget } from './widget.ts';

/** What a geometry manager does for the windows it manages: pack, grid, place, a canvas, wm. */
export interface GeometryManager {
  /** As `winfo manager` names it. */
  readonly name: string;
  /** The window asks for another size. */
  requested(win: TkWindow): void;
  /** Another manager took the window, or it is being destroyed: forget it. */
  lost(win: TkWindow): void;
}

export class TkWindow {
  readonly id: WindowId;
  /** Full path; `.` for the main window. */
  readonly path: string;
  /** Last part of the path; the application's name for the main window. */
  name: string;
  cls: string;
  readonly parent: TkWindow | null;
  /** In stacking order, lowest first. */
  readonly children: TkWindow[] = [];
  readonly topLevel: boolean;
  /** Position of the outer corner in the parent, and size. */
  x = 0;
  y = 0;
  width = 1;
  height = 1;
  reqWidth = 1;
  reqHeight = 1;
  /** Internal borders: what managers leave free inside the window. */
  inset = { left: 0, right: 0, top: 0, bottom: 0 };
  minReqWidth = 0;
  minReqHeight = 0;
  mapped = false;
  /** Destruction has begun; its children are going. */
  dying = false;
  /** It is gone: its path means nothing any more. */
  dead = false;
  manager: GeometryManager | null = null;
  /** The manager that lays out windows inside this one (pack or grid), since those two do not mix. */
  container: GeometryManager | null = null;
  widget: Widget | null = null;
  /** `bindtags`, when a script has set them. */
  tags: readonly string[] | null = null;
  cursor: string | null = null;

  constructor(id: WindowId, path: string, name: string, cls: string, parent: TkWindow | null, topLevel: boolean) {
    this.id = id;
    this.path = path;
    this.name = name;
    this.cls = cls;
    this.parent = parent;
    this.topLevel = topLevel;
  }

  /** The toplevel it is in. */
  get top(): TkWindow {
    let w: TkWindow = this;
    while (!w.topLevel && w.parent) w = w.parent;
    return w;
  }

  /** Mapped, and all its ancestors up to its toplevel too. */
  get viewable(): boolean {
    for (let w: TkWindow | null = this; w; w = w.topLevel ? null : w.parent) if (!w.mapped) return false;
    return true;
  }

  /** Top left corner in screen coordinates; the main window sits at 0, 0 of the screen. */
  get rootX(): number {
    return this.x + (this.topLevel ? 0 : (this.parent?.rootX ?? 0));
  }
  get rootY(): number {
    return this.y + (this.topLevel ? 0 : (this.parent?.rootY ?? 0));
  }

  /** Is it `other`, or inside it? */
  isIn(other: TkWindow): boolean {
    for (let w: TkWindow | null = this; w; w = w.parent) if (w === other) return true;
    return false;
  }
}
