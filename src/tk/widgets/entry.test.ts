/** Scripts about entries, spinboxes and listboxes, and what wish8.6 answered to them: testdata/NAME.tcl and NAME.out, recorded by testdata/record.tcl. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coreRows } from '../../tcl/commands/index.ts';
import { outcome } from '../test-app.ts';

const folder = new URL('./testdata/', import.meta.url);
const names = readdirSync(folder)
  .filter((f) => /^(entry|listbox|spinbox|panedwindow)-.*\.out$/.test(f))
  .map((f) => f.slice(0, -4));

const traces = coreRows.some((r) => r.name === 'trace');
for (const name of names) {
  test.skipIf(name.endsWith('-traces') && !traces)(`as wish: ${name}`, () => {
    const script = readFileSync(new URL(`${name}.tcl`, folder), 'utf8');
    const expected = readFileSync(new URL(`${name}.out`, folder), 'utf8');
    expect(`${outcome(script)}\n`.split('\n')).toEqual(expected.split('\n'));
  });
}
