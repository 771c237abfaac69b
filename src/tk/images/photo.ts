/** Images of type `photo`. Answers to photo.n, tkImgPhoto.c. */
import type { Rect } from '../../protocol/display.ts';
import { str, type Value } from '../../tcl/value.ts';
import { ItemTable, type ItemValues, option, real, text, whole } from '../canvas/item-options.ts';
import type { ImageModel, ImageSource } from './index.ts';
import { subcommandOf } from './subcommand.ts';

const ROWS = {
  data: option(text, '', ''),
  format: option(text, '', ''),
  file: option(text, '', ''),
  gamma: option(real, '1', 1),
  height: option(whole, '0', 0),
  palette: option(text, '', ''),
  width: option(whole, '0', 0),
};
const TABLE = new ItemTable(ROWS);

export class PhotoImage implements ImageSource {
  readonly type = 'photo';
  private readonly model: ImageModel;
  private readonly o: ItemValues<typeof ROWS> = TABLE.create();
  private readonly dropCommand: () => void;

  constructor(model: ImageModel, words: readonly Value[]) {
    this.model = model;
    this.dropCommand = model.command({ run: (_interp, args) => this.run(args) });
    TABLE.set(model.app, this.o, words);
    model.changed({ x: 0, y: 0, w: this.o.width, h: this.o.height }, this.o.width, this.o.height);
  }
  destroyed(): void {
    this.dropCommand();
  }
  private run(args: readonly Value[]): Value {
    subcommandOf(args, ['cget']);
    return TABLE.get(this.o, str(args[2]!));
  }
  shown(part: Rect): Uint8ClampedArray<ArrayBuffer> {
    return new Uint8ClampedArray(part.w * part.h * 4);
  }
}
