import { findingKey } from './fingerprint';
import { ordered, splitAccepted } from './order';
import { groupBy } from '../plan/groups';
import { Finding } from '../rules/finding';

/**
 * How the findings of two states differ.
 *
 * @internal
 */
export interface Comparison {
  /** Findings that only the later state has. */
  readonly introduced: readonly Finding[];
  /** Findings that only the earlier state has. */
  readonly fixed: readonly Finding[];
  /** Findings of the later state that the earlier one has, too. */
  readonly unchanged: readonly Finding[];
}

type Identity = (finding: Finding) => string;

/**
 * What two findings must share to be the same, from the closest to the loosest. Where several findings differ only in their place, those that
 * stayed where they were are matched first, so that the others are the ones reported as introduced or fixed.
 */
const IDENTITIES: readonly Identity[] = [
  (finding) => JSON.stringify([findingKey(finding), finding.file, finding.field]),
  (finding) => JSON.stringify([findingKey(finding), finding.file]),
  findingKey,
];

/**
 * Compares the findings of an earlier and a later state. Findings are the same if they have the same rule, object, field and problem,
 * wherever they are in a file or in a list. Of findings that are all the same, the numbers are compared.
 *
 * Findings that are accepted now are in none of the lists. One that is no longer accepted is introduced.
 *
 * @param before The findings of the earlier state, accepted ones included.
 * @param after The findings of the later state, accepted ones included.
 * @internal
 */
export function compare(before: readonly Finding[], after: readonly Finding[]): Comparison {
  const { open, accepted } = splitAccepted(ordered(after));
  const asFound = match(splitAccepted(ordered(before)).open, open);
  const { before: fixed } = match(asFound.before, accepted);
  return { introduced: ordered(asFound.after), fixed: ordered(fixed), unchanged: ordered(asFound.matched) };
}

/** Findings that both states have, and those that are left in each of them. */
interface Matching {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly matched: readonly Finding[];
}

function match(before: readonly Finding[], after: readonly Finding[]): Matching {
  return IDENTITIES.reduce<Matching>((sofar, identity) => {
    const next = matchBy(identity, sofar.before, sofar.after);
    return { ...next, matched: [...sofar.matched, ...next.matched] };
  }, { before, after, matched: [] });
}

function matchBy(identity: Identity, before: readonly Finding[], after: readonly Finding[]): Matching {
  const earlier = groupBy(before, identity);
  const later = groupBy(after, identity);
  const sizes = (key: string) => Math.min(earlier.get(key)?.length ?? 0, later.get(key)?.length ?? 0);
  return {
    before: [...earlier].flatMap(([key, findings]) => findings.slice(sizes(key))),
    after: [...later].flatMap(([key, findings]) => findings.slice(sizes(key))),
    matched: [...later].flatMap(([key, findings]) => findings.slice(0, sizes(key))),
  };
}
