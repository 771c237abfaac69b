/// <reference path="../tcl/tcl-text.d.ts" />
/**
 * The Safe Base: safe interpreters that may read the script library through tokens, find packages and modules there, and have a few unsafe commands
 * back as aliases that refuse what is dangerous. Every refusal speaks twice: a short text to the child, the truth to the log. What is known of a child
 * is kept where safe.tcl keeps it, in an array of the master. Answers to library/safe.tcl and safe.n; the log says "slave" as that file does.
 */

import type { LogClass } from '../protocol/host.ts';
import { childOf, createChild, makeAlias } from '../tcl/children.ts';
import { type CommandRow, callStep, type Frame, type ScriptHandler, type ScriptRow, type Step } from '../tcl/command.ts';
import { libraryFiles, libraryRows, moduleFiles } from '../tcl/commands/autoload.ts';
import { engineOf } from '../tcl/commands/engine.ts';
import { fileRows, scriptText, sourceText } from '../tcl/commands/files.ts';
import { globFiles, globRequest, noMatch } from '../tcl/commands/globbing.ts';
import { childCmd } from '../tcl/commands/interps.ts';
import { lookup, TclError, wrongArgs } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { elements, newDict, newList } from '../tcl/list.ts';
import { dirname, joinPath } from '../tcl/paths.ts';
import { EMPTY, type Key, str, type Value } from '../tcl/value.ts';
import { vfsOf } from '../tcl/vfs.ts';
import policies from './library/policy.tcl?raw';
import safetk from './library/safetk.tcl?raw';
import { flagNamed, type SafeOptions, safeOptions } from './safe-options.ts';
import { snapshot } from './snapshot.ts';

/** Where the library is in the master's file system; token 0 in every child. */
export const LIBRARY = '/lib/tcl8.6';

/** What `::safe::Log` may say that an event is. */
const KINDS = ['ERROR', 'NOTICE', 'WARNING', 'SECURITY'] as const;
const EXPORTS = [
  ...['interpCreate', 'interpInit', 'interpConfigure', 'interpDelete'],
  ...['interpAddToAccessPath', 'interpFindInAccessPath', 'setLogCmd'],
];
/** Trusted interpreters below the first have the Safe Base once they call it. */
const AUTO_LOAD = 'if {![interp issafe]} ::tcl::SafeBase';

/** `::tcl::SafeBase`, in a trusted interpreter. */
export const safeBaseRow: CommandRow = {
  name: '::tcl::SafeBase',
  min: 0,
  max: 0,
  usage: '',
  run: (interp) => {
    createSafeBase(engineOf(interp), () => {});
    return EMPTY;
  },
};

/** Where modules are looked for. */
const MODULES = '/lib/tcl8/8.6';

export type SafeLog = (child: string, message: string, kind: LogClass) => void;

export function token(n: number): string {
  return `$p(:${n}:)`;
}

