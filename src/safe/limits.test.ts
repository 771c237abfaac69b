/**
 * The limits of DESIGN section 5 at N and at N+1, and that children share them; then `interp limit` of a tclet on its children: limits of time, on a clock of
 * our own, with the texts of tclsh8.6 (interp-34.8, 34.9, 34.11). Those of files are in cell.test.ts and ../host, of the console in console.test.ts.
 */
import { describe, expect, it, vi } from 'vitest';
import { InterpBudget } from '../tcl/budget.ts';
import { ownTime } from '../testing/own-time.ts';
import type { CellOptions } from './cell.ts';
import { makeCell, makeTkCell, type TestCell } from './test-cell.ts';

const limited = (limits: Partial<CellOptions['limits']>): TestCell =>
  makeCell({ limits: { timeMs: null, commands: null, memoryMb: null, ...limits } });
/** What the page's log has of the end. */
const told = ({ log }: TestCell): string[] =>
  log.filter(({ text }) => /limit|too many/.test(text)).map(({ kind, text }) => `${kind} ${text}`);

describe('at N, and at N+1', () => {
  it('commands, of the tclet and its children together', () => {
    expect(limited({ commands: 3 }).run('set a 1; set b 2; set c 3')).toBe('ok 3');
    const test = limited({ commands: 2 });
    expect(test.run('set a 1; set b 2; set c 3')).toBe('error command count limit exceeded TCL LIMIT COMMANDS');
    expect([test.errors, test.exits]).toEqual([['command count limit exceeded'], [[1, 'command count limit exceeded']]]);
    expect(told(test)).toEqual(['SECURITY command count limit exceeded', 'NOTICE stopped: command count limit exceeded']);
    const least = (script: string): number => {
      let n = 1;
      while (!limited({ commands: n }).run(script).startsWith('ok')) n++;
      return n;
    };
    expect(least('interp create k; k eval {set a 1; set b 2; set c 3}') - least('interp create k; k eval {set a 1}')).toBe(2);
    const calls = (n: number): number => least(`proc p {} {}; proc f {} {${'p;'.repeat(n)}}; f; f`);
    expect(calls(3) - calls(1)).toBe(4);
  });

  it('milliseconds of an evaluation', () => {
    const after = (ms: number): TestCell => {
      const log: TestCell['log'] = [];
      let clock = 1000;
      const test = makeCell({
        limits: { timeMs: 50, commands: null, memoryMb: null },
        now: () => clock,
        log: (entry) => {
          log.push(entry);
          if (entry.text === 'now') clock = 1000 + ms;
        },
      });
      return Object.assign(test, { log });
    };
    const script = 'log now; for {set i 0} {$i < 10000} {incr i} {}; set i';
    expect(after(49.999).run(script)).toBe('ok 10000');
    const test = after(50);
    expect(test.run(script)).toBe('error time limit exceeded TCL LIMIT TIME');
    expect([test.errors, test.exits]).toEqual([['time limit exceeded'], [[1, 'time limit exceeded']]]);
    expect(told(test)).toEqual(['SECURITY time limit exceeded', 'NOTICE stopped: time limit exceeded']);
    // Each `open` and `close` asks the page.
    const asks = 'for {set i 0} {$i < 4500} {incr i} {close [open x w]}; ';
    expect(after(49.999).run(`log now; ${asks}set i`)).toBe('ok 4500');
    expect(after(50).run(`log now; ${asks}set i`)).toBe('error time limit exceeded TCL LIMIT TIME');
    expect(after(50).run(`interp create k; k alias log log; k eval {${script}}`)).toBe('error time limit exceeded TCL LIMIT TIME');
  });

  it.each([
    ['alone', 'log 30; f; log 30; f', 'error time limit exceeded TCL LIMIT TIME'],
    ['and what it asks the page', 'log 30; f; close [open x w]; log 30; f', 'error time limit exceeded TCL LIMIT TIME'],
    ['and what it updates', 'log 30; f; update; log 30; f', 'error time limit exceeded TCL LIMIT TIME'],
    ['and events that it updates', 'after 0 {log 30; f}; update; log 30; f', 'error time limit exceeded TCL LIMIT TIME'],
    ['anew after a sleep', 'log 30; f; after 100; log 30; f', 'ok '],
    ['anew after a wait', 'after 100 {set x 1}; log 30; f; vwait x; log 30; f', 'ok '],
    ['anew for each event', 'after 0 {log 30; f}; after 0 {log 30; f; after 0 {log 30; set x 1}}; vwait x; f', 'ok '],
    ['its own, not of the one before', 'after 0 {log 45; f}; after 0 {set x 1}; after 1; vwait x; log 45; f', 'ok '],
  ])('milliseconds of an evaluation: %s', (_name, script, said) => {
    const test: TestCell = makeCell({
      limits: { timeMs: 50, commands: null, memoryMb: null },
      log: ({ text }) => {
        if (/^[0-9]+$/.test(text)) test.clock += Number(text);
      },
    });
    expect(test.run('proc f {} {for {set i 0} {$i < 10000} {incr i} {}}')).toBe('ok ');
    expect(test.run(script)).toBe(said);
  });

  it('of evaluations that come together each has its milliseconds', () => {
    const test: TestCell = makeCell({
      limits: { timeMs: 50, commands: null, memoryMb: null },
      log: ({ text }) => {
        if (text === '45') test.clock += 45;
      },
    });
    const said: string[] = [];
    for (let i = 0; i < 3; i++) {
      const script = 'log 45; for {set i 0} {$i < 10000} {incr i} {}; close [open x w]; set i';
      test.cell.interp.queueScript(script, ({ value }) => said.push(String(value)));
    }
    test.settle();
    expect(said).toEqual(['10000', '10000', '10000']);
  });

  it('bytes, wherever in the tree they are charged', () => {
    const { budget } = limited({ memoryMb: 1 }).cell.interp;
    budget.allocate(1_048_576);
    expect(() => budget.allocate(1)).toThrow('memory limit exceeded');
    const test = limited({ memoryMb: 16 });
    test.run('interp create k; k eval {interp create j}');
    const [kid] = test.cell.interp.children.values();
    const [grandchild] = kid!.children.values();
    const held = 6_000_000;
    for (const { budget } of [test.cell.interp, kid!]) budget.allocate(held);
    expect(() => grandchild!.budget.allocate(held)).toThrow('memory limit exceeded');
    expect(test.run('set l {}; while 1 {lappend l [string repeat x 10000][incr i]}')).toBe('error memory limit exceeded TCL LIMIT MEMORY');
    expect(test.errors).toEqual(['memory limit exceeded']);
    expect(told(test)).toEqual(['SECURITY memory limit exceeded']);
  });

  // tclsh8.6: 999 calls below one `interp eval`, and no more.
  it('nested evaluations', () => {
    const test = makeCell();
    test.run('interp create k; k eval {proc f n {if {$n > 0} {f [expr {$n - 1}]}}}');
    expect(test.run('k eval {f 999}')).toBe('ok ');
    expect(test.run('k eval {f 1000}')).toBe('error too many nested evaluations (infinite loop?) TCL LIMIT STACK');
    expect(test.run('proc down {} {k eval up}; interp alias k up {} down; down')).toMatch(
      /^error too many nested evaluations \(infinite loop\?\)/,
    );
    expect(test.run('k eval {f 999}')).toBe('ok ');
  });

  it('interpreters, timers and channels, wherever in the tree', () => {
    const test = makeCell();
    expect(test.run('interp create k; for {set i 0} {$i < 6} {incr i} {k eval {interp create}}; k eval {interp create}')).toMatch(
      /^ok interp/,
    );
    for (const at of ['{}', 'k']) {
      expect(test.run(`interp eval ${at} {interp create}`)).toBe('error too many interpreters TCL OPERATION INTERP COUNT');
    }
    // Of one turn: between turns the clock of these tests goes on to the next timer.
    expect(
      test.run(`for {set i 0} {$i < 999} {incr i} {after 100000 {}}; k eval {after 100000 {}}
        foreach at {{} k} {catch {interp eval $at {after idle {}}} m o; lappend said $m [dict get $o -errorcode]}; set said`),
    ).toBe('ok {too many timers} {TCL LIMIT TIMERS} {too many timers} {TCL LIMIT TIMERS}');
    expect(test.run('for {set i 0} {$i < 6} {incr i} {chan pipe}; llength [k eval {chan pipe}]')).toBe('ok 2');
    for (const at of ['{}', 'k']) {
      expect(test.run(`interp eval ${at} {chan pipe}`)).toBe(
        "error couldn't create pipe: too many open files POSIX EMFILE {too many open files}",
      );
    }
  });

  it('windows', () => {
    const test = makeTkCell();
    expect(test.run('for {set i 1} {$i < 10000} {incr i} {frame .f$i -width 1 -height 1}; llength [winfo children .]')).toBe('ok 9999');
    const said = 'error too many windows: at most 10000 TK LIMIT WINDOWS';
    expect(test.run('frame .one')).toBe(said);
    expect(test.run('button .f1.b')).toBe(said);
    expect(test.run('destroy .f1; frame .one')).toBe('ok .one');
    expect(test.run('frame .two')).toBe(said);
  });

  it('windows and pixels are of the tclet alone: its children get no Tk', () => {
    const test = makeTkCell();
    expect(test.run('interp create k; k eval {info commands winfo}')).toBe('ok ');
    for (const script of [
      'load {} Tk k',
      'k eval {load {} Tk}',
      'k invokehidden load {} Tk',
      'k eval {package require Tk}',
      'safe::loadTk k',
    ])
      expect(test.run(script), script).toMatch(/^error /);
    expect(test.run('k alias photo image create photo; k eval {photo p -width 4096 -height 4096; photo q -width 1 -height 1}')).toMatch(
      /^error not enough free memory/,
    );
  });

  it('pixels of images', () => {
    const test = makeTkCell();
    expect(test.run('image create photo p -width 4096 -height 4095; image create photo q -width 4096 -height 1')).toBe('ok q');
    const said = test.run('image create photo r -width 1 -height 1');
    expect(said).toMatch(/^error /);
    expect(said).toBe(test.run('q configure -width 4097'));
    expect(test.run('image delete q; image create photo r -width 1 -height 1')).toBe('ok r');
    expect(test.run('image delete r; image create photo r; r put red -to 0 0 4096 2')).toMatch(/^error /);
  });
});

