/**
 * Errors in events: the tclet's own `bgerror` hears them; where there is none, or it fails itself, a hidden one counts, tells the page, and
 * after too many ends the tclet. Answers to tclEvent.c (TclDefaultBgErrorHandlerObjCmd) and Safe-Tcl's default bgerror.
 */
import { attempt, BREAK, callStep, type ScriptHandler, Unwind } from '../tcl/command.ts';
import { TclError } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { dictOf, elements } from '../tcl/list.ts';
import { EMPTY, str } from '../tcl/value.ts';

/** `unhandled` hears each error that the tclet did not deal with itself. */
export function handleBackgroundErrors(tclet: TclInterp, unhandled: (error: TclError) => void): void {
  const script: ScriptHandler = function* (_interp, args) {
    const message = str(args[1] ?? EMPTY);
    const options = dictOf(args[2] ?? EMPTY).m;
    const code = options.get('-errorcode') ?? 'NONE';
    const info = options.get('-errorinfo') ?? message;
    tclet.setVar('errorInfo', info);
    tclet.setVar('errorCode', code);
    // `tkerror` is what it was called before Tk 4.1, and Tk still knows.
    const handler = ['::bgerror', '::tkerror'].find((name) => tclet.findCommand(name) !== null);
    if (handler !== undefined) {
      const ended = yield* attempt(callStep(tclet.globalFrame, [handler, message], tclet));
      if (ended.code === BREAK) throw new Unwind(BREAK);
      if (ended.error === null) return EMPTY;
    }
    const error = new TclError(message, str(code) === 'NONE' ? null : elements(code).map(str));
    error.errorInfo = str(info);
    unhandled(error);
    return EMPTY;
  };
  tclet.createCommand('::tcl::Bgerror', { script });
  tclet.onBackgroundError = unhandled;
}
