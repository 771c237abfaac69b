/** The worker's way to ask the page. */
import { decodeHostRequest, type HostAnswer, type HostRequest } from '../protocol/host.ts';
import { type Step, waitStep } from '../tcl/command.ts';
import type { TclError } from '../tcl/errors.ts';
import { R } from '../tcl/regs.ts';
import type { Value } from '../tcl/value.ts';

export type Ask = (request: HostRequest, done: (answer: HostAnswer) => void) => void;
export type AnswerValue = string | Uint8Array | readonly string[];

/** So many questions are with the page at once, which works on no more than 64 (host/gate.ts). */
const MAX_ASKED = 60;
/** About what one takes here, beside its texts and bytes. */
const QUESTION_BYTES = 300;

interface Question {
  readonly request: HostRequest;
  readonly done: (answer: HostAnswer) => void;
  readonly bytes: number;
  next: Question | null;
}

/**
 * Questions wait for their turn, so that a tclet that asks and does not listen fills its own memory, and not the page's. What the page would refuse
 * unread is not sent at all: it may be of any length. `held`: bytes of what waits.
 */
export function inTurn(send: Ask, refused: (request: HostRequest) => void): { ask: Ask; held(): number } {
  let asked = 0;
  let bytes = 0;
  let first: Question | null = null;
  let last: Question | null = null;
  const sendNow = ({ request, done }: Pick<Question, 'request' | 'done'>): void => {
    asked++;
    send(request, (answer) => {
      asked--;
      done(answer);
      sendNext();
    });
  };
  const sendNext = (): void => {
    if (first === null || asked >= MAX_ASKED) return;
    const question = first;
    first = question.next;
    if (first === null) last = null;
    bytes -= question.bytes;
    sendNow(question);
  };
  return {
    ask(request, done) {
      if (decodeHostRequest(request) === null) {
        refused(request);
        return done({ ok: false, message: 'permission denied' });
      }
      if (first === null && asked < MAX_ASKED) return sendNow({ request, done });
      const question = { request, done, bytes: QUESTION_BYTES + sizeOf(request), next: null };
      if (last === null) first = question;
      else last.next = question;
      last = question;
      bytes += question.bytes;
      R.grown += question.bytes;
    },
    held: () => bytes,
  };
}

function sizeOf(request: HostRequest): number {
  const sizes = Object.values(request).map((value: unknown) => {
    if (Array.isArray(value)) return value.reduce((sum: number, word: unknown) => sum + 2 * String(word).length, 0);
    return typeof value === 'string' ? 2 * value.length : value instanceof Uint8Array ? value.length : 0;
  });
  return sizes.reduce((sum, n) => sum + n, 0);
}

/** Waits for the page's answer; `refused` makes the error from what the page lets the tclet hear. */
export function* askPage(ask: Ask, request: HostRequest, refused: (heard: string) => TclError): Generator<Step, AnswerValue, Value> {
  const box: { answer: HostAnswer | null } = { answer: null };
  yield waitStep('host', (resume) =>
    ask(request, (answer) => {
      box.answer = answer;
      resume('');
    }),
  );
  const answer = box.answer!;
  if (!answer.ok) throw refused(answer.message);
  return answer.value;
}
