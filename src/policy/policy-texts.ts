/**
 * What is said of the policies to those who choose among them. Rules and limits, which decide, are in policies.ts: nothing that runs a tclet
 * needs these texts.
 */

export interface PolicyText {
  /** What it is for, in a sentence. */
  readonly purpose: string;
  /** What a tclet with it could still do that somebody may mind. */
  readonly weaknesses: readonly string[];
}

/** By the policy's name; `base` is what every tclet has. */
export const POLICY_TEXTS: ReadonlyMap<string, PolicyText> = new Map([
  [
    'base',
    {
      purpose: 'Compute and draw, with scratch files that are gone when the tclet ends.',
      weaknesses: ['It can draw anything in its own box, and use up to its limits of time and memory.'],
    },
  ],
  [
    'home',
    {
      purpose: 'Talk to the place the tclet came from, and keep files for it.',
      weaknesses: ['It can send home whatever its visitor does in it.'],
    },
  ],
  [
    'inside',
    {
      purpose: 'Talk to the hosts that the page lists, as an intranet would.',
      weaknesses: ['Behind a firewall it can carry what it reads from one listed host to another.'],
    },
  ],
  [
    'outside',
    {
      purpose: 'Talk to the public hosts that the page lists, never to the machine or network it runs in.',
      weaknesses: ['It guards the machine, not the reputation of its visitor: what it sends comes from here.'],
    },
  ],
  ['javascript', { purpose: 'Call what the page has offered by name.', weaknesses: ['It is as safe as the functions the page offers.'] }],
  ['trusted', { purpose: 'Everything the page itself can do.', weaknesses: ['Everything.'] }],
]);

/** What the words of a section's rows are, in order. */
export const SECTION_WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['scratch', ['operation']],
  ['options', ['option']],
  ['features', ['feature']],
  ['urls', ['url']],
  ['frames', ['frame']],
  ['hosts', ['host', 'port']],
  ['mimeTypes', ['type']],
  ['aliases', ['alias']],
  ['policies', ['policy']],
]);
