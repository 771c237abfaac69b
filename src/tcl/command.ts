/**
 * What a command is, and what it may ask of the interpreter: the contract between the engine and every command in `tcl/commands`,
 * `tk`, `safe` and the hosts. The engine's own classes implement these interfaces (interp.ts, events.ts).
 *
 * A command is one of three kinds:
 *  - **plain**: a function of its words. It returns its result or throws a TclError. It runs no script and waits for nothing.
 *  - **script**: a generator. It runs scripts and waits by `yield`ing Steps and gets each step's result back from the `yield`; an
 *    error inside a step is thrown at the `yield`. No JavaScript frame is held while it is suspended, so it may be paused at
 *    any `yield` for ever. Where there is nothing to do after what it runs, it may run that itself, and give its completion code.
 *  - **ensemble**: rows of subcommands.
 *
 * The caller checks the number of words against the row and words the error, so bodies start at the work.
 * Answers to tcl.h (Tcl_CreateObjCommand) and tclInt.h.
 */
import type { CommandSite, TclError } from './errors.ts';
import type { Rewrite } from './rewrite.ts';
import type { Key, Value } from './value.ts';

/** `args[0]` is the command's own word (for a subcommand: the subcommand's word), arguments follow. Never change the array. */
export type PlainHandler = (interp: Interp, args: readonly Value[], frame: Frame) => Value;
/**
 * `site` and `rewrite`, which few look at: where the call stands, and how it came through ensembles and aliases. A number is a completion
 * code, given as compiled code gives it.
 */
export type ScriptHandler = (
  interp: Interp,
  args: readonly Value[],
  frame: Frame,
  site: CommandSite,
  rewrite: Rewrite | null,
) => Steps | number;

/** What a script command runs and waits for, one after the other. */
export type Steps = Generator<Step, Value, Value>;

export interface RowBase {
  /** The command's name, or the subcommand's. May be qualified (`::tcl::mathop::+`). */
  readonly name: string;
  /** Fewest and most words after the command's own. `max` Infinity: any number. */
  readonly min: number;
  readonly max: number;
  /** What follows the name in `wrong # args: should be "NAME usage"`; empty for none. */
  readonly usage: string;
  /** Stays visible in a safe interpreter. Absent means hidden there. */
  readonly safe?: boolean;
  /**
   * The result depends on the words alone: no script run, no variable or command read or changed, nothing waited for.
   * The compiler may then call it inside an expression without preparing for a pause.
   */
  readonly pure?: boolean;
  /** Which of its words is read as a list, from the end where it is negative: one that is constant is read as it is compiled. */
  readonly list?: number;
  /** A command that is compiled in line may have to be called otherwise after it: what follows in a script looks again. */
  readonly changes?: boolean;
}

export interface PlainRow extends RowBase {
  readonly run: PlainHandler;
  readonly script?: undefined;
  readonly sub?: undefined;
}
export interface ScriptRow extends RowBase {
  readonly script: ScriptHandler;
  readonly run?: undefined;
  readonly sub?: undefined;
}
/**
 * An ensemble: `name sub ?arg ...?`. The interpreter makes `::tcl::NAME::SUB` (with an absolute name `NAME::SUB`) for each row and a namespace
 * ensemble that maps to them.
 */
export interface EnsembleRow {
  readonly name: string;
  readonly sub: readonly (PlainRow | ScriptRow | LinkRow)[];
  readonly safe?: boolean;
  readonly run?: undefined;
  readonly script?: undefined;
}
/** A subcommand that is a command of another row. */
interface LinkRow {
  readonly name: string;
  readonly target: string;
}
/** A namespace variable that comes with a family; its namespace, which may export commands by a pattern, is made by a row before it. */
interface VariableRow {
  readonly name: string;
  readonly value: string;
  readonly exports?: string;
  readonly run?: undefined;
  readonly script?: undefined;
  readonly sub?: undefined;
}
export type CommandRow = PlainRow | ScriptRow | EnsembleRow | VariableRow;

/** The completion codes of Tcl.n; others are legal for `return -code`. */
export const OK = 0;
export const ERROR = 1;
export const RETURN = 2;
export const BREAK = 3;
export const CONTINUE = 4;

/** How a script ended, for commands that look at more than its value (`catch`, `bind`, `after`). */
export interface Completion {
  readonly code: number;
  readonly value: Value;
  /** Set when code is ERROR. */
  readonly error: TclError | null;
  /** What `return` said, when code is RETURN. */
  readonly ret?: ReturnOptions | null;
}

/** Thrown at a `yield` when the script completed with break, continue, return or a custom code, and by a generator that wants to complete so. */
export class Unwind {
  readonly code: number;
  readonly value: Value;
  /** What `return` said beyond its value; null for a plain one. */
  readonly ret: ReturnOptions | null;
  constructor(code: number, value: Value = '', ret: ReturnOptions | null = null) {
    this.code = code;
    this.value = value;
    this.ret = ret;
  }
}

