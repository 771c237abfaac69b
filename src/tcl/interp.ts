/**
 * An interpreter: its namespaces, command tables, hidden commands, variables by name, children, and the caches of compiled code.
 * How code runs is run.ts's, what a command does is in commands/. Answers to tclBasic.c, tclNamesp.c and tclInterp.c.
 */

import { clock, InterpBudget } from './budget.ts';
import { noteError, optionsDict } from './catching.ts';
import {
  attempt,
  BREAK,
  type CommandOptions,
  type CommandRow,
  type Completion,
  callStep,
  type EnsembleRow,
  ERROR,
  type EventHandler,
  evalStep,
  type Interp,
  OK,
  type PlainRow,
  RETURN,
  rootOf,
  type ScriptRow,
  type Step,
  type TraceOp,
  Unwind,
  type VarTrace,
} from './command.ts';
import { mathFunctions } from './commands/maths.ts';
import { compileDynamic, compileFile, compileProcBody, compileWords } from './compiler.ts';
import type { CoroutineRecord } from './coroutine.ts';
import { alternatives, type CommandSite, evalInDeleted, invalidCommand, LimitError, TclError, variableError } from './errors.ts';
import type { EventQueue } from './events.ts';
import { type Frame, HEADER, makeFrame, unitOf, varFrameOf, wordsOf } from './frames.ts';
import { stringMatch } from './glob.ts';
import { inHashOrder } from './hash-stats.ts';
import { INLINE } from './inline.ts';
import { alone, keptUntilCensus, ownName } from './kept.ts';
import { dictOf, elements, newDict } from './list.ts';
import { formatList } from './list-format.ts';
import { type Alias, Cmd, type CommandTrace, type Ensemble, Namespace, type Proc, traceScript } from './namespace.ts';
import { nodeLibrary } from './node-copies.ts';
import { breaksOff } from './parser.ts';
import { bound, type Cell, capture, passGo, R, SUSPENDED, single } from './regs.ts';
import { type Rewrite, rewritten, spelled, writtenWords, wrongWords } from './rewrite.ts';
import {
  addInfo,
  callCommand,
  callWordsIn,
  drive,
  evalScript,
  finishTop,
  lazySite,
  mark,
  noteInner,
  outermost,
  runBarrier,
  runInline,
  setStop,
  shownName,
} from './run.ts';
import { Unit } from './unit.ts';
import { type Key, keyOf, lend, share, str, TclList, type Value } from './value.ts';
import {
  addTrace,
  arrayNamed,
  findVar,
  fullName,
  holdNamespace,
  mustHaveElements,
  peekVar,
  plainEntries,
  readVar,
  removeTrace,
  splitName,
  TclArray,
  type Trace,
  unsetCell,
  unsetVar,
  type Var,
  varExists,
  varForTrace,
  writeVar,
} from './variables.ts';

export interface InterpOptions {
  readonly parent?: TclInterp;
  readonly name?: string;
  readonly safe?: boolean;
  /** Families of commands to open; children take their parent's. */
  readonly rows?: readonly CommandRow[];
  readonly events?: EventQueue;
  readonly prepare?: (interp: TclInterp) => void;
}

/** Background errors that wait to be told; later ones are dropped. */
const MAX_PENDING_ERRORS = 1000;

/** Where errors of an expression by itself are found first. */
const EXPRESSION: CommandSite = { text: '', line: 1, again: true };

interface ExprCall {
  readonly site: CommandSite;
  readonly words: readonly Value[];
  readonly rewrite: Rewrite | null;
}

function expressionFail(cell: Cell, e: unknown): number {
  const { site, words, rewrite } = cell.node as ExprCall;
  throw mark(leaveExpression(e, cell.f), site, writtenWords(rewrite, words));
}

/** An expression is no command: the one that it is computed for tells of it. */
function leaveExpression(e: unknown, frame: Frame): unknown {
  if (e instanceof TclError && e.site?.text === EXPRESSION.text) {
    if (e.errorStack.length === 0) noteInner(e, e.site, frame);
    e.site = null;
  }
  return e;
}

/** Absolute names of variables of which it is kept where they lead. */
const MAX_LOCATED = 1000;
/** Longer ones are not kept: nobody counts them. */
const MAX_LOCATED_NAME = 100;
/** Names kept of commands that have gone. */
const MAX_GONE = 100;

/** Names that code has looked up are kept until they take this, and what each takes beside its text. */
const MAX_NAMES_BYTES = 1_000_000;
const NAME_BYTES = 80;

/** Compiled scripts are kept by text; all go when they take more than this, or a good part of what the tclet may hold. */
const SCRIPT_CACHE_BYTES = 16_000_000;
const SCRIPT_CACHE_PART = 1 / 8;

/** Short scripts that have come but once. */
const cameOnce = keptUntilCensus(new Set<string>());
const SHORT_SCRIPT = 200;
const MAX_CAME_ONCE = 10_000;

/**
 * Levels in other interpreters from which one may still be entered. Each counts its own alone, so two that call each other for ever would never
 * reach their limits: this is what all of a tclet's eight could use up by themselves.
 */
const MAX_LEVELS_BELOW = 9000;

export class TclInterp implements Interp {
  readonly parent: TclInterp | null;
  readonly name: string;
  safe: boolean;
  deleted = false;
  readonly children = new Map<string, TclInterp>();
  readonly hidden = new Map<string, Cmd>();
  /** Aliases by token. */
  readonly aliases = new Map<string, Cmd>();
  /** The command of the program's file that runs. */
  programSite: CommandSite | null = null;
  nextNamespaceId = 1;
  /** Grows whenever a command comes, goes or is renamed: call sites look their command up again. */
  commandEpoch = 0;
  /** Grows whenever a command that code may embed changes: code is compiled again. */
  inlineEpoch = 0;
  /** A command limit is in force, here or in an ancestor. */
  private limited = false;
  /** The script wants to know how many commands it has run. */
  countAsked = false;
  /** Either: code is compiled to count its commands. */
  countingCommands = false;
  /** Execution traces that step through what runs now, newest first; see exec-traces.ts. */
  steps: readonly CommandTrace[] = [];
  stepping = false;
  /** The script of an execution trace runs. */
  inTrace = false;
  /** Scripts have set traces or defined destructors: they may see in what order things go. */
  orderShows = false;
  commandCount = 0;
  commandLimit = Infinity;
  recursionLimit: number;
  readonly globalNs: Namespace;
  readonly globalFrame: Frame;
  readonly events: EventQueue;
  readonly budget: InterpBudget;
  readonly assoc = new Map<symbol, unknown>();
  /** Tell the census how many bytes hosts hold for this interpreter. */
  readonly holders: Interp['holders'] = new Set();
  /** Gives a new interpreter the variables it begins with; children inherit it. */
  private readonly prepare: ((interp: TclInterp) => void) | null;
  readonly rows: readonly CommandRow[];
  errorStack: TclError | Value = '';
  /** The `interp bgerror` prefix. */
  bgerrorHandler: Value = '::tcl::Bgerror';
  /** Last resort for errors no script handles; the host sets it for the interpreters it made. */
  onBackgroundError: (error: TclError) => void = (error) => this.parent?.onBackgroundError(error);
  /** What `exit` of a trusted interpreter does before all of them end; the host sets it at the root. */
  onExit: (code: number) => void = () => {};
  private readonly pendingErrors: { readonly message: Value; readonly options: Value }[] = [];
  private readonly deleteHooks: (() => void)[] = [];
  /** Names, without their namespaces, of commands that code compiled so far has embedded. */
  private readonly embedded = new Set<string>();
  /**
   * Commands that have been called by their full names: names of objects, most of all. Null where one has gone: what is taken out of a map and put in
   * again, many times, V8 does not find soon.
   */
  private readonly absolute = new Map<string, Cmd | null>();
  private absoluteGone = 0;
  /** Last parts of the names that call sites have looked up and keep the command of. */
  private readonly looked = new Set<string>();
  /** What the names in both take. */
  private namesBytes = 0;
  /** Characters of the longer texts that code keeps because they depend on constants alone. */
  keptText = 0;
  private readonly scripts: Units = new Map();
  private readonly directs: Units = new Map();
  private readonly expressions: Units = new Map();
  /** What these take. */
  private scriptBytes = 0;

