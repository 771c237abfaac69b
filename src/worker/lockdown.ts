/**
 * Takes away what the engine does not need, before the first byte of a tclet is parsed. A second wall: scripts cannot reach
 * JavaScript at all, and the worker's origin is opaque; but an escape should find an empty room.
 */

/** What stays on the global object: the language itself, and the few things of the platform the engine was given before. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'globalThis self undefined NaN Infinity Object Array String Number Boolean Symbol BigInt Math Date RegExp JSON Map Set WeakMap WeakSet WeakRef ' +
    'Promise Proxy Reflect Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError InternalError Intl Iterator ' +
    'ArrayBuffer DataView Uint8Array Uint8ClampedArray Int8Array Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array ' +
    'BigInt64Array BigUint64Array parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape ' +
    'FinalizationRegistry TextEncoder TextDecoder Function'
  ).split(' '),
);

/** Removes the rest, on the global object and its prototypes, and closes the ways to make code from text. */
export function lockdown(scope: object): void {
  for (let o: object | null = scope; o !== null && o !== Object.prototype; o = Object.getPrototypeOf(o) as object | null) {
    for (const key of Reflect.ownKeys(o)) {
      if (typeof key === 'string' && (KEPT.has(key) || key === 'constructor')) continue;
      if (typeof key === 'symbol') continue;
      remove(o, key);
    }
  }
  closeConstructors();
  for (const key of ['Function', 'eval']) remove(scope, key);
}

/** What can be neither deleted nor replaced is a constant that the platform keeps for every script; none of those has authority. */
function remove(o: object, key: string): void {
  if (!Reflect.deleteProperty(o, key)) Reflect.defineProperty(o, key, { value: undefined, writable: false, configurable: false });
}

/** `(function () {}).constructor` and its async and generator kin are `Function` by another name. */
function closeConstructors(): void {
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const f of kinds) {
    const prototype = Object.getPrototypeOf(f) as object;
    Object.defineProperty(prototype, 'constructor', { value: undefined, writable: false, configurable: false });
  }
}
