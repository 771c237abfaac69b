/** Reads the imports of every source file and fails on one that the layout forbids (README.md, "who may import whom"). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('.', import.meta.url));

/** Folder to the folders it may import; `types` those of which it may import types alone. */
const MAY: Readonly<Record<string, { readonly all: readonly string[]; readonly types: readonly string[] }>> = {
  policy: { all: [], types: [] },
  protocol: { all: [], types: [] },
  tcl: { all: [], types: [] },
  safe: { all: ['tcl', 'policy', 'protocol'], types: [] },
  tk: { all: ['tcl', 'protocol'], types: [] },
  worker: { all: ['tcl', 'safe', 'tk', 'policy', 'protocol'], types: [] },
  display: { all: ['protocol'], types: [] },
  host: { all: ['policy', 'protocol'], types: [] },
  applet: { all: ['display', 'host', 'policy', 'protocol'], types: [] },
  gallery: { all: ['applet'], types: [] },
  headless: { all: ['tcl', 'safe', 'tk', 'policy', 'protocol'], types: [] },
  bench: { all: ['tcl', 'safe', 'tk', 'policy', 'protocol'], types: [] },
};

/** Packages and the only places that may import them. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  lit: /^(applet|gallery)\//,
  'idb-keyval': /^host\/(scratch|persist-area)\.ts$/,
  'base64-js': /^(tcl\/commands|tk\/images)\//,
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = (readdirSync(SRC, { recursive: true }) as string[]).filter(
  (f) =>
    f.endsWith('.ts') &&
    !f.endsWith('.test.ts') &&
    !f.endsWith('.d.ts') &&
    !/(^|\/)test-[^/]*\.ts$/.test(f) &&
    !f.startsWith('testing/') &&
    !f.startsWith('tools/'),
);

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(SRC, file), 'utf8');
  const found = text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  return [...found].map((m) => ({ file, target: m[2] ?? '', typeOnly: m[1] !== undefined }));
});

function folderOf(i: Import): string | null {
  if (!i.target.startsWith('.')) return null;
  return relative(SRC, resolve(SRC, dirname(i.file), i.target)).split('/')[0] ?? null;
}

describe('layers', () => {
  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(100);
  });

  it('has no import that the table forbids', () => {
    const bad = imports.filter((i) => {
      const from = i.file.split('/')[0] ?? '';
      const to = folderOf(i);
      const rule = MAY[from];
      return rule !== undefined && to !== null && to !== from && !rule.all.includes(to) && !(i.typeOnly && rule.types.includes(to));
    });
    expect(bad.map((i) => `${i.file} imports ${i.target}`)).toEqual([]);
  });

  it('imports packages only where they belong', () => {
    const bad = imports.filter((i) => {
      if (i.target.startsWith('.') || i.target.startsWith('node:') || i.target.startsWith('virtual:')) return false;
      return !PACKAGES[i.target]?.test(i.file);
    });
    expect(bad.map((i) => `${i.file} imports ${i.target}`)).toEqual([]);
  });

  it('uses Node in the command line and the benchmarks alone', () => {
    const bad = imports.filter((i) => i.target.startsWith('node:') && !/^(headless|bench)\//.test(i.file));
    expect(bad.map((i) => `${i.file} imports ${i.target}`)).toEqual([]);
  });
});