  constructor(options: InterpOptions) {
    this.parent = options.parent ?? null;
    this.name = options.name ?? '';
    this.safe = options.safe ?? false;
    const events = options.events ?? this.parent?.events;
    if (events === undefined) throw new Error('invariant: a master interpreter needs an event queue');
    this.events = events;
    this.rows = options.rows ?? this.parent?.rows ?? [];
    this.globalNs = new Namespace(this, '', null);
    this.globalFrame = this.namespaceFrame(this.globalNs, null, '');
    this.budget = new InterpBudget(this);
    this.recursionLimit = this.parent?.recursionLimit ?? 1000;
    // Nothing of an older tree pays for a new one.
    if (this.parent === null) {
      clock.interp = this;
      R.grown = 0;
      events.onFailed = (e) => {
        if (!endsEvent(e)) return false;
        (e.owner as TclInterp).backgroundEnd({ code: ERROR, value: e.message, error: e }, '');
        return true;
      };
    }
    this.parent?.children.set(this.name, this);
    this.updateCounting();
    this.addRows(this.rows);
    // There to be imported.
    for (const name of ['mathop', 'unsupported']) this.findNamespace(`::tcl::${name}`, this.globalNs)?.exports.push('*');
    this.findNamespace('::tcl::mathfunc', this.globalNs)?.exports.push(...mathFunctions.keys());
    if (this.safe && this.parent !== null) this.listAliases(this.parent);
    this.prepare = options.prepare ?? this.parent?.prepare ?? null;
    // A field that was never written but at first is a constant to V8, and all code with it is made anew when it changes.
    this.commandEpoch++;
    this.inlineEpoch++;
    this.prepare?.(this);
  }

  setSteps(steps: readonly CommandTrace[]): void {
    this.steps = steps;
    if (this.stepping === steps.length > 0) return;
    this.stepping = steps.length > 0;
    this.inlineEpoch++;
  }

  get path(): readonly string[] {
    return this.parent === null ? [] : [...this.parent.path, this.name];
  }

  /** `interp debug -frame`. */
  debugFrames = false;

  /** Where it stands while control is in another interpreter: the frame that called there, how deep it was, and in which coroutine. */
  left: { readonly frame: Frame | null; readonly levels: number; readonly coroutine: CoroutineRecord | null } | null = null;
  /** Levels (of R.level) that are not its own: those of the interpreters it was entered from. */
  levelsBelow = 0;
  /** Aliases elsewhere that lead here. */
  readonly targeted = new Set<Cmd>();

  /** The frame that `interp eval` from outside works in. */
  get currentFrame(): Frame {
    return this.left?.frame ?? this.globalFrame;
  }

  /** Those that have begun and not ended. */
  readonly coroutines = new Set<CoroutineRecord>();

  /** The coroutine of this interpreter's own that is running. */
  get coroutine(): CoroutineRecord | null {
    const { coroutine } = R.coroutine === null || R.coroutine.interp === this ? R : (this.left ?? R);
    return coroutine?.interp === this ? coroutine : null;
  }

  setRecursionLimit(limit: number): void {
    this.recursionLimit = limit;
    if (clock.interp === this) setStop();
  }

  /** The value of R.level that must not be reached. */
  levelLimit(): number {
    return this.levelsBelow > MAX_LEVELS_BELOW ? 0 : this.levelsBelow + this.recursionLimit;
  }

  /** The frame of the command that deletes or renames others: what hears of that runs there. */
  private acting: Frame | null = null;

  /** Does what may delete or rename commands, for a command called in `frame`. */
  actIn<T>(frame: Frame, act: () => T): T {
    const outer = this.acting;
    this.acting = frame;
    try {
      return act();
    } finally {
      this.acting = outer;
    }
  }

  get actingFrame(): Frame {
    return this.acting ?? this.globalFrame;
  }

  // --- namespaces -----------------------------------------------------------------------------------------------------------

  /** A frame whose variables are a namespace's. */
  namespaceFrame(ns: Namespace, caller: Frame | null, words: Value | readonly Value[]): Frame {
    const unit = new Unit(this, ns, false, new Map(), 0);
    return makeFrame(HEADER, caller, unit, words, null);
  }

  /** The namespace a qualified name leads to, or null. */
  findNamespace(name: string, from: Namespace): Namespace | null {
    // No name is that of the global namespace alone.
    if (name === '' && from !== this.globalNs) return null;
    const absolute = name.startsWith('::');
    const parts = name.split(/::+/).filter((p) => p !== '');
    const ns = walk(absolute ? this.globalNs : from, parts);
    return ns?.dying ? null : ns;
  }

  /** As findNamespace, only downwards from `from` (or the top), making what is missing. */
  makeNamespace(name: string, from: Namespace): Namespace {
    let ns = name.startsWith('::') ? this.globalNs : from;
    for (const part of name.split(/::+/)) {
      if (part === '') continue;
      let child = ns.children.get(part);
      if (child === undefined) {
        child = new Namespace(this, ownName(part), ns);
        ns.children.set(child.name, child);
      }
      ns = child;
    }
    return ns;
  }

  /**
   * What runs in it goes on with its contents, which go when it has ended; to others it is gone at once. `running`: frames of what runs, more than once
   * maybe.
   */
  deleteNamespace(ns: Namespace, running: readonly Frame[] = []): void {
    if (this.leavesNamespace(ns, running)) this.emptyNamespace(ns, running);
  }

