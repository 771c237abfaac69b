/** What a feature of a policy is made with, and what all of them share. */
import type { HostRequest } from '../../protocol/host.ts';
import type { CommandRow, Step } from '../../tcl/command.ts';
import { TclError } from '../../tcl/errors.ts';
import type { TclInterp } from '../../tcl/interp.ts';
import { parseNumber } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { Audit } from '../audit.ts';
import { type AnswerValue, type Ask, askPage } from '../page.ts';

export interface FeatureContext {
  readonly interp: TclInterp;
  /** The tclet's name in the log. */
  readonly id: string;
  readonly audit: Audit;
  readonly ask: Ask;
}

/** Commands by their names; which of them are added, the policy says. */
export type Feature = (context: FeatureContext) => readonly CommandRow[];

/** Asks and waits; the tclet hears what the page says. */
export function* request({ ask, audit, id }: FeatureContext, asked: HostRequest): Generator<Step, AnswerValue, Value> {
  return yield* askPage(ask, asked, (heard) => audit.refuse(id, `${asked.op}: the page refused: ${heard}`, heard, null, 'WARNING'));
}

/** The number of a pipe or stream that the page answered. */
export function numberIn(answer: AnswerValue): number {
  return Number(Array.isArray(answer) ? answer[0] : Number.NaN);
}

/** Longest time to wait, which is what is waited when none is given, in ms. */
export const MAX_TIMEOUT = 120_000;

export function timeoutOf(word: Value | undefined, standard = MAX_TIMEOUT): number {
  const text = word === undefined ? '' : str(word);
  if (text === '') return standard;
  const n = Number(parseNumber(text) ?? Number.NaN);
  if (!Number.isInteger(n) || n < 0) throw new TclError(`invalid timeout "${text}"`);
  return n === 0 ? standard : Math.min(n, MAX_TIMEOUT);
}
