/** Policies in a real browser: two origins on loopback, cookies, redirects, sockets, storage, windows. What each refuses is as much the point. */
import type { BrowserContext } from '@playwright/test';
import { watched } from './harness.ts';
import { type Applet, DENIED, expect, furnish, open, test } from './sites.ts';

test('home: its own folder and nothing else, without cookies or redirects', async ({ page, sites, context }) => {
  const t = await open(page, sites);
  await context.addCookies([{ name: 'secret', value: '1', url: sites.home }]);
  expect(await t.run('catch {::browser::getURL data/x} m; set m')).toBe('invalid command name "::browser::getURL"');
  expect(await t.run('policy home')).toBe('home');
  expect(await t.run('::browser::getURL data/x')).toBe('from home é\n');
  expect(sites.asked).toEqual(['home GET /data/x -']);
  expect(await t.run('::browser::getForm data/x {a 1 b {2 3}}')).toBe('application/x-www-form-urlencoded|a=1&b=2+3');
  expect(await t.run('::browser::getURL data/away')).toBe('! abnormal end of stream: NETWORK_ERROR');
  expect(await t.run('::browser::getURL data/slow 100')).toBe('! timeout');
  for (const url of [
    sites.other,
    `${sites.other}data/x`,
    'https://example.com/',
    `${sites.home.replace('127.0.0.1', 'localhost')}data/x`,
  ]) {
    expect(await t.run(`::browser::getURL ${url}`), url).toBe(DENIED);
  }
  expect(await t.run('::browser::getURL javascript:alert(1)')).toBe('! invalid url "javascript:alert(1)": badly formed');
  expect(sites.asked.filter((line) => line.startsWith('other'))).toEqual([]);
  expect(await t.run('set r {}; ::browser::getURL data/x {} {lappend r} {lappend r} {lappend r}; vwait r; vwait r; vwait r; set r')).toBe(
    `${sites.home}data/x text/plain {} {} 12 {from home é\n} EOF {}`,
  );
});

test('inside: what the page lists; outside: never this machine', async ({ page, sites }) => {
  const rules = { urls: { allow: [`${sites.other}open/`], disallow: [`${sites.other}open/shut/`] } };
  const inside = await open(page, sites, { policy: 'inside', policies: { inside: rules } });
  expect(await inside.run('policy inside')).toBe('inside');
  expect(await inside.run(`::browser::getURL ${sites.other}open/x`)).toBe('other /open/x');
  for (const path of ['x', 'open/shut/x', 'open/../x', 'open/%2e%2e/x'])
    expect(await inside.run(`::browser::getURL ${sites.other}${path}`), path).toBe(DENIED);
  expect(await inside.run('::browser::getURL data/x')).toBe(DENIED);
  const outside = await open(page, sites, {
    policy: 'outside',
    policies: { outside: { urls: { allow: ['*'] }, hosts: { allow: ['*:*'] } } },
  });
  expect(await outside.run('policy outside')).toBe('outside');
  const port = new URL(sites.other).port;
  for (const url of [`${sites.other}open/x`, `https://127.0.0.1:${port}/`, `https://[::1]:${port}/`, 'https://localhost/', 'data/x'])
    expect(await outside.run(`::browser::getURL {${url}}`), url).toBe(DENIED);
  expect(await outside.run(`socket 127.0.0.1 ${port}`)).toBe(`! permission denied for host 127.0.0.1 port ${port}`);
  expect(sites.asked).toEqual(['other GET /open/x -']);
});

test('rules that are wrong are told to the page, and nothing runs', async ({ page, sites }) => {
  await page.goto(`${sites.home}page.html`);
  await page.evaluate(() => {
    const applet = document.createElement('tcl-applet') as Applet;
    applet.policies = { home: { url: {} } };
    applet.setAttribute('script', 'button .b; pack .b');
    document.querySelector('main')?.append(applet);
  });
  await expect(page.locator('tcl-applet [role=alert]')).toContainText('policies: home has no section "url"');
});

