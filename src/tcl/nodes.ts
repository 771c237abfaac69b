/**
 * The node library: every closure that compiled code is made of. Statement closures (Stmt) return a completion code; value
 * closures (Val) cannot pause. What may pause reaches a value only through a temporary that a statement has filled (`lets`).
 *
 * A node that may stand still has a `...Go` function beside it: given what it captured and the code of what was inside, it
 * carries on from there. Errors are thrown; nodes that know their command's source mark it on the error as it passes.
 *
 * The build makes several copies of this module, so that hot procs get type feedback of their own (engine findings 4.1; node-copies.ts):
 * nothing here may keep state, and what is shared lives in regs.ts, run.ts and arith.ts. Exports are functions and types only.
 */
import * as A from './arith.ts';
import type { PlainHandler } from './command.ts';
import { BREAK, CONTINUE } from './command.ts';
import { lindexOf, lindexPath } from './commands/lists.ts';
import { stringIndex as stringIndexOf } from './commands/strings.ts';
import { yieldNow } from './coroutine.ts';
import type { CommandSite, TclError } from './errors.ts';
import { type Frame, HEADER, makeFrame, unitOf } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { joinedKey } from './joined-keys.ts';
import { elements, GROWN_MAX, listOf, newList, ownList, push } from './list.ts';
import type { Cmd, Namespace, Proc } from './namespace.ts';
import { type Cell, capture, hasten, R, SUSPENDED } from './regs.ts';
import { bindArguments, callCommand, callFail, callGo, finishCall, fromAfar, mark, mustPause, procFailed, startProc } from './run.ts';
import type { Cond, Num, Stmt, Unit, Val, Word } from './unit.ts';
import { Dbl, type Key, keyOf, lend, share, str, TAIL, TclList, TclText, type Value } from './value.ts';
import {
  ELEMENT_BYTES,
  leaveFrame,
  peekVar,
  readCell,
  readElement,
  readVar,
  TclArray,
  unsetVar,
  Var,
  varExists,
  writeCell,
  writeElement,
  writeVar,
} from './variables.ts';

/** The variable frame of code: its own frame in a proc, the frame it was run in otherwise. */
function varFrame(f: Frame, dyn: boolean): Frame {
  return dyn ? (f[3] as Frame) : f;
}

// --- values -----------------------------------------------------------------------------------------------------------------

export function constant(v: Value): Val {
  return () => v;
}

export function temp(slot: number): Val {
  return (f) => f[slot] as Value;
}

export function local(slot: number, name: string, site: CommandSite): Val {
  return (f) => {
    const v = f[slot];
    if (typeof v === 'number' || typeof v === 'string') return v;
    return localSlow(f, v, name, site);
  };
}

/** A local that is about to be read as a list: longer text becomes one there, so that it is read but once. */
export function listLocal(slot: number, v: Val): Val {
  return (f) => {
    const x = v(f);
    if (typeof x !== 'string' || x.length < LONG_TEXT || f[slot] !== x) return x;
    try {
      return (f[slot] = listOf(x));
    } catch {
      // Whoever reads it says so.
      return x;
    }
  };
}

const LONG_TEXT = 10;

/** Texts of so many characters are charged for when they are joined of others, and what V8 takes for that. */
const LONG_JOINED = 64;
const JOINED_BYTES = 32;

/** A local on its way out of its proc. */
export function moved(slot: number, name: string, site: CommandSite): Val {
  return (f) => {
    const v = f[slot];
    if (v instanceof Var || v === undefined) return lend(localSlow(f, v, name, site));
    return v as Value;
  };
}

export function localExists(slot: number, name: string): Cond {
  return (f) => {
    const v = f[slot];
    return v instanceof Var ? (v.traces !== null ? varExists(f, name, null) : v.v !== undefined) : v !== undefined;
  };
}

/** `info exists name(key)`. */
export function elementExists(slot: number, name: string, key: Val): Cond {
  return (f) => {
    const k = keyOf(key(f));
    const v = f[slot];
    if (v instanceof Var && v.traces === null && v.v instanceof TclArray) {
      const e = v.v.m.get(k);
      if (!(e instanceof Var)) return e !== undefined;
    }
    return varExists(f, name, k);
  };
}

export function list(items: readonly Val[]): Val {
  return (f) => {
    const a: Value[] = [];
    for (let i = 0; i < items.length; i++) a.push(items[i]!(f));
    return newList(a);
  };
}

function localSlow(f: Frame, v: unknown, name: string, site: CommandSite): Value {
  if (v instanceof Var) {
    const x = v.v;
    if (x !== undefined && !(x instanceof TclArray) && v.traces === null && v.array === null) return x;
    return marked(site, () => readCell(f, v, name, null), 'load');
  }
  if (v === undefined) return marked(site, () => readVar(f, name, null), 'load');
  return v as Value;
}

/** Runs `fn`; an error that leaves it belongs to the command at `site`, to that `instruction` of it. */
function marked<T>(site: CommandSite, fn: () => T, instruction: string | null = null): T {
  try {
    return fn();
  } catch (e) {
    throw mark(e, site, null, instruction);
  }
}

/** A variable of a frame that is looked up by name. */
export function named(name: string, site: CommandSite, dyn: boolean): Val {
  return (f) => {
    try {
      return readVar(varFrame(f, dyn), name, null);
    } catch (e) {
      throw mark(e, site, null, 'load');
    }
  };
}

export function element(slot: number, name: string, key: Val, site: CommandSite): Val {
  return (f) => {
    const k = keyOf(key(f));
    const v = f[slot];
    if (v instanceof Var && v.traces === null && v.v instanceof TclArray) {
      const e = v.v.m.get(k);
      if (e !== undefined && !(e instanceof Var)) return e;
    }
    try {
      if (v instanceof Var) return readElement(f, v, name, k);
      return readVar(f, name, k);
    } catch (e) {
      throw mark(e, site, null, 'load');
    }
  };
}

export function namedElement(name: string, key: Val, site: CommandSite, dyn: boolean): Val {
  return (f) => {
    const k = keyOf(key(f));
    try {
      return readVar(varFrame(f, dyn), name, k);
    } catch (e) {
      throw mark(e, site, null, 'load');
    }
  };
}

/** A value about to be held in a second place. */
export function shared(v: Val): Val {
  return (f) => {
    const x = v(f);
    return typeof x === 'object' ? lend(x) : x;
  };
}

export function sharedLocal(slot: number, name: string, site: CommandSite): Val {
  return (f) => {
    const v = f[slot];
    if (typeof v === 'number' || typeof v === 'string') return v;
    return lend(localSlow(f, v, name, site));
  };
}

/** V8 keeps a text that was joined as its parts, until it is read: a script that goes on joining makes as many of them. */
function joined(s: string): string {
  if (s.length >= LONG_JOINED) {
    R.grown += JOINED_BYTES;
    R.texts += s.length;
    // Parts of it may keep it alive, which is seen to when the clock is looked at (budget.ts).
    hasten(s.length);
  }
  return s;
}

export function concat(parts: readonly Val[]): Val {
  if (parts.length === 2) {
    const [a, b] = parts as [Val, Val];
    return (f) => {
      const x = a(f);
      if (typeof x !== 'object' || x instanceof TclText) return joined(str(x) + str(b(f)));
      // `$x[set x {}]` gives a list on as it is; what comes second may change it.
      lend(x);
      const y = b(f);
      return y === '' ? x : joined(str(x) + str(y));
    };
  }
  if (parts.length === 3) {
    const [a, b, c] = parts as [Val, Val, Val];
    return (f) => joined(str(a(f)) + str(b(f)) + str(c(f)));
  }
  return (f) => {
    let s = '';
    for (let i = 0; i < parts.length; i++) s += str(parts[i]!(f));
    return joined(s);
  };
}

