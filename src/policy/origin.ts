/**
 * Where a tclet comes from: the facts that rules and `getattr` name, from the URL of its source (the page's for a script
 * written in the page). URLs without a host of their own (`blob:`, `data:`, `about:srcdoc`) have no home: nothing is known.
 */
import type { Origin } from './model.ts';

/** The parser of the URL standard, which browsers, workers and Node share. */
declare class URL {
  constructor(url: string);
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

export const UNKNOWN_ORIGIN: Origin = {
  known: false,
  url: '',
  homeDirUrl: '',
  proto: '',
  host: '',
  port: '',
  path: '',
  key: '',
};

const DEFAULT_PORTS = new Map([
  ['http', '80'],
  ['https', '443'],
]);

export function originOf(url: string): Origin {
  let u: URL;
  try {
    u = new URL(url);
  } catch {
    return UNKNOWN_ORIGIN;
  }
  const proto = u.protocol.slice(0, -1);
  const port = u.port || DEFAULT_PORTS.get(proto);
  if (port === undefined || !DEFAULT_PORTS.has(proto) || u.hostname === '') return UNKNOWN_ORIGIN;
  const base = `${proto}://${u.hostname}:${port}`;
  return {
    known: true,
    url: base + u.pathname + u.search,
    homeDirUrl: base + u.pathname.slice(0, u.pathname.lastIndexOf('/') + 1),
    proto,
    host: u.hostname,
    port,
    path: u.pathname,
    key: u.hash,
  };
}
