/**
 * Splits the worker in two: worker.js, which every tclet needs, and library.js with the modules of `src/worker/library.ts` and all that
 * only they import. A listed module is written, typed and tested like any other. In worker.js its place is taken by a stand-in with the same
 * exports, made from the values themselves: data as it is (the rows of commands), each function as a call of `later(n)`, which loads
 * library.js when first it is called. library.js in turn gets what it uses of worker.js as an array, by number.
 */
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { build, type InlineConfig, type Plugin, parseAst, type Rolldown, runnerImport } from 'vite';

const LATER = resolve('src/worker/later.ts');
const STAND_IN = '\0stand-in:';
const CORE = 'virtual:core';
const PARTS = 'virtual:parts';
/** How library.js writes what it takes from the module of that id. */
const OF_CORE = 'core:';

/** Names that worker.js lends to library.js, in the order of their array. */
type Lent = readonly { readonly id: string; readonly name: string }[];

/** For the worker's bundle. `parts`: paths of the modules that go into library.js; `base`: the configuration of both, without this. */
export function split(parts: readonly string[], base: InlineConfig): Plugin {
  const ids = new Map(parts.map((path) => [resolve(path), basename(path)]));
  const names = new Set(ids.values());
  let standIns: ReadonlyMap<string, string> = new Map();
  let lent: Lent = [];
  let library = '';

  const standInFor: Plugin = {
    name: 'stand-ins',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (source === CORE) return `\0${CORE}`;
      if (source.startsWith('\0')) return source;
      if (!names.has(basename(source))) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found !== null && ids.has(found.id) ? STAND_IN + found.id : null;
    },
    load(id) {
      if (id.startsWith(STAND_IN)) return standIns.get(id.slice(STAND_IN.length)) ?? null;
      if (id !== `\0${CORE}`) return null;
      const imports = lent.map((l, n) => `import { ${l.name} as e${n} } from ${JSON.stringify(l.id)};\n`);
      return `${imports.join('')}export const core = () => [${lent.map((_, n) => `e${n}`).join()}];`;
    },
  };

  return {
    ...standInFor,
    name: 'split',
    async buildStart(options) {
      const made = await makeStandIns([...ids.keys()], base);
      standIns = made.standIns;
      lent = [];
      const inside = await modulesOf({
        ...base,
        plugins: [...(base.plugins ?? []), standInFor],
        build: { ...base.build, ...inputOf(options) },
      });
      ({ library, lent } = await buildLibrary(made.entry, inside, base));
    },
    generateBundle(_options, bundle) {
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk') throw new Error('no worker.js');
      // A file of another build would call the wrong functions: it is told by its stamp.
      const stamp = createHash('sha256').update(worker.code).update(library).digest('base64url').slice(0, 12);
      worker.code = ascii(worker.code.replace('STAMP_OF_THIS_BUILD', stamp));
      this.emitFile({ type: 'asset', fileName: 'library.js', source: ascii(library.replace('STAMP_OF_THIS_BUILD', stamp)) });
    },
  };
}

/** A script of one-byte characters is read faster. */
function ascii(code: string): string {
  if (/raw`[^`]*[^\0-\x7f]/.test(code)) throw new Error('a raw template cannot be escaped');
  return code.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function inputOf({ input }: { readonly input: unknown }): { rolldownOptions: { input: never } } {
  return { rolldownOptions: { input: input as never } };
}

