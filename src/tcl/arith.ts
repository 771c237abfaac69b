/**
 * The operators of expressions on values: what Tcl's bytecode for them does, to the wording of its complaints. Fast paths come
 * first, since these run in every loop; results are in canonical held form (value.ts). Lazy operators are the compiler's.
 * Answers to tclExecute.c (INST_ADD and on, ExecuteExtendedBinaryMathOp, TclCompareTwoNumbers) and expr.n.
 */
import { power } from './c-math.ts';
import { LimitError, TclError } from './errors.ts';
import { elements } from './list.ts';
import { boolOf, intOf, isDouble, looksOctal, type Num, numberOf, parseBoolean, payBits, toDouble } from './number.ts';
import { big, Dbl, dbl, keyOf, str, type Value } from './value.ts';

type Int = number | bigint;

const { MAX_SAFE_INTEGER, isInteger } = Number;

// Errors

const DOMAIN = 'domain error: argument not in valid range';

/** `domain error: argument not in valid range`. */
export function domainError(): TclError {
  return new TclError(DOMAIN, ['ARITH', 'DOMAIN', DOMAIN]);
}

export function divideByZero(): TclError {
  return new TclError('divide by zero', ['ARITH', 'DIVZERO', 'divide by zero']);
}

/** `can't use non-numeric string as operand of "+"` and kin. */
function illegalOperand(v: Value, op: string): TclError {
  const what = describe(v);
  return new TclError(`can't use ${what} as operand of "${op}"`, ['ARITH', 'DOMAIN', what]);
}

function describe(v: Value): string {
  const n = numberOf(v);
  if (n !== undefined) return `${isNan(n) ? 'non-numeric ' : ''}floating-point value`;
  const s = str(v);
  if (s === '') return 'empty string';
  return looksOctal(s) ? 'invalid octal number' : 'non-numeric string';
}

// Operands and results

function isNan(n: Num): boolean {
  return n instanceof Dbl && n.n !== n.n;
}

function numericOperand(v: Value, op: string): Num {
  const n = numberOf(v);
  if (n === undefined || isNan(n)) throw illegalOperand(v, op);
  return n;
}

/** The number of an operand of an operator that has a double on its other side. */
export function doubleOperand(v: Value, op: string): number {
  return v instanceof Dbl && v.n === v.n ? v.n : toDouble(numericOperand(v, op));
}

/** Thrown by `wordOf` for what is no integer: a mark, no error that a script could see. */
export const NO_WORD = {};

/** An integer modulo 2^32, signed. */
export function wordOf(v: Value): number {
  const n = typeof v === 'object' ? undefined : numberOf(v);
  if (typeof n === 'bigint') return Number(BigInt.asIntN(32, n));
  if (typeof n !== 'number' || !isInteger(n)) throw NO_WORD;
  return n | 0;
}

function integerOperand(v: Value, op: string): Int {
  const n = numberOf(v);
  if (n === undefined || isDouble(n)) throw illegalOperand(v, op);
  return n as Int;
}

/** A double as a result: NaN is an error. */
export function floatResult(d: number): Value {
  if (d !== d) throw domainError();
  return dbl(d);
}

const LONG = 1n << 1024n;

/** The size of an integer in bits. */
export function bitsOf(n: Int): number {
  if (typeof n === 'number' || (n < LONG && n > -LONG)) return 1024;
  return n.toString(16).length * 4;
}

// Arithmetic

const INTS = {
  add: (x: bigint, y: bigint): bigint => x + y,
  sub: (x: bigint, y: bigint): bigint => x - y,
  mul: (x: bigint, y: bigint): bigint => x * y,
};

/** A number that needs no looking at a text, else NaN. */
function plain(v: Value): number {
  return typeof v === 'number' ? v : v instanceof Dbl ? v.n : Number.NaN;
}

/** Operands of which one is a text or a long integer. */
function arithmetic(again: (x: Value, y: Value) => Value, a: Value, b: Value, op: string, ints: (x: bigint, y: bigint) => bigint): Value {
  const x = numericOperand(a, op);
  const y = numericOperand(b, op);
  // What was text is two numbers now.
  if (x !== a || y !== b) return again(x, y);
  if (isDouble(x) || isDouble(y)) return again(new Dbl(toDouble(x)), new Dbl(toDouble(y)));
  // A product is as long as both factors together; everything else is shorter.
  payBits(bitsOf(x as Int) + bitsOf(y as Int) - 1024);
  return big(ints(BigInt(x as Int), BigInt(y as Int)));
}

