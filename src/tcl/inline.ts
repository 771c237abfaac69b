/**
 * Commands compiled in line: control structure and the commands that set variables. Each answers to its TclCompile...Cmd in tclCompCmds*.c;
 * one that gives null is called by its words instead, and its row compiles it then, when all words are known (compileWords).
 */

import { incrBy } from './arith.ts';
import { catchDone, caughtError, codeOf } from './catching.ts';
import { OK, type PlainHandler, RETURN } from './command.ts';
import { fillArray, startArray } from './commands/arrays.ts';
import { lappendTo } from './commands/lists.ts';
import { lsortPlain } from './commands/lsort.ts';
import { classTest } from './commands/strings.ts';
import { scanSubst, substFlags, substParts } from './commands/substs.ts';
import { type Compiled, type Compiler, constantText, type InlineCompiler, newlines } from './compiler.ts';
import { dictChangeInline, dictForInline, dictMapInline, dictUpdateInline, dictWithInline } from './dict-loops.ts';
import { type CommandSite, LimitError, TclError } from './errors.ts';
import { type Frame, unitOf } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { EMPTY_V, readConstant, type V } from './ir.ts';
import { badLevel, evalWords, frameAt, linkTarget, uplevelWords, type WordsRunner } from './levels.ts';
import { dictOf, elements, listOf, newList, restOf, shareAll, takenFrom } from './list.ts';
import type { Setter, Step, UpdateNode } from './nodes.ts';
import { parseNumber } from './number.ts';
import type { Word } from './parser.ts';
import { R } from './regs.ts';
import { drive, mark } from './run.ts';
import { compileSwitch } from './switching.ts';
import { tryInline } from './trying.ts';
import type { Stmt, Val } from './unit.ts';
import { appended, share, str, type Value } from './value.ts';
import { linkVar, splitName, Var } from './variables.ts';
import type { WordPart } from './word-parts.ts';

function fails(c: Compiler, site: CommandSite, make: () => TclError): Compiled {
  return { s: c.n.fail(make, site), simple: true };
}

const setInline: InlineCompiler = (c, args, site) => {
  if (args.length < 1 || args.length > 2) return null;
  const t = c.target(args[0]!, site);
  if (t === null) return null;
  if (args.length === 1) return { v: c.variable(t.name, t.key, site) };
  const slot = c.slot(t.name);
  c.replaced = slot >= 0 && t.key === null && takesFrom(args[1]!, t.name);
  const value = c.word(args[1]!, site);
  c.replaced = false;
  if (t.key === null) {
    if (slot < 0) return c.withOperands([value], ([v]) => c.n.setNamed(t.name, null, v!, site, c.dyn), false);
    if (value.k === 'stmt') return { s: c.n.setLocalFrom(slot, t.name, value.s, site), simple: false };
    return c.withOperands([value], ([v], [x]) => c.n.setLocal(slot, t.name, v!, site, c.at(x!, x!), c.wanted), false);
  }
  return c.withOperands(
    [t.key, value],
    ([k, v]) => (slot < 0 ? c.n.setNamed(t.name, k!, v!, site, c.dyn) : c.n.setElement(slot, t.name, k!, v!, site)),
    false,
  );
};

/** `[lassign $name x ...]`. */
function takesFrom({ parts }: Word, name: string): boolean {
  const [part] = parts;
  return parts.length === 1 && part!.kind === 'script' && /^lassign \$(\w+)(?: \w+)+$/.exec(part!.text)?.[1] === name;
}

const incrInline: InlineCompiler = (c, args, site) => {
  if (args.length < 1 || args.length > 2) return null;
  const t = c.target(args[0]!, site);
  if (t === null) return null;
  const slot = c.slot(t.name);
  let by: V = args.length === 2 ? c.word(args[1]!, site) : { k: 'const', v: 1 };
  // A constant that is a small number to C is that number.
  if (by.k === 'const' && typeof by.v === 'number' && !c.late && Math.abs(by.v) <= 4294967295 && Math.abs(by.v | 0) <= 127) {
    by = { k: 'const', v: by.v | 0 };
  }
  if (t.key === null && slot >= 0)
    return c.withOperands([by], ([n], [x]) => c.n.incrLocal(slot, t.name, n!, site, c.at(x!, x!), c.wanted), false);
  return updateVar(c, t, slot, [by], incrValue, site);
};

