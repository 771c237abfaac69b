/** `clock` against what tclsh8.6 said where the time zone is UTC, and what has no oracle: where it takes the time and the zone from. */
import { expect, test } from 'vitest';
import { EventQueue } from '../events.ts';
import { TclInterp } from '../interp.ts';
import { str } from '../value.ts';
import { clockRows } from './clock-rows.ts';
import { coreRows } from './index.ts';
import { battery, makeInterp, outcome } from './test-interp.ts';

process.env['TZ'] = ':UTC';
for (const name of ['clock-format', 'clock-locale', 'clock-scan', 'clock-free']) battery(name, clockRows);

test('the time is that of the platform', () => {
  const events = new EventQueue({ now: () => 5, wallClock: () => 1234567890987.4 });
  const interp = new TclInterp({ rows: coreRows, events });
  const run = (script: string): string => str(interp.evalNow(script));
  expect(run('list [clock seconds] [clock milliseconds] [clock microseconds]')).toBe('1234567890 1234567890987 1234567890987400');
  expect(run('list [clock clicks] [clock clicks -milli] [clock clicks -micro]')).toBe('1234567890987400 1234567890987 1234567890987400');
  expect(run('clock format [clock scan {}] -gmt 1')).toBe('Fri Feb 13 23:31:30 GMT 2009');
});

test('a wall clock of whole milliseconds is told to the microsecond, and never goes back', () => {
  let now = 5.25;
  let wall = 1000;
  const interp = new TclInterp({ rows: coreRows, events: new EventQueue({ now: () => now, wallClock: () => wall }) });
  const after = (ms: number, ticks: number): number => {
    now += ms;
    wall += ticks;
    return Number(str(interp.evalNow('clock microseconds')));
  };
  expect([after(0, 0), after(0.25, 0), after(0.5, 0)]).toEqual([1000000, 1000250, 1000750]);
  // The tick comes later than the other clock has it, then earlier.
  expect([after(0.5, 0), after(0.001, 0), after(0.2, 1), after(0.2, 1)]).toEqual([1000999, 1000999, 1001199, 1002000]);
  expect([after(0.5, -900), after(0.25, 0), after(7, 5000)]).toEqual([102000, 102250, 5102000]);
});

test('the environment of the root says where it is', () => {
  const interp = makeInterp();
  const run = (script: string): string => str(interp.evalNow(script));
  run('set env(TZ) :America/New_York; interp create -safe i');
  expect(run('clock format 0')).toBe('Wed Dec 31 19:00:00 EST 1969');
  expect(run('i eval {set env(TZ) CET-1; clock format 0}')).toBe('Wed Dec 31 19:00:00 EST 1969');
  expect(run('set env(TCL_TZ) +0530; clock scan 05:30 -base 0')).toBe('0');
  expect(run('set env(TCL_TZ) nosuch; clock add 0 1 day')).toBe('86400');
});

test('a long text or format, and a new time zone, are paid for', () => {
  const interp = makeInterp();
  const charge = interp.budget.charge.bind(interp.budget);
  let paid = 0;
  interp.budget.charge = (units) => {
    paid += units;
    charge(units);
  };
  const cost = (script: string): number => {
    paid = 0;
    outcome(interp, script);
    return paid;
  };
  expect(cost('clock scan [string repeat {now } 10000] -base 0')).toBeGreaterThan(1_000_000);
  expect(cost('clock scan [string repeat { } 150]x -format [string repeat {% } 150]y')).toBeGreaterThan(1_000_000);
  expect(cost('clock format 0 -format [string repeat %c 1000] -gmt 1')).toBeGreaterThan(100_000);
  expect(cost('clock format 0 -timezone ABC1DEF')).toBeGreaterThan(10_000);
});
