/** The placer: position and size by the script, fixed and relative. Answers to place.n and tkPlace.c. */
import type { ScriptRow } from '../../tcl/command.ts';
import { lookup, wrongArgs } from '../../tcl/errors.ts';
import { newList } from '../../tcl/list.ts';
import { doubleOf } from '../../tcl/number.ts';
import { dbl, str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { anchor, asGiven, double, orNone, pixels, pixelsOf, window, word } from '../converters.ts';
import { tkError } from '../errors.ts';
import { type Options, type OptionType, opt, optionTable } from '../options.ts';
import { tkOf } from '../tk-of.ts';
import type { TkWindow } from '../window.ts';
import { type Box, checkAncestors, Manager, managerOf, type Slot, windowOf } from './manager.ts';

/** A distance that may be left out: it is none, and what was given is what is answered. */
const offset: OptionType<number> = { parse: (_app, _win, v) => (str(v) === '' ? 0 : pixelsOf(v)) };
const share: OptionType<number> = { parse: (_app, _win, v) => doubleOf(v), print: (n) => str(dbl(n)) };

const ROWS = {
  anchor: opt(anchor, '', '', 'nw'),
  bordermode: opt(word('bordermode', 'inside', 'outside', 'ignore'), '', '', 'inside'),
  height: opt(orNone(asGiven(pixels)), '', '', ''),
  in: opt(window as OptionType<TkWindow | null>, '', '', null),
  relheight: opt(orNone(double), '', '', ''),
  relwidth: opt(orNone(double), '', '', ''),
  relx: opt(share, '', '', '0'),
  rely: opt(share, '', '', '0'),
  width: opt(orNone(asGiven(pixels)), '', '', ''),
  x: opt(offset, '', '', '0'),
  y: opt(offset, '', '', '0'),
};
const TABLE = optionTable(ROWS);

interface PlaceSlot extends Slot<PlaceBox> {
  readonly options: Options<typeof ROWS>;
}
type PlaceBox = Box<PlaceSlot>;

/** Rounds as C's cast after adding half with the sign of the number. */
function nearest(n: number): number {
  return Math.trunc(n + (n > 0 ? 0.5 : -0.5));
}

export class Placer extends Manager<PlaceSlot, PlaceBox> {
  readonly name = 'place';

  protected newBox(win: TkWindow): PlaceBox {
    return { win, content: [], pending: false, propagate: false };
  }

  slotOf(win: TkWindow): PlaceSlot {
    let slot = this.slots.get(win);
    if (slot) return slot;
    slot = { win, box: null, options: TABLE.create(this.app, win) };
    // Tk's placer does not fill in the defaults it lists.
    for (const name of ['x', 'y']) slot.options.texts.set(name, '');
    this.slots.set(win, slot);
    return slot;
  }

  override lost(win: TkWindow): void {
    super.lost(win);
    this.slots.delete(win);
  }

  configure(win: TkWindow, words: readonly Value[]): void {
    if (win.topLevel) {
      throw tkError(`can't use placer on top-level window "${win.path}"; use wm command instead`, 'GEOMETRY', 'TOPLEVEL');
    }
    const slot = this.slotOf(win);
    const change = TABLE.configure(this.app, win, slot.options, words);
    const target = change.names.has('in') ? slot.options.values.in : null;
    try {
      if (target) {
        checkAncestors(win, target, `can't place ${win.path} relative to ${target.path}`);
        if (win === target) throw tkError(`can't place ${win.path} relative to itself`, 'GEOMETRY', 'LOOP');
        this.checkLoop(win, target);
      }
    } catch (e) {
      change.undo();
      throw e;
    }
    const box = target ? this.boxOf(target) : (slot.box ?? this.boxOf(win.parent!));
    if (slot.box !== box) {
      this.app.unmaintain(win);
      this.unlink(win);
      slot.box = box;
      box.content.unshift(slot);
      slot.options.values.in = box.win;
      slot.options.texts.set('in', box.win.path);
      this.app.manage(win, this);
    }
    this.schedule(box);
  }

  info(slot: PlaceSlot): Value {
    const o = slot.options.values;
    const real = (n: number | null): Value => (n === null ? '' : String(Number(n.toPrecision(4))));
    return newList([
      ...(slot.box ? ['-in', slot.box.win.path] : []),
      ...['-x', o.x, '-relx', real(o.relx), '-y', o.y, '-rely', real(o.rely)],
      ...['-width', o.width ?? '', '-relwidth', real(o.relwidth), '-height', o.height ?? '', '-relheight', real(o.relheight)],
      ...['-anchor', o.anchor, '-bordermode', o.bordermode],
    ]);
  }

  option(slot: PlaceSlot, name: Value | undefined): Value {
    return TABLE.info(slot.options, name === undefined ? null : str(name));
  }

  override requested(win: TkWindow): void {
    const o = this.slots.get(win)?.options.values;
    // Both sizes given: what it asks for does not matter.
    if (o && (o.width ?? o.relwidth) !== null && (o.height ?? o.relheight) !== null) return;
    super.requested(win);
  }

  protected arrange(box: PlaceBox): void {
    for (const slot of box.content.slice()) {
      const { win } = slot;
      const o = slot.options.values;
      const inside = o.bordermode === 'inside';
      const { inset } = box.win;
      const left = inside ? inset.left : 0;
      const top = inside ? inset.top : 0;
      const roomW = box.win.width - (inside ? inset.left + inset.right : 0);
      const roomH = box.win.height - (inside ? inset.top + inset.bottom : 0);
      const x1 = o.x + left + o.relx * roomW;
      const y1 = o.y + top + o.rely * roomH;
      const x = nearest(x1);
      const y = nearest(y1);
      const size = (fixed: number | null, share: number | null, start: number, room: number, from: number, asked: number) =>
        fixed === null && share === null ? asked : (fixed ?? 0) + (share === null ? 0 : nearest(start + share * room) - from);
      const w = size(o.width, o.relwidth, x1, roomW, x, win.reqWidth);
      const h = size(o.height, o.relheight, y1, roomH, y, win.reqHeight);
      const a = o.anchor;
      const east = a === 'e' || a === 'ne' || a === 'se';
      const dx = a === 'w' || a === 'nw' || a === 'sw' ? 0 : east ? w : Math.trunc(w / 2);
      const dy = a[0] === 'n' ? 0 : a[0] === 's' ? h : Math.trunc(h / 2);
      this.put(win, box.win, x - dx, y - dy, Math.max(1, w), Math.max(1, h));
    }
  }
}

const SUBCOMMANDS = ['configure', 'content', 'forget', 'info', 'slaves'] as const;

function run(app: TkApp, args: readonly Value[]): Value {
  const place = managerOf(app, Placer);
  if (str(args[1]!).startsWith('.')) {
    place.configure(windowOf(app, args[1]!), args.slice(2));
    return '';
  }
  const win = windowOf(app, args[2]!);
  const sub = lookup(str(args[1]!), SUBCOMMANDS, 'option');
  if (sub !== 'configure' && args.length !== 3) throw wrongArgs(`place ${sub} pathName`);
  const slot = place.slots.get(win);
  switch (sub) {
    case 'configure':
      if (args.length > 4) place.configure(win, args.slice(3));
      else if (slot) return place.option(slot, args[3]);
      return '';
    case 'forget':
      if (slot) place.forget(win);
      return '';
    case 'info':
      return slot ? place.info(slot) : '';
    case 'content':
    case 'slaves':
      return newList((place.boxes.get(win)?.content ?? []).map((s) => s.win.path));
  }
}

export const PLACE_ROW: ScriptRow = {
  name: 'place',
  min: 2,
  max: Number.POSITIVE_INFINITY,
  usage: 'option|pathName args',
  safe: true,
  *script(interp, args) {
    const app = tkOf(interp);
    const result = run(app, args);
    yield* app.drain();
    return result;
  },
};
