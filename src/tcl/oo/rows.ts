/** The commands of TclOO. */
import type { CommandRow } from '../command.ts';
import { bootRows } from './boot.ts';
import { defineRows } from './define.ts';
import { helperRows } from './helpers.ts';
import { infoOoRows } from './info.ts';

export const ooRows: readonly CommandRow[] = [
  ...bootRows,
  ...defineRows,
  ...helperRows,
  ...infoOoRows,
  { name: '::oo::version', value: '1.1.0', exports: '[a-z]*' },
  { name: '::oo::patchlevel', value: '1.1.0' },
];
