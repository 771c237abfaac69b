/** The table of item types: nothing else registers one. */
import type { ItemKind } from '../item.ts';
import { Arc } from './arc.ts';
import { BitmapItem, ImageItem } from './image.ts';
import { Line } from './line.ts';
import { Polygon } from './polygon.ts';
import { RectOval } from './rect-oval.ts';
import { Text } from './text.ts';
import { WindowItem } from './window.ts';

const ANY = Number.POSITIVE_INFINITY;

export const KINDS: readonly ItemKind[] = [
  { name: 'arc', least: 1, most: ANY, make: (c, id) => new Arc(c, id) },
  { name: 'bitmap', least: 1, most: 2, make: (c, id) => new BitmapItem(c, id) },
  { name: 'image', least: 1, most: 2, make: (c, id) => new ImageItem(c, id) },
  { name: 'line', least: 1, most: ANY, make: (c, id) => new Line(c, id) },
  { name: 'oval', least: 1, most: ANY, make: (c, id) => new RectOval(c, id, 'oval') },
  { name: 'polygon', least: 0, most: ANY, make: (c, id) => new Polygon(c, id) },
  { name: 'rectangle', least: 1, most: ANY, make: (c, id) => new RectOval(c, id, 'rectangle') },
  { name: 'text', least: 1, most: 2, make: (c, id) => new Text(c, id) },
  { name: 'window', least: 1, most: 2, make: (c, id) => new WindowItem(c, id) },
];
