/**
 * Variables: scalars, arrays, links and traces, found by name from a frame. Compiled code reads and writes plain local slots by
 * itself and comes here for everything else. Answers to tclVar.c and tclTrace.c.
 */
import type { TraceOp } from './command.ts';
import { TclError, variableError } from './errors.ts';
import { callerOf, type Frame, unitOf } from './frames.ts';
import type { TclInterp } from './interp.ts';
import type { Namespace } from './namespace.ts';
import { R } from './regs.ts';
import { looking } from './search.ts';
import { type Key, keyOf, lend, str, type Value } from './value.ts';

/** What a new variable and a new array element take, beside names and values. */
export const VAR_BYTES = 150;
const LINK_BYTES = 64;
export const ELEMENT_BYTES = 64;

export class TclArray {
  /** An element that is linked or traced is held as a Var. */
  readonly m = new Map<Key, Value | Var>();
  searches: Searches | null = null;
  /** None of its elements has been linked or traced yet. */
  plain = true;
}

/** Searches under way (commands/arrays.ts). */
export interface Searches {
  readonly open: Map<number, Search>;
  newest: Search | null;
}

export interface Search {
  readonly n: number;
  readonly keys: readonly Key[];
  /** Elements there were, unset ones with traces among them: the search is over when elements come or go. */
  readonly size: number;
  next: number;
  /** Those that were begun before and after it, and are not done. */
  older: Search | null;
  newer: Search | null;
}

/** `frame`: where the variable was used. */
export type TraceFn = (name1: string, name2: string, op: TraceOp, frame: Frame) => void;

export interface Trace {
  readonly ops: readonly TraceOp[];
  readonly fn: TraceFn;
  /** The script prefix of `trace add variable`, for `trace info`; null for the engine's own. */
  readonly command: Value | null;
  removed?: boolean;
}

/** A variable that is more than a plain value in a slot. Links share one Var. */
export class Var {
  v: Value | TclArray | undefined = undefined;
  traces: Trace[] | null = null;
  /** True while a trace of it runs: traces do not nest on one variable. */
  tracing = false;
  /** Elements for which a trace, of this array or their own, runs: those of its other elements do nest. */
  busy: Set<Key> | null = null;
  /** The array it is an element of, whose traces fire too. */
  array: Var | null = null;
  key: Key = '';
  /** Where a namespace variable lives; null for locals and elements. */
  ns: Namespace | null = null;
  name = '';
  /** The proc frame whose local it is; null for all others. */
  home: Frame | null = null;
  /** Declared by `variable`, until unset: `info vars` shows it. */
  declared = false;
  /** A link leads to it: it stays in its table when unset, so that the link goes on meaning it. */
  linked = false;
  /** Among them one that stays: a namespace's. */
  kept = false;
}

/** A frame's own local, as opposed to what is linked there under the name. */
export function isOwn(v: Var, f: Frame, name: string): boolean {
  return v.home === f && v.name === name;
}

/** `a(b)` as base and key text; key null for a scalar. */
export function splitName(name: string): [string, string | null] {
  if (name.charCodeAt(name.length - 1) === 41) {
    const open = name.indexOf('(');
    if (open >= 0) return [name.slice(0, open), name.slice(open + 1, -1)];
  }
  return [name, null];
}

export function fullName(base: string, key: Key | null): string {
  return key === null ? base : `${base}(${key})`;
}

/** The slot of a plain local name, or -1. */
export function slotOf(f: Frame, base: string): number {
  const unit = unitOf(f);
  return unit.isProc ? (unit.slots.get(base) ?? -1) : -1;
}

/** The variable that `base` names in a frame, boxed if it is a plain local; undefined when there is none and `create` is false. */
export function findVar(f: Frame, base: string, create: boolean, verb = 'set', whole = base): Var | undefined {
  const unit = unitOf(f);
  if (base.includes('::')) return unit.interp.namespaceVar(unit.ns, base, create, verb, whole);
  if (!unit.isProc) return nsVar(f, unit.interp, unit.ns, base, create);
  const slot = unit.slots.get(base);
  if (slot !== undefined) {
    const cell = f[slot];
    if (cell instanceof Var) return cell;
    if (cell === undefined && !create) return undefined;
    const box = new Var();
    box.name = base;
    box.home = f;
    box.v = cell as Value | undefined;
    f[slot] = box;
    return box;
  }
  let v = (f[3] as Extra | null)?.get(base);
  if (v === undefined && create) {
    v = new Var();
    v.name = base;
    v.home = f;
    R.grown += VAR_BYTES + 2 * base.length;
    extraOf(f).set(base, v);
  }
  return v;
}

