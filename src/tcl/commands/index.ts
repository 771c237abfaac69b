/** The list of command families; nothing else registers commands of the language. */
import type { CommandRow } from '../command.ts';
import { ooRows } from '../oo/rows.ts';
import { arrayRows } from './arrays.ts';
import { binaryRows } from './binary.ts';
import { clockRows } from './clock-rows.ts';
import { controlRows } from './control.ts';
import { dictRows } from './dicts.ts';
import { encodingRows } from './encodings.ts';
import { fileRows } from './files.ts';
import { formatRows } from './format.ts';
import { infoRows } from './infos.ts';
import { interpRows } from './interps.ts';
import { ioRows } from './io.ts';
import { listRows } from './lists.ts';
import { mathRows } from './maths.ts';
import { namespaceRows } from './namespaces.ts';
import { packageRows } from './packages.ts';
import { prefixRows } from './prefix.ts';
import { procRows } from './procs.ts';
import { regexpRows } from './regexps.ts';
import { scanRows } from './scan.ts';
import { stringRows } from './strings.ts';
import { substRows } from './substs.ts';
import { systemRows } from './system.ts';
import { timingRows } from './timing.ts';
import { traceRows } from './traces.ts';
import { unsupportedRows } from './unsupported.ts';
import { varRows } from './vars.ts';
import { zlibRows } from './zlib-rows.ts';

export const coreRows: readonly CommandRow[] = [
  ...controlRows,
  ...procRows,
  ...varRows,
  ...arrayRows,
  ...infoRows,
  ...namespaceRows,
  ...packageRows,
  ...interpRows,
  ...listRows,
  ...dictRows,
  ...stringRows,
  ...prefixRows,
  ...formatRows,
  ...scanRows,
  ...regexpRows,
  ...binaryRows,
  ...substRows,
  ...traceRows,
  ...mathRows,
  ...timingRows,
  ...unsupportedRows,
  ...clockRows,
  ...encodingRows,
  ...ioRows,
  ...fileRows,
  ...zlibRows,
  ...ooRows,
  ...systemRows,
];
