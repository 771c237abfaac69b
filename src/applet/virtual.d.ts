/** Made by the build: the worker's code as text. */
declare module 'virtual:worker-source' {
  const source: string;
  export default source;
}
