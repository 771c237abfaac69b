/**
 * Coroutines: a command whose stack of captured cells is kept between calls. While one runs, its base is either on the JavaScript
 * stack (inside resumeCoroutine) or, after a pause, a cell in the machine's list; `yield` ends there either way.
 * Answers to coroutine.n and tclBasic.c (TclNRCoroutineObjCmd).
 */
import { clock } from './budget.ts';
import { TclError, wrongArgs } from './errors.ts';
import type { Frame } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { newList } from './list.ts';
import type { Cmd, Namespace } from './namespace.ts';
import { type Cell, capture, R, SUSPENDED } from './regs.ts';
import { callWordsIn, resumeCells } from './run.ts';
import { share, str, type Value } from './value.ts';

export interface CoroutineRecord {
  readonly interp: TclInterp;
  readonly cmd: Cmd;
  /** What to go on with; null before the start and while it runs. */
  cells: Cell | null;
  /** The words of the first call, until it is made. */
  start: readonly Value[] | null;
  readonly ns: Namespace;
  running: boolean;
  /** The interpreter in which it goes on. */
  at: TclInterp | null;
  deleted: boolean;
  /** It waits in `yieldto`, which takes all words of the call as a list. */
  manyWords: boolean;
  /** A command to call in the resumer's place once it has yielded. */
  then: { readonly words: readonly Value[]; readonly ns: Namespace } | null;
}

/** What ran when a coroutine was resumed, and runs again when it yields or ends. */
interface Resumer {
  readonly coroutine: object | null;
  readonly interp: TclInterp | null;
}

export function startCoroutine(interp: TclInterp, cmd: Cmd, words: readonly Value[], ns: Namespace): CoroutineRecord {
  return { interp, cmd, cells: null, start: words, ns, running: false, at: interp, deleted: false, manyWords: false, then: null };
}

/** Runs a coroutine until it yields or ends. `words` are those of the call. */
export function resumeCoroutine(co: CoroutineRecord, words: readonly Value[], f: Frame): number {
  if (co.running) {
    throw new TclError(`coroutine "${str(words[0] ?? co.cmd.fullName)}" is already running`, ['TCL', 'COROUTINE', 'BUSY']);
  }
  if (co.start === null && !co.manyWords && words.length > 2) throw wrongArgs(`${str(words[0]!)} ?arg?`);
  const outer: Resumer = { coroutine: R.coroutine, interp: clock.interp };
  const level = R.level;
  co.running = true;
  clock.interp = co.at;
  R.coroutine = co;
  let c: number;
  try {
    if (co.start !== null) {
      const first = co.start;
      co.start = null;
      c = callWordsIn(co.interp, first, co.interp.namespaceFrame(co.ns, null, ''));
    } else {
      const { cells } = co;
      co.cells = null;
      R.result = co.manyWords ? newList(words.slice(1).map(share)) : (words[1] ?? '');
      co.manyWords = false;
      c = withStack(cells, co.deleted);
    }
  } catch (e) {
    ended(co, outer);
    R.level = level;
    throw e;
  }
  if (c === SUSPENDED) {
    const { why } = R;
    if (why.kind === 'yield' && why.coroutine === co) {
      co.cells = R.head;
      R.head = null;
      R.tail = null;
      R.level = level;
      return yielded(co, outer, f);
    }
    return capture(baseGo, co, f, outer, baseFail, level);
  }
  ended(co, outer);
  return c;
}

/** Resumes on top of the present JavaScript stack, which goes on afterwards. */
function withStack(cells: Cell | null, _deleted: boolean): number {
  const { levelBase, levelStop } = R;
  try {
    return resumeCells(cells, 0, null);
  } finally {
    R.levelBase = levelBase;
    R.levelStop = levelStop;
  }
}

/** After a yield: the caller gets the value, or `yieldto`'s command runs in its place. */
function yielded(co: CoroutineRecord, outer: Resumer, f: Frame): number {
  co.running = false;
  co.at = clock.interp;
  R.coroutine = outer.coroutine;
  clock.interp = outer.interp;
  const { then } = co;
  co.then = null;
  if (co.deleted) co.cells = null;
  if (then === null) return 0;
  return callWordsIn(co.interp, then.words, co.interp.namespaceFrame(then.ns, f, ''));
}

function ended(co: CoroutineRecord, outer: Resumer): void {
  co.running = false;
  R.coroutine = outer.coroutine;
  clock.interp = outer.interp;
  if (!co.cmd.deleted) co.interp.deleteCommand(co.cmd);
}

/** The base as a cell: reached with the coroutine's end, or cut at by `resumeCells` when it has yielded. */
function baseGo(cell: Cell, c: number): number {
  const co = cell.node as CoroutineRecord;
  const outer = cell.state as Resumer;
  const { why } = R;
  if (co.cells !== null && why.kind === 'yield' && why.coroutine === co) return yielded(co, outer, cell.f);
  ended(co, outer);
  return c;
}

function baseFail(cell: Cell, e: unknown): number {
  ended(cell.node as CoroutineRecord, cell.state as Resumer);
  throw e;
}
