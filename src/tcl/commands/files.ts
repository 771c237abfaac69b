/**
 * `file`, `cd`, `pwd`, `source` and `glob` over the virtual file system (vfs.ts). None of it is safe; `file` is an ensemble whose parts
 * a safe interpreter hides one by one. Names as text are in paths.ts, `glob` in globbing.ts.
 * Answers to tclCmdAH.c, tclFCmd.c, tclUnixFCmd.c, file.n and source.n.
 */
import { newChannel, systemEncoding } from '../channels.ts';
import { type CommandRow, type Frame, type Interp, type PlainRow, RETURN, type ScriptRow, type Steps, Unwind } from '../command.ts';
import { encodingNamed } from '../encodings.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import type { TclInterp } from '../interp.ts';
import { newList } from '../list.ts';
import { intOf } from '../number.ts';
import { dirname, extension, joinPath, pathType, rootname, splitPath, tail } from '../paths.ts';
import { orPosix, Posix, posixError } from '../posix.ts';
import { addInfo, outermost } from '../run.ts';
import { EMPTY, str, type Value } from '../value.ts';
import { fileDriver, type Info, type Node, pathOf, vfsOf } from '../vfs.ts';
import { oneLevelUp } from './control.ts';
import { globRow } from './globbing.ts';
import { channelNames, wideArg } from './io.ts';
import { scriptFile, setScriptFile } from './script-file.ts';

type PlainFn = PlainRow['run'];

/** As pathOf, but a name that stands for nothing is kept. */
function pathOrNull(interp: Interp, name: Value): string | null {
  try {
    return pathOf(interp, name);
  } catch (e) {
    if (e instanceof TclError) return null;
    throw e;
  }
}

/** What the name leads to; errors are worded `could not read "name": ...`. */
function stat(interp: Interp, name: Value, follow = true): Node {
  const path = pathOf(interp, name);
  return orPosix(`could not read "${str(name)}"`, () => vfsOf(interp).find(path, follow));
}

// ---- Questions

/** `file exists` and kin: 0 for what is not there. */
function test(holds: (interp: Interp, node: Node) => boolean): PlainFn {
  return (interp, args) => {
    const path = pathOrNull(interp, args[1]!);
    const node = path === null ? null : vfsOf(interp).peek(path);
    return node !== null && holds(interp, node) ? 1 : 0;
  };
}

function may(what: 'read' | 'write' | 'execute'): PlainFn {
  return test((interp, node) => vfsOf(interp).may(node, what));
}

function sizeOf(node: Node): number {
  return node.kind === 'file' ? node.size : node.kind === 'link' ? node.target.length : 4096;
}

function typeOf(node: Node) {
  return node.kind === 'file' && node.device ? 'characterSpecial' : node.kind;
}

const FILE_BITS = { file: 0o100000, directory: 0o040000, link: 0o120000, characterSpecial: 0o020000 } as const;

function statCmd(follow: boolean): PlainFn {
  return (interp, args, frame) => {
    const node = stat(interp, args[1]!, follow);
    const { info } = node;
    const size = sizeOf(node);
    const fields: readonly (readonly [string, Value])[] = [
      ['dev', 1],
      ['ino', info.ino],
      ['nlink', info.nlink],
      ['uid', 0],
      ['gid', 0],
      ['size', size],
      ['blocks', Math.ceil(size / 512)],
      ['blksize', 4096],
      ['atime', info.atime],
      ['mtime', info.mtime],
      ['ctime', info.ctime],
      ['mode', FILE_BITS[typeOf(node)] | info.mode],
      ['type', typeOf(node)],
    ];
    for (const [field, value] of fields) interp.setVar(`${str(args[2]!)}(${field})`, value, frame);
    return EMPTY;
  };
}

/** Reads or sets a time of a file, in seconds. */
function timeCmd(which: 'atime' | 'mtime'): PlainFn {
  return (interp, args) => {
    const node = stat(interp, args[1]!);
    if (args.length === 2) return node.info[which];
    const seconds = wideArg(args[2]!);
    if (node.info.fixed)
      throw posixError(`could not set ${which === 'atime' ? 'access' : 'modification'} time for file "${str(args[1]!)}"`, 'EROFS');
    return (node.info[which] = seconds);
  };
}

// ---- Attributes

