/**
 * What the Safe Base knows of the children of one master, and how one begins. It is kept where safe.tcl keeps it, in an array of the master for each
 * child. Answers to library/safe.tcl; the log says "slave" as that file does.
 */
import type { LogClass } from '../protocol/host.ts';
import { childOf, createChild, makeAlias } from '../tcl/children.ts';
import { callStep, type Step, type Steps } from '../tcl/command.ts';
import { libraryRows } from '../tcl/commands/autoload.ts';
import { fileRows } from '../tcl/commands/files.ts';
import { childCmd } from '../tcl/commands/interps.ts';
import { TclError } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { elements, newDict, newList } from '../tcl/list.ts';
import { joinPath } from '../tcl/paths.ts';
import { EMPTY, type Key, str, type Value } from '../tcl/value.ts';
import { type Vfs, vfsOf } from '../tcl/vfs.ts';
import type { SafeOptions } from './safe-options.ts';

/** Where the library is in the master's file system; token 0 in every child. */
export const LIBRARY = '/lib/tcl8.6';

/** Under which a master keeps its own (`Interp.assoc`). */
export const SAFE_BASE = Symbol('safe base');

export type SafeLog = (child: string, message: string, kind: LogClass) => void;

export function token(n: number): string {
  return `$p(:${n}:)`;
}

/** What is kept of a child, under the names of the elements of its array. */
const FIELDS = {
  path: 'access_path',
  norm: 'access_path,norm',
  tokens: 'access_path,slave',
  map: 'access_path,map',
  remap: 'access_path,remap',
  modules: 'tm_path_slave',
  statics: 'staticsok',
  nested: 'nestedok',
  hook: 'cleanupHook',
} as const;

const ALIASES = { source: 'AliasSource', load: 'AliasLoad', encoding: 'AliasEncoding', exit: 'interpDelete', glob: 'AliasGlob' } as const;
const NAME_PARTS = ['dirname', 'extension', 'rootname', 'tail'];
/** Parts of `file` that look at files: those that are not safe. */
const UNSAFE_PARTS = (fileRows.find((row) => row.name === 'file')?.sub ?? [])
  .filter((row) => 'min' in row && row.safe !== true && !NAME_PARTS.includes(row.name))
  .map((row) => row.name);

/** The children of one master; `name` is always a child's path. */
export class SafeChildren {
  readonly master: TclInterp;
  readonly vfs: Vfs;
  /** Command prefix of `::safe::setLogCmd`. */
  logCmd: Value = EMPTY;
  /** Number of the next command that puts a child back (`::safe::Snapshot`). */
  nextRestore = 0;
  private readonly sink: SafeLog;

  /** `sink` hears every event. */
  constructor(master: TclInterp, sink: SafeLog) {
    this.master = master;
    this.vfs = vfsOf(master);
    this.sink = sink;
  }

  log(name: string, message: string, kind: LogClass = 'ERROR'): void {
    this.sink(name, message, kind);
    if (str(this.logCmd) !== '') this.master.callNow([...elements(this.logCmd), `${kind} for slave ${name} : ${message}`]);
  }

  refuse(name: string, truth: string, heard = truth, code: readonly string[] | null = null): TclError {
    this.log(name, truth);
    return new TclError(heard, code);
  }

  get(name: string, field: keyof typeof FIELDS): Value {
    return this.master.getVar(`${arrayOf(name)}(${FIELDS[field]})`) ?? EMPTY;
  }

  list(name: string, field: keyof typeof FIELDS): string[] {
    return elements(this.get(name, field)).map(str);
  }

  set(name: string, field: keyof typeof FIELDS, value: Value): void {
    this.master.setVar(`${arrayOf(name)}(${FIELDS[field]})`, value);
  }

  manages(name: string): boolean {
    return this.master.varExists(arrayOf(name));
  }

  find(name: string): TclInterp | null {
    try {
      return childOf(this.master, name);
    } catch (e) {
      if (e instanceof TclError && !('owner' in e)) return null;
      throw e;
    }
  }

