/**
 * Looking for a text in another. At each place the platform compares as far as both go along, which takes the product of both lengths where they are
 * alike nearly everywhere: of long ones it is asked a stretch at a time, and of very long ones not at all.
 */

/** What is looked at for long, budget.ts says. */
export const looking = { pay: (_units: number): void => {} };

/** So much is compared at a stretch. */
const STRETCH = 4_000_000;
/** Longer texts are looked for by a table of their own. */
const LONG = 2000;
/** Enough to look at the clock. */
const LOOK = 10_000;

/** As `text.indexOf(what, from)`. */
export function indexIn(text: string, what: string, from = 0): number {
  const size = what.length;
  if ((text.length - from) * size <= STRETCH) return text.indexOf(what, from);
  if (size > LONG) return searched(text, what, from, 1);
  const places = Math.ceil(STRETCH / size);
  for (let at = from; at + size <= text.length; at += places) {
    looking.pay(LOOK);
    const found = text.slice(at, at + places + size - 1).indexOf(what);
    if (found >= 0) return at + found;
  }
  return -1;
}

/** As `text.lastIndexOf(what, from)`, where `from` leaves room for it. */
export function lastIndexIn(text: string, what: string, from: number): number {
  const size = what.length;
  if (from * size <= STRETCH) return text.lastIndexOf(what, from);
  if (size > LONG) return searched(text, what, from + size - 1, -1);
  const places = Math.ceil(STRETCH / size);
  for (let at = from; at >= 0; at -= places) {
    looking.pay(LOOK);
    const begin = Math.max(0, at - places + 1);
    const found = text.slice(begin, at + size).lastIndexOf(what);
    if (found >= 0) return begin + found;
  }
  return -1;
}

/** Looks at each character once (Knuth, Morris and Pratt): from `from` on forwards, or backwards, and then `what` from its end. */
function searched(text: string, what: string, from: number, step: 1 | -1): number {
  const size = what.length;
  const unit = step > 0 ? (i: number) => what.charCodeAt(i) : (i: number) => what.charCodeAt(size - 1 - i);
  /** Of so much that fits, so much less does when the next unit does not. */
  const less = new Int32Array(size + 1);
  less[0] = -1;
  for (let i = 0, fits = -1; i < size; less[++i] = ++fits) {
    if (i % LOOK === 0) looking.pay(LOOK);
    while (fits >= 0 && unit(i) !== unit(fits)) fits = less[fits]!;
  }
  for (let i = from, fits = 0; i >= 0 && i < text.length; i += step) {
    if (i % LOOK === 0) looking.pay(LOOK);
    const c = text.charCodeAt(i);
    while (fits >= 0 && unit(fits) !== c) fits = less[fits]!;
    if (++fits === size) return step > 0 ? i - size + 1 : i;
  }
  return -1;
}
