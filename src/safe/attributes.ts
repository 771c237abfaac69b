/**
 * The attributes that `getattr` reads. Nothing here comes from the machine it runs on. Answers to the Tcl plugin's browser attributes (`getattr`, `safeAttributes`).
 */
import type { Origin } from '../policy/model.ts';
import type { PlainHandler } from '../tcl/command.ts';
import { newList } from '../tcl/list.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import type { Audit } from './audit.ts';

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

export function getattrCmd(attributes: Attributes, audit: Audit): PlainHandler {
  const known = new Map(Object.entries(attributes));
  return (interp, args) => {
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
}

export function embedList(embedArgs: readonly (readonly [string, string])[]): Value {
  return embedArgs.length === 0 ? EMPTY : newList(embedArgs.flatMap(([name, value]) => [name.toLowerCase(), value]));
}
