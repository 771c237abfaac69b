/** Control structure: the rows of commands compiled in line (inline.ts) and called by words, `try`, `eval`, `expr`, `time`. Answers to tclCmdAH.c, tclCmdIL.c, tclCmdMZ.c. */
import { codeOf, giveOptions } from '../catching.ts';
import {
  BREAK,
  CONTINUE,
  type CommandRow,
  ERROR,
  evalStep,
  type Frame,
  type Interp,
  OK,
  RETURN,
  type ReturnOptions,
  type ScriptHandler,
  type Step,
  Unwind,
} from '../command.ts';
import { TclError, wrongArgs } from '../errors.ts';
import { unitOf } from '../frames.ts';
import { stringMatch } from '../glob.ts';
import { INLINE } from '../inline.ts';
import type { TclInterp } from '../interp.ts';
import { evalWords } from '../levels.ts';
import { dictOf, elements, newList } from '../list.ts';
import { Cmd } from '../namespace.ts';
import { doubleOf, intOf, parseNumber, wideOf } from '../number.ts';
import { bound, R, single } from '../regs.ts';
import { addInfo, errorFromReturn, keep, runInline, withCode } from '../run.ts';
import { tryCmd } from '../trying.ts';
import { dbl, type Key, str, type Value } from '../value.ts';
import { concatOf } from './lists.ts';

/** Calls of a command compiled in line whose words are known only now. */
function compiled(name: string, usage: string): ScriptHandler {
  const inline = INLINE.get(name)!;
  return (interp, args, frame, site) => {
    const engine = interp as TclInterp;
    const cmd = new Cmd(engine, engine.globalNs, name);
    cmd.inline = inline;
    const unit = engine.compileCall(cmd, args, unitOf(frame).ns, site);
    if (unit === null) throw wrongArgs(`${str(args[0]!)} ${usage}`);
    return runInline(unit, frame);
  };
}

const evalCmd: ScriptHandler = (interp, args, frame, site) => evalWords(interp as TclInterp, args, frame, site);

const exprCmd: ScriptHandler = (interp, args, frame, site, rewrite) => {
  // As it is compiled; by an alias it is called.
  const text = args.length === 2 ? args[1]! : rewrite === null ? args.slice(1).map(str).join(' ') : concatOf(args.slice(1));
  return (interp as TclInterp).evalExpr(text, frame, { site, words: args, rewrite });
};

function errorCmd(_interp: Interp, args: readonly Value[]): Value {
  const e = withCode(new TclError(str(args[1]!)), args[3]);
  if (args.length > 2 && str(args[2]!) !== '') {
    e.errorInfo = str(args[2]!);
    e.given = true;
  }
  if (args.length > 2) e.options = new Map(args.slice(2).map((v, i) => [i === 0 ? '-errorinfo' : '-errorcode', v]));
  throw e;
}

function throwCmd(_interp: Interp, args: readonly Value[]): Value {
  const type = elements(args[1]!);
  if (type.length === 0) throw new TclError('type must be non-empty list', ['TCL', 'OPERATION', 'THROW', 'BADEXCEPTION']);
  const e = withCode(new TclError(str(args[2]!)), args[1]);
  e.options = new Map<string, Value>().set('-errorcode', args[1]!);
  throw e;
}

