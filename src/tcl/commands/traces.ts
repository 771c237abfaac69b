/**
 * `trace`: scripts that run when a variable is used, a command goes or is called (exec-traces.ts). A trace of a variable runs to its end
 * where it fires. Answers to trace.n and tclTrace.c.
 */
import type { CommandRow, Frame, Interp, TraceOp } from '../command.ts';
import { alternatives, lookup, TclError, wrongArgs } from '../errors.ts';
import { endStep } from '../exec-traces.ts';
import type { TclInterp } from '../interp.ts';
import { elements, newList } from '../list.ts';
import { type Cmd, traceScript } from '../namespace.ts';
import { keyOf, str, type Value } from '../value.ts';
import { addTrace, findTraced, removeTrace, splitName, type Trace, type Var, varForTrace } from '../variables.ts';

type Verb = 'add' | 'info' | 'remove';
const TYPES = ['execution', 'command', 'variable'] as const;

/** Operations as complaints list them, and as `trace info` does. */
const OPS = {
  variable: { known: ['array', 'read', 'unset', 'write'], told: ['array', 'read', 'write', 'unset'] },
  command: { known: ['delete', 'rename'], told: ['rename', 'delete'] },
  execution: { known: ['enter', 'leave', 'enterstep', 'leavestep'], told: ['enter', 'leave', 'enterstep', 'leavestep'] },
} as const;

function opsOf(type: keyof typeof OPS, list: Value): string[] {
  const { known } = OPS[type];
  const words = elements(list);
  if (words.length === 0) {
    throw new TclError(`bad operation list "": must be one or more of ${alternatives(known)}`, ['TCL', 'OPERATION', 'TRACE', 'NOOPS']);
  }
  const ops = words.map((w) => lookup(str(w), known, 'operation', true));
  return OPS[type].told.filter((op) => ops.includes(op));
}

function told(traces: readonly { readonly ops: readonly string[]; readonly command: Value | null }[] | null): Value {
  const mine = (traces ?? []).filter((t) => t.command !== null).reverse();
  return newList(mine.map((t) => newList([newList([...t.ops]), t.command!])));
}

/** The newest trace with just these operations and this command. */
function findTrace<T extends { readonly ops: readonly string[]; readonly command: Value | null }>(
  traces: readonly T[] | null,
  ops: readonly string[],
  command: Value,
): T | undefined {
  return (traces ?? []).findLast((t) => t.command !== null && str(t.command) === str(command) && t.ops.join() === ops.join());
}

const LETTERS: ReadonlyMap<string, TraceOp> = new Map([
  ['a', 'array'],
  ['r', 'read'],
  ['w', 'write'],
  ['u', 'unset'],
]);

function tracedVar(frame: Frame, name: string): Var | undefined {
  const [base, key] = splitName(name);
  return findTraced(frame, base, key === null ? null : keyOf(key));
}

function onVariable(
  engine: TclInterp,
  frame: Frame,
  verb: 'add' | 'remove',
  name: string,
  ops: readonly string[],
  command: Value,
  old: boolean,
): void {
  if (verb === 'remove') {
    const v = tracedVar(frame, name);
    engine.budget.charge(v?.traces?.length ?? 0);
    const trace = v && findTrace(v.traces, ops, command);
    if (trace) removeTrace(v, trace);
    return;
  }
  engine.budget.allocate(200 + 2 * str(command).length);
  const trace: Trace = {
    ops: ops as TraceOp[],
    command,
    fn: (name1, name2, op, where) => {
      engine.evalTrace(traceScript(command, [name1, name2, old ? op[0]! : op]), where);
    },
  };
  const v = varForTrace(frame, name);
  engine.budget.charge((v.traces?.length ?? 0) / 4);
  addTrace(v, trace);
  engine.orderShows = true;
}

