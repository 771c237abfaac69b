/** What the painter leaves out because nobody sees it, and that guesses of cost grow with what a browser has to do. */
import { describe, expect, it } from 'vitest';
import type { CanvasItem } from '../protocol/display.ts';
import { dashesOf, itemCost, thin, withinRows } from './cost.ts';

const VIEW = { x: 0, y: 10, w: 100, h: 10 };

describe('withinRows', () => {
  it('keeps what crosses the rows and, of points above or below, the first and the last', () => {
    const points = [0, 0, 1, 1, 2, 2, 3, 15, 4, 30, 5, 31, 6, 32, 7, 15];
    expect(withinRows(points, VIEW, 0)).toEqual([0, 0, 2, 2, 3, 15, 4, 30, 6, 32, 7, 15]);
    expect(withinRows(points, VIEW, 20)).toBe(points);
  });

  it('changes nothing of what is inside: each row is crossed at the same places', () => {
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 16807) % 2147483647) % n;
    const points = Array.from({ length: 400 }, (_, i) => random(i % 2 === 0 ? 100 : 60));
    const crossings = (all: readonly number[], y: number): number[] => {
      const found: number[] = [];
      for (let i = 0; i < all.length; i += 2) {
        const [x1, y1] = [all.at(i - 2)!, all.at(i - 1)!];
        const [x2, y2] = [all[i]!, all[i + 1]!];
        if (y1 < y !== y2 < y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
      }
      return found;
    };
    const kept = withinRows(points, VIEW, 1);
    expect(kept.length).toBeLessThan(points.length);
    for (let y = VIEW.y; y < VIEW.y + VIEW.h; y++) expect(crossings(kept, y + 0.5)).toEqual(crossings(points, y + 0.5));
  });
});

it('thin leaves at most so many points', () => {
  expect(thin([0, 0, 1, 1, 2, 2], 3)).toEqual([0, 0, 1, 1, 2, 2]);
  expect(thin([0, 0, 1, 1, 2, 2, 3, 3], 3)).toEqual([0, 0, 2, 2]);
});

it('dashes of no length have no end', () => {
  expect(dashesOf({ pattern: [4, 6], offset: 0 }, 100)).toBe(20);
  expect(dashesOf({ pattern: [0, 0], offset: 0 }, 100)).toBe(Number.POSITIVE_INFINITY);
});

it('a guess of cost is high where painting is slow, and low where it is not', () => {
  const stroke = { color: '#000000', width: 1, dash: null, stipple: null } as const;
  const fill = { color: '#ff0000', stipple: null } as const;
  const clip = { x: 0, y: 0, w: 500, h: 300 };
  const zigzag = (n: number): number[] => Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? i % 500 : (i % 4) * 100));
  const cost = (given: object): number => {
    const item: unknown = { id: 1, join: 'miter', cap: 'butt', arrows: [], stroke, fill, ...given };
    return itemCost(item as CanvasItem, clip);
  };
  // Chromium took 75 ms and 1400 ms for the polygons, 5 us for the rectangle.
  expect(cost({ kind: 'polygon', points: zigzag(1000) })).toBeGreaterThan(50_000);
  expect(cost({ kind: 'polygon', points: zigzag(10_000) })).toBeGreaterThan(1_000_000);
  expect(cost({ kind: 'rectangle', rect: { x: 0, y: 0, w: 10, h: 10 } })).toBeLessThan(20);
  expect(cost({ kind: 'line', points: [0, 0, 1e6, 6e5], stroke: { ...stroke, dash: { pattern: [1, 1], offset: 0 } } })).toBeGreaterThan(
    10_000,
  );
});