/** The same for the key of an element. */
export function concatKey(parts: readonly Val[]): Val {
  const [a, b, c] = parts as [Val, Val, Val | undefined];
  if (parts.length > 3) return concat(parts);
  return (f) => joined(joinedKey(partOf(a(f)), partOf(b(f)), c === undefined ? '' : partOf(c(f))));
}

function partOf(v: Value): string | number {
  return typeof v === 'string' || (typeof v === 'number' && (v | 0) === v) ? v : str(v);
}

/** A statement that cannot pause, as a value. */
export function valueOf(s: Stmt): Val {
  return (f) => {
    s(f);
    return R.result;
  };
}

export function pureCall(interp: TclInterp, run: PlainHandler, word: string, args: readonly Val[], site: CommandSite, dyn: boolean): Val {
  switch (args.length) {
    case 1: {
      const a = args[0]!;
      return (f) => {
        const x = a(f);
        try {
          return run(interp, [word, x], f);
        } catch (e) {
          throw mark(e, site, [word, x]);
        }
      };
    }
    case 2: {
      const [a, b] = args as [Val, Val];
      return (f) => {
        const x = a(f);
        const y = b(f);
        try {
          return run(interp, [word, x, y], f);
        } catch (e) {
          throw mark(e, site, [word, x, y]);
        }
      };
    }
    case 3: {
      const [a, b, c] = args as [Val, Val, Val];
      return (f) => {
        const x = a(f);
        const y = b(f);
        const z = c(f);
        try {
          return run(interp, [word, x, y, z], f);
        } catch (e) {
          throw mark(e, site, [word, x, y, z]);
        }
      };
    }
  }
  return (f) => {
    const words: Value[] = [word];
    for (let i = 0; i < args.length; i++) words.push(args[i]!(f));
    try {
      return run(interp, words, varFrame(f, dyn));
    } catch (e) {
      throw mark(e, site, words);
    }
  };
}

/** A direct function of one or two values. */
export function fn1(g: (a: Value) => Value, a: Val, site: CommandSite): Val {
  return (f) => {
    const x = a(f);
    try {
      return g(x);
    } catch (e) {
      throw mark(e, site, [x], A.INSTRUCTIONS.get(g));
    }
  };
}

export function fn2(g: (a: Value, b: Value) => Value, a: Val, b: Val, site: CommandSite): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    try {
      return g(x, y);
    } catch (e) {
      throw mark(e, site, [x, y], A.INSTRUCTIONS.get(g));
    }
  };
}

// --- parts of lists and strings ---------------------------------------------------------------------------------------------

export function listIndex(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (x instanceof TclList && typeof y === 'number') {
      const e = x.held?.[y];
      if (e !== undefined) return typeof e === 'object' ? share(e) : e;
    }
    return slow(lindexOf, x, y, site);
  };
}

/** `lindex list i j`. */
export function listIndex2(list: Val, i: Val, j: Val, site: CommandSite): Val {
  return (f) => {
    const l = list(f);
    const x = i(f);
    const y = j(f);
    if (l instanceof TclList && typeof x === 'number' && typeof y === 'number') {
      const row = l.held?.[x];
      if (row instanceof TclList) {
        const e = row.held?.[y];
        if (e !== undefined) return typeof e === 'object' ? share(e) : e;
      }
    }
    try {
      return lindexPath(l, [x, y]);
    } catch (e) {
      throw mark(e, site);
    }
  };
}

export function listLength(list: Val, site: CommandSite): Val {
  return (f) => {
    const l = list(f);
    try {
      return l instanceof TclList ? l.length : listOf(l).length;
    } catch (e) {
      throw mark(e, site);
    }
  };
}

export function stringIndex(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'string' && typeof y === 'number') {
      if ((y | 0) === y) return x.charAt(y);
    }
    return slow(stringIndexOf, x, y, site);
  };
}

export function stringLength(string: Val): Val {
  return (f) => {
    const s = string(f);
    return s instanceof TclText ? s.length : str(s).length;
  };
}

// --- arithmetic -------------------------------------------------------------------------------------------------------------

/**
 * Each operator answers at once where both operands are plain numbers and so is the result: short integers, and doubles with a fraction
 * (value.ts), which no two integers give. arith.ts does the rest.
 *
 * Functions that take an `At` are templates: the build (vite.config.ts) gives each a closure for every place its operands can be read from
 * without a call, all falling back on the one that stands here. They must keep this form: `x`, `y`, an `if` of two tests, the first
 * about `x` and the second about `y` alone, and the slow way in one line.
 */
type Binary = (a: Value, b: Value) => Value;

/** Where operands are: a slot of the frame or -1; on the right perhaps a number. */
export interface At {
  readonly i: number;
  readonly j: number;
  readonly n: number | null;
}

function slow(op: Binary, a: Value, b: Value, site: CommandSite): Value {
  try {
    return op(a, b);
  } catch (e) {
    throw mark(e, site, [a, b], A.INSTRUCTIONS.get(op));
  }
}

function slowCond(op: Binary, x: Value, y: Value, site: CommandSite): boolean {
  return slow(op, x, y, site) === 1;
}

/** True for an integer result of two integers that is exact. */
function isSafe(x: number, y: number, z: number): boolean {
  return z <= Number.MAX_SAFE_INTEGER && z >= -Number.MAX_SAFE_INTEGER && x === Math.floor(x) && y === Math.floor(y);
}

export function add(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      const z = x + y;
      if ((z | 0) === z && (x | 0) === x && (y | 0) === y) return z;
      if (z !== Math.floor(z) || isSafe(x, y, z)) return z;
    }
    return slow(A.add, x, y, site);
  };
}

export function sub(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      const z = x - y;
      if ((z | 0) === z && (x | 0) === x && (y | 0) === y) return z;
      if (z !== Math.floor(z) || isSafe(x, y, z)) return z;
    }
    return slow(A.sub, x, y, site);
  };
}

export function mul(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      const z = x * y;
      if ((z | 0) === z) {
        // Adding 0 turns -0 into 0.
        if ((x | 0) === x && (y | 0) === y) return z + 0;
      } else if (z !== Math.floor(z) || isSafe(x, y, z)) {
        return z;
      }
    }
    return slow(A.mul, x, y, site);
  };
}

export function div(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      if ((x | 0) === x && (y | 0) === y) {
        if (y !== 0) return Math.floor(x / y) + 0;
      } else if (x !== Math.floor(x) || y !== Math.floor(y)) {
        const z = x / y;
        if (z !== Math.floor(z) && z - z === 0) return z;
      }
    }
    return slow(A.div, x, y, site);
  };
}

export function mod(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      if ((x | 0) === x && (y | 0) === y && y > 0) {
        const r = x % y;
        return r < 0 ? r + y : r + 0;
      }
    }
    return slow(A.mod, x, y, site);
  };
}

export function bitAnd(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      if ((x | 0) === x && (y | 0) === y) return x & y;
      if (x >>> 0 === x && y >>> 0 === y) return (x & y) >>> 0;
    }
    return slow(A.band, x, y, site);
  };
}

export function bitOr(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      if ((x | 0) === x && (y | 0) === y) return x | y;
      if (x >>> 0 === x && y >>> 0 === y) return (x | y) >>> 0;
    }
    return slow(A.bor, x, y, site);
  };
}

export function shiftRight(a: Val, b: Val, site: CommandSite, _at: At): Val {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      if (y >>> 0 === y && y < 32) {
        if ((x | 0) === x) return x >> y;
        if (x >>> 0 === x) return x >>> y;
      }
    }
    return slow(A.shr, x, y, site);
  };
}

