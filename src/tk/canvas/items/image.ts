/** Images and bitmaps. Answers to canvas.n, tkCanvImg.c and tkCanvBmap.c. */
import type { Anchor, CanvasItem } from '../../../protocol/display.ts';
import type { Bitmap, ImageUse } from '../../images/index.ts';
import { anchor, ItemTable, option, text } from '../item-options.ts';
import { Anchored } from './anchored.ts';
import { bitmapOption, blackOption, inkOption, stateOption, tagsOption } from './shape-options.ts';

const IMAGE_ROWS = {
  activeimage: option(text, '', ''),
  anchor: option<Anchor>(anchor, 'center', 'center'),
  disabledimage: option(text, '', ''),
  image: option(text, '', ''),
  state: stateOption,
  tags: tagsOption,
};
const IMAGES = new ItemTable(IMAGE_ROWS);
const USES = ['image', 'activeimage', 'disabledimage'] as const;

export class ImageItem extends Anchored<typeof IMAGE_ROWS> {
  readonly kind = 'image';
  readonly table = IMAGES;
  readonly o = IMAGES.create();
  /** Images in use, by the option that names them. */
  private readonly uses = new Map<(typeof USES)[number], { readonly name: string; readonly picture: ImageUse }>();

  override configured(): void {
    this.stateDependent = this.o.activeimage !== '';
    for (const use of USES) this.use(use);
    this.measure();
  }

  private use(use: (typeof USES)[number]): void {
    const name = this.o[use];
    const old = this.uses.get(use);
    // An image that was deleted meanwhile is an error, though its name is the same.
    if (old?.name === name && this.canvas.app.images.find(name)) return;
    const changed = () => {
      this.measure();
      this.canvas.redrawItem(this);
    };
    const picture = name === '' ? null : this.canvas.app.images.use(name, changed);
    old?.picture.release();
    if (picture) this.uses.set(use, { name, picture });
    else this.uses.delete(use);
  }
  override deleted(): void {
    for (const { picture } of this.uses.values()) picture.release();
    this.uses.clear();
  }

  private get picture(): ImageUse | null {
    const of = (use: (typeof USES)[number]) => this.uses.get(use)?.picture ?? null;
    return this.pick(of('image'), of('activeimage'), of('disabledimage'));
  }

  override measure(): void {
    const p = this.hidden ? null : this.picture;
    if (p) this.putBox(this.o.anchor, p.width, p.height);
    else this.putBox('nw', 0, 0);
  }

  override describe(): CanvasItem | null {
    const p = this.picture;
    if (!p || p.id === 0) return null;
    const part = { image: p.id, x: this.x1, y: this.y1, w: p.width, h: p.height, bitmap: null, dim: false };
    return { id: this.id, kind: 'image', part };
  }
}

const BITMAP_ROWS = {
  activebackground: inkOption,
  activebitmap: bitmapOption,
  activeforeground: inkOption,
  anchor: option<Anchor>(anchor, 'center', 'center'),
  background: inkOption,
  bitmap: bitmapOption,
  disabledbackground: inkOption,
  disabledbitmap: bitmapOption,
  disabledforeground: inkOption,
  foreground: blackOption,
  state: stateOption,
  tags: tagsOption,
};
const BITMAPS = new ItemTable(BITMAP_ROWS);

export class BitmapItem extends Anchored<typeof BITMAP_ROWS> {
  readonly kind = 'bitmap';
  readonly table = BITMAPS;
  readonly o = BITMAPS.create();

  override configured(): void {
    const { o } = this;
    this.stateDependent = (o.activeforeground ?? o.activebackground ?? o.activebitmap) !== null;
    this.measure();
  }

  private get shownBitmap(): Bitmap | null {
    return this.pick(this.o.bitmap, this.o.activebitmap, this.o.disabledbitmap);
  }

  override measure(): void {
    const b = this.hidden ? null : this.shownBitmap;
    if (b) this.putBox(this.o.anchor, b.width, b.height);
    else this.putBox('nw', 0, 0);
  }

  override describe(): CanvasItem | null {
    const { o } = this;
    const b = this.shownBitmap;
    const fg = this.pick(o.foreground, o.activeforeground, o.disabledforeground);
    const bg = this.pick(o.background, o.activebackground, o.disabledbackground);
    if (!b) return null;
    const bitmap = { foreground: fg?.color ?? '#000000', background: bg?.color ?? null } as const;
    return { id: this.id, kind: 'image', part: { image: b.id, x: this.x1, y: this.y1, w: b.width, h: b.height, bitmap, dim: false } };
  }
}
