/** Labels, buttons, checkbuttons and radiobuttons against what wish8.6 said. */
import { battery } from '../test-app.ts';

battery('buttons');
