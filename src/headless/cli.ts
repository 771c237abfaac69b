/** The `tclet` program: tclet.ts at the real terminal. What is written reaches the pipe at once. */
import { fstatSync, readdirSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isatty } from 'node:tty';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Input, type Terminal, tclet } from './tclet.ts';

/** Tcl's words for what most often goes wrong. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EISDIR', 'illegal operation on a directory'],
  ['EACCES', 'permission denied'],
  ['ENOTDIR', 'not a directory'],
]);

function reading<T>(what: 'file' | 'folder', path: string, read: () => T): T {
  try {
    return read();
  } catch (e) {
    const { code = '', message } = e as { code?: string; message: string };
    throw new Error(`couldn't read ${what} "${path}": ${WORDS.get(code) ?? message}`);
  }
}

/** Of a Buffer `slice` makes no copy. */
function plainBytes({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** A file is read when it is asked for; what may keep one waiting is read as it comes. */
function standardInput(): Input {
  const stat = fstatSync(0);
  if (stat.isFile() || (stat.isCharacterDevice() && !isatty(0))) return { read: readNow, whenReadable: (done) => done() };
  let begun = false;
  let over = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    process.stdin.on('end', end).on('error', end).on('close', end).on('readable', wake);
  };
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const done of waiting.splice(0)) done();
  };
  const end = (): void => {
    over = true;
    wake();
  };
  return {
    read(max) {
      begin();
      const { readableLength } = process.stdin;
      if (readableLength === 0) return over ? null : new Uint8Array(0);
      return plainBytes(process.stdin.read(Math.min(max, readableLength)) as Buffer);
    },
    whenReadable(done) {
      begin();
      waiting.push(done);
      if (over || process.stdin.readableLength > 0) setImmediate(wake);
    },
  };
}

function readNow(max: number): Uint8Array | null {
  const bytes = new Uint8Array(max);
  const length = readSync(0, bytes, 0, max, null);
  return length === 0 ? null : bytes.subarray(0, length);
}

let input: Input | null = null;
const stdin = (): Input => {
  input ??= standardInput();
  return input;
};

/** Node ends where its heap does: the last part of it is left to what scripts do not know of. */
const HEAP_SHARE = 0.85;
let collectGarbage: (() => void) | undefined;

const terminal: Terminal = {
  heapLeft(collect) {
    if (collect) {
      setFlagsFromString('--expose-gc');
      collectGarbage ??= runInNewContext('gc') as () => void;
      collectGarbage();
    }
    const { heap_size_limit: limit, used_heap_size: used, external_memory: outside } = getHeapStatistics();
    return HEAP_SHARE * limit - used - outside;
  },
  stdin: { read: (max) => stdin().read(max), whenReadable: (done) => stdin().whenReadable(done) },
  readFile(path) {
    return reading('file', path, () => plainBytes(readFileSync(path)));
  },
  readFolder(path) {
    return reading('folder', path, () =>
      readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(path, name)).isFile())
        .map((name) => [name.replaceAll(sep, '/'), plainBytes(readFileSync(join(path, name)))]),
    );
  },
  write(fd, text) {
    let bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
    while (bytes.length > 0) {
      try {
        bytes = bytes.subarray(writeSync(fd, bytes));
      } catch (e) {
        const { code } = e as { code?: string };
        // Nobody reads any more.
        if (code === 'EPIPE') process.exit(1);
        // The pipe is full for a moment.
        if (code !== 'EAGAIN') throw e;
      }
    }
  },
};

void tclet(process.argv.slice(2), terminal).then((code) => process.exit(code));
