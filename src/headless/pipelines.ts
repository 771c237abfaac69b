/** The words of `open |...`: commands, and where their input comes from and their output goes. Answers to TclCreatePipeline (tclPipe.c). */
import { channelNamed, type Driver, systemEncoding } from '../tcl/channels.ts';
import type { Interp } from '../tcl/command.ts';
import { openMode } from '../tcl/commands/io.ts';
import { TclError } from '../tcl/errors.ts';
import { makePipe } from '../tcl/pipes.ts';
import { orPosix } from '../tcl/posix.ts';
import { str, type Value } from '../tcl/value.ts';
import { fileDriver, pathOf, vfsOf } from '../tcl/vfs.ts';

export interface Pipeline {
  /** `errors`: where what a command complains goes with its output. */
  readonly commands: readonly { readonly words: readonly Value[]; readonly errors: boolean }[];
  /** Null: not redirected. */
  input: Driver | null;
  output: Driver | null;
  errors: Driver | null;
}

const syntax = (message: string, code: string): TclError => new TclError(message, ['TCL', 'OPERATION', 'EXEC', code]);
const badBar = (): TclError => syntax('illegal use of | or |& in command', 'PIPESYNTAX');

/** Redirections by how they begin, the longest first: what is redirected, how its file is opened, and whether it may be a channel. */
const REDIRECTIONS = [
  ['<<', 'input', null, false],
  ['<', 'input', 'r', true],
  ['>>&', 'both', 'a', false],
  ['>&', 'both', 'w', true],
  ['>>', 'output', 'a', false],
  ['>', 'output', 'w', true],
  ['2>>', 'errors', 'a', false],
  ['2>', 'errors', 'w', true],
] as const;

export function readPipeline(interp: Interp, words: readonly Value[]): Pipeline {
  const commands: { words: Value[]; errors: boolean }[] = [{ words: [], errors: false }];
  const made: Pipeline = { commands, input: null, output: null, errors: null };
  for (let i = 0; i < words.length; i++) {
    const word = str(words[i]!);
    if (word === '|' || word === '|&') {
      const last = commands.at(-1)!;
      if (last.words.length === 0 || i === words.length - 1) throw badBar();
      last.errors = word === '|&';
      commands.push({ words: [], errors: false });
      continue;
    }
    if (word === '2>@1') {
      if (i < words.length - 1) throw syntax('must specify "2>@1" as last word in command', 'PIPESYNTAX');
      commands.at(-1)!.errors = true;
      continue;
    }
    const found = REDIRECTIONS.find(([start]) => word.startsWith(start));
    if (found === undefined) {
      commands.at(-1)!.words.push(words[i]!);
      continue;
    }
    const [start, what, mode, mayBeChannel] = found;
    const ofChannel = mayBeChannel && word[start.length] === '@';
    let name = word.slice(start.length + Number(ofChannel));
    if (name === '') {
      const next = words[++i];
      if (next === undefined) throw syntax(`can't specify "${word}" as last word in command`, mode === null ? 'PIPESYNTAX' : 'SYNTAX');
      name = str(next);
    }
    const driver = mode === null ? literal(interp, name) : ofChannel ? channelAs(interp, name, mode) : fileAs(interp, name, mode);
    if (what === 'input') made.input = driver;
    else {
      if (what !== 'errors') made.output = driver;
      if (what !== 'output') made.errors = driver;
    }
  }
  if (commands.some((command) => command.words.length === 0)) throw badBar();
  return made;
}

function literal(interp: Interp, text: string): Driver {
  const { source, sink } = makePipe(interp);
  if (text !== '') sink.write(systemEncoding(interp).encode(text));
  sink.close();
  return source;
}

/** What passes through another's channel stays open when it is done. */
function channelAs(interp: Interp, name: string, mode: 'r' | 'w' | 'a'): Driver {
  const channel = channelNamed(interp, name);
  if (!(mode === 'r' ? channel.readable : channel.writable)) {
    throw syntax(`channel "${channel.name}" wasn't opened for ${mode === 'r' ? 'reading' : 'writing'}`, 'BADCHAN');
  }
  const { driver } = channel;
  // What was written before comes first; a file or a pipe takes it at once.
  if (mode !== 'r') channel.flush().next();
  return {
    ...(driver.read && { read: (max: number) => driver.read!(max) }),
    ...(driver.whenReadable && { whenReadable: (done: () => void) => driver.whenReadable!(done) }),
    ...(driver.write && { write: (bytes: Uint8Array) => driver.write!(bytes) }),
  };
}

function fileAs(interp: Interp, name: string, mode: 'r' | 'w' | 'a'): Driver {
  const vfs = vfsOf(interp);
  const how = openMode(mode);
  return orPosix(`couldn't ${mode === 'r' ? 'read' : 'write'} file "${name}"`, () =>
    fileDriver(vfs, vfs.open(pathOf(interp, name), { ...how, mode: 0o666 }), { ...how, interp }),
  );
}
