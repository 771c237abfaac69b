/** Procs and frames: proc, apply, rename, tailcall, uplevel, upvar, global, variable, coroutines. Answers to tclProc.c, tclVar.c, tclBasic.c. */

import { type CommandRow, type Frame, type Interp, OK, RETURN, type ScriptHandler, type Step } from '../command.ts';
import { type CoroutineRecord, endCoroutine, resumeCoroutine, startCoroutine, yieldNow } from '../coroutine.ts';
import { type CommandSite, TclError, variableError } from '../errors.ts';
import { unitOf } from '../frames.ts';
import type { TclInterp } from '../interp.ts';
import { alone, keptUntilCensus } from '../kept.ts';
import { badLevel, frameAt, linkTarget, uplevelWords } from '../levels.ts';
import { elements } from '../list.ts';
import { Cmd, type Param, type Place, type Proc } from '../namespace.ts';
import { R } from '../regs.ts';
import { addInfo, bindArguments, startProc } from '../run.ts';
import { share, str, type Value } from '../value.ts';
import { leaveTail, linkVar, splitName, writeCell } from '../variables.ts';
import { beforeRename } from './autoload.ts';
import { changing } from './engine.ts';
import { placeInFile, placeOf } from './info-frames.ts';
import { isReadingFile } from './script-file.ts';

// --- procs ------------------------------------------------------------------------------------------------------------------

/** Reads a parameter list; throws Tcl's messages. */
export function readParams(list: Value): { params: Param[]; min: number; max: number } {
  const params: Param[] = [];
  for (const spec of elements(list)) {
    const parts = elements(spec);
    const code = ['TCL', 'OPERATION', 'PROC', 'FORMALARGUMENTFORMAT'];
    if (parts.length > 2) throw new TclError(`too many fields in argument specifier "${str(spec)}"`, code);
    if (parts.length === 0 || str(parts[0]!) === '') throw new TclError('argument with no name', code);
    const name = str(parts[0]!);
    if (splitName(name)[1] !== null) throw new TclError(`formal parameter "${name}" is an array element`, code);
    if (name.includes('::')) throw new TclError(`formal parameter "${name}" is not a simple name`, code);
    params.push({ name, fallback: parts[1] });
  }
  const rest = params.length > 0 && params[params.length - 1]!.name === 'args';
  const plain = rest ? params.slice(0, -1) : params;
  let min = 0;
  plain.forEach((p, i) => {
    if (p.fallback === undefined) min = i + 1;
  });
  return { params, min, max: rest ? Number.POSITIVE_INFINITY : plain.length };
}

export function makeProc(list: Value, body: Value, lambda = false): Proc {
  const { params, min, max } = readParams(list);
  return { params, min, max, body: typeof body === 'string' ? alone(body) : body, place: null, unit: null, lambda, heat: 0 };
}

const procCmd: ScriptHandler = (interp, args, frame, site) => {
  // Its place is looked for only while a file is read: it takes a walk over all that runs.
  const inFile = isReadingFile(interp);
  const place = inFile ? placeInFile(site, str(args[3]!)) : null;
  if (place === null && inFile) return placedProc(interp, args, frame);
  R.result = defineProc(interp, args, frame, place);
  return OK;
};

function* placedProc(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  return defineProc(interp, args, frame, yield* placeOf(frame, str(args[3]!)));
}

function defineProc(interp: Interp, args: readonly Value[], frame: Frame, place: Place | null): Value {
  const engine = interp as TclInterp;
  const name = str(args[1]!);
  const { ns, tail } = engine.locate(name, unitOf(frame).ns);
  if (ns === null) {
    throw new TclError(`can't create procedure "${name}": unknown namespace`, ['TCL', 'VALUE', 'COMMAND']);
  }
  let proc: Proc;
  try {
    proc = makeProc(args[2]!, args[3]!);
  } catch (e) {
    if (e instanceof TclError) addInfo(e, `\n    (creating proc "${name}")`);
    throw e;
  }
  proc.place = place;
  proc = sameAs(ns.cmds.get(tail)?.proc, proc);
  const cmd = engine.actIn(frame, () => engine.makeCommandIn(ns, tail));
  cmd.proc = proc;
  engine.budget.allocate(2 * str(proc.body).length);
  return '';
}

/** The proc that is there already, when what is defined anew is what it was: it is compiled. */
function sameAs(old: Proc | null | undefined, proc: Proc): Proc {
  if (!old || str(old.body) !== str(proc.body) || old.params.length !== proc.params.length) return proc;
  if (old.place?.line !== proc.place?.line || old.place?.file !== proc.place?.file) return proc;
  const text = (p: Param): string | null => (p.fallback === undefined ? null : str(p.fallback));
  return old.params.every((p, i) => p.name === proc.params[i]!.name && text(p) === text(proc.params[i]!)) ? old : proc;
}

