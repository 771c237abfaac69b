/** `info object` and `info class`. Answers to tclOOInfo.c. */
import type { CommandRow, Frame, Interp, PlainHandler } from '../command.ts';
import { lookup, TclError } from '../errors.ts';
import { stringMatch } from '../glob.ts';
import { hashOrder } from '../hash-stats.ts';
import { newList } from '../list.ts';
import type { Proc } from '../namespace.ts';
import { wrongWords } from '../rewrite.ts';
import { share, str, type Value } from '../value.ts';
import { foundationOf } from './boot.ts';
import { findCall } from './calls.ts';
import { chainList, methodChain, methodNames, stereotype } from './chains.ts';
import { type Chain, findObject, isReachable, type Method, noMethod, type OoClass, type OoObject, objectNamed, ooError } from './model.ts';

export function objectAt(interp: Interp, name: Value, frame: Frame): OoObject {
  foundationOf(interp);
  return objectNamed(interp, name, frame);
}

export function classAt(interp: Interp, name: Value, frame: Frame): OoClass {
  const { asClass } = objectAt(interp, name, frame);
  if (asClass !== null) return asClass;
  throw new TclError(`"${str(name)}" is not a class`, ['TCL', 'LOOKUP', 'CLASS', str(name)]);
}

type Thing = OoClass | OoObject;
type Find<T> = (interp: Interp, name: Value, frame: Frame) => T;
/** A question about one object or class. */
function ask<T>(find: Find<T>, answer: (thing: T, args: readonly Value[]) => Value): PlainHandler {
  return (interp, args, frame) => answer(find(interp, args[1]!, frame), args);
}

function names(list: Iterable<Thing>, pattern?: Value): Value {
  const all = [...list].map((t) => t.name);
  return newList(pattern === undefined ? all : all.filter((name) => stringMatch(str(pattern), name)));
}

/** The parameters of a method as they were given, and its body. */
export function definitionOf(m: Method | null, otherwise: TclError): Proc {
  if (m?.proc) return m.proc;
  throw otherwise;
}

function paramsOf(proc: Proc): Value {
  return share(newList(proc.params.map((p) => share(newList(p.fallback === undefined ? [p.name] : [p.name, share(p.fallback)])))));
}

/** A method that is really there. */
export function methodAt({ methods }: Thing, word: Value): Method {
  const name = str(word);
  const m = methods?.get(name);
  if (m === undefined) throw noMethod(`unknown method "${name}"`, name);
  return m;
}

function definition(thing: Thing, args: readonly Value[]): Value {
  const error = noMethod('definition not available for this kind of method', str(args[2]!));
  const proc = definitionOf(methodAt(thing, args[2]!), error);
  return newList([paramsOf(proc), str(proc.body)]);
}

function forward(thing: Thing, args: readonly Value[]): Value {
  const { prefix } = methodAt(thing, args[2]!);
  if (prefix === null) throw noMethod('prefix argument list not available for this kind of method', str(args[2]!));
  return newList(prefix.map(share));
}

function methodType(thing: Thing, args: readonly Value[]): Value {
  const { kind } = methodAt(thing, args[2]!);
  if (kind === null) throw noMethod(`unknown method "${str(args[2]!)}"`, str(args[2]!));
  return kind;
}

const OPTIONS = ['-all', '-localprivate', '-private'] as const;

function methods(thing: Thing, args: readonly Value[]): Value {
  let all = false;
  let scope: 'public' | 'local' | 'private' = 'public';
  for (const word of args.slice(2)) {
    const option = lookup(str(word), OPTIONS, 'option');
    if (option === '-all') all = true;
    else scope = option === '-private' ? 'private' : 'local';
  }
  if (all) return newList(methodNames(thing, scope === 'public'));
  const own = thing.methods ?? new Map<string, Method>();
  return newList(
    hashOrder(own.keys()).filter((name) => {
      const m = own.get(name)!;
      // Nothing a script can say makes a method private to its class.
      return m.kind !== null && scope !== 'local' && (scope === 'private' || m.exported);
    }),
  );
}

function call(chain: Chain | null | undefined): Value {
  if (chain === null || chain === undefined) throw new TclError('cannot construct any call chain');
  return chainList(chain);
}

/** An object's class is the class, inherits from it, or mixes it in. */
function isOfClass(o: OoObject, cls: OoClass): boolean {
  return isMixedIn(o, cls) || isReachable(cls, o.class);
}

function isMixedIn(o: OoObject, cls: OoClass): boolean {
  return o.mixins.some((m) => isReachable(cls, m));
}

const objectClassCmd: PlainHandler = (interp, args, frame) => {
  const o = objectAt(interp, args[1]!, frame);
  if (args.length === 2) return o.class.name;
  return isOfClass(o, classAt(interp, args[2]!, frame)) ? 1 : 0;
};