/** What stands in for each module, by id, and the text of the library's first module, whose default export is the functions in their order. */
async function makeStandIns(ids: readonly string[], base: InlineConfig): Promise<{ standIns: Map<string, string>; entry: string }> {
  const list: Plugin = {
    name: 'parts',
    resolveId: (source) => (source === PARTS ? `\0${PARTS}` : null),
    load: (id) => (id === `\0${PARTS}` ? ids.map((path, n) => `export * as p${n} from ${JSON.stringify(path)};`).join('') : null),
  };
  const { module } = await runnerImport<Record<string, Record<string, unknown>>>(PARTS, {
    ...base,
    plugins: [...(base.plugins ?? []), list],
  });
  const standIns = new Map<string, string>();
  const imports: string[] = [];
  const given: string[] = [];
  let count = 0;
  for (const [n, id] of ids.entries()) {
    const lines = [`import { later } from ${JSON.stringify(LATER)};`];
    for (const [name, value] of Object.entries(module[`p${n}`] ?? {})) {
      const before = count;
      const text = literal(value, () => count++);
      if (text === null) {
        count = before;
        continue;
      }
      lines.push(`export const ${name} = ${text};`);
      imports.push(`import { ${name} as x${given.length} } from ${JSON.stringify(id)};`);
      given.push(`x${given.length}`);
    }
    standIns.set(id, lines.join('\n'));
  }
  const entry = `${imports.join('\n')}
const functions = [];
const gather = (v) => {
  if (typeof v === 'function') functions.push(v);
  else if (typeof v === 'object' && v !== null) Object.values(v).forEach(gather);
};
[${given.join()}].forEach(gather);
export default functions;`;
  return { standIns, entry };
}

/** A value as source text, its functions in the order `gather` finds them; null when it cannot have a stand-in (a class, a Map). */
function literal(value: unknown, number: () => number): string | null {
  if (typeof value === 'function') return /^class\b/.test(String(value)) ? null : `/* @__PURE__ */ later(${number()})`;
  if (Object.is(value, -0) || typeof value === 'bigint' || typeof value === 'symbol') return null;
  if (typeof value !== 'object' || value === null) return value === Infinity ? 'Infinity' : (JSON.stringify(value) ?? 'undefined');
  const array = Array.isArray(value);
  if (!array && Object.getPrototypeOf(value) !== Object.prototype) return null;
  const fields: string[] = [];
  for (const [key, v] of Object.entries(value)) {
    const text = literal(v, number);
    if (text === null) return null;
    fields.push(array ? text : `${JSON.stringify(key)}: ${text}`);
  }
  return array ? `[${fields.join()}]` : `{${fields.join()}}`;
}

function outputOf(made: Awaited<ReturnType<typeof build>>): Rolldown.OutputChunk {
  const first = Array.isArray(made) ? made[0] : made;
  if (first === undefined || !('output' in first)) throw new Error('a bundle did not build');
  return first.output[0];
}

/** Ids of the modules in worker.js. */
async function modulesOf(config: InlineConfig): Promise<ReadonlySet<string>> {
  const chunk = outputOf(await build({ ...config, build: { ...config.build, write: false, minify: false } }));
  return new Set(Object.keys(chunk.modules));
}

async function buildLibrary(entry: string, inside: ReadonlySet<string>, base: InlineConfig): Promise<{ library: string; lent: Lent }> {
  const beyond: Plugin = {
    name: 'library',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (source === PARTS) return `\0${PARTS}`;
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found !== null && inside.has(found.id) ? { id: OF_CORE + found.id, external: true } : found;
    },
    load: (id) => (id === `\0${PARTS}` ? entry : null),
  };
  const { code } = outputOf(
    await build({
      ...base,
      plugins: [beyond, ...(base.plugins ?? [])],
      build: {
        ...base.build,
        write: false,
        rolldownOptions: { input: PARTS, preserveEntrySignatures: 'strict', output: { format: 'es' } },
      },
    }),
  );
  const lent: { id: string; name: string }[] = [];
  const locals: string[] = [];
  let body = '';
  let functions = '';
  let at = 0;
  for (const node of parseAst(code).body) {
    if (node.type === 'ImportDeclaration') {
      for (const s of node.specifiers) {
        if (s.type !== 'ImportSpecifier' || s.imported.type !== 'Identifier')
          throw new Error(`library.js imports all of ${node.source.value}`);
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
  if (functions === '') throw new Error('library.js exports nothing');
  return { library: `self.tclAppletLibrary=["STAMP_OF_THIS_BUILD",([${locals.join()}])=>{${body.trim()};return ${functions}}];\n`, lent };
}