export function binary(op: Binary, a: Val, b: Val, site: CommandSite): Val {
  return fn2(op, a, b, site);
}

export function unary(op: (a: Value) => Value, a: Val, site: CommandSite): Val {
  return fn1(op, a, site);
}

/** A number where the value looks like one, as an expression gives its result. */
export function numeric(a: Val, site: CommandSite): Val {
  return (f) => {
    const x = a(f);
    return typeof x === 'number' ? x : numericSlow(x, site);
  };
}

function numericSlow(x: Value, site: CommandSite): Value {
  try {
    // A list or dict comes out as it went in: then it is held twice.
    return share(A.numeric(x));
  } catch (e) {
    throw mark(e, site, [x], 'tryCvtToNumeric');
  }
}

export function less(a: Val, b: Val, site: CommandSite, _at: At): Cond {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      return x < y;
    }
    return slowCond(A.lt, x, y, site);
  };
}

export function lessEq(a: Val, b: Val, site: CommandSite, _at: At): Cond {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      return x <= y;
    }
    return slowCond(A.le, x, y, site);
  };
}

export function greater(a: Val, b: Val, site: CommandSite, _at: At): Cond {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      return x > y;
    }
    return slowCond(A.gt, x, y, site);
  };
}

export function greaterEq(a: Val, b: Val, site: CommandSite, _at: At): Cond {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      return x >= y;
    }
    return slowCond(A.ge, x, y, site);
  };
}

export function equal(a: Val, b: Val, site: CommandSite, _at: At): Cond {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      return x === y;
    }
    return slowCond(A.eq, x, y, site);
  };
}

export function notEqual(a: Val, b: Val, site: CommandSite, _at: At): Cond {
  return (f) => {
    const x = a(f);
    const y = b(f);
    if (typeof x === 'number' && typeof y === 'number') {
      return x !== y;
    }
    return slowCond(A.ne, x, y, site);
  };
}

export function same(a: Val, b: Val): Cond {
  return (f) => {
    const x = a(f);
    const y = b(f);
    return x === y || str(x) === str(y);
  };
}
export function different(a: Val, b: Val): Cond {
  return (f) => {
    const x = a(f);
    const y = b(f);
    return x !== y && str(x) !== str(y);
  };
}

// Trees that have a double in them are doubles whatever their variables hold: they pass plain numbers up and box only the result. NaN comes
// up with them; it is Tcl's error wherever it arose.

/** The number of an operand of a double operator `op`. `pair`: its operands, null for this one, where the other is known. */
export function double(a: Val, op: A.BinaryOp, site: CommandSite, slot: number, right: Num | null, pair: readonly (Value | null)[]): Num {
  const slow = (f: Frame, x: Value): number => {
    try {
      return A.doubleOperand(x, op);
    } catch (e) {
      right?.(f);
      throw mark(e, site, pair.length > 0 ? pair.map((o) => o ?? x) : null, A.INSTRUCTIONS.get(A.BINARY[op]));
    }
  };
  if (slot >= 0) {
    return (f) => {
      const x = f[slot];
      return typeof x === 'number' ? x : x instanceof Dbl && x.n === x.n ? x.n : slow(f, a(f));
    };
  }
  return (f) => {
    const x = a(f);
    return typeof x === 'number' ? x : slow(f, x);
  };
}

export function doubleAdd(a: Num, b: Num): Num {
  return (f) => a(f) + b(f);
}
export function doubleSub(a: Num, b: Num): Num {
  return (f) => a(f) - b(f);
}
export function doubleMul(a: Num, b: Num): Num {
  return (f) => a(f) * b(f);
}
export function doubleDiv(a: Num, b: Num): Num {
  return (f) => a(f) / b(f);
}

export function boxed(a: Num, site: CommandSite): Val {
  return (f) => {
    const z = a(f);
    return z !== Math.floor(z) && z === z ? z : boxSlow(z, site);
  };
}

function boxSlow(z: number, site: CommandSite): Value {
  // Integral, as zero is: the common case.
  if (z - z === 0) return new Dbl(z);
  try {
    return A.floatResult(z);
  } catch (e) {
    throw mark(e, site);
  }
}

// Under a mask of 32 bits, sums, products and the like are computed modulo 2^32: `($x * 1103515245 + 12345) & 0x7fffffff` needs no long integer.

export function word(a: Val, slot: number): Word {
  if (slot >= 0) {
    return (f) => {
      const x = f[slot];
      return typeof x === 'number' && x === Math.floor(x) ? x | 0 : A.wordOf(a(f));
    };
  }
  return (f) => {
    const x = a(f);
    return typeof x === 'number' && x === Math.floor(x) ? x | 0 : A.wordOf(x);
  };
}

export function wordAdd(a: Word, b: Word): Word {
  return (f) => (a(f) + b(f)) | 0;
}
export function wordSub(a: Word, b: Word): Word {
  return (f) => (a(f) - b(f)) | 0;
}
export function wordMul(a: Word, b: Word): Word {
  return (f) => Math.imul(a(f), b(f));
}
export function wordAnd(a: Word, b: Word): Word {
  return (f) => a(f) & b(f);
}
export function wordOr(a: Word, b: Word): Word {
  return (f) => a(f) | b(f);
}
export function wordXor(a: Word, b: Word): Word {
  return (f) => a(f) ^ b(f);
}
export function wordNot(a: Word): Word {
  return (f) => ~a(f);
}
export function wordShift(a: Word, n: number): Word {
  return (f) => a(f) << n;
}
export function wordShiftBy(a: Word, b: Val): Word {
  return (f) => {
    const n = b(f);
    const x = a(f);
    if (typeof n !== 'number' || n >>> 0 !== n || n > 63) throw A.NO_WORD;
    return n < 32 ? x << n : 0;
  };
}
export function plainNumber(n: number): Num {
  return () => n;
}

/** The word under its mask. `whole` computes the same the long way, and tells what is wrong where a variable holds no integer. */
export function masked(w: Word, mask: number, whole: () => Val): Val {
  return (f) => {
    try {
      return (w(f) & mask) >>> 0;
    } catch (e) {
      if (e !== A.NO_WORD) throw e;
      return whole()(f);
    }
  };
}

/** `in`, `ni`. */
export function contains(a: Val, b: Val, wanted: boolean, site: CommandSite): Cond {
  return (f) => {
    const x = a(f);
    // What is computed after it may change a list.
    const item = typeof x === 'number' ? x : str(x);
    const list = b(f);
    try {
      return A.contains(list, item) === wanted;
    } catch (e) {
      throw mark(e, site, [item, list], wanted ? 'listIn' : 'listNotIn');
    }
  };
}

export function mathCall(
  interp: TclInterp,
  name: string,
  run: (args: readonly Value[], interp: TclInterp) => Value,
  args: readonly Val[],
  site: CommandSite,
): Val {
  return (f) => {
    const values: Value[] = [];
    for (let i = 0; i < args.length; i++) values.push(args[i]!(f));
    try {
      return run(values, interp);
    } catch (e) {
      // `max` and `min`.
      if (interp.aliases.has(`::tcl::mathfunc::${name}`)) fromAfar(e);
      throw mark(e, site, [`tcl::mathfunc::${name}`, ...values], 'invokeStk1');
    }
  };
}

