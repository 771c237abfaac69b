/** `zlib` against what tclsh8.6 said, to the byte where bytes come out; and that a bomb ends in the limit. */
import { expect, test } from 'vitest';
import { makeDeflater } from '../deflate.ts';
import { TclError } from '../errors.ts';
import { makeInflater } from '../inflate.ts';
import { battery, makeInterp, outcome } from './test-interp.ts';

battery('zlib', []);

const free = { charge() {}, allocate() {} };

test('in pieces it is as in one, both ways', () => {
  const data = Uint8Array.from({ length: 150_000 }, (_, i) => ((i * i) >> 7) % 61);
  for (const level of [0, 1, 6]) {
    const whole = makeDeflater(level, free).put(data, 'finish');
    const packer = makeDeflater(level, free);
    const pieces: number[] = [];
    for (let i = 0; i < data.length; i += 7001) pieces.push(...packer.put(data.subarray(i, i + 7001), 'none'));
    pieces.push(...packer.put(new Uint8Array(0), 'finish'));
    if (level > 0) expect(Uint8Array.from(pieces)).toEqual(whole);
    const source = makeInflater(free);
    const back: Uint8Array[] = [];
    for (let i = 0; i < pieces.length; i += 10_009) {
      source.push(Uint8Array.from(pieces.slice(i, i + 10_009)));
      for (let made = source.pull(5000); made.length > 0; made = source.pull(5000)) back.push(made);
    }
    expect([level, source.done()]).toEqual([level, true]);
    expect(Buffer.concat(back).equals(data)).toBe(true);
  }
});

test('what unpacks to too much ends in the memory limit, what takes too long in the time limit', () => {
  const interp = makeInterp();
  outcome(interp, 'set bomb [zlib compress [string repeat \\0 4000000]]; set two [zlib compress $bomb]');
  let allocated = 0;
  interp.budget.allocate = (bytes) => {
    allocated += bytes;
    if (allocated > 2_000_000) throw new TclError('limit');
  };
  expect(() => interp.evalNow('zlib decompress $bomb')).toThrow(expect.objectContaining({ message: 'limit' }));
  allocated = 0;
  expect(() => interp.evalNow('set s [zlib stream decompress]; $s put $bomb; while {![$s eof]} {append all [$s get]}')).toThrow(
    expect.objectContaining({ message: 'limit' }),
  );
  let paid = 0;
  interp.budget.charge = (units) => {
    paid += units;
    if (paid > 1_000_000) throw new TclError('limit');
  };
  allocated = -1e9;
  expect(() => interp.evalNow('zlib compress [string repeat abcdefghij 400000] 9')).toThrow(expect.objectContaining({ message: 'limit' }));
});
