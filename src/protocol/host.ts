/**
 * What a tclet's worker may ask of the page and what the page answers: the requests, the answers, and the check of a request on
 * arrival. The page believes nothing of it beyond its shape: `host/gate.ts` decides each one again. Imports nothing.
 */

/** Files gone when the tclet ends, and files that stay. */
export type FileArea = 'scratch' | 'persist';

/** Numbers are whole and not negative; `at` and `size` count bytes. */
export type FileRequest =
  /** Opens a file, making it first with `create`. The value of the answer is its contents. */
  | { readonly op: `${FileArea}-open`; readonly name: string; readonly create: boolean }
  /** Puts bytes into an open file at `at`, a gap filled with zeroes; null: at its end, wherever that is by then. */
  | { readonly op: `${FileArea}-write`; readonly name: string; readonly at: number | null; readonly bytes: Uint8Array }
  /** Cuts an open file, or extends it with zeroes. */
  | { readonly op: `${FileArea}-truncate`; readonly name: string; readonly size: number }
  /** Gives back one of the open places. */
  | { readonly op: `${FileArea}-close`; readonly name: string }
  /** Removes a file that is not open. */
  | { readonly op: `${FileArea}-delete`; readonly name: string }
  /** The value of the answer is the list of names. */
  | { readonly op: `${FileArea}-list` };

/** What needs a policy. A `pipe` is what the page gave as such: a stream of bytes, or of text. */
export type PolicyRequest =
  /** Takes a policy. The answer lists what was granted: `feature NAME`, `alias NAME`, `constant NAME NUMBER`. `prefix` is for its files. */
  | { readonly op: 'policy'; readonly name: string; readonly prefix: string }
  /** Begins to get a URL, or with a body to post to it. The answer is a pipe. */
  | {
      readonly op: 'fetch';
      readonly url: string;
      readonly contentType: string;
      readonly body: Uint8Array | null;
      /** Milliseconds for all of it. */
      readonly timeout: number;
    }
  /** Connects. The answer is a pipe. */
  | { readonly op: 'connect'; readonly host: string; readonly port: string }
  /** Once the answer to a `fetch` has begun: URL, media type, time of last change in ms or empty, size in bytes or empty. */
  | { readonly op: 'pipe-head'; readonly pipe: number }
  /** The next of a pipe once there is some, bytes or text; empty at its end. */
  | { readonly op: 'pipe-read'; readonly pipe: number }
  /** Answered when there is room for more. */
  | { readonly op: 'pipe-write'; readonly pipe: number; readonly bytes: Uint8Array }
  | { readonly op: 'pipe-close'; readonly pipe: number }
  /** Shows a URL in a frame; with a body, posts that form to it. */
  | { readonly op: 'navigate'; readonly url: string; readonly frame: string; readonly body: string | null }
  | { readonly op: 'status'; readonly text: string }
  /** Calls what the page exposed under a name. The answer is its string. */
  | { readonly op: 'call'; readonly name: string; readonly args: readonly string[]; readonly timeout: number }
  /** Begins a document in a frame. The answer is a number for `stream-write` and `stream-close`. */
  | { readonly op: 'stream-open'; readonly frame: string; readonly type: string }
  | { readonly op: 'stream-write'; readonly stream: number; readonly text: string }
  | { readonly op: 'stream-close'; readonly stream: number };

export type HostRequest = FileRequest | PolicyRequest;

export type HostAnswer =
  | { readonly ok: true; readonly value: string | Uint8Array | readonly string[] }
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

/** Longest name of a file, in UTF-16 units; of any other word; most bytes, or units of a text or of all arguments of a call, in one request; most arguments. */
const MAX_NAME = 255;
const MAX_WORD = 65_536;
export const MAX_BYTES = 1 << 20;
const MAX_CALL_ARGS = 1000;

