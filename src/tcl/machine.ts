/**
 * The machine: one script runs at a time, in slices. At its base stands the event loop, as a generator like any other command, so
 * whatever a script waits for inside (`vwait`, `update`, a host call) nests as Tcl nests it.
 */
import { clock, FUEL, nextDeadline } from './budget.ts';
import { census } from './census.ts';
import type { Resume, Step } from './command.ts';
import { TclError } from './errors.ts';
import { ALL_EVENTS } from './events.ts';
import type { TclInterp } from './interp.ts';
import { type Cell, R, SUSPENDED } from './regs.ts';
import { drive, internalErrors, lazySite, resumeCells, setBase } from './run.ts';
import type { Value } from './value.ts';

export type MachineState =
  /** The slice is over: run again after looking at messages. */
  | { readonly state: 'more' }
  /**
   * Nothing to do until `wakeAt` (ms of the event queue's clock; null: until something is queued). `asking`: a script stands in its middle until the
   * host has answered.
   */
  | { readonly state: 'idle'; readonly wakeAt: number | null; readonly asking: boolean };

interface Waiting {
  /** Null until answered. */
  answer: { readonly value: Value | TclError } | null;
  readonly reason: 'event' | 'host';
}

export class Machine {
  protected readonly interp: TclInterp;
  /** What was captured at the last pause. */
  private rest: Cell | null = null;
  /** The last of them: many coroutines in each other are a long list. */
  private last: Cell | null = null;
  /** The interpreter that ran at the last pause. */
  private at: TclInterp | null;
  private waiting: Waiting | null = null;
  private started = false;
  private running = false;

  /** `interp`: the master; its event queue is the machine's. */
  constructor(interp: TclInterp) {
    this.interp = interp;
    this.at = interp;
    clock.interp = interp;
    clock.now = () => interp.events.now();
  }

  /** Set while the host has something for the script: called when an answer came in from outside a slice. */
  set onWork(fn: () => void) {
    this.interp.events.onWork = fn;
  }

  run(sliceMs: number): MachineState {
    if (this.running) return { state: 'more' };
    this.running = true;
    try {
      return this.slice(sliceMs);
    } finally {
      this.running = false;
    }
  }

  private slice(sliceMs: number): MachineState {
    const { events } = this.interp;
    const end = clock.now() + sliceMs;
    clock.sliceEnd = end;
    clock.interp = this.at;
    // What asks the host all the time uses little fuel between: the clock is looked at for it.
    R.fuel = clock.now() < nextDeadline() ? FUEL : -FUEL;
    for (;;) {
      if (this.waiting !== null) {
        if (this.waiting.answer === null && this.waiting.reason === 'event') {
          const wake = events.nextWake();
          if (wake !== null && wake <= clock.now()) events.wake();
        }
        const asleep = this.waiting.reason === 'host' ? events.checkSleep() : null;
        if (this.waiting.answer === null) {
          const onEvent = this.waiting.reason === 'event';
          return { state: 'idle', wakeAt: onEvent ? events.nextWake() : asleep, asking: !onEvent && asleep === null };
        }
      }
      this.go();
      if (clock.census !== null) {
        const begun = clock.now();
        clock.census.budget.counted(census(clock.census, this.rest), begun);
        clock.census = null;
      }
      if (clock.now() >= end) return { state: 'more' };
    }
  }

  /** Runs until the next pause. */
  private go(): void {
    const waited = this.waiting;
    this.waiting = null;
    const rest = this.rest;
    this.rest = null;
    clock.interp = this.at;
    R.head = null;
    R.tail = null;
    let c: number;
    try {
      if (!this.started) {
        this.started = true;
        setBase(0);
        c = drive(this.loop(), this.interp.globalFrame, lazySite([]));
      } else if (waited !== null) {
        const { value } = waited.answer!;
        if (value instanceof TclError) {
          c = resumeCells(rest, 0, value, this.last);
        } else {
          R.result = value;
          c = resumeCells(rest, 0, null, this.last);
        }
      } else {
        c = resumeCells(rest, 0, null, this.last);
      }
    } catch (e) {
      // The base loop reports script errors itself: what comes out here is our own bug. Begin again above it.
      internalErrors.report(e);
      this.started = false;
      this.at = this.interp;
      return;
    }
    if (c !== SUSPENDED) {
      this.started = false;
      return;
    }
    this.rest = R.head;
    this.last = R.tail;
    this.at = clock.interp;
    const { why } = R;
    if (why.kind === 'wait') {
      const w: Waiting = { answer: null, reason: why.reason };
      this.waiting = w;
      const resume: Resume = (value) => {
        if (w.answer !== null) return;
        w.answer = { value };
        if (!this.running) this.interp.events.onWork();
      };
      why.start(resume);
    }
  }

  private *loop(): Generator<Step, Value, Value> {
    const { events } = this.interp;
    for (;;) {
      try {
        yield* events.doOneEvent(ALL_EVENTS, true);
      } catch (e) {
        // Handlers report their own errors; a limit that passed ends just the event.
        if (e instanceof TclError) this.onEscaped(e);
        else throw e;
      }
    }
  }

  /** A limit error or cancellation that unwound a whole event: the host decides what becomes of the tclet. */
  onEscaped: (error: TclError) => void = (e) => {
    this.interp.onBackgroundError(e);
  };
}