  /** Puts it out of sight; false when it is gone already, or what runs in it goes on. */
  private leavesNamespace(ns: Namespace, running: readonly Frame[]): boolean {
    if (ns.deleted || ns.emptied) return false;
    const early = ns.onDelete;
    ns.onDelete = null;
    early?.();
    if (this.coroutines.size > 0) {
      const running: ReadonlySet<unknown> = this.coroutines;
      for (const cmd of inHashOrder(ns.table)) if (running.has(cmd.data)) this.deleteCommand(cmd);
    }
    const { ensembles } = ns;
    ns.ensembles = null;
    if (ensembles !== null) for (const cmd of [...ensembles].reverse()) this.deleteCommand(cmd);
    ns.unknown = null;
    for (const f of running) if (unitOf(f).ns === ns && unitOf(f).isProc && holdNamespace(f)) ns.active++;
    if (ns.active === 0 || ns.parent === null) return true;
    ns.dying = true;
    if (ns.parent.children.get(ns.name) === ns) ns.parent.children.delete(ns.name);
    this.located.clear();
    this.lostNamespace(ns);
    return false;
  }

  /** A frame that ran in the namespace has ended. */
  leaveNamespace(ns: Namespace): void {
    if (--ns.active === 0 && ns.dying) this.emptyNamespace(ns);
  }

  /** With those in it, which may nest deeper than the JavaScript stack. */
  emptyNamespace(top: Namespace, running: readonly Frame[] = []): void {
    if (top.deleted || top.emptied) return;
    const all: typeof inHashOrder = this.orderShows ? inHashOrder : (table) => [...table.values()];
    const todo = [top];
    for (let ns = todo.pop(); ns !== undefined; ns = todo.pop()) {
      if (ns !== top && !this.leavesNamespace(ns, running)) continue;
      if (ns.parent !== null) ns.dying = ns.emptied = true;
      for (const v of all(ns.vars)) {
        if (v.ns === ns) this.dropVar(v);
      }
      ns.vars.clear();
      // What nobody has looked for need not be made to be deleted.
      ns.fill = null;
      for (const cmd of all(ns.cmds)) this.deleteCommand(cmd);
      this.scripts.delete(ns);
      this.directs.delete(ns);
      this.expressions.delete(ns);
      // Not to be found any more by what deletes its children.
      if (ns.parent !== null) {
        ns.deleted = true;
        if (ns.parent.children.get(ns.name) === ns) ns.parent.children.delete(ns.name);
        this.located.clear();
      }
      this.lostNamespace(ns);
      for (const child of all(ns.children).reverse()) todo.push(child);
    }
  }

  /** A namespace is not to be found any more by its name. */
  private lostNamespace(ns: Namespace): void {
    // One with nothing of its own but `my` mattered to nobody else.
    if (ns.kin !== null && ns.children.size === 0) return;
    this.clearAbsolute();
    this.commandEpoch++;
    this.inlineEpoch++;
  }

  private dropVar(v: Var): void {
    if (v.traces === null && !(v.v instanceof TclArray)) {
      v.v = undefined;
      return;
    }
    try {
      unsetCell(this.actingFrame, v, `${v.ns!.parent === null ? '' : v.ns!.fullName}::${v.name}`);
    } catch (e) {
      if (!(e instanceof TclError)) throw e;
    }
  }

  /** The variable of a qualified name. */
  namespaceVar(from: Namespace, name: string, create: boolean, verb: string, whole: string): Var | undefined {
    const known = this.located.get(name);
    const { ns, tail } = known ?? this.locate(name, from);
    if (known === undefined && ns !== null && name.length <= MAX_LOCATED_NAME && name.startsWith('::')) {
      if (this.located.size >= MAX_LOCATED) this.located.clear();
      this.located.set(name, { ns, tail });
    }
    let v = ns?.vars.get(tail);
    if (v === undefined && !name.startsWith('::') && from !== this.globalNs) {
      const other = this.locate(name, this.globalNs);
      v = other.ns?.vars.get(tail);
      if (v === undefined && create && ns === null && other.ns !== null) return other.ns.makeVar(tail);
    }
    if (v === undefined && create) {
      if (ns === null) throw variableError(verb, whole, "parent namespace doesn't exist", ['TCL', 'LOOKUP', 'VARNAME', name]);
      return ns.makeVar(tail);
    }
    return v;
  }

  /** Where absolute names of variables lead. */
  private readonly located = new Map<string, { readonly ns: Namespace; readonly tail: string }>();

  /** The namespace in which a (possibly qualified) variable name is made. */
  namespaceOf(from: Namespace, name: string, verb: string, whole: string): Namespace {
    if (!name.includes('::')) return from;
    const { ns } = this.locate(name, from);
    if (ns === null) throw variableError(verb, whole, "parent namespace doesn't exist", ['TCL', 'LOOKUP', 'VARNAME', whole]);
    return ns;
  }

  /** Splits a qualified name into the namespace it leads to (null: none) and its tail. */
  locate(name: string, from: Namespace): { ns: Namespace | null; tail: string } {
    const at = name.lastIndexOf('::');
    if (at < 0) return { ns: from, tail: name };
    const tail = name.slice(at + 2);
    let ns: Namespace | undefined = name.startsWith('::') ? this.globalNs : from;
    // Any number of colons beyond one separates.
    for (let i = 0; i < at && ns !== undefined; ) {
      const colon = name.indexOf('::', i);
      const part = name.slice(i, colon);
      if (part !== '' && part !== ':') ns = ns.children.get(part);
      i = colon + 2;
      while (i < at && name.charCodeAt(i) === 58) i++;
    }
    return { ns: ns ?? null, tail };
  }

  // --- commands -------------------------------------------------------------------------------------------------------------

  resolveCommand(name: string, from: Namespace): Cmd | null {
    if (!name.includes('::')) {
      const own = from.cmds.get(name);
      if (own !== undefined) return own;
      for (const ns of from.path) {
        const c = ns.cmds.get(name);
        if (c !== undefined) return c;
      }
      return this.globalNs.cmds.get(name) ?? null;
    }
    const known = this.absolute.get(name);
    if (known != null) return known;
    const { ns, tail } = this.locate(name, from);
    const c = ns?.cmds.get(tail);
    if (name.startsWith('::')) {
      if (c?.fullName === name) this.absolute.set(name, c);
      return c ?? null;
    }
    if (c !== undefined) return c;
    for (const p of from.path) {
      const found = this.locate(name, p).ns?.cmds.get(tail);
      if (found !== undefined) return found;
    }
    return this.locate(name, this.globalNs).ns?.cmds.get(tail) ?? null;
  }

  /** As resolveCommand, for those who keep the answer for one `commandEpoch`. */
  lookUp(name: string, from: Namespace): Cmd | null {
    this.note(this.looked, name.slice(name.lastIndexOf(':') + 1));
    return this.resolveCommand(name, from);
  }

  /** Code that is being compiled has embedded a command of this name. */
  embeds(name: string): void {
    this.note(this.embedded, name);
  }

  private note(names: Set<string>, name: string): void {
    if (names.has(name)) return;
    names.add(alone(name));
    const bytes = NAME_BYTES + 2 * name.length;
    this.namesBytes += bytes;
    R.grown += bytes;
  }

