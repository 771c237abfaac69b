/**
 * The virtual file system: a tree in memory, with read-only folders mounted into it, behind `file open glob source cd pwd` of a master
 * interpreter. It has one user, who owns everything. What a path means is here (absolute, `.` and `..`, links); names as text are in
 * commands/files.ts. Failures are thrown as Posix. Answers to tclIOUtil.c and tclUnixFile.c.
 */
import type { Driver, Seek } from './channels.ts';
import { type Interp, rootOf } from './command.ts';
import { utf8Encode } from './encodings.ts';
import { TclError } from './errors.ts';
import { joinPath } from './paths.ts';
import { Posix } from './posix.ts';
import { EMPTY, str, type Value } from './value.ts';

export interface FileNode extends Contents {
  readonly kind: 'file';
  /** What is written there is lost, and there is nothing to read. */
  readonly device?: boolean;
  readonly info: Info;
}
export interface DirNode {
  readonly kind: 'directory';
  readonly entries: Map<string, Node>;
  readonly info: Info;
}
export interface LinkNode {
  readonly kind: 'link';
  readonly target: string;
  readonly info: Info;
}
export type Node = FileNode | DirNode | LinkNode;

/** Times in seconds since 1970; `mode` holds the nine permission bits. */
export interface Info {
  readonly ino: number;
  mtime: number;
  atime: number;
  ctime: number;
  mode: number;
  nlink: number;
  /** Part of a read-only mount. */
  readonly fixed: boolean;
}

/** Of all trees. */
let nextIno = 2;

const MAX_LINKS = 40;
const READ_BITS = 0o400;
const WRITE_BITS = 0o200;

function lateFile(text: () => string, info: Info): FileNode {
  let bytes: Uint8Array | null = null;
  return {
    kind: 'file',
    info,
    get bytes() {
      return (bytes ??= utf8Encode(text()));
    },
    get size() {
      return this.bytes.length;
    },
  };
}

