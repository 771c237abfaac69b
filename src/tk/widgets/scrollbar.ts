/** scrollbar. Class bindings are in library/scrollbar.tcl. Answers to scrollbar.n, tkScrollbar.c and tkUnixScrlbr.c. */
import type { InputEvent, Rect, ScrollbarProps } from '../../protocol/display.ts';
import { callStep, type Step } from '../../tcl/command.ts';
import { wrongArgs } from '../../tcl/errors.ts';
import { newList } from '../../tcl/list.ts';
import { doubleOf, smallIntOf } from '../../tcl/number.ts';
import { dbl, str, type Value } from '../../tcl/value.ts';
import { border, color, cursor, int, oldBoolean, oldPixels, oldRelief, orNone, string } from '../converters.ts';
import { ACTIVE_BG, BLACK, NORMAL_BG, TROUGH } from '../defaults.ts';
import { tkError } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import { GEOMETRY, type OptionType, opt, optionTable, synonym } from '../options.ts';
import { fractions } from '../scroll.ts';
import { bevelOf, boxOf, CGET, CONFIGURE, type SubRow, Widget, type WidgetClass, widgetRow } from '../widget.ts';

type Orient = ScrollbarProps['orient'];

/** Its own reading of orientations: other words than those of Tk's tables. */
const orient: OptionType<Orient> = {
  parse(_app, _win, v) {
    const word = str(v);
    const found = (['horizontal', 'vertical'] as const).find((o) => o.startsWith(word));
    if (found === undefined) throw tkError(`bad orientation "${word}": must be vertical or horizontal`, 'VALUE', 'ORIENTATION');
    return found;
  },
  print: (o) => o,
};

