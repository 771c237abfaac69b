/**
 * The current item of a canvas, and the bindings of items: which item the pointer is on, Enter and Leave as that changes, and the scripts an
 * event runs. While a button is down the item it went down on stays current. Answers to tkCanvas.c (PickCurrentItem, CanvasDoEvent).
 */
import { STATE } from '../../protocol/display.ts';
import type { Step } from '../../tcl/command.ts';
import type { Value } from '../../tcl/value.ts';
import { BindingTable } from '../bind.ts';
import type { TkEvent } from '../events.ts';
import type { Canvas } from './canvas.ts';
import type { Item } from './item.ts';
import type { TagTest } from './tags.ts';

const BUTTONS = STATE.Button1 | STATE.Button2 | STATE.Button3 | STATE.Button4 | STATE.Button5;
const HEARD = new Set(['KeyPress', 'KeyRelease', 'ButtonPress', 'ButtonRelease', 'Enter', 'Leave', 'Motion', 'Virtual']);

/** Can items be bound to such events? */
export function isItemEvent(type: string): boolean {
  return HEARD.has(type);
}

/** About what V8 takes for a character of a tag expression: each tag in it is a function. */
const EXPRESSION_BYTES = 60;

export class Picker {
  private readonly canvas: Canvas;
  private table: BindingTable | null = null;
  /** Tag expressions that have been bound, by their text. */
  private readonly expressions = new Map<string, TagTest>();
  /** The current item may be another one: something moved. */
  needed = false;
  private next: Item | null = null;
  /** The last event that told where the pointer is; null: it is not in the window. */
  private where: TkEvent | null = null;
  private state = 0;
  /** The pointer has left the item on which a button is held down. */
  private leftGrabbed = false;
  /** A Leave script is running. */
  private leaving = false;

  constructor(canvas: Canvas) {
    this.canvas = canvas;
  }

  get bindings(): BindingTable {
    this.table ??= new BindingTable(this.canvas.app);
    return this.table;
  }

  held(): number {
    let bytes = this.table?.held() ?? 0;
    for (const text of this.expressions.keys()) bytes += EXPRESSION_BYTES * text.length;
    return bytes;
  }

  /** Something is to be bound to an expression. */
  addExpression(text: string, test: TagTest): void {
    if (this.expressions.has(text)) return;
    this.canvas.app.interp.budget.allocate(EXPRESSION_BYTES * text.length);
    this.expressions.set(text, test);
  }

  /** Something was bound to an expression or taken from it: one to which nothing is bound is forgotten. */
  keepExpression(text: string): void {
    if (!this.bindings.has(text)) this.expressions.delete(text);
  }

  /** An item is being deleted. */
  forget(item: Item): void {
    this.table?.unbindAll(item);
    if (this.canvas.current === item) {
      this.canvas.current = null;
      this.needed = true;
    }
    if (this.next === item) {
      this.next = null;
      this.needed = true;
    }
  }

  *event(e: TkEvent): Generator<Step, void, Value> {
    if (!isItemEvent(e.type)) return;
    const mask = STATE.Button1 << ((e.button ?? 1) - 1);
    switch (e.type) {
      case 'ButtonPress':
        // The item is looked for as if the button were up still.
        this.state = e.state ?? 0;
        yield* this.pick(e);
        this.state ^= mask;
        return yield* this.fire(e);
      case 'ButtonRelease': {
        this.state = e.state ?? 0;
        yield* this.fire(e);
        this.state = (e.state ?? 0) ^ mask;
        return yield* this.pick({ ...e, state: this.state });
      }
      case 'Enter':
      case 'Leave':
        this.state = e.state ?? 0;
        return yield* this.pick(e);
      case 'Motion':
        this.state = e.state ?? 0;
        yield* this.pick(e);
    }
    yield* this.fire(e);
  }

  /** Looks again at where the pointer was last. */
  *repick(): Generator<Step, void, Value> {
    // Scripts that move items each time could keep it busy for ever.
    for (let tries = 0; this.needed && tries < 20 && !this.canvas.win.dead; tries++) {
      this.needed = false;
      yield* this.pick(null);
    }
  }

  private *pick(e: TkEvent | null): Generator<Step, void, Value> {
    const { canvas } = this;
    if (e) this.where = e.type === 'Leave' ? null : { ...e, type: 'Enter', mode: 'NotifyNormal', focus: false };
    const crossing = e?.type === 'Leave' ? e : this.where;
    if (this.leaving) return;
    const down = (this.state & BUTTONS) !== 0;
    this.next = this.where ? this.closest((this.where.x ?? 0) + canvas.originX, (this.where.y ?? 0) + canvas.originY) : null;
    if (this.next === canvas.current && !this.leftGrabbed) return;
    if (!down) this.leftGrabbed = false;
    const old = canvas.current;
    if (this.next !== old && old && !this.leftGrabbed) {
      this.leaving = true;
      try {
        if (crossing) yield* this.fire({ ...crossing, type: 'Leave', detail: 'NotifyAncestor' });
      } finally {
        this.leaving = false;
      }
      if (old === canvas.current && !down) untag(canvas, old);
    }
    if (this.next !== canvas.current && down) {
      this.leftGrabbed = true;
      return;
    }
    this.leftGrabbed = false;
    yield* this.enter(crossing);
  }

  /** Makes the item that was found the current one. */
  private *enter(crossing: TkEvent | null): Generator<Step, void, Value> {
    const { canvas } = this;
    const before = canvas.current;
    const now = this.next;
    canvas.current = now;
    if (before && before !== now && before.stateDependent) canvas.changed(before);
    if (!now) return;
    if (!now.o.tags.includes('current')) canvas.setTags(now, [...now.o.tags, 'current']);
    if (now.stateDependent && before !== now) canvas.changed(now);
    if (crossing) yield* this.fire({ ...crossing, type: 'Enter', detail: 'NotifyAncestor' });
  }

  /** The topmost item near a point. */
  private closest(x: number, y: number): Item | null {
    const { canvas } = this;
    const near = canvas.o.closeenough;
    const [x1, y1, x2, y2] = [Math.trunc(x - near), Math.trunc(y - near), Math.trunc(x + near), Math.trunc(y + near)];
    for (let i = canvas.last; i; i = i.prev) {
      if (i.x1 > x2 || i.x2 < x1 || i.y1 > y2 || i.y2 < y1 || i.state !== 'normal') continue;
      if (i.distance(x, y) <= near) return i;
    }
    return null;
  }

  /** Runs what an event is bound to for the current item, or for keys the focus item. */
  private *fire(e: TkEvent): Generator<Step, void, Value> {
    const { canvas } = this;
    const item = e.type === 'KeyPress' || e.type === 'KeyRelease' ? canvas.focusItem : canvas.current;
    if (!this.table || !item || canvas.win.dead) return;
    const tags: unknown[] = ['all', ...item.o.tags, item];
    const { budget } = canvas.app.interp;
    for (const [text, test] of this.expressions) {
      budget.charge((text.length / 16) * (1 + item.o.tags.length));
      if (test(item.o.tags)) tags.push(text);
    }
    yield* this.table.fire(e, tags);
  }
}

function untag(canvas: Canvas, item: Item): void {
  const at = item.o.tags.lastIndexOf('current');
  if (at < 0) return;
  canvas.setTags(
    item,
    item.o.tags.filter((_t, i) => i !== at),
  );
}
