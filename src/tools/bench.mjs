/**
 * `npm run bench [ROUNDS]`: the programs of src/bench/programs, all in one process (they pollute each other's type feedback, as programs
 * do), beside tclsh8.6 where it is installed, and in the built worker on a page with the strict policy where there is a Chromium. The three take
 * turns, a new process or page each time. First call, fastest and median of later ones; ratios above 1 are faster than tclsh.
 *
 * `npm run bench -- growth`, `-- memory`, `-- peers [ROUNDS]`: see bench-growth.mjs, bench-memory.mjs and bench-peers.mjs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright';
import { benchGrowth } from './bench-growth.mjs';
import { benchMemory } from './bench-memory.mjs';
import { benchPeers } from './bench-peers.mjs';
import { benchStartup } from './bench-startup.mjs';
import { serve } from './serve.mjs';
import { ensurePackages, lookForChromium, ROOT, run, say } from './setup.mjs';

ensurePackages();
if (!existsSync(join(ROOT, 'dist/tclet.js')) && run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
const [what = '', times = '3'] = process.argv.slice(2);
if (what === 'growth') process.exit(benchGrowth() ? 0 : 1);
if (what === 'memory') process.exit(benchMemory());
if (what === 'peers') process.exit(benchPeers(Number(times)) ? 0 : 1);
const rounds = Number(what || 8);
const CALLS = 6;
/** What a browser does after a page has come or gone (it makes a process for the next one) takes a core for a second. */
const SETTLE_MS = 1500;

const folder = join(ROOT, 'src/bench/programs');
const names = readdirSync(folder).map((f) => f.replace(/\.tcl$/, ''));
const programs = names.map((n) => readFileSync(join(folder, `${n}.tcl`), 'utf8')).join('\n');
/** One call of a program, timed. @param {string} name @param {number} round */
const call = (name, round) => `set us [lindex [time {set sum [bench_${name}]}] 0]; list ${name} ${round} $us $sum`;
const calls = Array.from({ length: CALLS }, (_, round) => names.map((name) => call(name, round))).flat();
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const file = join(ROOT, '.cache/bench.tcl');
writeFileSync(file, `${programs}\n${calls.map((c) => `puts [eval {${c}}]`).join('\n')}`);

/** @typedef {{ first: number[], later: number[], sum: string }} Times */
/** @param {string} report @param {Map<string, Times>} into */
function read(report, into) {
  for (const line of report.trim().split('\n')) {
    const m = /^(\S+) (\d+) (\S+) (.*)$/.exec(line);
    if (m === null) continue;
    const [, name = '', round = '', us = '', sum = ''] = m;
    const t = into.get(name) ?? { first: [], later: [], sum };
    into.set(name, t);
    if (t.sum !== sum) console.error(`${name}: checksums differ between calls`);
    (round === '0' ? t.first : t.later).push(Number(us) / 1000);
  }
}

/** @param {string} command @param {readonly string[]} args */
function output(command, args) {
  const r = spawnSync(command, [...args, file], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (r.status === 0) return r.stdout;
  console.error(r.stderr || String(r.error));
  return process.exit(1);
}

/** Runs the programs in a tclet of a new page. @returns {Promise<(() => Promise<string>) & { close: () => Promise<void> } | null>} */
async function inChromium() {
  const executablePath = lookForChromium();
  if (executablePath === null) return null;
  const server = await serve([join(ROOT, 'dist'), join(ROOT, 'src/bench/pages')]);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const once = async () => {
    const page = await browser.newPage();
    await page.goto(`${server.address}first-tclet.html`);
    const report = await page.evaluate(
      async ([defined, timed, settle]) => {
        await customElements.whenDefined('tcl-applet');
        const applet = /** @type {any} */ (document.querySelector('tcl-applet'));
        await applet.ready;
        await applet.eval(defined);
        await new Promise((done) => setTimeout(done, settle));
        const lines = [];
        for (const one of timed) lines.push(await applet.eval(one));
        return lines.join('\n');
      },
      /** @type {const} */ ([programs, calls, SETTLE_MS]),
    );
    await page.close();
    await pause(SETTLE_MS);
    return report;
  };
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return Object.assign(once, { close });
}

const hasTclsh = spawnSync('tclsh8.6', [], { input: '' }).status === 0;
const browser = await inChromium();
/** @type {Map<string, Times>} */
const native = new Map();
/** @type {Map<string, Map<string, Times>>} */
const ours = new Map([['Node', new Map()]]);
if (browser !== null) ours.set('Chromium', new Map());
for (let i = 0; i < rounds; i++) {
  if (hasTclsh) read(output('tclsh8.6', []), native);
  read(output(process.execPath, [join(ROOT, 'dist/tclet.js'), 'run', '--trusted']), ours.get('Node') ?? new Map());
  if (browser !== null) read(await browser(), ours.get('Chromium') ?? new Map());
}
await browser?.close();

const min = (/** @type {readonly number[]} */ a) => Math.min(...a);
const median = (/** @type {readonly number[]} */ a) => [...a].sort((x, y) => x - y)[a.length >> 1] ?? 0;
/** First call, fastest and median of the later ones. @param {Times} t */
const figures = (t) => [min(t.first), min(t.later), median(t.later)];
let wrong = 0;
for (const [where, times] of ours) {
  say(`${where}: times in ms${hasTclsh ? ', and how many times as fast as tclsh8.6' : ' (no tclsh8.6 to compare with)'}`);
  const head = ['first', 'min', 'median', ...(hasTclsh ? ['tclsh min', 'x first', 'x min', 'x median'] : [])];
  console.log('program'.padEnd(14) + head.map((h) => h.padStart(10)).join(''));
  /** @type {number[][]} */
  const ratios = [];
  for (const name of names) {
    const a = times.get(name);
    const b = native.get(name);
    if (a === undefined) continue;
    const cells = figures(a);
    if (b !== undefined) {
      if (a.sum !== b.sum) {
        wrong++;
        console.error(`${name}: our checksum ${a.sum}, tclsh's ${b.sum}`);
      }
      const row = figures(b).map((t, k) => t / (cells[k] ?? 1));
      ratios.push(row);
      cells.push(min(b.later), ...row);
    }
    console.log(name.padEnd(14) + cells.map((c) => c.toFixed(2).padStart(10)).join(''));
  }
  if (ratios.length === 0) continue;
  const mean = [0, 1, 2].map((k) => Math.exp(ratios.reduce((s, r) => s + Math.log(r[k] ?? 1), 0) / ratios.length));
  console.log('geometric mean'.padEnd(14) + ''.padStart(40) + mean.map((m) => m.toFixed(2).padStart(10)).join(''));
}
await benchStartup();
process.exit(wrong === 0 ? 0 : 1);
