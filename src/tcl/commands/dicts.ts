/**
 * The dict ensemble, and what it does as functions that compiled code may call itself. The `...In` functions change a dict in place
 * when nobody else holds it. Answers to tclDictObj.c.
 */
import { incrBy, increment } from '../arith.ts';
import {
  BREAK,
  CONTINUE,
  type EnsembleRow,
  evalStep,
  type Frame,
  type Interp,
  type PlainHandler,
  type ScriptHandler,
  type Step,
  Unwind,
} from '../command.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { isPlainPattern, matcherOf } from '../glob.ts';
import { hashStats } from '../hash-stats.ts';
import { dictOf, elements, newDict, newList, ownDict } from '../list.ts';
import { bignumOf, boolOf } from '../number.ts';
import { bound } from '../regs.ts';
import { addInfo, logSite } from '../run.ts';
import { EMPTY, type Key, keyOf, lend, share, str, TclDict, type Value } from '../value.ts';
import { lappendTo } from './lists.ts';

/** Bytes that an entry costs its dict. */
export const ENTRY_BYTES = 40;

function unknownKey(key: Value): TclError {
  const s = str(key);
  return new TclError(`key "${s}" not known in dictionary`, ['TCL', 'LOOKUP', 'DICT', s]);
}

// --- reading ----------------------------------------------------------------------------------------------------------------

/** `dict get dict key`, shared: it is still in the dict. Throws `key "x" not known in dictionary`. */
export function dictGet(dict: Value, key: Value): Value {
  return lend(entryOf(dict, key));
}

function entryOf(dict: Value, key: Value): Value {
  const v = dictOf(dict).m.get(keyOf(key));
  if (v === undefined) throw unknownKey(key);
  return v;
}

/** `dict get dict key key ...`; the dict itself, as keys and values, without keys. */
export function dictGetPath(dict: Value, keys: readonly Value[]): Value {
  if (keys.length === 0) return newList(pairs(dict));
  let at = dict;
  for (const key of keys) at = entryOf(at, key);
  // What is on the way to it stays where it is alone.
  return lend(at);
}

function pairs(dict: Value): Value[] {
  const out: Value[] = [];
  for (const [k, v] of dictOf(dict).m) out.push(k, share(v));
  return out;
}

/** `dict exists dict key ...`: what is no dict on the way holds no key. */
export function dictExists(dict: Value, keys: readonly Value[]): boolean {
  let at = dict;
  try {
    for (const key of keys) {
      const v = dictOf(at).m.get(keyOf(key));
      if (v === undefined) return false;
      at = v;
    }
    return true;
  } catch (e) {
    if (e instanceof TclError) return false;
    throw e;
  }
}

// --- changing ---------------------------------------------------------------------------------------------------------------

/** `dict set` along a path of at least one key. Nothing is changed when it throws. */
function dictSetIn(dict: Value | undefined, keys: readonly Value[], value: Value): TclDict {
  lend(value);
  const last = keys.length - 1;
  if (last > 0) checkPath(dict ?? EMPTY, keys, true);
  const root = ownDict(dict ?? EMPTY);
  ownLeaf(root, keys).m.set(keyOf(keys[last]!), value);
  return root;
}

/** `dict unset`: what leads to the key must exist. */
function dictUnsetIn(dict: Value | undefined, keys: readonly Value[]): TclDict {
  const last = keys.length - 1;
  if (last > 0) checkPath(dict ?? EMPTY, keys, false);
  const root = ownDict(dict ?? EMPTY);
  const leaf = ownLeaf(root, keys);
  leaf.remove(keyOf(keys[last]!));
  return root;
}

/** Sees that all keys but the last lead from dict to dict; when `create`, up to where they end. */
function checkPath(dict: Value, keys: readonly Value[], create: boolean): void {
  let at: Value | undefined = dict;
  for (let k = 0; k < keys.length - 1; k++) {
    at = dictOf(at).m.get(keyOf(keys[k]!));
    if (at === undefined) {
      if (create) return;
      throw unknownKey(keys[k]!);
    }
  }
  dictOf(at);
}

/** The dict that the last key belongs in, owned, as are all that lead to it; made where missing. */
function ownLeaf(root: TclDict, keys: readonly Value[]): TclDict {
  let at = root;
  for (let k = 0; k < keys.length - 1; k++) {
    const key = keyOf(keys[k]!);
    const inner = ownDict(at.m.get(key) ?? EMPTY);
    at.m.set(key, inner);
    at = inner;
  }
  return at;
}

