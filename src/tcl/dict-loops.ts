/**
 * `dict for` and `dict map`, `dict update` and `dict with` in a proc, where their words are constant, and what changes a dict in a local:
 * compiled in line as Tcl does (TclCompileDictForCmd and its like in tclCompCmds.c). Elsewhere they are generators, and commands (commands/dicts.ts).
 */
import { BREAK, CONTINUE, type PlainHandler } from './command.ts';
import {
  type DictChange,
  type DictChanger,
  dictChange,
  dictGetPath,
  ENTRY_BYTES,
  pathExists,
  reading,
  withEntries,
} from './commands/dicts.ts';
import type { Compiled, Compiler, InlineCompiler } from './compiler.ts';
import { type CommandSite, TclError } from './errors.ts';
import { type Frame, unitOf } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { readConstant } from './ir.ts';
import { dictOf, elements, newDict } from './list.ts';
import type { Setter } from './nodes.ts';
import type { Word } from './parser.ts';
import { type Cell, capture, R, SUSPENDED } from './regs.ts';
import { addInfo, asTclError, mark, mustPause } from './run.ts';
import type { Stmt, Val } from './unit.ts';
import { type Key, keyOf, lend, share, str, type TclDict, type Value } from './value.ts';
import { splitName, Var } from './variables.ts';

interface LoopNode {
  readonly interp: TclInterp;
  readonly dict: Val;
  readonly keyName: string;
  readonly setKey: Setter;
  readonly setValue: Setter;
  readonly body: Stmt;
  /** `dict map`. */
  readonly collect: boolean;
  /** The result of `dict map` after a `break`, where Tcl does not compile it. */
  readonly broken: Value | null;
  readonly site: CommandSite;
  /** The words of the call but for the dict, for the error stack. */
  readonly words: readonly [string, string, string];
}

interface LoopState {
  /** What the body changes of it is a copy. */
  readonly dict: TclDict;
  readonly entries: Iterator<readonly [Key, Value]>;
  readonly out: TclDict | null;
}

export const dictForInline: InlineCompiler = (c, args, site, cmd) => compileLoop(c, args, site, cmd.name, false);

export const dictMapInline: InlineCompiler = (c, args, site, cmd) => compileLoop(c, args, site, cmd.name, true);

function compileLoop(c: Compiler, args: readonly Word[], site: CommandSite, name: string, collect: boolean): Compiled | null {
  const names = args.length === 3 ? constantNames(c.constant(args[0]!)) : null;
  if (names?.length !== 2 || c.late || c.dyn) return null;
  const apart = isApart(c);
  const [key = '', value = ''] = names;
  const slots = names.map((local) => slotOf(c, local, apart));
  if (slots.some((slot) => slot < 0)) return null;
  const dict = readConstant(c.word(args[1]!, site), dictOf);
  const label = collect ? '"dict map" body' : '"dict for" body';
  const body = c.withResult(collect, () => c.body(args[2]!, site, apart ? label : '', true, apart));
  if (body === null) return null;
  c.open = true;
  const setKey = c.n.setterLocal(slots[0]!, key, site);
  const setValue = c.n.setterLocal(slots[1]!, value, site);
  const words = [name, c.constant(args[0]!)!, c.constant(args[2]!)!] as const;
  const broken = apart ? '' : null;
  const node = { interp: c.interp, keyName: key, setKey, setValue, body, collect, broken, site, words };
  return c.withOperands([dict], ([d]) => dictLoop({ ...node, dict: d! }), true, false);
}

/** `dict set` and its like: a local of a proc with a plain value has no traces, and is found where it is. */
export function dictChangeInline(name: DictChanger, ...[c, args, site, cmd]: Parameters<InlineCompiler>): Compiled | null {
  site.replaced = !c.late && !c.single && !c.interp.safe;
  const { row, run } = cmd;
  if (c.late || c.dyn || row === null || run === null || args.length < row.min || args.length > row.max) return null;
  const variable = c.constant(args[0]!) ?? '';
  const slot = slotOf(c, variable, isApart(c));
  if (slot < 0) return null;
  c.open = true;
  const node = { interp: c.interp, word: cmd.name, variable, slot, change: dictChange(name), run, site };
  return c.withOperands(
    args.slice(1).map((w) => c.word(w, site)),
    (vals) => changeLocal({ ...node, vals }),
    false,
  );
}

interface ChangeNode {
  readonly interp: TclInterp;
  readonly word: string;
  readonly variable: string;
  readonly slot: number;
  readonly change: DictChange;
  /** The same by the variable's name. */
  readonly run: PlainHandler;
  readonly vals: readonly Val[];
  readonly site: CommandSite;
}

function changeLocal({ interp, word, variable, slot, change, run, vals, site }: ChangeNode): Stmt {
  return (f) => {
    const words: Value[] = [word, variable];
    for (let i = 0; i < vals.length; i++) words.push(vals[i]!(f));
    const old = f[slot];
    try {
      if (old instanceof Var) R.result = run(interp, words, f);
      else R.result = f[slot] = change(interp, old as Value | undefined, words);
      return 0;
    } catch (e) {
      throw mark(e, site, words);
    }
  };
}

