/**
 * The worker's entry: takes what it needs of the platform, locks the rest away, and joins language, cell and toolkit to the port.
 * Nothing of a tclet is parsed before `lockdown` has run.
 */
import './hello.ts';
import type { DisplayBatch } from '../protocol/display.ts';
import { type LogEntry, logText } from '../protocol/host.ts';
import { MAX_ARGS, MAX_ENTRIES, MAX_TEXT, type StartConfig, type ToPage, type ToWorker } from '../protocol/messages.ts';
import type { PartName } from '../protocol/parts.ts';
import { type Cell, createCell } from '../safe/cell.ts';
import { ARGV0 } from '../safe/safe-interp.ts';
import { attempt, evalStep, waitStep } from '../tcl/command.ts';
import { setScriptFile } from '../tcl/commands/script-file.ts';
import { TclError } from '../tcl/errors.ts';
import { formatList } from '../tcl/list-format.ts';
import { internalErrors } from '../tcl/run.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from '../tk/app.ts';
import { createTk } from '../tk/create.ts';
import { loadWith } from './later.ts';
import { lockdown } from './lockdown.ts';
import { canvasMeasurer } from './measurer.ts';
import { partLoader } from './part-loader.ts';
import { makeScheduler, type Platform, type Scheduler } from './scheduler.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const send = scope.postMessage.bind(scope);
const post = (message: ToPage, transfer: Transferable[] = []): void => {
  sendGathered();
  send(message, transfer);
};

/** What was printed or logged and has not been sent: a message a word would keep the page from everything else. Never behind what was said later. */
let printed: { channel: 'stdout' | 'stderr'; text: string } | null = null;
let logged: LogEntry[] = [];
const MOST_PRINTED = 10_000;

function sendGathered(): void {
  if (printed !== null) send({ kind: 'output', ...printed } satisfies ToPage);
  if (logged.length > 0) send({ kind: 'log', entries: logged } satisfies ToPage);
  printed = null;
  logged = [];
}

function gathering(): void {
  if (printed === null && logged.length === 0) platform.soon(sendGathered);
}

function print(channel: 'stdout' | 'stderr', text: string): void {
  if (logged.length > 0 || (printed !== null && (printed.channel !== channel || printed.text.length > MOST_PRINTED))) sendGathered();
  gathering();
  printed = { channel, text: (printed?.text ?? '') + text };
}

/** What security says is sent at once, whatever happens to the worker. */
function log(entry: LogEntry): void {
  gathering();
  logged.push(entry);
  if (entry.kind === 'SECURITY' || logged.length === MAX_ENTRIES) sendGathered();
}

function logProblem(text: string): void {
  log({ kind: 'ERROR', time: platform.wallClock(), id: 'engine', text: logText(text) });
}

const measurer = canvasMeasurer();
const platform = takePlatform();
const listen = scope.addEventListener.bind(scope);
const loadPart = partLoader(scope);

lockdown(scope);
loadWith(loadOnDemand);
// A bug of ours ends one command with `internal error`, not the tclet; the page's log has what it was.
internalErrors.report = (e) => {
  logProblem(`internal error: ${e instanceof Error ? `${e.message} ${e.stack ?? ''}` : String(e)}`);
};
listen('message', (e: MessageEvent) => receive(e.data as ToWorker));

/** Milliseconds spent waiting for parts: not the tclet's, so its clock stands still meanwhile. */
let waited = 0;

/** Loads a part. A failure is the script's error, who may try again, and is told to the page. */
function loadOnDemand(part: PartName): ReturnType<typeof loadPart> {
  const since = platform.now();
  post({ kind: 'loading' });
  try {
    return loadPart(part);
  } catch (e) {
    const text = `can't load ${part}.js: ${e instanceof Error ? e.message : String(e)}`;
    logProblem(text);
    throw new TclError(text, ['TCLET', 'LIBRARY']);
  } finally {
    waited += platform.now() - since;
  }
}

/** Clock and timers, held where only this module can reach them. */
function takePlatform(): Platform & { wallClock(): number } {
  const clock = performance.now.bind(performance);
  const timeout = setTimeout.bind(scope);
  const clear = clearTimeout.bind(scope);
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return {
    now: () => clock() - waited,
    wallClock: Date.now,
    soon: (fn) => {
      waiting.push(fn);
      channel.port2.postMessage(null);
    },
    setTimer: (fn, ms) => timeout(fn, Math.min(ms, 2_000_000_000)),
    clearTimer: clear,
  };
}

/** Questions to the page, by id, and who waits for the answer. */
const asked = new Map<number, (answer: never) => void>();
let nextQuestion = 1;

function ask<T>(hear: (answer: T) => void, make: (id: number) => ToPage): void {
  asked.set(nextQuestion, hear);
  post(make(nextQuestion++));
}

function answer<T>(id: number, given: T): void {
  const hear = asked.get(id) as ((answer: T) => void) | undefined;
  asked.delete(id);
  hear?.(given);
  running?.scheduler.kick();
}

interface Running {
  readonly cell: Cell;
  readonly app: TkApp | null;
  readonly scheduler: Scheduler;
}

let running: Running | null = null;

