/** What `npm start` and `npm test` do first: installs what is locked, finds a Chromium. Plain Node, since nothing is installed yet. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string} text */
export function say(text) {
  console.log(`\n== ${text}`);
}

/**
 * Runs a command with our output; gives its exit code.
 * @param {string} command @param {readonly string[]} args @param {Record<string, string>} [env]
 */
export function run(command, args, env = {}) {
  const r = spawnSync(command, [...args], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  if (r.error) throw r.error;
  return r.status ?? 1;
}

/** A program of an installed package. @param {string} name */
export function bin(name) {
  return join(ROOT, 'node_modules', '.bin', name);
}

/** Installs the locked packages unless they are there already. */
export function ensurePackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const mark = join(ROOT, 'node_modules', '.installed-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  say('installing the packages that package-lock.json names (npm ci)');
  if (run('npm', ['ci', '--no-audit', '--no-fund']) !== 0) {
    console.error('npm ci failed: see above');
    process.exit(1);
  }
  mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
  writeFileSync(mark, lock);
}

/** Where a Chromium may be. @returns {string | null} */
export function lookForChromium() {
  const named = process.env['CHROMIUM'];
  if (named) {
    if (existsSync(named)) return named;
    console.error(`CHROMIUM names ${named}, which does not exist`);
    process.exit(1);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  for (const dir of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) if (existsSync(join(dir, name))) return join(dir, name);
  }
  for (const app of ['/Applications', join(homedir(), 'Applications')]) {
    for (const path of ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium']) {
      if (existsSync(join(app, path))) return join(app, path);
    }
  }
  return playwrightChromium();
}

/** The one that Playwright installs for itself, if it has. @returns {string | null} */
function playwrightChromium() {
  const path = createRequire(import.meta.url)('playwright').chromium.executablePath();
  return existsSync(path) ? path : null;
}

/** Finds a Chromium or installs one. Gives its path, or ends the process with advice. @returns {string} */
export function ensureChromium() {
  let found = lookForChromium();
  if (found !== null) {
    say(`tests run in ${found}`);
    return found;
  }
  const isRoot = process.getuid?.() === 0;
  const sudo = !isRoot && spawnSync('sudo', ['-n', 'true']).status === 0;
  if (process.platform === 'linux' && (isRoot || sudo) && spawnSync('apt-get', ['--version']).status === 0) {
    say('no Chromium found: installing the chromium package with apt-get');
    const apt = isRoot ? [] : ['sudo', '-n'];
    const sh = [...apt, 'apt-get'];
    run(sh[0] ?? 'apt-get', [...sh.slice(1), 'update']);
    run(sh[0] ?? 'apt-get', [...sh.slice(1), 'install', '-y', 'chromium']);
    found = lookForChromium();
  }
  if (found === null) {
    say('no Chromium found: letting Playwright install one (npx playwright install chromium)');
    run(bin('playwright'), ['install', 'chromium']);
    found = lookForChromium();
  }
  if (found === null) {
    console.error('No Chromium could be found or installed. Install one, or set CHROMIUM to its path.');
    process.exit(1);
  }
  return found;
}
