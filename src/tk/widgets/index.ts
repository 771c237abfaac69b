/** The table of widget classes: nothing else registers one. */
import type { CommandRow } from '../../tcl/command.ts';
import { CANVAS_CLASS } from '../canvas/commands.ts';
import { widgetRow } from '../widget.ts';
import { BUTTON_CLASS, CHECKBUTTON_CLASS, LABEL_CLASS, RADIOBUTTON_CLASS } from './button.ts';
import { ENTRY_CLASS } from './entry-commands.ts';
import { FRAME_CLASS } from './frame.ts';
import { LABELFRAME_CLASS } from './labelframe.ts';
import { LISTBOX_CLASS } from './listbox-commands.ts';
import { MENUBUTTON_CLASS } from './menubutton.ts';
import { MESSAGE_ROW } from './message.ts';
import { SCALE_ROW } from './scale.ts';
import { SCROLLBAR_CLASS } from './scrollbar.ts';
import { SPINBOX_ROW } from './spinbox.ts';

export const WIDGET_ROWS: readonly CommandRow[] = [
  widgetRow(BUTTON_CLASS),
  widgetRow(CANVAS_CLASS),
  widgetRow(CHECKBUTTON_CLASS),
  widgetRow(ENTRY_CLASS),
  widgetRow(FRAME_CLASS),
  widgetRow(LABEL_CLASS),
  widgetRow(LABELFRAME_CLASS),
  widgetRow(LISTBOX_CLASS),
  widgetRow(MENUBUTTON_CLASS),
  MESSAGE_ROW,
  widgetRow(RADIOBUTTON_CLASS),
  SCALE_ROW,
  widgetRow(SCROLLBAR_CLASS),
  SPINBOX_ROW,
];