/** Merges `return` options, `-options` included; later ones win (TclMergeReturnOptions). */
function mergeReturnOptions(words: readonly Value[], alone = false): ReturnOptions {
  const options = new Map<string, Value>();
  const put = (k: string, v: Value): void => {
    if (k === '-options') {
      let m: Map<Key, Value>;
      try {
        m = dictOf(v).m;
      } catch {
        // `return -options x y` is an instruction of its own in Tcl, and complains in words of its own.
        const what = alone ? 'expected dict' : 'bad -options value: expected dictionary';
        throw new TclError(`${what} but got "${str(v)}"`, ['TCL', 'RESULT', 'ILLEGAL_OPTIONS']);
      }
      for (const [key, value] of m) put(String(key), value);
    } else {
      options.set(k, v);
    }
  };
  for (let i = 0; i + 1 < words.length; i += 2) put(str(words[i]!), words[i + 1]!);
  let code = 0;
  let level = 1;
  const given = options.get('-code');
  if (given !== undefined) {
    code = codeOf(given);
    options.delete('-code');
  }
  const up = options.get('-level');
  if (up !== undefined) {
    const n = parseNumber(str(up));
    if (typeof n !== 'number' || !Number.isInteger(n) || n < 0) {
      throw new TclError(`bad -level value: expected non-negative integer but got "${str(up)}"`, ['TCL', 'RESULT', 'ILLEGAL_LEVEL']);
    }
    level = n;
    options.delete('-level');
  }
  const errorCode = options.get('-errorcode');
  if (errorCode !== undefined) {
    try {
      elements(errorCode);
    } catch {
      throw new TclError(`bad -errorcode value: expected a list but got "${str(errorCode)}"`, ['TCL', 'RESULT', 'ILLEGAL_ERRORCODE']);
    }
  }
  const stack = options.get('-errorstack');
  if (stack !== undefined) {
    let n = 0;
    try {
      n = elements(stack).length;
    } catch {
      throw new TclError(`bad -errorstack value: expected a list but got "${str(stack)}"`, ['TCL', 'RESULT', 'NONLIST_ERRORSTACK']);
    }
    if (n % 2 !== 0)
      throw new TclError(`forbidden odd-sized list for -errorstack: "${str(stack)}"`, ['TCL', 'RESULT', 'ODDSIZEDLIST_ERRORSTACK']);
  }
  // `-code return` at a level is `-code ok` one level further out.
  if (code === RETURN) {
    level++;
    code = OK;
  }
  return { level, code, options };
}

function returnCmd(interp: Interp, args: readonly Value[]): number {
  const even = args.length % 2 === 1;
  const value = even ? '' : args[args.length - 1]!;
  const ret = mergeReturnOptions(args.slice(1, even ? undefined : -1), args.length === 4);
  const stack = ret.options.get('-errorstack');
  if (stack !== undefined && ret.code === ERROR) (interp as TclInterp).errorStack = stack;
  const end = unwindTo(value, ret);
  if (!(end instanceof Unwind)) throw end;
  return ends(end);
}

/** Completes as what a generator would throw. */
export function ends({ code, value, ret }: Unwind): number {
  R.result = value;
  R.ret = ret;
  return code;
}

/** What `return` with these options throws in a generator. */
function unwindTo(value: Value, ret: ReturnOptions): unknown {
  if (ret.level === 0) {
    if (ret.code === ERROR) {
      const e = errorFromReturn(value, ret);
      // The trace is as it was given, without this command.
      e.given = e.errorInfo !== null;
      return e;
    }
    keep(ret.code, value, ret.options);
    return new Unwind(ret.code, value, null);
  }
  const plain = ret.level === 1 && ret.code === OK && ret.options.size === 0;
  return new Unwind(RETURN, value, plain ? null : ret);
}

/** What `return -options` with these words throws in a generator. */
export function withOptions(value: Value, words: readonly Value[]): unknown {
  return unwindTo(value, mergeReturnOptions(words));
}

/** The same at the bottom of an interpreter, whose errors leave it with a trace. */
export function lastLevel(e: Unwind): Value {
  try {
    return oneLevelUp(e);
  } catch (thrown) {
    if (thrown instanceof TclError) {
      if (thrown.message !== '') thrown.errorInfo ??= thrown.message;
      giveOptions(thrown);
    } else if (thrown instanceof Unwind && thrown.ret?.code === ERROR) {
      const options = new Map(thrown.ret.options);
      if (!options.has('-errorcode')) options.set('-errorcode', 'NONE');
      throw new Unwind(thrown.code, thrown.value, { ...thrown.ret, options });
    }
    throw thrown;
  }
}

/** What `return` at the top of a file or an interpreter comes to: a value, unless it unwinds more, which is thrown. */
export function oneLevelUp({ value, ret }: Unwind): Value {
  if (ret === null) return value;
  const level = Math.max(ret.level - 1, 0);
  if (level === 0 && ret.code === OK) return value;
  const thrown = unwindTo(value, { ...ret, level });
  // It is the file that ends so, and the command that reads it is part of the trace.
  if (thrown instanceof TclError) thrown.given = false;
  throw thrown;
}