function dictIncrIn(dict: Value | undefined, key: Value, by: Value): TclDict {
  const k = keyOf(key);
  const old = dictOf(dict ?? EMPTY).m.get(k);
  const sum = old === undefined ? increment(by, bignumOf) : incrBy(old, by);
  const out = ownDict(dict ?? EMPTY);
  out.m.set(k, sum);
  return out;
}

function dictAppendIn(dict: Value | undefined, key: Value, texts: readonly Value[]): TclDict {
  const out = ownDict(dict ?? EMPTY);
  const k = keyOf(key);
  const old = out.m.get(k);
  let s = old === undefined ? '' : str(old);
  for (const t of texts) s += str(t);
  out.m.set(k, s);
  return out;
}

function dictLappendIn(dict: Value | undefined, key: Value, items: readonly Value[]): TclDict {
  const k = keyOf(key);
  const old = dictOf(dict ?? EMPTY).m.get(k);
  if (old !== undefined) elements(old);
  for (const e of items) share(e);
  const out = ownDict(dict ?? EMPTY);
  out.m.set(k, lappendTo(out.m.get(k), items));
  return out;
}

// --- commands that give a dict ----------------------------------------------------------------------------------------------

function pay(interp: Interp, entries: number): void {
  interp.budget.charge(entries * 4);
  interp.budget.allocate(entries * ENTRY_BYTES);
}

/** Puts keys and values from `args[from]` on into a dict. */
function putPairs(interp: Interp, m: Map<Key, Value>, args: readonly Value[], from: number): void {
  pay(interp, (args.length - from) / 2);
  for (let i = from; i < args.length; i += 2) m.set(keyOf(args[i]!), share(args[i + 1]!));
}

function dictCreateCmd(interp: Interp, args: readonly Value[]): Value {
  if (args.length % 2 === 0) throw wrongArgs('dict create ?key value ...?');
  const dict = newDict();
  putPairs(interp, dict.m, args, 1);
  return dict;
}

/** A copy to change; the copy is paid for. */
function copyDict(interp: Interp, v: Value): TclDict {
  const dict = dictOf(v);
  pay(interp, dict.m.size);
  return ownDict(share(dict));
}

function dictReplaceCmd(interp: Interp, args: readonly Value[]): Value {
  if (args.length % 2 !== 0) throw wrongArgs('dict replace dictionary ?key value ...?');
  const dict = copyDict(interp, args[1]!);
  putPairs(interp, dict.m, args, 2);
  return dict;
}

function dictRemoveCmd(interp: Interp, args: readonly Value[]): Value {
  const dict = copyDict(interp, args[1]!);
  for (let i = 2; i < args.length; i++) dict.remove(keyOf(args[i]!));
  return dict;
}

function dictMergeCmd(interp: Interp, args: readonly Value[]): Value {
  if (args.length === 1) return EMPTY;
  dictOf(args[1]!);
  // What nothing is added to is given back as it is.
  if (args.every((d, i) => i < 2 || dictOf(d).m.size === 0)) return share(args[1]!);
  const out = copyDict(interp, args[1]!);
  for (let i = 2; i < args.length; i++) {
    const from = dictOf(args[i]!);
    pay(interp, from.m.size);
    for (const [k, v] of from.m) out.m.set(k, share(v));
  }
  return out;
}

function dictGetCmd(_interp: Interp, args: readonly Value[]): Value {
  return args.length === 3 ? dictGet(args[1]!, args[2]!) : dictGetPath(args[1]!, args.slice(2));
}

function dictExistsCmd(_interp: Interp, args: readonly Value[]): Value {
  return dictExists(args[1]!, args.slice(2)) ? 1 : 0;
}

function dictSizeCmd(_interp: Interp, args: readonly Value[]): Value {
  return dictOf(args[1]!).m.size;
}

function dictInfoCmd(interp: Interp, args: readonly Value[]): Value {
  const keys = [...dictOf(args[1]!).m.keys()].map(String);
  interp.budget.charge(keys.length * 4);
  return hashStats(keys);
}

