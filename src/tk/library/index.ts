/// <reference path="../../tcl/tcl-text.d.ts" />
/** The Tcl part of Tk, in the order in which it is evaluated. A file of class bindings is added here. */
import button from './button.tcl?raw';
import entry from './entry.tcl?raw';
import listbox from './listbox.tcl?raw';
import menubutton from './menubutton.tcl?raw';
import scale from './scale.tcl?raw';
import scrollbar from './scrollbar.tcl?raw';
import spinbox from './spinbox.tcl?raw';
import tk from './tk.tcl?raw';
import words from './words.tcl?raw';

export const LIBRARY: readonly string[] = [tk, words, button, entry, listbox, menubutton, scale, scrollbar, spinbox];
