/**
 * Running: calls, the generator adapter, and the loop that resumes what was captured. Nodes call in here for everything that is
 * not their fast path. Answers to tclBasic.c (TclNREvalObjv), tclProc.c and tclResult.c.
 *
 *     Stmt ── SUSPENDED ──▶ each active node captures a Cell, innermost first (regs.ts)
 *       ▲                                   │
 *       └── resumeCells pops them ◀─────────┘   when the machine goes on
 */
import { clock, nextDeadline, outOfFuel, refusedByV8, stress } from './budget.ts';
import { giveOptions, pastLimit } from './catching.ts';
import { BREAK, CONTINUE, type Completion, RETURN, type ReturnOptions, type Step, Unwind } from './command.ts';
import type { CoroutineRecord } from './coroutine.ts';
import { type CommandSite, evalInDeleted, invalidCommand, TclError, unexpectedCode, variableIn } from './errors.ts';
import { callTraced } from './exec-traces.ts';
import {
  callerOf,
  callFrameOf,
  callFrameWithin,
  type Frame,
  HEADER,
  levelOf,
  makeFrame,
  type Origin,
  unitOf,
  varFrameOf,
  wordsOf,
} from './frames.ts';
import { innerOf } from './instructions.ts';
import type { TclInterp } from './interp.ts';
import { elements, newList } from './list.ts';
import { formatList, quoteElement } from './list-format.ts';
import { type Cmd, HOT, type Namespace, type Proc } from './namespace.ts';
import { type Cell, capture, passGo, R, SUSPENDED } from './regs.ts';
import { type Rewrite, rewritten, writtenWords, wrongWords } from './rewrite.ts';
import type { Stmt, Unit } from './unit.ts';
import { cut } from './utf8.ts';
import { share, str, TclList, type Value } from './value.ts';
import { findVar, leaveFrame, splitName } from './variables.ts';

/** Counts how often a proc is found running; a hot one is compiled anew for its next call. */
function heat(f: Frame): void {
  const unit = unitOf(f);
  if (unit.proc !== null && ++unit.proc.heat === HOT) unit.interp.commandEpoch++;
}

/** Called at back-edges when fuel has run out, by the command at `site`: true when the script must pause there. */
export function mustPause(f: Frame, site: CommandSite): boolean {
  heat(f);
  try {
    return outOfFuel();
  } catch (e) {
    throw mark(e, site);
  }
}

// --- errors on their way ----------------------------------------------------------------------------------------------------

/**
 * Notes on an error which command it came from, with what it was called with, unless an inner one is noted already. Turns foreign exceptions into
 * Tcl errors.
 */
export function mark(e: unknown, site: CommandSite, operands: readonly Value[] | null = null, instruction: string | null = null): unknown {
  const error = asTclError(e);
  if (error instanceof TclError) {
    error.site ??= site;
    if (error.site === site && error.operands === null && error.instruction === null) {
      error.operands = operands;
      error.instruction = instruction;
    }
  }
  return error;
}

/** A stack overflow becomes Tcl's word for it; any other foreign exception is our own bug, kept out of the script's sight. */
export function asTclError(e: unknown): unknown {
  if (e instanceof TclError || e instanceof Unwind) return e;
  if (e instanceof Error && (e instanceof RangeError || e.name === 'InternalError')) {
    const message = e.message;
    if (message.includes('call stack') || message.includes('recursion')) return tooManyNested();
    if (
      message.includes('string length') ||
      message.includes('BigInt') ||
      message.includes('array length') ||
      message.includes('Map maximum')
    ) {
      return refusedByV8();
    }
  }
  const error = new TclError('internal error', ['TCL', 'INTERNAL']);
  internalErrors.report(e);
  return error;
}

/** Where our own bugs are told; the worker sends them to the log, tests fail on them. */
export const internalErrors = {
  report: (e: unknown): void => {
    throw e;
  },
};

export function tooManyNested(): TclError {
  return new TclError('too many nested evaluations (infinite loop?)', ['TCL', 'LIMIT', 'STACK']);
}

/** Writes the noted command into errorInfo and forgets it: the error leaves the script or body the command stands in. */
export function logSite(e: TclError, f: Frame | null = null, call = f && callFrameOf(f)): void {
  const site = e.site;
  if (site === null) return;
  e.site = null;
  if (e.given) {
    e.given = false;
    e.operands = null;
    if (f !== null && call !== null) noteCall(e, varFrameOf(f), call);
    return;
  }
  e.errorLine = site.line;
  if (f !== null && e.errorStack.length === 0 && e.errorCode?.[2] === 'VARNAME') lookedUp(e, site, f, call);
  noteInner(e, site, f, call);
  if (site.again && f !== null && call !== null) noteFrame(e, varFrameOf(f), call);
  const text = cut(site.text, 150);
  if (e.errorInfo === null) e.errorInfo = `${e.message}\n    while executing\n"${text}"`;
  else e.errorInfo += `\n    invoked from within\n"${text}"`;
}

