/** The packages of an interpreter: what is provided, and by which scripts the rest can be. */

import type { Interp } from '../command.ts';
import { TclError } from '../errors.ts';
import { alone } from '../kept.ts';
import { str, type Value } from '../value.ts';
import { PATCH_LEVEL } from '../version.ts';
import { sameVersion } from './packages.ts';

export interface Package {
  /** The version that is there, or null. */
  version: string | null;
  /** Versions known to `package ifneeded`, with the script of each, in order of their coming. */
  readonly available: Map<string, Value>;
  /** The version whose script is running, to find circles. */
  loading: string | null;
}

interface Packages {
  readonly all: Map<string, Package>;
  unknown: Value;
  prefer: 'stable' | 'latest';
}

const KEY = Symbol('packages');
/** TclOO is there from the beginning (oo/rows.ts). */
const TCLOO = '1.1.0';
/** So is `zlib`. */
const ZLIB = '2.0.1';
/** What looks for packages where there is a script library. */
const FINDERS = '::tcl::tm::UnknownHandler ::tclPkgUnknown';

/** About what V8 takes for a package and a version of it. */
export const PACKAGE_BYTES = 500;

export function packagesOf(interp: Interp): Packages {
  let p = interp.assoc.get(KEY) as Packages | undefined;
  if (p === undefined) {
    const tcl: Package = { version: PATCH_LEVEL, available: new Map(), loading: null };
    const oo: Package = { version: TCLOO, available: new Map([[TCLOO, '# Already present, OK?']]), loading: null };
    const all = new Map<string, Package>([
      ['Tcl', tcl],
      ['TclOO', oo],
      ['zlib', { version: ZLIB, available: new Map(), loading: null }],
    ]);
    interp.holders.add(() => {
      let bytes = 0;
      for (const [name, { version, available }] of all) {
        bytes += PACKAGE_BYTES + 2 * (name.length + (version?.length ?? 0));
        for (const [version, script] of available) bytes += PACKAGE_BYTES + 2 * (version.length + str(script).length);
      }
      return bytes;
    });
    interp.assoc.set(KEY, (p = { all, unknown: interp.findCommand('unknown') === null ? '' : FINDERS, prefer: 'stable' }));
  }
  return p;
}

/** Made when it is first named. */
export function packageNamed(interp: Interp, name: string): Package {
  const { all } = packagesOf(interp);
  let p = all.get(name);
  if (p === undefined) {
    interp.budget.allocate(PACKAGE_BYTES + 2 * name.length);
    all.set(alone(name), (p = { version: null, available: new Map(), loading: null }));
  }
  return p;
}

/** For packages that live outside scripts: as `package provide`. */
export function providePackage(interp: Interp, name: string, version: string): void {
  const p = packageNamed(interp, name);
  if (p.version === null) {
    interp.budget.allocate(2 * version.length);
    p.version = version;
  } else if (!sameVersion(p.version, version)) {
    throw new TclError(`conflicting versions provided for package "${name}": ${p.version}, then ${version}`, [
      'TCL',
      'PACKAGE',
      'VERSIONCONFLICT',
    ]);
  }
}
