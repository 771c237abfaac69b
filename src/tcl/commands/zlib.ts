/** `zlib`: compression of values, streams that are commands, transformations of channels. Answers to zlib.n and tclZlib.c. */
import { channelNamed, type Driver, type DriverOption, type Transform } from '../channels.ts';
import { adler32, crc32 } from '../checksums.ts';
import type { Frame, Interp } from '../command.ts';
import { COMPRESSOR_BYTES, type Flush } from '../deflate.ts';
import { latin1Text } from '../encoding.ts';
import { byteArray, encodingNamed } from '../encodings.ts';
import { lookup, TclError, wrongArgs } from '../errors.ts';
import type { TclInterp } from '../interp.ts';
import { dictOf, newDict } from '../list.ts';
import { boolOf, smallIntOf, wideOf } from '../number.ts';
import { addInfo } from '../run.ts';
import { type Key, share, str, type Value } from '../value.ts';
import { type Compressor, type Decompressor, type Format, type GzipHead, makeCompressor, makeDecompressor, ZlibError } from '../zlib.ts';

const MODES = ['compress', 'decompress', 'deflate', 'gunzip', 'gzip', 'inflate'] as const;
type Mode = (typeof MODES)[number];

const FORMATS: Readonly<Record<Mode, Format>> = {
  compress: 'zlib',
  decompress: 'zlib',
  deflate: 'raw',
  gunzip: 'gzip',
  gzip: 'gzip',
  inflate: 'raw',
};
const compresses = (mode: Mode): boolean => mode === 'compress' || mode === 'deflate' || mode === 'gzip';

const MAX_BUFFER = 65536;
const MIN_BUFFER = 16;
const NOTHING = new Uint8Array(0);
/** Most bytes that a head's texts may have. */
const MAX_COMMENT = 255;
const MAX_FILENAME = 4095;

function bytesOf(v: Value): Uint8Array {
  return byteArray(str(v));
}

function inOption(option: string, e: unknown): unknown {
  if (e instanceof TclError) addInfo(e, `\n    (in ${option} option)`);
  return e;
}

function badLevel(): TclError {
  return new TclError('level must be 0 to 9', ['TCL', 'VALUE', 'COMPRESSIONLEVEL']);
}

function levelOf(v: Value): number {
  const level = smallIntOf(v);
  if (level < 0 || level > 9) throw badLevel();
  return level;
}

function sizeOf(v: Value, least: number, words = 'buffer size'): number {
  const size = smallIntOf(v);
  if (size < least || size > MAX_BUFFER) throw new TclError(`${words} must be ${least} to ${MAX_BUFFER}`, ['TCL', 'VALUE', 'BUFFERSIZE']);
  return size;
}

// ---- The head of gzip

function readHead(v: Value): GzipHead {
  const fields = dictOf(v).m;
  const latin1 = (key: string, most: number): Uint8Array | undefined => {
    const text = fields.get(key);
    return text === undefined ? undefined : encodingNamed('iso8859-1').encode(str(text)).subarray(0, most);
  };
  const field = <T>(key: Key, read: (value: Value) => T, otherwise: T): T => {
    const value = fields.get(key);
    return value === undefined ? otherwise : read(value);
  };
  const comment = latin1('comment', MAX_COMMENT);
  const crc = field('crc', boolOf, false);
  const filename = latin1('filename', MAX_FILENAME);
  const os = field('os', smallIntOf, 0);
  const time = field('time', (t) => Number(BigInt.asUintN(32, BigInt(wideOf(t)))), 0);
  const text = field('type', (t) => lookup(str(t), ['binary', 'text'], 'type', true) === 'text', false);
  return { ...(comment && { comment }), ...(filename && { filename }), crc, os, time, text };
}

