/**
 * lsort, and what lsearch shares with it: the orders of text, and the element that `-index` picks. Only `-command` runs a script;
 * everything else is sorted at one go. Answers to tclCmdIL.c (Tcl_LsortObjCmd, SortCompare, DictionaryCompare).
 */
import { callStep, type Frame, type Interp, type ScriptRow, type Step } from '../command.ts';
import { lookup, TclError } from '../errors.ts';
import { elements, newList } from '../list.ts';
import { doubleOf, indexOf, smallIntOf, wideOf } from '../number.ts';
import { bound } from '../regs.ts';
import { addInfo } from '../run.ts';
import { lowerCase } from '../unicode.ts';
import { EMPTY, share, str, TclList, type Value } from '../value.ts';

export type Order<T> = (a: T, b: T) => number;

/** V8 finds equals much sooner than order. */
export const compareText: Order<string> = (a, b) => {
  if (a.length <= STRETCH || b.length <= STRETCH) return a === b ? 0 : a < b ? -1 : 1;
  // Most that differ do so at once, or at the end; where both ends are alike it takes a whole look.
  if (a.charCodeAt(0) !== b.charCodeAt(0)) return a < b ? -1 : 1;
  const last = a.length - 1;
  if (a.charCodeAt(last) === b.charCodeAt(last) && a === b) return 0;
  const most = Math.min(last, b.length - 1) - END;
  const from = a.slice(0, most) === b.slice(0, most) ? most : 0;
  return from === 0 ? compareLong(a, b) : a.slice(from) < b.slice(from) ? -1 : 1;
};

const END = 32;

/** Of texts that are not the same: stretches, ever shorter, are sooner found to be than which of two is less. */
function compareLong(a: string, b: string): number {
  let i = 0;
  let n = 16 * STRETCH;
  const end = Math.min(a.length, b.length);
  for (; n >= STRETCH / 8; n /= 4) while (i + n <= end && a.slice(i, i + n) === b.slice(i, i + n)) i += n;
  return a.slice(i, i + 4 * n) < b.slice(i, i + 4 * n) ? -1 : 1;
}

const STRETCH = 512;

const compareNumbers: Order<number | bigint> = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** Dictionary order: case counts only between equals, numbers within text count as numbers. */
export function compareDictionary(left: string, right: string): number {
  let i = 0;
  let j = 0;
  let secondary = 0;
  for (;;) {
    let a = left.charCodeAt(i);
    let b = right.charCodeAt(j);
    if (isDigit(a) && isDigit(b)) {
      const i0 = i;
      const j0 = j;
      while (a === 48 && isDigit(left.charCodeAt(i + 1))) a = left.charCodeAt(++i);
      while (b === 48 && isDigit(right.charCodeAt(j + 1))) b = right.charCodeAt(++j);
      // More leading zeros come later, but only between equals.
      if (secondary === 0) secondary = i - i0 - (j - j0);
      let diff = 0;
      let more: boolean;
      do {
        if (diff === 0) diff = left.charCodeAt(i) - right.charCodeAt(j);
        i++;
        j++;
        more = isDigit(left.charCodeAt(i));
        if (more !== isDigit(right.charCodeAt(j))) return more ? 1 : -1;
      } while (more);
      if (diff !== 0) return diff;
      continue;
    }
    if (i >= left.length || j >= right.length) {
      return (i < left.length ? a : 0) - (j < right.length ? b : 0) || secondary;
    }
    if (a !== b) {
      const c = left.charAt(i);
      const d = right.charAt(j);
      const cl = lowerCase(c);
      const dl = lowerCase(d);
      if (cl !== dl) return cl.charCodeAt(0) - dl.charCodeAt(0);
      // Equal but for case: the one that is not lower case is the capital.
      if (secondary === 0) secondary = c !== cl && d === dl ? -1 : d !== dl && c === cl ? 1 : 0;
    }
    i++;
    j++;
  }
}

// --- -index -----------------------------------------------------------------------------------------------------------------

/** Reads the value of `-index`: each index must be able to name some element. */
export function readIndexOption(v: Value): readonly Value[] {
  const indices = elements(v);
  indices.forEach((index, j) => {
    try {
      if (!isReachable(index)) {
        throw new TclError(`index "${str(index)}" cannot select an element from any list`, ['TCL', 'VALUE', 'INDEXOUTOFRANGE']);
      }
    } catch (e) {
      if (e instanceof TclError) addInfo(e, `\n    (-index option item number ${j})`);
      throw e;
    }
  });
  return indices;
}

