/// <reference path="../../tcl/tcl-text.d.ts" />
/** Class bindings of the widgets that few tclets have. */
import listboxScript from './listbox.tcl?parts';
import menubuttonScript from './menubutton.tcl?parts';
import scaleScript from './scale.tcl?parts';
import scrollbarScript from './scrollbar.tcl?parts';
import spinboxScript from './spinbox.tcl?parts';

export const listbox = () => listboxScript;
export const menubutton = () => menubuttonScript;
export const scale = () => scaleScript;
export const scrollbar = () => scrollbarScript;
export const spinbox = () => spinboxScript;
