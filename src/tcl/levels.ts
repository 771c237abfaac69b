/** `eval` and `uplevel`: scripts in a frame that is there, without a generator; the frame that a level names, and what is linked to there. Answers to tclProc.c (TclObjGetFrame, Tcl_UplevelObjCmd). */
import { concatOf } from './commands/lists.ts';
import { type CommandSite, TclError, wrongArgs } from './errors.ts';
import { callerOf, type Frame, levelOf, type Origin } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { parseNumber } from './number.ts';
import { type Cell, capture, passGo, SUSPENDED } from './regs.ts';
import { addInfo, asTclError, evalScript, mark } from './run.ts';
import { keyOf, str, TclList, type Value } from './value.ts';
import { elementVar, findVar, notArray, splitName, TclArray, type Var } from './variables.ts';

export type WordsRunner = (interp: TclInterp, words: readonly Value[], vf: Frame, site: CommandSite) => number;

export const evalWords: WordsRunner = (interp, words, vf, site) => evaluate('eval', interp, words, 1, vf, vf, site);

export const uplevelWords: WordsRunner = (interp, words, vf, site) => {
  // A list of more than one element is the script; one word alone is a level if it looks like one.
  const word = words[1]!;
  let found: ReturnType<typeof frameAt>;
  try {
    found = frameAt(words.length === 2 && word instanceof TclList && word.length > 1 ? undefined : word, vf);
    if (found.used && words.length === 2) throw wrongArgs(`${str(words[0]!)} ?level? command ?arg ...?`);
  } catch (e) {
    throw mark(e, site, words);
  }
  return evaluate('uplevel', interp, words, found.used ? 2 : 1, found.frame, vf, site);
};

interface Evaluation extends Origin {
  readonly label: string;
}

/** Runs the words from `at` on as a script in `frame`, for the command `label` that was called in `vf`. */
function evaluate(
  label: string,
  interp: TclInterp,
  words: readonly Value[],
  at: number,
  frame: Frame,
  vf: Frame,
  site: CommandSite,
): number {
  const script = words.length === at + 1 ? words[at]! : concatOf(words.slice(at));
  const node: Evaluation = { label, site, words, vf, script, file: null, main: false };
  try {
    const c = evalScript(interp, script, frame, node);
    return c === SUSPENDED ? capture(passGo, node, vf, null, evaluateFail) : c;
  } catch (e) {
    throw failed(e, node);
  }
}

function evaluateFail(cell: Cell, e: unknown): number {
  throw failed(e, cell.node as Evaluation);
}

function failed(thrown: unknown, { label, site }: Evaluation): unknown {
  const e = asTclError(thrown);
  if (e instanceof TclError) addInfo(e, `\n    ("${label}" body line ${e.errorLine})`);
  return mark(e, site);
}

export function badLevel(text: string, kind = 'LEVEL'): TclError {
  return new TclError(`bad level "${text}"`, ['TCL', 'LOOKUP', kind, text]);
}

function noLevel(text: string): never {
  throw badLevel(text);
}

/** A level as a number; null when it is none. Numbers are read as those of C, so that what is just below 2^32 is negative. */
function levelNumber(text: string): number | null {
  const n = parseNumber(text);
  if (typeof n !== 'number' || !Number.isInteger(n) || Math.abs(n) > 0xffffffff || (n | 0) < 0) return null;
  return n | 0;
}

/** The frame that a level word names, and whether it was one. */
export function frameAt(word: Value | undefined, frame: Frame): { frame: Frame; used: boolean } {
  if (word === 1) return { frame: callerOf(frame) ?? noLevel('1'), used: true };
  const text = word === undefined ? '' : str(word);
  const absolute = text.startsWith('#');
  // Most are scripts, which begin otherwise.
  const n = /^[\s\d#+-]/.test(text) ? levelNumber(absolute ? text.slice(1) : text) : null;
  const used = n !== null;
  if (!used && /^[#0-9]/.test(text)) throw badLevel(text);
  let up = n ?? 1;
  if (absolute) up = levelOf(frame) - up;
  let f: Frame | null = up < 0 ? null : frame;
  for (; f !== null && up > 0; up--) f = callerOf(f);
  return { frame: f ?? noLevel(used ? text : '1'), used };
}

/** The variable `name` of a frame, as something to link to. */
export function linkTarget(f: Frame, name: string): Var {
  const [base, key] = splitName(name);
  const v = findVar(f, base, true, 'access', name)!;
  if (key === null) return v;
  if (v.v === undefined) v.v = new TclArray();
  if (!(v.v instanceof TclArray)) throw notArray('access', base, key);
  return elementVar(v, keyOf(key), true)!;
}
