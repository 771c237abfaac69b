/**
 * The words and formats of a locale for `clock`: what a script has put into the message catalog of `::tcl::clock`, then what the platform's Intl
 * knows of the language, then Tcl's root locale. Tcl carries some 120 files of messages instead, so abbreviations, eras, `am` and the formats of dates
 * may differ from them where CLDR does. Answers to clock.tcl (Initialize, EnterLocale, LocalizeFormat) and library/msgs.
 */

import { ENGLISH_CHANGE, ROMAN_CHANGE } from './clock.ts';
import { DAYS, MONTHS } from './clock-words.ts';
import type { Budget, Interp } from './command.ts';
import { keptUntilCensus } from './kept.ts';
import { dictOf, elements } from './list.ts';
import { smallIntOf } from './number.ts';
import { keyOf, str, type Value } from './value.ts';

export interface Locale {
  /** In small letters; never `current` or `system`. */
  readonly name: string;
  text(key: string): string;
  list(key: string): readonly Value[];
  /** The day of the change to the Gregorian calendar. */
  change(): number;
}

const TIME = '%H:%M:%S';
const DATE = '%m/%d/%Y';
const BOTH = `%a %b %e ${TIME} %Y`;
const two = (n: number): string => String(n).padStart(2, '0');
const TO_99 = Array.from({ length: 100 }, (_, i) => i);
const short = (names: readonly string[]): string => names.map((name) => name.slice(0, 3)).join(' ');

const ROOT = new Map<string, string>(
  Object.entries({
    AM: 'am',
    PM: 'pm',
    BCE: 'B.C.E.',
    CE: 'C.E.',
    DATE_FORMAT: DATE,
    DATE_TIME_FORMAT: BOTH,
    DAYS_OF_WEEK_ABBREV: short(DAYS),
    DAYS_OF_WEEK_FULL: DAYS.join(' '),
    GREGORIAN_CHANGE_DATE: String(ROMAN_CHANGE),
    LOCALE_DATE_FORMAT: DATE,
    LOCALE_DATE_TIME_FORMAT: BOTH,
    LOCALE_ERAS: '',
    LOCALE_NUMERALS: TO_99.map(two).join(' '),
    LOCALE_TIME_FORMAT: TIME,
    LOCALE_YEAR_FORMAT: '%EC%Ey',
    MONTHS_ABBREV: short(MONTHS),
    MONTHS_FULL: MONTHS.join(' '),
    TIME_FORMAT: TIME,
    TIME_FORMAT_12: '%I:%M:%S %P',
    TIME_FORMAT_24: '%H:%M',
    TIME_FORMAT_24_SECS: TIME,
  }),
);

/** When the nations changed their calendar, by language or country. */
const CHANGES = new Map(
  `${ENGLISH_CHANGE} en,2299227 fr,2299238 fr_be nl_be,2299527 de_at,2301004 hu,2342032 de_de nb nn no da,2342165 nl,2361342 fr_ch it_ch de_ch,2361390 sv,2421639 ru,2422063 ro,2423480 el`
    .split(',')
    .flatMap((row) => {
      const [day, ...names] = row.split(' ');
      return names.map((name): [string, string] => [name, day!]);
    }),
);

const KANJI = '〇一二三四五六七八九';
/** Twenties and thirties beyond the round number are written short. */
const chinese = (n: number): string => {
  const tens = Math.floor(n / 10);
  const unit = n % 10 === 0 && n > 0 ? '' : KANJI[n % 10]!;
  if (tens === 0) return unit;
  return `${tens === 1 ? '' : unit && tens < 4 ? ' 廿卅'[tens - 1] : KANJI[tens]}${unit && /[23]/.test(String(tens)) ? '' : '十'}${unit}`;
};

/** The native ways of writing that Intl has no format for. */
const NATIVE = new Map<string, (key: string) => string | undefined>(
  Object.entries({
    ja: {
      DATE: '%EY年%m月%d日',
      TIME: '%H時%M分%S秒',
      DATE_TIME: '%EY年%m月%d日 (%a) %H時%M分%S秒 %z',
      ERAS: '{-9223372036854775808 西暦 0} {-3061011600 明治 1867} {-1812186000 大正 1911} {-1357635600 昭和 1925} {600220800 平成 1988} {1556668800 令和 2018}',
    },
    ko: { DATE: '%Y년%B%Od일', TIME: '%H시%M분%S초', DATE_TIME: '%A %Y년%B%Od일%H시%M분%S초 %z' },
    zh: {
      NUMERALS: TO_99.map(chinese).join(' '),
      DATE: '公元%Y年%B%Od日',
      TIME: '%OH时%OM分%OS秒',
      DATE_TIME: '%A %Y年%B%Od日%OH时%OM分%OS秒 %z',
    },
  }).map(([language, texts]) => {
    const known = new Map<string, string>(Object.entries(texts));
    return [language, (key) => known.get(key.replace(/^LOCALE_|_FORMAT$/g, ''))];
  }),
);

