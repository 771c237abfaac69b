/**
 * Each feature of each policy, granted and refused, in a real browser against two origins on loopback: one row a feature, one column a policy. What a cell
 * says is what the tclet hears; a refusal is in the log, and nothing has left the page for it.
 */
import { POLICIES } from '../src/policy/policies.ts';
import { DENIED, expect, furnish, open, type Sites, test } from './sites.ts';

/** `yes`: it does it; `no`: it is refused; `none`: there is no such command. */
type Cell = 'yes' | 'no' | 'none';
const NAMES = ['home', 'inside', 'outside', 'javascript', 'trusted'] as const;

interface Row {
  readonly what: string;
  readonly script: (sites: Sites) => string;
  readonly yes: string | RegExp;
  /** Where it is not the usual refusal. */
  readonly no?: string | RegExp;
  readonly cells: Readonly<Record<(typeof NAMES)[number], Cell>>;
}

const cells = (home: Cell, inside: Cell, outside: Cell, javascript: Cell, trusted: Cell): Row['cells'] => ({
  home,
  inside,
  outside,
  javascript,
  trusted,
});
const port = (address: string): string => new URL(address).port;

const ROWS: readonly Row[] = [
  {
    what: 'url: home',
    script: () => '::browser::getURL x',
    yes: 'from home é\n',
    cells: cells('yes', 'no', 'no', 'yes', 'yes'),
  },
  {
    what: 'url: above home',
    script: ({ home }) => `::browser::getURL ${home}hello.tcl`,
    yes: /hello/,
    cells: cells('no', 'no', 'no', 'yes', 'yes'),
  },
  {
    what: 'url: a host that is listed',
    script: ({ other }) => `::browser::getURL ${other}open/x`,
    yes: 'other /open/x',
    cells: cells('no', 'yes', 'no', 'yes', 'yes'),
  },
  {
    what: 'url: a place that is not listed',
    script: ({ other }) => `::browser::getURL ${other}shut/x`,
    yes: '',
    cells: cells('no', 'no', 'no', 'no', 'no'),
  },
  {
    what: 'url: a form',
    script: () => '::browser::getForm x {a 1}',
    yes: 'application/x-www-form-urlencoded|a=1',
    cells: cells('yes', 'no', 'no', 'yes', 'yes'),
  },
  {
    what: 'url: called back',
    script: () => 'set r {}; ::browser::getURL x {} {} {} {lappend ::r}; vwait ::r; lindex $r 0',
    yes: 'EOF',
    cells: cells('yes', 'no', 'no', 'yes', 'yes'),
  },
  {
    what: 'url: a document in a frame',
    script: () => '::browser::displayURL x side',
    yes: '',
    cells: cells('yes', 'no', 'no', 'yes', 'yes'),
  },
  {
    what: 'url: the status line',
    script: () => '::browser::status hello',
    yes: '',
    cells: cells('yes', 'yes', 'yes', 'yes', 'yes'),
  },
  {
    what: 'stream',
    script: () => 'set s [::browser::openStream paper]; ::browser::writeToStream $s x; ::browser::closeStream $s',
    yes: '',
    cells: cells('none', 'none', 'none', 'yes', 'yes'),
  },
  {
    what: 'network: the host it came from',
    script: ({ home }) => `set s [socket {} ${port(home)}]; fconfigure $s -buffering line; puts $s hi; set r [gets $s]; close $s; set r`,
    yes: 'HI',
    no: /^! permission denied for host/,
    cells: cells('yes', 'no', 'no', 'yes', 'yes'),
  },
  {
    what: 'network: a host that is listed',
    script: ({ other }) => `set s [socket 127.0.0.1 ${port(other)}]; close $s; string match sock* $s`,
    yes: '1',
    no: /^! permission denied for host/,
    // Home reaches any port above 1024 of the host it came from.
    cells: cells('yes', 'yes', 'no', 'yes', 'yes'),
  },
  {
    what: 'persist',
    script: () => 'set f [open kept w]; puts -nonewline $f x; close $f; glob kept',
    yes: 'kept',
    cells: cells('yes', 'yes', 'yes', 'yes', 'yes'),
  },
  {
    what: 'page',
    script: () => '::browser::javascript {add 20 22}',
    yes: '42',
    cells: cells('none', 'none', 'none', 'yes', 'yes'),
  },
  {
    what: 'page: called back',
    script: () => '::browser::javascript {add 20 22} {set ::sum}; vwait ::sum; set ::sum',
    yes: '42',
    cells: cells('none', 'none', 'none', 'yes', 'yes'),
  },
  { what: 'unsafe', script: () => 'list [pwd] [master expr 6*7]', yes: '/ 42', cells: cells('none', 'none', 'none', 'none', 'yes') },
  { what: 'mail', script: () => '::browser::sendMail a@b.example x', yes: '', cells: cells('none', 'none', 'none', 'none', 'none') },
];

