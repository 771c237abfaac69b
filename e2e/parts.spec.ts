/** The worker's files: each part is loaded when a tclet first uses what lies there, and only then, in every way a worker can be started. */
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

/** What of the worker's files is asked for from now on. */
function loads(page: Page): string[] {
  const names: string[] = [];
  page.context().on('request', (r) => {
    const name = /(?:worker|library|toolkit|encodings|copies)\.js$/.exec(r.url())?.[0];
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
  checkbutton .f.k -text On -variable on
  radiobutton .f.r -text One -variable which -value 1
  bind .f <Button-1> {set at %x,%y}
  pack .f.l .f.b .f.k .f.r -side left
  pack .f
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
  await t.at('.f.k').click();
  await expect.poll(() => t.eval('list $ticks $went $on $ok $sum')).toBe('{001 002 003} 1 1 1 11');
  expect(seen).toEqual(['worker.js']);
});

/** 1 x 1, red. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

/** Something of each kind: a command, subcommands of one that is in worker.js otherwise, widgets, an image that wants two parts. */
const RARE: readonly (readonly [script: string, result: string])[] = [
  ['binary scan [binary format S 258] H4 x; set x', '0102'],
  ['clock format 86400 -format %Y-%m-%d -gmt 1', '1970-01-02'],
  ['set d [dict create a 1]; dict incr d a 4', 'a 5'],
  ['set n 0; trace add variable n write {incr seen;#}; incr n; set seen', '1'],
  ['pack [scale .s -from 0 -to 9]; .s set 4; .s get', '4'],
  ['pack [canvas .c]; .c create line 0 0 9 9', '1'],
  ['grid [entry .f.e]; grid size .f', '1 1'],
  [`image create photo p -data ${PNG}; p get 0 0`, '255 0 0'],
  ['scan ff %x', '255'],
  ['string length [encoding convertfrom gb12345 VP]', '1'],
];

const WITH_FRAME = 'pack [frame .f]';

async function usesAll(t: Tclet): Promise<void> {
  for (const [script, result] of RARE) expect(await t.eval(script), script).toBe(result);
}

test('what is rare loads its part, once, for a tclet and its children', async ({ tclet, page }) => {
  const seen = loads(page);
  const t = await tclet(WITH_FRAME);
  await ready(t);
  expect(await t.eval('interp issafe')).toBe('1');
  await usesAll(t);
  expect(await t.eval('interp create -safe i; i eval {binary encode hex AB}')).toBe('4142');
  expect(seen).toEqual(['worker.js', 'library.js', 'toolkit.js', 'encodings.js']);
});

test('a program with several hot procs gets more copies of the nodes', async ({ tclet, page }) => {
  const seen = loads(page);
  const t = await tclet(`
    foreach n {1 2 3 4 5 6 7 8} {
      proc p$n {k} {set s 0; for {set i 0} {$i < $k} {incr i} {incr s $i}; set s}
      for {set k 0} {$k < 30} {incr k} {set x [p$n 20000]}
    }`);
  await ready(t);
  expect(await t.eval('set x')).toBe('199990000');
  expect(seen).toEqual(['worker.js', 'copies.js']);
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

test('a worker that may import nothing has all files in its address', async ({ page }) => {
  const imported: string[] = [];
  const server = await serve([folder('../dist'), folder('./fixtures')], {
    answer: (request, response) => {
      // What Firefox and WebKit refuse under some policies: importScripts, while fetch goes through.
      if (request.headers['sec-fetch-dest'] !== 'script' || !/^\/(?:worker|library|toolkit|encodings|copies)\.js$/.test(request.url ?? ''))
        return false;
      imported.push(request.url ?? '');
      response.writeHead(403).end();
      return true;
    },
  });
  expect(await usedOn(page, `${server.address}page.html`, {})).toEqual(['opaque', ...RARE.map(([, result]) => result)]);
  expect(imported).toEqual(['/worker.js']);
  await server.close();
});

test('a worker of the page’s origin finds the parts beside it', async ({ page }) => {
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
      applet.setAttribute('script', 'pack [frame .f]');
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
