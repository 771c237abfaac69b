/** Expression trees to values (ir.ts): operators become nodes, comparisons become conditions, functions calls of `tcl::mathfunc`. Answers to tclCompExpr.c. */
import * as A from './arith.ts';
import { mathFunctions } from './commands/maths.ts';
import type { Compiled, Compiler } from './compiler.ts';
import { type CommandSite, TclError } from './errors.ts';
import { type BinaryOp, type ExprNode, parseExpr } from './expr-parser.ts';
import type { V } from './ir.ts';
import { numberOf } from './number.ts';
import type { Val } from './unit.ts';
import { Dbl, str, type Value } from './value.ts';

/** Trees deeper than this would overflow the JavaScript stack when they run. */
const MAX_DEPTH = 400;

export function compileExpr(c: Compiler, text: string, site: CommandSite): V {
  const tree = parseExpr(text);
  if (tree.depth > MAX_DEPTH) throw new TclError('too many nested evaluations (infinite loop?)', ['TCL', 'LIMIT', 'STACK']);
  return node(c, tree, site);
}

/** The value of an expression made a number where it looks like one, as `expr` gives its result. */
export function exprResult(v: V): V {
  if (v.k === 'const') {
    const n = numberOf(v.v);
    if (!(n instanceof Dbl && Number.isNaN(n.n))) return { k: 'const', v: n ?? v.v };
  }
  const isNumber = v.k === 'fn' ? v.number === true : v.k === 'cond' || v.k === 'and' || v.k === 'or' || v.k === 'not';
  return isNumber ? v : { k: 'fn', args: [v], make: ([a]) => numericVal(a!) };
}

function numericVal(a: Val): Val {
  return (f) => {
    const x = a(f);
    return typeof x === 'number' ? x : A.numeric(x);
  };
}

function node(c: Compiler, e: ExprNode, site: CommandSite): V {
  switch (e.kind) {
    case 'literal':
      return { k: 'const', v: e.number !== null && typeof e.value !== 'number' && str(e.number) === str(e.value) ? e.number : e.value };
    case 'word':
      return c.parts(e.parts, site);
    case 'var':
      return c.variable(e.name, e.index === null ? null : c.parts(e.index, site), site);
    case 'script':
      return c.substitution(e.text, site.line);
    case 'unary': {
      const a = node(c, e.arg, site);
      if (e.op === '!') {
        if (a.k === 'cond' || a.k === 'and' || a.k === 'or' || a.k === 'not') return { k: 'not', a };
        return { k: 'cond', args: [a], make: ([x]) => c.n.negated(x!, site) };
      }
      const op = A.UNARY[e.op];
      return { k: 'fn', args: [a], make: ([x]) => c.n.unary(op, x!, site), number: true };
    }
    case 'binary':
      return binary(c, e.op, node(c, e.left, site), node(c, e.right, site), site);
    case 'and':
      return { k: 'and', a: node(c, e.left, site), b: node(c, e.right, site) };
    case 'or':
      return { k: 'or', a: node(c, e.left, site), b: node(c, e.right, site) };
    case 'if':
      return { k: 'choose', c: node(c, e.test, site), a: node(c, e.yes, site), b: node(c, e.no, site) };
    case 'call':
      return call(
        c,
        e.name,
        e.args.map((a) => node(c, a, site)),
        site,
      );
  }
}

