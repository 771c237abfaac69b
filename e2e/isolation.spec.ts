/** The worker, seen from inside with the debugger's eyes: what an escape from the interpreter would find (DESIGN section 2). */
import type { Page } from '@playwright/test';
import { expect, ready, test, workerSession } from './harness.ts';

/** Evaluates JavaScript in the page's only worker, as code that broke out of the interpreter would. */
async function insideWorker(page: Page): Promise<(expression: string) => Promise<unknown>> {
  const send = await workerSession(page);
  return async (expression) => {
    const answer = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    const { result, exceptionDetails } = answer as {
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string } };
    };
    return exceptionDetails === undefined ? result.value : `threw ${exceptionDetails.exception?.description?.split('\n')[0] ?? ''}`;
  };
}

const GONE = [
  'fetch',
  'indexedDB',
  'importScripts',
  'WebSocket',
  'Worker',
  'SharedWorker',
  'eval',
  'Function',
  'XMLHttpRequest',
  'EventSource',
  'WebTransport',
  'caches',
  'BroadcastChannel',
  'MessageChannel',
  'MessagePort',
  'navigator',
  'location',
  'postMessage',
  'close',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'trustedTypes',
  'crypto',
  'FileReader',
  'FileReaderSync',
  'RTCPeerConnection',
  'OffscreenCanvas',
  'createImageBitmap',
  'Blob',
  'URL',
  'Notification',
  'addEventListener',
  'onmessage',
  'fonts',
  'scheduler',
  'cookieStore',
];

test('the origin is opaque, and what gives power is gone before a tclet begins', async ({ tclet }) => {
  const t = await tclet('set x 1');
  await ready(t);
  expect(await t.page.evaluate(() => (document.querySelector('tcl-applet') as unknown as { isolation: string }).isolation)).toBe('opaque');
  expect(t.page.workers()[0]?.url()).toMatch(/^data:/);
  const js = await insideWorker(t.page);
  const left = [];
  for (const name of GONE) {
    if ((await js(`typeof ${name}`)) !== 'undefined') left.push(name);
    if ((await js(`typeof globalThis[${JSON.stringify(name)}]`)) !== 'undefined') left.push(`globalThis.${name}`);
  }
  expect(left).toEqual([]);
});

test('nothing of what loads the worker’s parts is within reach, before and after', async ({ tclet }) => {
  const t = await tclet('set x 1');
  await ready(t);
  const js = await insideWorker(t.page);
  const named =
    '(() => { const out = []; for (let o = globalThis; o; o = Object.getPrototypeOf(o)) if (o !== Object.prototype) ' +
    'for (const k of Reflect.ownKeys(o)) { const d = Reflect.getOwnPropertyDescriptor(o, k); if (d.get || d.value !== undefined) out.push(String(k)) } ' +
    'return out.sort() })()';
  const before = await js(named);
  expect(await t.eval('binary format c 65')).toBe('A');
  expect(await js(named)).toEqual(before);
  expect((before as string[]).filter((name) => /tcl|script|library|trusted/i.test(name))).toEqual([]);
  expect(await js('typeof importScripts')).toBe('undefined');
});

test('no constructor of code is within reach', async ({ tclet }) => {
  const t = await tclet('set x 1');
  await ready(t);
  const js = await insideWorker(t.page);
  for (const f of [
    '(function () {})',
    '(async () => {})',
    '(function* () {})',
    '(async function* () {})',
    '(class {})',
    'Map',
    '[].map',
    'globalThis.toString',
  ]) {
    expect(await js(`typeof (${f}).constructor`), f).toBe('undefined');
  }
  expect(await js('import("data:text/javascript,1").then(() => "loaded", (e) => "refused")')).toBe('refused');
  const up = await js(
    '(() => { const out = []; for (let o = globalThis; o; o = Object.getPrototypeOf(o)) if (o !== Object.prototype) ' +
      "out.push(...Reflect.ownKeys(o).filter((k) => typeof k === 'string' && /fetch|import|open|socket|worker|request|storage|db/i.test(k) && typeof o[k] !== 'undefined')); return out })()",
  );
  expect(up).toEqual([]);
});

test('a page that allows no data: worker gets a panel, unless it allows the origin', async ({ page }) => {
  const { serve } = await import('../src/tools/serve.mjs');
  const { fileURLToPath } = await import('node:url');
  const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const server = await serve([folder('../dist'), folder('./fixtures')], {
    csp: "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; require-trusted-types-for 'script'",
  });
  await page.goto(`${server.address}page.html`);
  const add = (isolation: string) =>
    page.evaluate((wanted) => {
      document.querySelector('tcl-applet')?.remove();
      const el = document.createElement('tcl-applet');
      el.setAttribute('script', 'set x 1');
      if (wanted !== '') el.setAttribute('isolation', wanted);
      document.querySelector('main')?.append(el);
    }, isolation);
  await add('');
  await expect(page.locator('tcl-applet [role=alert]')).toBeVisible({ timeout: 40_000 });
  await add('origin');
  await expect
    .poll(() => page.evaluate(() => (document.querySelector('tcl-applet') as unknown as { isolation: string | null }).isolation), {
      timeout: 40_000,
    })
    .toBe('origin');
  const log = await page.evaluate(() => (document.querySelector('tcl-applet') as unknown as { log: { kind: string; text: string }[] }).log);
  expect(log.some((e) => e.kind === 'SECURITY' && e.text.includes('origin'))).toBe(true);
  await server.close();
});
