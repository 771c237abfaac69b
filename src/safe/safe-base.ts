/// <reference path="../tcl/tcl-text.d.ts" />
/**
 * The Safe Base: safe interpreters that may read the script library through tokens, find packages and modules there, and have a few unsafe commands
 * back as aliases that refuse what is dangerous. Every refusal speaks twice: a short text to the child, the truth to the log. What a master has for it
 * is put in here; its commands are in safe-commands.ts. Answers to library/safe.tcl and safe.n.
 */
import type { CommandRow } from '../tcl/command.ts';
import { libraryFiles, moduleFiles } from '../tcl/commands/autoload.ts';
import { engineOf } from '../tcl/commands/engine.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { newList } from '../tcl/list.ts';
import { EMPTY } from '../tcl/value.ts';
import policies from './library/policy.tcl?raw';
import safetk from './library/safetk.tcl?raw';
import { LIBRARY, SAFE_BASE, SafeChildren, type SafeLog } from './safe-children.ts';
import { safeRows } from './safe-commands.ts';

const EXPORTS = [
  ...['interpCreate', 'interpInit', 'interpConfigure', 'interpDelete'],
  ...['interpAddToAccessPath', 'interpFindInAccessPath', 'setLogCmd'],
];
/** Trusted interpreters below the first have the Safe Base once they call it. */
const AUTO_LOAD = 'if {![interp issafe]} ::tcl::SafeBase';
/** Where modules are looked for. */
const MODULES = '/lib/tcl8/8.6';

/** `::tcl::SafeBase`, in a trusted interpreter. */
export const safeBaseRow: CommandRow = {
  name: '::tcl::SafeBase',
  min: 0,
  max: 0,
  usage: '',
  run: (interp) => {
    createSafeBase(engineOf(interp), () => {});
    return EMPTY;
  },
};

/** `sink` hears every event. */
export function createSafeBase(master: TclInterp, sink: SafeLog): SafeChildren {
  const base = new SafeChildren(master, sink);
  master.assoc.set(SAFE_BASE, base);
  if (master.parent === null) {
    const files = { 'policy.tcl': policies, 'safetk.tcl': safetk };
    const autoLoaded = EXPORTS.map((name) => [`::safe::${name}`, AUTO_LOAD] as const);
    base.vfs.mount(LIBRARY, libraryFiles(files, autoLoaded));
    base.vfs.mount(MODULES, moduleFiles);
    master.setVar('tcl_library', LIBRARY);
    master.setVar('tcl_pkgPath', '/lib');
    master.setVar('auto_path', newList([LIBRARY, '/lib']));
    master.makeNamespace('::tcl::tm', master.globalNs);
    master.setVar('::tcl::tm::paths', MODULES);
  }
  master.makeNamespace('::safe', master.globalNs).exports.push(...EXPORTS);
  master.addRows(safeRows);
  return base;
}