  managed(name: string): TclInterp {
    const child = this.manages(name) ? this.find(name) : null;
    if (child === null) throw new TclError(`"${name}" is not an interpreter managed by ::safe::`);
    return child;
  }

  /** Makes a safe child that reads the library, and gives it the aliases. Throws Tcl's errors about the name. */
  create(name: string): TclInterp {
    const step = this.createSteps(name, {}).next();
    if (!step.done) throw new Error('invariant: the library itself is there at once');
    return childOf(this.master, name);
  }

  /** The same, for a script. */
  *createSteps(given: string, options: SafeOptions): Generator<Step, Value, Value> {
    checkColons(given);
    const name = given === '' ? this.freeName() : given;
    createChild(this.master, name, true, childCmd);
    this.log(name, 'Created', 'NOTICE');
    return yield* this.init(name, options);
  }

  private freeName(): string {
    for (let i = 0; ; i++) if (this.master.findCommand(`interp${i}`) === null) return `interp${i}`;
  }

  *init(name: string, options: SafeOptions): Generator<Step, Value, Value> {
    const child = childOf(this.master, name);
    this.configure(name, options.accessPath ?? [], options.statics ?? true, options.nested ?? false, options.deleteHook ?? EMPTY);
    for (const [command, target] of Object.entries(ALIASES)) makeAlias(child, command, this.master, [`::safe::${target}`, name]);
    child.exposeCommand('file');
    for (const part of NAME_PARTS) makeAlias(child, `::tcl::file::${part}`, this.master, ['::safe::AliasFileSubcommand', name, part]);
    for (const part of UNSAFE_PARTS) makeAlias(child, `::tcl::file::${part}`, this.master, ['::safe::BadSubcommand', name, 'file', part]);
    makeAlias(child, '::tcl::info::nameofexecutable', this.master, ['::safe::AliasExeName', name]);
    if (this.vfs.normalize(this.list(name, 'path')[0] ?? '') === LIBRARY) {
      child.addRows(libraryRows);
      // Procs of the library.
      for (const name of ['min', 'max']) child.unlistAlias(`::tcl::mathfunc::${name}`);
    } else {
      for (const file of ['init.tcl', 'tm.tcl']) yield* this.sourceFirst(child, name, file);
    }
    child.makeNamespace('::tcl::tm', child.globalNs);
    child.setVar('::tcl::tm::paths', this.get(name, 'modules'));
    return name;
  }

  /** A library of the user's own. */
  private *sourceFirst(child: TclInterp, name: string, file: string): Generator<Step, void, Value> {
    try {
      yield callStep(child.globalFrame, ['source', `${token(0)}/${file}`], child);
    } catch (e) {
      if (!(e instanceof TclError) || 'owner' in e) throw e;
      this.log(name, `can't source ${file} (${e.message})`);
      throw new TclError(`can't source ${file} into slave ${name} (${e.message})`, e.errorCode);
    }
  }

  /** An empty path: the master's auto_path, the library first, and one level of folders below each. The folders of modules are added. */
  configure(name: string, given: readonly string[], statics: boolean, nested: boolean, hook: Value): void {
    const path = given.length > 0 ? [...given] : this.defaultPath(name);
    const settings = `staticsok=${Number(statics)} nestedok=${Number(nested)} deletehook=(${str(hook)})`;
    this.log(name, `Setting accessPath=(${str(newList(path))}) ${settings}`, 'NOTICE');
    const modules = new Set(elements(this.master.getVar('::tcl::tm::paths') ?? EMPTY).map(str));
    const moduleTokens: string[] = [];
    const visit = (dir: string, top: boolean): void => {
      const known = path.indexOf(dir);
      if (top) moduleTokens.push(token(known >= 0 ? known : path.length));
      if (known < 0) path.push(dir);
    };
    // Names of modules may have folders in them.
    for (let level = [...modules], top = true; level.length > 0; top = false) {
      const fresh = level.filter((dir) => !path.includes(dir));
      for (const dir of level) visit(dir, top);
      level = fresh.flatMap((dir) => this.subFolders(dir));
    }
    this.setPath(name, path);
    this.set(name, 'modules', newList(moduleTokens));
    this.set(name, 'statics', Number(statics));
    this.set(name, 'nested', Number(nested));
    this.set(name, 'hook', hook);
    this.sync(name);
  }

