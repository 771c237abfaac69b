/** Small commands about windows: destroy, raise, lower, tkwait, tk, option. Answers to their man pages, tkCmds.c, tkBusy.c and tkOption.c. */
import type { CommandRow, EventKind, PlainRow, ScriptRow, Step } from '../tcl/command.ts';
import { lookup, TclError, wrongArgs } from '../tcl/errors.ts';
import { stringMatch } from '../tcl/glob.ts';
import { newList } from '../tcl/list.ts';
import { boolOf, doubleOf } from '../tcl/number.ts';
import { dbl, str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { cursor, orNone, pixelsOf, SCALING } from './converters.ts';
import { tkError } from './errors.ts';
import { type Options, opt, optionTable, parsePriority } from './options.ts';
import { tkOf } from './tk-of.ts';
import type { TkWindow } from './window.ts';
import { displayOf } from './winfo.ts';

const ANY = Number.POSITIVE_INFINITY;
const EVENTS: ReadonlySet<EventKind> = new Set<EventKind>(['timer', 'idle', 'window', 'host']);

const DESTROY: ScriptRow = {
  name: 'destroy',
  min: 0,
  max: ANY,
  usage: '?window ...?',
  safe: true,
  *script(interp, args) {
    const app = tkOf(interp);
    for (const v of args.slice(1)) {
      const win = app.windows.get(str(v));
      if (!win) continue;
      yield* app.destroy(win);
      // Destroying the main window ends the application; what follows is gone with it.
      if (win === app.main) break;
    }
    return '';
  },
};

/** The ancestor of `other` that is a sibling of `win`. */
function siblingOf(win: TkWindow, other: TkWindow): TkWindow | null {
  for (let w: TkWindow | null = other; w; w = w.topLevel ? null : w.parent) if (w.parent === win.parent) return w;
  return null;
}

export function restack(app: TkApp, args: readonly Value[], above: boolean): Value {
  const win = app.windowAt(str(args[1]!));
  const other = args[2] === undefined ? null : app.windowAt(str(args[2]));
  const siblings = win.parent?.children;
  if (!siblings || win.topLevel) return '';
  const beside = other && siblingOf(win, other);
  if (other && !beside) {
    const [verb, where] = above ? ['raise', 'above'] : ['lower', 'below'];
    throw tkError(`can't ${verb} "${win.path}" ${where} "${other.path}"`, 'RESTACK', verb!.toUpperCase());
  }
  if (beside === win) return '';
  app.interp.budget.charge(siblings.length / 4);
  siblings.splice(siblings.indexOf(win), 1);
  const at = beside ? siblings.indexOf(beside) + (above ? 1 : 0) : above ? siblings.length : 0;
  siblings.splice(at, 0, win);
  app.outbox.restack(win.parent!);
  return '';
}

const RAISE: PlainRow = {
  name: 'raise',
  min: 1,
  max: 2,
  usage: 'window ?aboveThis?',
  safe: true,
  run: (interp, args) => restack(tkOf(interp), args, true),
};
const LOWER: PlainRow = {
  name: 'lower',
  min: 1,
  max: 2,
  usage: 'window ?belowThis?',
  safe: true,
  run: (interp, args) => restack(tkOf(interp), args, false),
};

/** Handles events until `done`. */
function* until(app: TkApp, done: () => boolean): Generator<Step, void, Value> {
  while (!done()) yield* app.interp.events.doOneEvent(EVENTS, true);
}

const TKWAIT: ScriptRow = {
  name: 'tkwait',
  min: 2,
  max: 2,
  usage: 'variable|visibility|window name',
  safe: true,
  *script(interp, args) {
    const app = tkOf(interp);
    const name = str(args[2]!);
    switch (lookup(str(args[1]!), ['variable', 'visibility', 'window'], 'option')) {
      case 'variable': {
        let changed = false;
        const trace = interp.traceVar(name, ['write', 'unset'], () => {
          changed = true;
        });
        try {
          yield* until(app, () => changed);
        } finally {
          trace.remove();
        }
        break;
      }
      case 'visibility': {
        const win = app.windowAt(name);
        const shown = win.viewable;
        yield* until(app, () => win.dead || win.viewable !== shown);
        if (win.dead) throw tkError(`window "${name}" was deleted before its visibility changed`, 'WAIT', 'PREMATURE');
        break;
      }
      case 'window': {
        const win = app.windowAt(name);
        yield* until(app, () => win.dead);
        break;
      }
    }
    return '';
  },
};

// ---- tk ----

/** What a safe interpreter may not ask. */
function refuse(app: TkApp, what: string, code: string): void {
  if (app.interp.safe) throw tkError(`${what} not accessible in a safe interpreter`, 'SAFE', code);
}

const CARET = ['-x', '-y', '-height'] as const;

function caret(app: TkApp, args: readonly Value[]): Value {
  if (args.length < 2 || (args.length > 3 && args.length % 2 !== 0)) throw wrongArgs('tk caret window ?-x x? ?-y y? ?-height height?');
  app.windowAt(str(args[1]!));
  const nameOf = (v: Value) => {
    const text = str(v);
    return lookup(text, CARET, 'caret option');
  };
  const now = app.caret;
  if (args.length === 2) return newList(['-height', now['-height'], '-x', now['-x'], '-y', now['-y']]);
  if (args.length === 3) return now[nameOf(args[2]!)];
  for (let i = 2; i < args.length; i += 2) now[nameOf(args[i]!)] = pixelsOf(args[i + 1]!);
  return '';
}

const BUSY_ROWS = { cursor: opt(orNone(cursor), 'cursor', 'Cursor', 'watch') };
const BUSY = optionTable(BUSY_ROWS);
/** Windows held busy: they and what is in them get no pointer events and show a cursor. */
export type BusyTable = Map<TkWindow, Options<typeof BUSY_ROWS>>;

function busy(app: TkApp, args: readonly Value[]): Value {
  if (args.length < 2) throw wrongArgs('tk busy options ?arg arg ...?');
  const hold = (win: TkWindow, words: readonly Value[]) => {
    const o = app.busy.get(win) ?? BUSY.create(app, win);
    // It is held though its cursor is not there, as in Tk.
    app.busy.set(win, o);
    BUSY.configure(app, win, o, words);
    app.outbox.cursor(win, o.values.cursor?.css ?? null);
    return '';
  };
  if (str(args[1]!).startsWith('.')) {
    if (args.length % 2 !== 0) throw wrongArgs('tk busy window ?option value ...?');
    return hold(app.windowAt(str(args[1]!)), args.slice(2));
  }
  const sub = lookup(str(args[1]!), ['cget', 'configure', 'current', 'forget', 'hold', 'status'], 'option');
  const known = (): [TkWindow, Options<typeof BUSY_ROWS>] => {
    const win = app.windowAt(str(args[2]!));
    const o = app.busy.get(win);
    if (!o) throw tkError(`can't find busy window "${win.path}"`, 'LOOKUP', 'BUSY', win.path);
    return [win, o];
  };
  const need = (min: number, max: number, usage: string) => {
    if (args.length < min || args.length > max) throw wrongArgs(`tk busy ${sub} ${usage}`);
  };
  switch (sub) {
    case 'cget':
      need(4, 4, 'window option');
      return BUSY.cget(known()[1], str(args[3]!));
    case 'configure': {
      need(3, ANY, 'window ?option? ?value ...?');
      const [win, o] = known();
      if (args.length <= 4) return BUSY.info(o, args.length === 4 ? str(args[3]!) : null);
      return hold(win, args.slice(3));
    }
    case 'current':
      need(2, 3, '?pattern?');
      return newList([...app.busy.keys()].map((w) => w.path).filter((p) => args.length < 3 || stringMatch(str(args[2]!), p)));
    case 'forget':
      need(3, 3, 'window');
      app.outbox.cursor(known()[0], null);
      app.busy.delete(known()[0]);
      return '';
    case 'hold':
      need(3, args.length % 2 === 0 ? 0 : ANY, 'window ?option value ...?');
      return hold(app.windowAt(str(args[2]!)), args.slice(3));
    case 'status':
      need(3, 3, 'window');
      return [...app.busy.keys()].some((w) => w.path === str(args[2]!)) ? 1 : 0;
  }
}

/** `args[0]` is the subcommand. */
const TK: Readonly<Record<string, (app: TkApp, args: readonly Value[]) => Value>> = {
  appname(app, args) {
    refuse(app, 'appname', 'APPLICATION');
    if (args.length > 2) throw wrongArgs('tk appname ?newName?');
    if (args.length === 2) app.main.name = str(args[1]!);
    return app.main.name;
  },
  busy,
  caret,
  fontchooser() {
    throw tkError('there is no font chooser on a page', 'FONTCHOOSER');
  },
  inactive(app, args) {
    const skip = displayOf(app, args, 1);
    if (args.length - skip > 2) throw wrongArgs('tk inactive ?-displayof window? ?reset?');
    if (args.length - skip === 1) return app.interp.safe ? -1 : app.idleTime();
    lookup(str(args[1 + skip]!), ['reset'], 'option');
    if (app.interp.safe)
      throw tkError('resetting the user inactivity timer is not allowed in a safe interpreter', 'SAFE', 'INACTIVITY_TIMER');
    app.touched();
    return '';
  },
  scaling(app, args) {
    refuse(app, 'scaling', 'SCALING');
    const skip = displayOf(app, args, 1);
    if (args.length - skip > 2) throw wrongArgs('tk scaling ?-displayof window? ?factor?');
    if (args.length - skip === 1) return dbl(SCALING);
    if (doubleOf(args[1 + skip]!) === SCALING) return '';
    throw tkError('the scaling of this screen is fixed', 'SCALING', 'FIXED');
  },
  useinputmethods(app, args) {
    refuse(app, 'useinputmethods', 'INPUT_METHODS');
    const skip = displayOf(app, args, 1);
    if (args.length - skip > 2) throw wrongArgs('tk useinputmethods ?-displayof window? ?boolean?');
    if (args.length - skip === 2) boolOf(args[skip + 1]!);
    // The page's own text fields use them always.
    return 1;
  },
  windowingsystem(_app, args) {
    if (args.length !== 1) throw wrongArgs('tk windowingsystem');
    return 'x11';
  },
};

const TK_ROW: PlainRow = {
  name: 'tk',
  min: 1,
  max: ANY,
  usage: 'subcommand ?arg ...?',
  safe: true,
  run(interp, args) {
    const given = str(args[1]!);
    const names = Object.keys(TK);
    const hits = names.filter((n) => n.startsWith(given));
    const name = names.includes(given) ? given : given !== '' && hits.length === 1 ? hits[0]! : null;
    if (name === null) {
      throw new TclError(
        `unknown or ambiguous subcommand "${given}": must be ${names.slice(0, -1).join(', ')}, or ${names[names.length - 1]}`,
        ['TCL', 'LOOKUP', 'SUBCOMMAND', given],
      );
    }
    return TK[name]!(tkOf(interp), args.slice(1));
  },
};

// ---- option ----

const OPTION: PlainRow = {
  name: 'option',
  min: 1,
  max: ANY,
  usage: 'cmd arg ?arg ...?',
  safe: true,
  run(interp, args) {
    const app = tkOf(interp);
    const need = (ok: boolean, usage: string) => {
      if (!ok) throw wrongArgs(`option ${usage}`);
    };
    switch (lookup(str(args[1]!), ['add', 'clear', 'get', 'readfile'], 'option')) {
      case 'add': {
        need(args.length === 4 || args.length === 5, 'add pattern value ?priority?');
        const priority = args.length === 5 ? parsePriority(str(args[4]!)) : 80;
        app.optionDb.add(str(args[2]!), str(args[3]!), priority);
        return '';
      }
      case 'clear':
        need(args.length === 2, 'clear ');
        app.optionDb.clear();
        return '';
      case 'get':
        need(args.length === 5, 'get window name class');
        return app.optionDb.get(app.windowAt(str(args[2]!)), str(args[3]!), str(args[4]!)) ?? '';
      case 'readfile':
        need(args.length === 3 || args.length === 4, 'readfile fileName ?priority?');
        if (args.length === 4) parsePriority(str(args[3]!));
        throw tkError("can't read options from a file in a safe interpreter", 'SAFE', 'OPTION_FILE');
    }
  },
};

export const COMMAND_ROWS: readonly CommandRow[] = [DESTROY, RAISE, LOWER, TKWAIT, TK_ROW, OPTION];
