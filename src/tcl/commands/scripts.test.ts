/**
 * Whole scripts against what tclsh8.6 said: control flow, levels and codes, errors and their traces, procs, namespaces, variables,
 * coroutines, interpreters. Each runs on the machine, in an interpreter of its own; once more with a pause forced wherever one can happen,
 * as do samples of the value commands (DESIGN section 9).
 */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { stress } from '../budget.ts';
import { type Case, machineOutcome } from './test-interp.ts';

function cases(name: string, step: number): readonly Case[] {
  const all: readonly Case[] = JSON.parse(readFileSync(new URL(`./testdata/${name}.json`, import.meta.url), 'utf8'));
  return all.filter((_, i) => i % step === 0);
}

function differences(name: string, step = 1): unknown[] {
  const wrong: unknown[] = [];
  for (const [script, ...expected] of cases(name, step)) {
    const got = machineOutcome(script);
    if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push({ script, expected, got });
  }
  return wrong;
}

afterEach(() => {
  stress.pauseAlways = false;
});

test.each(['engine', 'traces', 'found', 'language'])('%s: as tclsh8.6 recorded them', (name) => expect(differences(name)).toEqual([]));

test.each([
  ['engine', 1],
  ['found', 1],
  ['traces', 2],
  ['language', 1],
  ['lists', 5],
  ['dicts', 3],
  ['strings', 20],
  ['format', 40],
  ['scan', 40],
  ['binary', 80],
] as const)('%s, with a pause wherever one can happen (one in %i)', (name, step) => {
  stress.pauseAlways = true;
  expect(differences(name, step)).toEqual([]);
});
