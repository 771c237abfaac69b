/**
 * The census: how many bytes an interpreter tree holds, found by walking all that can still be reached while everything stands still:
 * variables, commands, frames, what paused code has left to do, and what hosts (Tk) say they hold. Charges between two of them count
 * growth alone, so what a script lets go comes back to it here. Sizes are estimates of what V8 takes. DESIGN section 2, Memory.
 */
import { COROUTINE_BYTES } from './coroutine.ts';
import type { TclInterp } from './interp.ts';
import { alone, forgetKept, LONG_NAME } from './kept.ts';
import type { Cmd, Namespace } from './namespace.ts';
import { type Cell, R } from './regs.ts';
import { Unit } from './unit.ts';
import { Dbl, LIST_BYTES, ListChange, Rep, TclDict, TclList, TclText, type Value } from './value.ts';
import { TclArray, Var } from './variables.ts';

const WORD = 8;
const OBJECT = 48;
const ENTRY = 48;
const COMMAND = 400;
const PARAM = 50;
const TRACE = 500;
const NAMESPACE = 1000;
/** Texts of this length are made one where they are alike, and counted once. */
const LONG = 256;
/** So many of the same length, beginning and end are compared. */
const ALIKE = 4;
const RECENT = 64;
/** So many names in an object. */
const MAX_NAMES = 1000;
/** V8 joins texts that are longer by keeping both. */
const JOINED = 12;
/** What part of its weight a text that is there again counts. */
const AGAIN = 128;

/** What a census finds, in bytes. */
export interface Found {
  readonly all: number;
  /** Of these, objects of values and long texts, each counted once however often it is held, and a part for each other place of a text; short texts are counted again. */
  readonly objects: number;
}

/** What the tree under `root` holds. `rest`: what is to go on after the pause. */
export function census(root: TclInterp, rest: Cell | null): Found {
  forgetKept();
  // Until so much was made, no more than that can be kept by parts of it.
  const cut = R.texts > root.budget.maxBytes / 8;
  if (cut) R.texts = 0;
  const walk = new Walk(cut);
  walk.interp(root);
  walk.hosted((add) => root.events.held(add));
  walk.cells(rest);
  return walk.finish();
}

class Walk {
  private bytes = 0;
  private objects = 0;
  private readonly seen = new Set<object>();
  /** Objects found but not looked into: a list of its own, since data may nest deeper than the JavaScript stack. */
  private readonly todo: object[] = [];
  /** Long texts, by length, beginning and end. */
  private readonly texts = new Map<string, string[]>();
  private readonly recent: string[] = new Array(RECENT).fill('');
  private names: Record<string, number> = Object.create(null);
  private named = 0;

  private readonly cut: boolean;

  /** `cut`: texts are set free from those that they were cut out of. */
  constructor(cut: boolean) {
    this.cut = cut;
  }

  finish(): Found {
    for (let o = this.todo.pop(); o !== undefined; o = this.todo.pop()) this.look(o);
    return { all: this.bytes + this.objects, objects: this.objects };
  }

  interp(interp: TclInterp): void {
    this.namespaces(interp.globalNs);
    this.bytes += interp.keptBytes();
    for (const cmd of interp.hidden.values()) this.command(cmd);
    for (const held of interp.holders) this.hosted(held);
    for (const child of interp.children.values()) this.interp(child);
  }

  /** What somebody else holds, who says how much it is and shows values. */
  hosted(held: (add: (held: unknown) => void) => number): void {
    const bytes = held((x) => this.add(x));
    this.bytes += bytes;
  }

  /** A namespace and all in it, however deep. */
  private namespaces(top: Namespace): void {
    const todo = [top];
    for (let ns = todo.pop(); ns !== undefined; ns = todo.pop()) {
      this.bytes += NAMESPACE + WORD * (ns.exports.length + ns.path.length);
      this.add(ns.name);
      this.add(ns.unknown);
      for (const pattern of ns.exports) this.add(pattern);
      this.add(ns.vars);
      for (const [name, cmd] of ns.table) {
        this.bytes += COMMAND;
        this.add(name);
        this.command(cmd);
      }
      for (const child of ns.children.values()) todo.push(child);
    }
  }

  private command({ proc, alias, ensemble, traces, data }: Cmd): void {
    if (proc !== null) {
      this.add(proc.body);
      this.add(proc.unit);
      this.bytes += PARAM * proc.params.length;
      for (const p of proc.params) this.add(p.fallback);
    }
    if (alias !== null) this.add(alias.prefix);
    if (ensemble !== null) for (const part of [ensemble.map, ensemble.subcommands, ensemble.unknown, ensemble.parameters]) this.add(part);
    this.traces(traces);
    if (typeof data !== 'object' || data === null || !('cells' in data)) return;
    this.bytes += COROUTINE_BYTES;
    this.cells(data.cells as Cell | null);
  }

