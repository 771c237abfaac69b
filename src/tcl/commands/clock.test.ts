/** `clock` against what tclsh8.6 said where the time zone is UTC. */
import { clockRows } from './clock.ts';
import { battery } from './test-interp.ts';

process.env['TZ'] = ':UTC';
for (const name of ['clock-format', 'clock-scan', 'clock-free']) battery(name, clockRows);
