/**
 * Attacks, a tclet each, and how each ends: in a Tcl error, in a limit, or in nothing at all. After every one the cell is what it was, and no
 * JavaScript exception has come out of it.
 */
import { describe, expect, it } from 'vitest';
import { ownTime } from '../testing/own-time.ts';
import { ATTACKS, timeFor } from './attacks.ts';
import { makeCell, makeTkCell, type TestCell } from './test-cell.ts';

/** A cell with small limits, its clock the processor's. */
function besieged(tk: boolean, timeMs: number): TestCell {
  const test = (tk ? makeTkCell : makeCell)({ now: ownTime, limits: { timeMs, commands: null, memoryMb: 32 } });
  // The clock that passes when nothing happens: short waits are waited for, long ones never end.
  const wait = (to: number): void => {
    if (to - ownTime() < 50) while (ownTime() < to);
  };
  Object.defineProperty(test, 'clock', { get: ownTime, set: wait });
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

for (const { title, tk, policy, rows } of ATTACKS) {
  // Those need a page's gate: testing/attacks.test.ts.
  if (policy !== undefined) continue;
  describe(title, () => {
    it.each(rows)('%s', (script, said) => {
      const test = besieged(tk === true, timeFor(said));
      const heard = test.run(script).split('\n')[0]!;
      if (typeof said === 'string') expect(heard).toBe(said);
      else expect(heard).toMatch(said);
      unharmed(test);
      // It answers, unless it waits or has ended.
      if (!test.cell.ended && heard !== 'stopped') expect(test.run('')).toBe('ok ');
    });
  });
}

it('there are more than 400 attacks', () => {
  expect(ATTACKS.flatMap(({ rows }) => rows).length).toBeGreaterThan(400);
});

describe('quotas', () => {
  it('of the console hold for all its names', () => {
    const test = besieged(false, 250);
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
