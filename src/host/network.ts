/**
 * What a tclet may send and receive: requests without cookies, referrer or redirects, and sockets, which are WebSockets to the root of a host and
 * port. The judge sees the one spelling of a URL that is then used. Answers to the features url and network of the Tcl plugin.
 */
import { hostedUrl } from '../policy/addresses.ts';
import type { Origin } from '../policy/model.ts';
import type { HostAnswer, PolicyRequest } from '../protocol/host.ts';
import { type Desk, Failure, within } from './desk.ts';
import type { Pipe, Pipes } from './pipes.ts';

export interface NetworkOptions {
  readonly desk: Desk;
  readonly pipes: Pipes;
  readonly origin: Origin;
  /** The platform's. */
  readonly fetch: typeof fetch;
  readonly WebSocket: typeof WebSocket;
}

type Request<Op> = Extract<PolicyRequest, { op: Op }>;

const BROKEN = 'abnormal end of stream: NETWORK_ERROR';
/** Bytes a socket holds for a tclet that does not read them, and that it takes before it says wait. */
const MAX_UNREAD = 1 << 20;
const MAX_UNSENT = 1 << 18;
/** Milliseconds until a socket must be open. */
const CONNECT_MS = 30_000;

export class Network {
  private readonly o: NetworkOptions;
  private requests = 0;
  private sockets = 0;
  /** Those that are closed and whose server has not said goodbye yet among them: a browser lets go of them a minute later. */
  private connections = 0;

  constructor(options: NetworkOptions) {
    this.o = options;
  }

  /** The canonical spelling of a URL that may pass the section `urls`, or the refusal. */
  allowedUrl(text: string): { url: string } | HostAnswer {
    const { desk, origin } = this.o;
    if (/\s/.test(text)) return desk.refuse('WARNING', `url ${text}: white space`, 'invalid url: contains whitespaces');
    const u = hostedUrl(text, origin.known ? origin.url : undefined);
    if (u === null) return desk.refuse('WARNING', `url ${text}: not one of http or https`, `invalid url "${text}": badly formed`);
    if (u.named) return desk.refuse('SECURITY', `url ${text}: it names a user`);
    const decision = desk.decide('urls', u.text);
    return decision.allow ? { url: u.text } : desk.refuse('SECURITY', `url ${u.text}: ${decision.rule}: ${decision.reason}`);
  }

  /** Begins a request; the answer is its pipe. Failures come when it is read. */
  get({ url: text, contentType, body, timeout }: Request<'fetch'>): HostAnswer {
    const { desk, pipes } = this.o;
    const allowed = this.allowedUrl(text);
    if (!('url' in allowed)) return allowed;
    const { url } = allowed;
    const what = `${body === null ? 'get' : 'post'} ${url}`;
    if (this.requests >= desk.limit('requestsLimit')) return desk.refuse('WARNING', `${what}: ${this.requests} requests are open`);
    this.requests++;
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(new Failure('timeout')), timeout);
    const response = this.o.fetch(url, {
      method: body === null ? 'GET' : 'POST',
      ...(body === null ? {} : { body: body as Uint8Array<ArrayBuffer>, headers: { 'content-type': contentType } }),
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: ending.signal,
    });
    const pipe = bodyPipe(what, url, response, ending.signal, desk.limit('responseBytesLimit'), () => {
      this.requests--;
      clearTimeout(timer);
      ending.abort(new Failure(BROKEN, 'closed'));
    });
    desk.note('NOTICE', what);
    return { ok: true, value: [String(pipes.add(pipe))] };
  }

  async connect({ host: given, port }: Request<'connect'>): Promise<HostAnswer> {
    const { desk, pipes, origin } = this.o;
    const wanted = given === '' ? origin.host : given;
    const denied = `permission denied for host ${given} port ${port}`;
    if (!/^[0-9]{1,5}$/.test(port)) {
      return desk.refuse('WARNING', `socket ${given} ${port}: no number`, `permission denied: non numeric port ${port}`);
    }
    const u = /[\s/\\?#@]/.test(wanted) ? null : hostedUrl(`https://${wanted}:${port}/`);
    if (u === null) return desk.refuse('WARNING', `socket ${given} ${port}: no host`, denied);
    const decision = desk.decide('hosts', u.host, u.port);
    const what = `socket ${u.host} ${u.port}`;
    if (!decision.allow) return desk.refuse('SECURITY', `${what}: ${decision.rule}: ${decision.reason}`, denied);
    if (this.sockets >= desk.limit('socketsLimit')) return desk.refuse('WARNING', `${what}: ${this.sockets} are open`, denied);
    if (this.connections >= 2 * desk.limit('socketsLimit')) return desk.refuse('WARNING', `${what}: too many are being closed`, denied);
    this.sockets++;
    const secure = origin.proto === 'https' || u.port === '443' || desk.limit('secureSockets') > 0;
    try {
      const socket = new this.o.WebSocket(`${secure ? 'wss' : 'ws'}://${u.host}:${u.port}/`);
      this.connections++;
      const pipe = await openSocket(what, socket, { closed: () => this.sockets--, gone: () => this.connections-- });
      desk.note('NOTICE', `${what}: open`);
      return { ok: true, value: [String(pipes.add(pipe))] };
    } catch (e) {
      this.sockets--;
      const truth = e instanceof Failure ? e.truth : String(e);
      return desk.refuse(
        'ERROR',
        `${what}: ${truth}`,
        `couldn't open socket: ${truth === 'timeout' ? 'connection timed out' : 'connection refused'}`,
      );
    }
  }
}

