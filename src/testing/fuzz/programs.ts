/**
 * Random Tcl programs, for comparison with tclsh8.6. A program is a list of statements that are evaluated in an interpreter of their own, one after the
 * other, so that what one leaves in variables the next ones work on. Nothing in them depends on time, chance, the machine or the order of a hash table,
 * and every loop has an end.
 */
import { formatList } from '../../tcl/list-format.ts';
import { Dice } from '../tclsh.ts';
import { FAMILIES, type Maker } from './families.ts';

const INTS = '0 1 2 3 7 10 -1 -2 -7 100 255 256 1000 65535 65536 2147483647 2147483648 -2147483648 -2147483649 4294967295 4294967296'.split(
  ' ',
);
const WIDE =
  '9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809 18446744073709551615 18446744073709551616'.split(' ');
const FORMS =
  '0x1F 0xffffffffffffffff 0o17 017 0b101 08 +5 -0 00 0x 1_0 - + 1e3 1.0 0.1 -0.0 1.5 2.5 -2.5 1e22 1e23 1e-7 123456789.123 1e308 5e-324 .5 5. 1e400 Inf -Inf'.split(
    ' ',
  );
const TEXTS = [
  '',
  ' ',
  'a',
  'abc',
  'Hello World',
  'aXbXc',
  'true',
  'no',
  'yes',
  'x y z',
  '{a b} c',
  'a{b',
  'äöü€',
  'ABC',
  'end',
  '-',
  '--',
  'a.b.c',
  '\t x',
  'a\nb',
  '$x',
  '[a]',
  '\\',
  '"q"',
  '%d',
  '*',
  '#c',
  ';',
];
/** Not so `dict incr d k 2147483648`, a constant that 8.6 compiles as -2147483648. */
const fitsInt = (n: string): boolean => Number(n) === (Number(n) | 0);
const INDEXES = '0 1 2 3 end end-1 end-2 end+1 -1 5 1+1 2-1 end-0 end--1 10 {} x 1.0 0x1 end-x 99999999999 -99999999999'.split(' ');
const VARS = ['a', 'b', 'c', 'l', 'm', 'd', 's', 'n'] as const;

export class ProgramMaker implements Maker {
  readonly dice: Dice;

  constructor(seed: number) {
    this.dice = new Dice(seed);
    // Neighbouring seeds begin alike.
    this.dice.times(20, () => this.dice.below(2));
  }

  /** Statements of one program. */
  program(): string[] {
    const start = [
      `set a ${this.int()}; set b ${this.number()}; set c ${this.quote(this.text())}`,
      `set l ${this.quote(this.listText())}; set m [list ${this.words(3)}]; set d [dict create ${this.pairs()}]`,
      `set s ${this.quote(this.text())}; set n ${this.pick(INTS)}; array set arr [list ${this.pairs()}]`,
    ];
    return [...start, ...this.dice.times(12, () => this.statement())];
  }

  private statement(): string {
    const { dice } = this;
    let text = this.command(3);
    const n = dice.below(20);
    if (n < 5) text = `apply {{a b c l m d s n} {\n  ${text}\n}} ${VARS.map(() => this.quote(this.value())).join(' ')}`;
    else if (n < 9) text = `set ${this.pick(VARS)} [${text}]`;
    // A variable that a link keeps has another errorCode from within a namespace, as long as the link is there.
    else if (n < 10 && !text.includes('namespace eval')) text = `apply {{} {upvar #0 ${VARS.map((v) => `${v} ${v}`).join(' ')}\n ${text}}}`;
    // A slip of the pen: what the parser says of it.
    else if (n === 10) {
      const at = dice.below(text.length);
      text =
        text.slice(0, at) + this.pick(['', '', '"', '}', '{', ']', '[', '\\', '$', ';', ' ', '(', ')']) + text.slice(at + dice.below(2));
      // The order of all global variables tells which ones Tcl's library has used before.
      if (/while|for |vwait|repeat|info g/.test(text)) text = 'list';
    }
    return text;
  }

  // ---- Values

  pick<T>(from: readonly T[]): T {
    return this.dice.pick(from);
  }

  int(): string {
    const n = this.dice.below(12);
    if (n < 7) return this.pick(INTS);
    if (n < 9) return this.pick(WIDE);
    if (n === 9) return this.pick(['-', '']) + this.dice.times(1 + this.dice.below(45), () => 1 + this.dice.below(9)).join('');
    return String(this.dice.below(2000) - 1000);
  }

  number(): string {
    const n = this.dice.below(10);
    if (n < 5) return this.int();
    if (n < 8) return this.pick(FORMS);
    return `${this.pick(['-', ''])}${this.dice.below(1000)}.${this.dice.below(100000)}${this.pick(['', '', `e${this.dice.below(40) - 20}`])}`;
  }