/** Where a local is found by its name, one that is not there was looked for in vain, and errorCode says so; a local that Tcl compiles is always there. */
function lookedUp(e: TclError, site: CommandSite, f: Frame, call: Frame | null): void {
  const [, verb, , name] = e.errorCode!;
  if (verb === 'WRITE') return;
  const base = splitName(variableIn(e.message))[0];
  const isMissing = e.message.endsWith('no such variable');
  if (name !== undefined) {
    // A link in a call that is not over keeps a variable where it can be found.
    const v = isMissing && name === variableIn(e.message) ? findVar(varFrameOf(f), base, false) : undefined;
    if (v?.linked !== true || v.v !== undefined) return;
    for (let g = call; g !== null; g = callerOf(g)) {
      if (g.includes(v) || (g[3] instanceof Map && [...g[3].values()].includes(v)))
        e.errorCode = ['TCL', e.message.slice(6, e.message.indexOf(' ', 6)).toUpperCase(), 'VARNAME'];
    }
    return;
  }
  // Of an element of what is no array the name is told where it is not known to be that of a local.
  const { text } = site;
  const known =
    unitOf(varFrameOf(f)).hasLocal(base) &&
    (text.includes(`$${base}(`) || (/^(set|unset|incr|l?append|lassign|lset)\b/.test(text) && text.includes(`${base}(`)));
  if (verb === 'LOOKUP' ? !known : isMissing && unitOf(f).evaluatedOnly?.has(base)) e.errorCode = ['TCL', 'LOOKUP', 'VARNAME', base];
}

/** Tells the error stack of the command at `site` and of the frames of it. */
export function noteInner(e: TclError, site: CommandSite, f: Frame | null, call = f && callFrameOf(f)): void {
  if (e.errorStack.length === 0 && !e.options?.has('-errorstack')) {
    const { message, errorCode, givenCode, errorInfo, options, instruction } = e;
    const failure = { message, errorCode, givenCode, errorInfo, options, instruction, operands: e.operands?.map(share) ?? null };
    const unit = f && unitOf(f);
    const home = f && unitOf(varFrameOf(f));
    e.errorStack.push('INNER', '');
    e.inner = () => innerOf(failure, site, unit, home);
  }
  if (f !== null && call !== null) noteFrame(e, varFrameOf(f), call);
}

/** Adds to the error stack the frames, of variables and of the innermost call, of code that an error leaves. */
function noteFrame(e: TclError, vf: Frame, call: Frame): void {
  const isUp = noteCall(e, vf, call);
  e.left.push({ at: e.errorStack.length, vf, call: vf });
  if (isUp) noteUp(e, e.left.length - 1, call);
  else if (callerOf(vf) !== null && vf[2] !== '' && wordsOf(vf).length > 0) e.errorStack.push('CALL', newList(wordsOf(vf).map(share)));
}

/** Whether the innermost call is another than that of the variables. What scripts in these have run was within it, too, which was not known there. */
function noteCall(e: TclError, vf: Frame, call: Frame): boolean {
  // From where another interpreter was entered there is no way up.
  if (call === vf || unitOf(call).interp !== unitOf(vf).interp) return false;
  for (const [i, frames] of e.left.entries()) if (frames.call === vf) noteUp(e, i, call);
  return true;
}

/** Of the frames numbered `i` that an error has left the innermost call was `call`. */
function noteUp({ left, errorStack }: TclError, i: number, call: Frame): void {
  const frames = left[i]!;
  const after = left[i + 1]?.at ?? errorStack.length;
  const added = after === frames.at ? 2 : 0;
  frames.call = call;
  errorStack.splice(frames.at, after - frames.at, 'UP', levelOf(call) - levelOf(frames.vf));
  for (const { length } = left; ++i < length; ) left[i]!.at += added;
}

/** Adds a line of context to errorInfo: `\n    ("eval" body line 1)`. */
export function addInfo(e: TclError, text: string): void {
  logSite(e);
  e.errorInfo = (e.errorInfo ?? e.message) + text;
}

/** The name of what runs, as errorInfo shows it: quoted, and cut when long. */
export function shownName(name: string): string {
  return `"${cut(name, 60)}"`;
}

/** An error leaves a body: its last command and the body's own line are logged, then the caller's command is noted. */
export function procFailed(thrown: unknown, g: Frame, site: CommandSite): unknown {
  const e = asTclError(thrown);
  if (g[3] !== null) leaveFrame(g, 1);
  if (!(e instanceof TclError)) return e;
  logSite(e, g);
  e.errorInfo = `${e.errorInfo ?? e.message}\n    (${unitOf(g).label(g)} line ${e.errorLine})`;
  e.site = site;
  if (e.errorStack.length === 0) e.operands = wordsOf(g);
  return e;
}

// --- calling ----------------------------------------------------------------------------------------------------------------

/** Calls a command by its words (the command's own first). `cmd` null: `unknown` is asked. `rewrite`: where the words are not the script's. */
export function callCommand(
  interp: TclInterp,
  cmd: Cmd | null,
  words: readonly Value[],
  vf: Frame,
  site: CommandSite,
  rewrite: Rewrite | null = null,
): number {
  if (cmd === null) return interp.callUnknown(words, vf, site, rewrite);
  if (interp.deleted) throw mark(evalInDeleted(), site, words);
  if (cmd.traces !== null || interp.stepping) return callTraced(interp, cmd, words, vf, site, rewrite);
  return invoke(interp, cmd, words, vf, site, rewrite);
}

