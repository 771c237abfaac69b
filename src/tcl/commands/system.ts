/**
 * `exec exit load pid socket unload`: what is outside the interpreter. There are no shared libraries here, nor programs or networks unless the host lends
 * some (world.ts), and the errors are those of a machine that has none; packages linked in (Tk, where the host offers it) are `load`ed by name.
 * Answers to exec.n, exit.n, load.n, pid.n, socket.n, unload.n, tclIOCmd.c and tclLoad.c.
 */
import { channelNamed, makeChannel, systemEncoding } from '../channels.ts';
import { childOf, staticPackages } from '../children.ts';
import { type CommandRow, type Interp, type PlainRow, rootOf, type Step } from '../command.ts';
import { endOfInterp, lookup, TclError, wrongArgs } from '../errors.ts';
import type { TclInterp } from '../interp.ts';
import { newList } from '../list.ts';
import { intOf } from '../number.ts';
import { tail } from '../paths.ts';
import { orPosix, Posix, posixError } from '../posix.ts';
import { EMPTY, str, type Value } from '../value.ts';
import { pathOf } from '../vfs.ts';
import { type Connecting, worldOf } from '../world.ts';
import { engineOf } from './engine.ts';
import { noProgram, withoutNewline } from './io.ts';

const LOADED = Symbol('loaded packages');

/** What `info loaded` tells: pairs of file, always empty, and package. */
export function loadedPackages(interp: TclInterp): Value {
  return newList([...((interp.assoc.get(LOADED) as Set<string> | undefined) ?? [])].map((name) => newList(['', name])));
}

/** The words after the options, which are added to `given`; none may be beyond the first `last`. */
function afterOptions(args: readonly Value[], options: readonly string[], given: Set<string>, last = args.length): Value[] {
  let i = 1;
  while (i < last && !given.has('--') && str(args[i]!).startsWith('-')) given.add(lookup(str(args[i++]!), [...options, '--'], 'option'));
  return args.slice(i);
}

function* execCmd(interp: Interp, args: readonly Value[]): Generator<Step, Value, Value> {
  const given = new Set<string>();
  let i = 1;
  while (i < args.length && !given.has('--') && str(args[i]!).startsWith('-'))
    given.add(lookup(str(args[i++]!), ['-ignorestderr', '-keepnewline', '--'], 'option', true));
  const words = args.slice(i);
  if (words.length === 0) throw wrongArgs('exec ?-option ...? arg ?arg ...?');
  const background = str(words.at(-1)!) === '&';
  if (background) words.pop();
  const world = worldOf(interp);
  if (world === undefined) throw noProgram(words);
  const errors = !background && !given.has('-ignorestderr');
  const driver = world.start(interp, words, { reads: !background, writes: false, errors, strict: false });
  if (background) return newList([...(driver.pids ?? [])]);
  const trimmed = given.has('-keepnewline') ? (text: string) => text : withoutNewline;
  const channel = makeChannel('exec', driver, driver.read === undefined ? '' : 'r');
  channel.encoding = systemEncoding(interp);
  let text = '';
  try {
    if (channel.readable) text = yield* channel.read(Infinity);
  } catch (e) {
    throw e instanceof Posix ? posixError('error reading output from command', e.name, e.words) : e;
  } finally {
    channel.close();
  }
  interp.budget.charge(text.length / 16);
  try {
    yield* driver.ended!(true);
  } catch (e) {
    if (e instanceof TclError) e.message = trimmed(text + e.message);
    throw e;
  }
  return trimmed(text);
}

function exitCmd(interp: Interp, args: readonly Value[]): Value {
  const code = args.length > 1 ? BigInt(intOf(args[1]!)) : 0n;
  const root = rootOf(engineOf(interp));
  root.onExit(Number(BigInt.asUintN(8, code)));
  throw endOfInterp(root);
}

/** File and package of `load` and `unload`, and the interpreter they speak of. */
function libraryOf(interp: Interp, words: readonly Value[], usage: string, verb: 'LOAD' | 'UNLOAD') {
  if (words.length < 1 || words.length > 3) throw wrongArgs(usage);
  const file = pathOf(interp, words[0]!);
  const name = str(words[1] ?? EMPTY);
  if (file === '' && name === '') throw failed('must specify either file name or package name', verb, 'NOLIBRARY');
  return { file, name, target: words.length > 2 ? childOf(engineOf(interp), words[2]!) : engineOf(interp) };
}

function failed(message: string, verb: string, why: string): TclError {
  return new TclError(message, ['TCL', 'OPERATION', verb, why]);
}

