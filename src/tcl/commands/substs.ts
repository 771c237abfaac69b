/** `subst`. Answers to subst.n and tclCmdMZ.c (Tcl_SubstObjCmd), tclParse.c (Tcl_SubstObj). */
import { readBackslash } from '../backslash.ts';
import { BREAK, CONTINUE, type CommandRow, evalStep, type Frame, type Interp, type Step, Unwind } from '../command.ts';
import { lookup } from '../errors.ts';
import { keyOf, str, type Value } from '../value.ts';
import { readVar } from '../variables.ts';
import { scanScript, scanVariable, type WordPart } from '../word-parts.ts';

const OPTIONS = ['-nobackslashes', '-nocommands', '-novariables'] as const;

interface Flags {
  backslashes: boolean;
  commands: boolean;
  variables: boolean;
}

/** The pieces of the text that are to be replaced, the rest as text. */
function scan(s: string, flags: Flags): WordPart[] {
  const out: WordPart[] = [];
  let plain = '';
  let i = 0;
  const flush = () => {
    if (plain !== '') out.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (i < s.length) {
    const c = s[i]!;
    if (c === '\\' && flags.backslashes) {
      const b = readBackslash(s, i);
      plain += b.text;
      i += b.size;
    } else if (c === '$' && flags.variables) {
      flush();
      i = scanVariable(s, i, s.length, out);
    } else if (c === '[' && flags.commands) {
      flush();
      i = scanScript(s, i, s.length, out);
    } else {
      plain += c;
      i++;
    }
  }
  flush();
  return out;
}

/** Replaces the parts in order. A break in a command ends the whole, giving what there is; continue gives nothing for that command. */
function* substitute(interp: Interp, parts: readonly WordPart[], frame: Frame): Generator<Step, { text: string; ended: boolean }, Value> {
  let text = '';
  for (const p of parts) {
    if (p.kind === 'text') {
      text += p.text;
    } else if (p.kind === 'script') {
      try {
        text += str(yield evalStep(frame, p.text));
      } catch (e) {
        if (!(e instanceof Unwind)) throw e;
        if (e.code === BREAK) return { text, ended: true };
        if (e.code !== CONTINUE) text += str(e.value);
      }
    } else if (p.index === null) {
      text += str(readVar(frame, p.name, null));
    } else {
      const index = yield* substitute(interp, p.index, frame);
      if (index.ended) return { text, ended: true };
      text += str(readVar(frame, p.name, keyOf(index.text)));
    }
    interp.budget.allocate(text.length > 65536 ? text.length : 0);
  }
  return { text, ended: false };
}

function* substCmd(interp: Interp, args: readonly Value[], frame: Frame): Generator<Step, Value, Value> {
  const flags: Flags = { backslashes: true, commands: true, variables: true };
  for (const a of args.slice(1, -1)) {
    const o = lookup(str(a), OPTIONS, 'option');
    if (o === '-nobackslashes') flags.backslashes = false;
    else if (o === '-nocommands') flags.commands = false;
    else flags.variables = false;
  }
  return (yield* substitute(interp, scan(str(args[args.length - 1]!), flags), frame)).text;
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
