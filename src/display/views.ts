/**
 * What each kind of widget shows: ink on the window's own canvas, text as DOM text, and role, name and state for assistive technology.
 * A view is a function of the props; the element keeps no state of its own but for native text fields.
 */
import type {
  ButtonProps,
  Color,
  EntryProps,
  ListboxProps,
  ScaleProps,
  ScrollbarProps,
  TextBlock,
  TextProps,
  WidgetProps,
} from '../protocol/display.ts';
import {
  arrow,
  bevel,
  box,
  type Ctx,
  css,
  cssFont,
  filled,
  fillRect,
  fitSpacing,
  type ImageSource,
  image,
  indicator,
  ring,
  run,
} from './paint.ts';

/** Roles that need an element of their own kind; the rest are plain boxes. */
export function roleOf(p: WidgetProps): string | null {
  switch (p.kind) {
    case 'button':
    case 'menubutton':
      return 'button';
    case 'checkbutton':
      return p.indicator === null && p.pressed !== null ? 'button' : 'checkbox';
    case 'radiobutton':
      return 'radio';
    case 'listbox':
      return 'listbox';
    case 'scale':
      return 'slider';
    case 'scrollbar':
      return 'scrollbar';
    case 'canvas':
    case 'labelframe':
      return 'group';
    case 'text':
      return 'textbox';
    default:
      return null;
  }
}

/** Kinds on which a finger works the widget instead of scrolling the page. */
export function takesTouch(p: WidgetProps): boolean {
  return !['frame', 'toplevel', 'label', 'labelframe', 'message'].includes(p.kind);
}

function attribute(el: HTMLElement, name: string, value: string | null): void {
  if (value === null) el.removeAttribute(name);
  else if (el.getAttribute(name) !== value) el.setAttribute(name, value);
}

/** Characters of a name: nobody listens to more. */
const MOST_NAME = 1000;

/** Texts of more characters, or more lines, are not made into elements before it is known what of them is seen. */
const LONG_TEXT = 1000;
const MANY_RUNS = 50;

export function isLong(p: WidgetProps): boolean {
  if (p.kind === 'listbox') return p.rows.some((row) => row.run.text.length > LONG_TEXT);
  return blocksOf(p).some(({ runs }) => runs.length > MANY_RUNS || runs.some((r) => r.text.length > LONG_TEXT));
}

/** Beyond so many rings of pixels a bevel is painted. */
const MOST_RINGS = 8;

/**
 * Bevel and ring of a window as its `box-shadow`, where nothing but these and text is to be seen; null when it has to be painted. A canvas for each of a thousand buttons
 * is a layer for each, which every frame then has to put together. A ring of pixels that is light above and dark below is two shadows that leave each other's edges
 * free; outer rings lie over inner ones, so the corners are those of `edges` in paint.ts.
 */
export function shadowOf(p: WidgetProps, w: number, h: number): string | null {
  if (!['frame', 'toplevel', 'label', 'message', 'button', 'menubutton', 'checkbutton', 'radiobutton'].includes(p.kind)) return null;
  if ('indicator' in p && (p.image !== null || p.indicator !== null || p.defaultRing !== null)) return null;
  const { background, bevel, inset, highlight } = p.box;
  const half = Math.floor(Math.min(w, h) / 2);
  const shadows: { readonly color: Color; readonly text: string }[] = [];
  const shadow = (from: string, color: Color): void => {
    shadows.push({ color, text: `inset ${from} ${css(color)}` });
  };
  /** Pixels from the window's edge that have their shadows. */
  let at = 0;
  const ring = (width: number, color: Color): void => {
    if (width <= 0 || at >= half) return;
    at = Math.min(at + width, half);
    shadow(`0 0 0 ${at}px`, color);
  };
  const edges = (width: number, above: Color, below: Color): void => {
    for (const end = Math.min(at + width, half); at < end; at++) {
      shadow(`-1px -1px 0 ${at}px`, below);
      shadow(`1px 1px 0 ${at}px`, above);
    }
  };
  if (bevel.width > MOST_RINGS) return null;
  ring(highlight.width, highlight.color);
  if (bevel.width > 0 && at !== inset) return null;
  const { width, light, dark } = bevel;
  const outer = Math.floor(width / 2);
  switch (bevel.relief) {
    case 'solid':
      ring(width, '#000000');
      break;
    case 'flat':
      ring(width, bevel.background);
      break;
    case 'raised':
      edges(width, light, dark);
      break;
    case 'sunken':
      edges(width, dark, light);
      break;
    case 'groove':
      edges(outer, dark, light);
      edges(width - outer, light, dark);
      break;
    case 'ridge':
      edges(outer, light, dark);
      edges(width - outer, dark, light);
  }
  while (shadows.at(-1)?.color === background) shadows.pop();
  return shadows.map(({ text }) => text).join();
}

