/**
 * The functions of the parts beside worker.js, loaded when first one is called. Only stand-ins for their modules import this (src/README.md,
 * "Several files"); the worker's entry says how a part is loaded.
 */
import type { PartName } from '../protocol/parts.ts';

export type Later = (...args: readonly unknown[]) => unknown;

const loaded = new Map<PartName, readonly Later[]>();
let load = (_part: PartName): readonly Later[] => {
  throw new Error('invariant: the entry names the loader');
};

/** How to load a part; may throw, and is tried anew at the next call. */
export function loadWith(loader: (part: PartName) => readonly Later[]): void {
  load = loader;
}

/** The one field of what stands for a function in the text of a stand-in: its number in the part. */
export const FUNCTION = '()';

/** What a module exports, from its text: read faster as JSON than as code. */
export function standIn(part: PartName, json: string): unknown {
  return revived(part, JSON.parse(json));
}

function revived(part: PartName, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  const n = fields[FUNCTION];
  if (n !== undefined) return later(part, n as number);
  for (const key of Object.keys(fields)) fields[key] = revived(part, fields[key]);
  return value;
}

/** The function of that number. */
export function later(part: PartName, n: number): Later {
  return (...args) => functionsOf(part)[n]!(...args);
}

function functionsOf(part: PartName): readonly Later[] {
  let functions = loaded.get(part);
  if (functions === undefined) loaded.set(part, (functions = load(part)));
  return functions;
}