function updateVar(
  c: Compiler,
  t: { name: string; key: V | null },
  slot: number,
  operands: readonly V[],
  change: UpdateNode['change'],
  site: CommandSite,
): Compiled {
  // `append` looks at no old value, as far as traces are told, and `lappend` of one item does not where Tcl compiles it.
  const reads = change !== appendValues && change !== lappendOne;
  const verb = change !== incrValue ? 'set' : slot < 0 ? 'read' : 'local';
  const node: UpdateNode = { slot, name: t.name, change, reads, verb, interp: c.interp, site, dyn: c.dyn };
  if (t.key !== null) {
    const ofSlot = slot >= 0 && change === incrValue;
    return c.withOperands(
      [t.key, ...operands],
      ([key, ...vals]) => (ofSlot ? c.n.incrElement(node, key!, vals[0]!) : c.n.update(node, key!, vals)),
      false,
    );
  }
  return c.withOperands(
    operands,
    (vals) => {
      if (slot >= 0 && change === appendValues && vals.length < 3) return c.n.appendLocal(node, vals[0]!, vals[1] ?? null, c.wanted);
      if (slot >= 0 && change === lappendOne) return c.n.lappendLocal(node, vals[0]!, c.wanted);
      return c.n.update(node, null, vals);
    },
    false,
  );
}

function incrValue(_interp: TclInterp, old: Value | undefined, [n]: readonly Value[]): Value {
  return incrBy(old ?? 0, n!);
}

function appendValues(interp: TclInterp, old: Value | undefined, values: readonly Value[]): Value {
  // An item may be the text itself.
  let more = '';
  for (let i = 0; i < values.length; i++) more += str(values[i]!);
  interp.budget.allocate(2 * more.length);
  return appended(old, more);
}

function lappendValues(interp: TclInterp, old: Value | undefined, values: readonly Value[]): Value {
  interp.budget.allocate(16 * values.length);
  return lappendTo(old, values);
}

const appendInline: InlineCompiler = (c, args, site) => {
  if (args.length < 1) return null;
  const t = c.target(args[0]!, site);
  if (t === null) return null;
  if (args.length === 1) return { v: c.variable(t.name, t.key, site) };
  const words = args.slice(1).map((w) => c.word(w, site));
  return updateVar(c, t, c.slot(t.name), words, appendValues, site);
};

/** Of one item in a proc, where Tcl compiles it: what is no list could not be written, says its errorCode. */
function lappendOne(interp: TclInterp, old: Value | undefined, values: readonly Value[]): Value {
  try {
    return lappendValues(interp, old, values);
  } catch (e) {
    if (e instanceof TclError && e.errorCode?.[1] === 'VALUE') e.errorCode = ['TCL', 'WRITE', 'VARNAME'];
    throw e;
  }
}

const lappendInline: InlineCompiler = (c, args, site) => {
  if (args.length < 2) return null;
  const t = c.target(args[0]!, site);
  if (t === null) return null;
  const words = args.slice(1).map((w) => c.word(w, site));
  return updateVar(c, t, c.slot(t.name), words, words.length === 1 && !c.alone ? lappendOne : lappendValues, site);
};

const unsetInline: InlineCompiler = (c, args, site) => {
  const targets = args.map((w) => c.target(w, site));
  for (const t of targets) if (t !== null && !t.name.startsWith('-')) c.slot(t.name);
  const [t] = targets;
  if (targets.length !== 1 || t == null || t.key !== null || t.name.startsWith('-')) return null;
  const slot = c.slot(t.name);
  return slot < 0 ? null : { s: c.n.unsetLocal(slot, t.name, site), simple: true };
};

const exprInline: InlineCompiler = (c, args, site) => {
  if (args.length !== 1) return null;
  const v = c.expr(args[0]!, site, true);
  return v === null ? null : { v };
};

