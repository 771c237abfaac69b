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

/** An image in use by an item. */
export interface Picture {
  readonly id: ImageId;
  readonly width: number;
  readonly height: number;
  /** The item shows it no more. */
  release(): void;
}

/** The bitmap of a name. Throws Tk's errors. */
export function bitmapOf(_app: TkApp, name: string): Bitmap {
  throw tkError(`bitmap "${name}" not defined`, 'LOOKUP', 'BITMAP', name);
}

/** Shows the image of a name; `changed` is called when its size or pixels change. Throws Tk's error. */
export function pictureOf(_app: TkApp, name: string, _changed: () => void): Picture {
  throw tkError(`image "${name}" doesn't exist`, 'LOOKUP', 'IMAGE', name);
}