function nsVar(f: Frame, interp: TclInterp, ns: Namespace, base: string, create: boolean): Var | undefined {
  let v = ns.vars.get(base);
  if (v === undefined && ns !== interp.globalNs) {
    v = interp.globalNs.vars.get(base);
    if (v !== undefined && v.v === undefined && !isHeld(v, f, interp)) v = undefined;
  }
  if (v === undefined && create) v = ns.makeVar(base);
  return v;
}

/** A global that is not set is found from within a namespace while a trace, a declaration, or a link in a call that is not over holds it. */
function isHeld(v: Var, f: Frame, interp: TclInterp): boolean {
  if (v.declared || v.kept || v.traces !== null || v.tracing) return true;
  for (let g = callerOf(f); g !== null; g = callerOf(g)) {
    interp.budget.charge(g.length);
    if (g.includes(v) || (g[3] instanceof Map && [...g[3].values()].includes(v))) return true;
  }
  return false;
}

/** Puts a link in a frame: `name` there now means `target`. Tcl's checks and messages are those of upvar.n. */
export function linkVar(f: Frame, name: string, target: Var): void {
  const unit = unitOf(f);
  if (!unit.isProc || name.includes('::')) {
    if ((target.array ?? target).ns === null) {
      throw new TclError(`bad variable name "${name}": can't create namespace variable that refers to procedure variable`, [
        'TCL',
        'UPVAR',
        'INVERTED',
      ]);
    }
    const ns = unit.interp.namespaceOf(unit.ns, name, 'create', name);
    const tail = name.includes('::') ? name.slice(name.lastIndexOf('::') + 2) : name;
    const old = ns.vars.get(tail);
    if (old === target) {
      if (target.ns === ns && target.name === tail) throw new TclError("can't upvar from variable to itself", ['TCL', 'UPVAR', 'SELF']);
      return;
    }
    if (old !== undefined && old.ns === ns && old.name === tail) {
      if (old.traces !== null) throw new TclError(`variable "${name}" has traces: can't use for upvar`, ['TCL', 'UPVAR', 'TRACED']);
      if (old.v !== undefined) throw new TclError(`variable "${name}" already exists`, ['TCL', 'UPVAR', 'EXISTS']);
    }
    target.linked = target.kept = true;
    if (old === undefined) R.grown += LINK_BYTES + 2 * tail.length;
    ns.vars.set(tail, target);
    ns.links++;
    return;
  }
  const slot = unit.slots.get(name);
  const old = slot !== undefined ? f[slot] : (f[3] as Map<string, Var> | null)?.get(name);
  if (old instanceof Var) {
    if (old === target) {
      if (isOwn(old, f, name)) {
        throw new TclError("can't upvar from variable to itself", ['TCL', 'UPVAR', 'SELF']);
      }
      return;
    }
    if (isOwn(old, f, name)) {
      if (old.traces !== null) throw new TclError(`variable "${name}" has traces: can't use for upvar`, ['TCL', 'UPVAR', 'TRACED']);
      if (old.v !== undefined) throw new TclError(`variable "${name}" already exists`, ['TCL', 'UPVAR', 'EXISTS']);
    }
  } else if (old !== undefined) {
    throw new TclError(`variable "${name}" already exists`, ['TCL', 'UPVAR', 'EXISTS']);
  }
  target.linked = true;
  if (slot !== undefined) {
    f[slot] = target;
  } else {
    if (old === undefined) R.grown += LINK_BYTES + 2 * name.length;
    extraOf(f).set(name, target);
  }
}

/** The element of an array as a Var of its own, for links and traces. */
export function elementVar(array: Var, key: Key, create: boolean): Var | undefined {
  const m = (array.v as TclArray).m;
  const e = m.get(key);
  if (e instanceof Var) return e;
  if (e === undefined && !create) return undefined;
  const v = new Var();
  v.v = e;
  v.array = array;
  v.key = key;
  v.name = fullName(array.name, key);
  R.grown += VAR_BYTES + 2 * v.name.length;
  m.set(key, v);
  (array.v as TclArray).plain = false;
  return v;
}

// --- reading ----------------------------------------------------------------------------------------------------------------

