/**
 * The end of canvases. A browser that finds thousands of them as garbage clears up after all of them at once, at 0.1 ms each, whatever else the page has to do: so
 * each is emptied when it is done with, a few at a time, and there is nothing left to clear up.
 */

const SLICE_MS = 2;
const PAUSE_MS = 10;
const done: HTMLCanvasElement[] = [];
let busy = false;

/** Nobody will look at these any more. */
export function discard(canvases: Iterable<HTMLCanvasElement>): void {
  for (const canvas of canvases) done.push(canvas);
  if (done.length === 0 || busy) return;
  busy = true;
  setTimeout(empty, PAUSE_MS);
}

function empty(): void {
  const end = performance.now() + SLICE_MS;
  while (done.length > 0 && performance.now() < end) done.pop()!.width = 0;
  busy = done.length > 0;
  if (busy) setTimeout(empty, PAUSE_MS);
}