/** As callCommand, without execution traces. */
export function invoke(
  interp: TclInterp,
  cmd: Cmd,
  words: readonly Value[],
  vf: Frame,
  site: CommandSite,
  rewrite: Rewrite | null,
): number {
  if (cmd.proc !== null) {
    let g: Frame;
    try {
      g = bindArguments(unitFor(cmd.proc, cmd), cmd.proc, words, 1, vf, rewrite);
    } catch (e) {
      throw mark(e, site, writtenWords(rewrite, words));
    }
    return startProc(g, site);
  }
  try {
    if (interp.countingCommands) interp.countCommand();
    if (cmd.direct !== null) return cmd.direct(words, vf, site, rewrite);
    if (R.level >= R.levelStop && R.level >= interp.levelLimit()) throw tooManyNested();
    const row = cmd.row;
    if (row !== null && (words.length - 1 < row.min || words.length - 1 > row.max)) {
      throw wrongWords(rewrite, [str(words[0]!)], row.usage);
    }
    if (cmd.run !== null) {
      R.result = cmd.run(cmd.interp, words, vf);
      return 0;
    }
    if (cmd.script !== null) {
      const started = cmd.script(cmd.interp, words, vf, site, rewrite);
      return typeof started === 'number' ? started : drive(started, vf, site, words, writtenWords(rewrite, words));
    }
    if (cmd.ensemble !== null) return interp.callEnsemble(cmd, words, vf, site, rewrite);
    if (cmd.alias !== null) return callAlias(interp, cmd, words, vf, site, rewrite);
    if (cmd.origin !== null) return callCommand(interp, cmd.origin, words, vf, site);
  } catch (e) {
    if (cmd.alias !== null && (cmd.run ?? cmd.ensemble) !== null) fromAfar(e);
    throw mark(e, site, writtenWords(rewrite, words));
  }
  throw mark(invalidCommand(str(words[0]!)), site, writtenWords(rewrite, words));
}

/** An error of what another interpreter does in Tcl: its trace begins there, with a command that is not seen here. */
export function fromAfar(e: unknown): void {
  if (e instanceof TclError && e.site === null) e.errorInfo ??= e.message;
}

/**
 * The words go on, behind the alias's own, to a command at the global level of names, in the frame that the target interpreter is in; `wrong # args`
 * speaks of the alias.
 */
function callAlias(interp: TclInterp, cmd: Cmd, words: readonly Value[], vf: Frame, site: CommandSite, rewrite: Rewrite | null): number {
  const { target, prefix } = cmd.alias!;
  if (target.deleted) throw evalInDeleted();
  const out = [...prefix, ...words.slice(1)];
  const found = target.resolveCommand(str(out[0]!), target.globalNs);
  // Each interpreter knows of what was rewritten on the way to it alone.
  const usage = rewritten(target === interp ? rewrite : null, words, 1, prefix.length);
  if (target === interp) return callFound(target, found, out, vf, site, usage);
  return callIn(target, found, out, vf, site, usage);
}

/**
 * How a script ends that ended otherwise than with a value where nothing else runs that it could mean something to: a `return` gives its value or its
 * error, and all else is an error, told of the command at `site`; null where codes are `bound` to mean something
 * nevertheless.
 */
export function outermost(end: Completion | Unwind, site?: CommandSite | null): Value | TclError;
export function outermost(end: Completion | Unwind, site: CommandSite | null, bound: boolean): Value | TclError | null;
export function outermost(
  { code, value, ret }: Completion | Unwind,
  site: CommandSite | null = null,
  bound = false,
): Value | TclError | null {
  const level = code === RETURN ? (ret?.level ?? 1) : 0;
  const left = level === 0 ? code : level > 1 ? RETURN : (ret?.code ?? 0);
  if (left === 0) return value;
  const returned = left === 1 && ret ? errorFromReturn(value, ret) : null;
  if (bound ? returned === null || returned.errorInfo !== null : returned !== null) return returned;
  const e = returned ?? unexpectedCode(left, ['TCL', 'UNEXPECTED_RESULT_CODE', String(left)]);
  e.site = site;
  logSite(e);
  return e;
}

/** Calls what was looked for at the global level of names; where it is not, the `unknown` of that level is asked. */
function callFound(target: TclInterp, cmd: Cmd | null, words: readonly Value[], vf: Frame, site: CommandSite, usage: Rewrite): number {
  if (cmd === null) return target.callUnknown(words, vf, site, usage, target.globalNs);
  return callCommand(target, cmd, words, vf, site, usage);
}

/** A call that goes to another interpreter: what it is here when it has ended there, and what an error of it is. */
export interface Visit extends Origin {
  ended(c: number): number;
  failed(e: unknown): unknown;
}

/** Runs what a visit is for, where `f` calls. */
export function visit(step: Step, node: Visit, f: Frame): number {
  const { level } = R;
  let c: number;
  try {
    c = runStep(step, node);
  } catch (e) {
    R.level = level;
    throw node.failed(asTclError(e));
  }
  return c === SUSPENDED ? capture(visitGo, node, f, null, visitFail, level) : node.ended(c);
}

function visitGo(cell: Cell, c: number): number {
  R.level = cell.level;
  return (cell.node as Visit).ended(c);
}

function visitFail(cell: Cell, e: unknown): number {
  R.level = cell.level;
  throw (cell.node as Visit).failed(asTclError(e));
}