/** The value of `base` or `base(key)`; throws `can't read`. */
export function readVar(f: Frame, base: string, key: Key | null): Value {
  const v = findVarNoBox(f, base);
  if (v === undefined) throw noSuchVariable(f, 'read', base, key);
  if (!(v instanceof Var)) {
    if (key === null) return v;
    throw notArray('read', base, key, f);
  }
  return readCell(f, v, base, key);
}

/** As findVar without creating or boxing: a plain local comes back as its value. */
function findVarNoBox(f: Frame, base: string): Var | Value | undefined {
  const slot = slotOf(f, base);
  return slot >= 0 ? (f[slot] as Var | Value | undefined) : findVar(f, base, false);
}

export function readCell(f: Frame, v: Var, base: string, key: Key | null): Value {
  if (key !== null) return readElement(f, v, base, key);
  const traced = v.traces !== null;
  if (traced) fire(f, v, base, null, 'read');
  const x = v.v;
  if (x === undefined) throw noSuchVariable(f, 'read', base, null, traced || isKnown(f, v, base));
  if (x instanceof TclArray) throw variableError('read', base, 'variable is array', READ_CODE);
  return x;
}

/** Tcl still holds what is not set: for a declaration, a trace, or a link, of which those from frames that are gone do not count. */
function isKnown(f: Frame, v: Var, base: string): boolean {
  return v.declared || v.kept || (v.linked && (v.name !== base || unitOf(f).isProc)) || v.traces !== null;
}

/** A scalar that is known (a local of a proc always is) is found before its access fails; a local that is no array was not looked up by name. */
function noSuchVariable(f: Frame, verb: 'read' | 'unset', base: string, key: Key | null, known = false): TclError {
  const local = slotOf(f, base) >= 0;
  const code = known || (key === null && local) ? ['TCL', verb.toUpperCase(), 'VARNAME'] : lookupCode(local, base);
  return variableError(verb, fullName(base, key), 'no such variable', code);
}

function lookupCode(local: boolean, base: string): string[] {
  return local ? ['TCL', 'LOOKUP', 'VARNAME'] : ['TCL', 'LOOKUP', 'VARNAME', base];
}

const READ_CODE = ['TCL', 'READ', 'VARNAME'];
const WRITE_CODE = ['TCL', 'WRITE', 'VARNAME'];

export function readElement(f: Frame, v: Var, base: string, key: Key): Value {
  if (v.v === undefined && v.traces === null) throw noSuchVariable(f, 'read', base, key);
  const traced = v.v instanceof TclArray && (v.traces !== null || hasElementTrace(v, key));
  if (traced) fire(f, v, base, key, 'read');
  const a = v.v;
  if (a === undefined) throw noSuchVariable(f, 'read', base, key, traced);
  if (!(a instanceof TclArray)) throw notArray('read', base, key, f);
  let e = a.m.get(key);
  if (e instanceof Var) e = e.v as Value | undefined;
  if (e === undefined) throw variableError('read', fullName(base, key), 'no such element in array', READ_CODE);
  return e;
}

function hasElementTrace(v: Var, key: Key): boolean {
  if (!(v.v instanceof TclArray)) return false;
  const e = v.v.m.get(key);
  return e instanceof Var && e.traces !== null;
}

export function notArray(verb: string, base: string, key: Key, f: Frame | null = null): TclError {
  return variableError(verb, fullName(base, key), "variable isn't array", lookupCode(f !== null && slotOf(f, base) >= 0, base));
}

/** The value, or undefined when it does not exist, is an array, or fails a read trace; `fires`: read traces are told. */
export function peekVar(f: Frame, base: string, key: Key | null, fires = true): Value | undefined {
  const v = findVarNoBox(f, base);
  if (!(v instanceof Var)) return key === null ? v : undefined;
  if (fires && !readsQuietly(f, v, base, key)) return undefined;
  if (key === null) return v.v instanceof TclArray ? undefined : v.v;
  if (!(v.v instanceof TclArray)) return undefined;
  const e = v.v.m.get(key);
  return e instanceof Var ? (e.v as Value | undefined) : e;
}

/** Throws where a variable has a value but no elements, in the words of reading. */
export function mustHaveElements(f: Frame, base: string, key: Key): void {
  const v = findVarNoBox(f, base);
  const value = v instanceof Var ? v.v : v;
  if (value !== undefined && !(value instanceof TclArray)) throw notArray('read', base, key, f);
}

/** Fires read traces; false when one failed. */
function readsQuietly(f: Frame, v: Var, base: string, key: Key | null): boolean {
  try {
    if (v.traces !== null || (key !== null && hasElementTrace(v, key))) fire(f, v, base, key, 'read');
    return true;
  } catch (e) {
    if (!(e instanceof TclError) || 'owner' in e) throw e;
    return false;
  }
}

