/** For tests: a gate whose platform is a table. */
import { originOf } from '../policy/origin.ts';
import { policiesWith } from '../policy/page-rules.ts';
import type { LogEntry } from '../protocol/host.ts';
import type { Navigation } from './frames.ts';
import { createGate, type Gate, type GateOptions, type PolicyQuestion } from './gate.ts';
import { memoryFolders } from './persist-area.ts';
import { type FileStore, type LifeMarks, memoryStore, Scratch } from './scratch.ts';

const MARKS: LifeMarks = { hold: async () => () => {}, held: async () => new Set(['tcl-applet-scratch:s']) };

export interface TestGate {
  readonly gate: Gate;
  readonly log: LogEntry[];
  readonly store: FileStore;
  /** Sessions of scratch files that were begun. */
  begun: number;
  readonly statuses: string[];
  readonly questions: PolicyQuestion[];
  readonly navigations: Navigation[];
  /** Requests as `fetch` saw them. */
  readonly fetched: { url: string; init: RequestInit }[];
}

export interface TestGateOptions extends Partial<GateOptions> {
  readonly change?: (store: FileStore) => FileStore;
  /** What `fetch` answers. */
  readonly answer?: (url: string, init: RequestInit) => Response | Promise<Response>;
}

export function makeGate({ change = (s) => s, answer, ...options }: TestGateOptions = {}): TestGate {
  const log: LogEntry[] = [];
  const store = change(memoryStore());
  const test: Omit<TestGate, 'gate'> = { log, store, begun: 0, statuses: [], questions: [], navigations: [], fetched: [] };
  const folders = memoryFolders();
  const gate = createGate({
    id: 'tclet1',
    origin: originOf('https://tcl.example/demo/clock.tcl'),
    allowed: ['home'],
    policies: policiesWith({}),
    facts: { vouched: false },
    scratch: () => {
      test.begun++;
      return Scratch.begin(store, MARKS, 's');
    },
    folders: () => folders,
    place: {
      document: { querySelectorAll: () => [], defaultView: null } as unknown as Document,
      mayNavigate: async (navigation) => {
        test.navigations.push(navigation);
        return true;
      },
      active: () => true,
    },
    fetch: async (url, init = {}) => {
      test.fetched.push({ url: String(url), init });
      if (answer === undefined) throw new TypeError('Failed to fetch');
      return answer(String(url), init);
    },
    WebSocket: class {
      constructor() {
        throw new Error('no sockets here');
      }
    } as unknown as typeof WebSocket,
    mayTake: async (question) => {
      test.questions.push(question);
      return true;
    },
    status: (text) => test.statuses.push(text),
    call: async (name) => {
      throw new Error(`invalid command name "${name}"`);
    },
    log: (entry) => log.push(entry),
    now: () => 5,
    ...options,
  });
  return Object.assign(test, { gate });
}

/** Answers of requests sent one after the other: `ok` or what was heard. */
export async function heard({ gate }: TestGate, ...requests: unknown[]): Promise<string[]> {
  const out: string[] = [];
  for (const request of requests) {
    const answer = await gate.ask(request);
    out.push(answer.ok ? 'ok' : answer.message);
  }
  return out;
}
