/** `puts`, and what all commands of channels begin with. Answers to tclIOCmd.c. */
import { type Channel, channelError, channelNamed } from '../channels.ts';
import type { Interp, PlainRow } from '../command.ts';
import { TclError, wrongArgs } from '../errors.ts';
import { EMPTY, str, type Value } from '../value.ts';

type Side = 'readable' | 'writable';

/** The channel of that name, which must have that side; `wrong` words the complaint. */
export function channelWith(
  side: Side,
  interp: Interp,
  name: Value,
  wrong = `channel "${str(name)}" wasn't opened for ${side === 'readable' ? 'reading' : 'writing'}`,
): Channel {
  const channel = channelNamed(interp, str(name));
  if (!channel[side]) throw new TclError(wrong);
  return channel;
}

/** Runs what may fail in the driver, under Tcl's words. */
export function doing<T>(what: string, channel: Channel, fn: () => T): T {
  try {
    return fn();
  } catch (e) {
    throw channelError(what, channel, e);
  }
}

export const PUTS_USAGE = '?-nonewline? ?channelId? string';

/** puts.n, with the old form `puts chan string nonewline`. Never waits: a driver takes all it is given. */
export const putsCmd: PlainRow['run'] = (interp, args) => {
  let name: Value = 'stdout';
  let newline = true;
  const text = args.at(args.length === 4 && str(args[1]!) !== '-nonewline' && str(args[3]!) === 'nonewline' ? 2 : -1)!;
  if (args.length === 3) {
    if (str(args[1]!) === '-nonewline') newline = false;
    else name = args[1]!;
  } else if (args.length === 4) {
    newline = false;
    if (str(args[1]!) === '-nonewline') name = args[2]!;
    else if (str(args[3]!) === 'nonewline') name = args[1]!;
    else throw wrongArgs(`puts ${PUTS_USAGE}`);
  }
  const channel = channelWith('writable', interp, name);
  const s = str(text);
  interp.budget.charge(s.length / 16 + 10);
  doing('writing', channel, () => channel.write(s, newline));
  return EMPTY;
};
