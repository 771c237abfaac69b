/** `self`, `next`, `nextto` and `oo::copy`. Answers to tclOOBasic.c. */
import type { CommandRow, PlainHandler, ScriptHandler } from '../command.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { callerOf, unitOf } from '../frames.ts';
import { newList } from '../list.ts';
import type { DirectHandler } from '../namespace.ts';
import { wrongWords } from '../rewrite.ts';
import { str } from '../value.ts';
import { foundationOf } from './boot.ts';
import { Call, currentCall, invokeNext, methodType } from './calls.ts';
import { chainList, shownMethod } from './chains.ts';
import { type Entry, OoClass, objectNamed, ooError } from './model.ts';
import { copyObject } from './objects.ts';

const SELF = ['call', 'caller', 'class', 'filter', 'method', 'namespace', 'next', 'object', 'target'] as const;

const selfCmd: PlainHandler = (_interp, args, frame) => {
  const call = currentCall(frame, 'self');
  if (args.length > 2) throw wrongArgs(`${str(args[0]!)} subcommand`);
  const { object, chain, index, entry } = call;
  const { method } = entry;
  switch (args.length === 1 ? 'object' : lookup(str(args[1]!), SELF, 'subcommand')) {
    case 'object':
      return object.name;
    case 'namespace':
      return object.ns.fullName;
    case 'class':
      if (method.owner instanceof OoClass) return method.owner.name;
      throw ooError('method not defined by a class', 'UNMATCHED_CONTEXT');
    case 'method':
      return shownMethod(chain, method);
    case 'filter':
      checkFilter(entry);
      return newList([(entry.filterOf?.self ?? object).name, entry.filterOf === null ? 'object' : 'class', method.name]);
    case 'caller': {
      const context = unitOf(callerOf(frame)!).context;
      if (!(context instanceof Call)) throw ooError('caller is not an object', 'CONTEXT_REQUIRED');
      return newList([context.method.declarer.name, context.object.name, shownMethod(context.chain, context.method)]);
    }
    case 'next': {
      const next = chain.entries[index + 1];
      return next === undefined ? '' : newList([next.method.declarer.name, shownMethod(chain, next.method)]);
    }
    case 'target': {
      checkFilter(entry);
      const { method: target } = chain.entries.find((e, i) => i >= index && !e.filter)!;
      return newList([target.declarer.name, target.name]);
    }
    case 'call':
      return newList([chainList(chain), index]);
  }
};

function checkFilter({ filter }: Entry): void {
  if (!filter) throw ooError('not inside a filtering context', 'UNMATCHED_CONTEXT');
}

export const nextToCommand: DirectHandler = (words, vf, site, rewrite) => {
  const call = currentCall(vf, 'nextto');
  if (words.length < 2) throw wrongWords(rewrite, [str(words[0]!)], 'class ?arg...?');
  const name = str(words[1]!);
  const { asClass } = objectNamed(call.object.f.interp, words[1]!, vf);
  if (asClass === null) throw ooError(`"${name}" is not a class`, 'CLASS_REQUIRED');
  const { entries } = call.chain;
  const by = (e: Entry): boolean => !e.filter && e.method.owner === asClass;
  const at = entries.findIndex((e, i) => i > call.index && by(e));
  if (at >= 0) return invokeNext(call, at, { words, skip: 2, frame: callerOf(vf)!, site, rewrite });
  const type = methodType(call);
  if (entries.some((e, i) => i <= call.index && by(e))) {
    throw ooError(`${type} implementation by "${name}" not reachable from here`, 'CLASS_NOT_REACHABLE');
  }
  throw ooError(`${type} has no non-filter implementation by "${name}"`, 'CLASS_NOT_THERE');
};

/** Until there are objects nothing is inside a method. */
const outside: PlainHandler = (_interp, args, frame) => {
  throw currentCall(frame, str(args[0]!).replace(/.*::/, ''));
};

const copyCmd: ScriptHandler = function* (interp, args, frame) {
  foundationOf(interp);
  const o = objectNamed(interp, args[1]!, frame);
  const given = (i: number): string | null => (args.length > i && str(args[i]!) !== '' ? str(args[i]!) : null);
  const nsName = given(3);
  const { ns } = unitOf(frame);
  if (nsName !== null && o.f.interp.findNamespace(nsName, ns) !== null) throw new TclError(`${nsName} refers to an existing namespace`);
  const copy = yield* copyObject(o, given(2), nsName, frame, ns);
  return copy.name;
};

const any = Number.POSITIVE_INFINITY;

export const helperRows: readonly CommandRow[] = [
  { name: '::oo::Helpers::self', min: 0, max: any, usage: '', safe: true, run: selfCmd },
  { name: '::oo::Helpers::next', min: 0, max: any, usage: '', safe: true, run: outside },
  { name: '::oo::Helpers::nextto', min: 0, max: any, usage: '', safe: true, run: outside },
  { name: '::oo::copy', min: 1, max: 3, usage: 'sourceName ?targetName? ?targetNamespace?', safe: true, script: copyCmd },
];
