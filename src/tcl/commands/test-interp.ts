/**
 * For tests of commands: an interpreter with the families of values, and batteries of one-line scripts whose outcomes were recorded
 * from tclsh8.6. A battery is a JSON file of `[script, result]` or `[script, message, errorCode]`, a case a line; each script has
 * an interpreter (in tclsh a namespace) of its own. With RECORD=1 in the environment the outcomes are recorded anew instead of compared.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tclsh } from '../../testing/tclsh.ts';
import type { CommandRow, Completion } from '../command.ts';
import { TclError } from '../errors.ts';
import { EventQueue } from '../events.ts';
import { TclInterp } from '../interp.ts';
import { formatList } from '../list-format.ts';
import { Machine } from '../machine.ts';
import { str } from '../value.ts';
import { coreRows } from './index.ts';

export type Case = readonly [script: string, result: string, errorCode?: string];

/** An interpreter of the core commands and the given ones. */
export function makeInterp(extra: readonly CommandRow[] = []): TclInterp {
  const rows = new Map<string, CommandRow>();
  for (const row of [...coreRows, ...extra]) rows.set(row.name, row);
  return new TclInterp({ rows: [...rows.values()], events: new EventQueue({ now: () => 0, wallClock: () => 0 }) });
}

/** The outcome of a script here. */
export function outcome(interp: TclInterp, script: string): Case {
  try {
    return [script, str(interp.evalNow(script))];
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
    return [script, e.message, e.errorCode === null ? 'NONE' : formatList(e.errorCode)];
  }
}

/** The outcome of a script that runs on the machine, where it can pause and wait. */
export function machineOutcome(script: string, safe = false): string[] {
  let now = 0;
  const interp = new TclInterp({ rows: coreRows, safe, events: new EventQueue({ now: () => now, wallClock: () => now }) });
  const machine = new Machine(interp);
  let done: Completion | null = null;
  interp.queueScript(script, (c) => {
    done = c;
  });
  for (let i = 0; done === null; i++) {
    const state = machine.run(1000);
    if (done === null && state.state === 'idle') {
      if (state.wakeAt === null) return ['waits for ever'];
      now = state.wakeAt;
    }
    if (i > 1_000_000) return ['never ends'];
  }
  const { error, value } = done as Completion;
  if (error === null) return [str(value)];
  return [error.message, error.errorCode === null ? 'NONE' : formatList(error.errorCode)];
}

function isolated(script: string, n: number): string {
  return formatList(['namespace', 'eval', `::t${n}`, script]);
}

function record(scripts: readonly string[]): Case[] {
  return tclsh(scripts.map(isolated)).map((o, i) => (o.ok ? [scripts[i]!, o.value] : [scripts[i]!, o.value, o.errorCode]));
}

/** Makes a test of the battery in `testdata/NAME.json`. */
export function battery(name: string, extra: readonly CommandRow[]): void {
  const file = new URL(`./testdata/${name}.json`, import.meta.url);
  const cases: readonly Case[] = JSON.parse(readFileSync(file, 'utf8'));
  if (process.env['RECORD'] !== undefined) {
    const lines = record(cases.map(([script]) => script)).map((c) => JSON.stringify(c));
    writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
    return;
  }
  test(`${name}: ${cases.length} scripts as tclsh8.6 recorded them`, () => {
    const wrong: { expected: Case; got: Case }[] = [];
    for (const expected of cases) {
      const [, ...got] = outcome(makeInterp(extra), expected[0]);
      const [, ...want] = expected;
      if (JSON.stringify(got) !== JSON.stringify(want)) wrong.push({ expected, got: [expected[0], ...got] as unknown as Case });
    }
    expect(wrong).toEqual([]);
  });
}