const ATTRIBUTES = ['-group', '-owner', '-permissions'] as const;

function attribute(node: Node, name: (typeof ATTRIBUTES)[number]): Value {
  return name === '-permissions' ? `0${(node.info.mode & 0o7777).toString(8).padStart(4, '0')}` : 'root';
}

const attributesCmd: PlainFn = (interp, args) => {
  const name = str(args[1]!);
  const node = stat(interp, args[1]!);
  if (args.length === 2) return newList(ATTRIBUTES.flatMap((a) => [a, attribute(node, a)]));
  if (args.length === 3) return attribute(node, lookup(str(args[2]!), ATTRIBUTES, 'option'));
  for (let i = 2; i < args.length; i += 2) {
    const option = lookup(str(args[i]!), ATTRIBUTES, 'option');
    if (i + 1 >= args.length) throw new TclError(`value for "${str(args[i]!)}" missing`, ['TCL', 'OPERATION', 'FATTR', 'NOVALUE']);
    setAttribute(name, node.info, option, str(args[i + 1]!));
  }
  return EMPTY;
};

function setAttribute(name: string, info: Info, option: (typeof ATTRIBUTES)[number], value: string): void {
  const noun = option.slice(1);
  if (option !== '-permissions') {
    if (value === 'root' || value === '0') return;
    const [kind, code] = option === '-group' ? ['group', ['SETGRP', 'NO_GROUP']] : ['user', ['SETOWN', 'NO_USER']];
    throw new TclError(`could not set ${noun} for file "${name}": ${kind} "${value}" does not exist`, ['TCL', 'OPERATION', ...code!]);
  }
  const mode = permissions(value, info.mode);
  if (mode === null) throw new TclError(`unknown permission string format "${value}"`, ['TCL', 'VALUE', 'PERMISSION']);
  if (info.fixed) throw posixError(`could not set permissions for file "${name}"`, 'EROFS');
  info.mode = mode;
}

/** `0644`, `rw-r--r--` or `u+x,go-w`; null when it is none of them. */
function permissions(text: string, old: number): number | null {
  if (/^\s*0[0-7]+\s*$/.test(text)) return Number.parseInt(text.trim(), 8) & 0o7777;
  try {
    return Number(intOf(text)) & 0o7777;
  } catch {
    // One of the other forms, or none.
  }
  if (/^([r-][w-][x-]){3}$/.test(text)) return [...text].reduce((mode, c) => mode * 2 + (c === '-' ? 0 : 1), 0);
  let mode = old;
  for (const clause of text.split(',')) {
    const m = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (m === null) return null;
    const who = m[1] === '' || m[1]!.includes('a') ? 0o777 : maskOf(m[1]!, { u: 0o700, g: 0o070, o: 0o007 });
    const what = maskOf(m[3]!, { r: 0o444, w: 0o222, x: 0o111 }) & who;
    mode = m[2] === '+' ? mode | what : m[2] === '-' ? mode & ~what : (mode & ~who) | what;
  }
  return mode;
}

function maskOf(letters: string, masks: Readonly<Record<string, number>>): number {
  return [...letters].reduce((mask, c) => mask | masks[c]!, 0);
}

// ---- Changes

const TRANSFER_USAGE = '?-option value ...? source ?source ...? target';

/** `-force` and `--` at the front: where the names begin, and whether it was given. */
function forceOption(args: readonly Value[]): { force: boolean; from: number } {
  let force = false;
  let from = 1;
  for (; from < args.length && str(args[from]!).startsWith('-'); from++) {
    if (lookup(str(args[from]!), ['-force', '--'], 'option') === '--') return { force, from: from + 1 };
    force = true;
  }
  return { force, from };
}

function transferCmd(verb: 'copy' | 'rename'): PlainFn {
  return (interp, args) => {
    const { force, from } = forceOption(args);
    if (args.length - from < 2) throw wrongArgs(`file ${verb} ${TRANSFER_USAGE}`);
    const target = args[args.length - 1]!;
    const sources = args.slice(from, -1);
    if (vfsOf(interp).peek(pathOf(interp, target))?.kind === 'directory') {
      for (const source of sources) transfer(interp, verb, source, joinPath([str(target), tail(pathOf(interp, source))]), force);
      return EMPTY;
    }
    const doing = verb === 'copy' ? 'copying' : 'renaming';
    if (sources.length > 1) {
      throw posixError(`error ${doing}`, 'ENOTDIR', `target "${str(target)}" is not a directory`);
    }
    transfer(interp, verb, sources[0]!, str(target), force);
    return EMPTY;
  };
}

