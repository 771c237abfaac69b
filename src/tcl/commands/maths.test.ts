/** The functions and operator commands against tclsh8.6. */
import { describe, expect, test } from 'vitest';
import { Dice, hasTclsh, tclsh } from '../../testing/tclsh.ts';
import type { Frame, Interp } from '../command.ts';
import { TclError, wrongArgs } from '../errors.ts';
import { formatList } from '../list-format.ts';
import { Dbl, dbl, str, type Value } from '../value.ts';
import { mathFunctions, mathRows } from './maths.ts';

const rows = new Map(mathRows.map((row) => [row.name, row]));

/** An interpreter as far as these commands need one. */
function newInterp(): Interp {
  return { assoc: new Map<symbol, unknown>() } as unknown as Interp;
}

/** Calls a row as an interpreter would: counts the words first. */
function call(interp: Interp, words: readonly Value[]): Value {
  const row = rows.get(`::${str(words[0]!)}`);
  if (row === undefined || row.run === undefined) throw new Error(`no row ${str(words[0]!)}`);
  if (words.length - 1 < row.min || words.length - 1 > row.max) throw wrongArgs(`${str(words[0]!)} ${row.usage}`.trim());
  return row.run(interp, words, undefined as unknown as Frame);
}

function outcome(interp: Interp, words: readonly string[]): string {
  try {
    return str(call(interp, words));
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
    return `${e.message} | ${e.errorCode === null ? 'NONE' : formatList([...e.errorCode])}`;
  }
}

/** The commands are not spelled out for tclsh, since its compiler would check operands in another order. */
function compare(commands: readonly (readonly string[])[]): void {
  const interp = newInterp();
  const differences = tclsh(commands.map((words) => `{*}[list ${formatList([...words])}]`)).flatMap((theirs, i) => {
    const expected = theirs.ok ? theirs.value : `${theirs.value} | ${theirs.errorCode}`;
    const mine = outcome(interp, commands[i]!);
    return mine === expected ? [] : [`${commands[i]!.join(' ')}: ${mine}\n  tclsh: ${expected}`];
  });
  if (differences.length > 0) throw new Error(`${differences.length} of ${commands.length} differ\n${differences.slice(0, 12).join('\n')}`);
}

const OPERANDS = [
  '0',
  '1',
  '-3',
  '2',
  '0x10',
  '0.5',
  '-2.25',
  '9223372036854775000',
  '123456789012345678901234567890',
  'abc',
  '',
  '08',
  'true',
  'a b',
  'NaN',
  'Inf',
];

