/**
 * Families for random programs where several things meet: what goes away or changes while it runs, traces that fail in each other, interpreters with
 * coroutines, classes and channels between them, events in their order, packages and messages.
 */
import type { Family, Maker } from './families.ts';

/** What a script says in `::log`, with its result, its options, or whatever becomes of an error. */
function logged(m: Maker, script: string): string {
  const end = m.pick([
    'set ::log',
    'catch',
    'catch',
    'catch {set o [dict remove $o -errorstack -during]}; if {[dict get $o -code] != 1} {set o {}}; list $e $o $::log',
    'catch {set o [dict remove $o -errorstack -during]}; if {[dict get $o -code] != 1} {set o {}}; list $e $o $::log',
    '',
  ]);
  const run = end === '' || end === 'set ::log' ? script : `catch {${script}} e o`;
  return `set ::log {}; set ::guard 0; ${run}${end === 'catch' ? '; list $e [dict get $o -code] $::log' : `; ${end}`}`;
}

/** Calls of the things that `deaths` makes, and ends of them. */
const CALLS = [
  '::dn::victim',
  '::dn::victim',
  'dob m',
  'dob n',
  'dco',
  'dk eval kp',
  '::dn::other 1',
  'other 2',
  'dens o',
  'my n',
  '[self] m',
  'set ::dv 1',
  'unset ::dv',
  '::dk::x',
];
const ENDS = [
  'rename ::dn::victim {}',
  'rename ::dn::victim ::dn::v2',
  'proc ::dn::victim args {lappend ::log new}',
  'namespace delete ::dn',
  'if {[namespace current] ne {::}} {namespace delete [namespace current]}',
  'rename ::dn::other {}',
  'rename ::dn::other ::dn::o2',
  'rename ::dn::other ::other',
  'dob destroy',
  'my destroy',
  'rename dob {}',
  'oo::define DC deletemethod n',
  'oo::define DC method n args {lappend ::log n2}',
  'oo::objdefine dob mixin DB',
  'oo::objdefine dob class DB',
  'oo::objdefine dob method n args {lappend ::log on; next}',
  'rename dco {}',
  'rename [info coroutine] {}',
  'trace remove variable ::dv write ::dn::tr',
  'trace add variable ::dv write {::dn::tr 2}',
  'trace remove execution ::dn::victim {enter leave} ::dn::tr',
  'rename dens {}',
  'namespace ensemble configure dens -map {o ::list}',
  'unset -nocomplain ::dv',
  'unset -nocomplain ::dn::v',
  'namespace eval ::dn {namespace export other}; namespace eval :: {namespace import -force ::dn::other}',
];
const STEPS = [
  'lappend ::log a',
  'lappend ::log [namespace current]',
  'variable v; lappend ::log [info exists v]',
  'lappend ::log [lsort [info commands ::dn::*]]',
  'lappend ::log [info level 0]',
  'lappend ::log [catch {self} e] $e',
  'lappend ::log [info exists ::dv]',
  'lappend ::log [namespace which other]',
  'lappend ::log [yield y]',
  'error stop',
  'return r',
  'next',
  'tailcall ::dn::other 3',
  'uplevel 1 {lappend ::log [namespace current]}',
  'set v 2',
  'incr ::dv',
];

