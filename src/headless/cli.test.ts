/** The command line: what it prints where, and its exit codes. Codes and error texts of scripts are those of tclsh8.6 FILE. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Input, tclet } from './tclet.ts';

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `options` on a file `t.tcl` of that text. */
async function run(script: string | Uint8Array, ...options: string[]): Promise<Said> {
  return command(['run', ...options, 't.tcl'], script);
}

/** Gives it in pieces, each when it has been waited for. */
function inputOf(pieces: readonly string[]): Input {
  const left = [...pieces];
  let ready: Uint8Array[] = [];
  return {
    read: (max) => {
      const [first] = ready;
      if (first === undefined) return left.length === 0 ? null : new Uint8Array(0);
      ready = first.length > max ? [first.subarray(max)] : [];
      return first.subarray(0, max);
    },
    whenReadable(done) {
      setTimeout(() => {
        const piece = left.shift();
        if (piece !== undefined) ready.push(new TextEncoder().encode(piece));
        done();
      }, 1);
    },
  };
}

async function command(
  args: readonly string[],
  script: string | Uint8Array = '',
  input: readonly string[] = [],
  heapLeft = (_collect: boolean) => Infinity,
): Promise<Said> {
  const said = { code: -1, out: '', err: '' };
  said.code = await tclet(args, {
    readFile(path) {
      if (path !== 't.tcl') throw new Error(`couldn't read file "${path}": no such file or directory`);
      return typeof script === 'string' ? new TextEncoder().encode(script) : script;
    },
    readFolder(path) {
      if (path !== '/some/where/pkgs/') throw new Error(`couldn't read folder "${path}": no such file or directory`);
      return [
        ['deep/one/pkgIndex.tcl', 'package ifneeded one 1.2 [list source [file join $dir one.tcl]]'],
        ['deep/one/one.tcl', 'package provide one 1.2; proc one {} {return 1}'],
      ];
    },
    write(fd, given) {
      const text = typeof given === 'string' ? given : new TextDecoder().decode(given);
      if (fd === 1) said.out += text;
      else said.err += text;
    },
    stdin: inputOf(input),
    heapLeft,
  });
  return said;
}

/** Both kinds of interpreter. */
const KINDS: readonly { readonly name: string; readonly kind: readonly string[] }[] = [
  { name: 'safe', kind: [] },
  { name: 'trusted', kind: ['--trusted'] },
];

