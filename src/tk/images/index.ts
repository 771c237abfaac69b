/**
 * The `image` command, and the images of an application: their names, sizes and users, and what of them the display has yet to hear. What
 * an image is made of is its type's affair (photo.ts, bitmap.ts); the bitmaps with names of their own are in builtin.ts.
 * Answers to image.n, tkImage.c and GetBitmap(3).
 */
import type { ImageId, Rect } from '../../protocol/display.ts';
import type { CommandOptions, CommandRow, PlainRow } from '../../tcl/command.ts';
import { lookup, type TclError, wrongArgs } from '../../tcl/errors.ts';
import { hashOrder } from '../../tcl/hash-stats.ts';
import { newList } from '../../tcl/list.ts';
import { str, type Value } from '../../tcl/value.ts';
import type { TkApp } from '../app.ts';
import { tkError } from '../errors.ts';
import type { OptionType } from '../options.ts';
import { tkOf } from '../tk-of.ts';
import { bitmapPixels, builtinBitmap } from './builtin.ts';
import * as types from './types.ts';

/** Pixels that all images of an application together may have: one square of 4096 x 4096, 64 MB. */
const MAX_PIXELS = 1 << 24;
/** About what V8 takes for an image without its pixels. */
const IMAGE_BYTES = 900;

/** Someone who shows an image. The image may be deleted meanwhile, and made anew: read `id` and the size when they are needed. */
export interface ImageUse {
  readonly name: string;
  /** 0 when there is nothing to show: the image was deleted. */
  readonly id: ImageId;
  readonly width: number;
  readonly height: number;
  release(): void;
}

/** A picture of ones and zeros with a name of its own (`-bitmap gray50`). */
export interface Bitmap {
  readonly name: string;
  readonly id: ImageId;
  readonly width: number;
  readonly height: number;
}

/** An image as its type makes it. */
export interface ImageSource {
  readonly type: string;
  /** RGBA of a part, as it is to be seen. */
  shown(part: Rect): Uint8ClampedArray<ArrayBuffer>;
  /** The image is gone. */
  destroyed(): void;
}

/** A name, and the image it has at present. Answers to ImageModel of tkImage.c. */
export class ImageModel {
  readonly app: TkApp;
  readonly name: string;
  source: ImageSource | null = null;
  width = 1;
  height = 1;
  /** What the display calls it; 0 while nobody shows it. */
  id: ImageId = 0;
  readonly users = new Map<ImageUse, () => void>();
  /** What the display has yet to see. */
  private dirty: Rect | null = null;
  private sentWidth = -1;
  private sentHeight = -1;
  private readonly images: Images;

  constructor(images: Images, name: string) {
    this.images = images;
    this.app = images.app;
    this.name = name;
  }

  /** The command of the image: it goes when the command goes. */
  command(options: CommandOptions): () => void {
    const { interp } = this.app;
    let ours = true;
    const onDelete = () => {
      if (ours && this.source) this.images.delete(this);
      ours = false;
    };
    const command = interp.createCommand(this.name, { ...options, onDelete });
    return () => {
      if (ours && !command.deleted) {
        ours = false;
        interp.deleteCommand(command);
      }
    };
  }

  /** Pixels changed, or the size: Tk_ImageChanged. */
  changed(part: Rect, width = this.width, height = this.height): void {
    const resized = width !== this.width || height !== this.height;
    this.width = width;
    this.height = height;
    this.mark(part);
    if (resized) this.tellUsers();
  }

  tellUsers(): void {
    for (const changed of [...this.users.values()]) changed();
  }

  use(changed: () => void): ImageUse {
    const model = this;
    const use: ImageUse = {
      name: this.name,
      get id() {
        return model.source ? model.id : 0;
      },
      get width() {
        return model.width;
      },
      get height() {
        return model.height;
      },
      release() {
        model.users.delete(use);
        model.images.released(model);
      },
    };
    this.users.set(use, changed);
    if (this.users.size === 1) this.mark({ x: 0, y: 0, w: this.width, h: this.height });
    return use;
  }

  /** The display drops what it has of the image. */
  free(): void {
    if (this.id && this.sentWidth >= 0) this.app.outbox.say({ op: 'free', image: this.id });
    this.id = 0;
    this.sentWidth = -1;
    this.dirty = null;
  }

