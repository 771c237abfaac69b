/**
 * `clock scan` without a format: dates and times as people write them, and words such as `next monday` or `2 weeks ago`.
 * Where the grammar leaves a choice, the parser goes on with what it is in, as yacc does, and never turns back.
 * Answers to tclGetDate.y and clock.tcl (FreeScan).
 */
import { add } from './arith.ts';
import { dayOfDate, ENGLISH_CHANGE, isLeapYear, ROMAN_CHANGE, weekdayOnOrBefore } from './clock.ts';
import { addDays, addMonths, type Moment, momentOf, secondsAt } from './clock-moment.ts';
import { DAYS, letterZone, MONTHS, zoneWord } from './clock-words.ts';
import { numericZone, zoneOf } from './clock-zones.ts';
import type { Interp } from './command.ts';
import { TclError } from './errors.ts';
import { utf8Length } from './utf8.ts';
import type { Value } from './value.ts';

/**
 * What a token is: number `U`, number of six digits or more `I`, month `M`, weekday `D`, units of seconds, days and months `s` `d` `m`, zone
 * `Z`, zone in daylight saving time `Y`, `dst` `T`, `am` and `pm` `p`, `next` `N`, `ago` `A`, `epoch` `E`, `stardate` `S`, a sign of its own,
 * empty at the end.
 */
type Word = readonly [kind: string, value: number];

const WORDS = new Map<string, Word>([
  ...MONTHS.map((name, i): [string, Word] => [name.toLowerCase(), ['M', i + 1]]),
  ...DAYS.map((name, i): [string, Word] => [name.toLowerCase(), ['D', i]]),
  ...(
    'sept M9,tues D2,wednes D3,thur D4,thurs D4,am p0,a.m. p0,pm p1,p.m. p1,year m12,month m1,fortnight d14,week d7,day d1,hour s3600,' +
    'minute s60,min s60,second s1,sec s1,tomorrow d1,yesterday d-1,today d0,now s0,last U-1,next N1,ago A1,epoch E0,stardate S0,dst T0'
  )
    .split(',')
    .map((entry): [string, Word] => {
      const [name, word] = entry.split(' ');
      return [name!, [word![0]!, Number(word!.slice(1))]];
    }),
]);

/** Minutes west. Of half hours only the whole ones count, as C divides. */
function zoneToken(name: string): Word | undefined {
  const zone = name === 'eest' ? undefined : zoneWord(name);
  return zone && [zone.daylight ? 'Y' : 'Z', Math.trunc(zone.hours) * -60 + 0];
}

/** The letter T, which parts date and time, is a zone elsewhere. */
const T: Word = ['Z', 420];

function lookUp(letters: string): Word | undefined {
  let word = letters.slice(0, 19).toLowerCase();
  const half = WORDS.get(word);
  if (half?.[0] === 'p') return half;
  const short = /^(...)\.?$/.exec(word)?.[1];
  if (short !== undefined) {
    for (const [name, found] of WORDS) if (/[MD]/.test(found[0]) && name.startsWith(short)) return found;
    word = short;
  }
  const found = WORDS.get(word) ?? zoneToken(word);
  if (found !== undefined) return found;
  if (word.length > 1 && word.endsWith('s')) {
    word = word.slice(0, -1);
    const single = WORDS.get(word);
    if (single !== undefined && !/[MDpT]/.test(single[0])) return single;
  }
  if (word === 't') return T;
  const military = letterZone(word);
  if (military !== undefined) return ['Z', military.hours * -60 + 0];
  return word.includes('.') ? zoneToken(word.replaceAll('.', '')) : undefined;
}

/** What was found. Counts say how often, since each may come once. */
interface Found {
  year: number;
  month: number;
  day: number;
  dates: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 am, 1 pm, 2 neither. */
  half: number;
  times: number;
  /** Minutes east. */
  zone: number;
  zones: number;
  /** Months, days and seconds to add. */
  relative: { m: number; d: number; s: number };
  relatives: number;
  weekday: number;
  weekdayOrdinal: number;
  weekdays: number;
  ordinalMonth: number;
  ordinalMonths: number;
}

const SPACE = /[\t-\r ]*/y;
const NUMBER = /[0-9]+/y;
const WORD = /[a-z][a-z.]*/iy;

