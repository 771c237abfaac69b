/** scale. Class bindings are in library/scale.tcl. Answers to scale.n, tkScale.c and tkUnixScale.c. */
import type { InputEvent, Rect, ScaleProps, TextBlock } from '../../protocol/display.ts';
import { callStep, type Step, type VarTrace } from '../../tcl/command.ts';
import { formatReal } from '../../tcl/commands/format.ts';
import { TclError, wrongArgs } from '../../tcl/errors.ts';
import { newList } from '../../tcl/list.ts';
import { doubleOf, smallIntOf } from '../../tcl/number.ts';
import { dbl, str, type Value } from '../../tcl/value.ts';
import { boolean, border, color, cursor, double, finite, int, orNone, pixels, relief, string, word } from '../converters.ts';
import { ACTIVE_BG, BLACK, NORMAL_BG, TROUGH } from '../defaults.ts';
import { quietly } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import { font } from '../fonts.ts';
import { type Change, GEOMETRY, type OptionType, opt, optionTable, synonym } from '../options.ts';
import { inBackground } from '../scroll.ts';
import { bevelOf, boxOf, CGET, CONFIGURE, type SubRow, Widget, type WidgetClass, widgetRow } from '../widget.ts';

/** A double that cget prints as Tcl prints doubles. */
const real: OptionType<number> = { ...double, print: (x) => str(dbl(x)) };

const ROWS = {
  activebackground: opt(border, 'activeBackground', 'Foreground', ACTIVE_BG),
  background: opt(border, 'background', 'Background', NORMAL_BG),
  bigincrement: opt(real, 'bigIncrement', 'BigIncrement', '0'),
  bd: synonym('borderwidth'),
  bg: synonym('background'),
  borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '1', GEOMETRY),
  command: opt(string, 'command', 'Command', ''),
  cursor: opt(orNone(cursor), 'cursor', 'Cursor', ''),
  digits: opt(int, 'digits', 'Digits', '0', GEOMETRY),
  fg: synonym('foreground'),
  font: opt(font, 'font', 'Font', 'TkDefaultFont', GEOMETRY),
  foreground: opt(color, 'foreground', 'Foreground', BLACK),
  from: opt(real, 'from', 'From', '0', GEOMETRY),
  highlightbackground: opt(border, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
  highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
  highlightthickness: opt(pixels, 'highlightThickness', 'HighlightThickness', '1', GEOMETRY),
  label: opt(string, 'label', 'Label', '', GEOMETRY),
  length: opt(pixels, 'length', 'Length', '100', GEOMETRY),
  orient: opt(word('orient', 'horizontal', 'vertical'), 'orient', 'Orient', 'vertical', GEOMETRY),
  relief: opt(relief, 'relief', 'Relief', 'flat'),
  repeatdelay: opt(int, 'repeatDelay', 'RepeatDelay', '300'),
  repeatinterval: opt(int, 'repeatInterval', 'RepeatInterval', '100'),
  resolution: opt(real, 'resolution', 'Resolution', '1', GEOMETRY),
  showvalue: opt(boolean, 'showValue', 'ShowValue', '1', GEOMETRY),
  sliderlength: opt(pixels, 'sliderLength', 'SliderLength', '30'),
  sliderrelief: opt(relief, 'sliderRelief', 'SliderRelief', 'raised'),
  state: opt(word('state', 'active', 'disabled', 'normal'), 'state', 'State', 'normal'),
  takefocus: opt(string, 'takeFocus', 'TakeFocus', ''),
  tickinterval: opt(real, 'tickInterval', 'TickInterval', '0', GEOMETRY),
  to: opt(real, 'to', 'To', '100', GEOMETRY),
  troughcolor: opt(color, 'troughColor', 'Background', TROUGH),
  variable: opt(string, 'variable', 'Variable', ''),
  width: opt(pixels, 'width', 'Width', '15', GEOMETRY),
};
const TABLE = optionTable(ROWS);

/** Pixels between the parts. */
const SPACING = 2;
const MAX_PRECISION = 17;
/** Longest text of a number, as C's buffers have it. */
const MAX_TEXT = 26;
/** How far a tick's text may be off, in tick intervals. */
const TICK_ACCURACY = 0.2;

