/** The grammar of expressions against tclsh8.6: what is accepted, and the words and codes of every refusal. */
import { describe, expect, test } from 'vitest';
import { Dice, hasTclsh, tclsh } from '../testing/tclsh.ts';
import { TclError } from './errors.ts';
import { type ExprNode, parseExpr } from './expr-parser.ts';
import { formatList } from './list-format.ts';

/** The tree in a short notation: operators prefix, operands as they are. */
function show(e: ExprNode): string {
  switch (e.kind) {
    case 'literal':
      return String(e.value);
    case 'word':
      return `"${e.parts.map((p) => (p.kind === 'text' ? p.text : p.kind === 'var' ? `<${p.name}>` : `<[${p.text}]>`)).join('')}"`;
    case 'var':
      return `$${e.name}${e.index === null ? '' : `(${e.index.map((p) => (p.kind === 'text' ? p.text : p.kind)).join(' ')})`}`;
    case 'script':
      return `[${e.text}]@${e.at}`;
    case 'unary':
      return `(${e.op} ${show(e.arg)})`;
    case 'binary':
      return `(${e.op} ${show(e.left)} ${show(e.right)})`;
    case 'and':
    case 'or':
      return `(${e.kind} ${show(e.left)} ${show(e.right)})`;
    case 'if':
      return `(? ${show(e.test)} ${show(e.yes)} ${show(e.no)})`;
    case 'call':
      return `(${e.name}${e.args.map((a) => ` ${show(a)}`).join('')})`;
  }
}

test.each([
  ['$a + $b * $c', '(+ $a (* $b $c))'],
  ['$a - $b - $c', '(- (- $a $b) $c)'],
  ['$a ** $b ** $c', '(** $a (** $b $c))'],
  ['-$a ** 2', '(** (- $a) 2)'],
  ['$a ** -$b', '(** $a (- $b))'],
  ['!$a == ~$b', '(== (! $a) (~ $b))'],
  ['$a << 1 + $b', '(<< $a (+ 1 $b))'],
  ['$a < $b == $c > $d', '(== (< $a $b) (> $c $d))'],
  ['$a eq $b & $c ni $d', '(& (eq $a $b) (ni $c $d))'],
  ['$a | $b ^ $c & $d', '(| $a (^ $b (& $c $d)))'],
  ['$a || $b && $c', '(or $a (and $b $c))'],
  ['$a ? $b : $c ? $d : $e', '(? $a $b (? $c $d $e))'],
  ['$a ? $b ? 1 : 2 : 3', '(? $a (? $b 1 2) 3)'],
  ['f($a, g(), h(1))', '(f $a (g) (h 1))'],
  ['(($a))', '$a'],
  ['"x$a[b c]y"', '"x<a><[b c]>y"'],
  ['$a(i$j)+$::n::v', '(+ $a(i var) $::n::v)'],
  ['${a b}', '$a b'],
  ['${a(b c)}', '$a(b c)'],
  ['[f [g] "]" {]}]', '[f [g] "]" {]}]@1'],
  ['1 + [f]', '(+ 1 [f]@5)'],
  ['{a\\\n  b}', 'a b'],
  ['"a\\tb"', 'a\tb'],
  ['$a\\\n+$b', '(+ $a $b)'],
  ['0x10', '0x10'],
  ['1 + 2 * 3', '7'],
  ['1eq1', '(eq 1 1)'],
  ['inf', 'inf'],
  ['int (2.5)', '(int 2.5)'],
  ['yes', 'yes'],
])('%s', (text, tree) => {
  expect(show(parseExpr(text))).toBe(tree);
});

test('long sums of constants stay flat, long trees say how deep they are', () => {
  expect(parseExpr(Array(100_000).fill('1').join('+'))).toMatchObject({ kind: 'literal', value: 100_000, depth: 1 });
  expect(parseExpr(Array(1000).fill('9007199254740993').join('+'))).toMatchObject({ value: 9007199254740993000n, depth: 1 });
  expect(parseExpr(Array(1000).fill('$a').join('+')).depth).toBe(1000);
  expect(parseExpr(`${'('.repeat(50_000)}1${')'.repeat(50_000)}`)).toMatchObject({ kind: 'literal', depth: 1 });
  expect(() => parseExpr('['.repeat(100_000))).toThrow(TclError);
});

