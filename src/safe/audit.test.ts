/** The log under a flood. */
import { expect, it } from 'vitest';
import type { LogEntry } from '../protocol/host.ts';
import { Audit } from './audit.ts';

function flooded(): { audit: Audit; lines: LogEntry[]; tick: (ms: number) => void } {
  let now = 1000;
  const lines: LogEntry[] = [];
  const audit = new Audit(
    (entry) => lines.push(entry),
    () => now,
  );
  for (let i = 0; i < 1000; i++) audit.log('t', `line ${i}`, 'SLAVE');
  return {
    audit,
    lines,
    tick: (ms) => {
      now += ms;
    },
  };
}

it('takes 200 lines at once, then 50 a second, and says how many it dropped', () => {
  const { audit, lines, tick } = flooded();
  expect(lines).toHaveLength(200);
  tick(1000);
  for (let i = 0; i < 100; i++) audit.log('t', `later ${i}`);
  expect(lines).toHaveLength(200 + 1 + 50);
  expect(lines[200]).toMatchObject({ kind: 'WARNING', text: '800 lines dropped: more than 50 a second' });
  expect(lines[201]!.text).toBe('later 0');
});

it('keeps what security says in a flood of other lines', () => {
  const { audit, lines } = flooded();
  audit.log('t', 'seen', 'SECURITY');
  expect(lines.at(-1)).toMatchObject({ kind: 'SECURITY', text: 'seen' });
});

it('tells how a tclet ended in a flood of other lines', () => {
  const { audit, lines } = flooded();
  audit.end('t', 'stopped: time limit exceeded');
  expect(lines.slice(200).map(({ text }) => text)).toEqual(['800 lines dropped: more than 50 a second', 'stopped: time limit exceeded']);
});
