/**
 * What a tclet is told about itself: `embed_args`, the array `plugin`, and the attributes that `getattr` reads. Nothing here comes from
 * the machine it runs on. Answers to the Tcl plugin's browser attributes (`getattr`, `safeAttributes`).
 */
import type { Origin } from '../policy/model.ts';
import type { CommandRow, PlainHandler } from '../tcl/command.ts';
import { providePackage } from '../tcl/commands/package-table.ts';
import type { TclInterp } from '../tcl/interp.ts';
import { newList } from '../tcl/list.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import type { Audit } from './audit.ts';

/** The last plugin that was shipped, since tclets compare with it. */
const PLUGIN = { version: '3.1', patchLevel: '3.1.0', release: '20060613' } as const;

/** Values by name, in the order `getattr` lists them; null for what is not known. */
export type Attributes = Readonly<Record<string, () => Value | null>>;

export function originAttributes(origin: Origin): Attributes {
  const fields = {
    originURL: origin.url,
    originHomeDirURL: origin.homeDirUrl,
    originProto: origin.proto,
    originHost: origin.host,
    originSocketHost: origin.host,
    originPort: origin.port,
    originPath: origin.path,
    originKey: origin.key,
  };
  // With a space in it, so that it can never match a rule.
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, () => (origin.known ? value : `UNKNOWN ${field}`)]));
}

export function getattrRow(attributes: Attributes, audit: Audit): CommandRow {
  const known = new Map(Object.entries(attributes));
  const run: PlainHandler = (interp, args) => {
    if (args.length === 1) {
      const values = [...known].map(([name, read]) => [name, read()] as const);
      return newList(values.flatMap(([name, value]) => (value === null ? [] : [name, value])));
    }
    const name = str(args[1]!);
    const read = known.get(name);
    const id = interp.path.join(' ');
    if (read === undefined) throw audit.refuse(id, `getattr ${name}: not exported`, `illegal attribute "${name}"`);
    const value = read();
    if (value === null) throw audit.refuse(id, `getattr ${name}: not set`, `unknown attribute ${name}`);
    return value;
  };
  return { name: 'getattr', min: 0, max: 1, usage: '?name?', safe: true, run };
}

/** Sets `embed_args` (names in lower case) and `plugin`, and provides the package `plugin` where there are packages. */
export function tellAboutItself(tclet: TclInterp, embedArgs: readonly (readonly [string, string])[]): void {
  for (const [name, value] of embedArgs) tclet.setVar(`embed_args(${name.toLowerCase()})`, value);
  for (const [name, value] of Object.entries(PLUGIN)) tclet.setVar(`plugin(${name})`, value);
  if (tclet.findCommand('package') !== null) providePackage(tclet, 'plugin', PLUGIN.version);
}

export function embedList(embedArgs: readonly (readonly [string, string])[]): Value {
  return embedArgs.length === 0 ? EMPTY : newList(embedArgs.flatMap(([name, value]) => [name.toLowerCase(), value]));
}