/** A head as a dict; before one was read, an empty one. */
function headDict(head: GzipHead | null, size?: number): Value {
  const { comment, filename, crc, os, time, text } = head ?? {
    comment: NOTHING,
    filename: NOTHING,
    crc: false,
    os: 0,
    time: 0,
    text: false,
  };
  const dict = new Map<Key, Value>();
  if (comment) dict.set('comment', latin1Text(comment));
  dict.set('crc', Number(crc));
  if (filename) dict.set('filename', latin1Text(filename));
  if (os !== 255) dict.set('os', os);
  if (time !== 0) dict.set('time', time);
  dict.set('type', text ? 'text' : 'binary');
  if (size !== undefined) dict.set('size', size);
  return newDict(dict);
}

// ---- Values

type Handler = (interp: Interp, args: readonly Value[], frame: Frame) => Value;

const usage = (words: string): TclError => wrongArgs(`zlib ${words}`);

function checksum(name: string, sum: (data: Uint8Array, start?: number) => number): Handler {
  return (interp, args) => {
    if (args.length < 3 || args.length > 4) throw usage(`${name} data ?startValue?`);
    const start = args.length > 3 ? smallIntOf(args[3]!) >>> 0 : undefined;
    const data = bytesOf(args[2]!);
    interp.budget.charge(data.length / 4);
    return sum(data, start);
  };
}

function compressValue(interp: Interp, format: Format, data: Value, level: number | null, head: GzipHead | null): Value {
  return latin1Text(makeCompressor(format, level, head, interp.budget).put(bytesOf(data), 'finish'));
}

function compressor(mode: Mode): Handler {
  return (interp, args) => {
    if (args.length < 3 || args.length > 4) throw usage(`${mode} data ?level?`);
    const level = args.length > 3 ? levelOf(args[3]!) : null;
    return compressValue(interp, FORMATS[mode], args[2]!, level, null);
  };
}

const gzip: Handler = (interp, args) => {
  let level: number | null = null;
  let head: GzipHead | null = null;
  if (args.length === 4) {
    try {
      level = smallIntOf(args[3]!);
    } catch {
      throw usage('gzip data ?-level level? ?-header header?');
    }
    if (level < 0 || level > 9) throw inOption('-level', badLevel());
  } else {
    if (args.length > 7 || args.length % 2 === 0) throw usage('gzip data ?-level level? ?-header header?');
    let header: Value | null = null;
    for (let i = 3; i < args.length; i += 2) {
      const value = args[i + 1]!;
      if (lookup(str(args[i]!), ['-header', '-level'], 'option') === '-header') {
        header = value;
        continue;
      }
      level = smallIntOf(value);
      if (level < 0 || level > 9) throw inOption('-level', badLevel());
    }
    if (header !== null) head = readHead(header);
  }
  return compressValue(interp, 'gzip', args[2]!, level, head);
};

/** All of it, and who has read it. As in Tcl a byte more than there is may be read. */
function decompressValue(interp: Interp, format: Format, data: Value): [Uint8Array, Decompressor] {
  const source = makeDecompressor(format, interp.budget);
  source.push(byteArray(`${str(data)}\0`));
  const made = source.pull(Infinity);
  if (!source.done()) throw new ZlibError('STREAM');
  return [made, source];
}

function decompressor(mode: Mode): Handler {
  return (interp, args) => {
    if (args.length < 3 || args.length > 4) throw usage(`${mode} data ?bufferSize?`);
    // Memory is taken as it is needed, whatever is expected.
    if (args.length > 3) sizeOf(args[3]!, MIN_BUFFER);
    return latin1Text(decompressValue(interp, FORMATS[mode], args[2]!)[0]);
  };
}

const gunzip: Handler = (interp, args, frame) => {
  if (args.length < 3 || args.length > 5 || args.length % 2 === 0) throw usage('gunzip data ?-headerVar varName?');
  let name: string | null = null;
  for (let i = 3; i < args.length; i += 2) {
    if (lookup(str(args[i]!), ['-buffersize', '-headerVar'], 'option') === '-headerVar') name = str(args[i + 1]!);
    else sizeOf(args[i + 1]!, MIN_BUFFER);
  }
  const [made, source] = decompressValue(interp, 'gzip', args[2]!);
  if (name !== null) interp.setVar(name, headDict(source.head(), made.length), frame);
  return latin1Text(made);
};

