/**
 * Expression text to a tree. One precedence table, one loop, and stacks of our own instead of recursion, so that no expression is too
 * deep to parse. Operators on constants are folded here when they cannot fail or explode, which keeps the tree of
 * `expr [join $numbers +]` flat; `depth` tells the compiler how deep a tree it got.
 * Answers to expr.n and tclCompExpr.c.
 */
import { BINARY, type BinaryOp, bitsOf, UNARY, type UnaryOp } from './arith.ts';
import { TclError } from './errors.ts';
import { isDouble, type Num, numberOf, parseBoolean, scanNumber } from './number.ts';
import { cut, cutFront, utf8Length } from './utf8.ts';
import { str, type Value } from './value.ts';
import { isBareword, ParseError, scanBraces, scanQuoted, scanScript, scanVariable, skipAllSpace, type WordPart } from './word-parts.ts';

export type { BinaryOp, UnaryOp };

export type ExprNode =
  /** `value` keeps the text that was written (`0x10` stays a string); `number` is what arithmetic makes of it. `folded`: it was computed; `grouped`: it is in parentheses. */
  | {
      readonly kind: 'literal';
      readonly value: Value;
      readonly number: Num | null;
      readonly folded?: boolean;
      readonly grouped?: boolean;
      readonly depth: 1;
    }
  /** A quoted string with substitutions in it. */
  | { readonly kind: 'word'; readonly parts: readonly WordPart[]; readonly depth: 1 }
  | { readonly kind: 'var'; readonly name: string; readonly index: readonly WordPart[] | null; readonly depth: 1 }
  /** `at` is the offset of the script in the expression. */
  | { readonly kind: 'script'; readonly text: string; readonly at: number; readonly depth: 1 }
  | { readonly kind: 'unary'; readonly op: UnaryOp; readonly arg: ExprNode; readonly depth: number }
  | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: ExprNode; readonly right: ExprNode; readonly depth: number }
  | { readonly kind: 'and' | 'or'; readonly left: ExprNode; readonly right: ExprNode; readonly depth: number }
  | { readonly kind: 'if'; readonly test: ExprNode; readonly yes: ExprNode; readonly no: ExprNode; readonly depth: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly ExprNode[]; readonly depth: number };

/** What the stack holds before it is a node: the two sides of `:`, and the arguments of a function so far. */
type Pending =
  | ExprNode
  | { readonly kind: ':'; readonly yes: ExprNode; readonly no: ExprNode; readonly depth: number }
  | { readonly kind: ','; readonly args: ExprNode[]; readonly depth: number };

/** Loosest first. `start`, `end` and the parentheses are operators to the parser: they bind what stands between them. */
const PRECEDENCE = new Map<string, number>(
  [
    ['end'],
    ['start'],
    [')'],
    ['('],
    [','],
    ['?', ':'],
    ['||'],
    ['&&'],
    ['|'],
    ['^'],
    ['&'],
    ['==', '!=', 'eq', 'ne', 'in', 'ni'],
    ['<', '>', '<=', '>='],
    ['<<', '>>'],
    ['+', '-'],
    ['*', '/', '%'],
    ['**'],
    ['u+', 'u-', 'u!', 'u~', 'call'],
  ].flatMap((ops, i) => ops.map((op) => [op, i] as const)),
);

/** An operator that waits for its right operand. */
interface Open {
  readonly op: string;
  readonly precedence: number;
  readonly left: Pending | null;
  /** The name, when op is `call`. */
  readonly name: string;
  /** A `(` that holds arguments. */
  readonly isArgs: boolean;
}

/** One token: what it is, and how many characters it takes. */
interface Lexeme {
  readonly kind: 'leaf' | 'unary' | 'binary';
  /** The operator; for a leaf the character that starts it, or '' when `node` is known already. */
  readonly op: string;
  readonly size: number;
  readonly node: ExprNode | null;
  /** The function, when op is `call`. */
  readonly name: string;
}

