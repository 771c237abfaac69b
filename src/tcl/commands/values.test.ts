/** The value commands against what tclsh8.6 said: lists, dicts, strings, format, scan, binary. */
import { binaryRows } from './binary.ts';
import { dictRows } from './dicts.ts';
import { formatRows } from './format.ts';
import { listRows } from './lists.ts';
import { scanRows } from './scan.ts';
import { stringRows } from './strings.ts';
import { battery } from './test-interp.ts';

const rows = [...listRows, ...dictRows, ...stringRows, ...formatRows, ...scanRows, ...binaryRows];
for (const name of ['lists', 'dicts', 'strings', 'format', 'scan', 'binary']) battery(name, rows);
