/**
 * Scripts to closures. One pass over the parsed commands: words become Vs (ir.ts), commands compiled in line come from the table in
 * inline.ts, all others become calls. A proc's variables get slots; a script run in somebody else's frame looks names up.
 * What is embedded in code (a builtin's function) is valid for one `interp.inlineEpoch`.
 */
import type { CommandSite } from './errors.ts';
import { LimitError, TclError } from './errors.ts';
import { compileExpr } from './expr-compiler.ts';
import { type Frame, HEADER } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { changesVariables, EMPTY_V, isPure, readConstant, type V } from './ir.ts';
import { elements, listOf, typedElement } from './list.ts';
import type { Cmd, Namespace, Proc } from './namespace.ts';
import { isCommon } from './node-copies.ts';
import type * as Nodes from './nodes.ts';
import { LineCounter, type ParsedCommand, type ParsedScript, parseScript, type Word } from './parser.ts';
import { R } from './regs.ts';
import { logSite, mark, noting, telling } from './run.ts';
import { type Cond, type Stmt, Unit, type Val } from './unit.ts';
import { Dbl, str, type Value, written } from './value.ts';
import { splitName } from './variables.ts';
import { isEscaped, type WordPart } from './word-parts.ts';

/** A command as code: a value that cannot pause, or a statement that does or does not. */
export type Compiled = { readonly v: V } | { readonly s: Stmt; readonly simple: boolean };

/** Compiles one command in line, or gives null to have it called. Throws nothing: a bad command becomes code that fails when run. */
export type InlineCompiler = (c: Compiler, args: readonly Word[], site: CommandSite, cmd: Cmd) => Compiled | null;

type NodeLibrary = typeof Nodes;

/** The variables of one unit: slots for a proc, names for other scripts; and its temporaries. */
class Scope {
  readonly slots: Map<string, number>;
  size: number;
  private free: number[] = [];

  constructor(slots: Map<string, number>, size: number) {
    this.slots = slots;
    this.size = size;
  }

  temp(): number {
    return this.free.pop() ?? this.size++;
  }

  release(slots: readonly number[]): void {
    this.free.push(...slots);
  }
}

const NOWHERE: CommandSite = { text: '', line: 1 };

/** What compiling a command and each of its words costs. */
const COMMAND_UNITS = 100;
const WORD_UNITS = 40;
/** About what the code of a unit takes, and of each of its commands: closures, sites and what they remember. */
const UNIT_BYTES = 700;
const COMMAND_BYTES = 600;
/** Parameters that have a bit. */
const MAX_KEPT = 30;
/** More make a proc large (node-copies.ts). */
const MANY_COMMANDS = 60;

export class Compiler {
  readonly interp: TclInterp;
  readonly ns: Namespace;
  readonly unit: Unit;
  readonly n: NodeLibrary;
  /** True for a script run in another frame. */
  readonly dyn: boolean;
  private readonly scope: Scope;
  /** Temporaries taken by the statement being compiled, given back at its end. */
  private taken: number[] = [];
  /** Brackets around the code being compiled: what it leaves in temporaries must not be in the way of words before the bracket. */
  private valueDepth = 0;
  /** Those compiled so far. */
  private commands = 0;

  constructor(unit: Unit, nodes: NodeLibrary) {
    this.interp = unit.interp;
    this.ns = unit.ns;
    this.unit = unit;
    this.n = nodes;
    this.dyn = !unit.isProc;
    let size = HEADER + unit.params;
    for (const slot of unit.slots.values()) size = Math.max(size, slot + 1);
    this.scope = new Scope(unit.slots, size);
  }

  /** Compiles the whole unit from its text; `direct`: each command by itself. */
  finish(text: string, direct = false): void {
    this.late = this.single = direct;
    this.finishWith(this.script(text, 1, false));
    this.unit.keeps = this.keeps();
  }

  /**
   * The script of a file: each command is compiled when its turn comes, since those before it may change what it means, and none comes twice. Those
   * of the program's own file stand each by itself, as `late` says.
   */
  finishFile(text: string, file: Value, main: boolean): void {
    const { n, unit, interp } = this;
    const parsed = parseScript(text);
    const sites = parsed.commands.map((c) => ({ text: text.slice(c.start, c.end), line: 1 + c.line, file }));
    const stmts = parsed.commands.map(
      (command, i): Stmt =>
        (f) => {
          if (main) interp.programSite = sites[i]!;
          const one = new Compiler(unit, n);
          one.late = one.single = main;
          const code = one.command(command, sites[i]!);
          const s = 'v' in code ? one.resultOf(code.v) : code.s;
          while (f.length < one.scope.size) f.push(undefined);
          return s(f);
        },
    );
    if (parsed.error !== null) {
      const { error, errorAt, errorText } = parsed;
      const site = { text: errorText, line: 1 + newlines(text, errorAt) };
      stmts.push(n.fail(() => copyError(error), site));
    }
    const rest = (from: number): Stmt => n.seq({ stmts: stmts.slice(from), unit, interp, again: (i) => rest(from + i) }, false);
    this.finishWith(rest(0));
  }

