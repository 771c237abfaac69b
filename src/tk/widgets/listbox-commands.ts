/** The subcommands of listbox. Answers to listbox.n, WIDGET COMMAND, and tkListbox.c (ListboxWidgetObjCmd). */
import { lookup, wrongArgs } from '../../tcl/errors.ts';
import { newList } from '../../tcl/list.ts';
import { numberOf, smallIntOf } from '../../tcl/number.ts';
import { share, str, type Value } from '../../tcl/value.ts';
import { tkError } from '../errors.ts';
import { scrollWords } from '../scroll.ts';
import { CGET, CONFIGURE, type SubRow, type WidgetClass, widgetRow } from '../widget.ts';
import { ITEM_TABLE, ListboxWidget } from './listbox.ts';

type Row = SubRow<ListboxWidget>;
const ANY = Number.POSITIVE_INFINITY;

/** What an index means, which may be out of range. `end` is the last element, or the place behind it. GetListboxIndex. */
function indexIn(l: ListboxWidget, v: Value, end: number): number {
  const word = str(v);
  const names = ['active', 'anchor', 'end'].filter((name) => name === word || (word !== '' && name.startsWith(word)));
  if (names.length === 1) return names[0] === 'active' ? l.active : names[0] === 'anchor' ? l.anchor : end;
  const at = /^@\s*[-+]?(?:0x[\da-f]+|\d+),\s*([-+]?)(0x[\da-f]+|\d+)$/i.exec(word);
  if (at) return l.nearest(Number(at[2]) * (at[1] === '-' ? -1 : 1));
  const n = numberOf(v);
  if (typeof n === 'number' && Number.isInteger(n) && Math.abs(n) < 2 ** 32) return n | 0;
  throw tkError(`bad listbox index "${word}": must be active, anchor, end, @x,y, or a number`, 'VALUE', 'LISTBOX_INDEX');
}
function elementIn(l: ListboxWidget, v: Value): number {
  return indexIn(l, v, l.items.length - 1);
}

/** Nearest index in range; 0 when there is none. */
function clamped(l: ListboxWidget, index: number): number {
  return Math.max(0, Math.min(index, l.items.length - 1));
}

/** An element that must be there. */
function itemIn(l: ListboxWidget, v: Value): number {
  const index = elementIn(l, v);
  if (index >= 0 && index < l.items.length) return index;
  throw tkError(`item number "${str(v)}" out of range`, 'LISTBOX', 'ITEM_INDEX');
}

const activate: Row = {
  name: 'activate',
  min: 1,
  max: 1,
  usage: 'index',
  run(l, args) {
    const index = elementIn(l, args[1]!);
    if (l.o.state === 'normal') l.active = clamped(l, index);
    l.refresh();
    return '';
  },
};

const bbox: Row = {
  name: 'bbox',
  min: 1,
  max: 1,
  usage: 'index',
  run(l, args) {
    const index = elementIn(l, args[1]!);
    if (index < l.top || index >= Math.min(l.items.length, l.top + l.fullLines + l.partialLine)) return '';
    const { x, width } = l.textAt(index);
    return newList([x, (index - l.top) * l.lineHeight + l.inset + l.o.selectborderwidth, width, l.o.font.lineHeight]);
  },
};

const curselection: Row = { name: 'curselection', min: 0, max: 0, usage: '', run: (l) => newList(l.selection()) };

const remove: Row = {
  name: 'delete',
  min: 1,
  max: 2,
  usage: 'firstIndex ?lastIndex?',
  run(l, args) {
    const first = elementIn(l, args[1]!);
    if (l.o.state !== 'normal' || first >= l.items.length) return '';
    l.deleteItems(first, args[2] === undefined ? first : elementIn(l, args[2]));
    return '';
  },
};

const get: Row = {
  name: 'get',
  min: 1,
  max: 2,
  usage: 'firstIndex ?lastIndex?',
  run(l, args) {
    const { items } = l;
    const first = elementIn(l, args[1]!);
    const last = Math.min(args[2] === undefined ? first : elementIn(l, args[2]), items.length - 1);
    const from = Math.max(0, first);
    if (first >= items.length || from > last) return '';
    if (args[2] === undefined) return share(items[from]!);
    l.app.interp.budget.charge(last - from);
    return newList(items.slice(from, last + 1).map(share));
  },
};

const index: Row = { name: 'index', min: 1, max: 1, usage: 'index', run: (l, args) => indexIn(l, args[1]!, l.items.length) };

const insert: Row = {
  name: 'insert',
  min: 1,
  max: ANY,
  usage: 'index ?element ...?',
  run(l, args) {
    const at = indexIn(l, args[1]!, l.items.length);
    if (l.o.state === 'normal') l.insertItems(at, args.slice(2));
    return '';
  },
};

