/** `switch`, compiled: one choice of a body by pattern. Answers to switch.n and tclCmdMZ.c, TclNRSwitchObjCmd. */
import type { InlineCompiler } from './compiler.ts';
import { type CommandSite, LimitError, lookup, TclError, wrongArgs } from './errors.ts';
import type { Frame } from './frames.ts';
import { stringMatch } from './glob.ts';
import { elements, newList, parseList } from './list.ts';
import type { Setter } from './nodes.ts';
import type { Word } from './parser.ts';
import { compileRe, execRe } from './regexp.ts';
import { lowerCase } from './unicode.ts';
import type { Stmt } from './unit.ts';
import { cut } from './utf8.ts';
import { str, type Value } from './value.ts';
import { isEscaped } from './word-parts.ts';

const USAGE = 'switch ?-option ...? string ?pattern body ...? ?default body?';
const OPTIONS = ['-exact', '-glob', '-indexvar', '-matchvar', '-nocase', '-regexp', '--'] as const;

interface Options {
  mode: '-exact' | '-glob' | '-regexp';
  nocase: boolean;
  matchVar: string | null;
  indexVar: string | null;
  /** Words used. */
  used: number;
}

function fail(message: string, code: readonly string[]): TclError {
  return new TclError(message, code);
}

/** Reads the options; throws Tcl's messages. */
function readOptions(words: readonly string[]): Options {
  const o: Options = { mode: '-exact', nocase: false, matchVar: null, indexVar: null, used: 0 };
  let modeGiven: string | null = null;
  let i = 0;
  for (; i < words.length && words[i]!.startsWith('-'); i++) {
    // The last word but one is the string even if it looks like an option (switch $x {...}).
    const given = words[i]!;
    if (words.length - i <= 2) break;
    const option = lookup(given, OPTIONS, 'option');
    if (option === '--') {
      i++;
      break;
    }
    if (option === '-nocase') o.nocase = true;
    else if (option === '-matchvar' || option === '-indexvar') {
      i++;
      if (i >= words.length - 2) throw fail(`missing variable name argument to ${option} option`, ['TCL', 'OPERATION', 'SWITCH', 'NOVAR']);
      if (option === '-matchvar') o.matchVar = words[i]!;
      else o.indexVar = words[i]!;
    } else {
      if (modeGiven !== null)
        throw fail(`bad option "${given}": ${modeGiven} option already found`, ['TCL', 'OPERATION', 'SWITCH', 'DOUBLEOPT']);
      modeGiven = option;
      o.mode = option;
    }
  }
  o.used = i;
  if (o.indexVar !== null && o.mode !== '-regexp')
    throw fail('-indexvar option requires -regexp option', ['TCL', 'OPERATION', 'SWITCH', 'MODERESTRICTION']);
  if (o.matchVar !== null && o.mode !== '-regexp')
    throw fail('-matchvar option requires -regexp option', ['TCL', 'OPERATION', 'SWITCH', 'MODERESTRICTION']);
  return o;
}

/** Patterns and bodies by turns, as they were given: a list of thousands, which a variable holds, is not copied to choose one. */
interface Arms {
  readonly all: readonly Value[];
  readonly count: number;
  readonly inList: boolean;
}

const patternOf = ({ all }: Arms, i: number): string => str(all[2 * i]!);
const bodyOf = ({ all }: Arms, i: number): string => str(all[2 * i + 1]!);

/** Throws Tcl's messages. */
function readArms(words: readonly string[]): Arms {
  let all: readonly Value[] = words;
  const inList = words.length === 1;
  if (inList) {
    all = elements(words[0]!);
    if (all.length < 1) throw wrongArgs('switch ?-option ...? string {?pattern body ...? ?default body?}');
  }
  if (all.length % 2 !== 0) {
    const message = 'extra switch pattern with no body';
    const code = ['TCL', 'OPERATION', 'SWITCH', 'BADARM'];
    if (!inList || !all.some((w, i) => i % 2 === 0 && str(w).startsWith('#'))) throw fail(message, code);
    const why = 'this may be due to a comment incorrectly placed outside of a switch body - see the "switch" documentation';
    throw fail(`${message}, ${why}`, [...code, 'COMMENT?']);
  }
  if (all[all.length - 1] === '-') {
    throw fail(`no body specified for pattern "${str(all[all.length - 2]!)}"`, ['TCL', 'OPERATION', 'SWITCH', 'BADARM', 'FALLTHROUGH']);
  }
  return { all, count: all.length / 2, inList };
}