/** The Safe Base of one master; `name` is always a child's path. */
export interface SafeBase {
  /** Makes a safe child that reads the library, and gives it the aliases. Throws Tcl's errors about the name. */
  create(name: string): TclInterp;
  /** Deletes a child, its hook called first; the rest of its script does not run. */
  delete(name: string): ReturnType<ScriptHandler>;
  /** A library file that a child may read: its real path. */
  libraryFile(name: string, file: string): string;
  /** `glob` as a child has it: below `-directory TOKEN` alone. */
  globAlias(name: string, words: readonly Value[]): Value;
  /** The refusal of a part of `file` that looks at files. */
  noSuchPart(name: string, part: string): TclError;
  /** The token of a folder, which is added to the path when it is not there. */
  addToPath(name: string, dir: string): string;
  log: SafeLog;
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
/** Parts of `file` that look at files. */
const UNSAFE_PARTS = partsOf(fileRows, 'file').filter((name) => !NAME_PARTS.includes(name));

/** `sink` hears every event. */
export function createSafeBase(master: TclInterp, sink: SafeLog): SafeBase {
  const vfs = vfsOf(master);
  let logCmd: Value = EMPTY;
  let nextRestore = 0;

  if (master.parent === null) {
    vfs.mount(
      LIBRARY,
      libraryFiles(
        { 'policy.tcl': policies, 'safetk.tcl': safetk },
        EXPORTS.map((name) => [`::safe::${name}`, AUTO_LOAD]),
      ),
    );
    vfs.mount(MODULES, moduleFiles);
    master.setVar('tcl_library', LIBRARY);
    master.setVar('auto_path', newList([LIBRARY, '/lib']));
    master.makeNamespace('::tcl::tm', master.globalNs);
    master.setVar('::tcl::tm::paths', MODULES);
  }
  master.makeNamespace('::safe', master.globalNs).exports.push(...EXPORTS);
  master.addRows(rows());
  return { create, delete: deleteChild, libraryFile, globAlias, noSuchPart, addToPath, log };

  function log(name: string, message: string, kind: LogClass = 'ERROR'): void {
    sink(name, message, kind);
    if (str(logCmd) !== '') master.callNow([...elements(logCmd), `${kind} for slave ${name} : ${message}`]);
  }

  function refuse(name: string, truth: string, heard = truth, code: readonly string[] | null = null): TclError {
    log(name, truth);
    return new TclError(heard, code);
  }

  // ---- What is known of a child

  function arrayOf(name: string): string {
    return `::safe::S${name.replace(/::/g, '@N').replace(/@(?!N)/g, '@A')}`;
  }

  function get(name: string, field: keyof typeof FIELDS): Value {
    return master.getVar(`${arrayOf(name)}(${FIELDS[field]})`) ?? EMPTY;
  }

  function list(name: string, field: keyof typeof FIELDS): string[] {
    return elements(get(name, field)).map(str);
  }

  function set(name: string, field: keyof typeof FIELDS, value: Value): void {
    master.setVar(`${arrayOf(name)}(${FIELDS[field]})`, value);
  }

  function manages(name: string): boolean {
    return master.varExists(arrayOf(name));
  }

  function find(name: string): TclInterp | null {
    try {
      return childOf(master, name);
    } catch (e) {
      if (e instanceof TclError && !('owner' in e)) return null;
      throw e;
    }
  }

  function managed(name: string): TclInterp {
    const child = manages(name) ? find(name) : null;
    if (child === null) throw new TclError(`"${name}" is not an interpreter managed by ::safe::`);
    return child;
  }

  // ---- The API

  function create(name: string): TclInterp {
    const step = createSteps(name, {}).next();
    if (!step.done) throw new Error('invariant: the library itself is there at once');
    return childOf(master, name);
  }

  function* createSteps(given: string, options: SafeOptions): Generator<Step, Value, Value> {
    checkColons(given);
    const name = given === '' ? freeName() : given;
    createChild(master, name, true, childCmd);
    log(name, 'Created', 'NOTICE');
    return yield* init(name, options);
  }

  function freeName(): string {
    for (let i = 0; ; i++) if (master.findCommand(`interp${i}`) === null) return `interp${i}`;
  }

  function* init(name: string, options: SafeOptions): Generator<Step, Value, Value> {
    const child = childOf(master, name);
    configure(name, options.accessPath ?? [], options.statics ?? true, options.nested ?? false, options.deleteHook ?? EMPTY);
    for (const [command, target] of Object.entries(ALIASES)) makeAlias(child, command, master, [`::safe::${target}`, name]);
    child.exposeCommand('file');
    for (const part of NAME_PARTS) makeAlias(child, `::tcl::file::${part}`, master, ['::safe::AliasFileSubcommand', name, part]);
    for (const part of UNSAFE_PARTS) makeAlias(child, `::tcl::file::${part}`, master, ['::safe::BadSubcommand', name, 'file', part]);
    makeAlias(child, '::tcl::info::nameofexecutable', master, ['::safe::AliasExeName', name]);
    if (vfs.normalize(list(name, 'path')[0] ?? '') === LIBRARY) {
      child.addRows(libraryRows);
      // Procs of the library.
      for (const name of ['min', 'max']) child.unlistAlias(`::tcl::mathfunc::${name}`);
    } else {
      for (const file of ['init.tcl', 'tm.tcl']) yield* sourceFirst(child, name, file);
    }
    child.makeNamespace('::tcl::tm', child.globalNs);
    child.setVar('::tcl::tm::paths', get(name, 'modules'));
    return name;
  }

  /** A library of the user's own. */
  function* sourceFirst(child: TclInterp, name: string, file: string): Generator<Step, void, Value> {
    try {
      yield callStep(child.globalFrame, ['source', `${token(0)}/${file}`], child);
    } catch (e) {
      if (!(e instanceof TclError) || 'owner' in e) throw e;
      log(name, `can't source ${file} (${e.message})`);
      throw new TclError(`can't source ${file} into slave ${name} (${e.message})`, e.errorCode);
    }
  }

  /** An empty path: the master's auto_path, the library first, and one level of folders below each. The folders of modules are added. */
  function configure(name: string, given: readonly string[], statics: boolean, nested: boolean, hook: Value): void {
    const path = given.length > 0 ? [...given] : defaultPath(name);
    const settings = `staticsok=${Number(statics)} nestedok=${Number(nested)} deletehook=(${str(hook)})`;
    log(name, `Setting accessPath=(${str(newList(path))}) ${settings}`, 'NOTICE');
    const modules = new Set(elements(master.getVar('::tcl::tm::paths') ?? EMPTY).map(str));
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
      level = fresh.flatMap(subFolders);
    }
    setPath(name, path);
    set(name, 'modules', newList(moduleTokens));
    set(name, 'statics', Number(statics));
    set(name, 'nested', Number(nested));
    set(name, 'hook', hook);
    sync(name);
  }

