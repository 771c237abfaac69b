/**
 * `npm run tclbench [FILE.bench ...]`: the part of tclbench that needs no files, in our master interpreter and in tclsh8.6, file by file in turn: how
 * many times as fast as tclsh, each benchmark and the geometric mean. Its repository (tcltk/tclbench) is the folder that TCLBENCH names, or fetched
 * by git into .cache.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, ROOT, run, say } from './setup.mjs';

/** These read and write files, or run programs. */
const LEFT_OUT = new Set(['encoding', 'fcopy', 'file', 'read', 'parse', 'wordcount'].map((name) => `${name}.bench`));
const WANTED = 1.5;
const LEAST = 0.25;

ensurePackages();
if (!existsSync(join(ROOT, 'dist/tclet.js')) && run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
const source = join(process.env['TCLBENCH'] ?? fetched(), 'tcl');
const named = process.argv.slice(2);
const files = named.length > 0 ? named : readdirSync(source).filter((f) => f.endsWith('.bench') && !LEFT_OUT.has(f));
const scratch = join(ROOT, '.cache/tclbench.tcl');
mkdirSync(join(ROOT, '.cache'), { recursive: true });

/**
 * What a file of tclbench expects around it. Both get the same: each benchmark is run for 300 ms, so that what is compiled as it runs is compiled, then
 * in five short rounds, the fastest of which counts. `-iters` is how long a whole run of tclbench may take; it would time the warm-up.
 */
const BENCH = `
array set BENCH {ITERS 1000 AUTOSCALE 0 MATCH {} RMATCH {}}
proc bench {args} {
    foreach {key value} $args {
        switch -glob -- $key {
            -pr* {set pre $value}
            -po* {set post $value}
            -bo* {set body $value}
            -de* {set name $value}
        }
    }
    if {[catch {
        if {[info exists pre]} {uplevel #0 $pre}
        set n 1
        set start [clock microseconds]
        while {[clock microseconds] - $start < 300000} {
            set took [expr {$n * [lindex [uplevel #0 [list time $body $n]] 0]}]
            if {$took < 5000} {set n [expr {$n * 2}]}
        }
        set us 1e30
        foreach round {1 2 3 4 5} {
            set us [expr {min($us, [lindex [uplevel #0 [list time $body $n]] 0])}]
        }
        if {[info exists post]} {uplevel #0 $post}
        puts "@@ $us $name"
    } message]} {
        puts "@@ - $name: $message"
    }
}
proc bench_rm args {}
proc bench_tmpfile {} {return /tmp/tclbench.dat}
`;

/** @typedef {{ times: Map<string, number>, failed: string[] }} Measured */
/** @param {string} command @param {readonly string[]} args @returns {Measured} */
function measure(command, args) {
  const r = spawnSync(command, [...args, scratch], { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 300_000 });
  /** @type {Measured} */
  const out = { times: new Map(), failed: [] };
  for (const m of r.stdout.matchAll(/^@@ (\S+) (.*)$/gm)) {
    const [, us = '', name = ''] = m;
    if (us === '-') out.failed.push(name);
    else out.times.set(name, Number(us));
  }
  if (r.status !== 0) out.failed.push(r.stderr.trim().split('\n')[0] ?? String(r.error));
  return out;
}

/** @type {{ file: string, name: string, ours: number, theirs: number, ratio: number }[]} */
const rows = [];
for (const file of files) {
  // The end of map.bench maps whole files.
  const text = readFileSync(join(source, file), 'latin1');
  writeFileSync(scratch, `${BENCH}\n${file === 'map.bench' ? (text.split(/^(?=.*\[open )/m)[0] ?? '') : text}`);
  const theirs = measure('tclsh8.6', []);
  const ours = measure(process.execPath, [join(ROOT, 'dist/tclet.js'), 'run', '--trusted']);
  /** @type {number[]} */
  const ratios = [];
  for (const [name, us] of theirs.times) {
    const own = ours.times.get(name);
    if (own === undefined) continue;
    const ratio = (us + 0.01) / (own + 0.01);
    ratios.push(ratio);
    rows.push({ file, name, ours: own, theirs: us, ratio });
  }
  console.log(
    `${file.padEnd(20)}${String(ratios.length).padStart(5)} of ${String(theirs.times.size).padEnd(5)}${mean(ratios).toFixed(2).padStart(8)}`,
  );
  const hope = new Set(theirs.failed);
  for (const name of ours.failed) if (!hope.has(name)) console.log(`  failed: ${name}`);
}

/** @param {readonly number[]} ratios */
function mean(ratios) {
  return Math.exp(ratios.reduce((s, r) => s + Math.log(r), 0) / Math.max(1, ratios.length));
}

rows.sort((a, b) => a.ratio - b.ratio);
writeFileSync(join(ROOT, '.cache/tclbench.json'), JSON.stringify(rows, null, 1));
say('the slowest beside tclsh: times as fast, microseconds here and there');
for (const { ratio, ours, theirs, file, name } of rows.slice(0, 25)) {
  console.log(`${ratio.toFixed(2).padStart(6)}${ours.toFixed(2).padStart(12)}${theirs.toFixed(2).padStart(12)}  ${file}: ${name}`);
}
const all = mean(rows.map((r) => r.ratio));
const slow = rows.filter((r) => r.ratio < LEAST).length;
say(`${rows.length} benchmarks, ${all.toFixed(2)} times as fast as tclsh8.6 (${WANTED} wanted); ${slow} below ${LEAST}`);

function fetched() {
  const into = join(ROOT, '.cache/tclbench');
  if (!existsSync(into) && run('git', ['clone', '--depth', '1', 'https://github.com/tcltk/tclbench', into]) !== 0) process.exit(1);
  return into;
}
