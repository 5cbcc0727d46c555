const STRING = /[rRbB]{0,2}(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')/;
const NUMBER = /0x[0-9a-fA-F]+u?|(?:\d*\.\d+|\d+)(?:[eE][+-]?\d+)?u?/;
const TOKEN = new RegExp(`\\s+|//[^\\n]*|(?<literal>${STRING.source}|${NUMBER.source})|(?<name>[A-Za-z_]\\w*)|(?<mark>[=!<>]=|&&|\\|\\||[-<>+*/%!?:.,()[\\]{}])`, 'uy');

/** Operators between two values. Their precedence makes no difference to whether an expression is valid. */
const OPERATORS = ['||', '&&', '==', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/', '%', 'in'];

/**
 * Why a text is not an expression in CEL; undefined if it is one.
 *
 * @internal
 */
export function celFault(expression: string): string | undefined {
  try {
    new Parser(tokensOf(expression)).whole();
    return undefined;
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    return `is not an expression in CEL: ${e.message}`;
  }
}

interface Token {
  readonly kind: 'literal' | 'name' | 'mark' | 'end';
  readonly text: string;
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const start = TOKEN.lastIndex;
    const groups = TOKEN.exec(expression)?.groups;
    if (groups === undefined) throw new SyntaxError(`${JSON.stringify(expression.slice(start, start + 1))} at character ${start + 1} has no meaning`);
    for (const kind of ['literal', 'name', 'mark'] as const) if (groups[kind] !== undefined) tokens.push({ kind, text: groups[kind] });
  }
  return [...tokens, { kind: 'end', text: 'the end' }];
}

/** Reads expressions, without their meaning. */
class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  public whole(): void {
    this.expression();
    if (this.next.kind !== 'end') throw this.unexpected();
  }

  private get next(): Token {
    return this.tokens[this.position];
  }

  private expression(): void {
    this.operands();
    if (!this.skip('?')) return;
    this.operands();
    this.need(':');
    this.expression();
  }

  private operands(): void {
    do this.operand(); while (this.skip(...OPERATORS));
  }

  private operand(): void {
    const sign = this.next.text;
    if (sign === '!' || sign === '-') while (this.skip(sign));
    this.value();
    for (;;) {
      if (this.skip('.')) {
        this.name();
        if (this.skip('(')) this.list(')');
      } else if (this.skip('[')) {
        this.expression();
        this.need(']');
      } else if (this.next.text === '{' && this.tokens[this.position - 1].kind === 'name') {
        this.position++;
        this.entries(() => this.name());
      } else {
        return;
      }
    }
  }

  private value(): void {
    if (this.skip('(')) {
      this.expression();
      this.need(')');
    } else if (this.skip('[')) {
      this.list(']');
    } else if (this.skip('{')) {
      this.entries(() => this.expression());
    } else if (this.next.kind === 'literal') {
      this.position++;
    } else {
      this.skip('.');
      this.name();
      if (this.skip('(')) this.list(')');
    }
  }

  /** Values up to a bracket. In a list, a comma may be alone or follow the last one. */
  private list(end: string): void {
    if (end === ']' && this.skip(',')) return this.need(end);
    while (!this.skip(end)) {
      this.expression();
      if (!this.skip(',')) return this.need(end);
      if (end === ')' && this.next.text === end) throw this.unexpected();
    }
  }

  private entries(key: () => void): void {
    if (this.skip(',')) return this.need('}');
    while (!this.skip('}')) {
      key();
      this.need(':');
      this.expression();
      if (!this.skip(',')) return this.need('}');
    }
  }

  private name(): void {
    if (this.next.kind !== 'name' || this.next.text === 'in') throw this.unexpected();
    this.position++;
  }

  private skip(...texts: readonly string[]): boolean {
    const isSkipped = this.next.kind !== 'end' && this.next.kind !== 'literal' && texts.includes(this.next.text);
    if (isSkipped) this.position++;
    return isSkipped;
  }

  private need(text: string): void {
    if (!this.skip(text)) throw this.unexpected(`, expected "${text}"`);
  }

  private unexpected(expected = ''): SyntaxError {
    return new SyntaxError(`unexpected ${this.next.kind === 'end' ? 'end' : JSON.stringify(this.next.text)}${expected}`);
  }
}
