/** A static file server for dist and for tests: every answer carries the strict policy the product must run under (DESIGN section 3). */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

export const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  'worker-src data:',
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.tcl', 'application/x-tcl; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.ico', 'image/x-icon'],
  ['.gif', 'image/gif'],
  ['.map', 'application/json'],
]);

/**
 * Serves folders, the first that has the file wins. A taken port gives the next free one. `answer` is asked first, and says whether it did.
 * @param {string | readonly string[]} folders
 * @param {{
 *   port?: number,
 *   csp?: string | null,
 *   answer?: (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean,
 * }} [options]
 * @returns {Promise<{ address: string, server: import('node:http').Server, close: () => Promise<void> }>}
 */
export function serve(folders, options = {}) {
  const roots = (Array.isArray(folders) ? folders : [folders]).map((f) => resolve(f));
  // However long the machine stood still: a request that it kept waiting is answered.
  const server = createServer({ headersTimeout: 0, requestTimeout: 0 }, (request, response) => {
    if (options.answer?.(request, response)) return;
    const path = decoded(new URL(request.url ?? '/', 'http://x').pathname);
    for (const root of roots) {
      const file = join(root, normalize(path.endsWith('/') ? `${path}index.html` : path));
      if (!file.startsWith(root + sep)) continue;
      let found;
      try {
        found = statSync(file);
      } catch {
        continue;
      }
      if (!found.isFile()) continue;
      /** @type {Record<string, string>} */
      const headers = {
        'content-type': TYPES.get(extname(file)) ?? 'application/octet-stream',
        // Asked for anew each time, yet sent only when it has changed: what the browser made of a script before is not lost.
        'cache-control': 'no-cache',
        etag: `"${found.mtimeMs.toString(36)}-${found.size.toString(36)}"`,
      };
      const csp = options.csp === undefined ? CSP : options.csp;
      if (csp !== null) headers['content-security-policy'] = csp;
      if (request.headers['if-none-match'] === headers['etag']) {
        response.writeHead(304, headers).end();
        return;
      }
      headers['content-length'] = String(found.size);
      response.writeHead(200, headers);
      createReadStream(file).pipe(response);
      return;
    }
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
  });
  return new Promise((done, fail) => {
    let port = options.port ?? 0;
    server.on('error', (e) => {
      if (/** @type {NodeJS.ErrnoException} */ (e).code === 'EADDRINUSE' && port !== 0) {
        port = port > 8186 ? 0 : port + 1;
        server.listen(port, '127.0.0.1');
      } else {
        fail(e);
      }
    });
    server.on('listening', () => {
      const at = server.address();
      const used = typeof at === 'object' && at !== null ? at.port : port;
      done({
        address: `http://127.0.0.1:${used}/`,
        server,
        close: () =>
          new Promise((ended) => {
            server.closeAllConnections();
            server.close(() => ended());
          }),
      });
    });
    server.listen(port, '127.0.0.1');
  });
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
