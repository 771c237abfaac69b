/** The `event` command: virtual events, and events made by scripts. Answers to event.n and tkBind.c (HandleEventGenerate). */

import { STATE } from '../protocol/display.ts';
import type { ScriptRow, Step } from '../tcl/command.ts';
import { lookup, wrongArgs } from '../tcl/errors.ts';
import { newList } from '../tcl/list.ts';
import { boolOf, smallIntOf } from '../tcl/number.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { virtualName } from './bind.ts';
import { pixelsOf } from './converters.ts';
import { tkError } from './errors.ts';
import type { TkEvent } from './events.ts';
import { keysymName, keysymNumber, keysymText } from './keysyms.ts';
import { type Pattern, parsePattern, TYPES } from './patterns.ts';
import { idOf } from './percent.ts';
import { tkOf } from './tk-of.ts';
import type { TkWindow } from './window.ts';

type Fields = { -readonly [K in keyof TkEvent]?: TkEvent[K] };

const OPTIONS = [
  ...(['-when', '-above', '-borderwidth', '-button', '-count', '-data', '-delta', '-detail', '-focus', '-height', '-keycode'] as const),
  ...(['-keysym', '-mode', '-override', '-place', '-root', '-rootx', '-rooty', '-sendevent', '-serial', '-state', '-subwindow'] as const),
  ...(['-time', '-warp', '-width', '-window', '-x', '-y'] as const),
] as const;
type Option = (typeof OPTIONS)[number];

const WHEN = ['now', 'head', 'mark', 'tail'];
const MODES = ['NotifyNormal', 'NotifyGrab', 'NotifyUngrab', 'NotifyWhileGrabbed'];
const DETAILS = 'Ancestor Virtual Inferior Nonlinear NonlinearVirtual Pointer PointerRoot DetailNone'.split(' ').map((d) => `Notify${d}`);
const PLACES = ['PlaceOnTop', 'PlaceOnBottom'];
const VISIBILITIES = ['VisibilityUnobscured', 'VisibilityPartiallyObscured', 'VisibilityFullyObscured'];

const XKEY = 'key button motion virtual crossing wheel';
/** Kinds of event that take an option; those not listed take it always. */
const TAKES: Readonly<Partial<Record<Option, string>>> = {
  '-above': 'config',
  '-borderwidth': 'create config',
  '-button': 'button',
  '-count': 'expose',
  '-data': 'virtual',
  '-delta': 'wheel',
  '-detail': 'focus crossing',
  '-focus': 'crossing',
  '-height': 'expose config',
  '-keycode': 'key',
  '-keysym': 'key',
  '-mode': 'crossing focus',
  '-override': 'create map reparent config',
  '-place': 'circ',
  '-root': XKEY,
  '-rootx': XKEY,
  '-rooty': XKEY,
  '-state': `${XKEY} visibility`,
  '-subwindow': XKEY,
  '-time': `${XKEY} prop`,
  '-warp': 'key button motion wheel',
  '-width': 'expose create config',
  '-window': 'create unmap map reparent config gravity circ',
  '-x': `${XKEY} expose create config gravity reparent`,
  '-y': `${XKEY} expose create config gravity reparent`,
};

/** TkFindStateNumObj: exact words, and a message of its own. */
function wordOf(option: string, table: readonly string[], v: Value): string {
  const text = str(v);
  if (table.includes(text)) return text;
  const list = `${table.slice(0, -1).join(', ')}, or ${table[table.length - 1]}`;
  throw tkError(`bad ${option} value "${text}": must be ${list}`, 'LOOKUP', option, text);
}

/** A window by path or by number. */
export function windowByName(app: TkApp, v: Value): TkWindow {
  const text = str(v);
  if (text.startsWith('.')) return app.windowAt(text);
  const win = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? app.byId.get(Number(text) - 0x200000) : undefined;
  if (!win) throw tkError(`bad window name/identifier "${text}"`, 'LOOKUP', 'WINDOW_ID', text);
  return win;
}

