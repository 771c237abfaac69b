/**
 * What of Tk a tclet gets beyond the rows that are safe: `wm` as the Tcl plugin allowed it, two words on the main window. The commands that Safe
 * Tk hides (`bell clipboard grab menu selection send toplevel wm`) have no safe flag, or are absent. Answers to safetk.tcl.
 */

import type { StaticPackage } from '../tcl/children.ts';
import { TclError, wrongArgs } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { newList } from '../tcl/list.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import type { Audit } from './audit.ts';
import type { SafeBase } from './safe-base.ts';

/** What of Tk's application is needed here (tk/app.ts). */
export interface TkWindows {
  readonly main: { readonly width: number; readonly height: number };
  readonly wm: { withdrawn: boolean; schedule(): void };
}

/** `load {} Tk`: Tk comes into a safe interpreter by leave of its master alone. */
export function askForTk(base: SafeBase): StaticPackage {
  // biome-ignore lint/correctness/useYield: completes without a step
  return function* (interp) {
    base.log(str(newList([...interp.path])), 'TkInit called for interp with clearance: preventing Tk init', 'ERROR');
    throw new TclError('not allowed', ['TK', 'SAFE', 'PERMISSION']);
  };
}

const WM_OPTIONS = ['geometry', 'state', 'withdraw', 'deiconify'];

export function addWm(tclet: TclInterp, app: TkWindows, audit: Audit): void {
  const show = (withdrawn: boolean): Value => {
    app.wm.withdrawn = withdrawn;
    app.wm.schedule();
    return EMPTY;
  };
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
