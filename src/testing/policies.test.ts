/** What each policy and feature gives a tclet, and what it refuses: cell and gate together. Words are those of the fact sheet of the Tcl plugin. */
import { describe, expect, it } from 'vitest';
import { policiesWith } from '../policy/page-rules.ts';
import { gatedTclet } from './tclet.ts';

const DENIED = 'error permission denied NONE';

function text(body: string, type = 'text/plain; charset=utf-8'): Response {
  return new Response(body, { headers: { 'content-type': type, 'last-modified': 'Thu, 01 Jan 1970 00:00:05 GMT', 'content-length': '7' } });
}

describe('policy', () => {
  it('is one for life, and asked for by the page’s leave', async () => {
    const t = gatedTclet();
    expect(await t.run('policy')).toBe('ok ');
    expect(await t.run('policy inside')).toBe(DENIED);
    expect(await t.run('policy {home foo}')).toBe(DENIED);
    expect(await t.run('info commands ::browser::*')).toBe('ok ');
    expect(await t.run('policy home')).toBe('ok home');
    expect(await t.run('policy home; policy')).toBe('ok home');
    expect(await t.run('lsort [info commands ::browser::*]')).toBe(
      'ok ::browser::displayForm ::browser::displayURL ::browser::getForm ::browser::getURL ::browser::status',
    );
    expect(await t.run('policy inside')).toBe('error security policy "home" already loaded NONE');
    expect(t.page.questions).toEqual([
      { policy: 'home', url: 'https://tcl.example:443/demo/clock.tcl', features: ['url', 'network', 'persist'] },
    ]);
    const security = t.log.filter(({ kind }) => kind === 'SECURITY').map((e) => e.text);
    expect(security).toContain('policy "home" loaded: url network persist');
    expect(security).toContain('refused: trust.cfg said no to policy "inside" (page/policies: none: no rule allows it)');
  });

  it('is what package require of its name asks for too', async () => {
    const t = gatedTclet();
    expect(await t.run('package require inside')).toBe(DENIED);
    expect(await t.run('list [package require home] [policy] [package require Tcl]')).toBe('ok 1.0 home 8.6.13');
  });

  it('is not taken when the page says no', async () => {
    const t = gatedTclet({ mayTake: async () => false });
    expect(await t.run('policy home')).toBe(DENIED);
    expect(await t.run('catch {::browser::getURL x} m; list [policy] $m')).toBe('ok {} {invalid command name "::browser::getURL"}');
  });

  it('trusted needs the page’s word for the text', async () => {
    const asked = gatedTclet({ allowed: ['trusted'] });
    expect(await asked.run('policy trusted')).toBe(DENIED);
    const t = gatedTclet({ allowed: ['trusted'], facts: { vouched: true } });
    expect(await t.run('catch {cd /} m; set m')).toBe('ok invalid command name "cd"');
    expect(await t.run('policy trusted; cd /; list [pwd] [master set x 5] [master set x]')).toBe('ok / 5 5');
  });
});