describe.each(KINDS)('tclet run, $name', ({ kind }) => {
  it.each([
    ['puts hi', { code: 0, out: 'hi\n', err: '' }],
    ['puts -nonewline hi; puts stderr lo', { code: 0, out: 'hi', err: 'lo\n' }],
    ['puts é€😀; puts [string length é€]', { code: 0, out: 'é€😀\n2\n', err: '' }],
    ['\ufeffputs a\r\nputs b\rputs c\n\x1aputs d', { code: 0, out: 'a\nb\nc\n', err: '' }],
    ['puts a; return 5; puts b', { code: 0, out: 'a\n', err: '' }],
    ['exit', { code: 0, out: '', err: '' }],
    ['puts a; exit 3; puts b', { code: 3, out: 'a\n', err: '' }],
    ['catch {exit 4}; puts still', { code: 4, out: '', err: '' }],
    ['exit 256', { code: 0, out: '', err: '' }],
    ['exit -1', { code: 255, out: '', err: '' }],
    ['after 0 {puts never}; after idle {puts never}; puts end', { code: 0, out: 'end\n', err: '' }],
    ['after 5 {set x 1}; vwait x; puts $x', { code: 0, out: '1\n', err: '' }],
    ['after 5 {exit 6}; vwait x', { code: 6, out: '', err: '' }],
    ['after 5; puts slept', { code: 0, out: 'slept\n', err: '' }],
    ['', { code: 0, out: '', err: '' }],
  ])('%j', async (script, said) => {
    expect(await run(script, ...kind)).toEqual(said);
  });

  it('takes bytes that are no UTF-8 for what they are in Latin-1', async () => {
    const bytes = Uint8Array.from('puts [scan \xff %c]', (c) => c.charCodeAt(0));
    expect(await run(bytes, ...kind)).toEqual({ code: 0, out: '255\n', err: '' });
  });

  it.each([
    ['error boom', 'boom\n    while executing\n"error boom"\n    (file "t.tcl" line 1)\n'],
    [
      'proc f {} {\n  error deep\n}\n\nf',
      'deep\n    while executing\n"error deep"\n    (procedure "f" line 2)\n    invoked from within\n"f"\n    (file "t.tcl" line 5)\n',
    ],
    ['nosuch 1', 'invalid command name "nosuch"\n    while executing\n"nosuch 1"\n    (file "t.tcl" line 1)\n'],
    // Each command of the program stands by itself, and so does one in brackets among its words; its expressions and bodies are compiled.
    [
      'set x [expr {[lindex [nosuch]]}]',
      'invalid command name "nosuch"\n    while executing\n"nosuch"\n    invoked from within\n"expr {[lindex [nosuch]]}"\n    invoked from within\n"set x [expr {[lindex [nosuch]]}]"\n    (file "t.tcl" line 1)\n',
    ],
    [
      'proc f {} {update; string length [error late]}\nif 1 {puts [list [f]]}\n',
      'late\n    while executing\n"error late"\n    (procedure "f" line 1)\n    invoked from within\n"f"\n    invoked from within\n"if 1 {puts [list [f]]}"\n    (file "t.tcl" line 2)\n',
    ],
    [
      'proc f {} {update; string length [error late]}\nforeach x "a[list [f]]" {}\n',
      'late\n    while executing\n"error late"\n    (procedure "f" line 1)\n    invoked from within\n"f"\n    invoked from within\n"list [f]"\n    invoked from within\n"foreach x "a[list [f]]" {}"\n    (file "t.tcl" line 2)\n',
    ],
    [
      'set x 1\nforeach y {1 2} {\n  return -code break\n}\n',
      'invoked "break" outside of a loop\n    while executing\n"foreach y {1 2} {\n  return -code break\n}"\n    (file "t.tcl" line 2)\n',
    ],
    [
      'update; return -code return',
      'command returned bad code: 2\n    while executing\n"return -code return"\n    (file "t.tcl" line 1)\n',
    ],
    ['puts "a', 'missing "\n    while executing\n"puts ""\n    (file "t.tcl" line 1)\n'],
  ])('errorInfo of %j', async (script, err) => {
    expect(await run(script, ...kind)).toEqual({ code: 1, out: '', err });
  });

  it('a code that nobody wants is an error', async () => {
    const { code, err } = await run('break', ...kind);
    expect([code, err.split('\n')[0]]).toEqual([1, 'invoked "break" outside of a loop']);
    for (const [script, said] of [
      ['return -code 7 x', 'command returned bad code: 7'],
      ['return -code error bad', 'bad'],
      ['proc f {} {return -level 2 -code error worse}; f', 'worse'],
    ] as const) {
      const { code, err } = await run(script, ...kind);
      expect([code, err.split('\n')[0]], script).toEqual([1, said]);
    }
  });

  it('has its name and its words', async () => {
    const script = 'puts [list $argv0 $argc $argv [info script] [expr {$argv0 eq [info script]}]]';
    expect((await command(['run', ...kind, 't.tcl', 'a b', '--tk'], script)).out).toBe('t.tcl 2 {{a b} --tk} t.tcl 1\n');
    expect((await run(script, ...kind)).out).toBe('t.tcl 0 {} t.tcl 1\n');
  });

  it('tells errors of events and goes on', async () => {
    expect(await run('after 0 {error bg}; after 100 {set x 1}; vwait x; puts on', ...kind)).toEqual({
      code: 0,
      out: 'on\n',
      err: 'bg\n    while executing\n"error bg"\n    ("after" script)\n',
    });
  });

  it('has no quota on what is printed', async () => {
    const { out } = await run('for {set i 0} {$i < 5} {incr i} {puts [string repeat x 100000]}', ...kind);
    expect(out.length).toBe(500_005);
  });

  it('ends at the limit of time, also in a wait', async () => {
    for (const script of ['catch {while 1 {}}; puts no', 'catch {after 10000}; puts no', 'vwait x; after 0', 'while 1 {after 10}']) {
      const { code, out, err } = await run(`after 60000 {}; ${script}`, '--limit-time', '50', ...kind);
      expect([code, out, err.split('\n')[0]], script).toEqual([1, '', 'time limit exceeded']);
    }
    expect((await run('after 5; puts yes', '--limit-time', '5000', ...kind)).out).toBe('yes\n');
  });

  it('ends a child at its limit of time, though fuel runs out in its master alone', async () => {
    const script = `interp create c
proc long {} {for {set i 0} {$i < 50000} {incr i} {}}
interp alias c long {} long
interp limit c time -seconds [expr {[clock seconds] + 1}] -milliseconds 0
puts [list [catch {c eval {while 1 {long}}} message] $message]`;
    expect((await run(script, '--trusted')).out).toBe('1 {time limit exceeded}\n');
  });

  it('ends at the limit of commands', async () => {
    const { code, err } = await run('while 1 {catch {set x 1}}', '--limit-commands', '1000', ...kind);
    expect([code, err.split('\n')[0]]).toEqual([1, 'command count limit exceeded']);
    expect(await run('set x 1; puts $x', '--limit-commands', '2', ...kind)).toEqual({ code: 0, out: '1\n', err: '' });
    expect((await run('set x 1; puts $x', '--limit-commands', '1', ...kind)).code).toBe(1);
  });

  it('ends at the limit of memory', async () => {
    const { code, err } = await run('while 1 {lappend l [string repeat x 100000]}', '--limit-memory', '20', ...kind);
    expect([code, err.split('\n')[0]]).toEqual([1, 'memory limit exceeded']);
    expect(await run('string length [string repeat x 100000]', '--limit-memory', '20', ...kind)).toMatchObject({ code: 0 });
  });

  it('garbage is no breach of a limit of memory, and needs no room', async () => {
    const lists = 'for {set i 0} {$i < 3000} {incr i} {set x [lassign $l a]}';
    const { out } = await run(`apply {l {${lists}}} [lrepeat 2000 x]; puts ok`, '--limit-memory', '8', ...kind);
    expect(out).toBe('ok\n');
    const texts = 'for {set k 0} {$k < 3} {incr k} {set t $s; for {set i 0} {$i < 2000} {incr i} {append t $s}}';
    const script = `puts [catch {apply {s {${texts}}} [string repeat x 100000]} m],$m`;
    expect((await command(['run', ...kind, 't.tcl'], script, [], () => 1e8)).out).toBe('0,\n');
  });

  it('has ceilings without a limit', async () => {
    for (const script of ['string repeat x 600000000', 'lrepeat 200000000 x', 'set s [string repeat x 300000000]; append s $s']) {
      const { code, out } = await run(`puts [catch {${script}} m o],$m,[dict get $o -errorcode]`, ...kind);
      expect([code, out], script).toEqual([0, '1,max size for a Tcl value (1000000000 bytes) exceeded,TCL MEMORY\n']);
    }
  });

  it('what the heap has no room for is an error like others, unless nobody listens', async () => {
    // Looked at after each 32 MB or so, and once more when the garbage is gone.
    const lefts = [1e9, 1e9, 0, 1e9, 0, 0];
    const fill = 'for {set i 0} {$i < 1000} {incr i} {if {[catch {lappend l $i[string repeat x 1000000]} m o]} break}';
    const script = `${fill}; puts $i,$m,[dict get $o -errorcode]; ${fill}; puts $i`;
    const { out } = await command(['run', ...kind, 't.tcl'], script, [], () => lefts.shift() ?? 1e9);
    expect(out).toMatch(/^[56]\d,unable to alloc \d+ bytes,TCL MEMORY\n1000\n$/);
    const { code, err } = await command(['run', ...kind, 't.tcl'], 'while 1 {catch {string repeat x 1000000}}', [], () => -1e9);
    expect([code, err.split('\n')[0]]).toEqual([1, 'memory limit exceeded']);
  });

  it('gives up on what cannot happen', async () => {
    expect((await run('vwait x', ...kind)).err.split('\n')[0]).toBe(`can't wait for variable "x": would wait forever`);
    expect((await run('gets [lindex [chan pipe] 0]', ...kind)).code).toBe(1);
  });
});

