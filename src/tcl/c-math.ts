/**
 * Functions of the C library that JavaScript's own miss by a last digit often enough to be seen: powers, exponentials and logarithms (one result in
 * ten) and hypot. The others of Math stay within one unit in the last place, and are used as they are.
 */

/** The logarithm of 2: its upper bits, of which some thousand can be added up exactly, and the rest. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** The exponent is halved as often, so that few terms of the series do. */
const HALVINGS = 8;

/** What the sum of two doubles less 1 is the power e^(x + rest) without its power of 2, which `scale` is. */
const made = { high: 0, low: 0, scale: 0 };

function exponential(x: number, rest: number): void {
  const k = Math.round(x * Math.LOG2E);
  const top = x - k * LN2_HIGH;
  const under = rest - k * LN2_LOW;
  const s = (top + under) / 2 ** HALVINGS;
  const t = (top - (top + under) + under) / 2 ** HALVINGS;
  const square = s * s;
  const half = square / 2;
  const first = s + half;
  const more =
    half - (first - s) + (productError(s, s, square) / 2 + t + s * t) + (square * s * (1 + (s / 4) * (1 + (s / 5) * (1 + s / 6)))) / 6;
  let high = first + more;
  let low = more - (high - first);
  for (let i = 0; i < HALVINGS; i++) {
    // (1 + p)^2 - 1
    const squared = high * high;
    const doubled = 2 * high;
    const sum = doubled + squared;
    low = squared - (sum - doubled) + productError(high, high, squared) + 2 * (low + high * low);
    high = sum;
  }
  made.high = high + low;
  made.low = low - (made.high - high);
  made.scale = k;
}

function scaled(): number {
  const { high, low, scale } = made;
  const sum = 1 + high;
  const half = Math.trunc(scale / 2);
  return (sum + (high - (sum - 1) + low)) * 2 ** half * 2 ** (scale - half);
}

export function exp(x: number): number {
  // Near the ends of the range, and of no number.
  if (!(Math.abs(x) < 700)) return Math.exp(x);
  exponential(x, 0);
  return scaled();
}

/** What is to be added to `y`, the logarithm of `x`, by one step of Newton's method. */
function logError(x: number, y: number): number {
  exponential(-y, 0);
  const { high, low, scale } = made;
  const near = x * 2 ** scale;
  const product = near * high;
  return near - 1 + product + (productError(near, high, product) + near * low);
}

function isPlain(x: number): boolean {
  return x > 1e-290 && x < 1e290;
}

export function log(x: number): number {
  const y = Math.log(x);
  return isPlain(x) ? y + logError(x, y) : y;
}

/** C's pow, which unlike JavaScript's also says that 1 to any power is 1. */
export function power(base: number, exponent: number): number {
  if ((base === 1 || base === -1) && (exponent === Infinity || exponent === -Infinity)) return 1;
  const plain = base ** exponent;
  const size = Math.abs(plain);
  // Near the ends of the range the halves below would overflow or lose bits.
  if (!(size > 1e-140 && size < 1e140)) return plain;
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 1024) return wholePower(base, exponent);
  if (!isPlain(base)) return plain;
  const y = Math.log(base);
  const product = y * exponent;
  exponential(product, productError(y, exponent, product) + logError(base, y) * exponent);
  return scaled();
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
