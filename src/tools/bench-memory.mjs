/**
 * `npm run bench -- memory`: what a list, a dict and an array of a million elements take, here (the heap after a collection) and in tclsh8.6 (what the process has
 * grown by), and how long a new interpreter takes.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './setup.mjs';

const N = 1_000_000;
const MAKE = `for {set i 0} {$i < ${N}} {incr i}`;
const VALUES = [
  ['a list of numbers', `proc make {} { global l; ${MAKE} { lappend l $i } }; make`],
  ['a list of words', `proc make {} { global l; ${MAKE} { lappend l w$i } }; make`],
  ['a list of pairs', `proc make {} { global l; ${MAKE} { lappend l [list $i $i] } }; make`],
  ['a dict', `proc make {} { global d; ${MAKE} { dict set d $i $i } }; make`],
  ['a dict of words', `proc make {} { global d; ${MAKE} { dict set d k$i w$i } }; make`],
  ['an array', `proc make {} { global a; ${MAKE} { set a($i) $i } }; make`],
  ['an array of words', `proc make {} { global a; ${MAKE} { set a(k$i) w$i } }; make`],
];
const HOOK = 'process.on("exit", () => { gc(); gc(); console.log("BYTES " + process.memoryUsage().heapUsed); })';
const RSS = 'set f [open /proc/self/status]; regexp {VmRSS:\\s+(\\d+)} [read $f] - kb; puts "BYTES [expr {$kb * 1024}]"';
/** A machine with other work gives one process half of what it gives the next. */
const ROUNDS = 10;
const INTERPS = [
  ['interp create', 'interp create x; interp delete x'],
  ['interp create -safe', 'interp create -safe x; interp delete x'],
];

/** @param {string} command @param {readonly string[]} args @param {string} script */
function outputOf(command, args, script) {
  const file = join(ROOT, '.cache/memory.tcl');
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  writeFileSync(file, script);
  const r = spawnSync(command, [...args, file], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr || String(r.error));
  return r.stdout;
}

const tclet = [join(ROOT, 'dist/tclet.js'), 'run', '--trusted'];
/** @param {string} script */
const here = (script) =>
  outputOf(process.execPath, ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(HOOK)}`, ...tclet], script);
/** @param {string} script */
const there = (script) => outputOf('tclsh8.6', [], `${script}\n${RSS}`);
/** @param {string} output */
const bytes = (output) => Number(/BYTES (\d+)/.exec(output)?.[1]);

export function benchMemory() {
  say(`bytes an element, of ${N}`);
  console.log(''.padEnd(22) + ['here', 'tclsh8.6', 'times'].map((h) => h.padStart(10)).join(''));
  // The same code, and one element: what is around the value is not counted.
  const few = (/** @type {string} */ script) => script.replace(String(N), '1');
  for (const [what = '', script = ''] of VALUES) {
    const own = (bytes(here(script)) - bytes(here(few(script)))) / N;
    const its = (bytes(there(script)) - bytes(there(few(script)))) / N;
    console.log(what.padEnd(22) + [own, its, own / its].map((x) => x.toFixed(2).padStart(10)).join(''));
  }
  say(`ms for a new interpreter and its end: the first of a process, fastest of ${ROUNDS} processes, and the fastest of 50`);
  console.log(''.padEnd(22) + ['here', '', 'tclsh8.6', ''].map((h) => h.padStart(10)).join(''));
  for (const [what = '', script = ''] of INTERPS) {
    const timed = `set best 1e9; for {set i 0} {$i < 50} {incr i} { set us [lindex [time {${script}}] 0]; if {$i == 0} { set first $us }; set best [expr {min($best, $us)}] }
puts "[expr {$first / 1000.0}] [expr {$best / 1000.0}]"`;
    let cells = [Infinity, Infinity, Infinity, Infinity];
    for (let i = 0; i < ROUNDS; i++) {
      const now = `${outputOf(process.execPath, tclet, timed)} ${outputOf('tclsh8.6', [], timed)}`.trim().split(/\s+/).map(Number);
      cells = cells.map((c, k) => Math.min(c, now[k] ?? Number.NaN));
    }
    console.log(what.padEnd(22) + cells.map((c) => c.toFixed(2).padStart(10)).join(''));
  }
  return 0;
}
