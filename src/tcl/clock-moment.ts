/**
 * A time as the calendar and the clocks of a time zone show it, and such times moved by months and days.
 * Answers to tclClock.c (GetDateFields) and clock.tcl (AddMonths, AddDays).
 */
import {
  type CalendarDay,
  calendarDay,
  dayOfDate,
  daysInMonth,
  floorMod,
  isLeapYear,
  julianDayOf,
  localSecondsOf,
  plusSeconds,
  secondOfDay,
  type Wide,
} from './clock.ts';
import { utcOf, type Zone } from './clock-zones.ts';
import { TclError } from './errors.ts';
import { intOf, numberOf, smallIntOf, tooLarge, wideOf } from './number.ts';
import type { Value } from './value.ts';

export interface Moment extends CalendarDay {
  readonly seconds: Wide;
  readonly zone: Zone;
  /** Seconds east of Greenwich. */
  readonly offset: number;
  /** Second of the day by the clocks there. */
  readonly second: number;
}

/** The time `v` seconds since 1970, which must fit 64 bits with a sign although more is read. */
export function momentOf(v: Value, zone: Zone, change: number): Moment {
  intOf(v);
  const seconds = wideOf(v);
  const given = numberOf(v);
  if (typeof given === 'bigint' && given !== BigInt(seconds)) throw new TclError(tooLarge().message);
  const offset = zone.offset(seconds);
  const local = plusSeconds(seconds, offset);
  return { seconds, zone, offset, second: secondOfDay(local), ...calendarDay(julianDayOf(local), change) };
}

/** The time at a second of a day. */
export function secondsAt(julianDay: number, second: number, zone: Zone): Wide {
  return utcOf(localSecondsOf(julianDay, second), zone);
}

/** The same day and time `months` later, or the last day of that month. */
export function addMonths(v: Value, months: number, zone: Zone, change: number): Wide {
  const m = momentOf(v, zone, change);
  const month = m.month + months - 1;
  const date = { bce: m.bce, year: m.year + Math.floor(month / 12), month: floorMod(month, 12) + 1 };
  const length = daysInMonth(date.month, isLeapYear(m.bce, date.year, m.gregorian));
  const day = dayOfDate({ ...date, year: smallIntOf(date.year), dayOfMonth: Math.min(m.dayOfMonth, length) }, change);
  return secondsAt(day, m.second, zone);
}

export function addDays(v: Value, days: number, zone: Zone, change: number): Wide {
  const m = momentOf(v, zone, change);
  return secondsAt(m.julianDay + days, m.second, zone);
}
