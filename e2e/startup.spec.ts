/** How soon a tclet runs, beside the least a worker can take on the same page in the same run. */
import { expect, test } from './harness.ts';

test('from navigation to ready: at most 1.5 times the round trip of an empty worker', async ({ page, address }) => {
  // Each page is opened several times and the fastest counts: the machine may be busy with something else.
  const time = async (path: string) => {
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      await page.goto(`${address}${path}`);
      await page.waitForFunction(() => (window as unknown as { took?: number }).took !== undefined, undefined, { polling: 10 });
      times.push(await page.evaluate(() => (window as unknown as { took: number }).took));
    }
    return Math.min(...times);
  };
  const empty = await time('empty-worker.html');
  const tclet = await time('first-tclet.html');
  test
    .info()
    .annotations.push({ type: 'measured', description: `empty worker ${empty.toFixed(0)} ms, first tclet ${tclet.toFixed(0)} ms` });
  console.log(
    `from navigation: empty worker ${empty.toFixed(0)} ms, first tclet ready ${tclet.toFixed(0)} ms, ratio ${(tclet / empty).toFixed(2)}`,
  );
  expect(tclet / empty).toBeLessThanOrEqual(1.5);
});
