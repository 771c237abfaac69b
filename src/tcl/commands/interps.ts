/**
 * `interp`, and the command that each child interpreter is to its parent: `$child SUB ...` is `interp SUB $child ...`. Limits are in
 * interp-limits.ts. Answers to interp.n and tclInterp.c.
 */

import { giveOptions, noteError, pastLimit } from '../catching.ts';
import { addChannel, channelNamed, dropChannel } from '../channels.ts';
import { type ChildCommand, childOf, createChild, interpError, makeAlias } from '../children.ts';
import { type CommandRow, evalStep, type Frame, OK, RETURN, type ScriptHandler, type Step, type Steps, Unwind } from '../command.ts';
import { type CommandSite, LimitError, lookup, TclError, wrongArgs } from '../errors.ts';
import { hashOrder } from '../hash-stats.ts';
import type { TclInterp } from '../interp.ts';
import { elements, newList } from '../list.ts';
import { boolOf, smallIntOf } from '../number.ts';
import { R } from '../regs.ts';
import { callCommand, lazySite, logSite, mark, type Visit, visit } from '../run.ts';
import { share, str, type Value } from '../value.ts';
import { ends, lastLevel } from './control.ts';
import { engineOf } from './engine.ts';
import { limitCmd } from './interp-limits.ts';
import { concatOf } from './lists.ts';

/** What a safe interpreter may not do. */
function unsafe(message: string): TclError {
  return interpError(message, 'UNSAFE');
}

function checkTrusted(self: TclInterp, what: string): void {
  if (self.safe) throw unsafe(`permission denied: ${what}`);
}

// --- aliases ----------------------------------------------------------------------------------------------------------------

function aliasNotFound(name: string): TclError {
  return new TclError(`alias "${name}" not found`, ['TCL', 'LOOKUP', 'ALIAS', name]);
}

/** `name`, `name {}` or `name target arg ...`: `make` gives the last its target. */
function aliasCmd(source: TclInterp, args: readonly Value[], make: (name: string) => Value): Value {
  const name = str(args[0]!);
  const cmd = source.aliases.get(name);
  if (args.length === 1) return cmd === undefined ? '' : newList([...cmd.alias!.prefix]);
  if (args.length > 2 || str(args[1]!) !== '') return make(name);
  if (cmd === undefined) throw aliasNotFound(name);
  source.deleteCommand(cmd);
  return '';
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
    throw interpError(`target interpreter for alias "${str(alias)}" in path "${str(path)}" is not my descendant`, 'TARGETSHROUDED');
  }
  return newList(found);
}

// --- life -------------------------------------------------------------------------------------------------------------------

function createCmd(engine: TclInterp, args: readonly Value[], wrong: Call['wrong']): Value {
  let safe = engine.safe;
  let last = false;
  let path: Value | null = null;
  for (const arg of args) {
    const word = str(arg);
    if (!last && word.startsWith('-')) {
      if (lookup(word, ['-safe', '--'], 'option') === '-safe') safe = true;
      else last = true;
      continue;
    }
    if (path !== null) throw wrong();
    path = arg;
  }
  path ??= freeName(engine);
  createChild(engine, path, safe, childCmd);
  return path;
}

function freeName(engine: TclInterp): string {
  for (let i = 0; ; i++) {
    const name = `interp${i}`;
    if (engine.findCommand(name) === null) return name;
  }
}

function deleteCmd(engine: TclInterp, args: readonly Value[]): Value {
  for (const path of args) {
    const child = childOf(engine, path);
    if (child === engine) throw interpError('cannot delete the current interpreter', 'DELETESELF');
    child.delete();
  }
  return '';
}

// --- running ----------------------------------------------------------------------------------------------------------------

/** `interp eval`: codes pass through. */
function evalIn(target: TclInterp, words: readonly Value[], { self, frame, site, words: call }: Call): number {
  const script = words.length === 1 ? words[0]! : concatOf(words);
  const { coroutine } = R;
  const failed = (e: unknown): unknown => {
    if (coroutine !== null) coroutine.bound--;
    return mark(crossed(self, target, e), site, call);
  };
  const ended = (c: number): number => {
    if (coroutine !== null) coroutine.bound--;
    if (c === OK && typeof R.result === 'object') R.result = str(R.result);
    // At the bottom of an interpreter `return` has nothing to return from.
    if (c !== RETURN || target === self || target.left !== null) return c;
    const end = new Unwind(c, R.result, R.ret);
    R.ret = null;
    try {
      R.result = lastLevel(end);
      return OK;
    } catch (e) {
      if (e instanceof Unwind) return ends(e);
      throw mark(e, site, call);
    }
  };
  // It cannot yield meanwhile: Tcl goes there on its C stack.
  if (coroutine !== null) coroutine.bound++;
  const node: Visit = { site, words: call, vf: frame, script, file: null, main: false, ended, failed };
  return visit(evalStep(target === self ? frame : target.currentFrame, script, target), node, frame);
}

