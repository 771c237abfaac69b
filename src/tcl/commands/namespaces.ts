/** `namespace`, and ensembles as scripts make them. How names resolve is in interp.ts. Answers to namespace.n, tclNamesp.c and tclEnsemble.c. */
import { type CommandRow, callStep, evalStep, type Frame, type Interp, type ScriptHandler, type Step } from '../command.ts';
import { invalidCommand, lookup, TclError, wrongArgs } from '../errors.ts';
import { callerOf, unitOf } from '../frames.ts';
import { stringMatch } from '../glob.ts';
import { hashOrder, inHashOrder } from '../hash-stats.ts';
import type { TclInterp } from '../interp.ts';
import { dictOf, elements, newDict, newList } from '../list.ts';
import type { Cmd, Ensemble, Namespace } from '../namespace.ts';
import { boolOf } from '../number.ts';
import { stackOf } from '../regs.ts';
import type { Rewrite } from '../rewrite.ts';
import { addInfo } from '../run.ts';
import { type Key, keyOf, share, str, type Value } from '../value.ts';
import { elementVar, linkVar, notArray, splitName, TclArray } from '../variables.ts';
import { changing, engineOf } from './engine.ts';
import { concatOf } from './lists.ts';
import { checkLocalName } from './procs.ts';

const here = (frame: Frame): Namespace => unitOf(frame).ns;

/** The namespace a script means, as seen from a frame; throws `namespace "x" not found`. */
function namespaceNamed(interp: Interp, name: Value, frame: Frame): Namespace {
  const text = str(name);
  const ns = engineOf(interp).findNamespace(text, here(frame));
  if (ns !== null) return ns;
  const where = text.startsWith('::') ? '' : ` in "${here(frame).fullName}"`;
  throw new TclError(`namespace "${text}" not found${where}`, ['TCL', 'LOOKUP', 'NAMESPACE', text]);
}

/** Something that call sites and compiled code may rest on has changed. */
function resolutionChanged(engine: TclInterp): void {
  engine.commandEpoch++;
  engine.inlineEpoch++;
}

// --- namespaces -------------------------------------------------------------------------------------------------------------

function childrenCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const ns = args.length > 1 ? namespaceNamed(interp, args[1]!, frame) : here(frame);
  let names = inHashOrder(ns.children).map((child) => child.fullName);
  if (args.length > 2) {
    const given = str(args[2]!);
    const pattern = given.startsWith('::') ? given : `${ns.parent === null ? '' : ns.fullName}::${given}`;
    names = names.filter((name) => stringMatch(pattern, name));
  }
  return newList(names);
}

function codeCmd(_interp: Interp, args: readonly Value[], frame: Frame): Value {
  if (str(args[1]!).startsWith('::namespace inscope ')) return args[1]!;
  return newList(['::namespace', 'inscope', here(frame).fullName, share(args[1]!)]);
}

function* deleteCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  const engine = engineOf(interp);
  for (const a of args.slice(1)) {
    const name = str(a);
    if (engine.findNamespace(name, here(frame)) !== null) continue;
    throw new TclError(`unknown namespace "${name}" in namespace delete command`, ['TCL', 'LOOKUP', 'NAMESPACE', name]);
  }
  const running: Frame[] = [];
  // The stack ends where a trace was called.
  for (let f: Frame | null = frame; f !== null; f = callerOf(f)) running.push(f);
  for (const cells of [yield* stackOf(frame), ...[...engine.coroutines].map((co) => co.cells)]) {
    for (let cell = cells; cell !== null; cell = cell.next) running.push(cell.f);
  }
  interp.budget.charge(running.length / 4);
  for (const a of args.slice(1)) {
    const ns = engine.findNamespace(str(a), here(frame));
    if (ns !== null) engine.actIn(frame, () => engine.deleteNamespace(ns, running));
  }
  return '';
}

function existsCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  return engineOf(interp).findNamespace(str(args[1]!), here(frame)) === null ? 0 : 1;
}

/** Runs a script in a frame of a namespace. `words` are what `info level` tells of it. */
function* runIn(
  engine: TclInterp,
  ns: Namespace,
  script: Value,
  verb: string,
  words: Value[],
  frame: Frame,
): Generator<Step, Value, Value> {
  ns.active++;
  try {
    return yield evalStep(engine.namespaceFrame(ns, frame, words), script);
  } catch (e) {
    if (e instanceof TclError) {
      const name = ns.fullName.length > 200 ? `${ns.fullName.slice(0, 200)}...` : ns.fullName;
      addInfo(e, `\n    (in namespace ${verb} "${name}" script line ${e.errorLine})`);
    }
    throw e;
  } finally {
    engine.leaveNamespace(ns);
  }
}

