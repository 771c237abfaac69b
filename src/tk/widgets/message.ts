/** message: text broken into lines of the shape that -aspect asks for. Answers to message.n and tkMessage.c. */
import type { WidgetProps } from '../../protocol/display.ts';
import type { VarTrace } from '../../tcl/command.ts';
import { str } from '../../tcl/value.ts';
import { anchor, anchored, asGiven, border, color, cursor, int, justify, orNone, pixels, relief, string } from '../converters.ts';
import { BLACK, NORMAL_BG } from '../defaults.ts';
import { quietly } from '../errors.ts';
import type { TkEvent } from '../events.ts';
import { font } from '../fonts.ts';
import { GEOMETRY, opt, optionTable, synonym } from '../options.ts';
import { TextLayout } from '../text-layout.ts';
import { boxOf, CGET, CONFIGURE, Widget, type WidgetClass, widgetRow } from '../widget.ts';
import { SCREEN } from '../winfo.ts';

const ROWS = {
  anchor: opt(anchor, 'anchor', 'Anchor', 'center'),
  aspect: opt(int, 'aspect', 'Aspect', '150', GEOMETRY),
  background: opt(border, 'background', 'Background', NORMAL_BG),
  bd: synonym('borderwidth'),
  bg: synonym('background'),
  borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '1', GEOMETRY),
  cursor: opt(orNone(cursor), 'cursor', 'Cursor', ''),
  fg: synonym('foreground'),
  font: opt(font, 'font', 'Font', 'TkDefaultFont', GEOMETRY),
  foreground: opt(color, 'foreground', 'Foreground', BLACK),
  highlightbackground: opt(color, 'highlightBackground', 'HighlightBackground', NORMAL_BG),
  highlightcolor: opt(color, 'highlightColor', 'HighlightColor', BLACK),
  highlightthickness: opt(pixels, 'highlightThickness', 'HighlightThickness', '0', GEOMETRY),
  justify: opt(justify, 'justify', 'Justify', 'left', GEOMETRY),
  padx: opt(asGiven(pixels), 'padX', 'Pad', '-1', GEOMETRY),
  pady: opt(asGiven(pixels), 'padY', 'Pad', '-1', GEOMETRY),
  relief: opt(relief, 'relief', 'Relief', 'flat'),
  takefocus: opt(string, 'takeFocus', 'TakeFocus', '0'),
  text: opt(string, 'text', 'Text', '', GEOMETRY),
  textvariable: opt(string, 'textVariable', 'Variable', ''),
  width: opt(pixels, 'width', 'Width', '0', GEOMETRY),
};
const TABLE = optionTable(ROWS);

export class Message extends Widget<typeof ROWS> {
  private trace: VarTrace | null = null;
  private layout = new TextLayout(this.o.font, '');

  override configured(): void {
    const { o, app } = this;
    this.trace?.remove();
    this.trace = null;
    if (o.textvariable !== '') {
      const value = app.interp.getVar(o.textvariable);
      // As in Tk, a variable that cannot be made is no error.
      if (value === undefined) quietly(() => app.interp.setVar(o.textvariable, o.text));
      else this.setText(str(value));
      quietly(() => this.watch());
    }
    if (o.highlightthickness < 0) {
      o.highlightthickness = 0;
      this.options.texts.set('highlightthickness', 0);
    }
    this.worldChanged();
  }

  private setText(text: string): void {
    this.o.text = text;
    this.options.texts.set('text', text);
  }

  private watch(): void {
    const { o, app } = this;
    this.trace = app.interp.traceVar(o.textvariable, ['write', 'unset'], (_n1, _n2, op) => {
      if (this.win.dead) return;
      if (op === 'unset') {
        quietly(() => app.interp.setVar(o.textvariable, o.text));
        return;
      }
      this.setText(str(app.interp.getVar(o.textvariable) ?? ''));
      this.worldChanged();
    });
  }

  override destroyed(): void {
    this.trace?.remove();
  }

  /** Lays the text out: a given width, or widths tried until width and height are as -aspect has them, within a tenth. */
  override worldChanged(): void {
    const { o, app, win } = this;
    // Padding not given goes by the first font, and stays.
    if (o.padx < 0) o.padx = Math.trunc(o.font.ascent / 2);
    if (o.pady === -1) o.pady = Math.trunc(o.font.ascent / 4);
    const inset = o.borderwidth + o.highlightthickness;
    const slack = Math.max(5, Math.trunc(o.aspect / 10));
    let width = o.width > 0 ? o.width : Math.trunc(SCREEN.width / 2);
    let step = o.width > 0 ? 0 : Math.trunc(width / 2);
    let w = 0;
    let h = 0;
    for (; ; step = Math.trunc(step / 2)) {
      this.layout = new TextLayout(o.font, o.text, { wrap: width, justify: o.justify });
      w = this.layout.width + 2 * (inset + o.padx);
      h = this.layout.height + 2 * (inset + o.pady);
      if (step <= 2) break;
      const aspect = Math.trunc((100 * w) / h);
      if (aspect < o.aspect - slack) width += step;
      else if (aspect > o.aspect + slack) width -= step;
      else break;
    }
    app.setInset(win, { left: inset, right: inset, top: inset, bottom: inset });
    app.requestSize(win, w, h);
    this.redraw();
  }

  override describe(): WidgetProps {
    const { o, win, layout } = this;
    const inset = o.borderwidth + o.highlightthickness;
    const [x, y] = [inset + o.padx, inset + o.pady];
    const at = anchored(o.anchor, win.width - 2 * x, win.height - 2 * y, layout.width, layout.height);
    return {
      kind: 'message',
      box: boxOf(win, o),
      aria: this.aria(),
      text: layout.block(x + at.x, y + at.y, o.foreground),
      image: null,
      indicator: null,
      state: 'normal',
      defaultRing: null,
      pressed: null,
    };
  }

  override event(event: TkEvent): void {
    if ((event.type === 'FocusIn' || event.type === 'FocusOut') && this.o.highlightthickness > 0) this.redraw();
  }
}

export const MESSAGE_CLASS: WidgetClass<Message> = {
  command: 'message',
  className: 'Message',
  safe: true,
  subcommands: [CGET, CONFIGURE],
  make: (app, win) => new Message(app, win, TABLE),
};

export const MESSAGE_ROW = widgetRow(MESSAGE_CLASS);
