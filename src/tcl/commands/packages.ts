/** `package`: versions, what is provided, and how the rest is found. Answers to package.n and tclPkg.c. */
import { attempt, type CommandRow, ERROR, evalStep, type Interp, OK, type ScriptHandler, type Step, type Steps } from '../command.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import { hashOrder } from '../hash-stats.ts';
import { keptUntilCensus } from '../kept.ts';
import { newList } from '../list.ts';
import { quoteElement } from '../list-format.ts';
import { R } from '../regs.ts';
import { addInfo } from '../run.ts';
import { share, str, type Value } from '../value.ts';
import { PACKAGE_BYTES, type Package, packageNamed, packagesOf, providePackage } from './package-table.ts';

// --- versions ---------------------------------------------------------------------------------------------------------------

/** What two versions cost, in units of work. */
const COMPARED = 50;

/** The numbers of a version as digits without leading zeros, with those that stand for its separators between them. */
type Version = readonly string[];

/** An alpha comes before a beta, and both before what follows a dot: `1a2` < `1b2` < `1.2`. */
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['.', ''],
  ['a', '-2'],
  ['b', '-1'],
]);

const VERSION = /^[0-9]+(\.[0-9]+)*([ab][0-9]+(\.[0-9]+)*)?$/;

const versions = keptUntilCensus(new Map<string, Version>());
const MAX_VERSIONS = 200;
const MAX_VERSION = 20;

function readVersion(text: string): Version {
  const known = versions.get(text);
  if (known !== undefined) return known;
  if (!VERSION.test(text)) throw new TclError(`expected version number but got "${text}"`, ['TCL', 'VALUE', 'VERSION']);
  const version = text.split(/(?<=[.ab])|(?=[.ab])/).map((part) => SEPARATORS.get(part) ?? part.replace(/^0+/, ''));
  if (text.length <= MAX_VERSION && versions.size < MAX_VERSIONS) versions.set(text, version);
  return version;
}

const isStable = (text: string): boolean => !/[ab]/.test(text);

/** -1, 0 or 1, and whether the first part decided it. What is missing counts as 0. */
function compareVersions(a: Version, b: Version): { order: number; major: boolean } {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = compareParts(a[i] ?? '', b[i] ?? '');
    if (order !== 0) return { order, major: i === 0 };
  }
  return { order: 0, major: false };
}

export function sameVersion(a: string, b: string): boolean {
  return compareVersions(readVersion(a), readVersion(b)).order === 0;
}

function compareParts(a: string, b: string): number {
  const negative = a.startsWith('-');
  if (negative !== b.startsWith('-')) return negative ? -1 : 1;
  const order = a.length !== b.length ? a.length - b.length : a < b ? -1 : a > b ? 1 : 0;
  return Math.sign(negative ? -order : order);
}

/** `1.2`, `1.2-` or `1.2-1.4`. */
function checkRequirement(text: string): void {
  const dash = text.indexOf('-');
  if (dash < 0) {
    readVersion(text);
    return;
  }
  if (text.indexOf('-', dash + 1) >= 0) {
    throw new TclError(`expected versionMin-versionMax but got "${text}"`, ['TCL', 'VALUE', 'VERSIONRANGE']);
  }
  readVersion(text.slice(0, dash));
  if (dash < text.length - 1) readVersion(text.slice(dash + 1));
}

/** The first version in the line of `v`: its alpha. */
const from = (v: Version): Version => [...v, '-2'];

function satisfies(have: Version, requirement: string): boolean {
  const dash = requirement.indexOf('-');
  if (dash < 0) {
    const { order, major } = compareVersions(have, from(readVersion(requirement)));
    return order === 0 || (order > 0 && !major);
  }
  const min = readVersion(requirement.slice(0, dash));
  if (dash === requirement.length - 1) return compareVersions(have, from(min)).order >= 0;
  const max = readVersion(requirement.slice(dash + 1));
  if (compareVersions(min, max).order === 0) return compareVersions(min, have).order === 0;
  return compareVersions(from(min), have).order <= 0 && compareVersions(have, from(max)).order < 0;
}

function satisfiesAny(version: string, requirements: readonly string[]): boolean {
  const have = readVersion(version);
  return requirements.some((r) => satisfies(have, r));
}

/** Requirements as error messages tell them. */
function told(requirements: readonly string[]): string {
  return requirements
    .map((r) => {
      const half = (r.length - 1) / 2;
      return r[half] === '-' && r.slice(0, half) === r.slice(half + 1) ? ` exactly ${r.slice(half + 1)}` : ` ${r}`;
    })
    .join('');
}

// --- require ----------------------------------------------------------------------------------------------------------------

/** The best available version: the latest, or the latest stable one when those are preferred and there is one. */
function best(interp: Interp, p: Package, requirements: readonly string[]): string | null {
  let latest: string | null = null;
  let stable: string | null = null;
  // Each version is read and compared.
  interp.budget.charge(COMPARED * p.available.size * (1 + requirements.length));
  const later = (a: string, b: string | null) => b === null || compareVersions(readVersion(a), readVersion(b)).order > 0;
  for (const version of p.available.keys()) {
    if (requirements.length > 0 && !satisfiesAny(version, requirements)) continue;
    if (later(version, latest)) latest = version;
    if (isStable(version) && later(version, stable)) stable = version;
  }
  return packagesOf(interp).prefer === 'stable' ? (stable ?? latest) : latest;
}

