/**
 * What a `wrong # args` message calls a command whose words are not those the script wrote: an ensemble, an alias or a forwarded method
 * has put others in their place. Answers to tclEnsemble.c (TclInitRewriteEnsemble) and tclIndexObj.c (Tcl_WrongNumArgs).
 */
import { TclError } from './errors.ts';
import { quoteElement } from './list-format.ts';
import { str, type Value } from './value.ts';

export interface Rewrite {
  /** The words as the script wrote them, but that none is abbreviated. */
  readonly source: readonly Value[];
  /** Where one was: as they were written. */
  readonly written?: readonly Value[];
  /** How many of them are gone, and how many words stand at the beginning in their place. */
  readonly removed: number;
  readonly inserted: number;
}

/** A rewriting of `words`, on top of what has been rewritten before. */
export function rewritten(before: Rewrite | null, words: readonly Value[], removed: number, inserted: number): Rewrite {
  if (before === null) return { source: words, removed, inserted };
  if (before.inserted < removed) return { ...before, removed: before.removed + removed - before.inserted, inserted };
  return { ...before, inserted: before.inserted + inserted - removed };
}

/** The same with `name` for the word that was abbreviated in place `at` of the words that `before` led to. */
export function spelled(rewrite: Rewrite, before: Rewrite | null, at: number, name: string): Rewrite {
  const place = before === null ? at : before.removed + at - before.inserted;
  if (before !== null && at < before.inserted) return rewrite;
  return { ...rewrite, source: rewrite.source.map((w, i) => (i === place ? name : w)), written: writtenWords(rewrite, rewrite.source) };
}

/** The words of the script that a command was called by as `words`. */
export function writtenWords(rewrite: Rewrite | null, words: readonly Value[]): readonly Value[] {
  return rewrite === null ? words : (rewrite.written ?? rewrite.source);
}

/** `wrong # args` for a command that is called `words`, with `usage` behind them. */
export function wrongWords(rewrite: Rewrite | null, words: readonly string[], usage: string): TclError {
  let shown = words;
  // What was put in can be taken away only where it is shown.
  if (rewrite !== null && words.length >= rewrite.inserted) {
    shown = [...rewrite.source.slice(0, rewrite.removed).map(str), ...words.slice(rewrite.inserted)];
  }
  const text = shown.map((w, i) => (i === 0 ? w : quoteElement(w)));
  if (usage !== '') text.push(usage);
  return new TclError(`wrong # args: should be "${text.join(' ')}"`, ['TCL', 'WRONGARGS']);
}