describe('standard input', () => {
  it.each(KINDS)('$name: is read as it comes', async ({ kind }) => {
    const script = 'puts [gets stdin],[gets stdin]; after 0 {puts on}; puts [read stdin],[eof stdin]; update; puts [gets stdin x],$x';
    const { out } = await command(['run', ...kind, 't.tcl'], script, ['one', '\ntw', 'o\nmore', '\nend']);
    expect(out).toBe('one,two\nmore\nend,1\non\n-1,\n');
  });

  it('has events, and does not block who does not want it', async () => {
    const script = `
      fconfigure stdin -blocking 0
      puts [gets stdin],[fblocked stdin],[eof stdin]
      fileevent stdin readable {if {[gets stdin line] >= 0} {puts <$line>} elseif {[eof stdin]} {set over 1}}
      vwait over
      fileevent stdin readable {}
      vwait never`;
    const { code, out, err } = await command(['run', '--trusted', 't.tcl'], script, ['a\nb', 'c\n', 'd']);
    expect([code, out, err.split('\n')[0]]).toEqual([1, ',1,0\n<a>\n<bc>\n<d>\n', `can't wait for variable "never": would wait forever`]);
  });
});

describe('programs and sockets', () => {
  it('as tclsh8.6 recorded', async () => {
    const data = (name: string) => readFileSync(new URL(`./testdata/world.${name}`, import.meta.url), 'utf8');
    const { out, err } = await command(['run', '--trusted', 't.tcl'], data('tcl'), [data('in')]);
    expect([err, ...out.split('\n')]).toEqual(['', ...data('out').split('\n')]);
  });

  it('a client that comes when all channels are taken finds its connection closed', async () => {
    const script = `
      socket -server {apply {{s args} {puts came; close $s}}} 9999
      for {set n 0} {![catch {open /f w} last]} {incr n} {lappend open $last}
      close [lindex $open 0]
      set s [socket localhost 9999]
      update
      puts $last,[expr {$n > 1000}],[gets $s],[eof $s]
      close [lindex $open 1]
      close [lindex $open 2]
      set s [socket localhost 9999]
      update
      puts [gets $s],[eof $s]`;
    expect(await run(script, '--trusted')).toEqual({ code: 0, out: 'couldn\'t open "/f": too many open files,1,,1\ncame\n,1\n', err: '' });
  });

  it('each has a folder of its own, and all have the same files', async () => {
    const script = `
      file mkdir /a; cd /a
      set f [open "|[list [info nameofexecutable] << {cd /; close [open a/new w]; puts [pwd],[file exists /lib]}]"]
      puts [gets $f],[pwd],[file exists new]`;
    expect((await run(script, '--trusted')).out).toBe('/,1,/a,1\n');
  });

  it('end with the run, and when all of them wait', async () => {
    const start = (script: string) => `set f [open "|[list [info nameofexecutable] << {${script}}]"]`;
    expect(await run(`${start('vwait x')}; puts done`, '--trusted')).toEqual({ code: 0, out: 'done\n', err: '' });
    expect((await run(`${start('vwait x')}; gets $f`, '--trusted')).err).toBe('the script waits for something that cannot happen\n');
    const { err } = await run(`${start('while 1 {}')}; gets $f`, '--trusted', '--limit-time', '50');
    expect(err.split('\n')[0]).toBe('time limit exceeded');
  });

  it.each([[[]], [['--trusted', '--limit-commands', '1000']], [['--trusted', '--limit-memory', '100']]])(
    'are not there with %j',
    async (options) => {
      const { out } = await run('puts [info nameofexecutable],[catch {open |x} m],[catch {socket localhost 1} m]', ...options);
      expect(out).toBe(',1,1\n');
    },
  );
});

