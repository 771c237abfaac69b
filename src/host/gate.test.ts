/** The gate against workers that lie: quotas are counted here again, whatever the worker says it has counted. */
import { describe, expect, it } from 'vitest';
import type { HostAnswer } from '../protocol/host.ts';
import type { FileStore } from './scratch.ts';
import { heard, makeGate, type TestGate } from './test-gate.ts';

const DENIED: HostAnswer = { ok: false, message: 'permission denied' };
const make = (change: (store: FileStore) => FileStore = (store) => store): TestGate => makeGate({ change });

const open = (name: string, create = true) => ({ op: 'scratch-open', name, create });
const write = (name: string, at: number, size: number, byte = 1) => ({
  op: 'scratch-write',
  name,
  at,
  bytes: new Uint8Array(size).fill(byte),
});
const truncate = (name: string, size: number) => ({ op: 'scratch-truncate', name, size });
const close = (name: string) => ({ op: 'scratch-close', name });
const remove = (name: string) => ({ op: 'scratch-delete', name });

describe('scratch files', () => {
  it('are opened, written, read again, cut, deleted', async () => {
    const test = make();
    expect(await heard(test, open('a'), write('a', 2, 3), truncate('a', 4), close('a'))).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await test.gate.ask(open('a', false))).toEqual({ ok: true, value: Uint8Array.of(0, 0, 1, 1) });
    expect(await test.store.get('s/a')).toEqual(Uint8Array.of(0, 0, 1, 1));
    expect(await heard(test, close('a'), remove('a'), open('a', false))).toEqual(['ok', 'ok', 'permission denied: could not open a']);
    expect(await test.store.keys()).toEqual([]);
    expect(test.begun).toBe(1);
  });

  it('hold 102400 bytes and not one more', async () => {
    const test = make();
    await test.gate.ask(open('a'));
    expect(await heard(test, write('a', 0, 102_400), write('a', 102_399, 1))).toEqual(['ok', 'ok']);
    expect(
      await heard(
        test,
        write('a', 0, 102_401),
        write('a', 102_400, 1),
        truncate('a', 102_401),
        write('a', Number.MAX_SAFE_INTEGER, 1),
        truncate('a', Number.MAX_SAFE_INTEGER),
      ),
    ).toEqual(Array(5).fill('permission denied'));
    expect((await test.store.get('s/a'))!.length).toBe(102_400);
    expect(test.log.at(-1)).toEqual({
      kind: 'WARNING',
      time: 5,
      id: 'tclet1',
      text: 'refused: a would be 9007199254740991 bytes, more than 102400',
    });
  });

  it('are 4 open at once, counting each opening', async () => {
    const test = make();
    expect(await heard(test, open('a'), open('a'), open('b'), open('b'), open('b'), open('c'))).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
      'permission denied: channel count limit',
      'permission denied: channel count limit',
    ]);
    expect(await heard(test, close('a'), open('c'), open('a'))).toEqual(['ok', 'ok', 'permission denied: channel count limit']);
  });

  it('are 6 stored, and a deleted one makes room', async () => {
    const test = make();
    const names = ['__proto__', 'constructor', '../x', 'a/b', 's/a', ' '];
    for (const name of names) expect(await heard(test, open(name), write(name, 0, 1), close(name)), name).toEqual(['ok', 'ok', 'ok']);
    expect(await heard(test, open('seventh'), open('__proto__'), close('__proto__'))).toEqual([
      'permission denied: file count limit',
      'ok',
      'ok',
    ]);
    expect(await heard(test, remove('../x'), open('seventh'), open('eighth'))).toEqual(['ok', 'ok', 'permission denied: file count limit']);
    // Whatever they are called, they are the session's own.
    expect((await test.store.keys()).every((key) => key.startsWith('s/'))).toBe(true);
  });

  it('cannot be changed unless open', async () => {
    const test = make();
    expect(await heard(test, write('a', 0, 1), truncate('a', 0), close('a'), remove('a'), open('a', false))).toEqual([
      ...Array(4).fill('permission denied'),
      'permission denied: could not open a',
    ]);
    expect(await heard(test, open('a'), remove('a'), close('a'), write('a', 0, 1), close('a'))).toEqual([
      'ok',
      'permission denied',
      'ok',
      'permission denied',
      'permission denied',
    ]);
    expect(test.begun).toBe(0);
    expect(test.log.filter(({ kind }) => kind === 'SECURITY').map(({ text }) => text)).toEqual([
      'refused: write to a, which is not open',
      'refused: write to a, which is not open',
      'refused: write to a, which is not open',
    ]);
  });

  it('are gone at the end, and nothing comes after it', async () => {
    const test = make();
    await heard(test, open('a'), write('a', 0, 10), open('b'), write('b', 0, 10));
    // Under way when the end comes.
    const late = test.gate.ask(write('a', 0, 20));
    await test.gate.end();
    expect(await late).toEqual(DENIED);
    expect(await test.store.keys()).toEqual([]);
    expect(await heard(test, open('a'), write('a', 0, 1))).toEqual(['permission denied', 'permission denied']);
    await test.gate.end();
    expect(await test.store.keys()).toEqual([]);
    expect(test.log.filter(({ text }) => text.startsWith('scratch files removed')).length).toBe(1);
  });
});

