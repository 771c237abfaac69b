/** What `clock` adds, formats and scans. Calendar, time zones and formats are in clock*.ts beside the engine. Answers to clock.n, clock.tcl and tclClock.c. */

import { add } from '../arith.ts';
import { ENGLISH_CHANGE } from '../clock.ts';
import { type Formatter, readFormat } from '../clock-format.ts';
import { DAY, SECONDS, scanFree, type Token, WORDS } from '../clock-free.ts';
import { type Locale, localeOf } from '../clock-locale.ts';
import { addDays, addMonths, momentOf } from '../clock-moment.ts';
import { readScanFormat, type Scanner, scanFormatted } from '../clock-scan.ts';
import { environmentZone, forgetZones, localZone, type Zone, zoneOf } from '../clock-zones.ts';
import { type Interp, rootOf } from '../command.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { keptUntilCensus } from '../kept.ts';
import { boolOf, numberOf, parseBoolean, toDouble, wideOf } from '../number.ts';
import { str, type Value } from '../value.ts';

/** The environment is the root interpreter's: the clock of a safe one is its parent's. */
function environment(interp: Interp, name: string): string {
  return str(rootOf(interp).getVar(`env(${name})`) ?? '');
}

/** Where the machine stands, if the environment does not say otherwise. */
function systemZone(interp: Interp): Zone {
  const name = environment(interp, 'TCL_TZ') || environment(interp, 'TZ');
  if (name === '') return localZone();
  try {
    return zoneOf(name);
  } catch {
    return zoneFor(interp, ':localtime');
  }
}

/** Formats that were read, by interpreter, locale and text. Bounded, as is the length of those that are kept. */
interface Kept {
  readonly formats: Map<string, Formatter>;
  readonly scanners: Map<string, Scanner>;
}
let keptFormats = new WeakMap<Interp, Kept>();
keptUntilCensus({ clear: () => void (keptFormats = new WeakMap()) });
const MAX_KEPT = 200;
const MAX_KEPT_LENGTH = 500;

function keptOf(interp: Interp): Kept {
  let kept = keptFormats.get(interp);
  if (kept === undefined) keptFormats.set(interp, (kept = { formats: new Map(), scanners: new Map() }));
  return kept;
}

function remembered<T>(map: Map<string, T>, locale: Locale, format: string, read: () => T): T {
  const key = `${locale.name} ${format}`;
  let made = map.get(key);
  if (made === undefined) {
    made = read();
    if (map.size >= MAX_KEPT) map.clear();
    if (key.length <= MAX_KEPT_LENGTH) map.set(key, made);
  }
  return made;
}

const COMMON = ['-gmt', '-locale', '-timezone'] as const;

function zoneFor(interp: Interp, name: Value | undefined): Zone {
  if (name === undefined) return systemZone(interp);
  if (name === ':localtime') return environmentZone(environment(interp, 'TZ'));
  return zoneOf(str(name), (units) => interp.budget.charge(units));
}

function usageError(what: string): TclError {
  return new TclError(wrongArgs(`clock ${what} ?-gmt boolean? ?-locale LOCALE? ?-timezone ZONE?`).message, ['CLOCK', 'wrongNumArgs']);
}

function onlyOneZone(given: { has(option: string): boolean }): void {
  if (given.has('-gmt') && given.has('-timezone')) {
    throw new TclError('cannot use -gmt and -timezone in same call', ['CLOCK', 'gmtWithTimezone']);
  }
}

const FORMAT_OPTIONS = ['-format', ...COMMON] as const;

function formatOption(word: string): (typeof FORMAT_OPTIONS)[number] {
  try {
    return lookup(word, FORMAT_OPTIONS, 'option');
  } catch (e) {
    throw new TclError((e as TclError).message, ['CLOCK', 'badOption', word]);
  }
}

export function format(interp: Interp, args: readonly Value[]): Value {
  if (args.length % 2 !== 0) throw usageError('format clockval ?-format string?');
  const given = new Map<string, Value>();
  for (let i = 2; i < args.length; i += 2) {
    const option = formatOption(str(args[i]!));
    given.set(option, option === '-gmt' ? Number(boolOf(args[i + 1]!)) : args[i + 1]!);
  }
  wideOf(args[1]!);
  onlyOneZone(given);
  const zone = zoneFor(interp, given.get('-gmt') ? ':GMT' : str(given.get('-timezone') ?? '') || undefined);
  const locale = localeOf(interp, str(given.get('-locale') ?? 'c'));
  const text = str(given.get('-format') ?? '%a %b %d %H:%M:%S %Z %Y');
  const formatter = remembered(keptOf(interp).formats, locale, text, () => {
    interp.budget.charge(1000 + text.length * 32);
    return readFormat(text, locale, interp.budget);
  });
  return formatter.format(interp, momentOf(args[1]!, zone, formatter.change));
}

