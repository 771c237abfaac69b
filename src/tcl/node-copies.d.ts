/** Copies of the node library, made by a plugin in vite.config.ts: the same code, each with type feedback of its own. */
declare module 'virtual:node-copies' {
  export const copies: readonly [typeof import('./nodes.ts'), ...typeof import('./nodes.ts')[]];
}