/** An error that leaves another interpreter: a limit that passed there is an ordinary error here. */
function crossed(self: TclInterp, target: TclInterp, thrown: unknown): unknown {
  const e = pastLimit(thrown, target);
  if (e === thrown && e instanceof TclError) {
    logSite(e);
    // It is known there as well.
    if (target !== self && !(e instanceof LimitError)) {
      noteError(target, e);
      giveOptions(e);
    }
  }
  return e;
}

/** Runs a step in another interpreter: strings come back. */
function* crossing(self: TclInterp, target: TclInterp, step: Step): Steps {
  try {
    const value = yield step;
    return typeof value === 'object' ? str(value) : value;
  } catch (e) {
    throw crossed(self, target, e);
  }
}

function* invokeHidden(target: TclInterp, args: readonly Value[], { self, frame: caller, wrong }: Call): Generator<Step, Value, Value> {
  let namespace: Value | null = null;
  let i = 0;
  for (; i < args.length && str(args[i]!).startsWith('-'); i++) {
    const option = lookup(str(args[i]!), ['-global', '-namespace', '--'], 'option');
    if (option === '--') {
      i++;
      break;
    }
    if (option === '-global') namespace = '::';
    else if (++i < args.length) namespace = args[i]!;
  }
  if (i >= args.length) throw wrong();
  if (self.safe) throw unsafe('not allowed to invoke hidden commands from safe interpreter');
  const name = str(args[i]!);
  const cmd = target.hidden.get(name);
  if (cmd === undefined)
    throw crossed(self, target, new TclError(`invalid hidden command name "${name}"`, ['TCL', 'LOOKUP', 'HIDDENTOKEN', name]));
  const words = args.slice(i);
  const frame =
    namespace === null
      ? target === self
        ? caller
        : target.currentFrame
      : target.namespaceFrame(target.makeNamespace(str(namespace), target.globalNs), target.globalFrame, words);
  const site = lazySite(words);
  return yield* crossing(self, target, { kind: 'stmt', frame, run: (f) => callCommand(target, cmd, words, f, site), interp: target });
}

// --- settings ---------------------------------------------------------------------------------------------------------------

function bgerror(target: TclInterp, prefix: Value | undefined): Value {
  if (prefix === undefined) return target.bgerrorHandler;
  if (listLength(prefix) === 0) {
    throw interpError('cmdPrefix must be list of length >= 1', 'BGERRORFORMAT');
  }
  target.bgerrorHandler = share(prefix);
  return prefix;
}

/** 0 also for what is no list. */
function listLength(value: Value): number {
  try {
    return elements(value).length;
  } catch (e) {
    if (e instanceof TclError && !('owner' in e)) return 0;
    throw e;
  }
}

function recursionLimit(self: TclInterp, target: TclInterp, value: Value | undefined): Value {
  if (value === undefined) return target.recursionLimit;
  checkTrusted(self, 'safe interpreters cannot change recursion limit');
  const limit = smallIntOf(value);
  if (limit <= 0) throw interpError('recursion limit must be > 0', 'BADLIMIT');
  target.setRecursionLimit(limit);
  // This command is a level, too.
  if (self === target && R.level + 1 > target.levelLimit())
    throw new TclError('falling back due to new recursion limit', ['TCL', 'RECURSION']);
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
  checkTrusted(self, 'safe interpreter cannot hide commands');
  target.hideCommand(str(args[0]!), args.length > 1 ? str(args[1]!) : undefined);
  return '';
}

function expose(self: TclInterp, target: TclInterp, args: readonly Value[]): Value {
  checkTrusted(self, 'safe interpreter cannot expose commands');
  target.exposeCommand(str(args[0]!), args.length > 1 ? str(args[1]!) : undefined);
  return '';
}

