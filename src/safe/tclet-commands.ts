/**
 * The tclet's own commands: `getattr`, `policy`, files, and what a policy adds; they are made when first one is called. Answers to the aliases of
 * Safe-Tcl's safe.tcl and of the Tcl plugin.
 */
import { BASE } from '../policy/base.ts';
import { decide } from '../policy/decide.ts';
import { channelNamed } from '../tcl/channels.ts';
import type { CommandRow, Frame, Interp, PlainHandler, ScriptHandler, Steps } from '../tcl/command.ts';
import { globRequest } from '../tcl/commands/globbing.ts';
import { fconfigureCmd, openCmd, openMode } from '../tcl/commands/io.ts';
import { packageRows } from '../tcl/commands/packages.ts';
import { endOfInterp } from '../tcl/errors.ts';
import { stringMatch } from '../tcl/glob.ts';
import { elements, newList } from '../tcl/list.ts';
import { intOf } from '../tcl/number.ts';
import { tail } from '../tcl/paths.ts';
import { EMPTY, str, type Value } from '../tcl/value.ts';
import { type Attributes, embedList, getattrCmd, originAttributes } from './attributes.ts';
import type { Feature } from './features/feature.ts';
import { networkFeature, pageFeature, streamFeature, unsafeFeature } from './features/others.ts';
import { urlFeature } from './features/url.ts';
import { type Grant, policyCommands } from './policy-command.ts';
import { globAlias, libraryFile, noSuchPart } from './safe-commands.ts';
import { createStoredFiles, type StoredFiles } from './stored-files.ts';
import { TCLET, type Tclet } from './tclet.ts';

const FEATURES: ReadonlyMap<string, Feature> = new Map([
  ['url', urlFeature],
  ['stream', streamFeature],
  ['network', networkFeature],
  ['page', pageFeature],
  ['unsafe', unsafeFeature],
]);

const OPTION_NAMES = BASE.sections
  .find((s) => s.name === 'options')!
  .rows.flatMap((row) => row.words.flatMap((w) => ('is' in w ? [w.is] : [])));

type Commands = ReturnType<typeof createCommands>;

export const tcletRows: readonly CommandRow[] = [
  { name: 'getattr', min: 0, max: 1, usage: '?name?', safe: true, run: plain('getattr') },
  { name: 'policy', min: 0, max: Infinity, usage: '?name? ?arg ...?', safe: true, script: script('policy') },
  { ...packageRows[0]!, script: script('package') } as CommandRow,
  { name: 'maketmp', min: 0, max: 0, usage: '', safe: true, script: script('maketmp') },
  { name: 'open', min: 1, max: 3, usage: 'fileName ?access? ?permissions?', safe: true, script: script('open') },
  { name: 'glob', min: 0, max: Infinity, usage: '', safe: true, script: script('glob') },
  { name: '::tcl::file::delete', min: 0, max: Infinity, usage: '', safe: true, script: script('delete') },
  { name: 'fconfigure', min: 1, max: Infinity, usage: 'channelId ?-option value ...?', safe: true, run: plain('fconfigure') },
];

function commandsOf(interp: Interp): Commands {
  const tclet = interp.assoc.get(TCLET) as Tclet;
  return (tclet.more ??= createCommands(tclet)) as Commands;
}

function plain(name: 'getattr' | 'fconfigure'): PlainHandler {
  return (interp, args, frame) => commandsOf(interp)[name](interp, args, frame);
}

function script(name: 'policy' | 'package' | 'maketmp' | 'open' | 'glob' | 'delete'): ScriptHandler {
  return (interp, args) => commandsOf(interp)[name](interp, args);
}