/** An index from the front is at least 0 whatever `end` is; one from the end is at most `end`. */
function isReachable(index: Value): boolean {
  const near = indexOf(index, 0);
  const fromEnd = indexOf(index, 1) !== near;
  return fromEnd ? near <= 0 && near >= -2147483646 : near >= 0 && near !== 2147483647;
}

/** The element of `v` that a path of `-index` picks. */
export function selectElement(v: Value, path: readonly Value[]): Value {
  let at = v;
  for (const index of path) {
    const a = elements(at);
    const i = indexOf(index, a.length - 1);
    const next = a[i];
    if (next === undefined) {
      throw new TclError(`element ${i} missing from sublist "${str(at)}"`, ['TCL', 'OPERATION', 'LSORT', 'INDEXFAILED']);
    }
    at = next;
  }
  return at;
}

// --- lsort ------------------------------------------------------------------------------------------------------------------

type Mode = 'ascii' | 'dictionary' | 'integer' | 'real' | 'command';

interface SortOptions {
  mode: Mode;
  decreasing: boolean;
  nocase: boolean;
  unique: boolean;
  indices: boolean;
  command: Value;
  path: readonly Value[];
  /** Elements that move together; 1 without `-stride`. */
  stride: number;
  /** Which element of a group is its key. */
  offset: number;
}

const SWITCHES = [
  '-ascii',
  '-command',
  '-decreasing',
  '-dictionary',
  '-increasing',
  '-index',
  '-indices',
  '-integer',
  '-nocase',
  '-real',
  '-stride',
  '-unique',
] as const;

/** What must follow a switch. */
const FOLLOWED = new Map<string, string>([
  ['-command', 'comparison command'],
  ['-index', 'list index'],
  ['-stride', 'stride length'],
]);

function readSwitches(args: readonly Value[]): SortOptions {
  const o: SortOptions = {
    mode: 'ascii',
    decreasing: false,
    nocase: false,
    unique: false,
    indices: false,
    command: EMPTY,
    path: [],
    stride: 1,
    offset: 0,
  };
  const last = args.length - 1;
  for (let i = 1; i < last; i++) {
    const name = lookup(str(args[i]!), SWITCHES, 'option');
    const what = FOLLOWED.get(name);
    if (what !== undefined && ++i === last) {
      throw new TclError(`"${name}" option must be followed by ${what}`, ['TCL', 'ARGUMENT', 'MISSING']);
    }
    switch (name) {
      case '-decreasing':
      case '-increasing':
        o.decreasing = name === '-decreasing';
        break;
      case '-nocase':
        o.nocase = true;
        break;
      case '-unique':
        o.unique = true;
        break;
      case '-indices':
        o.indices = true;
        break;
      case '-index':
        o.path = readIndexOption(args[i]!);
        break;
      case '-stride':
        o.stride = readStride(args[i]!);
        break;
      case '-command':
        o.command = args[i]!;
        o.mode = 'command';
        break;
      default:
        o.mode = name.slice(1) as Mode;
    }
  }
  return o;
}

function readStride(v: Value): number {
  const n = smallIntOf(v);
  if (n < 2) throw new TclError('stride length must be at least 2', ['TCL', 'OPERATION', 'LSORT', 'BADSTRIDE']);
  return n;
}

/** With `-stride`, the first index of `-index` says which element of a group is the key. */
function groupKeys(o: SortOptions, length: number): void {
  if (o.stride === 1) return;
  if (length % o.stride !== 0) {
    throw new TclError('list size must be a multiple of the stride length', ['TCL', 'OPERATION', 'LSORT', 'BADSTRIDE']);
  }
  if (o.path.length === 0) return;
  o.offset = indexOf(o.path[0]!, o.stride - 1);
  if (o.offset < 0 || o.offset >= o.stride) {
    throw new TclError('when used with "-stride", the leading "-index" value must be within the group', [
      'TCL',
      'OPERATION',
      'LSORT',
      'BADINDEX',
    ]);
  }
  o.path = o.path.slice(1);
}

function* lsortCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  const o = readSwitches(args);
  if (o.mode !== 'command') return sorted(interp, args, o);
  const prefix = elements(o.command);
  const a = elements(args[args.length - 1]!);
  if (a.length === 0) return EMPTY;
  const keys = readKeys(interp, a, o, (k) => k);
  return newList(arrange(a, yield* bound(sortByCommand(interp, frame, keys, prefix, o)), o));
}

/** As compiled code calls it where no switch can be `-command`. */
export function lsortPlain(interp: Interp, args: readonly Value[]): Value {
  return sorted(interp, args, readSwitches(args));
}

function sorted(interp: Interp, args: readonly Value[], o: SortOptions): Value {
  const a = elements(args[args.length - 1]!);
  if (a.length === 0) return EMPTY;
  if (o.stride === 1 && !o.indices && !o.unique) {
    const found = (a.length <= FEW ? sortFew(interp, a, o) : null) ?? (o.path.length === 0 ? sortInts(interp, a, o) : null);
    if (found !== null) return newList(found);
  }
  return newList(arrange(a, sortByKey(interp, a, o), o));
}

function pay(interp: Interp, n: number): void {
  interp.budget.charge(n * (4 + 2 * Math.log2(n)));
  interp.budget.allocate(n * 32);
}

/** Comparisons of longer ones are paid for. */
const LONG_TEXT = 1000;

/** What elements, or groups of them, are sorted by. */
function readKeys<T>(interp: Interp, a: readonly Value[], o: SortOptions, convert: (v: Value) => T): T[] {
  groupKeys(o, a.length);
  const { stride, offset, path } = o;
  const place = path.length === 1 ? path[0] : null;
  const n = a.length / stride;
  pay(interp, n);
  const keys: T[] = [];
  for (let i = offset; keys.length < n; i += stride) {
    const e = a[i]!;
    const plain = typeof place === 'number' && e instanceof TclList ? e.a[place] : undefined;
    keys.push(convert(plain ?? (path.length === 0 ? e : selectElement(e, path))));
  }
  return keys;
}

/** More are sooner sorted where their keys are packed and merged. */
const FEW = 12;

/** By insertion. Null where the order is no simple one. */
function sortFew(interp: Interp, a: readonly Value[], { mode, nocase, path, decreasing }: SortOptions): Value[] | null {
  if (mode === 'dictionary') return null;
  interp.budget.charge(8 * a.length);
  const keys: (string | number | bigint)[] = [];
  const out: Value[] = [];
  for (const v of a) {
    const e = path.length === 0 ? v : selectElement(v, path);
    const key = mode === 'integer' ? wideOf(e) : mode === 'real' ? doubleOf(e) : nocase ? lowerCase(str(e)) : str(e);
    let j = keys.length;
    for (; j > 0 && (decreasing ? keys[j - 1]! < key : keys[j - 1]! > key); j--) {
      keys[j] = keys[j - 1]!;
      out[j] = out[j - 1]!;
    }
    keys[j] = key;
    out[j] = share(v);
  }
  return out;
}

/** The commonest case without places: all ints. Null when it is not that. */
function sortInts(interp: Interp, a: readonly Value[], o: SortOptions): Value[] | null {
  if (o.mode !== 'integer' || !a.every((e) => typeof e === 'number' && Number.isInteger(e))) return null;
  pay(interp, a.length);
  const keys = a.every((e) => ((e as number) | 0) === e) ? new Int32Array(a.length) : new Float64Array(a.length);
  for (let i = 0; i < keys.length; i++) keys[i] = a[i] as number;
  keys.sort();
  const sorted: number[] = [];
  for (let i = 0; i < keys.length; i++) sorted.push(keys[i]!);
  return o.decreasing ? sorted.reverse() : sorted;
}

/** The order of the keys, as places in the list of them. */
function sortByKey(interp: Interp, a: readonly Value[], o: SortOptions): ArrayLike<number> {
  const read = <T>(convert: (v: Value) => T): T[] => readKeys(interp, a, o, convert);
  switch (o.mode) {
    case 'integer': {
      const keys = read(wideOf);
      return keys.every((k) => typeof k === 'number') ? sortPlain(keys, o) : sortKeys(keys, compareNumbers, o);
    }
    case 'real':
      return sortPlain(read(doubleOf), o);
    case 'dictionary': {
      const texts = read(str);
      if (!texts.some((text) => text.length > LONG_TEXT)) return sortByDictionary(texts, o);
      const paid = (x: string, y: string): number => {
        interp.budget.charge(Math.min(x.length, y.length) / 4);
        return compareDictionary(x, y);
      };
      return sortKeys(texts, paid, o);
    }
    default:
      return sortPlain(packed(read<Value>(o.nocase ? (k) => lowerCase(str(k)) : (k) => k)), o);
  }
}

