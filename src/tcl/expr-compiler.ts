/** Expression trees to values (ir.ts): operators become nodes, comparisons become conditions, functions calls of `tcl::mathfunc`. Answers to tclCompExpr.c. */
import * as A from './arith.ts';
import { mathFunctions } from './commands/maths.ts';
import type { Compiled, Compiler } from './compiler.ts';
import { type CommandSite, LimitError, TclError } from './errors.ts';
import { type BinaryOp, type ExprNode, parseExpr } from './expr-parser.ts';
import type { Frame } from './frames.ts';
import { isRepeatable, type V } from './ir.ts';
import { numberOf, parseBoolean } from './number.ts';
import type { Num, Val, Word } from './unit.ts';
import { Dbl, str, type Value } from './value.ts';

/** Trees deeper than this would overflow the JavaScript stack when they run. */
const MAX_DEPTH = 400;

/** `result`: made a number where it looks like one, as `expr` gives it. */
export function compileExpr(c: Compiler, text: string, site: CommandSite, result: boolean): V {
  const tree = parseExpr(text);
  if (tree.depth > MAX_DEPTH) throw new TclError('too many nested evaluations (infinite loop?)', ['TCL', 'LIMIT', 'STACK']);
  const v = result || c.late ? node(c, tree, site) : test(c, tree, site, /^(while|for)\s/.test(site.text));
  return result && converts(tree, true, c.late || (tree.kind === 'if' && isFixed(tree))) ? exprResult(c, v, site) : v;
}

/** Whether a value is made a number: as Tcl's compiler goes over the tree, the last part that it has an opinion on decides. */
function converts(e: ExprNode, before: boolean, late: boolean): boolean {
  switch (e.kind) {
    case 'literal':
      return before && e.folded !== true && (late || e.grouped !== true);
    case 'word':
    case 'var':
    case 'script':
      return before;
    case 'call':
      return true;
    case 'if':
      return converts(e.yes, converts(e.test, before, late), late) || converts(e.no, true, late);
    default:
      return false;
  }
}

/** Made of constants alone, and so computed by Tcl as one that is not compiled. */
export function isFixed(e: ExprNode): boolean {
  switch (e.kind) {
    case 'literal':
      return true;
    case 'unary':
      return isFixed(e.arg);
    case 'binary':
    case 'and':
    case 'or':
      return isFixed(e.left) && isFixed(e.right);
    case 'if':
      return isFixed(e.test) && isFixed(e.yes) && isFixed(e.no);
    default:
      return false;
  }
}

function exprResult(c: Compiler, v: V, site: CommandSite): V {
  if (v.k === 'const') {
    const n = numberOf(v.v);
    if (!(n instanceof Dbl && Number.isNaN(n.n))) return { k: 'const', v: n ?? v.v };
  }
  const isNumber = v.k === 'fn' ? v.number === true : v.k === 'cond' || v.k === 'and' || v.k === 'or' || v.k === 'not';
  return isNumber ? v : { k: 'fn', args: [v], make: ([a]) => c.n.numeric(a!, site) };
}

/** `within`: what is around it is computed as a whole. */
function node(c: Compiler, e: ExprNode, site: CommandSite, within = false): V {
  const fixed = within || (!c.late && OPERATORS.has(e.kind) && isFixed(e));
  const v = made(c, e, site, fixed);
  if (within || !fixed) return v;
  try {
    return { k: 'const', v: c.val(v)([] as unknown as Frame) };
  } catch (error) {
    return error instanceof LimitError ? v : { k: 'stmt', s: c.failing(error, site) };
  }
}

/** With constant operands these are computed before anything runs: what fails then has no command in its trace. */
const OPERATORS: ReadonlySet<ExprNode['kind']> = new Set(['unary', 'binary', 'and', 'or', 'if']);

function made(c: Compiler, e: ExprNode, site: CommandSite, fixed: boolean): V {
  switch (e.kind) {
    case 'literal':
      return { k: 'const', v: e.number !== null && typeof e.value !== 'number' && str(e.number) === str(e.value) ? e.number : e.value };
    case 'word':
      return c.parts(e.parts, site, 0);
    case 'var':
      return c.variable(e.name, e.index === null ? null : c.parts(e.index, site, 0), site);
    case 'script': {
      const v = c.parts([e], site, 0);
      // What a command gives is not computed before it is asked for.
      return v.k === 'const' ? { k: 'fn', args: [v], make: ([x]) => x! } : v;
    }
    case 'unary': {
      const a = node(c, e.arg, site, fixed);
      if (e.op === '!') return not(c, a, site, false, false);
      const op = A.UNARY[e.op];
      const modulo = e.op === '~' ? ([x]: readonly V[]) => c.n.wordNot(word(c, x!)) : undefined;
      return { k: 'fn', args: [a], make: ([x]) => c.n.unary(op, x!, site), number: true, word: modulo };
    }
    case 'binary':
      return binary(c, e.op, node(c, e.left, site, fixed), node(c, e.right, site, fixed), site);
    case 'and':
    case 'or':
      return { k: e.kind, a: test(c, e.left, site, e.kind === 'or', fixed), b: test(c, e.right, site, e.kind === 'or', fixed) };
    case 'if':
      return { k: 'choose', c: test(c, e.test, site, false, fixed), a: node(c, e.yes, site, fixed), b: node(c, e.no, site, fixed) };
    case 'call':
      return call(
        c,
        e.name,
        e.args.map((a) => node(c, a, site)),
        site,
      );
  }
}