/** The options of `return` (return.n): how many levels the code has still to travel, and what goes with it. */
export interface ReturnOptions {
  level: number;
  code: number;
  options: Map<string, Value>;
}

/**
 * What a script command may yield. Make them with the functions below.
 *
 * ```ts
 * const v = yield evalStep(frame, script);             // throws TclError or Unwind
 * const c = yield* attempt(callStep(frame, words));    // a Completion, throws only limits
 * const answer = yield waitStep('host', (done) => port.ask(question, done));
 * ```
 */
export type Step =
  | {
      readonly kind: 'eval';
      readonly frame: Frame;
      readonly script: Value;
      readonly interp: Interp | null;
      readonly file?: Value;
      readonly main?: boolean;
      /** How often, when not once. */
      readonly times?: number;
      /** Tcl does not compile it: each command tells of an error in its brackets. */
      readonly direct?: true;
    }
  | { readonly kind: 'call'; readonly frame: Frame; readonly words: readonly Value[]; readonly interp: Interp | null }
  /** Code compiled in line; the engine's own. */
  | { readonly kind: 'stmt'; readonly frame: Frame; readonly run: (f: Frame) => number; readonly interp?: Interp }
  | { readonly kind: 'wait'; readonly reason: WaitReason; readonly start: (resume: Resume) => void };

/** Why a script stands still: `event` until the event loop has something to do, `host` until the host answers. */
export type WaitReason = 'event' | 'host';
/** Lets a waiting script go on with a value or an error. Calling it twice does nothing. */
export type Resume = (result: Value | TclError) => void;

/** The first of an interpreter's tree: what all of them share is kept there. */
export function rootOf<I extends { readonly parent: I | null }>(interp: I): I {
  let root = interp;
  while (root.parent !== null) root = root.parent;
  return root;
}

/** Evaluates a script in a frame (`interp.globalFrame` for the global level), as `eval` there. `interp`: when it is not the caller's. */
export function evalStep(frame: Frame, script: Value, interp: Interp | null = null): Step {
  return { kind: 'eval', frame, script, interp };
}

/** As evalStep, for the scripts of traces and events, which Tcl evaluates without compiling them. */
export function directStep(frame: Frame, script: Value): Step {
  return { kind: 'eval', frame, script, interp: null, direct: true };
}

/** Calls a command by its words, without parsing. */
export function callStep(frame: Frame, words: readonly Value[], interp: Interp | null = null): Step {
  return { kind: 'call', frame, words, interp };
}

/** Waits: `start` is called once the script stands still, and hands its `resume` to whoever will answer. */
export function waitStep(reason: WaitReason, start: (resume: Resume) => void): Step {
  return { kind: 'wait', reason, start };
}

/**
 * One activation record: the caller, the unit that runs, its command word, then local variables and temporaries. Opaque outside
 * the engine: pass on the one you were given, or `interp.globalFrame`. See frames.ts.
 */
export type Frame = import('./frames.ts').Frame;

/** A registered command. Opaque but for these. */
export interface Command {
  /** Fully qualified name, `::foo::bar`. Changes on rename. */
  readonly fullName: string;
  readonly deleted: boolean;
  /** Whatever the creator put there (a widget's record, say). */
  readonly data: unknown;
}

export interface CommandOptions {
  readonly run?: PlainHandler;
  readonly script?: ScriptHandler;
  readonly data?: unknown;
  /** Called once when the command is deleted (also with its interpreter). */
  readonly onDelete?: () => void;
}

export type TraceOp = 'read' | 'write' | 'unset' | 'array';

export interface VarTrace {
  remove(): void;
}

/** One interpreter. `frame` defaults to the global level throughout. Names may be qualified and may be array elements, `a(b)`. */
export interface Interp {
  readonly parent: Interp | null;
  /** Path below the master: [] for the master itself. */
  readonly path: readonly string[];
  readonly safe: boolean;
  readonly deleted: boolean;
  readonly globalFrame: Frame;
  readonly events: EventLoop;
  readonly budget: Budget;
  /** Records of packages that live in an interpreter (Tk's app, say), by a key of their own. Removed with it, after `onDelete`. */
  readonly assoc: Map<symbol, unknown>;
  /** Tell the census how many bytes hosts hold for this interpreter, and show it values to count. */
  readonly holders: Set<(add: (held: unknown) => void) => number>;

  createCommand(name: string, options: CommandOptions): Command;
  /** Registers rows; ensembles become namespace ensembles. Rows without `safe` are hidden when the interpreter is safe. */
  addRows(rows: readonly CommandRow[]): void;
  findCommand(name: string, frame?: Frame): Command | null;
  deleteCommand(command: Command): void;
  renameCommand(command: Command, newName: string): void;
  /** Hides `name` under `hiddenName` (default the same). Throws Tcl's messages. */
  hideCommand(name: string, hiddenName?: string): void;
  exposeCommand(hiddenName: string, name?: string): void;