  finishWith(body: Stmt): void {
    this.unit.body = body;
    this.unit.size = this.scope.size;
    this.unit.bytes = UNIT_BYTES + COMMAND_BYTES * this.commands;
    this.unit.large = this.commands > MANY_COMMANDS;
    R.grown += this.unit.bytes;
  }

  // --- scripts --------------------------------------------------------------------------------------------------------------

  /**
   * A script in line. `line` is where its text begins in the unit; `inValue` for one in brackets, whose temporaries must outlive it.
   */
  script(text: string, line: number, inValue: boolean, loops = false): Stmt {
    const parsed = parseScript(text);
    return this.statements(text, parsed, line, 0, inValue, loops);
  }

  private statements(
    text: string,
    { commands, error, errorAt, errorText }: ParsedScript,
    line: number,
    from: number,
    inValue: boolean,
    loops = false,
  ): Stmt {
    const stmts: Stmt[] = [];
    let checked = false;
    const { wanted } = this;
    const present = commands.some(isNothing) ? commands.filter((c) => !isNothing(c)) : commands;
    for (const command of present.slice(from)) {
      this.interp.budget.charge(COMMAND_UNITS);
      this.wanted = wanted && command === present.at(-1);
      const site = this.siteOf(text, command, line);
      const outer = this.taken;
      this.taken = [];
      const code = this.command(command, site);
      if ('s' in code && !code.simple) checked = true;
      stmts.push('v' in code ? this.resultOf(code.v) : code.s);
      if (inValue || this.valueDepth > 0) outer.push(...this.taken);
      else this.scope.release(this.taken);
      this.taken = outer;
    }
    this.wanted = wanted;
    if (error !== null) {
      const site: CommandSite = { text: errorText, line: line + newlines(text, errorAt) };
      // In line it is told by the command around it as well.
      const outer = this.site;
      const make = () => {
        const e = copyError(error);
        if (outer !== NOWHERE) logSite(Object.assign(e, { site }));
        return e;
      };
      stmts.push(this.n.fail(make, outer === NOWHERE ? site : outer));
    }
    const { evaluated, late, single, inner } = this;
    const again = (i: number): Stmt => this.again(text, line, from + i, { evaluated, late, single, inner });
    // What runs but once was looked up when what stands around it was.
    return this.n.seq({ stmts, unit: this.unit, interp: this.interp, again }, checked && (loops || stmts.length > 1));
  }

  /** The rest of a script, compiled for the commands as they are now, in the same frame. Its new temporaries live in the frame's tail. */
  private again(text: string, line: number, from: number, how: Pick<Compiler, 'evaluated' | 'late' | 'single' | 'inner'>): Stmt {
    const key = `${from} ${how.late}`;
    const epoch = this.interp.inlineEpoch;
    this.remade ??= new Map();
    let made = this.remade.get(text);
    if (made === undefined || made.epoch !== epoch) {
      made = { epoch, stmts: new Map() };
      this.remade.set(text, made);
    }
    let s = made.stmts.get(key);
    if (s === undefined) {
      const parsed = parseScript(text);
      const next = new Compiler(this.unit, this.n);
      next.scope.size = this.scope.size;
      Object.assign(next, how);
      const body = next.statements(text, parsed, line, from, false);
      const size = next.scope.size;
      this.scope.size = Math.max(this.scope.size, size);
      s = (f) => {
        while (f.length < size) f.push(undefined);
        return body(f);
      };
      made.stmts.set(key, s);
    }
    return s;
  }

  /** Something looks at the result that the command being compiled leaves. */
  wanted = true;

  withResult<T>(wanted: boolean, compile: () => T): T {
    const outer = this.wanted;
    this.wanted = wanted;
    try {
      return compile();
    } finally {
      this.wanted = outer;
    }
  }

  private remade: Map<string, { epoch: number; stmts: Map<string, Stmt> }> | null = null;

  /** One command. */
  command(command: ParsedCommand, site: CommandSite): Compiled {
    const outer = this.site;
    this.site = site;
    if (this.late) site.called = true;
    if (this.inner || (this.late && this.valueDepth > 0)) site.inner = true;
    if (this.interp.stepping) site.stepped = true;
    if (this.evaluated) site.evaluated = true;
    this.commands++;
    const code = this.compileCommand(command, site);
    this.site = outer;
    if (!this.single || !site.text.includes('[')) return code;
    return { s: telling('v' in code ? this.resultOf(code.v) : code.s, site), simple: false };
  }

