/** labelframe against wish8.6: options, where everything goes for each anchor, the window that may be its label. */
import { battery } from '../test-app.ts';

battery('labelframe');