/** The request that `data` is, built anew from what was checked, or null. */
export function decodeHostRequest(data: unknown): HostRequest | null {
  if (typeof data !== 'object' || data === null) return null;
  const d = data as Record<string, unknown>;
  const { op } = d;
  if (typeof op !== 'string') return null;
  return op.startsWith('scratch-') || op.startsWith('persist-')
    ? decodeFileRequest(op as FileRequest['op'], d)
    : decodePolicyRequest(op, d);
}

function decodeFileRequest(op: FileRequest['op'], d: Record<string, unknown>): FileRequest | null {
  const { name, create, at, size, bytes } = d;
  if (op === 'scratch-list' || op === 'persist-list') return { op };
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME) return null;
  switch (op) {
    case 'scratch-open':
    case 'persist-open':
      return typeof create === 'boolean' ? { op, name, create } : null;
    case 'scratch-write':
    case 'persist-write':
      return (at === null || isCount(at)) && isBytes(bytes) ? { op, name, at, bytes: bytes.slice() } : null;
    case 'scratch-truncate':
    case 'persist-truncate':
      return isCount(size) ? { op, name, size } : null;
    case 'scratch-close':
    case 'persist-close':
    case 'scratch-delete':
    case 'persist-delete':
      return { op, name };
    default:
      return null;
  }
}

function decodePolicyRequest(op: string, d: Record<string, unknown>): PolicyRequest | null {
  const { name, url, frame, body, bytes, timeout, pipe, stream, text, args } = d;
  switch (op) {
    case 'policy': {
      const { prefix } = d;
      return isWord(name) && isWord(prefix) ? { op, name, prefix } : null;
    }
    case 'fetch': {
      const { contentType } = d;
      if (!isWord(url) || !isWord(contentType) || !isCount(timeout)) return null;
      if (body === null) return { op, url, contentType, body, timeout };
      return isBytes(body) ? { op, url, contentType, body: body.slice(), timeout } : null;
    }
    case 'connect': {
      const { host, port } = d;
      return isWord(host) && isWord(port) ? { op, host, port } : null;
    }
    case 'pipe-head':
    case 'pipe-read':
    case 'pipe-close':
      return isCount(pipe) ? { op, pipe } : null;
    case 'pipe-write':
      return isCount(pipe) && isBytes(bytes) ? { op, pipe, bytes: bytes.slice() } : null;
    case 'navigate':
      return isWord(url) && isWord(frame) && (body === null || isText(body)) ? { op, url, frame, body } : null;
    case 'status':
      return isWord(text) ? { op, text } : null;
    case 'call': {
      if (!isWord(name) || !isCount(timeout) || !Array.isArray(args) || args.length > MAX_CALL_ARGS) return null;
      // Spread first: `every` passes over the holes of a sparse list.
      const words: unknown[] = [...args];
      return areTexts(words) ? { op, name, args: words, timeout } : null;
    }
    case 'stream-open': {
      const { type } = d;
      return isWord(frame) && isWord(type) ? { op, frame, type } : null;
    }
    case 'stream-write':
      return isCount(stream) && isText(text) ? { op, stream, text } : null;
    case 'stream-close':
      return isCount(stream) ? { op, stream } : null;
    default:
      return null;
  }
}

function isWord(data: unknown): data is string {
  return typeof data === 'string' && data.length <= MAX_WORD;
}

function isText(data: unknown): data is string {
  return typeof data === 'string' && data.length <= MAX_BYTES;
}

/** All together no longer than one may be. */
export function areTexts(words: readonly unknown[], max = MAX_BYTES): words is readonly string[] {
  let length = 0;
  return words.every((word) => typeof word === 'string' && (length += word.length) <= max);
}

function isBytes(data: unknown): data is Uint8Array {
  return data instanceof Uint8Array && data.length <= MAX_BYTES;
}

/** The log entry that `data` is, or null. */
export function decodeLogEntry(data: unknown): LogEntry | null {
  if (typeof data !== 'object' || data === null) return null;
  const { kind, time, id, text } = data as Record<string, unknown>;
  const known = LOG_CLASSES.find((c) => c === kind);
  if (known === undefined || typeof time !== 'number' || !Number.isFinite(time) || typeof id !== 'string' || typeof text !== 'string')
    return null;
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
