/**
 * `policy`: what a tclet asks for more with, and `package require` of a policy's name, as older tclets do. One policy for life; the page decides,
 * and what it grants is installed feature by feature in the order of its list. Answers to the `policy` command of the Tcl plugin 2.0.
 */
import type { Interp, ScriptHandler, Step, Steps } from '../tcl/command.ts';
import { packageCmd } from '../tcl/commands/packages.ts';
import { TclError } from '../tcl/errors.ts';
import { newList } from '../tcl/list.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import type { FeatureContext } from './features/feature.ts';
import { askPage } from './page.ts';

/** What the page granted. */
export interface Grant {
  readonly policy: string;
  readonly features: readonly string[];
  /** Commands that may be added. */
  readonly aliases: ReadonlySet<string>;
  readonly constants: ReadonlyMap<string, number>;
  /** The part of the source's path that lasting files are kept under; empty for all of it. */
  readonly prefix: string;
}

/** Names that `package require` takes for policies, whatever packages there are. */
const POLICY_NAMES: ReadonlySet<string> = new Set(['home', 'inside', 'outside', 'javascript', 'trusted', 'intercom']);

/** `policy`, and `package` of a tclet. `install` gives it what was granted; an error of its own ends the tclet. */
export function policyCommands(context: FeatureContext, install: (grant: Grant) => void) {
  const { id, audit } = context;
  let loaded: Value = EMPTY;
  return { policy, package: requirePackage };

  function* policy(_interp: Interp, args: readonly Value[]): Steps {
    return args.length === 1 ? loaded : yield* take(newList([...args.slice(1)]));
  }

  function requirePackage(interp: Interp, args: readonly Value[]): ReturnType<ScriptHandler> {
    if (args.length !== 3 || str(args[1]!) !== 'require' || !POLICY_NAMES.has(str(args[2]!))) return packageCmd(interp, args);
    audit.log(id, `package require ${str(args[2]!)}: taken for the policy of that name`);
    return requirePolicy(args[2]!);
  }

  function* requirePolicy(name: Value): Steps {
    yield* take(newList([name]));
    return '1.0';
  }

  function* take(words: Value): Generator<Step, Value, Value> {
    const asked = str(words);
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
    const { interp, ask } = context;
    const prefix = interp.varExists('embed_args(prefix)') ? str(interp.readVar('embed_args(prefix)')) : '';
    const answer = yield* askPage(ask, { op: 'policy', name: asked, prefix }, (heard) => new TclError(heard));
    const grant = grantOf(asked, Array.isArray(answer) ? answer : []);
    if (prefix !== '' && prefix !== grant.prefix) interp.setVar('embed_args(prefix)', grant.prefix);
    install(grant);
    audit.log(id, `policy "${asked}" installed: ${[...grant.aliases].join(' ')}`, 'SECURITY');
    loaded = words;
    return words;
  }
}

function grantOf(policy: string, lines: readonly string[]): Grant {
  const rest = (start: string): string[] => lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
  return {
    policy,
    features: rest('feature '),
    aliases: new Set(rest('alias ')),
    constants: new Map(rest('constant ').map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])])),
    prefix: rest('prefix ')[0] ?? '',
  };
}