/** An option by its first two letters or more. */
function optionOf(word: string, table: readonly string[]): string {
  const option = word.length > 1 ? table.find((name) => name.startsWith(word)) : undefined;
  if (option !== undefined) return option;
  throw new TclError(`bad option "${word}", must be ${table.join(', ').replace(/, (?=-t)/, ' or ')}`, ['CLOCK', 'badOption', word]);
}

/** Makes a time zone of `-gmt`, as strict about booleans as `string is boolean`. */
function readGmt(given: Map<string, Value>): void {
  const gmt = given.get('-gmt') ?? 0;
  const truth = /^(?:[01]|[a-z]+)$/i.test(str(gmt)) ? parseBoolean(gmt) : undefined;
  if (truth === undefined) throw new TclError(`expected boolean value but got "${str(gmt)}"`);
  if (truth) given.set('-timezone', ':GMT');
}

function checkNumber(v: Value, what: string): void {
  const n = numberOf(v);
  if (n === undefined || Number.isNaN(toDouble(n))) throw new TclError(`expected ${what} but got "${str(v)}"`);
}

export function scan(interp: Interp, args: readonly Value[]): Value {
  if (args.length % 2 !== 0) {
    throw usageError('scan string ?-base seconds? ?-format string?');
  }
  const given = new Map<string, Value>();
  // Some checks know options by their whole names only.
  const words = new Set<string>();
  for (let i = 2; i < args.length; i += 2) {
    const word = str(args[i]!);
    words.add(word);
    given.set(optionOf(word, ['-base', ...FORMAT_OPTIONS]), args[i + 1]!);
  }
  onlyOneZone(words);
  const base = given.get('-base') ?? seconds(interp);
  checkNumber(base, 'integer');
  readGmt(given);
  const text = str(args[1]!);
  if (words.has('-format')) {
    const locale = localeOf(interp, str(given.get('-locale') ?? 'c'));
    const format = str(given.get('-format')!);
    const scanner = remembered(keptOf(interp).scanners, locale, format, () => readScanFormat(interp, format, locale));
    return scanFormatted(interp, text, scanner, {
      moment: (zone) => momentOf(base, zone, scanner.change),
      zone: (own) => zoneFor(interp, own ?? given.get('-timezone')),
    });
  }
  if (words.has('-locale')) throw new TclError('legacy [clock scan] does not support -locale', ['CLOCK', 'flagWithLegacyFormat']);
  return scanFree(interp, text, momentOf(base, zoneFor(interp, given.get('-timezone')), ENGLISH_CHANGE));
}

const UNITS = 'years, months, weeks, days, hours, minutes or seconds';

/** What a unit counts, and how many of it; in one or many. */
function unitOf(word: string): Token {
  const unit = UNITS.split(/, | or /).find((name) => name === word || name === `${word}s`);
  if (unit === undefined) throw new TclError(`unknown unit "${word}", must be  ${UNITS}`, ['CLOCK', 'badUnit', word]);
  return WORDS.get(unit.slice(0, -1))!;
}

export function addUnits(interp: Interp, args: readonly Value[]): Value {
  if (args.length % 2 !== 0) throw usageError('add clockval ?number units?...');
  let time = args[1]!;
  checkNumber(time, 'number');
  const given = new Map<string, Value>();
  const steps: [number, string][] = [];
  for (let i = 2; i < args.length; i += 2) {
    const n = numberOf(args[i]!);
    if (typeof n === 'number' && Number.isInteger(n) && Math.abs(n) <= 4294967295) steps.push([n, str(args[i + 1]!)]);
    else given.set(optionOf(str(args[i]!), COMMON), args[i + 1]!);
  }
  readGmt(given);
  const change = localeOf(interp, str(given.get('-locale') ?? 'c')).change();
  const zone = zoneFor(interp, given.get('-timezone'));
  for (const [n, word] of steps) {
    interp.budget.charge(1000);
    const [, many, what] = unitOf(word);
    if (what === SECONDS) time = add(many! * n, time);
    else time = (what === DAY ? addDays : addMonths)(time, many! * n, zone, change);
  }
  return time;
}

const seconds = (interp: Interp): number => Math.floor(interp.events.wallClock() / 1000);

/** What was kept is made anew: locales may have changed, or where the machine stands. */
export function clearCaches(interp: Interp): Value {
  keptFormats.delete(interp);
  forgetZones();
  return '';
}
