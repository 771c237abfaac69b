/** `subst`. Answers to subst.n and tclCmdMZ.c (Tcl_SubstObjCmd), tclParse.c (Tcl_SubstObj). */
import { readBackslash } from '../backslash.ts';
import { BREAK, type Budget, CONTINUE, type CommandRow, evalStep, type Frame, type Interp, type Step, Unwind } from '../command.ts';
import { constantText } from '../compiler.ts';
import { type CommandSite, LimitError, lookup, TclError } from '../errors.ts';
import { alone } from '../kept.ts';
import { parseScript } from '../parser.ts';
import { keyOf, str, type Value } from '../value.ts';
import { readVar } from '../variables.ts';
import { ParseError, scanScript, scanVariable, type WordPart } from '../word-parts.ts';

const OPTIONS = ['-nobackslashes', '-nocommands', '-novariables'] as const;

interface Flags {
  backslashes: boolean;
  commands: boolean;
  variables: boolean;
}

/** A script that is no script to its end: its sound commands run, and one of them may end the whole before the error is met. */
interface Unsound {
  readonly kind: 'unsound';
  readonly text: string;
  readonly error: TclError;
}

export function substFlags(options: readonly Value[]): Flags {
  const names = options.map((o) => lookup(str(o), OPTIONS, 'option'));
  const [backslashes, commands, variables] = OPTIONS.map((o) => !names.includes(o));
  return { backslashes: backslashes!, commands: commands!, variables: variables! };
}

/** Bytes that V8 takes for a part. */
const PART_BYTES = 64;
/** So much that is to be replaced is paid for at once. */
const FOUND_PAID = 1000;

/** The pieces of the text that are to be replaced, the rest as text. */
export function scanSubst(s: string, flags: Flags, budget: Budget | null = null): (WordPart | Unsound)[] {
  const out: (WordPart | Unsound)[] = [];
  const special = specials(flags);
  let plain = '';
  let i = 0;
  let found = 0;
  let paid = 0;
  const flush = () => {
    if (plain !== '') out.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (i < s.length) {
    special.lastIndex = i;
    const at = special.exec(s)?.index ?? s.length;
    plain += s.slice(i, at);
    i = at;
    if (i === s.length) break;
    if (++found % FOUND_PAID === 0) {
      budget?.charge(20 * FOUND_PAID);
      budget?.allocate(PART_BYTES * (out.length - paid) + 2 * plain.length);
      paid = out.length;
      // V8 keeps each step in which a text grows.
      plain = alone(plain);
      flush();
    }
    const c = s[i]!;
    if (c === '\\') {
      const b = readBackslash(s, i);
      plain += b.text;
      i += b.size;
    } else if (c === '$') {
      flush();
      const parts: WordPart[] = [];
      i = scanVariable(s, i, s.length, parts);
      out.push(...parts);
    } else {
      flush();
      const parts: WordPart[] = [];
      try {
        i = scanScript(s, i, s.length, parts);
      } catch (e) {
        if (!(e instanceof TclError)) throw e;
        out.push({ kind: 'unsound', text: soundCommands(s.slice(i + 1)), error: e });
        return out;
      }
      out.push(...parts);
    }
  }
  flush();
  return out;
}

/** Finds what is to be replaced. */
function specials({ backslashes, variables, commands }: Flags): RegExp {
  return new RegExp(`[${backslashes ? '\\\\' : ''}${variables ? '$' : ''}${commands ? '\\[' : ''}]`, 'g');
}

/** The commands before the one that has the error, or that lacks its end. */
function soundCommands(script: string): string {
  const { commands } = parseScript(script);
  const last = commands.findLast((c) => c.end < script.length);
  return last === undefined ? '' : script.slice(0, last.end);
}

/** What became of text: `skip` when `continue` or `return` in the index of an element give the value in its place. */
interface Substituted {
  readonly text: string;
  readonly ended: boolean;
  readonly skip: boolean;
}

/** Runs a script among the parts. */
type Runs = (part: { readonly text: string }) => Step;

/** Replaces the parts in order. A break in a command ends the whole, giving what there is; continue gives nothing for that command. */
function* substitute(
  interp: Interp,
  parts: readonly (WordPart | Unsound)[],
  frame: Frame,
  runs: Runs,
  isIndex = false,
): Generator<Step, Substituted, Value> {
  let text = '';
  let paid = 0;
  for (const p of parts) {
    if (p.kind === 'text') {
      text += p.text;
    } else if (p.kind === 'script' || p.kind === 'unsound') {
      try {
        text += str(yield runs(p));
      } catch (e) {
        if (!(e instanceof Unwind)) throw e;
        if (e.code === BREAK) return { text, ended: true, skip: false };
        const value = e.code === CONTINUE ? '' : str(e.value);
        if (isIndex) return { text: value, ended: false, skip: true };
        text += value;
      }
      if (p.kind === 'unsound') throw p.error;
    } else if (p.index === null) {
      text += str(readVar(frame, p.name, null));
    } else {
      const index = yield* substitute(interp, p.index, frame, runs, true);
      if (index.ended) return { text, ended: true, skip: false };
      text += index.skip ? index.text : str(readVar(frame, p.name, keyOf(index.text)));
    }
    if (text.length - paid > 65536) {
      interp.budget.allocate(2 * (text.length - paid));
      paid = text.length;
    }
  }
  return { text, ended: false, skip: false };
}

/** The whole, of parts that are known. */
export function* substParts(interp: Interp, parts: readonly WordPart[], frame: Frame, runs: Runs): Generator<Step, Value, Value> {
  return (yield* substitute(interp, parts, frame, runs)).text;
}

function* substCmd(interp: Interp, args: readonly Value[], frame: Frame, site: CommandSite): Generator<Step, Value, Value> {
  const flags = substFlags(args.slice(1, -1));
  try {
    return (yield* substitute(interp, scanSubst(str(args[args.length - 1]!), flags, interp.budget), frame, ({ text }) =>
      evalStep(frame, text),
    )).text;
  } catch (e) {
    // A text that is known only now is code of its own, which tells of its errors before the call does.
    if (e instanceof TclError && !(e instanceof LimitError) && e.site === null && e.errorInfo === null) {
      e.site = Object.assign(Object.create(site), { again: !isWritten(site) });
      e.instruction = e instanceof ParseError ? 'syntax' : 'load';
      if (e instanceof ParseError) e.errorInfo = e.message;
    }
    throw e;
  }
}

/** Whether all words of a command are constants in its source. */
function isWritten({ text }: CommandSite): boolean {
  return parseScript(text).commands[0]?.words.every((w) => constantText(w) !== null) === true;
}

export const substRows: readonly CommandRow[] = [
  {
    name: 'subst',
    min: 1,
    max: Number.POSITIVE_INFINITY,
    usage: '?-nobackslashes? ?-nocommands? ?-novariables? string',
    safe: true,
    script: substCmd,
  },
];