/** `jumps`: Tcl goes on elsewhere where it is true. */
export function truth(a: Val, site: CommandSite, jumps: boolean): Cond {
  return (f) => {
    const x = a(f);
    if (typeof x === 'number') return x !== 0;
    try {
      return A.truth(x);
    } catch (e) {
      throw mark(e, site, null, jumps ? 'jumpTrue1' : 'jumpFalse1');
    }
  };
}
export function and(a: Cond, b: Cond): Cond {
  return (f) => a(f) && b(f);
}
export function or(a: Cond, b: Cond): Cond {
  return (f) => a(f) || b(f);
}
export function not(a: Cond): Cond {
  return (f) => !a(f);
}
/** `!` of a value: 0 or 1, or Tcl's complaint about what is neither yes nor no, which is that of a `test` where it is one. */
export function negated(a: Val, site: CommandSite, test: boolean, jumps: boolean): Cond {
  return (f) => {
    const x = a(f);
    if (typeof x === 'number') return x === 0;
    try {
      return test ? !A.truth(x) : A.not(x) === 1;
    } catch (e) {
      throw test ? mark(e, site, null, jumps ? 'jumpFalse1' : 'jumpTrue1') : mark(e, site, [x], 'not');
    }
  };
}
/** A condition as a value. */
export function bool(c: Cond): Val {
  return (f) => (c(f) ? 1 : 0);
}
export function choose(c: Cond, a: Val, b: Val): Val {
  return (f) => (c(f) ? a(f) : b(f));
}

// --- simple statements ------------------------------------------------------------------------------------------------------

/** The value as a statement's result. */
export function result(v: Val): Stmt {
  return (f) => {
    R.result = v(f);
    return 0;
  };
}

export function fail(make: () => TclError, site: CommandSite): Stmt {
  return () => {
    throw mark(make(), site);
  };
}

export function code(n: number): Stmt {
  return () => {
    R.result = '';
    return n;
  };
}

export function returnValue(v: Val): Stmt {
  return (f) => {
    R.result = v(f);
    R.ret = null;
    return 2;
  };
}

export function yielding(v: Val, site: CommandSite): Stmt {
  return (f) => {
    const x = v(f);
    try {
      return yieldNow(unitOf(f).interp, x);
    } catch (e) {
      throw mark(e, site);
    }
  };
}

// `keep`: the result is wanted. It costs more to leave than the rest of such a statement, where it is a double or a list.

/** `at.n` is a constant's number, `at.i` the slot that is read. */
export function setLocal(slot: number, name: string, v: Val, site: CommandSite, at: At, keep: boolean): Stmt {
  const { i, n } = at;
  if (n !== null) {
    return (f) => {
      const old = f[slot];
      if (typeof old === 'object' && old instanceof Var) return storeSlow(f, old, name, n, site);
      f[slot] = n;
      if (keep) R.result = n;
      return 0;
    };
  }
  if (i >= 0) {
    return (f) => {
      const y = f[i];
      const x = typeof y === 'number' ? y : v(f);
      const old = f[slot];
      if (typeof old === 'object' && old instanceof Var) return storeSlow(f, old, name, x, site);
      f[slot] = x;
      if (keep) R.result = x;
      return 0;
    };
  }
  return (f) => {
    const x = v(f);
    const old = f[slot];
    if (typeof old === 'object' && old instanceof Var) return storeSlow(f, old, name, x, site);
    f[slot] = x;
    if (keep) R.result = x;
    return 0;
  };
}

function storeSlow(f: Frame, v: Var, name: string, x: Value, site: CommandSite): number {
  if (v.traces === null && v.array === null && v.v !== undefined && !(v.v instanceof TclArray)) {
    R.result = v.v = share(x);
    return 0;
  }
  try {
    R.result = writeCell(f, v, name, share(x));
    return 0;
  } catch (e) {
    throw mark(e, site);
  }
}

/** Stores the result of a statement that may pause, which may be what another variable holds. */
export function setLocalFrom(slot: number, name: string, s: Stmt, site: CommandSite): Stmt {
  const node = { slot, name, site };
  return (f) => {
    const c = s(f);
    if (c !== 0) return c === SUSPENDED ? capture(setGo, node, f, null) : c;
    const old = f[slot];
    if (typeof old === 'object' && old instanceof Var) return storeSlow(f, old, name, R.result, site);
    f[slot] = lend(R.result);
    return 0;
  };
}

function setGo(cell: Cell, c: number): number {
  if (c !== 0) return c;
  const { slot, name, site } = cell.node as { slot: number; name: string; site: CommandSite };
  const old = cell.f[slot];
  if (old instanceof Var) return storeSlow(cell.f, old, name, R.result, site);
  cell.f[slot] = lend(R.result);
  return 0;
}

export function setNamed(name: string, key: Val | null, v: Val, site: CommandSite, dyn: boolean): Stmt {
  return (f) => {
    const k: Key | null = key === null ? null : keyOf(key(f));
    const x = v(f);
    try {
      R.result = writeVar(varFrame(f, dyn), name, k, x);
      return 0;
    } catch (e) {
      throw mark(e, site);
    }
  };
}

export function setElement(slot: number, name: string, key: Val, v: Val, site: CommandSite): Stmt {
  return (f) => {
    const k = keyOf(key(f));
    const x = v(f);
    const a = f[slot];
    if (a instanceof Var && a.traces === null && a.v instanceof TclArray) {
      const e = a.v.m.get(k);
      if (!(e instanceof Var)) {
        if (e === undefined) R.grown += ELEMENT_BYTES;
        a.v.m.set(k, x);
        R.result = x;
        return 0;
      }
    }
    try {
      R.result = a instanceof Var ? writeElement(f, a, name, k, x) : writeVar(f, name, k, x);
      return 0;
    } catch (e) {
      throw mark(e, site);
    }
  };
}

/** `incr`: an unset variable counts as 0. `at` says where `by` is. */
export function incrLocal(slot: number, name: string, by: Val, site: CommandSite, at: At, keep: boolean): Stmt {
  const { i, n } = at;
  if (n !== null) {
    return (f) => {
      const old = f[slot];
      if (typeof old === 'number') {
        const x = old + n;
        if (((x | 0) === x && (old | 0) === old) || isSafe(old, n, x)) {
          f[slot] = x;
          if (keep) R.result = x;
          return 0;
        }
      }
      return incrSlow(f, slot, name, n, site);
    };
  }
  return (f) => {
    const y = i >= 0 ? f[i] : undefined;
    const by1 = typeof y === 'number' ? y : by(f);
    const old = f[slot];
    if (typeof old === 'number' && typeof by1 === 'number') {
      const x = old + by1;
      if (((x | 0) === x && (old | 0) === old) || isSafe(old, by1, x)) {
        f[slot] = x;
        if (keep) R.result = x;
        return 0;
      }
    }
    return incrSlow(f, slot, name, by1, site);
  };
}

function incrSlow(f: Frame, slot: number, name: string, by: Value, site: CommandSite): number {
  try {
    const old = f[slot];
    if (old instanceof Var && typeof old.v === 'number' && typeof by === 'number' && old.traces === null && old.array === null) {
      const x = old.v + by;
      if ((x | 0) === x && (by | 0) === by) {
        R.result = old.v = x;
        return 0;
      }
    }
    if (old instanceof Var) {
      // Of one that is not set only traces of its own are told. What cannot be read counts as 0.
      const unread = old.v === undefined && old.traces === null;
      R.result = writeCell(f, old, name, A.incrBy((unread ? undefined : peekVar(f, name, null)) ?? 0, by));
    } else R.result = f[slot] = A.incrBy((old as Value | undefined) ?? 0, by);
    return 0;
  } catch (e) {
    throw mark(e, site);
  }
}

