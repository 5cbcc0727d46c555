import { nearest } from '../../plan/checks/near-miss';
import { InputError } from '../input/input-error';

/**
 * What an option of a program does to a request.
 *
 * @internal
 */
export type OptionEffect =
  /** The way the answer is shown; ignored silently. */
  | 'output'
  /** The connection, or what else makes no difference to the answer; ignored with a note. */
  | 'other'
  /** Part of the request. */
  | 'request';

/**
 * An option of a program.
 *
 * @internal
 */
export interface ProgramOption {
  /** Its name without hyphens. */
  readonly name: string;
  /** Whether a value follows. */
  readonly hasValue: boolean;
  /** What it does. */
  readonly effect: OptionEffect;
}

/**
 * An option as it is written on a command line.
 *
 * @internal
 */
export interface WrittenOption extends ProgramOption {
  /** As written, such as `-H`. */
  readonly written: string;
  /** Its value; empty if it has none. */
  readonly value: string;
}

/**
 * The words of a command line: its options, and the others.
 *
 * @internal
 */
export interface ParsedWords {
  /** The options, in order. */
  readonly options: readonly WrittenOption[];
  /** All other words. */
  readonly operands: readonly string[];
}

/**
 * The error about an option that a program does not have.
 *
 * @param program The program.
 * @param written The option as written.
 * @param names The names of its options, with hyphens.
 * @internal
 */
export function unknownOption(program: string, written: string, names: readonly string[]): InputError {
  const near = nearest(written, names);
  return new InputError(`${program} has no option ${written}`, near === undefined ? 'remove it' : `did you mean ${near}?`);
}

/**
 * The error about an option without its value.
 *
 * @internal
 */
export function missingValue(program: string, written: string): InputError {
  return new InputError(`option ${written} of ${program} has no value`, 'add the value, or remove the option');
}
