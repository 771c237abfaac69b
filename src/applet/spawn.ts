/**
 * Starts a worker of opaque origin: from a tiny `data:` script that imports worker.js, from the whole source in the `data:` URL when
 * that fails, and only where the page allows it as an ordinary worker of the page's origin (DESIGN section 2).
 */
import { AppletError } from './panic.ts';

export interface WorkerCode {
  /** Absolute URLs of worker.js and of the parts that it loads when a tclet needs them, by name; null when only their text is known. */
  readonly urls: { readonly worker: string; readonly parts: Readonly<Record<string, string>> } | null;
  /** The whole source, or null when it can be fetched from `urls`. */
  readonly source: string | null;
}

export interface Spawned {
  readonly worker: Worker;
  readonly isolation: 'opaque' | 'origin';
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}

let policy: ScriptUrlPolicy | null = null;

/** Trusted Types want script addresses to be made by a named policy; elsewhere they are plain strings. */
function trusted(url: string): string {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy } }).trustedTypes;
  policy ??= factory === undefined ? { createScriptURL: (u) => u } : factory.createPolicy('tcl-applet', { createScriptURL: (u) => u });
  return policy.createScriptURL(url) as string;
}

/** The worker finds the addresses of its parts as a global, made by a policy that is kept nowhere, and takes it away (worker/part-loader.ts). */
function bootstrap({ worker, parts }: NonNullable<WorkerCode['urls']>): string {
  return dataUrl(
    `{let p={createScriptURL:s=>s};if(self.trustedTypes)p=trustedTypes.createPolicy('tcl-applet',p);` +
      `let a=${JSON.stringify(parts)};for(let n in a)a[n]=p.createScriptURL(a[n]);self.tclAppletParts=a;importScripts(p.createScriptURL(${JSON.stringify(worker)}))}`,
  );
}

/** All files in one, for a `data:` worker that may import nothing. */
async function wholeSource({ worker, parts }: NonNullable<WorkerCode['urls']>): Promise<string> {
  const text = async (url: string): Promise<string> => (await fetch(url, { credentials: 'omit' })).text();
  return (await Promise.all([...Object.values(parts), worker].map(text))).join('');
}

/** Milliseconds a worker has to say hello before the next way is tried: a slow network has to load worker.js in it. */
const HELLO_MS = 15_000;

/** Waits for the worker's first message, which says what it sees of itself. */
function hello(url: string): Promise<{ worker: Worker; origin: string }> {
  return new Promise((done, fail) => {
    let worker: Worker;
    try {
      worker = new Worker(trusted(url));
    } catch (e) {
      fail(e);
      return;
    }
    const give = (error: Error) => {
      clearTimeout(timer);
      worker.terminate();
      fail(error);
    };
    const timer = setTimeout(() => give(new Error('the worker said nothing')), HELLO_MS);
    worker.onerror = (e) => {
      e.preventDefault();
      give(new Error(e.message || 'the worker could not be loaded'));
    };
    worker.onmessage = (e: MessageEvent<unknown>) => {
      const m = e.data as { kind?: unknown; origin?: unknown } | null;
      if (m?.kind !== 'hello' || typeof m.origin !== 'string') return give(new Error('the worker spoke out of turn'));
      clearTimeout(timer);
      worker.onerror = null;
      worker.onmessage = null;
      done({ worker, origin: m.origin });
    };
  });
}

/** Starts a worker by the first way that works. */
export async function spawn(code: WorkerCode, allowOrigin: boolean): Promise<Spawned> {
  const problems: string[] = [];
  const attempt = async (make: () => Promise<string>, wanted: 'opaque' | 'origin'): Promise<Spawned | null> => {
    try {
      const { worker, origin } = await hello(await make());
      if (wanted === 'opaque' && origin !== 'null') {
        worker.terminate();
        problems.push(`a data: worker has the origin ${origin}`);
        return null;
      }
      return { worker, isolation: wanted };
    } catch (e) {
      problems.push(e instanceof Error ? e.message : String(e));
      return null;
    }
  };
  const { urls, source } = code;
  const ways: (() => Promise<Spawned | null>)[] = [];
  if (source !== null) ways.push(() => attempt(async () => dataUrl(source), 'opaque'));
  if (urls !== null) {
    ways.push(() => attempt(async () => bootstrap(urls), 'opaque'));
    ways.push(() => attempt(async () => dataUrl(await wholeSource(urls)), 'opaque'));
    if (allowOrigin) ways.push(() => attempt(async () => urls.worker, 'origin'));
  }
  for (const way of ways) {
    const got = await way();
    if (got !== null) return got;
  }
  throw new AppletError(allowOrigin ? 'worker' : 'isolation', problems.join('; '));
}

/** In base 64, since Chromium takes addresses of 2 MB at most, and the whole source would be longer with its signs escaped. The build leaves ASCII alone in it. */
function dataUrl(source: string): string {
  return `data:text/javascript;base64,${btoa(source)}`;
}
