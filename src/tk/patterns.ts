/** Event patterns: text to sequences of patterns and back to Tk's canonical text. Answers to bind.n and tkBind.c (ParseEventDescription). */

import { STATE } from '../protocol/display.ts';
import { looking } from '../tcl/search.ts';
import { tkError } from './errors.ts';
import type { EventType } from './events.ts';
import { keysymName, keysymNumber } from './keysyms.ts';

export interface Pattern {
  readonly type: EventType;
  /** 2 for Double, 3 Triple, 4 Quadruple. */
  readonly count: number;
  readonly mods: number;
  /** Keysym or button number; 0 for any. */
  readonly info: number;
  /** Name of a virtual event. */
  readonly name: string;
}

/** Modifiers that are not bits of an event's state, but stand for whatever key has them; both are Mod1 here. */
export const META = 1 << 16;
export const ALT = 1 << 17;
const EXTENDED = 1 << 18;

const S = STATE;
/** In the order in which Tk prints them; the first name of a mask is the one printed. */
const MODIFIERS: readonly (readonly [string, number])[] = [
  ['Control', S.Control], ['Shift', S.Shift], ['Lock', S.Lock], ['Meta', META], ['M', META], ['Alt', ALT], ['Extended', EXTENDED],
  ['B1', S.Button1], ['Button1', S.Button1], ['B2', S.Button2], ['Button2', S.Button2], ['B3', S.Button3], ['Button3', S.Button3],
  ['B4', S.Button4], ['Button4', S.Button4], ['B5', S.Button5], ['Button5', S.Button5], ['Mod1', S.Mod1], ['M1', S.Mod1], ['Command', S.Mod1],
  ['Mod2', S.Mod2], ['M2', S.Mod2], ['Option', S.Mod2], ['Mod3', S.Mod3], ['M3', S.Mod3], ['Mod4', S.Mod4], ['M4', S.Mod4], ['Mod5', S.Mod5],
  ['M5', S.Mod5], ['Any', 0],
]; // biome-ignore format: a table
const MODIFIER = new Map(MODIFIERS);
const COUNTS = new Map([
  ['Double', 2],
  ['Triple', 3],
  ['Quadruple', 4],
]);

/** X's number of each event type (%T), and the fields it has (see percent.ts). */
export const TYPES: Readonly<Record<EventType, readonly [number: number, fields: string]>> = {
  KeyPress: [2, 'key'],
  KeyRelease: [3, 'key'],
  ButtonPress: [4, 'button'],
  ButtonRelease: [5, 'button'],
  Motion: [6, 'motion'],
  Enter: [7, 'crossing'],
  Leave: [8, 'crossing'],
  FocusIn: [9, 'focus'],
  FocusOut: [10, 'focus'],
  Expose: [12, 'expose'],
  Visibility: [15, 'visibility'],
  Create: [16, 'create'],
  Destroy: [17, 'destroy'],
  Unmap: [18, 'unmap'],
  Map: [19, 'map'],
  MapRequest: [20, 'mapreq'],
  Reparent: [21, 'reparent'],
  Configure: [22, 'config'],
  ConfigureRequest: [23, 'configreq'],
  Gravity: [24, 'gravity'],
  ResizeRequest: [25, 'resizereq'],
  Circulate: [26, 'circ'],
  CirculateRequest: [27, 'circreq'],
  Property: [28, 'prop'],
  Colormap: [32, 'colormap'],
  Virtual: [35, 'virtual'],
  Activate: [36, 'activate'],
  Deactivate: [37, 'activate'],
  MouseWheel: [38, 'wheel'],
};

function typeOf(word: string): EventType | undefined {
  if (word === 'Key') return 'KeyPress';
  if (word === 'Button') return 'ButtonPress';
  return word !== 'Virtual' && Object.hasOwn(TYPES, word) ? (word as EventType) : undefined;
}

function bad(message: string, code: string): never {
  throw tkError(message, 'EVENT', code);
}