describe('what a tclet leaves with the engine counts as its memory', () => {
  it.each([
    'package ifneeded p$i 1 [string repeat x 100]',
    'coroutine c$i yield',
    'package provide p$i 1',
    'catch {package require p$i[string repeat x 5000]}',
    'set a(1) 2; array startsearch a',
    'namespace export $i[string repeat x 5000]',
    'if {$i == 1} {lassign [chan pipe] r w}; zlib push deflate $w',
    'bind x$i y z',
    'bindtags [frame .f$i] [lrepeat 1000 $i]',
    'event add <<A$i>> <Key-a>',
    'option add *a$i [string repeat x 100]',
    'winfo atom $i[string repeat x 100]',
    'font create f$i -size 10',
    'font measure [list [string repeat x 10000]$i] a',
    'set s {}; for {set j 0} {$j < 1000} {incr j} {append s [format %c [expr {$j + 256}]]}; font measure [list Times -$i] $s',
    '.c bind t$i <1> x',
    'set f [open x w+]; chan truncate $f 102400; seek $f 0; lappend l [read $f]$i; close $f',
  ])('%s', (script) => {
    const { run } = makeTkCell({ now: ownTime, limits: { timeMs: 20_000, commands: null, memoryMb: 4 } });
    expect(run(`canvas .c; while 1 {incr i; ${script}}`)).toBe('error memory limit exceeded TCL LIMIT MEMORY');
    expect(run('list')).toBe('ok ');
  });
});

