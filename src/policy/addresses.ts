/**
 * URLs and hosts as rules see them: one spelling for each, taken apart by the parser of the URL standard, which browsers, workers and Node
 * share. What a server might read in two ways is not below anything.
 */

declare class URL {
  constructor(url: string, base?: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** Taken when the module is read: a worker that is locked down has no such name any more. */
const Parser = URL;

export interface HostedUrl {
  /** Canonical: port written out, without fragment. */
  readonly text: string;
  /** `https`: without the colon. */
  readonly proto: string;
  readonly host: string;
  readonly port: string;
  /** `proto://host:port` */
  readonly base: string;
  readonly path: string;
  /** With its `#`. */
  readonly fragment: string;
  /** It names a user or a password. */
  readonly named: boolean;
}

const DEFAULT_PORTS = new Map([
  ['http', '80'],
  ['https', '443'],
]);

/** An http or https URL, relative to `base` when that is given; null for any other. */
export function hostedUrl(url: string, base?: string): HostedUrl | null {
  let u: URL;
  try {
    u = new Parser(url, base);
  } catch {
    return null;
  }
  const proto = u.protocol.slice(0, -1);
  const port = u.port || DEFAULT_PORTS.get(proto);
  // A host with a dot at its end is another spelling of that without.
  if (port === undefined || !DEFAULT_PORTS.has(proto) || u.hostname === '' || u.hostname.endsWith('.')) return null;
  const start = `${proto}://${u.hostname}:${port}`;
  return {
    text: start + u.pathname + u.search,
    proto,
    host: u.hostname,
    port,
    base: start,
    path: u.pathname,
    fragment: u.hash,
    named: u.username !== '' || u.password !== '',
  };
}

/**
 * Whether `url` is `place` or lies below it, both canonical (so without `..` in the path). An encoded slash or dot in the rest of the
 * path is refused, and one with parameters: servers differ on what they make of it.
 */
export function isBelow(url: string, place: string): boolean {
  if (place === '') return false;
  const path = url.split(/[?#]/, 1)[0]!;
  if (path === place) return true;
  const folder = place.endsWith('/') ? place : `${place}/`;
  if (!path.startsWith(folder)) return false;
  const rest = path.slice(folder.length);
  return !/%(25)*(2e|2f|5c|c0%a[ef]|u00)|\\/i.test(rest) && !/(^|\/)\.\.?(;|%(25)*3b|\/|$)/i.test(rest);
}

/**
 * Whether a server might take `url` for `place` or something below it: what a rule disallows is disallowed in every spelling. Letters written as
 * `%73`, empty and dotted segments, parameters, dots and blanks at ends, backslashes and case make no difference; nor does it help to go on to
 * somewhere else from there by dots that not every server takes for such.
 */
export function mayBeBelow(url: string, place: string): boolean {
  const wanted = segments(place);
  const out: string[] = [];
  for (const segment of segments(url)) {
    if (segment !== '..') out.push(segment);
    else if (out.length > 2) out.pop();
    if (out.length === wanted.length && out.every((part, i) => part === wanted[i])) return true;
  }
  return false;
}

/** Scheme, host, and the path by what may be its parts. */
function segments(url: string): string[] {
  let path = url.split(/[?#]/, 1)[0]!;
  // Some decode twice.
  for (let i = 0; i < 3; i++) path = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return path
    .toLowerCase()
    .split(/[/\\]+/)
    .map((part) => part.replace(/[;\0].*/s, ''))
    .map((part) => (part === '..' ? part : part.replace(/[. ]+$/, '')))
    .filter((part) => part !== '');
}

/**
 * Whether a host, or the host of a URL, is on the visitor's own machine or network as far as its name tells: loopback, private, link-local and
 * shared addresses and all that stand for one, names without a dot, and the names that local networks use. What is not a host is local.
 * RFC 1918, 4193, 6598, 6761, 6762, 6890, 8375.
 */
export function isLocal(text: string): boolean {
  const url = hostedUrl(text.includes('/') ? text : `https://${text.includes(':') && !text.startsWith('[') ? `[${text}]` : text}/`);
  if (url === null) return true;
  const { host } = url;
  if (host.startsWith('[')) return !isGlobalV6(host.slice(1, -1));
  const v4 = /^([0-9]+)\.([0-9]+)\.[0-9]+\.[0-9]+$/.exec(host);
  if (v4 !== null) return isLocalV4(Number(v4[1]), Number(v4[2]));
  // Names that say which address they lead to, and services that give such names to everybody.
  for (const [, a, b] of host.matchAll(/(?<![0-9])([0-9]{1,3})[.-]([0-9]{1,3})[.-][0-9]{1,3}[.-][0-9]{1,3}(?![0-9])/g)) {
    if (isLocalV4(Number(a), Number(b))) return true;
  }
  if (/(^|\.)((nip|sslip|xip)\.io|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com)$/.test(host)) return true;
  return !host.includes('.') || /\.(local|localhost|localdomain|internal|intranet|private|corp|home|lan|test|home\.arpa)$/.test(host);
}

function isLocalV4(a: number, b: number): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19))
  );
}

/** Global unicast, but for the ranges that carry an IPv4 address in them (Teredo, 6to4). */
function isGlobalV6(host: string): boolean {
  const [first = '', second = ''] = host.split(':');
  const head = Number.parseInt(first, 16);
  return head >= 0x2000 && head < 0x4000 && head !== 0x2002 && !(head === 0x2001 && (second === '' || second === '0'));
}