  text(): string {
    if (this.dice.below(3) === 0) return this.dice.times(this.dice.below(9), () => this.pick([...'abcABC 01xyäß._-'])).join('');
    return this.pick(TEXTS);
  }

  listText(): string {
    if (this.dice.below(8) === 0) return this.text();
    return formatList(this.dice.times(this.dice.below(6), () => this.value(1)));
  }

  value(depth = 2): string {
    const n = this.dice.below(10);
    if (n < 4) return this.number();
    if (n < 7 || depth === 0) return this.text();
    if (n < 9) return formatList(this.dice.times(this.dice.below(5), () => this.value(depth - 1)));
    return formatList(this.dice.times(this.dice.below(3), () => [this.key(), this.value(depth - 1)]).flat());
  }

  key(): string {
    return this.pick(['a', 'b', 'c', 'x y', '', '1', '01', 'k', '__proto__', '1.0']);
  }

  quote(text: string): string {
    return formatList([text]);
  }

  /** A word of a command: a variable, a constant, a command in brackets. */
  word(depth = 1): string {
    const n = this.dice.below(12);
    if (n < 5) return `$${this.pick(VARS)}`;
    if (n === 5 && depth > 0) return `[${this.command(depth - 1)}]`;
    if (n === 6) return `$arr(${this.pick(['a', 'b', 'x', '1', '$a'])})`;
    if (n === 7) return `"x$${this.pick(VARS)} y"`;
    if (n === 8) return `{*}$${this.pick(['l', 'm', 'd'])}`;
    return this.quote(this.value());
  }

  words(most: number): string {
    return this.dice.times(this.dice.below(most + 1), () => this.word()).join(' ');
  }

  private pairs(): string {
    return this.dice.times(this.dice.below(4), () => `${this.quote(this.key())} ${this.quote(this.value(1))}`).join(' ');
  }

  list(): string {
    return this.pick(['$l', '$m', '$l', '$m', '$d', '$s', this.quote(this.listText()), `[list ${this.words(3)}]`]);
  }

  index(): string {
    return this.dice.below(8) === 0 ? `$${this.pick(VARS)}` : this.quote(this.pick(INDEXES));
  }

  str(): string {
    return this.pick(['$s', '$c', '$a', '$l', this.quote(this.text()), this.quote(this.text()), `"$s$c"`]);
  }

  // ---- Expressions

  expr(depth: number): string {
    const { dice } = this;
    const n = dice.below(depth <= 0 ? 5 : 16);
    if (n < 2) return this.number();
    if (n < 4) return `$${this.pick(VARS)}`;
    if (n === 4)
      return this.pick([`"${this.pick(['a', 'abc', '1', '0x1', ' 3 ', ''])}"`, '{abc}', 'true', 'off', `{${this.int()}}`, '$arr(a)']);
    if (n < 11) {
      const op = this.pick('+ - * / % < > <= >= == != eq ne & | ^ && || in ni + - * /'.split(' '));
      return `${this.expr(depth - 1)} ${op} ${this.expr(depth - 1)}`;
    }
    if (n === 11) return `${this.pick(['-', '+', '!', '~'])}${this.expr(depth - 1)}`;
    if (n === 12) return `(${this.expr(depth - 1)})`;
    if (n === 13) return `${this.expr(depth - 1)} ? ${this.expr(depth - 1)} : ${this.expr(depth - 1)}`;
    if (n === 14) {
      if (dice.below(3) === 0)
        return `${this.expr(depth - 1)} ${this.pick(['<<', '>>', '**'])} ${this.pick(['0', '1', '2', '5', '40', '-1', '63', '64', '0.5', 'x'])}`;
      return `[${this.command(depth - 1)}]`;
    }
    const unary =
      'abs acos asin atan bool ceil cos cosh double entier exp floor int isqrt log log10 round sin sinh sqrt tan tanh wide'.split(' ');
    if (dice.below(2) === 0) return `${this.pick(unary)}(${this.expr(depth - 1)})`;
    return `${this.pick(['max', 'min', 'hypot', 'atan2', 'fmod', 'pow', 'nosuch'])}(${dice.times(1 + dice.below(3), () => this.expr(depth - 1)).join(', ')})`;
  }

  // ---- Commands