const ifInline: InlineCompiler = (c, args, site) => {
  for (const a of args) if (c.constant(a) === null) return null;
  const text = (i: number) => c.constant(args[i]!)!;
  /** The chain from word `i`, which follows `previous`. */
  const clause = (i: number, previous: string): Stmt => {
    if (i >= args.length) return fail(noExpression(previous));
    const test = c.expr(args[i]!, site)!;
    let at = i + 1;
    if (at < args.length && text(at) === 'then') at++;
    if (at >= args.length) return c.ifElse(test, fail(missingScript(at)), fail(missingScript(at)));
    const yes = c.body(args[at]!, site)!;
    at++;
    const problem = problemAt(at);
    if (problem !== null) return c.ifElse(test, fail(problem), text(at) === 'elseif' ? clause(at + 1, 'elseif') : fail(problem));
    if (at >= args.length) return c.ifElse(test, yes, null);
    if (text(at) === 'elseif') return c.ifElse(test, yes, clause(at + 1, 'elseif'));
    if (text(at) === 'else') at++;
    return c.ifElse(test, yes, c.body(args[at]!, site)!);
  };
  /** What is wrong with the words from `at`, after a script; they are looked at even when their tests are not made. */
  const problemAt = (i: number): string | null => {
    let at = i;
    while (at < args.length && text(at) === 'elseif') {
      at += 2;
      if (at > args.length) return noExpression('elseif');
      if (at < args.length && text(at) === 'then') at++;
      if (at >= args.length) return missingScript(at);
      at++;
    }
    if (at >= args.length) return null;
    if (text(at) === 'else' && ++at >= args.length) return missingScript(at);
    return at < args.length - 1 ? 'wrong # args: extra words after "else" clause in "if" command' : null;
  };
  const noExpression = (after: string) => `wrong # args: no expression after "${after}" argument`;
  const fail = (message: string) => c.n.fail(() => new TclError(message, ['TCL', 'WRONGARGS']), site);
  const missingScript = (at: number) => `wrong # args: no script following "${text(at - 1)}" argument`;
  return { s: clause(0, 'if'), simple: false };
};

const whileInline: InlineCompiler = (c, args, site) => {
  if (args.length !== 2) return null;
  const test = c.expr(args[0]!, site);
  const body = test === null ? null : c.withResult(false, () => c.body(args[1]!, site, '"while" body', true));
  if (test === null || body === null) return null;
  return { s: c.loop(test, body, null), simple: false };
};

const forInline: InlineCompiler = (c, args, site) => {
  if (args.length !== 4) return null;
  const start = c.body(args[0]!, site, '"for" initial command');
  const test = c.expr(args[1]!, site);
  const body = c.withResult(false, () => c.body(args[3]!, site, '"for" body', true));
  const next = c.withResult(false, () => c.body(args[2]!, site, '"for" loop-end command', true));
  if (start === null || test === null || next === null || body === null) return null;
  const s = c.loop(test, body, next, stepOf(c, c.constant(args[2]!)!));
  return { s: c.n.andThen(start, s), simple: false };
};

/** A script that adds a number to a local and does nothing else. */
function stepOf(c: Compiler, script: string): Step | null {
  const m = /^[ \t]*incr[ \t]+(\w+)(?:[ \t]+(-?[1-9]\d{0,8}))?[ \t]*$/.exec(script);
  if (m === null || c.interp.countingCommands || c.interp.stepping) return null;
  const cmd = c.interp.resolveCommand('incr', c.ns);
  const slot = cmd !== null && cmd.traces === null && cmd.inline === incrInline ? c.slot(m[1]!) : -1;
  return slot < 0 ? null : { slot, by: Number(m[2] ?? 1) };
}

function foreachLike(collect: boolean): InlineCompiler {
  const name = collect ? 'lmap' : 'foreach';
  return (c, args, site) => {
    if (args.length < 3 || args.length % 2 === 0) return null;
    const vars: Setter[][] = [];
    const lists: V[] = [];
    let slot = -1;
    // Tcl compiles none whose variables are substituted, though they be constant.
    let late = c.late || c.alone;
    for (let i = 0; i + 1 < args.length; i += 2) {
      const given = constantWord(c, args[i]!, site);
      if (given === null) return null;
      late ||= typeof given === 'object';
      let names: readonly Value[];
      try {
        names = elements(given);
      } catch (e) {
        if (!(e instanceof TclError) || e instanceof LimitError) throw e;
        return fails(c, site, () => new TclError(e.message, e.errorCode));
      }
      if (names.length === 0) {
        return fails(c, site, () => new TclError(`${name} varlist is empty`, ['TCL', 'OPERATION', name.toUpperCase(), 'NEEDVARS']));
      }
      vars.push(names.map((v) => loopSetter(c, name, str(v), site)));
      const [first] = splitName(str(names[0]!)).slice(1);
      if (i === 0 && first === null) slot = c.slot(str(names[0]!));
      lists.push(readConstant(c.word(args[i + 1]!, site), listOf));
    }
    const body = c.withResult(collect, () => c.body(args[args.length - 1]!, site, `"${name}" body`, true, late));
    if (body === null) return null;
    const texts = args.map((w) => c.constant(w) ?? '');
    const words = (values: readonly Value[]): Value[] => [name, ...texts.map((t, i) => (i % 2 === 1 ? values[i >> 1]! : t))];
    return c.withOperands(lists, (vals) => c.n.foreach({ vars, lists: vals, words, slot, body, collect, site }), true);
  };
}

