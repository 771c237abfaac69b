/** The table of widget classes: nothing else registers one. */
import type { CommandRow } from '../../tcl/command.ts';
import { widgetRow } from '../widget.ts';
import { FRAME_CLASS } from './frame.ts';

export const WIDGET_ROWS: readonly CommandRow[] = [widgetRow(FRAME_CLASS)];
