/** What `info script` says: the file being sourced, or nothing. Apart from files.ts since `proc` asks too, and every tclet has procs. */
import type { Interp } from '../command.ts';
import { EMPTY, str, type Value } from '../value.ts';

interface Running {
  readonly name: Value;
  /** It is read from the file of that name. */
  readonly isFile: boolean;
}
const RUNNING = Symbol('script file');
const NONE: Running = { name: EMPTY, isFile: false };

function running(interp: Interp): Running {
  return (interp.assoc.get(RUNNING) as Running | undefined) ?? NONE;
}

export function scriptFile(interp: Interp): Value {
  return running(interp).name;
}

export function isReadingFile(interp: Interp): boolean {
  return running(interp).isFile;
}

export function setScriptFile(interp: Interp, name: Value, isFile = str(name) !== ''): void {
  interp.assoc.set(RUNNING, { name, isFile });
}
