/** Memory: what a script lets go comes back to it, and what it holds counts, wherever it holds it. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { makeCell, makeTkCell } from '../safe/test-cell.ts';
import { ownTime } from '../testing/own-time.ts';
import { census } from './census.ts';

const LIMITS = { timeMs: null, commands: null, memoryMb: 16 };
const MEMORY = 'error memory limit exceeded TCL LIMIT MEMORY';
const first = (text: string): string => text.split('\n')[0]!;

describe('what is let go comes back', () => {
  it.each([
    ['strings', 'for {set i 0} {$i < 200} {incr i} {set s [string repeat $i 500000]}; string length $s', 'ok 1500000'],
    ['lists', 'for {set i 0} {$i < 200} {incr i} {set l [lrepeat 100000 $i]}; llength $l', 'ok 100000'],
    ['variables', 'proc p {} {for {set i 0} {$i < 20000} {incr i} {set a($i) $i}}; for {set j 0} {$j < 40} {incr j} p; set j', 'ok 40'],
    ['procs', 'for {set i 0} {$i < 300} {incr i} {proc p {} [string repeat "set x $i;" 20000]}; set i', 'ok 300'],
    ['namespaces', 'for {set i 0} {$i < 30000} {incr i} {namespace eval n$i {variable v 1}; namespace delete n$i}; set i', 'ok 30000'],
    [
      'objects',
      'oo::class create C {variable v; method m {} {incr v}}; for {set i 0} {$i < 20000} {incr i} {set o [C new]; $o m; $o destroy}; set i',
      'ok 20000',
    ],
    [
      'frames',
      'proc p n {set s [string repeat x 100000]; if {$n} {p [incr n -1]}}; for {set i 0} {$i < 20} {incr i} {p 20}; set i',
      'ok 20',
    ],
    [
      'events',
      'proc tick {} {set s [string repeat x 500000]; if {[incr ::n] < 300} {after 0 tick} {set ::done 1}}; tick; vwait done; set n',
      'ok 300',
    ],
  ])('%s', (_what, script, said) => {
    expect(first(makeCell({ limits: LIMITS }).run(script))).toBe(said);
  });

  it('windows, canvas items and pictures', () => {
    const cell = makeTkCell({ limits: LIMITS });
    expect(cell.run('for {set i 0} {$i < 20000} {incr i} {frame .f; destroy .f}; set i')).toBe('ok 20000');
    expect(cell.run('canvas .c; for {set i 0} {$i < 40000} {incr i} {.c create line 0 0 10 10; .c delete all}; set i')).toBe('ok 40000');
    expect(cell.run('for {set i 0} {$i < 50} {incr i} {image create photo p -width 500 -height 500; image delete p}; set i')).toBe('ok 50');
  });
});

describe('what is held counts', () => {
  it.each([
    ['in variables', 'for {set i 0} {1} {incr i} {set v$i [string repeat $i 100000]}'],
    ['in names', 'for {set i 0} {1} {incr i} {set v$i 1}'],
    ['in an array', 'proc p {} {for {set i 0} {1} {incr i} {set a($i) 1}}; p'],
    ['in a list', 'while 1 {lappend l [string repeat [incr i] 1000]}'],
    ['in a dict', 'set i 0; while 1 {dict set d [incr i] 1}'],
    ['in procs', 'for {set i 0} {1} {incr i} {proc p$i {} [string repeat "set x$i;" 20000]}'],
    ['in namespaces', 'for {set i 0} {1} {incr i} {namespace eval n$i {}}'],
    ['in commands', 'for {set i 0} {1} {incr i} {interp alias {} a$i {} set}'],
    ['in frames', 'proc p {} {set s [string repeat x 100000]; p}; p'],
    [
      'in coroutines',
      'proc c {} {set s [string repeat [info coroutine] 20000]; yield; set s}; for {set i 0} {1} {incr i} {coroutine c$i c}',
    ],
    ['in loops', 'proc p n {foreach x [lrepeat 100000 $n] {p $x; break}}; p [string repeat x 30]'],
    ['in timers', 'while 1 {after 100000 [string repeat x 100000]}'],
    ['in objects', 'while 1 {oo::object new}'],
    ['in variables of objects', 'oo::class create C {variable v; constructor {} {set v [string repeat x 10000]}}; while 1 {C new}'],
    ['in methods', 'oo::class create C; for {set i 0} {1} {incr i} {oo::define C method m$i {} [string repeat "set x$i;" 20000]}'],
    ['in classes', 'while 1 {oo::class create C[incr i]}'],
    ['in children', 'set c [interp create]; interp eval $c {while 1 {lappend l [string repeat [incr i] 1000]}}'],
    ['in the code of procs', 'for {set i 0} {1} {incr i} {proc p$i {} [string repeat "a b;" 500]; catch p$i}'],
    ['in links', 'proc p {} {for {set i 0} {1} {incr i} {upvar #0 x y$i}}; p'],
    ['in texts joined of others', 'proc p {} {set s x; while 1 {set s "<$s>"}}; p'],
    ['in long formats of clock', 'clock format 0 -format [string repeat %c 300000]'],
    ['in positions of scan', 'scan x %400000000\\$d'],
    ['by traces', 'trace add variable v write {set a([incr i]) $i;#}; while 1 {set v 1}'],
    ['in traces', 'for {set i 0} {1} {incr i} {trace add variable x write [list list [string repeat $i 1000]]}'],
  ])('%s', (_what, script) => {
    expect(first(makeCell({ limits: LIMITS }).run(script))).toMatch(new RegExp(`^(${MEMORY}|error too many)`));
  });

  it('in a toolkit', () => {
    const canvas = 'canvas .c; while 1 {.c create line 0 0 10 10}';
    expect(first(makeTkCell({ limits: LIMITS }).run(canvas))).toBe(MEMORY);
    const list = 'listbox .l; while 1 {.l insert end [string repeat x 1000]}';
    expect(first(makeTkCell({ limits: LIMITS }).run(list))).toBe(MEMORY);
  });

  it.each([
    ['images without pixels', 'while 1 {image create photo p[incr i]}'],
    ['options of widgets', 'while 1 {label .l[incr i]}'],
    ['events that wait', 'while 1 {event generate . <<X>> -when tail}'],
    ['events that wait at the mark', 'while 1 {event generate . <<X>> -when mark}'],
    ['what waits with them', 'while 1 {event generate . <<X>> -when tail -data [string repeat [incr i] 1000]}'],
  ])('in a toolkit: %s', (_what, script) => {
    expect(first(makeTkCell({ limits: { ...LIMITS, memoryMb: 4 } }).run(script))).toBe(MEMORY);
  });
});

it('namespaces in namespaces, deeper than the JavaScript stack', () => {
  const { master } = makeCell({ limits: LIMITS }).cell;
  const before = census(master, null).all;
  const { fullName } = master.makeNamespace('a::'.repeat(20_000), master.globalNs);
  expect(fullName.length).toBe(60_000);
  expect(census(master, null).all - before).toBeGreaterThan(20_000_000);
  master.deleteNamespace(master.findNamespace('a', master.globalNs)!);
  expect(census(master, null).all - before).toBeLessThan(1_000_000);
});

it('scripts that are kept in case they come again are no reason to stop one', () => {
  const script = 'for {set i 0} {$i < 400} {incr i} {catch "[string repeat {a b;} 500] $i"}; set i';
  expect(makeCell({ limits: LIMITS }).run(script)).toBe('ok 400');
});

describe('a text that is in many places counts once', () => {
  const churn = 'for {set i 0} {$i < 400} {incr i} {set s [string repeat $i 100000]}';
  it.each([
    ['in a list', 'set s [string repeat abc 100000]; for {set i 0} {$i < 1000} {incr i} {lappend l $s}'],
    ['in a dict and an array', 'set s [string repeat abc 100000]; for {set i 0} {$i < 1000} {incr i} {dict set d $i $s; set a($i) $s}'],
    ['in frames', `proc p {n s} {if {$n} {p [incr n -1] $s} else {${churn}}}; p 300 [string repeat abc 100000]`],
    [
      'and as many times made',
      'for {set i 0} {$i < 1000} {incr i} {lappend l [string range [string repeat abc 100000]x 0 end-[expr {$i % 2}]]}',
    ],
  ])('%s', (_what, script) => {
    expect(first(makeCell({ limits: LIMITS }).run(`${script}; ${churn}; set i`))).toBe('ok 400');
  });
});

it('a script that holds one text everywhere comes to an end soon', () => {
  const begin = ownTime();
  expect(first(makeCell({ limits: { ...LIMITS, memoryMb: 64 } }).run('while 1 {lappend l [string repeat x 10000]}'))).toBe(MEMORY);
  // Seconds, where it would be minutes if each census began all over again.
  expect(ownTime() - begin).toBeLessThan(20_000);
});

describe('what is kept in case it comes again is little', () => {
  it.each([
    ['names of variables', 'for {set i 0} {$i < 300} {incr i} {set n ::[string repeat $i 300000]; set $n 1; unset $n}; set i', 'ok 300'],
    ['regular expressions', 'for {set i 0} {$i < 60} {incr i} {regexp "[string repeat {(a|b)c?} 1500]$i" x}; set i', 'ok 60'],
    ['names of commands that were called', 'for {set i 0} {$i < 800} {incr i} {catch "[string repeat x 100000]$i"}; set i', 'ok 800'],
    [
      'names of commands that were embedded',
      'for {set i 0} {$i < 800} {incr i} {rename list [set n [string repeat x 100000]$i]; eval "$n a"; rename $n list}; set i',
      'ok 800',
    ],
    ['terms of apply', 'for {set i 0} {$i < 400} {incr i} {apply [list x "set y $i; [string repeat {set y 1;} 400]"] 1}; set i', 'ok 400'],
    [
      'texts that depend on constants alone',
      'for {set i 0} {$i < 4000} {incr i} {proc p$i {} {string first z [string repeat xy 8000]}; p$i}; set i',
      'ok 4000',
    ],
    [
      'states of regular expressions',
      `set t [string repeat [binary format H* 61626a6b6162] 400]; expr srand(1); for {set i 0} {$i < 4000} {incr i} {append t [string index abcdefghijkl [expr {int(rand() * 12)}]]}
        for {set i 0} {$i < 100} {incr i} {foreach f {{} -nocase -line} {regexp {*}$f "(\\[a-j]|k)*a(.|b){12}(c|d)$i" $t}; set s [string repeat $i 100000]}; set i`,
      'ok 100',
    ],
  ])('%s', (_what, script, said) => {
    expect(heapAfter(script, said)).toBeLessThan(48_000_000);
  });
});

/** What the heap has grown by after a script in a cell of 16 MB. */
function heapAfter(script: string, said: string): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  // Time passes: of what nobody is charged for, a census comes in proportion to what the last one took.
  const { run } = makeCell({ limits: LIMITS, now: ownTime });
  gc();
  const before = process.memoryUsage().heapUsed;
  expect(first(run(script))).toBe(said);
  gc();
  return process.memoryUsage().heapUsed - before;
}

