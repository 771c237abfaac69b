/**
 * The functions of expressions (`tcl::mathfunc`) and the operators as commands (`tcl::mathop`). `expr` itself is compiled
 * (expr-compiler.ts), and calls the functions through the same table.
 * Answers to mathfunc.n, mathop.n, tclBasic.c (ExprAbsFunc and on) and tclCompExpr.c (TclVariadicOpCmd and on).
 */
import { BINARY, type BinaryOp, bitsOf, div, domainError, floatResult, INSTRUCTIONS, less, neg, UNARY } from '../arith.ts';
import * as c from '../c-math.ts';
import type { CommandRow, Interp, PlainHandler } from '../command.ts';
import { TclError } from '../errors.ts';
import { boolOf, doubleOf, isDouble, type Num, numberOf, numOf, payBits, tooLarge, wideOf } from '../number.ts';
import { big, Dbl, dbl, type Value } from '../value.ts';

export interface MathFunction {
  /** Fewest and most arguments. */
  readonly min: number;
  readonly max: number;
  /** `args` are the arguments alone. */
  readonly run: (args: readonly Value[], interp: Interp) => Value;
}

// Functions of doubles

function ofDouble(f: (x: number) => number): MathFunction {
  return { min: 1, max: 1, run: ([x]) => floatResult(f(doubleOf(x!))) };
}

function ofDoubles(f: (x: number, y: number) => number): MathFunction {
  return {
    min: 2,
    max: 2,
    run: ([a, b]) => {
      const x = doubleOf(a!);
      return floatResult(f(x, doubleOf(b!)));
    },
  };
}

function oneArg(run: (v: Value) => Value): MathFunction {
  return { min: 1, max: 1, run: ([v]) => run(v!) };
}

// Functions of any number

// A number that a function leaves alone keeps the text it was written in; `expr` makes its result canonical.

function absFunc(v: Value): Value {
  const n = numOf(v);
  if (n instanceof Dbl) return Object.is(Math.abs(n.n), n.n) ? v : new Dbl(Math.abs(n.n));
  if (n > 0 || (n === 0 && typeof v === 'string' && !/^\s*-/.test(v))) return v;
  return typeof n === 'number' ? Math.abs(n) : big(-n);
}

/** A double without its fraction, as an integer of any size. */
function integral(d: number): number | bigint {
  if (d - d !== 0) throw tooLarge();
  const whole = Math.trunc(d);
  return Number.isSafeInteger(whole) ? whole + 0 : big(BigInt(whole));
}

function wholeOf(v: Value): number | bigint {
  const n = numOf(v);
  if (n instanceof Dbl) return integral(n.n);
  return typeof n === 'number' ? integral(n) : n;
}

function entierFunc(v: Value): Value {
  const n = numOf(v);
  return isDouble(n) ? wholeOf(n) : v;
}

/** `int` and `wide`: the low 64 bits. */
function wideFunc(v: Value): Value {
  const n = wholeOf(v);
  return typeof n === 'number' ? n : big(BigInt.asIntN(64, n));
}

/** Halves go away from zero. */
function roundFunc(v: Value): Value {
  const n = numOf(v);
  if (!isDouble(n)) return v;
  const d = n instanceof Dbl ? n.n : n;
  const whole = Math.trunc(d);
  const fraction = d - whole;
  return integral(fraction >= 0.5 ? whole + 1 : fraction <= -0.5 ? whole - 1 : whole);
}

/** The next double above (`step` 1) or below (-1). */
function neighbour(d: number, step: 1 | -1): number {
  const bits = new BigInt64Array(1);
  const view = new Float64Array(bits.buffer);
  view[0] = d;
  bits[0]! += d > 0 === step > 0 ? 1n : -1n;
  return view[0];
}

/** `ceil` and `floor`: long integers round to a double on the right side of them. */
function bounding(step: 1 | -1, f: (x: number) => number): (v: Value) => Value {
  return (v) => {
    const d = f(doubleOf(v));
    const n = numberOf(v) as Num;
    const wrongSide = typeof n === 'bigint' && (step > 0 ? d < n : d > n);
    return new Dbl(wrongSide ? neighbour(d, step) : d);
  };
}

/** Of a negative number NaN, which only its next use complains about. */
function sqrtFunc(v: Value): Value {
  const d = doubleOf(v);
  const n = numberOf(v);
  return typeof n === 'bigint' && d === Infinity ? dbl(Number(integerRoot(n))) : dbl(Math.sqrt(d));
}

