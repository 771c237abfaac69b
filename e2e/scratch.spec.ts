/** Scratch files in the browser's own storage: written, read back, limited, and gone. */
import type { Page } from '@playwright/test';
import { expect, ready, type Tclet, test } from './harness.ts';

/** Keys and sizes of what is stored for all tclets of the page's origin, `SESSION/` left out. */
function stored(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((done, fail) => {
        const open = indexedDB.open('tcl-applet-scratch');
        open.onerror = () => fail(open.error);
        open.onsuccess = () => {
          const db = open.result;
          if (!db.objectStoreNames.contains('files')) {
            db.close();
            done([]);
            return;
          }
          const files = db.transaction('files').objectStore('files');
          const keys = files.getAllKeys();
          const values = files.getAll();
          values.onsuccess = () => {
            db.close();
            done(keys.result.map((k, i) => `${String(k).replace(/^.*\//, '')} ${(values.result[i] as Uint8Array).length}`));
          };
        };
      }),
  );
}
const WRITE = `
proc save {text} {
  global file
  set f [open $file w]
  try {puts -nonewline $f $text} finally {close $f}
}
proc slurp {name} {
  set f [open $name]
  try {read $f} finally {close $f}
}
set f [maketmp]
set file notes.txt
close $f
`;
async function open(tclet: (source: string) => Promise<Tclet>): Promise<Tclet> {
  const t = await tclet(WRITE);
  await ready(t);
  expect(await t.events('tcl-error')).toEqual([]);
  return t;
}

test('what is written is read back, in the encoding of the channel', async ({ tclet }) => {
  const t = await open(tclet);
  await t.eval('save "first\\nsecond \\u00e9\\u20ac"');
  expect(await t.eval('slurp notes.txt')).toBe('first\nsecond é€');
  expect(await t.eval('set f [open notes.txt a]; puts $f "third"; close $f; lrange [split [slurp notes.txt] \\n] end-1 end')).toContain(
    'third',
  );
  expect(await t.eval('set f [open notes.txt r+]; seek $f 6; puts -nonewline $f SECOND; seek $f 0; set l [gets $f]; close $f; set l')).toBe(
    'first',
  );
  expect(await t.eval('string range [slurp notes.txt] 6 11')).toBe('SECOND');
  expect(await t.eval('lsort [glob *.txt]')).toBe('notes.txt');
  expect((await stored(t.page)).filter((f) => f.startsWith('notes.txt'))).toHaveLength(1);
  await t.eval('file delete notes.txt');
  expect((await stored(t.page)).filter((f) => f.startsWith('notes.txt'))).toEqual([]);
});

test('100 KB to a file and not a byte more; four open; six stored', async ({ tclet }) => {
  const t = await open(tclet);
  await t.eval('save [string repeat x 102400]');
  expect(await stored(t.page)).toContain('notes.txt 102400');
  const refused = await t.eval('list [catch {save [string repeat x 102401]} m] $m');
  expect(refused).toMatch(/^1 /);
  const sizes = (await stored(t.page)).map((f) => Number(f.split(' ')[1]));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(102400);
  const five = await t.eval(
    'set n 0; foreach i {1 2 3 4 5} {if {[catch {open o$i w} f]} break; lappend fs $f; incr n}; foreach f $fs {close $f}; set n',
  );
  expect(five).toBe('4');
  const many = await t.eval('set n 0; foreach i {1 2 3 4 5 6 7 8 9} {if {[catch {close [open s$i w]}]} break}; llength [glob *]');
  expect(Number(many)).toBeLessThanOrEqual(6);
});

test('all is gone when the tclet ends, and when the page is left', async ({ tclet, page, address }) => {
  const t = await open(tclet);
  await t.eval('save kept');
  expect(await stored(page)).toContain('notes.txt 4');
  await page.evaluate(() => (document.querySelector('tcl-applet') as unknown as { stop(): void }).stop());
  await expect.poll(() => stored(page)).toEqual([]);

  const again = await open(tclet);
  await again.eval('save more');
  // Left without a word, as a tab is that crashes: the next tclet of the origin finds and sweeps it.
  await page.goto('about:blank');
  await page.goto(`${address}page.html`);
  const last = await open(tclet);
  await last.eval('save mine');
  await expect.poll(() => stored(page)).toEqual(expect.arrayContaining(['notes.txt 4']));
  await expect.poll(async () => (await stored(page)).filter((f) => f.startsWith('notes.txt'))).toHaveLength(1);
});

test('the files of a tab that was killed are swept by the next tclet of the origin', async ({ tclet, page, address, context }) => {
  const t = await open(tclet);
  await t.eval('save doomed');
  const second = await context.newPage();
  await second.goto(`${address}page.html`);
  expect(await stored(second)).toContain('notes.txt 6');
  const crashed = page.waitForEvent('crash');
  const devtools = await context.newCDPSession(page);
  void devtools.send('Page.crash').catch(() => {});
  await crashed;
  await second.bringToFront();
  await second.evaluate(() => {
    const applet = document.createElement('tcl-applet');
    applet.setAttribute('script', 'set harmless 1');
    document.querySelector('main')?.append(applet);
  });
  await expect.poll(async () => (await stored(second)).filter((f) => f.startsWith('notes.txt'))).toEqual([]);
});
