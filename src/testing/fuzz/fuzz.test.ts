/** A quick slice of each fuzzer, the same every time; `npm run fuzz` runs as many as you like. */
import { expect, it } from 'vitest';
import { type Finding, WordsFuzzer } from './words.ts';

it('hostile words at every command, subcommand and option of a safe cell with Tk', { timeout: 60_000 }, () => {
  const findings: Finding[] = [];
  const { calls } = new WordsFuzzer(3, { begins: () => {}, finds: (f) => findings.push(f) }).run(3000, 1);
  expect(findings).toEqual([]);
  expect(calls).toBeGreaterThan(6000);
});