  /** For a census: the bytes of what is kept in case it comes again. Many names go, and code looks its commands up anew. */
  keptBytes(): number {
    this.located.clear();
    this.clearAbsolute();
    if (this.namesBytes > MAX_NAMES_BYTES) {
      this.looked.clear();
      this.embedded.clear();
      this.namesBytes = 0;
      this.commandEpoch++;
      this.inlineEpoch++;
    }
    return this.scriptBytes + this.namesBytes;
  }

  findCommand(name: string, frame: Frame = this.globalFrame): Cmd | null {
    return this.resolveCommand(name, unitOf(frame).ns);
  }

  /** Makes an empty command, replacing one of that name. Throws when its namespace does not exist. */
  makeCommand(name: string, from: Namespace = this.globalNs): Cmd {
    const { ns, tail } = this.locate(name, from);
    if (ns === null) throw new TclError(`can't create command "${name}": unknown namespace`, ['TCL', 'VALUE', 'COMMAND']);
    return this.makeCommandIn(ns, tail);
  }

  /** A command is not found any more by its full name. */
  private forgetAbsolute(name: string): void {
    if (this.absolute.get(name) == null) return;
    this.absolute.set(name, null);
    if (++this.absoluteGone > MAX_GONE) this.clearAbsolute();
  }

  private clearAbsolute(): void {
    this.absolute.clear();
    this.absoluteGone = 0;
  }

  makeCommandIn(ns: Namespace, tail: string): Cmd {
    const cmd = this.placeCommand(ns, tail);
    this.changed(tail);
    return cmd;
  }

  private placeCommand(ns: Namespace, tail: string): Cmd {
    const old = ns.cmds.get(tail);
    const imports = old?.imports ?? null;
    if (old !== undefined) {
      old.imports = null;
      this.deleteCommand(old);
    }
    const cmd = new Cmd(this, ns, ownName(tail));
    ns.kin = null;
    if (imports !== null) {
      // Imports follow the name to the new command.
      cmd.imports = imports;
      for (const i of imports) i.origin = cmd;
    }
    ns.cmds.set(cmd.name, cmd);
    R.grown += 400 + 2 * tail.length;
    return cmd;
  }

  changed(tail: string): void {
    const embedded = this.embedded.has(tail);
    if (embedded) this.inlineEpoch++;
    if (embedded || this.looked.has(tail)) this.commandEpoch++;
  }

  createCommand(name: string, options: CommandOptions): Cmd {
    const cmd = this.makeCommand(name);
    cmd.run = options.run ?? null;
    cmd.script = options.script ?? null;
    cmd.data = options.data ?? null;
    cmd.onDelete = options.onDelete ?? null;
    return cmd;
  }

  addRows(rows: readonly CommandRow[]): void {
    for (const row of rows) {
      if ('value' in row) {
        this.setVar(row.name, row.value);
        if (row.exports !== undefined) this.locate(row.name, this.globalNs).ns!.exports.push(row.exports);
      } else if (row.sub !== undefined) this.addEnsemble(row);
      else {
        const { name } = row;
        const at = name.lastIndexOf('::');
        const ns = at < 0 ? this.globalNs : this.makeNamespace(name.slice(0, at), this.globalNs);
        const tail = at < 0 ? name : name.slice(at + 2);
        this.addRow(row, ns, tail, name, row.safe === true, name);
        this.changed(tail);
      }
    }
  }

  private addRow(row: PlainRow | ScriptRow, ns: Namespace, tail: string, name: string, safe: boolean, hiddenName: string): Cmd {
    const cmd = this.placeCommand(ns, tail);
    cmd.row = {
      min: row.min,
      max: row.max,
      usage: row.usage,
      pure: row.pure === true,
      changes: row.changes === true,
      list: row.list,
      name,
    };
    cmd.run = row.run ?? null;
    cmd.script = row.script ?? null;
    cmd.inline = INLINE.get(name) ?? null;
    if (this.safe && !safe) this.hide(cmd, hiddenName);
    return cmd;
  }

  private addEnsemble(row: EnsembleRow): void {
    const ns = this.makeNamespace(row.name.startsWith('::') ? row.name : `::tcl::${row.name}`, this.globalNs);
    const map = new Map<string, readonly Value[]>();
    const parts = row.sub.filter((sub): sub is PlainRow | ScriptRow => !('target' in sub));
    for (const sub of row.sub) map.set(sub.name, ['target' in sub ? sub.target : `${ns.fullName}::${sub.name}`]);
    const addPart = (sub: PlainRow | ScriptRow): void => {
      const full = `${ns.fullName}::${sub.name}`;
      if (this.addRow(sub, ns, sub.name, full, sub.safe === true, `tcl:${row.name}:${sub.name}`).hidden)
        this.refusePart(full, sub.name, row.name);
    };
    // Most interpreters use few of them: made when first looked for, which changes nothing for code that is compiled. What is hidden has to be known from the start.
    if (this.safe && parts.some((sub) => sub.safe !== true)) parts.forEach(addPart);
    else ns.fill = () => parts.forEach(addPart);
    const cmd = this.makeCommand(row.name);
    cmd.ensemble = { ns, map, subcommands: null, prefixes: true, unknown: [], parameters: [] };
    ns.ensembles = new Set([cmd]);
    for (const sub of parts) ns.exports.push(sub.name);
    if (this.safe && row.safe !== true) this.hide(cmd, row.name);
  }

  /** Stands where a part of an ensemble is hidden. */
  private refusePart(full: string, part: string, of: string): void {
    this.createCommand(full, {
      run() {
        throw new TclError(`not allowed to invoke subcommand ${part} of ${of}`, ['TCL', 'SAFE', 'SUBCOMMAND']);
      },
    });
  }

  deleteCommand(command: Cmd): void {
    // Deleted again by what its deletion runs: it is out of sight from now on.
    if (command.deleted) {
      this.takeFromTable(command);
      return;
    }
    command.deleted = true;
    if (command.alias !== null) {
      this.aliases.delete(command.alias.token);
      command.alias.target.targeted.delete(command);
    }
    const traces = command.traces;
    command.traces = null;
    if (traces !== null) {
      this.fireCommandTraces(traces, command.fullName, '', 'delete');
      if (this.stepping) this.setSteps(this.steps.filter((t) => !traces.includes(t)));
    }
    if (command.imports !== null) for (const i of [...command.imports]) this.deleteCommand(i);
    command.origin?.imports?.delete(command);
    const hook = command.onDelete;
    command.onDelete = null;
    hook?.();
    this.takeFromTable(command);
  }

  private takeFromTable(command: Cmd): void {
    if (command.hidden) {
      for (const [name, c] of this.hidden) if (c === command) this.hidden.delete(name);
    } else if (command.ns.cmds.get(command.name) === command) {
      command.ns.cmds.delete(command.name);
      this.forgetAbsolute(command.fullName);
    }
    this.changed(command.name);
  }

  private fireCommandTraces(traces: NonNullable<Cmd['traces']>, from: string, to: string, op: 'delete' | 'rename'): void {
    const result = lend(R.result);
    for (const t of traces.slice().reverse()) {
      if (!t.ops.includes(op)) continue;
      try {
        this.evalNow(traceScript(t.command, [from, to, op]), this.actingFrame);
      } catch (e) {
        if (!(e instanceof TclError) || 'owner' in e) throw e;
      }
    }
    R.result = result;
  }

