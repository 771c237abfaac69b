/** What arrives from a worker: every message built anew from what was checked, or refused. */
import { describe, expect, it } from 'vitest';
import { Dice } from '../testing/tclsh.ts';
import { decodeToPage, refusedAsk } from './decode.ts';
import { MAX_TEXT, type ToPage } from './messages.ts';

const GOOD: readonly ToPage[] = [
  { kind: 'hello', origin: 'null' },
  { kind: 'ready' },
  { kind: 'display', batch: { patches: [], transfer: [] } },
  { kind: 'eval-answer', id: 1, ok: false, value: 'v', errorInfo: 'i', errorCode: 'NONE' },
  { kind: 'alias-call', id: 0, name: '__proto__', args: ['a', ''] },
  { kind: 'ask', id: 2, request: { op: 'scratch-open', name: 'f', create: true } },
  { kind: 'ask', id: 2, request: { op: 'scratch-write', name: 'f', at: 0, bytes: new Uint8Array([1]) } },
  { kind: 'log', entries: [{ kind: 'NOTICE', time: 1, id: 'tclet1', text: 't' }] },
  { kind: 'output', channel: 'stderr', text: 'x' },
  { kind: 'error', message: 'm', errorInfo: 'i', errorCode: 'NONE' },
  { kind: 'exit', code: -1, reason: '' },
  { kind: 'busy', ms: 10_000 },
  { kind: 'loading' },
  { kind: 'pong', id: 7 },
];

describe('decodeToPage', () => {
  it.each(GOOD.map((m) => [m.kind, m] as const))('%s: builds anew what is right', (_kind, m) => {
    const decoded = decodeToPage({ ...m, more: 'dropped', __proto__: { polluted: true } });
    expect(decoded).toEqual(m);
    expect(Object.keys(decoded!)).toEqual(Object.keys(m));
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  });

  it.each(GOOD.map((m) => [m.kind, m] as const))('%s: refuses it with any field missing or of another type', (_kind, m) => {
    for (const field of Object.keys(m)) {
      const { [field]: old, ...rest } = m as unknown as Record<string, unknown>;
      expect(decodeToPage(rest), field).toBeNull();
      const wrong: unknown[] = [null, undefined, {}, Symbol('x'), () => {}, new Map(), 1n];
      for (const type of ['', 0, true, []]) if (typeof type !== typeof old || Array.isArray(type)) wrong.push(type);
      for (const value of wrong) {
        // A list is the right type of these.
        if ((field === 'args' || field === 'entries') && Array.isArray(value)) continue;
        expect(decodeToPage({ ...rest, [field]: value }), `${field} ${String(typeof value)}`).toBeNull();
      }
    }
  });

  it('refuses ids that are no counts', () => {
    for (const id of [-1, 0.5, NaN, Infinity, 2 ** 53, '1', [1], { valueOf: () => 1 }]) {
      for (const m of GOOD) if ('id' in m) expect(decodeToPage({ ...m, id })).toBeNull();
    }
    for (const code of [NaN, Infinity, '0']) expect(decodeToPage({ kind: 'exit', code, reason: '' })).toBeNull();
  });

  it('holds texts and lists to their limits, N and N+1', () => {
    const long = 'x'.repeat(MAX_TEXT);
    const output = (text: string) => decodeToPage({ kind: 'output', channel: 'stdout', text });
    expect(output(long)).not.toBeNull();
    expect(output(`${long}x`)).toBeNull();
    const call = (n: number, name = 'f', arg = 'a') => decodeToPage({ kind: 'alias-call', id: 1, name, args: Array(n).fill(arg) });
    expect(call(10_000)).not.toBeNull();
    expect(call(10_001)).toBeNull();
    expect(call(1, 'n'.repeat(1000))).not.toBeNull();
    expect(call(1, 'n'.repeat(1001))).toBeNull();
    expect(call(1, 'f', `${long}x`)).toBeNull();
    expect(decodeToPage({ kind: 'exit', code: 0, reason: 'r'.repeat(1001) })).toBeNull();
    expect(decodeToPage({ kind: 'hello', origin: 'o'.repeat(2001) })).toBeNull();
    expect(decodeToPage({ kind: 'display', batch: { patches: { length: 1 } } })).toBeNull();
  });

  it('knows no other kind', () => {
    for (const kind of ['', 'start', 'eval', '__proto__', 'constructor', 'toString', 'READY', ['ready'], { toString: () => 'ready' }]) {
      expect(decodeToPage({ kind })).toBeNull();
    }
    for (const data of [null, undefined, 0, '', 'ready', true, [], ['ready'], {}, Object.create(null), new Map([['kind', 'ready']])]) {
      expect(decodeToPage(data)).toBeNull();
    }
  });

  it('an argument list with holes or strangers in it is refused', () => {
    for (const args of [[1], ['a', null], [['a']], Array(3), [{ toString: () => 'a' }]]) {
      expect(decodeToPage({ kind: 'alias-call', id: 1, name: 'f', args })).toBeNull();
    }
  });
});