test('a socket to the host the tclet came from', async ({ page, sites }) => {
  const t = await open(page, sites);
  const port = new URL(sites.home).port;
  expect(await t.run(`socket 127.0.0.1 ${port}`)).toBe('! invalid command name "socket"');
  await t.run(`policy home; set s [socket {} ${port}]; fconfigure $s -buffering line`);
  expect(await t.run('puts $s hello; gets $s')).toBe('HELLO');
  expect(await t.run('fileevent $s readable {set got [gets $s]}; puts $s again; vwait got; set got')).toBe('AGAIN');
  expect(await t.run('close $s')).toBe('');
  expect(await t.run('socket 127.0.0.1 22')).toBe('! permission denied for host 127.0.0.1 port 22');
  expect(await t.run('socket localhost 8080')).toBe('! permission denied for host localhost port 8080');
});

const SAVE =
  'policy home; proc save {n text} {set f [open $n a]; puts -nonewline $f $text; close $f}; proc slurp n {set f [open $n]; set x [read $f]; close $f; set x}';

test('files that persist outlive the page, scratch files do not', async ({ page, sites }) => {
  let t = await open(page, sites);
  await t.run(`set f [open scratched w]; puts $f x; close $f; ${SAVE}; save kept "one é"`);
  expect(await t.run('lsort [glob *]')).toBe('kept scratched');
  t = await open(page, sites);
  expect(await t.run(`${SAVE}; list [glob *] [slurp kept]`)).toBe('kept {one é}');
  expect(await t.run('file delete kept; glob *')).toBe('');
});

test('two tabs share a folder, its quotas, and lose nothing', async ({ page, sites, context }) => {
  const second = await (context as BrowserContext).newPage();
  const tabs = [await open(page, sites), await open(second, sites)] as const;
  for (const tab of tabs) await tab.run(SAVE);
  await Promise.all(tabs.map((tab, i) => tab.run(`for {set n 0} {$n < 20} {incr n} {save log "${i}$n\\n"}`)));
  for (const tab of tabs) expect(await tab.run('llength [slurp log]')).toBe('40');
  expect(await tabs[0].run('foreach n {2 3 4} {save f$n x}')).toBe('');
  expect(await tabs[1].run('foreach n {5 6} {save f$n x}; open f7 w')).toBe('! permission denied: file count limit');
  await Promise.all(tabs.map((tab) => tab.run('save f2 [string repeat y 65536]')));
  expect(await tabs[0].run('string length [slurp f2]')).toBe('65537');
  await Promise.all(tabs.map((tab) => tab.run('save f2 [string repeat z 65535]')));
  expect(Number(await tabs[1].run('string length [slurp f2]'))).toBeLessThanOrEqual(131_072);
  expect(await tabs[0].run('string length [slurp f2]')).toBe(String(65_537 + 65_535));
});

test('the page may say no, at once or later', async ({ page, sites }) => {
  const t = await open(page, sites, { policy: 'home inside' });
  await page.evaluate(() =>
    document.addEventListener('tcl-policy', (e) => {
      const { detail } = e as CustomEvent<{ policy: string; features: string[]; respondWith(p: Promise<boolean>): void }>;
      if (detail.policy === 'inside') e.preventDefault();
      else detail.respondWith(new Promise((done) => setTimeout(() => done(detail.features.join() === 'url,network,persist'), 50)));
    }),
  );
  expect(await t.run('policy inside')).toBe(DENIED);
  expect(await t.run('policy home')).toBe('home');
  expect(await t.log()).toContain('SECURITY refused: the page said no to policy "inside"');
});

test('windows open after a click alone, and only where the page lets them', async ({ page, sites, context }) => {
  // From its own page, and nothing asked of it until it has tried: what a test evaluates counts as the visitor's doing.
  await page.goto(`${sites.home}navigates.html`);
  await expect.poll(() => sites.asked).toContain('home GET /data/shown -');
  const opening = context.waitForEvent('page');
  await page.locator('[data-tk-path=".b"]').click();
  const opened = await opening;
  await opened.waitForURL(/data\/x$/);
  expect(await opened.evaluate(() => window.opener)).toBeNull();
  const run = (tcl: string) => page.evaluate((s) => (document.querySelector('tcl-applet') as Applet).eval(s), tcl);
  expect(await run('set first')).toBe('1 {permission denied}');
  expect(await run('set said')).toBe('0 {}');
  await page.evaluate(() => document.addEventListener('tcl-navigate', (e) => e.preventDefault()));
  await page.bringToFront();
  await page.locator('[data-tk-path=".b"]').click();
  await expect.poll(() => run('set said')).toBe('1 {permission denied}');
  expect(context.pages().length).toBe(2);
});

