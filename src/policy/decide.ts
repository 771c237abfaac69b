/**
 * The one judge: may a request pass? A pure function of request, policy, origin and what the page said. No row, no right;
 * a row that disallows beats every row that allows, whatever their order.
 * Answers to `::cfg::allowed` of the Tcl plugin.
 */
import { isBelow, isLocal, mayBeBelow } from './addresses.ts';
import type { Condition, Decision, Origin, PageFacts, Policy, Request, Row, Word } from './model.ts';

const NO_FACTS: PageFacts = { vouched: false };

/** Decides a request. The rule in the answer is for the log, not for the tclet. */
export function decide(request: Request, policy: Policy, origin: Origin, facts: PageFacts = NO_FACTS): Decision {
  const where = `${policy.name}/${request.section}`;
  const section = policy.sections.find((s) => s.name === request.section);
  if (section === undefined) return no(where, 'the policy has no such section');
  const hits = section.rows.filter((row) => rowMatches(row, request.words, origin, facts));
  const denial = hits.find((row) => row.verdict === 'disallow');
  const row = denial ?? hits[0];
  if (row === undefined) return no(where, 'no rule allows it');
  return { allow: row.verdict === 'allow', rule: `${where}: ${rowText(row)}`, reason: row.why ?? 'the rule says so' };
}

/** A constant of a policy; it is an error of ours to ask for one that is not there. */
export function constant(policy: Policy, name: string): number {
  const value = Object.hasOwn(policy.constants, name) ? policy.constants[name] : undefined;
  if (value === undefined) throw new Error(`no such constant: ${name}`);
  return value;
}

/** A row as text, for the log and the policy's page. */
export function rowText(row: Row): string {
  return [row.verdict, ...row.words.map(wordText), ...(row.when === undefined ? [] : ['when', row.when])].join(' ');
}

function no(where: string, reason: string): Decision {
  return { allow: false, rule: `${where}: none`, reason };
}

function rowMatches(row: Row, words: readonly string[], origin: Origin, facts: PageFacts): boolean {
  if (words.length !== row.words.length) return false;
  if (row.when !== undefined && !holds(row.when, origin, facts)) return false;
  return row.words.every((word, i) => wordMatches(word, words[i]!, origin, row.verdict === 'disallow'));
}

function holds(condition: Condition, origin: Origin, facts: PageFacts): boolean {
  return condition === 'origin known' ? origin.known : facts.vouched;
}

/** `wide`: what might be meant counts. */
function wordMatches(word: Word, given: string, origin: Origin, wide: boolean): boolean {
  if ('is' in word) return word.is === given;
  if ('any' in word) return true;
  if ('from' in word) return /^-?[0-9]{1,15}$/.test(given) && Number(given) >= word.from && Number(given) <= word.to;
  if ('origin' in word) return origin.known && String(origin[word.origin]) === given;
  if ('below' in word) return (wide ? mayBeBelow : isBelow)(given, word.below);
  if ('local' in word) return isLocal(given);
  if ('insecure' in word) return !given.startsWith('https:');
  return origin.known && isBelow(given, origin.homeDirUrl);
}

function wordText(word: Word): string {
  if ('is' in word) return word.is === '' ? '{}' : word.is;
  if ('any' in word) return '*';
  if ('from' in word) return `${word.from}-${word.to}`;
  if ('origin' in word) return `the tclet's ${word.origin}`;
  if ('below' in word) return `${word.below} or below`;
  if ('local' in word) return 'local';
  if ('insecure' in word) return 'not https';
  return 'home or below';
}
