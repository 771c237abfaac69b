/**
 * `clock scan -format`: a text read as its format says. The format is read once for a locale, into atoms that say where they may end in a text; a matcher
 * that never tries the same atom twice at one place finds the first way through, each atom as long as it can be. Of the fields found those count that
 * say most, or among equals those that come last. Answers to clock.n and clock.tcl (ParseClockScanFormat).
 */
import { dayOfDate, dayOfWeekDate, dayOfYearDay, isLeapYear } from './clock.ts';
import { expandGroups, type Locale } from './clock-locale.ts';
import { type Moment, secondsAt } from './clock-moment.ts';
import { letterZone, zoneWord } from './clock-words.ts';
import { numericZone, type Zone } from './clock-zones.ts';
import type { Interp } from './command.ts';
import { TclError } from './errors.ts';
import { elements } from './list.ts';
import { numberOf, tooLarge } from './number.ts';
import { lowerCase } from './unicode.ts';
import { str, type Value } from './value.ts';

/** Places where an atom may end: all from one to another, or a list with the shortest first. */
type Places = { readonly low: number; high: number } | number[];

/** Where it may end when it begins at `at`. `text` is in small letters where letters count. */
type Ends = (text: string, at: number) => Places;

interface Atom {
  readonly ends: Ends;
  /** Units that a look costs beyond the usual. */
  readonly cost?: number;
  /** The field that is made of what it matches. */
  readonly field?: string;
  /** What words say; `small` ones are kept in small letters. */
  readonly lookup?: ReadonlyMap<string, Value>;
  readonly small?: boolean;
}

const SPACE = /[\p{White_Space}\u180e\u200b\u2060\ufeff]/u;
const SPACES = new RegExp(`${SPACE.source}+`, 'gu');

/** As many characters of a kind as there are, from `least` to `most`. What lies in one run is asked for again and again. */
function run(is: (c: string) => boolean, least: number, most: number): Ends {
  let known = '';
  let from = 0;
  let to = 0;
  return (text, at) => {
    if (text !== known || at < from || at > to) {
      known = text;
      for (from = to = at; to < text.length && is(text[to]!); ) to++;
    }
    return { low: at + least, high: Math.min(to, at + most) };
  };
}

const isDigit = (c: string): boolean => c >= '0' && c <= '9';
const digits = (least: number, most: number): Ends => run(isDigit, least, most);
const spaces = (least: number): Ends => run((c) => SPACE.test(c), least, Infinity);

function literal(c: string): Ends {
  const small = lowerCase(c);
  return (text, at) => (text[at] === small || lowerCase(text[at] ?? '') === small ? [at + 1] : []);
}

/** Any of the words. */
function words(known: ReadonlyMap<string, unknown>): Pick<Atom, 'ends' | 'cost'> {
  const most = Math.max(0, ...Array.from(known.keys(), (word) => word.length));
  const ends: Ends = (text, at) => {
    const found: number[] = [];
    for (let n = 0; n <= most && at + n <= text.length; n++) if (known.has(text.slice(at, at + n))) found.push(at + n);
    return found;
  };
  return { ends, cost: (most * most) / 64 };
}

/** The names in small letters and what begins one name alone; of names that are alike the last counts. */
function prefixes(names: readonly (readonly [name: string, value: Value])[]): Map<string, Value> {
  const all = new Map(names);
  const starts = new Map<string, Value | null>();
  for (const [name, value] of all) {
    for (let n = 1; n <= name.length; n++) starts.set(name.slice(0, n), starts.has(name.slice(0, n)) ? null : value);
  }
  const unique = new Map<string, Value>();
  for (const [start, value] of starts) if (value !== null) unique.set(start, value);
  for (const [name, value] of all) unique.set(name, value);
  return unique;
}

/** Conversions that read what others do. */
const SAME = new Map('Aa Bb hb ed kH lI Nm wu Pp Zz'.split(' ').map(([from, to]) => [from!, to!]));

/** Digits that a conversion takes after any space, and their field where it does not go by the conversion's letter. */
const NUMBERS = new Map<string, readonly [least: number, most: number, fields?: string]>(
  Object.entries({
    g: [2, 2],
    G: [2, 2, 'Gg'],
    j: [1, 3],
    J: [1, Infinity],
    u: [1, 1],
    U: [1, 2, ''],
    W: [1, 2, ''],
    Y: [2, 2, 'Cy'],
    ...Object.fromEntries([...'CdHImMSVy'].map((c) => [c, [1, 2]])),
  }) as [string, readonly [number, number, string?]][],
);

const namesOf = (locale: Locale, keys: readonly string[], first: number): [string, Value][] => {
  const [brief = [], full = []] = keys.map((key) => locale.list(key).map((name) => lowerCase(str(name))));
  return full.flatMap((name, i): [string, Value][] => [
    [brief[i] ?? '', i + first],
    [name, i + first],
  ]);
};

