/**
 * `clock format`: a moment as a text. Month and day names are those of Tcl's root locale; no other language is carried.
 * Answers to clock.n and clock.tcl (ParseClockFormatFormat2).
 */
import { isLeapYear } from './clock.ts';
import type { Moment } from './clock-moment.ts';
import { DAYS, MONTHS } from './clock-words.ts';
import { numericZone } from './clock-zones.ts';
import type { Interp } from './command.ts';
import { formatValues } from './commands/format.ts';
import type { Value } from './value.ts';

const DATE = '%m/%d/%Y';
const TIME = '%H:%M:%S';
const BOTH = `%a %b %e ${TIME} %Y`;
const GROUPS = new Map([
  ['D', DATE],
  ['x', DATE],
  ['Ex', DATE],
  ['T', TIME],
  ['X', TIME],
  ['EX', TIME],
  ['c', BOTH],
  ['Ec', BOTH],
  ['+', `%a %b %e ${TIME} %Z %Y`],
  ['R', '%H:%M'],
  ['r', '%I:%M:%S %P'],
  ['EY', '%EC%Ey'],
]);

/** Replaces the conversions that stand for several. */
export function expandGroups(format: string): string {
  return format.replace(/%(%|[D+TRrXxc]|E[YXxc])/g, (whole, group: string) => GROUPS.get(group) ?? whole);
}

/** What may follow `%E` and `%O`. The root locale has neither eras nor numerals of its own. */
const AFTER = { E: 'CEy', O: 'deHkIlmMSuwy' };

/** What each conversion is for; `E` is that of `%EE`. */
function valuesOf(m: Moment, format: string): Map<string, Value> {
  const weekday = m.dayOfWeek % 7;
  const d = m.dayOfMonth;
  const h = Math.floor(m.second / 3600);
  const h12 = ((h + 23) % 12) + 1;
  const half = h < 12 ? 'am' : 'pm';
  const week = (first: number): number => Math.floor((m.dayOfYear - first + 7) / 7);
  const month = MONTHS[m.month - 1]!;
  const abbreviated = month.slice(0, 3);
  const pad = (n: number, width: number): string => String(n).padStart(width, '0');
  const starDay = Math.floor((1000 * (m.dayOfYear - 1)) / (isLeapYear(m.bce, m.year, m.gregorian) ? 366 : 365));
  return new Map(
    Object.entries<Value>({
      a: DAYS[weekday]!.slice(0, 3),
      A: DAYS[weekday]!,
      b: abbreviated,
      h: abbreviated,
      B: month,
      C: Math.floor(m.year / 100),
      d,
      e: d,
      E: m.bce ? 'B.C.E.' : 'C.E.',
      g: m.isoYear % 100,
      G: m.isoYear,
      H: h,
      I: h12,
      j: m.dayOfYear,
      J: m.julianDay,
      k: h,
      l: h12,
      m: m.month,
      M: Math.floor(m.second / 60) % 60,
      N: m.month,
      p: half.toUpperCase(),
      P: half,
      Q: `Stardate ${pad(m.year - 1946, 2)}${pad(starDay, 3)}.${Math.floor(m.second / 8640)}`,
      s: String(m.seconds),
      S: m.second % 60,
      u: m.dayOfWeek,
      U: week(weekday + 1),
      V: m.isoWeek,
      w: weekday,
      W: week(m.dayOfWeek),
      y: m.year % 100,
      Y: m.year,
      z: numericZone(m.offset),
      // The name costs.
      Z: format.includes('Z') ? m.zone.name(m.seconds) : '',
    }),
  );
}

/** What stands for itself. */
const LITERALS = new Map(Object.entries({ '': '%%', '%': '%%', n: '\n', t: '\t', E: '', O: '' }));

/** Digits of numbers that have not two. */
const WIDTHS = new Map(Object.entries({ e: '2', k: '2', l: '2', N: '2', u: '', w: '', j: '03', Y: '04', J: '07' }));

/** What follows an `%E` or `%O` that is none is for `format` to read, as in Tcl. */
export function formatMoment(interp: Interp, moment: Moment, format: string): string {
  const expanded = expandGroups(format);
  interp.budget.charge(1000 + expanded.length * 32);
  const known = valuesOf(moment, expanded);
  const values: Value[] = [];
  const spec = expanded.replace(/%([EO]?)([\s\S]?)/g, (_, prefix: '' | 'E' | 'O', c: string) => {
    const literal = LITERALS.get(prefix + c);
    if (literal !== undefined) return literal;
    const value = prefix === '' || AFTER[prefix].includes(c) ? known.get(c) : undefined;
    if (value === undefined) return `%%${prefix}${c}`;
    values.push(prefix === '' ? value : String(value).padStart(2, '0'));
    return prefix === '' && typeof value === 'number' ? `%${WIDTHS.get(c) ?? '02'}d` : '%s';
  });
  return formatValues(interp, spec, values);
}