/** Place of the first digit: 0 for units, -1 for tenths. */
const digitOf = (x: number): number => Math.floor(Math.log10(Math.abs(x)));
const half = (n: number): number => Math.trunc(n / 2);

/** A printf format: `%.2f`, `%.3e`. */
interface NumberFormat {
  readonly conversion: 'e' | 'f';
  readonly precision: number;
}

/** The shorter of `f` and `e` for a number of digits. */
function formatFor(wanted: number, first: number): NumberFormat {
  // Steps of next to nothing over a wide range ask for more than there are.
  const digits = Math.min(wanted, MAX_TEXT) || 1;
  const behind = Math.max(0, digits - first - 1);
  const e = digits + 4 + (digits > 1 ? 1 : 0);
  const f = (first >= 0 ? first : 0) + behind + (behind > 0 ? 1 : 0) + (first < 0 ? 1 : 0);
  return f <= e ? { conversion: 'f', precision: behind } : { conversion: 'e', precision: digits - 1 };
}

export class Scale extends Widget<typeof ROWS> {
  value = 0;
  /** Value texts and tick texts. */
  private valueFormat: NumberFormat = { conversion: 'f', precision: 0 };
  private tickFormat: NumberFormat = this.valueFormat;
  private trace: VarTrace | null = null;
  private settingVariable = false;
  private neverSet = true;
  /** The command has to hear of a new value when idle. */
  private tell = false;
  private waiting = false;
  private inset = 0;
  /** Left or top edges of the parts, right edges of the numbers of a vertical scale. */
  private at = { label: 0, value: 0, trough: 0, ticks: 0 };

  get vertical(): boolean {
    return this.o.orient === 'vertical';
  }

  // --- options ----------------------------------------------------------------------------------------------------------------

  override configured(_change: Change): void {
    const { o, app } = this;
    this.trace?.remove();
    this.trace = null;
    if (o.variable !== '') {
      const value = this.numberIn(o.variable);
      if (value !== undefined) this.value = this.rounded(value);
    }
    o.to = this.rounded(o.to);
    o.tickinterval = this.roundedStep(o.tickinterval);
    if (o.tickinterval < 0 !== o.to - o.from < 0) o.tickinterval = -o.tickinterval;
    this.options.texts.set('to', dbl(o.to)).set('tickinterval', dbl(o.tickinterval));
    this.valueFormat = this.formatOfValues();
    this.tickFormat = this.formatOfTicks();
    if (o.highlightthickness < 0) {
      o.highlightthickness = 0;
      this.options.texts.set('highlightthickness', 0);
    }
    this.inset = o.highlightthickness + o.borderwidth;
    this.setValue(this.value, false, true);
    // A widget just made tells nobody of its first value.
    if (this.command === null) this.tell = false;
    if (o.variable !== '') {
      const there = this.numberIn(o.variable);
      if (there === undefined || str(dbl(there)) !== str(dbl(this.value))) this.setVariable();
      quietly(() => {
        this.trace = app.interp.traceVar(o.variable, ['write', 'unset'], (_n1, _n2, op) => this.variableChanged(op));
      });
    }
    this.worldChanged();
  }

  private numberIn(name: string): number | undefined {
    const v = this.app.interp.getVar(name);
    if (v === undefined) return undefined;
    try {
      return doubleOf(v);
    } catch (e) {
      if (e instanceof TclError) return undefined;
      throw e;
    }
  }

  private variableChanged(op: string): void {
    if (this.win.dead) return;
    if (op === 'unset') {
      this.neverSet = true;
      this.setValue(this.value, true, false);
      return;
    }
    if (this.settingVariable) return;
    const value = this.numberIn(this.o.variable);
    this.refresh();
    if (value === undefined) {
      this.setVariable();
      throw new TclError("can't assign non-numeric value to scale variable");
    }
    this.value = this.rounded(value);
    this.setValue(this.value, true, false);
  }

  override destroyed(): void {
    this.trace?.remove();
  }

  // --- values -----------------------------------------------------------------------------------------------------------------

  /** A value as near as -resolution has one, counted from -from. */
  private rounded(value: number): number {
    return this.roundedStep(value - this.o.from) + this.o.from;
  }

