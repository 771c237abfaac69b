/** What the tools that run test suites of others share: fetching the suite, running a file of it, reading what tcltest said. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './setup.mjs';

const TIMEOUT = 120_000;

/**
 * What a test file ended with; `end` is the last line it printed.
 * @typedef {{ passed: Set<string>, failed: Map<string, string>, ended: boolean, end: string }} Outcome
 */

/** Runs a command in a folder and reads the report of tcltest. @param {string} command @param {readonly string[]} args @param {string} cwd @returns {Promise<Outcome>} */
export function outcome(command, args, cwd) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
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
  const passed = new Set([...out.matchAll(/^\+\+\+\+ (.+) PASSED$/gm)].map((m) => m[1] ?? ''));
  /** @type {Map<string, string>} */
  const failed = new Map();
  for (const m of out.matchAll(/^==== (\S+) [^\n]*FAILED\n([\s\S]*?)^==== \1 FAILED$/gm)) failed.set(m[1] ?? '', (m[2] ?? '').trim());
  for (const name of failed.keys()) passed.delete(name);
  return { passed, failed, ended: /:\tTotal\t/.test(out), end: out.trim().slice(-300) };
}

/** @param {readonly number[]} numbers */
export function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}

/** @param {{ passed: number, native: number } | undefined} row */
export function share({ passed = 0, native = 0 } = { passed: 0, native: 0 }) {
  return `${String(passed).padStart(6)} /${String(native).padStart(6)}${native === 0 ? '' : `${((100 * passed) / native).toFixed(1)} %`.padStart(10)}`;
}

/**
 * The folder of a Debian source package: the one that a variable of the environment names, or fetched with apt-get into .cache.
 * @param {string} name of the package @param {string} variable @param {string} mark a folder that is in it
 */
export function findSource(name, variable, mark) {
  const given = process.env[variable];
  if (given !== undefined) return given;
  const cache = join(ROOT, `.cache/${name}-source`);
  const unpacked = () => (existsSync(cache) ? readdirSync(cache).find((f) => existsSync(join(cache, f, mark))) : undefined);
  if (unpacked() === undefined) {
    say(`fetching the source package ${name}`);
    mkdirSync(cache, { recursive: true });
    const { status } = spawnSync('apt-get', ['source', name], { cwd: cache, stdio: 'inherit' });
    if (status !== 0) console.error(`apt-get source failed: set ${variable} to an unpacked folder, or enable deb-src`);
  }
  const found = unpacked();
  if (found === undefined) process.exit(1);
  return join(cache, found);
}
