/**
 * A token of a CEL expression. The last one is the end, or a character that no token starts with.
 *
 * @internal
 */
export interface Token {
  /** Kind of token. */
  readonly kind: Kind | 'end' | 'unknown';
  /** Its characters. */
  readonly text: string;
  /** Position of its first character. */
  readonly at: number;
}

type Kind = typeof KINDS[number];

const KINDS = ['text', 'number', 'integer', 'word', 'quoted', 'sign'] as const;

/** Escapes of strings and bytes, and escapes of strings only: code points, which cannot be halves of a surrogate pair. */
const BYTE = /\\(?:[abfnrtv"'`\\?]|[xX][\da-fA-F]{2}|[0-3][0-7]{2})/.source;
const CODE_POINT = /\\(?:u(?![dD][89a-fA-F])[\da-fA-F]{4}|U(?!0000[dD][89a-fA-F])(?:000[\da-fA-F]|0010)[\da-fA-F]{4})/.source;
const RAW = /[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')/.source;

const quoted = (escape: string) => [
  ...['"""', '\'\'\''].map((quote) => `${quote}(?:${escape}|[^\\\\])*?${quote}`),
  ...['"', '\''].map((quote) => `${quote}(?:${escape}|[^\\\\${quote}\\n\\r])*${quote}`),
];

const PATTERNS: { readonly [kind in Kind]: string } = {
  text: [RAW, ...quoted(`${BYTE}|${CODE_POINT}`), `[bB](?:${[RAW, ...quoted(BYTE)].join('|')})`].join('|'),
  number: /\d+\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\.\d+(?:[eE][-+]?\d+)?/.source,
  integer: /(?:0x[\da-fA-F]+|\d+)[uU]?/.source,
  word: /[a-zA-Z_]\w*/.source,
  quoted: /`[-\w./ ]+`/.source,
  sign: /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/.source,
};

/** White space or a comment, or a token. */
const TOKEN = new RegExp([/[\t\n\f\r ]+|\/\/[^\n]*/.source, ...KINDS.map((kind) => `(?<${kind}>${PATTERNS[kind]})`)].join('|'), 'gy');

/**
 * Splits a CEL expression into tokens, up to the first character that no token starts with.
 *
 * @internal
 */
export function celTokens(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const { 0: text, index, groups = {} } of expression.matchAll(TOKEN)) {
    const kind = KINDS.find((each) => groups[each] !== undefined);
    if (kind !== undefined) tokens.push({ kind, text, at: index });
    at = index + text.length;
  }
  return [...tokens, at < expression.length ? { kind: 'unknown', text: String.fromCodePoint(expression.codePointAt(at)!), at } : { kind: 'end', text: '', at }];
}
