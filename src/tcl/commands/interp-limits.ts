/** `interp limit`: limits on commands and time that a parent sets on a child, with callbacks. Answers to interp.n (RESOURCE LIMITS) and tclInterp.c. */
import { interpError } from '../children.ts';
import { type EventHandle, OK } from '../command.ts';
import { LimitError, lookup, TclError, unexpectedCode, wrongArgs } from '../errors.ts';
import type { TclInterp } from '../interp.ts';
import { newDict } from '../list.ts';
import { smallIntOf } from '../number.ts';
import { evalScript, runBarrier } from '../run.ts';
import { type Key, share, str, type Value } from '../value.ts';

type Kind = 'commands' | 'time';

/** What a limit of an interpreter is set to. */
interface Limit {
  /** By the interpreters that have set them, where they run when the limit has passed: they may raise it. */
  readonly callbacks: Map<TclInterp, Value>;
  granularity: number;
  /** Commands: the count. Time: milliseconds since 1970. Null: none. */
  value: number | null;
  running: boolean;
  timer: EventHandle | null;
}

const limits = new WeakMap<TclInterp, Record<Kind, Limit>>();

function limitOf(interp: TclInterp, kind: Kind): Limit {
  let both = limits.get(interp);
  if (both === undefined) {
    const make = (granularity: number): Limit => ({ callbacks: new Map(), granularity, value: null, running: false, timer: null });
    const { time } = (both = { commands: make(1), time: make(10) });
    limits.set(interp, both);
    interp.onDelete(() => time.timer?.cancel());
  }
  return both[kind];
}

const OPTIONS = {
  commands: ['-command', '-granularity', '-value'],
  time: ['-command', '-granularity', '-milliseconds', '-seconds'],
} as const;

function show(self: TclInterp, limit: Limit, option: string): Value {
  switch (option) {
    case '-command':
      return limit.callbacks.get(self) ?? '';
    case '-granularity':
      return limit.granularity;
    case '-milliseconds':
      return limit.value === null ? '' : limit.value % 1000;
    case '-seconds':
      return limit.value === null ? '' : Math.floor(limit.value / 1000);
    default:
      return limit.value ?? '';
  }
}

function badValue(message: string): TclError {
  return interpError(message, 'BADVALUE');
}

/** `args` are the limit's type and its options, the end of all `words`. */
export function limitCmd(self: TclInterp, target: TclInterp, args: readonly Value[], words: readonly Value[]): Value {
  const kind = lookup(str(args[0]!), ['commands', 'time'], 'limit type');
  if (self === target) throw interpError('limits on current interpreter inaccessible', 'SELF');
  const limit = limitOf(target, kind);
  const names = OPTIONS[kind];
  const rest = args.slice(1);
  if (rest.length === 0) return newDict(new Map<Key, Value>(names.map((n) => [n, show(self, limit, n)])));
  if (rest.length === 1) return show(self, limit, lookup(str(rest[0]!), names, 'option'));
  if (rest.length % 2 !== 0) {
    throw wrongArgs(`${[...words.slice(0, -args.length).map(str), kind].join(' ')} ?-option value ...?`);
  }
  const given = new Map<string, Value>();
  for (let i = 0; i < rest.length; i += 2) given.set(lookup(str(rest[i]!), names, 'option'), rest[i + 1]!);
  return change(self, target, kind, limit, given);
}

function change(self: TclInterp, target: TclInterp, kind: Kind, limit: Limit, given: ReadonlyMap<string, Value>): Value {
  const granularity = given.get('-granularity');
  const gran = granularity === undefined ? null : smallIntOf(granularity);
  if (gran !== null && gran < 1) throw badValue('granularity must be at least 1');
  const value = kind === 'commands' ? commandValue(given) : timeValue(limit, given);
  const script = given.get('-command');
  if (script !== undefined) {
    limit.callbacks.delete(self);
    if (str(script) !== '') limit.callbacks.set(self, share(script));
  }
  if (gran !== null) limit.granularity = gran;
  if (kind === 'time') target.budget.granularity = limit.granularity;
  if (value !== undefined) {
    limit.value = value;
    if (kind === 'commands') limitCommands(target, limit);
    else limitTime(target, limit);
  }
  return '';
}

/** A whole number, null for an empty word. */
function amount(v: Value, what: string): number | null {
  if (str(v) === '') return null;
  const n = smallIntOf(v);
  if (n < 0) throw badValue(`${what} must be at least 0`);
  return n;
}

/** Undefined: not given. */
function commandValue(given: ReadonlyMap<string, Value>): number | null | undefined {
  const v = given.get('-value');
  return v === undefined ? undefined : amount(v, 'command limit value');
}

function timeValue(limit: Limit, given: ReadonlyMap<string, Value>): number | null | undefined {
  const milliseconds = given.get('-milliseconds');
  const seconds = given.get('-seconds');
  if (milliseconds === undefined && seconds === undefined) return undefined;
  const ms = milliseconds === undefined ? undefined : amount(milliseconds, 'milliseconds');
  const s = seconds === undefined ? undefined : amount(seconds, 'seconds');
  if (s === null && typeof ms === 'number') {
    throw interpError('may only set -milliseconds if -seconds is not also being reset', 'BADUSAGE');
  }
  if (ms === null && s !== null) throw interpError('may only reset -milliseconds if -seconds is also being reset', 'BADUSAGE');
  if (typeof ms !== 'number' && typeof s !== 'number') return null;
  const old = limit.value ?? 0;
  return (s ?? Math.floor(old / 1000)) * 1000 + (ms ?? old % 1000);
}

/** Asks the callbacks, the newest first; each runs to its end at once, and all but a value is its owner's background error. */
function askCallbacks(limit: Limit): void {
  if (limit.running) return;
  limit.running = true;
  try {
    for (const [owner, script] of [...limit.callbacks].reverse()) {
      if (owner.deleted) continue;
      try {
        const c = runBarrier(() => evalScript(owner, script, owner.globalFrame), owner.globalFrame);
        if (c !== OK) throw unexpectedCode(c);
      } catch (e) {
        if (!(e instanceof TclError) || e instanceof LimitError) throw e;
        owner.backgroundError(e);
      }
    }
  } finally {
    limit.running = false;
  }
}

function limitCommands(target: TclInterp, limit: Limit): void {
  target.commandLimit = limit.value ?? Infinity;
  target.updateCounting();
  target.commandLimitPassed = () => {
    askCallbacks(limit);
    if (target.commandCount > target.commandLimit) {
      const e = new LimitError('command count limit exceeded', ['TCL', 'LIMIT', 'COMMANDS'], target);
      e.byScript = true;
      e.instruction = 'startCommand';
      throw e;
    }
  };
}

function limitTime(target: TclInterp, limit: Limit): void {
  const { events, budget } = target;
  budget.deadline = limit.value === null ? Infinity : events.now() + (limit.value - events.wallClock());
  // Wakes what waits for events.
  limit.timer?.cancel();
  limit.timer = limit.value === null ? null : events.after(Math.max(0, budget.deadline - events.now()), function* () {});
  budget.timePassed = () => {
    askCallbacks(limit);
    return events.now() >= budget.deadline;
  };
}
