/**
 * What is wrong with a text, and where in it.
 *
 * @internal
 */
export interface OffsetProblem {
  /** Number of characters before it. */
  readonly offset: number;
  /** What is wrong. */
  readonly message: string;
}