/** What the page adds: a host for those that know none, and one place that is nobody's. */
function rulesFor({ other, home }: Sites): Record<string, unknown> {
  const shut = { urls: { disallow: [`${other}shut/`] } };
  const listed = { urls: { allow: [`${other}open/`], ...shut.urls }, hosts: { allow: [`127.0.0.1:${port(other)}`] } };
  // Whatever a page allows, outside does not reach this machine.
  const all = { urls: { allow: ['*'] }, hosts: { allow: ['*:*'] }, frames: { allow: ['*'] } };
  return {
    home: {},
    inside: listed,
    outside: { ...all, hosts: { allow: ['*:*', `127.0.0.1:${port(home)}`] } },
    javascript: shut,
    trusted: shut,
  };
}

test('the table has every feature and every policy', () => {
  expect([...POLICIES.keys()]).toEqual([...NAMES]);
  expect([...new Set(ROWS.map(({ what }) => what.split(':')[0]))]).toEqual([
    ...['url', 'stream', 'network', 'persist', 'page', 'unsafe', 'mail'],
  ]);
});

for (const policy of NAMES) {
  test(`${policy}: each feature, granted or refused`, async ({ page, sites }) => {
    const script = 'catch {policy trusted}';
    const policies = { [policy]: rulesFor(sites)[policy] };
    const t = await open(page, sites, { policy, policies, script, trust: policy === 'trusted', at: '/data/page.html' });
    await furnish(page);
    // Without a policy there is nothing of it, and the files are scratch files.
    if (policy !== 'trusted') {
      for (const { what, script } of ROWS) {
        if (what === 'persist' || what.startsWith('url: called')) continue;
        expect(await t.run(script(sites)), `${what}, before`).toMatch(/^! invalid command name/);
      }
    }
    expect(await t.run(`policy ${policy}`)).toBe(policy);
    expect(await t.run('policy'), 'for life').toBe(policy);
    for (const row of ROWS) {
      const asked = sites.asked.length;
      const logged = (await t.log()).length;
      const heard = await t.run(row.script(sites));
      const cell = row.cells[policy];
      const wanted = cell === 'yes' ? row.yes : cell === 'no' ? (row.no ?? DENIED_OR_FRAME) : /^! invalid command name/;
      if (typeof wanted === 'string') expect(heard, row.what).toBe(wanted);
      else expect(heard, row.what).toMatch(wanted);
      if (cell === 'yes') continue;
      expect(sites.asked.slice(asked), `${row.what}: nothing has been asked for`).toEqual([]);
      if (cell === 'no')
        expect((await t.log()).slice(logged).join('\n'), row.what).toMatch(
          /SECURITY refused: .*(no rule allows it|rule says so|guards|forged|page says so)/,
        );
    }
    for (const other of NAMES.filter((name) => name !== policy)) {
      expect(await t.run(`policy ${other}`)).toBe(`! security policy "${policy}" already loaded`);
      expect(await t.run(`package require ${other}`)).toBe(`! security policy "${policy}" already loaded`);
    }
  });

  test(`${policy}: refused by a page that does not list it, or says no`, async ({ page, sites }) => {
    const names = NAMES.filter((name) => name !== policy).join(' ');
    const t = await open(page, sites, { policy: names });
    expect(await t.run(`policy ${policy}`)).toBe(DENIED);
    expect(await t.run(`package require ${policy}`)).toBe(DENIED);
    expect((await t.log()).join('\n')).toContain(`SECURITY refused: trust.cfg said no to policy "${policy}"`);
    const u = await open(page, sites, { policy, script: 'catch {policy trusted}', trust: policy === 'trusted' });
    await page.evaluate(() => document.addEventListener('tcl-policy', (e) => e.preventDefault()));
    // One that the page vouches for has asked already.
    if (policy === 'trusted') return;
    expect(await u.run(`policy ${policy}`)).toBe(DENIED);
    expect(await u.run('policy')).toBe('');
    expect(await u.run('info commands {::browser::*}')).toBe('');
  });
}

const DENIED_OR_FRAME = /^! permission denied(: policy \w+ does not allow display in frame "side")?$/;
