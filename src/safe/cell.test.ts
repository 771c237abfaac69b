import { describe, expect, it } from 'vitest';
import { type HostAnswer, logLine } from '../protocol/host.ts';
import { makeCell, makeTkCell, type TestCell } from './test-cell.ts';

/** The last line of the log. */
function lastLog({ log }: TestCell): string {
  const { kind, text } = log.at(-1)!;
  return `${kind} ${text}`;
}

describe('a tclet', () => {
  const test = makeCell();

  it('has only the channels stdout and stderr', () => {
    expect(test.run('gets stdin')).toBe('error can not find channel named "stdin" TCL LOOKUP CHANNEL stdin');
    expect(test.run('chan names')).toBe('ok stdout stderr');
  });

  it('tells nothing about the machine', () => {
    expect(test.run('catch {set env(PATH)} m; set m')).toBe('ok can\'t read "env(PATH)": no such variable');
    for (const part of ['os', 'osVersion', 'machine', 'user']) {
      expect(test.run(`set tcl_platform(${part})`), part).toContain('no such element in array');
    }
    expect(test.run('set tcl_platform(platform)')).toBe('ok unix');
    expect(test.run('set tcl_library')).toBe('ok $p(:0:)');
  });

  it('finds the packages and procedures of the library', () => {
    const test = makeCell();
    expect(test.run('package require msgcat; msgcat::mcset de yes ja; msgcat::mclocale de_AT; msgcat::mc yes')).toBe('ok ja');
    expect(test.run('history add {set x 5} exec; history info')).toBe('ok      1  set x 5');
    expect(test.run('package require zlib; zlib gunzip [zlib gzip [clock format 0 -gmt 1 -format %Y]]')).toBe('ok 1970');
  });
});

// What safe interpreters of tclsh8.6's Safe Base answered, the plugin's own words aside.
describe('aliases', () => {
  const test = makeCell();
  it.each([
    ['source /etc/passwd', 'error permission denied NONE', '"/etc/passwd": not in access_path'],
    [
      'source [file join $tcl_library nosuch.tcl]',
      'error no such file or directory POSIX EACCES',
      '/lib/tcl8.6/nosuch.tcl:no such file or directory',
    ],
    ['source $tcl_library', 'error permission denied NONE', '"/lib/tcl8.6": is a directory'],
    ['source [file join $tcl_library .. x]', 'error permission denied NONE', 'invalid characters in path $p(:0:)/../x'],
    [
      'source',
      'error wrong # args: should be "source ?-encoding E? fileName" NONE',
      'wrong # args: should be "source ?-encoding E? fileName" ()',
    ],
    ['source -encoding identity x', 'error permission denied NONE', 'attempt to use the identity encoding'],
    ['load /x/y.so', 'error permission denied (path) NONE', '"/x/y.so": not in access_path'],
    ['load {}', 'error load error: empty filename and no package name NONE', 'load error: empty filename and no package name'],
    ['load a b c d', 'error load error: too many arguments NONE', 'load error: too many arguments (3) {a b c d}'],
    ['load {} Tk x', 'error permission denied (nested load) NONE', 'loading to a sub interp (nestedok) disabled (trying to load Tk to x)'],
    [
      'load {} Tk',
      'error load of binary library for package Tk failed: not allowed NONE',
      'load of binary library for package Tk failed: not allowed',
    ],
    [
      'file exists x',
      'error not allowed to invoke subcommand exists of file TCL SAFE SUBCOMMAND',
      'not allowed to invoke subcommand exists of file',
    ],
    [
      'encoding dirs',
      'error bad option "dirs": must be convertfrom, convertto, names, or system TCL LOOKUP INDEX option dirs',
      'bad option "dirs": must be convertfrom, convertto, names, or system',
    ],
    ['encoding system utf-8', 'error wrong # args: should be "encoding system" TCL WRONGARGS', 'wrong # args: should be "encoding system"'],
    ['glob *', 'error permission denied NONE', 'option -directory must be supplied'],
    ['glob -path x *', "error Safe base rejecting glob option '-path' NONE", "Safe base rejecting glob option '-path'"],
    ['glob -directory /etc *', 'error permission denied NONE', '"/etc": not in access_path'],
    ['glob -directory $tcl_library ../*', 'error permission denied NONE', 'invalid characters in path $p(:0:)/..'],
    ['glob -directory $tcl_library nosuch*', 'error script error NONE', 'no files matched glob pattern "nosuch*"'],
  ])('%s', (script, heard, truth) => {
    expect(test.run(script)).toBe(heard);
    expect(lastLog(test)).toBe(`ERROR ERROR for slave tclet1 : ${truth}`);
  });

  it('answer what is harmless', () => {
    expect(
      test.run('list [file join a b] [file split a/b] [file tail a/b.c] [file dirname ~root/x] [file extension a.b] [file rootname ~x.y]'),
    ).toBe('ok a/b {a b} b.c ./~root .b ./~x');
    expect(test.run('encoding convertto utf-8 \\u00e9')).toBe('ok Ã©');
    expect(test.run('encoding system')).toBe('ok utf-8');
    expect(test.run('glob -nocomplain *')).toBe('ok ');
    expect(test.run('file foo')).toContain('error unknown or ambiguous subcommand "foo"');
  });

  it('wm, where Tk is', () => {
    const tk = makeTkCell();
    expect(tk.run('wm geometry .')).toBe('ok 200x100+0+0');
    expect(tk.run('wm withdraw .; wm state .')).toBe('ok withdrawn');
    expect(tk.run('wm deiconify .; wm state .')).toBe('ok normal');
    expect(tk.run('wm title .')).toBe('error disallowed option "title": should be one of geometry, state, withdraw, deiconify. NONE');
    expect(tk.run('wm geometry . 300x300')).toContain('error wrong # args');
    expect(test.run('wm geometry .')).toContain('error invalid command name "wm"');
    expect(tk.run('tk appname')).toBe('error appname not accessible in a safe interpreter TK SAFE APPLICATION');
  });
});

