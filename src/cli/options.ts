import { parseArgs } from 'util';
import { CannotRun } from './terminal';
import { nearest } from '../plan/checks/near-miss';

/**
 * An option of a command.
 *
 * @internal
 */
export interface Option {
  /** Its one letter, if it has one. */
  readonly short?: string;
  /** What its value is, for the help, such as `FILE`. It has none if undefined. */
  readonly value?: string;
  /** The allowed values. */
  readonly values?: readonly string[];
  /** What it does, for the help. */
  readonly help: string;
}

/**
 * Options by name.
 *
 * @internal
 */
export interface Options {
  readonly [name: string]: Option;
}

/**
 * What a command was called with.
 *
 * @internal
 */
export interface Arguments {
  /** What is not an option, all after `--` included. */
  readonly positionals: readonly string[];
  /** What comes after `--`. */
  readonly rest: readonly string[];
  /** Whether an option is given. */
  has(name: string): boolean;
  /** The value of an option, the last one if it is repeated. */
  value(name: string): string | undefined;
  /** All values of an option that can be repeated. */
  values(name: string): readonly string[];
}

/**
 * Reads the arguments of a command.
 *
 * @throws CannotRun if an option does not exist, or its value is not allowed.
 * @internal
 */
export function parseOptions(args: readonly string[], options: Options): Arguments {
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(options).map(([name, { short, value }]) => [
      name, { type: value === undefined ? 'boolean' as const : 'string' as const, ...short === undefined ? {} : { short } },
    ])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, (string | undefined)[]>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const problem = problemWith(rawName, Object.hasOwn(options, name) ? options[name] : undefined, value, inlineValue === true, options);
    if (problem !== undefined) problems.push(problem);
    values.set(name, [...values.get(name) ?? [], value]);
  }
  if (problems.length > 0) throw new CannotRun(problems, true);
  return {
    positionals,
    rest: restOf(args, tokens),
    has: (name) => values.has(name),
    value: (name) => values.get(name)?.at(-1),
    values: (name) => (values.get(name) ?? []).filter((value) => value !== undefined),
  };
}

function restOf(args: readonly string[], tokens: readonly { readonly kind: string; readonly index: number }[]): readonly string[] {
  const end = tokens.find(({ kind }) => kind === 'option-terminator');
  return end === undefined ? [] : args.slice(end.index + 1);
}

function problemWith(written: string, option: Option | undefined, value: string | undefined, inline: boolean, options: Options): string | undefined {
  if (option === undefined) {
    const near = written.startsWith('--') ? nearest(written.slice(2), Object.keys(options)) : undefined;
    return `unknown option ${written}.${near === undefined ? ' Use --help to list the options' : ` Did you mean --${near}?`}`;
  }
  if (option.value === undefined) return inline ? `${written} takes no value` : undefined;
  if (value === undefined || value === '' || (!inline && value.startsWith('-') && value !== '-')) return `${written} needs a value (${option.value})`;
  if (option.values === undefined || option.values.includes(value)) return undefined;
  const near = nearest(value, option.values);
  return `${written} is "${value}", but must be ${option.values.slice(0, -1).join(', ')} or ${option.values[option.values.length - 1]}.${
    near === undefined ? '' : ` Did you mean "${near}"?`}`;
}
