/// <reference path="./node-copies.d.ts" />
/**
 * Which copy of the node library code is compiled with, so that hot procs get type feedback of their own. All code begins with the common
 * copy, which is warm soon since everything uses it. A proc that proves hot is compiled anew with the others, each node of a kind
 * with the next: a node that is alone in its copy, or nearly, knows which nodes it calls, and V8 makes one function of them all. A large
 * proc has too many nodes of a kind for that, and stays: V8 would have all copies to optimize, for a second or two, and for nothing.
 * The copies are made by the build (vite.config.ts); those that a worker does not start with are loaded for its first hot proc.
 */
import { copies } from 'virtual:node-copies';
import { TclError } from './errors.ts';
import { moreCopies } from './more-copies.ts';
import { HOT, type Proc } from './namespace.ts';
import type * as Nodes from './nodes.ts';

type Library = typeof Nodes;
type Maker = (...operands: unknown[]) => unknown;

const common: Library = copies[0]!();
let hot: Library | null = null;

export function nodeLibrary(proc: Proc | null): Library {
  return proc === null || proc.heat < HOT || proc.unit?.large ? common : (hot ??= dealt());
}

/** True for the copy that a proc leaves once it proves hot. */
export function isCommon(library: Library): boolean {
  return library === common;
}

/** A library that takes its nodes from the other copies in turn. */
function dealt(): Library {
  const others = copies.slice(1);
  try {
    others.push(...moreCopies());
  } catch (e) {
    // Where they can't be loaded, code goes on sharing the common one.
    if (!(e instanceof TclError)) throw e;
  }
  if (others.length === 0) return { ...common };
  // A copy takes a millisecond to make: when it is first asked for.
  const made: Record<string, Maker>[] = [];
  const makers = Object.keys(common).map((kind): [string, Maker] => {
    let next = 0;
    return [
      kind,
      (...operands) => {
        const i = next++ % others.length;
        made[i] ??= others[i]!() as unknown as Record<string, Maker>;
        return made[i][kind]!(...operands);
      },
    ];
  });
  return Object.fromEntries(makers) as unknown as Library;
}
