/**
 * `npm run fuzz -- words|wire|tcl|safe [COUNT] [SEED]`: hostile words at every command, random messages at the gate, random programs beside tclsh8.6,
 * and these in safe interpreters (COUNT calls, messages or programs; the same SEED makes the same ones). The first two run in a thread that is watched: what does not come back
 * is a finding too. Prints each finding as it comes; exits 1 when there was one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { ensurePackages, ROOT, run } from './setup.mjs';

/** Room for the text of what runs now, which a thread that hangs cannot tell any more. */
const MAX_TEXT = 100_000;
const HANG_MS = 20_000;
const PROGRAMS_A_FILE = 100;
const COUNTS = { words: 100_000, wire: 1_000_000, tcl: 10_000, safe: 10_000 };
const FUZZERS = join(ROOT, '.cache/fuzzers.js');

if (isMainThread) await main();
else await task();

async function main() {
  const [kind = '', count, seed] = process.argv.slice(2);
  if (!(kind in COUNTS)) {
    console.error('usage: npm run fuzz -- words|wire|tcl|safe [COUNT] [SEED]');
    process.exit(1);
  }
  ensurePackages();
  await bundle();
  const n = Number(count ?? COUNTS[/** @type {keyof typeof COUNTS} */ (kind)]);
  const from = Number(seed ?? (Date.now() % 1_000_000) + 1);
  console.log(`${kind}: ${n} from seed ${from}`);
  const found = kind === 'tcl' || kind === 'safe' ? await compare(n, from, kind === 'safe') : await watch(kind, n, from);
  process.exit(found === 0 ? 0 : 1);
}

async function bundle() {
  const { build, loadConfigFromFile } = await import('vite');
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(ROOT, 'vite.config.ts'));
  const config = /** @type {{ fuzzers?: import('vite').InlineConfig } | undefined} */ (loaded?.config);
  await build({ ...config?.fuzzers, logLevel: 'error' });
}

// ---- In a thread

/** Runs so many in a thread, and again in a new one when it hangs. @param {string} kind @param {number} count @param {number} seed */
async function watch(kind, count, seed) {
  const begin = performance.now();
  let found = 0;
  let done = 0;
  for (let part = 0; done < count; part++) {
    const shared = new SharedArrayBuffer(16 + MAX_TEXT);
    const words = new Int32Array(shared, 0, 4);
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { kind, count: count - done, seed: seed + part, shared } });
    const report = await new Promise((end) => {
      let last = -1;
      let since = performance.now();
      const timer = setInterval(() => {
        const now = Atomics.load(words, 0);
        if (now !== last) {
          last = now;
          since = performance.now();
        } else if (performance.now() - since > HANG_MS) {
          finish({ calls: now, note: '' });
          tell({ script: textOf(shared), what: `did not come back within ${HANG_MS / 1000} s` });
        }
      }, 500);
      const finish = (/** @type {{ calls: number, note: string }} */ r) => {
        clearInterval(timer);
        void worker.terminate();
        end(r);
      };
      const tell = (/** @type {{ script: string, what: string }} */ { script, what }) => {
        found++;
        console.log(`--- ${script.slice(0, 1000)}\n    ${what.split('\n').slice(0, 6).join('\n    ')}`);
      };
      worker.on('message', (m) => ('what' in m ? tell(m) : finish(m)));
      worker.on('error', (e) => {
        tell({ script: textOf(shared), what: `the thread ended: ${e.stack}` });
        finish({ calls: Atomics.load(words, 0), note: '' });
      });
    });
    done += Math.max(1, report.calls);
    if (report.note !== '') console.log(report.note);
  }
  console.log(`${done} in ${((performance.now() - begin) / 1000).toFixed(0)} s, ${found} findings`);
  return found;
}

/** @param {SharedArrayBuffer} shared */
function textOf(shared) {
  const length = new Int32Array(shared, 0, 4)[1] ?? 0;
  return Buffer.from(new Uint8Array(shared, 16, length)).toString('utf8');
}

