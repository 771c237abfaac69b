/** The worker's two files: library.js is loaded when a tclet first uses what lies there, and only then, in every way a worker can be started. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { serve } from '../src/tools/serve.mjs';
import { expect, ready, type Tclet, test } from './harness.ts';

interface Applet extends HTMLElement {
  readonly ready: Promise<void>;
  readonly isolation: string;
  readonly log: readonly { readonly kind: string; readonly text: string }[];
  eval(script: string): Promise<string>;
}

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What of the two files is asked for from now on. */
function loads(page: Page): string[] {
  const names: string[] = [];
  page.context().on('request', (r) => {
    const name = /(?:worker|library)\.js$/.exec(r.url())?.[0];
    if (name !== undefined) names.push(name);
  });
  return names;
}

const COMMON = `
  proc tick {n} {
    global ticks
    lappend ticks [string toupper [format %03d $n]]
    if {$n < 3} {after 10 [list tick [incr n]]}
  }
  set ticks {}
  array set a {x 1 y 2}
  frame .f -bd 2 -relief groove
  label .f.l -text [lsort [array names a]]
  button .f.b -text Go -command {set went 1}
  entry .f.e -textvariable typed -width 8
  checkbutton .f.k -text On -variable on
  canvas .c -width 60 -height 40
  .c create line 0 0 10 10 -fill red
  .c create oval 5 5 20 20 -tags {ball round}
  .c create text 30 20 -text hi
  .c move ball 2 2
  bind .c <Button-1> {set at %x,%y}
  pack .f.l .f.b .f.e .f.k -side left
  pack .f .c
  tick 1
  update
  catch {expr {1/0}} said
  foreach {k v} [list 1 2 3 4] {set sum [expr {$k + $v + int(sqrt(16))}]}
  switch -glob -- $said {divide* {set ok 1}}
`;

test('what a common tclet uses is all in worker.js', async ({ tclet, page }) => {
  const seen = loads(page);
  const t = await tclet(COMMON);
  await ready(t);
  await t.at('.f.b').click();
  await t.page.keyboard.press('Tab');
  await t.at('.f.e').locator('input').fill('typed in');
  await expect.poll(() => t.eval('list $ticks $went $typed $ok $sum')).toBe('{001 002 003} 1 {typed in} 1 11');
  expect(seen).toEqual(['worker.js']);
});

/** Something of each kind: a command, subcommands of one that is in worker.js otherwise, a widget, an image. */
const RARE: readonly (readonly [script: string, result: string])[] = [
  ['binary scan [binary format S 258] H4 x; set x', '0102'],
  ['clock format 86400 -format %Y-%m-%d -gmt 1', '1970-01-02'],
  ['set d [dict create a 1]; dict incr d a 4', 'a 5'],
  ['set n 0; trace add variable n write {incr seen;#}; incr n; set seen', '1'],
  ['pack [scale .s -from 0 -to 9]; .s set 4; .s get', '4'],
  ['image create photo p -width 3 -height 2; list [image width p] [image height p]', '3 2'],
  ['scan ff %x', '255'],
];

async function usesAll(t: Tclet): Promise<void> {
  for (const [script, result] of RARE) expect(await t.eval(script), script).toBe(result);
}

test('what is rare loads library.js, once, for a tclet and its children', async ({ tclet, page }) => {
  const seen = loads(page);
  const t = await tclet('set x 1');
  await ready(t);
  expect(await t.eval('interp issafe')).toBe('1');
  await usesAll(t);
  expect(await t.eval('interp create -safe i; i eval {binary encode hex AB}')).toBe('4142');
  expect(seen).toEqual(['worker.js', 'library.js']);
});

test('a failed load is an error of Tcl and in the log, and the next use tries again', async ({ page }) => {
  let broken = true;
  const server = await serve([folder('../dist'), folder('./fixtures')], {
    answer: (request, response) => {
      if (!broken || request.url !== '/library.js') return false;
      response.writeHead(503).end();
      return true;
    },
  });
  await page.goto(`${server.address}page.html`);
  const said = await page.evaluate(async () => {
    const applet = document.createElement('tcl-applet') as Applet;
    applet.setAttribute('script', 'set code [list [catch {binary format c 65} m opt] $m $errorCode]');
    document.querySelector('main')?.append(applet);
    await customElements.whenDefined('tcl-applet');
    await applet.ready;
    return [await applet.eval('set code'), ...applet.log.filter((e) => e.kind === 'ERROR').map((e) => e.text)];
  });
  expect(said[0]).toMatch(/^1 \{can't load library\.js: .*\} \{TCLET LIBRARY\}$/s);
  expect(said.filter((text) => text.startsWith("can't load library.js"))).toHaveLength(1);
  broken = false;
  expect(await page.evaluate(() => document.querySelector<Applet>('tcl-applet')?.eval('binary format c 65'))).toBe('A');
  await server.close();
});

test('a worker that may import nothing has both files in its address', async ({ page }) => {
  const imported: string[] = [];
  const server = await serve([folder('../dist'), folder('./fixtures')], {
    answer: (request, response) => {
      // What Firefox and WebKit refuse under some policies: importScripts, while fetch goes through.
      if (request.headers['sec-fetch-dest'] !== 'script' || !/^\/(?:worker|library)\.js$/.test(request.url ?? '')) return false;
      imported.push(request.url ?? '');
      response.writeHead(403).end();
      return true;
    },
  });
  expect(await usedOn(page, `${server.address}page.html`, {})).toEqual(['opaque', ...RARE.map(([, result]) => result)]);
  expect(imported).toEqual(['/worker.js']);
  await server.close();
});

test('a worker of the page’s origin finds library.js beside it', async ({ page }) => {
  const server = await serve([folder('../dist'), folder('./fixtures')], {
    csp: "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; require-trusted-types-for 'script'",
  });
  expect(await usedOn(page, `${server.address}page.html`, { isolation: 'origin' })).toEqual([
    'origin',
    ...RARE.map(([, result]) => result),
  ]);
  await server.close();
});

test('standalone.js has everything in it', async ({ page, address }) => {
  const seen = loads(page);
  expect(await usedOn(page, `${address}standalone.html`, {})).toEqual(['opaque', ...RARE.map(([, result]) => result)]);
  expect(seen).toEqual([]);
});

/** Starts a tclet on a page and uses what is rare: the isolation, then the results. */
async function usedOn(page: Page, url: string, attributes: Record<string, string>): Promise<unknown[]> {
  await page.goto(url);
  return page.evaluate(
    async ([given, scripts]) => {
      const applet = document.createElement('tcl-applet') as Applet;
      for (const [name, value] of Object.entries(given)) applet.setAttribute(name, value);
      applet.setAttribute('script', 'set x 1');
      document.querySelector('main')?.append(applet);
      await customElements.whenDefined('tcl-applet');
      await applet.ready;
      const results: unknown[] = [applet.isolation];
      for (const script of scripts) results.push(await applet.eval(script));
      return results;
    },
    [attributes, RARE.map(([script]) => script)] as const,
  );
}
