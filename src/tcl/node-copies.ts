/// <reference path="./node-copies.d.ts" />
/**
 * Which copy of the node library a unit is compiled with, so that hot procs get type feedback of their own. The first procs of a worker get
 * a copy each at once: a small program is at full speed from its start. When all are dealt, procs begin with the common copy, where scripts
 * and lambdas are too, and get another, in turn, once they prove hot. A worker starts with few copies, since reading each takes a
 * millisecond or two; the others are loaded when several hot procs share each of these. The copies are made by the build (vite.config.ts).
 */
import { copies } from 'virtual:node-copies';
import { TclError } from './errors.ts';
import { moreCopies } from './more-copies.ts';
import { HOT, type Proc } from './namespace.ts';
import type * as Nodes from './nodes.ts';

type Library = typeof Nodes;

/** The common copy is the first. A library is made when it is first asked for. */
const made: Library[] = [];
const dealt = new WeakMap<Proc, number>();
let next = 0;
let all: readonly (() => Library)[] = copies;
let asked = false;
/** Procs to a copy before more are loaded. */
const SHARED = 3;

export function nodeLibrary(proc: Proc | null): Library {
  return library(proc === null ? 0 : place(proc));
}

/** True for the copy that a proc leaves once it proves hot. */
export function isCommon(library: Library): boolean {
  return library === made[0];
}

function place(proc: Proc): number {
  let i = dealt.get(proc) ?? -1;
  if (i > 0 || (i === 0 && proc.heat < HOT)) return i;
  if (next >= SHARED * (all.length - 1)) loadMore();
  const own = all.length - 1;
  i = next < own || i === 0 ? 1 + (next++ % own) : 0;
  dealt.set(proc, i);
  return i;
}

/** Once; when they can't be loaded, procs go on sharing. */
function loadMore(): void {
  if (asked) return;
  asked = true;
  try {
    all = [...copies, ...moreCopies()];
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
  }
}

function library(i: number): Library {
  return (made[i] ??= all[i]!());
}
