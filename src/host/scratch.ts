/**
 * Scratch files on the page's side: the bytes that tclets write with `maketmp` and `open`, in IndexedDB, gone when the tclet ends. Every
 * run has a session of its own, whose Web Lock is held while it lives; what belongs to a session without a lock was left by a
 * crash and is swept when the next one begins, or the next tclet starts. Quotas are gate.ts's affair. The only user of idb-keyval.
 */
import { createStore, delMany, get, keys, set } from 'idb-keyval';

/** Where files are kept, by `SESSION/NAME`. */
export interface FileStore {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, bytes: Uint8Array): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  keys(): Promise<readonly string[]>;
}

/** Marks that outlive nothing: gone with the page that holds them, whatever becomes of it. */
export interface LifeMarks {
  /** Holds a mark until the function it gives is called. */
  hold(name: string): Promise<() => void>;
  held(): Promise<ReadonlySet<string>>;
}

const DATABASE = 'tcl-applet-scratch';

/** The files in IndexedDB. */
export function indexedDbStore(): FileStore {
  const store = createStore(DATABASE, 'files');
  return {
    get: (key) => get<Uint8Array>(key, store),
    set: (key, bytes) => set(key, bytes, store),
    delete: (all) => delMany([...all], store),
    keys: async () => (await keys(store)).map(String),
  };
}

/** For pages whose browser refuses IndexedDB (some private windows): the files live as long as the page does. */
export function memoryStore(): FileStore {
  const files = new Map<string, Uint8Array>();
  return {
    get: async (key) => files.get(key),
    set: async (key, bytes) => {
      files.set(key, bytes);
    },
    delete: async (all) => {
      for (const key of all) files.delete(key);
    },
    keys: async () => [...files.keys()],
  };
}

/** Web Locks; `manager` is `navigator.locks`. */
export function webLockMarks(manager: LockManager): LifeMarks {
  return {
    hold: (name) =>
      new Promise((held, failed) => {
        manager.request(name, () => new Promise<void>((release) => held(() => release()))).catch(failed);
      }),
    async held() {
      const { held = [] } = await manager.query();
      return new Set(held.flatMap(({ name }) => (name === undefined ? [] : [name])));
    },
  };
}

const MARK = 'tcl-applet-scratch:';

export class Scratch {
  private readonly store: FileStore;
  private readonly session: string;
  private readonly release: () => void;
  /** Changes happen one after the other. */
  private last: Promise<void> = Promise.resolve();
  private ended = false;

  private constructor(store: FileStore, session: string, release: () => void) {
    this.store = store;
    this.session = session;
    this.release = release;
  }

  /** Begins a session, sweeping what dead ones left. */
  static async begin(store: FileStore, marks: LifeMarks, session: string): Promise<Scratch> {
    const release = await marks.hold(MARK + session);
    const scratch = new Scratch(store, session, release);
    await sweep(store, marks);
    return scratch;
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return this.store.get(this.key(name));
  }

  /** Settles once the bytes are stored; nothing is stored after `end`. */
  write(name: string, bytes: Uint8Array): Promise<void> {
    const copy = bytes.slice();
    return this.next(() => this.store.set(this.key(name), copy));
  }

  remove(name: string): Promise<void> {
    return this.next(() => this.store.delete([this.key(name)]));
  }

  private next(change: () => Promise<void>): Promise<void> {
    const done = this.last.then(() => (this.ended ? undefined : change()));
    this.last = done.catch(() => {});
    return done;
  }

  /** Removes all that the session wrote, then its mark. */
  async end(): Promise<void> {
    this.ended = true;
    await this.last;
    try {
      const mine = (await this.store.keys()).filter((key) => key.startsWith(`${this.session}/`));
      await this.store.delete(mine);
    } finally {
      this.release();
    }
  }

  private key(name: string): string {
    return `${this.session}/${name}`;
  }
}

/** Removes what dead sessions left, for a page whose tclets may never store a file. Where nothing was ever stored, nothing is made. */
export async function sweepLeftovers(databases: IDBFactory, locks: LockManager): Promise<void> {
  if ((await databases.databases()).some(({ name }) => name === DATABASE)) await sweep(indexedDbStore(), webLockMarks(locks));
}

async function sweep(store: FileStore, marks: LifeMarks): Promise<void> {
  // The keys first: a session that begins in between has its mark before its first file.
  const all = await store.keys();
  const living = await marks.held();
  const dead = all.filter((key) => !living.has(MARK + key.slice(0, key.indexOf('/'))));
  if (dead.length > 0) await store.delete(dead);
}