describe('what a tclet is told', () => {
  const test = makeCell({
    embedArgs: [
      ['SRC', 'a.tcl'],
      ['__proto__', 'x'],
      ['script', 'puts hi'],
      ['embed_mode', 'embed'],
    ],
  });

  it('embed_args and plugin', () => {
    expect(test.run('list $embed_args(src) $embed_args(__proto__) $embed_args(embed_mode) $plugin(version)')).toBe('ok a.tcl x embed 3.1');
  });

  it('getattr', () => {
    expect(test.run('getattr originHomeDirURL')).toBe('ok https://tcl.example:443/demo/');
    expect(test.run('getattr originPort')).toBe('ok 443');
    expect(test.run('getattr browserArgs')).toBe('ok src a.tcl __proto__ x script {puts hi} embed_mode embed');
    expect(test.run('getattr Script')).toBe('ok puts hi');
    expect(test.run('getattr windowGeometry')).toBe('error unknown attribute windowGeometry NONE');
    expect(test.run('getattr __proto__')).toBe('error illegal attribute "__proto__" NONE');
    expect(test.run('lindex [getattr] 0')).toBe('ok originURL');
    expect(test.run('getattr a b')).toContain('wrong # args: should be "getattr ?name?"');
    expect(makeCell({ originUrl: 'about:srcdoc' }).run('getattr originHost')).toBe('ok UNKNOWN originHost');
    expect(makeTkCell().run('getattr completeWindowGeometry')).toBe('ok 0 0 200 100 0 0 100 200');
  });

  it('log', () => {
    expect(test.run('log a\\nb  c d\\u20ac!')).toBe('ok ');
    expect(lastLog(test)).toBe('SLAVE a_b c d_!');
    test.run('log [string repeat x 1000]');
    const { text } = test.log.at(-1)!;
    expect(text).toBe(`${'x'.repeat(190)}...${'x'.repeat(63)}`);
    expect(logLine({ kind: 'SLAVE', time: new Date(2026, 0, 2, 3, 4, 5).getTime(), id: 'tclet1', text: 'hi' })).toBe(
      '[Jan 02 03:04:05] tclet1 : hi \tSLAVE',
    );
  });

  it('policy, when the page refuses', () => {
    expect(test.run('policy')).toBe('ok ');
    for (const name of ['home', 'javascript', 'trusted', 'nosuch', '{home foo}', 'home foo', '__proto__', '{}']) {
      expect(test.run(`policy ${name}`), name).toBe('error permission denied NONE');
    }
    expect(test.run('policy')).toBe('ok ');
  });
});