  private compileCommand(command: ParsedCommand, site: CommandSite): Compiled {
    const literal = literalWords(command.words);
    const words = literal.length > 0 ? literal : command.words;
    const expand = words.some((w) => w.expand);
    const name = constantText(words[0]!);
    if (expand || name === null || this.interp.stepping) {
      this.open = true;
      return this.withOperands(
        words.map((w) => this.word(w, site)),
        (vals) =>
          this.n.callWords(
            this.interp,
            this.unit.floating ? null : this.ns,
            vals,
            expand ? words.map((w) => w.expand) : null,
            site,
            this.dyn,
          ),
        true,
      );
    }
    const cmd = this.interp.resolveCommand(name, this.ns);
    if (cmd !== null && cmd.traces === null && cmd.interp === this.interp) {
      const code = this.builtin(cmd, name, words.slice(1), site);
      if (code !== null) {
        this.interp.embeds(cmd.name);
        return this.counted(code, site);
      }
    }
    const { steps, vs } = this.lower(words.slice(1).map((w) => this.word(w, site)));
    const s = this.call(
      name,
      this.held(vs).map((v) => this.val(v)),
      site,
    );
    return { s: steps.length === 0 ? s : this.lets(steps, s), simple: false };
  }

  /** A call of a command that is looked up when it is made, and that says which of its words it keeps. */
  call(name: string, args: readonly Val[], site: CommandSite): Stmt {
    this.open = true;
    if (this.unit.floating) return this.n.callFloating(this.interp, name, args, site);
    return this.n.call(this.interp, this.ns, name, args, site, this.dyn);
  }

  /** Calls compiled in line: control commands, and builtins whose function is embedded. */
  private builtin(cmd: Cmd, name: string, args: readonly Word[], site: CommandSite): Compiled | null {
    if (cmd.inline !== null) {
      const { late } = this;
      // Tcl does not compile these where a word has escapes, as lines that go on have in a text that was read.
      if (/^(?:for|if|while)$/.test(name) && args.some(({ parts }) => isEscaped(parts[0]))) this.late = true;
      const code = cmd.inline(this, args, site, cmd);
      this.late = late;
      if (code !== null) return code;
    }
    if (cmd.alias !== null) return null;
    let target = cmd;
    let word = name;
    if (cmd.ensemble !== null && args.length > 0) {
      const sub = constantText(args[0]!);
      const found = sub === null ? null : this.interp.ensembleTarget(cmd, sub);
      if (found === null) return null;
      target = found.cmd;
      this.interp.embeds(target.name);
      word = found.name;
      args = args.slice(1);
      if (target.inline !== null) {
        const code = target.inline(this, args, site, target);
        if (code !== null) return code;
      } else site.replaced = !this.late && !this.single && !this.interp.safe;
    }
    const { row, run } = target;
    if (row === null || run === null || target.traces !== null) return null;
    // Its words are substituted before it complains of their number.
    if (args.length < row.min || args.length > row.max) return null;
    const words = args.map((w) => this.word(w, site));
    if (row.list !== undefined) {
      const i = row.list < 0 ? words.length + row.list : row.list;
      words[i] = readConstant(words[i]!, listOf);
    }
    if (row.pure === true) {
      const isConstant = words.every((w) => w.k === 'const');
      const make = (a: readonly Val[]): Val => this.n.pureCall(this.interp, run, word, a, site, this.dyn);
      return { v: { k: 'fn', args: words, make: isConstant ? (a) => computedOnce(this.interp, make(a)) : make } };
    }
    this.open = true;
    return this.withOperands(words, (a) => this.n.plainCall(this.interp, run, word, a, site, this.dyn), row.changes === true);
  }

  /** What is not called has to count itself, where commands are counted. */
  counted(code: Compiled, site: CommandSite): Compiled {
    const { interp } = this;
    if (!interp.countingCommands) return code;
    const count = () => {
      try {
        interp.countCommand();
      } catch (e) {
        throw mark(e, site);
      }
    };
    if ('v' in code) return { v: { k: 'fn', args: [code.v], make: (vals) => before(count, vals[0]!) } };
    return { s: before(count, code.s), simple: code.simple };
  }

  /** A statement over operands: what may pause in them runs first, into temporaries. `keeps`: it may hold them, too. */
  withOperands(operands: readonly V[], make: (vals: readonly Val[], vs: readonly V[]) => Stmt, pauses: boolean, keeps = true): Compiled {
    const { steps, vs } = this.lower(operands);
    const s = make(keeps ? vs.map((v) => this.sharedVal(v)) : this.held(vs).map((v) => this.val(v)), vs);
    return steps.length === 0 ? { s, simple: !pauses } : { s: this.lets(steps, s), simple: false };
  }

  // --- words ----------------------------------------------------------------------------------------------------------------

