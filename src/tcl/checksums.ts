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

let table: Uint32Array | null = null;

export function crc32(data: Uint8Array, start = 0): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let c = ~start;
  for (let i = 0; i < data.length; i++) c = table[(c ^ data[i]!) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}
