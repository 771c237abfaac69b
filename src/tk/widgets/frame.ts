/** The frame, the toplevel that `.` is, and their options. labelframe has a file of its own. Answers to frame.n, toplevel.n and tkFrame.c. */

import type { WidgetProps } from '../../protocol/display.ts';
import { smallIntOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { asGiven, boolean, border, color, cursor, orNone, pixels, relief, ring, string } from '../converters.ts';
import { BLACK, NORMAL_BG } from '../defaults.ts';
import { tkError } from '../errors.ts';
import { type Change, GEOMETRY, type OptionType, opt, optionTable, synonym } from '../options.ts';
import { boxOf, CGET, CONFIGURE, Widget, type WidgetClass } from '../widget.ts';
import type { TkWindow } from '../window.ts';

/** A colour map: those there are look the same on this screen. */
const colormap: OptionType<string> = {
  parse(app, _win, v) {
    const name = str(v);
    if (name !== '' && name !== 'new') app.windowAt(name);
    return name;
  },
};

const VISUALS = 'best directcolor grayscale greyscale pseudocolor staticcolor staticgray staticgrey truecolor'.split(' ');

/** A visual, of which this screen has one: Tk_GetVisual(3). */
const visual: OptionType<string> = {
  parse(app, _win, v) {
    const name = str(v);
    if (name === '' || (name.length > 1 && 'default'.startsWith(name))) return name;
    if (name.startsWith('.')) return app.windowAt(name).path;
    const word = /^[^\s\d]*/.exec(name)![0];
    if (!/^\d/.test(name) && (word === '' || !VISUALS.some((c) => c.startsWith(word)))) {
      throw tkError(
        `unknown or ambiguous visual name "${name}": class must be ${VISUALS.join(', ')}, or default`,
        'LOOKUP',
        'VISUAL',
        name,
      );
    }
    const depth = name.slice(word.length).trim();
    if (depth !== '') smallIntOf(depth);
    if (/^(\d|gr|ps|st)/.test(name)) throw tkError("couldn't find an appropriate visual", 'VISUAL', 'INAPPROPRIATE');
    return name;
  },
};

/** Options of frame, labelframe and toplevel alike; listed after their own. */
export const COMMON_ROWS = {
  background: opt(orNone(border), 'background', 'Background', NORMAL_BG),
  bg: synonym('background'),
  colormap: opt(colormap, 'colormap', 'Colormap', ''),
  container: opt(boolean, 'container', 'Container', '0'),
  cursor: opt(orNone(cursor), 'cursor', 'Cursor', ''),
  height: opt(pixels, 'height', 'Height', '0', GEOMETRY),
  highlightbackground: opt(color, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
  highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
  highlightthickness: opt(ring, 'highlightThickness', 'HighlightThickness', '0', GEOMETRY),
  padx: opt(asGiven(pixels), 'padX', 'Pad', '0', GEOMETRY),
  pady: opt(asGiven(pixels), 'padY', 'Pad', '0', GEOMETRY),
  takefocus: opt(string, 'takeFocus', 'TakeFocus', '0'),
  visual: opt(visual, 'visual', 'Visual', ''),
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

/**
 * Refuses options that are for creation alone, however short: `-c` is -class, though Tk's tables call it ambiguous. Values are taken for
 * options too, as in Tk. Shared with labelframe.
 */
export function refuseCreateOnly(words: readonly Value[], toplevel = false): void {
  const names = ['-class', '-colormap', '-container', '-visual', ...(toplevel ? ['-screen', '-use'] : [])];
  for (const v of words) {
    const word = str(v);
    if (word.length > 1 && names.some((n) => n.startsWith(word))) {
      throw tkError(`can't modify ${word} option after widget is created`, 'FRAME', 'CREATE_ONLY');
    }
  }
}

/** The class given by `-class` among creation words. */
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

  override configure(words: readonly Value[]): Change {
    if (this.command) refuseCreateOnly(words, this.kind === 'toplevel');
    return super.configure(words);
  }

  override configured(): void {
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
