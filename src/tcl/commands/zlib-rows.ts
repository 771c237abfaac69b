/** `zlib` and what tells of the library: their rows. What they do is in zlib.ts. Answers to zlib.n and Tcl_RegisterConfig.3. */
import type { CommandRow, PlainHandler } from '../command.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { str } from '../value.ts';
import { zlibCmd } from './zlib.ts';

/** The library whose choices are made here too. */
const VERSION = '1.2.13';

const pkgconfig: PlainHandler = (_interp, args) => {
  const list = lookup(str(args[1]!), ['get', 'list'], 'subcommand') === 'list';
  if (args.length !== (list ? 2 : 3)) throw wrongArgs(`${str(args[0]!)} ${list ? 'list' : 'get key'}`);
  if (list) return 'zlibVersion';
  if (str(args[2]!) !== 'zlibVersion') throw new TclError('key not known', ['TCL', 'LOOKUP', 'CONFIG', str(args[2]!)]);
  return VERSION;
};

export const zlibRows: readonly CommandRow[] = [
  { name: 'zlib', min: 1, max: Number.POSITIVE_INFINITY, usage: 'command arg ?...?', safe: true, run: zlibCmd },
  { name: '::zlib::pkgconfig', min: 1, max: 2, usage: 'subcommand ?arg?', safe: true, run: pkgconfig },
];
