/**
 * `info`: what the interpreter is doing and what is in it. `info class` and `info object` are TclOO's. Answers to info.n, tclCmdIL.c and,
 * for variables, tclVar.c.
 */

import { errorStackOf } from '../catching.ts';
import { childOf } from '../children.ts';
import type { CommandRow, Frame, Interp, PlainHandler } from '../command.ts';
import { TclError } from '../errors.ts';
import { callerOf, levelOf, unitOf, wordsOf } from '../frames.ts';
import { isPlainPattern, matcherOf, stringMatch } from '../glob.ts';
import { hashOrder } from '../hash-stats.ts';
import { badLevel } from '../levels.ts';
import { newList } from '../list.ts';
import type { Cmd, Namespace, Proc } from '../namespace.ts';
import { smallIntOf } from '../number.ts';
import { share, str, type Value } from '../value.ts';
import { isOwn, Var } from '../variables.ts';
import { worldOf } from '../world.ts';
import { changing, engineOf } from './engine.ts';
import { frameCmd } from './info-frames.ts';
import { scriptFile, setScriptFile } from './script-file.ts';
import { loadedPackages } from './system.ts';

// --- procs ------------------------------------------------------------------------------------------------------------------

function procNamed(interp: Interp, name: Value, frame: Frame): Proc {
  let cmd = engineOf(interp).findCommand(str(name), frame);
  while (cmd !== null && cmd.origin !== null) cmd = cmd.origin;
  if (cmd?.proc) return cmd.proc;
  throw new TclError(`"${str(name)}" isn't a procedure`, ['TCL', 'LOOKUP', 'PROCEDURE', str(name)]);
}

function argsCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  return newList(procNamed(interp, args[1]!, frame).params.map((p) => p.name));
}

function bodyCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  return str(procNamed(interp, args[1]!, frame).body);
}

function defaultCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = str(args[2]!);
  const param = procNamed(interp, args[1]!, frame).params.find((p) => p.name === name);
  if (param === undefined) {
    throw new TclError(`procedure "${str(args[1]!)}" doesn't have an argument "${name}"`, ['TCL', 'LOOKUP', 'ARGUMENT', name]);
  }
  interp.setVar(str(args[3]!), share(param.fallback ?? ''), frame);
  return param.fallback === undefined ? 0 : 1;
}

// --- commands by name -------------------------------------------------------------------------------------------------------

/** Where a pattern looks, and for what: `::a::b*` looks in `::a` alone and answers with full names. */
interface Search {
  readonly ns: Namespace;
  readonly tail: string | null;
  readonly qualified: boolean;
}

function searchFor(interp: Interp, args: readonly Value[], frame: Frame): Search | null {
  const from = unitOf(frame).ns;
  if (args.length === 1) return { ns: from, tail: null, qualified: false };
  const pattern = str(args[1]!);
  const { ns, tail } = engineOf(interp).locate(pattern, from);
  return ns === null ? null : { ns, tail, qualified: tail !== pattern };
}

function matching<T>(table: ReadonlyMap<string, T>, pattern: string | null): string[] {
  if (pattern === null) return hashOrder(table.keys());
  if (isPlainPattern(pattern)) return table.has(pattern) ? [pattern] : [];
  return hashOrder(table.keys(), matcherOf(pattern));
}

function commandsCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const search = searchFor(interp, args, frame);
  if (search === null) return '';
  const { ns, tail, qualified } = search;
  if (qualified) return newList(matching(ns.cmds, tail).map((name) => ns.cmds.get(name)!.fullName));
  const names = new Set<string>();
  for (const place of [ns, ...ns.path, engineOf(interp).globalNs]) for (const name of matching(place.cmds, tail)) names.add(name);
  return newList([...names]);
}

function isProc(cmd: Cmd): boolean {
  let c = cmd;
  while (c.origin !== null) c = c.origin;
  return c.proc !== null;
}

function procsCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const search = searchFor(interp, args, frame);
  if (search === null) return '';
  const { ns, tail, qualified } = search;
  const names = matching(ns.cmds, tail).filter((name) => isProc(ns.cmds.get(name)!));
  return newList(qualified ? names.map((name) => ns.cmds.get(name)!.fullName) : names);
}

function functionsCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const engine = engineOf(interp);
  const pattern = args.length > 1 ? str(args[1]!) : '*';
  const names = new Set<string>();
  for (const from of [engine.globalNs, unitOf(frame).ns]) {
    const { ns, tail } = engine.locate(`tcl::mathfunc::${pattern}`, from);
    if (ns !== null) for (const name of matching(ns.cmds, tail)) names.add(name);
  }
  return newList([...names]);
}

// --- variables by name ------------------------------------------------------------------------------------------------------

function existsCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  return interp.varExists(str(args[1]!), frame) ? 1 : 0;
}

/** Variables of a proc's frame that are set, with what is linked to from elsewhere or without. */
function localNames(frame: Frame, links: boolean, pattern: string | null): string[] {
  const names: string[] = [];
  const add = (name: string, cell: unknown): void => {
    if (cell === undefined || (pattern !== null && !stringMatch(pattern, name))) return;
    // A link is there even when what it leads to is not.
    if (!(cell instanceof Var) || (isOwn(cell, frame, name) ? cell.v !== undefined : links)) names.push(name);
  };
  const unit = unitOf(frame);
  const more = frame[3] instanceof Map ? (frame[3] as ReadonlyMap<string, Var>) : null;
  if (pattern !== null && isPlainPattern(pattern)) {
    const slot = unit.slots.get(pattern);
    add(pattern, slot === undefined ? more?.get(pattern) : frame[slot]);
    return names;
  }
  for (const [name, slot] of unit.slots) add(name, frame[slot]);
  if (more !== null) for (const [name, v] of more) add(name, v);
  return names;
}

