import { expect, it } from 'vitest';
import { coreRows } from '../tcl/commands/index.ts';
import { TclError } from '../tcl/errors.ts';
import { EventQueue } from '../tcl/events.ts';
import { TclInterp } from '../tcl/interp.ts';
import { str } from '../tcl/value.ts';
import { vfsOf } from '../tcl/vfs.ts';
import { createSafeBase } from './safe-base.ts';

function make() {
  const log: string[] = [];
  const master = new TclInterp({ rows: coreRows, events: new EventQueue({ now: () => 0, wallClock: () => 0 }) });
  const base = createSafeBase(master, (child, message, kind) => log.push(`${kind} for slave ${child} : ${message}`));
  const run = (script: string, interp = master): string => {
    try {
      return str(interp.evalNow(script));
    } catch (e) {
      if (e instanceof TclError) return `error ${e.message}`;
      throw e;
    }
  };
  return { log, master, base, run };
}

// Names, results and messages are those of tclsh8.6's safe.tcl.
it('makes, configures and deletes children', () => {
  const { log, master, run } = make();
  expect(run('safe::interpCreate')).toBe('interp0');
  expect(log.slice(0, 2)).toEqual([
    'NOTICE for slave interp0 : Created',
    'NOTICE for slave interp0 : Setting accessPath=(/lib/tcl8.6 /lib /lib/tcl8) staticsok=1 nestedok=0 deletehook=()',
  ]);
  expect(run('safe::interpCreate foo -accessPath {/lib/tcl8.6 /x} -NOSTAT -nested 1 -deleteHook {set ::gone}')).toBe('foo');
  expect(run('safe::interpConfigure foo')).toBe('-accessPath {/lib/tcl8.6 /x /lib/tcl8/8.6} -statics 0 -nested 1 -deleteHook {set ::gone}');
  expect(run('safe::interpConfigure foo -acc')).toBe('-accessPath {/lib/tcl8.6 /x /lib/tcl8/8.6}');
  expect(run('safe::interpConfigure foo -statics 1; safe::interpConfigure foo -statics')).toBe('-statics 1');
  expect(run('safe::interpConfigure foo -n')).toContain('error ambigous option "-n", choose from:');
  expect(run('safe::interpFindInAccessPath foo /x')).toBe('$p(:1:)');
  expect(run('safe::interpAddToAccessPath foo /y')).toBe('$p(:3:)');
  expect(run('set auto_path', master.children.get('foo')!)).toBe('{$p(:0:)} {$p(:1:)} {$p(:2:)} {$p(:3:)}');
  expect(run('safe::interpDelete foo; set gone')).toBe('foo');
  expect(master.children.has('foo')).toBe(false);
  expect(log.slice(-2)).toEqual(['NOTICE for slave foo : About to delete', 'NOTICE for slave foo : Deleted']);
});

it('min and max are procs of the library in a child, and aliases where there is no library', () => {
  const begin = (child: string) => make().run(`set i [${child}]; catch {$i eval {expr {min()}}}; lindex [split $errorInfo \\n] 1`);
  expect([begin('safe::interpCreate'), begin('interp create -safe')]).toEqual(['    while executing', '    invoked from within']);
});

it('refuses bad names and contradictions', () => {
  const { run } = make();
  expect(run('safe::interpCreate ::a')).toBe('error interpreter name must not begin "::"');
  expect(run('safe::interpCreate a::')).toBe('error interpreter name must not end in "::"');
  expect(run('safe::interpCreate a:::b')).toBe('error interpreter name has excess colons in namespace separators');
  expect(run('safe::interpConfigure nosuch')).toBe('error "nosuch" is not an interpreter managed by ::safe::');
  expect(run('safe::interpInit nosuch')).toBe('error "nosuch" is not an interpreter');
  expect(run('safe::interpCreate x -noStatics -statics 1')).toBe('error conflicting values given for -statics and -noStatics');
  expect(run('safe::interpCreate y; safe::interpCreate y')).toBe('error interpreter named "y" already exists, cannot create');
});

it('logs an error of the delete hook and deletes all the same', () => {
  const { log, master, run } = make();
  run('safe::interpCreate a -deleteHook {error oops}; safe::interpDelete a');
  expect(log).toContain('ERROR for slave a : Delete hook error (oops)');
  expect(master.children.has('a')).toBe(false);
});

it('lets a child read the library through its tokens alone', () => {
  const { log, master, base, run } = make();
  vfsOf(master).mount('/lib/tcl8.6', [
    ['a.tcl', 'set got a; proc here {} {return [info level]}'],
    ['bad.tcl', 'error inside'],
    ['deep/b.tcl', 'return -code error thrown'],
  ]);
  const child = base.create('c');
  expect(run('source [file join $tcl_library a.tcl]; set got', child)).toBe('a');
  expect(run('unset got; source /lib/tcl8.6/a.tcl; set got', child)).toBe('a');
  expect(run('source [file join $tcl_library bad.tcl]', child)).toBe('error inside');
  expect(run('source [file join [lindex $auto_path 1] b.tcl]', child)).toBe('error thrown');
  expect(run('lsort [glob -directory $tcl_library {[ab]*.tcl} d*]', child)).toBe(
    '{$p(:0:)/a.tcl} {$p(:0:)/auto.tcl} {$p(:0:)/bad.tcl} {$p(:0:)/deep}',
  );
  expect(run('glob -tails -directory $tcl_library a.*', child)).toBe('a.tcl');
  expect(log.at(-1)).toBe('NOTICE for slave c : GLOB > a.tcl');
  expect(run('source $p(:9:)/a.tcl', child)).toContain('error can\'t read "p(:9:)"');
  expect(run('source {$p(:9:)/a.tcl}', child)).toBe('error permission denied');
});
