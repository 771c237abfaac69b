/**
 * Errors a script can see: TclError, and the builders of every stock message with its errorCode. A command never spells a
 * stock phrase itself. Answers to tclResult.c, tclIndexObj.c (Tcl_WrongNumArgs, Tcl_GetIndexFromObj) and tclProc.c.
 */

import type { Frame } from './frames.ts';
import { LONG_MADE, madeText } from './regs.ts';
import type { Value } from './value.ts';

/** Where a command stands in its source, for errorInfo and `info frame`. */
export interface CommandSite {
  /** The command's source text. */
  readonly text: string;
  /** Its line in the script or proc body it belongs to, from 1. */
  readonly line: number;
  /** As many lines before it are within expressions: `info frame` does not count them. */
  readonly ahead?: number;
  /** It was made up from words, and is in no source. */
  readonly made?: boolean;
  /** The file that it is a command of. */
  readonly file?: Value;
  /** A `catch` that Tcl compiles where it stands: errors of its script, known only at the call, tell of it. */
  compiled?: boolean;
  /** A subcommand that Tcl does not compile, called by a compiled ensemble: at the outermost level of an interpreter it takes a level of a `return`. */
  replaced?: boolean;
  /** A call made by `tailcall`: the next such call takes its place. */
  tail?: boolean;
  /** Tcl calls it by its words, without compiling it. */
  called?: boolean;
  /** Of a script of its own that is a word of another command, or in brackets there. */
  inner?: boolean;
  /** Nothing of it is compiled, for traces of steps. */
  stepped?: boolean;
  /** In a proc, of a script that Tcl evaluates by itself: it finds variables by their names. */
  evaluated?: boolean;
  /** Of an expression that is code of its own, which tells of an error before its command does. */
  readonly again?: boolean;
  /** Of an operator whose operands were exchanged. */
  readonly swapped?: boolean;
}

/**
 * An error completion (code 1). Thrown, never returned. It is a plain object, without a JavaScript stack, since throwing one is
 * an ordinary event in a script.
 */
export class TclError {
  message: string;
  /** The errorCode list, or null for NONE. */
  errorCode: readonly string[] | null;
  /** The same as a script gave it. */
  givenCode: Value | null = null;
  /** The trace built so far; null until the first command has been logged. */
  errorInfo: string | null = null;
  /** What `info errorstack` tells: INNER and the command, then CALL and UP for the frames it passes. */
  errorStack: Value[] = [];
  /** The frames of it, of variables and of the innermost call, each with where in the stack it is told of. */
  left: { at: number; readonly vf: Frame; call: Frame }[] = [];
  /** What INNER tells, of which few ask. */
  inner: (() => Value) | null = null;
  /** The innermost command not yet logged to errorInfo. */
  site: CommandSite | null = null;
  /** What failed at `site`, for INNER: its words or operands, and Tcl's instruction where the command does not tell it (instructions.ts). */
  operands: readonly Value[] | null = null;
  instruction: string | null = null;
  /** The trace was given by hand (`error msg info`): the command that gave it is not logged. */
  given = false;
  /** Line of the last command logged, for -errorline. */
  errorLine = 1;
  /** Options of the `return` that made it, merged into the options dict. */
  options: ReadonlyMap<string, Value> | null = null;

  constructor(message: string, errorCode: readonly string[] | null = null) {
    this.message = message;
    if (message.length >= LONG_MADE) madeText(message.length);
    this.errorCode = errorCode;
  }
}

/** A limit or a cancellation: unwinds every catch of the interpreter it belongs to. `interp` is the owner as an opaque key. */
export class LimitError extends TclError {
  readonly owner: object;
  /** A script has set it, not the host: an event that it ends has failed, and no more than that. */
  byScript = false;
  constructor(message: string, errorCode: readonly string[] | null, owner: object) {
    super(message, errorCode);
    this.owner = owner;
  }
}

/** What is larger than it can be, whatever the limits. */
export function listTooLong(max: number): TclError {
  return new TclError(`max length of a Tcl list (${max} elements) exceeded`, ['TCL', 'MEMORY']);
}

