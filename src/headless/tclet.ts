/**
 * `tclet run [options] FILE.tcl [ARG]...`: a script in a safe interpreter, or with --trusted in the master, in a terminal; with --tk it has Tk, on a
 * display that shows nothing. Ends at the end of the script, as tclsh does: pending events are dropped. The terminal is handed in; cli.ts has the real one.
 * Answers to DESIGN section 7, "headless", and tclMain.c.
 */
import type { HostAnswer, HostRequest } from '../protocol/host.ts';
import { type Cell, createCell, type PackageFiles } from '../safe/cell.ts';
import { clock, stress } from '../tcl/budget.ts';
import { addChannel, type Driver, makeChannel, poolOf } from '../tcl/channels.ts';
import { waitStep } from '../tcl/command.ts';
import { sourceText } from '../tcl/commands/files.ts';
import { UTF8 } from '../tcl/encodings.ts';
import { LimitError, TclError } from '../tcl/errors.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { newList } from '../tcl/list.ts';
import { dirname, tail } from '../tcl/paths.ts';
import { internalErrors } from '../tcl/run.ts';
import { vfsOf } from '../tcl/vfs.ts';
import type { TkApp } from '../tk/app.ts';
import { createTk } from '../tk/create.ts';
import { NullDisplay, TableMeasurer } from './null-display.ts';
import { closeAll, openStandard, Processes } from './processes.ts';

export interface Terminal {
  /** A file's bytes; throws an Error with Tcl's words for what went wrong. */
  readFile(path: string): Uint8Array;
  /** All files below a folder, by their paths below it; throws as readFile does. */
  readFolder(path: string): PackageFiles;
  /** Writes all of it at once; 1 is standard output, 2 standard error. */
  write(fd: 1 | 2, text: string | Uint8Array): void;
  readonly stdin: Input;
  /** How many more bytes the engine that runs us can hold, after its garbage was collected or as it is. */
  heapLeft(collect: boolean): number;
}

/** As a driver reads: none there yet is an empty piece, the end null. Calls back once there is more, or the end. */
export interface Input {
  read(max: number): Uint8Array | null;
  whenReadable(done: () => void): void;
}

const USAGE =
  'usage: tclet run [--trusted] [--tk] [--limit-time MS] [--limit-commands N] [--limit-memory MB] [--mount FOLDER]... [--hostile] FILE.tcl [ARG]...';

interface Options {
  readonly file: string;
  readonly args: readonly string[];
  readonly trusted: boolean;
  readonly tk: boolean;
  /** Pauses wherever one can happen, and leaves the JavaScript stack early: for tests of the engine. */
  readonly hostile: boolean;
  /** Milliseconds of the whole run. */
  readonly timeMs: number | null;
  readonly commands: number | null;
  readonly memoryMb: number | null;
  /** Folders of packages, each read-only at /lib/NAME in the virtual file system. */
  readonly mounts: readonly string[];
}

/** Runs the command line's words (without the program's own); settles with the exit code. */
export async function tclet(args: readonly string[], terminal: Terminal): Promise<number> {
  let options: Options;
  let script: string;
  let packages: [string, PackageFiles][];
  try {
    options = readOptions(args);
    script = UTF8.decode(terminal.readFile(options.file), true).text;
    packages = options.mounts.map((folder) => [tail(folder), terminal.readFolder(folder)]);
  } catch (e) {
    terminal.write(2, `${e instanceof Error ? e.message : String(e)}\n`);
    return 1;
  }
  return new Promise((resolve) => new Run(options, terminal, packages, resolve).start(script));
}

function readOptions(args: readonly string[]): Options {
  if (args[0] !== 'run') throw new Error(USAGE);
  const flags = { '--trusted': false, '--tk': false, '--hostile': false };
  const numbers = new Map<string, number>();
  const mounts: string[] = [];
  let i = 1;
  for (; args[i]?.startsWith('--'); i++) {
    const option = args[i]!;
    if (option === '--trusted' || option === '--tk' || option === '--hostile') {
      flags[option] = true;
      continue;
    }
    if (!['--limit-time', '--limit-commands', '--limit-memory', '--mount'].includes(option))
      throw new Error(`unknown option ${option}\n${USAGE}`);
    const word = args[++i] ?? '';
    if (option === '--mount') {
      mounts.push(word);
      continue;
    }
    if (!/^[0-9]{1,15}$/.test(word) || Number(word) === 0) throw new Error(`${option} wants a whole number above 0`);
    numbers.set(option, Number(word));
  }
  if (i >= args.length) throw new Error(USAGE);
  const get = (name: string) => numbers.get(name) ?? null;
  return {
    file: args[i]!,
    args: args.slice(i + 1),
    trusted: flags['--trusted'],
    tk: flags['--tk'],
    hostile: flags['--hostile'],
    timeMs: get('--limit-time'),
    commands: get('--limit-commands'),
    memoryMb: get('--limit-memory'),
    mounts,
  };
}

