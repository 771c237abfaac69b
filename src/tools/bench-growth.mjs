/**
 * `npm run bench -- growth`: the procs of src/bench/growth.tcl at n, 2n and 4n, here and in tclsh8.6: times in ms, and the exponent of their growth (1 when
 * twice as much takes twice as long, 2 when it takes four times as long). What has taken a second is not tried with more.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './setup.mjs';

const N = 40_000;
const ROUNDS = 5;
const HELPERS = ['reads', 'keeps', 'evals', 'changes', 'size', 'K'];
/** Above this, growth is no longer linear. */
const STRAIGHT = 1.5;

const script = `
${readFileSync(join(ROOT, 'src/bench/growth.tcl'), 'utf8')}
foreach name [lsort [info procs growth::*]] {
    set name [namespace tail $name]
    if {$name in {${HELPERS.join(' ')}}} continue
    growth::$name 20000
    set line $name
    foreach n {${N} ${2 * N} ${4 * N}} {
        set best 1e30
        for {set i 0} {$i < ${ROUNDS}} {incr i} {
            set us [lindex [time {set result [growth::$name $n]}] 0]
            set best [expr {min($best, $us)}]
            if {$us > 500000} break
        }
        append line " $best $result"
        if {$best > 1000000} break
    }
    puts $line
}
`;

/** @param {string} command @param {readonly string[]} args @returns {Map<string, { ms: number[], results: string[] }>} */
function measure(command, args) {
  const r = spawnSync(command, args, { encoding: 'utf8' });
  if (r.status !== 0) {
    console.error(r.stderr || String(r.error));
    process.exit(1);
  }
  return new Map(
    r.stdout
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', ...cells] = line.split(' ');
        return [
          name,
          { ms: cells.filter((_, i) => i % 2 === 0).map((us) => Number(us) / 1000), results: cells.filter((_, i) => i % 2 === 1) },
        ];
      }),
  );
}

export function benchGrowth() {
  const file = join(ROOT, '.cache/growth.tcl');
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  writeFileSync(file, script);
  const ours = measure(process.execPath, [join(ROOT, 'dist/tclet.js'), 'run', '--trusted', file]);
  const theirs = measure('tclsh8.6', [file]);
  say(`ms at ${N}, ${2 * N} and ${4 * N}, and the exponent; here and in tclsh8.6`);
  let wrong = 0;
  for (const [name, { ms, results }] of ours) {
    const native = theirs.get(name);
    if (native === undefined) continue;
    const seen = Math.min(results.length, native.results.length);
    if (results.slice(0, seen).join() !== native.results.slice(0, seen).join()) {
      wrong++;
      console.error(`${name}: ${results.join()} here, ${native.results.join()} there`);
    }
    const [own, its] = [exponent(ms), exponent(native.ms)];
    // What was stopped has no curve, or half of one.
    const last = Math.min(ms.length, native.ms.length) - 1;
    const isStopped = ms.length < 3 && (ms[last] ?? 0) > 4 * (native.ms[last] ?? 0);
    const bend = isStopped || (own > STRAIGHT && its <= STRAIGHT) ? '  not as in Tcl' : '';
    console.log(`${name.padEnd(18)}${cells(ms)}${own.toFixed(2).padStart(7)}  |${cells(native.ms)}${its.toFixed(2).padStart(7)}${bend}`);
  }
  return wrong === 0;
}

/** @param {readonly number[]} ms */
const cells = (ms) => [0, 1, 2].map((i) => (ms[i]?.toFixed(1) ?? '-').padStart(9)).join('');
/** From the first to the last; each is twice as large as the one before. @param {readonly number[]} ms */
const exponent = (ms) => (ms.length < 2 ? NaN : Math.log2((ms.at(-1) ?? 1) / (ms[0] || 1)) / (ms.length - 1));