// ---- What Intl knows

/** A Tuesday afternoon, the fourth of March 2003. */
const SAMPLE = 1046790367000;
const DAY = 86_400_000;

/** Conversions by the kinds of parts that Intl takes a date or time apart into. */
const CONVERSIONS = new Map(
  Object.entries({ day: '%d', month: '%m', year: '%Y', hour: '%H', minute: '%M', second: '%S', dayPeriod: '%P' }),
);

type Options = Parameters<typeof Intl.DateTimeFormat>[1];

function parts(tag: string, options: Options, time: number): Intl.DateTimeFormatPart[] {
  return new Intl.DateTimeFormat(tag, { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn', ...options }).formatToParts(time);
}

function partOf(tag: string, type: string, options: Options, time = SAMPLE): string {
  return parts(tag, options, time).find((p) => p.type === type)?.value ?? '';
}

function formatOf(tag: string, options: Options): string {
  const all = parts(tag, options, SAMPLE);
  const half = all.some((p) => p.type === 'dayPeriod');
  return all
    .map((p) => (half && p.type === 'hour' ? '%I' : (CONVERSIONS.get(p.type) ?? p.value.replaceAll('\u202f', ' ').replaceAll('%', '%%'))))
    .join('');
}

const TIME_PARTS = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

const quoted = (words: readonly string[]): string => words.map((word) => `{${word}}`).join(' ');
const weekdays = (tag: string, weekday: 'short' | 'long'): string =>
  quoted(DAYS.map((_, i) => partOf(tag, 'weekday', { weekday }, SAMPLE + (i - 2) * DAY)));
const months = (tag: string, month: 'short' | 'long'): string =>
  quoted(
    MONTHS.map((_, i) =>
      parts(tag, { month }, Date.UTC(2003, i, 4))
        .map((p) => p.value)
        .join(''),
    ),
  );
/** Where a language has no words of its own, Intl has English ones, and we those of the root. */
const own = (word: string): string => (/^(?:AD|BC|[AP]M)$/i.test(word) ? '' : word);
const half = (tag: string, hour: number): string => own(partOf(tag, 'dayPeriod', { hour: 'numeric', hour12: true }, hour * 3_600_000));
const era = (tag: string, time: number): string => own(partOf(tag, 'era', { era: 'short', year: 'numeric' }, time));

const FROM_INTL = new Map<string, (tag: string) => string>(
  Object.entries({
    AM: (tag: string) => half(tag, 9),
    PM: (tag: string) => half(tag, 15),
    BCE: (tag: string) => era(tag, -1e14),
    CE: (tag: string) => era(tag, SAMPLE),
    DATE_FORMAT: (tag: string) => formatOf(tag, { year: 'numeric', month: '2-digit', day: '2-digit' }),
    DATE_TIME_FORMAT: () => '%x %X %z',
    DAYS_OF_WEEK_ABBREV: (tag: string) => weekdays(tag, 'short'),
    DAYS_OF_WEEK_FULL: (tag: string) => weekdays(tag, 'long'),
    MONTHS_ABBREV: (tag: string) => months(tag, 'short'),
    MONTHS_FULL: (tag: string) => months(tag, 'long'),
    TIME_FORMAT: (tag: string) => formatOf(tag, TIME_PARTS),
    TIME_FORMAT_12: (tag: string) => formatOf(tag, { ...TIME_PARTS, hour12: true }),
  }),
);

/** The platform's tag of a locale that is not the root's own: English without a country, and that of the United States. */
function tagOf(name: string): string | undefined {
  const tag = name.replaceAll('_', '-');
  if (!/^[a-z]{2,3}(-|$)/.test(tag) || /^en(?:-us)?(?:-[^-]{4,}|$)/.test(tag)) return undefined;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag])[0];
  } catch {
    return undefined;
  }
}

// ---- Locales

/** `de_ch` and `de`. */
function preferences(name: string): string[] {
  const all = name === '' ? [] : [name];
  for (let at = name.lastIndexOf('_'); at > 0; at = name.lastIndexOf('_', at - 1)) if (name[at - 1] !== '_') all.push(name.slice(0, at));
  return all;
}

