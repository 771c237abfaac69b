/**
 * `clock scan -format`: a text read as its format says. The format becomes a regular expression, and of the fields found those count that
 * say most, or among equals those that come last. `%Q` is not read: Tcl 8.6.13 has lost the procedure for it, and fails too. Answers to clock.n and clock.tcl (ParseClockScanFormat).
 */
import { dayOfDate, dayOfWeekDate, dayOfYearDay } from './clock.ts';
import { expandGroups } from './clock-format.ts';
import { type Moment, secondsAt } from './clock-moment.ts';
import { DAYS, letterZone, MONTHS, zoneWord } from './clock-words.ts';
import { numericZone, type Zone } from './clock-zones.ts';
import type { Interp } from './command.ts';
import { TclError } from './errors.ts';
import { numberOf, tooLarge } from './number.ts';
import { compileRe, execRe } from './regexp.ts';
import { lowerCase } from './unicode.ts';
import { str, type Value } from './value.ts';

/** Matches three letters of a name or more. */
const prefixes = (names: readonly string[]): string =>
  `(${names.map((name) => name.slice(0, 3) + name.slice(3).replace(/./g, '(?:$&') + ')?'.repeat(name.length - 3)).join('|')})`;

/** Conversions that read what others do. */
const SAME = new Map('Aa Bb hb ed kH lI Nm wu Pp Zz'.split(' ').map(([from, to]) => [from!, to!]));

/** What conversions match that are not a number of one or two digits; `E` is that of `%EE`. `#` is a digit, `~` any space. */
const PATTERNS = new Map(
  Object.entries({
    '%': '%',
    ' ': '[[:space:]]*',
    a: prefixes(DAYS),
    b: prefixes(MONTHS),
    E: '(b\\.c\\.(?:e\\.?)?|c(?:\\.(?:e\\.?)?)?|a(?:\\.(?:d\\.?)?)?)',
    g: '~(##)',
    G: '~(##)(##)',
    j: '~(##?#?)',
    J: '~(#+)',
    n: '\\n',
    p: '([ap]m?)',
    s: '~([-+]?#+)',
    t: '\\t',
    u: '~(#)',
    U: '~##?',
    W: '~##?',
    Y: '~(##)(##)',
    z: '([-+]##(?::?##){0,2}|[[:alnum:]]{1,4})',
  }),
);
/** The fields of their groups, where they do not go by the letter of the conversion. */
const FIELDS = new Map(Object.entries({ a: 'u', b: 'm', G: 'Gg', Y: 'Cy' }));

function patternOf(prefix: string, c: string): string | undefined {
  if (prefix === 'O') return /[deHkIlmMSuwy]/.test(c) ? '(##)' : undefined;
  if (prefix === 'E') return c === 'C' ? '' : c === 'y' ? '##' : c === 'E' ? PATTERNS.get(c) : undefined;
  return PATTERNS.get(SAME.get(c) ?? c) ?? (/[CdeHkIlmMNSVy]/.test(c) ? '~(##?)' : undefined);
}

const quoted = (c: string): string => (/[^\p{L}\p{Nd}]/u.test(c) ? `\\${c}` : c);

/** The expression of a format, and the fields of its groups. */
function readFormat(format: string): { re: string; fields: string } {
  let fields = '';
  const re = expandGroups(format)
    .replace(/\s+/g, ' ')
    .replace(/%([EO]?)([\s\S]?)|[\s\S]/g, (whole, prefix: string | undefined, c: string) => {
      if (whole === ' ') return '[[:space:]]+';
      if (prefix === undefined) return quoted(whole);
      const pattern = patternOf(prefix, c);
      if (pattern === undefined) return `%${prefix}${quoted(c)}`;
      const name = SAME.get(c) ?? c;
      if (pattern.includes('(')) fields += FIELDS.get(name) ?? name;
      return pattern.replaceAll('#', '[0-9]').replace('~', '\\s*');
    });
  return { re: `^[[:space:]]*${re}\\s*$`, fields };
}

/** Sets of fields that make a day or a time, by how much they say; the empty set comes last. */
const DAY_SETS = 's0 J1 ECymd2 ECyj2 Cymd3 Cyj3 GgVu3 ymd4 yj4 gVu4 md5 j5 Vu5 d6 u7 8'.split(' ');
const TIME_SETS = 's1 IMSp2 HMS2 IMp3 HM3 Ip4 H4 5'.split(' ');

/** The first set of those that say most, or a later one whose fields come later in the format. */
function bestSet(sets: readonly string[], fields: string): string {
  let best = '';
  let rank = '9';
  let bestPlaces = '';
  for (const entry of sets) {
    const set = entry.slice(0, -1);
    if (entry.slice(-1) > rank) break;
    const at = [...set].map((field) => fields.lastIndexOf(field));
    if (at.includes(-1)) continue;
    const places = String.fromCharCode(...at.sort((a, b) => b - a));
    if (places < bestPlaces) continue;
    best = set;
    rank = entry.slice(-1);
    bestPlaces = places;
  }
  return best;
}

