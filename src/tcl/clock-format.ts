/**
 * `clock format`: a moment as a text. A format is read once for a locale, into pieces that are texts and functions of the moment.
 * Answers to clock.n and clock.tcl (ParseClockFormatFormat2).
 */
import { isLeapYear, plusSeconds } from './clock.ts';
import { expandGroups, type Locale } from './clock-locale.ts';
import type { Moment } from './clock-moment.ts';
import { numericZone } from './clock-zones.ts';
import type { Budget, Interp } from './command.ts';
import { formatValues } from './commands/format.ts';
import { elements } from './list.ts';
import { wideOf } from './number.ts';
import { upperCase } from './unicode.ts';
import { str, type Value } from './value.ts';

type Get = (m: Moment) => Value;

const hour = (m: Moment): number => Math.floor(m.second / 3600);
const hour12 = (m: Moment): number => ((hour(m) + 11) % 12) + 1;
const minute = (m: Moment): number => Math.floor(m.second / 60) % 60;
const weekday = (m: Moment): number => m.dayOfWeek % 7;
const pad = (v: Value, width: number, fill = '0'): string => String(v).padStart(width, fill);

function starDate(m: Moment): string {
  const day = Math.floor((1000 * (m.dayOfYear - 1)) / (isLeapYear(m.bce, m.year, m.gregorian) ? 366 : 365));
  return `Stardate ${pad(m.year - 1946, 2)}${pad(day, 3)}.${Math.floor(m.second / 8640)}`;
}

/** Numbers, with their width and what fills it. */
const NUMBERS = new Map<string, readonly [get: (m: Moment) => number, width: number, fill?: string]>(
  Object.entries({
    C: [(m: Moment) => Math.floor(m.year / 100), 2],
    d: [(m: Moment) => m.dayOfMonth, 2],
    e: [(m: Moment) => m.dayOfMonth, 2, ' '],
    g: [(m: Moment) => m.isoYear % 100, 2],
    G: [(m: Moment) => m.isoYear, 2],
    H: [hour, 2],
    I: [hour12, 2],
    j: [(m: Moment) => m.dayOfYear, 3],
    J: [(m: Moment) => m.julianDay, 7],
    k: [hour, 2, ' '],
    l: [hour12, 2, ' '],
    m: [(m: Moment) => m.month, 2],
    M: [minute, 2],
    N: [(m: Moment) => m.month, 2, ' '],
    S: [(m: Moment) => m.second % 60, 2],
    u: [(m: Moment) => m.dayOfWeek, 1],
    U: [(m: Moment) => Math.floor((m.dayOfYear - weekday(m) + 6) / 7), 2],
    V: [(m: Moment) => m.isoWeek, 2],
    w: [weekday, 1],
    W: [(m: Moment) => Math.floor((m.dayOfYear - m.dayOfWeek + 7) / 7), 2],
    y: [(m: Moment) => m.year % 100, 2],
    Y: [(m: Moment) => m.year, 4],
  } as const),
);

const PLAIN = new Map<string, Get>(
  Object.entries({
    Q: starDate,
    s: (m: Moment) => String(m.seconds),
    z: (m: Moment) => numericZone(m.offset),
    Z: (m: Moment) => m.zone.name(m.seconds),
  }),
);

/** Conversions that the locale has the words for: the message, and which of its words. */
const WORDS = new Map<string, readonly [key: string, index: (m: Moment) => number]>(
  Object.entries({
    a: ['DAYS_OF_WEEK_ABBREV', weekday],
    A: ['DAYS_OF_WEEK_FULL', weekday],
    b: ['MONTHS_ABBREV', (m: Moment) => m.month - 1],
    h: ['MONTHS_ABBREV', (m: Moment) => m.month - 1],
    B: ['MONTHS_FULL', (m: Moment) => m.month - 1],
  } as const),
);

/** The era of the locale in which a moment lies, and its year there. */
function eraOf(m: Moment, eras: readonly Value[]): [name: string, year: number] {
  const local = plusSeconds(m.seconds, m.offset);
  const era = eras.findLast((e) => wideOf(elements(e)[0] ?? '') <= local);
  if (era === undefined) return [pad(Math.floor(m.year / 100), 2), m.year % 100];
  const [, name = '', year = ''] = elements(era);
  return [str(name), m.year - Number(wideOf(year))];
}