/** Where Tcl does not compile subcommands: in safe interpreters, and in scripts that are evaluated. */
function isApart(c: Compiler): boolean {
  return c.interp.safe || c.evaluated;
}

/** -1 for what is no scalar of the proc. */
function slotOf(c: Compiler, name: string, apart: boolean): number {
  if (name === '' || splitName(name)[1] !== null) return -1;
  return apart ? c.evaluatedSlot(name) : c.slot(name);
}

function constantNames(text: string | null): string[] | null {
  try {
    return text === null ? null : elements(text).map(str);
  } catch (e) {
    if (e instanceof TclError) return null;
    throw e;
  }
}

function dictLoop(node: LoopNode): Stmt {
  return (f) => {
    const v = node.dict(f);
    let dict: TclDict;
    try {
      dict = dictOf(v);
    } catch (e) {
      throw failed(node, v, e);
    }
    dict.readers++;
    return goOn(node, f, { dict, entries: dict.inOrder()[Symbol.iterator](), out: node.collect ? newDict() : null }, 0, false);
  };
}

/** From the end of a round, or from before one. */
function goOn(node: LoopNode, f: Frame, s: LoopState, code: number, entered: boolean): number {
  const { body, setKey, setValue, site } = node;
  try {
    for (let c = code, ended = entered; ; ended = true) {
      if (ended) {
        if (c === 0) {
          if (s.out !== null) keepRound(node, f, s.out);
        } else if (c !== CONTINUE) {
          s.dict.readers--;
          if (c !== BREAK) return c;
          R.result = node.broken ?? s.out ?? '';
          return 0;
        }
        if (--R.fuel < 0 && mustPause(f, site)) return capture(nextGo, node, f, s, loopFail);
      }
      const next = s.entries.next();
      if (next.done === true) {
        s.dict.readers--;
        break;
      }
      setKey(f, next.value[0]);
      setValue(f, share(next.value[1]));
      c = body(f);
      if (c === SUSPENDED) return capture(roundGo, node, f, s, loopFail);
    }
  } catch (e) {
    s.dict.readers--;
    throw failed(node, s.dict, e);
  }
  R.result = s.out ?? '';
  return 0;
}

function roundGo(cell: Cell, c: number): number {
  return goOn(cell.node as LoopNode, cell.f, cell.state as LoopState, c, true);
}

/** After a pause between two rounds. */
function nextGo(cell: Cell): number {
  return goOn(cell.node as LoopNode, cell.f, cell.state as LoopState, 0, false);
}

function loopFail(cell: Cell, e: unknown): number {
  const { dict } = cell.state as LoopState;
  dict.readers--;
  throw failed(cell.node as LoopNode, dict, e);
}

function failed({ site, words: [name, names, body] }: LoopNode, dict: Value, e: unknown): unknown {
  return mark(e, site, [name, names, dict, body]);
}

/** The body may have given the key variable another value. */
function keepRound({ interp, keyName }: LoopNode, f: Frame, out: TclDict): void {
  const result = share(R.result);
  interp.budget.allocate(ENTRY_BYTES);
  out.m.set(keyOf(interp.readVar(keyName, f)), result);
}

// --- update and with --------------------------------------------------------------------------------------------------------

/** An entry of a dict and the variable that stands for it; `slot` is -1 where that is no local scalar with a place of its own. */
interface Entry {
  readonly key: Key;
  readonly name: string;
  readonly slot: number;
}

interface BodyNode {
  readonly interp: TclInterp;
  /** Of the variable that holds the dict, if it is a local. */
  readonly slot: number;
  readonly body: Stmt;
  readonly site: CommandSite;
  /** What errors in the body are told to be in, where Tcl does not compile it; the instruction that writes back, where it does. */
  readonly label: string | null;
  readonly instruction: string | null;
}

interface BodyState {
  /** The words of the call, for the error stack. */
  readonly words: readonly Value[];
  readonly path: readonly Value[];
  readonly entries: readonly Entry[];
}

export const dictUpdateInline: InlineCompiler = (c, args, site, cmd) => {
  if (c.late || c.dyn || args.length < 4 || args.length % 2 !== 0) return null;
  const local = (w: Word): Entry => {
    const name = c.constant(w) ?? '';
    return { key: '', name, slot: slotOf(c, name, isApart(c)) };
  };
  const dict = local(args[0]!);
  const variables = args.slice(1, -1).filter((_, i) => i % 2 === 1);
  const entries = variables.map(local);
  if (dict.slot < 0 || entries.some(({ slot }) => slot < 0)) return null;
  return bodyInline(c, dict.slot, args, site, cmd.name, 'dict update', 'dictUpdateEnd', (node, f, words) => {
    const { interp } = node;
    const now = dictOf(readOf(node, f, dict) ?? interp.readVar(dict.name, f));
    return {
      words,
      path: [],
      entries: reading(now, () =>
        entries.map(({ name, slot }, i) => {
          const entry = { key: keyOf(words[2 * i + 2]!), name, slot };
          const v = now.m.get(entry.key);
          if (v !== undefined) writeTo(node, f, entry, lend(v));
          else interp.unsetVar(name, f, true);
          return entry;
        }),
      ),
    };
  });
};

