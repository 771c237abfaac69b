/** The subcommand an image's command was called with. */
import { lookup, wrongArgs } from '../../tcl/errors.ts';
import { str, type Value } from '../../tcl/value.ts';

export function subcommandOf<T extends string>(args: readonly Value[], table: readonly T[]): T {
  if (args.length < 2) throw wrongArgs(`${str(args[0]!)} option ?arg ...?`);
  return lookup(str(args[1]!), table, 'option');
}
