/**
 * The log that hears the whole truth: every life-cycle event, decision and refused call, while the tclet hears a short text.
 * Classes and cutting are those of the Tcl plugin's log (protocol/host.ts); what the page does with the lines is its affair.
 */

import { type LogClass, type LogEntry, logText } from '../protocol/host.ts';
import { TclError } from '../tcl/errors.ts';

export class Audit {
  private readonly sink: (entry: LogEntry) => void;
  private readonly now: () => number;

  /** `now`: milliseconds since 1970. */
  constructor(sink: (entry: LogEntry) => void, now: () => number) {
    this.sink = sink;
    this.now = now;
  }

  log(id: string, text: string, kind: LogClass = 'NOTICE'): void {
    this.sink({ kind, time: this.now(), id, text: logText(text) });
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