/** `incr` of an element where the array is in a slot. */
export function incrElement(node: UpdateNode, key: Val, by: Val): Stmt {
  const { slot } = node;
  return (f) => {
    const k = keyOf(key(f));
    const n = by(f);
    const a = f[slot];
    if (typeof n === 'number' && a instanceof Var && a.traces === null && a.v instanceof TclArray) {
      const old = a.v.m.get(k);
      if (typeof old === 'number') {
        const x = old + n;
        if (((x | 0) === x && (old | 0) === old) || isSafe(old, n, x)) {
          a.v.m.set(k, x);
          R.result = x;
          return 0;
        }
      }
    }
    return updateSlow(node, f, k, [n]);
  };
}

/** A command that changes a variable by a function of its old value (undefined when unset), in place where it can: append, lappend, incr. */
export interface UpdateNode {
  /** -1 where the variable is looked up by name. */
  readonly slot: number;
  readonly name: string;
  readonly change: (interp: TclInterp, old: Value | undefined, args: readonly Value[]) => Value;
  /** Reads the variable first, as far as traces are told. */
  readonly reads: boolean;
  /** What it looks the variable up for, as errors tell. */
  readonly verb: 'read' | 'local' | 'set';
  readonly interp: TclInterp;
  readonly site: CommandSite;
  readonly dyn: boolean;
}

export function update(node: UpdateNode, key: Val | null, args: readonly Val[]): Stmt {
  if (key !== null && args.length === 1) {
    const a = args[0]!;
    return (f) => updateSlow(node, f, keyOf(key(f)), [a(f)]);
  }
  return (f) => {
    const k: Key | null = key === null ? null : keyOf(key(f));
    const values: Value[] = [];
    for (let i = 0; i < args.length; i++) values.push(args[i]!(f));
    return updateSlow(node, f, k, values);
  };
}

function updateSlow(node: UpdateNode, f: Frame, k: Key | null, values: readonly Value[]): number {
  const { slot, name, change, interp, site } = node;
  try {
    if (slot >= 0) {
      const old = f[slot];
      if (old instanceof Var) {
        const a = old.v;
        if (k !== null && a instanceof TclArray && old.traces === null) {
          const e = a.m.get(k);
          if (!(e instanceof Var)) {
            const x = change(interp, e, values);
            if (e === undefined) R.grown += ELEMENT_BYTES;
            a.m.set(k, x);
            R.result = x;
            return 0;
          }
        } else if (k === null && old.traces === null && old.array === null && !(a instanceof TclArray)) {
          R.result = writeCell(f, old, name, change(interp, a, values));
          return 0;
        }
      } else if (k === null) {
        R.result = f[slot] = change(interp, old as Value | undefined, values);
        return 0;
      }
    }
    // `append` is told of each of its values.
    for (const some of node.reads ? [values] : values.map((v) => [v]))
      R.result = interp.updateVar(varFrame(f, node.dyn), name, k, (v) => change(interp, v, some), node.reads, node.verb);
    return 0;
  } catch (e) {
    throw mark(e, site);
  }
}

/** `append` of one or two values to a local. */
export function appendLocal(node: UpdateNode, a: Val, b: Val | null, keep: boolean): Stmt {
  const { slot } = node;
  return (f) => {
    const x = a(f);
    const y = b === null ? '' : b(f);
    const old = f[slot];
    const more = b === null ? str(x) : str(x) + str(y);
    let text: Value;
    if (typeof old === 'string' && old.length < TAIL) {
      text = f[slot] = old + more;
    } else if (old instanceof TclText && !old.shared) {
      old.append(more);
      text = old;
    } else {
      return updateSlow(node, f, null, b === null ? [x] : [x, y]);
    }
    R.grown += 2 * more.length;
    if (keep) R.result = text;
    return 0;
  };
}

/** `lappend` of one value to a local. */
export function lappendLocal(node: UpdateNode, a: Val, keep: boolean): Stmt {
  const { slot } = node;
  return (f) => {
    const x = a(f);
    const old = f[slot];
    if (!(old instanceof TclList) || old.shared || old.length >= GROWN_MAX) return updateSlow(node, f, null, [x]);
    R.grown += 16;
    push(old, share(x));
    if (keep) R.result = old;
    return 0;
  };
}

/** `lset` of a local's element, `j` null, or of an element's: in place where nobody else holds the lists, else by the command. */
export function lsetLocal(
  interp: TclInterp,
  run: PlainHandler,
  slot: number,
  name: string,
  index: Val,
  j: Val | null,
  v: Val,
  site: CommandSite,
  dyn: boolean,
  keep: boolean,
): Stmt {
  return (f) => {
    const i = index(f);
    const k = j === null ? i : j(f);
    const x = v(f);
    const held = f[slot];
    const list = held instanceof Var && held.traces === null && held.array === null ? held.v : held;
    if (list instanceof TclList && !list.shared) {
      const row = j === null || typeof i !== 'number' ? list : list.a[i];
      if (row instanceof TclList && !row.shared && typeof k === 'number' && k >= 0 && k < row.a.length && Number.isInteger(k)) {
        ownList(row).a[k] = x;
        if (j !== null) ownList(list);
        if (keep) R.result = list;
        return 0;
      }
    }
    try {
      R.result = run(interp, j === null ? ['lset', name, i, x] : ['lset', name, i, k, x], varFrame(f, dyn));
      return 0;
    } catch (e) {
      throw mark(e, site);
    }
  };
}

export function plainCall(interp: TclInterp, run: PlainHandler, word: string, args: readonly Val[], site: CommandSite, dyn: boolean): Stmt {
  return (f) => {
    const words: Value[] = [word];
    for (let i = 0; i < args.length; i++) words.push(args[i]!(f));
    try {
      R.result = run(interp, words, varFrame(f, dyn));
      return 0;
    } catch (e) {
      throw mark(e, site, words);
    }
  };
}

export function unsetLocal(slot: number, name: string, site: CommandSite): Stmt {
  return (f) => {
    const old = f[slot];
    if (old !== undefined && !(old instanceof Var)) {
      f[slot] = undefined;
    } else {
      try {
        unsetVar(f, name, null, false);
      } catch (e) {
        throw mark(e, site);
      }
    }
    R.result = '';
    return 0;
  };
}

/** Two statements, the second after the first completed normally. (Not `then`: a module that exports that name looks like a promise to `import()`.) */
export function andThen(a: Stmt, b: Stmt): Stmt {
  return (f) => {
    const c = a(f);
    if (c !== 0) return c === SUSPENDED ? capture(thenGo, b, f, null) : c;
    return b(f);
  };
}

function thenGo(cell: Cell, c: number): number {
  return c !== 0 ? c : (cell.node as Stmt)(cell.f);
}

// --- control ----------------------------------------------------------------------------------------------------------------

/** What the rest of a script does when a command compiled in line was changed: compiled anew from statement `from`. */
export interface SeqNode {
  readonly stmts: readonly Stmt[];
  readonly unit: Unit;
  readonly interp: TclInterp;
  /** The statements from `from` on, compiled for the commands as they are now. */
  readonly again: (from: number) => Stmt;
}

export function seq(node: SeqNode, checked: boolean): Stmt {
  const { stmts } = node;
  const n = stmts.length;
  if (n === 0) return code(0);
  if (checked) return checkedSeq(node);
  // Every statement marks its own errors, so that a single one needs nothing around it.
  if (n === 1) return stmts[0]!;
  if (n <= LONG) return chain(node, 0);
  return (f) => {
    for (let i = 0; i < n; i++) {
      const c = stmts[i]!(f);
      if (c !== 0) return c === SUSPENDED && i + 1 < n ? capture(seqGo, node, f, i + 1) : c;
    }
    return 0;
  };
}

/** Longer sequences are loops: each link of a chain takes a frame of the JavaScript stack. */
const LONG = 8;