export const dictWithInline: InlineCompiler = (c, args, site, cmd) => {
  if (c.late || c.dyn || args.length < 2) return null;
  const name = c.constant(args[0]!);
  const slot = name === null ? -1 : slotOf(c, name, isApart(c));
  if (slot < 0 && isApart(c)) return null;
  const instruction = slot < 0 ? 'dictRecombineStk' : 'dictRecombineImm';
  return bodyInline(c, slot, args, site, cmd.name, 'dict with', instruction, (node, f, words) => {
    const { interp } = node;
    const path = words.slice(2, -1);
    const dict = dictVar(node, words);
    const whole = readOf(node, f, dict) ?? interp.readVar(dict.name, f);
    const now = dictOf(path.length === 0 ? whole : dictGetPath(whole, path));
    const { slots } = unitOf(f);
    const entries: Entry[] = [];
    reading(now, () => {
      for (const [key, v] of now.m) {
        interp.budget.charge(4);
        const entry = { key, name: str(key), slot: slots.get(str(key)) ?? -1 };
        writeTo(node, f, entry, lend(v));
        entries.push(entry);
      }
    });
    return { words, path, entries };
  });
};

/** `open` sets the variables; when the body has ended, however it did, they are written back. */
function bodyInline(
  c: Compiler,
  slot: number,
  args: readonly Word[],
  site: CommandSite,
  name: string,
  label: string,
  instruction: string,
  open: (node: BodyNode, f: Frame, words: readonly Value[]) => BodyState,
): Compiled | null {
  const apart = isApart(c);
  const body = c.guarded(() => c.withResult(true, () => c.body(args.at(-1)!, site, apart ? null : '', true, apart)));
  if (body === null) return null;
  c.open = true;
  const node: BodyNode = { interp: c.interp, slot, body, site, label: apart ? label : null, instruction: apart ? null : instruction };
  return c.withOperands(
    args.map((w) => c.word(w, site)),
    (vals) => (f) => {
      const words: Value[] = [name];
      for (let i = 0; i < vals.length; i++) words.push(vals[i]!(f));
      let s: BodyState;
      try {
        s = open(node, f, words);
      } catch (e) {
        throw mark(e, site, words);
      }
      const { level } = R;
      let code: number;
      try {
        code = body(f);
      } catch (e) {
        R.level = level;
        return bodyFailed(node, f, s, e);
      }
      if (code === SUSPENDED) return capture(bodyGo, node, f, s, bodyFail, level);
      return ended(node, f, s, code);
    },
    true,
    false,
  );
}

function bodyGo(cell: Cell, c: number): number {
  R.level = cell.level;
  return ended(cell.node as BodyNode, cell.f, cell.state as BodyState, c);
}

function bodyFail(cell: Cell, e: unknown): number {
  R.level = cell.level;
  return bodyFailed(cell.node as BodyNode, cell.f, cell.state as BodyState, e);
}

function bodyFailed(node: BodyNode, f: Frame, s: BodyState, thrown: unknown): never {
  const e = asTclError(thrown);
  if (e instanceof TclError && node.label !== null) addInfo(e, `\n    (body of "${node.label}")`);
  writeBack(node, f, s);
  throw mark(e, node.site, s.words);
}

function ended(node: BodyNode, f: Frame, s: BodyState, c: number): number {
  const result = lend(R.result);
  const { ret } = R;
  writeBack(node, f, s);
  R.result = result;
  R.ret = ret;
  return c;
}

/** What fails here takes the place of what the body ended with. */
function writeBack(node: BodyNode, f: Frame, { words, path, entries }: BodyState): void {
  const { site, instruction } = node;
  const dict = dictVar(node, words);
  try {
    const now = readOf(node, f, dict);
    if (now === undefined || !pathExists(now, path)) return;
    const values = reading(dictOf(now), () => entries.map((entry) => readOf(node, f, entry)));
    writeTo(node, f, dict, withEntries(now, path, entries, values));
  } catch (e) {
    throw mark(e, site, instruction === null ? words : null, instruction);
  }
}

function dictVar({ slot }: BodyNode, words: readonly Value[]): Entry {
  return { key: '', name: str(words[1]!), slot };
}

/** A variable's value; undefined when it has none. */
function readOf({ interp }: BodyNode, f: Frame, { name, slot }: Entry): Value | undefined {
  const v = slot < 0 ? null : f[slot];
  return v === null || v instanceof Var ? interp.getVar(name, f) : (v as Value | undefined);
}

function writeTo({ interp }: BodyNode, f: Frame, { name, slot }: Entry, v: Value): void {
  if (slot < 0 || f[slot] instanceof Var) interp.setVar(name, v, f);
  else f[slot] = v;
}
