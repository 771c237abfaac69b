/** The worker's way to ask the page. */
import type { HostAnswer, HostRequest } from '../protocol/host.ts';
import { type Step, waitStep } from '../tcl/command.ts';
import type { TclError } from '../tcl/errors.ts';
import type { Value } from '../tcl/value.ts';

export type Ask = (request: HostRequest, done: (answer: HostAnswer) => void) => void;
export type AnswerValue = string | Uint8Array | readonly string[];

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
