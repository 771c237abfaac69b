/** How objects come and go: making, constructing, copying, deleting. Answers to tclOO.c. */

import { noteError } from '../catching.ts';
import { type Step, Unwind } from '../command.ts';
import { type CommandSite, TclError } from '../errors.ts';
import type { EventQueue } from '../events.ts';
import type { Frame } from '../frames.ts';
import type { TclInterp } from '../interp.ts';
import { type Cmd, Namespace } from '../namespace.ts';
import { type Cell, capture, R, SUSPENDED } from '../regs.ts';
import { rewritten } from '../rewrite.ts';
import { addInfo, finishTop, lazySite, mark, runBarrier } from '../run.ts';
import { lend, str, type Value } from '../value.ts';
import { type CallParts, callStepOf, findCall, invokeCall, objectCommand, specialCall } from './calls.ts';
import { BYTES, type Foundation, isReachable, Method, OoClass, OoObject, ooError, setObjectMixins } from './model.ts';

/** Objects are numbered through all interpreters of a worker. */
const counts = new WeakMap<EventQueue, number>();

function nextNumber(interp: TclInterp): number {
  const n = (counts.get(interp.events) ?? 0) + 1;
  counts.set(interp.events, n);
  return n;
}

function makeObjectNamespace(f: Foundation, wanted: string | null, from: Namespace): Namespace {
  const { interp } = f;
  if (wanted !== null) {
    const { ns, tail } = interp.locate(wanted, from);
    if (tail !== '' && ns?.children.has(tail) !== true) {
      nextNumber(interp);
      return interp.makeNamespace(wanted, from);
    }
  }
  if (f.oo.deleted || f.oo.dying) f.oo = interp.makeNamespace('::oo', interp.globalNs);
  for (;;) {
    const name = `Obj${nextNumber(interp)}`;
    if (f.oo.children.has(name)) continue;
    const ns = new Namespace(interp, name, f.oo);
    f.oo.children.set(name, ns);
    return ns;
  }
}

/**
 * An object without a class's blessing yet. `command`: the command it is to be, or where to make one; null for one named as its
 * namespace is. `nsName`: the namespace it is to have, if there is none of that name.
 */
export function allocate(
  f: Foundation,
  cls: OoClass,
  command: Cmd | { readonly ns: Namespace; readonly tail: string } | null,
  nsName: string | null,
  from: Namespace,
): OoObject {
  const { interp } = f;
  const o = new OoObject(f, cls);
  const ns = makeObjectNamespace(f, nsName, from);
  R.grown += BYTES.object;
  o.ns = ns;
  ns.path = f.objectKin.path;
  const place = command ?? { ns: ns.parent ?? ns, tail: ns.name };
  const cmd = 'tail' in place ? interp.makeCommandIn(place.ns, place.tail) : place;
  cmd.direct = objectCommand(o, true);
  cmd.data = o;
  cmd.onDelete = () => commandDeleted(o);
  o.cmd = cmd;
  const my = interp.makeCommandIn(ns, 'my');
  my.direct = objectCommand(o, false);
  my.onDelete = () => {
    o.my = null;
  };
  o.my = my;
  // Set last: a command made in the namespace ends the kinship.
  ns.kin = f.objectKin;
  ns.onDelete = () => namespaceDeleted(o);
  return o;
}

export function makeClass(o: OoObject): OoClass {
  const c = new OoClass(o);
  o.asClass = c;
  R.grown += BYTES.class;
  const { ns, f } = o;
  ns.path = f.classKin.path;
  if (ns.kin !== null) ns.kin = f.classKin;
  return c;
}

/** A new instance, not constructed yet. `name` null: the namespace's. */
export function instantiate(cls: OoClass, name: string | null, nsName: string | null, from: Namespace): OoObject {
  const { f } = cls.self;
  const { interp } = f;
  let place: { ns: Namespace; tail: string } | null = null;
  if (name !== null) {
    const at = name.lastIndexOf('::');
    const ns = at < 0 ? from : interp.makeNamespace(at === 0 ? '::' : name.slice(0, at), from);
    place = { ns, tail: at < 0 ? name : name.slice(at + 2) };
    if (ns.cmds.has(place.tail)) {
      throw ooError(`can't create object "${name}": command already exists with that name`, 'OVERWRITE_OBJECT');
    }
  }
  const o = allocate(f, cls, place, nsName, from);
  cls.instances.add(o);
  if (isReachable(f.class, cls)) makeClass(o).setSuperclasses([f.object]);
  return o;
}