/** A call in another interpreter: words cross as strings. What went wrong there is told here by the alias alone. */
function callIn(target: TclInterp, cmd: Cmd | null, words: readonly Value[], vf: Frame, site: CommandSite, usage: Rewrite): number {
  let frame = target.currentFrame;
  // What is not there is asked for at the global level of names, which is one of frames where there are no locals.
  if (cmd === null && !unitOf(varFrameOf(frame)).isProc) frame = target.globalFrame;
  // In which nothing else runs.
  const alone = target.left === null;
  const failed = (thrown: unknown): unknown => {
    const e = pastLimit(thrown, target);
    if (e instanceof TclError) {
      e.site = site;
      // Of nothing nothing is begun.
      e.errorInfo = (e.errorInfo ?? e.message) || null;
      e.given = false;
      giveOptions(e);
    }
    return e;
  };
  const ended = (c: number): number => {
    if (c === 0 || !alone) return c;
    const end = outermost(new Unwind(c, R.result, c === RETURN ? R.ret : null));
    R.ret = null;
    if (end instanceof TclError) throw failed(end);
    R.result = end;
    return 0;
  };
  const run = (f: Frame) => callFound(target, cmd, words.map(str), f, lazySite([]), usage);
  const node: Visit = { site, words: [], vf, script: null, file: null, main: false, ended, failed };
  return visit({ kind: 'stmt', frame, interp: target, run }, node, vf);
}

/** Binds the words from `skip` on to parameters in a new frame; throws the proc's `wrong # args`. */
export function bindArguments(
  unit: Unit,
  proc: Proc,
  words: readonly Value[],
  skip: number,
  vf: Frame | null,
  rewrite: Rewrite | null,
): Frame {
  const given = words.length - skip;
  const { params } = proc;
  if (given < proc.min || given > proc.max) throw wrongProcArgs(proc, words, skip, rewrite);
  const g = makeFrame(unit.size, vf, unit, words as Value[], null);
  const n = params.length;
  const rest = n > 0 && proc.max === Infinity;
  for (let i = 0; i < (rest ? n - 1 : n); i++) {
    const v = i < given ? words[skip + i] : params[i]!.fallback;
    g[HEADER + i] = v === undefined ? undefined : share(v);
  }
  if (rest) {
    const items: Value[] = [];
    for (let i = skip + n - 1; i < words.length; i++) items.push(share(words[i]!));
    g[HEADER + n - 1] = newList(items);
  }
  return g;
}

/** `wrong # args: should be "name a ?b? ?arg ...?"`. */
function wrongProcArgs(proc: Proc, words: readonly Value[], skip: number, rewrite: Rewrite | null): TclError {
  const shown = [proc.lambda ? 'lambdaExpr' : skip > 0 ? quoteElement(str(words[skip - 1]!)) : ''];
  let usage = '';
  proc.params.forEach((p, i) => {
    if (i === proc.params.length - 1 && p.name === 'args' && p.fallback === undefined) usage = '?arg ...?';
    else shown.push(p.fallback !== undefined ? `?${p.name}?` : p.name);
  });
  return wrongWords(skip > 1 ? rewritten(rewrite, words, skip - 1, 0) : rewrite, shown, usage);
}

/** The compiled body, compiled now if it was not or if a command compiled in line has changed since. */
export function unitFor(proc: Proc, cmd: Cmd | null): Unit {
  const unit = proc.unit;
  if (unit?.valid) return unit;
  return (proc.unit = cmd!.interp.compileProc(proc, cmd!));
}

/** Runs a proc's body in its frame, by the slow way: looks at depth, fuel and limits first. */
export function startProc(g: Frame, site: CommandSite): number {
  const level = R.level;
  const { interp, body } = unitOf(g);
  let pause = level >= R.levelStop;
  if (pause && level >= interp.levelLimit()) throw mark(tooManyNested(), site, wordsOf(g));
  try {
    if (interp.countingCommands) interp.countCommand();
    if (pause) {
      // Time to leave the JavaScript stack: come back to this call from the heap.
      R.why = { kind: 'deep' };
    } else if (--R.fuel < 0) {
      heat(g);
      pause = outOfFuel();
    }
  } catch (e) {
    throw mark(e, site, wordsOf(g));
  }
  if (pause) {
    capture(enterGo, null, g, null, null, level);
    return capture(callGo, site, g, null, callFail, level);
  }
  R.level = level + 1;
  let c: number;
  try {
    c = body(g);
  } catch (e) {
    throw procFailed(e, g, site);
  }
  if (c === SUSPENDED) return capture(callGo, site, g, null, callFail, level);
  R.level = level;
  if (g[3] !== null) c = leaveFrame(g, c);
  return c === 0 ? 0 : finishCall(c, g, site);
}

/** Enters a body after a pause at its call. */
export function enterGo(cell: Cell): number {
  R.level = cell.level + 1;
  return unitOf(cell.f).body(cell.f);
}

/** A body has ended after a pause. `cell.f` is its own frame. */
export function callGo(cell: Cell, c: number): number {
  R.level = cell.level;
  if (cell.f[3] !== null) c = leaveFrame(cell.f, c);
  return c === 0 ? 0 : finishCall(c, cell.f, cell.node as CommandSite);
}

export function callFail(cell: Cell, e: unknown): number {
  throw procFailed(e, cell.f, cell.node as CommandSite);
}

/** What a body's completion code means to its caller. */
export function finishCall(c: number, g: Frame, site: CommandSite): number {
  if (c === RETURN) {
    if (R.tailcall?.frame !== g) return finishReturn(site, g);
    return site.tail === true ? c : runTails(site, callerOf(g)!);
  }
  if (c === BREAK || c === CONTINUE) {
    const e = unexpectedCode(c);
    e.errorInfo = e.message;
    throw procFailed(e, g, site);
  }
  return c;
}