/** True when it exists; `info exists` fires read traces first, whose errors it does not mind. An array exists as a whole. */
export function varExists(f: Frame, base: string, key: Key | null): boolean {
  const v = findVarNoBox(f, base);
  if (!(v instanceof Var)) return key === null && v !== undefined;
  readsQuietly(f, v, base, key);
  if (key === null) return v.v !== undefined;
  if (!(v.v instanceof TclArray)) return false;
  const e = v.v.m.get(key);
  return e instanceof Var ? e.v !== undefined : e !== undefined;
}

// --- writing ----------------------------------------------------------------------------------------------------------------

export function writeVar(f: Frame, base: string, key: Key | null, value: Value): Value {
  if (key === null) {
    const slot = slotOf(f, base);
    if (slot >= 0) {
      const cell = f[slot];
      if (!(cell instanceof Var)) return (f[slot] = value);
      return writeCell(f, cell, base, value);
    }
    return writeCell(f, findVar(f, base, true)!, base, value);
  }
  return writeElement(f, findVar(f, base, true, 'set', fullName(base, key))!, base, key, value);
}

export function writeCell(f: Frame, v: Var, base: string, value: Value): Value {
  if (v.v instanceof TclArray) throw variableError('set', base, 'variable is array', WRITE_CODE);
  checkAlive(v, base);
  v.v = value;
  if (v.traces !== null) {
    fire(f, v, base, null, 'write');
    return v.v === undefined || v.v instanceof TclArray ? '' : v.v;
  }
  return value;
}

/** A link whose namespace or array is gone cannot come back to life. */
function checkAlive(v: Var, name: string): void {
  if (v.v === undefined && v.ns?.deleted)
    throw variableError('set', name, 'upvar refers to variable in deleted namespace', ['TCL', 'LOOKUP', 'VARNAME', name]);
  if (v.array !== null && v.v === undefined) {
    const a = v.array.v;
    if (!(a instanceof TclArray) || a.m.get(v.key) !== v) {
      throw variableError('set', name, 'upvar refers to element in deleted array', ['TCL', 'LOOKUP', 'VARNAME', name]);
    }
  }
}

export function writeElement(f: Frame, v: Var, base: string, key: Key, value: Value): Value {
  if (v.v === undefined) {
    if (v.array !== null) throw notArray('set', base, key, f);
    checkAlive(v, fullName(base, key));
    v.v = new TclArray();
  }
  const a = v.v;
  if (!(a instanceof TclArray)) throw notArray('set', base, key, f);
  const e = a.m.get(key);
  if (e instanceof Var) e.v = value;
  else {
    if (e === undefined) R.grown += ELEMENT_BYTES;
    a.m.set(key, value);
  }
  if (v.traces !== null || (e instanceof Var && e.traces !== null)) {
    fire(f, v, base, key, 'write');
    const now = v.v instanceof TclArray ? v.v.m.get(key) : undefined;
    return now instanceof Var ? ((now.v as Value | undefined) ?? '') : (now ?? '');
  }
  return value;
}

// --- unsetting --------------------------------------------------------------------------------------------------------------

export function unsetVar(f: Frame, base: string, key: Key | null, quiet: boolean): void {
  const slot = slotOf(f, base);
  const cell = slot >= 0 ? f[slot] : findVar(f, base, false);
  if (key === null) {
    if (cell instanceof Var) {
      const had = cell.v !== undefined;
      const known = isKnown(f, cell, base);
      if (had || cell.traces !== null) unsetCell(f, cell, base);
      if (!had && !quiet) throw noSuchVariable(f, 'unset', base, null, known);
    } else if (cell !== undefined) {
      f[slot] = undefined;
    } else if (!quiet) {
      throw noSuchVariable(f, 'unset', base, null);
    }
    return;
  }
  if (cell === undefined || (cell instanceof Var && cell.v === undefined)) {
    if (!quiet) throw noSuchVariable(f, 'unset', base, key);
    return;
  }
  if (!(cell instanceof Var) || !(cell.v instanceof TclArray)) {
    if (!quiet) throw notArray('unset', base, key, f);
    return;
  }
  const e = cell.v.m.get(key);
  const had = e !== undefined && !(e instanceof Var && e.v === undefined);
  // Traces hear even of the unsetting of what is not set.
  if (had || e !== undefined) unsetElement(f, cell, base, key);
  if (!had && !quiet)
    throw variableError(
      'unset',
      fullName(base, key),
      'no such element in array',
      e === undefined ? ['TCL', 'LOOKUP', 'ELEMENT', String(key)] : ['TCL', 'UNSET', 'VARNAME'],
    );
}