  private roundedStep(step: number): number {
    const { resolution } = this.o;
    if (resolution <= 0) return step;
    const tick = Math.floor(step / resolution);
    const rest = step - resolution * tick;
    if (rest < 0) return rest <= -resolution / 2 ? (tick - 1) * resolution : resolution * tick;
    return rest >= resolution / 2 ? (tick + 1) * resolution : resolution * tick;
  }

  setValue(given: number, toVariable: boolean, tell: boolean): void {
    const { from, to, command, variable } = this.o;
    const backwards = to < from;
    let value = this.rounded(given);
    if (value < from !== backwards) value = from;
    if (value > to !== backwards) value = to;
    if (this.neverSet) this.neverSet = false;
    else if (this.value === value) return;
    this.value = value;
    if (tell && command !== '') this.tell = true;
    this.refresh();
    if (toVariable && variable !== '') this.setVariable();
  }

  /** A variable that cannot be set is no error, as in Tk. */
  private setVariable(): void {
    this.settingVariable = true;
    try {
      quietly(() => this.app.interp.setVar(this.o.variable, this.text(this.value)));
    } finally {
      this.settingVariable = false;
    }
  }

  text(value: number, format: NumberFormat = this.valueFormat): string {
    return formatReal(value, format.conversion, format.precision).slice(0, MAX_TEXT);
  }

  /** Digits enough for neighbouring places of the slider to differ. */
  private formatOfValues(): NumberFormat {
    const { o } = this;
    const first = digitOf(Math.max(Math.abs(o.from), Math.abs(o.to)) || 1);
    let digits = o.digits > MAX_PRECISION ? 0 : o.digits;
    if (digits <= 0) {
      let least = 0;
      if (o.resolution > 0) {
        least = digitOf(o.resolution);
      } else {
        const span = Math.abs(o.from - o.to) / (o.length > 0 ? o.length : 1);
        if (span > 0) least = digitOf(span);
      }
      digits = Math.max(1, first - least + 1);
    }
    return formatFor(digits, first);
  }

  /** Digits enough for neighbouring ticks to differ, and to be true to a part of their distance. */
  private formatOfTicks(): NumberFormat {
    const { from, to, tickinterval } = this.o;
    const first = digitOf(Math.max(Math.abs(from), Math.abs(to)) || 1);
    if (tickinterval === 0) return formatFor(1, first);
    let least = digitOf(tickinterval);
    const off = (x: number): number => x - Math.floor(x + 0.5);
    const error = (unit: number): number => {
      const one = off(from / unit);
      const count = Math.trunc((to - from) / tickinterval);
      return Math.max(Math.abs(one), Math.min(0.5, Math.abs(one + count * off(tickinterval / unit)))) * unit;
    };
    while (error(10 ** least) > Math.abs(TICK_ACCURACY * tickinterval)) least--;
    return formatFor(1 + first - least, first);
  }

  // --- layout -----------------------------------------------------------------------------------------------------------------

  override worldChanged(): void {
    this.arrange();
    this.refresh();
  }
  override resized(): void {
    this.worldChanged();
  }

  private arrange(): void {
    const { o, app, win, inset } = this;
    if (this.vertical) this.arrangeVertical();
    else {
      const line = o.font.lineHeight + SPACING;
      let y = inset;
      const label = y + SPACING;
      if (o.label !== '') y += line;
      const value = o.showvalue ? y + SPACING : y;
      if (o.showvalue) y += line;
      if (o.label !== '' || o.showvalue) y += SPACING;
      const trough = y;
      y += o.width + 2 * o.borderwidth;
      const ticks = y + SPACING;
      if (o.tickinterval !== 0) y += line + SPACING;
      this.at = { label, value, trough, ticks };
      app.requestSize(win, o.length + 2 * inset, y + inset);
    }
    app.setInset(win, { left: inset, right: inset, top: inset, bottom: inset });
  }

  private arrangeVertical(): void {
    const { o, app, win, inset } = this;
    const widest = (format: NumberFormat) => Math.max(o.font.width(this.text(o.from, format)), o.font.width(this.text(o.to, format)));
    const gap = half(o.font.ascent);
    let x = inset;
    let ticks = x;
    let value = x;
    if (o.tickinterval !== 0) {
      ticks = x + SPACING + widest(this.tickFormat);
      value = o.showvalue ? ticks + widest(this.valueFormat) + gap : ticks;
      x = value + SPACING;
    } else if (o.showvalue) {
      value = x + SPACING + widest(this.valueFormat);
      x = value + SPACING;
    }
    const trough = x;
    x += 2 * o.borderwidth + o.width;
    let label = 0;
    if (o.label !== '') {
      label = x + gap;
      x = label + gap + o.font.width(o.label);
    }
    this.at = { label, value, trough, ticks };
    app.requestSize(win, x + inset, o.length + 2 * inset);
  }