function dictKeysCmd(interp: Interp, args: readonly Value[]): Value {
  const { m } = dictOf(args[1]!);
  const plain = args.length === 3 && isPlainPattern(str(args[2]!)) ? keyOf(args[2]!) : null;
  if (plain !== null) return newList(m.has(plain) ? [plain] : []);
  pay(interp, m.size);
  return newList(args.length < 3 ? [...m.keys()] : [...m.keys()].filter(matching(interp, args, 2)));
}

function dictValuesCmd(interp: Interp, args: readonly Value[]): Value {
  const { m } = dictOf(args[1]!);
  pay(interp, m.size);
  const all = [...m.values()].map(share);
  return newList(args.length < 3 ? all : all.filter(matching(interp, args, 2)));
}

/** Whether a value matches one of the patterns from `args[from]` on. */
function matching(interp: Interp, args: readonly Value[], from: number): (v: Value) => boolean {
  const matchers = args.slice(from).map((p) => matcherOf(str(p)));
  return (v) => {
    const s = str(v);
    interp.budget.charge(matchers.length * (1 + s.length / 8));
    return matchers.some((matches) => matches(s));
  };
}

// --- commands on a variable -------------------------------------------------------------------------------------------------

/** What a command makes of the dict in a variable; `args`: its words. */
export type DictChange = (interp: Interp, dict: Value | undefined, args: readonly Value[]) => TclDict;

const changes = {
  set: (_, d, args) => dictSetIn(d, args.slice(2, -1), args[args.length - 1]!),
  unset: (_, d, args) => dictUnsetIn(d, args.slice(2)),
  incr: (_, d, args) => dictIncrIn(d, args[2]!, args[3] ?? 1),
  append(interp, d, args) {
    let chars = 0;
    for (let i = 3; i < args.length; i++) chars += str(args[i]!).length;
    interp.budget.allocate(chars * 2);
    return dictAppendIn(d, args[2]!, args.slice(3));
  },
  lappend(interp, d, args) {
    interp.budget.allocate((args.length - 3) * 8);
    return dictLappendIn(d, args[2]!, args.slice(3));
  },
} satisfies Record<string, DictChange>;

export type DictChanger = keyof typeof changes;

/** The dict that `dict NAME` makes of one, where it may change that in place. */
export function dictChange(name: DictChanger): DictChange {
  const change: DictChange = changes[name];
  return (interp, dict, args) => {
    // A dict that others hold, or that is yet to be read as one, is copied.
    if (dict !== undefined && !(dict instanceof TclDict && dict.isOwned())) pay(interp, dictOf(dict).m.size);
    interp.budget.allocate(ENTRY_BYTES);
    return change(interp, dict, args);
  };
}

/** `dict NAME dictVarName ...`. */
function changing(name: DictChanger): PlainHandler {
  const change = dictChange(name);
  return (interp, args, frame) => {
    const variable = str(args[1]!);
    return interp.setVar(variable, change(interp, interp.getVar(variable, frame), args), frame);
  };
}

// --- loops ------------------------------------------------------------------------------------------------------------------

function loopVars(v: Value, command: string): readonly [string, string] {
  const names = elements(v);
  if (names.length !== 2) throw new TclError('must have exactly two variable names', ['TCL', 'SYNTAX', 'dict', command]);
  return [str(names[0]!), str(names[1]!)];
}

/** Runs a loop's body once: its value, or the code of `break` or `continue`. An error is told where in the loop it was. */
function* loopBody(step: Step, where: string): Generator<Step, { code: number; value: Value }, Value> {
  try {
    return { code: 0, value: yield step };
  } catch (e) {
    if (e instanceof Unwind && (e.code === BREAK || e.code === CONTINUE)) return e;
    if (e instanceof TclError) {
      logSite(e);
      addInfo(e, `\n    (${where} line ${e.errorLine})`);
    }
    throw e;
  }
}

/** `dict for`, `dict map` and `dict filter script`: what `use` does with each round's value makes the result. False when `break` ended it. `where` is for errors. */
function* loop(
  interp: Interp,
  frame: Frame,
  names: readonly [string, string],
  dict: Value,
  step: Step,
  where: string,
  use: (key: Key, value: Value, result: Value) => void,
): Generator<Step, boolean, Value> {
  // The body may change the variable the dict came from.
  const read = dictOf(dict);
  read.readers++;
  try {
    for (const [k, v] of read.inOrder()) {
      interp.budget.charge(2);
      interp.setVar(names[0], k, frame);
      interp.setVar(names[1], share(v), frame);
      const round = yield* loopBody(step, where);
      if (round.code === BREAK) return false;
      if (round.code === 0) use(k, v, round.value);
    }
    return true;
  } finally {
    read.readers--;
  }
}

