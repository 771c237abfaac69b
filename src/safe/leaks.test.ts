/**
 * What Tcl's own Safe Base tells of the machine (the fact sheet's B6), and a tclet and its children here do not: each question with its answer.
 */
import { describe, expect, it } from 'vitest';
import { makeCell } from './test-cell.ts';

const QUESTIONS: readonly (readonly [script: string, answer: string])[] = [
  ['info hostname', 'ok '],
  ['info nameofexecutable', 'ok '],
  ['pid', 'ok 1'],
  ['array names tcl_platform user', 'ok '],
  ['array names tcl_platform os*', 'ok '],
  ['info exists env', 'ok 0'],
  ['info library', 'ok $p(:0:)'],
  ['tcl::pkgconfig get scriptdir,runtime', 'ok $p(:0:)'],
  // Tokens all: none is a real path.
  ['lsearch -all -inline -not -glob [tcl::tm::path list] {$p(:*:)}', 'ok '],
  ['lsearch -all -inline -not -glob $auto_path {$p(:*:)}', 'ok '],
  ['source [file join $tcl_library auto.tcl]; info script', 'ok '],
  // The loader's own words name the real file.
  ['load [file join $tcl_library lib.so]', 'error load of binary library for package  failed NONE'],
  // A millisecond is all that a clock resolves: nothing is timed by it.
  ['expr {[clock clicks] % 1000 + [clock microseconds] % 1000}', 'ok 0'],
  // Pipes are memory, and count as channels.
  ['set n 0; while {![catch {chan pipe} m]} {incr n}; list $n $m', "ok 7 {couldn't create pipe: too many open files}"],
];

describe('a tclet', () => {
  it.each(QUESTIONS)('%s', (script, answer) => {
    expect(makeCell().run(script)).toBe(answer);
  });

  it.each(['info hostname', 'info nameofexecutable', 'array names tcl_platform os', 'info exists env'])('its child: %s', (script) => {
    expect(makeCell().run(`interp create kid; kid eval {${script}}`)).toBe(script === 'info exists env' ? 'ok 0' : 'ok ');
  });

  it('makes children that know no more globals than tclsh gives them', () => {
    expect(makeCell().run('interp create kid; lsort [kid eval {info globals}]')).toBe(
      'ok tcl_interactive tcl_patchLevel tcl_platform tcl_version',
    );
  });

  it('hears of no address by tcl::unsupported', () => {
    const { run } = makeCell();
    expect(run('regexp {0x[0-9a-f]{6}} [catch {tcl::unsupported::representation abc} m]$m')).toBe('ok 0');
    expect(run('regexp {0x[0-9a-f]{6}} [catch {tcl::unsupported::disassemble script {set a 1}} m]$m')).toBe('ok 0');
  });
});