/** Keys and values of every message, shuffled into each other. */
class Hostile {
  private readonly dice: Dice;
  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  message(): unknown {
    const { dice } = this;
    const from = dice.pick(GOOD) as unknown as Record<string, unknown>;
    const out: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(from)) {
      const chance = dice.below(10);
      if (chance < 7) out[key] = value;
      else if (chance < 9) out[key] = this.value(2);
    }
    if (dice.below(4) === 0) out[dice.pick(KEYS)] = this.value(2);
    return dice.below(20) === 0 ? this.value(3) : out;
  }

  value(depth: number): unknown {
    const { dice } = this;
    const n = dice.below(depth > 0 ? SIMPLE.length + 4 : SIMPLE.length);
    if (n < SIMPLE.length) return SIMPLE[n];
    if (n === SIMPLE.length) return dice.times(dice.below(4), () => this.value(depth - 1));
    if (n === SIMPLE.length + 1) return dice.pick(GOOD);
    return Object.fromEntries(dice.times(dice.below(5), () => [dice.pick(KEYS), this.value(depth - 1)]));
  }
}

const SIMPLE: readonly unknown[] = [
  ...[null, undefined, true, false, 0, 1, -1, 0.5, NaN, Infinity, 2 ** 53, 1e300, 10n],
  ...['', 'x', 'ready', 'ask', 'scratch-open', 'scratch-write', 'stdout', 'NOTICE', '__proto__', 'constructor', '\ud800', 'y'.repeat(300)],
  ...[new Uint8Array(3), new ArrayBuffer(3), new Float64Array(1), new Map(), new Set(), new Date(0), /x/],
];
const KEYS = [
  ...['kind', 'id', 'origin', 'batch', 'patches', 'transfer', 'ok', 'value', 'errorInfo', 'errorCode', 'name', 'args', 'request'],
  ...['entries', 'channel', 'text', 'message', 'code', 'reason', 'ms', 'op', 'create', 'at', 'size', 'bytes', 'time', 'length'],
  ...['constructor', 'toString', 'then', 'hasOwnProperty'],
];

it('log: refuses one wrong entry among good ones, a hole, and more than 100', () => {
  const entry = { kind: 'NOTICE', time: 1, id: 'tclet1', text: 't' };
  const decoded = (entries: unknown) => decodeToPage({ kind: 'log', entries });
  expect(decoded(Array(100).fill(entry))).not.toBeNull();
  expect(decoded(Array(101).fill(entry))).toBeNull();
  expect(decoded([entry, { ...entry, kind: 'LOUD' }])).toBeNull();
  expect(decoded(new Array(2))).toBeNull();
});

it('100000 random messages: each is refused, or comes out as one that passes again', () => {
  const hostile = new Hostile(20_240_101);
  const kinds = new Map<string, number>();
  let refused = 0;
  for (let n = 0; n < 100_000; n++) {
    const decoded = decodeToPage(hostile.message());
    if (decoded === null) {
      refused++;
      continue;
    }
    kinds.set(decoded.kind, (kinds.get(decoded.kind) ?? 0) + 1);
    if (n % 10 === 0) expect(decodeToPage(decoded)).toEqual(decoded);
    const twin = GOOD.find((m) => m.kind === decoded.kind)!;
    expect(Object.keys(decoded)).toEqual(Object.keys(twin));
  }
  // Both ways out were taken, and by every kind.
  expect(refused).toBeGreaterThan(20_000);
  expect([...kinds.keys()].sort()).toEqual([...new Set(GOOD.map((m) => m.kind))].sort());
});

it('a question whose content is refused is known by its number, so that it can be answered', () => {
  const ask = { kind: 'ask', id: 7, request: { kind: 'call', args: ['x'.repeat(200_000)] } };
  expect(decodeToPage(ask)).toBe(null);
  expect(refusedAsk(ask)).toBe(7);
  for (const other of [null, 3, {}, { kind: 'ask' }, { kind: 'ask', id: -1 }, { kind: 'ask', id: '7' }, { kind: 'pong', id: 7 }])
    expect(refusedAsk(other)).toBe(null);
});