function binary(c: Compiler, op: BinaryOp, a: V, b: V, site: CommandSite): V {
  const n = c.n;
  if (ARITHMETIC[op] !== undefined) {
    a = readNumber(a);
    b = readNumber(b);
  }
  const args = [a, b];
  const right = constantNumber(b);
  if (right !== null) {
    const compare = CONST_COMPARE[op];
    if (compare !== undefined) return { k: 'cond', args: [a], make: ([x]) => n[compare](x!, right.n, right.v, site) };
    if (op === '+') return { k: 'fn', args: [a], make: ([x]) => n.addConst(x!, right.n, right.v, site), number: true };
    if (op === '-') return { k: 'fn', args: [a], make: ([x]) => n.subConst(x!, right.n, right.v, site), number: true };
    if (right.double && op === '*')
      return { k: 'fn', args: [a], make: ([x]) => n.mulDouble(x!, right.n, right.v, false, site), number: true };
    if (right.double && op === '/' && right.n !== 0)
      return { k: 'fn', args: [a], make: ([x]) => n.divDouble(x!, right.n, right.v, site), number: true };
  }
  if (op === '*') {
    const left = constantNumber(a);
    if (left?.double) return { k: 'fn', args: [b], make: ([y]) => n.mulDouble(y!, left.n, left.v, true, site), number: true };
  }
  const compare = COMPARE[op];
  if (compare !== undefined) return { k: 'cond', args, make: ([x, y]) => n[compare](x!, y!, site) };
  const arithmetic = ARITHMETIC[op];
  if (arithmetic !== undefined) return { k: 'fn', args, make: ([x, y]) => n[arithmetic](x!, y!, site), number: true };
  switch (op) {
    case 'eq':
      return { k: 'cond', args, make: ([x, y]) => n.same(x!, y!) };
    case 'ne':
      return { k: 'cond', args, make: ([x, y]) => n.different(x!, y!) };
    case 'in':
    case 'ni': {
      const wanted = op === 'in';
      return { k: 'cond', args, make: ([x, y]) => n.contains(x!, y!, wanted, site) };
    }
    default: {
      const f = A.BINARY[op];
      return { k: 'fn', args, make: ([x, y]) => n.binary(f, x!, y!, site), number: true };
    }
  }
}

type Ops<T extends string> = Partial<Record<BinaryOp, T>>;

const ARITHMETIC = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '&': 'bitAnd',
  '|': 'bitOr',
  '<<': 'shiftLeft',
  '>>': 'shiftRight',
} as const satisfies Ops<string> as Ops<'add' | 'sub' | 'mul' | 'div' | 'mod' | 'bitAnd' | 'bitOr' | 'shiftLeft' | 'shiftRight'>;

type Comparison = 'less' | 'lessEq' | 'greater' | 'greaterEq' | 'equal' | 'notEqual';
const COMPARE: Ops<Comparison> = { '<': 'less', '<=': 'lessEq', '>': 'greater', '>=': 'greaterEq', '==': 'equal', '!=': 'notEqual' };
const CONST_COMPARE: Ops<`${Comparison}Const`> = {
  '<': 'lessConst',
  '<=': 'lessEqConst',
  '>': 'greaterConst',
  '>=': 'greaterEqConst',
  '==': 'equalConst',
  '!=': 'notEqualConst',
};

/** A constant operand of arithmetic as the number it is, whatever its text: `0xff`. */
function readNumber(v: V): V {
  const n = v.k === 'const' && typeof v.v === 'string' ? numberOf(v.v) : undefined;
  return n === undefined ? v : { k: 'const', v: n };
}

/** A constant that is a finite number: `n` its number, `v` itself. Integers only where double arithmetic on them is exact. */
function constantNumber(v: V): { n: number; v: Value; double: boolean } | null {
  if (v.k !== 'const') return null;
  const x = v.v;
  if (x instanceof Dbl) return Number.isFinite(x.n) ? { n: x.n, v: x, double: true } : null;
  if (typeof x !== 'number') return null;
  if (!Number.isInteger(x)) return { n: x, v: x, double: true };
  return Math.abs(x) < 1e9 ? { n: x, v: x, double: false } : null;
}

/** A function call is a call of `tcl::mathfunc::NAME`, found from the current namespace; the built-in ones are embedded. */
function call(c: Compiler, name: string, args: readonly V[], site: CommandSite): V {
  const { interp } = c;
  const cmd = interp.resolveCommand(`tcl::mathfunc::${name}`, c.ns);
  const builtin = mathFunctions.get(name);
  const embedded =
    builtin !== undefined &&
    cmd !== null &&
    cmd.row?.name === `::tcl::mathfunc::${name}` &&
    cmd.traces === null &&
    !interp.countingCommands;
  if (embedded && args.length >= builtin.min && args.length <= builtin.max) {
    return { k: 'fn', args, make: (vals) => c.n.mathCall(interp, builtin.run, vals, site) };
  }
  if (embedded) {
    const which = args.length < builtin.min ? 'not enough' : 'too many';
    const fails = c.n.fail(() => new TclError(`${which} arguments for math function "${name}"`, ['TCL', 'WRONGARGS']), site);
    return { k: 'stmt', s: fails };
  }
  const compiled: Compiled = c.withOperands(args, (vals) => c.n.call(interp, c.ns, `tcl::mathfunc::${name}`, vals, site, c.dyn), true);
  return 's' in compiled ? { k: 'stmt', s: compiled.s } : compiled.v;
}
