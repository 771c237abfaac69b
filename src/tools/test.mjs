/** `npm test`: everything, in the order that fails soonest. Ends with one line of totals; exits 1 on any failure. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ensureChromium, ensurePackages, ROOT, run, say } from './setup.mjs';

ensurePackages();
const chromium = ensureChromium();
const cache = join(ROOT, '.cache');
rmSync(cache, { recursive: true, force: true });
mkdirSync(cache, { recursive: true });

let passed = 0;
let failed = 0;
let skipped = 0;

/** One check that passes or fails as a whole. @param {string} title @param {() => number} check */
function check(title, check) {
  say(title);
  if (check() === 0) {
    passed++;
  } else {
    failed++;
    console.error(`FAILED: ${title}`);
  }
}

const layers = readdirSync(join(ROOT, 'src')).filter((d) => existsSync(join(ROOT, 'src', d, 'tsconfig.json')));
check('types: every layer with its own library, then the tests', () => {
  let worst = 0;
  for (const layer of layers) worst = Math.max(worst, run(bin('tsc'), ['-p', join('src', layer)]));
  return Math.max(worst, run(bin('tsc'), ['-p', 'src/tsconfig.tests.json']));
});
check('format and lint', () => run(bin('biome'), ['check', '--error-on-warnings', '.']));

say('unit tests');
const unitReport = join(cache, 'unit.json');
const unitCode = run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]);
count(unitReport, unitCode, (r) => ({ passed: r.numPassedTests, failed: r.numFailedTests, skipped: r.numPendingTests + r.numTodoTests }));

let built = 1;
check('build', () => (built = run(process.execPath, ['src/tools/build.mjs'])));

if (built === 0) {
  say('end-to-end tests in the browser');
  const e2eReport = join(cache, 'e2e.json');
  const e2eCode = run(bin('playwright'), ['test', '--reporter=list,json'], { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport });
  count(e2eReport, e2eCode, (r) => ({ passed: r.stats.expected + r.stats.flaky, failed: r.stats.unexpected, skipped: r.stats.skipped }));
}

/**
 * Adds a runner's totals. A runner that failed without a failed test (or without a report) counts as one failure.
 * @param {string} file @param {number} code @param {(report: any) => { passed: number, failed: number, skipped: number }} read
 */
function count(file, code, read) {
  let totals = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(file)) totals = read(JSON.parse(readFileSync(file, 'utf8')));
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  passed += totals.passed;
  failed += totals.failed;
  skipped += totals.skipped;
}

say('totals');
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