/** The statements from `at` on, up to three a closure. */
function chain(node: SeqNode, at: number): Stmt {
  const { stmts } = node;
  const a = stmts[at]!;
  const b = stmts[at + 1]!;
  if (at + 2 === stmts.length) {
    return (f) => {
      const x = a(f);
      return x === 0 ? b(f) : x === SUSPENDED ? capture(seqGo, node, f, at + 1) : x;
    };
  }
  const c = at + 3 === stmts.length || at + 4 === stmts.length ? null : chain(node, at + 3);
  const last = stmts[at + 2]!;
  const rest = at + 4 === stmts.length ? stmts[at + 3]! : c;
  if (rest === null) {
    return (f) => {
      let x = a(f);
      if (x !== 0) return x === SUSPENDED ? capture(seqGo, node, f, at + 1) : x;
      x = b(f);
      return x === 0 ? last(f) : x === SUSPENDED ? capture(seqGo, node, f, at + 2) : x;
    };
  }
  return (f) => {
    let x = a(f);
    if (x !== 0) return x === SUSPENDED ? capture(seqGo, node, f, at + 1) : x;
    x = b(f);
    if (x !== 0) return x === SUSPENDED ? capture(seqGo, node, f, at + 2) : x;
    x = last(f);
    return x === 0 ? rest(f) : x === SUSPENDED ? capture(seqGo, node, f, at + 3) : x;
  };
}

/** A sequence holding commands that may change other commands: looks after each whether it has to be compiled anew. */
function checkedSeq(node: SeqNode): Stmt {
  const { stmts, interp } = node;
  const n = stmts.length;
  const epoch = node.interp.inlineEpoch;
  if (n === 1) {
    const s = stmts[0]!;
    return (f) => (interp.inlineEpoch === epoch ? s : node.again(0))(f);
  }
  return (f) => {
    if (interp.inlineEpoch !== epoch) return node.again(0)(f);
    for (let i = 0; i < n; i++) {
      const c = stmts[i]!(f);
      if (c !== 0) return c === SUSPENDED && i + 1 < n ? capture(seqGo, node, f, i + 1) : c;
      if (interp.inlineEpoch !== epoch && i + 1 < n) return node.again(i + 1)(f);
    }
    return 0;
  };
}

function seqGo(cell: Cell, c: number): number {
  if (c !== 0) return c;
  const node = cell.node as SeqNode;
  const { stmts, interp } = node;
  const n = stmts.length;
  let i = cell.state as number;
  if (i < n && interp.inlineEpoch !== node.unit.epoch) return node.again(i)(cell.f);
  for (; i < n; i++) {
    const c2 = stmts[i]!(cell.f);
    if (c2 !== 0) return c2 === SUSPENDED && i + 1 < n ? capture(seqGo, node, cell.f, i + 1) : c2;
    if (interp.inlineEpoch !== node.unit.epoch && i + 1 < n) return node.again(i + 1)(cell.f);
  }
  return 0;
}

/** Runs statements for their results, each into a temporary, then `body`: what a result is of may change before it is used. `slots[i]` is where the result of `steps[i]` goes, -1 for nowhere. */
export function lets(steps: readonly Stmt[], slots: readonly number[], body: Stmt): Stmt {
  const node = { steps, slots, body };
  const n = steps.length;
  if (n === 1) {
    const s = steps[0]!;
    const slot = slots[0]!;
    return (f) => {
      const c = s(f);
      if (c !== 0) return c === SUSPENDED ? capture(letsGo, node, f, 0) : c;
      const v = R.result;
      f[slot] = typeof v === 'object' ? lend(v) : v;
      return body(f);
    };
  }
  return (f) => runLets(node, f, 0);
}

interface LetsNode {
  readonly steps: readonly Stmt[];
  readonly slots: readonly number[];
  readonly body: Stmt;
}

function runLets(node: LetsNode, f: Frame, from: number): number {
  const { steps, slots } = node;
  for (let i = from; i < steps.length; i++) {
    const c = steps[i]!(f);
    if (c !== 0) return c === SUSPENDED ? capture(letsGo, node, f, i) : c;
    const v = R.result;
    f[slots[i]!] = typeof v === 'object' ? lend(v) : v;
  }
  return node.body(f);
}

function letsGo(cell: Cell, c: number): number {
  if (c !== 0) return c;
  const node = cell.node as LetsNode;
  const i = cell.state as number;
  cell.f[node.slots[i]!] = lend(R.result);
  return runLets(node, cell.f, i + 1);
}

/** `if` with a condition that cannot pause. */
export function ifElse(c: Cond, a: Stmt, b: Stmt): Stmt {
  return (f) => (c(f) ? a(f) : b(f));
}

export function ifOnly(c: Cond, a: Stmt): Stmt {
  return (f) => {
    if (c(f)) return a(f);
    R.result = '';
    return 0;
  };
}

/** `switch`: `pick` chooses a body, -1 for none. */
export function choice(
  v: Val,
  pick: (f: Frame, s: string) => number,
  bodies: readonly Stmt[],
  site: CommandSite,
  words: readonly Value[] | null,
): Stmt {
  return (f) => {
    const s = str(v(f));
    let i: number;
    try {
      i = pick(f, s);
    } catch (e) {
      throw mark(e, site, words ?? [s]);
    }
    if (i < 0) {
      R.result = '';
      return 0;
    }
    return bodies[i]!(f);
  };
}

/** A condition that may pause: `test` leaves 1 or 0 in the result. */
export function ifElseSlow(test: Stmt, a: Stmt, b: Stmt): Stmt {
  const node = { a, b };
  return (f) => {
    const c = test(f);
    if (c !== 0) return c === SUSPENDED ? capture(ifGo, node, f, null) : c;
    return R.result === 1 ? a(f) : b(f);
  };
}

function ifGo(cell: Cell, c: number): number {
  if (c !== 0) return c;
  const node = cell.node as { a: Stmt; b: Stmt };
  return R.result === 1 ? node.a(cell.f) : node.b(cell.f);
}

/** `while` and `for`. `test` is used when the condition may pause, `cond` otherwise; `next` is for's third script. */
export interface LoopNode {
  readonly cond: Cond | null;
  readonly test: Stmt | null;
  readonly body: Stmt;
  readonly next: Stmt | null;
  /** The condition is that one local is less than another or a number. */
  readonly less: At | null;
  /** What `next` does is to add to a local. */
  readonly step: Step | null;
  readonly site: CommandSite;
  /** The loop from its test on. */
  run: Stmt;
}

export interface Step {
  readonly slot: number;
  readonly by: number;
}

const AT_BODY = 0;
const AFTER_BODY = 1;
const AFTER_NEXT = 2;
const AT_TEST = 3;

