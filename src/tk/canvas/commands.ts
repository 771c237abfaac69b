/** The subcommands of a canvas, what `find`, `addtag` and `postscript` do apart (find.ts, postscript.ts). Answers to canvas.n and tkCanvas.c (CanvasWidgetCmd). */
import { lookup, wrongArgs } from '../../tcl/errors.ts';
import { newList } from '../../tcl/list.ts';
import { doubleOf, smallIntOf } from '../../tcl/number.ts';
import { dbl, str, type Value } from '../../tcl/value.ts';
import { pixelsOf } from '../converters.ts';
import { tkError } from '../errors.ts';
import { parseSequence } from '../patterns.ts';
import { scrollWords } from '../scroll.ts';
import { CGET, CONFIGURE, type SubRow, type WidgetClass, widgetRow } from '../widget.ts';
import { Canvas, ITEM_BYTES } from './canvas.ts';
import { findItems } from './find.ts';
import type { Item } from './item.ts';
import { coordOf } from './item-options.ts';
import { KINDS } from './items/index.ts';
import { isItemEvent } from './pick.ts';
import { postscript } from './postscript.ts';
import { tagSearch } from './tags.ts';
import { int } from './trig.ts';

const ANY = Number.POSITIVE_INFINITY;
type Row = SubRow<Canvas>;

const addtag: Row = {
  name: 'addtag',
  min: 2,
  max: ANY,
  usage: 'tag searchCommand ?arg ...?',
  run(c, args) {
    const tag = str(args[1]!);
    for (const item of findItems(c, `${c.win.path} addtag ${tag}`, args.slice(2))) {
      if (item.o.tags.includes(tag)) continue;
      c.app.interp.budget.allocate(16);
      c.setTags(item, [...item.o.tags, tag]);
    }
    return '';
  },
};

const bbox: Row = {
  name: 'bbox',
  min: 1,
  max: ANY,
  usage: 'tagOrId ?tagOrId ...?',
  run(c, args) {
    let [x1, y1, x2, y2] = [ANY, ANY, -ANY, -ANY];
    for (const v of args.slice(1)) {
      for (const i of c.find(v)) {
        if (i.x1 >= i.x2 || i.y1 >= i.y2) continue;
        [x1, y1, x2, y2] = [Math.min(x1, i.x1), Math.min(y1, i.y1), Math.max(x2, i.x2), Math.max(y2, i.y2)];
      }
    }
    return x1 === ANY ? '' : newList([x1, y1, x2, y2].map(int));
  },
};

const bind: Row = {
  name: 'bind',
  min: 1,
  max: 3,
  usage: 'tagOrId ?sequence? ?command?',
  run(c, args) {
    const name = str(args[1]!);
    const search = tagSearch(name);
    const tag = search.kind === 'id' ? c.byId.get(search.id) : name;
    if (tag === undefined) throw tkError(`item "${name}" doesn't exist`, 'LOOKUP', 'CANVAS_ITEM', name);
    const { bindings } = c.picker;
    if (args.length === 2) return newList(bindings.list(tag));
    const sequence = str(args[2]!);
    if (args.length === 3) return bindings.get(tag, sequence);
    const script = str(args[3]!);
    if (script !== '') {
      if (!parseSequence(sequence).every((p) => isItemEvent(p.type))) {
        bindings.bind(tag, sequence, '');
        const what = 'only key, button, motion, enter, leave, and virtual events may be used';
        throw tkError(`requested illegal events; ${what}`, 'CANVAS', 'BAD_EVENTS');
      }
      if (search.kind === 'test') c.picker.addExpression(name, search.test);
    }
    const append = script.startsWith('+');
    bindings.bind(tag, sequence, append ? script.slice(1) : script, append);
    if (search.kind === 'test') c.picker.keepExpression(name);
    return '';
  },
};

/** A window coordinate as a canvas one, on a grid. */
function canvasCoord(name: 'canvasx' | 'canvasy', usage: string, origin: (c: Canvas) => number): Row {
  return {
    name,
    min: 1,
    max: 2,
    usage,
    run(c, args) {
      const at = pixelsOf(args[1]!) + origin(c);
      const grid = args[2] === undefined ? 0 : coordOf(args[2]);
      if (grid <= 0) return dbl(at);
      return dbl(Math.trunc(at / grid + (at < 0 ? -0.5 : 0.5)) * grid);
    },
  };
}

/** Is the one what the other is, elsewhere? */
function isMoved(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!];
  for (let i = 2; i < a.length; i += 2) {
    if (Math.abs(b[i]! - a[i]! - dx) > 1e-6 || Math.abs(b[i + 1]! - a[i + 1]! - dy) > 1e-6) return false;
  }
  return true;
}

