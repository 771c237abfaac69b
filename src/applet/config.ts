/** Attributes to configuration: every default in one object, every attribute read in one place. Answers to DESIGN section 7 and the plugin's embed_args. */
import type { Limits } from '../protocol/messages.ts';

export interface AppletConfig {
  readonly src: string | null;
  readonly script: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly policies: readonly string[];
  readonly hidden: boolean;
  readonly tk: boolean;
  readonly integrity: string | null;
  /** `opaque`: nothing else will do; `origin`: a worker of the page's origin is allowed where the page's policy forces it. */
  readonly isolation: 'opaque' | 'origin';
  readonly limits: Limits;
}

export const DEFAULTS: AppletConfig = {
  src: null,
  script: null,
  width: null,
  height: null,
  policies: ['home'],
  hidden: false,
  tk: true,
  integrity: null,
  isolation: 'opaque',
  limits: { timeMs: null, commands: null, memoryMb: 256 },
};

/** A whole number of at least `least`, or null. Pixels may carry the unit, as old pages wrote. */
function count(text: string | null, least = 0): number | null {
  const m = text === null ? null : /^\s*([0-9]+)(?:px)?\s*$/.exec(text);
  const n = m === null ? Number.NaN : Number(m[1]);
  return Number.isSafeInteger(n) && n >= least ? n : null;
}

/** Largest box a page may ask for; beyond, an attribute is a mistake. */
const MAX_PIXELS = 20_000;

/** False values as Tcl knows them. */
const FALSE: ReadonlySet<string> = new Set(['0', 'false', 'no', 'off']);

/** Reads an element. `inline`: the text of its script child. */
export function readConfig(el: Element, inline: string | null): AppletConfig {
  const get = (name: string) => el.getAttribute(name);
  const size = (name: string) => {
    const n = count(get(name), 1);
    return n === null ? null : Math.min(n, MAX_PIXELS);
  };
  const hidden = el.hasAttribute('hidden');
  const tk = get('tk');
  return {
    src: get('src'),
    script: get('script') ?? inline,
    width: size('width'),
    height: size('height'),
    policies:
      get('policy') === null
        ? DEFAULTS.policies
        : get('policy')!
            .split(/\s+/)
            .filter((p) => p !== ''),
    hidden,
    tk: !hidden && !(tk !== null && FALSE.has(tk.trim().toLowerCase())),
    integrity: get('integrity'),
    isolation: get('isolation') === 'origin' ? 'origin' : DEFAULTS.isolation,
    limits: {
      timeMs: count(get('limit-time'), 1) ?? DEFAULTS.limits.timeMs,
      commands: count(get('limit-commands'), 1) ?? DEFAULTS.limits.commands,
      memoryMb: count(get('limit-memory'), 1) ?? DEFAULTS.limits.memoryMb,
    },
  };
}

/** `embed_args`: every attribute in lower case, `data-` taken off, `id` and `class` left out, and `embed_mode`. */
export function embedArgs(el: Element, hidden: boolean): [string, string][] {
  const args = new Map<string, string>();
  for (const { name, value } of el.attributes) {
    const key = name.toLowerCase();
    if (key === 'id' || key === 'class' || key === 'style' || key === 'slot' || key === 'classid') continue;
    args.set(key.startsWith('data-') ? key.slice(5) : key, value);
  }
  args.set('embed_mode', hidden ? 'hidden' : 'embed');
  return [...args];
}

/** A script as Tcl expects it: LF only (the plugin did so too). */
export function normalizeNewlines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
