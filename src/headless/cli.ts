/** The `tclet` program: tclet.ts at the real terminal. UTF-8 in and out; what is written reaches the pipe at once. */
import { readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Terminal, tclet } from './tclet.ts';

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

const terminal: Terminal = {
  readFile(path) {
    return reading('file', path, () => readFileSync(path, 'utf8'));
  },
  readFolder(path) {
    return reading('folder', path, () =>
      readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(path, name)).isFile())
        .map((name) => [name.replaceAll(sep, '/'), plainBytes(readFileSync(join(path, name)))]),
    );
  },
  write(fd, text) {
    let bytes = Buffer.from(text, 'utf8');
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
