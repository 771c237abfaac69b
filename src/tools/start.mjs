/** `npm start`: installs, builds, serves the gallery and prints its address. */
import { ensurePackages, ROOT, run, say } from './setup.mjs';

ensurePackages();
say('building');
if (run(process.execPath, ['src/tools/build.mjs']) !== 0) process.exit(1);
const { serve } = await import('./serve.mjs');
const { address } = await serve(`${ROOT}/dist`, { port: Number(process.env['PORT'] ?? 8086) });
say(`the gallery is at ${address}  (Ctrl-C ends it)`);
