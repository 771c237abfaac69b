/**
 * Limits: fuel, time, commands, memory, depth. Fuel is only the distance to the next look at the clock; what stops a script is in the
 * limits themselves. One look serves the slice, the time limits of every interpreter on the way up, and cancellation.
 * Answers to tclInterp.c (Tcl_LimitCheck) and DESIGN section 5.
 */
import type { Found } from './census.ts';
import { type Budget, rootOf } from './command.ts';
import { LimitError, MAX_VALUE_BYTES, TclError, valueTooLarge } from './errors.ts';
import type { TclInterp } from './interp.ts';
import { reading } from './list.ts';
import { writing } from './list-format.ts';
import { setArithGuard } from './number.ts';
import { LONG_MADE, R } from './regs.ts';
import { looking } from './search.ts';

/** Units between looks at the clock: about 50 us of plain code, so that a slice of 12 ms ends on time. */
export const FUEL = 2000;

/** What the hostile build of DESIGN section 9 changes. */
export const stress = {
  /** Pause at every point where a pause is possible. */
  pauseAlways: false,
  /** How far down the JavaScript stack a script goes before it moves to the heap, in Tcl levels. Nested control structures use several JavaScript frames each. */
  stackLevels: 100,
};

/** The clock of the worker, injected: milliseconds of a monotonic clock. */
export const clock = {
  now: (): number => 0,
  /** When the present slice ends. */
  sliceEnd: Infinity,
  /** The interpreter whose limits apply now, with its ancestors. */
  interp: null as TclInterp | null,
  /** How many bytes the host's heap has room for, after its garbage was collected or as it is; null where the host does not tell. */
  heapLeft: null as ((collect: boolean) => number) | null,
  /** The root whose memory is to be counted as soon as the script can stand still; null for none. */
  census: null as TclInterp | null,
};

/** Called when fuel has run out: true when the script must pause here. Throws when a limit has passed. */
export function outOfFuel(): boolean {
  checkLimits(0, true);
  tellGrown();
  if (clock.interp !== null) rootOf(clock.interp).budget.checkTexts();
  // Small values are charged by nobody, but are made of fuel.
  if (clock.heapLeft !== null && clock.interp !== null) checkHeap(100 * FUEL, 200 * FUEL, clock.heapLeft, clock.interp);
  if (R.barriers > 0) {
    R.fuel = FUEL;
    return false;
  }
  if (stress.pauseAlways) {
    R.fuel = 0;
    R.why = { kind: 'slice' };
    return true;
  }
  R.fuel = FUEL;
  if (clock.now() < clock.sliceEnd && clock.census === null) return false;
  R.why = { kind: 'slice' };
  return true;
}

/** Tells the budget what has grown meanwhile. Throws when it is too much. */
export function tellGrown(): void {
  if (R.grown <= 0) return;
  const bytes = R.grown;
  R.grown = 0;
  clock.interp?.budget.grow(bytes);
}

/** Units a millisecond, at the least: work that is announced to last four times what is left of a limit is not begun. */
const UNITS_A_MS = 160_000;

/**
 * Throws the limit error of the innermost interpreter whose limit has passed, or would while `units` of work are done. `often`: it is one of
 * many looks, of which a granularity leaves out some.
 */
export function checkLimits(units = 0, often = false): void {
  for (let i = clock.interp; i !== null; i = i.parent) {
    const b = i.budget;
    if (b.cancelled !== null) throw b.cancelled();
    if (b.deadline === Infinity || (often && ++b.looks % b.granularity !== 0)) continue;
    if (clock.now() + units / UNITS_A_MS >= b.deadline) {
      if (clock.now() < b.deadline || b.timePassed?.() !== false) throw timeLimit(i);
    }
  }
}

function timeLimit(owner: TclInterp): LimitError {
  const e = new LimitError('time limit exceeded', ['TCL', 'LIMIT', 'TIME'], owner);
  e.byScript = owner.budget.timePassed !== null;
  return e;
}

/** As checkLimits, of time alone, for what waits for events; what `interp limit` has set ends it with words of its own. */
export function checkTime(): void {
  for (let i = clock.interp; i !== null; i = i.parent) {
    const { deadline, timePassed } = i.budget;
    if (clock.now() < deadline || timePassed?.() === false) continue;
    const e = timePassed === null ? timeLimit(i) : new LimitError('limit exceeded', null, i);
    e.byScript = timePassed !== null;
    throw e;
  }
}

/** When the first limit of time will have passed. */
export function nextDeadline(): number {
  let first = Infinity;
  for (let i = clock.interp; i !== null; i = i.parent) first = Math.min(first, i.budget.deadline);
  return first;
}

/**
 * Takes work from the fuel where nothing can pause: when it has run out the next loop or call looks at the clock, and pauses if the slice is over; what
 * goes on for as long again looks here.
 */