  /** Commands of which traces are told that they have another name. */
  private readonly renamed = new Set<Cmd>();

  renameCommand(command: Cmd, newName: string, from: Namespace = this.globalNs): void {
    const at = newName.lastIndexOf('::');
    if (at > 0) this.makeNamespace(newName.slice(0, at), from);
    const { ns, tail } = this.locate(newName, from);
    const old = command.fullName;
    if (ns === null || newName === '') {
      throw new TclError(`can't rename to "${newName}": bad command name`, ['TCL', 'VALUE', 'COMMAND']);
    }
    if (ns.cmds.has(tail)) {
      throw new TclError(`can't rename to "${newName}": command already exists`, ['TCL', 'OPERATION', 'RENAME', 'TARGET_EXISTS']);
    }
    const { ns: oldNs, name: oldTail } = command;
    this.place(command, ns, tail);
    try {
      this.checkAliasLoop(command);
    } catch (e) {
      this.place(command, oldNs, oldTail);
      ns.cmds.delete(tail);
      this.changed(tail);
      throw e;
    }
    // Traces see it under both names, and may delete it, or rename it again unseen.
    if (command.traces !== null && !this.renamed.has(command)) {
      this.renamed.add(command);
      try {
        this.fireCommandTraces(command.traces, old, command.fullName, 'rename');
      } finally {
        this.renamed.delete(command);
      }
    }
    if (oldNs.cmds.get(oldTail) === command) oldNs.cmds.delete(oldTail);
    this.forgetAbsolute(old);
    this.changed(oldTail);
  }

  private place(command: Cmd, ns: Namespace, tail: string): void {
    command.ns.kin = null;
    ns.kin = null;
    // What a body names is looked for in another namespace from now on.
    if (ns !== command.ns && command.proc !== null) command.proc.unit = null;
    command.ns = ns;
    command.name = tail;
    ns.cmds.set(tail, command);
    this.changed(tail);
  }

  /** Throws when an alias leads back to itself. */
  checkAliasLoop(alias: Cmd): void {
    let next: Cmd | null = alias;
    while (next?.alias != null) {
      this.budget.charge(4);
      const { target, prefix }: Alias = next.alias;
      next = target.resolveCommand(str(prefix[0]!), target.globalNs);
      if (next !== alias) continue;
      throw new TclError(`cannot define or rename alias "${alias.name}": would create a loop`, ['TCL', 'OPERATION', 'INTERP', 'ALIASLOOP']);
    }
  }

  hideCommand(name: string, hiddenName: string = name): void {
    if (hiddenName.includes('::')) {
      throw new TclError('cannot use namespace qualifiers in hidden command token (rename)', ['TCL', 'VALUE', 'HIDDENTOKEN']);
    }
    const cmd = this.resolveCommand(name, this.globalNs);
    if (cmd === null) throw new TclError(`unknown command "${name}"`, ['TCL', 'LOOKUP', 'COMMAND', name]);
    if (cmd.ns !== this.globalNs) {
      throw new TclError('can only hide global namespace commands (use rename then hide)', ['TCL', 'HIDE', 'NON_GLOBAL']);
    }
    if (this.hidden.has(hiddenName)) {
      throw new TclError(`hidden command named "${hiddenName}" already exists`, ['TCL', 'HIDE', 'ALREADY_HIDDEN']);
    }
    this.hide(cmd, hiddenName);
  }

  private hide(cmd: Cmd, hiddenName: string): void {
    cmd.ns.cmds.delete(cmd.name);
    this.forgetAbsolute(cmd.fullName);
    cmd.hidden = true;
    this.hidden.set(hiddenName, cmd);
    this.changed(cmd.name);
  }

  exposeCommand(hiddenName: string, name: string = hiddenName): void {
    if (name.includes('::')) {
      throw new TclError('cannot expose to a namespace (use expose to toplevel, then rename)', ['TCL', 'EXPOSE', 'NON_GLOBAL']);
    }
    const cmd = this.hidden.get(hiddenName);
    if (cmd === undefined) throw new TclError(`unknown hidden command "${hiddenName}"`, ['TCL', 'LOOKUP', 'HIDDENTOKEN', hiddenName]);
    if (this.globalNs.cmds.has(name)) {
      throw new TclError(`exposed command "${name}" already exists`, ['TCL', 'EXPOSE', 'COMMAND_EXISTS']);
    }
    this.hidden.delete(hiddenName);
    cmd.hidden = false;
    cmd.ns = this.globalNs;
    cmd.name = name;
    this.globalNs.cmds.set(name, cmd);
    this.changed(name);
  }

  /**
   * In Tcl these are aliases into the parent, its library being out of reach. Here they are commands of its own that do the same, and listed, renamed
   * and deleted as those aliases.
   */
  private listAliases(parent: TclInterp): void {
    for (const name of ['clock', '::tcl::mathfunc::min', '::tcl::mathfunc::max']) {
      const cmd = this.findCommand(name);
      if (cmd === null) continue;
      cmd.alias = { target: parent, prefix: [name], token: name };
      this.aliases.set(name, cmd);
    }
  }

  /** What is listed as an alias is so no longer. */
  unlistAlias(token: string): void {
    const cmd = this.aliases.get(token);
    if (cmd === undefined) return;
    cmd.alias = null;
    this.aliases.delete(token);
  }

  // --- ensembles ------------------------------------------------------------------------------------------------------------

  /** The subcommands an ensemble offers. */
  private subcommands(e: Ensemble): readonly string[] {
    return e.subcommands ?? (e.map !== null ? [...e.map.keys()] : [...e.ns.cmds.keys()].filter((name) => isExported(e.ns, name)));
  }

  /** What a subcommand that is written in full stands for; null when there is none of that name. */
  private subcommandOf(e: Ensemble, name: string): readonly Value[] | null {
    const { subcommands, map, ns } = e;
    const has =
      subcommands !== null ? subcommands.includes(name) : map !== null ? map.has(name) : ns.cmds.has(name) && isExported(ns, name);
    if (!has) return null;
    const prefix = ns.fullName === '::' ? '' : ns.fullName;
    return map?.get(name) ?? [subcommands === null ? `${prefix}::${name}` : name];
  }

  /** For the compiler: the command a constant subcommand leads to, when nothing dynamic stands between. */
  ensembleTarget(cmd: Cmd, sub: string): { cmd: Cmd; name: string } | null {
    const e = cmd.ensemble!;
    if (e.parameters.length > 0 || e.unknown.length > 0 || e.subcommands !== null) return null;
    const map = e.map;
    if (map === null) return null;
    let name = sub;
    if (!map.has(sub)) {
      if (!e.prefixes) return null;
      const hits = [...map.keys()].filter((k) => k.startsWith(sub));
      if (hits.length !== 1) return null;
      name = hits[0]!;
    }
    const prefix = map.get(name)!;
    if (prefix.length !== 1) return null;
    const target = this.resolveCommand(str(prefix[0]!), this.globalNs);
    return target === null ? null : { cmd: target, name };
  }

