/**
 * Hostile words at every place of every command, subcommand and option that a tclet with Tk has. What there is to attack is asked of the cell
 * itself: its command tables say which commands, and each command's own error messages which subcommands and options it knows. So a command
 * is attacked the day it is added. A finding is a JavaScript exception, a text that is JavaScript's, a number that is none in what the display
 * is sent, a command that outruns its limit, or a cell that has more than it had.
 */
import { NullDisplay, TableMeasurer } from '../../headless/null-display.ts';
import { makeCell, type TestCell } from '../../safe/test-cell.ts';
import { elements } from '../../tcl/list.ts';
import { formatList } from '../../tcl/list-format.ts';
import type { Namespace } from '../../tcl/namespace.ts';
import { internalErrors } from '../../tcl/run.ts';
import { str } from '../../tcl/value.ts';
import { createTk } from '../../tk/create.ts';
import { ownTime } from '../own-time.ts';
import { Dice } from '../tclsh.ts';

export interface Finding {
  readonly script: string;
  readonly what: string;
}

/** Who watches a fuzzer: hears what it is about to do, in case it does not come back, and what it found. */
export interface Watcher {
  begins(what: string): void;
  finds(finding: Finding): void;
}

export interface WordsReport {
  readonly calls: number;
  readonly note: string;
}

/** A command, or the beginning of one: what may follow. */
interface Form {
  readonly words: readonly string[];
  /** Words that its own error messages name at the next place: options, subcommands. */
  readonly known: readonly string[];
  /** What its usage says of the words that follow; null when it does not say. */
  readonly usage: Usage | null;
  /** What must be gone before it is called. */
  readonly first: string;
}

interface Usage {
  readonly names: readonly string[];
  readonly min: number;
  readonly max: number;
}

const TIME_MS = 300;
/** A call may compute so long: the limit is looked at between steps, and its last one may be a large one. */
const SLOW_MS = 2500;
/** After so many calls a cell is done with, whatever became of it. */
const CALLS_PER_CELL = 400;

/** Widgets and other things that commands are about, so that words find something. What a line names may not be there yet. */
const SCENE = [
  ...[
    'frame',
    'label',
    'message',
    'button',
    'checkbutton',
    'radiobutton',
    'menubutton',
    'menu',
    'entry',
    'spinbox',
    'listbox',
    'scale',
    'scrollbar',
  ],
  ...[
    'labelframe',
    'canvas',
    'text',
    'panedwindow',
    'toplevel',
    'ttk::button',
    'ttk::entry',
    'ttk::combobox',
    'ttk::notebook',
    'ttk::treeview',
  ],
  ...[
    'ttk::progressbar',
    'ttk::scale',
    'ttk::scrollbar',
    'ttk::panedwindow',
    'ttk::spinbox',
    'ttk::label',
    'ttk::checkbutton',
    'ttk::labelframe',
  ],
].map((w) => `${w} .${w.replaceAll(':', '')}`);
const MORE = [
  'pack .frame .label .button',
  'grid .entry -in .frame',
  'place .scale -x 3 -y 3',
  '.listbox insert end a b c',
  '.text insert end {a b\nc d} t',
  '.entry insert 0 abc',
  '.canvas create line 0 0 10 10 -tags t',
  '.canvas create rectangle 0 0 5 5',
  '.canvas create text 5 5 -text abc',
  '.canvas create polygon 1 1 2 2 3 3',
  '.canvas create arc 0 0 9 9',
  '.canvas create oval 0 0 9 9',
  'image create photo ph -width 4 -height 4',
  'image create bitmap bm',
  'font create fo -size 12',
  '.canvas create image 1 1 -image ph',
  '.canvas create bitmap 1 1 -bitmap gray50',
  '.canvas create window 3 3 -window .button',
  '.canvas bind t <1> {set v 1}',
  'interp create k',
  'set v 1',
  'array set arr {a 1 b 2}',
  'set l {a b c}',
  'set d {a 1 b 2}',
  'proc p {a {b 2} args} {return $a}',
  'namespace eval ns {variable x 1; proc q {} {}}',
  'lassign [chan pipe] rd wr',
  'set f [open file w+]',
  'coroutine co apply {{} {while 1 {yield}}}',
  'after 100000 {set v 2}',
  'event add <<V>> <Key-a>',
  'bind .frame <Key-a> {set v %K}',
  'trace add variable v write {list}',
  'namespace ensemble create -command en -map {a list b {list x}}',
  'oo::class create K {method m {} {}}',
  'K create ob',
  'update',
];

