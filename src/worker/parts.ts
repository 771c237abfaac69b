/**
 * What lies beside worker.js, since not every tclet uses it: these modules and all that only they import. They may export functions, rows of
 * commands and plain data to the rest of the worker, no classes.
 */
import type { PartName } from '../protocol/parts.ts';

export const PARTS: Readonly<Record<PartName, readonly string[]>> = {
  /** Of the language and the cell, what few tclets use. */
  library: [
    'src/tcl/dict-loops.ts',
    'src/tcl/exec-traces.ts',
    'src/tcl/regexp.ts',
    'src/tcl/commands/binary.ts',
    'src/tcl/commands/clock.ts',
    'src/tcl/commands/dicts.ts',
    'src/tcl/commands/encodings.ts',
    'src/tcl/commands/files.ts',
    'src/tcl/commands/globbing.ts',
    'src/tcl/commands/info-frames.ts',
    'src/tcl/commands/interps.ts',
    'src/tcl/commands/io.ts',
    'src/tcl/commands/namespaces.ts',
    'src/tcl/commands/packages.ts',
    'src/tcl/commands/prefix.ts',
    'src/tcl/commands/regexps.ts',
    'src/tcl/commands/scan.ts',
    'src/tcl/commands/system.ts',
    'src/tcl/commands/traces.ts',
    'src/tcl/commands/zlib.ts',
    'src/tcl/commands/unsupported.ts',
    'src/tcl/library/texts.ts',
    'src/tcl/oo/rows.ts',
    // PNG is zlib's data, and zlib lies here.
    'src/tk/images/png.ts',
    'src/safe/safe-commands.ts',
    'src/safe/safe-options.ts',
    'src/safe/snapshot.ts',
    'src/safe/tclet-commands.ts',
    'src/safe/features/others.ts',
    'src/safe/features/pipe-channel.ts',
    'src/safe/features/url.ts',
  ],
  /** Of Tk, all but windows, bindings, frames, buttons and pack. */
  toolkit: [
    'src/tk/commands.ts',
    'src/tk/font-command.ts',
    'src/tk/generate.ts',
    'src/tk/winfo.ts',
    'src/tk/canvas/commands.ts',
    'src/tk/canvas/postscript.ts',
    'src/tk/geometry/grid.ts',
    'src/tk/geometry/place.ts',
    'src/tk/images/builtin.ts',
    'src/tk/images/types.ts',
    'src/tk/library/rare.ts',
    'src/tk/widgets/entry-commands.ts',
    'src/tk/widgets/labelframe.ts',
    'src/tk/widgets/listbox-commands.ts',
    'src/tk/widgets/menubutton.ts',
    'src/tk/widgets/message.ts',
    'src/tk/widgets/scale.ts',
    'src/tk/widgets/scrollbar.ts',
    'src/tk/widgets/spinbox.ts',
  ],
  /** Tables of characters. */
  encodings: ['src/tcl/encodings-national.ts'],
  /** More copies of the engine's nodes, for programs with several hot procs. */
  copies: ['src/tcl/more-copies.ts'],
};
