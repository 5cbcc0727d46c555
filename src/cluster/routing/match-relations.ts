import { Condition, Conditions, MatchConditions } from './request-match';
import { SINGLE_RELATIONS, TextRelations } from './text-relations';
import { satisfies, TextMatch } from '../../plan/conflicts/overlap';
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
 * @param texts How the conditions are related.
 * @internal
 */
export function overlapOf(a: MatchConditions, b: MatchConditions, texts: TextRelations = SINGLE_RELATIONS): Overlap {
  if (!bothPossible(a.method, b.method, texts) || !bothPossible(a.scheme, b.scheme, texts) || !bothPossible(a.authority, b.authority, texts)
    || !bothPossible(a.path, b.path, texts)) return Overlap.NONE;
  if (!allPossible(a.queryParams, b.queryParams, texts)) return Overlap.NONE;
  if (isExcluded(a.headers, b.withoutHeaders, texts) || isExcluded(b.headers, a.withoutHeaders, texts)) return Overlap.NONE;
  return allPossible(a.headers, b.headers, texts) ? Overlap.SOME : Overlap.REPEATED;
}

/**
 * Whether no request satisfies a match, since it requires a header that it excludes, or excludes every value of one. An absent header
 * counts as empty where a value is excluded.
 *
 * @internal
 */
export function isContradictory({ headers, withoutHeaders }: MatchConditions): boolean {
  return isExcluded(headers, withoutHeaders, SINGLE_RELATIONS) || [...withoutHeaders.values()].some((excluded) => excluded !== 'present' && isAnyText(excluded));
}

/**
 * Whether all requests that satisfy the inner match certainly satisfy the outer one.
 *
 * @param texts How the conditions are related.
 * @internal
 */
export function coversMatch(outer: MatchConditions, inner: MatchConditions, texts: TextRelations = SINGLE_RELATIONS): boolean {
  return implied(outer.method, inner.method, texts) && implied(outer.scheme, inner.scheme, texts) && implied(outer.authority, inner.authority, texts)
    && implied(outer.path, inner.path, texts)
    && allImplied(outer.headers, inner.headers, texts) && allImplied(outer.queryParams, inner.queryParams, texts)
    && [...outer.withoutHeaders].every(([name, excluded]) => {
      const same = inner.withoutHeaders.get(name);
      return same !== undefined && conditionImplied(same, excluded, texts);
    });
}

/**
 * Whether all paths of the inner match certainly satisfy the outer one.
 *
 * @internal
 */
export function coversPath(outer: MatchConditions, inner: MatchConditions, texts: TextRelations): boolean {
  return implied(outer.path, inner.path, texts);
}

function bothPossible(a: TextMatch | undefined, b: TextMatch | undefined, texts: TextRelations): boolean {
  return a === undefined || b === undefined || texts.overlap(a, b);
}

function allPossible(a: Conditions, b: Conditions, texts: TextRelations): boolean {
  for (const [name, condition] of a) {
    const other = b.get(name);
    if (other !== undefined && other !== 'present' && condition !== 'present' && !texts.overlap(condition, other)) return false;
  }
  return true;
}

/** Whether each request with the required headers has an excluded one. */
function isExcluded(required: Conditions, excluded: Conditions, texts: TextRelations): boolean {
  for (const [name, condition] of excluded) {
    const wanted = required.get(name);
    if (wanted !== undefined && conditionImplied(condition, wanted, texts)) return true;
  }
  return false;
}

function implied(outer: TextMatch | undefined, inner: TextMatch | undefined, texts: TextRelations): boolean {
  if (outer === undefined || isAnyPath(outer)) return true;
  return inner !== undefined && texts.covers(outer, inner);
}

/** Whether a match is satisfied by every path; no method, scheme or authority has such a condition. */
function isAnyPath({ kind, value }: TextMatch): boolean {
  return (kind === StringMatchKind.PREFIX && value === '/') || (kind === StringMatchKind.REGEX && value === '/.*') || isAnyText({ kind, value });
}

function isAnyText({ kind, value }: TextMatch): boolean {
  return kind === StringMatchKind.REGEX && value === '.*';
}

function allImplied(outer: Conditions, inner: Conditions, texts: TextRelations): boolean {
  return [...outer].every(([name, condition]) => {
    const narrower = inner.get(name);
    return narrower !== undefined && conditionImplied(condition, narrower, texts);
  });
}

function conditionImplied(outer: Condition, inner: Condition, texts: TextRelations): boolean {
  if (outer === 'present') return true;
  return inner !== 'present' && texts.covers(outer, inner);
}

/**
 * Whether a condition accepts a value.
 *
 * @internal
 */
export function accepts(condition: Condition | undefined, value: string): boolean {
  return condition === undefined || condition === 'present' || satisfies(condition, value);
}
