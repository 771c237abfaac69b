/** The policy that every tclet has, and how policies are written: as data. What a row means is in model.ts. */
import type { Policy, Row, Section, Word } from './model.ts';

export function allow(words: readonly Word[], more: Partial<Row> = {}): Row {
  return { verdict: 'allow', words, ...more };
}

/** Rows that allow each of these words alone. */
export function each(words: readonly string[]): Row[] {
  return words.map((is) => allow([{ is }]));
}

export function section(name: string, rows: readonly Row[]): Section {
  return { name, rows };
}

/** What every tclet has without asking. The limits are those of Safe-Tcl's page and the plugin's persist feature. */
export const BASE = {
  name: 'base',
  sections: [
    section('scratch', each(['open', 'write', 'truncate', 'close', 'delete'])),
    section('options', each(['-blocking', '-buffering', '-buffersize', '-eofchar', '-translation'])),
  ],
  constants: {
    openFilesLimit: 4,
    storedFilesLimit: 6,
    fileSizeLimit: 102_400,
    consoleBytesPerMinute: 102_400,
    backgroundErrorsLimit: 10,
  },
} satisfies Policy;