/** Parses an expression. Throws Tcl's syntax errors, whose errorInfo already quotes the expression. */
export function parseExpr(text: string): ExprNode {
  let at = 0;
  const open: Open[] = [];
  /** The operand just completed; null when an operator was read last. */
  let complete: Pending | null = null;
  /** The last two operators pushed: they word some errors. */
  let last = '';
  let beforeLast = '';

  return parse();

  function parse(): ExprNode {
    push('start', null);
    for (;;) {
      at = skipAllSpace(text, at, text.length);
      const lexeme = nextLexeme();
      if (lexeme.kind === 'binary') {
        if (binary(lexeme)) return complete as ExprNode;
        at += lexeme.size;
      } else {
        if (complete !== null) throw missing('missing operator');
        if (lexeme.kind === 'unary') {
          push(lexeme.op, null, lexeme.name);
          at += lexeme.size;
        } else {
          complete = leaf(lexeme);
        }
      }
    }
  }

  function push(op: string, left: Pending | null, name = ''): void {
    open.push({ op, precedence: PRECEDENCE.get(op)!, left, name, isArgs: op === '(' && last === 'call' });
    beforeLast = last;
    last = op;
    complete = null;
  }

  // Tokens

  function nextLexeme(): Lexeme {
    if (at >= text.length) return operator('binary', 'end', 0);
    const c = text[at]!;
    if (SINGLE.includes(c)) return operator('binary', c, 1);
    if (LEAVES.includes(c)) return { kind: 'leaf', op: c, size: 1, node: null, name: '' };
    if (c === '(' || c === '~') return operator('unary', c === '(' ? c : 'u~', 1);
    if (c === '+' || c === '-') return complete === null ? operator('unary', `u${c}`, 1) : operator('binary', c, 1);
    if (c === '!') return text[at + 1] === '=' ? operator('binary', '!=', 2) : operator('unary', 'u!', 1);
    const two = text.slice(at, at + 2);
    if (DOUBLE.includes(two)) return operator('binary', two, 2);
    if (MAYBE_SINGLE.includes(c)) return operator('binary', c, 1);
    if (c === '=') throw error('incomplete operator "="', 'PARTOP', 1);
    if (wordOperator(text, at)) return operator('binary', two, 2);
    return operand();
  }

  /** A number, a boolean or the name of a function. */
  function operand(): Lexeme {
    const end = scanNumber(text, at);
    if (end > at) {
      const written = text.slice(at, end);
      if (isWholeNumber(written, end)) return { kind: 'leaf', op: '', size: end - at, node: literal(written), name: '' };
    }
    const c = text.charCodeAt(at);
    if (!isBareword(c) || c === 95) {
      const char = String.fromCodePoint(text.codePointAt(at)!);
      throw error(`invalid character "${char}"`, 'BADCHAR', char.length);
    }
    let stop = at + 1;
    while (stop < text.length && isBareword(text.charCodeAt(stop))) stop++;
    const word = text.slice(at, stop);
    if (text[skipAllSpace(text, stop, text.length)] === '(') return operator('unary', 'call', word.length, word);
    if (parseBoolean(word) !== undefined) return { kind: 'leaf', op: '', size: word.length, node: literal(word), name: '' };
    throw badBareword(word);
  }

  /** False when the number that ends at `end` is rather the start of a name: `Influence()`, `1x`. */
  function isWholeNumber(written: string, end: number): boolean {
    if (end < text.length && !isBareword(text.charCodeAt(end))) return true;
    const number = numberOf(written);
    if (number !== undefined && isDouble(number) && !allBareword(written)) return true;
    return end >= text.length || wordOperator(text, end);
  }

  function leaf(lexeme: Lexeme): ExprNode {
    if (lexeme.node !== null) {
      at += lexeme.size;
      return lexeme.node;
    }
    const parts: WordPart[] = [];
    const from = at;
    try {
      if (lexeme.op === '$') at = scanVariable(text, from, text.length, parts);
      else if (lexeme.op === '[') at = scanScript(text, from, text.length, parts);
      else if (lexeme.op === '{') at = scanBraces(text, from, text.length, parts);
      else at = scanQuoted(text, from, text.length, parts);
    } catch (e) {
      if (!(e instanceof ParseError)) throw e;
      at = e.at;
      throw error(e.message, e.incomplete ? 'UNBALANCED' : null, e.incomplete ? 1 : 0);
    }
    if (lexeme.op === '$' && parts[0]!.kind === 'text') {
      at = from;
      throw error('invalid character "$"', 'BADCHAR', 1);
    }
    return operandNode(parts);
  }

  // Operators

  /** Gives operands to the operators that bind tighter than this one, then opens it. True at the end of the expression. */
  function binary({ op, size }: Lexeme): boolean {
    if (complete === null) {
      if (op === ')' && last === '(' && beforeLast === 'call') complete = { kind: ',', args: [], depth: 0 };
      else throw noOperand(op, size);
    }
    const precedence = PRECEDENCE.get(op)!;
    let top: Open;
    for (;;) {
      top = open[open.length - 1]!;
      if (top.precedence < precedence || (top.precedence === precedence && waits(top, op))) break;
      checkBinding(top, op, size);
      if (top.op === 'start') return true;
      open.pop();
      complete = join(top, complete);
      // One `)` closes one `(`.
      if (top.op === '(') break;
    }
    if (op === ')') {
      if (top.op !== '(') throw error('unbalanced close paren', 'UNBALANCED', size);
      return false;
    }
    if (op === ',' && !top.isArgs) throw error('unexpected "," outside function argument list', 'SURPRISE', size);
    if (complete.kind === ':') throw strayColon(size);
    push(op, complete);
    return false;
  }

  /** With equal precedence: does `top` leave the operand to `op`? */
  function waits(top: Open, op: string): boolean {
    return op === '**' || (top.op === '?' && complete!.kind !== ':') || (top.op === ':' && op === '?');
  }

  function checkBinding(top: Open, op: string, size: number): void {
    if (top.op === '(' && op !== ')') throw error('unbalanced open paren', 'UNBALANCED', size);
    const isColon = complete!.kind === ':';
    if (top.op === '?' && !isColon) throw missing('missing operator ":"');
    if (top.op !== '?' && isColon) throw strayColon(size);
  }

  // Errors

  function noOperand(op: string, size: number): TclError {
    if (op === ')' && last === '(') return missing('empty subexpression', 'EMPTY');
    if (PRECEDENCE.get(last)! > PRECEDENCE.get(op)!) {
      if (last === '(') return error('unbalanced open paren', 'UNBALANCED', size);
      if (last === ',') return missing('missing function argument');
      if (last === 'start') return error('empty expression', 'EMPTY', size);
    } else if (op === ')') {
      return error('unbalanced close paren', 'UNBALANCED', size);
    } else if (op === ',' && last === '(' && beforeLast === 'call') {
      return missing('missing function argument', 'UNBALANCED');
    }
    return missing('missing operand');
  }

  function strayColon(size: number): TclError {
    return error('unexpected operator ":" without preceding "?"', 'SURPRISE', size);
  }

  function badBareword(word: string): TclError {
    const name = clip(word);
    let hint = `should be "$${name}" or "{${name}}" or "${name}(...)" or ...`;
    const base = intendedBase(word);
    if (base !== null) hint += ` (invalid ${base} number?)`;
    return error(`invalid bareword "${name}"`, base === null ? 'BAREWORD' : ['BADNUMBER', base.toUpperCase()], word.length, hint);
  }

  function missing(what: string, code = 'MISSING'): TclError {
    return error(`${what} at ${MARK}`, code, 0);
  }

  /** An error at the present position, quoting the expression around the `size` characters to blame. With none, a mark shows the place. */
  function error(message: string, code: string | readonly string[] | null, size: number, hint = ''): TclError {
    const rest = at + size;
    const before = at < LIMIT && utf8Length(text.slice(0, at)) < LIMIT ? text.slice(0, at) : `...${cutFront(text.slice(0, at), LIMIT - 3)}`;
    const mark = message.endsWith(MARK) ? MARK : '';
    const left = utf8Length(text.slice(rest, rest + LIMIT));
    const after = left < LIMIT ? text.slice(rest) : cut(text.slice(rest), LIMIT - 3);
    const quote = `${before}${clip(text.slice(at, rest))}${mark}${after}`;
    const whole = `${message}\nin expression "${quote}"${hint === '' ? '' : `;\n${hint}`}`;
    const e = new TclError(whole, code === null ? null : ['TCL', 'PARSE', 'EXPR', ...(typeof code === 'string' ? [code] : code)]);
    e.errorInfo = `${whole}\n    (parsing expression "${clip(text)}")`;
    return e;
  }
}