/**
 * What procs have left for their end by `tailcall`: one command after the other, each in the place of the one before, so that it may go on so for
 * ever. Only the last is in the trace of an error.
 */
export function runTails(site: CommandSite, vf: Frame): number {
  const node: Noted = { label: '', site, line: null };
  let c = RETURN;
  while (c === RETURN && R.tailcall !== null) {
    const { words, ns } = R.tailcall;
    R.tailcall = null;
    try {
      if (ns.deleted || ns.dying) throw new TclError(`namespace "${ns.fullName}" not found`, ['TCL', 'LOOKUP', 'NAMESPACE', ns.fullName]);
      const at = lazySite(words);
      at.tail = true;
      c = callCommand(ns.interp, ns.interp.resolveCommand(str(words[0]!), ns), words, vf, at);
      // Nothing is below it that its `return` could end.
      if (c === RETURN && R.tailcall === null && R.level <= (ns.interp.levelsBelow || 1)) c = finishReturn(at);
    } catch (e) {
      throw tailFailed(e, node, vf);
    }
  }
  return c === SUSPENDED ? capture(tailGo, node, vf, null, tailGoFail) : c;
}

/** Calls a command in the place of the one at `site`, which is in `vf`; its name means what it means in `ns`. */
export function callInstead(words: readonly Value[], ns: Namespace, site: CommandSite, vf: Frame): number {
  R.tailcall = { words, ns, frame: vf };
  return runTails(site, vf);
}

/** A call that is in no script is over by then, and not told of. */
function tailFailed(thrown: unknown, node: Noted, vf: Frame): unknown {
  const e = noted(thrown, node, vf);
  if (node.site.made && e instanceof TclError) e.given = true;
  return e;
}

function tailGoFail(cell: Cell, e: unknown): number {
  throw tailFailed(e, cell.node as Noted, cell.f);
}

export function tailGo(cell: Cell, c: number): number {
  return c === RETURN && R.tailcall !== null ? runTails((cell.node as Noted).site, cell.f) : c;
}

/** One level less for a `return`; at the last its code takes effect. */
export function finishReturn(site: CommandSite, g: Frame | null = null): number {
  const ret = R.ret;
  R.ret = null;
  if (ret === null) return 0;
  if (ret.level > 1) {
    R.ret = { ...ret, level: ret.level - 1 };
    return RETURN;
  }
  if (ret.code === 1) throw mark(errorFromReturn(R.result, ret), site, g && wordsOf(g));
  keep(ret.code, R.result, ret.options);
  return ret.code;
}

/** Notes the options of a `return` whose code takes effect. */
export function keep(code: number, value: Value, options: ReturnOptions['options']): void {
  R.kept = options.size > 0 ? { code, value, options } : null;
}

/** Gives an error the errorCode that a script has for it: a list mostly. */
export function withCode(e: TclError, code: Value | undefined): TclError {
  if (code === undefined) return e;
  const text = `${str(code)}`;
  e.givenCode = text;
  try {
    e.errorCode = elements(code).map(str);
  } catch {
    e.errorCode = [text];
  }
  return e;
}

/** The error that `return -code error` makes. */
export function errorFromReturn(value: Value, ret: ReturnOptions): TclError {
  const code = ret.options.get('-errorcode');
  const e = withCode(new TclError(str(value)), code);
  const info = ret.options.get('-errorinfo');
  if (info !== undefined && str(info) !== '') {
    e.errorInfo = str(info);
  }
  const stack = ret.options.get('-errorstack');
  if (stack !== undefined) e.errorStack = elements(stack).map(share);
  const line = ret.options.get('-errorline');
  if (line !== undefined) e.errorLine = Number(str(line)) | 0;
  e.options = ret.options;
  return e;
}

// --- generators -------------------------------------------------------------------------------------------------------------

interface Driver extends Origin {
  /** As the script wrote them. */
  readonly written: readonly Value[];
  readonly gen: Generator<Step, Value, Value>;
}

/** Runs a script command's generator until it ends or must pause. */
export function drive(
  gen: Generator<Step, Value, Value>,
  vf: Frame,
  site: CommandSite,
  words: readonly Value[] = [],
  written = words,
): number {
  return driveOn({ gen, site, words, written, vf, script: null, file: null, main: false }, vf, 0, null);
}

function driveOn(d: Driver, vf: Frame, c: number, thrown: unknown): number {
  const level = R.level;
  const { gen } = d;
  let error = thrown;
  for (;;) {
    let step: IteratorResult<Step, Value>;
    try {
      if (error !== null) {
        const e = error;
        error = null;
        step = gen.throw(e);
      } else if (c !== 0) {
        const unwind = new Unwind(c, R.result, c === RETURN ? R.ret : null);
        R.ret = null;
        step = gen.throw(unwind);
      } else {
        step = gen.next(R.result);
      }
    } catch (e) {
      R.level = level;
      if (e instanceof Unwind) {
        R.result = e.value;
        R.ret = e.ret;
        if (e.code === RETURN && d.site.replaced === true && R.level <= (unitOf(vf).interp.levelsBelow || 1)) return finishReturn(d.site);
        return e.code;
      }
      throw mark(e, d.site, d.written.length > 0 ? d.written : null);
    }
    if (step.done) {
      R.result = step.value;
      return 0;
    }
    try {
      c = runStep(step.value, d);
    } catch (e) {
      R.level = level;
      c = 0;
      error = asTclError(e);
      continue;
    }
    if (c === SUSPENDED) return capture(driveGo, d, vf, null, driveFail, level);
  }
}

