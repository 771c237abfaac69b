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
  run(sliceMs: number): { readonly state: 'more' } | { readonly state: 'idle'; readonly wakeAt: number | null; readonly asking: boolean };
}

export interface Platform {
  now(): number;
  /** Calls `fn` as soon as pending messages have been handled. */
  soon(fn: () => void): void;
  setTimer(fn: () => void, ms: number): number;
  clearTimer(id: number): void;
}

export type Scheduler = ReturnType<typeof makeScheduler>;

export function makeScheduler(machine: Runnable, platform: Platform, onBusy: (ms: number) => void) {
  let queued = false;
  let timer: number | null = null;
  let paused = false;
  /** It waits for the visitor after BUSY_MS. */
  let asking = false;
  /** How long the tclet has computed since it was idle, in ms. */
  let ran = 0;
  return { kick, pause, moreTime };

  /** Something may be ready to run. */
  function kick(): void {
    if (queued || paused || asking) return;
    queued = true;
    if (timer !== null) platform.clearTimer(timer);
    timer = null;
    platform.soon(() => step());
  }

  function pause(on: boolean): void {
    paused = on;
    if (!on) kick();
  }

  /** The visitor waits on. */
  function moreTime(): void {
    asking = false;
    ran = 0;
    kick();
  }

  function step(): void {
    queued = false;
    if (paused || asking) return;
    const begun = platform.now();
    const result = machine.run(SLICE_MS);
    ran += platform.now() - begun;
    if (ran >= BUSY_MS && (result.state === 'more' || result.asking)) {
      asking = true;
      onBusy(Math.round(ran));
      return;
    }
    if (result.state === 'more') return kick();
    if (!result.asking) ran = 0;
    if (result.wakeAt !== null) {
      const wait = Math.max(0, result.wakeAt - platform.now());
      timer = platform.setTimer(() => {
        timer = null;
        kick();
      }, wait);
    }
  }
}
