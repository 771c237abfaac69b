/// <reference path="./node-copies.d.ts" />
/** Hands the copies that the build makes of the node library to the engine. For what runs scripts for users. */
import { copies } from 'virtual:node-copies';
import { useNodeCopies } from './node-copies.ts';

/** To be called once: a module with nothing but effects would be dropped from the bundles (`sideEffects` in package.json). */
export function useManyNodes(): void {
  useNodeCopies(copies);
}
