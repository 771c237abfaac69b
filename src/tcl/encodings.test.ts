import { describe, expect, it } from 'vitest';
import { latin1Text } from './encoding.ts';
import { byteArray, encodingNamed } from './encodings.ts';

function hex(bytes: Uint8Array): string {
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
}
function codes(text: string): string {
  return [...text].map((c) => c.codePointAt(0)!.toString(16)).join(' ');
}
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (b) => Number.parseInt(b, 16));
}

// What `encoding convertfrom` and `encoding convertto` of tclsh8.6 answered.
describe('utf-8', () => {
  it.each([
    ['c3a9', 'e9'],
    ['c3', 'c3'],
    ['809fa0', '80 9f a0'],
    ['e282', 'e2 82'],
    ['f09f9880', '1f600'],
    ['eda0bd', 'd83d'],
    ['c080', '0'],
    ['c181', 'c1 81'],
    ['f5808080', 'f5 80 80 80'],
    ['f0808080', 'f0 80 80 80'],
    ['e08080', 'e0 80 80'],
    ['61ff62', '61 ff 62'],
    ['f09f98', 'f0 9f 98'],
  ])('reads %s as %s', (given, want) => {
    const utf8 = encodingNamed('utf-8');
    const { text, used } = utf8.decode(bytes(given), true);
    expect([codes(text), used]).toEqual([want, given.length / 2]);
    expect(utf8.bytesOf(bytes(given), text.length)).toBe(used);
  });

  it.each([
    ['\u00e9', 'c3a9'],
    ['\ud83d\ude00', 'f09f9880'],
    ['\ud83d', 'eda0bd'],
    ['\ude00x', 'edb88078'],
    ['\0', '00'],
    ['a\udc00\ud800', '61edb080eda080'],
  ])('writes %j as %s', (given, want) => {
    expect(hex(encodingNamed('utf-8').encode(given))).toBe(want);
  });

  it('leaves a character cut off at the end for later', () => {
    expect(encodingNamed('utf-8').decode(bytes('61e282'), false)).toEqual({ text: 'a', used: 1 });
  });
});

describe('others', () => {
  it.each([
    ['iso8859-1', '61e93f3f3f80', '61 80 81 e9 ff'],
    ['ascii', '613f3f3f3f3f', '61 80 81 e9 ff'],
    ['cp1252', '61e9803f3f3f', '61 20ac 81 e9 ff'],
    ['iso8859-15', '61e9a43f3f80', '61 80 81 e9 ff'],
    ['koi8-r', '613f3f3f3f3f', '61 2500 2502 418 42a'],
    ['unicode', '6100e900ac203dd800de8000', '8061 e981'],
    ['macRoman', '618edb3f3f3f', '61 c4 c5 c8 2c7'],
  ])('%s', (name, written, read) => {
    const e = encodingNamed(name);
    expect(hex(e.encode('a\u00e9\u20ac\ud83d\ude00\x80'))).toBe(written);
    expect(codes(e.decode(bytes('618081e9ff'), true).text)).toBe(read);
  });

  it('shiftjis there and back', () => {
    const e = encodingNamed('shiftjis');
    // `encoding convertto shiftjis \u65e5\u672cA`
    expect(hex(e.encode('日本A'))).toBe('93fa967b41');
    expect(e.decode(bytes('93fa967b41'), true).text).toBe('日本A');
    expect(e.decode(bytes('93fa96'), false)).toEqual({ text: '日', used: 2 });
    expect(e.bytesOf(bytes('93fa967b41'), 2)).toBe(4);
  });

  it('bytes and text of long arrays', () => {
    const text = '\xff\0'.repeat(10_000);
    expect(latin1Text(byteArray(text))).toBe(text);
  });

  it('refuses unknown names, those of an object among them', () => {
    for (const name of ['nosuch', '', '__proto__', 'constructor', 'binary', 'UTF-8']) {
      expect(() => encodingNamed(name)).toThrow(expect.objectContaining({ message: `unknown encoding "${name}"` }));
    }
  });
});