/** What `%c`, `%Ec` or `%Oc` gives; undefined when there is no such conversion. */
function conversion(prefix: string, c: string, locale: Locale): Get | undefined {
  if (prefix === 'O') {
    const number = /[deHkIlmMSuwy]/.test(c) ? NUMBERS.get(c) : undefined;
    if (number === undefined) return undefined;
    const numerals = locale.list('LOCALE_NUMERALS');
    return (m) => numerals[number[0](m)] ?? '';
  }
  if (prefix === 'E') {
    if (c === 'E') {
      const [bce, ce] = [locale.text('BCE'), locale.text('CE')];
      return (m) => (m.bce ? bce : ce);
    }
    const eras = locale.list('LOCALE_ERAS');
    if (c === 'C') return (m) => eraOf(m, eras)[0];
    if (c !== 'y') return undefined;
    const numerals = locale.list('LOCALE_NUMERALS');
    return (m) => {
      const [, year] = eraOf(m, eras);
      return year >= 0 && year < 100 ? (numerals[year] ?? '') : year;
    };
  }
  const number = NUMBERS.get(c);
  if (number !== undefined) return (m) => pad(number[0](m), number[1], number[2]);
  const words = WORDS.get(c);
  if (words !== undefined) {
    const list = locale.list(words[0]);
    return (m) => list[words[1](m)] ?? '';
  }
  if (c === 'p' || c === 'P') {
    const halves = ['AM', 'PM'].map((key) => (c === 'p' ? upperCase(locale.text(key)) : locale.text(key)));
    return (m) => halves[m.second < 43200 ? 0 : 1]!;
  }
  return PLAIN.get(c);
}

/** What stands for itself. */
const LITERALS = new Map(Object.entries({ '': '%', '%': '%', n: '\n', t: '\t', E: '', O: '' }));

export interface Formatter {
  readonly change: number;
  format(interp: Interp, m: Moment): string;
}

/** Formats and texts that are longer are paid for: by the character of a format, and of a text that is made of short pieces. */
const LONG = 1000;
const PIECE_BYTES = 64;
const ROPE_BYTES = 16;

/** Reads a format. */
export function readFormat(format: string, locale: Locale, budget: Budget): Formatter {
  const expanded = expandGroups(format, locale, budget);
  if (expanded.length > LONG) budget.allocate(PIECE_BYTES * expanded.length);
  const pieces: (string | Get)[] = [];
  let last = 0;
  let odd = false;
  for (const m of expanded.matchAll(/%([EO]?)([\s\S]?)/g)) {
    const [whole, prefix = '', c = ''] = m;
    if (m.index > last) pieces.push(expanded.slice(last, m.index));
    last = m.index + whole.length;
    // Alone at the end, a prefix is dropped.
    const piece = LITERALS.get(prefix + c) ?? conversion(prefix, c, locale);
    odd ||= piece === undefined && c === '%';
    pieces.push(piece ?? `%${prefix}${c}`);
  }
  pieces.push(expanded.slice(last));
  const cost = 100 + pieces.length * 8 + expanded.length / 16;
  const plainly: Formatter['format'] = (interp, m) => {
    interp.budget.charge(cost);
    let text = '';
    let paid = LONG;
    for (const piece of pieces) {
      text += typeof piece === 'string' ? piece : str(piece(m));
      if (text.length < paid) continue;
      interp.budget.allocate(ROPE_BYTES * text.length);
      paid = 2 * text.length;
    }
    return text;
  };
  return { change: locale.change(), format: odd ? throughFormat(pieces) : plainly };
}

/** A percent sign after `%E` or `%O` is for `format` to read together with what follows, as in Tcl. */
function throughFormat(pieces: readonly (string | Get)[]): Formatter['format'] {
  const spec = pieces.map((p) => (typeof p !== 'string' ? '%s' : /^%[EO]%$/.test(p) ? `%${p}` : p.replaceAll('%', '%%'))).join('');
  return (interp, m) => {
    interp.budget.charge(pieces.length * 32);
    return formatValues(
      interp,
      spec,
      pieces.flatMap((p) => (typeof p === 'string' ? [] : p(m))),
    );
  };
}