function createCommands(tclet: Tclet) {
  const { id, audit, base, interp } = tclet;
  const origin = tclet.origin();
  const { openFilesLimit, storedFilesLimit, fileSizeLimit } = BASE.constants;
  const scratch = createStoredFiles('scratch', tclet.ask, audit, id, {
    openFiles: openFilesLimit,
    storedFiles: storedFilesLimit,
    fileSize: fileSizeLimit,
  });
  let lasting: StoredFiles | null = null;
  return {
    getattr: getattrCmd(attributes(), audit),
    ...policyCommands(tclet, install),
    maketmp,
    open,
    glob,
    delete: remove,
    fconfigure,
  };

  function* maketmp(interp: Interp): Steps {
    return (yield* scratch.make(interp)).name;
  }

  /** A file of the library by its token, to read; else a scratch file, whose name is the last part of what is given. */
  function* open(interp: Interp, args: readonly Value[]): Steps {
    const name = str(args[1]!);
    const mode = openMode(args[2] ?? 'r');
    if (args.length > 3) intOf(args[3]!);
    if (name.startsWith('$p(:')) {
      if (mode.write || mode.create || mode.truncate) throw audit.refuse(id, `open ${name}: the library is read-only`);
      const real = libraryFile(base, id, name);
      return openCmd(interp, ['open', real, ...args.slice(2, 3)], interp.globalFrame);
    }
    const last = tail(name);
    if (name.startsWith('|') || last === '' || last === '.' || last === '..' || last.length > 255) {
      throw audit.refuse(id, `open ${name}: no name of a scratch file`, `permission denied: can not open ${name}`);
    }
    const files = lasting === null || scratch.has(last) ? scratch : lasting;
    return (yield* files.openFile(interp, last, mode)).name;
  }

  /** Without a folder, the tclet's own files, once it has some; else the Safe Base's. */
  function* glob(_interp: Interp, args: readonly Value[]): Steps {
    const { directory, path, join, types, patterns } = globRequest(args.slice(1));
    if (directory !== null || path !== null || join || types.length > 0 || patterns.length === 0) return globAlias(base, id, args.slice(1));
    const names = new Set([...(yield* scratch.names()), ...(lasting === null ? [] : yield* lasting.names())]);
    if (lasting === null && names.size === 0) return globAlias(base, id, args.slice(1));
    return newList([...names].filter((name) => patterns.some((p) => stringMatch(p, name))));
  }

  /** One scratch file by the last part of its name; of any other, `file` deletes nothing. */
  function* remove(_interp: Interp, args: readonly Value[]): Steps {
    const name = args.length === 2 ? tail(str(args[1]!)) : '';
    const deleted = name !== '' && ((yield* scratch.remove(name)) || (lasting !== null && (yield* lasting.remove(name))));
    if (!deleted) throw noSuchPart(base, id, 'delete');
    return EMPTY;
  }

  /** The options that the policy lists; the others are neither shown nor set. */
  function fconfigure(interp: Interp, args: readonly Value[], frame: Frame): Value {
    const allowed = (option: string): boolean => decide({ section: 'options', words: [option] }, BASE, origin).allow;
    if (args.length === 2) {
      const all = elements(fconfigureCmd(interp, args, frame));
      return newList(all.filter((_, i) => allowed(str(all[i - (i % 2)]!))));
    }
    channelNamed(interp, str(args[1]!));
    for (let i = 2; i < args.length; i += 2) {
      const option = str(args[i]!);
      if (allowed(option)) continue;
      const heard = `disallowed option "${option}": should be one of ${OPTION_NAMES.join(', ')}.`;
      throw audit.refuse(id, `fconfigure ${str(args[1]!)}: ${heard}`, heard);
    }
    return fconfigureCmd(interp, args, frame);
  }

  /** Commands of what the policy grants; an error here is ours, and no tclet goes on with half of a policy. */
  function install({ policy, features, aliases, constants }: Grant): void {
    try {
      for (const feature of features) {
        const rows = FEATURES.get(feature)?.(tclet) ?? [];
        interp.addRows(rows.filter(({ name }) => aliases.has(name)));
      }
      if (!features.includes('persist') || !aliases.has('open')) return;
      const limit = (name: string): number => constants.get(name) ?? 0;
      lasting = createStoredFiles('persist', tclet.ask, audit, id, {
        openFiles: limit('openFilesLimit'),
        storedFiles: limit('storedFilesLimit'),
        fileSize: limit('fileSizeLimit'),
      });
    } catch (e) {
      audit.log(id, `policy ${policy}: ${e instanceof Error ? e.message : String(e)}`, 'SECURITY');
      tclet.stop(1, `failed to install features for policy ${policy}`);
      throw endOfInterp(interp);
    }
  }

  function attributes(): Attributes {
    const { embedArgs } = tclet;
    const embedArg = (name: string): string | null => embedArgs.find(([n]) => n.toLowerCase() === name)?.[1] ?? null;
    const size = (side: 'width' | 'height') => () => tclet.tk?.main[side] ?? embedArg(side);
    return {
      ...originAttributes(origin),
      browserArgs: () => embedList(embedArgs),
      apiVersion: () => '1.0',
      userAgent: () => 'tcl-applet',
      windowGeometry: () => tclet.tk && `${tclet.tk.main.width}x${tclet.tk.main.height}`,
      completeWindowGeometry: () => {
        if (tclet.tk === null) return null;
        const { width, height } = tclet.tk.main;
        return newList([0, 0, width, height, 0, 0, height, width]);
      },
      openChannelCounter: scratch.openCount,
      persistentFileCounter: scratch.storedCount,
      Script: () => embedArg('script'),
      Tk: () => (tclet.tk === null ? 0 : 1),
      script: () => embedArg('script'),
      height: size('height'),
      width: size('width'),
    };
  }
}