  command(depth: number): string {
    if (this.dice.below(3) === 0) return this.pick(FAMILIES)(this, depth);
    const family = this.dice.below(depth <= 0 ? 26 : 40);
    if (family < 8) return this.stringCommand();
    if (family < 14) return this.listCommand(depth);
    if (family < 17) return this.dictCommand(depth);
    if (family < 20) return this.formatCommand();
    if (family < 23) return this.regexpCommand();
    if (family < 26) return this.variableCommand();
    if (family < 31) return `expr {${this.expr(3)}}`;
    if (family < 36) return this.controlCommand(depth);
    return this.procCommand(depth);
  }

  private stringCommand(): string {
    const { dice } = this;
    const s = (): string => this.str();
    const i = (): string => this.index();
    const few = (...options: string[]): string => options.filter(() => dice.below(3) === 0).join(' ');
    switch (dice.below(30)) {
      case 0:
        return `string length ${s()}`;
      case 1:
        return `string index ${s()} ${i()}`;
      case 2:
        return `string range ${s()} ${i()} ${i()}`;
      case 3:
        return `string first ${s()} ${s()} ${dice.below(2) ? i() : ''}`;
      case 4:
        return `string last ${s()} ${s()} ${dice.below(2) ? i() : ''}`;
      case 5:
        return `string ${this.pick(['toupper', 'tolower', 'totitle'])} ${s()} ${dice.below(3) ? '' : `${i()} ${i()}`}`;
      case 6:
        return `string ${this.pick(['trim', 'trimleft', 'trimright'])} ${s()} ${dice.below(2) ? s() : ''}`;
      case 7:
        // With constant places and no text Tcl compiles it, and for a last place before the first 8.6 doubles a part of the string.
        return `string replace ${s()} ${i()} ${dice.below(2) ? `$n` : `${i()} ${s()}`}`;
      case 8:
        return `string reverse ${s()}`;
      case 9:
        return `string repeat ${s()} ${this.pick(['0', '1', '2', '5', '-1', '17', 'x'])}`;
      case 10:
        return `string map ${few('-nocase')} ${this.pick([this.list(), '{a b b a}', '{abc x ab y a z}', '{{} x}', '$d'])} ${s()}`;
      case 11:
        return `string match ${few('-nocase')} ${this.pick(['*', 'a*', '?b*', '*[a-c]', '[x-', '\\\\*', '{[a-c]*}', '{*[^a]}', s()])} ${s()}`;
      case 12:
        return `string is ${this.pick('alnum alpha ascii boolean control digit double entier false graph integer list lower print punct space true upper wideinteger wordchar xdigit nosuch'.split(' '))} ${few('-strict', '-failindex n')} ${this.pick([s(), this.quote(this.number())])}`;
      case 13:
        return `string compare ${few('-nocase', `-length ${this.pick(INTS)}`)} ${s()} ${s()}`;
      case 14:
        return `string equal ${few('-nocase', `-length ${this.pick(INTS)}`)} ${s()} ${s()}`;
      case 15:
        return `string ${this.pick(['wordstart', 'wordend'])} ${s()} ${i()}`;
      case 16:
        return `split ${s()} ${dice.below(2) ? this.quote(this.pick([' ', 'X', '', 'ab', '.', ' \n'])) : ''}`;
      case 17:
        return `join ${this.list()} ${dice.below(2) ? s() : ''}`;
      case 18:
        return `subst ${few('-nocommands', '-novariables', '-nobackslashes')} ${this.quote(this.pick(['a$a b', '[set a]$s\\n', '$', '\\u00e4\\x41', '$arr(a)[list $l]', '[break]x', 'a[continue]b', '[return q]z', '${a', '[', '\\{$s']))}`;
      case 19:
        return `append ${this.pick(VARS)} ${this.words(3)}`;
      case 20:
        return `string cat ${this.words(3)}`;
      case 21:
        return `binary encode ${this.pick(['hex', 'base64'])} ${this.quote(this.pick(['', 'a', 'ab', 'abc', 'abcdef']))}`;
      case 22:
        return `binary decode ${this.pick(['hex', 'base64'])} ${few('-strict')} ${this.quote(this.pick(['', '61', '6', 'zz', 'YQ==', 'YWI=', 'Y Q==', '6162 63']))}`;
      case 23:
        return `binary encode hex [binary format ${this.pick(['a3', 'A5', 'c', 'cu', 's', 'S', 'i', 'I2', 'w', 'W', 'H4', 'h*', 'b8', 'B*', 'x2', 'd', 'f', 'c*', '@3c', 'a*X2'])} ${this.word()}]`;
      case 24:
        return `binary scan ${this.quote(this.pick(['', 'abc', 'abcdefgh', '\x7fÿ\x80']))} ${this.pick(['a3', 'A5', 'c', 'cu', 's', 'Su', 'i', 'I2', 'w', 'H4', 'h*', 'b8', 'B*', 'x2c', 'c*', 'c2 s', '@1a', 'f'])} a b`;
      case 25:
        return `scan ${this.pick([s(), this.quote(this.number())])} ${this.quote(this.pick(['%d', '%s', '%c', '%x', '%o', '%i', '%f', '%3d', '%[a-z]', '%[^ ]%n', '%d %d', '%*d%d', '%2$s', '%1$d', '%u', '%ld', '%', '%e%%', '%b', '%lld', '%5s%c', ' %d', '%[', '%q']))} ${dice.below(2) ? 'a b' : ''}`;
      case 26:
        return `encoding convertto utf-8 ${s()}`;
      case 27:
        return `concat ${this.words(3)}`;
      case 28:
        return `string ${this.pick(['foo', 'i', 'to', 'l', 're', ''])} ${s()}`;
      default:
        return `llength [split ${s()} {}]`;
    }
  }

