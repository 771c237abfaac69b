/**
 * What photo images and the formats they are read from and written to share: blocks of pixels, the bytes of a value, base64.
 * Answers to tkPhoto.h and the decoders in tkImgGIF.c and tkImgPNG.c.
 */

import type { Budget } from '../../tcl/command.ts';
import { latin1Text } from '../../tcl/encoding.ts';
import { str, type Value } from '../../tcl/value.ts';

/** RGBA pixels, row by row. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Made of shades of gray by its format: an image that holds nothing else is written as gray. */
  readonly gray: boolean;
}

/** What a format writes: a block, and how much of each pixel counts. */
export interface Picture extends Block {
  /** Its alpha is to be written. */
  readonly alpha: boolean;
  /** It has no channel for alpha at all. */
  readonly flat: boolean;
}

/** A block and where its corner goes. */
export interface Placed extends Block {
  readonly x: number;
  readonly y: number;
}

export interface Format {
  readonly name: string;
  /** The size of the image in the data, or null when it is of another format. */
  match(data: Uint8Array): { width: number; height: number } | null;
  /** Decodes `data`, which `match` took. `options`: the words of -format. At most `width`, `height` pixels are wanted. Throws its errors. */
  read(data: Uint8Array, options: readonly Value[], width: number, height: number, budget: Budget): Placed | null;
  write(picture: Picture, budget: Budget): Uint8Array;
}

/** An empty block, paid for. */
export function newPixels(width: number, height: number, budget: Budget): Uint8ClampedArray<ArrayBuffer> {
  budget.allocate(width * height * 4);
  budget.charge(width * height);
  return new Uint8ClampedArray(width * height * 4);
}

/** The bytes of a value: the low eight bits of each character. */
export function bytesOf(v: Value, budget: Budget): Uint8Array {
  const s = str(v);
  budget.allocate(s.length);
  budget.charge(s.length / 8);
  const out = new Uint8Array(s.length);
  for (let i = 0; i < s.length; i++) out[i] = s.charCodeAt(i);
  return out;
}

/** A value whose characters are the bytes. */
export function valueOf(bytes: Uint8Array, budget: Budget): string {
  budget.allocate(bytes.length * 2);
  budget.charge(bytes.length);
  return latin1Text(bytes);
}

/** Bytes written one after the other. */
export class ByteWriter {
  private bytes = new Uint8Array(1024);
  private readonly budget: Budget;
  length = 0;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  put(...bytes: readonly number[]): void {
    this.add(bytes);
  }

  add(bytes: ArrayLike<number>): void {
    const end = this.length + bytes.length;
    if (end > this.bytes.length) {
      const size = Math.max(end, this.bytes.length * 2);
      this.budget.allocate(size);
      const grown = new Uint8Array(size);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes.set(bytes, this.length);
    this.length = end;
  }

  text(s: string): void {
    for (let i = 0; i < s.length; i++) this.put(s.charCodeAt(i));
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SPACE = 64;
const END = 65;
const DECODE = new Uint8Array(256).fill(END);
for (let i = 0; i < 64; i++) DECODE[DIGITS.charCodeAt(i)] = i;
for (const c of ' \t\n\r\f') DECODE[c.charCodeAt(0)] = SPACE;

/**
 * Base64 as Tk's formats read it: white space is skipped, and the first character that is no digit ends the data, giving what bits are left
 * as a byte of their own. At most `most` bytes.
 */
export function decode64(data: Uint8Array, most = Number.POSITIVE_INFINITY): Uint8Array {
  const out = new Uint8Array(Math.min(most, ((data.length * 3) >> 2) + 2));
  let n = 0;
  let bits = 0;
  let have = 0;
  for (let i = 0; i < data.length && n < out.length; i++) {
    const d = DECODE[data[i]!]!;
    if (d === SPACE) continue;
    if (d === END) {
      out[n++] = bits << (8 - have);
      break;
    }
    bits = (bits << 6) | d;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out[n++] = bits >> have;
    bits &= (1 << have) - 1;
  }
  return out.subarray(0, n);
}

export function startsWith(data: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (data[i] !== text.charCodeAt(i)) return false;
  return true;
}
