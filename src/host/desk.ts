/** What every part of the gate has at hand: the judge, the limits in force, and the log that hears the whole truth. */
import type { Decision } from '../policy/model.ts';
import type { HostAnswer, LogClass } from '../protocol/host.ts';

export interface Desk {
  decide(section: string, ...words: string[]): Decision;
  /** A constant of the policy in force. */
  limit(name: string): number;
  note(kind: LogClass, text: string): void;
  /** Logs the truth and makes the answer that the tclet hears, `permission denied` when nothing else is said. */
  refuse(kind: LogClass, truth: string, heard?: string): HostAnswer;
}

export const DENIED = 'permission denied';
export const DONE: HostAnswer = { ok: true, value: '' };

/** What `signal` or time ended, as it is told to the tclet. */
export class Failure extends Error {
  /** What the log says. */
  readonly truth: string;
  constructor(heard: string, truth = heard) {
    super(heard);
    this.truth = truth;
  }
}

/** The promise, or a Failure `timeout` after `ms`. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Failure('timeout')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