  /** `retried`: its `-unknown` handler has been asked. */
  callEnsemble(cmd: Cmd, words: readonly Value[], vf: Frame, site: CommandSite, rewrite: Rewrite | null, retried = false): number {
    const e = cmd.ensemble!;
    const at = 1 + e.parameters.length;
    if (words.length <= at) {
      const params = e.parameters.length > 0 ? `${formatList(e.parameters)} ` : '';
      throw wrongWords(rewrite, [str(words[0]!)], `${params}subcommand ?arg ...?`);
    }
    const given = str(words[at]!);
    const exact = this.subcommandOf(e, given);
    if (exact !== null) return this.callSubcommand(e, exact, words, vf, site, rewrite, null);
    const names = new Set(this.subcommands(e));
    const hits = e.prefixes && given !== '' ? [...names].filter((name) => name.startsWith(given)) : [];
    if (hits.length !== 1) {
      if (e.unknown.length > 0 && !retried) return drive(this.ensembleUnknown(cmd, words, vf, site, rewrite), vf, site, words);
      throw unknownSubcommand(e, given, [...names].sort());
    }
    const key = hits[0]!;
    return this.callSubcommand(e, this.subcommandOf(e, key)!, words, vf, site, rewrite, key);
  }

  /** `given`: the name in full where the script abbreviated it. */
  private callSubcommand(
    e: Ensemble,
    target: readonly Value[],
    words: readonly Value[],
    vf: Frame,
    site: CommandSite,
    rewrite: Rewrite | null,
    name: string | null,
  ): number {
    const at = 1 + e.parameters.length;
    const out = [...target, ...words.slice(1, at), ...words.slice(at + 1)];
    const shown = rewritten(rewrite, words, at + 1, target.length + at - 1);
    const found = this.resolveCommand(str(out[0]!), e.ns);
    return callCommand(this, found, out, vf, site, name === null ? shown : spelled(shown, rewrite, at, name));
  }

  private *ensembleUnknown(
    cmd: Cmd,
    words: readonly Value[],
    vf: Frame,
    site: CommandSite,
    rewrite: Rewrite | null,
  ): Generator<Step, Value, Value> {
    const e = cmd.ensemble!;
    const handler = [...e.unknown, cmd.fullName, ...words.slice(1)];
    let answer: Value;
    try {
      answer = yield* bound(single(callStep(vf, handler)));
    } catch (thrown) {
      if (thrown instanceof TclError) addInfo(thrown, '\n    (ensemble unknown subcommand handler)');
      if (!(thrown instanceof Unwind)) throw thrown;
      const names = ['', '', 'return', 'break', 'continue'];
      const error = new TclError(`unknown subcommand handler returned bad code: ${names[thrown.code] ?? thrown.code}`, [
        'TCL',
        'ENSEMBLE',
        'UNKNOWN_RESULT',
      ]);
      addInfo(error, `\n    result of ensemble unknown subcommand handler: ${formatList(handler)}`);
      throw error;
    }
    if (cmd.deleted) {
      const error = new TclError('unknown subcommand handler deleted its ensemble', ['TCL', 'ENSEMBLE', 'UNKNOWN_DELETED']);
      addInfo(error, '\n    (ensemble unknown subcommand handler)');
      throw error;
    }
    let prefix: readonly Value[];
    try {
      prefix = elements(answer);
    } catch (thrown) {
      if (thrown instanceof TclError) addInfo(thrown, '\n    while parsing result of ensemble unknown subcommand handler');
      throw thrown;
    }
    return yield {
      kind: 'stmt',
      frame: vf,
      run: () =>
        prefix.length > 0
          ? this.callSubcommand(cmd.ensemble!, prefix, words, vf, site, rewrite, null)
          : this.callEnsemble(cmd, words, vf, site, rewrite, true),
    };
  }

  // --- unknown, traces --------------------------------------------------------------------------------------------------------

  callUnknown(words: readonly Value[], vf: Frame, site: CommandSite, rewrite: Rewrite | null = null, ns = unitOf(vf).ns): number {
    const source = writtenWords(rewrite, words);
    const handler = ns.unknown ?? this.globalNs.unknown;
    const prefix = handler === null ? ['::unknown'] : elements(handler);
    const cmd = this.resolveCommand(str(prefix[0] ?? ''), ns);
    if (cmd === null) {
      throw mark(this.deleted ? evalInDeleted() : invalidCommand(str(words[0]!)), site, source);
    }
    // Tcl's own is not told of: what was called is.
    try {
      const c = callCommand(this, cmd, [...prefix, ...words], vf, site, handler === null ? { source, removed: 0, inserted: 0 } : null);
      return c === SUSPENDED ? capture(passGo, { site, source } satisfies Unknown, vf, null, unknownFail) : c;
    } catch (e) {
      throw tellsOf(e, { site, source });
    }
  }

  // --- variables ------------------------------------------------------------------------------------------------------------

  getVar(name: string, frame: Frame = this.globalFrame): Value | undefined {
    const [base, key] = splitName(name);
    return peekVar(frame, base, key === null ? null : keyOf(key));
  }

  readVar(name: string, frame: Frame = this.globalFrame): Value {
    const [base, key] = splitName(name);
    return readVar(frame, base, key === null ? null : keyOf(key));
  }

  setVar(name: string, value: Value, frame: Frame = this.globalFrame): Value {
    const [base, key] = splitName(name);
    return writeVar(frame, base, key === null ? null : keyOf(key), value);
  }

  /** Sets a global without looking further; for the engine's own variables. */
  setGlobal(name: string, value: Value): void {
    const v = this.globalNs.vars.get(name) ?? this.globalNs.makeVar(name);
    if (v.traces === null && !(v.v instanceof Map)) v.v = value;
    else this.setVar(`::${name}`, value);
  }

  unsetVar(name: string, frame: Frame = this.globalFrame, quiet = false): void {
    const [base, key] = splitName(name);
    unsetVar(frame, base, key === null ? null : keyOf(key), quiet);
  }

  varExists(name: string, frame: Frame = this.globalFrame): boolean {
    const [base, key] = splitName(name);
    return varExists(frame, base, key === null ? null : keyOf(key));
  }

  getArray(name: string, frame: Frame = this.globalFrame): ReadonlyMap<Key, Value> | null {
    const array = arrayNamed(frame, name);
    return array === null ? null : plainEntries(array);
  }

  /**
   * Replaces a variable's value by a function of the old one (undefined when unset); the old value may be changed in place. `reads`: the change is told to
   * read traces, too; `verb`: what the variable was looked for to do, `local` where it need not be
   * looked for.
   */
  updateVar(
    frame: Frame,
    base: string,
    key: Key | null,
    change: (old: Value | undefined) => Value,
    reads: boolean,
    verb: 'read' | 'local' | 'set',
  ): Value {
    try {
      if (verb !== 'set' && key !== null) mustHaveElements(frame, base, key);
      if (verb === 'read' && base.includes('::')) findVar(frame, base, true, verb, fullName(base, key));
    } catch (e) {
      if (e instanceof TclError && verb === 'read') e.errorInfo = `${e.message}\n    (reading value of variable to increment)`;
      throw e;
    }
    return writeVar(frame, base, key, change(peekVar(frame, base, key, reads)));
  }

