/**
 * The feature url: `::browser::getURL getForm displayURL displayForm status`. Without an end callback the script waits for the whole; with one,
 * callbacks hear what comes: `NEW url mimeType lastModified size`, `WRITE size data`, `END reason data`. Answers to url.tcl of the Tcl plugin.
 */
import { type HostRequest, MAX_BYTES } from '../../protocol/host.ts';
import type { ScriptHandler, Step } from '../../tcl/command.ts';
import { latin1Text } from '../../tcl/encoding.ts';
import { byteArray } from '../../tcl/encodings.ts';
import { TclError } from '../../tcl/errors.ts';
import { elements } from '../../tcl/list.ts';
import { formatList } from '../../tcl/list-format.ts';
import { boolOf } from '../../tcl/number.ts';
import { utf8Bytes } from '../../tcl/utf8.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { AnswerValue } from '../page.ts';
import { type Feature, type FeatureContext, numberIn, request, timeoutOf } from './feature.ts';

type Steps = Generator<Step, Value, Value>;

export const urlFeature: Feature = (context) => [
  {
    name: '::browser::getURL',
    min: 1,
    max: 5,
    usage: 'url ?timeout? ?newCallback? ?writeCallback? ?endCallback?',
    safe: true,
    script: (_interp, args) => transfer(context, str(args[1]!), '', null, args.slice(2)),
  },
  {
    name: '::browser::getForm',
    min: 2,
    max: 7,
    usage: 'url data ?raw? ?timeout? ?newCallback? ?writeCallback? ?endCallback?',
    safe: true,
    script: (_interp, args) => {
      const { type, body } = formBody(context, args[2]!, args[3]);
      return transfer(context, str(args[1]!), type, body, args.slice(4));
    },
  },
  {
    name: '::browser::displayURL',
    min: 2,
    max: 2,
    usage: 'url frame',
    safe: true,
    script: (_interp, args) => told(context, { op: 'navigate', url: str(args[1]!), frame: str(args[2]!), body: null }),
  },
  {
    name: '::browser::displayForm',
    min: 3,
    max: 4,
    usage: 'url frame data ?raw?',
    safe: true,
    script: displayForm(context),
  },
  {
    name: '::browser::status',
    min: 1,
    max: 1,
    usage: 'message',
    safe: true,
    script: (_interp, args) => told(context, { op: 'status', text: str(args[1]!) }),
  },
];

function* told(context: FeatureContext, asked: HostRequest): Steps {
  yield* request(context, asked);
  return '';
}

function displayForm(context: FeatureContext): ScriptHandler {
  return function* (_interp, args) {
    // A browser writes the headers of what it shows.
    if (args[4] !== undefined && boolOf(args[4])) throw new TclError('not supported: raw data in a frame');
    return yield* told(context, { op: 'navigate', url: str(args[1]!), frame: str(args[2]!), body: encodeForm(context, args[3]!) });
  };
}

/** A form's names and values; `raw`: headers, an empty line and the bytes themselves. */
function formBody(context: FeatureContext, data: Value, raw: Value | undefined): { type: string; body: Uint8Array } {
  if (raw === undefined || !boolOf(raw)) {
    return { type: 'application/x-www-form-urlencoded', body: Uint8Array.from(utf8Bytes(encodeForm(context, data))) };
  }
  const text = str(data);
  const [gap = ''] = /\r?\n\r?\n/.exec(text) ?? [];
  const head = text.slice(0, gap === '' ? text.length : text.indexOf(gap));
  const type = /^content-type:[ \t]*([^\r\n]*)/im.exec(head)?.[1];
  if (type === undefined) throw new TclError('raw data want a Content-type line, an empty line and the body');
  const size = text.length - head.length - gap.length;
  checkSize(context, size);
  return { type: type.trim(), body: byteArray(text.slice(text.length - size)) };
}

function checkSize({ audit, id }: FeatureContext, size: number): void {
  if (size > MAX_BYTES) throw audit.refuse(id, `a form of ${size} bytes or more`);
}