/** What is asked whether it is true: it, not the operator `!` before it, complains of being no boolean. */
function test(c: Compiler, e: ExprNode, site: CommandSite, jumps: boolean, fixed = false): V {
  const negated = e.kind === 'unary' && e.op === '!' ? node(c, e.arg, site, fixed) : null;
  // A constant is computed as such.
  const v = negated !== null && negated.k !== 'const' ? not(c, negated, site, true, jumps) : node(c, e, site, fixed);
  if (isCond(v) || (v.k === 'const' && parseBoolean(v.v) !== undefined)) return v;
  return { k: 'cond', args: [v], emit: ([x]) => c.n.truth(c.val(x!), site, jumps) };
}

function not(c: Compiler, a: V, site: CommandSite, tests: boolean, jumps: boolean): V {
  return isCond(a) ? { k: 'not', a } : { k: 'cond', args: [a], emit: ([x]) => c.n.negated(c.val(x!), site, tests, jumps) };
}

function isCond(v: V): boolean {
  return v.k === 'cond' || v.k === 'and' || v.k === 'or' || v.k === 'not';
}

function binary(c: Compiler, op: BinaryOp, a: V, b: V, site: CommandSite): V {
  const n = c.n;
  const compare = COMPARE[op];
  if (compare !== undefined) {
    // A constant stands on the right, where it costs least.
    if (a.k === 'const' && b.k !== 'const') return comparison(c, compare[1], b, a, site);
    return comparison(c, compare[0], a, b, site);
  }
  const arithmetic = ARITHMETIC[op];
  if (arithmetic !== undefined) {
    a = readNumber(a);
    b = readNumber(b);
    // With `&` a double is wrong, and the first of two that are wrong is told of.
    const mayMove = a.k === 'const' && (op < '.' && op !== '&' ? typeof a.v !== 'string' : Number.isInteger(a.v));
    if (SYMMETRIC.has(op) && mayMove && b.k !== 'const') {
      [a, b] = [b, a];
      site = Object.assign(Object.create(site), { swapped: true });
    }
    const args = [a, b];
    const raw = DOUBLE[op];
    if (raw !== undefined && (isDouble(a) || isDouble(b))) {
      const double = ([x, y]: readonly V[]) => {
        const right = plain(c, y!, op, site, null, x!.k === 'const' ? [x!.v, null] : []);
        const left = plain(c, x!, op, site, y!.k === 'fn' ? right : null, y!.k === 'const' ? [null, y!.v] : []);
        return n[raw](left, right);
      };
      return { k: 'fn', args, emit: (vs) => n.boxed(double(vs), site), number: true, double };
    }
    const emit = ([x, y]: readonly V[]): Val => n[arithmetic](c.val(x!), c.val(y!), site, c.at(x!, y!));
    const modulo = WORD[op];
    const mask =
      op === '&' && b.k === 'const' && typeof b.v === 'number' && Number.isInteger(b.v) && b.v >= 0 && b.v <= 0xffffffff ? b.v : null;
    if (modulo === undefined || !isRepeatable(a) || !isRepeatable(b)) return { k: 'fn', args, emit, number: true };
    const words = ([x, y]: readonly V[]) => n[modulo](word(c, x!), word(c, y!));
    if (mask === null || a.k !== 'fn' || a.word === undefined) return { k: 'fn', args, emit, number: true, word: words };
    return { k: 'fn', args, emit: (vs) => n.masked(word(c, vs[0]!), mask, () => emit(vs)), number: true, word: words };
  }
  const args = [a, b];
  switch (op) {
    case 'eq':
      return { k: 'cond', args, emit: ([x, y]) => n.same(c.val(x!), c.val(y!)) };
    case 'ne':
      return { k: 'cond', args, emit: ([x, y]) => n.different(c.val(x!), c.val(y!)) };
    case 'in':
    case 'ni': {
      const wanted = op === 'in';
      return { k: 'cond', args, emit: ([x, y]) => n.contains(c.val(x!), c.val(y!), wanted, site) };
    }
    default: {
      const f = A.BINARY[op];
      const make = ([x, y]: readonly Val[]) => n.binary(f, x!, y!, site);
      return { k: 'fn', args, make, number: true, word: wordOf(c, op, a, b) };
    }
  }
}

