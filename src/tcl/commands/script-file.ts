/** What `info script` says: the file being sourced, or nothing. Apart from files.ts since `proc` asks too, and every tclet has procs. */
import type { Interp } from '../command.ts';
import { EMPTY, type Value } from '../value.ts';

const SCRIPT_FILE = Symbol('script file');

export function scriptFile(interp: Interp): Value {
  return (interp.assoc.get(SCRIPT_FILE) as Value | undefined) ?? EMPTY;
}

export function setScriptFile(interp: Interp, name: Value): void {
  interp.assoc.set(SCRIPT_FILE, name);
}
