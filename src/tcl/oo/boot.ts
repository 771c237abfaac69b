/**
 * The foundation: `oo::object`, `oo::class`, `oo::Slot` and the slots of an interpreter, made when first one of them is asked for. Until
 * then their commands are rows that do so.
 */
import type { CommandRow, Interp, ScriptHandler } from '../command.ts';
import { engineOf } from '../commands/engine.ts';
import { makeProc } from '../commands/procs.ts';
import type { TclInterp } from '../interp.ts';
import { Cmd, Namespace } from '../namespace.ts';
import { callCommand, lazySite } from '../run.ts';
import { str } from '../value.ts';
import { nextCommand, unmarked } from './calls.ts';
import { CLASS_METHODS, classConstructor, OBJECT_METHODS } from './core-methods.ts';
import { addMethod, SLOTS } from './define.ts';
import { nextToCommand } from './helpers.ts';
import { type Foundation, heldBytes, Method, type OoClass, type OoObject, setBody } from './model.ts';
import { allocate, commandDeleted, makeClass } from './objects.ts';

const KEY = Symbol('objects');

export function foundationOf(interp: Interp): Foundation {
  return (interp.assoc.get(KEY) as Foundation | undefined) ?? boot(engineOf(interp));
}

/** Makes the foundation, then calls what has been called. */
const bootCmd: ScriptHandler = function* (interp, args, frame) {
  const engine = engineOf(interp);
  foundationOf(interp);
  const cmd = engine.findCommand(str(args[0]!), frame);
  try {
    return yield { kind: 'stmt', frame, run: (vf) => callCommand(engine, cmd, args, vf, lazySite(args)) };
  } catch (e) {
    throw unmarked(e);
  }
};

export const bootRows: readonly CommandRow[] = ['::oo::object', '::oo::class', '::oo::Slot', ...SLOTS.map(([name]) => name)].map(
  (name) => ({
    name,
    min: 0,
    max: Number.POSITIVE_INFINITY,
    usage: '',
    safe: true,
    script: bootCmd,
  }),
);

/** The command that stands for an object to be, wherever it is by now. */
function standIn(interp: TclInterp, name: string): Cmd {
  const todo: Namespace[] = [interp.globalNs];
  for (let ns = todo.pop(); ns !== undefined; ns = todo.pop()) {
    for (const cmd of ns.cmds.values()) if (cmd.row?.name === name) return cmd;
    todo.push(...ns.children.values());
  }
  // It has been deleted before it came to life: so will the object be.
  const cmd = new Cmd(interp, interp.makeNamespace('::oo', interp.globalNs), name.slice(6));
  cmd.deleted = true;
  return cmd;
}

function boot(interp: TclInterp): Foundation {
  const oo = interp.makeNamespace('::oo', interp.globalNs);
  const f = {
    interp,
    epoch: 0,
    oo,
    define: interp.makeNamespace('define', oo),
    objdefine: interp.makeNamespace('objdefine', oo),
    objectKin: kin(interp, []),
    classKin: kin(interp, [oo]),
  } as { -readonly [K in keyof Foundation]: Foundation[K] };
  interp.assoc.set(KEY, f);
  interp.holders.add((add) => heldBytes(f, add));
  for (const ns of [f.define, f.objdefine]) ns.unknown = '::oo::UnknownDefinition';
  const adopted: OoObject[] = [];
  const adopt = (name: string, cls: OoClass | null): OoObject => {
    const cmd = standIn(interp, name);
    cmd.row = null;
    cmd.script = null;
    const o = allocate(f, cls!, cmd, null, interp.globalNs);
    cls?.instances.add(o);
    adopted.push(o);
    return o;
  };
  const object = adopt('::oo::object', null);
  f.object = makeClass(object);
  const cls = adopt('::oo::class', null);
  f.class = makeClass(cls);
  f.class.setSuperclasses([f.object]);
  for (const o of [object, cls]) {
    o.class = f.class;
    f.class.instances.add(o);
  }
  for (const [name, exported, core] of OBJECT_METHODS) addMethod(f.object, name, exported, { core, kind: `core method: "${name}"` });
  for (const [name, exported, core] of CLASS_METHODS) addMethod(f.class, name, exported, { core, kind: `core method: "${name}"` });
  addMethod(f.object, '<cloned>', false, { proc: makeProc('originObject', CLONED) });
  // Classes must be named.
  cls.methods = new Map([['new', new Method('new', cls, false)]]);
  f.class.builder = new Method('', f.class, true);
  setBody(f.class.builder, { core: classConstructor, kind: 'oo::class constructor' });
  const slot = makeClass(adopt('::oo::Slot', f.class));
  slot.setSuperclasses([f.object]);
  defineSlot(slot);
  for (const [name, get, set] of SLOTS) {
    const o = adopt(name, slot);
    addMethod(o, 'Get', false, get);
    addMethod(o, 'Set', false, set);
    if (/superclass|mixin/.test(name)) addMethod(o, '--default-operation', false, { prefix: ['my', '-set'] });
  }
  const direct = (name: string, handler: typeof nextCommand): void => {
    const cmd = interp.findNamespace('::oo::Helpers', interp.globalNs)?.cmds.get(name);
    if (cmd === undefined || cmd.row?.name !== `::oo::Helpers::${name}`) return;
    cmd.direct = handler;
    cmd.run = null;
  };
  direct('next', nextCommand);
  direct('nextto', nextToCommand);
  // What was compiled for the rows is worth nothing.
  interp.commandEpoch++;
  interp.inlineEpoch++;
  for (const o of adopted) if (o.cmd?.deleted) commandDeleted(o);
  return f;
}

function kin(interp: TclInterp, more: readonly Namespace[]): Namespace {
  const ns = new Namespace(interp, '', interp.globalNs);
  ns.path = [interp.makeNamespace('::oo::Helpers', interp.globalNs), ...more];
  return ns;
}

/** What a copy gets of its original's namespace: procs and variables. */
const CLONED = `
  set here [namespace current]
  set there [info object namespace $originObject]
  foreach name [info procs \${there}::*] {
    set params {}
    foreach p [info args $name] {
      lappend params [if {[info default $name $p value]} {list $p $value} else {list $p}]
    }
    proc \${here}::[namespace tail $name] $params [info body $name]
  }
  foreach name [info vars \${there}::*] {
    upvar 0 $name from
    namespace upvar $here [namespace tail $name] to
    if {[array exists from]} {
      array set to [array get from]
    } elseif {[info exists from]} {
      set to $from
    }
  }`;

function defineSlot(slot: OoClass): void {
  const method = (name: string, exported: boolean, params: string, body: string): void =>
    addMethod(slot, name, exported, { proc: makeProc(params, body) });
  method('Get', false, '', 'error unimplemented');
  method('Set', false, 'list', 'error unimplemented');
  method('-set', true, 'args', '\n        uplevel 1 [list [namespace which my] Set $args]\n    ');
  method(
    '-append',
    true,
    'args',
    '\n        uplevel 1 [list [namespace which my] Set [list                {*}[uplevel 1 [list [namespace which my] Get]] {*}$args]]\n    ',
  );
  method('-clear', true, '', 'uplevel 1 [list [namespace which my] Set {}]');
  addMethod(slot, '--default-operation', false, { prefix: ['my', '-append'] });
  method(
    'unknown',
    false,
    'args',
    `
    if {[string match -* [lindex $args 0]]} {
      next {*}$args
    } else {
      set def --default-operation
      uplevel 1 [list [namespace which my] $def {*}$args]
    }`,
  );
  slot.methods.set('destroy', new Method('destroy', slot, false));
}