  /** Undefined when it does not exist or is an array. Fires read traces. */
  getVar(name: string, frame?: Frame): Value | undefined;
  /** As getVar, but throws `can't read "x": ...`. */
  readVar(name: string, frame?: Frame): Value;
  /** Fires write traces; throws `can't set "x": ...`. Returns the value now held. A value that lives elsewhere too must have been `share`d. */
  setVar(name: string, value: Value, frame?: Frame): Value;
  /** Throws `can't unset "x": no such variable` unless `quiet`. */
  unsetVar(name: string, frame?: Frame, quiet?: boolean): void;
  varExists(name: string, frame?: Frame): boolean;
  /** The array, or null when `name` is not one. A snapshot of its entries is the caller's to make. */
  getArray(name: string, frame?: Frame): ReadonlyMap<Key, Value> | null;
  /**
   * Calls `fn` when the variable is read, written or unset; it stays through unset, as Tk's own textvariable traces must re-arm
   * (tkButton.c, ButtonTextVarProc). `name1`, `name2` as in trace.n. What `fn` throws as a TclError fails the access.
   */
  traceVar(name: string, ops: readonly TraceOp[], fn: (name1: string, name2: string, op: TraceOp) => void, frame?: Frame): VarTrace;

  /** Runs a script to its end at once, from outside any script command. It cannot pause: waiting fails with `cannot wait: C stack busy`. */
  evalNow(script: Value, frame?: Frame): Value;
  /** Reports an error to `bgerror` (interp bgerror), later, from the event loop. */
  backgroundError(error: TclError): void;
  /**
   * A script that an event ran has ended: anything but a value is reported so, with a `line` that says whose it was. Answers whether it was.
   * `bound`: as bindings are run, where `break` and its like mean something.
   */
  backgroundEnd(end: Completion, script: Value, line?: string, bound?: boolean): boolean;
  /** Queues a script for the event loop at global level; errors go to `done`, or to bgerror without it. */
  queueScript(script: Value, done?: (completion: Completion) => void): void;
  /** Compiles nothing, runs nothing: true when `script` has no unclosed brace, quote or bracket (`info complete`). */
  isComplete(script: string): boolean;
  /** Evaluates an expression as `expr` would, through a step: `yield* interp.exprValue(text, frame)`. */
  exprValue(expression: Value, frame: Frame): Generator<Step, Value, Value>;
  /** Called when the interpreter is deleted, in reverse order of registration. */
  onDelete(fn: () => void): void;
  delete(): void;
}

/** Counts that bound a script. One per interpreter; children also charge their ancestors. See budget.ts. */
export interface Budget {
  /**
   * Pays for work that a command is about to do or has done, in units of about 10 ns (a character copied is 1/16, an element 1).
   * Throws `time limit exceeded` when a limit has passed. Any loop whose length a script can choose pays.
   */
  charge(units: number): void;
  /** Pays for memory about to be held, in bytes, before it is allocated. Throws `memory limit exceeded`. */
  allocate(bytes: number): void;
}

/** An event: a generator that runs to its end when its turn comes. */
export type EventHandler = () => Generator<Step, void, Value>;
/** `timer`: after ms; `idle`: after idle and Tk's redraws; `window`: input and Tk's own events; `host`: files, channels, host messages. */
export type EventKind = 'timer' | 'idle' | 'window' | 'host';

export interface EventHandle {
  /** Takes it out of its queue; nothing happens when it has run. */
  cancel(): void;
}

/** The event queue of a worker, shared by all its interpreters. See events.ts. */
export interface EventLoop {
  /** Milliseconds of the monotonic clock, and of the wall clock since 1970. */
  now(): number;
  wallClock(): number;
  after(ms: number, handler: EventHandler): EventHandle;
  /** Idle handlers run when nothing else is ready; those queued by idle handlers run in the next round (Tcl_DoWhenIdle). */
  whenIdle(handler: EventHandler): EventHandle;
  /** `head` puts it before what is already queued. */
  /** `carries`: what it holds until then, for the census. */
  queue(kind: 'window' | 'host', handler: EventHandler, position?: 'tail' | 'head', carries?: unknown): EventHandle;
  /** Each is called before an event is looked for: what queues events for as long as one is handled. */
  readonly lookers: Set<() => void>;
  /** Handles one event of these kinds, waiting for it when `wait`; its value is 1 when one was handled. `yield*` it. */
  doOneEvent(kinds: ReadonlySet<EventKind>, wait: boolean): Generator<Step, number, Value>;
}

/** Runs a step and reports how it ended instead of throwing. Limits still throw: a script cannot catch them. */
export function* attempt(step: Step): Generator<Step, Completion, Value> {
  try {
    return { code: OK, value: yield step, error: null };
  } catch (e) {
    if (e instanceof Unwind) return { code: e.code, value: e.value, error: null, ret: e.ret };
    if (isCatchable(e)) return { code: ERROR, value: e.message, error: e };
    throw e;
  }
}

function isCatchable(e: unknown): e is TclError {
  return typeof e === 'object' && e !== null && 'errorInfo' in e && !('owner' in e);
}
