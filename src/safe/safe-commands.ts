/**
 * The commands of the Safe Base: `::safe::interpCreate` and kin, and the aliases behind a child's `source load encoding exit glob` and parts of `file`.
 * The log says "slave" as safe.tcl does.
 */
import { childOf } from '../tcl/children.ts';
import { type CommandRow, callStep, type Interp, type Step, type Steps } from '../tcl/command.ts';
import { scriptText, sourceText } from '../tcl/commands/files.ts';
import { globFiles, globRequest, noMatch } from '../tcl/commands/globbing.ts';
import { lookup, TclError, wrongArgs } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { elements, newList } from '../tcl/list.ts';
import { dirname, joinPath } from '../tcl/paths.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import { checkColons, SAFE_BASE, type SafeChildren, token } from './safe-children.ts';
import { flagNamed, safeOptions } from './safe-options.ts';
import { snapshot } from './snapshot.ts';

/** What `::safe::Log` may say that an event is. */
const KINDS = ['ERROR', 'NOTICE', 'WARNING', 'SECURITY'] as const;

export const safeRows: readonly CommandRow[] = [
  row('interpCreate', 0, Infinity, '', (base, words) => {
    const { name, options } = safeOptions(words, true);
    return base.createSteps(name, options);
  }),
  row('interpInit', 0, Infinity, '', (base, words) => {
    const { name, options } = safeOptions(words);
    if (base.find(name) === null) throw new TclError(`"${name}" is not an interpreter`);
    checkColons(name);
    return base.init(name, options);
  }),
  row('interpConfigure', 0, Infinity, '', configureCmd),
  {
    name: '::safe::interpDelete',
    min: 0,
    max: Infinity,
    usage: '',
    script(interp, args) {
      // With its name written out it was called by the alias, more often than not.
      if (args.length !== 2) throw wrongArgs(str(args[0]!) === '::safe::interpDelete' ? 'exit' : `${str(args[0]!)} child`);
      return baseOf(interp).delete(str(args[1]!));
    },
  },
  plain('interpAddToAccessPath', 2, 2, 'child path', (base, name, [dir]) => addToPath(base, name, str(dir!))),
  plain('interpFindInAccessPath', 2, 2, 'child path', (base, name, [dir]) => findInPath(base, name, str(dir!))),
  {
    name: '::safe::setLogCmd',
    min: 0,
    max: Infinity,
    usage: '?arg ...?',
    run(interp, args) {
      const base = baseOf(interp);
      if (args.length > 1) base.logCmd = args.length === 2 ? args[1]! : newList([...args.slice(1)]);
      return base.logCmd;
    },
  },
  {
    name: '::safe::Log',
    min: 2,
    max: 3,
    usage: 'child msg ?type?',
    run(interp, args) {
      baseOf(interp).log(str(args[1]!), str(args[2]!), lookup(str(args[3] ?? 'ERROR'), KINDS, 'type', true));
      return EMPTY;
    },
  },
  plain('Snapshot', 1, 1, 'child', keepAll),
  row('AliasSource', 1, Infinity, 'child ?arg ...?', (base, [child, ...words]) => sourceAlias(base, str(child!), words)),
  row('AliasLoad', 1, Infinity, 'child file ?arg ...?', (base, [child, ...words]) => loadAlias(base, str(child!), words)),
  row('AliasEncoding', 1, Infinity, 'child option ?arg ...?', (base, [child, ...words]) => encodingAlias(base, str(child!), words)),
  row('AliasFileSubcommand', 2, Infinity, 'child subcommand name', (base, [child, part, ...words]) =>
    fileAlias(base, str(child!), str(part!), words),
  ),
  plain('AliasGlob', 1, Infinity, 'child ?arg ...?', globAlias),
  plain('AliasExeName', 1, 1, 'child', () => EMPTY),
  plain('BadSubcommand', 3, Infinity, 'child command subcommand ?arg ...?', (base, name, [, part]) => {
    throw noSuchPart(base, name, str(part!));
  }),
];

function baseOf(interp: Interp): SafeChildren {
  return interp.assoc.get(SAFE_BASE) as SafeChildren;
}

