/**
 * Call frames: a plain array per activation, since V8 makes a short array literal faster than any object with a table behind it.
 *
 *     [0] caller: the variable frame the call was made from, null at the base
 *     [1] the Unit that runs
 *     [2] the words of the call, when `info level` may ask for them, else the command word
 *         in a script run in another frame: the call that runs it (an Origin), or ''
 *     [3] in a proc: a Map of variables that the body's text does not name, or null
 *         in a script run in another frame: that frame (its variable frame)
 *     [4...] locals and temporaries
 *
 * A *variable frame* is a proc's or a namespace's: the one that `uplevel` counts and handlers are given. A local slot holds
 * undefined (unset), a Value, or a Var when the variable is linked, traced or an array.
 */
import type { CommandSite } from './errors.ts';
import type { Unit } from './unit.ts';
import type { Value } from './value.ts';
import type { Var } from './variables.ts';

export type Slot = Value | Var | undefined;
/** A call that runs scripts: where it stands, the frame it was made in, and which script it runs now. */
export interface Origin {
  readonly site: CommandSite;
  readonly words: readonly Value[];
  readonly vf: Frame;
  script: Value | null;
  /** The file that the script is, as for `source`. */
  file: Value | null;
  /** It is the program's own, which Tcl does not compile as a whole. */
  main: boolean;
}
export type FrameCell = Slot | Frame | Unit | Map<string, Var> | readonly Value[] | Origin | null;
export type Frame = FrameCell[];

export const HEADER = 4;

export function callerOf(f: Frame): Frame | null {
  return f[0] as Frame | null;
}

export function unitOf(f: Frame): Unit {
  return f[1] as Unit;
}

/** A frame of `size` cells for a unit; literals up to the sizes that procs commonly have. */
export function makeFrame(size: number, caller: Frame | null, unit: Unit, word: FrameCell, extra: FrameCell): Frame {
  switch (size) {
    case 4:
      return [caller, unit, word, extra];
    case 5:
      return [caller, unit, word, extra, undefined];
    case 6:
      return [caller, unit, word, extra, undefined, undefined];
    case 7:
      return [caller, unit, word, extra, undefined, undefined, undefined];
    case 8:
      return [caller, unit, word, extra, undefined, undefined, undefined, undefined];
    case 9:
      return [caller, unit, word, extra, undefined, undefined, undefined, undefined, undefined];
    case 10:
      return [caller, unit, word, extra, undefined, undefined, undefined, undefined, undefined, undefined];
    case 11:
      return [caller, unit, word, extra, undefined, undefined, undefined, undefined, undefined, undefined, undefined];
    case 12:
      return [caller, unit, word, extra, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined];
    default: {
      const f = blank(Math.min(size, MAX_BLANK)).slice();
      f[0] = caller;
      f[1] = unit;
      f[2] = word;
      f[3] = extra;
      while (f.length < size) f.push(undefined);
      return f;
    }
  }
}

/** Larger frames are copies of an empty one: an array that grows is copied again and again. */
const blanks: Frame[] = [];
const MAX_BLANK = 256;

function blank(size: number): Frame {
  let f = blanks[size];
  if (f === undefined) {
    f = [undefined];
    while (f.length < size) f.push(undefined);
    blanks[size] = f;
  }
  return f;
}

/** The number that `info level` gives: 0 at the global level. */
export function levelOf(f: Frame): number {
  let n = 0;
  for (let up = callerOf(f); up !== null; up = callerOf(up)) n++;
  return n;
}

/** Of the frame of running code, its variable frame. */
export function varFrameOf(f: Frame): Frame {
  return unitOf(f).isProc || !Array.isArray(f[3]) ? f : (f[3] as Frame);
}

/** Of the frame of running code, the frame of the innermost call: not that of its variables within `uplevel`. */
export function callFrameOf(f: Frame): Frame {
  const vf = varFrameOf(f);
  const origin = f[2] as Origin | Value;
  return vf === f || typeof origin !== 'object' || !('vf' in origin) ? vf : callFrameWithin(origin, vf);
}

/** That of a script which a call runs in the variables of `vf`. */
export function callFrameWithin(origin: Origin | null, vf: Frame): Frame {
  return origin === null || callerOf(vf) === origin.vf ? vf : origin.vf;
}

/** The words of the call that made a frame. */
export function wordsOf(f: Frame): readonly Value[] {
  const w = f[2];
  if (Array.isArray(w)) return w as readonly Value[];
  const unit = unitOf(f);
  const words: Value[] = [w as Value];
  for (let i = 0; i < unit.params; i++) {
    const v = f[HEADER + i];
    words.push(v === undefined || typeof v === 'object' ? (unit.readParam(f, HEADER + i) ?? '') : (v as Value));
  }
  return words;
}
