/**
 * The `winfo` command. The screen it describes is the same for every page: 1280x1024 at 96 dots an inch, 24 bits, so that a script learns
 * nothing of the visitor's machine; the pointer is known only while it is over the applet. Answers to winfo.n and tkCmds.c.
 */
import type { PlainRow } from '../tcl/command.ts';
import { expected, lookup, wrongArgs } from '../tcl/errors.ts';
import { newList } from '../tcl/list.ts';
import { dbl, str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { parseColor } from './colors.ts';
import { DPI, fpixelsOf, round } from './converters.ts';
import { tkError } from './errors.ts';
import { windowAtPoint } from './hit.ts';
import { idOf, windowNumber } from './percent.ts';
import { tkOf } from './tk-of.ts';
import type { TkWindow } from './window.ts';

export const SCREEN = { width: 1280, height: 1024, name: ':0.0', server: 'X11R0 The X.Org Foundation 12101007', depth: 24 };
const VISUAL_ID = '0x21';

/** Subcommands that take a window and nothing else. */
const OF_WINDOW: Readonly<Record<string, (win: TkWindow, app: TkApp) => Value>> = {
  cells: () => 256,
  children: (w) => newList(w.children.filter((c) => !c.dying).map((c) => c.path)),
  class: (w) => w.cls,
  colormapfull: () => 0,
  depth: () => SCREEN.depth,
  geometry: (w) => `${w.width}x${w.height}+${w.x}+${w.y}`,
  height: (w) => w.height,
  id: (w) => windowNumber(idOf(w)),
  ismapped: (w) => (w.mapped ? 1 : 0),
  manager: (w) => w.manager?.name ?? '',
  name: (w) => w.name,
  parent: (w) => w.parent?.path ?? '',
  pointerx: (_w, app) => app.pointer?.x ?? -1,
  pointery: (_w, app) => app.pointer?.y ?? -1,
  pointerxy: (_w, app) => newList([app.pointer?.x ?? -1, app.pointer?.y ?? -1]),
  reqheight: (w) => w.reqHeight,
  reqwidth: (w) => w.reqWidth,
  rootx: (w) => w.rootX,
  rooty: (w) => w.rootY,
  screen: () => SCREEN.name,
  screencells: () => 256,
  screendepth: () => SCREEN.depth,
  screenheight: () => SCREEN.height,
  screenwidth: () => SCREEN.width,
  screenmmheight: () => round((SCREEN.height * 25.4) / DPI),
  screenmmwidth: () => round((SCREEN.width * 25.4) / DPI),
  screenvisual: () => 'truecolor',
  server: () => SCREEN.server,
  toplevel: (w) => w.top.path,
  viewable: (w) => (w.viewable ? 1 : 0),
  visual: () => 'truecolor',
  visualid: () => VISUAL_ID,
  vrootheight: () => SCREEN.height,
  vrootwidth: () => SCREEN.width,
  vrootx: () => 0,
  vrooty: () => 0,
  width: (w) => w.width,
  x: (w) => w.x,
  y: (w) => w.y,
};

/** Skips `-displayof window` at `at` and answers how many words that took: TkGetDisplayOf. */
export function displayOf(app: TkApp, args: readonly Value[], at: number): number {
  const word = args[at] === undefined ? '' : str(args[at]!);
  if (word.length < 2 || !'-displayof'.startsWith(word)) return 0;
  if (args[at + 1] === undefined) throw tkError('value for "-displayof" missing', 'NO_VALUE', 'DISPLAYOF');
  app.windowAt(str(args[at + 1]!));
  return 2;
}

/** Words after the subcommand and an optional `-displayof window`. */
function afterDisplay(app: TkApp, args: readonly Value[], count: number, usage: string): readonly Value[] {
  const rest = args.slice(2 + displayOf(app, args, 2));
  if (rest.length !== count) throw wrongArgs(`winfo ${usage}`);
  return rest;
}

function exactly(args: readonly Value[], count: number, usage: string): void {
  if (args.length !== count) throw wrongArgs(`winfo ${usage}`);
}

function numberIn(v: Value): number {
  const text = str(v).trim();
  if (!/^[-+]?(0x[0-9a-f]+|\d+)$/i.test(text)) throw expected('integer', text, 'NUMBER');
  return Number(text);
}

const OTHERS: Readonly<Record<string, (app: TkApp, args: readonly Value[]) => Value>> = {
  atom(app, args) {
    const [name] = afterDisplay(app, args, 1, 'atom ?-displayof window? name');
    const text = str(name!);
    app.interp.budget.charge(app.atoms.length / 8);
    let n = app.atoms.indexOf(text);
    if (n < 0) {
      app.interp.budget.allocate(64 + text.length * 2);
      n = app.atoms.push(text) - 1;
    }
    return n + 1;
  },
  atomname(app, args) {
    const [id] = afterDisplay(app, args, 1, 'atomname ?-displayof window? id');
    const name = app.atoms[numberIn(id!) - 1];
    if (name === undefined) throw tkError(`no atom exists with id "${str(id!)}"`, 'LOOKUP', 'ATOM', str(id!));
    return name;
  },
  containing(app, args) {
    const [x, y] = afterDisplay(app, args, 2, 'containing ?-displayof window? rootX rootY');
    app.interp.budget.charge(app.byId.size);
    return windowAtPoint(app, pixelsIn(x!), pixelsIn(y!))?.path ?? '';
  },
  interps(app, args) {
    afterDisplay(app, args, 0, 'interps ?-displayof window?');
    return newList([app.main.name]);
  },
  pathname(app, args) {
    const [id] = afterDisplay(app, args, 1, 'pathname ?-displayof window? id');
    const win = app.byId.get(numberIn(id!) - 0x200000);
    if (!win) throw tkError(`window id "${str(id!)}" doesn't exist in this application`, 'LOOKUP', 'WINDOW', str(id!));
    return win.path;
  },
  exists(app, args) {
    exactly(args, 3, 'exists window');
    const win = app.windows.get(str(args[2]!));
    return win && !win.dying ? 1 : 0;
  },
  fpixels(app, args) {
    exactly(args, 4, 'fpixels window number');
    app.windowAt(str(args[2]!));
    return dbl(fpixelsOf(args[3]!, 'SCREEN_DISTANCE'));
  },
  pixels(app, args) {
    exactly(args, 4, 'pixels window number');
    app.windowAt(str(args[2]!));
    return pixelsIn(args[3]!);
  },
  rgb(app, args) {
    exactly(args, 4, 'rgb window colorName');
    app.windowAt(str(args[2]!));
    return newList([...parseColor(str(args[3]!))]);
  },
  visualsavailable(app, args) {
    const ids = args[3] !== undefined && str(args[3]) === 'includeids';
    if (args.length < 3 || args.length > 4 || (args.length === 4 && !ids)) throw wrongArgs('winfo visualsavailable window ?includeids?');
    app.windowAt(str(args[2]!));
    const one = newList(['truecolor', SCREEN.depth, ...(ids ? [VISUAL_ID] : [])]);
    return newList([one]);
  },
};

function pixelsIn(v: Value): number {
  return round(fpixelsOf(v));
}

const NAMES = [...Object.keys(OF_WINDOW), ...Object.keys(OTHERS)];

export const WINFO_ROW: PlainRow = {
  name: 'winfo',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'option ?arg?',
  safe: true,
  run(interp, args) {
    const app = tkOf(interp);
    const sub = lookup(str(args[1]!), NAMES, 'option');
    if (!Object.hasOwn(OF_WINDOW, sub)) return OTHERS[sub]!(app, args);
    exactly(args, 3, `${sub} window`);
    return OF_WINDOW[sub]!(app.windowAt(str(args[2]!)), app);
  },
};
