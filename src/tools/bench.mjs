/**
 * `npm run bench [ROUNDS]`: the programs of src/bench/programs, all in one process (they pollute each other's type feedback, as programs
 * do), beside tclsh8.6 where it is installed: first call, fastest and median of later ones, as ratios. Above 1 is faster than tclsh.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchStartup } from './bench-startup.mjs';
import { ensurePackages, ROOT, run, say } from './setup.mjs';

ensurePackages();
if (!existsSync(join(ROOT, 'dist/tclet.js')) && run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
const processes = Number(process.argv[2] ?? 3);
const CALLS = 8;

const folder = join(ROOT, 'src/bench/programs');
const names = readdirSync(folder).map((f) => f.replace(/\.tcl$/, ''));
const script = [
  ...names.map((n) => readFileSync(join(folder, `${n}.tcl`), 'utf8')),
  `for {set round 0} {$round < ${CALLS}} {incr round} {`,
  `  foreach name {${names.join(' ')}} {`,
  '    set us [lindex [time {set sum [bench_$name]}] 0]',
  '    puts [list $name $round $us $sum]',
  '  }',
  '}',
].join('\n');
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const file = join(ROOT, '.cache/bench.tcl');
writeFileSync(file, script);

/** @typedef {{ first: number[], later: number[], sum: string }} Times */
/** @param {string} command @param {readonly string[]} args @param {Map<string, Times>} into */
function measure(command, args, into) {
  const r = spawnSync(command, [...args, file], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (r.status !== 0) {
    console.error(r.stderr || String(r.error));
    process.exit(1);
  }
  for (const line of r.stdout.trim().split('\n')) {
    const m = /^(\S+) (\d+) (\S+) (.*)$/.exec(line);
    if (m === null) continue;
    const [, name = '', round = '', us = '', sum = ''] = m;
    const t = into.get(name) ?? { first: [], later: [], sum };
    into.set(name, t);
    if (t.sum !== sum) console.error(`${name}: checksums differ between calls`);
    (round === '0' ? t.first : t.later).push(Number(us) / 1000);
  }
}

const hasTclsh = spawnSync('tclsh8.6', [], { input: '' }).status === 0;
/** @type {Map<string, Times>} */
const ours = new Map();
/** @type {Map<string, Times>} */
const theirs = new Map();
for (let i = 0; i < processes; i++) {
  measure(process.execPath, [join(ROOT, 'dist/tclet.js'), 'run', '--trusted'], ours);
  if (hasTclsh) measure('tclsh8.6', [], theirs);
}

const min = (/** @type {readonly number[]} */ a) => Math.min(...a);
const median = (/** @type {readonly number[]} */ a) => [...a].sort((x, y) => x - y)[a.length >> 1] ?? 0;
say(hasTclsh ? 'times in ms, and how many times as fast as tclsh8.6' : 'times in ms (no tclsh8.6 to compare with)');
const head = ['program', 'first', 'min', 'median', ...(hasTclsh ? ['tclsh min', 'x first', 'x min', 'x median'] : [])];
console.log(head.map((h, i) => (i === 0 ? h.padEnd(14) : h.padStart(10))).join(''));
/** @type {number[][]} */
const ratios = [];
let wrong = 0;
for (const name of names) {
  const a = ours.get(name);
  const b = theirs.get(name);
  if (a === undefined) continue;
  const cells = [median(a.first), min(a.later), median(a.later)];
  if (b !== undefined) {
    if (a.sum !== b.sum) {
      wrong++;
      console.error(`${name}: our checksum ${a.sum}, tclsh's ${b.sum}`);
    }
    const row = [median(b.first) / median(a.first), min(b.later) / min(a.later), median(b.later) / median(a.later)];
    ratios.push(row);
    cells.push(min(b.later), ...row);
  }
  console.log(name.padEnd(14) + cells.map((c) => c.toFixed(2).padStart(10)).join(''));
}
if (ratios.length > 0) {
  const mean = [0, 1, 2].map((k) => Math.exp(ratios.reduce((s, r) => s + Math.log(r[k] ?? 1), 0) / ratios.length));
  console.log('geometric mean'.padEnd(14) + ''.padStart(40) + mean.map((m) => m.toFixed(2).padStart(10)).join(''));
}
await benchStartup();
process.exit(wrong === 0 ? 0 : 1);
