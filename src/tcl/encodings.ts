/**
 * Character encodings: text to bytes and back, for channels and the `encoding` command. Those that Tcl reads from its own way are
 * here (utf-8, unicode, iso8859-1, ascii, identity, binary); the national ones are the platform's, under Tcl's names, and those it lacks are absent.
 * Bytes that are no character become the character of that number, as in Tcl 8.6; characters the encoding lacks become `?`.
 * Answers to tclEncoding.c, tclUtf.c and encoding.n.
 */
import { TclError } from './errors.ts';

/** What browsers and Node have. Declared here since the language knows neither. */
declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

export interface Encoding {
  readonly name: string;
  encode(text: string): Uint8Array;
  /** Decodes from the start. Unless `last`, a character cut off at the end is left: `used` says how many bytes were taken. */
  decode(bytes: Uint8Array, last: boolean): { readonly text: string; readonly used: number };
  /** How many bytes the first `chars` UTF-16 units came from. */
  bytesOf(bytes: Uint8Array, chars: number): number;
}

const encoder = new TextEncoder();

export function utf8Encode(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  // For half a pair the platform writes U+FFFD, which is as long as the half itself.
  let at = 0;
  for (const [half] of text.matchAll(/[\p{Cs}\ufffd]/gu)) {
    while (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) at++;
    const c = half.charCodeAt(0);
    bytes.set([0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)], at);
    at += 3;
  }
  return bytes;
}

/** A character among bytes; size 0 when it is cut off. */
interface Char {
  readonly text: string;
  readonly size: number;
}

/** How an encoding is read whose characters are of several sizes. */
function byCharacter(charAt: (bytes: Uint8Array, i: number, last: boolean) => Char): Pick<Encoding, 'decode' | 'bytesOf'> {
  return {
    decode(bytes, last) {
      const parts: string[] = [];
      let i = 0;
      while (i < bytes.length) {
        const { text, size } = charAt(bytes, i, last);
        if (size === 0) break;
        parts.push(text);
        i += size;
      }
      return { text: parts.join(''), used: i };
    },
    bytesOf(bytes, chars) {
      let i = 0;
      while (chars > 0 && i < bytes.length) {
        const { text, size } = charAt(bytes, i, true);
        chars -= text.length;
        i += size;
      }
      return i;
    },
  };
}

/** A byte that begins no character counts for itself. */
function utf8At(b: Uint8Array, i: number, last: boolean): Char {
  const c = b[i]!;
  const itself = { text: String.fromCharCode(c), size: 1 };
  const size = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 1;
  let code = size === 1 ? c : c & (0x7f >> size);
  for (let k = 1; k < size; k++) {
    const t = b[i + k];
    if (t === undefined) return last ? itself : { text: '', size: 0 };
    if ((t & 0xc0) !== 0x80) return itself;
    code = (code << 6) | (t & 63);
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][size]!;
  // C0 80 is Tcl's own spelling of NUL.
  if ((code < least && !(size === 2 && code === 0)) || code > 0x10ffff) return itself;
  return { text: String.fromCodePoint(code), size };
}

let strict: TextDecoder | null = null;
const malformed = byCharacter(utf8At);

const utf8: Encoding = {
  name: 'utf-8',
  encode: utf8Encode,
  decode(bytes, last) {
    try {
      strict ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      return { text: strict.decode(bytes), used: bytes.length };
    } catch {
      return malformed.decode(bytes, last);
    }
  },
  bytesOf: malformed.bytesOf,
};

/** Text of bytes, each the character of its number. */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) text += Reflect.apply(String.fromCharCode, null, bytes.subarray(i, i + 4096));
  return text;
}

/** Bytes of text; a character above 255 gives its low byte, as Tcl's byte arrays do. */
export function byteArray(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

/** An encoding of one byte a character, by its table of 256 characters. */
function singleByte(name: string, table: readonly string[]): Encoding {
  let codes: Map<string, number> | null = null;
  return {
    name,
    encode(text) {
      codes ??= new Map(table.map((c, i) => [c, i]));
      const out = new Uint8Array(text.length);
      for (let i = 0; i < text.length; i++) out[i] = codes.get(text[i]!) ?? 63;
      return out;
    },
    decode: (bytes) => ({ text: latin1Text(bytes).replace(/[\x80-\xff]/g, (c) => table[c.charCodeAt(0)]!), used: bytes.length }),
    bytesOf: (_bytes, chars) => chars,
  };
}

const binary: Encoding = {
  name: 'binary',
  encode: byteArray,
  decode: (bytes) => ({ text: latin1Text(bytes), used: bytes.length }),
  bytesOf: (_bytes, chars) => chars,
};

/** Bytes are read as they are; what `others` matches is lost in writing. */
function plain(name: string, others: RegExp): Encoding {
  return { ...binary, name, encode: (text) => byteArray(text.replace(others, '?')) };
}

/** Two bytes a unit, the low one first, as on the machines Tcl runs on. */
const unicode: Encoding = {
  name: 'unicode',
  encode(text) {
    const out = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      out[2 * i] = c;
      out[2 * i + 1] = c >> 8;
    }
    return out;
  },
  decode(bytes, last) {
    const used = bytes.length & ~1;
    const parts: string[] = [];
    for (let i = 0; i < used; i += 2) parts.push(String.fromCharCode(bytes[i]! | (bytes[i + 1]! << 8)));
    // Half a unit at the end is lost, as in Tcl.
    return { text: parts.join(''), used: last ? bytes.length : used };
  },
  bytesOf: (_bytes, chars) => chars * 2,
};

