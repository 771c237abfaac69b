/** `tcl::prefix`: finds the words of a table that begin as given. Answers to prefix.n and tclIndexObj.c. */
import type { CommandRow, Interp, PlainHandler, Step } from '../command.ts';
import { lookup, TclError } from '../errors.ts';
import { elements, newList } from '../list.ts';
import { share, str, type Value } from '../value.ts';
import { withOptions } from './control.ts';

const OPTIONS = ['-error', '-exact', '-message'] as const;

// biome-ignore lint/correctness/useYield: completes without a step
function* matchCmd(_interp: Interp, args: readonly Value[]): Generator<Step, Value, Value> {
  let exact = false;
  let message = 'option';
  let whenNone: readonly Value[] | null = null;
  const last = args.length - 2;
  for (let i = 1; i < last; i++) {
    const option = lookup(str(args[i]!), OPTIONS, 'option');
    if (option === '-exact') {
      exact = true;
      continue;
    }
    if (i > last - 2) throw new TclError(`missing value for ${option}`, ['TCL', 'OPERATION', 'NOARG']);
    const value = args[++i]!;
    if (option === '-message') message = str(value);
    else {
      whenNone = elements(value);
      if (whenNone.length % 2 !== 0)
        throw new TclError('error options must have an even number of elements', ['TCL', 'VALUE', 'DICTIONARY']);
    }
  }
  const table = elements(args[last]!).map(str);
  try {
    return lookup(str(args[last + 1]!), table, message, exact);
  } catch (e) {
    if (!(e instanceof TclError) || whenNone === null) throw e;
    if (whenNone.length === 0) return '';
    throw withOptions(e.message, [...whenNone, '-code', 1]);
  }
}

function beginning(interp: Interp, args: readonly Value[]): Value[] {
  const table = elements(args[1]!);
  interp.budget.charge(table.length);
  const start = str(args[2]!);
  return table.filter((word) => str(word).startsWith(start));
}

function longestCmd(interp: Interp, args: readonly Value[]): Value {
  const [first = '', ...others] = beginning(interp, args).map(str);
  let n = first.length;
  for (const word of others) {
    let i = 0;
    while (i < n && first[i] === word[i]) i++;
    n = i;
    interp.budget.charge(n / 16);
  }
  return first.slice(0, n);
}

const plain = (name: string, run: PlainHandler) => ({ name, min: 2, max: 2, usage: 'table string', run, safe: true });

export const prefixRows: readonly CommandRow[] = [
  {
    name: '::tcl::prefix',
    safe: true,
    sub: [
      plain('all', (interp, args) => newList(beginning(interp, args).map(share))),
      plain('longest', longestCmd),
      { name: 'match', min: 2, max: Number.POSITIVE_INFINITY, usage: '?options? table string', safe: true, script: matchCmd },
    ],
  },
];
