/** What `catch` and `try` make of a completion: result, options dict, and the global errorInfo and errorCode. Answers to tclResult.c, Tcl_GetReturnOptions. */
import type { ReturnOptions } from './command.ts';
import { LimitError, TclError } from './errors.ts';
import type { Frame } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { newDict, newList } from './list.ts';
import { parseNumber } from './number.ts';
import { R, SUSPENDED } from './regs.ts';
import { asTclError, logSite } from './run.ts';
import { type Key, lend, str, type Value } from './value.ts';

/** The error as a script may see it; throws on what no script may catch. Sets ::errorInfo and ::errorCode. */
export function caughtError(interp: TclInterp, thrown: unknown, f: Frame | null = null): TclError {
  const e = asTclError(thrown);
  if (!(e instanceof TclError)) throw e;
  if (e instanceof LimitError) throw e;
  logSite(e, f);
  noteError(interp, e);
  return e;
}

/** The global variables of a finished error. */
export function noteError(interp: TclInterp, e: TclError): void {
  e.errorInfo ??= e.message;
  setQuietly(interp, 'errorInfo', e.errorInfo);
  setQuietly(interp, 'errorCode', errorCodeOf(e));
  interp.errorStack = e;
}

/** What a trace of the variable says is not heard: there is an error to tell of already. */
function setQuietly(interp: TclInterp, name: string, value: Value): void {
  try {
    interp.setGlobal(name, value);
  } catch (e) {
    if (!(e instanceof TclError) || e instanceof LimitError) throw e;
  }
}

/** What `info errorstack` tells of an error, or of what a script gave. */
export function errorStackOf(e: TclError | Value): Value {
  if (!(e instanceof TclError)) return e;
  if (e.inner !== null) e.errorStack[1] = e.inner();
  e.inner = null;
  return newList([...e.errorStack]);
}

export function errorCodeOf(e: TclError): Value {
  return e.givenCode ?? (e.errorCode === null ? 'NONE' : newList([...e.errorCode]));
}

/**
 * What a `return` gave whose code has taken effect: Tcl keeps it until another command is called. Here it is kept as long as the code and the result are its
 * own; codes beyond those of Tcl come of no other command.
 */
export function keptOptions(code: number, value: Value): ReturnOptions | null {
  const { kept } = R;
  R.kept = null;
  const isIts = kept !== null && kept.code === code && (code > 4 || code < 0 || (value !== '' && kept.value === value));
  return isIts ? { level: 0, code, options: kept.options } : null;
}

/** Completes a catch: variables first, then the code as the result. */
export function catchDone(
  _interp: TclInterp,
  code: number,
  error: TclError | null,
  setResult: ((v: Value) => void) | null,
  setOptions: ((v: Value) => void) | null,
): void {
  const value = error === null ? lend(R.result) : error.message;
  if (error !== null) error.left = [];
  const ret = code === 2 ? R.ret : keptOptions(code, value);
  R.ret = null;
  setResult?.(value);
  if (setOptions !== null) setOptions(optionsDict(code, error, ret));
  R.result = code;
}

/** `-code 1 -level 0 -errorcode ... -errorinfo ... -errorline n`, as return.n's RETURN OPTIONS. */
export function optionsDict(code: number, error: TclError | null, ret: ReturnOptions | null): Value {
  const m = new Map<Key, Value>();
  if (error !== null) {
    // What was given stands first, at its newest values.
    for (const [k, v] of error.options ?? []) if (k !== '-code' && k !== '-level') m.set(k, v);
    m.set('-code', 1);
    m.set('-level', 0);
    // An error of what could not be compiled has come with the others.
    if (error.instruction !== 'syntax') m.set('-errorstack', '');
    m.set('-errorcode', errorCodeOf(error));
    m.set('-errorinfo', error.errorInfo ?? error.message);
    m.set('-errorline', error.errorLine);
    m.set('-errorstack', errorStackOf(error));
    return newDict(m);
  }
  if (code === 2) {
    for (const [k, v] of ret?.options ?? []) if (k !== '-code' && k !== '-level') m.set(k, v);
    m.set('-code', ret === null ? 0 : ret.code);
    m.set('-level', ret === null ? 1 : ret.level);
    if (ret?.code === 1 && !m.has('-errorcode')) m.set('-errorcode', 'NONE');
    if (ret?.code === 1 && m.has('-errorinfo') && !m.has('-errorline')) m.set('-errorline', 1);
    return newDict(m);
  }
  for (const [k, v] of ret?.options ?? []) if (k !== '-code' && k !== '-level') m.set(k, v);
  m.set('-code', code);
  m.set('-level', 0);
  return newDict(m);
}

/** Notes that all options of an error are such as have been given, by its way out of an interpreter or by `more`. */
export function giveOptions(e: TclError, more: readonly (readonly [string, Value])[] = []): void {
  const options = new Map<string, Value>(e.options);
  for (const k of ['-errorstack', '-errorcode', '-errorinfo', '-errorline']) options.set(k, '');
  for (const [k, v] of more) options.set(k, v);
  e.options = options;
}

/** An error on its way out of an interpreter: a limit that has passed there is an ordinary error outside. */
export function pastLimit(e: unknown, target: TclInterp): unknown {
  if (!(e instanceof LimitError) || e.owner !== target) return e;
  const plain = new TclError(e.message, e.errorCode);
  plain.errorInfo = e.errorInfo;
  plain.errorLine = e.errorLine;
  plain.errorStack = e.errorStack;
  plain.inner = e.inner;
  giveOptions(plain);
  return plain;
}

const CODES = ['ok', 'error', 'return', 'break', 'continue'] as const;

/** A completion code by name or number. */
export function codeOf(v: Value): number {
  const s = str(v);
  const named = CODES.indexOf(s as (typeof CODES)[number]);
  if (named >= 0) return named;
  const n = parseNumber(s);
  if (typeof n === 'number' && Number.isInteger(n) && n >= -4294967296 && n <= 4294967295 && (n | 0) !== SUSPENDED) return n | 0;
  throw new TclError(`bad completion code "${s}": must be ok, error, return, break, continue, or an integer`, [
    'TCL',
    'RESULT',
    'ILLEGAL_CODE',
  ]);
}