  function defaultPath(name: string): string[] {
    const library = str(master.readVar('tcl_library'));
    const path = elements(master.readVar('auto_path')).map(str);
    const where = path.indexOf(library);
    if (where < 0) log(name, "tcl_library was not in auto_path, added it to slave's access_path", 'NOTICE');
    else if (where > 0) log(name, "tcl_libray was not in first in auto_path, moved it to front of slave's access_path", 'NOTICE');
    return withSubFolders([library, ...path.filter((dir) => dir !== library)]);
  }

  function isFolder(dir: string): boolean {
    return vfs.peek(dir)?.kind === 'directory';
  }

  function subFolders(dir: string): string[] {
    const node = vfs.peek(dir);
    if (node?.kind !== 'directory') return [];
    return [...node.entries.keys()].map((entry) => joinPath([dir, entry])).filter(isFolder);
  }

  function withSubFolders(path: readonly string[]): string[] {
    return [...new Set(path.filter(isFolder).flatMap((dir) => [dir, ...subFolders(dir)]))];
  }

  function setPath(name: string, path: readonly string[]): void {
    const tokens = path.map((_, n) => token(n));
    set(name, 'path', newList([...path]));
    set(name, 'norm', newList(path.map((dir) => vfs.normalize(dir))));
    set(name, 'tokens', newList(tokens));
    set(name, 'map', newDict(new Map<Key, Value>(tokens.map((t, n) => [t, path[n]!]))));
    set(name, 'remap', newDict(new Map<Key, Value>(path.map((dir, n) => [dir, tokens[n]!]))));
  }

  function sync(name: string): void {
    const child = childOf(master, name);
    const tokens = get(name, 'tokens');
    child.setVar('auto_path', str(tokens));
    log(name, `auto_path in ${name} has been set to ${str(tokens)}`, 'NOTICE');
    child.setVar('tcl_library', token(0));
  }

  function* deleteChild(name: string): ReturnType<ScriptHandler> {
    log(name, 'About to delete', 'NOTICE');
    const child = childOf(master, name);
    // Those below go by the same way, or what is known of them would stay.
    for (const sub of [...child.children.keys()]) {
      const path = str(newList([...elements(name), sub]));
      if (manages(path)) yield* deleteChild(path);
    }
    const hook = get(name, 'hook');
    if (str(hook) !== '') {
      // The hook may come back here.
      set(name, 'hook', EMPTY);
      try {
        yield callStep(master.globalFrame, [...elements(hook), name], master);
      } catch (e) {
        if (!(e instanceof TclError) || 'owner' in e) throw e;
        log(name, `Delete hook error (${e.message})`);
      }
    }
    master.unsetVar(arrayOf(name), master.globalFrame, true);
    if (child.deleted) return EMPTY;
    child.delete();
    log(name, 'Deleted', 'NOTICE');
    return EMPTY;
  }

