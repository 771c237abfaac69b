/**
 * What is kept of a script's texts in case they come again: formats, patterns, lists that were read. Each such map is bounded by whoever fills it, and
 * nobody counts what it takes: so all are emptied when a census comes, and nothing lives for long in them that lives nowhere else.
 */
const all: { clear(): void }[] = [];

/** Is emptied by each census from now on. */
export function keptUntilCensus<T extends { clear(): void }>(kept: T): T {
  all.push(kept);
  return kept;
}

export function forgetKept(): void {
  for (const kept of all) kept.clear();
}

/** Names that are longer are copied when they are made: V8 hashes no more of them (census.ts). */
export const LONG_NAME = 16_383;

export function ownName(name: string): string {
  return name.length > LONG_NAME ? alone(name) : name;
}

/** The same text, in memory of its own: one that was cut out of a longer text keeps all of that alive. */
export function alone(s: string): string {
  return ` ${s}`.slice(1);
}
