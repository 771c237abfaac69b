/** What a character encoding is, and how one is read a character at a time. The encodings are in encodings.ts and encodings-national.ts. */

export interface Encoding {
  readonly name: string;
  encode(text: string): Uint8Array;
  /** Decodes from the start. Unless `last`, a character cut off at the end is left: `used` says how many bytes were taken. */
  decode(bytes: Uint8Array, last: boolean): { readonly text: string; readonly used: number };
  /** How many bytes the first `chars` UTF-16 units came from. */
  bytesOf(bytes: Uint8Array, chars: number): number;
  /** For one reader alone, of an encoding that must know what came before. */
  fresh?(): Encoding;
  /** These bytes are done with: `bytesOf` counts from what follows. Without any, both it and `decode` begin anew. */
  passed?(bytes: Uint8Array | null): void;
}

/** A character among bytes; size 0 when it is cut off. */
export interface Char {
  readonly text: string;
  readonly size: number;
}

/** How an encoding is read whose characters are of several sizes. */
export function byCharacter(charAt: (bytes: Uint8Array, i: number, last: boolean) => Char): Pick<Encoding, 'decode' | 'bytesOf'> {
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

/** Text of the first `n` bytes, each the character of its number, or of characters. Eight at a time: neither one nor thousands to a call are as fast. */
export function latin1Text(b: Uint8Array | Uint16Array, n = b.length): string {
  let text = '';
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    text += String.fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!);
  }
  for (; i < n; i++) text += String.fromCharCode(b[i]!);
  // A text of many parts takes seven times its length, until one of its characters is asked for.
  text.charCodeAt(0);
  return text;
}