export function loop(node: LoopNode): Stmt {
  const { cond, test, body, next, site } = node;
  if (cond === null) {
    node.run = (f) => {
      for (;;) {
        let c = test!(f);
        if (c !== 0) return c === SUSPENDED ? capture(loopGo, node, f, AT_BODY) : c;
        if (R.result !== 1) break;
        c = body(f);
        if (c !== 0 && c !== CONTINUE) {
          if (c === SUSPENDED) return capture(loopGo, node, f, AFTER_BODY);
          if (c === BREAK) break;
          return c;
        }
        if (next !== null) {
          c = next(f);
          if (c !== 0) {
            if (c === SUSPENDED) return capture(loopGo, node, f, AFTER_NEXT);
            if (c === BREAK) break;
            return c;
          }
        }
        if (--R.fuel < 0 && mustPause(f, site)) return capture(loopGo, node, f, AT_TEST);
      }
      R.result = '';
      return 0;
    };
  } else if (next !== null && node.less !== null && node.step !== null) {
    // `for {...} {$i < $n} {incr i} {...}` in short.
    const { i, j, n } = node.less;
    const { slot, by } = node.step;
    node.run = (f) => {
      for (;;) {
        const x = f[i];
        const y = j >= 0 ? f[j] : n;
        if (!(typeof x === 'number' && typeof y === 'number' ? x < y : cond(f))) break;
        const c = body(f);
        if (c !== 0 && c !== CONTINUE) {
          if (c === SUSPENDED) return capture(loopGo, node, f, AFTER_BODY);
          if (c === BREAK) break;
          return c;
        }
        const old = f[slot];
        const sum = typeof old === 'number' && (old | 0) === old ? old + by : 0.5;
        if ((sum | 0) === sum) f[slot] = sum;
        else next(f);
        if (--R.fuel < 0 && mustPause(f, site)) return capture(loopGo, node, f, AT_TEST);
      }
      R.result = '';
      return 0;
    };
  } else if (next === null) {
    // Apart from what follows: in the copy of the nodes that all share, each kind of loop has type feedback of its own.
    node.run = (f) => {
      while (cond(f)) {
        const c = body(f);
        if (c !== 0 && c !== CONTINUE) {
          if (c === SUSPENDED) return capture(loopGo, node, f, AFTER_BODY);
          if (c === BREAK) break;
          return c;
        }
        if (--R.fuel < 0 && mustPause(f, site)) return capture(loopGo, node, f, AT_TEST);
      }
      R.result = '';
      return 0;
    };
  } else {
    node.run = (f) => {
      while (cond(f)) {
        let c = body(f);
        if (c !== 0 && c !== CONTINUE) {
          if (c === SUSPENDED) return capture(loopGo, node, f, AFTER_BODY);
          if (c === BREAK) break;
          return c;
        }
        c = next(f);
        if (c !== 0) {
          if (c === SUSPENDED) return capture(loopGo, node, f, AFTER_NEXT);
          if (c === BREAK) break;
          return c;
        }
        if (--R.fuel < 0 && mustPause(f, site)) return capture(loopGo, node, f, AT_TEST);
      }
      R.result = '';
      return 0;
    };
  }
  return node.run;
}

/** The rest of a round from any of its places, then the loop from its test on, at full speed; `c` is the code of what was inside there. */
function loopGo(cell: Cell, c: number): number {
  const node = cell.node as LoopNode;
  const { f } = cell;
  let place = cell.state as number;
  if (place === AT_BODY) {
    if (c !== 0) return c;
    if (R.result !== 1) return loopDone();
    c = node.body(f);
    if (c === SUSPENDED) return capture(loopGo, node, f, AFTER_BODY);
    place = AFTER_BODY;
  }
  if (place === AFTER_BODY) {
    if (c === BREAK) return loopDone();
    if (c !== 0 && c !== CONTINUE) return c;
    c = 0;
    if (node.next !== null) {
      c = node.next(f);
      if (c === SUSPENDED) return capture(loopGo, node, f, AFTER_NEXT);
    }
    place = AFTER_NEXT;
  }
  if (place === AFTER_NEXT) {
    if (c === BREAK) return loopDone();
    if (c !== 0) return c;
    if (--R.fuel < 0 && mustPause(f, node.site)) return capture(loopGo, node, f, AT_TEST);
  }
  return node.run(f);
}

function loopDone(): number {
  R.result = '';
  return 0;
}

export type Setter = (f: Frame, v: Value) => void;

export function setterLocal(slot: number, name: string, site: CommandSite): Setter {
  return (f, v) => {
    const old = f[slot];
    if (typeof old === 'object' && old instanceof Var) storeSlow(f, old, name, v, site);
    else f[slot] = v;
  };
}

export function setterNamed(name: string, key: Value | null, site: CommandSite, dyn: boolean): Setter {
  return (f, v) => {
    try {
      writeVar(varFrame(f, dyn), name, key === null ? null : keyOf(key), v);
    } catch (e) {
      throw mark(e, site);
    }
  };
}

export interface ForeachNode {
  /** Variables of each list. */
  readonly vars: readonly (readonly Setter[])[];
  readonly lists: readonly Val[];
  /** The words of the call, with these lists. */
  readonly words: (lists: readonly Value[]) => readonly Value[];
  /** Of the first variable, where it is a local; else -1. */
  readonly slot: number;
  readonly body: Stmt;
  /** `lmap`: collects the results. */
  readonly collect: boolean;
  readonly site: CommandSite;
}

interface ForeachState {
  readonly lists: readonly (readonly Value[])[];
  readonly rounds: number;
  round: number;
  readonly out: Value[] | null;
}

export function foreach(node: ForeachNode): Stmt {
  if (node.lists.length === 1 && node.vars[0]!.length === 1 && !node.collect) return foreachOne(node);
  return (f) => runForeach(node, f, foreachState(node, f), 0, false);
}

/** The plain case: one variable, one list. */
function foreachOne(node: ForeachNode): Stmt {
  const list = node.lists[0]!;
  const set = node.vars[0]![0]!;
  const { body, site, slot } = node;
  // The elements as they were: a list changed by the body gives its array away, and has them back when it is read again.
  const run = (f: Frame, all: TclList, from: number): number => {
    for (let i = from; ; ) {
      const { a } = all;
      if (i >= a.length) break;
      const v = a[i]!;
      const old = slot >= 0 ? f[slot] : null;
      if (typeof v === 'object' || typeof old === 'object') set(f, share(v));
      else f[slot] = v;
      i++;
      const c = body(f);
      if (c !== 0 && c !== CONTINUE) {
        if (c === SUSPENDED) return capture(foreachOneGo, run, f, { all, i });
        if (c === BREAK) break;
        return c;
      }
      if (--R.fuel < 0 && mustPause(f, site)) return capture(foreachOneGo, run, f, { all, i });
    }
    R.result = '';
    return 0;
  };
  return (f) => {
    const v = list(f);
    let all: TclList;
    try {
      all = listOf(lend(v));
    } catch (e) {
      throw mark(e, site, [v]);
    }
    return run(f, all, 0);
  };
}

function foreachOneGo(cell: Cell, c: number): number {
  if (c !== 0 && c !== CONTINUE) {
    if (c !== BREAK) return c;
    R.result = '';
    return 0;
  }
  const { all, i } = cell.state as { all: TclList; i: number };
  return (cell.node as (f: Frame, all: TclList, i: number) => number)(cell.f, all, i);
}

/** The elements as they are now: a list changed in place by the body must not change under the loop. */
function foreachState(node: ForeachNode, f: Frame): ForeachState {
  // All are read before one is looked at.
  const values = node.lists.map((l) => share(l(f)));
  let lists: (readonly Value[])[];
  try {
    lists = values.map(elements);
  } catch (e) {
    throw mark(e, node.site, node.words(values));
  }
  let rounds = 0;
  for (let i = 0; i < lists.length; i++) rounds = Math.max(rounds, Math.ceil(lists[i]!.length / node.vars[i]!.length));
  return { lists, rounds, round: 0, out: node.collect ? [] : null };
}

function runForeach(node: ForeachNode, f: Frame, s: ForeachState, c: number, entered: boolean): number {
  for (;;) {
    if (entered) {
      if (c === BREAK) break;
      if (c !== 0 && c !== CONTINUE) return c;
      if (c === 0 && s.out !== null) s.out.push(share(R.result));
      if (--R.fuel < 0 && mustPause(f, node.site)) return capture(foreachNextGo, node, f, s);
    }
    if (s.round >= s.rounds) break;
    const r = s.round++;
    for (let l = 0; l < s.lists.length; l++) {
      const vars = node.vars[l]!;
      const list = s.lists[l]!;
      for (let v = 0; v < vars.length; v++) vars[v]!(f, share(list[r * vars.length + v] ?? ''));
    }
    c = node.body(f);
    if (c === SUSPENDED) return capture(foreachGo, node, f, s);
    entered = true;
  }
  R.result = s.out === null ? '' : newList(s.out);
  return 0;
}

