/** What the script library has beside the commands, `msgcat`, `platform` and `history`, and how `clock` reads catalogs: against what tclsh8.6 said. */
import { libraryRows } from './autoload.ts';
import { battery } from './test-interp.ts';

process.env['TZ'] = ':UTC';
battery('library', libraryRows);
