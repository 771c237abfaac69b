import { describe, expect, it } from 'vitest';
import { hostedUrl } from './addresses.ts';
import { BASE } from './base.ts';
import { constant, decide, rowText } from './decide.ts';
import type { Policy, Row } from './model.ts';
import { originOf, UNKNOWN_ORIGIN } from './origin.ts';
import { policiesWith } from './page-rules.ts';
import { askable, POLICIES } from './policies.ts';
import { POLICY_TEXTS, SECTION_WORDS } from './policy-texts.ts';

const origin = originOf('https://Tcl.Example/plugin/demo/clock.tcl?x=1#key');
const home = POLICIES.get('home')!;

function policy(...rows: Row[]): Policy {
  return { name: 'p', sections: [{ name: 's', rows }], constants: {} };
}

function ask(p: Policy, ...words: string[]): boolean {
  return decide({ section: 's', words }, p, origin).allow;
}

/** Each another way to say a machine behind the firewall. */
const LOCAL_HOSTS = [
  ...['localhost', 'a.localhost', 'printer', 'printer.', 'nas.local', 'nas.local.', 'db.internal', 'router.lan', 'x.home.arpa'],
  ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0.0.0.0', '0', '10.0.0.1', '172.16.0.1', '172.31.255.255'],
  ...['192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '１２７.0.0.1', 'ｌocalhost'],
  ...['[::1]', '[::]', '[fe80::1]', '[fc00::1]', '[fd12::1]', '[::ffff:127.0.0.1]', '[::ffff:a00:1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]'],
  ...['127.0.0.1.nip.io', 'x.10-0-0-1.example', 'localtest.me', 'a.lvh.me', '0a000001.sslip.io'],
  ...['[2002:7f00:1::]', '[2001::1]', '[2001:0:1::1]', '[ff02::1]'],
];

describe('decide', () => {
  it('denies by default: no section, no row, wrong number of words', () => {
    expect(decide({ section: 'nosuch', words: ['x'] }, home, origin)).toEqual({
      allow: false,
      rule: 'home/nosuch: none',
      reason: 'the policy has no such section',
    });
    expect(ask(policy(), 'x')).toBe(false);
    expect(ask(policy({ verdict: 'allow', words: [{ any: true }] }), 'x', 'y')).toBe(false);
    expect(ask(policy({ verdict: 'allow', words: [{ any: true }] }))).toBe(false);
  });

  it('lets disallow win, whatever the order', () => {
    const yes: Row = { verdict: 'allow', words: [{ any: true }] };
    const no: Row = { verdict: 'disallow', words: [{ is: 'x' }] };
    for (const rows of [
      [yes, no],
      [no, yes],
    ]) {
      expect(ask(policy(...rows), 'x')).toBe(false);
      expect(ask(policy(...rows), 'y')).toBe(true);
    }
  });

  it('takes no pattern from what is asked, nor names of an object prototype', () => {
    const p = policy({ verdict: 'allow', words: [{ is: '::browser::getURL' }] });
    for (const word of ['*', '::browser::*', '__proto__', 'constructor', '']) expect(ask(p, word)).toBe(false);
    expect(() => constant(BASE, '__proto__')).toThrow('no such constant');
    expect(() => constant(BASE, 'constructor')).toThrow('no such constant');
    expect(POLICIES.get('__proto__')).toBeUndefined();
  });

  it('reads ranges of integers, ends included', () => {
    const p = policy({ verdict: 'allow', words: [{ from: 1025, to: 65535 }] });
    expect(['1024', '1025', '65535', '65536', '2e3', '0x800', '', '-1'].map((w) => ask(p, w))).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('finds a home by origin and path segments', () => {
    const urls = (url: string) => decide({ section: 'urls', words: [url] }, home, origin).allow;
    expect(urls('https://tcl.example:443/plugin/demo/data.txt')).toBe(true);
    expect(urls('https://tcl.example:443/plugin/demo/sub/data.txt?q=..')).toBe(true);
    for (const url of [
      'https://tcl.example:443/plugin/demonstration/x',
      'https://tcl.example:443/plugin/other',
      'https://tcl.example:443/plugin/demo/../other',
      'https://tcl.example:443/plugin/demo/%2e%2e/other',
      'https://tcl.example:443/plugin/demo/..%2Fother',
      'https://tcl.example:443/plugin/demo/..\\other',
      'https://tcl.example:443/plugin/demo/%252e%252e/other',
      'https://tcl.example:443/plugin/demo/..%25252fother',
      'https://tcl.example:443/plugin/demo/..;/other',
      'https://tcl.example:443/plugin/demo/x/..;y/..%3B/other',
      'https://tcl.example:443/plugin/demo/%c0%ae%c0%ae/other',
      'https://tcl.example:443/plugin/demo/%u002e%u002e/other',
      'https://tcl.example:8443/plugin/demo/x',
      'http://tcl.example:80/plugin/demo/x',
      'https://tcl.example:443.evil.example/plugin/demo/x',
      'https://evil.example:443/plugin/demo/x',
    ]) {
      expect(urls(url), url).toBe(false);
    }
    expect(decide({ section: 'urls', words: ['/x'] }, home, UNKNOWN_ORIGIN).allow).toBe(false);
    expect(decide({ section: 'urls', words: [''] }, home, UNKNOWN_ORIGIN).allow).toBe(false);
  });

  it('gives persist only to a tclet of known origin, and hosts only of its own', () => {
    expect(decide({ section: 'features', words: ['persist'] }, home, origin).allow).toBe(true);
    expect(decide({ section: 'features', words: ['persist'] }, home, UNKNOWN_ORIGIN).allow).toBe(false);
    expect(decide({ section: 'hosts', words: ['tcl.example', '8080'] }, home, origin).allow).toBe(true);
    expect(decide({ section: 'hosts', words: ['tcl.example', '25'] }, home, origin).allow).toBe(false);
    expect(decide({ section: 'hosts', words: ['', '8080'] }, home, UNKNOWN_ORIGIN).allow).toBe(false);
  });

  it('takes a disallowed place in every spelling that a server might understand', () => {
    const p = policiesWith({ inside: { urls: { allow: ['https://a.example/'], disallow: ['https://a.example/no/way/'] } } }).get('inside')!;
    const may = (path: string) => decide({ section: 'urls', words: [hostedUrl(`https://a.example/${path}`)!.text] }, p, origin).allow;
    const spellings = [
      'no/way/x',
      'no/way',
      'no//way/x',
      '%6eo/way/x',
      'no/%2577ay/',
      'NO/Way/x',
      'x/../no/way/',
      'no;x/way/y',
      '/no/way/x',
      'x/..;/no/way/',
      'x/%252e%252e/no/way/',
      '..;/no/way/x',
      '..;/..;/..;/no/way/x',
      'no/way/..;/..;/x',
      'no/way/%252e%252e/%252e%252e/x',
      'no./way/x',
      'no/way%20/x',
      'no/way%00.html',
    ];
    expect(spellings.filter(may)).toEqual([]);
    expect(['no/ways/x', 'no', 'noway/', 'x/no/way/', '%6eo/ways', 'a..b/x;y'].map(may)).toEqual([true, true, true, true, true, true]);
    const outOfRoot = policiesWith({ javascript: { urls: { disallow: ['https://a.example/no/way/'] } } }).get('javascript')!;
    for (const path of ['x/..%2f..%2f..%2fno/way/', '..%5c..%5cno%5cway', 'no/way%2f..%2f..%2fx']) {
      expect(decide({ section: 'urls', words: [hostedUrl(`https://a.example/${path}`)!.text] }, outOfRoot, origin).allow, path).toBe(false);
    }
  });

  it('knows a host by one spelling', () => {
    const rules = {
      urls: { disallow: ['https://evil.example/'] },
      hosts: { disallow: ['EVIL.example:*', 'b\u00fccher.example:443', '0x5d.1:80'] },
    };
    const p = policiesWith({ javascript: rules }).get('javascript')!;
    const hosts = (host: string, port: string) => decide({ section: 'hosts', words: [host, port] }, p, origin).allow;
    expect([hosts('evil.example', '8080'), hosts('xn--bcher-kva.example', '443'), hosts('93.0.0.1', '80')]).toEqual([false, false, false]);
    expect([hosts('fine.example', '8080'), hosts('xn--bcher-kva.example', '80')]).toEqual([true, true]);
    for (const host of ['evil.example.', 'evil.example..', 'localhost.', '127.0.0.1..', '0x7f.1..', '.'])
      expect(hostedUrl(`https://${host}/x`), host).toBe(null);
    expect(hostedUrl('https://EVIL.example:443/')?.text).toBe('https://evil.example:443/');
  });

  it('takes no long time for long paths', () => {
    const p = policiesWith({ javascript: { urls: { disallow: ['https://a.example/no/way/'] } } }).get('javascript')!;
    const began = performance.now();
    for (const part of ['x/', '%252e%252e/', 'x/%252e%252e/', '..%2f', 'no/..;/', '%25', ';', '. ', '%2520']) {
      const { text } = hostedUrl(`https://a.example/${part.repeat(65_536 / part.length)}`)!;
      for (const policy of [p, home]) decide({ section: 'urls', words: [text] }, policy, origin);
    }
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('opens inside and outside only to what the page adds', () => {
    const url = 'https://a.example:443/x';
    for (const name of ['inside', 'outside']) {
      const may = (p: Policy) => decide({ section: 'urls', words: [url] }, p, origin).allow;
      expect(may(POLICIES.get(name)!)).toBe(false);
      expect(may(policiesWith({ [name]: { urls: { allow: ['https://a.example/x'] } } }).get(name)!)).toBe(true);
      expect(may(policiesWith({ [name]: { urls: { allow: ['*'], disallow: ['https://a.example/'] } } }).get(name)!)).toBe(false);
    }
  });

  it('never opens outside to the visitor’s own network, or without https', () => {
    const outside = policiesWith({ outside: { urls: { allow: ['*'] }, hosts: { allow: ['*:*'] } } }).get('outside')!;
    const urls = (url: string) => decide({ section: 'urls', words: [hostedUrl(url)?.text ?? url] }, outside, origin).allow;
    const hosts = (host: string) => decide({ section: 'hosts', words: [host, '443'] }, outside, origin).allow;
    for (const host of ['tcl.example', '93.184.216.34', '[2606:2800:220:1::1]', 'xn--bcher-kva.example', '172.32.0.1', '100.128.0.1']) {
      expect(urls(`https://${host}/`), host).toBe(true);
      expect(hosts(host), host).toBe(true);
      expect(urls(`http://${host}/`), host).toBe(false);
    }
    for (const host of LOCAL_HOSTS) {
      expect(urls(`https://${host}/`), host).toBe(false);
      expect(hosts(host), host).toBe(false);
    }
    for (const host of ['', 'a b', '::1', 'fe80::1', '2002:7f00:1::', 'https://localhost/', '//x']) expect(hosts(host), host).toBe(false);
  });

  it('gives trusted nothing unless the page vouches for the text', () => {
    const trusted = POLICIES.get('trusted')!;
    const request = { section: 'features', words: ['unsafe'] };
    expect(decide(request, trusted, origin).allow).toBe(false);
    expect(decide(request, trusted, origin, { vouched: true }).allow).toBe(true);
  });
});

describe('askable', () => {
  const may = (names: string[], name: string) => decide({ section: 'policies', words: [name] }, askable(names), origin).allow;

  it('allows what the page lists, by whole name', () => {
    expect(may(['home'], 'home')).toBe(true);
    expect(may(['home'], 'home foo')).toBe(false);
    expect(may(['home'], 'javascript')).toBe(false);
    expect(may([], 'home')).toBe(false);
    expect(may(['intercom'], 'intercom')).toBe(false);
    expect(may(['trusted'], 'trusted')).toBe(false);
  });
});

describe('policies', () => {
  it('have rows as long as their sections say, and the plugin’s names', () => {
    expect([...POLICIES.keys()]).toEqual(['home', 'inside', 'outside', 'javascript', 'trusted']);
    for (const p of [BASE, ...POLICIES.values()]) {
      for (const s of p.sections)
        for (const row of s.rows) expect(row.words.length, `${p.name}/${s.name} ${rowText(row)}`).toBe(SECTION_WORDS.get(s.name)?.length);
    }
  });

  it('have texts, each its own', () => {
    expect([...POLICY_TEXTS.keys()]).toEqual([BASE.name, ...POLICIES.keys()]);
    expect(new Set([...POLICY_TEXTS.values()].map((t) => t.purpose)).size).toBe(POLICY_TEXTS.size);
    for (const text of POLICY_TEXTS.values()) expect(text.weaknesses.length).toBeGreaterThan(0);
  });

  it('refuse mail everywhere', () => {
    for (const p of POLICIES.values()) {
      expect(decide({ section: 'aliases', words: ['::browser::sendMail'] }, p, origin, { vouched: true }).allow).toBe(false);
    }
  });
});

describe('policiesWith', () => {
  it('adds rows and changes limits', () => {
    const inside = policiesWith({
      inside: { hosts: { allow: ['a:80', 'b:1-9', 'c:*'] }, frames: { allow: ['side'] }, constants: { maxFrames: 1 } },
    }).get('inside')!;
    const may = (section: string, ...words: string[]) => decide({ section, words }, inside, origin).allow;
    expect([
      may('hosts', 'a', '80'),
      may('hosts', 'a', '81'),
      may('hosts', 'b', '9'),
      may('hosts', 'b', '10'),
      may('hosts', 'c', '1'),
    ]).toEqual([true, false, true, false, true]);
    expect([may('frames', 'side'), may('frames', 'other')]).toEqual([true, false]);
    expect(constant(inside, 'maxFrames')).toBe(1);
    expect(constant(inside, 'socketsLimit')).toBe(4);
  });

  it('says what is wrong', () => {
    const wrong = (rules: unknown) => () => policiesWith(rules);
    expect(wrong({ outsid: {} })).toThrow('policies: there is no policy "outsid"');
    expect(wrong({ __proto__: null, constructor: {} })).toThrow('policies: there is no policy "constructor"');
    expect(wrong([])).toThrow('policies: policies wants an object');
    expect(wrong({ home: { url: {} } })).toThrow('policies: home has no section "url"');
    expect(wrong({ home: { urls: { alow: [] } } })).toThrow('policies: home.urls: "alow" is neither allow nor disallow');
    expect(wrong({ home: { urls: { allow: 'x' } } })).toThrow('policies: home.urls.allow wants a list of strings');
    expect(wrong({ home: { urls: { allow: ['ftp://x/'] } } })).toThrow('policies: home.urls: "ftp://x/" is no http or https URL');
    expect(wrong({ home: { hosts: { allow: ['x'] } } })).toThrow('policies: home.hosts: "x" is no HOST:PORT');
    expect(wrong({ home: { constants: { x: 1 } } })).toThrow('policies: home has no constant "x"');
    expect(wrong({ home: { constants: { maxFrames: -1 } } })).toThrow('policies: maxFrames wants a whole number');
  });
});

describe('originOf', () => {
  it('writes out the default port and folds the host', () => {
    expect(origin).toEqual({
      known: true,
      url: 'https://tcl.example:443/plugin/demo/clock.tcl?x=1',
      homeDirUrl: 'https://tcl.example:443/plugin/demo/',
      proto: 'https',
      host: 'tcl.example',
      port: '443',
      path: '/plugin/demo/clock.tcl',
      key: '#key',
    });
    expect(originOf('http://localhost:8080/a').port).toBe('8080');
  });

  it('knows nothing of URLs without a host', () => {
    for (const url of ['about:srcdoc', 'data:text/plain,x', 'blob:https://a.example/1', 'file:///etc/passwd', 'nonsense', '']) {
      expect(originOf(url), url).toBe(UNKNOWN_ORIGIN);
    }
  });
});