const coords: Row = {
  name: 'coords',
  min: 1,
  max: ANY,
  usage: 'tagOrId ?x y x y ...?',
  run(c, args) {
    const item = c.find(args[1]!)[0];
    if (!item) return '';
    if (args.length === 2) return item.coordsValue();
    const before = item.coords().slice();
    try {
      item.setCoords(args.slice(2));
    } finally {
      if (isMoved(before, item.coords())) c.movedItem(item);
      else c.redrawItem(item);
    }
    return '';
  },
};

const create: Row = {
  name: 'create',
  min: 1,
  max: ANY,
  usage: 'type coords ?arg ...?',
  run(c, args) {
    const type = str(args[1]!);
    const hits = KINDS.filter((k) => k.name.startsWith(type));
    const kind = hits[0];
    if (!kind || hits.length > 1 || type === '')
      throw tkError(`unknown or ambiguous item type "${type}"`, 'LOOKUP', 'CANVAS_ITEM_TYPE', type);
    if (args.length < 3) throw wrongArgs(`${c.win.path} create ${type} coords ?arg ...?`);
    c.app.interp.budget.allocate(ITEM_BYTES);
    const words = args.slice(2);
    let n = kind.least;
    while (n < Math.min(words.length, kind.most) && !/^-[a-z]/.test(str(words[n]!))) n++;
    const item = kind.make(c, c.nextId++);
    if (n > 0) item.setCoords(words.slice(0, n));
    try {
      item.configure(words.slice(n));
    } catch (e) {
      item.deleted?.();
      throw e;
    }
    c.add(item);
    return item.id;
  },
};

/** Items that have indices and can be edited. */
function editable(c: Canvas, v: Value): Item[] {
  return c.find(v).filter((i) => i.index && i.insert && i.deleteRange);
}

const dchars: Row = {
  name: 'dchars',
  min: 2,
  max: 3,
  usage: 'tagOrId first ?last?',
  run(c, args) {
    for (const item of editable(c, args[1]!)) {
      const first = item.index!(args[2]!);
      item.deleteRange!(first, args[3] === undefined ? first : item.index!(args[3]));
      c.redrawItem(item);
    }
    return '';
  },
};

const rchars: Row = {
  name: 'rchars',
  min: 4,
  max: 4,
  usage: 'tagOrId first last string',
  run(c, args) {
    for (const item of editable(c, args[1]!)) {
      const first = item.index!(args[2]!);
      item.deleteRange!(first, item.index!(args[3]!));
      item.insert!(first, args[4]!);
      c.redrawItem(item);
    }
    return '';
  },
};

const insert: Row = {
  name: 'insert',
  min: 3,
  max: 3,
  usage: 'tagOrId beforeThis string',
  run(c, args) {
    for (const item of editable(c, args[1]!)) {
      item.insert!(item.index!(args[2]!), args[3]!);
      c.redrawItem(item);
    }
    return '';
  },
};

const imove: Row = {
  name: 'imove',
  min: 4,
  max: 4,
  usage: 'tagOrId index x y',
  run(c, args) {
    for (const v of args.slice(3)) coordOf(v);
    for (const item of c.find(args[1]!)) {
      if (!item.movablePoints) continue;
      const at = item.index!(args[2]!);
      item.deleteRange!(at, at);
      item.insert!(at, newList([args[3]!, args[4]!]));
      c.redrawItem(item);
    }
    return '';
  },
};

const del: Row = {
  name: 'delete',
  min: 0,
  max: ANY,
  usage: '?tagOrId ...?',
  run(c, args) {
    for (const v of args.slice(1)) for (const item of c.find(v)) c.remove(item);
    return '';
  },
};

const dtag: Row = {
  name: 'dtag',
  min: 1,
  max: 2,
  usage: 'tagOrId ?tagToDelete?',
  run(c, args) {
    const tag = str(args[2] ?? args[1]!);
    for (const item of c.find(args[1]!)) {
      const left = item.o.tags.filter((t) => t !== tag);
      if (left.length < item.o.tags.length) c.setTags(item, left);
    }
    return '';
  },
};

const find: Row = {
  name: 'find',
  min: 1,
  max: ANY,
  usage: 'searchCommand ?arg ...?',
  run: (c, args) => newList(findItems(c, `${c.win.path} find`, args.slice(1)).map((i) => i.id)),
};

const focus: Row = {
  name: 'focus',
  min: 0,
  max: 1,
  usage: '?tagOrId?',
  run(c, args) {
    if (args.length === 1) return c.focusItem?.id ?? '';
    const old = c.focusItem;
    if (str(args[1]!) === '') c.focusItem = null;
    else c.focusItem = c.find(args[1]!).find((i) => i.icursor) ?? old;
    if (c.gotFocus) for (const item of [old, c.focusItem]) c.redrawItem(item);
    return '';
  },
};