/** Does `fn`, which may run traces, while only copies of the dict are changed. */
export function reading<T>(dict: TclDict, fn: () => T): T {
  dict.readers++;
  try {
    return fn();
  } finally {
    dict.readers--;
  }
}

const dictForCmd: ScriptHandler = function* (interp, args, frame) {
  const names = loopVars(args[1]!, 'for');
  yield* loop(interp, frame, names, args[2]!, evalStep(frame, args[3]!), '"dict for" body', () => {});
  return EMPTY;
};

const dictMapCmd: ScriptHandler = function* (interp, args, frame) {
  const out = newDict();
  const names = loopVars(args[1]!, 'map');
  const whole = yield* loop(interp, frame, names, args[2]!, evalStep(frame, args[3]!), '"dict map" body', (_key, _value, result) => {
    pay(interp, 1);
    // The body may have given the key variable another value.
    out.m.set(keyOf(interp.readVar(names[0], frame)), share(result));
  });
  // After a break nothing is left of it, unless it is compiled.
  return whole ? out : EMPTY;
};

function* dictFilterCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  const kind = lookup(str(args[2]!), ['key', 'script', 'value'], 'filterType');
  const out = newDict();
  const keep = (k: Key, v: Value) => {
    pay(interp, 1);
    out.m.set(k, share(v));
  };
  if (kind === 'script') {
    if (args.length !== 5) throw wrongArgs('dict filter dictionary script {keyVarName valueVarName} filterScript');
    const names = loopVars(args[3]!, 'filter');
    yield* bound(
      loop(interp, frame, names, args[1]!, evalStep(frame, args[4]!), '"dict filter" script', (k, v, result) => {
        if (boolOf(result)) keep(k, v);
      }),
    );
    return out;
  }
  const matches = matching(interp, args, 3);
  for (const [k, v] of dictOf(args[1]!).m) if (matches(kind === 'key' ? k : v)) keep(k, v);
  return out;
}

// --- update and with --------------------------------------------------------------------------------------------------------

/** Runs a body and, however it ends, what must be written back after it; an error there takes the place of the body's end. */
function* bodyThen(step: Step, what: string, writeBack: () => void): Generator<Step, Value, Value> {
  let result: Value;
  try {
    result = yield step;
  } catch (e) {
    if (e instanceof TclError) addInfo(e, `\n    (body of "${what}")`);
    writeBack();
    throw e;
  }
  share(result);
  writeBack();
  return result;
}

/** `now` with entries from variables, at the end of `path`; a variable that is gone takes its entry with it. */
export function withEntries(
  now: Value,
  path: readonly Value[],
  entries: readonly { readonly key: Key }[],
  values: readonly (Value | undefined)[],
): TclDict {
  // Before the dict is made its own: it may be in one of the variables itself.
  for (const v of values) if (v !== undefined) lend(v);
  const dict = ownDict(dictOf(now));
  const leaf = ownLeaf(dict, [...path, EMPTY]);
  entries.forEach(({ key }, i) => {
    const v = values[i];
    if (v === undefined) leaf.remove(key);
    else leaf.m.set(key, v);
  });
  return dict;
}

interface Entry {
  readonly key: Key;
  readonly name: string;
}

function collect(interp: Interp, frame: Frame, now: Value, path: readonly Value[], entries: readonly Entry[]): TclDict {
  const values = reading(dictOf(now), () => entries.map(({ name }) => interp.getVar(name, frame)));
  return withEntries(now, path, entries, values);
}

const dictUpdateCmd: ScriptHandler = function* (interp, args, frame) {
  if (args.length % 2 === 0) throw wrongArgs('dict update dictVarName key varName ?key varName ...? script');
  const name = str(args[1]!);
  const dict = dictOf(interp.readVar(name, frame));
  const entries: Entry[] = [];
  reading(dict, () => {
    for (let i = 2; i + 1 < args.length - 1; i += 2) {
      const key = keyOf(args[i]!);
      const variable = str(args[i + 1]!);
      entries.push({ key, name: variable });
      const v = dict.m.get(key);
      if (v === undefined) interp.unsetVar(variable, frame, true);
      else interp.setVar(variable, lend(v), frame);
    }
  });
  return yield* bodyThen(evalStep(frame, args[args.length - 1]!), 'dict update', () => {
    const now = interp.getVar(name, frame);
    if (now !== undefined) interp.setVar(name, collect(interp, frame, now, [], entries), frame);
  });
};

