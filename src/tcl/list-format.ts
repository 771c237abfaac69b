/** Elements to list text: which of bare, braces or backslashes an element needs. Answers to tclUtil.c, TclScanElement and TclConvertElement. */
import { formatDouble } from './double-format.ts';
import type { Value } from './value.ts';

/** What long texts of lists cost, in UTF-16 units; budget.ts says. Paid as they grow, since a list may have one long element many times. */
export const writing = { pay: (_chars: number): void => {} };
const STEP = 4096;

/** The list text of elements, canonical as Tcl's. */
export function formatList(elements: readonly Value[]): string {
  let out = '';
  const parts: string[] = [];
  for (let i = 0; i < elements.length; i++) {
    const v = elements[i]!;
    if (out.length > STEP) {
      writing.pay(out.length);
      // Looked at, it is one text; till then each step of its growth is kept, which for a long list is more than V8 has room for.
      out.charCodeAt(0);
      parts.push(out);
      out = '';
    }
    if (i > 0) out += ' ';
    // As `str` in value.ts, which cannot be imported here: values need this file for their strings.
    if (typeof v === 'number') out += Number.isInteger(v) ? v : formatDouble(v);
    else out += quoteElement(String(v), i === 0);
  }
  return parts.length === 0 ? out : parts.join('') + out;
}

const PLAIN = /^[^\t-\r "$;[\\\]{}#][^\t-\r "$;[\\\]{}]*$/;

/** One element, quoted. A leading `#` matters only in the first element of a list. */
export function quoteElement(s: string, first = true): string {
  if (PLAIN.test(s)) return s;
  if (s === '') return '{}';
  let nesting = 0;
  let forbidNone = s[0] === '{' || s[0] === '"';
  let preferBrace = forbidNone;
  let preferEscape = false;
  let requireEscape = false;
  for (let i = 0; i < s.length; i++) {
    switch (s.charCodeAt(i)) {
      case 123:
        nesting++;
        break;
      case 125:
        if (--nesting < 0) requireEscape = true;
        break;
      case 93: // ]
      case 34: // "
        forbidNone = true;
        preferEscape = true;
        break;
      case 91: // [
      case 36: // $
      case 59: // ;
      case 32:
      case 9:
      case 10:
      case 11:
      case 12:
      case 13:
        forbidNone = true;
        preferBrace = true;
        break;
      case 92: {
        const next = s.charCodeAt(i + 1);
        if (i + 1 === s.length) {
          requireEscape = true;
        } else if (next === 10) {
          requireEscape = true;
          i++;
        } else if (next === 123 || next === 125 || next === 92) {
          i++;
        }
        forbidNone = true;
        preferBrace = true;
      }
    }
  }
  const hash = first && s[0] === '#';
  if (nesting !== 0 || requireEscape) return backslashed(s, true, hash);
  if (forbidNone) {
    if (preferEscape && !preferBrace && !hash) return backslashed(s, false, false);
    return `{${s}}`;
  }
  return hash ? `{${s}}` : s;
}

const ESCAPES: Readonly<Record<string, string>> = { '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' };

function backslashed(s: string, braces: boolean, hash: boolean): string {
  const body = s.replace(braces ? /[\]["$; \\{}\f\n\r\t\v]/g : /[\]["$; \\\f\n\r\t\v]/g, (c) => ESCAPES[c] ?? `\\${c}`);
  return hash ? `\\${body}` : body;
}