const HOSTILE: readonly string[] = [
  ...['', ' ', '\t\n', '{', '}', '"', '[', ']', '\\', '$', '$x(', ';', '#', '\0', '\ud800', '\udc00\ud800', 'é', '😀', '\u202e', '\ufeff'],
  ...['0', '1', '-1', '2', '7', '255', '256', '65536', '2147483647', '2147483648', '-2147483649', '4294967296', '9223372036854775807'],
  ...[
    '9223372036854775808',
    '-9223372036854775809',
    `1${'0'.repeat(60)}`,
    `-${'9'.repeat(400)}`,
    '1e308',
    '-1e308',
    '1e400',
    '1e-320',
    'NaN',
  ],
  ...['Inf', '-Inf', '1.5', '-0.0', '0x7fffffff', '0xffffffffffffffffff', '0b', '0o7', '08', '1e', '+5', ' 5 ', '5 5', '1_000', '٣'],
  ...[
    'end',
    'end-1',
    'end+1',
    'end-99999999999999999999',
    'end+99999999999',
    '1+1',
    '-1-1',
    'end-end',
    '@1,2',
    '@',
    '@-1e9,1e9',
    'insert',
    'active',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'then',
    'length',
    '__defineGetter__',
    'prototype',
    '::',
    ':::x',
    '::ns::x',
  ],
  ...[
    '%',
    '%s',
    '%n',
    '%d',
    '%*d',
    '%99999999d',
    '%1$s %2$s',
    '%-10.3f',
    '%c',
    '%W %x %K %%',
    '%b%e%g%i',
    '%ld %hd %llx',
    '%[a-',
    '%2147483648d',
  ],
  ...[
    '-',
    '--',
    '-x',
    '-option',
    '-text',
    '-command',
    '-variable',
    '-image',
    '-font',
    '-width',
    '-tags',
    '-all',
    '-regexp',
    '-nocase',
    '-index',
  ],
  ...[
    '.',
    '..',
    '.frame',
    '.frame.x',
    '.canvas',
    '.nosuch',
    '.F',
    '. ',
    './x',
    '.frame.',
    '.label',
    '.entry',
    'ph',
    'bm',
    'fo',
    'k',
    'ns',
    'p',
    'v',
    'arr',
    'arr(a)',
    'l',
    'd',
    'co',
    'en',
  ],
  ...[
    'stdout',
    'stdin',
    'rd',
    'file',
    'file3',
    'all',
    'current',
    't',
    '1 2 3',
    'after#0',
    'utf-8',
    'identity',
    'binary',
    'C',
    'K',
    'ob',
    'en',
  ],
  ...[
    'a b',
    'a b c',
    'a {b',
    '{a b} {c d}',
    '{}',
    '{{}}',
    '{} {} {} {}',
    'a 1 b 2',
    'a 1 b',
    '{a 1} {b 2}',
    '0 0 10 10',
    '1 2 x 4',
    '1e999 0 0 0',
    '{1 2 3} {4 5}',
  ],
  ...[
    'red',
    '#fff',
    '#zzz',
    '#123456789abc',
    '#12345',
    'SystemButtonFace',
    '-5p',
    '5c',
    '1e10c',
    '3i',
    '2m',
    '1e300p',
    '-1.5i',
    '.5',
    '5x',
    '99999',
  ],
  ...['Courier 12', 'Helvetica -99999 bold', '{a b} 12 {bold italic}', '-*-times-*', '-family x -size 99999999', 'TkDefaultFont', 'fo x y'],
  ...[
    '<Key>',
    '<Key-',
    '<<V>>',
    '<1>',
    '<Button-99>',
    '<Control-Alt-x><y>',
    '<<>>',
    '<Configure>',
    'ab',
    '<Triple-Quadruple-x>',
    '<Motion>',
    '<B1-Motion>',
  ],
  ...[
    '(a*)*b',
    '((((',
    '[',
    '[[:x:]]',
    '\\',
    '\\1',
    '(?',
    '(?i)a',
    'a{1000}',
    'a{9,1}',
    '(.)\\1',
    '***=a',
    '***:(',
    '*',
    '?',
    'x*y?[a-z]',
    '[a-',
    '(a|b|c){20}',
  ],
  ...[
    'a b} {',
    'a {b}c',
    '\\x',
    '\\u12',
    '\\ud83d',
    '[error x]',
    '[list',
    '$v',
    '${v',
    '$arr(a',
    '1 +',
    '1 ? 2',
    '(1',
    '"a',
    '1/0',
    '1 << 99999999999',
    '2**99999999',
    'rand()',
  ],
  ...[
    '%Y-%m-%d',
    '%EY %Od',
    'now',
    'next month',
    '-99999999 years',
    ':UTC',
    '+9999',
    '1 jan 99999999',
    '2020-02-30',
    'GIF89a',
    'P6 1 1 255 abc',
    '\x89PNG\r\n\x1a\n',
  ],
  ...[
    'x'.repeat(5000),
    'a '.repeat(2000),
    '{'.repeat(500),
    '\\'.repeat(999),
    'R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==',
  ],
];

