/**
 * Programs for `open |...` and `exec` of the command line's master. The one program that there is is this one: each process is a master interpreter of its own,
 * with a machine and a working folder of its own, over the files and the network that all of a run share. Answers to tclMain.c and tclPipe.c.
 */

import { createSafeBase } from '../safe/safe-base.ts';
import { firstVariables, readPreference } from '../safe/safe-interp.ts';
import { noteError } from '../tcl/catching.ts';
import { addChannel, type Channel, channelsOf, type Driver, dropChannel, makeChannel, poolOf } from '../tcl/channels.ts';
import { attempt, evalStep, type Interp, OK, type Step, waitStep } from '../tcl/command.ts';
import { scriptText, sourceText } from '../tcl/commands/files.ts';
import { coreRows } from '../tcl/commands/index.ts';
import { concatOf } from '../tcl/commands/lists.ts';
import { UTF8 } from '../tcl/encodings.ts';
import { TclError } from '../tcl/errors.ts';
import { EventQueue } from '../tcl/events.ts';
import { TclInterp } from '../tcl/interp.ts';
import { newList } from '../tcl/list.ts';
import { Machine, type MachineState } from '../tcl/machine.ts';
import { parseBoolean } from '../tcl/number.ts';
import { makePipe } from '../tcl/pipes.ts';
import { posixError } from '../tcl/posix.ts';
import { addInfo, outermost } from '../tcl/run.ts';
import { str, type Value } from '../tcl/value.ts';
import { pathOf, shareVfs, vfsOf } from '../tcl/vfs.ts';
import { type Ends, setWorld, type World } from '../tcl/world.ts';
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