/** What `source` makes of a file's text: no byte order mark, lines that end in LF, nothing after Control-Z. */
function scriptOf(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .split('\x1a', 1)[0]!
    .replace(/\r\n?/g, '\n');
}

/** Milliseconds run at a stretch; a terminal has nothing else to do. */
const SLICE_MS = 50;
/** With --trusted, as many channels as a process may commonly have. */
const MAX_FILES = 1024;

/** The program reads itself where it was said to be. */
function putInWorld(interp: TclInterp, file: string, text: string): void {
  const vfs = vfsOf(interp);
  const path = vfs.normalize(file);
  vfs.mount(dirname(path), [[tail(path), text]], false);
}

/** Tk on a display of its own that shows nothing. */
function tkIn(interp: TclInterp): TkApp {
  return createTk(interp, { measurer: new TableMeasurer(), sink: new NullDisplay().take, size: null });
}

/** One script from its first command to its exit code. */
class Run {
  private readonly options: Options;
  private readonly terminal: Terminal;
  private readonly resolve: (code: number) => void;
  private readonly cell: Cell;
  private readonly deadline: number;
  private readonly processes: Processes;
  private over = false;
  /** How many wait for standard input. */
  private awaited = 0;
  /** Something has happened since the machines were run. */
  private stirred = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options, terminal: Terminal, packages: [string, PackageFiles][], resolve: (code: number) => void) {
    this.options = options;
    this.terminal = terminal;
    this.resolve = resolve;
    const { timeMs, commands, memoryMb, trusted } = options;
    if (options.hostile) Object.assign(stress, { pauseAlways: true, stackLevels: 3 });
    clock.heapLeft = (collect) => terminal.heapLeft(collect);
    const host = new MemoryHost();
    internalErrors.report = (e) => terminal.write(2, `internal error: ${e instanceof Error ? e.stack : String(e)}\n`);
    this.cell = createCell({
      now: () => performance.now(),
      wallClock: Date.now,
      embedArgs: [],
      originUrl: '',
      headless: true,
      packages,
      limits: { timeMs: null, commands: trusted ? null : commands, memoryMb },
      consoleBytesPerMinute: Number.POSITIVE_INFINITY,
      ask: (request, done) => done(host.answer(request)),
      log: () => {},
      output: (channel, text) => terminal.write(channel === 'stdout' ? 1 : 2, text),
      ...(options.tk ? { putTk: tkIn } : {}),
      error: (e) => this.complain(e),
      exit: (code, reason) => this.end(reason === '' ? code & 255 : 1),
    });
    this.deadline = timeMs === null ? Number.POSITIVE_INFINITY : performance.now() + timeMs;
    const { master } = this.cell;
    master.budget.deadline = this.deadline;
    const stir = (): void => {
      this.stirred = true;
    };
    this.processes = new Processes({ now: () => performance.now(), wallClock: Date.now, deadline: this.deadline, stir });
    master.events.mayWake = () => this.awaited > 0 || this.processes.running.size > 0;
    master.events.onWork = stir;
    if (trusted) this.openMaster(commands, memoryMb);
    else addChannel(this.cell.interp, makeChannel('stdin', this.stdin(), 'r'));
    if (!options.tk) return;
    const { interp } = this.cell;
    const app = tkIn(trusted ? master : interp);
    if (!trusted) this.cell.tkReady(app);
  }

  start(script: string): void {
    const { file, args, trusted } = this.options;
    const interp = trusted ? this.cell.master : this.cell.interp;
    interp.setVar('argv0', file);
    interp.setVar('argv', newList([...args]));
    interp.setVar('argc', args.length);
    if (trusted) putInWorld(interp, file, script);
    const self = this;
    interp.events.queue('host', function* () {
      try {
        yield* sourceText(interp, interp.globalFrame, file, scriptOf(script), true);
        self.end(0);
      } catch (e) {
        self.failed(e);
      }
      // Stands still for good: what is pending is dropped.
      yield waitStep('host', () => {});
    });
    this.pump();
  }

  private failed(e: unknown): void {
    if (this.over) return;
    if (!(e instanceof TclError)) throw e;
    this.complain(e);
    this.end(1);
  }

  private complain(e: TclError): void {
    this.terminal.write(2, `${e.errorInfo ?? e.message}\n`);
  }

  private end(code: number): void {
    if (this.over) return;
    this.over = true;
    closeAll(this.options.trusted ? this.cell.master : this.cell.interp);
    this.resolve(code);
  }

  /** Standard input; who waits for it is run when it has come. */
  private stdin(): Driver {
    const { stdin } = this.terminal;
    return {
      read: (max) => stdin.read(max),
      whenReadable: (done) => {
        this.awaited++;
        stdin.whenReadable(() => {
          this.awaited--;
          done();
          clearTimeout(this.timer);
          this.pump();
        });
      },
    };
  }

  /** Also those that are started meanwhile. */
  private *machines(): Generator<Pick<Cell['machine'], 'run'>> {
    yield this.cell.machine;
    yield* this.processes.running;
  }

  /** Runs all processes until the script has ended, sleeping when all wait. */
  private readonly pump = (): void => {
    while (!this.over) {
      this.stirred = false;
      let wakeAt = Number.POSITIVE_INFINITY;
      for (const machine of this.machines()) {
        const state = machine.run(SLICE_MS);
        if (this.over) return;
        if (state.state === 'more') this.stirred = true;
        else wakeAt = Math.min(wakeAt, state.wakeAt ?? wakeAt);
      }
      if (this.stirred) {
        if (this.awaited === 0) continue;
        // What has come meanwhile is let in.
        setImmediate(this.pump);
        return;
      }
      if (wakeAt === Number.POSITIVE_INFINITY && this.awaited === 0) {
        return this.failed(new TclError('the script waits for something that cannot happen'));
      }
      // A limit of time ends a wait as well.
      if (performance.now() >= this.deadline) return this.failed(new TclError('time limit exceeded'));
      const until = Math.min(wakeAt, this.deadline) - performance.now();
      if (until < Number.POSITIVE_INFINITY) this.timer = setTimeout(this.pump, Math.max(0, until));
      return;
    }
  };

  /** --trusted: the master gets the terminal, `exit`, `bgerror`, programs and a network, or the limit of commands. */
  private openMaster(commands: number | null, memoryMb: number | null): void {
    const { master } = this.cell;
    poolOf(master).max = MAX_FILES;
    const { terminal } = this;
    openStandard(master, {
      stdin: this.stdin(),
      stdout: { write: (bytes) => terminal.write(1, bytes) },
      stderr: { write: (bytes) => terminal.write(2, bytes) },
    });
    master.onBackgroundError = (e) => this.complain(e);
    master.onExit = (code) => this.end(code);
    // Another process would be free of limits that are counted in an interpreter.
    if (commands === null && memoryMb === null) this.processes.lendTo(master);
    if (commands === null) return;
    master.commandCount = 0;
    master.commandLimit = commands;
    master.updateCounting();
    master.commandLimitPassed = () => {
      throw new LimitError('command count limit exceeded', ['TCL', 'LIMIT', 'COMMANDS'], master);
    };
  }
}

/** Scratch files in memory: there is no page to keep them. The worker's side counts their quotas. */
class MemoryHost {
  private readonly files = new Map<string, Uint8Array>();

  answer(r: HostRequest): HostAnswer {
    if (!('name' in r) || !r.op.startsWith('scratch-')) return { ok: false, message: 'permission denied' };
    const old = this.files.get(r.name) ?? new Uint8Array();
    if (r.op === 'scratch-open') this.files.set(r.name, old);
    else if (r.op === 'scratch-write') this.files.set(r.name, overlay(old, r.at ?? old.length, r.bytes));
    else if (r.op === 'scratch-truncate') this.files.set(r.name, overlay(old.subarray(0, r.size), r.size, new Uint8Array()));
    else if (r.op === 'scratch-delete') this.files.delete(r.name);
    return { ok: true, value: r.op === 'scratch-open' ? old.slice() : '' };
  }
}

function overlay(old: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.max(old.length, at + bytes.length));
  out.set(old);
  out.set(bytes, at);
  return out;
}
