/** Makers of copies of the node library, by a plugin in vite.config.ts: the same code, each copy with type feedback of its own. */
declare module 'virtual:node-copies' {
  export const copies: readonly (() => typeof import('./nodes.ts'))[];
}
declare module 'virtual:more-node-copies' {
  export const copies: readonly (() => typeof import('./nodes.ts'))[];
}
