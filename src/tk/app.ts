/**
 * Tk in one interpreter: its windows, their life and geometry, and the parts that belong to the application (option database, fonts,
 * outbox, bindings, focus). create.ts makes one. Answers to tkWindow.c and tkGeometry.c.
 */
import type { EventHandle, Interp, Step } from '../tcl/command.ts';
import type { Value } from '../tcl/value.ts';
import { badPath, tkError } from './errors.ts';
import type { EventType, TkEvent } from './events.ts';
import { Fonts, type Measurer } from './fonts.ts';
import { OptionDb } from './options.ts';
import { type BatchSink, Outbox } from './outbox.ts';
import { type GeometryManager, TkWindow } from './window.ts';

export interface TkOptions {
  readonly measurer: Measurer;
  /** Takes what is to be shown. */
  readonly sink: BatchSink;
  /** The box the page gives the main window, or null to follow what `.` asks for. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** `winfo name .`, default tk; its class is always Tk. */
  readonly name?: string;
  /** Most windows there may be; one more is an error. */
  readonly maxWindows?: number;
}

export class TkApp {
  readonly interp: Interp;
  readonly options: TkOptions;
  readonly windows = new Map<string, TkWindow>();
  readonly byId = new Map<number, TkWindow>();
  readonly main: TkWindow;
  readonly optionDb: OptionDb;
  readonly fonts: Fonts;
  readonly outbox: Outbox;
  /** The window that has the keyboard, as `focus` answers. */
  focusWindow: TkWindow | null = null;
  private nextId = 1;
  private serial = 1;
  /** The size the page or `wm geometry` gave `.`; null: it follows what it asks for. */
  fixedSize: { width: number; height: number } | null;

  constructor(interp: Interp, options: TkOptions) {
    this.interp = interp;
    this.options = options;
    this.fixedSize = options.size;
    this.outbox = new Outbox(this, options.sink);
    this.main = new TkWindow(this.nextId++, '.', options.name ?? 'tk', 'Tk', null, true);
    this.optionDb = new OptionDb(this);
    this.fonts = new Fonts(this, options.measurer);
    this.adopt(this.main);
  }

  // ---- windows ----

  /** The window a path means. Throws `bad window path name`. */
  windowAt(path: string): TkWindow {
    const win = this.windows.get(path);
    if (!win) throw badPath(path);
    return win;
  }

  private adopt(win: TkWindow): void {
    this.windows.set(win.path, win);
    this.byId.set(win.id, win);
    this.outbox.create(win);
  }

  /** Makes a window on top of its siblings. Throws Tk's errors for the path. */
  createWindow(path: string, cls: string): TkWindow {
    const dot = path.lastIndexOf('.');
    if (dot < 0 || path === '') throw tkError(`bad window path name "${path}"`, 'VALUE', 'WINDOW_PATH');
    const name = path.slice(dot + 1);
    const parentPath = dot === 0 ? '.' : path.slice(0, dot);
    const parent = this.windowAt(parentPath);
    if (parent.dying) throw tkError("can't create window: parent has been destroyed", 'CREATE', 'DEAD_PARENT');
    if (/^[A-Z]/.test(name)) throw tkError(`window name starts with an upper-case letter: "${name}"`, 'VALUE', 'WINDOW', 'NOTCLASS');
    if (this.windows.has(path)) throw tkError(`window name "${name}" already exists in parent`, 'VALUE', 'WINDOW', 'EXISTS');
    const max = this.options.maxWindows ?? 10000;
    if (this.windows.size >= max) throw tkError(`too many windows: at most ${max}`, 'LIMIT', 'WINDOWS');
    this.interp.budget.allocate(2000 + path.length * 2);
    const win = new TkWindow(this.nextId++, path, name, cls, parent, false);
    parent.children.push(win);
    this.adopt(win);
    return win;
  }

  /** Destroys a window and all inside it; `<Destroy>` bindings run, innermost windows first. Tk_DestroyWindow. */
  *destroy(win: TkWindow): Generator<Step, void, Value> {
    if (win.dying) return;
    win.dying = true;
    for (let child = win.children[0]; child; child = win.children[0]) {
      if (child.dying) break;
      yield* this.destroy(child);
    }
    yield* this.deliver(this.makeEvent('Destroy', win));
    this.remove(win);
  }

  /** As `destroy`, where no script can run: a creation that failed, or a deleted command. Bindings are not run. */
  destroyQuietly(win: TkWindow): void {
    win.dying = true;
    for (const child of [...win.children]) this.destroyQuietly(child);
    this.remove(win);
  }

