/**
 * The calendar of `clock`: seconds since 1970 to years, months, weeks and days and back, in the Julian calendar before a given change
 * and in the Gregorian from it on. Pure; time zones are in clock-zones.ts. Days are counted by Julian Day Number, and overflow where
 * a C int does. Answers to tclClock.c.
 */

/** A 64-bit count of seconds. */
export type Wide = number | bigint;

/** The day on which Rome changed to the Gregorian calendar. */
export const ROMAN_CHANGE = 2299161;
/** The day on which England did: what free-form scanning goes by. */
export const ENGLISH_CHANGE = 2361222;

/** Seconds from the beginning of day 0 to 1970. */
const DAY_ZERO = 210866803200;
const GREGORIAN_YEAR_1 = 1721426;
const JULIAN_YEAR_1 = 1721424;
const PRIOR_DAYS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/** A date. Years count from 1 in both eras. */
export interface CalendarDate {
  readonly bce: boolean;
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

/** A day of the calendar, with all its names. */
export interface CalendarDay extends CalendarDate {
  readonly julianDay: number;
  readonly gregorian: boolean;
  readonly dayOfYear: number;
  readonly isoYear: number;
  readonly isoWeek: number;
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek: number;
}

/** The years in one row, where 1 BCE is 0; and the other way, since it is its own inverse. */
function astronomical(bce: boolean, year: number): number {
  return bce ? 1 - year : year;
}

export function floorMod(n: number, m: number): number {
  const r = n % m;
  return r < 0 ? r + m : r + 0;
}

/** The second of the day, 0 to 86399. */
export function secondOfDay(seconds: Wide): number {
  if (typeof seconds === 'number') return floorMod(seconds, 86400);
  return floorMod(Number(seconds % 86400n), 86400);
}

/** An integer as 64 bits hold it. */
export function wide(n: Wide): Wide {
  if (typeof n === 'number' && Number.isSafeInteger(n)) return n;
  const w = BigInt.asIntN(64, BigInt(n));
  return w >= -9007199254740991n && w <= 9007199254740991n ? Number(w) : w;
}

export function plusSeconds(a: Wide, b: number): Wide {
  return wide(typeof a === 'number' && Number.isSafeInteger(a + b) ? a + b : BigInt(a) + BigInt(b));
}

/** The day in which a local time lies. Before day 0 it is the day after, as in C. */
export function julianDayOf(local: Wide): number {
  const since = plusSeconds(local, DAY_ZERO);
  return typeof since === 'number' ? Math.trunc(since / 86400) | 0 : Number(BigInt.asIntN(32, since / 86400n));
}

/** The local time of a second of a day. */
export function localSecondsOf(julianDay: number, second: number): number {
  return julianDay * 86400 - DAY_ZERO + second;
}

export function isLeapYear(bce: boolean, year: number, gregorian: boolean): boolean {
  const y = astronomical(bce, year);
  return y % 4 === 0 && (!gregorian || y % 100 !== 0 || y % 400 === 0);
}

export function daysInMonth(month: number, leap: boolean): number {
  return PRIOR_DAYS[month]! - PRIOR_DAYS[month - 1]! + (leap && month === 2 ? 1 : 0);
}

/** The day before the first of a year in either calendar. */
function yearStart(year: number, gregorian: boolean): number {
  const y = year - 1;
  const days = 365 * y + Math.floor(y / 4);
  return gregorian ? GREGORIAN_YEAR_1 - 1 + days - Math.floor(y / 100) + Math.floor(y / 400) : JULIAN_YEAR_1 - 1 + days;
}

/** The day of a date; a month beyond 1 to 12 counts into other years. */
export function dayOfDate(date: CalendarDate, change: number): number {
  const year = astronomical(date.bce, date.year) + Math.floor((date.month - 1) / 12);
  const month = floorMod(date.month - 1, 12);
  const day = (gregorian: boolean): number =>
    (yearStart(year, gregorian) + date.dayOfMonth + PRIOR_DAYS[month]! + (month > 1 && isLeapYear(false, year, gregorian) ? 1 : 0)) | 0;
  const gregorian = day(true);
  return gregorian < change ? day(false) : gregorian;
}

/** The day that is the nth of its year. */
export function dayOfYearDay(bce: boolean, year: number, nth: number, change: number): number {
  const y = astronomical(bce, year);
  const gregorian = yearStart(y, true) + nth;
  return gregorian < change ? yearStart(y, false) + nth : gregorian;
}

/** The last `weekday` (0 or 7 Sunday) on a day or before it. */
export function weekdayOnOrBefore(weekday: number, julianDay: number): number {
  return julianDay - ((julianDay - ((weekday + 6) % 7)) % 7);
}

/** The day of a week of the ISO calendar, where 1 BCE is the year 0: week 1 holds the fourth of January. */
export function dayOfWeekDate(isoYear: number, week: number, dayOfWeek: number, change: number): number {
  const fourth = dayOfDate({ bce: false, year: isoYear, month: 1, dayOfMonth: 4 }, change);
  return weekdayOnOrBefore(1, fourth) + 7 * (week - 1) + dayOfWeek - 1;
}

/** Year and day of the year of a Julian Day Number. */
function yearDay(julianDay: number, gregorian: boolean): { year: number; dayOfYear: number } {
  let year = 1;
  let day = julianDay - (gregorian ? GREGORIAN_YEAR_1 : JULIAN_YEAR_1);
  const take = (length: number, years: number, most: number): void => {
    const n = Math.min(Math.floor(day / length), most);
    year += n * years;
    day -= n * length;
  };
  if (gregorian) {
    take(146097, 400, Infinity);
    take(36524, 100, 3);
  }
  take(1461, 4, Infinity);
  take(365, 1, 3);
  return { year, dayOfYear: day + 1 };
}

/** Everything about a day, given when the calendar changed. */
export function calendarDay(julianDay: number, change: number): CalendarDay {
  const gregorian = julianDay >= change;
  const { year: y, dayOfYear } = yearDay(julianDay, gregorian);
  const bce = y <= 0;
  const year = astronomical(bce, y);
  const leap = isLeapYear(bce, year, gregorian);
  let month = 1;
  let dayOfMonth = dayOfYear;
  for (; month < 13 && dayOfMonth > daysInMonth(month, leap); month++) dayOfMonth -= daysInMonth(month, leap);
  return { julianDay, gregorian, bce, year, dayOfYear, month, dayOfMonth, ...isoWeekOf(julianDay, change) };
}

/** The Thursday of a week decides to which year it belongs. */
function isoWeekOf(julianDay: number, change: number): { isoYear: number; isoWeek: number; dayOfWeek: number } {
  const earlier = julianDay - 3;
  const { year } = yearDay(earlier, earlier >= change);
  let y = year + 1;
  let start = dayOfWeekDate(y, 1, 1, change);
  if (julianDay < start) start = dayOfWeekDate(--y, 1, 1, change);
  const day = julianDay - start;
  return { isoYear: astronomical(year <= 0, y), isoWeek: Math.trunc(day / 7) + 1, dayOfWeek: floorMod(day, 7) + 1 };
}
