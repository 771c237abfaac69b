/**
 * Coroutines: a command whose stack of captured cells is kept between calls. While one runs, its base is either on the JavaScript
 * stack (inside resumeCoroutine) or, after a pause, a cell in the machine's list; `yield` ends there either way.
 * Answers to coroutine.n and tclBasic.c (TclNRCoroutineObjCmd).
 */
import { clock } from './budget.ts';
import { RETURN } from './command.ts';
import { type CommandSite, TclError, wrongArgs } from './errors.ts';
import { type Frame, varFrameOf } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { newList } from './list.ts';
import type { Cmd, Namespace } from './namespace.ts';
import { Cell, capture, R, SUSPENDED } from './regs.ts';
import { callGo, callInstead, callWordsIn, cannotPause, lazySite, mark, outermost, resumeCells } from './run.ts';
import { share, str, type Value } from './value.ts';
import { leaveFrame } from './variables.ts';

/** Its own `yield` is put down to it (`Why`). */
export interface CoroutineRecord {
  readonly kind: 'yield';
  readonly interp: TclInterp;
  readonly cmd: Cmd;
  /** What to go on with; null before the start and while it runs. */
  cells: Cell | null;
  /** The last of them. */
  last: Cell | null;
  /** Its base is on the JavaScript stack, not among captured cells. */
  onStack: boolean;
  /** It was made at the outermost level, where nothing is that its end could mean: the call that it ends with. */
  readonly outermost: CommandSite | null;
  /** But what runs there was called by another interpreter, to which other codes than of a return mean something. */
  readonly isBound: boolean;
  /** The words of the first call, until it is made. */
  start: readonly Value[] | null;
  readonly ns: Namespace;
  running: boolean;
  /** How many of the calls that it is in hold it: it cannot yield until they are over. */
  bound: number;
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
  readonly coroutine: CoroutineRecord | null;
  readonly interp: TclInterp | null;
  /** The call that resumed it. */
  readonly site: CommandSite;
}

/** About what V8 takes for one that waits, beside its command. */
export const COROUTINE_BYTES = 2000;

/** What runs was called by no script but that of a file or an event. */
function isOutermost({ levelsBelow }: TclInterp, site: CommandSite): boolean {
  if (levelsBelow > 0) return R.level <= levelsBelow;
  return R.level <= 1 && !site.inner && !site.made;
}

export function startCoroutine(interp: TclInterp, cmd: Cmd, words: readonly Value[], ns: Namespace, site: CommandSite): CoroutineRecord {
  interp.budget.allocate(COROUTINE_BYTES);
  const co: CoroutineRecord = {
    kind: 'yield',
    interp,
    cmd,
    cells: null,
    last: null,
    onStack: false,
    outermost: isOutermost(interp, site) ? lazySite(words) : null,
    isBound: interp.levelsBelow > 0,
    start: words,
    ns,
    running: false,
    bound: 0,
    at: interp,
    deleted: false,
    manyWords: false,
    then: null,
  };
  interp.coroutines.add(co);
  return co;
}

/** Pauses the running coroutine: the caller of its command gets `value`. */
export function yieldNow(interp: TclInterp, value: Value, then: CoroutineRecord['then'] = null): number {
  const co = interp.coroutine;
  if (co === null) {
    throw new TclError(`${then === null ? 'yield' : 'yieldto'} can only be called in a coroutine`, ['TCL', 'COROUTINE', 'ILLEGAL_YIELD']);
  }
  if (co.bound > 0) throw cannotPause('yield');
  co.manyWords = then !== null;
  co.then = then;
  R.result = value;
  if (R.why !== co) R.why = co;
  return SUSPENDED;
}

/** Runs a coroutine until it yields or ends. `words` are those of the call. */
export function resumeCoroutine(co: CoroutineRecord, words: readonly Value[], f: Frame, site: CommandSite): number {
  if (co.running) {
    throw new TclError(`coroutine "${str(words[0] ?? co.cmd.fullName)}" is already running`, ['TCL', 'COROUTINE', 'BUSY']);
  }
  if (co.start === null && !co.manyWords && words.length > 2) throw wrongArgs(`${str(words[0]!)} ?arg?`);
  if (stacked === MAX_STACKED) {
    R.why = { kind: 'deep' };
    return capture(resumeGo, { co, words, site } satisfies Call, f, null);
  }
  stacked++;
  const outer = R.coroutine;
  const { interp } = clock;
  const { level, levelBase, levelStop } = R;
  co.running = true;
  co.onStack = true;
  if (co.at !== interp) clock.interp = co.at;
  let c: number;
  try {
    if (co.start !== null) {
      const first = co.start;
      co.start = null;
      R.coroutine = co;
      c = callWordsIn(co.interp, first, co.interp.namespaceFrame(co.ns, null, ''));
    } else {
      const { cells, last } = co;
      co.cells = null;
      R.result = co.manyWords ? newList(words.slice(1).map(share)) : (words[1] ?? '');
      co.manyWords = false;
      c = resumeCells(cells, 0, null, last);
      // It ran on top of the present JavaScript stack, which goes on now.
      R.levelBase = levelBase;
      R.levelStop = levelStop;
    }
  } catch (e) {
    stacked--;
    R.levelBase = levelBase;
    R.levelStop = levelStop;
    R.level = level;
    ended(co, outer, interp);
    throw e;
  }
  stacked--;
  if (c === SUSPENDED) {
    if (R.why === co) {
      co.cells = R.head;
      if (co.last !== R.tail) co.last = R.tail;
      R.head = null;
      R.tail = null;
      R.level = level;
      return yielded(co, outer, interp, f, site);
    }
    co.onStack = false;
    const resumer: Resumer = { coroutine: outer, interp, site };
    const paused = capture(baseGo, co, f, resumer, baseFail, level);
    // What is captured from here on is its resumer's.
    R.coroutine = outer;
    return paused;
  }
  ended(co, outer, interp);
  return endWith(co, c);
}