export function add(a: Value, b: Value): Value {
  const x = plain(a);
  const y = plain(b);
  if (x === x && y === y) {
    const r = x + y;
    if (!isInteger(a) || !isInteger(b)) return floatResult(r);
    if (r <= MAX_SAFE_INTEGER && r >= -MAX_SAFE_INTEGER) return r;
  }
  return arithmetic(add, a, b, '+', INTS.add);
}

export function sub(a: Value, b: Value): Value {
  const x = plain(a);
  const y = plain(b);
  if (x === x && y === y) {
    const r = x - y;
    if (!isInteger(a) || !isInteger(b)) return floatResult(r);
    if (r <= MAX_SAFE_INTEGER && r >= -MAX_SAFE_INTEGER) return r;
  }
  return arithmetic(sub, a, b, '-', INTS.sub);
}

export function mul(a: Value, b: Value): Value {
  const x = plain(a);
  const y = plain(b);
  if (x === x && y === y) {
    const r = x * y;
    if (!isInteger(a) || !isInteger(b)) return floatResult(r);
    // Adding 0 turns -0 into 0.
    if (r <= MAX_SAFE_INTEGER && r >= -MAX_SAFE_INTEGER) return r + 0;
  }
  return arithmetic(mul, a, b, '*', INTS.mul);
}

/** Integer division rounds down. */
export function div(a: Value, b: Value): Value {
  const x = plain(a);
  const y = plain(b);
  if (x === x && y === y) {
    if (!isInteger(a) || !isInteger(b)) return floatResult(x / y);
    if (y === 0) throw divideByZero();
    return Math.floor(x / y) + 0;
  }
  return arithmetic(div, a, b, '/', floorDiv);
}

function floorDiv(x: bigint, y: bigint): bigint {
  if (y === 0n) throw divideByZero();
  const q = x / y;
  return x % y !== 0n && x < 0n !== y < 0n ? q - 1n : q;
}

/** The remainder has the sign of the divisor. */
export function mod(a: Value, b: Value): Value {
  const x = typeof a === 'number' && isInteger(a) ? a : integerOperand(a, '%');
  const y = typeof b === 'number' && isInteger(b) ? b : integerOperand(b, '%');
  if (typeof x === 'number' && typeof y === 'number') {
    if (y === 0) throw divideByZero();
    const r = x % y;
    return r !== 0 && r < 0 !== y < 0 ? r + y : r + 0;
  }
  if (y === 0) throw divideByZero();
  payBits(Math.max(bitsOf(x), bitsOf(y)));
  const n = BigInt(y);
  const r = BigInt(x) % n;
  return big(r !== 0n && r < 0n !== n < 0n ? r + n : r);
}

export function pow(a: Value, b: Value): Value {
  const x = numericOperand(a, '**');
  const y = numericOperand(b, '**');
  if (isDouble(x) || isDouble(y)) {
    const base = toDouble(x);
    const exponent = toDouble(y);
    if (base === 0 && exponent < 0) throw zeroToNegative();
    return floatResult(power(base, exponent));
  }
  // Tcl hands the operand back as it was written.
  if ((y as Int) === 1) return a;
  return intPower(x as Int, y as Int);
}

function zeroToNegative(): TclError {
  const message = 'exponentiation of zero by negative power';
  return new TclError(message, ['ARITH', 'DOMAIN', message]);
}

function intPower(base: Int, exponent: Int): Value {
  if (exponent === 0 || base === 1) return 1;
  if (base === 0) {
    if (exponent < 0) throw zeroToNegative();
    return 0;
  }
  if (base === -1) return BigInt.asUintN(1, BigInt(exponent)) === 0n ? 1 : -1;
  if (exponent < 0) return 0;
  if (exponent >= 1 << 28) throw new TclError('exponent too large');
  let r = 1;
  if (typeof base === 'number') {
    let left = exponent as number;
    while (left > 0 && r * base <= MAX_SAFE_INTEGER && r * base >= -MAX_SAFE_INTEGER) {
      r *= base;
      left--;
    }
    if (left === 0) return r;
  }
  payBits((typeof base === 'number' ? Math.log2(Math.abs(base)) : base.toString(16).length * 4) * (exponent as number));
  return big(BigInt(base) ** BigInt(exponent));
}