/** What is called goes away, or becomes another, while it runs; but not a class, which 8.6 does not live through, nor in a destructor by `tailcall`. */
export const deaths: Family = (m) => {
  const step = (): string => m.pick(m.pick([STEPS, CALLS, ENDS]));
  const body = (): string => {
    const steps = m.dice.times(1 + m.dice.below(4), () =>
      m.dice.below(4) === 0 ? `lappend ::log [catch {${step()}} e] [string range $e 0 50]` : step(),
    );
    return `if {[incr ::guard] > 20} return; ${steps.join('; ')}`;
  };
  const setUp = `foreach c {DC DB dob} {catch {$c destroy}}; foreach c {dco other dens dob2} {catch {rename $c {}}}; foreach n {::dn ::dk} {catch {namespace delete $n}}; unset -nocomplain ::dv
  namespace eval dn {variable v 1; proc other args {lappend ::log other $args}; proc victim args {${body()}}; proc tr args {lappend ::log [lindex $args end]; ${body()}}; namespace ensemble create -command ::dens -map {o ::dn::other}}
  oo::class create DB {method m args {lappend ::log DBm}; method n args {lappend ::log DBn}; destructor {lappend ::log DBd}}
  oo::class create DC {superclass DB; method m args {${body()}}; method n args {${body()}}; destructor {lappend ::log DCd; ${m.pick(['next', body().replaceAll('tailcall ', '')])}}}; DC create dob; set ::dv 0; set ::log {}; set ::guard 0
  catch {coroutine dco apply {args {yield 1; ${body()}; yield 2; ${body()}}}}; catch {dk eval {proc kp {} {}}}
  ${m.pick(['', 'trace add variable ::dv {write unset} ::dn::tr', 'trace add execution ::dn::victim {enter leave} ::dn::tr', 'trace add command ::dn::victim {rename delete} ::dn::tr', 'trace add command dob {rename delete} ::dn::tr', 'trace add variable ::dn::v unset ::dn::tr', 'trace add command dco delete ::dn::tr'])}`;
  return `${setUp}\n  ${logged(m, m.pick([m.pick(CALLS), m.pick(ENDS), 'foreach i {1 2} {dco}', 'namespace eval ::dn {victim; lappend ::log end}', 'try {dob m} finally {lappend ::log fin}']))}`;
};

/** Traces of variables, several on one thing, that fail, change and remove each other. */
export const traceNests: Family = (m) => {
  const v = (): string => m.pick(['tv', 'tv', 'ta(x)', 'ta(y)', 'ta', 'tl']);
  const ops = (): string =>
    m.pick(['read', 'write', 'unset', 'array', '{read write}', '{write unset}', '{read write unset}', '{array read}']);
  const use = (): string => {
    const name = v();
    return m.pick([
      `set ${name} ${m.dice.below(9)}`,
      `lappend ::log [set ${name}]`,
      `unset ${name}`,
      `unset -nocomplain ${name}`,
      `incr ${name}`,
      `append ${name} q`,
      `lappend ${name} q`,
      `lappend ::log [info exists ${name}]`,
      `lappend ::log [lsort [array names ta]]`,
      'array unset ta x',
      'array set ta {x 1 z 2}',
      'lappend ::log [array size ta]',
      'array get ta',
      `catch {set ${name}} ${name}`,
      `foreach ${name} {1 2} {lappend ::log f}`,
      `lassign {3 4} tv ${name}`,
      `regexp {b(.)} abc ${name} tv`,
      `scan 12 %d ${name}`,
      `gets stdin ${name}`.replace('gets stdin', 'binary scan ab a'),
      `dict set ${name} k 1`,
      `dict incr ${name} k`,
      `lset ${name} 0 5`,
      `upvar 0 ${name} al; set al 3`,
      `apply {{} {global tv ta; incr tv; set ta(y) 2}}`,
      `trace remove variable ${name} ${ops()} ::t1`,
      `trace add variable ${name} ${ops()} ::t2`,
      `lappend ::log [trace info variable ${name}]`,
      `try {incr ${name}} on error {e o} {lappend ::log $e}`,
      `expr {$${name} + 1}`,
      `set q "a$${name}"`,
      `namespace eval tn {variable w; upvar #0 ${name} w2; set w2 1}`,
    ]);
  };
  const handler = (name: string): string =>
    `proc ${name} {n1 n2 op} {lappend ::log ${name} $n1 $n2 $op; if {[incr ::guard] > 20} return; ${m.pick(['', '', 'upvar 1 $n1 x; catch {lappend ::log $x}', 'upvar 1 $n1 x; if {$n2 eq {}} {set x 7} else {set x($n2) 8}', `uplevel #0 {${use()}}`, `uplevel #0 {${use()}}`, 'error $op', 'uplevel 1 [list unset -nocomplain $n1]', 'global tv; set tv 5'])}}`;
  return `catch {unset tv}; catch {unset ta}; catch {unset tl}; catch {rename t3 {}}; set tv 1; array set ta {x 1 y 2}; ${handler('t1')}; ${handler('t2')}
  ${m.dice.times(1 + m.dice.below(3), () => `catch {trace add variable ${v()} ${ops()} ::${m.pick(['t1', 't1', 't2'])}}`).join('; ')}
  ${m.dice.below(2) ? logged(m, `${use()}; ${use()}`) : logged(m, `apply {{} {global tv ta; set tl 0; trace add variable tl ${ops()} ::t1; ${use()}; ${use()}}}`)}`;
};

