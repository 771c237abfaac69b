/** The gridder: the `grid` command and its table of cells. The sizes of rows and columns come from solver.ts. Answers to grid.n and tkGrid.c. */

import type { Anchor } from '../../protocol/display.ts';
import type { ScriptRow } from '../../tcl/command.ts';
import { lookup, TclError, wrongArgs } from '../../tcl/errors.ts';
import { elements, newList } from '../../tcl/list.ts';
import { boolOf, smallIntOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { anchored, anchorOf, padOf, pixelsOf } from '../converters.ts';
import { tkError } from '../errors.ts';
import { tkOf } from '../tk-of.ts';
import type { TkWindow } from '../window.ts';
import { type Box, checkAncestors, Manager, managerOf, padWord, type Slot, windowOf } from './manager.ts';
import { innerPad } from './pack.ts';
import { adjust, type Line, resolve, type Span } from './solver.ts';

/** Tk's limit on rows and columns. */
const MAX_LINES = 10000;

type Axis = 'column' | 'row';

interface GridSlot extends Slot<GridBox> {
  column: number;
  row: number;
  columnspan: number;
  rowspan: number;
  padx: readonly [number, number];
  pady: readonly [number, number];
  ipadx: number;
  ipady: number;
  /** Of n, e, s, w, in that order. */
  sticky: string;
  /** Where `grid remove` took it from. */
  in: string | null;
}
interface GridBox extends Box<GridSlot> {
  readonly lines: Record<Axis, Line[]>;
  anchor: Anchor;
  startX: number;
  startY: number;
  /** Has been used as a grid: until then it has no size and no cells. */
  used: boolean;
}

const FRESH = {
  column: -1,
  row: -1,
  columnspan: 1,
  rowspan: 1,
  padx: [0, 0],
  pady: [0, 0],
  ipadx: 0,
  ipady: 0,
  sticky: '',
  in: null,
} as const;

export class Gridder extends Manager<GridSlot, GridBox> {
  readonly name = 'grid';

  protected newBox(win: TkWindow): GridBox {
    const lines = { column: [], row: [] };
    return { win, content: [], pending: false, propagate: true, lines, anchor: 'nw', startX: 0, startY: 0, used: false };
  }

  slotOf(win: TkWindow): GridSlot {
    let slot = this.slots.get(win);
    if (!slot) this.slots.set(win, (slot = { win, box: null, ...FRESH }));
    return slot;
  }

  /** Puts a window first in a container's list, as Tk does. */
  insert(slot: GridSlot, box: GridBox): void {
    if (slot.box) {
      this.app.unmaintain(slot.win);
      this.unlink(slot.win);
    }
    slot.box = box;
    box.content.unshift(slot);
    try {
      checkAncestors(slot.win, box.win, `can't put ${slot.win.path} inside ${box.win.path}`);
      this.checkLoop(slot.win, box.win);
      this.app.manage(slot.win, this);
      this.claim(box);
    } catch (e) {
      if (slot.win.manager === this) this.app.manage(slot.win, null);
      this.unlink(slot.win);
      throw e;
    }
  }

  /** Rows or columns there are: those with content and those that have been configured. */
  count(box: GridBox, axis: Axis): number {
    const span = axis === 'column' ? 'columnspan' : 'rowspan';
    let used = box.lines[axis].length;
    while (used > 0 && isPlain(box.lines[axis][used - 1]!)) used--;
    return box.content.reduce((n, s) => Math.max(n, s[axis] + s[span]), used);
  }

  /** The lines of an axis, as many as there are. */
  lines(box: GridBox, axis: Axis): Line[] {
    const n = this.count(box, axis);
    const all = box.lines[axis];
    while (all.length < n) all.push({ minSize: 0, weight: 0, uniform: '', pad: 0, offset: 0 });
    return all.slice(0, n);
  }

  protected arrange(box: GridBox): void {
    const { win } = box;
    const { inset } = win;
    const columns = this.lines(box, 'column');
    const rows = this.lines(box, 'row');
    this.app.interp.budget.charge((columns.length + rows.length) * 10);
    const spans = (axis: Axis): Span[] =>
      box.content.map((s) =>
        axis === 'column'
          ? { start: s.column, count: s.columnspan, size: s.win.reqWidth + s.padx[0] + s.padx[1] + 2 * s.ipadx }
          : { start: s.row, count: s.rowspan, size: s.win.reqHeight + s.pady[0] + s.pady[1] + 2 * s.ipady },
      );
    const w = Math.max(win.minReqWidth, resolve(columns, spans('column')) + inset.left + inset.right);
    const h = Math.max(win.minReqHeight, resolve(rows, spans('row')) + inset.top + inset.bottom);
    if (box.propagate && (w !== win.reqWidth || h !== win.reqHeight)) {
      this.app.requestSize(win, w, h);
      if (w > 1 && h > 1) this.schedule(box);
      return;
    }
    const roomW = win.width - inset.left - inset.right;
    const roomH = win.height - inset.top - inset.bottom;
    const at = anchored(box.anchor, roomW, roomH, adjust(columns, roomW), adjust(rows, roomH));
    box.startX = at.x + inset.left;
    box.startY = at.y + inset.top;
    for (const s of box.content.slice()) {
      const x = s.column > 0 ? columns[s.column - 1]!.offset : 0;
      const y = s.row > 0 ? rows[s.row - 1]!.offset : 0;
      this.putInCell(s, box, x, y, columns[s.column + s.columnspan - 1]!.offset - x, rows[s.row + s.rowspan - 1]!.offset - y);
    }
  }

  private putInCell(s: GridSlot, box: GridBox, cellX: number, cellY: number, cellW: number, cellH: number): void {
    const fit = (cell: number, pad: readonly [number, number], asked: number, low: string, high: string): [number, number] => {
      const room = cell - pad[0] - pad[1];
      const size = Math.min(room, asked);
      const spare = room - size;
      const stuckLow = s.sticky.includes(low);
      const stuckHigh = s.sticky.includes(high);
      const shift = stuckLow ? 0 : stuckHigh ? spare : Math.trunc(spare / 2);
      return [pad[0] + shift, stuckLow && stuckHigh ? room : size];
    };
    const [x, w] = fit(cellW, s.padx, s.win.reqWidth + 2 * s.ipadx, 'w', 'e');
    const [y, h] = fit(cellH, s.pady, s.win.reqHeight + 2 * s.ipady, 'n', 's');
    this.put(s.win, box.win, cellX + x + box.startX, cellY + y + box.startY, w, h);
  }

  /** Lays out at once what waits for the idle moment: `grid location` wants current numbers. */
  settle(box: GridBox): void {
    for (let i = 0; box.pending && i < 100; i++) {
      box.pending = false;
      if (box.content.length > 0) this.arrange(box);
    }
  }
}

function isPlain(l: Line): boolean {
  return l.weight === 0 && l.pad === 0 && l.minSize === 0 && l.uniform === '';
}

const OPTIONS = ['-column', '-columnspan', '-in', '-ipadx', '-ipady', '-padx', '-pady', '-row', '-rowspan', '-sticky'] as const;

function intBy(v: Value, least: number, message: string, code: string): number {
  let n = -1;
  try {
    n = smallIntOf(v);
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
  }
  if (n < least) throw tkError(message, 'VALUE', code);
  return n;
}

function setSpan(slot: GridSlot, axis: Axis, at: number, count: number): void {
  const span = axis === 'column' ? 'columnspan' : 'rowspan';
  const start = at >= 0 ? at : slot[axis];
  const n = count >= 1 ? count : slot[span];
  if (Math.max(0, start) + n >= MAX_LINES) throw tkError(`${axis} out of bounds`, 'GRID', axis === 'column' ? 'BAD_COLUMN' : 'BAD_ROW');
  slot[axis] = start;
  slot[span] = n;
}

function stickyOf(v: Value): string {
  const text = str(v);
  if (/[^nesw ,\t\r\n]/i.test(text)) {
    throw tkError(`bad stickyness value "${text}": must be a string containing n, e, s, and/or w`, 'VALUE', 'STICKY');
  }
  return [...'nesw'].filter((c) => text.toLowerCase().includes(c)).join('');
}

function badRow(v: Value): string {
  return `bad row value "${str(v)}": must be a non-negative integer`;
}

/** How many words name windows or shortcuts, and the container they suggest. */
function scanWindows(app: TkApp, words: readonly Value[]): { count: number; box: GridBox | null } {
  const grid = managerOf(app, Gridder);
  let box: GridBox | null = null;
  let previous = '';
  let windows = 0;
  let i = 0;
  for (; i < words.length; i++) {
    const w = str(words[i]!);
    if (w.startsWith('.')) {
      const win = windowOf(app, w);
      const removedFrom = app.windows.get(grid.slots.get(win)?.in ?? '');
      if (!box && (removedFrom ?? win.parent)) {
        box = grid.boxOf((removedFrom ?? win.parent)!);
        box.used = true;
      }
      windows++;
    } else {
      if (w.length > 1 && i === 0) throw tkError(`bad argument "${w}": must be name of window`, 'GRID', 'BAD_PARAMETER');
      if (w.length > 1 && w[0] === '-') break;
      if (w.length > 1) {
        throw tkError(`unexpected parameter "${w}" in configure list: should be window name or option`, 'GRID', 'BAD_PARAMETER');
      }
      if (w === '-' && (windows === 0 || previous === 'x' || previous === '^')) {
        throw tkError("must specify window before shortcut '-'", 'GRID', 'SHORTCUT_USAGE');
      }
      if (w !== '-' && w !== 'x' && w !== '^') {
        throw tkError(`invalid window shortcut, "${w}" should be '-', 'x', or '^'`, 'GRID', 'SHORTCUT_USAGE');
      }
    }
    previous = w[0] ?? '';
  }
  return { count: i, box };
}

function configure(app: TkApp, words: readonly Value[]): void {
  const grid = managerOf(app, Gridder);
  const scanned = scanWindows(app, words);
  const { count } = scanned;
  let { box } = scanned;
  if ((words.length - count) % 2 !== 0) throw tkError('extra option or option with no value', 'GRID', 'BAD_PARAMETER');
  let defaultRow = -1;
  for (let i = count; i < words.length; i += 2) {
    const name = lookup(str(words[i]!), OPTIONS, 'option');
    if (name === '-in') {
      box = grid.boxOf(windowOf(app, words[i + 1]!));
      box.used = true;
    } else if (name === '-row') defaultRow = intBy(words[i + 1]!, 0, badRow(words[i + 1]!), 'POSITIVE_INT');
  }
  if (defaultRow < 0) defaultRow = box?.used ? rowEnd(box) : 0;
  let column = 0;
  let positionGiven = false;
  for (let j = 0; j < count; j++) {
    const w = str(words[j]!);
    if (w === '^' || w === 'x') column++;
    if (w === '^' || w === 'x' || w === '-') continue;
    let span = 1;
    while (j + span < count && str(words[j + span]!) === '-') span++;
    const win = windowOf(app, w);
    if (win.topLevel) throw tkError(`can't manage "${w}": it's a top-level window`, 'GEOMETRY', 'TOPLEVEL');
    const slot = grid.slotOf(win);
    for (let i = count; i < words.length; i += 2) {
      const target = option(app, slot, lookup(str(words[i]!), OPTIONS, 'option'), words[i + 1]!);
      if (target) {
        box = target;
        positionGiven = true;
      }
    }
    if (!positionGiven && slot.box) box = slot.box;
    else if (!(positionGiven && slot.box === box)) {
      if (!box) {
        box = grid.boxOf(win.parent!);
        box.used = true;
      }
      if (slot.box !== box) grid.insert(slot, box);
      if (slot.column === -1) setSpan(slot, 'column', column, -1);
      setSpan(slot, 'column', -1, slot.columnspan + span - 1);
      if (slot.row === -1) setSpan(slot, 'row', defaultRow, -1);
      column += slot.columnspan;
    }
    grid.schedule(box!);
  }
  extendUpwards(app, words.slice(0, count), box, defaultRow);
  if (!box) throw tkError("can't determine master window", 'GRID', 'SHORTCUT_USAGE');
}

function rowEnd(box: GridBox): number {
  return box.content.reduce((n, s) => Math.max(n, s.row + s.rowspan), 0);
}

/** Applies one option; answers the container that -in names. */
function option(app: TkApp, slot: GridSlot, name: (typeof OPTIONS)[number], v: Value): GridBox | null {
  const text = str(v);
  switch (name) {
    case '-column':
      setSpan(slot, 'column', intBy(v, 0, `bad column value "${text}": must be a non-negative integer`, 'COLUMN'), -1);
      break;
    case '-columnspan':
      setSpan(slot, 'column', -1, intBy(v, 1, `bad columnspan value "${text}": must be a positive integer`, 'SPAN'));
      break;
    case '-row':
      setSpan(slot, 'row', intBy(v, 0, badRow(v), 'COLUMN'), -1);
      break;
    case '-rowspan':
      setSpan(slot, 'row', -1, intBy(v, 1, `bad rowspan value "${text}": must be a positive integer`, 'SPAN'));
      break;
    case '-in': {
      const other = windowOf(app, v);
      if (other === slot.win) throw tkError("window can't be managed in itself", 'GEOMETRY', 'SELF');
      const box = managerOf(app, Gridder).boxOf(other);
      box.used = true;
      return box;
    }
    case '-sticky':
      slot.sticky = stickyOf(v);
      break;
    case '-ipadx':
      slot.ipadx = innerPad('ipadx', v);
      break;
    case '-ipady':
      slot.ipady = innerPad('ipady', v);
      break;
    case '-padx':
      slot.padx = padOf(v);
      break;
    case '-pady':
      slot.pady = padOf(v);
      break;
  }
  return null;
}

/** `^` makes the window above one row taller. */
function extendUpwards(app: TkApp, words: readonly Value[], box: GridBox | null, defaultRow: number): void {
  let last: GridSlot | null = null;
  let skipped = 0;
  for (let j = 0; j < words.length; j++) {
    const w = str(words[j]!);
    if (w.startsWith('.')) {
      last = managerOf(app, Gridder).slotOf(windowOf(app, w));
      skipped = 0;
    }
    if (w === 'x') skipped++;
    if (w !== '^') continue;
    if (!box) throw tkError("can't use '^', cant find master", 'GRID', 'SHORTCUT_USAGE');
    let width = 1;
    while (j + width < words.length && str(words[j + width]!) === '^') width++;
    const row: number = last ? last.row + last.rowspan - 2 : defaultRow - 1;
    const column: number = (last ? last.column + last.columnspan : 0) + skipped;
    const above: GridSlot | undefined = box.content.find(
      (s) => s.column === column && s.row + s.rowspan - 1 === row && s.columnspan <= width,
    );
    if (!above) throw tkError('can\'t find slave to extend with "^"', 'GRID', 'SHORTCUT_USAGE');
    setSpan(above, 'row', -1, above.rowspan + 1);
    j += above.columnspan - 1;
    last = above;
    skipped = 0;
  }
}

const LINE_OPTIONS = ['-minsize', '-pad', '-uniform', '-weight'] as const;

/** `grid columnconfigure` and `rowconfigure`. */
function lineConfigure(app: TkApp, axis: Axis, args: readonly Value[]): Value {
  const grid = managerOf(app, Gridder);
  if ((args.length % 2 !== 0 && args.length > 6) || args.length < 4) {
    throw wrongArgs(`grid ${axis}configure master index ?-option value ...?`);
  }
  const win = windowOf(app, args[2]!);
  const indices = elements(args[3]!);
  if (indices.length === 0) throw tkError(`no ${axis} indices specified`, 'GRID', 'NO_INDEX');
  const box = grid.boxOf(win);
  if (args.length <= 5) return lineInfo(box, axis, indices, args[4]);
  for (const index of indices) {
    for (const [first, last] of lineRanges(app, box, axis, index)) {
      for (let i = first; i <= last; i++) {
        if (i < 0 || i >= MAX_LINES) throw tkError(`"${str(index)}" is out of range`, 'GRID', 'INDEX_RANGE');
        setLine(app, box, axis, i, args);
      }
    }
  }
  box.used = true;
  grid.schedule(box);
  return '';
}

function lineInfo(box: GridBox, axis: Axis, indices: readonly Value[], name: Value | undefined): Value {
  if (indices.length !== 1) throw tkError('must specify a single element on retrieval', 'GRID', 'USAGE');
  let at: number;
  try {
    at = smallIntOf(indices[0]!);
  } catch (e) {
    if (!(e instanceof TclError)) throw e;
    throw tkError(`${e.message} (when retrieving options only integer indices are allowed)`, 'GRID', 'INDEX_FORMAT');
  }
  const line = box.lines[axis][at];
  const all = { '-minsize': line?.minSize ?? 0, '-pad': line?.pad ?? 0, '-uniform': line?.uniform ?? '', '-weight': line?.weight ?? 0 };
  if (name === undefined) return newList(Object.entries(all).flat());
  return all[lookup(str(name), LINE_OPTIONS, 'option')];
}

/** The lines an index word means: a number, a window of the grid, or `all`. */
function lineRanges(app: TkApp, box: GridBox, axis: Axis, index: Value): [number, number][] {
  const text = str(index);
  const span = axis === 'column' ? 'columnspan' : 'rowspan';
  const of = (s: GridSlot): [number, number] => [s[axis], s[axis] + s[span] - 1];
  if (/^\s*[-+]?\d+\s*$/.test(text)) return [[Number(text), Number(text)]];
  if (text === 'all') return box.content.map(of);
  const win = app.windows.get(text);
  if (!win) throw tkError(`illegal index "${text}"`, 'VALUE', 'GRID_INDEX');
  const slot = managerOf(app, Gridder).managed(win);
  if (slot?.box !== box) throw tkError(`the window "${text}" is not managed by "${box.win.path}"`, 'GRID', 'NOT_MASTER');
  return [of(slot)];
}

function setLine(app: TkApp, box: GridBox, axis: Axis, at: number, args: readonly Value[]): void {
  const lines = box.lines[axis];
  app.interp.budget.allocate(Math.max(0, at + 1 - lines.length) * 64);
  while (lines.length <= at) lines.push({ minSize: 0, weight: 0, uniform: '', pad: 0, offset: 0 });
  const line = lines[at]!;
  const natural = (n: number, name: Value) => {
    if (n < 0) throw tkError(`invalid arg "${str(name)}": should be non-negative`, 'GRID', 'NEG_INDEX');
    return n;
  };
  for (let i = 4; i < args.length; i += 2) {
    const v = args[i + 1]!;
    switch (lookup(str(args[i]!), LINE_OPTIONS, 'option')) {
      case '-minsize':
        line.minSize = pixelsOf(v);
        break;
      case '-weight':
        line.weight = natural(smallIntOf(v), args[i]!);
        break;
      case '-uniform':
        line.uniform = str(v);
        break;
      case '-pad':
        line.pad = natural(pixelsOf(v), args[i]!);
        break;
    }
  }
}

function bbox(app: TkApp, args: readonly Value[]): Value {
  if (args.length !== 3 && args.length !== 5 && args.length !== 7) throw wrongArgs('grid bbox master ?column row ?column row??');
  const grid = managerOf(app, Gridder);
  const box = grid.boxOf(windowOf(app, args[2]!));
  const given = args.slice(3).map(smallIntOf);
  const columns = grid.lines(box, 'column');
  const rows = grid.lines(box, 'row');
  if (!box.used || columns.length === 0 || rows.length === 0) return newList([0, 0, 0, 0]);
  const [c1 = 0, r1 = 0, c2 = given.length > 0 ? c1 : columns.length, r2 = given.length > 0 ? r1 : rows.length] = given;
  const range = (lines: readonly Line[], a: number, b: number): [number, number] => {
    const [low, high] = a > b ? [b, a] : [a, b];
    const end = (i: number) => lines[Math.min(i, lines.length - 1)]!.offset;
    const start = low > 0 ? (low < lines.length ? lines[low - 1]!.offset : end(low)) : 0;
    return [start, high < 0 ? 0 : end(high) - start];
  };
  const [x, w] = range(columns, c1, c2);
  const [y, h] = range(rows, r1, r2);
  return newList([x + box.startX, y + box.startY, w, h]);
}

function location(app: TkApp, args: readonly Value[]): Value {
  if (args.length !== 5) throw wrongArgs('grid location master x y');
  const grid = managerOf(app, Gridder);
  const win = windowOf(app, args[2]!);
  const x = pixelsOf(args[3]!);
  const y = pixelsOf(args[4]!);
  const box = grid.boxOf(win);
  if (!box.used) return newList([-1, -1]);
  grid.settle(box);
  const find = (lines: readonly Line[], at: number) => {
    if (at < 0) return -1;
    const i = lines.findIndex((l) => l.offset >= at);
    return i < 0 ? lines.length : i;
  };
  return newList([find(grid.lines(box, 'column'), x - box.startX), find(grid.lines(box, 'row'), y - box.startY)]);
}

function content(app: TkApp, sub: string, args: readonly Value[]): Value {
  if (args.length % 2 === 0) throw wrongArgs(`grid ${sub} window ?-option value ...?`);
  let column = -1;
  let row = -1;
  for (let i = 3; i < args.length; i += 2) {
    const which = lookup(str(args[i]!), ['-column', '-row'], 'option');
    const n = smallIntOf(args[i + 1]!);
    if (n < 0) throw tkError(`${n} is an invalid value: should NOT be < 0`, 'GRID', 'NEG_INDEX');
    if (which === '-column') column = n;
    else row = n;
  }
  const covers = (at: number, start: number, count: number) => at < 0 || (start <= at && at < start + count);
  const slots = managerOf(app, Gridder).boxOf(windowOf(app, args[2]!)).content;
  return newList(slots.filter((s) => covers(column, s.column, s.columnspan) && covers(row, s.row, s.rowspan)).map((s) => s.win.path));
}

function forget(app: TkApp, remove: boolean, words: readonly Value[]): void {
  for (const v of words) {
    const win = windowOf(app, v);
    const slot = managerOf(app, Gridder).managed(win);
    if (!slot) continue;
    const from = slot.box!.win.path;
    managerOf(app, Gridder).forget(win);
    if (remove) slot.in = from;
    else Object.assign(slot, FRESH);
  }
}

function info(slot: GridSlot | null): Value {
  if (!slot) return '';
  return newList([
    ...['-in', slot.box!.win.path, '-column', slot.column, '-row', slot.row, '-columnspan', slot.columnspan, '-rowspan', slot.rowspan],
    ...['-ipadx', slot.ipadx, '-ipady', slot.ipady, '-padx', padWord(slot.padx), '-pady', padWord(slot.pady), '-sticky', slot.sticky],
  ]);
}

const SUBCOMMANDS = [
  ...(['anchor', 'bbox', 'columnconfigure', 'configure', 'content', 'forget', 'info', 'location'] as const),
  ...(['propagate', 'remove', 'rowconfigure', 'size', 'slaves'] as const),
] as const;

function run(app: TkApp, args: readonly Value[]): Value {
  const grid = managerOf(app, Gridder);
  if (args[1] !== undefined && /^[.x^]/.test(str(args[1]))) {
    configure(app, args.slice(1));
    return '';
  }
  if (args.length < 3) throw wrongArgs('grid option arg ?arg ...?');
  const sub = lookup(str(args[1]!), SUBCOMMANDS, 'option');
  const only = (usage: string, max: number) => {
    if (args.length > max) throw wrongArgs(`grid ${sub} ${usage}`);
  };
  switch (sub) {
    case 'anchor': {
      only('window ?anchor?', 4);
      const box = grid.boxOf(windowOf(app, args[2]!));
      if (args.length === 3) return box.anchor;
      box.used = true;
      const anchor = anchorOf(args[3]!);
      if (anchor !== box.anchor) grid.schedule(box);
      box.anchor = anchor;
      return '';
    }
    case 'bbox':
      return bbox(app, args);
    case 'columnconfigure':
      return lineConfigure(app, 'column', args);
    case 'rowconfigure':
      return lineConfigure(app, 'row', args);
    case 'configure':
      configure(app, args.slice(2));
      return '';
    case 'content':
    case 'slaves':
      return content(app, sub, args);
    case 'forget':
    case 'remove':
      forget(app, sub === 'remove', args.slice(2));
      return '';
    case 'info':
      only('window', 3);
      return info(grid.managed(windowOf(app, args[2]!)));
    case 'location':
      return location(app, args);
    case 'propagate': {
      only('window ?boolean?', 4);
      const box = grid.boxOf(windowOf(app, args[2]!));
      if (args.length === 3) return box.propagate ? 1 : 0;
      const on = boolOf(args[3]!);
      if (on !== box.propagate) {
        grid.setPropagate(box, on);
        grid.schedule(box);
      }
      return '';
    }
    case 'size': {
      only('window', 3);
      const box = grid.boxOf(windowOf(app, args[2]!));
      return newList(box.used ? [grid.count(box, 'column'), grid.count(box, 'row')] : [0, 0]);
    }
  }
}

export const GRID_ROW: ScriptRow = {
  name: 'grid',
  min: 0,
  max: Number.POSITIVE_INFINITY,
  usage: 'option arg ?arg ...?',
  safe: true,
  *script(interp, args) {
    const app = tkOf(interp);
    const result = run(app, args);
    yield* app.drain();
    return result;
  },
};
