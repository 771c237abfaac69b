/** A frame with a label in its border: text, or a window. Answers to labelframe.n and tkFrame.c. */
import type { LabelframeProps, Rect } from '../../protocol/display.ts';
import type { Value } from '../../tcl/value.ts';
import { restack } from '../commands.ts';
import { color, orNone, pixels, relief, string, window, word } from '../converters.ts';
import { BLACK } from '../defaults.ts';
import { tkError } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import { font } from '../fonts.ts';
import { checkAncestors } from '../geometry/manager.ts';
import { type Change, GEOMETRY, opt, optionTable, synonym } from '../options.ts';
import { TextLayout } from '../text-layout.ts';
import { boxOf, CGET, CONFIGURE, Widget, type WidgetClass, widgetRow } from '../widget.ts';
import type { GeometryManager, TkWindow } from '../window.ts';
import { COMMON_ROWS, classAmong, refuseCreateOnly } from './frame.ts';

const ROWS = {
  bd: synonym('borderwidth'),
  borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '2', GEOMETRY),
  class: opt(string, 'class', 'Class', 'Labelframe', 0),
  fg: synonym('foreground'),
  font: opt(font, 'font', 'Font', 'TkDefaultFont', GEOMETRY),
  foreground: opt(color, 'foreground', 'Foreground', BLACK),
  labelanchor: opt(
    word('labelanchor', 'e', 'en', 'es', 'n', 'ne', 'nw', 's', 'se', 'sw', 'w', 'wn', 'ws'),
    'labelAnchor',
    'LabelAnchor',
    'nw',
    GEOMETRY,
  ),
  labelwidget: opt(orNone(window), 'labelWidget', 'LabelWidget', '', GEOMETRY),
  relief: opt(relief, 'relief', 'Relief', 'groove'),
  text: opt(string, 'text', 'Text', '', GEOMETRY),
  ...COMMON_ROWS,
};
const TABLE = optionTable(ROWS);

/** Room around the text of a label, and between a label and the corner of the border. */
const SPACING = 1;
const MARGIN = 4;

class Labelframe extends Widget<typeof ROWS> implements GeometryManager {
  readonly name = 'labelframe';
  /** The window in the border. */
  private inBorder: TkWindow | null = null;
  private layout: TextLayout | null = null;
  /** What the label would take. */
  private labelWidth = 0;
  private labelHeight = 0;
  private waiting = false;

  override configure(words: readonly Value[]): Change {
    if (this.command) refuseCreateOnly(words);
    return super.configure(words);
  }

  override configured(): void {
    const { o, app, win } = this;
    const label = o.labelwidget;
    if (label !== this.inBorder) {
      this.release();
      if (label !== null) {
        const refusal = `can't use ${label.path} as label in this frame`;
        if (label === win || label.topLevel) throw tkError(refusal, 'GEOMETRY', 'HIERARCHY');
        checkAncestors(label, win, refusal);
        this.inBorder = label;
        app.manage(label, this);
        if (label.parent !== win) restack(app, ['raise', label.path, win.path], true);
      }
    }
    this.worldChanged();
  }

  /** Lets go of the window in the border, which disappears. */
  private release(): void {
    const { inBorder, app } = this;
    if (inBorder === null) return;
    this.inBorder = null;
    if (inBorder.manager === this) app.manage(inBorder, null);
    app.unmaintain(inBorder);
    app.unmap(inBorder);
  }

  /** Is the label above or below, not beside, what is inside? */
  private get upright(): boolean {
    return /^[ns]/.test(this.o.labelanchor);
  }
  /** From the window's edge to where a label may begin. */
  private get margin(): number {
    const { borderwidth, highlightthickness } = this.o;
    return highlightthickness + (borderwidth > 0 ? borderwidth + MARGIN : 0);
  }

  override worldChanged(): void {
    const { o, app, win, inBorder, upright, margin } = this;
    this.layout = o.text !== '' && inBorder === null ? new TextLayout(o.font, o.text, { justify: 'center' }) : null;
    const edge = o.borderwidth + o.highlightthickness;
    const inset = { left: edge + o.padx, right: edge + o.padx, top: edge + o.pady, bottom: edge + o.pady };
    let w = this.layout ? this.layout.width + 2 * SPACING : (inBorder?.reqWidth ?? 0);
    let h = this.layout ? this.layout.height + 2 * SPACING : (inBorder?.reqHeight ?? 0);
    if (upright) h = Math.max(h, o.borderwidth);
    else w = Math.max(w, o.borderwidth);
    this.labelWidth = w;
    this.labelHeight = h;
    if (this.labelled) {
      const side = ({ n: 'top', s: 'bottom', e: 'right', w: 'left' } as const)[o.labelanchor[0] as 'n' | 's' | 'e' | 'w'];
      inset[side] += (upright ? h : w) - o.borderwidth;
    }
    app.setInset(win, inset);
    app.setMinRequest(win, w + (upright ? 2 * margin : edge), h + (upright ? edge : 2 * margin));
    if (o.width > 0 || o.height > 0) app.requestSize(win, o.width, o.height);
    this.resized();
  }

