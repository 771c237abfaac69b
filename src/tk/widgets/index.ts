/** The table of widget classes: nothing else registers one. */
import type { CommandRow } from '../../tcl/command.ts';
import { CANVAS_ROW } from '../canvas/commands.ts';
import { widgetRow } from '../widget.ts';
import { BUTTON_CLASS, CHECKBUTTON_CLASS, LABEL_CLASS, RADIOBUTTON_CLASS } from './button.ts';
import { ENTRY_ROW } from './entry-commands.ts';
import { FRAME_CLASS } from './frame.ts';
import { LABELFRAME_ROW } from './labelframe.ts';
import { LISTBOX_ROW } from './listbox-commands.ts';
import { MENUBUTTON_ROW } from './menubutton.ts';
import { MESSAGE_ROW } from './message.ts';
import { SCALE_ROW } from './scale.ts';
import { SCROLLBAR_ROW } from './scrollbar.ts';
import { SPINBOX_ROW } from './spinbox.ts';

export const WIDGET_ROWS: readonly CommandRow[] = [
  widgetRow(BUTTON_CLASS),
  CANVAS_ROW,
  widgetRow(CHECKBUTTON_CLASS),
  ENTRY_ROW,
  widgetRow(FRAME_CLASS),
  widgetRow(LABEL_CLASS),
  LABELFRAME_ROW,
  LISTBOX_ROW,
  MENUBUTTON_ROW,
  MESSAGE_ROW,
  widgetRow(RADIOBUTTON_CLASS),
  SCALE_ROW,
  SCROLLBAR_ROW,
  SPINBOX_ROW,
];
