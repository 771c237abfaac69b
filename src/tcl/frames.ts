/**
 * Call frames: a plain array per activation, since V8 makes a short array literal faster than any object with a table behind it.
 *
 *     [0] caller frame or null   [1] Unit that runs   [2] the command word as called   [3] variable frame   [4...] locals, temporaries
 *
 * A local slot holds undefined (unset), a Value, or a Var when the variable is linked, traced or an array.
 */

import type { Unit } from './unit.ts';
import type { Value } from './value.ts';
import type { Var } from './variables.ts';

export type Slot = Value | Var | undefined;
export type FrameCell = Slot | Frame | Unit | null;
export type Frame = FrameCell[];