describe('a limit of time ends what waits', () => {
  it.each([
    ['after 10000', 'ok 1 {time limit exceeded} 1'],
    ['vwait never', 'ok 1 {limit exceeded} 1'],
    ['catch {vwait never}; set over 1', 'ok 1 {limit exceeded} 1'],
  ])('%s', (script, said) => {
    const limited = `interp create kid; set t [clock seconds]; interp limit kid time -seconds [expr {$t + 2}]`;
    expect(makeCell().run(`${limited}; list [catch {kid eval {${script}}} m] $m [expr {[clock seconds] - $t <= 3}]`)).toBe(said);
  });

  it('which its callback may move', () => {
    const { run } = makeCell();
    run('interp create kid; set t [clock seconds]; proc more {} {kid limit time -seconds [expr {$::t + 100}]; incr ::asked}');
    run('kid limit time -seconds [expr {$t + 1}] -command more');
    expect(run('kid eval {after 5000; set done 1}; list $asked [expr {[clock seconds] - $t >= 5}]')).toBe('ok 1 1');
  });
});

describe('a command that looks through what a script has made pays for that', () => {
  it.each([
    ['trace add variable v unset [list x $i]', 'trace add variable v unset x'],
    ['trace add variable v unset [list x $i]', 'trace remove variable v unset x'],
    ['trace add command c delete [list x $i]', 'trace remove command c delete x'],
    ['package ifneeded p 1.$i x', 'package ifneeded p 2 x'],
    ['package ifneeded p 1.$i x', 'catch {package require p 3}'],
    ['namespace export a$i', 'namespace export b'],
    ['namespace export a$i', 'proc f {} {}; namespace eval k {namespace import ::f}'],
    ['proc ::k::p$i {} {}', 'namespace eval n {namespace import ::k::x*}'],
    ['proc p$i {} {}', 'namespace forget k::x*'],
    ['interp alias {} a$i {} a[expr {$i + 1}]', 'interp alias {} a0 {} a1'],
    ['set a($i) 1', 'array startsearch a'],
    ['set a(1) 1', 'interp create q'],
    ['set a(1) 1', 'close [lindex [chan pipe] 0]'],
    ['set a(1) 1', 'regexp [string repeat a 500]x y'],
    ['set a($i) 1', 'array statistics a'],
  ])('%s: %s', (each, script) => {
    const { run } = makeCell();
    expect(run('namespace eval k {}; proc c {} {}; set a(0) 0; set v 0')).toBe('ok 0');
    expect(run(`for {set i 3000} {$i > 0} {incr i -1} {${each}}`)).toBe('ok ');
    const charged = vi.spyOn(InterpBudget.prototype, 'charge');
    run(script);
    const units = charged.mock.calls.reduce((sum, [n]) => sum + n, 0);
    charged.mockRestore();
    expect(units).toBeGreaterThan(700);
  });

  it('and so does a pointer over a canvas with bound expressions', () => {
    const { run } = makeTkCell();
    run('pack [canvas .c]; .c create rectangle 0 0 100 100 -fill red -tags x; update');
    const units = (): number => {
      const charged = vi.spyOn(InterpBudget.prototype, 'charge');
      run('event generate .c <Motion> -x 5 -y 5; event generate .c <Button-1> -x 5 -y 5; update');
      const sum = charged.mock.calls.reduce((sum, [n]) => sum + n, 0);
      charged.mockRestore();
      return sum;
    };
    const few = units();
    run('.c bind a[string repeat ||b 10000] <1> {set v 1}');
    expect(units() - few).toBeGreaterThan(1000);
    run('.c bind a[string repeat ||b 10000] <1> {}');
    expect(units() - few).toBeLessThan(1000);
  });
});

