/** The checksums of zlib streams and gzip files (RFC 1950 and 1952), each going on from where another ended. */

export function adler32(data: Uint8Array, start = 1): number {
  let a = start & 0xffff;
  let b = start >>> 16;
  let i = 0;
  do {
    // As many as can be added before the sums need reducing.
    for (const end = Math.min(data.length, i + 3800); i < end; i++) b += a += data[i]!;
    a %= 65521;
    b %= 65521;
  } while (i < data.length);
  return ((b << 16) | a) >>> 0;
}

let table: Int32Array | null = null;

/** What becomes of a byte, and of one that others follow: one, two or three. */
function makeTable(): Int32Array {
  const t = new Int32Array(4 * 256);
  for (let n = 0; n < t.length; n++) {
    let c = n < 256 ? n : t[n - 256]!;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    t[n] = c;
  }
  return t;
}

export function crc32(data: Uint8Array, start = 0): number {
  const t = (table ??= makeTable());
  let c = ~start;
  let i = 0;
  for (; i + 3 < data.length; i += 4) {
    c ^= data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16) | (data[i + 3]! << 24);
    c = t[768 + (c & 255)]! ^ t[512 + ((c >>> 8) & 255)]! ^ t[256 + ((c >>> 16) & 255)]! ^ t[c >>> 24]!;
  }
  for (; i < data.length; i++) c = t[(c ^ data[i]!) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}
