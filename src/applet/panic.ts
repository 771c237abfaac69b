/** Failures of the product or the page, not of a tclet: what went wrong as a class, and what a visitor reads about it. */

export type FailureKind = 'load' | 'empty' | 'integrity' | 'worker' | 'isolation' | 'crashed' | 'hung';

export class AppletError extends Error {
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string) {
    super(message);
    this.name = 'AppletError';
    this.kind = kind;
  }
}

const WORDS: Readonly<Record<FailureKind, readonly [title: string, advice: string]>> = {
  load: ['The program could not be loaded.', 'Check the address in src, and that its server allows this page to read it.'],
  empty: ['The program is empty.', 'Neither src nor the script text holds anything to run.'],
  integrity: ['The program is not the one this page expects.', 'Its text does not match the integrity attribute, so it was not run.'],
  worker: ['The program could not be started.', 'This page’s security policy must allow worker-src data: and the script worker.js.'],
  isolation: ['The program could not be isolated.', 'Allow worker-src data: in the page’s security policy, or set isolation="origin".'],
  crashed: ['The program was stopped after an internal failure.', 'Restart it to try again.'],
  hung: ['The program did not answer and was stopped.', 'Restart it to try again.'],
};

/** Title and advice for a failure. */
export function words(e: unknown): { title: string; advice: string; detail: string } {
  if (e instanceof AppletError) {
    const [title, advice] = WORDS[e.kind];
    return { title, advice, detail: e.message };
  }
  const [title, advice] = WORDS.crashed;
  return { title, advice, detail: e instanceof Error ? e.message : String(e) };
}
