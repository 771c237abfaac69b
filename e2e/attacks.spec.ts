/**
 * The attacks of src/safe/attacks.ts on tclets in Chromium: each is said to end as in the table, the tclet answers the next eval unless it has ended, no
 * exception reaches the page, and the page's own heart beats on. A part of them again in the built command line.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { ATTACKS, type Attack, timeFor } from '../src/safe/attacks.ts';
import { quoteElement } from '../src/tcl/list-format.ts';
import { expect, test, watched } from './harness.ts';

interface Outcome {
  readonly heard: string;
  /** What the next eval came to. */
  readonly next: string;
  /** Internal errors in its log. */
  readonly faults: readonly string[];
}

interface Row {
  readonly script: string;
  readonly timeMs: number;
  /** It is to wait for ever. */
  readonly waits: boolean;
  /** One command that is refused: it leaves nothing behind. */
  readonly harmless: boolean;
}

interface Party {
  readonly policy: string | null;
  readonly rules: object;
  readonly tk: boolean;
  readonly rows: readonly Row[];
}

/** Runs each script, two at a time: those that leave nothing behind in one tclet after the other, each other one in a tclet of its own. */
function fight(page: Page, party: Party): Promise<Outcome[]> {
  return page.evaluate(async ({ policy, rules, tk, rows }) => {
    interface Applet extends HTMLElement {
      policies: unknown;
      readonly ready: Promise<void>;
      readonly state: string;
      readonly log: readonly { id: string; text: string }[];
      eval(script: string): Promise<string>;
    }
    const said = (value: string): string => `ok ${value}`;
    const failed = (e: unknown): string => {
      const { message, errorCode = '' } = e as { message: string; errorCode?: string };
      return `error ${message} ${errorCode}`;
    };
    const after = (ms: number, text: string): Promise<string> => new Promise((done) => setTimeout(done, ms, text));
    const begin = async (timeMs: number): Promise<Applet> => {
      const applet = document.createElement('tcl-applet') as Applet;
      const attributes = { script: 'set ready 1', width: '200', height: '100', 'limit-time': String(timeMs), 'limit-memory': '32' };
      for (const [name, value] of Object.entries(attributes)) applet.setAttribute(name, value);
      if (!tk) applet.setAttribute('tk', '0');
      if (policy !== null) {
        applet.setAttribute('policy', policy);
        applet.policies = { [policy]: rules };
      }
      document.querySelector('main')?.append(applet);
      await applet.ready;
      if (policy !== null) await applet.eval(`policy ${policy}`);
      return applet;
    };
    const outcomes: Outcome[] = [];
    let at = 0;
    const lane = async (): Promise<void> => {
      let shared: Applet | null = null;
      for (let i = at++; i < rows.length; i = at++) {
        const { script, timeMs, waits, harmless } = rows[i]!;
        if (harmless) shared ??= await begin(timeMs);
        const applet = (harmless && shared) || (await begin(timeMs));
        const heard = await Promise.race([applet.eval(script).then(said, failed), after(waits ? 300 : 2 * timeMs + 30_000, 'stopped')]);
        const next = await Promise.race([applet.eval('').then(said, failed), after(30_000, 'no answer')]);
        const faults = applet.log.filter(({ id }) => id === 'engine').map(({ text }) => text);
        outcomes[i] = { heard, next, faults };
        if (harmless && next === 'ok ') continue;
        applet.remove();
        if (harmless) shared = null;
      }
      shared?.remove();
    };
    await Promise.all([lane(), lane()]);
    return outcomes;
  }, party);
}

function matches(said: Attack[1], heard: string): boolean {
  const line = heard.split('\n')[0]!;
  return typeof said === 'string' ? line === said : said.test(line);
}

/** So many are watched at a time: what a browser notes down of its work is large. */
const WATCHED = 12;

/** A tclet for each takes its time: every so many rows are tried in the browser, or with ATTACKS=all in the environment all of them. */
const STRIDE = process.env['ATTACKS'] === 'all' ? 1 : 7;

