/** What a canvas tells the display: whole items once, then only what changed. */
import { expect, test } from 'vitest';
import type { CanvasItem, DisplayBatch, Patch } from '../../protocol/display.ts';
import { makeApp } from '../test-app.ts';

type CanvasPatch = Extract<Patch, { op: 'canvas' }>;

/** Runs scripts on a canvas `.c`, and answers the canvas patches that each caused. */
function steps(...scripts: string[]): CanvasPatch[][] {
  const t = makeApp();
  t.run('canvas .c -width 100 -height 100; pack .c; update');
  return scripts.map((s) => {
    const before = t.display.patches('canvas').length;
    t.run(`${s}; update`);
    return t.display.patches('canvas').slice(before);
  });
}
function item<K extends CanvasItem['kind']>(p: CanvasPatch | undefined, kind: K): CanvasItem & { kind: K } {
  const found = p?.items.find((i) => i.kind === kind);
  if (!found) throw new Error(`no ${kind} was sent`);
  return found as CanvasItem & { kind: K };
}

test('a new item is sent whole, with the order', () => {
  const [[p]] = steps('.c create rectangle 10.4 10.6 30 40 -fill red -width 3 -dash {4 2}') as [[CanvasPatch]];
  expect(p.order).toEqual(Float64Array.of(1));
  expect(item(p, 'rectangle')).toEqual({
    id: 1,
    kind: 'rectangle',
    rect: { x: 10, y: 11, w: 20, h: 29 },
    fill: { color: '#ff0000', stipple: null },
    stroke: { color: '#000000', width: 3, dash: { pattern: [4, 2], offset: 0 }, stipple: null },
  });
});

test('a move sends how far, in whole pixels since the last time', () => {
  const [, a, b, c] = steps('.c create oval 0 0 9 9', '.c move 1 2.3 -1', '.c move 1 0.1 0', '.c move 1 0.1 0; .c coords 1 12.5 9 21.5 18');
  expect([...a![0]!.moved]).toEqual([1, 2, -1]);
  expect(a![0]!.items).toEqual([]);
  expect(a![0]!.order).toBeNull();
  expect(b).toEqual([]);
  expect([...c![0]!.moved]).toEqual([1, 11, 10]);
});

test('other coordinates send the item again', () => {
  const [, a] = steps('.c create oval 0 0 9 9', '.c move 1 5 5; .c coords 1 0 0 20 9');
  expect(a![0]!.moved.length).toBe(0);
  expect(item(a![0], 'oval').rect).toEqual({ x: 0, y: 0, w: 20, h: 9 });
});

test('hidden, deleted and inkless items are removed', () => {
  const [, a, b, c, d] = steps(
    '.c create oval 0 0 9 9; .c create line 0 0 9 9; .c create text 5 5 -text hi',
    '.c itemconfigure 1 -state hidden',
    '.c itemconfigure 2 -fill {}',
    '.c delete 3',
    '.c itemconfigure 1 -state normal',
  );
  const of = (...n: number[]) => Float64Array.from(n);
  expect([a![0]!.removed, a![0]!.order]).toEqual([of(1), of(2, 3)]);
  expect([b![0]!.removed, b![0]!.order]).toEqual([of(2), of(3)]);
  expect([c![0]!.removed, c![0]!.order]).toEqual([of(3), of()]);
  expect([d![0]!.removed, d![0]!.order]).toEqual([of(), of(1)]);
});

test('raise sends the order', () => {
  const [, a] = steps('.c create oval 0 0 9 9; .c create line 0 0 9 9', '.c raise 1');
  expect(a![0]!.order).toEqual(Float64Array.of(2, 1));
});

test('what is lowest already is not sent again', () => {
  const [, a] = steps('foreach t {x d d d} {.c create oval 0 0 9 9 -tags $t}; .c lower d', '.c create oval 0 0 9 9 -tags d; .c lower d');
  expect(a![0]!.items.map((i) => i.id)).toEqual([5]);
});

test('ten thousand items that move are one array', () => {
  const [, a] = steps('for {set i 0} {$i < 10000} {incr i} {.c create oval $i 0 $i 9}', '.c move all 1 1');
  expect(a!.length).toBe(1);
  expect(a![0]!.items).toEqual([]);
  expect(a![0]!.moved.length).toBe(30000);
});

