/**
 * The Safe Base: safe interpreters that may read the script library through tokens, and a few unsafe commands back as aliases that refuse what is
 * dangerous. Every refusal speaks twice: a short text to the child, the truth to the log. Auto-loading and packages in the child are not
 * here yet. Answers to library/safe.tcl and safe.n; the log says "slave" as that file does.
 */

import type { LogClass } from '../protocol/host.ts';
import type { CommandRow, Interp, PlainHandler, ScriptHandler } from '../tcl/command.ts';
import { callStep } from '../tcl/command.ts';
import { encodingRows } from '../tcl/commands/encodings.ts';
import { fileRows, scriptText, sourceText } from '../tcl/commands/files.ts';
import { globFiles, globRequest } from '../tcl/commands/globbing.ts';
import { lookup, TclError, wrongArgs } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { elements, newList } from '../tcl/list.ts';
import { boolOf } from '../tcl/number.ts';
import { dirname, extension, rootname, tail } from '../tcl/paths.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import { vfsOf } from '../tcl/vfs.ts';
import { makeSafeInterp } from './safe-interp.ts';

/** What the Safe Base knows of one child. */
interface State {
  readonly interp: TclInterp;
  accessPath: readonly string[];
  statics: boolean;
  nested: boolean;
  deleteHook: Value;
}

/** Where the library is in the master's file system; token 0 in every child. */
export const LIBRARY = '/lib/tcl8.6';

export type SafeLog = (child: string, message: string, kind: LogClass) => void;

export function token(n: number): string {
  return `$p(:${n}:)`;
}

export class SafeBase {
  readonly master: TclInterp;
  private readonly states = new Map<string, State>();
  private readonly sink: SafeLog;
  private nextName = 0;

  /** `sink` hears every event; what `setLogCmd` names hears it too. */
  constructor(master: TclInterp, sink: SafeLog) {
    this.master = master;
    this.sink = sink;
    vfsOf(master).mount(LIBRARY, []);
    master.setVar('tcl_library', LIBRARY);
    master.setVar('auto_path', newList([LIBRARY, '/lib']));
    master.addRows(this.rows());
  }

  private log(name: string, message: string, kind: LogClass = 'ERROR'): void {
    this.sink(name, message, kind);
  }

  private refuse(name: string, truth: string, heard: string, code: readonly string[] | null = null): TclError {
    this.log(name, truth);
    return new TclError(heard, code);
  }

  // ---- The API

  /** Makes a safe child and gives it the aliases. Throws Tcl's errors about the name. */
  create(name: string, options: SafeOptions = {}): TclInterp {
    checkColons(name);
    const given = name === '' ? this.freeName() : name;
    if (this.master.children.has(given)) throw new TclError(`interpreter named "${given}" already exists, cannot create`);
    const child = makeSafeInterp(this.master, given);
    this.log(given, 'Created', 'NOTICE');
    this.init(child, options);
    return child;
  }

  private freeName(): string {
    let name: string;
    do name = `interp${this.nextName++}`;
    while (this.master.children.has(name));
    return name;
  }

  init(child: TclInterp, options: SafeOptions): void {
    this.configure(child, options);
    for (const [name, handler] of Object.entries(this.aliases(child.name))) child.createCommand(name, handler);
    this.exposeFile(child);
    quiet(child);
  }

  private configure(child: TclInterp, options: SafeOptions): void {
    const accessPath = options.accessPath !== undefined && options.accessPath.length > 0 ? options.accessPath : this.defaultPath();
    const state: State = {
      interp: child,
      accessPath,
      statics: options.statics ?? true,
      nested: options.nested ?? false,
      deleteHook: options.deleteHook ?? EMPTY,
    };
    this.states.set(child.name, state);
    this.log(
      child.name,
      `Setting accessPath=(${accessPath.join(' ')}) staticsok=${Number(state.statics)} nestedok=${Number(state.nested)} deletehook=(${str(state.deleteHook)})`,
      'NOTICE',
    );
    const tokens = newList(accessPath.map((_, n) => token(n)));
    child.setVar('auto_path', tokens);
    child.setVar('tcl_library', token(0));
    this.log(child.name, `auto_path in ${child.name} has been set to ${str(tokens)}`, 'NOTICE');
  }