/** What a word is that has no substitutions, or none but `[list …]` of constants; else null. */
function constantWord(c: Compiler, word: Word, site: CommandSite): Value | null {
  const [part] = word.parts;
  if (word.parts.length !== 1 || part!.kind !== 'script' || !part!.text.startsWith('list ')) return c.constant(word);
  const v = c.word(word, site);
  return v.k === 'const' ? v.v : null;
}

/** What sets a variable of a loop; an error tells of it where Tcl does not compile the loop. */
function loopSetter(c: Compiler, loop: string, name: string, site: CommandSite): Setter {
  const set = c.setter(name, site);
  const [base, key] = splitName(name);
  if (key === null && c.slot(base) >= 0) return set;
  return (f, v) => {
    try {
      set(f, v);
    } catch (e) {
      if (e instanceof TclError && e.site === site)
        e.errorInfo = `${e.errorInfo ?? e.message}\n    (setting ${loop} loop variable "${name}")`;
      throw e;
    }
  };
}

const returnInline: InlineCompiler = (c, args, site) => {
  if (args.length === 0) return { s: c.n.returnValue(c.n.constant('')), simple: false };
  if (args.length === 3 && c.constant(args[0]!) === '-code') return returnCode(c, args, site);
  if (args.length > 1) return null;
  const v = c.word(args[0]!, site);
  const moved = c.movable(v);
  if (moved !== null) return { s: c.n.returnValue(moved), simple: false };
  const code = c.withOperands([v], ([x]) => c.n.returnValue(x!), true);
  return code;
};

/** `return -code code value`. */
function returnCode(c: Compiler, args: readonly Word[], site: CommandSite): Compiled {
  return c.withOperands(
    [c.word(args[1]!, site), c.word(args[2]!, site)],
    ([code, value]) =>
      (f) => {
        const given = code!(f);
        const x = value!(f);
        let n: number;
        try {
          n = codeOf(given);
        } catch (e) {
          throw mark(e, site);
        }
        R.result = x;
        R.ret = n === OK ? null : { level: n === RETURN ? 2 : 1, code: n === RETURN ? OK : n, options: new Map() };
        return RETURN;
      },
    true,
  );
}

const yieldInline: InlineCompiler = (c, args, site) => {
  if (args.length > 1) return null;
  const v: V = args.length === 0 ? EMPTY_V : c.word(args[0]!, site);
  c.open = true;
  return c.withOperands([v], ([x]) => c.n.yielding(x!, site), true);
};

function completionInline(code: number): InlineCompiler {
  return (c, args) => (args.length > 0 ? null : { s: c.n.code(code), simple: false });
}

/** Outside of procs a catch with variables keeps to itself, as Tcl does not compile it there; so do `foreach` and `lmap`. */
const catchInline: InlineCompiler = (c, args, site) => {
  // It sets errorInfo, which may be traced.
  c.open = true;
  if (args.length < 1 || args.length > 3) return null;
  const names: (Setter | null)[] = [null, null];
  let isCalled = false;
  for (let i = 1; i < args.length; i++) {
    const name = c.constant(args[i]!);
    if (name === null) return null;
    names[i - 1] = c.setter(name, site);
    isCalled ||= splitName(name)[1] !== null || c.slot(name) < 0;
  }
  const apart = c.late || (c.alone && args.length > 1);
  const body = c.guarded(() => c.withResult(true, () => c.body(args[0]!, site, c.fromWords && site.compiled ? '' : null, false, apart)));
  if (body === null) {
    site.compiled = !apart;
    return null;
  }
  const { interp } = c;
  const [result, options] = names as [Setter | null, Setter | null];
  const s = c.n.catching({
    body,
    levels: c.alone && args.length > 1 ? 1 : 0,
    caught: (e, f) => caughtError(interp, e, f),
    done: (f, code, error) => {
      try {
        catchDone(interp, code, error, result === null ? null : (v) => result(f, v), options === null ? null : (v) => options(f, v));
      } catch (e) {
        // Where Tcl calls it, the error that it caught is still being told of.
        if (isCalled && error !== null && e instanceof TclError && e.errorInfo === null) {
          e.errorInfo = error.errorInfo;
          e.errorStack = [...error.errorStack];
          e.inner = error.inner;
        }
        throw e;
      }
      return 0;
    },
  });
  return { s, simple: false };
};

