/** `encoding`. The encodings themselves are in encodings.ts. Answers to tclCmdAH.c (TclInitEncodingCmd) and encoding.n. */

import { setSystemEncoding, systemEncoding } from '../channels.ts';
import type { CommandRow, PlainRow } from '../command.ts';
import { latin1Text } from '../encoding.ts';
import { byteArray, encodingNamed, encodingNames } from '../encodings.ts';
import { TclError } from '../errors.ts';
import { elements, newList } from '../list.ts';
import { EMPTY, str, type Value } from '../value.ts';

function convert(direction: 'from' | 'to'): PlainRow['run'] {
  return (interp, args) => {
    const encoding = args.length === 3 ? encodingNamed(str(args[1]!)) : systemEncoding(interp);
    const text = str(args.at(-1)!);
    interp.budget.charge(4 * text.length);
    interp.budget.allocate(2 * text.length);
    return direction === 'to' ? latin1Text(encoding.encode(text)) : encoding.decode(byteArray(text), true).text;
  };
}

const systemCmd: PlainRow['run'] = (interp, args) => {
  if (args.length === 1) return systemEncoding(interp).name;
  setSystemEncoding(interp, encodingNamed(str(args[1]!)));
  return EMPTY;
};

const DIRS = Symbol('encoding directories');

/** The search path for encoding files: kept, though no encoding of ours is read from a file. */
const dirsCmd: PlainRow['run'] = (interp, args) => {
  if (args.length === 1) return (interp.assoc.get(DIRS) as Value | undefined) ?? EMPTY;
  try {
    elements(args[1]!);
  } catch {
    throw new TclError(`expected directory list but got "${str(args[1]!)}"`, ['TCL', 'OPERATION', 'ENCODING', 'BADPATH']);
  }
  interp.assoc.set(DIRS, args[1]!);
  return args[1]!;
};

export const encodingRows: readonly CommandRow[] = [
  {
    name: 'encoding',
    sub: [
      { name: 'convertfrom', min: 1, max: 2, usage: '?encoding? data', safe: true, run: convert('from') },
      { name: 'convertto', min: 1, max: 2, usage: '?encoding? data', safe: true, run: convert('to') },
      { name: 'dirs', min: 0, max: 1, usage: '?dirList?', run: dirsCmd },
      { name: 'names', min: 0, max: 0, usage: '', safe: true, run: () => newList(encodingNames()) },
      { name: 'system', min: 0, max: 1, usage: '?encoding?', safe: true, run: systemCmd },
    ],
  },
];
