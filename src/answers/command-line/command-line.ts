import { curlCommand } from './curl';
import { grpcurlCommand } from './grpcurl';
import { ParsedCommand } from './parsed-command';
import { shellWords } from './shell-words';
import { nearest } from '../../plan/checks/near-miss';
import { InputError } from '../input/input-error';

const PROGRAMS: { readonly [name: string]: (words: readonly string[]) => ParsedCommand } = { curl: curlCommand, grpcurl: grpcurlCommand };

/**
 * The request of a curl or grpcurl command line, as it is written in a shell.
 *
 * @param text The command line. What follows the first command, such as `| jq .`, is left out.
 * @throws InputError if it is not such a command line.
 * @internal
 */
export function parseCommandLine(text: string): ParsedCommand {
  const { words, endedBy } = shellWords(text);
  const { input, notes } = parseCommandWords(words);
  return { input, notes: endedBy === undefined ? notes : [`the command ends at ${endedBy.length === 1 ? `"${endedBy}"` : endedBy}, as in a shell. Quote words that contain such characters`, ...notes] };
}

/**
 * The request of a curl or grpcurl command line that a shell has divided into words.
 *
 * @throws InputError if it is not such a command line.
 * @internal
 */
export function parseCommandWords(words: readonly string[]): ParsedCommand {
  const [first, ...rest] = withoutLeading(words);
  if (first === undefined) throw new InputError('the command line is empty', 'give a curl or grpcurl command');
  const name = first.split(/[\\/]/).pop()!.replace(/\.exe$/i, '');
  if (Object.hasOwn(PROGRAMS, name)) return PROGRAMS[name](rest);
  const near = nearest(name, Object.keys(PROGRAMS));
  throw new InputError(`"${first}" is not a command that can be traced`, near === undefined ? 'give a command that begins with curl or grpcurl' : `did you mean ${near}?`);
}

/** What people write before a command, without a difference to its request. */
const LEADING = /^(?:\$|sudo|time|[A-Za-z_]\w*=.*)$/s;

function withoutLeading(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !LEADING.test(word));
  return start < 0 ? [] : words.slice(start);
}
