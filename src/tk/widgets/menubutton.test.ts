/** menubutton against wish8.6: options, sizes, bindings, errors. */
import { battery } from '../test-app.ts';

battery('menubutton');