test('frames and streams of the page, its functions, its status line', async ({ page, sites }) => {
  const t = await open(page, sites, { policy: 'javascript' });
  await furnish(page);
  await page.evaluate(() => {
    document.addEventListener('tcl-status', (e) => (document.title = (e as CustomEvent<{ text: string }>).detail.text));
  });
  expect(await t.run('policy javascript; ::browser::displayURL data/x side')).toBe('');
  await expect(page.frameLocator('iframe[name=side]').locator('body')).toContainText('from home');
  expect(await t.run('::browser::openStream side')).toBe(DENIED);
  expect(
    await t.run(
      'set s [::browser::openStream paper]; ::browser::writeToStream $s <b>bold</b><script>parent.x=1</script>; ::browser::closeStream $s',
    ),
  ).toBe('');
  await expect(page.frameLocator('iframe[name=paper]').locator('b')).toHaveText('bold');
  expect(await page.evaluate(() => (window as unknown as { x?: number }).x)).toBeUndefined();
  expect(await t.run('::browser::writeToStream $s more')).toBe(DENIED);
  expect(await t.run('::browser::javascript {add 20 22}')).toBe('42');
  expect(await t.run('::browser::javascript {alert 1}')).toBe('! the page exposes no "alert"');
  await t.run('::browser::status {all is well}');
  expect(await page.title()).toBe('all is well');
});

test('trusted: for a text the page vouched for, and still within the worker', async ({ page, sites }) => {
  const script = 'catch {policy trusted} said';
  const no = await open(page, sites, { policy: 'trusted', script });
  expect(await no.run('set said')).toBe('permission denied');
  const yes = await open(page, sites, { policy: 'trusted', script, trust: true });
  expect(await yes.run('list $said [pwd] [master expr 6*7]')).toBe('trusted / 42');
});

test('fields of a form that is shown in a frame are no elements of the page', async ({ page, sites }) => {
  const t = await open(page, sites);
  await furnish(page);
  await t.run('policy home');
  const form = '_charset_ 0 submit 1 remove 2 append 3 action 4 method 5 {} 6';
  expect(await t.run(`::browser::displayForm data/x side {${form}}`)).toBe('');
  const body = page.frameLocator('iframe[name=side]').locator('body');
  await expect(body).toContainText('application/x-www-form-urlencoded|_charset_=0&submit=1&remove=2&append=3&action=4&method=5&=6');
  expect(await page.locator('form').count()).toBe(0);
  expect(await t.run('::browser::displayForm data/x side [lrepeat 1001 a b]')).toBe(DENIED);
  const { result, longest } = await watched(page, () => t.run('::browser::displayForm data/x side [lrepeat 1000 a b]'));
  expect(result).toBe('');
  expect(longest).toBeLessThan(100);
});

test('each window counts, whatever it is called', async ({ page, sites, context }) => {
  const rules = { home: { constants: { maxFrames: 2 } } };
  const show = 'lappend said [catch {::browser::displayURL data/x w} m] $m';
  const t = await open(page, sites, { policies: rules, script: `policy home; set said {}; button .b -command {${show}}; pack .b` });
  for (const n of [1, 2, 3]) {
    await page.bringToFront();
    await page.locator('[data-tk-path=".b"]').click();
    await expect.poll(() => t.run('llength $said')).toBe(String(2 * n));
  }
  expect(await t.run('set said')).toBe('0 {} 0 {} 1 {too many frames}');
  await expect.poll(() => context.pages().length).toBe(3);
});

test('a channel the page lends, and takes back', async ({ page, sites }) => {
  const t = await open(page, sites);
  await page.evaluate(() => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    (document.querySelector('tcl-applet') as Applet).lend('desk', { readable, writable });
  });
  expect(await t.run('fconfigure desk -buffering line; puts desk hello; gets desk')).toBe('hello');
  await page.evaluate(() => (document.querySelector('tcl-applet') as Applet).takeBack('desk'));
  expect(await t.run('puts desk hello')).toBe('! can not find channel named "desk"');
});
