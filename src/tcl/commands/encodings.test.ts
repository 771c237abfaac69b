/** Encodings of nations and fonts against what tclsh8.6 said, bytes that are no characters among them; and that all that is announced is there. */
import { expect, test } from 'vitest';
import { encodingNamed, encodingNames } from '../encodings.ts';
import { battery } from './test-interp.ts';

battery('encodings', []);

test('every name has its encoding, and ASCII comes through the most of them', () => {
  const names = encodingNames();
  for (const name of names) expect(encodingNamed(name).name).toBe(name);
  const plain = names.filter((name) => new TextDecoder().decode(encodingNamed(name).encode('hello')) === 'hello');
  expect(names.filter((name) => !plain.includes(name)).sort()).toEqual([
    ...['cns11643', 'ebcdic', 'gb12345', 'gb2312-raw', 'iso2022-kr', 'jis0208', 'jis0212', 'ksc5601'],
    ...['unicode'],
  ]);
});
