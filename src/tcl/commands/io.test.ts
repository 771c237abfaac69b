import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { addChannel, makeChannel, poolOf } from '../channels.ts';
import { UTF8 } from '../encodings.ts';
import { EventQueue } from '../events.ts';
import { TclInterp } from '../interp.ts';
import { Machine } from '../machine.ts';
import { vfsOf } from '../vfs.ts';
import { coreRows } from './index.ts';

/** Runs a script in a master with the three standard channels; the result is all it printed. */
async function run(script: string, setUp: (interp: TclInterp) => void = () => {}): Promise<string> {
  const events = new EventQueue({ now: () => performance.now(), wallClock: () => Date.now() });
  const interp = new TclInterp({ rows: coreRows, events });
  const machine = new Machine(interp);
  let printed = '';
  const sink = { write: (bytes: Uint8Array) => void (printed += UTF8.decode(bytes, true).text) };
  addChannel(interp, makeChannel('stdin', { read: () => null }, 'r'));
  for (const name of ['stdout', 'stderr']) {
    const channel = makeChannel(name, sink, 'w');
    channel.buffering = 'line';
    addChannel(interp, channel);
  }
  setUp(interp);
  let over = false;
  interp.queueScript(script, (c) => {
    if (c.error !== null) printed += c.error.errorInfo ?? c.error.message;
    over = true;
  });
  while (!over) {
    // Lets in a timer, and the runner's limit of time.
    const { state } = machine.run(50);
    await new Promise((done) => (state === 'idle' ? setTimeout(done, 1) : setImmediate(done)));
  }
  interp.delete();
  return printed;
}

function data(name: string): string {
  return readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');
}

describe('as tclsh8.6 recorded', () => {
  it.each(['io-errors', 'files', 'channels', 'reflected', 'transforms'])('%s', async (name) => {
    const printed = await run(data(`${name}.tcl`), (interp) => {
      vfsOf(interp).makeDirs('/tmp');
    });
    expect(printed.split('\n')).toEqual(data(`${name}.out`).split('\n'));
  });
});

describe('limits', () => {
  it('refuses one channel more than the pool allows, and counts what is closed', async () => {
    const script = `
      set open {}
      for {set i 0} {$i < 4} {incr i} {lappend open [open /f$i w]}
      puts [catch {open /g w} m]:$m:$errorCode
      puts [catch {chan pipe} m]:$m
      close [lindex $open 0]
      puts [open /g w]`;
    const printed = await run(script, (interp) => {
      poolOf(interp).max = poolOf(interp).channels.size + 4;
    });
    expect(printed).toBe(
      '1:couldn\'t open "/g": too many open files:POSIX EMFILE {too many open files}\n' +
        "1:couldn't create pipe: too many open files\nfile3\n",
    );
  });

  it('counts channels of scripts, and what they hold', async () => {
    const script = `
      proc h args {if {[lindex $args 0] eq "write"} {error EAGAIN}; return {initialize finalize watch write}}
      set c [chan create w h]
      puts [catch {chan create w h} m]:$m
      close $c
      set c [chan create w h]
      fconfigure $c -buffering none
      set s [string repeat x 100000]
      set before [held]
      puts $c $s
      puts [expr {[held] - $before}]`;
    const printed = await run(script, (interp) => {
      poolOf(interp).max = poolOf(interp).channels.size + 1;
      interp.createCommand('held', { run: () => [...interp.holders].reduce((sum, held) => sum + held(() => {}), 0) });
    });
    expect(printed).toBe("1:couldn't create channel: too many open files\n100001\n");
  });

  it('ends a handler that calls itself for ever, or waits', async () => {
    const script = `
      proc h {m args} {if {$m eq "write"} {puts [lindex $args 0] again; flush [lindex $args 0]}; return {initialize finalize watch write}}
      set c [chan create w h]
      puts $c a
      puts [catch {flush $c} m]:$m
      after 60000 {set done 1}
      proc h args {vwait done}
      puts [catch {puts $c a; flush $c} m]:$m`;
    expect(await run(script)).toBe('1:too many nested evaluations (infinite loop?)\n1:cannot wait: C stack busy\n');
  });
});

describe('read-only mounts', () => {
  it('can be read, sourced and listed, and nothing else', async () => {
    const script = `
      puts [source /lib/demo/x.tcl]
      puts [glob -directory /lib *]
      foreach s {{open /lib/demo/x.tcl w} {file delete /lib/demo/x.tcl} {file delete -force /lib} {open /lib/new w} {file mkdir /lib/d}
          {file rename /lib/demo/x.tcl /y} {file attributes /lib/demo/x.tcl -permissions 0777} {file copy /x /lib/demo}} {
        puts [catch $s m]:$m
      }
      file copy /lib/demo/x.tcl /y; set f [open /y a]; puts $f "# more"; close $f; puts [file size /y]`;
    const printed = await run(script, (interp) => {
      vfsOf(interp).mount('/lib', [['demo/x.tcl', 'set here [info script]; return $here:ok\n'.replace('[info script]', 'x')]]);
    });
    expect(printed.split('\n')).toEqual([
      'x:ok',
      '/lib/demo',
      '1:couldn\'t open "/lib/demo/x.tcl": read-only file system',
      '1:error deleting "/lib/demo/x.tcl": read-only file system',
      '1:error deleting "/lib": read-only file system',
      '1:couldn\'t open "/lib/new": read-only file system',
      '1:can\'t create directory "/lib/d": read-only file system',
      '1:error renaming "/lib/demo/x.tcl" to "/y": read-only file system',
      '1:could not set permissions for file "/lib/demo/x.tcl": read-only file system',
      '1:error copying "/x": no such file or directory',
      '35',
      '',
    ]);
  });
});

describe('a file that defines much in one namespace', () => {
  /** Work that reading it is charged for, with so many procs; what it prints is where the last of them is. */
  async function work(procs: number): Promise<number> {
    const body = Array.from({ length: procs }, (_, i) => `  proc p${i} {} {\n    list a \\\n     b\n    return [info frame 0]\n  }\n`).join(
      '',
    );
    let charged = 0;
    const printed = await run(`source /lib/x.tcl; puts [dict get [n::p${procs - 1}] line]`, (interp) => {
      vfsOf(interp).mount('/lib', [['x.tcl', `namespace eval n {\n${body}}\n`]]);
      vi.spyOn(interp.budget, 'charge').mockImplementation((units) => void (charged += units));
    });
    expect(printed).toBe(`${1 + 5 * procs - 1}\n`);
    return charged;
  }

  it('takes as long as it is', async () => {
    expect(await work(400)).toBeLessThan(5 * (await work(100)));
  });
});
