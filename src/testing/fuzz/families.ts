/**
 * Families of commands for random programs beyond values and control: each makes the text of one statement. What they make may find
 * things that a statement before it left (namespaces, classes, coroutines, traces, children), under few names, so that programs meet themselves.
 */
import type { Dice } from '../tclsh.ts';
import { crossings, deaths, events, messages, packages, places, traceNests } from './meetings.ts';

/** What a family needs of the maker of programs (programs.ts). */
export interface Maker {
  readonly dice: Dice;
  pick<T>(from: readonly T[]): T;
  /** A constant as one word. */
  quote(text: string): string;
  text(): string;
  value(): string;
  int(): string;
  number(): string;
  listText(): string;
  /** A word: variable, constant, command in brackets. */
  word(depth?: number): string;
  words(most: number): string;
  list(): string;
  str(): string;
  index(): string;
  expr(depth: number): string;
  command(depth: number): string;
  key(): string;
}

export type Family = (m: Maker, depth: number) => string;

/** Each with a chance of one in so many. */
function few(m: Maker, oneIn: number, ...options: string[]): string {
  return options.filter(() => m.dice.below(oneIn) === 0).join(' ');
}

function body(m: Maker, depth: number): string {
  return depth > 0 ? m.command(depth - 1) : `list ${m.words(2)}`;
}

/** What a body may end with. */
function ending(m: Maker): string {
  return m.pick([
    'break',
    'continue',
    'error stop',
    'return r',
    'list done',
    'list done',
    'list done',
    'set a',
    'return -code error bad',
    'return -code 7 seven',
    'return -level 2 two',
    'throw {A B C} thrown',
    'nosuch x',
    'tailcall list tail',
    'expr {1/0}',
  ]);
}

const namespaces: Family = (m, depth) => {
  const ns = () => m.pick(['ns0', 'ns1', '::ns0', 'ns0::in', '::ns0::in', '::', 'nosuch', '']);
  const name = () => m.pick(['f', 'g', 'p0', 'p1', 'set', 'v', 'nosuch', '::ns0::f', 'ns0::f', 'in::f', 'f*', '*']);
  switch (m.dice.below(20)) {
    case 0:
    case 1:
    case 2:
      return `namespace eval ${m.pick(['ns0', 'ns1', 'ns0::in'])} {${few(m, 2, 'variable v 1;', 'namespace export f g*;', 'proc f args {list [namespace current] $args};', 'proc g {{x 2}} {variable v; incr v $x};', 'namespace path ::ns1;')} ${body(m, depth)}}`;
    case 3:
      return `namespace import ${few(m, 3, '-force')} ${m.pick(['ns0::*', 'ns0::f', '::ns1::g', 'ns0::nosuch', 'f', 'ns1::f*'])}; ${m.pick(['f 1', 'g', 'namespace import', 'namespace origin f'])}`;
    case 4:
      return `namespace forget ${m.pick(['ns0::*', 'ns0::f', 'f', 'nosuch::x', 'g'])}`;
    case 5:
      return `namespace delete ${m.pick(['ns0', 'ns1', 'ns0::in', 'nosuch', ''])}; namespace exists ns0`;
    case 6:
      return `namespace eval ns1 {namespace path ${m.pick(['::ns0', '{::ns0 ::ns0::in}', '{}', 'nosuch', ''])}}; namespace eval ns1 {${m.pick(['f 1', 'g 3', 'namespace path', 'namespace which f', 'p0 1'])}}`;
    case 7:
      return `namespace which ${few(m, 2, m.pick(['-command', '-variable']))} ${name()}`;
    case 8:
      return `namespace ${m.pick(['qualifiers', 'tail', 'parent', 'exists'])} ${ns()}`;
    case 9:
      return `lsort [namespace children ${ns()} ${m.pick(['ns*', '::ns0::*', 'in'])}]`;
    case 10:
      return `namespace inscope ${ns()} ${m.pick(['{set v}', 'f', '{list a}', 'nosuch', 'g'])} ${m.words(2)}`;
    case 11:
      return `eval [namespace eval ns0 {namespace code {list [namespace current]}}] ${m.words(1)}`;
    case 12:
      return `apply {{} {namespace upvar ${ns()} ${m.pick(['v w', 'v w v x', 'v', 'nosuch w', 'v a(b)'])}; ${m.pick(['incr w', 'set w', 'unset w', 'info locals', 'set w 5'])}}}`;
    case 13:
      return `namespace eval ns0 {namespace unknown ${m.pick(['{list unk}', '{}', 'nosuch', '{error u}'])}; nosuchcommand ${m.words(2)}}`;
    case 14:
      return `namespace eval ns0 {namespace ensemble create ${few(m, 2, '-prefixes 0', '-subcommands {f g}', '-map {f ::ns0::g h {::list a}}', '-command ::ens', '-unknown {apply {args {list ::list unk}}}', '-parameters x')}}; ${m.pick(['ns0', 'ens'])} ${m.pick(['f', 'g', 'h', 'ff', ''])} ${m.words(2)}`;
    case 15:
      return `namespace ensemble configure ${m.pick(['ns0', 'ens', 'nosuch', 'p0'])} ${m.pick(['', '-map', '-prefixes', '-subcommands', '-prefixes 0', '-map {f list}', '-subcommands {f x}', '-foo', '-unknown nosuch', '-namespace'])}`;
    case 16:
      return `ens ${m.pick(['f', 'g', 'h', 'x', 'a', ''])} ${m.words(3)}`;
    case 17:
      return `namespace ensemble exists ${m.pick(['ens', 'ns0', 'string', 'set', 'nosuch'])}`;
    case 18:
      return `namespace origin ${name()}`;
    default:
      return `set ${m.pick(['ns0::v', '::ns1::v', 'ns0::in::v', 'ns0::nosuch::v', '::v', 'ns0::a(1)'])} ${m.dice.below(2) ? m.word(0).replace('{*}', '') : ''}`;
  }
};