describe('output', () => {
  it('goes to the page, up to the quota, whatever the command is called', () => {
    const test = makeCell({ consoleBytesPerMinute: 10 });
    test.run('puts -nonewline 12345; rename puts p; p -nonewline stderr 12345');
    expect(test.printed).toEqual([
      ['stdout', '12345'],
      ['stderr', '12345'],
    ]);
    expect(test.run('chan puts stdout more')).toBe('ok ');
    test.run('p again');
    expect(test.printed.slice(2)).toEqual([['stdout', '\n[output cut: more than 10 bytes in a minute]\n']]);
    test.clock += 60_000;
    test.run('p later');
    expect(test.printed.at(-1)).toEqual(['stdout', 'later\n']);
  });
});

describe('scratch files', () => {
  it('are written, sought, read again, and told to the page', () => {
    const test = makeCell();
    expect(
      test.run('set f [maketmp]; puts $f "h\\u00e9llo"; puts $f world; flush $f; seek $f 0; list [gets $f] [tell $f] [read $f] [eof $f]'),
    ).toBe('ok héllo 7 {world\n} 1');
    expect(test.asked.map((r) => `${r.op} ${'name' in r ? r.name : ''}`)).toEqual(['scratch-open tmp1', 'scratch-write tmp1']);
    expect(test.run('close $f; set f [open a/b/tmp1 a+]; puts $f more; seek $f 0; set x [read $f]; close $f; set x')).toBe(
      'ok héllo\nworld\nmore\n',
    );
    expect(test.run('set f [open tmp1 w]; close $f; set f [open tmp1]; set x [read $f]; close $f; set x')).toBe('ok ');
  });

  it('have at most 102400 bytes, by every way to write', () => {
    const test = makeCell();
    test.run('set f [maketmp]; fconfigure $f -translation binary');
    expect(test.run('puts -nonewline $f [string repeat x 102400]; flush $f; tell $f')).toBe('ok 102400');
    const denied = 'error permission denied NONE';
    expect(test.run('puts -nonewline $f y')).toBe(denied);
    expect(lastLog(test)).toBe('WARNING write to tmp1: 102401 bytes, more than 102400');
    expect(test.run('chan puts -nonewline $f y')).toBe(denied);
    expect(test.run('rename puts p; p $f {}')).toBe(denied);
    expect(test.run('chan truncate $f 102401')).toBe(denied);
    expect(test.run('seek $f 200000; p -nonewline $f y')).toBe(denied);
    expect(test.run('lassign [chan pipe] r w; p -nonewline $w zz; close $w; seek $f 0 end; fcopy $r $f')).toBe(denied);
    expect(test.run('seek $f 0; p -nonewline $f yy; flush $f; seek $f 0 end; tell $f')).toBe('ok 102400');
    expect(test.asked.every((r) => r.op !== 'scratch-write' || r.at! + r.bytes.length <= 102_400)).toBe(true);
  });

  it('count bytes, not characters', () => {
    const test = makeCell();
    test.run('set f [maketmp]');
    expect(test.run('puts -nonewline $f [string repeat \\u20ac 34133]; flush $f; tell $f')).toBe('ok 102399');
    expect(test.run('puts -nonewline $f \\u00e9')).toBe('error permission denied NONE');
    expect(test.run('puts -nonewline $f e; tell $f')).toBe('ok 102400');
  });

  it('are 4 at once and 6 in all', () => {
    const test = makeCell();
    expect(test.run('for {set i 0} {$i < 4} {incr i} {lappend fs [maketmp]}; maketmp')).toBe(
      'error permission denied: channel count limit NONE',
    );
    expect(test.run('foreach f $fs {close $f}; for {set i 0} {$i < 2} {incr i} {close [maketmp]}; maketmp')).toBe(
      'error permission denied: file count limit NONE',
    );
    expect(test.run('open new w')).toBe('error permission denied: file count limit NONE');
    expect(test.run('close [open tmp1 w]; llength [chan names file*]')).toBe('ok 0');
  });

  it('have names of their own and no others', () => {
    const test = makeCell();
    expect(test.run('open nosuch')).toBe('error permission denied: could not open nosuch NONE');
    expect(test.run('open /etc/passwd')).toBe('error permission denied: could not open passwd NONE');
    expect(test.run('open |ls')).toBe('error permission denied: can not open |ls NONE');
    for (const name of ['..', '/', '{}', 'a/..'])
      expect(test.run(`open ${name} w`), name).toContain('error permission denied: can not open');
    expect(test.run('open x foo')).toBe('error illegal access mode "foo" NONE');
    expect(test.run('close [open __proto__ w]; open __proto__ {WRONLY CREAT EXCL}')).toBe(
      'error permission denied: could not open __proto__ NONE',
    );
    expect(test.run('open $tcl_library/x w')).toBe('error permission denied NONE');
    expect(test.run('open $tcl_library/x')).toBe('error no such file or directory POSIX EACCES');
  });

  it('are listed and deleted by name, and give their place back', () => {
    const test = makeCell();
    expect(test.run('glob *')).toBe('error permission denied NONE');
    expect(test.run('foreach n {b a __proto__ x.1 x.2 x.3} {close [open $n w]}; glob *')).toBe('ok b a __proto__ x.1 x.2 x.3');
    expect(test.run('glob x* {?} x.1')).toBe('ok b a x.1 x.2 x.3');
    expect(test.run('glob -nocomplain nosuch')).toBe('ok ');
    expect(test.run('glob -directory / *')).toBe('error permission denied NONE');
    expect(test.run('open seventh w')).toBe('error permission denied: file count limit NONE');
    expect(test.run('file delete /any/where/x.2; file delete __proto__; glob *')).toBe('ok b a x.1 x.3');
    expect(test.asked.slice(-2)).toEqual([
      { op: 'scratch-delete', name: 'x.2' },
      { op: 'scratch-delete', name: '__proto__' },
    ]);
    expect(test.run('close [open seventh w]; getattr persistentFileCounter')).toBe('ok 5');
    const refused = 'error not allowed to invoke subcommand delete of file TCL SAFE SUBCOMMAND';
    for (const words of ['x.2', 'nosuch', '-force x.1', 'x.1 x.3', '', '/', '{}']) expect(test.run(`file delete ${words}`)).toBe(refused);
    expect(test.run('set f [open x.1]; file delete x.1')).toBe('error permission denied NONE');
    expect(lastLog(test)).toBe('WARNING file delete x.1: it is open');
    expect(test.run('close $f; file delete x.1; open x.1')).toBe('error permission denied: could not open x.1 NONE');
  });

  it('let only some options be seen and set', () => {
    const test = makeCell();
    test.run('set f [maketmp]');
    const listed = 'should be one of -blocking, -buffering, -buffersize, -eofchar, -translation.';
    expect(test.run('fconfigure $f')).toBe('ok -blocking 1 -buffering full -buffersize 4096 -eofchar {{} {}} -translation {auto lf}');
    expect(test.run('fconfigure $f -encoding binary')).toBe(`error disallowed option "-encoding": ${listed} NONE`);
    expect(test.run('chan configure $f -encoding')).toBe(`error disallowed option "-encoding": ${listed} NONE`);
    expect(test.run('chan configure $f -buffering line; fconfigure $f -buffering')).toBe('ok line');
  });

  it('say so when the page refuses', () => {
    const test = makeCell({ ask: (_request, done) => done({ ok: false, message: 'permission denied: file count limit' }) });
    expect(test.run('maketmp')).toBe('error permission denied: file count limit NONE');
    let full = false;
    const later = makeCell({
      ask: (request, done) =>
        done(request.op === 'scratch-write' && full ? { ok: false, message: 'permission denied' } : { ok: true, value: new Uint8Array(0) }),
    });
    later.run('set f [maketmp]');
    full = true;
    expect(later.run('puts $f x; flush $f')).toBe('error permission denied NONE');
    expect(later.run('puts $f x; close $f')).toBe('error permission denied NONE');
    expect(later.run('puts $f x')).toBe('error can not find channel named "file3" TCL LOOKUP CHANNEL file3');
  });

  it('share 16 channels with pipes', () => {
    const test = makeCell();
    expect(test.run('for {set i 0} {$i < 7} {incr i} {chan pipe}; llength [chan names]')).toBe('ok 16');
    expect(test.run('chan pipe')).toBe("error couldn't create pipe: too many open files POSIX EMFILE {too many open files}");
    expect(test.run('maketmp')).toBe('error permission denied: channel count limit NONE');
  });
});

