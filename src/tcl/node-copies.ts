/// <reference path="./node-copies.d.ts" />
/**
 * Which copy of the node library a unit is compiled with. Each proc keeps one, dealt out in turn, so that hot procs get type feedback
 * of their own; scripts and lambdas share the first. The copies are made by the build (vite.config.ts).
 */
import { copies } from 'virtual:node-copies';
import type { Proc } from './namespace.ts';
import type * as Nodes from './nodes.ts';

const dealt = new WeakMap<Proc, typeof Nodes>();
let next = 0;

export function nodeLibrary(proc: Proc | null): typeof Nodes {
  if (proc === null) return copies[0];
  let nodes = dealt.get(proc);
  if (nodes === undefined) {
    nodes = copies[next++ % copies.length]!;
    dealt.set(proc, nodes);
  }
  return nodes;
}
