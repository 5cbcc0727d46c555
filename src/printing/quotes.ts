import { Fault, faultOf, isQuotedNumber } from './unreadable';

/** Most strings: a word, a path, an address. */
const USUAL = /^[A-Za-z/](?:[\w./:=+@%-]*[\w./=+@%-])?$/;

/** Words that look like the strings above, but are values of another type. */
const OTHER_TYPE = /^(?:[yn]|yes|no|on|off|true|false|null)$/i;
const LONGEST_OTHER_TYPE = 5;

/** One line of characters that are written as they are. */
const PRINTABLE = /^[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** What plain text must not begin with, contain or end with. */
const SYNTAX = /^[ ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-] |: | #|[ :]$/;

/** Where this text stands decides how it is written, or the release of the printer does. */
const AMBIGUOUS = /^(?:---|\.\.\.|<<$)/;

const WORD = /^(?:~|null|Null|NULL|[Yy]|yes|Yes|YES|[Tt]rue|TRUE|[Oo]n|ON|[Nn]|no|No|NO|[Ff]alse|FALSE|[Oo]ff|OFF|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)?$/;
const BASE_60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[tT]|[ ]+)\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?: *(?:Z|[-+][012]?\d(?::\d{2})?))?)?$/;

/** What YAML 1.1 does not escape in quotes, but kubectl reads only as an escape sequence. */
const ESCAPED = /[\x7f-\x9f\u2028\u2029\ufffe\uffff]/g;

/**
 * Prints a string in one line: as it is, or in quotes.
 *
 * @returns undefined if that depends on where the string is, or if the string cannot be printed in one line.
 * @internal
 */
export function printLine(text: string): string | undefined {
  if (USUAL.test(text) && !mayBeOfOtherType(text)) return text;
  if (!PRINTABLE.test(text)) return printUnprintable(text);
  if (SYNTAX.test(text)) return inQuotes(text);
  if (AMBIGUOUS.test(text)) return undefined;
  return isOfOtherType(text) || faultOf(text) === Fault.NUMBER ? inQuotes(text) : text;
}

/**
 * Whether the place of a string decides whether it is in quotes.
 *
 * @internal
 */
export function dependsOnPlace(text: string): boolean {
  return AMBIGUOUS.test(text) && PRINTABLE.test(text);
}

/** Whether a usual string may be a value of another type: such a word, or an exponent without digits before it. */
function mayBeOfOtherType(text: string): boolean {
  if (text.length <= LONGEST_OTHER_TYPE && OTHER_TYPE.test(text)) return true;
  return (text.startsWith('e') || text.startsWith('E')) && /^.[-+\d]/.test(text);
}

/** Kubectl does not read such characters unless they are escaped. */
function printUnprintable(text: string): string | undefined {
  const fault = faultOf(text);
  return fault === Fault.CHARACTER || fault === Fault.WHITESPACE ? escaped(text) : undefined;
}

function isOfOtherType(text: string): boolean {
  return WORD.test(text) || isQuotedNumber(text) || BASE_60.test(text) || TIMESTAMP.test(text);
}

function inQuotes(text: string): string {
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}

function escaped(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
