/** The `font` command. Answers to font.n and tkFont.c (Tk_FontObjCmd). */
import type { PlainRow } from '../tcl/command.ts';
import { lookup, wrongArgs } from '../tcl/errors.ts';
import { hashOrder } from '../tcl/hash-stats.ts';
import { newList } from '../tcl/list.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { round, SCALING } from './converters.ts';
import { tkError } from './errors.ts';
import { configureFont, type FontAttributes, NO_ATTRIBUTES, noFont, SWITCHES } from './fonts.ts';
import { tkOf } from './tk-of.ts';
import { displayOf } from './winfo.ts';

function attributeWords(a: FontAttributes, size: number): Map<string, Value> {
  return new Map<string, Value>([
    ['-family', a.family],
    ['-size', size],
    ['-weight', a.bold ? 'bold' : 'normal'],
    ['-slant', a.italic ? 'italic' : 'roman'],
    ['-underline', a.underline ? 1 : 0],
    ['-overstrike', a.overstrike ? 1 : 0],
  ]);
}

function attributeInfo(words: Map<string, Value>, option: Value | undefined): Value {
  if (option === undefined) return newList([...words].flat());
  return words.get(lookup(str(option), SWITCHES, 'option', true))!;
}

function actual(app: TkApp, args: readonly Value[]): Value {
  let n = 2 + displayOf(app, args, 2);
  let option: Value | undefined;
  if (args[n] !== undefined && /^-(?!-)/.test(str(args[n]!))) option = args[n++];
  if (args[n] !== undefined && str(args[n]!) === '--') n++;
  const sample = args[n] === undefined ? null : str(args[n++]!);
  if (args.length < 2 || n < args.length) throw wrongArgs('font actual font ?-displayof window? ?option? ?--? ?char?');
  if (sample !== null && [...sample].length !== 1) {
    const shown = sample.length > 40 ? `${sample.slice(0, 37)}...` : sample;
    throw tkError(`expected a single character but got "${shown}"`, 'VALUE', 'FONT_SAMPLE');
  }
  const font = app.fonts.get(args[1]!);
  const a = { ...font.attributes, family: app.fonts.measurer.face(font.spec.family) };
  return attributeInfo(attributeWords(a, round(font.spec.sizePx / SCALING)), option);
}

function namedFont(app: TkApp, name: string): FontAttributes {
  const a = app.fonts.named.get(name);
  if (!a) throw noFont(name);
  return a;
}

function configure(app: TkApp, args: readonly Value[]): Value {
  const name = str(args[1]!);
  const a = namedFont(app, name);
  if (args.length <= 3) return attributeInfo(attributeWords(a, a.size), args[2]);
  // As in Tk, what stands before a bad option has been set.
  const copy = { ...a };
  try {
    configureFont(copy, args.slice(2));
  } finally {
    app.fonts.define(name, copy);
  }
  return '';
}

function create(app: TkApp, args: readonly Value[]): Value {
  let name = args[1] === undefined ? '' : str(args[1]);
  let skip = 2;
  if (args[1] === undefined || name.startsWith('-')) {
    skip = 1;
    let i = 1;
    while (app.fonts.named.has(`font${i}`)) i++;
    name = `font${i}`;
  }
  const a = configureFont({ ...NO_ATTRIBUTES }, args.slice(skip));
  if (app.fonts.named.has(name)) throw tkError(`named font "${name}" already exists`, 'FONT', 'EXISTS');
  app.fonts.define(name, a);
  return name;
}

function measure(app: TkApp, args: readonly Value[]): Value {
  const skip = args.length > 3 ? displayOf(app, args, 2) : 0;
  if (args.length - skip !== 3) throw wrongArgs('font measure font ?-displayof window? text');
  const text = str(args[2 + skip]!);
  app.interp.budget.charge(text.length);
  return app.fonts.get(args[1]!).width(text);
}

function metrics(app: TkApp, args: readonly Value[]): Value {
  const skip = displayOf(app, args, 2);
  if (args.length < 2 || args.length - skip > 3) throw wrongArgs('font metrics font ?-displayof window? ?option?');
  const f = app.fonts.get(args[1]!);
  const all = { '-ascent': f.ascent, '-descent': f.descent, '-linespace': f.lineHeight, '-fixed': f.fixed ? 1 : 0 };
  if (args.length - skip < 3) return newList(Object.entries(all).flat());
  return all[lookup(str(args[2 + skip]!), Object.keys(all) as (keyof typeof all)[], 'metric')];
}

function families(app: TkApp, args: readonly Value[]): Value {
  if (args.length - displayOf(app, args, 1) !== 1) throw wrongArgs('font families ?-displayof window?');
  return newList([...app.fonts.measurer.families()]);
}

const SUBCOMMANDS: Readonly<Record<string, (app: TkApp, args: readonly Value[]) => Value>> = {
  actual,
  configure(app, args) {
    if (args.length < 2) throw wrongArgs('font configure fontname ?-option value ...?');
    return configure(app, args);
  },
  create,
  delete(app, args) {
    if (args.length < 2) throw wrongArgs('font delete fontname ?fontname ...?');
    for (const name of args.slice(1)) app.fonts.undefine(str(name));
    return '';
  },
  families,
  measure,
  metrics,
  names(app, args) {
    if (args.length !== 1) throw wrongArgs('font names');
    return newList(hashOrder(app.fonts.named.keys()));
  },
};

export const FONT_ROW: PlainRow = {
  name: 'font',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'option ?arg?',
  safe: true,
  run(interp, args) {
    const sub = lookup(str(args[1]!), Object.keys(SUBCOMMANDS), 'option');
    return SUBCOMMANDS[sub]!(tkOf(interp), args.slice(1));
  },
};
