/**
 * What a host may lend to the interpreters of a tree beside files: programs to start, and a network. Without it there are none, and commands have the
 * errors of a machine that has none.
 */
import type { Channel } from './channels.ts';
import { type Interp, rootOf } from './command.ts';
import type { Value } from './value.ts';

export interface World {
  /** `info nameofexecutable`. */
  readonly executable: string;
  readonly pid: number;
  /** Starts what `open |...` names, and gives the channel to it. */
  start(interp: Interp, words: readonly Value[], mode: 'r' | 'w' | 'rw'): Channel;
  /** `pid` of such a channel; empty for others. */
  pidsOf(channel: Channel): readonly number[];
  /** `socket -server`: the command is called with each connection. */
  listen(interp: Interp, command: Value, address: string, port: number): Channel;
  connect(interp: Interp, host: string, port: number, how: Readonly<Connecting>): Channel;
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
