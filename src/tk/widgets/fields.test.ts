/** What entries and listboxes tell the display, and what the visitor's edits of the native field do. */
import { expect, test } from 'vitest';
import type { EntryProps, ListboxProps } from '../../protocol/display.ts';
import { makeApp, type TestApp } from '../test-app.ts';
import { difference } from './entry.ts';

const FONT = '{{DejaVu Sans Mono} -12}';

function entryOf(t: TestApp, path = '.e'): EntryProps {
  t.run('update');
  return t.display.byPath(path)!.props as EntryProps;
}
function listOf(t: TestApp): ListboxProps {
  t.run('update');
  return t.display.byPath('.l')!.props as ListboxProps;
}
function edit(t: TestApp, text: string, insert: number, revision?: number, selection: readonly [number, number] | null = null): EntryProps {
  const seen = revision ?? entryOf(t).revision;
  t.app.input({ kind: 'edit', id: t.app.windowAt('.e').id, text, insert, selection, revision: seen });
  t.settle();
  return entryOf(t);
}
function entryApp(script = ''): TestApp {
  const t = makeApp();
  t.run(`entry .e -font ${FONT} -width 10 -textvariable v; pack .e; ${script}; focus -force .e; update`);
  return t;
}

test.each([
  ['', 'abc', 3, [0, 0, 'abc']],
  ['abc', '', 0, [0, 3, '']],
  ['aa', 'aaa', 1, [0, 0, 'a']],
  ['aa', 'aaa', 2, [1, 0, 'a']],
  ['aa', 'aaa', 3, [2, 0, 'a']],
  ['aaa', 'aa', 0, [0, 1, '']],
  ['aaa', 'aa', 2, [2, 1, '']],
  ['hello world', 'hello brave world', 12, [6, 0, 'brave ']],
  ['hello', 'help', 4, [3, 2, 'p']],
  ['abc', 'abc', 1, [0, 0, '']],
  ['****', '**x*', 3, [2, 1, 'x']],
  ['ab', 'ab', 99, [2, 0, '']],
] as [string, string, number, [number, number, string]][])(
  'the difference of %j and %j with the caret at %i',
  (old, now, caret, expected) => {
    const [at, removed, added] = difference(old, now, caret);
    expect([removed, added]).toEqual(expected.slice(1));
    if (removed > 0 || added !== '') expect(at).toBe(expected[0]);
  },
);

test('an edit that is accepted changes the text and needs no correction', () => {
  const t = entryApp('set v one');
  const before = entryOf(t);
  const after = edit(t, 'one two', 7);
  expect(t.run('list $v [.e index insert]')).toBe('{one two} 7');
  expect(after).toMatchObject({ shown: 'one two', insertIndex: 7, revision: before.revision });
  const again = edit(t, 'one two', 3, before.revision, [0, 3]);
  expect(again.selection).toMatchObject({ first: 0, last: 3 });
  expect(again.revision).toBe(before.revision);
});

test('an edit that validation refuses or changes is corrected', () => {
  const t = entryApp('set v 12; .e configure -validate key -vcmd {string is integer %P}');
  const before = entryOf(t);
  const after = edit(t, '1x2', 2);
  expect(after.shown).toBe('12');
  expect(after.revision).toBeGreaterThan(before.revision);
  expect(edit(t, '132', 2).shown).toBe('132');
  expect(t.run('set log {}; .e configure -vcmd {lappend log %d %i %S; expr 1}; set v')).toBe('132');
  edit(t, '1992', 3);
  expect(t.run('set log')).toBe('0 1 3 1 1 99');
});

test('what comes after a refused edit, before the field shows that, is not lost with it', () => {
  const t = entryApp('.e configure -validate key -vcmd {string is integer %P}');
  const { revision } = entryOf(t);
  // Keys that the field has not shown yet.
  t.run('.e insert end 123; update');
  expect(edit(t, 'bad', 3, revision).shown).toBe('123');
  expect(edit(t, 'bad45', 5, revision)).toMatchObject({ shown: '12345', insertIndex: 5 });
  expect(edit(t, 'bad456', 6, revision).shown).toBe('123456');
});