/** What a field's text says, as a number. */
function fieldValue(field: string, text: string): Value {
  const initial = text[0]!.toLowerCase();
  const named = (names: readonly string[]): number => names.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  switch (field) {
    case 's':
      return wideField(text);
    case 'E':
      return Number(initial === 'b');
    case 'p':
      return Number(initial === 'p');
    case 'm':
      return initial > '9' ? named(MONTHS) + 1 : Number(text);
    case 'u': {
      const day = initial > '9' ? named(DAYS) : Number(text);
      if (day > 7) throw new TclError('day of week is greater than 7', ['CLOCK', 'badDayOfWeek']);
      return day || 7;
    }
    case 'z':
      return /[-+]/.test(initial) ? text : legacyZone(lowerCase(text));
    default:
      return Number(text);
  }
}

/** Tcl compares the digits, as decimal, with the number as expressions read it, where 010 is 8. */
function wideField(text: string): Value {
  const n = numberOf(text);
  if (n === undefined || String(BigInt.asIntN(64, BigInt(text.replace('+', '')))) !== str(n)) {
    throw new TclError(tooLarge().message, ['CLOCK', 'integervalueTooLarge']);
  }
  return n;
}

function legacyZone(name: string): string {
  const zone = name === 'uct' ? undefined : (letterZone(name) ?? zoneWord(name));
  if (zone === undefined) throw new TclError(`time zone "${name}" not found`, ['CLOCK', 'badTZName', name]);
  // Of Eastern Australia's daylight saving time this knows half.
  return numericZone((name === 'eadt' ? 10.5 : zone.hours + Number(zone.daylight)) * 3600);
}

/** What a scan goes by where the text does not say. */
export interface ScanBase {
  readonly change: number;
  /** The zone of a name; undefined: the one given by the caller. */
  zone(name: string | undefined): Zone;
  moment(zone: Zone): Moment;
}

export function scanFormatted(interp: Interp, text: string, format: string, base: ScanBase): Value {
  interp.budget.charge(1000 + (text.length + format.length) * 64);
  const { re, fields } = readFormat(format);
  // Taking the first match of so many groups apart.
  interp.budget.charge(fields.length ** 3 * 10);
  const m = execRe(compileRe(re, { nocase: true }), text, 0, false, (units) => interp.budget.charge(units));
  if (m === null) throw new TclError('input string does not match supplied format', ['CLOCK', 'badInputString']);
  const values = new Map<string, Value>();
  for (const [i, field] of [...fields].entries()) values.set(field, fieldValue(field, text.slice(m[2 * i + 2], m[2 * i + 3])));
  const seconds = values.get('s');
  if (seconds !== undefined) return seconds;
  const zone = base.zone(values.get('z') as string | undefined);
  const number = (field: string): number => values.get(field) as number;
  const day = dayFrom(bestSet(DAY_SETS, fields), number, () => base.moment(zone), base.change);
  const second = secondFrom(bestSet(TIME_SETS, fields), number);
  if (day > 5373484) throw new TclError('requested date too large to represent', ['CLOCK', 'dateTooLarge']);
  return secondsAt(day, second, zone);
}

/** The day that a set of fields makes, together with what day it is now. */
function dayFrom(set: string, value: (field: string) => number, now: () => Moment, change: number): number {
  if (set === 'J') return value('J');
  if (set === '') return now().julianDay;
  const has = (field: string): boolean => set.includes(field);
  const year = (century: string, ofCentury: string): number => {
    const y = value(ofCentury);
    return y + (has(century) ? value(century) * 100 : y <= 37 ? 2000 : 1900);
  };
  if (has('u')) {
    const isoYear = has('g') ? year('G', 'g') : now().isoYear;
    return dayOfWeekDate(isoYear, has('V') ? value('V') : now().isoWeek, value('u'), change);
  }
  const [bce, y] = has('y') ? [has('E') && value('E') === 1, year('C', 'y')] : [now().bce, now().year];
  if (has('j')) return dayOfYearDay(bce, y, value('j'), change);
  return dayOfDate({ bce, year: y, month: has('m') ? value('m') : now().month, dayOfMonth: value('d') }, change);
}

function secondFrom(set: string, value: (field: string) => number): number {
  const part = (field: string): number => (set.includes(field) ? value(field) : 0);
  const hour = set.includes('I') ? (value('I') === 12 ? 0 : value('I')) + 12 * value('p') : part('H');
  return (hour * 60 + part('M')) * 60 + part('S');
}
