/** The contract of the element with its page (README, "The contract"). */
import { expect, ready, test } from './harness.ts';

test('evaluates at global level, in call order, and rejects with the message of Tcl', async ({ tclet }) => {
  const t = await tclet('set n 1');
  await ready(t);
  const out = await t.page.evaluate(async () => {
    const a = document.querySelector('tcl-applet') as unknown as { eval(s: string): Promise<string> };
    const said = await Promise.all([
      a.eval('incr n'),
      a.eval('after 30; incr n 10'),
      a.eval('incr n 100'),
      a.eval('nosuch 1').catch((e: Error) => `${e.name}: ${e.message}`),
      a.eval('lindex {a {b c}} 1'),
      a.eval('error oops {} {A B}').catch((e: Error & { errorCode: string; errorInfo: string }) => `${e.errorCode}|${e.errorInfo}`),
    ]);
    return said;
  });
  expect(out.slice(0, 5)).toEqual(['2', '12', '112', 'TclError: invalid command name "nosuch"', 'b c']);
  expect(out[5]).toContain('A B|oops\n    while executing\n"error oops {} {A B}"');
});

test('ready is settled once the top-level script has run, though it waits', async ({ tclet }) => {
  const t = await tclet('set log {}; lappend log a; after 150; lappend log b');
  await ready(t);
  expect(await t.eval('set log')).toBe('a b');
});

test('a script is the file that argv0 names while it runs, so that what many programs end with starts them', async ({ tclet }) => {
  const t = await tclet('proc main {} {set ::ran 1}; if {[info exists argv0] && $argv0 eq [info script]} main');
  await ready(t);
  expect(await t.eval('list $ran [info script]')).toBe('1 {}');
});

test('a top-level script may wait for ever: what the page evaluates runs meanwhile', async ({ tclet }) => {
  const t = await tclet('set log a; vwait forever; lappend log c; destroy .');
  expect(await t.eval('lappend log b')).toBe('a b');
  await t.eval('set forever 1');
  await ready(t);
  expect(await t.eval('set log')).toBe('a b c');
});

test('says what happens through events', async ({ tclet }) => {
  const t = await tclet('puts "one\\u00e9"; puts -nonewline two; after 10 {error late}; after 60 exit');
  await expect.poll(async () => (await t.events('tcl-exit')).length).toBe(1);
  const output = (await t.events('tcl-output')) as { channel: string; text: string }[];
  expect(output.map((o) => o.text).join('')).toBe('one\u00e9\ntwo');
  expect(new Set(output.map((o) => o.channel))).toEqual(new Set(['stdout']));
  const [error] = (await t.events('tcl-error')) as { message: string; errorInfo: string; errorCode: string }[];
  expect(error?.message).toBe('late');
  expect(error?.errorInfo).toContain('("after" script)');
  expect(error?.errorCode).toBe('NONE');
  expect((await t.events('tcl-state')) as unknown[]).toEqual([{ state: 'loading' }, { state: 'running' }, { state: 'stopped' }]);
});

test('the page answers aliases: strings and promises in place of commands', async ({ tclet }) => {
  const t = await tclet('set ready 1');
  await ready(t);
  await t.page.evaluate(() => {
    const a = document.querySelector('tcl-applet') as unknown as { alias(n: string, f: (...w: string[]) => unknown): void };
    a.alias('page::add', (x, y) => String(Number(x) + Number(y)));
    a.alias('page::slow', (x) => new Promise((done) => setTimeout(() => done(`slow ${x}`), 50)));
    a.alias('page::bad', () => {
      throw new Error('no such thing');
    });
  });
  expect(await t.eval('page::add 2 40')).toBe('42');
  expect(await t.eval('proc p x {set r [page::slow $x]; return <$r>}; p "a b"')).toBe('<slow a b>');
  expect(await t.eval('list [catch {page::bad} m] $m')).toBe('1 {no such thing}');
});

test('pause stands still, resume goes on, stop ends, restart begins anew', async ({ tclet }) => {
  const t = await tclet('set n 0; proc tick {} {puts [incr ::n]; after 10 tick}; tick');
  await ready(t);
  const call = (name: string) =>
    t.page.evaluate((m) => (document.querySelector('tcl-applet') as unknown as Record<string, () => void>)[m]?.(), name);
  const printed = async () => (await t.events('tcl-output')).length;
  await expect.poll(printed).toBeGreaterThan(3);
  await call('pause');
  // What is asked is not answered; what was on its way when it paused comes first.
  const asked = t.eval('set n');
  let answered = false;
  asked.then(
    () => (answered = true),
    () => {},
  );
  await expect
    .poll(async () => {
      const before = await printed();
      await t.page.waitForTimeout(300);
      return (await printed()) - before;
    })
    .toBe(0);
  expect(answered).toBe(false);
  await call('resume');
  const n = Number(await asked);
  await expect.poll(async () => Number(await t.eval('set n'))).toBeGreaterThan(n);
  await t.eval('set before 1');
  await call('stop');
  await expect(t.eval('set n')).rejects.toThrow();
  await call('restart');
  await ready(t);
  expect(await t.eval('list [info exists before] [info exists n]')).toBe('0 1');
});

test('every attribute is in embed_args; width and height size the main window, and resize it', async ({ tclet }) => {
  const t = await tclet('pack [frame .f -width 10 -height 10]', { width: '230', height: '110', color: 'light blue', 'data-x': 'é {' });
  await ready(t);
  expect(await t.eval('list [winfo width .] [winfo height .]')).toBe('230 110');
  expect(await t.eval('array get embed_args color')).toBe('color {light blue}');
  expect(await t.eval('set embed_args(x)')).toBe('é {');
  expect(await t.eval('set embed_args(width)')).toBe('230');
  await t.page.evaluate(() => document.querySelector('tcl-applet')?.setAttribute('width', '300'));
  await expect.poll(() => t.eval('winfo width .')).toBe('300');
});

test('without width and height the box follows what the main window asks for', async ({ tclet }) => {
  const t = await tclet('pack [frame .f -width 140 -height 60]');
  await ready(t);
  const size = async () => {
    const box = await t.page.locator('tcl-applet').boundingBox();
    return [Math.round(box?.width ?? 0), Math.round(box?.height ?? 0)];
  };
  await expect.poll(size).toEqual([140, 60]);
  await t.eval('.f configure -width 200');
  await expect.poll(size).toEqual([200, 60]);
});

test('a source that is not there, is empty or does not match its digest is told in a panel', async ({ page, address }) => {
  await page.goto(`${address}page.html`);
  const panel = async (attributes: string, text: string) => {
    await page.evaluate((html) => {
      document.querySelector('tcl-applet')?.remove();
      const el = document.createElement('tcl-applet');
      for (const part of html.split(' ')) el.setAttribute(part.split('=')[0] ?? '', part.split('=')[1] ?? '');
      document.querySelector('main')?.append(el);
    }, attributes);
    await expect(page.locator('tcl-applet [role=alert]')).toContainText(text);
  };
  await panel('src=nowhere.tcl', '404');
  await panel('script=', 'no data');
  await panel('src=hello.tcl integrity=sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'integrity');
});

test('a script child is the source, and what else is inside is for browsers without the element', async ({ page, address }) => {
  await page.goto(`${address}inline.html`);
  const applet = page.locator('tcl-applet');
  await expect(applet.locator('[data-tk-path=".f"]')).toBeVisible();
  expect(
    await page.evaluate(() => (document.querySelector('tcl-applet') as unknown as { eval(s: string): Promise<string> }).eval('set said')),
  ).toBe('a < b && "c"');
});
