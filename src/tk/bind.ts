/**
 * Bindings: tables from tags and event sequences to scripts, and which script an event runs. Windows, canvas items and text tags use
 * the same table. Leaves out the text of patterns (patterns.ts) and `%` (percent.ts). Answers to bind.n and tkBind.c.
 *
 * An event completes a pattern of one, or the next step of a sequence under way (`Partial`). Sequences survive what a user does between
 * two steps without meaning to: modifier keys, releases, motion; a key ends a sequence of buttons and a button one of keys.
 */

import { STATE } from '../protocol/display.ts';
import { attempt, BREAK, CONTINUE, directStep, OK, type PlainRow, type Step } from '../tcl/command.ts';
import { elements, newList } from '../tcl/list.ts';
import { looking } from '../tcl/search.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { quietly, tkError } from './errors.ts';
import type { EventType, TkEvent } from './events.ts';
import { isModifierKey, keysymNumber } from './keysyms.ts';
import { ALT, buttonIn, META, type Pattern, parseSequence, printSequence } from './patterns.ts';
import { substitute } from './percent.ts';
import { tkOf } from './tk-of.ts';
import type { TkWindow } from './window.ts';

/** Presses count as a double click when this near in time (ms) and place (pixels). */
const NEARBY_MS = 500;
const NEARBY_PIXELS = 5;
/** About what V8 takes for each. */
export const BINDING_BYTES = 500;

export interface Sequence {
  readonly patterns: readonly Pattern[];
  readonly text: string;
  /** Which came first: the later of two equals wins. */
  readonly order: number;
  /** What it is bound to; null for the definition of a virtual event. */
  readonly tag: unknown;
  script: string;
}

/** A sequence some of whose patterns have been seen. */
interface Partial {
  readonly seq: Sequence;
  /** Index of the pattern that comes next. */
  readonly next: number;
  readonly win: TkWindow;
  readonly masks: readonly number[];
  /** How often the pattern that comes next was met, one more: in the middle of a sequence Double means two events of its own. */
  seen: number;
  keep: boolean;
  expired: boolean;
}

/** The last event of a type, and how often it has come in a row. */
interface Run {
  event: TkEvent;
  info: number;
  any: number;
  detailed: number;
}

/** What happens to every window as it is made: no binding of the library's begins so. */
const BARE: ReadonlySet<EventType> = new Set(['Create', 'Configure', 'Map', 'Unmap', 'Expose', 'Visibility', 'Destroy']);

function isKey(type: EventType): boolean {
  return type === 'KeyPress' || type === 'KeyRelease';
}
function isButton(type: EventType): boolean {
  return type === 'ButtonPress' || type === 'ButtonRelease';
}

/** Meta and Alt stand for Mod1. */
function real(mods: number): number {
  return mods & (META | ALT) ? (mods & ~(META | ALT)) | STATE.Mod1 : mods;
}
function isSubset(a: number, b: number): boolean {
  return (a & b) === a;
}

export class BindingTable {
  private readonly app: TkApp;
  private readonly tags = new Map<unknown, Map<string, Sequence>>();
  /** Sequences and scripts of tags that nobody has asked for yet: reading all of the library's would make every application start late. */
  private readonly unread = new Map<unknown, Value[]>();
  private readonly runs = new Map<EventType, Run>();
  private partials: Partial[] = [];
  private state = 0;
  private order = 1;

  constructor(app: TkApp) {
    this.app = app;
  }

  /** Binds the sequences and scripts of a list, when first the tag is looked at. */
  bindLater(tag: unknown, list: Value): void {
    this.unread.set(tag, [...(this.unread.get(tag) ?? []), list]);
  }

  private of(tag: unknown): Map<string, Sequence> | undefined {
    this.app.library.use(tag);
    const lists = this.unread.get(tag);
    if (lists) {
      this.unread.delete(tag);
      const words = lists.flatMap((list) => elements(list)).map(str);
      for (let i = 0; i < words.length; i += 2) this.bind(tag, words[i]!, words[i + 1]!.trim());
    }
    return this.tags.get(tag);
  }

