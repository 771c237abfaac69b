/**
 * Chains: which implementations a call goes through, and in what order. Filters come first, then mixins, the object's own method, its class
 * and what that inherits; an implementation that is reached twice comes where it is reached last. Answers to tclOOCall.c.
 */

import { newList } from '../list.ts';
import { share, type Value } from '../value.ts';
import { type Chain, type ChainKind, type Entry, type Foundation, type Method, OoClass, type OoObject } from './model.ts';

/** What chains are made for: an object, or the idea of one of a class. */
type Shape = Pick<OoObject, 'f' | 'class' | 'mixins' | 'filters' | 'methods'>;

/** The way to a class: whether mixins are being gathered or the rest, whether one has been passed, and what is known of the method by now. */
interface Way {
  readonly kind: ChainKind;
  readonly name: string;
  readonly public: boolean;
  readonly mixins: boolean;
  /** What classes brought that may be reached again, by what was known: not known and not passed, known, passed, both. */
  readonly kept: Map<OoClass, ReadonlySet<Method>>[];
}

class Builder {
  readonly entries: Entry[] = [];
  private readonly shape: Shape;
  /** How many filters stand at the beginning. */
  private filters = 0;

  constructor(shape: Shape) {
    this.shape = shape;
  }

  /** Both rounds: what comes from mixins stands before the rest. */
  method(kind: ChainKind, name: string, isPublic: boolean, filter = false, filterOf: OoClass | null = null): void {
    for (const mixins of [true, false]) {
      this.simple({ kind, name, public: isPublic, mixins, kept: [] }, filter, filterOf);
    }
  }

  addFilters(): void {
    const done = new Set<string>();
    for (const mixin of this.shape.mixins) {
      this.classFilters(mixin, done, null, true);
    }
    for (const name of this.shape.filters) this.method('method', name, false, true);
    for (const mixins of [true, false]) this.classFilters(this.shape.class, done, mixins, false);
    this.filters = this.entries.length;
  }

  /** `mixins` null: of a class mixed into the object, all of it. A class that is reached again has nothing more to say. */
  private classFilters(from: OoClass, done: Set<string>, mixins: boolean | null, passed: boolean, seen = new Set<OoClass>()): void {
    for (let c: OoClass | null = from; c !== null && !seen.has(c); ) {
      seen.add(c);
      c.inChains = true;
      for (const m of c.mixins) this.classFilters(m, done, mixins, true, passed ? seen : new Set());
      if (mixins === null || mixins === passed) {
        for (const name of c.filters) {
          if (done.has(name)) continue;
          done.add(name);
          this.method('method', name, false, true, c);
        }
      }
      if (c.superclasses.length === 1) {
        c = c.superclasses[0]!;
        continue;
      }
      for (const s of c.superclasses) this.classFilters(s, done, mixins, passed, seen);
      c = null;
    }
  }

  private simple(way: Way, filter: boolean, filterOf: OoClass | null): void {
    const { shape } = this;
    const own = way.kind === 'method' || way.kind === 'unknown' ? (shape.methods?.get(way.name) ?? null) : null;
    // The first entry that is met says whether the method may be called at all.
    let known = false;
    if (own !== null) {
      if (way.public && !own.exported) return;
      known = true;
    }
    const add = (from: OoClass, passed: boolean): void => {
      for (const m of this.ofClass(from, way, known, passed)) this.add(m, filter, filterOf);
    };
    if (way.kind === 'method' || way.kind === 'unknown') {
      for (const m of shape.mixins) add(m, true);
      if (own !== null && own.kind !== null && !way.mixins) this.add(own, filter, filterOf);
    }
    add(shape.class, false);
  }

  /** The implementations that a class and what it inherits bring, each where it is met last. */
  private ofClass(from: OoClass, way: Way, known: boolean, passed: boolean): ReadonlySet<Method> {
    const out = new Set<Method>();
    const put = (m: Method): void => {
      out.delete(m);
      out.add(m);
    };
    const putOwn = (m: Method | null): void => {
      if (m !== null && m.kind !== null && way.mixins === passed) put(m);
    };
    for (let c: OoClass | null = from; c !== null; ) {
      c.inChains = true;
      for (const mixin of c.mixins) this.again(mixin, way, known, true).forEach(put);
      if (way.kind === 'constructor') putOwn(c.builder);
      else if (way.kind === 'destructor') putOwn(c.destructor_);
      else {
        const m = c.methods.get(way.name);
        if (m !== undefined) {
          if (!known) {
            if (way.public && !m.exported) return out;
            known = true;
          }
          putOwn(m);
        }
      }
      if (c.superclasses.length === 1) {
        c = c.superclasses[0]!;
        continue;
      }
      for (const s of c.superclasses) this.again(s, way, known, passed).forEach(put);
      c = null;
    }
    return out;
  }

