/** The limits that a page sets by attributes: whole numbers of at least one; what is none leaves the default. */
import { expect, it } from 'vitest';
import { DEFAULTS, readConfig } from './config.ts';

const limitsOf = (attributes: Record<string, string>) => {
  const all = new Map(Object.entries(attributes));
  const el: unknown = { getAttribute: (name: string) => all.get(name) ?? null, hasAttribute: (name: string) => all.has(name) };
  return readConfig(el as Element, null).limits;
};

it('limit-time, limit-memory and limit-commands', () => {
  expect(limitsOf({})).toEqual({ timeMs: null, commands: null, memoryMb: 256 });
  expect(limitsOf({ 'limit-time': '300', 'limit-memory': '64', 'limit-commands': '5000' })).toEqual({
    timeMs: 300,
    commands: 5000,
    memoryMb: 64,
  });
  expect(limitsOf({ 'limit-time': ' 1 ', 'limit-memory': '1', 'limit-commands': '1' })).toEqual({ timeMs: 1, commands: 1, memoryMb: 1 });
});

it.each(['', '0', '-1', '1.5', '1e3', '0x10', 'none', 'Infinity', '9007199254740993'])('"%s" sets no limit, and lifts none', (text) => {
  expect(limitsOf({ 'limit-time': text, 'limit-memory': text, 'limit-commands': text })).toEqual(DEFAULTS.limits);
});
