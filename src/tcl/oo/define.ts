/**
 * `oo::define`, `oo::objdefine` and the commands of definitions. A definition runs in a frame that knows what is being defined; its
 * slots (`superclass`, `mixin`, `filter`, `variable`) are objects of `oo::Slot`. Answers to tclOODefineCmds.c.
 */
import { type CommandRow, evalStep, type Frame, type Interp, type PlainHandler, type ScriptHandler, type Step } from '../command.ts';
import { placeOf } from '../commands/info-frames.ts';
import { makeProc } from '../commands/procs.ts';
import { isReadingFile } from '../commands/script-file.ts';
import { invalidCommand, TclError } from '../errors.ts';
import { callerOf, unitOf } from '../frames.ts';
import { stringMatch } from '../glob.ts';
import type { TclInterp } from '../interp.ts';
import { elements, newList } from '../list.ts';
import type { Cmd, Namespace, Proc } from '../namespace.ts';
import { bound, R, single } from '../regs.ts';
import { rewritten, wrongWords } from '../rewrite.ts';
import { addInfo, callCommand } from '../run.ts';
import type { UnitContext } from '../unit.ts';
import { share, str, type Value } from '../value.ts';
import { foundationOf } from './boot.ts';
import { unmarked } from './calls.ts';
import {
  BYTES,
  type CoreMethod,
  isReachable,
  Method,
  type MethodBody,
  monkeyBusiness,
  noMethod,
  OoClass,
  type OoObject,
  objectNamed,
  ooError,
  setBody,
  setObjectMixins,
} from './model.ts';
import { deleteDescendants, makeClass, releaseClass } from './objects.ts';

// --- the frame of a definition ------------------------------------------------------------------------------------------------

/** What a frame defines. */
class Definition implements UnitContext {
  readonly object: OoObject;
  constructor(object: OoObject) {
    this.object = object;
  }
  describe(): readonly Value[] {
    return [];
  }
}

function definitionFrame(o: OoObject, ns: Namespace, words: readonly Value[], frame: Frame): Frame {
  if (ns.deleted) throw monkeyBusiness('cannot process definitions; support namespace deleted');
  const f = o.f.interp.namespaceFrame(ns, frame, words);
  unitOf(f).context = new Definition(o);
  return f;
}

/** What the frame defines; throws outside of definitions. */
function definedIn(frame: Frame): OoObject {
  const { context } = unitOf(frame);
  if (!(context instanceof Definition)) {
    throw monkeyBusiness('this command may only be called from within the context of an ::oo::define or ::oo::objdefine command');
  }
  if (context.object.cmd === null) throw monkeyBusiness('this command cannot be called when the object has been deleted');
  return context.object;
}

function classIn(frame: Frame): OoClass {
  const { asClass } = definedIn(frame);
  if (asClass === null) throw monkeyBusiness('attempt to misuse API');
  return asClass;
}

/** A class as named where the definition was asked for. */
function classNamed(interp: Interp, name: Value, frame: Frame, otherwise: string): OoClass {
  let f = frame;
  while (unitOf(f).context instanceof Definition && callerOf(f) !== null) f = callerOf(f)!;
  const { asClass } = objectNamed(interp, name, f);
  if (asClass === null) throw new TclError(otherwise, ['TCL', 'LOOKUP', 'CLASS', str(name)]);
  return asClass;
}