function driveGo(cell: Cell, c: number): number {
  return driveOn(cell.node as Driver, cell.f, c, null);
}

function driveFail(cell: Cell, e: unknown): number {
  return driveOn(cell.node as Driver, cell.f, 0, e);
}

/** Does what a generator asked for; errors of scripts leave with their own commands logged. `d`: the call that it is for. */
function runStep(step: Step, d: Origin): number {
  switch (step.kind) {
    case 'wait':
      R.why = { kind: 'wait', reason: step.reason, start: step.start };
      return SUSPENDED;
    case 'eval':
    case 'call':
    case 'stmt': {
      const interp = (step.interp as TclInterp | null | undefined) ?? unitOf(step.frame ?? d.vf).interp;
      return interp === clock.interp ? runIn(interp, step, d) : crossInto(interp, step, d);
    }
  }
}

type ScriptStep = Extract<Step, { kind: 'eval' | 'call' | 'stmt' }>;

function runIn(interp: TclInterp, step: ScriptStep, d: Origin): number {
  if (step.kind === 'eval') {
    d.script = step.script;
    d.file = step.file ?? null;
    d.main = step.main === true;
    const { times } = step;
    if (times === undefined) return evalScript(interp, step.script, step.frame, d, step.direct);
    return evalAgain({ interp, script: step.script, origin: d, left: times }, step.frame);
  }
  return step.kind === 'call' ? callWordsIn(interp, step.words, step.frame) : step.run(step.frame);
}

/** What is to be put back when an interpreter that was entered from another is left. */
interface Crossing {
  readonly outer: TclInterp | null;
  readonly left: TclInterp['left'];
  readonly inner: TclInterp;
  readonly levelsBelow: number;
  readonly coroutine: CoroutineRecord | null;
}

/** `vf` is where the other interpreter stands. A script evaluated there is no level of its own: the first command in it is. */
function enter(inner: TclInterp, vf: Frame | null, script: boolean): Crossing {
  const outer = clock.interp;
  const crossing = { outer, left: outer?.left ?? null, inner, levelsBelow: inner.levelsBelow, coroutine: R.coroutine };
  // Tcl goes there on its C stack.
  if (crossing.coroutine !== null) crossing.coroutine.bound++;
  if (outer !== null && outer !== inner) {
    const frame = vf !== null && unitOf(vf).interp === outer ? vf : null;
    outer.left = { frame, levels: R.level - outer.levelsBelow, coroutine: R.coroutine };
    inner.levelsBelow = R.level - (inner.left?.levels ?? 0) + (script ? 1 : 0);
  }
  clock.interp = inner;
  setStop();
  return crossing;
}

function leave({ outer, left, inner, levelsBelow, coroutine }: Crossing): void {
  if (coroutine !== null) coroutine.bound--;
  inner.levelsBelow = levelsBelow;
  if (outer !== null) outer.left = left;
  clock.interp = outer;
  setStop();
  // A loop may go on in which fuel runs out in the other interpreter alone, whose limits are not these.
  const deadline = nextDeadline();
  if (deadline !== Infinity && clock.now() >= deadline) R.fuel = 0;
}

/** A step in another interpreter, whose limits apply until it is left. After a pause the machine makes it the running one again. */
function crossInto(interp: TclInterp, step: ScriptStep, d: Origin): number {
  const crossing = enter(interp, d.vf, step.kind === 'eval');
  let c: number;
  try {
    c = runIn(interp, step, d);
  } catch (e) {
    leave(crossing);
    throw e;
  }
  if (c === SUSPENDED) return capture(backGo, crossing, d.vf, null, backFail);
  leave(crossing);
  return c;
}

function backGo(cell: Cell, c: number): number {
  leave(cell.node as Crossing);
  return c;
}

function backFail(cell: Cell, e: unknown): number {
  leave(cell.node as Crossing);
  throw e;
}

/** Evaluates a script in a variable frame. Compiled once per text and namespace; a list that has no text yet is the words of a call. */
export function evalScript(interp: TclInterp, script: Value, vf: Frame, origin: Origin | null = null, direct = false): number {
  if (interp.deleted) throw evalInDeleted();
  if (script instanceof TclList && script.s === null && !origin?.file) return callWordsIn(interp, share(script).a, vf, origin);
  const { ns } = unitOf(vf);
  const unit = origin?.file
    ? interp.compileFile(script, ns, origin.file, origin.main)
    : direct
      ? interp.compileDirect(script, ns)
      : interp.compileScript(script, ns);
  return runUnit(unit, vf, origin);
}

interface Repeated {
  readonly interp: TclInterp;
  readonly script: Value;
  readonly origin: Origin;
  left: number;
}

/** Evaluates a script as often as is left to do: a loop without a generator's step each time. */
function evalAgain(node: Repeated, vf: Frame): number {
  const { interp, script, origin } = node;
  const { ns } = unitOf(vf);
  const isText = !(script instanceof TclList && script.s === null);
  let unit: Unit | null = null;
  while (node.left-- > 0) {
    let c: number;
    if (isText && !interp.deleted) {
      if (unit === null || unit.epoch !== interp.inlineEpoch) unit = interp.compileScript(script, ns);
      c = runUnit(unit, vf, origin);
    } else {
      c = evalScript(interp, script, vf, origin);
    }
    if (c !== 0) return c === SUSPENDED ? capture(againGo, node, vf, null) : c;
  }
  return 0;
}