/** Finds the pair whose pattern matches, -1 for none; sets the match variables. */
type Picker = (f: Frame, s: string) => number;

/** The pair that is chosen for `s` in a mode without variables; each is looked at but once. */
function indexOfArm(o: Options, arms: Arms, s: string): number {
  if (o.mode === '-glob') return picker(o, arms, () => {}, { match: null, index: null })([] as unknown as Frame, s);
  const wanted = o.nocase ? lowerCase(s) : s;
  for (let i = 0; i < arms.count; i++) {
    const pattern = patternOf(arms, i);
    if ((o.nocase ? lowerCase(pattern) : pattern) === wanted) return i;
  }
  return fallbackOf(arms);
}

/** The last pair where that is for all others. */
function fallbackOf(arms: Arms): number {
  return patternOf(arms, arms.count - 1) === 'default' ? arms.count - 1 : -1;
}

function picker(o: Options, arms: Arms, charge: (units: number) => void, vars: { match: Setter | null; index: Setter | null }): Picker {
  const fallback = fallbackOf(arms);
  if (o.mode === '-exact') {
    const fold = (s: string) => (o.nocase ? lowerCase(s) : s);
    const table = new Map<string, number>();
    for (let i = 0; i < arms.count; i++) {
      const key = fold(patternOf(arms, i));
      if (i !== fallback && !table.has(key)) table.set(key, i);
    }
    return (_f, s) => table.get(fold(s)) ?? fallback;
  }
  if (o.mode === '-glob') {
    return (_f, s) => {
      for (let i = 0; i < arms.count; i++) {
        if (i === fallback || stringMatch(patternOf(arms, i), s, o.nocase)) return i;
      }
      return -1;
    };
  }
  const wanted = vars.index === null && vars.match === null ? -1 : Infinity;
  return (f, s) => {
    for (let i = 0; i < arms.count; i++) {
      if (i === fallback) {
        vars.index?.(f, '');
        vars.match?.(f, '');
        return i;
      }
      const re = compileRe(patternOf(arms, i), { nocase: o.nocase });
      const m = execRe(re, s, 0, false, charge, wanted);
      if (m === null) continue;
      if (wanted < 0) return i;
      const texts: Value[] = [];
      const spans: Value[] = [];
      for (let g = 0; g < m.length; g += 2) {
        const start = m[g]!;
        const end = m[g + 1]!;
        texts.push(start < 0 ? '' : s.slice(start, end));
        spans.push(newList([start, start < 0 ? -1 : end - 1]));
      }
      vars.index?.(f, newList(spans));
      vars.match?.(f, newList(texts));
      return i;
    }
    return -1;
  };
}

