/** Virtual events: names and the sequences they stand for. Answers to event.n and tkBind.c (VirtualEventTable). */
import { elements } from '../tcl/list.ts';
import { str, type Value } from '../tcl/value.ts';
import type { TkApp } from './app.ts';
import { BINDING_BYTES, type Sequence } from './bind.ts';
import { parseSequence, printSequence } from './patterns.ts';

export class VirtualEvents {
  private readonly app: TkApp;
  /** Name to definitions by their text. */
  private readonly names = new Map<string, Map<string, Sequence>>();
  /** Names and lists of sequences that nobody has asked for yet: read when somebody does. */
  private unread: Value | null = null;

  constructor(app: TkApp) {
    this.app = app;
  }

  addLater(list: Value): void {
    this.unread = list;
  }

  /** Those of scripts, and the library's once they have been asked for. */
  get known(): ReadonlyMap<string, ReadonlyMap<string, Sequence>> {
    return this.names;
  }

  get all(): ReadonlyMap<string, ReadonlyMap<string, Sequence>> {
    if (this.unread !== null) {
      const words = elements(this.unread);
      this.unread = null;
      for (let i = 0; i < words.length; i += 2) for (const s of elements(words[i + 1]!)) this.add(str(words[i]!), s);
    }
    return this.names;
  }

  /** Bytes, for the census. */
  held(): number {
    let bytes = 0;
    for (const definitions of this.names.values())
      for (const { patterns, text } of definitions.values()) bytes += BINDING_BYTES * patterns.length + 2 * text.length;
    return bytes;
  }

  add(name: string, sequence: Value): void {
    const patterns = parseSequence(str(sequence), false);
    const text = printSequence(patterns);
    const { app } = this;
    let definitions = this.all.get(name) as Map<string, Sequence> | undefined;
    if (!definitions) this.names.set(name, (definitions = new Map()));
    app.interp.budget.allocate(BINDING_BYTES * patterns.length + text.length * 2);
    if (!definitions.has(text)) definitions.set(text, { patterns, text, order: app.nextSerial(), tag: null, script: '' });
  }

  /** Without sequences, all of them. */
  delete(name: string, sequences: readonly Value[]): void {
    const definitions = this.all.get(name) as Map<string, Sequence> | undefined;
    if (!definitions) return;
    for (const s of sequences) definitions.delete(printSequence(parseSequence(str(s), false)));
    if (sequences.length === 0 || definitions.size === 0) this.names.delete(name);
  }
}