/** `global`, and `variable` of names alone, in a proc and with plain names. */
function linkInline(declares: boolean): InlineCompiler {
  return (c, args, site) => {
    const names = args.map((w) => constantText(w) ?? '');
    if (c.dyn || args.length === 0 || (declares && args.length > 1) || !names.every((name) => /^\w+$/.test(name))) return null;
    c.open = true;
    const { interp } = c;
    const links = names.map((name) => ({ name, slot: c.slot(name) }));
    const s: Stmt = (f) => {
      const ns = declares ? unitOf(f).ns : interp.globalNs;
      for (const { name, slot } of links) {
        const v = ns.vars.get(name) ?? ns.makeVar(name);
        if (declares) v.declared = true;
        link(f, slot, name, v, site);
      }
      R.result = '';
      return 0;
    };
    return { s, simple: true };
  };
}

function link(f: Frame, slot: number, name: string, v: Var, site: CommandSite): void {
  if (f[slot] === undefined) {
    v.linked = true;
    f[slot] = v;
    return;
  }
  try {
    linkVar(f, name, v);
  } catch (e) {
    throw mark(e, site);
  }
}

/** `upvar` in a proc, of a level that is a number and with plain names for the links. */
const upvarInline: InlineCompiler = (c, args, site) => {
  const pairs = args.slice(args.length % 2);
  const given = pairs.length === args.length ? '1' : constantText(args[0]!);
  // A level that is negative is none, and the caller's is taken.
  const level = given !== null && Number(parseNumber(given) ?? 0) < 0 ? '1' : given;
  const names = pairs.filter((_, i) => i % 2 === 1).map((w) => constantText(w) ?? '');
  if (c.dyn || names.length === 0 || level === null || !/^#?\d{1,9}$/.test(level) || !names.every((name) => /^\w+$/.test(name)))
    return null;
  c.open = true;
  const others = pairs.filter((_, i) => i % 2 === 0).map((w) => c.word(w, site));
  const links = names.map((name) => ({ name, slot: c.slot(name) }));
  const word = level === '1' ? 1 : level;
  return c.withOperands(
    others,
    (vals) => (f) => {
      const targets = vals.map((v) => str(v(f)));
      try {
        const up = frameAt(word, f).frame;
        for (let i = 0; i < links.length; i++) link(f, links[i]!.slot, links[i]!.name, linkTarget(up, targets[i]!), site);
      } catch (e) {
        throw mark(e, site);
      }
      R.result = '';
      return 0;
    },
    false,
  );
};

/** `eval`, `uplevel`. */
function wordsInline(name: string, run: WordsRunner): InlineCompiler {
  return (c, args, site) => {
    if (args.length === 0 || c.late || c.fromWords) return null;
    c.open = true;
    const { interp, dyn } = c;
    return c.withOperands(
      args.map((w) => c.word(w, site)),
      (vals) => (f) => {
        const words: Value[] = [name];
        for (let i = 0; i < vals.length; i++) words.push(vals[i]!(f));
        return run(interp, words, dyn ? (f[3] as Frame) : f, site);
      },
      true,
    );
  };
}

/** Where no script can be asked: no switch is, or may come to be, `-command`. */
const lsortInline: InlineCompiler = (c, args, site) => {
  if (args.length === 0 || args.slice(0, -1).some((w) => constantText(w)?.startsWith('-c') !== false)) return null;
  const words = args.map((w) => c.word(w, site));
  return { v: { k: 'fn', args: words, make: (a) => c.n.pureCall(c.interp, lsortPlain, 'lsort', a, site, c.dyn) } };
};

const errorInline: InlineCompiler = (c, args, site) => {
  if (args.length !== 1) return null;
  return c.withOperands(
    [c.word(args[0]!, site)],
    ([m]) =>
      (f) => {
        throw mark(new TclError(str(m!(f))), site);
      },
    false,
  );
};

/** A type that is known to be no list is seen as it is compiled. */
const throwInline: InlineCompiler = (c, args, site) => {
  const type = args.length === 2 ? c.constant(args[0]!) : null;
  if (c.late || type === null) return null;
  try {
    elements(type);
    return null;
  } catch (e) {
    const fails = c.failing(e, site);
    return c.withOperands(
      [c.word(args[1]!, site)],
      ([m]) =>
        (f) => {
          m!(f);
          return fails(f);
        },
      false,
    );
  }
};

/** `list`: a new list each time. */
const listInline: InlineCompiler = (c, args, site) => {
  const words = args.map((w) => c.word(w, site));
  const constants = words.flatMap((w) => (w.k === 'const' ? [w.v] : []));
  // An empty one is made to be filled.
  if (words.length > 0 && constants.length === words.length) return { v: { k: 'const', v: share(newList(constants)) } };
  return { v: { k: 'fn', args: words.map((w) => c.sharedOperand(w)), make: (vals) => c.n.list(vals) } };
};

const infoExistsInline: InlineCompiler = (c, args, site) => {
  if (args.length !== 1) return null;
  const t = c.target(args[0]!, site);
  const slot = t === null ? -1 : c.slot(t.name);
  if (slot < 0) return null;
  const { name, key } = t!;
  if (key === null) return { v: { k: 'cond', args: [], emit: () => c.n.localExists(slot, name) } };
  return { v: { k: 'cond', args: [key], emit: ([k]) => c.n.elementExists(slot, name, c.val(k!)) } };
};

function twoOperands(c: Compiler, node: 'listIndex' | 'stringIndex', args: readonly Word[], site: CommandSite): Compiled {
  const emit = ([a, b]: readonly V[]) => c.n[node](node === 'listIndex' ? c.listVal(a!) : c.val(a!), c.val(b!), site, c.at(a!, b!));
  return { v: { k: 'fn', args: args.map((w) => c.word(w, site)), emit } };
}

const lindexInline: InlineCompiler = (c, args, site) => {
  if (args.length === 3) {
    return { v: { k: 'fn', args: args.map((w) => c.word(w, site)), make: ([l, i, j]) => c.n.listIndex2(l!, i!, j!, site) } };
  }
  if (args.length !== 2) return null;
  return twoOperands(c, 'listIndex', args, site);
};

/** To locals of a proc, and without the rest where nobody wants it. */
const lassignInline: InlineCompiler = (c, args, site) => {
  const targets = args.slice(1).map((w) => c.target(w, site));
  const slots = targets.map((t) => (t === null || t.key !== null ? -1 : c.slot(t.name)));
  if (c.late || slots.length === 0 || slots.some((slot) => slot < 0)) return null;
  const names = targets.map((t) => t!.name);
  const { interp, wanted, replaced } = c;
  const restAfter = replaced ? takenFrom : restOf;
  return c.withOperands(
    [readConstant(c.word(args[0]!, site), listOf)],
    (_, [list]) => {
      const read = c.listVal(list!);
      return (f) => {
        const v = read(f);
        try {
          const l = listOf(v);
          const a = shareAll(l.a.slice(0, slots.length));
          const rest = wanted ? restAfter(l, slots.length) : '';
          for (let i = 0; i < slots.length; i++) {
            if (f[slots[i]!] instanceof Var) interp.setVar(names[i]!, a[i] ?? '', f);
            else f[slots[i]!] = a[i] ?? '';
          }
          R.result = rest;
          return 0;
        } catch (e) {
          throw mark(e, site, ['lassign', v, ...names]);
        }
      };
    },
    false,
    false,
  );
};

const llengthInline: InlineCompiler = (c, args, site) => {
  if (args.length !== 1) return null;
  return { v: { k: 'fn', args: [readConstant(c.word(args[0]!, site), listOf)], emit: ([l]) => c.n.listLength(c.listVal(l!), site) } };
};

const stringIndexInline: InlineCompiler = (c, args, site) => {
  if (args.length !== 2) return null;
  return twoOperands(c, 'stringIndex', args, site);
};

/** From behind the end there is nothing: Tcl sees that as it compiles it, and does not look at the last word. */
const stringRangeInline: InlineCompiler = (c, args, site) => {
  if (c.late || args.length !== 3 || !/^end(\+|--)[1-9]\d*$/.test(constantText(args[1]!) ?? '')) return null;
  const make =
    ([s]: readonly Val[]) =>
    (f: Frame) =>
      str(s!(f)).slice(0, 0);
  return { v: { k: 'fn', args: [c.word(args[0]!, site)], make } };
};

/** A constant text: without commands, a word of a kind. */
const substInline: InlineCompiler = (c, args, site) => {
  const words = args.map((w) => constantText(w));
  const text = words.pop();
  if (c.late || text === undefined || text === null || words.includes(null)) return null;
  let scanned: ReturnType<typeof scanSubst>;
  try {
    scanned = scanSubst(text, substFlags(words as string[]));
  } catch (e) {
    if (!(e instanceof TclError) || e instanceof LimitError) throw e;
    return null;
  }
  if (scanned.some((p) => p.kind === 'unsound')) return null;
  const parts = scanned as WordPart[];
  const line = site.line + args.at(-1)!.line;
  const code = new Map<unknown, Stmt>();
  const compile = (p: WordPart): void => {
    if (p.kind === 'script')
      code.set(
        p,
        c.guarded(() => c.withResult(true, () => c.bodyText(p.text, line + newlines(text, p.at), site, '', true))),
      );
    if (p.kind === 'var') {
      c.slot(p.name);
      p.index?.forEach(compile);
    }
  };
  parts.forEach(compile);
  if (code.size === 0) return { v: c.parts(parts, site, args.at(-1)!.line) };
  c.open = true;
  const { interp, dyn } = c;
  const s: Stmt = (f) => {
    const runs = (part: object) => ({ kind: 'stmt', frame: f, run: code.get(part)! }) as const;
    return drive(substParts(interp, parts, dyn ? (f[3] as Frame) : f, runs), f, site);
  };
  return { s, simple: false };
};

/** Each dict is looked at before the next one is read. */
const dictMergeInline: InlineCompiler = (c, args, site, { run }) => {
  if (c.late || c.alone || run === null || args.length < 2) return null;
  const looksAt =
    (instruction: string): PlainHandler =>
    (_, [, d]) => {
      try {
        dictOf(d!);
      } catch (e) {
        throw mark(e, site, null, instruction);
      }
      return d!;
    };
  const call = (words: readonly V[], fn: PlainHandler): V => ({
    k: 'fn',
    args: words,
    make: (vals) => c.n.pureCall(c.interp, fn, 'merge', vals, site, c.dyn),
  });
  return {
    v: call(
      args.map((w, i) => call([c.word(w, site)], looksAt(i === 0 ? 'verifyDict' : 'dictFirst'))),
      run,
    ),
  };
};

/** In a proc the variable is an array before the list is computed, unless its name or an odd list makes it a call. */
const arraySetInline: InlineCompiler = (c, args, site) => {
  const t = args.length === 0 ? null : c.target(args[0]!, site);
  if (t === null || t.key !== null) return null;
  c.slot(t.name);
  const list = args.length === 2 && !c.alone ? constantText(args[1]!) : undefined;
  if (list === undefined || (list !== null && !isEvenList(list))) return null;
  c.open = true;
  const made: V = { k: 'simple', s: c.n.plainCall(c.interp, startArray, t.name, [], site, c.dyn) };
  return c.withOperands([made, c.word(args[1]!, site)], (a) => c.n.plainCall(c.interp, fillArray, t.name, a, site, c.dyn), false);
};

function isEvenList(text: string): boolean {
  try {
    return elements(text).length % 2 === 0;
  } catch {
    return false;
  }
}

/** Where Tcl compiles it, errorCode calls a level by another name. */
const infoLevelInline: InlineCompiler = (c, args, site, { run }) => {
  if (c.late || run === null || args.length !== 1) return null;
  const level: PlainHandler = (...call) => {
    try {
      return run(...call);
    } catch (e) {
      throw e instanceof TclError && e.errorCode?.[2] === 'LEVEL' ? badLevel(str(call[1][1]!), 'STACK_LEVEL') : e;
    }
  };
  return c.withOperands([c.word(args[0]!, site)], (a) => c.n.plainCall(c.interp, level, 'level', a, site, c.dyn), false);
};

/** Of a subcommand: in a safe interpreter Tcl compiles none. */
function unlessSafe(inline: InlineCompiler): InlineCompiler {
  return (c, ...rest) => (c.interp.safe ? null : inline(c, ...rest));
}

const stringLengthInline: InlineCompiler = (c, args, site) => {
  if (args.length !== 1) return null;
  return { v: { k: 'fn', args: [c.word(args[0]!, site)], make: ([s]) => c.n.stringLength(s!) } };
};

const stringIsInline: InlineCompiler = (c, args, site, cmd) => {
  const folded = c.interp.safe ? null : folding(2, 1)(c, args, site, cmd);
  const test = folded === null && args.length > 1 ? classTest(args.slice(0, -1).map(constantText)) : null;
  if (test === null) return folded;
  return { v: { k: 'fn', args: [c.word(args.at(-1)!, site)], make: (vals) => c.n.pureCall(c.interp, test, 'is', vals, site, c.dyn) } };
};

/** `lset var index ?index? value` on a local. */
const lsetInline: InlineCompiler = (c, args, site, cmd) => {
  const { run } = cmd;
  const t = args.length < 2 ? null : c.target(args[0]!, site);
  const slot = t === null || t.key !== null ? -1 : c.slot(t.name);
  if (args.length < 3 || args.length > 4 || run === null) return null;
  if (slot < 0) return null;
  const { name } = t!;
  const words = args.slice(1).map((w) => c.word(w, site));
  return c.withOperands(
    words,
    ([i, j, v]) => c.n.lsetLocal(c.interp, run, slot, name, i!, v === undefined ? null : j!, v ?? j!, site, c.dyn, c.wanted),
    false,
  );
};

/** As Tcl compiles it, which knows one switch, however short: an expression that is not constant is none. */
const regexpInline: InlineCompiler = (c, args, site, { run }) => {
  const flags = args.slice(0, -2).map((w) => constantText(w) ?? '');
  const ended = flags.at(-1) === '--';
  if (ended) flags.pop();
  const made = args.length > 1 && !ended && constantText(args.at(-2)!) === null;
  const short = flags.some((t) => t !== '-nocase');
  if (run === null || !(short || made) || flags.some((t) => t.length < 2 || !'-nocase'.startsWith(t))) return null;
  const words = args.map((w, i): V => (i < flags.length ? { k: 'const', v: '-nocase' } : c.word(w, site)));
  if (made) words.splice(-2, 0, { k: 'const', v: '--' });
  return c.withOperands(words, (vals) => c.n.plainCall(c.interp, run, 'regexp', vals, site, c.dyn), false);
};

/** Computed as it is compiled when its words are constant, where an error in them has no command in its trace. */
function folding(least: number, count: number): InlineCompiler {
  return (c, args, site, { run, row }) => {
    const words = args.slice(0, count).map((w) => constantText(w));
    if (c.late || run === null || args.length < least || args.length > row!.max || words.includes(null)) return null;
    try {
      run(c.interp, ['', ...(words as string[]), ...(count === Infinity ? [] : [''])], c.interp.globalFrame);
      return null;
    } catch (e) {
      return e instanceof LimitError ? null : { s: c.failing(e, site), simple: true };
    }
  };
}

export const INLINE: ReadonlyMap<string, InlineCompiler> = new Map<string, InlineCompiler>([
  ['set', setInline],
  ['incr', incrInline],
  ['append', appendInline],
  ['lappend', lappendInline],
  ['unset', unsetInline],
  ['expr', exprInline],
  ['if', ifInline],
  ['while', whileInline],
  ['for', forInline],
  ['foreach', foreachLike(false)],
  ['lmap', foreachLike(true)],
  ['return', returnInline],
  ['yield', yieldInline],
  ['break', completionInline(3)],
  ['continue', completionInline(4)],
  ['catch', catchInline],
  ['try', tryInline],
  ['error', errorInline],
  ['throw', throwInline],
  ['upvar', upvarInline],
  ['global', linkInline(false)],
  ['variable', linkInline(true)],
  ['lsort', lsortInline],
  ['eval', wordsInline('eval', evalWords)],
  ['uplevel', wordsInline('uplevel', uplevelWords)],
  ['list', listInline],
  ['switch', compileSwitch],
  ['lindex', lindexInline],
  ['llength', llengthInline],
  ['lassign', lassignInline],
  ['lset', lsetInline],
  ['regexp', regexpInline],
  ['subst', substInline],
  ['::tcl::dict::for', dictForInline],
  ['::tcl::dict::map', dictMapInline],
  ...(['set', 'unset', 'incr', 'append', 'lappend'] as const).map((name): [string, InlineCompiler] => [
    `::tcl::dict::${name}`,
    (...call) => dictChangeInline(name, ...call),
  ]),
  ['::tcl::dict::update', dictUpdateInline],
  ['::tcl::dict::with', dictWithInline],
  ['::tcl::dict::merge', unlessSafe(dictMergeInline)],
  ['::tcl::array::set', unlessSafe(arraySetInline)],
  ['::tcl::string::range', unlessSafe(stringRangeInline)],
  ['format', folding(1, Infinity)],
  ['::tcl::string::is', stringIsInline],
  ['::tcl::string::index', stringIndexInline],
  ['::tcl::string::length', stringLengthInline],
  ['::tcl::info::level', unlessSafe(infoLevelInline)],
  ['::tcl::info::exists', infoExistsInline],
]);