  /** Binds a script to a sequence for a tag; an empty one unbinds, `append` adds to what is there. */
  bind(tag: unknown, sequence: string, script: string, append = false): void {
    let bound = this.of(tag);
    if (script === '' && !append) {
      // What is no sequence has nothing to unbind.
      quietly(() => bound?.delete(printSequence(parseSequence(sequence))));
      if (bound?.size === 0) this.tags.delete(tag);
      return;
    }
    const patterns = parseSequence(sequence);
    const text = printSequence(patterns);
    if (script === '') return;
    this.app.interp.budget.allocate(BINDING_BYTES * patterns.length + (text.length + script.length) * 2);
    if (!bound) this.tags.set(tag, (bound = new Map()));
    const old = bound.get(text);
    if (old) old.script = append ? `${old.script}\n${script}` : script;
    else bound.set(text, { patterns, text, order: this.order++, tag, script });
  }

  /** The script of a sequence, or ''. Throws when the sequence is malformed. */
  get(tag: unknown, sequence: string): string {
    const text = printSequence(parseSequence(sequence));
    return this.of(tag)?.get(text)?.script ?? '';
  }

  has(tag: unknown): boolean {
    return this.of(tag) !== undefined;
  }

  /** Sequences bound to a tag, the latest first. */
  list(tag: unknown): string[] {
    return [...(this.of(tag)?.keys() ?? [])].reverse();
  }

  /** Bytes, for the census. */
  held(): number {
    let bytes = 0;
    for (const bound of this.tags.values())
      for (const { patterns, text, script } of bound.values()) bytes += BINDING_BYTES * patterns.length + 2 * (text.length + script.length);
    return bytes;
  }

  /** Forgets a tag and all bound to it. */
  unbindAll(tag: unknown): void {
    this.unread.delete(tag);
    this.tags.delete(tag);
    this.partials = this.partials.filter((p) => p.seq.tag !== tag);
  }

  /** Runs what an event of `win` is bound to, for each tag in turn. */
  fire(event: TkEvent, tags: readonly unknown[]): Generator<Step, void, Value> {
    return this.run(this.match(event, tags));
  }

  /** Runs the scripts that `match` found, until one breaks or fails. */
  *run(scripts: readonly string[]): Generator<Step, void, Value> {
    const { interp } = this.app;
    for (const script of scripts) {
      const done = yield* attempt(directStep(interp.globalFrame, script));
      if (done.code === OK || done.code === CONTINUE) continue;
      if (done.code === BREAK || interp.backgroundEnd(done, script, '\n    (command bound to event)', true)) return;
    }
  }

  /** The scripts an event runs, with `%` filled in. */
  match(event: TkEvent, tags: readonly unknown[]): string[] {
    if (event.detail === 'NotifyInferior') return [];
    if (event.state !== undefined) this.state = event.state;
    const run = this.count(event);
    const found: string[] = [];
    const started: Partial[] = [];
    for (const tag of tags) {
      looking.pay(10);
      const bound = BARE.has(event.type) ? this.tags.get(tag) : this.of(tag);
      if (!bound) continue;
      const advanced = this.advance(run, tag, started);
      const fresh = this.begin(run, bound.values(), started);
      let best = advanced && !(fresh && beats(fresh, advanced)) ? advanced : fresh;
      if (!advanced && event.type !== 'Virtual') best = this.virtual(run, bound, best);
      if (best) found.push(substitute(best.script, event, found.length, this.app.interp.budget));
    }
    this.expire(run);
    this.partials.push(...started);
    return found;
  }

  /** Keeps count of repeats: what Double, Triple and Quadruple look at. */
  private count(event: TkEvent): Run {
    const { type, win } = event;
    if (isKey(type) && !isModifierKey(keysymNumber(event.keysym ?? ''))) this.stop('ButtonPress', 'ButtonRelease');
    if (isButton(type)) this.stop('KeyPress', 'KeyRelease');
    const info = isKey(type)
      ? keysymNumber(event.keysym ?? '')
      : isButton(type)
        ? (event.button ?? 0)
        : type === 'Motion'
          ? buttonIn(event.state ?? 0)
          : 0;
    const old = this.runs.get(type);
    const run: Run = { event, info, any: 1, detailed: 1 };
    if (old && old.any > 0 && old.event.win === win && isRepeat(old.event, event)) {
      run.any = old.any + 1;
      const same = isKey(type) ? old.event.keycode === event.keycode : old.info === info;
      if (same) run.detailed = old.detailed + 1;
    }
    this.runs.set(type, run);
    return run;
  }

  private stop(...types: readonly EventType[]): void {
    for (const t of types) {
      const run = this.runs.get(t);
      if (run) run.any = run.detailed = 0;
    }
  }

