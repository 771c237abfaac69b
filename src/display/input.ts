/**
 * What the user does on the page, as X would report it: pointer, wheel, keys, crossings. Positions are CSS pixels from the main
 * window's corner; the worker finds the window. Focus and native text fields are server.ts's. Answers to tkUnixEvent.c and keysyms.n.
 */
import { type InputEvent, STATE } from '../protocol/display.ts';
import { charOf, keycodeOf, keysymOf } from './keys.ts';

export type Send = (event: InputEvent) => void;

/** KeyboardEvent.button to X's numbers. */
const X_BUTTON = [1, 2, 3, 8, 9] as const;
const BUTTON_BIT: ReadonlyMap<number, number> = new Map([
  [1, STATE.Button1],
  [2, STATE.Button2],
  [3, STATE.Button3],
]);

interface Modified {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  getModifierState(key: string): boolean;
}

export class InputListener {
  private readonly root: HTMLElement;
  private readonly send: Send;
  /** Buttons now down, as state bits. */
  private buttons = 0;
  private readonly off: (() => void)[] = [];
  /** The pointer that counts: one finger or pen at a time is the mouse. */
  private pointer: number | null = null;
  /** Wheel movement not yet worth a notch. */
  private restX = 0;
  private restY = 0;

  /** `acceptsKey`: whether a key is the tclet's business (a native field composing text keeps its own). */
  constructor(root: HTMLElement, send: Send, hooks: { acceptsKey: (e: KeyboardEvent) => boolean; onPress: (e: PointerEvent) => void }) {
    this.root = root;
    this.send = send;
    const on = <K extends keyof HTMLElementEventMap>(type: K, fn: (e: HTMLElementEventMap[K]) => void, passive = true) => {
      root.addEventListener(type, fn, { passive });
      this.off.push(() => root.removeEventListener(type, fn));
    };
    on(
      'pointerdown',
      (e) => {
        if (this.pointer !== null && e.pointerId !== this.pointer) return;
        this.pointer = e.pointerId;
        hooks.onPress(e);
        this.press(e);
      },
      false,
    );
    on('pointerup', (e) => this.release(e, 'up'));
    on('pointercancel', (e) => this.release(e, 'cancel'));
    on('pointermove', (e) => this.move(e));
    on('pointerenter', (e) => this.crossing(e, 'enter'));
    on('pointerleave', (e) => this.crossing(e, 'leave'));
    on('wheel', (e) => this.wheel(e), false);
    on(
      'keydown',
      (e) => {
        if (hooks.acceptsKey(e)) this.key(e, 'down');
      },
      false,
    );
    on('keyup', (e) => {
      if (hooks.acceptsKey(e)) this.key(e, 'up');
    });
  }

  dispose(): void {
    for (const f of this.off.splice(0)) f();
  }

  private at(e: MouseEvent): { x: number; y: number } {
    const r = this.root.getBoundingClientRect();
    return { x: Math.round(e.clientX - r.left), y: Math.round(e.clientY - r.top) };
  }

  private state(e: Modified): number {
    return (
      (e.shiftKey ? STATE.Shift : 0) |
      (e.getModifierState('CapsLock') ? STATE.Lock : 0) |
      (e.ctrlKey ? STATE.Control : 0) |
      (e.altKey ? STATE.Mod1 : 0) |
      (e.getModifierState('NumLock') ? STATE.Mod2 : 0) |
      (e.metaKey ? STATE.Mod4 : 0) |
      this.buttons
    );
  }

  private press(e: PointerEvent): void {
    const button = X_BUTTON[e.button] ?? 1;
    this.send({ kind: 'pointer', type: 'down', ...this.at(e), button, state: this.state(e), time: e.timeStamp });
    this.buttons |= BUTTON_BIT.get(button) ?? 0;
    try {
      this.root.setPointerCapture(e.pointerId);
    } catch {
      // A pointer that has gone already cannot be captured; its release will not come either.
    }
  }

  private release(e: PointerEvent, type: 'up' | 'cancel'): void {
    if (this.pointer !== e.pointerId) return;
    const button = X_BUTTON[e.button] ?? 1;
    this.send({ kind: 'pointer', type, ...this.at(e), button, state: this.state(e), time: e.timeStamp });
    this.buttons &= ~(BUTTON_BIT.get(button) ?? 0);
    if (type === 'cancel') this.buttons = 0;
    if (this.buttons === 0) this.pointer = null;
  }

  private move(e: PointerEvent): void {
    if (this.pointer !== null && e.pointerId !== this.pointer) return;
    // A second mouse button pressed while one is down comes as a move with `button` set.
    if (e.button > 0 && e.pointerType === 'mouse') {
      const button = X_BUTTON[e.button] ?? 1;
      const bit = BUTTON_BIT.get(button) ?? 0;
      const down = (e.buttons & (button === 2 ? 4 : button === 3 ? 2 : 1)) !== 0;
      this.send({ kind: 'pointer', type: down ? 'down' : 'up', ...this.at(e), button, state: this.state(e), time: e.timeStamp });
      this.buttons = down ? this.buttons | bit : this.buttons & ~bit;
      return;
    }
    this.send({ kind: 'pointer', type: 'move', ...this.at(e), button: 0, state: this.state(e), time: e.timeStamp });
  }

  private crossing(e: PointerEvent, type: 'enter' | 'leave'): void {
    this.send({ kind: 'crossing', type, ...this.at(e), state: this.state(e), time: e.timeStamp });
  }

  private wheel(e: WheelEvent): void {
    const unit = e.deltaMode === 1 ? 40 : e.deltaMode === 2 ? 800 : 1.2;
    this.restX -= e.deltaX * unit;
    this.restY -= e.deltaY * unit;
    const dx = Math.trunc(this.restX / 120) * 120;
    const dy = Math.trunc(this.restY / 120) * 120;
    this.restX -= dx;
    this.restY -= dy;
    if (dx === 0 && dy === 0) return;
    this.send({ kind: 'wheel', ...this.at(e), dx, dy, state: this.state(e), time: e.timeStamp });
  }

  private key(e: KeyboardEvent, type: 'down' | 'up'): void {
    const keysym = keysymOf(e);
    if (keysym === '') return;
    this.send({ kind: 'key', type, keysym, keycode: keycodeOf(e.code), char: charOf(e, keysym), state: this.state(e), time: e.timeStamp });
  }
}
