/**
 * What a tclet may take, as the page sees it: loops and long commands are stopped at once and the page's heart beats on, a limit ends it with its reason, and
 * a worker that answers no more is ended from outside (DESIGN section 5).
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, ready, type Tclet, test, watched } from './harness.ts';

interface Applet extends HTMLElement {
  readonly ready: Promise<void>;
  readonly state: string;
  eval(script: string): Promise<string>;
  start(): void;
  stop(): void;
}

/** Loops of the language, and long commands in loops. */
const LOOPS: readonly string[] = [
  'while 1 {}',
  'set r [string repeat {(a|b)*c?} 2000]; while 1 {catch {regexp $r [string repeat ab 20000]}}',
  'while 1 {regexp {(a?){200}b} [string repeat a 100000]}',
  'while 1 {lsort [lrepeat 1000000 [expr {rand()}]]}',
  'proc c {a b} {expr {$a < $b ? -1 : $a > $b}}; for {set i 0} {$i < 1000000} {incr i} {lappend l [expr {($i * 7919) % 1000003}]}; while 1 {lsort -command c $l}',
  'for {set i 0} {$i < 300000} {incr i} {lappend l [expr {rand()}]}; while 1 {lsort -real $l}',
  'set s [string repeat ab 1000000]; while 1 {string map {a xx b yy aa z} $s}',
  'while 1 {expr {7 ** 300000}}',
  'while 1 {string length [expr {1 << 3000000}]}',
  'while 1 {lrepeat 3000000 a}',
  'while 1 {format %0200000d%s 1 [format %.2000f 0.1]}',
  'while 1 {string length [join [lrepeat 1000000 abc] ,]}',
  'for {set i 0} {$i < 100000} {incr i} {dict set d $i $i}; while 1 {dict merge $d {x y}}',
  'proc f n {f [expr {$n + 1}]}; while 1 {catch {f 0}}',
  'while 1 {coroutine c[incr n] apply {{} {yield}}; c$n}',
  'while 1 {expr [string repeat 1+ 50000]1}',
  'proc f {} {after 0 f; catch {after 0 f}}; after 0 f; while 1 {catch update}',
  'proc f {} {after 0 f; catch {vwait ::never}}; f; vwait forever',
  'proc f {} {after 0 f; catch {update}}; f; vwait forever',
  'proc t args {while 1 {log [incr ::n]; puts x}}; trace add variable v write t; set v 1',
  'while 1 {interp delete [interp create]}',
  'interp create k; interp alias k up {} down; proc down {} {k eval up}; while 1 {catch down}',
  'set s [string repeat [format %c%c 1 200]abc 400000]; while 1 {zlib compress $s 9}',
  'while 1 {binary scan [binary format a2000000 x] H* v; binary format H* $v}',
  'while 1 {clock scan {next monday} -gmt 1; clock format [incr n] -format %c -gmt 1}',
  'oo::class create A {filter g; method g args {my m; next {*}$args}; method m {} {}}; set o [A new]; while 1 {catch {$o m}}',
  'bind . <<X>> {event generate . <<X>> -when tail}; event generate . <<X>>; while 1 {event generate . <Motion> -x 1; update}',
];

