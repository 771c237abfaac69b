/**
 * INNER of `-errorstack`: Tcl shows the instruction of its bytecode that failed, with the words or operands it had. There is no bytecode here: which instruction
 * a command would be is told by its name, and by what is constant in it. Answers to tclDisassemble.c (TclGetInnerContext) and tclCompCmds*.c.
 */
import { type CommandSite, type TclError, variableIn } from './errors.ts';
import { newList } from './list.ts';
import { parseScript } from './parser.ts';
import type { Unit } from './unit.ts';
import { cut } from './utf8.ts';
import { share, str, type Value } from './value.ts';
import { splitName } from './variables.ts';
import { isEscaped, type WordPart } from './word-parts.ts';

/**
 * Of a command: its instruction, and behind a bar: `v`: named after the variable it changes; `p`: only in procs; `o`: shown with two operands; a
 * number: only where so many indices are constant; `-`: of an ensemble: where it is not so compiled it is called in the ensemble's place.
 */
const COMPILED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    set: 'store|v',
    append: 'append|v',
    lappend: 'lappend|v',
    incr: 'incr|v',
    unset: 'unset|v',
    lset: 'lsetList',
    lindex: 'listIndex',
    llength: 'listLength',
    lrange: 'listRangeImm|2',
    linsert: 'listRangeImm|1',
    lreplace: 'listRangeImm|2',
    lassign: 'listIndexImm',
    subst: 'load',
    foreach: 'foreach_start|p',
    lmap: 'foreach_start|p',
    upvar: 'upvar|p',
    global: 'nsupvar|p',
    variable: 'variable|p',
    regexp: 'regexp|o',
    yield: 'yield',
    yieldto: 'yieldToInvoke',
    next: 'tclooNext|p',
    nextto: 'tclooNextClass|p',
    self: 'tclooSelf|p',
    'dict get': 'dictGet',
    'dict set': 'dictSet|p-',
    'dict incr': 'dictIncrImm|p',
    'dict append': 'dictAppend',
    'dict lappend': 'dictLappend',
    'dict unset': 'dictUnset|p',
    'dict for': 'dictFirst|p',
    'dict map': 'dictFirst|p',
    'dict with': 'dictExpand',
    'dict update': 'dictUpdateStart|p',
    'dict merge': 'verifyDict',
    'array set': 'arrayMakeImm',
    'binary encode': '|-',
    'clock add': '|-',
    'clock clicks': '|-',
    'clock format': '|-',
    'clock scan': '|-',
    'chan copy': '|-',
    'chan puts': '|-',
    'chan read': '|-',
    'file attributes': '|-',
    'file copy': '|-',
    'file rename': '|-',
    'dict replace': '|-',
    'dict filter': '|-',
    'dict create': '|-',
    'string index': 'strindex|o',
    'string range': 'strrange',
    'string replace': 'strreplace',
    'string map': 'map',
    'string compare': '|-',
    'string equal': '|-',
    'string is': '|-',
    'string first': '|-',
    'string last': '|-',
    'info level': 'infoLevelArgs',
    'namespace origin': 'originCmd',
    'namespace upvar': 'nsupvar|p-',
    'namespace eval': '|-',
    'namespace inscope': '|-',
    'namespace ensemble': '|-',
  }),
);

const ENSEMBLES = /^(array|binary|chan|clock|dict|encoding|file|info|namespace|string|tcl::prefix)$/;
const NESTED: ReadonlyMap<string, string> = new Map([
  ['binary decode', '::tcl::binary::decode'],
  ['binary encode', '::tcl::binary::encode'],
  ['info class', '::oo::InfoClass'],
  ['info object', '::oo::InfoObject'],
]);
const INDEX = /^(-?\d{1,9}|end(-\d{1,9})?)$/;
/** Those that take a local and nothing else. */
const OF_LOCAL = /^dict(Set|Unset|IncrImm|L?[aA]ppend)$/;

/** It fits in the instruction of `incr`, as a number of C. */
function isShort(text: string): boolean {
  return /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 32 && Math.abs(Number(text) | 0) < 128;
}

/** What an error says as it is noted. */
export type Failure = Pick<TclError, 'message' | 'errorCode' | 'givenCode' | 'errorInfo' | 'options' | 'operands' | 'instruction'>;

