/**
 * Encodings of nations, machines and fonts, made at their first use: tables, and those that switch between tables by escape sequences. A table is what another
 * has, or the platform's decoder, with changes (encodings-tables.ts); cns11643 and gb12345, which no platform reads, are made out of big5 and gb2312 (encodings-hanzi.ts).
 * Answers to tclEncoding.c (LoadTableEncoding, LoadEscapeEncoding) and library/encoding.
 */
import { byCharacter, type Char, type Encoding, latin1Text } from './encoding.ts';
import { HANZI } from './encodings-hanzi.ts';
import { TABLES, WRITTEN } from './encodings-tables.ts';

declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

interface Table {
  /** `zero`: what is no character is NUL, instead of a character of its first byte's number. */
  charAt(bytes: Uint8Array, i: number, last: boolean, zero?: boolean): Char;
  /** The byte of a character, or two of them. */
  readonly codes: ReadonlyMap<string, number>;
  /** What each byte is, if none begins a character of two. */
  readonly one: Uint16Array | null;
  codeOf(c: string): number;
  put(out: number[], c: string): void;
}

// ---- Tables

/** Characters by their codes, of a byte or two. */
type Cells = Map<number, string>;

const byName = (list: readonly string[]): Map<string, string> => new Map(list.map((line) => [/^[^ ]+/.exec(line)![0], line]));
const told = byName(TABLES);
const written = byName(WRITTEN);

/** Throws where the platform has not the decoder that the table begins with. */
function cellsOf(name: string): Cells {
  const [, base = '', ...changes] = told.get(name)!.split(' ');
  const cells = base === '' ? new Map(Array.from({ length: 256 }, (_, i) => [i, String.fromCharCode(i)])) : baseCells(base);
  for (const change of changes) {
    const [, from = '', chars = ''] = /^(.*?):(.*)$/s.exec(change)!;
    let code = Number.parseInt(from, 16);
    for (const [, char = '', more = '0'] of chars.matchAll(/(.)(?:\u21e5(..))?/gs)) {
      for (let n = 0; n <= Number.parseInt(more, 16); n++, code++) {
        if (char === '\u2400') cells.delete(code);
        else cells.set(code, char === '\u2420' ? ' ' : String.fromCharCode(char.charCodeAt(0) + n));
      }
    }
  }
  return cells;
}

const sevenBits = (cells: Cells): Cells => new Map([...above(cells)].filter(([code]) => code > 255).map(([code, c]) => [code & 0x7f7f, c]));

/** ASCII, and codes with both bytes above A0. */
const above = (cells: Cells): Cells => new Map([...cells].filter(([code]) => code < 0x80 || (code > 0xa100 && (code & 255) > 0xa0)));

function baseCells(base: string): Cells {
  const name = base.slice(1);
  return base[0] === '*'
    ? platformCells(name)
    : base[0] === '&'
      ? sevenBits(cellsOf(name))
      : base[0] === '^'
        ? above(cellsOf(name))
        : base[0] === '%'
          ? hanziCells(name as keyof typeof HANZI)
          : cellsOf(base);
}

/** Codes of a square of 94. */
const square = (n: number): number => 0x2121 + Math.floor(n / 94) * 256 + (n % 94);

