/**
 * `clock scan` without a format: dates and times as people write them, and words such as `next monday` or `2 weeks ago`.
 * Where the grammar leaves a choice, the reader goes on with what it is in, as yacc does, and never turns back.
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
 * A token: its kind, and what it says. Number `U`, number of six digits or more `I` (three numbers), month `M`, weekday `D`, unit `u` (how
 * many, of what), zone `Z` (minutes west), zone in daylight saving time `Y`, `dst` `T`, `am` and `pm` `p`, `next` `N`, `ago` `A`, `epoch` `E`
 * (its date), `stardate` `S`, none of them `?`, a sign of its own, empty at the end.
 */
export type Token = readonly [kind: string, ...says: number[]];

/** What a unit counts. */
export const SECONDS = 0;
export const DAY = 1;
const MONTH = 2;

export const WORDS = new Map<string, Token>([
  ...MONTHS.map((name, i): [string, Token] => [name.toLowerCase(), ['M', i + 1]]),
  ...DAYS.map((name, i): [string, Token] => [name.toLowerCase(), ['D', i]]),
  ...(
    'sept M 9,tues D 2,wednes D 3,thur D 4,thurs D 4,am p 0,a.m. p 0,pm p 1,p.m. p 1,year u 12 2,month u 1 2,fortnight u 14 1,week u 7 1,' +
    'day u 1 1,hour u 3600 0,minute u 60 0,min u 60 0,second u 1 0,sec u 1 0,tomorrow u 1 1,yesterday u -1 1,today u 0 1,now u 0 0,' +
    'last U -1,next N 1,ago A 0,epoch E 1970 1 1,stardate S 0,dst T 0'
  )
    .split(',')
    .map((entry): [string, Token] => {
      const [name, kind, ...says] = entry.split(' ');
      return [name!, [kind!, ...says.map(Number)]];
    }),
]);

/** Of half hours only the whole ones count, as C divides. */
function zoneToken(name: string): Token | undefined {
  const zone = name === 'eest' ? undefined : zoneWord(name);
  return zone && [zone.daylight ? 'Y' : 'Z', Math.trunc(zone.hours) * -60];
}

/** Zones of one letter, of which T also parts date and time, are marked so. */
const LETTER = 6000;
const T = 7 * 60 + LETTER;

function wordToken(letters: string): Token {
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
  if (/.s$/.test(word)) {
    word = word.slice(0, -1);
    const single = WORDS.get(word);
    if (single !== undefined && !/[MDpT]/.test(single[0])) return single;
  }
  const letter = letterZone(word);
  if (letter !== undefined) return ['Z', letter.hours * -60 + LETTER];
  return (word.includes('.') && zoneToken(word.replaceAll('.', ''))) || ['?'];
}

/** A long number, as 64 bits hold it, is a date or a time without signs between. */
function numberToken(digits: string): Token {
  if (digits.length < 6) return ['U', Number(digits)];
  const n = BigInt.asIntN(64, BigInt(digits.slice(-64)));
  return ['I', Number(n / 10000n), Number((n % 10000n) / 100n), Number(n % 100n)];
}

/**
 * All that may be said, by the kinds of its tokens, and where what they say goes: year `y`, month `o`, day `d`, hour `h`, minute `i`, second
 * `s`, half of the day `p`, sign `g`, number `k`, weekday `w`, how many `u` of what `b`, zone `z`, what must be T `t`.
 */
const FORMS = new Map(
  (
    'Up hp|U:U h.i|U:Up h.ip|U:U:U h.i.s|U:U:Up h.i.sp|Z z|ZT z|Y z|-U gk|+U gk|D w|D, w|UD kw|-UD gkw|+UD gkw|ND .w|U/U o.d|U/U/U o.d.y|I yod|' +
    'U-M-U d.o.y|U-U-U y.o.d|MU od|MU,U od.y|UM do|E yod|UMU doy|NM .o|NUM .ko|U-U-UZU:U:U y.o.dth.i.s|IZI yodthis|IZU:U:U yodth.i.s|II yodhis|' +
    'SU.U .k.h|u ub|Uu kub|-Uu gkub|+Uu gkub|Nu kub|NUu .kub|uA ub|UuA kub|-UuA gkub|+UuA gkub|NuA kub|NUuA .kub|U k'
  )
    .split('|')
    .map((form) => form.split(' ') as [string, string]),
);
const KINDS = [...FORMS.keys()];

