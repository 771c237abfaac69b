/** The Tcl that scripts see: what `info patchlevel`, `package present Tcl` and the variables of tclvars.n say. */
export const VERSION = '8.6';
export const PATCH_LEVEL = '8.6.13';