  private listCommand(depth: number): string {
    const { dice } = this;
    const l = (): string => this.list();
    const i = (): string => this.index();
    const v = this.pick(VARS);
    const few = (...options: string[]): string => options.filter(() => dice.below(4) === 0).join(' ');
    switch (dice.below(24)) {
      case 0:
        return `lindex ${l()} ${dice.times(dice.below(3), i).join(' ')}`;
      case 1:
        return `lrange ${l()} ${i()} ${i()}`;
      case 2:
        return `linsert ${l()} ${i()} ${this.words(2)}`;
      case 3:
        return `lreplace ${l()} ${i()} ${i()} ${this.words(2)}`;
      case 4:
        // What one that fails has put behind the end of a list is left there by Tcl.
        return dice.below(3) === 0
          ? `lset ${v} ${this.pick(['0', 'end', '10', 'x'])} ${i()} ${this.word().replace('{*}', '')}`
          : `lset ${v} ${dice.times(dice.below(2), i).join(' ')} ${this.word().replace('{*}', '')}`;
      case 5:
        return `lsort ${few('-integer', '-real', '-dictionary', '-decreasing', '-unique', '-nocase', `-index ${this.pick(['0', '1', 'end', '{0 0}'])}`, '-indices', '-stride 2')} ${l()}`;
      case 6:
        return `lsearch ${few('-exact', '-glob', '-regexp', '-all', '-inline', '-not', '-integer', '-nocase', '-sorted', '-decreasing', '-bisect', `-start ${i()}`, '-index 0', '-subindices')} ${l()} ${this.word()}`;
      case 7:
        return `llength ${l()}`;
      case 8:
        return `lreverse ${l()}`;
      case 9:
        return `lrepeat ${this.pick(['0', '1', '3', '-1', 'x'])} ${this.words(2)}`;
      case 10:
        return `lassign ${l()} ${dice.times(dice.below(4), () => this.pick(VARS)).join(' ')}`;
      case 11:
        return `lappend ${v} ${this.words(3)}`;
      case 12:
        return `list ${this.words(4)}`;
      case 13:
        return `foreach x ${l()} {lappend out $x; ${depth > 0 ? this.command(depth - 1) : ''}}`;
      case 14:
        return `lmap {x y} ${l()} {${this.pick(['list $y $x', 'set x', 'continue', 'if {$x eq {a}} break; set x', 'expr {$x + 1}', 'string length $x$y'])}}`;
      case 15:
        return `foreach {x y} ${l()} z ${l()} {lappend r $x $y $z}; set r`;
      case 16:
        return `lsort -command {apply {{x y} {${this.pick(['string compare $x $y', 'expr {[string length $x] - [string length $y]}', 'return x', 'error cmp', 'expr {$x > $y}'])}}}} ${l()}`;
      case 17:
        return `set ${v} [lreplace $${v} ${i()} ${i()}]`;
      case 18:
        return `lindex ${l()} ${this.quote(formatList(dice.times(dice.below(3), () => this.pick(INDEXES))))}`;
      case 19:
        return `concat ${l()} ${l()}`;
      case 20:
        return `lset ${v} ${i()} [lindex $${v} ${i()}]`;
      case 21:
        return `expr {${this.word(0).replace('{*}', '')} in ${l()}}`;
      case 22:
        return `eval [list list ${this.words(2)}]`;
      default:
        return `join [lsort ${l()}] ,`;
    }
  }

