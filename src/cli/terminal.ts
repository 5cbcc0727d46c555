/**
 * What the command needs of the process in which it runs.
 *
 * @internal
 */
export interface Terminal {
  /** The working folder. */
  readonly cwd: string;
  /** Environment variables. */
  readonly env: { readonly [name: string]: string | undefined };
  /** Whether a person reads the output. */
  readonly isTerminal: boolean;
  /** Columns of the terminal, if it is one. */
  readonly columns?: number;
  /** Reads all of standard input. */
  readInput(): string;
  /** Writes to standard output. */
  write(text: string): void;
  /** Writes to standard error. */
  writeError(text: string): void;
}

/**
 * The command cannot do what it is asked for: its exit code is 2.
 *
 * @internal
 */
export class CannotRun extends Error {
  /**
   * What stands in the way.
   *
   * @param problems Each as one sentence or more, without the last full stop.
   * @param usage Whether the command was called in a wrong way, so that a hint at the help is useful.
   */
  constructor(public readonly problems: readonly string[], public readonly usage: boolean = false) {
    super(problems.join('\n'));
  }
}

/**
 * What the exit code of the command tells.
 *
 * @internal
 */
export enum ExitCode {
  /** Nothing is wrong. */
  FINE = 0,
  /** There are findings at or above the threshold. */
  FINDINGS = 1,
  /** Not everything could be checked. */
  COULD_NOT_RUN = 2,
  /** It was not decided whether something holds. */
  UNDECIDED = 3,
}
