/** What a sweep of every option and subcommand with odd values found, against wish8.6. */
import { expect, test } from 'vitest';
import { battery, makeApp } from './test-app.ts';

battery('odd');

test('numbers without end are taken, and never sent', () => {
  const t = makeApp();
  t.run('canvas .c; spinbox .s; scale .k; pack .c .s .k; .c create text 20 20 -text t; update');
  for (const script of [
    '.c create line 0 0 9 9 -width 1e400',
    '.s configure -to 1e400 -from -1e400',
    '.k configure -from Inf',
    'catch {.c itemconfigure 1 -angle Inf -font {}}',
  ])
    t.run(`${script}; update`);
  const endless: string[] = [];
  JSON.stringify(t.display.batches, (key, v: unknown) => {
    if (typeof v === 'number' && !Number.isFinite(v)) endless.push(`${key} ${v}`);
    return v;
  });
  expect(endless).toEqual([]);
});
