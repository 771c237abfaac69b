/** Expressions, parsed and evaluated by a small evaluator, against tclsh8.6: results, messages and error codes. */
import { describe, expect, test } from 'vitest';
import { Dice, hasTclsh, type Outcome, tclsh } from '../testing/tclsh.ts';
import { BINARY, numeric, truth, UNARY } from './arith.ts';
import { mathFunctions, wrongMathArgs } from './commands/maths.ts';
import { invalidCommand, TclError } from './errors.ts';
import { isFixed } from './expr-compiler.ts';
import { type ExprNode, parseExpr } from './expr-parser.ts';
import { formatList } from './list-format.ts';
import { setArithGuard } from './number.ts';
import { str, type Value } from './value.ts';
import type { WordPart } from './word-parts.ts';

const VARIABLES = new Map<string, string>([
  ['a', '7'],
  ['b', 'hello'],
  ['c', '0x1F'],
  ['arr(x)', '2.5'],
]);
/** The commands that expressions here may call, and what they give. */
const SCRIPTS = new Map<string, string>([['list 1 2', '1 2']]);

function part(p: WordPart): string {
  if (p.kind === 'text') return p.text;
  if (p.kind === 'script') return SCRIPTS.get(p.text)!;
  return VARIABLES.get(p.index === null ? p.name : `${p.name}(${p.index.map(part).join('')})`)!;
}

function evaluate(e: ExprNode): Value {
  switch (e.kind) {
    case 'literal':
      return e.value;
    case 'word':
      return e.parts.map(part).join('');
    case 'var':
    case 'script':
      return part(e);
    case 'unary':
      return UNARY[e.op](evaluate(e.arg));
    case 'binary': {
      const left = evaluate(e.left);
      return BINARY[e.op](left, evaluate(e.right));
    }
    case 'and':
      return condition(e.left) && condition(e.right) ? 1 : 0;
    case 'or':
      return condition(e.left) || condition(e.right) ? 1 : 0;
    case 'if':
      return condition(e.test) ? evaluate(e.yes) : evaluate(e.no);
    case 'call': {
      const args = e.args.map(evaluate);
      const f = mathFunctions.get(e.name);
      if (f === undefined) throw invalidCommand(`tcl::mathfunc::${e.name}`);
      if (args.length < f.min || args.length > f.max) throw wrongMathArgs(e.name, args.length > f.max);
      return f.run(args, interp as never);
    }
  }
}

/** Where a condition is wanted, Tcl turns `!x` into the opposite jump, so that it is x that must be a boolean; not so for constants. */
function condition(e: ExprNode): boolean {
  return e.kind === 'unary' && e.op === '!' && !isFixed(e.arg) ? !truth(evaluate(e.arg)) : truth(evaluate(e));
}

const interp = { assoc: new Map<symbol, unknown>() };

function ours(text: string): Outcome {
  try {
    const tree = parseExpr(text);
    const value = evaluate(tree);
    return { ok: true, value: str(numeric(value)), errorCode: '' };
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
    return { ok: false, value: e.message, errorCode: e.errorCode === null ? 'NONE' : formatList([...e.errorCode]) };
  }
}

/**
 * Equal, but for three things: tclsh hands some operands on as they were written (`(0x7f)`), prints some powers of two with digits
 * that do not read back, and has its powers of doubles from the C library, which may differ in the last place.
 */
function agree(text: string, mine: Outcome, theirs: Outcome): boolean {
  if (mine.ok !== theirs.ok || mine.errorCode !== theirs.errorCode) return false;
  if (mine.value === theirs.value) return true;
  if (!mine.ok) return false;
  const written = operands.some((o) => o === theirs.value || o.slice(1, -1) === theirs.value) || VARIABLES.get('c') === theirs.value;
  if (written) return mine.value === str(numeric(theirs.value));
  const [x, y] = [Number(mine.value), Number(theirs.value)];
  return (
    (/[.e]/.test(mine.value) && Number.isInteger(Math.log2(Math.abs(x)))) ||
    (text.includes('**') && Math.abs(x - y) <= Math.abs(x) * 2.3e-16)
  );
}

