/**
 * The padded cell: a master interpreter, trusted inside the worker alone, and in it the tclet's safe interpreter `tclet1` with its base
 * aliases. It decides early what the page decides again, and has no authority of its own: everything beyond computing goes through
 * the functions it is given. Answers to the Tcl plugin's `NewInstance` (instance.tcl) and Safe-Tcl's safe.tcl.
 */
import { BASE } from '../policy/base.ts';
import { originOf } from '../policy/origin.ts';
import type { HostAnswer, HostRequest, LogEntry } from '../protocol/host.ts';
import { addChannel, type Channel, channelsOf, dropChannel, makeChannel, poolOf } from '../tcl/channels.ts';
import { staticPackages } from '../tcl/children.ts';
import type { CommandRow, Interp } from '../tcl/command.ts';
import { coreRows } from '../tcl/commands/index.ts';
import { endOfInterp, LimitError, type TclError, wrongArgs } from '../tcl/errors.ts';
import { EventQueue } from '../tcl/events.ts';
import { TclInterp } from '../tcl/interp.ts';
import { elements, newList } from '../tcl/list.ts';
import { Machine, type MachineState } from '../tcl/machine.ts';
import { parseNumber } from '../tcl/number.ts';
import { dirname } from '../tcl/paths.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import { vfsOf } from '../tcl/vfs.ts';
import { Audit } from './audit.ts';
import { Console, type ConsoleName } from './console.ts';
import { pipeDriver } from './features/pipe-channel.ts';
import { inTurn } from './page.ts';
import { createSafeBase } from './safe-base.ts';
import type { SafeChildren } from './safe-children.ts';
import { argumentVariables, firstVariables } from './safe-interp.ts';
import { addWm, askForTk, type PutTk, type TkWindows } from './safe-tk.ts';
import { TCLET, type Tclet, tellAboutItself } from './tclet.ts';
import { tcletRows } from './tclet-commands.ts';

/** Paths below a folder, and what is there. */
export type PackageFiles = Iterable<readonly [string, string | Uint8Array]>;

export interface CellOptions {
  /** Milliseconds of a monotonic clock, and since 1970. */
  now(): number;
  wallClock(): number;
  /** Attributes of the element, and `embed_mode`. */
  readonly embedArgs: readonly (readonly [string, string])[];
  /** Where the source came from; empty when unknown. */
  readonly originUrl: string;
  /** null: no limit. */
  readonly limits: { readonly timeMs: number | null; readonly commands: number | null; readonly memoryMb: number | null };
  /** Nothing comes from outside: what waits for nothing has an error, as in tclsh. */
  readonly headless?: boolean;
  /** Bytes `puts` may print a minute; default that of the base policy, Infinity for none. */
  readonly consoleBytesPerMinute?: number;
  /** Folders of packages that scripts may load, by the name each has in /lib. */
  readonly packages?: Iterable<readonly [string, PackageFiles]>;
  /** Puts Tk into interpreters that ask for it by `load`; absent, there is none but the host's own. */
  readonly putTk?: PutTk;
  ask(request: HostRequest, done: (answer: HostAnswer) => void): void;
  log(entry: LogEntry): void;
  output(channel: ConsoleName, text: string): void;
  /** An error in an event that the tclet did not handle. */
  error(error: TclError): void;
  /** The tclet has ended, `reason` empty when it did so itself. */
  exit(code: number, reason: string): void;
}

export interface Cell {
  readonly machine: Machine;
  readonly master: TclInterp;
  /** The tclet's own. */
  readonly interp: TclInterp;
  readonly base: SafeChildren;
  readonly ended: boolean;
  /** Tk has been put into the tclet: gives it `wm`, and sizes to `getattr`. */
  tkReady(app: TkWindows): void;
  /** Gives the tclet a channel over a stream of the page, and takes it back. */
  lend(name: string, pipe: number, mode: 'r' | 'w' | 'rw'): void;
  takeBack(name: string): void;
  /** Ends the tclet: nothing of it runs after the present event. */
  stop(code: number, reason: string): void;
}

/** Most channels a tclet and its children may have (DESIGN section 5). */
const MAX_CHANNELS = 16;
const NAME = 'tclet1';

