/**
 * Just enough of WebDriver to open a page, run JavaScript in it and click: BiDi for Firefox (which Debian ships without its classic
 * driver), the classic protocol for WebKitGTK. Answers to w3c webdriver and webdriver-bidi.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { WebSocket } from 'ws';

export interface Driver {
  open(url: string): Promise<void>;
  /** Runs the body of an async function in the page; its result as JSON. */
  run(body: string): Promise<unknown>;
  /** Presses and releases the left button at a point of the viewport, in CSS px. */
  click(x: number, y: number): Promise<void>;
  close(): Promise<void>;
}

/** The path of a program, or null. */
export function program(...names: string[]): string | null {
  for (const dir of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) if (existsSync(join(dir, name))) return join(dir, name);
  }
  return null;
}

export function miniBrowser(): string | null {
  for (const lib of ['/usr/lib', '/usr/libexec']) {
    if (!existsSync(lib)) continue;
    const folders = [lib, ...readdirSync(lib).map((d) => join(lib, d))].flatMap((d) => [
      d,
      ...['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map((w) => join(d, w)),
    ]);
    for (const folder of folders) if (existsSync(join(folder, 'MiniBrowser'))) return join(folder, 'MiniBrowser');
  }
  return null;
}

/** Waits for a line of a program's output that matches. */
function line(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((done, fail) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const m = pattern.exec(text);
      if (m !== null) done(m);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => fail(new Error(`it ended before it said ${pattern}: ${text.slice(-500)}`)));
    setTimeout(() => fail(new Error(`it did not say ${pattern} in time: ${text.slice(-500)}`)), 40_000).unref();
  });
}

export async function firefox(path: string): Promise<Driver> {
  const profile = mkdtempSync(join(tmpdir(), 'tclet-firefox-'));
  const child = spawn(path, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank']);
  const [, address = ''] = await line(child, /listening on (ws:\/\/\S+)/);
  const socket = new WebSocket(`${address}/session`);
  await new Promise((done, fail) => {
    socket.once('open', done);
    socket.once('error', fail);
  });
  let next = 1;
  const waiting = new Map<number, { done: (v: Record<string, unknown>) => void; fail: (e: Error) => void }>();
  socket.on('message', (data) => {
    const m = JSON.parse(String(data)) as { id?: number; type: string; result?: Record<string, unknown>; error?: string; message?: string };
    const w = m.id === undefined ? undefined : waiting.get(m.id);
    if (m.type === 'success') w?.done(m.result ?? {});
    else if (m.type === 'error') w?.fail(new Error(`${m.error}: ${m.message}`));
  });
  socket.on('close', () => {
    for (const w of waiting.values()) w.fail(new Error('the browser ended'));
  });
  const send = (method: string, params: object): Promise<Record<string, unknown>> =>
    new Promise((done, fail) => {
      const id = next++;
      if (socket.readyState !== WebSocket.OPEN) fail(new Error('the browser ended'));
      waiting.set(id, { done, fail });
      socket.send(JSON.stringify({ id, method, params }));
    });
  await send('session.new', { capabilities: {} });
  const { contexts } = (await send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
  const context = contexts[0]?.context;
  return {
    open: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    run: async (body) => {
      const answer = await send('script.callFunction', {
        functionDeclaration: `async () => JSON.stringify(await (async () => { ${body} })() ?? null)`,
        target: { context },
        awaitPromise: true,
      });
      const { result, exceptionDetails } = answer as { result?: { value: string }; exceptionDetails?: { text: string } };
      if (result === undefined) throw new Error(exceptionDetails?.text ?? 'no result');
      return JSON.parse(result.value) as unknown;
    },
    click: async (x, y) => {
      const actions = [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },
    close: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      await send('browser.close', {}).catch(() => child.kill());
      await Promise.race([ended, new Promise((done) => setTimeout(done, 5000))]);
      child.kill('SIGKILL');
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A port that nothing listens at: the driver cannot choose one itself. */
function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** WebKitGTK draws in a real window: under Xvfb where there is no display. */
export async function webkit(driver: string, browser: string): Promise<Driver> {
  const port = await freePort();
  const xvfb = program('xvfb-run');
  const args = [`--port=${port}`, '--host=127.0.0.1'];
  const env = {
    ...process.env,
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  };
  const child =
    process.env['DISPLAY'] === undefined && xvfb !== null
      ? spawn(xvfb, ['-a', driver, ...args], { detached: true, env })
      : spawn(driver, args, { detached: true, env });
  const base = `http://127.0.0.1:${port}`;
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const r = await fetch(`${base}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const { value } = (await r.json()) as { value: unknown };
    if (!r.ok) throw new Error(JSON.stringify(value));
    return value;
  };
  for (let i = 0; ; i++) {
    try {
      await call('GET', '/status');
      break;
    } catch (e) {
      if (i > 120) throw e;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
  const options = { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } };
  const { sessionId } = (await call('POST', '/session', { capabilities: { alwaysMatch: options } })) as { sessionId: string };
  const at = `/session/${sessionId}`;
  return {
    open: async (url) => void (await call('POST', `${at}/url`, { url })),
    run: async (body) => {
      const script = `const done = arguments[0]; (async () => { ${body} })().then((v) => done(JSON.stringify(v ?? null)), (e) => done(JSON.stringify({ threw: String(e) })))`;
      return JSON.parse((await call('POST', `${at}/execute/async`, { script, args: [] })) as string) as unknown;
    },
    click: async (x, y) => {
      const actions = [
        { type: 'pointerMove', x, y, duration: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await call('POST', `${at}/actions`, { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
    },
    close: async () => {
      await call('DELETE', at).catch(() => {});
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It has ended by itself.
      }
    },
  };
}
