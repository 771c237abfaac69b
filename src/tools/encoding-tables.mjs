/**
 * `node src/tools/encoding-tables.mjs`: writes src/tcl/encodings-tables.ts and encodings-hanzi.ts, the tables of Tcl's encodings, by what tclsh8.6 converts. A table is told by
 * what differs from another; those of two bytes begin with what a platform's decoder has, and list what differs in Node's or Chromium's.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ensureChromium, ROOT } from './setup.mjs';

/** Two bytes: what each begins with. `*` is a decoder's, `^` what of a table has both bytes above A0, `&` that in seven bits. @type {readonly (readonly [name: string, base: string])[]} */
const TWO = [
  ['cp950', '*big5'],
  ['big5', 'cp950'],
  ['cp932', '*shift_jis'],
  ['shiftjis', 'cp932'],
  ['macJapan', 'shiftjis'],
  ['cp936', '*gbk'],
  ['euc-cn', '^cp936'],
  ['gb2312', 'euc-cn'],
  ['gb2312-raw', '&euc-cn'],
  ['cp949', '*euc-kr'],
  ['euc-kr', '^cp949'],
  ['ksc5601', '&euc-kr'],
  ['euc-jp', '*euc-jp'],
  ['jis0208', '&euc-jp'],
  ['jis0212', '*euc-jp 8f'],
  ['gb12345', '%traditional'],
  ['cns11643', '%planes'],
];

/** Not told here: those that are no tables. */
const OTHERS = /^(identity|utf-8|unicode|iso2022.*)$/;

/** What the planes of CNS 11643 have in another order than big5, each with its place in decimal: cells are counted from 2121, and plane 1 begins behind plane 2. */
const MOVED =
  '刉43 攷138 笻2146 筇2792 莚2893 錥4930 徻5077 螤5365 磿5723 鎀6312 舋6530 鎥6644 瀪6787 鐼6904 鬮7589 爩7645 薦7916 嚨8190 繳8245';

/** What is written for an empty cell, for a blank, and before how many more follow one by one: no table has these. */
const [EMPTY, BLANK, RUN] = ['␀', '␠', '⇥'];

/** @typedef {Map<number, number>} Cells characters by their codes, of one byte or two */

/** @param {string} script @returns {string[]} */
function tclsh(script) {
  const { stdout } = spawnSync('tclsh8.6', [], { input: script, encoding: 'utf8', maxBuffer: 1e9 });
  return stdout.trim().split('\n');
}

/** Numbers in a line of Tcl's. @param {string | undefined} line */
const numbers = (line) => (line ?? '').split(' ').map(Number);

/** What every code is read as, a blank behind it, and what every character is written as. */
const PROBE = `proc ask {name codes} {
  set blank [encoding convertto $name { }]
  foreach code $codes {lappend out [join [lmap c [split [encoding convertfrom $name [binary format [expr {$code < 256 ? "ca*" : "Sa*"}] $code $blank]] {}] {scan $c %c}] ,]}
  puts $out
  set out {}
  for {set i 0} {$i < 65536} {incr i} {binary scan [encoding convertto $name [format %c $i]] H* h; lappend out [expr 0x$h]}
  puts $out
}
for {set i 0} {$i < 65536} {incr i} {lappend all $i}
`;

/** @param {string} name @param {boolean} two @returns {{ cells: Cells, written: number[] }} */
function native(name, two) {
  const doubles = two && /^(gb2312-raw|gb12345|cns11643|ksc5601|jis02..)$/.test(name);
  const [read = '', line] = tclsh(`${PROBE}ask ${name} ${two ? '$all' : '[lrange $all 0 255]'}`);
  const written = numbers(line);
  const cells = new Map();
  for (const [code, text] of read.split(' ').entries()) {
    const chars = text.split(',').map(Number);
    const [char = 0] = chars;
    // A byte that is no character is read as the character of its number.
    if (doubles ? code > 0x2000 && chars.length < 3 && char !== code >> 8 : chars.length === 2 && chars[1] === 32) {
      if (code > 255 || char !== code || written[char] === code) cells.set(code, char);
    }
  }
  return { cells, written };
}

