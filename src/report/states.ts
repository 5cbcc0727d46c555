import { ordered } from './order';
import { Report } from './report';
import { Finding } from '../rules/finding';

/**
 * Whether a finding is in an earlier state, in a later one, or in both.
 *
 * @internal
 */
export type State = 'introduced' | 'unchanged' | 'fixed';

/**
 * A finding with what the comparison with an earlier state tells about it; nothing if there is no such state.
 *
 * @internal
 */
export interface StatedFinding {
  /** The finding. */
  readonly finding: Finding;
  /** Which states have it. */
  readonly state?: State;
}

/**
 * The findings of a report in their order, without those that are accepted or fixed.
 *
 * @internal
 */
export function statedFindings({ findings, comparison }: Report): StatedFinding[] {
  if (comparison === undefined) return ordered(findings).map((finding) => ({ finding }));
  const introduced = new Set(comparison.introduced);
  return ordered([...comparison.introduced, ...comparison.unchanged])
    .map((finding) => ({ finding, state: introduced.has(finding) ? 'introduced' : 'unchanged' }));
}

/**
 * The findings that only the earlier state has.
 *
 * @internal
 */
export function fixedFindings({ comparison }: Report): StatedFinding[] {
  return ordered(comparison?.fixed ?? []).map((finding) => ({ finding, state: 'fixed' }));
}