  traceVar(
    name: string,
    ops: readonly TraceOp[],
    fn: (name1: string, name2: string, op: TraceOp) => void,
    frame: Frame = this.globalFrame,
  ): VarTrace {
    const v = varForTrace(frame, name);
    // It stays in its table when unset, so that the trace lives on.
    v.linked = true;
    const trace: Trace = {
      ops: [...ops, 'unset'],
      command: null,
      fn: (name1, name2, op) => {
        // By another trace of the same unsetting.
        if (trace.removed) return;
        if (op === 'unset') addTrace(v, trace);
        if (ops.includes(op)) fn(name1, name2, op);
      },
    };
    addTrace(v, trace);
    return { remove: () => removeTrace(v, trace) };
  }

  // --- evaluation -----------------------------------------------------------------------------------------------------------

  compileProc(proc: Proc, cmd: Cmd): Unit {
    return compileProcBody(this, proc, cmd.ns, (f) => `procedure ${shownName(str(wordsOf(f)[0]!))}`, nodeLibrary(proc));
  }

  compileLambda(proc: Proc, cmd: Cmd, text: string): Unit {
    const unit = compileProcBody(this, proc, cmd.ns, () => `lambda term ${shownName(text)}`, nodeLibrary(proc));
    unit.lambda = text;
    return unit;
  }

  /** The compiled form of a script for frames whose namespace is `ns`. */
  compileScript(script: Value, ns: Namespace): Unit {
    // A list that never was text is a command and its words.
    if (script instanceof TclList && script.s === null && script.a.length > 0) return this.compileList(script.a.map(share), ns);
    return this.compiled(this.scripts, str(script), ns, 'script');
  }

  /** As compileScript, for one that Tcl does not compile. */
  compileDirect(script: Value, ns: Namespace): Unit {
    return this.compiled(this.directs, str(script), ns, 'direct');
  }

  private compiled(units: Units, script: string, ns: Namespace, what: 'script' | 'direct'): Unit {
    let unit = unitsOf(units, ns).get(script);
    if (unit === undefined || unit.epoch !== this.inlineEpoch) {
      const text = alone(script);
      unit = compileDynamic(this, ns, text, nodeLibrary(null), what);
      this.remember(units, ns, text, unit);
    }
    return unit;
  }

  private compileList(words: readonly Value[], ns: Namespace): Unit {
    const cmd = this.resolveCommand(str(words[0]!), ns);
    // What has scripts among its words is compiled but once.
    if (cmd?.inline && cmd.script !== null && cmd.traces === null && cmd.interp === this && !this.stepping) {
      const text = formatList(words);
      const key = `\0${text}`;
      const known = unitsOf(this.scripts, ns).get(key);
      if (known?.epoch === this.inlineEpoch) return known;
      const made = compileWords(this, ns, cmd, words, nodeLibrary(null), { text, line: 1 });
      if (made !== null) {
        this.remember(this.scripts, ns, key, made);
        return made;
      }
    }
    const unit = new Unit(this, ns, false, new Map(), 0);
    const site = lazySite(words, false);
    unit.body = (f) => callCommand(this, this.resolveCommand(str(words[0]!), ns), words, varFrameOf(f), site);
    return unit;
  }

  /** The script of a file: each command by itself, as they come, and only once. */
  compileFile(script: Value, ns: Namespace, file: Value, main: boolean): Unit {
    return compileFile(this, ns, str(script), nodeLibrary(null), file, main);
  }

  /** One call of a command compiled in line, from its words; null when it cannot be (its words are wrong). */
  compileCall(cmd: Cmd, words: readonly Value[], ns: Namespace, site: CommandSite): Unit | null {
    return compileWords(this, ns, cmd, words, nodeLibrary(null), site);
  }

  evalNow(script: Value, frame: Frame = this.globalFrame): Value {
    const c = runBarrier(() => evalScript(this, script, frame), frame);
    return finishTop(c);
  }

  /** As evalNow, for a variable's trace: what ends otherwise than with a value is an error that says what was left. */
  evalTrace(script: Value, frame: Frame): void {
    const c = runBarrier(() => evalScript(this, script, frame, null, true), frame);
    if (c === OK) return;
    if (c === RETURN && R.ret?.code === ERROR) finishTop(c);
    R.ret = null;
    throw new TclError(str(R.result));
  }

  /** Calls words at once, as evalNow. */
  callNow(words: readonly Value[], frame: Frame = this.globalFrame): Value {
    const c = runBarrier(() => callWordsIn(this, words, frame), frame);
    return finishTop(c);
  }

  *exprValue(expression: Value, frame: Frame): Generator<Step, Value, Value> {
    const unit = this.compileExpr(expression, unitOf(frame).ns);
    try {
      return yield { kind: 'stmt', frame, run: (f) => runInline(unit, f) };
    } catch (e) {
      throw leaveExpression(e, frame);
    }
  }

  /** The same for the command `expr` with these words, as compiled code gives it. */
  evalExpr(expression: Value, frame: Frame, call: ExprCall): number {
    const unit = this.compileExpr(expression, unitOf(frame).ns);
    try {
      const c = runInline(unit, frame);
      return c === SUSPENDED ? capture(passGo, call, frame, null, expressionFail) : c;
    } catch (e) {
      throw leaveExpression(e, frame);
    }
  }

  /** Kept for the text, as scripts are. */
  private compileExpr(expression: Value, ns: Namespace): Unit {
    const cache = unitsOf(this.expressions, ns);
    let unit = cache.get(str(expression));
    if (unit === undefined || unit.epoch !== this.inlineEpoch) {
      const text = alone(str(expression));
      unit = compileWords(this, ns, this.exprCommand, ['expr', text], nodeLibrary(null), EXPRESSION)!;
      this.remember(this.expressions, ns, text, unit);
    }
    return unit;
  }

  /** Drops what is kept once it is much. A short script is kept when it has come twice: most others never come again, and what lives on is copied. */
  private remember(units: Units, ns: Namespace, text: string, unit: Unit): void {
    if (text.length <= SHORT_SCRIPT && !cameOnce.delete(text)) {
      if (cameOnce.size >= MAX_CAME_ONCE) cameOnce.clear();
      cameOnce.add(text);
      return;
    }
    const bytes = unit.bytes + 2 * text.length;
    this.scriptBytes += bytes;
    if (this.scriptBytes > Math.min(SCRIPT_CACHE_BYTES, rootOf<TclInterp>(this).budget.maxBytes * SCRIPT_CACHE_PART)) {
      this.scripts.clear();
      this.directs.clear();
      this.expressions.clear();
      this.scriptBytes = bytes;
    }
    unitsOf(units, ns).set(text, unit);
  }

