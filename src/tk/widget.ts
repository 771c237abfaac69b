/**
 * What a widget class answers, and the one function that turns a class into its Tcl command. A class is a table of options, a record
 * (a subclass of Widget), rows of subcommands, and a description for the display. README.md shows how to add one.
 * Answers to Tk_CreateWidget.3 in spirit, tkSquare.c.
 */

import type { Accessible, Box, Color, DisplayBatch, InputEvent, Relief, WidgetProps } from '../protocol/display.ts';
import type { Command, CommandRow, Frame, Interp, Step } from '../tcl/command.ts';
import { lookup, wrongArgs } from '../tcl/errors.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import type { Border } from './colors.ts';
import type { TkEvent } from './events.ts';
import type { Font } from './fonts.ts';
import type { Change, Options, OptionTable, ValuesOf } from './options.ts';
import { GEOMETRY, OPTION_BYTES } from './options.ts';
import { tkOf } from './tk-of.ts';
import type { TkWindow } from './window.ts';

/** One widget. `R` is the type of its option rows (`typeof ROWS`). */
export abstract class Widget<R extends object = object> {
  readonly app: TkApp;
  readonly win: TkWindow;
  readonly table: OptionTable<R>;
  readonly options: Options<R>;
  /** Its Tcl command; null while it is being made. */
  command: Command | null = null;

  constructor(app: TkApp, win: TkWindow, table: OptionTable<R>) {
    this.app = app;
    this.win = win;
    this.table = table;
    this.options = table.create(app, win);
  }

  /** Typed option values, by name without the dash. */
  get o(): ValuesOf<R> {
    return this.options.values;
  }

  /**
   * Options were set (at creation: all of them). Checks what one option type alone cannot, asks for a size (`app.requestSize`), marks
   * what to draw (`redraw`). May throw: the old values come back and this is called again.
   */
  abstract configured(change: Change): void;
  /** Everything it shows, from its current state and size. */
  abstract describe(): WidgetProps;

  /** A font or something else it depends on changed: lay out anew. */
  worldChanged(): void {
    this.configured({ mask: GEOMETRY, names: new Set(), undo() {} });
  }
  /** Whether it has a font in use. */
  usesFont(font: Font): boolean {
    return Object.values(this.o).includes(font);
  }
  /** The window has a new size. */
  resized(): void {
    this.redraw();
  }
  /** An event of its window, before any binding sees it. */
  event?(event: TkEvent): void;
  /** Scripts of its own that an event runs (bindings of canvas items and text tags), after `event` and before the window's bindings. */
  scripts?(event: TkEvent): Generator<Step, void, Value>;
  /** Bytes it holds beyond its window, for the census. */
  held(): number {
    let bytes = OPTION_BYTES * this.options.texts.size;
    for (const text of this.options.texts.values()) if (typeof text === 'string') bytes += 2 * text.length;
    return bytes;
  }
  /** The window is gone: release traces, images, timers. */
  destroyed?(): void;
  /** Patches that follow its props in a batch (a canvas's items), of `room` units at the most: with more to say it asks to be drawn again. `cost`: what it took. */
  patches?(room: number): DisplayBatch & { readonly cost: number };
  /** A native edit or an assistive action on it. May run scripts. */
  input?(event: Extract<InputEvent, { kind: 'edit' | 'action' }>): Generator<Step, void, Value>;

  redraw(): void {
    this.app.outbox.redraw(this.win);
  }

  /** Sets options as `configure` does. Nothing has changed when it throws. */
  configure(words: readonly Value[]): Change {
    const change = this.table.configure(this.app, this.win, this.options, words);
    try {
      this.configured(change);
      this.adoptCommon(change);
    } catch (e) {
      change.undo();
      if (this.command) this.configured(change);
      throw e;
    }
    return change;
  }

  private adoptCommon(change: Change): void {
    const cursor = (this.options.values as { cursor?: { css: import('../protocol/display.ts').CssCursor } | null }).cursor;
    if (change.names.has('cursor')) this.app.outbox.cursor(this.win, cursor?.css ?? null);
  }

  protected aria(name = '', disabled = false): Accessible {
    return { name, disabled };
  }
}

/** The box most widgets draw. `extra`: space between highlight ring and bevel (the default ring of a button). */
export function boxOf(
  win: TkWindow,
  o: {
    readonly background: Border | null;
    readonly borderwidth: number;
    readonly relief: Relief;
    readonly highlightthickness: number;
    readonly highlightbackground: Color | Border;
    readonly highlightcolor: Color;
  },
  extra = 0,
): Box {
  const ring = Math.max(0, o.highlightthickness);
  const bg = o.background;
  const idle = typeof o.highlightbackground === 'string' ? o.highlightbackground : o.highlightbackground.background;
  return {
    background: bg?.background ?? null,
    bevel: bevelOf(bg, Math.max(0, o.borderwidth), o.relief),
    inset: ring + extra,
    highlight: { width: ring, color: win.widget?.app.focusWindow === win ? o.highlightcolor : idle },
  };
}

