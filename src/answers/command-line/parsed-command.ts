import { RequestInput } from '../input/request-input';

/**
 * The request of a command line.
 *
 * @internal
 */
export interface ParsedCommand {
  /** The request. */
  readonly input: RequestInput;
  /** What of the command line makes no difference here, in sentences without the last full stop. */
  readonly notes: readonly string[];
}
