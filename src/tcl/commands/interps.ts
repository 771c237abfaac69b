/**
 * `interp`, and the command that each child interpreter is to its parent: `$child SUB ...` is `interp SUB $child ...`. Limits are in
 * interp-limits.ts. Answers to interp.n and tclInterp.c.
 */
import { addChannel, channelNamed, channelsOf, dropChannel } from '../channels.ts';
import { type CommandRow, ERROR, evalStep, type Frame, type Interp, OK, RETURN, type Step, Unwind } from '../command.ts';
import { LimitError, lookup, TclError, wrongArgs } from '../errors.ts';
import { hashOrder } from '../hash-stats.ts';
import { TclInterp } from '../interp.ts';
import { elements, newList } from '../list.ts';
import type { Cmd } from '../namespace.ts';
import { boolOf, smallIntOf } from '../number.ts';
import { R } from '../regs.ts';
import { callCommand, errorFromReturn, lazySite } from '../run.ts';
import { share, str, type Value } from '../value.ts';
import { engineOf } from './engine.ts';
import { limitCmd } from './interp-limits.ts';
import { concatOf } from './lists.ts';

/** The interpreter at a path below `from`; throws `could not find interpreter "x"`. */
export function childOf(from: TclInterp, path: Value): TclInterp {
  let at: TclInterp | undefined = from;
  for (const name of elements(path)) at = at?.children.get(str(name));
  if (at === undefined || at.deleted) {
    throw new TclError(`could not find interpreter "${str(path)}"`, ['TCL', 'LOOKUP', 'INTERP', str(path)]);
  }
  return at;
}

function denied(what: string): TclError {
  return new TclError(`permission denied: ${what}`, ['TCL', 'OPERATION', 'INTERP', 'UNSAFE']);
}

// --- aliases ----------------------------------------------------------------------------------------------------------------

function aliasNotFound(name: string): TclError {
  return new TclError(`alias "${name}" not found`, ['TCL', 'LOOKUP', 'ALIAS', name]);
}

/** Makes an alias in `source`; its token is its name, marked with `::` where that name is taken by another alias. */
export function makeAlias(source: TclInterp, name: string, target: TclInterp, prefix: readonly Value[]): string {
  let token = name;
  while (source.aliases.has(token)) token = `::${token}`;
  const { ns, tail } = source.locate(name, source.globalNs);
  const old = ns?.cmds.get(tail) ?? null;
  checkLoop(source, name, old, target, prefix);
  const cmd = source.makeCommand(name);
  cmd.alias = { target, prefix: prefix.map(share), token };
  source.aliases.set(token, cmd);
  return token;
}

/** Throws when following aliases from the target would come back to the name. */
function checkLoop(source: TclInterp, name: string, old: Cmd | null, target: TclInterp, prefix: readonly Value[]): void {
  const loop = () =>
    new TclError(`cannot define or rename alias "${name}": would create a loop`, ['TCL', 'OPERATION', 'INTERP', 'ALIASLOOP']);
  const full = name.startsWith('::') ? name : `::${name}`;
  let at = target;
  let word = str(prefix[0]!);
  for (const seen = new Set<Cmd>(); ; ) {
    if (at === source && (word.startsWith('::') ? word : `::${word}`) === full) throw loop();
    const next = at.resolveCommand(word, at.globalNs);
    if (next === null || next.alias === null || next === old || seen.has(next)) return;
    seen.add(next);
    at = next.alias.target;
    word = str(next.alias.prefix[0]!);
  }
}

function aliasCmd(engine: TclInterp, source: TclInterp, args: readonly Value[]): Value {
  const name = str(args[0]!);
  if (args.length === 1) {
    const cmd = source.aliases.get(name);
    return cmd === undefined ? '' : newList([...cmd.alias!.prefix]);
  }
  if (args.length === 2 && str(args[1]!) === '') {
    const cmd = source.aliases.get(name);
    if (cmd === undefined) throw aliasNotFound(name);
    source.deleteCommand(cmd);
    return '';
  }
  const target = childOf(engine, args[1]!);
  if (args.length < 3) throw wrongArgs('interp alias slavePath slaveCmd ?masterPath masterCmd? ?arg ...?');
  return makeAlias(source, name, target, args.slice(2));
}

