/** The public surface, all of it. Importing this module registers `<tcl-applet>`. */
import { PART_NAMES } from '../protocol/parts.ts';
import { register } from './register.ts';
import { parts } from './tcl-applet.ts';

const here = import.meta.url;
const address = (name: string): string => new URL(`${name}.js`, here).href;
parts.code = {
  urls: { worker: address('worker'), parts: Object.fromEntries(PART_NAMES.map((name) => [name, address(name)])) },
  source: null,
};
parts.load = () => import('./runtime.ts');
register();

export type { LogEntry } from '../protocol/host.ts';
export { type AliasFunction, type AppletState, TclApplet } from './tcl-applet.ts';

declare global {
  interface HTMLElementTagNameMap {
    'tcl-applet': import('./tcl-applet.ts').TclApplet;
  }
}
