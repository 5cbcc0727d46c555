import { celTokens, Token } from './cel-tokens';

/** The form of an expression, as far as macros distinguish it. */
type Shape = 'name' | 'field' | 'other';

const OPERATORS = ['||', '&&', '<', '<=', '>', '>=', '==', '!=', 'in', '+', '-', '*', '/', '%'];
const CONSTANTS = ['true', 'false', 'null'];
const RESERVED = ['as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace',
  'return', 'var', 'void', 'while'];

/** Macros whose first argument names a variable, and how many arguments they have. */
const MACROS: { readonly [name: string]: readonly number[] } = { all: [2], exists: [2], exists_one: [2], filter: [2], map: [2, 3] };

/** Operators for which other languages use a single character. */
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
  /** Name of the function, with a leading dot if it is a method call. */
  readonly name: string;
  /** Number of arguments. */
  readonly size: number;
}

/**
 * The result of parsing a string as a CEL expression.
 *
 * @internal
 */
export interface CelExpression {
  /** Why it cannot be parsed; undefined if it can. */
  readonly problem?: string;
  /** The functions and macros that it calls. */
  readonly calls: readonly CelCall[];
  /** The types of the objects that it constructs. */
  readonly types: readonly string[];
}

/**
 * Parses a CEL expression as istiod does. Attributes, functions and types are not resolved.
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
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;
  private readonly calls: CelCall[] = [];
  private readonly types: string[] = [];

  constructor(expression: string) {
    this.tokens = celTokens(expression);
  }

  public readAll(): CelExpression {
    this.expression();
    if (this.token.kind !== 'end') this.fail();
    return { calls: this.calls, types: this.types };
  }

  private expression(): Shape {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new CelError(`more than ${MAX_DEPTH} nested expressions`);
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

  /** Operands with operators between them. Precedence does not matter, since it does not affect what can be parsed. */
  private operands(): Shape {
    let shape = this.unary();
    while (OPERATORS.includes(this.token.text)) {
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
    // A single minus in front of a number is part of it, and two signs cancel each other out.
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

  /** Whether the rest of a type's name follows, up to its fields. */
  private isType(): boolean {
    let next = this.position;
    while (this.tokens[next].text === '.' && this.tokens[next + 1].kind === 'word') next += 2;
    return this.tokens[next].text === '{';
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

  /** Entries separated by commas, with an optional trailing comma. */
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
    return this.token.text === text;
  }

  private accept(text: string): boolean {
    const is = this.is(text);
    if (is) this.advance();
    return is;
  }

  private expect(text: string): void {
    if (!this.accept(text)) this.fail();
  }

  private get token(): Token {
    return this.tokens[this.position];
  }

  private advance(): string {
    const { text } = this.token;
    this.position += 1;
    return text;
  }

  private fail(): never {
    const { kind, text, at } = this.token;
    if (kind === 'end') throw new CelError('unexpected end of the expression');
    const hint = Object.hasOwn(DOUBLE, text) ? `, did you mean ${JSON.stringify(DOUBLE[text])}?` : '';
    throw new CelError(`unexpected ${JSON.stringify(text)} at character ${at + 1}${hint}`);
  }
}