function commandNamed(engine: TclInterp, name: Value, frame: Frame): Cmd {
  const cmd = engine.findCommand(str(name), frame) as Cmd | null;
  if (cmd === null) throw new TclError(`unknown command "${str(name)}"`, ['TCL', 'LOOKUP', 'COMMAND', str(name)]);
  return cmd;
}

function onCommand(engine: TclInterp, cmd: Cmd, verb: 'add' | 'remove', ops: readonly string[], command: Value): void {
  engine.budget.charge(cmd.traces?.length ?? 0);
  if (verb === 'add') {
    engine.budget.allocate(200 + 2 * str(command).length);
    cmd.traces = [...(cmd.traces ?? []), { ops, command }];
    engine.orderShows = true;
  } else {
    const trace = findTrace(cmd.traces, ops, command);
    if (trace !== undefined) endStep(engine, trace);
    const left = (cmd.traces ?? []).filter((t) => t !== trace);
    cmd.traces = left.length === 0 ? null : left;
  }
  engine.changed(cmd.name);
}

function typed(interp: Interp, verb: Verb, args: readonly Value[], frame: Frame): Value {
  if (args.length < 3) throw wrongArgs(`trace ${verb} ${verb === 'info' ? 'type name' : 'type ?arg ...?'}`);
  const type = lookup(str(args[2]!), TYPES, 'option');
  const engine = interp as TclInterp;
  if (verb === 'info') {
    if (args.length !== 4) throw wrongArgs(`trace info ${type} name`);
    if (type === 'variable') return told(tracedVar(frame, str(args[3]!))?.traces ?? null);
    const { known } = OPS[type];
    const all = commandNamed(engine, args[3]!, frame).traces ?? [];
    return told(all.filter((t) => (known as readonly string[]).includes(t.ops[0]!)));
  }
  if (args.length !== 6) throw wrongArgs(`trace ${verb} ${type} name opList command`);
  const ops = opsOf(type, args[4]!);
  if (type === 'variable') onVariable(engine, frame, verb, str(args[3]!), ops, args[5]!, false);
  else onCommand(engine, commandNamed(engine, args[3]!, frame), verb, ops, args[5]!);
  return '';
}

/** The forms of before Tcl 8.4: letters for operations, in scripts' words too. */
function old(interp: Interp, verb: 'variable' | 'vdelete' | 'vinfo', args: readonly Value[], frame: Frame): Value {
  if (verb === 'vinfo') {
    if (args.length !== 3) throw wrongArgs('trace vinfo name');
    const traces = (tracedVar(frame, str(args[2]!))?.traces ?? []).filter((t) => t.command !== null);
    const letters = (ops: readonly string[]) => ['read', 'write', 'unset', 'array'].filter((op) => ops.includes(op)).map((op) => op[0]);
    return newList(traces.reverse().map((t) => newList([letters(t.ops).join(''), t.command!])));
  }
  if (args.length !== 5) throw wrongArgs(`trace ${verb} name ops command`);
  const given = str(args[3]!);
  const ops = [...given].map((c) => LETTERS.get(c));
  if (given === '' || ops.includes(undefined)) {
    throw new TclError(`bad operations "${given}": should be one or more of rwua`, ['TCL', 'OPERATION', 'TRACE', 'BADOPS']);
  }
  const inOrder = OPS.variable.told.filter((op) => ops.includes(op));
  onVariable(interp as TclInterp, frame, verb === 'variable' ? 'add' : 'remove', str(args[2]!), inOrder, args[4]!, true);
  return '';
}

function traceCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const verb = lookup(str(args[1]!), ['add', 'info', 'remove', 'variable', 'vdelete', 'vinfo'], 'option');
  return verb === 'add' || verb === 'info' || verb === 'remove' ? typed(interp, verb, args, frame) : old(interp, verb, args, frame);
}

export const traceRows: readonly CommandRow[] = [
  { name: 'trace', min: 1, max: Number.POSITIVE_INFINITY, usage: 'option ?arg ...?', safe: true, changes: true, run: traceCmd },
];