/** Makes a proc of a library, and its namespace, unless there is a command of that (whole) name. */
export function libraryProc(interp: Interp, name: string, params: string, body: string): void {
  const engine = interp as TclInterp;
  const at = name.lastIndexOf('::');
  const ns = engine.makeNamespace(name.slice(0, at), engine.globalNs);
  const tail = name.slice(at + 2);
  if (ns.cmds.has(tail)) return;
  engine.makeCommandIn(ns, tail).proc = makeProc(params, body);
  engine.budget.allocate(2 * body.length);
}

/** Lambdas by their text and namespace, so that `apply` in a loop compiles once. */
let lambdas = new WeakMap<TclInterp, Map<string, Cmd>>();
keptUntilCensus({ clear: () => void (lambdas = new WeakMap()) });
const MAX_LAMBDAS = 500;
const MAX_LAMBDA_CHARS = 10_000;

/** The command record of a lambda term. Throws `can't interpret "x" as a lambda expression`. */
export function lambdaOf(interp: TclInterp, term: Value): Cmd {
  const text = str(term);
  let cache = lambdas.get(interp);
  if (cache === undefined) lambdas.set(interp, (cache = new Map()));
  const known = cache.get(text);
  if (known !== undefined && !known.ns.deleted && !known.ns.dying) return known;
  const bad = () => new TclError(`can't interpret "${text}" as a lambda expression`, ['TCL', 'VALUE', 'LAMBDA']);
  let parts: readonly Value[];
  try {
    parts = elements(term);
  } catch {
    throw bad();
  }
  if (parts.length < 2 || parts.length > 3) throw bad();
  let proc: Proc;
  try {
    proc = makeProc(parts[0]!, parts[1]!, true);
  } catch (e) {
    if (e instanceof TclError) addInfo(e, `\n    (parsing lambda expression "${text}")`);
    throw e;
  }
  const nsName = parts.length === 3 ? `::${str(parts[2]!)}`.replace(/^::::/, '::') : '::';
  const ns = interp.findNamespace(nsName, interp.globalNs);
  if (ns === null) throw new TclError(`namespace "${nsName}" not found`, ['TCL', 'LOOKUP', 'NAMESPACE', nsName]);
  const cmd = new Cmd(interp, ns, 'apply');
  cmd.proc = proc;
  proc.unit = interp.compileLambda(proc, cmd, text);
  if (text.length > MAX_LAMBDA_CHARS) return cmd;
  if (cache.size >= MAX_LAMBDAS) cache.clear();
  cache.set(text, cmd);
  R.grown += 2 * text.length;
  return cmd;
}

const applyCmd: ScriptHandler = (interp, args, frame, site, rewrite) => {
  const engine = interp as TclInterp;
  const cmd = lambdaOf(engine, args[1]!);
  if (!cmd.proc!.unit!.valid) cmd.proc!.unit = engine.compileLambda(cmd.proc!, cmd, str(args[1]!));
  const g = bindArguments(cmd.proc!.unit!, cmd.proc!, args, 2, frame, rewrite);
  return startProc(g, site);
};

function renameCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const engine = interp as TclInterp;
  const from = str(args[1]!);
  const to = str(args[2]!);
  const found = engine.resolveCommand(from, unitOf(frame).ns);
  if (found === null) {
    throw new TclError(`can't ${to === '' ? 'delete' : 'rename'} "${from}": command doesn't exist`, ['TCL', 'LOOKUP', 'COMMAND', from]);
  }
  const cmd = beforeRename(engine, found);
  engine.actIn(frame, () => (to === '' ? engine.deleteCommand(cmd) : engine.renameCommand(cmd, to, unitOf(frame).ns)));
  return '';
}

/** `tailcall`: leaves the proc, then calls in its caller's frame, with its namespace for the lookup. */
function tailcallCmd(_interp: Interp, args: readonly Value[], frame: Frame): number {
  const { isProc, ns } = unitOf(frame);
  if (!isProc) throw new TclError('tailcall can only be called from a proc, lambda or method', ['TCL', 'TAILCALL', 'ILLEGAL']);
  leaveTail(frame, ns, args.slice(1));
  R.result = '';
  R.ret = null;
  return RETURN;
}

// --- levels -----------------------------------------------------------------------------------------------------------------

const uplevelCmd: ScriptHandler = (interp, args, frame, site) => uplevelWords(interp as TclInterp, args, frame, site);

export function checkLocalName(name: string): void {
  if (splitName(name)[1] !== null) {
    throw new TclError(`bad variable name "${name}": can't create a scalar variable that looks like an array element`, [
      'TCL',
      'UPVAR',
      'LOCAL_ELEMENT',
    ]);
  }
}