  private dictCommand(depth: number): string {
    const { dice } = this;
    const k = (): string => this.quote(this.key());
    const d = (): string =>
      this.pick(['$d', '$d', '$d', '$l', '$m', this.quote(formatList(dice.times(3, () => [this.key(), this.value(1)]).flat()))]);
    const keys = (): string => dice.times(1 + dice.below(2), k).join(' ');
    switch (dice.below(20)) {
      case 0:
        return `dict get ${d()} ${dice.below(4) ? keys() : ''}`;
      case 1:
        return `dict set d ${keys()} ${this.word()}`;
      case 2:
        return `dict unset ${this.pick(['d', 'l', 'e'])} ${keys()}`;
      case 3:
        return `dict exists ${d()} ${keys()}`;
      case 4:
        return `dict keys ${d()} ${dice.below(2) ? '*' : ''}`;
      case 5:
        return `dict values ${d()}`;
      case 6:
        return `dict size ${d()}`;
      case 7:
        return `dict incr ${this.pick(['d', 'e'])} ${k()} ${dice.below(2) ? this.pick(INTS.filter(fitsInt)) : ''}`;
      case 8:
        return `dict lappend ${this.pick(['d', 'e'])} ${k()} ${this.words(2)}`;
      case 9:
        return `dict append ${this.pick(['d', 'e'])} ${k()} ${this.words(2)}`;
      case 10:
        return `dict merge ${d()} ${d()}`;
      case 11:
        return `dict remove ${d()} ${keys()}`;
      case 12:
        return `dict replace ${d()} ${k()} ${this.word()}`;
      case 13:
        return `dict for {x y} ${d()} {lappend r2 $y $x; ${depth > 0 && dice.below(3) === 0 ? this.command(depth - 1) : ''}}; set r2`;
      case 14:
        return `dict map {x y} ${d()} {${this.pick(['string length $y', 'continue', 'list $x', 'break', 'error e'])}}`;
      case 15:
        return `dict filter ${d()} ${this.pick(['key a*', 'value *', 'script {x y} {expr {$x eq {a}}}', 'key a b', 'script {x y} {string length $y}'])}`;
      case 16:
        return `dict update d ${k()} x ${k()} y {${this.pick(['set x 5', 'unset x', 'set y $x', 'error u', 'dict set d q 1'])}}`;
      case 17:
        return `dict with d ${dice.below(3) ? '' : k()} {${this.pick(['set a', 'set a 9', 'unset b', 'set d x', 'list'])}}`;
      case 18:
        return `dict create ${this.words(4)}`;
      default:
        return `dict ${this.pick(['foo', 'ge', 's', 'in', 'info'])} ${d()}`;
    }
  }

  private formatCommand(): string {
    const { dice } = this;
    const spec = (): string => {
      const flags = this.pick(['', '', '-', '0', '+', ' ', '#', '-+', '0#', '+0']);
      const width = this.pick(['', '', '5', '10', '1', '*']);
      const precision = this.pick(['', '', '.0', '.2', '.5', '.*', '.20']);
      return `%${this.pick(['', '', '', '1$', '2$'])}${flags}${width}${precision}${this.pick(['', '', 'l', 'h', 'll'])}${this.pick([...'dduixXobcsefgGE%q'])}`;
    };
    if (dice.below(6) === 0)
      return `clock format ${this.pick(['0', '1000000000', '-1', '86399', '951782400', '4102444800', '-62135596800', '253402300799'])} -gmt 1 -format ${this.quote(this.pick(['%Y-%m-%d %H:%M:%S', '%a %b %d %y', '%j %U %V %u', '%I %p %k %l', '%s %C %G %g', '%D %T %R %e', '%A %B %h %w %W', '%c', '%x %X', '%Ey %Od %%']))}`;
    const format = `<${dice.times(1 + dice.below(2), spec).join('|')}>`;
    // A width of two thousand million characters is made by Tcl, and by no tclet.
    const arg = () =>
      format.includes('*') ? this.pick(['0', '3', '-5', '12', '1.0', 'x']) : dice.below(3) ? this.quote(this.number()) : this.word();
    return `format ${this.quote(format)} ${dice.times(dice.below(4), arg).join(' ')}`;
  }

