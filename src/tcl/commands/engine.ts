/** The way from the `Interp` that handlers are given to the engine behind it, for commands that look inside. */
import { type Interp, OK, type PlainHandler, type ScriptHandler } from '../command.ts';
import { TclInterp } from '../interp.ts';
import { R } from '../regs.ts';

/** The engine of an interpreter: there is one implementation, so anything else is our own bug. */
export function engineOf(interp: Interp): TclInterp {
  if (interp instanceof TclInterp) return interp;
  throw new Error('invariant: an interpreter is a TclInterp');
}

/**
 * A plain handler that may change what names mean, as a script command: code after it in the same script is then looked at anew,
 * since a plain command is trusted to leave commands as they are.
 */
export function changing(run: PlainHandler): ScriptHandler {
  return (interp, args, frame) => {
    R.result = run(interp, args, frame);
    return OK;
  };
}
