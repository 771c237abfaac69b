import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Heart } from './heart.ts';

/** A heart with a limit, what it did, and when (ms since it began). `answers` is how long the worker takes to answer; Infinity when it hangs. */
function make(timeMs: number | null, answers: number) {
  const began = performance.now();
  const said: [what: string, at: number][] = [];
  const worker = { answers };
  const say = (what: string): void => void said.push([what, performance.now() - began]);
  const heart: Heart = new Heart(timeMs, {
    ping: () => {
      const { answers } = worker;
      if (answers !== Infinity) setTimeout(() => heart.heard(), answers);
    },
    silent: (ms) => say(`silent ${ms}`),
    calm: () => say('calm'),
    dead: () => {
      heart.stop();
      say('dead');
    },
  });
  return { heart, said, worker };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a worker that hangs', () => {
  it('is given up past its limit, within 250 ms of the decision', () => {
    const { said, worker } = make(300, 5);
    vi.advanceTimersByTime(5500);
    worker.answers = Infinity;
    vi.advanceTimersByTime(10_000);
    // Asked at 6000; decided at 7300.
    expect(said).toEqual([['dead', 7500]]);
  });

  it('also before its first word, when it has had time to start', () => {
    const { said } = make(300, Infinity);
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([
      ['silent 10000', 10_000],
      ['dead', 16_500],
    ]);
  });

  it('is the visitor’s to stop where there is no limit', () => {
    const { heart, said } = make(null, Infinity);
    vi.advanceTimersByTime(15_000);
    heart.wait();
    vi.advanceTimersByTime(1_000_000);
    expect(said).toEqual([
      ['silent 10000', 10_000],
      ['silent 10000', 25_000],
    ]);
  });
});

describe('a worker that lives', () => {
  it('is let be, however slow it is within its limit', () => {
    const { heart, said, worker } = make(300, 5);
    vi.advanceTimersByTime(1500);
    worker.answers = 1299;
    vi.advanceTimersByTime(30_000);
    worker.answers = 5;
    vi.advanceTimersByTime(1500);
    // Nothing is asked when the visitor waits on.
    heart.wait();
    vi.advanceTimersByTime(30_000);
    expect(said).toEqual([]);
  });

  it('may speak after the decision', () => {
    const { heart, said, worker } = make(300, 5);
    vi.advanceTimersByTime(1500);
    worker.answers = Infinity;
    // Asked at 2000; decided at 3300.
    vi.advanceTimersByTime(1999);
    worker.answers = 5;
    heart.heard();
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
  });

  it('may wait for a part from a slow network', () => {
    const { heart, said, worker } = make(300, 5);
    vi.advanceTimersByTime(1500);
    worker.answers = Infinity;
    heart.loading();
    vi.advanceTimersByTime(15_000);
    expect(said).toEqual([['silent 10000', 12_000]]);
    worker.answers = 5;
    heart.heard();
    expect(said.at(-1)).toEqual(['calm', 16_500]);
    worker.answers = Infinity;
    vi.advanceTimersByTime(3000);
    expect(said.at(-1)![0]).toBe('dead');
  });
});
