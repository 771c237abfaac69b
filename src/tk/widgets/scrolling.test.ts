/** Scrollbars, scales and messages against what wish8.6 said. */
import { battery } from '../test-app.ts';

battery('scrolling');
