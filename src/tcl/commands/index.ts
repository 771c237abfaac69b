/** The list of command families; nothing else registers commands of the language. */
import type { CommandRow } from '../command.ts';
import { controlRows } from './control.ts';
import { listRows } from './lists.ts';
import { mathRows } from './maths.ts';
import { procRows } from './procs.ts';
import { timingRows } from './timing.ts';
import { varRows } from './vars.ts';

export const coreRows: readonly CommandRow[] = [...controlRows, ...procRows, ...varRows, ...listRows, ...mathRows, ...timingRows];