/** What scripts have set with msgcat, whose dictionary of messages is by namespace, locale and key. */
function catalogMessage(interp: Interp, locale: string, key: string): Value | undefined {
  let at: Value | undefined = interp.getVar('::msgcat::Msgs');
  for (const step of ['::tcl::clock', locale, key]) at = at === undefined ? undefined : dictOf(at).m.get(keyOf(step));
  return at;
}

/** The interpreter whose clock it is: that of a safe interpreter is its parent's. */
function homeOf(interp: Interp): Interp {
  let home = interp;
  while (home.safe && home.parent !== null) home = home.parent;
  return home;
}

function currentLocale(interp: Interp): string {
  const list = interp.getVar('::msgcat::Loclist');
  if (list !== undefined) return str(elements(list)[0] ?? '');
  for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG']) {
    const m = /^([^_.@]+)(_[^.@]*)?(?:\.[^@]*)?(?:@(.*))?$/.exec(str(interp.getVar(`env(${name})`) ?? ''));
    if (m !== null) return [m[1]! + (m[2] ?? '').replace(/^_$/, ''), m[3]].filter(Boolean).join('_').toLowerCase();
  }
  return 'c';
}

const found = keptUntilCensus(new Map<string, string>());
const MAX_FOUND = 500;

/** Intl is slow: what it says is kept. */
function intlMessage(tag: string, key: string): string | undefined {
  const make = FROM_INTL.get(key);
  const id = `${tag} ${key}`;
  let text = found.get(id);
  if (text === undefined && make !== undefined) {
    if (found.size >= MAX_FOUND) found.clear();
    found.set(id, (text = make(tag)));
  }
  return text;
}

const LANGUAGE = /^[^_]*/;

export function localeOf(interp: Interp, given: string): Locale {
  const home = homeOf(interp);
  const wanted = given.toLowerCase();
  const name = wanted === 'system' || wanted === 'current' ? currentLocale(home) : wanted;
  const message = (key: string): Value => {
    for (const locale of preferences(name)) {
      home.budget.charge(20 + locale.length);
      const text = catalogMessage(home, locale, key) ?? (key === 'GREGORIAN_CHANGE_DATE' ? CHANGES.get(locale) : undefined);
      if (text !== undefined) return text;
    }
    const tag = preferences(name)
      .map((locale) => {
        home.budget.charge(20 + locale.length);
        return tagOf(locale);
      })
      .find((t) => t !== undefined);
    const native = key.startsWith('LOCALE_') ? NATIVE.get(LANGUAGE.exec(name)![0])?.(key) : undefined;
    return native ?? ((tag && intlMessage(tag, key)) || (catalogMessage(home, '', key) ?? ROOT.get(key)!));
  };
  return {
    name,
    text: (key) => str(message(key)),
    list: (key) => elements(message(key)),
    change: () => smallIntOf(message('GREGORIAN_CHANGE_DATE')),
  };
}

/** Composite conversions and their messages: each may use those before it. */
const GROUPS: readonly (readonly [group: string, key: string])[] = [
  ['EY', 'LOCALE_YEAR_FORMAT'],
  ['T', 'TIME_FORMAT_24_SECS'],
  ['R', 'TIME_FORMAT_24'],
  ['r', 'TIME_FORMAT_12'],
  ['X', 'TIME_FORMAT'],
  ['EX', 'LOCALE_TIME_FORMAT'],
  ['x', 'DATE_FORMAT'],
  ['Ex', 'LOCALE_DATE_FORMAT'],
  ['c', 'DATE_TIME_FORMAT'],
  ['Ec', 'LOCALE_DATE_TIME_FORMAT'],
];

/** Replaces the conversions that stand for several. */
export function expandGroups(format: string, locale: Locale, budget: Budget): string {
  const known = new Map([
    ['%', '%%'],
    ['D', DATE],
    ['+', `%a %b %e ${TIME} %Z %Y`],
  ]);
  const expand = (text: string): string =>
    text.replace(/%(%|[D+TRrXxc]|E[YXxc])/g, (whole, group: string) => {
      const to = known.get(group) ?? whole;
      budget.allocate(2 * to.length);
      return to;
    });
  // Most formats have none.
  if (/%(?:[TRrXxc]|E[YXxc])/.test(format)) for (const [group, key] of GROUPS) known.set(group, expand(locale.text(key)));
  return expand(format);
}
