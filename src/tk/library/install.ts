/**
 * Puts the library's scripts into an application. Those of a class wait until one of their tags is looked at or one of their widgets is made: most
 * applications have few classes. What a script made meanwhile stays: its procs as they are, its bindings on top.
 */
import type { Interp } from '../../tcl/command.ts';
import { providePackage } from '../../tcl/commands/package-table.ts';
import { libraryProc } from '../../tcl/commands/procs.ts';
import type { TkApp } from '../app.ts';
import { CLASSES, type Script, START } from './index.ts';

export class Library {
  private readonly app: TkApp;
  private readonly waiting = new Map<unknown, Set<() => Script>>();

  constructor(app: TkApp) {
    this.app = app;
    for (const [tags, script] of CLASSES) {
      for (const tag of tags.split(' ')) this.waiting.set(tag, (this.waiting.get(tag) ?? new Set()).add(script));
    }
  }

  start(): void {
    for (const script of START) this.install(script());
    setVariables(this.app.interp);
  }

  /** Bindings of the tag are about to be looked at, or procs needed. */
  use(tag: unknown): void {
    const scripts = this.waiting.get(tag);
    if (scripts === undefined) return;
    for (const script of scripts) {
      const loaded = script();
      for (const others of this.waiting.values()) others.delete(script);
      this.install(loaded);
    }
    this.waiting.delete(tag);
  }

  private install({ proc, tk_bindings, tk_virtualevents }: Script): void {
    const { interp, bindings, virtualEvents } = this.app;
    for (const [name, params, body] of proc) libraryProc(interp, name, params, body);
    for (const [tags, list] of tk_bindings) for (const tag of tags.split(' ')) bindings.bindLater(tag, list);
    for (const [list] of tk_virtualevents) virtualEvents.addLater(list);
  }
}

/** Variables of tk::Priv that bindings read before they write them. */
const EMPTY_AT_FIRST =
  'activeMenu activeItem afterId buttonWindow focus grab initPos inMenubutton listboxPrev menuBar oldGrab popup postedMb';
const ZERO_AT_FIRST = 'buttons dragging mouseMoved pressX pressY prevPos';

/** The variables, and the package. */
function setVariables(interp: Interp): void {
  for (const name of EMPTY_AT_FIRST.split(' ')) interp.setVar(`::tk::Priv(${name})`, '');
  for (const name of ZERO_AT_FIRST.split(' ')) interp.setVar(`::tk::Priv(${name})`, '0');
  interp.setVar('::tk::Priv(selectMode)', 'char');
  interp.setVar('::tk_strictMotif', '0');
  interp.setVar('::tk_version', '8.6');
  interp.setVar('::tk_patchLevel', '8.6.13');
  interp.setVar('::tk_library', '');
  for (const [name, chars] of [
    ['tcl_wordchars', '\\w'],
    ['tcl_nonwordchars', '\\W'],
  ] as const) {
    if (!interp.varExists(name)) interp.setVar(name, chars);
  }
  providePackage(interp, 'Tk', '8.6.13');
}