// ---- Streams

/** As `lookup`, where a table may be empty. */
function optionOf<T extends string>(word: Value, table: readonly T[]): T {
  if (table.length > 0) return lookup(str(word), table, 'option');
  throw new TclError(`bad option "${str(word)}": no valid options`, ['TCL', 'LOOKUP', 'INDEX', 'option', str(word)]);
}

const STREAM_OPTIONS: Readonly<Record<Mode, readonly ('-dictionary' | '-header' | '-level')[]>> = {
  compress: ['-dictionary', '-level'],
  decompress: ['-dictionary'],
  deflate: ['-dictionary', '-level'],
  gunzip: [],
  gzip: ['-header', '-level'],
  inflate: ['-dictionary'],
};

const HOME = '::tcl::zlib';
const COUNTER = `${HOME}::cmdcounter`;

const streamCmd: Handler = (interp, args) => {
  if (args.length < 3 || args.length % 2 === 0) throw usage('stream mode ?-option value...?');
  const mode = lookup(str(args[2]!), MODES, 'mode');
  const given = new Map<string, Value>();
  for (let i = 3; i < args.length; i += 2) given.set(optionOf(args[i]!, STREAM_OPTIONS[mode]), args[i + 1]!);
  let level: number | null = null;
  const wanted = given.get('-level');
  if (wanted !== undefined) {
    level = smallIntOf(wanted);
    if (level < 0 || level > 9) throw inOption('-level', badLevel());
  }
  const header = given.get('-header');
  const dictionary = given.get('-dictionary');
  const stream = makeStream(interp, mode, level, header === undefined ? null : readHead(header));
  if (dictionary !== undefined) stream.setDictionary(bytesOf(dictionary));
  const { globalNs } = interp as TclInterp;
  (interp as TclInterp).makeNamespace(HOME, globalNs);
  let n = 1;
  const count = interp.getVar(COUNTER);
  if (count !== undefined) n = smallIntOf(count) + 1;
  const held = (): number => stream.held();
  const command = interp.createCommand(`${HOME}::streamcmd_${n}`, {
    run: (_interp, words) => {
      if (words.length < 2) throw wrongArgs(`${str(words[0]!)} option data ?...?`);
      const sub = lookup(str(words[1]!), Object.keys(SUBCOMMANDS) as (keyof typeof SUBCOMMANDS)[], 'option');
      if (sub === 'close') {
        checkWords(words, 2, '');
        interp.deleteCommand(command);
        return '';
      }
      return SUBCOMMANDS[sub](stream, words);
    },
    onDelete: () => interp.holders.delete(held),
  });
  interp.setVar(COUNTER, n);
  interp.holders.add(held);
  return command.fullName;
};

type Stream = ReturnType<typeof makeStream>;

