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
      weaknesses: [
        'It can draw anything in its own box, also what looks like a form of the page that asks for a password; but it can send nothing away.',
        'It can use up to its limits of time, memory and scratch space, and make the machine warm.',
        'It can tell the time, and so how fast the machine is.',
      ],
    },
  ],
  [
    'home',
    {
      purpose: 'Talk to the place the tclet came from, and keep files for it.',
      weaknesses: [
        'It can send home whatever its visitor does in it, and show what comes back.',
        'Its sockets are WebSockets: a browser adds the visitor’s cookies for that host, whatever the port, when one is opened, which no page can prevent.',
        'A host name is weak proof of who answers: without https, whoever is between can be the home.',
        'Whoever may write below the same folder of the server shares it with the tclet.',
        'Files that stay let its home know a visitor again.',
      ],
    },
  ],
  [
    'inside',
    {
      purpose: 'Talk to the hosts that the page lists, as an intranet would.',
      weaknesses: [
        'Behind a firewall it can carry what it reads from one listed host to another.',
        'Sockets and requests come from the visitor’s machine: what trusts the network trusts the tclet.',
      ],
    },
  ],
  [
    'outside',
    {
      purpose: 'Talk to the public hosts that the page lists, never to the machine or network it runs in.',
      weaknesses: [
        'It guards the machine, not the reputation of its visitor: what it sends comes from here.',
        'A public name may lead to a private address. Only the certificate that https wants stands in the way.',
      ],
    },
  ],
  [
    'javascript',
    {
      purpose: 'Call what the page has offered by name, reach any host the page itself could, show documents in its frames.',
      weaknesses: [
        'It is as safe as the functions the page offers, which get whatever words the tclet chooses.',
        'It can reach every host that lets this page’s origin read it, those of the visitor’s own network too, unless the page disallows them.',
      ],
    },
  ],
  [
    'trusted',
    {
      purpose: 'All commands of Tcl and the master interpreter, for a text whose digest the page vouched for.',
      weaknesses: [
        'There is no safe interpreter any more: what is left is the worker without authority, and the page’s gate with the rules above.',
        'The digest is of the text: what that text loads later is not vouched for.',
      ],
    },
  ],
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