/** Characters that a native field gets: browsers lay out all of a text. */
const LONG_FIELD = 5000;

/** The props of a field; of a very long text those of the part that is seen, as if all characters were of one width. */
export function fieldOf(p: EntryProps): EntryProps {
  const n = p.shown.length;
  if (n <= LONG_FIELD) return p;
  const each = p.textWidth / n;
  const from = each > 0 ? Math.max(0, Math.min(n, Math.floor((p.textBox.x - p.textX) / each) - 500)) : 0;
  const shown = p.shown.slice(from, from + LONG_FIELD);
  const inside = (i: number): number => Math.max(0, Math.min(shown.length, i - from));
  const { selection } = p;
  return {
    ...p,
    shown,
    textX: p.textX + from * each,
    textWidth: shown.length * each,
    insertIndex: inside(p.insertIndex),
    selection: selection === null ? null : { ...selection, first: inside(selection.first), last: inside(selection.last) },
  };
}

/** Role, name and state. */
export function describe(el: HTMLElement, p: WidgetProps, path: string): void {
  const role = roleOf(p);
  attribute(el, 'role', role);
  const shown =
    'text' in p && p.text !== null
      ? p.text.runs
          .map((r) => r.text)
          .join(' ')
          .trim()
      : '';
  const name = (p.aria.name !== '' ? p.aria.name : shown !== '' ? shown : path).slice(0, MOST_NAME);
  const named = role !== null || p.kind === 'entry' || p.kind === 'spinbox';
  attribute(el, 'aria-label', named ? name : null);
  attribute(el, 'aria-disabled', role !== null && p.aria.disabled ? 'true' : null);
  switch (p.kind) {
    case 'checkbutton':
      attribute(el, 'aria-checked', role === 'checkbox' ? checked(p) : null);
      attribute(el, 'aria-pressed', role === 'button' ? String(p.pressed === true) : null);
      break;
    case 'radiobutton':
      attribute(el, 'aria-checked', p.indicator === null ? String(p.pressed === true) : String(p.indicator.on));
      break;
    case 'listbox':
      attribute(el, 'aria-multiselectable', p.multiple ? 'true' : null);
      break;
    case 'scale':
      attribute(el, 'aria-orientation', p.orient);
      attribute(el, 'aria-valuemin', String(Math.min(p.from, p.to)));
      attribute(el, 'aria-valuemax', String(Math.max(p.from, p.to)));
      attribute(el, 'aria-valuenow', String(p.value));
      attribute(el, 'aria-valuetext', p.valueText === '' ? null : p.valueText);
      break;
    case 'scrollbar':
      attribute(el, 'aria-orientation', p.orient);
      attribute(el, 'aria-valuemin', '0');
      attribute(el, 'aria-valuemax', '100');
      attribute(el, 'aria-valuenow', String(Math.round(p.first * 100)));
      break;
    case 'text':
      attribute(el, 'aria-multiline', 'true');
      attribute(el, 'aria-readonly', p.state === 'normal' ? null : 'true');
      break;
  }
}

function checked(p: ButtonProps): string {
  if (p.indicator === null) return String(p.pressed === true);
  return p.indicator.tristate ? 'mixed' : String(p.indicator.on);
}

/** Ink of everything but a canvas's items. */
export function paint(ctx: Ctx, p: WidgetProps, w: number, h: number, images: ImageSource, blinkOn: boolean): void {
  box(ctx, w, h, p.box);
  switch (p.kind) {
    case 'labelframe':
      fillRect(ctx, { x: 0, y: 0, w, h }, p.box.background);
      bevel(ctx, p.border, p.box.bevel);
      ring(ctx, { x: 0, y: 0, w, h }, p.box.highlight.width, p.box.highlight.color);
      if (p.labelBox !== null) fillRect(ctx, p.labelBox, p.box.background);
      break;
    case 'label':
    case 'button':
    case 'checkbutton':
    case 'radiobutton':
    case 'menubutton':
    case 'message':
      paintButton(ctx, p, w, h, images);
      break;
    case 'entry':
    case 'spinbox':
      paintEntry(ctx, p, blinkOn);
      break;
    case 'listbox':
      paintListbox(ctx, p);
      break;
    case 'scrollbar':
      paintScrollbar(ctx, p, w, h);
      break;
    case 'scale':
      paintScale(ctx, p);
      break;
    case 'text':
      paintText(ctx, p, images, blinkOn);
      break;
    case 'panedwindow':
      for (const s of p.sashes) {
        filled(ctx, s.rect, s.bevel);
        if (s.handle !== null) filled(ctx, s.handle, { ...s.bevel, relief: 'raised', width: 2 });
      }
      break;
  }
}