function row(name: string, min: number, max: number, usage: string, script: (base: SafeChildren, words: Value[]) => Steps): CommandRow {
  return { name: `::safe::${name}`, min, max, usage, script: (interp, args) => script(baseOf(interp), args.slice(1)) };
}

function plain(
  name: string,
  min: number,
  max: number,
  usage: string,
  run: (base: SafeChildren, child: string, words: readonly Value[]) => Value,
): CommandRow {
  return { name: `::safe::${name}`, min, max, usage, run: (interp, args) => run(baseOf(interp), str(args[1] ?? EMPTY), args.slice(2)) };
}

function* configureCmd(base: SafeChildren, words: readonly Value[]): Generator<Step, Value, Value> {
  if (words.length === 2) return query(base, str(words[0]!), str(words[1]!));
  const { name, options } = safeOptions(words);
  const child = base.managed(name);
  const settings = settingsOf(base, name);
  if (words.length === 1) return newList(settings.flat());
  base.configure(
    name,
    options.accessPath ?? base.list(name, 'path'),
    options.statics ?? str(base.get(name, 'statics')) === '1',
    options.nested ?? str(base.get(name, 'nested')) === '1',
    options.deleteHook ?? base.get(name, 'hook'),
  );
  if (options.accessPath !== undefined) yield* resetPaths(base, name, child);
  return EMPTY;
}

function settingsOf(base: SafeChildren, name: string): [string, Value][] {
  return [
    ['-accessPath', base.get(name, 'path')],
    ['-statics', base.get(name, 'statics')],
    ['-nested', base.get(name, 'nested')],
    ['-deleteHook', base.get(name, 'hook')],
  ];
}

function query(base: SafeChildren, name: string, word: string): Value {
  const flag = flagNamed(word).name;
  base.managed(name);
  const found = settingsOf(base, name).find(([n]) => n === flag);
  if (found !== undefined) return newList([...found]);
  const instead = flag === '-noStatics' ? '-statics' : '-nested';
  throw new TclError(`ambigous query (get or set ${flag} ?) use ${instead} instead`);
}

/** The tokens have changed: what the child knows of commands, modules and packages that it has not loaded is out of date. */
function* resetPaths(base: SafeChildren, name: string, child: TclInterp): Generator<Step, void, Value> {
  const call = (...words: Value[]): Step => callStep(child.globalFrame, words, child);
  try {
    yield call('auto_reset');
    base.log(name, 'successful auto_reset', 'NOTICE');
  } catch (e) {
    if (!(e instanceof TclError) || 'owner' in e) throw e;
    base.log(name, `auto_reset failed: ${e.message}`);
  }
  child.setVar('::tcl::tm::paths', base.get(name, 'modules'));
  for (const pkg of elements(yield call('package', 'names'))) {
    if (str(yield call('package', 'provide', pkg)) === '') yield call('package', 'forget', pkg);
  }
}

function addToPath(base: SafeChildren, name: string, dir: string): string {
  base.managed(name);
  const path = base.list(name, 'path');
  const at = path.indexOf(dir);
  if (at >= 0) return token(at);
  base.setPath(name, [...path, dir]);
  base.sync(name);
  return token(path.length);
}

function findInPath(base: SafeChildren, name: string, dir: string): string {
  base.managed(name);
  const at = base.list(name, 'path').indexOf(dir);
  if (at < 0) throw new TclError(`${dir} not found in access path`);
  return token(at);
}

/** A command that puts the child back as it is now, once. */
function keepAll(base: SafeChildren, name: string): Value {
  const restore = snapshot(base.managed(name));
  const command = `::safe::restore${base.nextRestore++}`;
  const made = base.master.createCommand(command, {
    run: () => {
      base.master.deleteCommand(made);
      restore();
      return EMPTY;
    },
  });
  return command;
}

/** The real path behind a token and one name. Throws what the log is to hear. */
function translate(base: SafeChildren, name: string, path: string): string {
  if (path.includes('::') || path.includes('..')) throw new Truth(`invalid characters in path ${path}`);
  const real = base.list(name, 'path');
  return path.replace(/\$p\(:(0|[1-9][0-9]*):\)/g, (whole, n: string) => real[Number(n)] ?? whole);
}

