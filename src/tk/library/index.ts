/// <reference path="../../tcl/tcl-text.d.ts" />
/** The Tcl part of Tk: what every application starts with, in its order, and the files of class bindings. One more of these is added here. */
import words from '../../tcl/library/word.tcl?parts';
import button from './button.tcl?parts';
import { entry, listbox, menubutton, scale, scrollbar, spinbox } from './rare.ts';
import tk from './tk.tcl?parts';

export type Script = ReturnType<typeof tk>;

export const START: readonly (() => Script)[] = [tk, words];

/** By the tags whose bindings they hold. */
export const CLASSES: readonly (readonly [tags: string, script: () => Script])[] = [
  ['Button Checkbutton Radiobutton', button],
  ['Entry Spinbox', entry],
  ['Listbox', listbox],
  ['Menubutton', menubutton],
  ['Scale', scale],
  ['Scrollbar', scrollbar],
  ['Spinbox', spinbox],
];