describe('the two kinds', () => {
  it('a tclet is safe, and has scratch files', async () => {
    expect((await run('puts [interp issafe][catch {cd /} m]$m')).out).toBe('11invalid command name "cd"\n');
    expect((await run('set f [maketmp]; puts $f hi; close $f; set f [open tmp1]; puts [read $f]')).out).toBe('hi\n\n');
    expect((await run('exit foo')).err.split('\n')[0]).toBe('wrong # args: should be "exit"');
  });

  it('the master has files of its own world', async () => {
    expect((await run('puts [interp issafe]; set f [open /x w]; puts $f hi; close $f; puts [file size /x]', '--trusted')).out).toBe(
      '0\n3\n',
    );
    const none = 'puts [catch {set env(NO)} m],$m,[info exists env(NO)],[catch {incr env(NO)} m],$m,$env(NO)';
    const said = '1,can\'t read "env(NO)": no such variable,0,0,1,1\n';
    expect((await run(`${none}; unset env(NO); interp eval [interp create] {${none}}`, '--trusted')).out).toBe(said + said);
    expect((await run('exit foo', '--trusted')).err.split('\n')[0]).toBe('expected integer but got "foo"');
    expect((await run('exit 1 2', '--trusted')).err.split('\n')[0]).toBe('wrong # args: should be "exit ?returnCode?"');
    expect((await run('puts [open /etc/passwd]', '--trusted')).code).toBe(1);
  });

  it('the master reads its own program, and has a folder for what does not last', async () => {
    const script = 'set f [open [info script]]; puts [gets $f],[file normalize t.tcl],[file isdirectory /tmp]; cd /tmp\n';
    expect((await run(script, '--trusted')).out).toBe(`${script.trim()},/t.tcl,1\n`);
  });

  it('knows the lines of its program, within procs and expressions', async () => {
    const script =
      '\n\nproc p {} {\n  puts [dict get [info frame 0] line]\n}\np\nputs [expr {1 &&\n  [dict get [info frame 0] line]}]\neval {\n  p\n}';
    expect((await run(script, '--trusted')).out).toBe('4\n1\n4\n');
  });

  it('what the program reads is compiled as a whole, and its errors tell of the innermost command alone', async () => {
    const script = `
set f [open q w]; puts $f {if 1 {set a [string length [nosuch]]}}; close $f
source q`;
    expect((await run(script, '--trusted')).err).toBe(
      'invalid command name "nosuch"\n    while executing\n"nosuch"\n    (file "q" line 1)\n    invoked from within\n"source q"\n    (file "t.tcl" line 3)\n',
    );
  });

  it('says that a handler of background errors has failed itself', async () => {
    const script = 'interp bgerror {} {apply {args {error bad}}}; after 0 {error x}; after 50 {set x 1}; vwait x';
    expect((await run(script, '--trusted')).err.split('\n').slice(0, 2)).toEqual(['error in background error handler:', 'bad']);
  });

  it.each(KINDS)('$name: packages come from mounted folders, which are read-only', async ({ kind }) => {
    expect((await run('puts [package require one][one]', ...kind, '--mount', '/some/where/pkgs/')).out).toBe('1.21\n');
    expect((await run('puts [package require one]', ...kind)).err.split('\n')[0]).toBe("can't find package one");
    if (kind.length > 0) {
      expect((await run('puts [catch {open /lib/pkgs/deep/one/one.tcl a} m]$m', ...kind, '--mount', '/some/where/pkgs/')).out).toBe(
        `1couldn't open "/lib/pkgs/deep/one/one.tcl": read-only file system\n`,
      );
    }
    expect(await run('', ...kind, '--mount', 'nowhere')).toEqual({
      code: 1,
      out: '',
      err: 'couldn\'t read folder "nowhere": no such file or directory\n',
    });
  });

  it.each(KINDS)('$name: --tk gives Tk, on a display that shows nothing', async ({ kind }) => {
    const script = 'frame .f -width 30 -height 20; pack .f -padx 4; update; puts [winfo geometry .f],[winfo class .],[winfo viewable .f]';
    expect(await run(script, ...kind, '--tk')).toEqual({ code: 0, out: '30x20+4+0,Tk,1\n', err: '' });
    expect((await run(script, ...kind)).err.split('\n')[0]).toBe('invalid command name "frame"');
  });

  it('a tclet ends after its eleventh background error', async () => {
    const { code, err } = await run('proc e {} {after 1 e; error x}; e; vwait never', '--limit-time', '5000');
    expect(code).toBe(1);
    expect(err).not.toContain('internal');
  });
});

