/** One classic script with everything inside, for pages opened from a file. */
import workerSource from 'virtual:worker-source';
import { register } from './register.ts';
import * as runtime from './runtime.ts';
import { parts } from './tcl-applet.ts';

parts.code = { urls: null, source: workerSource };
parts.load = () => Promise.resolve(runtime);
register();
