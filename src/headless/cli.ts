/**
 * `tclet run [options] FILE.tcl`: a script in a safe interpreter, or with --trusted in the master, in a terminal. Ends at the end of the
 * script, as tclsh does: pending events are dropped. Answers to DESIGN section 7, "headless".
 */
import { readFileSync, writeSync } from 'node:fs';
import type { HostAnswer, HostRequest } from '../protocol/host.ts';
import '../tcl/many-nodes.ts';
import { type Cell, createCell } from '../safe/cell.ts';
import { Console } from '../safe/console.ts';
import { addChannel, Channel } from '../tcl/channels.ts';
import type { Completion } from '../tcl/command.ts';
import { LimitError } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { intOf } from '../tcl/number.ts';
import { internalErrors } from '../tcl/run.ts';

const USAGE = `usage: tclet run [--trusted] [--limit-time MS] [--limit-commands N] [--limit-memory MB] FILE.tcl`;

interface Options {
  readonly file: string;
  readonly trusted: boolean;
  readonly timeMs: number | null;
  readonly commands: number | null;
  readonly memoryMb: number | null;
}

function fail(message: string): never {
  write(2, `${message}\n`);
  process.exit(1);
}

/** Writes all of a text at once: a pipe may be full for a moment. */
function write(fd: 1 | 2, text: string): void {
  let bytes = Buffer.from(text, 'utf8');
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (e) {
      const { code } = e as { code?: string };
      if (code === 'EPIPE') process.exit(1);
      if (code !== 'EAGAIN') throw e;
    }
  }
}

function readOptions(args: readonly string[]): Options {
  if (args[0] !== 'run') fail(USAGE);
  let trusted = false;
  const numbers = new Map<string, number>();
  let i = 1;
  for (; i < args.length && args[i]!.startsWith('--'); i++) {
    const option = args[i]!;
    if (option === '--trusted') {
      trusted = true;
      continue;
    }
    if (!['--limit-time', '--limit-commands', '--limit-memory'].includes(option)) fail(`unknown option ${option}\n${USAGE}`);
    const n = Number(args[++i]);
    if (!Number.isInteger(n) || n <= 0) fail(`${option} wants a whole number above 0`);
    numbers.set(option, n);
  }
  if (i !== args.length - 1) fail(USAGE);
  const get = (name: string) => numbers.get(name) ?? null;
  return { file: args[i]!, trusted, timeMs: get('--limit-time'), commands: get('--limit-commands'), memoryMb: get('--limit-memory') };
}

/** Scratch files in memory: there is no page to keep them. */
class MemoryHost {
  private readonly files = new Map<string, Uint8Array>();

  answer(r: HostRequest): HostAnswer {
    const old = this.files.get(r.name);
    if (r.op === 'scratch-open') {
      if (old === undefined && !r.create) return { ok: false, message: `couldn't open "${r.name}": no such file or directory` };
      const bytes = old ?? new Uint8Array();
      this.files.set(r.name, bytes);
      return { ok: true, value: bytes.slice() };
    }
    if (old === undefined) return { ok: false, message: 'permission denied' };
    if (r.op === 'scratch-write') this.files.set(r.name, overlay(old, r.at, r.bytes));
    else if (r.op === 'scratch-truncate') this.files.set(r.name, overlay(old.subarray(0, r.size), r.size, new Uint8Array()));
    return { ok: true, value: '' };
  }
}

function overlay(old: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.max(old.length, at + bytes.length));
  out.set(old);
  out.set(bytes, at);
  return out;
}

/** The master's console and `exit`. */
function openMaster(cell: Cell): void {
  const { master } = cell;
  const made = new Console(
    (channel, text) => write(channel === 'stdout' ? 1 : 2, text),
    () => performance.now(),
    Number.POSITIVE_INFINITY,
  );
  for (const name of ['stdout', 'stderr'] as const) {
    const channel = new Channel(name, made.driver(name), 'w');
    channel.buffering = 'none';
    addChannel(master, channel);
  }
  master.addRows([
    {
      name: 'exit',
      min: 0,
      max: 1,
      usage: '?returnCode?',
      run: (_interp, args) => process.exit(Number(BigInt.asUintN(8, BigInt(args.length > 1 ? intOf(args[1]!) : 0)))),
    },
  ]);
}

function main(): void {
  const options = readOptions(process.argv.slice(2));
  let script: string;
  try {
    script = readFileSync(options.file, 'utf8');
  } catch {
    fail(`couldn't read file "${options.file}": no such file or directory`);
  }
  internalErrors.report = (e) => write(2, `internal error: ${e instanceof Error ? e.stack : String(e)}\n`);
  const host = new MemoryHost();
  const cell = createCell({
    now: () => performance.now(),
    wallClock: Date.now,
    embedArgs: [],
    originUrl: '',
    policies: [],
    limits: { timeMs: options.timeMs, commands: options.trusted ? null : options.commands, memoryMb: options.memoryMb },
    consoleBytesPerMinute: Number.POSITIVE_INFINITY,
    ask: (request, done) => done(host.answer(request)),
    log: () => {},
    output: (channel, text) => write(channel === 'stdout' ? 1 : 2, text),
    error: (e) => write(2, `${e.errorInfo ?? e.message}\n`),
    exit: (code, reason) => process.exit(reason === '' ? code & 255 : 1),
  });
  if (options.trusted) openMaster(cell);
  const interp = options.trusted ? cell.master : cell.interp;
  if (options.trusted) setTrustedLimits(interp, options);
  interp.queueScript(script, (c) => process.exit(finish(c)));
  pump(cell);
}

/** --trusted puts the limits on the master itself. */
function setTrustedLimits(interp: TclInterp, { timeMs, commands }: Options): void {
  if (timeMs !== null) interp.budget.deadline = performance.now() + timeMs;
  if (commands === null) return;
  interp.countingCommands = true;
  interp.commandLimit = commands;
  interp.commandLimitPassed = () => {
    throw new LimitError('command count limit exceeded', ['TCL', 'LIMIT', 'COMMANDS'], interp);
  };
}

/** Exit code of a finished script. */
function finish(c: Completion): number {
  if (c.error === null) return 0;
  write(2, `${c.error.errorInfo ?? c.error.message}\n`);
  return 1;
}

/** Milliseconds run at a stretch; a terminal has nothing else to do. */
const SLICE_MS = 50;

function pump(cell: Cell): void {
  for (;;) {
    const state = cell.machine.run(SLICE_MS);
    if (state.state === 'more') continue;
    const { wakeAt } = state;
    if (wakeAt === null) {
      write(2, 'the script waits for something that cannot happen\n');
      process.exit(1);
    }
    setTimeout(() => pump(cell), Math.max(0, wakeAt - performance.now()));
    return;
  }
}

main();