describe('the end', () => {
  it('exit stops the script at once, through catch', () => {
    const test = makeCell();
    expect(test.run('catch {exit}; puts still')).toBe(
      'error attempt to call eval in deleted interpreter TCL IDELETE {attempt to call eval in deleted interpreter}',
    );
    test.settle();
    expect(test.exits).toEqual([[0, '']]);
    expect(test.printed).toEqual([]);
    expect(test.errors).toEqual([]);
    expect(test.cell.interp.deleted).toBe(true);
    expect(test.log.map(({ text }) => text).slice(-2)).toEqual([
      'NOTICE for slave tclet1 : About to delete',
      'NOTICE for slave tclet1 : Deleted',
    ]);
  });

  it('exit takes a number', () => {
    const test = makeCell();
    expect(test.run('exit foo')).toBe('error wrong # args: should be "exit" TCL WRONGARGS');
    expect(test.run('exit 1 2')).toBe('error wrong # args: should be "exit" TCL WRONGARGS');
    test.run('after 10 {exit 3}; vwait forever');
    expect(test.exits).toEqual([[3, '']]);
  });

  it('comes after 10 background errors, not before', () => {
    const test = makeCell();
    for (let i = 1; i <= 10; i++) test.run(`after 0 {error e${i}}; after 1 {set x 1}; vwait x; update`);
    expect(test.errors.length).toBe(10);
    expect(test.exits).toEqual([]);
    test.run('after 0 {error last}; after 1 {set x 1}; vwait x; update');
    expect(test.errors.at(-1)).toBe('last');
    expect(test.exits).toEqual([[1, 'too many background errors']]);
  });

  it('does not come from errors that the tclet’s own bgerror handles', () => {
    const test = makeCell();
    test.run('proc bgerror m {lappend ::seen $m; if {$m eq "bad"} {error worse}}');
    for (let i = 0; i < 20; i++) test.run('after 0 {error e}; after 1 {set x 1}; vwait x; update');
    expect(test.run('llength $seen')).toBe('ok 20');
    expect(test.exits).toEqual([]);
    test.run('rename bgerror tkerror; after 0 {error e}; after 1 {set x 1}; vwait x; update');
    expect(test.run('llength $seen')).toBe('ok 21');
    test.run('after 0 {error bad}; after 1 {set x 1}; vwait x; update');
    expect(test.errors).toEqual(['bad']);
  });

  it('comes with the time limit of one evaluation', () => {
    const test = makeCell({ limits: { timeMs: 50, commands: null, memoryMb: null } });
    let now = 0;
    Object.defineProperty(test, 'clock', { get: () => (now += 0.01), set: () => {} });
    expect(test.run('catch {while 1 {}}; puts still')).toBe('error time limit exceeded TCL LIMIT TIME');
    expect(test.errors).toEqual(['time limit exceeded']);
    expect(test.exits).toEqual([[1, 'time limit exceeded']]);
  });

  it('comes with the command limit, at N+1', () => {
    const test = makeCell({ limits: { timeMs: null, commands: 1000, memoryMb: null } });
    expect(test.run('while 1 {catch {set x 1}}')).toBe('error command count limit exceeded TCL LIMIT COMMANDS');
    expect(test.exits).toEqual([[1, 'command count limit exceeded']]);
    const limited = (commands: number): string =>
      makeCell({ limits: { timeMs: null, commands, memoryMb: null } }).run('set a 1; set b 2; set c 3');
    expect(limited(3)).toBe('ok 3');
    expect(limited(2)).toBe('error command count limit exceeded TCL LIMIT COMMANDS');
  });

  it('comes with commands that children run', () => {
    for (const script of [
      'k eval {while 1 {set x 1}}',
      'k eval {interp create j; j eval {while 1 {set x 1}}}',
      'while 1 {k eval set x 1}',
    ]) {
      const test = makeCell({ limits: { timeMs: null, commands: 1000, memoryMb: null } });
      expect(test.run(`interp create k; ${script}`), script).toBe('error command count limit exceeded TCL LIMIT COMMANDS');
    }
    // Nor can it be lifted: a limit on a child is one more, not another one.
    const test = makeCell({ limits: { timeMs: null, commands: 1000, memoryMb: null } });
    test.run('interp create k; interp limit k commands -value 1000000; interp limit k commands -value {}');
    expect(test.run('k eval {while 1 {set x 1}}')).toBe('error command count limit exceeded TCL LIMIT COMMANDS');
  });

  it('comes with the second passing of the memory limit, and whoever waits is told of each', () => {
    const test = makeCell({ limits: { timeMs: null, commands: null, memoryMb: 16 } });
    const said = 'error memory limit exceeded TCL LIMIT MEMORY';
    expect(test.run('catch {string repeat x 100000000}; puts still')).toBe(said);
    expect(test.exits).toEqual([]);
    expect(test.run('string repeat x 10')).toBe('ok xxxxxxxxxx');
    expect(test.run('catch {lrepeat 100000000 x}; puts still')).toBe(said);
    expect(test.exits).toEqual([[1, 'memory limit exceeded']]);
    expect(test.printed).toEqual([]);
  });

  it('is not near for a child that the tclet limits itself', () => {
    const test = makeCell();
    expect(test.run('interp create k; interp limit k commands -value 5; catch {k eval {while 1 {set x 1}}} m; set m')).toBe(
      'ok command count limit exceeded',
    );
    expect(test.run('interp limit {} commands -value 5')).toBe(
      'error limits on current interpreter inaccessible TCL OPERATION INTERP SELF',
    );
    expect(test.exits).toEqual([]);
  });
});

