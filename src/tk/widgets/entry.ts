/**
 * The entry: one line of text that can be edited, validated, selected and scrolled. spinbox.ts adds buttons to it. Its subcommands are in
 * entry-commands.ts, its bindings in library/entry.tcl. Answers to entry.n and tkEntry.c.
 *
 * What changes the text is a generator, since validation runs scripts between. Where Tk changes it with no script command above
 * (a variable trace, `configure`), `runNow` runs the generator to its end at once.
 */
import type { EntryProps, InputEvent, Rect, WidgetProps } from '../../protocol/display.ts';
import { attempt, directStep, type Interp, OK, RETURN, type Step, type VarTrace } from '../../tcl/command.ts';
import type { TclError } from '../../tcl/errors.ts';
import { boolOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import type { Border } from '../colors.ts';
import { boolean, border, color, cursor, int, justify, orNone, pixels, relief, string, word } from '../converters.ts';
import { BLACK, DISABLED_FG, NORMAL_BG, SELECT_BG, WHITE } from '../defaults.ts';
import { addInfo, quietly } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import { font } from '../fonts.ts';
import { type Change, GEOMETRY, type OptionTable, opt, optionTable, synonym } from '../options.ts';
import { replaced } from '../percent.ts';
import { fractions, inBackground, tellScrollbar } from '../scroll.ts';
import { ownSelection } from '../selection.ts';
import { TextLayout } from '../text-layout.ts';
import { bevelOf, boxOf, Widget } from '../widget.ts';
import type { TkWindow } from '../window.ts';

export const ENTRY_ROWS = {
  background: opt(border, 'background', 'Background', WHITE),
  bd: synonym('borderwidth'),
  bg: synonym('background'),
  borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '1', GEOMETRY),
  cursor: opt(orNone(cursor), 'cursor', 'Cursor', 'xterm'),
  disabledbackground: opt(orNone(border), 'disabledBackground', 'DisabledBackground', NORMAL_BG),
  disabledforeground: opt(orNone(color), 'disabledForeground', 'DisabledForeground', DISABLED_FG),
  exportselection: opt(boolean, 'exportSelection', 'ExportSelection', '1'),
  fg: synonym('foreground'),
  font: opt(font, 'font', 'Font', 'TkTextFont', GEOMETRY),
  foreground: opt(color, 'foreground', 'Foreground', BLACK),
  highlightbackground: opt(color, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
  highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
  highlightthickness: opt(pixels, 'highlightThickness', 'HighlightThickness', '1', GEOMETRY),
  insertbackground: opt(border, 'insertBackground', 'Foreground', BLACK),
  insertborderwidth: opt(pixels, 'insertBorderWidth', 'BorderWidth', '0'),
  insertofftime: opt(int, 'insertOffTime', 'OffTime', '300'),
  insertontime: opt(int, 'insertOnTime', 'OnTime', '600'),
  insertwidth: opt(pixels, 'insertWidth', 'InsertWidth', '2'),
  invalidcommand: opt(string, 'invalidCommand', 'InvalidCommand', ''),
  invcmd: synonym('invalidcommand'),
  justify: opt(justify, 'justify', 'Justify', 'left'),
  readonlybackground: opt(orNone(border), 'readonlyBackground', 'ReadonlyBackground', NORMAL_BG),
  relief: opt(relief, 'relief', 'Relief', 'sunken'),
  selectbackground: opt(border, 'selectBackground', 'Foreground', SELECT_BG),
  selectborderwidth: opt(pixels, 'selectBorderWidth', 'BorderWidth', '0'),
  selectforeground: opt(orNone(color), 'selectForeground', 'Background', BLACK),
  show: opt(string, 'show', 'Show', null, GEOMETRY),
  state: opt(word('state', 'disabled', 'normal', 'readonly'), 'state', 'State', 'normal'),
  takefocus: opt(string, 'takeFocus', 'TakeFocus', null),
  textvariable: opt(string, 'textVariable', 'Variable', ''),
  validate: opt(word('validate', 'all', 'key', 'focus', 'focusin', 'focusout', 'none'), 'validate', 'Validate', 'none'),
  validatecommand: opt(string, 'validateCommand', 'ValidateCommand', null),
  vcmd: synonym('validatecommand'),
  width: opt(int, 'width', 'Width', '20', GEOMETRY),
  xscrollcommand: opt(string, 'xScrollCommand', 'ScrollCommand', ''),
};
const TABLE = optionTable(ENTRY_ROWS);

/** Space between bevel and text, on all sides. */
const PAD = 1;

/** What calls for validation. */
type Occasion = 'insert' | 'delete' | 'forced' | 'focusin' | 'focusout';
/** A native field: text, cursor and selection. */
interface Shown {
  readonly shown: string;
  readonly insert: number;
  readonly first: number;
  readonly last: number;
}
/** How many revisions back an edit may have been made. */
const PAST = 8;
type Verdict = 'ok' | 'refused' | 'error';

export class EntryWidget extends Widget<typeof ENTRY_ROWS> {
  readonly kind: 'entry' | 'spinbox' = 'entry';
  text = '';
  /** Indices into the text. No selection: both ends are -1. */
  insert = 0;
  anchor = 0;
  first = -1;
  last = -1;
  /** First character in view, and where it is drawn. */
  left = 0;
  leftX = 0;
  /** Top left corner of the whole text, in window pixels. */
  layoutX = 0;
  layoutY = 0;
  layout: TextLayout;
  inset = PAD;
  /** Width of a zero. */
  charWidth = 1;
  /** Room for the buttons of a spinbox. */
  buttonWidth = 0;
  scanX = 0;
  scanIndex = 0;
  focused = false;
  private trace: VarTrace | null = null;
  /** A validation script runs; the value comes from outside; what is under way must not be finished. */
  private validating = false;
  private forcing = false;
  private aborted = false;
  /** The scroll command has to hear of a new view; it will when idle. */
  private scrolled = true;
  private telling = false;
  /** What the page shows, as far as is known here, and how often it had to be put right; what it showed at the last few revisions. */
  private page: Shown = { shown: '', insert: 0, first: -1, last: -1 };
  private revision = 0;
  private readonly past = new Map<number, Shown>();

  constructor(app: TkApp, win: TkWindow, table: OptionTable<typeof ENTRY_ROWS> = TABLE) {
    super(app, win, table);
    this.layout = new TextLayout(this.o.font, '');
  }

  // ---- options ----

  override configured(change: Change): void {
    const { o, app, win } = this;
    this.trace?.remove();
    this.trace = null;
    if (o.insertwidth <= 0) this.put('insertwidth', 2);
    const widest = Math.trunc(o.insertwidth / 2);
    if (o.insertborderwidth > widest) this.put('insertborderwidth', widest);
    if (o.highlightthickness < 0) this.put('highlightthickness', 0);
    this.check(change);
    const edge = o.borderwidth + o.highlightthickness;
    app.setInset(win, { left: edge, right: edge, top: edge, bottom: edge });
    this.inset = edge + PAD;
    if (o.exportselection && this.first >= 0) ownSelection(this);
    this.adoptVariable();
    this.constrain(change);
    if (o.textvariable !== '') this.traceVariable(o.textvariable);
    this.worldChanged();
  }

  /** Checks and takes over options of a spinbox; may throw. */
  protected check(_change: Change): void {}
  /** Brings the text into the range of a spinbox. */
  protected constrain(_change: Change): void {}

  /** Sets an option to what the widget makes of it, so that cget answers that. */
  protected put(name: 'insertwidth' | 'insertborderwidth' | 'highlightthickness', value: number): void {
    this.o[name] = value;
    this.options.texts.set(name, value);
  }

  private setValidate(mode: EntryWidget['o']['validate']): void {
    this.o.validate = mode;
    this.options.texts.set('validate', mode);
  }

  override worldChanged(): void {
    this.charWidth = this.o.font.charWidth('0') || 1;
    this.changedView();
  }

  override resized(): void {
    this.changedView();
  }

  override destroyed(): void {
    this.aborted = true;
    this.trace?.remove();
  }

  // ---- the variable ----

  /** The entry takes the value of its variable, or makes the variable with its own. */
  private adoptVariable(): void {
    const { interp } = this.app;
    const name = this.o.textvariable;
    if (name === '') return;
    const value = interp.getVar(name);
    if (value !== undefined) return runNow(interp, this.setValue(str(value)));
    // A namespace that is not there yet is complained about by the trace.
    quietly(() => this.valueChanged());
  }

  private traceVariable(name: string): void {
    const { interp } = this.app;
    // A validation script that configures the entry has been here before.
    this.trace?.remove();
    this.trace = interp.traceVar(name, ['write', 'unset'], (_name1, _name2, op) => {
      if (this.win.dead) return;
      if (op === 'write') runNow(interp, this.setValue(str(interp.getVar(name) ?? '')));
      else quietly(() => interp.setVar(name, this.text));
    });
  }

  // ---- changing the text ----

  /** Inserts before the character at `at`, if validation lets it. */
  *insertText(at: number, added: string): Generator<Step, void, Value> {
    if (added === '') return;
    const { budget } = this.app.interp;
    budget.allocate(2 * added.length);
    budget.charge(this.text.length + added.length);
    const text = this.text.slice(0, at) + added + this.text.slice(at);
    if (this.validatesKeys && (yield* this.validate(added, text, at, 'insert')) !== 'ok') return;
    this.text = text;
    const n = added.length;
    if (this.first >= at) this.first += n;
    if (this.last > at) this.last += n;
    if (this.anchor > at || this.first >= at) this.anchor += n;
    if (this.left > at) this.left += n;
    if (this.insert >= at) this.insert += n;
    this.valueChanged();
  }

  *deleteText(at: number, count: number): Generator<Step, void, Value> {
    const n = Math.min(count, this.text.length - at);
    if (n <= 0) return;
    this.app.interp.budget.charge(this.text.length);
    const text = this.text.slice(0, at) + this.text.slice(at + n);
    if (this.validatesKeys && (yield* this.validate(this.text.slice(at, at + n), text, at, 'delete')) !== 'ok') return;
    this.text = text;
    const moved = (i: number) => (i >= at + n ? i - n : Math.min(i, at));
    this.first = moved(this.first);
    this.last = moved(this.last);
    if (this.last <= this.first) this.first = this.last = -1;
    this.anchor = moved(this.anchor);
    this.left = moved(this.left);
    this.insert = moved(this.insert);
    this.valueChanged();
  }

  /** The text changed, or is forced to be `value`: tells the variable. What a trace makes of it is then the text. */
  valueChanged(value?: string): void {
    const { interp } = this.app;
    if (value !== undefined) runNow(interp, this.setValue(value));
    const name = this.o.textvariable;
    try {
      const held = name === '' ? this.text : str(interp.setVar(name, this.text));
      if (held !== this.text) return runNow(interp, this.setValue(held));
    } catch (e) {
      this.changedView();
      throw e;
    }
    this.changedView();
  }

  /** Replaces the text from outside. Validation hears of it but cannot refuse; a script that sets the value meanwhile wins. */
  *setValue(value: string): Generator<Step, void, Value> {
    if (value === this.text) return;
    this.app.interp.budget.charge(this.text.length + value.length);
    if (this.forcing) this.aborted = true;
    else {
      this.forcing = true;
      yield* this.validate(null, value, -1, 'forced');
      this.forcing = false;
      if (this.aborted) {
        this.aborted = this.win.dead;
        return;
      }
    }
    this.text = value;
    const end = value.length;
    if (this.first >= end) this.first = this.last = -1;
    this.last = Math.min(this.last, end);
    this.left = Math.max(0, Math.min(this.left, end - 1));
    this.insert = Math.min(this.insert, end);
    this.changedView();
  }

  // ---- validation ----

  private get validatesKeys(): boolean {
    return this.o.validate === 'key' || this.o.validate === 'all';
  }

  /** `validate` of the widget's command: as if -validate were all. */
  *validateNow(): Generator<Step, boolean, Value> {
    const mode = this.o.validate;
    this.setValidate('all');
    const verdict = yield* this.validate(null, this.text, -1, 'forced');
    if (this.o.validate !== 'none') this.setValidate(mode);
    return verdict === 'ok';
  }

  /**
   * Asks the validation script about a change (`change`: what is inserted or deleted), and runs the invalid command when it refuses.
   * Scripts that fail or that change the text meanwhile switch validation off.
   */
  private *validate(change: string | null, text: string, at: number, why: Occasion): Generator<Step, Verdict, Value> {
    const { o, forcing } = this;
    if (o.validatecommand === '' || o.validate === 'none' || this.validating) {
      if (this.validating) {
        if (o.validatecommand !== '') this.setValidate('none');
        this.aborted = true;
      }
      return forcing ? 'error' : 'ok';
    }
    this.validating = true;
    let verdict = yield* this.ask(this.substituted(o.validatecommand, change, text, at, why));
    if (this.o.validate === 'none' || (!forcing && this.forcing)) verdict = 'error';
    if (this.win.dead) return 'error';
    if (verdict === 'refused') {
      // A forced value stays: variables have the last word.
      if (forcing) this.setValidate('none');
      else if (o.invalidcommand !== '') {
        const script = this.substituted(o.invalidcommand, change, text, at, why);
        if (yield* inBackground(this.app, script, '(in invalidcommand executed by entry)')) verdict = 'error';
        if (this.win.dead) return 'error';
      }
    }
    if (verdict === 'error') this.setValidate('none');
    this.validating = false;
    return verdict;
  }

  private *ask(script: string): Generator<Step, Verdict, Value> {
    const { interp } = this.app;
    const end = yield* attempt(directStep(interp.globalFrame, script));
    if (end.code !== OK && end.code !== RETURN) {
      interp.backgroundEnd(end, script, `\n    (in validation command executed by ${this.win.path})`);
      return 'error';
    }
    try {
      return boolOf(end.value) ? 'ok' : 'refused';
    } catch (e) {
      interp.backgroundError(addInfo(e as TclError, '(invalid boolean result from validation command)'));
      return 'error';
    }
  }

  private substituted(script: string, change: string | null, text: string, at: number, why: Occasion): string {
    const fields: Readonly<Record<string, string>> = {
      d: why === 'insert' ? '1' : why === 'delete' ? '0' : '-1',
      i: String(at),
      P: text,
      s: this.text,
      S: change ?? '',
      v: this.o.validate,
      V: why === 'insert' || why === 'delete' ? 'key' : why,
      W: this.win.path,
    };
    return this.percent(script, fields);
  }

  /** Puts fields into a script, each quoted as a list element without braces; other letters stand for themselves. */
  protected percent(script: string, fields: Readonly<Record<string, string>>): string {
    return replaced(script, this.app.interp.budget, (letter) => (Object.hasOwn(fields, letter) ? fields[letter]! : letter || '%'));
  }

  // ---- events ----

  override event(e: TkEvent): void {
    if (e.type === 'Expose') this.tellLater();
    if ((e.type !== 'FocusIn' && e.type !== 'FocusOut') || e.detail === 'NotifyInferior') return;
    this.focused = e.type === 'FocusIn';
    this.redraw();
  }

  override *scripts(e: TkEvent): Generator<Step, void, Value> {
    if ((e.type !== 'FocusIn' && e.type !== 'FocusOut') || e.detail === 'NotifyInferior') return;
    const why = e.type === 'FocusIn' ? 'focusin' : 'focusout';
    if (['all', 'focus', why].includes(this.o.validate)) yield* this.validate(null, this.text, -1, why);
  }

  // ---- view ----

  /** What each character is shown as; empty for itself. */
  protected get mark(): string {
    return this.o.show.slice(0, 1);
  }

  /** The text, the font or the room for them changed. */
  changedView(): void {
    this.arrange();
    this.scrolled = true;
    this.tellLater();
    this.redraw();
  }

  /** Where everything goes, and the size to ask for. EntryComputeGeometry. */
  private arrange(): void {
    const { o, win, inset, charWidth, text } = this;
    this.app.interp.budget.charge(text.length);
    const layout = new TextLayout(o.font, this.mark === '' ? text : this.mark.repeat(text.length), {
      justify: o.justify,
      ignoreNewlines: true,
    });
    this.layout = layout;
    this.layoutY = Math.trunc((win.height - layout.height) / 2);
    const room = win.width - 2 * inset - this.buttonWidth;
    const overflow = layout.width - room;
    if (overflow <= 0) {
      this.left = 0;
      if (o.justify === 'left') this.leftX = inset;
      else if (o.justify === 'right') this.leftX = inset - overflow;
      else this.leftX = Math.trunc((win.width - this.buttonWidth - layout.width) / 2);
      this.layoutX = this.leftX;
    } else {
      // No empty space on the right: so many characters may be out of sight on the left, and no more.
      let most = layout.indexAt(overflow, 0);
      if (this.charX(most) < overflow) most++;
      this.left = Math.min(this.left, most);
      this.leftX = inset;
      this.layoutX = inset - this.charX(this.left);
    }
    const wanted = o.width > 0 ? o.width * charWidth : layout.width || charWidth;
    this.app.requestSize(win, wanted + 2 * inset + this.buttonWidth, o.font.lineHeight + 2 * inset);
  }

  /** Left edge of a character within the text. */
  private charX(index: number): number {
    return this.layout.charBox(index)?.x ?? 0;
  }

  /** Makes a character the first in view. */
  scrollTo(index: number): void {
    this.left = Math.max(0, Math.min(index, this.text.length - 1));
    this.changedView();
  }

  /** What `xview` answers: the share of the text before the view, and up to its end. */
  visible(): Value {
    const n = this.text.length;
    if (n === 0) return fractions(0, 1);
    const right = this.layout.indexAt(this.win.width - this.inset - this.buttonWidth - this.layoutX - 1, 0);
    const count = Math.min(right + 1, n) - this.left || 1;
    return fractions(this.left / n, (this.left + count) / n);
  }

  private tellLater(): void {
    if (this.telling || !this.scrolled || !this.win.mapped || this.o.xscrollcommand === '') return;
    this.telling = true;
    const entry = this;
    this.app.interp.events.whenIdle(function* () {
      entry.telling = false;
      if (entry.win.dead || !entry.win.mapped) return;
      entry.scrolled = false;
      const what = `(horizontal scrolling command executed by ${entry.win.path})`;
      yield* tellScrollbar(entry.app, entry.o.xscrollcommand, entry.visible(), what);
    });
  }

  // ---- selection ----

  /** Selects from `first` up to `last`; nothing when that is empty. */
  select(first: number, last: number): void {
    [this.first, this.last] = first < last ? [first, last] : [-1, -1];
    this.redraw();
  }

  /** Moves the end of the selection that is not the anchor. */
  selectTo(index: number): void {
    if (this.o.exportselection) ownSelection(this);
    this.anchor = Math.min(this.anchor, this.text.length);
    this.first = Math.min(this.anchor, index);
    this.last = Math.max(this.anchor, index);
    this.redraw();
  }

  lostSelection(): void {
    if (this.first >= 0 && this.o.exportselection && !this.win.dead) this.select(-1, -1);
  }

  // ---- display ----

  /** Background of its state. */
  protected get face(): Border {
    const { o } = this;
    const own = o.state === 'disabled' ? o.disabledbackground : o.state === 'readonly' ? o.readonlybackground : null;
    return own ?? o.background;
  }

  override describe(): WidgetProps {
    return this.props();
  }

  /** The text as the native field has it. That holds one line: what would break it is shown as a space. */
  private get shown(): string {
    return this.layout.text.replace(/[\n\r]/g, ' ');
  }

  protected props(): EntryProps {
    const { o, win, inset } = this;
    const { ascent, descent, spec } = o.font;
    const edge = inset - PAD;
    const { shown } = this;
    const selection = this.selectionProps();
    const { insert } = this;
    const now = { shown, insert, first: selection?.first ?? -1, last: selection?.last ?? -1 };
    const { page } = this;
    if (page.shown !== shown || page.insert !== insert || page.first !== now.first || page.last !== now.last) this.revision++;
    this.shows(this.revision, now);
    return {
      kind: this.kind,
      box: boxOf(win, { ...o, background: this.face }),
      aria: this.aria('', o.state === 'disabled'),
      font: spec,
      ascent,
      descent,
      shown,
      hidden: this.mark !== '',
      textBox: { x: inset, y: edge, w: Math.max(0, win.width - 2 * inset - this.buttonWidth), h: Math.max(0, win.height - 2 * edge) },
      textX: this.layoutX,
      baseline: this.layoutY + ascent,
      textWidth: this.layout.width,
      color: (o.state === 'disabled' ? o.disabledforeground : null) ?? o.foreground,
      state: o.state,
      justify: o.justify,
      insert: this.cursorProps(),
      insertIndex: insert,
      selection,
      revision: this.revision,
      spin: null,
    };
  }

  /** The line of text at x, so wide and with so much more around it. */
  private lineBox(x: number, w: number, more = 0): Rect {
    return { x: x - more, y: this.layoutY - more, w: w + 2 * more, h: this.o.font.lineHeight + 2 * more };
  }

  private selectionProps(): EntryProps['selection'] {
    const { o, first, last } = this;
    if (o.state === 'disabled' || first < 0 || last <= this.left) return null;
    const from = first <= this.left ? this.leftX : this.layoutX + this.charX(first);
    const to = this.layoutX + this.charX(last);
    const bd = o.selectborderwidth;
    return {
      first,
      last,
      box: this.lineBox(from, to - from, bd),
      fg: o.selectforeground ?? o.foreground,
      bevel: bevelOf(o.selectbackground, bd, 'raised'),
    };
  }

  private cursorProps(): EntryProps['insert'] {
    const { o, app, win, insert } = this;
    if (o.state !== 'normal' || !this.focused) return null;
    const w = o.insertwidth;
    const x = this.layoutX + this.charX(insert) - (w === 1 ? 1 : Math.trunc(w / 2));
    const rect = this.lineBox(x, w);
    Object.assign(app.caret, { '-x': x, '-y': rect.y, '-height': rect.h });
    if (insert < this.left || x >= win.width - this.inset - this.buttonWidth) return null;
    const b = o.insertbackground;
    return {
      rect,
      color: b.background,
      border: o.insertborderwidth > 0 ? bevelOf(b, o.insertborderwidth, 'raised') : null,
      onMs: o.insertontime,
      offMs: o.insertofftime,
    };
  }

  private shows(revision: number, now: Shown): void {
    this.page = now;
    this.past.set(revision, now);
    this.past.delete(revision - PAST);
  }

  /**
   * What the visitor did to the native field. The part that differs is deleted and inserted as if typed. The field may not have shown yet
   * what keys or scripts did meanwhile: then what was typed at its cursor goes to where the cursor is now, and other edits are lost.
   */
  override *input(e: Extract<InputEvent, { kind: 'edit' | 'action' }>): Generator<Step, void, Value> {
    if (e.kind !== 'edit') return;
    this.redraw();
    const base = this.past.get(e.revision);
    // More may come before the field shows another revision: then it is this text that was edited.
    const field = { shown: e.text, insert: e.insert, first: e.selection?.[0] ?? -1, last: e.selection?.[1] ?? -1 };
    if (base !== undefined) this.past.set(e.revision, field);
    const late = base?.shown !== this.shown || base.insert !== this.insert;
    const [at, removed, added] = difference(base?.shown ?? '', e.text, e.insert);
    const typed = base !== undefined && at <= base.insert && base.insert <= at + removed;
    const stale = e.revision !== this.revision;
    if (stale) this.revision++;
    if (!base || this.o.state !== 'normal' || (late && !typed)) {
      if (!stale) this.revision++;
      return;
    }
    this.shows(this.revision, field);
    const from = Math.max(0, at + (late ? this.insert - base.insert : 0));
    yield* this.deleteText(from, removed);
    if (this.win.dead) return;
    yield* this.insertText(Math.min(from, this.text.length), added);
    if (this.win.dead) return;
    if (!late && this.text.length === e.text.length) {
      this.insert = Math.min(e.insert, this.text.length);
      if (e.selection) this.select(e.selection[0], Math.min(e.selection[1], this.text.length));
      else this.select(-1, -1);
    }
    this.seeInsert();
  }

  private seeInsert(): void {
    const x = this.layoutX + this.charX(this.insert);
    if (this.insert < this.left || x > this.win.width - this.inset - this.buttonWidth) this.scrollTo(this.insert);
  }
}

/** What turned `old` into `now`: where, how many characters went, what came. `caret`: index behind the change, which tells repeated letters apart. */
export function difference(old: string, now: string, caret: number): [at: number, removed: number, added: string] {
  let tail = 0;
  const most = Math.min(now.length - Math.min(caret, now.length), old.length);
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  let at = 0;
  const shorter = Math.min(old.length, now.length) - tail;
  while (at < shorter && old[at] === now[at]) at++;
  return [at, old.length - tail - at, now.slice(at, now.length - tail)];
}

/** Runs to its end at once what otherwise runs scripts in steps. */
function runNow(interp: Interp, work: Generator<Step, void, Value>): void {
  let next = work.next();
  while (!next.done) {
    try {
      const step = next.value;
      if (step.kind !== 'eval') throw new TypeError('invariant: only scripts are run at once');
      next = work.next(interp.evalNow(step.script, step.frame));
    } catch (e) {
      next = work.throw(e);
    }
  }
}