function transfer(interp: Interp, verb: 'copy' | 'rename', source: Value, target: string, force: boolean): void {
  const vfs = vfsOf(interp);
  const from = pathOf(interp, source);
  const to = pathOf(interp, target);
  const what = `error ${verb === 'copy' ? 'copying' : 'renaming'} "${str(source)}"`;
  const node = orPosix(what, () => vfs.find(from, false));
  const both = target === str(source) ? what : `${what} to "${target}"`;
  const there = vfs.peek(to, false);
  if (there !== null) {
    if (!force) throw posixError(both, 'EEXIST');
    if (there === node) return;
    const clash = (kind: string, other: string): TclError =>
      new TclError(`can't overwrite ${kind} "${target}" with ${other} "${str(source)}"`, [
        'POSIX',
        'EISDIR',
        'illegal operation on a directory',
      ]);
    if (node.kind === 'directory' && there.kind !== 'directory') throw clash('file', 'directory');
    if (node.kind !== 'directory' && there.kind === 'directory') throw clash('directory', 'file');
  }
  if (verb === 'copy') {
    orPosix(both, () => vfs.copy(from, to, (bytes) => interp.budget.allocate(bytes)));
    return;
  }
  try {
    vfs.rename(from, to);
  } catch (e) {
    if (!(e instanceof Posix)) throw e;
    if (e.name === 'EINVAL') throw new TclError(`${both}: trying to rename a volume or move a directory into itself`);
    throw posixError(both, e.name, e.words);
  }
}

const deleteCmd: PlainFn = (interp, args) => {
  const { force, from } = forceOption(args);
  const vfs = vfsOf(interp);
  for (const name of args.slice(from)) {
    const path = pathOf(interp, name);
    try {
      vfs.remove(path, force);
    } catch (e) {
      if (!(e instanceof Posix)) throw e;
      if (e.name === 'ENOENT') continue;
      const what = `error deleting "${str(name)}"`;
      if (e.name === 'ENOTEMPTY') throw posixError(what, 'EEXIST', 'directory not empty');
      throw posixError(what, e.name, e.words);
    }
  }
  return EMPTY;
};

const mkdirCmd: PlainFn = (interp, args) => {
  for (const name of args.slice(1)) {
    const parts = splitPath(pathOf(interp, name));
    // The folders on the way one by one: an error tells of the one that cannot be.
    for (let n = 1; n <= Math.max(parts.length, 1); n++) {
      const path = joinPath(parts.slice(0, n));
      orPosix(`can't create directory "${path}"`, () => {
        if (path === '') throw new Posix('ENOENT');
        interp.budget.allocate(200);
        vfsOf(interp).makeDirs(path);
      });
    }
  }
  return EMPTY;
};

const LINK_USAGE = 'file link ?-linktype? linkname ?target?';

const linkCmd: PlainFn = (interp, args) => {
  let hard = false;
  let names = args.slice(1);
  if (args.length === 4) {
    hard = lookup(str(args[1]!), ['-symbolic', '-hard'], 'option') === '-hard';
    names = names.slice(1);
  } else if (args.length > 4) {
    throw wrongArgs(LINK_USAGE);
  }
  if (names.length === 1) return readLink(interp, names[0]!);
  const vfs = vfsOf(interp);
  const path = pathOf(interp, names[0]!);
  const target = pathOf(interp, names[1]!);
  const what = `could not create new link "${str(names[0]!)}"`;
  // A relative target is meant from where the link is, and must be there.
  const real = pathType(target) === 'absolute' ? target : joinPath([dirname(path), target]);
  if (vfs.peek(path, false) !== null && vfs.peek(real) !== null) {
    throw posixError(what, 'EEXIST', 'that path already exists');
  }
  if (vfs.peek(real) === null) {
    if (vfs.peek(dirname(path)) === null) throw posixError(what, 'ENOENT');
    throw posixError(what, 'ENOENT', `target "${str(names[1]!)}" doesn't exist`);
  }
  orPosix(`${what} pointing to "${str(names[1]!)}"`, () => vfs.link(path, hard ? real : target, hard));
  return names[1]!;
};

