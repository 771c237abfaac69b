/** Backslash sequences, as in Tcl.n rule [9] and tclParse.c, TclParseBackslash. */

export interface Backslash {
  /** The text it stands for: one character, or a surrogate pair that stood in the source. */
  readonly text: string;
  /** Characters of source used, the backslash included. */
  readonly size: number;
}

/** Reads the sequence whose backslash is at `at`. A backslash that ends the text stands for itself. */
export function readBackslash(s: string, at: number): Backslash {
  const c = s[at + 1];
  switch (c) {
    case undefined:
      return { text: '\\', size: 1 };
    case 'a':
      return { text: '\x07', size: 2 };
    case 'b':
      return { text: '\b', size: 2 };
    case 'f':
      return { text: '\f', size: 2 };
    case 'n':
      return { text: '\n', size: 2 };
    case 'r':
      return { text: '\r', size: 2 };
    case 't':
      return { text: '\t', size: 2 };
    case 'v':
      return { text: '\v', size: 2 };
    case 'x':
      return hex(s, at, 2, 'x');
    case 'u':
      return hex(s, at, 4, 'u');
    case 'U':
      return hex(s, at, 8, 'U');
    case '\n': {
      let end = at + 2;
      while (s[end] === ' ' || s[end] === '\t') end++;
      return { text: ' ', size: end - at };
    }
  }
  if (c >= '0' && c <= '7') {
    let end = at + 2;
    let n = c.charCodeAt(0) - 48;
    while (end < at + 4) {
      const d = s.charCodeAt(end) - 48;
      if (!(d >= 0 && d <= 7) || n * 8 + d > 0xff) break;
      n = n * 8 + d;
      end++;
    }
    return { text: String.fromCharCode(n), size: end - at };
  }
  const point = s.codePointAt(at + 1)!;
  const text = String.fromCodePoint(point);
  return { text, size: 1 + text.length };
}

function hex(s: string, at: number, max: number, letter: string): Backslash {
  let n = 0;
  let end = at + 2;
  while (end < at + 2 + max) {
    const d = hexDigit(s.charCodeAt(end));
    if (d < 0 || n * 16 + d > 0x10ffff) break;
    n = n * 16 + d;
    end++;
  }
  if (end === at + 2) return { text: letter, size: 2 };
  // Tcl 8.6 holds no more than the Basic Multilingual Plane here (TCL_UTF_MAX is 3).
  return { text: n > 0xffff ? '\ufffd' : String.fromCharCode(n), size: end - at };
}

/** The value of a hexadecimal digit; -1 for others. */
export function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  if (c >= 65 && c <= 70) return c - 55;
  return -1;
}
