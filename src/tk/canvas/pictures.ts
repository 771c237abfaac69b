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
  /** 0 while there is nothing to show: the image has been deleted. */
  readonly id: ImageId;
  readonly width: number;
  readonly height: number;
  /** The item shows it no more. */
  release(): void;
}

/** The images of an application, as far as items know them. */
interface Pictures {
  /** The bitmap of a name. Throws Tk's errors. */
  bitmap(name: string): Bitmap;
  /** Shows the image of a name; `changed` is called when its size changes, or another one takes its place. Throws Tk's error. */
  use(name: string, changed: () => void): Picture;
}

function picturesOf(app: TkApp): Pictures | undefined {
  return (app as { readonly images?: Pictures }).images;
}

export function bitmapOf(app: TkApp, name: string): Bitmap {
  const pictures = picturesOf(app);
  if (!pictures) throw tkError(`bitmap "${name}" not defined`, 'LOOKUP', 'BITMAP', name);
  return pictures.bitmap(name);
}

export function pictureOf(app: TkApp, name: string, changed: () => void): Picture {
  const pictures = picturesOf(app);
  if (!pictures) throw tkError(`image "${name}" doesn't exist`, 'LOOKUP', 'IMAGE', name);
  return pictures.use(name, changed);
}