function markTrusted(self: TclInterp, target: TclInterp): Value {
  checkTrusted(self, 'safe interpreter cannot mark trusted');
  target.safe = false;
  return '';
}

function cancel(engine: TclInterp, args: readonly Value[], wrong: Call['wrong']): Value {
  let unwind = false;
  let i = 0;
  for (; i < args.length && str(args[i]!).startsWith('-'); i++) {
    if (lookup(str(args[i]!), ['-unwind', '--'], 'option') === '--') {
      i++;
      break;
    }
    unwind = true;
  }
  if (args.length - i > 2) throw wrong();
  const target = i < args.length ? childOf(engine, args[i]!) : engine;
  const message = i + 1 < args.length ? str(args[i + 1]!) : unwind ? 'eval unwound' : 'eval canceled';
  const code = ['TCL', 'CANCEL', unwind ? 'IUNWIND' : 'ICANCEL', message];
  target.budget.cancelled = () => {
    target.budget.cancelled = null;
    if (!unwind) return new TclError(message, code);
    const e = new LimitError(message, code, target);
    e.byScript = true;
    return e;
  };
  if (target === engine) throw target.budget.cancelled();
  R.fuel = 0;
  return '';
}

function passChannel(engine: TclInterp, args: readonly Value[], move: boolean): Value {
  const from = childOf(engine, args[0]!);
  const channel = channelNamed(from, str(args[1]!));
  const to = childOf(engine, args[2]!);
  if (from === to) return '';
  addChannel(to, channel);
  if (move) dropChannel(from, channel);
  return '';
}

// --- the commands -----------------------------------------------------------------------------------------------------------

const any = Number.POSITIVE_INFINITY;

/**
 * A subcommand. `path` is how `interp NAME` says which interpreter is meant; the command of a child has those with a path, without the path.
 * `min`, `max`, `usage` and the `args` of `run` are about what follows it. `call` is the call as errors tell it.
 */
type Sub = readonly [name: string, path: '' | 'path' | '?path?', min: number, max: number, usage: string, run: Run];
/** The function: what runs by itself, and gives a completion code. */
type Run = (self: TclInterp, target: TclInterp, args: readonly Value[], call: Call) => Value | Steps | (() => number);
interface Call {
  readonly self: TclInterp;
  /** Where the command was called. */
  readonly frame: Frame;
  readonly wrong: () => TclError;
  readonly site: CommandSite;
  readonly words: readonly Value[];
}

const optional = (engine: TclInterp, args: readonly Value[]): TclInterp => (args.length > 0 ? childOf(engine, args[0]!) : engine);
const namesIn = (table: ReadonlyMap<string, unknown>): Value => newList(hashOrder(table.keys()));
const childrenCmd: Run = (self, _, args) => namesIn(optional(self, args).children);

const SUBS: readonly Sub[] = [
  [
    'alias',
    '',
    2,
    any,
    'slavePath slaveCmd ?masterPath masterCmd? ?arg ...?',
    (self, _, [path, ...args], { wrong }) => {
      const source = childOf(self, path!);
      return aliasCmd(source, args, (name) => {
        if (args.length < 3) throw wrong();
        return makeAlias(source, name, childOf(self, args[1]!), args.slice(2));
      });
    },
  ],
  ['aliases', '?path?', 0, 0, '', (_, target) => namesIn(target.aliases)],
  ['bgerror', 'path', 0, 1, '?cmdPrefix?', (_, target, args) => bgerror(target, args[0])],
  ['cancel', '', 0, any, '?-unwind? ?--? ?path? ?result?', (self, _, args, { wrong }) => cancel(self, args, wrong)],
  ['children', '', 0, 1, '?path?', childrenCmd],
  ['create', '', 0, any, '?-safe? ?--? ?path?', (self, _, args, { wrong }) => createCmd(self, args, wrong)],
  ['debug', 'path', 0, 2, '?-frame ?bool??', (_, target, args) => debug(target, args)],
  ['delete', '', 0, any, '?path ...?', (self, _, args, { frame }) => self.actIn(frame, () => deleteCmd(self, args))],
  ['eval', 'path', 1, any, 'arg ?arg ...?', (_, target, args, call) => () => evalIn(target, args, call)],
  ['exists', '', 0, 1, '?path?', (self, _, args) => exists(self, args)],
  ['expose', 'path', 1, 2, 'hiddenCmdName ?cmdName?', expose],
  ['hide', 'path', 1, 2, 'cmdName ?hiddenCmdName?', hide],
  ['hidden', '?path?', 0, 0, '', (_, target) => namesIn(target.hidden)],
  ['issafe', '?path?', 0, 0, '', (_, target) => (target.safe ? 1 : 0)],
  [
    'invokehidden',
    'path',
    1,
    any,
    '?-namespace ns? ?-global? ?--? cmd ?arg ..?',
    (_, target, args, call) => invokeHidden(target, args, call),
  ],
  ['limit', 'path', 1, any, 'limitType ?-option value ...?', (self, target, args, { words }) => limitCmd(self, target, args, words)],
  ['marktrusted', 'path', 0, 0, '', markTrusted],
  ['recursionlimit', 'path', 0, 1, '?newlimit?', (self, target, args) => recursionLimit(self, target, args[0])],
  ['slaves', '', 0, 1, '?path?', childrenCmd],
  ['share', '', 3, 3, 'srcPath channelId destPath', (self, _, args) => passChannel(self, args, false)],
  ['target', '', 2, 2, 'path alias', (self, _, args) => targetCmd(self, args[0]!, args[1]!)],
  ['transfer', '', 3, 3, 'srcPath channelId destPath', (self, _, args) => passChannel(self, args, true)],
];

