/** The frame, the toplevel that `.` is, and their options. labelframe has a file of its own. Answers to frame.n, toplevel.n and tkFrame.c. */

import type { WidgetProps } from '../../protocol/display.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { boolean, border, color, cursor, orNone, pixels, relief, string } from '../converters.ts';
import { BLACK, NORMAL_BG } from '../defaults.ts';
import { tkError } from '../errors.ts';
import { type Change, GEOMETRY, opt, optionTable, synonym } from '../options.ts';
import { boxOf, CGET, CONFIGURE, Widget, type WidgetClass } from '../widget.ts';
import type { TkWindow } from '../window.ts';

/** Options of frame, labelframe and toplevel alike; listed after their own. */
export const COMMON_ROWS = {
  background: opt(orNone(border), 'background', 'Background', NORMAL_BG),
  bg: synonym('background'),
  colormap: opt(string, 'colormap', 'Colormap', ''),
  container: opt(boolean, 'container', 'Container', '0'),
  cursor: opt(orNone(cursor), 'cursor', 'Cursor', ''),
  height: opt(pixels, 'height', 'Height', '0', GEOMETRY),
  highlightbackground: opt(color, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
  highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
  highlightthickness: opt(pixels, 'highlightThickness', 'HighlightThickness', '0', GEOMETRY),
  padx: opt(pixels, 'padX', 'Pad', '0', GEOMETRY),
  pady: opt(pixels, 'padY', 'Pad', '0', GEOMETRY),
  takefocus: opt(string, 'takeFocus', 'TakeFocus', '0'),
  visual: opt(string, 'visual', 'Visual', ''),
  width: opt(pixels, 'width', 'Width', '0', GEOMETRY),
};

const FRAME_ROWS = {
  bd: synonym('borderwidth'),
  borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '0', GEOMETRY),
  class: opt(string, 'class', 'Class', 'Frame', 0),
  relief: opt(relief, 'relief', 'Relief', 'flat'),
  ...COMMON_ROWS,
};
const TOPLEVEL_ROWS = {
  bd: synonym('borderwidth'),
  borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '0', GEOMETRY),
  class: opt(string, 'class', 'Class', 'Toplevel', 0),
  menu: opt(string, 'menu', 'Menu', ''),
  relief: opt(relief, 'relief', 'Relief', 'flat'),
  screen: opt(string, 'screen', 'Screen', ''),
  use: opt(string, 'use', 'Use', ''),
  ...COMMON_ROWS,
};
const FRAME = optionTable(FRAME_ROWS);
const TOPLEVEL = optionTable(TOPLEVEL_ROWS);

/** Options that cannot change once the window exists. */
const CREATE_ONLY = ['class', 'colormap', 'container', 'screen', 'use', 'visual'];

/** Refuses options that are for creation alone. Shared with labelframe. */
export function checkCreateOnly(widget: Widget, change: Change): void {
  if (!widget.command) return;
  for (const name of change.names) {
    if (CREATE_ONLY.includes(name)) throw tkError(`can't modify -${name} option after widget is created`, 'FRAME', 'CREATE_ONLY');
  }
}

/** The class given by `-class` among creation words, or by the option database. */
export function classAmong(words: readonly Value[]): string | undefined {
  let cls: string | undefined;
  for (let i = 0; i + 1 < words.length; i += 2) {
    const name = str(words[i]!);
    if (name.length > 2 && '-class'.startsWith(name)) cls = str(words[i + 1]!);
  }
  return cls;
}

export class FrameWidget extends Widget<typeof FRAME_ROWS> {
  readonly kind: 'frame' | 'toplevel';

  constructor(app: TkApp, win: TkWindow, kind: 'frame' | 'toplevel') {
    // A toplevel has all the rows of a frame and a few more.
    super(app, win, kind === 'frame' ? FRAME : (TOPLEVEL as unknown as typeof FRAME));
    this.kind = kind;
  }

  override configured(change: Change): void {
    checkCreateOnly(this, change);
    const { o, app, win } = this;
    const edge = Math.max(0, o.borderwidth) + Math.max(0, o.highlightthickness);
    const x = edge + Math.max(0, o.padx);
    const y = edge + Math.max(0, o.pady);
    app.setInset(win, { left: x, right: x, top: y, bottom: y });
    if (o.width > 0 || o.height > 0) app.requestSize(win, o.width, o.height);
    this.redraw();
  }

  override describe(): WidgetProps {
    return { kind: this.kind, box: boxOf(this.win, this.o), aria: this.aria() };
  }
}

export const FRAME_CLASS: WidgetClass<FrameWidget> = {
  command: 'frame',
  className: 'Frame',
  safe: true,
  subcommands: [CGET, CONFIGURE],
  make: (app, win) => new FrameWidget(app, win, 'frame'),
  classOf: classAmong,
};

/** `.` is one. The command that makes more is not there: Safe Tk hides it. */
export const TOPLEVEL_CLASS: WidgetClass<FrameWidget> = {
  command: 'toplevel',
  className: 'Toplevel',
  safe: false,
  subcommands: [CGET, CONFIGURE],
  make: (app, win) => new FrameWidget(app, win, 'toplevel'),
};
