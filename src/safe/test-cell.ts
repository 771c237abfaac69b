/**
 * For tests: a cell whose page stores scratch files and refuses the rest, and whose time passes when a script waits. The page's answers come later, in a turn of their own, as
 * those of a real one do.
 */
import { NullDisplay, TableMeasurer } from '../headless/null-display.ts';
import type { HostAnswer, HostRequest, LogEntry } from '../protocol/host.ts';
import type { Completion } from '../tcl/command.ts';
import { LimitError } from '../tcl/errors.ts';
import { formatList } from '../tcl/list-format.ts';
import { str, type Value } from '../tcl/value.ts';
import { createTk } from '../tk/create.ts';
import { type Cell, type CellOptions, createCell } from './cell.ts';

export interface TestCell {
  readonly cell: Cell;
  readonly log: LogEntry[];
  readonly printed: [string, string][];
  readonly errors: string[];
  readonly exits: [number, string][];
  readonly asked: HostRequest[];
  clock: number;
  /** Runs a script at the global level; `ok RESULT` or `error MESSAGE CODE`; `stopped` when it never came to an end. */
  run(script: string): string;
  settle(): void;
}

export function makeCell(options: Partial<CellOptions> = {}): TestCell {
  const later: (() => void)[] = [];
  const test: Omit<TestCell, 'cell' | 'run' | 'settle'> = { log: [], printed: [], errors: [], exits: [], asked: [], clock: 1000 };
  const cell = createCell({
    now: () => test.clock,
    wallClock: () => test.clock,
    embedArgs: [
      ['SRC', 'clock.tcl'],
      ['width', '200'],
      ['height', '100'],
      ['embed_mode', 'embed'],
    ],
    originUrl: 'https://tcl.example/demo/clock.tcl',
    limits: { timeMs: null, commands: null, memoryMb: null },
    ask: (request: HostRequest, done: (answer: HostAnswer) => void) => {
      test.asked.push(request);
      later.push(() => {
        if (!request.op.startsWith('scratch-')) done({ ok: false, message: 'permission denied' });
        else done({ ok: true, value: request.op === 'scratch-open' ? new Uint8Array(0) : '' });
      });
    },
    log: (entry) => test.log.push(entry),
    output: (channel, text) => test.printed.push([channel, text]),
    error: (e) => test.errors.push(e.message),
    exit: (code, reason) => test.exits.push([code, reason]),
    ...options,
  });
  /** One slice and what the page has to say; false when nothing is left to do. */
  const step = (): boolean => {
    const state = cell.machine.run(1000);
    const answers = later.splice(0);
    for (const answer of answers) answer();
    if (state.state === 'more' || answers.length > 0) return true;
    if (state.wakeAt === null) return false;
    test.clock = Math.max(test.clock, state.wakeAt);
    return true;
  };
  return Object.assign(test, {
    cell,
    run(script: string) {
      let done: Completion | null = null;
      cell.interp.queueScript(script, (c) => {
        done = c;
      });
      for (let n = 0; n < 10_000 && done === null && step(); n++);
      const c = done as Completion | null;
      if (c === null) return 'stopped';
      if (c.error === null) return said(c.value);
      return `error ${c.error.message} ${c.error.errorCode === null ? 'NONE' : formatList(c.error.errorCode)}`;
    },
    settle() {
      for (let n = 0; n < 10_000 && step(); n++);
    },
  });
}

/** A list may be too long for a text. */
function said(value: Value): string {
  try {
    return `ok ${str(value)}`;
  } catch (e) {
    if (e instanceof LimitError) return `error ${e.message} ${formatList(e.errorCode!)}`;
    throw e;
  }
}

/** The same with Tk, its main window 200 by 100. */
export function makeTkCell(options: Partial<CellOptions> = {}): TestCell {
  const test = makeCell(options);
  const app = createTk(test.cell.interp, {
    measurer: new TableMeasurer(),
    sink: new NullDisplay(true).take,
    size: { width: 200, height: 100 },
  });
  test.cell.tkReady(app);
  test.settle();
  return test;
}