function makeStream(interp: Interp, mode: Mode, level: number | null, head: GzipHead | null) {
  const format = FORMATS[mode];
  const { budget } = interp;
  let packer: Compressor | null = null;
  let unpacker: Decompressor | null = null;
  /** What was compressed and not yet taken. */
  let ready: Uint8Array[] = [];
  let readySize = 0;
  let dictionary: Uint8Array | null = null;
  let toSet = false;
  start(head);
  return {
    head: unpacker !== null && format === 'gzip' ? () => unpacker!.head() : null,
    setDictionary(bytes: Uint8Array): void {
      dictionary = bytes;
      toSet = bytes.length > 0;
    },
    put(bytes: Uint8Array, flush: Flush): void {
      if (unpacker?.done()) throw new TclError('already past compressed stream end', ['TCL', 'ZIP', 'CLOSED']);
      if (unpacker !== null) return unpacker.push(bytes);
      // Only the end is worth bytes of its own.
      if (bytes.length === 0 && flush !== 'finish') return;
      if (toSet) packer!.setDictionary(dictionary!);
      toSet = false;
      const made = packer!.put(bytes, flush);
      ready.push(made);
      readySize += made.length;
    },
    get: (count: number): Uint8Array => (unpacker === null ? takeReady(count) : unpack(unpacker, count < 0 ? MAX_BUFFER : count)),
    done: () => unpacker?.done() ?? false,
    checksum: () => (unpacker ?? packer)!.checksum(),
    reset: () => start(null),
    held: () => readySize + (unpacker?.held() ?? COMPRESSOR_BYTES),
  };

  function start(withHead: GzipHead | null): void {
    ready = [];
    readySize = 0;
    if (compresses(mode)) packer = makeCompressor(format, level, withHead, budget);
    else unpacker = makeDecompressor(format, budget);
    // Set once, it is for this stream as it was for the last.
    toSet = dictionary !== null && dictionary.length > 0;
  }

  function takeReady(count: number): Uint8Array {
    const all = new Uint8Array(readySize);
    let at = 0;
    for (const part of ready) {
      all.set(part, at);
      at += part.length;
    }
    const size = count < 0 ? readySize : Math.min(count, readySize);
    ready = [all.subarray(size)];
    readySize -= size;
    return all.subarray(0, size);
  }

  function unpack(from: Decompressor, count: number): Uint8Array {
    if (format === 'raw' && toSet) {
      from.setDictionary(dictionary!);
      toSet = false;
    }
    return pullWith(from, count, () => (toSet ? dictionary : null));
  }
}

/** Unpacks, with the dictionary when one is asked for. */
function pullWith(from: Decompressor, count: number, dictionary: () => Uint8Array | null): Uint8Array {
  try {
    return from.pull(count);
  } catch (e) {
    const words = dictionary();
    if (!(e instanceof ZlibError && e.errorCode?.[2] === 'NEED_DICT') || words === null) throw e;
    from.setDictionary(words);
    return from.pull(count);
  }
}

function checkWords(words: readonly Value[], most: number, rest: string): void {
  if (words.length > most) throw wrongArgs(`${str(words[0]!)} ${str(words[1]!)}${rest}`);
}

/** Options before the last word, which is the data. */
function putWith(stream: Stream, words: readonly Value[], options: readonly string[]): number {
  let flush: Flush | null = null;
  let size = -1;
  for (let i = 2; i < words.length - 1; i++) {
    const option = lookup(str(words[i]!), options, 'option');
    if (option === '-buffer' || option === '-dictionary') {
      if (i === words.length - 2) {
        const what = option === '-buffer' ? 'integer decompression buffersize' : 'compression dictionary bytes';
        throw new TclError(`"${option}" option must be followed by ${what}`, ['TCL', 'ZIP', 'NOVAL']);
      }
      const value = words[++i]!;
      if (option === '-buffer') size = sizeOf(value, 1);
      else stream.setDictionary(bytesOf(value));
    } else if (flush !== null) {
      throw new TclError('"-flush", "-fullflush" and "-finalize" options are mutually exclusive', ['TCL', 'ZIP', 'EXCLUSIVE']);
    } else flush = FLUSHES[option as keyof typeof FLUSHES];
  }
  stream.put(bytesOf(words.at(-1)!), flush ?? 'none');
  return size;
}

const FLUSHES = { '-finalize': 'finish', '-flush': 'sync', '-fullflush': 'full' } as const;
const PUT_OPTIONS = ['-dictionary', '-finalize', '-flush', '-fullflush'];

type Sub = (stream: Stream, words: readonly Value[]) => Value;

function flushing(flush: Flush): Sub {
  return (stream, words) => {
    checkWords(words, 2, '');
    stream.put(NOTHING, flush);
    return '';
  };
}