/** `$child alias name ?target ?arg ...??`: the target is in the parent. */
function childAlias(parent: TclInterp, child: TclInterp, args: readonly Value[]): Value {
  const name = str(args[0]!);
  if (args.length === 1) return aliasCmd(parent, child, args);
  if (args.length === 2 && str(args[1]!) === '') return aliasCmd(parent, child, args);
  return makeAlias(child, name, parent, args.slice(1));
}

/** Path of an interpreter seen from another, or null when it is not below it. */
function pathFrom(top: TclInterp, at: TclInterp): string[] | null {
  const path: string[] = [];
  for (let i: TclInterp | null = at; i !== null; i = i.parent) {
    if (i === top) return path;
    path.unshift(i.name);
  }
  return null;
}

function targetCmd(engine: TclInterp, path: Value, alias: Value): Value {
  const cmd = childOf(engine, path).aliases.get(str(alias));
  if (cmd === undefined) {
    throw new TclError(`alias "${str(alias)}" in path "${str(path)}" not found`, ['TCL', 'LOOKUP', 'ALIAS', str(alias)]);
  }
  const found = pathFrom(engine, cmd.alias!.target);
  if (found === null) {
    throw new TclError(`target interpreter for alias "${str(alias)}" in path "${str(path)}" is not my descendant`, [
      'TCL',
      'OPERATION',
      'INTERP',
      'TARGETSHROUDED',
    ]);
  }
  return newList(found);
}

// --- life -------------------------------------------------------------------------------------------------------------------

/** How many interpreters a tree may hold below its root (DESIGN section 5). */
export const MAX_INTERPS = 8;

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
    throw new TclError('too many interpreters', ['TCL', 'OPERATION', 'INTERP', 'COUNT']);
  }
}

function createCmd(engine: TclInterp, args: readonly Value[]): Value {
  let safe = engine.safe;
  let last = false;
  let path: Value | null = null;
  for (let i = 1; i < args.length; i++) {
    const word = str(args[i]!);
    if (!last && word.startsWith('-')) {
      if (lookup(word, ['-safe', '--'], 'option') === '-safe') safe = true;
      else last = true;
      continue;
    }
    if (path !== null) throw wrongArgs('interp create ?-safe? ?--? ?path?');
    path = args[i]!;
  }
  path ??= freeName(engine);
  createChild(engine, path, safe);
  return path;
}

function freeName(engine: TclInterp): string {
  for (let i = 0; ; i++) {
    const name = `interp${i}`;
    if (engine.findCommand(name) === null) return name;
  }
}

/** Makes a child at a path, safe when asked for or when its parent is. */
export function createChild(engine: TclInterp, path: Value, safe: boolean): TclInterp {
  const names = elements(path).map(str);
  const name = names[names.length - 1] ?? '';
  const parent = childOf(engine, newList(names.slice(0, -1)));
  if (parent.children.has(name)) {
    throw new TclError(`interpreter named "${str(path)}" already exists, cannot create`, [
      'TCL',
      'OPERATION',
      'INTERP',
      'EXISTS',
      str(path),
    ]);
  }
  checkInterpRoom(parent);
  engine.budget.allocate(CHILD_BYTES);
  const child = new TclInterp({ parent, name, safe: safe || parent.safe });
  if (!child.safe) for (const std of STANDARD) shareChannel(parent, std, child);
  addChildCommand(parent, child, name);
  return child;
}

const STANDARD = ['stdin', 'stdout', 'stderr'];

function shareChannel(from: TclInterp, name: string, to: TclInterp): void {
  const channel = channelsOf(from).get(name);
  if (channel !== undefined) addChannel(to, channel);
}

