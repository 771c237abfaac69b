/**
 * Random messages at the page's side of the wire: what a worker that is no longer ours could send. Each is made of the fields and values of real ones,
 * shuffled into each other, and of what structured cloning lets through besides. It goes the way of session.ts: through decode.ts, and what asks
 * something of the host on to a gate that has a policy, whose answer is waited for. A finding is an exception, a decoded message that is not made of plain
 * data or would not pass again, an answer that is none, a change of what the gate keeps without a line in its log, or a number over its quota.
 */
import { makeGate, type TestGate } from '../../host/test-gate.ts';
import { decodeToPage } from '../../protocol/decode.ts';
import type { HostRequest } from '../../protocol/host.ts';
import type { ToPage } from '../../protocol/messages.ts';
import { Dice } from '../tclsh.ts';
import type { Watcher, WordsReport } from './words.ts';

const BYTES = new Uint8Array([1, 2, 3]);

const REQUESTS: readonly HostRequest[] = [
  { op: 'scratch-open', name: 'a', create: true },
  { op: 'scratch-write', name: 'a', at: 0, bytes: BYTES },
  { op: 'scratch-write', name: 'b', at: null, bytes: BYTES },
  { op: 'scratch-truncate', name: 'a', size: 5 },
  { op: 'scratch-close', name: 'a' },
  { op: 'scratch-delete', name: 'a' },
  { op: 'scratch-list' },
  { op: 'persist-open', name: 'a', create: true },
  { op: 'persist-write', name: 'a', at: 0, bytes: BYTES },
  { op: 'persist-truncate', name: 'a', size: 5 },
  { op: 'persist-close', name: 'a' },
  { op: 'persist-delete', name: 'a' },
  { op: 'persist-list' },
  { op: 'policy', name: 'home', prefix: '' },
  { op: 'fetch', url: 'https://tcl.example:443/demo/x', contentType: '', body: null, timeout: 1 },
  { op: 'fetch', url: 'https://tcl.example/demo/x', contentType: 'text/plain', body: BYTES, timeout: 1 },
  { op: 'connect', host: 'tcl.example', port: '8080' },
  { op: 'pipe-head', pipe: 1 },
  { op: 'pipe-read', pipe: 1 },
  { op: 'pipe-write', pipe: 1, bytes: BYTES },
  { op: 'pipe-close', pipe: 1 },
  { op: 'navigate', url: 'https://tcl.example/demo/x', frame: '_blank', body: null },
  { op: 'status', text: 'hello' },
  { op: 'call', name: 'f', args: ['a'], timeout: 1 },
  { op: 'stream-open', frame: 'f', type: 'text/html' },
  { op: 'stream-write', stream: 1, text: 'x' },
  { op: 'stream-close', stream: 1 },
];

const MESSAGES: readonly ToPage[] = [
  { kind: 'hello', origin: 'null' },
  { kind: 'ready' },
  { kind: 'display', batch: { patches: [], transfer: [] } },
  { kind: 'eval-answer', id: 1, ok: false, value: 'v', errorInfo: 'i', errorCode: 'NONE' },
  { kind: 'alias-call', id: 0, name: '__proto__', args: ['a', ''] },
  { kind: 'log', entries: [{ kind: 'NOTICE', time: 1, id: 'tclet1', text: 't' }] },
  { kind: 'output', channel: 'stderr', text: 'x' },
  { kind: 'error', message: 'm', errorInfo: 'i', errorCode: 'NONE' },
  { kind: 'exit', code: -1, reason: '' },
  { kind: 'busy', ms: 10_000 },
  { kind: 'loading' },
  { kind: 'pong', id: 7 },
];

const cycle: Record<string, unknown> = { kind: 'ask', op: 'policy', name: 'home' };
cycle['request'] = cycle;
const sparse: unknown[] = [];
sparse[9] = 'a';
const LONG = 'x'.repeat(70_000);
const HUGE = 'y'.repeat(4_000_001);

const SIMPLE: readonly unknown[] = [
  ...[
    null,
    undefined,
    true,
    false,
    0,
    1,
    2,
    5,
    64,
    -1,
    0.5,
    -0,
    NaN,
    Infinity,
    -Infinity,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    1e300,
    102_400,
    131_073,
    10n,
    -1n,
  ],
  ...[
    '',
    'a',
    'b',
    'x',
    '..',
    '../a',
    '/',
    'a/b',
    '\0',
    '\ud800',
    '😀',
    ' ',
    'null',
    '1',
    '-1',
    '__proto__',
    'constructor',
    'toString',
    'then',
    'hasOwnProperty',
  ],
  ...[
    'home',
    'trusted',
    'inside',
    'outside',
    'javascript',
    'http://127.0.0.1/',
    'https://tcl.example/demo/../x',
    'https://tcl.example/demo/%2e%2e/x',
    '//evil.example/',
  ],
  ...[
    'https://tcl.example@evil.example/demo/',
    'https://tcl.example/demo/x',
    'https://tcl.example./demo/x',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:x',
  ],
  ...[
    'https://TCL.EXAMPLE:443/demo/',
    'https://tcl.example:444/demo/',
    '_self',
    '_top',
    '_parent',
    '_blank',
    'text/html',
    '<script>x</script>',
    'stdout',
    'NOTICE',
    'SECURITY',
    LONG,
    HUGE,
  ],
  ...[
    BYTES,
    new Uint8Array(0),
    new Uint8Array(102_401),
    new Uint8Array((1 << 20) + 1),
    new Uint8ClampedArray(3),
    new ArrayBuffer(3),
    new DataView(new ArrayBuffer(2)),
    new Float64Array([NaN]),
  ],
  ...[
    new Map([['op', 'policy']]),
    new Set(['a']),
    new Date(0),
    new Date(NaN),
    /x/g,
    new Error('e'),
    new Boolean(true),
    new Number(1),
    new String('a'),
    cycle,
    sparse,
    Object.create(null),
    [],
  ],
];

