/**
 * Objects, classes and methods, and how they hang together. Nothing runs here: calls.ts does, over chains of methods (chains.ts) that are
 * kept until an epoch has changed. Answers to tclOOInt.h and the bookkeeping of tclOO.c.
 */
import type { Interp } from '../command.ts';
import { TclError } from '../errors.ts';
import type { Frame } from '../frames.ts';
import type { TclInterp } from '../interp.ts';
import type { Cmd, Namespace, Proc } from '../namespace.ts';
import type { Unit } from '../unit.ts';
import { str, type Value } from '../value.ts';
import type { Call, CallParts } from './calls.ts';

/** What an interpreter's objects have in common. */
export interface Foundation {
  readonly interp: TclInterp;
  /** Grows with every change of a class that is in chains: chains made before are worth nothing. */
  epoch: number;
  readonly object: OoClass;
  readonly class: OoClass;
  oo: Namespace;
  readonly define: Namespace;
  readonly objdefine: Namespace;
  /** Stand for the namespaces of plain objects and of classes (Namespace.kin). */
  readonly objectKin: Namespace;
  readonly classKin: Namespace;
}

/** Runs a method that is not written in Tcl; a completion code, as of a statement. */
export type CoreMethod = (call: Call, parts: CallParts) => number;

/** About what V8 takes for each, beside namespaces, commands and variables. */
export const BYTES = { object: 700, class: 900, method: 500, call: 500 } as const;

export class Method {
  name: string;
  exported: boolean;
  readonly owner: OoObject | OoClass;
  /** `method`, `forward`, what a core method calls itself; null for an entry that only says whether it is exported. */
  kind: string | null = null;
  proc: Proc | null = null;
  prefix: readonly Value[] | null = null;
  core: CoreMethod | null = null;
  /** The compiled body for plain objects, and what it was compiled for. */
  shared: Unit | null = null;
  sharedKin: Namespace | null = null;
  sharedProc: Proc | null = null;
  sharedVariables: readonly string[] | null = null;

  constructor(name: string, owner: OoObject | OoClass, exported: boolean) {
    this.name = name;
    this.owner = owner;
    this.exported = exported;
  }

  /** The object that declares it, which for a class is the class's. */
  get declarer(): OoObject {
    return this.owner instanceof OoClass ? this.owner.self : this.owner;
  }
}

export type MethodBody =
  | { readonly proc: Proc }
  | { readonly prefix: readonly Value[] }
  | { readonly core: CoreMethod; readonly kind: string };

export function setBody(m: Method, body: MethodBody): void {
  m.proc = 'proc' in body ? body.proc : null;
  m.prefix = 'prefix' in body ? body.prefix : null;
  m.core = 'core' in body ? body.core : null;
  m.kind = 'proc' in body ? 'method' : 'prefix' in body ? 'forward' : body.kind;
}

export interface Entry {
  readonly method: Method;
  readonly filter: boolean;
  /** The class that declares the filter; null: the object does. */
  readonly filterOf: OoClass | null;
}

export type ChainKind = 'method' | 'unknown' | 'constructor' | 'destructor';

/** Implementations of one method in the order in which `next` goes through them. */
export interface Chain {
  readonly kind: ChainKind;
  readonly entries: readonly Entry[];
  /** Asked for from outside. */
  readonly public: boolean;
  /** Asked for while a filter ran. */
  readonly filtering: boolean;
}

/** Chains or calls by name, apart for each way of asking: public or not, while a filter runs or not. */
export class Cache<T> {
  private epoch = -1;
  private readonly maps: (Map<string, T> | null)[] = [null, null, null, null];

  of(f: Foundation, isPublic: boolean, filtering: boolean): Map<string, T> {
    if (this.epoch !== f.epoch) {
      this.clear();
      this.epoch = f.epoch;
    }
    const i = (isPublic ? 1 : 0) + (filtering ? 2 : 0);
    return (this.maps[i] ??= new Map());
  }

  clear(): void {
    this.maps.fill(null);
  }

  get size(): number {
    return this.maps.reduce((n, m) => n + (m?.size ?? 0), 0);
  }
}

export class OoObject {
  readonly f: Foundation;
  ns!: Namespace;
  /** Null once it is deleted. */
  cmd: Cmd | null = null;
  my: Cmd | null = null;
  class: OoClass;
  asClass: OoClass | null = null;
  mixins: readonly OoClass[] = [];
  filters: readonly string[] = [];
  methods: Map<string, Method> | null = null;
  variables: readonly string[] = [];
  destructing = false;
  destructorCalled = false;
  /** A filter of it runs: calls go past filters. */
  filtering = false;
  /** Stays alive while its class goes. */
  kept = false;
  /** Nothing is left of it. */
  gone = false;
  calls: Cache<Call> | null = null;

  constructor(f: Foundation, cls: OoClass) {
    this.f = f;
    this.class = cls;
  }

  get name(): string {
    return this.cmd === null ? '' : this.cmd.fullName;
  }