  /** The master's auto_path, the library first, and one level of folders below each. */
  private defaultPath(): string[] {
    const vfs = vfsOf(this.master);
    const path = [LIBRARY, ...elements(this.master.readVar('auto_path')).map(str)];
    const out = new Set<string>();
    for (const dir of path) {
      const node = vfs.peek(dir);
      if (node?.kind !== 'directory') continue;
      out.add(dir);
      for (const [name, sub] of node.entries) if (sub.kind === 'directory') out.add(`${dir}/${name}`);
    }
    return [...out];
  }

  /** Deletes a child, its hook called first; the rest of its script does not run. */
  *delete(name: string): ReturnType<ScriptHandler> {
    const child = this.master.children.get(name);
    this.log(name, 'About to delete', 'NOTICE');
    const hook = this.states.get(name)?.deleteHook ?? EMPTY;
    this.states.delete(name);
    if (str(hook) !== '') {
      try {
        yield callStep(this.master.globalFrame, [...elements(hook), name], this.master);
      } catch (e) {
        if (!(e instanceof TclError) || 'owner' in e) throw e;
        this.log(name, `Delete hook error (${e.message})`);
      }
    }
    if (child !== undefined) {
      child.delete();
      this.log(name, 'Deleted', 'NOTICE');
    }
    return EMPTY;
  }

  private stateOf(name: string): State {
    const state = this.states.get(name);
    if (state === undefined || state.interp.deleted) throw new TclError(`"${name}" is not an interpreter managed by ::safe::`);
    return state;
  }

  private rows(): CommandRow[] {
    const child = (args: readonly Value[]): string => str(args[1]!);
    const row = (name: string, min: number, max: number, usage: string, run: (args: readonly Value[]) => Value): CommandRow => ({
      name: `::safe::${name}`,
      min,
      max,
      usage,
      run: (_interp, args) => run(args),
    });
    return [
      row('interpCreate', 0, Infinity, '?slave? ?options?', (args) => {
        const named = args.length > 1 && !child(args).startsWith('-');
        return this.create(named ? child(args) : '', parseOptions(args.slice(named ? 2 : 1))).name;
      }),
      row('interpInit', 1, Infinity, 'slave ?options?', (args) => {
        const there = this.master.children.get(child(args));
        if (there === undefined) throw new TclError(`"${child(args)}" is not an interpreter`);
        checkColons(child(args));
        this.init(there, parseOptions(args.slice(2)));
        return child(args);
      }),
      row('interpConfigure', 1, Infinity, 'slave ?options?', (args) => this.configureCmd(child(args), args.slice(2))),
      row('interpAddToAccessPath', 2, 2, 'child path', (args) => this.addToPath(this.stateOf(child(args)), str(args[2]!))),
      row('interpFindInAccessPath', 2, 2, 'child path', (args) => {
        const n = this.stateOf(child(args)).accessPath.indexOf(str(args[2]!));
        if (n < 0) throw new TclError(`${str(args[2]!)} not found in access path`);
        return token(n);
      }),
      { name: '::safe::interpDelete', min: 1, max: 1, usage: 'child', script: (_interp, args) => this.delete(child(args)) },
    ];
  }

  private addToPath(state: State, dir: string): Value {
    const at = state.accessPath.indexOf(dir);
    if (at >= 0) return token(at);
    this.configure(state.interp, { ...state, accessPath: [...state.accessPath, dir] });
    return token(state.accessPath.length);
  }

