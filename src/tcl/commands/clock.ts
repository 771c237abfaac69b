/** `clock`. Calendar, time zones and formats are in clock*.ts beside the engine. Answers to clock.n, clock.tcl and tclClock.c. */

import { add, mul } from '../arith.ts';
import { ENGLISH_CHANGE, ROMAN_CHANGE } from '../clock.ts';
import { formatMoment } from '../clock-format.ts';
import { scanFree } from '../clock-free.ts';
import { addDays, addMonths, momentOf } from '../clock-moment.ts';
import { scanFormatted } from '../clock-scan.ts';
import { localZone, type Zone, zoneOf } from '../clock-zones.ts';
import type { CommandRow, Interp, PlainHandler, PlainRow } from '../command.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { boolOf, numberOf, numOf, parseBoolean, toDouble, wideOf } from '../number.ts';
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

/** When a locale changed its calendar: England later than Rome. */
function changeOf(locale: Value): number {
  return /^en(?:_|$)/i.test(str(locale)) ? ENGLISH_CHANGE : ROMAN_CHANGE;
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
  const moment = momentOf(args[1]!, zone, changeOf(given.get('-locale') ?? ''));
  return formatMoment(interp, moment, str(given.get('-format') ?? '%a %b %d %H:%M:%S %Z %Y'));
}

const ADD_OPTIONS = ['-gmt', '-locale', '-timezone'] as const;
const SCAN_OPTIONS = ['-base', '-format', ...ADD_OPTIONS] as const;

/** An option by its first two letters or more. */
function optionOf<T extends string>(word: string, table: readonly T[]): T {
  const option = word.length > 1 ? table.find((name) => name.startsWith(word)) : undefined;
  if (option !== undefined) return option;
  const names = `${table.slice(0, -1).join(', ')} or ${table[table.length - 1]}`;
  throw new TclError(`bad option "${word}", must be ${names}`, ['CLOCK', 'badOption', word]);
}

/** The name of the zone that -gmt and -timezone ask for; null for none. */
function zoneName(given: ReadonlyMap<string, Value>): string | null {
  const gmt = given.get('-gmt') ?? 0;
  const word = str(gmt);
  const truth = /^[ynotf]/i.test(word) ? parseBoolean(gmt) : /^[01]$/.test(word) ? word === '1' : undefined;
  if (truth === undefined) throw new TclError(`expected boolean value but got "${word}"`);
  if (truth) return ':GMT';
  const zone = given.get('-timezone');
  return zone === undefined ? null : str(zone);
}

function isNumber(v: Value): boolean {
  const n = numberOf(v);
  return n !== undefined && !Number.isNaN(toDouble(n));
}

function scan(interp: Interp, args: readonly Value[]): Value {
  if (args.length % 2 !== 0) {
    throw usageError('clock scan string ?-base seconds? ?-format string? ?-gmt boolean? ?-locale LOCALE? ?-timezone ZONE?');
  }
  const given = new Map<string, Value>();
  // Some checks know options by their whole names only.
  const words = new Set<string>();
  for (let i = 2; i < args.length; i += 2) {
    const word = str(args[i]!);
    words.add(word);
    given.set(optionOf(word, SCAN_OPTIONS), args[i + 1]!);
  }
  if (words.has('-gmt') && words.has('-timezone')) throw twoZones();
  const base = given.get('-base') ?? seconds(interp);
  if (!isNumber(base)) throw new TclError(`expected integer but got "${str(base)}"`);
  const name = zoneName(given);
  const text = str(args[1]!);
  const zoneBy = (name: string | null): Zone => (name === null ? systemZone(interp) : zoneOf(name));
  if (words.has('-format')) {
    const change = changeOf(given.get('-locale') ?? '');
    const moment = (zone: Zone) => momentOf(base, zone, change);
    return scanFormatted(interp, text, str(given.get('-format')!), { change, moment, zone: (own) => zoneBy(own ?? name) });
  }
  if (words.has('-locale')) throw new TclError('legacy [clock scan] does not support -locale', ['CLOCK', 'flagWithLegacyFormat']);
  return scanFree(interp, text, momentOf(base, zoneBy(name), ENGLISH_CHANGE));
}

/** Units, without the s that makes them many: how many seconds, days or months. */
const UNITS = new Map<string, readonly [size: number, what: 'seconds' | 'days' | 'months']>([
  ['year', [12, 'months']],
  ['month', [1, 'months']],
  ['week', [7, 'days']],
  ['day', [1, 'days']],
  ['hour', [3600, 'seconds']],
  ['minute', [60, 'seconds']],
  ['second', [1, 'seconds']],
]);

function addUnits(interp: Interp, args: readonly Value[]): Value {
  if (args.length % 2 !== 0) throw usageError('clock add clockval ?number units?... ?-gmt boolean? ?-locale LOCALE? ?-timezone ZONE?');
  let time = args[1]!;
  try {
    numOf(time);
  } catch (e) {
    throw new TclError((e as TclError).message);
  }
  const given = new Map<string, Value>();
  const steps: [number, string][] = [];
  for (let i = 2; i < args.length; i += 2) {
    const n = numberOf(args[i]!);
    if (typeof n === 'number' && Number.isInteger(n) && Math.abs(n) <= 4294967295) steps.push([n, str(args[i + 1]!)]);
    else given.set(optionOf(str(args[i]!), ADD_OPTIONS), args[i + 1]!);
  }
  const name = zoneName(given);
  const change = changeOf(given.get('-locale') ?? '');
  const zone = name === null ? systemZone(interp) : zoneOf(name);
  for (const [n, word] of steps) {
    interp.budget.charge(1000);
    const unit = UNITS.get(word.replace(/s$/, ''));
    if (unit === undefined) {
      const message = `unknown unit "${word}", must be  years, months, weeks, days, hours, minutes or seconds`;
      throw new TclError(message, ['CLOCK', 'badUnit', word]);
    }
    const [size, what] = unit;
    if (what === 'seconds') time = add(mul(size, n), time);
    else time = (what === 'days' ? addDays : addMonths)(time, size * n, zone, change);
  }
  return time;
}

const seconds = (interp: Interp): number => Math.floor(interp.events.wallClock() / 1000);

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
