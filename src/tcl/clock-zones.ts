/**
 * Time zones for `clock`: `:Europe/Berlin` and `:localtime` by what the platform's Intl knows, `+hhmm`, and Posix descriptions such as
 * `EST5EDT,M3.2.0,M11.1.0`. No tables are carried but one of abbreviations, since Intl spells names out.
 * Answers to clock.tcl (SetupTimeZone, ProcessPosixTimeZone) and tclClock.c (LookupLastTransition).
 */

import { dayOfDate, dayOfYearDay, ENGLISH_CHANGE, localSecondsOf, plusSeconds, type Wide, weekdayOnOrBefore, wide } from './clock.ts';
import { TclError } from './errors.ts';
import { keptUntilCensus } from './kept.ts';
import { smallIntOf } from './number.ts';

export interface Zone {
  /** Seconds east of Greenwich in force at a time. */
  offset(seconds: Wide): number;
  /** The abbreviation in force, for `%Z`. */
  name(seconds: Wide): string;
}

/** `+hhmm` or `+hhmmss`. */
export function numericZone(offset: number): string {
  const z = Math.abs(offset);
  const two = (n: number): string => String(n).padStart(2, '0');
  const rest = z % 60 === 0 ? '' : two(z % 60);
  return (offset < 0 ? '-' : '+') + two(Math.floor(z / 3600)) + two(Math.floor((z % 3600) / 60)) + rest;
}

/** A local time as seconds since 1970. Looks the offset up until one comes again, so that a time that does not exist ends the search too. */
export function utcOf(local: Wide, zone: Zone): Wide {
  const seen: number[] = [];
  let seconds = wide(local);
  for (;;) {
    const offset = zone.offset(seconds);
    seconds = plusSeconds(wide(local), -offset);
    if (seen.includes(offset)) return seconds;
    seen.push(offset);
  }
}

/** Zones set up lately. Bounded, since their names come from scripts. */
const zones = keptUntilCensus(new Map<string, Zone>());
const MAX_ZONES = 16;

/** The zone of a name; `charge` is how its making is paid for. Throws `time zone ":x" not found`. */
export function zoneOf(name: string, charge?: (units: number) => void): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    charge?.(40_000);
    zone = makeZone(name);
    if (zones.size >= MAX_ZONES) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

/** What the platform says of itself, which it is slow to do. */
let platformZone = '';

/** Where the machine stands. */
export function localZone(): Zone {
  platformZone ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zoneOf(`:${platformZone}`);
}

/** `:localtime`: what the C library makes of the variable TZ. It has no names. */
export function environmentZone(tz: string): Zone {
  let zone = localZone();
  if (tz !== '') {
    try {
      zone = zoneOf(tz);
    } catch {
      zone = zoneOf(':UTC');
    }
  }
  return { offset: (t) => zone.offset(t), name: (t) => numericZone(zone.offset(t)) };
}

export function forgetZones(): void {
  zones.clear();
  platformZone = '';
}

function makeZone(name: string): Zone {
  const fixed = FIXED.exec(name);
  if (fixed !== null) return tableZone([[-Infinity, offsetOf(fixed, 1), name]]);
  if (name.startsWith(':')) {
    const zone = namedZone(name.slice(1));
    if (zone === null) throw new TclError(`time zone "${name}" not found`, ['CLOCK', 'badTimeZone', name]);
    return zone;
  }
  const posix = POSIX.exec(name);
  if (posix !== null) return posixZone(posix);
  const zone = namedZone(name);
  if (zone !== null) return zone;
  // The codes of what went wrong inside clock.tcl.
  throw new TclError(
    `time zone ${name} not found`,
    ZONE_NAME.test(name) ? ['TCL', 'READ', 'VARNAME'] : ['CLOCK', 'badTimeZone', '$:fileName'],
  );
}

const FIXED = /^([-+])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?/;