/** Reads `text` into what is known already. Throws what is wrong. */
function parse(text: string, f: Found): void {
  let at = 0;
  let kind = '';
  let value = 0;
  /** Of a long number, which need not fit. */
  let digits = '';
  let letters = '';
  let from = 0;
  let to = 0;

  const take = (re: RegExp): string => {
    re.lastIndex = at;
    const m = re.exec(text);
    if (m === null) return '';
    at += m[0].length;
    return m[0];
  };
  const skip = (): void => {
    take(SPACE);
    for (; text[at] === '('; take(SPACE)) {
      let depth = 0;
      do {
        if (at === text.length) return;
        if (text[at] === '(') depth++;
        if (text[at] === ')') depth--;
        at++;
      } while (depth > 0);
    }
  };
  /** Goes on to the next token, and gives the value of the last. */
  const next = (): number => {
    const last = value;
    from = at;
    skip();
    const number = take(NUMBER);
    letters = number === '' ? take(WORD) : '';
    to = at - 1;
    if (number !== '') {
      digits = number;
      kind = number.length < 6 ? 'U' : 'I';
      value = Number(number);
    } else if (letters !== '') {
      [kind, value] = lookUp(letters) ?? ['?', 0];
    } else {
      to = at;
      kind = text[at] ?? '';
      // What is not ASCII ends the text: a negative C char is taken for its end.
      if (kind > '\x7f') kind = '';
      at++;
    }
    return last;
  };
  const fail = (): never => {
    const column = (i: number): number => utf8Length(text.slice(0, i));
    throw new TclError(`syntax error (characters ${column(from)}-${column(to)})`);
  };
  const expect = (wanted: string): number => (kind === wanted ? next() : fail());
  const accept = (wanted: string): boolean => {
    if (kind !== wanted) return false;
    next();
    return true;
  };
  const setDate = (year: number, month: number, day: number): void => {
    f.year = year;
    f.month = month;
    f.day = day;
  };
  const setTime = (hour: number, minute: number, second: number, half = f.half): void => {
    f.hour = hour;
    f.minute = minute;
    f.second = second;
    f.half = half;
    f.times++;
  };
  const weekday = (ordinal: number): void => {
    f.weekdayOrdinal = ordinal;
    f.weekday = expect('D');
    f.weekdays++;
  };
  const zone = (east: number): void => {
    f.zone = east;
    f.zones++;
  };
  const is = (wanted: string): boolean => kind === wanted;
  const isUnit = (): boolean => /[mds]/.test(kind);
  const relative = (n: number): void => {
    const unit = kind as 'm' | 'd' | 's';
    f.relative[unit] += n * next();
    if (accept('A')) for (const part of ['m', 'd', 's'] as const) f.relative[part] *= -1;
    f.relatives++;
  };
  /** The last two, the two before and the rest of the digits of a long number. */
  const splitLong = (): readonly [number, number, number] => {
    if (!is('I')) fail();
    const n = BigInt.asIntN(64, BigInt(digits.slice(-64)));
    next();
    return [Number(n / 10000n), Number((n % 10000n) / 100n), Number(n % 100n)];
  };
  const clock = (hour: number): void => {
    expect(':');
    const minute = expect('U');
    setTime(hour, minute, accept(':') ? expect('U') : 0, kind === 'p' ? next() : 2);
  };
  /** The time after a date and the T, which has seconds but no half of the day. */
  const isoTime = (isT: boolean): void => {
    const hour = expect('U');
    expect(':');
    const minute = expect('U');
    expect(':');
    // The last number is taken unread: a bad letter is complained of first.
    if (kind !== 'U') fail();
    if (!isT) throw new TclError('');
    setTime(hour, minute, next());
  };

  const afterNumber = (n: number): void => {
    if (kind === 'p') return setTime(n, 0, 0, next());
    if (kind === ':') return clock(n);
    if (kind === 'D') return weekday(n);
    if (isUnit()) return relative(n);
    if (accept('/')) {
      const day = expect('U');
      setDate(accept('/') ? expect('U') : f.year, n, day);
    } else if (accept('-')) {
      dashed(n);
      return;
    } else if (kind === 'M') {
      const month = next();
      setDate(is('U') ? next() : f.year, month, n);
    } else {
      plainNumber(n);
      return;
    }
    f.dates++;
  };
  const dashed = (n: number): void => {
    f.dates++;
    const named = kind === 'M';
    const second = named ? next() : expect('U');
    expect('-');
    const third = expect('U');
    if (named) return setDate(third, second, n);
    setDate(n, second, third);
    if (kind !== 'Z') return;
    const isT = isLetterT();
    next();
    isoTime(isT);
  };
  const isLetterT = (): boolean => lookUp(letters) === T;
  const plainNumber = (n: number): void => {
    if (f.times && f.dates && !f.relatives) f.year = n;
    else if (digits.length <= 2) setTime(n, 0, 0, 2);
    else setTime(Math.trunc(n / 100), n % 100, 0, 2);
  };
  const long = (): void => {
    setDate(...splitLong());
    f.dates++;
    if (kind === 'Z') {
      const isT = isLetterT();
      next();
      if (is('U')) return isoTime(isT);
      if (!is('I')) fail();
      if (!isT) throw new TclError('');
      setTime(...splitLong());
    } else if (kind === 'I') setTime(...splitLong());
  };
  const signed = (sign: number): void => {
    next();
    const n = expect('U');
    if (kind === 'D') weekday(sign * n);
    else if (isUnit()) relative(sign * n);
    else zone(sign * ((n % 100) + Math.trunc(n / 100) * 60));
  };
  const afterNext = (): void => {
    next();
    if (kind === 'D') return weekday(2);
    const many = kind === 'U';
    const n = many ? next() : 1;
    if (isUnit()) return relative(n);
    f.ordinalMonth = n;
    f.month = expect('M');
    f.ordinalMonths++;
  };
  const starDate = (): void => {
    next();
    const n = expect('U');
    expect('.');
    const tenth = expect('U');
    setDate(Math.trunc(n / 1000) + 1946, 1, 1);
    f.relative.d += Math.trunc(((n % 1000) * (365 + Number(isLeapYear(false, f.year, true)))) / 1000);
    f.relative.s += tenth * 8640;
    f.times++;
    f.dates++;
    f.relatives++;
  };
  const item = (): void => {
    switch (kind) {
      case 'U':
        return afterNumber(next());
      case 'I':
        return long();
      case 'M': {
        const month = next();
        const day = expect('U');
        setDate(accept(',') ? expect('U') : f.year, month, day);
        f.dates++;
        return;
      }
      case 'D':
        weekday(1);
        accept(',');
        return;
      case 'Z': {
        const west = next();
        return zone((accept('T') ? 60 : 0) - west);
      }
      case 'Y':
        return zone(60 - next());
      case '-':
      case '+':
        return signed(kind === '-' ? -1 : 1);
      case 'm':
      case 'd':
      case 's':
        return relative(1);
      case 'N':
        return afterNext();
      case 'E':
        next();
        setDate(1970, 1, 1);
        f.dates++;
        return;
      case 'S':
        return starDate();
      default:
        fail();
    }
  };
  for (next(); kind !== ''; ) item();
}

