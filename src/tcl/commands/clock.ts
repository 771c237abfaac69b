/** `clock`. Calendar, time zones and formats are in clock*.ts beside the engine. Answers to clock.n, clock.tcl and tclClock.c. */

import type { Wide } from '../clock.ts';
import { changeOf, formatMoment, momentOf } from '../clock-format.ts';
import { localZone, type Zone, zoneOf } from '../clock-zones.ts';
import type { CommandRow, Interp, PlainHandler, PlainRow } from '../command.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { boolOf, numberOf, wideOf } from '../number.ts';
import { str, type Value } from '../value.ts';

/** Where the machine stands, if the root interpreter's environment does not say otherwise. */
function systemZone(interp: Interp): Zone {
  let root = interp;
  while (root.parent !== null) root = root.parent;
  const name = str(root.getVar('env(TCL_TZ)') || root.getVar('env(TZ)') || '');
  if (name === '') return localZone();
  try {
    return zoneOf(name);
  } catch {
    return zoneOf(':localtime');
  }
}

/** A time, which must fit 64 bits with a sign although more is read. */
function secondsOf(v: Value): Wide {
  const seconds = wideOf(v);
  const given = numberOf(v);
  if (typeof given === 'bigint' && given !== BigInt(seconds)) throw new TclError('integer value too large to represent');
  return seconds;
}

function usageError(usage: string): TclError {
  return new TclError(wrongArgs(usage).message, ['CLOCK', 'wrongNumArgs']);
}

function twoZones(): TclError {
  return new TclError('cannot use -gmt and -timezone in same call', ['CLOCK', 'gmtWithTimezone']);
}

const FORMAT_OPTIONS = ['-format', '-gmt', '-locale', '-timezone'] as const;

function formatOption(word: string): (typeof FORMAT_OPTIONS)[number] {
  try {
    return lookup(word, FORMAT_OPTIONS, 'option');
  } catch (e) {
    throw new TclError((e as TclError).message, ['CLOCK', 'badOption', word]);
  }
}

function format(interp: Interp, args: readonly Value[]): Value {
  if (args.length % 2 !== 0) throw usageError('clock format clockval ?-format string? ?-gmt boolean? ?-locale LOCALE? ?-timezone ZONE?');
  const given = new Map<string, Value>();
  for (let i = 2; i < args.length; i += 2) {
    const option = formatOption(str(args[i]!));
    given.set(option, option === '-gmt' ? Number(boolOf(args[i + 1]!)) : args[i + 1]!);
  }
  wideOf(args[1]!);
  if (given.has('-gmt') && given.has('-timezone')) throw twoZones();
  const name = given.get('-gmt') ? ':GMT' : str(given.get('-timezone') ?? '');
  const zone = name === '' ? systemZone(interp) : zoneOf(name);
  const moment = momentOf(secondsOf(args[1]!), zone, changeOf(str(given.get('-locale') ?? '')));
  return formatMoment(interp, moment, str(given.get('-format') ?? '%a %b %d %H:%M:%S %Z %Y'));
}

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
  {
    name: 'clock',
    safe: true,
    sub: [
      { name: 'clicks', min: 0, max: 1, usage: '?-switch?', safe: true, run: clicks },
      { name: 'format', min: 0, max: any, usage: '', safe: true, run: format },
      nowRow('microseconds', micros),
      nowRow('milliseconds', (ms) => ms),
      nowRow('seconds', (ms) => ms / 1000),
    ],
  },
];
