/**
 * Programs for `open |...` of the command line's master. The one program that there is is this one: each process is a master interpreter of its own,
 * with a machine and a working folder of its own, over the files and the network that all of a run share. Answers to tclMain.c and tclPipe.c.
 */

import { createSafeBase } from '../safe/safe-base.ts';
import { firstVariables } from '../safe/safe-interp.ts';
import { addChannel, type Channel, channelsOf, type Driver, dropChannel, makeChannel, newChannel, poolOf } from '../tcl/channels.ts';
import { attempt, ERROR, evalStep, type Interp, type Step, Unwind, waitStep } from '../tcl/command.ts';
import { scriptText, sourceText } from '../tcl/commands/files.ts';
import { coreRows } from '../tcl/commands/index.ts';
import { topLevelError } from '../tcl/commands/timing.ts';
import { UTF8, utf8Encode } from '../tcl/encodings.ts';
import { TclError } from '../tcl/errors.ts';
import { EventQueue } from '../tcl/events.ts';
import { TclInterp } from '../tcl/interp.ts';
import { newList } from '../tcl/list.ts';
import { Machine, type MachineState } from '../tcl/machine.ts';
import { makePipe } from '../tcl/pipes.ts';
import { posixError } from '../tcl/posix.ts';
import { str, type Value } from '../tcl/value.ts';
import { shareVfs, vfsOf } from '../tcl/vfs.ts';
import { setWorld, type World } from '../tcl/world.ts';
import { Loopback } from './loopback.ts';
import { readPipeline } from './pipelines.ts';

export interface Standard {
  readonly stdin: Driver;
  readonly stdout: Driver;
  readonly stderr: Driver;
}

/** What all processes of a run have of the terminal. */
export interface Surroundings {
  now(): number;
  wallClock(): number;
  readonly deadline: number;
  /** Something has happened: all have to be run once more before they are found to wait. */
  stir(): void;
}

const EXECUTABLE = '/bin/tclet';
const FIRST_PID = 1000;

/** Gives an interpreter its three standard channels, as tclsh has them. */
export function openStandard(interp: Interp, drivers: Standard): void {
  for (const name of ['stdin', 'stdout', 'stderr'] as const) {
    const channel = makeChannel(name, drivers[name], name === 'stdin' ? 'r' : 'w');
    channel.buffering = name === 'stderr' ? 'none' : 'line';
    addChannel(interp, channel);
    poolOf(interp).standard.set(name, channel);
  }
}

/** Writes out what is buffered anywhere, whatever fails. */
export function closeAll(interp: TclInterp): void {
  for (const channel of channelsOf(interp).values()) {
    try {
      dropChannel(interp, channel);
    } catch {
      // Nobody is left who could be told.
    }
  }
}

class Process {
  readonly pid: number;
  /** Its exit code, when it has ended. */
  status: number | null = null;
  private readonly words: readonly string[];
  private readonly std: Standard;
  private readonly parent: TclInterp;
  private readonly processes: Processes;
  private machine: Machine | null = null;
  private waiting: (() => void)[] = [];

  constructor(processes: Processes, pid: number, parent: TclInterp, words: readonly string[], std: Standard) {
    this.processes = processes;
    this.pid = pid;
    this.parent = parent;
    this.words = words;
    this.std = std;
  }

  whenEnded(done: () => void): void {
    if (this.status === null) this.waiting.push(done);
    else done();
  }

  run(sliceMs: number): MachineState {
    this.machine ??= this.begin();
    return this.machine.run(sliceMs);
  }

  private begin(): Machine {
    const { around } = this.processes;
    const { parent } = this;
    const events = new EventQueue({ now: () => around.now(), wallClock: () => around.wallClock() });
    // What it waits for may be in other hands: when all stand still the run ends.
    events.mayWake = () => true;
    events.onWork = () => around.stir();
    const interp = new TclInterp({
      rows: coreRows,
      events,
      prepare: (made) => {
        if (made.parent === null) shareVfs(parent, made);
        firstVariables(made);
      },
    });
    createSafeBase(interp, () => {});
    for (const [name, value] of parent.getArray('env') ?? []) interp.setVar(`env(${str(name)})`, value);
    this.processes.lendTo(interp, this.pid);
    openStandard(interp, this.std);
    const [file, ...args] = this.words;
    interp.setVar('argv0', file ?? EXECUTABLE);
    interp.setVar('argv', newList(args));
    interp.setVar('argc', args.length);
    interp.budget.deadline = around.deadline;
    interp.onExit = (code) => this.end(interp, code);
    interp.onBackgroundError = (error) => this.complain(error.errorInfo ?? error.message);
    const machine = new Machine(interp);
    const self = this;
    interp.events.queue('host', function* () {
      try {
        if (file === undefined) yield* self.commands(interp);
        else yield* sourceText(interp, interp.globalFrame, file, scriptText(interp, file, null));
        self.end(interp, 0);
      } catch (e) {
        const error = e instanceof Unwind ? topLevelError(e.code) : e;
        if (self.status !== null) return;
        if (!(error instanceof TclError)) throw error;
        self.complain(error.errorInfo ?? error.message);
        self.end(interp, 1);
      }
      yield waitStep('host', () => {});
    });
    return machine;
  }

