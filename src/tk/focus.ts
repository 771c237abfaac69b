/**
 * Who has the keyboard. The page tells when the applet gains or loses it; inside, each toplevel remembers its own focus window.
 * Answers to focus.n and tkFocus.c.
 */
import type { PlainRow } from '../tcl/command.ts';
import { lookup, wrongArgs } from '../tcl/errors.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import type { EventType, TkEvent } from './events.ts';
import { tkOf } from './tk-of.ts';
import type { TkWindow } from './window.ts';

export class Focus {
  private readonly app: TkApp;
  /** Focus window of each toplevel that has had one. */
  private readonly last = new Map<TkWindow, TkWindow>();
  /** The window keys go to; null while the applet does not have the page's focus. */
  current: TkWindow | null = null;
  /** Asked for before it was on screen: gets the focus when it is. */
  private waiting: { win: TkWindow; force: boolean } | null = null;

  constructor(app: TkApp) {
    this.app = app;
  }

  lastFor(win: TkWindow): TkWindow {
    return this.last.get(win.top) ?? win.top;
  }

  /** `focus win`; `force` also takes the keyboard from the rest of the page. */
  set(win: TkWindow, force: boolean): void {
    const { top } = win;
    if (win === this.current && !force) return;
    if (!win.viewable) {
      this.waiting = { win, force };
      return;
    }
    this.waiting = null;
    this.last.set(top, win);
    if (force || this.current) this.move(win);
    this.app.outbox.say({ op: 'focus', id: win.id, force });
  }

  /** The page moved its focus to the element of a window (null: away from the applet). */
  fromPage(win: TkWindow | null): void {
    if (win) this.last.set(win.top, win);
    this.move(win);
  }

  /** The applet got the page's focus without naming a window: its last one gets the keys. */
  enter(): void {
    if (!this.current) this.fromPage(this.lastFor(this.app.main));
  }

  private move(win: TkWindow | null): void {
    const old = this.current;
    if (old === win) return;
    this.current = win;
    crossing(old, win, 'FocusOut', 'FocusIn', (type, at, detail) =>
      this.app.post(this.app.makeEvent(type, at, { detail, mode: 'NotifyNormal' })),
    );
    old?.widget?.redraw();
    win?.widget?.redraw();
  }

  /** A window came on screen. */
  mapped(): void {
    const w = this.waiting;
    if (w?.win.viewable) this.set(w.win, w.force);
  }

  /** A window is going away: its toplevel inherits its focus. */
  dead(win: TkWindow): void {
    if (this.waiting?.win === win) this.waiting = null;
    if (win.topLevel) this.last.delete(win);
    else if (this.last.get(win.top) === win) this.last.set(win.top, win.top);
    if (this.current !== win) return;
    const heir = win.topLevel ? null : win.top;
    if (heir && !heir.dying) this.move(heir);
    else this.current = null;
  }
}

/** The events of moving from one window to another (null: outside), in X's order, with X's details. TkInOutEvents. */
export function crossing(
  from: TkWindow | null,
  to: TkWindow | null,
  out: EventType,
  into: EventType,
  send: (type: EventType, win: TkWindow, detail: NonNullable<TkEvent['detail']>) => void,
): void {
  if (from === to) return;
  const up = chain(from);
  const down = chain(to);
  let shared = 0;
  while (shared < up.length && shared < down.length && up[shared] === down[shared]) shared++;
  const lineal = shared > 0 && (shared === up.length || shared === down.length);
  const middle = lineal || shared === 0 ? 'NotifyVirtual' : 'NotifyNonlinearVirtual';
  const outer = shared === 0 && !(from && to) ? 'NotifyAncestor' : null;
  if (from) {
    send(out, from, outer ?? (shared === up.length ? 'NotifyInferior' : lineal ? 'NotifyAncestor' : 'NotifyNonlinear'));
    for (let i = up.length - 2; i >= shared; i--) send(out, up[i]!, middle);
  }
  if (to) {
    for (let i = shared; i < down.length - 1; i++) send(into, down[i]!, middle);
    send(into, to, outer ?? (shared === down.length ? 'NotifyInferior' : lineal ? 'NotifyAncestor' : 'NotifyNonlinear'));
  }
}

/** A window and its ancestors, outermost first. */
function chain(win: TkWindow | null): TkWindow[] {
  const out: TkWindow[] = [];
  for (let w = win; w; w = w.parent) out.unshift(w);
  return out;
}

const OPTIONS = ['-displayof', '-force', '-lastfor'] as const;

function focus(app: TkApp, args: readonly Value[]): Value {
  const path = (w: TkWindow | null) => w?.path ?? '';
  if (args.length === 1) return path(app.focus.current);
  const word = str(args[1]!);
  if (args.length === 2) {
    if (word === '') return '';
    if (word.startsWith('.')) {
      app.focus.set(app.windowAt(word), false);
      return '';
    }
  }
  const option = lookup(word, OPTIONS, 'option');
  if (args.length !== 3) throw wrongArgs(`focus ${option} window`);
  const given = str(args[2]!);
  if (option === '-force' && given === '') return '';
  const win = app.windowAt(given);
  if (option === '-displayof') return path(app.focus.current);
  if (option === '-lastfor') return path(app.focus.lastFor(win));
  app.focus.set(win, true);
  return '';
}

export const FOCUS_ROW: PlainRow = {
  name: 'focus',
  min: 0,
  max: Number.POSITIVE_INFINITY,
  usage: '?option? ?arg ...?',
  safe: true,
  run: (interp, args) => focus(tkOf(interp), args),
};
