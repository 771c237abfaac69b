/**
 * A display that shows nothing: it takes batches and keeps a record of what a page would show, and measures text from a table. For the
 * command line, which has no screen, and for tests. The widths are those of DejaVu Sans and DejaVu Sans Mono.
 */
import type { DisplayBatch, FontSpec, Patch, WidgetProps, WindowId } from '../protocol/display.ts';
import type { Measurer } from '../tk/fonts.ts';

/** What is known of one window. */
export interface ShownWindow {
  readonly id: WindowId;
  readonly parent: WindowId;
  readonly path: string;
  readonly cls: string;
  x: number;
  y: number;
  w: number;
  h: number;
  mapped: boolean;
  props: WidgetProps | null;
  children: readonly WindowId[];
  tabstop: boolean;
}

export class NullDisplay {
  /** Every batch, when `keep` was asked for. */
  readonly batches: DisplayBatch[] = [];
  readonly windows = new Map<WindowId, ShownWindow>();
  focus: WindowId = 0;
  title = '';
  private readonly keep: boolean;

  constructor(keep = false) {
    this.keep = keep;
  }

  /** Give this to `createTk` as its sink. */
  readonly take = (batch: DisplayBatch): boolean => {
    if (this.keep) this.batches.push(batch);
    for (const patch of batch.patches) this.apply(patch);
    return false;
  };

  /** All patches of one kind that came, in order. Needs `keep`. */
  patches<O extends Patch['op']>(op: O): Extract<Patch, { op: O }>[] {
    return this.batches.flatMap((b) => b.patches.filter((p): p is Extract<Patch, { op: O }> => p.op === op));
  }

  byPath(path: string): ShownWindow | undefined {
    return [...this.windows.values()].find((w) => w.path === path);
  }

  private window(id: WindowId): ShownWindow {
    const win = this.windows.get(id);
    if (!win) throw new Error(`invariant: patch for window ${id}, which was not created`);
    return win;
  }

  private apply(p: Patch): void {
    switch (p.op) {
      case 'create': {
        const { id, parent, path, cls } = p;
        this.windows.set(id, { id, parent, path, cls, x: 0, y: 0, w: 1, h: 1, mapped: false, props: null, children: [], tabstop: false });
        break;
      }
      case 'props':
        this.window(p.id).props = p.props;
        break;
      case 'place': {
        const { x, y, w, h, mapped } = p;
        Object.assign(this.window(p.id), { x, y, w, h, mapped });
        break;
      }
      case 'stack':
        this.window(p.id).children = p.children;
        break;
      case 'tabstop':
        this.window(p.id).tabstop = p.on;
        break;
      case 'destroy':
        this.windows.delete(p.id);
        break;
      case 'focus':
        this.focus = p.id;
        break;
      case 'title':
        this.title = p.title;
        break;
    }
  }
}

/** Units of an em in the tables below. */
const EM = 2048;
const ASCENT = 1901;
const DESCENT = 483;
const MONO = 1233;

/** Advances of the characters from space to tilde, then from no-break space to y with diaeresis. */
const SANS =
  '651 822 943 1717 1304 1947 1598 563 800 800 1025 1717 651 740 651 691 1304 1304 1304 1304 1304 1304 1304 1304 1304 1304 ' +
  '691 691 1717 1717 1717 1088 2050 1402 1406 1431 1578 1295 1179 1588 1541 604 604 1344 1142 1768 1533 1613 1236 1613 1424 ' +
  '1301 1252 1500 1402 2026 1404 1252 1404 800 691 800 1717 1025 1025 1256 1301 1127 1301 1261 722 1301 1299 569 569 1187 ' +
  '569 1996 1299 1254 1301 1301 843 1068 804 1299 1213 1676 1213 1213 1076 1304 691 1304 1717 651 822 1304 1304 1304 1304 ' +
  '691 1025 1025 2050 966 1254 1717 740 2050 1025 1025 1717 822 822 1025 1304 1304 651 1025 822 966 1254 1986 1986 1986 ' +
  '1088 1402 1402 1402 1402 1402 1402 1996 1431 1295 1295 1295 1295 604 604 604 604 1588 1533 1613 1613 1613 1613 1613 1717 ' +
  '1613 1500 1500 1500 1500 1252 1240 1291 1256 1256 1256 1256 1256 1256 2012 1127 1261 1261 1261 1261 569 569 569 569 1254 ' +
  '1299 1254 1254 1254 1254 1254 1717 1254 1299 1299 1299 1299 1213 1301 1213';
const BOLD =
  '714 935 1068 1717 1426 2054 1787 627 937 937 1072 1717 779 851 779 749 1426 1426 1426 1426 1426 1426 1426 1426 1426 1426 ' +
  '820 820 1717 1717 1717 1189 2050 1586 1562 1504 1701 1400 1400 1682 1715 763 763 1588 1306 2040 1715 1742 1502 1742 1578 ' +
  '1476 1398 1664 1586 2261 1580 1484 1486 937 749 937 1717 1025 1025 1383 1467 1215 1467 1390 892 1467 1459 703 703 1363 ' +
  '703 2136 1459 1408 1467 1467 1011 1220 980 1459 1336 1893 1322 1336 1193 1459 749 1459 1717 714 935 1426 1426 1304 1426 ' +
  '749 1025 1025 2050 1156 1324 1717 851 2050 1025 1025 1717 898 898 1025 1508 1304 779 1025 898 1156 1324 2122 2122 2122 ' +
  '1189 1586 1586 1586 1586 1586 1586 2224 1504 1400 1400 1400 1400 763 763 763 763 1717 1715 1742 1742 1742 1742 1742 1717 ' +
  '1742 1664 1664 1664 1664 1484 1512 1474 1383 1383 1383 1383 1383 1383 2148 1215 1390 1390 1390 1390 703 703 703 703 1408 ' +
  '1459 1408 1408 1408 1408 1408 1717 1408 1459 1459 1459 1459 1336 1467 1336';

function widths(table: string): Map<string, number> {
  const codes = [...Array.from({ length: 95 }, (_, i) => i + 32), ...Array.from({ length: 96 }, (_, i) => i + 160)];
  return new Map(table.split(' ').map((w, i) => [String.fromCharCode(codes[i]!), Number(w)]));
}

const FAMILIES = ['DejaVu Sans', 'DejaVu Sans Mono'] as const;

/** Measures from the tables; every family is one of the two, by whether its name says that it is monospaced. */
export class TableMeasurer implements Measurer {
  private readonly plain = widths(SANS);
  private readonly bold = widths(BOLD);

  families(): readonly string[] {
    return FAMILIES;
  }

  face(family: string): string {
    return /mono|courier|fixed|console|typewriter/i.test(family) ? FAMILIES[1] : FAMILIES[0];
  }

  metrics(font: FontSpec): { ascent: number; descent: number; fixed: boolean } {
    const scale = font.sizePx / EM;
    return { ascent: ASCENT * scale, descent: DESCENT * scale, fixed: this.face(font.family) === FAMILIES[1] };
  }

  advance(font: FontSpec, char: string): number {
    const scale = font.sizePx / EM;
    if (this.face(font.family) === FAMILIES[1]) return MONO * scale;
    const table = font.weight === 'bold' ? this.bold : this.plain;
    return (table.get(char) ?? EM * 0.6) * scale;
  }
}