/** Runs the script of the best version, if there is any. */
function* select(interp: Interp, name: string, requirements: readonly string[]): Generator<Step, void, Value> {
  const p = packageNamed(interp, name);
  if (p.loading !== null) {
    throw new TclError(`circular package dependency: attempt to provide ${name} ${p.loading} requires ${name}${told(requirements)}`, [
      'TCL',
      'PACKAGE',
      'CIRCULARITY',
    ]);
  }
  const version = best(interp, p, requirements);
  if (version === null) return;
  p.loading = version;
  try {
    yield* provideBy(interp, name, version, p.available.get(version)!);
    // As in Tcl, a package that has once been loaded keeps the mark.
  } catch (e) {
    const now = packageNamed(interp, name);
    now.version = null;
    now.loading = null;
    if (e instanceof TclError) addInfo(e, `\n    ("package ifneeded ${name} ${version}" script)`);
    throw e;
  }
}

function* provideBy(interp: Interp, name: string, version: string, script: Value): Generator<Step, void, Value> {
  const failed = (why: string, code: string) =>
    new TclError(`attempt to provide package ${name} ${version} failed: ${why}`, ['TCL', 'PACKAGE', code]);
  const c = yield* attempt(evalStep(interp.globalFrame, script));
  if (c.error !== null) throw c.error;
  if (c.code !== OK) throw failed(`bad return code: ${c.code}`, 'BADRESULT');
  const got = packageNamed(interp, name).version;
  if (got === null) throw failed(`no version of package ${name} provided`, 'UNPROVIDED');
  if (!sameVersion(got, version)) {
    throw failed(`package ${name} ${got} provided instead`, 'WRONGPROVIDE');
  }
}

/** As `package require`: its value is the version that is there afterwards. */
export function* requirePackage(interp: Interp, name: string, requirements: readonly string[]): Generator<Step, Value, Value> {
  for (const r of requirements) checkRequirement(r);
  if (packageNamed(interp, name).version === null) {
    yield* select(interp, name, requirements);
    if (packageNamed(interp, name).version === null) yield* askUnknown(interp, name, requirements);
  }
  return versionThere(interp, name, requirements);
}

/** The version of a package that is there, if it is one of those required. */
function versionThere(interp: Interp, name: string, requirements: readonly string[]): string {
  const { version } = packageNamed(interp, name);
  if (version === null) throw new TclError(`can't find package ${name}${told(requirements)}`, ['TCL', 'PACKAGE', 'UNFOUND']);
  if (requirements.length > 0 && !satisfiesAny(version, requirements)) {
    throw new TclError(`version conflict for package "${name}": have ${version}, need${told(requirements)}`, [
      'TCL',
      'PACKAGE',
      'VERSIONCONFLICT',
    ]);
  }
  return version;
}

/** Has `package unknown` look for it, then chooses again. */
function* askUnknown(interp: Interp, name: string, requirements: readonly string[]): Generator<Step, void, Value> {
  const { unknown } = packagesOf(interp);
  if (str(unknown) === '') return;
  const script = [str(unknown), quoteElement(name, false), ...(requirements.length > 0 ? requirements : ['0-'])].join(' ');
  const c = yield* attempt(evalStep(interp.globalFrame, script));
  if (c.code !== OK) {
    const e = c.code === ERROR ? c.error! : new TclError(`bad return code: ${c.code}`, ['TCL', 'PACKAGE', 'BADRESULT']);
    addInfo(e, '\n    ("package unknown" script)');
    throw e;
  }
  yield* select(interp, name, requirements);
}

/** Name and requirements of `require` and `present`. */
function readRequest(args: readonly Value[], usage: () => TclError): { name: string; requirements: string[] } {
  if (args.length < 3) throw usage();
  if (str(args[2]!) !== '-exact') return { name: str(args[2]!), requirements: args.slice(3).map(str) };
  if (args.length !== 5) throw usage();
  const version = str(args[4]!);
  readVersion(version);
  return { name: str(args[3]!), requirements: [`${version}-${version}`] };
}

function* presentCmd(interp: Interp, args: readonly Value[], usage: () => TclError): Generator<Step, Value, Value> {
  const { name, requirements } = readRequest(args, usage);
  const p = packagesOf(interp).all.get(name);
  if (p !== undefined && p.version !== null) return yield* requirePackage(interp, name, requirements);
  for (const r of requirements) checkRequirement(r);
  // Only a plain version is told.
  const asked = str(args[2]!) === '-exact' ? str(args[4]!) : (requirements[0] ?? '');
  const version = asked.includes('-') || asked === '' ? '' : ` ${asked}`;
  throw new TclError(`package ${name}${version} is not present`, ['TCL', 'LOOKUP', 'PACKAGE', name]);
}

