/**
 * How the pixels of a photo image are to be seen: as they are, unless -gamma or -palette say otherwise. Answers to tkImgPhInstance.c
 * (IsValidPalette, AllocateColors, TkImgDitherInstance).
 */
import type { Rect } from '../../protocol/display.ts';
import type { Block } from './formats.ts';

/** Shades of red, green and blue, or of gray alone. */
type Palette = readonly number[];

/** A palette such as `4/4/4` or `2`; null when it is not valid, which Tk takes for none. */
function parsePalette(text: string): Palette | null {
  if (!/^\d+(\/\d+\/\d+)?$/.test(text)) return null;
  const shades = text.split('/').map(Number);
  return shades.every((n) => n >= 2 && n <= 256) ? shades : null;
}

/** The brightness, 0 to 255, of a shade of so many. */
function brightness(shade: number, shades: number, gamma: number): number {
  return Math.trunc(65535 * (shade / (shades - 1)) ** (1 / gamma)) >> 8;
}

export function shownPixels(image: Block, part: Rect, gamma: number, paletteText: string): Uint8ClampedArray<ArrayBuffer> {
  const palette = parsePalette(paletteText);
  const source = palette && (palette.length === 1 || palette.some((n) => n < 256)) ? dithered(image, palette, gamma) : image.pixels;
  const out = new Uint8ClampedArray(part.w * part.h * 4);
  for (let y = 0; y < part.h; y++) {
    const from = ((part.y + y) * image.width + part.x) * 4;
    out.set(source.subarray(from, from + part.w * 4), y * part.w * 4);
  }
  if (source !== image.pixels || gamma === 1) return out;
  const table = Uint8Array.from({ length: 256 }, (_, i) => brightness(i, 256, gamma));
  for (let i = 0; i < out.length; i++) if ((i & 3) < 3) out[i] = table[out[i]!]!;
  return out;
}

/**
 * Each channel in as many shades as the palette has, what is left over going to the neighbours (Floyd and Steinberg):
 *
 *       x 7
 *     3 5 1   sixteenths
 */
function dithered(image: Block, palette: Palette, gamma: number): Uint8ClampedArray {
  const { width, height, pixels, gray } = image;
  const out = pixels.slice();
  const color = palette.length > 1;
  const channels = color ? [0, 1, 2] : [0];
  for (const k of channels) {
    const shades = palette[k]!;
    let above = new Int16Array(width);
    for (let y = 0; y < height; y++) {
      const errors = new Int16Array(width);
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 4;
        const pull = (errors[x - 1] ?? 0) * 7 + (above[x - 1] ?? 0) + above[x]! * 5 + (above[x + 1] ?? 0) * 3;
        const own = color || gray ? pixels[at + k]! : luminance(pixels, at);
        const c = Math.max(0, Math.min(255, ((pull + 8) >> 4) + own));
        const shade = Math.trunc((c * (shades - 1) + 127) / 255);
        const seen = brightness(shade, shades, gamma);
        errors[x] = c - Math.trunc((seen / 255) ** gamma * 255.99);
        if (color) out[at + k] = seen;
        else out.fill(seen, at, at + 3);
      }
      above = errors;
    }
  }
  return out;
}

/** The gray a colour is shown as. */
export function luminance(pixels: ArrayLike<number>, at: number): number {
  return (pixels[at]! * 11 + pixels[at + 1]! * 16 + pixels[at + 2]! * 5 + 16) >> 5;
}