/** What a platform reads two bytes as, or three. Runs in Node and in the page. @param {string} label @param {readonly number[]} prefix @returns {[number, number][]} */
function platform(label, prefix) {
  const decoder = new TextDecoder(label);
  /** @type {[number, number][]} */
  const found = [];
  for (let code = 0x8140; code < 0xffff; code++) {
    if ((code & 255) < 0x40 || (code & 255) === 0xff) continue;
    const text = decoder.decode(Uint8Array.from([...prefix, code >> 8, code & 255]));
    if (/^[^\ufffd\ue000-\uf8ff]$/.test(text)) found.push([code, text.charCodeAt(0)]);
  }
  return found;
}

/** As platformCells in encodings-national.ts. @param {readonly [number, number][]} found @param {string} label @param {boolean} prefixed @returns {Cells} */
function begun(found, label, prefixed) {
  const cells = new Map(found);
  if (prefixed) return sevenBits(cells);
  for (let i = 0; i < 128; i++) cells.set(i, i);
  if (label === 'euc-kr') {
    const known = new Set(sevenBits(cells).values());
    let code = 0x8140;
    for (let char = 0xac00; char < 0xd7a4; char++) {
      if (known.has(char)) continue;
      do code++;
      while (!isHangul(code >> 8, code & 255));
      cells.set(code, char);
    }
  }
  return cells;
}

/** Whether a code is one of those that cp949 adds to euc-kr. @param {number} lead @param {number} trail */
function isHangul(lead, trail) {
  return trail > 0x40 && (trail > 0x80 || ((trail & 31) > 0 && (trail & 31) < 27)) && trail < (lead < 0xa1 ? 0xff : 0xa1);
}

/** @param {Cells} cells @returns {Cells} */
function above(cells) {
  return new Map([...cells].filter(([code]) => code < 128 || (code > 0xa100 && (code & 255) > 0xa0)));
}

/** @param {Cells} cells @returns {Cells} */
function sevenBits(cells) {
  return new Map([...above(cells)].filter(([code]) => code > 255).map(([code, char]) => [code & 0x7f7f, char]));
}

// ---- Tables that no platform has: in encodings-hanzi.ts, as encodings-national.ts reads it

/** Numbers of either sign: the last digit is one of 52 from `(`, those before are of 34 from `]`. @param {readonly number[]} list */
function digits(list) {
  return list
    .map((number) => {
      let n = number < 0 ? -2 * number - 1 : 2 * number;
      let text = String.fromCharCode(40 + (n % 52));
      for (n = Math.floor(n / 52); n > 0; n = Math.floor(n / 34)) text = String.fromCharCode(93 + (--n % 34)) + text;
      return text;
    })
    .join('');
}

/** Six marks a character, from `(`; backslashes are left out of what is used. @param {readonly boolean[]} list */
function marked(list) {
  let text = '';
  for (let i = 0; i < list.length; i += 6) {
    let n = 0;
    for (let k = 0; k < 6; k++) if (list[i + k]) n |= 1 << k;
    text += String.fromCharCode(n < 52 ? 40 + n : 41 + n);
  }
  return text;
}

/** Each a step from where the last was taken from. @param {readonly number[]} chars @param {readonly number[]} pool */
function drawn(chars, pool) {
  const left = [...pool];
  let at = 0;
  return digits(
    chars.map((char) => {
      const i = left.indexOf(char);
      if (i < 0) throw new Error(`not in the pool: ${char.toString(16)}`);
      left.splice(i, 1);
      const step = i - at;
      at = i;
      return step;
    }),
  );
}

/** Which places are filled, and with what of the pool. @param {readonly boolean[]} marks @param {readonly number[]} put @param {Cells} to @param {readonly number[]} pool */
function told(marks, put, to, pool) {
  const chars = put.map((code) => to.get(code) ?? 0);
  return [marked(marks), drawn(chars, pool)];
}

/** Levels 1 and 2 of big5, and the other characters of the same block. */
function hanzi() {
  const big5 = [...(made.get('big5') ?? [])].sort(([a], [b]) => a - b);
  /** @param {number} first @param {number} last */
  const level = (first, last) => big5.filter(([code, char]) => code >= first && code <= last && char < 0xf900).map(([, char]) => char);
  const levels = [level(0xa440, 0xc67e), level(0xc940, 0xf9d5)];
  const known = new Set(levels.flat());
  return { levels, known, others: Array.from({ length: 0x9fa6 - 0x4e00 }, (_, i) => 0x4e00 + i).filter((char) => !known.has(char)) };
}