/**
 * The machine, with a clock for each evaluation: it begins anew with an event, and after a wait for one or for a time. While the page is asked, or the
 * tclet is paused, it stands, and goes on where it stood: a script that does nothing but ask would never come to an end else.
 */
class TimedMachine extends Machine {
  private readonly tclet: TclInterp;
  private readonly timeMs: number;
  /** What the evaluation has left, in ms. */
  private left: number;

  constructor(master: TclInterp, tclet: TclInterp, timeMs: number) {
    super(master);
    this.tclet = tclet;
    this.timeMs = timeMs;
    this.left = timeMs;
    master.events.onEvaluation = () => this.begin(timeMs);
  }

  private begin(ms: number): void {
    this.setDeadline(this.tclet.events.now() + ms);
  }

  /** Of the master too, for what aliases do in it. */
  private setDeadline(at: number): void {
    this.tclet.budget.deadline = at;
    this.interp.budget.deadline = at;
  }

  override run(sliceMs: number): MachineState {
    const { budget, events } = this.tclet;
    this.begin(this.left);
    const state = super.run(sliceMs);
    this.left = state.state === 'more' || state.asking ? budget.deadline - events.now() : this.timeMs;
    this.setDeadline(Infinity);
    return state;
  }
}

/** Puts a folder of packages at /lib/NAME, and each folder in it that has an index on the path, so that safe interpreters may read there. */
function mountPackages(master: TclInterp, name: string, files: PackageFiles): void {
  const all = [...files];
  const top = `/lib/${name}`;
  vfsOf(master).mount(top, all);
  const indexed = all.filter(([path]) => /(^|\/)pkgIndex\.tcl$/.test(path)).map(([path]) => dirname(`${top}/${path}`));
  master.setVar('auto_path', newList([...elements(master.readVar('auto_path')), ...indexed]));
}

