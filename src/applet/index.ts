/** The public surface, all of it. Importing this module registers `<tcl-applet>`. */
import { register } from './register.ts';
import { parts } from './tcl-applet.ts';

const here = import.meta.url;
parts.code = { urls: { worker: new URL('worker.js', here).href, library: new URL('library.js', here).href }, source: null };
parts.load = () => import('./runtime.ts');
register();

export type { LogEntry } from '../protocol/host.ts';
export { type AliasFunction, type AppletState, TclApplet } from './tcl-applet.ts';

declare global {
  interface HTMLElementTagNameMap {
    'tcl-applet': import('./tcl-applet.ts').TclApplet;
  }
}