/** The characters of levels 1 and 2 of big5, and the others of the same block, are put in places of which marks tell; what is there before: as tools/encoding-tables.mjs says. */
function hanziCells(name: keyof typeof HANZI): Cells {
  const big5 = [...cellsOf('big5')].sort(([a], [b]) => a - b);
  const level = (first: number, last: number): string[] =>
    big5.filter(([code, c]) => code >= first && code <= last && c < '\uf900').map(([, c]) => c);
  const one = level(0xa440, 0xc67e);
  const two = level(0xc940, 0xf9d5);
  const known = new Set([...one, ...two]);
  const others: string[] = [];
  for (let char = 0x4e00; char < 0x9fa6; char++) if (!known.has(String.fromCharCode(char))) others.push(String.fromCharCode(char));
  let cells: Cells;
  let places: number[];
  let pool = others;
  const [marks, steps, moved = ''] = HANZI[name];
  if (name === 'planes') {
    const under = [...two, ...one.slice(-1041)].filter((c) => !moved.includes(c));
    for (const [, c = '', place] of moved.matchAll(/(\D)(\d+)/g)) under.splice(Number(place), 0, c);
    cells = new Map(under.map((c, n) => [square(n), c]));
    places = Array.from({ length: 7650 }, (_, n) => square(n));
  } else {
    cells = cellsOf('gb2312-raw');
    const has = new Set(cells.values());
    pool = [...one.sort(), ...two.sort(), ...others].filter((c) => !has.has(c));
    places = [...cells]
      .filter(([, c]) => c >= '\u4e00' && c < '\uf900' && !known.has(c))
      .map(([code]) => code)
      .sort((a, b) => a - b);
    for (let n = 87 * 94; places.length < 6 * marks.length; n++) places.push(square(n));
  }
  // Six marks a character. A step goes from where in the pool the last was taken out.
  const put = places.filter((_, i) => {
    const c = marks.charCodeAt(i / 6);
    return (((c > 92 ? c - 41 : c - 40) >> (i % 6)) & 1) > 0;
  });
  let at = 0;
  for (const [i, step] of numbersIn(steps).entries()) cells.set(put[i]!, pool.splice((at += step), 1)[0]!);
  return cells;
}

/** Of either sign: the last digit is one of 52 from `(`, those before are of 34 from `]`. */
function numbersIn(text: string): number[] {
  return Array.from(text.matchAll(/([\]-~]*)(.)/g), ([, more = '', last = '']) => {
    let n = 0;
    for (const c of more) n = n * 34 + c.charCodeAt(0) - 92;
    n = n * 52 + last.charCodeAt(0) - 40;
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  });
}

/** Two bytes as a decoder has them, or, after `+`, three of which the first is always the same: then in seven bits. */
function platformCells(given: string): Cells {
  const [label, first] = given.split('+');
  const prefix = first === undefined ? [] : [Number.parseInt(first, 16)];
  const codes: number[] = [];
  for (let code = 0x8140; code < 0xffff; code++) if ((code & 255) >= 0x40 && (code & 255) < 0xff) codes.push(code);
  const cells: Cells = new Map();
  for (let code = 0; code < 0x80; code++) cells.set(code, String.fromCharCode(code));
  // All at once, a line each: a decoder takes long to call.
  const lines = new TextDecoder(label!)
    .decode(Uint8Array.from(codes.flatMap((code) => [...prefix, code >> 8, code & 255, 10])))
    .split('\n');
  // Not what the platform puts into private use, where Tcl has nothing.
  for (const [i, code] of codes.entries()) if (/^[^\ufffd\ue000-\uf8ff]$/.test(lines[i]!)) cells.set(code, lines[i]!);
  if (label === 'euc-kr') addHangul(cells);
  return first === undefined ? cells : sevenBits(cells);
}

/** All syllables that the standard has not, one after the other, where it has nothing: browsers have them under this name, Node has not. */
function addHangul(cells: Cells): void {
  const known = new Set(sevenBits(cells).values());
  let code = 0x8140;
  for (let char = 0xac00; char < 0xd7a4; char++) {
    const c = String.fromCharCode(char);
    if (known.has(c)) continue;
    do code++;
    while (!isAdded(code >> 8, code & 255));
    cells.set(code, c);
  }
}

function isAdded(lead: number, trail: number): boolean {
  return trail > 0x40 && (trail > 0x80 || ((trail & 31) > 0 && (trail & 31) < 27)) && trail < (lead < 0xa1 ? 0xff : 0xa1);
}

/** Tables in which every character has two bytes. */
const DOUBLE = /^(?:gb2312-raw|gb12345|cns11643|ksc5601|jis02..)$/;