  /** Pixels that the middle of the slider can be at. */
  private get range(): number {
    const { o, win, inset } = this;
    return (this.vertical ? win.height : win.width) - o.sliderlength - 2 * inset - 2 * o.borderwidth;
  }
  private get start(): number {
    return half(this.o.sliderlength) + this.inset + this.o.borderwidth;
  }

  /** Where the middle of the slider is for a value, along the scale. */
  pixelOf(value: number): number {
    const { from, to } = this.o;
    const span = to - from;
    if (span === 0) return this.start;
    const y = Math.floor(((value - from) * this.range) / span + 0.5);
    // What no C int holds comes out as the least of them.
    const clipped = y >= 0 && y <= 2147483647 ? Math.min(y, this.range) : 0;
    return clipped + this.start;
  }

  valueAt(x: number, y: number): number {
    const { from, to } = this.o;
    const { range } = this;
    if (range <= 0) return this.value;
    const part = ((this.vertical ? y : x) - this.start) / range;
    return this.rounded(from + Math.max(0, Math.min(1, part)) * (to - from));
  }

  coords(value: number): Value {
    const across = this.at.trough + half(this.o.width) + this.o.borderwidth;
    const along = this.pixelOf(value);
    return newList(this.vertical ? [across, along] : [along, across]);
  }

  element(x: number, y: number): string {
    const { o, win, inset } = this;
    const [along, across] = this.vertical ? [y, x] : [x, y];
    const length = this.vertical ? win.height : win.width;
    if (across < this.at.trough || across >= this.at.trough + 2 * o.borderwidth + o.width) return '';
    if (along < inset || along >= length - inset) return '';
    const first = this.pixelOf(this.value) - half(o.sliderlength);
    if (along < first) return 'trough1';
    return along < first + o.sliderlength ? 'slider' : 'trough2';
  }

  // --- what is seen -----------------------------------------------------------------------------------------------------------

  /** Draws again; before that the command hears of a new value, as it does in Tk: only while the scale is on the screen. */
  private refresh(): void {
    this.redraw();
    if (this.waiting || !this.tell || !this.win.mapped) return;
    this.waiting = true;
    const scale = this;
    this.app.interp.events.whenIdle(function* () {
      scale.waiting = false;
      if (!scale.win.dead && scale.win.mapped) yield* scale.tellCommand();
    });
  }

  private *tellCommand(): Generator<Step, void, Value> {
    const { app, o } = this;
    if (this.tell && o.command !== '') {
      yield* inBackground(app, `${o.command} ${this.text(this.value)}`, '(command executed by scale)');
    }
    this.tell = false;
  }

  override describe(): ScaleProps {
    const { o, win, inset, at } = this;
    const long = (this.vertical ? win.height : win.width) - 2 * inset;
    const box = (across: number, along: number, w: number, l: number): Rect =>
      this.vertical ? { x: across, y: along, w, h: l } : { x: along, y: across, w: l, h: w };
    const face = o.state === 'active' ? o.activebackground : o.background;
    const length = half(o.sliderlength);
    return {
      kind: 'scale',
      // A flat one has no border at all, not even of its background.
      box: boxOf(win, o),
      aria: this.aria(o.label, o.state === 'disabled'),
      orient: o.orient,
      troughBox: box(at.trough, inset, o.width + 2 * o.borderwidth, long),
      trough: o.troughcolor,
      troughBevel: bevelOf(o.background, o.borderwidth, 'sunken'),
      slider: box(at.trough + o.borderwidth, this.pixelOf(this.value) - length, o.width, 2 * length),
      sliderBevel: bevelOf(face, Math.max(1, half(o.borderwidth)), o.sliderrelief),
      texts: this.texts(),
      value: finite(this.value),
      valueText: this.text(this.value),
      from: finite(o.from),
      to: finite(o.to),
      state: o.state,
    };
  }

