/** Which copy of the node library a unit is compiled with. */
import type { Proc } from './namespace.ts';
import * as nodes from './nodes.ts';

export function nodeLibrary(_proc: Proc | null): typeof nodes {
  return nodes;
}
