import type { RuleExample } from '../proofs/queries/route-proofs';

/**
 * A request that shows what a finding is about, and who answers it. Plain data.
 *
 * @internal
 */
export interface FindingExample extends RuleExample {
  /** The VirtualService that gets the request only if it comes first, which is not certain; undefined if it is. */
  readonly ifFirst?: string;
}
