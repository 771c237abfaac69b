/**
 * Children of an interpreter, aliases between them, and the packages that they may load: what exists before any script asks for it. The commands are
 * in commands/interps.ts and system.ts. Answers to tclInterp.c and tclLoad.c (Tcl_StaticPackage).
 */
import { addChannel, channelsOf } from './channels.ts';
import { rootOf, type ScriptHandler, type Step } from './command.ts';
import { TclError } from './errors.ts';
import { TclInterp } from './interp.ts';
import { elements, newList } from './list.ts';
import { share, str, type Value } from './value.ts';

export function interpError(message: string, code: string): TclError {
  return new TclError(message, ['TCL', 'OPERATION', 'INTERP', code]);
}

/** The interpreter at a path below `from`; throws `could not find interpreter "x"`. */
export function childOf(from: TclInterp, path: Value): TclInterp {
  let at: TclInterp | undefined = from;
  for (const name of elements(path)) at = at?.children.get(str(name));
  if (at === undefined || at.deleted) {
    throw new TclError(`could not find interpreter "${str(path)}"`, ['TCL', 'LOOKUP', 'INTERP', str(path)]);
  }
  return at;
}

/** Aliases and children make the namespaces that their names speak of. */
function makeRoomFor(interp: TclInterp, name: string): void {
  if (name.includes('::')) interp.makeNamespace(`::${name.slice(0, name.lastIndexOf('::'))}`, interp.globalNs);
}

/** Makes an alias in `source`; its token is its name, marked with `::` where that name is taken by an alias since renamed. */
export function makeAlias(source: TclInterp, name: string, target: TclInterp, prefix: readonly Value[]): string {
  makeRoomFor(source, name);
  const cmd = source.makeCommand(name);
  // The command that gave way may have been the child's own.
  if (target.deleted || source.deleted) {
    source.deleteCommand(cmd);
    throw interpError(`cannot define or rename alias "${name}": interpreter deleted`, 'DELETED');
  }
  let token = name;
  while (source.aliases.has(token)) token = `::${token}`;
  cmd.alias = { target, prefix: prefix.map(share), token };
  try {
    source.checkAliasLoop(cmd);
  } catch (e) {
    cmd.alias = null;
    source.deleteCommand(cmd);
    throw e;
  }
  source.aliases.set(token, cmd);
  target.targeted.add(cmd);
  return token;
}

/** How many interpreters a tree may hold below its root (DESIGN section 5). */
export const MAX_INTERPS = 8;

/** What making one costs, in units of work. */
const INTERP_WORK = 5000;

function countBelow(interp: TclInterp): number {
  let n = 0;
  for (const child of interp.children.values()) n += 1 + countBelow(child);
  return n;
}

function checkInterpRoom(engine: TclInterp): void {
  // The tclet is the safe interpreter that the master made: it and all below it share the count.
  let top = engine;
  while (top.parent !== null && top.parent.parent !== null) top = top.parent;
  if (top.parent !== null && countBelow(top) >= MAX_INTERPS) {
    throw interpError('too many interpreters', 'COUNT');
  }
  engine.budget.charge(INTERP_WORK);
}

/** What a child's command does (commands/interps.ts). */
export type ChildCommand = (child: TclInterp, ...call: Parameters<ScriptHandler>) => ReturnType<ScriptHandler>;

/** Makes a child at a path, safe when asked for or when its parent is. */
export function createChild(engine: TclInterp, path: Value, safe: boolean, command: ChildCommand): TclInterp {
  const names = elements(path).map(str);
  const name = names[names.length - 1] ?? '';
  const parent = childOf(engine, newList(names.slice(0, -1)));
  if (parent.children.has(name)) {
    throw new TclError(`interpreter named "${str(path)}" already exists, cannot create`);
  }
  checkInterpRoom(parent);
  engine.budget.allocate(CHILD_BYTES);
  const child = new TclInterp({ parent, name, safe: safe || parent.safe });
  if (!child.safe) for (const std of STANDARD) shareChannel(parent, std, child);
  child.debugFrames = debugsAll(engine);
  addChildCommand(parent, child, name, command);
  return child;
}

/** The environment asks for `interp debug -frame` everywhere. */
function debugsAll(engine: TclInterp): boolean {
  return engine.parent === null ? engine.varExists('env(TCL_INTERP_DEBUG_FRAME)') : debugsAll(engine.parent);
}

const STANDARD = ['stdin', 'stdout', 'stderr'];

function shareChannel(from: TclInterp, name: string, to: TclInterp): void {
  const channel = channelsOf(from).get(name);
  if (channel !== undefined) addChannel(to, channel);
}

/** What an interpreter's tables weigh, about. */
const CHILD_BYTES = 200_000;

/** The command that a child is to its parent; deleting either deletes the other. */
function addChildCommand(parent: TclInterp, child: TclInterp, name: string, command: ChildCommand): void {
  makeRoomFor(parent, name);
  const cmd = parent.createCommand(name, {
    script(...call) {
      if (child.deleted) throw new TclError('child interpreter was deleted');
      return command(child, ...call);
    },
    onDelete: () => child.delete(),
  });
  child.onDelete(() => parent.deleteCommand(cmd));
}

/** Puts a package that is linked in into an interpreter. */
export type StaticPackage = (interp: TclInterp) => Generator<Step, unknown, Value>;

const STATIC = Symbol('static packages');

/** The packages that `load {} NAME` finds, by name: the same for all interpreters. */
export function staticPackages(interp: TclInterp): Map<string, StaticPackage> {
  const root = rootOf(interp);
  let all = root.assoc.get(STATIC) as Map<string, StaticPackage> | undefined;
  if (all === undefined) root.assoc.set(STATIC, (all = new Map()));
  return all;
}