  private mark(part: Rect): void {
    if (this.users.size === 0) return;
    if (!this.id) this.id = this.images.newId();
    this.dirty = this.dirty ? union(this.dirty, part) : part;
    this.images.marked(this);
  }

  /** Says to the display what it has yet to see. */
  tell(): void {
    if (!this.dirty || !this.source || !this.id) return;
    const { outbox } = this.app;
    const { id: image, width: w, height: h } = this;
    const whole = w !== this.sentWidth || h !== this.sentHeight;
    const rect = whole ? { x: 0, y: 0, w, h } : intersection(this.dirty, w, h);
    this.dirty = null;
    if (!whole && (rect.w <= 0 || rect.h <= 0)) return;
    const pixels = this.source.shown(rect);
    outbox.say(whole ? { op: 'image', image, w, h, pixels } : { op: 'pixels', image, rect, pixels }, [pixels.buffer]);
    this.sentWidth = w;
    this.sentHeight = h;
  }
}

function union(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
function intersection(a: Rect, w: number, h: number): Rect {
  const x = Math.max(0, a.x);
  const y = Math.max(0, a.y);
  return { x, y, w: Math.min(w, a.x + a.w) - x, h: Math.min(h, a.y + a.h) - y };
}

/** The images of an application. */
export class Images {
  readonly app: TkApp;
  private readonly models = new Map<string, ImageModel>();
  private readonly bitmaps = new Map<string, Bitmap>();
  private readonly dirty = new Set<ImageModel>();
  private ids = 0;
  private names = 0;
  private pixels = 0;

  constructor(app: TkApp) {
    this.app = app;
  }

  /** Bytes of all images. */
  get held(): number {
    return this.pixels * 4 + IMAGE_BYTES * this.models.size;
  }

  newId(): ImageId {
    return ++this.ids;
  }

  /** The image of a name, if there is one. */
  find(name: string): ImageModel | null {
    const model = this.models.get(name);
    return model?.source ? model : null;
  }

  get(name: string): ImageModel {
    const model = this.find(name);
    if (!model) throw tkError(`image "${name}" doesn't exist`, 'LOOKUP', 'IMAGE', name);
    return model;
  }

  /** Shows the image of a name; `changed` is called when its size changes or another image takes its place. Tk_GetImage. */
  use(name: string, changed: () => void): ImageUse {
    return this.get(name).use(changed);
  }

  /** As `use`, for an option that may be empty: takes the new image before it lets the old one go. Throws when there is no such image. */
  replace(old: ImageUse | null, name: string, changed: () => void): ImageUse | null {
    const next = name === '' ? null : this.use(name, changed);
    old?.release();
    return next;
  }

  released(model: ImageModel): void {
    if (model.users.size > 0) return;
    model.free();
    if (!model.source && this.models.get(model.name) === model) this.models.delete(model.name);
  }

  /** Names of all images, in the order of Tk's table, in which the icons of its dialogs, which are not here, come first. */
  list(): string[] {
    const icons = ['warning', 'error', 'information', 'question'].map((icon) => `::tk::icons::${icon}`);
    return hashOrder(new Set([...icons, ...this.models.keys()])).filter((name) => this.models.get(name)?.source);
  }

  create(type: ImageType, given: string | null, words: readonly Value[]): string {
    const name = given ?? this.newName();
    const { interp, main } = this.app;
    if (main.widget?.command && interp.findCommand(name) === main.widget.command) {
      throw tkError('images may not be named the same as the main window', 'IMAGE', 'SMASH_MAIN');
    }
    interp.budget.allocate(IMAGE_BYTES + 2 * name.length);
    const model = this.models.get(name) ?? new ImageModel(this, name);
    if (model.source) this.drop(model);
    this.models.set(name, model);
    try {
      model.source = type(model, words);
    } catch (e) {
      this.released(model);
      throw e;
    }
    model.changed({ x: 0, y: 0, w: model.width, h: model.height });
    model.tellUsers();
    return name;
  }

  private newName(): string {
    let name: string;
    do name = `image${++this.names}`;
    while (this.app.interp.findCommand(name));
    return name;
  }

  /** Deletes an image. Those who show it keep its name and its room, and get it back when it is made anew. */
  delete(model: ImageModel): void {
    this.drop(model);
    this.released(model);
  }

  private drop(model: ImageModel): void {
    const { source } = model;
    model.source = null;
    model.free();
    model.tellUsers();
    source?.destroyed();
  }

  deleteAll(): void {
    for (const model of [...this.models.values()]) if (model.source) this.delete(model);
  }

  /** Pays for pixels about to be held (negative: no longer held), at four bytes each. */
  allot(pixels: number): void {
    if (pixels > 0) {
      if (this.pixels + pixels > (this.app.options.maxPixels ?? MAX_PIXELS)) throw noMemory();
      this.app.interp.budget.allocate(pixels * 4);
    }
    this.pixels += pixels;
  }

  /** A bitmap by its name. Throws Tk's errors. */
  bitmap(name: string): Bitmap {
    const known = this.bitmaps.get(name);
    if (known) return known;
    if (name.startsWith('@')) throw tkError("can't specify bitmap with '@' in a safe interpreter", 'SAFE', 'BITMAP_FILE');
    const map = builtinBitmap(name);
    if (!map) throw tkError(`bitmap "${name}" not defined`, 'LOOKUP', 'BITMAP', name);
    const bitmap = { name, id: this.newId(), width: map.width, height: map.height };
    const pixels = bitmapPixels(map, [0, 0, 0], null);
    this.app.outbox.say({ op: 'image', image: bitmap.id, w: map.width, h: map.height, pixels }, [pixels.buffer]);
    this.bitmaps.set(name, bitmap);
    return bitmap;
  }

  marked(model: ImageModel): void {
    this.dirty.add(model);
    this.app.outbox.schedule();
  }

  /** Says to the display what changed since the last time. */
  flush(): void {
    for (const model of this.dirty) model.tell();
    this.dirty.clear();
  }
}

export function noMemory(): TclError {
  return tkError('not enough free memory for image buffer', 'MALLOC');
}

/** Widget option -bitmap. */
export const bitmap: OptionType<Bitmap> = { parse: (app, _win, v) => app.images.bitmap(str(v)), print: (b) => b.name };

/** Makes an image of a type from option words. */
type ImageType = (model: ImageModel, words: readonly Value[]) => ImageSource;
const TYPES: ReadonlyMap<string, ImageType> = new Map([
  ['photo', types.photo],
  ['bitmap', types.bitmap],
]);

// ---- the command ----

const SUBCOMMANDS = ['create', 'delete', 'height', 'inuse', 'names', 'type', 'types', 'width'] as const;

const IMAGE: PlainRow = {
  name: 'image',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'option ?args?',
  safe: true,
  run(interp, args) {
    const { images } = tkOf(interp);
    const sub = lookup(str(args[1]!), SUBCOMMANDS, 'option');
    const need = (words: number, usage: string) => {
      if (args.length !== words) throw wrongArgs(`image ${sub}${usage}`);
    };
    const model = () => {
      need(3, ' name');
      return images.get(str(args[2]!));
    };
    switch (sub) {
      case 'create': {
        if (args.length < 3) throw wrongArgs('image create type ?name? ?-option value ...?');
        const word = str(args[2]!);
        const type = TYPES.get(word);
        if (!type) throw tkError(`image type "${word}" doesn't exist`, 'LOOKUP', 'IMAGE_TYPE', word);
        const named = args.length > 3 && !str(args[3]!).startsWith('-');
        return images.create(type, named ? str(args[3]!) : null, args.slice(named ? 4 : 3));
      }
      case 'delete':
        for (const name of args.slice(2)) images.delete(images.get(str(name)));
        return '';
      case 'names':
        need(2, '');
        return newList(images.list());
      case 'types':
        need(2, '');
        return newList([...TYPES.keys()]);
      case 'height':
        return model().height;
      case 'width':
        return model().width;
      case 'inuse':
        return model().users.size > 0 ? 1 : 0;
      case 'type':
        return model().source!.type;
    }
  },
};

export const IMAGE_ROW: CommandRow = IMAGE;
