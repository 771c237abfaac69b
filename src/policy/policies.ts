/**
 * The policies that a tclet can ask for by name. Data alone; what a row means is in model.ts, and a page decides by its `policy` attribute which
 * names may be asked for at all.
 * Answers to home.cfg, inside.cfg, outside.cfg, javascript.cfg and trusted.cfg of the Tcl plugin 2.0, with the meaning that today's web
 * gives them: a home is an origin and a directory, `inside` and `outside` reach what the page adds (page-rules.ts), nothing is found by a glob.
 */
import { allow, each, section } from './base.ts';
import type { Policy, Row, Word } from './model.ts';

const ANY: Word = { any: true };

function disallow(words: readonly Word[], more: Partial<Row> = {}): Row {
  return { verdict: 'disallow', words, ...more };
}

const URL_ALIASES = ['getURL', 'displayURL', 'getForm', 'displayForm', 'status'].map((name) => `::browser::${name}`);
const STREAM_ALIASES = ['openStream', 'writeToStream', 'closeStream'].map((name) => `::browser::${name}`);
const NETWORK_ALIASES = ['socket', 'fconfigure'];
const FILE_ALIASES = ['open', 'file', 'close', 'puts', 'tell', 'seek', 'glob'];
const USUAL_ALIASES = [...NETWORK_ALIASES, ...FILE_ALIASES, ...URL_ALIASES];

/** The features in the order they are installed, each with its commands. */
export const FEATURES: ReadonlyMap<string, readonly string[]> = new Map([
  ['url', URL_ALIASES],
  ['stream', STREAM_ALIASES],
  ['network', NETWORK_ALIASES],
  ['persist', FILE_ALIASES],
  ['page', ['::browser::javascript']],
  ['unsafe', ['master']],
]);

/** Limits of the plugin's home.cfg, and ours where it had none; bytes are bytes as stored or sent. */
const LIMITS = {
  openFilesLimit: 4,
  storedFilesLimit: 6,
  fileSizeLimit: 131_072,
  maxFrames: 5,
  requestsLimit: 8,
  responseBytesLimit: 16_777_216,
  socketsLimit: 4,
  /** 1: sockets are TLS only. */
  secureSockets: 0,
};

const HOME: Policy = {
  name: 'home',
  sections: [
    section('features', [...each(['url', 'network']), allow([{ is: 'persist' }], { when: 'origin known' })]),
    section('urls', [allow([{ home: true }])]),
    section('frames', [allow([ANY]), disallow([{ is: '' }])]),
    section('hosts', [allow([{ origin: 'host' }, { from: 1025, to: 65535 }]), allow([{ origin: 'host' }, { origin: 'port' }])]),
    section('aliases', [...each(USUAL_ALIASES), disallow([{ is: '::browser::sendMail' }])]),
  ],
  constants: LIMITS,
};

const INSIDE: Policy = {
  name: 'inside',
  sections: [
    section('features', each(['url', 'network', 'persist'])),
    // Nothing until the page adds rows.
    section('urls', []),
    section('frames', []),
    section('hosts', []),
    section('aliases', each(USUAL_ALIASES)),
  ],
  constants: LIMITS,
};

const NOT_LOCAL: Partial<Row> = { why: 'it guards the machine and the network the tclet runs in' };

const OUTSIDE: Policy = {
  ...INSIDE,
  name: 'outside',
  constants: { ...LIMITS, secureSockets: 1 },
  sections: INSIDE.sections.map((s) => {
    if (s.name === 'urls')
      return section('urls', [
        disallow([{ local: true }], NOT_LOCAL),
        disallow([{ insecure: true }], { why: 'names alone can be forged' }),
      ]);
    return s.name === 'hosts' ? section('hosts', [disallow([{ local: true }, ANY], NOT_LOCAL)]) : s;
  }),
};

const JAVASCRIPT: Policy = {
  name: 'javascript',
  sections: [
    section('features', each(['url', 'stream', 'network', 'persist', 'page'])),
    section('urls', [allow([ANY])]),
    section('frames', [allow([ANY])]),
    section('hosts', [allow([ANY, ANY])]),
    section('mimeTypes', [allow([ANY])]),
    section('aliases', [allow([ANY]), disallow([{ is: '::browser::sendMail' }])]),
  ],
  constants: { ...LIMITS, maxFrames: 10 },
};

const TRUSTED: Policy = {
  ...JAVASCRIPT,
  name: 'trusted',
  sections: JAVASCRIPT.sections.map((s) =>
    s.name === 'features'
      ? { ...s, rows: [...s.rows, allow([{ is: 'unsafe' }])].map((row) => ({ ...row, when: 'page vouches' as const })) }
      : s,
  ),
};

/** The policies that can be asked for, by name. */
export const POLICIES: ReadonlyMap<string, Policy> = new Map([HOME, INSIDE, OUTSIDE, JAVASCRIPT, TRUSTED].map((p) => [p.name, p]));

/** Which policies may be asked for, as a policy itself: the page's list, `trusted` only for text that the page vouched for. */
export function askable(names: readonly string[]): Policy {
  return {
    name: 'page',
    sections: [
      section(
        'policies',
        names.filter((name) => POLICIES.has(name)).map((is) => allow([{ is }], is === 'trusted' ? { when: 'page vouches' } : {})),
      ),
    ],
    constants: {},
  };
}
