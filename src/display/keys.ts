/** Keyboard events to X's keysym names. Answers to keysyms.n and keysymdef.h. */

/** Names of the keys that have one in KeyboardEvent.key; `Left`/`Right` variants by location. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['Enter', 'Return'],
  ['Escape', 'Escape'],
  ['Backspace', 'BackSpace'],
  ['Tab', 'Tab'],
  ['Delete', 'Delete'],
  ['Insert', 'Insert'],
  ['ArrowLeft', 'Left'],
  ['ArrowRight', 'Right'],
  ['ArrowUp', 'Up'],
  ['ArrowDown', 'Down'],
  ['Home', 'Home'],
  ['End', 'End'],
  ['PageUp', 'Prior'],
  ['PageDown', 'Next'],
  ['CapsLock', 'Caps_Lock'],
  ['NumLock', 'Num_Lock'],
  ['ScrollLock', 'Scroll_Lock'],
  ['Pause', 'Pause'],
  ['PrintScreen', 'Print'],
  ['ContextMenu', 'Menu'],
  ['Clear', 'Clear'],
  ['Help', 'Help'],
  ['Cancel', 'Cancel'],
  ['Undo', 'Undo'],
  ['Redo', 'Redo'],
  ['Find', 'Find'],
  ['AltGraph', 'ISO_Level3_Shift'],
  ['Dead', 'dead_greek'],
]);
const SIDED: ReadonlyMap<string, string> = new Map([
  ['Shift', 'Shift'],
  ['Control', 'Control'],
  ['Alt', 'Alt'],
  ['Meta', 'Super'],
]);
const KEYPAD: ReadonlyMap<string, string> = new Map([
  ['Enter', 'KP_Enter'],
  ['+', 'KP_Add'],
  ['-', 'KP_Subtract'],
  ['*', 'KP_Multiply'],
  ['/', 'KP_Divide'],
  ['.', 'KP_Decimal'],
  [',', 'KP_Separator'],
  ['ArrowLeft', 'KP_Left'],
  ['ArrowRight', 'KP_Right'],
  ['ArrowUp', 'KP_Up'],
  ['ArrowDown', 'KP_Down'],
  ['Home', 'KP_Home'],
  ['End', 'KP_End'],
  ['PageUp', 'KP_Prior'],
  ['PageDown', 'KP_Next'],
  ['Insert', 'KP_Insert'],
  ['Delete', 'KP_Delete'],
  ['Clear', 'KP_Begin'],
]);

/** Space to `/`, `:` to `@`, `[` to backquote, `{` to `~`. */
const ASCII =
  'space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma minus period slash ' +
  'colon semicolon less equal greater question at bracketleft backslash bracketright asciicircum underscore grave braceleft bar braceright asciitilde';
const ASCII_CHARS = ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
/** U+00A0 to U+00FF. */
const LATIN1 =
  'nobreakspace exclamdown cent sterling currency yen brokenbar section diaeresis copyright ordfeminine guillemotleft notsign hyphen registered macron ' +
  'degree plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior masculine guillemotright onequarter onehalf threequarters questiondown ' +
  'Agrave Aacute Acircumflex Atilde Adiaeresis Aring AE Ccedilla Egrave Eacute Ecircumflex Ediaeresis Igrave Iacute Icircumflex Idiaeresis ' +
  'ETH Ntilde Ograve Oacute Ocircumflex Otilde Odiaeresis multiply Oslash Ugrave Uacute Ucircumflex Udiaeresis Yacute THORN ssharp ' +
  'agrave aacute acircumflex atilde adiaeresis aring ae ccedilla egrave eacute ecircumflex ediaeresis igrave iacute icircumflex idiaeresis ' +
  'eth ntilde ograve oacute ocircumflex otilde odiaeresis division oslash ugrave uacute ucircumflex udiaeresis yacute thorn ydiaeresis';

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...ASCII.split(' ').map((name, i) => [ASCII_CHARS[i]!, name] as const),
  ...LATIN1.split(' ').map((name, i) => [String.fromCharCode(0xa0 + i), name] as const),
  ['€', 'EuroSign'],
]);

export interface KeyLike {
  readonly key: string;
  readonly code: string;
  /** 1 left, 2 right, 3 keypad. */
  readonly location: number;
  readonly shiftKey: boolean;
}

/** The keysym of a key event: `a`, `Return`, `Shift_L`, `KP_5`, `eacute`, `U20AC`; empty for keys X does not know. */
export function keysymOf(e: KeyLike): string {
  const { key } = e;
  if (e.location === 3) {
    const pad = KEYPAD.get(key) ?? (/^[0-9]$/.test(key) ? `KP_${key}` : undefined);
    if (pad !== undefined) return pad;
  }
  if (key === 'Tab' && e.shiftKey) return 'ISO_Left_Tab';
  const sided = SIDED.get(key);
  if (sided !== undefined) return `${sided}_${e.location === 2 ? 'R' : 'L'}`;
  const named = NAMED.get(key);
  if (named !== undefined) return named;
  if (/^F[0-9]{1,2}$/.test(key)) return key;
  if (/^[A-Za-z0-9]$/.test(key)) return key;
  const character = CHARACTERS.get(key);
  if (character !== undefined) return character;
  if ([...key].length === 1) return `U${key.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return '';
}

const CONTROL_CHARS: ReadonlyMap<string, string> = new Map([
  ['Return', '\r'],
  ['KP_Enter', '\r'],
  ['Tab', '\t'],
  ['ISO_Left_Tab', '\t'],
  ['BackSpace', '\b'],
  ['Escape', '\x1b'],
  ['Delete', '\x7f'],
]);

/** The text a key would insert, as %A. */
export function charOf(e: KeyLike & { readonly ctrlKey: boolean }, keysym: string): string {
  const special = CONTROL_CHARS.get(keysym);
  if (special !== undefined) return special;
  if ([...e.key].length !== 1) return '';
  if (e.ctrlKey && /^[a-zA-Z@[\\\]^_ ]$/.test(e.key)) return String.fromCharCode(e.key.toUpperCase().charCodeAt(0) & 31);
  return e.key;
}

const codes = new Map<string, number>();

/** A number that stays the same for a physical key, from 9 as X's keycodes. */
export function keycodeOf(code: string): number {
  let n = codes.get(code);
  if (n === undefined) {
    n = 9 + codes.size;
    if (codes.size < 240) codes.set(code, n);
  }
  return n;
}