function compare(expressions: readonly string[]): void {
  const setup = [...VARIABLES].map(([name, value]) => `set ${name} {${value}}`).join('\n');
  const expected = tclsh([setup, ...expressions.map((e) => `expr {${e}}`)]).slice(1);
  const differences = expressions.flatMap((e, i) => {
    const mine = ours(e);
    const theirs = expected[i]!;
    return agree(e, mine, theirs) ? [] : [`${e}\n  ours:  ${JSON.stringify(mine)}\n  tclsh: ${JSON.stringify(theirs)}`];
  });
  if (differences.length > 0)
    throw new Error(`${differences.length} of ${expressions.length} differ\n${differences.slice(0, 12).join('\n')}`);
}

const INTEGERS = [
  '0',
  '1',
  '-1',
  '2',
  '3',
  '-7',
  '10',
  '63',
  '64',
  '31',
  '255',
  '0x7f',
  '0o17',
  '0b101',
  '017',
  '1000003',
  '-2147483648',
  '4294967296',
  '9007199254740991',
  '9007199254740992',
  '-9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
  '18446744073709551616',
  '123456789012345678901234567890',
  '-340282366920938463463374607431768211457',
];
const DOUBLES = [
  '0.0',
  '-0.0',
  '0.5',
  '1.0',
  '2.5',
  '-3.75',
  '1e10',
  '1e17',
  '123456789.125',
  '1e-5',
  '1e300',
  '1e-300',
  '4.9e-324',
  '9007199254740993.0',
  '1e20',
  'Inf',
  '-Inf',
];
const STRINGS = [
  '"abc"',
  '{}',
  '{ 12 }',
  '"0x10"',
  '{1e3}',
  '"08"',
  '{a b}',
  '"$a$b"',
  '$a',
  '$b',
  '$c',
  '$arr(x)',
  '[list 1 2]',
  'true',
  'no',
  '"tru"',
  '{NaN}',
  '{inf}',
  '"é"',
  '{1 2 3}',
  '{-5}',
  '"+5"',
  '{0o9}',
];
const operands = [...INTEGERS, ...DOUBLES, ...STRINGS];
const BINARIES = Object.keys(BINARY).concat('&&', '||', '+', '-', '*', '/', '%');
const UNARIES = Object.keys(UNARY);
const FUNCTIONS = ['abs', 'int', 'wide', 'entier', 'round', 'double', 'bool', 'ceil', 'floor', 'isqrt', 'sqrt'];

/** A random tree of operators as text. `**` and shifts get operands that keep numbers printable. */
function tree(dice: Dice, depth: number): string {
  if (depth === 0 || dice.below(5) === 0) return dice.pick(dice.pick([INTEGERS, INTEGERS, DOUBLES, STRINGS]));
  const kind = dice.below(12);
  if (kind === 0) return `(${tree(dice, depth - 1)}) ** ${dice.pick(['0', '1', '2', '3', '-1', '0.5', '7', '-2', '20'])}`;
  if (kind === 1)
    return `(${tree(dice, depth - 1)}) ${dice.pick(['<<', '>>'])} ${dice.pick(['0', '1', '5', '31', '32', '53', '64', '70', '-1', '1.5'])}`;
  if (kind === 2) return `${dice.pick(UNARIES)}${tree(dice, depth - 1)}`;
  if (kind === 3) return `(${tree(dice, depth - 1)} ? ${tree(dice, depth - 1)} : ${tree(dice, depth - 1)})`;
  if (kind === 4) return `${dice.pick(FUNCTIONS)}(${tree(dice, depth - 1)})`;
  if (kind === 5) return `${dice.pick(['max', 'min'])}(${tree(dice, depth - 1)}, ${tree(dice, depth - 1)})`;
  const op = dice.pick(BINARIES.filter((o) => !['**', '<<', '>>'].includes(o)));
  return dice.below(2) === 0
    ? `${tree(dice, depth - 1)} ${op} ${tree(dice, depth - 1)}`
    : `(${tree(dice, depth - 1)}) ${op} (${tree(dice, depth - 1)})`;
}