  private pattern(depth: number): string {
    const { dice } = this;
    const n = dice.below(depth <= 0 ? 6 : 14);
    if (n < 3) return this.pick([...'abcABx 01']);
    if (n === 3) return this.pick(['.', '^', '$', '\\d', '\\w', '\\s', '\\m', '\\M', '\\y', '\\W', '\\A', '\\Z']);
    if (n === 4) return this.pick(['[abc]', '[^a]', '[a-c]', '[[:alpha:]]', '[[:space:]x]', '[]a]', '[^-a]', '[[:digit:]-]']);
    // Not `()`: of what is empty and referred to twice, tclsh never ends to look.
    if (n === 5) return this.pick(['\\1', '\\.', '\\n', '(?:)', '\\u0061', 'é']);
    if (n < 9) return this.pattern(depth - 1) + this.pattern(depth - 1);
    if (n < 11)
      return `(${this.pick(['', '', '?:', '?=', '?!'])}${this.pattern(depth - 1)})${this.pick(['', '', '*', '+', '?', '*?', '+?', '{2}', '{1,2}', '{0,1}?'])}`;
    if (n === 11) return `${this.pattern(depth - 1)}|${this.pattern(depth - 1)}`;
    if (n === 12)
      return `${this.pick(['a', '.', '[ab]', '\\w'])}${this.pick(['*', '+', '?', '*?', '+?', '??', '{2}', '{1,}', '{,2}', '{2,1}'])}`;
    return this.pick(['(', ')', '[', '*', '{1', '\\', '(?i)a', '***=a', 'a**', '(?x) a b']) + this.pattern(depth - 1);
  }

  private regexpCommand(): string {
    const { dice } = this;
    const subject = this.pick([this.str(), this.quote(dice.times(dice.below(10), () => this.pick([...'aabbcABx 01\n'])).join(''))]);
    const few = (...options: string[]): string => options.filter(() => dice.below(5) === 0).join(' ');
    const re = this.quote(this.pattern(3));
    switch (dice.below(6)) {
      case 0:
      case 1:
        return `regexp ${few('-nocase', '-all', '-line', '-expanded', `-start ${this.index()}`)} -inline ${few('-indices')} -- ${re} ${subject}`;
      case 2:
        return `regexp ${few('-nocase', '-all', '-indices', '-linestop', '-lineanchor')} -- ${re} ${subject} a b c; list $a $b $c`;
      case 3:
        return `regsub ${few('-nocase', '-line', `-start ${this.index()}`)} ${dice.below(2) ? '-all' : ''} -- ${re} ${subject} ${this.quote(this.pick(['x', '<&>', '\\1', '\\0-\\1', '\\\\', '', '\\&', '\\2']))} ${dice.below(2) ? 'a' : ''}`;
      case 4:
        return `regexp -about -- ${re}`;
      default:
        return `switch -regexp -matchvar q -- ${subject} {${re} {set q} default {list none}}`;
    }
  }

  private variableCommand(): string {
    const { dice } = this;
    const v = this.pick(VARS);
    switch (dice.below(18)) {
      case 0:
        return `incr ${v} ${dice.below(2) ? this.quote(this.int()) : ''}`;
      case 1:
        return `unset ${this.pick(['', '-nocomplain', '--'])} ${this.pick(['nosuch', 'arr(a)', 'arr(zz)', v])}; set ${v} ${this.quote(this.value())}`;
      case 2:
        return `info exists ${this.pick([v, 'nosuch', 'arr', 'arr(a)', 'arr(q)', '${x'])}`;
      case 3:
        return `array ${this.pick(['exists', 'size'])} ${this.pick(['arr', v, 'nosuch'])}`;
      case 4:
        return `lsort [array names arr ${this.pick(['', 'a*', '-exact a', '-regexp {^[ab]}', '-glob *'])}]`;
      case 5:
        return `array get arr ${this.pick(['a', '1', 'b*'])}`;
      case 6:
        return `array set ${this.pick(['arr', 'e'])} ${this.pick([this.list(), '$d', `[list ${this.pairs()}]`])}`;
      case 7:
        return `array unset arr ${this.pick(['a', 'zz*', '1'])}`;
      case 8:
        return `set arr(${this.pick(['a', 'b', '$a', 'x y', '[list 1]'])}) ${this.word()}`;
      case 9:
        return `set ${v}(x) 1`;
      case 10:
        return `set ${this.pick(['nosuch', 'arr', '::nosuch::x', 'arr(nosuch)'])}`;
      case 11:
        return `incr arr(n${dice.below(3)}) ${this.quote(this.int())}`;
      case 12:
        return `trace add variable ${v} write {apply {{n1 n2 op} {upvar 1 $n1 x; ${this.pick(['append ::log $n1,$n2,$op,$x', 'error traced', 'set x 0', 'unset x'])}}}}; set ${v} ${this.word()}; set r [trace info variable ${v}]; trace remove variable ${v} write [lindex $r 0 1]; set ${v} {}; set r`;
      case 13:
        return `upvar 0 ${v} alias${dice.below(3)}; incr alias${dice.below(3)}`;
      case 14:
        return `namespace eval ns${dice.below(2)} {variable v ${this.quote(this.value())}; set v}`;
      case 15:
        return `set ::ns${dice.below(2)}::v`;
      case 16:
        return `namespace ${this.pick(['qualifiers', 'tail', 'exists', 'parent', 'which', 'origin', 'current'])} ${this.pick(['::a::b', 'set', '::ns0', '', '::a:::b', 'nosuch', 'ns0'])}`;
      default:
        return `set ${v}`;
    }
  }

