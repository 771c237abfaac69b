/**
 * The event queue of a worker: timers, idle handlers, window and host events. It holds no JavaScript timer: the machine asks when it
 * wants to be woken. Answers to tclNotify.c and tclTimer.c.
 */
import { type EventHandle, type EventHandler, type EventKind, type EventLoop, type Resume, type Step, waitStep } from './command.ts';
import { bound, R } from './regs.ts';
import { looking } from './search.ts';
import type { Value } from './value.ts';

export interface Clocks {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Milliseconds since 1970. */
  wallClock(): number;
}

/** About what a queued event takes, beside what it carries. */
const EVENT_BYTES = 300;

interface Entry {
  readonly kind: EventKind;
  readonly handler: EventHandler;
  /** When a timer is due. */
  readonly at: number;
  readonly order: number;
  readonly carries: unknown;
  dead: boolean;
}

export class EventQueue implements EventLoop {
  private readonly clocks: Clocks;
  /** How far the wall clock is ahead of the other. */
  private ahead = 0;
  private order = 0;
  /** By due time, then order. */
  private timers: Entry[] = [];
  private idle: Entry[] = [];
  /** Window and host events, in order of arrival. */
  private ready: Entry[] = [];
  /** What was queued before this belongs to the present round; timers that were due when that began come after it. */
  private round = 0;
  private timersNext = false;
  /** Scripts of `after` so far, of all interpreters. */
  scripts = 0;
  readonly lookers = new Set<() => void>();
  private waiter: Resume | null = null;
  /** Told when something comes in: the machine may have to be run. */
  onWork: () => void = () => {};
  /** Told when an event begins that a script, or the base of all, has waited for: an evaluation of its own. */
  onEvaluation: () => void = () => {};
  /** Told of what an event threw: true when that is all about it. */
  onFailed: (e: unknown) => boolean = () => false;

  constructor(clocks: Clocks) {
    this.clocks = clocks;
  }

  now(): number {
    return this.clocks.now();
  }

  /** A wall clock mostly tells whole milliseconds: the other tells the parts between. */
  wallClock(): number {
    const wall = this.clocks.wallClock();
    const now = this.clocks.now();
    const fine = now + this.ahead;
    if (fine >= wall && fine < wall + 1) return fine;
    // The one begins a millisecond later, or earlier, than the other has it; or someone has set it.
    const near = fine >= wall + 1 && fine < wall + 2 ? wall + 0.999 : wall;
    this.ahead = near - now;
    return near;
  }

  /** Bytes of what is queued, for the census; timers count themselves. */
  held(add: (held: unknown) => void): number {
    for (const { carries } of this.ready) add(carries);
    return EVENT_BYTES * this.ready.length;
  }

  get timerCount(): number {
    return this.timers.length + this.idle.length;
  }