function encodeForm(context: FeatureContext, data: Value): string {
  const words = elements(data).map(str);
  if (words.length % 2 !== 0) throw new TclError('form data must be a list of names and values');
  // Encoded it is longer, if anything, and the page takes no more.
  checkSize(
    context,
    words.reduce((sum, word) => sum + word.length + 1, 0),
  );
  const encode = (text: string): string =>
    utf8Bytes(text)
      .map((b) =>
        b === 32
          ? '+'
          : /[\w.*-]/.test(String.fromCharCode(b))
            ? String.fromCharCode(b)
            : `%${(256 + b).toString(16).slice(1).toUpperCase()}`,
      )
      .join('');
  const pairs: string[] = [];
  for (let i = 0; i < words.length; i += 2) pairs.push(`${encode(words[i]!)}=${encode(words[i + 1]!)}`);
  return pairs.join('&');
}

function textOf(chunk: AnswerValue): string {
  if (typeof chunk === 'string') return chunk;
  return chunk instanceof Uint8Array ? latin1Text(chunk) : '';
}

/** `rest`: timeout and callbacks. */
function* transfer(context: FeatureContext, url: string, contentType: string, body: Uint8Array | null, rest: readonly Value[]): Steps {
  const [onNew = '', onWrite = '', onEnd = ''] = rest.slice(1).map(str);
  const timeout = timeoutOf(rest[0]);
  const pipe = numberIn(yield* request(context, { op: 'fetch', url, contentType, body, timeout }));
  if (onEnd !== '') {
    listen(context, pipe, { onNew, onWrite, onEnd });
    return onEnd;
  }
  const { interp } = context;
  let all = '';
  try {
    if (onNew !== '') interp.queueScript(call(onNew, headOf(yield* request(context, { op: 'pipe-head', pipe }))));
    for (;;) {
      const text = textOf(yield* request(context, { op: 'pipe-read', pipe }));
      if (text === '') return all;
      interp.budget.allocate(text.length);
      all += text;
      if (onWrite !== '') interp.queueScript(call(onWrite, [text.length, text]));
    }
  } finally {
    context.ask({ op: 'pipe-close', pipe }, () => {});
  }
}

function headOf(answer: AnswerValue): readonly Value[] {
  return Array.isArray(answer) ? answer : [];
}

function call(callback: string, args: readonly Value[]): Value {
  return `${callback} ${formatList(args.map(str))}`;
}

/** The next piece is asked for when the callback has dealt with the last: what is not read does not pile up. */
function listen(
  { interp, ask, audit, id }: FeatureContext,
  pipe: number,
  { onNew, onWrite, onEnd }: Readonly<Record<'onNew' | 'onWrite' | 'onEnd', string>>,
): void {
  let all = '';
  const held = (add: (held: unknown) => void): number => {
    add(all);
    return 0;
  };
  interp.holders.add(held);
  const run = (callback: string, args: readonly Value[], then: () => void): void => {
    if (interp.deleted) return;
    if (callback === '') return then();
    interp.queueScript(call(callback, args), (c) => {
      if (c.error !== null) interp.backgroundError(c.error);
      then();
    });
  };
  const end = (reason: string): void => {
    interp.holders.delete(held);
    ask({ op: 'pipe-close', pipe }, () => {});
    run(onEnd, [reason, all], () => {});
  };
  const heard = (asked: HostRequest, hear: (value: AnswerValue) => void): void =>
    ask(asked, (answer) => {
      if (answer.ok) return hear(answer.value);
      audit.log(id, `${asked.op}: ${answer.message}`, 'WARNING');
      end(answer.message === 'timeout' ? 'TIMEOUT' : 'NETWORK_ERROR');
    });
  const next = (): void =>
    heard({ op: 'pipe-read', pipe }, (chunk) => {
      const text = textOf(chunk);
      if (text === '') return end('EOF');
      try {
        interp.budget.allocate(text.length);
      } catch (e) {
        if (!(e instanceof TclError)) throw e;
        return end('USER_BREAK');
      }
      if (onWrite === '') all += text;
      run(onWrite, [text.length, text], next);
    });
  if (onNew === '') next();
  else heard({ op: 'pipe-head', pipe }, (head) => run(onNew, headOf(head), next));
}