/** Interpreters with coroutines, classes, traces and hidden commands between them. */
export const crossings: Family = (m, depth) => {
  const inner = (): string =>
    m.pick([
      'up a b',
      'set r [up x]',
      'upc',
      'yup 3',
      'catch up e; set e',
      'error kerr',
      'return -code 7 seven',
      'list [kv]',
      'set gv 5',
      'incr gv',
      'foreach i {1 2} {up $i}',
      'hid 1',
      'nosuch 1',
      'coroutine kc apply {{} {yield [up 1]; yield [catch {yup 2} e]$e; error ce}}; list [kc]',
      'kc',
      'kp 2',
      'apply {{} {tailcall up t}}',
      'oo::class create KC {method m args {up {*}$args}}; KC create ko; ko m 1',
      'trace add variable gv write up; set gv 1',
      'uplevel #0 {up u}',
      'try {up y} trap {A B} e {list trapped $e} finally {up fin}',
      'interp alias {} loc {} up loc; loc 1',
      'info level',
      'lsort -command up {b a}',
      'namespace eval kn {up [namespace current]}',
      m.command(Math.max(0, depth - 1)),
    ]);
  const target = m.pick([
    'list got',
    'error',
    'throw {A B}',
    '::xp',
    'dob m',
    'set',
    'xe',
    'interp eval xk list',
    'return -code 3',
    'return',
    'nosuch',
    'apply {args {lappend ::log $args; lindex $args end}}',
    'apply {args {uplevel 1 {lappend ::log [info level]}}}',
    'xk eval set gv',
    'xk invokehidden list',
    'eval lappend ::log',
    'coroutine xc list',
  ]);
  const use = m.pick([
    () => `xk eval {${inner()}; ${inner()}}`,
    () => `xk eval {${inner()}}`,
    () => `interp eval xk ${m.quote(inner())}`,
    () => `xa ${m.words(2)}`,
    () => `xk invokehidden ${m.pick(['', '-global', '-namespace kn', '--'])} hid ${m.words(2)}`,
    () => `coroutine xco apply {{} {lappend ::log [yield 1]; xk eval {${inner()}}; yield 2; xk eval {${inner()}}}}; xco; xco`,
    () => `apply {{} {set loc 1; xk eval {${inner()}}; incr loc}}`,
    () => `after 0 {xk eval {${inner()}}}; update; lappend ::log done`,
    () => `xk eval {after 0 {${inner()}}; update}`,
    () =>
      `xk ${m.pick(['aliases', 'alias up', 'alias nosuch', 'issafe', 'alias up {}', 'hide up', 'expose hid', 'expose hid h2', 'hide list l2', 'recursionlimit', 'limit command', 'target up', 'bgerror'])}`.replace(
        /^xk target/,
        'interp target xk',
      ),
    () =>
      `interp ${m.pick(['target xk up', 'alias xk up', 'alias xk', 'alias xk up {}', 'transfer {} stdin xk', 'share {} nosuch xk', 'limit xk command -value 5', 'limit xk command -value 5 -command {lappend ::log limit}', 'recursionlimit xk 12', 'delete xk', 'rename xk', 'alias xk a2 xk list q'])}`,
    () =>
      `interp limit xk command -value [expr {[xk eval {info cmdcount}] + 10}] -command {lappend ::log lim}; xk eval {for {set i 0} {$i < 20} {incr i} {list}}`.replace(
        /^.*$/,
        () => 'interp recursionlimit xk 15; xk eval {proc kr n {kr [incr n]}; kr 0}',
      ),
  ])();
  return `interp bgerror {} list; catch {interp delete xk}; interp create ${m.pick(['', '', '-safe'])} xk; xk alias up ${target}; xk alias upc xco; xk alias yup yield; interp alias {} xa xk ${m.pick(['kp', 'up', 'error', 'nosuch', 'set gv'])}; proc xp args {lappend ::log xp $args; if {[incr ::guard] > 20} return; ${m.pick(['list', 'error xp', 'xk eval {set gv}', 'return -code break', 'xa 1', 'interp delete xk'])}}
  interp bgerror xk list; xk eval {proc kp args {${inner()}}; proc kv {} {list kv}; rename kv hid; proc kv {} {error kv}}; xk hide hid; ${logged(m, use)}`;
};

