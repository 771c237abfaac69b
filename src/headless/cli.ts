/** The `tclet` program: tclet.ts at the real terminal. UTF-8 in and out; what is written reaches the pipe at once. */
import { readFileSync, writeSync } from 'node:fs';
import { type Terminal, tclet } from './tclet.ts';

/** Tcl's words for what most often goes wrong. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EISDIR', 'illegal operation on a directory'],
  ['EACCES', 'permission denied'],
]);

const terminal: Terminal = {
  readFile(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch (e) {
      const { code = '', message } = e as { code?: string; message: string };
      throw new Error(`couldn't read file "${path}": ${WORDS.get(code) ?? message}`);
    }
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
