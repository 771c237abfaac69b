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

/** Waits until a window has the keyboard on the page, where its worker gave it that: an answer of eval may come before the page has drawn. */
export async function hasKeyboard(t: Tclet, path: string): Promise<void> {
  await expect.poll(() => t.at(path).evaluate((e) => e.contains((e.getRootNode() as ShadowRoot).activeElement)), path).toBe(true);
}

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

/** What came of something, and what the page did meanwhile; ms. */
export interface Watched<T> {
  readonly result: T;
  /** The most that the page's thread worked between two beats of its heart. */
  readonly longest: number;
  /** The longest that two beats were apart, by the clock. */
  readonly apart: number;
  /** Beats that the thread's work left time for in a second, as if nothing else had kept it from them. */
  readonly rate: number;
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

/** A screen's. */
const FRAME_MS = 1000 / 60;

/**
 * Watches the page's heart, which is to beat every 10 ms, or once a frame, and adds up what its main thread does between one beat and the next. In the thread's own time, so that
 * nothing depends on what else the machine has to do; many small tasks in a row count as one large does.
 */
export async function watched<T>(page: Page, during: () => Promise<T>, each: 'frame' | '10 ms' = '10 ms'): Promise<Watched<T>> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate((each) => {
    const heart = { stop: (): void => {} };
    const beat = (): void => {
      performance.mark('heart');
      performance.clearMarks('heart');
    };
    const frame = (): void => {
      beat();
      const next = requestAnimationFrame(frame);
      heart.stop = () => cancelAnimationFrame(next);
    };
    if (each === 'frame') frame();
    else {
      const timer = setInterval(beat, 10);
      heart.stop = () => clearInterval(timer);
    }
    Object.assign(window, { heart });
  }, each);
  const result = await during();
  // Until it has beaten once more: what was done last counts, too.
  await page.evaluate(async () => {
    await new Promise((done) => setTimeout(done, 50));
    (window as unknown as { heart: { stop(): void } }).heart.stop();
  });
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const beats = traceEvents.filter(({ name }) => name === 'heart');
  const { pid, tid } = beats[0]!;
  const tasks = traceEvents.filter((e) => e.pid === pid && e.tid === tid && e.ph === 'X' && e.name === 'ThreadControllerImpl::RunTask');
  const ended = [
    ...tasks.map(({ ts, dur = 0, tdur = 0 }) => ({ at: ts + dur, worked: tdur })),
    ...beats.map(({ ts }) => ({ at: ts, worked: -1 })),
  ];
  // A number for each time between two beats, and one for what came before the first.
  const works = [0];
  for (const e of ended.sort((a, b) => a.at - b.at)) {
    if (e.worked < 0) works.push(0);
    else works[works.length - 1]! += e.worked / 1000;
  }
  const between = works.slice(1);
  const apart = Math.max(...beats.slice(1).map(({ ts }, i) => (ts - beats[i]!.ts) / 1000));
  const rate = (1000 * between.length) / between.reduce((sum, ms) => sum + Math.max(ms, FRAME_MS), 0);
  return { result, longest: Math.max(...between), apart, rate };
}
