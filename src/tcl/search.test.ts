/** That texts are found where the platform finds them, and soon. */
import { expect, it } from 'vitest';
import { indexIn, lastIndexIn } from './search.ts';

const base = 'abaabbabaaabbbab'.repeat(1000) + 'ba'.repeat(3000) + 'aab'.repeat(3000);
const texts = [base, base + base.slice(500), 'a'.repeat(1_000_000), `${'a'.repeat(500_000)}b${'a'.repeat(100_000)}`];

it.each([1, 2, 17, 400, 1999, 2000, 2001, 2500, 9000])('parts of %d characters', (size) => {
  for (const text of texts) {
    const whats = [0, 700, 15_990, text.length - size].map((at) => text.slice(at, at + size));
    for (const what of [...whats, `${whats[1]!.slice(1)}c`, `c${whats[1]!.slice(1)}`, `${whats[1]!.slice(1)}b`]) {
      // What the platform would take long for is not asked of it.
      if (text.length * size > 3e8) continue;
      for (const from of [0, 1, 650, 15_991]) expect(indexIn(text, what, from), `${from}`).toBe(text.indexOf(what, from));
      for (const from of [0, 1, 650, 15_991, text.length - size]) expect(lastIndexIn(text, what, from)).toBe(text.lastIndexOf(what, from));
    }
  }
});

it('what is alike nearly everywhere', () => {
  const text = 'a'.repeat(10_000_000);
  const what = `${'a'.repeat(100_000)}b${'a'.repeat(100_000)}`;
  expect(indexIn(text, what)).toBe(-1);
  expect(lastIndexIn(text, what, text.length - what.length)).toBe(-1);
  expect(indexIn(text + what + text, what)).toBe(text.length);
  expect(lastIndexIn(text + what + text, what, text.length + what.length)).toBe(text.length);
});