/** Sign, hours, minutes and seconds at `i` of a match, as seconds: positive with a `+`. */
function offsetOf(m: RegExpExecArray, i: number): number {
  const seconds = hms(m, i + 1);
  return m[i] === '-' ? -seconds + 0 : seconds;
}

function hms(m: RegExpExecArray, i: number, hours = 0): number {
  return (Number(m[i] ?? hours) * 60 + Number(m[i + 1] ?? 0)) * 60 + Number(m[i + 2] ?? 0);
}

// Zones by table

type Row = readonly [from: number, offset: number, name: string];

function tableZone(rows: readonly Row[]): Zone {
  let last = rows[0]!;
  let until: Wide = rows[1]?.[0] ?? Infinity;
  const rowAt = (seconds: Wide): Row => {
    if (seconds < last[0] || seconds >= until) {
      const at = rows.findLastIndex(([from]) => seconds >= from);
      last = rows[at]!;
      until = rows[at + 1]?.[0] ?? Infinity;
    }
    return last;
  };
  return { offset: (t) => rowAt(t)[1], name: (t) => rowAt(t)[2] };
}

// Posix

const HMS = String.raw`(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)?`;
const NAME = String.raw`(\p{L}+|<[-+\p{L}\p{Nd}]+>)`;
const RULE = String.raw`,(?:(J?)(\d+)|M(\d+)\.(\d+)\.(\d+))(?:/${HMS})?`;
const POSIX = new RegExp(`^${NAME}([-+]?)${HMS}(?:${NAME}(?:(?:([-+]?)${HMS})?(?:${RULE}${RULE})?)?)?$`, 'iu');
/** Where the parts of a match begin. */
const STANDARD = 1;
const DAYLIGHT = 6;
const START = 11;
const END = 19;

/** When daylight saving time begins or ends: a day of the year, or a weekday of a month, and the time of day by the clock then in force. */
interface Rule {
  readonly dayOfYear: number | null;
  readonly month: number;
  readonly week: number;
  readonly weekday: number;
  readonly time: number;
}

function posixZone(m: RegExpExecArray): Zone {
  const bare = (s: string): string => (s.startsWith('<') ? s.slice(1, -1) : s);
  // West is positive here.
  const east = (i: number): number => (m[i] === '-' ? 1 : -1) * hms(m, i + 1) + 0;
  const standard: Row = [-Infinity, east(STANDARD + 1), bare(m[STANDARD]!)];
  if (m[DAYLIGHT] === undefined) return tableZone([standard]);
  const offset = m[DAYLIGHT + 2] === undefined ? standard[1] + 3600 : east(DAYLIGHT + 1);
  if (m[START + 1] === undefined && m[START + 2] === undefined) return posixZone(POSIX.exec(m[0] + usualRules(m))!);
  const start = ruleOf(m, START);
  const end = ruleOf(m, END);
  const rows = [standard];
  for (let year = 1916; year < 2100; year++) {
    const on: Row = [timeOf(start, year) - standard[1], offset, bare(m[DAYLIGHT])];
    const off: Row = [timeOf(end, year) - offset, standard[1], standard[2]];
    rows.push(...(on[0] < off[0] ? [on, off] : [off, on]));
  }
  return tableZone(rows);
}

function ruleOf(m: RegExpExecArray, i: number): Rule {
  // Tcl looks for the fields of a date in the year, a mere number, when days are counted without the 29th of February.
  if (m[i]) throw new TclError('missing value to go with key', ['TCL', 'VALUE', 'DICTIONARY']);
  const [dayOfYear, month, week, weekday] = [1, 2, 3, 4].map((k) => smallIntOf(m[i + k] ?? '0'));
  return { dayOfYear: m[i + 1] === undefined ? null : dayOfYear!, month: month!, week: week!, weekday: weekday!, time: hms(m, i + 5, 2) };
}

