import { Condition, Conditions, MatchConditions } from './request-match';
import { matchCovers, matchesOverlap, satisfies, TextMatch } from '../../plan/conflicts/overlap';
import { StringMatchKind } from '../../plan/string-match';

/**
 * The requests that two matches have in common.
 *
 * @internal
 */
export enum Overlap {
  /** None. */
  NONE = 'none',
  /** Only requests that repeat a header with different values. */
  REPEATED = 'repeated',
  /** Some requests that have each header once. */
  SOME = 'some',
}

/**
 * Finds out which requests satisfy two matches.
 *
 * @param pathsOverlap Whether some path satisfies two matches.
 * @internal
 */
export function overlapOf(a: MatchConditions, b: MatchConditions, pathsOverlap: typeof matchesOverlap = matchesOverlap): Overlap {
  if (!bothPossible(a.path, b.path, pathsOverlap) || !bothPossible(a.method, b.method)
    || !bothPossible(a.scheme, b.scheme) || !bothPossible(a.authority, b.authority)) return Overlap.NONE;
  if (!allPossible(a.queryParams, b.queryParams)) return Overlap.NONE;
  if (isExcluded(a.headers, b.withoutHeaders) || isExcluded(b.headers, a.withoutHeaders)) return Overlap.NONE;
  return allPossible(a.headers, b.headers) ? Overlap.SOME : Overlap.REPEATED;
}

/**
 * Whether no request satisfies a match, since it requires a header that it excludes, or excludes every value of one. An absent header
 * counts as empty where a value is excluded.
 *
 * @internal
 */
export function isContradictory({ headers, withoutHeaders }: MatchConditions): boolean {
  return isExcluded(headers, withoutHeaders) || [...withoutHeaders.values()].some((excluded) => excluded !== 'present' && isAnyText(excluded));
}

/**
 * Whether all requests that satisfy the inner match certainly satisfy the outer one.
 *
 * @internal
 */
export function coversMatch(outer: MatchConditions, inner: MatchConditions): boolean {
  return implied(outer.path, inner.path) && implied(outer.method, inner.method)
    && implied(outer.scheme, inner.scheme) && implied(outer.authority, inner.authority)
    && allImplied(outer.headers, inner.headers) && allImplied(outer.queryParams, inner.queryParams)
    && [...outer.withoutHeaders].every(([name, excluded]) => {
      const same = inner.withoutHeaders.get(name);
      return same !== undefined && conditionImplied(same, excluded);
    });
}

/**
 * Whether all paths of the inner match certainly satisfy the outer one.
 *
 * @internal
 */
export function coversPath(outer: MatchConditions, inner: MatchConditions): boolean {
  return implied(outer.path, inner.path);
}

function bothPossible(a: TextMatch | undefined, b: TextMatch | undefined, overlap: typeof matchesOverlap = matchesOverlap): boolean {
  return a === undefined || b === undefined || overlap(a, b);
}

function allPossible(a: Conditions, b: Conditions): boolean {
  for (const [name, condition] of a) {
    const other = b.get(name);
    if (other !== undefined && other !== 'present' && condition !== 'present' && !matchesOverlap(condition, other)) return false;
  }
  return true;
}

/** Whether each request with the required headers has an excluded one. */
function isExcluded(required: Conditions, excluded: Conditions): boolean {
  for (const [name, condition] of excluded) {
    const wanted = required.get(name);
    if (wanted !== undefined && conditionImplied(condition, wanted)) return true;
  }
  return false;
}

function implied(outer: TextMatch | undefined, inner: TextMatch | undefined): boolean {
  if (outer === undefined || isAnyPath(outer)) return true;
  return inner !== undefined && matchCovers(outer, inner) === true;
}

/** Whether a match is satisfied by every path; no method, scheme or authority has such a condition. */
function isAnyPath({ kind, value }: TextMatch): boolean {
  return (kind === StringMatchKind.PREFIX && value === '/') || (kind === StringMatchKind.REGEX && value === '/.*') || isAnyText({ kind, value });
}

function isAnyText({ kind, value }: TextMatch): boolean {
  return kind === StringMatchKind.REGEX && value === '.*';
}

function allImplied(outer: Conditions, inner: Conditions): boolean {
  return [...outer].every(([name, condition]) => {
    const narrower = inner.get(name);
    return narrower !== undefined && conditionImplied(condition, narrower);
  });
}

function conditionImplied(outer: Condition, inner: Condition): boolean {
  if (outer === 'present') return true;
  return inner !== 'present' && matchCovers(outer, inner) === true;
}

/**
 * Whether a condition accepts a value.
 *
 * @internal
 */
export function accepts(condition: Condition | undefined, value: string): boolean {
  return condition === undefined || condition === 'present' || satisfies(condition, value);
}
