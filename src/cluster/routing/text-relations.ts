import { matchCovers, matchesOverlap, matchesOverlapWithin, TextMatch } from '../../plan/conflicts/overlap';
import { Work } from '../../plan/expressions/work';
import { StringMatchKind } from '../../plan/string-match';
import { Cluster } from '../cluster';

/**
 * How the strings that satisfy two matches are related.
 *
 * @internal
 */
export interface TextRelations {
  /** Whether some string is known to satisfy both matches. */
  overlap(a: TextMatch, b: TextMatch): boolean;
  /** Whether everything that satisfies the inner match is known to satisfy the outer one. */
  covers(outer: TextMatch, inner: TextMatch): boolean;
}

/**
 * Relations that are computed each time, with a limit for each pair. Two expressions that are too large overlap.
 *
 * @internal
 */
export const SINGLE_RELATIONS: TextRelations = { overlap: matchesOverlap, covers: (outer, inner) => matchCovers(outer, inner) === true };

/** Maximum number of steps for one pair, which take some milliseconds. */
const MAX_STEPS = 20_000;

/** Maximum number of steps for all pairs, which take a fraction of a second. A cluster with many expressions needs some thousands. */
const MAX_TOTAL = 2_000_000;

/** More pairs than these are not remembered. */
const MAX_REMEMBERED = 100_000;

/**
 * Relations of which each is computed once, with a limit for all pairs. Beyond it, expressions are not known to overlap.
 *
 * @internal
 */
export class LimitedRelations implements TextRelations {
  private readonly known = new Map<string, boolean>();

  /** Limits the work. */
  constructor(private readonly total: Work = new Work(MAX_TOTAL)) {}

  /** Whether some string is known to satisfy both matches. */
  public overlap(a: TextMatch, b: TextMatch): boolean {
    return this.find('overlap', a, b, matchesOverlapWithin);
  }

  /** Whether everything that satisfies the inner match is known to satisfy the outer one. */
  public covers(outer: TextMatch, inner: TextMatch): boolean {
    return this.find('covers', outer, inner, matchCovers);
  }

  private find(relation: string, a: TextMatch, b: TextMatch, compute: typeof matchesOverlapWithin): boolean {
    if (a.kind !== StringMatchKind.REGEX && b.kind !== StringMatchKind.REGEX) return compute(a, b, this.total) === true;
    const key = `${relation} ${a.kind} ${a.value}\n${b.kind} ${b.value}`;
    const known = this.known.get(key);
    if (known !== undefined || this.total.left <= 0) return known === true;
    if (this.known.size >= MAX_REMEMBERED) this.known.clear();
    const work = new Work(Math.min(MAX_STEPS, this.total.left));
    const before = work.left;
    const result = compute(a, b, work) === true;
    // The expressions are read in any case.
    this.total.spend(before - work.left + a.value.length + b.value.length);
    this.known.set(key, result);
    return result;
  }
}

/**
 * The relations of the conditions of all rules.
 *
 * @internal
 */
export function textRelations(_cluster: Cluster): TextRelations {
  return new LimitedRelations();
}
