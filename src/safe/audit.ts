/**
 * The log that hears the whole truth: every life-cycle event, decision and refused call, while the tclet hears a short text.
 * Classes and cutting are those of the Tcl plugin's log (protocol/host.ts); what the page does with the lines is its affair.
 */

import { type LogClass, type LogEntry, logText } from '../protocol/host.ts';
import { TclError } from '../tcl/errors.ts';

/** Lines the log takes at once, and a second after that. */
const BURST = 200;
const RATE = 50;

/** A share of the log: lines that come faster than they may are dropped and counted. */
class Share {
  private room = BURST;
  private at = 0;
  dropped = 0;

  take(now: number): boolean {
    this.room = Math.min(BURST, this.room + (Math.max(0, now - this.at) * RATE) / 1000);
    this.at = now;
    if (this.room < 1) {
      this.dropped++;
      return false;
    }
    this.room--;
    return true;
  }
}

export class Audit {
  private readonly sink: (entry: LogEntry) => void;
  private readonly now: () => number;
  /** A tclet that floods the log loses none of what security says, until that is a flood itself. */
  private readonly shares = { security: new Share(), other: new Share() };

  /** `now`: milliseconds since 1970. */
  constructor(sink: (entry: LogEntry) => void, now: () => number) {
    this.sink = sink;
    this.now = now;
  }

  log(id: string, text: string, kind: LogClass = 'NOTICE'): void {
    const time = this.now();
    const share = kind === 'SECURITY' ? this.shares.security : this.shares.other;
    if (share.take(time)) this.write(share, { kind, time, id, text });
  }

  /** The last line of a tclet: how it ended is told whatever went before. */
  end(id: string, text: string): void {
    this.write(this.shares.other, { kind: 'NOTICE', time: this.now(), id, text });
  }

  private write(share: Share, { kind, time, id, text }: LogEntry): void {
    if (share.dropped > 0) {
      this.sink({ kind: 'WARNING', time, id, text: `${share.dropped} lines dropped: more than ${RATE} a second` });
      share.dropped = 0;
    }
    this.sink({ kind, time, id, text: logText(text) });
  }

  /** Logs the truth and makes the error that the tclet hears. */
  refuse(
    id: string,
    truth: string,
    heard = 'permission denied',
    code: readonly string[] | null = null,
    kind: LogClass = 'ERROR',
  ): TclError {
    this.log(id, truth, kind);
    return new TclError(heard, code);
  }
}