// Shifts and bits

const POWERS = Array.from({ length: 61 }, (_, i) => 2 ** i);

function shiftOperand(n: Int): void {
  if (n < 0) throw new TclError('negative shift argument');
}

export function shl(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && (b | 0) === b && b >= 0 && b < 53 && isInteger(a)) {
    const r = a * POWERS[b]!;
    if (r <= MAX_SAFE_INTEGER && r >= -MAX_SAFE_INTEGER) return r;
  }
  const x = integerOperand(a, '<<');
  const y = integerOperand(b, '<<');
  shiftOperand(y);
  if (x === 0) return 0;
  if (y > 2147483647) throw new TclError('integer value too large to represent');
  const count = y as number;
  payBits(bitsOf(x) + count);
  return big(BigInt(x) << BigInt(count));
}

export function shr(a: Value, b: Value): Value {
  // Dividing by a power of two is exact until it underflows, far below what floor cares for.
  if (typeof a === 'number' && typeof b === 'number' && (b | 0) === b && b >= 0 && b <= 60 && isInteger(a))
    return Math.floor(a / POWERS[b]!);
  const x = integerOperand(a, '>>');
  const y = integerOperand(b, '>>');
  shiftOperand(y);
  if (y > 2147483647) return x < 0 ? -1 : 0;
  if (typeof x === 'number') return y > 60 ? (x < 0 ? -1 : 0) : Math.floor(x / POWERS[y as number]!);
  payBits(bitsOf(x));
  return big(x >> BigInt(y));
}

function bitwise(a: Value, b: Value, op: string, ints: (x: bigint, y: bigint) => bigint): Value {
  const x = integerOperand(a, op);
  const y = integerOperand(b, op);
  payBits(Math.max(bitsOf(x), bitsOf(y)));
  return big(ints(BigInt(x), BigInt(y)));
}

const WORD = 4294967296;

// Integers held as numbers have at most 54 bits of two's complement: the operators work on their two halves of 32 bits.

export function band(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    if ((a | 0) === a && (b | 0) === b) return a & b;
    if (isInteger(a) && isInteger(b)) {
      const r = (Math.floor(a / WORD) & Math.floor(b / WORD)) * WORD + ((a & b) >>> 0);
      if (r >= -MAX_SAFE_INTEGER) return r;
    }
  }
  return bitwise(a, b, '&', (x, y) => x & y);
}

export function bor(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    if ((a | 0) === a && (b | 0) === b) return a | b;
    if (isInteger(a) && isInteger(b)) {
      const r = (Math.floor(a / WORD) | Math.floor(b / WORD)) * WORD + ((a | b) >>> 0);
      if (r >= -MAX_SAFE_INTEGER) return r;
    }
  }
  return bitwise(a, b, '|', (x, y) => x | y);
}

export function bxor(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    if ((a | 0) === a && (b | 0) === b) return a ^ b;
    if (isInteger(a) && isInteger(b)) {
      const r = (Math.floor(a / WORD) ^ Math.floor(b / WORD)) * WORD + ((a ^ b) >>> 0);
      if (r >= -MAX_SAFE_INTEGER) return r;
    }
  }
  return bitwise(a, b, '^', (x, y) => x ^ y);
}

// Comparison

/**
 * Negative, zero or positive as `a` is less than, equal to or greater than `b`: as numbers when both are, else as strings.
 * NaN when one is not a number.
 */
function compare(a: Value, b: Value): number {
  const p = plain(a);
  const q = plain(b);
  if (p === p && q === q) return order(p, q);
  const x = numberOf(a);
  const y = x === undefined ? undefined : numberOf(b);
  if (x === undefined || y === undefined) return order(str(a), str(b));
  const m = x instanceof Dbl ? x.n : x;
  const n = y instanceof Dbl ? y.n : y;
  return m !== m || n !== n ? NaN : order(m, n);
}

function order<T extends string | number | bigint>(x: T, y: T): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

export function less(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a < b : compare(a, b) < 0;
}

export function lessEqual(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a <= b : compare(a, b) <= 0;
}

export function equal(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a === b : compare(a, b) === 0;
}

/** `eq`. */
export function same(a: Value, b: Value): boolean {
  return a === b || (!(typeof a === 'number' && typeof b === 'number') && str(a) === str(b));
}

