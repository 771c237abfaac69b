/**
 * What a host may lend to the interpreters of a tree beside files: programs to start, and a network. Without it there are none, and commands have the
 * errors of a machine that has none.
 */
import type { Channel, Driver } from './channels.ts';
import { type Interp, rootOf } from './command.ts';
import type { Value } from './value.ts';

export interface World {
  /** `info nameofexecutable`. */
  readonly executable: string;
  readonly pid: number;
  /** Starts the commands of `open |...` or `exec`, and gives what stands behind the channel to them. */
  start(interp: Interp, words: readonly Value[], ends: Ends): Driver;
  /** `socket -server`: the command is called with each connection. */
  listen(interp: Interp, command: Value, address: string, port: number): Channel;
  connect(interp: Interp, host: string, port: number, how: Readonly<Connecting>): Channel;
}

/** What of its commands' channels the one who starts them wants. The rest they share with him, unless it is redirected. */
export interface Ends {
  /** Their output, and their input. */
  readonly reads: boolean;
  readonly writes: boolean;
  /** What they complain of, told when the channel is closed. */
  readonly errors: boolean;
  /** To redirect what is wanted is an error, rather than a way not to get it. */
  readonly strict: boolean;
}

/** What `socket` says of its own end. */
export interface Connecting {
  address: string;
  port: number;
  async: boolean;
}

const WORLD = Symbol('world');

export function worldOf(interp: Interp): World | undefined {
  return rootOf(interp).assoc.get(WORLD) as World | undefined;
}

export function setWorld(interp: Interp, world: World): void {
  interp.assoc.set(WORLD, world);
}