function readLink(interp: Interp, name: Value): Value {
  const what = `could not read link "${str(name)}"`;
  const path = pathOf(interp, name);
  const node = orPosix(what, () => vfsOf(interp).find(path, false));
  if (node.kind !== 'link') throw posixError(what, 'EINVAL');
  return node.target;
}

const tempfileCmd: PlainFn = (interp, args, frame) => {
  const vfs = vfsOf(interp);
  const template = args.length > 2 ? str(args[2]!) : '';
  const ext = extension(template);
  const root = rootname(template);
  const path = vfs.tempName(root.includes('/') ? root : `/tmp/${root === '' ? 'tcl' : root}`) + ext;
  return orPosix("can't create temporary file", () => {
    const file = vfs.open(path, { read: true, write: true, create: true, exclusive: true, truncate: false, mode: 0o600 });
    const channel = newChannel(interp, fileDriver(vfs, file, { append: false, atEnd: false, interp }), 'rw');
    if (args.length > 1) interp.setVar(str(args[1]!), path, frame);
    return channel.name;
  });
};

// ---- Names

function ofName(fn: (path: string) => Value): PlainFn {
  return (_interp, args) => fn(str(args[1]!));
}

const dirnameCmd: PlainFn = (interp, args) => dirname(loneTilde(interp, args[1]!));
const tailCmd: PlainFn = (interp, args) => tail(loneTilde(interp, args[1]!));

