/** Firefox and WebKitGTK from the system's packages, where installed: a tclet starts in an opaque worker, draws and answers a click. */
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { serve } from '../src/tools/serve.mjs';
import { type Driver, firefox, miniBrowser, program, webkit } from './webdriver.ts';

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const APPLET = "const a = document.querySelector('tcl-applet');";
/** A browser just started is slow at first. */
const WAIT = { timeout: 20_000 };

/** Skips the test when a program is missing, and says so where the report shows it. */
function need(what: string, ...found: (string | null)[]): void {
  const missing = found.includes(null);
  if (missing) console.log(`SKIPPED: ${what} is not installed`);
  test.skip(missing, `${what} is not installed`);
}

async function smoke(driver: Driver, address: string): Promise<void> {
  await driver.open(`${address}smoke.html`);
  expect(
    await driver.run(`await customElements.whenDefined('tcl-applet'); ${APPLET} await a.ready; return [a.isolation, a.state]`),
  ).toEqual(['opaque', 'running']);
  let box: [number, number, number, number] = [0, 0, 0, 0];
  const place = async () => {
    const found = await driver.run(
      `${APPLET} const b = a.renderRoot.querySelector('[data-tk-path=".b"]')?.getBoundingClientRect(); return b && [b.left, b.top, b.width, b.height]`,
    );
    box = (found ?? box) as typeof box;
    return box[2];
  };
  await expect.poll(place, WAIT).toBeGreaterThan(20);
  expect(await driver.run(`${APPLET} return a.eval('list [winfo width .b] [winfo height .b]')`)).toBe(`${box[2]} ${box[3]}`);
  await driver.click(Math.round(box[0] + box[2] / 2), Math.round(box[1] + box[3] / 2));
  await expect.poll(() => driver.run(`${APPLET} return a.eval('set clicked')`), WAIT).toBe('1');
  // The canvas is a painting: its middle is red after the click.
  const pixel = () =>
    driver.run(`${APPLET} const c = a.renderRoot.querySelector('[data-tk-path=".c"] canvas, canvas[data-tk-path=".c"]');
    return [...c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data]`);
  await expect.poll(pixel, WAIT).toEqual([255, 0, 0, 255]);
}

test('Firefox', async () => {
  const path = program('firefox-esr', 'firefox');
  need('firefox-esr', path);
  const server = await serve([folder('../dist'), folder('./fixtures')]);
  const driver = await firefox(path as string);
  try {
    await smoke(driver, server.address);
  } finally {
    await driver.close();
    await server.close();
  }
});

test('WebKit', async () => {
  const driverPath = program('WebKitWebDriver');
  const browser = miniBrowser();
  need('webkit2gtk-driver', driverPath, browser);
  // WebKit takes 'self' in the page's policy to mean nothing inside a data: worker (DESIGN section 2).
  const server = await serve([folder('../dist'), folder('./fixtures')], { csp: null });
  const driver = await webkit(driverPath as string, browser as string);
  try {
    await smoke(driver, server.address);
  } finally {
    await driver.close();
    await server.close();
  }
});
