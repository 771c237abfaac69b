/**
 * What widgets that scroll have in common: the words of `xview` and `yview`, and the scripts that tell scrollbars.
 * Answers to Tk_GetScrollInfoObj (tkUtil.c) and options.n, -xscrollcommand.
 */
import { attempt, directStep, type Step } from '../tcl/command.ts';
import { badIndex, wrongArgs } from '../tcl/errors.ts';
import { newList } from '../tcl/list.ts';
import { doubleOf, smallIntOf } from '../tcl/number.ts';
import { dbl, str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { tkError } from './errors.ts';

/** What `moveto f` or `scroll n units|pages` asks for. `args[0]` is the subcommand's word, `command` what the error for too few words begins with. */
export function scrollWords(command: string, args: readonly Value[]): { readonly what: 'moveto' | 'pages' | 'units'; readonly n: number } {
  const word = str(args[1]!);
  if (word !== '' && 'moveto'.startsWith(word)) {
    if (args.length !== 3) throw wrongArgs(`${command} moveto fraction`);
    return { what: 'moveto', n: doubleOf(args[2]!) };
  }
  if (word === '' || !'scroll'.startsWith(word)) {
    const e = badIndex('option', word, ['moveto', 'scroll']);
    e.message = `unknown option "${word}": must be moveto or scroll`;
    throw e;
  }
  if (args.length !== 4) throw wrongArgs(`${command} scroll number units|pages`);
  const n = smallIntOf(args[2]!);
  const unit = str(args[3]!);
  const what = unit === '' ? undefined : (['pages', 'units'] as const).find((w) => w.startsWith(unit));
  if (!what) throw tkError(`bad argument "${unit}": must be units or pages`, 'VALUE', 'SCROLL_UNITS');
  return { what, n };
}

/** What `xview` and `yview` answer, and scroll commands are given. */
export function fractions(first: number, last: number): Value {
  return newList([dbl(first), dbl(last)]);
}

/** Tells a scrollbar. An error is reported in the background, with a line that says whose command it was. */
export function* tellScrollbar(app: TkApp, command: string, view: Value, what: string): Generator<Step, void, Value> {
  yield* inBackground(app, `${command} ${str(view)}`, what);
}

/** Runs a widget's script; how it ended is reported, if not with a value. Answers whether it was. */
export function* inBackground({ interp }: TkApp, script: string, line: string): Generator<Step, boolean, Value> {
  return interp.backgroundEnd(yield* attempt(directStep(interp.globalFrame, script)), script, `\n    ${line}`);
}
