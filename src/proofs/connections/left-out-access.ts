import { PathLists } from './host-classes';
import { Work } from '../../plan/expressions/work';
import { ClassComparison } from '../answers/class-answers';
import { gainedBy } from '../answers/gained';
import { Change, Undecided } from '../change';
import { Cube, Reading } from '../requests/cube';
import { Rule } from '../rules/rule';
import { Side } from '../rules/side';
import { modelClasses } from '../seldon/model-classes';

/** The requests of so many pairs of rules are answered for a host. */
const MAX_ANSWERED = 500;

/** So many pairs of rules are looked at for a host. */
const MAX_PAIRS = 2_000_000;

const OPEN = 'one of the many rules is in one state only, and requests that repeat a header may gain access by it: not all pairs of rules are looked at';

/**
 * Access that requests with repeated headers gain since a rule is in one state only. Such a request satisfies that rule and one of the other state.
 *
 * @internal
 */
export class LeftOutAccess {
  private readonly pairs = new Work(MAX_PAIRS);
  private readonly answered = new Work(MAX_ANSWERED);

  constructor(
    private readonly isOrdered: boolean, private readonly reading: Reading, private readonly answers: ClassComparison,
    private readonly sides: readonly [Side, Side], private readonly work: Work,
  ) {}

  /**
   * The first change by which requests gain access; what is not decided if some may; undefined if none does.
   *
   * @param leftOut The rules that are in one state only.
   */
  public find(lists: PathLists, leftOut: ReadonlySet<Rule>): { readonly change: Change } | { readonly undecided: Undecided } | undefined {
    if (leftOut.size === 0) return undefined;
    let isOpen = false;
    for (const [before, after] of this.pairsOf(lists, leftOut)) {
      const found = this.pairs.spend(1) ? this.judged(before, after, lists) : 'limit';
      if (found === 'limit') return open(lists);
      if (found === 'open') isOpen = true;
      else if (found !== undefined) return { change: found };
    }
    return isOpen ? open(lists) : undefined;
  }

  /** Pairs of rules that may be the first ones for a request, before and after. */
  private *pairsOf({ before, after }: PathLists, leftOut: ReadonlySet<Rule>): Iterable<readonly [before: Rule, after: Rule]> {
    // Without a known order, the rules of other owners may have answered before already.
    yield* partnersOf(before, after, leftOut, (removed, other) => this.isOrdered || removed.owner === other.owner);
    for (const [added, other] of partnersOf(after, before, leftOut, () => true)) yield [other, added];
  }

  private judged(before: Rule, after: Rule, { paths }: PathLists): Change | 'open' | 'limit' | undefined {
    if (doTheSame(before, after)) return undefined;
    const cube = this.requestsOf(before, after);
    if (cube === undefined) return undefined;
    if (cube === 'limit' || !this.answered.spend(1)) return 'limit';
    const { path } = paths;
    const actual = this.answers.actual(cube, path);
    if (gainedBy(actual).length > 0) return { requests: paths.requests(cube), witness: actual.request, before: actual.before, after: actual.after };
    // The rules of other owners are still there.
    const remaining = this.isOrdered || before.owner === after.owner ? [after] : [before, after];
    if (gainedBy(this.answers.open(cube, path)).length > 0 || !this.answers.isTypical(cube, path, [before], remaining)) return 'open';
    const [b, a] = this.sides;
    const { classes, reason } = modelClasses(cube, paths, [[b, [before]], [a, remaining]], this.work);
    return classes.length > 0 || reason !== undefined ? 'open' : undefined;
  }

  /** The requests that satisfy both rules. */
  private requestsOf({ conditions: before }: Rule, { conditions: after }: Rule): Cube | 'limit' | undefined {
    if (before.undecided !== undefined || after.undecided !== undefined) return 'limit';
    let cube = Cube.all(this.reading);
    for (const literal of [...before.literals, ...after.literals]) {
      const next = cube.with(literal, this.work);
      if (next === undefined || next === 'limit') return next;
      cube = next;
    }
    return cube;
  }
}

/** The rules that are left out of a list, each with those of another list that no rule before it stands for. */
function* partnersOf(
  own: readonly Rule[], others: readonly Rule[], leftOut: ReadonlySet<Rule>, isPartner: (rule: Rule, other: Rule) => boolean,
): Iterable<readonly [Rule, Rule]> {
  const earlier = new Set<string>();
  for (const rule of own) {
    if (leftOut.has(rule)) {
      for (const other of others) {
        if (isPartner(rule, other) && !(rule.owner === other.owner && earlier.has(other.match))) yield [rule, other];
      }
    }
    earlier.add(rule.match);
  }
}

function doTheSame(before: Rule, after: Rule): boolean {
  if (before.route === undefined || after.route === undefined) return false;
  return before.key.slice(before.match.length) === after.key.slice(after.match.length);
}

function open({ paths }: PathLists): { readonly undecided: Undecided } {
  return { undecided: { requests: paths.requests(Cube.all('plain')), reason: OPEN, isAboutAccess: true } };
}
