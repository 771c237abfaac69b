/**
 * The functions of the C library that expressions have, out of additions and multiplications alone, so that they say the same in every
 * browser. Most are worked out to some 70 bits and then rounded: that is what glibc gives but for one result in a thousand, in which its
 * own last digit depends on the processor. For sinh, cosh, tanh, log10 and hypot glibc's formulas are followed, since they are off by more.
 * Math's own are where to start from, and what is left at the ends of the range.
 */

// ---- Powers, exponentials and logarithms

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
  // Beyond the ends of the range, and of no number.
  if (!(Math.abs(x) < 745)) return Math.exp(x);
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

/** The power of 2 is taken apart, as in glibc. */
export function log10(x: number): number {
  if (!isPlain(x)) return Math.log10(x);
  let k = Math.floor(Math.log2(x));
  // The logarithm may have been rounded up.
  if (x * 2 ** -k < 1) k--;
  if (k < 0) k++;
  return k * 3.694239077158931e-13 + Math.LOG10E * log(x * 2 ** -k) + k * 0.30102999566361177;
}

/** C's pow, which unlike JavaScript's also says that 1 to any power is 1. */
export function power(base: number, exponent: number): number {
  if ((base === 1 || base === -1) && (exponent === Infinity || exponent === -Infinity)) return 1;
  const plain = base ** exponent;
  const size = Math.abs(plain);
  if (!isPlain(size)) return plain;
  // Where the squares below might overflow or lose bits the exponential does, which wants a positive base.
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 1024 && size > 1e-140 && size < 1e140) return wholePower(base, exponent);
  const over = Math.abs(base);
  if (!isPlain(over)) return plain;
  const y = Math.log(over);
  const product = y * exponent;
  exponential(product, productError(y, exponent, product) + logError(over, y) * exponent);
  return plain < 0 ? -scaled() : scaled();
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

// ---- Hyperbolic functions

/** e^x - 1 by glibc's formula: its rational function of what is left of `x` without multiples of log 2. */
function expm1(x: number): number {
  if (Math.abs(x) < 2 ** -54) return x;
  const k =
    Math.abs(x) <= 0.34657359027997264
      ? 0
      : Math.abs(x) < 1.0397207708399179
        ? Math.sign(x)
        : Math.trunc(x * Math.LOG2E + 0.5 * Math.sign(x));
  const top = x - k * LN2_HIGH;
  const under = k * LN2_LOW;
  const r = top - under;
  const lost = top - r - under;
  const half = 0.5 * r;
  const z = r * half;
  const z2 = z * z;
  const r1 =
    1 +
    z * -0.03333333333333313 +
    z2 * (0.0015873015872548146 + z * -7.93650757867488e-5) +
    z2 * z2 * (4.008217827329362e-6 + z * -2.0109921818362437e-7);
  const t = 3 - r1 * half;
  let e = z * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - z);
  e = r * (e - lost) - lost - z;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  const scale = 2 ** k;
  if (k <= -2 || k > 56) return (1 - (e - r)) * scale - 1;
  return k < 20 ? (1 - 2 ** -k - (e - r)) * scale : (r - (e + 2 ** -k) + 1) * scale;
}

/** Half of e^x, which itself may be beyond the range. */
function halfExp(x: number): number {
  if (x < 709.78) return 0.5 * exp(x);
  const root = exp(0.5 * x);
  return 0.5 * root * root;
}

export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= 2 ** -28)) return x;
  if (size >= 22) return Math.sign(x) * halfExp(size);
  const t = expm1(size);
  return Math.sign(x) * 0.5 * (size < 1 ? 2 * t - (t * t) / (t + 1) : t + t / (t + 1));
}

export function cosh(x: number): number {
  const size = Math.abs(x);
  if (size >= 22) return halfExp(size);
  if (size < 0.34657) {
    const t = expm1(size);
    return 1 + (t * t) / (2 * (1 + t));
  }
  const t = exp(size);
  return 0.5 * t + 0.5 / t;
}

export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= 2 ** -55)) return x;
  if (size >= 22) return Math.sign(x);
  const t = expm1(size >= 1 ? 2 * size : -2 * size);
  return Math.sign(x) * (size >= 1 ? 1 - 2 / (t + 2) : -t / (t + 2));
}