/** Runs a definition script, or the one command that words from `skip` on are. `kind`: what errorInfo calls it. */
function* definition(
  o: OoObject,
  ns: Namespace,
  kind: string,
  words: readonly Value[],
  skip: number,
  frame: Frame,
): Generator<Step, Value, Value> {
  const f = definitionFrame(o, ns, words, frame);
  const { interp } = o.f;
  if (words.length > skip + 1) {
    const cmd = commandFor(ns, str(words[skip]!));
    const rest = [cmd === null ? words[skip]! : cmd.fullName, ...words.slice(skip + 1)];
    const found = cmd ?? interp.resolveCommand(str(rest[0]!), ns);
    const rewrite = rewritten(null, words, skip + 1, 1);
    try {
      // The command is called as if it stood where this one does.
      return yield* bound(
        single({ kind: 'stmt', frame: f, run: (vf) => callCommand(interp, found, rest, vf, { text: '', line: 1 }, rewrite) }),
      );
    } catch (e) {
      throw unmarked(e);
    }
  }
  const before = o.name;
  try {
    return yield* bound(single(evalStep(f, words[skip]!)));
  } catch (e) {
    if (e instanceof TclError) {
      const name = o.cmd === null ? before : o.name;
      const shown = name.length > SHOWN ? `${name.slice(0, SHOWN)}...` : name;
      addInfo(e, `\n    (in definition script for ${kind} "${shown}" line ${e.errorLine})`);
    }
    throw e;
  }
}

const SHOWN = 30;

/** The command of a namespace that a word names or begins. */
function commandFor(ns: Namespace, word: string): Cmd | null {
  if (word === '' || word.includes('::')) return null;
  const exact = ns.cmds.get(word);
  if (exact !== undefined) return exact;
  const hits = [...ns.cmds].filter(([name]) => name.startsWith(word));
  return hits.length === 1 ? hits[0]![1] : null;
}

/** Defines a class by a script: what `oo::define` does, for the constructor of classes. */
export function defineClass(o: OoObject, script: Value, frame: Frame): Generator<Step, Value, Value> {
  const words = ['::oo::define', o.name, script];
  return definition(o, o.f.define, 'class', words, 2, frame);
}

const defineCmd: ScriptHandler = function* (interp, args, frame) {
  const f = foundationOf(interp);
  const o = objectNamed(interp, args[1]!, frame);
  if (o.asClass === null) {
    throw new TclError(`${str(args[1]!)} does not refer to a class`, ['TCL', 'LOOKUP', 'CLASS', str(args[1]!)]);
  }
  return yield* definition(o, f.define, 'class', args, 2, frame);
};

const objdefineCmd: ScriptHandler = function* (interp, args, frame) {
  const f = foundationOf(interp);
  return yield* definition(objectNamed(interp, args[1]!, frame), f.objdefine, 'object', args, 2, frame);
};

const selfCmd: ScriptHandler = function* (_interp, args, frame) {
  const o = definedIn(frame);
  return yield* definition(o, o.f.objdefine, 'class object', args, 1, frame);
};

/** `namespace unknown` of definitions: commands may be abbreviated. */
const unknownCmd: ScriptHandler = function* (interp, args, frame) {
  if (args.length < 2) throw ooError('bad call of unknown handler', 'BAD_UNKNOWN');
  definedIn(frame);
  const given = str(args[1]!);
  const { ns } = unitOf(frame);
  const hits = given === '' ? [] : [...ns.cmds.keys()].filter((name) => name.startsWith(given));
  if (hits.length !== 1) throw invalidCommand(given);
  const cmd = ns.cmds.get(hits[0]!)!;
  const words = [hits[0]!, ...args.slice(2)];
  return yield { kind: 'call', frame, words, interp: cmd.interp === interp ? null : cmd.interp };
};

// --- methods --------------------------------------------------------------------------------------------------------------------

/** Who gets a method: the class, or the object itself. */
type Target = (frame: Frame) => OoClass | OoObject;

const EXPORTED = '[a-z]*';

function tableOf(owner: OoClass | OoObject): Map<string, Method> {
  if (owner instanceof OoClass) return owner.methods;
  return (owner.methods ??= new Map());
}

function entryFor(owner: OoClass | OoObject, name: string, exported: boolean): Method {
  const table = tableOf(owner);
  let m = table.get(name);
  if (m === undefined) {
    table.set(name, (m = new Method(name, owner, exported)));
    R.grown += BYTES.method + 2 * name.length;
  }
  return m;
}

