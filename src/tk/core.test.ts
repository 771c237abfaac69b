import { battery } from './test-app.ts';

battery('core');
