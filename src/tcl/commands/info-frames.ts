/**
 * `info frame`: what runs, and where its source is. Nothing of the kind is kept while code runs; but a pause captures every active call with
 * its source, so the stack is read off such a pause, which ends at once. Where a script comes from is found outside in: a word of a
 * command whose place is known has a known place, too. Answers to info.n and tclCmdIL.c (InfoFrameCmd, TclInfoFrame).
 */
import type { Frame, Interp, Step } from '../command.ts';
import { constantText, literalWords } from '../compiler.ts';
import type { CommandSite } from '../errors.ts';
import { callerOf, callFrameWithin, type Origin, unitOf, varFrameOf, wordsOf } from '../frames.ts';
import { badLevel } from '../levels.ts';
import { elements, newList } from '../list.ts';
import type { Place } from '../namespace.ts';
import { smallIntOf } from '../number.ts';
import { parseScript } from '../parser.ts';
import { type Cell, capture, R } from '../regs.ts';
import { callGo, evalGo, listGo, noteGo, tailGo } from '../run.ts';
import { str, type Value } from '../value.ts';
import { vfsOf } from '../vfs.ts';
import { engineOf } from './engine.ts';

/** Where a script is: a place in a file, the body of a proc or a script from nowhere. `line` is that of its beginning. */
interface Whereabouts {
  readonly type: 'source' | 'proc' | 'eval';
  readonly file: Value | null;
  readonly line: number;
}

const NOWHERE: Whereabouts = { type: 'eval', file: null, line: 1 };

/** A script or body that runs, and the command in it. */
interface Running {
  readonly site: CommandSite;
  readonly cell: Cell;
  where: Whereabouts;
  /** The frame of the innermost call, which is not that of the variables within `uplevel`. */
  call: Frame;
}

/** What runs in an interpreter, innermost first. */
function* running(frame: Frame): Generator<Step, Running[], Value> {
  let stack: Cell | null = null;
  yield {
    kind: 'stmt',
    frame,
    run: (f) => {
      R.why = { kind: 'slice' };
      const here = (cell: Cell): number => {
        stack = cell.next;
        return 0;
      };
      return capture(here, null, f, null);
    },
  };
  const { interp } = unitOf(frame);
  const all: Running[] = [];
  let site: CommandSite | null = null;
  let work = 0;
  for (let cell = stack as Cell | null; cell !== null; cell = cell.next) {
    work++;
    const { go, node } = cell;
    if (go === listGo) {
      const list = { text: str(newList(node as Value[])), line: 1 };
      if (unitOf(cell.f).interp === interp) all.push({ site: site ?? list, cell, where: NOWHERE, call: frame });
      site = null;
    } else if (go === evalGo || go === callGo || go === noteGo) {
      if (site !== null && unitOf(cell.f).interp === interp) all.push({ site, cell, where: NOWHERE, call: frame });
      site = go === callGo ? written(node as CommandSite) : go === noteGo ? (node as { site: CommandSite }).site : null;
    } else if (go === tailGo) {
      // What was called in its place is no command of a script.
      site = written((node as { site: CommandSite }).site);
    } else if (site === null && typeof node === 'object' && node !== null && 'vf' in node) {
      site = written((node as unknown as Origin).site);
    }
  }
  interp.budget.charge(work);
  let outer: Running | null = null;
  for (const one of all.toReversed()) {
    one.call = callFrame(one.cell, outer);
    // A word that came through a list stands where it stood before.
    if (one.cell.go === listGo) continue;
    one.where = whereabouts(one, outer);
    outer = one;
  }
  return all;
}

/** The call that runs an evaluated script. */
function originOf(f: Frame): Origin | null {
  const origin = f[2] as Origin | Value;
  return typeof origin === 'object' && 'vf' in origin ? origin : null;
}

function callFrame(cell: Cell, outer: Running | null): Frame {
  const vf = varFrameOf(cell.f);
  if (cell.go === listGo) return callFrameWithin(cell.state as Origin | null, vf);
  // A frame that is its own, or one that a script had made for it (`namespace eval`).
  if (cell.go === callGo || outer === null || callerOf(vf) === originOf(cell.f)?.vf) return vf;
  return outer.call;
}