  private controlCommand(depth: number): string {
    const { dice } = this;
    const body = (): string => this.command(depth - 1);
    const n = 1 + dice.below(4);
    const leave = (): string =>
      this.pick([
        'break',
        'continue',
        'error stop',
        'return r',
        body(),
        body(),
        body(),
        'return -code 5 five',
        'throw {A B} t',
        'return -code error -errorcode {X Y} bad',
        'return -level 0 zero',
      ]);
    switch (dice.below(14)) {
      case 0:
        return `if {${this.expr(2)}} {${body()}} ${dice.below(2) ? `elseif {${this.expr(1)}} {${body()}}` : ''} else {${body()}}`;
      case 1:
        return `for {set i${depth} 0} {$i${depth} < ${n}} {incr i${depth}} {lappend w $i${depth}; if {$i${depth} == 2} {${leave()}}; ${body()}}`;
      case 2:
        return `set j${depth} 0; while {$j${depth} < ${n}} {incr j${depth}; ${body()}; if {$j${depth} == 2} {${leave()}}}`;
      case 3:
        return `catch {${leave()}} e o; list $e ${this.pick(['', '[dict get $o -code]', '[lsort [dict keys $o]]', '[dict get $o -level]'])}`;
      case 4:
        return `try {${leave()}} ${this.pick(['', 'on ok r {list ok $r}', 'on error {r o} {list err $r}', 'trap {A B} r {list trapped $r}', 'trap A r - on error r {list e $r}', 'on break {} {list b}', 'on 5 r {list $r}', 'on error r {error again}'])} ${this.pick(['', 'finally {lappend fin 1}', 'finally {error fin}'])}`;
      case 5:
        return `switch ${this.pick(['', '-exact', '-glob', '-regexp', '-glob -nocase', '-regexp -nocase'])} -- ${this.str()} {a {${body()}} {a*} - {[a-c]*} {${body()}} ABC {list 1} default {${body()}}}`;
      case 6:
        return `foreach x ${this.list()} {if {$x eq {${this.pick(['a', 'abc', '', '1', 'x y'])}}} {${leave()}}; lappend seen $x}; set seen`;
      case 7:
        return `eval ${this.quote(body())}`;
      case 8:
        return `catch {${body()}; ${leave()}}`;
      case 9:
        return `return -code ${this.pick(['ok', 'error', 'return', 'break', 'continue', '7', 'x', '-1'])} ${this.pick(['', '-level 0', '-level 1', '-level 2', '-errorcode {Q R}', '-errorinfo info', '-foo bar'])} ${this.quote(this.text())}`;
      case 10:
        return `error ${this.quote(this.text())} ${this.pick(['', '{}', 'info', 'info {C D}', 'a b c d'])}`;
      case 11:
        return `set errs {}; foreach cmd {${[body(), body()].map((b) => this.quote(b)).join(' ')}} {lappend errs [catch $cmd m] $m}; set errs`;
      case 12:
        return `time {${body()}} 0`;
      default:
        return `expr {${this.expr(2)}} ${dice.below(3) ? '' : this.pick(['+ 1', '{ + 2}', '* $a', '== "x"'])}`;
    }
  }

  private procCommand(depth: number): string {
    const { dice } = this;
    const body = (): string => this.command(depth - 1);
    const p = `p${dice.below(3)}`;
    const params = this.pick(['', 'x', 'x y', 'x {y 5}', 'args', 'x args', '{x 1} {y 2}', 'x {y 1} args', '{x 1 2}', 'x x', '{} y']);
    switch (dice.below(14)) {
      case 0:
      case 1:
        return `proc ${p} {${params}} {${this.pick(['', 'list [info level 0]', 'upvar 1 a q; incr q', 'uplevel 1 {set a}', 'set x', 'return $args', 'global a; set a', 'info locals'])}; ${body()}}; ${p} ${this.words(3)}`;
      case 2:
      case 3:
        return `${p} ${this.words(3)}`;
      case 4:
        return `apply {{${params}} {${body()}} ${this.pick(['', '::', '::ns0', 'nosuch::x'])}} ${this.words(3)}`;
      case 5:
        return `info ${this.pick([`args ${p}`, `body ${p}`, 'level', 'level 0', 'level 5', `default ${p} x q`, 'exists a', 'complete "a {b"', 'commands set', 'procs p0', 'frame 99', 'nosuch', `commands ${p}`])}`;
      case 6:
        return `proc rec n {if {$n <= 0} {${body()}} else {rec [expr {$n - 1}]}}; rec ${dice.below(5)}`;
      case 7:
        return `coroutine co${dice.below(2)} apply {{} {set r [yield [info coroutine]]; ${body()}; yield $r; return done}}`;
      case 8:
        return `co${dice.below(2)} ${this.words(1)}`;
      case 9:
        return `rename ${p} ${this.pick(['p0', 'p1', 'p2', '{}', 'q'])}`;
      case 10:
        return `interp alias {} al {} ${this.pick(['list 1', p, 'set', 'nosuch', 'expr 1 +'])}; al ${this.words(2)}`;
      case 11:
        return `apply {{x} {tailcall ${this.pick(['list $x', p, 'set x', 'return -code error tail', 'nosuch'])} ${this.words(1)}}} ${this.word(0)}`;
      case 12:
        return `namespace eval ns${dice.below(2)} {proc f {args} {variable v; lappend v {*}$args; ${body()}}; namespace export f; f ${this.words(2)}}`;
      default:
        return `namespace ensemble create -command ens -map {a {list A} b {string length} c nosuch}; ens ${this.pick(['a', 'b', 'c', 'd', ''])} ${this.words(2)}`;
    }
  }
}