/** Events, timers and channels, in the order in which they come. */
export const events: Family = (m) => {
  const say = (): string => {
    const n = m.dice.below(100);
    return m.pick([
      `lappend ::log ${n}`,
      `lappend ::log ${n}`,
      `lappend ::log ${n}; error e${n}`,
      `lappend ::log ${n}; after 0 {lappend ::log in${n}}`,
      `lappend ::log ${n}; after idle {lappend ::log id${n}}`,
      `lappend ::log ${n}; update`,
      `lappend ::log ${n}; update idletasks; lappend ::log b${n}`,
      'set ::ev 1',
      'after cancel $::id',
      `return -code ${m.pick(['break', 'error', '7', 'return'])} r${n}`,
      `lappend ::log ${n}; after 0 {set ::ev2 1}; vwait ::ev2; lappend ::log w${n}`,
    ]);
  };
  // Whether a copy or a script is first told of input, does not matter to anyone.
  const copies = m.dice.below(2) === 0;
  const watching = [
    () => 'fileevent $r readable {lappend ::log ev [gets $::r line] [eof $::r]; if {[eof $::r]} {close $::r}}',
    () => 'fileevent $r readable {lappend ::log rd [read $::r 3]; if {[incr ::guard] > 9} {fileevent $::r readable {}}}',
    () => `fileevent $r readable {lappend ::log er; fileevent $::r readable {}; ${say()}}`,
  ];
  const step = (): string =>
    m.pick([
      () => `after 0 {${say()}}`,
      () => `after 0 {${say()}}`,
      () => `set ::id [after ${m.pick(['0', 'idle', '5000'])} {${say()}}]`,
      () => `after idle {${say()}}`,
      () => 'update',
      () => 'update idletasks',
      () => 'after cancel $::id',
      () => 'after 0 {set ::ev 1}; vwait ::ev',
      () => 'lappend ::log [llength [after info]]',
      () => 'lappend ::log [catch {after info $::id} e]',
      () => 'after cancel {lappend ::log 1}',
      () => `puts $w ${m.pick(['abc', '{}', '{x y}'])}; flush $w`,
      () => 'puts -nonewline $w part; flush $w',
      () => 'fileevent $w writable {incr ::guard; fileevent $::w writable {}}',
      () => 'lappend ::log [gets $r l] $l [fblocked $r] [eof $r]',
      () => 'lappend ::log [read $r] [fblocked $r]',
      () => 'close $w',
      ...(copies ? [] : watching),
      () => (copies ? `fcopy $r $w2 ${m.pick(['', '-size 3', '-size 0'])} -command {lappend ::log copied}` : 'lappend ::log [gets $r2]'),
      () => 'lappend ::log [gets $r2]',
      () => `fconfigure $r ${m.pick(['-translation crlf', '-buffersize 11', '-encoding ascii', '-eofchar c', '-blocking 0'])}`,
    ])();
  return `catch {foreach c {r w r2 w2} {close [set $c]}}; foreach i [after info] {after cancel $i}; lassign [chan pipe] r w; lassign [chan pipe] r2 w2; foreach c {r r2 w2} {fconfigure [set $c] -blocking 0}; set l {}; set id {}
  proc bgerror m {lappend ::log bg $m; ${m.pick(['', '', 'return -code break'])}}; catch {${logged(m, m.dice.times(2 + m.dice.below(6), step).join('; '))}} e; lappend ::log $e; update; catch {foreach c {r w r2 w2} {close [set $c]}}; regsub -all {(file|after#)\\d+} [lappend ::log] {\\1}`;
};