/** Loops that keep the display busy: it is the page that works for them. */
const CANVAS = 'pack [canvas .c -width 500 -height 300];';
const DRAWING: readonly string[] = [
  `${CANVAS} while 1 {.c create oval [expr {[incr n] % 500}] 10 [expr {$n % 500 + 10}] 20 -fill red; if {$n % 2000 == 0} update}`,
  `${CANVAS} for {set i 0} {$i < 100000} {incr i} {.c create rectangle $i 0 [expr {$i + 10}] 10}; while 1 {.c move all 0 1; update}`,
  `${CANVAS} for {set i 0} {$i < 20000} {incr i} {lappend p [expr {rand() * 500}] [expr {rand() * 300}]}
   for {set i 0} {$i < 20} {incr i} {.c create polygon $p -fill red -outline blue -width 3}; while 1 {.c move all 1 1; update}`,
  `${CANVAS} for {set i 0} {$i < 500} {incr i} {.c create line 0 $i 90000 -$i -dash {1 1} -width 20 -capstyle round}; while 1 {.c move all 1 1; update}`,
  `${CANVAS} for {set i 0} {$i < 2000} {incr i} {.c create rectangle 0 0 500 300 -fill red -stipple gray50}; while 1 {.c move all 1 1; update}`,
  `${CANVAS} for {set i 0} {$i < 3000} {incr i} {.c create text 250 150 -text "Text $i" -angle $i}; while 1 {.c move all 1 1; update}`,
  `${CANVAS} .c create text 0 0 -text [string repeat {x } 500000]; while 1 {.c move all 1 1; update}`,
  `${CANVAS} while 1 {.c create text 100 100 -text Hello -font [list Helvetica -[expr {[incr n] % 900 + 10}]]; if {$n % 100 == 0} update}`,
  'image create photo p -width 3000 -height 3000; pack [label .l -image p]; while 1 {p put red -to 0 0 3000 3000; update}',
  'while 1 {image create photo p[incr n] -width 20 -height 20; p$n put red -to 0 0 20 20; pack [label .l$n -image p$n]; if {$n % 200 == 0} update}',
  'while 1 {frame .f[incr n]; if {$n % 500 == 0} {destroy {*}[winfo children .]; update}}',
  'for {set i 0} {$i < 5000} {incr i} {place [button .l$i -text $i] -x [expr {$i % 500}]}; while 1 {update; for {set i 0} {$i < 5000} {incr i} {.l$i configure -text [incr n]}}',
  'for {set i 0} {$i < 900} {incr i} {append w .f; frame $w -bd 1 -relief raised; place $w -x 1 -y 1 -width 500 -height 500}; while 1 {place .f -x [expr {[incr n] % 10}]; update}',
  'for {set i 0} {$i < 200} {incr i} {place [frame .f$i -bd 2 -relief raised] -width 5000 -height 5000}; while 1 {update; for {set i 0} {$i < 200} {incr i} {.f$i configure -bg #[format %06x [incr n]]}}',
  'for {set i 0} {$i < 1000} {incr i} {place [frame .f$i -width 10 -height 10] -x [expr {$i % 500}]}; while 1 {for {set i 0} {$i < 1000} {incr i} {raise .f[expr {int(rand() * 1000)}]}; update}',
  'pack [label .l]; while 1 {.l configure -text [string repeat "x[incr n]\n" 5000]; update}',
  'pack [label .l]; while 1 {.l configure -text [string repeat "x[incr n] " 300000]; update}',
  'pack [entry .e]; while 1 {.e delete 0 end; .e insert 0 [string repeat "x[incr n] " 100000]; update}',
  'pack [listbox .l]; .l insert end {*}[lrepeat 100 [string repeat {x } 100000]]; while 1 {.l xview scroll 1 units; update}',
  'pack [entry .a] [entry .b]; while 1 {focus -force .a; update; focus -force .b; update}',
];

interface Stopped {
  readonly state: string;
  /** The eval that ran was rejected before the page did anything else. */
  readonly rejected: boolean;
}

/** Runs a script for a while, stops it, and waits until the page has cleaned up after it. */
function runAndStop(page: Page, script: string, ms: number): Promise<Stopped> {
  return page.evaluate(
    async ([script, ms]) => {
      await customElements.whenDefined('tcl-applet');
      const applet = document.createElement('tcl-applet') as Applet;
      for (const [name, value] of Object.entries({ script: 'set x 1', width: '500', height: '300' })) applet.setAttribute(name, value);
      document.querySelector('main')?.append(applet);
      await applet.ready;
      let rejected = false;
      applet.eval(script).catch(() => {
        rejected = true;
      });
      await new Promise((done) => setTimeout(done, ms));
      applet.stop();
      // What is to follow at once has, when the next task begins.
      await new Promise((done) => setTimeout(done));
      const stopped = { state: applet.state, rejected };
      await new Promise((done) => setTimeout(done, 100));
      applet.remove();
      await new Promise((done) => setTimeout(done, 100));
      return stopped;
    },
    [script, ms] as const,
  );
}

/**
 * A heart of the page that beats every 100 ms misses none as long as nothing keeps the page's thread for 100 ms. Only the thread's own time is counted: how long
 * it had to wait for a processor says something of the machine alone, and is printed.
 */
