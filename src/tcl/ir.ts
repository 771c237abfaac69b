/**
 * Values between parser and closures. A V knows whether it may pause, which a closure cannot tell; `Compiler.lower` moves what may
 * pause out of a value into statements that fill temporaries, keeping left-to-right order (A-normal form).
 */
import type { CommandSite } from './errors.ts';
import type { Cond, Num, Stmt, Val, Word } from './unit.ts';
import type { Value } from './value.ts';

export type V =
  /** A constant. */
  | { readonly k: 'const'; readonly v: Value }
  /** A temporary of the frame. */
  | { readonly k: 'temp'; readonly slot: number }
  /** A variable, or with `key` an array element. */
  | { readonly k: 'var'; readonly name: string; readonly key: V | null; readonly site: CommandSite }
  /** Parts joined as text. */
  | { readonly k: 'concat'; readonly parts: readonly V[] }
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
      /** It depends on variables, too. */
      readonly looks?: boolean;
    }
  | { readonly k: 'and' | 'or'; readonly a: V; readonly b: V }
  | { readonly k: 'not'; readonly a: V }
  | { readonly k: 'choose'; readonly c: V; readonly a: V; readonly b: V }
  /** The result of a statement that cannot pause but may change variables. */
  | { readonly k: 'simple'; readonly s: Stmt }
  /** The result of a statement that may pause. */
  | { readonly k: 'stmt'; readonly s: Stmt };

export const EMPTY_V: V = { k: 'const', v: '' };

/** True when evaluating it cannot pause. */
export function isPure(v: V): boolean {
  switch (v.k) {
    case 'const':
    case 'temp':
    case 'simple':
      return true;
    case 'stmt':
      return false;
    case 'var':
      return v.key === null || isPure(v.key);
    case 'concat':
      return v.parts.every(isPure);
    case 'fn':
    case 'cond':
      return v.args.every(isPure);
    case 'and':
    case 'or':
      return isPure(v.a) && isPure(v.b);
    case 'not':
      return isPure(v.a);
    case 'choose':
      return isPure(v.c) && isPure(v.a) && isPure(v.b);
  }
}

/** True when evaluating it may change a variable (of those that no trace looks at). */
export function changesVariables(v: V): boolean {
  switch (v.k) {
    case 'const':
    case 'temp':
      return false;
    case 'simple':
    case 'stmt':
      return true;
    case 'var':
      return v.key !== null && changesVariables(v.key);
    case 'concat':
      return v.parts.some(changesVariables);
    case 'fn':
    case 'cond':
      return v.args.some(changesVariables);
    case 'not':
      return changesVariables(v.a);
    case 'and':
    case 'or':
      return changesVariables(v.a) || changesVariables(v.b);
    case 'choose':
      return [v.c, v.a, v.b].some(changesVariables);
  }
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
