/**
 * Encodings of nations and fonts, made at their first use: tables read from the platform's decoders, or told in a line, and those that switch between tables
 * by escape sequences. DOS code pages other than 866, EBCDIC, CNS 11643 and most of the Macintosh's would need tables of their own, and are absent.
 * Answers to tclEncoding.c (LoadTableEncoding, LoadEscapeEncoding) and library/encoding.
 */
import { byCharacter, type Char, type Encoding } from './encoding.ts';

declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

/** What is written for a character that is not in it. */
const QUESTION = 63;

interface Table {
  /** `zero`: what is no character is NUL, instead of a character of its first byte's number. */
  charAt(bytes: Uint8Array, i: number, last: boolean, zero?: boolean): Char;
  /** The byte of a character, or two of them. */
  readonly codes: ReadonlyMap<string, number>;
  readonly fallback: number;
}

const itself = (c: number): Char => ({ text: String.fromCharCode(c), size: 1 });

// ---- Tables of one byte

type Cells = readonly (string | undefined)[];

/** Cells without a character stand for their own number. `symbol`: so do characters below 256, but two. */
function single(cells: Cells, symbol = false): Table {
  const codes = new Map<string, number>();
  if (symbol) for (let i = 0; i < 255; i++) if (i !== 0xa0) codes.set(String.fromCharCode(i), i);
  for (let i = 255; i >= 0; i--) if (cells[i] !== undefined) codes.set(cells[i]!, i);
  const charAt: Table['charAt'] = (bytes, i, _last, zero) => ({
    text: cells[bytes[i]!] ?? (zero ? '\0' : String.fromCharCode(bytes[i]!)),
    size: 1,
  });
  return { charAt, codes, fallback: QUESTION };
}

/** ASCII, or all of Latin-1, with other characters from some places on; a blank leaves a cell empty. */
function cells(size: number, ...changes: readonly (readonly [from: number, chars: string])[]): Cells {
  const all: (string | undefined)[] = Array.from({ length: size }, (_, i) => String.fromCharCode(i));
  for (const [from, chars] of changes) for (const [i, c] of [...chars].entries()) all[from + i] = c === ' ' ? undefined : c;
  return all;
}

/** Characters one after the other. */
const range = (from: number, n: number): string => String.fromCharCode(...Array.from({ length: n }, (_, i) => from + i));
const controls = range(0x80, 32);
const KATAKANA: readonly [number, string] = [0xa1, range(0xff61, 63)];
const THAI: readonly [number, string] = [0xa1, `${range(0xe01, 58)}    ${range(0xe3f, 29)}`];

const SYMBOL = '!∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\uf8e5αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼';
const SYMBOL_HIGH = `ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\uf8e6\uf8e7↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓⋄〈${range(0xf8e8, 3)}∑${range(0xf8eb, 10)}\uf8ff〉∫⌠\uf8f5⌡${range(0xf8f6, 9)}`;

const OWN = new Map<string, () => Table>([
  // Node's decoder takes this one for Latin-1.
  ['cp1252', () => single(cells(256, [0x80, '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ']))],
  // Tcl's Latin-5 file keeps C1 controls where the platform puts those of Windows.
  ['iso8859-9', () => single(cells(256, [208, 'Ğ'], [221, 'İŞ'], [240, 'ğ'], [253, 'ış']))],
  ['iso8859-11', () => single(cells(128, [0x80, controls], [0xa0, '\xa0'], THAI))],
  ['tis-620', () => single(cells(128, THAI))],
  ['jis0201', () => single(cells(128, [0x7e, '‾'], [0x80, controls], KATAKANA))],
  ['gb1988', () => single(cells(128, [0x24, '¥'], [0x7e, '‾'], [0x80, controls], KATAKANA))],
  ['symbol', () => single(cells(33, [0x21, SYMBOL], [0xa1, SYMBOL_HIGH]), true)],
]);

// ---- Tables of the platform

/** By Tcl's names, with the platform's where it does not know those; the second list has characters of several bytes. */
const SINGLE =
  'cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874=windows-874 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 ' +
  'iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16=iso-8859-16 koi8-r koi8-u macRoman=macintosh ' +
  'macCyrillic=x-mac-cyrillic';
const MULTI = 'big5 cp932=shift_jis cp936=gbk cp949=euc-kr cp950=big5 euc-cn=gbk euc-jp euc-kr gb2312=gbk shiftjis=shift_jis';

function labels(list: string): Map<string, string> {
  return new Map(
    list.split(' ').map((entry) => {
      const [name = '', label = name] = entry.split('=');
      return [name, label];
    }),
  );
}
const singles = labels(SINGLE);
const multis = labels(MULTI);

function platformSingle(label: string): Table {
  const decoder = new TextDecoder(label);
  return single(
    Array.from({ length: 256 }, (_, i) => {
      const c = decoder.decode(Uint8Array.of(i));
      return i < 0x80 || c === '\ufffd' ? String.fromCharCode(i) : c;
    }),
  );
}

/** Not what the platform puts into private use, where Tcl has nothing. */
const CHARACTER = /^[^\ufffd\ue000-\uf8ff]$/;

