/**
 * Checks what arrives from a worker, where untrusted code runs: unknown in, a ToPage or null out. Never throws. Batches are checked for
 * their frame alone; the display skips what makes no sense.
 */
import type { DisplayBatch } from './display.ts';
import { areTexts, decodeHostRequest, decodeLogEntry } from './host.ts';
import { MAX_ARGS, MAX_ENTRIES, MAX_TEXT, type ToPage } from './messages.ts';

/** Most patches of a batch. */
const MAX_PATCHES = 1_000_000;

function text(v: unknown, max = MAX_TEXT): v is string {
  return typeof v === 'string' && v.length <= max;
}

function count(v: unknown): v is number {
  return typeof v === 'number' && Number.isSafeInteger(v) && v >= 0;
}

/** The message that `data` is, built anew from what was checked, or null. */
export function decodeToPage(data: unknown): ToPage | null {
  if (typeof data !== 'object' || data === null) return null;
  const m = data as Record<string, unknown>;
  switch (m['kind']) {
    case 'hello':
      return text(m['origin'], 2000) ? { kind: 'hello', origin: m['origin'] } : null;
    case 'ready':
      return { kind: 'ready' };
    case 'display':
      return decodeBatch(m['batch']);
    case 'eval-answer': {
      const { id, ok, value, errorInfo, errorCode } = m;
      if (!count(id) || typeof ok !== 'boolean' || !text(value) || !text(errorInfo) || !text(errorCode)) return null;
      return { kind: 'eval-answer', id, ok, value, errorInfo, errorCode };
    }
    case 'alias-call': {
      const { id, name, args } = m;
      if (!count(id) || !text(name, 1000) || !Array.isArray(args) || args.length > MAX_ARGS) return null;
      // Spread first: `every` passes over the holes of a sparse list.
      const words: unknown[] = [...args];
      return areTexts(words, MAX_TEXT) ? { kind: 'alias-call', id, name, args: words } : null;
    }
    case 'ask': {
      const { id } = m;
      const request = decodeHostRequest(m['request']);
      return count(id) && request !== null ? { kind: 'ask', id, request } : null;
    }
    case 'log': {
      const given = m['entries'];
      if (!Array.isArray(given) || given.length > MAX_ENTRIES) return null;
      const entries = [...given].map(decodeLogEntry);
      return entries.every((e) => e !== null) ? { kind: 'log', entries } : null;
    }
    case 'output': {
      const { channel } = m;
      if ((channel !== 'stdout' && channel !== 'stderr') || !text(m['text'])) return null;
      return { kind: 'output', channel, text: m['text'] };
    }
    case 'error': {
      const { message, errorInfo, errorCode } = m;
      return text(message) && text(errorInfo) && text(errorCode) ? { kind: 'error', message, errorInfo, errorCode } : null;
    }
    case 'exit': {
      const { code, reason } = m;
      return typeof code === 'number' && Number.isFinite(code) && text(reason, 1000) ? { kind: 'exit', code, reason } : null;
    }
    case 'busy':
      return count(m['ms']) ? { kind: 'busy', ms: m['ms'] } : null;
    case 'loading':
      return { kind: 'loading' };
    case 'pong':
      return count(m['id']) ? { kind: 'pong', id: m['id'] } : null;
    default:
      return null;
  }
}

/** The number of a question whose content was refused: it waits for an answer all the same. */
export function refusedAsk(data: unknown): number | null {
  if (typeof data !== 'object' || data === null) return null;
  const { kind, id } = data as Record<string, unknown>;
  return kind === 'ask' && count(id) ? id : null;
}

function decodeBatch(data: unknown): ToPage | null {
  if (typeof data !== 'object' || data === null) return null;
  const { patches, more } = data as Record<string, unknown>;
  if (!Array.isArray(patches) || patches.length > MAX_PATCHES) return null;
  return { kind: 'display', batch: { patches: patches as DisplayBatch['patches'], ...(more === true ? { more } : {}), transfer: [] } };
}