  /** Commands from standard input, each when it is whole, until that ends. */
  private *commands(interp: TclInterp): Generator<Step, void, Value> {
    let script = '';
    for (;;) {
      const stdin = channelsOf(interp).get('stdin');
      const line = stdin?.readable ? yield* stdin.gets() : null;
      if (line === null) return;
      script += `${line}\n`;
      if (!interp.isComplete(script)) continue;
      const ended = yield* attempt(evalStep(interp.globalFrame, script, interp));
      if (this.status !== null) return;
      if (ended.code === ERROR) this.complain(str(ended.value));
      script = '';
    }
  }

  private complain(text: string): void {
    try {
      this.std.stderr.write!(utf8Encode(`${text}\n`));
    } catch {
      // Nobody listens.
    }
  }

  private end(interp: TclInterp, code: number): void {
    if (this.status !== null) return;
    this.status = code;
    closeAll(interp);
    for (const name of ['stdin', 'stdout', 'stderr'] as const) this.std[name].close?.('both');
    this.processes.running.delete(this);
    for (const done of this.waiting.splice(0)) done();
  }
}

/** What children complained, until it is told when the channel to them is closed. */
function collector() {
  let text = '';
  const driver: Driver = {
    write: (bytes) => {
      text += UTF8.decode(bytes, true).text;
    },
  };
  return { driver, text: () => text };
}

export class Processes {
  readonly around: Surroundings;
  readonly running = new Set<Process>();
  private readonly network = new Loopback();
  private readonly pids = new WeakMap<Channel, readonly number[]>();
  private nextPid = FIRST_PID;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** Gives the tree of a master programs and a network. */
  lendTo(master: TclInterp, pid = this.nextPid++): void {
    const world: World = {
      executable: EXECUTABLE,
      pid,
      start: (interp, words, mode) => this.start(master, interp, words, mode),
      pidsOf: (channel) => this.pids.get(channel) ?? [],
      listen: (interp, command, address, port) => this.network.listen(interp, command, address, port),
      connect: (interp, host, port, how) => this.network.connect(interp, host, port, how),
    };
    setWorld(master, world);
    vfsOf(master).mount('/bin', [['tclet', '']]);
  }

  private start(master: TclInterp, interp: Interp, words: readonly Value[], mode: 'r' | 'w' | 'rw'): Channel {
    const pipeline = readPipeline(interp, words);
    const { commands } = pipeline;
    for (const command of commands) {
      const name = str(command.words[0]!);
      if (name !== EXECUTABLE) throw posixError(`couldn't execute "${name}"`, 'ENOENT');
    }
    const reads = mode !== 'w';
    const writes = mode !== 'r';
    const redirected = (what: string, std: string): TclError =>
      new TclError(`can't ${what} command: standard ${std} was redirected`, ['TCL', 'OPERATION', 'EXEC', 'BADREDIRECT']);
    if (reads && pipeline.output !== null) throw redirected('read output from', 'output');
    if (writes && pipeline.input !== null) throw redirected('write input to', 'input');
    const complaints = collector();
    const own = (name: string): Driver => inherited(channelsOf(master).get(name)?.driver);
    const first = makePipe(interp);
    const last = makePipe(interp);
    let stdin = pipeline.input ?? (writes ? first.source : own('stdin'));
    const started: Process[] = [];
    for (const [i, command] of commands.entries()) {
      const between = i < commands.length - 1 ? makePipe(interp) : null;
      const stdout = between?.sink ?? pipeline.output ?? (reads ? last.sink : own('stdout'));
      const stderr = command.errors ? { ...stdout, close() {} } : (pipeline.errors ?? complaints.driver);
      started.push(new Process(this, this.nextPid++, master, command.words.slice(1).map(str), { stdin, stdout, stderr }));
      if (between !== null) stdin = between.source;
    }
    for (const process of started) this.running.add(process);
    const driver: Driver = {
      ...(reads && last.source),
      ...(writes && first.sink),
      half: true,
      close(side) {
        if (reads && side !== 'write') last.source.close();
        if (writes && side !== 'read') first.sink.close();
      },
      *ended(wait) {
        if (!wait) return;
        for (const process of started) yield waitStep('host', (resume) => process.whenEnded(() => resume('')));
        const failed = started.find(({ status }) => status !== 0);
        const said = complaints.text();
        if (failed === undefined && said === '') return;
        const message = said === '' ? 'child process exited abnormally' : said.replace(/\n$/, '');
        throw new TclError(message, failed === undefined ? null : ['CHILDSTATUS', String(failed.pid), String(failed.status)]);
      },
    };
    const channel = newChannel(interp, driver, mode);
    this.pids.set(
      channel,
      started.map(({ pid }) => pid),
    );
    return channel;
  }
}

/** A standard channel of the one who starts it, which it does not close. */
function inherited(driver: Driver | undefined): Driver {
  if (driver === undefined) return { read: () => null, write: () => {} };
  const { close: _, ...rest } = driver;
  return rest;
}
