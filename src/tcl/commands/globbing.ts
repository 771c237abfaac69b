/**
 * `glob`: names of files by pattern. Braces are expanded first, then the pattern is walked part by part.
 * Answers to tclFileName.c (Tcl_GlobObjCmd, TclGlob, DoGlob) and glob.n.
 */
import type { Budget, Interp, PlainRow } from '../command.ts';
import { lookup, TclError } from '../errors.ts';
import { stringMatch } from '../glob.ts';
import { elements, newList } from '../list.ts';
import { joinPath } from '../paths.ts';
import { str, type Value } from '../value.ts';
import { type Node, pathOf, type Vfs, vfsOf } from '../vfs.ts';

const OPTIONS = ['-directory', '-join', '-nocomplain', '-path', '-tails', '-types', '--'] as const;
const MISSING = ['TCL', 'ARGUMENT', 'MISSING'];
const BAD_COMBINATION = ['TCL', 'OPERATION', 'GLOB', 'BADOPTIONCOMBINATION'];

export interface GlobRequest {
  directory: string | null;
  path: string | null;
  join: boolean;
  nocomplain: boolean;
  tails: boolean;
  types: readonly string[];
  patterns: readonly string[];
}

/** Reads the words after `glob`. */
export function globRequest(words: readonly Value[]): GlobRequest {
  const request: GlobRequest = { directory: null, path: null, join: false, nocomplain: false, tails: false, types: [], patterns: [] };
  let i = 0;
  for (; i < words.length && str(words[i]!).startsWith('-'); i++) {
    const option = lookup(str(words[i]!), OPTIONS, 'option');
    if (option === '--') {
      i++;
      break;
    }
    if (option === '-join' || option === '-nocomplain' || option === '-tails') {
      request[option.slice(1) as 'join' | 'nocomplain' | 'tails'] = true;
      continue;
    }
    const value = words[++i];
    if (value === undefined) throw new TclError(`missing argument to "${option}"`, MISSING);
    if (option === '-types') {
      request.types = elements(value).map(str);
      continue;
    }
    // The word "-dictionary" is Tcl's own slip.
    if (option === '-directory' && request.path !== null) throw new TclError('"-directory" cannot be used with "-path"', BAD_COMBINATION);
    if (option === '-path' && request.directory !== null) throw new TclError('"-path" cannot be used with "-dictionary"', BAD_COMBINATION);
    const which = option === '-path' ? 'path' : 'directory';
    if (request[which] !== null) throw new TclError(`"${option}" may only be used once`, BAD_COMBINATION);
    request[which] = str(value);
  }
  if (request.tails && request.directory === null && request.path === null) {
    throw new TclError('"-tails" must be used with either "-directory" or "-path"', BAD_COMBINATION);
  }
  request.patterns = words.slice(i).map(str);
  return request;
}

export const globCmd: PlainRow['run'] = (interp, args) => {
  const request = globRequest(args.slice(1));
  const found = globFiles(interp, request);
  if (found.length === 0 && !request.nocomplain) throw noMatch(request.patterns, request.join);
  return newList(found);
};

export function noMatch(patterns: readonly string[], join: boolean): TclError {
  const shown = join ? joinPath(patterns) : patterns.join(' ');
  const noun = patterns.length === 1 || join ? 'pattern' : 'patterns';
  return new TclError(`no files matched glob ${noun} "${shown}"`, ['TCL', 'OPERATION', 'GLOB', 'NOMATCH']);
}

