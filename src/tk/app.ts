/**
 * Tk in one interpreter: its windows, their life and geometry, and the parts that belong to the application (option database, fonts,
 * outbox, bindings, focus). create.ts makes one. Answers to tkWindow.c and tkGeometry.c.
 */

import type { InputEvent } from '../protocol/display.ts';
import type { EventHandle, Interp, Step } from '../tcl/command.ts';
import type { Value } from '../tcl/value.ts';
import { newAtoms } from './atoms.ts';
import { BindingTable, tagBytes, tagsOf } from './bind.ts';
import type { BusyTable } from './commands.ts';
import { badPath, tkError } from './errors.ts';
import type { EventType, TkEvent } from './events.ts';
import { Focus } from './focus.ts';
import { Fonts, type Measurer } from './fonts.ts';
import type { LayoutManager, StructureChange } from './geometry/manager.ts';
import { Images } from './images/index.ts';
import { Input } from './input.ts';
import { Library } from './library/install.ts';
import { OptionDb } from './options.ts';
import { type BatchSink, Outbox } from './outbox.ts';
import { VirtualEvents } from './virtual.ts';
import { type GeometryManager, TkWindow } from './window.ts';
import { MainWindowManager } from './wm.ts';

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
  /** Most pixels all images may have together. */
  readonly maxPixels?: number;
}

/** What a window takes, with its widget. */
const WINDOW_BYTES = 2000;

