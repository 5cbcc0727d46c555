/** Characters that printers of YAML write as they are, and that kubectl rejects in a file or reads as something else. */
const FORBIDDEN = /[\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]/u;

/** Halves of surrogate pairs. No escape sequence makes kubectl read one. */
const HALF = /[\ud800-\udfff]/u;

/** Most strings. A line of ASCII that begins with a letter is never a number. */
const USUAL = /^[A-Za-z/][\x20-\x7e]*$/;

/** Numbers as kubectl reads them, except for underscores, which are allowed anywhere but at the beginning. */
const KUBECTL_NUMBER = /^[-+]?(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/;

/** Strings that printers of YAML 1.1 recognize as numbers and quote. */
const QUOTED_NUMBER = /^[-+]?(0b[01_]+|0x[\da-fA-F_]+|\d[\d_]*|(\d[\d_]*)?(\.[\d_]*)?[eE][-+]?\d+|(\d[\d_]*)?\.[\d_]*)$/;

/**
 * Why kubectl would not read a string back from a file if it were written as usual for YAML 1.1.
 *
 * @internal
 */
export enum Fault {
  /** It contains a character that kubectl rejects, or reads as another one. */
  CHARACTER,
  /** The same, and an escape sequence does not help. */
  HALF_PAIR,
  /** Kubectl would read a number. */
  NUMBER,
  /** It has several lines, and whitespace at the beginning would be lost or rejected. */
  WHITESPACE,
}

/**
 * Finds out why kubectl would not read a string back, if so.
 *
 * @internal
 */
export function faultOf(text: string): Fault | undefined {
  if (USUAL.test(text)) return undefined;
  if (FORBIDDEN.test(text)) return HALF.test(text) ? Fault.HALF_PAIR : Fault.CHARACTER;
  if (becomesNumber(text)) return Fault.NUMBER;
  return losesLeadingWhitespace(text) ? Fault.WHITESPACE : undefined;
}

/**
 * Whether the string can be applied in each way if it is written in quotes. API servers reject control characters in server-side apply, however
 * a file writes them, since kubectl sends the characters themselves.
 *
 * @internal
 */
export function quotesSuffice(fault: Fault): boolean {
  return fault === Fault.NUMBER || fault === Fault.WHITESPACE;
}

/**
 * Whether kubectl would read the string if it were written in quotes, with escape sequences.
 *
 * @internal
 */
export function quotesHelp(fault: Fault): boolean {
  return fault !== Fault.HALF_PAIR;
}

/**
 * The first character of a string that kubectl would reject, or read as another one.
 *
 * @internal
 */
export function forbiddenCharacter(text: string): string | undefined {
  return FORBIDDEN.exec(text)?.[0];
}

/**
 * Whether printers of YAML 1.1 recognize a string as a number.
 *
 * @internal
 */
export function isQuotedNumber(text: string): boolean {
  return QUOTED_NUMBER.test(text);
}

function becomesNumber(text: string): boolean {
  if (!/^[-+.\d]/.test(text) || QUOTED_NUMBER.test(text)) return false;
  const plain = text.replaceAll('_', '');
  // A number that is too large remains a string.
  return KUBECTL_NUMBER.test(plain) && Number.isFinite(parseFloat(plain));
}

/** Strings with several lines are written as they are, unless the last line is blank. */
function losesLeadingWhitespace(text: string): boolean {
  return text.includes('\n') && !/\n[\t ]+$/.test(text) && (/^\n*\t/.test(text) || (/^\s*$/.test(text) && /[\t ]/.test(text)));
}
