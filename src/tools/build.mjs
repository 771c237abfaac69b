/** `npm run build`: the files of DESIGN section 7, one Vite build each, and their sizes. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, loadConfigFromFile } from 'vite';
import { bin, ROOT, run, say } from './setup.mjs';

const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(ROOT, 'vite.config.ts'));
const config = /** @type {{ bundles?: readonly import('vite').InlineConfig[], policyPages?: ReadonlyMap<string, string> } | undefined} */ (
  loaded?.config
);
const bundles = config?.bundles ?? [];

const dist = join(ROOT, 'dist');
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const bundle of bundles) await build(bundle);

cpSync(join(ROOT, 'index.html'), join(dist, 'index.html'));
cpSync(join(ROOT, 'tclets'), join(dist, 'tclets'), { recursive: true });
cpSync(join(ROOT, 'public'), dist, { recursive: true });
mkdirSync(join(dist, 'policies'));
for (const [name, html] of config?.policyPages ?? []) writeFileSync(join(dist, 'policies', name), html);
if (run(bin('tsc'), ['-p', 'src/applet/tsconfig.types.json']) !== 0) process.exit(1);
const { customElements } = await import('./custom-elements.mjs');
writeFileSync(join(dist, 'custom-elements.json'), `${JSON.stringify(customElements(), null, 2)}\n`);

/** Sizes in bytes. @param {string} name */
function size(name) {
  const bytes = readFileSync(join(dist, name));
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}
const kb = (/** @type {number} */ n) => `${(n / 1024).toFixed(1)} KB`.padStart(10);
say('sizes');
console.log(`${''.padEnd(20)}${'raw'.padStart(10)}${'gzip'.padStart(10)}`);
const sizes = ['tcl-applet.js', 'runtime.js', 'worker.js', 'standalone.js', 'legacy.js', 'tcl-console.js', 'tclet.js'].map((name) => ({
  name,
  ...size(name),
}));
for (const s of sizes) console.log(`${s.name.padEnd(20)}${kb(s.raw)}${kb(s.gzip)}`);
const element = sizes[0]?.gzip ?? 0;
const together = element + (sizes[2]?.gzip ?? 0);
console.log(`element ${kb(element).trim()} of 15 KB; element and worker ${kb(together).trim()} of 220 KB (gzip)`);
if (element > 15 * 1024 || together > 220 * 1024) console.warn('over budget');
