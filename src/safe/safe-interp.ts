/**
 * What makes an interpreter safe besides the `safe` flag of its commands (interp.ts hides the others): variables that tell about the machine
 * are gone, and it has no channels. Also the variables that every interpreter begins with. Answers to Tcl_MakeSafe (tclBasic.c).
 */
import { libraryRows } from '../tcl/commands/autoload.ts';
import { packagesOf } from '../tcl/commands/package-table.ts';
import { precisionOf, setPrecision } from '../tcl/double-format.ts';
import { TclError } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { linkTarget } from '../tcl/levels.ts';
import { parseNumber } from '../tcl/number.ts';
import { str } from '../tcl/value.ts';
import { addTrace, varForTrace } from '../tcl/variables.ts';
import { vfsOf } from '../tcl/vfs.ts';
import { safeBaseRow } from './safe-base.ts';

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
function platformVariables(interp: TclInterp): void {
  for (const [name, value] of Object.entries(PLATFORM)) setOnce(interp, `tcl_platform(${name})`, value);
  setOnce(interp, 'tcl_version', '8.6');
  setOnce(interp, 'tcl_patchLevel', '8.6.13');
  setOnce(interp, 'tcl_interactive', '0');
}

/** The name by which a tclet was called. */
export const ARGV0 = 'tclet';

/** What a program finds of the words it was started with: none. */
export function argumentVariables(interp: TclInterp): void {
  setOnce(interp, 'argv0', ARGV0);
  setOnce(interp, 'argv', '');
  setOnce(interp, 'argc', '0');
}

function setOnce(interp: TclInterp, name: string, value: string): void {
  if (!interp.varExists(name)) interp.setVar(name, value);
}

const HOME = '/home/tcl';
const ENVIRONMENT = [
  ['HOME', HOME],
  ['USER', PLATFORM.user],
] as const;

const TELLING = [
  'env',
  'tcl_library',
  'tcl_pkgPath',
  'tclDefaultLibrary',
  ...['os', 'osVersion', 'machine', 'user'].map((p) => `tcl_platform(${p})`),
];

/** As `package prefer` is set where the environment wants it so. */
export function readPreference(interp: TclInterp): void {
  if (interp.varExists('env(TCL_PKG_PREFER_LATEST)')) packagesOf(interp).prefer = 'latest';
}

/** A trusted child has what its parent has of the machine, and the same environment; the first has a home and its arguments. */
function inherit(interp: TclInterp): void {
  const { parent } = interp;
  if (parent === null) {
    argumentVariables(interp);
    for (const [name, value] of [...ENVIRONMENT]) interp.setVar(`env(${name})`, value);
    traceEnvironment(interp);
    for (const folder of [HOME, '/tmp']) vfsOf(interp).makeDirs(folder);
    return;
  }
  for (const name of ['auto_path', 'tcl_library', 'tcl_pkgPath']) {
    const value = parent.getVar(name);
    if (value !== undefined) interp.setVar(name, value);
  }
  // There is one environment, until one of them unsets what it has of it.
  linkTarget(interp.globalFrame, 'env').v = linkTarget(parent.globalFrame, 'env').v;
  traceEnvironment(interp);
  readPreference(interp);
}

/** What the environment has not is told of in its own words. */
function traceEnvironment(interp: TclInterp): void {
  const fn = (_env: string, name: string) => {
    if (interp.getVar(`env(${name})`) === undefined) throw new TclError('no such variable');
  };
  addTrace(varForTrace(interp.globalFrame, 'env'), { ops: ['read'], command: null, fn });
}

function stripVariables(interp: TclInterp): void {
  for (const name of TELLING) interp.unsetVar(name, interp.globalFrame, true);
}

/** What every interpreter begins with; a safe one without what tells about the machine. */
export function firstVariables(interp: TclInterp): void {
  platformVariables(interp);
  // Not there before it is first looked at.
  interp.traceVar('tcl_precision', ['read'], () => interp.setVar('tcl_precision', String(precisionOf())));
  if (!interp.safe) {
    interp.addRows(libraryRows);
    interp.addRows([safeBaseRow]);
    inherit(interp);
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