/** `least`: the first lead byte and trail byte. */
function platformMulti(label: string, least: number): Table {
  const decoder = new TextDecoder(label);
  const codes = new Map<string, number>();
  const chars = new Map<number, string>();
  /** Bytes that begin a character of two. */
  const leads = new Set<number>();
  const put = (code: number, ...bytes: number[]): void => {
    const c = decoder.decode(Uint8Array.from(bytes));
    if (!CHARACTER.test(c)) return;
    codes.set(c, code);
    chars.set(code, c);
    if (bytes.length > 1) leads.add(bytes[0]!);
  };
  for (let lead = 0xff; lead >= Math.max(least, 0x81); lead--) {
    for (let trail = 0xfe; trail >= Math.max(least, 0x40); trail--) put(lead * 256 + trail, lead, trail);
  }
  for (let i = least > 0 ? 0x7f : 0xff; i >= 0; i--) put(i, i);
  const charAt: Table['charAt'] = (bytes, i, last) => {
    const c = bytes[i]!;
    const one = chars.get(c);
    if (one !== undefined) return { text: one, size: 1 };
    // Half a character at the end is lost.
    if (i + 1 >= bytes.length) return leads.has(c) ? { text: '', size: last ? 1 : 0 } : itself(c);
    const two = chars.get(c * 256 + bytes[i + 1]!);
    return two === undefined ? itself(c) : { text: two, size: 2 };
  };
  return { charAt, codes, fallback: QUESTION };
}

/** Sets of 94 by 94 characters in seven bits, by what the platform reads them with in eight, and their own question mark. */
const DOUBLE = new Map<string, readonly [label: string, prefix: readonly number[], fallback: number]>([
  ['jis0208', ['euc-jp', [], 0x2129]],
  ['jis0212', ['euc-jp', [0x8f], 0x2244]],
  ['gb2312-raw', ['gbk', [], 0x233f]],
  ['ksc5601', ['euc-kr', [], 0x233f]],
]);

function double(label: string, prefix: readonly number[], fallback: number): Table {
  const decoder = new TextDecoder(label);
  const chars = new Map<number, string>();
  const codes = new Map<string, number>();
  for (let code = 0x7e7e; code >= 0x2121; code--) {
    const c = decoder.decode(Uint8Array.from([...prefix, (code >> 8) | 0x80, (code & 255) | 0x80]));
    if ((code & 255) < 0x21 || (code & 255) > 0x7e || !CHARACTER.test(c)) continue;
    chars.set(code, c);
    codes.set(c, code);
  }
  const charAt: Table['charAt'] = (bytes, i, last, zero) => {
    const c = bytes[i]!;
    if (i + 1 >= bytes.length) return { text: '', size: last ? 1 : 0 };
    const text = chars.get(c * 256 + bytes[i + 1]!) ?? (zero ? '\0' : undefined);
    return text === undefined ? itself(c) : { text, size: 2 };
  };
  return { charAt, codes, fallback };
}

// ---- Encodings

const tables = new Map<string, Table>();

function tableNamed(name: string): Table | undefined {
  const known = tables.get(name);
  if (known !== undefined) return known;
  try {
    const table = makeTable(name);
    if (table !== undefined) tables.set(name, table);
    return table;
  } catch {
    // This platform was built without it.
    return undefined;
  }
}

function makeTable(name: string): Table | undefined {
  const own = OWN.get(name);
  if (own !== undefined) return own();
  const pairs = DOUBLE.get(name);
  if (pairs !== undefined) return double(...pairs);
  const [one, more] = [singles.get(name), multis.get(name)];
  return one !== undefined
    ? platformSingle(one)
    : more !== undefined
      ? platformMulti(more, /^(?:euc-cn|gb2312)$/.test(name) ? 0xa1 : 0)
      : undefined;
}

function putCode(out: number[], code: number): void {
  if (code > 255) out.push(code >> 8);
  out.push(code & 255);
}

function tableEncoding(name: string, table: Table): Encoding {
  return {
    name,
    encode(text) {
      const out: number[] = [];
      for (let i = 0; i < text.length; i++) putCode(out, table.codes.get(text[i]!) ?? table.fallback);
      return Uint8Array.from(out);
    },
    ...byCharacter(table.charAt),
  };
}

type Part = readonly [sequence: string, table: string];

/** What comes at the beginning, and the sequences that go over to a table; the first is in force without one. */
const ESCAPES = new Map<string, readonly [start: string, parts: readonly Part[]]>(
  Object.entries({
    'iso2022-jp': ['', '(B ascii,(J jis0201,$B jis0208,$@ jis0208,$(D jis0212,$A gb2312-raw,$(C ksc5601'],
    iso2022: ['', '(B latin1,(J jis0201,(T gb1988,$B jis0208,$@ jis0208,$(D jis0212,$A gb2312-raw,$(C ksc5601'],
    'iso2022-kr': ['\x1b$)C', '\x0f latin1,\x0e ksc5601'],
  }).map(([name, [start = '', list = '']]) => {
    const parts = list.split(',').map((part): Part => {
      const [sequence = '', table = ''] = part.split(' ');
      return [sequence < ' ' ? sequence : `\x1b${sequence}`, table];
    });
    return [name, [start, parts]];
  }),
);

const plain = (size: number): Table => single(cells(size));

function escapeEncoding(name: string, start: string, parts: readonly Part[]): Encoding {
  const all = parts.map(([sequence, table]) => ({
    sequence,
    table: table === 'ascii' ? plain(128) : table === 'latin1' ? plain(256) : tableNamed(table)!,
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
          putCode(out, state.table.codes.get(c) ?? state.table.fallback);
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
    if (escapes[1].some(([, table]) => !/^(?:ascii|latin1)$/.test(table) && tableNamed(table) === undefined)) return undefined;
    encoding = escapeEncoding(name, ...escapes);
  } else {
    const table = tableNamed(name);
    if (table === undefined) return undefined;
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
  const platform = [...singles, ...multis, ...Array.from(DOUBLE, ([name, [label]]) => [name, label] as const)];
  return [...OWN.keys(), ...platform.filter(([, label]) => has(label)).map(([name]) => name), ...ESCAPES.keys()];
}
