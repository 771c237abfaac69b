/** The Tcl part of Tk, in the order in which it is evaluated. A file of class bindings is added here. */
import tk from './tk.tcl?raw';

export const LIBRARY: readonly string[] = [tk];