test('arrowheads, caps and curves', () => {
  const [a, b] = steps(
    '.c create line 10 10 60 10 -arrow last -arrowshape {8 10 3} -capstyle round -width 2',
    '.c create line 0 0 10 50 20 0 -smooth 1 -splinesteps 4 -capstyle projecting',
  );
  const line = item(a![0], 'line');
  expect(line.cap).toBe('butt');
  expect(line.points).toEqual([10, 10, 54, 10]);
  expect(line.arrows).toEqual([[60, 10, 50, 6, 51, 9, 51, 11, 50, 14, 60, 10]]);
  const curve = item(b![0], 'line');
  expect(curve.cap).toBe('projecting');
  expect(curve.points.length).toBe(2 * (1 + 4));
  expect(curve.points.slice(-2)).toEqual([20, 0]);
});

test('selection and insertion cursor of a text', () => {
  const [, a, b] = steps(
    '.c create text 20 30 -anchor nw -text "ab\ncdef" -font {{DejaVu Sans Mono} -12}',
    '.c select from 1 1; .c select to 1 4',
    '.c focus 1; .c icursor 1 2; focus -force .c',
  );
  const { selection } = item(a![0], 'text');
  expect(selection!.rects).toEqual([
    { x: 6, y: 0, w: 23, h: 15 },
    { x: -1, y: 15, w: 16, h: 15 },
  ]);
  expect(selection!.runs.map((r) => r.text)).toEqual(['b', 'cd']);
  expect(item(b![0], 'text').insert).toEqual({ rect: { x: 13, y: 0, w: 2, h: 15 }, color: '#000000', border: null, onMs: 600, offMs: 300 });
});

test('the current item looks active', () => {
  const [, a, b] = steps(
    '.c create rectangle 10 10 30 30 -fill red -activefill blue -activewidth 5',
    'event generate .c <Motion> -x 20 -y 20',
    'event generate .c <Motion> -x 80 -y 80',
  );
  expect(item(a![0], 'rectangle').fill.color).toBe('#0000ff');
  expect(item(a![0], 'rectangle').stroke.width).toBe(5);
  expect(item(b![0], 'rectangle').fill.color).toBe('#ff0000');
});

test('a disabled canvas shows its items disabled', () => {
  const [, a] = steps('.c create rectangle 10 10 30 30 -fill red -disabledfill gray', '.c configure -state disabled');
  expect(item(a![0], 'rectangle').fill.color).toBe('#808080');
});

test('what is much comes in batches that the display can take, each after the last was drawn, and only the last is to be seen', () => {
  const batches: DisplayBatch[] = [];
  const t = makeApp({
    sink: (batch) => {
      batches.push(batch);
      return true;
    },
  });
  t.settle();
  batches.length = 0;
  t.app.outbox.shown();
  t.run('pack [canvas .c]; for {set i 0} {$i < 5000} {incr i} {.c create line 0 0 $i 10}; for {set i 0} {$i < 1000} {incr i} {frame .f$i}');
  t.settle();
  for (let n = 0; n < 20 && batches.at(-1)?.more; n++) {
    t.app.outbox.shown();
    t.settle();
  }
  expect(batches.map(({ more }) => more)).toEqual([...Array(batches.length - 1).fill(true), false]);
  const canvas = batches.flatMap(({ patches }) => patches.filter((p) => p.op === 'canvas'));
  expect(Math.max(...canvas.map((p) => p.items.length))).toBeLessThanOrEqual(2000);
  expect(canvas.flatMap((p) => p.items.map(({ id }) => id))).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
  expect(canvas.at(-1)!.order).toEqual(Float64Array.from({ length: 5000 }, (_, i) => i + 1));
  expect(batches.flatMap(({ patches }) => patches.filter((p) => p.op === 'create')).length).toBe(1001);
  // A window is made before anything else is said of it, and moves and removals are as patient.
  const known = new Set<number>([1]);
  for (const p of batches.flatMap(({ patches }) => patches)) {
    if (p.op === 'create') known.add(p.id);
    if ('id' in p && p.id !== 0) expect(known.has(p.id), `${p.op} ${p.id}`).toBe(true);
  }
});