function burn(units: number): void {
  // Whole and small: a fraction or a long number once seen there would cost every loop from then on.
  const left = R.fuel - Math.ceil(units);
  R.fuel = left >= -FUEL ? left : 0;
  if (left < -FUEL) checkLimits(units, units < FUEL);
}

// Work on long integers takes some 50 ns a bit.
setArithGuard((bits) => {
  burn(bits);
  clock.interp?.budget.allocate(bits / 8);
});

reading.pay = (chars) => burn(chars / 4);

looking.pay = burn;

writing.pay = (chars) => {
  burn(chars / 16);
  clock.interp?.budget.allocate(2 * chars);
};

/** What a script is told of a value that is too large for V8. */
export function refusedByV8(): TclError {
  for (let i = clock.interp; i !== null; i = i.parent) {
    if (i.budget.maxBytes !== Infinity) return memoryLimit(i);
  }
  return valueTooLarge();
}

function memoryLimit(owner: TclInterp): LimitError {
  return new LimitError('memory limit exceeded', ['TCL', 'LIMIT', 'MEMORY'], owner);
}

/** So many times what a census took goes by before the next one that nothing but texts asks for. */
const REST = 4;

/** Bytes that are charged between two looks at the host's heap. */
const HEAP_LOOK = 32_000_000;
/** So much beyond what the host has, nobody listens to errors. */
const OVERDRAWN = -64_000_000;
let unseen = 0;

/** Of so much that is or was allocated: throws when the host's heap has not the room that is `needed`. Garbage is collected first. */
function checkHeap(bytes: number, needed: number, left: (collect: boolean) => number, interp: TclInterp): void {
  unseen += bytes;
  if (unseen < HEAP_LOOK) return;
  unseen = 0;
  if (left(false) >= needed) return;
  const room = left(true);
  if (room >= needed) return;
  // The next one looks at once.
  unseen = HEAP_LOOK;
  throw room < OVERDRAWN ? memoryLimit(rootOf(interp)) : new TclError(`unable to alloc ${Math.ceil(bytes)} bytes`, ['TCL', 'MEMORY']);
}

export class InterpBudget implements Budget {
  readonly interp: TclInterp;
  /** Monotonic time at which evaluation ends; Infinity for none. */
  deadline = Infinity;
  /** Of so many looks one is at the time. */
  granularity = 1;
  looks = 0;
  /** Set by `interp limit` and asked when the deadline has passed: may move it (limit callbacks). True when it stands. */
  timePassed: (() => boolean) | null = null;
  /** Set while a cancellation is pending. */
  cancelled: (() => TclError) | null = null;
  /** Bytes this interpreter tree may hold; Infinity for none. Kept at the root. */
  maxBytes = Infinity;
  /** What the last census found, and what was charged since. */
  private heldBytes = 0;
  private newBytes = 0;
  /** When that ended, and how long it took. */
  private countedAt = 0;
  private countTook = 0;

  constructor(interp: TclInterp) {
    this.interp = interp;
  }

  charge(units: number): void {
    burn(units);
  }

  allocate(bytes: number): void {
    // No single value may be larger than a JavaScript string can be, whatever the limit; what is refused is not held.
    if (bytes > MAX_VALUE_BYTES) throw refusedByV8();
    if (bytes >= LONG_MADE) R.texts += bytes;
    // What is copied meanwhile needs as much again.
    this.grow(bytes, 2 * bytes);
  }

  /** Charges what has grown already, much of which may be garbage by now; `needed`: room for what comes. */
  grow(bytes: number, needed = HEAP_LOOK): void {
    if (clock.heapLeft !== null) checkHeap(bytes, needed, clock.heapLeft, this.interp);
    rootOf(this.interp).budget.take(bytes);
  }

  private take(bytes: number): void {
    if (this.maxBytes === Infinity) return;
    if (this.heldBytes + this.newBytes + bytes > this.maxBytes) throw memoryLimit(this.interp);
    // Only now: what is refused is not held.
    this.newBytes += bytes;
    // While there is room for what may still come before the script can stand still.
    if (this.newBytes < Math.max(this.maxBytes / 16, Math.min(this.maxBytes / 4, (this.maxBytes - this.heldBytes) / 2))) return;
    clock.census = this.interp;
    R.fuel = 0;
  }

  /** Nobody charges what texts take that others are joined of or cut out of, but a census sets them free from each other. */
  checkTexts(): void {
    if (R.texts > this.maxBytes && clock.now() - this.countedAt > REST * this.countTook) clock.census = this.interp;
  }

  /** A census that was begun at a time found so much held. Texts held in many places it may count too often, yet never more was held than was charged. */
  counted({ all, objects }: Found, begun: number): void {
    this.countedAt = clock.now();
    this.countTook = this.countedAt - begun;
    this.heldBytes = Math.max(objects, Math.min(all, this.heldBytes + this.newBytes));
    this.newBytes = 0;
  }
}
