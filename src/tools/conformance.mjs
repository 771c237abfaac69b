/**
 * `npm run conformance [--failures] [FILE.test ...]`: Tcl's own test suite in our master interpreter and in tclsh8.6, each file in a process of its own
 * under the same tcltest. Of the tests that native passes, how many pass here. The sources are those of Debian's package `tcl8.6`: an unpacked folder
 * that TCL_SOURCE names, or fetched with apt-get into .cache.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages, ROOT, run } from './setup.mjs';
import { findSource, outcome, share, sum } from './suites.mjs';

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

ensurePackages();
if (!existsSync(join(ROOT, 'dist/tclet.js')) && run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
const source = findSource('tcl8.6', 'TCL_SOURCE', 'tests');
const words = process.argv.slice(2);
const failures = words.includes('--failures');
const named = words.filter((w) => !w.startsWith('--'));
const files = named.length > 0 ? named : allFiles();
const scratch = mkdtempSync(join(tmpdir(), 'tcl-conformance-'));

const rows = [];
for (const file of files) {
  const [ours, native] = await Promise.all([
    outcome(process.execPath, [join(ROOT, 'dist/tclet.js'), 'run', '--trusted', driver('ours', file, '/suite')], scratch),
    outcome('tclsh8.6', [driver('native', file, join(scratch, 'native'))], scratch),
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

/**
 * A single script that first writes tcltest and a test file into `folder`, our files being virtual, and where it is.
 * @param {string} side @param {string} file @param {string} folder
 */
function driver(side, file, folder) {
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
  const path = join(scratch, `${side}-${file}.tcl`);
  writeFileSync(path, script);
  return path;
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
