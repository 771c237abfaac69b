import { expect, it } from 'vitest';
import { coreRows } from './commands/index.ts';
import { EventQueue } from './events.ts';
import { TclInterp } from './interp.ts';

it('code that is compiled stays so when an ensemble is first used, whose parts are then made', () => {
  const interp = new TclInterp({ rows: coreRows, events: new EventQueue({ now: () => 0, wallClock: () => 0 }) });
  interp.evalNow('proc p {} {set x 1; append x 2}; p');
  const { commandEpoch, inlineEpoch } = interp;
  interp.evalNow('array set a {x 1}; dict append d k v');
  expect([interp.commandEpoch, interp.inlineEpoch]).toEqual([commandEpoch, inlineEpoch]);
  interp.evalNow('proc append args {}; p');
  expect(interp.inlineEpoch).toBeGreaterThan(inlineEpoch);
});
