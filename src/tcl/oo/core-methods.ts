/** The methods of `oo::object` and `oo::class` that are not written in Tcl. Answers to tclOOBasic.c. */
import { evalStep, type Step } from '../command.ts';
import { concatOf } from '../commands/lists.ts';
import { TclError, variableError } from '../errors.ts';
import { type Frame, unitOf } from '../frames.ts';
import { type Cell, capture, R, SUSPENDED } from '../regs.ts';
import { wrongWords } from '../rewrite.ts';
import { addInfo } from '../run.ts';
import { keyOf, str, type Value } from '../value.ts';
import { elementVar, linkVar, splitName, TclArray } from '../variables.ts';
import { type Call, type CallParts, driveMethod, invokeCall, specialCall } from './calls.ts';
import { methodNames } from './chains.ts';
import { defineClass } from './define.ts';
import { type CoreMethod, noMethod, type OoClass, ooError } from './model.ts';
import { construct, destructorParts } from './objects.ts';

function wrong({ words, skip, rewrite }: CallParts, usage: string): TclError {
  return wrongWords(rewrite, words.slice(0, skip).map(str), usage);
}

// --- of classes -----------------------------------------------------------------------------------------------------------------

function classOf({ object }: Call): OoClass {
  if (object.asClass === null) throw ooError(`object "${object.name}" is not a class`, 'INSTANTIATE_NONCLASS');
  return object.asClass;
}

/** A maker of instances with so many names among its words. */
function maker(names: 0 | 1 | 2, usage: string): CoreMethod {
  return (call, parts) => {
    const cls = classOf(call);
    const { words, skip, frame } = parts;
    if (words.length < skip + names) throw wrong(parts, usage);
    const name = names > 0 ? str(words[skip]!) : null;
    const nsName = names > 1 ? str(words[skip + 1]!) : null;
    if (name === '') throw ooError('object name must not be empty', 'EMPTY_NAME');
    if (nsName === '') throw ooError('namespace name must not be empty', 'EMPTY_NAME');
    return construct(cls, name, nsName, unitOf(frame).ns, { ...parts, skip: skip + names });
  };
}

/** The constructor of classes: a definition script, if any. */
export const classConstructor: CoreMethod = (call, parts) => {
  const { words, skip, frame } = parts;
  if (words.length > skip + 1) throw wrong(parts, '?definitionScript?');
  if (words.length === skip) return 0;
  return driveMethod(defineClass(call.object, words[skip]!, frame), parts);
};

// --- of all objects ---------------------------------------------------------------------------------------------------------------

const destroy: CoreMethod = (call, parts) => {
  const { object } = call;
  if (parts.words.length !== parts.skip) throw wrong(parts, '');
  R.result = '';
  if (!object.destructorCalled) {
    object.destructorCalled = true;
    const last = specialCall(object, 'destructor');
    if (last !== null) {
      let c: number;
      try {
        c = invokeCall(last, { ...destructorParts(parts.frame), site: parts.site });
      } catch (e) {
        bury(call, parts.frame);
        throw e;
      }
      if (c === SUSPENDED) return capture(buryGo, call, parts.frame, null, buryFail);
      bury(call, parts.frame);
      return c;
    }
  }
  bury(call, parts.frame);
  return 0;
};

function bury({ object }: Call, frame: Frame): void {
  const { result } = R;
  const { cmd } = object;
  const { interp } = object.f;
  if (cmd !== null) interp.actIn(frame, () => interp.deleteCommand(cmd));
  R.result = result;
}

function buryGo(cell: Cell, c: number): number {
  bury(cell.node as Call, cell.f);
  return c;
}

function buryFail(cell: Cell, e: unknown): number {
  bury(cell.node as Call, cell.f);
  throw e;
}

const evaluate: CoreMethod = (call, parts) => {
  const { words, skip } = parts;
  if (words.length <= skip) throw wrong(parts, 'arg ?arg ...?');
  return driveMethod(evaluateIn(call, parts), parts);
};

