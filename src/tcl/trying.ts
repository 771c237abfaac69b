/**
 * `try`: compiled in line where its words are constant, as Tcl does, and called by its words elsewhere. Answers to tclCmdMZ.c (TclNRTryObjCmd) and
 * tclCompCmdsSZ.c (TclCompileTryCmd).
 */
import { caughtError, codeOf, giveOptions, keptOptions, optionsDict } from './catching.ts';
import { type Completion, ERROR, evalStep, type Frame, type Interp, OK, RETURN, type ReturnOptions, type Step, Unwind } from './command.ts';
import { constantText, type InlineCompiler } from './compiler.ts';
import { alternatives, type CommandSite, LimitError, TclError } from './errors.ts';
import type { TclInterp } from './interp.ts';
import { elements } from './list.ts';
import { R } from './regs.ts';
import { addInfo, asTclError, keep, mark } from './run.ts';
import type { Stmt } from './unit.ts';
import { lend, share, str, type Value } from './value.ts';

interface Handler {
  readonly kind: 'on' | 'trap';
  readonly code: number;
  readonly pattern: readonly string[];
  readonly vars: readonly Value[];
  readonly body: Value;
}

/** Reads the clauses of a `try`; throws Tcl's messages. */
function readTry(args: readonly Value[]): { handlers: Handler[]; finallyBody: Value | null } {
  const handlers: Handler[] = [];
  let finallyBody: Value | null = null;
  let i = 2;
  while (i < args.length) {
    const word = str(args[i]!);
    const kinds = ['finally', 'on', 'trap'];
    const hits = kinds.filter((k) => k === word || (word !== '' && k.startsWith(word)));
    if (hits.length !== 1) {
      throw new TclError(`bad handler type "${word}": must be ${alternatives(kinds)}`, ['TCL', 'LOOKUP', 'INDEX', 'handler type', word]);
    }
    const kind = hits[0]!;
    if (kind === 'finally') {
      if (i < args.length - 2) throw new TclError('finally clause must be last', ['TCL', 'OPERATION', 'TRY', 'FINALLY', 'NONTERMINAL']);
      if (i === args.length - 1) throw wrongFinally();
      finallyBody = args[i + 1]!;
      break;
    }
    if (i > args.length - 4) {
      const what = kind === 'on' ? '"... on code variableList script"' : '"... trap pattern variableList script"';
      throw new TclError(`wrong # args to ${kind} clause: must be ${what}`, ['TCL', 'OPERATION', 'TRY', kind.toUpperCase(), 'ARGUMENT']);
    }
    const vars = elements(args[i + 2]!);
    if (kind === 'on') {
      handlers.push({ kind: 'on', code: codeOf(args[i + 1]!), pattern: [], vars, body: args[i + 3]! });
    } else {
      let pattern: readonly Value[];
      try {
        pattern = elements(args[i + 1]!);
      } catch {
        throw new TclError(`bad prefix '${str(args[i + 1]!)}': must be a list`, ['TCL', 'OPERATION', 'TRY', 'TRAP', 'EXNFORMAT']);
      }
      handlers.push({ kind: 'trap', code: ERROR, pattern: pattern.map(str), vars, body: args[i + 3]! });
    }
    i += 4;
  }
  const last = handlers[handlers.length - 1];
  if (last !== undefined && str(last.body) === '-') {
    throw new TclError('last non-finally clause must not have a body of "-"', ['TCL', 'OPERATION', 'TRY', 'BADFALLTHROUGH']);
  }
  return { handlers, finallyBody };
}

function wrongFinally(): TclError {
  return new TclError('wrong # args to finally clause: must be "... finally script"', ['TCL', 'OPERATION', 'TRY', 'FINALLY', 'ARGUMENT']);
}

function matches(h: Handler, c: Completion): boolean {
  if (h.kind === 'on') return h.code === c.code;
  if (c.error === null) return false;
  const code = c.error.errorCode ?? ['NONE'];
  return h.pattern.every((p, i) => p === code[i]);
}

