/**
 * Widget options: tables of specifications, parsing, `configure` and `cget`, and the option database behind the defaults.
 * Answers to options.n, option.n, tkConfig.c and tkOption.c.
 *
 * A table maps option names (without the dash) to what they hold, and gives the widget a typed record:
 *
 * ```ts
 * const OPTIONS = optionTable({
 *   borderwidth: opt(pixels, 'borderWidth', 'BorderWidth', '0', GEOMETRY),
 *   bd: synonym('borderwidth'),
 *   background: opt(border, 'background', 'Background', '#d9d9d9', DRAW),
 *   takefocus: opt(string, 'takeFocus', 'TakeFocus', null, 0),
 * });
 * const o = OPTIONS.create(app, win); // o.values.borderwidth: number
 * ```
 */
import { TclError } from '../tcl/errors.ts';
import { newList } from '../tcl/list.ts';
import { parseNumber } from '../tcl/number.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { addInfo, tkError, unknownOption } from './errors.ts';
import type { TkWindow } from './window.ts';

/** How an option's text is read, and, when cget answers with a canonical spelling, how that is written. */
export interface OptionType<V> {
  parse(app: TkApp, win: TkWindow, v: Value): V;
  readonly print?: (v: V) => string;
  /** The value of an option that has no default and was never given; null without it. */
  readonly none?: V;
}

export interface OptionSpec<V> {
  readonly type: OptionType<V>;
  /** Name and class in the option database; empty for neither. */
  readonly db: string;
  readonly cls: string;
  /** Default text; null: none; the value then is the type's `none`. */
  readonly def: string | null;
  /** Bits that `configure` returns when the option was given. */
  readonly mask: number;
}
export interface Synonym {
  readonly synonym: string;
  /** What `configure` lists; some synonyms in Tk name a database entry of their own. */
  readonly db?: string;
}
export type OptionRows = Readonly<Record<string, OptionSpec<never> | Synonym>>;

/** What-changed bits every widget understands: lay out and ask for a size again; draw again. Others are the widget's own. */
export const DRAW = 1;
export const GEOMETRY = 2 | DRAW;

export function opt<V>(type: OptionType<V>, db: string, cls: string, def: string | null, mask: number = DRAW): OptionSpec<V> {
  return { type, db, cls, def, mask };
}
export function synonym(name: string): Synonym {
  return { synonym: name };
}

/** The values of a table: a property per option. */
// biome-ignore lint/suspicious/noExplicitAny: a variance-free pattern for inference only
export type ValuesOf<R> = { [K in keyof R as R[K] extends OptionSpec<any> ? K : never]: R[K] extends OptionSpec<infer V> ? V : never };

/** One widget's options: typed values, and the text each was given as. */
export interface Options<R> {
  readonly values: ValuesOf<R>;
  readonly texts: Map<string, Value>;
}

/** What `configure` changed. `undo` puts every value back. */
export interface Change {
  readonly mask: number;
  /** Names of the options given, as in the table. */
  readonly names: ReadonlySet<string>;
  undo(): void;
}

type AnySpec = OptionSpec<unknown>;

/** About what V8 takes for an option of a widget: its value, and the text it was given as. */
export const OPTION_BYTES = 100;

export class OptionTable<R extends object> {
  readonly rows: ReadonlyMap<string, AnySpec | Synonym>;
  private readonly old: boolean;

  /** `old`: a widget that tkOldConfig.c serves, which tells ambiguous options from unknown ones. */
  constructor(rows: R, old: boolean) {
    this.old = old;
    this.rows = new Map(Object.entries(rows) as [string, AnySpec | Synonym][]);
  }

  /** Initial values from the option database and the defaults. */
  create(app: TkApp, win: TkWindow): Options<R> {
    app.interp.budget.allocate(OPTION_BYTES * this.rows.size);
    const o: Options<R> = { values: {} as ValuesOf<R>, texts: new Map() };
    for (const [name, row] of this.rows) {
      if ('synonym' in row) continue;
      const found = row.db === '' ? undefined : app.optionDb.get(win, row.db, row.cls);
      try {
        this.put(app, win, o, name, row, found ?? row.def, found === undefined && row.def === null);
      } catch (e) {
        if (!(e instanceof TclError)) throw e;
        const what = found === undefined ? 'default value' : 'database entry';
        throw addInfo(e, `(${what} for "-${name}" in widget "${win.path.slice(0, 50)}")`);
      }
    }
    return o;
  }

