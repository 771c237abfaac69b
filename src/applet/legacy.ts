/**
 * Old pages: `<embed type="application/x-tcl">`, `<embed src="x.tcl">` and `<object>` become `<tcl-applet>`, those added later too. An
 * ancestor (or the tag itself) with `data-no-tcl-applet` keeps its own. Answers to the plugin's embed and object tags (fact sheet A1).
 */
import './index.ts';

const OPT_OUT = '[data-no-tcl-applet]';
const TYPES = /^(application|text)\/(x-)?tcl$/i;
/** The plugin's ActiveX classes. */
const CLASS_IDS: ReadonlySet<string> = new Set([
  'clsid:14e78123-a693-4f27-b6ee-ddde18f93d3a',
  'clsid:dbb2de32-61f1-4f7f-beb8-a37f5bc24ee2',
]);

function isTclUrl(url: string | null): boolean {
  return url !== null && /\.(tcl|tk)([?#].*)?$/i.test(url);
}

function isTclEmbed(el: Element): boolean {
  const type = el.getAttribute('type');
  return type !== null && type !== '' ? TYPES.test(type.trim()) : isTclUrl(el.getAttribute('src'));
}

function params(object: Element): Map<string, string> {
  const out = new Map<string, string>();
  for (const p of object.querySelectorAll(':scope > param')) {
    const name = p.getAttribute('name');
    if (name) out.set(name.toLowerCase(), p.getAttribute('value') ?? '');
  }
  return out;
}

function isTclObject(el: Element): boolean {
  const type = el.getAttribute('type');
  if (type !== null && TYPES.test(type.trim())) return true;
  if (CLASS_IDS.has((el.getAttribute('classid') ?? '').toLowerCase())) return true;
  if (isTclUrl(el.getAttribute('data'))) return true;
  const given = params(el);
  return TYPES.test(given.get('type') ?? '') || isTclUrl(given.get('src') ?? null);
}

/** Attributes of the new element: those of the tag, an object's params and its nested embed's. */
function attributesOf(el: Element): Map<string, string> {
  const out = new Map<string, string>();
  const take = (from: Element) => {
    for (const { name, value } of from.attributes) out.set(name.toLowerCase(), value);
  };
  if (el.localName === 'embed') {
    take(el);
    return out;
  }
  const nested = el.querySelector('embed');
  if (nested !== null && isTclEmbed(nested)) take(nested);
  take(el);
  for (const [name, value] of params(el)) out.set(name, value);
  const data = out.get('data');
  if (data !== undefined && !out.has('src')) out.set('src', data);
  for (const name of ['data', 'classid', 'codebase', 'codetype']) out.delete(name);
  return out;
}

/** What `hspace`, `vspace` and `align` mean for a tag like these (HTML, section 15.4.3, attributes for embedded content). */
function place(el: HTMLElement, given: ReadonlyMap<string, string>): void {
  const length = (name: string): string => {
    const m = /^\s*\+?([0-9]+(?:\.[0-9]*)?)(%?)/.exec(given.get(name) ?? '');
    return m === null ? '' : `${m[1]}${m[2] || 'px'}`;
  };
  const { style } = el;
  style.marginLeft = style.marginRight = length('hspace');
  style.marginTop = style.marginBottom = length('vspace');
  const align = given.get('align')?.toLowerCase() ?? '';
  if (align === 'left' || align === 'right') style.cssFloat = align;
  else style.verticalAlign = ALIGN.get(align) ?? '';
}
const ALIGN: ReadonlyMap<string, string> = new Map([
  ['top', 'top'],
  ['texttop', 'text-top'],
  ['middle', 'middle'],
  ['center', 'middle'],
  ['absmiddle', 'middle'],
  ['abscenter', 'middle'],
  ['baseline', 'baseline'],
  ['bottom', 'baseline'],
  ['absbottom', 'bottom'],
]);

function upgrade(el: Element): void {
  const applet = document.createElement('tcl-applet');
  const given = attributesOf(el);
  for (const [name, value] of given) {
    try {
      applet.setAttribute(name, value);
    } catch {
      // Old pages hold attribute names that HTML parsers allow and setAttribute refuses: no tclet can ask for those by name either.
    }
  }
  place(applet, given);
  el.replaceWith(applet);
}

function visit(root: Element | Document): void {
  const found = [...root.querySelectorAll('object, embed')];
  if (root instanceof Element && root.matches('object, embed')) found.unshift(root);
  for (const el of found) {
    if (!el.isConnected || el.closest(OPT_OUT) !== null || el.closest('tcl-applet') !== null) continue;
    if (el.localName === 'object' ? isTclObject(el) : isTclEmbed(el) && !insideTclObject(el)) upgrade(el);
  }
}

function insideTclObject(el: Element): boolean {
  const object = el.closest('object');
  return object !== null && isTclObject(object);
}

function begin(): void {
  visit(document);
  new MutationObserver((records) => {
    for (const r of records) {
      for (const node of r.addedNodes) if (node instanceof Element) visit(node);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true });
else begin();
