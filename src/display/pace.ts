/**
 * How much of the page's thread the displays of a page may have: some milliseconds of each frame, and of what the browser does after them (style, layout,
 * painting) no more than fits into the frame, which is learnt from how long frames take.
 */

/** Milliseconds of a frame, of our own code; where nobody sees the page, frames are few and nobody minds. */
const SLICE_MS = 5;
const HIDDEN_SLICE_MS = 40;
/** A frame of 60 a second, with what the browser does in it, and one that took too long. */
const SHORT_FRAME_MS = 20;
const LONG_FRAME_MS = 40;
/** Units of work in a frame, one being about what a window costs that changes its place. */
const FIRST = 200;
const LEAST = 100;
const MOST = 4000;

class Pace {
  private allowed = FIRST;
  private units = FIRST;
  private ms = SLICE_MS;
  /** When the first display had its turn in this frame; null before. */
  private began: number | null = null;
  private readonly channel = new MessageChannel();

  constructor() {
    this.channel.port1.onmessage = () => this.frameEnded();
  }

  /** Something was done that the browser will have work with. */
  spend(units: number): void {
    this.units -= units;
  }

  /** Takes steps until there are none (true), or the frame has no more room for them. At least one, so that all come to an end. */
  during(step: () => boolean): boolean {
    let now = performance.now();
    const end = now + this.ms;
    let more: boolean;
    do {
      more = step();
      now = performance.now();
    } while (more && now < end && this.units > 0);
    this.ms = Math.max(0, end - now);
    return !more;
  }

  /** A display has its turn in a frame: what the browser does in it comes before the message. */
  inFrame(): void {
    if (this.began !== null) return;
    this.began = performance.now();
    this.channel.port2.postMessage(null);
  }

  private frameEnded(): void {
    const took = performance.now() - (this.began ?? 0);
    const spent = this.allowed - this.units;
    if (took > LONG_FRAME_MS) this.allowed = Math.max(LEAST, Math.floor(this.allowed / 2));
    else if (this.units <= 0 && took < SHORT_FRAME_MS) this.allowed = Math.min(MOST, Math.ceil(this.allowed * 1.25));
    // What cost little yesterday says nothing of what comes today.
    else this.allowed = Math.min(this.allowed, Math.max(FIRST, 2 * spent));
    this.began = null;
    this.units = this.allowed;
    this.ms = document.visibilityState === 'hidden' ? HIDDEN_SLICE_MS : SLICE_MS;
  }
}

/** One for the page: its applets share its thread. */
export const pace = new Pace();
