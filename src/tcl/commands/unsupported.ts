/**
 * `tcl::unsupported` and `tcl::pkgconfig`: views of the inside, for the curious. There is no bytecode to show: code is compiled to closures, so a
 * disassembly lists commands and variables, and there is no assembler. Answers to tclDisassemble.c, tclBasic.c, tclObj.c and tclPkgConfig.c.
 */
import type { CommandRow, Frame, Interp, PlainHandler } from '../command.ts';
import { type CoroutineRecord, injectInto } from '../coroutine.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { unitOf } from '../frames.ts';
import { newDict, newList } from '../list.ts';
import type { Namespace } from '../namespace.ts';
import { classAt, definitionOf, methodAt, objectAt } from '../oo/info.ts';
import { type ParsedCommand, parseScript } from '../parser.ts';
import { Dbl, type Key, Rep, str, TclDict, TclList, TclText, type Value } from '../value.ts';
import { timerateCmd } from './control.ts';
import { engineOf } from './engine.ts';
import { lambdaOf } from './procs.ts';

// --- values -----------------------------------------------------------------------------------------------------------------

/** No addresses and no counts of references: there are none here, and a script has no business with those of its host. */
function representationCmd(_interp: Interp, args: readonly Value[]): Value {
  const v = args[1] instanceof TclText ? str(args[1]) : args[1]!;
  const type =
    v instanceof TclList
      ? 'list'
      : v instanceof TclDict
        ? 'dict'
        : typeof v === 'string'
          ? 'pure string'
          : typeof v === 'bigint'
            ? 'bignum'
            : v instanceof Dbl || !Number.isInteger(v)
              ? 'double'
              : 'int';
  const text = v instanceof TclList || v instanceof TclDict ? v.s : v instanceof Rep ? null : str(v);
  const shown =
    text === null ? 'no string representation' : `string representation "${text.length > 16 ? `${text.slice(0, 13)}...` : text}"`;
  return `value is a ${type} with a refcount of 1, object pointer at 0x0${type === 'pure string' ? '' : ', internal representation 0x0:0x0'}, ${shown}`;
}

// --- code -------------------------------------------------------------------------------------------------------------------

interface Code {
  readonly script: string;
  readonly ns: Namespace;
  readonly variables: readonly string[];
  readonly args: number;
  readonly place: { readonly file: Value; readonly line: number } | null;
}

const TYPES = ['constructor', 'destructor', 'lambda', 'method', 'objmethod', 'proc', 'script'] as const;
const USAGE = {
  constructor: 'className',
  destructor: 'className',
  lambda: 'lambdaTerm',
  method: 'className methodName',
  objmethod: 'objectName methodName',
  proc: 'procName',
  script: 'script',
} as const;

const failed = (message: string, kind: string) => new TclError(message, ['TCL', 'OPERATION', 'DISASSEMBLE', kind]);

/** The code that the words of a command mean. */
function codeOf(interp: Interp, args: readonly Value[], frame: Frame): Code {
  const engine = engineOf(interp);
  const type = lookup(str(args[1]!), TYPES, 'type');
  const usage = USAGE[type];
  if (args.length !== 2 + usage.split(' ').length) throw wrongArgs(`${str(args[0]!)} ${type} ${usage}`);
  const [, , word, name] = args as [Value, Value, Value, Value];
  const ofProc = (proc: Pick<NonNullable<ReturnType<typeof lambdaOf>['proc']>, 'params' | 'body' | 'place'>, ns: Namespace): Code => {
    const params = proc.params.map((p) => p.name);
    const { file = null, line = 0 } = proc.place ?? {};
    return { script: str(proc.body), ns, variables: params, args: params.length, place: file === null ? null : { file, line } };
  };
  switch (type) {
    case 'script':
      return { script: str(word), ns: unitOf(frame).ns, variables: [], args: 0, place: null };
    case 'lambda': {
      const cmd = lambdaOf(engine, word);
      return ofProc(cmd.proc!, cmd.ns);
    }
    case 'proc': {
      const cmd = engine.findCommand(str(word), frame);
      if (!cmd?.proc) throw new TclError(`"${str(word)}" isn't a procedure`, ['TCL', 'LOOKUP', 'PROC', str(word)]);
      return ofProc(cmd.proc, cmd.ns);
    }
    case 'constructor':
    case 'destructor': {
      const cls = classAt(interp, word, frame);
      const m = type === 'constructor' ? cls.builder : cls.destructor_;
      if (m === null) throw failed(`"${str(word)}" has no defined ${type}`, type === 'constructor' ? 'CONSRUCTOR' : 'DESRUCTOR');
      return ofProc(definitionOf(m, failed(`body not available for this kind of ${type}`, 'METHODTYPE')), cls.self.ns);
    }
    default: {
      const thing = type === 'method' ? classAt(interp, word, frame) : objectAt(interp, word, frame);
      const m = methodAt(thing, name);
      return ofProc(definitionOf(m, failed('body not available for this kind of method', 'METHODTYPE')), m.declarer.ns);
    }
  }
}

const textOf = (script: string, c: ParsedCommand): string => script.slice(c.start, c.end);

function disassembleCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const { script, variables, args: params, place } = codeOf(interp, args, frame);
  const { commands } = parseScript(script);
  interp.budget.charge(script.length);
  const short = (text: string) => text.replace(/\n/g, '\\n').slice(0, 55);
  const lines = ['Closures', `  Source "${short(script)}"`];
  if (place !== null) lines.push(`  File "${str(place.file)}" Line ${place.line}`);
  lines.push(`  Cmds ${commands.length}, src ${script.length}`);
  if (params > 0) lines.push(`  Args ${params}`, ...variables.map((name, i) => `      slot ${i}, scalar, arg, "${name}"`));
  commands.forEach((c, i) => {
    lines.push(`  Command ${i + 1}: src ${c.start}-${c.end - 1}, "${short(textOf(script, c))}"`);
  });
  return `${lines.join('\n')}\n`;
}

function getbytecodeCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const { script, ns, variables, place } = codeOf(interp, args, frame);
  interp.budget.charge(script.length);
  const dict = (entries: readonly (readonly [Key, Value])[]): Value => newDict(new Map(entries));
  const commands = parseScript(script).commands.map((c) =>
    dict([
      ['scriptfrom', c.start],
      ['scriptto', c.end - 1],
      ['script', textOf(script, c)],
    ]),
  );
  return dict([
    ['literals', ''],
    ['variables', newList(variables.map((name) => newList([newList(['scalar', 'arg']), name])))],
    ['exception', ''],
    ['instructions', ''],
    ['auxiliary', ''],
    ['commands', newList(commands)],
    ['script', script],
    ['namespace', ns.fullName],
    ['stackdepth', 0],
    ['exceptdepth', 0],
    ...(place === null
      ? []
      : ([
          ['initiallinenumber', place.line],
          ['sourcefile', place.file],
        ] as const)),
  ]);
}

// --- coroutines -------------------------------------------------------------------------------------------------------------

function coroutineNamed(interp: Interp, word: Value, frame: Frame, wanted: string): CoroutineRecord {
  const data = engineOf(interp).findCommand(str(word), frame)?.data;
  if (typeof data === 'object' && data !== null && 'manyWords' in data) return data as CoroutineRecord;
  throw new TclError(`can only ${wanted} a coroutine`, ['TCL', 'LOOKUP', 'COROUTINE', str(word)]);
}

function corotypeCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const co = coroutineNamed(interp, args[1]!, frame, 'get coroutine type of');
  return co.running ? 'active' : co.manyWords ? 'yieldto' : 'yield';
}

function injectCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const co = coroutineNamed(interp, args[1]!, frame, 'inject a command into');
  if (co.running) throw new TclError('can only inject a command into a suspended coroutine', ['TCL', 'COROUTINE', 'ACTIVE']);
  injectInto(co, args.slice(2));
  return '';
}

// --- tcl::pkgconfig ---------------------------------------------------------------------------------------------------------

const FOLDER = '/lib/tcl8.6';

/** Nothing is built or installed anywhere: the folders are those of the virtual file system. */
const CONFIG: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['debug', 'threaded', 'profiled', '64bit'].map((key) => [key, key === '64bit' ? 1 : 0] as const),
  ['optimized', 1],
  ...['mem_debug', 'compile_debug', 'compile_stats'].map((key) => [key, 0] as const),
  ...['runtime', 'install'].flatMap((when) =>
    ['lib', 'bin', 'script', 'include', 'doc'].map((what) => [`${what}dir,${when}`, FOLDER] as const),
  ),
]);

function pkgconfigCmd(interp: Interp, args: readonly Value[]): Value {
  const sub = lookup(str(args[1]!), ['get', 'list'], 'subcommand');
  if (sub === 'list') {
    if (args.length > 2) throw wrongArgs('::tcl::pkgconfig list');
    return newList([...CONFIG.keys()]);
  }
  if (args.length < 3) throw wrongArgs('::tcl::pkgconfig get key');
  const value = CONFIG.get(str(args[2]!));
  if (value === undefined) throw new TclError('key not known', ['TCL', 'LOOKUP', 'CONFIG', str(args[2]!)]);
  // A safe interpreter knows the folder by its token, if at all.
  return value === FOLDER && interp.safe ? (interp.getVar('tcl_library') ?? '') : value;
}

const any = Number.POSITIVE_INFINITY;
const row = (name: string, min: number, max: number, usage: string, run: PlainHandler) => ({
  name: `::tcl::unsupported::${name}`,
  min,
  max,
  usage,
  run,
  safe: true,
});

export const unsupportedRows: readonly CommandRow[] = [
  row('representation', 1, 1, 'value', representationCmd),
  row('disassemble', 1, any, 'type ...', disassembleCmd),
  row('getbytecode', 1, any, 'type ...', getbytecodeCmd),
  row('corotype', 1, 1, 'coroName', corotypeCmd),
  row('inject', 2, any, 'coroName cmd ?arg1 arg2 ...?', injectCmd),
  { name: '::tcl::unsupported::timerate', min: 0, max: any, usage: '', safe: true, script: timerateCmd },
  { name: '::tcl::pkgconfig', min: 1, max: 2, usage: 'subcommand ?arg?', safe: true, run: pkgconfigCmd },
];
