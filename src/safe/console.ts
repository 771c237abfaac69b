/**
 * What a tclet prints: its `stdout` and `stderr`, which a bare safe interpreter has not. Both together may print so many bytes a minute; beyond
 * that a mark is printed once and the rest of the minute is dropped, in the channel, so that no command gets round it.
 */
import type { Driver } from '../tcl/channels.ts';
import { UTF8 } from '../tcl/encodings.ts';

export type ConsoleName = 'stdout' | 'stderr';

const MINUTE_MS = 60_000;
const NOTHING = new Uint8Array(0);

export class Console {
  private readonly output: (channel: ConsoleName, text: string) => void;
  private readonly now: () => number;
  private readonly bytesPerMinute: number;
  private minuteStart = -Infinity;
  private used = 0;

  /** `now` in milliseconds; `bytesPerMinute` Infinity for no quota. */
  constructor(output: (channel: ConsoleName, text: string) => void, now: () => number, bytesPerMinute: number) {
    this.output = output;
    this.now = now;
    this.bytesPerMinute = bytesPerMinute;
  }

  driver(name: ConsoleName): Driver {
    // The beginning of a character whose rest has yet to come.
    let cut: Uint8Array = NOTHING;
    return {
      write: (bytes) => {
        const room = this.room(bytes.length);
        const admitted = bytes.length <= room ? bytes : bytes.subarray(0, Math.max(0, room));
        const whole = new Uint8Array(cut.length + admitted.length);
        whole.set(cut);
        whole.set(admitted, cut.length);
        const { text, used } = UTF8.decode(whole, false);
        cut = admitted === bytes ? whole.slice(used) : NOTHING;
        const mark = admitted !== bytes && room >= 0 ? `\n[output cut: more than ${this.bytesPerMinute} bytes in a minute]\n` : '';
        if (text + mark !== '') this.output(name, text + mark);
      },
    };
  }

  /** What this minute has room for before so many bytes are counted; negative once the mark has been printed. */
  private room(bytes: number): number {
    const now = this.now();
    if (now - this.minuteStart >= MINUTE_MS) {
      this.minuteStart = now;
      this.used = 0;
    }
    const room = this.bytesPerMinute - this.used;
    this.used += bytes;
    return room;
  }
}
