/**
 * What a tclet's worker may ask of the page and what the page answers: the requests, the answers, and the check of a request on
 * arrival. The page believes nothing of it beyond its shape: `host/gate.ts` decides each one again. Imports nothing.
 */

/** Numbers are whole and not negative; `at` and `size` count bytes. */
export type HostRequest =
  /** Opens a scratch file, making it first with `create`. The value of the answer is its contents. */
  | { readonly op: 'scratch-open'; readonly name: string; readonly create: boolean }
  /** Puts bytes into an open scratch file at `at`, a gap filled with zeroes. */
  | { readonly op: 'scratch-write'; readonly name: string; readonly at: number; readonly bytes: Uint8Array }
  /** Cuts an open scratch file, or extends it with zeroes. */
  | { readonly op: 'scratch-truncate'; readonly name: string; readonly size: number }
  /** Gives back one of the open places. */
  | { readonly op: 'scratch-close'; readonly name: string }
  /** Removes a scratch file that is not open. */
  | { readonly op: 'scratch-delete'; readonly name: string };

export type HostAnswer =
  | { readonly ok: true; readonly value: string | Uint8Array }
  /** `message` is the short text that the tclet may hear. */
  | { readonly ok: false; readonly message: string };

/** Classes of the plugin's log, the least serious first. */
export type LogClass = 'DEBUG' | 'NOTICE' | 'WARNING' | 'ERROR' | 'SECURITY' | 'SLAVE';
export const LOG_CLASSES: readonly LogClass[] = ['DEBUG', 'NOTICE', 'WARNING', 'ERROR', 'SECURITY', 'SLAVE'];

/** One line of the log. */
export interface LogEntry {
  readonly kind: LogClass;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The interpreter it is about: `tclet1`. */
  readonly id: string;
  /** At most 256 characters, white space squeezed. */
  readonly text: string;
}

/** Longest name of a file, and most bytes in one request. */
const MAX_NAME = 255;
const MAX_BYTES = 1 << 20;

/** The request that `data` is, built anew from what was checked, or null. */
export function decodeHostRequest(data: unknown): HostRequest | null {
  if (typeof data !== 'object' || data === null) return null;
  const { op, name, create, at, size, bytes } = data as Record<string, unknown>;
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME) return null;
  switch (op) {
    case 'scratch-open':
      return typeof create === 'boolean' ? { op, name, create } : null;
    case 'scratch-write':
      return isCount(at) && bytes instanceof Uint8Array && bytes.length <= MAX_BYTES ? { op, name, at, bytes: bytes.slice() } : null;
    case 'scratch-truncate':
      return isCount(size) ? { op, name, size } : null;
    case 'scratch-close':
    case 'scratch-delete':
      return { op, name };
    default:
      return null;
  }
}

/** The answer that `data` is, or null. */
export function decodeHostAnswer(data: unknown): HostAnswer | null {
  if (typeof data !== 'object' || data === null) return null;
  const { ok, value, message } = data as Record<string, unknown>;
  if (ok === true && (typeof value === 'string' || value instanceof Uint8Array)) return { ok, value };
  if (ok === false && typeof message === 'string') return { ok, message };
  return null;
}

/** The log entry that `data` is, or null. */
export function decodeLogEntry(data: unknown): LogEntry | null {
  if (typeof data !== 'object' || data === null) return null;
  const { kind, time, id, text } = data as Record<string, unknown>;
  const known = LOG_CLASSES.find((c) => c === kind);
  if (known === undefined || typeof time !== 'number' || typeof id !== 'string' || typeof text !== 'string') return null;
  return { kind: known, time, id: id.slice(0, MAX_NAME), text: text.slice(0, MAX_NAME + 1) };
}

function isCount(n: unknown): n is number {
  return typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;
}

/** Text for the log: white space squeezed, and the middle cut out beyond 256 characters (three quarters of them the head). */
export function logText(text: string): string {
  const squeezed = text.replace(/\s+/g, ' ').trim();
  if (squeezed.length <= MAX_LOG_TEXT) return squeezed;
  return `${squeezed.slice(0, 190)}...${squeezed.slice(-63)}`;
}

const MAX_LOG_TEXT = 256;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line as the plugin's log window showed it: `[Nov 23 10:15:00] tclet1 : text <tab>NOTICE`, in local time. */
export function logLine({ kind, time, id, text }: LogEntry): string {
  const t = new Date(time);
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = [t.getHours(), t.getMinutes(), t.getSeconds()].map(two).join(':');
  return `[${MONTHS[t.getMonth()]} ${two(t.getDate())} ${clock}] ${id} : ${text} \t${kind}`;
}