function upvarCmd(_interp: Interp, args: readonly Value[], frame: Frame): Value {
  const even = args.length % 2 === 1;
  const found = even ? frameAt(undefined, frame) : frameAt(args[1], frame);
  if (!even && !found.used) throw badLevel(str(args[1]!));
  for (let i = even ? 1 : 2; i + 1 < args.length; i += 2) {
    const local = str(args[i + 1]!);
    checkLocalName(local);
    linkVar(frame, local, linkTarget(found.frame, str(args[i]!)));
  }
  return '';
}

function globalCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  if (!unitOf(frame).isProc) return '';
  for (const a of args.slice(1)) {
    const name = str(a);
    const tail = name.slice(name.lastIndexOf('::') < 0 ? 0 : name.lastIndexOf('::') + 2);
    const v = linkTarget(interp.globalFrame, name);
    checkLocalName(tail);
    linkVar(frame, tail, v);
  }
  return '';
}

function variableCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const engine = interp as TclInterp;
  const ns = unitOf(frame).ns;
  for (let i = 1; i < args.length; i += 2) {
    const name = str(args[i]!);
    const [base, key] = splitName(name);
    const { ns: home, tail } = engine.locate(base, ns);
    // Where Tcl compiles it, as in a proc mostly, it speaks of access.
    if (home === null)
      throw variableError(unitOf(frame).isProc && key === null ? 'access' : 'define', name, "parent namespace doesn't exist", [
        'TCL',
        'LOOKUP',
        'VARNAME',
        base,
      ]);
    if (key !== null) throw variableError('define', name, 'name refers to an element in an array', ['TCL', 'UPVAR', 'LOCAL_ELEMENT']);
    const v = home.vars.get(tail) ?? home.makeVar(tail);
    v.declared = true;
    if (i + 1 < args.length) writeCell(frame, v, name, share(args[i + 1]!));
    if (unitOf(frame).isProc) linkVar(frame, tail, v);
  }
  return '';
}

// --- coroutines -------------------------------------------------------------------------------------------------------------

function coroutineCmd(interp: Interp, args: readonly Value[], frame: Frame, site: CommandSite): number {
  const engine = interp as TclInterp;
  const name = str(args[1]!);
  const { ns, tail } = engine.locate(name, unitOf(frame).ns);
  if (ns === null) throw new TclError(`can't create procedure "${name}": unknown namespace`, ['TCL', 'LOOKUP', 'NAMESPACE']);
  if (tail === '') throw new TclError(`can't create procedure "${name}": bad procedure name`, ['TCL', 'VALUE', 'COMMAND']);
  const cmd = engine.makeCommandIn(ns, tail);
  const co: CoroutineRecord = startCoroutine(engine, cmd, args.slice(2), unitOf(frame).ns, site);
  cmd.data = co;
  cmd.direct = (words, from, at) => resumeCoroutine(co, words, from, at);
  cmd.onDelete = () => endCoroutine(co);
  return resumeCoroutine(co, [], frame, site);
}

function yieldCmd(interp: Interp, args: readonly Value[]): number {
  return yieldNow(interp as TclInterp, args[1] ?? '');
}

function yieldtoCmd(interp: Interp, args: readonly Value[], frame: Frame): number {
  const { ns } = unitOf(frame);
  if (R.coroutine !== null && (ns.deleted || ns.dying)) {
    throw new TclError('yieldto called in deleted namespace', ['TCL', 'COROUTINE', 'YIELDTO_IN_DELETED']);
  }
  return yieldNow(interp as TclInterp, '', { words: args.slice(1), ns });
}

const any = Number.POSITIVE_INFINITY;

export const procRows: readonly CommandRow[] = [
  { name: 'proc', min: 3, max: 3, usage: 'name args body', safe: true, script: procCmd },
  { name: 'apply', min: 1, max: any, usage: 'lambdaExpr ?arg ...?', safe: true, script: applyCmd },
  { name: 'rename', min: 2, max: 2, usage: 'oldName newName', safe: true, script: changing(renameCmd) },
  { name: 'tailcall', min: 0, max: any, usage: '?command? ?arg ...?', safe: true, script: tailcallCmd },
  { name: 'uplevel', min: 1, max: any, usage: '?level? command ?arg ...?', safe: true, script: uplevelCmd },
  { name: 'upvar', min: 2, max: any, usage: '?level? otherVar localVar ?otherVar localVar ...?', safe: true, run: upvarCmd },
  { name: 'global', min: 0, max: any, usage: '?varName ...?', safe: true, run: globalCmd },
  { name: 'variable', min: 0, max: any, usage: '?name value...? name ?value?', safe: true, run: variableCmd },
  { name: 'coroutine', min: 2, max: any, usage: 'name cmd ?arg ...?', safe: true, script: coroutineCmd },
  { name: 'yield', min: 0, max: 1, usage: '?returnValue?', safe: true, script: yieldCmd },
  { name: 'yieldto', min: 1, max: any, usage: 'command ?arg ...?', safe: true, script: yieldtoCmd },
];
