import { RouteRule } from './virtual-hosts';
import { beginningsOf, TextMatch } from '../../plan/conflicts/overlap';
import { computeIfAbsent } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';

/**
 * Compares two rules.
 *
 * @internal
 */
export type Compare = (a: RouteRule, b: RouteRule) => void;

const ANY_PATH: TextMatch = { kind: StringMatchKind.PREFIX, value: '/' };

/**
 * A rule is compared with so many others of one beginning. Those with few conditions are the first, since they can match all requests
 * of it.
 */
const MAX_COMPARED = 100;

/**
 * Rules by the literal beginnings of their paths. Of two paths that overlap, the longer beginning starts with the shorter one.
 *
 * @internal
 */
export class PathIndex {
  private readonly byBeginning = new Map<string, RouteRule[]>();
  private readonly lengths: readonly number[];

  /** Indexes rules. */
  constructor(private readonly rules: readonly RouteRule[]) {
    const widestFirst = [...rules].map((rule) => ({ rule, width: conditionsOf(rule) })).sort((a, b) => a.width - b.width);
    for (const { rule } of widestFirst) {
      for (const beginning of beginningsOfPath(rule)) computeIfAbsent(this.byBeginning, beginning, () => []).push(rule);
    }
    this.lengths = [...new Set(Array.from(this.byBeginning.keys(), ({ length }) => length))].sort((a, b) => a - b);
  }

  /** Compares the rules with each other. */
  public comparePairs(compare: Compare): void {
    for (const rule of this.rules) this.compareShorter(rule, compare, false);
    for (const same of this.byBeginning.values()) {
      same.forEach((rule, i) => same.slice(0, Math.min(i, MAX_COMPARED)).forEach((other) => compare(rule, other)));
    }
  }

  /** Compares a rule with those whose paths have a shorter beginning, and with those of the same beginning if asked to. */
  public compareShorter(rule: RouteRule, compare: Compare, sameToo: boolean, limit = Infinity): void {
    let left = limit;
    for (const beginning of beginningsOfPath(rule)) {
      for (const length of this.lengths) {
        if (length > beginning.length || (length === beginning.length && !sameToo)) break;
        for (const other of (this.byBeginning.get(beginning.slice(0, length)) ?? []).slice(0, Math.min(left, MAX_COMPARED))) {
          left -= 1;
          // An expression can have a beginning that starts with another one of it.
          if (other !== rule) compare(rule, other);
        }
      }
    }
  }
}

function beginningsOfPath({ match }: RouteRule): readonly string[] {
  return beginningsOf(match.path ?? ANY_PATH);
}

/** The number of conditions, that of an expression for the path included. */
function conditionsOf({ match: { path, method, scheme, authority, headers, withoutHeaders, queryParams } }: RouteRule): number {
  const single = [method, scheme, authority].filter((condition) => condition !== undefined).length;
  return single + headers.size + withoutHeaders.size + queryParams.size + Number(path?.kind === StringMatchKind.REGEX);
}
