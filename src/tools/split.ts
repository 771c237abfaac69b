/**
 * Splits the worker: worker.js, which every tclet needs, and the parts named in `src/worker/parts.ts`, each with its modules and all that only
 * they import. A listed module is written, typed and tested like any other. In worker.js and in other parts its place is taken by a stand-in with
 * the same exports, made from the values themselves: data as it is (the rows of commands), each function as one which loads the part when first
 * it is called (`standIn` in src/worker/later.ts). A part in turn gets what it uses of worker.js as an array, by number.
 */
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { build, type InlineConfig, type Plugin, parseAst, type Rolldown, runnerImport } from 'vite';
import { FUNCTION } from '../worker/later.ts';
import { plainStrings } from './plain-strings.ts';

const LATER = resolve('src/worker/later.ts');
const STAND_IN = '\0stand-in:';
const CORE = 'virtual:core';
const LISTED = 'virtual:listed';
/** How a part writes what it takes from the module of that id. */
const OF_CORE = 'core:';
const INFINITY = 'Infinity';
const STAMP = 'STAMP_OF_THIS_BUILD';

/** Names that worker.js lends to a part, in the order of their array. */
type Lent = readonly { readonly id: string; readonly name: string }[];

interface Part {
  readonly text: string;
  readonly lent: Lent;
}

/** For the worker's bundle. `lists`: the modules each part begins with; `base`: the configuration of all files, without this. */
export function split(lists: Readonly<Record<string, readonly string[]>>, base: InlineConfig): Plugin {
  /** The part of each listed module. */
  const owners = new Map(Object.entries(lists).flatMap(([part, paths]) => paths.map((path) => [resolve(path), part] as const)));
  const names = new Set([...owners.keys()].map((id) => basename(id)));
  let standIns: ReadonlyMap<string, string> = new Map();
  let parts: ReadonlyMap<string, Part> = new Map();

  /** Resolves what `part` imports of other parts to stand-ins; null: worker.js. */
  const standInFor = (part: string | null): Plugin => ({
    name: 'stand-ins',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (source === CORE) return `\0${CORE}`;
      if (source.startsWith('\0')) return source;
      if (!names.has(basename(source))) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      const owner = found === null ? undefined : owners.get(found.id);
      return found !== null && owner !== undefined && owner !== part ? STAND_IN + found.id : null;
    },
    load(id) {
      if (id.startsWith(STAND_IN)) return standIns.get(id.slice(STAND_IN.length)) ?? null;
      if (id !== `\0${CORE}`) return null;
      const lines: string[] = [];
      const fields: string[] = [];
      for (const [p, [name, { lent }]] of [...parts].entries()) {
        lines.push(...lent.map((l, n) => `import { ${l.name} as e${p}_${n} } from ${JSON.stringify(l.id)};`));
        fields.push(`${name}: () => [${lent.map((_, n) => `e${p}_${n}`).join()}]`);
      }
      return `${lines.join('\n')}\nexport const core = { ${fields.join(', ') || '__proto__: null'} };`;
    },
  });

  return {
    ...standInFor(null),
    name: 'split',
    async buildStart(options) {
      const made = await makeStandIns(lists, base);
      standIns = made.standIns;
      parts = new Map();
      const inside = await modulesOf({
        ...base,
        plugins: [...(base.plugins ?? []), standInFor(null)],
        build: { ...base.build, ...inputOf(options) },
      });
      const config = (part: string): InlineConfig =>
        partConfig(made.entries.get(part) ?? '', inside, { ...base, plugins: [standInFor(part), ...(base.plugins ?? [])] });
      // What two parts share is in worker.js: it must not be there twice.
      const seen = new Map<string, number>();
      for (const part of Object.keys(lists)) for (const id of await modulesOf(config(part))) seen.set(id, (seen.get(id) ?? 0) + 1);
      for (const [id, count] of seen) if (count > 1) inside.add(id);
      const all = new Map<string, Part>();
      for (const part of Object.keys(lists)) all.set(part, await buildPart(part, config(part)));
      parts = all;
    },
    generateBundle(_options, bundle) {
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk') throw new Error('no worker.js');
      // A file of another build would call the wrong functions: it is told by its stamp.
      const hash = createHash('sha256').update(worker.code);
      for (const { text } of parts.values()) hash.update(text);
      const stamp = hash.digest('base64url').slice(0, 12);
      worker.code = fast(worker.code.replace(STAMP, stamp));
      for (const [name, { text }] of parts)
        this.emitFile({ type: 'asset', fileName: `${name}.js`, source: fast(text.replace(STAMP, stamp)) });
    },
  };
}

/** As V8 reads it fastest: of one-byte characters, its strings in quotes. */
function fast(minified: string): string {
  const code = plainStrings(minified);
  if (/raw`[^`]*[^\0-\x7f]/.test(code)) throw new Error('a raw template cannot be escaped');
  return code.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function inputOf({ input }: { readonly input: unknown }): { rolldownOptions: { input: never } } {
  return { rolldownOptions: { input: input as never } };
}

