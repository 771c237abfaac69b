/**
 * `policy`: what a tclet asks for more with. One policy for life; the rules decide, and what is granted is installed feature by feature
 * in the order of the list. Answers to the `policy` command of the Tcl plugin 2.0.
 */
import { decide } from '../policy/decide.ts';
import type { Origin } from '../policy/model.ts';
import { askable, POLICIES } from '../policy/policies.ts';
import type { CommandRow } from '../tcl/command.ts';
import { TclError } from '../tcl/errors.ts';
import { newList } from '../tcl/list.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import type { Audit } from './audit.ts';

/** Gives a tclet the commands of one feature, all or none. */
export interface Feature {
  readonly name: string;
  install(): void;
}

export interface PolicyOptions {
  readonly id: string;
  readonly origin: Origin;
  /** Names of policies that the page allows. */
  readonly allowed: readonly string[];
  /** What can be installed, in this order. */
  readonly features: readonly Feature[];
  readonly audit: Audit;
}

export function policyRow({ id, origin, allowed, features, audit }: PolicyOptions): CommandRow {
  let loaded: Value = EMPTY;
  const rules = askable(allowed);

  const request = (words: readonly Value[]): Value => {
    const asked = str(newList([...words]));
    if (str(loaded) === asked) return loaded;
    if (str(loaded) !== '') {
      throw audit.refuse(
        id,
        `policy ${asked}: already ${str(loaded)}`,
        `security policy "${str(loaded)}" already loaded`,
        null,
        'SECURITY',
      );
    }
    const decision = decide({ section: 'policies', words: [asked] }, rules, origin);
    const policy = POLICIES.get(asked);
    if (!decision.allow || policy === undefined) {
      throw audit.refuse(
        id,
        `trust.cfg said no to policy "${asked}" (${decision.rule}: ${decision.reason})`,
        'permission denied',
        null,
        'SECURITY',
      );
    }
    const granted = features.filter(({ name }) => decide({ section: 'features', words: [name] }, policy, origin).allow);
    if (granted.length === 0) throw audit.refuse(id, `policy ${asked}: no features installed`, 'no features installed');
    for (const feature of granted) feature.install();
    audit.log(id, `policy "${asked}" loaded: ${granted.map((f) => f.name).join(' ')}`, 'SECURITY');
    loaded = newList([...words]);
    return loaded;
  };

  return {
    name: 'policy',
    min: 0,
    max: Infinity,
    usage: '?name? ?arg ...?',
    safe: true,
    run: (_interp, args) => {
      if (args.length === 1) return loaded;
      if (str(args[1]!) === '') throw new TclError('permission denied');
      return request(args.slice(1));
    },
  };
}
