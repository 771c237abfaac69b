/**
 * menubutton, a button that would post a menu. Menus are hidden from tclets, so that it shows and says what it is for; its bindings are in
 * library/menubutton.tcl. Answers to menubutton.n, tkMenubutton.c and tkUnixMenubu.c.
 */
import { boolean, color, pixels, ring, string, word } from '../converters.ts';
import { BLACK } from '../defaults.ts';
import { GEOMETRY, opt, optionTable } from '../options.ts';
import { CGET, CONFIGURE, type WidgetClass, widgetRow } from '../widget.ts';
import { ButtonWidget, common, type Rows } from './button.ts';

const COMMON = common({ padx: '4p', pady: '3p', ring: '0', relief: 'flat', takefocus: '0' });
const OWN = {
  ...COMMON,
  activeforeground: opt(color, 'activeForeground', 'Background', BLACK),
  borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '1', GEOMETRY),
  direction: opt(word('direction', 'above', 'below', 'flush', 'left', 'right'), 'direction', 'Direction', 'below'),
  highlightthickness: opt(ring, 'highlightThickness', 'HighlightThickness', '0', GEOMETRY),
  indicatoron: opt(boolean, 'indicatorOn', 'IndicatorOn', '0', GEOMETRY),
  menu: opt(string, 'menu', 'Menu', ''),
  padx: opt(ring, 'padX', 'Pad', '4p', GEOMETRY),
  pady: opt(ring, 'padY', 'Pad', '3p', GEOMETRY),
  wraplength: opt(pixels, 'wrapLength', 'WrapLength', '0', GEOMETRY),
};
const ORDER =
  `activebackground activeforeground anchor background bd bg bitmap borderwidth cursor direction disabledforeground fg font foreground height
   highlightbackground highlightcolor highlightthickness image indicatoron justify menu padx pady relief compound state takefocus text textvariable
   underline width wraplength`.split(/\s+/) as (keyof typeof OWN)[];
const TABLE = optionTable(Object.fromEntries(ORDER.map((name) => [name, OWN[name]])) as Rows);

export const MENUBUTTON_CLASS: WidgetClass<ButtonWidget> = {
  command: 'menubutton',
  className: 'Menubutton',
  safe: true,
  subcommands: [CGET, CONFIGURE],
  make: (app, win) => new ButtonWidget(app, win, 'menubutton', TABLE),
};

export const MENUBUTTON_ROW = widgetRow(MENUBUTTON_CLASS);