  private texts(): TextBlock[] {
    const { o, at, inset } = this;
    const { ascent } = o.font;
    const out: TextBlock[] = [];
    if (o.tickinterval !== 0) {
      for (const v of this.ticks()) out.push(this.number(this.text(v, this.tickFormat), v, at.ticks));
    }
    if (o.showvalue) out.push(this.number(this.text(this.value), this.value, at.value));
    if (o.label !== '') {
      if (this.vertical) out.push(this.block(o.label, at.label, inset + half(3 * ascent)));
      else out.push(this.block(o.label, inset + half(ascent), at.label + ascent));
    }
    return out;
  }

  /** The values with a text of their own: as many as have room. */
  private *ticks(): Generator<number> {
    const { o, win } = this;
    const count = Math.abs((o.to - o.from) / o.tickinterval);
    const most = this.vertical ? win.height / (o.font.lineHeight + SPACING) : win.width / o.font.width(this.text(o.from, this.tickFormat));
    const step = count > most ? o.tickinterval * (count / most) : o.tickinterval;
    let before = Number.NaN;
    for (let v = o.from; ; v += step) {
      v = this.rounded(v);
      // None for what is no number.
      if (!(o.to >= o.from ? v <= o.to : v >= o.to) || v === before) return;
      yield v;
      before = v;
    }
  }

  /** A number beside its place: its right edge at `edge` in a vertical scale, its top there in a horizontal one. Kept inside the window. */
  private number(text: string, value: number, edge: number): TextBlock {
    const { o, win, inset } = this;
    const { ascent, descent } = o.font;
    const width = o.font.width(text);
    const p = this.pixelOf(value);
    const low = inset + SPACING;
    if (!this.vertical) {
      let x = Math.max(low, p - half(width));
      if (x + width >= win.width - inset) x = win.width - low - width;
      return this.block(text, x, edge + ascent);
    }
    let y = p + half(ascent);
    if (y - ascent < low) y = low + ascent;
    if (y + descent > win.height - low) y = win.height - low - descent;
    return this.block(text, edge - width, y);
  }

  private block(text: string, x: number, y: number): TextBlock {
    const { font: f, foreground } = this.o;
    const run = { x, y, w: f.width(text), text };
    return { font: f.spec, ascent: f.ascent, descent: f.descent, color: foreground, runs: [run], underline: null, dim: false };
  }

  override event(event: TkEvent): void {
    if (event.type === 'Map') this.refresh();
    if ((event.type === 'FocusIn' || event.type === 'FocusOut') && this.o.highlightthickness > 0) this.redraw();
  }

  /** An assistive technology gives it a value. */
  override *input(e: Extract<InputEvent, { kind: 'edit' | 'action' }>): Generator<Step, void, Value> {
    if (e.kind === 'action' && e.action === 'set') yield callStep(this.app.interp.globalFrame, [this.win.path, 'set', dbl(e.value)]);
  }
}

const SUBCOMMANDS: readonly SubRow<Scale>[] = [
  CGET,
  CONFIGURE,
  {
    name: 'coords',
    min: 0,
    max: 1,
    usage: '?value?',
    run: (w, args) => w.coords(args.length > 1 ? doubleOf(args[1]!) : w.value),
  },
  {
    name: 'get',
    min: 0,
    max: 2,
    usage: '?x y?',
    run(w, args) {
      if (args.length === 2) throw wrongArgs(`${w.win.path} get ?x y?`);
      return w.text(args.length === 1 ? w.value : w.valueAt(smallIntOf(args[1]!), smallIntOf(args[2]!)));
    },
  },
  {
    name: 'identify',
    min: 2,
    max: 2,
    usage: 'x y',
    run: (w, args) => w.element(smallIntOf(args[1]!), smallIntOf(args[2]!)),
  },
  {
    name: 'set',
    min: 1,
    max: 1,
    usage: 'value',
    run(w, args) {
      const value = doubleOf(args[1]!);
      if (w.o.state !== 'disabled') w.setValue(value, true, true);
      return '';
    },
  },
];

export const SCALE_CLASS: WidgetClass<Scale> = {
  command: 'scale',
  className: 'Scale',
  safe: true,
  subcommands: SUBCOMMANDS,
  make: (app, win) => new Scale(app, win, TABLE),
};

export const SCALE_ROW = widgetRow(SCALE_CLASS);