/** What failed at `site`, in code of `unit` that uses the variables of a frame of `home`. */
export function innerOf(e: Failure, site: CommandSite, unit: Unit | null, home: Unit | null): Value {
  const { operands, message, instruction } = e;
  const code = e.givenCode ?? newList([...(e.errorCode ?? ['NONE'])]);
  if (instruction === 'syntax') {
    const info = e.errorInfo ?? `${message}\n    while executing\n"${cut(site.text, 150)}"`;
    const line = e.errorInfo === null ? site.line : 1;
    return newList([instruction, message, newList(['-code', 1, '-level', 0, '-errorcode', code, '-errorinfo', info, '-errorline', line])]);
  }
  const parsed = () => parseScript(site.text).commands[0]?.words ?? [];
  if (instruction === 'load') {
    const named = site.evaluated && isEscaped(parsed()[1]?.parts[0]) ? '' : variableIn(message);
    // `${a(b)}` is not seen to be an element.
    return access(instruction, site.text.includes(`\${${named}}`) && named.includes('(') ? '' : named, home);
  }
  if (instruction === 'expandStkTop' && /^list\s/.test(site.text)) return parsed().length === 2 ? 'listRangeImm' : 'listConcat';
  if (instruction !== null) return shown(instruction, site.swapped ? [...operands!].reverse() : operands);
  if (site.made || site.called || unit === null) return site.text;
  if (site.stepped && operands !== null) return invoked(operands);
  const reason = e.errorCode?.[1];
  const wrong = reason === 'WRONGARGS';
  if (/^(error|throw)[ \t]/.test(site.text) && !wrong && reason !== 'RESULT' && reason !== 'VALUE') return thrown(e, code);
  const written = parsed();
  // Constant words, null for others.
  const words = written.map(({ parts }) => {
    if (parts.length === 0) return '';
    return parts.length > 1 || parts[0]!.kind !== 'text' ? null : parts[0]!.text;
  });
  const nulls = words.filter((w) => w === null).length;
  const name = words[0] ?? '';
  if (name === 'subst' && /^missing [^ ]*$|^extra char/.test(message) && typeof words.at(-1) === 'string')
    return newList(['syntax', message, newList(['-code', 1, '-level', 0, '-errorcode', code, '-errorinfo', message, '-errorline', 1])]);
  const { interp } = unit;
  const local = unit.isProc && site.evaluated !== true;
  if (name === 'throw' && reason === 'VALUE' && e.options === null) return 'listLength';
  if (/^(error|throw|return)$/.test(name) && !wrong && reason !== 'RESULT') {
    if (name === 'return' && words.slice(1, -1).includes(null)) return shown('returnStk', [message]);
    return thrown(e, code);
  }
  if (name === 'return' && words[1] === '-options' && words.length === 4 && reason === 'RESULT')
    return shown('returnStk', [words[3] ?? operands?.at(-1) ?? '']);
  const loops = /^(foreach|lmap|switch)$/.test(name);
  if (name === 'array' && reason === 'ARGUMENT' && words[3] === null && local && !interp.safe)
    return shown('returnImm', [message, newList(['-errorcode', code])]);
  // The values that are known may be those of all words, of all behind the command, or of those that are not constant.
  let called: readonly Value[] | null = operands;
  if (operands === null || operands.length === nulls || (loops && operands[0] !== name)) {
    let at = 0;
    called = (operands?.length ?? 0) < nulls ? null : words.map((w) => w ?? operands![at++]!);
  }
  // What is literally a list is as good as its words.
  if (written.some((w, i) => w.expand && ((words[i]?.includes('\\') ?? true) || isEscaped(w.parts[0])))) return 'invokeExpanded';
  const isEnsemble = ENSEMBLES.test(name);
  const cmd = isEnsemble ? interp.resolveCommand(name, unit.ns) : null;
  const sub = (cmd?.ensemble && interp.ensembleTarget(cmd, words[1] ?? '')?.name) ?? words[1];
  const open = NESTED.has(`${name} ${sub}`) && (words[2]?.includes('$') !== false || isEscaped(written[2]?.parts[0]));
  const unknown = !open && e.errorCode?.[2] === 'SUBCOMMAND' && (!interp.safe || e.errorCode[3] === words[1]);
  if (isEnsemble && (typeof words[1] !== 'string' || isEscaped(written[1]!.parts[0]) || unknown)) return 'invokeReplace';
  if (isEnsemble && called !== null && called[0] !== name)
    called = [name, words[1] ?? '', ...called.slice(called.length + 2 === words.length ? 0 : 1)];
  if ((!isEnsemble || !interp.safe) && !open) {
    const [made, how] = (COMPILED.get(isEnsemble ? `${name} ${sub}` : name.includes(' ') ? '' : name) ?? '|').split('|') as [
      string,
      string | undefined,
    ];
    if (made !== '' && !wrong && (local || !how?.startsWith('p') || (OF_LOCAL.test(made) && home?.hasLocal(words[2] ?? '')))) {
      const shape = shapeOf(made, how ?? '', words, message, local, home, written[1]?.parts[0]);
      if (shape !== null) return shown(shape, how === 'o' ? operands!.slice(-2) : null);
    }
    if (isEnsemble) {
      if (
        wrong ||
        isValueless(made, words.length) ||
        how?.endsWith('-') ||
        (made === 'arrayMakeImm' && (local || isBlank(words[3])) && words[2]?.includes('('))
      )
        return 'invokeReplace';
      const inner = NESTED.get(`${name} ${sub}`);
      if (called !== null && inner !== undefined && called.length > 2) {
        const nested = interp.resolveCommand(inner, interp.globalNs);
        const [, , given] = called;
        const third = (nested?.ensemble && interp.ensembleTarget(nested, str(given!))?.name) ?? str(given!);
        if (inner === '::oo::InfoObject' && (third === 'class' || third === 'namespace'))
          return called.length !== 4 ? 'invokeReplace' : third === 'class' ? 'tclooClass' : 'tclooNamespace';
        if (third === 'isa' && inner === '::oo::InfoObject') return 'invokeReplace';
        called = [`${inner}::${third}`, ...called.slice(3)];
      } else if (called !== null) called = [`::${name.startsWith('tcl:') ? '' : 'tcl::'}${name}::${sub}`, ...called.slice(2)];
    }
  }
  return called === null ? site.text : invoked(called);
}

