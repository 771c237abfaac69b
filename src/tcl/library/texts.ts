/// <reference path="../tcl-text.d.ts" />
/** The parts of the script library that few scripts use, by name. */
import history from './history.tcl?raw';
import msgcat from './msgcat.tcl?raw';

export function libraryText(name: string): string {
  return name === 'history' ? history : msgcat;
}
