/**
 * How the sources become files. One bundle an output, since their formats differ: the element is an ES module with a lazy chunk, the
 * worker and the standalone file are classic scripts, the command line is for Node. Tests read the same plugin list.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { InlineConfig, Plugin } from 'vite';
import { build, defineConfig, transformWithOxc } from 'vite';
import { configDefaults } from 'vitest/config';
import { policyPages } from './src/policy/pages.ts';
import { parseScript } from './src/tcl/parser.ts';
import { split } from './src/tools/split.ts';
import { PARTS } from './src/worker/parts.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * How many copies of the node library there are, and how many of them a worker starts with. They are alike to the letter: compressed each takes 330 bytes, as long as one is shorter than the
 * 32 KB that gzip looks back (it was 30.9).
 */
const COPIES = 12;
const FIRST_COPIES = 1;

/**
 * Fills in the templates of nodes.ts, the functions that take an `At`: beside the closure written there, which calls for both operands (`any`),
 * one for each pair of places that can be read without a call. A call costs more than most operators.
 */
function everyPlace(source: string): string {
  const template =
    /^(export function \w+\(a: Val, b: Val, site: CommandSite, )_at: At\): (Val|Cond) \{\n {2}return (\(f\) => \{\n {4}const x = a\(f\);\n {4}const y = b\(f\);\n {4}if \((.*) && (.*)\) \{\n([\s\S]*?)\n {4}\}\n {4}return (.*);\n {2}\};)\n\}$/gm;
  const filled = source.replace(template, (_, head, type, any, ofX, ofY, body, otherwise: string) => {
    const late = otherwise.replace(', y,', ', b(f),');
    // Numbers that are not plain go to the operator at once: fewer functions for V8 to make than by way of `any`.
    const latest = otherwise.includes('(A.') ? late.replace(' x,', ' a(f),') : 'any(f)';
    return `${head}at: At): ${type} {
  const any: ${type} = ${any}
  const { i, j, n } = at;
  if (i >= 0) {
    if (j >= 0) return (f) => { const x = f[i] as Value, y = f[j] as Value; if (${ofX} && ${ofY}) { ${body} } return ${latest}; };
    if (n !== null) return (f) => { const x = f[i] as Value, y = n; if (${ofX}) { ${body} } return ${latest}; };
    return (f) => { const x = f[i] as Value; if (!(${ofX})) return ${latest}; const y = b(f); if (${ofY}) { ${body} } return ${otherwise}; };
  }
  if (j >= 0) return (f) => { const x = a(f), y = f[j] as Value; if (${ofX} && ${ofY}) { ${body} } return ${late}; };
  if (n !== null) return (f) => { const x = a(f), y = n; if (${ofX}) { ${body} } return ${late}; };
  return any;
}`;
  });
  if (filled.includes('_at: At')) throw new Error('nodes.ts: a template has not the form that is said there');
  return filled;
}

/** `import * as A` and `A.x` as `import { x as A$x }` and `A$x`: a copy in another file takes single names. */
function namedImports(code: string): string {
  const star = /^import \* as (\w+) from ("[^"]+");\n/m.exec(code);
  if (star === null) return code;
  const [line, alias = '', from] = star;
  const used = new Set<string>();
  const body = code.replace(line, '').replace(new RegExp(`\\b${alias}\\.(\\w+)`, 'g'), (_, name: string) => {
    used.add(name);
    return `${alias}$${name}`;
  });
  return namedImports(`import { ${[...used].map((name) => `${name} as ${alias}$${name}`).join(', ')} } from ${from};\n${body}`);
}

/**
 * Copies of the engine's node library, each with closures of its own:
 *
 *     import { copies } from 'virtual:node-copies'; // readonly (() => typeof import('./nodes.ts'))[]
 *
 * The code of nodes.ts is put into as many functions; what it imports is shared by all of them. Typed in src/tcl/node-copies.d.ts; works in
 * every bundle and in tests. `virtual:more-node-copies` has those beyond the first.
 */
function nodeCopies(first = COPIES): Plugin {
  const counts = new Map([
    ['virtual:node-copies', first],
    ['virtual:more-node-copies', COPIES - first],
  ]);
  const file = at('src/tcl/nodes.ts');
  return {
    name: 'node-copies',
    enforce: 'pre',
    resolveId: (source) => (counts.has(source) ? `\0${source}` : null),
    async load(id) {
      const count = counts.get(id.slice(1));
      if (count === undefined) return null;
      this.addWatchFile(file);
      // The common copy has every place too, since all code begins with it: first calls take a sixth longer without.
      const { code } = await transformWithOxc(everyPlace(readFileSync(file, 'utf8')), file);
      const imports: string[] = [];
      const names: string[] = [];
      const body = namedImports(code)
        .replace(/^import [^;]*? from "([^"]+)";\n/gm, (line, from: string) => {
          imports.push(line.replace(from, at(`src/tcl/${from}`)));
          return '';
        })
        .replace(/^export function (\w+)/gm, (_, name: string) => {
          names.push(name);
          return `function ${name}`;
        });
      // In brackets: V8 compiles such a function at once, rather than reading it twice.
      const library = `(function () {\n${body}\nreturn { ${names.join(', ')} };\n})`;
      return `${imports.join('')}export const copies = [${Array(count).fill(library).join(',\n')}];`;
    },
  };
}