function fileInPath(base: SafeChildren, name: string, file: string): void {
  if (base.isFolder(file)) throw new Truth(`"${file}": is a directory`);
  if (!inPath(base, name, dirname(file))) throw new Truth(`"${file}": not in access_path`);
}

function folderInPath(base: SafeChildren, name: string, dir: string): void {
  if (base.vfs.peek(dir)?.kind === 'file') throw new Truth(`"${dir}": is a file`);
  if (!inPath(base, name, dir)) throw new Truth(`"${dir}": not in access_path`);
}

function inPath(base: SafeChildren, name: string, dir: string): boolean {
  return base.list(name, 'norm').includes(base.vfs.normalize(dir));
}

/** What `look` finds to be wrong is told to the log, and `heard` to the child. */
function hearing<T>(base: SafeChildren, name: string, heard: string, look: () => T): T {
  try {
    return look();
  } catch (e) {
    throw e instanceof Truth ? base.refuse(name, e.text, heard) : e;
  }
}

export function libraryFile(base: SafeChildren, name: string, file: string): string {
  return hearing(base, name, 'permission denied', () => {
    const real = translate(base, name, file);
    fileInPath(base, name, real);
    const node = base.vfs.peek(real);
    if (node !== null && base.vfs.may(node, 'read')) return real;
    const heard = node === null ? 'no such file or directory' : 'not readable';
    throw base.refuse(name, `${real}:${heard}`, heard, ['POSIX', 'EACCES']);
  });
}

/** The file's name in the child is its token: `info script` there tells nothing. */
function* sourceAlias(base: SafeChildren, name: string, words: readonly Value[]): Steps {
  const child = childOf(base.master, name);
  const encoded = words.length > 0 && str(words[0]!) === '-encoding';
  const encoding = encoded ? str(words[1] ?? EMPTY) : null;
  if (encoding === 'identity') throw base.refuse(name, 'attempt to use the identity encoding', 'permission denied');
  const [file, more] = words.slice(encoded ? 2 : 0);
  if (file === undefined || more !== undefined) {
    const use = 'wrong # args: should be "source ?-encoding E? fileName"';
    throw base.refuse(name, `${use} (${str(newList([...words]))})`, use);
  }
  const real = libraryFile(base, name, str(file));
  let text: string;
  try {
    text = scriptText(base.master, real, encoding);
  } catch (e) {
    throw e instanceof TclError ? base.refuse(name, e.message, 'script error') : e;
  }
  try {
    return yield* sourceText(child, child.currentFrame, file, text);
  } catch (e) {
    // The trace stays with the log's side, as in safe.tcl.
    if (e instanceof TclError && !('owner' in e)) throw base.refuse(name, e.message);
    throw e;
  }
}

function* loadAlias(base: SafeChildren, name: string, words: readonly Value[]): Steps {
  if (words.length < 1) throw wrongArgs('load file ?arg ...?');
  const [file = '', pkg = '', target = ''] = words.map(str);
  if (words.length > 3) {
    const heard = 'load error: too many arguments';
    throw base.refuse(name, `${heard} (${words.length - 1}) {${file} ${str(newList([...words.slice(1)]))}}`, heard);
  }
  const tried = `disabled (trying to load ${pkg} to ${target})`;
  if (target !== '' && str(base.get(name, 'nested')) !== '1') {
    throw base.refuse(name, `loading to a sub interp (nestedok) ${tried}`, 'permission denied (nested load)');
  }
  let real = '';
  if (file !== '') {
    real = hearing(base, name, 'permission denied', () => translate(base, name, file));
    hearing(base, name, 'permission denied (path)', () => fileInPath(base, name, real));
  } else {
    if (pkg === '') throw base.refuse(name, 'load error: empty filename and no package name');
    if (str(base.get(name, 'statics')) !== '1')
      throw base.refuse(name, `static packages loading ${tried}`, 'permission denied (static package)');
  }
  try {
    return yield callStep(base.master.globalFrame, ['::interp', 'invokehidden', name, 'load', real, pkg, target], base.master);
  } catch (e) {
    if (!(e instanceof TclError) || 'owner' in e) throw e;
    const failed = `load of binary library for package ${pkg} failed`;
    base.log(name, `${failed}: ${e.message}`);
    // What a loader says holds the real path.
    throw new TclError(real === '' ? `${failed}: ${e.message}` : failed);
  }
}