test('what was typed before the field showed the last keys goes to where the cursor is now', () => {
  const t = entryApp('set v hello');
  const { revision } = entryOf(t);
  t.run('.e icursor end; update');
  const seen = entryOf(t).revision;
  expect(seen).toBeGreaterThan(revision);
  t.run('.e insert insert { w}');
  const after = edit(t, 'helloö', 6, seen);
  expect(after).toMatchObject({ shown: 'hello wö', insertIndex: 8 });
  expect(after.revision).toBeGreaterThan(seen);
  t.run('.e icursor 1');
  edit(t, 'hello wöx', 9, after.revision);
  expect(t.run('list $v [.e index insert]')).toBe('{hxello wö} 2');
  // A letter deleted before the cursor.
  t.run('.e icursor end; update');
  const { revision: then } = entryOf(t);
  t.run('.e icursor 3');
  edit(t, 'hxello w', 8, then);
  expect(t.run('list $v [.e index insert]')).toBe('{hxllo wö} 2');
});

test('an edit elsewhere in a text that has changed since is lost', () => {
  const t = entryApp('set v abc');
  const stale = entryOf(t).revision;
  t.run('set v changed');
  const now = entryOf(t);
  const after = edit(t, 'abcd', 4, stale);
  expect(after.shown).toBe('changed');
  expect(after.revision).toBeGreaterThan(now.revision);
  expect(edit(t, 'changedx', 8, -1).shown).toBe('changed');
});

test('a field that cannot be edited is put right', () => {
  const t = entryApp('set v abc; .e configure -state readonly');
  const before = entryOf(t);
  const after = edit(t, 'abcd', 4);
  expect(after.shown).toBe('abc');
  expect(after.revision).toBeGreaterThan(before.revision);
});

test('what is typed among marks is the hidden text', () => {
  const t = entryApp('set v secret; .e configure -show *');
  expect(entryOf(t)).toMatchObject({ shown: '******', hidden: true });
  const after = edit(t, '***X***', 4);
  expect(t.run('set v')).toBe('secXret');
  expect(after.shown).toBe('*******');
  edit(t, '*****', 4);
  expect(t.run('string length $v')).toBe('5');
});

test('an edit of an entry that its validation destroys', () => {
  const t = entryApp('.e configure -validate key -vcmd {destroy .e; expr 1}');
  t.app.input({ kind: 'edit', id: t.app.windowAt('.e').id, text: 'x', insert: 1, selection: null, revision: entryOf(t).revision });
  t.settle();
  expect(t.run('winfo exists .e')).toBe('0');
  expect(t.errors).toEqual([]);
});

test('a long edit scrolls to the insertion cursor', () => {
  const t = entryApp();
  const after = edit(t, 'a text that is wider than the field', 35);
  expect(after.textX).toBeLessThan(after.textBox.x);
  expect(t.run('expr {[.e index @0] > 0}')).toBe('1');
});

test('line breaks are spaces to the field, and stay in the text', () => {
  const t = entryApp('set v "a\\nb"');
  expect(entryOf(t).shown).toBe('a b');
  edit(t, 'a bc', 4);
  expect(t.run('set v')).toBe('a\nbc');
});

test('tabbing into an entry selects its text', () => {
  const t = entryApp('set v hello; entry .o; pack .o; focus .o');
  t.app.input({ kind: 'focus', id: t.app.windowAt('.e').id, tabbed: true });
  expect(entryOf(t).selection).toMatchObject({ first: 0, last: 5 });
  t.run('.e selection clear; focus .o; update');
  t.app.input({ kind: 'focus', id: t.app.windowAt('.e').id, tabbed: false });
  expect(entryOf(t).selection).toBeNull();
});