describe('url', () => {
  it('gets what is at home or below, without cookies, referrer or redirects', async () => {
    const t = gatedTclet({ answer: () => text('h\u00e9llo\n') });
    await t.run('policy home');
    expect(await t.run('::browser::getURL data/x.txt')).toBe('ok h\u00e9llo\n');
    expect(t.page.fetched.map(({ url, init: { signal: _, ...init } }) => ({ url, ...init }))).toEqual([
      {
        url: 'https://tcl.example:443/demo/data/x.txt',
        method: 'GET',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      },
    ]);
    for (const url of [
      '../x',
      '/x',
      'https://tcl.example/demo/../x',
      'https://evil.example/demo/',
      '//evil.example/demo/x',
      'http://tcl.example/demo/x',
    ]) {
      expect(await t.run(`::browser::getURL ${url}`), url).toBe(DENIED);
    }
    for (const url of [
      '%2e%2e/x',
      'a/%2E%2E/%2e%2e/%2e%2e/x',
      'a%2f..%2f..%2fx',
      'a%5c..%5cx',
      'https://u:p@tcl.example/demo/x',
      'https://tcl.example:8443/demo/',
    ]) {
      expect(await t.run(`::browser::getURL {${url}}`), url).toBe(DENIED);
    }
    expect(await t.run('::browser::getURL {a b}')).toBe('error invalid url: contains whitespaces NONE');
    for (const url of [
      'javascript:alert(1)',
      'ftp://tcl.example/demo/',
      'file:///etc/passwd',
      'data:text/plain,x',
      'blob:https://tcl.example/1',
    ]) {
      expect(await t.run(`::browser::getURL ${url}`), url).toBe(`error invalid url "${url}": badly formed NONE`);
    }
    expect(t.page.fetched.length).toBe(1);
  });

  it('gives bytes as bytes, and other encodings as text', async () => {
    const bytes = Uint8Array.of(0, 255, 128);
    const t = gatedTclet({
      answer: (url) =>
        url.endsWith('.png')
          ? new Response(bytes, { headers: { 'content-type': 'image/png' } })
          : new Response(Uint8Array.of(0x63, 0xe9), { headers: { 'content-type': 'text/html; charset="ISO-8859-1"' } }),
    });
    await t.run('policy home');
    expect(await t.run('binary scan [::browser::getURL a.png] H* x; set x')).toBe('ok 00ff80');
    expect(await t.run('::browser::getURL a.html')).toBe('ok c\u00e9');
  });

  it('says how it ended', async () => {
    const t = gatedTclet({
      answer: (url, { signal }) => {
        if (url.endsWith('404')) return new Response('no', { status: 404 });
        if (url.endsWith('slow')) return new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
        throw new TypeError('Failed to fetch');
      },
    });
    await t.run('policy home');
    expect(await t.run('::browser::getURL 404')).toBe('error abnormal end of stream: NETWORK_ERROR NONE');
    expect(await t.run('::browser::getURL broken')).toBe('error abnormal end of stream: NETWORK_ERROR NONE');
    expect(await t.run('::browser::getURL slow 20')).toBe('error timeout NONE');
    expect(await t.run('::browser::getURL x soon')).toBe('error invalid timeout "soon" NONE');
    expect(t.log.some((e) => e.text === 'refused: get https://tcl.example:443/demo/404: 404')).toBe(true);
  });

  it('calls back while the script goes on', async () => {
    const t = gatedTclet({ answer: (url) => (url.endsWith('bad') ? new Response('', { status: 500 }) : text('seven b')) });
    await t.run('policy home; proc say {args} {lappend ::said $args}');
    expect(await t.run('list [::browser::getURL x {} {say new} {say write} {say end}] [info exists said]')).toBe('ok {say end} 0');
    await t.settle();
    expect(await t.run('set said')).toBe('ok {new https://tcl.example:443/demo/x text/plain 5000 7} {write 7 {seven b}} {end EOF {}}');
    await t.run('set said {}; ::browser::getURL x {} {} {} {say end}; ::browser::getURL bad {} {} {} {say end}');
    await t.settle();
    expect(await t.run('lsort $said')).toBe('ok {end EOF {seven b}} {end NETWORK_ERROR {}}');
    expect(await t.run('::browser::getURL https://evil.example/ {} {} {} {say end}')).toBe(DENIED);
    await t.run('::browser::getURL x {} {} {} nosuch');
    await t.settle();
    expect(t.errors).toEqual(['invalid command name "nosuch"']);
  });

  it('has as many requests open as the policy says', async () => {
    const t = gatedTclet({
      answer: (_, { signal }) => new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason))),
    });
    await t.run('policy home');
    expect(await t.run('for {set i 0} {$i < 8} {incr i} {::browser::getURL x 10000 {} {} list}; set i')).toBe('ok 8');
    expect(await t.run('::browser::getURL x 10000 {} {} list')).toBe(DENIED);
    await t.page.gate.end();
  });

  it('ends what is longer than the policy says', async () => {
    const policies = policiesWith({ home: { constants: { responseBytesLimit: 5 } } });
    const t = gatedTclet({ policies, answer: (url) => text(url.endsWith('5') ? '12345' : '123456') });
    await t.run('policy home');
    expect(await t.run('::browser::getURL 5')).toBe('ok 12345');
    expect(await t.run('::browser::getURL 6')).toBe('error abnormal end of stream: NETWORK_ERROR NONE');
  });

  it('posts forms', async () => {
    const t = gatedTclet({ answer: async (_, { body, headers }) => text(`${JSON.stringify(headers)} ${await new Response(body).text()}`) });
    await t.run('policy home');
    expect(await t.run('::browser::getForm x {a 1 {b c} "\u00e9&=+\n"}')).toBe(
      'ok {"content-type":"application/x-www-form-urlencoded"} a=1&b+c=%C3%A9%26%3D%2B%0A',
    );
    expect(await t.run('::browser::getForm x "Content-type: text/plain\n\nbody\n\nmore" 1')).toBe(
      'ok {"content-type":"text/plain"} body\n\nmore',
    );
    expect(await t.run('::browser::getForm x {a}')).toBe('error form data must be a list of names and values NONE');
    expect(await t.run('::browser::getForm ../x {a b}')).toBe(DENIED);
  });

  /** A document with these frames, and the windows that were opened from it. */
  function place(...names: string[]) {
    const frames = names.map((name) => ({ name, src: '' }));
    const windows: string[] = [];
    const document = { querySelectorAll: () => frames, defaultView: { open: (_: string, name: string) => windows.push(name) } };
    return { frames, windows, place: { document: document as unknown as Document, mayNavigate: async () => true, active: () => true } };
  }

  it('posts nothing that is too long for the page, and finds that out soon', async () => {
    const t = gatedTclet({ answer: () => text('') });
    await t.run('policy home; set b [string repeat x 5000000]');
    const began = performance.now();
    for (const args of [
      '[list a $b]',
      '[lrepeat 100000 aaaaaaaa bbbbbbbb]',
      '"Content-type: text/plain\n\n$b" 1',
      '"Content-type: text/plain\n\n[string repeat {\n\n} 5000000]" 1',
    ])
      expect(await t.run(`::browser::getForm x ${args}`), args).toBe(DENIED);
    expect(await t.run('::browser::displayForm x _self [list a $b]')).toBe(DENIED);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(t.page.fetched).toEqual([]);
  });

  it('keeps what its callbacks are to hear within the memory of the tclet', async () => {
    const t = gatedTclet({ answer: () => text('x'.repeat(15_000_000)) });
    await t.run('policy home');
    expect(await t.run('while 1 {::browser::getURL x {} {} list}')).toBe('error memory limit exceeded TCL LIMIT MEMORY');
  });

  it('shows pages in frames, and counts them', async () => {
    const { frames, windows, place: given } = place('a', 'b', 'c', 'd');
    const asked: unknown[] = [];
    const t = gatedTclet({ place: { ...given, mayNavigate: async (navigation) => asked.push(navigation) > 0 } });
    await t.run('policy home');
    expect(await t.run('::browser::displayURL x.html _blank')).toBe('ok ');
    expect(await t.run('::browser::displayURL ../x.html _blank')).toBe(DENIED);
    expect(await t.run('::browser::displayURL x.html {}')).toBe(
      'error permission denied: policy home does not allow display in frame "" NONE',
    );
    expect(await t.run('foreach f {a b c d a b c d _self _top _parent _current _TOP} {::browser::displayURL x.html $f}')).toBe('ok ');
    expect(await t.run('::browser::displayURL x.html e')).toBe('error too many frames NONE');
    expect(await t.run('::browser::displayURL x.html _blank')).toBe('error too many frames NONE');
    expect(asked[0]).toEqual({ url: 'https://tcl.example:443/demo/x.html', frame: '_blank', method: 'GET' });
    expect(frames.map(({ src }) => src)).toEqual(Array(4).fill('https://tcl.example:443/demo/x.html'));
    expect(windows).toEqual(['_blank', '_self', '_top', '_parent', '_self', '_top']);
  });

  it('counts each window, whatever it is called', async () => {
    const { windows, place: given } = place();
    const t = gatedTclet({ place: given });
    await t.run('policy home');
    for (const name of ['w', 'w', '_BLANK', '_Blank', '_blank']) expect(await t.run(`::browser::displayURL x.html ${name}`)).toBe('ok ');
    for (const name of ['w', '_BLANK', '_blank'])
      expect(await t.run(`::browser::displayURL x.html ${name}`)).toBe('error too many frames NONE');
    expect(windows.length).toBe(5);
    const rules = policiesWith({ home: { frames: { disallow: ['_top'] } } });
    const u = gatedTclet({ policies: rules, place: given });
    expect(await u.run('policy home; ::browser::displayURL x.html _Top')).toMatch(/^error permission denied: policy home does not allow/);
  });

  it('shows no more frames than it may, however many were asked for at once', async () => {
    const { windows, place: given } = place();
    const t = gatedTclet({ place: given });
    await t.run('policy home');
    const ask = (frame: string) => t.page.gate.ask({ op: 'navigate', url: 'x.html', frame, body: null });
    await Promise.all([...'abcdefghij'].map(ask));
    expect(windows.length).toBe(5);
  });

  it('nothing is done for a tclet that has ended meanwhile', async () => {
    const { windows, place: given } = place();
    const answers: ((yes: boolean) => void)[] = [];
    const made: { closed: boolean; onopen: () => void }[] = [];
    class Slow {
      closed = false;
      onopen = () => {};
      constructor() {
        made.push(this);
      }
      close(): void {
        this.closed = true;
      }
    }
    let now = 0;
    const t = gatedTclet({
      place: { ...given, mayNavigate: () => new Promise((done) => answers.push(done)) },
      WebSocket: Slow as unknown as typeof WebSocket,
      answer: () => text(''),
      now: () => now,
    });
    await t.run('policy home');
    const { gate, fetched } = t.page;
    const waiting = [
      gate.ask({ op: 'navigate', url: 'x.html', frame: 'w', body: null }),
      gate.ask({ op: 'connect', host: '', port: '8080' }),
    ];
    await t.settle(1);
    // What must wait for its turn.
    now = -20_000;
    for (let i = 0; i < 2000; i++) await gate.ask({ op: 'pipe-head', pipe: 99 });
    waiting.push(gate.ask({ op: 'fetch', url: 'x', contentType: '', body: null, timeout: 1000 }));
    await gate.end();
    for (const answer of answers) answer(true);
    for (const socket of made) socket.onopen();
    await Promise.all(waiting);
    expect(windows).toEqual([]);
    expect(fetched).toEqual([]);
    expect(made.map(({ closed }) => closed)).toEqual([true]);
  });

  it('tells the page a status', async () => {
    const t = gatedTclet();
    await t.run('policy home; ::browser::status {all is well}');
    expect(t.page.statuses).toEqual(['all is well']);
  });
});