function foreachGo(cell: Cell, c: number): number {
  return runForeach(cell.node as ForeachNode, cell.f, cell.state as ForeachState, c, true);
}

/** After a pause at the back-edge, where the body's result has been collected already. */
function foreachNextGo(cell: Cell): number {
  return runForeach(cell.node as ForeachNode, cell.f, cell.state as ForeachState, 0, false);
}

/** `catch` and the scripts around it: `done` sees the code (value in R.result, error when there was one) and completes. */
export interface CatchNode {
  readonly body: Stmt;
  readonly done: (f: Frame, c: number, error: TclError | null) => number;
  readonly caught: (error: unknown, f: Frame) => TclError;
  /** Levels that it counts for: Tcl compiles none that sets a variable outside a proc. */
  readonly levels: number;
}

export function catching(node: CatchNode): Stmt {
  const { body, done } = node;
  return (f) => {
    const level = R.level;
    R.level = level + node.levels;
    R.kept = null;
    let c: number;
    try {
      c = body(f);
    } catch (e) {
      const error = node.caught(e, f);
      R.level = level;
      return done(f, 1, error);
    }
    if (c === SUSPENDED) return capture(catchGo, node, f, null, catchFail, level);
    R.level = level;
    return done(f, c, null);
  };
}

function catchGo(cell: Cell, c: number): number {
  R.level = cell.level;
  return (cell.node as CatchNode).done(cell.f, c, null);
}

function catchFail(cell: Cell, e: unknown): number {
  const node = cell.node as CatchNode;
  const error = node.caught(e, cell.f);
  R.level = cell.level;
  return node.done(cell.f, 1, error);
}

// --- calls ------------------------------------------------------------------------------------------------------------------

/** Where a call finds its command, looked up again when any command of the interpreter has come or gone. */
class CallCache {
  cmd: Cmd | null = null;
  /** Set when it is a proc that takes the words there are, compiled and valid, and calls need not be counted. */
  proc: Proc | null = null;
  /** A word for each parameter. */
  exact = false;
  /** A proc that takes what comes and does nothing: its words are made, and no frame for them. */
  idle = false;
  epoch = -1;
}

/** Fills the cache. What is not ready yet is looked at again the next time. */
function look(cache: CallCache, interp: TclInterp, ns: Namespace, name: string, n: number): void {
  const cmd = interp.lookUp(name, ns);
  const proc = cmd === null || cmd.traces !== null ? null : cmd.proc;
  const fits = proc !== null && proc.min <= n && proc.max >= n && !interp.countingCommands;
  cache.cmd = cmd;
  cache.proc = fits && proc.unit?.valid ? proc : null;
  cache.exact = fits && proc.min === proc.max;
  cache.idle = fits && proc.max === Infinity && proc.params.length === 1 && /^[ \t-\r]*$/.test(str(proc.body));
  cache.epoch = fits && cache.proc === null ? -1 : interp.commandEpoch;
}

/** A value given to a parameter, which may keep it. */
function given(v: Value, keeps: number): Value {
  return typeof v === 'object' && keeps !== 0 ? lend(v) : v;
}

/** A call of a command named by a constant, with words that cannot pause. */
export function call(interp: TclInterp, ns: Namespace, name: string, args: readonly Val[], site: CommandSite, dyn: boolean): Stmt {
  const cache = new CallCache();
  const n = args.length;
  const a0 = args[0];
  const a1 = args[1];
  const a2 = args[2];
  return (f) => {
    if (cache.epoch !== interp.commandEpoch) look(cache, interp, ns, name, n);
    const proc = cache.proc;
    if (proc !== null) {
      const unit = proc.unit!;
      let g: Frame;
      if (cache.exact) {
        g = makeFrame(unit.size, dyn ? (f[3] as Frame) : f, unit, name, null);
        const { keeps } = unit;
        if (n > 0) g[HEADER] = given(a0!(f), keeps & 1);
        if (n > 1) g[HEADER + 1] = given(a1!(f), keeps & 2);
        if (n > 2) {
          g[HEADER + 2] = given(a2!(f), keeps & 4);
          for (let i = 3; i < n; i++) g[HEADER + i] = given(args[i]!(f), keeps & (1 << i));
        }
      } else if (cache.idle) {
        for (let i = 0; i < n; i++) args[i]!(f);
        R.result = '';
        return 0;
      } else {
        const words: Value[] = [name];
        for (let i = 0; i < n; i++) words.push(args[i]!(f));
        g = bindArguments(unit, proc, words, 1, dyn ? (f[3] as Frame) : f, null);
      }
      const level = R.level;
      if (level >= R.levelStop || --R.fuel < 0) return startProc(g, site);
      R.level = level + 1;
      let c: number;
      try {
        c = unit.body(g);
      } catch (e) {
        throw procFailed(e, g, site);
      }
      if (g[3] !== null && c !== SUSPENDED) c = leaveFrame(g, c);
      R.level = level;
      if (c === 0 || (c === 2 && R.ret === null && R.tailcall === null)) return 0;
      if (c === SUSPENDED) return capture(callGo, site, g, null, callFail, level);
      return finishCall(c, g, site);
    }
    const words: Value[] = [name];
    for (let i = 0; i < n; i++) words.push(share(args[i]!(f)));
    return callCommand(interp, cache.cmd, words, dyn ? (f[3] as Frame) : f, site);
  };
}

/** As `call`, in code that runs in many namespaces (`Unit.floating`). */
export function callFloating(interp: TclInterp, name: string, args: readonly Val[], site: CommandSite): Stmt {
  // Each of them has a `my` of its own, and children.
  if (name === 'my' || name.includes('::')) return callOwn(interp, name, args, site);
  let home: Namespace | null = null;
  let inner: Stmt | null = null;
  return (f) => {
    const { ns } = f[1] as Unit;
    const from = ns.kin ?? ns;
    if (from !== home) {
      home = from;
      inner = call(interp, from, name, args, site, false);
    }
    return inner!(f);
  };
}

/** A call of a command that each namespace has for itself. */
function callOwn(interp: TclInterp, name: string, args: readonly Val[], site: CommandSite): Stmt {
  const n = args.length;
  return (f) => {
    const words: Value[] = [name];
    for (let i = 0; i < n; i++) words.push(args[i]!(f));
    const { ns } = f[1] as Unit;
    return callCommand(interp, ns.cmds.get(name) ?? interp.resolveCommand(name, ns), words, f, site);
  };
}

/** A call whose words are all known only at run time; `expand[i]` marks `{*}` words. `ns` null: the frame's. */
export function callWords(
  interp: TclInterp,
  ns: Namespace | null,
  words: readonly Val[],
  expand: readonly boolean[] | null,
  site: CommandSite,
  dyn: boolean,
): Stmt {
  return (f) => {
    const out: Value[] = [];
    for (let i = 0; i < words.length; i++) {
      const v = words[i]!(f);
      if (expand?.[i]) {
        let items: readonly Value[];
        try {
          items = elements(v);
        } catch (e) {
          throw mark(e, site, [v], 'expandStkTop');
        }
        for (const e of items) out.push(share(e));
      } else {
        out.push(share(v));
      }
    }
    if (out.length === 0) {
      R.result = '';
      return 0;
    }
    const cmd = interp.resolveCommand(str(out[0]!), ns ?? (f[1] as Unit).ns);
    return callCommand(interp, cmd, out, varFrame(f, dyn), site);
  };
}
