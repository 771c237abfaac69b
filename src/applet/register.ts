/** Registers the element; harmless when done twice. */
import { TclApplet } from './tcl-applet.ts';

export function register(): void {
  if (!customElements.get('tcl-applet')) customElements.define('tcl-applet', TclApplet);
}