/** Short texts of ASCII as numbers of the same order, which are sooner compared; the texts of the keys when there are others. */
function packed(keys: readonly Value[]): ArrayLike<string> | ArrayLike<number> {
  const out = new Float64Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const x = packedKey(keys[k]!);
    if (x < 0) return keys.map(str);
    out[k] = x;
  }
  return out;
}

/** -1 for what is long or not of ASCII. */
function packedKey(v: Value): number {
  let x = 0;
  if (typeof v === 'number' && (v | 0) === v && v > 0 && v < 1e6) {
    // Most often there is no text of it yet.
    let place = v < 10 ? 129 ** 6 : v < 100 ? 129 ** 5 : v < 1000 ? 129 ** 4 : v < 1e4 ? 129 ** 3 : v < 1e5 ? 129 ** 2 : 129;
    for (let n = v; n > 0; n = (n / 10) | 0) {
      x += place * (49 + (n % 10));
      place *= 129;
    }
    return x;
  }
  const key = str(v);
  if (key.length > PACKED) return -1;
  for (let i = 0; i < PACKED; i++) {
    const c = i < key.length ? key.charCodeAt(i) + 1 : 0;
    if (c > 128) return -1;
    x = 129 * x + c;
  }
  return x;
}

/** So many digits of 129 are an exact number. */
const PACKED = 7;

function sortPlain(keys: ArrayLike<number> | ArrayLike<string>, o: SortOptions): ArrayLike<number> {
  const places = mergePlaces(keys, o.decreasing);
  return o.unique ? lastOfEquals(places, (i, j) => keys[i] === keys[j]) : places;
}

function sortKeys<T>(keys: readonly T[], order: Order<T>, o: SortOptions): ArrayLike<number> {
  const sign = o.decreasing ? -1 : 1;
  const places = Int32Array.from(keys.map((_, i) => i).sort((i, j) => sign * order(keys[i]!, keys[j]!)));
  return o.unique ? lastOfEquals(places, (i, j) => order(keys[i]!, keys[j]!) === 0) : places;
}

/** By texts of the same order, which are sooner compared, where all have one; those that are then alike by the order itself. */
function sortByDictionary(texts: readonly string[], o: SortOptions): ArrayLike<number> {
  if (texts.length < MANY || !texts.every((t) => PLAIN.test(t))) return sortKeys(texts, compareDictionary, o);
  const keys = texts.map(dictionaryKey);
  const places = mergePlaces(keys, o.decreasing);
  const sign = o.decreasing ? -1 : 1;
  for (let from = 0; from < places.length; ) {
    let to = from + 1;
    while (to < places.length && keys[places[to]!] === keys[places[from]!]) to++;
    // As typed arrays are sorted, equals stay as they are.
    if (to > from + 1) places.subarray(from, to).sort((i, j) => sign * compareDictionary(texts[i]!, texts[j]!));
    from = to;
  }
  return o.unique ? lastOfEquals(places, (i, j) => compareDictionary(texts[i]!, texts[j]!) === 0) : places;
}

/** Fewer are sooner sorted than such texts are made. */
const MANY = 50;

/** ASCII without control characters that could be a length. */
const PLAIN = /^[ -~]*$/;

/** Lower case, and each number as a digit, its length without leading zeros, and itself. */
function dictionaryKey(text: string): string {
  const lower = text.toLowerCase();
  return /[0-9]/.test(lower) ? lower.replace(/0*([0-9]+)/g, (_, n: string) => `0${String.fromCharCode(n.length)}${n}`) : lower;
}

function lastOfEquals(places: Int32Array, same: (i: number, j: number) => boolean): ArrayLike<number> {
  const out: number[] = [];
  for (let k = 0; k < places.length; k++) if (k + 1 === places.length || !same(places[k]!, places[k + 1]!)) out.push(places[k]!);
  return out;
}