/** The platform's encodings by Tcl's names, and by its own where it does not know those; the second list has characters of several bytes. */
const SINGLE =
  'cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874=windows-874 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 ' +
  'iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16=iso-8859-16 koi8-r koi8-u macRoman=macintosh ' +
  'macCyrillic=x-mac-cyrillic';
const MULTI = 'big5 cp932=shift_jis cp936=gbk cp949=euc-kr euc-cn=gbk euc-jp euc-kr gb2312 shiftjis=shift_jis';

function nationalNames(list: string): Map<string, string> {
  return new Map(
    list.split(' ').map((entry) => {
      const [name = '', label = name] = entry.split('=');
      return [name, label];
    }),
  );
}

function nationalTable(label: string): string[] {
  const decoder = new TextDecoder(label);
  return Array.from({ length: 256 }, (_, i) => {
    const c = decoder.decode(Uint8Array.of(i));
    return i < 0x80 || c === '\ufffd' ? String.fromCharCode(i) : c;
  });
}

/** An encoding of one or two bytes a character, its tables read from the platform at the first use. */
function multiByte(name: string, label: string): Encoding {
  const decoder = new TextDecoder(label);
  let codes: Map<string, number> | null = null;
  const charAt = (bytes: Uint8Array, i: number, last: boolean): Char => {
    const c = bytes[i]!;
    const itself = { text: String.fromCharCode(c), size: 1 };
    if (c < 0x80) return itself;
    const one = decoder.decode(Uint8Array.of(c));
    if (one.length === 1 && one !== '\ufffd') return { text: one, size: 1 };
    if (i + 1 >= bytes.length) return last ? itself : { text: '', size: 0 };
    const two = decoder.decode(bytes.subarray(i, i + 2));
    return two.includes('\ufffd') ? itself : { text: two, size: 2 };
  };
  const makeCodes = (): Map<string, number> => {
    const map = new Map<string, number>();
    for (let lead = 0xff; lead >= 0x81; lead--) {
      for (let trail = 0xfe; trail >= 0x40; trail--) {
        const c = decoder.decode(Uint8Array.of(lead, trail));
        if (c.length === 1 && c !== '\ufffd') map.set(c, lead * 256 + trail);
      }
    }
    for (let i = 0xff; i >= 0; i--) {
      const c = decoder.decode(Uint8Array.of(i));
      if (c.length === 1 && c !== '\ufffd') map.set(c, i);
    }
    return map;
  };
  return {
    name,
    encode(text) {
      codes ??= makeCodes();
      const out: number[] = [];
      for (let i = 0; i < text.length; i++) {
        const code = codes.get(text[i]!) ?? 63;
        if (code > 255) out.push(code >> 8);
        out.push(code & 255);
      }
      return Uint8Array.from(out);
    },
    ...byCharacter(charAt),
  };
}

/** Latin-1 with other characters from some places on. */
function latin1But(...changes: readonly (readonly [from: number, chars: string])[]): string[] {
  const table = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i));
  for (const [from, chars] of changes) table.splice(from, chars.length, ...chars);
  return table;
}

const known = new Map(
  [
    utf8,
    binary,
    { ...utf8, name: 'identity', decode: binary.decode, bytesOf: binary.bytesOf },
    plain('ascii', /[^\0-\x7f]/g),
    unicode,
    plain('iso8859-1', /[^\0-\xff]/g),
    // Node's decoder takes this one for Latin-1.
    singleByte('cp1252', latin1But([0x80, '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'])),
    // Tcl's Latin-5 file keeps C1 controls where the platform puts those of Windows.
    singleByte('iso8859-9', latin1But([208, 'Ğ'], [221, 'İŞ'], [240, 'ğ'], [253, 'ış'])),
  ].map((e) => [e.name, e]),
);
const singles = nationalNames(SINGLE);
const multis = nationalNames(MULTI);

/** The encoding of that name; throws `unknown encoding "x"`. `binary` is a channel's own and no name of the `encoding` command. */
export function encodingNamed(name: string): Encoding {
  const e = name === 'binary' ? undefined : (known.get(name) ?? platformEncoding(name));
  if (e === undefined) throw new TclError(`unknown encoding "${name}"`, ['TCL', 'LOOKUP', 'ENCODING', name]);
  return e;
}

function platformEncoding(name: string): Encoding | undefined {
  const single = singles.get(name);
  const multi = multis.get(name);
  try {
    const made = single ? singleByte(name, nationalTable(single)) : multi ? multiByte(name, multi) : undefined;
    if (made !== undefined) known.set(name, made);
    return made;
  } catch {
    // This platform was built without it.
    return undefined;
  }
}

export function encodingNames(): string[] {
  return [...new Set([...known.keys(), ...singles.keys(), ...multis.keys()])].filter((name) => name !== 'binary');
}

export const BINARY = binary;
export const UTF8 = utf8;
