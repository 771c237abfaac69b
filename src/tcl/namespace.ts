/** Namespaces and the commands and variables in them; name resolution is in interp.ts. Answers to tclNamesp.c. */

import type { Command, PlainHandler, RowBase, ScriptHandler } from './command.ts';
import type { InlineCompiler } from './compiler.ts';
import type { CommandSite } from './errors.ts';
import type { Frame } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { ownName } from './kept.ts';
import { formatList } from './list-format.ts';
import { R } from './regs.ts';
import type { Rewrite } from './rewrite.ts';
import type { Unit } from './unit.ts';
import { str, type Value } from './value.ts';
import { VAR_BYTES, Var } from './variables.ts';

/** Where a body begins. */
export interface Place {
  /** Null for one that stands in no file. */
  readonly file: Value | null;
  readonly line: number;
  /** The body, and the places in it where lines that went on were joined, which count as lines. */
  readonly text: string;
  readonly joins: readonly number[];
}

/** How often a proc must be found running when fuel had run out (budget.ts, FUEL) to be hot: some milliseconds. */
export const HOT = 40;

/** Parameters and body of a proc; the compiled unit is made at its first call. */
export interface Proc {
  readonly params: readonly Param[];
  /** Fewest and most arguments; Infinity with `args`. */
  readonly min: number;
  readonly max: number;
  readonly body: Value;
  /** The file it was defined in. */
  place: Place | null;
  unit: Unit | null;
  /** A term of `apply`. */
  readonly lambda: boolean;
  /** How often it was found running when fuel had run out, to find procs worth a copy of the node library (node-copies.ts). */
  heat: number;
}

export interface Param {
  readonly name: string;
  readonly fallback: Value | undefined;
}

/** The ensemble configuration of a command (namespace.n, ENSEMBLES). */
export interface Ensemble {
  ns: Namespace;
  /** Subcommand to command prefix; null: the exports of the namespace. */
  map: Map<string, readonly Value[]> | null;
  subcommands: readonly string[] | null;
  prefixes: boolean;
  unknown: readonly Value[];
  parameters: readonly string[];
  mapOrder?: readonly string[];
}

export interface Alias {
  readonly target: TclInterp;
  readonly prefix: readonly Value[];
  /** Name it was created under, its token. */
  readonly token: string;
}

export interface CommandTrace {
  readonly ops: readonly string[];
  readonly command: Value;
  /** Its script runs: it does not trace itself. */
  running?: boolean;
}

/** A command that is called as compiled code is: returns a completion code, and captures for itself. The caller marks errors with `site`. */
export type DirectHandler = (words: readonly Value[], vf: Frame, site: CommandSite, rewrite: Rewrite | null) => number;

export class Cmd implements Command {
  name: string;
  ns: Namespace;
  readonly interp: TclInterp;
  deleted = false;
  run: PlainHandler | null = null;
  script: ScriptHandler | null = null;
  direct: DirectHandler | null = null;
  /** Arity and usage of a builtin; null when the handler checks its own words. */
  row: Pick<RowBase, 'name' | 'min' | 'max' | 'usage' | 'pure' | 'list' | 'changes'> | null = null;
  proc: Proc | null = null;
  /** Compiles a call of it in line. */
  inline: InlineCompiler | null = null;
  ensemble: Ensemble | null = null;
  alias: Alias | null = null;
  /** The command this one was imported from. */
  origin: Cmd | null = null;
  imports: Set<Cmd> | null = null;
  traces: CommandTrace[] | null = null;
  hidden = false;
  data: unknown = null;
  onDelete: (() => void) | null = null;

  constructor(interp: TclInterp, ns: Namespace, name: string) {
    this.interp = interp;
    this.ns = ns;
    this.name = name;
  }

  get fullName(): string {
    return this.ns.parent === null ? `::${this.name}` : `${this.ns.fullName}::${this.name}`;
  }
}

export class Namespace {
  readonly name: string;
  readonly parent: Namespace | null;
  readonly interp: TclInterp;
  readonly children = new Map<string, Namespace>();
  /** The commands that are made, for the census: who looks for one uses `cmds`. */
  readonly table = new Map<string, Cmd>();
  /** Puts in the commands when first one is looked for; null: they are there. */
  fill: (() => void) | null = null;
  readonly vars = new Map<string, Var>();
  exports: string[] = [];
  path: Namespace[] = [];
  /** Command prefix of `namespace unknown`; null for the default. */
  unknown: Value | null = null;
  deleted = false;
  /** Frames now running in it: a namespace deleted meanwhile keeps its contents until they end. */
  active = 0;
  /** Deleted, but for its contents. */
  dying = false;
  /** Its contents are going: their traces may still find them by their names. */
  emptied = false;
  /** Of this namespace, and deleted before anything in it. */
  ensembles: Set<Cmd> | null = null;
  /** Called first of all when it is deleted. */
  onDelete: (() => void) | null = null;
  /** Stands for all namespaces that find the same commands as this one, which has none of its own but `my`; null for most. */
  kin: Namespace | null = null;
  /** Grows when a variable in the table is replaced by a link. */
  links = 0;
  readonly id: number;

  constructor(interp: TclInterp, name: string, parent: Namespace | null) {
    this.interp = interp;
    this.name = name;
    this.parent = parent;
    this.id = interp.nextNamespaceId++;
    R.grown += 1000 + 2 * name.length;
  }

  get cmds(): Map<string, Cmd> {
    const { fill } = this;
    if (fill !== null) {
      this.fill = null;
      fill();
    }
    return this.table;
  }

  get fullName(): string {
    let name = '';
    for (let ns: Namespace = this; ns.parent !== null; ns = ns.parent) name = `::${ns.name}${name}`;
    return name === '' ? '::' : name;
  }

  makeVar(name: string): Var {
    const v = new Var();
    v.ns = this;
    v.name = ownName(name);
    R.grown += VAR_BYTES + 2 * name.length;
    this.vars.set(v.name, v);
    return v;
  }
}

/** A trace's script: its command with words behind it, as text, so that it may be more than one command. */
export function traceScript(command: Value, words: readonly Value[]): string {
  return `${str(command)} ${formatList([...words])}`;
}
