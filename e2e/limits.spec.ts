/**
 * The end of a tclet, as the page sees it: loops and long commands are stopped at once, and a worker that answers no more is ended from outside
 * (DESIGN section 5).
 */
import type { Page } from '@playwright/test';
import { expect, ready, test, workerSession } from './harness.ts';

interface Applet extends HTMLElement {
  readonly ready: Promise<void>;
  readonly state: string;
  eval(script: string): Promise<string>;
  stop(): void;
}

const LOOPS: readonly string[] = [
  'while 1 {}',
  'while 1 {lsort [lrepeat 1000000 [expr {rand()}]]}',
  'set l {}; for {set i 0} {$i < 300000} {incr i} {lappend l [expr {rand()}]}; while 1 {lsort -real $l}',
  'while 1 {regexp {(a?){300}b} [string repeat a 100000]}',
  'set s [string repeat ab 1000000]; while 1 {string map {a xx b yy aa z} $s}',
  'while 1 {expr {7 ** 300000}}',
  'while 1 {format %0200000d%s 1 [format %.2000f 0.1]}',
  'while 1 {string length [join [lrepeat 1000000 abc] ,]}',
  'set d {}; for {set i 0} {$i < 100000} {incr i} {dict set d $i $i}; while 1 {dict merge $d {x y}}',
  'proc f n {f [expr {$n + 1}]}; while 1 {catch {f 0}}',
  'while 1 {coroutine c[incr n] apply {{} {yield}}; c$n}',
  'while 1 {expr [string repeat 1+ 50000]1}',
  'proc f {} {after 0 f; after 0 f}; after 0 f; while 1 {catch update}',
  'proc f {} {after 0 f}; f; while 1 {update}',
  'proc t args {incr ::n}; trace add variable v write t; while 1 {set v 1}',
  'while 1 {frame .f[incr n]; if {$n % 500 == 0} {destroy {*}[winfo children .]; update}}',
  'pack [canvas .c]; for {set i 0} {$i < 2000} {incr i} {.c create oval $i $i 50 50}; while 1 {.c move all 1 1; update}',
  'image create photo p -width 300 -height 300; image create photo q; while 1 {q copy p -zoom 6}',
  'while 1 {interp delete [interp create]}',
  'while 1 {clock scan {next monday} -gmt 1; clock format [incr n] -format %c -gmt 1}',
  'label .l; pack .l; while 1 {.l configure -text [string repeat "x\\n" 5000]; update}',
];

test('loops and long commands stop within 250 ms of stop()', async ({ page, address }) => {
  test.setTimeout(120_000);
  await page.goto(`${address}page.html`);
  const stops = await page.evaluate(async (loops) => {
    await customElements.whenDefined('tcl-applet');
    const stops: { script: string; state: string; ms: number; rejected: boolean }[] = [];
    for (const script of loops) {
      const applet = document.createElement('tcl-applet') as Applet;
      for (const [name, value] of Object.entries({ script: 'set x 1', width: '200', height: '100' })) applet.setAttribute(name, value);
      document.querySelector('main')?.append(applet);
      await applet.ready;
      const run = applet.eval(script).then(
        () => false,
        () => true,
      );
      await new Promise((done) => setTimeout(done, 250));
      const begin = performance.now();
      applet.stop();
      const rejected = await run;
      stops.push({ script, state: applet.state, ms: performance.now() - begin, rejected });
      applet.remove();
    }
    return stops;
  }, LOOPS);
  for (const { script, state, ms, rejected } of stops) {
    expect({ state, rejected }, script).toEqual({ state: 'stopped', rejected: true });
    expect(ms, script).toBeLessThan(250);
  }
  // Chromium ends the thread of a terminated worker within 2 s, by force if need be.
  await expect.poll(() => page.workers().length, { timeout: 6000 }).toBe(0);
});

const keys = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes('scratch') ? [name] : []));
    let count = 0;
    for (const name of names) {
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      for (const store of db.objectStoreNames) {
        count += await new Promise<number>((done) => {
          const request = db.transaction(store).objectStore(store).count();
          request.onsuccess = () => done(request.result);
        });
      }
      db.close();
    }
    return count;
  });

test('a worker that answers no more is ended from outside: the reason is shown and told, its scratch files go', async ({ tclet }) => {
  const t = await tclet('set x 1', { 'limit-time': '300' });
  await ready(t);
  await t.eval('set f [open x w]; puts $f hello; flush $f');
  await expect.poll(() => keys(t.page)).toBeGreaterThan(0);
  const worker = await workerSession(t.page);
  // One pong has to come first.
  await t.page.waitForTimeout(1200);
  void worker('Runtime.evaluate', { expression: 'for (;;) {}' });
  await expect.poll(() => t.events('tcl-exit'), { timeout: 6000 }).toEqual([{ code: 1, reason: 'time limit exceeded' }]);
  // The thread itself lasts as long as the debugger holds on to it.
  await expect(t.page.locator('tcl-applet .panel')).toContainText('time limit exceeded');
  await expect.poll(() => keys(t.page)).toBe(0);
});
