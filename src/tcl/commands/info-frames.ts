/**
 * `info frame`: what runs, and where its source is. Nothing of the kind is kept while code runs; but a pause captures every active call with
 * its source, so the stack is read off such a pause, which ends at once. Where a script comes from is found outside in: a word of a
 * command whose place is known has a known place, too. Answers to info.n and tclCmdIL.c (InfoFrameCmd, TclInfoFrame).
 */
import type { Frame, Interp, Step } from '../command.ts';
import { constantText, literalWords } from '../compiler.ts';
import { baseGo } from '../coroutine.ts';
import type { CommandSite } from '../errors.ts';
import { callerOf, callFrameWithin, type Origin, unitOf, varFrameOf, wordsOf } from '../frames.ts';
import { keptUntilCensus } from '../kept.ts';
import { badLevel } from '../levels.ts';
import { elements, newList } from '../list.ts';
import type { Place } from '../namespace.ts';
import { smallIntOf } from '../number.ts';
import { parseScript, type Word } from '../parser.ts';
import { type Cell, stackOf } from '../regs.ts';
import { callGo, evalGo, listGo, noteGo, tailGo } from '../run.ts';
import { str, type Value } from '../value.ts';
import { vfsOf } from '../vfs.ts';
import { engineOf } from './engine.ts';

/** Where a script is: a place in a file, the body of a proc or a script from nowhere. `line` is that of its beginning. */
interface Whereabouts extends Place {
  readonly type: 'source' | 'proc' | 'eval';
}

const NOWHERE: Whereabouts = { type: 'eval', file: null, line: 1, text: '', joins: [] };

/** A script or body that runs, and the command in it. */
interface Running {
  readonly site: CommandSite;
  readonly cell: Cell;
  where: Whereabouts;
  /** The frame of the innermost call, which is not that of the variables within `uplevel`. */
  call: Frame;
  /** What a coroutine began with. */
  first?: boolean;
}

/** What runs in an interpreter, innermost first, and where its source is. */
function* placed(frame: Frame): Generator<Step, Running[], Value> {
  const all = yield* running(frame);
  let outer: Running | null = null;
  const outers: Running[] = [];
  for (const one of all.toReversed()) {
    one.call = callFrame(one.cell, one.first ? null : outer);
    // A word that came through a list stands where it stood before.
    if (one.cell.go === listGo) continue;
    one.where = whereabouts(one, outer, outers);
    outers.push(one);
    outer = one;
  }
  return all;
}

/** The same without places and calls. */
function* running(frame: Frame): Generator<Step, Running[], Value> {
  const stack = yield* stackOf(frame);
  const { interp } = unitOf(frame);
  const all: Running[] = [];
  let site: CommandSite | null = null;
  let work = 0;
  for (let cell = stack; cell !== null; cell = cell.next) {
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
    } else if (go === baseGo) {
      const inner = all.at(-1);
      if (inner !== undefined) inner.first = true;
      site ??= written((cell.state as { site: CommandSite }).site);
    } else if (site === null && typeof node === 'object' && node !== null && 'vf' in node) {
      site = written((node as unknown as Origin).site);
    }
  }
  interp.budget.charge(work);
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