const VERSIONS = ['1', '1.0', '1.2', '2.0', '1.5a1', '2b3', '1.10', '0.9', '3', '1.', 'x', '1a', '01.2', '1.2.3.4'];

export const packages: Family = (m) => {
  const p = (): string => m.pick(['pa', 'pb']);
  const v = (): string => m.pick(VERSIONS);
  const want = (): string => m.pick([v(), v(), `${v()}-`, `${v()}-${v()}`, '']);
  const script = (): string =>
    m.pick([
      'package provide pa 1.0',
      'package provide pb 2.0',
      'error load',
      'package require pb',
      'package require pa',
      'list',
      'break',
      'return -code 7 x',
      'lappend ::log loaded; package provide pa 1.5a1',
      'package provide pa 1.2; package forget pa',
      'nosuch',
    ]);
  const step = (): string =>
    m.pick([
      () => `package ifneeded ${p()} ${v()} {${script()}}`,
      () => `package ifneeded ${p()} ${v()} {${script()}}`,
      () => `lappend ::log [package ifneeded ${p()} ${v()}]`,
      () => `lappend ::log [package require ${p()} ${want()} ${m.pick(['', want()])}]`,
      () => `lappend ::log [package require -exact ${p()} ${v()}]`,
      () => `lappend ::log [package present ${p()} ${want()}]`,
      () => `package provide ${p()} ${v()}`,
      () => `lappend ::log [package provide ${p()}]`,
      () => `lappend ::log [package versions ${p()}]`,
      () => `package forget ${p()}`,
      () => `lappend ::log [package vcompare ${v()} ${v()}]`,
      () => `lappend ::log [package vsatisfies ${v()} ${want()} ${want()}]`,
      () => `package unknown {apply {args {lappend ::log unk $args; ${script()}}}}`,
      () => 'package unknown {}',
    ])();
  return `package forget pa pb; set ::kept [package unknown]; package unknown {}; catch {${logged(m, m.dice.times(2 + m.dice.below(4), step).join('; '))}} r; package unknown $::kept; list $r $::log`;
};