  word(w: Word, site: CommandSite): V {
    this.interp.budget.charge(WORD_UNITS);
    return this.parts(w.parts, site, w.line);
  }

  /** `lines`: between the command's beginning and theirs. */
  parts(parts: readonly WordPart[], site: CommandSite, lines: number): V {
    if (parts.length === 0) return EMPTY_V;
    if (parts.length === 1) return this.part(parts[0]!, site, lines);
    let line = lines;
    const vs = parts.map((p) => {
      const v = this.part(p, site, line);
      if (p.kind !== 'var') line += (p.kind === 'text' ? p.lines : undefined) ?? newlines(p.text, p.text.length);
      return v;
    });
    return { k: 'concat', parts: vs };
  }

  private part(p: WordPart, site: CommandSite, lines: number): V {
    switch (p.kind) {
      case 'text':
        return { k: 'const', v: literal(p.text) };
      case 'var':
        return this.variable(p.name, p.index === null ? null : this.parts(p.index, site, lines), site);
      case 'script': {
        const { expression: within, ahead } = this;
        if (within === null) return this.substitution(p.text, site.line + lines);
        const before = within.lines.at(p.at);
        this.ahead += before;
        const v = this.substitution(p.text, site.line + within.line + before);
        this.ahead = ahead;
        return v;
      }
    }
  }

  variable(name: string, key: V | null, site: CommandSite): V {
    return { k: 'var', name, key: key === null ? null : asKey(key), site };
  }

  /** `[script]`: a single pure command is a value, anything else a statement. */
  private substitution(text: string, line: number): V {
    const { expression } = this;
    this.expression = null;
    this.valueDepth++;
    try {
      return this.withResult(true, () => this.substituted(text, line));
    } finally {
      this.valueDepth--;
      this.expression = expression;
    }
  }

  private siteOf(text: string, { start, end, line }: ParsedCommand, from: number): CommandSite {
    const site = { text: text.slice(start, end), line: from + line };
    return this.ahead === 0 ? site : { ...site, ahead: this.ahead };
  }

  private substituted(text: string, line: number): V {
    const { site } = this;
    if (this.fromWords) return { k: 'stmt', s: this.apart(() => noting(this.script(text, 1, true), '', site!, null)) };
    const parsed = parseScript(text);
    if (parsed.error === null && parsed.commands.length === 1) {
      const command = parsed.commands[0]!;
      const site = this.siteOf(text, command, line);
      const code = this.command(command, site);
      if ('v' in code) return code.v;
      return {
        k: code.simple ? 'simple' : 'stmt',
        s: this.n.seq({ stmts: [code.s], unit: this.unit, interp: this.interp, again: () => code.s }, false),
      };
    }
    if (parsed.error === null && parsed.commands.length === 0) return EMPTY_V;
    return { k: 'stmt', s: this.script(text, line, true) };
  }

  // --- lowering -------------------------------------------------------------------------------------------------------------

  temp(): number {
    const slot = this.scope.temp();
    this.taken.push(slot);
    return slot;
  }

  lets(steps: readonly Step[], body: Stmt): Stmt {
    return this.n.lets(
      steps.map((s) => s.s),
      steps.map((s) => s.slot),
      body,
    );
  }

  /** Moves what may pause out of values, each into a temporary; what stands left of it is saved first, since it is evaluated first. */
  lower(values: readonly V[]): { steps: Step[]; vs: V[] } {
    let last = -1;
    values.forEach((v, i) => {
      if (!isPure(v)) last = i;
    });
    const steps: Step[] = [];
    const vs = values.map((v, i) => {
      if (i > last || v.k === 'const') return v;
      if (i === last) return this.lowerOne(v, steps);
      const x = this.lowerOne(v, steps);
      if (x.k === 'const' || x.k === 'temp') return x;
      const slot = this.temp();
      steps.push({ s: this.n.result(this.sharedVal(x)), slot });
      return { k: 'temp', slot } as const;
    });
    return { steps, vs };
  }

  private lowerOne(v: V, steps: Step[]): V {
    if (isPure(v)) return v;
    switch (v.k) {
      case 'stmt': {
        const slot = this.temp();
        steps.push({ s: v.s, slot });
        return { k: 'temp', slot };
      }
      case 'var': {
        const key = this.lowerOne(v.key!, steps);
        return { k: 'var', name: v.name, key, site: v.site };
      }
      case 'concat': {
        const l = this.lower(v.parts);
        steps.push(...l.steps);
        return { k: 'concat', parts: l.vs, key: v.key };
      }
      case 'fn': {
        const l = this.lower(v.args);
        steps.push(...l.steps);
        // Written out: V8 takes long to copy objects of many shapes.
        return { k: 'fn', args: l.vs, make: v.make, emit: v.emit, number: v.number, double: v.double, word: v.word };
      }
      case 'cond': {
        const l = this.lower(v.args);
        steps.push(...l.steps);
        return { k: 'cond', args: l.vs, emit: v.emit, less: v.less };
      }
      case 'not':
        return { ...v, a: this.lowerOne(v.a, steps) };
      default: {
        // and, or, choose: which side runs is decided on the way, so the whole is a statement.
        const slot = this.temp();
        steps.push({ s: this.decision(v), slot });
        return { k: 'temp', slot };
      }
    }
  }