function makeTable(name: string): Table {
  const cells = cellsOf(name);
  const double = DOUBLE.test(name) && name !== 'jis0201';
  const codes = new Map<string, number>(double ? [['\0', 0]] : []);
  const leads = new Set<number>();
  for (const code of [...cells.keys()].sort((a, b) => a - b)) {
    codes.set(cells.get(code)!, code);
    if (code > 255) leads.add(code >> 8);
  }
  const [, others = ''] = written.get(name)?.split(' ') ?? [];
  for (let i = 0; i < others.length; i += 2) codes.set(others[i]!, others.charCodeAt(i + 1));
  // Text for a font of signs may be written in the letters that stand where they are.
  if (/symbol|dingbats/i.test(name)) for (const code of cells.keys()) codes.set(String.fromCharCode(code), code);
  const question = codes.get('?') ?? codes.get('\uff1f') ?? codes.get('\xbf') ?? 0x2134;
  const codeOf = (c: string): number => codes.get(c) ?? question;
  return {
    charAt(bytes, i, last, zero) {
      const c = bytes[i]!;
      const pair = double || leads.has(c);
      // Half a character at the end is lost.
      if (pair && i + 1 >= bytes.length) return { text: '', size: last ? 1 : 0 };
      const text = cells.get(pair ? c * 256 + bytes[i + 1]! : c);
      if (text !== undefined) return { text, size: pair ? 2 : 1 };
      return { text: zero ? '\0' : String.fromCharCode(c), size: pair && (zero || c === 0) ? 2 : 1 };
    },
    codes,
    one: double || leads.size > 0 ? null : Uint16Array.from({ length: 256 }, (_, c) => cells.get(c)?.charCodeAt(0) ?? c),
    codeOf,
    put(out, c) {
      const code = codeOf(c);
      if (double || code > 255) out.push(code >> 8);
      out.push(code & 255);
    },
  };
}

// ---- Encodings

const tables = new Map<string, Table | null>();

function tableNamed(name: string): Table | null {
  let table = tables.get(name);
  if (table !== undefined) return table;
  try {
    table = told.has(name) ? makeTable(name) : null;
  } catch {
    // This platform was built without it.
    table = null;
  }
  tables.set(name, table);
  return table;
}

function tableEncoding(name: string, table: Table): Encoding {
  const { one } = table;
  if (one !== null) {
    return {
      name,
      encode(text) {
        const out = new Uint8Array(text.length);
        for (let i = 0; i < text.length; i++) out[i] = table.codeOf(text[i]!);
        return out;
      },
      decode(bytes) {
        const out = new Uint16Array(bytes.length);
        for (let i = 0; i < bytes.length; i++) out[i] = one[bytes[i]!]!;
        return { text: latin1Text(out), used: bytes.length };
      },
      bytesOf: (_bytes, chars) => chars,
    };
  }
  return {
    name,
    encode(text) {
      const out: number[] = [];
      for (let i = 0; i < text.length; i++) table.put(out, text[i]!);
      return Uint8Array.from(out);
    },
    ...byCharacter(table.charAt),
  };
}

type Part = readonly [sequence: string, table: string];

/** What comes at the beginning, and the sequences that go over to a table; the first is in force without one. */
const ESCAPES = new Map<string, readonly [start: string, parts: readonly Part[]]>(
  Object.entries({
    'iso2022-jp': ['', '(B ascii,(J jis0201,$B jis0208,$@ jis0208,$(D jis0212,$A gb2312,$(C ksc5601'],
    iso2022: ['', '(B iso8859-1,(J jis0201,(T gb1988,$B jis0208,$@ jis0208,$(D jis0212,$A gb2312,$(C ksc5601,&@\x1b$B jis0208'],
    'iso2022-kr': ['\x1b$)C', '\x0f iso8859-1,\x0e ksc5601'],
  }).map(([name, [start = '', list = '']]) => {
    const parts = list.split(',').map((part): Part => {
      const [sequence = '', table = ''] = part.split(' ');
      return [sequence < ' ' ? sequence : `\x1b${sequence}`, table];
    });
    return [name, [start, parts]];
  }),
);