/** Quotes of the expression in messages are cut to this many bytes. */
const LIMIT = 25;
const MARK = '_@_';

function clip(s: string): string {
  return s.length < LIMIT && utf8Length(s) < LIMIT ? s : cut(s, LIMIT - 3);
}

const SINGLE = '%),/:?^';
const LEAVES = '"$[{';
const DOUBLE: readonly string[] = ['**', '==', '&&', '||', '<<', '<=', '>>', '>='];
const MAYBE_SINGLE = '*&|<>';
const WORD_OPERATORS: readonly string[] = ['in', 'eq', 'ne', 'ni'];

/** The base that a bareword such as 0b2, 0o9 or 08 was meant to be in, or null. */
function intendedBase(word: string): string | null {
  if (word[0] !== '0') return null;
  const end = scanNumber(word, 0);
  if (end !== 1 && !isDigit(word[end])) return null;
  const c = word[1];
  return c === 'b' ? 'binary' : c === 'o' || isDigit(c) ? 'octal' : null;
}

function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= '0' && c <= '9';
}

function operator(kind: 'unary' | 'binary', op: string, size: number, name = ''): Lexeme {
  return { kind, op, size, node: null, name };
}

/** `in`, `ni`, `eq` or `ne` at this place, rather than the start of a longer name. */
function wordOperator(text: string, at: number): boolean {
  if (!WORD_OPERATORS.includes(text.slice(at, at + 2))) return false;
  const c = text.charCodeAt(at + 2) | 32;
  return !(c >= 97 && c <= 122);
}

