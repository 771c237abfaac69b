/**
 * A network of one machine, for `socket` of the command line's master: servers and clients of one run meet at 127.0.0.1 and ::1, and nothing else
 * is there. Answers to tclUnixSock.c.
 */
import { type Channel, type Driver, newChannel, poolOf } from '../tcl/channels.ts';
import { attempt, callStep, type Interp, type Step } from '../tcl/command.ts';
import { alternatives, TclError } from '../tcl/errors.ts';
import { elements, newList } from '../tcl/list.ts';
import { makePipe } from '../tcl/pipes.ts';
import { Posix } from '../tcl/posix.ts';
import { EMPTY, type Value } from '../tcl/value.ts';
import type { Connecting } from '../tcl/world.ts';

/** Where a system takes the ports from that it chooses, and the first that no privilege is needed for. */
const FIRST_FREE_PORT = 32_768;
const LAST_PORT = 65_535;

const LOCAL: ReadonlyMap<string, string> = new Map([
  ['', '127.0.0.1'],
  ['localhost', '127.0.0.1'],
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::1', '::1'],
  ['::', '::1'],
]);

interface Place {
  readonly address: string;
  readonly port: number;
}

interface Server extends Place {
  readonly everywhere: boolean;
  /** A connection to an address of it. */
  accept(end: Driver, me: Place, peer: Place): void;
}

/** The address of a host of that name here, or throws `wrong` when it is one, but not of this machine. */
function addressOf(host: string, wrong: Posix): string {
  const local = LOCAL.get(host);
  if (local !== undefined) return local;
  if (/^[0-9.]+$|:/.test(host)) throw wrong;
  throw new TclError("couldn't open socket: Name or service not known");
}

/** `fconfigure` of a socket: what is told with all options, and by its name alone. */
function options(own: ReadonlyMap<string, () => Value>): NonNullable<Driver['own']> {
  const get = (name: string): Value => {
    if (name === '-error') return own.get(name)?.() ?? EMPTY;
    if (name === '-connecting') return 0;
    const found = own.get(name);
    if (found !== undefined) return found();
    const names = ['-blocking', '-buffering', '-buffersize', '-encoding', '-eofchar', '-translation'];
    throw new TclError(`bad option "${name}": should be one of ${alternatives([...names, '-connecting', '-peername', '-sockname'])}`);
  };
  const told = ['-peername', '-sockname'].filter((name) => own.has(name));
  return { get, all: () => told.flatMap((name) => [name, get(name)]) };
}

const notConnected = (): Posix => new Posix('ENOTCONN', 'socket is not connected');

export class Loopback {
  private readonly servers = new Set<Server>();
  private nextPort = FIRST_FREE_PORT;
  private nextName = 1;

  private channel(interp: Interp, driver: Driver, mode: 'rw' | ''): Channel {
    const name = `sock${(this.nextName++).toString(16).padStart(4, '0')}`;
    const channel = newChannel(interp, driver, mode, name);
    if (mode === 'rw') channel.outTranslation = 'crlf';
    return channel;
  }

  private freePort(): number {
    const taken = new Set([...this.servers].map(({ port }) => port));
    do {
      if (++this.nextPort > LAST_PORT) this.nextPort = FIRST_FREE_PORT;
    } while (taken.has(this.nextPort));
    return this.nextPort;
  }