/** Reads one pattern at `at`; answers it and where it ends. */
export function parsePattern(text: string, at: number): [Pattern, number] {
  if (text[at] !== '<') {
    const c = text.charAt(at);
    const code = text.charCodeAt(at) || 0;
    // Tk looks at a byte of UTF-8 here: what is not ASCII has to be named.
    const byte = code < 0x80 ? code : code < 0x800 ? 0xc0 | (code >> 6) : 0xe0 | (code >> 12);
    if (code < 32 || code > 126) bad(`bad ASCII character 0x${byte.toString(16)}`, 'BAD_CHAR');
    return [{ type: 'KeyPress', count: 1, mods: 0, info: keysymNumber(c === ' ' ? 'space' : c), name: '' }, at + 1];
  }
  if (text[at + 1] === '<') return parseVirtual(text, at);
  let p = at + 1;
  const skip = () => {
    while (p < text.length && /[-\s]/.test(text[p]!)) p++;
  };
  const field = () => {
    const start = p;
    while (p < text.length && !/[-\s>]/.test(text[p]!)) p++;
    return text.slice(start, p);
  };
  let count = 1;
  let mods = 0;
  let word = '';
  for (;;) {
    word = field();
    if (text[p] === '>') break;
    const mod = MODIFIER.get(word);
    const times = COUNTS.get(word);
    if (mod === undefined && times === undefined) break;
    mods |= mod ?? 0;
    count = times ?? count;
    skip();
    if (p >= text.length) {
      word = '';
      break;
    }
  }
  let type = typeOf(word);
  const named = type;
  if (type) {
    skip();
    word = field();
  }
  const [detailType, info] = word === '' ? [undefined, 0] : parseDetail(named, word);
  type ??= detailType;
  if (!type) bad('no event type or button # or keysym', 'UNMODIFIABLE');
  skip();
  if (text[p] !== '>') {
    if (text.indexOf('>', p) >= 0) bad('extra characters after detail in binding', 'PAST_DETAIL');
    bad('missing ">" in binding', 'MALFORMED');
  }
  return [{ type, count, mods, info: type === 'Motion' ? buttonIn(mods) : info, name: '' }, p + 1];
}

function parseDetail(type: EventType | undefined, word: string): [EventType, number] {
  const button = /^[1-5]$/.test(word) ? Number(word) : 0;
  const isButton = type === 'ButtonPress' || type === 'ButtonRelease';
  if (isButton || (button > 0 && !type)) {
    if (button === 0) bad(`bad button number "${word}"`, 'BUTTON');
    return [type ?? 'ButtonPress', button];
  }
  if (!type || type === 'KeyPress' || type === 'KeyRelease') {
    const info = /^[!-~]+$/.test(word) ? keysymNumber(word) : 0;
    if (info === 0) bad(`bad event type or keysym "${word}"`, 'KEYSYM');
    return [type ?? 'KeyPress', info];
  }
  if (button > 0) bad(`specified button "${word}" for non-button event`, 'NON_BUTTON');
  bad(`specified keysym "${word}" for non-key event`, 'NON_KEY');
}

function parseVirtual(text: string, at: number): [Pattern, number] {
  const end = text.indexOf('>', at + 2);
  if (end === at + 2) bad('virtual event "<<>>" is badly formed', 'MALFORMED');
  if (end < 0 || text[end + 1] !== '>') bad('missing ">" in virtual binding', 'MALFORMED');
  return [{ type: 'Virtual', count: 1, mods: 0, info: 0, name: text.slice(at + 2, end) }, end + 2];
}

/** The lowest button held, which is the detail of a Motion event. */
export function buttonIn(state: number): number {
  for (let b = 1; b <= 5; b++) if (state & (STATE.Button1 << (b - 1))) return b;
  return 0;
}

/** Reads a whole sequence. */
export function parseSequence(text: string, allowVirtual = true): Pattern[] {
  const out: Pattern[] = [];
  let at = 0;
  looking.pay(60 * text.length);
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    if (at >= text.length) break;
    const [pattern, next] = parsePattern(text, at);
    if (pattern.type === 'Virtual' && !allowVirtual) {
      throw tkError('virtual event not allowed in definition of another virtual event', 'EVENT', 'VIRTUAL', 'INNER');
    }
    out.push(pattern);
    at = next;
  }
  if (out.length === 0) bad('no events specified in binding', 'NO_EVENTS');
  if (out.length > 1 && out.some((p) => p.type === 'Virtual')) {
    throw tkError('virtual events may not be composed', 'EVENT', 'VIRTUAL', 'COMPOSITION');
  }
  return out;
}

/** The canonical text of a sequence, as `bind` lists it. */
export function printSequence(patterns: readonly Pattern[]): string {
  return patterns.map(printPattern).join('');
}

function printPattern(p: Pattern): string {
  if (p.type === 'KeyPress' && p.count === 1 && p.mods === 0 && p.info > 32 && p.info < 127 && p.info !== 60)
    return String.fromCharCode(p.info);
  if (p.type === 'Virtual') return `<<${p.name}>>`;
  let out = ['', '', 'Double-', 'Triple-', 'Quadruple-'][p.count]!;
  let mods = p.mods;
  for (const [name, mask] of MODIFIERS) {
    if (mask & mods) {
      mods &= ~mask;
      out += `${name}-`;
    }
  }
  out += p.type === 'KeyPress' ? 'Key' : p.type === 'ButtonPress' ? 'Button' : p.type;
  const isKey = p.type === 'KeyPress' || p.type === 'KeyRelease';
  if (p.info && p.type !== 'Motion') out += `-${isKey ? keysymName(p.info) : p.info}`;
  return `<${out}>`;
}
