/** A quick slice of each fuzzer, the same every time; `npm run fuzz` runs as many as you like. */
import { expect, it } from 'vitest';
import { WireFuzzer } from './wire.ts';
import { type Finding, WordsFuzzer } from './words.ts';

it('hostile words at every command, subcommand and option of a safe cell with Tk', () => {
  const findings: Finding[] = [];
  const { calls } = new WordsFuzzer(3, { begins: () => {}, finds: (f) => findings.push(f) }).run(3000, 1);
  expect(findings).toEqual([]);
  expect(calls).toBeGreaterThan(6000);
});

it('random messages at the page and its gate', async () => {
  const findings: Finding[] = [];
  const { calls } = await new WireFuzzer(3, { begins: () => {}, finds: (f) => findings.push(f) }).run(20_000);
  expect(findings).toEqual([]);
  expect(calls).toBe(20_000);
});