async function task() {
  const { kind, count, seed, shared } = workerData;
  const fuzzers = await import(pathToFileURL(FUZZERS).href);
  const words = new Int32Array(shared, 0, 4);
  const bytes = new Uint8Array(shared, 16);
  const encoder = new TextEncoder();
  const watcher = {
    /** @param {string} text */
    begins(text) {
      words[1] = encoder.encodeInto(text.slice(0, MAX_TEXT / 4), bytes).written;
      Atomics.add(words, 0, 1);
    },
    /** @param {object} finding */
    finds(finding) {
      parentPort?.postMessage(finding);
    },
  };
  const fuzzer = kind === 'words' ? new fuzzers.WordsFuzzer(seed, watcher) : new fuzzers.WireFuzzer(seed, watcher);
  const { calls, note } = await fuzzer.run(count);
  parentPort?.postMessage({ calls, note });
}

// ---- Beside tclsh

/** @param {number} count @param {number} seed @param {boolean} safe */
async function compare(count, seed, safe) {
  const { comparison, ProgramMaker } = await import(pathToFileURL(FUZZERS).href);
  const tclet = join(ROOT, 'dist/tclet.js');
  if (!existsSync(tclet) && run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const file = join(ROOT, '.cache/programs.tcl');
  let statements = 0;
  let programs = 0;
  /** @type {Map<string, number>} */
  const kinds = new Map();
  let found = 0;
  let lost = 0;
  for (let at = 0; at < count; at += PROGRAMS_A_FILE) {
    /** @type {string[][]} */
    const made = Array.from({ length: Math.min(PROGRAMS_A_FILE, count - at) }, (_, i) => new ProgramMaker(seed + at + i).program());
    writeFileSync(file, comparison(made, safe));
    const [ours, native] = await Promise.all([records(process.execPath, [tclet, 'run', '--trusted', file]), records('tclsh8.6', [file])]);
    for (const [i, program] of made.entries()) {
      programs++;
      const a = ours.get(String(i)) ?? [];
      const b = native.get(String(i)) ?? [];
      statements += b.length;
      // Some expressions are more than tclsh lives through.
      if (b.length < program.length) {
        lost++;
        continue;
      }
      const k = program.findIndex((_, n) => a[n] === undefined || a[n]?.join('\n') !== b[n]?.join('\n'));
      if (k < 0) continue;
      const what =
        a[k] === undefined || b[k] === undefined
          ? 'end'
          : (['code', 'result', 'errorCode', 'errorInfo', 'errorStack'][b[k].findIndex((f, n) => f !== a[k]?.[n])] ?? '');
      kinds.set(what, (kinds.get(what) ?? 0) + 1);
      found++;
      console.log(
        `--- ${what}, seed ${seed + at + i}, statement ${k}\n${program[k]}\n    ours   ${shown(a[k], what)}\n    native ${shown(b[k], what)}`,
      );
    }
  }
  console.log(
    `${programs} programs, ${statements} statements, ${lost} lost by tclsh, ${found} differ: ${[...kinds].map(([k, n]) => `${k} ${n}`).join(', ')}`,
  );
  return statements === 0 ? 1 : found;
}

/** @param {readonly string[] | undefined} record @param {string} what */
function shown(record, what) {
  if (record === undefined) return 'nothing';
  const field = ['errorInfo', 'errorStack'].indexOf(what);
  return (field < 0 ? record.slice(0, 3).join(' | ') : (record[3 + field] ?? '')).slice(0, 600);
}

/** What a run printed of each program. @param {string} command @param {readonly string[]} args @returns {Promise<Map<string, string[][]>>} */
function records(command, args) {
  return new Promise((done) => {
    const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    /** @type {Buffer[]} */
    const out = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), 6 * HANG_MS);
    child.on('error', (e) => {
      console.error(`${command}: ${e.message}`);
      process.exit(1);
    });
    child.on('close', () => {
      clearTimeout(timer);
      /** @type {Map<string, string[][]>} */
      const programs = new Map();
      for (const line of Buffer.concat(out).toString('utf8').split('\n')) {
        const [number = '', , ...fields] = line.split('\x1f');
        programs.set(number, [...(programs.get(number) ?? []), fields]);
      }
      done(programs);
    });
  });
}