/** Messages by locale, and compressed data. */
export const messages: Family = (m) => {
  const data = (): string => m.pick(['abcabcabcabc', '{}', 'a', '[string repeat xyz 100]', '\\u00ff\\u0000']);
  const loc = (): string => m.pick(['de', 'de_AT', 'fr', 'en', '{}', 'de_at_x', 'xx', 'EN_us']);
  return m.pick([
    () =>
      `package require msgcat; namespace eval mn {${m.dice.times(2 + m.dice.below(4), () => m.pick([`msgcat::mcset ${loc()} hello ${m.pick(['hallo', '{x %s}', 'salut'])}`, `msgcat::mclocale ${loc()}`, 'lappend ::log [msgcat::mc hello]', 'lappend ::log [msgcat::mc hello a b]', 'lappend ::log [msgcat::mcmax hello longer x]', 'lappend ::log [msgcat::mcpreferences]', 'lappend ::log [msgcat::mclocale]', `lappend ::log [msgcat::mcexists ${m.pick(['', '-exactlocale', '-exactnamespace'])} hello]`, `msgcat::mcmset ${loc()} {hello ms b c}`, 'msgcat::mcflset hello fl', 'lappend ::log [msgcat::mcn ::mn hello 1]', 'msgcat::mcforgetpackage', 'lappend ::log [lsort [msgcat::mcloadedlocales loaded]]', `msgcat::mcpackagelocale set ${loc()}`, 'lappend ::log [msgcat::mcpackagelocale preferences]'])).join('; ')}}; set ::log`.replace(
        /^/,
        'set ::log {}; ',
      ),
    () => `zlib ${m.pick(['crc32', 'adler32'])} ${data()} ${m.pick(['', '0', '7', 'x', '-1'])}`,
    () =>
      `binary encode hex [zlib ${m.pick(['inflate', 'decompress', 'gunzip'])} [zlib ${m.pick(['deflate', 'compress', 'gzip'])} ${data()} ${m.pick(['', '9', '1', '10'])}] ${m.pick(['', '', '5', '-1'])}]`,
    () =>
      `set z [zlib stream ${m.pick(['deflate', 'inflate', 'compress', 'gzip', 'decompress', 'foo'])} ${m.pick(['', '-level 9', '-level 10', '-header {comment c}', '-foo 1'])}]; set ::log {}; catch {${m.dice.times(1 + m.dice.below(4), () => m.pick([`$z put ${m.pick(['', '-flush', '-fullflush', '-finalize', '-foo'])} ${data()}`, 'lappend ::log [string length [$z get]]', 'lappend ::log [$z eof]', 'lappend ::log [$z checksum]', '$z flush', '$z finalize', '$z reset', `lappend ::log [string length [$z add ${m.pick(['', '-finalize'])} ${data()}]]`, '$z nosuch', '$z get 1 2', '$z close', 'lappend ::log [$z fullflush]', 'lappend ::log [dict size [$z header]]'])).join('; ')}} e; catch {$z close}; list [string map [list $z Z] $e] $::log`,
    () =>
      `lassign [chan pipe] r w; fconfigure $w -translation binary; fconfigure $r -translation binary -blocking 0; catch {zlib push ${m.pick(['gzip', 'deflate', 'compress'])} $w ${m.pick(['', '-level 1'])}; puts -nonewline $w ${data()}; ${m.pick(['flush $w', 'fconfigure $w -flush sync', 'chan pop $w', 'close $w', 'fconfigure $w -flush full'])}} e; set got [catch {zlib push ${m.pick(['gunzip', 'inflate', 'decompress'])} $r; read $r} e2]; catch {close $w}; catch {close $r}; string map [list $r R $w W] [list $e $got $e2]`,
  ])();
};

/** Where code stands, as `info frame` tells; not files, nor what only Tcl's own code is compiled to. */
export const places: Family = (m) => {
  const show = 'lappend ::log [where]';
  const nest = (d: number): string => {
    if (d === 0) return show;
    const inner = nest(d - 1);
    return m.pick([
      `if 1 {${inner}}`,
      `\n  ${inner}`,
      `foreach x 1 {\n${inner}}`,
      `eval {${inner}}`,
      `catch {${inner}}`,
      `try {${inner}} finally {}`,
      `apply {{} {${inner}}}`,
      `uplevel 1 {${inner}}`,
      `uplevel #0 {${inner}}`,
      `namespace eval pn {${inner}}`,
      `switch a {a {${inner}}}`,
      `dict for {k v} {a 1} {${inner}}`,
      `lmap x 1 {${inner}}`,
      `while 1 {${inner}; break}`,
      `set q [${inner}]`,
      `proc pp {} {${inner}}; pp`,
      `subst {[${inner}]}`,
      `list [${inner}]`,
      `expr {[llength [${inner}]] + 1}`,
      `oo::class create PC {method m {} {${inner}}}; [PC new] m; PC destroy`,
      `coroutine pc apply {{} {${inner}}}`,
      `time {${inner}}`,
      `eval [list if 1 {${inner}}]`,
      `set s {${inner}}; eval $s`,
    ]);
  };
  return `catch {PC destroy}; set ::log {}; proc where {} {set d [info frame -1]; ${m.pick(['dict remove $d cmd', 'list $d [dict remove [info frame -2] cmd]'])}}; after 0 {catch {apply {{} {${nest(1 + m.dice.below(3))}}}}; set ::done 1}; vwait ::done; set ::log`;
};