/** What stands in for each module, by id, and the text of each part's first module, whose default export is the functions in their order. */
async function makeStandIns(
  lists: Readonly<Record<string, readonly string[]>>,
  base: InlineConfig,
): Promise<{ standIns: Map<string, string>; entries: Map<string, string> }> {
  const ids = Object.values(lists).flatMap((paths) => paths.map((path) => resolve(path)));
  const list: Plugin = {
    name: 'listed',
    resolveId: (source) => (source === LISTED ? `\0${LISTED}` : null),
    load: (id) => (id === `\0${LISTED}` ? ids.map((path, n) => `export * as p${n} from ${JSON.stringify(path)};`).join('') : null),
  };
  const { module } = await runnerImport<Record<string, Record<string, unknown>>>(LISTED, {
    ...base,
    plugins: [...(base.plugins ?? []), list],
  });
  const standIns = new Map<string, string>();
  const entries = new Map<string, string>();
  for (const [part, paths] of Object.entries(lists)) {
    const imports: string[] = [];
    const given: string[] = [];
    let count = 0;
    for (const id of paths.map((path) => resolve(path))) {
      const lines = [`import { later, standIn } from ${JSON.stringify(LATER)};`];
      for (const [name, value] of Object.entries(module[`p${ids.indexOf(id)}`] ?? {})) {
        if (!canBeData(value)) continue;
        const json = JSON.stringify(value, (_, v) => (typeof v === 'function' ? { [FUNCTION]: count++ } : v === Infinity ? INFINITY : v));
        // JSON has no Infinity, but reads this as one.
        const text = json.replaceAll(JSON.stringify(INFINITY), '1e999');
        const made =
          typeof value === 'function'
            ? `later(${JSON.stringify(part)}, ${count - 1})`
            : `standIn(${JSON.stringify(part)}, ${JSON.stringify(text)})`;
        lines.push(`export const ${name} = /* @__PURE__ */ ${made};`);
        imports.push(`import { ${name} as x${given.length} } from ${JSON.stringify(id)};`);
        given.push(`x${given.length}`);
      }
      standIns.set(id, lines.join('\n'));
    }
    entries.set(
      part,
      `${imports.join('\n')}
const functions = [];
const gather = (v) => {
  if (typeof v === 'function') functions.push(v);
  else if (typeof v === 'object' && v !== null) Object.values(v).forEach(gather);
};
[${given.join()}].forEach(gather);
export default functions;`,
    );
  }
  return { standIns, entries };
}

/** Whether a value can have a stand-in: functions and plain data can, a class or a Map can not. */
function canBeData(value: unknown): boolean {
  if (typeof value === 'function') return !/^class\b/.test(String(value));
  if (value === undefined || Object.is(value, -0) || typeof value === 'bigint' || typeof value === 'symbol') return false;
  if (typeof value !== 'object' || value === null) return true;
  return (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) && Object.values(value).every(canBeData);
}

function outputOf(made: Awaited<ReturnType<typeof build>>): Rolldown.OutputChunk {
  const first = Array.isArray(made) ? made[0] : made;
  if (first === undefined || !('output' in first)) throw new Error('a bundle did not build');
  return first.output[0];
}

/** Ids of the modules in a file. */
async function modulesOf(config: InlineConfig): Promise<Set<string>> {
  const chunk = outputOf(await build({ ...config, build: { ...config.build, write: false, minify: false } }));
  return new Set(Object.keys(chunk.modules));
}

/** How a part is built; `inside`: the modules that worker.js lends. */
function partConfig(entry: string, inside: ReadonlySet<string>, base: InlineConfig): InlineConfig {
  const beyond: Plugin = {
    name: 'part',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (source === LISTED) return `\0${LISTED}`;
      const found = await this.resolve(source, importer, { skipSelf: true });
      if (found === null) return null;
      return found.id.startsWith(STAND_IN) || inside.has(found.id) ? { id: OF_CORE + found.id, external: true } : found;
    },
    load: (id) => (id === `\0${LISTED}` ? entry : null),
  };
  return {
    ...base,
    plugins: [beyond, ...(base.plugins ?? [])],
    build: {
      ...base.build,
      write: false,
      rolldownOptions: { input: LISTED, preserveEntrySignatures: 'strict', output: { format: 'es' } },
    },
  };
}

async function buildPart(name: string, config: InlineConfig): Promise<Part> {
  const { code } = outputOf(await build(config));
  const lent: { id: string; name: string }[] = [];
  const locals: string[] = [];
  let body = '';
  let functions = '';
  let at = 0;
  for (const node of parseAst(code).body) {
    if (node.type === 'ImportDeclaration') {
      for (const s of node.specifiers) {
        if (s.type !== 'ImportSpecifier' || s.imported.type !== 'Identifier')
          throw new Error(`${name}.js imports all of ${node.source.value}`);
        lent.push({ id: node.source.value.slice(OF_CORE.length), name: s.imported.name });
        locals.push(s.local.name);
      }
    } else if (node.type === 'ExportNamedDeclaration' && node.specifiers[0]?.local.type === 'Identifier') {
      functions = node.specifiers[0].local.name;
    } else continue;
    body += code.slice(at, node.start);
    at = node.end;
  }
  body += code.slice(at);
  if (functions === '') throw new Error(`${name}.js exports nothing`);
  // In brackets: V8 compiles such a function at once, rather than reading it twice.
  const made = `["${STAMP}",(function([${locals.join()}]){${body.trim()};return ${functions}})]`;
  return { text: `self.tclAppletParts={...self.tclAppletParts,${name}:${made}};\n`, lent };
}
