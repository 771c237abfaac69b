/**
 * TclOO against what tclsh8.6 said: each script in an interpreter of its own (in tclsh a child), on the machine; once more with a pause
 * forced wherever one can happen, and in a safe interpreter. RECORD=1 records anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { tclsh } from '../../testing/tclsh.ts';
import { stress } from '../budget.ts';
import { type Case, machineOutcome } from '../commands/test-interp.ts';
import { formatList } from '../list-format.ts';

const FILE = new URL('./testdata/oo.json', import.meta.url);
const CASES: readonly Case[] = JSON.parse(readFileSync(FILE, 'utf8'));

/** Runs a script in a child of its own and ends as it did. */
const IN_CHILD =
  's {set i [interp create]; set c [catch {interp eval $i $s} m o]; interp delete $i; if {$c} {return -code error -errorcode [dict get $o -errorcode] $m}; set m}';

function record(): void {
  const outcomes = tclsh(CASES.map(([script]) => formatList(['apply', IN_CHILD, script])));
  const lines = outcomes.map((o, i) => JSON.stringify([CASES[i]![0], o.value, ...(o.ok ? [] : [o.errorCode])]));
  writeFileSync(FILE, `[\n${lines.join(',\n')}\n]\n`);
}

function differences(step: number, safe = false): unknown[] {
  const wrong: unknown[] = [];
  for (const [script, ...expected] of CASES.filter((_, i) => i % step === 0)) {
    const got = machineOutcome(script, safe);
    if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push({ script, expected, got });
  }
  return wrong;
}

afterEach(() => {
  stress.pauseAlways = false;
});

if (process.env['RECORD'] !== undefined) record();

test('as tclsh8.6 recorded them', () => expect(differences(1)).toEqual([]));

test('with a pause wherever one can happen, one in two', () => {
  stress.pauseAlways = true;
  expect(differences(2)).toEqual([]);
});

test('in a safe interpreter, one in five', () => expect(differences(5, true)).toEqual([]));
