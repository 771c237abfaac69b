/**
 * Every command that a safe interpreter or Safe Tk hides, as wish8.6 listed them (testdata/hidden.tcl): in a tclet each says that there is no such
 * command, by whatever road it is called, but for those that have an alias in their place.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { elements } from '../tcl/list.ts';
import { str } from '../tcl/value.ts';
import { makeTkCell, type TestCell } from './test-cell.ts';

const RECORDED = readFileSync(new URL('testdata/hidden.out', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => elements(line).map(str) as [by: string, name: string, said: string]);

/** What a call of the alias says that stands where the hidden command stood (fact sheet B5, A2, D2). */
const ALIASES: Readonly<Record<string, readonly [script: string, said: string]>> = {
  encoding: ['encoding dirs', 'error bad option "dirs": must be convertfrom, convertto, names, or system TCL LOOKUP INDEX option dirs'],
  exit: ['exit now', 'error wrong # args: should be "exit" TCL WRONGARGS'],
  fconfigure: [
    'fconfigure stdout -encoding',
    'error disallowed option "-encoding": should be one of -blocking, -buffering, -buffersize, -eofchar, -translation. NONE',
  ],
  glob: ['glob -directory / *', 'error permission denied NONE'],
  load: ['load /usr/lib/x.so', 'error permission denied (path) NONE'],
  open: ['open /etc/passwd', 'error permission denied: could not open passwd NONE'],
  source: ['source /etc/passwd', 'error permission denied NONE'],
  wm: ['wm title .', 'error disallowed option "title": should be one of geometry, state, withdraw, deiconify. NONE'],
};

// Hidden by Safe Tk on Windows and the Mac, and unsafe procs of the library that a tclet has not.
const ELSEWHERE = [...['tk_chooseColor', 'tk_chooseDirectory', 'tk_getOpenFile', 'tk_getSaveFile', 'tk_messageBox']];

const gone = [...RECORDED.flatMap(([, name]) => (Object.hasOwn(ALIASES, name) ? [] : [name])), ...ELSEWHERE];

it('the record has the thirteen commands, the parts, and what Safe Tk adds', () => {
  const plain = RECORDED.filter(([by, name]) => by === 'tcl' && !name.includes(':')).map(([, name]) => name);
  // With `file` they are thirteen: the Safe Base shows it again.
  expect(plain.join(' ')).toBe('cd encoding exec exit fconfigure glob load open pwd socket source unload');
  expect(RECORDED.filter(([, name]) => name.startsWith('tcl:')).length).toBe(29);
  expect(
    RECORDED.filter(([by]) => by === 'tk')
      .map(([, name]) => name)
      .join(' '),
  ).toBe('bell clipboard grab menu selection send toplevel wm');
});

describe('a hidden command', () => {
  let test: TestCell;
  beforeAll(() => {
    test = makeTkCell();
    test.run('interp create kid');
  });
  /** Roads to a command; each ends in Tcl's own words about the name. */
  const ROADS: readonly ((name: string) => string)[] = [
    (name) => name,
    (name) => `${name} .x a b`,
    (name) => `eval {${name} a}`,
    (name) => `uplevel #0 ${name}`,
    (name) => `apply {{} {${name} a}}`,
    (name) => `apply {{} {tailcall ${name} a}}`,
    (name) => `subst {[${name}]}`,
    (name) => `expr {[${name}]}`,
    (name) => `coroutine co ${name} a`,
    (name) => `namespace eval :: {${name} a}`,
    (name) => `namespace inscope :: {${name} a}`,
    (name) => `lsort -command {${name}} {a b}`,
    (name) => `interp alias {} road {} ${name}; road a`,
    (name) => `interp eval kid {${name}}`,
    (name) => `interp alias {} road kid ${name}; road a`,
    (name) => `try {${name}} finally {}`,
    (name) => `time {${name}}`,
  ];
  const road = (name: string, i: number): string => test.run(ROADS[i]!(name));

  it.each(gone)('%s', (name) => {
    const said = `error invalid command name "${name}" TCL LOOKUP COMMAND ${name}`;
    ROADS.forEach((make, i) => {
      expect(road(name, i), make(name)).toBe(said);
    });
    expect(test.run(`::${name}`)).toBe(`error invalid command name "::${name}" TCL LOOKUP COMMAND ::${name}`);
    expect(test.run(`info commands ${name}`)).toBe('ok ');
    expect(test.run(`namespace which ${name}`)).toBe('ok ');
    expect(test.run(`rename ${name} mine`)).toBe(`error can't rename "${name}": command doesn't exist TCL LOOKUP COMMAND ${name}`);
    expect(test.run(`after 0 {${name}}; after 1 {set over 1}; vwait over; update; set errorInfo`)).toContain(
      `ok invalid command name "${name}"`,
    );
    const denied = 'TCL OPERATION INTERP UNSAFE';
    for (const at of ['{}', 'kid']) {
      expect(test.run(`interp invokehidden ${at} ${name}`)).toBe(
        `error not allowed to invoke hidden commands from safe interpreter ${denied}`,
      );
      expect(test.run(`interp expose ${at} ${name}`)).toBe(`error permission denied: safe interpreter cannot expose commands ${denied}`);
    }
    test.cell.interp.evalNow('proc bgerror args {}');
  });

  it.each(Object.entries(ALIASES))('%s has an alias in its place', (name, [script, said]) => {
    expect(gone).not.toContain(name);
    expect(test.run(script)).toBe(said);
    // Its child has neither the command nor the alias.
    expect(test.run(`interp eval kid {${name} x}`)).toBe(`error invalid command name "${name}" TCL LOOKUP COMMAND ${name}`);
  });

  it('file has the harmless parts alone', () => {
    for (const [, name] of RECORDED) {
      const [, ensemble, part] = name.split(':');
      if (ensemble !== 'file' || ['dirname', 'extension', 'rootname', 'tail'].includes(part!)) continue;
      const heard = `not allowed to invoke subcommand ${part} of file`;
      expect(test.run(`file ${part} x`)).toBe(`error ${heard} TCL SAFE SUBCOMMAND`);
      const { kind, text } = test.log.at(-1)!;
      expect(`${kind} ${text}`).toBe(`ERROR ERROR for slave tclet1 : ${heard}`);
    }
  });
});