/** Codes of a square of 94. @param {number} n */
const square = (n) => 0x2121 + Math.floor(n / 94) * 256 + (n % 94);

/** @type {Record<string, readonly string[]>} */
const HANZI = {};

/** gb12345 as far as it is gb2312 with traditional characters in the place of those that big5 has not, and two rows more. @param {Cells} to @returns {Cells} */
function traditional(to) {
  const cells = new Map(made.get('gb2312-raw'));
  const { levels, known, others } = hanzi();
  const has = new Set(cells.values());
  const pool = [...levels.flatMap((level) => level.toSorted((a, b) => a - b)), ...others].filter((char) => !has.has(char));
  const fits = new Set(pool);
  const places = [...cells]
    .filter(([, char]) => char >= 0x4e00 && char < 0xf900 && !known.has(char))
    .map(([code]) => code)
    .sort((a, b) => a - b);
  places.push(...[...to.keys()].filter((code) => code > 0x7800).sort((a, b) => a - b));
  const marks = places.map((code) => to.get(code) !== cells.get(code) && fits.has(to.get(code) ?? 0));
  const put = places.filter((_, i) => marks[i]);
  HANZI.traditional = told(marks, put, to, pool);
  for (const code of put) cells.set(code, to.get(code) ?? 0);
  return cells;
}

/**
 * Tcl's cns11643 is three planes one over the other: of plane 1 shows what lies behind plane 2, and over both lies what of plane 3 is no
 * character of big5, in an order of its own. @param {Cells} to @returns {Cells}
 */
function planes(to) {
  const {
    levels: [one = [], two = []],
    known,
    others,
  } = hanzi();
  const moved = MOVED.split(' ').map((text) => [text.charCodeAt(0), Number(text.slice(1))]);
  const under = [...two, ...one.slice(-1041)].filter((char) => moved.every(([other]) => other !== char));
  for (const [char = 0, place = 0] of moved) under.splice(place, 0, char);
  /** @type {Cells} */
  const cells = new Map(under.map((char, n) => [square(n), char]));
  const places = Array.from({ length: 7650 }, (_, n) => square(n));
  const marks = places.map((code) => !known.has(to.get(code) ?? 0));
  const put = places.filter((_, i) => marks[i]);
  HANZI.planes = [...told(marks, put, to, others), MOVED];
  for (const code of put) cells.set(code, to.get(code) ?? 0);
  return cells;
}

/** The changes that make a table of others. @param {Cells} to @param {readonly Cells[]} from */
function changes(to, from) {
  const last = Math.max(...to.keys(), ...from.flatMap((cells) => [...cells.keys()]));
  /** @param {number} code */
  const same = (code) => from.every((cells) => cells.get(code) === to.get(code));
  let out = '';
  for (let code = 0; code <= last; code++) {
    if (same(code)) continue;
    out += ` ${code.toString(16)}:`;
    // A short stretch of what is the same costs less than another place.
    for (let end = code; code <= end; code++) {
      const char = to.get(code);
      let more = 0;
      while (more < 255 && code + more < last && to.get(code + more + 1) === (char === undefined ? char : char + more + 1)) more++;
      while (more > 0 && same(code + more)) more--;
      out += char === undefined ? EMPTY : char === 32 ? BLANK : String.fromCharCode(char);
      if (more >= 3) {
        out += RUN + more.toString(16).padStart(2, '0');
        code += more;
      }
      end = Math.max(end, code);
      for (let next = code + 1; next <= code + 2 && next <= last; next++) if (!same(next)) end = next;
    }
    code--;
  }
  return out;
}

/** Characters that are written with another code than the last that is read as them. @param {Cells} cells @param {readonly number[]} written @param {boolean} symbol */
function otherwise(cells, written, symbol) {
  const codes = new Map([...cells].sort(([a], [b]) => a - b).map(([code, char]) => [char, code]));
  if (symbol) for (const code of cells.keys()) codes.set(code, code);
  if (!codes.has(0)) codes.set(0, 0);
  const question = codes.get(63) ?? codes.get(0xff1f) ?? codes.get(0xbf) ?? 0x2134;
  let out = '';
  for (const [char, code] of written.entries()) {
    if ((char & 0xf800) === 0xd800 || code === (codes.get(char) ?? question)) continue;
    out += String.fromCharCode(char, code);
  }
  return out;
}

