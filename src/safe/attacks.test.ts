/**
 * Attacks, a tclet each, and how each ends: in a Tcl error, in a limit, or in nothing at all. After every one the cell is what it was, and no
 * JavaScript exception has come out of it.
 */
import { describe, expect, it } from 'vitest';
import { makeCell, makeTkCell, type TestCell } from './test-cell.ts';

type Attack = readonly [script: string, said: string | RegExp];

const LIMITS = { timeMs: 250, commands: null, memoryMb: 32 };

/** A cell with small limits, its clock the real one. */
function besieged(): TestCell {
  const test = makeCell({ limits: LIMITS });
  Object.defineProperty(test, 'clock', { get: () => performance.now(), set: () => {} });
  return test;
}

/** What must hold whatever the tclet has done: it has no more than it had. */
function unharmed({ cell, asked }: TestCell): void {
  const { interp, master } = cell;
  expect(asked.every((r) => r.op === 'policy' || (r.op.startsWith('scratch-') && 'name' in r && r.name.length < 256))).toBe(true);
  expect(master.globalNs.cmds.has('cd')).toBe(true);
  expect(master.varExists('hacked')).toBe(false);
  if (interp.deleted) return;
  expect(interp.safe).toBe(true);
  for (const name of ['cd', 'pwd', 'file:exists']) expect(interp.hidden.has(name.includes(':') ? `tcl:${name}` : name)).toBe(true);
  expect([...interp.children.values()].every((child) => child.safe)).toBe(true);
  expect(master.children.size).toBe(1);
}

function fight(attacks: readonly Attack[], make: () => TestCell = besieged): void {
  it.each(attacks)('%s', (script, said) => {
    const test = make();
    const heard = test.run(script);
    if (typeof said === 'string') expect(heard.split('\n')[0]).toBe(said);
    else expect(heard).toMatch(said);
    unharmed(test);
    // The process lives, and the next tclet finds it as new.
    expect(make().run('list [expr {6 * 7}] [catch {cd /}]')).toBe('ok 42 1');
  });
}

const UNSAFE = 'TCL OPERATION INTERP UNSAFE';
const NO_INVOKE = `error not allowed to invoke hidden commands from safe interpreter ${UNSAFE}`;
const NO_EXPOSE = `error permission denied: safe interpreter cannot expose commands ${UNSAFE}`;
const gone = (name: string): string => `error invalid command name "${name}" TCL LOOKUP COMMAND ${name}`;
const DENIED = 'error permission denied NONE';
const TIME = 'error time limit exceeded TCL LIMIT TIME';
const MEMORY = 'error memory limit exceeded TCL LIMIT MEMORY';
const TOO_LARGE = 'error integer value too large to represent ARITH IOVERFLOW {integer value too large to represent}';
const TOO_DEEP = 'error too many nested evaluations (infinite loop?) TCL LIMIT STACK';
/** Whichever limit is met first. */
const LIMIT = /^error (memory|time) limit exceeded/;