function unsetElement(f: Frame, array: Var, base: string, key: Key): void {
  const m = (array.v as TclArray).m;
  const e = m.get(key);
  if (!(e instanceof Var && e.linked)) m.delete(key);
  const traces = [...(e instanceof Var ? (e.traces ?? []) : []), ...(array.traces ?? [])];
  if (e instanceof Var) {
    e.v = undefined;
    e.traces = null;
  }
  runTraces(f, array, traces, base, String(key), 'unset');
}

/** Unsets a scalar or a whole array; its unset traces see it gone already. */
export function unsetCell(f: Frame, v: Var, base: string): void {
  const old = v.v;
  v.v = undefined;
  const traces = v.traces;
  v.traces = null;
  v.declared = false;
  // What a trace that runs makes anew is still the same.
  if (!v.linked && !v.tracing) {
    const a = v.array?.v;
    if (a instanceof TclArray && a.m.get(v.key) === v) a.m.delete(v.key);
    if (v.ns !== null && v.ns.vars.get(v.name) === v) v.ns.vars.delete(v.name);
  }
  if (traces !== null) runTraces(f, v, traces, base, '', 'unset');
  if (old instanceof TclArray) {
    for (const [key, e] of old.m) {
      if (!(e instanceof Var)) continue;
      const t = e.traces;
      e.v = undefined;
      e.traces = null;
      if (t !== null) runTraces(f, e, t, base, String(key), 'unset');
    }
  }
}

// --- traces -----------------------------------------------------------------------------------------------------------------

/** Fires the traces of an access: those of the array around an element first, then the variable's own (trace.n); by a link to an element only these (upvar.n). */
export function fire(f: Frame, v: Var, base: string, key: Key | null, op: TraceOp): void {
  if (key === null) {
    if (v.traces !== null) traced(f, v, base, '', op, base);
    return;
  }
  const busy = (v.busy ??= new Set());
  if (busy.has(key)) return;
  busy.add(key);
  const name = fullName(base, key);
  try {
    if (v.traces !== null) traced(f, v, base, String(key), op, name);
    const e = v.v instanceof TclArray ? v.v.m.get(key) : undefined;
    if (e instanceof Var && e.traces !== null) traced(f, e, base, String(key), op, name);
  } finally {
    busy.delete(key);
  }
}

function traced(f: Frame, v: Var, name1: string, name2: string, op: TraceOp, whole: string): void {
  if (v.tracing) return;
  try {
    runTraces(f, v, v.traces ?? [], name1, name2, op);
  } catch (e) {
    if (!(e instanceof TclError) || 'owner' in e) throw e;
    const [verb, type] = op === 'read' ? ['read', op] : op === 'write' ? ['set', op] : ['trace array', op];
    e.errorInfo = `${e.errorInfo ?? e.message}\n    (${type} trace on "${name2 === '' ? name1 : fullName(name1, name2)}")`;
    e.message = `can't ${verb} "${whole}": ${e.message}`;
    if (op !== 'array') {
      e.errorCode = op === 'read' ? READ_CODE : WRITE_CODE;
      e.givenCode = null;
    }
    throw e;
  }
}

/** More cost something to look through. */
const FREE_TRACES = 100;

function runTraces(f: Frame, v: Var, traces: readonly Trace[], name1: string, name2: string, op: TraceOp): void {
  if (traces.length > FREE_TRACES) looking.pay(4 * traces.length);
  const was = v.tracing;
  v.tracing = was || name2 === '' || v.array !== null;
  try {
    // Newest first; a trace removed meanwhile does not run (unset traces are off the variable already).
    for (const t of traces.slice().reverse()) {
      if (!t.ops.includes(op) || (op !== 'unset' && v.traces !== traces && !v.traces?.includes(t))) continue;
      if (op === 'unset') {
        try {
          t.fn(name1, name2, op, f);
        } catch (e) {
          if (!(e instanceof TclError) || 'owner' in e) throw e;
        }
      } else {
        t.fn(name1, name2, op, f);
      }
    }
  } finally {
    v.tracing = was;
  }
}