function paintButton(ctx: Ctx, p: ButtonProps, w: number, h: number, images: ImageSource): void {
  if (p.defaultRing !== null) {
    const { highlight } = p.box;
    const n = highlight.width;
    fillRing(ctx, w, h, n, p.box.background);
    if (p.defaultRing === 'active')
      bevel(ctx, { x: n + 1, y: n + 1, w: w - 2 * n - 2, h: h - 2 * n - 2 }, { ...p.box.bevel, relief: 'sunken', width: 1 });
    ring(ctx, { x: 0, y: 0, w, h }, n, highlight.color);
  }
  if (p.image !== null) image(ctx, p.image, images);
  if (p.indicator !== null) indicator(ctx, p.indicator);
}

function fillRing(ctx: Ctx, w: number, h: number, from: number, color: `#${string}` | null): void {
  if (color === null) return;
  ring(ctx, { x: from, y: from, w: w - 2 * from, h: h - 2 * from }, 5, color);
}

function paintEntry(ctx: Ctx, p: EntryProps, blinkOn: boolean): void {
  const { spin, insert, selection, textBox } = p;
  ctx.save();
  ctx.beginPath();
  ctx.rect(textBox.x - 1, textBox.y, textBox.w + 2, textBox.h);
  ctx.clip();
  if (selection !== null) filled(ctx, selection.box, selection.bevel);
  if (insert !== null && (blinkOn || insert.offMs === 0)) {
    fillRect(ctx, insert.rect, insert.color);
    if (insert.border !== null) bevel(ctx, insert.rect, insert.border);
  }
  ctx.restore();
  if (spin === null) return;
  for (const which of ['up', 'down'] as const) {
    const r = spin[which];
    const relief = which === 'up' ? spin.upRelief : spin.downRelief;
    filled(ctx, r, { ...spin.face, relief });
    // A triangle of odd width, so that its tip is sharp, in the middle; a pressed one is a pixel down and to the right.
    const sunk = relief === 'sunken' ? 1 : 0;
    const w = (r.w - 4) | 1;
    const h = Math.min((w + 1) / 2, r.h - 4);
    if (w <= 1 || h <= 0) continue;
    const x = r.x + 2 + sunk;
    const gap = Math.trunc((r.h - 4 - h) / 2) + 2;
    const base = which === 'up' ? r.y + r.h - gap - 1 + sunk : r.y + gap + sunk;
    ctx.fillStyle = css(spin.arrow);
    ctx.beginPath();
    ctx.moveTo(x, base);
    ctx.lineTo(x + w, base);
    ctx.lineTo(x + w / 2, which === 'up' ? base - h : base + h);
    ctx.fill();
  }
}

function paintListbox(ctx: Ctx, p: ListboxProps): void {
  for (const row of p.rows) fillRect(ctx, row.rect, row.bg);
  // One bevel goes round selected rows that touch.
  for (let i = 0; i < p.rows.length; i++) {
    const first = p.rows[i]!;
    if (first.bevel === null) continue;
    while (p.rows[i + 1]?.bevel) i++;
    bevel(ctx, { ...first.rect, h: p.rows[i]!.rect.y + first.rect.h - first.rect.y }, first.bevel);
  }
}

/** The underline or dotted box of the active row, over the text. */
export function activeRow(ctx: Ctx, p: ListboxProps): void {
  const { active } = p;
  const row = active === null ? undefined : p.rows.find((r) => r.index === active.index);
  if (active === null || row === undefined || active.style === 'none') return;
  ctx.fillStyle = css(row.fg);
  if (active.style === 'underline') ctx.fillRect(row.run.x, row.run.y + 1, row.run.w, 1);
  else {
    ctx.strokeStyle = css(row.fg);
    ctx.lineWidth = 1;
    ctx.setLineDash([1, 1]);
    ctx.strokeRect(row.rect.x + 0.5, row.rect.y + 0.5, row.rect.w - 1, row.rect.h - 1);
    ctx.setLineDash([]);
  }
}

