/** Options of the subcommands of photo images. Answers to tkImgPhoto.c (ParseSubcommandOptions). */
import { lookup, type TclError } from '../../tcl/errors.ts';
import { smallIntOf } from '../../tcl/number.ts';
import { str, type Value } from '../../tcl/value.ts';
import { parseColor, type Rgb } from '../colors.ts';
import { tkError } from '../errors.ts';

const NAMES = ['-background', '-compositingrule', '-format', '-from', '-grayscale', '-shrink', '-subsample', '-to', '-zoom'] as const;
export type PhotoOption = (typeof NAMES)[number];

/** A rectangle by its corners. `x2` and `y2` are null when one corner alone was given. */
export interface Corners {
  readonly x: number;
  readonly y: number;
  readonly x2: number | null;
  readonly y2: number | null;
}
const ORIGIN: Corners = { x: 0, y: 0, x2: null, y2: null };

export interface PhotoOptions {
  /** The word that belongs to no option. */
  name: Value | null;
  /** All words were read. */
  whole: boolean;
  background: Rgb | null;
  rule: 'overlay' | 'set';
  format: Value | null;
  from: Corners;
  to: Corners;
  grayscale: boolean;
  shrink: boolean;
  subsample: readonly [number, number];
  zoom: readonly [number, number];
}

const bad = (message: string, code: string) => tkError(message, 'IMAGE', 'PHOTO', code);

/** Reads the words from the second on: `allowed` options with what belongs to them, and one other word. */
export function photoOptions(args: readonly Value[], allowed: readonly PhotoOption[]): PhotoOptions {
  const o: PhotoOptions = {
    name: null,
    whole: true,
    background: null,
    rule: 'overlay',
    format: null,
    from: ORIGIN,
    to: ORIGIN,
    grayscale: false,
    shrink: false,
    subsample: [1, 1],
    zoom: [1, 1],
  };
  for (let i = 2; i < args.length; i++) {
    const word = str(args[i]!);
    const hits = word.startsWith('-') ? NAMES.filter((n) => n.startsWith(word)) : [];
    const hit = hits[0];
    if (hits.length > 1 || !hit || !allowed.includes(hit)) {
      if (hits.length > 1 || (o.name !== null && word.startsWith('-'))) throw unrecognized(word, allowed);
      if (o.name !== null) {
        o.whole = false;
        return o;
      }
      o.name = args[i]!;
      continue;
    }
    if (hit === '-shrink') o.shrink = true;
    else if (hit === '-grayscale') o.grayscale = true;
    else if (hit === '-background' || hit === '-compositingrule' || hit === '-format') {
      const v = args[++i];
      if (v === undefined) throw bad(`the "${hit}" option requires a value`, 'MISSING_VALUE');
      if (hit === '-format') o.format = v;
      else if (hit === '-background') o.background = parseColor(str(v));
      else o.rule = lookup(str(v), ['overlay', 'set'], 'compositing rule');
    } else i += numbers(o, hit, args, i + 1);
  }
  return o;
}

/** The numbers after an option: those words that look like numbers, up to two or four. Returns how many. */
function numbers(o: PhotoOptions, name: '-from' | '-to' | '-subsample' | '-zoom', args: readonly Value[], at: number): number {
  const most = name === '-from' || name === '-to' ? 4 : 2;
  const v: number[] = [];
  while (v.length < most && at + v.length < args.length && /^-?\d/.test(str(args[at + v.length]!)))
    v.push(smallIntOf(args[at + v.length]!));
  if (v.length === 0) {
    throw bad(`the "${name}" option requires one ${most === 2 ? 'or two' : 'to four'} integer values`, 'MISSING_VALUE');
  }
  const [a, b = a!, c, d = c] = v as [number, ...number[]];
  if (name === '-subsample') o.subsample = [a, b];
  else if (name === '-zoom') {
    if (a <= 0 || b <= 0) throw outOfRange(name, 'positive');
    o.zoom = [a, b];
  } else {
    if (v.some((n) => n < 0)) throw outOfRange(name, 'non-negative');
    const corners =
      c === undefined
        ? { x: a, y: b, x2: null, y2: null }
        : { x: Math.min(a, c), y: Math.min(b, d!), x2: Math.max(a, c), y2: Math.max(b, d!) };
    if (name === '-from') o.from = corners;
    else o.to = corners;
  }
  return v.length;
}

function outOfRange(name: string, needed: string): TclError {
  return bad(`value(s) for the ${name} option must be ${needed}`, 'BAD_VALUE');
}

function unrecognized(word: string, allowed: readonly PhotoOption[]): TclError {
  const last = allowed[allowed.length - 1]!;
  return bad(`unrecognized option "${word}": must be ${allowed.slice(0, -1).join(', ')}, or ${last}`, 'BAD_OPTION');
}