/** Runs of so many are sorted by insertion. */
const RUN = 8;

/** A merge sort of what JavaScript compares by itself, which it does much sooner than it calls a function that does. */
function mergePlaces(keys: ArrayLike<number> | ArrayLike<string>, down: boolean): Int32Array {
  const n = keys.length;
  let from = new Int32Array(n);
  for (let lo = 0; lo < n; lo += RUN) {
    const hi = Math.min(lo + RUN, n);
    for (let i = lo; i < hi; i++) {
      const x = keys[i]!;
      let j = i;
      for (; j > lo; j--) {
        const y = keys[from[j - 1]!]!;
        if (!(down ? y < x : y > x)) break;
        from[j] = from[j - 1]!;
      }
      from[j] = i;
    }
  }
  let to = n > RUN ? new Int32Array(n) : from;
  for (let width = RUN; width < n; width *= 2) {
    for (let lo = 0; lo < n; lo += 2 * width) {
      const mid = Math.min(lo + width, n);
      const hi = Math.min(lo + 2 * width, n);
      const x = keys[from[mid - 1]!]!;
      const y = keys[from[Math.min(mid, n - 1)]!]!;
      // In order already, as where a list is sorted again.
      if (mid === hi || !(down ? x < y : x > y)) {
        to.set(from.subarray(lo, hi), lo);
        continue;
      }
      let i = lo;
      let j = mid;
      let k = lo;
      while (i < mid && j < hi) {
        const x = keys[from[i]!]!;
        const y = keys[from[j]!]!;
        to[k++] = (down ? x < y : x > y) ? from[j++]! : from[i++]!;
      }
      while (i < mid) to[k++] = from[i++]!;
      while (j < hi) to[k++] = from[j++]!;
    }
    const sorted = to;
    to = from;
    from = sorted;
  }
  return from;
}

/**
 * A merge sort that asks in Tcl's order: sorted runs of 1, 2, 4... elements, merged as soon as there are two of one size, and at the end all. The
 * comparison is a script, which may pause or end the sort. With `-unique`, of two equals the right one stays.
 */
function* sortByCommand(
  interp: Interp,
  frame: Frame,
  keys: readonly Value[],
  prefix: readonly Value[],
  o: SortOptions,
): Generator<Step, number[], Value> {
  for (const k of keys) share(k);
  const runs: (readonly number[])[] = [];
  for (let n = 0; ; n++) {
    const last = n === keys.length;
    let run: number[] = last ? [] : [n];
    let size = 0;
    for (; size < runs.length && (last || runs[size]!.length > 0); size++) {
      const left = runs[size]!;
      const right = run;
      runs[size] = [];
      run = [];
      let i = 0;
      let j = 0;
      while (i < left.length && j < right.length) {
        interp.budget.charge(1);
        let answer: Value;
        try {
          answer = yield callStep(frame, [...prefix, keys[left[i]!]!, keys[right[j]!]!]);
        } catch (e) {
          if (e instanceof TclError) addInfo(e, '\n    (-compare command)');
          throw e;
        }
        const order = orderOf(answer) * (o.decreasing ? -1 : 1);
        const drops = order === 0 && o.unique;
        if (drops) i++;
        run.push(order > 0 || drops ? right[j++]! : left[i++]!);
      }
      while (i < left.length) run.push(left[i++]!);
      while (j < right.length) run.push(right[j++]!);
    }
    if (last) return run;
    runs[size] = run;
  }
}

function orderOf(answer: Value): number {
  try {
    return smallIntOf(answer);
  } catch {
    throw new TclError('-compare command returned non-integer result', ['TCL', 'OPERATION', 'LSORT', 'COMPARISONFAILED']);
  }
}

function arrange(a: readonly Value[], order: ArrayLike<number>, o: SortOptions): Value[] {
  const out: Value[] = [];
  for (let i = 0; i < order.length; i++) {
    const at = order[i]! * o.stride;
    if (o.stride === 1) out.push(o.indices ? at : share(a[at]!));
    else for (let k = 0; k < o.stride; k++) out.push(o.indices ? at + k : share(a[at + k]!));
  }
  return out;
}

export const lsortRow: ScriptRow = {
  name: 'lsort',
  script: lsortCmd,
  min: 1,
  max: Infinity,
  usage: '?-option value ...? list',
  safe: true,
};