/** Without rules, Europe's in the east down to Greenwich, and those of the United States. */
function usualRules(m: RegExpExecArray): string {
  const hours = Number(m[STANDARD + 2]);
  const hour = hours > 2 ? 2 : hours + 1;
  return hours === 0 || (m[STANDARD + 1] === '-' && hours <= 12) ? `,M3.5.0/${hour},M10.5.0/${hour + 1}` : ',M3.2.0,M11.1.0';
}

function timeOf(rule: Rule, year: number): number {
  const date = { bce: false, year, month: rule.month, dayOfMonth: 0 };
  let day: number;
  if (rule.dayOfYear !== null) day = dayOfYearDay(false, year, rule.dayOfYear, ENGLISH_CHANGE);
  else if (rule.week < 5) day = weekdayOnOrBefore(rule.weekday, dayOfDate(date, ENGLISH_CHANGE)) + 7 * rule.week;
  else day = weekdayOnOrBefore(rule.weekday, dayOfDate({ ...date, month: rule.month + 1, dayOfMonth: 7 }, ENGLISH_CHANGE)) - 7;
  return localSecondsOf(day, rule.time);
}

// What Intl knows

/** As Tcl lets file names of zones be: neither digits nor a way out of the folder. */
const ZONE_NAME = /^[-\p{L}_]+(?:\/[-\p{L}_]+)*$/u;
/** Intl takes names in any case, files do not: each part of one begins with a capital. */
const CAPITALS = /^(?:\p{Lu}[^/]*(?:\/|$))+$/u;

function namedZone(name: string): Zone | null {
  if (!ZONE_NAME.test(name) || !CAPITALS.test(name)) return null;
  // Its own zones in Tcl, which have no other name.
  if (/^(?:Etc\/)?(?:GMT|UTC)$/.test(name)) return tableZone([[-Infinity, 0, name.slice(-3)]]);
  const format = (timeZoneName: 'long' | 'longOffset'): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName });
  let offsets: Intl.DateTimeFormat;
  try {
    offsets = format('longOffset');
  } catch {
    return null;
  }
  const known = offsets.resolvedOptions().timeZone;
  if (known !== name && known.toLowerCase() === name.toLowerCase()) return null;
  let names: Intl.DateTimeFormat | null = null;
  const offset = (t: number): number => {
    const m = OFFSET.exec(offsets.format(t * 1000));
    return m === null ? 0 : offsetOf(m, 1);
  };
  const nameAt = (t: number): string => {
    names ??= format('long');
    const formatter = names;
    const long = (at: number): string => formatter.format(at * 1000).replace(BEFORE_NAME, '');
    const there = offset(t);
    const then = long(t).startsWith('GMT') ? LATER.find((at) => offset(at) === there) : t;
    return abbreviation(then === undefined ? [long(t), long(LATER[0]!)] : [long(then)], there, name);
  };
  /** A stretch of the clock that was looked at: it changes once in it, or not. */
  interface Stretch {
    readonly change: number;
    readonly sides: readonly [Side, Side];
  }
  interface Side {
    readonly offset: number;
    name: string | null;
  }
  const stretches = new Map<number, Stretch>();
  const look = (n: number): Stretch => {
    let [low, high] = [n * STRETCH, (n + 1) * STRETCH];
    const before: Side = { offset: offset(low), name: null };
    const after: Side = { offset: offset(high), name: null };
    if (before.offset === after.offset) high = Infinity;
    else
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (offset(middle) === before.offset) low = middle;
        else high = middle;
      }
    const stretch: Stretch = { change: high, sides: [before, after] };
    if (stretches.size >= MAX_STRETCHES) stretches.clear();
    stretches.set(n, stretch);
    return stretch;
  };
  const sideAt = (t: number): Side => {
    const n = Math.floor(t / STRETCH);
    const { change, sides } = stretches.get(n) ?? look(n);
    return sides[t < change ? 0 : 1];
  };
  return {
    offset: (t) => sideAt(clamped(t)).offset,
    name(t) {
      const at = clamped(t);
      const side = sideAt(at);
      side.name ??= nameAt(at);
      return warTime(side.name, at);
    },
  };
}