// --- case ---------------------------------------------------------------------------------------------------------------------

/** The first body whose pattern list matches; `default` matches when none does. As `switch`, of before Tcl 7. */
function* caseCmd(_interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  let pairs = args.slice(str(args[2]!) === 'in' ? 3 : 2);
  if (pairs.length === 1) pairs = [...elements(pairs[0]!)];
  const string = str(args[1]!);
  let body = -1;
  for (let i = 0; i < pairs.length; i += 2) {
    if (i === pairs.length - 1) throw new TclError('extra case pattern with no body');
    const text = str(pairs[i]!);
    if (text === 'default') body = i + 1;
    const patterns = /[\s\\]/.test(text) ? elements(pairs[i]!).map(str) : [text];
    if (!patterns.some((p) => stringMatch(p, string))) continue;
    body = i + 1;
    break;
  }
  if (body < 0) return '';
  try {
    return yield evalStep(frame, pairs[body]!);
  } catch (e) {
    if (e instanceof TclError) addInfo(e, `\n    ("${str(pairs[body - 1]!).slice(0, 50)}" arm line ${e.errorLine})`);
    throw e;
  }
}

// --- time -------------------------------------------------------------------------------------------------------------------

function* timeCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  const count = args.length > 2 ? Number(intOf(args[2]!)) : 1;
  const start = interp.events.now();
  if (count > 0) yield* bound(single({ kind: 'eval', frame, script: args[1]!, interp: null, times: count }));
  const us = (interp.events.now() - start) * 1000;
  const per = count <= 1 ? Math.round(us) : us / count;
  return newList([
    count <= 0 ? 0 : Number.isInteger(per) ? per : Number(per.toPrecision(per < 1 ? 6 : 12)),
    'microseconds',
    'per',
    'iteration',
  ]);
}

const TIMERATE_OPTIONS = ['-direct', '-overhead', '-calibrate', '--'] as const;
/** What an iteration costs by itself, as `-calibrate` has found, in microseconds. */
let measuredOverhead = 0;

/** `timerate`: runs a script for a time, and tells how often it could. */
export function* timerateCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  const usage = () => wrongArgs(`${str(args[0]!)} ?-direct? ?-calibrate? ?-overhead double? command ?time ?max-count??`);
  let overhead = -1;
  let calibrate = false;
  let i = 1;
  for (; i < args.length - 1; i++) {
    const option = TIMERATE_OPTIONS.find((o) => o === str(args[i]!));
    if (option === '-overhead') {
      if (++i >= args.length - 1) throw usage();
      overhead = doubleOf(args[i]!);
    } else if (option === '-calibrate') calibrate = true;
    else if (option !== '-direct') {
      if (option === '--') i++;
      break;
    }
  }
  if (i >= args.length || i < args.length - 3) throw usage();
  const script = args[i++]!;
  let ms = i < args.length ? Number(wideOf(args[i++]!)) : calibrate ? 1000 : null;
  const most = i < args.length ? Number(wideOf(args[i]!)) : Number.POSITIVE_INFINITY;
  if (calibrate) {
    if (ms === 0) {
      measuredOverhead = 0;
      return 0;
    }
    if (ms! > 0) measuredOverhead = Number.POSITIVE_INFINITY;
    else ms = -ms!;
  }
  ms ??= 1000;
  if (overhead < 0) overhead = calibrate ? 0 : measuredOverhead;
  const { events } = interp as TclInterp;
  const start = events.now();
  let now = start;
  let count = 0;
  // An error of syntax is one even when there is no time to run the script.
  for (let go = most > 0; go; ) {
    count++;
    try {
      yield* bound(single(evalStep(frame, script)));
    } catch (e) {
      if (!(e instanceof Unwind) || (e.code !== BREAK && e.code !== CONTINUE)) throw e;
      if (e.code === BREAK) go = false;
    }
    now = events.now();
    if (now - start >= ms || count >= most) go = false;
  }
  return rate((now - start) * 1000, count, overhead, calibrate);
}

