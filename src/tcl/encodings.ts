/**
 * Character encodings: text to bytes and back, for channels and the `encoding` command. Those that Tcl reads from its own way are
 * here (utf-8, unicode, iso8859-1, ascii, identity, binary); the national ones are in encodings-national.ts.
 * Bytes that are no character become the character of that number, as in Tcl 8.6; characters the encoding lacks become `?`.
 * Answers to tclEncoding.c, tclUtf.c and encoding.n.
 */
import { byCharacter, type Char, type Encoding, latin1Text } from './encoding.ts';
import { nationalEncoding, nationalNames } from './encodings-national.ts';
import { TclError } from './errors.ts';

/** What browsers and Node have. Declared here since the language knows neither. */
declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

const encoder = new TextEncoder();

/** Up to so long text is encoded here, as long as it is ASCII: the platform takes longer to begin. */
const SHORT = 64;

export function utf8Encode(text: string): Uint8Array {
  return (text.length <= SHORT ? shortAscii(text) : null) ?? encoded(text);
}

function shortAscii(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 127) return null;
    bytes[i] = c;
  }
  return bytes;
}

function encoded(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  // For half a pair the platform writes U+FFFD, which is as long as the half itself.
  if (bytes.length === text.length) return bytes;
  let at = 0;
  for (const [half] of text.matchAll(/[\p{Cs}\ufffd]/gu)) {
    while (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) at++;
    const c = half.charCodeAt(0);
    bytes.set([0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)], at);
    at += 3;
  }
  return bytes;
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

/** Bytes of text; a character above 255 gives its low byte, as Tcl's byte arrays do. */
export function byteArray(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

const binary: Encoding = {
  name: 'binary',
  encode: byteArray,
  decode: (bytes) => ({ text: latin1Text(bytes), used: bytes.length }),
  bytesOf: (_bytes, chars) => chars,
};

/** Bytes are read as they are; what `others` matches is lost in writing. */
function plain(name: string, others: RegExp): Encoding {
  return { ...binary, name, encode: (text: string) => byteArray(text.replace(others, '?')) };
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

const known = new Map(
  [
    utf8,
    binary,
    // As Tcl keeps text: C0 80 for NUL.
    { ...utf8, name: 'identity', encode: (text: string) => byteArray(latin1Text(utf8Encode(text)).replaceAll('\0', '\xc0\x80')) },
    plain('ascii', /[^\0-\x7e]/g),
    unicode,
    plain('iso8859-1', /[^\0-\xff]/g),
  ].map((e) => [e.name, e]),
);

/** The encoding of that name; throws `unknown encoding "x"`. `binary` is a channel's own and no name of the `encoding` command. */
export function encodingNamed(name: string): Encoding {
  const e = name === 'binary' ? undefined : (known.get(name) ?? nationalEncoding(name));
  if (e === undefined) throw new TclError(`unknown encoding "${name}"`, ['TCL', 'LOOKUP', 'ENCODING', name]);
  return e;
}

export function encodingNames(): string[] {
  return [...new Set([...known.keys(), ...nationalNames()])].filter((name) => name !== 'binary');
}

export const BINARY = binary;
export const UTF8 = utf8;