/** What `error`, `throw` and `return` are, with the options that were given. */
function thrown({ message, options, errorCode, givenCode }: Failure, code: Value): Value {
  const given: Value[] = [];
  for (const [k, v] of options ?? []) if (k !== '-code' && k !== '-level') given.push(k, v);
  if (given.length === 0 && (errorCode ?? givenCode) !== null) given.push('-errorcode', code);
  return shown('returnImm', [message, newList(given)]);
}

/** An instruction as it is made for the words that there are; null where the command is called. */
function shapeOf(
  made: string,
  how: string,
  words: readonly (string | null)[],
  message: string,
  local: boolean,
  home: Unit | null,
  part?: WordPart,
): string | null {
  const [name, variable, third] = words;
  const n = words.length;
  const isLocal = (w: string | null | undefined) => typeof w === 'string' && !/\(|::/.test(w);
  const named = variableIn(message);
  if (OF_LOCAL.test(made) && !(local ? isLocal(third) : home?.hasLocal(third ?? ''))) return null;
  if (made === 'load') return message.startsWith("can't read") ? access(made, named, typeof words[n - 1] === 'string' ? home : null) : null;
  if (made === 'listIndexImm' && name === 'lassign' && n < 3) return null;
  if (name === 'linsert' && n > 3 && (third === '0' || third === 'end')) return 'listConcat';
  if (made === 'listIndexImm' && message.startsWith("can't set")) return words.includes(named) ? access('store', named, home) : 'storeStk';
  if (how === 'v') {
    if (isEscaped(part)) return name === 'set' && n === 2 ? 'loadStk' : `${made}Stk`;
    if (name === 'set' && n === 2) return access('load', variable === null ? '' : named, home);
    if (name === 'unset' && variable === null) return null;
    const changed = access(made, words.includes(null) && name === 'unset' ? '' : name === 'unset' ? named : (variable ?? ''), home);
    if (name === 'incr') return n < 3 || isShort(third ?? '') ? `${changed}Imm` : changed;
    if (name === 'append' && n > 3 && !changed.includes('Scalar')) return null;
    if (name === 'lappend' && (n > 3 || changed.endsWith('Stk')))
      return changed.replace('lappend', 'lappendList').replace(/Scalar|1$/g, '');
    return changed;
  }
  if (made === 'arrayMakeImm') {
    if (!message.includes('array set') || typeof third !== 'string' || third.includes('(') || !(local || isBlank(words[3]))) return null;
    return isBlank(words[3]) && !(local && isLocal(third)) ? 'arrayMakeStk' : made;
  }
  if (made === 'verifyDict' && n > 3 && !local) return null;
  if (made === 'dictFirst') {
    const vars = (third ?? '').trim().split(/\s+/);
    return vars.length !== 2 || !vars.every(isLocal) ? null : message.startsWith("can't set") ? access('store', named, home) : made;
  }
  if (made.startsWith('tcloo') && message.startsWith('invalid command')) return null;
  if (made === 'tclooNextClass' && n < 2) return null;
  // `self`, and with a prefix of a subcommand that Tcl compiles.
  if (made === 'tclooSelf' && n > 1 && (n > 2 || !variable || !['object', 'namespace'].some((s) => s.startsWith(variable)))) return null;
  if (made === 'dictUpdateStart' && !(isLocal(third) && words.every((w, i) => i < 4 || i % 2 === 1 || i === n - 1 || isLocal(w))))
    return null;
  if (made === 'dictExpand' && !local && words[n - 1]?.trim() !== '') return null;
  if (message.startsWith("can't read") && (made === 'lsetList' || made === 'dictExpand')) return access('load', named, home);
  if (made === 'regexp')
    return n > 2 && words.slice(1, -2).every((w) => w === '--' || w === '-nocase') && !words[n - 2]?.startsWith('-') ? made : null;
  if (made === 'foreach_start') return words.every((w, i) => i % 2 === 0 || i === n - 1 || /^[\w\s]*\w\s*$/.test(w ?? '')) ? made : null;
  if (made === 'lsetList' && n > 4) return 'lsetFlat';
  if (made === 'listIndex') return n > 3 ? 'lindexMulti' : INDEX.test(third ?? '') ? 'listIndexImm' : made;
  if (made === 'dictIncrImm') return n < 5 || (/^-?\d+$/.test(words[4] ?? '') && Math.abs(Number(words[4])) < 2 ** 32) ? made : null;
  if (isValueless(made, n)) return 'invokeReplace';
  if (/^dictL?[Aa]ppend$/.test(made)) return made;
  if (made === 'dictGet' && n < 4) return 'invokeReplace';
  if (made === 'map') return n === 4 ? null : 'invokeReplace';
  // Every other word from the last on is a local to link.
  const linksLocals = (from: number) => words.every((w, i) => i < from || (n - i) % 2 === 0 || w === null || isLocal(w));
  if (made === 'upvar') return (n % 2 === 0 && !/^#?\d/.test(variable ?? '')) || !linksLocals(2) ? null : made;
  if (name === 'namespace' && made === 'nsupvar') return n < 5 || !linksLocals(4) ? null : made;
  if (made === 'nsupvar' || made === 'variable') return words.join().includes('(') ? null : made;
  if (/\d/.test(how)) return words.slice(2, 2 + Number(how)).every((w) => INDEX.test(w ?? '')) ? made : null;
  return made;
}

function isBlank(word: string | null | undefined): boolean {
  return word?.trim() === '';
}

/** `dict append` and `lappend` with other words than Tcl compiles. */
function isValueless(made: string, n: number): boolean {
  return (made === 'dictAppend' && n < 5) || (made === 'dictLappend' && n !== 5);
}

function invoked(given: readonly Value[]): Value {
  // What is not known was to be called all the same.
  const words = given[0] === '::unknown' || given[0] === '::oo::UnknownDefinition' ? given.slice(1) : given;
  return shown(words.length > 255 ? 'invokeStk4' : 'invokeStk1', words);
}

function shown(instruction: string, operands: readonly Value[] | null): Value {
  return operands === null ? instruction : newList([instruction, ...operands.map(share)]);
}

/** The instruction that reads or changes a variable. */
function access(instruction: string, name: string, home: Unit | null): string {
  const isLocal = name !== '' && !name.includes('::') && home?.hasLocal(splitName(name)[0]) === true;
  const kind = name.endsWith(')') && name.includes('(') ? 'Array' : isLocal ? 'Scalar' : '';
  return `${instruction}${kind}${!isLocal ? 'Stk' : instruction === 'unset' ? '' : '1'}`;
}