/**
 * Tcl scripts, without the lines and the margins that are for readers: `x.tcl?raw` as text, `x.tcl?parts` as a function that gives the arguments of its
 * commands by their names, so that an application need not parse and compile what only makes procs and bindings.
 */
function tclText(): Plugin {
  return {
    name: 'tcl-text',
    enforce: 'pre',
    load(id) {
      const [path = '', query = ''] = id.split('?');
      if (!/^(raw|parts)$/.test(query) || !path.endsWith('.tcl')) return null;
      this.addWatchFile(path);
      const text = readFileSync(path, 'utf8').replace(/^[ \t]*(#.*)?\n|^[ \t]+/gm, '');
      if (query === 'raw') return `export default ${JSON.stringify(text)};`;
      return `export default () => JSON.parse(${JSON.stringify(JSON.stringify(partsOf(text)))});`;
    },
  };
}

function partsOf(text: string) {
  const parts: Record<string, string[][]> = { proc: [], tk_bindings: [], tk_virtualevents: [] };
  for (const { words } of parseScript(text).commands) {
    const [name = '', ...args] = words.map(({ parts: [part] }) => (part?.kind === 'text' ? part.text : ''));
    const kind = parts[name];
    if (kind === undefined) throw new Error(`the library has a command of no known kind: ${name}`);
    kind.push(args);
  }
  return parts;
}

const shared = {
  configFile: false,
  logLevel: 'warn',
  root: at('.'),
  publicDir: false,
  plugins: [nodeCopies(), tclText()],
  define: { 'process.env.NODE_ENV': '"production"' },
} satisfies InlineConfig;

const output = { outDir: at('dist'), emptyOutDir: false, target: 'es2022', modulePreload: false } as const;

/** The worker's code as a string, all files of it, for the file that has to work alone. */
function workerSource(): Plugin {
  const id = 'virtual:worker-source';
  return {
    name: 'worker-source',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    async load(source) {
      if (source !== `\0${id}`) return null;
      const made = await build({ ...worker, build: { ...worker.build, write: false } });
      const first = Array.isArray(made) ? made[0] : made;
      if (first === undefined || !('output' in first)) throw new Error('the worker did not build');
      const text = (name: string): string => {
        const file = first.output.find(({ fileName }) => fileName === name);
        return String(file?.type === 'chunk' ? file.code : file?.source);
      };
      return `export default ${JSON.stringify([...Object.keys(PARTS), 'worker'].map((name) => text(`${name}.js`)).join(''))};`;
    },
  };
}

const element: InlineConfig = {
  ...shared,
  build: {
    ...output,
    rollupOptions: {
      input: { 'tcl-applet': at('src/applet/index.ts') },
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
};

/** Scripts of a page that use the element as its users do: from its file. */
function usesElement(name: string, path: string): InlineConfig {
  return {
    ...shared,
    plugins: [
      {
        name: 'element-by-its-file',
        enforce: 'pre',
        resolveId: (source) => (/(^|\/)index\.ts$/.test(source) ? { id: './tcl-applet.js', external: true } : null),
      },
    ],
    build: { ...output, rollupOptions: { input: { [name]: at(path) }, output: { format: 'es', entryFileNames: '[name].js' } } },
  };
}

const inWorker = { ...shared, plugins: [nodeCopies(FIRST_COPIES), tclText()] } satisfies InlineConfig;
const worker: InlineConfig = {
  ...inWorker,
  plugins: [split(PARTS, { ...inWorker, build: output }), ...inWorker.plugins],
  build: {
    ...output,
    rollupOptions: { input: { worker: at('src/worker/main.ts') }, output: { format: 'iife', entryFileNames: '[name].js' } },
  },
};

const standalone: InlineConfig = {
  ...shared,
  plugins: [nodeCopies(), tclText(), workerSource()],
  build: {
    ...output,
    rollupOptions: { input: { standalone: at('src/applet/standalone.ts') }, output: { format: 'iife', entryFileNames: '[name].js' } },
  },
};

const commandLine: InlineConfig = {
  ...shared,
  ssr: { noExternal: true },
  build: {
    ...output,
    target: 'node20',
    ssr: true,
    rollupOptions: { input: { tclet: at('src/headless/cli.ts') }, output: { format: 'es', entryFileNames: '[name].js' } },
  },
};

/** The fuzzers, for src/tools/fuzz.mjs. */
const fuzzers: InlineConfig = {
  ...commandLine,
  build: {
    ...commandLine.build,
    outDir: at('.cache'),
    minify: false,
    rollupOptions: { input: { fuzzers: at('src/testing/fuzz/index.ts') }, output: { format: 'es', entryFileNames: '[name].js' } },
  },
};

export default defineConfig({
  plugins: [nodeCopies(), tclText()],
  // Read by src/tools/build.mjs and fuzz.mjs: Vite itself ignores what it does not know.
  bundles: [
    element,
    usesElement('legacy', 'src/applet/legacy.ts'),
    usesElement('gallery', 'src/gallery/main.ts'),
    worker,
    standalone,
    usesElement('tcl-console', 'src/applet/tcl-console.ts'),
    commandLine,
  ],
  fuzzers,
  policyPages: policyPages(),
  parts: Object.keys(PARTS),
  test: { environment: 'node', include: ['src/**/*.test.ts'], exclude: [...configDefaults.exclude], testTimeout: 120_000 },
} as InlineConfig);