/** What was found. Counts say how often, since most may come once. */
interface Found {
  /** Numbers, by where they go. */
  readonly n: Record<'y' | 'o' | 'd' | 'h' | 'i' | 's' | 'p' | 'g' | 'k' | 'w' | 'u' | 'b' | 'z' | 't', number>;
  dates: number;
  times: number;
  zones: number;
  weekdays: number;
  months: number;
  relatives: number;
  /** Minutes east. */
  east: number;
  /** Which of the weekdays or months. */
  weekday: number;
  month: number;
  /** Seconds, days and months to add. */
  readonly relative: [number, number, number];
}

/** Takes in one thing said. `digits`: of the last number read. */
function take(f: Found, form: string, says: readonly number[], digits: number): void {
  const { n, relative } = f;
  const to = FORMS.get(form)!;
  const has = (place: string): boolean => to.includes(place);
  Object.assign(n, { g: 1, k: 1 }, has('h') && { i: 0, s: 0, p: 2 });
  for (const [i, place] of [...to].entries()) if (place !== '.') n[place as keyof Found['n']] = says[i]!;
  if (has('t') && n.t !== T) throw new TclError('');
  if (has('h')) f.times++;
  if (has('d')) f.dates++;
  if (has('w')) {
    f.weekday = form === 'ND' ? 2 : n.g * n.k;
    f.weekdays++;
  } else if (has('b')) {
    relative[n.b]! += n.g * n.k * n.u;
    if (form.endsWith('A')) for (const i of relative.keys()) relative[i]! *= -1;
    f.relatives++;
  } else if (has('z')) {
    f.east = (form === 'Z' ? 0 : 60) - (n.z > 720 ? n.z - LETTER : n.z);
    f.zones++;
  } else if (has('g')) {
    f.east = n.g * ((n.k % 100) + Math.trunc(n.k / 100) * 60);
    f.zones++;
  } else if (form.startsWith('N')) {
    f.month = n.k;
    f.months++;
  } else if (form === 'U') plainNumber(f, digits);
  else if (form === 'SU.U') starDate(f);
}

function plainNumber(f: Found, digits: number): void {
  const { n } = f;
  if (f.times && f.dates && !f.relatives) n.y = n.k;
  else {
    const [h, i] = digits <= 2 ? [n.k, 0] : [Math.trunc(n.k / 100), n.k % 100];
    Object.assign(n, { h, i, s: 0, p: 2 });
    f.times++;
  }
}

function starDate(f: Found): void {
  const { n, relative } = f;
  Object.assign(n, { y: Math.trunc(n.k / 1000) + 1946, o: 1, d: 1 });
  relative[DAY]! += Math.trunc(((n.k % 1000) * (365 + Number(isLeapYear(false, n.y, true)))) / 1000);
  relative[SECONDS]! += n.h * 8640;
  n.h = 0;
  f.dates++;
  f.relatives++;
}

/** Space, and what may follow it. */
const LEXEME = /[\t-\r ]*(?:([0-9]+)|([a-z][a-z.]*)|([\s\S]?))/iy;

/** Reads `text` into what is known already. Throws what is wrong. */
function parse(text: string, f: Found): void {
  let at = 0;
  /** The last token's first and last place, and digits of the last number. */
  let from = 0;
  let to = 0;
  let digits = 0;
  /** After the opening parenthesis. False when none closes it. */
  const skipComment = (): boolean => {
    for (let depth = 1; depth > 0; at++) {
      if (at === text.length) return false;
      depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
    }
    return true;
  };
  const next = (): Token => {
    from = at;
    for (;;) {
      LEXEME.lastIndex = at;
      const [all, number, word, sign] = LEXEME.exec(text)!;
      at += all.length;
      to = at - 1;
      if (number !== undefined) {
        digits = number.length;
        return numberToken(number);
      }
      if (word !== undefined) return wordToken(word);
      if (sign === '' || (sign === '(' && !skipComment())) {
        to = at;
        return [''];
      }
      // What is not ASCII ends the text: a negative C char is taken for its end.
      if (sign !== '(') return [sign! > '\x7f' ? '' : sign!, sign === '-' ? -1 : 1];
    }
  };
  const column = (i: number): number => utf8Length(text.slice(0, i));
  const begins = (form: string): boolean => KINDS.some((kinds) => kinds.startsWith(form));
  let form = '';
  let says: number[] = [];
  for (;;) {
    const [kind, ...more] = next();
    const over = kind === '' || !begins(form + kind);
    if (over && FORMS.has(form)) {
      take(f, form, says, digits);
      form = '';
      says = [];
    }
    if (over && form === '' && kind === '') return;
    form += kind;
    says.push(...more);
    if (kind === '' || !begins(form)) throw new TclError(`syntax error (characters ${column(from)}-${column(to)})`);
  }
}