function* encodingAlias(base: SafeChildren, name: string, words: readonly Value[]): Steps {
  if (words.length < 1) throw wrongArgs('encoding option ?arg ...?');
  let option: string;
  try {
    option = lookup(str(words[0]!), ['convertfrom', 'convertto', 'names', 'system'], 'option');
    if (option === 'system' && words.length > 1) throw wrongArgs('encoding system');
  } catch (e) {
    if (e instanceof TclError) base.log(name, e.message);
    throw e;
  }
  return yield callStep(base.master.globalFrame, ['::interp', 'invokehidden', name, 'encoding', option, ...words.slice(1)], base.master);
}

/** Which homes there are is nobody's business. */
function* fileAlias(base: SafeChildren, name: string, part: string, words: readonly Value[]): Steps {
  if (words.length !== 1) throw wrongArgs(`file ${part} name`);
  const path = str(words[0]!);
  const safe = path.startsWith('~') ? `./${path}` : path;
  return yield callStep(base.master.globalFrame, ['::interp', 'invokehidden', name, `tcl:file:${part}`, safe], base.master);
}

export function globAlias(base: SafeChildren, name: string, words: readonly Value[]): Value {
  base.log(name, `GLOB ! ${str(newList([...words]))}`, 'NOTICE');
  const { options, directory, nocomplain, patterns } = globOptions(base, name, words);
  const refused = (truth: string): Value => {
    base.log(name, truth);
    if (nocomplain) return EMPTY;
    throw new TclError('permission denied');
  };
  if (directory === null) return refused('option -directory must be supplied');
  let real: string;
  try {
    real = translate(base, name, directory);
    folderInPath(base, name, real);
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
      const found = base.subFolders(real).filter((sub) => inPath(base, name, sub));
      if (found.length > 0) {
        cmd.push(...found.map((sub) => `${sub.slice(real.length + 1)}/pkgIndex.tcl`));
        continue;
      }
    }
    // Only the last part may be a pattern: the rest has to be a folder of the path to the letter.
    try {
      folderInPath(base, name, translate(base, name, joinPath([directory, dir])));
    } catch (e) {
      if (!(e instanceof Truth)) throw e;
      if (!nocomplain) throw base.refuse(name, e.text, 'permission denied');
      base.log(name, e.text);
      continue;
    }
    cmd.push(pattern);
  }
  base.log(name, `GLOB = ${str(newList([...cmd]))}`, 'NOTICE');
  if (nocomplain && cmd.length === first) return EMPTY;
  let entries: string[];
  try {
    const request = globRequest(cmd);
    entries = globFiles(base.master, request).map(str);
    if (entries.length === 0 && !nocomplain) throw noMatch(request.patterns, false);
  } catch (e) {
    throw e instanceof TclError && !('owner' in e) ? base.refuse(name, e.message, 'script error') : e;
  }
  base.log(name, `GLOB < ${str(newList([...entries]))}`, 'NOTICE');
  const shown = newList(entries.map((path) => (path.startsWith(real) ? directory + path.slice(real.length) : path)));
  base.log(name, `GLOB > ${str(shown)}`, 'NOTICE');
  return shown;
}

/** The options that a child may give, and what it looks for. */
function globOptions(base: SafeChildren, name: string, words: readonly Value[]) {
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
      throw base.refuse(name, `Safe base rejecting glob option '${option}'`);
    } else {
      break;
    }
  }
  const rest = words.slice(i).map(str);
  return { options, directory, nocomplain: options.includes('-nocomplain'), patterns: joined ? [rest.join('/')] : rest };
}

export function noSuchPart(base: SafeChildren, name: string, part: string): TclError {
  return base.refuse(name, `not allowed to invoke subcommand ${part} of file`, undefined, ['TCL', 'SAFE', 'SUBCOMMAND']);
}

/** Thrown inside with what the log is to hear; never reaches a script. */
class Truth {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