function paintScrollbar(ctx: Ctx, p: ScrollbarProps, w: number, h: number): void {
  const n = p.box.inset + p.box.bevel.width;
  fillRect(ctx, { x: n, y: n, w: w - 2 * n, h: h - 2 * n }, p.trough);
  const face = (part: 'arrow1' | 'arrow2' | 'slider') => (p.active === part ? p.activeFace : p.face);
  const vertical = p.orient === 'vertical';
  arrow(ctx, p.arrow1, vertical ? 'up' : 'left', face('arrow1'));
  arrow(ctx, p.arrow2, vertical ? 'down' : 'right', face('arrow2'));
  if (p.slider.w > 0 && p.slider.h > 0) filled(ctx, p.slider, face('slider'));
}

function paintScale(ctx: Ctx, p: ScaleProps): void {
  fillRect(ctx, p.troughBox, p.trough);
  bevel(ctx, p.troughBox, p.troughBevel);
  bevel(ctx, p.slider, p.sliderBevel);
  // Inside its edge the slider is two halves, each with an edge of its own.
  const { width } = p.sliderBevel;
  const { x, y, w, h } = { x: p.slider.x + width, y: p.slider.y + width, w: p.slider.w - 2 * width, h: p.slider.h - 2 * width };
  const [across, along] = p.orient === 'vertical' ? [w, h / 2] : [w / 2, h];
  filled(ctx, { x, y, w: across, h: along }, p.sliderBevel);
  filled(ctx, { x: x + w - across, y: y + h - along, w: across, h: along }, p.sliderBevel);
}

function paintText(ctx: Ctx, p: TextProps, images: ImageSource, blinkOn: boolean): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(p.textBox.x, p.textBox.y, p.textBox.w, p.textBox.h);
  ctx.clip();
  for (const piece of p.pieces) {
    switch (piece.kind) {
      case 'fill':
        fillRect(ctx, piece.rect, piece.color);
        break;
      case 'bevel':
        bevel(ctx, piece.rect, piece.bevel);
        break;
      case 'image':
        image(ctx, piece.part, images);
        break;
      case 'run': {
        const font = cssFont(piece.font);
        ctx.font = font;
        ctx.fillStyle = css(piece.color);
        run(ctx, piece.run, font, {
          left: p.textBox.x,
          top: p.textBox.y,
          right: p.textBox.x + p.textBox.w,
          bottom: p.textBox.y + p.textBox.h,
        });
        if (piece.underline !== null) fillRect(ctx, { x: piece.run.x, y: piece.run.y + 1, w: piece.run.w, h: 1 }, piece.underline);
        if (piece.overstrike !== null) fillRect(ctx, { x: piece.run.x, y: piece.run.y - 4, w: piece.run.w, h: 1 }, piece.overstrike);
      }
    }
  }
  if (p.insert !== null && (blinkOn || p.insert.offMs === 0)) fillRect(ctx, p.insert.rect, p.insert.color);
  ctx.restore();
}

/** The laid-out texts of a widget, shown as DOM text. */
export function blocksOf(p: WidgetProps): readonly TextBlock[] {
  switch (p.kind) {
    case 'label':
    case 'button':
    case 'checkbutton':
    case 'radiobutton':
    case 'menubutton':
    case 'message':
      return p.text === null ? [] : [p.text];
    case 'labelframe':
      return p.label === null ? [] : [p.label];
    case 'scale':
      return p.texts;
    default:
      return [];
  }
}

/** One placed run as an element whose text has its baseline at `y`. */
export function runElement(
  t: TextBlock,
  r: { readonly x: number; readonly y: number; readonly w: number; readonly text: string },
): HTMLElement {
  const el = document.createElement('span');
  el.className = 'run';
  el.textContent = r.text;
  const font = cssFont(t.font);
  const s = el.style;
  s.font = font;
  s.lineHeight = `${t.ascent + t.descent}px`;
  s.height = `${t.ascent + t.descent}px`;
  s.left = `${r.x}px`;
  s.top = `${r.y - t.ascent}px`;
  s.width = `${r.w}px`;
  s.color = css(t.color);
  const extra = fitSpacing(font, r.text, r.w);
  if (extra !== 0) s.letterSpacing = `${extra}px`;
  const lines = [t.font.underline ? 'underline' : '', t.font.overstrike ? 'line-through' : ''].filter((x) => x !== '');
  if (lines.length > 0) s.textDecoration = lines.join(' ');
  if (t.dim) s.opacity = '0.5';
  return el;
}
