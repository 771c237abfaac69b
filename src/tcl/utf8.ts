/**
 * UTF-8 as Tcl 8.6 holds strings inside: each UTF-16 unit by itself, and NUL as two bytes. Real UTF-8, for the outside, is an
 * encoding like others. Answers to tclUtf.c.
 */

/** Bytes of one UTF-16 unit. */
export function utf8Size(unit: number): number {
  return unit === 0 ? 2 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
}

/** Bytes that a string takes inside Tcl: `string bytelength`. */
export function utf8Length(s: string): number {
  let n = 0;
  for (let i = 0; i < s.length; i++) n += utf8Size(s.charCodeAt(i));
  return n;
}

/** A text as traces of errors show it: no more than so many bytes, and dots when there was more. */
export function cut(s: string, limit: number, dots = '...'): string {
  for (let i = 0, n = 0; i < s.length; i++) {
    n += utf8Size(s.charCodeAt(i));
    if (n > limit) return s.slice(0, i) + dots;
  }
  return s;
}

/** Its last characters, of no more than so many bytes. */
export function cutFront(s: string, limit: number): string {
  let i = s.length;
  for (let n = 0; i > 0; i--) {
    n += utf8Size(s.charCodeAt(i - 1));
    if (n > limit) break;
  }
  return s.slice(i);
}

export function utf8Bytes(s: string): number[] {
  const out: number[] = [];
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    switch (utf8Size(c)) {
      case 1:
        out.push(c);
        break;
      case 2:
        out.push(0xc0 | (c >> 6), 0x80 | (c & 63));
        break;
      default:
        out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    }
  }
  return out;
}
