/**
 * What the page adds to a policy: rows that allow or disallow more, and other limits, as plain data. Rows are only added, so that what a policy
 * disallows stays so; the page and the worker read the same data.
 *
 *     { outside: { urls: { allow: ['https://api.example.com/v1/'] }, hosts: { allow: ['live.example.com:443'] }, constants: { maxFrames: 1 } } }
 */
import { hostedUrl } from './addresses.ts';
import type { Policy, Row, Section, Word } from './model.ts';
import { POLICIES } from './policies.ts';

/** By policy, then by section: `urls` (a URL and all below it), `hosts` (`HOST:PORT`, `HOST:FROM-TO` or `HOST:*`), any other (the word itself). `*` is any. */
export type PageRules = Readonly<Record<string, PagePolicy>>;
export type PagePolicy = Readonly<Record<string, PageSection | Readonly<Record<string, number>>>>;
export interface PageSection {
  readonly allow?: readonly string[];
  readonly disallow?: readonly string[];
}

/** The policies with the page's rows added. Throws a TypeError that says what is wrong with `rules`. */
export function policiesWith(rules: unknown): ReadonlyMap<string, Policy> {
  const given = entries(rules, 'policies');
  for (const [name] of given) if (!POLICIES.has(name)) throw new TypeError(`policies: there is no policy "${name}"`);
  return new Map([...POLICIES.values()].map((policy) => [policy.name, widened(policy, new Map(given).get(policy.name))]));
}

function widened(policy: Policy, rules: unknown): Policy {
  const given = new Map(entries(rules ?? {}, policy.name));
  const limits = entries(given.get('constants') ?? {}, `${policy.name}.constants`);
  given.delete('constants');
  for (const name of given.keys()) {
    if (!policy.sections.some((s) => s.name === name)) throw new TypeError(`policies: ${policy.name} has no section "${name}"`);
  }
  const constants = new Map(Object.entries(policy.constants));
  for (const [name, value] of limits) {
    if (!constants.has(name)) throw new TypeError(`policies: ${policy.name} has no constant "${name}"`);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
      throw new TypeError(`policies: ${name} wants a whole number`);
    constants.set(name, value);
  }
  return {
    ...policy,
    sections: policy.sections.map((section) => withRows(section, given.get(section.name), `${policy.name}.${section.name}`)),
    constants: Object.fromEntries(constants),
  };
}

function withRows(section: Section, rules: unknown, where: string): Section {
  if (rules === undefined) return section;
  const rows = entries(rules, where).flatMap(([verdict, list]): Row[] => {
    if (verdict !== 'allow' && verdict !== 'disallow')
      throw new TypeError(`policies: ${where}: "${verdict}" is neither allow nor disallow`);
    if (!Array.isArray(list)) throw new TypeError(`policies: ${where}.${verdict} wants a list of strings`);
    return list.map((text: unknown) => ({ verdict, words: wordsOf(section.name, text, where), why: 'the page says so' }));
  });
  return { ...section, rows: [...section.rows, ...rows] };
}

function wordsOf(section: string, text: unknown, where: string): Word[] {
  if (typeof text !== 'string') throw new TypeError(`policies: ${where} wants strings`);
  const literal = (is: string): Word => (is === '*' ? { any: true } : { is });
  if (section === 'urls') {
    if (text === '*') return [{ any: true }];
    const url = hostedUrl(text);
    if (url === null) throw new TypeError(`policies: ${where}: "${text}" is no http or https URL`);
    return [{ below: url.text }];
  }
  if (section !== 'hosts') return [literal(text)];
  const m = /^(.+):(?:([0-9]{1,5})(?:-([0-9]{1,5}))?|\*)$/.exec(text);
  // In the spelling that requests have.
  const host = m?.[1] === '*' ? '*' : hostedUrl(`https://${m?.[1]}/`)?.host;
  if (m === null || host === undefined) throw new TypeError(`policies: ${where}: "${text}" is no HOST:PORT`);
  return [literal(host), m[2] === undefined ? { any: true } : { from: Number(m[2]), to: Number(m[3] ?? m[2]) }];
}

function entries(data: unknown, where: string): [string, unknown][] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new TypeError(`policies: ${where} wants an object`);
  return Object.entries(data);
}
