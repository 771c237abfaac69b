/** `interp limit` of a tclet on its children: limits of time, on a clock of our own. Texts are those of tclsh8.6 (interp-34.8, 34.9, 34.11). */
import { describe, expect, it } from 'vitest';
import { makeCell } from './test-cell.ts';

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