const ZONE = /^(?:[-+]\d\d(?::?\d\d(?::?\d\d)?)?|[\p{L}\p{Nd}]{1,4})$/u;
const ZONE_LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const STARDATE = /stardate\s+[-+]?\d{4,}\.\d/y;

const zoneEnds: Ends = (text, at) => ZONE_LENGTHS.map((n) => at + n).filter((end) => end <= text.length && ZONE.test(text.slice(at, end)));

const starEnds: Ends = (text, at) => {
  STARDATE.lastIndex = at;
  return STARDATE.test(text) ? [STARDATE.lastIndex] : [];
};

const signedEnds: Ends = (text, at) => digits(1, Infinity)(text, /[-+]/.test(text[at] ?? '') ? at + 1 : at);

/** What `%EE` reads in every locale. */
const ERAS: readonly [string, Value][] = [
  ['b.c.e.', 1],
  ['c.e.', 0],
  ['b.c.', 1],
  ['a.d.', 0],
];

/** The atoms of `%c`, `%Ec` or `%Oc`, or undefined when there is no such conversion. */
function conversion(prefix: string, c: string, locale: Locale, pay: (names: readonly [string, Value][]) => void): Atom[] | undefined {
  const name = SAME.get(c) ?? c;
  const among = (field: string, names: [string, Value][]): Atom[] => {
    pay(names);
    const lookup = prefixes(names);
    return [{ ...words(lookup), field, lookup, small: true }];
  };
  const numeral = (field?: string): Atom[] => {
    const numerals = locale.list('LOCALE_NUMERALS').map((n, i): [string, Value] => [str(n), i]);
    pay(numerals);
    const look = words(new Map(numerals.map(([n]) => [lowerCase(n), n])));
    return [field === undefined ? look : { ...look, field, lookup: new Map(numerals) }];
  };
  const lower = (key: string): string => lowerCase(locale.text(key));
  if (prefix === 'O') return /[deHkIlmMSuwy]/.test(c) ? numeral(name) : undefined;
  if (prefix === 'E') {
    if (c === 'y') return numeral();
    if (c === 'C') {
      const eras = locale.list('LOCALE_ERAS').map((era): [string, Value] => [lowerCase(str(elements(era)[1] ?? '')), '']);
      pay(eras);
      return [eras.length === 0 ? { ends: (_text, at) => [at] } : words(prefixes(eras))];
    }
    if (c !== 'E') return undefined;
    return among('E', [[lower('BCE'), 1], [lower('CE'), 0], ...ERAS]);
  }
  const gap: Atom = { ends: spaces(0) };
  const number = NUMBERS.get(name);
  if (number !== undefined) {
    const [least, most, fields = name] = number;
    return [gap, ...(fields === '' ? [{ ends: digits(least, most) }] : [...fields].map((field) => ({ ends: digits(least, most), field })))];
  }
  switch (name) {
    case '%':
      return [{ ends: literal('%') }];
    case ' ':
      return [gap];
    case 'n':
      return [{ ends: literal('\n') }];
    case 't':
      return [{ ends: literal('\t') }];
    case 'a':
      return among('u', namesOf(locale, ['DAYS_OF_WEEK_ABBREV', 'DAYS_OF_WEEK_FULL'], 0));
    case 'b':
      return among('m', namesOf(locale, ['MONTHS_ABBREV', 'MONTHS_FULL'], 1));
    case 'p':
      return among('p', [
        [lower('AM'), 0],
        [lower('PM'), 1],
      ]);
    case 's':
      return [gap, { ends: signedEnds, field: 's' }];
    case 'Q':
      return [{ ends: starEnds, field: 'Q' }];
    case 'z':
      return [{ ends: zoneEnds, field: 'z' }];
    default:
      return undefined;
  }
}

/** A format taken apart, and its fields in order. */
export interface Scanner {
  readonly atoms: readonly Atom[];
  readonly fields: string;
  readonly day: string;
  readonly time: string;
  readonly change: number;
}

/** Reads a format. */
export function readScanFormat(interp: Interp, format: string, locale: Locale): Scanner {
  interp.budget.charge(1000 + format.length * 64);
  const atoms: Atom[] = [{ ends: spaces(0) }];
  const pay = (names: readonly [string, Value][]): void => {
    for (const [name] of names) interp.budget.charge(name.length * (1 + name.length / 16));
  };
  const add = (texts: string): void => {
    for (const c of texts) atoms.push({ ends: literal(c) });
  };
  for (const m of expandGroups(format, locale, interp.budget)
    .replace(SPACES, ' ')
    .matchAll(/%([EO]?)([\s\S]?)|[\s\S]/g)) {
    const [whole, prefix, c = ''] = m;
    if (whole === ' ') atoms.push({ ends: spaces(1) });
    else if (prefix === undefined) add(whole);
    else {
      const found = conversion(prefix, c, locale, pay);
      if (found === undefined) add(whole);
      else atoms.push(...found);
    }
  }
  atoms.push({ ends: spaces(0) });
  const fields = atoms
    .map((a) => a.field ?? '')
    .join('')
    .replaceAll('Q', 's');
  return { atoms, fields, day: bestSet(DAY_SETS, fields), time: bestSet(TIME_SETS, fields), change: locale.change() };
}