function isqrtFunc(v: Value): Value {
  const n = numOf(v);
  const negative = n instanceof Dbl ? n.n < 0 : n < 0;
  if (negative) throw new TclError('square root of negative argument', domainError().errorCode);
  const whole = wholeOf(n);
  return typeof whole === 'number' ? Math.floor(Math.sqrt(whole)) : big(integerRoot(whole));
}

/** The integer square root by Newton's method, from above. */
function integerRoot(n: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(n.toString(16).length * 2));
  for (;;) {
    payBits(bitsOf(n));
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** `max` and `min` are procs in Tcl's own library, hence the wording and the missing errorCode. */
function extreme(name: string, start: number, better: (a: Value, b: Value) => boolean): MathFunction {
  return {
    min: 0,
    max: Infinity,
    run: (args) => {
      if (args.length === 0) throw new TclError(`not enough arguments to math function "${name}"`);
      let best: Value = new Dbl(start);
      for (const v of args) {
        checkNumber(v);
        if (better(v, best)) best = v;
      }
      return best;
    },
  };
}

function checkNumber(v: Value): void {
  try {
    doubleOf(v);
  } catch (e) {
    throw e instanceof TclError ? new TclError(e.message) : e;
  }
}

// Random numbers: Park and Miller's generator, with Tcl's constants so that seeded scripts repeat

const SEED = Symbol('rand');
const MODULUS = 2147483647;

function setSeed(interp: Interp, n: number): void {
  interp.assoc.set(SEED, n === 0 || n === MODULUS ? n ^ 123459876 : n);
}

function randFunc(interp: Interp): Value {
  if (!interp.assoc.has(SEED)) setSeed(interp, Math.floor(Math.random() * MODULUS));
  const seed = ((interp.assoc.get(SEED) as number) * 16807) % MODULUS;
  interp.assoc.set(SEED, seed);
  return dbl(seed * (1 / MODULUS));
}

function srandFunc(v: Value, interp: Interp): Value {
  const n = numberOf(v);
  const seed = typeof n === 'bigint' ? n : BigInt(wideOf(v));
  setSeed(interp, Number(BigInt.asUintN(31, seed)));
  return randFunc(interp);
}

/** What `NAME(...)` in an expression and `tcl::mathfunc::NAME` do. */
export const mathFunctions: ReadonlyMap<string, MathFunction> = new Map<string, MathFunction>([
  ['abs', oneArg(absFunc)],
  ['acos', ofDouble(c.acos)],
  ['asin', ofDouble(c.asin)],
  ['atan', ofDouble(c.atan)],
  ['atan2', ofDoubles(c.atan2)],
  ['bool', oneArg((v) => (boolOf(v) ? 1 : 0))],
  ['ceil', oneArg(bounding(1, Math.ceil))],
  ['cos', ofDouble(c.cos)],
  ['cosh', ofDouble(c.cosh)],
  ['double', oneArg((v) => dbl(doubleOf(v)))],
  ['entier', oneArg(entierFunc)],
  ['exp', ofDouble(c.exp)],
  ['floor', oneArg(bounding(-1, Math.floor))],
  ['fmod', ofDoubles((x, y) => x % y)],
  ['hypot', ofDoubles(c.hypot)],
  ['int', oneArg(wideFunc)],
  ['isqrt', oneArg(isqrtFunc)],
  ['log', ofDouble(c.log)],
  ['log10', ofDouble(c.log10)],
  ['pow', ofDoubles(c.power)],
  ['rand', { min: 0, max: 0, run: (_args, interp) => randFunc(interp) }],
  ['round', oneArg(roundFunc)],
  ['sin', ofDouble(c.sin)],
  ['sinh', ofDouble(c.sinh)],
  ['sqrt', oneArg(sqrtFunc)],
  ['srand', { min: 1, max: 1, run: ([v], interp) => srandFunc(v!, interp) }],
  ['tan', ofDouble(c.tan)],
  ['tanh', ofDouble(c.tanh)],
  ['wide', oneArg(wideFunc)],
  ['min', extreme('min', Infinity, less)],
  ['max', extreme('max', -Infinity, (a, b) => less(b, a))],
]);

/** `not enough arguments for math function "sin"`; the name without its namespace. */
export function wrongMathArgs(name: string, tooMany: boolean): TclError {
  const tail = name.slice(name.lastIndexOf('::') + 1).replace(/^:/, '');
  return new TclError(`${tooMany ? 'too many' : 'not enough'} arguments for math function "${tail}"`, ['TCL', 'WRONGARGS']);
}

function functionRow([name, { min, max, run }]: [string, MathFunction]): CommandRow {
  return {
    name: `::tcl::mathfunc::${name}`,
    // Counted here, since the complaint is not the usual one.
    min: 0,
    max: Infinity,
    usage: '',
    safe: true,
    pure: !name.endsWith('rand'),
    run: (interp, words) => {
      const count = words.length - 1;
      if (count < min || count > max) throw wrongMathArgs(String(words[0]), count > max);
      return run(words.slice(1), interp);
    },
  };
}

// Operators as commands

/** A step of an operator, which notes on an error what its operands were, as the error stack tells. `swaps`: the other way round. */
function step<A extends readonly Value[]>(f: (...operands: A) => Value, swaps = false): (...operands: A) => Value {
  return (...operands) => {
    try {
      return f(...operands);
    } catch (e) {
      if (e instanceof TclError) {
        e.instruction = INSTRUCTIONS.get(f) ?? null;
        e.operands = swaps ? [...operands].reverse() : operands;
      }
      throw e;
    }
  };
}

/** `op a b c` is `(a op b) op c`; with one operand, `identity op a`; with none the identity. */
function variadic(op: BinaryOp, identity: number): PlainHandler {
  const plain = step(BINARY[op]);
  // Tcl begins with the last one of a longer list that it has turned round.
  const swapped = step(BINARY[op], true);
  return (_interp, words) => {
    if (words.length === 1) return identity;
    const f = words.length === 3 ? plain : swapped;
    let result: Value = words.length === 2 ? f(identity, words[1]!) : words[1]!;
    for (let i = 2; i < words.length; i++) result = f(result, words[i]!);
    return result;
  };
}

const power2 = step(BINARY['**']);

/** `**` binds to the right. */
function powOp(_interp: Interp, words: readonly Value[]): Value {
  const powers = words.slice(1);
  if (powers.length === 1) powers.push(1);
  return powers.length === 0 ? 1 : powers.reduceRight((exponent, base) => power2(base, exponent));
}

/** `-` and `/`, which mean something else with one operand. */
function leading(one: (v: Value) => Value, f: (a: Value, b: Value) => Value): PlainHandler {
  const next = step(f);
  return (_interp, words) => (words.length === 2 ? one(words[1]!) : words.slice(2).reduce((a, b) => next(a, b), words[1]!));
}

/** True when each operand stands in the relation to the next. */
function chain(op: BinaryOp): PlainHandler {
  const f = BINARY[op];
  return (_interp, words) => {
    for (let i = 2; i < words.length; i++) if (f(words[i - 1]!, words[i]!) === 0) return 0;
    return 1;
  };
}

function binaryOp(op: BinaryOp): PlainHandler {
  const f = step(BINARY[op]);
  return (_interp, words) => f(words[1]!, words[2]!);
}

const quotient = step(div);

function unaryOp(op: '~' | '!'): PlainHandler {
  const f = step(UNARY[op]);
  return (_interp, words) => f(words[1]!);
}

type OpRow = [name: string, min: number, max: number, usage: string, run: PlainHandler];

const OPERATORS: readonly OpRow[] = [
  ['~', 1, 1, 'integer', unaryOp('~')],
  ['!', 1, 1, 'boolean', unaryOp('!')],
  ['+', 0, Infinity, '', variadic('+', 0)],
  ['*', 0, Infinity, '', variadic('*', 1)],
  ['&', 0, Infinity, '', variadic('&', -1)],
  ['|', 0, Infinity, '', variadic('|', 0)],
  ['^', 0, Infinity, '', variadic('^', 0)],
  ['**', 0, Infinity, '', powOp],
  ['-', 1, Infinity, 'value ?value ...?', leading(step(neg), BINARY['-'])],
  ['/', 1, Infinity, 'value ?value ...?', leading((v) => quotient(new Dbl(1), v), div)],
  ...(['<<', '>>'] as const).map((op): OpRow => [op, 2, 2, 'integer shift', binaryOp(op)]),
  ['%', 2, 2, 'integer integer', binaryOp('%')],
  ...(['!=', 'ne'] as const).map((op): OpRow => [op, 2, 2, 'value value', binaryOp(op)]),
  ...(['in', 'ni'] as const).map((op): OpRow => [op, 2, 2, 'value list', binaryOp(op)]),
  ...(['<', '<=', '>', '>=', '==', 'eq'] as const).map((op): OpRow => [op, 0, Infinity, '', chain(op)]),
];

export const mathRows: readonly CommandRow[] = [
  ...[...mathFunctions].map(functionRow),
  ...OPERATORS.map(
    ([name, min, max, usage, run]): CommandRow => ({ name: `::tcl::mathop::${name}`, min, max, usage, safe: true, pure: true, run }),
  ),
];
