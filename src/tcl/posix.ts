/** Failures of files and channels by their POSIX names, and Tcl's words for them. Answers to tclPosixStr.c. */
import { TclError } from './errors.ts';

const WORDS = {
  EACCES: 'permission denied',
  EBADF: 'bad file number',
  EBUSY: 'file busy',
  ECONNREFUSED: 'connection refused',
  EEXIST: 'file already exists',
  EINVAL: 'invalid argument',
  EISDIR: 'illegal operation on a directory',
  ELOOP: 'too many levels of symbolic links',
  EMFILE: 'too many open files',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EPERM: 'not owner',
  EPIPE: 'broken pipe',
  EROFS: 'read-only file system',
  ESPIPE: 'invalid seek',
} as const;

export type PosixName = keyof typeof WORDS;

/** Thrown below the commands, which put the name of what failed before it: never reaches a script as it is. */
export class Posix {
  readonly name: string;
  readonly words: string;
  constructor(name: PosixName);
  constructor(name: string, words: string);
  constructor(name: string, words: string = WORDS[name as PosixName]) {
    this.name = name;
    this.words = words;
  }
}

/** `PREFIX: words`, with the errorCode POSIX NAME words; the message may have other words. */
export function posixError(prefix: string, name: PosixName): TclError;
export function posixError(prefix: string, name: string, words: string): TclError;
export function posixError(prefix: string, name: string, words: string = WORDS[name as PosixName]): TclError {
  return new TclError(`${prefix}: ${words}`, ['POSIX', name, WORDS[name as PosixName] ?? words]);
}

/** Runs `fn`; a Posix failure in it becomes a TclError that begins with `prefix`. */
export function orPosix<T>(prefix: string, fn: () => T): T {
  try {
    return fn();
  } catch (e) {
    throw e instanceof Posix ? posixError(prefix, e.name, e.words) : e;
  }
}