/** Where each atom ends, or null when the text does not match. */
function match(interp: Interp, atoms: readonly Atom[], text: string): number[] | null {
  /** By atom: where it began, and the ends still to try. */
  const begun: number[] = [];
  const open: Places[] = [];
  /** A bit for each atom at each place from which there is no way on. Made when one is found. */
  let hopeless: Uint8Array | null = null;
  const place = (i: number): number => i * (text.length + 1) + begun[i]!;
  const giveUp = (i: number): void => {
    if (hopeless === null) {
      const bytes = Math.ceil((atoms.length * (text.length + 1)) / 8);
      interp.budget.allocate(bytes);
      hopeless = new Uint8Array(bytes);
    }
    hopeless[Math.floor(place(i) / 8)]! |= 1 << (place(i) % 8);
  };
  const isHopeless = (i: number): boolean => hopeless !== null && (hopeless[Math.floor(place(i) / 8)]! & (1 << (place(i) % 8))) !== 0;
  const nextEnd = (i: number): number | undefined => {
    const ends = open[i]!;
    if (Array.isArray(ends)) return ends.pop();
    return ends.high < ends.low ? undefined : ends.high--;
  };
  for (let i = 0, at: number | undefined = 0; ; i++) {
    if (i < atoms.length) {
      begun[i] = at;
      const atom = atoms[i]!;
      interp.budget.charge(4 + (atom.cost ?? 0));
      open[i] = isHopeless(i) ? [] : atom.ends(text, at);
    } else {
      if (at === text.length) return [...begun.slice(1), at];
      i--;
    }
    // Back to the last atom that may end elsewhere.
    for (at = nextEnd(i); at === undefined && i > 0; at = nextEnd(--i)) giveUp(i);
    if (at === undefined) return null;
  }
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
function fieldValue({ field, lookup }: Atom, text: string): Value {
  const value = lookup === undefined ? undefined : lookup.get(text);
  if (lookup !== undefined && value === undefined) {
    // Numerals are matched in any case, but known in their own.
    throw new TclError(`key "${text}" not known in dictionary`, ['TCL', 'LOOKUP', 'DICT', text]);
  }
  switch (field) {
    case 's':
      return wideField(text);
    case 'Q':
      return starSeconds(text);
    case 'u': {
      const day = Number(value ?? text);
      if (day > 7) throw new TclError('day of week is greater than 7', ['CLOCK', 'badDayOfWeek']);
      return day || 7;
    }
    case 'z':
      return /^[-+]/.test(text) ? text : legacyZone(lowerCase(text));
    default:
      return value ?? Number(text);
  }
}

/** A stardate: years since 1946, thousandths of the year and tenths of the day. */
function starSeconds(text: string): Value {
  const [, years, thousandths, tenth] = /([-+]?\d+)(\d\d\d)\.(\d)$/.exec(text)!;
  const year = Number(years) + 1946;
  const days = Math.trunc((Number(thousandths) * (isLeapYear(false, year, true) ? 366 : 365)) / 1000);
  return (dayOfYearDay(false, year, days + 1, 0) - 2440588) * 86400 + Number(tenth) * 8640;
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
  /** The zone of a name; undefined: the one given by the caller. */
  zone(name: string | undefined): Zone;
  moment(zone: Zone): Moment;
}

export function scanFormatted(interp: Interp, text: string, scanner: Scanner, base: ScanBase): Value {
  interp.budget.charge(200 + text.length);
  const { atoms, change } = scanner;
  const small = lowerCase(text);
  const ends = match(interp, atoms, small.length === text.length ? small : text);
  if (ends === null) throw new TclError('input string does not match supplied format', ['CLOCK', 'badInputString']);
  const values = new Map<string, Value>();
  for (const [i, atom] of atoms.entries()) {
    if (atom.field === undefined) continue;
    const from = atom.small ? small : text;
    values.set(atom.field === 'Q' ? 's' : atom.field, fieldValue(atom, from.slice(ends[i - 1] ?? 0, ends[i])));
  }
  const seconds = values.get('s');
  if (seconds !== undefined) return seconds;
  const zone = base.zone(values.get('z') as string | undefined);
  const number = (field: string): number => values.get(field) as number;
  const day = dayFrom(scanner.day, number, () => base.moment(zone), change);
  const second = secondFrom(scanner.time, number);
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