/** About twelve days, shorter than clocks were ever left alone. */
const STRETCH = 2 ** 20;
/** As many as half a century has. */
const MAX_STRETCHES = 1500;

/** The United States had daylight saving time all through the last years of the war, and another name for it once there was peace. */
function warTime(name: string, t: number): string {
  return /^[ECMP]DT$/.test(name) && t > -880_300_000 && t < -765_300_000 ? name[0] + (t < -769_395_600 ? 'WT' : 'PT') : name;
}

/** Before 1970 Intl knows no names: there they are taken from the winters and summers of 2020 and 1990, where clocks went alike. */
const LATER = [1.578e9, 1.593e9, 6.32e8, 6.47e8];

const OFFSET = /GMT([-+])(\d\d):(\d\d)(?::(\d\d))?$/;
/** The date that a formatter puts before the name of the zone. */
const BEFORE_NAME = /^[\d/]+, /;

/** Times before the first clocks were set right and after Tcl's tables end are as at those ends. */
function clamped(seconds: Wide): number {
  return Math.min(Math.max(Number(seconds), -1e10), 4102444799);
}

/**
 * The abbreviations of the zone files, by Intl's English names without ` Time`, `Standard` and `Daylight` or `Summer`. In place of a star
 * comes nothing or S for summer, of a question mark S for standard or D for daylight. Those not told are the initials and `?T`. Zones not
 * here go by numbers, there too.
 */
const ABBREVIATIONS = new Map(
  (
    'Central European=CE*T|Eastern European=EE*T|Western European=WE*T|Greenwich Mean=GMT|Coordinated Universal=UTC|British=BST|Irish|' +
    'Moscow=MS?|Volgograd=MS?|Eastern|Central|Mountain|Pacific|Atlantic|Newfoundland|Alaska=AK?T|Yukon=MST|Hawaii-Aleutian|Mexican Pacific=M?T|' +
    'Cuba|American Samoa=S?T|Chamorro=ChST|Guam=GST|Japan|Korean|China|Taiwan=C?T|Macao=C?T|Hong Kong=HK*T|Philippine|Western Indonesia=WIB|' +
    'Central Indonesia=WITA|Eastern Indonesia=WIT|India|Pakistan=PKT|Israel|Central Africa=CAT|East Africa=EAT|West Africa=WAT|South Africa|' +
    'Australian Eastern|Australian Central|Australian Western|New Zealand'
  )
    .split('|')
    .map((entry) => {
      const [name, short] = entry.split('=');
      return [name!, short ?? `${name!.replace(/-.*|[a-z ]/g, '')}?T`];
    }),
);

/** `long`: the name then, or where Intl has none, after it that of the zone in these times, whose neighbours are told by the offset. */
function abbreviation([long = '', now = '']: readonly string[], offset: number, zone: string): string {
  if (/^(?:Eastern|Central|Mountain|Pacific) /.test(now) && /^-0[5-8]00$/.test(numericZone(offset)))
    return `${'ECMP'[offset / -3600 - 5]}ST`;
  const summer = / (?:Daylight|Summer) Time$/.test(long);
  const known = ABBREVIATIONS.get(long.replace(/(?: (?:Standard|Daylight|Summer))? Time$/, ''));
  if (known === 'UTC' && /GMT|Greenwich/.test(zone)) return 'GMT';
  if (known === 'MS?') return summer ? 'MSD' : 'MSK';
  if (known !== undefined) return known.replace('*', summer ? 'S' : '').replace('?', summer ? 'D' : 'S');
  // Local mean time is what is set by the sun.
  if (offset % 60 !== 0) return 'LMT';
  return numericZone(offset).replace(/(?<=^...)00$/, '');
}
