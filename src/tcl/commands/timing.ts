/** `after`, `vwait`, `update`. Answers to tclTimer.c and tclEvent.c. */

import { checkLimits, checkTime, nextDeadline } from '../budget.ts';
import {
  attempt,
  type CommandRow,
  ERROR,
  type EventHandle,
  evalStep,
  type Frame,
  type Interp,
  OK,
  RETURN,
  type Step,
  Unwind,
  waitStep,
} from '../command.ts';
import { badIndex, TclError, unexpectedCode, wrongArgs } from '../errors.ts';
import { ALL_EVENTS } from '../events.ts';
import type { TclInterp } from '../interp.ts';
import { dictOf, elements, newList } from '../list.ts';
import type { Cmd } from '../namespace.ts';
import { isWide, parseNumber, smallIntOf, wideOf } from '../number.ts';
import { callCommand, lazySite } from '../run.ts';
import { type Key, str, type Value } from '../value.ts';
import { concatOf } from './lists.ts';

interface Timer {
  readonly id: string;
  readonly script: Value;
  readonly kind: 'timer' | 'idle';
  handle: EventHandle | null;
}

const KEY = Symbol('after');
const TIMER_BYTES = 500;
const SUBCOMMANDS = ['cancel', 'idle', 'info'] as const;

/** By their names. */
function timersOf(interp: Interp): Map<string, Timer> {
  let t = interp.assoc.get(KEY) as Map<string, Timer> | undefined;
  if (t === undefined) {
    const made = new Map<string, Timer>();
    t = made;
    interp.assoc.set(KEY, t);
    interp.holders.add((add) => {
      for (const { script } of made.values()) add(script);
      return TIMER_BYTES * made.size;
    });
    interp.onDelete(() => {
      for (const timer of made.values()) timer.handle?.cancel();
      made.clear();
    });
  }
  return t;
}

/** Timers an interpreter tree may have waiting: beyond, a tclet floods its own queue (DESIGN section 5). */
export const MAX_TIMERS = 1000;

function schedule(interp: Interp, kind: 'timer' | 'idle', ms: number, script: Value): Value {
  const timers = timersOf(interp);
  const { events } = interp as TclInterp;
  if (events.timerCount >= MAX_TIMERS) throw new TclError('too many timers', ['TCL', 'LIMIT', 'TIMERS']);
  const timer: Timer = { id: `after#${events.scripts++}`, script, kind, handle: null };
  timers.set(timer.id, timer);
  const run = function* (): Generator<Step, void, Value> {
    timers.delete(timer.id);
    if (interp.deleted) return;
    const c = yield* attempt(evalStep(interp.globalFrame, script));
    interp.backgroundEnd(c, script, '\n    ("after" script)');
  };
  timer.handle = kind === 'timer' ? interp.events.after(ms, run) : interp.events.whenIdle(run);
  return timer.id;
}

function* afterCmd(interp: Interp, args: readonly Value[]): Generator<Step, Value, Value> {
  const word = str(args[1]!);
  const n = parseNumber(word);
  if (n !== undefined && isWide(n)) {
    const ms = Math.max(0, Number(wideOf(n)));
    if (args.length > 2) return schedule(interp, 'timer', ms, scriptOf(args.slice(2)));
    return yield* sleep(interp as TclInterp, ms);
  }
  const hits = SUBCOMMANDS.filter((s) => s.startsWith(word) && word !== '');
  if (hits.length !== 1) {
    throw new TclError(`bad argument "${word}": must be cancel, idle, info, or an integer`, ['TCL', 'LOOKUP', 'INDEX', 'argument', word]);
  }
  if (hits[0] === 'idle') {
    if (args.length < 3) throw wrongArgs(`${str(args[0]!)} idle script ?script ...?`);
    return schedule(interp, 'idle', 0, scriptOf(args.slice(2)));
  }
  return hits[0] === 'cancel' ? cancel(interp, args) : info(interp, args);
}

/** A pure wait: no event is handled meanwhile (after.n). A limit of time ends it. */
function* sleep({ events }: TclInterp, ms: number): Generator<Step, Value, Value> {
  const until = events.now() + ms;
  for (;;) {
    const part = Math.max(0, Math.min(until, nextDeadline()) - events.now());
    yield waitStep('host', (resume) => events.sleep(part, () => resume('')));
    checkLimits();
    if (events.now() >= until) return '';
  }
}

function scriptOf(words: readonly Value[]): Value {
  return words.length === 1 ? words[0]! : concatOf(words);
}

function cancel(interp: Interp, args: readonly Value[]): Value {
  if (args.length < 3) throw wrongArgs(`${str(args[0]!)} cancel id|command`);
  const all = timersOf(interp);
  const given = scriptOf(args.slice(2));
  let timer = all.get(str(given));
  if (timer === undefined) for (const t of all.values()) if (str(t.script) === str(given)) timer = t;
  if (timer !== undefined) {
    all.delete(timer.id);
    timer.handle?.cancel();
  }
  return '';
}