  private configureCmd(name: string, words: readonly Value[]): Value {
    const state = this.stateOf(name);
    const all: readonly (readonly [string, Value])[] = [
      ['-accessPath', newList([...state.accessPath])],
      ['-statics', Number(state.statics)],
      ['-nested', Number(state.nested)],
      ['-deleteHook', state.deleteHook],
    ];
    if (words.length === 0) return newList(all.flat());
    if (words.length === 1) {
      const option = optionNamed(str(words[0]!));
      const found = all.find(([n]) => n === option);
      if (found !== undefined) return newList([...found]);
      const instead = option === '-noStatics' ? '-statics' : '-nested';
      throw new TclError(`ambigous query (get or set ${option} ?) use ${instead} instead`);
    }
    this.configure(state.interp, { ...state, ...parseOptions(words) });
    return EMPTY;
  }

  // ---- Tokens and paths

  /** The real path behind a token and one name. Throws what the log is to hear. */
  private translate(name: string, path: string): string {
    if (path.includes('::') || path.includes('..')) throw new Truth(`invalid characters in path ${path}`);
    const { accessPath } = this.stateOf(name);
    return path.replace(/\$p\(:([0-9]+):\)/g, (whole, n: string) => accessPath[Number(n)] ?? whole);
  }

  private fileInPath(name: string, file: string): void {
    const vfs = vfsOf(this.master);
    if (vfs.peek(file)?.kind === 'directory') throw new Truth(`"${file}": is a directory`);
    if (!this.inPath(name, dirname(file))) throw new Truth(`"${file}": not in access_path`);
  }

  private inPath(name: string, dir: string): boolean {
    const vfs = vfsOf(this.master);
    const real = vfs.normalize(dir);
    return this.stateOf(name).accessPath.some((p) => vfs.normalize(p) === real);
  }

  /** A library file that a child may read: its real path. */
  libraryFile(name: string, file: string, heard = 'permission denied'): string {
    try {
      const real = this.translate(name, file);
      this.fileInPath(name, real);
      const node = vfsOf(this.master).peek(real);
      if (node !== null) return real;
      throw this.refuse(name, `${real}:no such file or directory`, 'no such file or directory', ['POSIX', 'EACCES']);
    } catch (e) {
      throw e instanceof Truth ? this.refuse(name, e.text, heard) : e;
    }
  }

  // ---- Aliases

  private aliases(name: string): Readonly<Record<string, { run: PlainHandler } | { script: ScriptHandler }>> {
    return {
      source: { script: (interp, args, frame) => this.sourceAlias(name, interp, args, frame) },
      load: { run: (_interp, args) => this.loadAlias(name, args) },
      encoding: { run: (interp, args, frame) => this.encodingAlias(name, interp, args, frame) },
      glob: { run: (_interp, args) => this.globAlias(name, args) },
    };
  }

  private *sourceAlias(
    name: string,
    interp: Interp,
    args: readonly Value[],
    frame: Parameters<ScriptHandler>[2],
  ): ReturnType<ScriptHandler> {
    const words = args.slice(1);
    const encoded = words.length > 0 && str(words[0]!) === '-encoding';
    const encoding = encoded ? str(words[1] ?? EMPTY) : null;
    if (encoding === 'identity') throw this.refuse(name, 'attempt to use the identity encoding', 'permission denied');
    const rest = words.slice(encoded ? 2 : 0);
    if (rest.length !== 1) {
      const usage = 'wrong # args: should be "source ?-encoding E? fileName"';
      throw this.refuse(name, `${usage} (${str(newList([...words]))})`, usage);
    }
    const real = this.libraryFile(name, str(rest[0]!));
    let text: string;
    try {
      text = scriptText(this.master, real, encoding);
    } catch (e) {
      throw e instanceof TclError ? this.refuse(name, e.message, 'script error') : e;
    }
    try {
      return yield* sourceText(interp, frame, rest[0]!, text);
    } catch (e) {
      if (e instanceof TclError) this.log(name, e.message);
      throw e;
    }
  }

