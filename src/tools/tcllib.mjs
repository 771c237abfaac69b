/**
 * `npm run tcllib [--failures] [MODULE ...]`: the pure Tcl modules of tcllib with their own tests, loaded through `package require` from a mounted
 * folder by our master interpreter, and by tclsh8.6. Of the tests that native passes, how many pass here. The source is that of Debian's package
 * `tcllib`, an unpacked folder that TCLLIB_SOURCE names or fetched with apt-get into .cache; tcltest comes with the source of Tcl (TCL_SOURCE).
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages, ROOT, run } from './setup.mjs';
import { findSource, outcome, share, sum } from './suites.mjs';

/** Modules not run: they need a network, the package http or packages of C code. */
const LEFT_OUT = new Set(
  `amazon-s3 devtools ftp ftpd httpd httpwget imap4 nntp oauth processman rest
   smtpd transfer udpcluster websocket bench tcllibc.tcl zip`.split(/\s+/),
);

/** The program `ln` for our side, which has the command line's own programs alone. A link to nothing is made while there is something. */
const LINKS = `rename exec ownExec
proc exec args {
  if {[lrange $args 0 1] ne "ln -s" || [llength $args] != 4} {return [uplevel 1 [list ownExec {*}$args]]}
  lassign $args ln how target link
  set real [file join [file dirname $link] $target]
  if {[set none [expr {![file exists $real]}]]} {close [open $real w]}
  file link -symbolic $link $target
  if {$none} {file delete $real}
  return
}`;

ensurePackages();
if (!existsSync(join(ROOT, 'dist/tclet.js')) && run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
const modules = join(findSource('tcllib', 'TCLLIB_SOURCE', 'modules'), 'modules');
const tcltest = join(findSource('tcl8.6', 'TCL_SOURCE', 'tests'), 'library/tcltest');
const words = process.argv.slice(2);
const failures = words.includes('--failures');
const named = words.filter((w) => !w.startsWith('--'));
const names = named.length > 0 ? named : readdirSync(modules).filter((m) => !LEFT_OUT.has(m));
const scratch = mkdtempSync(join(tmpdir(), 'tcllib-'));

const rows = [];
for (const module of names) {
  const tests = readdirSync(join(modules, module))
    .filter((f) => f.endsWith('.test'))
    .sort();
  let passed = 0;
  let native = 0;
  /** @type {string[]} */
  const lost = [];
  for (const test of tests) {
    const [ours, theirs] = await Promise.all([
      outcome(
        process.execPath,
        [
          join(ROOT, 'dist/tclet.js'),
          'run',
          '--trusted',
          '--mount',
          modules,
          '--mount',
          tcltest,
          // A copy, which tests can write to.
          driver('ours', '/own/modules', '/tmp', module, test),
        ],
        scratch,
      ),
      outcome('tclsh8.6', [driver('native', modules, scratch, module, test)], scratch),
    ]);
    native += theirs.passed.size;
    for (const name of theirs.passed) {
      if (ours.passed.has(name)) passed++;
      else lost.push(`${test} ${name}\n${(ours.failed.get(name) ?? `not reached: ${ours.end}`).replace(/^/gm, '    ')}`);
    }
  }
  if (native === 0) continue;
  rows.push({ module, passed, native });
  console.log(`${module.padEnd(24)}${share({ passed, native })}`);
  if (failures) for (const text of lost) console.log(`  ${text}`);
}
rmSync(scratch, { recursive: true, force: true });
console.log(`${'all'.padEnd(24)}${share({ passed: sum(rows.map((r) => r.passed)), native: sum(rows.map((r) => r.native)) })}`);
console.log(`${rows.filter((r) => r.passed === r.native).length} of ${rows.length} modules pass all their tests`);
mkdirSync(join(ROOT, '.cache'), { recursive: true });
writeFileSync(join(ROOT, '.cache/tcllib.json'), JSON.stringify(rows, null, 1));

/**
 * A script that runs one test file of a module, and where it is.
 * @param {string} side @param {string} folder of the modules @param {string} tmp @param {string} module @param {string} test
 */
function driver(side, folder, tmp, module, test) {
  const path = join(scratch, `${side}.tcl`);
  writeFileSync(
    path,
    `set argv {-verbose {body pass skip error} -tmpdir ${tmp}}; set argc 2; set argv0 ${folder}/${module}/${test}
${side === 'ours' ? `file mkdir /own; file copy /lib/modules /own/modules\n${LINKS}` : ''}
file mkdir ${tmp}; cd ${tmp}
lappend auto_path ${folder}
${side === 'ours' ? 'package ifneeded tcltest 2.5.5 {source /lib/tcltest/tcltest.tcl; package provide tcltest 2.5.5}' : ''}
package require tcltest
source ${folder}/${module}/${test}
`,
  );
  return path;
}
