/**
 * Loads parts into a locked-down worker: by a reference to importScripts that only this closure holds, from addresses that were fixed
 * before. Files and addresses come by way of a global of one name, which is gone before anything else runs.
 */
import { core } from 'virtual:core';
import { PART_NAMES, type PartName } from '../protocol/parts.ts';
import type { Later } from './later.ts';

/** What a part leaves in the global: of which build it is, and its functions for what it borrows. */
type Delivery = readonly [stamp: string, make: (core: readonly unknown[]) => readonly Later[]];
/** What may not be a plain string where Trusted Types are required. */
type Address = string;
type Given = Readonly<Partial<Record<PartName, Address | Delivery>>>;

const NAME = 'tclAppletParts';
/** Written by the build into all files. */
const STAMP = 'STAMP_OF_THIS_BUILD';

/** To be called once, before lockdown. The loader throws what importScripts throws. */
export function partLoader(scope: DedicatedWorkerGlobalScope): (part: PartName) => readonly Later[] {
  const load = scope.importScripts.bind(scope);
  // An ordinary worker of the page's origin knows its own address.
  const given = take() ?? beside(scope);
  return (part) => {
    let found = given[part];
    if (!Array.isArray(found)) {
      load(found as Address);
      found = take()?.[part];
    }
    const [stamp, make] = found as Delivery;
    if (stamp !== STAMP) throw new Error('it belongs to another version');
    return make(core[part]());
  };

  function take(): Given | undefined {
    const value = Reflect.get(scope, NAME) as Given | undefined;
    Reflect.deleteProperty(scope, NAME);
    return value;
  }
}

function beside({ location, trustedTypes }: DedicatedWorkerGlobalScope & { trustedTypes?: TrustedTypes }): Given {
  const policy = trustedTypes?.createPolicy('tcl-applet', { createScriptURL: (u) => u });
  const address = (part: PartName): Address => {
    const url = new URL(`${part}.js`, location.href).href;
    return policy?.createScriptURL(url) ?? url;
  };
  return Object.fromEntries(PART_NAMES.map((part) => [part, address(part)]));
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}
