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
