/**
 * Calls: from an object's command and a method's name to the implementation, and on with `next`. A Call is a place in a chain for one
 * object; it is made once and kept, so calling costs a look into a map and a frame. Answers to tclOO.c (TclOOObjectCmdCore) and tclOOMethod.c.
 */
import { RETURN, type Step } from '../command.ts';
import { compileProcBody } from '../compiler.ts';
import { type CommandSite, TclError } from '../errors.ts';
import { callerOf, type Frame, HEADER, makeFrame, unitOf } from '../frames.ts';
import type { DirectHandler, Namespace, Proc } from '../namespace.ts';
import { nodeLibrary } from '../node-copies.ts';
import { type Cell, capture, R, SUSPENDED } from '../regs.ts';
import { type Rewrite, rewritten } from '../rewrite.ts';
import { bindArguments, callCommand, callFail, callGo, drive, finishCall, procFailed, shownName, startProc } from '../run.ts';
import type { Unit, UnitContext } from '../unit.ts';
import { share, str, type Value } from '../value.ts';
import { leaveFrame, type Var } from '../variables.ts';
import { methodChain, shownMethod, specialChain, stereotype } from './chains.ts';
import { BYTES, Cache, type Chain, type Entry, type Method, noMethod, OoClass, type OoObject, ooError } from './model.ts';

/** The words of a call and where it stands. */
export interface CallParts {
  readonly words: readonly Value[];
  /** Words before the method's arguments. */
  readonly skip: number;
  /** The frame of whoever calls. */
  readonly frame: Frame;
  readonly site: CommandSite;
  readonly rewrite: Rewrite | null;
}

/** An object's way through a chain, at one of its places. */
export class Call implements UnitContext {
  readonly object: OoObject;
  readonly chain: Chain;
  readonly index: number;
  /** The body, compiled, and what it holds for. */
  unit: Unit | null = null;
  proc: Proc | null = null;
  private kin: Namespace | null = null;
  private declared: readonly string[] | null = null;
  /** Slots that stand for declared variables, those variables, and `ns.links` when they were found. */
  slots: number[] = [];
  vars: Var[] = [];
  links = -1;
  private following: (Call | null)[] | null = null;
  readonly entry: Entry;
  readonly method: Method;
  /** No filter, nothing unknown: runs its body and no more. */
  readonly simple: boolean;

  constructor(object: OoObject, chain: Chain, index: number) {
    this.object = object;
    this.chain = chain;
    this.index = index;
    this.entry = chain.entries[index]!;
    this.method = this.entry.method;
    this.simple = chain.kind !== 'unknown' && !chain.filtering && !this.entry.filter;
  }

  /** The call at a later place; null past the end. */
  at(index: number): Call | null {
    const { chain } = this;
    if (index >= chain.entries.length) return null;
    this.following ??= chain.entries.map(() => null);
    let call = this.following[index]!;
    if (call === null) {
      call = new Call(this.object, chain, index);
      call.following = this.following;
      this.following[index] = call;
    }
    return call;
  }

  describe(): readonly Value[] {
    const { method } = this;
    return ['method', shownMethod(this.chain, method), method.owner instanceof OoClass ? 'class' : 'object', method.declarer.name];
  }

  private label(): string {
    const { method, chain } = this;
    const kind = method.owner instanceof OoClass ? 'class' : 'object';
    const what = chain.kind === 'constructor' || chain.kind === 'destructor' ? chain.kind : `method ${shownName(method.name)}`;
    return `${kind} ${shownName(method.declarer.name)} ${what}`;
  }

  /** The unit to run, compiled now if it was not or if what it rests on has changed. */
  ready(proc: Proc): Unit {
    const { object, method } = this;
    const { ns } = object;
    const declared = method.owner instanceof OoClass ? method.owner.variables : object.variables;
    let { unit } = this;
    if (unit === null || this.proc !== proc || this.kin !== ns.kin || this.declared !== declared || !unit.valid) {
      unit = this.compile(proc, method, ns, declared);
    } else if (this.links === ns.links) {
      return unit;
    }
    this.links = ns.links;
    this.vars = [];
    this.slots = [];
    for (const name of declared) {
      const slot = unit.slots.get(name);
      if (slot === undefined || slot < HEADER + unit.params) continue;
      const v = ns.vars.get(name) ?? ns.makeVar(name);
      v.declared = true;
      // Unset and set again it is still the object's.
      v.linked = true;
      this.slots.push(slot);
      this.vars.push(v);
    }
    return unit;
  }