describe.skipIf(!hasTclsh)('expressions give what tclsh gives', () => {
  test('every operator on every pair of operands', () => {
    const pairs = operands.flatMap((x) => operands.map((y) => [x, y] as const));
    const small = new Set(['**', '<<', '>>']);
    for (const op of Object.keys(BINARY)) {
      // Powers and shifts by huge amounts are a case of their own.
      compare(pairs.filter(([, y]) => !small.has(op) || y.length < 4).map(([x, y]) => `${x} ${op} ${y}`));
    }
  });

  test('every unary operator and condition on every operand', () => {
    compare(
      operands.flatMap((x) => [
        ...UNARIES.map((op) => `${op}${x}`),
        `${x} ? 1 : 2`,
        `1 && ${x}`,
        `${x} || 0`,
        x,
        `1 ? ${x} : 0`,
        `!${x} && 1`,
        `1 || !${x}`,
        `0 || !${x}`,
        `!${x} ? 1 : 2`,
        `!!${x} ? 1 : 2`,
      ]),
    );
  });

  test('functions of exact result on every operand', () => {
    compare(operands.flatMap((x) => FUNCTIONS.map((f) => `${f}(${x})`)));
    compare(operands.flatMap((x) => operands.flatMap((y) => [`max(${x},${y})`, `min(${x},${y})`, `fmod(${x},${y})`])));
  });

  test('8000 random trees', () => {
    const dice = new Dice(86);
    compare(dice.times(8000, () => tree(dice, 3)));
  });

  test('ordering of division and modulo signs', () => {
    const some = ['7', '-7', '3', '-3', '1', '-1', '0', '9223372036854775808', '-9223372036854775809', '9007199254740991', '-2'];
    compare(some.flatMap((x) => some.flatMap((y) => [`${x} / ${y}`, `${x} % ${y}`])));
  });

  test('powers, shifts and their limits', () => {
    compare([
      '2 ** 1000',
      '(-2) ** 63',
      '(-2) ** 64',
      '3 ** 40',
      '10 ** 15',
      '10 ** 16',
      '7 ** 18',
      '2 ** 268435456',
      '2 ** 99999999999999',
      '0 ** 99999999999999999999',
      '1 ** 99999999999999999999',
      '(-1) ** 99999999999999999999',
      '(-1) ** -99999999999999999998',
      '5 ** -99999999999999999999',
      '0 ** -1',
      '0.0 ** -1',
      '(-8) ** 0.5',
      '2 ** 0.5',
      '1 << 2147483648',
      '0 << 99999999999999999999',
      '1 << 99999999999999999999',
      '1 >> 99999999999999999999',
      '-1 >> 99999999999999999999',
      '1 << -1',
      '1 >> -99999999999999999999',
      '-5 >> 1',
      '-5 >> 70',
      '1 << 62',
      '1 << 63',
      '-1 << 63',
      '1 << 52',
      '1 << 53',
      '123456789012345678901234567890 >> 20',
      '123456789012345678901234567890 ** 3',
      '123456789012345678901234567890 ** 268435456',
      '1.0 ** Inf',
      '(-1.0) ** Inf',
      '2 ** Inf',
      '0.5 ** Inf',
      'Inf ** 0',
    ]);
  });
});

describe('long integers', () => {
  test('are paid for before they are made', () => {
    const paid: number[] = [];
    setArithGuard((bits) => {
      paid.push(bits);
      throw new TclError('limit');
    });
    for (const e of ['2 ** 100000', '1 << 100000', `${'9'.repeat(5000)} + 1`]) expect(ours(e).value).toBe('limit');
    setArithGuard(() => {});
    expect(paid).toHaveLength(3);
    for (const bits of paid) expect(bits).toBeGreaterThan(16000);
  });

  test('beyond 2^23 bits are refused', () => {
    expect(ours('(1 << 8387000) > 0').value).toBe('1');
    expect(ours('1 << 8388608').value).toBe('integer value too large to represent');
    expect(ours('3 ** 8388608').value).toBe('integer value too large to represent');
  });
});
