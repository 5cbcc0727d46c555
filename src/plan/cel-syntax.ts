/** What an expression is, as far as macros ask for it. */
type Shape = 'name' | 'field' | 'other';

interface Token {
  readonly kind: 'integer' | 'number' | 'text' | 'word' | 'quoted' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const BLANK = /(?:[\t\n\f\r ]|\/\/[^\n]*(?:\n|$))*/.source;
const SPACE = new RegExp(BLANK, 'y');
/** The rest of the name of a type, up to its fields. */
const TYPE = new RegExp(`(?:${BLANK}\\.${BLANK}[a-zA-Z_]\\w*)*${BLANK}\\{`, 'y');
/** Escapes of bytes, and those that only text has: code points, which cannot be halves of a pair. */
const BYTE = /\\(?:[abfnrtv"'`\\?]|[xX][\da-fA-F]{2}|[0-3][0-7]{2})/.source;
const CODE_POINT = /\\(?:u(?![dD][89a-fA-F])[\da-fA-F]{4}|U(?!0000[dD][89a-fA-F])(?:000[\da-fA-F]|0010)[\da-fA-F]{4})/.source;
const RAW = /[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')/.source;

const quoted = (escape: string) => [
  ...['"""', '\'\'\''].map((quote) => `${quote}(?:${escape}|[^\\\\])*?${quote}`),
  ...['"', '\''].map((quote) => `${quote}(?:${escape}|[^\\\\${quote}\\n\\r])*${quote}`),
];

const TOKENS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', new RegExp([RAW, ...quoted(`${BYTE}|${CODE_POINT}`)].join('|'), 'y')],
  ['text', new RegExp(`[bB](?:${[RAW, ...quoted(BYTE)].join('|')})`, 'y')],
  ['number', /\d+\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\.\d+(?:[eE][-+]?\d+)?/y],
  ['integer', /(?:0x[\da-fA-F]+|\d+)[uU]?/y],
  ['word', /[a-zA-Z_]\w*/y],
  ['quoted', /`[-\w./ ]+`/y],
  ['sign', /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/y],
];

const OPERATORS = ['||', '&&', '<', '<=', '>', '>=', '==', '!=', 'in', '+', '-', '*', '/', '%'];
const CONSTANTS = ['true', 'false', 'null'];
const RESERVED = ['as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace',
  'return', 'var', 'void', 'while'];

/** Macros whose first argument names a variable, and how many arguments they have. */
const MACROS: { readonly [name: string]: readonly number[] } = { all: [2], exists: [2], exists_one: [2], filter: [2], map: [2, 3] };

/** Operators that other languages write with one sign. */
const DOUBLE: { readonly [sign: string]: string } = { '=': '==', '&': '&&', '|': '||' };

/** A variable that the macros use themselves. */
const RESULT = '__result__';

const MAX_DEPTH = 200;
const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

/**
 * A call in an expression.
 *
 * @internal
 */
export interface CelCall {
  /** Name of the function, with a dot in front when it is called on something. */
  readonly name: string;
  /** How many arguments stand in its parentheses. */
  readonly size: number;
}

/**
 * What can be told of a text that should be an expression in CEL.
 *
 * @internal
 */
export interface CelExpression {
  /** Why it cannot be parsed; undefined when it can. */
  readonly problem?: string;
  /** The functions and macros that it calls. */
  readonly calls: readonly CelCall[];
  /** The types of which it makes objects. */
  readonly types: readonly string[];
}

/**
 * Parses an expression in CEL as istiod does. Attributes, functions and types are not looked up.
 *
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
 * @internal
 */
export function readCel(expression: string): CelExpression {
  try {
    return new CelReader(expression).readAll();
  } catch (error) {
    if (error instanceof CelError) return { problem: error.message, calls: [], types: [] };
    throw error;
  }
}

class CelError extends Error {}

class CelReader {
  private token: Token;
  private end = 0;
  private depth = 0;
  private readonly calls: CelCall[] = [];
  private readonly types: string[] = [];

  constructor(private readonly text: string) {
    this.token = this.next();
  }

  public readAll(): CelExpression {
    this.expression();
    if (this.token.kind !== 'end') this.fail();
    return { calls: this.calls, types: this.types };
  }

  private expression(): Shape {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new CelError(`more than ${MAX_DEPTH} expressions in each other`);
    const shape = this.operands();
    const isChoice = this.accept('?');
    if (isChoice) {
      this.operands();
      this.expect(':');
      this.expression();
    }
    this.depth -= 1;
    return isChoice ? 'other' : shape;
  }

  /** Operands with operators between them: which of these binds closer does not matter for what can be parsed. */
  private operands(): Shape {
    let shape = this.unary();
    while (OPERATORS.includes(this.token.text) && this.token.kind !== 'text') {
      this.advance();
      this.unary();
      shape = 'other';
    }
    return shape;
  }

  private unary(): Shape {
    const sign = this.is('!') ? '!' : '-';
    let signs = 0;
    while (this.accept(sign)) signs += 1;
    const isNegated = sign === '!' && this.accept('-');
    const isNegative = (isNegated || (signs === 1 && sign === '-')) && this.isSigned();
    if (isNegated && !isNegative) this.fail();
    const shape = this.member(isNegative);
    // A single minus in front of a number is part of it; two signs undo each other.
    return signs % 2 === 0 || (isNegative && !isNegated) ? shape : 'other';
  }

  private isSigned(): boolean {
    const { kind, text } = this.token;
    return kind === 'number' || (kind === 'integer' && !/u$/i.test(text));
  }

  private member(isNegative: boolean): Shape {
    let shape = this.primary(isNegative);
    for (;;) {
      if (this.accept('.')) shape = this.field();
      else if (this.accept('[')) shape = this.index();
      else return shape;
    }
  }

  private index(): Shape {
    this.expression();
    this.expect(']');
    return 'other';
  }

  private field(): Shape {
    const name = this.fieldName();
    if (name.startsWith('`') || !this.accept('(')) return 'field';
    const shapes = this.argumentsOf(`.${name}`);
    if (Object.hasOwn(MACROS, name) && MACROS[name].includes(shapes.length) && shapes[0] !== 'name') {
      throw new CelError(`${name}(…) without the name of a variable`);
    }
    return 'other';
  }

  private primary(isNegative: boolean): Shape {
    const { kind, text } = this.token;
    if (kind === 'number' && !Number.isFinite(Number(text))) throw new CelError(`${text} is too large`);
    if (kind === 'text' || kind === 'number' || (kind === 'word' && CONSTANTS.includes(text))) return this.constant();
    if (kind === 'integer') return this.integer(isNegative);
    if (this.accept('(')) {
      const shape = this.expression();
      this.expect(')');
      return shape;
    }
    if (this.accept('[')) return this.entries(']', () => { this.expression(); });
    if (this.accept('{')) return this.entries('}', () => { this.pair(); });
    return this.name();
  }

  private constant(): Shape {
    this.advance();
    return 'other';
  }

  private integer(isNegative: boolean): Shape {
    const { text } = this.token;
    const isUnsigned = /u$/i.test(text);
    const value = BigInt(isUnsigned ? text.slice(0, -1) : text);
    if (value > (isUnsigned ? MAX_UINT : isNegative ? MAX_INT + 1n : MAX_INT)) throw new CelError(`${text} has more than 64 bits`);
    return this.constant();
  }

  /** A variable, a function, or a type with fields. */
  private name(): Shape {
    const isAbsolute = this.accept('.');
    const name = this.word();
    if (this.isType()) return this.fields(name);
    if (RESERVED.includes(name)) throw new CelError(`"${name}" is a reserved word`);
    if (!this.accept('(')) return name === RESULT && !isAbsolute ? 'other' : 'name';
    const shapes = this.argumentsOf(name);
    if (name !== 'has' || isAbsolute || shapes.length !== 1) return 'other';
    if (shapes[0] !== 'field') throw new CelError('has(…) of something that is not a field');
    return 'field';
  }

  private isType(): boolean {
    TYPE.lastIndex = this.token.at;
    return TYPE.test(this.text);
  }

  private fields(type: string): Shape {
    this.types.push(type);
    while (this.accept('.')) this.word();
    this.expect('{');
    return this.entries('}', () => {
      this.fieldName();
      this.expect(':');
      this.expression();
    });
  }

  private pair(): void {
    this.expression();
    this.expect(':');
    this.expression();
  }

  /** Entries with commas between them, and maybe behind the last. */
  private entries(close: string, entry: () => void): Shape {
    if (!this.accept(',')) {
      while (!this.is(close)) {
        entry();
        if (!this.accept(',')) break;
      }
    }
    this.expect(close);
    return 'other';
  }

  private argumentsOf(name: string): Shape[] {
    const shapes: Shape[] = [];
    if (!this.is(')')) {
      do shapes.push(this.expression()); while (this.accept(','));
    }
    this.expect(')');
    this.calls.push({ name, size: shapes.length });
    return shapes;
  }

  private fieldName(): string {
    return this.token.kind === 'quoted' ? this.advance() : this.word();
  }

  private word(): string {
    const { kind, text } = this.token;
    if (kind !== 'word' || text === 'in' || CONSTANTS.includes(text)) this.fail();
    return this.advance();
  }

  private is(text: string): boolean {
    return this.token.text === text && this.token.kind === 'sign';
  }

  private accept(text: string): boolean {
    const is = this.is(text);
    if (is) this.advance();
    return is;
  }

  private expect(text: string): void {
    if (!this.accept(text)) this.fail();
  }

  private advance(): string {
    const { text } = this.token;
    this.token = this.next();
    return text;
  }

  private next(): Token {
    SPACE.lastIndex = this.end;
    const at = this.end + SPACE.exec(this.text)![0].length;
    if (at === this.text.length) return { kind: 'end', text: '', at };
    for (const [kind, pattern] of TOKENS) {
      pattern.lastIndex = at;
      const found = pattern.exec(this.text)?.[0];
      if (found === undefined) continue;
      this.end = at + found.length;
      return { kind, text: found, at };
    }
    const hint = Object.hasOwn(DOUBLE, this.text[at]) ? `, which is written ${JSON.stringify(DOUBLE[this.text[at]])}` : '';
    throw new CelError(`unexpected ${JSON.stringify(this.text[at])} at character ${at + 1}${hint}`);
  }

  private fail(): never {
    const { kind, text, at } = this.token;
    throw new CelError(kind === 'end' ? 'it ends too early' : `unexpected ${JSON.stringify(text)} at character ${at + 1}`);
  }
}