/** `^` and `<<` modulo 2^32, where they can be computed so. */
function wordOf(c: Compiler, op: BinaryOp, a: V, b: V): ((vs: readonly V[]) => Word) | undefined {
  const { n } = c;
  if ((op !== '^' && op !== '<<') || !isRepeatable(a)) return undefined;
  const right = op === '<<' ? readNumber(b) : b;
  if (op === '<<' && right.k === 'const' && typeof right.v === 'number' && right.v >= 0 && right.v < 32) {
    const count = right.v;
    return ([x]) => n.wordShift(word(c, x!), count);
  }
  if (!isRepeatable(b)) return undefined;
  return op === '^' ? ([x, y]) => n.wordXor(word(c, x!), word(c, y!)) : ([x, y]) => n.wordShiftBy(word(c, x!), c.val(y!));
}

function comparison(c: Compiler, node: Comparison, a: V, b: V, site: CommandSite): V {
  const x = constantDouble(b);
  const emit = ([l, r]: readonly V[]) => {
    const at = c.at(l!, r!);
    return c.n[node](c.val(l!), c.val(r!), site, x === null ? at : { ...at, n: x });
  };
  return { k: 'cond', args: [a, b], emit, less: node === 'less' };
}

/** Known to be a double before it runs. */
function isDouble(v: V): boolean {
  return constantDouble(v) !== null || (v.k === 'fn' && v.double !== undefined);
}

/** The number of a constant double. */
function constantDouble(v: V): number | null {
  if (v.k !== 'const') return null;
  if (v.v instanceof Dbl) return Number.isFinite(v.v.n) ? v.v.n : null;
  return typeof v.v === 'number' && !Number.isInteger(v.v) ? v.v : null;
}

/** An operand of a double operator. `right`: what is computed before a wrong one on the left is told of. */
function plain(c: Compiler, v: V, op: BinaryOp, site: CommandSite, right: Num | null, pair: readonly (Value | null)[]): Num {
  const n = v.k === 'const' && typeof v.v === 'number' ? v.v : constantDouble(v);
  if (n !== null) return c.n.plainNumber(n);
  if (v.k === 'fn' && v.double !== undefined) return v.double(v.args);
  return c.n.double(c.val(v), op, site, c.at(v, v).i, right, pair);
}

/** An operand modulo 2^32. */
function word(c: Compiler, v: V): Word {
  if (v.k === 'const' && typeof v.v === 'number' && Number.isInteger(v.v)) return c.n.plainNumber(v.v | 0);
  if (v.k === 'fn' && v.word !== undefined) return v.word(v.args);
  return c.n.word(c.val(v), c.at(v, v).i);
}

type Ops<T> = Partial<Record<BinaryOp, T>>;
type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'bitAnd' | 'bitOr' | 'shiftRight';

const ARITHMETIC: Ops<Arithmetic> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '&': 'bitAnd',
  '|': 'bitOr',
  '>>': 'shiftRight',
};
const SYMMETRIC: ReadonlySet<BinaryOp> = new Set(['+', '*', '&', '|']);
const DOUBLE: Ops<'doubleAdd' | 'doubleSub' | 'doubleMul' | 'doubleDiv'> = {
  '+': 'doubleAdd',
  '-': 'doubleSub',
  '*': 'doubleMul',
  '/': 'doubleDiv',
};
const WORD: Ops<'wordAdd' | 'wordSub' | 'wordMul' | 'wordAnd' | 'wordOr'> = {
  '+': 'wordAdd',
  '-': 'wordSub',
  '*': 'wordMul',
  '&': 'wordAnd',
  '|': 'wordOr',
};

type Comparison = 'less' | 'lessEq' | 'greater' | 'greaterEq' | 'equal' | 'notEqual';
/** Each with what it is when its operands change places. */
const COMPARE: Ops<readonly [Comparison, Comparison]> = {
  '<': ['less', 'greater'],
  '<=': ['lessEq', 'greaterEq'],
  '>': ['greater', 'less'],
  '>=': ['greaterEq', 'lessEq'],
  '==': ['equal', 'equal'],
  '!=': ['notEqual', 'notEqual'],
};

/** A constant operand of arithmetic as the number it is, whatever its text: `0xff`. */
function readNumber(v: V): V {
  const n = v.k === 'const' && typeof v.v === 'string' ? numberOf(v.v) : undefined;
  return n === undefined ? v : { k: 'const', v: n };
}

/** A function call is a call of `tcl::mathfunc::NAME`, found from the current namespace; the built-in ones are embedded. */
function call(c: Compiler, name: string, args: readonly V[], site: CommandSite): V {
  const { interp } = c;
  const cmd = interp.resolveCommand(`tcl::mathfunc::${name}`, c.ns);
  const builtin = mathFunctions.get(name);
  const embedded = builtin !== undefined && cmd !== null && cmd.row?.name === `::tcl::mathfunc::${name}` && cmd.traces === null;
  if (embedded && args.length >= builtin.min && args.length <= builtin.max) {
    interp.embeds(name);
    const v: V = { k: 'fn', args, make: (vals) => c.n.mathCall(interp, name, builtin.run, vals, site) };
    return valueOf(c.counted({ v }, site));
  }
  return valueOf(c.withOperands(args, (vals) => c.call(`tcl::mathfunc::${name}`, vals, site), true));
}

function valueOf(code: Compiled): V {
  return 's' in code ? { k: 'stmt', s: code.s } : code.v;
}
