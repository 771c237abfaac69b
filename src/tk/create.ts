/** Puts Tk into an interpreter: its commands and its main window. Answers to Tk_Init and tkWindow.c (TkCreateMainWindow). */
import type { CommandRow, Interp } from '../tcl/command.ts';
import { TclError } from '../tcl/errors.ts';
import { TkApp, type TkOptions } from './app.ts';
import { BIND_ROWS } from './bind.ts';
import { COMMAND_ROWS } from './commands.ts';
import { FOCUS_ROW } from './focus.ts';
import { FONT_ROW } from './font-command.ts';
import { EVENT_ROW } from './generate.ts';
import { GRID_ROW } from './geometry/grid.ts';
import { PACK_ROW } from './geometry/pack.ts';
import { PLACE_ROW } from './geometry/place.ts';
import { IMAGE_ROW } from './images/index.ts';
import { TK } from './tk-of.ts';
import { attachWidget } from './widget.ts';
import { TOPLEVEL_CLASS } from './widgets/frame.ts';
import { WIDGET_ROWS } from './widgets/index.ts';
import { WINFO_ROW } from './winfo.ts';

const ROWS: readonly CommandRow[] = [
  ...BIND_ROWS,
  ...[EVENT_ROW, FOCUS_ROW, FONT_ROW, GRID_ROW, IMAGE_ROW, PACK_ROW, PLACE_ROW, WINFO_ROW],
  ...COMMAND_ROWS,
  ...WIDGET_ROWS,
];

/** Once the main window is gone every other command of Tk says so. */
function bury(interp: Interp): void {
  for (const { name } of ROWS) {
    if (!interp.findCommand(name)) continue;
    interp.createCommand(name, {
      run() {
        throw new TclError(`can't invoke "${name}" command: application has been destroyed`);
      },
    });
  }
}

/** Makes the application of `interp`. Once per interpreter. */
export function createTk(interp: Interp, options: TkOptions): TkApp {
  const app = new TkApp(interp, options);
  interp.assoc.set(TK, app);
  app.onEnd = () => bury(interp);
  interp.addRows(ROWS);
  attachWidget(app, TOPLEVEL_CLASS, app.main, ['-class', app.main.cls]);
  interp.holders.add(() => app.held());
  app.library.start();
  interp.onDelete(() => app.destroyQuietly(app.main));
  return app;
}