function againGo(cell: Cell, c: number): number {
  return c === 0 ? evalAgain(cell.node as Repeated, cell.f) : c;
}

/** Runs a unit in somebody's variable frame. */
export function runUnit(unit: Unit, vf: Frame, origin: Origin | null): number {
  const level = R.level;
  const f = makeFrame(unit.size, null, unit, origin ?? '', vf);
  if (level >= R.levelStop) {
    if (level >= unit.interp.levelLimit()) throw tooManyNested();
    R.why = { kind: 'deep' };
    capture(enterGo, null, f, null, null, level);
    return capture(evalGo, null, f, null, evalFail, level);
  }
  if (--R.fuel < 0 && outOfFuel()) {
    capture(enterGo, null, f, null, null, level);
    return capture(evalGo, null, f, null, evalFail, level);
  }
  R.level = level + 1;
  let c: number;
  try {
    c = unit.body(f);
  } catch (e) {
    throw leaveScript(e, f);
  }
  if (c === SUSPENDED) return capture(evalGo, null, f, null, evalFail, level);
  R.level = level;
  return c;
}

/** Runs a single command compiled in line from its words, as part of the command that asked: nothing is logged here. */
export function runInline(unit: Unit, vf: Frame): number {
  const level = R.level;
  const f = makeFrame(unit.size, null, unit, '', vf);
  if (level >= R.levelStop) {
    if (level >= unit.interp.levelLimit()) throw tooManyNested();
    R.why = { kind: 'deep' };
    capture(enterGo, null, f, null, null, level);
    return capture(evalGo, null, f, null, null, level);
  }
  R.level = level + 1;
  const c = unit.body(f);
  if (c === SUSPENDED) return capture(evalGo, null, f, null, null, level);
  R.level = level;
  return c;
}

interface Noted {
  readonly label: string | null;
  readonly site: CommandSite;
  readonly line: number | null;
}

/**
 * A script that is a word of the command at `site`, at `line` of the unit where that is known: an error leaves it with its own command logged, and
 * `label`. A label of null: it does not leave the command.
 */
export function noting(s: Stmt, label: string | null, site: CommandSite, line: number | null): Stmt {
  const node: Noted = { label, site, line };
  return (f) => {
    try {
      const c = s(f);
      return c === SUSPENDED ? capture(noteGo, node, f, null, noteFail) : c;
    } catch (e) {
      throw noted(e, node, f);
    }
  };
}

export function noteGo(_cell: Cell, c: number): number {
  return c;
}

function noteFail(cell: Cell, e: unknown): number {
  throw noted(e, cell.node as Noted, cell.f);
}

function noted(thrown: unknown, { label, site }: Noted, f: Frame): unknown {
  const e = leaveScript(thrown, f);
  if (e instanceof TclError && label !== null) {
    if (label !== '')
      e.errorInfo = `${e.errorInfo ?? e.message}\n    (${label.includes('command') ? label : `${label} line ${e.errorLine}`})`;
    e.site = site;
  }
  return e;
}

/** A command with others in brackets among its words, each of which was evaluated by itself: it tells of their errors as well. */
export function telling(s: Stmt, site: CommandSite): Stmt {
  return (f) => {
    try {
      const c = s(f);
      return c === SUSPENDED ? capture(passGo, site, f, null, tellFail) : c;
    } catch (e) {
      throw told(e, site, f);
    }
  };
}

function tellFail(cell: Cell, e: unknown): number {
  throw told(e, cell.node as CommandSite, cell.f);
}

function told(thrown: unknown, site: CommandSite, f: Frame): unknown {
  const e = asTclError(thrown);
  // Operators have sites made of their command's.
  if (e instanceof TclError && e.site?.text !== site.text) {
    logSite(e, f);
    e.site = site;
  }
  return e;
}

/** The value of a script that has run to its end at top level; break and continue are errors there. */
export function finishTop(c: number): Value {
  if (c === BREAK || c === CONTINUE) throw unexpectedCode(c);
  if (c === RETURN) {
    const ret = R.ret;
    R.ret = null;
    if (ret !== null && ret.code === 1) throw errorFromReturn(R.result, ret);
  } else if (c !== 0) {
    throw new TclError(`command returned bad code: ${c}`, ['TCL', 'RESULT', 'UNEXPECTED']);
  }
  return R.result;
}

export function evalGo(cell: Cell, c: number): number {
  R.level = cell.level;
  return c;
}

function evalFail(cell: Cell, e: unknown): number {
  throw leaveScript(e, cell.f);
}

function leaveScript(thrown: unknown, f: Frame, origin?: Origin | null): unknown {
  const e = asTclError(thrown);
  if (e instanceof TclError) logSite(e, f, origin ? callFrameWithin(origin, f) : callFrameOf(f));
  return e;
}

/** Calls words without a script around them; the call is logged by its list. With `origin` (null: unknown) they are themselves a script. */
export function callWordsIn(interp: TclInterp, words: readonly Value[], vf: Frame, origin?: Origin | null): number {
  if (words.length === 0) {
    R.result = '';
    return 0;
  }
  if (interp.deleted) throw evalInDeleted();
  const site = lazySite(words);
  try {
    const cmd = interp.resolveCommand(str(words[0]!), unitOf(vf).interp === interp ? unitOf(vf).ns : interp.globalNs);
    const c = callCommand(interp, cmd, words, vf, site);
    if (c !== SUSPENDED) return c;
    return origin === undefined ? capture(wordsGo, null, vf, null, evalFail) : capture(listGo, words, vf, origin, listFail);
  } catch (e) {
    throw leaveScript(e, vf, origin);
  }
}