  private decision(v: V): Stmt {
    const one = this.n.result(this.n.constant(1));
    const zero = this.n.result(this.n.constant(0));
    if (v.k === 'and') return this.n.ifElseSlow(this.testOf(v.a), this.testOf(v.b), zero);
    if (v.k === 'or') return this.n.ifElseSlow(this.testOf(v.a), one, this.testOf(v.b));
    if (v.k === 'choose') return this.n.ifElseSlow(this.testOf(v.c), this.resultOf(v.a), this.resultOf(v.b));
    throw new Error('invariant: only decisions are lowered so');
  }

  /** A statement that leaves the value in the result. */
  resultOf(v: V): Stmt {
    if (v.k === 'stmt' || v.k === 'simple') return v.s;
    const { steps, vs } = this.lower([v]);
    const s = this.n.result(this.sharedVal(vs[0]!));
    return steps.length === 0 ? s : this.lets(steps, s);
  }

  /** A statement that leaves 1 or 0. */
  testOf(v: V): Stmt {
    const { steps, vs } = this.lower([v]);
    const s = this.n.result(this.n.bool(this.cond(vs[0]!)));
    return steps.length === 0 ? s : this.lets(steps, s);
  }

  /** `if` over a V, whichever way its condition goes. */
  ifElse(v: V, a: Stmt, b: Stmt | null): Stmt {
    const { n } = this;
    if (!isPure(v)) return n.ifElseSlow(this.testOf(v), a, b ?? n.code(0));
    return b === null ? n.ifOnly(this.cond(v), a) : n.ifElse(this.cond(v), a, b);
  }

  // --- emission -------------------------------------------------------------------------------------------------------------

  /** Of a command of the program's file, which Tcl evaluates a level further down: one in brackets among its words is no part of it. */
  single = false;
  /** A script of its own within another. */
  inner = false;

  /** The expression that is compiled: on which line of its command it begins, and what counts the lines before a script in it. */
  private expression: { readonly line: number; readonly lines: LineCounter } | null = null;

  /** Lines before the script now compiled, within expressions around it. */
  private ahead = 0;

  /** The site that values now emitted belong to: set around the emission of each command. */
  site: CommandSite = NOWHERE;

  val(v: V): Val {
    const n = this.n;
    switch (v.k) {
      case 'const':
        return n.constant(v.v);
      case 'temp':
        return n.temp(v.slot);
      case 'var': {
        if (v.key !== null) {
          const key = this.val(v.key);
          const slot = this.slot(v.name, v.site);
          return slot >= 0 ? n.element(slot, v.name, key, v.site) : n.namedElement(v.name, key, v.site, this.dyn);
        }
        const slot = this.readSlot(v.name, v.site);
        return slot >= 0 ? n.local(slot, v.name, v.site) : n.named(v.name, v.site, this.dyn);
      }
      case 'concat':
        return (v.key === true ? n.concatKey : n.concat)(v.parts.map((p) => this.val(p)));
      case 'fn':
        return v.emit !== undefined ? v.emit(this.held(v.args)) : v.make!(this.held(v.args).map((a) => this.val(a)));
      case 'simple':
        return n.valueOf(v.s);
      case 'choose':
        return n.choose(this.cond(v.c), this.val(v.a), this.val(v.b));
      case 'stmt':
        throw new Error('invariant: a pausing value was not lowered');
      default:
        return n.bool(this.cond(v));
    }
  }

  /** A value that is read as a list. */
  listVal(v: V): Val {
    const slot = this.place(v);
    return slot < 0 || v.k !== 'var' ? this.val(v) : this.n.listLocal(slot, this.val(v));
  }

  /** Where the operands of an operator are (nodes.ts). */
  at(a: V, b: V): Nodes.At {
    const n = b.k === 'const' && typeof b.v === 'number' ? b.v : null;
    return { i: this.place(a), j: this.place(b), n };
  }

  /** The slot that a value is read from, or -1. */
  private place(v: V): number {
    return v.k === 'temp' ? v.slot : v.k === 'var' && v.key === null ? this.readSlot(v.name, v.site) : -1;
  }

  /** Operands as they are when each is read: a list that a command leaves in a variable may be changed by another one before the operator looks. */
  private held(args: readonly V[]): readonly V[] {
    const last = args.findLastIndex(changesVariables);
    if (last < 1) return args;
    return args.map((a, i) => (i < last && a.k === 'simple' ? { k: 'fn', args: [a], make: ([x]) => this.n.shared(x!) } : a));
  }