  private get labelled(): boolean {
    return this.layout !== null || this.inBorder !== null;
  }

  /** The room of the label; `full`: where it would be if all of it fitted. */
  private place(full: boolean): Rect {
    const { o, win, upright, margin, labelWidth, labelHeight } = this;
    const w = full ? labelWidth : Math.min(labelWidth, Math.max(1, win.width - (upright ? 2 * margin : 0)));
    const h = full ? labelHeight : Math.min(labelHeight, Math.max(1, win.height - (upright ? 0 : 2 * margin)));
    const roomX = win.width - w;
    const roomY = win.height - h;
    /** The side it is on, and which end of it. */
    const [side, end] = o.labelanchor;
    const at = (room: number, edge: number, towards: string, away: string, which: string | undefined) =>
      which === towards ? edge : which === away ? room - edge : Math.trunc(room / 2);
    return upright
      ? { x: at(roomX, margin, 'w', 'e', end), y: at(roomY, o.highlightthickness, 'n', 's', side), w, h }
      : { x: at(roomX, o.highlightthickness, 'w', 'e', side), y: at(roomY, margin, 'n', 's', end), w, h };
  }

  override resized(): void {
    this.redraw();
    if (this.inBorder === null || !this.win.mapped || this.waiting) return;
    this.waiting = true;
    this.app.whenIdle(() => {
      this.waiting = false;
      const { x, y, w, h } = this.place(false);
      if (this.inBorder !== null && !this.win.dead) this.app.maintain(this.inBorder, this.win, x, y, w, h);
      this.redraw();
    });
  }

  override event(event: TkEvent): void {
    if (event.type === 'Map') this.resized();
    if (event.type === 'FocusIn' || event.type === 'FocusOut') this.redraw();
  }

  override destroyed(): void {
    this.release();
  }

  // ---- as the manager of the window in its border ----

  requested(): void {
    this.worldChanged();
  }
  lost(label: TkWindow): void {
    this.inBorder = this.o.labelwidget = null;
    this.options.texts.set('labelwidget', '');
    this.app.unmaintain(label);
    if (!label.dying) this.app.unmap(label);
    if (!this.win.dying) this.worldChanged();
  }

  // ---- shown ----

  override describe(): LabelframeProps {
    const { o, win, layout, upright } = this;
    const box = boxOf(win, o);
    const hl = o.highlightthickness;
    const border = { x: hl, y: hl, w: win.width - 2 * hl, h: win.height - 2 * hl };
    const label = this.labelled ? this.place(false) : null;
    if (label !== null) {
      // Above the text the border is nearer to its foot, where most of the glyphs are.
      const up = o.labelanchor.startsWith('n') ? 1 : 0;
      const cut = Math.trunc(((upright ? label.h : label.w) - o.borderwidth + up) / 2);
      if (upright) border.h -= cut;
      else border.w -= cut;
      if (up === 1) border.y += cut;
      else if (o.labelanchor.startsWith('w')) border.x += cut;
    }
    const { x, y } = this.place(true);
    const named = this.inBorder?.widget?.options.values as { text?: unknown } | undefined;
    const name = typeof named?.text === 'string' ? named.text : layout === null ? '' : o.text;
    return {
      kind: 'labelframe',
      box,
      border,
      label: layout?.block(x + SPACING, y + SPACING, o.foreground) ?? null,
      labelBox: layout === null ? null : label,
      aria: this.aria(name),
    };
  }
}

export const LABELFRAME_CLASS: WidgetClass<Labelframe> = {
  command: 'labelframe',
  className: 'Labelframe',
  safe: true,
  subcommands: [CGET, CONFIGURE],
  make: (app, win) => new Labelframe(app, win, TABLE),
  classOf: classAmong,
};

export const LABELFRAME_ROW = widgetRow(LABELFRAME_CLASS);