describe('of a long text nothing is left when but a part of it is held', () => {
  const part = '[string range "[string repeat x 200000] some words $i of it" 200000 end]';
  it.each([
    ['in a list', `lappend l ${part}`],
    ['as a name in an array', `set a(${part}) 1`],
    ['as a key of a dict', `dict set d ${part} 1`],
    ['as a name of a variable', `set ${part} 1`],
    ['as a name of a command', `proc ${part} {} {}`],
    ['as a name of a namespace', `namespace eval ${part} {}`],
    ['as a body', `proc p$i {} ${part}`],
    ['as a script', `catch ${part}`],
    ['as an expression', `catch {expr ${part}}`],
    ['as a term of apply', `apply "{} {set a {${part}}}"`],
    ['as a format', `format ${part}`],
    ['as a pattern', `regexp ${part} x`],
    ['that was read as a list', `llength ${part}`],
    ['as an element', `lappend l [lindex "a {some words $i of it} [string repeat x 200000]" 1]`],
    ['as what was found', `regexp {some.*} ${part} m; lappend l $m`],
    ['as a text that is appended to', `set v$i ${part}; append v$i x`],
    ['as a literal', `eval "set v$i {some words $i of it};#[string repeat x 200000]"`],
    ['as a package', `package provide ${part} 1`],
    ['as a long text', `lappend l [string range [string repeat x 200000]$i 0 500]`],
    ['as a very long text', `if {$i % 20 == 0} {lappend l [string range [string repeat x 2000000]$i 0 20000]}`],
    ['of a changed text', 'lappend l [string range [string replace $big 5 6 $i] 10 50]'],
    ['of a text that was joined', 'lappend l [string range $big$i 10 50]'],
    ['of a text that grew', 'append s x; lappend l [string range [string trim $s] 10 50]'],
    ['of an error', 'catch {incr ::big} m; lappend l [string range $m 50 90]'],
    ['as a very long name', `if {$i % 20 == 0} {set a([string range [string repeat x 2000000]$i end-20000 end]) 1}`],
  ])('%s', (_what, script) => {
    const loop = `set big [string repeat x 200000]; set s $big; for {set i 0} {$i < 500} {incr i} {${script}}; set i`;
    expect(heapAfter(loop, 'ok 500')).toBeLessThan(32_000_000);
  });
});

