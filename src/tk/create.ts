/** Puts Tk into an interpreter: its commands and its main window. Answers to Tk_Init and tkWindow.c (TkCreateMainWindow). */
import type { Interp } from '../tcl/command.ts';
import { TkApp, type TkOptions } from './app.ts';
import { FONT_ROW } from './fonts.ts';
import { TK } from './tk-of.ts';
import { attachWidget } from './widget.ts';
import { TOPLEVEL_CLASS } from './widgets/frame.ts';
import { WIDGET_ROWS } from './widgets/index.ts';

/** Makes the application of `interp`. Once per interpreter. */
export function createTk(interp: Interp, options: TkOptions): TkApp {
  const app = new TkApp(interp, options);
  interp.assoc.set(TK, app);
  interp.addRows([FONT_ROW, ...WIDGET_ROWS]);
  attachWidget(app, TOPLEVEL_CLASS, app.main, []);
  return app;
}
