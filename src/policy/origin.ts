/**
 * Where a tclet comes from: the facts that rules and `getattr` name, from the URL of its source (the page's for a script
 * written in the page). URLs without a host of their own (`blob:`, `data:`, `about:srcdoc`) have no home: nothing is known.
 */
import { hostedUrl } from './addresses.ts';
import type { Origin } from './model.ts';

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

export function originOf(url: string): Origin {
  const u = hostedUrl(url);
  if (u === null) return UNKNOWN_ORIGIN;
  const { proto, host, port, base, path } = u;
  return {
    known: true,
    url: u.text,
    homeDirUrl: base + path.slice(0, path.lastIndexOf('/') + 1),
    proto,
    host,
    port,
    path,
    key: u.fragment,
  };
}
