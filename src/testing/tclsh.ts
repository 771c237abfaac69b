/**
 * The oracle: runs scripts in the real tclsh8.6 and says what came of each. Tests compare with it as they run, and say that they were
 * skipped where it is not installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Outcome {
  readonly ok: boolean;
  readonly value: string;
  /** The errorCode, `NONE` without one; empty when ok. */
  readonly errorCode: string;
}

/** Reads scripts from standard input, writes three fields for each. The separators are control characters no script here uses. */
const DRIVER = `
  fconfigure stdin -encoding utf-8 -translation lf
  fconfigure stdout -encoding utf-8 -translation lf
  foreach __script [split [read stdin] \\x1e] {
    set __code [catch {uplevel #0 $__script} __value __options]
    puts -nonewline "$__code\\x1f$__value\\x1f[expr {$__code == 1 ? [dict get $__options -errorcode] : {}}]\\x1e"
  }
`;

export const hasTclsh = spawnSync('tclsh8.6', { input: 'exit 0' }).status === 0;
if (!hasTclsh) console.warn('SKIPPED: tests that compare with tclsh8.6, which is not installed');

/** What tclsh8.6 makes of each script, in order, all in one interpreter. */
export function tclsh(scripts: readonly string[]): Outcome[] {
  const dir = mkdtempSync(join(tmpdir(), 'oracle-'));
  const driver = join(dir, 'driver.tcl');
  writeFileSync(driver, DRIVER);
  const run = spawnSync('tclsh8.6', [driver], { input: scripts.join('\x1e'), maxBuffer: 1 << 28, encoding: 'utf8', timeout: 110_000 });
  rmSync(dir, { recursive: true });
  if (run.status !== 0) throw new Error(`tclsh8.6 failed: ${run.stderr}`);
  return run.stdout
    .split('\x1e')
    .slice(0, scripts.length)
    .map((record) => {
      const [code, value, errorCode] = record.split('\x1f');
      return { ok: code === '0', value: value!, errorCode: errorCode! };
    });
}

/** A repeatable source of random choices. */
export class Dice {
  private state: number;
  constructor(seed: number) {
    this.state = seed;
  }
  /** A whole number below `n`. */
  below(n: number): number {
    // The generator of Park and Miller.
    this.state = (this.state * 16807) % 2147483647;
    return Math.floor((this.state / 2147483647) * n);
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
  /** `n` results of `make`. */
  times<T>(n: number, make: () => T): T[] {
    return Array.from({ length: n }, make);
  }
}
