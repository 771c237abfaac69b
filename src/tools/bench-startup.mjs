/** How soon a tclet runs, beside the least a worker can take on the same page: opened in turn, in one run. Needs a Chromium. */
import { join } from 'node:path';
import { chromium } from 'playwright';
import { serve } from './serve.mjs';
import { lookForChromium, ROOT, say } from './setup.mjs';

const ROUNDS = 15;

/** Prints milliseconds from navigation to an empty worker's answer, to the first tclet's `ready`, and their ratio. */
export async function benchStartup() {
  const executablePath = lookForChromium();
  if (executablePath === null) {
    say('no Chromium to measure the start with');
    return;
  }
  const server = await serve([join(ROOT, 'dist'), join(ROOT, 'src/bench/pages')]);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  /** @param {string} path */
  const once = async (path) => {
    await page.goto(`${server.address}${path}`);
    const took = await page.waitForFunction(() => /** @type {any} */ (window).took, undefined, { polling: 10 });
    return /** @type {number} */ (await took.jsonValue());
  };
  /** @type {number[]} */
  const empty = [];
  /** @type {number[]} */
  const tclet = [];
  for (let i = 0; i < ROUNDS; i++) {
    empty.push(await once('empty-worker.html'));
    tclet.push(await once('first-tclet.html'));
  }
  await browser.close();
  await server.close();
  say('from navigation, in ms');
  const middle = (/** @type {number[]} */ a) => a.sort((x, y) => x - y)[ROUNDS >> 1] ?? 0;
  tell('fastest', Math.min(...empty), Math.min(...tclet));
  tell('median', middle(empty), middle(tclet));
}

/** @param {string} what @param {number} empty @param {number} tclet */
function tell(what, empty, tclet) {
  const ratio = (tclet / empty).toFixed(2);
  console.log(`${what}: an empty worker's answer ${empty.toFixed(0)}, the first tclet ready ${tclet.toFixed(0)}, ratio ${ratio}`);
}