/** Estimates beside what V8 takes: a census that says half as much lets a tclet hold twice its limit. */
it('estimates lie within a factor of two of the heap', () => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const heap = (): number => {
    gc();
    gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const wrong: string[] = [];
  // What else goes on in the heap may spoil a round, but not always.
  const rounds = (round: () => string | null): void => {
    let said: string | null = null;
    for (let i = 0; i < 3; i++) {
      said = round();
      if (said === null) return;
    }
    wrong.push(said!);
  };
  // All stay, lest one goes while another is measured.
  const all: unknown[] = [];
  for (const [n, script] of [
    [20_000, 'lappend l [list $i $i $i]'],
    [20_000, 'dict set d $i x$i'],
    [20_000, 'set a($i) x$i'],
    [20_000, 'set v$i x$i'],
    [5000, 'interp alias {} a$i {} list x'],
    [3000, 'namespace eval n$i {variable x 1}'],
    [2000, 'proc p$i a {set x 1; incr x $a; return $x}; p$i 1'],
    [
      100,
      'proc p$i a {set x 1; while {$x < 3} {if {$x > $a} {set w [expr {$a + 1}]} else {set w 0}; incr x}; foreach y {1 2} {set z [string range $y 0 1]}}; p$i 1',
    ],
    [2000, 'trace add variable x$i write list'],
    [900, 'after 1000000 [list set x $i]'],
    [2000, 'oo::object new'],
    [2000, 'image create photo p$i'],
    [1000, 'image create photo p$i -width 30 -height 30'],
    [500, 'label .l$i -text $i'],
    [500, 'entry .l$i'],
    [2000, 'bind x$i <Key-a> y'],
    [2000, 'option add *a$i x'],
  ] as const) {
    rounds(() => {
      const made = makeTkCell({ limits: { ...LIMITS, memoryMb: 4000 } });
      const { cell, run } = made;
      all.push(made);
      // What is made but once.
      run(
        `proc go {from to} {uplevel #0 [string map [list FROM $from TO $to] {for {set i FROM} {$i < TO} {incr i} {${script}}}]}; go -1 0`,
      );
      const before = census(cell.master, null).all;
      const at = heap();
      expect(run(`go 0 ${n}`)).toBe('ok ');
      const took = heap() - at;
      const said = census(cell.master, null).all - before;
      return said < took / 2 || said > 2 * took ? `${script}: ${(said / n).toFixed(0)} of ${(took / n).toFixed(0)} bytes` : null;
    });
  }
  expect(wrong).toEqual([]);
});