  /** ofClass, once: there are exponentially many ways through a hierarchy of diamonds. */
  private again(from: OoClass, way: Way, known: boolean, passed: boolean): ReadonlySet<Method> {
    const kept = (way.kept[(known ? 1 : 0) + (passed ? 2 : 0)] ??= new Map());
    let methods = kept.get(from);
    if (methods === undefined) {
      methods = this.ofClass(from, way, known, passed);
      kept.set(from, methods);
    }
    this.shape.f.interp.budget.charge(methods.size + 1);
    return methods;
  }

  private add(method: Method, filter: boolean, filterOf: OoClass | null): void {
    this.shape.f.interp.budget.charge(this.entries.length / 8);
    const at = this.entries.findIndex((e, i) => i >= this.filters && e.method === method && e.filter === filter);
    if (at < 0) this.entries.push({ method, filter, filterOf });
    else this.entries.push(...this.entries.splice(at, 1));
  }
}

/** The chain of a method; null when not even `unknown` has an implementation. `name` null: called without one. */
export function methodChain(shape: Shape, name: string | null, isPublic: boolean, filtering: boolean): Chain | null {
  const b = new Builder(shape);
  if (name !== null) {
    if (!filtering) b.addFilters();
    const filters = b.entries.length;
    b.method('method', name, isPublic);
    if (b.entries.length > filters) return { kind: 'method', entries: b.entries, public: isPublic, filtering };
  }
  const before = b.entries.length;
  b.method('unknown', 'unknown', false);
  return b.entries.length > before ? { kind: 'unknown', entries: b.entries, public: isPublic, filtering } : null;
}

/** The chain of constructors or destructors; null when there is none. */
export function specialChain(shape: Shape, kind: 'constructor' | 'destructor'): Chain | null {
  const b = new Builder(shape);
  b.method(kind, '', false);
  return b.entries.length > 0 ? { kind, entries: b.entries, public: false, filtering: false } : null;
}

/** What an object of a class is before anything of its own is defined. */
export function stereotype(f: Foundation, cls: OoClass): Shape {
  return { f, class: cls, mixins: [], filters: [], methods: null };
}

// --- names ------------------------------------------------------------------------------------------------------------------

/** How a name stands: `listed` when it is to be told, `real` when something implements it. */
interface Standing {
  readonly listed: boolean;
  real: boolean;
}

function addNames(from: OoClass, onlyPublic: boolean, names: Map<string, Standing>, seen: Set<OoClass>): void {
  const todo = [from];
  for (let c = todo.pop(); c !== undefined; c = todo.pop()) {
    if (seen.has(c)) continue;
    seen.add(c);
    for (const m of c.mixins) addNames(m, onlyPublic, names, seen);
    addOwn(c.methods, onlyPublic, names);
    todo.push(...[...c.superclasses].reverse());
  }
}

function addOwn(methods: ReadonlyMap<string, Method>, onlyPublic: boolean, names: Map<string, Standing>): void {
  for (const [name, m] of methods) {
    const known = names.get(name);
    if (known === undefined) names.set(name, { listed: !onlyPublic || m.exported, real: m.kind !== null });
    else if (m.kind !== null) known.real = true;
  }
}

/** The names of methods, sorted: of an object and all it inherits, or of a class. */
export function methodNames(of: OoObject | OoClass, onlyPublic: boolean): string[] {
  const names = new Map<string, Standing>();
  const seen = new Set<OoClass>();
  if (of instanceof OoClass) {
    addNames(of, onlyPublic, names, seen);
  } else {
    if (of.methods !== null) addOwn(of.methods, onlyPublic, names);
    addNames(of.class, onlyPublic, names, seen);
    for (const m of of.mixins) addNames(m, onlyPublic, names, seen);
  }
  return [...names]
    .filter(([, s]) => s.listed && s.real)
    .map(([name]) => name)
    .sort();
}

/** The name that a method of a chain goes by. */
export function shownMethod(chain: Chain, method: Method): string {
  return chain.kind === 'constructor' || chain.kind === 'destructor' ? `<${chain.kind}>` : method.name;
}

/** A chain as `self call` and `info object call` tell it. */
export function chainList(chain: Chain): Value {
  return newList(
    chain.entries.map((e) =>
      share(
        newList([
          e.filter ? 'filter' : chain.kind === 'unknown' ? 'unknown' : 'method',
          shownMethod(chain, e.method),
          e.method.owner instanceof OoClass ? e.method.owner.name : 'object',
          e.method.kind!,
        ]),
      ),
    ),
  );
}
