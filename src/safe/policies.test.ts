/** Policies as Tcl 7.7 had them (safe.n of 7.7; the fact sheet's E2): what its page promises, and what it demands of a policy that fails. */
import { beforeEach, describe, expect, it } from 'vitest';
import { TclError } from '../tcl/errors.ts';
import { str } from '../tcl/value.ts';
import { makeCell, type TestCell } from './test-cell.ts';

const HELPERS = String.raw`
  proc put {name text} {file mkdir [file dirname $name]; set f [open $name w]; puts $f $text; close $f}
  # A policy in a folder of its own; its commands are those that its text begins lines with.
  proc policy {folder name text} {
    put $folder/$name/$name.tcl $text
    set index "# Tcl autoload index file, version 2.0\n"
    foreach {- command} [regexp -all -inline -line {^proc (\S+)} $text] {
      append index "set auto_index($command) \[list source \[file join \$dir $name.tcl\]\]\n"
    }
    put $folder/$name/tclIndex $index
  }
  # All that can be seen of a child.
  proc seen child {
    list [lsort [$child aliases]] [lsort [$child hidden]] [$child eval {apply {{} {
      foreach name [lsort [info globals]] {
        upvar #0 $name v
        lappend all $name [if {[array exists v]} {lsort [array get v]} else {set v}]
      }
      list $all [lsort [info commands]] [lsort [namespace children]] [file channels] [keep]
    }}}]
  }
  set env(TCL_POLICY_PATH) /pol/mine:/pol/system
  policy /pol/mine greet {
proc greet_policyInit child {$child alias greet greet_do $child; $child eval {set greeted 1}}
proc greet_policyFinalize child {lappend ::gone $child}
proc greet_do {child name} {return "hello $name from $child"}
  }
  policy /pol/mine other {
proc other_policyInit child {$child alias other list other}
  }
  set gone {}
`;

let test: TestCell;
function run(script: string): string {
  try {
    return str(test.cell.master.evalNow(script));
  } catch (e) {
    if (e instanceof TclError) return `error ${e.message}`;
    throw e;
  }
}

beforeEach(() => {
  test = makeCell();
  run(HELPERS);
});

describe('a policy', () => {
  it('is asked for by package require, and its runtime is auto-loaded in the master', () => {
    run('tcl_safeCreateInterp t');
    expect(run('t eval {list [package require greet] [greet you] $greeted [package provide greet]}')).toBe('1.0 {hello you from t} 1 1.0');
  });

  it('is one for life; packages go on loading', () => {
    run('tcl_safeCreateInterp t; t eval {package require greet}');
    expect(run('t eval {package require other}')).toBe('error security policy "greet" already loaded');
    expect(run('t eval {package require greet}')).toBe('1.0');
    expect(run('t eval {list [package require Tcl 8.6] [catch {other}]}')).toBe('8.6.13 1');
    expect(run('t eval {package require nosuch}')).toBe("error can't find package nosuch");
  });

  it('is finalized when its child goes, by whatever way, and a child of that name may have it again', () => {
    for (const way of ['tcl_safeDeleteInterp t', 'safe::interpDelete t', 't eval exit', 'interp delete t']) {
      expect(run(`set gone {}; tcl_safeCreateInterp t; t eval {package require greet}; ${way}; set gone`), way).toBe('t');
    }
    expect(run('tcl_safeCreateInterp t; list [t eval {package require other}] [tcl_safeDeleteInterp t] $gone')).toBe('1.0 {} t');
  });

  it('may be given to a safe interpreter that is there', () => {
    expect(run('interp create -safe u; tcl_safeInitInterp u; tcl_safeInitInterp u; u eval {package require greet; greet x}')).toBe(
      'hello x from u',
    );
    expect(run('interp create trusted; tcl_safeInitInterp trusted')).toBe('error "trusted" is not a safe interpreter');
    expect(run('tcl_safeInitInterp nosuch')).toBe('error "nosuch" is not an interpreter');
  });
});

describe('the path', () => {
  it('is searched last to first', () => {
    run('policy /pol/system greet {\nproc greet_policyInit child {$child alias greet list system}\n}');
    expect(run('tcl_safeCreateInterp t; t eval {package require greet; greet x}')).toBe('system x');
  });

  it('begins with the folders named policies in auto_path', () => {
    run('lappend auto_path /app; policy /app/policies far {\nproc far_policyInit child {$child alias far list far}\n}');
    expect(run('tcl_safeCreateInterp t; t eval {package require far; far}')).toBe('far');
  });

  it('is looked at anew for each request', () => {
    expect(run('tcl_safeCreateInterp t; t eval {package require late}')).toBe("error can't find package late");
    run('policy /pol/mine late {\nproc late_policyInit child {$child alias late list late}\n}');
    expect(run('t eval {package require late; late}')).toBe('late');
  });
});

describe('a plain package of the same name', () => {
  const PLAIN = 'lappend auto_path /pkgs; put /pkgs/greet/pkgIndex.tcl {package ifneeded greet 2.0 {package provide greet 2.0}}';

  it('comes second', () => {
    expect(run(`${PLAIN}; tcl_safeCreateInterp t; t eval {package require greet}`)).toBe('1.0');
  });

  it('comes first when the policy was put there after packages had been asked for', () => {
    run('set env(TCL_POLICY_PATH) /pol/none');
    run(`${PLAIN}; tcl_safeCreateInterp t; t eval {catch {package require nosuch}}; set env(TCL_POLICY_PATH) /pol/mine`);
    expect(run('t eval {package require greet}')).toBe('2.0');
  });
});

it('leaves nothing behind when its initialization fails', () => {
  run(`policy /pol/mine bad {
proc bad_policyInit child {
  $child alias power list
  $child eval {
    set old 2; set arr(a) 9; set arr(c) 1; unset gone; set new 1; array set made {x 1}
    proc p {} {}; proc keep {} {return changed}; rename lsort sort; namespace eval fresh {variable v 1}
  }
  $child expose open
  $child hide puts
  $child alias puts list
  interp share {} [open /scratch w] $child
  error "no host" {} {NO HOST}
}
  }
  tcl_safeCreateInterp t
  t eval {set old 1; set gone 1; array set arr {a 1 b 2}; proc keep {} {return mine}}
  set before [seen t]`);
  expect(run('list [catch {t eval {package require bad}} m] $m $errorCode')).toBe('1 {no host} {NO HOST}');
  // The error itself is known there, as it is of any script that fails.
  run('t eval {unset ::errorInfo ::errorCode}');
  expect(run('seen t')).toBe(run('set before'));
  expect(run('t eval {list [catch {puts x} m] $m [catch {open x} m] $m}')).toBe(
    '1 {can not find channel named "stdout"} 1 {invalid command name "open"}',
  );
  expect(run('t eval {package require greet; greet again}')).toBe('hello again from t');
});
