/** Lists to text and back, with elements made of the characters that matter, compared with tclsh8.6. */
import { describe, expect, test } from 'vitest';
import { Dice, hasTclsh, tclsh } from '../testing/tclsh.ts';
import { TclError } from './errors.ts';
import { dictOf, elements, joined, listOf, ownDict, ownList, parseList, push, revised } from './list.ts';
import { formatList } from './list-format.ts';
import { lend, share, str, TclDict, TclList, TclText, type Value } from './value.ts';

const SPECIAL = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '$',
  ';',
  '#',
  ' ',
  '\t',
  '\n',
  '\v',
  '\f',
  '\r',
  'a',
  'b',
  '0',
  '\u00a0',
  'é',
  '\\\n',
  '\\{',
  '\\}',
];

function randomText(dice: Dice, longest: number): string {
  return dice.times(dice.below(longest + 1), () => dice.pick(SPECIAL)).join('');
}

/** A script word that is exactly this text. */
function word(s: string): string {
  const codes = Array.from({ length: s.length }, (_, i) => s.charCodeAt(i));
  return `[format {${'%c'.repeat(codes.length)}} ${codes.join(' ')}]`;
}

/** Fields of a result are separated by a character no text here has. */
const MARK = '\u2063';

describe.skipIf(!hasTclsh)('beside tclsh8.6', () => {
  test('4000 random lists have the same text and read back', () => {
    const dice = new Dice(20261123);
    const lists = dice.times(4000, () => dice.times(1 + dice.below(3), () => randomText(dice, 6)));
    const answers = tclsh(lists.map((l) => `list ${l.map(word).join(' ')}`));
    lists.forEach((list, i) => {
      const text = formatList(list);
      expect(text).toBe(answers[i]!.value);
      expect(parseList(text).map(str)).toEqual(list);
    });
  });

  for (const kind of ['list', 'dict'] as const) {
    test(`4000 random texts read as a ${kind}, or fail, alike`, () => {
      const dice = new Dice(kind === 'list' ? 7 : 8);
      const texts = dice.times(4000, () => randomText(dice, 12));
      const read = kind === 'list' ? 'lrange $t 0 end' : 'dict get $t';
      const answers = tclsh(texts.map((t) => `set t ${word(t)}; join [${read}] ${word(MARK)}`));
      texts.forEach((text, i) => {
        const { ok, value, errorCode } = answers[i]!;
        let got: string[];
        try {
          got = [
            elements(kind === 'list' ? text : dictOf(text))
              .map(str)
              .join(MARK),
          ];
        } catch (e) {
          if (!(e instanceof TclError)) throw e;
          got = [e.message, e.errorCode!.join(' ')];
        }
        expect([text, ...got]).toEqual([text, ...(ok ? [value] : [value, errorCode])]);
      });
    });
  }
});

describe('ownership', () => {
  test('an unshared list is changed in place, a shared one is copied and shares its elements', () => {
    const inner = new TclList(['x']);
    const list = new TclList([inner, 'b']);
    expect(ownList(list)).toBe(list);
    expect(inner.shared).toBe(false);
    const copy = ownList(share(list));
    expect(copy).not.toBe(list);
    expect(copy.shared).toBe(false);
    expect(inner.shared).toBe(true);
  });

  test('the text of a list is forgotten when it is about to change', () => {
    const list = new TclList(['a']);
    expect(str(list)).toBe('a');
    ownList(list).a.push('b c');
    expect(str(list)).toBe('a {b c}');
  });

  test('long text is read once, and the reading is never changed by its users', () => {
    const text = 'element '.repeat(10);
    const list = listOf(text);
    expect(listOf(text)).toBe(list);
    ownList(list).a.push('more');
    expect(elements(text)).toHaveLength(10);
    const pairs = 'key value '.repeat(10);
    ownDict(pairs).m.set('other', 'x');
    expect(dictOf(pairs).m.size).toBe(1);
  });

  test('a list read as a dict is read anew after it has changed', () => {
    const list = new TclList(['a', 1]);
    expect(dictOf(list).m.get('a')).toBe(1);
    const same = ownList(list);
    same.a.push('b', 2);
    expect(dictOf(same).m.get('b')).toBe(2);
  });

  test('duplicate keys keep the first place and the last value', () => {
    const dict = dictOf('a 1 b 2 a 3');
    expect(str(dict)).toBe('a 3 b 2');
    expect(dict).toBeInstanceOf(TclDict);
  });
});