/** `in`: is a string equal to one of a list's elements? */
export function contains(list: Value, item: Value): boolean {
  const s = str(item);
  // What is a number as a key has one text only, so that another number is another text.
  const key = keyOf(item);
  for (const e of elements(list)) if (typeof e === 'number' && typeof key === 'number' ? e === key : str(e) === s) return true;
  return false;
}

export const lt = (a: Value, b: Value): number => (less(a, b) ? 1 : 0);
export const gt = (a: Value, b: Value): number => (less(b, a) ? 1 : 0);
export const le = (a: Value, b: Value): number => (lessEqual(a, b) ? 1 : 0);
export const ge = (a: Value, b: Value): number => (lessEqual(b, a) ? 1 : 0);
export const eq = (a: Value, b: Value): number => (equal(a, b) ? 1 : 0);
export const ne = (a: Value, b: Value): number => (!equal(a, b) ? 1 : 0);
export const streq = (a: Value, b: Value): number => (same(a, b) ? 1 : 0);
export const strne = (a: Value, b: Value): number => (!same(a, b) ? 1 : 0);
export const isIn = (a: Value, b: Value): number => (contains(b, a) ? 1 : 0);
export const notIn = (a: Value, b: Value): number => (!contains(b, a) ? 1 : 0);

// One operand

export function neg(a: Value): Value {
  const n = typeof a === 'number' ? a : numericOperand(a, '-');
  if (typeof n === 'number') return isInteger(n) ? 0 - n : -n;
  return n instanceof Dbl ? new Dbl(-n.n) : big(-n);
}

export function plus(a: Value): Value {
  return typeof a === 'number' ? a : numericOperand(a, '+');
}

export function bitnot(a: Value): Value {
  const n = integerOperand(a, '~');
  if (typeof n === 'number' && n < MAX_SAFE_INTEGER) return -1 - n;
  return big(~BigInt(n));
}

export function not(a: Value): Value {
  const b = parseBoolean(a);
  if (b === undefined) throw illegalOperand(a, '!');
  return b ? 0 : 1;
}

/** The truth of a condition, or throws `expected boolean value but got "x"`. */
export function truth(v: Value): boolean {
  return typeof v === 'number' ? v !== 0 : boolOf(v);
}

/** What an expression makes of an operand that is its whole result: a number in canonical form if it is one; NaN is refused. */
export function numeric(v: Value): Value {
  if (typeof v === 'number') return v;
  const n = numberOf(v);
  if (n === undefined) return v;
  if (isNan(n)) throw domainError();
  return n;
}

// Tables

/** The operators that evaluate both operands. */
export const BINARY = {
  '**': pow,
  '*': mul,
  '/': div,
  '%': mod,
  '+': add,
  '-': sub,
  '<<': shl,
  '>>': shr,
  '<': lt,
  '>': gt,
  '<=': le,
  '>=': ge,
  '==': eq,
  '!=': ne,
  eq: streq,
  ne: strne,
  in: isIn,
  ni: notIn,
  '&': band,
  '^': bxor,
  '|': bor,
} satisfies Record<string, (a: Value, b: Value) => Value>;

export const UNARY = { '-': neg, '+': plus, '~': bitnot, '!': not } satisfies Record<string, (a: Value) => Value>;

/** What Tcl's bytecode calls those that may fail. */
export const INSTRUCTIONS: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [add, 'add'],
  [sub, 'sub'],
  [mul, 'mult'],
  [div, 'div'],
  [mod, 'mod'],
  [pow, 'expon'],
  [shl, 'lshift'],
  [shr, 'rshift'],
  [band, 'bitand'],
  [bxor, 'bitxor'],
  [bor, 'bitor'],
  [neg, 'uminus'],
  [plus, 'uplus'],
  [bitnot, 'bitnot'],
  [not, 'not'],
  [isIn, 'listIn'],
  [notIn, 'listNotIn'],
]);

export type BinaryOp = keyof typeof BINARY;
export type UnaryOp = keyof typeof UNARY;

/** What `incr` leaves; both must be integers. */
export function incrBy(old: Value, by: Value): Value {
  return add(intOf(old), increment(by, intOf));
}

/** Reads an increment: errors say that it was one. */
export function increment(by: Value, read: (v: Value) => number | bigint): number | bigint {
  try {
    return read(by);
  } catch (e) {
    if (e instanceof TclError && !(e instanceof LimitError)) e.errorInfo = `${e.message}\n    (reading increment)`;
    throw e;
  }
}
