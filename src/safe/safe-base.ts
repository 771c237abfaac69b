/**
 * The Safe Base: safe interpreters that may read the script library through tokens, and a few unsafe commands back as aliases that refuse what is
 * dangerous. Every refusal speaks twice: a short text to the child, the truth to the log. Auto-loading and packages in the child are not
 * here yet. Answers to library/safe.tcl and safe.n; the log says "slave" as that file does.
 */

import type { LogClass } from '../protocol/host.ts';
import type { CommandRow, Interp, PlainHandler, ScriptHandler } from '../tcl/command.ts';
import { callStep } from '../tcl/command.ts';
import { libraryFiles, libraryRows } from '../tcl/commands/autoload.ts';
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

/** The Safe Base of one master; `name` is always a child's. */
export interface SafeBase {
  /** Makes a safe child and gives it the aliases. Throws Tcl's errors about the name. */
  create(name: string, options?: SafeOptions): TclInterp;
  /** Deletes a child, its hook called first; the rest of its script does not run. */
  delete(name: string): ReturnType<ScriptHandler>;
  /** A library file that a child may read: its real path. */
  libraryFile(name: string, file: string): string;
  /** `glob` as a child has it: below `-directory TOKEN` alone. */
  globAlias(name: string, args: readonly Value[]): Value;
  /** The refusal of a part of `file` that looks at files. */
  noSuchPart(name: string, part: string): TclError;
}