describe('network', () => {
  class Socket {
    static readonly made: Socket[] = [];
    readonly sent: string[] = [];
    bufferedAmount = 0;
    onopen = () => {};
    onclose = (_: { code: number }) => {};
    onmessage = (_: { data: unknown }) => {};
    readonly url: string;
    closed = false;
    constructor(url: string) {
      this.url = url;
      Socket.made.push(this);
      setTimeout(() => (url.includes(':9999') ? this.onclose({ code: 1006 }) : this.onopen()), 1);
    }
    send(bytes: Uint8Array): void {
      const line = new TextDecoder().decode(bytes);
      this.sent.push(line);
      if (line === 'echo\n') setTimeout(() => this.onmessage({ data: new TextEncoder().encode('ECHO\n').buffer }), 1);
      if (line === 'bye\n') setTimeout(() => this.onclose({ code: 1000 }), 1);
    }
    close(): void {
      this.closed = true;
    }
  }
  const open = () => gatedTclet({ WebSocket: Socket as unknown as typeof WebSocket });

  it('talks to the host the tclet came from', async () => {
    const t = open();
    await t.run('policy home; set s [socket {} 8080]; fconfigure $s -buffering line');
    expect(Socket.made.at(-1)!.url).toBe('wss://tcl.example:8080/');
    expect(await t.run('puts $s echo; gets $s')).toBe('ok ECHO');
    expect(
      await t.run('fileevent $s readable {lappend got [gets $s] [eof $s]; if {[eof $s]} {close $s}}; puts $s echo; vwait got; set got'),
    ).toBe('ok ECHO 0');
    expect(await t.run('puts $s bye; vwait got; set got')).toBe('ok ECHO 0 {} 1');
    expect(Socket.made.at(-1)!.closed).toBe(true);
    expect(await t.run('socket tcl.example 9999')).toBe("error couldn't open socket: connection refused NONE");
  });

  it('talks to nobody else', async () => {
    const t = open();
    await t.run('policy home');
    const count = Socket.made.length;
    expect(await t.run('socket tcl.example 80')).toBe('error permission denied for host tcl.example port 80 NONE');
    expect(await t.run('socket evil.example 8080')).toBe('error permission denied for host evil.example port 8080 NONE');
    expect(await t.run('socket tcl.example http')).toBe('error permission denied: non numeric port http NONE');
    expect(await t.run('socket tcl.example 65536')).toBe('error permission denied for host tcl.example port 65536 NONE');
    expect(await t.run('socket evil.example/@tcl.example 8080')).toMatch(/^error permission denied for host/);
    expect(await t.run('socket -server list 8080')).toMatch(/^error wrong # args/);
    expect(Socket.made.length).toBe(count);
  });

  it('has four sockets open, and a place again when one is closed', async () => {
    const t = open();
    await t.run('policy home; foreach i {1 2 3 4} {set s$i [socket {} 8080]}');
    expect(await t.run('socket {} 8080')).toBe('error permission denied for host  port 8080 NONE');
    expect(await t.run('close $s2; set s [socket {} 8080]; string match sock* $s')).toBe('ok 1');
  });

  it('has not many more that are being closed', async () => {
    const t = open();
    await t.run('policy home');
    const count = Socket.made.length;
    expect(await t.run('while 1 {close [socket {} 8080]}')).toBe('error permission denied for host  port 8080 NONE');
    expect(Socket.made.length).toBe(count + 8);
    for (const socket of Socket.made) socket.onclose({ code: 1000 });
    expect(await t.run('string match sock* [socket {} 8080]')).toBe('ok 1');
  });
});

describe('persist', () => {
  it('keeps files, with the quotas of the policy', async () => {
    const t = gatedTclet();
    expect(await t.run('open notes w')).toMatch(/^ok file/);
    expect(await t.run('policy home; set f [open /any/where/kept w]; puts -nonewline $f hello; close $f; lsort [glob *]')).toBe(
      'ok kept notes',
    );
    expect(await t.run('set f [open kept]; set x [read $f]; close $f; set x')).toBe('ok hello');
    expect(await t.run('set f [open kept a+]; puts -nonewline $f " you"; seek $f 0; set x [read $f]; close $f; set x')).toBe(
      'ok hello you',
    );
    expect(await t.run('open nosuch')).toBe('error permission denied: could not open nosuch NONE');
    expect(await t.run('set f [open big w]; puts -nonewline $f [string repeat x 131072]; close $f')).toBe('ok ');
    expect(await t.run('set f [open big a]; puts -nonewline $f x')).toBe(DENIED);
    expect(await t.run('close $f; file delete big; glob b*')).toBe('ok ');
    expect(await t.run('foreach n {2 3 4 5 6} {close [open n$n w]}; open n7 w')).toBe('error permission denied: file count limit NONE');
    expect(await t.run('foreach n {2 3 4 5 6} {open n$n}')).toBe('error permission denied: channel count limit NONE');
  });

  it('are there for the next tclet of that source, and for no other', async () => {
    const { memoryFolders } = await import('../host/persist-area.ts');
    const store = memoryFolders();
    const folders = () => store;
    const first = gatedTclet({ folders });
    await first.run('policy home; set f [open kept w]; puts $f one; close $f');
    await first.page.gate.end();
    const second = gatedTclet({ folders });
    expect(await second.run('policy home; set f [open kept]; set x [read $f]; close $f; set x')).toBe('ok one\n');
    const { originOf } = await import('../policy/origin.ts');
    const other = gatedTclet({ folders, origin: originOf('https://tcl.example/demo/other.tcl') });
    expect(await other.run('policy home; glob *')).toBe('ok ');
    const inside = gatedTclet({ folders, allowed: ['inside'] });
    expect(await inside.run('policy inside; glob *')).toBe('ok ');
  });

  it('share a folder by a prefix of their path', async () => {
    const { memoryFolders } = await import('../host/persist-area.ts');
    const { originOf } = await import('../policy/origin.ts');
    const store = memoryFolders();
    const make = (path: string, prefix: string) =>
      gatedTclet({ folders: () => store, origin: originOf(`https://tcl.example${path}`), embedArgs: [['prefix', prefix]] });
    const one = make('/demo/clock.tcl', '/demo');
    expect(await one.run('policy home; close [open shared w]; set embed_args(prefix)')).toBe('ok /demo');
    expect(await make('/demo/other.tcl', '/demo').run('policy home; glob *')).toBe('ok shared');
    const stranger = make('/demonstration/x.tcl', '/demo');
    expect(await stranger.run('policy home; list [glob *] $embed_args(prefix)')).toBe('ok {} {}');
  });

  it('two tabs lose nothing, and pass no quota together', async () => {
    const { memoryFolders } = await import('../host/persist-area.ts');
    const store = memoryFolders();
    const [a, b] = [gatedTclet({ folders: () => store }), gatedTclet({ folders: () => store })] as const;
    for (const tab of [a, b]) await tab.run('policy home; set f [open log a]; fconfigure $f -buffering line');
    await Promise.all([a.run('puts $f a1; puts $f a2; flush $f'), b.run('puts $f b1; puts $f b2; flush $f')]);
    for (const tab of [a, b]) await tab.run('close $f');
    expect(await a.run('set f [open log]; set x [lsort [read $f]]; close $f; set x')).toBe('ok a1 a2 b1 b2');
    await a.run('close [open n2 w]; close [open n3 w]; close [open n4 w]');
    expect(await b.run('close [open n5 w]; close [open n6 w]; open n7 w')).toBe('error permission denied: file count limit NONE');
    for (const tab of [a, b]) await tab.run('set f [open n2 a]; puts -nonewline $f [string repeat x 65536]; catch {close $f}');
    expect(await a.run('set f [open n2 a]; puts -nonewline $f x; close $f')).toBe(DENIED);
    // What another tab wrote is met at the next opening, though the file is open here already, and with what was written here.
    await a.run('file delete n3; set held [open n3 a]; fconfigure $held -buffering line; puts $held a1');
    await b.run('set f [open n3 a]; puts $f b1; close $f');
    expect(await a.run('puts $held a2; set f [open n3]; set x [read $f]; close $f; close $held; set x')).toBe('ok a1\nb1\na2\n');
  });
});

describe('page', () => {
  it('calls what the page exposed, in a second', async () => {
    const t = gatedTclet({
      allowed: ['javascript'],
      call: async (name, args) => {
        if (name === 'slow') return new Promise(() => {});
        if (name !== 'join') throw new Error(`the page exposes no "${name}"`);
        return args.join('-');
      },
    });
    await t.run('policy javascript');
    expect(await t.run('::browser::javascript {join a {b c}}')).toBe('ok a-b c');
    expect(await t.run('::browser::javascript alert(1)')).toBe('error the page exposes no "alert(1)" NONE');
    expect(await t.run('::browser::javascript {join x y} {set got}; vwait got; set got')).toBe('ok x-y');
    expect(await t.run('::browser::javascript slow')).toBe('error timeout NONE');
    expect(await t.run('info commands ::browser::sendMail')).toBe('ok ');
  });
});

describe('outside', () => {
  it('reaches what the page lists, by https, and never this network', async () => {
    const policies = policiesWith({ outside: { urls: { allow: ['https://api.example.com/v1/', 'https://10.0.0.1/'] } } });
    const t = gatedTclet({ allowed: ['outside'], policies, answer: () => text('ok') });
    await t.run('policy outside');
    expect(await t.run('::browser::getURL https://api.example.com/v1/x')).toBe('ok ok');
    for (const url of [
      'https://api.example.com/v2/',
      'http://api.example.com/v1/x',
      'https://10.0.0.1/',
      'x',
      'https://api.example.com.evil.example/v1/',
    ])
      expect(await t.run(`::browser::getURL ${url}`), url).toBe(DENIED);
  });
});

describe('what the page lends', () => {
  it('is a channel the tclet could not have opened, until it is taken back', async () => {
    const t = gatedTclet();
    const sent: string[] = [];
    let closed = false;
    const chunks = ['one\n', 'two\n'];
    const pipe = t.page.gate.lend({
      what: 'test',
      read: async () => chunks.shift() ?? '',
      write: async (bytes) => void sent.push(new TextDecoder().decode(bytes)),
      close: () => {
        closed = true;
      },
    });
    t.cell.lend('desk', pipe, 'rw');
    expect(await t.run('puts desk hello; flush desk; list [gets desk] [read desk] [eof desk]')).toBe('ok one {two\n} 1');
    expect(sent).toEqual(['hello\n']);
    expect(await t.run('interp create c; interp share {} desk c; c eval {puts desk x; flush desk}')).toBe('ok ');
    t.cell.takeBack('desk');
    expect(await t.run('puts desk again')).toBe('error can not find channel named "desk" TCL LOOKUP CHANNEL desk');
    expect(await t.run('c eval {puts desk again}')).toBe('error can not find channel named "desk" TCL LOOKUP CHANNEL desk');
    await t.settle(2);
    expect(closed).toBe(true);
  });
});
