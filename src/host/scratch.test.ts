/** Scratch files in a store that several pages share, as IndexedDB is: whose they are, and what becomes of them. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileStore, indexedDbStore, type LifeMarks, memoryStore, Scratch, webLockMarks } from './scratch.ts';

// idb-keyval over one Map a store, with the promises that IndexedDB would make.
const disk = vi.hoisted(() => new Map<string, Map<string, unknown>>());
vi.mock('idb-keyval', () => {
  const of = (store: unknown) => store as Map<string, unknown>;
  return {
    createStore: (database: string, table: string) => {
      const name = `${database}/${table}`;
      if (!disk.has(name)) disk.set(name, new Map());
      return disk.get(name);
    },
    get: async (key: string, store: unknown) => of(store).get(key),
    set: async (key: string, value: unknown, store: unknown) => {
      of(store).set(key, structuredClone(value));
    },
    delMany: async (all: string[], store: unknown) => {
      for (const key of all) of(store).delete(key);
    },
    keys: async (store: unknown) => [...of(store).keys()],
  };
});

/** Web Locks as the browser has them: held until released, or until the page that holds them dies. */
class Locks {
  private readonly names = new Map<string, number>();

  /** The lock manager of a page; `crash` is what happens to its locks when it dies. */
  page(): { manager: LockManager; crash(): void } {
    const mine: string[] = [];
    const request = async (name: string, run: () => Promise<void>): Promise<void> => {
      this.names.set(name, (this.names.get(name) ?? 0) + 1);
      mine.push(name);
      await run();
      this.names.delete(name);
    };
    const query = async () => ({ held: [...this.names.keys()].map((name) => ({ name, mode: 'exclusive' as const })), pending: [] });
    return {
      manager: { request, query } as unknown as LockManager,
      crash: () => {
        for (const name of mine) this.names.delete(name);
      },
    };
  }
}

const bytes = (...all: number[]) => Uint8Array.of(...all);

beforeEach(() => disk.clear());

describe.each([
  ['IndexedDB', () => indexedDbStore()],
  ['memory', () => memoryStore()],
] as const)('a session over %s', (_name, makeStore) => {
  let store: FileStore;
  let locks: Locks;
  const begin = (session: string, page = locks.page()): Promise<Scratch> => Scratch.begin(store, webLockMarks(page.manager), session);
  beforeEach(() => {
    store = makeStore();
    locks = new Locks();
  });

  it('reads what it wrote, and nothing of another', async () => {
    const one = await begin('one');
    const two = await begin('two');
    await one.write('f', bytes(1, 2));
    expect(await one.read('f')).toEqual(bytes(1, 2));
    expect(await two.read('f')).toBeUndefined();
    await two.write('f', bytes(3));
    expect(await one.read('f')).toEqual(bytes(1, 2));
    await one.remove('f');
    expect(await one.read('f')).toBeUndefined();
    expect(await two.read('f')).toEqual(bytes(3));
  });

  it('stores what was handed over, whatever becomes of it later, and in order', async () => {
    const scratch = await begin('one');
    const mine = bytes(1);
    const all = [scratch.write('f', mine), scratch.remove('f'), scratch.write('f', bytes(2)), scratch.write('g', mine)];
    mine[0] = 9;
    await Promise.all(all);
    expect(await scratch.read('f')).toEqual(bytes(2));
    expect(await scratch.read('g')).toEqual(bytes(1));
  });

  it('leaves nothing at its end, and others alone', async () => {
    const one = await begin('one');
    const two = await begin('two');
    await one.write('f', bytes(1));
    await two.write('f', bytes(2));
    // Under way when the end comes, and after it.
    const late = one.write('g', bytes(3));
    await one.end();
    await late;
    await one.write('h', bytes(4));
    await one.remove('f');
    expect(await store.keys()).toEqual(['two/f']);
  });

  it('sweeps what the dead left when it begins, and spares the living', async () => {
    const page = locks.page();
    const dead = await begin('dead', page);
    await dead.write('f', bytes(1));
    const alive = await begin('alive');
    await alive.write('f', bytes(2));
    page.crash();
    expect((await store.keys()).length).toBe(2);
    await begin('new');
    expect(await store.keys()).toEqual(['alive/f']);
    await alive.end();
    expect(await store.keys()).toEqual([]);
  });

  it('sweeps keys that belong to nobody', async () => {
    for (const key of ['', 'f', '/', '/f', '__proto__/f']) await store.set(key, bytes(1));
    await begin('new');
    expect(await store.keys()).toEqual([]);
  });
});

describe('trouble', () => {
  const failing = (how: Partial<FileStore>): FileStore => ({ ...memoryStore(), ...how });
  const boom = (): Promise<never> => Promise.reject(new Error('boom'));

  it('a write that fails says so, and the next one goes on', async () => {
    let broken = true;
    const plain = memoryStore();
    const store = failing({ set: (key, value) => (broken ? boom() : plain.set(key, value)), get: plain.get });
    const scratch = await Scratch.begin(store, webLockMarks(new Locks().page().manager), 'one');
    await expect(scratch.write('f', bytes(1))).rejects.toThrow('boom');
    broken = false;
    await scratch.write('f', bytes(2));
    expect(await scratch.read('f')).toEqual(bytes(2));
  });

  it('the mark is released even if the files cannot be deleted', async () => {
    let released = 0;
    let broken = false;
    const marks: LifeMarks = { hold: async () => () => released++, held: async () => new Set() };
    const scratch = await Scratch.begin(failing({ keys: () => (broken ? boom() : Promise.resolve([])) }), marks, 'one');
    broken = true;
    await expect(scratch.end()).rejects.toThrow('boom');
    expect(released).toBe(1);
  });

  it('a session without a lock does not begin', async () => {
    const refusing = { request: boom, query: boom } as unknown as LockManager;
    await expect(Scratch.begin(memoryStore(), webLockMarks(refusing), 'one')).rejects.toThrow('boom');
  });
});
