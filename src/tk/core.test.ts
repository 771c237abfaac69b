/**
 * Tk against wish8.6. `core.json` is a battery (test-app.ts) about the core: geometry managers, options, bindings, events, focus, winfo, their
 * errors. `semantics.json` has whole scripts and their results, `geometry.json` scripts and the windows they leave behind: to the pixel, or
 * where fonts decide within a few. A script whose widgets do not exist yet waits for them.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { battery, makeApp, outcome, type TestApp } from './test-app.ts';

battery('core');

test('a return of a binding that nothing waits for gives its value, or its error', () => {
  const t = makeApp();
  t.run('bind . <Key-F1> {eval $body}; bind . <Key-F2> {set after 1}; focus -force .; update; after 1 {return x}');
  for (const body of ['return x', 'return -code error rr', 'return -code 7 y']) {
    t.run(`set body {${body}}; event generate . <Key-F1> -when tail; event generate . <Key-F2> -when tail`);
    t.settle(10);
  }
  // What wish told from its main loop.
  const rest = '\n    (command bound to event)';
  expect(t.errors).toEqual([
    { message: 'rr', info: `rr\n    while executing\n"eval $body"${rest}` },
    { message: 'command returned bad code: 7', info: `command returned bad code: 7y${rest}` },
  ]);
  expect(t.run('set after')).toBe('1');
});

function load<T>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`./testdata/${name}.json`, import.meta.url), 'utf8'));
}

const known = makeApp().interp;
/** Does a script use a widget that is not there? */
function isEarly(script: string): boolean {
  const words = script.match(/\b(?:labelframe|menubutton|message|panedwindow|scale|scrollbar|spinbox|text|ttk::\w+) (?=\.)/g) ?? [];
  return words.some((w) => !known.findCommand(w.trim()));
}

interface Script {
  readonly name: string;
  readonly safe: boolean;
  /** By how much numbers may differ. */
  readonly tolerance: number;
  readonly script: string;
  readonly code: number;
  readonly result: string;
}
/** What was got, with the numbers of what is wanted where they are near enough. */
function nearly(got: string, want: string, tolerance: number): string {
  const numbers = want.match(/-?\d+/g) ?? [];
  let i = 0;
  return got.replace(/-?\d+/g, (n) => {
    const w = numbers[i++];
    return w !== undefined && Math.abs(Number(n) - Number(w)) <= tolerance ? w : n;
  });
}
describe('as wish answered', () => {
  for (const { name, safe, tolerance, script, code, result } of load<Script>('semantics')) {
    test.skipIf(isEarly(script))(name, () => {
      const want = code === 0 ? result : `error: ${result}`;
      const got = outcome(script, { safe });
      expect(tolerance ? nearly(got, want, tolerance) : got).toBe(want);
    });
  }
});

type WindowRow = readonly [path: string, cls: string, manager: string, ...numbers: number[]];
interface Layout {
  readonly name: string;
  readonly script: string;
  readonly tolerance: 0 | { readonly px: number; readonly share: number };
  /** Of the box the page gives; 0 where it follows. */
  readonly size: readonly [number, number];
  readonly windows: readonly WindowRow[];
}

function rowOf(t: TestApp, path: string): WindowRow {
  const w = t.app.windowAt(path);
  const numbers = [w.x, w.y, w.width, w.height, w.reqWidth, w.reqHeight, w.mapped ? 1 : 0];
  return [path, w.cls, w.manager?.name ?? '', ...numbers];
}

describe('as wish laid out', () => {
  for (const { name, script, tolerance, size, windows } of load<Layout>('geometry')) {
    test.skipIf(isEarly(script))(name, () => {
      const t = makeApp({ size: size[0] ? { width: size[0], height: size[1] } : null });
      t.run(script);
      t.run('update');
      const near = (got: number, want: number) =>
        tolerance !== 0 && Math.abs(got - want) <= Math.max(tolerance.px, want * tolerance.share) ? want : got;
      const rows = windows.map(([path, , , ...want]) => {
        const [p, cls, manager, ...got] = rowOf(t, path);
        return [p, cls, manager, ...got.map((n, i) => near(n, want[i]!))];
      });
      expect(rows).toEqual(windows);
    });
  }
});