  private compile(proc: Proc, method: Method, ns: Namespace, declared: readonly string[]): Unit {
    const { interp } = this.object.f;
    const { kin } = ns;
    let code = kin === null ? null : method.shared;
    if (code === null || method.sharedKin !== kin || method.sharedProc !== proc || method.sharedVariables !== declared || !code.valid) {
      code = compileProcBody(interp, proc, kin ?? ns, () => '', nodeLibrary(proc), declared, kin !== null);
      if (kin !== null) {
        method.shared = code;
        method.sharedKin = kin;
        method.sharedProc = proc;
        method.sharedVariables = declared;
      }
    }
    const unit = code.at(ns, this);
    unit.label = () => this.label();
    this.unit = unit;
    this.proc = proc;
    this.kin = kin;
    this.declared = declared;
    return unit;
  }
}

// --- from a name to a call ----------------------------------------------------------------------------------------------------

/** The call of a method; null when nothing, not even `unknown`, answers. */
export function findCall(o: OoObject, name: string | null, isPublic: boolean): Call | null {
  const { f, filtering } = o;
  if (name === null) return callOf(o, methodChain(o, null, isPublic, filtering));
  const calls = (o.calls ??= new Cache()).of(f, isPublic, filtering);
  let call = calls.get(name);
  if (call !== undefined) return call;
  let chain: Chain | null | undefined;
  if (o.plain) {
    const chains = o.class.chains.of(f, isPublic, filtering);
    chain = chains.get(name);
    if (chain === undefined) {
      chain = methodChain(stereotype(f, o.class), name, isPublic, filtering);
      if (chain !== null && isKept(chain, name, chains)) chains.set(name, chain);
    }
  } else {
    chain = methodChain(o, name, isPublic, filtering);
  }
  if (chain === null) return null;
  call = new Call(o, chain, 0);
  R.grown += BYTES.call;
  if (isKept(chain, name, calls)) calls.set(name, call);
  return call;
}

/** Names that no method has may be without number, and long; a few come again and again, as in definitions of classes. */
function isKept(chain: Chain, name: string, among: ReadonlyMap<string, unknown>): boolean {
  return chain.kind === 'method' || (among.size < MAX_WITH_UNKNOWN && name.length < MAX_UNKNOWN_NAME);
}

const MAX_WITH_UNKNOWN = 20;
const MAX_UNKNOWN_NAME = 50;

function callOf(o: OoObject, chain: Chain | null): Call | null {
  return chain === null ? null : new Call(o, chain, 0);
}

export function specialCall(o: OoObject, kind: 'constructor' | 'destructor'): Call | null {
  const chains = o.class.specials.of(o.f, false, false);
  let chain = chains.get(kind);
  if (chain === undefined) {
    chain = specialChain(stereotype(o.f, o.class), kind);
    chains.set(kind, chain);
  }
  return callOf(o, chain);
}

/** An object's command: `object method ?arg ...?`; `my` sees what is not exported as well. */
export function objectCommand(o: OoObject, isPublic: boolean): DirectHandler {
  return (words, frame, site, rewrite) => {
    const name = words.length > 1 ? str(words[1]!) : null;
    const call = findCall(o, name, isPublic);
    if (call?.simple && !o.filtering && call.method.proc !== null && !o.gone) {
      return startMethod(call, call.method.proc, words, 2, frame, site, rewrite);
    }
    if (call === null) {
      throw noMethod(`impossible to invoke method "${name ?? ''}": no defined method or unknown method`, name ?? '');
    }
    return invokeCall(call, { words, skip: 2, frame, site, rewrite });
  };
}

// --- running ------------------------------------------------------------------------------------------------------------------

/** Runs one implementation. */
export function invokeCall(call: Call, parts: CallParts): number {
  const { chain, object } = call;
  const { filter } = call.entry;
  // What is unknown is the first argument of `unknown`.
  const asked = call.index === 0 && chain.kind === 'unknown' ? { ...parts, skip: parts.skip - 1 } : parts;
  const filtering = filter || chain.filtering;
  return object.filtering === filtering ? run(call, asked) : whileFiltering(object, filtering, parts.frame, () => run(call, asked));
}

function run(call: Call, parts: CallParts): number {
  const { method, object } = call;
  const { proc, prefix } = method;
  if (proc !== null) {
    // Of an object that is gone only what is not a script goes on.
    if (object.gone) return invokeNext(call, call.index + 1, parts);
    return startMethod(call, proc, parts.words, parts.skip, parts.frame, parts.site, parts.rewrite);
  }
  if (prefix !== null) {
    const { words, skip } = parts;
    const { interp } = object.f;
    const rewrite = rewritten(parts.rewrite, words, skip, prefix.length);
    const out = [...prefix, ...words.slice(skip)];
    return callCommand(interp, interp.resolveCommand(str(prefix[0]!), object.ns), out, parts.frame, parts.site, rewrite);
  }
  return method.core!(call, parts);
}