/** `sink` hears every event. */
export function createSafeBase(master: TclInterp, sink: SafeLog): SafeBase {
  const states = new Map<string, State>();
  let nextName = 0;

  vfsOf(master).mount(LIBRARY, libraryFiles);
  master.setVar('tcl_library', LIBRARY);
  master.setVar('auto_path', newList([LIBRARY, '/lib']));
  master.addRows(rows());
  return { create, delete: deleteChild, libraryFile, globAlias, noSuchPart };

  function log(name: string, message: string, kind: LogClass = 'ERROR'): void {
    sink(name, message, kind);
  }

  function refuse(name: string, truth: string, heard = truth, code: readonly string[] | null = null): TclError {
    log(name, truth);
    return new TclError(heard, code);
  }

  // ---- The API

  function create(name: string, options: SafeOptions = {}): TclInterp {
    checkColons(name);
    const given = name === '' ? freeName() : name;
    if (master.children.has(given)) throw new TclError(`interpreter named "${given}" already exists, cannot create`);
    const child = makeSafeInterp(master, given);
    log(given, 'Created', 'NOTICE');
    init(child, options);
    return child;
  }

  function freeName(): string {
    let name: string;
    do name = `interp${nextName++}`;
    while (master.children.has(name));
    return name;
  }

  function init(child: TclInterp, options: SafeOptions): void {
    configure(child, options);
    for (const [name, handler] of Object.entries(aliases(child.name))) child.createCommand(name, handler);
    child.addRows(libraryRows);
    exposeFile(child);
    quiet(child);
  }

  function configure(child: TclInterp, options: SafeOptions): void {
    const accessPath = options.accessPath !== undefined && options.accessPath.length > 0 ? options.accessPath : defaultPath();
    const state: State = {
      interp: child,
      accessPath,
      statics: options.statics ?? true,
      nested: options.nested ?? false,
      deleteHook: options.deleteHook ?? EMPTY,
    };
    states.set(child.name, state);
    log(
      child.name,
      `Setting accessPath=(${accessPath.join(' ')}) staticsok=${Number(state.statics)} nestedok=${Number(state.nested)} deletehook=(${str(state.deleteHook)})`,
      'NOTICE',
    );
    const tokens = newList(accessPath.map((_, n) => token(n)));
    child.setVar('auto_path', tokens);
    child.setVar('tcl_library', token(0));
    log(child.name, `auto_path in ${child.name} has been set to ${str(tokens)}`, 'NOTICE');
  }

  /** The master's auto_path, the library first, and one level of folders below each. */
  function defaultPath(): string[] {
    const vfs = vfsOf(master);
    const path = [LIBRARY, ...elements(master.readVar('auto_path')).map(str)];
    const out = new Set<string>();
    for (const dir of path) {
      const node = vfs.peek(dir);
      if (node?.kind !== 'directory') continue;
      out.add(dir);
      for (const [name, sub] of node.entries) if (sub.kind === 'directory') out.add(`${dir}/${name}`);
    }
    return [...out];
  }

  function* deleteChild(name: string): ReturnType<ScriptHandler> {
    const child = master.children.get(name);
    log(name, 'About to delete', 'NOTICE');
    const hook = states.get(name)?.deleteHook ?? EMPTY;
    states.delete(name);
    if (str(hook) !== '') {
      try {
        yield callStep(master.globalFrame, [...elements(hook), name], master);
      } catch (e) {
        if (!(e instanceof TclError) || 'owner' in e) throw e;
        log(name, `Delete hook error (${e.message})`);
      }
    }
    if (child !== undefined) {
      child.delete();
      log(name, 'Deleted', 'NOTICE');
    }
    return EMPTY;
  }

  function stateOf(name: string): State {
    const state = states.get(name);
    if (state === undefined || state.interp.deleted) throw new TclError(`"${name}" is not an interpreter managed by ::safe::`);
    return state;
  }

  function rows(): CommandRow[] {
    const row = (
      name: string,
      min: number,
      max: number,
      usage: string,
      run: (child: string, args: readonly Value[]) => Value,
    ): CommandRow => ({
      name: `::safe::${name}`,
      min,
      max,
      usage,
      run: (_interp, args) => run(str(args[1] ?? EMPTY), args.slice(2)),
    });
    return [
      row('interpCreate', 0, Infinity, '?slave? ?options?', (child, args) => {
        if (!child.startsWith('-')) return create(child, parseOptions(args)).name;
        return create('', parseOptions([child, ...args])).name;
      }),
      row('interpInit', 1, Infinity, 'slave ?options?', (child, args) => {
        const there = master.children.get(child);
        if (there === undefined) throw new TclError(`"${child}" is not an interpreter`);
        checkColons(child);
        init(there, parseOptions(args));
        return child;
      }),
      row('interpConfigure', 1, Infinity, 'slave ?options?', configureCmd),
      row('interpAddToAccessPath', 2, 2, 'child path', (child, [dir]) => addToPath(stateOf(child), str(dir!))),
      row('interpFindInAccessPath', 2, 2, 'child path', (child, [dir]) => {
        const n = stateOf(child).accessPath.indexOf(str(dir!));
        if (n < 0) throw new TclError(`${str(dir!)} not found in access path`);
        return token(n);
      }),
      { name: '::safe::interpDelete', min: 1, max: 1, usage: 'child', script: (_interp, args) => deleteChild(str(args[1]!)) },
    ];
  }

  function addToPath(state: State, dir: string): Value {
    const at = state.accessPath.indexOf(dir);
    if (at >= 0) return token(at);
    configure(state.interp, { ...state, accessPath: [...state.accessPath, dir] });
    return token(state.accessPath.length);
  }

  function configureCmd(name: string, words: readonly Value[]): Value {
    const state = stateOf(name);
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
    configure(state.interp, { ...state, ...parseOptions(words) });
    return EMPTY;
  }

  // ---- Tokens and paths

  /** The real path behind a token and one name. Throws what the log is to hear. */
  function translate(name: string, path: string): string {
    if (path.includes('::') || path.includes('..')) throw new Truth(`invalid characters in path ${path}`);
    const { accessPath } = stateOf(name);
    return path.replace(/\$p\(:([0-9]+):\)/g, (whole, n: string) => accessPath[Number(n)] ?? whole);
  }

  function fileInPath(name: string, file: string): void {
    const vfs = vfsOf(master);
    if (vfs.peek(file)?.kind === 'directory') throw new Truth(`"${file}": is a directory`);
    if (!inPath(name, dirname(file))) throw new Truth(`"${file}": not in access_path`);
  }

  function inPath(name: string, dir: string): boolean {
    const vfs = vfsOf(master);
    const real = vfs.normalize(dir);
    return stateOf(name).accessPath.some((p) => vfs.normalize(p) === real);
  }

  /** What `look` finds to be wrong is told to the log, and `heard` to the child. */
  function hearing<T>(name: string, heard: string, look: () => T): T {
    try {
      return look();
    } catch (e) {
      throw e instanceof Truth ? refuse(name, e.text, heard) : e;
    }
  }

  function libraryFile(name: string, file: string): string {
    return hearing(name, 'permission denied', () => {
      const real = translate(name, file);
      fileInPath(name, real);
      if (vfsOf(master).peek(real) !== null) return real;
      throw refuse(name, `${real}:no such file or directory`, 'no such file or directory', ['POSIX', 'EACCES']);
    });
  }

  // ---- Aliases

  function aliases(name: string): Readonly<Record<string, { run: PlainHandler } | { script: ScriptHandler }>> {
    return {
      source: { script: (interp, args, frame) => sourceAlias(name, interp, args, frame) },
      load: { run: (_interp, args) => loadAlias(name, args) },
      encoding: { run: (interp, args, frame) => encodingAlias(name, interp, args, frame) },
      glob: { run: (_interp, args) => globAlias(name, args) },
    };
  }

  function* sourceAlias(
    name: string,
    interp: Interp,
    args: readonly Value[],
    frame: Parameters<ScriptHandler>[2],
  ): ReturnType<ScriptHandler> {
    const words = args.slice(1);
    const encoded = words.length > 0 && str(words[0]!) === '-encoding';
    const encoding = encoded ? str(words[1] ?? EMPTY) : null;
    if (encoding === 'identity') throw refuse(name, 'attempt to use the identity encoding', 'permission denied');
    const [file, more] = words.slice(encoded ? 2 : 0);
    if (file === undefined || more !== undefined) {
      const usage = 'wrong # args: should be "source ?-encoding E? fileName"';
      throw refuse(name, `${usage} (${str(newList(words))})`, usage);
    }
    const real = libraryFile(name, str(file));
    let text: string;
    try {
      text = scriptText(master, real, encoding);
    } catch (e) {
      throw e instanceof TclError ? refuse(name, e.message, 'script error') : e;
    }
    try {
      return yield* sourceText(interp, frame, file, text);
    } catch (e) {
      if (e instanceof TclError) log(name, e.message);
      throw e;
    }
  }

  function loadAlias(name: string, args: readonly Value[]): Value {
    const words = args.slice(1).map(str);
    const [file = '', pkg = '', target = ''] = words;
    if (words.length < 1) throw wrongArgs('load file ?packageName? ?interp?');
    if (words.length > 3) {
      const heard = 'load error: too many arguments';
      throw refuse(name, `${heard} (${words.length - 1}) {${words.join(' ')}}`, heard);
    }
    const state = stateOf(name);
    const tried = `disabled (trying to load ${pkg} to ${target})`;
    if (target !== '' && !state.nested) {
      throw refuse(name, `loading to a sub interp (nestedok) ${tried}`, 'permission denied (nested load)');
    }
    if (file !== '') {
      const real = hearing(name, 'permission denied', () => translate(name, file));
      hearing(name, 'permission denied (path)', () => fileInPath(name, real));
    } else {
      if (pkg === '') throw refuse(name, 'load error: empty filename and no package name');
      if (!state.statics) throw refuse(name, `static packages loading ${tried}`, 'permission denied (static package)');
    }
    throw refuse(name, `load of binary library for package ${pkg} failed: not allowed`);
  }

  function encodingAlias(name: string, interp: Interp, args: readonly Value[], frame: Parameters<PlainHandler>[2]): Value {
    if (args.length < 2) throw wrongArgs('encoding option ?arg ...?');
    try {
      const option = lookup(str(args[1]!), ['convertfrom', 'convertto', 'names', 'system'], 'option');
      if (option === 'system' && args.length > 2) throw wrongArgs('encoding system');
      const row = ENCODING_PARTS.find((part) => part.name === option)!;
      if (args.length - 2 < row.min || args.length - 2 > row.max) throw wrongArgs(`encoding ${option} ${row.usage}`.trim());
      return row.run!(interp, args.slice(1), frame);
    } catch (e) {
      if (e instanceof TclError) log(name, e.message);
      throw e;
    }
  }

  function globAlias(name: string, args: readonly Value[]): Value {
    log(name, `GLOB ! ${args.slice(1).map(str).join(' ')}`, 'NOTICE');
    const request = globRequest(args.slice(1));
    if (request.path !== null) throw refuse(name, "Safe base rejecting glob option '-path'");
    const nothing = (truth: string, heard: string): Value => {
      log(name, truth);
      if (request.nocomplain) return EMPTY;
      throw new TclError(heard);
    };
    if (request.directory === null) return nothing('option -directory must be supplied', 'permission denied');
    let real: string;
    try {
      real = translate(name, request.directory);
      if (vfsOf(master).peek(real)?.kind === 'file') throw new Truth(`"${real}": is a file`);
      if (!inPath(name, real)) throw new Truth(`"${real}": not in access_path`);
      for (const pattern of request.patterns) if (/\.\.|^[/~]/.test(pattern)) throw new Truth(`invalid characters in path ${pattern}`);
    } catch (e) {
      if (e instanceof Truth) return nothing(e.text, 'permission denied');
      throw e;
    }
    const found = globFiles(master, { ...request, directory: real }).map(str);
    log(name, `GLOB < ${found.join(' ')}`, 'NOTICE');
    if (found.length === 0) return nothing('no files matched', 'script error');
    const shown = request.tails ? found : found.map((path) => request.directory! + path.slice(real.length));
    log(name, `GLOB > ${shown.join(' ')}`, 'NOTICE');
    return newList(shown);
  }

  function noSuchPart(name: string, part: string): TclError {
    return refuse(name, `not allowed to invoke subcommand ${part} of file`, undefined, ['TCL', 'SAFE', 'SUBCOMMAND']);
  }

  /** `file` comes back with the parts that look at no file; the others say that they are not allowed. */
  function exposeFile(child: TclInterp): void {
    child.exposeCommand('file');
    const parts: Readonly<Record<string, (path: string) => string>> = { dirname, extension, rootname, tail };
    for (const row of FILE_PARTS) {
      if (row.safe === true) continue;
      const part = Object.hasOwn(parts, row.name) ? parts[row.name] : undefined;
      child.createCommand(`::tcl::file::${row.name}`, {
        run: (_interp, args) => {
          if (part === undefined) throw noSuchPart(child.name, row.name);
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
  return (rows.find((row) => row.name === name)?.sub ?? []).filter((sub) => 'min' in sub);
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
