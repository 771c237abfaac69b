/** Made by the build (tools/split.ts): what worker.js lends to each part, by number. */
declare module 'virtual:core' {
  export const core: Readonly<Record<import('../protocol/parts.ts').PartName, () => readonly unknown[]>>;
}