test('errorInfo quotes the expression', () => {
  const error = refusal('1 + 2 + 3 + 4 + 5 + 6 + 7 +')!;
  expect(error.errorInfo).toBe(
    'missing operand at _@_\nin expression "... + 3 + 4 + 5 + 6 + 7 +_@_"\n    (parsing expression "1 + 2 + 3 + 4 + 5 + 6 ...")',
  );
});

/** The syntax error of an expression, or null. */
function refusal(text: string): TclError | null {
  try {
    parseExpr(text);
    return null;
  } catch (e) {
    if (e instanceof TclError) return e;
    throw e;
  }
}

/** Compares what is refused and how. What parses may still fail in tclsh, with an error of another kind. */
function compareRefusals(texts: readonly string[]): void {
  const setup =
    'proc unknown args {return 1}; foreach v {a b c x y} {set $v 5}; set arr(1) 1; set {} 1; proc tcl::mathfunc::f args {return 1}';
  const scripts = texts.map((t) => `set e [encoding convertfrom utf-8 [binary decode hex {${Buffer.from(t).toString('hex')}}]]; expr $e`);
  const outcomes = tclsh([setup, ...scripts]).slice(1);
  const differences = texts.flatMap((text, i) => {
    const mine = refusal(text);
    const theirs = outcomes[i]!;
    const refused = !theirs.ok && (theirs.errorCode.startsWith('TCL PARSE EXPR') || theirs.value.includes('\nin expression "'));
    const code = mine?.errorCode ? formatList([...mine.errorCode]) : 'NONE';
    const same = mine === null ? !refused : refused && mine.message === theirs.value && code === theirs.errorCode;
    return same ? [] : [`${JSON.stringify(text)}\n  ours:  ${mine?.message} (${code})\n  tclsh: ${theirs.value} (${theirs.errorCode})`];
  });
  if (differences.length > 0) throw new Error(`${differences.length} of ${texts.length} differ\n${differences.slice(0, 12).join('\n')}`);
}