export function addMethod(owner: OoClass | OoObject, name: string, exported: boolean, body: MethodBody): void {
  const m = entryFor(owner, name, exported);
  m.exported = exported;
  setBody(m, body);
  owner.changed();
}

function methodCmd(target: Target): ScriptHandler {
  return function* (interp, args, frame) {
    const owner = target(frame);
    const name = str(args[1]!);
    const proc = newProc(interp, args[2]!, args[3]!);
    if (isReadingFile(interp)) proc.place = yield* placeOf(frame, str(args[3]!));
    addMethod(owner, name, stringMatch(EXPORTED, name), { proc });
    return '';
  };
}

function newProc(interp: Interp, params: Value, body: Value): Proc {
  const proc = makeProc(params, share(body));
  interp.budget.allocate(2 * str(body).length);
  return proc;
}

function forwardCmd(target: Target): PlainHandler {
  return (_interp, args, frame) => {
    const owner = target(frame);
    const name = str(args[1]!);
    addMethod(owner, name, stringMatch(EXPORTED, name), { prefix: args.slice(2).map(share) });
    return '';
  };
}

function exportCmd(target: Target, exported: boolean): PlainHandler {
  return (_interp, args, frame) => {
    const owner = target(frame);
    for (const word of args.slice(1)) entryFor(owner, str(word), exported).exported = exported;
    owner.changed();
    return '';
  };
}

function methodToMove(owner: OoClass | OoObject, name: string): Method {
  const m = owner.methods?.get(name);
  if (m === undefined) throw noMethod(`method ${name} does not exist`, name);
  return m;
}

function deleteMethodCmd(target: Target): PlainHandler {
  return (_interp, args, frame) => {
    const owner = target(frame);
    for (const word of args.slice(1)) {
      methodToMove(owner, str(word));
      owner.methods!.delete(str(word));
      owner.changed();
    }
    return '';
  };
}

function renameMethodCmd(target: Target): PlainHandler {
  return (_interp, args, frame) => {
    const owner = target(frame);
    const from = str(args[1]!);
    const to = str(args[2]!);
    const m = methodToMove(owner, from);
    if (from === to) throw ooError('cannot rename method to itself', 'RENAME_TO_SELF');
    if (owner.methods!.has(to)) throw ooError(`method called ${to} already exists`, 'RENAME_OVER');
    owner.methods!.delete(from);
    m.name = to;
    owner.methods!.set(to, m);
    owner.changed();
    return '';
  };
}

function specialMethod(interp: Interp, cls: OoClass, params: Value, body: Value): Method | null {
  cls.changed();
  if (str(body) === '') return null;
  const m = new Method('', cls, true);
  R.grown += BYTES.method;
  setBody(m, { proc: newProc(interp, params, body) });
  return m;
}

/** For classes alone: in the definition of an object that is none, it means nothing. */
const constructorCmd: PlainHandler = (interp, args, frame) => {
  const cls = classIn(frame);
  cls.builder = specialMethod(interp, cls, args[1]!, args[2]!);
  return '';
};

const destructorCmd: PlainHandler = (interp, args, frame) => {
  const cls = classIn(frame);
  cls.destructor_ = specialMethod(interp, cls, '', args[1]!);
  (interp as TclInterp).orderShows = true;
  return '';
};

