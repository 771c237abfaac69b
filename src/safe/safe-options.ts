/**
 * The words of `safe::interpCreate`, `interpInit` and `interpConfigure`: a child's name, then options in any case and abbreviation. What is wrong is
 * told as the package `opt` tells it, with a table of what may be given.
 */
import { TclError } from '../tcl/errors.ts';
import { elements, newList } from '../tcl/list.ts';
import { boolOf } from '../tcl/number.ts';
import { str, type Value } from '../tcl/value.ts';

export interface SafeOptions {
  accessPath?: readonly string[];
  statics?: boolean;
  nested?: boolean;
  deleteHook?: Value;
}

interface Param {
  readonly name: string;
  readonly type: 'name' | 'list' | 'boolflag' | 'boolean' | 'script';
  readonly value: string;
  readonly help: string;
}

const FLAGS = [
  { name: '-accessPath', type: 'list', value: '', help: 'access path for the slave' },
  { name: '-noStatics', type: 'boolflag', value: 'false', help: 'prevent loading of statically linked pkgs' },
  { name: '-statics', type: 'boolean', value: 'true', help: 'loading of statically linked pkgs' },
  { name: '-nestedLoadOk', type: 'boolflag', value: 'false', help: 'allow nested loading' },
  { name: '-nested', type: 'boolean', value: 'false', help: 'nested loading' },
  { name: '-deleteHook', type: 'script', value: '', help: 'delete hook' },
] as const satisfies readonly Param[];

export type Flag = (typeof FLAGS)[number]['name'];

const SLAVE: Param = { name: 'slave', type: 'name', value: '', help: 'name of the slave' };
const OPTIONAL_SLAVE: Param = { ...SLAVE, name: '?slave?', help: 'name of the slave (optional)' };

/** The rows of a table, each column as wide as it must be. */
function table(params: readonly Param[], heads: readonly (readonly string[])[] = []): string {
  const rows = [...heads, ...params.map((p) => [p.name, p.type, `(${p.value})`, p.help])];
  const widths = [0, 1, 2].map((i) => Math.max(...rows.filter((r) => r.length > 2).map((r) => r[i]!.length)));
  return rows
    .map((r) => {
      // The row of -help has no type and value.
      const cells = r.length > 2 ? r : [r[0]!, '', '', r[1]!];
      return `\n    ${cells.map((c, i) => (i < 3 ? c.padEnd(widths[i]!) : c)).join(' ')}`;
    })
    .join('');
}

function usage(slave: Param): string {
  const heads = [
    ['Var/FlagName', 'Type', 'Value', 'Help'],
    ['------------', '----', '-----', '----'],
    ['(-help', 'gives this help)'],
  ];
  return table([slave, ...FLAGS], heads);
}

function missing(param: Param): TclError {
  return new TclError(`no value given for parameter "${param.name}" (use -help for full usage) :${table([param])}`);
}

function badValue(param: Param, given: Value): TclError {
  return new TclError(`bad value "${str(given)}" for parameter${table([param])}`);
}

/** The option meant by a word; any abbreviation that fits one alone will do. */
export function flagNamed(given: string): (typeof FLAGS)[number] {
  const lower = given.toLowerCase();
  const same = FLAGS.find(({ name }) => name.toLowerCase() === lower);
  if (same !== undefined) return same;
  const hits = FLAGS.filter(({ name }) => name.toLowerCase().startsWith(lower) && lower !== '');
  if (hits.length === 1) return hits[0]!;
  if (hits.length > 1) throw new TclError(`ambigous option "${given}", choose from:${table(hits)}`);
  throw new TclError(`bad flag "${given}", must be one of${table(FLAGS)}`);
}

/** The value of an option in its typed form. */
function checked<T>(param: Param, given: Value, typed: (v: Value) => T): T {
  try {
    return typed(given);
  } catch (e) {
    if (e instanceof TclError && !('owner' in e)) throw badValue(param, given);
    throw e;
  }
}

/** Reads the words after the command; `optional`: without a name one is to be found, and the name is empty. */
export function safeOptions(words: readonly Value[], optional = false): { name: string; options: SafeOptions } {
  const slave = optional ? OPTIONAL_SLAVE : SLAVE;
  if (words.length === 1 && str(words[0]!) === '-help') throw new TclError(`Usage information:${usage(slave)}`);
  const first = words[0];
  const named = first !== undefined && !str(first).startsWith('-');
  if (!named && !optional) throw first === undefined ? missing(slave) : badValue(slave, first);
  const given = new Map<Flag, boolean>();
  const options: SafeOptions = {};
  let i = named ? 1 : 0;
  for (; i < words.length && str(words[i]!).startsWith('-'); i++) {
    if (str(words[i]!) === '--') {
      i++;
      break;
    }
    const flag = flagNamed(str(words[i]!));
    if (flag.type === 'boolflag') {
      given.set(flag.name, true);
      continue;
    }
    const value = words[++i];
    if (value === undefined) throw missing(flag);
    if (flag.type === 'boolean') given.set(flag.name, checked(flag, value, boolOf));
    else if (flag.type === 'list') options.accessPath = checked(flag, value, elements).map(str);
    else if (checked(flag, value, elements)) options.deleteHook = value;
  }
  if (i < words.length) {
    throw new TclError(`too many arguments (unexpected argument(s): ${str(newList([...words.slice(i)]))}), usage:${usage(slave)}`);
  }
  const statics = either(given, '-noStatics', '-statics', false);
  const nested = either(given, '-nestedLoadOk', '-nested', true);
  if (statics !== undefined) options.statics = statics;
  if (nested !== undefined) options.nested = nested;
  return { name: named ? str(first) : '', options };
}

/** What a flag and an option say about the same thing: `means` is what the flag stands for. */
function either(given: ReadonlyMap<Flag, boolean>, flag: Flag, option: Flag, means: boolean): boolean | undefined {
  const said = given.get(option);
  if (!given.has(flag)) return said;
  if (said === !means) throw new TclError(`conflicting values given for ${option} and ${flag}`);
  return means;
}
