/**
 * What lies in library.js, since few tclets use it: these modules and all that only they import. They may export functions, rows of commands
 * and plain data to the rest of the worker, no classes.
 */
export const LIBRARY: readonly string[] = [
  'src/tcl/coroutine.ts',
  'src/tcl/encodings-national.ts',
  'src/tcl/commands/binary.ts',
  'src/tcl/commands/clock.ts',
  'src/tcl/commands/dicts.ts',
  'src/tcl/commands/encodings.ts',
  'src/tcl/commands/files.ts',
  'src/tcl/commands/globbing.ts',
  'src/tcl/commands/interps.ts',
  'src/tcl/commands/scan.ts',
  'src/tcl/commands/system.ts',
  'src/tcl/commands/traces.ts',
  'src/tcl/commands/zlib.ts',
  'src/tcl/commands/unsupported.ts',
  'src/tcl/library/texts.ts',
  'src/tcl/oo/rows.ts',
  'src/tk/generate.ts',
  'src/tk/canvas/postscript.ts',
  'src/tk/images/types.ts',
  'src/tk/widgets/message.ts',
  'src/tk/widgets/scale.ts',
  'src/tk/widgets/spinbox.ts',
  'src/safe/safe-options.ts',
  'src/safe/snapshot.ts',
  'src/safe/features/others.ts',
  'src/safe/features/pipe-channel.ts',
  'src/safe/features/url.ts',
];
