/**
 * The spinbox: an entry with two buttons that step through a range of numbers or a list of values. What it has from entry is in entry.ts
 * and entry-commands.ts; bindings are in library/spinbox.tcl. Answers to spinbox.n and tkEntry.c.
 */
import type { EntryProps } from '../../protocol/display.ts';
import type { Step } from '../../tcl/command.ts';
import { formatValues } from '../../tcl/commands/format.ts';
import { lookup } from '../../tcl/errors.ts';
import { elements } from '../../tcl/list.ts';
import { smallIntOf } from '../../tcl/number.ts';
import { dbl, str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { boolean, border, cursor, double, finite, int, orNone, relief, string } from '../converters.ts';
import { ACTIVE_BG, NORMAL_BG } from '../defaults.ts';
import { quietly, tkError } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import { type Change, type OptionTable, type OptionType, opt, optionTable, type ValuesOf } from '../options.ts';
import { inBackground } from '../scroll.ts';
import { bevelOf, type SubRow, type WidgetClass, widgetRow } from '../widget.ts';
import type { TkWindow } from '../window.ts';
import { ENTRY_ROWS, EntryWidget } from './entry.ts';
import { EDITING, selectionRow } from './entry-commands.ts';

const real: OptionType<number> = { parse: double.parse, print: (n) => str(dbl(n)) };
const OWN_ROWS = {
  activebackground: opt(border, 'activeBackground', 'Background', ACTIVE_BG),
  buttonbackground: opt(border, 'buttonBackground', 'Background', NORMAL_BG),
  buttoncursor: opt(orNone(cursor), 'buttonCursor', 'Cursor', ''),
  buttondownrelief: opt(relief, 'buttonDownRelief', 'Relief', 'raised'),
  buttonuprelief: opt(relief, 'buttonUpRelief', 'Relief', 'raised'),
  command: opt(string, 'command', 'Command', ''),
  format: opt(string, 'format', 'Format', ''),
  from: opt(real, 'from', 'From', '0'),
  increment: opt(real, 'increment', 'Increment', '1'),
  repeatdelay: opt(int, 'repeatDelay', 'RepeatDelay', '400'),
  repeatinterval: opt(int, 'repeatInterval', 'RepeatInterval', '100'),
  to: opt(real, 'to', 'To', '0'),
  values: opt(string, 'values', 'Values', ''),
  wrap: opt(boolean, 'wrap', 'Wrap', '0'),
};
const { show: _noShow, ...SHARED_ROWS } = ENTRY_ROWS;
/** In the alphabet's order, but for one. */
const ROWS = Object.fromEntries(
  Object.entries({ ...SHARED_ROWS, ...OWN_ROWS }).sort(([a], [b]) => (a.replace('relief', 'rea') < b.replace('relief', 'rea') ? -1 : 1)),
) as typeof SHARED_ROWS & typeof OWN_ROWS;
// The entry's code sees the options it knows; it never asks a spinbox for -show.
const TABLE = optionTable(ROWS) as unknown as OptionTable<typeof ENTRY_ROWS>;

const ELEMENTS = ['none', 'buttondown', 'buttonup'] as const;
type Element = (typeof ELEMENTS)[number];

/** Numbers nearer than this are equal. */
const NEAR = 1e-9;
/** A number that a text begins with, as scanf reads it. */
const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/i;

export class SpinboxWidget extends EntryWidget {
  override readonly kind = 'spinbox';
  /** The button that is held down. */
  pressed: Element = 'none';
  private list: readonly Value[] | null = null;
  private place = 0;
  private format = '';
  /** The range that the text was last brought into. */
  private from: number;
  private to: number;
  private newValues = false;
  /** Options were refused: the next check is of the old ones, which come back. */
  private refused = false;
  private over: string | null = null;

  constructor(app: TkApp, win: TkWindow) {
    super(app, win, TABLE);
    this.from = this.s.from;
    this.to = this.s.to;
  }

  /** Options that an entry has not. */
  get s(): ValuesOf<typeof OWN_ROWS> {
    return this.options.values as unknown as ValuesOf<typeof OWN_ROWS>;
  }

  protected override get mark(): string {
    return '';
  }

  protected override check(change: Change): void {
    const { s } = this;
    const again = this.refused;
    this.refused = !again;
    if (s.from > s.to) throw tkError('-to value must be greater than -from value', 'SPINBOX', 'RANGE_SANITY');
    const reformat = change.names.has('format') && s.format !== '' && !again;
    if (reformat && !/^%(?:\s*[-+]?\d+\.\s*\d+|\.\s*\d+|\s*\+?\d+\.?)f$/.test(s.format)) {
      throw tkError(`bad spinbox format specifier "${s.format}"`, 'SPINBOX', 'FORMAT_SANITY');
    }
    this.newValues = change.names.has('values') && !again;
    if (this.newValues) {
      this.list = s.values === '' ? null : elements(s.values);
      this.place = 0;
    }
    this.newValues &&= this.list !== null;
    // A new format calls for the text to be written anew.
    if (reformat) this.from = Number.NaN;
    this.refused = false;
  }

  protected override constrain(): void {
    const { s } = this;
    this.format = s.format || numberFormat(s.from, s.to, s.increment);
    const changed = !near(s.from, this.from) || !near(s.to, this.to);
    this.from = s.from;
    this.to = s.to;
    if (this.newValues) quietly(() => this.valueChanged(str(this.list![0] ?? '')));
    else if (s.values === '' && !near(s.from, s.to) && changed) {
      const n = this.number();
      quietly(() => this.showNumber(n === null ? s.from : Math.max(s.from, Math.min(n, s.to))));
    }
  }

  override worldChanged(): void {
    this.buttonWidth = Math.max(11, (this.o.font.charWidth('0') || 1) + 4);
    super.worldChanged();
  }

  private number(): number | null {
    const m = NUMBER.exec(this.text);
    return m ? Number(m[0]) : null;
  }
  private showNumber(n: number): void {
    this.valueChanged(formatValues(this.app.interp, this.format, [dbl(n)]));
  }

  /** What is at a point: `entry`, a button, or nothing. */
  identify(x: number, y: number): string {
    const { width, height } = this.win;
    if (x < 0 || y < 0 || y > height || x > width) return '';
    if (x <= width - this.inset - this.buttonWidth) return 'entry';
    return y > Math.trunc(height / 2) ? 'buttondown' : 'buttonup';
  }

  /** One step up or down, then the command. */
  *invoke(up: boolean): Generator<Step, void, Value> {
    const { s, app, win } = this;
    if (Math.abs(s.increment) > NEAR) {
      if (this.list) this.stepList(this.list, up);
      else if (!near(s.from, s.to)) this.stepNumber(up);
    }
    if (s.command === '') return;
    const script = this.percent(s.command, { s: this.text, d: up ? 'up' : 'down', W: win.path });
    yield* inBackground(app, script, '(in command executed by spinbox)');
  }

  private stepList(list: readonly Value[], up: boolean): void {
    if (list.length === 0) return;
    if (str(list[this.place]!) !== this.text) {
      const at = list.findIndex((v) => str(v) === this.text);
      if (at >= 0) this.place = at;
    }
    const next = this.place + (up ? 1 : -1);
    const end = list.length - 1;
    this.place = this.s.wrap ? (next > end ? 0 : next < 0 ? end : next) : Math.max(0, Math.min(next, end));
    this.valueChanged(str(list[this.place]!));
  }

  private stepNumber(up: boolean): void {
    const { from, to, increment, wrap } = this.s;
    const n = this.number();
    let next = n === null ? from : n + (up ? increment : -increment);
    if (n !== null) {
      const [start, end] = up ? [from, to] : [to, from];
      const beyond = up ? next > end : next < end;
      const short = up ? next < start : next > start;
      if (beyond) next = wrap ? start : end;
      else if (short) next = start;
    }
    this.showNumber(next);
  }

  override event(e: TkEvent): void {
    super.event(e);
    if (e.type !== 'Motion') return;
    const over = this.identify(e.x ?? 0, e.y ?? 0);
    if (over === this.over) return;
    this.over = over;
    const shape = over === 'entry' ? this.o.cursor : over === '' ? null : this.s.buttoncursor;
    this.app.outbox.cursor(this.win, shape?.css ?? null);
  }

  protected override props(): EntryProps {
    const props = super.props();
    const { s, win, pressed, buttonWidth } = this;
    const edge = this.o.borderwidth + this.o.highlightthickness;
    const h = Math.max(0, Math.trunc((win.height - 2 * edge) / 2));
    const up = { x: win.width - buttonWidth - edge, y: edge, w: buttonWidth, h };
    const number = this.number();
    const look = (button: Element) => (pressed === button ? 'sunken' : 'raised');
    return {
      ...props,
      spin: {
        up,
        down: { ...up, y: edge + h },
        active: pressed === 'none' ? null : pressed === 'buttonup' ? 'up' : 'down',
        upRelief: look('buttonup'),
        downRelief: look('buttondown'),
        face: bevelOf(s.buttonbackground, 1, 'raised'),
        arrow: props.color,
        value: number === null ? null : finite(number),
        min: finite(s.from),
        max: finite(s.to),
      },
    };
  }
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < NEAR;
}

/** The shortest format that shows every number of a range. ComputeFormat. */
function numberFormat(from: number, to: number, increment: number): string {
  const most = Math.floor(Math.log10(Math.max(Math.abs(from), Math.abs(to)) || 1));
  const least = Math.abs(increment) > NEAR ? Math.floor(Math.log10(increment)) : 0;
  const digits = most - least + 1 >= 1 ? most - least + 1 : 1;
  const after = Math.max(0, digits - most - 1);
  const exponential = digits + 4 + (digits > 1 ? 1 : 0);
  const fixed = (most >= 0 ? most : 0) + after + (after > 0 ? 1 : 0) + (most < 0 ? 1 : 0);
  return fixed <= exponential ? `%.${after}f` : `%.${digits - 1}e`;
}

type Row = SubRow<SpinboxWidget>;

const identify: Row = {
  name: 'identify',
  min: 2,
  max: 2,
  usage: 'x y',
  run(w, args) {
    const x = smallIntOf(args[1]!);
    return w.identify(x, smallIntOf(args[2]!));
  },
};

const invoke: Row = {
  name: 'invoke',
  min: 1,
  max: 1,
  usage: 'elemName',
  *script(w, args): Generator<Step, Value, Value> {
    const element = lookup(str(args[1]!), ELEMENTS, 'element');
    if (element !== 'none' && w.o.state !== 'disabled') yield* w.invoke(element === 'buttonup');
    return '';
  },
};

const set: Row = {
  name: 'set',
  min: 0,
  max: 1,
  usage: '?string?',
  run(w, args) {
    if (args[1] !== undefined) w.valueChanged(str(args[1]));
    return w.text;
  },
};

const selection = selectionRow([
  {
    name: 'element',
    min: 0,
    max: 1,
    usage: '?elemName?',
    run(e, [given]) {
      const w = e as SpinboxWidget;
      if (given === undefined) return w.pressed;
      w.pressed = lookup(str(given), ELEMENTS, 'selection element');
      w.redraw();
      return '';
    },
  },
]);

const ROW_LIST: readonly Row[] = [...EDITING.filter((r) => r.name !== 'selection'), selection, identify, invoke, set];

export const SPINBOX_CLASS: WidgetClass<SpinboxWidget> = {
  command: 'spinbox',
  className: 'Spinbox',
  safe: true,
  subcommands: [...ROW_LIST].sort((a, b) => (a.name < b.name ? -1 : 1)),
  make: (app, win) => new SpinboxWidget(app, win),
};

export const SPINBOX_ROW = widgetRow(SPINBOX_CLASS);