for (const [kind, loops, ms] of [
  ['loops and long commands', LOOPS, 400],
  ['loops that draw', DRAWING, 1500],
] as const) {
  test(`${kind} end in stop(), and no beat of the page is missed`, async ({ page, address }) => {
    test.setTimeout(300_000);
    await page.goto(`${address}page.html`);
    const wrong: string[] = [];
    for (const script of loops) {
      const { result, longest, apart } = await watched(page, () => runAndStop(page, script, ms));
      const said = `${longest.toFixed(0)} ms of work between beats (${apart.toFixed(0)} by the clock)`;
      console.log(`${said}: ${script.slice(0, 100)}`);
      if (result.state !== 'stopped' || !result.rejected || longest >= 100) wrong.push(`${said}, ${JSON.stringify(result)}: ${script}`);
    }
    expect(wrong).toEqual([]);
    // Chromium ends the thread of a terminated worker within 2 s, by force if need be.
    await expect.poll(() => page.workers().length).toBe(0);
  });
}

test('a tclet that is stopped while its display has much left to do is drawn no further, and taken away at once', async ({ tclet }) => {
  const t = await tclet('set x 1', { width: '500', height: '300' });
  await ready(t);
  const count = () => t.page.locator('[data-tk-path^=".b"] .ink').count();
  const flood = `for {set i 0} {$i < 1000} {incr i} {place [entry .b$i -width 3] -x [expr {$i % 25 * 20}] -y [expr {$i / 25 * 7}]}
    while 1 update`;
  // In the page, at the first frame that shows some: what is there when `stop` has returned is all.
  const [before = 0, after, said] = await t.page.evaluate(async (flood) => {
    const applet = document.querySelector('tcl-applet') as Applet;
    const drawn = () => applet.shadowRoot!.querySelectorAll('.ink').length;
    const run = applet.eval(flood).then(
      () => 1,
      () => 0,
    );
    while (drawn() === 0) await new Promise(requestAnimationFrame);
    applet.stop();
    const before = drawn();
    await new Promise((done) => setTimeout(done, 500));
    return [before, drawn(), await run];
  }, flood);
  expect(before).toBeLessThan(900);
  expect(after).toBe(before);
  expect(said, 'the flood is rejected').toBe(0);
  // Started again it has a display of its own, without the picture that was left.
  await t.page.evaluate(() => (document.querySelector('tcl-applet') as Applet).start());
  await ready(t);
  await expect.poll(count).toBe(0);
  await expect(t.page.locator('.tk-display')).toHaveCount(1);
});

test('a tclet that ends by itself is drawn to the end', async ({ tclet }) => {
  const t = await tclet('for {set i 0} {$i < 120} {incr i} {pack [entry .b$i]}; update; exit');
  await expect.poll(() => t.events('tcl-exit')).toEqual([{ code: 0, reason: '' }]);
  await expect(t.page.locator('[data-tk-path^=".b"] canvas.ink')).toHaveCount(120);
});

test('while one draws as fast as it can, it is stopped from its controls, and another that computes from its bar', async ({ tclet }) => {
  const t = await tclet(
    `pack [canvas .c -width 400 -height 200]
     while 1 {.c create oval [expr {[incr n] % 500}] 10 [expr {$n % 500 + 10}] 200 -fill red; if {$n % 50 == 0} update}`,
    { controls: '', width: '400', height: '200' },
  );
  await expect(t.at('.c').locator('canvas')).toHaveCount(1);
  await t.page.evaluate(() => {
    const other = document.createElement('tcl-applet') as Applet;
    other.id = 'other';
    for (const [name, value] of Object.entries({ script: 'after 1 {while 1 {}}', width: '400', height: '100' }))
      other.setAttribute(name, value);
    document.querySelector('main')?.append(other);
  });
  const other = t.page.locator('#other');
  await expect(other.locator('.bar')).toContainText('Still running', { timeout: 20_000 });
  await other.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => other.evaluate((a) => (a as Applet).state)).toBe('stopped');
  await expect(other.locator('.bar')).toHaveCount(0);
  expect(await t.events('tcl-state')).toEqual([{ state: 'loading' }, { state: 'running' }]);
  // It has a bar, too, by now or soon.
  await t.page.getByRole('toolbar').getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => t.events('tcl-state').then((all) => all.at(-1))).toEqual({ state: 'stopped' });
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

