import { PathLists } from './host-classes';
import { Rule } from '../rules/rule';

/** In longer lists, rules whose matches are in one list only are left out once a change shows them. */
const LONG = 200;

/**
 * Rules by which changes for single headers were found, so that repeated headers notice nothing new of them.
 *
 * @internal
 */
export class ExplainedRules {
  /** Rules with the same match on both sides, and the key that both have from now on. */
  private readonly pairs = new Map<Rule, string>();
  private readonly others = new Set<Rule>();
  private readonly transitions = new Set<string>();

  /** Notes the rules of a class whose answers differ. */
  public add(before: readonly Rule[], after: readonly Rule[]): void {
    this.transitions.add(transitionOf(before, after));
    const byMatch = new Map(after.map((rule) => [rule.match, rule]));
    for (const rule of before) {
      const partner = byMatch.get(rule.match);
      if (partner === undefined) this.others.add(rule);
      else [rule, partner].forEach((each) => this.pairs.set(each, `explained ${rule.match}`));
      byMatch.delete(rule.match);
    }
    byMatch.forEach((rule) => this.others.add(rule));
  }

  /** Whether other requests show how rules for the requests of a class differ. */
  public includes(before: readonly Rule[], after: readonly Rule[]): boolean {
    return this.transitions.has(transitionOf(before, after));
  }

  /** The rules of lists that are left out of the rest. */
  public leftOut(lists: PathLists): ReadonlySet<Rule> {
    return isShort(lists) ? NONE : this.others;
  }

  /** Lists in which nothing of what is explained differs. */
  public rest({ paths, before, after }: PathLists): PathLists {
    if (this.pairs.size + this.others.size === 0) return { paths, before, after };
    const isWhole = isShort({ before, after });
    const restOf = (rules: readonly Rule[]) => (isWhole ? rules : rules.filter((rule) => !this.others.has(rule))).map((rule) => {
      const key = this.pairs.get(rule);
      return key === undefined ? rule : { ...rule, key };
    });
    return { paths, before: restOf(before), after: restOf(after), isPartial: !isWhole };
  }
}

const NONE: ReadonlySet<Rule> = new Set();

function isShort({ before, after }: Pick<PathLists, 'before' | 'after'>): boolean {
  return before.length + after.length <= LONG;
}

function transitionOf(before: readonly Rule[], after: readonly Rule[]): string {
  return [before, after].map((rules) => rules.map(({ match }) => match).join(', ')).join(' → ');
}
