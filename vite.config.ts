/**
 * How the sources become files. One bundle an output, since their formats differ: the element is an ES module with a lazy chunk, the
 * worker and the standalone file are classic scripts, the command line is for Node. Tests read the same plugin list.
 */
import { fileURLToPath } from 'node:url';
import type { InlineConfig, Plugin } from 'vite';
import { build, defineConfig } from 'vite';
import { configDefaults } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const shared = {
  configFile: false,
  logLevel: 'warn',
  root: at('.'),
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
} satisfies InlineConfig;

const output = { outDir: at('dist'), emptyOutDir: false, target: 'es2022', modulePreload: false } as const;

/** The worker's code as a string, for the file that has to work alone. */
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
      return `export default ${JSON.stringify(first.output[0].code)};`;
    },
  };
}

const element: InlineConfig = {
  ...shared,
  build: {
    ...output,
    rollupOptions: {
      input: { 'tcl-applet': at('src/applet/index.ts'), legacy: at('src/applet/legacy.ts'), gallery: at('src/gallery/main.ts') },
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
};

const worker: InlineConfig = {
  ...shared,
  build: {
    ...output,
    rollupOptions: { input: { worker: at('src/worker/main.ts') }, output: { format: 'iife', entryFileNames: '[name].js' } },
  },
};

const standalone: InlineConfig = {
  ...shared,
  plugins: [workerSource()],
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

export default defineConfig({
  // Read by src/tools/build.mjs: Vite itself ignores what it does not know.
  bundles: [element, worker, standalone, commandLine],
  test: { environment: 'node', include: ['src/**/*.test.ts'], exclude: [...configDefaults.exclude], testTimeout: 30_000 },
} as InlineConfig);