describe('words', () => {
  const usage =
    'usage: tclet run [--trusted] [--tk] [--limit-time MS] [--limit-commands N] [--limit-memory MB] [--mount FOLDER]... [--hostile] FILE.tcl [ARG]...\n';
  it.each([[[]], [['run']], [['t.tcl']], [['run', '--limit-time', '5']]])('%j', async (args) => {
    expect(await command(args)).toEqual({ code: 1, out: '', err: usage });
  });

  it('options and files that do not exist', async () => {
    expect(await command(['run', '--fast', 't.tcl'])).toEqual({ code: 1, out: '', err: `unknown option --fast\n${usage}` });
    for (const n of ['0', '-1', '1.5', 'x', '']) {
      expect((await command(['run', '--limit-memory', n, 't.tcl'])).err).toBe('--limit-memory wants a whole number above 0\n');
    }
    expect(await command(['run', 'nosuch.tcl'])).toEqual({
      code: 1,
      out: '',
      err: 'couldn\'t read file "nosuch.tcl": no such file or directory\n',
    });
  });
});

it.each(['tcltest', 'mkindex'])('%s prints what it prints in tclsh', async (name) => {
  const data = (kind: string) => readFileSync(new URL(`../tcl/commands/testdata/${name}.${kind}`, import.meta.url), 'utf8');
  expect(await run(data('tcl'), '--trusted')).toEqual({ code: 0, out: data('out'), err: '' });
});