/** `class`: gives an object another class; it may become a class by it, or cease to be one. */
const classCmd: PlainHandler = (interp, args, frame) => {
  const o = definedIn(frame);
  const { f } = o;
  if (o === f.object.self) throw monkeyBusiness('may not modify the class of the root object class');
  if (o === f.class.self) throw monkeyBusiness('may not modify the class of the class of classes');
  if (args.length !== 2) throw wrongWords(null, [str(args[0]!)], 'className');
  const cls = classNamed(interp, args[1]!, frame, 'the class of an object must be a class');
  if (o === cls.self) throw monkeyBusiness('may not change classes into an instance of themselves');
  if (o.class === cls) return '';
  o.class.instances.delete(o);
  o.class = cls;
  cls.instances.add(o);
  const was = o.asClass;
  const willBe = isReachable(f.class, cls);
  if (was !== null && !willBe) {
    setObjectMixins(
      o,
      o.mixins.filter((m) => m !== was),
    );
    o.kept = true;
    deleteDescendants(was);
    o.kept = false;
    releaseClass(was);
    o.asClass = null;
  } else if (was === null && willBe) {
    makeClass(o).setSuperclasses([f.object]);
  }
  f.epoch++;
  o.changed();
  return '';
};

// --- slots ----------------------------------------------------------------------------------------------------------------------

interface SlotKind {
  readonly name: string;
  /** What `wrong # args` calls the new contents. */
  readonly usage: string;
  readonly get: (frame: Frame) => readonly Value[];
  readonly set: (interp: TclInterp, frame: Frame, list: () => readonly Value[]) => void;
}

const names = (list: readonly (OoClass | OoObject)[]): Value[] => list.map((c) => c.name);

function variableNames(list: readonly Value[]): string[] {
  for (const v of list) {
    const name = str(v);
    const bad = (why: string) => ooError(`invalid declared variable name "${name}": must not ${why}`, 'BAD_DECLVAR');
    if (name.includes('::')) throw bad('contain namespace separators');
    if (stringMatch('*(*)', name)) throw bad('refer to an array element');
  }
  return [...new Set(list.map(str))];
}

const CLASS_SLOTS: readonly SlotKind[] = [
  {
    name: 'filter',
    usage: 'filterList',
    get: (frame) => classIn(frame).filters,
    set: (_interp, frame, list) => {
      const cls = classIn(frame);
      cls.filters = list().map(str);
      cls.changed();
    },
  },
  {
    name: 'mixin',
    usage: 'mixinList',
    get: (frame) => names(classIn(frame).mixins),
    set: (interp, frame, list) => {
      const cls = classIn(frame);
      const mixins = list().map((name) => {
        const mixin = classNamed(interp, name, frame, 'may only mix in classes');
        if (isReachable(cls, mixin)) throw ooError('may not mix a class into itself', 'SELF_MIXIN');
        return mixin;
      });
      cls.setMixins(mixins);
      cls.changed();
    },
  },
  {
    name: 'superclass',
    usage: 'superclassList',
    get: (frame) => names(classIn(frame).superclasses),
    set: setSuperclasses,
  },
  {
    name: 'variable',
    usage: 'filterList',
    get: (frame) => classIn(frame).variables,
    set: (_interp, frame, list) => {
      const cls = classIn(frame);
      cls.variables = variableNames(list());
    },
  },
];

function setSuperclasses(interp: TclInterp, frame: Frame, list: () => readonly Value[]): void {
  const cls = classIn(frame);
  const { f } = cls.self;
  if (cls === f.object) throw monkeyBusiness('may not modify the superclass of the root object');
  const supers: OoClass[] = [];
  for (const name of list()) {
    const c = classNamed(interp, name, frame, 'only a class can be a superclass');
    if (supers.includes(c)) throw ooError('class should only be a direct superclass once', 'REPETITIOUS');
    if (isReachable(cls, c)) throw ooError('attempt to form circular dependency graph', 'CIRCULARITY');
    supers.push(c);
  }
  if (supers.length === 0) supers.push(isReachable(f.class, cls) ? f.class : f.object);
  cls.setSuperclasses(supers);
  cls.changed();
}