/** Runs a method's body: as a call of a proc, with the object's variables, and its namespace kept until the end. */
function startMethod(
  call: Call,
  proc: Proc,
  words: readonly Value[],
  skip: number,
  frame: Frame,
  site: CommandSite,
  rewrite: Rewrite | null,
): number {
  const unit = call.ready(proc);
  const n = words.length - skip;
  let g: Frame;
  if (n === proc.min && n === proc.max) {
    g = makeFrame(unit.size, frame, unit, words as Value[], null);
    for (let i = 0; i < n; i++) {
      const v = words[skip + i]!;
      g[HEADER + i] = typeof v === 'object' ? share(v) : v;
    }
  } else {
    g = bindArguments(unit, proc, words, skip, frame, rewrite);
  }
  const { slots, vars } = call;
  for (let i = 0; i < slots.length; i++) g[slots[i]!] = vars[i]!;
  const { ns } = unit;
  ns.active++;
  const level = R.level;
  let c: number;
  if (level >= R.levelStop || R.fuel <= 0 || unit.interp.countingCommands) {
    try {
      c = startProc(g, site);
    } catch (e) {
      unit.interp.leaveNamespace(ns);
      throw e;
    }
  } else {
    R.fuel--;
    R.level = level + 1;
    try {
      c = unit.body(g);
    } catch (e) {
      unit.interp.leaveNamespace(ns);
      throw procFailed(e, g, site);
    }
    if (c === SUSPENDED) {
      capture(callGo, site, g, null, callFail, level);
    } else {
      R.level = level;
      if (g[3] !== null) c = leaveFrame(g, c);
      if (c === RETURN && R.ret === null && R.tailcall === null) c = 0;
      if (c !== 0) c = finishMethod(c, g, site);
    }
  }
  if (c === SUSPENDED) return capture(leaveGo, ns, g, null, leaveFail);
  if (--ns.active === 0 && ns.dying) unit.interp.emptyNamespace(ns);
  return c;
}

function finishMethod(c: number, g: Frame, site: CommandSite): number {
  try {
    return finishCall(c, g, site);
  } catch (e) {
    const { ns } = unitOf(g);
    ns.interp.leaveNamespace(ns);
    throw e;
  }
}

function leaveGo(cell: Cell, c: number): number {
  const ns = cell.node as Namespace;
  ns.interp.leaveNamespace(ns);
  return c;
}

function leaveFail(cell: Cell, e: unknown): number {
  leaveGo(cell, 0);
  throw e;
}

/** Runs something while an object is, or is not, in a filter. */
function whileFiltering(o: OoObject, filtering: boolean, frame: Frame, fn: () => number): number {
  o.filtering = filtering;
  let c: number;
  try {
    c = fn();
  } catch (e) {
    o.filtering = !filtering;
    throw e;
  }
  if (c === SUSPENDED) return capture(unfilterGo, o, frame, !filtering, unfilterFail);
  o.filtering = !filtering;
  return c;
}

function unfilterGo(cell: Cell, c: number): number {
  (cell.node as OoObject).filtering = cell.state as boolean;
  return c;
}

function unfilterFail(cell: Cell, e: unknown): number {
  unfilterGo(cell, 0);
  throw e;
}

/** The next implementation, that at `index`. */
export function invokeNext(call: Call, index: number, parts: CallParts): number {
  const next = call.at(index);
  if (next !== null) return invokeCall(next, parts);
  if (call.object.f.interp.deleted) return 0;
  throw ooError(`no next ${methodType(call)} implementation`, 'NOTHING_NEXT');
}

export function methodType(call: Call): string {
  const { kind } = call.chain;
  return kind === 'unknown' ? 'method' : kind;
}

/** The method that a frame runs; throws when it runs none. */
export function currentCall(frame: Frame, word: string): Call {
  const { context } = unitOf(frame);
  if (context instanceof Call) return context;
  throw ooError(`${word} may only be called from inside a method`, 'CONTEXT_REQUIRED');
}

/** `next ?arg ...?`: in the place of the method that calls it, so in its caller's frame. */
export const nextCommand: DirectHandler = (words, vf, site, rewrite) => {
  const call = currentCall(vf, 'next');
  const next = call.at(call.index + 1);
  if (next?.simple && !next.object.filtering && next.method.proc !== null && !next.object.gone) {
    return startMethod(next, next.method.proc, words, 1, callerOf(vf)!, site, rewrite);
  }
  return invokeNext(call, call.index + 1, { words, skip: 1, frame: callerOf(vf)!, site, rewrite });
};

/** Runs a generator as a method's body. */
export function driveMethod(gen: Generator<Step, Value, Value>, { frame, site, words }: CallParts): number {
  return drive(gen, frame, site, words);
}

/** A step that runs a call. */
export function callStepOf(call: Call, parts: CallParts): Step {
  return { kind: 'stmt', frame: parts.frame, run: () => invokeCall(call, parts) };
}

/** Errors of a step belong to the command that takes it. */
export function unmarked(e: unknown): unknown {
  if (e instanceof TclError) e.site = null;
  return e;
}