/** A script that evaluates programs, in safe interpreters or others, and prints a record for each statement: code, result, error code, errorInfo, in a list a line. */
export function comparison(programs: readonly (readonly string[])[], safe: boolean): string {
  return [
    'fconfigure stdout -encoding utf-8 -translation lf',
    'proc run {number program} {',
    `  interp create ${safe ? '-safe ' : ''}x`,
    // What Tcl loads for them is loaded before a program redefines what loads it.
    '  catch {x eval {clock scan {1 Jan 2000} -timezone :Europe/Berlin; clock format 0 -locale en}}',
    '  set n 0',
    '  foreach statement $program {',
    // In a safe interpreter 8.6 looks in vain for the command that reads a stardate.
    ...(safe ? ['    if {[string match {*clock scan*%Q*} $statement]} {set statement list}'] : []),
    '    set code [catch {x eval $statement} result options]',
    '    set record [list $number $n $code $result]',
    '    if {$code == 1} {',
    '      set info [dict get $options -errorinfo]',
    '      set stack [dict get $options -errorstack]',
    // `clock` is made of procs in 8.6, which an error shows; later it is not. So is `unknown`, of others than here. What follows a trace of steps, or a builtin renamed, in a
    // body is evaluated anew by Tcl, with lines of its own. Text of Tcl's own library has its margins.
    '      if {[regexp {clock|trace add execution|kept} $statement] || [regexp {\\(autoloading|::unknown} $info]} {set info {}; set stack {}}',
    '      regsub -all {\\[list +\\{} $info "\\[list \\{" info',
    // Which of two it is depends on what else has used the same literal as a number.
    // Of a constant operand Tcl shows the text; how far a jump goes is not known here; what was given as a trace keeps the stack of an error before; some words are spelled
    // out, and what a compiled command would be that has no instruction of its own here is its words.
    '      if {[lindex $stack 0] eq {INNER} && [regexp {^(add|sub|mult|div|mod|expon|uplus|uminus|[lr]shift|bit|jump)} [lindex $stack 1] name]} {lset stack 1 $name}',
    '      if {![string match {*while executing*} $info] || [regexp {trace|catch|return -code error} $statement] || [regexp {^(missing close|can.t (set|read) ".*": invalid command)} $result]} {set stack {}}',
    '      set code [string map {{TCL VALUE NUMBER} {TCL VALUE INTEGER}} [dict get $options -errorcode]]',
    '      lappend record $code $info $stack',
    '      if {[string match {invoked "*" outside of a loop} $result]} {lset record end-1 {}}',
    '    }',
    // Objects without a name have a number, after how many there were before.
    '    regsub -all {oo::Obj\\d+} $record oo::Obj record',
    '    regsub -all {\\m(rc|file)\\d+} $record {\\1} record',
    // The bits of a NaN are none that a script here sees.
    '    regsub -all -- {-?NaN(?:\\([0-9a-f]+\\))?} $record NaN record',
    // Powers of two whose last digit 8.6 writes wrongly, so that they read as other numbers (double-format.ts).
    '    puts [string map {\\n \\\\n \\r \\\\r 1.844674407370955e+19 1.8446744073709552e+19 4.556951262222748e-305 4.5569512622227484e-305} [join $record \\x1f]]',
    '    incr n',
    '  }',
    '  interp delete x',
    '}',
    ...programs.map((program, i) => `run ${i} ${formatList([formatList(program)])}`),
    '',
  ].join('\n');
}