function info(interp: Interp, args: readonly Value[]): Value {
  const all = timersOf(interp);
  if (args.length === 2) return newList([...all.keys()].reverse());
  if (args.length !== 3) throw wrongArgs(`${str(args[0]!)} info ?id?`);
  const id = str(args[2]!);
  const t = all.get(id);
  if (t === undefined) throw new TclError(`event "${id}" doesn't exist`, ['TCL', 'LOOKUP', 'EVENT', id]);
  return newList([t.script, t.kind]);
}

function* vwaitCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  let done = false;
  const name = str(args[1]!);
  const trace = interp.traceVar(
    name,
    ['write', 'unset'],
    () => {
      done = true;
    },
    interp.globalFrame,
  );
  void frame;
  try {
    const { events } = interp as TclInterp;
    while (!done) {
      if (events.empty && !events.mayWake()) {
        throw new TclError(`can't wait for variable "${name}": would wait forever`, ['TCL', 'EVENT', 'NO_SOURCES']);
      }
      yield* events.doOneEvent(ALL_EVENTS, true);
      if (!done) checkTime();
    }
  } finally {
    trace.remove();
  }
  return '';
}

function* updateCmd(interp: Interp, args: readonly Value[]): Generator<Step, Value, Value> {
  const { events } = interp as TclInterp;
  if (args.length === 1) {
    while ((yield* events.doOneEvent(ALL_EVENTS, false)) === 1) checkTime();
    return '';
  }
  const word = str(args[1]!);
  if (word === '' || !'idletasks'.startsWith(word)) throw badIndex('option', word, ['idletasks']);
  while ((yield* events.doOneEvent(IDLE, false)) === 1) checkTime();
  return '';
}

/**
 * What `interp bgerror` is at first: calls `bgerror`; where there is none, or it fails itself, a safe interpreter's hidden one, which the script can
 * neither see nor replace, and in the end the host.
 */
function* bgerrorCmd(interp: Interp, args: readonly Value[]): Generator<Step, Value, Value> {
  const engine = interp as TclInterp;
  const options = returnOptions(args[2]!);
  const number = (key: string): number => {
    const value = options.get(key);
    if (value === undefined) throw new TclError(`missing return option "${key}"`, ['TCL', 'ARGUMENT', 'MISSING']);
    return smallIntOf(value);
  };
  const level = number('-level');
  const given = number('-code');
  const code = level === 0 ? given : RETURN;
  if (code === OK) return '';
  const error = code === ERROR ? new TclError(str(args[1]!)) : unexpectedCode(code);
  const errorCode = options.get('-errorcode');
  let errorInfo = options.get('-errorinfo');
  // What the script left there is no message.
  if (errorInfo !== undefined && code !== ERROR) errorInfo = error.message + str(errorInfo);
  error.errorCode = errorCode === undefined ? null : elements(errorCode).map(str);
  error.errorInfo = str(errorInfo ?? error.message);
  const words = ['bgerror', error.message];
  const hidden = engine.safe ? engine.hidden.get('bgerror') : undefined;
  // `tkerror` is what it was called before Tk 4.1, and Tk still knows.
  for (const cmd of [engine.findCommand('::bgerror') ?? engine.findCommand('::tkerror'), hidden]) {
    if (errorInfo !== undefined) engine.setVar('errorInfo', errorInfo);
    if (errorCode !== undefined) engine.setVar('errorCode', errorCode);
    if (cmd == null) continue;
    const run = (f: Frame): number => callCommand(engine, cmd as Cmd, words, f, lazySite(words));
    const ended = yield* attempt({ kind: 'stmt', frame: engine.globalFrame, run });
    if (ended.error === null) {
      if (ended.code !== OK) throw new Unwind(ended.code, ended.value);
      return '';
    }
    const failed = 'bgerror failed to handle background error.';
    if (!engine.safe) error.errorInfo = `${failed}\n    Original error: ${error.message}\n    Error in bgerror: ${ended.error.message}`;
  }
  engine.onBackgroundError(error);
  return '';
}

function returnOptions(v: Value): ReadonlyMap<Key, Value> {
  try {
    return dictOf(v).m;
  } catch {
    return new Map();
  }
}

const IDLE: ReadonlySet<'idle'> = new Set(['idle']);

const any = Number.POSITIVE_INFINITY;

export const timingRows: readonly CommandRow[] = [
  { name: 'after', min: 1, max: any, usage: 'option ?arg ...?', safe: true, script: afterCmd },
  { name: 'vwait', min: 1, max: 1, usage: 'name', safe: true, script: vwaitCmd },
  { name: '::tcl::Bgerror', min: 2, max: 2, usage: 'msg options', safe: true, script: bgerrorCmd },
  { name: 'update', min: 0, max: 1, usage: '?idletasks?', safe: true, script: updateCmd },
];
