/**
 * What of Tk a tclet gets beyond the rows that are safe: `wm` as the Tcl plugin allowed it, two words on the main window. What Safe Tk hides is hidden
 * by name, though nothing but an error is behind it. Answers to safetk.tcl.
 */

import type { StaticPackage } from '../tcl/children.ts';
import { callStep } from '../tcl/command.ts';
import { TclError, wrongArgs } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { elements, newList } from '../tcl/list.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import type { Audit } from './audit.ts';

/** What of Tk's application is needed here (tk/app.ts). */
export interface TkWindows {
  readonly main: { readonly width: number; readonly height: number };
  readonly wm: { withdrawn: boolean; schedule(): void };
}

/** Puts Tk into an interpreter; `argv` says where, as safe::loadTk has it. */
export type PutTk = (interp: TclInterp, argv: readonly string[]) => void;

/** `load {} Tk`: Tk comes into a safe interpreter by leave of the master alone, and where the host has it. */
export function askForTk(master: TclInterp, put: PutTk | undefined): StaticPackage {
  return function* (interp) {
    let argv: string[] = [];
    if (interp.safe) {
      argv = elements(yield callStep(master.globalFrame, ['::safe::TkInit', newList([...interp.path])], master)).map(str);
    }
    if (put === undefined) throw new TclError('not allowed', ['TK', 'SAFE', 'PERMISSION']);
    put(interp, argv);
    if (interp.safe) hideUnsafe(interp);
    return EMPTY;
  };
}

/** What Safe Tk hides, and there is none of here: an application has one window, and no others to talk to. */
export const NOT_OF_TK: readonly string[] = ['bell', 'clipboard', 'grab', 'menu', 'selection', 'toplevel', 'wm'];

function hideUnsafe(interp: TclInterp): void {
  for (const name of NOT_OF_TK) {
    interp.createCommand(name, {
      run: () => {
        throw new TclError(`can't invoke "${name}" command: an application has one window here`);
      },
    });
    interp.hideCommand(name);
  }
}

const WM_OPTIONS = ['geometry', 'state', 'withdraw', 'deiconify'];

export function addWm(tclet: TclInterp, app: TkWindows, audit: Audit): void {
  const show = (withdrawn: boolean): Value => {
    app.wm.withdrawn = withdrawn;
    app.wm.schedule();
    return EMPTY;
  };
  hideUnsafe(tclet);
  tclet.createCommand('wm', {
    run: (_interp, args) => {
      const option = str(args[1] ?? EMPTY);
      if (args.length !== 3) throw wrongArgs('wm option window');
      if (!WM_OPTIONS.includes(option)) {
        const heard = `disallowed option "${option}": should be one of ${WM_OPTIONS.join(', ')}.`;
        throw audit.refuse(tclet.name, `wm ${args.slice(1).map(str).join(' ')}: ${heard}`, heard);
      }
      if (str(args[2]!) !== '.') throw audit.refuse(tclet.name, `wm ${option} ${str(args[2]!)}: not the main window`);
      if (option === 'geometry') return `${app.main.width}x${app.main.height}+0+0`;
      if (option === 'state') return app.wm.withdrawn ? 'withdrawn' : 'normal';
      return show(option === 'withdraw');
    },
  });
}
