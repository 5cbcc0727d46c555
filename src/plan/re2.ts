/** POSIX classes of RE2, as the inside of a JavaScript class. */
const POSIX: { readonly [name: string]: string } = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t-\\r ',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

const ANYTHING = '[^]';

/**
 * The JavaScript expression for what a whole text must look like according to an RE2 expression. Where JavaScript has
 * no equal (Unicode classes, flags for a part of the expression) the answer matches more, never less.
 *
 * @internal
 * @throws an error with the reason when RE2 knows no such expression.
 */
export function toJsRegExp(re2: string): RegExp {
  return new Translation(re2, false).result();
}

/**
 * The JavaScript expression for every beginning of a text that satisfies an RE2 expression: each of its parts may be
 * missing once the text has ended. As above, it matches more where JavaScript has no equal.
 *
 * @internal
 */
export function toBeginnings(re2: string): RegExp {
  return new Translation(re2, true).result();
}

class Translation {
  private readonly insensitive: boolean;
  private readonly partly: boolean;
  private i = 0;

  constructor(private readonly re2: string, private readonly beginnings: boolean) {
    this.insensitive = /\(\?[a-zA-Z]*i/.test(re2);
    this.partly = this.insensitive && (!/^\(\?[msU]*i[imsU]*\)/.test(re2) || /\(\?[imsU]*-[msU]*i/.test(re2));
  }

  public result(): RegExp {
    let js = '';
    while (this.i < this.re2.length) js += this.next();
    return new RegExp(`^(?:${js})$`, this.insensitive ? 'is' : 's');
  }

  private next(): string {
    if (this.re2[this.i] === '[') return this.part(this.charClass());
    if (this.take(/\(\?[imsU-]*:/y) !== undefined) return '(?:';
    if (this.take(/\(\?[imsU-]+\)/y) !== undefined) return '';
    if (this.take(/\(\?P?<\w+>/y) !== undefined) return '(';
    const quote = this.take(/\\Q([^]*?)(\\E|$)/y);
    if (quote !== undefined) return [...quote[1]].map((char) => this.part(char.replace(/[.*+?^${}()|[\]\\/]/, '\\$&'))).join('');
    const times = this.take(/\{(\d+)(,(\d*))?\}/y);
    if (times !== undefined) {
      if (Math.max(Number(times[1]), Number(times[3] ?? 0)) > 1000) throw new Error(`${times[0]} repeats more than 1000 times`);
      return times[0];
    }
    const escape = this.escape();
    if (escape !== undefined) return escape;
    const char = this.re2[this.i++];
    return /[()|*+?^$]/.test(char) ? char : this.part(char);
  }

  /** What stands for one character. */
  private part(js: string): string {
    return this.beginnings ? `(?:${js}|$)` : js;
  }

  /** An escape outside of a class; undefined when there is none here. */
  private escape(): string | undefined {
    if (this.take(/\\A/y) !== undefined) return '^';
    if (this.take(/\\z/y) !== undefined) return '$';
    if (this.take(/\\(C|[pP](\w|\{\^?\w+\}))/y) !== undefined) return this.part(ANYTHING);
    // Whether a word ends here depends on what follows a beginning.
    const border = this.take(/\\[bB]/y)?.[0];
    if (border !== undefined) return this.beginnings ? '' : border;
    const char = this.charEscape();
    return char === undefined ? undefined : this.part(char);
  }

  /** An escape that a class may hold, too. */
  private charEscape(): string | undefined {
    if (this.re2[this.i] !== '\\') return undefined;
    const hex = this.take(/\\x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]+)\})/y);
    if (hex !== undefined) {
      const code = parseInt(hex[1] ?? hex[2], 16);
      return code > 0xffff ? ANYTHING : `\\u${code.toString(16).padStart(4, '0')}`;
    }
    if (this.take(/\\a/y) !== undefined) return '\\x07';
    const known = this.take(/\\([dDsSwWfnrtv]|0[0-7]{0,2}|[^a-zA-Z0-9])/y);
    if (known === undefined) throw new Error(`unknown escape ${this.re2.slice(this.i, this.i + 2)}`);
    return known[0];
  }

  private charClass(): string {
    const start = this.take(/\[\^?\]?/y)![0];
    const negated = start[1] === '^';
    let js = start.endsWith(']') ? `${start.slice(0, -1)}\\]` : start;
    let exact = !(this.partly && negated);
    for (;;) {
      if (this.i >= this.re2.length) throw new Error('a class without an end');
      if (this.take(/\]/y) !== undefined) break;
      const posix = this.take(/\[:(\^?)(\w+):\]/y);
      if (posix !== undefined) {
        const inside = POSIX[posix[2]];
        if (inside === undefined) throw new Error(`unknown class ${posix[0]}`);
        if (posix[1] === '^') exact = false;
        js += inside;
      } else if (this.take(/\\[pP](\w|\{\^?\w+\})/y) !== undefined) {
        exact = false;
      } else {
        const char = this.charEscape() ?? this.re2[this.i++];
        if (char === ANYTHING) exact = false;
        js += char;
      }
    }
    return exact ? `${js}]` : ANYTHING;
  }

  private take(at: RegExp): RegExpExecArray | undefined {
    at.lastIndex = this.i;
    const found = at.exec(this.re2);
    if (found === null) return undefined;
    this.i += found[0].length;
    return found;
  }
}