  listen(interp: Interp, command: Value, host: string, given: number): Channel {
    const address = addressOf(host, new Posix('EADDRNOTAVAIL', 'cannot assign requested address'));
    const everywhere = host === '' || host === '0.0.0.0' || host === '::';
    const port = given === 0 ? this.freePort() : given;
    for (const other of this.servers) {
      const clash = other.everywhere || everywhere || other.address === address;
      if (other.port === port && clash) throw new Posix('EADDRINUSE', 'address already in use');
    }
    const waiting = new Set<Driver>();
    const server: Server = {
      address,
      port,
      everywhere,
      accept: (end, me, peer) => {
        waiting.add(end);
        interp.events.queue('host', () => this.accepted(interp, command, waiting, end, me, peer));
      },
    };
    const names = everywhere ? ['0.0.0.0', '0.0.0.0', port, '::', '::', port] : [address, 'localhost', port];
    const peername = (): never => {
      throw new TclError("can't get peername: socket is not connected", ['POSIX', 'ENOTCONN', 'socket is not connected']);
    };
    const own = options(new Map<string, () => Value>([['-sockname', () => newList(names)]]));
    const channel = this.channel(
      interp,
      {
        own: { ...own, get: (name) => (name === '-peername' ? peername() : own.get!(name)) },
        close: () => {
          this.servers.delete(server);
          for (const end of waiting) end.close?.('both');
          waiting.clear();
        },
      },
      '',
    );
    this.servers.add(server);
    return channel;
  }

  /** Calls a server's command for a connection, unless the server was closed before it had its turn. */
  private *accepted(
    interp: Interp,
    command: Value,
    waiting: Set<Driver>,
    end: Driver,
    me: Place,
    peer: Place,
  ): Generator<Step, void, Value> {
    if (!waiting.delete(end)) return;
    // Where no more channels may be there is nobody to tell but the client.
    if (poolOf(interp).channels.size >= poolOf(interp).max) {
      end.close?.('both');
      return;
    }
    const channel = this.channel(interp, this.connected(end, me, peer), 'rw');
    const words = [...elements(command), channel.name, peer.address, peer.port];
    interp.backgroundEnd(yield* attempt(callStep(interp.globalFrame, words, interp)), newList(words));
  }

  connect(interp: Interp, host: string, port: number, how: Connecting): Channel {
    if (how.address !== '') addressOf(how.address, new Posix('EADDRNOTAVAIL', 'cannot assign requested address'));
    const address = addressOf(host, new Posix('ENETUNREACH', 'network is unreachable'));
    const me: Place = { address, port: how.port === 0 ? this.freePort() : how.port };
    const server = [...this.servers].find((s) => s.port === port && (s.everywhere || s.address === address));
    if (server === undefined) {
      if (!how.async) throw new Posix('ECONNREFUSED');
      return this.channel(interp, refused(me), 'rw');
    }
    const up = makePipe(interp);
    const down = makePipe(interp);
    const peer: Place = { address, port };
    server.accept(join(up.source, down.sink), peer, me);
    return this.channel(interp, this.connected(join(down.source, up.sink), me, peer), 'rw');
  }

  private connected(end: Driver, me: Place, peer: Place): Driver {
    const name = (place: Place) => (): Value => newList([place.address, 'localhost', place.port]);
    return {
      ...end,
      half: true,
      net: true,
      own: options(
        new Map([
          ['-peername', name(peer)],
          ['-sockname', name(me)],
        ]),
      ),
    };
  }
}

/** Two ends of pipes as one end of a connection. What is sent to who has closed it is lost; after that it is known. */
function join(source: Driver, sink: Driver): Driver {
  let known = false;
  return {
    ...source,
    ...sink,
    write(bytes) {
      try {
        sink.write!(bytes);
      } catch (e) {
        if (known || !(e instanceof Posix)) throw e;
        known = true;
      }
    },
    close(side) {
      if (side !== 'write') source.close?.(side);
      if (side !== 'read') sink.close?.(side);
    },
  };
}

/** What `socket -async` gives where nobody listens: nothing is connected, and why is told once to who asks. */
function refused(me: Place): Driver {
  let told = false;
  const error = (): Value => {
    const words = told ? EMPTY : 'connection refused';
    told = true;
    return words;
  };
  const fail = (): never => {
    throw notConnected();
  };
  return {
    read: fail,
    write: fail,
    whenReadable: (done) => done(),
    half: true,
    net: true,
    own: options(
      new Map<string, () => Value>([
        ['-error', error],
        ['-sockname', () => newList([me.address, 'localhost', me.port])],
      ]),
    ),
  };
}