function cause(e: unknown, signal: AbortSignal): Failure {
  if (e instanceof Failure) return e;
  return signal.reason instanceof Failure ? signal.reason : new Failure(BROKEN, e instanceof Error ? e.message : String(e));
}

/**
 * The body of an answer: as text, when its media type says that it is some, in the encoding it names; else as bytes. Its head: URL, media
 * type, time of last change in ms or empty, size in bytes or empty.
 */
function bodyPipe(what: string, url: string, response: Promise<Response>, signal: AbortSignal, limit: number, close: () => void): Pipe {
  const begun = response.then((r) => {
    if (!r.ok) throw new Failure(BROKEN, `${r.status} ${r.statusText}`);
    return { headers: r.headers, reader: r.body?.getReader(), decoder: decoderOf(r.headers.get('content-type') ?? '') };
  });
  // Nobody has to listen.
  begun.catch(() => {});
  const failing = (e: unknown): never => {
    throw cause(e, signal);
  };
  let size = 0;
  const next = async (): Promise<Uint8Array | string> => {
    const { reader, decoder } = await begun;
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true as const, value: undefined };
      if (done) return decoder?.decode() ?? new Uint8Array(0);
      size += value.length;
      if (size > limit) throw new Failure(BROKEN, `more than ${limit} bytes`);
      const chunk = decoder?.decode(value, { stream: true }) ?? value;
      if (chunk.length > 0) return chunk;
    }
  };
  const head = async (): Promise<string[]> => {
    const { headers } = await begun;
    const get = (name: string): string => headers.get(name) ?? '';
    const changed = Date.parse(get('last-modified'));
    return [url, get('content-type').split(';', 1)[0]!.trim(), Number.isNaN(changed) ? '' : String(changed), get('content-length')];
  };
  return { what, head: () => head().catch(failing), read: () => next().catch(failing), close };
}

function decoderOf(contentType: string): TextDecoder | null {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((p) => /^\s*charset\s*=\s*"?([^"\s]+)/.exec(p)?.[1]).find((name) => name !== undefined);
  const text = /^\s*(text\/|application\/(json|javascript|xml|x-tcl|x-www-form-urlencoded)|[^/]+\/[^/]*\+(xml|json))/.test(type);
  if (!text && charset === undefined) return null;
  try {
    return new TextDecoder(charset ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}

function openSocket(what: string, socket: WebSocket, { closed, gone }: { closed(): void; gone(): void }): Promise<Pipe> {
  socket.binaryType = 'arraybuffer';
  let unread: Uint8Array[] = [];
  let size = 0;
  let live = false;
  let over = false;
  let failure: Failure | null = null;
  let wake: () => void = () => {};
  const end = (): void => {
    if (over) return;
    over = true;
    closed();
    wake();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data as ArrayBuffer);
    size += bytes.length;
    if (size > MAX_UNREAD) {
      failure = new Failure('connection reset by peer', `more than ${MAX_UNREAD} bytes unread`);
      socket.close();
      end();
      return;
    }
    if (bytes.length > 0) unread.push(bytes);
    wake();
  };
  const pipe: Pipe = {
    what,
    async read() {
      while (unread.length === 0 && !over) await new Promise<void>((resolve) => (wake = resolve));
      if (failure !== null) throw failure;
      const all = new Uint8Array(size);
      let at = 0;
      for (const part of unread) {
        all.set(part, at);
        at += part.length;
      }
      unread = [];
      size = 0;
      return all;
    },
    async write(bytes) {
      if (over) throw new Failure('broken pipe');
      socket.send(bytes as Uint8Array<ArrayBuffer>);
      while (!over && socket.bufferedAmount > MAX_UNSENT) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    close() {
      socket.close();
      end();
    },
  };
  const opened = new Promise<Pipe>((resolve, reject) => {
    socket.onopen = () => {
      live = true;
      resolve(pipe);
    };
    socket.onclose = ({ code }) => {
      gone();
      if (live) end();
      else reject(new Failure('connection refused', `closed with ${code}`));
    };
  });
  return within(CONNECT_MS, opened).catch((e: unknown) => {
    socket.close();
    throw e;
  });
}