function escapeEncoding(name: string, start: string, parts: readonly Part[]): Encoding {
  const all = parts.map(([sequence, table]) => ({
    sequence,
    table: tableNamed(table)!,
  }));
  const first = all[0]!;
  const bytesOfText = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0));
  const longest = Math.max(start.length, ...all.map(({ sequence }) => sequence.length));
  type State = (typeof all)[number];
  const startsAt = (bytes: Uint8Array, i: number, sequence: string): boolean =>
    sequence !== '' && bytesOfText(sequence).every((c, k) => bytes[i + k] === c);
  /** A step: a sequence, which has no text, or a character; size 0 when it is cut off. */
  const stepAt = (state: State, bytes: Uint8Array, i: number, last: boolean): { next: State; char: Char } => {
    const c = bytes[i]!;
    if (c === 0x1b || first.sequence < ' ') {
      const next = all.find(({ sequence }) => startsAt(bytes, i, sequence));
      if (next !== undefined) return { next, char: { text: '', size: next.sequence.length } };
      if (startsAt(bytes, i, start)) return { next: state, char: { text: '', size: start.length } };
    }
    if (c !== 0x1b) return { next: state, char: state.table.charAt(bytes, i, last, true) };
    // A sequence that is not known is taken to be as long as the longest.
    const rest = bytes.length - i;
    return { next: state, char: { text: '', size: last || rest >= longest ? Math.min(longest, rest) : 0 } };
  };
  const make = (): Encoding => {
    let before: State = first;
    let after: State = first;
    const walk = (from: State, bytes: Uint8Array, last: boolean, chars: number): { state: State; text: string; used: number } => {
      const parts: string[] = [];
      let state = from;
      let i = 0;
      for (let n = 0; i < bytes.length && n < chars; ) {
        const { next, char } = stepAt(state, bytes, i, last);
        if (char.size === 0) break;
        state = next;
        i += char.size;
        n += char.text.length;
        parts.push(char.text);
      }
      return { state, text: parts.join(''), used: i };
    };
    return {
      name,
      fresh: make,
      encode(text) {
        const out = bytesOfText(start);
        let state = first;
        for (let i = 0; i < text.length; i++) {
          const c = text[i]!;
          if (!state.table.codes.has(c)) {
            const next = all.find(({ table }) => table.codes.has(c)) ?? state;
            if (next !== state) out.push(...bytesOfText(next.sequence));
            state = next;
          }
          state.table.put(out, c);
        }
        if (state !== first) out.push(...bytesOfText(first.sequence));
        return Uint8Array.from(out);
      },
      decode(bytes, last) {
        const { state, text, used } = walk(after, bytes, last, Infinity);
        after = state;
        return { text, used };
      },
      bytesOf: (bytes, chars) => walk(before, bytes, true, chars).used,
      passed(bytes) {
        if (bytes === null) before = after = first;
        else before = walk(before, bytes, true, Infinity).state;
      },
    };
  };
  // What is converted as a whole begins anew each time.
  const shared = make();
  return {
    ...shared,
    decode(bytes, last) {
      shared.passed!(null);
      return shared.decode(bytes, last);
    },
  };
}

const made = new Map<string, Encoding>();

export function nationalEncoding(name: string): Encoding | undefined {
  let encoding = made.get(name);
  if (encoding !== undefined) return encoding;
  const escapes = ESCAPES.get(name);
  if (escapes !== undefined) {
    if (escapes[1].some(([, table]) => tableNamed(table) === null)) return undefined;
    encoding = escapeEncoding(name, ...escapes);
  } else {
    const table = tableNamed(name);
    if (table === null) return undefined;
    encoding = tableEncoding(name, table);
  }
  made.set(name, encoding);
  return encoding;
}

/** Those that this platform has. */
export function nationalNames(): string[] {
  const has = (label: string): boolean => {
    try {
      return new TextDecoder(label) !== null;
    } catch {
      return false;
    }
  };
  const names = [...told].filter(([, line]) => {
    const label = / \*([^ +]+)/.exec(line)?.[1];
    return label === undefined || has(label);
  });
  return [...names.map(([name]) => name), ...ESCAPES.keys()];
}