  private put(app: TkApp, win: TkWindow, o: Options<R>, name: string, row: AnySpec, v: Value | null, absent = false): void {
    const value = absent ? (row.type.none ?? null) : row.type.parse(app, win, v ?? '');
    (o.values as Record<string, unknown>)[name] = value;
    o.texts.set(name, row.type.print && value !== null ? row.type.print(value) : (v ?? ''));
  }

  /** The option a word means, exactly or by unique prefix; throws `unknown option`. */
  find(given: string): [string, AnySpec] {
    const name = given.startsWith('-') ? given.slice(1) : null;
    let hit: string | undefined;
    if (name !== null && this.rows.has(name)) hit = name;
    else if (name) {
      const hits = [...this.rows.keys()].filter((n) => n.startsWith(name));
      if (hits.length === 1) hit = hits[0];
      else if (hits.length > 1 && this.old) throw tkError(`ambiguous option "${given}"`, 'LOOKUP', 'OPTION', given);
    }
    if (hit === undefined) throw unknownOption(given);
    const row = this.rows.get(hit)!;
    return 'synonym' in row ? [row.synonym, this.rows.get(row.synonym) as AnySpec] : [hit, row];
  }

  /** Sets options from `-name value` words. On an error nothing has changed. */
  configure(app: TkApp, win: TkWindow, o: Options<R>, words: readonly Value[]): Change {
    const values = o.values as Record<string, unknown>;
    const saved = new Map<string, [unknown, Value]>();
    const undo = () => {
      for (const [name, [value, text]] of saved) {
        values[name] = value;
        o.texts.set(name, text);
      }
    };
    let mask = 0;
    try {
      for (let i = 0; i < words.length; i += 2) {
        const given = str(words[i]!);
        const [name, row] = this.find(given);
        const v = words[i + 1];
        if (v === undefined) throw tkError(`value for "${given}" missing`, 'VALUE_MISSING');
        if (!saved.has(name)) saved.set(name, [values[name], o.texts.get(name)!]);
        try {
          this.put(app, win, o, name, row, v);
        } catch (e) {
          if (!(e instanceof TclError)) throw e;
          if (this.old) e.errorCode = oldCode(e.errorCode);
          throw addInfo(e, `(processing "${given.slice(0, 40)}" option)`);
        }
        mask |= row.mask;
      }
    } catch (e) {
      undo();
      throw e;
    }
    return { mask, names: new Set(saved.keys()), undo };
  }

  cget(o: Options<R>, given: string): Value {
    return o.texts.get(this.find(given)[0])!;
  }

  /** What `configure` without values answers: one 5-tuple, or all of them. */
  info(o: Options<R>, given: string | null): Value {
    if (given !== null) {
      const [name, row] = this.find(given);
      return this.tuple(o, name, row);
    }
    return newList([...this.rows].map(([name, row]) => this.tuple(o, name, row)));
  }

  private tuple(o: Options<R>, name: string, row: AnySpec | Synonym): Value {
    if ('synonym' in row) return newList([`-${name}`, row.db ?? `-${row.synonym}`]);
    return newList([`-${name}`, row.db, row.cls, row.def ?? '', o.texts.get(name)!]);
  }
}

/** What tkOldConfig.c says where Tk's tables of today say something else. */
function oldCode(code: TclError['errorCode']): TclError['errorCode'] {
  if (code?.[2] === 'INDEX') return ['TK', 'VALUE', code[3]!.toUpperCase()];
  return code?.[2] === 'PIXELS' ? ['TK', 'VALUE', 'FRACTIONAL_PIXELS'] : code;
}

export function optionTable<R extends object>(rows: R, old = false): OptionTable<R> {
  return new OptionTable(rows, old);
}

// ---- the option database ----

interface Entry {
  /** Alternating: is there a `*` before it, and the word. */
  readonly loose: readonly boolean[];
  readonly words: readonly string[];
  value: string;
  order: number;
}