const CATEGORIES = ['class', 'metaclass', 'mixin', 'object', 'typeof'] as const;

const isaCmd: PlainHandler = (interp, args, frame) => {
  const f = foundationOf(interp);
  const category = lookup(str(args[1]!), CATEGORIES, 'category');
  const two = category === 'mixin' || category === 'typeof';
  if (args.length !== (two ? 4 : 3)) {
    throw wrongWords(null, ['info', 'object', 'isa', category], two ? 'objName className' : 'objName');
  }
  const o = findObject(interp, args[2]!, frame);
  if (o === null) return 0;
  const cls = two ? (findObject(interp, args[3]!, frame)?.asClass ?? null) : null;
  switch (category) {
    case 'object':
      return 1;
    case 'class':
      return o.asClass === null ? 0 : 1;
    case 'metaclass':
      return o.asClass !== null && isReachable(f.class, o.asClass) ? 1 : 0;
    case 'mixin':
      return cls !== null && isMixedIn(o, cls) ? 1 : 0;
    case 'typeof':
      return cls !== null && isReachable(cls, o.class) ? 1 : 0;
  }
};

function varsOf({ ns }: OoObject, args: readonly Value[]): Value {
  const pattern = args.length > 2 ? str(args[2]!) : '*';
  return newList(
    hashOrder(ns.vars.keys()).filter((name) => {
      const v = ns.vars.get(name)!;
      return v.v !== undefined && v.ns === ns && stringMatch(pattern, name);
    }),
  );
}

function constructorOf({ builder }: OoClass): Value {
  if (builder === null) return '';
  const proc = definitionOf(builder, ooError('definition not available for this kind of method', 'METHOD_TYPE'));
  return newList([paramsOf(proc), str(proc.body)]);
}

function destructorOf({ destructor_ }: OoClass): Value {
  return destructor_ === null ? '' : str(destructor_.proc!.body);
}

type Row = readonly [name: string, usage: string, run: PlainHandler, min?: number, max?: number];

const any = Number.POSITIVE_INFINITY;

const OBJECT: readonly Row[] = [
  ['call', 'objName methodName', ask(objectAt, (o, args) => call(findCall(o, str(args[2]!), true)?.chain)), 2],
  ['class', 'objName ?className?', objectClassCmd, 1, 2],
  ['definition', 'objName methodName', ask(objectAt, definition), 2],
  ['filters', 'objName', ask(objectAt, (o) => newList([...o.filters]))],
  ['forward', 'objName methodName', ask(objectAt, forward), 2],
  ['isa', 'category objName ?arg ...?', isaCmd, 2, any],
  ['methods', 'objName ?-option value ...?', ask(objectAt, methods), 1, any],
  ['methodtype', 'objName methodName', ask(objectAt, methodType), 2],
  ['mixins', 'objName', ask(objectAt, (o) => names(o.mixins))],
  ['namespace', 'objName', ask(objectAt, (o) => o.ns.fullName)],
  ['variables', 'objName', ask(objectAt, (o) => newList([...o.variables]))],
  ['vars', 'objName ?pattern?', ask(objectAt, varsOf), 1, 2],
];

const CLASS: readonly Row[] = [
  ['call', 'className methodName', ask(classAt, (c, args) => call(methodChain(stereotype(c.self.f, c), str(args[2]!), true, false))), 2],
  ['constructor', 'className', ask(classAt, constructorOf)],
  ['definition', 'className methodName', ask(classAt, definition), 2],
  ['destructor', 'className', ask(classAt, destructorOf)],
  ['filters', 'className', ask(classAt, (c) => newList([...c.filters]))],
  ['forward', 'className methodName', ask(classAt, forward), 2],
  ['instances', 'className ?pattern?', ask(classAt, (c, args) => names(c.instances, args[2])), 1, 2],
  ['methods', 'className ?-option value ...?', ask(classAt, methods), 1, any],
  ['methodtype', 'className methodName', ask(classAt, methodType), 2],
  ['mixins', 'className', ask(classAt, (c) => names(c.mixins))],
  ['subclasses', 'className ?pattern?', ask(classAt, (c, args) => names([...c.subclasses, ...c.mixedInto], args[2])), 1, 2],
  ['superclasses', 'className', ask(classAt, (c) => names(c.superclasses))],
  ['variables', 'className', ask(classAt, (c) => newList([...c.variables]))],
];

function ensemble(name: string, rows: readonly Row[]): CommandRow {
  const sub = rows.map(([sub, usage, run, min = 1, max = min]) => ({ name: sub, min, max, usage, run, safe: true }));
  return { name, safe: true, sub };
}

export const infoOoRows: readonly CommandRow[] = [ensemble('::oo::InfoObject', OBJECT), ensemble('::oo::InfoClass', CLASS)];