function rate(us: number, count: number, overhead: number, calibrate: boolean): Value {
  const decimals = (n: number, steps: readonly (readonly [below: number, digits: number])[]): Value => {
    const step = steps.find(([below]) => n < below);
    return step === undefined ? Math.floor(n) : n.toFixed(step[1]);
  };
  const out: Value[] = [];
  let net = us;
  if (calibrate) {
    if (count > 0) measuredOverhead = Math.min(measuredOverhead, us / count);
    out.push(dbl(measuredOverhead), '\u00b5s/#-overhead');
  } else net = Math.max(0, us - overhead * count);
  const per = count === 0 ? 0 : net / count;
  const speed = count === 0 ? 0 : (count * 1e6) / Math.max(net, 1);
  out.push(
    count === 0
      ? 0
      : decimals(per, [
          [10, 6],
          [100, 4],
          [1000, 3],
          [10000, 2],
          [1e6, 1],
        ]),
    '\u00b5s/#',
    count,
    '#',
    count === 0
      ? 0
      : decimals(speed, [
          [100, 3],
          [1000, 2],
          [100000, 1],
        ]),
    '#/sec',
  );
  if (!calibrate) out.push(net >= 1 ? (net / 1000).toFixed(3) : 0, 'net-ms');
  return newList(out);
}

function completes(code: number): ScriptHandler {
  return () => ends(new Unwind(code));
}

const any = Number.POSITIVE_INFINITY;

export const controlRows: readonly CommandRow[] = [
  { name: 'if', min: 0, max: any, usage: '', safe: true, script: compiled('if', '') },
  { name: 'while', min: 2, max: 2, usage: 'test command', safe: true, script: compiled('while', 'test command') },
  { name: 'for', min: 4, max: 4, usage: 'start test next command', safe: true, script: compiled('for', 'start test next command') },
  {
    name: 'foreach',
    min: 3,
    max: any,
    usage: 'varList list ?varList list ...? command',
    safe: true,
    script: compiled('foreach', 'varList list ?varList list ...? command'),
  },
  {
    name: 'lmap',
    min: 3,
    max: any,
    usage: 'varList list ?varList list ...? command',
    safe: true,
    script: compiled('lmap', 'varList list ?varList list ...? command'),
  },
  {
    name: 'switch',
    min: 2,
    max: any,
    usage: '?-option ...? string ?pattern body ...? ?default body?',
    safe: true,
    script: compiled('switch', '?-option ...? string ?pattern body ...? ?default body?'),
  },
  {
    name: 'catch',
    min: 1,
    max: 3,
    usage: 'script ?resultVarName? ?optionVarName?',
    safe: true,
    script: compiled('catch', 'script ?resultVarName? ?optionVarName?'),
  },
  { name: 'case', min: 2, max: any, usage: 'string ?in? ?pattern body ...? ?default body?', safe: true, script: caseCmd },
  { name: 'try', min: 1, max: any, usage: 'body ?handler ...? ?finally script?', safe: true, script: tryCmd },
  { name: 'return', min: 0, max: any, usage: '?-option value ...? ?result?', safe: true, script: returnCmd },
  { name: 'break', min: 0, max: 0, usage: '', safe: true, script: completes(BREAK) },
  { name: 'continue', min: 0, max: 0, usage: '', safe: true, script: completes(CONTINUE) },
  { name: 'error', min: 1, max: 3, usage: 'message ?errorInfo? ?errorCode?', safe: true, run: errorCmd },
  { name: 'throw', min: 2, max: 2, usage: 'type message', safe: true, run: throwCmd },
  { name: 'eval', min: 1, max: any, usage: 'arg ?arg ...?', safe: true, script: evalCmd },
  { name: 'expr', min: 1, max: any, usage: 'arg ?arg ...?', safe: true, script: exprCmd },
  { name: 'time', min: 1, max: 2, usage: 'command ?count?', safe: true, script: timeCmd },
];