const dictWithCmd: ScriptHandler = function* (interp, args, frame) {
  const name = str(args[1]!);
  const path = args.slice(2, -1);
  const whole = interp.readVar(name, frame);
  const dict = dictOf(path.length === 0 ? whole : dictGetPath(whole, path));
  const entries: Entry[] = [];
  reading(dict, () => {
    for (const [k, v] of dict.m) {
      interp.budget.charge(4);
      interp.setVar(str(k), lend(v), frame);
      entries.push({ key: k, name: str(k) });
    }
  });
  return yield* bodyThen(evalStep(frame, args[args.length - 1]!), 'dict with', () => {
    const now = interp.getVar(name, frame);
    if (now === undefined) return;
    dictOf(now);
    if (pathExists(now, path)) interp.setVar(name, collect(interp, frame, now, path, entries), frame);
  });
};

export function pathExists(dict: Value, path: readonly Value[]): boolean {
  let at = dict;
  for (const key of path) {
    const next = dictOf(at).m.get(keyOf(key));
    if (next === undefined) return false;
    at = next;
  }
  dictOf(at);
  return true;
}

const LOOP_USAGE = '{keyVarName valueVarName} dictionary script';

export const dictRows: readonly EnsembleRow[] = [
  {
    name: 'dict',
    safe: true,
    sub: [
      { name: 'append', run: changing('append'), min: 2, max: Infinity, usage: 'dictVarName key ?value ...?', safe: true },
      { name: 'create', run: dictCreateCmd, min: 0, max: Infinity, usage: '?key value ...?', safe: true, pure: true },
      { name: 'exists', run: dictExistsCmd, min: 2, max: Infinity, usage: 'dictionary key ?key ...?', safe: true, pure: true },
      { name: 'filter', script: dictFilterCmd, min: 2, max: Infinity, usage: 'dictionary filterType ?arg ...?', safe: true },
      { name: 'for', script: dictForCmd, min: 3, max: 3, usage: LOOP_USAGE, safe: true },
      { name: 'get', run: dictGetCmd, min: 1, max: Infinity, usage: 'dictionary ?key ...?', safe: true, pure: true },
      { name: 'incr', run: changing('incr'), min: 2, max: 3, usage: 'dictVarName key ?increment?', safe: true },
      { name: 'info', run: dictInfoCmd, min: 1, max: 1, usage: 'dictionary', safe: true, pure: true },
      { name: 'keys', run: dictKeysCmd, min: 1, max: 2, usage: 'dictionary ?pattern?', safe: true, pure: true },
      { name: 'lappend', run: changing('lappend'), min: 2, max: Infinity, usage: 'dictVarName key ?value ...?', safe: true },
      { name: 'map', script: dictMapCmd, min: 3, max: 3, usage: LOOP_USAGE, safe: true },
      { name: 'merge', run: dictMergeCmd, min: 0, max: Infinity, usage: '?dictionary ...?', safe: true, pure: true },
      { name: 'remove', run: dictRemoveCmd, min: 1, max: Infinity, usage: 'dictionary ?key ...?', safe: true, pure: true },
      { name: 'replace', run: dictReplaceCmd, min: 1, max: Infinity, usage: 'dictionary ?key value ...?', safe: true, pure: true },
      { name: 'set', run: changing('set'), min: 3, max: Infinity, usage: 'dictVarName key ?key ...? value', safe: true },
      { name: 'size', run: dictSizeCmd, min: 1, max: 1, usage: 'dictionary', safe: true, pure: true },
      { name: 'unset', run: changing('unset'), min: 2, max: Infinity, usage: 'dictVarName key ?key ...?', safe: true },
      {
        name: 'update',
        script: dictUpdateCmd,
        min: 4,
        max: Infinity,
        usage: 'dictVarName key varName ?key varName ...? script',
        safe: true,
      },
      { name: 'values', run: dictValuesCmd, min: 1, max: 2, usage: 'dictionary ?pattern?', safe: true, pure: true },
      { name: 'with', script: dictWithCmd, min: 2, max: Infinity, usage: 'dictVarName ?key ...? script', safe: true },
    ],
  },
];
