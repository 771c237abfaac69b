/**
 * Where a tclet shows pages: frames of the document it is in, and windows. A page may forbid each; windows, and the page's own place, want a
 * visitor who has just done something. What is shown cannot be read back. Answers to displayURL, displayForm and the feature stream.
 */
import type { HostAnswer, PolicyRequest } from '../protocol/host.ts';
import { type Desk, DONE } from './desk.ts';

export interface Navigation {
  readonly url: string;
  readonly frame: string;
  readonly method: 'GET' | 'POST';
}

/** What of the document this needs. */
export interface Place {
  readonly document: Document;
  /** Asks the page. */
  mayNavigate(navigation: Navigation): Promise<boolean>;
  /** Whether the visitor has just done something. */
  active(): boolean;
}

type Request<Op> = Extract<PolicyRequest, { op: Op }>;

/** Names that are no frame's own, and cost nothing. */
const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['_self', '_self'],
  ['_current', '_self'],
  ['_parent', '_parent'],
  ['_top', '_top'],
]);

/** Most fields of a form that is posted: the browser makes their list while the page waits. */
const MAX_FIELDS = 1000;

/** Media types a stream may have. */
const STREAM_TYPES: ReadonlySet<string> = new Set(['text/html', 'text/plain']);

interface Stream {
  readonly frame: HTMLIFrameElement;
  readonly type: string;
  readonly parts: string[];
  size: number;
}

export class Frames {
  private readonly desk: Desk;
  private readonly place: Place;
  /** Frames of the page that were counted, by name; windows, which nothing finds again by theirs, each time one is opened. */
  private readonly named = new Set<string>();
  private windows = 0;
  private readonly streams = new Map<number, Stream>();
  private nextStream = 1;
  private ended = false;

  constructor(desk: Desk, place: Place) {
    this.desk = desk;
    this.place = place;
  }

  /** `url` is canonical and allowed. */
  async navigate(url: string, { frame: given, body }: Request<'navigate'>, policy: string): Promise<HostAnswer> {
    const { desk, place } = this;
    // To a browser `_TOP` is `_top`.
    const small = given.toLowerCase();
    const frame = small === '_blank' || SPECIAL.has(small) ? small : given;
    const what = `show ${url} in "${frame}"`;
    const decision = desk.decide('frames', frame);
    if (!decision.allow) {
      const heard = `permission denied: policy ${policy} does not allow display in frame "${given}"`;
      return desk.refuse('SECURITY', `${what}: ${decision.rule}: ${decision.reason}`, heard);
    }
    const fields = [...new URLSearchParams(body ?? '')];
    if (fields.length > MAX_FIELDS) return desk.refuse('WARNING', `${what}: more than ${MAX_FIELDS} fields`);
    const tooMany = (): boolean =>
      !SPECIAL.has(frame) && !this.named.has(frame) && this.named.size + this.windows >= desk.limit('maxFrames');
    const full = (): HostAnswer => desk.refuse('WARNING', `${what}: too many`, 'too many frames');
    if (tooMany()) return full();
    if (!(await place.mayNavigate({ url, frame, method: body === null ? 'GET' : 'POST' }))) {
      return desk.refuse('SECURITY', `${what}: the page said no`);
    }
    // The page took its time: others may have come first.
    if (this.ended) return desk.refuse('WARNING', `${what}: after the end`);
    if (tooMany()) return full();
    const inner = this.iframe(frame);
    if (inner === null && !place.active()) return desk.refuse('WARNING', `${what}: the visitor has not just done anything`);
    if (inner !== null) this.named.add(frame);
    else if (!SPECIAL.has(frame)) this.windows++;
    if (body !== null) this.post(url, inner === null && !SPECIAL.has(frame) ? '_blank' : frame, fields);
    else if (inner !== null) inner.src = url;
    else place.document.defaultView?.open(url, SPECIAL.get(frame) ?? frame, SPECIAL.has(frame) ? '' : 'noopener,noreferrer');
    desk.note('NOTICE', what);
    return DONE;
  }

  private iframe(name: string): HTMLIFrameElement | null {
    return [...this.place.document.querySelectorAll('iframe')].find((frame) => frame.name === name && name !== '') ?? null;
  }

  /** Without elements for the fields, whose names would stand for the form's own. */
  private post(url: string, frame: string, fields: readonly (readonly [string, string])[]): void {
    const { document } = this.place;
    const form = document.createElement('form');
    form.method = 'post';
    form.action = url;
    form.target = SPECIAL.get(frame) ?? frame;
    if (frame === '_blank') form.rel = 'noopener noreferrer';
    form.addEventListener('formdata', ({ formData }) => {
      for (const [name, value] of fields) formData.append(name, value);
    });
    document.body.append(form);
    form.submit();
    form.remove();
  }

  /** Only the page makes a place for a stream: a sandboxed `<iframe name=FRAME>` that keeps its contents apart from the page. */
  open({ frame: name, type }: Request<'stream-open'>): HostAnswer {
    const { desk } = this;
    const what = `stream ${type} in "${name}"`;
    const decisions = [desk.decide('frames', name), desk.decide('mimeTypes', type)];
    const no = decisions.find((decision) => !decision.allow);
    if (no !== undefined) return desk.refuse('SECURITY', `${what}: ${no.rule}: ${no.reason}`);
    if (!STREAM_TYPES.has(type)) return desk.refuse('WARNING', `${what}: neither text/html nor text/plain`);
    const frame = this.iframe(name);
    if (frame === null || !frame.hasAttribute('sandbox') || frame.sandbox.contains('allow-same-origin')) {
      return desk.refuse('WARNING', `${what}: the page has no sandboxed frame of that name`);
    }
    if (this.streams.size >= desk.limit('maxFrames')) return desk.refuse('WARNING', `${what}: too many`, 'too many frames');
    this.streams.set(this.nextStream, { frame, type, parts: [], size: 0 });
    desk.note('NOTICE', what);
    return { ok: true, value: [String(this.nextStream++)] };
  }

  write({ stream: id, text }: Request<'stream-write'>): HostAnswer {
    const stream = this.streams.get(id);
    if (stream === undefined) return this.desk.refuse('WARNING', `write to stream ${id}, which is not open`);
    stream.size += text.length;
    if (stream.size > this.desk.limit('responseBytesLimit')) return this.desk.refuse('WARNING', `stream ${id}: too long`);
    stream.parts.push(text);
    return DONE;
  }

  /** Shows the document. */
  close({ stream: id }: Request<'stream-close'>): HostAnswer {
    const stream = this.streams.get(id);
    if (stream === undefined) return this.desk.refuse('WARNING', `close of stream ${id}, which is not open`);
    this.streams.delete(id);
    const url = URL.createObjectURL(new Blob(stream.parts, { type: `${stream.type};charset=utf-8` }));
    stream.frame.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
    stream.frame.src = url;
    return DONE;
  }

  end(): void {
    this.ended = true;
    this.streams.clear();
  }
}
