/** Script text to commands and their words, with positions. The pieces of words are word-parts.ts's. Answers to Tcl.n and tclParse.c, Tcl_ParseCommand. */
import { LimitError, TclError } from './errors.ts';
import { reading } from './list.ts';
import { utf8Size } from './utf8.ts';
import {
  COMMAND_END,
  charType,
  checkWordEnd,
  ParseError,
  SPACE,
  scanBraces,
  scanParts,
  scanQuoted,
  skipComments,
  skipSpace,
  type WordPart,
  wordStart,
} from './word-parts.ts';

export interface Word {
  /** Empty for the empty word; one text part for a constant one. */
  readonly parts: readonly WordPart[];
  /** Begins with `{*}`. */
  readonly expand: boolean;
  /** Lines between the command's start and the word's. */
  readonly line: number;
}

export interface ParsedCommand {
  readonly words: readonly Word[];
  /** Offsets of its text, with the space behind it and without the terminator. */
  readonly start: number;
  readonly end: number;
  /** Lines before it. */
  readonly line: number;
}

export interface ParsedScript {
  readonly commands: readonly ParsedCommand[];
  /** The syntax error after them: those before it still run. */
  readonly error: TclError | null;
  /** Offset of the command that has the error. */
  readonly errorAt: number;
  /** What is told of it: up to where the error is. */
  readonly errorText: string;
}

/** What a word costs to read, beyond its length. */
const WORD_CHARS = 80;

/** Parses a whole script. Never throws a syntax error: it is part of the result. */
export function parseScript(text: string): ParsedScript {
  const commands: ParsedCommand[] = [];
  const end = text.length;
  const lines = new LineCounter(text);
  let at = 0;
  let start = 0;
  try {
    for (;;) {
      at = skipComments(text, at, end);
      while (at < end && charType(text.charCodeAt(at)) === COMMAND_END) at = skipComments(text, at + 1, end);
      if (at >= end) break;
      start = at;
      const line = lines.at(start);
      const words: Word[] = [];
      while (at < end && charType(text.charCodeAt(at)) !== COMMAND_END) {
        const parts: WordPart[] = [];
        const wordLine = lines.at(at) - line;
        const from = wordStart(text, at, end);
        const last = scanWord(text, from, end, parts);
        words.push({ parts, expand: from !== at, line: wordLine });
        reading.pay(WORD_CHARS + last - at);
        at = skipSpace(text, last, end);
      }
      // White space before its end is part of a command's text.
      commands.push({ words, start, end: at, line });
      at++;
    }
  } catch (e) {
    if (!(e instanceof TclError) || e instanceof LimitError) throw e;
    const wrong = e instanceof ParseError ? e : null;
    return {
      commands,
      error: e,
      errorAt: start,
      // A byte of what is in the way is told, which for most characters is none.
      errorText: text.slice(start, wrong ? wrong.at + (utf8Size(text.charCodeAt(wrong.at)) === 1 ? 1 : 0) : end),
    };
  }
  return { commands, error: null, errorAt: 0, errorText: '' };
}

/** Whether a script breaks off where more text might go on (`info complete`). */
export function breaksOff(text: string): boolean {
  const end = text.length;
  reading.pay(end);
  try {
    for (let at = skipComments(text, 0, end); at < end; at = skipComments(text, at, end)) {
      while (at < end && charType(text.charCodeAt(at)) !== COMMAND_END) {
        at = skipSpace(text, scanWord(text, wordStart(text, at, end), end, null), end);
      }
      at++;
    }
  } catch (e) {
    if (!(e instanceof TclError) || e instanceof LimitError) throw e;
    return e instanceof ParseError && e.incomplete;
  }
  // A backslash before the last newline asks for another line.
  return text.endsWith('\\\n') && /(^|[^\\])(\\\\)*\\\n$/.test(text);
}

function scanWord(text: string, at: number, end: number, out: WordPart[] | null): number {
  const c = text.charCodeAt(at);
  if (c === 34 || c === 123) {
    const after = c === 34 ? scanQuoted(text, at, end, out) : scanBraces(text, at, end, out);
    checkWordEnd(text, after, end, false);
    return after;
  }
  return scanParts(text, at, end, SPACE | COMMAND_END, out);
}

/** Counts newlines while positions only grow. */
export class LineCounter {
  private position = 0;
  private count = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  at(offset: number): number {
    for (let i = this.position; i < offset; i++) if (this.text.charCodeAt(i) === 10) this.count++;
    this.position = Math.max(this.position, offset);
    return this.count;
  }
}