/** What an interpreter's tables weigh, about. */
const CHILD_BYTES = 500_000;

/** The command that a child is to its parent; deleting either deletes the other. */
function addChildCommand(parent: TclInterp, child: TclInterp, name: string): void {
  const cmd = parent.createCommand(name, {
    *script(interp, args, frame) {
      return yield* childCmd(engineOf(interp), child, args, frame);
    },
    onDelete: () => child.delete(),
  });
  child.onDelete(() => parent.deleteCommand(cmd));
}

function deleteCmd(engine: TclInterp, args: readonly Value[]): Value {
  for (const path of args.slice(1)) {
    const child = childOf(engine, path);
    if (child === engine) {
      throw new TclError('cannot delete the current interpreter', ['TCL', 'OPERATION', 'INTERP', 'DELETESELF']);
    }
    child.delete();
  }
  return '';
}

// --- running ----------------------------------------------------------------------------------------------------------------

/** `interp eval`: `return` ends the script, other codes pass through. */
function* evalIn(target: TclInterp, words: readonly Value[]): Generator<Step, Value, Value> {
  const script = words.length === 1 ? words[0]! : concatOf(words);
  return yield* crossing(target, evalStep(target.globalFrame, script, target));
}

/** Runs a step in another interpreter: strings come back, and limits that passed there are ordinary errors here. */
function* crossing(target: TclInterp, step: Step): Generator<Step, Value, Value> {
  try {
    const value = yield step;
    return typeof value === 'object' ? str(value) : value;
  } catch (e) {
    if (e instanceof LimitError && e.owner === target) {
      const plain = new TclError(e.message, e.errorCode);
      plain.errorInfo = e.errorInfo;
      throw plain;
    }
    if (e instanceof Unwind && e.code === RETURN) return returned(e);
    throw e;
  }
}

/** What `return` at the top of a child comes to. */
function returned(e: Unwind): Value {
  const { ret } = e;
  if (ret === null || (ret.level <= 1 && ret.code === OK)) return e.value;
  if (ret.level > 1) throw new Unwind(RETURN, e.value, { ...ret, level: ret.level - 1 });
  if (ret.code === ERROR) throw errorFromReturn(e.value, ret);
  throw new Unwind(ret.code, e.value);
}

function* invokeHidden(self: TclInterp, target: TclInterp, args: readonly Value[], usage: string): Generator<Step, Value, Value> {
  let namespace: Value | null = null;
  let i = 0;
  for (; i < args.length && str(args[i]!).startsWith('-'); i++) {
    const option = lookup(str(args[i]!), ['-global', '-namespace', '--'], 'option');
    if (option === '--') {
      i++;
      break;
    }
    if (option === '-namespace' && ++i < args.length) namespace = args[i]!;
  }
  if (i >= args.length) throw wrongArgs(usage);
  if (self.safe) throw new TclError('not allowed to invoke hidden commands from safe interpreter', UNSAFE);
  const name = str(args[i]!);
  const cmd = target.hidden.get(name);
  if (cmd === undefined) throw new TclError(`invalid hidden command name "${name}"`, ['TCL', 'LOOKUP', 'HIDDENTOKEN', name]);
  const words = args.slice(i);
  const frame =
    namespace === null
      ? target.globalFrame
      : target.namespaceFrame(target.makeNamespace(str(namespace), target.globalNs), target.globalFrame, words);
  const site = lazySite(words);
  return yield* crossing(target, { kind: 'stmt', frame, run: (f) => callCommand(target, cmd, words, f, site), interp: target });
}

const UNSAFE = ['TCL', 'OPERATION', 'INTERP', 'UNSAFE'];

// --- settings ---------------------------------------------------------------------------------------------------------------

function bgerror(target: TclInterp, prefix: Value | undefined): Value {
  if (prefix === undefined) return target.bgerrorHandler;
  if (elements(prefix).length === 0) {
    throw new TclError('cmdPrefix must be list of length >= 1', ['TCL', 'OPERATION', 'INTERP', 'BGERRORFORMAT']);
  }
  target.bgerrorHandler = share(prefix);
  return prefix;
}

