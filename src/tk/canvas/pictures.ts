/** What canvas items need of bitmaps and images, and how they get them from the application. */
import type { ImageId } from '../../protocol/display.ts';
import type { TkApp } from '../app.ts';
import { tkError } from '../errors.ts';

export interface Bitmap {
  readonly name: string;
  readonly id: ImageId;
  readonly width: number;
  readonly height: number;
}

/** The bitmap of a name. Throws Tk's errors. */
export function bitmapOf(_app: TkApp, name: string): Bitmap {
  throw tkError(`bitmap "${name}" not defined`, 'LOOKUP', 'BITMAP', name);
}
