/**
 * `npm run conformance -- [tk] [--hostile] [--failures] [FILE.test ...]`: Tcl's own test suite, or Tk's, in our master interpreter and in tclsh8.6 or wish8.6, each
 * file in a process of its own under the same tcltest. Of the tests that native passes, how many pass here; with --hostile, with a pause
 * wherever one can happen. The sources are those of Debian's packages
 * `tcl8.6` and `tk8.6`: unpacked folders that TCL_SOURCE and TK_SOURCE name, or fetched with apt-get into .cache.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SUITES } from './conformance-suites.mjs';
import { ensurePackages, ROOT, run } from './setup.mjs';
import { findSource, outcome, share, sum } from './suites.mjs';

ensurePackages();
if (!existsSync(join(ROOT, 'dist/tclet.js')) && run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
const words = process.argv.slice(2);
const failures = words.includes('--failures');
const hostile = words.includes('--hostile');
const which = words.includes('tk') ? 'tk' : 'tcl';
const suite = SUITES[which];
const tclSource = findSource('tcl8.6', 'TCL_SOURCE', 'tests');
const source = which === 'tcl' ? tclSource : findSource('tk8.6', 'TK_SOURCE', 'tests');
const named = words.filter((w) => !w.startsWith('--') && w !== 'tk');
const files = named.length > 0 ? named : allFiles();
process.umask(0o022);
const scratch = mkdtempSync(join(tmpdir(), `${which}-conformance-`));

const rows = [];
for (const file of files) {
  const [ours, native] = await Promise.all([
    outcome(
      process.execPath,
      [join(ROOT, 'dist/tclet.js'), 'run', ...suite.ours, ...(hostile ? ['--hostile'] : []), driver('ours', file, '/suite')],
      scratch,
    ),
    outcome(suite.native[0], [...suite.native.slice(1), driver('native', file, join(scratch, 'native'))], scratch),
  ]);
  const lost = [...native.passed].filter((name) => !ours.passed.has(name));
  rows.push({ file, passed: native.passed.size - lost.length, native: native.passed.size, lost, ended: ours.ended });
  const note = ours.ended ? '' : `  (did not come to its end: ${ours.end.replaceAll('\n', ' ')})`;
  console.log(`${file.padEnd(24)}${share(rows.at(-1))}${note}`);
  for (const name of failures ? [] : lost) if (suite.reasons[name] !== undefined) console.log(`  ${name}: ${suite.reasons[name]}`);
  if (failures) for (const name of lost) console.log(`  ${name}\n${(ours.failed.get(name) ?? 'not reached').replace(/^/gm, '    ')}`);
}
rmSync(scratch, { recursive: true, force: true });
const total = { passed: sum(rows.map((r) => r.passed)), native: sum(rows.map((r) => r.native)) };
console.log(`${'all'.padEnd(24)}${share(total)}`);
if (named.length === 0) for (const [reason, names] of Object.entries(suite.leftOut)) console.log(`left out: ${names}\n    ${reason}`);
mkdirSync(join(ROOT, '.cache'), { recursive: true });
writeFileSync(join(ROOT, `.cache/conformance-${which}.json`), JSON.stringify(rows, null, 1));

/**
 * A single script that first writes tcltest and a test file into `folder`, our files being virtual, and where it is.
 * @param {string} side @param {string} file @param {string} folder
 */
function driver(side, file, folder) {
  const helpers = suite.folders.flatMap(filesBelow).map((path) => [path.slice('tests/'.length), path]);
  const parts = [...suite.parts, ...helpers, [file, `tests/${file}`]].filter(([, path]) => existsSync(join(source, path ?? '')));
  /** @param {string} name @param {string} path */
  const put = (name, path) => `put ${folder}/${name} "${quoted(suite.adapt(readFileSync(path, 'utf8'), name))}"`;
  /** @param {string} name */
  const putBytes = (name) =>
    `put ${folder}/${name} [binary decode base64 ${readFileSync(join(source, 'tests', name)).toString('base64')}] {-translation binary}`;
  const index = suite.packages.map(([name, version], i) => `package ifneeded ${name} ${version} [list source [file join $dir ${i}.tcl]]`);
  const script = [
    side === 'ours' ? suite.beforeOurs : '',
    'proc put {name text {how {-encoding utf-8 -translation lf}}} {file mkdir [file dirname $name]; set f [open $name w]; fconfigure $f {*}$how; puts -nonewline $f $text; close $f}',
    put('tcltest.tcl', join(tclSource, 'library/tcltest/tcltest.tcl')),
    ...parts.map(([name = '', path = '']) => put(name, join(source, path))),
    ...suite.bytes.map(putBytes),
    ...suite.packages.map(([, , path], i) => put(`lib/${i}.tcl`, join(tclSource, path))),
    `put ${folder}/lib/pkgIndex.tcl "${quoted(index.join('\n'))}"`,
    `lappend auto_path ${folder}/lib; set env(TCLLIBPATH) ${folder}/lib`,
    ...Object.entries(suite.programs).map(
      ([name, text]) =>
        `put ${folder}/program/${name} "${quoted(text)}"; set PROGRAM(${name}) [list [info nameofexecutable] ${folder}/program/${name}]`,
    ),
    'rename put {}',
    // The tclet that our master has.
    'foreach child [interp children] {safe::interpDelete $child}',
    `cd ${folder}`,
    `set argv {-verbose {body pass skip error} -tmpdir ${folder} ${suite.argv(folder)}}; set argc [llength $argv]; set argv0 ${folder}/${file}`,
    `package ifneeded tcltest 2.5.5 {source ${folder}/tcltest.tcl; package provide tcltest 2.5.5}; package require tcltest`,
    'namespace import -force ::tcltest::*',
    // tcltest would start a program in a read trace, and here what a trace runs cannot wait.
    'testConstraint stdio [eval [tcltest::ConstraintInitializer stdio]]',
    suite.beforeBoth,
    `source ${folder}/${file}`,
    // wish would stay.
    'exit',
  ].join('\n');
  const path = join(scratch, `${side}-${file}.tcl`);
  writeFileSync(path, script);
  return path;
}

/** Helper files of the suite, by their paths. @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(join(source, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

/** The inside of a quoted Tcl word. @param {string} text */
function quoted(text) {
  return text.replace(/[\\"$[\]{}]/g, '\\$&');
}

function allFiles() {
  return readdirSync(join(source, 'tests'))
    .filter((f) => f.endsWith('.test') && suite.runs(f.slice(0, -'.test'.length)))
    .sort();
}