function localsCmd(_interp: Interp, args: readonly Value[], frame: Frame): Value {
  if (!unitOf(frame).isProc) return '';
  return newList(localNames(frame, false, args.length > 1 ? str(args[1]!) : null));
}

function setNames(ns: Namespace, pattern: string | null, declared: boolean): string[] {
  return matching(ns.vars, pattern).filter((name) => {
    const v = ns.vars.get(name)!;
    return v.v !== undefined || (declared && v.declared && ns.parent !== null);
  });
}

function globalsCmd(interp: Interp, args: readonly Value[]): Value {
  const pattern = args.length > 1 ? str(args[1]!).replace(/^:::*/, '') : null;
  return newList(setNames(engineOf(interp).globalNs, pattern, false));
}

function varsCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const search = searchFor(interp, args, frame);
  if (search === null) return '';
  const { ns, tail, qualified } = search;
  if (qualified) return newList(setNames(ns, tail, true).map((name) => `${ns.parent === null ? '' : ns.fullName}::${name}`));
  if (unitOf(frame).isProc) return newList(localNames(frame, true, tail));
  const names = setNames(ns, tail, true);
  const { globalNs } = engineOf(interp);
  if (ns !== globalNs) names.push(...setNames(globalNs, tail, true).filter((name) => !ns.vars.has(name)));
  return newList(names);
}

// --- what runs --------------------------------------------------------------------------------------------------------------

function cmdcountCmd(interp: Interp): Value {
  // Counting costs every command, so it begins with the first question.
  const engine = engineOf(interp);
  if (!engine.countingCommands) engine.commandCount++;
  engine.countAsked = true;
  engine.updateCounting();
  return engine.commandCount;
}

function completeCmd(interp: Interp, args: readonly Value[]): Value {
  return interp.isComplete(str(args[1]!)) ? 1 : 0;
}

function coroutineCmd(interp: Interp): Value {
  const cmd = engineOf(interp).coroutine?.cmd;
  return cmd === undefined || cmd.deleted ? '' : cmd.fullName;
}

function errorstackCmd(interp: Interp, args: readonly Value[]): Value {
  const engine = engineOf(interp);
  return errorStackOf((args.length > 1 ? childOf(engine, args[1]!) : engine).errorStack);
}

function levelCmd(_interp: Interp, args: readonly Value[], frame: Frame): Value {
  const current = levelOf(frame);
  if (args.length === 1) return current;
  let level = smallIntOf(args[1]!);
  if (level <= 0 && current > 0) level += current;
  if (level <= 0 || level > current) throw badLevel(str(args[1]!));
  let f = frame;
  for (let i = current; i > level; i--) f = callerOf(f)!;
  return newList(wordsOf(f).map(share));
}

// --- where it runs ----------------------------------------------------------------------------------------------------------

function variableCmd(name: string): (interp: Interp) => Value {
  return (interp) => interp.readVar(name);
}

function libraryCmd(interp: Interp): Value {
  const library = interp.getVar('tcl_library');
  if (library !== undefined) return library;
  throw new TclError('no library has been specified for Tcl', ['TCL', 'LOOKUP', 'VARIABLE', 'tcl_library']);
}

function loadedCmd(interp: Interp, args: readonly Value[]): Value {
  return loadedPackages(args.length > 1 ? childOf(engineOf(interp), args[1]!) : engineOf(interp));
}

function scriptCmd(interp: Interp, args: readonly Value[]): Value {
  if (args.length > 1) setScriptFile(interp, share(args[1]!));
  return scriptFile(interp);
}

type Row = readonly [name: string, max: number, usage: string, run: PlainHandler, min?: number];

const PLAIN: readonly Row[] = [
  ['args', 1, 'procname', argsCmd, 1],
  ['body', 1, 'procname', bodyCmd, 1],
  ['commands', 1, '?pattern?', commandsCmd],
  ['complete', 1, 'command', completeCmd, 1],
  ['coroutine', 0, '', coroutineCmd],
  ['default', 3, 'procname arg varname', defaultCmd, 3],
  ['errorstack', 1, '?interp?', errorstackCmd],
  ['exists', 1, 'varName', existsCmd, 1],
  ['functions', 1, '?pattern?', functionsCmd],
  ['globals', 1, '?pattern?', globalsCmd],
  ['hostname', 0, '', (interp) => (interp.safe ? '' : 'localhost')],
  ['level', 1, '?number?', levelCmd],
  ['library', 0, '', libraryCmd],
  ['loaded', 1, '?interp?', loadedCmd],
  ['locals', 1, '?pattern?', localsCmd],
  ['nameofexecutable', 0, '', (interp) => (interp.safe ? undefined : worldOf(interp)?.executable) ?? ''],
  ['patchlevel', 0, '', variableCmd('tcl_patchLevel')],
  ['procs', 1, '?pattern?', procsCmd],
  ['script', 1, '?filename?', scriptCmd],
  ['sharedlibextension', 0, '', () => '.so'],
  ['tclversion', 0, '', variableCmd('tcl_version')],
  ['vars', 1, '?pattern?', varsCmd],
];

export const infoRows: readonly CommandRow[] = [
  {
    name: 'info',
    safe: true,
    sub: [
      ...PLAIN.map(([name, max, usage, run, min = 0]) => ({ name, min, max, usage, run, safe: true })),
      { name: 'cmdcount', min: 0, max: 0, usage: '', safe: true, script: changing(cmdcountCmd) },
      { name: 'frame', min: 0, max: 1, usage: '?number?', safe: true, script: frameCmd },
      { name: 'object', target: '::oo::InfoObject' },
      { name: 'class', target: '::oo::InfoClass' },
    ],
  },
];
