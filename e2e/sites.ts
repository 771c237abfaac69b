/** Pages for tests of policies: two origins on loopback, cookies, redirects, sockets, and an applet with a policy. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { CSP, serve } from '../src/tools/serve.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const FIXTURES = fileURLToPath(new URL('./fixtures', import.meta.url));

export interface Sites {
  /** Where the page and its tclets are. */
  readonly home: string;
  /** Another origin, that lets every page read it. */
  readonly other: string;
  /** `METHOD path cookie` of what was asked for. */
  readonly asked: string[];
}

export const test = base.extend<{ sites: Sites }>({
  sites: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (e) => errors.push(String(e)));
    const asked: string[] = [];
    const note = (site: string, { method, url, headers }: IncomingMessage) =>
      asked.push(`${site} ${method} ${url} ${headers.cookie ?? '-'}`);
    const other = await serve([FIXTURES], {
      answer(request, response) {
        note('other', request);
        response.writeHead(200, { 'content-type': 'text/plain', 'access-control-allow-origin': '*' }).end(`other ${request.url}`);
        return true;
      },
    });
    const csp = `${CSP.replace("connect-src 'self'", `connect-src 'self' ${other.address} ws://127.0.0.1:*`)}; frame-src 'self' blob:`;
    const home = await serve([DIST, FIXTURES], { csp, answer: (request, response) => answerHome(note, other.address, request, response) });
    for (const { server } of [home, other]) echoServer(server);
    await use({ home: home.address, other: other.address, asked });
    await home.close();
    await other.close();
    expect(errors, 'uncaught exceptions on the page').toEqual([]);
  },
});

function answerHome(
  note: (site: string, r: IncomingMessage) => void,
  other: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { url = '' } = request;
  if (!url.startsWith('/data/')) return false;
  note('home', request);
  if (url === '/data/away') response.writeHead(302, { location: `${other}secret` }).end();
  else if (url === '/data/slow') setTimeout(() => response.end('late'), 5000);
  else if (request.method === 'POST') {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => response.writeHead(200, { 'content-type': 'text/plain' }).end(`${request.headers['content-type']}|${body}`));
  } else response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('from home é\n');
  return true;
}

function echoServer(server: Server): void {
  new WebSocketServer({ server }).on('connection', (socket) => socket.on('message', (data) => socket.send(String(data).toUpperCase())));
}

export interface Applet extends HTMLElement {
  policies: unknown;
  eval(script: string): Promise<string>;
  expose(name: string, fn: (...args: string[]) => unknown): void;
  lend(name: string, stream: { readable?: ReadableStream; writable?: WritableStream }): void;
  takeBack(name: string): void;
  trust(digest: string): void;
  log: readonly { kind: string; text: string }[];
}

/** Opens a page with one applet written in it. `at`: the page's path, and so the tclet's home, when it is not the top folder. */
export async function open(
  page: Page,
  { home }: Sites,
  options: { policy?: string; policies?: unknown; script?: string; trust?: boolean; at?: string } = {},
) {
  await page.goto(`${home}page.html`);
  await page.evaluate(async ({ policy, policies, script, trust, at }) => {
    if (at !== undefined) history.pushState(null, '', at);
    const applet = document.createElement('tcl-applet') as Applet;
    if (policy !== undefined) applet.setAttribute('policy', policy);
    applet.setAttribute('script', script ?? 'button .b -text Go; pack .b');
    document.querySelector('main')?.append(applet);
    await customElements.whenDefined('tcl-applet');
    applet.policies = policies ?? {};
    if (!trust) return;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
    applet.trust(`sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`);
    (applet as unknown as { restart(): void }).restart();
  }, options);
  return {
    /** The result, or `! message`. */
    run: (tcl: string): Promise<string> =>
      page.evaluate((s) => (document.querySelector('tcl-applet') as Applet).eval(s).catch((e: Error) => `! ${e.message}`), tcl),
    log: () => page.evaluate(() => (document.querySelector('tcl-applet') as Applet).log.map((e) => `${e.kind} ${e.text}`)),
  };
}

/** Gives the page a frame, a sandboxed one, and a function that the tclet may call. */
export async function furnish(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const name of ['side', 'paper']) {
      const frame = document.createElement('iframe');
      frame.name = name;
      if (name === 'paper') frame.setAttribute('sandbox', '');
      document.body.append(frame);
    }
    (document.querySelector('tcl-applet') as Applet).expose('add', (a, b) => Number(a) + Number(b));
  });
}

export const DENIED = '! permission denied';

export { expect };