const ROWS = {
  activebackground: opt(border, 'activeBackground', 'Foreground', ACTIVE_BG),
  activerelief: opt(oldRelief, 'activeRelief', 'Relief', 'raised'),
  background: opt(border, 'background', 'Background', NORMAL_BG),
  bd: { ...synonym('borderwidth'), db: 'borderWidth' },
  bg: { ...synonym('background'), db: 'background' },
  borderwidth: opt(oldPixels, 'borderWidth', 'BorderWidth', '1', GEOMETRY),
  command: opt(string, 'command', 'Command', ''),
  cursor: opt(orNone(cursor), 'cursor', 'Cursor', ''),
  elementborderwidth: opt(oldPixels, 'elementBorderWidth', 'BorderWidth', '-1'),
  highlightbackground: opt(color, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
  highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
  highlightthickness: opt(oldPixels, 'highlightThickness', 'HighlightThickness', '0', GEOMETRY),
  jump: opt(oldBoolean, 'jump', 'Jump', '0'),
  orient: opt(orient, 'orient', 'Orient', 'vertical', GEOMETRY),
  relief: opt(oldRelief, 'relief', 'Relief', 'sunken'),
  repeatdelay: opt(int, 'repeatDelay', 'RepeatDelay', '300'),
  repeatinterval: opt(int, 'repeatInterval', 'RepeatInterval', '100'),
  takefocus: opt(string, 'takeFocus', 'TakeFocus', ''),
  troughcolor: opt(color, 'troughColor', 'Background', TROUGH),
  width: opt(oldPixels, 'width', 'Width', '11', GEOMETRY),
};
const TABLE = optionTable(ROWS, true);

const MIN_SLIDER = 5;
type Active = ScrollbarProps['active'];
type Element = 'arrow1' | 'trough1' | 'slider' | 'trough2' | 'arrow2' | '';

/** `[a, b]` along the bar and across it, as x and y. */
interface Axis {
  readonly length: number;
  readonly across: number;
}

const clamp = (x: number): number => (x < 0 ? 0 : x > 1 ? 1 : x);

export class Scrollbar extends Widget<typeof ROWS> {
  active: Active = null;
  first = 0;
  last = 0;
  /** What `set` was last told in units, null in fractions: `get` answers in the same form. */
  units: readonly number[] | null = [0, 0, 0, 0];
  private inset = 0;
  private arrowLength = 0;
  private sliderFirst = 0;
  private sliderLast = 0;

  get vertical(): boolean {
    return this.o.orient === 'vertical';
  }

  private get axis(): Axis {
    const { width, height } = this.win;
    return this.vertical ? { length: height, across: width } : { length: width, across: height };
  }

  /** Pixels of the trough, as `delta` and `fraction` count them. */
  private get field(): number {
    return this.axis.length - 1 - 2 * (this.arrowLength + this.inset);
  }

  override configured(): void {
    const { o } = this;
    if (o.highlightthickness < 0) {
      o.highlightthickness = 0;
      this.options.texts.set('highlightthickness', 0);
    }
    this.arrange();
  }

  override resized(): void {
    this.arrange();
  }

  /** TkpComputeScrollbarGeometry. */
  private arrange(): void {
    const { o, app, win } = this;
    const inset = o.highlightthickness + o.borderwidth;
    this.inset = inset;
    const { length, across } = this.axis;
    const arrow = across - 2 * inset + 1;
    this.arrowLength = arrow;
    const field = Math.max(0, length - 2 * (arrow + inset));
    const first = Math.max(0, Math.min(Math.trunc(field * this.first), field - MIN_SLIDER));
    const last = Math.min(field, Math.max(Math.trunc(field * this.last), first + MIN_SLIDER));
    this.sliderFirst = first + arrow + inset;
    this.sliderLast = last + arrow + inset;
    const long = 2 * (arrow + o.borderwidth + inset);
    const wide = o.width + 2 * inset;
    app.requestSize(win, this.vertical ? wide : long, this.vertical ? long : wide);
    app.setInset(win, { left: inset, right: inset, top: inset, bottom: inset });
    this.redraw();
  }

  /** What is at a point of the window. */
  at(px: number, py: number): Element {
    const [x, y] = this.vertical ? [px, py] : [py, px];
    const { length, across } = this.axis;
    const { inset } = this;
    if (x < inset || x >= across - inset || y < inset || y >= length - inset) return '';
    if (y < inset + this.arrowLength) return 'arrow1';
    if (y < this.sliderFirst) return 'trough1';
    if (y < this.sliderLast) return 'slider';
    return y >= length - (this.arrowLength + inset) ? 'arrow2' : 'trough2';
  }

  /** How far along the trough something is, in parts of it. */
  part(pixels: number): number {
    return this.field === 0 ? 0 : pixels / this.field;
  }

  get troughStart(): number {
    return this.arrowLength + this.inset;
  }

  show(first: number, last: number): void {
    this.first = first;
    this.last = last;
    this.arrange();
  }

  override describe(): ScrollbarProps {
    const { o, inset, arrowLength } = this;
    const { length, across } = this.axis;
    const width = across - 2 * inset;
    const along = (from: number, to: number): Rect =>
      this.vertical ? { x: inset, y: from, w: width, h: to - from } : { x: from, y: inset, w: to - from, h: width };
    const thick = o.elementborderwidth < 0 ? o.borderwidth : o.elementborderwidth;
    return {
      kind: 'scrollbar',
      box: boxOf(this.win, o),
      aria: this.aria(),
      orient: o.orient,
      trough: o.troughcolor,
      arrow1: along(inset, inset + arrowLength - 1),
      arrow2: along(length - arrowLength - inset + 1, length - inset),
      slider: along(this.sliderFirst, this.sliderLast),
      face: bevelOf(o.background, thick, 'raised'),
      activeFace: bevelOf(o.activebackground, thick, o.activerelief),
      active: this.active,
      first: clamp(this.first),
      last: clamp(this.last),
    };
  }

  override event(event: TkEvent): void {
    if ((event.type === 'FocusIn' || event.type === 'FocusOut') && this.o.highlightthickness > 0) this.redraw();
  }

  /** An assistive technology scrolls it to a place, from 0 to 100. */
  override *input(e: Extract<InputEvent, { kind: 'edit' | 'action' }>): Generator<Step, void, Value> {
    if (e.kind !== 'action' || e.action !== 'scroll') return;
    yield callStep(this.app.interp.globalFrame, ['::tk::ScrollToPos', this.win.path, dbl(clamp(e.value / 100))]);
  }
}

function setUnits(w: Scrollbar, words: readonly Value[]): void {
  const total = Math.max(0, smallIntOf(words[0]!));
  const shown = Math.max(0, smallIntOf(words[1]!));
  let first = smallIntOf(words[2]!);
  let last = smallIntOf(words[3]!);
  if (total === 0) first = last = 0;
  else if (last < first) last = first;
  w.units = [total, shown, first, last];
  if (total === 0) w.show(0, 1);
  else w.show(first / total, (last + 1) / total);
}

const SUBCOMMANDS: readonly SubRow<Scrollbar>[] = [
  {
    name: 'activate',
    min: 0,
    max: 1,
    usage: 'element',
    run(w, args) {
      if (args.length === 1) return w.active ?? '';
      const word = str(args[1]!);
      if (word === 'arrow1' || word === 'arrow2') w.active = word;
      else w.active = word !== '' && 'slider'.startsWith(word) ? 'slider' : null;
      w.redraw();
      return '';
    },
  },
  CGET,
  CONFIGURE,
  {
    name: 'delta',
    min: 2,
    max: 2,
    usage: 'xDelta yDelta',
    run(w, args) {
      const [x, y] = [smallIntOf(args[1]!), smallIntOf(args[2]!)];
      return dbl(w.part(w.vertical ? y : x));
    },
  },
  {
    name: 'fraction',
    min: 2,
    max: 2,
    usage: 'x y',
    run(w, args) {
      const [x, y] = [smallIntOf(args[1]!), smallIntOf(args[2]!)];
      return dbl(clamp(w.part((w.vertical ? y : x) - w.troughStart)));
    },
  },
  {
    name: 'get',
    min: 0,
    max: 0,
    usage: '',
    run: (w) => (w.units === null ? fractions(w.first, w.last) : newList([...w.units])),
  },
  {
    name: 'identify',
    min: 2,
    max: 2,
    usage: 'x y',
    run: (w, args) => w.at(smallIntOf(args[1]!), smallIntOf(args[2]!)),
  },
  {
    name: 'set',
    min: 0,
    max: Number.POSITIVE_INFINITY,
    usage: '',
    run(w, args) {
      if (args.length === 3) {
        const [a, b] = [doubleOf(args[1]!), doubleOf(args[2]!)];
        const first = clamp(a);
        w.units = null;
        w.show(first, b < first ? first : Math.min(b, 1));
      } else if (args.length === 5) {
        setUnits(w, args.slice(1));
      } else {
        const { path } = w.win;
        throw wrongArgs(`${path} set firstFraction lastFraction" or "${path} set totalUnits windowUnits firstUnit lastUnit`);
      }
      return '';
    },
  },
];

export const SCROLLBAR_CLASS: WidgetClass<Scrollbar> = {
  command: 'scrollbar',
  className: 'Scrollbar',
  safe: true,
  subcommands: SUBCOMMANDS,
  make: (app, win) => new Scrollbar(app, win, TABLE),
};

export const SCROLLBAR_ROW = widgetRow(SCROLLBAR_CLASS);
