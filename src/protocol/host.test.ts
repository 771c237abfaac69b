import { describe, expect, it } from 'vitest';
import { decodeHostRequest, decodeLogEntry } from './host.ts';

describe('decodeHostRequest', () => {
  it('builds requests anew', () => {
    expect(decodeHostRequest({ op: 'scratch-open', name: 'a', create: true, extra: 1 })).toEqual({
      op: 'scratch-open',
      name: 'a',
      create: true,
    });
    const bytes = new Uint8Array([1, 2]);
    const write = decodeHostRequest({ op: 'scratch-write', name: 'a', at: 3, bytes });
    expect(write).toEqual({ op: 'scratch-write', name: 'a', at: 3, bytes });
    bytes[0] = 9;
    expect(write).toMatchObject({ bytes: new Uint8Array([1, 2]) });
    expect(decodeHostRequest({ op: 'scratch-truncate', name: 'a', size: 0 })).toEqual({ op: 'scratch-truncate', name: 'a', size: 0 });
    expect(decodeHostRequest({ op: 'scratch-close', name: 'a' })).toEqual({ op: 'scratch-close', name: 'a' });
  });

  it('refuses whatever else arrives', () => {
    const bytes = new Uint8Array(1);
    for (const bad of [
      null,
      undefined,
      1,
      'x',
      [],
      {},
      { op: 'scratch-open', name: 'a' },
      { op: 'scratch-open', name: '', create: true },
      { op: 'scratch-open', name: 'a'.repeat(256), create: true },
      { op: 'scratch-open', name: 1, create: true },
      { op: 'scratch-write', name: 'a', at: -1, bytes },
      { op: 'scratch-write', name: 'a', at: 0.5, bytes },
      { op: 'scratch-write', name: 'a', at: Infinity, bytes },
      { op: 'scratch-write', name: 'a', at: '0', bytes },
      { op: 'scratch-write', name: 'a', at: 0, bytes: [1] },
      { op: 'scratch-write', name: 'a', at: 0, bytes: new Uint8Array((1 << 20) + 1) },
      { op: 'scratch-truncate', name: 'a', size: NaN },
      { op: '__proto__', name: 'a' },
      { op: 'call', name: 'f', args: Array(3), timeout: 1 },
    ]) {
      expect(decodeHostRequest(bad)).toBeNull();
    }
  });
});

describe('decodeLogEntry', () => {
  it('cuts what is too long and refuses unknown classes', () => {
    const entry = { kind: 'SLAVE', time: 1, id: 'tclet1', text: 'x'.repeat(1000) };
    expect(decodeLogEntry(entry)!.text.length).toBe(256);
    expect(decodeLogEntry({ ...entry, kind: 'NORMAL' })).toBeNull();
    for (const time of ['1', NaN, Infinity]) expect(decodeLogEntry({ ...entry, time })).toBeNull();
  });
});