/** `seconds`: the time since 1970. `top`: the root of another, whose tree is shared. */
export function makeVfs(seconds: () => number, top?: DirNode) {
  let nextTemp = 1;
  const root: DirNode = top ?? { kind: 'directory', entries: new Map(), info: newInfo(0o755) };
  const vfs = {
    cwd: '/',
    root,
    mount,
    find,
    peek,
    normalize,
    may,
    open,
    touch,
    makeDirs,
    link,
    remove,
    rename,
    copy,
    changeDir,
    tempName,
  };
  return vfs;

  function newInfo(mode: number, fixed = false): Info {
    const now = seconds();
    return { ino: nextIno++, mtime: now, atime: now, ctime: now, mode, nlink: 1, fixed };
  }

  /** Puts files under a folder, by their paths below it. A function is called when the file is first looked at. */
  function mount(folder: string, files: Iterable<readonly [string, string | Uint8Array | (() => string)]>, fixed = true): void {
    const top = makeDirs(folder, fixed);
    for (const [path, contents] of files) {
      const parts = path.split('/').filter((p) => p !== '');
      const name = parts.pop()!;
      const dir = parts.reduce((d, part) => subDir(d, part, fixed), top);
      const info = newInfo(fixed ? 0o444 : 0o644, fixed);
      if (typeof contents === 'function') {
        dir.entries.set(name, lateFile(contents, info));
        continue;
      }
      const bytes = typeof contents === 'string' ? utf8Encode(contents) : contents;
      dir.entries.set(name, { kind: 'file', bytes, size: bytes.length, info });
    }
  }

  // ---- Paths

  /** Absolute, with `.`, `..` and doubled slashes folded as text. */
  function absolute(path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${vfs.cwd}/${path}`).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  /** Where a path leads: the folder it is in, its last part, and what is there. Links on the way are followed, the last one with `follow`. */
  function walk(path: string, follow: boolean, links = 0): { dir: DirNode; name: string; node: Node | undefined; path: string } {
    if (path === '' || path.includes('\0')) throw new Posix('ENOENT');
    const parts = (path.startsWith('/') ? path : `${vfs.cwd}/${path}`).split('/').filter((p) => p !== '' && p !== '.');
    const trail: { readonly name: string; readonly node: Node | undefined }[] = [{ name: '', node: root }];
    for (const [i, part] of parts.entries()) {
      const { node } = trail.at(-1)!;
      if (node === undefined) throw new Posix('ENOENT');
      if (node.kind !== 'directory') throw new Posix('ENOTDIR');
      if (part === '..') {
        if (trail.length > 1) trail.pop();
        continue;
      }
      const next = node.entries.get(part);
      if (next?.kind === 'link' && (follow || i < parts.length - 1 || path.endsWith('/'))) {
        if (links >= MAX_LINKS) throw new Posix('ELOOP');
        const base = next.target.startsWith('/') ? '' : trailPath(trail);
        return walk([base, next.target, ...parts.slice(i + 1)].join('/'), follow, links + 1);
      }
      trail.push({ name: part, node: next });
    }
    const { name, node } = trail.at(-1)!;
    if (path.endsWith('/') && node !== undefined && node.kind !== 'directory') throw new Posix('ENOTDIR');
    const up = trail.at(-2)?.node;
    return { dir: up?.kind === 'directory' ? up : root, name, node, path: trailPath(trail) };
  }

  /** What is there, or throws ENOENT and kin. */
  function find(path: string, follow = true): Node {
    const { node } = walk(path, follow);
    if (node === undefined) throw new Posix('ENOENT');
    return node;
  }

  /** What is there, or null. */
  function peek(path: string, follow = true): Node | null {
    try {
      return walk(path, follow).node ?? null;
    } catch (e) {
      if (e instanceof Posix) return null;
      throw e;
    }
  }

  /** The path with every link but the last resolved, as `file normalize` gives it; what is not there is folded as text. */
  function normalize(path: string): string {
    const parts = (path.startsWith('/') ? path : `${vfs.cwd}/${path}`).split('/').filter((p) => p !== '' && p !== '.');
    let dir = '';
    // A link that is left again leads to the folder above what it stands for.
    for (const part of parts) dir = part === '..' ? above(resolved(dir)) : `${dir}/${part}`;
    const up = resolved(above(dir));
    return (up === '/' ? '' : up) + dir.slice(dir.lastIndexOf('/')) || '/';
  }

  function above(path: string): string {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** A path with its links resolved as far as it is there; the rest stays as it is. */
  function resolved(path: string): string {
    let real = '';
    const parts = path.split('/').slice(1);
    for (const [i, part] of parts.entries()) {
      const at = walked(`${real}/${part}`);
      if (at === null) return `${real}/${parts.slice(i).join('/')}`;
      real = at === '/' ? '' : at;
    }
    return real === '' ? '/' : real;
  }

  function walked(path: string): string | null {
    try {
      const { node, path: real } = walk(path, true);
      return node === undefined ? null : real;
    } catch (e) {
      if (e instanceof Posix) return null;
      throw e;
    }
  }

  function may(node: Node, what: 'read' | 'write' | 'execute'): boolean {
    if (what === 'write' && node.info.fixed) return false;
    return (node.info.mode & (what === 'read' ? READ_BITS : what === 'write' ? WRITE_BITS : 0o100)) !== 0;
  }

  // ---- Changes

  function place(path: string, follow: boolean): { dir: DirNode; name: string; node: Node | undefined } {
    const at = walk(path, follow);
    if (!may(at.dir, 'write')) throw new Posix(at.dir.info.fixed ? 'EROFS' : 'EACCES');
    return at;
  }

  /** It has changed. */
  function touch({ info }: Node): void {
    info.mtime = info.ctime = seconds();
  }

  /** The file at `path` for writing or reading; makes it with `create`. Throws EEXIST with `exclusive`. */
  function open(
    path: string,
    how: { write: boolean; read: boolean; create: boolean; exclusive: boolean; truncate: boolean; mode: number },
  ): FileNode | DirNode {
    const { node } = walk(path, true);
    if (node === undefined) {
      if (!how.create || path.endsWith('/')) throw new Posix(how.create ? 'EISDIR' : 'ENOENT');
      const at = place(path, true);
      const file: FileNode = { kind: 'file', bytes: new Uint8Array(0), size: 0, info: newInfo(how.mode & 0o777 & ~0o022) };
      at.dir.entries.set(at.name, file);
      touch(at.dir);
      return file;
    }
    if (how.create && how.exclusive) throw new Posix('EEXIST');
    if (node.kind === 'link') throw new Posix('ELOOP');
    if (node.kind === 'directory') {
      if (how.write) throw new Posix('EISDIR');
      return node;
    }
    if (how.write && !may(node, 'write')) throw new Posix(node.info.fixed ? 'EROFS' : 'EACCES');
    if (how.read && !may(node, 'read')) throw new Posix('EACCES');
    if (how.truncate) {
      resize(node, 0);
      touch(node);
    }
    return node;
  }

  /** Makes a folder and those above it that are missing. A file in the way: EEXIST for the last part, ENOTDIR before. */
  function makeDirs(path: string, fixed = false): DirNode {
    let dir = root;
    const whole = absolute(path);
    const real = peek(whole);
    if (real !== null) {
      if (real.kind !== 'directory') throw new Posix('EEXIST');
      return real;
    }
    const slash = whole.lastIndexOf('/');
    if (slash > 0) dir = parentDir(whole.slice(0, slash), fixed);
    if (!fixed && !may(dir, 'write')) throw new Posix(dir.info.fixed ? 'EROFS' : 'EACCES');
    return subDir(dir, whole.slice(slash + 1), fixed);
  }

  function parentDir(path: string, fixed: boolean): DirNode {
    try {
      return makeDirs(path, fixed);
    } catch (e) {
      throw e instanceof Posix && e.name === 'EEXIST' ? new Posix('ENOTDIR') : e;
    }
  }

  function subDir(dir: DirNode, name: string, fixed: boolean): DirNode {
    const there = dir.entries.get(name);
    if (there !== undefined) {
      if (there.kind !== 'directory') throw new Posix('EEXIST');
      return there;
    }
    const made: DirNode = { kind: 'directory', entries: new Map(), info: newInfo(fixed ? 0o555 : 0o755, fixed) };
    dir.entries.set(name, made);
    touch(dir);
    return made;
  }

  function link(path: string, target: string, hard: boolean): void {
    const at = place(path, false);
    if (at.node !== undefined) throw new Posix('EEXIST');
    if (hard) {
      const node = find(target);
      if (node.kind === 'directory') throw new Posix('EPERM');
      node.info.nlink++;
      at.dir.entries.set(at.name, node);
    } else {
      at.dir.entries.set(at.name, { kind: 'link', target, info: newInfo(0o777) });
    }
    touch(at.dir);
  }

  /** Removes a file, link or folder; a folder that is not empty only with `force` (ENOTEMPTY). */
  function remove(path: string, force: boolean): void {
    const at = place(path, false);
    const { node } = at;
    if (node === undefined) throw new Posix('ENOENT');
    if (node === root) throw new Posix('EACCES');
    if (node.kind === 'directory' && node.entries.size > 0) {
      if (!force) throw new Posix('ENOTEMPTY');
      if (node.info.fixed) throw new Posix('EROFS');
    }
    node.info.nlink--;
    // Who is in it stands above it then.
    const gone = walk(path, false).path;
    if (`${vfs.cwd}/`.startsWith(`${gone}/`)) vfs.cwd = above(gone) || '/';
    at.dir.entries.delete(at.name);
    touch(at.dir);
  }

  /** Moves; what is at `to` gives way (a folder only when it is empty). EINVAL: a folder into itself. */
  function rename(from: string, to: string): void {
    const source = place(from, false);
    const { node } = source;
    if (node === undefined) throw new Posix('ENOENT');
    if (`${normalize(to)}/`.startsWith(`${normalize(from)}/`) && node.kind === 'directory') throw new Posix('EINVAL');
    const target = place(to, false);
    clear(target, node);
    source.dir.entries.delete(source.name);
    target.dir.entries.set(target.name, node);
    touch(source.dir);
    touch(target.dir);
  }

  /** Copies a file, or a folder with all in it; links are copied as links. `pay` is told the bytes before. */
  function copy(from: string, to: string, pay: (bytes: number) => void): void {
    const node = find(from, false);
    if (node.kind === 'directory' && `${normalize(to)}/`.startsWith(`${normalize(from)}/`)) throw new Posix('EINVAL');
    const target = place(to, false);
    clear(target, node);
    target.dir.entries.set(target.name, duplicate(node, pay));
    touch(target.dir);
  }

  function clear(target: { dir: DirNode; name: string; node: Node | undefined }, by: Node): void {
    const { node } = target;
    if (node === undefined) return;
    if (node.kind === 'directory' && by.kind !== 'directory') throw new Posix('EISDIR');
    if (node.kind !== 'directory' && by.kind === 'directory') throw new Posix('ENOTDIR');
    if (node.kind === 'directory' && node.entries.size > 0) throw new Posix('EEXIST');
    node.info.nlink--;
  }

  function duplicate(node: Node, pay: (bytes: number) => void): Node {
    const info: Info = { ...newInfo(node.info.mode | WRITE_BITS), mtime: node.info.mtime, atime: node.info.atime };
    if (node.kind === 'link') return { ...node, info };
    if (node.kind === 'directory') {
      const entries = new Map<string, Node>();
      for (const [name, child] of node.entries) entries.set(name, duplicate(child, pay));
      return { kind: 'directory', entries, info };
    }
    pay(node.size);
    return { kind: 'file', bytes: node.bytes.slice(0, node.size), size: node.size, info };
  }

  function changeDir(path: string): void {
    const { node, path: real } = walk(path, true);
    if (node === undefined) throw new Posix('ENOENT');
    if (node.kind !== 'directory') throw new Posix('ENOTDIR');
    vfs.cwd = real;
  }

  /** A name in /tmp that is not in use. */
  function tempName(prefix: string): string {
    makeDirs('/tmp');
    for (;;) {
      const path = `${prefix}_${(nextTemp++).toString(36).padStart(6, '0')}`;
      if (peek(path, false) === null) return path;
    }
  }
}

export type Vfs = ReturnType<typeof makeVfs>;

function trailPath(trail: readonly { readonly name: string }[]): string {
  return `/${trail
    .slice(1)
    .map((t) => t.name)
    .join('/')}`;
}

/** A file of the tree as a driver. */
export function fileDriver(vfs: Vfs, node: FileNode | DirNode, how: { append: boolean; atEnd: boolean; interp: Interp }): Driver {
  if (node.kind === 'directory') {
    return {
      read: () => {
        throw new Posix('EISDIR');
      },
      seek: () => 0,
    };
  }
  if (node.device) return { read: () => null, write: () => {}, seek: () => 0 };
  const pay = (end: number): void => {
    if (end > node.bytes.length) how.interp.budget.allocate(end - node.bytes.length);
  };
  return bytesDriver(node, how, pay, () => vfs.touch(node));
}

/** Contents of a file: the first `size` bytes; the rest is room to grow, and zero. */
export interface Contents {
  bytes: Uint8Array;
  size: number;
}

function resize(file: Contents, size: number): void {
  if (size > file.bytes.length) {
    const room = new Uint8Array(Math.max(size, file.bytes.length * 2));
    room.set(file.bytes.subarray(0, file.size));
    file.bytes = room;
  } else if (size < file.size) {
    file.bytes.fill(0, size, file.size);
  }
  file.size = size;
}

/**
 * Contents as a driver; each has a place of its own. `before` is called before they may get as long as `end`, `after` when bytes have been
 * written at a place or, with null, when they have been cut or stretched to there.
 */
export function bytesDriver(
  file: Contents,
  { append, atEnd }: { append: boolean; atEnd: boolean },
  before: (end: number) => void,
  after: (at: number, bytes: Uint8Array | null) => void,
) {
  let at = atEnd ? file.size : 0;
  return {
    read(max: number) {
      if (at >= file.size) return null;
      const bytes = file.bytes.slice(at, Math.min(file.size, at + max));
      at += bytes.length;
      return bytes;
    },
    write(bytes: Uint8Array) {
      if (append) at = file.size;
      const end = at + bytes.length;
      before(end);
      if (end > file.size) resize(file, end);
      file.bytes.set(bytes, at);
      after(at, bytes);
      at = end;
    },
    /** EINVAL before the start. */
    seek(offset: number, origin: Seek) {
      const to = offset + (origin === 'start' ? 0 : origin === 'current' ? at : file.size);
      if (to < 0) throw new Posix('EINVAL');
      return (at = to);
    },
    truncate(size: number) {
      before(size);
      resize(file, size);
      after(size, null);
    },
  };
}

/** The path a name stands for: `~` is the home that the variable env(HOME) gives; beside the one who runs the program there is root. */
export function pathOf(interp: Interp, name: Value): string {
  const s = str(name);
  if (!s.startsWith('~')) return s;
  const slash = s.indexOf('/');
  const user = slash < 0 ? s.slice(1) : s.slice(1, slash);
  if (user !== '' && user !== 'root' && user !== str(rootOf(interp).getVar('tcl_platform(user)') ?? EMPTY))
    throw new TclError(`user "${user}" doesn't exist`, ['TCL', 'VALUE', 'PATH', 'NOUSER']);
  const home = user === '' ? interp.getVar('env(HOME)') : user === 'root' ? '/root' : `/home/${user}`;
  if (home === undefined) {
    throw new TclError("couldn't find HOME environment variable to expand path", ['TCL', 'VALUE', 'PATH', 'HOMELESS']);
  }
  return slash < 0 ? str(home) : joinPath([str(home), s.slice(slash + 1)]);
}

const VFS = Symbol('vfs');

/** The file system of an interpreter's tree; made empty at the first use. */
export function vfsOf(interp: Interp): Vfs {
  const root = rootOf(interp);
  let vfs = root.assoc.get(VFS) as Vfs | undefined;
  if (vfs === undefined) root.assoc.set(VFS, (vfs = makeVfs(secondsOf(root))));
  return vfs;
}

/** Gives a new tree of interpreters the files of another, and a folder to begin in. */
export function shareVfs(from: Interp, to: Interp): void {
  const { root, cwd } = vfsOf(from);
  const vfs = makeVfs(secondsOf(to), root);
  vfs.cwd = cwd;
  to.assoc.set(VFS, vfs);
}

function secondsOf(interp: Interp): () => number {
  return () => Math.floor(interp.events.wallClock() / 1000);
}
