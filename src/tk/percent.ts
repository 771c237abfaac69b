/** `%` sequences of binding scripts. Answers to bind.n, BINDING SCRIPTS AND SUBSTITUTIONS. */
import type { Budget } from '../tcl/command.ts';
import { quoteElement } from '../tcl/list-format.ts';
import { str } from '../tcl/value.ts';
import type { TkEvent } from './events.ts';
import { keysymNumber } from './keysyms.ts';
import { TYPES } from './patterns.ts';
import type { TkWindow } from './window.ts';

/** An X window number, as `winfo id` and `%i` print it. */
export function windowNumber(id: number): string {
  return `0x${id.toString(16).padStart(8, '0')}`;
}
/** The number of a window; those of other things (`0` for none, `1` for the root) are given as they are. */
export function idOf(win: TkWindow): number {
  return 0x200000 + win.id;
}

/** Which kinds of event have a field; the others answer `??`. */
const XKEY = ' key button motion virtual crossing wheel ';
const HAS: Readonly<Record<string, string>> = {
  a: ' config ',
  b: ' button ',
  c: ' expose ',
  d: ' crossing focus virtual configreq ',
  f: ' crossing ',
  h: ' expose config create configreq resizereq ',
  k: ' key ',
  m: ' crossing focus ',
  o: ' create map reparent config ',
  p: ' circ circreq ',
  s: `${XKEY}prop visibility `,
  t: `${XKEY}prop `,
  w: ' expose config create configreq resizereq ',
  x: `${XKEY}expose create config gravity reparent configreq `,
  y: `${XKEY}expose create config gravity reparent configreq `,
  A: ' key ',
  B: ' create config configreq ',
  D: ' wheel ',
  K: ' key ',
  N: ' key ',
  P: ' prop ',
  R: XKEY,
  S: XKEY,
  X: XKEY,
  Y: XKEY,
};

function field(letter: string, e: TkEvent, scripts: number): string | number {
  switch (letter) {
    case '#':
      return e.serial;
    case 'a':
      return windowNumber(e.above ?? 0);
    case 'b':
      return e.button ?? 0;
    case 'c':
      return e.count ?? 0;
    case 'd':
      return e.type === 'Virtual' ? str(e.data ?? '') : e.type === 'ConfigureRequest' ? '' : (e.detail ?? 'NotifyAncestor');
    case 'f':
      return e.focus ? 1 : 0;
    case 'h':
      return e.height ?? 0;
    case 'i':
      return windowNumber(e.window ?? idOf(e.win));
    case 'k':
      return e.keycode ?? 0;
    case 'm':
      return e.mode ?? 'NotifyNormal';
    case 'o':
      return e.override ? 1 : 0;
    case 'p':
      return e.place ?? 'PlaceOnTop';
    case 's':
      return e.type === 'Visibility' ? (e.visibility ?? 'VisibilityUnobscured') : e.type === 'Property' ? 'NewValue' : (e.state ?? 0);
    case 't':
      return e.time ?? 0;
    case 'v':
      return 0;
    case 'w':
      return e.width ?? 0;
    case 'x':
      return e.x ?? 0;
    case 'y':
      return e.y ?? 0;
    case 'A':
      return e.char ?? '';
    case 'B':
      return e.borderWidth ?? 0;
    case 'D':
      return e.delta ?? 0;
    case 'E':
      return e.sendEvent ? 1 : 0;
    case 'K':
      return e.keysym ?? '??';
    case 'M':
      return scripts;
    case 'N':
      return keysymNumber(e.keysym ?? '');
    case 'P':
      return e.property ?? '';
    case 'R':
      return windowNumber(e.root ?? 0);
    case 'S':
      return windowNumber(e.subwindow ?? 0);
    case 'T':
      return TYPES[e.type][0];
    case 'W':
      return e.win.path;
    case 'X':
      return e.rootX ?? 0;
    case 'Y':
      return e.rootY ?? 0;
    default:
      return letter;
  }
}

/** Puts an event's fields into a script. `scripts`: how many scripts the event has run already (%M). */
export function substitute(script: string, e: TkEvent, scripts: number, budget: Budget): string {
  if (!script.includes('%')) return script;
  const kind = ` ${TYPES[e.type][1]} `;
  return replaced(script, budget, (letter) => {
    const needs = Object.hasOwn(HAS, letter) ? HAS[letter]! : null;
    return String(needs && !needs.includes(kind) ? '??' : field(letter, e, scripts));
  });
}

/** What a piece of a text that is put together takes beside its characters. */
const PIECE_BYTES = 64;

/** Puts what `fieldOf` says in the place of each `%` and its letter, as part of a word. A field may be long, and come many times. */
export function replaced(script: string, budget: Budget, fieldOf: (letter: string) => string): string {
  let out = '';
  let from = 0;
  for (let at = script.indexOf('%'); at >= 0; at = script.indexOf('%', from)) {
    const letter = at + 1 < script.length ? String.fromCodePoint(script.codePointAt(at + 1)!) : '';
    const text = fieldOf(letter);
    budget.charge(40 + 8 * text.length);
    budget.allocate(PIECE_BYTES + text.length);
    out += script.slice(from, at) + bare(text);
    from = at + 1 + letter.length;
  }
  return out + script.slice(from);
}

/** A list element quoted with backslashes, never braces: it may stand inside a word or a string. */
export function bare(text: string): string {
  const quoted = quoteElement(text);
  if (!quoted.startsWith('{') || text === '') return quoted;
  return text.replace(/[\\{}[\]$"; \t\n\r\v\f]/g, (c) => `\\${ESCAPES[c] ?? c}`);
}
const ESCAPES: Readonly<Record<string, string>> = { '\t': 't', '\n': 'n', '\r': 'r', '\v': 'v', '\f': 'f' };
