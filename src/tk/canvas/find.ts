/** `find` and `addtag`: items above, below, near, inside. Answers to canvas.n and tkCanvas.c (FindItems, FindArea). */
import { lookup, TclError, wrongArgs } from '../../tcl/errors.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { Canvas } from './canvas.ts';
import type { Item } from './item.ts';
import { coordOf } from './item-options.ts';
import { type Area, int } from './trig.ts';

const SEARCHES = ['above', 'all', 'below', 'closest', 'enclosed', 'overlapping', 'withtag'] as const;
/** Fewest and most words after each, and what they are. */
const USAGE: Readonly<Record<(typeof SEARCHES)[number], readonly [number, number, string]>> = {
  above: [1, 1, ' tagOrId'],
  all: [0, 0, ''],
  below: [1, 1, ' tagOrId'],
  closest: [2, 4, ' x y ?halo? ?start?'],
  enclosed: [4, 4, ' x1 y1 x2 y2'],
  overlapping: [4, 4, ' x1 y1 x2 y2'],
  withtag: [1, 1, ' tagOrId'],
};

/** The items a search command and its words find, lowest first. `prefix`: the command up to there, for messages. */
export function findItems(canvas: Canvas, prefix: string, words: readonly Value[]): Item[] {
  const search = lookup(str(words[0]!), SEARCHES, 'search command');
  const args = words.slice(1);
  const [min, max, usage] = USAGE[search];
  if (args.length < min || args.length > max) throw wrongArgs(`${prefix} ${search}${usage}`);
  const one = (item: Item | null | undefined) => (item ? [item] : []);
  switch (search) {
    case 'above':
      return one(canvas.find(args[0]!).at(-1)?.next);
    case 'below':
      return one(canvas.find(args[0]!)[0]?.prev);
    case 'all':
      return canvas.find('all');
    case 'withtag':
      return canvas.find(args[0]!);
    case 'closest':
      return one(closest(canvas, args));
    case 'enclosed':
      return inArea(canvas, args, 1);
    case 'overlapping':
      return inArea(canvas, args, 0);
  }
}

function closest(canvas: Canvas, args: readonly Value[]): Item | null {
  const x = coordOf(args[0]!);
  const y = coordOf(args[1]!);
  const halo = args[2] === undefined ? 0 : coordOf(args[2]);
  if (halo < 0) throw new TclError(`can't have negative halo value "${halo.toFixed(6)}"`);
  const start = (args[3] === undefined ? undefined : canvas.find(args[3])[0]) ?? canvas.first;
  canvas.app.interp.budget.charge(canvas.byId.size * 2);
  // Anything nearer than the halo counts as touching.
  const distance = (i: Item) => Math.max(0, i.distance(x, y) - halo);
  let best = start;
  while (best?.hidden) best = best.next;
  if (!best) return null;
  let near = distance(best);
  for (let i = best.next ?? canvas.first!; i !== start; i = i.next ?? canvas.first!) {
    // The topmost of equals wins; what lies apart by its box is not asked.
    const d = near + halo + 1;
    if (i.hidden || i.x1 >= int(x + d) || i.x2 <= int(x - d) || i.y1 >= int(y + d) || i.y2 <= int(y - d)) continue;
    const own = distance(i);
    if (own > near) continue;
    near = own;
    best = i;
  }
  return best;
}

function inArea(canvas: Canvas, args: readonly Value[], least: 0 | 1): Item[] {
  const [ax, ay, bx, by] = args.map((v) => coordOf(v)) as [number, number, number, number];
  const area: Area = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
  const [x1, y1, x2, y2] = [Math.trunc(area[0] - 1), Math.trunc(area[1] - 1), Math.trunc(area[2] + 1), Math.trunc(area[3] + 1)];
  canvas.app.interp.budget.charge(canvas.byId.size);
  const out: Item[] = [];
  for (let i = canvas.first; i; i = i.next) {
    if (i.hidden || i.x1 >= x2 || i.x2 <= x1 || i.y1 >= y2 || i.y2 <= y1) continue;
    if (i.where(area) >= least) out.push(i);
  }
  return out;
}