function receive(m: ToWorker): void {
  switch (m.kind) {
    case 'start':
      start(m.config);
      return;
    case 'ping':
      post({ kind: 'pong', id: m.id });
      return;
    case 'eval':
      evaluate(m.id, m.script);
      return;
    case 'alias':
      if (running !== null) addAlias(running.cell, m.name);
      return;
    case 'lend':
      running?.cell.lend(m.name, m.pipe, m.mode);
      return;
    case 'take-back':
      takeBack(m.name);
      return;
    case 'alias-answer':
      answer(m.id, m.ok ? m.value : new TclError(m.value));
      return;
    case 'host-answer':
      answer(m.id, m.answer);
      return;
    case 'input':
      running?.app?.input(m.event);
      running?.scheduler.kick();
      return;
    case 'drawn':
      running?.app?.outbox.shown();
      running?.scheduler.kick();
      return;
    case 'pause':
      running?.scheduler.pause(m.on);
      return;
    case 'more-time':
      running?.scheduler.moreTime();
  }
}

/** The page says `drawn` when a batch has been painted. */
function show(batch: DisplayBatch): boolean {
  post({ kind: 'display', batch }, [...batch.transfer]);
  return true;
}

function start(config: StartConfig): void {
  if (running !== null) return;
  const cell = createCell({
    now: platform.now,
    wallClock: platform.wallClock,
    embedArgs: config.embedArgs,
    originUrl: config.originUrl,
    limits: config.limits,
    ask: (request, done) => ask(done, (id) => ({ kind: 'ask', id, request })),
    log,
    output: print,
    error: (e) => post({ kind: 'error', message: cut(e.message), ...errorTexts(e) }),
    exit: (code, reason) => post({ kind: 'exit', code, reason }),
  });
  const scheduler = makeScheduler(cell.machine, platform, (ms) => post({ kind: 'busy', ms }));
  cell.machine.onWork = () => scheduler.kick();
  const size = config.width !== null && config.height !== null ? { width: config.width, height: config.height } : null;
  const app = config.tk ? createTk(cell.interp, { measurer, size, sink: show }) : null;
  if (app !== null) cell.tkReady(app);
  running = { cell, app, scheduler };
  for (const name of config.aliases) addAlias(cell, name);
  runScripts(cell, config.scripts);
  scheduler.kick();
}

/** The top-level scripts, one after the other; an error in one is reported and ends the rest. */
function runScripts(cell: Cell, scripts: readonly string[]): void {
  const { interp } = cell;
  interp.events.queue('host', function* () {
    // As where a file is run: `if {[info script] eq $argv0} main` is what many programs end with.
    setScriptFile(interp, ARGV0, false);
    try {
      for (const script of scripts) {
        const c = yield* attempt(evalStep(interp.globalFrame, script));
        if (c.error !== null) {
          interp.backgroundError(c.error);
          break;
        }
      }
    } finally {
      setScriptFile(interp, '');
      // Also when a limit ended them: the tclet may live on.
      post({ kind: 'ready' });
    }
  });
}

function evaluate(id: number, script: string): void {
  if (running === null) {
    post({ kind: 'eval-answer', id, ok: false, value: 'the tclet does not run', errorInfo: '', errorCode: 'NONE' });
    return;
  }
  running.cell.interp.queueScript(script, ({ error, value }) => {
    if (error !== null) {
      post({ kind: 'eval-answer', id, ok: false, value: cut(error.message), ...errorTexts(error) });
      return;
    }
    const text = sendable(value);
    const ok = text !== null;
    post({ kind: 'eval-answer', id, ok, value: text ?? TOO_LONG, errorInfo: ok ? '' : TOO_LONG, errorCode: 'NONE' });
  });
  running.scheduler.kick();
}

const TOO_LONG = 'too long to be sent to the page';

/** The text of a value, or null when the page would not take it (a list may be longer than any string can be). */
function sendable(value: Value): string | null {
  try {
    const text = str(value);
    return text.length <= MAX_TEXT ? text : null;
  } catch (e) {
    if (e instanceof RangeError || e instanceof TclError) return null;
    throw e;
  }
}

function cut(text: string): string {
  return text.slice(0, MAX_TEXT);
}

function errorTexts({ message, errorInfo, errorCode }: TclError): { errorInfo: string; errorCode: string } {
  return { errorInfo: cut(errorInfo ?? message), errorCode: errorCode === null ? 'NONE' : cut(formatList(errorCode)) };
}

function tooLong(): never {
  throw new TclError(`arguments are ${TOO_LONG}`);
}

/** A channel that was lent, or a command that the page answers. */
function takeBack(name: string): void {
  if (running === null) return;
  const { cell } = running;
  cell.takeBack(name);
  const command = aliases.get(name);
  if (command !== undefined) cell.interp.deleteCommand(command);
  running.scheduler.kick();
}

/** What the page answers, by name as the page gave it: a tclet may have renamed the command. */
const aliases = new Map<string, ReturnType<Cell['interp']['createCommand']>>();

/** A command that the page answers: strings out, a string back, the script waiting meanwhile. */
function addAlias(cell: Cell, name: string): void {
  const { interp } = cell;
  const qualified = name.lastIndexOf('::');
  if (qualified > 0) interp.makeNamespace(name.slice(0, qualified), interp.globalNs);
  const command = interp.createCommand(name, {
    *script(_interp, words) {
      let room = MAX_TEXT;
      const args = words.slice(1).map((word) => {
        const text = sendable(word) ?? tooLong();
        room -= text.length;
        return room < 0 ? tooLong() : text;
      });
      if (args.length > MAX_ARGS) tooLong();
      return yield waitStep('host', (resume) => ask(resume, (id) => ({ kind: 'alias-call', id, name, args })));
    },
    onDelete: () => {
      if (aliases.get(name) === command) aliases.delete(name);
    },
  });
  aliases.set(name, command);
}
