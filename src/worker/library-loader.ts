/**
 * Loads library.js into a locked-down worker: by a reference to importScripts that only this closure holds, from one address that was fixed
 * before. File and address come by way of a global of one name, which is gone before anything else runs.
 */
import { core } from 'virtual:core';
import type { Later } from './later.ts';

/** What library.js leaves as the global: of which build it is, and its functions for what it borrows. */
type Delivery = readonly [stamp: string, make: (core: readonly unknown[]) => readonly Later[]];
/** What may not be a plain string where Trusted Types are required. */
type Address = string;

const NAME = 'tclAppletLibrary';
/** Written by the build into both files. */
const STAMP = 'STAMP_OF_THIS_BUILD';

/** To be called once, before lockdown. The loader throws what importScripts throws. */
export function libraryLoader(scope: DedicatedWorkerGlobalScope): () => readonly Later[] {
  const load = scope.importScripts.bind(scope);
  const given = take();
  // An ordinary worker of the page's origin knows its own address.
  const address = typeof given === 'object' && Array.isArray(given) ? null : ((given ?? beside(scope)) as Address);
  return () => {
    if (address !== null) load(address);
    const [stamp, make] = (address === null ? given : take()) as Delivery;
    if (stamp !== STAMP) throw new Error('it belongs to another version');
    return make(core());
  };

  function take(): unknown {
    const value: unknown = Reflect.get(scope, NAME);
    Reflect.deleteProperty(scope, NAME);
    return value;
  }
}

function beside({ location, trustedTypes }: DedicatedWorkerGlobalScope & { trustedTypes?: TrustedTypes }): Address {
  const url = new URL('library.js', location.href).href;
  return trustedTypes?.createPolicy('tcl-applet', { createScriptURL: (u) => u }).createScriptURL(url) ?? url;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}