function recursionLimit(self: TclInterp, target: TclInterp, value: Value | undefined): Value {
  if (value === undefined) return target.recursionLimit;
  if (self.safe) throw denied('safe interpreters cannot change recursion limit');
  const limit = smallIntOf(value);
  if (limit <= 0) throw new TclError('recursion limit must be > 0', ['TCL', 'OPERATION', 'INTERP', 'BADLIMIT']);
  target.setRecursionLimit(limit);
  if (self === target && R.level > limit) throw new TclError('falling back due to new recursion limit', ['TCL', 'RECURSION']);
  return limit;
}

function debug(target: TclInterp, args: readonly Value[]): Value {
  if (args.length === 0) return newList(['-frame', target.debugFrames ? 1 : 0]);
  lookup(str(args[0]!), ['-frame'], 'debug option');
  // Tcl never turns it off again.
  if (args.length === 2 && boolOf(args[1]!)) target.debugFrames = true;
  return target.debugFrames ? 1 : 0;
}

function hide(self: TclInterp, target: TclInterp, args: readonly Value[]): Value {
  if (self.safe) throw denied('safe interpreter cannot hide commands');
  target.hideCommand(str(args[0]!), args.length > 1 ? str(args[1]!) : undefined);
  return '';
}

function expose(self: TclInterp, target: TclInterp, args: readonly Value[]): Value {
  if (self.safe) throw denied('safe interpreter cannot expose commands');
  target.exposeCommand(str(args[0]!), args.length > 1 ? str(args[1]!) : undefined);
  return '';
}

function markTrusted(self: TclInterp, target: TclInterp): Value {
  if (self.safe) throw denied('safe interpreter cannot mark trusted');
  target.safe = false;
  return '';
}

function cancel(engine: TclInterp, args: readonly Value[]): Value {
  let unwind = false;
  let i = 1;
  for (; i < args.length && str(args[i]!).startsWith('-'); i++) {
    if (lookup(str(args[i]!), ['-unwind', '--'], 'option') === '--') {
      i++;
      break;
    }
    unwind = true;
  }
  if (args.length - i > 2) throw wrongArgs('interp cancel ?-unwind? ?--? ?path? ?result?');
  const target = i < args.length ? childOf(engine, args[i]!) : engine;
  const message = i + 1 < args.length ? str(args[i + 1]!) : unwind ? 'eval unwound' : 'eval canceled';
  const code = ['TCL', 'CANCEL', unwind ? 'IUNWIND' : 'ICANCEL', message];
  target.budget.cancelled = () => {
    target.budget.cancelled = null;
    return unwind ? new LimitError(message, code, target) : new TclError(message, code);
  };
  if (target === engine) throw target.budget.cancelled();
  R.fuel = 0;
  return '';
}

function passChannel(engine: TclInterp, args: readonly Value[], move: boolean): Value {
  const from = childOf(engine, args[1]!);
  const name = str(args[2]!);
  const channel = channelNamed(from, name);
  const to = childOf(engine, args[3]!);
  if (from === to) return '';
  addChannel(to, channel);
  if (move) dropChannel(from, channel);
  return '';
}

// --- the commands -----------------------------------------------------------------------------------------------------------

const any = Number.POSITIVE_INFINITY;
type Run = (engine: TclInterp, args: readonly Value[], frame: Frame) => Value | Generator<Step, Value, Value>;

interface Sub {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly usage: string;
  readonly run: Run;
}

const optional = (engine: TclInterp, args: readonly Value[]): TclInterp => (args.length > 1 ? childOf(engine, args[1]!) : engine);
const childrenOf = (target: TclInterp): Value => newList(hashOrder(target.children.keys()));
const hiddenIn = (target: TclInterp): Value => newList(hashOrder(target.hidden.keys()));