describe.skipIf(!hasTclsh)('as in tclsh', () => {
  test('operators with any number of operands', () => {
    const names = [...rows.keys()].filter((name) => name.includes('mathop')).map((name) => name.slice(2));
    expect(names).toHaveLength(23);
    const powers = new Set(['0', '1', '2', '-3', '0.5', 'abc', '']);
    const dice = new Dice(11);
    // One tclsh for all.
    compare(
      names.flatMap((name) => {
        const allowed = /\*\*|<<|>>/.test(name) ? OPERANDS.filter((o) => powers.has(o)) : OPERANDS;
        return [
          [name],
          ...OPERANDS.map((o) => [name, o]),
          ...OPERANDS.flatMap((a) => allowed.map((b) => [name, a, b])),
          ...dice.times(60, () => [name, dice.pick(OPERANDS), dice.pick(allowed), dice.pick(allowed)]),
        ];
      }),
    );
  });

  test('functions on every kind of operand, and with the wrong number of them', () => {
    const exact = [
      'abs',
      'bool',
      'ceil',
      'double',
      'entier',
      'floor',
      'int',
      'isqrt',
      'round',
      'wide',
      'fmod',
      'max',
      'min',
      'atan2',
      'hypot',
      'pow',
      'sin',
      'log',
      'exp',
      'acos',
    ];
    const operands = [
      ...OPERANDS,
      '-0',
      '+5',
      '-0.0',
      '2.5',
      '-2.5',
      '0.49999999999999994',
      '1e20',
      '-1e20',
      '9007199254740993',
      '-9007199254740993',
      '18446744073709559999',
      '540282366920938463463374607431768211457',
      `1${'0'.repeat(400)}`,
      `-1${'0'.repeat(400)}`,
      '4.9e-324',
      '-Inf',
      '1e308',
    ];
    for (const name of [...mathFunctions.keys()].filter((n) => !n.endsWith('rand'))) {
      const f = mathFunctions.get(name)!;
      compare([[`tcl::mathfunc::${name}`], [`tcl::mathfunc::${name}`, ...Array<string>(f.max === Infinity ? 3 : f.max + 1).fill('1')]]);
      if (exact.slice(0, 10).includes(name)) compare(operands.map((o) => [`tcl::mathfunc::${name}`, o]));
    }
    for (const name of ['max', 'min', 'fmod']) compare(operands.flatMap((a) => OPERANDS.map((b) => [`tcl::mathfunc::${name}`, a, b])));
    for (const name of ['sin', 'log', 'acos', 'exp', 'cosh'])
      compare(['abc', '', '08', 'NaN', '0', 'Inf', '-Inf'].map((o) => [`tcl::mathfunc::${name}`, o]));
    compare(['-1', '4', '2', `1${'0'.repeat(400)}`].flatMap((o) => (o === '-1' ? [] : [['tcl::mathfunc::sqrt', o]])));
  });

  test('random numbers repeat Tcl’s after a seed', () => {
    const seeds = ['1', '0', '-1', '2147483647', '123456789012345678901234567890', '-99', '0x7fffffff', '1.5', 'x', ''];
    compare(
      seeds
        .flatMap((s) => [['tcl::mathfunc::srand', s], ...Array.from({ length: s === '1' ? 200 : 3 }, () => ['tcl::mathfunc::rand'])])
        .slice(0, 225),
    );
  });

  test('the functions of the C library, to the last place', () => {
    const dice = new Dice(2718);
    const random = (from: number, to: number): number => from + (dice.below(1e9) / 1e9) * (to - from);
    const ranges: readonly (readonly [name: string, low: number, high: number])[] = [
      ['acos', -1, 1],
      ['asin', -1, 1],
      ['atan', -20, 20],
      ['cos', -20, 20],
      ['cosh', -20, 20],
      ['exp', -20, 20],
      ['log', 1e-9, 1e9],
      ['log10', 1e-9, 1e9],
      ['sin', -20, 20],
      ['sinh', -20, 20],
      ['sqrt', 0, 1e9],
      ['tan', -1.5, 1.5],
      ['tanh', -5, 5],
    ];
    const cases: [string, ...number[]][] = [
      ...ranges.flatMap(([name, low, high]) => dice.times(300, (): [string, number] => [name, random(low, high)])),
      ...dice.times(300, (): [string, number, number] => ['atan2', random(-9, 9), random(-9, 9)]),
      ...dice.times(300, (): [string, number, number] => ['pow', random(0, 9), random(-9, 9)]),
      ...dice.times(300, (): [string, number, number] => ['hypot', random(-99, 99), random(-99, 99)]),
      ...dice.times(300, (): [string, number, number] => ['pow', random(-3, 3), dice.below(60) - 30]),
    ];
    const theirs = tclsh(cases.map(([name, ...args]) => `expr {${name}(${args.map((x) => str(dbl(x))).join(',')})}`));
    const offBy = cases.map(([name, ...args], i) => {
      const mine = Number(str(mathFunctions.get(name)!.run(args.map(dbl), newInterp())));
      return Math.abs(mine - Number(theirs[i]!.value)) / Math.abs(mine || 1);
    });
    // One unit in the last place is at most 2.3e-16 of the value.
    for (const [i, error] of offBy.entries()) expect(error, cases[i]!.join(' ')).toBeLessThan(2.3e-16);
    // glibc's own last digit is another on processors without FMA in eight results of ten thousand.
    for (let from = 0; from < cases.length; from += 300) {
      const exact = offBy.slice(from, from + 300).filter((e) => e === 0).length;
      expect(exact, cases[from]![0]).toBeGreaterThanOrEqual(296);
    }
  });

  test('the functions of the C library at the ends of their ranges', () => {
    const ends: Record<string, string> = {
      sin: '0 1e-300 -1e-9 1e6 999999.5 -1e22 1e300 1.7976931348623157e308 3.141592653589793 6.28125 355 2.5e15',
      cos: '0 1e-9 1.5707963267948966 -1e22 1e300 5.497787143782138 -1000000.25 1e17',
      tan: '1e-8 1.5707963267948966 0.7853981633974483 -1e22 1e200 4.71238898038469',
      asin: '1 -1 0.9999999999999999 -0.5 1e-9 0.7071067811865476',
      acos: '1 -1 0.9999999999999999 0.5 1e-9 0 -0.9999999999999999',
      atan: '1e-9 1 -1e10 1e300 1e17',
      exp: '709.78 710 -745.1 -746 700.5 -708.3 1e-20',
      sinh: '1e-9 21.99 22 -709.9 710.4 711 0.999 1e-300',
      cosh: '0 0.34657 0.3466 21.99 -22 710.4 711',
      tanh: '1e-17 21.9 22 -0.3 1 -50',
      log10: '1000 1e-5 1e22 0.1 1 9.999999999999999 1e300',
      log: '1 0.9999999999999999 1.0000000000000002 1e-200 1e200',
    };
    compare(Object.entries(ends).flatMap(([name, list]) => list.split(' ').map((x) => [`tcl::mathfunc::${name}`, x])));
    compare(
      ['3 4', '1e300 1e300', '1e-300 2e-300', '1e-320 1', '1e200 1e-200', '-3.5 2.25'].map((xs) => [
        'tcl::mathfunc::hypot',
        ...xs.split(' '),
      ]),
    );
    compare(
      ['0 -1', '-0.0 -1', '1e-300 1', '1 0', '1e150 1', '1e-150 1e-149', '-2 -3'].map((xs) => ['tcl::mathfunc::atan2', ...xs.split(' ')]),
    );
    compare(
      ['1e200 1.4', '-2 301', '3 -600', '1e-100 2.5', '1.0000001 1e9', '7.5 320.25'].map((xs) => ['tcl::mathfunc::pow', ...xs.split(' ')]),
    );
  });
});

test('unseeded random numbers lie between 0 and 1 and differ between interpreters', () => {
  const [a, b] = [newInterp(), newInterp()].map((interp) => call(interp, ['tcl::mathfunc::rand']));
  for (const v of [a, b]) {
    expect(v).toBeGreaterThan(0);
    expect(v).toBeLessThan(1);
  }
  expect(a).not.toBe(b);
});

test('the square root of a negative number is NaN until it is used', () => {
  expect(call(newInterp(), ['tcl::mathfunc::sqrt', '-1'])).toBeInstanceOf(Dbl);
});