/** Keys of a US keyboard, as X numbers them: rows of characters from a first code. */
const ROWS: readonly (readonly [number, string, string])[] = [
  [10, '1234567890-=', '!@#$%^&*()_+'],
  [24, 'qwertyuiop[]', 'QWERTYUIOP{}'],
  [38, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [51, '\\zxcvbnm,./', '|ZXCVBNM<>?'],
  [65, ' ', ''],
];
const CODES: Readonly<Record<string, number>> = {
  Escape: 9, BackSpace: 22, Tab: 23, Return: 36, Control_L: 37, Shift_L: 50, Shift_R: 62, Alt_L: 64, Caps_Lock: 66, Home: 110, Up: 111, Prior: 112,
  Left: 113, Right: 114, End: 115, Down: 116, Next: 117, Insert: 118, Delete: 119, Control_R: 105, Alt_R: 108, KP_Enter: 104,
  F1: 67, F2: 68, F3: 69, F4: 70, F5: 71, F6: 72, F7: 73, F8: 74, F9: 75, F10: 76, F11: 95, F12: 96,
}; // biome-ignore format: a table

/** What pressing the key of a keysym says: its name, code, text, and Shift where the character needs it. */
function keyFields(info: number, mods: number): Fields {
  const name = keysymName(info);
  const text = keysymText(info);
  let keycode = CODES[name] ?? 8;
  let shift = name === 'ISO_Left_Tab';
  for (const [first, plain, shifted] of text === '' ? [] : ROWS) {
    const at = plain.indexOf(text);
    const high = shifted.indexOf(text);
    if (at >= 0) keycode = first + at;
    if (high >= 0) {
      keycode = first + high;
      shift = true;
    }
  }
  const upper = mods & STATE.Shift && /^[a-z]$/.test(text);
  const char = upper
    ? text.toUpperCase()
    : mods & STATE.Control && /^[@-_a-z]$/.test(text)
      ? String.fromCharCode(text.charCodeAt(0) & 31)
      : text;
  return { keysym: upper ? text.toUpperCase() : name, keycode, char, state: mods | (shift ? STATE.Shift : 0) };
}

/** Sets the field an option means. */
function setField(app: TkApp, f: Fields, type: TkEvent['type'], option: Option, v: Value): void {
  switch (option) {
    case '-above':
      f.above = idOf(windowByName(app, v));
      break;
    case '-borderwidth':
      f.borderWidth = pixelsOf(v);
      break;
    case '-button':
      f.button = smallIntOf(v);
      break;
    case '-count':
      f.count = smallIntOf(v);
      break;
    case '-data':
      f.data = v;
      break;
    case '-delta':
      f.delta = smallIntOf(v);
      break;
    case '-detail':
      f.detail = wordOf(option, DETAILS, v);
      break;
    case '-focus':
      f.focus = boolOf(v);
      break;
    case '-height':
      f.height = pixelsOf(v);
      break;
    case '-keycode':
      f.keycode = smallIntOf(v);
      break;
    case '-keysym': {
      const info = keysymNumber(str(v));
      if (info === 0) throw tkError(`unknown keysym "${str(v)}"`, 'LOOKUP', 'KEYSYM', str(v));
      Object.assign(f, keyFields(info, f.state ?? 0));
      break;
    }
    case '-mode':
      f.mode = wordOf(option, MODES, v);
      break;
    case '-override':
      f.override = boolOf(v);
      break;
    case '-place':
      f.place = wordOf(option, PLACES, v);
      break;
    case '-root':
      f.root = idOf(windowByName(app, v));
      break;
    case '-rootx':
      f.rootX = pixelsOf(v);
      break;
    case '-rooty':
      f.rootY = pixelsOf(v);
      break;
    case '-sendevent':
      f.sendEvent = /^\d/.test(str(v)) ? smallIntOf(v) !== 0 : boolOf(v);
      break;
    case '-serial':
      f.serial = smallIntOf(v);
      break;
    case '-state':
      if (type === 'Visibility') f.visibility = wordOf(option, VISIBILITIES, v);
      else f.state = smallIntOf(v);
      break;
    case '-subwindow':
      f.subwindow = idOf(windowByName(app, v));
      break;
    case '-time':
      f.time = str(v) === 'current' ? app.currentTime() : smallIntOf(v);
      break;
    case '-warp':
      // The pointer belongs to the page's visitor: the event happens, the pointer stays.
      boolOf(v);
      break;
    case '-width':
      f.width = pixelsOf(v);
      break;
    case '-window':
      f.window = idOf(windowByName(app, v));
      break;
    case '-x':
    case '-y': {
      const n = pixelsOf(v);
      const x = option === '-x';
      f[x ? 'x' : 'y'] = n;
      const root = x ? 'rootX' : 'rootY';
      if (f[root] === -1) f[root] = n + f.win![root];
      break;
    }
  }
}

/** The event that `event generate` words describe, and when it is due. */
function describe(app: TkApp, win: TkWindow, name: string, words: readonly Value[]): [TkEvent, string] {
  const [pattern, end] = parsePattern(name, 0);
  if (pattern.count !== 1) throw tkError('Double, Triple, or Quadruple modifier not allowed', 'EVENT', 'BAD_MODIFIER');
  if (end < name.length) throw tkError('only one event specification allowed', 'EVENT', 'MULTIPLE');
  const { type } = pattern;
  const f: Fields = { ...app.makeEvent(type, win), ...initial(pattern) };
  let when = 'now';
  for (let i = 0; i < words.length; i += 2) {
    const given = str(words[i]!);
    const option = lookup(given, OPTIONS, 'option', true);
    const v = words[i + 1];
    if (v === undefined || words.length % 2 !== 0) throw tkError(`value for "${given}" missing`, 'EVENT', 'MISSING_VALUE');
    if (option === '-when') {
      when = wordOf(option, WHEN, v);
      continue;
    }
    const takes = TAKES[option];
    const refused = takes !== undefined && !takes.split(' ').includes(TYPES[type][1]);
    const trial: Fields = refused ? { ...f } : f;
    // A state means something else to each of those that take it.
    if (!refused || option !== '-state') setField(app, trial, type, option, v);
    if (refused) throw tkError(`${name} event doesn't accept "${given}" option`, 'EVENT', 'BAD_OPTION');
  }
  return [f as TkEvent, when];
}

function initial(p: Pattern): Fields {
  const kind = TYPES[p.type][1];
  const f: Fields = {};
  if (XKEY.split(' ').includes(kind))
    Object.assign(f, { x: kind === 'key' ? -1 : 0, y: kind === 'key' ? -1 : 0, rootX: -1, rootY: -1, time: 0, state: p.mods });
  if (kind === 'key' && p.info) Object.assign(f, keyFields(p.info, p.mods));
  if (kind === 'button') f.button = p.info;
  if (kind === 'virtual') f.name = p.name;
  return f;
}

function* generate(app: TkApp, args: readonly Value[]): Generator<Step, void, Value> {
  if (args.length < 4) throw wrongArgs('event generate window event ?-option value ...?');
  const win = str(args[2]!) === '' ? app.main : windowByName(app, args[2]!);
  const [event, when] = describe(app, win, str(args[3]!), args.slice(4));
  if (event.type === 'Destroy') yield* app.destroy(win);
  else if (when === 'now') yield* app.deliver(event);
  else if (when === 'mark') app.postAtMark(event);
  else app.post(event, when === 'head' ? 'head' : 'tail');
}

const SUBCOMMANDS = ['add', 'delete', 'generate', 'info'] as const;

export const EVENT_ROW: ScriptRow = {
  name: 'event',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'option ?arg?',
  safe: true,
  *script(interp, args) {
    const app = tkOf(interp);
    switch (lookup(str(args[1]!), SUBCOMMANDS, 'option')) {
      case 'add': {
        if (args.length < 4) throw wrongArgs('event add virtual sequence ?sequence ...?');
        const name = virtualName(str(args[2]!));
        for (const s of args.slice(3)) app.virtualEvents.add(name, s);
        return '';
      }
      case 'delete':
        if (args.length < 3) throw wrongArgs('event delete virtual ?sequence ...?');
        app.virtualEvents.delete(virtualName(str(args[2]!)), args.slice(3));
        return '';
      case 'generate':
        yield* generate(app, args);
        return '';
      case 'info': {
        if (args.length > 3) throw wrongArgs('event info ?virtual?');
        if (args.length === 2) return newList([...app.virtualEvents.all.keys()].map((n) => `<<${n}>>`));
        return newList([...(app.virtualEvents.all.get(virtualName(str(args[2]!)))?.keys() ?? [])]);
      }
    }
  },
};