  /** A value that will be held in a second place. */
  sharedVal(v: V): Val {
    if (v.k === 'var' && v.key === null) {
      const slot = this.slot(v.name, v.site);
      if (slot >= 0) return this.n.sharedLocal(slot, v.name, v.site);
    }
    const val = this.val(v);
    return v.k === 'var' || v.k === 'temp' || v.k === 'choose' || v.k === 'simple' ? this.n.shared(val) : val;
  }

  cond(v: V): Cond {
    const n = this.n;
    switch (v.k) {
      case 'cond':
        return v.emit(this.held(v.args));
      case 'and':
        return n.and(this.cond(v.a), this.cond(v.b));
      case 'or':
        return n.or(this.cond(v.a), this.cond(v.b));
      case 'not':
        return n.not(this.cond(v.a));
      default:
        return n.truth(this.val(v), this.site, false);
    }
  }

  /** The slot of a local that is changed, or whose value goes elsewhere. */
  slot(name: string, site = this.site): number {
    const slot = this.readSlot(name, site);
    if (slot >= HEADER && slot < HEADER + MAX_KEPT) this.kept |= 1 << (slot - HEADER);
    return slot;
  }

  /** Bits of the parameters that are more than read, and whether the unit runs anything but its own code: then its caller's variables may change meanwhile. */
  private kept = 0;
  open = false;

  /** Bits of the parameters whose lists and dicts a caller may not go on changing in place: the others are but read while the body runs. */
  private keeps(): number {
    const { params, floating, isProc } = this.unit;
    if (this.open || floating || !isProc || params > MAX_KEPT) return -1;
    return this.kept & ((1 << params) - 1);
  }

  /** The slot of a local that Tcl finds by its name here. */
  evaluatedSlot(name: string): number {
    const { evaluated } = this;
    this.evaluated = !this.dyn;
    const slot = this.slot(name);
    this.evaluated = evaluated;
    return slot;
  }

  /** The slot of a local scalar or array, made at its first mention; -1 where names are looked up. */
  private readSlot(name: string, site = this.site): number {
    if (this.dyn || name.includes('::')) {
      this.open = true;
      return -1;
    }
    const evaluated = this.evaluated || site.evaluated === true;
    let slot = this.scope.slots.get(name);
    if (slot === undefined) {
      slot = this.scope.size++;
      this.scope.slots.set(name, slot);
      if (evaluated) (this.unit.evaluatedOnly ??= new Set()).add(name);
    }
    if (!evaluated) this.unit.evaluatedOnly?.delete(name);
    return slot;
  }

  // --- helpers for inline.ts --------------------------------------------------------------------------------------------------

  /** A word naming a variable: `x`, `a(i)`, `a($i)`; null when the base itself is not constant. */
  target(w: Word, site: CommandSite): { name: string; key: V | null } | null {
    const { parts } = w;
    if (parts.length === 0) return { name: '', key: null };
    const first = parts[0]!;
    if (first.kind !== 'text') return null;
    // Tcl does not look for a name through backslashes.
    if (first.lines !== undefined && !this.dyn) site.evaluated = true;
    if (parts.length === 1) {
      const [name, key] = splitName(first.text);
      return { name, key: key === null ? null : { k: 'const', v: typedElement(key) } };
    }
    const open = first.text.indexOf('(');
    const last = parts[parts.length - 1]!;
    if (open < 0 || last.kind !== 'text' || !last.text.endsWith(')')) return null;
    const inner: WordPart[] = [];
    if (first.text.length > open + 1) inner.push({ kind: 'text', text: first.text.slice(open + 1) });
    inner.push(...parts.slice(1, -1));
    if (last.text.length > 1) inner.push({ kind: 'text', text: last.text.slice(0, -1) });
    return { name: first.text.slice(0, open), key: asKey(this.parts(inner, site, w.line)) };
  }

  /** Stores into a variable named by a constant. */
  setter(name: string, site: CommandSite): Nodes.Setter {
    const [base, key] = splitName(name);
    if (key === null) {
      const slot = this.slot(base);
      if (slot >= 0) return this.n.setterLocal(slot, base, site);
    }
    return this.n.setterNamed(base, key, site, this.dyn);
  }

  /** The constant text of a word, or null. */
  constant(w: Word): string | null {
    return constantText(w);
  }

  /** The command is not compiled with what is around it: its scripts are their own, and errors in them say which. */
  late = false;
  /** It is compiled from words, not from source. */
  fromWords = false;
  /** The list that `lassign` reads is about to be replaced by what it leaves. */
  replaced = false;