  private traces(all: readonly { readonly command: Value | null }[] | null): void {
    for (const { command } of all ?? []) {
      this.bytes += TRACE;
      this.add(command);
    }
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
    // A single character is one for all.
    if (typeof x === 'string') {
      if (x.length > JOINED) this.own(x);
      this.bytes += x.length < 2 ? 0 : 16 + 2 * x.length;
    } else if (typeof x === 'bigint') this.bytes += OBJECT + x.toString(16).length / 2;
    else if (typeof x === 'object' && x !== null && !this.seen.has(x)) {
      this.seen.add(x);
      this.todo.push(x);
    }
  }

  /**
   * The same text in memory of its own: one that was joined of others keeps these, and one that was cut out of a longer one keeps all of that. As the name of
   * a property it gets memory of its own, wherever it is held. Very long ones are copied: of them V8 would look for all that are equally long in one place.
   */
  private own(x: string): string {
    if (x.length <= JOINED) return x;
    if (!this.cut) {
      x.charCodeAt(0);
      return x;
    }
    if (x.length > LONG_NAME) return alone(x);
    if (++this.named % MAX_NAMES === 0) this.names = Object.create(null);
    this.names[x] = 0;
    return x;
  }

  /**
   * Counts a long text, where another can be put in its place: gives the one that was there first, if they are alike. One that is there again is given
   * a part of its weight all the same: a script that does nothing but hold one text everywhere would have all it holds counted again and again else,
   * and hardly come nearer to the limit each time.
   */
  private text(x: string): string {
    // Texts that were made one before are compared at a glance.
    const slot = x.length % RECENT;
    const last = this.recent[slot]!;
    const key = last === x ? '' : `${x.length} ${x.slice(0, 16)}${x.slice(-16)}`;
    const known = this.texts.get(key) ?? [];
    const first = last === x ? last : known.find((text) => text === x);
    if (first !== undefined) {
      this.recent[slot] = first;
      this.objects += (2 * x.length) / AGAIN;
      return first;
    }
    const own = this.own(x);
    this.recent[slot] = own;
    this.objects += 2 * x.length;
    if (known.length < ALIKE) this.texts.set(key, [...known, own]);
    return own;
  }

  private look(o: object): void {
    this.objects += o instanceof Rep && !(o instanceof Dbl) ? LIST_BYTES : OBJECT;
    if (o instanceof TclList) {
      if (o.s !== null) this.bytes += 2 * (o.s = this.own(o.s)).length;
      if (o.held !== null) this.all(o.held);
      else this.add(o.change);
    } else if (o instanceof TclText) {
      this.bytes += 2 * o.length;
      o.settle((piece) => this.own(piece));
    } else if (o instanceof ListChange) {
      this.add(o.removed);
      this.add(o.next ?? o.owner);
    } else if (Array.isArray(o)) {
      this.all(o);
    } else if (o instanceof TclDict) {
      if (o.s !== null) this.bytes += 2 * (o.s = this.own(o.s)).length;
      this.entries(o.m);
    } else if (o instanceof TclArray) {
      this.entries(o.m);
      this.add(o.searches);
    } else if (o instanceof Map) {
      this.entries(o);
    } else if (o instanceof Var) {
      if (isLong(o.v)) o.v = this.text(o.v);
      else this.add(o.v);
      this.add(o.array);
      this.traces(o.traces);
    } else if (o instanceof Unit) {
      this.objects += o.bytes;
    } else if (!(o instanceof Dbl) && Object.getPrototypeOf(o) === Object.prototype) {
      // What a loop has left to do: its lists and where it is in them.
      for (const x of Object.values(o)) this.add(x);
    }
  }

  private all(items: readonly unknown[]): void {
    this.objects += WORD * items.length;
    for (let i = 0; i < items.length; i++) {
      const x = items[i];
      if (isLong(x)) (items as unknown[])[i] = this.text(x);
      else if (typeof x !== 'number') this.add(x);
    }
  }

  private entries(m: ReadonlyMap<unknown, unknown>): void {
    this.objects += ENTRY * m.size;
    for (const [k, v] of m) {
      if (typeof k !== 'number') this.add(k);
      if (isLong(v)) (m as Map<unknown, unknown>).set(k, this.text(v));
      else if (typeof v !== 'number') this.add(v);
    }
  }
}

function isLong(x: unknown): x is string {
  return typeof x === 'string' && x.length >= LONG;
}
