/**
 * Execution traces: `enter` and `leave` around the calls of a command, `enterstep` and `leavestep` around all that happens in one. While
 * a command is stepped through, nothing is compiled in line and no call takes a short cut, so that each passes here.
 * Answers to trace.n and tclTrace.c (TclCheckExecutionTraces, TclCheckInterpTraces).
 */
import { directStep, type Step, Unwind } from './command.ts';
import { type CommandSite, TclError } from './errors.ts';
import { type Frame, unitOf } from './frames.ts';
import type { TclInterp } from './interp.ts';
import { newList } from './list.ts';
import { type Cmd, type CommandTrace, traceScript } from './namespace.ts';
import { bound, R, single } from './regs.ts';
import type { Rewrite } from './rewrite.ts';
import { callCommand, drive, invoke, logSite, runTails } from './run.ts';
import { lend, share, str, type Value } from './value.ts';

/** Calls a command that is traced, or in an interpreter that is stepped through. */
export function callTraced(
  interp: TclInterp,
  cmd: Cmd,
  words: readonly Value[],
  vf: Frame,
  site: CommandSite,
  rewrite: Rewrite | null,
): number {
  if (!interp.stepping && !cmd.traces!.some((t) => isExecution(t))) return invoke(interp, cmd, words, vf, site, rewrite);
  return drive(tracedCall(interp, cmd, words, vf, site, rewrite), vf, site);
}

const isExecution = (t: CommandTrace): boolean => !t.ops.includes('rename') && !t.ops.includes('delete');
const isStep = (t: CommandTrace): boolean => t.ops.includes('enterstep') || t.ops.includes('leavestep');

function* tracedCall(
  interp: TclInterp,
  cmd: Cmd,
  words: readonly Value[],
  vf: Frame,
  site: CommandSite,
  rewrite: Rewrite | null,
): Generator<Step, Value, Value> {
  const text = newList(words.map(share));
  const begun: CommandTrace[] = [];
  const { name } = cmd;
  try {
    yield* fireSteps(interp, 'enterstep', text, [], vf);
    for (const t of traces(cmd).reverse()) {
      if (!cmd.traces?.includes(t)) continue;
      yield* fire(t, 'enter', text, [], vf);
      if (isStep(t) && !interp.steps.includes(t) && cmd.traces?.includes(t)) {
        begun.push(t);
        interp.setSteps([t, ...interp.steps]);
      }
    }
    // One of them has removed it, or deleted the command.
    for (const t of begun) if (!cmd.traces?.includes(t)) endStep(interp, t);
    let now: Cmd | null = cmd;
    // A trace has put something else under the name.
    if (cmd.deleted || cmd.name !== name) now = interp.resolveCommand(str(words[0]!), unitOf(vf).ns);
    // What it leaves for its end by `tailcall` is called after the traces.
    const at: CommandSite = Object.assign(Object.create(site), { tail: true });
    let thrown: unknown = null;
    let value: Value = '';
    try {
      const call = now === cmd ? invoke : callCommand;
      value = lend(yield { kind: 'stmt', frame: vf, run: (f) => call(interp, now as Cmd, words, f, at, rewrite) });
    } catch (e) {
      thrown = e;
    }
    if (thrown instanceof TclError && 'owner' in thrown) throw thrown;
    const { tailcall } = R;
    R.tailcall = null;
    const [code, result] =
      thrown instanceof Unwind && tailcall === null
        ? [thrown.code, thrown.value]
        : thrown instanceof TclError
          ? [1, thrown.message]
          : [0, value];
    if (now !== null && !now.deleted) {
      // Each but the first is told what the one before gave.
      let told = result;
      for (const t of traces(now)) {
        if (!now.traces?.includes(t)) continue;
        if (begun.includes(t)) endStep(interp, t);
        told = (yield* fire(t, 'leave', text, [code, told], vf)) ?? told;
      }
      yield* fireSteps(interp, 'leavestep', text, [code, result], vf);
    }
    R.tailcall = tailcall;
    if (tailcall !== null && site.tail !== true) return yield { kind: 'stmt', frame: vf, run: (f) => runTails(site, f) };
    if (thrown !== null) throw thrown;
    return value;
  } finally {
    for (const t of begun) endStep(interp, t);
  }
}

/** Oldest first. */
function traces(cmd: Cmd): CommandTrace[] {
  return (cmd.traces ?? []).filter(isExecution);
}

export function endStep(interp: TclInterp, t: CommandTrace): void {
  if (interp.steps.includes(t)) interp.setSteps(interp.steps.filter((s) => s !== t));
}

/** Newest last for `enterstep`, first for `leavestep`; none within the script of a trace. */
function* fireSteps(
  interp: TclInterp,
  op: 'enterstep' | 'leavestep',
  text: Value,
  extra: readonly Value[],
  vf: Frame,
): Generator<Step, void, Value> {
  if (interp.inTrace || interp.steps.length === 0) return;
  const all = [...interp.steps];
  if (op === 'enterstep') all.reverse();
  for (const t of all) if (interp.steps.includes(t)) yield* fire(t, op, text, extra, vf);
}

/** Runs a trace's script, unless it runs already: what that gave. */
function* fire(t: CommandTrace, op: string, text: Value, extra: readonly Value[], vf: Frame): Generator<Step, Value | null, Value> {
  if (t.running || !t.ops.includes(op)) return null;
  const { interp } = unitOf(vf);
  const outer = interp.inTrace;
  t.running = true;
  interp.inTrace = true;
  try {
    return lend(yield* bound(single(directStep(vf, traceScript(t.command, [text, ...extra, op])))));
  } catch (e) {
    if (e instanceof TclError) {
      logSite(e);
      const command = str(text);
      const kind = op.startsWith('enter') ? 'enter' : 'leave';
      e.errorInfo = `${e.errorInfo ?? e.message}\n    (${kind} trace on "${command.length > 55 ? `${command.slice(0, 52)}...` : command}")`;
      e.given = true;
    }
    throw e;
  } finally {
    t.running = false;
    interp.inTrace = outer;
  }
}