function callWords(verb: string, args: readonly Value[], rewrite: Rewrite | null): Value[] {
  return (rewrite?.source ?? ['namespace', verb, ...args.slice(1)]).map(share);
}

const evalCmd: ScriptHandler = function* (interp, args, frame, _site, rewrite) {
  const engine = engineOf(interp);
  const name = str(args[1]!);
  const ns = engine.findNamespace(name, here(frame));
  if (ns === null && name === '') {
    throw new TclError('can\'t create namespace "": only global namespace can have empty name', [
      'TCL',
      'OPERATION',
      'NAMESPACE',
      'CREATEGLOBAL',
    ]);
  }
  const script = args.length === 3 ? args[2]! : concatOf(args.slice(2));
  const home = ns ?? engine.makeNamespace(name, here(frame));
  if (home.emptied)
    throw new TclError(`can't create namespace "${name}": already exists`, ['TCL', 'OPERATION', 'NAMESPACE', 'CREATEEXISTING']);
  return yield* runIn(engine, home, script, 'eval', callWords('eval', args, rewrite), frame);
};

const inscopeCmd: ScriptHandler = function* (interp, args, frame, _site, rewrite) {
  const ns = namespaceNamed(interp, args[1]!, frame);
  const script = args.length === 3 ? args[2]! : concatOf([args[2]!, newList(args.slice(3).map(share))]);
  return yield* runIn(engineOf(interp), ns, script, 'inscope', callWords('inscope', args, rewrite), frame);
};

function parentCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const ns = args.length > 1 ? namespaceNamed(interp, args[1]!, frame) : here(frame);
  return ns.parent === null ? '' : ns.parent.fullName;
}

function pathCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const ns = here(frame);
  if (args.length === 1) return newList(ns.path.filter((p) => !p.deleted).map((p) => p.fullName));
  ns.path = elements(args[1]!).map((name) => namespaceNamed(interp, name, frame));
  ns.kin = null;
  resolutionChanged(engineOf(interp));
  return '';
}

function qualifiersCmd(_interp: Interp, args: readonly Value[]): Value {
  const name = str(args[1]!);
  const at = name.lastIndexOf('::');
  return at < 0 ? '' : name.slice(0, at).replace(/:+$/, '');
}

function tailCmd(_interp: Interp, args: readonly Value[]): Value {
  const name = str(args[1]!);
  const at = name.lastIndexOf('::');
  return at < 0 ? name : name.slice(at + 2);
}

function unknownCmd(_interp: Interp, args: readonly Value[], frame: Frame): Value {
  const ns = here(frame);
  if (args.length === 1) return ns.unknown ?? (ns.parent === null ? '::unknown' : '');
  const handler = args[1]!;
  ns.unknown = elements(handler).length > 0 ? share(handler) : null;
  return handler;
}

function upvarCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  if (args.length % 2 === 1) throw wrongArgs('namespace upvar ns ?otherVar myVar ...?');
  const engine = engineOf(interp);
  const ns = namespaceNamed(interp, args[1]!, frame);
  for (let i = 2; i + 1 < args.length; i += 2) {
    const other = str(args[i]!);
    const local = str(args[i + 1]!);
    const [base, key] = splitName(other);
    let v = base.includes('::') ? engine.namespaceVar(ns, base, true, 'access', other)! : (ns.vars.get(base) ?? ns.makeVar(base));
    if (key !== null) {
      if (v.v === undefined) v.v = new TclArray();
      if (!(v.v instanceof TclArray)) throw notArray('access', base, key);
      v = elementVar(v, keyOf(key), true)!;
    }
    checkLocalName(local);
    linkVar(frame, local, v);
  }
  return '';
}

// --- commands across namespaces ---------------------------------------------------------------------------------------------

/** What a pattern takes beside its characters. */
const EXPORT_BYTES = 16;

function exportCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const ns = here(frame);
  if (args.length === 1) return newList([...ns.exports]);
  let i = 1;
  if (str(args[1]!) === '-clear') {
    ns.exports = [];
    i++;
  }
  for (const a of args.slice(i)) {
    const pattern = str(a);
    if (pattern.includes('::')) {
      throw new TclError(`invalid export pattern "${pattern}": pattern can't specify a namespace`, ['TCL', 'EXPORT', 'INVALID']);
    }
    interp.budget.charge(ns.exports.length / 4);
    if (ns.exports.includes(pattern)) continue;
    interp.budget.allocate(EXPORT_BYTES + pattern.length);
    ns.exports.push(pattern);
  }
  return '';
}

function forgetCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  for (const a of args.slice(1)) forget(engineOf(interp), here(frame), str(a));
  return '';
}

function forget(engine: TclInterp, ns: Namespace, pattern: string): void {
  const { ns: source, tail } = engine.locate(pattern, ns);
  if (source === null) {
    throw new TclError(`unknown namespace in namespace forget pattern "${pattern}"`, ['TCL', 'LOOKUP', 'NAMESPACE', pattern]);
  }
  engine.budget.charge(ns.cmds.size);
  for (const cmd of [...ns.cmds.values()]) {
    if (cmd.origin === null) continue;
    if (tail === pattern) {
      if (stringMatch(tail, cmd.name)) engine.deleteCommand(cmd);
      continue;
    }
    // Of a chain of imports, the first link or the origin may be meant.
    const from = [originOf(cmd), cmd.origin].find((c) => c.ns === source);
    if (from !== undefined && stringMatch(tail, from.name)) engine.deleteCommand(cmd);
  }
}

function originOf(cmd: Cmd): Cmd {
  let c = cmd;
  while (c.origin !== null) c = c.origin;
  return c;
}

const importCmd: ScriptHandler = function* (interp, args, frame) {
  const engine = engineOf(interp);
  const ns = here(frame);
  if (args.length === 1) return newList(hashOrder(ns.cmds.keys()).filter((name) => ns.cmds.get(name)!.origin !== null));
  const force = str(args[1]!) === '-force';
  for (const a of args.slice(force ? 2 : 1)) {
    if (engine.globalNs.cmds.has('auto_import')) yield callStep(engine.globalFrame, ['auto_import', a]);
    importCommands(engine, ns, str(a), force);
  }
  return '';
};

function importCommands(engine: TclInterp, ns: Namespace, pattern: string, force: boolean): void {
  if (pattern === '') throw new TclError('empty import pattern', ['TCL', 'IMPORT', 'EMPTY']);
  const { ns: source, tail } = engine.locate(pattern, ns);
  if (source === null) {
    throw new TclError(`unknown namespace in import pattern "${pattern}"`, ['TCL', 'LOOKUP', 'NAMESPACE', pattern]);
  }
  if (source === ns) {
    if (tail === pattern) throw new TclError(`no namespace specified in import pattern "${pattern}"`, ['TCL', 'IMPORT', 'ORIGIN']);
    throw new TclError(`import pattern "${pattern}" tries to import from namespace "${ns.name}" into itself`, ['TCL', 'IMPORT', 'SELF']);
  }
  engine.budget.charge(source.cmds.size);
  for (const cmd of [...source.cmds.values()]) {
    if (!stringMatch(tail, cmd.name)) continue;
    engine.budget.charge(source.exports.length);
    if (source.exports.some((p) => stringMatch(p, cmd.name))) importOne(engine, ns, cmd, pattern, force);
  }
}

function importOne(engine: TclInterp, ns: Namespace, cmd: Cmd, pattern: string, force: boolean): void {
  const old = ns.cmds.get(cmd.name);
  if (old !== undefined && !force) {
    if (old.origin === cmd) return;
    throw new TclError(`can't import command "${cmd.name}": already exists`, ['TCL', 'IMPORT', 'OVERWRITE']);
  }
  for (let c: Cmd | null = cmd.origin; c !== null && old !== undefined; c = c.origin) {
    if (c !== old) continue;
    throw new TclError(`import pattern "${pattern}" would create a loop containing command "${old.fullName}"`, ['TCL', 'IMPORT', 'LOOP']);
  }
  const made = engine.makeCommandIn(ns, cmd.name);
  made.origin = cmd;
  cmd.imports ??= new Set();
  cmd.imports.add(made);
}

function originCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const cmd = engineOf(interp).findCommand(str(args[1]!), frame);
  if (cmd === null) throw invalidCommand(str(args[1]!));
  return originOf(cmd).fullName;
}

function whichCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  let kind = '-command';
  if (args.length === 3) {
    const given = str(args[1]!);
    const hits = given === '' ? [] : ['-command', '-variable'].filter((k) => k.startsWith(given));
    if (hits.length !== 1) throw wrongArgs('namespace which ?-command? ?-variable? name');
    kind = hits[0]!;
  }
  const engine = engineOf(interp);
  const name = str(args[args.length - 1]!);
  if (kind === '-command') return engine.findCommand(name, frame)?.fullName ?? '';
  const v = engine.namespaceVar(here(frame), name, false, 'read', name);
  return v === undefined || v.ns === null ? '' : `${v.ns.parent === null ? '' : v.ns.fullName}::${v.name}`;
}

// --- ensembles --------------------------------------------------------------------------------------------------------------

const CREATE_OPTIONS = ['-command', '-map', '-parameters', '-prefixes', '-subcommands', '-unknown'] as const;
const CONFIG_OPTIONS = ['-map', '-namespace', '-parameters', '-prefixes', '-subcommands', '-unknown'] as const;

/** The map of an ensemble; names of commands that are not absolute are those of `ns`. Null for an empty one. */
function readMap(value: Value, ns: Namespace): Map<string, readonly Value[]> | null {
  const map = new Map<string, readonly Value[]>();
  for (const [key, target] of dictOf(value).m) {
    const words = elements(target);
    if (words.length === 0) {
      throw new TclError('ensemble subcommand implementations must be non-empty lists', ['TCL', 'ENSEMBLE', 'EMPTY_TARGET']);
    }
    const name = str(words[0]!);
    const absolute = name.startsWith('::') ? name : `${ns.parent === null ? '' : ns.fullName}::${name}`;
    map.set(String(key), [absolute, ...words.slice(1).map(share)]);
  }
  return map.size > 0 ? map : null;
}

/** Sets one option; `ns` is where the command that does it runs. */
function configure(e: Ensemble, option: (typeof CONFIG_OPTIONS)[number], value: Value, ns: Namespace): void {
  switch (option) {
    case '-map':
      e.map = readMap(value, ns);
      break;
    case '-namespace':
      throw new TclError('option -namespace is read-only', ['TCL', 'ENSEMBLE', 'READ_ONLY']);
    case '-parameters':
      e.parameters = elements(value).map(str);
      break;
    case '-prefixes':
      e.prefixes = boolOf(value);
      break;
    case '-subcommands': {
      const names = elements(value).map(str);
      e.subcommands = names.length > 0 ? names : null;
      break;
    }
    case '-unknown':
      e.unknown = elements(value).map(share);
  }
}

function optionOf(e: Ensemble, option: (typeof CONFIG_OPTIONS)[number]): Value {
  switch (option) {
    case '-map': {
      const map = new Map<Key, Value>();
      for (const [name, words] of e.map ?? []) map.set(keyOf(name), newList([...words]));
      return newDict(map);
    }
    case '-namespace':
      return e.ns.fullName;
    case '-parameters':
      return newList([...e.parameters]);
    case '-prefixes':
      return e.prefixes ? 1 : 0;
    case '-subcommands':
      return newList([...(e.subcommands ?? [])]);
    case '-unknown':
      return newList([...e.unknown]);
  }
}

function ensembleCreate(interp: Interp, args: readonly Value[], frame: Frame): Value {
  if (args.length % 2 === 1) throw wrongArgs('namespace ensemble create ?option value ...?');
  const engine = engineOf(interp);
  const ns = here(frame);
  const e: Ensemble = { ns, map: null, subcommands: null, prefixes: true, unknown: [], parameters: [] };
  let name = ns.parent === null ? '' : `${ns.parent.parent === null ? '' : ns.parent.fullName}::${ns.name}`;
  for (let i = 2; i + 1 < args.length; i += 2) {
    const option = lookup(str(args[i]!), CREATE_OPTIONS, 'option');
    if (option === '-command') name = str(args[i + 1]!);
    else configure(e, option, args[i + 1]!, ns);
  }
  const at = name.lastIndexOf('::');
  const home = at < 0 ? ns : engine.makeNamespace(at === 0 ? '::' : name.slice(0, at), ns);
  const cmd = engine.makeCommandIn(home, at < 0 ? name : name.slice(at + 2));
  cmd.ensemble = e;
  (ns.ensembles ??= new Set()).add(cmd);
  cmd.onDelete = () => ns.ensembles?.delete(cmd);
  return cmd.fullName;
}

function findEnsemble(interp: Interp, name: Value, frame: Frame): Cmd | null {
  const cmd = engineOf(interp).findCommand(str(name), frame);
  if (cmd === null) return null;
  const origin = originOf(cmd);
  return origin.ensemble === null ? null : origin;
}

