/**
 * label, button, checkbutton and radiobutton: one record, four tables; menubutton.ts has a fifth. Class bindings are in library/button.tcl. Answers to label.n,
 * button.n, checkbutton.n, radiobutton.n, tkButton.c and tkUnixButton.c.
 */
import type { Color, ImagePart, Indicator, InputEvent, Rect, TextBlock, WidgetProps } from '../../protocol/display.ts';
import { callStep, evalStep, type Step, type VarTrace } from '../../tcl/command.ts';
import { TclError } from '../../tcl/errors.ts';
import { smallIntOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import {
  anchor,
  anchored,
  asGiven,
  boolean,
  border,
  color,
  cursor,
  int,
  justify,
  orNone,
  pixels,
  pixelsOf,
  relief,
  string,
  word,
} from '../converters.ts';
import { ACTIVE_BG, BLACK, DISABLED_FG, NORMAL_BG, WHITE } from '../defaults.ts';
import { addInfo, quietly } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import { font } from '../fonts.ts';
import { bitmap, type ImageUse } from '../images/index.ts';
import { type Change, GEOMETRY, type OptionTable, opt, optionTable, synonym } from '../options.ts';
import { TextLayout } from '../text-layout.ts';
import { bevelOf, boxOf, CGET, CONFIGURE, type SubRow, Widget, type WidgetClass } from '../widget.ts';
import type { TkWindow } from '../window.ts';

type Kind = 'label' | 'button' | 'checkbutton' | 'radiobutton' | 'menubutton';

const STATES = ['active', 'disabled', 'normal'] as const;

/** Options of all; `pad`, `ring` and the like are what their defaults differ in. */
export function common(d: { padx: string; pady: string; ring: string; relief: string; takefocus: string | null }) {
  return {
    activebackground: opt(border, 'activeBackground', 'Foreground', ACTIVE_BG),
    activeforeground: opt(orNone(color), 'activeForeground', 'Background', BLACK),
    anchor: opt(anchor, 'anchor', 'Anchor', 'center'),
    background: opt(border, 'background', 'Background', NORMAL_BG),
    bd: synonym('borderwidth'),
    bg: synonym('background'),
    bitmap: opt(orNone(bitmap), 'bitmap', 'Bitmap', '', GEOMETRY),
    borderwidth: opt(asGiven(pixels), 'borderWidth', 'BorderWidth', '1', GEOMETRY),
    command: opt(string, 'command', 'Command', ''),
    compound: opt(word('compound', 'bottom', 'center', 'left', 'none', 'right', 'top'), 'compound', 'Compound', 'none', GEOMETRY),
    cursor: opt(orNone(cursor), 'cursor', 'Cursor', ''),
    default: opt(word('default', 'active', 'disabled', 'normal'), 'default', 'Default', 'disabled', GEOMETRY),
    disabledforeground: opt(orNone(color), 'disabledForeground', 'DisabledForeground', DISABLED_FG),
    fg: synonym('foreground'),
    font: opt(font, 'font', 'Font', 'TkDefaultFont', GEOMETRY),
    foreground: opt(color, 'foreground', 'Foreground', BLACK),
    height: opt(string, 'height', 'Height', '0', GEOMETRY),
    highlightbackground: opt(border, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
    highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
    highlightthickness: opt(asGiven(pixels), 'highlightThickness', 'HighlightThickness', d.ring, GEOMETRY),
    image: opt(string, 'image', 'Image', '', GEOMETRY),
    indicatoron: opt(boolean, 'indicatorOn', 'IndicatorOn', '1', GEOMETRY),
    justify: opt(justify, 'justify', 'Justify', 'center', GEOMETRY),
    offrelief: opt(relief, 'offRelief', 'OffRelief', 'raised'),
    offvalue: opt(string, 'offValue', 'Value', '0'),
    onvalue: opt(string, 'onValue', 'Value', '1'),
    overrelief: opt(orNone(relief), 'overRelief', 'OverRelief', ''),
    padx: opt(asGiven(pixels), 'padX', 'Pad', d.padx, GEOMETRY),
    pady: opt(asGiven(pixels), 'padY', 'Pad', d.pady, GEOMETRY),
    relief: opt(relief, 'relief', 'Relief', d.relief),
    repeatdelay: opt(int, 'repeatDelay', 'RepeatDelay', '0'),
    repeatinterval: opt(int, 'repeatInterval', 'RepeatInterval', '0'),
    selectcolor: opt(orNone(border), 'selectColor', 'Background', WHITE),
    selectimage: opt(string, 'selectImage', 'SelectImage', ''),
    state: opt(word('state', ...STATES), 'state', 'State', 'normal'),
    takefocus: opt(string, 'takeFocus', 'TakeFocus', d.takefocus),
    text: opt(string, 'text', 'Text', '', GEOMETRY),
    textvariable: opt(string, 'textVariable', 'Variable', ''),
    tristateimage: opt(string, 'tristateImage', 'TristateImage', ''),
    tristatevalue: opt(string, 'tristateValue', 'TristateValue', ''),
    underline: opt(int, 'underline', 'Underline', '-1'),
    value: opt(string, 'value', 'Value', ''),
    variable: opt(string, 'variable', 'Variable', ''),
    width: opt(string, 'width', 'Width', '0', GEOMETRY),
    wraplength: opt(asGiven(pixels), 'wrapLength', 'WrapLength', '0', GEOMETRY),
  };
}

export type Rows = ReturnType<typeof common>;

type Four = Exclude<Kind, 'menubutton'>;

const ONLY: Readonly<Record<Four, string>> = {
  label: '',
  button: 'command default overrelief repeatdelay repeatinterval',
  checkbutton: 'command indicatoron offrelief offvalue onvalue overrelief selectcolor selectimage tristateimage tristatevalue variable',
  radiobutton: 'command indicatoron offrelief overrelief selectcolor selectimage tristateimage tristatevalue value variable',
};
/** Options that not all four have. */
const SPECIAL: ReadonlySet<string> = new Set(Object.values(ONLY).flatMap((names) => names.split(' ')));

/** The table of a kind: what others alone have is left out, so `o` holds nothing under those names. */
function table(kind: Four): OptionTable<Rows> {
  const small = { padx: '1', pady: '1', ring: '1', relief: 'flat', takefocus: null };
  const rows = common(
    kind === 'label'
      ? { ...small, ring: '0', takefocus: '0' }
      : kind === 'button'
        ? { ...small, padx: '3m', pady: '1m', relief: 'raised' }
        : small,
  );
  if (kind === 'radiobutton') rows.variable = opt(string, 'variable', 'Variable', 'selectedButton');
  const own = new Set(ONLY[kind].split(' '));
  const kept = Object.entries(rows).filter(([name]) => !SPECIAL.has(name) || own.has(name));
  return optionTable(Object.fromEntries(kept) as Rows);
}

const tables = new Map<Kind, OptionTable<Rows>>();

function tableOf(kind: Kind): OptionTable<Rows> {
  let made = tables.get(kind);
  if (made === undefined) tables.set(kind, (made = table(kind as Four)));
  return made;
}

/** Room for the ring that marks a default button. */
const RING = 5;
const CHECK_SIZE = 13;
const RADIO_SIZE = 12;
/** The bar of a menubutton, 4 by 1.7 mm, and the room it has: its height on both sides. */
const BAR = { w: 15, h: 6 };

/** Where everything goes: text and image inside the window. */
interface Places {
  readonly text: { readonly x: number; readonly y: number } | null;
  readonly image: Rect | null;
  /** Left edge of text or image, from which the indicator hangs. */
  readonly x: number;
}

export class ButtonWidget extends Widget<Rows> {
  readonly kind: Kind;
  text = '';
  selected = false;
  tristated = false;
  private layout: TextLayout;
  private inset = 0;
  private indicatorSpace = 0;
  private indicatorSize = 0;
  private textTrace: VarTrace | null = null;
  private variableTrace: VarTrace | null = null;
  private image: ImageUse | null = null;
  private selectImage: ImageUse | null = null;
  private tristateImage: ImageUse | null = null;
  /** Size asked for: characters and lines, or pixels with an image. */
  private wanted = { w: 0, h: 0 };

  constructor(app: TkApp, win: TkWindow, kind: Kind, options = tableOf(kind)) {
    super(app, win, options);
    this.kind = kind;
    this.layout = new TextLayout(this.o.font, '');
  }

  /** A menubutton's indicator is on the right. */
  private get hasBar(): boolean {
    return this.kind === 'menubutton' && this.o.indicatoron;
  }

  private get isToggle(): boolean {
    return this.kind === 'checkbutton' || this.kind === 'radiobutton';
  }

  private get onValue(): string {
    return this.kind === 'checkbutton' ? this.o.onvalue : this.o.value;
  }

  // --- options ----------------------------------------------------------------------------------------------------------------

  override configured(change: Change): void {
    const { o } = this;
    this.untrace();
    for (const name of ['borderwidth', 'highlightthickness', 'padx', 'pady'] as const) if (o[name] < 0) o[name] = 0;
    try {
      if (this.isToggle) this.adoptSelection();
      this.adoptImages();
      this.adoptText(change);
      this.wanted = { w: this.size('width'), h: this.size('height') };
    } finally {
      // A variable that cannot be made is complained about above.
      quietly(() => this.trace());
    }
    this.worldChanged();
  }

  /** Selected or not by the value of the variable, which is made when it is missing. */
  private adoptSelection(): void {
    const { o, app, win } = this;
    // A radiobutton's may have the empty name.
    if (o.variable === '' && this.kind === 'checkbutton') {
      o.variable = win.name;
      this.options.texts.set('variable', win.name);
    }
    const value = app.interp.getVar(o.variable);
    this.selected = this.tristated = false;
    if (value !== undefined) {
      this.showValue(str(value));
      return;
    }
    app.interp.setVar(o.variable, this.kind === 'checkbutton' ? o.offvalue : '');
    this.selected = this.kind === 'radiobutton' && this.onValue === '';
  }

  private showValue(value: string): void {
    const { o } = this;
    this.selected = value === this.onValue;
    const off = this.kind === 'checkbutton' && value === o.offvalue;
    this.tristated = !this.selected && !off && value === o.tristatevalue;
  }

  private adoptImages(): void {
    const { o } = this;
    const { images } = this.app;
    const laidOut = () => this.worldChanged();
    const drawn = () => this.redraw();
    this.image = images.replace(this.image, o.image, laidOut);
    if (!this.isToggle) return;
    this.selectImage = images.replace(this.selectImage, o.selectimage, drawn);
    this.tristateImage = images.replace(this.tristateImage, o.tristateimage, drawn);
  }

  private get hasPicture(): boolean {
    return this.image !== null || this.o.bitmap !== null;
  }

  private adoptText(change: Change): void {
    const { o, app } = this;
    if (change.names.size === 0 || change.names.has('text')) this.text = o.text;
    if (o.textvariable === '' || (this.hasPicture && o.compound === 'none')) {
      if (o.textvariable === '') this.text = o.text;
      return;
    }
    const value = app.interp.getVar(o.textvariable);
    if (value === undefined) app.interp.setVar(o.textvariable, this.text);
    else this.setText(str(value));
  }

  private setText(text: string): void {
    this.text = text;
    this.o.text = text;
    this.options.texts.set('text', text);
  }

  /** -width and -height count characters and lines, with a picture pixels. */
  private size(name: 'width' | 'height'): number {
    const v = this.o[name];
    try {
      return this.hasPicture ? pixelsOf(v) : smallIntOf(v);
    } catch (e) {
      if (e instanceof TclError) addInfo(e, `(processing -${name} option)`);
      throw e;
    }
  }

  private trace(): void {
    const { o, app } = this;
    const { interp } = app;
    if (o.textvariable !== '') {
      this.textTrace = interp.traceVar(o.textvariable, ['write', 'unset'], (_n1, _n2, op) => {
        if (this.win.dead) return;
        if (op === 'unset') {
          quietly(() => interp.setVar(o.textvariable, this.text));
          return;
        }
        this.setText(str(interp.getVar(o.textvariable) ?? ''));
        this.worldChanged();
      });
    }
    if (!this.isToggle) return;
    this.variableTrace = interp.traceVar(o.variable, ['write', 'unset'], (_n1, _n2, op) => {
      if (this.win.dead) return;
      if (op === 'unset') this.selected = this.tristated = false;
      else this.showValue(str(interp.getVar(o.variable) ?? o.tristatevalue));
      this.redraw();
    });
  }

  private untrace(): void {
    this.textTrace?.remove();
    this.variableTrace?.remove();
    this.textTrace = this.variableTrace = null;
  }

  override destroyed(): void {
    this.untrace();
    for (const use of [this.image, this.selectImage, this.tristateImage]) use?.release();
  }

  // --- layout -----------------------------------------------------------------------------------------------------------------

  override worldChanged(): void {
    const { o, app, win } = this;
    this.inset = o.highlightthickness + o.borderwidth + (this.kind === 'button' && o.default !== 'disabled' ? RING : 0);
    this.layout = new TextLayout(o.font, this.text, { wrap: o.wraplength, justify: o.justify });
    this.indicatorSpace = this.indicatorSize = 0;
    let { w, h } = this.content();
    if (this.hasPicture && !this.isCompound) {
      if (this.wanted.w > 0) w = this.wanted.w;
      if (this.wanted.h > 0) h = this.wanted.h;
      this.indicatorFor(h);
    } else if (this.isCompound) {
      if (this.wanted.w > 0) w = this.wanted.w;
      if (this.wanted.h > 0) h = this.wanted.h;
      this.indicatorFor(h);
      w += 2 * o.padx;
      h += 2 * o.pady;
    } else {
      const zero = o.font.charWidth('0');
      if (this.wanted.w > 0) w = this.wanted.w * zero;
      if (this.wanted.h > 0) h = this.wanted.h * o.font.lineHeight;
      if (this.isToggle && o.indicatoron) {
        this.indicatorSize = this.kind === 'checkbutton' ? Math.trunc((80 * o.font.lineHeight) / 100) : o.font.lineHeight;
        this.indicatorSpace = this.indicatorSize + zero;
      }
      w += 2 * o.padx;
      h += 2 * o.pady;
    }
    if (this.kind === 'button') {
      w += 2;
      h += 2;
    }
    if (this.hasBar) this.indicatorSpace = BAR.w + 2 * BAR.h;
    const { inset } = this;
    app.setInset(win, { left: inset, right: inset, top: inset, bottom: inset });
    app.requestSize(win, w + this.indicatorSpace + 2 * inset, h + 2 * inset);
    this.redraw();
  }

  private indicatorFor(height: number): void {
    if (!this.isToggle || !this.o.indicatoron) return;
    this.indicatorSpace = height;
    this.indicatorSize = Math.trunc(((this.kind === 'checkbutton' ? 65 : 75) * height) / 100);
  }

  private get hasText(): boolean {
    return this.layout.width !== 0 && this.layout.height !== 0;
  }

  private get isCompound(): boolean {
    return this.o.compound !== 'none' && this.hasPicture && this.hasText;
  }

  private picture(): { w: number; h: number } {
    const of = this.image ?? this.o.bitmap;
    return { w: of?.width ?? 0, h: of?.height ?? 0 };
  }

  /** Size of text and picture together. */
  private content(): { w: number; h: number } {
    const { o, layout } = this;
    const p = this.picture();
    if (!this.isCompound) return this.hasPicture ? p : { w: layout.width, h: layout.height };
    const w = Math.max(p.w, layout.width);
    const h = Math.max(p.h, layout.height);
    if (o.compound === 'top' || o.compound === 'bottom') return { w, h: p.h + layout.height + o.pady };
    if (o.compound === 'left' || o.compound === 'right') return { w: p.w + layout.width + o.padx, h };
    return { w, h };
  }

  private places(): Places {
    const { o, layout } = this;
    const p = this.picture();
    const full = this.content();
    const alone = this.hasPicture && !this.isCompound;
    const bare = alone || (this.kind === 'menubutton' && this.isCompound);
    const at = this.anchorAt(full.w, full.h, bare ? 0 : o.padx, bare ? 0 : o.pady);
    const shift = this.shift(p.w, p.h);
    const x = at.x + (this.hasBar ? 0 : this.indicatorSpace) + shift.x;
    const y = at.y + shift.y;
    if (alone) return { text: null, image: { x, y, ...p }, x };
    if (!this.isCompound) return { text: { x, y }, image: null, x };
    let [tx, ty] = [Math.trunc((full.w - layout.width) / 2), Math.trunc((full.h - layout.height) / 2)];
    let [ix, iy] = [Math.trunc((full.w - p.w) / 2), Math.trunc((full.h - p.h) / 2)];
    if (o.compound === 'top' || o.compound === 'bottom') {
      ty = o.compound === 'top' ? p.h + o.pady : 0;
      iy = o.compound === 'top' ? 0 : layout.height + o.pady;
    } else if (o.compound === 'left' || o.compound === 'right') {
      tx = o.compound === 'left' ? p.w + o.padx : 0;
      ix = o.compound === 'left' ? 0 : layout.width + o.padx;
    }
    return { text: { x: x + tx, y: y + ty }, image: { x: x + ix, y: y + iy, ...p }, x };
  }

  /** TkComputeAnchor: where content of a size goes inside the border and padding. */
  private anchorAt(w: number, h: number, padx: number, pady: number): { x: number; y: number } {
    const { win, inset, o } = this;
    const at = anchored(o.anchor, win.width - 2 * (inset + padx), win.height - 2 * (inset + pady), this.indicatorSpace + w, h);
    return { x: at.x + inset + padx, y: at.y + inset + pady };
  }

  private get shownRelief() {
    const { o } = this;
    if (!this.isToggle || o.indicatoron) return o.relief;
    if (this.selected) return 'sunken';
    return o.overrelief === o.relief ? o.relief : o.offrelief;
  }

  /** A button that is not raised moves its content down, a pixel less where the room around it is even. */
  private shift(w: number, h: number): { x: number; y: number } {
    const r = this.shownRelief;
    if (this.kind !== 'button' || r === 'raised') return { x: 0, y: 0 };
    const by = (room: number) => (r === 'sunken' ? 2 : 1) - (r !== 'ridge' && room % 2 === 0 ? 1 : 0);
    return { x: by(this.win.width - w), y: by(this.win.height - h) };
  }

  // --- what is seen -----------------------------------------------------------------------------------------------------------

  override describe(): WidgetProps {
    const { o, win } = this;
    const places = this.places();
    const active = o.state === 'active';
    const disabled = o.state === 'disabled';
    let background = active ? o.activebackground : o.background;
    const pressed = this.isToggle && !o.indicatoron ? this.selected : null;
    if (pressed && o.selectcolor !== null) background = o.selectcolor;
    const foreground =
      disabled && o.disabledforeground !== null
        ? o.disabledforeground
        : active && o.activeforeground !== null
          ? o.activeforeground
          : o.foreground;
    const dim = disabled && o.disabledforeground === null;
    const ring = this.kind === 'button' && this.shownRelief !== 'flat' && o.default !== 'disabled' ? o.default : null;
    const box = boxOf(win, { ...o, background, relief: this.shownRelief }, this.kind === 'button' && o.default !== 'disabled' ? RING : 0);
    const text: TextBlock | null =
      places.text === null ? null : this.layout.block(places.text.x, places.text.y, foreground, o.underline, dim);
    return {
      kind: this.kind,
      box,
      aria: this.aria(this.text, disabled),
      text,
      image: this.imagePart(places.image, foreground, disabled),
      indicator: this.indicator(places.x),
      state: o.state,
      defaultRing: ring,
      pressed,
    };
  }

  private imagePart(at: Rect | null, foreground: Color, disabled: boolean): ImagePart | null {
    if (at === null) return null;
    const { o } = this;
    const use =
      this.selected && this.selectImage !== null
        ? this.selectImage
        : this.tristated && this.tristateImage !== null
          ? this.tristateImage
          : this.image;
    const id = use === null ? (o.bitmap?.id ?? 0) : use.id;
    if (id === 0) return null;
    return { image: id, ...at, bitmap: use === null ? { foreground, background: null } : null, dim: disabled && use !== null };
  }

  private indicator(x: number): Indicator | null {
    const { o, win } = this;
    if (this.hasBar) {
      const { background: fill, light, dark } = o.state === 'active' ? o.activebackground : o.background;
      const rect = { ...BAR, x: win.width - this.inset - BAR.w - BAR.h, y: Math.trunc((win.height - BAR.h) / 2) };
      return { shape: 'menu', rect, on: false, tristate: false, fill, mark: fill, light, dark };
    }
    if (!this.isToggle || !o.indicatoron || this.indicatorSize <= 2 * o.borderwidth) return null;
    const size = this.kind === 'checkbutton' ? CHECK_SIZE : RADIO_SIZE;
    const rect = {
      x: x - Math.trunc(this.indicatorSpace / 2) - Math.trunc(size / 2),
      y: Math.trunc(win.height / 2) - Math.trunc(size / 2),
      w: size,
      h: size,
    };
    const around = o.state === 'active' ? o.activebackground : o.background;
    const shades = bevelOf(around, 2, 'sunken');
    // Neither on nor off is drawn as if it were on, and faint.
    const disabled = o.state === 'disabled' || this.tristated;
    return {
      shape: this.kind === 'checkbutton' ? 'check' : 'radio',
      rect,
      on: this.selected,
      tristate: this.tristated,
      fill: disabled || o.selectcolor === null ? around.background : o.selectcolor.background,
      mark: disabled ? (o.disabledforeground ?? around.background) : o.foreground,
      light: shades.light,
      dark: shades.dark,
    };
  }

  override event(event: TkEvent): void {
    if ((event.type === 'FocusIn' || event.type === 'FocusOut') && this.o.highlightthickness > 0) this.redraw();
  }

  /** An assistive technology presses it: as the space bar. */
  override *input(e: Extract<InputEvent, { kind: 'edit' | 'action' }>): Generator<Step, void, Value> {
    if (e.kind !== 'action' || e.action !== 'invoke' || this.kind === 'label' || this.kind === 'menubutton' || this.o.state === 'disabled')
      return;
    yield callStep(this.app.interp.globalFrame, [this.win.path, 'invoke']);
  }

  // --- subcommands ------------------------------------------------------------------------------------------------------------

  select(on: boolean): void {
    const { o, app } = this;
    if (on) app.interp.setVar(o.variable, this.onValue);
    else if (this.kind === 'checkbutton') app.interp.setVar(o.variable, o.offvalue);
    else if (this.selected) app.interp.setVar(o.variable, '');
  }

  *invoke(): Generator<Step, Value, Value> {
    if (this.o.state === 'disabled') return '';
    if (this.kind === 'checkbutton') this.select(!this.selected);
    else if (this.kind === 'radiobutton') this.select(true);
    const { command } = this.o;
    return command === '' ? '' : yield evalStep(this.app.interp.globalFrame, command);
  }

  /** Four changes of colour, 50 ms each. The script goes on meanwhile only as far as Tk lets it: not at all. */
  *flash(): Generator<Step, Value, Value> {
    const { o, app } = this;
    if (o.state === 'disabled') return '';
    for (let i = 0; i < 4 && !this.win.dead; i++) {
      const state: ButtonWidget['o']['state'] = o.state === 'normal' ? 'active' : 'normal';
      o.state = state;
      this.options.texts.set('state', state);
      this.redraw();
      yield callStep(app.interp.globalFrame, ['::update', 'idletasks']);
      yield callStep(app.interp.globalFrame, ['::after', 50]);
    }
    return '';
  }
}

function plain(name: string, run: (w: ButtonWidget) => void): SubRow<ButtonWidget> {
  return {
    name,
    min: 0,
    max: 0,
    usage: '',
    run(w) {
      run(w);
      return '';
    },
  };
}

const FLASH: SubRow<ButtonWidget> = { name: 'flash', min: 0, max: 0, usage: '', script: (w) => w.flash() };
const INVOKE: SubRow<ButtonWidget> = { name: 'invoke', min: 0, max: 0, usage: '', script: (w) => w.invoke() };
const DESELECT = plain('deselect', (w) => w.select(false));
const SELECT = plain('select', (w) => w.select(true));
const TOGGLE = plain('toggle', (w) => w.select(!w.selected));

function classOf(kind: Four, subcommands: readonly SubRow<ButtonWidget>[]): WidgetClass<ButtonWidget> {
  return {
    command: kind,
    className: kind[0]!.toUpperCase() + kind.slice(1),
    safe: true,
    subcommands: [CGET, CONFIGURE, ...subcommands] as readonly SubRow<ButtonWidget>[],
    make: (app, win) => new ButtonWidget(app, win, kind),
  };
}

export const LABEL_CLASS = classOf('label', []);
export const BUTTON_CLASS = classOf('button', [FLASH, INVOKE]);
export const CHECKBUTTON_CLASS = classOf('checkbutton', [DESELECT, FLASH, INVOKE, SELECT, TOGGLE]);
export const RADIOBUTTON_CLASS = classOf('radiobutton', [DESELECT, FLASH, INVOKE, SELECT]);