/** The names that match, in the order their folders hold them. */
export function globFiles(interp: Interp, request: GlobRequest): Value[] {
  const vfs = vfsOf(interp);
  const accepts = typeFilter(vfs, request.types);
  const patterns = request.join ? [joinPath(request.patterns)] : request.patterns;
  const out: Value[] = [];
  for (const pattern of patterns) {
    for (const unquoted of expandBraces(pattern, interp.budget)) {
      // A slash may be quoted: it parts names all the same.
      const plain = unquoted.replace(/\\\//g, '/');
      const full = request.path !== null ? escaped(request.path) + plain : plain.startsWith('~') ? home(interp, plain) : plain;
      const base = request.directory ?? (full.startsWith('/') ? '/' : '');
      const prefix = base === '' || base.endsWith('/') ? base : `${base}/`;
      // Nothing to look for is the folder itself.
      if (full === '' && request.path === null) {
        const folder = base === '' ? '.' : base;
        if (vfs.peek(folder) !== null && accepts(folder)) out.push(request.tails ? '' : folder);
        continue;
      }
      // A home is found by what it stands for, and told by its name.
      const real = prefix.startsWith('~') ? `${pathOf(interp, prefix.slice(0, -1))}/` : prefix;
      walk(interp, vfs, real, full.replace(/^\/+/, ''), accepts, request.types.includes('hidden'), (path) => {
        const name = prefix + path.slice(real.length);
        out.push(request.tails ? name.slice(tailStart(request, prefix)) : name);
      });
    }
  }
  return out;
}

function home(interp: Interp, pattern: string): string {
  const user = /^~([^/]+)/.exec(pattern);
  if (user !== null) throw new TclError(`user "${user[1]}" doesn't exist`, ['TCL', 'LOOKUP', 'USER', user[1]!]);
  return escaped(pathOf(interp, '~')) + pattern.slice(1);
}

function tailStart(request: GlobRequest, prefix: string): number {
  return request.path === null ? prefix.length : request.path.lastIndexOf('/') + 1;
}

function escaped(text: string): string {
  return text.replace(/[\\*?[\]{}]/g, '\\$&');
}

const SPECIAL = /[*?[\\]/;

/** Follows a pattern down from `prefix` (empty, or ending in a slash). */
function walk(
  interp: Interp,
  vfs: Vfs,
  prefix: string,
  pattern: string,
  accepts: (path: string) => boolean,
  hidden: boolean,
  found: (name: string) => void,
): void {
  const slash = pattern.search(/\//);
  const part = slash < 0 ? pattern : pattern.slice(0, slash);
  const rest = slash < 0 ? null : pattern.slice(slash).replace(/^\/+/, '');
  interp.budget.charge(20);
  if (part === '') {
    if (vfs.peek(prefix) !== null && accepts(prefix)) found(prefix);
    return;
  }
  const names = SPECIAL.test(part) ? matchingNames(interp, vfs, prefix, part, rest === null && hidden) : [part];
  for (const name of names) {
    const path = prefix + name;
    if (rest === null) {
      if (vfs.peek(path, false) !== null && accepts(path)) found(path);
    } else if (vfs.peek(path)?.kind === 'directory') {
      walk(interp, vfs, `${path}/`, rest, accepts, hidden, found);
    }
  }
}

function matchingNames(interp: Interp, vfs: Vfs, prefix: string, part: string, hidden: boolean): string[] {
  const dir = vfs.peek(prefix === '' ? '.' : prefix);
  if (dir?.kind !== 'directory') return [];
  const dotted = hidden || /^\\?\./.test(part);
  interp.budget.charge(dir.entries.size * 4);
  const names = dotted ? ['.', '..', ...dir.entries.keys()] : [...dir.entries.keys()];
  return names.filter((name) => name.startsWith('.') === dotted && stringMatch(part, name));
}

const PERMISSIONS = { r: 'read', w: 'write', x: 'execute' } as const;
const KINDS = { f: 'file', d: 'directory', l: 'link' } as const;
/** Kinds of Unix that the tree never holds. */
const NEVER = ['b', 'c', 'p', 's'];

/** What `-types` asks: any of the kinds, and all of the permissions. */
/** `TEXT`, `{macintosh type TEXT}` or `{macintosh creator ALFA}`: what files have on a Macintosh alone, and here all of them. */
const MACINTOSH = /^(.{4}|\s*macintosh\s+(type|creator)\s+\S+\s*)$/;

function typeFilter(vfs: Vfs, types: readonly string[]): (path: string) => boolean {
  const kinds: Node['kind'][] = [];
  const rights: ('read' | 'write' | 'execute')[] = [];
  let impossible = false;
  let readonly = false;
  let macintosh = false;
  for (const t of types) {
    if (Object.hasOwn(KINDS, t)) kinds.push(KINDS[t as keyof typeof KINDS]);
    else if (Object.hasOwn(PERMISSIONS, t)) rights.push(PERMISSIONS[t as keyof typeof PERMISSIONS]);
    else if (NEVER.includes(t)) impossible = true;
    else if (t === 'readonly') readonly = true;
    else if (MACINTOSH.test(t)) {
      if (macintosh) throw new TclError('only one MacOS type or creator argument to "-types" allowed', ['TCL', 'ARGUMENT', 'BAD']);
      macintosh = true;
    } else if (t !== 'hidden') throw new TclError(`bad argument to "-types": ${t}`, ['TCL', 'ARGUMENT', 'BAD']);
  }
  return (path) => {
    const node = vfs.peek(path);
    const own = vfs.peek(path, false);
    if (own === null) return false;
    if (readonly && (node === null || vfs.may(node, 'write'))) return false;
    if (rights.some((right) => node === null || !vfs.may(node, right))) return false;
    if (kinds.length === 0) return !impossible;
    return kinds.some((kind) => (kind === 'link' ? own : node)?.kind === kind);
  };
}

const NAME_BYTES = 32;

/** Expands `{a,b}`; what comes of it is paid for. */
function expandBraces(pattern: string, budget: Budget): string[] {
  budget.charge(pattern.length);
  let depth = 0;
  let open = -1;
  const commas: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '\\') i++;
    else if (c === '{' && depth++ === 0) open = i;
    else if (c === ',' && depth === 1) commas.push(i);
    else if (c === '}') {
      if (depth === 0) throw unbalanced('close');
      if (--depth > 0) continue;
      const edges = [open, ...commas, i];
      const tails = expandBraces(pattern.slice(i + 1), budget);
      return edges.slice(1).flatMap((edge, k) => {
        const middles = expandBraces(pattern.slice(edges[k]! + 1, edge), budget);
        return middles.flatMap((m) =>
          tails.map((t) => {
            const name = pattern.slice(0, open) + m + t;
            budget.charge(name.length);
            budget.allocate(NAME_BYTES + 2 * name.length);
            return name;
          }),
        );
      });
    }
  }
  if (depth > 0) throw unbalanced('open');
  return [pattern];
}

function unbalanced(side: 'open' | 'close'): TclError {
  return new TclError(`unmatched ${side}-brace in file name`, ['TCL', 'OPERATION', 'GLOB', 'BALANCE']);
}

export const globRow: PlainRow = { name: 'glob', min: 0, max: Infinity, usage: '', run: globCmd };
