import { printable } from '../printable';

/** Words that Mermaid reads as statements wherever they are on a line, in labels too. */
const KEYWORDS = /style|classDef|direction/g;

/** All that Mermaid, its Markdown or HTML could read as something else. A colon is text before a space or a port. */
const SPECIAL = /[^\p{L}\p{N} /.,:=?%()+…🔒-]|:(?![ \d])|%(?=%)|(?<=www)\.|(?<=^\d+)[.)](?= |$)|^[-+= ]|(?<= ) | $/gu;

/**
 * A string as a label in quotes, which Mermaid shows as it is.
 *
 * @internal
 */
export function label(text: string): string {
  return linesLabel([text]);
}

/**
 * Several lines as one label. It is not empty, since Mermaid would not read it.
 *
 * @internal
 */
export function linesLabel(lines: readonly string[]): string {
  return `"${lines.map(escaped).join('<br/>') || entity(' ')}"`;
}

function escaped(text: string): string {
  return shortened(printable(text)).replace(SPECIAL, entity).replace(KEYWORDS, (word) => `${word.slice(0, 2)}${entity(word[2])}${word.slice(3)}`);
}

/** Names of entities are ASCII, and numbers need no table. */
function entity(character: string): string {
  return `#${character.codePointAt(0)};`;
}

/** Columns of a line. Wider boxes are not readable. */
const MAX_LINE = 160;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_LINE ? text : `${characters.slice(0, MAX_LINE - 1).join('')}…`;
}