  private get exprCommand(): Cmd {
    const cmd = new Cmd(this, this.globalNs, 'expr');
    cmd.inline = INLINE.get('expr')!;
    return cmd;
  }

  isComplete(script: string): boolean {
    return !breaksOff(script);
  }

  queueScript(script: Value, done?: (completion: Completion) => void): void {
    const self = this;
    const event: EventHandler = function* () {
      if (self.deleted) return;
      let c: Completion;
      try {
        c = yield* attempt(evalStep(self.globalFrame, script));
      } catch (e) {
        // A limit unwinds the whole event, but whoever waits for the script is told.
        if (e instanceof LimitError) done?.({ code: ERROR, value: e.message, error: e });
        throw e;
      }
      if (c.error !== null) noteError(self, c.error);
      if (done !== undefined) done(c);
      else if (c.error !== null) self.backgroundError(c.error);
    };
    this.events.queue('host', event, 'tail', script);
  }

  // --- background errors ------------------------------------------------------------------------------------------------------

  backgroundError(error: TclError): void {
    error.errorInfo ??= error.message;
    this.report(error.message, optionsDict(1, error, null));
  }

  backgroundEnd(end: Completion, script: Value, line = '', bound = false): boolean {
    let { error, code } = end;
    const { value, ret = null } = end;
    if (error === null && code !== OK && this.left === null && !(clock.interp === this && R.level > 0)) {
      // Nobody waits for it: a return gives its value or error, and all else but in a binding is an error.
      const left = outermost(end, { text: str(script), line: 1 }, bound);
      if (left instanceof TclError) error = left;
      else if (left !== null) return false;
      else if (ret?.level === 1) code = ret.code;
    }
    if (error !== null) {
      addInfo(error, line);
      this.backgroundError(error);
    } else if (code !== OK) {
      const options = new Map(dictOf(optionsDict(code, null, ret)).m);
      if (line !== '') {
        if (!options.has('-errorcode')) options.set('-errorcode', 'NONE');
        options.set('-errorinfo', str(options.get('-errorinfo') ?? value) + line);
        options.set('-errorline', 1);
      }
      this.report(value, newDict(options));
    }
    return code !== OK;
  }

  private report(message: Value, options: Value): void {
    // They wait for an idle moment, which a flood of events may keep away for long.
    if (this.pendingErrors.length >= MAX_PENDING_ERRORS) return;
    this.pendingErrors.push({ message, options });
    if (this.pendingErrors.length > 1) return;
    const self = this;
    this.events.whenIdle(function* () {
      yield* self.reportErrors();
    });
  }

  private *reportErrors(): Generator<Step, void, Value> {
    while (this.pendingErrors.length > 0 && !this.deleted) {
      const { message, options } = this.pendingErrors[0]!;
      const words = [...elements(this.bgerrorHandler), message, options];
      let c: Completion;
      try {
        c = yield* attempt(callStep(this.globalFrame, words));
      } catch (e) {
        this.pendingErrors.length = 0;
        if (!endsEvent(e)) throw e;
        this.onBackgroundError(e);
        return;
      }
      this.pendingErrors.shift();
      if (c.code === BREAK) this.pendingErrors.length = 0;
      else if (c.error !== null) {
        c.error.errorInfo = `error in background error handler:\n${c.error.errorInfo ?? c.error.message}`;
        this.onBackgroundError(c.error);
      }
    }
  }

  // --- life -----------------------------------------------------------------------------------------------------------------

  onDelete(fn: () => void): void {
    this.deleteHooks.push(fn);
  }

  delete(): void {
    if (this.deleted) return;
    for (const child of [...this.children.values()]) child.delete();
    for (const fn of this.deleteHooks.splice(0).reverse()) fn();
    this.deleted = true;
    for (const cmd of [...this.targeted]) cmd.interp.deleteCommand(cmd);
    this.deleteNamespace(this.globalNs);
    for (const cmd of [...this.hidden.values()]) this.deleteCommand(cmd);
    this.parent?.children.delete(this.name);
    this.assoc.clear();
    this.pendingErrors.length = 0;
  }

  // --- counting -------------------------------------------------------------------------------------------------------------

  countCommand(): void {
    this.commandCount++;
    if (this.commandCount > this.commandLimit) this.commandLimitPassed();
    // What a child does counts for those who made it, or a limit would be no more than a reason to have children.
    if (this.parent?.limited) this.parent.countCommand();
  }

  /** To be called when `commandLimit` or `countAsked` has changed: counts from now on, or no longer, here and under a limit in all children. */
  updateCounting(): void {
    this.limited = this.commandLimit !== Infinity || this.parent?.limited === true;
    const counting = this.limited || this.countAsked;
    if (counting !== this.countingCommands) {
      this.commandEpoch++;
      this.inlineEpoch++;
    }
    this.countingCommands = counting;
    for (const child of this.children.values()) child.updateCounting();
  }

  /** Set by `interp limit`: throws `command count limit exceeded` unless a callback raised the limit. */
  commandLimitPassed: () => void = () => {};
}

/** A command that is not there: where it was called, and its words there. */
interface Unknown {
  readonly site: CommandSite;
  readonly source: readonly Value[];
}

function unknownFail(cell: Cell, e: unknown): never {
  throw tellsOf(e, cell.node as Unknown);
}

/** An error of `unknown` tells of what was not there. */
function tellsOf(e: unknown, { site, source }: Unknown): unknown {
  if (e instanceof TclError && e.site === site) e.operands = source;
  return e;
}

/** A limit that a script has set on an interpreter has ended what that did for an event, and not what waits for events. */
function endsEvent(e: unknown): e is LimitError {
  if (!(e instanceof LimitError && e.byScript)) return false;
  for (let i = clock.interp; i !== null; i = i.parent) if (i === e.owner) return false;
  return true;
}

/** Compiled code by the namespace it runs in and its text. */
type Units = Map<Namespace, Map<string, Unit>>;

function unitsOf(units: Units, ns: Namespace): Map<string, Unit> {
  let of = units.get(ns);
  if (of === undefined) units.set(ns, (of = new Map()));
  return of;
}

function walk(from: Namespace, parts: readonly string[]): Namespace | null {
  let ns: Namespace | undefined = from;
  for (const part of parts) {
    ns = ns.children.get(part);
    if (ns === undefined) return null;
  }
  return ns;
}

function isExported(ns: Namespace, name: string): boolean {
  return ns.exports.some((p) => stringMatch(p, name));
}

function unknownSubcommand(e: Ensemble, given: string, names: readonly string[]): TclError {
  const code = ['TCL', 'LOOKUP', 'SUBCOMMAND', given];
  if (names.length === 0) {
    return new TclError(`unknown subcommand "${given}": namespace ${e.ns.fullName} does not export any commands`, code);
  }
  return new TclError(
    `unknown${e.prefixes ? ' or ambiguous' : ''} subcommand "${given}": must be ${names.length === 2 ? names.join(', or ') : alternatives(names)}`,
    code,
  );
}
