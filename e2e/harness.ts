/** Pages for tests: a tclet in a page under the strict policy, and what it did. An uncaught exception on the page fails the test. */
import { fileURLToPath } from 'node:url';
import { test as base, type CDPSession, expect, type Page } from '@playwright/test';
import { serve } from '../src/tools/serve.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const FIXTURES = fileURLToPath(new URL('./fixtures', import.meta.url));

export interface Tclet {
  readonly page: Page;
  /** Evaluates in the first applet; rejects with Tcl's message. */
  eval(script: string): Promise<string>;
  /** The element of a window. */
  at(path: string): ReturnType<Page['locator']>;
  /** Events so far: type and detail. */
  events(type: string): Promise<unknown[]>;
}

interface Fixtures {
  /** Opens a tclet. */
  readonly tclet: (source: string, attributes?: Record<string, string>) => Promise<Tclet>;
  readonly address: string;
}

export const test = base.extend<Fixtures>({
  address: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (e) => errors.push(String(e)));
    const server = await serve([DIST, FIXTURES]);
    await use(server.address);
    await server.close();
    expect(errors, 'uncaught exceptions on the page').toEqual([]);
  },
  tclet: async ({ page, address }, use) => {
    await use(async (source, attributes = {}) => {
      await page.goto(`${address}page.html`);
      await page.evaluate(
        async ([text, given]) => {
          const applet = document.createElement('tcl-applet');
          const seen: { type: string; detail: unknown }[] = [];
          (window as unknown as { seen: typeof seen }).seen = seen;
          for (const type of ['tcl-state', 'tcl-output', 'tcl-error', 'tcl-exit', 'tcl-log']) {
            applet.addEventListener(type, (e) => seen.push({ type, detail: (e as CustomEvent).detail }));
          }
          for (const [name, value] of Object.entries(given)) applet.setAttribute(name, value);
          applet.setAttribute('script', text);
          document.querySelector('main')?.append(applet);
          await customElements.whenDefined('tcl-applet');
        },
        [source, attributes] as const,
      );
      const applet: Tclet = {
        page,
        eval: (script) =>
          page.evaluate((s) => (document.querySelector('tcl-applet') as unknown as { eval(s: string): Promise<string> }).eval(s), script),
        at: (path) => page.locator(`[data-tk-path="${path}"]`),
        events: (type) =>
          page.evaluate(
            (t) =>
              (window as unknown as { seen: { type: string; detail: unknown }[] }).seen.filter((e) => e.type === t).map((e) => e.detail),
            type,
          ),
      };
      return applet;
    });
  },
});

/** Waits until the tclet's top-level script has run. */
export async function ready(t: Tclet): Promise<void> {
  await t.page.evaluate(() => (document.querySelector('tcl-applet') as unknown as { ready: Promise<void> }).ready);
}

export { expect };

/** The debugger's line to the page's only worker. */
export async function workerSession(page: Page): Promise<(method: string, params?: object) => Promise<unknown>> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const session = await new Promise<string>((done) => {
    cdp.on('Target.attachedToTarget', (e) => {
      if (e.targetInfo.type === 'worker') done(e.sessionId);
    });
    void cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  });
  let next = 1;
  const waiting = new Map<number, (answer: unknown) => void>();
  cdp.on('Target.receivedMessageFromTarget', (e) => {
    const m = JSON.parse(e.message) as { id?: number; result?: unknown };
    if (m.id !== undefined) waiting.get(m.id)?.(m.result);
  });
  return async (method, params = {}) => {
    const id = next++;
    const answer = new Promise<unknown>((done) => waiting.set(id, done));
    await cdp.send('Target.sendMessageToTarget', { sessionId: session, message: JSON.stringify({ id, method, params }) });
    return answer;
  };
}

/** What came of something, and meanwhile, in ms, the most that the page's thread worked between two beats of its heart, and the longest that two were apart. */
export interface Watched<T> {
  readonly result: T;
  readonly longest: number;
  readonly apart: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: when, how long, and how much of that the thread itself ran. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/**
 * Watches the page's heart, which is to beat every 10 ms, and adds up what its main thread does between one beat and the next. In the thread's own time, so that
 * nothing depends on what else the machine has to do; many small tasks in a row count as one large does.
 */
export async function watched<T>(page: Page, during: () => Promise<T>): Promise<Watched<T>> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  const heart = await page.evaluate(() => {
    const beat = (): void => {
      performance.mark('heart');
      performance.clearMarks('heart');
    };
    return window.setInterval(beat, 10);
  });
  const result = await during();
  await page.evaluate((timer) => clearInterval(timer), heart);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const beats = traceEvents.filter(({ name }) => name === 'heart');
  const { pid, tid } = beats[0]!;
  const tasks = traceEvents.filter((e) => e.pid === pid && e.tid === tid && e.ph === 'X' && e.name === 'ThreadControllerImpl::RunTask');
  const ended = [
    ...tasks.map(({ ts, dur = 0, tdur = 0 }) => ({ at: ts + dur, worked: tdur })),
    ...beats.map(({ ts }) => ({ at: ts, worked: -1 })),
  ];
  let longest = 0;
  let worked = 0;
  let begun = 0;
  for (const e of ended.sort((a, b) => a.at - b.at)) {
    if (e.worked < 0) [worked, begun] = [0, begun + 1];
    else longest = Math.max(longest, (worked += begun > 0 ? e.worked : 0));
  }
  const apart = Math.max(...beats.slice(1).map(({ ts }, i) => ts - beats[i]!.ts));
  return { result, longest: longest / 1000, apart: apart / 1000 };
}