const SUBCOMMANDS = {
  add: (stream, words) => latin1Text(stream.get(putWith(stream, words, ['-buffer', ...PUT_OPTIONS]))),
  checksum: (stream, words) => {
    checkWords(words, 2, '');
    return stream.checksum() | 0;
  },
  close: () => '',
  eof: (stream, words) => {
    checkWords(words, 2, '');
    return Number(stream.done());
  },
  finalize: flushing('finish'),
  flush: flushing('sync'),
  fullflush: flushing('full'),
  get: (stream, words) => {
    checkWords(words, 3, ' ?count?');
    return latin1Text(stream.get(words.length > 2 ? smallIntOf(words[2]!) : -1));
  },
  header: (stream, words) => {
    checkWords(words, 2, '');
    if (stream.head === null) throw new TclError('only gunzip streams can produce header information', ['TCL', 'ZIP', 'BADOP']);
    return headDict(stream.head());
  },
  put: (stream, words) => {
    putWith(stream, words, PUT_OPTIONS);
    return '';
  },
  reset: (stream, words) => {
    checkWords(words, 2, '');
    stream.reset();
    return '';
  },
} satisfies Readonly<Record<string, Sub>>;

// ---- Channels

const PUSH_OPTIONS = ['-dictionary', '-header', '-level'] as const;

const pushCmd: Handler = (interp, args) => {
  if (args.length < 4) throw usage('push mode channel ?options...?');
  const mode = lookup(str(args[2]!), MODES, 'mode');
  const channel = channelNamed(interp, str(args[3]!));
  const packs = compresses(mode);
  if (packs ? !channel.writable : !channel.readable) {
    const [doing, side, code] = packs ? ['compression', 'writable', 'UNWRITABLE'] : ['decompression', 'readable', 'UNREADABLE'];
    throw new TclError(`${doing} may only be applied to ${side} channels`, ['TCL', 'ZIP', code!]);
  }
  const setup: Setup = { format: FORMATS[mode], level: null, head: null, dictionary: null, limit: MAX_READ_AHEAD };
  for (let i = 4; i < args.length; i += 2) {
    const option = lookup(str(args[i]!), [...PUSH_OPTIONS, ...(packs ? [] : (['-limit'] as const))], 'option');
    const value = args[i + 1];
    if (value === undefined) throw new TclError(`value missing for ${option} option`, ['TCL', 'ZIP', 'NOVAL']);
    try {
      if (option === '-level') setup.level = levelOf(value);
      else if (option === '-limit') setup.limit = sizeOf(value, 1, 'read ahead limit');
      else if (option === '-header') {
        dictOf(value);
        setup.head = value;
      } else if (setup.format === 'gzip') {
        throw new TclError('a compression dictionary may not be set in the gzip format', ['TCL', 'ZIP', 'BADOPT']);
      } else setup.dictionary = share(value);
    } catch (e) {
      throw inOption(option, e);
    }
  }
  const head = packs && setup.format === 'gzip' && setup.head !== null ? readHead(setup.head) : null;
  channel.push((below) => (packs ? packing(interp, below, setup, head) : unpacking(interp, below, setup)));
  return args[3]!;
};

const MAX_READ_AHEAD = 4096;

interface Setup {
  readonly format: Format;
  level: number | null;
  head: Value | null;
  dictionary: Value | null;
  limit: number;
}

/** Where both sides are, the other passes as it is. */
function passing(below: Driver, side: 'read' | 'write'): Driver {
  const { read, write, whenReadable, sync } = below;
  const seen = {
    ...(whenReadable && { whenReadable: (done: () => void) => below.whenReadable!(done) }),
    ...(sync && { sync: () => below.sync!() }),
  };
  if (side === 'read') return read === undefined ? seen : { ...seen, read: (max) => below.read!(max) };
  return write === undefined ? seen : { ...seen, write: (bytes) => below.write!(bytes) };
}

function dictionaryOption(setup: Setup, use: (bytes: Uint8Array) => void): DriverOption[] {
  if (setup.format === 'gzip') return [];
  const set = (value: Value): void => {
    setup.dictionary = share(value);
    use(bytesOf(value));
  };
  return [{ name: '-dictionary', get: () => setup.dictionary ?? '', set }];
}