test('colours and cursor follow state and focus', () => {
  const t = entryApp('set v hello; .e configure -disabledbackground #111111 -readonlybackground #222222 -disabledforeground #333333');
  expect(entryOf(t)).toMatchObject({ color: '#000000', box: { background: '#ffffff' }, insert: { onMs: 600, offMs: 300, border: null } });
  t.run('.e configure -insertwidth 6 -insertborderwidth 2 -insertofftime 0; .e icursor 2; .e selection range 1 3');
  const p = entryOf(t);
  expect(p.insert).toMatchObject({ rect: { x: 3 + 2 * 7 - 3, y: 3, w: 6, h: 15 }, border: { width: 2, relief: 'raised' }, offMs: 0 });
  expect(p.selection).toMatchObject({ box: { x: 10, y: 3, w: 14, h: 15 }, bevel: { background: '#c3c3c3', width: 0 } });
  t.run('.e configure -state readonly');
  expect(entryOf(t)).toMatchObject({ insert: null, box: { background: '#222222' }, selection: { first: 1 } });
  t.run('.e configure -state disabled');
  expect(entryOf(t)).toMatchObject({ color: '#333333', box: { background: '#111111' }, selection: null, aria: { disabled: true } });
});

test('rows of a listbox as shown', () => {
  const t = makeApp();
  t.run(
    `listbox .l -font ${FONT} -width 10 -height 3 -selectmode extended; pack .l; .l insert end a bb ccc dddd; .l activate 0; focus -force .l; update`,
  );
  t.run('.l selection set 1; .l itemconfigure 0 -bg red -fg white; .l itemconfigure 1 -selectbackground blue -selectforeground yellow');
  const p = listOf(t);
  expect(p).toMatchObject({ count: 4, multiple: true, active: { index: 0, style: 'dotbox' }, dim: false });
  expect(p.rows).toMatchObject([
    { index: 0, rect: { x: 2, y: 2, w: 70, h: 16 }, run: { x: 2, y: 14, w: 7, text: 'a' }, fg: '#ffffff', bg: '#ff0000', selected: false },
    { index: 1, rect: { y: 18 }, run: { w: 14, text: 'bb' }, fg: '#ffff00', bg: '#0000ff', selected: true, bevel: null },
    { index: 2, rect: { y: 34 }, fg: '#000000', bg: '#ffffff' },
  ]);
  t.run('.l configure -state disabled -disabledforeground {}; .l yview 1');
  const off = listOf(t);
  expect(off.rows.map((r) => [r.index, r.fg, r.bg])).toEqual([1, 2, 3].map((i) => [i, '#000000', '#ffffff']));
  expect(off).toMatchObject({ dim: true, aria: { disabled: true } });
});

test('assistive tools choose elements of a listbox and scroll it', () => {
  const t = makeApp();
  t.run('listbox .l -height 2; pack .l; .l insert end a b c d; bind .l <<ListboxSelect>> {set got [%W curselection]}; update');
  const { id } = t.app.windowAt('.l');
  t.app.input({ kind: 'action', id, action: 'select', value: 2 });
  t.settle();
  expect(t.run('set got')).toBe('2');
  t.app.input({ kind: 'action', id, action: 'select', value: 9 });
  t.app.input({ kind: 'action', id, action: 'scroll', value: 0.5 });
  t.settle();
  expect(t.run('list $got [.l yview]')).toBe('2 {0.5 1.0}');
});

test('text pays for its length', () => {
  const t = makeApp();
  t.run('entry .e; listbox .l; pack .e .l; update');
  const { budget } = t.interp;
  let paid = 0;
  const charge = budget.charge.bind(budget);
  const allocate = budget.allocate.bind(budget);
  budget.charge = (n) => {
    paid += n;
    charge(n);
  };
  budget.allocate = (n) => {
    paid += n;
    allocate(n);
  };
  t.run('.e insert end [string repeat x 100000]');
  expect(paid).toBeGreaterThan(300_000);
  paid = 0;
  t.run('.l insert end {*}[lrepeat 10000 x]');
  expect(paid).toBeGreaterThan(160_000);
});