describe('hidden commands, by every road', () => {
  fight([
    ['interp invokehidden {} cd /', NO_INVOKE],
    ['interp invokehidden {} -global -- cd /', NO_INVOKE],
    ['interp invokehidden {} -namespace ::tcl cd /', NO_INVOKE],
    ['interp create k; interp invokehidden k cd /', NO_INVOKE],
    ['interp create k; k invokehidden cd /', NO_INVOKE],
    ['interp expose {} cd', NO_EXPOSE],
    ['interp expose {} tcl:file:exists exists', NO_EXPOSE],
    ['interp create k; k expose cd', NO_EXPOSE],
    ['interp hide {} puts cd', `error permission denied: safe interpreter cannot hide commands ${UNSAFE}`],
    ['interp marktrusted {}', `error permission denied: safe interpreter cannot mark trusted ${UNSAFE}`],
    ['interp create k; k marktrusted', `error permission denied: safe interpreter cannot mark trusted ${UNSAFE}`],
    ['interp create k; list [interp issafe k] [k eval {interp create j; interp issafe j}]', 'ok 1 1'],
    ['interp alias {} go {} cd; go /', gone('cd')],
    ['interp alias {} go {} interp invokehidden {} cd; go /', NO_INVOKE],
    ['interp create k; interp alias k cd {} interp invokehidden {} cd; k eval {cd /}', NO_INVOKE],
    ['interp create k; interp alias {} go k interp invokehidden {} cd; go /', NO_INVOKE],
    ['interp create k; k alias exec exec; k eval {exec ls}', gone('exec')],
    ['namespace eval a {namespace import ::cd; cd /}', gone('cd')],
    ['namespace eval a {namespace import ::tcl:file:*}; a::tcl:file:exists /', gone('a::tcl:file:exists')],
    ['namespace eval a {namespace path ::tcl::file; exists /}', /^error not allowed to invoke subcommand exists of file/],
    ['namespace import ::safe::*; interpCreate x', /^error /],
    ['namespace ensemble create -command e -map {x {interp invokehidden {} cd}}; e x', NO_INVOKE],
    ['namespace ensemble create -command e -map {x tcl:file:exists}; e x /', gone('::tcl:file:exists')],
    ['namespace ensemble create -command e -unknown {apply {args {list interp expose {} cd}}}; e x', NO_EXPOSE],
    ['namespace ensemble configure file -map {}; file exists /', /^error not allowed to invoke subcommand exists of file/],
    ['namespace ensemble configure file -map {exists ::tcl:file:exists}; file exists /', gone('::tcl:file:exists')],
    ['namespace ensemble configure chan -map {configure fconfigure}; chan configure stdout -encoding binary', /^error disallowed option/],
    ['rename cd mine', `error can't rename "cd": command doesn't exist TCL LOOKUP COMMAND cd`],
    ['rename tcl:file:exists x', `error can't rename "tcl:file:exists": command doesn't exist TCL LOOKUP COMMAND tcl:file:exists`],
    ['rename ::tcl::file::exists x; x /etc/passwd', 'error not allowed to invoke subcommand exists of file TCL SAFE SUBCOMMAND'],
    ['rename file x; x exists /', 'error not allowed to invoke subcommand exists of file TCL SAFE SUBCOMMAND'],
    ['proc cd args {return mine}; rename cd {}; cd /', gone('cd')],
    ['rename open x; x |ls', 'error permission denied: can not open |ls NONE'],
    ['rename interp x; x invokehidden {} cd /', NO_INVOKE],
    ['proc unknown args {interp invokehidden {} {*}$args}; cd /', NO_INVOKE],
    ['proc unknown args {uplevel #0 $args}; cd /', TOO_DEEP],
    ['namespace unknown {interp invokehidden {}}; cd /', NO_INVOKE],
    ['coroutine c interp invokehidden {} cd /', NO_INVOKE],
    ['coroutine c apply {{} {yield; cd /}}; c', gone('cd')],
    ['coroutine c eval {yieldto cd /}', gone('cd')],
    ['coroutine c eval {yieldto interp expose {} cd}', NO_EXPOSE],
    ['apply {{} {tailcall interp invokehidden {} cd /}}', NO_INVOKE],
    ['package ifneeded a 1 {cd /}; package require a', gone('cd')],
    ['package unknown {apply {args {interp expose {} cd}}}; package require a', /^error permission denied: safe interpreter cannot expose/],
    ['interp bgerror {} {interp invokehidden {} cd}; after 0 error; after 5 {set x 1}; vwait x; set x', 'ok 1'],
    ['lsort -command {interp invokehidden {}} {cd pwd}', NO_INVOKE],
    ['info body cd', /^error "cd" isn't a procedure/],
    ['namespace origin cd', gone('cd')],
    ['expr {cd(1)}', gone('tcl::mathfunc::cd')],
    ['set tcl_library /etc; source $tcl_library/passwd', DENIED],
    ['set auto_path /etc; source /etc/passwd', DENIED],
    ['set tcl_precision 5', /can't modify precision from a safe interpreter/],
    ['interp recursionlimit {} 100000', `error permission denied: safe interpreters cannot change recursion limit ${UNSAFE}`],
    ['interp limit {} time -seconds {}', 'error limits on current interpreter inaccessible TCL OPERATION INTERP SELF'],
    ['interp target {} source', /^error /],
    ['interp delete {}', 'error cannot delete the current interpreter TCL OPERATION INTERP DELETESELF'],
    ['interp eval .. {set hacked 1}', /^error could not find interpreter ".."/],
    ['interp create {{} {}}; interp eval {{} {}} {set hacked 1}', /^error /],
  ]);
  fight(
    [
      ['bind . <Map> {toplevel .t}; event generate . <Map>; winfo exists .t', /^(ok 0|error)/],
      ['wm title .', /^error disallowed option "title"/],
      ['tk appname hacked', 'error appname not accessible in a safe interpreter TK SAFE APPLICATION'],
      ['rename wm x; x iconify .', /^error disallowed option "iconify"/],
      ['namespace eval ::tk {wm title .}', /^error disallowed option "title"/],
    ],
    makeTkCell,
  );
});

describe("names that are JavaScript's", () => {
  fight([
    ['constructor', gone('constructor')],
    ['toString', gone('toString')],
    ['__proto__', gone('__proto__')],
    ['hasOwnProperty x', gone('hasOwnProperty')],
    ['proc __proto__ {} {return p}; __proto__', 'ok p'],
    ['set __proto__ 1; list $__proto__ [info exists constructor] [info exists toString]', 'ok 1 0 0'],
    ['set a(__proto__) 1; list [array names a] [info exists a(constructor)]', 'ok __proto__ 0'],
    ['array set __proto__ {constructor 1}; set __proto__(constructor)', 'ok 1'],
    ['dict set d __proto__ __proto__ x; dict get $d __proto__ __proto__', 'ok x'],
    ['dict get {a b} __proto__', 'error key "__proto__" not known in dictionary TCL LOOKUP DICT __proto__'],
    ['dict exists {a b} constructor', 'ok 0'],
    ['namespace eval __proto__ {proc constructor {} {return ok}}; __proto__::constructor', 'ok ok'],
    ['namespace exists constructor', 'ok 0'],
    ['interp create __proto__; __proto__ eval {set constructor 1}', 'ok 1'],
    ['interp eval constructor {set x 1}', /^error could not find interpreter "constructor"/],
    ['expr {constructor(1)}', gone('tcl::mathfunc::constructor')],
    ['string constructor x', /^error unknown or ambiguous subcommand "constructor"/],
    ['string is __proto__ x', /^error bad class "__proto__"/],
    ['getattr constructor', 'error illegal attribute "constructor" NONE'],
    ['policy __proto__', DENIED],
    ['policy hasOwnProperty', DENIED],
    ['puts __proto__ x', /^error can not find channel named "__proto__"/],
    ['fconfigure stdout constructor', /^error disallowed option "constructor"/],
    ['encoding convertto __proto__ x', /^error unknown encoding "__proto__"/],
    ['package require constructor', "error can't find package constructor TCL PACKAGE UNFOUND"],
    ['after info toString', /^error event "toString" doesn't exist/],
    ['set embed_args(__proto__) 1; info exists embed_args(constructor)', 'ok 0'],
    ['lsort -unique {__proto__ constructor __proto__}', 'ok __proto__ constructor'],
    ['switch __proto__ {constructor {set r no} __proto__ {set r yes}}', 'ok yes'],
    ['info globals constructor', 'ok '],
  ]);
});

describe('paths', () => {
  fight([
    ['source {$p(:0:)/../../etc/passwd}', DENIED],
    ['source {$p(:0:)/..}', DENIED],
    ['source {$p(:99:)/x}', DENIED],
    ['source {$p(:-1:)/x}', DENIED],
    ['source {$p(:0x0:)/x}', DENIED],
    ['source $tcl_library//etc/passwd', /^error /],
    ['source $tcl_library/%2e%2e/x', DENIED],
    ['source ~root/.profile', DENIED],
    ['source file:///etc/passwd', DENIED],
    ['source "/etc/passwd\\0.tcl"', DENIED],
    ['source -encoding identity $tcl_library/x', DENIED],
    ['open {$p(:0:)/x.tcl} w', DENIED],
    ['open {$p(:0:)/../x}', DENIED],
    ['open {$p(:0:)/init.tcl} {RDONLY CREAT}', DENIED],
    ['open ..', 'error permission denied: can not open .. NONE'],
    ['open a/.. w', 'error permission denied: can not open a/.. NONE'],
    ['open |sh w', 'error permission denied: can not open |sh NONE'],
    ['open /etc/passwd', 'error permission denied: could not open passwd NONE'],
    ['open //server/share/x', 'error permission denied: could not open x NONE'],
    ['open [string repeat x 256] w', /^error permission denied: can not open x/],
    ['glob -directory / *', DENIED],
    ['glob -directory {$p(:0:)} ../*', DENIED],
    ['glob -directory {$p(:0:)/..} *', DENIED],
    ['glob -directory $tcl_library ~/*', DENIED],
    ['glob -directory $tcl_library {{..,x}/*}', DENIED],
    ['glob -directory $tcl_library /etc/*', DENIED],
    ['glob -path /etc/ *', "error Safe base rejecting glob option '-path' NONE"],
    ['glob -join / etc *', DENIED],
    ['file delete -force /', /^error not allowed to invoke subcommand delete/],
    ['file delete ../tmp1', /^error not allowed to invoke subcommand delete/],
    ['file normalize ~', 'error not allowed to invoke subcommand normalize of file TCL SAFE SUBCOMMAND'],
    ['file tail ~root', 'ok ./~root'],
    ['load /usr/lib/libtk.so', 'error permission denied (path) NONE'],
    ['load {$p(:0:)/../x.so}', DENIED],
  ]);
});

describe('quotas', () => {
  const DISK = 'set f [open x w+]; fconfigure $f -translation binary; puts -nonewline $f [string repeat x 102400]; flush $f;';
  fight([
    [`${DISK} puts -nonewline $f y`, DENIED],
    [`${DISK} chan puts -nonewline $f y`, DENIED],
    [`${DISK} rename puts p; p -nonewline $f y`, DENIED],
    [`${DISK} interp alias {} p {} puts -nonewline; p $f y`, DENIED],
    [`${DISK} chan truncate $f 102401`, DENIED],
    [`${DISK} seek $f 1000000; puts -nonewline $f y`, DENIED],
    [`${DISK} set g [open x a]; puts -nonewline $g y; close $g`, DENIED],
    [`${DISK} lassign [chan pipe] r w; puts $w more; close $w; fcopy $r $f`, DENIED],
    [`${DISK} interp create k; interp share {} $f k; k eval [list puts -nonewline $f y]`, DENIED],
    [`${DISK} interp create k; interp transfer {} $f k; k eval [list puts -nonewline $f y]`, DENIED],
    [`${DISK} fconfigure $f -buffersize 1000000 -buffering full; puts -nonewline $f y`, DENIED],
    [`${DISK} fconfigure $f -translation crlf; seek $f 0; puts -nonewline $f [string repeat \\n 51201]`, DENIED],
    ['while 1 {lappend f [maketmp]}', 'error permission denied: channel count limit NONE'],
    ['while 1 {close [maketmp]}', 'error permission denied: file count limit NONE'],
    ['while 1 {chan pipe}', /^error couldn't create pipe: too many open files/],
    ['interp create k; while 1 {k eval {chan pipe}}', /^error couldn't create pipe: too many open files/],
    ['while 1 {interp create}', /^error too many interpreters/],
    ['set i {}; while 1 {interp create [lappend i x]}', /^error too many interpreters/],
    ['while 1 {after 0 {}}', 'error too many timers TCL LIMIT TIMERS'],
    ['interp create k; while 1 {k eval {after idle {}}}', 'error too many timers TCL LIMIT TIMERS'],
    ['proc e {} {after 0 e; error x}; e', 'error x NONE'],
    ['exit 1 2', 'error wrong # args: should be "exit" TCL WRONGARGS'],
  ]);

  it('of the console hold for all its names', () => {
    const test = besieged();
    test.run('interp create k; interp share {} stdout k; rename puts p; while 1 {p a; chan puts stderr b; k eval {puts c}}');
    const bytes = test.printed.reduce((sum, [, text]) => sum + text.length, 0);
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(102_400 + 100);
  });

  it('a flood of background errors ends the tclet', () => {
    const test = makeCell();
    test.run('proc e {} {after 1 e; after 1 e; error x}; after 1 e; after 200 {set over 1}; vwait over');
    test.settle();
    expect(test.exits).toEqual([[1, 'too many background errors']]);
    expect(test.errors.length).toBe(11);
  });

  it('a bgerror that fails, or takes its own away, does not stop the count', () => {
    for (const handler of ['proc bgerror m {error $m}', 'proc bgerror m {rename bgerror {}; error $m}', 'proc bgerror {} {}']) {
      const test = makeCell();
      test.run(`${handler}; proc e {} {after 1 e; error x}; after 1 e; after 200 {set over 1}; vwait over`);
      test.settle();
      expect(test.exits, handler).toEqual([[1, 'too many background errors']]);
    }
  });
});

describe('bombs', () => {
  fight([
    ['string repeat x 2000000000', MEMORY],
    ['string repeat [string repeat x 10000] 100000', MEMORY],
    ['string repeat x 99999999999999999999', TOO_LARGE],
    ['set s x; while 1 {append s $s}', MEMORY],
    ['set s x; while 1 {set s "$s$s"}', MEMORY],
    ['set s x; while 1 {set s [string cat $s $s]}', MEMORY],
    ['set s x; while 1 {set s [string map {x xx} $s]}', LIMIT],
    ['string map [lrepeat 2000 aaaaaaaaab] [string repeat a 200000]', TIME],
    ['format %1000000000d 1', MEMORY],
    ['format %*d 999999999 1', MEMORY],
    ['format %.999999999f 1', MEMORY],
    ['format %2147483648d 1', /^error /],
    ['format [string repeat %1000000d 100] {*}[lrepeat 100 1]', MEMORY],
    ['lrepeat 100000000 x', MEMORY],
    ['lrepeat 9999999999 x', TOO_LARGE],
    ['set l [lrepeat 100000 [string repeat x 10000]]; string length $l', MEMORY],
    ['set l x; while 1 {lappend l {*}$l}', LIMIT],
    ['set l x; while 1 {set l [concat $l $l]}', MEMORY],
    ['set l x; while 1 {set l [list $l $l]}; llength $l', LIMIT],
    ['for {set i 0} {$i < 200000} {incr i} {set l [list $l]}; llength $l', /^(ok|error)/],
    ['while 1 {lappend l [string repeat x 10000]}', MEMORY],
    ['lmap x [lrepeat 1000000 x] {string repeat y 1000}', MEMORY],
    ['while 1 {dict set d [incr n] [string repeat x 1000]}', MEMORY],
    ['while 1 {set a([incr n]) [string repeat x 1000]}', LIMIT],
    ['join [lrepeat 1000000 x] [string repeat y 1000]', MEMORY],
    ['split [string repeat a, 10000000] ,', MEMORY],
    ['binary format a1000000000 x', MEMORY],
    ['binary format @2000000000c 1', MEMORY],
    ['expr {1 << 1000000000}', TOO_LARGE],
    ['expr {10 ** 100000000}', TOO_LARGE],
    ['expr {9 ** 9 ** 9}', 'error exponent too large NONE'],
    ['set x 3; while 1 {set x [expr {$x * $x}]}', TOO_LARGE],
    ['expr [string repeat 9 10000000]', /^error /],
    ['incr x [string repeat 9 100000]; string length $x', 'ok 100000'],
    ['proc f {} {f}; f', TOO_DEEP],
    ['proc f {} {catch f; f}; f', LIMIT],
    ['proc f {} {uplevel 1 f}; f', TOO_DEEP],
    ['proc f args {eval f $args x}; f', TOO_DEEP],
    ['interp create k; k alias f f; proc f {} {k eval f}; f', TOO_DEEP],
    ['eval [string repeat \\[ 100000]', /^error /],
    ['eval "[string repeat "if 1 \\{" 10000]set x 1[string repeat \\} 10000]"', /^error too many nested evaluations/],
    ['expr "[string repeat ( 100000]1[string repeat ) 100000]"', /^(ok 1|error)/],
    ['expr "[string repeat - 100000]1"', /^(ok 1|error)/],
    ['subst [string repeat {[} 100000]', /^error /],
    ['lindex "[string repeat \\{ 100000]x[string repeat \\} 100000]" {*}[lrepeat 100000 0]', TIME],
    ['catch {while 1 {}}', TIME],
    ['try {while 1 {}} finally {while 1 {}}', TIME],
    ['interp create k; catch {k eval {while 1 {}}}; while 1 {}', TIME],
    ['lsort -command {apply {{a b} {while 1 {}}}} {b a}', TIME],
    ['coroutine c eval {while 1 {}}', TIME],
    ['while 1 {coroutine [incr n] eval {yield}}', LIMIT],
    ['while 1 {proc p[incr n] {} {}}', LIMIT],
    ['while 1 {namespace eval [incr n] {}}', LIMIT],
    ['while 1 {interp alias {} a[incr n] {} puts}', LIMIT],
    ['while 1 {set v[incr n] 1}', LIMIT],
    ['while 1 {eval "set x [incr n]"}', LIMIT],
    ['while 1 {log spam}', TIME],
    // Each turn waits for the page, which sets the pace.
    ['while 1 {catch {policy trusted}}', 'stopped'],
    ['while 1 {catch {open [incr n] w}}', TIME],
    ['lassign [chan pipe] r w; while 1 {puts -nonewline $w [string repeat x 1000000]; flush $w}', LIMIT],
    ['proc f {} {after 0 f; after 0 f; update}; f', /^(ok|error)/],
    ['proc f {} {after 0 f}; f; while 1 {update}', TIME],
    ['proc f {} {after 0 f; vwait never}; f', /^(ok|error|stopped)/],
    ['lsearch -glob [lrepeat 100 [string repeat a 10000]] [string repeat *a 30]b', 'ok -1'],
    ['string match [string repeat *a 30]b [string repeat a 100000]', 'ok 0'],
    ['error [string repeat x 1000000]', /^error x{1000000} NONE$/],
    [
      'rename set s; rename s set; interp create k; k alias kill interp delete k; k eval {kill; set x 1}',
      /^error attempt to call eval in deleted interpreter/,
    ],
    ['rename exit {}; exit', gone('exit')],
    ['proc exit {} {return mine}; exit', 'ok mine'],
    ['rename while {}; while 1 {}', gone('while')],
  ]);
});
