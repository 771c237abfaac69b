/// <reference path="../tcl-text.d.ts" />
/**
 * The commands of Tcl's script library (library/init.tcl). The library is evaluated when one of them is first called: most interpreters never do.
 * An interpreter made with `interp create -safe` has none of them, as in Tcl; the Safe Base gives them to its own.
 */
import { attempt, type CommandRow, callStep, evalStep, type ScriptHandler } from '../command.ts';
import { TclError } from '../errors.ts';
import type { TclInterp } from '../interp.ts';
import auto from '../library/auto.tcl?raw';
import init from '../library/init.tcl?raw';
import { libraryText } from '../library/texts.ts';
import tm from '../library/tm.tcl?raw';
import { formatList } from '../list-format.ts';
import type { Cmd } from '../namespace.ts';
import { cut } from '../utf8.ts';
import { str } from '../value.ts';

const COMMANDS = ['auto_execok', 'auto_import', 'auto_load', 'auto_load_index', 'auto_qualify', 'tclLog', 'unknown'];
const MODULES = ['UnknownHandler', 'add', 'list', 'path', 'remove', 'roots'].map((name) => `::tcl::tm::${name}`);
const NAMES: readonly string[] = [...COMMANDS, ...MODULES];

const load: ScriptHandler = function* (interp, args, frame) {
  yield evalStep((interp as TclInterp).globalFrame, missing(interp as TclInterp), interp);
  const c = yield* attempt(callStep(frame, args));
  if (c.error === null) return c.value;
  // As if the library had been there before: this call itself is in no trace.
  const { message, errorCode, errorInfo, options } = c.error;
  const alone = errorInfo === `${message}\n    while executing\n"${cut(formatList(args), 150)}"`;
  throw alone ? Object.assign(new TclError(message, errorCode), { options }) : c.error;
};

/** The text of the library without the commands that the program has made its own meanwhile. */
function missing(interp: TclInterp): string {
  const isGone = (name: string): boolean => NAMES.includes(name) && interp.findCommand(name)?.script !== load;
  return `${init}\n${tm}`
    .split(/^(?=proc )/m)
    .filter((text) => !isGone(/^proc (?:::(?!tcl::))?(\S+)/.exec(text)?.[1] ?? ''))
    .join('');
}

/** Before a command of the library gets another name it has to be there. */
export function beforeRename(interp: TclInterp, cmd: Cmd): Cmd {
  if (cmd.script !== load) return cmd;
  interp.evalNow(missing(interp));
  return cmd.ns.cmds.get(cmd.name) ?? cmd;
}

/** `::tcl::library NAME`: what stands in the files of the library whose text is not there before it is wanted. */
const loadText: ScriptHandler = function* (interp, args) {
  return yield evalStep(interp.globalFrame, libraryText(str(args[1]!)), interp);
};

export const libraryRows: readonly CommandRow[] = [
  ...NAMES.map((name) => ({ name, min: 0, max: Infinity, usage: '', safe: true, script: load })),
  { name: '::tcl::library', min: 1, max: 1, usage: 'name', safe: true, script: loadText },
];

/** Modules of the library, by file name. */
export const moduleFiles: readonly (readonly [name: string, text: string])[] = [
  ['msgcat-1.6.1.tm', '::tcl::library msgcat'],
  ['platform-1.0.19.tm', '::tcl::library platform'],
  ['tcltest-2.5.5.tm', '::tcl::library tcltest'],
];

const INDICES = [
  ...['auto_mkindex', 'auto_mkindex_old', 'pkg_mkIndex', 'tcl_findLibrary', '::tcl::Pkg::CompareExtension'],
  ...['command', 'hook', 'init', 'mkindex', 'slavehook'].map((name) => `::auto_mkindex_parser::${name}`),
];
const WORDS = ['wordBreakAfter', 'wordBreakBefore', 'endOfWord', 'startOfNextWord', 'startOfPreviousWord'];

/** What is auto-loaded from texts that are not there before they are wanted, and from where no file is. */
const LATE: readonly (readonly [command: string, script: string])[] = [
  ['history', '::tcl::library history'],
  ['::pkg::create', '::tcl::library pkg'],
  ['timerate', 'namespace import ::tcl::unsupported::timerate'],
  ...INDICES.map((name) => [name, '::tcl::library mkindex'] as const),
  ...WORDS.map((name) => [`tcl_${name}`, '::tcl::library word'] as const),
];

/** Files of the library folder, with those that are given, and the index of the procs and `scripts` that are auto-loaded from them. */
export function libraryFiles(
  more: Readonly<Record<string, string>> = {},
  scripts: readonly (readonly [command: string, script: string])[] = [],
): (readonly [name: string, text: string])[] {
  const loaded = Object.entries({ 'auto.tcl': auto, ...more });
  const index = loaded.flatMap(([file, text]) =>
    [...text.matchAll(/^proc (::safe)?::(\w+) /gm)].map(
      ([, space, name]) => `set auto_index(${space === undefined ? name : `::safe::${name}`}) [list source [file join $dir ${file}]]`,
    ),
  );
  for (const [name, script] of [...scripts, ...LATE]) index.push(`set auto_index(${name}) {${script}}`);
  return [...loaded, ['init.tcl', init], ['tm.tcl', tm], ['tclIndex', ['# Tcl autoload index file, version 2.0', ...index].join('\n')]];
}
