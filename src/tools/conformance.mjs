/**
 * `npm run conformance [--failures] [FILE.test ...]`: Tcl's own test suite in our master interpreter and in tclsh8.6, each file in a process of its own
 * under the same tcltest. Of the tests that native passes, how many pass here. The sources are those of Debian's package `tcl8.6`: an unpacked folder
 * that TCL_SOURCE names, or fetched with apt-get into .cache.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages, ROOT, run, say } from './setup.mjs';

/**
 * Files not run: they test the machine (files, processes, sockets, threads, the event loop of a platform), or what only C code can reach. What is in
 * the others and needs such is skipped by tcltest's own constraints, here and there.
 */
const LEFT_OUT = new Set(
  `aaa_exit assocd async autoMkindex cmdInfo dcall dstring env exec fCmd fileSystem fileSystemEncoding http http11 httpPipeline httpold io ioCmd ioTrans
   iogt link load macOSXFCmd macOSXLoad main notify obj pkgMkIndex platform pwd registry resolver safe-stock socket stack stringObj tcltest thread
   unixFCmd unixFile unixForkEvent unixInit unixNotfy unload winConsole winDde winFCmd winFile winNotify winPipe winTime chanio`.split(
    /\s+/,
  ),
);
const TIMEOUT = 120_000;

ensurePackages();
if (!existsSync(join(ROOT, 'dist/tclet.js')) && run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
const source = findSource();
const words = process.argv.slice(2);
const failures = words.includes('--failures');
const named = words.filter((w) => !w.startsWith('--'));
const files = named.length > 0 ? named : allFiles();
const scratch = mkdtempSync(join(tmpdir(), 'tcl-conformance-'));

/** @typedef {{ passed: Set<string>, failed: Map<string, string>, ended: boolean }} Outcome */
const rows = [];
for (const file of files) {
  const [ours, native] = await Promise.all([
    outcome(process.execPath, [join(ROOT, 'dist/tclet.js'), 'run', '--trusted'], file, '/suite'),
    outcome('tclsh8.6', [], file, join(scratch, 'native')),
  ]);
  const lost = [...native.passed].filter((name) => !ours.passed.has(name));
  rows.push({ file, passed: native.passed.size - lost.length, native: native.passed.size, lost, ended: ours.ended });
  const note = ours.ended ? '' : '  (did not come to its end)';
  console.log(`${file.padEnd(24)}${share(rows.at(-1))}${note}`);
  if (failures) for (const name of lost) console.log(`  ${name}\n${(ours.failed.get(name) ?? 'not reached').replace(/^/gm, '    ')}`);
}
rmSync(scratch, { recursive: true, force: true });
const total = { passed: sum(rows.map((r) => r.passed)), native: sum(rows.map((r) => r.native)) };
console.log(`${'all'.padEnd(24)}${share(total)}`);
mkdirSync(join(ROOT, '.cache'), { recursive: true });
writeFileSync(join(ROOT, '.cache/conformance.json'), JSON.stringify(rows, null, 1));

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}

/** @param {{ passed: number, native: number } | undefined} row */
function share({ passed = 0, native = 0 } = { passed: 0, native: 0 }) {
  return `${String(passed).padStart(6)} /${String(native).padStart(6)}${native === 0 ? '' : `${((100 * passed) / native).toFixed(1)} %`.padStart(10)}`;
}

/**
 * Runs one file. The driver is a single script that first writes tcltest and the file into `folder`: our files are virtual.
 * @param {string} command @param {readonly string[]} args @param {string} file @param {string} folder
 * @returns {Promise<Outcome>}
 */
function outcome(command, args, file, folder) {
  const parts = [
    ['tcltest.tcl', 'library/tcltest/tcltest.tcl'],
    [file, `tests/${file}`],
    ['internals.tcl', 'tests/internals.tcl'],
    ['tcltests.tcl', 'tests/tcltests.tcl'],
    // Packages written in Tcl, which tclsh has beside it.
    ['lib/msgcat.tcl', 'library/msgcat/msgcat.tcl'],
    ['lib/opt.tcl', 'library/opt/optparse.tcl'],
  ].filter(([, path]) => existsSync(join(source, path ?? '')));
  const script = [
    'proc put {name text} {set f [open $name w]; fconfigure $f -encoding utf-8 -translation lf; puts -nonewline $f $text; close $f}',
    `file mkdir ${folder}/lib`,
    ...parts.map(([name, path]) => `put ${folder}/${name} "${quoted(readFileSync(join(source, path ?? ''), 'utf8'))}"`),
    'rename put {}',
    `cd ${folder}`,
    `set argv {-verbose {body pass skip error} -tmpdir ${folder}}; set argc [llength $argv]; set argv0 ${folder}/${file}`,
    `source ${folder}/tcltest.tcl; package provide tcltest 2.5.5`,
    `package ifneeded msgcat 1.6.1 {source ${folder}/lib/msgcat.tcl}; package ifneeded opt 0.4.8 {source ${folder}/lib/opt.tcl}`,
    'namespace import -force ::tcltest::*',
    `source ${folder}/${file}`,
  ].join('\n');
  const driver = join(scratch, `${command === 'tclsh8.6' ? 'native' : 'ours'}-${file}.tcl`);
  writeFileSync(driver, script);
  return new Promise((done) => {
    const child = spawn(command, [...args, driver], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT);
    child.on('error', (e) => {
      console.error(`${command}: ${e.message}`);
      process.exit(1);
    });
    child.on('close', () => {
      clearTimeout(timer);
      done(read(out));
    });
  });
}

/** @param {string} out @returns {Outcome} */
function read(out) {
  const passed = new Set([...out.matchAll(/^\+\+\+\+ (\S+) PASSED$/gm)].map((m) => m[1] ?? ''));
  /** @type {Map<string, string>} */
  const failed = new Map();
  for (const m of out.matchAll(/^==== (\S+) [^\n]*FAILED\n([\s\S]*?)^==== \1 FAILED$/gm)) failed.set(m[1] ?? '', (m[2] ?? '').trim());
  for (const name of failed.keys()) passed.delete(name);
  return { passed, failed, ended: /:\tTotal\t/.test(out) };
}

/** The inside of a quoted Tcl word. @param {string} text */
function quoted(text) {
  return text.replace(/[\\"$[\]{}]/g, '\\$&');
}

function allFiles() {
  return readdirSync(join(source, 'tests'))
    .filter((f) => f.endsWith('.test') && !LEFT_OUT.has(f.slice(0, -'.test'.length)))
    .sort();
}

function findSource() {
  const given = process.env['TCL_SOURCE'];
  if (given !== undefined) return given;
  const cache = join(ROOT, '.cache/tcl-source');
  const unpacked = () => (existsSync(cache) ? readdirSync(cache).find((f) => existsSync(join(cache, f, 'tests'))) : undefined);
  if (unpacked() === undefined) {
    say('fetching the source package tcl8.6');
    mkdirSync(cache, { recursive: true });
    const { status } = spawnSync('apt-get', ['source', 'tcl8.6'], { cwd: cache, stdio: 'inherit' });
    if (status !== 0) console.error('apt-get source failed: set TCL_SOURCE to an unpacked folder, or enable deb-src');
  }
  const found = unpacked();
  if (found === undefined) process.exit(1);
  return join(cache, found);
}
