/** binary encode and binary decode: base64, hex, uuencode. Answers to tclBinary.c and binary.n. */
import { fromByteArray } from 'base64-js';
import { hexDigit } from '../backslash.ts';
import type { Interp } from '../command.ts';
import { latin1Text } from '../encoding.ts';
import { byteArray } from '../encodings.ts';
import { alternatives, lookup, TclError, wrongArgs } from '../errors.ts';
import { isSpace } from '../list.ts';
import { smallIntOf } from '../number.ts';
import { str, type Value } from '../value.ts';

const NAMES = ['base64', 'hex', 'uuencode'];

/** What is decoded or encoded, in characters of data. */
type Codec = (data: string, args: readonly Value[]) => string;

const encoders = new Map<string, Codec>([
  ['base64', encodeBase64],
  ['hex', encodeHex],
  ['uuencode', encodeUu],
]);
const decoders = new Map<string, Codec>([
  ['base64', (data, args) => decodeBase64(data, isStrict(args))],
  ['hex', (data, args) => decodeHex(data, isStrict(args))],
  ['uuencode', (data, args) => decodeUu(data, isStrict(args))],
]);

function codec(table: ReadonlyMap<string, Codec>, name: string): Codec {
  const found = table.get(name);
  if (found === undefined) {
    throw new TclError(`unknown subcommand "${name}": must be ${alternatives(NAMES)}`, ['TCL', 'LOOKUP', 'SUBCOMMAND', name]);
  }
  return found;
}

/** The data is the last word. */
function run(interp: Interp, use: Codec, args: readonly Value[]): string {
  const data = str(args[args.length - 1]!);
  interp.budget.charge(8 * data.length);
  interp.budget.allocate(data.length * 8);
  return use(data, args);
}

export function encodeCmd(interp: Interp, args: readonly Value[]): Value {
  const name = str(args[1]!);
  const use = codec(encoders, name);
  if (name === 'hex' && args.length !== 3) throw wrongArgs('binary encode hex data');
  if (args.length % 2 === 0) throw wrongArgs(`binary encode ${name} ?-maxlen len? ?-wrapchar char? data`);
  return run(interp, use, args);
}

export function decodeCmd(interp: Interp, args: readonly Value[]): Value {
  const name = str(args[1]!);
  const use = codec(decoders, name);
  if (args.length < 3 || args.length > 4) throw wrongArgs(`binary decode ${name} ?options? data`);
  return run(interp, use, args);
}

// --- options ----------------------------------------------------------------------------------------------------------------

function isStrict(args: readonly Value[]): boolean {
  if (args.length < 4) return false;
  lookup(str(args[2]!), ['-strict'], 'option', true);
  return true;
}

/** Reads `-maxlen` and `-wrapchar`, checked as they come. */
function readWrap(args: readonly Value[], maxlen: number, least: number, most: number, check: (wrap: string) => void) {
  const o = { maxlen, wrap: '\n' };
  for (let i = 2; i < args.length - 1; i += 2) {
    if (lookup(str(args[i]!), ['-maxlen', '-wrapchar'], 'option', true) === '-wrapchar') {
      o.wrap = str(args[i + 1]!);
      check(o.wrap);
    } else {
      o.maxlen = smallIntOf(args[i + 1]!);
      if (o.maxlen < least || o.maxlen > most) {
        throw new TclError('line length out of range', ['TCL', 'BINARY', 'ENCODE', 'LINE_LENGTH']);
      }
    }
  }
  return o;
}

function invalid(what: string, c: string, at: number): TclError {
  return new TclError(`invalid ${what} "${c}" at position ${at}`, ['TCL', 'BINARY', 'DECODE', 'INVALID']);
}

// --- base64 and hex ---------------------------------------------------------------------------------------------------------

function encodeBase64(data: string, args: readonly Value[]): string {
  const { maxlen, wrap } = readWrap(args, 0, 0, Infinity, () => {});
  const text = fromByteArray(byteArray(data));
  if (maxlen === 0 || wrap === '' || text.length <= maxlen) return text;
  const lines: string[] = [];
  for (let i = 0; i < text.length; i += maxlen) lines.push(text.slice(i, i + maxlen));
  return lines.join(wrap);
}

/** The number of each digit, by its character; 64 for others. */
const BASE64 = new Uint8Array(256).fill(64);
for (const [n, c] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) BASE64[c.charCodeAt(0)] = n;

function digitAt(data: string, at: number): number {
  const c = data.charCodeAt(at);
  return c < 256 ? BASE64[c]! : 64;
}