/** Calls made from words have no source of their own. */
function written(site: CommandSite): CommandSite | null {
  return site.made || site.text === '' ? null : site;
}

function whereabouts({ cell }: Running, outer: Running | null): Whereabouts {
  const unit = unitOf(cell.f);
  if (cell.go === callGo) {
    const place = unit.proc?.place;
    if (place) return { type: 'source', ...place };
    const literal = unit.lambda === null || outer === null ? null : wordAt(outer, unit.lambda);
    if (literal?.type === 'source') return { ...literal, line: literal.line + linesBeforeBody(unit.lambda!) };
    return { type: 'proc', file: null, line: 1 };
  }
  if (cell.go === noteGo) {
    const { line } = cell.node as { line: number | null };
    return outer === null || line === null ? NOWHERE : { ...outer.where, line: outer.where.line + line - 1 };
  }
  const origin = originOf(cell.f);
  if (origin === null) return NOWHERE;
  if (origin.file !== null) return { type: 'source', file: origin.file, line: 1 };
  return (outer && origin.script !== null && wordAt(outer, str(origin.script))) || NOWHERE;
}

function lineOf(where: Whereabouts, { line, ahead = 0 }: CommandSite): number {
  return where.line + line - 1 - ahead;
}

const BLIND = /^(::)?(uplevel|coroutine)\s/;

/** Where the word of the running command that says `text` begins; null when none does so as it stands, or where the command is not known. */
function wordAt(outer: Running, text: string): Whereabouts | null {
  const { where, site, cell } = outer;
  if (/^(::)?time\s/.test(site.text)) return null;
  const { interp } = unitOf(cell.f);
  // In what Tcl has compiled these know nothing of their words, unless asked to.
  if (!interp.debugFrames && BLIND.test(site.text) && !(cell.go === evalGo && originOf(cell.f)?.file)) return null;
  interp.budget.charge(site.text.length);
  const [command] = parseScript(site.text).commands;
  const word = command && literalWords(command.words).find((w) => !w.expand && constantText(w) === text);
  return word === undefined ? null : { ...where, line: lineOf(where, site) + word.line };
}

/** Lines of a lambda's text before its body. */
function linesBeforeBody(lambda: string): number {
  return lambda.slice(0, Math.max(0, lambda.lastIndexOf(str(elements(lambda)[1]!)))).split('\n').length - 1;
}

/** For `proc`: the file and line where the word `text` of the running command is; null when it stands in no file. */
export function* placeOf(frame: Frame, text: string): Generator<Step, Place | null, Value> {
  const here = (yield* running(frame)).find(({ cell }) => cell.go !== listGo);
  const where = here === undefined ? null : wordAt(here, text);
  return where?.type === 'source' ? { file: where.file!, line: where.line } : null;
}

export function* frameCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  const all = yield* running(frame);
  const depth = all.length;
  if (args.length === 1) return depth;
  const level = smallIntOf(args[1]!);
  if (level > depth || level <= -depth) throw badLevel(str(args[1]!));
  const { site, call, where } = all[level > 0 ? depth - level : -level]!;
  const out: Value[] = ['type', where.type, 'line', lineOf(where, site)];
  if (where.file !== null) out.push('file', vfsOf(interp).normalize(str(where.file)));
  out.push('cmd', site.text);
  const { isProc, lambda, context } = unitOf(call);
  if (lambda !== null) out.push('lambda', lambda);
  else if (context !== null) out.push(...context.describe());
  else if (isProc) {
    const cmd = engineOf(interp).resolveCommand(str(wordsOf(call)[0]!), unitOf(callerOf(call) ?? call).ns);
    if (cmd?.proc) out.push('proc', cmd.fullName);
  }
  let up = 0;
  for (let f: Frame | null = varFrameOf(frame); f !== null; f = callerOf(f), up++) {
    if (f !== call) continue;
    out.push('level', up);
    break;
  }
  return newList(out);
}
