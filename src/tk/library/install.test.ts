/** The library waits for the first of a class, and leaves what scripts made before it. */
import { expect, test } from 'vitest';
import { makeApp } from '../test-app.ts';

test('procs and bindings of a class come with its first widget, or when its tag is looked at', () => {
  const { run } = makeApp();
  expect(run('info commands ::tk::ScaleDrag')).toBe('');
  expect(run('scale .s; info commands ::tk::ScaleDrag')).toBe('::tk::ScaleDrag');
  expect(run('expr {{<B1-Motion>} in [bind Listbox]}')).toBe('1');
  expect(run('info commands ::tk::ListboxMotion')).toBe('::tk::ListboxMotion');
  // A spinbox has an entry's bindings too.
  expect(run('list [expr {{<<Cut>>} in [bind Spinbox]}] [bind Spinbox <<PrevLine>>]')).toBe('1 {%W invoke buttonup}');
});

test('what a script made before stays', () => {
  const { run } = makeApp();
  expect(run('proc ::tk::ButtonInvoke {w} {list mine $w}; button .b; tk::ButtonInvoke .b')).toBe('mine .b');
  expect(run('bind Scale <B1-Motion> {}; bind Scale <Key-q> {set q 1}; scale .s; list [bind Scale <B1-Motion>] [bind Scale <Key-q>]')).toBe(
    '{} {set q 1}',
  );
  expect(run('bind Scale <Button-1>')).toBe('tk::ScaleButtonDown %W %x %y');
});

test('variables of tk::Priv, the words of words, and the package are there at once', () => {
  const { run } = makeApp();
  expect(run('list $tk::Priv(afterId) $tk::Priv(buttons) $tk::Priv(selectMode) [package present Tk] $tcl_wordchars $tk_version')).toBe(
    '{} 0 char 8.6.13 {\\w} 8.6',
  );
});