const SUBS: readonly Sub[] = [
  {
    name: 'alias',
    min: 2,
    max: any,
    usage: 'slavePath slaveCmd ?masterPath masterCmd? ?arg ...?',
    run: (engine, args) => aliasCmd(engine, childOf(engine, args[1]!), args.slice(2)),
  },
  { name: 'aliases', min: 0, max: 1, usage: '?path?', run: (engine, args) => newList(hashOrder(optional(engine, args).aliases.keys())) },
  { name: 'bgerror', min: 1, max: 2, usage: 'path ?cmdPrefix?', run: (engine, args) => bgerror(childOf(engine, args[1]!), args[2]) },
  { name: 'cancel', min: 0, max: any, usage: '?-unwind? ?--? ?path? ?result?', run: cancel },
  { name: 'children', min: 0, max: 1, usage: '?path?', run: (engine, args) => childrenOf(optional(engine, args)) },
  { name: 'create', min: 0, max: any, usage: '?-safe? ?--? ?path?', run: createCmd },
  {
    name: 'debug',
    min: 1,
    max: 3,
    usage: 'path ?-frame ?bool??',
    run: (engine, args) => debug(childOf(engine, args[1]!), args.slice(2)),
  },
  { name: 'delete', min: 0, max: any, usage: '?path ...?', run: deleteCmd },
  {
    name: 'eval',
    min: 2,
    max: any,
    usage: 'path arg ?arg ...?',
    run: (engine, args) => evalIn(childOf(engine, args[1]!), args.slice(2)),
  },
  { name: 'exists', min: 0, max: 1, usage: '?path?', run: existsCmd },
  {
    name: 'expose',
    min: 2,
    max: 3,
    usage: 'path hiddenCmdName ?cmdName?',
    run: (engine, args) => expose(engine, childOf(engine, args[1]!), args.slice(2)),
  },
  {
    name: 'hide',
    min: 2,
    max: 3,
    usage: 'path cmdName ?hiddenCmdName?',
    run: (engine, args) => hide(engine, childOf(engine, args[1]!), args.slice(2)),
  },
  { name: 'hidden', min: 0, max: 1, usage: '?path?', run: (engine, args) => hiddenIn(optional(engine, args)) },
  { name: 'issafe', min: 0, max: 1, usage: '?path?', run: (engine, args) => (optional(engine, args).safe ? 1 : 0) },
  {
    name: 'invokehidden',
    min: 2,
    max: any,
    usage: 'path ?-namespace ns? ?-global? ?--? cmd ?arg ..?',
    run: (engine, args) =>
      invokeHidden(
        engine,
        childOf(engine, args[1]!),
        args.slice(2),
        'interp invokehidden path ?-namespace ns? ?-global? ?--? cmd ?arg ..?',
      ),
  },
  {
    name: 'limit',
    min: 2,
    max: any,
    usage: 'path limitType ?-option value ...?',
    run: (engine, args) => limitCmd(engine, childOf(engine, args[1]!), args, 2),
  },
  { name: 'marktrusted', min: 1, max: 1, usage: 'path', run: (engine, args) => markTrusted(engine, childOf(engine, args[1]!)) },
  {
    name: 'recursionlimit',
    min: 1,
    max: 2,
    usage: 'path ?newlimit?',
    run: (engine, args) => recursionLimit(engine, childOf(engine, args[1]!), args[2]),
  },
  { name: 'slaves', min: 0, max: 1, usage: '?path?', run: (engine, args) => childrenOf(optional(engine, args)) },
  { name: 'share', min: 3, max: 3, usage: 'srcPath channelId destPath', run: (engine, args) => passChannel(engine, args, false) },
  { name: 'target', min: 2, max: 2, usage: 'path alias', run: (engine, args) => targetCmd(engine, args[1]!, args[2]!) },
  { name: 'transfer', min: 3, max: 3, usage: 'srcPath channelId destPath', run: (engine, args) => passChannel(engine, args, true) },
];