/** By the clock, and as the page's own timers have counted: those are late where the machine has other work. */
interface Time {
  readonly ms: number;
  readonly counted: number;
}

interface Ends {
  /** When the worker was first asked after it had begun to hang, and when it was ended. */
  readonly asked: Time | null;
  readonly ended: Time | null;
}

const TICK_MS = 20;

/** Serves a worker that hangs when it is sent the script `hang`: in JavaScript, where nothing of ours looks at a limit. Has the page write down what it does to it. */
async function hanging(page: Page): Promise<void> {
  const worker = await readFile(fileURLToPath(new URL('../dist/worker.js', import.meta.url)), 'utf8');
  const hang = "addEventListener('message', ({ data }) => { if (data.kind === 'eval' && data.script === 'hang') for (;;); });";
  await page.route('**/worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: `${hang}\n${worker}` }));
  await page.addInitScript((tick) => {
    const ends: { asked: Time | null; ended: Time | null } = { asked: null, ended: null };
    Object.assign(window, { ends });
    let counted = 0;
    setInterval(() => (counted += tick), tick);
    const now = (): Time => ({ ms: performance.now(), counted });
    const { postMessage, terminate } = Worker.prototype;
    let hangs = false;
    Worker.prototype.postMessage = function (this: Worker, m: { kind: string; script?: string }) {
      if (m.script === 'hang') hangs = true;
      else if (hangs && m.kind === 'ping') ends.asked ??= now();
      postMessage.call(this, m);
    };
    Worker.prototype.terminate = function (this: Worker) {
      ends.ended = now();
      terminate.call(this);
    };
  }, TICK_MS);
}

const endsOf = (page: Page): Promise<Ends> => page.evaluate(() => (window as unknown as { ends: Ends }).ends);

/** A tclet with a scratch file that hangs. */
async function hung(
  tclet: (source: string, attributes?: Record<string, string>) => Promise<Tclet>,
  page: Page,
  limits: Record<string, string>,
) {
  await hanging(page);
  const t = await tclet('label .l -text hello; pack .l', { width: '300', height: '200', ...limits });
  await ready(t);
  await t.eval('set f [open x w]; puts $f hello; flush $f');
  await expect.poll(() => keys(page)).toBeGreaterThan(0);
  const said = page.evaluate(() =>
    (document.querySelector('tcl-applet') as Applet).eval('hang').then(
      () => 'answered',
      (e: unknown) => String(e),
    ),
  );
  return { t, said };
}

test('a worker that hangs in JavaScript is ended by stop() at once; the page’s heart beats on, its scratch files go', async ({
  tclet,
  page,
}) => {
  const { t, said } = await hung(tclet, page, {});
  const { result, longest } = await watched(page, async () => {
    await page.waitForTimeout(1500);
    const ended = await page.evaluate(() => {
      const { ends } = window as unknown as { ends: Ends };
      const before = ends.ended !== null;
      (document.querySelector('tcl-applet') as Applet).stop();
      return [before, ends.ended !== null];
    });
    return { ended, said: await said };
  });
  console.log(`${longest.toFixed(0)} ms between beats`);
  expect(result.ended, 'ended before stop(), and when it has returned').toEqual([false, true]);
  expect(result.said).toBe('Error: the tclet has ended');
  expect(longest).toBeLessThan(100);
  expect(await page.evaluate(() => (document.querySelector('tcl-applet') as Applet).state)).toBe('stopped');
  await expect(t.at('.l')).toHaveText('hello');
  await expect.poll(() => keys(page)).toBe(0);
  // Chromium lets a thread that hangs live for 2 s more; it is heard no more.
  await expect.poll(() => page.workers().length).toBe(0);
});

test('a worker that hangs is ended by itself past the limit of time: the reason is shown, told and logged', async ({ tclet, page }) => {
  const limit = 300;
  const { t, said } = await hung(tclet, page, { 'limit-time': String(limit) });
  const { result, longest } = await watched(page, async () => {
    await expect.poll(() => t.events('tcl-exit')).toEqual([{ code: 1, reason: 'time limit exceeded' }]);
    return said;
  });
  const { asked, ended } = (await endsOf(page)) as { asked: Time; ended: Time };
  // The decision falls when a question has been without an answer for the limit and a second, in which a busy machine may have kept the worker from running.
  const decided = limit + 1000;
  const [late, counted] = [ended.ms - asked.ms - decided, ended.counted - asked.counted - decided];
  console.log(`ended ${late.toFixed(1)} ms after the decision (${counted} by the page's timers), ${longest.toFixed(0)} ms between beats`);
  expect(late).toBeGreaterThan(0);
  // 200 of them are the worker's last chance.
  expect(counted).toBeLessThan(250 + 2 * TICK_MS);
  expect(longest).toBeLessThan(100);
  expect(result).toBe('Error: the tclet has ended');
  expect(await t.events('tcl-error')).toEqual([
    { message: 'time limit exceeded', errorInfo: 'time limit exceeded', errorCode: 'TCL LIMIT TIME' },
  ]);
  const logged = (await t.events('tcl-log')) as { entry: { kind: string; text: string } }[];
  expect(logged.map(({ entry }) => `${entry.kind} ${entry.text}`)).toContain(
    'SECURITY stopped: time limit exceeded, and the worker did not answer',
  );
  await expect(page.locator('tcl-applet .panel')).toContainText('time limit exceeded');
  await expect.poll(() => keys(page)).toBe(0);
  await expect.poll(() => page.workers().length).toBe(0);
});

test('each limit the page sets ends the tclet at once, with its reason in an event, the log and the panel', async ({ tclet }) => {
  for (const [limit, value, script, reason] of [
    ['limit-time', '300', 'after 1 {while 1 {}}', 'time limit exceeded'],
    // Each of these asks the page, at the pace that the page allows.
    ['limit-time', '60', 'after 1 {while 1 {close [open x w]}}', 'time limit exceeded'],
    ['limit-commands', '2000', 'after 1 {while 1 {incr i}}', 'command count limit exceeded'],
    ['limit-memory', '16', 'proc f {} {after 1 f; while 1 {append ::x [string repeat x 100000]}}; f', 'memory limit exceeded'],
    ['width', '200', 'proc f {} {after 1 f; error no}; f', 'too many background errors'],
  ] as const) {
    const t = await tclet(script, { [limit]: value });
    await expect.poll(() => t.events('tcl-exit'), reason).toEqual([{ code: 1, reason }]);
    const { state, log } = await t.page.evaluate(() => {
      const { state, log } = document.querySelector('tcl-applet') as Applet & { log: { text: string }[] };
      return { state, log: log.map(({ text }) => text) };
    });
    expect(state).toBe('stopped');
    expect(log).toContain(`stopped: ${reason}`);
    await expect(t.page.locator('tcl-applet .panel')).toContainText(reason);
    if (limit !== 'width') expect((await t.events('tcl-error')).at(-1)).toMatchObject({ message: reason });
    await expect.poll(() => t.page.workers().length).toBe(0);
  }
});

test('what a tclet asks and does not wait for keeps the page from nothing', async ({ tclet }) => {
  const t = await tclet('set f [open a w]; fconfigure $f -blocking 0 -buffering none');
  await ready(t);
  const { longest } = await watched(t.page, () =>
    t.eval('set t [clock milliseconds]; while {[clock milliseconds] < $t + 2000} {seek $f 0; puts -nonewline $f x}'),
  );
  expect(longest).toBeLessThan(200);
});

test('words for a command of the page are no longer together than one may be', async ({ tclet }) => {
  const t = await tclet('set ready 1');
  await ready(t);
  await t.page.evaluate(() => {
    const applet = document.querySelector('tcl-applet') as unknown as { alias(name: string, fn: (...words: string[]) => string): void };
    applet.alias('count', (...words) => String(words.length));
  });
  expect(await t.eval('count {*}[lrepeat 9 [string repeat x 400000]]')).toBe('9');
  await expect(t.eval('count {*}[lrepeat 10000 [string repeat x 3000000]]')).rejects.toThrow(
    'arguments are too long to be sent to the page',
  );
  expect(await t.eval('count')).toBe('0');
});
