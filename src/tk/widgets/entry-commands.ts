/** The subcommands of entry, and those that spinbox shares with it. Answers to entry.n, WIDGET COMMAND, and tkEntry.c (EntryWidgetObjCmd). */
import type { Step } from '../../tcl/command.ts';
import { badIndex, lookup, wrongArgs } from '../../tcl/errors.ts';
import { newList } from '../../tcl/list.ts';
import { numberOf, smallIntOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import { tkError } from '../errors.ts';
import { scrollWords } from '../scroll.ts';
import { ownSelection } from '../selection.ts';
import { CGET, CONFIGURE, type SubRow, type WidgetClass, widgetRow } from '../widget.ts';
import { EntryWidget } from './entry.ts';

type Row = SubRow<EntryWidget>;
type Args = readonly Value[];

/** A C int, or null. */
function intIn(v: Value): number | null {
  const n = numberOf(v);
  return typeof n === 'number' && Number.isInteger(n) && Math.abs(n) < 2 ** 32 ? n | 0 : null;
}

/** What an index means, from 0 to the length of the text. GetEntryIndex. */
export function entryIndex(e: EntryWidget, v: Value): number {
  const word = str(v);
  const code = e.kind.toUpperCase();
  const end = e.text.length;
  const bad = () => tkError(`bad ${e.kind} index "${word}"`, code, 'BAD_INDEX');
  switch (word[0]) {
    case 'a':
      if ('anchor'.startsWith(word)) return e.anchor;
      throw bad();
    case 'e':
      if ('end'.startsWith(word)) return end;
      throw bad();
    case 'i':
      if ('insert'.startsWith(word)) return e.insert;
      throw bad();
    case 's':
      if (e.first < 0) throw tkError(`selection isn't in widget ${e.win.path}`, code, 'NO_SELECTION');
      if (word.length >= 5 && 'sel.first'.startsWith(word)) return e.first;
      if (word.length >= 5 && 'sel.last'.startsWith(word)) return e.last;
      throw bad();
    case '@': {
      const x = intIn(word.slice(1));
      if (x === null) throw bad();
      const right = e.win.width - e.inset - e.buttonWidth - 1;
      const at = e.layout.indexAt(Math.min(Math.max(x, e.inset), right) - e.layoutX, 0);
      // Right of the view: the character behind the last one in sight, so that the last one can be selected.
      return Math.max(x, e.inset) > right ? Math.min(at + 1, end) : at;
    }
  }
  const n = intIn(v);
  if (n === null) throw bad();
  return Math.max(0, Math.min(n, end));
}

const bbox: Row = {
  name: 'bbox',
  min: 1,
  max: 1,
  usage: 'index',
  run(e, args) {
    const index = entryIndex(e, args[1]!);
    const box = e.layout.charBox(index === e.text.length && index > 0 ? index - 1 : index)!;
    return newList([box.x + e.layoutX, box.y + e.layoutY, box.w, box.h]);
  },
};

const remove: Row = {
  name: 'delete',
  min: 1,
  max: 2,
  usage: 'firstIndex ?lastIndex?',
  *script(e, args): Generator<Step, Value, Value> {
    const first = entryIndex(e, args[1]!);
    const last = args[2] === undefined ? first + 1 : entryIndex(e, args[2]);
    if (last >= first && e.o.state === 'normal') yield* e.deleteText(first, last - first);
    return '';
  },
};

const get: Row = { name: 'get', min: 0, max: 0, usage: '', run: (e) => e.text };

const icursor: Row = {
  name: 'icursor',
  min: 1,
  max: 1,
  usage: 'pos',
  run(e, args) {
    e.insert = entryIndex(e, args[1]!);
    e.redraw();
    return '';
  },
};

const index: Row = { name: 'index', min: 1, max: 1, usage: 'string', run: (e, args) => entryIndex(e, args[1]!) };

const insert: Row = {
  name: 'insert',
  min: 2,
  max: 2,
  usage: 'index text',
  *script(e, args): Generator<Step, Value, Value> {
    const at = entryIndex(e, args[1]!);
    if (e.o.state === 'normal') yield* e.insertText(at, str(args[2]!));
    return '';
  },
};

/** `mark` or `dragto`, abbreviated or not; another word is an error. */
export function scanWord(word: string): 'mark' | 'dragto' {
  const found = word === '' ? undefined : (['mark', 'dragto'] as const).find((w) => w.startsWith(word));
  if (!found) throw badIndex('scan option', word, ['mark', 'dragto']);
  return found;
}

const scan: Row = {
  name: 'scan',
  min: 2,
  max: 2,
  usage: 'mark|dragto x',
  run(e, args) {
    const x = smallIntOf(args[2]!);
    if (scanWord(str(args[1]!)) === 'mark') {
      e.scanX = x;
      e.scanIndex = e.left;
    } else dragTo(e, x);
    return '';
  },
};

/** Scrolls ten times as far as the pointer went. At either end the mark follows, so that the text moves as soon as the pointer turns. */
function dragTo(e: EntryWidget, x: number): void {
  let left = e.scanIndex - Math.trunc((10 * (x - e.scanX)) / e.charWidth);
  const end = e.text.length;
  if (left >= end) {
    left = e.scanIndex = end - 1;
    e.scanX = x;
  }
  if (left < 0) {
    left = e.scanIndex = 0;
    e.scanX = x;
  }
  if (left === e.left) return;
  e.scrollTo(left);
  if (left === e.left) return;
  e.scanIndex = e.left;
  e.scanX = x;
}

type Selecting = (e: EntryWidget, args: Args) => Value;
interface SelectRow {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly usage: string;
  readonly run: Selecting;
}

const SELECT: readonly SelectRow[] = [
  {
    name: 'adjust',
    min: 1,
    max: 1,
    usage: 'index',
    run(e, [at]) {
      const i = entryIndex(e, at!);
      if (e.first >= 0) {
        // The end that is farther away stays; half way, the anchor does.
        const sum = e.first + e.last;
        if (i < Math.trunc(sum / 2)) e.anchor = e.last;
        else if (i > Math.trunc((sum + 1) / 2)) e.anchor = e.first;
      }
      e.selectTo(i);
      return '';
    },
  },
  {
    name: 'clear',
    min: 0,
    max: 0,
    usage: '',
    run(e) {
      e.select(-1, -1);
      return '';
    },
  },
  {
    name: 'from',
    min: 1,
    max: 1,
    usage: 'index',
    run(e, [at]) {
      e.anchor = entryIndex(e, at!);
      return '';
    },
  },
  { name: 'present', min: 0, max: 0, usage: '', run: (e) => (e.first >= 0 ? 1 : 0) },
  {
    name: 'range',
    min: 2,
    max: 2,
    usage: 'start end',
    run(e, [start, end]) {
      const from = entryIndex(e, start!);
      const to = entryIndex(e, end!);
      e.select(from, to);
      if (e.o.exportselection) ownSelection(e);
      return '';
    },
  },
  {
    name: 'to',
    min: 1,
    max: 1,
    usage: 'index',
    run(e, [at]) {
      e.selectTo(entryIndex(e, at!));
      return '';
    },
  },
];

/** `selection`, with more words in a spinbox. */
export function selectionRow(more: readonly SelectRow[] = []): Row {
  const rows = [...SELECT, ...more].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = rows.map((r) => r.name);
  return {
    name: 'selection',
    min: 1,
    max: Number.POSITIVE_INFINITY,
    usage: 'option ?index?',
    run(e, args) {
      const row = rows[names.indexOf(lookup(str(args[1]!), names, 'selection option'))]!;
      if (e.o.state === 'disabled' && row.name !== 'present') return '';
      const rest = args.slice(2);
      if (rest.length < row.min || rest.length > row.max) {
        throw wrongArgs(`${e.win.path} selection ${row.name}${row.usage === '' ? '' : ` ${row.usage}`}`);
      }
      return row.run(e, rest);
    },
  };
}

const validate: Row = {
  name: 'validate',
  min: 0,
  max: 0,
  usage: '',
  *script(e): Generator<Step, Value, Value> {
    return (yield* e.validateNow()) ? 1 : 0;
  },
};

const xview: Row = {
  name: 'xview',
  min: 0,
  max: Number.POSITIVE_INFINITY,
  usage: '?arg ...?',
  run(e, args) {
    if (args.length === 1) return e.visible();
    if (args.length === 2) {
      e.scrollTo(entryIndex(e, args[1]!));
      return '';
    }
    const { what, n } = scrollWords(`${e.win.path} xview`, args);
    const page = Math.max(1, Math.trunc((e.win.width - 2 * e.inset - e.buttonWidth) / e.charWidth) - 2);
    e.scrollTo(what === 'moveto' ? Math.trunc(n * e.text.length + 0.5) : e.left + n * (what === 'pages' ? page : 1));
    return '';
  },
};

/** Rows that entry and spinbox have alike, in order. */
export const EDITING: readonly Row[] = [bbox, CGET, CONFIGURE, remove, get, icursor, index, insert, scan, selectionRow(), validate, xview];

export const ENTRY_CLASS: WidgetClass<EntryWidget> = {
  command: 'entry',
  className: 'Entry',
  safe: true,
  subcommands: EDITING,
  make: (app, win) => new EntryWidget(app, win),
};

export const ENTRY_ROW = widgetRow(ENTRY_CLASS);
