/**
 * For tests: an application on a display that shows nothing, whose clock stands still unless a script waits, and batteries of scripts whose
 * outcomes were recorded from wish8.6. A battery is a JSON file of `[script, outcome]`; each script runs in an application of its own. With
 * RECORD=1 in the environment the outcomes are recorded anew (needs wish8.6 and xvfb-run) instead of compared.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NullDisplay, TableMeasurer } from '../headless/null-display.ts';
import type { Completion } from '../tcl/command.ts';
import { coreRows } from '../tcl/commands/index.ts';
import { EventQueue } from '../tcl/events.ts';
import { TclInterp } from '../tcl/interp.ts';
import { Machine } from '../tcl/machine.ts';
import { str } from '../tcl/value.ts';
import type { TkApp, TkOptions } from './app.ts';
import { createTk } from './create.ts';

export interface TestApp {
  readonly app: TkApp;
  readonly interp: TclInterp;
  readonly display: NullDisplay;
  /** Messages of background errors that no `bgerror` heard, with their errorInfo. */
  readonly errors: { message: string; info: string }[];
  /** Runs a script to its end, time passing as it waits; answers its result, or throws an Error with its message. */
  run(script: string): string;
  /** Handles all that is ready or becomes ready within `ms`. */
  settle(ms?: number): void;
}

export function makeApp(options: Partial<TkOptions> & { safe?: boolean } = {}): TestApp {
  let now = 1000;
  const events = new EventQueue({ now: () => now, wallClock: () => now });
  const interp = new TclInterp({ rows: coreRows, events, safe: options.safe ?? false });
  const display = new NullDisplay(true);
  const errors: TestApp['errors'] = [];
  interp.onBackgroundError = (e) => errors.push({ message: e.message, info: e.errorInfo ?? '' });
  const machine = new Machine(interp);
  const app = createTk(interp, { measurer: new TableMeasurer(), sink: display.take, size: null, ...options });

  /** One slice; false when nothing is left to do before `limit`. */
  const step = (limit: number): boolean => {
    const state = machine.run(1000);
    if (state.state === 'more') return true;
    if (state.wakeAt === null || state.wakeAt > limit) return false;
    now = Math.max(now, state.wakeAt);
    return true;
  };
  return {
    app,
    interp,
    display,
    errors,
    run(script) {
      let done: Completion | null = null;
      interp.queueScript(script, (c) => {
        done = c;
      });
      while (done === null) {
        const more = step(now + 60_000);
        if (!more && done === null) throw new Error(`the script waits for ever: ${script}`);
      }
      const c = done as Completion;
      if (c.error) throw new Error(c.error.message);
      return str(c.value);
    },
    settle(ms = 0) {
      const limit = now + ms;
      while (step(limit)) {}
      now = Math.max(now, limit);
    },
  };
}

/** What came of a script: its result, or `error: ` and the message. */
export function outcome(script: string, options: Parameters<typeof makeApp>[0] = {}): string {
  try {
    return makeApp(options).run(script);
  } catch (e) {
    return `error: ${(e as Error).message}`;
  }
}

/** What wish8.6 makes of a script, in a process of its own on a screen of 96 dots an inch. */
function wish(script: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'wish-'));
  try {
    writeFileSync(join(dir, 'script'), script);
    writeFileSync(join(dir, 'tk'), WISH);
    const run = spawnSync('xvfb-run', ['-a', '-s', '-screen 0 1280x1024x24 -dpi 96', 'wish8.6', join(dir, 'tk'), join(dir, 'script')], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (run.status !== 0) throw new Error(`wish8.6 failed: ${run.stderr}`);
    return run.stdout;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
const WISH = `
  tk appname tk
  fconfigure stdout -encoding utf-8 -translation lf
  set f [open [lindex $argv 0]]
  fconfigure $f -encoding utf-8
  proc bgerror args {}
  if {[catch {uplevel #0 [read $f]} m]} {set m "error: $m"}
  puts -nonewline $m
  exit
`;

/** Makes a test of each script of `testdata/NAME.json`. */
export function battery(name: string): void {
  const file = new URL(`./testdata/${name}.json`, import.meta.url);
  const cases: [string, string][] = JSON.parse(readFileSync(file, 'utf8'));
  if (process.env['RECORD'] !== undefined) {
    const lines = cases.map(([script]) => JSON.stringify([script, wish(script)]));
    writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
  }
  for (const [script, expected] of cases) test(`${name}: ${script}`, () => expect(outcome(script)).toBe(expected));
}