// --- the rest ---------------------------------------------------------------------------------------------------------------

function ifneeded(interp: Interp, args: readonly Value[]): Value {
  const name = str(args[2]!);
  const version = str(args[3]!);
  const parts = readVersion(version);
  const p = args.length === 5 ? packageNamed(interp, name) : packagesOf(interp).all.get(name);
  interp.budget.charge(COMPARED * (p?.available.size ?? 0));
  const known = [...(p?.available.keys() ?? [])].find((v) => compareVersions(readVersion(v), parts).order === 0);
  if (args.length === 4) return known === undefined ? '' : p!.available.get(known)!;
  interp.budget.allocate(PACKAGE_BYTES + 2 * (name.length + version.length + str(args[4]!).length));
  p!.available.set(known ?? version, share(args[4]!));
  return '';
}

function provide(interp: Interp, args: readonly Value[]): Value {
  const name = str(args[2]!);
  if (args.length === 3) return packagesOf(interp).all.get(name)?.version ?? '';
  const version = str(args[3]!);
  readVersion(version);
  providePackage(interp, name, version);
  return '';
}

function names(interp: Interp): Value {
  const { all } = packagesOf(interp);
  return newList(
    hashOrder(all.keys()).filter((name) => {
      const p = all.get(name)!;
      return p.version !== null || p.available.size > 0;
    }),
  );
}

function unknown(interp: Interp, args: readonly Value[]): Value {
  const state = packagesOf(interp);
  if (args.length === 2) return state.unknown;
  state.unknown = share(args[2]!);
  return '';
}

function prefer(interp: Interp, args: readonly Value[]): Value {
  const state = packagesOf(interp);
  // Once the latest is preferred there is no way back.
  if (args.length > 2 && lookup(str(args[2]!), ['latest', 'stable'], 'preference') === 'latest') state.prefer = 'latest';
  return state.prefer;
}

function vsatisfies(args: readonly Value[]): Value {
  const version = str(args[2]!);
  readVersion(version);
  const requirements = args.slice(3).map(str);
  for (const r of requirements) checkRequirement(r);
  return satisfiesAny(version, requirements) ? 1 : 0;
}

const OPTIONS = [
  'forget',
  'ifneeded',
  'names',
  'prefer',
  'present',
  'provide',
  'require',
  'unknown',
  'vcompare',
  'versions',
  'vsatisfies',
] as const;

const any = Number.POSITIVE_INFINITY;

/** Fewest and most words after the subcommand, and what they are. `require` and `present` look for themselves. */
const USAGES: Readonly<Record<(typeof OPTIONS)[number], readonly [min: number, max: number, usage: string]>> = {
  forget: [0, any, ''],
  ifneeded: [2, 3, 'package version ?script?'],
  names: [0, 0, ''],
  prefer: [0, 1, '?latest|stable?'],
  present: [0, any, '?-exact? package ?requirement ...?'],
  provide: [1, 2, 'package ?version?'],
  require: [0, any, '?-exact? package ?requirement ...?'],
  unknown: [0, 1, '?command?'],
  vcompare: [2, 2, 'version1 version2'],
  versions: [1, 1, 'package'],
  vsatisfies: [2, any, 'version ?requirement ...?'],
};

export function packageCmd(interp: Interp, args: readonly Value[]): ReturnType<ScriptHandler> {
  const out = answer(interp, args);
  if (typeof out === 'object' && 'next' in out) return out;
  R.result = out;
  return OK;
}

function answer(interp: Interp, args: readonly Value[]): Value | Steps {
  const option = lookup(str(args[1]!), OPTIONS, 'option');
  const [min, max, usage] = USAGES[option];
  const wrong = () => wrongArgs(`${str(args[0]!)} ${option}${usage === '' ? '' : ` ${usage}`}`);
  if (args.length - 2 < min || args.length - 2 > max) throw wrong();
  switch (option) {
    case 'forget':
      for (const name of args.slice(2)) packagesOf(interp).all.delete(str(name));
      return '';
    case 'ifneeded':
      return ifneeded(interp, args);
    case 'names':
      return names(interp);
    case 'prefer':
      return prefer(interp, args);
    case 'present':
      return presentCmd(interp, args, wrong);
    case 'provide':
      return provide(interp, args);
    case 'require': {
      const { name, requirements } = readRequest(args, wrong);
      if (packageNamed(interp, name).version === null) return requirePackage(interp, name, requirements);
      for (const r of requirements) checkRequirement(r);
      return versionThere(interp, name, requirements);
    }
    case 'unknown':
      return unknown(interp, args);
    case 'vcompare':
      return compareVersions(readVersion(str(args[2]!)), readVersion(str(args[3]!))).order;
    case 'versions':
      return newList([...(packagesOf(interp).all.get(str(args[2]!))?.available.keys() ?? [])]);
    case 'vsatisfies':
      interp.budget.charge(COMPARED * args.length);
      return vsatisfies(args);
  }
}

export const packageRows: readonly CommandRow[] = [
  { name: 'package', min: 1, max: any, usage: 'option ?arg ...?', safe: true, script: packageCmd },
];