/** Words that are run: fewer, since they change what is attacked. */
const SCRIPTS: readonly string[] = [
  ...[
    'error x',
    'break',
    'continue',
    'return',
    'return -code 5 x',
    'return -level 9 x',
    'set nosuch',
    'incr v',
    'list',
    'yield',
    'yieldto list',
    'tailcall list',
  ],
  ...[
    'destroy .frame',
    'destroy .canvas',
    'unset v',
    'set v 5',
    'rename p {}',
    'interp delete k',
    'namespace delete ns',
    'image delete ph',
    'update',
    'after 0 {error x}',
  ],
  ...[
    'while 1 {}',
    'vwait nosuch',
    'rename co {}',
    'co',
    'set v [info frame]',
    'error a b {c d}',
    'throw {A B} c',
    'apply {x {break}}',
    '{x y} {list}',
    'x {incr x}',
  ],
  ...[
    'expr {1 +',
    'list [list',
    'puts',
    'close stdout',
    'catch {p}',
    'try {error a} finally {break}',
    'lambda',
    'uplevel 99 x',
    'upvar 0 a a',
    'global v',
    'trace remove variable v write list',
  ],
];

/** Words of ours that a message may repeat; any other `undefined` is not Tcl's. */
const JAVASCRIPT =
  /\[object |TypeError|RangeError|ReferenceError|SyntaxError|internal error|is not a function|is not iterable|\bundefined\b|\bnull\b|=>|at .*\.(ts|js):\d/;
/** Where Tcl itself says so. */
const TCL_SAYS = /argument to math function|null$|undefined$/;

export class WordsFuzzer {
  private readonly dice: Dice;
  private readonly watcher: Watcher;
  private cell!: TestCell;
  private skew = 0;
  private fault: unknown = null;
  private cells = 0;
  private calls = 0;

  constructor(seed: number, watcher: Watcher) {
    this.dice = new Dice(seed);
    this.watcher = watcher;
  }

  /** So many calls, spread over all forms. `depth`: how many words of a form are asked for, the parts of ensembles by their own names with 2. */
  run(calls: number, depth = 2): WordsReport {
    const { report } = internalErrors;
    internalErrors.report = (e) => {
      this.fault = e;
    };
    try {
      const forms = this.discover(depth);
      for (const end = this.calls + calls; this.calls < end; ) {
        for (const form of forms) {
          if (this.calls < end) this.attack(form.first + formatList([...form.words, ...this.words(form)]));
        }
      }
      return { calls: this.calls, note: `${forms.length} forms, ${this.cells} cells` };
    } finally {
      internalErrors.report = report;
    }
  }

  // ---- The cell under attack

  private fresh(): TestCell {
    this.cells++;
    const test = makeCell({ now: () => ownTime() + this.skew, limits: { timeMs: TIME_MS, commands: null, memoryMb: 24 } });
    const passes = (v: number): void => {
      this.skew = v - ownTime();
    };
    Object.defineProperty(test, 'clock', { get: () => ownTime() + this.skew, set: passes });
    const display = new NullDisplay(false);
    const app = createTk(test.cell.interp, {
      measurer: new TableMeasurer(),
      size: { width: 200, height: 100 },
      sink: (batch) => {
        const wrong = notPlain(batch.patches);
        if (wrong !== null) this.fault ??= new Error(`the display was sent ${wrong}`);
        return display.take(batch);
      },
    });
    test.cell.tkReady(app);
    for (const script of [...SCENE, ...MORE]) test.run(`catch {${script}}`);
    this.cell = test;
    return test;
  }

  private attack(script: string): string {
    if (this.calls++ % CALLS_PER_CELL === 0 || this.worn()) this.fresh();
    const test = this.cell;
    this.watcher.begins(script);
    this.fault = null;
    const begin = ownTime();
    let heard: string;
    try {
      heard = test.run(script);
      if (!test.cell.ended) for (let n = 0; n < 3; n++) test.cell.machine.run(5);
    } catch (e) {
      heard = '';
      this.fault ??= e;
    }
    const ms = ownTime() - begin;
    if (this.fault !== null) this.find(script, this.fault instanceof Error ? (this.fault.stack ?? this.fault.message) : String(this.fault));
    else if (ms > SLOW_MS) this.find(script, `took ${ms.toFixed(0)} ms`);
    else if (JAVASCRIPT.test(heard) && !JAVASCRIPT.test(script) && !TCL_SAYS.test(heard)) this.find(script, heard);
    const told = test.errors.find((m) => JAVASCRIPT.test(m) && !JAVASCRIPT.test(script) && !TCL_SAYS.test(m));
    if (told !== undefined) this.find(script, `background: ${told}`);
    test.errors.length = 0;
    const { interp, master } = test.cell;
    if (!master.globalNs.cmds.has('cd') || (!interp.deleted && (!interp.safe || !interp.hidden.has('cd'))))
      this.find(script, 'the cell is open');
    if (this.fault !== null) this.fresh();
    return heard;
  }

  private find(script: string, what: string): void {
    this.watcher.finds({ script, what });
  }

  /** Too much of what is attacked has gone. */
  private worn(): boolean {
    const { interp } = this.cell.cell;
    if (this.cell.cell.ended || interp.deleted) return true;
    const { cmds } = interp.globalNs;
    return CORE.some((name) => !cmds.has(name)) || NAMED.filter((name) => !cmds.has(name)).length > 2;
  }

  // ---- What there is to attack

  private discover(depth: number): readonly Form[] {
    const forms: Form[] = [];
    const { interp } = this.fresh().cell;
    const names: string[] = [];
    const walk = (ns: Namespace): void => {
      for (const cmd of ns.cmds.values()) names.push(ns.parent === null ? cmd.name : cmd.fullName);
      for (const child of ns.children.values()) walk(child);
    };
    walk(interp.globalNs);
    for (const name of names) {
      if (name === 'exit' || name === 'policy') continue;
      // Parts of ensembles are gone into from their ensemble.
      const part = /^::(tcl|tk)::/.test(name);
      if (!part || depth > 1) this.explore([name], part ? 0 : depth, forms);
    }
    for (const item of this.list('.canvas find all')) {
      const known = this.options(['.canvas', 'itemconfigure', item]);
      const type = this.list(`.canvas type ${item}`)[0] ?? '';
      for (const words of [
        ['itemconfigure', item],
        ['itemcget', item],
        ['create', type, '0 0 9 9 5 5'],
        ['create', type, '1', '2'],
        ['create', type, '1 2 3 4'],
      ]) {
        forms.push({ words: ['.canvas', ...words], known, usage: null, first: '' });
      }
    }
    return forms;
  }

  private list(script: string): string[] {
    const heard = this.attack(script);
    try {
      return heard.startsWith('ok ') ? elements(heard.slice(3)).map(str) : [];
    } catch {
      return [];
    }
  }

  /** The options that a form lists when it is called as it stands. */
  private options(words: readonly string[]): string[] {
    return this.list(formatList(words)).flatMap((entry) => {
      const m = /^(-[a-z][A-Za-z0-9]*)(?: |$)/.exec(entry);
      return m === null ? [] : [m[1]!];
    });
  }

  /** Asks a form which words it knows next, by words that nothing knows; and goes into each of them. */
  private explore(words: readonly string[], depth: number, forms: Form[]): void {
    const known = new Set<string>();
    let usage: Usage | null = null;
    let makesWindow = false;
    for (const probe of PROBES) {
      const heard = this.attack(formatList([...words, ...probe]));
      for (const word of offered(heard)) known.add(word);
      usage ??= usageIn(heard, words.length);
      makesWindow ||= heard.startsWith('error bad window path name "\x01"');
    }
    for (const probe of [[], ['t'], ['.frame'], ['fo'], ['1']]) for (const word of this.options([...words, ...probe])) known.add(word);
    forms.push({ words, known: [...known], usage, first: '' });
    if (makesWindow && words.length === 1 && this.attack(formatList([...words, '.n'])) === 'ok .n') {
      forms.push({ words: [...words, '.n'], known: this.options(['.n', 'configure']), usage: null, first: 'catch {destroy .n}; ' });
    }
    this.attack('catch {destroy .n}');
    if (depth === 0) return;
    for (const word of known) {
      if (word.startsWith('-')) forms.push({ words: [...words, word], known: [...known], usage: null, first: '' });
      else this.explore([...words, word], depth - 1, forms);
    }
  }

  private words({ words, known, usage }: Form): string[] {
    const { dice } = this;
    const last = words.at(-1)!;
    if (usage === null && last.startsWith('-')) return [this.word([], last), ...this.words({ words: [''], known, usage, first: '' })];
    if (usage === null) {
      const options = known.filter((word) => word.startsWith('-'));
      if (options.length === 0 || dice.below(5) === 0) return dice.times(dice.below(7), () => this.word(known, ''));
      const pair = (option: string): string[] => [option, this.word([], option)];
      return dice.times(1 + dice.below(3), () => pair(dice.pick(options))).flat();
    }
    // Now and then too few or too many.
    const most = Math.min(usage.max, usage.min + 4);
    const n = Math.max(0, usage.min + dice.below(most - usage.min + 1) + (dice.below(12) === 0 ? dice.below(3) - 1 : 0));
    return Array.from({ length: n }, (_, i) => this.word(known, usage.names[i] ?? usage.names.at(-1) ?? ''));
  }

  /** One word, often of the kind that its name in the usage asks for. */
  private word(known: readonly string[], name: string): string {
    const { dice } = this;
    const n = dice.below(12);
    if (n < 3 && known.length > 0) return dice.pick(known);
    if (n < 7) for (const [pattern, words] of KINDS) if (pattern.test(name)) return dice.pick(words);
    if (n === 7) return dice.pick(SCRIPTS);
    if (n === 8) return formatList(dice.times(dice.below(5), () => dice.pick(HOSTILE)));
    return dice.pick(HOSTILE);
  }
}

/** Without these nothing can be attacked; without most of these, little. */
const CORE = ['set', 'string', 'namespace', 'pack', 'winfo', 'interp', 'clock', 'image', 'catch'];
const NAMED = ['.frame', '.canvas', '.entry', '.listbox', 'ph', 'k', 'p', 'co', 'en'];

const NUMBERS = HOSTILE.filter((w) => /^[-+]?[0-9]/.test(w));
/** What a usage calls a word, and what such words are. */
const KINDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/color|ground|fill|outline|^-bg|^-fg/, ['red', '#fff', '', '#zzz', '#123456789abc', 'gray50', 'SystemButtonFace', '__proto__']],
  [/window|path|master|slave|parent/i, ['.', '.frame', '.canvas', '.entry', '.nosuch', '.frame.x', '']],
  [/var/i, ['v', 'arr', 'arr(a)', 'l', 'd', '::ns::x', 'new', 'nosuch(', '', '::nosuch::x', 'arr(__proto__)']],
  [
    /index|first|last|char|start|end|count|level|num|int|^[xyw]\d?$|width|height|size|delta|offset|position|length|ms|time/i,
    [...NUMBERS, 'end', 'end-1', '@1,2', '0 0', '1.0'],
  ],
  [/channel/i, ['stdout', 'file3', 'file4', 'pipe0', 'nosuch', '']],
  [/body|script|command|cmd|lambda|prefix/i, SCRIPTS],
  [/list|dict|map|args|coords/i, HOSTILE.filter((w) => /[ {]/.test(w))],
  [/format|string|pattern|exp|subSpec/i, HOSTILE.filter((w) => /[%*(\\?[]/.test(w))],
  [/interp|path/i, ['', 'k', 'k k', 'nosuch', '{}', '{} {}']],
  [/image|font/i, ['ph', 'bm', 'fo', 'TkDefaultFont', '']],
  [/tag|item|id/i, ['t', 'all', '1', '2 3', 't||!all', 'current', '(t', '']],
];

const PROBES: readonly (readonly string[])[] = [
  ...[[], ['\x01'], ['\x01', 'a'], ['\x01', 'a', 'b'], ['-\x01'], ['-\x01', 'a'], ['-\x01', 'a', 'b'], ['a', '-\x01', 'b']],
  Array(12).fill('\x01'),
];

/** The words of `must be a, b, or c`. */
function offered(heard: string): string[] {
  const m = /(?:must be|should be one of|should be) ((?:[^\s,"]+, )*(?:or )?[^\s,"]+)/.exec(heard.split('\n')[0]!);
  if (m === null || !m[1]!.includes(',')) return [];
  return m[1]!.split(/, (?:or )?/).filter((w) => /^-?[a-z][a-zA-Z0-9_]*$/.test(w));
}

/** What `wrong # args: should be "a b ?c? ?d ...?"` says of the words after the first `fixed`. */
function usageIn(heard: string, fixed: number): Usage | null {
  const m = /wrong # args: should be "([^\n]*)"(?: TCL WRONGARGS| NONE|$)/.exec(heard.split('\n')[0]!);
  if (m === null) return null;
  const parts = m[1]!.match(/\?[^?]*\?|\S+/g)?.slice(fixed) ?? [];
  const optional = parts.filter((p) => p.startsWith('?'));
  const endless = parts.some((p) => p.includes('...'));
  return {
    names: parts.map((p) => p.replace(/[?.]/g, '')),
    min: parts.length - optional.length,
    max: endless ? Number.POSITIVE_INFINITY : parts.length,
  };
}

/** Something in the data that is neither text nor a finite number nor made of such, or null. */
function notPlain(data: unknown, path = 'patches'): string | null {
  if (typeof data === 'number') return Number.isFinite(data) ? null : `${data} as ${path}`;
  if (data === null || typeof data === 'string' || typeof data === 'boolean' || ArrayBuffer.isView(data) || data instanceof ArrayBuffer)
    return null;
  if (typeof data !== 'object') return data === undefined ? null : `a ${typeof data} as ${path}`;
  for (const [key, value] of Object.entries(data)) {
    const wrong = notPlain(value, `${path}.${key}`);
    if (wrong !== null) return wrong;
  }
  return null;
}