const ONCE = [
  ['dates', 'date'],
  ['times', 'time of day'],
  ['zones', 'time zone'],
  ['weekdays', 'weekday'],
  ['months', 'ordinal month'],
] as const;

function read(text: string, now: Moment): Found {
  const n = { y: now.year, o: now.month, d: now.dayOfMonth, h: 0, i: 0, s: 0, p: 2, g: 1, k: 1, w: 0, u: 0, b: 0, z: 0, t: 0 };
  const found: Found = {
    n,
    dates: 0,
    times: 0,
    zones: 0,
    weekdays: 0,
    months: 0,
    relatives: 0,
    east: 0,
    weekday: 0,
    month: 0,
    relative: [0, 0, 0],
  };
  try {
    parse(text, found);
    for (const [count, what] of ONCE) if (found[count] > 1) throw new TclError(`more than one ${what} in string`);
  } catch (e) {
    throw new TclError(`unable to convert date-time string "${text}": ${(e as TclError).message}`);
  }
  return found;
}

/** The second of the day, by the half of the day or none (2). A time that does not exist is the second before the day, as in Tcl. */
function secondOf({ h, i, s, p }: Found['n']): number {
  if (Math.min(i, s) < 0 || Math.max(i, s) > 59 || (p === 2 ? h < 0 || h > 23 : h < 1 || h > 12)) return -1;
  return ((p === 2 ? h : (h % 12) + 12 * p) * 60 + i) * 60 + s;
}

/** `clock scan TEXT` at the time `now`. */
export function scanFree(interp: Interp, text: string, now: Moment): Value {
  interp.budget.charge(1000 + text.length * 100);
  const found = read(text, now);
  const { n, relative } = found;
  const zone = found.zones ? zoneOf(numericZone(found.east * 60)) : now.zone;
  const year = n.y | 0;
  const date = found.dates ? { bce: false, year: year < 100 ? year + (year < 39 ? 2000 : 1900) : year, month: n.o, dayOfMonth: n.d } : now;
  const atMidnight = found.dates || found.weekdays || found.months || relative[MONTH] || relative[DAY];
  const second = found.times ? secondOf(n) : atMidnight ? 0 : now.second;
  let seconds: Value = secondsAt(dayOfDate(date, ENGLISH_CHANGE), second, zone);
  if (found.relatives) {
    seconds = addMonths(seconds, relative[MONTH]! | 0, zone, ROMAN_CHANGE);
    seconds = add(addDays(seconds, relative[DAY]! | 0, zone, ROMAN_CHANGE), relative[SECONDS]! | 0);
  }
  if (found.weekdays && !found.dates) {
    const day = weekdayOnOrBefore(n.w, momentOf(seconds, zone, ENGLISH_CHANGE).julianDay + 6);
    seconds = secondsAt(day + 7 * (found.weekday - (found.weekday > 0 ? 1 : 0)), second, zone);
  }
  if (found.months) {
    const sign = found.month > 0 ? 1 : -1;
    // The month comes within a year, or in twelve months when it is this one. Backwards, Tcl counts as many.
    const months = ((n.o - date.month + 11) % 12) + 1;
    seconds = addMonths(seconds, 12 * (found.month - sign), zone, ROMAN_CHANGE);
    seconds = addMonths(seconds, sign * months, zone, ROMAN_CHANGE);
  }
  return seconds;
}