  function* configureCmd(words: readonly Value[]): Generator<Step, Value, Value> {
    if (words.length === 2) return query(str(words[0]!), str(words[1]!));
    const { name, options } = safeOptions(words);
    const child = managed(name);
    const settings = settingsOf(name);
    if (words.length === 1) return newList(settings.flat());
    configure(
      name,
      options.accessPath ?? list(name, 'path'),
      options.statics ?? str(get(name, 'statics')) === '1',
      options.nested ?? str(get(name, 'nested')) === '1',
      options.deleteHook ?? get(name, 'hook'),
    );
    if (options.accessPath !== undefined) yield* resetPaths(name, child);
    return EMPTY;
  }

  function settingsOf(name: string): [string, Value][] {
    return [
      ['-accessPath', get(name, 'path')],
      ['-statics', get(name, 'statics')],
      ['-nested', get(name, 'nested')],
      ['-deleteHook', get(name, 'hook')],
    ];
  }

  function query(name: string, word: string): Value {
    const flag = flagNamed(word).name;
    managed(name);
    const found = settingsOf(name).find(([n]) => n === flag);
    if (found !== undefined) return newList([...found]);
    const instead = flag === '-noStatics' ? '-statics' : '-nested';
    throw new TclError(`ambigous query (get or set ${flag} ?) use ${instead} instead`);
  }

  /** The tokens have changed: what the child knows of commands, modules and packages that it has not loaded is out of date. */
  function* resetPaths(name: string, child: TclInterp): Generator<Step, void, Value> {
    const call = (...words: Value[]): Step => callStep(child.globalFrame, words, child);
    try {
      yield call('auto_reset');
      log(name, 'successful auto_reset', 'NOTICE');
    } catch (e) {
      if (!(e instanceof TclError) || 'owner' in e) throw e;
      log(name, `auto_reset failed: ${e.message}`);
    }
    child.setVar('::tcl::tm::paths', get(name, 'modules'));
    for (const pkg of elements(yield call('package', 'names'))) {
      if (str(yield call('package', 'provide', pkg)) === '') yield call('package', 'forget', pkg);
    }
  }

  function addToPath(name: string, dir: string): string {
    managed(name);
    const path = list(name, 'path');
    const at = path.indexOf(dir);
    if (at >= 0) return token(at);
    setPath(name, [...path, dir]);
    sync(name);
    return token(path.length);
  }

  function findInPath(name: string, dir: string): string {
    managed(name);
    const at = list(name, 'path').indexOf(dir);
    if (at < 0) throw new TclError(`${dir} not found in access path`);
    return token(at);
  }

