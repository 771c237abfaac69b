/** For tests: a tclet's cell and its page's gate, joined without a browser. Time passes when the tclet waits for it. */
import { makeGate, type TestGate, type TestGateOptions } from '../host/test-gate.ts';
import type { LogEntry } from '../protocol/host.ts';
import { type Cell, createCell } from '../safe/cell.ts';
import type { Completion } from '../tcl/command.ts';
import { formatList } from '../tcl/list-format.ts';
import { str } from '../tcl/value.ts';

export interface GatedTclet {
  readonly cell: Cell;
  readonly page: TestGate;
  readonly log: LogEntry[];
  readonly errors: string[];
  readonly exits: string[];
  /** Runs a script at the global level: `ok RESULT` or `error MESSAGE CODE`. */
  run(script: string): Promise<string>;
  /** Runs what is due, for so many turns of the page. */
  settle(turns?: number): Promise<void>;
}

export interface GatedTcletOptions extends TestGateOptions {
  readonly embedArgs?: readonly (readonly [string, string])[];
}

export function gatedTclet({ embedArgs = [], ...options }: GatedTcletOptions = {}): GatedTclet {
  const page = makeGate(options);
  const errors: string[] = [];
  const exits: string[] = [];
  let clock = 1000;
  const cell = createCell({
    now: () => clock,
    wallClock: () => clock,
    embedArgs,
    originUrl: 'https://tcl.example/demo/clock.tcl',
    limits: { timeMs: null, commands: null, memoryMb: 64 },
    ask: (request, done) => void page.gate.ask(structuredClone(request)).then(done),
    log: (entry) => page.log.push(entry),
    output: () => {},
    error: (e) => errors.push(e.message),
    exit: (_code, reason) => exits.push(reason),
  });
  const step = async (): Promise<void> => {
    const state = cell.machine.run(1000);
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (state.state !== 'more' && state.wakeAt !== null) clock = Math.max(clock, state.wakeAt);
  };
  return {
    cell,
    page,
    log: page.log,
    errors,
    exits,
    async run(script) {
      let done: Completion | null = null;
      cell.interp.queueScript(script, (c) => {
        done = c;
      });
      for (let n = 0; n < 2000 && done === null && !cell.ended; n++) await step();
      const c = done as Completion | null;
      if (c === null) return 'stopped';
      if (c.error === null) return `ok ${str(c.value)}`;
      return `error ${c.error.message} ${c.error.errorCode === null ? 'NONE' : formatList(c.error.errorCode)}`;
    },
    async settle(turns = 20) {
      for (let n = 0; n < turns; n++) await step();
    },
  };
}