const ONCE = [
  ['dates', 'date'],
  ['times', 'time of day'],
  ['zones', 'time zone'],
  ['weekdays', 'weekday'],
  ['ordinalMonths', 'ordinal month'],
] as const;

function read(text: string, now: Moment): Found {
  const found: Found = {
    year: now.year,
    month: now.month,
    day: now.dayOfMonth,
    dates: 0,
    hour: 0,
    minute: 0,
    second: 0,
    half: 2,
    times: 0,
    zone: 0,
    zones: 0,
    relative: { m: 0, d: 0, s: 0 },
    relatives: 0,
    weekday: 0,
    weekdayOrdinal: 0,
    weekdays: 0,
    ordinalMonth: 0,
    ordinalMonths: 0,
  };
  try {
    parse(text, found);
    for (const [count, what] of ONCE) if (found[count] > 1) throw new TclError(`more than one ${what} in string`);
  } catch (e) {
    throw new TclError(`unable to convert date-time string "${text}": ${(e as TclError).message}`);
  }
  return found;
}

/** The second of the day. A time that does not exist is the second before the day, as in Tcl. */
function secondOf({ hour, minute, second, half }: Found): number {
  if (minute > 59 || minute < 0 || second > 59 || (half === 2 ? hour < 0 || hour > 23 : hour < 1 || hour > 12)) return -1;
  return ((half === 2 ? hour : (hour % 12) + 12 * half) * 60 + minute) * 60 + second;
}

/** `clock scan TEXT` at the time `now`. */
export function scanFree(interp: Interp, text: string, now: Moment): Value {
  interp.budget.charge(1000 + text.length * 32);
  const found = read(text, now);
  const { relative } = found;
  const zone = found.zones ? zoneOf(numericZone(found.zone * 60)) : now.zone;
  let date = { bce: now.bce, year: now.year, month: now.month, dayOfMonth: now.dayOfMonth };
  if (found.dates) {
    const year = found.year | 0;
    date = { bce: false, year: year < 100 ? year + (year < 39 ? 2000 : 1900) : year, month: found.month, dayOfMonth: found.day };
  }
  const atMidnight = found.dates || found.weekdays || found.ordinalMonths || relative.m || relative.d;
  const second = found.times ? secondOf(found) : atMidnight ? 0 : now.second;
  let seconds: Value = secondsAt(dayOfDate(date, ENGLISH_CHANGE), second, zone);
  if (found.relatives) {
    seconds = addDays(addMonths(seconds, relative.m | 0, zone, ROMAN_CHANGE), relative.d | 0, zone, ROMAN_CHANGE);
    seconds = add(seconds, relative.s | 0);
  }
  if (found.weekdays && !found.dates) {
    const day = weekdayOnOrBefore(found.weekday, momentOf(seconds, zone, ENGLISH_CHANGE).julianDay + 6);
    const weeks = found.weekdayOrdinal - (found.weekdayOrdinal > 0 ? 1 : 0);
    seconds = secondsAt(day + 7 * weeks, second, zone);
  }
  if (found.ordinalMonths) {
    const sign = found.ordinalMonth > 0 ? 1 : -1;
    // The month comes within a year, or in twelve months when it is this one. Backwards, Tcl counts as many.
    const months = ((found.month - date.month + 11) % 12) + 1;
    seconds = addMonths(seconds, 12 * (found.ordinalMonth - sign), zone, ROMAN_CHANGE);
    seconds = addMonths(seconds, sign * months, zone, ROMAN_CHANGE);
  }
  return seconds;
}