for (const { title, tk = false, policy = null, rules = {}, rows: all } of ATTACKS) {
  const rows = all.filter((_, i) => i % STRIDE === 0);
  test(`attacks: ${title}`, async ({ page, address }) => {
    test.setTimeout(300_000);
    // By name: an address has no hosts below it, and no dot behind it.
    await page.goto(`${address.replace('127.0.0.1', 'localhost')}page.html`);
    await page.evaluate(() => customElements.whenDefined('tcl-applet').then(() => {}));
    // The home of a tclet written in the page is the page's folder: one that has something above it.
    await page.evaluate(() => history.pushState(null, '', '/demo/page.html'));
    const wrong: unknown[] = [];
    let longest = 0;
    for (let from = 0; from < rows.length; from += WATCHED) {
      const attacks = rows.slice(from, from + WATCHED).map(([script, said]) => ({
        script,
        timeMs: timeFor(said),
        waits: said === 'stopped',
        harmless:
          typeof said === 'string' &&
          /^error (?!(time|memory) limit)/.test(said) &&
          !/;|while|for|make|error[IC]|interp create|policy|namespace|after|history/.test(script),
      }));
      const watch = await watched(page, () => fight(page, { policy, rules, tk, rows: attacks }));
      longest = Math.max(longest, watch.longest);
      watch.result.forEach(({ heard, next, faults }, i) => {
        const [script, said] = rows[from + i]!;
        const lives = next === 'ok ' || heard === 'stopped' || /^error the tclet (has ended|does not run)/.test(next);
        // Its end is told as soon as it is decided: where much has to be taken down first, that comes before the answer.
        const ended = heard === 'error the tclet has ended ' && String(said).includes('IDELETE');
        if (!(ended || matches(said, heard)) || !lives || faults.length > 0)
          wrong.push({ script, said: String(said), heard: heard.slice(0, 300), next, faults });
      });
    }
    expect(wrong).toEqual([]);
    console.log(`${longest.toFixed(0)} ms of work between beats: ${title}`);
    expect(longest, 'the most that the page worked between two beats, in ms').toBeLessThan(100);
  });
}

/** Every so many rows are tried in the command line, a process each. */
const STEP = 16;
const TCLET = fileURLToPath(new URL('../dist/tclet.js', import.meta.url));

function commandLine(file: string, timeMs: number): Promise<string> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [TCLET, 'run', '--limit-time', String(timeMs), '--limit-memory', '32', file]);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.on('close', (code) => done(code === 0 ? out : `error ${err.split('\n')[0]}`));
  });
}

test('attacks in the built command line', async () => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'attacks-'));
  const rows = ATTACKS.filter(({ tk, policy, title }) => tk !== true && policy === undefined && !title.startsWith('quotas')).flatMap(
    (group) => group.rows,
  );
  const wrong: unknown[] = [];
  for (let i = 0; i < rows.length; i += STEP) {
    const [script, said] = rows[i]!;
    if (said === 'stopped') continue;
    const file = join(folder, `${i}.tcl`);
    // What prints is found by another name than any attack renames.
    writeFileSync(file, `::tcl::chan::puts stdout "ok [eval ${quoteElement(script)}]"`);
    const heard = await commandLine(file, timeFor(said));
    // An error's code is not printed.
    const line = heard.split('\n')[0]!;
    // A program that has ended says nothing.
    const ended = line === '' && String(said).includes('IDELETE');
    // A trace's own error comes first.
    const first = typeof said === 'string' ? said.replace(/^error can't (set|read) "\w+": /, 'error ') : '';
    const right =
      ended || (typeof said === 'string' ? [said, first].some((s) => s === line || s.startsWith(`${line} `)) : said.test(`${line} NONE`));
    if (!right) wrong.push({ script, said: String(said), heard: line.slice(0, 300) });
  }
  rmSync(folder, { recursive: true });
  expect(wrong).toEqual([]);
});
