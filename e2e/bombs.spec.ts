/** The page keeps its frame rate, whatever a tclet does, and can always stop it (DESIGN section 3, 2). */
import { expect, ready, test, watched } from './harness.ts';

const BOMBS: readonly (readonly [name: string, script: string])[] = [
  ['while 1 {}', 'while 1 {}'],
  ['for with work', 'for {set i 0} 1 {incr i} {set x [expr {$i * 2}]; set y($x) 1; if {$i % 1000 == 0} {unset y}}'],
  ['recursion', 'proc f n {f [expr {$n + 1}]}; while 1 {catch {f 0}}'],
  ['memory', 'set l {}; while 1 {if {[catch {lappend l [string repeat x 1000000]}]} {set l {}}}'],
  ['after flood', 'proc f {} {after 1 f; after 1 f; catch {after 0 f}}; for {set i 0} {$i < 900} {incr i} {catch {after 0 f}}'],
  ['after 0 loop', 'proc f {} {after 0 f}; f'],
  [
    'window flood',
    'set i 0; while 1 {incr i; catch {frame .f$i -width 5 -height 5; pack .f$i}; if {$i % 500 == 0} {catch {eval destroy [winfo children .]}; update}}',
  ],
  ['drawing flood', 'pack [canvas .c]; set i [.c create rectangle 0 0 10 10]; while 1 {.c move $i 1 1; update}'],
  ['output flood', 'while 1 {catch {puts [string repeat x 1000]}}'],
  ['log flood', 'while 1 {log [string repeat x 200]}'],
  ['refused call flood', 'while 1 {catch {open /etc/passwd}; catch {policy trusted}}'],
];

for (const [name, script] of BOMBS) {
  test(`the page keeps its frames while a tclet runs: ${name}`, async ({ tclet }) => {
    const t = await tclet('set x 1');
    await ready(t);
    const { result, longest, rate } = await watched(
      t.page,
      () =>
        t.page.evaluate(async (s) => {
          const applet = document.querySelector('tcl-applet') as unknown as {
            eval(s: string): Promise<string>;
            stop(): void;
            state: string;
          };
          applet.eval(s).catch(() => {});
          await new Promise((done) => setTimeout(done, 2500));
          applet.stop();
          return applet.state;
        }, script),
      'frame',
    );
    console.log(`${rate.toFixed(1)} frames a second, ${longest.toFixed(0)} ms of work for the longest: ${name}`);
    expect(result).toBe('stopped');
    expect(rate, 'frames a second, of 60').toBeGreaterThan(48);
    expect(longest, 'the most the page worked for a frame, in ms').toBeLessThan(100);
    await expect.poll(() => t.page.workers().length).toBe(0);
  });
}

test('after 10 s of one evaluation a bar asks: Wait goes on, Stop ends, however small the tclet', async ({ tclet }) => {
  const t = await tclet('pack [frame .f -width 1 -height 1]; update');
  await ready(t);
  await t.page.evaluate(
    () => void (document.querySelector('tcl-applet') as unknown as { eval(s: string): Promise<string> }).eval('while 1 {}').catch(() => {}),
  );
  const bar = t.page.locator('tcl-applet .bar');
  await expect(bar).toContainText('Still running', { timeout: 20_000 });
  await bar.getByRole('button', { name: 'Wait' }).click();
  await expect(bar).toBeHidden();
  await expect(bar).toContainText('Still running', { timeout: 20_000 });
  await bar.getByRole('button', { name: 'Stop' }).click();
  await expect(bar).toBeHidden();
  expect(await t.page.evaluate(() => (document.querySelector('tcl-applet') as unknown as { state: string }).state)).toBe('stopped');
});

test('limits the page sets end a script for good', async ({ tclet }) => {
  const t = await tclet('after 5 {while 1 {}}', { 'limit-time': '400' });
  await expect
    .poll(async () => ((await t.events('tcl-error')) as { message: string }[]).map((e) => e.message), { timeout: 15_000 })
    .toContain('time limit exceeded');
  const u = await tclet('after 5 {set i 0; while 1 {incr i}}', { 'limit-commands': '5000' });
  await expect
    .poll(async () => ((await u.events('tcl-error')) as { message: string }[]).map((e) => e.message), { timeout: 15_000 })
    .toContain('command count limit exceeded');
  const v = await tclet('after 5 {catch {set x [string repeat a 1000000]; while 1 {append y $x}}; while 1 {append y $x}}', {
    'limit-memory': '32',
  });
  await expect
    .poll(async () => ((await v.events('tcl-error')) as { message: string }[]).map((e) => e.message), { timeout: 15_000 })
    .toContain('memory limit exceeded');
});