/** How a body ended, with what `return` said. */
interface Ended extends Completion {
  readonly ret: ReturnOptions | null;
}

function* ended(step: Step): Generator<Step, Ended, Value> {
  try {
    const value = lend(yield step);
    return { code: OK, value, error: null, ret: keptOptions(OK, value) };
  } catch (e) {
    if (e instanceof Unwind)
      return { code: e.code, value: e.value, error: null, ret: e.code === RETURN ? e.ret : keptOptions(e.code, e.value) };
    if (e instanceof TclError && !('owner' in e)) return { code: ERROR, value: e.message, error: e, ret: null };
    throw e;
  }
}

export function* tryCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  const engine = interp as TclInterp;
  const { handlers, finallyBody } = readTry(args);
  R.kept = null;
  let c = yield* ended(evalStep(frame, args[1]!));
  const options = (e: Ended) => optionsDict(e.code, e.error, e.ret);
  if (c.error !== null) {
    addInfo(c.error, `\n    ("try" body line ${c.error.errorLine})`);
    if (handlers.length > 0 || finallyBody !== null) caughtError(engine, c.error);
  }
  const at = handlers.findIndex((h) => matches(h, c));
  if (at >= 0) c = yield* runHandler(interp, bodyOf(handlers, at), c, options(c), frame);
  if (finallyBody !== null) {
    const f = yield* ended(evalStep(frame, finallyBody));
    if (f.code !== OK) {
      if (f.error !== null) {
        addInfo(f.error, `\n    ("try ... finally" body line ${f.error.errorLine})`);
        during(f.error, options(c));
      }
      c = f;
    }
  }
  if (c.code !== RETURN && c.ret !== null) keep(c.code, c.value, c.ret.options);
  if (c.code === OK) return c.value;
  // The trace is complete without this command.
  if (c.error !== null) c.error.given = true;
  if (c.error !== null && (handlers.length > 0 || finallyBody !== null)) giveOptions(c.error);
  throw c.error ?? new Unwind(c.code, c.value, c.code === RETURN ? passed(c.ret) : null);
}

/** What goes through a `try` has been given all its options by it. */
function passed(ret: ReturnOptions | null): ReturnOptions | null {
  if (ret?.code !== ERROR || ret.options.has('-errorcode')) return ret;
  return { ...ret, options: new Map([...ret.options, ['-errorcode', 'NONE']]) };
}

/** The handler in place of the one at `at`: `-` means the next one's body, and what is not compiled takes its variables, too. */
function bodyOf(handlers: readonly Handler[], at: number): Handler {
  while (str(handlers[at]!.body) === '-') at++;
  return handlers[at]!;
}

function setVars(interp: Interp, { vars }: Handler, value: Value, options: Value, frame: Frame): void {
  if (vars.length > 0) interp.setVar(str(vars[0]!), value, frame);
  if (vars.length > 1) interp.setVar(str(vars[1]!), share(options), frame);
}

function bind(interp: Interp, h: Handler, { value, error }: Ended, options: Value, frame: Frame): void {
  try {
    setVars(interp, h, value, options, frame);
  } catch (e) {
    // No command has failed: the error stack is still that of the body.
    if (e instanceof TclError && error !== null) {
      e.errorStack = [...error.errorStack];
      e.inner = error.inner;
    }
    throw e;
  }
}

function* runHandler(interp: Interp, h: Handler, first: Ended, options: Value, frame: Frame): Generator<Step, Ended, Value> {
  try {
    bind(interp, h, first, options, frame);
  } catch (e) {
    if (!(e instanceof TclError) || e instanceof LimitError) throw e;
    during(e, options);
    return { code: ERROR, value: e.message, error: e, ret: null };
  }
  const c = yield* ended(evalStep(frame, h.body));
  if (c.error !== null) {
    addInfo(c.error, `\n    ("try ... ${h.kind}" handler line ${c.error.errorLine})`);
    during(c.error, options);
  }
  return c;
}