describe('small values', () => {
  it.each([
    ['lists', 'while 1 {lappend l [list [incr n] $n $n]}'],
    ['lists in lists', 'while 1 {lappend l [list [list [incr n]] [list $n]]}'],
    ['a list of lists of lists', 'proc f {} {set l x; while 1 {incr ::n; set l [list $l]}}; f'],
    ['lists of arguments', 'proc f args {incr ::n; return $args}; set l x; while 1 {set l [f $l]}'],
    ['lists of one', 'proc f {} {set l x; while 1 {incr ::n; set l [lmap x a {set l}]}}; f'],
    ['dicts', 'while 1 {lappend l [dict create a [incr n]]}'],
    ['elements of an array', 'while 1 {set a([incr n]) [list $n $n $n]}'],
    ['entries of a dict', 'while 1 {dict set d [incr n] [list $n $n $n]}'],
    ['lists by lset', 'set l [lrepeat 300000 x]; for {set n 0} 1 {incr n} {lset l $n [list $n $n $n]}'],
  ])('%s are held by the hundred thousand, not by the million', (_what, script) => {
    const cell = makeCell({ limits: LIMITS });
    expect(first(cell.run(script))).toBe(MEMORY);
    const [, n] = cell.run('set n').split(' ');
    // An object, its array and what refers to it take a hundred bytes at the least.
    expect(Number(n)).toBeLessThan((LIMITS.memoryMb << 20) / 100);
  });
});