describe.skipIf(!hasTclsh)('what tclsh refuses, and how', () => {
  test('one of each kind', () => {
    compareRefusals([
      '',
      '  ',
      '()',
      'f(',
      'f(1',
      'f(1,',
      'f(,1)',
      'f(1,,2)',
      'f()',
      'f(1 2)',
      '1,2',
      '(1,2)',
      '(1',
      '1)',
      '((1)',
      '1 2',
      '1 +',
      '+',
      '* 1',
      '1 * * 2',
      '1 ? 2',
      '1 ? 2 :',
      '1 : 2',
      '(1 : 2)',
      '1 ? 2 : 3 : 4',
      '1 ? (2 : 3)',
      '? 1',
      '1 ? : 2',
      '=',
      '1 = 1',
      '1 === 1',
      '@',
      '#',
      '1 ; 2',
      '\\',
      "'a'",
      '_x',
      '_x()',
      'é',
      '1 + é',
      '$',
      '1 + $',
      '$ a',
      '$(',
      '$a(',
      '$arr(1',
      '${a',
      '[',
      '[a',
      '[a "',
      '[a {',
      '[a {b}c]',
      '[a "b"c]',
      '"',
      '"a',
      '"$a(',
      '"[b',
      '{',
      '{a',
      '{a}b',
      '"a"b',
      '"a" "b"',
      'foo',
      'foo bar',
      'foo(',
      'a_b',
      'averyveryverylongbarewordindeed',
      'averyveryverylongbarewordindeed + 1',
      '1 + averyveryverylongbarewordindeed + 1',
      '08',
      '018',
      '09.5',
      '08e1',
      '0x',
      '0xg',
      '0x1g',
      '0b',
      '0b2',
      '0b12',
      '0o',
      '0o8',
      '0o18',
      '0b1x',
      '1x',
      '1.5x',
      '1e',
      '1e+',
      '1e5x',
      '1.e',
      '.',
      '.5',
      '5.',
      '.e',
      '1..2',
      '1.2.3',
      'Inf',
      'Infx',
      'inf',
      'infinity',
      'infinit',
      'NaN(1',
      'nano',
      'true',
      'tru',
      'truex',
      'o',
      'on',
      'of',
      'y',
      'in',
      '1 in',
      'in 1',
      '1 in2',
      '1 inx',
      '1 ni {1}',
      'eq',
      '1 eqx 1',
      '1 ne',
      '1 lt 2',
      '1 <> 2',
      '1 =< 2',
      '1 >= 2',
      '1 && ',
      '&& 1',
      '1 &&& 1',
      '1 | | 1',
      '!',
      '! !',
      '1 !',
      '1 ! 2',
      '1 ~ 2',
      '1 ~',
      '- - 1',
      '1 - - 1',
      '--1',
      '++a',
      'a++',
      '$a++',
      '1 +* 2',
      '[a]b',
      '$a$b',
      '$a b',
      '(1)(2)',
      '(1) 2',
      '1 (2)',
      'f (1)',
      'f\n(1)',
      'f ( 1 , 2 )',
      '"a"(1)',
      '1 ]',
      '{a}]',
      '1 }',
      '$a(1)(2)',
      '::a',
      '$::',
      '$:::',
      '$a::',
      '${}',
      '$()',
      '1;',
      'a b c d e f g h i j k l m n o p q r s t u v w x y z',
      `${'1 + '.repeat(20)}`,
      `${'1 + '.repeat(20)}) + 1 + 1 + 1 + 1 + 1 + 1 + 1`,
      `${'1 + '.repeat(20)}@ + 1 + 1 + 1 + 1 + 1 + 1 + 1`,
      `${'1 + '.repeat(6)}"abcdefghijklmnopqrstuvwxyz abcdef`,
      `[foo #{\n} ] + {`,
      '{ # {\n',
      '{\n # { \n',
      '{a #{',
    ]);
  });

  test('6000 random rows of tokens', () => {
    const tokens = [
      '1',
      '2.5',
      '0x1f',
      '08',
      '$a',
      '$arr(1)',
      '$',
      '[a]',
      '"b $c"',
      '{d}',
      'true',
      'foo',
      'f(',
      'f()',
      '(',
      ')',
      '(',
      ')',
      ',',
      '?',
      ':',
      '+',
      '-',
      '*',
      '**',
      '!',
      '~',
      '<',
      '<<',
      '==',
      '=',
      '&&',
      '|',
      'eq',
      'in',
      'ni',
      ' ',
      '  ',
      '\n',
      '\\\n',
      '"',
      '{',
      '[',
      '@',
      'Inf',
      '1e',
      '.5',
    ];
    const dice = new Dice(1997);
    compareRefusals(dice.times(6000, () => dice.times(1 + dice.below(9), () => dice.pick(tokens)).join(dice.pick(['', ' ']))));
  });

  test('6000 expressions that are nearly right', () => {
    const operand = ['1', '2.5', '$a', '$arr(1)', '[a b]', '"x$a"', '{y}', 'f(1)', 'f(1,2)', '(3)', 'yes', '-1', '!0'];
    const operator = [' + ', '-', ' * ', '<', ' eq ', '&&', '|', ' ? ', ' : ', ',', ' in ', '**', '>>'];
    const dice = new Dice(2026);
    const nearly = (): string => {
      let s = dice.pick(operand);
      for (let i = dice.below(8); i > 0; i--) s += dice.pick(operator) + dice.pick(operand);
      const at = dice.below(s.length + 1);
      const change = dice.below(4);
      if (change === 0) return s.slice(0, at) + s.slice(at + 1);
      if (change === 1) return s.slice(0, at) + dice.pick(['(', ')', ' ', '"', '}', '[', '$', '1']) + s.slice(at);
      return s;
    };
    compareRefusals(dice.times(6000, nearly));
  });

  test('6000 words of quotes, braces, brackets and backslashes', () => {
    const pieces = ['{', '}', '[', ']', '"', '$', '\\', '(', ')', 'a', 'b', ' ', '\n', ';', '#', '{*}', '\\\n', '::', '$a', '${', '\\x41'];
    const dice = new Dice(555);
    const word = (): string => {
      const inside = dice.times(dice.below(9), () => dice.pick(pieces)).join('');
      return dice.pick([`[${inside}]`, `"${inside}"`, `{${inside}}`, `$arr(${inside})`, `[${inside}`, inside]);
    };
    compareRefusals(dice.times(6000, word));
  });
});
