import { expect, it } from 'vitest';
import { plainStrings } from './plain-strings.ts';

const CODE = String.raw`[~a"b~, ~it's~, ~it's "\"~, ~~, ~two
lines~, ~\n\~\\~, ~x\${~y~}z~, tag~q\n\${~r~}~]`
  .replaceAll('~', '`')
  .replaceAll('\\$', '$');

it('says the same as before, and leaves templates that are more than a string', () => {
  const plain = plainStrings(CODE);
  const read = (text: string): unknown =>
    new Function('tag', `return ${text}`)((t: TemplateStringsArray, ...more: string[]) => [t.raw, more]);
  expect(read(plain)).toEqual(read(CODE));
  expect(plain).toContain(`'a"b'`);
  expect(plain).toContain(`"it's"`);
  // Two of one around y, two of one with its tag, one in a string.
  expect(plain.match(/`/g)).toHaveLength(5);
});