describe('a single command is ended soon after its time', () => {
  const picture = 'image create photo p -width 1500 -height 1500; p put red -to 0 0 1500 1500';
  it.each([
    ['entry .e; bind .e <<Q>> [string repeat {set z %d;} 100]; set d [string repeat x 1000000]', 'event generate .e <<Q>> -data $d'],
    ['entry .e; bind .e <<Q>> [string repeat %% 3000000]', 'event generate .e <<Q>>'],
    ['entry .e -validate all -vcmd [string repeat {%P } 100]; set d [string repeat \\{ 1000000]', '.e insert 0 $d'],
    ['set d [string repeat a 1000000]', 'bind . $d x'],
    ['set d [string repeat "Control " 1000000]', 'bind . <${d}a> x'],
    ['set d [string repeat x 20000000]', 'font measure {courier 12} $d'],
    ['entry .e; pack .e; set d [string repeat x 10000000]', '.e insert 0 $d'],
    ['set d [lrepeat 3000000 x]; listbox .l -listvariable d', '.l selection set 0 end; .l delete 0 end'],
    [picture, 'p data; p data; p data; p data'],
    [picture, 'p data -grayscale; p data -grayscale; p data -grayscale'],
    [picture, 'while 1 {p data -format ppm}'],
    ['set d [string repeat {[[:alpha:][:digit:][:punct:]]} 10000]', 'regexp -nocase $d x'],
    ['set d [string repeat {[[:alpha:]]} 30000]', 'regexp -about $d'],
    ['set d [string repeat {\\w} 100000]', 'regexp $d x'],
    ['set d [string repeat {[^\\w]} 30000]', 'regexp $d x'],
    ['set d [string repeat x 20000000]', 'binary scan $d c* l'],
    ['set d [string repeat x 20000000]', 'binary scan $d H* l'],
    ['set d [string repeat 41 10000000]', 'binary format H* $d'],
    ['set d [string repeat x 10000000]', 'binary encode uuencode $d'],
    ['set d [string repeat \\u1234 10000000]', 'encoding convertto utf-8 $d'],
  ])('%s', (setup, script) => {
    // Stands still while all is prepared.
    let began: number | null = null;
    const test = makeTkCell({
      now: () => (began === null ? 0 : ownTime() - began),
      limits: { timeMs: 100, commands: null, memoryMb: 512 },
    });
    expect(test.run(`${setup}; list`)).toBe('ok ');
    began = ownTime();
    expect(test.run(script)).toBe('error time limit exceeded TCL LIMIT TIME');
    expect(ownTime() - began).toBeLessThan(600);
  });
});