export class TkApp {
  readonly interp: Interp;
  readonly options: TkOptions;
  readonly windows = new Map<string, TkWindow>();
  readonly byId = new Map<number, TkWindow>();
  readonly main: TkWindow;
  readonly optionDb: OptionDb;
  readonly fonts: Fonts;
  readonly images: Images;
  readonly outbox: Outbox;
  readonly bindings: BindingTable;
  readonly library: Library;
  readonly virtualEvents = new VirtualEvents(this);
  readonly focus: Focus;
  /** Its geometry managers, by their classes. */
  readonly managers = new Map<unknown, LayoutManager>();
  readonly wm: MainWindowManager;
  readonly busy: BusyTable = new Map();
  readonly atoms: string[] = newAtoms();
  readonly caret = { '-height': 0, '-x': 0, '-y': 0 };
  /** Where the pointer is on the screen, while it is over the applet. */
  pointer: { readonly x: number; readonly y: number } | null = null;
  /** Windows kept in place inside a container that is not their parent. */
  private readonly maintained = new Map<TkWindow, { container: TkWindow; x: number; y: number; w: number; h: number }>();
  /** Structure events whose bindings have yet to run. */
  private pending: TkEvent[] = [];
  private draining: EventHandle | null = null;
  private readonly marked: TkEvent[] = [];
  private readonly user: Input;
  /** Called when the main window is gone. */
  onEnd: () => void = () => {};
  private lastTouched = 0;
  private lastEventTime = 0;
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
    this.images = new Images(this);
    this.bindings = new BindingTable(this);
    this.library = new Library(this);
    this.focus = new Focus(this);
    this.wm = new MainWindowManager(this);
    this.user = new Input(this);
    this.touched();
    this.adopt(this.main);
    // What a toplevel asks for until something in it asks for more.
    this.main.reqWidth = this.main.reqHeight = 200;
    this.main.manager = this.wm;
    this.wm.schedule();
  }

  /** The window that has the keyboard, as `focus` answers. */
  get focusWindow(): TkWindow | null {
    return this.focus.current;
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
  createWindow(given: string, cls: string): TkWindow {
    const dot = given.lastIndexOf('.');
    if (dot < 0) throw tkError(`bad window path name "${given}"`, 'VALUE', 'WINDOW_PATH');
    const name = given.slice(dot + 1);
    const parent = this.windowAt(dot === 0 ? '.' : given.slice(0, dot));
    // `..x` is another way to say `.x`.
    const path = parent === this.main ? `.${name}` : `${parent.path}.${name}`;
    if (parent.dying) throw tkError("can't create window: parent has been destroyed", 'CREATE', 'DEAD_PARENT');
    if (/^[A-Z]/.test(name)) throw tkError(`window name starts with an upper-case letter: "${name}"`, 'VALUE', 'WINDOW', 'NOTCLASS');
    if (this.windows.has(path)) throw tkError(`window name "${name}" already exists in parent`, 'VALUE', 'WINDOW', 'EXISTS');
    const max = this.options.maxWindows ?? 10000;
    if (this.windows.size >= max) throw tkError(`too many windows: at most ${max}`, 'LIMIT', 'WINDOWS');
    this.interp.budget.allocate(WINDOW_BYTES + path.length * 2);
    const win = new TkWindow(this.nextId++, path, name, cls, parent, false);
    parent.children.push(win);
    this.adopt(win);
    return win;
  }

  /** Destroys a window and all inside it; `<Destroy>` bindings run, innermost windows first. Tk_DestroyWindow. */
  *destroy(win: TkWindow): Generator<Step, void, Value> {
    if (win.dying) return;
    win.dying = true;
    yield* this.drain();
    for (let child = win.children[0]; child; child = win.children[0]) {
      if (child.dying) break;
      yield* this.destroy(child);
    }
    const event = this.makeEvent('Destroy', win);
    const tags = tagsOf(win);
    // Its command goes first: a <Destroy> script that uses it hears that there is no such command.
    this.dropCommand(win);
    yield* this.bindings.fire(event, tags);
    this.remove(win);
  }

  /** As `destroy`, where no script can run: a creation that failed, or a deleted interpreter. */
  destroyQuietly(win: TkWindow): void {
    win.dying = true;
    for (const child of [...win.children]) this.destroyQuietly(child);
    this.dropCommand(win);
    this.remove(win);
  }

  private dropCommand(win: TkWindow): void {
    const command = win.widget?.command;
    if (command && !command.deleted) this.interp.deleteCommand(command);
  }

  private remove(win: TkWindow): void {
    if (win.dead) return;
    win.dead = true;
    this.focus.dead(win);
    this.user.dead(win);
    this.busy.delete(win);
    this.maintained.delete(win);
    let laidOut = false;
    for (const m of this.managers.values()) {
      m.structure(win, 'destroy');
      laidOut ||= win.manager === m;
    }
    if (!laidOut) win.manager?.lost(win);
    win.manager = null;
    win.widget?.destroyed?.();
    const at = win.parent?.children.indexOf(win) ?? -1;
    if (at >= 0) win.parent!.children.splice(at, 1);
    if (this.windows.get(win.path) === win) this.windows.delete(win.path);
    this.byId.delete(win.id);
    this.bindings.unbindAll(win.path);
    this.outbox.destroy(win);
    if (win === this.main && !this.interp.deleted) {
      this.images.deleteAll();
      this.onEnd();
    }
  }

  /** Its command was deleted or renamed to nothing: the window goes too; `<Destroy>` bindings run as soon as scripts may. */
  commandDeleted(win: TkWindow): void {
    if (win.dying || this.interp.deleted) return;
    const scripts: string[][] = [];
    const collect = (w: TkWindow): void => {
      for (const child of w.children) collect(child);
      scripts.push(this.bindings.match(this.makeEvent('Destroy', w), tagsOf(w)));
    };
    collect(win);
    this.destroyQuietly(win);
    const { bindings } = this;
    this.interp.events.queue(
      'window',
      function* () {
        for (const list of scripts) yield* bindings.run(list);
      },
      'head',
    );
  }

  // ---- geometry ----

  /** A widget says what size it would like: Tk_GeometryRequest. */
  requestSize(win: TkWindow, width: number, height: number): void {
    const w = Math.max(1, width);
    const h = Math.max(1, height);
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
    this.structure(win, 'configure');
  }

  /** The least a manager of what is inside may ask for. Tk_SetMinimumRequestSize. */
  setMinRequest(win: TkWindow, width: number, height: number): void {
    if (win.minReqWidth === width && win.minReqHeight === height) return;
    win.minReqWidth = width;
    win.minReqHeight = height;
    this.structure(win, 'configure');
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
    const old = { width: win.width, height: win.height };
    const resized = old.width !== w || old.height !== h;
    Object.assign(win, { x, y, width: w, height: h });
    this.outbox.place(win);
    if (resized) win.widget?.resized();
    this.structure(win, 'configure');
    this.notify(this.makeEvent('Configure', win, { x, y, width: w, height: h, borderWidth: 0, above: 0, override: false }));
    if (win.viewable) this.grown(win, old.width, old.height);
  }

  /** What a larger window shows that it did not show before: X tells of it in bands, from the top. */
  private grown(win: TkWindow, oldWidth: number, oldHeight: number): void {
    const { width, height } = win;
    const bands: Partial<TkEvent>[] = [];
    if (width > oldWidth) bands.push({ x: oldWidth, y: 0, width: width - oldWidth, height: Math.min(height, oldHeight) });
    if (height > oldHeight) bands.push({ x: 0, y: oldHeight, width, height: height - oldHeight });
    for (const [i, band] of bands.entries()) this.post(this.makeEvent('Expose', win, { ...band, count: bands.length - 1 - i }));
  }

  map(win: TkWindow): void {
    if (win.mapped || win.dying) return;
    win.mapped = true;
    this.outbox.place(win);
    this.structure(win, 'map');
    this.notify(this.makeEvent('Map', win, { override: false }));
    if (!win.viewable) return;
    this.shown(win);
    this.focus.mapped();
  }

  /** A window has become viewable, and what is mapped in it: X tells so by Visibility and Expose events. */
  private shown(win: TkWindow): void {
    this.post(this.makeEvent('Visibility', win));
    this.post(this.makeEvent('Expose', win, { x: 0, y: 0, width: win.width, height: win.height, count: 0 }));
    for (const child of win.children) if (child.mapped && !child.topLevel) this.shown(child);
  }

  unmap(win: TkWindow): void {
    if (!win.mapped) return;
    win.mapped = false;
    this.outbox.place(win);
    this.structure(win, 'unmap');
    if (!win.dying) this.notify(this.makeEvent('Unmap', win));
  }

  private structure(win: TkWindow, change: StructureChange): void {
    for (const m of this.managers.values()) m.structure(win, change);
    for (const [content, m] of this.maintained) {
      if (content !== win && m.container.isIn(win) && win !== content.parent && win.isIn(content.parent!)) this.unsettle(content);
    }
  }

  /** Windows to be put in place again, once all is still: what goes there and back has not moved. */
  private readonly unsettled = new Set<TkWindow>();

  private unsettle(content: TkWindow): void {
    const { unsettled } = this;
    const isScheduled = unsettled.size > 0;
    unsettled.add(content);
    if (isScheduled) return;
    const app = this;
    this.interp.events.whenIdle(function* () {
      for (const win of unsettled) if (app.maintained.has(win)) app.settle(win);
      unsettled.clear();
      yield* app.drain();
    });
  }

  /** Keeps a window at a place inside a container, which is its parent or inside its parent. Tk_MaintainGeometry. */
  maintain(win: TkWindow, container: TkWindow, x: number, y: number, w: number, h: number): void {
    if (container === win.parent) {
      this.maintained.delete(win);
      this.moveResize(win, x, y, w, h);
      if (container.mapped) this.map(win);
      return;
    }
    this.maintained.set(win, { container, x, y, w, h });
    this.settle(win);
  }

  /** Stops keeping it in place. Tk_UnmaintainGeometry. */
  unmaintain(win: TkWindow): void {
    this.maintained.delete(win);
  }

  private settle(win: TkWindow): void {
    const m = this.maintained.get(win)!;
    let { x, y } = m;
    let shown = true;
    for (let w = m.container; w !== win.parent && w.parent; w = w.parent) {
      x += w.x;
      y += w.y;
      shown &&= w.mapped;
    }
    this.moveResize(win, x, y, m.w, m.h);
    if (shown) this.map(win);
    else this.unmap(win);
  }

  /** The window whose layout decides where `win` is, or its parent while none does. TkGetContainer. */
  holder(win: TkWindow): TkWindow | null {
    const kept = this.maintained.get(win)?.container;
    if (kept) return kept;
    for (const m of this.managers.values()) {
      const container = m.containerOf(win);
      if (container) return container;
    }
    return win.topLevel ? null : win.parent;
  }

  /** The box the page gives the main window. */
  setSize(width: number, height: number): void {
    this.fixedSize = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
    this.wm.schedule();
  }

  /** Bytes the application holds, for the census. */
  held(): number {
    let bytes = this.images.held;
    for (const part of [this.bindings, this.virtualEvents, this.optionDb, this.fonts]) bytes += part.held();
    for (const name of this.atoms) bytes += 64 + 2 * name.length;
    for (const win of this.windows.values()) bytes += WINDOW_BYTES + (win.widget?.held() ?? 0) + tagBytes(win.tags ?? []);
    return bytes;
  }

  /** Runs `work` when nothing else is to be done, then the bindings of the structure events it caused. */
  whenIdle(work: () => void): EventHandle {
    const app = this;
    return this.interp.events.whenIdle(function* () {
      work();
      yield* app.drain();
    });
  }

  // ---- events ----

  makeEvent(type: EventType, win: TkWindow, fields: Partial<TkEvent> = {}): TkEvent {
    return { type, win, serial: this.serial, sendEvent: false, ...fields };
  }

  nextSerial(): number {
    return this.serial++;
  }

  /** What the user did. */
  input(event: InputEvent): void {
    this.user.take(event);
  }

  /** A structure event: the widget hears it now, its bindings as soon as scripts may run. */
  notify(event: TkEvent): void {
    event.win.widget?.event?.(event);
    this.pending.push(event);
    const app = this;
    this.draining ??= this.interp.events.queue(
      'window',
      function* () {
        app.draining = null;
        yield* app.drain();
      },
      'head',
    );
  }

  /** Runs the bindings of structure events that wait for it. Commands that move windows call it before they return. */
  *drain(): Generator<Step, void, Value> {
    while (this.pending.length > 0) {
      const event = this.pending.shift()!;
      if (!event.win.dead) yield* this.bindings.fire(event, tagsOf(event.win));
    }
    this.draining?.cancel();
    this.draining = null;
  }

  /** A movement that is the last event queued. */
  private motion: { event: TkEvent; readonly handle: EventHandle } | null = null;

  /** Queues an event for delivery. Of movements in a window, one after the other, only the last is told. */
  post(event: TkEvent, position: 'tail' | 'head' = 'tail'): EventHandle {
    const { motion } = this;
    const isMotion = event.type === 'Motion' && position === 'tail';
    if (isMotion && motion?.event.win === event.win) {
      motion.event = event;
      return motion.handle;
    }
    const app = this;
    const handle = this.interp.events.queue(
      'window',
      function* () {
        const now = held.event;
        if (app.motion === held) app.motion = null;
        yield* app.deliver(now);
      },
      position,
      event,
    );
    const held = { event, handle };
    if (isMotion) this.motion = held;
    else if (position === 'tail' && event.type !== 'Expose') this.motion = null;
    return handle;
  }

  /** Queues an event before what is queued already, but behind others posted so (`-when mark`). */
  postAtMark(event: TkEvent): void {
    const app = this;
    this.interp.budget.allocate(300);
    if (this.marked.push(event) > 1) return;
    this.interp.events.queue(
      'window',
      function* () {
        for (const e of app.marked.splice(0)) yield* app.deliver(e);
      },
      'head',
      this.marked,
    );
  }

  /** Delivers an event now: keys go to the focus window; the widget's own handler, then the bindings. */
  *deliver(event: TkEvent): Generator<Step, void, Value> {
    this.serial++;
    let e = event;
    if (e.type === 'KeyPress' || e.type === 'KeyRelease') {
      const win = this.focus.current;
      if (!win) return;
      if (win !== e.win)
        e = { ...e, win, x: e.rootX === -1 ? -1 : (e.rootX ?? 0) - win.rootX, y: e.rootY === -1 ? -1 : (e.rootY ?? 0) - win.rootY };
    }
    if (e.win.dying) return;
    if (e.time) this.lastEventTime = e.time;
    const { widget } = e.win;
    widget?.event?.(e);
    if (widget?.scripts) {
      yield* widget.scripts(e);
      if (e.win.dead) return;
    }
    yield* this.bindings.fire(e, tagsOf(e.win));
  }

  /** The time of the last event, brought up to now (`-time current`). */
  currentTime(): number {
    return Math.round(this.lastEventTime + this.idleTime());
  }

  /** The user did something. */
  touched(time = this.lastEventTime): void {
    this.lastTouched = this.interp.events.now();
    this.lastEventTime = time;
  }

  /** Milliseconds since the user last did something. */
  idleTime(): number {
    return Math.round(this.interp.events.now() - this.lastTouched);
  }

  /** Does Tab stop at the window? As tk::FocusOK, without running scripts. */
  isTabstop(win: TkWindow): boolean {
    const values = win.widget?.options.values as { takefocus?: string; state?: string } | undefined;
    const take = values?.takefocus ?? '';
    if (take === '0') return false;
    if (take === '1') return true;
    if (values?.state === 'disabled') return false;
    return [...this.bindings.list(win.path), ...this.bindings.list(win.cls)].some((s) => /Key|Focus/.test(s));
  }
}
