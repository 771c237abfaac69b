/** What a sweep of every option and subcommand with odd values found, against wish8.6. */
import { battery } from './test-app.ts';

battery('odd');