/** The one program, by its own name and those that scripts know it by. */
const FOLDER = '/bin';
const NAMES = ['tclet', 'tclsh', 'tclsh8.6'];
const PROGRAM = 0o555;
const EXECUTABLE = `${FOLDER}/${NAMES[0]}`;
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
    for (const [name] of [...interp.getArray('env')!]) interp.unsetVar(`env(${name})`);
    for (const [name, value] of parent.getArray('env') ?? []) interp.setVar(`env(${name})`, value);
    readPreference(interp);
    const folders = interp.getVar('env(TCLLIBPATH)');
    if (folders !== undefined) interp.setVar('auto_path', concatOf([folders, interp.readVar('auto_path')]));
    this.processes.lendTo(interp, this.pid);
    openStandard(interp, this.std);
    const { encoding, file, args } = readArguments(this.words);
    interp.setVar('argv0', file ?? EXECUTABLE);
    interp.setVar('argv', newList([...args]));
    interp.setVar('argc', args.length);
    interp.budget.deadline = around.deadline;
    interp.onExit = (code) => this.end(interp, code);
    interp.onBackgroundError = (error) => this.complain(interp, error.errorInfo ?? error.message);
    const machine = new Machine(interp);
    const self = this;
    interp.events.queue('host', function* () {
      try {
        if (file === undefined) yield* self.commands(interp);
        else yield* sourceText(interp, interp.globalFrame, file, scriptText(interp, file, encoding), true);
        self.end(interp, 0);
      } catch (e) {
        if (self.status !== null) return;
        if (!(e instanceof TclError)) throw e;
        self.complain(interp, e.errorInfo ?? e.message);
        self.end(interp, 1);
      }
      yield waitStep('host', () => {});
    });
    return machine;
  }

  /** Commands from standard input, each when it is whole, until that ends; prompts and results while a script has set tcl_interactive. Answers to Tcl_Main. */
  private *commands(interp: TclInterp): Generator<Step, void, Value> {
    let interactive = false;
    interp.traceVar('tcl_interactive', ['write'], () => {
      const given = parseBoolean(interp.readVar('tcl_interactive'));
      interactive = given ?? interactive;
      if (given !== undefined) return;
      interp.setVar('tcl_interactive', Number(interactive));
      throw new TclError('variable must have boolean value');
    });
    let script = '';
    let prompted = false;
    for (;;) {
      const stdin = (): Channel | null | undefined => poolOf(interp).standard.get('stdin');
      if (interactive && !prompted && stdin()) yield* this.prompt(interp, script === '');
      prompted = true;
      const from = stdin();
      if (this.status !== null || !from?.readable) return;
      const line = yield* from.gets();
      if (line === null && from.blocked) {
        yield waitStep('host', (resume) => from.driver.whenReadable?.(() => resume('')));
        continue;
      }
      if (line === null) return;
      prompted = false;
      script += `${line}\n`;
      if (!interp.isComplete(script)) continue;
      const ended = yield* attempt(evalStep(interp.globalFrame, script, interp));
      if (this.status !== null) return;
      const result = ended.error ?? (ended.code === OK ? ended.value : outermost(ended, { text: script.trimEnd(), line: 1 }));
      const said = result instanceof TclError ? result.message : str(result);
      if (result instanceof TclError) {
        noteError(interp, result);
        this.complain(interp, said);
      } else if (interactive && said !== '') say(interp, 'stdout', `${said}\n`);
      script = '';
    }
  }

  /** What `tcl_prompt1` does, or `tcl_prompt2` where a command is not whole. */
  private *prompt(interp: TclInterp, first: boolean): Generator<Step, void, Value> {
    const script = interp.getVar(first ? 'tcl_prompt1' : 'tcl_prompt2');
    const ended = script === undefined ? null : yield* attempt(evalStep(interp.globalFrame, script, interp));
    if (ended?.error) {
      addInfo(ended.error, '\n    (script that generates prompt)');
      noteError(interp, ended.error);
      this.complain(interp, str(ended.value));
    }
    if (first && ended?.code !== OK) say(interp, 'stdout', '% ');
    yield* poolOf(interp).standard.get('stdout')?.flush() ?? [];
  }

  private complain(interp: TclInterp, text: string): void {
    say(interp, 'stderr', `${text}\n`);
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

/** Writes to a standard channel, or what is in the place of it. */
function say(interp: TclInterp, name: 'stdout' | 'stderr', text: string): void {
  try {
    poolOf(interp).standard.get(name)?.write(text, false);
  } catch {
    // Nobody listens.
  }
}

/** `?-encoding name? ?file? ?arg ...?`, as tclsh has them: where no file is named, all are arguments. */
function readArguments(words: readonly string[]): { encoding: string | null; file?: string; args: readonly string[] } {
  const [option, encoding = '', script = '-'] = words;
  if (option === '-encoding' && !script.startsWith('-')) return { encoding, file: script, args: words.slice(3) };
  if (option === undefined || option.startsWith('-')) return { encoding: null, args: words };
  return { encoding: null, file: option, args: words.slice(1) };
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
  private nextPid = FIRST_PID;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** Gives the tree of a master programs and a network. */
  lendTo(master: TclInterp, pid = this.nextPid++): void {
    const world: World = {
      executable: EXECUTABLE,
      pid,
      start: (interp, words, ends) => this.start(master, interp, words, ends),
      listen: (interp, command, address, port) => this.network.listen(interp, command, address, port),
      connect: (interp, host, port, how) => this.network.connect(interp, host, port, how),
    };
    setWorld(master, world);
    const vfs = vfsOf(master);
    if (vfs.peek(EXECUTABLE) !== null) return;
    const paths = NAMES.map((name) => [name, ''] as const);
    vfs.mount(FOLDER, paths);
    for (const [name] of paths) vfs.find(`${FOLDER}/${name}`).info.mode = PROGRAM;
    master.setVar('env(PATH)', FOLDER);
    const { entries, info } = vfs.makeDirs('/dev');
    entries.set('null', { kind: 'file', device: true, bytes: new Uint8Array(0), size: 0, info: { ...info, mode: 0o666 } });
  }

  private start(master: TclInterp, interp: Interp, words: readonly Value[], ends: Ends): Driver {
    const { commands, input, output, errors } = readPipeline(interp, words);
    const redirected = (what: string, std: string): TclError =>
      new TclError(`can't ${what} command: standard ${std} was redirected`, ['TCL', 'OPERATION', 'EXEC', 'BADREDIRECT']);
    for (const { words } of commands) checkProgram(interp, words[0]!);
    if (ends.strict && ends.reads && output !== null) throw redirected('read output from', 'output');
    if (ends.strict && ends.writes && input !== null) throw redirected('write input to', 'input');
    const { standard } = poolOf(master);
    const own = (name: string): Driver => inherited(standard.get(name)?.driver);
    const first = ends.writes ? makePipe(interp) : null;
    const last = ends.reads && output === null ? makePipe(interp) : null;
    const complaints = ends.errors ? collector() : null;
    let stdin = input ?? first?.source ?? own('stdin');
    const started: Process[] = [];
    for (const [i, command] of commands.entries()) {
      const between = i < commands.length - 1 ? makePipe(interp) : null;
      const stdout = between?.sink ?? output ?? last?.sink ?? own('stdout');
      const stderr = command.errors ? { ...stdout, close() {} } : (errors ?? complaints?.driver ?? own('stderr'));
      started.push(new Process(this, this.nextPid++, master, command.words.slice(1).map(str), { stdin, stdout, stderr }));
      if (between !== null) stdin = between.source;
    }
    for (const process of started) this.running.add(process);
    return {
      ...last?.source,
      ...first?.sink,
      half: true,
      pids: started.map(({ pid }) => pid),
      close(side) {
        if (side !== 'write') last?.source.close();
        if (side !== 'read') first?.sink.close();
      },
      *ended(wait) {
        if (!wait) return;
        for (const process of started) yield waitStep('host', (resume) => process.whenEnded(() => resume('')));
        const failed = started.findLast(({ status }) => status !== 0);
        const said = complaints?.text() ?? '';
        if (failed === undefined && said === '') return;
        const code = failed === undefined ? null : ['CHILDSTATUS', String(failed.pid), String(failed.status)];
        throw new TclError(said === '' ? 'child process exited abnormally' : said, code);
      },
    };
  }
}

/** Throws what the system would say of a program that it cannot start. */
function checkProgram(interp: Interp, word: Value): void {
  const name = str(word);
  const path = name.includes('/') || name.startsWith('~') ? pathOf(interp, name) : `${FOLDER}/${name}`;
  const found = name === '' ? null : vfsOf(interp).peek(path);
  if (found?.kind === 'file' && found.info.fixed && found.info.mode === PROGRAM) return;
  throw posixError(`couldn't execute "${name}"`, found === null ? 'ENOENT' : 'EACCES');
}

/** A standard channel of the one who starts it, which it does not close. */
function inherited(driver: Driver | undefined): Driver {
  if (driver === undefined) return { read: () => null, write: () => {} };
  const { close: _, ...rest } = driver;
  return rest;
}