  function rows(): CommandRow[] {
    const row = (
      name: string,
      min: number,
      max: number,
      use: string,
      script: (words: Value[], frame: Frame) => ReturnType<ScriptHandler>,
    ): ScriptRow => ({
      name: `::safe::${name}`,
      min,
      max,
      usage: use,
      script: (_interp, args, frame) => script(args.slice(1), frame),
    });
    const plain = (
      name: string,
      min: number,
      max: number,
      use: string,
      run: (child: string, words: readonly Value[]) => Value,
    ): CommandRow => ({
      name: `::safe::${name}`,
      min,
      max,
      usage: use,
      run: (_interp, args) => run(str(args[1] ?? EMPTY), args.slice(2)),
    });
    return [
      row('interpCreate', 0, Infinity, '', (words) => {
        const { name, options } = safeOptions(words, true);
        return createSteps(name, options);
      }),
      row('interpInit', 0, Infinity, '', (words) => {
        const { name, options } = safeOptions(words);
        if (find(name) === null) throw new TclError(`"${name}" is not an interpreter`);
        checkColons(name);
        return init(name, options);
      }),
      row('interpConfigure', 0, Infinity, '', configureCmd),
      {
        ...row('interpDelete', 0, Infinity, '', () => deleteChild('')),
        script(_interp, args) {
          // With its name written out it was called by the alias, more often than not.
          if (args.length !== 2) throw wrongArgs(str(args[0]!) === '::safe::interpDelete' ? 'exit' : `${str(args[0]!)} child`);
          return deleteChild(str(args[1]!));
        },
      },
      plain('interpAddToAccessPath', 2, 2, 'child path', (name, [dir]) => addToPath(name, str(dir!))),
      plain('interpFindInAccessPath', 2, 2, 'child path', (name, [dir]) => findInPath(name, str(dir!))),
      {
        name: '::safe::setLogCmd',
        min: 0,
        max: Infinity,
        usage: '?arg ...?',
        run: (_interp, args) => (args.length === 1 ? logCmd : (logCmd = args.length === 2 ? args[1]! : newList([...args.slice(1)]))),
      },
      {
        name: '::safe::Log',
        min: 2,
        max: 3,
        usage: 'child msg ?type?',
        run: (_interp, args) => {
          log(str(args[1]!), str(args[2]!), lookup(str(args[3] ?? 'ERROR'), KINDS, 'type', true));
          return EMPTY;
        },
      },
      plain('Snapshot', 1, 1, 'child', keepAll),
      row('AliasSource', 1, Infinity, 'child ?arg ...?', ([child, ...words]) => sourceAlias(str(child!), words)),
      row('AliasLoad', 1, Infinity, 'child file ?arg ...?', ([child, ...words]) => loadAlias(str(child!), words)),
      row('AliasEncoding', 1, Infinity, 'child option ?arg ...?', ([child, ...words]) => encodingAlias(str(child!), words)),
      row('AliasFileSubcommand', 2, Infinity, 'child subcommand name', ([child, part, ...words]) =>
        fileAlias(str(child!), str(part!), words),
      ),
      plain('AliasGlob', 1, Infinity, 'child ?arg ...?', globAlias),
      plain('AliasExeName', 1, 1, 'child', () => EMPTY),
      plain('BadSubcommand', 3, Infinity, 'child command subcommand ?arg ...?', (name, [, part]) => {
        throw noSuchPart(name, str(part!));
      }),
    ];
  }

  /** A command that puts the child back as it is now, once. */
  function keepAll(name: string): Value {
    const restore = snapshot(managed(name));
    const command = `::safe::restore${nextRestore++}`;
    const made = master.createCommand(command, {
      run: () => {
        master.deleteCommand(made);
        restore();
        return EMPTY;
      },
    });
    return command;
  }

  // ---- Tokens and paths

  /** The real path behind a token and one name. Throws what the log is to hear. */
  function translate(name: string, path: string): string {
    if (path.includes('::') || path.includes('..')) throw new Truth(`invalid characters in path ${path}`);
    const real = list(name, 'path');
    return path.replace(/\$p\(:(0|[1-9][0-9]*):\)/g, (whole, n: string) => real[Number(n)] ?? whole);
  }

  function fileInPath(name: string, file: string): void {
    if (isFolder(file)) throw new Truth(`"${file}": is a directory`);
    if (!inPath(name, dirname(file))) throw new Truth(`"${file}": not in access_path`);
  }

  function folderInPath(name: string, dir: string): void {
    if (vfs.peek(dir)?.kind === 'file') throw new Truth(`"${dir}": is a file`);
    if (!inPath(name, dir)) throw new Truth(`"${dir}": not in access_path`);
  }