  private remove(win: TkWindow): void {
    if (win.dead) return;
    win.dead = true;
    win.manager?.lost(win);
    win.manager = null;
    win.widget?.destroyed?.();
    const at = win.parent?.children.indexOf(win) ?? -1;
    if (at >= 0) win.parent!.children.splice(at, 1);
    if (this.windows.get(win.path) === win) this.windows.delete(win.path);
    this.byId.delete(win.id);
    if (this.focusWindow === win) this.focusWindow = null;
    this.outbox.destroy(win);
    const command = win.widget?.command;
    if (command && !command.deleted) this.interp.deleteCommand(command);
  }

  /** Its command was deleted or renamed to nothing: the window goes too, as soon as scripts may run. */
  commandDeleted(win: TkWindow): void {
    if (win.dying || this.interp.deleted) return;
    const app = this;
    this.interp.events.queue(
      'window',
      function* () {
        yield* app.destroy(win);
      },
      'head',
    );
  }

  // ---- geometry ----

  /** A widget says what size it would like: Tk_GeometryRequest. */
  requestSize(win: TkWindow, width: number, height: number): void {
    const w = Math.max(1, win.minReqWidth, width);
    const h = Math.max(1, win.minReqHeight, height);
    if (w === win.reqWidth && h === win.reqHeight) return;
    win.reqWidth = w;
    win.reqHeight = h;
    win.manager?.requested(win);
  }

  /** Internal border: the room managers leave free inside. */
  setInset(win: TkWindow, inset: TkWindow['inset']): void {
    const old = win.inset;
    if (old.left === inset.left && old.right === inset.right && old.top === inset.top && old.bottom === inset.bottom) return;
    win.inset = inset;
    win.container?.requested(win);
  }

  /** Gives a window to a manager (null: to none); the one it had loses it. Tk_ManageGeometry. */
  manage(win: TkWindow, manager: GeometryManager | null): void {
    if (win.manager && win.manager !== manager) win.manager.lost(win);
    win.manager = manager;
  }

  /** Puts a window where its manager wants it. Configure events follow. Tk_MoveResizeWindow. */
  moveResize(win: TkWindow, x: number, y: number, width: number, height: number): void {
    const w = Math.max(1, width);
    const h = Math.max(1, height);
    if (win.x === x && win.y === y && win.width === w && win.height === h) return;
    const resized = win.width !== w || win.height !== h;
    Object.assign(win, { x, y, width: w, height: h });
    this.outbox.place(win);
    if (resized) win.widget?.resized();
    this.post(this.makeEvent('Configure', win, { x, y, width: w, height: h, borderWidth: 0, above: 0, override: false }));
  }

  map(win: TkWindow): void {
    if (win.mapped || win.dying) return;
    win.mapped = true;
    this.outbox.place(win);
    this.post(this.makeEvent('Map', win, { override: false }));
  }

  unmap(win: TkWindow): void {
    if (!win.mapped) return;
    win.mapped = false;
    this.outbox.place(win);
    this.post(this.makeEvent('Unmap', win));
  }

  /** Runs `work` when nothing else is to be done. What it throws goes to bgerror. */
  whenIdle(work: () => void): EventHandle {
    // biome-ignore lint/correctness/useYield: plain work in the form the loop takes
    return this.interp.events.whenIdle(function* () {
      work();
    });
  }

  // ---- events ----

  makeEvent(type: EventType, win: TkWindow, fields: Partial<TkEvent> = {}): TkEvent {
    return { type, win, serial: this.serial++, sendEvent: false, ...fields };
  }

  /** Queues an event for delivery. */
  post(event: TkEvent, position: 'tail' | 'head' = 'tail'): EventHandle {
    const app = this;
    return this.interp.events.queue(
      'window',
      function* () {
        yield* app.deliver(event);
      },
      position,
    );
  }

  /** Delivers an event now: the widget's own handler, then its bindings. */
  // biome-ignore lint/correctness/useYield: the bindings that yield come with bind.ts
  *deliver(event: TkEvent): Generator<Step, void, Value> {
    if (event.win.dead) return;
    event.win.widget?.event?.(event);
  }

  /** Does Tab stop at the window? As tk::FocusOK, without running scripts. */
  isTabstop(win: TkWindow): boolean {
    const take = (win.widget?.options.values as { takefocus?: string } | undefined)?.takefocus;
    return take === '1';
  }
}
