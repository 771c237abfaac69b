/**
 * Values between parser and closures. A V knows whether it may pause, which a closure cannot tell; `Compiler.lower` moves what may
 * pause out of a value into statements that fill temporaries, keeping left-to-right order (A-normal form).
 */
import type { CommandSite } from './errors.ts';
import type { Cond, Num, Stmt, Val, Word } from './unit.ts';
import { share, type Value } from './value.ts';

export type V =
  /** A constant. */
  | { readonly k: 'const'; readonly v: Value }
  /** A temporary of the frame. */
  | { readonly k: 'temp'; readonly slot: number }
  /** A variable, or with `key` an array element. */
  | { readonly k: 'var'; readonly name: string; readonly key: V | null; readonly site: CommandSite }
  /** Parts joined as text, which may be the key of an element. */
  | { readonly k: 'concat'; readonly parts: readonly V[]; readonly key?: boolean }
  /**
   * A function of operands that cannot pause, made from their closures, or by `emit` from the operands themselves. `number`: what comes of it
   * is one, and no NaN, and computing it twice does no harm if that holds for its operands. `double`, `word`: the same as a plain number
   * where it is a double in any case, and modulo 2^32 where it is an integer.
   */
  | {
      readonly k: 'fn';
      readonly args: readonly V[];
      readonly make?: (args: readonly Val[]) => Val;
      readonly emit?: (args: readonly V[]) => Val;
      readonly number?: boolean;
      readonly double?: (args: readonly V[]) => Num;
      readonly word?: (args: readonly V[]) => Word;
    }
  /** The same with a yes or no for a result: 1 or 0 as a value. */
  | {
      readonly k: 'cond';
      readonly args: readonly V[];
      readonly emit: (args: readonly V[]) => Cond;
      /** It is `a < b`. */
      readonly less?: boolean;
    }
  | { readonly k: 'and' | 'or'; readonly a: V; readonly b: V }
  | { readonly k: 'not'; readonly a: V }
  | { readonly k: 'choose'; readonly c: V; readonly a: V; readonly b: V }
  /** The result of a statement that cannot pause but may change variables. */
  | { readonly k: 'simple'; readonly s: Stmt }
  /** The result of a statement that may pause. */
  | { readonly k: 'stmt'; readonly s: Stmt };

export const EMPTY_V: V = { k: 'const', v: '' };

/** True when one of the values without parts that it is made of is such. */
function some(v: V, is: (v: V) => boolean): boolean {
  switch (v.k) {
    case 'var':
      return v.key !== null && some(v.key, is);
    case 'concat':
      return v.parts.some((p) => some(p, is));
    case 'fn':
    case 'cond':
      return v.args.some((a) => some(a, is));
    case 'and':
    case 'or':
      return some(v.a, is) || some(v.b, is);
    case 'not':
      return some(v.a, is);
    case 'choose':
      return some(v.c, is) || some(v.a, is) || some(v.b, is);
    default:
      return is(v);
  }
}

/** True when evaluating it cannot pause. */
export function isPure(v: V): boolean {
  return !some(v, ({ k }) => k === 'stmt');
}

/** True when evaluating it may change a variable (of those that no trace looks at). */
export function changesVariables(v: V): boolean {
  return some(v, ({ k }) => k === 'stmt' || k === 'simple');
}

/** True when computing it a second time does no harm. */
export function isRepeatable(v: V): boolean {
  return (
    v.k === 'const' ||
    v.k === 'temp' ||
    (v.k === 'var' && v.key === null) ||
    (v.k === 'fn' && v.number === true && v.args.every(isRepeatable))
  );
}

/** A constant list or dict is read as it is compiled; one that is none is told of when it runs. */
export function readConstant(v: V, read: (v: Value) => Value): V {
  if (v.k !== 'const') return v;
  try {
    return { k: 'const', v: share(read(v.v)) };
  } catch {
    return v;
  }
}
