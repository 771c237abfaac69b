/** The limit of memory, measured where it matters: what V8 says of the worker's heap (DESIGN sections 2 and 5). */
import { expect, ready, type Tclet, test, workerSession } from './harness.ts';

const BOMBS: readonly (readonly [kind: string, script: string])[] = [
  ['strings', 'while 1 {lappend l [string repeat [incr n] 20000]}'],
  ['one string', 'set s x; while 1 {append s $s}'],
  ['lists', 'while 1 {lappend l [list [incr n] $n $n]}'],
  ['dicts', 'while 1 {dict set d [incr n] x$n}'],
  ['arrays', 'while 1 {set a([incr n]) x$n}'],
  ['variables', 'while 1 {set v[incr n] x$n}'],
  ['procs', 'while 1 {proc p[incr n] {} {set x 1}}'],
  ['commands', 'while 1 {interp alias {} a[incr n] {} list x}'],
  ['namespaces', 'while 1 {namespace eval n[incr n] {}}'],
  ['images', 'while 1 {image create photo p[incr n] -width 100 -height 100}'],
  ['pictures', 'while 1 {image create photo p[incr n]}'],
  ['timers', 'while 1 {after 1000000 [list set x [string repeat [incr n] 100000]]}'],
  ['code of procs', 'while 1 {proc p[incr n] {} [string repeat {a b;} 300]; catch p$n}'],
  ['canvas items', 'canvas .c; while 1 {.c create line 0 0 10 10}'],
  ['texts of lists', 'while 1 {lappend l [string length [lrange [lrepeat 5000 [incr n]] 0 end]]; lappend m [lrepeat 1000 $n]}'],
  ['coroutines', 'while 1 {coroutine c[incr n] apply {{} {yield}}}'],
  ['children', 'set k [interp create]; interp eval $k {while 1 {lappend l [string repeat [incr n] 1000]}}'],
];
const LIMIT_MB = 64;

test('allocations of every kind end in the limit, with the heap of the worker within three times of it', async ({ tclet }) => {
  test.setTimeout(300_000);
  const wrong: string[] = [];
  for (const [kind, script] of BOMBS) {
    const t: Tclet = await tclet('set x 1', { 'limit-memory': String(LIMIT_MB) });
    await ready(t);
    const worker = await workerSession(t.page);
    let over = false;
    let most = 0;
    const said = t.eval(script).then(
      (value) => `ok ${value}`,
      (e: unknown) => String(e),
    );
    const end = said.then(() => {
      over = true;
    });
    while (!over) {
      const { usedSize = 0 } = ((await Promise.race([worker('Runtime.getHeapUsage'), end])) ?? {}) as { usedSize?: number };
      most = Math.max(most, usedSize / 1_048_576);
      await Promise.race([t.page.waitForTimeout(30), end]);
    }
    // It still holds what it had.
    const { usedSize } = (await worker('Runtime.getHeapUsage')) as { usedSize: number };
    most = Math.max(most, usedSize / 1_048_576);
    test.info().annotations.push({ type: 'heap', description: `${kind}: ${most.toFixed(0)} MB` });
    if (process.env['SHOW'] !== undefined) console.log(`${kind.padEnd(16)} ${most.toFixed(0)} MB`);
    if (!(await said).includes('memory limit exceeded')) wrong.push(`${kind}: ${(await said).slice(0, 200)}`);
    if (most > 3 * LIMIT_MB) wrong.push(`${kind}: a heap of ${most.toFixed(0)} MB`);
  }
  expect(wrong).toEqual([]);
});
