/** The features network, stream, page and unsafe. Answers to network.tcl, stream.tcl and unsafe.tcl of the Tcl plugin. */
import { addChannel, checkRoom, makeChannel } from '../../tcl/channels.ts';
import { evalStep } from '../../tcl/command.ts';
import { TclError } from '../../tcl/errors.ts';
import { elements } from '../../tcl/list.ts';
import { quoteElement } from '../../tcl/list-format.ts';
import { orPosix } from '../../tcl/posix.ts';
import { str } from '../../tcl/value.ts';
import { NOT_OF_TK } from '../safe-tk.ts';
import { type Feature, numberIn, request, timeoutOf } from './feature.ts';
import { pipeDriver } from './pipe-channel.ts';

/** `socket host port`: a client alone. An empty host is the one the tclet came from. */
export const networkFeature: Feature = (context) => {
  let next = 1;
  return [
    {
      name: 'socket',
      min: 2,
      max: 2,
      usage: 'host port',
      safe: true,
      *script(_interp, args) {
        const { interp } = context;
        orPosix("couldn't open socket", () => checkRoom(interp));
        const pipe = numberIn(yield* request(context, { op: 'connect', host: str(args[1]!), port: str(args[2]!) }));
        const channel = makeChannel(`sock${next++}`, pipeDriver(context, pipe, 'rw'), 'rw');
        addChannel(interp, channel);
        return channel.name;
      },
    },
  ];
};

/** A stream belongs to the tclet that opened it: a token of another means nothing here. */
export const streamFeature: Feature = (context) => {
  const streams = new Map<string, number>();
  const named = (token: string): number => {
    const stream = streams.get(token);
    if (stream === undefined) throw context.audit.refuse(context.id, `stream ${token}: not open`);
    return stream;
  };
  return [
    {
      name: '::browser::openStream',
      min: 1,
      max: 2,
      usage: 'frame ?mimeType?',
      safe: true,
      *script(_interp, args) {
        const type = str(args[2] ?? 'text/html');
        const stream = numberIn(yield* request(context, { op: 'stream-open', frame: str(args[1]!), type }));
        streams.set(`stream${stream}`, stream);
        return `stream${stream}`;
      },
    },
    {
      name: '::browser::writeToStream',
      min: 2,
      max: 2,
      usage: 'stream data',
      safe: true,
      *script(_interp, args) {
        yield* request(context, { op: 'stream-write', stream: named(str(args[1]!)), text: str(args[2]!) });
        return '';
      },
    },
    {
      name: '::browser::closeStream',
      min: 1,
      max: 1,
      usage: 'stream',
      safe: true,
      *script(_interp, args) {
        const token = str(args[1]!);
        yield* request(context, { op: 'stream-close', stream: named(token) });
        streams.delete(token);
        return '';
      },
    },
  ];
};

/** Milliseconds that a function of the page may take. */
const CALL_MS = 1000;

/** `::browser::javascript {name arg ...} ?callback?`: no script of the page's language, but a function that the page exposed. */
export const pageFeature: Feature = (context) => [
  {
    name: '::browser::javascript',
    min: 1,
    max: 2,
    usage: 'script ?callback?',
    safe: true,
    *script(_interp, args) {
      const [name = '', ...words] = elements(args[1]!).map(str);
      const asked = { op: 'call', name, args: words, timeout: timeoutOf(undefined, CALL_MS) } as const;
      if (args.length === 2) {
        const value = yield* request(context, asked);
        return typeof value === 'string' ? value : '';
      }
      const { interp, ask } = context;
      ask(asked, (answer) => {
        if (interp.deleted) return;
        if (answer.ok) interp.queueScript(`${str(args[2]!)} ${quoteElement(String(answer.value))}`);
        else interp.backgroundError(new TclError(answer.message));
      });
      return '';
    },
  },
];

/** All that the safe interpreter hid, and the master; the page's gate and the worker's own walls stay. */
export const unsafeFeature: Feature = (context) => {
  const { interp } = context;
  for (const name of [...interp.hidden.keys()]) {
    if (interp.findCommand(name) === null && !name.includes(':') && !NOT_OF_TK.includes(name)) interp.exposeCommand(name);
  }
  return [
    {
      name: 'master',
      min: 1,
      max: Infinity,
      usage: 'script ?arg ...?',
      safe: true,
      *script(_interp, args) {
        const master = interp.parent!;
        return yield evalStep(master.globalFrame, args.slice(1).map(str).join(' '), master);
      },
    },
  ];
};