const KEYS = [
  ...new Set([...MESSAGES, ...REQUESTS].flatMap((m) => Object.keys(m))),
  'length',
  'constructor',
  'toString',
  'then',
  'hasOwnProperty',
  'valueOf',
  'type',
  'prefix',
  'timeout',
];

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : ArrayBuffer.isView(value) ? 'bytes' : typeof value);
/** Those of one type, so that a field may be wrong in its value alone. */
const ALIKE = new Map([...new Set(SIMPLE.map(kindOf))].map((kind) => [kind, SIMPLE.filter((v) => kindOf(v) === kind)]));

/** The policies, and the streams of pages, that the gates have. */
const POLICIES = ['home', 'javascript', 'outside'];
/** Messages after which a gate is ended and a new one begun. */
const LIFE = 2000;
/** Requests asked before their answers are waited for. */
const BATCH = 50;

export class WireFuzzer {
  private readonly dice: Dice;
  private readonly watcher: Watcher;
  private sent = 0;
  private decoded = 0;
  private granted = 0;
  private refused = 0;

  constructor(seed: number, watcher: Watcher) {
    this.dice = new Dice(seed);
    this.watcher = watcher;
  }

  async run(count: number): Promise<WordsReport> {
    for (const end = this.sent + count; this.sent < end; ) {
      let clock = 0;
      // Time passes, so that the pace of the gate is not what is tried.
      const test = makeGate({
        allowed: POLICIES,
        now: () => (clock += 1000),
        call: async (name, args) => `${name}${args.length}`,
        answer: (url) => new Response(url.endsWith('x') ? 'text' : null, { status: this.dice.below(4) === 0 ? 500 : 200 }),
      });
      for (const last = Math.min(end, this.sent + LIFE); this.sent < last; ) await this.batch(test, Math.min(BATCH, last - this.sent));
      await this.ended(test);
    }
    return { calls: this.sent, note: `${this.decoded} of known shape, ${this.granted} requests granted, ${this.refused} refused` };
  }

  private async batch(test: TestGate, size: number): Promise<void> {
    const answers: Promise<void>[] = [];
    for (let n = 0; n < size; n++) {
      const data = this.message();
      this.sent++;
      this.watcher.begins(show(data));
      const m = this.decode(data);
      if (m?.kind === 'ask') answers.push(this.ask(test, m.request, data));
      // The gate may be asked by whatever was not decoded, too.
      else if (this.dice.below(4) === 0)
        answers.push(this.ask(test, typeof data === 'object' && data !== null ? (data as { request?: unknown }).request : data, data));
    }
    await Promise.all(answers);
    await this.counts(test);
  }

  private decode(data: unknown): ToPage | null {
    try {
      const m = decodeToPage(data);
      if (m === null) return null;
      this.decoded++;
      if (m.kind === 'display') return m;
      const wrong = notPlain(m, 'message');
      if (wrong !== null) this.find(data, wrong);
      if (JSON.stringify(decodeToPage(m)) !== JSON.stringify(m)) this.find(data, 'does not pass a second time');
      return m;
    } catch (e) {
      this.find(data, e instanceof Error ? (e.stack ?? e.message) : String(e));
      return null;
    }
  }