describe('a hostile worker', () => {
  it('is refused whatever has no known shape, and the log says so', async () => {
    const test = make();
    const wrong: unknown[] = [
      ...[null, undefined, 0, NaN, '', 'scratch-open', true, 1n, Symbol('x'), [], {}, () => {}],
      ...[{ op: 'scratch-open' }, { op: 'scratch-open', name: '', create: true }, { op: 'scratch-open', name: 'a', create: 'yes' }],
      ...[
        { op: 'scratch-read', name: 'a' },
        { op: 'constructor', name: 'a' },
        { op: ['scratch-close'], name: 'a' },
      ],
      ...[open('a'.repeat(256)), open('x'.repeat(1e7)), { ...open('a'), name: ['a'] }, { ...open('a'), name: { toString: () => 'a' } }],
      ...[write('a', -1, 1), write('a', 0.5, 1), write('a', NaN, 1), write('a', 2 ** 53, 1), write('a', 0, (1 << 20) + 1)],
      ...[
        { ...write('a', 0, 1), bytes: 'text' },
        { ...write('a', 0, 1), bytes: new ArrayBuffer(1) },
        { ...write('a', 0, 1), bytes: { length: 1 } },
      ],
      ...[truncate('a', -1), truncate('a', Infinity), { ...truncate('a', 1), size: '1' }],
      Object.create(null),
    ];
    for (const data of wrong) expect(await test.gate.ask(data)).toEqual(DENIED);
    expect(test.log.length).toBe(wrong.length);
    for (const entry of test.log)
      expect(entry).toEqual({ kind: 'SECURITY', time: 5, id: 'tclet1', text: 'refused: malformed request from the worker' });
    expect(test.begun).toBe(0);
  });

  it('floods: 64 requests are worked on, the others refused', async () => {
    const test = make();
    await test.gate.ask(open('a'));
    const flood = await Promise.all(Array.from({ length: 1000 }, (_, i) => test.gate.ask(write('a', i, 1))));
    expect(flood.filter(({ ok }) => ok).length).toBe(64);
    expect(flood.slice(64).every((answer) => !answer.ok && answer.message === 'permission denied')).toBe(true);
    expect((await test.store.get('s/a'))!.length).toBe(64);
    expect(await heard(test, write('a', 0, 1))).toEqual(['ok']);
  });

  it('is answered in order', async () => {
    const test = make();
    const [a, b, c] = await Promise.all([open('a'), write('a', 0, 5), close('a')].map((r) => test.gate.ask(r)));
    expect([a!.ok, b!.ok, c!.ok]).toEqual([true, true, true]);
  });

  it('cannot change what it has sent, or was given', async () => {
    const test = make();
    await test.gate.ask(open('a'));
    const request = write('a', 0, 3, 7);
    const answer = test.gate.ask(request);
    request.bytes.fill(9);
    await answer;
    const read = await test.gate.ask(open('a'));
    expect(read).toEqual({ ok: true, value: Uint8Array.of(7, 7, 7) });
    if (read.ok && read.value instanceof Uint8Array) read.value.fill(0);
    expect(await test.store.get('s/a')).toEqual(Uint8Array.of(7, 7, 7));
  });

  it('hears little when storage fails, and the log all of it', async () => {
    const test = make((store) => ({ ...store, set: async () => Promise.reject(new Error('QuotaExceededError: disk of /home/u full')) }));
    expect(await heard(test, open('a'), write('a', 0, 1), close('a'))).toEqual(['ok', 'file can not be stored', 'ok']);
    expect(test.log.map(({ text }) => text)).toContain('refused: scratch-write a: QuotaExceededError: disk of /home/u full');
    await expect(test.gate.end()).resolves.toBeUndefined();
  });
});