/** Makes and constructs an instance. `parts.skip`: words that are not the constructor's. The result is its name. */
export function construct(cls: OoClass, name: string | null, nsName: string | null, from: Namespace, parts: CallParts): number {
  const o = instantiate(cls, name, nsName, from);
  const call = specialCall(o, 'constructor');
  if (call === null) return constructed(o, 0);
  const { words, skip, frame, site } = parts;
  const level = R.level;
  let c: number;
  try {
    c = invokeCall(call, { words, skip, frame, site, rewrite: rewritten(parts.rewrite, words, skip, skip) });
  } catch (e) {
    throw stillborn(o, e);
  }
  if (c === SUSPENDED) return capture(constructGo, o, parts.frame, parts.site, constructFail, level);
  return constructed(o, c);
}

function constructed(o: OoObject, c: number): number {
  // Any code but the plain one is a failure, whatever the constructor meant by it.
  if (c !== 0) {
    R.ret = null;
    throw stillborn(o, new TclError(str(R.result)));
  }
  if (o.destructing) throw ooError('object deleted in constructor', 'STILLBORN');
  R.result = o.name;
  return 0;
}

function stillborn(o: OoObject, e: unknown): unknown {
  if (!o.destructing && o.cmd !== null) o.f.interp.deleteCommand(o.cmd);
  return e;
}

function constructGo(cell: Cell, c: number): number {
  try {
    return constructed(cell.node as OoObject, c);
  } catch (e) {
    throw mark(e, cell.state as CommandSite);
  }
}

function constructFail(cell: Cell, e: unknown): number {
  throw stillborn(cell.node as OoObject, e);
}

// --- deletion -----------------------------------------------------------------------------------------------------------------

export function commandDeleted(o: OoObject): void {
  if (!o.destructing) o.f.interp.deleteNamespace(o.ns);
  o.cmd = null;
}

function deleteObject(o: OoObject): void {
  if (o.cmd !== null) o.f.interp.deleteCommand(o.cmd);
}

/** The namespace of an object is about to go: all that hangs on the object goes with it. */
function namespaceDeleted(o: OoObject): void {
  if (o.destructing) return;
  o.destructing = true;
  const { f } = o;
  const { interp } = f;
  if (o.asClass !== null) deleteDescendants(o.asClass);
  if (!interp.deleted && !o.destructorCalled) {
    o.destructorCalled = true;
    runDestructorNow(o);
  }
  deleteObject(o);
  if (o.my !== null) interp.deleteCommand(o.my);
  o.class.instances.delete(o);
  setObjectMixins(o, []);
  o.filters = [];
  o.methods = null;
  o.variables = [];
  o.changed();
  // The two roots need each other: one does not stay without the other.
  if (o === f.object.self && !f.class.self.destructing && !interp.deleted) deleteObject(f.class.self);
  if (o.asClass !== null) releaseClass(o.asClass);
  o.gone = true;
}

/** Runs a destructor where nothing can wait for it; what it throws is told in the background. */
function runDestructorNow(o: OoObject): void {
  const call = specialCall(o, 'destructor');
  if (call === null) return;
  const { interp } = o.f;
  const result = lend(R.result);
  try {
    finishTop(runBarrier((f) => invokeCall(call, destructorParts(f)), interp.actingFrame));
  } catch (e) {
    if (!(e instanceof TclError) || 'owner' in e) throw e;
    // The error stack stays that of the error before.
    const { errorStack } = interp;
    noteError(interp, e);
    interp.errorStack = errorStack;
    interp.backgroundError(e);
  }
  R.result = result;
}

const NO_SITE = lazySite([]);

export function destructorParts(frame: Frame): CallParts {
  return { words: [], skip: 0, frame, site: NO_SITE, rewrite: null };
}

/** Deletions within deletions, at most: a script makes hierarchies deeper than JavaScript's stack. */
const MAX_NESTED = 50;
let nested = 0;

/** Last come, first gone: what a class is mixed into, subclasses, instances. */
export function deleteDescendants(cls: OoClass): void {
  if (cls.mixedInto.size + cls.subclasses.size + cls.instances.size === 0) return;
  if (nested >= MAX_NESTED) return deleteFromBelow(cls.self);
  nested++;
  try {
    for (const o of descendants(cls)) deleteObject(o);
  } finally {
    nested--;
  }
}

