/** `set`, `unset`, `incr`, `append`'s kin by words. Arrays are in arrays.ts, traces in traces.ts. Answers to tclVar.c and tclCmdIL.c. */

import { incrBy } from '../arith.ts';
import type { CommandRow, Frame, Interp } from '../command.ts';
import type { TclInterp } from '../interp.ts';
import { keyOf, str, type Value } from '../value.ts';
import { splitName } from '../variables.ts';

function setCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = str(args[1]!);
  return args.length === 2 ? interp.readVar(name, frame) : interp.setVar(name, args[2]!, frame);
}

function unsetCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  let i = 1;
  let quiet = false;
  if (str(args[1] ?? '') === '-nocomplain') {
    quiet = true;
    i++;
  }
  if (str(args[i] ?? '') === '--') i++;
  for (; i < args.length; i++) interp.unsetVar(str(args[i]!), frame, quiet);
  return '';
}

function incrCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const [base, key] = splitName(str(args[1]!));
  const by = args.length > 2 ? args[2]! : 1;
  // Looked at first.
  incrBy(0, by);
  return (interp as TclInterp).updateVar(frame, base, key === null ? null : keyOf(key), (old) => incrBy(old ?? 0, by), true, 'read');
}

export const varRows: readonly CommandRow[] = [
  { name: 'set', min: 1, max: 2, usage: 'varName ?newValue?', safe: true, run: setCmd },
  { name: 'unset', min: 0, max: Number.POSITIVE_INFINITY, usage: '?-nocomplain? ?--? ?varName varName ...?', safe: true, run: unsetCmd },
  { name: 'incr', min: 1, max: 2, usage: 'varName ?increment?', safe: true, run: incrCmd },
];
