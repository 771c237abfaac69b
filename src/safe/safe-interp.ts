/**
 * What makes an interpreter safe besides the `safe` flag of its commands (interp.ts hides the others): variables that tell about the machine
 * are gone, and it has no channels. Also the variables that every interpreter begins with. Answers to Tcl_MakeSafe (tclBasic.c).
 */
import { libraryRows } from '../tcl/commands/autoload.ts';
import { precisionOf, setPrecision } from '../tcl/double-format.ts';
import { TclError } from '../tcl/errors.ts';
import { TclInterp } from '../tcl/interp.ts';
import { parseNumber } from '../tcl/number.ts';
import { str } from '../tcl/value.ts';

const PLATFORM = {
  byteOrder: 'littleEndian',
  engine: 'Tcl',
  machine: 'x86_64',
  os: 'Linux',
  osVersion: '',
  pathSeparator: ':',
  platform: 'unix',
  pointerSize: '8',
  threaded: '1',
  user: 'tcl',
  wordSize: '8',
} as const;

/** `tcl_platform` and kin, in an interpreter that has none yet. */
export function platformVariables(interp: TclInterp): void {
  for (const [name, value] of Object.entries(PLATFORM)) setOnce(interp, `tcl_platform(${name})`, value);
  setOnce(interp, 'tcl_version', '8.6');
  setOnce(interp, 'tcl_patchLevel', '8.6.13');
  setOnce(interp, 'tcl_interactive', '0');
  setOnce(interp, 'argv0', 'tclet');
  setOnce(interp, 'argv', '');
  setOnce(interp, 'argc', '0');
}

function setOnce(interp: TclInterp, name: string, value: string): void {
  if (!interp.varExists(name)) interp.setVar(name, value);
}

const TELLING = [
  'env',
  'tcl_library',
  'tcl_pkgPath',
  'tclDefaultLibrary',
  ...['os', 'osVersion', 'machine', 'user'].map((p) => `tcl_platform(${p})`),
];

export function stripVariables(interp: TclInterp): void {
  for (const name of TELLING) interp.unsetVar(name, interp.globalFrame, true);
}

/** What every interpreter begins with; a safe one without what tells about the machine. */
export function firstVariables(interp: TclInterp): void {
  platformVariables(interp);
  setOnce(interp, 'tcl_precision', String(precisionOf()));
  if (!interp.safe) {
    interp.addRows(libraryRows);
    interp.traceVar('tcl_precision', ['write'], () => {
      const digits = Number(parseNumber(str(interp.readVar('tcl_precision'))) ?? -1);
      if (!Number.isInteger(digits) || digits < 0 || digits > 17) {
        interp.setVar('tcl_precision', String(precisionOf()));
        throw new TclError('improper value for precision');
      }
      setPrecision(digits);
    });
    return;
  }
  stripVariables(interp);
  // In tclsh the precision is shared by all interpreters of a process: a safe one may not touch it.
  interp.traceVar('tcl_precision', ['write'], () => {
    throw new TclError("can't modify precision from a safe interpreter");
  });
}

/** `interp create -safe`: a safe child of that name. */
export function makeSafeInterp(parent: TclInterp, name: string): TclInterp {
  return new TclInterp({ parent, name, safe: true, prepare: firstVariables });
}
