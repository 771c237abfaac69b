/** Interpreters, aliases, and what is outside of them, against what tclsh8.6 said. */
import { battery } from './test-interp.ts';

battery('interp', []);