/** Fires `array` traces before a command looks at a whole array. */
export function fireArray(f: Frame, base: string): void {
  const v = findVarNoBox(f, base);
  if (v instanceof Var && v.traces !== null && (v.v === undefined || v.v instanceof TclArray)) {
    traced(f, v, base, '', 'array', base);
  }
}

export function addTrace(v: Var, trace: Trace): void {
  v.traces = [...(v.traces ?? []), trace];
}

export function removeTrace(v: Var, trace: Trace): void {
  trace.removed = true;
  const left = (v.traces ?? []).filter((t) => t !== trace);
  v.traces = left.length === 0 ? null : left;
}

/** The variable to hang a trace on, made if need be. */
export function varForTrace(f: Frame, name: string): Var {
  const [base, key] = splitName(name);
  const v = findVar(f, base, true, 'trace', name)!;
  // Whoever ends the frame then looks at its locals.
  if (v.home !== null) extraOf(v.home);
  if (key === null) return v;
  if (v.v === undefined) v.v = new TclArray();
  if (!(v.v instanceof TclArray)) throw notArray('trace', base, key);
  return elementVar(v, keyOf(key), true)!;
}

/** The variable of a name that may have traces; undefined when there is none. */
export function findTraced(f: Frame, base: string, key: Key | null): Var | undefined {
  const v = findVarNoBox(f, base);
  if (!(v instanceof Var) || key === null) return v instanceof Var ? v : undefined;
  const e = v.v instanceof TclArray ? v.v.m.get(key) : undefined;
  return e instanceof Var ? e : undefined;
}

/** Whether a variable has traces, as a whole. */
export function isTraced(f: Frame, base: string): boolean {
  const v = findVarNoBox(f, base);
  return v instanceof Var && v.traces !== null;
}

/** The array that `base` names; null when it is none. */
export function arrayNamed(f: Frame, base: string): TclArray | null {
  const v = findVarNoBox(f, base);
  return v instanceof Var && v.v instanceof TclArray ? v.v : null;
}

/** Its entries with values, in insertion order. */
export function plainEntries(a: TclArray): ReadonlyMap<Key, Value> {
  if (a.plain) return a.m as Map<Key, Value>;
  const m = new Map<Key, Value>();
  for (const [k, e] of a.m) {
    const x = e instanceof Var ? (e.v as Value | undefined) : e;
    if (x !== undefined) m.set(k, x);
  }
  return m;
}

/** Variables that the text of a proc's body does not name, and what else is to be done when its frame ends. */
class Extra extends Map<string, Var> {
  /** What `tailcall` has left. */
  tail: typeof R.tailcall = null;
  /** It keeps the contents of its namespace, which was deleted. */
  holds = false;
}

function extraOf(f: Frame): Extra {
  return (f[3] ??= new Extra()) as Extra;
}

/** Leaves a command for the end of a proc's frame, which is then left by `leaveFrame`; none takes it back. */
export function leaveTail(frame: Frame, ns: Namespace, words: readonly Value[]): void {
  extraOf(frame).tail = words.length > 0 ? { words, ns, frame } : null;
}

/** Has a proc's frame keep its namespace until `leaveFrame`; false when it does so already. */
export function holdNamespace(frame: Frame): boolean {
  const extra = extraOf(frame);
  if (extra.holds) return false;
  extra.holds = true;
  return true;
}

/**
 * A proc's frame ends: the traces of its locals hear that they go. The results of the body are kept. Gives the code it was left with, or RETURN
 * with `R.tailcall` where a command follows.
 */
export function leaveFrame(f: Frame, code: number): number {
  const own: Var[] = [];
  for (const [name, slot] of unitOf(f).slots) {
    const v = f[slot];
    if (v instanceof Var && isOwn(v, f, name)) own.push(v);
  }
  const extra = f[3] as Extra;
  for (const [name, v] of extra) if (isOwn(v, f, name)) own.push(v);
  f[3] = null;
  const { ret } = R;
  const result = lend(R.result);
  for (const v of own) {
    if (v.traces !== null || v.v instanceof TclArray) unsetCell(callerOf(f)!, v, v.name);
  }
  if (extra.holds) unitOf(f).interp.leaveNamespace(unitOf(f).ns);
  R.result = result;
  R.ret = ret;
  const { tail } = extra;
  const ok = code === 0 || (code === 2 && (ret === null || (ret.level === 1 && ret.code === 0)));
  if (tail === null || !ok) return code;
  R.tailcall = tail;
  R.ret = null;
  return 2;
}

/** `name` as the script would write it: for messages. */
export function nameOf(v: Value): string {
  return str(v);
}
