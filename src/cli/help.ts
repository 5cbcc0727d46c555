import { Command } from './command';
import { Options } from './options';
import { TOOL } from '../report/tool';

/**
 * Options of all commands.
 *
 * @internal
 */
export const COMMON_OPTIONS: Options = {
  help: { short: 'h', help: 'Prints this help.' },
  version: { short: 'V', help: 'Prints the release of this command.' },
};

function exitCodes(failure: string, undecided: string | undefined): string {
  return [
    'Exit codes:',
    '  0  Nothing is wrong.',
    ...failure === '' ? [] : [`  1  ${failure}`],
    '  2  Something could not be read or understood, and the rest was checked; or the command was called in a wrong way.',
    ...undecided === undefined ? [] : [`  3  ${undecided}`],
    '',
  ].join('\n');
}

const FINDINGS = 'There are findings at or above the level of --fail-on.';

/**
 * The help of the command.
 *
 * @internal
 */
export function helpOf(commands: readonly Command[]): string {
  return [
    `Usage: ${TOOL} COMMAND [options]`,
    '',
    'Checks manifests of Istio and Seldon Core together: what each object means for the requests of the others.',
    '',
    'Commands:',
    ...columns(commands.map(({ name, operands, summary }) => [`${name} ${operands}`, summary])),
    '',
    'Options:',
    ...optionLines(COMMON_OPTIONS),
    '',
    `Use \`${TOOL} COMMAND --help\` for the options of a command.`,
    '',
  ].join('\n');
}

/**
 * The help of a subcommand.
 *
 * @internal
 */
export function helpOfCommand({ name, operands, description, options, failure = FINDINGS, undecided }: Command): string {
  return [
    `Usage: ${TOOL} ${name} ${operands}${Object.keys(options).length === 0 ? '' : ' [options]'}`,
    '',
    description,
    '',
    'Options:',
    ...optionLines({ ...options, ...COMMON_OPTIONS }),
    '',
    exitCodes(failure, undecided),
  ].join('\n');
}

function optionLines(options: Options): string[] {
  return columns(Object.entries(options).map(([name, { short, value, help }]) => [
    `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`, help,
  ]));
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