function ensembleConfigure(interp: Interp, args: readonly Value[], frame: Frame): Value {
  if (args.length < 3 || (args.length !== 4 && args.length % 2 === 0)) {
    throw wrongArgs('namespace ensemble configure cmdname ?-option value ...? ?arg ...?');
  }
  const engine = engineOf(interp);
  const cmd = findEnsemble(interp, args[2]!, frame);
  if (cmd === null) {
    const name = str(args[2]!);
    if (engine.findCommand(name, frame) === null) throw new TclError(`unknown command "${name}"`, ['TCL', 'LOOKUP', 'COMMAND', name]);
    throw new TclError(`"${name}" is not an ensemble command`, ['TCL', 'LOOKUP', 'ENSEMBLE', name]);
  }
  const e = cmd.ensemble!;
  if (args.length === 3) return newList(CONFIG_OPTIONS.flatMap((o) => [o, optionOf(e, o)]));
  if (args.length === 4) return optionOf(e, lookup(str(args[3]!), CONFIG_OPTIONS, 'option'));
  const changed = { ...e };
  for (let i = 3; i < args.length; i += 2) {
    configure(changed, lookup(str(args[i]!), CONFIG_OPTIONS, 'option'), args[i + 1]!, here(frame));
  }
  cmd.ensemble = changed;
  resolutionChanged(engine);
  return '';
}

function ensembleCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const ns = here(frame);
  if (ns.deleted || ns.dying) throw new TclError('tried to manipulate ensemble of deleted namespace', ['TCL', 'ENSEMBLE', 'DEAD']);
  switch (lookup(str(args[1]!), ['configure', 'create', 'exists'], 'subcommand')) {
    case 'configure':
      return ensembleConfigure(interp, args, frame);
    case 'create':
      return ensembleCreate(interp, args, frame);
    case 'exists':
      if (args.length !== 3) throw wrongArgs('namespace ensemble exists cmdname');
      return findEnsemble(interp, args[2]!, frame) === null ? 0 : 1;
  }
}

const any = Number.POSITIVE_INFINITY;

export const namespaceRows: readonly CommandRow[] = [
  {
    name: 'namespace',
    safe: true,
    sub: [
      { name: 'children', min: 0, max: 2, usage: '?name? ?pattern?', safe: true, run: childrenCmd },
      { name: 'code', min: 1, max: 1, usage: 'arg', safe: true, run: codeCmd },
      { name: 'current', min: 0, max: 0, usage: '', safe: true, run: (_interp, _args, frame) => here(frame).fullName },
      { name: 'delete', min: 0, max: any, usage: '?name name...?', safe: true, script: deleteCmd },
      { name: 'ensemble', min: 1, max: any, usage: 'subcommand ?arg ...?', safe: true, script: changing(ensembleCmd) },
      { name: 'eval', min: 2, max: any, usage: 'name arg ?arg...?', safe: true, script: evalCmd },
      { name: 'exists', min: 1, max: 1, usage: 'name', safe: true, run: existsCmd },
      { name: 'export', min: 0, max: any, usage: '?-clear? ?pattern pattern...?', safe: true, script: changing(exportCmd) },
      { name: 'forget', min: 0, max: any, usage: '?pattern pattern...?', safe: true, script: changing(forgetCmd) },
      { name: 'import', min: 0, max: any, usage: '?-force? ?pattern pattern...?', safe: true, script: importCmd },
      { name: 'inscope', min: 2, max: any, usage: 'name arg ?arg...?', safe: true, script: inscopeCmd },
      { name: 'origin', min: 1, max: 1, usage: 'name', safe: true, run: originCmd },
      { name: 'parent', min: 0, max: 1, usage: '?name?', safe: true, run: parentCmd },
      { name: 'path', min: 0, max: 1, usage: '?pathList?', safe: true, script: changing(pathCmd) },
      { name: 'qualifiers', min: 1, max: 1, usage: 'string', safe: true, pure: true, run: qualifiersCmd },
      { name: 'tail', min: 1, max: 1, usage: 'string', safe: true, pure: true, run: tailCmd },
      { name: 'unknown', min: 0, max: 1, usage: '?script?', safe: true, run: unknownCmd },
      { name: 'upvar', min: 1, max: any, usage: 'ns ?otherVar myVar ...?', safe: true, run: upvarCmd },
      { name: 'which', min: 1, max: 2, usage: '?-command? ?-variable? name', safe: true, run: whichCmd },
    ],
  },
];
