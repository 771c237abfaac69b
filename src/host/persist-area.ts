/**
 * Files that stay: one folder by policy, origin and prefix, kept as one record, so that each change is one transaction of the store and two tabs
 * neither lose what the other wrote nor pass a quota together. Answers to the persist feature of the Tcl plugin.
 */
import { createStore, get, update } from 'idb-keyval';
import type { Origin } from '../policy/model.ts';
import type { FileRequest, HostAnswer } from '../protocol/host.ts';
import { type Desk, DONE } from './desk.ts';
import { resized } from './scratch-area.ts';

/** Contents by name. */
export type Folder = ReadonlyMap<string, Uint8Array>;

/** Where folders are kept. */
export interface FolderStore {
  get(key: string): Promise<Folder | undefined>;
  /** Puts what `change` makes of the present contents in their place, as one transaction. */
  update(key: string, change: (folder: Folder) => Folder): Promise<void>;
}

/** The folders in IndexedDB. */
export function indexedDbFolders(): FolderStore {
  const store = createStore('tcl-applet-persist', 'folders');
  return {
    get: (key) => get<Folder>(key, store),
    update: (key, change) => update<Folder>(key, (folder) => change(folder ?? new Map()), store),
  };
}

/** For browsers that refuse IndexedDB: the files live as long as the page does. */
export function memoryFolders(): FolderStore {
  const folders = new Map<string, Folder>();
  return {
    get: async (key) => folders.get(key),
    update: async (key, change) => {
      folders.set(key, change(folders.get(key) ?? new Map()));
    },
  };
}

/**
 * The prefix a tclet's files are kept under: `wanted`, when that is the path of its source or a folder on the way to it; else empty, which stands
 * for the whole URL.
 */
export function usablePrefix(origin: Origin, wanted: string): string {
  const fits = origin.path === wanted || origin.path.startsWith(wanted.endsWith('/') ? wanted : `${wanted}/`);
  return wanted.startsWith('/') && fits ? wanted : '';
}

/** The key of a tclet's folder. */
export function folderKey(policy: string, origin: Origin, prefix: string): string {
  return `${policy} ${prefix === '' ? origin.url : `${origin.proto}://${origin.host}:${origin.port}${prefix}`}`;
}

export class PersistArea {
  private readonly desk: Desk;
  private readonly store: FolderStore;
  private readonly key: string;
  /** How often each name is open here. */
  private readonly open = new Map<string, number>();

  constructor(desk: Desk, store: FolderStore, key: string) {
    this.desk = desk;
    this.store = store;
    this.key = key;
  }

  act(request: FileRequest): Promise<HostAnswer> | HostAnswer {
    switch (request.op) {
      case 'persist-open':
        return this.openFile(request.name, request.create);
      case 'persist-write': {
        const { name, at, bytes } = request;
        return this.change(name, (old) => {
          const start = at ?? old.length;
          const grown = this.resized(old, start + bytes.length, true);
          grown?.set(bytes, start);
          return grown;
        });
      }
      case 'persist-truncate':
        return this.change(request.name, (old) => this.resized(old, request.size, false));
      case 'persist-close':
        return this.close(request.name);
      case 'persist-delete':
        return this.remove(request.name);
      default:
        return this.list();
    }
  }

  private resized(old: Uint8Array, end: number, grow: boolean): Uint8Array | null {
    return resized(old, end, grow, this.desk.limit('fileSizeLimit'));
  }

  private async openFile(name: string, create: boolean): Promise<HostAnswer> {
    const { desk } = this;
    const open = [...this.open.values()].reduce((sum, n) => sum + n, 0);
    if (open >= desk.limit('openFilesLimit')) {
      return desk.refuse('WARNING', `persist-open ${name}: ${open} are open`, 'permission denied: channel count limit');
    }
    let found: Uint8Array | null = null;
    let full = false;
    await this.store.update(this.key, (folder) => {
      found = folder.get(name) ?? null;
      full = folder.size >= desk.limit('storedFilesLimit');
      if (found !== null || !create || full) return folder;
      found = new Uint8Array(0);
      return new Map(folder).set(name, found);
    });
    if (found === null && !create) {
      return desk.refuse('WARNING', `persist-open ${name}: no such file`, `permission denied: could not open ${name}`);
    }
    if (found === null) return desk.refuse('WARNING', `persist-open ${name}: the folder is full`, 'permission denied: file count limit');
    this.open.set(name, (this.open.get(name) ?? 0) + 1);
    desk.note('NOTICE', `persist-open ${name}: ${(found as Uint8Array).length} bytes, ${open + 1} open`);
    return { ok: true, value: found };
  }

  /** Changes a file that is open here; one that another tab removed meanwhile is gone. */
  private async change(name: string, edit: (bytes: Uint8Array) => Uint8Array | null): Promise<HostAnswer> {
    if (!this.open.has(name)) return this.desk.refuse('SECURITY', `write to ${name}, which is not open`);
    let problem = '';
    await this.store.update(this.key, (folder) => {
      const old = folder.get(name);
      const bytes = old === undefined ? null : edit(old);
      problem =
        old === undefined ? 'it was removed' : bytes === null ? `it would be more than ${this.desk.limit('fileSizeLimit')} bytes` : '';
      return bytes === null ? folder : new Map(folder).set(name, bytes);
    });
    return problem === '' ? DONE : this.desk.refuse('WARNING', `write to ${name}: ${problem}`);
  }

  private close(name: string): HostAnswer {
    const open = this.open.get(name) ?? 0;
    if (open === 0) return this.desk.refuse('WARNING', `close of ${name}, which is not open`);
    if (open > 1) this.open.set(name, open - 1);
    else this.open.delete(name);
    return DONE;
  }

  private async remove(name: string): Promise<HostAnswer> {
    if (this.open.has(name)) return this.desk.refuse('WARNING', `persist-delete ${name}: it is open`);
    let there = false;
    await this.store.update(this.key, (folder) => {
      const rest = new Map(folder);
      there = rest.delete(name);
      return there ? rest : folder;
    });
    if (!there) return this.desk.refuse('WARNING', `persist-delete ${name}: no such file`);
    this.desk.note('NOTICE', `persist-delete ${name}`);
    return DONE;
  }

  private async list(): Promise<HostAnswer> {
    return { ok: true, value: [...((await this.store.get(this.key)) ?? new Map()).keys()] };
  }
}