function whereabouts({ cell, site, first }: Running, outer: Running | null, outers: readonly Running[]): Whereabouts {
  const unit = unitOf(cell.f);
  if (cell.go === callGo) {
    const place = unit.proc?.place;
    if (place) {
      const { file, line, text, joins } = place;
      return { type: file === null ? 'proc' : 'source', file, line, text, joins };
    }
    const literal = unit.lambda === null || outer === null || first === true ? null : wordAt(outer, unit.lambda);
    // A body that was read from a list knows of no joined lines.
    if (literal?.type === 'source') return { ...literal, line: literal.line + linesBeforeBody(unit.lambda!), text: '', joins: [] };
    return { ...NOWHERE, type: 'proc' };
  }
  if (cell.go === noteGo) {
    const { line } = cell.node as { line: number | null };
    if (outer === null || line === null) return NOWHERE;
    const word = wordIn(outer, (w, text) => outer.site.line + w.line === line && text.includes(site.text));
    return { ...outer.where, text: '', joins: [], ...word, line: outer.where.line + line - 1 + (word ? joinsBefore(outer, word.from) : 0) };
  }
  const origin = originOf(cell.f);
  if (origin === null) return NOWHERE;
  if (origin.file !== null) return { ...NOWHERE, type: 'source', file: origin.file };
  if (outer === null || origin.script === null) return NOWHERE;
  const script = str(origin.script);
  const near = scriptAt(outer, script);
  if (near !== null) return near;
  for (let i = outers.length - 2; i >= 0; i--) {
    const one = outers[i]!;
    const isProgram = one.cell.go === evalGo && originOf(one.cell.f)?.main === true;
    if (one.site.text.length < script.length || !(isProgram || one.where.joins.length > 0 || one.site.text.includes('\\\n'))) continue;
    const where = scriptAt(one, script);
    // The words of a command of the program's own file are known wherever they go; of others the lines joined in them.
    if (where !== null) return isProgram ? where : { ...NOWHERE, text: script, joins: where.joins };
  }
  return NOWHERE;
}

function lineOf(one: Pick<Running, 'site' | 'where'>): number {
  return one.where.line + one.site.line - 1 - (one.site.ahead ?? 0) + joinsBefore(one, 0);
}

/** Lines joined in the script of a running command before the place `from` in its text. */
function joinsBefore({ site, where: { text, joins } }: Pick<Running, 'site' | 'where'>, from: number): number {
  if (joins.length === 0) return 0;
  const end = startOf(site, text) + from;
  return joins.filter((at) => at < end).length;
}

/** Where a command begins in the script it stands in. */
function startOf({ text: command, line, ahead = 0 }: CommandSite, script: string): number {
  const start = startOfLine(script, line - ahead);
  return Math.max(start, script.indexOf(command, start));
}

/** The line that was looked for last: the next one is most often further down in the same script. */
let lastLine = { script: '', line: 1, start: 0 };
keptUntilCensus({ clear: () => void (lastLine = { script: '', line: 1, start: 0 }) });

function startOfLine(script: string, line: number): number {
  let { line: n, start } = lastLine.script === script && lastLine.line <= line ? lastLine : { line: 1, start: 0 };
  for (; n < line; n++) start = script.indexOf('\n', start) + 1;
  lastLine = { script, line, start };
  return start;
}

/** A constant word of the running command, its lines from the command's start, where in the command's text it begins and where lines are joined in it. */
interface Constant {
  readonly text: string;
  readonly joins: readonly number[];
  readonly from: number;
}

function wordIn({ site, where, cell }: Running, is: (word: Word, text: string) => boolean): (Constant & { readonly word: Word }) | null {
  unitOf(cell.f).interp.budget.charge(2 * site.text.length);
  const [command] = parseScript(site.text).commands;
  const word = command && literalWords(command.words).find((w) => !w.expand && is(w, constantText(w) ?? ''));
  const text = word && constantText(word);
  if (word === undefined || text == null) return null;
  // Braces within braces may each begin alike: the work is bounded, and the lines that were joined are then not known.
  const work = { left: 4 * site.text.length };
  for (let at = site.text.indexOf('{'); at >= 0 && work.left > 0; at = site.text.indexOf('{', at + 1)) {
    const joins = joinsOf(site.text, at + 1, text, work);
    if (joins === null) continue;
    // In what has been read from braces already lines are joined, and known from there.
    const start = where.joins.length === 0 ? 0 : startOf(site, where.text) + at + 1;
    const known = where.joins.filter((join) => join >= start && join < start + text.length).map((join) => join - start);
    return { word, text, joins: [...joins, ...known], from: at };
  }
  return { word, text, joins: [], from: 0 };
}

/** Where lines are joined in the braces of which `text` was read, whose inside begins at `at`; null when it was not read from these. */
function joinsOf(source: string, at: number, text: string, work: { left: number }): number[] | null {
  const joins: number[] = [];
  const join = /\\\n[ \t]*/y;
  let i = at;
  for (let k = 0; k < text.length; k++) {
    if (--work.left < 0) return null;
    join.lastIndex = i;
    if (text[k] === ' ' && join.test(source)) {
      joins.push(k);
      i = join.lastIndex;
    } else if (source[i++] !== text[k]) return null;
  }
  return source[i] === '}' ? joins : null;
}