export function createCell(options: CellOptions): Cell {
  const audit = new Audit((entry) => options.log(entry), options.wallClock);
  const events = new EventQueue({ now: () => options.now(), wallClock: () => options.wallClock() });
  // The page may call, and its visitor act, at any time.
  events.mayWake = () => options.headless !== true;
  const master = new TclInterp({ rows: coreRows, events, prepare: firstVariables });
  const base = createSafeBase(master, (id, text, kind) => audit.log(id, `${kind} for slave ${id} : ${text}`, kind));
  for (const [name, files] of options.packages ?? []) mountPackages(master, name, files);
  const interp = base.create(NAME);
  const questions = inTurn(
    (request, done) => options.ask(request, done),
    ({ op }) => audit.log(NAME, `${op}: no words that the page would read`, 'SECURITY'),
  );
  interp.holders.add(questions.held);
  const tclet: Tclet = {
    interp,
    id: NAME,
    audit,
    ask: questions.ask,
    base,
    embedArgs: options.embedArgs,
    // The parser of URLs is out of reach of what is loaded later.
    origin: () => originOf(options.originUrl),
    stop,
    tk: null,
    more: null,
  };
  const lent = new Map<string, Channel>();
  const { timeMs } = options.limits;
  const machine = timeMs === null ? new Machine(master) : new TimedMachine(master, interp, timeMs);
  let ended = false;
  let backgroundErrors = 0;
  let memoryErrors = 0;

  machine.onEscaped = escaped;
  staticPackages(master).set('Tk', askForTk(master, options.putTk));
  addConsole();
  interp.assoc.set(TCLET, tclet);
  interp.addRows([...rows(), ...tcletRows]);
  tellAboutItself(interp, options.embedArgs);
  argumentVariables(interp);
  interp.onBackgroundError = unhandled;
  // Last: what was made so far is not the tclet's.
  setLimits();
  return {
    machine,
    master,
    interp,
    base,
    get ended() {
      return ended;
    },
    tkReady,
    lend,
    takeBack,
    stop,
  };

  function setLimits(): void {
    const { limits } = options;
    poolOf(interp).max = MAX_CHANNELS;
    if (limits.memoryMb !== null) master.budget.maxBytes = limits.memoryMb * 1_048_576;
    if (limits.commands === null) return;
    interp.commandCount = 0;
    interp.commandLimit = limits.commands;
    interp.updateCounting();
    interp.commandLimitPassed = () => {
      throw new LimitError('command count limit exceeded', ['TCL', 'LIMIT', 'COMMANDS'], interp);
    };
  }

  /** `stdout` and `stderr`: a bare safe interpreter has none, but scripts of the wild print. */
  function addConsole(): void {
    const quota = options.consoleBytesPerMinute ?? BASE.constants.consoleBytesPerMinute;
    const made = new Console((channel, text) => options.output(channel, text), options.now, quota);
    for (const name of ['stdout', 'stderr'] as const) {
      const channel = makeChannel(name, made.driver(name), 'w');
      channel.buffering = 'none';
      addChannel(interp, channel);
    }
  }

  // ---- Commands

  function rows(): CommandRow[] {
    return [
      { name: 'log', min: 0, max: Infinity, usage: 'msg ...', safe: true, run: logCmd },
      { name: 'exit', min: 0, max: Infinity, usage: '', safe: true, run: exitCmd },
    ];
  }

  function logCmd(_interp: Interp, args: readonly Value[]): Value {
    const text = args.slice(1).map(str).join(' ');
    audit.log(NAME, text.replace(/[^ -~]+/g, '_'), 'SLAVE');
    return EMPTY;
  }

  /** Ends the tclet. The plugin's took no argument; a number, as `exit` has everywhere else, is let pass. */
  function exitCmd(_interp: Interp, args: readonly Value[]): Value {
    const code = args.length > 1 ? parseNumber(str(args[1]!)) : 0;
    if (args.length > 2 || code === undefined || typeof code === 'object') throw wrongArgs('exit');
    stop(Number(BigInt.asIntN(32, BigInt(Math.trunc(Number(code))))), '');
    throw endOfInterp(interp);
  }

  /** A channel over a stream that the page lends: `mode` is what the tclet may do with it. */
  function lend(name: string, pipe: number, mode: 'r' | 'w' | 'rw'): void {
    takeBack(name);
    if (channelsOf(interp).has(name)) return audit.log(NAME, `channel ${name}: the tclet has one of that name`, 'WARNING');
    const channel = makeChannel(name, pipeDriver(tclet, pipe, mode), mode);
    addChannel(interp, channel);
    lent.set(name, channel);
    audit.log(NAME, `channel ${name} lent by the page`);
  }

  /** Closes it, whoever has it by now. */
  function takeBack(name: string): void {
    const channel = lent.get(name);
    if (channel === undefined) return;
    lent.delete(name);
    const takeFrom = (at: TclInterp): void => {
      if (channelsOf(at).get(name) === channel) dropChannel(at, channel);
      for (const child of at.children.values()) takeFrom(child);
    };
    takeFrom(master);
    audit.log(NAME, `channel ${name} taken back by the page`);
  }

  // ---- Life

  function tkReady(app: TkWindows): void {
    tclet.tk = app;
    addWm(interp, app, audit);
    audit.log(NAME, 'Tk loaded');
  }

  function unhandled(error: TclError): void {
    if (ended) return;
    audit.log(NAME, `background error: ${error.message}`, 'ERROR');
    options.error(error);
    if (++backgroundErrors > BASE.constants.backgroundErrorsLimit) stop(1, 'too many background errors');
  }

  /** A limit unwound a whole event. Time and commands end the tclet; of memory it may have learnt, once. */
  function escaped(error: TclError): void {
    if (ended) return;
    audit.log(NAME, error.message, 'SECURITY');
    options.error(error);
    const memory = error.errorCode?.[2] === 'MEMORY';
    if (!memory || ++memoryErrors > 1) stop(1, error.message);
  }

  function stop(code: number, reason: string): void {
    if (ended) return;
    ended = true;
    audit.end(NAME, reason === '' ? `exit ${code}` : `stopped: ${reason}`);
    // Not at once: the tclet is still running.
    interp.events.queue('host', () => drop(base.delete(NAME)), 'head');
    options.exit(code, reason);
  }
}

function* drop<Y, N>(steps: Generator<Y, unknown, N>): Generator<Y, void, N> {
  yield* steps;
}
