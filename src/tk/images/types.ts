/** The types of images, made from the words of their options. */
import type { Value } from '../../tcl/value.ts';
import { BitmapImage } from './bitmap.ts';
import type { ImageModel, ImageSource } from './index.ts';
import { PhotoImage } from './photo.ts';
import { runPhoto } from './photo-commands.ts';

export function photo(model: ImageModel, words: readonly Value[]): ImageSource {
  return new PhotoImage(model, words, runPhoto);
}
export function bitmap(model: ImageModel, words: readonly Value[]): ImageSource {
  return new BitmapImage(model, words);
}
