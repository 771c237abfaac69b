/** `regexp` and `regsub`. The expressions themselves are in regexp.ts. Answers to regexp.n, regsub.n and tclCmdMZ.c. */
import type { CommandRow, Frame, Interp } from '../command.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { alone } from '../kept.ts';
import { checkLength, newList } from '../list.ts';
import { indexOf } from '../number.ts';
import { aboutRe } from '../re-about.ts';
import { compileRe, execRe, type Match, type Re, type ReFlags } from '../regexp.ts';
import { str, type Value } from '../value.ts';
import { replaceEach } from './strings.ts';

interface Options extends ReFlags {
  nocase: boolean;
  expanded: boolean;
  linestop: boolean;
  lineanchor: boolean;
  all: boolean;
  about: boolean;
  indices: boolean;
  inline: boolean;
  start: Value | null;
  /** Words after the options begin here. */
  at: number;
}

const REGEXP_OPTIONS = [
  '-all',
  '-about',
  '-indices',
  '-inline',
  '-expanded',
  '-line',
  '-linestop',
  '-lineanchor',
  '-nocase',
  '-start',
  '--',
] as const;
const REGSUB_OPTIONS = ['-all', '-nocase', '-expanded', '-line', '-linestop', '-lineanchor', '-start', '--'] as const;

/** Reads options up to the last that can be one. */
function readOptions(args: readonly Value[], table: readonly string[]): Options {
  const o: Options = {
    nocase: false,
    expanded: false,
    linestop: false,
    lineanchor: false,
    all: false,
    about: false,
    indices: false,
    inline: false,
    start: null,
    at: 1,
  };
  for (; o.at < args.length; o.at++) {
    const word = str(args[o.at]!);
    if (!word.startsWith('-')) return o;
    const name = lookup(word, table, 'option', true);
    switch (name) {
      case '--':
        o.at++;
        return o;
      case '-line':
        o.linestop = o.lineanchor = true;
        break;
      case '-start':
        if (++o.at >= args.length) return o;
        o.start = args[o.at]!;
        // The index is read now: a bad one is complained about before anything else.
        indexOf(o.start, 1);
        break;
      default:
        (o as unknown as Record<string, boolean>)[name.slice(1)] = true;
    }
  }
  return o;
}

function startOf(o: Options, length: number): number {
  return o.start === null ? 0 : Math.max(0, indexOf(o.start, length));
}

/** `^` matches at the very beginning, and where a search begins behind a newline, even where lines do not count. */
function notBol(text: string, at: number): boolean {
  return at > 0 && text.charCodeAt(at - 1) !== 10;
}

function about(re: Re): Value {
  return newList([re.parsed.groups, newList(aboutRe(re.parsed))]);
}

function regexpCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const o = readOptions(args, REGEXP_OPTIONS);
  const left = args.length - o.at;
  if (left < (o.about ? 1 : 2)) throw wrongArgs(`${str(args[0]!)} ?-option ...? exp string ?matchVar? ?subMatchVar ...?`);
  if (o.inline && left !== 2) {
    throw new TclError('regexp match variables not allowed when using -inline', ['TCL', 'OPERATION', 'REGEXP', 'MIX_VAR_INLINE']);
  }
  if (o.about) return about(compileRe(str(args[o.at]!), o));
  const re = compileRe(str(args[o.at]!), o);
  const text = str(args[o.at + 1]!);
  const names = args.slice(o.at + 2);
  const charge = (units: number) => interp.budget.charge(units);
  const wanted = o.inline ? re.parsed.groups : names.length > 0 ? names.length - 1 : o.all ? 0 : -1;
  const out: Value[] = [];
  let count = 0;
  let at = startOf(o, text.length);
  for (;;) {
    const m = at > text.length ? beyond(re, at, charge) : execRe(re, text, at, notBol(text, at), charge, wanted);
    if (m === null) break;
    count++;
    checkLength(out.length);
    if (o.inline) for (let g = 0; g <= re.parsed.groups; g++) out.push(piece(o, text, m, g));
    for (let g = 0; g < names.length; g++)
      interp.setVar(str(names[g]!), g <= re.parsed.groups ? piece(o, text, m, g) : o.indices ? nowhere() : '', frame);
    if (!o.all) break;
    interp.budget.charge(2);
    // An empty match moves on by a character, so that the next is another.
    at = m[1]! > m[0]! ? m[1]! : m[1]! + 1;
    if (at >= text.length) break;
  }
  if (o.inline) return newList(out);
  return o.all ? count : count > 0 ? 1 : 0;
}