const BLIND = /^(::)?(uplevel|coroutine)\s/;

/** Where the word of the running command that says `text` begins; null when none does so as it stands, or where the command is not known. */
function wordAt(outer: Running, text: string): Whereabouts | null {
  const { where, site, cell } = outer;
  if (/^(::)?time\s/.test(site.text)) return null;
  // In what Tcl has compiled these know nothing of their words, unless asked to.
  const isBlind = BLIND.test(site.text) && !unitOf(cell.f).interp.debugFrames && !(cell.go === evalGo && originOf(cell.f)?.file);
  const line = where.line + site.line - 1 - (site.ahead ?? 0);
  if (!isBlind && where.joins.length === 0 && endsWithBody(site.text, text))
    return { type: where.type, file: where.file, line, text, joins: where.joins };
  const found = wordIn(outer, (_w, said) => said === text);
  if (found === null) return null;
  const { joins } = found;
  if (isBlind) return { ...NOWHERE, text, joins };
  return { ...where, line: line + found.word.line + joinsBefore(outer, found.from), text, joins };
}

/**
 * Of commands that run: the script that was last looked for among their words, where they themselves stood, and where it was. All that a file defines in
 * one `namespace eval` asks for the place of that.
 */
let places = new WeakMap<CommandSite, { readonly script: string; readonly where: Whereabouts; readonly found: Whereabouts | null }>();
keptUntilCensus({ clear: () => void (places = new WeakMap()) });

/** As wordAt, of a script that may be asked for again. */
function scriptAt(outer: Running, script: string): Whereabouts | null {
  const { site, where } = outer;
  const known = places.get(site);
  if (known !== undefined && known.script === script && isSame(known.where, where)) return known.found;
  const found = wordAt(outer, script);
  if (!BLIND.test(site.text)) places.set(site, { script, where, found });
  return found;
}

function isSame(a: Whereabouts, b: Whereabouts): boolean {
  return a === b || (a.type === b.type && a.file === b.file && a.line === b.line && a.joins === b.joins && a.text === b.text);
}

/** Whether the last word of a command is this text in braces, in which no lines are joined, and begins in its first line. */
function endsWithBody(command: string, body: string): boolean {
  const at = command.length - body.length - 1;
  return command.endsWith('}') && command.startsWith(body, at) && /^[^\n]*[ \t]\{$/.test(command.slice(0, at));
}

/** Lines of a lambda's text before its body. */
function linesBeforeBody(lambda: string): number {
  return lambda.slice(0, Math.max(0, lambda.lastIndexOf(str(elements(lambda)[1]!)))).split('\n').length - 1;
}

/** As placeOf, where it is seen at once, in a command of a file. */
export function placeInFile({ text, line, file }: CommandSite, body: string): Place | null {
  return file !== undefined && endsWithBody(text, body) ? { file, line, text: body, joins: [] } : null;
}

/** For `proc`: the file and line where the word `text` of the running command is, and where lines are joined in it; null when neither is known. */
export function* placeOf(frame: Frame, text: string): Generator<Step, Place | null, Value> {
  const here = (yield* placed(frame)).find(({ cell }) => cell.go !== listGo);
  const where = here === undefined ? null : wordAt(here, text);
  if (!where || (where.type !== 'source' && where.joins.length === 0)) return null;
  const { file, joins } = where;
  return { file, line: file === null ? 1 : where.line, text, joins };
}

export function* frameCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  if (args.length === 1) return (yield* running(frame)).length;
  const all = yield* placed(frame);
  const depth = all.length;
  const level = smallIntOf(args[1]!);
  if (level > depth || level <= -depth) throw badLevel(str(args[1]!));
  const one = all[level > 0 ? depth - level : -level]!;
  const { site, call, where } = one;
  const out: Value[] = ['type', where.type, 'line', lineOf(one)];
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
    // A coroutine begins at a base of its own, which is that of all.
    if (f !== call && (callerOf(f) ?? callerOf(call)) !== null) continue;
    out.push('level', up);
    break;
  }
  return newList(out);
}