const objects: Family = (m, depth) => {
  const cls = () => m.pick(['C0', 'C1', 'C2']);
  const obj = () => m.pick(['o0', 'o1', 'o2', 'o0', 'C0', 'nosuch']);
  const method = () => m.pick(['f', 'g', 'h', 'Priv', 'destroy', 'unknown', 'eval', 'nosuch', '<cloned>']);
  const defined = (): string =>
    m.pick([
      `method f {args} {lappend ::log [self class] f; ${m.pick(['next {*}$args', 'list f [self] $args', 'my g 1', body(m, depth), '[self] g', 'return [self method]', 'self call', 'self caller', 'nextto C0', 'error f'])}}`,
      `method g {{x 1}} {${m.pick(['incr v $x', 'my variable v; set v $x', 'next', 'my Priv', 'set [my varname v] 3', 'info vars', 'uplevel 1 {set a}', body(m, depth), 'return -code break'])}}`,
      `method Priv {} {list priv [self namespace] ${m.pick(['', '[self target]', '[self next]', '[self filter]', '[my nosuch]'])}}`.replace(
        '[self namespace]',
        '[self method]',
      ),
      `method unknown {m args} {${m.pick(['next $m {*}$args', 'list unknown $m $args', 'error unk'])}}`,
      `constructor {${m.pick(['', '{x 1}', 'args', 'x'])}} {lappend ::log new; ${m.pick(['next', 'variable v 1', 'my f', 'error con', 'set v 2', body(m, depth), 'return 5'])}}`,
      `destructor {lappend ::log gone; ${m.pick(['next', 'error des', 'my g', 'list'])}}`,
      `variable ${m.pick(['v', 'v w', '-append w', '-clear', 'a(b)', '::x'])}`,
      `superclass ${m.pick(['C0', 'C1', 'oo::object', 'C0 C1', '-append C1', 'nosuch', 'oo::class'])}`,
      `mixin ${m.pick(['C0', 'C1', 'C2', '-append C1', '-clear', 'nosuch', 'C1 C1'])}`,
      `filter ${m.pick(['f', 'g', 'Priv', '-clear', 'nosuch'])}`,
      `forward ${m.pick(['fw list fwd', 'h my g', 'f set', 'fw nosuch'])}`,
      `export ${m.pick(['Priv', 'f', 'varname', 'nosuch'])}`,
      `unexport ${m.pick(['f', 'g', 'destroy'])}`,
      `deletemethod ${m.pick(['f', 'g', 'nosuch'])}`,
      `renamemethod ${m.pick(['f h', 'g f', 'nosuch x', 'h g'])}`,
      'nosuchdefinition x',
      'self',
    ]);
  const defs = () => m.dice.times(1 + m.dice.below(3), defined).join('; ');
  switch (m.dice.below(16)) {
    case 0:
    case 1:
    case 2:
      return `oo::class create ${cls()} {${defs()}}`;
    case 3:
      return `oo::define ${cls()} ${m.dice.below(3) ? `{${defs()}}` : defined().replace(/;.*/s, '')}`;
    case 4:
    case 5:
      return `${cls()} create ${m.pick(['o0', 'o1', 'o2', '::ns0::o', ''])} ${m.words(1)}`;
    case 6:
    case 7:
    case 8:
      return `${obj()} ${method()} ${m.words(2)}`;
    case 9:
      return `oo::objdefine ${obj()} {${m.pick([defs(), `class ${cls()}`, 'method f {} {next}', 'deletemethod f', 'mixin C1', 'filter f', 'export Priv', 'unexport g', 'forward fo list'])}}`;
    case 10:
      return `info object ${m.pick(['class', 'methods', 'isa object', 'isa class', 'vars', 'mixins', 'filters', 'variables', 'definition', 'call', 'methodtype', 'namespace', 'nosuch', 'forward'])} ${obj()} ${m.dice.below(3) ? '' : method()}`.replace(
        /^(info object namespace) (o\d|C\d) ?$/,
        'string length [$1 $2]',
      );
    case 11:
      return `lsort [info class ${m.pick(['methods', 'superclasses', 'subclasses', 'instances', 'mixins', 'filters', 'variables', 'definition', 'call', 'constructor', 'destructor', 'methodtype', 'forward', 'nosuch'])} ${cls()} ${m.dice.below(3) ? '' : m.pick([method(), '-all', '-private'])}]`;
    case 12:
      return `oo::copy ${obj()} ${m.pick(['o3', 'o2', 'C2', ''])}`.replace(/ $/, ' o3');
    case 13:
      return `${obj()} destroy; set ::log`;
    case 14:
      return `info object isa ${m.pick(['typeof', 'mixin'])} ${obj()} ${cls()}`;
    default:
      return `oo::class create ${cls()} {superclass ${cls()}; ${defs()}}; ${m.pick(['set ::log', 'set ::log {}'])}`;
  }
};

const coroutines: Family = (m, depth) => {
  const co = () => m.pick(['co0', 'co1']);
  const step = (): string =>
    m.pick([
      'yield',
      'set r [yield 1]',
      'yield [info coroutine]',
      'lappend r [yield $r]',
      `yieldto ${m.pick(['return -level 0 y', 'list y', 'error yt', 'nosuch', 'co1 x', 'return -code break'])}`,
      'set x [yieldto string length abc]',
      body(m, depth),
      'foreach x {1 2} {lappend r [yield $x]}',
      'try {yield t} finally {lappend ::log fin}',
      'catch {yield c; error in} e; yield $e',
      'uplevel #0 {set a}',
      'yield [catch {co0} e]$e',
      'apply {{} {yield deep}}',
      'eval {yield ev}',
      'lmap x {1 2 3} {yield $x}',
      'upvar #0 a z; yield $z',
      'rename [info coroutine] {}',
      'info level 0',
      'yield [info frame]'.replace('[info frame]', '[info level]'),
      'while 1 {if {[yield w] eq {}} break}',
      `if {[yield] eq {x}} {${ending(m)}}`,
      'dict for {k v} {a 1 b 2} {yield $k$v}',
      'switch [yield sw] {a {yield A} default {yield D}}',
    ]);
  switch (m.dice.below(8)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return `coroutine ${co()} apply {{${m.pick(['', 'args', 'x', '{x 1}'])}} {set r {}; ${m.dice.times(1 + m.dice.below(3), step).join('; ')}; ${ending(m)}}} ${m.dice.below(4) ? '' : m.words(1)}`;
    case 4:
    case 5:
    case 6:
      return `${co()} ${m.words(1)}`;
    default:
      return m.pick([
        `rename ${co()} {}`,
        'yield',
        'yieldto list',
        'set ::log',
        'info commands co*',
        'coroutine co0',
        'coroutine co0 nosuch',
        'rename co0 co1',
        'info coroutine',
      ]);
  }
};

const tries: Family = (m, depth) => {
  const handler = (): string =>
    m.pick([
      `on error {e o} {${body(m, depth)}; list h $e [dict get $o -code] [dict get $o -level]}`,
      `trap {A} e {list trap $e; ${ending(m)}}`,
      'trap {ARITH DIVZERO} {} {list divzero}',
      'trap {TCL LOOKUP} e -',
      'on return {r o} {list ret $r [dict get $o -level]}',
      'on break {} {list brk}',
      'on continue {} -',
      'on 7 r {list seven $r}',
      'on ok r {list fine $r}',
      'on error e {error again}',
      'on error {e o} {return -options $o $e}',
      'on error {e o} {dict exists $o -during}',
      'trap {} e {list any $e}',
      'on nosuch e {}',
    ]);
  const one = (inner: string): string =>
    `try {${inner}} ${m.dice.times(m.dice.below(3), handler).join(' ')} ${m.pick(['', '', 'finally {lappend ::log fin}', 'finally {error fin}', `finally {${ending(m)}}`, 'finally'])}`;
  const inner = m.pick([body(m, depth), ending(m), `${body(m, depth)}; ${ending(m)}`]);
  const whole = m.dice.below(3) === 0 ? one(`${one(inner)}; ${ending(m)}`) : one(inner);
  return m.pick([
    whole,
    `catch {${whole}} e o; list $e [dict exists $o -during] [dict exists $o -errorinfo]`,
    `foreach x {1 2} {lappend out [${whole}]}; set out`,
    `proc t {} {${whole}; list after}; t`,
    `catch {${whole}} e o; list $e [dict get $o -code] [dict get $o -level]`,
    `while {[incr ::guard] % 3} {${whole}}`,
  ]);
};