  /** In a proc, a script that Tcl evaluates by itself: its code is like that of a script elsewhere, but for its variables. */
  evaluated = false;

  /** What is compiled in a proc's body alone is not, here. */
  get alone(): boolean {
    return this.dyn || this.evaluated;
  }

  /**
   * A word that is a script in line, or null when it is not constant. `label`: what errorInfo calls it, `"for" body`. `again`: it may run more
   * than once where it stands.
   */
  body(w: Word, site: CommandSite, label: string | null = '', again = false, late = this.late): Stmt | null {
    const text = constantText(w);
    return text === null ? null : this.bodyText(text, site.line + w.line, site, label, again, late);
  }

  bodyText(text: string, line: number, site: CommandSite, label: string | null, again: boolean, late = this.late): Stmt {
    if (!late) return this.script(text, line, false, again);
    const at = this.fromWords ? null : line;
    return this.apart(() => noting(this.script(text, 1, false, again), label, site, at));
  }

  /** Compiles a script that is not part of the command around it. */
  private apart(compile: () => Stmt): Stmt {
    const { late, single, fromWords, site, evaluated, inner } = this;
    this.late = this.single = this.fromWords = false;
    this.inner = true;
    this.evaluated = !this.dyn;
    this.site = NOWHERE;
    const s = compile();
    this.evaluated = evaluated;
    this.inner = inner;
    this.late = late;
    this.single = single;
    this.fromWords = fromWords;
    this.site = site;
    return s;
  }

  loop(test: V, body: Stmt, next: Stmt | null, step: Nodes.Step | null = null): Stmt {
    const pure = isPure(test);
    const { site } = this;
    return this.n.loop({
      cond: pure ? this.cond(test) : null,
      test: pure ? null : this.testOf(test),
      body,
      next,
      less: test.k === 'cond' && test.less === true ? this.readPlaces(test.args) : null,
      step,
      site,
      run: body,
    });
  }

  /** Where two operands are, if it takes no call to read them. */
  private readPlaces([a, b]: readonly V[]): Nodes.At | null {
    const at = this.at(a!, b!);
    return at.i >= 0 && (at.j >= 0 || at.n !== null) ? at : null;
  }

  /** Compiles something whose completion is caught here, so that a frame lives on after a `return` in it. */
  guarded<T>(compile: () => T): T {
    this.guards++;
    try {
      return compile();
    } finally {
      this.guards--;
    }
  }

  private guards = 0;

  /** A local about to be returned from its proc is moved, not shared: nobody else can see it again. Null when it cannot be moved. */
  movable(v: V): Val | null {
    if (v.k !== 'var' || v.key !== null || this.guards > 0) return null;
    const slot = this.slot(v.name);
    return slot < 0 ? null : this.n.moved(slot, v.name, v.site);
  }

  /** An operand that a new container will hold. */
  sharedOperand(v: V): V {
    return v.k === 'const' || v.k === 'fn' || v.k === 'cond' || v.k === 'stmt'
      ? v
      : { k: 'fn', args: [v], make: ([x]) => this.n.shared(x!) };
  }

  /** A word that is an expression, or null when it is not constant. A bad one gives code that fails. */
  expr(w: Word, site: CommandSite, result = false): V | null {
    const text = constantText(w);
    if (text === null) return null;
    const { single, expression } = this;
    this.single = false;
    this.expression = { line: w.line, lines: new LineCounter(text) };
    const at = this.late && site.again !== true ? Object.assign(Object.create(site), { again: true }) : site;
    try {
      return compileExpr(this, text, at, result);
    } catch (e) {
      return { k: 'stmt', s: this.failing(e, at) };
    } finally {
      this.single = single;
      this.expression = expression;
    }
  }

  /** Code that fails with an error found as it was compiled: no command had begun. */
  failing(e: unknown, site: CommandSite): Stmt {
    if (!(e instanceof TclError) || e instanceof LimitError) throw e;
    e.errorInfo ??= e.message;
    return this.n.fail(() => copyError(e), site);
  }
}

interface Step {
  readonly s: Stmt;
  readonly slot: number;
}

/** Parts of a text that is the key of an element. */
function asKey(v: V): V {
  return v.k === 'concat' ? { k: 'concat', parts: v.parts, key: true } : v;
}

/** What depends on constants alone is kept where nobody can change it: short texts always, longer ones while there are few. */
function computedOnce(interp: TclInterp, compute: Val): Val {
  let known: Value | undefined;
  return (f) => {
    if (known !== undefined) return known;
    const v = compute(f);
    if (typeof v === 'number' || (typeof v === 'string' && mayKeep(interp, v.length))) known = v;
    return v;
  };
}

function mayKeep(interp: TclInterp, length: number): boolean {
  if (length <= SHORT_TEXT) return true;
  if (length > LONGEST_KEPT || interp.keptText + length > MOST_KEPT) return false;
  interp.keptText += length;
  return true;
}

