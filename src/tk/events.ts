/** Events of the model: the record that internal handlers and bindings see. Answers to XEvent as bind.n describes its fields. */
import type { Value } from '../tcl/value.ts';
import type { TkWindow } from './window.ts';

export type EventType =
  | 'Activate'
  | 'ButtonPress'
  | 'ButtonRelease'
  | 'Circulate'
  | 'CirculateRequest'
  | 'Colormap'
  | 'Configure'
  | 'ConfigureRequest'
  | 'Create'
  | 'Deactivate'
  | 'Destroy'
  | 'Enter'
  | 'Expose'
  | 'FocusIn'
  | 'FocusOut'
  | 'Gravity'
  | 'KeyPress'
  | 'KeyRelease'
  | 'Leave'
  | 'Map'
  | 'MapRequest'
  | 'Motion'
  | 'MouseWheel'
  | 'Property'
  | 'Reparent'
  | 'ResizeRequest'
  | 'Unmap'
  | 'Virtual'
  | 'Visibility'; // prettier-ignore

/** One event. Fields that its type does not have are absent, and `%` sequences for them give `??`. */
export interface TkEvent {
  readonly type: EventType;
  readonly win: TkWindow;
  readonly serial: number;
  /** Made by `event generate`. */
  readonly sendEvent: boolean;
  readonly time?: number;
  readonly x?: number;
  readonly y?: number;
  readonly rootX?: number;
  readonly rootY?: number;
  readonly state?: number;
  readonly button?: number;
  readonly keysym?: string;
  readonly keycode?: number;
  /** Text the key inserts (%A). */
  readonly char?: string;
  /** Wheel units (%D). */
  readonly delta?: number;
  readonly width?: number;
  readonly height?: number;
  readonly borderWidth?: number;
  readonly count?: number;
  readonly override?: boolean;
  /** NotifyAncestor... (%d of Enter, Leave, FocusIn, FocusOut). */
  readonly detail?: string;
  /** NotifyNormal... (%m). */
  readonly mode?: string;
  readonly focus?: boolean;
  readonly place?: string;
  /** A Visibility event's state (%s). */
  readonly visibility?: string;
  /** Window numbers, as `winfo id` has them. */
  readonly above?: number;
  readonly subwindow?: number;
  readonly root?: number;
  readonly window?: number;
  readonly property?: string;
  /** A virtual event's name and its -data. */
  readonly name?: string;
  readonly data?: Value;
}