  private loadAlias(name: string, args: readonly Value[]): Value {
    const [file = EMPTY, pkg = EMPTY, target = EMPTY] = args.slice(1);
    if (args.length < 2) throw wrongArgs('load file ?packageName? ?interp?');
    if (args.length > 4) {
      const heard = 'load error: too many arguments';
      throw this.refuse(name, `${heard} (${args.length - 2}) {${args.slice(1).map(str).join(' ')}}`, heard);
    }
    const state = this.stateOf(name);
    if (str(target) !== '' && !state.nested) {
      const truth = `loading to a sub interp (nestedok) disabled (trying to load ${str(pkg)} to ${str(target)})`;
      throw this.refuse(name, truth, 'permission denied (nested load)');
    }
    if (str(file) === '') {
      const heard = 'load error: empty filename and no package name';
      if (str(pkg) === '') throw this.refuse(name, heard, heard);
      if (!state.statics) {
        const truth = `static packages loading disabled (trying to load ${str(pkg)} to ${str(target)})`;
        throw this.refuse(name, truth, 'permission denied (static package)');
      }
    } else {
      this.checkLoadPath(name, str(file));
    }
    const failed = `load of binary library for package ${str(pkg)} failed: not allowed`;
    throw this.refuse(name, failed, failed);
  }

  private checkLoadPath(name: string, file: string): void {
    let real: string;
    try {
      real = this.translate(name, file);
    } catch (e) {
      throw e instanceof Truth ? this.refuse(name, e.text, 'permission denied') : e;
    }
    try {
      this.fileInPath(name, real);
    } catch (e) {
      throw e instanceof Truth ? this.refuse(name, e.text, 'permission denied (path)') : e;
    }
  }

  private encodingAlias(name: string, interp: Interp, args: readonly Value[], frame: Parameters<PlainHandler>[2]): Value {
    if (args.length < 2) throw wrongArgs('encoding option ?arg ...?');
    try {
      const option = lookup(str(args[1]!), ['convertfrom', 'convertto', 'names', 'system'], 'option');
      if (option === 'system' && args.length > 2) throw wrongArgs('encoding system');
      const row = ENCODING_PARTS.find((part) => part.name === option)!;
      if (args.length - 2 < row.min || args.length - 2 > row.max) throw wrongArgs(`encoding ${option} ${row.usage}`.trim());
      return row.run!(interp, args.slice(1), frame);
    } catch (e) {
      if (e instanceof TclError) this.log(name, e.message);
      throw e;
    }
  }

  /** `glob` as a child has it: below `-directory TOKEN` alone. */
  globAlias(name: string, args: readonly Value[]): Value {
    this.log(name, `GLOB ! ${args.slice(1).map(str).join(' ')}`, 'NOTICE');
    const request = globRequest(args.slice(1));
    if (request.path !== null) {
      const heard = "Safe base rejecting glob option '-path'";
      throw this.refuse(name, heard, heard);
    }
    const nothing = (truth: string, heard: string): Value => {
      this.log(name, truth);
      if (request.nocomplain) return EMPTY;
      throw new TclError(heard);
    };
    if (request.directory === null) return nothing('option -directory must be supplied', 'permission denied');
    let real: string;
    try {
      real = this.translate(name, request.directory);
      if (vfsOf(this.master).peek(real)?.kind === 'file') throw new Truth(`"${real}": is a file`);
      if (!this.inPath(name, real)) throw new Truth(`"${real}": not in access_path`);
      for (const pattern of request.patterns) if (/\.\.|^[/~]/.test(pattern)) throw new Truth(`invalid characters in path ${pattern}`);
    } catch (e) {
      if (e instanceof Truth) return nothing(e.text, 'permission denied');
      throw e;
    }
    const found = globFiles(this.master, { ...request, directory: real }).map(str);
    this.log(name, `GLOB < ${found.join(' ')}`, 'NOTICE');
    if (found.length === 0) return nothing('no files matched', 'script error');
    const shown = request.tails ? found : found.map((path) => request.directory! + path.slice(real.length));
    this.log(name, `GLOB > ${shown.join(' ')}`, 'NOTICE');
    return newList(shown);
  }

  /** The refusal of a part of `file` that looks at files. */
  noSuchPart(name: string, part: string): TclError {
    const heard = `not allowed to invoke subcommand ${part} of file`;
    return this.refuse(name, heard, heard, ['TCL', 'SAFE', 'SUBCOMMAND']);
  }