  /** Does the event match a pattern? Answers the modifiers it needed, or -1. */
  private fits(run: Run, p: Pattern): number {
    return p.count <= (p.info ? run.detailed : run.any) ? this.matches(run, p) : -1;
  }

  /** As `fits`, however often it has come. */
  private matches(run: Run, p: Pattern): number {
    if (p.type !== run.event.type || (p.name !== '' && p.name !== run.event.name)) return -1;
    if (p.info !== 0 && p.info !== run.info) return -1;
    const mods = real(p.mods);
    return isSubset(mods, real(this.state)) ? mods : -1;
  }

  /** Takes sequences under way a step further; answers the best that is complete. */
  private advance(run: Run, tag: unknown, started: Partial[]): Sequence | null {
    let best: Best = null;
    const modifier = isKey(run.event.type) && isModifierKey(run.info);
    for (const p of this.partials) {
      if (p.seq.tag !== tag || p.win !== run.event.win) continue;
      const pattern = p.seq.patterns[p.next]!;
      p.keep = modifier || (pattern.type !== run.event.type && run.event.type === 'KeyRelease');
      const sameEvent = pattern.type === run.event.type && (pattern.info === 0 || pattern.info === run.info);
      if (!sameEvent) continue;
      const mods = this.matches(run, pattern);
      p.expired = true;
      p.keep = false;
      if (mods < 0) continue;
      const masks = [...p.masks, mods];
      if (p.next + 1 === p.seq.patterns.length) {
        // A double click that has seen one click so far waits for the second.
        if (pattern.count > (pattern.info ? run.detailed : run.any)) p.keep = true;
        else best = better(best, { seq: p.seq, masks });
      } else if (pattern.count > p.seen) {
        p.seen++;
        p.keep = true;
      } else {
        this.start(started, p.seq, p.next + 1, p.win, masks);
      }
    }
    return best?.seq ?? null;
  }

  /** A sequence is under way, unless it was already: then the event that ends that one starts no other, as in Tk. */
  private start(started: Partial[], seq: Sequence, next: number, win: TkWindow, masks: readonly number[]): void {
    const same = (p: Partial) => p.seq === seq && p.next === next;
    if (!this.partials.some(same) && !started.some(same)) started.push({ seq, next, win, masks, seen: 1, keep: true, expired: false });
  }

  /** Sequences the event begins; answers the best that it completes at once. */
  private begin(run: Run, sequences: Iterable<Sequence>, started: Partial[]): Sequence | null {
    let detailed: Best = null;
    let plain: Best = null;
    for (const seq of sequences) {
      const first = seq.patterns[0]!;
      const mods = this.fits(run, first);
      if (mods < 0) continue;
      const masks = [mods];
      if (seq.patterns.length > 1) this.start(started, seq, 1, run.event.win, masks);
      else if (first.info) detailed = better(detailed, { seq, masks });
      else plain = better(plain, { seq, masks });
    }
    return (detailed ?? plain)?.seq ?? null;
  }

  /** Virtual events whose definition the event meets, unless a physical binding is as special. */
  private virtual(run: Run, bound: ReadonlyMap<string, Sequence>, physical: Sequence | null): Sequence | null {
    let best: Best = null;
    let script = physical;
    const { virtualEvents } = this.app;
    for (const [name, definitions] of BARE.has(run.event.type) ? virtualEvents.known : virtualEvents.all) {
      const target = bound.get(`<<${name}>>`);
      if (!target) continue;
      for (const seq of definitions.values()) {
        const p = seq.patterns[seq.patterns.length - 1]!;
        if (seq.patterns.length > 1) continue;
        const mods = this.fits(run, p);
        if (mods < 0) continue;
        const rival = physical?.patterns[physical.patterns.length - 1];
        if (rival && (rival.info || !p.info) && isSubset(p.mods, rival.mods)) continue;
        const next = better(best, { seq, masks: [mods] });
        if (next !== best) script = target;
        best = next;
      }
    }
    return script;
  }

  /** Drops sequences under way that this event ended. */
  private expire(run: Run): void {
    this.partials = this.partials.filter((p) => {
      if (p.keep) {
        p.keep = false;
        p.expired = false;
        return true;
      }
      const pattern = p.seq.patterns[p.next]!;
      if (p.expired || p.win !== run.event.win) return false;
      if (pattern.info && run.info && pattern.type === run.event.type && pattern.info !== run.info) return false;
      if (isButton(pattern.type) && isKey(run.event.type)) return false;
      return !(isKey(pattern.type) && isButton(run.event.type));
    });
  }
}

