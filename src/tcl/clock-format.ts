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

const GROUPS = new Map(
  Object.entries({
    D: '%m/%d/%Y',
    '+': '%a %b %e %H:%M:%S %Z %Y',
    EY: '%EC%Ey',
    T: '%H:%M:%S',
    R: '%H:%M',
    r: '%I:%M:%S %P',
    X: '%H:%M:%S',
    EX: '%H:%M:%S',
    x: '%m/%d/%Y',
    Ex: '%m/%d/%Y',
    c: '%a %b %e %H:%M:%S %Y',
    Ec: '%a %b %e %H:%M:%S %Y',
  }),
);

/** Replaces the conversions that stand for several. */
export function expandGroups(format: string): string {
  return format.replace(/%(%|[D+TRrXxc]|E[YXxc])/g, (whole, group: string) => GROUPS.get(group) ?? whole);
}

const weekday = (m: Moment): number => m.dayOfWeek % 7;
const week = (firstDay: number) => (m: Moment) => Math.floor((m.dayOfYear - firstDay + 7) / 7);
const hour = (m: Moment): number => Math.floor(m.second / 3600);
const hour12 = (m: Moment): number => ((hour(m) + 23) % 12) + 1;
const half = (m: Moment): string => (m.second < 43200 ? 'am' : 'pm');
const yearOfCentury = (m: Moment): number => m.year % 100;
const century = (m: Moment): number => Math.floor(m.year / 100);
const starDay = (m: Moment): number => Math.floor((1000 * (m.dayOfYear - 1)) / (isLeapYear(m.bce, m.year, m.gregorian) ? 366 : 365));

/** What a conversion is to `format`, and with which values. */
type Conversion = readonly [spec: string, ...values: ((m: Moment) => Value)[]];

const CONVERSIONS = new Map<string, Conversion>(
  Object.entries<Conversion>({
    '%': ['%%'],
    a: ['%.3s', (m) => DAYS[weekday(m)]!],
    A: ['%s', (m) => DAYS[weekday(m)]!],
    b: ['%.3s', (m) => MONTHS[m.month - 1]!],
    h: ['%.3s', (m) => MONTHS[m.month - 1]!],
    B: ['%s', (m) => MONTHS[m.month - 1]!],
    C: ['%02d', century],
    EC: ['%02d', century],
    d: ['%02d', (m) => m.dayOfMonth],
    e: ['%2d', (m) => m.dayOfMonth],
    EE: ['%s', (m) => (m.bce ? 'B.C.E.' : 'C.E.')],
    g: ['%02d', (m) => m.isoYear % 100],
    G: ['%02d', (m) => m.isoYear],
    H: ['%02d', hour],
    I: ['%02d', hour12],
    j: ['%03d', (m) => m.dayOfYear],
    J: ['%07d', (m) => m.julianDay],
    k: ['%2d', hour],
    l: ['%2d', hour12],
    m: ['%02d', (m) => m.month],
    M: ['%02d', (m) => Math.floor(m.second / 60) % 60],
    n: ['\n'],
    N: ['%2d', (m) => m.month],
    p: ['%s', (m) => half(m).toUpperCase()],
    P: ['%s', half],
    Q: ['Stardate %02d%03d.%d', (m) => m.year - 1946, starDay, (m) => Math.floor(m.second / 8640)],
    s: ['%s', (m) => m.seconds],
    S: ['%02d', (m) => m.second % 60],
    t: ['\t'],
    u: ['%d', (m) => m.dayOfWeek],
    U: ['%02d', (m) => week(weekday(m) + 1)(m)],
    V: ['%02d', (m) => m.isoWeek],
    w: ['%d', weekday],
    W: ['%02d', (m) => week(m.dayOfWeek)(m)],
    y: ['%02d', yearOfCentury],
    Ey: ['%02d', yearOfCentury],
    Y: ['%04d', (m) => m.year],
    z: ['%s', (m) => numericZone(m.zone.offset(m.seconds))],
    Z: ['%s', (m) => m.zone.name(m.seconds)],
  }),
);

function conversionOf(name: string): Conversion | undefined {
  // In other numerals, of which the root locale has none.
  if (/^O[deHkIlmMSuwy]/.test(name)) return ['%02d', ...(CONVERSIONS.get(name[1]!)!.slice(1) as ((m: Moment) => Value)[])];
  return CONVERSIONS.get(name);
}

/** What follows an `%E` or `%O` that is none is for `format` to read, as in Tcl. */
export function formatMoment(interp: Interp, moment: Moment, format: string): string {
  interp.budget.charge(1000 + format.length * 8);
  const values: Value[] = [];
  const spec = expandGroups(format).replace(/%([EO]?[\s\S]?)/g, (_, name: string) => {
    if (/^[EO]$/.test(name)) return '';
    const conversion = conversionOf(name);
    if (conversion === undefined) return `%%${name}`;
    const [text, ...parts] = conversion;
    for (const part of parts) values.push(part(moment));
    return text;
  });
  return formatValues(interp, spec, values);
}
