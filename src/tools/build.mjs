/** `npm run build`: the files of DESIGN section 7, one Vite build each, and their sizes. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, loadConfigFromFile, minifySync } from 'vite';
import { bin, ROOT, run, say } from './setup.mjs';

const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(ROOT, 'vite.config.ts'));
const config =
  /** @type {{ bundles?: readonly import('vite').InlineConfig[], policyPages?: ReadonlyMap<string, string>, parts?: readonly string[] } | undefined} */ (
    loaded?.config
  );
const bundles = config?.bundles ?? [];
const partNames = config?.parts ?? [];

const dist = join(ROOT, 'dist');
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
/** The chunks of every bundle. @type {import('vite').Rolldown.OutputChunk[]} */
const chunks = [];
for (const bundle of bundles) {
  const made = /** @type {import('vite').Rolldown.RolldownOutput} */ (await build(bundle));
  for (const file of made.output) if (file.type === 'chunk') chunks.push(file);
}

cpSync(join(ROOT, 'index.html'), join(dist, 'index.html'));
cpSync(join(ROOT, 'tclets'), join(dist, 'tclets'), { recursive: true });
cpSync(join(ROOT, 'public'), dist, { recursive: true });
mkdirSync(join(dist, 'policies'));
for (const [name, html] of config?.policyPages ?? []) writeFileSync(join(dist, 'policies', name), html);
if (run(bin('tsc'), ['-p', 'src/applet/tsconfig.types.json']) !== 0) process.exit(1);
const { customElements } = await import('./custom-elements.mjs');
writeFileSync(join(dist, 'custom-elements.json'), `${JSON.stringify(customElements(), null, 2)}\n`);

const gzipped = (/** @type {string | Buffer} */ text) => gzipSync(text, { level: 9 }).length;
const kb = (/** @type {number} */ n) => `${(n / 1024).toFixed(1)} KB`.padStart(10);

/** What the modules of the language are of worker.js: minified and compressed by themselves. */
function engineShare() {
  const modules = Object.entries(chunks.find((c) => c.fileName === 'worker.js')?.modules ?? {});
  const code = modules.filter(([id]) => /\/src\/tcl\/|node-copies/.test(id)).map(([, m]) => m.code);
  return gzipped(minifySync('engine.js', code.join('\n'), { module: true, mangle: true, compress: true }).code);
}

say('sizes');
console.log(`${''.padEnd(20)}${'raw'.padStart(10)}${'gzip'.padStart(10)}`);
/** @type {Map<string, number>} */
const sizes = new Map();
for (const part of ['tcl-applet', 'runtime', 'worker', ...partNames, 'standalone', 'legacy', 'tcl-console', 'tclet']) {
  const bytes = readFileSync(join(dist, `${part}.js`));
  sizes.set(part, gzipped(bytes));
  console.log(`${`${part}.js`.padEnd(20)}${kb(bytes.length)}${kb(sizes.get(part) ?? 0)}`);
}
const [element = 0, worker = 0, ...parts] = ['tcl-applet', 'worker', ...partNames].map((part) => sizes.get(part));
console.log(`worker.js and its parts ${kb(parts.reduce((sum, n) => sum + (n ?? 0), worker)).trim()} (gzip)`);
/** What DESIGN section 7 allows, in KB. @type {readonly (readonly [string, number, number])[]} */
const budgets = [
  ['element', element, 15],
  ['element and worker.js', element + worker, 220],
  ['the engine in worker.js', engineShare(), 110],
];
for (const [what, bytes, most] of budgets) {
  console.log(`${what} ${kb(bytes).trim()} of ${most} KB (gzip)`);
  if (bytes <= most * 1024) continue;
  console.error(`over budget: ${what}. src/worker/parts.ts says what can move out of worker.js`);
  process.exitCode = 1;
}