function* evaluateIn({ object, chain }: Call, { words, skip, frame }: CallParts): Generator<Step, Value, Value> {
  const { ns, f } = object;
  const script = words.length === skip + 1 ? words[skip]! : concatOf(words.slice(skip));
  ns.active++;
  try {
    return yield evalStep(f.interp.namespaceFrame(ns, frame, words), script);
  } catch (e) {
    if (e instanceof TclError) {
      const name = chain.public ? object.name : 'my';
      addInfo(e, `\n    (in "${name} eval" script line ${e.errorLine})`);
    }
    throw e;
  } finally {
    f.interp.leaveNamespace(ns);
  }
}

const unknown: CoreMethod = ({ object, chain }, parts) => {
  const { words, skip } = parts;
  if (words.length <= skip) throw wrong(parts, 'method ?arg ...?');
  const given = str(words[skip]!);
  const names = methodNames(object, chain.public);
  if (names.length === 0) throw noMethod(`object "${object.name}" has no ${chain.public ? 'visible methods' : 'methods'}`, given);
  const last = names.pop()!;
  throw noMethod(`unknown method "${given}": must be ${names.length > 0 ? `${names.join(', ')} or ` : ''}${last}`, given);
};

const linkVariables: CoreMethod = ({ object }, { words, skip, frame }) => {
  const { ns } = object;
  for (const word of words.slice(skip)) {
    const name = str(word);
    if (name.includes('::')) {
      throw new TclError(`variable name "${name}" illegal: must not contain namespace separator`, ['TCL', 'UPVAR', 'INVERTED']);
    }
    if (splitName(name)[1] !== null) {
      throw variableError('define', name, 'name refers to an element in an array', ['TCL', 'UPVAR', 'LOCAL_ELEMENT']);
    }
    const v = ns.vars.get(name) ?? ns.makeVar(name);
    v.declared = true;
    linkVar(frame, name, v);
  }
  R.result = '';
  return 0;
};

const nameVariable: CoreMethod = ({ object }, parts) => {
  const { words, skip } = parts;
  if (words.length !== skip + 1) throw wrong(parts, 'varName');
  const name = str(words[skip]!);
  const { interp } = object.f;
  const [base, key] = splitName(name);
  let v: ReturnType<typeof interp.namespaceVar>;
  try {
    v =
      base.startsWith('::') || base.includes('::')
        ? interp.namespaceVar(object.ns, base, true, 'refer to', name)
        : (object.ns.vars.get(base) ?? object.ns.makeVar(base));
  } catch (e) {
    if (e instanceof TclError) e.errorCode = ['TCL', 'LOOKUP', 'VARIABLE', name];
    throw e;
  }
  if (key !== null) {
    if (v!.v === undefined) v!.v = new TclArray();
    if (!(v!.v instanceof TclArray)) {
      throw variableError('refer to', name, "variable isn't array", ['TCL', 'LOOKUP', 'VARIABLE', name]);
    }
    elementVar(v!, keyOf(key), true);
  }
  const { ns } = v!;
  R.result = `${ns === null ? '' : `${ns.parent === null ? '' : ns.fullName}::`}${v!.name}${key === null ? '' : `(${key})`}`;
  return 0;
};

/** Name, exported, implementation. */
export const OBJECT_METHODS: readonly (readonly [string, boolean, CoreMethod])[] = [
  ['destroy', true, destroy],
  ['eval', false, evaluate],
  ['unknown', false, unknown],
  ['variable', false, linkVariables],
  ['varname', false, nameVariable],
];

export const CLASS_METHODS: readonly (readonly [string, boolean, CoreMethod])[] = [
  ['create', true, maker(1, 'objectName ?arg ...?')],
  ['new', true, maker(0, '')],
  ['createWithNamespace', false, maker(2, 'objectName namespaceName ?arg ...?')],
];