  /** Its chains are those of any object of its class. */
  get plain(): boolean {
    return (this.methods === null || this.methods.size === 0) && this.mixins.length === 0 && this.filters.length === 0;
  }

  /** Something that only its own calls depend on has changed. */
  changed(): void {
    this.calls = null;
  }
}

export class OoClass {
  readonly self: OoObject;
  superclasses: readonly OoClass[] = [];
  readonly subclasses = new Set<OoClass>();
  mixins: readonly OoClass[] = [];
  /** Classes it is mixed into. */
  readonly mixedInto = new Set<OoClass>();
  /** Objects of the class, and those it is mixed into. */
  readonly instances = new Set<OoObject>();
  readonly methods = new Map<string, Method>();
  builder: Method | null = null;
  destructor_: Method | null = null;
  filters: readonly string[] = [];
  variables: readonly string[] = [];
  readonly chains = new Cache<Chain>();
  /** Of constructors and destructors; null where there are none. */
  readonly specials = new Cache<Chain | null>();
  /** Chains were made through it, which rest on what it has. */
  inChains = false;

  constructor(self: OoObject) {
    this.self = self;
  }

  get name(): string {
    return this.self.name;
  }

  /** Calls of objects may have changed. */
  changed(): void {
    this.self.changed();
    this.chains.clear();
    this.specials.clear();
    if (!this.inChains) return;
    this.inChains = false;
    this.self.f.epoch++;
  }

  setSuperclasses(list: readonly OoClass[]): void {
    for (const c of this.superclasses) c.subclasses.delete(this);
    this.superclasses = list;
    for (const c of list) if (!c.self.destructing) c.subclasses.add(this);
  }

  setMixins(list: readonly OoClass[]): void {
    for (const c of this.mixins) c.mixedInto.delete(this);
    this.mixins = list;
    for (const c of list) if (!c.self.destructing) c.mixedInto.add(this);
  }
}

export function setObjectMixins(o: OoObject, list: readonly OoClass[]): void {
  for (const c of o.mixins) if (c !== o.class) c.instances.delete(o);
  o.mixins = list;
  for (const c of list) c.instances.add(o);
}

/** True when `target` is `from`, an ancestor of it, or mixed into one. */
export function isReachable(target: OoClass, from: OoClass): boolean {
  let one = from;
  while (one !== target && one.superclasses.length === 1 && one.mixins.length === 0) one = one.superclasses[0]!;
  if (one === target) return true;
  if (one.superclasses.length === 0 && one.mixins.length === 0) return false;
  // A list of its own: a script makes hierarchies as deep as it likes.
  const todo = [one];
  const seen = new Set<OoClass>();
  for (let c = todo.pop(); c !== undefined; c = todo.pop()) {
    if (c === target) return true;
    if (seen.has(c)) continue;
    seen.add(c);
    todo.push(...c.superclasses, ...c.mixins);
  }
  return false;
}

/** Bytes that all objects hold, for the census. */
export function heldBytes(f: Foundation, add: (held: unknown) => void): number {
  let bytes = 0;
  const seen = new Set<OoObject>();
  const ofMethods = (methods: Iterable<Method | null>): void => {
    for (const m of methods) {
      if (m === null) continue;
      bytes += BYTES.method + 2 * m.name.length;
      add(m.proc?.body);
      add(m.proc?.unit);
    }
  };
  const todo = [f.object.self];
  for (let o = todo.pop(); o !== undefined; o = todo.pop()) {
    if (seen.has(o)) continue;
    seen.add(o);
    bytes += BYTES.object + BYTES.call * (o.calls?.size ?? 0);
    ofMethods(o.methods?.values() ?? []);
    const c = o.asClass;
    if (c === null) continue;
    bytes += BYTES.class + BYTES.call * c.chains.size;
    ofMethods([...c.methods.values(), c.builder, c.destructor_]);
    todo.push(...[...c.subclasses].map((sub) => sub.self));
    for (const i of c.instances) todo.push(i);
  }
  return bytes;
}

/** The object that a command is; null for any other. */
export function objectOf(cmd: Cmd | null): OoObject | null {
  let c = cmd;
  while (c !== null && c.origin !== null) c = c.origin;
  return c !== null && c.data instanceof OoObject && c.data.cmd === c ? c.data : null;
}

export function findObject(interp: Interp, name: Value, frame: Frame): OoObject | null {
  return objectOf((interp as TclInterp).findCommand(str(name), frame));
}

export function objectNamed(interp: Interp, name: Value, frame: Frame): OoObject {
  const o = findObject(interp, name, frame);
  if (o !== null) return o;
  throw new TclError(`${str(name)} does not refer to an object`, ['TCL', 'LOOKUP', 'OBJECT', str(name)]);
}

/** An error of TclOO's own. */
export function ooError(message: string, code: string): TclError {
  return new TclError(message, ['TCL', 'OO', code]);
}

export function monkeyBusiness(message: string): TclError {
  return ooError(message, 'MONKEY_BUSINESS');
}

export function noMethod(message: string, name: string): TclError {
  return new TclError(message, ['TCL', 'LOOKUP', 'METHOD', name]);
}