function allBareword(s: string): boolean {
  for (let i = 0; i < s.length; i++) if (!isBareword(s.charCodeAt(i))) return false;
  return true;
}

function literal(text: string): ExprNode {
  const number = numberOf(text) ?? null;
  return { kind: 'literal', value: number !== null && str(number) === text ? number : text, number, depth: 1 };
}

function constant(value: Value): ExprNode {
  return { kind: 'literal', value, number: numberOf(value) ?? null, folded: true, depth: 1 };
}

/** Quoted and braced words without substitutions are literals. */
function operandNode(parts: readonly WordPart[]): ExprNode {
  const first = parts[0];
  if (first === undefined) return literal('');
  if (parts.length > 1) return { kind: 'word', parts, depth: 1 };
  if (first.kind === 'text') return literal(first.text);
  // Written out: V8 takes long to copy an object that gets more.
  return first.kind === 'var'
    ? { kind: 'var', name: first.name, index: first.index, depth: 1 }
    : { kind: 'script', text: first.text, at: first.at, depth: 1 };
}

/** Gives an operator its right operand. */
function join(open: Open, right: Pending): Pending {
  const { op } = open;
  if (op === '(') {
    if (open.isArgs && right.kind !== ',') return { kind: ',', args: [right as ExprNode], depth: right.depth };
    return right.kind === 'literal' ? { ...right, grouped: true } : right;
  }
  if (op === ',') return addArgument(open.left!, right as ExprNode);
  if (right.kind === ',') return { kind: 'call', name: open.name, args: right.args, depth: right.depth + 1 };
  if (open.left === null) return unary(op[1] as UnaryOp, right as ExprNode);
  const left = open.left as ExprNode;
  const depth = Math.max(left.depth, right.depth) + 1;
  if (right.kind === ':') return { kind: 'if', test: left, yes: right.yes, no: right.no, depth };
  if (op === ':') return { kind: ':', yes: left, no: right, depth };
  if (op === '&&' || op === '||') return { kind: op === '&&' ? 'and' : 'or', left, right, depth };
  return fold(op as BinaryOp, left, right) ?? { kind: 'binary', op: op as BinaryOp, left, right, depth };
}

function addArgument(left: Pending, right: ExprNode): Pending {
  if (left.kind !== ',') return { kind: ',', args: [left as ExprNode, right], depth: Math.max(left.depth, right.depth) };
  left.args.push(right);
  return { kind: ',', args: left.args, depth: Math.max(left.depth, right.depth) };
}

function unary(op: UnaryOp, arg: ExprNode): ExprNode {
  if (arg.kind === 'literal' && isSmall(arg.number)) {
    const result = attempt(() => UNARY[op](arg.number!));
    if (result !== null) return constant(result);
  }
  return { kind: 'unary', op, arg, depth: arg.depth + 1 };
}

/** Left to the run: these may make long integers, or look at the text that was written. */
const NOT_FOLDED: readonly string[] = ['**', '<<', 'eq', 'ne', 'in', 'ni'];

/** The constant that an operator on two numeric constants gives, or null. */
function fold(op: BinaryOp, left: ExprNode, right: ExprNode): ExprNode | null {
  if (left.kind !== 'literal' || right.kind !== 'literal' || NOT_FOLDED.includes(op)) return null;
  if (!isSmall(left.number) || !isSmall(right.number)) return null;
  const result = attempt(() => BINARY[op](left.number!, right.number!));
  return result === null ? null : constant(result);
}

function isSmall(n: Num | null): boolean {
  return n !== null && (typeof n !== 'bigint' || bitsOf(n) <= 1024);
}

/** Null when it fails: the error belongs to the run, not to the parse. */
function attempt(compute: () => Value): Value | null {
  try {
    return compute();
  } catch (e) {
    if (e instanceof TclError) return null;
    throw e;
  }
}
