/** Placeholder types settled; filled in by the engine. */
import type { Value } from './value.ts';
export class Var {
  v: Value | undefined = undefined;
}