  private async ask(test: TestGate, request: unknown, data: unknown): Promise<void> {
    const lines = test.log.length;
    try {
      const answer = await test.gate.ask(request);
      const value: unknown = answer.ok ? answer.value : answer.message;
      if (answer.ok) this.granted++;
      else this.refused++;
      const plain =
        typeof value === 'string' ||
        (answer.ok && (value instanceof Uint8Array || (Array.isArray(value) && value.every((v) => typeof v === 'string'))));
      if (!plain) this.find(data, `answered ${typeof value}`);
      if (!answer.ok && test.log.length === lines) this.find(data, `refused without a word in the log: ${answer.message}`);
      if (!answer.ok && /undefined|\[object|TypeError|is not/.test(answer.message)) this.find(data, `heard ${answer.message}`);
    } catch (e) {
      this.find(data, `the gate threw ${e instanceof Error ? (e.stack ?? e.message) : String(e)}`);
    }
  }

  /** What the gate keeps, and whom it has asked, is within its bounds. */
  private async counts(test: TestGate): Promise<void> {
    const keys = await test.store.keys();
    if (keys.length > 6) this.find(keys, `${keys.length} files are stored`);
    for (const key of keys) {
      if (!key.startsWith('s/')) this.find(key, 'a file outside the session');
      const size = (await test.store.get(key))?.length ?? 0;
      if (size > 102_400) this.find(key, `${size} bytes are stored`);
    }
    for (const { url, init } of test.fetched.splice(0)) {
      if (!url.startsWith('https://tcl.example:443/demo/')) this.find(url, 'fetched');
      if (init.credentials !== 'omit' || init.redirect !== 'error') this.find(url, 'fetched with authority');
    }
    for (const { url } of test.navigations.splice(0)) if (!url.startsWith('https://tcl.example:443/demo/')) this.find(url, 'navigated');
    for (const { policy } of test.questions.splice(0)) if (!POLICIES.includes(policy)) this.find(policy, 'the page was asked');
    for (const text of test.statuses.splice(0)) if (text.length > 256) this.find(text.length, 'status too long');
    const loaded = test.log.filter(({ text }) => /^policy ".*" loaded/.test(text)).length;
    if (loaded > 1) this.find(loaded, 'more than one policy');
    for (const entry of test.log) if (entry.text.length > 260) this.find(entry.text.length, 'a line of the log too long');
  }

  private async ended(test: TestGate): Promise<void> {
    await test.gate.end();
    const keys = await test.store.keys();
    if (keys.length > 0) this.find(keys, 'files are left after the end');
    const answer = await test.gate.ask(REQUESTS[0]);
    if (answer.ok) this.find(REQUESTS[0], 'granted after the end');
  }

  // ---- Messages

  private message(): unknown {
    const { dice } = this;
    if (dice.below(30) === 0) return this.value(3);
    const ask = dice.below(4) > 0;
    const request = ask ? this.mutated(dice.pick(REQUESTS)) : null;
    const from = ask ? { kind: 'ask', id: dice.below(10), request } : dice.pick(MESSAGES);
    return ask && dice.below(8) > 0 ? from : this.mutated(from);
  }

  /** The same with some of its fields changed, missing, or more of them. */
  private mutated(from: object): Record<string, unknown> {
    const { dice } = this;
    const out: Record<string, unknown> = {};
    const calm = dice.below(3) === 0;
    for (const [key, value] of Object.entries(from)) {
      const chance = calm ? 0 : dice.below(12);
      if (chance < 8) out[key] = chance < 4 && isPlain(value) ? this.mutated(value) : value;
      else if (chance < 10) out[key] = dice.pick(ALIKE.get(kindOf(value)) ?? SIMPLE);
      else if (chance < 11) out[key] = this.value(2);
    }
    if (dice.below(6) === 0) out[dice.pick(KEYS)] = this.value(2);
    return out;
  }

  private value(depth: number): unknown {
    const { dice } = this;
    const n = dice.below(depth > 0 ? 12 : 9);
    if (n < 9) return dice.pick(SIMPLE);
    if (n === 9) return dice.times(dice.below(4), () => this.value(depth - 1));
    if (n === 10) return dice.pick<unknown>([...MESSAGES, ...REQUESTS]);
    return Object.fromEntries(dice.times(dice.below(5), () => [dice.pick(KEYS), this.value(depth - 1)]));
  }

  private find(data: unknown, what: string): void {
    this.watcher.finds({ script: show(data), what });
  }
}

/** Something that is neither text nor a number nor bytes nor made of such in plain objects, or null. */
function notPlain(data: unknown, path: string): string | null {
  if (data === null || ['string', 'boolean'].includes(typeof data)) return null;
  if (typeof data === 'number') return Number.isFinite(data) ? null : `${data} as ${path}`;
  if (data instanceof Uint8Array) return null;
  if (typeof data !== 'object') return `a ${typeof data} as ${path}`;
  const prototype: unknown = Object.getPrototypeOf(data);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return `an object of its own kind as ${path}`;
  // By index, so that holes are seen.
  if (Array.isArray(data)) {
    for (let i = 0; i < data.length; i++) {
      const wrong = notPlain(data[i], `${path}[${i}]`);
      if (wrong !== null) return wrong;
    }
    return null;
  }
  for (const [key, value] of Object.entries(data)) {
    const wrong = notPlain(value, `${path}.${key}`);
    if (wrong !== null) return wrong;
  }
  return null;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A message, for a reader. */
function show(data: unknown): string {
  const seen = new Set<unknown>();
  const text = JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'string' && value.length > 100) return `${value.slice(0, 50)}... (${value.length})`;
    if (ArrayBuffer.isView(value)) return `bytes (${value.byteLength})`;
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) return 'again';
      seen.add(value);
    }
    return value;
  });
  return (text ?? String(data)).slice(0, 2000);
}