const OBJECT_SLOTS: readonly SlotKind[] = [
  {
    name: 'filter',
    usage: 'filterList',
    get: (frame) => definedIn(frame).filters,
    set: (_interp, frame, list) => {
      const o = definedIn(frame);
      o.filters = list().map(str);
      o.changed();
    },
  },
  {
    name: 'mixin',
    usage: 'mixinList',
    get: (frame) => names(definedIn(frame).mixins),
    set: (interp, frame, list) => {
      const o = definedIn(frame);
      setObjectMixins(
        o,
        list().map((name) => classNamed(interp, name, frame, 'may only mix in classes')),
      );
      o.changed();
    },
  },
  {
    name: 'variable',
    usage: 'variableList',
    get: (frame) => definedIn(frame).variables,
    set: (_interp, frame, list) => {
      const o = definedIn(frame);
      o.variables = variableNames(list());
    },
  },
];

/** The slots by full name, with their accessors. */
export const SLOTS: readonly (readonly [name: string, get: MethodBody, set: MethodBody])[] = [
  ...CLASS_SLOTS.map((slot) => accessors('define', slot)),
  ...OBJECT_SLOTS.map((slot) => accessors('objdefine', slot)),
];

function accessors(space: string, slot: SlotKind): readonly [string, MethodBody, MethodBody] {
  const get: CoreMethod = (_call, { words, skip, frame, rewrite }) => {
    if (words.length !== skip) throw wrongWords(rewrite, words.slice(0, skip).map(str), '');
    R.result = newList(slot.get(frame).slice());
    return 0;
  };
  const set: CoreMethod = (call, { words, skip, frame, rewrite }) => {
    if (words.length !== skip + 1) throw wrongWords(rewrite, words.slice(0, skip).map(str), slot.usage);
    slot.set(call.object.f.interp, frame, () => elements(words[skip]!));
    R.result = '';
    return 0;
  };
  const name = `${space}::${slot.name}`;
  return [`::oo::${name}`, { core: get, kind: `core method: ${name} Getter` }, { core: set, kind: `core method: ${name} Setter` }];
}

// --- rows -----------------------------------------------------------------------------------------------------------------------

const any = Number.POSITIVE_INFINITY;
const safe = true;

function methodRows(space: string, target: Target): CommandRow[] {
  const at = (name: string): string => `::oo::${space}::${name}`;
  return [
    { name: at('deletemethod'), min: 1, max: any, usage: 'name ?name ...?', safe, run: deleteMethodCmd(target) },
    { name: at('export'), min: 1, max: any, usage: 'name ?name ...?', safe, run: exportCmd(target, true) },
    { name: at('forward'), min: 2, max: any, usage: 'name cmdName ?arg ...?', safe, run: forwardCmd(target) },
    { name: at('method'), min: 3, max: 3, usage: 'name args body', safe, script: methodCmd(target) },
    { name: at('renamemethod'), min: 2, max: 2, usage: 'oldName newName', safe, run: renameMethodCmd(target) },
    { name: at('unexport'), min: 1, max: any, usage: 'name ?name ...?', safe, run: exportCmd(target, false) },
  ];
}

export const defineRows: readonly CommandRow[] = [
  { name: '::oo::define', min: 2, max: any, usage: 'className arg ?arg ...?', safe, script: defineCmd },
  { name: '::oo::objdefine', min: 2, max: any, usage: 'objectName arg ?arg ...?', safe, script: objdefineCmd },
  { name: '::oo::UnknownDefinition', min: 0, max: any, usage: '', safe, script: unknownCmd },
  { name: '::oo::define::constructor', min: 2, max: 2, usage: 'arguments body', safe, run: constructorCmd },
  { name: '::oo::define::destructor', min: 1, max: 1, usage: 'body', safe, run: destructorCmd },
  { name: '::oo::define::self', min: 1, max: any, usage: 'arg ?arg ...?', safe, script: selfCmd },
  ...methodRows('define', classIn),
  { name: '::oo::objdefine::class', min: 0, max: any, usage: 'className', safe, run: classCmd },
  ...methodRows('objdefine', definedIn),
];
