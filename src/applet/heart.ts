/**
 * Whether a worker lives. It is asked each second; between slices it answers, and there a limit of time ends what it computes. One that is silent past
 * the limit is in the middle of something that nothing inside can end: it is asked once more, and given up within 250 ms of that.
 */

/** How often the worker is asked, and how long it may be silent before the visitor is told. */
const PING_MS = 1000;
const SILENCE_MS = 10_000;
/** A busy machine may keep an idle worker from its processor for so long. */
const SLACK_MS = 1000;
/** The time for a last word. A quarter of a second is promised (DESIGN section 5): the rest is for timers that are late. */
const LAST_WORD_MS = 200;
/** A worker that starts, or loads a part from a slow network, may take so long on top. */
const PATIENCE_MS = 15_000;
/** Timers count in 31 bits. */
const MAX_TIMER_MS = 2_000_000_000;

export interface HeartHooks {
  ping(): void;
  /** It has been silent for long, and is heard again. */
  silent(ms: number): void;
  calm(): void;
  /** It gave no last word. */
  dead(): void;
}

export class Heart {
  private readonly hooks: HeartHooks;
  private readonly timeMs: number | null;
  private readonly beats: ReturnType<typeof setInterval>;
  private verdict: ReturnType<typeof setTimeout> | undefined;
  /** When the oldest question was asked that has no answer; null when there is none. Silence before a question is no silence. */
  private asked: number | null = null;
  private patience = PATIENCE_MS;
  private told = false;

  /** `timeMs`: the tclet's limit of time; null for none, and then only the visitor gives up. */
  constructor(timeMs: number | null, hooks: HeartHooks) {
    this.hooks = hooks;
    this.timeMs = timeMs;
    this.beats = setInterval(() => this.beat(), PING_MS);
    this.beat();
  }

  private beat(): void {
    if (this.asked === null) {
      this.hooks.ping();
      this.listen();
      return;
    }
    const silent = performance.now() - this.asked;
    if (silent < SILENCE_MS || this.told) return;
    this.told = true;
    this.hooks.silent(Math.round(silent));
  }

  /** Begins to wait for an answer, or all over again. */
  private listen(): void {
    this.asked = performance.now();
    this.told = false;
    clearTimeout(this.verdict);
    if (this.timeMs === null) return;
    this.verdict = setTimeout(() => this.decide(), Math.min(this.timeMs + SLACK_MS + this.patience, MAX_TIMER_MS));
  }

  /** The page itself may have been too busy to hear: what was said meanwhile is heard before the last word is over. */
  private decide(): void {
    this.hooks.ping();
    this.verdict = setTimeout(() => this.hooks.dead(), LAST_WORD_MS);
  }

  /** Whatever it says, it lives. */
  heard(): void {
    this.asked = null;
    this.patience = 0;
    clearTimeout(this.verdict);
    if (!this.told) return;
    this.told = false;
    this.hooks.calm();
  }

  /** The visitor waits on. */
  wait(): void {
    if (this.asked !== null) this.listen();
  }

  /** It waits for the network itself. */
  loading(): void {
    this.patience = PATIENCE_MS;
    this.wait();
  }

  stop(): void {
    clearInterval(this.beats);
    clearTimeout(this.verdict);
  }
}