const itemcget: Row = {
  name: 'itemcget',
  min: 2,
  max: 2,
  usage: 'index option',
  run: (l, args) => ITEM_TABLE.cget(l.itemOptionsOf(itemIn(l, args[1]!)), str(args[2]!)),
};

const itemconfigure: Row = {
  name: 'itemconfigure',
  min: 1,
  max: ANY,
  usage: 'index ?-option? ?value? ?-option value ...?',
  run(l, args) {
    const options = l.itemOptionsOf(itemIn(l, args[1]!));
    if (args.length <= 3) return ITEM_TABLE.info(options, args[2] === undefined ? null : str(args[2]));
    ITEM_TABLE.configure(l.app, l.win, options, args.slice(2));
    l.refresh();
    return '';
  },
};

const nearest: Row = { name: 'nearest', min: 1, max: 1, usage: 'y', run: (l, args) => l.nearest(smallIntOf(args[1]!)) };

const scan: Row = {
  name: 'scan',
  min: 3,
  max: 3,
  usage: 'mark|dragto x y',
  run(l, args) {
    const x = smallIntOf(args[2]!);
    const y = smallIntOf(args[3]!);
    if (lookup(str(args[1]!), ['mark', 'dragto'], 'option') === 'mark') l.scan = { x, y, offset: l.offset, top: l.top };
    else l.dragTo(x, y);
    return '';
  },
};

const see: Row = {
  name: 'see',
  min: 1,
  max: 1,
  usage: 'index',
  run(l, args) {
    const at = clamped(l, elementIn(l, args[1]!));
    const { top, fullLines } = l;
    const above = top - at;
    const below = at - (top + fullLines - 1);
    const near = Math.trunc(fullLines / 3);
    // A line just out of sight comes to the edge, one farther off to the middle.
    if (above > 0) l.viewFrom(above <= near ? at : at - Math.trunc((fullLines - 1) / 2));
    else if (below > 0) l.viewFrom(below <= near ? top + below : at - Math.trunc((fullLines - 1) / 2));
    return '';
  },
};

const SELECTING = ['anchor', 'clear', 'includes', 'set'] as const;

const selection: Row = {
  name: 'selection',
  min: 2,
  max: 3,
  usage: 'option index ?index?',
  run(l, args) {
    const first = elementIn(l, args[2]!);
    const last = args[3] === undefined ? first : elementIn(l, args[3]);
    const what = lookup(str(args[1]!), SELECTING, 'option');
    if (l.o.state === 'disabled' && what !== 'includes') return '';
    if (what === 'clear' || what === 'set') {
      l.select(first, last, what === 'set');
      return '';
    }
    if (args.length !== 3) throw wrongArgs(`${l.win.path} selection ${what} index`);
    if (what === 'includes') return l.selected.has(first) ? 1 : 0;
    l.anchor = clamped(l, first);
    return '';
  },
};

const size: Row = { name: 'size', min: 0, max: 0, usage: '', run: (l) => l.items.length };

const xview: Row = {
  name: 'xview',
  min: 0,
  max: ANY,
  usage: '?arg ...?',
  run(l, args) {
    if (args.length === 1) return l.fractionsX();
    if (args.length === 2) {
      l.scrollX(smallIntOf(args[1]!) * l.charWidth);
      return '';
    }
    const { what, n } = scrollWords(`${l.win.path} xview`, args);
    const columns = Math.trunc(l.room / l.charWidth);
    if (what === 'moveto') l.scrollX(Math.trunc(n * l.widest + 0.5));
    else l.scrollX(l.offset + n * l.charWidth * (what === 'pages' && columns > 2 ? columns - 2 : 1));
    return '';
  },
};

const yview: Row = {
  name: 'yview',
  min: 0,
  max: ANY,
  usage: '?arg ...?',
  run(l, args) {
    if (args.length === 1) return l.fractionsY();
    if (args.length === 2) {
      l.viewFrom(elementIn(l, args[1]!));
      return '';
    }
    const { what, n } = scrollWords(`${l.win.path} yview`, args);
    if (what === 'moveto') l.viewFrom(Math.trunc(l.items.length * n + 0.5));
    else l.viewFrom(l.top + n * (what === 'pages' && l.fullLines > 2 ? l.fullLines - 2 : 1));
    return '';
  },
};

export const LISTBOX_CLASS: WidgetClass<ListboxWidget> = {
  command: 'listbox',
  className: 'Listbox',
  safe: true,
  subcommands: [
    ...[activate, bbox, CGET, CONFIGURE, curselection, remove, get, index, insert, itemcget, itemconfigure, nearest, scan, see],
    ...[selection, size, xview, yview],
  ],
  make: (app, win) => new ListboxWidget(app, win),
};

export const LISTBOX_ROW = widgetRow(LISTBOX_CLASS);