const gettags: Row = {
  name: 'gettags',
  min: 1,
  max: 1,
  usage: 'tagOrId',
  run: (c, args) => newList([...(c.find(args[1]!)[0]?.o.tags ?? [])]),
};

const icursor: Row = {
  name: 'icursor',
  min: 2,
  max: 2,
  usage: 'tagOrId index',
  run(c, args) {
    for (const item of c.find(args[1]!)) {
      if (!item.icursor) break;
      item.icursor(item.index!(args[2]!));
      if (item === c.focusItem) c.redrawItem(item);
    }
    return '';
  },
};

const index: Row = {
  name: 'index',
  min: 2,
  max: 2,
  usage: 'tagOrId string',
  run(c, args) {
    const item = c.find(args[1]!).find((i) => i.index);
    if (!item) throw tkError(`can't find an indexable item "${str(args[1]!)}"`, 'CANVAS', 'INDEXABLE_ITEM');
    return item.index!(args[2]!);
  },
};

const itemcget: Row = {
  name: 'itemcget',
  min: 2,
  max: 2,
  usage: 'tagOrId option',
  run(c, args) {
    const item = c.find(args[1]!)[0];
    return item ? item.table.get(item.o, str(args[2]!)) : '';
  },
};

const itemconfigure: Row = {
  name: 'itemconfigure',
  min: 1,
  max: ANY,
  usage: 'tagOrId ?-option value ...?',
  run(c, args) {
    const items = c.find(args[1]!);
    if (args.length <= 3) {
      const item = items[0];
      return item ? item.table.info(item.o, args[2] === undefined ? null : str(args[2])) : '';
    }
    const words = args.slice(2);
    for (const item of items) {
      try {
        item.configure(words);
      } finally {
        c.retag(item);
        c.redrawItem(item);
        c.picker.needed = true;
      }
    }
    return '';
  },
};

function noMatch(v: Value) {
  return tkError(`tagOrId "${str(v)}" doesn't match any items`, 'CANVAS', 'ITEM');
}

const lower: Row = {
  name: 'lower',
  min: 1,
  max: 2,
  usage: 'tagOrId ?belowThis?',
  run(c, args) {
    const below = args[2] === undefined ? null : c.find(args[2])[0];
    if (below === undefined) throw noMatch(args[2]!);
    c.restack(c.find(args[1]!), below?.prev ?? null);
    return '';
  },
};

const raise: Row = {
  name: 'raise',
  min: 1,
  max: 2,
  usage: 'tagOrId ?aboveThis?',
  run(c, args) {
    const above = args[2] === undefined ? c.last : c.find(args[2]).at(-1);
    if (above === undefined) throw noMatch(args[2]!);
    c.restack(c.find(args[1]!), above);
    return '';
  },
};

function translate(c: Canvas, items: readonly Item[], dx: number, dy: number): void {
  for (const item of items) {
    item.translate(dx, dy);
    c.movedItem(item);
  }
  c.app.interp.budget.charge(items.length * 5);
  if (items.length > 0) c.picker.needed = true;
}

const move: Row = {
  name: 'move',
  min: 3,
  max: 3,
  usage: 'tagOrId xAmount yAmount',
  run(c, args) {
    const dx = coordOf(args[2]!);
    const dy = coordOf(args[3]!);
    translate(c, c.find(args[1]!), dx, dy);
    return '';
  },
};

const moveto: Row = {
  name: 'moveto',
  min: 3,
  max: 3,
  usage: 'tagOrId x y',
  run(c, args) {
    const [x, y] = args.slice(2).map((v) => (str(v) === '' ? null : coordOf(v)));
    const items = c.find(args[1]!);
    const first = items[0];
    if (first) translate(c, items, x === null ? 0 : x! - first.x1, y === null ? 0 : y! - first.y1);
    return '';
  },
};

const scale: Row = {
  name: 'scale',
  min: 5,
  max: 5,
  usage: 'tagOrId xOrigin yOrigin xScale yScale',
  run(c, args) {
    const [x, y] = [coordOf(args[2]!), coordOf(args[3]!)];
    const [sx, sy] = [doubleOf(args[4]!), doubleOf(args[5]!)];
    if (sx === 0 || sy === 0) throw tkError('scale factor cannot be zero', 'CANVAS', 'BAD_SCALE');
    for (const item of c.find(args[1]!)) {
      item.scale(x, y, sx, sy);
      c.redrawItem(item);
      c.picker.needed = true;
    }
    return '';
  },
};