  after(ms: number, handler: EventHandler): EventHandle {
    const entry = this.entry('timer', handler, this.now() + Math.max(0, ms));
    let low = 0;
    let high = this.timers.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (this.timers[mid]!.at <= entry.at) low = mid + 1;
      else high = mid;
    }
    this.timers.splice(low, 0, entry);
    this.onWork();
    return this.handle(entry, () => this.timers);
  }

  whenIdle(handler: EventHandler): EventHandle {
    const entry = this.entry('idle', handler, 0);
    this.idle.push(entry);
    this.onWork();
    return this.handle(entry, () => this.idle);
  }

  queue(kind: 'window' | 'host', handler: EventHandler, position: 'tail' | 'head' = 'tail', carries: unknown = null): EventHandle {
    R.grown += EVENT_BYTES;
    const entry = this.entry(kind, handler, 0, carries);
    if (position === 'head') {
      looking.pay(this.ready.length / 8);
      this.ready.unshift(entry);
    } else this.ready.push(entry);
    this.onWork();
    return this.handle(entry, () => this.ready);
  }

  private entry(kind: EventKind, handler: EventHandler, at: number, carries: unknown = null): Entry {
    return { kind, handler, at, order: this.order++, carries, dead: false };
  }

  private handle(entry: Entry, list: () => Entry[]): EventHandle {
    return {
      cancel: () => {
        entry.dead = true;
        const all = list();
        const i = all.indexOf(entry);
        if (i >= 0) all.splice(i, 1);
      },
    };
  }

  /** True where something outside may queue an event (a page): `vwait` then never waits in vain. */
  mayWake = (): boolean => false;
  private sleeper: { readonly at: number; readonly done: () => void } | null = null;

  /** Wakes a script that sleeps without handling events. One script runs at a time, so there is one sleeper. */
  sleep(ms: number, done: () => void): void {
    this.sleeper = { at: this.now() + ms, done };
  }

  /** Ends a sleep whose time has come; gives the time of one that has not. */
  checkSleep(): number | null {
    const s = this.sleeper;
    if (s === null) return null;
    if (s.at > this.now()) return s.at;
    this.sleeper = null;
    s.done();
    return null;
  }

  /** When the machine should be run again: now (0), at a time, or never by itself (null). */
  nextWake(): number | null {
    if (this.ready.length > 0 || this.idle.length > 0) return 0;
    return this.timers.length > 0 ? this.timers[0]!.at : null;
  }

  /** True when nothing is queued at all: a headless script has ended. */
  get empty(): boolean {
    return this.ready.length === 0 && this.idle.length === 0 && this.timers.length === 0;
  }

  *doOneEvent(kinds: ReadonlySet<EventKind>, wait: boolean): Generator<Step, number, Value> {
    for (const look of this.lookers) look();
    for (;;) {
      if (yield* this.once(kinds, wait)) return 1;
      if (!wait) return 0;
      yield waitStep('event', (resume) => {
        this.waiter = resume;
      });
    }
  }

  /** Lets whoever waits for an event look again. */
  wake(): void {
    const w = this.waiter;
    this.waiter = null;
    w?.('');
  }

  private *attempted(work: ReturnType<EventHandler>): ReturnType<EventHandler> {
    try {
      yield* work;
    } catch (e) {
      if (!this.onFailed(e)) throw e;
    }
  }

  /**
   * Handles one event that is ready: those queued so far, then due timers, then all idle handlers queued so far (Tcl_DoOneEvent). What queues itself anew
   * does not keep timers waiting.
   */
  private *once(kinds: ReadonlySet<EventKind>, waited: boolean): Generator<Step, boolean, Value> {
    const begin = ({ handler }: Entry): ReturnType<EventHandler> => {
      if (waited) this.onEvaluation();
      return this.attempted(bound(handler()));
    };
    const i = this.ready.findIndex((e) => kinds.has(e.kind));
    const timerDue = kinds.has('timer') && this.timers.length > 0 && this.timers[0]!.at <= this.now();
    const goesOn = i >= 0 && this.ready[i]!.order < this.round;
    if (goesOn || (i >= 0 && !(timerDue && this.timersNext))) {
      if (!goesOn) {
        this.round = this.order;
        this.timersNext = timerDue;
      }
      const [entry] = this.ready.splice(i, 1);
      yield* begin(entry!);
      return true;
    }
    if (timerDue) {
      this.timersNext = false;
      // All that were due when we looked run in one go; what they add waits for the next (TimerHandlerEventProc).
      const limit = this.order;
      const due = this.now();
      while (this.timers.length > 0 && this.timers[0]!.at <= due && this.timers[0]!.order < limit) {
        yield* begin(this.timers.shift()!);
      }
      return true;
    }
    if (kinds.has('idle') && this.idle.length > 0) {
      const round = this.order;
      while (this.idle.length > 0 && this.idle[0]!.order < round) yield* begin(this.idle.shift()!);
      return true;
    }
    return false;
  }
}

export const ALL_EVENTS: ReadonlySet<EventKind> = new Set(['timer', 'idle', 'window', 'host']);