/** About what V8 takes for an entry of the database. */
const ENTRY_BYTES = 450;
const PRIORITIES: Readonly<Record<string, number>> = { interactive: 80, userDefault: 60, startupFile: 40, widgetDefault: 20 };

/** Patterns and values. The highest priority wins, then the latest; how specific a pattern is does not matter (option.n). */
export class OptionDb {
  private readonly byLeaf = new Map<string, Map<string, Entry>>();
  private serial = 0;
  private readonly app: TkApp;
  constructor(app: TkApp) {
    this.app = app;
  }

  add(pattern: string, value: string, priority: number): void {
    const loose: boolean[] = [];
    const words: string[] = [];
    for (const m of pattern.matchAll(/(\*?)([^.*]*)(\.|(?=\*)|$)/g)) {
      loose.push(m[1] === '*');
      words.push(m[2]!);
      if (m[3] === '' && m.index + m[0].length >= pattern.length) break;
    }
    const { main, interp } = this.app;
    interp.budget.allocate(ENTRY_BYTES + 2 * (pattern.length + value.length));
    if (words.length > 1 && !loose[0] && words[0] !== main.name && words[0] !== main.cls) return;
    const leaf = words[words.length - 1]!;
    const order = priority * 2 ** 24 + this.serial++;
    let entries = this.byLeaf.get(leaf);
    if (!entries) this.byLeaf.set(leaf, (entries = new Map()));
    const old = entries.get(pattern);
    if (!old) entries.set(pattern, { loose, words, value, order });
    else if (old.order < order) {
      old.value = value;
      old.order = order;
    }
  }

  clear(): void {
    this.byLeaf.clear();
  }

  /** Bytes, for the census. */
  held(): number {
    let bytes = 0;
    for (const entries of this.byLeaf.values())
      for (const [pattern, e] of entries) bytes += ENTRY_BYTES + 2 * (pattern.length + e.value.length) + 32 * e.words.length;
    return bytes;
  }

  /** The value for an option of a window, or undefined. */
  get(win: TkWindow, name: string, cls: string): string | undefined {
    const chain: TkWindow[] = [];
    for (let w: TkWindow | null = win; w; w = w.parent) chain.unshift(w);
    let best: Entry | undefined;
    const byName = this.byLeaf.get(name);
    const byClass = cls === '' || cls === name ? undefined : this.byLeaf.get(cls);
    const { budget } = this.app.interp;
    for (const entries of [byName, byClass]) {
      if (!entries) continue;
      for (const e of entries.values()) {
        budget.charge((e.words.length * chain.length) / 8 + 1);
        // A capital makes a word a class: a name never matches it, nor the other way round.
        if ((entries === byName) === isClass(e.words[e.words.length - 1]!) && name !== cls) continue;
        if ((!best || e.order > best.order) && matches(e, chain)) best = e;
      }
    }
    return best?.value;
  }
}

function isClass(word: string): boolean {
  return /^[A-Z]/.test(word);
}

/** Do the words match the windows, the last being the option itself? What a `*` skips is as little as will do; only the last `*` has to be tried again. */
function matches({ loose, words }: Entry, chain: readonly TkWindow[]): boolean {
  const last = words.length - 1;
  let star = -1;
  let from = 0;
  for (let i = 0, k = 0; ; ) {
    if (i === last && (loose[last] || k === chain.length)) return true;
    if (i < last) {
      if (loose[i]) {
        star = i;
        from = k;
      }
      const w = chain[k];
      const word = words[i]!;
      if (w !== undefined && (isClass(word) ? w.cls : w.name) === word) {
        i++;
        k++;
        continue;
      }
    }
    if (star < 0 || ++from > chain.length) return false;
    i = star;
    k = from;
  }
}

/** A priority: one of the four words, abbreviated or not, or 0 to 100. */
export function parsePriority(text: string): number {
  const word = Object.keys(PRIORITIES).find((w) => text !== '' && w.startsWith(text) && text[0] === w[0]);
  if (word) return PRIORITIES[word]!;
  const n = parseNumber(text);
  if (typeof n === 'number' && Number.isInteger(n) && n >= 0 && n <= 100) return n;
  throw tkError(
    `bad priority level "${text}": must be widgetDefault, startupFile, userDefault, interactive, or a number between 0 and 100`,
    'VALUE',
    'PRIORITY',
  );
}