// ---- Sines and their like

/** Half of pi in four pieces; the first three are short, so that a million of them are exact. */
const PIECE_1 = 1.5707963267341256;
const PIECE_2 = 6.077100506303966e-11;
const PIECE_3 = 2.0222662487111665e-21;
const PIECE_4 = 8.4784276603689e-32;
/** How many bits of big numbers are behind the point: enough for what is left of the largest double. */
const POINT = 1200n;
const ONE = 1n << POINT;
/** The table has the sine and the cosine of every 64th, as two doubles each. */
const STEPS = 64;

let halfPi = 0n;
let table: Float64Array | null = null;

/** What is two doubles of a big number. */
function parts(n: bigint): readonly [high: number, low: number] {
  const short = n >> (POINT - 200n);
  const high = Number(short);
  return [high * 2 ** -200, Number(short - BigInt(high)) * 2 ** -200];
}

function arccot(n: bigint): bigint {
  let power = ONE / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) sum += (power /= -n * n) / k;
  return sum;
}

/** Made at the first use, in less than a millisecond. */
function makeTable(): Float64Array {
  halfPi = 8n * arccot(5n) - 2n * arccot(239n);
  const first: [cosine: bigint, sine: bigint] = [0n, 0n];
  for (let n = 0, term = ONE; term !== 0n; term /= BigInt(STEPS * ++n)) first[n & 1]! += (n & 2) === 0 ? term : -term;
  const made: number[] = [];
  let [c, s] = [ONE, 0n];
  for (let k = 0; k <= (Math.PI / 4) * STEPS + 1; k++) {
    made.push(...parts(s), ...parts(c));
    [c, s] = [(c * first[0] - s * first[1]) >> POINT, (s * first[0] + c * first[1]) >> POINT];
  }
  return Float64Array.from(made);
}

/** Sine and cosine as `circle` found them: the second double of each is below the last place of the first. */
let sine = 0;
let sineLow = 0;
let cosine = 0;
let cosineLow = 0;

/** `x` is any number but infinite. */
function circle(x: number): void {
  table ??= makeTable();
  let quarters: number;
  let r: number;
  let rest: number;
  if (Math.abs(x) < 1e6) {
    quarters = Math.round(x * 0.6366197723675814);
    const top = x - quarters * PIECE_1;
    const second = quarters * PIECE_2;
    const third = quarters * PIECE_3;
    const less = top - second;
    r = less - third;
    rest = difference(top, second, less) + difference(less, third, r) - quarters * PIECE_4;
  } else {
    const size = Math.abs(x);
    const whole = Math.trunc(size);
    const n = (BigInt(whole) << POINT) + (BigInt((size - whole) * 2 ** 40) << (POINT - 40n));
    const count = (n + halfPi / 2n) / halfPi;
    quarters = Number(count & 3n) * Math.sign(x);
    [r, rest] = parts(n - count * halfPi);
    if (x < 0) [r, rest] = [-r, -rest];
  }
  const k = Math.round(r * STEPS);
  const t = r - k / STEPS + rest;
  rest -= t - (r - k / STEPS);
  const i = 4 * Math.abs(k);
  const sign = k < 0 ? -1 : 1;
  let s = table[i]! * sign;
  let sLow = table[i + 1]! * sign;
  let c = table[i + 2]!;
  let cLow = table[i + 3]!;
  for (let turns = quarters & 3; turns > 0; turns--) [s, sLow, c, cLow] = [c, cLow, -s, -sLow];
  const square = t * t;
  // The sine of what is left without its first term, and the cosine less 1.
  const more = rest + t * square * (-1 / 6 + square * (1 / 120 - square / 5040));
  const under = -square / 2;
  const lost = square * square * (1 / 24 - square * (1 / 720 - square / 40320)) - productError(t, t, square) / 2 - t * rest;
  const ct = c * t;
  sine = s + ct;
  sineLow = difference(s, -ct, sine) + productError(c, t, ct) + (sLow + cLow * t + c * more + s * lost + s * under);
  const st = s * t;
  cosine = c - st;
  cosineLow = difference(c, st, cosine) - productError(s, t, st) + (cLow - sLow * t - s * more + c * lost + c * under);
  const sum = sine + sineLow;
  sineLow -= sum - sine;
  sine = sum;
  const other = cosine + cosineLow;
  cosineLow -= other - cosine;
  cosine = other;
}