function wordsGo(cell: Cell, c: number): number {
  R.level = cell.level;
  return c;
}

export function listGo(cell: Cell, c: number): number {
  R.level = cell.level;
  return c;
}

function listFail(cell: Cell, e: unknown): number {
  throw leaveScript(e, cell.f, cell.state as Origin | null);
}

export function lazySite(words: readonly Value[], made = true): CommandSite {
  return new LazySite(words, made);
}

/** The source of a call made from words: its list, made only if an error asks for it. (An object literal with a getter is slow to make.) */
class LazySite implements CommandSite {
  private readonly words: readonly Value[];
  readonly line = 1;
  readonly made: boolean;
  tail = false;
  constructor(words: readonly Value[], made: boolean) {
    this.words = words;
    this.made = made;
  }
  get text(): string {
    return formatList(this.words);
  }
}

// --- going on ---------------------------------------------------------------------------------------------------------------

/** Gives the level at which calls must take the slow way, counted from where the JavaScript stack begins now. */
export function setBase(level: number): void {
  R.level = level;
  R.levelBase = level;
  setStop();
}

/** That level is also the running interpreter's own limit. */
export function setStop(): void {
  const stop = R.levelBase + stress.stackLevels;
  const { interp } = clock;
  const limit = interp === null ? stop : interp.levelLimit();
  R.levelStop = limit < stop ? limit : stop;
}

/**
 * Pops captured cells until none is left or the script pauses again (SUSPENDED, with the rest back in `R.head`). `error` starts it
 * by failing instead of completing. Throws what nobody caught. `last` is the last cell, where that is known.
 */
export function resumeCells(first: Cell | null, c: number, error: unknown, last: Cell | null = null): number {
  let cell = first;
  let failed = error !== null;
  while (cell !== null) {
    const next: Cell | null = cell.next;
    setBase(cell.level);
    if (R.coroutine !== cell.coroutine) R.coroutine = cell.coroutine;
    R.head = null;
    R.tail = null;
    R.spare = cell;
    try {
      if (failed) {
        if (cell.fail !== null) {
          c = cell.fail(cell, error);
          failed = false;
        }
      } else {
        c = cell.go(cell, c);
      }
    } catch (e) {
      error = e;
      failed = true;
      c = 0;
    }
    if (!failed && c === SUSPENDED) {
      append(next, last);
      last = R.tail;
      if (R.why.kind !== 'yield') return SUSPENDED;
      // The coroutine's base is on the JavaScript stack above, or in this list: cut there and let its caller go on.
      const base = cutCoroutine(R.why);
      if (base === null) return SUSPENDED;
      cell = base;
      c = 0;
      R.head = null;
      R.tail = null;
      continue;
    }
    cell = next;
  }
  R.head = null;
  R.tail = null;
  R.spare = null;
  if (failed) throw error;
  return c;
}

/** Puts what was still to run, up to `last`, behind what has just been captured. */
function append(rest: Cell | null, last: Cell | null): void {
  if (rest === null) return;
  if (R.tail === null) R.head = rest;
  else (R.tail as Cell).next = rest;
  let end = last ?? rest;
  while (end.next !== null) end = end.next;
  R.tail = end;
}

/** A coroutine keeps the cells up to its base, and goes on from there (coroutine.ts). */
function cutCoroutine(co: CoroutineRecord): Cell | null {
  if (co.onStack) return null;
  const first = R.head;
  let previous: Cell | null = null;
  for (let cell = first; cell !== null; cell = cell.next) {
    if (cell.node === co) {
      if (previous !== null) previous.next = null;
      co.cells = previous === null ? null : first;
      co.last = previous;
      return cell;
    }
    previous = cell;
  }
  return null;
}

/**
 * Runs a statement to its end at once, inside whatever runs now: variable traces, calls from the host. It moves to the heap when deep,
 * but it cannot stand still: waiting or yielding fails as Tcl fails across a C stack frame.
 */
export function runBarrier(s: Stmt, f: Frame): number {
  const saved = { ...R };
  if (R.barriers >= MAX_BARRIERS) throw tooManyNested();
  R.head = null;
  R.tail = null;
  R.spare = null;
  R.barriers++;
  const crossing = enter(unitOf(f).interp, null, true);
  try {
    setBase(R.level);
    let c = s(f);
    while (c === SUSPENDED) {
      const { why } = R;
      const head = R.head;
      c = why.kind === 'wait' || why.kind === 'yield' ? resumeCells(head, 0, cannotPause(why.kind)) : resumeCells(head, 0, null);
    }
    return c;
  } finally {
    const { result, ret, fuel, grown, texts } = R;
    Object.assign(R, saved);
    leave(crossing);
    R.result = result;
    R.ret = ret;
    R.fuel = fuel;
    R.grown = grown;
    R.texts = texts;
  }
}

/** Each barrier holds JavaScript frames of its own. */
const MAX_BARRIERS = 20;

export function cannotPause(kind: 'wait' | 'yield'): TclError {
  return kind === 'yield'
    ? new TclError('cannot yield: C stack busy', ['TCL', 'COROUTINE', 'CANT_YIELD'])
    : new TclError('cannot wait: C stack busy', ['TCL', 'EVENT', 'CANT_WAIT']);
}