/** Notes on an error that it arose while another completion was handled. */
function during(e: TclError, options: Value): void {
  giveOptions(e, [['-during', options]]);
}

// --- in line ------------------------------------------------------------------------------------------------------------------

/** Outside of procs only where it has no handlers. What Tcl evaluates by itself within one is called by Tcl, and tells where it failed. */
export const tryInline: InlineCompiler = (c, args, site) => {
  const words = args.map(constantText);
  if (c.late || args.length === 0 || words.includes(null)) return null;
  let apart = false;
  const script = (i: number): Stmt =>
    c.guarded(() => c.withResult(true, () => c.body(args[i]!, site, apart ? null : '', false, apart || c.late)!));
  if (args.length === 1) return { s: c.body(args[0]!, site)!, simple: false };
  let clauses: ReturnType<typeof readTry>;
  try {
    clauses = readTry(['try', ...(words as string[])]);
  } catch {
    return null;
  }
  const { handlers, finallyBody } = clauses;
  if (handlers.some((h, i) => !isCompiled(h, words[1 + 4 * i]!, c.dyn))) return null;
  if (finallyBody !== null && words.at(-2) !== 'finally') return null;
  c.open = true;
  apart = c.evaluated && handlers.length > 0;
  for (const { vars } of handlers) for (const v of vars) c.slot(str(v));
  const { interp } = c;
  let s = script(0);
  /** Runs `body`, then `done` with how it ended. */
  const after = (body: Stmt, label: string | null, done: (f: Frame, ended: Ended) => number): Stmt =>
    c.n.catching({
      body,
      levels: 0,
      caught: (thrown, f) => {
        const e = asTclError(thrown);
        if (apart && label !== null && e instanceof TclError) addInfo(e, `\n    (${label} line ${e.errorLine})`);
        return caughtError(interp, e, f);
      },
      done: (f, code, error) => {
        const { ret } = R;
        R.ret = null;
        const value = error === null ? lend(R.result) : error.message;
        return done(f, { code, value, error, ret: code === RETURN ? ret : keptOptions(code, value) });
      },
    });
  const options = (e: Ended) => optionsDict(e.code, e.error, e.ret);
  if (handlers.length > 0) {
    const bodies = handlers.map((h, i) => (str(h.body) === '-' ? null : script(4 * i + 4)));
    s = after(s, '"try" body', (f, first) => {
      const at = handlers.findIndex((h) => matches(h, first));
      if (at < 0) return complete(first, site);
      const told = options(first);
      const body = bodies.slice(at).find((b) => b !== null)!;
      try {
        setVars(interp, handlers[at]!, first.value, told, f);
      } catch (e) {
        throw mark(e, site);
      }
      return after(body, `"try ... ${handlers[at]!.kind}" handler`, (_g, ended) => complete(ended, site, told))(f);
    });
  }
  if (finallyBody !== null) {
    const last = script(args.length - 1);
    s = after(s, null, (f, first) =>
      after(last, '"try ... finally" body', (_g, e) => (e.code === OK ? complete(first, site) : complete(e, site, options(first))))(f),
    );
  }
  return { s, simple: false };
};

/** Tcl compiles a handler whose words are written out, and whose variables are locals. */
function isCompiled({ kind, pattern, vars }: Handler, word: string, dyn: boolean): boolean {
  if (word !== kind || (kind === 'trap' && pattern.length === 0) || vars.length > 2) return false;
  return !dyn && vars.every((v) => !/\(|::/.test(str(v)));
}

/** Ends as something has ended before; `told`: of what was handled then. */
function complete({ code, value, error, ret }: Ended, site: CommandSite, told: Value | null = null): number {
  if (error !== null) {
    if (told !== null) during(error, told);
    else giveOptions(error);
    // The trace is complete without this command.
    error.given = true;
    error.site = site;
    throw error;
  }
  R.result = value;
  if (code === RETURN) R.ret = passed(ret);
  else if (ret !== null) keep(code, value, ret.options);
  return code;
}