/** Without `strict` everything that is no digit is passed over, also what follows the padding. */
function decodeBase64(data: string, strict: boolean): string {
  const bytes = new Uint8Array(3 * ((data.length >> 2) + 2));
  let n = 0;
  let cut = 0;
  let at = 0;
  const bad = () => invalid('base64 character', data.charAt(at - 1), at - 1);
  const put = (block: number) => {
    bytes[n++] = block >> 16;
    bytes[n++] = block >> 8;
    bytes[n++] = block;
  };
  while (at < data.length) {
    let block = 0;
    if (cut === 0) {
      const a = digitAt(data, at);
      const b = digitAt(data, at + 1);
      const c = digitAt(data, at + 2);
      const d = digitAt(data, at + 3);
      if ((a | b | c | d) < 64) {
        put((a << 18) | (b << 12) | (c << 6) | d);
        at += 4;
        continue;
      }
    }
    for (let i = 0; i < 4; i++) {
      let c = '=';
      if (at < data.length) {
        c = data.charAt(at++);
      } else if (i <= 1) {
        if (strict) throw bad();
        cut += 3;
        break;
      }
      const digit = cut > 0 ? 64 : digitAt(c, 0);
      if (digit < 64) {
        block = (block << 6) | digit;
      } else if (c === '=' && (i > 1 || (cut === 0 && !strict))) {
        block <<= 6;
        if (i > 0) cut++;
      } else if (strict) {
        throw bad();
      } else {
        i--;
      }
    }
    put(block);
    if (cut > 0 && at < data.length && strict) throw bad();
  }
  return latin1Text(bytes.subarray(0, Math.max(n - cut, 0)));
}

/** The digits, as bytes. */
export const HEX = new Uint8Array(16).map((_, n) => '0123456789abcdef'.charCodeAt(n));

function encodeHex(data: string): string {
  const digits = new Uint8Array(2 * data.length);
  for (let i = 0; i < data.length; i++) {
    const c = data.charCodeAt(i);
    digits[2 * i] = HEX[(c >> 4) & 15]!;
    digits[2 * i + 1] = HEX[c & 15]!;
  }
  return latin1Text(digits);
}

function decodeHex(data: string, strict: boolean): string {
  const bytes = new Uint8Array(data.length >> 1);
  let n = 0;
  let high = -1;
  for (let i = 0; i < data.length; i++) {
    const c = data.charCodeAt(i);
    const digit = hexDigit(c);
    if (digit < 0) {
      if (strict || !isSpace(c)) throw invalid('hexadecimal digit', data.charAt(i), i);
    } else if (high < 0) {
      high = digit;
    } else {
      bytes[n++] = high * 16 + digit;
      high = -1;
    }
  }
  return latin1Text(bytes.subarray(0, n));
}

// --- uuencode ---------------------------------------------------------------------------------------------------------------

/** Lines of a length digit and groups of four digits for three bytes; 0 is written as a backquote. */
function encodeUu(data: string, args: readonly Value[]): string {
  const o = readWrap(args, 61, 5, 85, (wrap) => {
    if (!/^[\t\v\f\r]*\n?$/.test(wrap)) {
      throw new TclError('invalid wrapchar; will defeat decoding', ['TCL', 'BINARY', 'ENCODE', 'WRAPCHAR']);
    }
  });
  const bytes = byteArray(data);
  const perLine = Math.floor((o.maxlen - 1) / 4) * 3;
  let out = '';
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = bytes.subarray(at, at + perLine);
    out += uuDigit(line.length);
    let n = 0;
    let bits = 0;
    for (const b of line) {
      n = (n << 8) | b;
      for (bits += 8; bits > 6; bits -= 6) out += uuDigit(n >> (bits - 6));
    }
    if (bits > 0) out += uuDigit((n << 8) >> (bits + 2));
    out += o.wrap;
  }
  return out;
}

function uuDigit(n: number): string {
  return String.fromCharCode((n & 63) === 0 ? 96 : 32 + (n & 63));
}

function decodeUu(data: string, strict: boolean): string {
  const bytes: number[] = [];
  let left = -1;
  let at = 0;
  const short = () => new TclError('short uuencode data', ['TCL', 'BINARY', 'DECODE', 'SHORT']);
  const bad = () => invalid('uuencode character', data.charAt(at - 1), at - 1);
  const isDigit = (c: number) => c >= 32 && c <= 96;
  while (at < data.length) {
    if (left < 0) {
      const c = data.charCodeAt(at++);
      if (!isDigit(c)) {
        if (strict || !isSpace(c)) throw bad();
        continue;
      }
      left = (c - 32) & 63;
    }
    // A group of four digits; what is missing at the end counts as the character NUL.
    const d = [0, 0, 0, 0];
    for (let i = 0; i < 4 && at < data.length; ) {
      const c = data.charCodeAt(at++);
      if (isDigit(c)) d[i++] = c;
      else if (strict && !isSpace(c)) throw bad();
      else if (strict && c === 10) throw short();
    }
    const [a, b, c, e] = d.map((x) => (x - 32) & 63) as [number, number, number, number];
    const group = [(a << 2) | (b >> 4), ((b << 4) | (c >> 2)) & 255, ((c << 6) | e) & 255];
    const taken = Math.min(left, 3);
    for (let i = 0; i < taken; i++) bytes.push(group[i]!);
    left -= taken;
    if (left > 0 || at >= data.length) continue;
    // The rest of a full line is skipped.
    left = -1;
    while (at < data.length) {
      const x = data.charCodeAt(at++);
      if (x === 10) break;
      if (isDigit(x)) {
        at--;
        break;
      }
      if (strict || !isSpace(x)) throw bad();
    }
  }
  if (left > 0 && strict) throw short();
  return latin1Text(Uint8Array.from(bytes));
}
