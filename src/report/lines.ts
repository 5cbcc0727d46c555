import { printable } from './printable';
import { Level } from '../rules/rule';

/**
 * How text is laid out.
 *
 * @internal
 */
export interface Layout {
  /** Whether to use the colors of a terminal. */
  readonly color: boolean;
  /** Columns of a line. */
  readonly width: number;
}

/** ANSI codes. */
const BOLD = 1;
const DIM = 2;
const COLORS: { readonly [level in Level]: number } = { [Level.ERROR]: 31, [Level.WARNING]: 33, [Level.INFO]: 36 };
const GREEN = 32;

/**
 * A style of text.
 *
 * @internal
 */
export type Style = 'bold' | 'dim' | 'good' | Level;

/**
 * Text in a style, if the layout has colors.
 *
 * @internal
 */
export function styled(text: string, style: Style, { color }: Layout): string {
  return color ? `\u001b[${codeOf(style)}m${text}\u001b[0m` : text;
}

function codeOf(style: Style): string {
  switch (style) {
    case 'bold': return `${BOLD}`;
    case 'dim': return `${DIM}`;
    case 'good': return `${GREEN}`;
    default: return `${BOLD};${COLORS[style]}`;
  }
}

/**
 * Breaks text into lines at its spaces.
 *
 * @param text The text, which can hold any character.
 * @param indent Number of spaces before the first line. Others get two more.
 * @internal
 */
export function wrapped(text: string, indent: number, { width }: Layout): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let empty = true;
  for (const word of printable(text).split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(indent + 2);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].map(withoutCommands);
}

/**
 * GitHub Actions reads the log of a step for commands: lines that begin with `::`, after spaces, and `##[` anywhere. A value of a manifest must not
 * be such a command.
 */
function withoutCommands(line: string): string {
  return line.replace(/^( *):(?=:)/, '$1\\:').replace(/##(?=\[)/g, '##\\');
}
