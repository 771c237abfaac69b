/** Where an interpreter keeps its Tk. Apart from app.ts so that commands can find the application without an import cycle. */
import type { Interp } from '../tcl/command.ts';
import type { TkApp } from './app.ts';
import { tkError } from './errors.ts';

export const TK = Symbol('tk');

/** The application of an interpreter that has one. */
export function tkOf(interp: Interp): TkApp {
  const app = interp.assoc.get(TK) as TkApp | undefined;
  if (!app) throw tkError('this interpreter has no Tk', 'NO_APPLICATION');
  return app;
}
