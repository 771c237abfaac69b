/** The packer: around the edges of a cavity, in order; the old syntax of Tk 3 included. Answers to pack.n, pack-old.n and tkPack.c. */

import type { Anchor } from '../../protocol/display.ts';
import type { ScriptRow } from '../../tcl/command.ts';
import { lookup, wrongArgs } from '../../tcl/errors.ts';
import { elements, newList } from '../../tcl/list.ts';
import { boolOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { anchorOf, padOf, parseDistance, round } from '../converters.ts';
import { badPath, tkError } from '../errors.ts';
import { tkOf } from '../tk-of.ts';
import type { TkWindow } from '../window.ts';
import { type Box, checkAncestors, Manager, managerOf, padWord, type Slot, windowOf } from './manager.ts';

const SIDES = ['top', 'bottom', 'left', 'right'] as const;

interface PackSlot extends Slot<PackBox> {
  side: (typeof SIDES)[number];
  anchor: Anchor;
  padx: readonly [number, number];
  pady: readonly [number, number];
  /** On each side. */
  ipadx: number;
  ipady: number;
  fillx: boolean;
  filly: boolean;
  expand: boolean;
  /** Packed by the old syntax: padding goes to the window, not around it. */
  old: boolean;
}
type PackBox = Box<PackSlot>;

const DEFAULTS = {
  side: 'top',
  anchor: 'center',
  padx: [0, 0],
  pady: [0, 0],
  ipadx: 0,
  ipady: 0,
  fillx: false,
  filly: false,
  expand: false,
} as const;

function sum(pair: readonly [number, number]): number {
  return pair[0] + pair[1];
}
function needW(s: PackSlot): number {
  return s.win.reqWidth + sum(s.padx) + 2 * s.ipadx;
}
function needH(s: PackSlot): number {
  return s.win.reqHeight + sum(s.pady) + 2 * s.ipady;
}
function isVertical(s: PackSlot): boolean {
  return s.side === 'top' || s.side === 'bottom';
}

export class Packer extends Manager<PackSlot, PackBox> {
  readonly name = 'pack';

  protected newBox(win: TkWindow): PackBox {
    return { win, content: [], pending: false, propagate: true };
  }

  slotOf(win: TkWindow): PackSlot {
    let slot = this.slots.get(win);
    if (!slot) this.slots.set(win, (slot = { win, box: null, old: false, ...DEFAULTS }));
    return slot;
  }

  /** Puts a window into a container's order, after `after` (null: first). */
  insert(slot: PackSlot, box: PackBox, after: PackSlot | null): void {
    if (slot.box) this.unlink(slot.win);
    slot.box = box;
    box.content.splice(after ? box.content.indexOf(after) + 1 : 0, 0, slot);
    this.app.manage(slot.win, this);
    try {
      this.claim(box);
    } catch (e) {
      this.app.manage(slot.win, null);
      this.unlink(slot.win);
      throw e;
    }
  }

  /** Why the packer will not put `win` into `container`. */
  checkPlace(win: TkWindow, container: TkWindow): void {
    checkAncestors(win, container, `can't pack ${win.path} inside ${container.path}`);
    if (win === container) throw tkError(`can't pack ${win.path} inside itself`, 'GEOMETRY', 'SELF');
    this.checkLoop(win, container);
  }

  protected arrange(box: PackBox): void {
    const { win } = box;
    const { inset } = win;
    if (box.propagate) {
      const [w, h] = naturalSize(box);
      const width = Math.max(w, win.minReqWidth);
      const height = Math.max(h, win.minReqHeight);
      if (width !== win.reqWidth || height !== win.reqHeight) {
        this.app.requestSize(win, width, height);
        this.schedule(box);
        return;
      }
    }
    let x = inset.left;
    let y = inset.top;
    let w = win.width - inset.left - inset.right;
    let h = win.height - inset.top - inset.bottom;
    box.content.slice().forEach((s, i) => {
      // The parcel: a strip of the cavity at one of its edges.
      let px = x;
      let py = y;
      let pw = w;
      let ph = h;
      if (isVertical(s)) {
        ph = needH(s) + (s.expand ? expansion(box.content, i, h, true) : 0);
        h -= ph;
        if (h < 0) {
          ph += h;
          h = 0;
        }
        if (s.side === 'top') y += ph;
        else py = y + h;
      } else {
        pw = needW(s) + (s.expand ? expansion(box.content, i, w, false) : 0);
        w -= pw;
        if (w < 0) {
          pw += w;
          w = 0;
        }
        if (s.side === 'left') x += pw;
        else px = x + w;
      }
      this.putInParcel(s, win, px, py, pw, ph);
    });
  }

  private putInParcel(s: PackSlot, container: TkWindow, px: number, py: number, pw: number, ph: number): void {
    const padx = s.old ? ([0, 0] as const) : s.padx;
    const pady = s.old ? ([0, 0] as const) : s.pady;
    const roomW = pw - sum(padx);
    const roomH = ph - sum(pady);
    let w = s.win.reqWidth + 2 * s.ipadx;
    let h = s.win.reqHeight + 2 * s.ipady;
    if (s.fillx || w > roomW) w = roomW;
    if (s.filly || h > roomH) h = roomH;
    const along = (low: boolean, high: boolean, pad: readonly [number, number], size: number, own: number) =>
      low ? pad[0] : high ? size - own - pad[1] : Math.trunc((pad[0] + size - own - pad[1]) / 2);
    const a = s.anchor;
    const east = a === 'e' || a === 'ne' || a === 'se';
    const x = px + along(a === 'w' || a === 'nw' || a === 'sw', east, padx, pw, w);
    const y = py + along(a[0] === 'n', a[0] === 's', pady, ph, h);
    this.put(s.win, container, x, y, w, h);
  }
}

/** The size at which all content gets what it asks for. */
function naturalSize(box: PackBox): [number, number] {
  const { inset } = box.win;
  let w = inset.left + inset.right;
  let h = inset.top + inset.bottom;
  let maxW = w;
  let maxH = h;
  for (const s of box.content) {
    if (isVertical(s)) {
      maxW = Math.max(maxW, needW(s) + w);
      h += needH(s);
    } else {
      maxH = Math.max(maxH, needH(s) + h);
      w += needW(s);
    }
  }
  return [Math.max(maxW, w), Math.max(maxH, h)];
}

/** What an expanding window gets beyond its need: an equal share, but never so much that a later one across would not fit. */
function expansion(content: readonly PackSlot[], from: number, cavity: number, vertical: boolean): number {
  let least = cavity;
  let room = cavity;
  let count = 0;
  for (const s of content.slice(from)) {
    const need = vertical ? needH(s) : needW(s);
    if (isVertical(s) === vertical) {
      room -= need;
      if (s.expand) count++;
    } else if (count > 0) least = Math.min(least, Math.trunc((room - need) / count));
  }
  if (count > 0) least = Math.min(least, Math.trunc(room / count));
  return Math.max(0, least);
}

const OPTIONS = ['-after', '-anchor', '-before', '-expand', '-fill', '-in', '-ipadx', '-ipady', '-padx', '-pady', '-side'] as const;

/** `-ipadx` of pack and grid. */
export function innerPad(name: string, v: Value): number {
  const d = parseDistance(str(v));
  const n = d === undefined ? -1 : round(d);
  if (n < 0) throw tkError(`bad ${name} value "${str(v)}": must be positive screen distance`, 'VALUE', 'INT_PAD');
  return n;
}

function notPacked(path: Value): never {
  throw tkError(`window "${str(path)}" isn't packed`, 'PACK', 'NOT_PACKED');
}

function configure(app: TkApp, words: readonly Value[]): void {
  const pack = managerOf(app, Packer);
  let count = 0;
  while (count < words.length && str(words[count]!).startsWith('.')) count++;
  // -in, -before and -after count for the first window; the others follow it.
  let place: { box: PackBox; after: PackSlot | null } | null = null;
  for (let j = 0; j < count; j++) {
    const win = windowOf(app, words[j]!);
    if (win.topLevel) throw tkError(`can't pack "${win.path}": it's a top-level window`, 'GEOMETRY', 'TOPLEVEL');
    const slot = pack.slotOf(win);
    slot.old = false;
    if (!slot.box) Object.assign(slot, DEFAULTS);
    for (let i = count; i < words.length; i += 2) place = option(app, slot, words[i]!, words[i + 1], j === 0, place);
    if (!place && slot.box) {
      pack.schedule(slot.box);
      continue;
    }
    if (place && place.after === slot) {
      if (slot.box) {
        pack.schedule(slot.box);
        place = { box: slot.box, after: slot };
      }
      continue;
    }
    const target: PackBox = place?.box ?? pack.boxOf(win.parent!);
    const after = place ? place.after : (target.content[target.content.length - 1] ?? null);
    pack.checkPlace(win, target.win);
    pack.insert(slot, target, after);
    if (place) place = { box: target, after: slot };
    pack.schedule(target);
  }
}

/** Applies one option to a slot; answers where the windows go, if that has been said. */
function option(
  app: TkApp,
  slot: PackSlot,
  name: Value,
  v: Value | undefined,
  first: boolean,
  place: { box: PackBox; after: PackSlot | null } | null,
): typeof place {
  if (v === undefined) throw tkError(`extra option "${str(name)}" (option with no value?)`, 'PACK', 'BAD_PARAMETER');
  const pack = managerOf(app, Packer);
  const which = lookup(str(name), OPTIONS, 'option');
  switch (which) {
    case '-after':
    case '-before': {
      if (!first) break;
      const other = pack.managed(windowOf(app, v)) ?? notPacked(v);
      const box = other.box!;
      return { box, after: which === '-after' ? other : (box.content[box.content.indexOf(other) - 1] ?? null) };
    }
    case '-in': {
      if (!first) break;
      const box = pack.boxOf(windowOf(app, v));
      return { box, after: box.content[box.content.length - 1] ?? null };
    }
    case '-anchor':
      slot.anchor = anchorOf(v);
      break;
    case '-expand':
      slot.expand = boolOf(v);
      break;
    case '-fill': {
      const fill = str(v);
      if (!['none', 'x', 'y', 'both'].includes(fill)) {
        throw tkError(`bad fill style "${fill}": must be none, x, y, or both`, 'VALUE', 'FILL');
      }
      slot.fillx = fill === 'x' || fill === 'both';
      slot.filly = fill === 'y' || fill === 'both';
      break;
    }
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
    case '-side':
      slot.side = lookup(str(v), SIDES, 'side', true);
      break;
  }
  return place;
}

/** `pack after`, `append`, `before`: window and option list, in turn. */
function oldStyle(app: TkApp, box: PackBox, start: PackSlot | null, words: readonly Value[]): void {
  const pack = managerOf(app, Packer);
  let after = start;
  for (let i = 0; i < words.length; i += 2) {
    const spec = words[i + 1];
    if (spec === undefined) {
      throw wrongArgsText(`wrong # args: window "${str(words[i]!)}" should be followed by options`);
    }
    const win = windowOf(app, words[i]!);
    checkAncestors(win, box.win, `can't pack ${win.path} inside ${box.win.path}`);
    if (win.topLevel || win === box.win) throw tkError(`can't pack ${win.path} inside ${box.win.path}`, 'GEOMETRY', 'HIERARCHY');
    const slot = pack.slotOf(win);
    Object.assign(slot, DEFAULTS, { old: true });
    oldOptions(slot, elements(spec));
    if (slot !== after) pack.insert(slot, box, after);
    after = slot;
  }
  pack.schedule(box);
}

function wrongArgsText(message: string) {
  const e = wrongArgs('');
  e.message = message;
  return e;
}

function oldOptions(slot: PackSlot, words: readonly Value[]): void {
  for (let i = 0; i < words.length; i++) {
    const w = str(words[i]!);
    const next = words[i + 1];
    const side = w === '' ? undefined : SIDES.find((s) => s.startsWith(w));
    if (side) slot.side = side;
    else if (w !== '' && 'expand'.startsWith(w)) slot.expand = true;
    else if (w === 'fill' || w === 'fillx' || w === 'filly') {
      if (w !== 'filly') slot.fillx = true;
      if (w !== 'fillx') slot.filly = true;
    } else if (w === 'padx' || w === 'pady') {
      if (next === undefined) {
        throw tkError(`wrong # args: "${w}" option must be followed by screen distance`, 'OLDPACK', 'BAD_PARAMETER');
      }
      const [a, b] = padOf(next);
      const left = Math.trunc(a / 2);
      slot[w] = [left, Math.trunc((a + b) / 2) - left];
      i++;
    } else if (w.length > 1 && 'frame'.startsWith(w)) {
      if (next === undefined) throw tkError('wrong # args: "frame" option must be followed by anchor point', 'OLDPACK', 'BAD_PARAMETER');
      slot.anchor = anchorOf(next);
      i++;
    } else {
      throw tkError(
        `bad option "${w}": should be top, bottom, left, right, expand, fill, fillx, filly, padx, pady, or frame`,
        'OLDPACK',
        'BAD_PARAMETER',
      );
    }
  }
}

function info(slot: PackSlot): Value {
  const fill = slot.fillx ? (slot.filly ? 'both' : 'x') : slot.filly ? 'y' : 'none';
  return newList([
    ...['-in', slot.box!.win.path, '-anchor', slot.anchor, '-expand', slot.expand ? 1 : 0, '-fill', fill],
    ...['-ipadx', slot.ipadx, '-ipady', slot.ipady, '-padx', padWord(slot.padx), '-pady', padWord(slot.pady), '-side', slot.side],
  ]);
}

const SUBCOMMANDS = ['configure', 'content', 'forget', 'info', 'propagate', 'slaves'] as const;
const OLD = ['after', 'append', 'before', 'unpack'] as const;

/** Unpacks windows. One that does not exist is no error, yet the words of the error are the result, as in Tk. */
function forget(app: TkApp, paths: readonly Value[]): Value {
  let result = '';
  for (const v of paths) {
    const win = app.windows.get(str(v));
    if (!win) result = badPath(str(v)).message;
    else if (managerOf(app, Packer).managed(win)) managerOf(app, Packer).forget(win);
  }
  return result;
}

function run(app: TkApp, args: readonly Value[]): Value {
  const pack = managerOf(app, Packer);
  const sub = args[1] === undefined ? '' : str(args[1]);
  if (sub.startsWith('.')) {
    configure(app, args.slice(1));
    return '';
  }
  if (args.length < 3) throw wrongArgs('pack option arg ?arg ...?');
  const old = OLD.filter((o) => o.startsWith(sub));
  const which = sub !== '' && old.length === 1 ? old[0]! : lookup(sub, SUBCOMMANDS, 'option');
  const only = (usage: string, max: number) => {
    if (args.length > max) throw wrongArgs(`pack ${which} ${usage}`);
  };
  const word = args[2]!;
  switch (which) {
    case 'configure':
      if (!str(word).startsWith('.')) throw tkError(`bad argument "${str(word)}": must be name of window`, 'VALUE', 'WINDOW_PATH');
      configure(app, args.slice(2));
      return '';
    case 'after':
    case 'before': {
      const slot = pack.managed(windowOf(app, word)) ?? notPacked(word);
      const box = slot.box!;
      const after = which === 'after' ? slot : (box.content[box.content.indexOf(slot) - 1] ?? null);
      oldStyle(app, box, after, args.slice(3));
      return '';
    }
    case 'append': {
      const box = pack.boxOf(windowOf(app, word));
      oldStyle(app, box, box.content[box.content.length - 1] ?? null, args.slice(3));
      return '';
    }
    case 'unpack':
      only('window', 3);
      if (pack.managed(windowOf(app, word))) pack.forget(windowOf(app, word));
      return '';
    case 'forget':
      return forget(app, args.slice(2));
    case 'info':
      only('window', 3);
      return info(pack.managed(windowOf(app, word)) ?? notPacked(word));
    case 'propagate': {
      only('window ?boolean?', 4);
      const box = pack.boxOf(windowOf(app, word));
      if (args.length === 3) return box.propagate ? 1 : 0;
      const on = boolOf(args[3]!);
      pack.setPropagate(box, on);
      if (on) pack.schedule(box);
      return '';
    }
    case 'content':
    case 'slaves':
      only('window', 3);
      return newList(pack.boxOf(windowOf(app, word)).content.map((s) => s.win.path));
  }
}

export const PACK_ROW: ScriptRow = {
  name: 'pack',
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
