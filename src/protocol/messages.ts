/**
 * The whole conversation of page and worker, but for what is shown (display.ts) and asked of the host (host.ts): plain data, tagged by
 * `kind`. The page believes nothing of a ToPage beyond what decode.ts has checked. Questions carry an `id` that their answer repeats.
 */
import type { DisplayBatch, InputEvent } from './display.ts';
import type { HostAnswer, HostRequest, LogEntry } from './host.ts';

/** Longest text in a message, or all words of an alias call together, in UTF-16 units; most words of one. The page drops what is beyond. */
export const MAX_TEXT = 4_000_000;
export const MAX_ARGS = 10_000;
/** Most entries of the log in one message. */
export const MAX_ENTRIES = 100;

/** What a tclet is started with. */
export interface StartConfig {
  /** Scripts run at global level in this order: inline text first, then `src`. Newlines are LF. */
  readonly scripts: readonly string[];
  /** Every attribute, names in lower case, and `embed_mode`. */
  readonly embedArgs: readonly (readonly [string, string])[];
  /** Canonical URL the source came from (the page's for inline text); empty when unknown. */
  readonly originUrl: string;
  /** No Tk when false. */
  readonly tk: boolean;
  /** Size the page gives the main window in pixels; null: it follows what `.` asks for. */
  readonly width: number | null;
  readonly height: number | null;
  readonly limits: Limits;
  /** Names of commands that the page answers. */
  readonly aliases: readonly string[];
}

/** null: no limit. */
export interface Limits {
  /** Milliseconds of one evaluation. */
  readonly timeMs: number | null;
  readonly commands: number | null;
  readonly memoryMb: number | null;
}

/** Page to worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly config: StartConfig }
  | { readonly kind: 'eval'; readonly id: number; readonly script: string }
  | { readonly kind: 'alias'; readonly name: string }
  /** A channel over a stream of the page, and the end of it. `mode` is what the tclet may do. */
  | { readonly kind: 'lend'; readonly name: string; readonly pipe: number; readonly mode: 'r' | 'w' | 'rw' }
  | { readonly kind: 'take-back'; readonly name: string }
  | { readonly kind: 'alias-answer'; readonly id: number; readonly ok: boolean; readonly value: string }
  | { readonly kind: 'host-answer'; readonly id: number; readonly answer: HostAnswer }
  | { readonly kind: 'input'; readonly event: InputEvent }
  /** `on` stops the clock of the tclet, not of the worker. */
  | { readonly kind: 'pause'; readonly on: boolean }
  /** The visitor chose to wait after `busy`. */
  | { readonly kind: 'more-time' }
  /** The last `display` batch has been painted: the next may come. */
  | { readonly kind: 'drawn' }
  | { readonly kind: 'ping'; readonly id: number };

/** Worker to page. */
export type ToPage =
  /** First of all; `origin` is `self.origin` as the worker sees it: `null` when it is opaque. */
  | { readonly kind: 'hello'; readonly origin: string }
  /** The top-level scripts have run. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'display'; readonly batch: DisplayBatch }
  | {
      readonly kind: 'eval-answer';
      readonly id: number;
      readonly ok: boolean;
      readonly value: string;
      readonly errorInfo: string;
      readonly errorCode: string;
    }
  | { readonly kind: 'alias-call'; readonly id: number; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'ask'; readonly id: number; readonly request: HostRequest }
  | { readonly kind: 'log'; readonly entries: readonly LogEntry[] }
  | { readonly kind: 'output'; readonly channel: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string; readonly errorInfo: string; readonly errorCode: string }
  /** The tclet has ended: by `exit`, or (`reason` not empty) because a limit ended it. */
  | { readonly kind: 'exit'; readonly code: number; readonly reason: string }
  /** One evaluation has run longer than the page should let it without asking; it stands still now. */
  | { readonly kind: 'busy'; readonly ms: number }
  /** It waits for a part of the engine from now on, and answers nothing meanwhile. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'pong'; readonly id: number };