const traces: Family = (m, depth) => {
  const v = m.pick(['a', 'b', 'arr', 'arr(a)', 'arr(q)', 's', 'nosuch', 'tv']);
  const ops = m.pick(['read', 'write', 'unset', 'array', '{read write}', '{write unset}', '{read write unset array}', 'nosuch', '{}']);
  const handler = m.pick([
    'tlog',
    'tlog',
    'tlog',
    '{tlog x}',
    'nosuch',
    'terr',
    '{apply {{n1 n2 op} {upvar 1 $n1 x; catch {set x($n2) 1}; catch {set x 2}}}}',
  ]);
  const use = m.pick([
    `set ${v} ${m.quote(m.text())}`,
    `set ${v}`,
    `unset ${v}`,
    `incr ${v}`,
    `lappend ${v} x`,
    `append ${v} y`,
    'array get arr',
    'array names arr',
    'array set arr {a 1 z 2}',
    'array size arr',
    `info exists ${v}`,
    `dict set ${v} k 1`,
    `apply {{} {upvar #0 ${v} q; ${m.pick(['set q 1', 'set q', 'unset q', 'incr q', 'array exists q'])}}}`,
    `foreach ${v} {1 2} {}`,
    'lassign {1 2} a b',
    `catch {error x} ${v}`,
    `regexp . abc ${v}`,
    `lset ${v} 0 5`,
    body(m, depth),
  ]);
  const start = 'proc tlog args {lappend ::tl [lrange $args end-2 end]}; proc terr args {error terr}; set ::tl {}';
  const cmd = m.pick(['p0', 'tc', 'set', 'tc']);
  switch (m.dice.below(10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return `${start}; trace add variable ${v} ${ops} ${handler}; catch {${use}} e; list $e $tl`;
    case 4:
      return `${start}; trace remove variable ${v} ${ops} ${handler}; catch {${use}} e; list $e $tl`;
    case 5:
      return `trace info ${m.pick([`variable ${v}`, `command ${cmd}`, `execution ${cmd}`, 'variable nosuch', 'nosuch a'])}`;
    case 6:
      return `${start}; proc tc {} {list tc}; trace add command tc ${m.pick(['rename', 'delete', '{rename delete}', 'foo'])} ${handler.startsWith('{apply') ? 'tlog' : handler}; catch {${m.pick(['rename tc td', 'rename tc {}', 'proc tc {} {}', 'tc'])}} e; list $e $tl`;
    case 7:
    case 8:
      return `proc xlog args {lappend ::xl $args}; set ::xl {}; proc tc {{x 1}} {set y $x\n ${m.pick(['incr y', 'if {$y} {set z 1}', 'foreach q {1 2} {set w $q}', 'error in', 'list [list a] b', 'return 5', 'uplevel 1 {list up}', 'eval {set k 1; set k 2}', 'catch {error c}'])}}; trace add execution tc ${m.pick(['enter', 'leave', '{enter leave}', 'enterstep', 'leavestep', '{enterstep leavestep}'])} xlog; catch {tc ${m.pick(['', '3', '1 2'])}} e; trace remove execution tc ${m.pick(['enter', 'enterstep', '{enter leave}', 'leavestep'])} xlog; list $e $xl`;
    default:
      return `trace ${m.pick(['variable a w tlog', 'vdelete a w tlog', 'vinfo a', 'add', 'add variable', 'add variable a', 'remove execution nosuch enter x', 'add execution nosuch enter x', 'nosuch', 'info variable a', 'add command nosuch delete x'])}`;
  }
};

const MIXED = [
  'a',
  'B',
  'A',
  'b',
  'a10',
  'a2',
  'a02',
  'A2',
  '10',
  '9',
  '0x1f',
  '1.5',
  '-3',
  '1e2',
  'ä',
  'Z',
  '',
  'x y',
  'ab',
  'aB',
  '007',
  '3 4',
  '{1 2} 3',
];

const sorting: Family = (m) => {
  const items = (n: number, from: readonly string[]) => m.dice.times(m.dice.below(n), () => m.quote(m.pick(from))).join(' ');
  const ints = () => `{${items(8, ['3', '1', '-2', '10', '0x1f', '2', '2', '010', '99999999999999999999'])}}`;
  const reals = () => `{${items(8, ['3', '1.5', '-2.25', '1e3', '.5', '2', 'Inf', '-Inf', '1.0'])}}`;
  const mixed = () => `{${items(9, MIXED)}}`;
  const pairs = () =>
    `{${m.dice.times(m.dice.below(6), () => `{${m.pick(MIXED.slice(0, 8))} ${m.pick(['1', '2', '10', '-1', 'x'])}}`).join(' ')}}`;
  const options = few(m, 4, '-decreasing', '-increasing', '-unique', '-nocase', '-indices', '-ascii', '-dictionary');
  switch (m.dice.below(10)) {
    case 0:
      return `lsort -integer ${options.replace('-dictionary', '').replace('-ascii', '')} ${m.dice.below(5) ? ints() : mixed()}`;
    case 1:
      return `lsort -real ${options.replace('-dictionary', '').replace('-ascii', '')} ${m.dice.below(5) ? reals() : mixed()}`;
    case 2:
    case 3:
      return `lsort -dictionary ${options} ${mixed()}`;
    case 4:
      return `lsort ${options} ${mixed()}`;
    case 5:
      return `lsort -index ${m.pick(['0', '1', 'end', 'end-1', '{0 0}', '2', 'x', '{}'])} ${options} ${few(m, 2, m.pick(['-integer', '-real', '-dictionary']))} ${pairs()}`;
    case 6:
      return `lsort -stride ${m.pick(['2', '3', '1', '0', 'x'])} ${few(m, 2, `-index ${m.pick(['0', '1', 'end', '{1 0}', '3'])}`)} ${options} ${mixed()}`;
    case 7:
      return `lsearch ${few(m, 3, '-all', '-inline', '-not')} ${few(m, 3, m.pick(['-exact', '-glob', '-regexp', '-sorted']))} ${few(m, 3, m.pick(['-integer', '-real', '-dictionary', '-ascii']))} ${few(m, 4, '-nocase', '-decreasing', '-increasing', '-bisect', `-start ${m.index()}`)} ${m.pick([ints(), mixed(), reals()])} ${m.quote(m.pick([...MIXED, 'a*', '[ab]', '^a']))}`;
    case 8:
      return `lsearch ${few(m, 3, '-all', '-inline', '-not', '-subindices')} -index ${m.pick(['0', '1', 'end', '{0 0}', '5', 'x'])} ${few(m, 3, m.pick(['-exact', '-glob', '-regexp', '-sorted', '-integer']))} ${pairs()} ${m.quote(m.pick(['a', 'B', '1', '10', 'a*', 'x']))}`;
    default:
      return `lsort -command {apply {{x y} {${m.pick(['string compare $x $y', 'expr {[string length $x] - [string length $y]}', 'expr {$x < $y ? -1 : $x > $y}', 'return x', 'error cmp', 'return -code break', 'string compare -nocase $x $y'])}}}} ${options.replace(/-nocase|-ascii|-dictionary/g, '')} ${mixed()}`;
  }
};

const binaries: Family = (m) => {
  const count = () => m.pick(['', '', '2', '3', '*', '0', '10']);
  const type = () => m.pick([...'aAbBhHcsStiInwWmfrRdqQxX@', 'cu', 'su', 'iu', 'Iu', 'Su', 'wu', 'tu', 'n', 'z']);
  const fields = (n: number) => m.dice.times(1 + m.dice.below(n), () => `${m.pick(['', '', ' '])}${type()}${count()}`).join('');
  const arg = () =>
    m.quote(
      m.pick([
        '1',
        '-1',
        '255',
        '65536',
        '1.5',
        '{1 2 3}',
        '{1 2}',
        'abc',
        '0110',
        'ff0',
        'xyz',
        '',
        'äö',
        '18446744073709551615',
        '-9223372036854775808',
        '1e40',
        'é€',
        '{1.5 -2}',
        '4294967296',
      ]),
    );
  switch (m.dice.below(5)) {
    case 0:
    case 1:
      // With `X0` 8.6 passes over a value, and reads behind the last.
      return `binary encode hex [binary format {${fields(3).replaceAll('X0', 'X')}} ${m.dice.times(m.dice.below(4), arg).join(' ')}]`;
    case 2:
    case 3:
      return `unset -nocomplain u v w; list [binary scan [binary format H* ${m.pick(['', '00', '0102030405060708090a', 'fffffffffffff', '8123456789abcdef', '3ff8000000000000', '414243', '61e4', '7f800000', '0000c07f'])}] {${fields(3)}} u v w] [lmap x {u v w} {expr {[info exists $x] ? [set $x] : {-}}}]`;
    default:
      return `binary ${m.pick(['encode', 'decode'])} ${m.pick(['hex', 'base64', 'uuencode', 'nosuch'])} ${few(m, 3, '-strict', '-maxlen 5', '-wrapchar :', '-maxlen x')} ${m.quote(m.pick(['', 'a', 'ab', 'abcdefghijkl', '616', '6162', 'YWI=', 'YW I', '"86%B', '#86)C', 'x!', 'zz', '=', 'Y===']))}`;
  }
};

const MOMENTS = [
  '0',
  '1',
  '-1',
  '86399',
  '951782400',
  '1000000000',
  '1234567890',
  '1709164800',
  '4102444800',
  '-2208988800',
  '253402300799',
  '-62135596800',
  '1635641999',
];

const clocks: Family = (m) => {
  const zone = () =>
    m.pick([
      '-gmt 1',
      '-gmt 1',
      '-timezone :UTC',
      '-timezone :Europe/Berlin',
      '-timezone :America/New_York',
      '-timezone +0530',
      '-timezone EST5EDT',
      '-timezone :Asia/Kolkata',
    ]);
  const moment = () => (m.dice.below(3) ? m.pick(MOMENTS) : String(m.dice.below(2_000_000_000)));
  const letters = () =>
    m.dice
      .times(
        1 + m.dice.below(4),
        () => `%${m.pick([...'aAbBcCdDeGghHIjJklmMnNpPQrsStTuUVwWxXyYzZ%', 'Ex', 'EY', 'Od', 'Ey', 'OH', 'EC', 'Om'])}`,
      )
      .join(m.pick([' ', '-', '', '/']));
  const format = () =>
    m.quote(
      m.pick([
        letters(),
        '%Y-%m-%d',
        '%H:%M:%S',
        '%Y-%m-%dT%H:%M:%S',
        '%a %b %d %H:%M:%S %Y',
        '%j %Y',
        '%G-W%V-%u',
        '%s',
        '%D',
        '%I:%M %p',
        '%d.%m.%y',
        '%J',
        '%e %B %Y',
      ]),
    );
  switch (m.dice.below(6)) {
    case 0:
    case 1:
      return `clock format ${moment()} ${zone()} -format ${format()} ${few(m, 4, `-locale ${m.pick(['en', 'C', 'en_US'])}`)}`;
    case 2: {
      const f = format();
      return `clock scan [clock format ${moment()} ${zone()} -format ${f}] -base 1000000000 ${zone()} -format ${f}`;
    }
    case 3:
      return `clock scan ${m.quote(m.pick(['2001-02-03', '1 Feb 2003', '12:34', '2001-02-03 04:05:06', 'Feb 29 2004', '2/3/99', 'next month', '1 week ago', 'tomorrow', 'monday', 'yesterday noon', '20010203T040506', '13:45 GMT', 'last friday', '3 days', 'x', '', '99/99/99', '1999-12-31 23:59:60', '12am', '+3 months', 'now', '00:00', '2 fortnights ago', '10 Jan 2000 10:00 am EST']))} -base ${moment()} ${zone()}`;
    case 4:
      return `clock add ${moment()} ${m.dice.times(1 + m.dice.below(2), () => `${m.pick(['1', '-1', '2', '100', '-13', 'x', '0'])} ${m.pick(['seconds', 'minutes', 'hour', 'days', 'week', 'month', 'months', 'years', 'weekdays', 'fortnight', 'da'])}`).join(' ')} ${zone()}`;
    default:
      return `clock scan ${m.quote(m.pick(['2001 5', '12 Jan', '03 04', 'Tue 7', '99', '1 1 1', 'x', '12:5', '7 PM', '+0100', 'BST', '2001-W05-3', '366 2001', '-5']))} -format ${m.quote(m.pick(['%Y %j', '%d %b', '%m %d', '%a %d', '%y', '%d %m %y', '%Y', '%H:%M', '%I %p', '%z', '%Z', '%G-W%V-%u', '%j %Y', '%s']))} -base ${moment()} ${zone()}`;
  }
};

/** In 8.6 characters are units of UTF-16, so only those of the first plane. */
const WIDE_TEXT = [
  'ß',
  'İı',
  'Ǆǆǅ',
  'ﬁ',
  'äÖé',
  'ΑΣς',
  '€',
  '中文',
  'а̀б',
  '\u00ad',
  '\u2028',
  '\ufeff',
  '٣४',
  'Ⅷⅷ',
  'ª²½',
  '\u0000',
  '\u0001',
  'ᾳ',
  'ÿŸ',
  'Kk',
  'ſS',
  '_‿',
  '　 ',
  '\u0085',
  '\u200b',
];

const wideTexts: Family = (m) => {
  const t = () => m.quote(m.dice.times(1 + m.dice.below(4), () => m.pick([...WIDE_TEXT, 'a', ' ', 'X1'])).join(''));
  const i = () => m.pick(['0', '1', '2', 'end', 'end-1', '5']);
  switch (m.dice.below(14)) {
    case 0:
    case 1:
      return `string ${m.pick(['toupper', 'tolower', 'totitle', 'length', 'reverse', 'bytelength', 'trim', 'trimleft', 'trimright'])} ${t()}`;
    case 2:
    case 3:
      return `string is ${m.pick('alnum alpha ascii control digit graph lower print punct space upper wordchar xdigit integer double list boolean'.split(' '))} ${few(m, 2, '-strict', '-failindex fi')} ${t()}`;
    case 4:
      return `string ${m.pick(['compare', 'equal'])} ${few(m, 2, '-nocase', '-length 2')} ${t()} ${t()}`;
    case 5:
      return `string ${m.pick(['first', 'last'])} ${t()} ${t()}${t()}`.replace(/\}\{|""/g, '');
    case 6:
      return `string map ${few(m, 2, '-nocase')} [list ${t()} x ${t()} ${t()}] ${t()}`;
    case 7:
      return `string match ${few(m, 2, '-nocase')} ${m.pick(['*', '?', '[a-z]', '[ä-ü]*', '*[ΑΣ]*', t()])} ${t()}`;
    case 8:
      return `string ${m.pick(['wordstart', 'wordend', 'index'])} ${t()} ${i()}`;
    case 9:
      return `regexp -inline ${few(m, 2, '-nocase', '-indices', '-all')} -- ${m.pick(['\\\\w+', '{[[:alpha:]]+}', '{[[:upper:]]}', '{[[:space:]]}', '{[^[:print:]]}', '\\\\W', '{[[:punct:]]}', '{[[:graph:]]+}', '{[[:digit:]]}', '{[[:lower:]]+}', '.', t()])} ${t()}`;
    case 10:
      return `binary encode hex [encoding convertto ${m.pick(['utf-8', 'iso8859-1', 'ascii', 'unicode', 'cp1252', 'iso8859-15', 'koi8-r', 'symbol'])} ${t()}]`;
    case 11:
      return `encoding convertfrom ${m.pick(['utf-8', 'iso8859-1', 'ascii', 'unicode', 'cp1252', 'utf-8'])} [binary format H* ${m.pick(['c3a4', 'e282ac', 'c0', 'ff', '80', 'c0af', 'e28261', '00', 'f09f9880', '4100', 'c080', 'e282', 'a461'])}]`;
    case 12:
      return `split ${t()} ${m.dice.below(2) ? t() : '{}'}`;
    default:
      return `scan ${t()} %c%n%s`;
  }
};

const infos: Family = (m, depth) => {
  switch (m.dice.below(14)) {
    case 0:
      return `apply {{x args} {set y 1; upvar #0 a z; ${m.pick(['info locals', 'lsort [info vars]', 'info level', 'info level 0', 'lsort [info locals y*]', 'info exists z', 'info args nosuch', 'info level -1', 'info level 1'])}}} ${m.words(2)}`;
    case 1:
      return `proc q {x {y 5} args} {list $x};  info ${m.pick(['args q', 'body q', 'default q y dv', 'default q x dv', 'default q z dv', 'default nosuch y dv', 'args nosuch', 'body set', 'args', 'procs q*', 'commands q', 'cmdtype q x'])}`;
    case 2:
      return `info complete ${m.quote(m.pick(['a', '{', 'a {', '[', '"', '}', '\\', 'a\\\n', '# {', '{a}b', '[a', '"a"b', 'a "b', '$x(', '{*}{', ';']))}`;
    case 3:
      return `lsort [info globals ${m.pick(['?', 'ar*', 'nosuch', 'tcl_pa*'])}]`;
    case 4:
      return `apply {{} {catch {${m.pick(['error e', 'nosuch', 'apply {{} {error deep}}', 'uplevel 1 {error up}', 'throw {A B} t', 'lindex a b c', 'eval {error ev}'])}} e o; ${m.pick(['dict get $o -errorline', 'set ::errorCode', 'lsort [dict keys $o]', 'string length $::errorInfo', 'set ::errorInfo'])}}}`;
    case 5:
      return `subst ${few(m, 3, '-nocommands', '-nobackslashes', '-novariables')} ${m.quote(m.pick(['$a [set b]', '\\x41\\n\\$a', '[break]a', 'a[continue]b', '[return x]y', '[error e]', '$arr(a)', '${a}b', '$nosuch', '[set a;set b]', 'a[list x', '$a(b', '[lindex {a b} 1]$', '$arr([set a])', '[list {]}]', 'x[break]$nosuch', '$arr([break])y', '[# c]']))}`;
    case 6:
      return `package ${m.pick(['vcompare 1.2 1.10', 'vcompare 1.2a1 1.2', 'vsatisfies 8.6 8', 'vsatisfies 8.6 8.5-', 'vsatisfies 1.3 1.1-1.2', 'vcompare x 1', 'require nosuch', 'provide foo 1.0', 'require foo', 'require foo 2', 'ifneeded foo', 'ifneeded bar 1 {package provide bar 1}', 'require bar', 'versions bar', 'present bar', 'present nosuch', 'forget foo', 'provide foo', 'require -exact foo 1.0', 'vsatisfies 1 1-1', 'ifneeded baz 1 {error e}', 'require baz', 'prefer', 'vcompare 1.0b2 1.0b10', 'require foo 1-2 3', 'names x'])}`;
    case 7:
      return `::tcl::mathop::${m.pick(['+', '-', '*', '/', '%', '**', '<', '<=', '==', 'eq', 'ne', 'in', 'ni', '!', '~', '&', '|', '^', '<<', '>>', '&&'])} ${m.dice.times(m.dice.below(4), () => m.pick([m.quote(m.number()), '$a', '$n', '$b'])).join(' ')}`;
    case 8:
      return `::tcl::mathfunc::${m.pick(['abs', 'int', 'wide', 'entier', 'round', 'ceil', 'floor', 'double', 'isqrt', 'max', 'min', 'bool', 'fmod', 'hypot', 'pow', 'sqrt', 'exp', 'nosuch'])} ${m.dice.times(1 + m.dice.below(2), () => m.quote(m.number())).join(' ')}`;
    case 9:
      return `interp alias {} al {} ${m.pick(['list x', 'p0', 'expr', 'al2', 'string length'])}; interp alias {} ${m.pick(['al', 'nosuch', 'al {}'])}`;
    case 10:
      return `array ${m.pick(['names', 'get', 'exists', 'size', 'unset', 'startsearch', 'anymore', 'set', 'statistics', 'nosuch'])} ${m.pick(['arr', 'a', 'nosuch'])} ${m.pick(['', 'a*', '-exact a', '-regexp a', '-glob b', '{x 1}'])}`
        .replace(/^array (names|get) arr ?(\*|a\*|)?$/, 'lsort [array names arr]')
        .replace(/statistics.*/, 'exists arr');
    case 11:
      return `set ::unk {}; rename unknown kept; proc unknown args {lappend ::unk $args; ${m.pick(['list unk', 'error unk', 'return -code break', 'uplevel 1 set a'])}}; catch {nosuch${m.dice.below(3)} ${m.words(2)}} e; rename unknown {}; rename kept unknown; list $e $::unk`;
    case 12:
      return `catch {${body(m, depth)}} e o; list [dict get $o -code] [expr {[dict exists $o -errorline] ? [dict get $o -errorline] : {}}]`;
    default:
      return `info ${m.pick(['nameofexecutable x', 'patchlevel', 'tclversion', 'sharedlibextension', 'level x', 'functions sq*', 'cmdcount x', 'nosuch', 'script', 'hostname x', 'loaded x y z'])}`
        .replace('info functions', 'lsort [info functions')
        .replace('sq*', 'sq*]');
  }
};

const children: Family = (m, depth) => {
  const c = m.pick(['k', 'k', 'k', 'nosuch', 'k k']);
  const q = `{${c}}`;
  switch (m.dice.below(16)) {
    case 0:
    case 1:
      return `catch {interp create k}; k eval {${body(m, depth)}}`;
    case 2:
      return `interp eval ${q} ${m.quote(body(m, depth))}`;
    case 3:
      return `catch {interp create k}; k alias ${m.pick(['ka', 'lset', 'kb'])} ${m.pick(['list x', 'p0', 'nosuch', 'set a', 'error', 'return -code break', 'k eval list', '{}'])}; k eval {${m.pick(['ka', 'kb', 'lset'])} ${m.words(2)}}`;
    case 4:
      return `interp ${m.pick(['exists', 'issafe', 'delete', 'aliases', 'hidden', 'children', 'slaves', 'recursionlimit', 'marktrusted', 'debug'])} ${q}`;
    case 5:
      return `k hide ${m.pick(['list', 'set', 'nosuch', 'list hid', 'a::b'])}; lsort [k hidden]`;
    case 6:
      return `k expose ${m.pick(['list', 'set', 'nosuch', 'hid', 'hid list'])}`;
    case 7:
      return `k invokehidden ${few(m, 3, '-global', '-namespace ns0', '--')} ${m.pick(['list', 'set', 'nosuch'])} ${m.words(2)}`;
    case 8:
      return `catch {interp create -safe ks}; ks eval {${m.pick(['open x', 'exec ls', 'lsort [interp hidden]', 'file exists x', 'source x', 'info commands open', 'cd', 'set x 1', 'lsort [info commands e*]'])}}`;
    case 9:
      return `interp alias ${q} ${m.pick(['x {} list', 'x {} p0 1', 'x', 'x {}', 'x k set', 'x {} nosuch'])}; k eval {x ${m.words(1)}}`;
    case 10:
      return `interp target ${q} ${m.pick(['x', 'ka', 'nosuch'])}`;
    case 11:
      return `interp limit ${q} ${m.pick(['command', 'time', 'nosuch'])} ${m.pick(['', '-value', '-granularity', '-milliseconds', '-value x', '-foo'])}`;
    case 12:
      return `k eval {proc loop n {if {$n} {loop [incr n -1]} else {${ending(m)}}}; loop ${m.dice.below(4)}}`;
    case 13:
      return `k ${m.pick(['', 'nosuch', 'eval', 'eval {error e}', 'eval {return -code 5 x}', 'eval break', 'issafe', 'aliases', 'bgerror', 'limit', 'recursionlimit x'])}`;
    case 14:
      return `interp bgerror ${q} ${m.pick(['', 'list', '{a b}', '{}'])}`;
    default:
      return `interp create ${m.pick(['k', '-safe', '-- k', '{k k2}', '-foo', 'k -safe', '{k2 x}'])}`.replace(
        'interp create -safe',
        'interp exists k',
      );
  }
};

/** Levels, links, renamed and redefined commands. */
const levels: Family = (m, depth) => {
  const builtin = m.pick(['error', 'lreverse', 'lrepeat', 'lmap', 'scan', 'subst']);
  const level = () => m.pick(['1', '0', '#0', '2', '#1', '#5', 'x', '']);
  switch (m.dice.below(12)) {
    case 0:
    case 1:
      return `proc u1 {x} {set loc 1; uplevel ${level()} {${body(m, depth)}}}; proc u2 {} {set loc 2; u1 5}; u2`;
    case 2:
      return `proc u3 {} {upvar ${level()} ${m.pick(['a q', 'loc q', 'arr q', 'arr(a) q', 'nosuch q', 'a q b r', 'a', 'a q(1)', 'arr(new) q'])}; ${m.pick(['set q 1', 'incr q', 'set q', 'unset q', 'info exists q', 'lappend q x', 'array get q', 'set q(x) 2', 'info locals', 'upvar 0 q z; set z 7'])}}; proc u4 {} {set loc 4; u3}; u4`;
    case 3:
      return `apply {{} {global ${m.pick(['a', 'a b', 'nosuch', 'arr', 'arr(a)', '::a', 'ns0::v'])}; ${m.pick(['set a 1', 'incr a', 'unset a', 'info locals', 'set arr(a)', 'set nosuch'])}}}`;
    case 4:
      return `rename ${builtin} kept; proc ${builtin} args {${m.pick(['return mine', 'llength $args', 'error mine', 'uplevel 1 [linsert $args 0 kept]'])}}; catch {${body(m, depth)}} e; catch {list [incr a] b} e2; rename ${builtin} {}; rename kept ${builtin}; list $e $e2`;
    case 5:
      return `rename ${m.pick(['p0', 'p1', 'u1', 'u2', 'q'])} ${m.pick(['p0', 'ns0::x', 'nosuch::x', '', 'zz', 'q'])}`.replace(/ $/, ' {}');
    case 6:
      return `proc t1 {} {tailcall ${m.pick(['list a', 'u1 3', 'set a', 'error e', 'nosuch', 'return -code break', 'u2'])}}; proc t2 {} {t1; list t2}; t2`;
    case 7:
      return `apply {{a {b 2} args} {${body(m, depth)}} ${m.pick(['', '::ns0', 'nosuch'])}} ${m.words(3)}`;
    case 8:
      return `foreach {x y} ${m.list()} {${body(m, depth)}; ${ending(m)}}`;
    case 9:
      return `for {set i${depth} 0} {$i${depth} < 3} {incr i${depth}} {${body(m, depth)}; ${ending(m)}; ${body(m, depth)}}; set i${depth}`;
    case 10:
      return `switch ${few(m, 2, m.pick(['-exact', '-glob', '-regexp', '-glob -nocase', '-regexp -matchvar mv', '-regexp -indexvar iv -matchvar mv', '-regexp -nocase']))} -- ${m.str()} ${m.pick([`{{^a(.*)} {list $mv} {b.*} {${body(m, depth)}} ABC - default {list [info exists mv] [info exists iv]}}`, `a* {${body(m, depth)}} default {${ending(m)}}`, '{a}', '{a - b -}', 'a', `{{[a-c]} {${ending(m)}} {} {list empty}}`])}`;
    default:
      return `uplevel ${level()} ${m.pick(['set a', '{set a}', '{list [info level]}', `{${body(m, depth)}}`])}`;
  }
};

const scanning: Family = (m) => {
  const spec = () =>
    `%${m.pick(['', '', '*', '1$', '2$'])}${m.pick(['', '', '3', '1', '10'])}${m.pick(['', '', 'l', 'h', 'L', 'll'])}${m.pick([...'dioxXucsefgbn%', '[a-z]', '[^ ]', '[]x]', '[0-9', 'q'])}`;
  const given = m.pick([
    m.quote(m.number()),
    m.quote(`${m.number()} ${m.text()}`),
    m.str(),
    m.quote(
      m.pick(['  12 abc', '0x1f', '077 8', '1e5x', '-', '+5', '99999999999999999999', 'abc123', '0b101', '.5', '1.e3', 'nan', '12%']),
    ),
  ]);
  return `scan ${given} ${m.quote(m.dice.times(1 + m.dice.below(3), spec).join(m.pick(['', ' ', '-'])))} ${m.pick(['', '', 'u', 'u v', 'u v w'])}`;
};

/** Other flavours of expressions, and what stands around them. */
const flavours: Family = (m) => {
  const piece = () =>
    m.pick([
      'a',
      'b',
      '.',
      '\\(a\\)',
      '(a)',
      '\\{1,2\\}',
      '{1,2}',
      '*',
      '+',
      '?',
      '\\+',
      '^',
      '$',
      '[ab]',
      '\\1',
      '|',
      ' ',
      '\\<',
      '\\>',
      '#c',
      '\n',
      'A',
      '\\d',
      '(?:b)',
      '\\',
      '{',
      '}',
      '\\x41',
      '\\y',
      '[[:<:]]',
      '[[.hyphen.]]',
      '[[=a=]]',
      '(?#x)',
      '\\Z',
    ]);
  const re = `${m.pick(['', '(?b)', '(?e)', '(?q)', '(?x)', '(?n)', '(?p)', '(?w)', '(?i)', '***:', '***=', '(?ic)', '(?bx)'])}${m.dice.times(1 + m.dice.below(5), piece).join('')}`;
  const subject = m.quote(m.dice.times(m.dice.below(9), () => m.pick([...'aabbAB \n-*+(1'])).join(''));
  return m.pick([
    `regexp ${few(m, 4, '-nocase', '-all', '-line', '-expanded', '-linestop', '-lineanchor')} -inline ${few(m, 3, '-indices')} -- ${m.quote(re)} ${subject}`,
    `regsub ${few(m, 3, '-all', '-nocase', '-line')} -- ${m.quote(re)} ${subject} ${m.quote(m.pick(['<&>', '\\0\\1', '\\\\&', 'x', '', '\\9']))}`,
    `regexp -about -- ${m.quote(re)}`,
    `lsearch -all -inline -regexp {a b ab aab AB {a b}} ${m.quote(re)}`,
  ]);
};

const dicts: Family = (m, depth) => {
  const k = () => m.quote(m.key());
  const nested = '{a {x 1 y {z 2}} b {x {p q}} c 3}';
  const dv = m.pick(['dd', 'd', 'dd']);
  const start = `set dd ${nested}`;
  const path = () => m.pick(['a', 'a x', 'a y', 'a y z', 'b x p', 'c', 'a q', 'c x', 'q', 'q r']);
  const use = m.pick([
    `dict get $${dv} ${path()}`,
    `dict set ${dv} ${path()} ${m.word()}`,
    `dict unset ${dv} ${path()}`,
    `dict exists $${dv} ${path()}`,
    `dict with ${dv} ${path()} {${m.pick(['set x 9', 'unset x', 'info locals', 'set y', 'set dd 5', body(m, depth), ending(m)])}}`,
    `dict update ${dv} a va ${k()} vb {${m.pick(['dict set va x 2', 'unset va', 'set vb 1', 'set dd {}', body(m, depth), ending(m)])}}`,
    `dict for {k v} $${dv} {lappend r $k; ${ending(m)}}`,
    `dict map {k v} $${dv} {${m.pick(['string length $v', 'list $k', ending(m)])}}`,
    `dict filter $${dv} ${m.pick(['key a* b', 'value *3*', 'script {k v} {string match {*x*} $v}', 'script {k} {}', 'script {k v} {break}', 'script {k v} {continue}', 'nosuch x', 'key'])}`,
    `dict incr ${dv} ${m.pick(['c', 'a', 'q', 'c 5', 'c x', 'c 1.5'])}`,
    `dict append ${dv} c ${m.words(2)}`,
    `dict lappend ${dv} ${m.pick(['c', 'a', 'q'])} ${m.words(2)}`,
    `dict replace $${dv} ${k()} ${m.word(0)} ${k()}`,
    `dict remove $${dv} a ${k()}`,
    `dict merge $${dv} {a 1} ${m.list()}`,
    `dict info {}`.replace('info', 'size'),
    `dict keys $${dv} ${m.pick(['', 'a', '[ab]', '*'])}`,
    `dict values $${dv} ${m.pick(['', '*x*', '3'])}`,
  ]);
  return m.dice.below(2) ? `${start}; ${use}; set ${dv}` : `apply {{} {${start}; set d {}; ${use}; list $${dv} [lsort [info locals]]}}`;
};

/** Commands that give what they leave in a variable: what is kept of it elsewhere must not change with it. */
const keepers: Family = (m) => {
  const list = () => m.pick(['l', 'm']);
  const change = (deep: number): string => {
    const value = () => (deep > 0 ? `[${change(deep - 1)}]` : m.pick(['$l', '$m', '$s', 'x', '{y z}']));
    return m.pick([
      () => `lappend ${list()} ${value()}`,
      () => `lset ${list()} ${m.pick([0, 'end'])} ${value()}`,
      () => `set ${list()} ${value()}`,
      () => `append s ${value()}`,
      () => `dict ${m.pick(['set', 'lappend', 'append'])} d k ${value()}`,
      () => `if 1 {lappend ${list()} i}`,
      () => `eval {lappend ${list()} e}`,
      () => `eval [list lappend ${list()} ${value()}]`,
      () => `uplevel 0 {lappend ${list()} u}`,
      () => `switch a {a {lappend ${list()} s}}`,
      () => `try {lappend ${list()} t} finally {lappend ${list()} f}`,
      () => `catch {lappend ${list()} c} ${m.pick(['l', 'm', 'n'])}`,
      () => `lindex [list ${value()} ${value()}] 0`,
      () => `${m.pick(['concat', 'list', 'string cat'])} ${value()} ${value()}`,
      () => `linsert ${value()} 0 ${value()}`,
      () => `lreplace ${value()} 0 0`,
      () => `lmap x ${value()} {lappend ${list()} $x}`,
      () => `foreach x ${value()} {lappend ${list()} $x}; set ${list()}`,
      () => `apply {x {lappend x a; set x}} ${value()}`,
      () => `return -level 0 ${value()}`,
      () => `expr {1 ? ${m.pick(['$l', '$m', '[lappend l q]'])} : 0}`,
    ])();
  };
  return `if {[string length $l$m$s$d] > 2000} {set l {a b}; set m c; set s t; set d {}}
  set n [${change(2)}]; ${change(1)}; list $n [${change(1)}] [${change(1)}] [expr {[${change(1)}] eq [${change(1)}]}] $l $m $s $d`;
};

/** Prefixes of words, searches of arrays, sorted and nested lists, classes of strings, tables of text. */
const tables: Family = (m) => {
  const words = () => m.pick(['{apple apply ape bear}', '{-all -alpha -beta}', '{a ab abc}', '{}', '{x x}', '$l', '{a {}}']);
  const word = () => m.pick(['ap', 'app', 'apple', 'b', '', 'a', '-al', 'x', 'nosuch', '-']);
  const nested = '{{b 2 {x y}} {a 10 {z}} {c 1 {}} {a 9 {w v}}}';
  const index = () => m.pick(['0', '1', 'end', '{2 0}', '{1}', 'end-1', '{2 end}', '5', '{}', 'x', '{0 0}']);
  return m.pick([
    () => `tcl::prefix all ${words()} ${word()}`,
    () => `tcl::prefix longest ${words()} ${word()}`,
    () => `tcl::prefix match ${few(m, 3, '-exact', '-message thing', '-error {-level 0}', '-error {}', '-error x')} ${words()} ${word()}`,
    () => `tcl::prefix ${m.pick(['', 'foo', 'all', 'match {a}', 'longest a'])}`,
    () =>
      `apply {{} {array set q {one 1}; set s [array startsearch q]; set r {}; ${m.pick(['array set q {two 2}', 'unset q(one)', 'set q(one) 9', 'set r $s'])}; while {[array anymore q $s]} {lappend r [array nextelement q $s]}; array ${m.pick(['donesearch q $s', 'anymore q $s', 'nextelement q $s', 'donesearch q nosuch', 'donesearch r $s', 'nextelement q s-1-r'])}; ${m.pick(['set r', 'array nextelement q $s', 'array donesearch q $s'])}}}`,
    () => `array statistics ${m.pick(['nosuch', 'a'])}`,
    () =>
      `lsearch ${few(m, 3, '-exact', '-glob', '-regexp', '-sorted', '-all', '-inline', '-not', '-nocase', '-integer', '-real', '-dictionary', '-increasing', '-decreasing', '-bisect', '-subindices', `-index ${index()}`, `-start ${m.pick(['1', 'end', '-1', '9', 'x', 'end-1'])}`)} ${m.pick([nested, nested, '{1 3 5 7}', '{a B c D}', '{10 9 8}', '$l'])} ${m.pick(['a', '1', '5', 'B', '[ab]', '{b 2}', 'x', '4', '*', '10', '{}'])}`,
    () =>
      `lsort ${few(m, 3, '-ascii', '-dictionary', '-integer', '-real', '-increasing', '-decreasing', '-unique', '-nocase', '-indices', `-index ${index()}`, `-stride ${m.pick(['1', '2', '3', 'x'])}`)} ${m.pick([nested, nested, '{1 a 3 b 2 c}', '{a10 a2 A1 a1}', '{1.5 1 0x2 3}', '{b B a A}'])}`,
    () =>
      `string is ${m.pick('alnum alpha ascii boolean control digit double entier false graph integer list lower print punct space true upper wideinteger wordchar xdigit'.split(' '))} ${few(m, 2, '-strict')} -failindex fi ${m.pick([m.quote(m.text()), m.quote(`${m.number()}${m.text()}`), '{{a} {b}c}', '{1 2 \\{}', '" 12 "', '1e', '0x', '{}', 'yesx', 'tr'])}; if {[info exists fi]} {set fi}`,
    () =>
      `string map ${few(m, 2, '-nocase')} ${m.quote(m.pick(['a 1 ab 2', 'ab 2 a 1', 'A x b y', 'ä ö', '{} x', 'a', 'aa b a c', 'a {} b {}']))} ${m.quote(m.pick(['abAB', 'aaab', 'äÄa', '', 'baab']))}`,
    () =>
      `string ${m.pick(['compare', 'equal'])} ${few(m, 2, '-nocase', `-length ${m.pick(['0', '1', '2', '-1', 'x', '99'])}`)} ${m.quote(m.text())} ${m.quote(m.text())}`,
    () =>
      `format ${m.quote(`%${m.pick(['', '-', '+', ' ', '0', '#', '-#', '0+'])}${m.pick(['', '5', '.3', '8.3', '1$'])}${m.pick(['', 'h', 'l', 'll', 'L'])}${m.pick([...'dioxXubcsfeEgGpqa%'])}`)} ${m.dice.times(1 + m.dice.below(3), () => m.quote(m.number())).join(' ')}`,
    () => `lmap {a b} ${nested} c {1 2} {list $c [lindex $a ${index()}] ${m.pick(['$b', '[lindex $b 0]', '[incr c]'])}}`,
    () => `lset ${m.pick(['nl', 'l'])} ${index()} ${m.pick(['', index()])} Z; list $nl`.replace(/^/, `set nl ${nested}; `),
    () => `linsert ${nested} ${m.pick(['end', 'end-1', 'end+1', '0', '2', '99', 'x', '1+1'])} ${m.words(2)}`,
    () => `lreplace ${nested} ${m.pick(['0', 'end', '1', '-1', '9', 'x'])} ${m.pick(['0', 'end', 'end-1', '-1', '9'])} ${m.words(2)}`,
    () => `split ${m.quote(m.pick(['a,b;c', '', ',', 'a,,b', 'äöü']))} ${m.quote(m.pick([',', ',;', '', 'ö', 'abc']))}`,
    () => `expr {${m.quote(m.number())} ${m.pick(['in', 'ni'])} ${m.quote(`${m.number()} ${m.number()}`)}}`,
    () => `concat ${m.dice.times(3, () => m.quote(m.pick([' a ', '{a b}', '', '  ', '{ c}', '\\{', 'x\n']))).join(' ')}`,
    () =>
      `dict ${m.pick(['merge {a 1 b 2} {b 3 c 4} {}', 'replace {a 1 a 2} a 3', 'remove {a 1 b 2} a z', 'create a 1 a 2', 'keys {a 1 ab 2 b 3} a*', 'values {a 1 b 11} 1*', 'size {a 1 a 2}', 'exists {a {b 1}} a b', 'exists {a {b}} a b', 'get {a {b 1}} a b c', 'getdef {a 1} b 2', 'getwithdefault {a 1} b 2', 'info {a 1 b}', 'filter {a 1 b 2} value 1 2', 'filter {a 1 b 2} key b a', 'filter {a 1 b 2} script {k v} {expr {$v > 1}}'])}`,
  ])();
};

/** A channel kept in a list, by a handler that is a proc, and what stands on channels. */
const channels: Family = (m) => {
  const data = () => m.quote(m.pick(['abc', 'a\nb\nc', 'äöü', 'line one\nline two\n', '', 'a\r\nb', '12345678']));
  const set = () =>
    m.pick([
      '-buffering none',
      '-buffering line',
      '-translation crlf',
      '-translation binary',
      '-translation {auto lf}',
      '-encoding iso8859-1',
      '-encoding utf-8',
      '-eofchar x',
      '-eofchar {}',
      '-blocking 0',
      '-buffersize 12',
      '-foo 1',
      '-encoding nosuch',
      '-translation foo',
      '-buffering x',
    ]);
  const step = () =>
    m.pick([
      () => `puts -nonewline $ch ${data()}`,
      () => `puts $ch ${data()}`,
      () => 'flush $ch',
      () => `seek $ch ${m.pick(['0', '2', '-1 current', '0 end', '1 start', '-1', 'x', '0 foo'])}`,
      () => 'lappend r [tell $ch]',
      () => 'lappend r [gets $ch]',
      () => 'lappend r [gets $ch v] $v',
      () => `lappend r [read $ch ${m.pick(['', '1', '3', '0', '-1', 'x'])}]`,
      () => 'lappend r [eof $ch] [fblocked $ch]',
      () => `fconfigure $ch ${set()}`,
      () =>
        `lappend r [fconfigure $ch ${m.pick(['-encoding', '-translation', '-buffering', '-buffersize', '-blocking', '-eofchar', '-nosuch'])}]`,
      () => `lappend r [chan pending ${m.pick(['input', 'output', 'foo'])} $ch]`,
      () => 'lappend r [chan truncate $ch 2]',
      // Tcl writes the character of an end again when the rest is closed.
      () => 'chan close $ch read',
    ])();
  // What a handler answers is what is there; a place in the text before it is a place in its bytes.
  const handler = `proc memory {how ch args} {
    upvar #0 mem mem at at
    switch $how {
      initialize {set mem {}; set at 0; return {initialize finalize watch read write seek ${m.pick(['cget cgetall configure', 'blocking', ''])}}}
      read {set n [lindex $args 0]; set got [string range $mem $at [expr {$at + $n - 1}]]; incr at [string length $got]; return $got}
      write {set d [lindex $args 0]; set n [string length $d]; set mem [string replace $mem $at [expr {$at + $n - 1}] $d]; if {$at >= [string length $mem]} {append mem $d}; incr at $n; return $n}
      seek {lassign $args off base; set at [expr {$off + ($base eq {start} ? 0 : $base eq {current} ? $at : [string length $mem])}]; if {$at < 0} {set at 0; error neg}; return $at}
      cget {return v} cgetall {return {-o v}} configure {if {[lindex $args 1] eq {bad}} {error badopt}}
    }
  }`;
  return `${handler}; apply {{} {set r {}; set v {}; set ch [chan create {read write} memory]; catch {${m.dice.times(2 + m.dice.below(6), step).join('; ')}} e; catch {close $ch} e2; list $r $e $e2 [binary encode hex [encoding convertto utf-8 $::mem]]}}`;
};

export const FAMILIES: readonly Family[] = [
  namespaces,
  namespaces,
  objects,
  objects,
  coroutines,
  tries,
  traces,
  sorting,
  binaries,
  clocks,
  wideTexts,
  infos,
  children,
  levels,
  scanning,
  flavours,
  dicts,
  keepers,
  tables,
  tables,
  channels,
  deaths,
  traceNests,
  crossings,
  events,
  packages,
  messages,
  places,
];
