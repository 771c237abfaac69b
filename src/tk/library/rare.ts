/// <reference path="../../tcl/tcl-text.d.ts" />
/** Class bindings of the widgets that few tclets have. */
export { default as entry } from './entry.tcl?parts';
export { default as listbox } from './listbox.tcl?parts';
export { default as menubutton } from './menubutton.tcl?parts';
export { default as scale } from './scale.tcl?parts';
export { default as scrollbar } from './scrollbar.tcl?parts';
export { default as spinbox } from './spinbox.tcl?parts';