const SHORT_TEXT = 100;
const LONGEST_KEPT = 1 << 14;
const MOST_KEPT = 1 << 19;

/** Text as the number it is where that is always written so: with other doubles it depends on `tcl_precision`. */
function literal(text: string): Value {
  if (text.length !== 3 || !/^\d\.0$/.test(text)) return typedElement(text);
  const double = new Dbl(Number(text));
  written.add(double);
  return double;
}

/** Text of a word without substitutions. */
export function constantText(w: Word): string | null {
  if (w.parts.length === 0) return '';
  if (w.parts.length > 1) return null;
  const p = w.parts[0]!;
  return p.kind === 'text' ? p.text : null;
}

/** `{*}{}` is no command: the result is that of the one before. */
function isNothing({ words }: ParsedCommand): boolean {
  return words[0]!.expand && literalWords(words).length === 0;
}

/** Words with constant `{*}` ones as the words that these are. */
export function literalWords(words: readonly Word[]): readonly Word[] {
  if (!words.some((w) => w.expand && constantText(w) !== null)) return words;
  return words.flatMap((w) => {
    const text = w.expand ? constantText(w) : null;
    if (text === null) return [w];
    let list: readonly Value[];
    try {
      list = elements(text);
    } catch {
      return [w];
    }
    let at = 0;
    return list.map((e): Word => {
      // An element with backslashes is not found: then it counts for the line of the one before.
      const found = text.indexOf(str(e), at);
      if (found >= 0) at = found;
      return { parts: str(e) === '' ? [] : [{ kind: 'text', text: str(e) }], expand: false, line: w.line + newlines(text, at) };
    });
  });
}

/** Each run of failing code throws an error of its own, since errors gather their trace. */
function copyError(e: TclError): TclError {
  const copy = new TclError(e.message, e.errorCode);
  copy.errorInfo = e.errorInfo;
  copy.instruction = 'syntax';
  return copy;
}

function before<T>(first: () => void, then: (f: Frame) => T): (f: Frame) => T {
  return (f) => {
    first();
    return then(f);
  };
}

export function newlines(text: string, end: number): number {
  let n = 0;
  for (let i = 0; i < end; i++) if (text.charCodeAt(i) === 10) n++;
  return n;
}

/** Compiles a proc's body. `known`: variables to have slots beside those that the body mentions. */
export function compileProcBody(
  interp: TclInterp,
  proc: Proc,
  ns: Namespace,
  label: (f: Frame) => string,
  nodes: NodeLibrary,
  known: readonly string[] = [],
  floating = false,
): Unit {
  const slots = new Map<string, number>();
  // Of two parameters of one name the first is found.
  proc.params.forEach((p, i) => {
    if (!slots.has(p.name)) slots.set(p.name, HEADER + i);
  });
  let next = HEADER + proc.params.length;
  const unit = new Unit(interp, ns, true, slots, proc.params.length);
  for (const name of known) if (!slots.has(name)) slots.set(name, next++);
  unit.proc = proc;
  unit.common = isCommon(nodes);
  unit.label = label;
  unit.floating = floating;
  new Compiler(unit, nodes).finish(str(proc.body));
  return unit;
}

/** Compiles a script to run in other frames. */
export function compileDynamic(interp: TclInterp, ns: Namespace, text: string, nodes: NodeLibrary, what: 'script' | 'direct'): Unit {
  const unit = new Unit(interp, ns, false, new Map(), 0);
  new Compiler(unit, nodes).finish(text, what === 'direct');
  return unit;
}

/** The same of a file; `main`: the program's own. */
export function compileFile(interp: TclInterp, ns: Namespace, text: string, nodes: NodeLibrary, file: Value, main: boolean): Unit {
  const unit = new Unit(interp, ns, false, new Map(), 0);
  new Compiler(unit, nodes).finishFile(text, file, main);
  return unit;
}

/** Compiles one call of a command in line, from its words as they are: `if $c $script` with both known only at run time. */
export function compileWords(
  interp: TclInterp,
  ns: Namespace,
  cmd: Cmd,
  words: readonly Value[],
  nodes: NodeLibrary,
  site: CommandSite,
): Unit | null {
  const unit = new Unit(interp, ns, false, new Map(), 0);
  const compiler = new Compiler(unit, nodes);
  compiler.late = true;
  compiler.fromWords = true;
  compiler.site = site;
  const args: Word[] = words.slice(1).map((w) => ({ parts: [{ kind: 'text', text: str(w) }], expand: false, line: 0 }));
  const inline = cmd.inline!(compiler, args, site, cmd);
  if (inline === null) return null;
  const code = compiler.counted(inline, site);
  compiler.finishWith('v' in code ? compiler.resultOf(code.v) : code.s);
  return unit;
}