export const compileSwitch: InlineCompiler = (c, args, site) => {
  const texts = args.map((a) => c.constant(a));
  // Options must be constant; so must patterns and bodies. Only the string may be anything.
  const stringAt = findString(texts);
  if (stringAt === null) return null;
  if (texts.some((t, i) => t === null && i !== stringAt)) return null;
  let o: Options;
  let arms: Arms;
  try {
    o = readOptions(texts.map((t) => t ?? ''));
    if (args.length - stringAt < 2) throw wrongArgs(USAGE);
    arms = readArms(texts.slice(stringAt + 1).map((t) => t!));
  } catch (e) {
    if (!(e instanceof TclError) || e instanceof LimitError) throw e;
    // The string is read before that is seen.
    if (texts[stringAt] === null) return null;
    const { message, errorCode } = e;
    return { s: c.n.fail(() => new TclError(message, errorCode), site), simple: true };
  }
  const vars = {
    match: o.matchVar === null ? null : c.setter(o.matchVar, site),
    index: o.indexVar === null ? null : c.setter(o.indexVar, site),
  };
  // What Tcl does not compile either: there bodies are scripts of their own.
  const late =
    c.late ||
    (o.nocase && o.mode === '-exact') ||
    o.matchVar !== null ||
    o.indexVar !== null ||
    (args.length > 2 && texts[stringAt - 1] !== '--') ||
    args.slice(stringAt + 1).some(({ parts }) => parts.some(isEscaped)) ||
    (arms.inList && hasEscapes(texts[stringAt + 1]!));
  const { interp } = c;
  const charge = (n: number) => interp.budget.charge(n);
  // Of words that are known only now, and may be others the next time, no more is compiled than what is chosen.
  const chosen = c.fromWords && o.mode !== '-regexp' ? indexOfArm(o, arms, texts[stringAt]!) : null;
  const lines = arms.inList && chosen === null ? bodyLines(site, args[stringAt]!, arms) : null;
  const bodies = compileBodies(arms, chosen, (i) => {
    return c.bodyText(
      bodyOf(arms, i),
      lines?.[i] ?? site.line + (args[stringAt + 2 + 2 * i]?.line ?? 0),
      site,
      armLabel(patternOf(arms, i)),
      false,
      late,
    );
  });
  const pick = chosen !== null ? () => chosen : picker(o, arms, charge, vars);
  const words = c.fromWords ? ['switch', ...texts.map((t) => t!)] : null;
  return c.withOperands([c.word(args[stringAt]!, site)], ([v]) => c.n.choice(v!, pick, bodies, site, words), true);
};

/** True when an element of the list is not all there as it is written. */
function hasEscapes(list: string): boolean {
  const starts: number[] = [];
  parseList(list, 'list', starts);
  return starts.some((at, i) => list[at] !== '{' && list.slice(at, starts[i + 1]).includes('\\'));
}

function armLabel(pattern: string): string {
  return `"${cut(pattern, 50)}" arm`;
}

/** A body `-` is the next one's. `chosen`: the one that is wanted, null for all. */
function compileBodies(arms: Arms, chosen: number | null, compile: (i: number) => Stmt): Stmt[] {
  const bodies: Stmt[] = [];
  if (chosen !== null) {
    let i = chosen;
    while (i >= 0 && arms.all[2 * i + 1] === '-') i++;
    if (i >= 0) bodies[chosen] = compile(i);
    return bodies;
  }
  for (let i = arms.count - 1; i >= 0; i--) bodies[i] = arms.all[2 * i + 1] === '-' ? bodies[i + 1]! : compile(i);
  return bodies;
}

/** Where each body's text begins: found in the list they were written in. */
function bodyLines({ line, text }: CommandSite, before: Word, arms: Arms): number[] {
  const out: number[] = [];
  let at = 0;
  let lines = line;
  for (let i = 0; i < arms.count; i++) {
    const pattern = patternOf(arms, i);
    const behind = text.indexOf(pattern, at);
    const found = text.indexOf(bodyOf(arms, i), behind < 0 ? at : behind + pattern.length);
    if (found < 0) out.push(line + before.line);
    else {
      for (; at < found; at++) if (text.charCodeAt(at) === 10) lines++;
      out.push(lines);
    }
  }
  return out;
}

/** Index of the string word: after the options. Null when a word that might be an option is not constant. */
function findString(texts: readonly (string | null)[]): number | null {
  let i = 0;
  while (i < texts.length) {
    const t = texts[i];
    if (t === null || t === undefined || !t.startsWith('-')) return i;
    if (texts.length - i <= 2) return i;
    if (t === '--') return i + 1;
    i += '-matchvar'.startsWith(t) || '-indexvar'.startsWith(t) ? 2 : 1;
  }
  return i;
}