/** A match behind the end of the text: of nothing, at the place that was asked for. */
function beyond(re: Re, at: number, charge: (units: number) => void): Match | null {
  return execRe(re, '', 0, true, charge)?.map((i) => (i < 0 ? i : i + at)) ?? null;
}

const nowhere = (): Value => newList([-1, -1]);

/** What a group captured: its text or its first and last index. */
function piece(o: Options, text: string, m: Match, g: number): Value {
  const from = m[2 * g] ?? -1;
  const to = m[2 * g + 1] ?? -1;
  if (o.indices) return from < 0 ? nowhere() : newList([from, to - 1]);
  return from < 0 ? '' : text.slice(from, to);
}

function regsubCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const o = readOptions(args, REGSUB_OPTIONS);
  const left = args.length - o.at;
  if (left < 3 || left > 4) throw wrongArgs(`${str(args[0]!)} ?-option ...? exp string subSpec ?varName?`);
  const pattern = str(args[o.at]!);
  const re = compileRe(pattern, o);
  const text = str(args[o.at + 1]!);
  const sub = str(args[o.at + 2]!);
  const spec = substitution(sub);
  const charge = (units: number) => interp.budget.charge(units);
  let at = startOf(o, text.length);
  const parts: string[] = [];
  let out = text.slice(0, at);
  let count = 0;
  const { literal } = re.parsed;
  if (o.all && at === 0 && literal && spec.plain !== null) {
    charge(text.length / 16);
    const made = replaceEach(text, literal, spec.plain, (chars) => {
      charge(chars / 8);
      interp.budget.allocate(2 * chars);
    });
    return replaced(interp, args[o.at + 3], made.text, made.count, frame);
  }
  // What is to be paid for.
  let made = 0;
  // Nothing for a pattern stands before each character, and by this way not at the end.
  const end = o.all && at === 0 && pattern === '' && !/[&\\]/.test(sub) ? text.length - 1 : text.length;
  while (at <= end) {
    const m = execRe(re, text, at, notBol(text, at), charge, spec.groups);
    if (m === null) break;
    const [from = 0, to = 0] = m;
    // At the end an empty match after another one is the same place again.
    count++;
    const more = spec.plain ?? spec.of(text, m);
    out += text.slice(at, from) + more;
    made += from - at + more.length + 16;
    if (made > 10000) {
      interp.budget.allocate(2 * made);
      charge(made / 8);
      made = 0;
      // V8 keeps each step in which a text grows.
      parts.push(alone(out));
      out = '';
    }
    at = to;
    if (from === to) out += text.slice(at, ++at);
    if (!o.all) break;
  }
  interp.budget.allocate(2 * made);
  charge(made / 8);
  return replaced(interp, args[o.at + 3], count === 0 ? text : parts.join('') + out + text.slice(at), count, frame);
}

function replaced(interp: Interp, name: Value | undefined, text: string, count: number, frame: Frame): Value {
  if (name === undefined) return text;
  interp.setVar(str(name), text, frame);
  return count;
}

/** A subSpec as a function: `&` and `\0` are the match, `\1` to `\9` the groups. */
function substitution(spec: string): { plain: string | null; of: (text: string, m: Match) => string; groups: number } {
  if (!spec.includes('&') && !spec.includes('\\')) return { plain: spec, of: () => spec, groups: 0 };
  const parts: (string | number)[] = [];
  let groups = 0;
  let plain = '';
  for (let i = 0; i < spec.length; i++) {
    const c = spec[i]!;
    const next = spec[i + 1];
    let group = -1;
    if (c === '&') group = 0;
    else if (c === '\\' && next !== undefined && next >= '0' && next <= '9') group = Number(next);
    else if (c === '\\' && (next === '\\' || next === '&')) {
      plain += next;
      i++;
      continue;
    }
    if (group < 0) {
      plain += c;
      continue;
    }
    parts.push(plain, group);
    groups = Math.max(groups, group);
    plain = '';
    if (c === '\\') i++;
  }
  parts.push(plain);
  const of = (text: string, m: Match) => {
    let s = '';
    for (const p of parts) s += typeof p === 'string' ? p : (m[2 * p] ?? -1) < 0 ? '' : text.slice(m[2 * p], m[2 * p + 1]);
    return s;
  };
  return { plain: null, of, groups };
}

export const regexpRows: readonly CommandRow[] = [
  { name: 'regexp', run: regexpCmd, min: 0, max: Number.POSITIVE_INFINITY, usage: '', safe: true },
  { name: 'regsub', run: regsubCmd, min: 0, max: Number.POSITIVE_INFINITY, usage: '', safe: true },
];
