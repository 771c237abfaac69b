/** What a cell knows of its tclet, for the tclet's own commands (tclet-commands.ts), and what it tells the tclet from the start. */
import type { Origin } from '../policy/model.ts';
import { providePackage } from '../tcl/commands/package-table.ts';
import type { TclInterp } from '../tcl/interp.ts';
import type { FeatureContext } from './features/feature.ts';
import type { SafeChildren } from './safe-children.ts';
import type { TkWindows } from './safe-tk.ts';

/** Where the tclet's interpreter keeps its `Tclet` (`Interp.assoc`). */
export const TCLET = Symbol('tclet');

export interface Tclet extends FeatureContext {
  readonly base: SafeChildren;
  /** Attributes of the element, and `embed_mode`. */
  readonly embedArgs: readonly (readonly [string, string])[];
  /** Where the source came from. */
  readonly origin: () => Origin;
  readonly stop: (code: number, reason: string) => void;
  tk: TkWindows | null;
  /** What its commands keep, from the first that is called on. */
  more: unknown;
}

/** The last plugin that was shipped, since tclets compare with it. */
const PLUGIN = { version: '3.1', patchLevel: '3.1.0', release: '20060613' } as const;

/** Sets `embed_args` (names in lower case) and `plugin`, and provides the package `plugin` where there are packages. */
export function tellAboutItself(tclet: TclInterp, embedArgs: Tclet['embedArgs']): void {
  for (const [name, value] of embedArgs) tclet.setVar(`embed_args(${name.toLowerCase()})`, value);
  for (const [name, value] of Object.entries(PLUGIN)) tclet.setVar(`plugin(${name})`, value);
  if (tclet.findCommand('package') !== null) providePackage(tclet, 'plugin', PLUGIN.version);
}