it('options that tcltest finds in argv', async () => {
  const script = (argv: string): string => `set argv {${argv}}; package require tcltest; tcltest::test a-1 b {set x 1} 1`;
  // As tclsh8.6 says.
  expect(await run(script('-h'), '--trusted')).toEqual({ code: 1, out: '', err: 'missing value for option -h\n' });
  const wrong = 'invalid -debug value "x": expected integer but got "x"\n';
  expect(await run(script('-debug x'), '--trusted')).toEqual({ code: 1, out: '', err: wrong });
  expect((await run(script('-foo x -verbose p'), '--trusted')).out).toMatch(
    /^WARNING: unknown option -foo: should be one of -asidefromdir, .*\n\+\+\+\+ a-1 PASSED\n$/,
  );
  expect((await run(script('-debug 2'), '--trusted')).out).toMatch(
    /^Flags passed into tcltest:\n {4}argv: -debug 2\ntcltest::debug {14}= 2\n/,
  );
  expect((await run(script('-debug 3'), '--trusted')).out).toMatch(/\nRunning a-1 \{set x 1\}\n/);
  const { code, out } = await run(script('-match x -help'), '--trusted');
  expect([code, out.split('\n')[0]]).toEqual([1, 'Usage: tclet script ?-help? ?flag value? ... ']);
});

it('the end of a coroutine means something to what called it', async () => {
  const script = `proc br {} {return -code break x}
      proc rr {} {return -level 2 x}
      puts [catch {coroutine c br}]
      puts [foreach a {1 2} {coroutine c br; puts no}]
      try {coroutine c rr} on return x {puts "r $x"}
      coroutine c rr
      puts [string length [coroutine c rr]]
      puts no`;
  expect(await run(script, '--trusted')).toEqual({ code: 0, out: '3\n\nr x\n', err: '' });
});