type Best = { readonly seq: Sequence; readonly masks: readonly number[] } | null;

function specialised(s: Sequence): number {
  return s.patterns.reduce((n, p) => n + (p.info ? p.count : 0), 0);
}
function length(s: Sequence): number {
  return s.patterns.reduce((n, p) => n + p.count, 0);
}

/** The better of two matches: more details, more events, more modifiers (from the last event back), later made. */
function better(a: Best, b: NonNullable<Best>): NonNullable<Best> {
  if (!a) return b;
  let diff = specialised(b.seq) - specialised(a.seq) || length(b.seq) - length(a.seq);
  if (diff === 0) {
    for (let i = 0; i < Math.max(a.masks.length, b.masks.length); i++) {
      const x = a.masks[i] ?? 0;
      const y = b.masks[i] ?? 0;
      if (isSubset(x, y)) diff++;
      if (isSubset(y, x)) diff--;
    }
  }
  return diff > 0 || (diff === 0 && b.seq.order > a.seq.order) ? b : a;
}

/** Is a sequence that this event began better than one that it ended? */
function beats(begun: Sequence, ended: Sequence): boolean {
  const diff = specialised(begun) - specialised(ended);
  return diff > 0 || (diff === 0 && begun.order > ended.order);
}

function isRepeat(old: TkEvent, now: TkEvent): boolean {
  const soon = Math.abs((now.time ?? 0) - (old.time ?? 0)) <= NEARBY_MS;
  if (isKey(now.type)) return soon && old.keycode === now.keycode;
  if (isButton(now.type)) {
    const near = (a = 0, b = 0) => Math.abs(a - b) <= NEARBY_PIXELS;
    return soon && near(old.rootX, now.rootX) && near(old.rootY, now.rootY);
  }
  return now.type === 'Enter' || now.type === 'Leave' || now.type === 'Property' ? soon : true;
}

// ---- commands ----

/** Tags of a window when none have been set: itself, its class, its toplevel, all. */
export function tagsOf(win: TkWindow): readonly string[] {
  if (win.tags) return win.tags;
  const top = win.top;
  return top === win ? [win.path, win.cls, 'all'] : [win.path, win.cls, top.path, 'all'];
}

/** Bytes of tags that were set. */
export function tagBytes(tags: readonly string[]): number {
  return tags.reduce((n, tag) => n + 24 + 2 * tag.length, 0);
}

/** A tag that is a path must be a window's. */
function checkTag(app: TkApp, tag: string): string {
  if (tag.startsWith('.')) app.windowAt(tag);
  return tag;
}

export const BIND_ROWS: readonly PlainRow[] = [
  {
    name: 'bind',
    min: 1,
    max: 3,
    usage: 'window ?pattern? ?command?',
    safe: true,
    run(interp, args) {
      const app = tkOf(interp);
      const tag = checkTag(app, str(args[1]!));
      const { bindings } = app;
      if (args.length === 2) return newList(bindings.list(tag));
      const sequence = str(args[2]!);
      if (args.length === 3) {
        let script = '';
        quietly(() => {
          script = bindings.get(tag, sequence);
        });
        return script;
      }
      const script = str(args[3]!);
      if (script.startsWith('+')) bindings.bind(tag, sequence, script.slice(1), true);
      else bindings.bind(tag, sequence, script);
      return '';
    },
  },
  {
    name: 'bindtags',
    min: 1,
    max: 2,
    usage: 'window ?taglist?',
    safe: true,
    run(interp, args) {
      const win = tkOf(interp).windowAt(str(args[1]!));
      if (args.length === 2) return newList([...tagsOf(win)]);
      const tags = elements(args[2]!).map(str);
      interp.budget.charge(tags.length);
      interp.budget.allocate(tagBytes(tags));
      win.tags = tags.length > 0 ? tags : null;
      return '';
    },
  },
];

/** `<<NAME>>` of a virtual event, without the brackets. */
export function virtualName(text: string): string {
  if (text.length < 5 || !text.startsWith('<<') || !text.endsWith('>>')) {
    throw tkError(`virtual event "${text}" is badly formed`, 'EVENT', 'VIRTUAL', 'MALFORMED');
  }
  return text.slice(2, -2);
}