/** About V8's longest string in bytes of two each. */
export const MAX_VALUE_BYTES = 1_000_000_000;

export function valueTooLarge(): TclError {
  return new TclError(`max size for a Tcl value (${MAX_VALUE_BYTES} bytes) exceeded`, ['TCL', 'MEMORY']);
}

/** `wrong # args: should be "USAGE"`; `usage` begins with the command as the script called it. */
export function wrongArgs(usage: string): TclError {
  return new TclError(`wrong # args: should be "${usage}"`, ['TCL', 'WRONGARGS']);
}

/** For scripts whose interpreter has gone: the errorCode names it all. */
export function evalInDeleted(): TclError {
  return new TclError(DELETED, ['TCL', 'IDELETE', DELETED]);
}

/** The same as a limit: nothing of `owner` goes on. */
export function endOfInterp(owner: object): LimitError {
  return new LimitError(DELETED, ['TCL', 'IDELETE', DELETED], owner);
}

const DELETED = 'attempt to call eval in deleted interpreter';

/** `a, b, or c`. */
export function alternatives(words: readonly string[]): string {
  if (words.length === 1) return words[0]!;
  if (words.length === 2) return `${words[0]} or ${words[1]}`;
  return `${words.slice(0, -1).join(', ')}, or ${words[words.length - 1]}`;
}

/** `bad option "x": must be a, b, or c` (`ambiguous` when x is a prefix of several). `kind` is the noun: option, subcommand... */
export function badIndex(kind: string, given: string, table: readonly string[], ambiguous = false): TclError {
  // An empty word is told only where it is the last.
  const told = table.filter((word, i) => word !== '' || (i === table.length - 1 && table.some((w) => w !== '')));
  const choice = told.length === 0 ? 'no valid options' : `must be ${alternatives(told)}`;
  return new TclError(`${ambiguous ? 'ambiguous' : 'bad'} ${kind} "${given}": ${choice}`, ['TCL', 'LOOKUP', 'INDEX', kind, given]);
}

/**
 * The entry of `table` that `given` names, exactly or (unless `exact`) by unique prefix: Tcl_GetIndexFromObj.
 * The empty string begins every entry, so it is ambiguous, or bad when there is one entry alone.
 */
export function lookup<T extends string>(given: string, table: readonly T[], kind: string, exact = false): T {
  const same = table.indexOf(given as T);
  if (same >= 0) return table[same]!;
  if (!exact) {
    const hits = table.filter((t) => t.startsWith(given));
    if (hits.length === 1 && given !== '') return hits[0]!;
    if (hits.length > 1) throw badIndex(kind, given, table, true);
  }
  throw badIndex(kind, given, table);
}

export function invalidCommand(name: string): TclError {
  return new TclError(`invalid command name "${name}"`, ['TCL', 'LOOKUP', 'COMMAND', name]);
}

/** `can't read "x": no such variable` and kin. `verb`: read, set, unset, incr...; `why` as Tcl's table in tclVar.c. */
export function variableError(verb: string, name: string, why: string, code: readonly string[]): TclError {
  return new TclError(`can't ${verb} "${name}": ${why}`, code);
}

export function expected(what: string, given: string, code: string): TclError {
  return new TclError(`expected ${what} but got "${given}"`, ['TCL', 'VALUE', code]);
}

export function unknownNamespace(name: string): TclError {
  return new TclError(`unknown namespace "${name}"`, ['TCL', 'LOOKUP', 'NAMESPACE', name]);
}

/** A completion code that means nothing where a script has ended with it: 3 is `break`, 4 `continue`. */
export function unexpectedCode(code: number, errorCode: readonly string[] = ['TCL', 'RESULT', 'UNEXPECTED']): TclError {
  const loop = code === 3 ? 'break' : code === 4 ? 'continue' : null;
  return new TclError(loop === null ? `command returned bad code: ${code}` : `invoked "${loop}" outside of a loop`, errorCode);
}

/** The variable that an error's message speaks of. */
export function variableIn(message: string): string {
  return /"(.*?)":/s.exec(message)?.[1] ?? '';
}