function existsCmd(engine: TclInterp, args: readonly Value[]): Value {
  try {
    optional(engine, args);
    return 1;
  } catch (e) {
    if (e instanceof TclError && !('owner' in e)) return 0;
    throw e;
  }
}

const CHILD_SUBS: readonly (Omit<Sub, 'run'> & {
  readonly run: (parent: TclInterp, child: TclInterp, args: readonly Value[], frame: Frame) => Value | Generator<Step, Value, Value>;
})[] = [
  { name: 'alias', min: 1, max: any, usage: 'aliasName ?targetName? ?arg ...?', run: (p, c, args) => childAlias(p, c, args.slice(1)) },
  { name: 'aliases', min: 0, max: 0, usage: '', run: (_, c) => newList(hashOrder(c.aliases.keys())) },
  { name: 'bgerror', min: 0, max: 1, usage: '?cmdPrefix?', run: (_, c, args) => bgerror(c, args[1]) },
  { name: 'debug', min: 0, max: 2, usage: '?-frame ?bool??', run: (_, c, args) => debug(c, args.slice(1)) },
  { name: 'eval', min: 1, max: any, usage: 'arg ?arg ...?', run: (_, c, args) => evalIn(c, args.slice(1)) },
  { name: 'expose', min: 1, max: 2, usage: 'hiddenCmdName ?cmdName?', run: (p, c, args) => expose(p, c, args.slice(1)) },
  { name: 'hide', min: 1, max: 2, usage: 'cmdName ?hiddenCmdName?', run: (p, c, args) => hide(p, c, args.slice(1)) },
  { name: 'hidden', min: 0, max: 0, usage: '', run: (_, c) => hiddenIn(c) },
  { name: 'issafe', min: 0, max: 0, usage: '', run: (_, c) => (c.safe ? 1 : 0) },
  {
    name: 'invokehidden',
    min: 1,
    max: any,
    usage: '?-namespace ns? ?-global? ?--? cmd ?arg ..?',
    run: (p, c, args) => invokeHidden(p, c, args.slice(1), `${c.name} invokehidden ?-namespace ns? ?-global? ?--? cmd ?arg ..?`),
  },
  { name: 'limit', min: 1, max: any, usage: 'limitType ?-option value ...?', run: (p, c, args) => limitCmd(p, c, args, 1) },
  { name: 'marktrusted', min: 0, max: 0, usage: '', run: (p, c) => markTrusted(p, c) },
  { name: 'recursionlimit', min: 0, max: 1, usage: '?newlimit?', run: (p, c, args) => recursionLimit(p, c, args[1]) },
];

function* dispatch<T extends Omit<Sub, 'run'>>(
  subs: readonly T[],
  args: readonly Value[],
  run: (sub: T, args: readonly Value[]) => Value | Generator<Step, Value, Value>,
): Generator<Step, Value, Value> {
  const name = str(args[0]!);
  if (args.length < 2) throw wrongArgs(`${name} cmd ?arg ...?`);
  const word = lookup(
    str(args[1]!),
    subs.map((s) => s.name),
    'option',
  );
  const sub = subs.find((s) => s.name === word)!;
  const n = args.length - 2;
  if (n < sub.min || n > sub.max) throw wrongArgs(`${name} ${word}${sub.usage === '' ? '' : ` ${sub.usage}`}`);
  const out = run(sub, args.slice(1));
  return typeof out === 'object' && 'next' in out ? yield* out : out;
}

function childCmd(parent: TclInterp, child: TclInterp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  if (child.deleted) throw new TclError('child interpreter was deleted');
  return dispatch(CHILD_SUBS, args, (sub, rest) => sub.run(parent, child, rest, frame));
}

export const interpRows: readonly CommandRow[] = [
  {
    name: 'interp',
    min: 0,
    max: any,
    usage: 'cmd ?arg ...?',
    safe: true,
    script: (interp: Interp, args: readonly Value[], frame: Frame) =>
      dispatch(SUBS, args, (sub, rest) => sub.run(engineOf(interp), rest, frame)),
  },
];
