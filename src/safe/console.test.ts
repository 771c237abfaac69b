import { expect, it } from 'vitest';
import { utf8Encode } from '../tcl/encodings.ts';
import { Console, type ConsoleName } from './console.ts';

function make(limit: number) {
  const printed: [ConsoleName, string][] = [];
  const clock = { now: 0 };
  const made = new Console(
    (channel, text) => printed.push([channel, text]),
    () => clock.now,
    limit,
  );
  const write = (channel: ConsoleName, text: string): void => drivers[channel].write!(utf8Encode(text));
  const drivers = { stdout: made.driver('stdout'), stderr: made.driver('stderr') };
  return { printed, clock, write, drivers };
}

it('prints N bytes a minute and marks the end at N+1', () => {
  const { printed, clock, write } = make(10);
  write('stdout', '0123456789');
  expect(printed).toEqual([['stdout', '0123456789']]);
  write('stderr', 'x');
  write('stdout', 'y');
  expect(printed.slice(1)).toEqual([['stderr', '\n[output cut: more than 10 bytes in a minute]\n']]);
  clock.now = 59_999;
  write('stdout', 'z');
  expect(printed.length).toBe(2);
  clock.now = 60_000;
  write('stdout', 'again');
  expect(printed.at(-1)).toEqual(['stdout', 'again']);
});

it('cuts in the middle of what is printed, and never twice in a minute', () => {
  const { printed, write } = make(5);
  write('stdout', 'abcdefgh');
  write('stdout', 'ijk');
  expect(printed).toEqual([['stdout', 'abcde\n[output cut: more than 5 bytes in a minute]\n']]);
});

it('joins characters that come in pieces, and keeps the order of the two channels', () => {
  const { printed, drivers, write } = make(Infinity);
  drivers.stdout.write!(Uint8Array.of(0xe2, 0x82));
  drivers.stdout.write!(Uint8Array.of(0xac));
  write('stderr', 'e');
  expect(printed).toEqual([
    ['stdout', '€'],
    ['stderr', 'e'],
  ]);
});