  private defaultPath(name: string): string[] {
    const library = str(this.master.readVar('tcl_library'));
    const path = elements(this.master.readVar('auto_path')).map(str);
    const where = path.indexOf(library);
    if (where < 0) this.log(name, "tcl_library was not in auto_path, added it to slave's access_path", 'NOTICE');
    else if (where > 0) this.log(name, "tcl_libray was not in first in auto_path, moved it to front of slave's access_path", 'NOTICE');
    return this.withSubFolders([library, ...path.filter((dir) => dir !== library)]);
  }

  isFolder(dir: string): boolean {
    return this.vfs.peek(dir)?.kind === 'directory';
  }

  subFolders(dir: string): string[] {
    const node = this.vfs.peek(dir);
    if (node?.kind !== 'directory') return [];
    return [...node.entries.keys()].map((entry) => joinPath([dir, entry])).filter((dir) => this.isFolder(dir));
  }

  private withSubFolders(path: readonly string[]): string[] {
    return [...new Set(path.filter((dir) => this.isFolder(dir)).flatMap((dir) => [dir, ...this.subFolders(dir)]))];
  }

  setPath(name: string, path: readonly string[]): void {
    const tokens = path.map((_, n) => token(n));
    this.set(name, 'path', newList([...path]));
    this.set(name, 'norm', newList(path.map((dir) => this.vfs.normalize(dir))));
    this.set(name, 'tokens', newList(tokens));
    this.set(name, 'map', newDict(new Map<Key, Value>(tokens.map((t, n) => [t, path[n]!]))));
    this.set(name, 'remap', newDict(new Map<Key, Value>(path.map((dir, n) => [dir, tokens[n]!]))));
  }

  /** The child hears of its path. */
  sync(name: string): void {
    const child = childOf(this.master, name);
    const tokens = this.get(name, 'tokens');
    child.setVar('auto_path', str(tokens));
    this.log(name, `auto_path in ${name} has been set to ${str(tokens)}`, 'NOTICE');
    child.setVar('tcl_library', token(0));
  }

  /** Deletes a child, its hook called first; the rest of its script does not run. */
  *delete(name: string): Steps {
    this.log(name, 'About to delete', 'NOTICE');
    const child = childOf(this.master, name);
    // Those below go by the same way, or what is known of them would stay.
    for (const sub of [...child.children.keys()]) {
      const path = str(newList([...elements(name), sub]));
      if (this.manages(path)) yield* this.delete(path);
    }
    const hook = this.get(name, 'hook');
    if (str(hook) !== '') {
      // The hook may come back here.
      this.set(name, 'hook', EMPTY);
      try {
        yield callStep(this.master.globalFrame, [...elements(hook), name], this.master);
      } catch (e) {
        if (!(e instanceof TclError) || 'owner' in e) throw e;
        this.log(name, `Delete hook error (${e.message})`);
      }
    }
    this.master.unsetVar(arrayOf(name), this.master.globalFrame, true);
    if (child.deleted) return EMPTY;
    child.delete();
    this.log(name, 'Deleted', 'NOTICE');
    return EMPTY;
  }
}

function arrayOf(name: string): string {
  return `::safe::S${name.replace(/::/g, '@N').replace(/@(?!N)/g, '@A')}`;
}

export function checkColons(name: string): void {
  const plain = name.replace(/:{2,}/g, '::');
  if (plain.endsWith('::')) throw new TclError('interpreter name must not end in "::"');
  if (plain !== name) throw new TclError('interpreter name has excess colons in namespace separators');
  if (name.startsWith('::')) throw new TclError('interpreter name must not begin "::"');
}
