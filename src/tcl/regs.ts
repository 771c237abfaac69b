/**
 * The registers of the running script, and how it stands still.
 *
 * One object of constant address: closures reach it without passing an interpreter around. Statement closures return a
 * completion code and leave their value in `R.result`; the extra code SUSPENDED means "the script pauses here". While the
 * JavaScript stack unwinds, every active node that has something left to do appends a Cell, innermost first. To go on,
 * `resumeCells` (run.ts) pops them one by one.
 */

import type { Resume, ReturnOptions, Step, WaitReason } from './command.ts';
import type { CoroutineRecord } from './coroutine.ts';
import type { Frame } from './frames.ts';
import type { Namespace } from './namespace.ts';
import type { Value } from './value.ts';

/** A completion code no script can produce: return.n allows any integer, so it is checked where codes enter. Fits a small integer everywhere. */
export const SUSPENDED = -1000000007;

/** What a node left to do. `state` is the node's own; `fail` is set by nodes that look at errors passing through. */
export class Cell {
  next: Cell | null;
  readonly go: Go;
  readonly node: unknown;
  readonly f: Frame;
  state: unknown;
  readonly fail: Fail | null;
  readonly level: number;
  /** The coroutine it belongs to. */
  readonly coroutine: CoroutineRecord | null;
  constructor(go: Go, node: unknown, f: Frame, state: unknown, fail: Fail | null, level: number) {
    this.next = null;
    this.go = go;
    this.node = node;
    this.f = f;
    this.state = state;
    this.fail = fail;
    this.level = level;
    this.coroutine = R.coroutine;
  }
}

/** Goes on after what was inside completed with `code` (value in `R.result`). */
export type Go = (cell: Cell, code: number) => number;
/** Sees an error that came out of what was inside: throws it on, or turns it into a code. */
export type Fail = (cell: Cell, error: unknown) => number;

/** Why everything stands still. */
export type Why =
  | { readonly kind: 'slice' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'wait'; readonly reason: WaitReason; readonly start: (resume: Resume) => void }
  | CoroutineRecord;

interface Registers {
  /** Units of work left until the clock is looked at. */
  fuel: number;
  /** Bytes that variables have grown by since the budget was told. */
  grown: number;
  /** Bytes of texts that were made since parts of them were last set free from the whole (census.ts). */
  texts: number;
  /** Nested evaluations now running. */
  level: number;
  /** At this level a call takes the slow way: the limit, or time to move from the JavaScript stack to the heap. */
  levelStop: number;
  /** Level at which the present JavaScript stack began. */
  levelBase: number;
  result: Value;
  /** Set with code RETURN when it is not a plain `return value`. */
  ret: ReturnOptions | null;
  /** The options of the last `return` whose code has taken effect, with its value; null when it had none. */
  kept: { readonly code: number; readonly value: Value; readonly options: ReturnOptions['options'] } | null;
  why: Why;
  /** The coroutine that runs; null in the main script. */
  coroutine: CoroutineRecord | null;
  /** What `tailcall` has left for the end of the proc that has just ended, with code RETURN. */
  tailcall: { readonly words: readonly Value[]; readonly ns: Namespace; readonly frame: Frame } | null;
  head: Cell | null;
  tail: Cell | null;
  /** The cell whose node goes on now: the node mostly stands still again, at its next round, and has it back. */
  spare: Cell | null;
  /** Nested synchronous runs (variable traces): nothing may pause inside one. */
  barriers: number;
}

export const R: Registers = {
  fuel: 0,
  grown: 0,
  texts: 0,
  level: 0,
  levelStop: 100,
  levelBase: 0,
  result: '',
  ret: null,
  kept: null,
  why: { kind: 'slice' },
  coroutine: null,
  tailcall: null,
  head: null,
  tail: null,
  spare: null,
  barriers: 0,
};

/** So many bytes were made: they are paid for at the next look at the limits, which is the sooner for it, so that little of it is garbage by then. */
export function madeBytes(bytes: number): void {
  R.grown += bytes;
  hasten(bytes);
}

/** The next look at the limits is the sooner for so many bytes. */
export function hasten(bytes: number): void {
  if (R.fuel > 0) R.fuel = Math.max(0, R.fuel - (bytes >> 7));
}

/** Texts of which a part may be held that is much less. */
export const LONG_MADE = 256;

/** The same of a long text. */
export function madeText(bytes: number): void {
  R.texts += bytes;
  madeBytes(bytes);
}

/** Of what has nothing left to do but to see errors. */
export function passGo(_cell: Cell, c: number): number {
  return c;
}

/** Appends what `node` has left to do and passes the suspension on, at `level`: where the nodes around it stand, too. */
export function capture(go: Go, node: unknown, f: Frame, state: unknown, fail: Fail | null = null, level = R.level): number {
  let cell = R.spare;
  if (
    cell !== null &&
    cell.node === node &&
    cell.f === f &&
    cell.go === go &&
    cell.level === level &&
    cell.fail === fail &&
    cell.coroutine === R.coroutine
  ) {
    R.spare = null;
    cell.next = null;
    cell.state = state;
  } else {
    cell = new Cell(go, node, f, state, fail, level);
  }
  R.level = level;
  if (R.tail === null) R.head = cell;
  else R.tail.next = cell;
  R.tail = cell;
  return SUSPENDED;
}

/** Does what Tcl does on its C stack: no coroutine yields out of it. It may wait for events. */
export function* bound<T>(work: Generator<Step, T, Value>): Generator<Step, T, Value> {
  const co = R.coroutine;
  if (co === null) return yield* work;
  co.bound++;
  try {
    return yield* work;
  } finally {
    co.bound--;
  }
}

/** A step alone, for `bound`. */
export function* single(step: Step): Generator<Step, Value, Value> {
  return yield step;
}

/** The stack of what runs, innermost first: nothing of the kind is kept, but a pause, which ends at once, captures it. */
export function* stackOf(frame: Frame): Generator<Step, Cell | null, Value> {
  let stack: Cell | null = null;
  const here = (cell: Cell): number => {
    stack = cell.next;
    return 0;
  };
  yield {
    kind: 'stmt',
    frame,
    run: (f) => {
      R.why = { kind: 'slice' };
      return capture(here, null, f, null);
    },
  };
  return stack;
}
