/**
 * The functions of library.js, loaded when first one is called. Only stand-ins for its modules import this (src/README.md, "Two files"); the
 * worker's entry says how the file is loaded.
 */
export type Later = (...args: readonly unknown[]) => unknown;

let functions: readonly Later[] | null = null;
let load = (): readonly Later[] => {
  throw new Error('invariant: the entry names the loader');
};

/** How to load library.js; may throw, and is tried anew at the next call. */
export function loadWith(loader: () => readonly Later[]): void {
  load = loader;
}

/** The function of that number. */
export function later(n: number): Later {
  return (...args) => (functions ??= load())[n]!(...args);
}
