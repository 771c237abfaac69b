/** A bevel as shadows: laid over each other they colour the pixels that `edges` and `ring` of paint.ts fill. */
import { describe, expect, it } from 'vitest';
import type { Bevel, WidgetProps } from '../protocol/display.ts';
import { box, type Ctx } from './paint.ts';
import { shadowOf } from './views.ts';

const COLORS = { background: '#d9d9d9', light: '#ffffff', dark: '#828282' } as const;

function props(bevel: Partial<Bevel>, ring: { width: number; color: `#${string}` }, more: object = {}): WidgetProps {
  const given: unknown = {
    kind: 'frame',
    box: { background: COLORS.background, bevel: { width: 0, relief: 'flat', ...COLORS, ...bevel }, inset: ring.width, highlight: ring },
    ...more,
  };
  return given as WidgetProps;
}

/** The colour of each pixel, as the browser lays inset shadows without blur: outside of the hole, the first on top. */
function shadowed(p: WidgetProps, w: number, h: number): string[] {
  const shadows = [...shadowOf(p, w, h)!.matchAll(/inset (\S+) (\S+) 0 (\d+)px (#\w+)/g)].map(([, x, y, spread, color]) => ({
    left: Number(spread) + Number.parseInt(x!, 10),
    right: w - Number(spread) + Number.parseInt(x!, 10),
    top: Number(spread) + Number.parseInt(y!, 10),
    bottom: h - Number(spread) + Number.parseInt(y!, 10),
    color: color!,
  }));
  return Array.from({ length: w * h }, (_, i) => {
    const [x, y] = [i % w, Math.floor(i / w)];
    const over = shadows.find((s) => x < s.left || x >= s.right || y < s.top || y >= s.bottom);
    return over?.color ?? COLORS.background;
  });
}

/** What is painted, on a context that can fill rectangles. */
function painted(p: WidgetProps, w: number, h: number): string[] {
  const pixels = Array.from({ length: w * h }, () => '');
  const canvas = {
    fillStyle: '',
    fillRect(left: number, top: number, width: number, height: number) {
      for (let y = top; y < top + height; y++) for (let x = left; x < left + width; x++) pixels[y * w + x] = this.fillStyle;
    },
  };
  const ctx: unknown = canvas;
  box(ctx as Ctx, w, h, p.box);
  return pixels;
}

describe('shadowOf', () => {
  const sizes = [
    [12, 9],
    [30, 20],
    [5, 3],
    [1, 4],
  ] as const;
  for (const relief of ['raised', 'sunken', 'flat', 'groove', 'ridge', 'solid'] as const) {
    it(`has the pixels of a ${relief} bevel, with and without a ring`, () => {
      for (const [w, h] of sizes) {
        for (const width of [0, 1, 2, 3, 5, 8]) {
          for (const ring of [0, 1, 2]) {
            for (const color of [COLORS.background, '#ff0000'] as const) {
              const p = props({ width, relief }, { width: ring, color });
              if (shadowOf(p, w, h) !== null) expect(shadowed(p, w, h), `${w}x${h} ${width} ${ring} ${color}`).toEqual(painted(p, w, h));
              // Only where the ring leaves no room for a bevel is it painted.
              else expect(Math.min(w, h)).toBeLessThan(2 * (ring + 1));
            }
          }
        }
      }
    });
  }

  it('is nothing where there is nothing but the background, and null for what has more to show', () => {
    expect(shadowOf(props({ width: 2, relief: 'flat' }, { width: 1, color: COLORS.background }), 30, 20)).toBe('');
    expect(shadowOf(props({ width: 9, relief: 'raised' }, { width: 0, color: '#000000' }), 30, 20)).toBe(null);
    expect(shadowOf(props({}, { width: 0, color: '#000000' }, { kind: 'canvas' }), 30, 20)).toBe(null);
    const button = { kind: 'button', image: null, indicator: null, defaultRing: null };
    expect(shadowOf(props({}, { width: 0, color: '#000000' }, button), 30, 20)).toBe('');
    expect(shadowOf(props({}, { width: 0, color: '#000000' }, { ...button, defaultRing: 'normal' }), 30, 20)).toBe(null);
  });
});
