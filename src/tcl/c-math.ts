/**
 * Functions of the C library that JavaScript's own miss by a last digit often enough to be seen: powers to whole exponents
 * (compound interest, 1e-3) and hypot. The others of Math stay within one unit in the last place, and are used as they are.
 */

/** C's pow, which unlike JavaScript's also says that 1 to any power is 1. */
export function power(base: number, exponent: number): number {
  if ((base === 1 || base === -1) && (exponent === Infinity || exponent === -Infinity)) return 1;
  const plain = base ** exponent;
  const size = Math.abs(plain);
  // Near the ends of the range the halves below would overflow or lose bits.
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 1024 || !(size > 1e-140 && size < 1e140)) return plain;
  return wholePower(base, exponent);
}

/** By squaring, each step as an unevaluated sum of two doubles. */
function wholePower(base: number, exponent: number): number {
  let high = 1;
  let low = 0;
  for (let bit = 1 << 10, n = Math.abs(exponent); bit > 0; bit >>= 1) {
    const square = high * high;
    low = productError(high, high, square) + 2 * high * low;
    high = square;
    if ((n & bit) !== 0) {
      const product = high * base;
      low = productError(high, base, product) + low * base;
      high = product;
    }
    const sum = high + low;
    low -= sum - high;
    high = sum;
  }
  if (exponent >= 0) return high;
  const inverse = 1 / high;
  const product = inverse * high;
  return inverse + inverse * (1 - product - productError(inverse, high, product) - inverse * low);
}

/** What rounding took from `product`, the product of `a` and `b`: Dekker's method. */
function productError(a: number, b: number, product: number): number {
  const a1 = upperHalf(a);
  const b1 = upperHalf(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2;
}

/** The upper 26 bits: Veltkamp's split. */
function upperHalf(a: number): number {
  const t = a * 134217729;
  return t - (t - a);
}

/** The square root of x*x + y*y, put right by one step of Newton's method on the exact squares. */
export function hypot(x: number, y: number): number {
  const plain = Math.hypot(x, y);
  if (!(plain > 1e-140 && plain < 1e140)) return plain;
  const rest = residue(x) + residue(y) - residue(plain);
  return plain + (difference(x, y, plain) + rest) / (2 * plain);
}

function residue(x: number): number {
  return productError(x, x, x * x);
}

/** x*x + y*y - h*h in rounded squares: the larger goes first, so that what is left is exact. */
function difference(x: number, y: number, h: number): number {
  const [big, small] = Math.abs(x) > Math.abs(y) ? [x, y] : [y, x];
  return big * big - h * h + small * small;
}