export function bevelOf(bg: Border | null, width: number, relief: Relief): Box['bevel'] {
  const shades = bg ?? { background: '#000000', light: '#000000', dark: '#000000' };
  return { width: bg || relief === 'solid' ? width : 0, relief, background: shades.background, light: shades.light, dark: shades.dark };
}

interface SubBase {
  readonly name: string;
  /** Fewest and most words after the subcommand. */
  readonly min: number;
  readonly max: number;
  readonly usage: string;
}
/** A subcommand. `args[0]` is its word. It is either plain (`run`) or may run scripts (`script`). */
export type SubRow<W> =
  | (SubBase & { readonly run: (w: W, args: readonly Value[], interp: Interp, frame: Frame) => Value; readonly script?: undefined })
  | (SubBase & {
      readonly script: (w: W, args: readonly Value[], interp: Interp, frame: Frame) => Generator<Step, Value, Value>;
      readonly run?: undefined;
    });

export interface WidgetClass<W extends Widget> {
  /** Name of its command (`button`) and of its class (`Button`). */
  readonly command: string;
  readonly className: string;
  /** Stays in a safe interpreter. */
  readonly safe: boolean;
  /** Words in the error for an unknown subcommand: `bad option "x"`, `bad command "x"`. Default option. */
  readonly noun?: string;
  /** Its subcommands in the order Tk's message lists them; `cget` and `configure` among them (CGET, CONFIGURE). */
  readonly subcommands: readonly SubRow<W>[];
  make(app: TkApp, win: TkWindow): W;
  /** The window's class, where -class or the option database decide it: what the words say. */
  classOf?(words: readonly Value[]): string | undefined;
}

export const CGET: SubRow<Widget> = {
  name: 'cget',
  min: 1,
  max: 1,
  usage: 'option',
  run: (w, args) => w.table.cget(w.options, str(args[1]!)),
};
export const CONFIGURE: SubRow<Widget> = {
  name: 'configure',
  min: 0,
  max: Number.POSITIVE_INFINITY,
  usage: '?-option value ...?',
  run(w, args) {
    if (args.length <= 2) return w.table.info(w.options, args.length === 2 ? str(args[1]!) : null);
    w.configure(args.slice(1));
    return '';
  },
};

/** The row of a class's creation command. */
export function widgetRow<W extends Widget>(cls: WidgetClass<W>): CommandRow {
  return {
    name: cls.command,
    min: 1,
    max: Number.POSITIVE_INFINITY,
    usage: 'pathName ?-option value ...?',
    safe: cls.safe,
    run: (interp, args) => createWidget(tkOf(interp), cls, str(args[1]!), args.slice(2)).win.path,
  };
}

/** Makes a widget with its window and command. Nothing is left behind when it throws. */
export function createWidget<W extends Widget>(app: TkApp, cls: WidgetClass<W>, path: string, words: readonly Value[]): W {
  const win = app.createWindow(path, cls.className);
  try {
    const given = cls.classOf && (cls.classOf(words) ?? app.optionDb.get(win, 'class', 'Class'));
    if (given !== undefined) win.cls = given;
    return attachWidget(app, cls, win, words);
  } catch (e) {
    app.destroyQuietly(win);
    throw e;
  }
}

/** Gives an existing window its widget and command: used for new windows and for `.`. */
export function attachWidget<W extends Widget>(app: TkApp, cls: WidgetClass<W>, win: TkWindow, words: readonly Value[]): W {
  app.library.use(cls.className);
  const widget = cls.make(app, win);
  win.widget = widget;
  widget.configure(words);
  const names = cls.subcommands.map((r) => r.name);
  const rowOf = (args: readonly Value[]): SubRow<W> => {
    if (args.length < 2) throw wrongArgs(`${str(args[0]!)} ${cls.noun ?? 'option'} ?arg ...?`);
    const row = cls.subcommands[names.indexOf(lookup(str(args[1]!), names, cls.noun ?? 'option'))]!;
    const n = args.length - 2;
    if (n < row.min || n > row.max) throw wrongArgs(`${str(args[0]!)} ${row.name}${row.usage === '' ? '' : ` ${row.usage}`}`);
    return row;
  };
  const mayRunScripts = cls.subcommands.some((r) => r.script);
  widget.command = app.interp.createCommand(win.path, {
    data: widget,
    onDelete: () => app.commandDeleted(win),
    ...(mayRunScripts
      ? {
          *script(interp: Interp, args: readonly Value[], frame: Frame) {
            const row = rowOf(args);
            return row.script ? yield* row.script(widget, args.slice(1), interp, frame) : row.run(widget, args.slice(1), interp, frame);
          },
        }
      : { run: (interp: Interp, args: readonly Value[], frame: Frame) => rowOf(args).run!(widget, args.slice(1), interp, frame) }),
  });
  return widget;
}