describe('what the page is asked', () => {
  const limits = { timeMs: null, commands: null, memoryMb: 16 };

  it('is sent so many at a time: who asks and does not listen fills a memory of its own', () => {
    const waiting: ((answer: HostAnswer) => void)[] = [];
    const asked: string[] = [];
    const test = makeCell({
      limits,
      ask: (request, done) => {
        asked.push(request.op);
        if (request.op === 'scratch-open') done({ ok: true, value: new Uint8Array(0) });
        else waiting.push(done);
      },
    });
    const flood =
      'set f [open a w]; fconfigure $f -blocking 0 -buffering none; set n 0; while {$n < 100} {seek $f 0; puts -nonewline $f $n; incr n}';
    expect(test.run(flood)).toBe('ok ');
    expect(waiting.length).toBe(60);
    // The others follow in their order, as those before are answered.
    for (let i = 0; i < waiting.length; i++) waiting[i]!({ ok: true, value: '' });
    expect(asked.length).toBe(102);
    expect(test.run('while 1 {seek $f 0; puts -nonewline $f [string repeat x 10000]}')).toBe(
      'error memory limit exceeded TCL LIMIT MEMORY',
    );
    expect(asked.length).toBe(162);
  });

  it('is nothing that the page would refuse unread', () => {
    const test = makeCell({ limits });
    const asked = test.asked.length;
    for (const script of ['policy [string repeat x 100000]', 'set embed_args(prefix) [string repeat / 100000]; policy home']) {
      expect(test.run(script)).toBe('error permission denied NONE');
    }
    expect(test.asked.length).toBe(asked);
    expect(test.log.filter(({ text }) => text === 'policy: no words that the page would read').length).toBe(2);
  });
});

it('knows a command by its name, whatever number that may be', () => {
  const script = 'list [catch NaN m] $m [auto_qualify NaN ::] [auto_qualify ::NaN ::] [auto_qualify 0x10 ::a] [auto_qualify a::1e3 ::]';
  // As tclsh8.6 says.
  expect(makeCell().run(script)).toBe('ok 1 {invalid command name "NaN"} NaN NaN {::a::0x10 0x10} ::a::1e3');
});
