/** `clock`: its rows, and the time now. What else it does is in clock.ts. Answers to clock.n. */
import type { CommandRow, PlainHandler, PlainRow } from '../command.ts';
import { lookup } from '../errors.ts';
import { str } from '../value.ts';
import { addUnits, clearCaches, format, scan } from './clock.ts';

/** A row for the time now, by the wall clock in milliseconds. */
function nowRow(name: string, convert: (ms: number) => number): PlainRow {
  return { name, min: 0, max: 0, usage: '', safe: true, run: (interp) => Math.floor(convert(interp.events.wallClock())) };
}

const micros = (ms: number): number => ms * 1000;

const clicks: PlainHandler = (interp, args) => {
  const unit = args.length === 1 ? '' : lookup(str(args[1]!), ['-milliseconds', '-microseconds'], 'option');
  const ms = interp.events.wallClock();
  return Math.floor(unit === '-milliseconds' ? ms : micros(ms));
};

const any = Number.POSITIVE_INFINITY;

export const clockRows: readonly CommandRow[] = [
  { name: '::tcl::clock::ClearCaches', min: 0, max: 0, usage: '', safe: true, run: clearCaches },
  {
    name: 'clock',
    safe: true,
    sub: [
      { name: 'add', min: 1, max: any, usage: 'clockval ?arg ...?', safe: true, run: addUnits },
      { name: 'clicks', min: 0, max: 1, usage: '?-switch?', safe: true, run: clicks },
      { name: 'format', min: 0, max: any, usage: '', safe: true, run: format },
      nowRow('microseconds', micros),
      nowRow('milliseconds', (ms) => ms),
      { name: 'scan', min: 0, max: any, usage: '', safe: true, run: scan },
      nowRow('seconds', (ms) => ms / 1000),
    ],
  },
];
