/**
 * The census: how many bytes an interpreter tree holds, found by walking all that can still be reached while everything stands still:
 * variables, commands, frames, what paused code has left to do, and what hosts (Tk) say they hold. Charges between two of them count
 * growth alone, so what a script lets go comes back to it here. Sizes are estimates of what V8 takes. DESIGN section 2, Memory.
 */
import { COROUTINE_BYTES } from './coroutine.ts';
import type { TclInterp } from './interp.ts';
import type { Namespace } from './namespace.ts';
import type { Cell } from './regs.ts';
import { Dbl, LIST_BYTES, ListChange, Rep, TclDict, TclList, TclText } from './value.ts';
import { TclArray, Var } from './variables.ts';

const WORD = 8;
const OBJECT = 48;
const ENTRY = 48;
const COMMAND = 400;
const NAMESPACE = 1000;

/** What a census finds, in bytes. */
export interface Found {
  readonly all: number;
  /** Of these, objects of values, each counted once however often it is held; texts are not objects and may be counted again. */
  readonly objects: number;
}

/** What the tree under `root` holds. `rest`: what is to go on after the pause. */
export function census(root: TclInterp, rest: Cell | null): Found {
  const walk = new Walk();
  walk.interp(root);
  walk.cells(rest);
  return walk.finish();
}

class Walk {
  private bytes = 0;
  private objects = 0;
  private readonly seen = new Set<object>();
  /** Objects found but not looked into: a list of its own, since data may nest deeper than the JavaScript stack. */
  private readonly todo: object[] = [];

  finish(): Found {
    for (let o = this.todo.pop(); o !== undefined; o = this.todo.pop()) this.look(o);
    return { all: this.bytes + this.objects, objects: this.objects };
  }

  interp(interp: TclInterp): void {
    this.namespace(interp.globalNs);
    for (const cmd of interp.hidden.values()) this.add(cmd.proc?.body);
    for (const held of interp.holders) this.bytes += held();
    for (const child of interp.children.values()) this.interp(child);
  }

  private namespace(ns: Namespace): void {
    this.bytes += NAMESPACE;
    this.add(ns.vars);
    for (const [name, cmd] of ns.cmds) {
      this.bytes += COMMAND + 2 * name.length;
      if (cmd.proc !== null) {
        this.add(cmd.proc.body);
        for (const p of cmd.proc.params) this.add(p.fallback);
      }
      if (cmd.alias !== null) this.add(cmd.alias.prefix);
      for (const t of cmd.traces ?? []) this.add(t.command);
      const { data } = cmd;
      if (typeof data !== 'object' || data === null || !('cells' in data)) continue;
      this.bytes += COROUTINE_BYTES;
      this.cells(data.cells as Cell | null);
    }
    for (const child of ns.children.values()) this.namespace(child);
  }

  cells(first: Cell | null): void {
    for (let c = first; c !== null; c = c.next) {
      this.bytes += 2 * OBJECT;
      this.add(c.f);
      this.add(c.state);
      // A command's generator keeps its variables to itself; its words are what it works on.
      const { node } = c;
      if (typeof node === 'object' && node !== null && 'words' in node) this.add(node.words);
    }
  }

  private add(x: unknown): void {
    if (typeof x === 'string') this.bytes += 16 + 2 * x.length;
    else if (typeof x === 'bigint') this.bytes += OBJECT + x.toString(16).length / 2;
    else if (typeof x === 'object' && x !== null && !this.seen.has(x)) {
      this.seen.add(x);
      this.todo.push(x);
    }
  }

  private look(o: object): void {
    this.objects += o instanceof Rep && !(o instanceof Dbl) ? LIST_BYTES : OBJECT;
    if (o instanceof TclList) {
      if (o.s !== null) this.bytes += 2 * o.s.length;
      if (o.held !== null) this.all(o.held);
      else this.add(o.change);
    } else if (o instanceof TclText) {
      this.bytes += 2 * o.length;
    } else if (o instanceof ListChange) {
      this.all(o.removed);
      this.add(o.next ?? o.owner);
    } else if (Array.isArray(o)) {
      this.all(o);
    } else if (o instanceof TclDict) {
      if (o.s !== null) this.bytes += 2 * o.s.length;
      this.entries(o.m);
    } else if (o instanceof TclArray) {
      this.entries(o.m);
    } else if (o instanceof Map) {
      this.entries(o);
    } else if (o instanceof Var) {
      this.add(o.v);
      this.add(o.array);
    } else if (!(o instanceof Dbl) && Object.getPrototypeOf(o) === Object.prototype) {
      // What a loop has left to do: its lists and where it is in them.
      this.all(Object.values(o));
    }
  }

  private all(items: readonly unknown[]): void {
    this.objects += WORD * items.length;
    for (const x of items) if (typeof x !== 'number') this.add(x);
  }

  private entries(m: ReadonlyMap<unknown, unknown>): void {
    this.objects += ENTRY * m.size;
    for (const [k, v] of m) {
      if (typeof k !== 'number') this.add(k);
      if (typeof v !== 'number') this.add(v);
    }
  }
}
