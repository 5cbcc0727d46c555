import { Answer } from '../../answers/answer';
import { WrittenCommand } from '../../answers/command-line/write-command';
import { Request } from '../../answers/request';

/**
 * A request for which a claim is not true.
 *
 * @internal
 */
export interface Counterexample {
  /** The request. */
  readonly request: Request;
  /** The answer to it, after the change if there are two states. */
  readonly answer: Answer;
  /** The answer before the change. */
  readonly before?: Answer;
  /** Why it is one, as a sentence without full stop. */
  readonly problem: string;
  /** How to send it. */
  readonly command: WrittenCommand;
}

/**
 * Whether something is true of all requests of a set.
 *
 * @internal
 */
export type Proof =
  | { readonly verdict: 'holds' }
  | { readonly verdict: 'fails'; readonly counterexample: Counterexample }
  | { readonly verdict: 'undecided'; readonly reason: string };

/** What is true. @internal */
export const HOLDS: Proof = { verdict: 'holds' };
