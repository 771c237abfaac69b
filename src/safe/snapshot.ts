/**
 * What is in an interpreter, kept so that it can be put back: commands, hidden ones, aliases, variables, channels. A policy whose initialization fails
 * leaves nothing behind, or a tclet could fail one on purpose and keep what it has got for the next.
 */
import { channelsOf, dropChannel } from '../tcl/channels.ts';
import type { TclInterp } from '../tcl/interp.ts';
import type { Cmd, Namespace } from '../tcl/namespace.ts';
import { share } from '../tcl/value.ts';
import { TclArray, Var } from '../tcl/variables.ts';

/** Gives what puts all back as it is now. */
export function snapshot(interp: TclInterp): () => void {
  const spaces = new Map<Namespace, () => void>();
  const visit = (ns: Namespace): void => {
    spaces.set(ns, keepNamespace(interp, ns));
    for (const child of ns.children.values()) visit(child);
  };
  visit(interp.globalNs);
  const hidden = new Map(interp.hidden);
  const channels = new Set(channelsOf(interp).values());
  return () => {
    for (const [name, cmd] of [...interp.hidden]) {
      if (hidden.get(name) === cmd) continue;
      interp.deleteCommand(cmd);
    }
    const visitNow = (ns: Namespace): void => {
      for (const child of [...ns.children.values()]) {
        if (spaces.has(child)) visitNow(child);
        else interp.deleteNamespace(child);
      }
    };
    visitNow(interp.globalNs);
    for (const restore of spaces.values()) restore();
    for (const [name, cmd] of hidden) {
      if (interp.hidden.get(name) === cmd) continue;
      const made = copyOf(interp, interp.globalNs, name, cmd);
      interp.hideCommand(made.name, name);
    }
    for (const channel of [...channelsOf(interp).values()]) if (!channels.has(channel)) dropChannel(interp, channel);
  };
}

function keepNamespace(interp: TclInterp, ns: Namespace): () => void {
  const cmds = new Map(ns.cmds);
  const vars = new Map([...ns.vars].map(([name, v]) => [name, keepVariable(v)]));
  return () => {
    if (ns.deleted) return;
    for (const [name, cmd] of [...ns.cmds]) if (cmds.get(name) !== cmd) interp.deleteCommand(cmd);
    for (const [name, cmd] of cmds) if (ns.cmds.get(name) !== cmd) copyOf(interp, ns, name, cmd);
    for (const name of [...ns.vars.keys()]) if (!vars.has(name)) ns.vars.delete(name);
    for (const [name, restore] of vars) ns.vars.set(name, restore());
  };
}

/** Gives what puts a variable back, and is that variable. */
function keepVariable(v: Var): () => Var {
  const { v: now } = v;
  if (now instanceof TclArray) {
    const elements = [...now.m].map(([key, e]) => [key, e instanceof Var ? keepVariable(e) : share(e)] as const);
    return () => {
      now.m.clear();
      for (const [key, e] of elements) now.m.set(key, typeof e === 'function' ? e() : e);
      v.v = now;
      return v;
    };
  }
  const value = now === undefined ? now : share(now);
  return () => {
    v.v = value;
    return v;
  };
}

/** A command that has been deleted or hidden since, made anew. */
function copyOf(interp: TclInterp, ns: Namespace, name: string, old: Cmd): Cmd {
  const { run, script, row, proc, inline, ensemble, alias, origin, data, direct } = old;
  const cmd = interp.makeCommandIn(ns, name);
  Object.assign(cmd, { run, script, row, proc, inline, ensemble, alias, origin, data, direct });
  if (alias !== null) {
    interp.aliases.set(alias.token, cmd);
    alias.target.targeted.add(cmd);
  }
  return cmd;
}