function packing(interp: Interp, below: Driver, setup: Setup, head: GzipHead | null): Transform {
  const packer = makeCompressor(setup.format, setup.level, head, interp.budget);
  if (setup.dictionary !== null) packer.setDictionary(bytesOf(setup.dictionary));
  const put = (bytes: Uint8Array, flush: Flush): void => {
    const made = packer.put(bytes, flush);
    if (made.length === 0) return;
    below.admit?.(made.length, 0);
    below.write?.(made);
  };
  let open = true;
  const held = (): number => COMPRESSOR_BYTES;
  interp.holders.add(held);
  const finish = (): Uint8Array => {
    if (open) put(NOTHING, 'finish');
    open = false;
    interp.holders.delete(held);
    return NOTHING;
  };
  const flush: DriverOption = {
    name: '-flush',
    set: (value) => {
      const kind = str(value);
      if (kind !== 'full' && kind !== 'sync') {
        throw new TclError(`unknown -flush type "${kind}": must be full or sync`, ['TCL', 'VALUE', 'FLUSH']);
      }
      put(NOTHING, kind);
    },
  };
  return {
    ...passing(below, 'read'),
    options: [
      { name: '-checksum', get: () => packer.checksum() },
      ...dictionaryOption(setup, (bytes) => packer.setDictionary(bytes)),
      flush,
    ],
    write: (bytes) => put(bytes, 'none'),
    finish,
    close(side) {
      try {
        if (side !== 'read') finish();
      } finally {
        below.close?.(side);
      }
    },
  };
}

function unpacking(interp: Interp, below: Driver, setup: Setup): Transform {
  const unpacker = makeDecompressor(setup.format, interp.budget, 0);
  const raw = setup.format === 'raw';
  if (raw && setup.dictionary !== null) unpacker.setDictionary(bytesOf(setup.dictionary));
  /** What was wrong is wrong for ever. */
  let failed: TclError | null = null;
  const held = (): number => unpacker.held();
  interp.holders.add(held);
  const limit: DriverOption = {
    name: '-limit',
    told: true,
    set: (value) => {
      const n = smallIntOf(value);
      if (n < 1 || n > MAX_BUFFER) throw new TclError('-limit must be between 1 and 65536', ['TCL', 'VALUE', 'READLIMIT']);
      setup.limit = n;
    },
  };
  const fail = (e: unknown): never => {
    failed = e instanceof ZlibError ? new TclError(e.detail || e.message) : null;
    throw failed ?? e;
  };
  return {
    ...passing(below, 'write'),
    options: [
      { name: '-checksum', get: () => unpacker.checksum() },
      ...dictionaryOption(setup, (bytes) => {
        if (raw) unpacker.setDictionary(bytes);
      }),
      ...(setup.format === 'gzip' ? [{ name: '-header', get: () => headDict(unpacker.head()) }] : []),
      limit,
    ],
    read(max) {
      if (failed !== null) throw new TclError(failed.message);
      for (;;) {
        let made: Uint8Array;
        try {
          made = pullWith(unpacker, max, () => (setup.dictionary === null ? null : bytesOf(setup.dictionary)));
        } catch (e) {
          return fail(e);
        }
        if (made.length > 0) return made;
        if (unpacker.done()) return null;
        const more = below.read!(setup.limit);
        if (more === null || more.length === 0) return more;
        unpacker.push(more);
      }
    },
    finish() {
      interp.holders.delete(held);
      return unpacker.rest();
    },
    close(side) {
      if (side !== 'write') interp.holders.delete(held);
      below.close?.(side);
    },
  };
}

// ---- The command

const COMMANDS = {
  adler32: checksum('adler32', adler32),
  compress: compressor('compress'),
  crc32: checksum('crc32', crc32),
  decompress: decompressor('decompress'),
  deflate: compressor('deflate'),
  gunzip,
  gzip,
  inflate: decompressor('inflate'),
  push: pushCmd,
  stream: streamCmd,
} satisfies Readonly<Record<string, Handler>>;

export function zlibCmd(interp: Interp, args: readonly Value[], frame: Frame): Value {
  const name = lookup(str(args[1]!), Object.keys(COMMANDS) as (keyof typeof COMMANDS)[], 'command');
  return COMMANDS[name](interp, args, frame);
}