const LOAD_USAGE = 'load ?-global? ?-lazy? ?--? fileName ?packageName? ?interp?';

function* loadCmd(interp: Interp, args: readonly Value[]): Generator<Step, Value, Value> {
  const words = afterOptions(args, ['-global', '-lazy'], new Set(), args.length - 1);
  const { file, name, target } = libraryOf(interp, words, LOAD_USAGE, 'LOAD');
  if (name === '' && !/^[a-z_]/i.test(tail(file).replace(/^lib/, '')))
    throw failed(`couldn't figure out package name for ${file}`, 'LOAD', 'WHATPACKAGE');
  if (file !== '') throw new TclError(`couldn't load file "${file}": ${file}: cannot open shared object file: No such file or directory`);
  const put = staticPackages(target).get(name);
  if (put === undefined) throw failed(`package "${name}" isn't loaded statically`, 'LOAD', 'NOTSTATIC');
  let loaded = target.assoc.get(LOADED) as Set<string> | undefined;
  if (loaded?.has(name)) return EMPTY;
  yield* put(target);
  if (loaded === undefined) target.assoc.set(LOADED, (loaded = new Set()));
  loaded.add(name);
  return EMPTY;
}

const UNLOAD_USAGE = 'unload ?-switch ...? fileName ?packageName? ?interp?';

function unloadCmd(interp: Interp, args: readonly Value[]): Value {
  const given = new Set<string>();
  const { file, name } = libraryOf(interp, afterOptions(args, ['-nocomplain', '-keeplibrary'], given), UNLOAD_USAGE, 'UNLOAD');
  if (given.has('-nocomplain')) return EMPTY;
  if (file === '') throw failed(`package "${name}" is loaded statically and cannot be unloaded`, 'UNLOAD', 'STATIC');
  throw failed(`file "${file}" has never been loaded`, 'UNLOAD', 'NEVERLOADED');
}

/** Where there are no programs, there is one process, which has no number worth telling, and a channel belongs to none. */
function pidCmd(interp: Interp, args: readonly Value[]): Value {
  const world = interp.safe ? undefined : worldOf(interp);
  if (args.length === 1) return world?.pid ?? 1;
  const channel = channelNamed(interp, str(args[1]!));
  return newList([...channel.pids]);
}

const SOCKET_USAGE = 'socket ?-myaddr addr? ?-myport myport? ?-async? host port" or "socket -server command ?-myaddr addr? port';

const TWO_ROLES = 'cannot set -async option for server sockets';

function socketCmd(interp: Interp, args: readonly Value[]): Value {
  let i = 1;
  let command: Value | null = null;
  const own: Connecting = { address: '', port: 0, async: false };
  for (; i < args.length && str(args[i]!).startsWith('-'); i++) {
    const option = lookup(str(args[i]!), ['-async', '-myaddr', '-myport', '-server'], 'option');
    if (option === '-server' && own.async) throw new TclError(TWO_ROLES);
    if (option === '-async') {
      if (command !== null) throw new TclError(TWO_ROLES);
      own.async = true;
      continue;
    }
    if (++i >= args.length) throw new TclError(`no argument given for ${option} option`);
    if (option === '-myaddr') own.address = str(args[i]!);
    else if (option === '-myport') own.port = portOf(args[i]!);
    else command = args[i]!;
  }
  if (command !== null && own.port !== 0) throw new TclError('option -myport is not valid for servers');
  if (args.length - i !== (command !== null ? 1 : 2)) throw wrongArgs(SOCKET_USAGE);
  const port = portOf(args.at(-1)!);
  const world = worldOf(interp);
  if (world === undefined) throw posixError("couldn't open socket", command !== null ? 'EACCES' : 'ECONNREFUSED');
  return orPosix("couldn't open socket", () =>
    command !== null ? world.listen(interp, command, own.address, port) : world.connect(interp, str(args[i]!), port, own),
  ).name;
}

function portOf(word: Value): number {
  const port = Number(intOf(word));
  if (port > 0xffff) throw new TclError("couldn't open socket: port number too high");
  return port;
}

function row(name: string, max: number, usage: string, run: PlainRow['run']): PlainRow {
  return { name, min: 0, max, usage, run };
}

export const systemRows: readonly CommandRow[] = [
  { name: 'exec', min: 0, max: Infinity, usage: '', script: execCmd },
  row('exit', 1, '?returnCode?', exitCmd),
  { name: 'load', min: 0, max: Infinity, usage: '', script: loadCmd },
  { ...row('pid', 1, '?channelId?', pidCmd), safe: true },
  row('socket', Infinity, '', socketCmd),
  row('unload', Infinity, '', unloadCmd),
];