describe('a list that is lent and then changed', () => {
  const long = (): TclList => new TclList(Array.from({ length: 200 }, (_, i) => i));

  test('gives its array away, and reads as before', () => {
    const old = lend(long());
    const { a } = old;
    const changed = revised(old, 3, 1, ['x']);
    expect(changed.a).toBe(a);
    expect(old.held).toBe(null);
    expect(elements(old).slice(2, 5)).toEqual([2, 3, 4]);
    expect(elements(changed).slice(2, 5)).toEqual([2, 'x', 4]);
  });

  test('all its states are there, whichever is read first', () => {
    const dice = new Dice(7);
    for (let round = 0; round < 50; round++) {
      const states = [long()];
      const texts = [str(long())];
      for (let i = 0; i < 40; i++) {
        const last = states[i]!;
        const at = dice.below(150);
        const items = Array.from({ length: dice.below(3) }, (_, k) => `${i}.${k}`);
        const count = dice.below(3);
        const plain = parseList(texts[i]!);
        if (i % 8 === 3) {
          const k = dice.below(states.length);
          states.push(joined(last, states[k]!));
          texts.push(`${texts[i]!} ${texts[k]!}`);
          expect(states.at(-1)!.length).toBe(plain.length + parseList(texts[k]!).length);
          continue;
        }
        plain.splice(at, count, ...items);
        states.push(revised(last, at, count, items));
        texts.push(formatList(plain));
      }
      for (let i = 0; i < 30; i++) {
        const k = dice.below(states.length);
        expect(formatList(elements(states[k]!))).toBe(texts[k]);
      }
    }
  });

  test('joined to another is no longer than before, and copies neither', () => {
    const [one, two] = [long(), long()];
    const whole = joined(joined(one, two), two);
    expect([whole.held, whole.length, whole.shared]).toEqual([null, 600, false]);
    ownList(two).a.push('x');
    const changed = revised(one, 0, 1, ['y']);
    expect([whole.a.length, whole.a[0], whole.a[200], changed.length, one.length]).toEqual([600, 0, 0, 200, 200]);
  });

  test('is copied when its array is in use, and now and then', () => {
    const fixed = share(long());
    expect(revised(fixed, 0, 1, ['x']).a).not.toBe(fixed.a);
    let list = long();
    const { a } = list;
    let copies = 0;
    for (let i = 0; i < 500; i++) {
      const next = revised(list, 0, 1, [i]);
      if (!next.shared) copies++;
      list = next;
    }
    expect(list.a).not.toBe(a);
    expect(copies).toBe(9);
  });

  test('shares what is in it', () => {
    const inner = new TclList(['a']);
    const old = new TclList([inner, ...long().a]);
    revised(old, 1, 1, ['x']);
    expect(inner.shared).toBe(true);
  });
});

test('text that grows is the same text, wherever it is cut', () => {
  const dice = new Dice(11);
  for (let round = 0; round < 20; round++) {
    const text = new TclText('start'.repeat(dice.below(300)));
    let plain = str(text);
    for (let i = 0; i < 300; i++) {
      const more = 'abcdefghij'.repeat(dice.below(40)).slice(dice.below(10));
      text.append(more);
      plain += more;
      const from = dice.below(plain.length);
      const to = from + dice.below(i % 3 === 0 ? 5000 : 5);
      if (text.length !== plain.length || text.slice(from, to) !== plain.slice(from, to)) expect.fail(`${round}.${i}: ${from} to ${to}`);
    }
    if (str(text) !== plain) expect.fail(`${round}: the whole`);
  }
});

test('small integers are numbers, other spellings stay text', () => {
  const read: readonly Value[] = elements('1 -5 01 0x10 +3 -0 1.5 123456789012345678');
  expect(read).toEqual([1, -5, '01', '0x10', '+3', '-0', '1.5', '123456789012345678']);
});

test('a list that was made long keeps its array where it grows, so that taking from its other end copies nothing', () => {
  const list = new TclList(new Array(9000).fill(0));
  const { held } = list;
  push(list, 1);
  expect([list.held === held, list.length]).toEqual([true, 9001]);
});