/** What is to go with a class, as long as there is some. */
function* descendants(cls: OoClass): Generator<OoObject, void, void> {
  const { f } = cls.self;
  for (const c of [...cls.mixedInto].reverse()) {
    if (!cls.mixedInto.has(c)) continue;
    if (!c.self.destructing && !c.self.kept) yield c.self;
    cls.mixedInto.delete(c);
  }
  const of = function* (all: Set<OoClass> | Set<OoObject>): Generator<OoObject, void, void> {
    for (const x of [...all].reverse()) {
      if (!(all as Set<unknown>).has(x)) continue;
      const o = x instanceof OoClass ? x.self : x;
      if (!o.destructing && o !== f.object.self && o !== f.class.self && !o.kept) yield o;
      (all as Set<unknown>).delete(x);
    }
  };
  yield* of(cls.subclasses);
  yield* of(cls.instances);
}

/** The same without going deeper: each goes when nothing is left that hangs on it. */
function deleteFromBelow(top: OoObject): void {
  const path = [{ o: top, rest: top.asClass === null ? null : descendants(top.asClass) }];
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const next = at.rest?.next();
    if (next !== undefined && !next.done)
      path.push({ o: next.value, rest: next.value.asClass === null ? null : descendants(next.value.asClass) });
    else {
      path.pop();
      if (at.o !== top && !at.o.destructing) deleteObject(at.o);
    }
  }
}

/** Takes a class apart. */
export function releaseClass(cls: OoClass): void {
  const { self } = cls;
  const { f } = self;
  cls.filters = [];
  cls.setMixins([]);
  cls.setSuperclasses([]);
  cls.methods.clear();
  cls.builder = null;
  cls.destructor_ = null;
  cls.variables = [];
  cls.changed();
  if (self === f.class.self && !f.object.self.destructing) deleteObject(f.object.self);
}

// --- copying ------------------------------------------------------------------------------------------------------------------

function copyMethods(from: ReadonlyMap<string, Method>, to: Map<string, Method>, owner: OoObject | OoClass): void {
  for (const [name, m] of from) to.set(name, copyMethod(m, owner));
}

function copyMethod(m: Method, owner: OoObject | OoClass): Method {
  const copy = new Method(m.name, owner, m.exported);
  copy.kind = m.kind;
  copy.core = m.core;
  copy.prefix = m.prefix;
  copy.proc = m.proc === null ? null : { ...m.proc, unit: null };
  return copy;
}

/** A copy of an object, and of the class it is; `<cloned>` then sees to its namespace. */
export function* copyObject(
  o: OoObject,
  name: string | null,
  nsName: string | null,
  frame: Frame,
  from: Namespace,
): Generator<Step, OoObject, Value> {
  const { f } = o;
  if (o === f.class.self) throw ooError('may not clone the class of classes', 'CLONING_CLASS');
  const copy = instantiate(o.class, name, nsName, from);
  if (o.methods !== null) copyMethods(o.methods, (copy.methods = new Map()), copy);
  setObjectMixins(copy, o.mixins);
  copy.filters = o.filters;
  copy.variables = o.variables;
  copy.destructorCalled = o.destructorCalled;
  copy.changed();
  const c = o.asClass;
  const c2 = copy.asClass;
  if (c !== null && c2 !== null) {
    c2.setSuperclasses(c.superclasses);
    c2.filters = c.filters;
    c2.variables = c.variables;
    c2.setMixins(c.mixins);
    copyMethods(c.methods, c2.methods, c2);
    if (c.builder !== null) c2.builder = copyMethod(c.builder, c2);
    if (c.destructor_ !== null) c2.destructor_ = copyMethod(c.destructor_, c2);
    c2.changed();
  }
  const call = findCall(copy, '<cloned>', false);
  if (call !== null) {
    const words = [copy.name, '<cloned>', o.name];
    try {
      yield callStepOf(call, { words, skip: 2, frame, site: lazySite(words), rewrite: null });
    } catch (e) {
      if (e instanceof TclError) {
        e.site = null;
        addInfo(e, '\n    (while performing post-copy callback)');
      } else if (!(e instanceof Unwind)) throw e;
      deleteObject(copy);
      throw e;
    }
  }
  return copy;
}