const scan: Row = {
  name: 'scan',
  min: 3,
  max: ANY,
  usage: 'mark|dragto x y ?dragGain?',
  run(c, args) {
    const drag = lookup(str(args[1]!), ['mark', 'dragto'] as const, 'scan option') === 'dragto';
    if (args.length > (drag ? 5 : 4)) throw wrongArgs(`${c.win.path} scan ${drag ? 'dragto x y ?gain?' : 'mark x y'}`);
    const [x, y, gain = 10] = args.slice(2).map(smallIntOf) as [number, number, number?];
    const { scan: s } = c;
    if (drag) c.setOrigin(s.originX - gain * (x - s.x), s.originY - gain * (y - s.y));
    else Object.assign(s, { x, y, originX: c.originX, originY: c.originY });
    return '';
  },
};

function selectTo(c: Canvas, item: Item, at: number): void {
  const { sel } = c;
  c.redrawItem(sel.item);
  sel.item = item;
  if (sel.anchorItem !== item) {
    sel.anchorItem = item;
    sel.anchor = at;
  }
  sel.first = Math.min(sel.anchor, at);
  sel.last = sel.anchor <= at ? at : sel.anchor - 1;
  c.redrawItem(item);
}

const SELECT = ['adjust', 'clear', 'from', 'item', 'to'] as const;
const select: Row = {
  name: 'select',
  min: 1,
  max: ANY,
  usage: 'option ?tagOrId? ?arg?',
  run(c, args) {
    const { sel } = c;
    const item = args[2] === undefined ? undefined : c.find(args[2]).find((i) => i.index && i.icursor);
    if (args[2] !== undefined && !item) {
      throw tkError(`can't find an indexable and selectable item "${str(args[2])}"`, 'CANVAS', 'SELECTABLE_ITEM');
    }
    const at = args.length === 4 ? item!.index!(args[3]!) : 0;
    const what = lookup(str(args[1]!), SELECT, 'select option');
    const alone = what === 'clear' || what === 'item';
    if (args.length !== (alone ? 2 : 4)) {
      // `to` alone does not name itself in the message.
      throw wrongArgs(`${c.win.path} select${what === 'to' ? '' : ` ${what}`}${alone ? '' : ' tagOrId index'}`);
    }
    if (what === 'item') return sel.item?.id ?? '';
    if (what === 'clear') {
      c.redrawItem(sel.item);
      sel.item = null;
    } else if (what === 'from') {
      sel.anchorItem = item!;
      sel.anchor = at;
    } else {
      if (what === 'adjust' && sel.item === item) sel.anchor = at < Math.trunc((sel.first + sel.last) / 2) ? sel.last + 1 : sel.first;
      selectTo(c, item!, at);
    }
    return '';
  },
};

const type: Row = {
  name: 'type',
  min: 1,
  max: 1,
  usage: 'tag',
  run: (c, args) => c.find(args[1]!)[0]?.kind ?? '',
};

function view(name: 'xview' | 'yview', axis: 'x' | 'y'): Row {
  return {
    name,
    min: 0,
    max: ANY,
    usage: '?arg ...?',
    run(c, args) {
      if (args.length === 1) return c.fractions(axis);
      const { what, n } = scrollWords(`${c.win.path} ${name}`, args);
      const { region: r } = c;
      const [at, low, high, size] = axis === 'x' ? [c.originX, r.x1, r.x2, c.win.width] : [c.originY, r.y1, r.y2, c.win.height];
      const step = c.o[`${axis}scrollincrement`];
      const room = size - 2 * c.inset;
      let to = 0;
      if (what === 'moveto') to = low - c.inset + Math.trunc(n * (high - low) + 0.5);
      else if (what === 'pages') to = Math.trunc(at + n * 0.9 * room);
      else to = step > 0 ? at + n * step : Math.trunc(at + n * 0.1 * room);
      if (axis === 'x') c.setOrigin(to, c.originY);
      else c.setOrigin(c.originX, to);
      return '';
    },
  };
}

const page: Row = {
  name: 'postscript',
  min: 0,
  max: ANY,
  usage: '?-option value ...?',
  run: (c, args) => postscript(c, args.slice(1)),
};

export const CANVAS_CLASS: WidgetClass<Canvas> = {
  command: 'canvas',
  className: 'Canvas',
  safe: true,
  subcommands: [
    ...[addtag, bbox, bind],
    canvasCoord('canvasx', 'screenx ?gridspacing?', (c) => c.originX),
    canvasCoord('canvasy', 'screeny ?gridspacing?', (c) => c.originY),
    ...[CGET, CONFIGURE, coords, create, dchars, del, dtag, find, focus, gettags, icursor, imove, index, insert],
    ...[itemcget, itemconfigure, lower, move, moveto, page, raise, rchars, scale, scan, select, type],
    ...[view('xview', 'x'), view('yview', 'y')],
  ],
  make: (app, win) => new Canvas(app, win),
};

export const CANVAS_ROW = widgetRow(CANVAS_CLASS);
