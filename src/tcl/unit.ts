/** What runs in a frame: a proc's body, a namespace's script, or a script run in somebody else's frame. */
import type { Frame } from './frames.ts';
import { HEADER } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { HOT, type Namespace, type Proc } from './namespace.ts';
import { TclList, type Value } from './value.ts';
import { Var } from './variables.ts';

/** What a frame has to do with besides variables: an object's method, a definition of a class. */
export interface UnitContext {
  /** For `info frame`: words to add. */
  describe(): readonly Value[];
}

/** A statement: runs in a frame, returns a completion code, leaves its value in `R.result`. */
export type Stmt = (f: Frame) => number;
/** A value that cannot pause. */
export type Val = (f: Frame) => Value;
/** A double that cannot pause. */
export type Num = (f: Frame) => number;
/** An integer modulo 2^32 that cannot pause: signed, so that it stays short. */
export type Word = (f: Frame) => number;
/** A condition that cannot pause. */
export type Cond = (f: Frame) => boolean;

const isScript = (): string => 'script';
const nothing: Stmt = () => 0;

export class Unit {
  readonly interp: TclInterp;
  readonly ns: Namespace;
  /** Proc frames keep variables in slots; the others look names up. */
  readonly isProc: boolean;
  /** Names of local slots, by number from HEADER; temporaries have none. */
  readonly slots: Map<string, number>;
  readonly params: number;
  /** Bits of the parameters that must be given values nobody changes in place. */
  keeps = -1;
  /** Cells of a frame. */
  size: number;
  body: Stmt;
  /** About what the compiled code takes. */
  bytes = 0;
  /** `interp.inlineEpoch` when it was compiled: another one means that a command compiled in line has changed. */
  epoch: number;
  /** The proc whose body it is; null for scripts. */
  proc: Proc | null = null;
  /** Compiled with the copy of the node library that all share: not for ever, if its proc proves hot. */
  common = false;
  /** Too much code for copies of its own. */
  large = false;
  /** What errorInfo calls it, without the line: `procedure "p"`. */
  label: (f: Frame) => string = isScript;
  context: UnitContext | null = null;
  /** The code stands for many namespaces that find the same commands, `ns` for all of them; frames run copies made by `at`. */
  floating = false;
  /** Locals that only scripts name which Tcl evaluates by themselves. */
  evaluatedOnly: Set<string> | null = null;
  /** The lambda term it is the body of. */
  lambda: string | null = null;

  constructor(interp: TclInterp, ns: Namespace, isProc: boolean, slots: Map<string, number>, params: number) {
    this.interp = interp;
    this.ns = ns;
    this.isProc = isProc;
    this.slots = slots;
    this.params = params;
    this.size = HEADER;
    this.body = nothing;
    this.epoch = interp.inlineEpoch;
  }

  /** The same code in a namespace of its own. */
  at(ns: Namespace, context: UnitContext): Unit {
    const unit = new Unit(this.interp, ns, this.isProc, this.slots, this.params);
    unit.size = this.size;
    unit.body = this.body;
    unit.epoch = this.epoch;
    unit.proc = this.proc;
    unit.common = this.common;
    unit.large = this.large;
    unit.floating = this.floating;
    unit.evaluatedOnly = this.evaluatedOnly;
    unit.context = context;
    return unit;
  }

  /** False when it is to be compiled anew for new calls. */
  get valid(): boolean {
    return this.epoch === this.interp.inlineEpoch && !(this.common && !this.large && this.proc !== null && this.proc.heat >= HOT);
  }

  /** Tcl knows a variable by this name as it compiles, in the body of a proc or for its frame. */
  hasLocal(name: string): boolean {
    return this.isProc && this.slots.has(name) && this.evaluatedOnly?.has(name) !== true;
  }

  /** The present value of a parameter slot that is not a plain value. */
  readParam(f: Frame, slot: number): Value | undefined {
    const v = f[slot];
    if (v instanceof Var) return v.v instanceof Map || v.v === undefined ? undefined : (v.v as Value);
    return v instanceof TclList || v !== undefined ? (v as Value) : undefined;
  }
}