/** The target of an alias that a child's command makes is in the parent. */
const CHILD_SUBS: readonly Sub[] = [
  [
    'alias',
    'path',
    1,
    any,
    'aliasName ?targetName? ?arg ...?',
    (parent, child, args) => aliasCmd(child, args, (name) => makeAlias(child, name, parent, args.slice(1))),
  ],
  ...SUBS.filter(([, path]) => path !== ''),
];

function exists(engine: TclInterp, args: readonly Value[]): Value {
  try {
    optional(engine, args);
    return 1;
  } catch (e) {
    if (e instanceof TclError && !('owner' in e)) return 0;
    throw e;
  }
}

const SUB_NAMES = SUBS.map(([name]) => name);
const CHILD_SUB_NAMES = CHILD_SUBS.map(([name]) => name);

/** `child` is set when its own command was called. */
function dispatch(
  self: TclInterp,
  child: TclInterp | null,
  words: readonly Value[],
  frame: Frame,
  site: CommandSite,
): ReturnType<ScriptHandler> {
  const name = str(words[0]!);
  if (words.length < 2) throw wrongArgs(`${name} cmd ?arg ...?`);
  const names = child === null ? SUB_NAMES : CHILD_SUB_NAMES;
  const word = lookup(str(words[1]!), names, 'option');
  const [, subPath, min, max, rest, run] = (child === null ? SUBS : CHILD_SUBS)[names.indexOf(word)]!;
  const path = child === null ? subPath : '';
  const wrong = () => wrongArgs([name, word, path, rest].filter((w) => w !== '').join(' '));
  const count = words.length - 2;
  if (count < min + (path === 'path' ? 1 : 0) || count > max + (path === '' ? 0 : 1)) throw wrong();
  const named = path !== '' && count > 0;
  const target = child ?? (named ? childOf(self, words[2]!) : self);
  // What goes wrong in the other interpreter comes with its trace, where that has but begun, too.
  const isTold = target !== self && !self.safe && /^(hide|expose|invoke)/.test(word);
  const told = (e: unknown): unknown => {
    if (e instanceof TclError && isTold) e.errorInfo ??= e.message;
    return e;
  };
  let out: ReturnType<Run>;
  try {
    out = run(self, target, words.slice(named ? 3 : 2), { self, frame, wrong, words, site });
  } catch (e) {
    throw told(e);
  }
  if (typeof out === 'function') return out();
  if (typeof out === 'object' && 'next' in out) return isTold ? telling(out, told) : out;
  R.result = out;
  return OK;
}

function* telling(steps: Steps, told: (e: unknown) => unknown): Steps {
  try {
    return yield* steps;
  } catch (e) {
    throw told(e);
  }
}

/** The command that a child is to its parent. */
export const childCmd: ChildCommand = (child, interp, args, frame, site) => dispatch(engineOf(interp), child, args, frame, site);

export const interpRows: readonly CommandRow[] = [
  {
    name: 'interp',
    min: 0,
    max: any,
    usage: 'cmd ?arg ...?',
    safe: true,
    script: (interp, args, frame, site) => dispatch(engineOf(interp), null, args, frame, site),
  },
];
