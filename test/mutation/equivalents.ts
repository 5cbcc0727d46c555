/**
 * Mutants that no test can notice, since they change nothing that a user sees.
 */

/** Mutants of one place that behave as the original does. */
export interface Equivalent {
  /** The file, from `src/` on. */
  readonly file: string;
  /** The mutated code, as it is in the file. */
  readonly code: string;
  /** What the code became. */
  readonly replacement: string;
  /** Why no user can see the difference. */
  readonly reason: string;
}

/** All known ones. */
export const EQUIVALENTS: readonly Equivalent[] = [];
