/// <reference path="../tcl-text.d.ts" />
/** The parts of the script library that few scripts use, by name. */
import history from './history.tcl?raw';
import mkindex from './mkindex.tcl?raw';
import msgcat from './msgcat.tcl?raw';
import pkg from './pkg.tcl?raw';
import platform from './platform.tcl?raw';
import tcltest from './tcltest.tcl?raw';
import word from './word.tcl?raw';

const TEXTS: ReadonlyMap<string, string> = new Map([
  ['history', history],
  ['mkindex', mkindex],
  ['msgcat', msgcat],
  ['pkg', pkg],
  ['platform', platform],
  ['tcltest', tcltest],
  ['word', word],
]);

export function libraryText(name: string): string {
  return TEXTS.get(name) ?? '';
}