/** A name that is a tilde alone is expanded first: its parts are those of the home. */
function loneTilde(interp: Interp, name: Value): string {
  return /^~[^/]*\/*$/.test(str(name)) ? pathOf(interp, str(name).replace(/\/+$/, '')) : str(name);
}

const normalizeCmd: PlainFn = (interp, args) => {
  const path = pathOf(interp, args[1]!);
  return path === '' ? EMPTY : vfsOf(interp).normalize(path);
};

/** The file system that a name is of. */
const systemOf = (name: Value): Value => {
  if (str(name) === '') throw new TclError('unrecognised path', ['TCL', 'LOOKUP', 'FILESYSTEM', '']);
  return 'native';
};

const separatorCmd: PlainFn = (_interp, args) => {
  if (args.length > 1) systemOf(args[1]!);
  return '/';
};

// ---- cd pwd source

const cdCmd: PlainFn = (interp, args) => {
  const name = args.length > 1 ? args[1]! : '~';
  const path = pathOf(interp, name);
  orPosix(`couldn't change working directory to "${str(name)}"`, () => vfsOf(interp).changeDir(path));
  return EMPTY;
};

const SOURCE_USAGE = 'source ?-encoding name? fileName';

/** The text of a script file: up to a control-Z, line ends as newlines, without a byte order mark. Throws `couldn't read file "x": ...`. */
export function scriptText(interp: Interp, name: Value, encoding: string | null): string {
  const path = pathOf(interp, name);
  return orPosix(`couldn't read file "${str(name)}"`, () => {
    const vfs = vfsOf(interp);
    const node = vfs.open(path, { read: true, write: false, create: false, exclusive: false, truncate: false, mode: 0 });
    if (node.kind !== 'file') throw new Posix('EISDIR');
    interp.budget.charge(node.size / 16);
    const { text } = (encoding === null ? systemEncoding(interp) : encodingNamed(encoding)).decode(node.bytes.subarray(0, node.size), true);
    return text
      .replace(/^\ufeff/, '')
      .split('\x1a', 1)[0]!
      .replace(/\r\n?/g, '\n');
  });
}

/** Evaluates a script read from a file: `return` ends the file, errors tell its name. `main`: it is the program itself. */
export const sourceText = function* (interp: Interp, frame: Frame, name: Value, text: string, main = false): Steps {
  const before = scriptFile(interp);
  setScriptFile(interp, name);
  try {
    return yield { kind: 'eval', frame, script: text, interp, file: name, main };
  } catch (thrown) {
    const e = main && thrown instanceof Unwind ? outermost(thrown, (interp as TclInterp).programSite) : thrown;
    if (e !== thrown && !(e instanceof TclError)) return e as Value;
    if (e instanceof Unwind && e.code === RETURN) return oneLevelUp(e);
    if (e instanceof TclError) {
      const shown = str(name).length > 150 ? `${str(name).slice(0, 150)}...` : str(name);
      addInfo(e, `\n    (file "${shown}" line ${e.errorLine})`);
    }
    throw e;
  } finally {
    setScriptFile(interp, before);
  }
};

const sourceCmd: ScriptRow['script'] = function* (interp, args, frame) {
  if (args.length === 3) throw wrongArgs(SOURCE_USAGE);
  let encoding: string | null = null;
  if (args.length === 4) {
    lookup(str(args[1]!), ['-encoding'], 'option', true);
    encoding = str(args[2]!);
    encodingNamed(encoding);
  }
  const name = args[args.length - 1]!;
  return yield* sourceText(interp, frame, name, scriptText(interp, name, encoding));
};

function row(name: string, min: number, max: number, usage: string, run: PlainFn, safe = false): PlainRow {
  return { name, min, max, usage, run, safe };
}

const NAME = 'name';

export const fileRows: readonly CommandRow[] = [
  {
    name: 'file',
    sub: [
      row('atime', 1, 2, 'name ?time?', timeCmd('atime')),
      row('attributes', 1, Infinity, 'name ?-option value ...?', attributesCmd),
      row('channels', 0, 1, '?pattern?', (interp, args) => channelNames(interp, args[1]), true),
      row('copy', 0, Infinity, TRANSFER_USAGE, transferCmd('copy')),
      row('delete', 0, Infinity, '', deleteCmd),
      row('dirname', 1, 1, NAME, dirnameCmd),
      row('executable', 1, 1, NAME, may('execute')),
      row(
        'exists',
        1,
        1,
        NAME,
        test(() => true),
      ),
      row('extension', 1, 1, NAME, ofName(extension)),
      row(
        'isdirectory',
        1,
        1,
        NAME,
        test((_interp, node) => node.kind === 'directory'),
      ),
      row(
        'isfile',
        1,
        1,
        NAME,
        test((_interp, node) => typeOf(node) === 'file'),
      ),
      row('join', 1, Infinity, 'name ?name ...?', (_interp, args) => joinPath(args.slice(1).map(str)), true),
      row('link', 1, Infinity, '?-linktype? linkname ?target?', linkCmd),
      row('lstat', 2, 2, 'name varName', statCmd(false)),
      row('mkdir', 0, Infinity, '', mkdirCmd),
      row('mtime', 1, 2, 'name ?time?', timeCmd('mtime')),
      row('nativename', 1, 1, NAME, (interp, args) => pathOf(interp, args[1]!)),
      row('normalize', 1, 1, NAME, normalizeCmd),
      row(
        'owned',
        1,
        1,
        NAME,
        test(() => true),
      ),
      row('pathtype', 1, 1, NAME, ofName(pathType), true),
      row('readable', 1, 1, NAME, may('read')),
      row('readlink', 1, 1, NAME, (interp, args) => readLink(interp, args[1]!)),
      row('rename', 0, Infinity, TRANSFER_USAGE, transferCmd('rename')),
      row('rootname', 1, 1, NAME, ofName(rootname)),
      row('separator', 0, 1, '?name?', separatorCmd, true),
      row('size', 1, 1, NAME, (interp, args) => sizeOf(stat(interp, args[1]!))),
      row('split', 1, 1, NAME, (_interp, args) => newList(splitPath(str(args[1]!))), true),
      row('stat', 2, 2, 'name varName', statCmd(true)),
      row('system', 1, 1, NAME, (_interp, args) => systemOf(args[1]!), true),
      row('tail', 1, 1, NAME, tailCmd),
      row('tempfile', 0, 2, '?nameVar? ?template?', tempfileCmd),
      row('type', 1, 1, NAME, (interp, args) => typeOf(stat(interp, args[1]!, false))),
      row('volumes', 0, 0, '', () => '/'),
      row('writable', 1, 1, NAME, may('write')),
    ],
  },
  row('cd', 0, 1, '?dirName?', cdCmd),
  row('pwd', 0, 0, '', (interp) => vfsOf(interp).cwd),
  { name: 'source', min: 1, max: 3, usage: '?-encoding name? fileName', script: sourceCmd },
  globRow,
];