  /** `file` comes back with the parts that look at no file; the others say that they are not allowed. */
  private exposeFile(child: TclInterp): void {
    child.exposeCommand('file');
    const parts: Readonly<Record<string, (path: string) => string>> = { dirname, extension, rootname, tail };
    for (const row of FILE_PARTS) {
      if (row.safe === true) continue;
      const part = Object.hasOwn(parts, row.name) ? parts[row.name] : undefined;
      child.createCommand(`::tcl::file::${row.name}`, {
        run: (_interp, args) => {
          if (part === undefined) throw this.noSuchPart(child.name, row.name);
          if (args.length !== 2) throw wrongArgs(`file ${row.name} name`);
          // Which homes there are is nobody's business.
          return part(str(args[1]!).startsWith('~') ? `./${str(args[1]!)}` : str(args[1]!));
        },
      });
    }
  }
}

/** Thrown inside with what the log is to hear; never reaches a script. */
class Truth {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function partsOf(rows: readonly CommandRow[], name: string): readonly Extract<CommandRow, { min: number }>[] {
  return rows.find((row) => row.name === name)?.sub ?? [];
}

const FILE_PARTS = partsOf(fileRows, 'file');
const ENCODING_PARTS = partsOf(encodingRows, 'encoding');

/** Answers that would tell about the machine. */
const QUIET: readonly (readonly [string, Value])[] = [
  ['::tcl::info::nameofexecutable', EMPTY],
  ['::tcl::info::hostname', EMPTY],
  ['::pid', 1],
];

function quiet(child: TclInterp): void {
  for (const [name, answer] of QUIET) if (child.findCommand(name) !== null) child.createCommand(name, { run: () => answer });
}

// ---- Options

export interface SafeOptions {
  accessPath?: readonly string[];
  statics?: boolean;
  nested?: boolean;
  deleteHook?: Value;
}

const OPTION_NAMES = ['-accessPath', '-noStatics', '-statics', '-nestedLoadOk', '-nested', '-deleteHook'] as const;

/** Any case, and any abbreviation that fits one alone. */
function optionNamed(given: string): (typeof OPTION_NAMES)[number] {
  const lower = given.toLowerCase();
  const same = OPTION_NAMES.find((name) => name.toLowerCase() === lower);
  if (same !== undefined) return same;
  const hits = OPTION_NAMES.filter((name) => name.toLowerCase().startsWith(lower));
  if (hits.length === 1) return hits[0]!;
  if (hits.length > 1) throw new TclError(`ambigous option "${given}", choose from:${hits.map((name) => `\n    ${name}`).join('')}`);
  throw new TclError(`bad option "${given}": must be ${OPTION_NAMES.join(', ')}`);
}

function parseOptions(words: readonly Value[]): SafeOptions {
  const out: SafeOptions = {};
  const given = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    const option = optionNamed(str(words[i]!));
    given.add(option);
    if (option === '-noStatics') {
      out.statics = false;
      continue;
    }
    if (option === '-nestedLoadOk') {
      out.nested = true;
      continue;
    }
    const value = words[++i];
    if (value === undefined) throw new TclError(`no value given for parameter "${option.slice(1)}"`);
    if (option === '-accessPath') out.accessPath = elements(value).map(str);
    else if (option === '-deleteHook') out.deleteHook = value;
    else if (option === '-nested') out.nested = boolOf(value);
    else {
      if (given.has('-noStatics') && boolOf(value)) throw new TclError('conflicting values given for -statics and -noStatics');
      out.statics = boolOf(value);
    }
  }
  if (given.has('-nestedLoadOk')) out.nested = true;
  return out;
}

function checkColons(name: string): void {
  const plain = name.replace(/:{3,}/g, '::');
  if (plain.endsWith('::')) throw new TclError('interpreter name must not end in "::"');
  if (plain !== name) throw new TclError('interpreter name has excess colons in namespace separators');
  if (name.startsWith('::')) throw new TclError('interpreter name must not begin "::"');
}
