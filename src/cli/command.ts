import { Arguments, Options } from './options';
import { ExitCode, Terminal } from './terminal';

/**
 * A subcommand.
 *
 * @internal
 */
export interface Command {
  /** Its name. */
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** What follows its name, such as `[paths…]`. */
  readonly operands: string;
  /** What it does, in sentences, for its help. */
  readonly description: string;
  /** Its options. */
  readonly options: Options;
  /** What its exit code 1 means, as a sentence; empty if it has none. @default - findings at or above a level */
  readonly failure?: string;
  /** What its exit code 3 means, as a sentence. @default - it has none */
  readonly undecided?: string;
  /**
   * Runs it.
   *
   * @throws CannotRun if it cannot.
   */
  run(args: Arguments, terminal: Terminal): ExitCode;
}
