/** The worker's first word, said before the rest of it is set up: the page answers meanwhile. */
const scope = self as unknown as DedicatedWorkerGlobalScope;
scope.postMessage({ kind: 'hello', origin: scope.origin });

export {};