/** Every name that is in the table of Tcl. */
const names = (tclsh('puts [lsort [encoding names]]')[0] ?? '').split(' ').filter((name) => !OTHERS.test(name));
/** @type {Map<string, Cells>} */
const made = new Map([['', new Map(Array.from({ length: 256 }, (_, i) => [i, i]))]]);
/** @type {string[]} */
const lines = [];
/** @type {string[]} */
const back = [];

/** @param {string} name @param {string} base @param {Cells} cells @param {readonly number[]} written @param {string} text */
function put(name, base, cells, written, text) {
  made.set(name, cells);
  lines.push(`${name} ${base}${text}`);
  const odd = otherwise(cells, written, /symbol|dingbats/i.test(name));
  if (odd !== '') back.push(`${name} ${odd}`);
}

const rest = new Map(names.filter((name) => !TWO.some(([two]) => two === name)).map((name) => [name, native(name, false)]));
while (rest.size > 0) {
  /** The cheapest of those that are left. @type {[name: string, base: string, text: string] | undefined} */
  let best;
  for (const [name, { cells }] of rest) {
    for (const [base, of] of made) {
      const text = changes(cells, [of]);
      if (best === undefined || Buffer.byteLength(text) < Buffer.byteLength(best[2])) best = [name, base, text];
    }
  }
  if (best === undefined) break;
  const [name, base, text] = best;
  const { cells, written } = rest.get(name) ?? native(name, false);
  put(name, base, cells, written, text);
  rest.delete(name);
}

const browser = await chromium.launch({ executablePath: ensureChromium() });
const page = await browser.newPage();
for (const [name, base] of TWO) {
  const { cells, written } = native(name, true);
  const [, kind, label = '', prefix] = /^([*^&%]?)(\S*) ?(8f)?$/.exec(base) ?? [];
  const bytes = prefix === undefined ? [] : [Number.parseInt(prefix, 16)];
  /** @type {readonly [number, number][]} */
  const theirs = kind === '*' ? await page.evaluate(`(${platform})(${JSON.stringify(label)}, ${JSON.stringify(bytes)})`) : [];
  const of = made.get(label) ?? new Map();
  const from =
    kind === '*'
      ? [platform(label, bytes), theirs].map((found) => begun(found, label, bytes.length > 0))
      : [kind === '&' ? sevenBits(of) : kind === '^' ? above(of) : kind === '%' ? (label === 'planes' ? planes : traditional)(cells) : of];
  put(name, base.replace(' ', '+'), cells, written, changes(cells, from));
}
await browser.close();

/** @param {readonly string[]} list */
const strings = (list) => `[\n${list.map((text) => `  ${quoted(text)},\n`).join('')}]`;
/** @param {string} text */
function quoted(text) {
  const plain = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  const escaped = Array.from(plain, (c) =>
    /[\p{C}\p{Z}\p{M}\p{Bidi_Control}\p{sc=Arab}\p{sc=Hebr}]/u.test(c) && c !== ' '
      ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
      : c,
  );
  return `'${escaped.join('')}'`;
}
writeFileSync(
  join(ROOT, 'src/tcl/encodings-tables.ts'),
  `/** Tables of Tcl's encodings, made by src/tools/encoding-tables.mjs from what tclsh8.6 converts. encodings-national.ts reads them. */

/**
 * A name, what it begins with, and what is otherwise: from a code on these characters. ${EMPTY} is no character, ${BLANK} a blank, ${RUN} and two digits say
 * how many more follow one by one.
 */
export const TABLES: readonly string[] = ${strings(lines)};

/** Characters that are written with another code than the last that is read as them, each with the character of that number. */
export const WRITTEN: readonly string[] = ${strings(back)};
`,
);
writeFileSync(
  join(ROOT, 'src/tcl/encodings-hanzi.ts'),
  `/** Of encodings that no platform has what cannot be found in others, made by src/tools/encoding-tables.mjs. encodings-national.ts reads it. */
export const HANZI = {
${Object.entries(HANZI)
  .map(([name, texts]) => `  ${name}: [${texts.map((text) => `\n    ${quoted(text)},`).join('')}\n  ],`)
  .join('\n')}
} as const;
`,
);
