/**
 * The display half of the wire: what the worker tells the page to show (`DisplayBatch`) and what the page tells it about its user
 * (`InputEvent`). Plain data that structured clone carries. The worker decides everything: colours are resolved, text is broken into
 * placed lines, items are in pixels; the page paints boxes it is given and never measures a layout of its own.
 * Leaves out the rest of the conversation (messages.ts). Answers to the X protocol as Tk uses it.
 */

/** A window: a number that is never used twice in one applet. The main window is 1; 0 means none. */
export type WindowId = number;
/** An image of the worker's image table; never used twice. */
export type ImageId = number;
/** Always `#rrggbb`, lower case. */
export type Color = `#${string}`;

export type Relief = 'flat' | 'groove' | 'raised' | 'ridge' | 'solid' | 'sunken';
export type Anchor = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw' | 'center';
export type Justify = 'left' | 'center' | 'right';
export type WidgetState = 'normal' | 'active' | 'disabled' | 'readonly';

/** A resolved font. `family` is a plain name or a generic one (`sans-serif`, `monospace`); the page quotes it for CSS. */
export interface FontSpec {
  readonly family: string;
  /** Em size in CSS pixels, may be fractional. */
  readonly sizePx: number;
  readonly weight: 'normal' | 'bold';
  readonly slant: 'roman' | 'italic';
  readonly underline: boolean;
  readonly overstrike: boolean;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A run of text on one line. The page draws it with its baseline at `y` and fits it to `w` pixels, whatever its own advances are. */
export interface TextRun {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly text: string;
}

/** Laid-out text. Runs are relative to the window (or, in a canvas item, to the item's `x`, `y`). */
export interface TextBlock {
  readonly font: FontSpec;
  /** Whole pixels above and below the baseline that a line takes. */
  readonly ascent: number;
  readonly descent: number;
  readonly color: Color;
  readonly runs: readonly TextRun[];
  /** The underlined mnemonic character. */
  readonly underline: Rect | null;
  /** Drawn through a 50% stipple, as X11 draws disabled text without a disabled colour. */
  readonly dim: boolean;
}

/** A bevelled edge, `width` pixels all round. `light`, `dark`: the shades of its background that Tk computes. */
export interface Bevel {
  readonly width: number;
  readonly relief: Relief;
  readonly background: Color;
  readonly light: Color;
  readonly dark: Color;
}

/** What most widgets have: a highlight ring outside, a bevel inside it, a background. */
export interface Box {
  /** null: transparent (`-background {}`). */
  readonly background: Color | null;
  /** Bevel, inset from the window's edge by `inset` pixels (the highlight ring, and the default ring of a button). */
  readonly bevel: Bevel;
  readonly inset: number;
  readonly highlight: { readonly width: number; readonly color: Color };
}

/** An image or bitmap shown in a widget: where its top left goes, and for a bitmap how it is coloured. */
export interface ImagePart {
  readonly image: ImageId;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Set for bitmaps named by `-bitmap`: colours for ones and zeros; background null leaves them transparent. */
  readonly bitmap: { readonly foreground: Color; readonly background: Color | null } | null;
  readonly dim: boolean;
}

/** A blinking insertion cursor. Steady while either time is 0; `offMs` 0 too when the worker wants it shown steadily. */
export interface InsertCursor {
  readonly rect: Rect;
  readonly color: Color;
  readonly border: Bevel | null;
  readonly onMs: number;
  readonly offMs: number;
}

/** What every widget tells assistive technology beyond what its kind and text say. */
export interface Accessible {
  /** Accessible name; the visible text where it is empty. */
  readonly name: string;
  readonly disabled: boolean;
}

interface Common {
  readonly box: Box;
  readonly aria: Accessible;
}

export interface FrameProps extends Common {
  readonly kind: 'frame' | 'toplevel';
}

export interface LabelframeProps extends Common {
  readonly kind: 'labelframe';
  /** Where the bevel runs (inside the window, below half the label). */
  readonly border: Rect;
  readonly label: TextBlock | null;
  /** The gap in the bevel that the label covers. */
  readonly labelBox: Rect | null;
}

/** The square or diamond of checkbutton and radiobutton, the bar of menubutton. */
export interface Indicator {
  readonly shape: 'check' | 'radio' | 'menu';
  readonly rect: Rect;
  readonly on: boolean;
  /** Neither on nor off. */
  readonly tristate: boolean;
  readonly fill: Color;
  readonly mark: Color;
  readonly light: Color;
  readonly dark: Color;
}

/** label, button, checkbutton, radiobutton, menubutton, and message. */
export interface ButtonProps extends Common {
  readonly kind: 'label' | 'button' | 'checkbutton' | 'radiobutton' | 'menubutton' | 'message';
  readonly text: TextBlock | null;
  readonly image: ImagePart | null;
  readonly indicator: Indicator | null;
  readonly state: WidgetState;
  /** Ring that marks the default button. */
  readonly defaultRing: 'active' | 'normal' | null;
  /** A button without an indicator (`-indicatoron 0`) is announced as pressed while selected. */
  readonly pressed: boolean | null;
}

/** entry and spinbox. The page shows a native `<input>` in `textBox`; what the user does to it comes back as `edit`. */
export interface EntryProps extends Common {
  readonly kind: 'entry' | 'spinbox';
  readonly font: FontSpec;
  readonly ascent: number;
  readonly descent: number;
  /** The text as shown: `-show` already applied. */
  readonly shown: string;
  readonly hidden: boolean;
  /** The text field, within the window. */
  readonly textBox: Rect;
  /** Where the first character of the text starts, in window pixels; left of `textBox` when scrolled. */
  readonly textX: number;
  /** Baseline. */
  readonly baseline: number;
  readonly textWidth: number;
  readonly color: Color;
  readonly state: WidgetState;
  readonly justify: Justify;
  readonly insert: InsertCursor | null;
  /** Index of the insertion cursor, in UTF-16 units of `shown`. */
  readonly insertIndex: number;
  readonly selection: {
    readonly first: number;
    readonly last: number;
    readonly box: Rect;
    readonly fg: Color;
    readonly bevel: Bevel;
  } | null;
  /** Incremented when the worker's text differs from what the last `edit` said, so that the page knows who wins. */
  readonly revision: number;
  readonly spin: {
    readonly up: Rect;
    readonly down: Rect;
    readonly active: 'up' | 'down' | null;
    readonly upRelief: Relief;
    readonly downRelief: Relief;
    readonly face: Bevel;
    readonly arrow: Color;
    readonly value: number | null;
    readonly min: number;
    readonly max: number;
  } | null;
}

export interface ListboxProps extends Common {
  readonly kind: 'listbox';
  readonly font: FontSpec;
  readonly ascent: number;
  readonly descent: number;
  /** Rows on show, top to bottom. */
  readonly rows: readonly {
    readonly index: number;
    readonly rect: Rect;
    readonly run: TextRun;
    readonly fg: Color;
    readonly bg: Color;
    readonly selected: boolean;
    /** Bevel of a selected row. */
    readonly bevel: Bevel | null;
  }[];
  readonly count: number;
  readonly active: { readonly index: number; readonly style: 'none' | 'underline' | 'dotbox' } | null;
  readonly multiple: boolean;
  readonly state: WidgetState;
  /** Text is drawn through a 50% stipple. */
  readonly dim: boolean;
}

export interface ScrollbarProps extends Common {
  readonly kind: 'scrollbar';
  readonly orient: 'horizontal' | 'vertical';
  readonly trough: Color;
  /** Boxes of the parts; a zero-sized one is not drawn. */
  readonly arrow1: Rect;
  readonly arrow2: Rect;
  readonly slider: Rect;
  readonly face: Bevel;
  readonly activeFace: Bevel;
  readonly active: 'arrow1' | 'arrow2' | 'slider' | null;
  /** Share of the document before and up to the end of the view, 0 to 1. */
  readonly first: number;
  readonly last: number;
}

export interface ScaleProps extends Common {
  readonly kind: 'scale';
  readonly orient: 'horizontal' | 'vertical';
  readonly troughBox: Rect;
  readonly trough: Color;
  readonly troughBevel: Bevel;
  readonly slider: Rect;
  readonly sliderBevel: Bevel;
  /** Label, value and tick texts. */
  readonly texts: readonly TextBlock[];
  readonly value: number;
  readonly valueText: string;
  readonly from: number;
  readonly to: number;
  readonly state: WidgetState;
}

/** The window of a canvas; its items come as `canvas` patches. */
export interface CanvasProps extends Common {
  readonly kind: 'canvas';
  /** Canvas coordinates of the window's top left corner. */
  readonly originX: number;
  readonly originY: number;
}

/** A text widget's visible part. Wholly placed; scrolled by sending the lines anew. */
export interface TextProps extends Common {
  readonly kind: 'text';
  readonly textBox: Rect;
  readonly pieces: readonly TextPiece[];
  readonly insert: InsertCursor | null;
  readonly state: WidgetState;
  /** The logical lines on show, for assistive technology. */
  readonly content: string;
}

/** Part of a text widget's line, in paint order. */
export type TextPiece =
  | { readonly kind: 'fill'; readonly rect: Rect; readonly color: Color }
  | { readonly kind: 'bevel'; readonly rect: Rect; readonly bevel: Bevel }
  | {
      readonly kind: 'run';
      readonly run: TextRun;
      readonly font: FontSpec;
      readonly color: Color;
      readonly underline: Color | null;
      readonly overstrike: Color | null;
    }
  | { readonly kind: 'image'; readonly part: ImagePart };

export interface PanedProps extends Common {
  readonly kind: 'panedwindow';
  readonly orient: 'horizontal' | 'vertical';
  readonly sashes: readonly { readonly rect: Rect; readonly bevel: Bevel; readonly handle: Rect | null }[];
}

export type WidgetProps =
  | FrameProps
  | LabelframeProps
  | ButtonProps
  | EntryProps
  | ListboxProps
  | ScrollbarProps
  | ScaleProps
  | CanvasProps
  | TextProps
  | PanedProps;
export type WidgetKind = WidgetProps['kind'];

/** A dash pattern in pixels: on, off, on... and where in it a line begins. */
export interface Dash {
  readonly pattern: readonly number[];
  readonly offset: number;
}

/** A 1-bit image through which an item is painted, repeated from the point x, y of the canvas. */
export interface Stipple {
  readonly image: ImageId;
  readonly x: number;
  readonly y: number;
}
export interface Stroke {
  /** null: no outline. */
  readonly color: Color | null;
  readonly width: number;
  readonly dash: Dash | null;
  readonly stipple: Stipple | null;
}
export interface Fill {
  readonly color: Color | null;
  readonly stipple: Stipple | null;
}

/** A canvas item as painted, in canvas coordinates. Hidden items and those without ink are not sent. Points are x, y, x, y... */
export type CanvasItem = { readonly id: number } & (
  | {
      readonly kind: 'line';
      /** Already smoothed where the item says so. */
      readonly points: readonly number[];
      readonly stroke: Stroke;
      readonly cap: 'butt' | 'projecting' | 'round';
      readonly join: 'bevel' | 'miter' | 'round';
      /** Filled polygons. */
      readonly arrows: readonly (readonly number[])[];
    }
  | {
      readonly kind: 'polygon';
      readonly points: readonly number[];
      readonly fill: Fill;
      readonly stroke: Stroke;
      readonly join: 'bevel' | 'miter' | 'round';
    }
  | { readonly kind: 'rectangle' | 'oval'; readonly rect: Rect; readonly fill: Fill; readonly stroke: Stroke }
  | {
      readonly kind: 'arc';
      readonly rect: Rect;
      /** Degrees, counter-clockwise from three o'clock. */
      readonly start: number;
      readonly extent: number;
      readonly style: 'pieslice' | 'chord' | 'arc';
      readonly fill: Fill;
      readonly stroke: Stroke;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      /** Degrees, counter-clockwise, about x, y. */
      readonly angle: number;
      readonly block: TextBlock;
      readonly stipple: Stipple | null;
      readonly selection: {
        readonly rects: readonly Rect[];
        readonly bevel: Bevel;
        readonly fg: Color;
        readonly runs: readonly TextRun[];
      } | null;
      readonly insert: InsertCursor | null;
    }
  | { readonly kind: 'image'; readonly part: ImagePart }
);

/** CSS cursor keywords an X cursor is shown as. */
export type CssCursor =
  | 'default'
  | 'none'
  | 'pointer'
  | 'text'
  | 'vertical-text'
  | 'crosshair'
  | 'move'
  | 'wait'
  | 'progress'
  | 'help'
  | 'cell'
  | 'copy'
  | 'not-allowed'
  | 'grab'
  | 'all-scroll'
  | 'zoom-in'
  | 'ew-resize'
  | 'ns-resize'
  | 'nwse-resize'
  | 'nesw-resize'
  | 'col-resize'
  | 'row-resize'
  | 'n-resize'
  | 's-resize'
  | 'e-resize'
  | 'w-resize'
  | 'ne-resize'
  | 'nw-resize'
  | 'se-resize'
  | 'sw-resize';

/** One change. A batch is applied in order; a window is created before anything else is said of it. */
export type Patch =
  | { readonly op: 'create'; readonly id: WindowId; readonly parent: WindowId; readonly cls: string; readonly path: string }
  /** Everything the widget shows, replacing what it said before. */
  | { readonly op: 'props'; readonly id: WindowId; readonly props: WidgetProps }
  /** Position in the parent and size, in pixels. Unmapped: not shown, nor its children. */
  | {
      readonly op: 'place';
      readonly id: WindowId;
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly mapped: boolean;
    }
  /** All children of a window, lowest first; it is the order of Tab too. */
  | { readonly op: 'stack'; readonly id: WindowId; readonly children: readonly WindowId[] }
  | { readonly op: 'destroy'; readonly id: WindowId }
  /** Whether Tab stops at the window. */
  | { readonly op: 'tabstop'; readonly id: WindowId; readonly on: boolean }
  /** Keys go to this window (0: to none). `force`: also when the applet does not have the page's focus. */
  | { readonly op: 'focus'; readonly id: WindowId; readonly force: boolean }
  | { readonly op: 'cursor'; readonly id: WindowId; readonly cursor: CssCursor | null }
  /** Size of the main window, for an element that follows it. */
  | { readonly op: 'root'; readonly w: number; readonly h: number }
  | { readonly op: 'title'; readonly title: string }
  /** Items removed, then items added or replaced, then items that only moved; then, when not null, the whole order, lowest first. Arrays of numbers are moved, not copied. */
  | {
      readonly op: 'canvas';
      readonly id: WindowId;
      readonly removed: Float64Array<ArrayBuffer>;
      readonly items: readonly CanvasItem[];
      /** Number, x and y for each: by how many pixels since it was last spoken of. An array, since ten thousand may move in one frame. */
      readonly moved: Float64Array<ArrayBuffer>;
      readonly order: Float64Array<ArrayBuffer> | null;
    }
  /** A new image or a new size: RGBA, not premultiplied. A bitmap has black where its ones are and alpha 0 elsewhere. */
  | {
      readonly op: 'image';
      readonly image: ImageId;
      readonly w: number;
      readonly h: number;
      readonly pixels: Uint8ClampedArray<ArrayBuffer>;
    }
  /** Replaces part of an image. */
  | { readonly op: 'pixels'; readonly image: ImageId; readonly rect: Rect; readonly pixels: Uint8ClampedArray<ArrayBuffer> }
  | { readonly op: 'free'; readonly image: ImageId };

/**
 * What one turn of the worker changed. `transfer`: the buffers inside, to be moved and not copied. `more`: it is not all, and nothing of it
 * need be seen before the rest has come.
 */
export interface DisplayBatch {
  readonly patches: readonly Patch[];
  readonly more?: boolean;
  readonly transfer: readonly ArrayBuffer[];
}

/** Modifier and button bits of an event's state, as in X11 (event generate -state). */
export const STATE = {
  Shift: 1,
  Lock: 2,
  Control: 4,
  Mod1: 8,
  Mod2: 16,
  Mod3: 32,
  Mod4: 64,
  Mod5: 128,
  Button1: 256,
  Button2: 512,
  Button3: 1024,
  Button4: 2048,
  Button5: 4096,
} as const;

/**
 * What the user did. Positions are CSS pixels from the main window's top left, `time` milliseconds of any steady clock, `state` the bits of
 * `STATE` as they were just before the event. The worker finds the window that is meant.
 */
export type InputEvent =
  /** Buttons as X counts them: 1 left, 2 middle, 3 right. `cancel`: the gesture ended without a release. */
  | {
      readonly kind: 'pointer';
      readonly type: 'down' | 'up' | 'move' | 'cancel';
      readonly x: number;
      readonly y: number;
      readonly button: number;
      readonly state: number;
      readonly time: number;
    }
  /** The pointer came into or left the element. */
  | {
      readonly kind: 'crossing';
      readonly type: 'enter' | 'leave';
      readonly x: number;
      readonly y: number;
      readonly state: number;
      readonly time: number;
    }
  /** Notches of 120 units, positive up and left, as %D. */
  | {
      readonly kind: 'wheel';
      readonly x: number;
      readonly y: number;
      readonly dx: number;
      readonly dy: number;
      readonly state: number;
      readonly time: number;
    }
  /** `keysym`: X's name (`Return`, `a`, `eacute`, `Shift_L`); `char`: the text it would insert; `keycode`: any number that stays the same for a key. */
  | {
      readonly kind: 'key';
      readonly type: 'down' | 'up';
      readonly keysym: string;
      readonly keycode: number;
      readonly char: string;
      readonly state: number;
      readonly time: number;
    }
  /** The page's focus moved to the element of a window (`id`), or out of the applet (0). `tabbed`: by keyboard, from element to element. */
  | { readonly kind: 'focus'; readonly id: WindowId; readonly tabbed: boolean }
  /** The box the page gives the main window. */
  | { readonly kind: 'resize'; readonly w: number; readonly h: number }
  /** A native text field changed: whole text, selection and insertion cursor in UTF-16 units. `revision` is the last one the page had seen. */
  | {
      readonly kind: 'edit';
      readonly id: WindowId;
      readonly text: string;
      readonly insert: number;
      readonly selection: readonly [number, number] | null;
      readonly revision: number;
    }
  /** Asked for by assistive technology, not by pointer or key: press it, set its value, choose an entry, move its view (0 to 1). */
  | { readonly kind: 'action'; readonly id: WindowId; readonly action: 'invoke' | 'set' | 'select' | 'scroll'; readonly value: number };
