/**
 * Runs the machine in slices and lets messages in between: a slice ends, the port is looked at, the next begins. Keeps the clock of
 * "one uninterrupted evaluation" and stops for the visitor's word when it runs too long.
 */

/** Milliseconds of a slice: short enough that stop and input are felt at once. */
export const SLICE_MS = 12;
/** One evaluation may run so long before the page asks whether to wait (DESIGN section 5). */
export const BUSY_MS = 10_000;

/** What the scheduler needs of the machine (tcl/machine.ts). */
export interface Runnable {
  run(sliceMs: number): { readonly state: 'more' } | { readonly state: 'idle'; readonly wakeAt: number | null };
}

export interface Platform {
  now(): number;
  /** Calls `fn` as soon as pending messages have been handled. */
  soon(fn: () => void): void;
  setTimer(fn: () => void, ms: number): number;
  clearTimer(id: number): void;
}

export class Scheduler {
  private readonly machine: Runnable;
  private readonly platform: Platform;
  private readonly onBusy: (ms: number) => void;
  private queued = false;
  private timer: number | null = null;
  private paused = false;
  /** It waits for the visitor after BUSY_MS. */
  private asking = false;
  /** When the present evaluation began; null when idle. */
  private since: number | null = null;

  constructor(machine: Runnable, platform: Platform, onBusy: (ms: number) => void) {
    this.machine = machine;
    this.platform = platform;
    this.onBusy = onBusy;
  }

  /** Something may be ready to run. */
  kick(): void {
    if (this.queued || this.paused || this.asking) return;
    this.queued = true;
    if (this.timer !== null) this.platform.clearTimer(this.timer);
    this.timer = null;
    this.platform.soon(() => this.step());
  }

  pause(on: boolean): void {
    this.paused = on;
    if (!on) this.kick();
  }

  /** The visitor waits on. */
  moreTime(): void {
    this.asking = false;
    this.since = null;
    this.kick();
  }

  private step(): void {
    this.queued = false;
    if (this.paused || this.asking) return;
    this.since ??= this.platform.now();
    const result = this.machine.run(SLICE_MS);
    if (result.state === 'more') {
      const ran = this.platform.now() - this.since;
      if (ran >= BUSY_MS) {
        this.asking = true;
        this.onBusy(Math.round(ran));
        return;
      }
      this.kick();
      return;
    }
    this.since = null;
    if (result.wakeAt !== null) {
      const wait = Math.max(0, result.wakeAt - this.platform.now());
      this.timer = this.platform.setTimer(() => {
        this.timer = null;
        this.kick();
      }, wait);
    }
  }
}