  function inPath(name: string, dir: string): boolean {
    return list(name, 'norm').includes(vfs.normalize(dir));
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
      const node = vfs.peek(real);
      if (node !== null && vfs.may(node, 'read')) return real;
      const heard = node === null ? 'no such file or directory' : 'not readable';
      throw refuse(name, `${real}:${heard}`, heard, ['POSIX', 'EACCES']);
    });
  }

  // ---- Aliases

  /** The file's name in the child is its token: `info script` there tells nothing. */
  function* sourceAlias(name: string, words: readonly Value[]): ReturnType<ScriptHandler> {
    const child = childOf(master, name);
    const encoded = words.length > 0 && str(words[0]!) === '-encoding';
    const encoding = encoded ? str(words[1] ?? EMPTY) : null;
    if (encoding === 'identity') throw refuse(name, 'attempt to use the identity encoding', 'permission denied');
    const [file, more] = words.slice(encoded ? 2 : 0);
    if (file === undefined || more !== undefined) {
      const use = 'wrong # args: should be "source ?-encoding E? fileName"';
      throw refuse(name, `${use} (${str(newList([...words]))})`, use);
    }
    const real = libraryFile(name, str(file));
    let text: string;
    try {
      text = scriptText(master, real, encoding);
    } catch (e) {
      throw e instanceof TclError ? refuse(name, e.message, 'script error') : e;
    }
    try {
      return yield* sourceText(child, child.currentFrame, file, text);
    } catch (e) {
      // The trace stays with the log's side, as in safe.tcl.
      if (e instanceof TclError && !('owner' in e)) throw refuse(name, e.message);
      throw e;
    }
  }

  function* loadAlias(name: string, words: readonly Value[]): ReturnType<ScriptHandler> {
    if (words.length < 1) throw wrongArgs('load file ?arg ...?');
    const [file = '', pkg = '', target = ''] = words.map(str);
    if (words.length > 3) {
      const heard = 'load error: too many arguments';
      throw refuse(name, `${heard} (${words.length - 1}) {${file} ${str(newList([...words.slice(1)]))}}`, heard);
    }
    const tried = `disabled (trying to load ${pkg} to ${target})`;
    if (target !== '' && str(get(name, 'nested')) !== '1') {
      throw refuse(name, `loading to a sub interp (nestedok) ${tried}`, 'permission denied (nested load)');
    }
    let real = '';
    if (file !== '') {
      real = hearing(name, 'permission denied', () => translate(name, file));
      hearing(name, 'permission denied (path)', () => fileInPath(name, real));
    } else {
      if (pkg === '') throw refuse(name, 'load error: empty filename and no package name');
      if (str(get(name, 'statics')) !== '1') throw refuse(name, `static packages loading ${tried}`, 'permission denied (static package)');
    }
    try {
      return yield callStep(master.globalFrame, ['::interp', 'invokehidden', name, 'load', real, pkg, target], master);
    } catch (e) {
      if (!(e instanceof TclError) || 'owner' in e) throw e;
      const failed = `load of binary library for package ${pkg} failed`;
      log(name, `${failed}: ${e.message}`);
      // What a loader says holds the real path.
      throw new TclError(real === '' ? `${failed}: ${e.message}` : failed);
    }
  }

  function* encodingAlias(name: string, words: readonly Value[]): ReturnType<ScriptHandler> {
    if (words.length < 1) throw wrongArgs('encoding option ?arg ...?');
    let option: string;
    try {
      option = lookup(str(words[0]!), ['convertfrom', 'convertto', 'names', 'system'], 'option');
      if (option === 'system' && words.length > 1) throw wrongArgs('encoding system');
    } catch (e) {
      if (e instanceof TclError) log(name, e.message);
      throw e;
    }
    return yield callStep(master.globalFrame, ['::interp', 'invokehidden', name, 'encoding', option, ...words.slice(1)], master);
  }

  /** Which homes there are is nobody's business. */
  function* fileAlias(name: string, part: string, words: readonly Value[]): ReturnType<ScriptHandler> {
    if (words.length !== 1) throw wrongArgs(`file ${part} name`);
    const path = str(words[0]!);
    const safe = path.startsWith('~') ? `./${path}` : path;
    return yield callStep(master.globalFrame, ['::interp', 'invokehidden', name, `tcl:file:${part}`, safe], master);
  }

  function globAlias(name: string, words: readonly Value[]): Value {
    log(name, `GLOB ! ${str(newList([...words]))}`, 'NOTICE');
    const { options, directory, nocomplain, patterns } = globOptions(name, words);
    const refused = (truth: string): Value => {
      log(name, truth);
      if (nocomplain) return EMPTY;
      throw new TclError('permission denied');
    };
    if (directory === null) return refused('option -directory must be supplied');
    let real: string;
    try {
      real = translate(name, directory);
      folderInPath(name, real);
    } catch (e) {
      if (e instanceof Truth) return refused(e.text);
      throw e;
    }
    const last = options.at(-1) === '--' ? [options.pop()!] : [];
    const cmd = [...options, '-directory', real, ...last];
    const first = cmd.length;
    for (const pattern of patterns) {
      const slash = pattern.lastIndexOf('/');
      const dir = slash < 0 ? '.' : pattern.slice(0, slash);
      // What the search for packages asks: each folder that may be looked into, by its name.
      if (pattern === '*/pkgIndex.tcl') {
        const found = subFolders(real).filter((sub) => inPath(name, sub));
        if (found.length > 0) {
          cmd.push(...found.map((sub) => `${sub.slice(real.length + 1)}/pkgIndex.tcl`));
          continue;
        }
      }
      // Only the last part may be a pattern: the rest has to be a folder of the path to the letter.
      try {
        folderInPath(name, translate(name, joinPath([directory, dir])));
      } catch (e) {
        if (!(e instanceof Truth)) throw e;
        if (!nocomplain) throw refuse(name, e.text, 'permission denied');
        log(name, e.text);
        continue;
      }
      cmd.push(pattern);
    }
    log(name, `GLOB = ${str(newList([...cmd]))}`, 'NOTICE');
    if (nocomplain && cmd.length === first) return EMPTY;
    let entries: string[];
    try {
      const request = globRequest(cmd);
      entries = globFiles(master, request).map(str);
      if (entries.length === 0 && !nocomplain) throw noMatch(request.patterns, false);
    } catch (e) {
      throw e instanceof TclError && !('owner' in e) ? refuse(name, e.message, 'script error') : e;
    }
    log(name, `GLOB < ${str(newList([...entries]))}`, 'NOTICE');
    const shown = newList(entries.map((path) => (path.startsWith(real) ? directory + path.slice(real.length) : path)));
    log(name, `GLOB > ${str(shown)}`, 'NOTICE');
    return shown;
  }

  /** The options that a child may give, and what it looks for. */
  function globOptions(name: string, words: readonly Value[]) {
    const options: string[] = [];
    let directory: string | null = null;
    let joined = false;
    let i = 0;
    for (; i < words.length && options.at(-1) !== '--'; i++) {
      const option = str(words[i]!);
      if (option === '-nocomplain' || option === '-tails' || option === '--') {
        options.push(option);
      } else if (option === '-join') {
        joined = true;
      } else if (option === '-types' || option === '-type') {
        options.push('-types', str(words[++i] ?? EMPTY));
      } else if (option === '-directory') {
        if (directory !== null) throw new TclError('"-directory" cannot be used with "-path"');
        directory = str(words[++i] ?? EMPTY);
      } else if (option.startsWith('-')) {
        throw refuse(name, `Safe base rejecting glob option '${option}'`);
      } else {
        break;
      }
    }
    const rest = words.slice(i).map(str);
    return { options, directory, nocomplain: options.includes('-nocomplain'), patterns: joined ? [rest.join('/')] : rest };
  }

  function noSuchPart(name: string, part: string): TclError {
    return refuse(name, `not allowed to invoke subcommand ${part} of file`, undefined, ['TCL', 'SAFE', 'SUBCOMMAND']);
  }
}

/** Thrown inside with what the log is to hear; never reaches a script. */
class Truth {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The parts of an ensemble that are not safe. */
function partsOf(rows: readonly CommandRow[], name: string): string[] {
  return (rows.find((row) => row.name === name)?.sub ?? []).filter((row) => 'min' in row && row.safe !== true).map((row) => row.name);
}

function checkColons(name: string): void {
  const plain = name.replace(/:{2,}/g, '::');
  if (plain.endsWith('::')) throw new TclError('interpreter name must not end in "::"');
  if (plain !== name) throw new TclError('interpreter name has excess colons in namespace separators');
  if (name.startsWith('::')) throw new TclError('interpreter name must not begin "::"');
}
