import { clientOf, ComparedHost, HostSide } from './compared-host';
import { ExplainedRules } from './explained-rules';
import { filterDoubt } from './filter-doubt';
import { FoundClass, HostClasses, PathLists } from './host-classes';
import { hostRules } from './host-rules';
import { LeftOutAccess } from './left-out-access';
import { Work } from '../../plan/expressions/work';
import { sharesValue } from '../answers/answer-value';
import { ClassAnswers, ClassComparison } from '../answers/class-answers';
import { gainedBy } from '../answers/gained';
import { Change, RequestClass, Undecided } from '../change';
import { onlyPath } from '../paths/path-set';
import { Cube, Reading } from '../requests/cube';
import { readingOfRepeated, repeatedDoubt } from '../requests/repeated-headers';
import { changedRules } from '../rules/changed-rules';
import { Rule } from '../rules/rule';
import { modelClasses } from '../seldon/model-classes';

/**
 * What was found about the requests for a host.
 *
 * @internal
 */
export interface HostResult {
  readonly changes: readonly Change[];
  readonly repeated: readonly Change[];
  readonly undecided: readonly Undecided[];
  /** Whether the rules are not the same ones. */
  readonly isDifferent: boolean;
}

/** The rules are the same ones. @internal */
export const SAME: HostResult = { changes: [], repeated: [], undecided: [], isDifferent: false };

/**
 * Compares the answers for all requests for a host.
 *
 * @param steps The limit of work.
 * @internal
 */
export function compareHost(compared: ComparedHost, sides: readonly [HostSide, HostSide], steps: number): HostResult {
  const { lists: [before, after], isOrdered, haveSamePolicies } = hostRules(compared, sides);
  const changed = changedRules(before, after);
  const { connection: { gateway, port, tls }, pattern: host } = compared;
  const filters = filterDoubt(sides);
  const headers = repeatedDoubt(sides[1].side.cluster);
  const reasons = [
    ...haveSamePolicies ? [] : ['the policies of the gateway are different'],
    ...filters !== undefined && (changed.length > 0 || filters.isDifferent) ? [filters.reason] : [],
    ...headers !== undefined && changed.length > 0 ? [headers] : [],
  ];
  const doubts = reasons.map((reason): Undecided => ({ requests: { gateway, port, tls, host }, reason }));
  if (changed.length === 0) return { ...SAME, undecided: doubts };
  const work = new Work(steps);
  const classes = new HostClasses(compared, before, after, isOrdered, work);
  const result = new HostComparison(compared, sides, classes, isOrdered, work).compare(changed);
  const marked = (change: Change) => (filters === undefined ? change : { ...change, doubt: filters.reason });
  return { ...result, changes: result.changes.map(marked), repeated: result.repeated.map(marked), undecided: [...doubts, ...result.undecided] };
}

/** The changes that requests of a kind notice. */
class HostComparison {
  private readonly undecided: Undecided[] = [];
  private readonly explained = new ExplainedRules();
  private readonly answers: ClassComparison;

  constructor(
    compared: ComparedHost, private readonly sides: readonly [HostSide, HostSide], private readonly classes: HostClasses,
    private readonly isOrdered: boolean, private readonly work: Work,
  ) {
    const [before, after] = sides.map((side) => ({ side: side.side, client: clientOf(side, compared) }));
    this.answers = new ClassComparison(before, after, work);
  }

  public compare(changed: readonly Rule[]): HostResult {
    const changes: Change[] = [];
    const repeated: Change[] = [];
    const undecided = (requests: RequestClass, reason: string) => this.undecided.push({ requests, reason });
    const lists = [...this.classes.pathLists(changed, undecided)];
    const add = (all: Change[]) => ({ undecided, visit: (found: FoundClass) => all.push(...this.changesIn(found)) });
    for (const each of lists) this.classes.divide(each, Cube.all('plain'), add(changes));
    const reading = readingOfRepeated(this.sides[1].side.cluster);
    for (const each of lists) {
      if (reading === 'plain') break;
      this.classes.divide(this.explained.rest(each), Cube.all(reading), add(repeated));
    }
    if (reading !== 'plain' && ![...changes, ...repeated].some(isGain)) repeated.push(...this.leftOutAccess(lists, reading));
    return { changes, repeated, undecided: this.undecided, isDifferent: true };
  }

  /** The first change that gives access to requests with repeated headers by a rule that was left out. */
  private leftOutAccess(lists: readonly PathLists[], reading: Reading): readonly Change[] {
    const [b, a] = this.sides;
    const access = new LeftOutAccess(this.isOrdered, reading, this.answers, [b.side, a.side], this.work);
    for (const each of lists) {
      const found = access.find(each, this.explained.leftOut(each));
      if (found === undefined) continue;
      if ('change' in found) return [found.change];
      this.undecided.push(found.undecided);
    }
    return [];
  }

  /** The changes of a class, divided by the models that requests name. */
  private changesIn(found: FoundClass): readonly Change[] {
    const { cube, paths, before, after } = found;
    const changes = this.judged(found, this.answers.compare(cube, paths, found), paths.requests(cube));
    const [b, a] = this.sides;
    const { classes, reason } = modelClasses(cube, paths, [[b.side, before], [a.side, after]], this.work);
    if (reason !== undefined) this.undecided.push({ requests: paths.requests(cube), reason });
    for (const { cube: part, path, isNamedByPath } of classes) {
      const named = isNamedByPath === true ? { path: { kind: 'prefix' as const, value: path!.replace(/infer$/, '') } } : {};
      const requests = { ...paths.requests(part), ...named };
      const answers = this.answers.compare(part, path === undefined ? paths : onlyPath(path), found);
      changes.push(...this.judged(found, answers, requests).filter((change) => !changes.some((known) => isPartOf(change, known))));
    }
    return changes;
  }

  private judged({ cube, before, after }: FoundClass, answers: ClassAnswers, requests: RequestClass): Change[] {
    if (answers.verdict === 'undecided') this.undecided.push({ requests, reason: answers.reason });
    if (answers.verdict !== 'different') return [];
    if (cube.reading === 'plain') this.explained.add(before, after);
    else if (this.explained.includes(before, after)) return [];
    return answers.examples.map(({ text, pair: { request: witness, before: x, after: y } }) => {
      const described = text === undefined ? requests : { ...requests, conditions: [...requests.conditions, text] };
      return { requests: described, witness, before: x, after: y };
    });
  }
}

function isGain(change: Change): boolean {
  return gainedBy(change).length > 0;
}

/** Whether a header with a value is present is certain. */
function implies(condition: string, other: string): boolean {
  return condition === other || (other.endsWith(PRESENT) && condition.startsWith(`${other.slice(0, -PRESENT.length)} is "`));
}

const PRESENT = ' is present';

/** Whether a change is the same as that of requests of which these are a part. The path is that of both, or names a model in one of them. */
function isPartOf({ requests: own, before, after }: Change, known: Change): boolean {
  const { path, conditions } = known.requests;
  return own.path.kind === path.kind && own.path.value.startsWith(path.value)
    && conditions.every((each) => own.conditions.some((other) => implies(other, each)))
    && sharesValue(before) === sharesValue(known.before) && sharesValue(after) === sharesValue(known.after);
}
