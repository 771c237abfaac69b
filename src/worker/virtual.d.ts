/** Made by the build (tools/split.ts): what worker.js lends to library.js, by number. */
declare module 'virtual:core' {
  export const core: () => readonly unknown[];
}