/** What it ended with, where it goes on or ends. */
function endWith(co: CoroutineRecord, c: number): number {
  if (c === 0 || co.outermost === null || (co.isBound && c !== RETURN)) return c;
  const { ret } = R;
  const left = outermost({ code: c, value: R.result, error: null, ret }, co.outermost, co.isBound);
  R.ret = null;
  if (left === null) return ret?.code ?? 0;
  if (left instanceof TclError) throw left;
  R.result = left;
  return 0;
}

/** Coroutines that are on the JavaScript stack, one resumed by the other. They begin anew to count levels, so they are counted as well. */
let stacked = 0;
const MAX_STACKED = 20;

interface Call {
  readonly co: CoroutineRecord;
  readonly words: readonly Value[];
  readonly site: CommandSite;
}

function resumeGo(cell: Cell): number {
  const { co, words, site } = cell.node as Call;
  try {
    return resumeCoroutine(co, words, cell.f, site);
  } catch (e) {
    throw mark(e, site);
  }
}

/** After a yield: the caller gets the value, or `yieldto`'s command runs in its place. */
function yielded(co: CoroutineRecord, outer: CoroutineRecord | null, interp: TclInterp | null, f: Frame, site: CommandSite): number {
  co.running = false;
  R.coroutine = outer;
  if (co.at !== clock.interp) co.at = clock.interp;
  if (interp !== clock.interp) clock.interp = interp;
  const { then } = co;
  co.then = null;
  if (co.deleted) co.cells = null;
  if (then === null) return 0;
  return callInstead(then.words, then.ns, site, f);
}

function ended(co: CoroutineRecord, outer: CoroutineRecord | null, interp: TclInterp | null): void {
  co.running = false;
  co.interp.coroutines.delete(co);
  R.coroutine = outer;
  clock.interp = interp;
  if (!co.cmd.deleted) co.interp.deleteCommand(co.cmd);
}

/** The base as a cell: reached with the coroutine's end, or cut at by `resumeCells` when it has yielded. */
export function baseGo(cell: Cell, c: number): number {
  const co = cell.node as CoroutineRecord;
  const { coroutine, interp, site } = cell.state as Resumer;
  if (co.cells !== null && R.why === co) {
    try {
      return yielded(co, coroutine, interp, cell.f, site);
    } catch (e) {
      throw mark(e, site);
    }
  }
  ended(co, coroutine, interp);
  try {
    return endWith(co, c);
  } catch (e) {
    throw mark(e, site);
  }
}

function baseFail(cell: Cell, e: unknown): number {
  const { coroutine, interp, site } = cell.state as Resumer;
  ended(cell.node as CoroutineRecord, coroutine, interp);
  throw mark(e, site);
}

/** Its command goes: what it was in the middle of ends there, without a word but to traces of locals. */
export function endCoroutine(co: CoroutineRecord): void {
  co.deleted = true;
  co.interp.coroutines.delete(co);
  if (co.running) return;
  const { cells } = co;
  co.cells = null;
  for (let cell = cells; cell !== null; cell = cell.next) if (cell.go === callGo && cell.f[3] !== null) leaveFrame(cell.f, 0);
}

/** Puts a command before what a suspended coroutine goes on with: its result is what the `yield` gives. */
export function injectInto(co: CoroutineRecord, words: readonly Value[]): void {
  const { cells } = co;
  const f = cells === null ? co.interp.globalFrame : varFrameOf(cells.f);
  const outer = R.coroutine;
  R.coroutine = co;
  const cell = new Cell(injectedGo, words, f, co, null, cells?.level ?? 0);
  R.coroutine = outer;
  cell.next = cells;
  co.cells = cell;
  co.last ??= cell;
}

function injectedGo(cell: Cell): number {
  return callWordsIn((cell.state as CoroutineRecord).interp, cell.node as readonly Value[], cell.f);
}