/** Whether `x` is a number, and not so small that it is its own sine and tangent. */
function isAngle(x: number): boolean {
  const size = Math.abs(x);
  return size > 2 ** -28 && size < Infinity;
}

export function sin(x: number): number {
  if (!isAngle(x)) return Math.sin(x);
  circle(x);
  return sine;
}

export function cos(x: number): number {
  if (!isAngle(x)) return Math.cos(x);
  circle(x);
  return cosine;
}

export function tan(x: number): number {
  if (!isAngle(x)) return Math.tan(x);
  circle(x);
  const near = sine / cosine;
  const product = near * cosine;
  return near + (sine - product - productError(near, cosine, product) + sineLow - near * cosineLow) / cosine;
}

/** The angle of a point, by one step of Newton's method from one that is nearly it. */
function angle(y: number, yLow: number, x: number, xLow: number, near: number): number {
  circle(near);
  const up = y * cosine;
  const down = x * sine;
  const across =
    up - down + (productError(y, cosine, up) - productError(x, sine, down) + (y * cosineLow - x * sineLow + yLow * cosine - xLow * sine));
  return near + across / (x * cosine + y * sine);
}

export function atan2(y: number, x: number): number {
  const near = Math.atan2(y, x);
  const size = Math.max(Math.abs(y), Math.abs(x));
  const scale = size > 2 ** 400 ? 2 ** -600 : size < 2 ** -400 ? 2 ** 700 : 1;
  // What has no products: one of a few angles, or so flat that it is the quotient.
  if (!(Math.abs(y) * scale > 1e-140 && Math.abs(x) * scale > 1e-140 && size < Infinity)) return near;
  return angle(y * scale, 0, x * scale, 0, near);
}

export function atan(x: number): number {
  return isAngle(x) && Math.abs(x) < 1e140 ? angle(x, 0, 1, 0, Math.atan(x)) : Math.atan(x);
}

export function asin(x: number): number {
  if (!(isAngle(x) && Math.abs(x) < 1)) return Math.asin(x);
  const root = complement(x);
  return angle(x, 0, root, rootLow, Math.asin(x));
}

export function acos(x: number): number {
  if (!(Math.abs(x) < 1)) return Math.acos(x);
  const root = complement(x);
  return angle(root, rootLow, x, 0, Math.acos(x));
}

/** The square root of 1 - x*x, and in `rootLow` what it lacks. */
let rootLow = 0;
function complement(x: number): number {
  const square = x * x;
  const under = 1 - square;
  const root = Math.sqrt(under);
  const back = root * root;
  rootLow = (under - back - productError(root, root, back) + (1 - under - square) - productError(x, x, square)) / (2 * root);
  return root;
}

// ---- Rounding

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

/** What rounding took from `result`, which is a - b: Knuth's method. */
function difference(a: number, b: number, result: number): number {
  const taken = a - result;
  return a - (result + taken) - (b - taken);
}

/** The square root of x*x + y*y as glibc corrects it. */
export function hypot(x: number, y: number): number {
  const [a, b] = Math.abs(x) < Math.abs(y) ? [Math.abs(y), Math.abs(x)] : [Math.abs(x), Math.abs(y)];
  if (!(a < Infinity)) return Math.hypot(x, y);
  if (b <= a * 2 ** -54) return a + b;
  const scale = a > 2 ** 511 ? 2 ** -600 : b < 2 ** -459 ? 2 ** 600 : 1;
  return corrected(a * scale, b * scale) / scale;
}

function corrected(a: number, b: number): number {
  const h = Math.sqrt(a * a + b * b);
  if (h <= 2 * b) {
    const over = h - b;
    return h - (a * (2 * over - a) + (over - 2 * (a - b)) * over) / (2 * h);
  }
  const over = h - a;
  return h - (2 * over * (a - 2 * b) + ((4 * over - b) * b + over * over)) / (2 * h);
}
