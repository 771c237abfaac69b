/**
 * What the page's visitor did, made into events of the window that is meant: which window the pointer is in, crossings, the grab while a
 * button is down, wheel notches as buttons 4 and 5, keys for the focus window. Answers to tkGrab.c, tkPointer.c and X's own rules.
 */

import { type InputEvent, STATE } from '../protocol/display.ts';
import type { Step } from '../tcl/command.ts';
import type { Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import type { TkEvent } from './events.ts';
import { crossing } from './focus.ts';
import { windowAtPoint } from './hit.ts';
import type { TkWindow } from './window.ts';

type Of<K extends InputEvent['kind']> = Extract<InputEvent, { kind: K }>;

/** One notch of a wheel, in units of %D. */
const NOTCH = 120;
const BUTTONS = STATE.Button1 | STATE.Button2 | STATE.Button3 | STATE.Button4 | STATE.Button5;

export class Input {
  private readonly app: TkApp;
  /** The window the pointer is in, as crossings have told it. */
  private under: TkWindow | null = null;
  /** The window a button went down in: it gets all pointer events until the last button is up. */
  private grab: TkWindow | null = null;
  /** Motion that has been queued and not handled yet: newer motion takes its place. */
  private motion: Of<'pointer'> | null = null;
  /** Parts of a notch not yet made into a button press. */
  private readonly notches = { x: 0, y: 0 };

  constructor(app: TkApp) {
    this.app = app;
  }

  /** Queues what happened. */
  take(event: InputEvent): void {
    const isMotion = event.kind === 'pointer' && event.type === 'move';
    if (isMotion && this.motion) {
      this.motion = event;
      return;
    }
    // Motion that comes after something else is queued behind it.
    if (isMotion) this.motion = event;
    const input = this;
    this.app.interp.events.queue('window', function* () {
      let now = event;
      if (isMotion) {
        now = input.motion ?? event;
        input.motion = null;
      }
      if (!input.app.main.dead) yield* input.handle(now);
    });
    if (!isMotion) this.motion = null;
  }

  private *handle(event: InputEvent): Generator<Step, void, Value> {
    const { app } = this;
    switch (event.kind) {
      case 'pointer':
        app.touched(event.time);
        return yield* this.pointer(event);
      case 'crossing':
        return yield* this.element(event);
      case 'wheel':
        app.touched(event.time);
        return yield* this.wheel(event);
      case 'key':
        app.touched(event.time);
        return yield* this.key(event);
      case 'focus':
        app.focus.fromPage(event.id === 0 ? null : (app.byId.get(event.id) ?? app.main));
        if (event.tabbed && app.focus.current) app.post(app.makeEvent('Virtual', app.focus.current, { name: 'TraverseIn' }));
        return;
      case 'resize':
        app.setSize(event.w, event.h);
        return;
      case 'edit':
      case 'action': {
        const widget = app.byId.get(event.id)?.widget;
        if (widget?.input && !this.isBusy(widget.win)) yield* widget.input(event);
        return;
      }
    }
  }

  private isBusy(win: TkWindow | null): boolean {
    for (let w = win; w; w = w.parent) if (this.app.busy.has(w)) return true;
    return false;
  }

  private at(x: number, y: number): TkWindow | null {
    const win = windowAtPoint(this.app, x, y);
    return this.isBusy(win) ? null : win;
  }

  private place(win: TkWindow, e: { x: number; y: number; state: number; time: number }): Partial<TkEvent> {
    const { x, y } = e;
    return { x: x - win.rootX, y: y - win.rootY, rootX: x, rootY: y, state: e.state, time: e.time };
  }

  /** Tells windows that the pointer moved from one to another. While a button is down only the grab window hears it. */
  private *cross(
    to: TkWindow | null,
    e: { x: number; y: number; state: number; time: number },
    mode = 'NotifyNormal',
  ): Generator<Step, void, Value> {
    const from = this.under?.dead ? null : this.under;
    this.under = to;
    const events: TkEvent[] = [];
    crossing(from, to, 'Leave', 'Enter', (type, win, detail) => {
      if (this.grab && win !== this.grab) return;
      if (mode === 'NotifyUngrab' && type === 'Leave') return;
      const focus = this.app.focus.current === win;
      events.push(this.app.makeEvent(type, win, { ...this.place(win, e), detail, mode, focus }));
    });
    for (const event of events) yield* this.app.deliver(event);
  }

  private *element(e: Of<'crossing'>): Generator<Step, void, Value> {
    this.app.pointer = e.type === 'leave' ? null : { x: e.x, y: e.y };
    yield* this.cross(e.type === 'leave' ? null : this.at(e.x, e.y), e);
  }

  private *pointer(e: Of<'pointer'>): Generator<Step, void, Value> {
    const { app } = this;
    app.pointer = { x: e.x, y: e.y };
    const hit = this.at(e.x, e.y);
    if (this.grab?.dead) this.grab = null;
    if (hit !== this.under) yield* this.cross(hit, e);
    const target = this.grab ?? hit;
    if (e.type === 'move') {
      if (target && !target.dead) yield* app.deliver(app.makeEvent('Motion', target, this.place(target, e)));
      return;
    }
    if (e.type === 'down') {
      this.grab ??= hit;
      if (target) yield* app.deliver(app.makeEvent('ButtonPress', target, { ...this.place(target, e), button: e.button }));
      return;
    }
    // A gesture that was cancelled ends with a release too: a widget must never be left pressed.
    const bit = STATE.Button1 << (e.button - 1);
    const state = e.type === 'cancel' ? e.state | bit : e.state;
    if (target && !target.dead) {
      yield* app.deliver(app.makeEvent('ButtonRelease', target, { ...this.place(target, { ...e, state }), button: e.button }));
    }
    if ((state & BUTTONS & ~bit) === 0) yield* this.release(e);
  }

  /** The last button is up: the window the pointer is in hears of it. */
  private *release(e: Of<'pointer'>): Generator<Step, void, Value> {
    const grabbed = this.grab;
    this.grab = null;
    if (!grabbed || this.under === grabbed) return;
    const to = this.under?.dead ? null : this.under;
    this.under = grabbed.dead ? null : grabbed;
    yield* this.cross(to, e, 'NotifyUngrab');
  }

  /** X has no wheel: up and down are buttons 4 and 5, left and right the same with Shift. */
  private *wheel(e: Of<'wheel'>): Generator<Step, void, Value> {
    const { app } = this;
    for (const axis of ['x', 'y'] as const) {
      this.notches[axis] += (axis === 'x' ? e.dx : e.dy) / NOTCH;
      const whole = Math.trunc(this.notches[axis]);
      this.notches[axis] -= whole;
      const state = e.state | (axis === 'x' ? STATE.Shift : 0);
      // A wheel can't be spun faster than this; what says so is no wheel.
      for (let i = 0; i < Math.min(Math.abs(whole), 20); i++) {
        const win = this.at(e.x, e.y);
        if (!win) return;
        const button = whole > 0 ? 4 : 5;
        const fields = { ...this.place(win, { ...e, state }), button };
        yield* app.deliver(app.makeEvent('ButtonPress', win, fields));
        if (win.dead) return;
        yield* app.deliver(app.makeEvent('ButtonRelease', win, { ...fields, state: state | (STATE.Button1 << (button - 1)) }));
      }
    }
  }

  private *key(e: Of<'key'>): Generator<Step, void, Value> {
    const { app } = this;
    app.focus.enter();
    const win = app.focus.current;
    if (!win || this.isBusy(win)) return;
    const { x, y } = app.pointer ?? { x: -1, y: -1 };
    const fields = { ...this.place(win, { x, y, state: e.state, time: e.time }), keysym: e.keysym, keycode: e.keycode, char: e.char };
    yield* app.deliver(app.makeEvent(e.type === 'down' ? 'KeyPress' : 'KeyRelease', win, fields));
  }

  /** A window is going: the pointer is in nothing of it any more. */
  dead(win: TkWindow): void {
    if (this.under === win) this.under = win.parent;
    if (this.grab === win) this.grab = null;
  }
}
