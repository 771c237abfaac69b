/** What items have that show something of a given size at a point: windows, images, bitmaps. Answers to tkCanvImg.c, tkCanvBmap.c, tkCanvWind.c. */
import type { Anchor } from '../../../protocol/display.ts';
import { round } from '../../converters.ts';
import { Item } from '../item.ts';
import type { Area, Where } from '../trig.ts';

export abstract class Anchored<R extends { anchor: unknown }> extends Item<R> {
  protected x = 0;
  protected y = 0;

  override coords(): readonly number[] {
    return [this.x, this.y];
  }
  override corner(): [number, number] {
    return [this.x1, this.y1];
  }
  override checkCount(n: number, listed: boolean): void {
    if (n !== 2) this.badCount(listed ? '2' : '0 or 2', n);
  }
  override place(c: number[]): void {
    [this.x, this.y] = [c[0]!, c[1]!];
  }

  /** Puts a box of a size where the anchor wants it. */
  protected putBox(anchor: Anchor, w: number, h: number): void {
    const half = (n: number) => Math.trunc(n / 2);
    const left = anchor.includes('w') ? 0 : anchor !== 'center' && anchor.includes('e') ? w : half(w);
    const up = anchor[0] === 'n' ? 0 : anchor[0] === 's' ? h : half(h);
    this.x1 = round(this.x) - left;
    this.y1 = round(this.y) - up;
    this.x2 = this.x1 + w;
    this.y2 = this.y1 + h;
  }

  override translate(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.measure();
  }
  override scale(x: number, y: number, sx: number, sy: number): void {
    this.x = x + sx * (this.x - x);
    this.y = y + sy * (this.y - y);
    this.measure();
  }

  override distance(x: number, y: number): number {
    return Math.hypot(Math.max(this.x1 - x, x - this.x2, 0), Math.max(this.y1 - y, y - this.y2, 0));
  }
  override where(r: Area): Where {
    if (r[2] <= this.x1 || r[0] >= this.x2 || r[3] <= this.y1 || r[1] >= this.y2) return -1;
    return r[0] <= this.x1 && r[1] <= this.y1 && r[2] >= this.x2 && r[3] >= this.y2 ? 1 : 0;
  }
}
