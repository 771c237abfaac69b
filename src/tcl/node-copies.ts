/**
 * Which copy of the node library a unit is compiled with. Each proc keeps one, dealt out in turn, so that hot procs get type feedback
 * of their own; scripts and lambdas share the first. The copies are made by the build (vite.config.ts) and handed over by the entries.
 */
import type { Proc } from './namespace.ts';
import * as first from './nodes.ts';

type Nodes = typeof first;

const dealt = new WeakMap<Proc, Nodes>();
let copies: readonly Nodes[] = [first];
let next = 0;

export function useNodeCopies(made: readonly Nodes[]): void {
  copies = made;
}

export function nodeLibrary(proc: Proc | null): Nodes {
  if (proc === null) return first;
  let nodes = dealt.get(proc);
  if (nodes === undefined) {
    nodes = copies[next++ % copies.length]!;
    dealt.set(proc, nodes);
  }
  return nodes;
}
